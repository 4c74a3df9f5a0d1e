//! The binary on real disks: exit codes, folders that are not ours, a build that fails or runs out of space. Whatever happens, every file of
//! the output is whole, and nothing foreign is touched.

use crate::files::skip;
use crate::folder::{Folder, Tree, example, sites, tree};
use assert_cmd::cargo::cargo_bin;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

fn minimal() -> Tree {
    sites().remove("minimal").unwrap()
}

/// A command in a folder, with a home of its own.
pub(crate) fn prongsai(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(cargo_bin!("prongsai"));
    command.current_dir(folder).args(arguments).env("HOME", folder.join("home")).stdin(Stdio::null());
    command
}

/// Runs a command: its exit code, and all that it wrote. A panic would say so.
#[track_caller]
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let Output { status, stdout, stderr } = prongsai(folder, arguments).output().unwrap();
    let said = String::from_utf8([stdout, stderr].concat()).unwrap();
    assert!(!said.contains("panicked") && !said.contains("RUST_BACKTRACE"), "{said}");
    (status.code().unwrap(), said)
}

#[track_caller]
pub(crate) fn check(folder: &Path, arguments: &[&str], code: i32, says: &str) {
    let (found, said) = run(folder, arguments);
    assert_eq!(found, code, "{arguments:?}: {said}");
    assert!(said.contains(says), "{arguments:?} does not say “{says}”: {said}");
}

#[test]
fn exit_codes_say_who_has_to_act() {
    let folder = Folder::of(&minimal());
    let root = folder.root();
    check(root, &["check"], 0, "");
    check(root, &["build"], 0, "สร้าง 6 หน้า");
    check(root, &["build"], 0, "ไม่มีอะไรเปลี่ยนแปลง");
    check(root, &["build", "--no-such-flag"], 2, "--no-such-flag");
    check(root, &["explain", "no/such-code"], 2, "no/such-code");
    check(root, &["explain", "score/total-mismatch"], 0, "คะแนนรวม");
    folder.write("content/2565/notes.txt", "บันทึก");
    check(root, &["check"], 0, "files/unknown-file");
    check(root, &["check", "--strict"], 1, "files/unknown-file");
    check(root, &["build", "--strict"], 1, "--strict");
    folder.write("content/2565/scores.yaml", "fiscal_year: 2565\nannounced: { total: 101 }\n");
    check(root, &["check"], 1, "content/2565/scores.yaml:2:21");
    check(root, &["build", "--lang", "en"], 1, "the site in public is as it was");
}

#[test]
fn a_state_that_is_of_no_use_is_told_to_who_wants_to_know() {
    let folder = Folder::of_old(&sites()["portal"]);
    let root = folder.root();
    let state = root.join(".public.prongsai/state");
    let told = |arguments: &[&str]| run(root, arguments).1.contains("what the last build remembered");
    assert!(!told(&["build", "-v", "--lang", "en"]), "the first build");
    assert!(!told(&["build", "-v", "--lang", "en"]), "nothing changed");
    fs::write(&state, "broken").unwrap();
    assert!(!told(&["build", "--lang", "en"]), "nobody asks");
    assert!(!told(&["build", "-v", "--lang", "en"]), "it was mended");
    fs::write(&state, "broken").unwrap();
    check(root, &["build", "-v"], 0, "เพราะข้อมูลนั้นเสียหาย");
    fs::write(&state, "broken").unwrap();
    check(root, &["build", "-v", "--lang", "en"], 0, "what the last build remembered: it is broken");
    let settings = String::from_utf8(sites()["portal"]["prongsai.yaml"].clone()).unwrap();
    folder.write("prongsai.yaml", settings.replace("thai", "arabic"));
    check(root, &["build", "-v", "--lang", "en"], 0, "a framework has changed since");
}

#[test]
fn findings_as_json_are_one_object_a_line() {
    let folder = Folder::of(&minimal());
    folder.write(
        "content/2565/scores.yaml",
        "fiscal_year: 2565\nannounced: { total: 101 }\nindicators: { 1: ดีมาก }\n",
    );
    for (command, code) in [("check", 1), ("build", 1)] {
        let (found, said) = run(folder.root(), &[command, "--format", "json"]);
        assert_eq!(found, code);
        let records: Vec<serde_json::Value> =
            said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let places: Vec<_> = records
            .iter()
            .map(|record| (record["code"].as_str().unwrap(), record["line"].as_u64().unwrap()))
            .collect();
        assert_eq!(places, [("score/out-of-range", 2), ("score/unreadable", 3)]);
        for record in &records {
            for (text, language) in [("message", "th"), ("message", "en"), ("remedy", "th"), ("remedy", "en")]
            {
                assert!(!record[text][language].as_str().unwrap().is_empty(), "{record}");
            }
        }
    }
}

#[test]
fn a_failed_build_leaves_the_last_good_site() {
    let folder = Folder::of(&example());
    check(folder.root(), &["build"], 0, "");
    let before = everything(&folder);
    folder.write("content/2565/scores.yaml", "fiscal_year: 2565\nannounced: [\n");
    check(folder.root(), &["build"], 1, "files/yaml-syntax");
    assert!(everything(&folder) == before, "a failed build touched the output");
}

/// The output and what lies beside it.
fn everything(folder: &Folder) -> (Tree, Tree) {
    (folder.published(), tree(&folder.root().join(".public.prongsai")))
}

#[test]
fn folders_of_others_are_refused_and_left_alone() {
    let folder = Folder::of(&minimal());
    folder.write("photos/2565.jpg", "a photo");
    folder.write("home/letter.txt", "a letter");
    let before = tree(folder.root());
    for (output, says) in [
        ("photos", "prongsai-manifest.json"),
        (".", "อยู่เหนือโฟลเดอร์นั้น"),
        ("..", "อยู่เหนือโฟลเดอร์นั้น"),
        ("content", "ไฟล์ต้นฉบับ"),
        ("content/2565", "ไฟล์ต้นฉบับ"),
        ("themes/own", "ไฟล์ต้นฉบับ"),
        ("home", "โฟลเดอร์ประจำตัว"),
        ("prongsai.yaml", "ไม่ใช่โฟลเดอร์"),
        ("/", "รากของดิสก์"),
    ] {
        check(folder.root(), &["build", "--output", output], 2, says);
        assert!(tree(folder.root()) == before, "--output {output} left a trace");
    }
}

/// Whoever mistypes the name of a folder should not find a new one there.
#[test]
fn a_folder_without_a_site_gets_no_trace() {
    let folder = Folder::of(&Tree::new());
    check(folder.root(), &["build"], 1, "prongsai.yaml");
    assert_eq!(fs::read_dir(folder.root()).unwrap().count(), 0);
    check(folder.root(), &["-C", "no/such/folder", "build"], 1, "prongsai.yaml");
    assert_eq!(fs::read_dir(folder.root()).unwrap().count(), 0);
}

#[test]
fn a_stale_file_goes_only_if_its_bytes_are_ours() {
    let mut site = minimal();
    site.insert("content/pages/contact.md".to_owned(), "---\ntitle: ติดต่อ\n---\nติดต่อ\n".into());
    site.insert("content/pages/history.md".to_owned(), "---\ntitle: ประวัติ\n---\nประวัติ\n".into());
    let folder = Folder::of(&site);
    check(folder.root(), &["build"], 0, "");
    folder.write("public/pages/contact/index.html", "edited by hand");
    folder.write("public/pages/contact/own.txt", "somebody's own");
    folder.become_site(&minimal());
    check(folder.root(), &["build"], 0, "pages/contact/index.html");
    let published = folder.published();
    assert_eq!(published["pages/contact/index.html"], b"edited by hand");
    assert_eq!(published["pages/contact/own.txt"], b"somebody's own");
    assert!(!published.contains_key("pages/history/index.html"));
    assert!(!folder.public().join("pages/history").exists());
}

/// A file system in memory, for as long as a test needs it.
struct Disk(TempDir);

impl Disk {
    /// `None` where this system or user cannot mount one.
    fn of(size: &str) -> Option<Disk> {
        let disk = Disk(tempfile::tempdir().unwrap());
        mount(&["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"], disk.0.path()).then_some(disk)
    }

    fn output(&self) -> PathBuf {
        self.0.path().join("public")
    }

    fn files(&self) -> Tree {
        tree(self.0.path())
    }

    fn write_only_if(&self, allowed: bool) -> bool {
        mount(&["-o", if allowed { "remount,rw" } else { "remount,ro" }], self.0.path())
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).stderr(Stdio::null()).status();
    }
}

fn mount(options: &[&str], at: &Path) -> bool {
    let mounted = Command::new("mount").args(options).arg(at).stderr(Stdio::null()).status();
    mounted.is_ok_and(|status| status.success())
}

/// The minimal site, and the same with an attachment that does not fit on a small disk.
fn small_and_large() -> (Tree, Tree) {
    let mut large = minimal();
    large.insert("content/index.md".to_owned(), "---\nfiles: files/plan.txt\n---\n".into());
    large.insert("content/files/plan.txt".to_owned(), "แผน\n".repeat(100_000).into());
    (minimal(), large)
}

#[test]
fn a_full_disk_is_said_and_loses_nothing() {
    let Some(disk) = Disk::of("384k") else { return skip("no file system can be mounted here") };
    let (small, large) = small_and_large();
    let folder = Folder::of(&small);
    let output = disk.output().display().to_string();
    let build = ["build", "--output", output.as_str()];
    check(folder.root(), &build, 0, "");
    let before = disk.files();
    folder.become_site(&large);
    check(folder.root(), &build, 3, "เนื้อที่ดิสก์เต็ม (เว็บไซต์เดิมยังอยู่ครบ)");
    assert!(disk.files() == before, "a full disk changed the output");
    check(
        folder.root(),
        &[&build[..], &["--lang", "en"]].concat(),
        3,
        "the disk is full (the old site is whole)",
    );
    folder.become_site(&small);
    check(folder.root(), &build, 0, "ไม่มีอะไรเปลี่ยนแปลง");
    assert!(disk.files() == before, "the output is not as it was");
}

#[test]
fn a_disk_that_is_full_from_the_start_is_said_too() {
    let Some(disk) = Disk::of("64k") else { return skip("no file system can be mounted here") };
    let folder = Folder::of(&small_and_large().1);
    check(folder.root(), &["build", "--output", &disk.output().display().to_string()], 3, "เนื้อที่ดิสก์เต็ม");
    assert_eq!(tree(&disk.output()), Tree::new());
}

#[test]
fn an_export_that_finds_no_room_is_said_and_leaves_nothing() {
    let Some(disk) = Disk::of("16k") else { return skip("no file system can be mounted here") };
    let folder = Folder::of(&sites()["full"]);
    folder.build();
    let forms: &[&str] = if cfg!(feature = "sqlite") { &["ita.sqlite", "ita-csv"] } else { &["ita-csv"] };
    for name in forms {
        let to = disk.0.path().join(name).display().to_string();
        check(folder.root(), &["export", &to], 3, "เนื้อที่ดิสก์เต็ม");
        assert_eq!(fs::read_dir(disk.0.path()).unwrap().count(), 0, "{name}");
    }
    assert!(disk.write_only_if(false));
    for name in forms {
        let to = disk.0.path().join(name).display().to_string();
        check(folder.root(), &["export", &to], 3, "ไม่สำเร็จ");
    }
}

#[test]
fn a_read_only_output_is_said_and_loses_nothing() {
    let Some(disk) = Disk::of("1m") else { return skip("no file system can be mounted here") };
    let folder = Folder::of(&minimal());
    let output = disk.output().display().to_string();
    let build = ["build", "--output", output.as_str()];
    check(folder.root(), &build, 0, "");
    let before = disk.files();
    folder.write("content/index.md", "ข่าวใหม่\n");
    assert!(disk.write_only_if(false));
    check(folder.root(), &build, 3, "ระบบไฟล์แบบอ่านอย่างเดียว");
    check(folder.root(), &["check"], 0, "");
    assert!(disk.files() == before, "a read-only output changed");
    assert!(disk.write_only_if(true));
    check(folder.root(), &build, 0, "");
    assert!(disk.files() != before, "the build after it changed nothing");
}

#[test]
fn another_build_is_waited_for_and_then_named() {
    let folder = Folder::of(&minimal());
    check(folder.root(), &["build"], 0, "");
    let lock = fs::File::options().write(true).open(folder.root().join(".public.prongsai/lock")).unwrap();
    lock.lock().unwrap();
    check(folder.root(), &["build", "--lang", "en"], 3, "another prongsai is building");
    lock.unlock().unwrap();
    check(folder.root(), &["build"], 0, "");
}

/// The same bytes from another folder, by another name of the site, and with another environment.
#[test]
fn the_surroundings_leave_no_mark() {
    let folder = Folder::of(&example());
    folder.build();
    let expected = folder.published();
    let elsewhere = tempfile::tempdir().unwrap();
    let output = elsewhere.path().join("www");
    let root = folder.root().display().to_string();
    let mut build =
        prongsai(elsewhere.path(), &["-C", &root, "build", "--output", &output.display().to_string()]);
    build
        .env_clear()
        .env("TZ", "America/New_York")
        .env("LC_ALL", "tr_TR.UTF-8")
        .env("RAYON_NUM_THREADS", "1");
    assert!(build.output().unwrap().status.success());
    assert!(tree(&output) == expected, "another environment gives other bytes");
    let name = folder.root().file_name().unwrap().to_str().unwrap();
    let mut build = prongsai(folder.root().parent().unwrap(), &["-C", name, "build"]);
    assert!(build.env("RAYON_NUM_THREADS", "4").output().unwrap().status.success());
    assert!(folder.published() == expected, "a relative path gives other bytes");
}

//! `check --fix` on real disks: what is mechanical is mended, every other byte stays, and nobody's work is overwritten. What is mended in
//! which text, the cases say (`expected/mended/`).

use crate::disk::{check, run};
use crate::folder::{Folder, Tree, sites, tree};
use prongsai::failure::Cause;
use prongsai::fix::Plan;
use proptest::prelude::*;
use std::fs;

const FRONT: &str = "content/index.md";

/// A control character between two words, and its absence.
const DAMAGED: &str = "# รายงาน\r\n\r\nการ\u{7}ทุจริต  และประพฤติมิชอบ\t\r\n";
const MENDED: &str = "# รายงาน\r\n\r\nการทุจริต  และประพฤติมิชอบ\t\r\n";

fn minimal() -> Tree {
    sites().remove("minimal").unwrap()
}

/// A site with a text on its front page.
fn site(text: impl AsRef<[u8]>) -> Folder {
    let folder = Folder::of(&minimal());
    folder.write(FRONT, text);
    folder
}

fn in_windows_874(text: &str) -> Vec<u8> {
    let byte = |c: char| if c.is_ascii() { c as u32 } else { c as u32 - 0xe00 + 0xa0 };
    text.chars().map(|c| u8::try_from(byte(c)).unwrap()).collect()
}

#[test]
fn nothing_but_the_slip_changes() {
    let check = |before: &[u8], after: &[u8]| {
        let folder = site(before);
        let mut expected = folder.sources();
        expected.insert(FRONT.to_owned(), after.to_vec());
        let plan = folder.plan();
        plan.write(folder.root()).unwrap();
        assert!(folder.sources() == expected, "{:?}", String::from_utf8_lossy(&folder.sources()[FRONT]));
        assert!(folder.plan().files.is_empty());
    };
    let with_mark = |text: &str| format!("\u{feff}{text}").into_bytes();
    check(DAMAGED.as_bytes(), MENDED.as_bytes());
    check(&with_mark(DAMAGED), &with_mark(MENDED));
    check(MENDED.as_bytes(), MENDED.as_bytes());
    check(b"no end of line", b"no end of line");
}

/// What the code page brings to light is mended as well.
#[test]
fn other_encodings_become_utf8_and_are_read_on() {
    let check = |before: Vec<u8>| {
        let folder = site(&before);
        let Plan { files, left } = folder.plan();
        assert_eq!(files[0].codes().collect::<Vec<_>>(), ["files/not-utf8", "text/unprintable-character"]);
        assert_eq!(String::from_utf8(files[0].bytes()).unwrap(), MENDED);
        assert!(!left.has_errors());
    };
    check(in_windows_874(DAMAGED));
    check(format!("\u{feff}{DAMAGED}").encode_utf16().flat_map(u16::to_le_bytes).collect());
    check(format!("\u{feff}{DAMAGED}").encode_utf16().flat_map(u16::to_be_bytes).collect());
    let settings = minimal().remove("prongsai.yaml").unwrap();
    let folder = Folder::of(&minimal());
    folder.write("prongsai.yaml", in_windows_874(str::from_utf8(&settings).unwrap()));
    folder.plan().write(folder.root()).unwrap();
    assert_eq!(folder.sources(), minimal());
}

#[test]
fn what_an_author_accepts_stays() {
    let folder = Folder::of(&minimal());
    let accepted = "---\naccept:\n  - { code: text/unprintable-character, reason: ตามต้นฉบับ }\n---\nก\u{7}ข\n";
    folder.write(FRONT, accepted);
    assert!(folder.plan().files.is_empty());
}

#[test]
fn a_dry_run_shows_everything_and_writes_nothing() {
    let folder = site(DAMAGED);
    let times = || {
        let location = folder.root().join(FRONT);
        fs::metadata(location).unwrap().modified().unwrap()
    };
    let (before, time) = (tree(folder.root()), times());
    let (code, said) = run(folder.root(), &["check", "--fix", "--dry-run"]);
    assert_eq!(code, 0, "{said}");
    for line in [
        FRONT,
        "    3 - การ\u{fffd}ทุจริต  และประพฤติมิชอบ",
        "      + การทุจริต  และประพฤติมิชอบ",
        "           ^ มีอักขระ U+0007 ซึ่งแสดงไม่ได้",
        "จะแก้ไข 1 แห่งใน 1 ไฟล์: text/unprintable-character 1",
    ] {
        assert!(said.lines().any(|found| found == line), "{line:?} is not in\n{said}");
    }
    assert!(tree(folder.root()) == before && times() == time);
    let foreign = site(in_windows_874(MENDED));
    let expected = "content/index.md  Windows-874 (ANSI) → UTF-8\n    1 + # รายงาน\n";
    check(foreign.root(), &["check", "--fix", "--dry-run"], 0, expected);
    check(folder.root(), &["check", "--dry-run"], 2, "--fix");
}

#[test]
fn what_was_mended_and_what_is_left_is_told() {
    let damaged = format!("{DAMAGED}\r\n<b>\r\n");
    check(site(&damaged).root(), &["check"], 0, "แก้ให้ได้เอง 1 แห่งด้วย prongsai check --fix");
    let folder = site(&damaged);
    let (code, said) = run(folder.root(), &["check", "--fix"]);
    assert_eq!(code, 0);
    assert!(said.contains("text/raw-html") && said.contains("พบคำเตือน 1 แห่ง"), "{said}");
    assert!(said.ends_with("แก้ไขแล้ว 1 แห่งใน 1 ไฟล์: text/unprintable-character 1\n"), "{said}");
    check(folder.root(), &["check", "--fix", "--lang", "en"], 0, "there is nothing that could be mended");
    check(folder.root(), &["check", "--fix", "--strict"], 1, "text/raw-html");
    let (_, said) = run(site(&damaged).root(), &["check", "--fix", "--format", "json"]);
    assert_eq!(said.lines().filter(|line| line.starts_with(r#"{"v":1,"code":"text/raw-html""#)).count(), 1);
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn programs_read_the_fix_beside_the_finding() {
    let (_, said) = run(site(DAMAGED).root(), &["check", "--fix", "--dry-run", "--format", "json"]);
    let record: serde_json::Value = serde_json::from_str(said.lines().next().unwrap()).unwrap();
    let expected = serde_json::json!({ "line": 3, "column": 4, "end_line": 3, "end_column": 5, "text": "" });
    assert_eq!(record["fix"]["replace"][0], expected, "{said}");
    let (_, said) = run(site(in_windows_874(DAMAGED)).root(), &["check", "--format", "json"]);
    let record: serde_json::Value = serde_json::from_str(said.lines().next().unwrap()).unwrap();
    assert_eq!(record["fix"]["recode"], "windows-874", "{said}");
}

/// The other files stay as they are too: half a mending would be hard to make sense of.
#[test]
fn a_read_only_file_is_said_and_nothing_is_written() {
    let folder = site(DAMAGED);
    folder.write("content/2565/report.md", "ก\u{7}ข\n");
    let location = folder.root().join(FRONT);
    let mut permissions = fs::metadata(&location).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&location, permissions).unwrap();
    let before = folder.sources();
    check(folder.root(), &["check", "--fix"], 3, "content/index.md ไม่ได้ เพราะตั้งไว้ให้อ่านอย่างเดียว");
    assert!(folder.sources() == before);
}

#[test]
fn what_somebody_saved_meanwhile_is_not_overwritten() {
    let folder = site(DAMAGED);
    let plan = folder.plan();
    folder.write(FRONT, "ใหม่กว่า\n");
    let failure = plan.write(folder.root()).unwrap_err();
    assert_eq!(failure.cause, Cause::Machine);
    assert!(failure.message.en.contains("somebody changed it"), "{failure}");
    assert_eq!(folder.sources()[FRONT], "ใหม่กว่า\n".as_bytes());
}

#[test]
fn a_run_that_was_killed_is_not_in_the_way() {
    let folder = site(DAMAGED);
    folder.write("content/.index.md.prongsai", "half a fi");
    assert_eq!(run(folder.root(), &["check", "--fix"]).0, 0);
    assert_eq!(folder.sources(), site(MENDED).sources());
}

#[test]
#[cfg(unix)]
fn permissions_stay() {
    use std::os::unix::fs::PermissionsExt;
    let folder = site(DAMAGED);
    let location = folder.root().join(FRONT);
    fs::set_permissions(&location, fs::Permissions::from_mode(0o640)).unwrap();
    assert_eq!(run(folder.root(), &["check", "--fix"]).0, 0);
    assert_eq!(fs::read(&location).unwrap(), MENDED.as_bytes());
    assert_eq!(fs::metadata(&location).unwrap().permissions().mode() & 0o777, 0o640);
}

#[test]
#[cfg(unix)]
fn links_stay_and_none_leads_out() {
    use std::os::unix::fs::symlink;
    let folder = site(DAMAGED);
    let eit = folder.root().join("content/2565/eit.md");
    symlink("../index.md", &eit).unwrap();
    assert_eq!(run(folder.root(), &["check", "--fix"]).0, 0);
    assert!(eit.is_symlink());
    assert_eq!(fs::read(&eit).unwrap(), MENDED.as_bytes());

    let outside = site(DAMAGED);
    let folder = Folder::of(&minimal());
    fs::remove_dir_all(folder.root().join("content")).unwrap();
    symlink(outside.root().join("content"), folder.root().join("content")).unwrap();
    check(folder.root(), &["check", "--fix"], 3, "อยู่นอกโฟลเดอร์ของเว็บไซต์");
    assert_eq!(fs::read(outside.root().join(FRONT)).unwrap(), DAMAGED.as_bytes());
}

/// Texts of what is mended, what looks like it, and what must stay.
const NEARLY_SOUND: &str = "([กนท]|ป\u{e48}\u{e35}|\u{e4d}\u{e32}|[\u{e31}-\u{e3a}\u{e47}-\u{e4e}]|เ|[\u{7}\u{b}\u{200b}\u{ad}\u{feff}]|\
    `|\\[|\\]\\(files/|\\)|<|https://|\\*\\*|\\{\\{ |\\}\\}|[ \t]|\r?\n|\r|๑\\. |---\n|title: |O4๒){0,40}";

#[test]
fn any_text_is_mended_once_and_keeps_its_lines() {
    let folder = Folder::of(&minimal());
    let config = ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(text in NEARLY_SOUND)| {
        folder.write(FRONT, &text);
        let Plan { files, .. } = folder.plan();
        let Some(mended) = files.first() else { return Ok(()) };
        let mut before = text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned();
        for step in &mended.steps {
            prop_assert_eq!(&step.before.text, &before);
            for change in step.changes.iter().rev() {
                before.replace_range(change.old.clone(), &step.after.text[change.new.clone()]);
            }
            prop_assert_eq!(&step.after.text, &before);
        }
        let line_ends = |text: &str| text.matches(['\r', '\n']).collect::<String>();
        prop_assert_eq!(line_ends(&text), line_ends(&before));
        folder.write(FRONT, mended.bytes());
        prop_assert!(folder.plan().files.is_empty());
    });
}

//! A living `build --watch`: whatever happens to the files, and however, the output becomes what a fresh build gives, and what is told is what
//! that says. Nothing here waits for a time: it waits until it is so.
//!
//! `PRONGSAI_SEQUENCES=500` plays so many random sequences, `PRONGSAI_SEED=1` others.

use crate::again::different;
use crate::chance;
use crate::disk::{check, prongsai};
use crate::edit::{Edit, Sources, Time, dated, edits};
use crate::files::skip;
use crate::folder::{Folder, Tree, example, rich_portal, sites, tree};
use crate::sequences::{in_agencies, put_into, reason, told};
use prongsai::build::{self, Options};
use prongsai::finding::print::{Format, Style};
use prongsai::language::Language;
use proptest::collection::vec;
use proptest::test_runner::TestCaseError;
use rayon::prelude::*;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use walkdir::WalkDir;

/// How many random sequences are played where nobody asks for more.
const SEQUENCES: u64 = 4;

/// Far more than any build takes: when it is over, it will never be so.
const DEADLINE: Duration = Duration::from_secs(120);

/// A site that is watched, and published into another folder.
struct Live {
    folder: Folder,
    elsewhere: TempDir,
    process: Child,
    /// What was said of the last build that came to its end.
    said: Arc<Mutex<String>>,
    /// What the last build that nothing stopped gave.
    good: Tree,
}

impl Live {
    /// Begins to watch, and waits until the site is published.
    #[track_caller]
    fn begin(site: &Tree, arguments: &[&str]) -> Live {
        let (folder, elsewhere) = (Folder::of(site), tempfile::tempdir().unwrap());
        let output = elsewhere.path().join("public");
        let usual = ["build", "--watch", "--format", "json", "--output", output.to_str().unwrap()];
        // It is begun elsewhere, since its own folder may go.
        let mut command = prongsai(elsewhere.path(), &[&usual, arguments].concat());
        let process = command.arg("-C").arg(folder.root()).stderr(Stdio::piped());
        let mut process = process.spawn().unwrap();
        let said = Arc::default();
        listen(&mut process, Arc::clone(&said));
        let mut live = Live { folder, elsewhere, process, said, good: Tree::new() };
        live.expect("the beginning");
        live
    }

    /// Waits until everything is as after a fresh build.
    #[track_caller]
    fn expect(&mut self, after: &str) {
        if let Err(difference) = self.become_fresh() {
            panic!("after {after}: {difference}");
        }
    }

    fn become_fresh(&mut self) -> Result<(), String> {
        let (said, published) = fresh(self.folder.root());
        self.good = published.unwrap_or_else(|| self.good.clone());
        let end = Instant::now() + DEADLINE;
        loop {
            let told = self.said.lock().unwrap().clone();
            let found = seen(&self.elsewhere.path().join("public"));
            if told == said && found.as_ref() == Some(&self.good) {
                return Ok(());
            }
            if self.process.try_wait().unwrap().is_some() {
                return Err("it has ended".to_owned());
            }
            if Instant::now() > end {
                let different = found.as_ref().map(|found| different(found, &self.good));
                return Err(format!("says\n{told}but should say\n{said}and differs in {different:?}"));
            }
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// Waits until something is said that ends so.
    #[track_caller]
    fn expect_said(&mut self, end: &str) {
        let limit = Instant::now() + DEADLINE;
        while !self.said.lock().unwrap().ends_with(end) {
            assert!(Instant::now() < limit, "{} does not end with {end}", self.said.lock().unwrap());
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// Presses Ctrl-C.
    fn interrupt(&mut self) -> ExitStatus {
        let process = self.process.id().to_string();
        assert!(Command::new("kill").args(["-INT", &process]).status().unwrap().success());
        self.process.wait().unwrap()
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Takes down what is said of each build: all findings, and how it ended.
fn listen(process: &mut Child, said: Arc<Mutex<String>>) {
    let lines = BufReader::new(process.stderr.take().unwrap()).lines();
    thread::spawn(move || {
        let mut text = String::new();
        for line in lines.map_while(Result::ok) {
            let record: serde_json::Value = serde_json::from_str(&line).unwrap();
            match record["end"].as_str() {
                Some(end) => *said.lock().unwrap() = std::mem::take(&mut text) + end + "\n",
                None => text += &(line + "\n"),
            }
        }
    });
}

/// What a fresh build says and publishes.
fn fresh(root: &Path) -> (String, Option<Tree>) {
    let elsewhere = tempfile::tempdir().unwrap();
    let output = elsewhere.path().join("public");
    let outcome = build::build(root, &output, Options::default()).unwrap();
    let mut said = Vec::new();
    let style = Style { language: Language::Thai, width: 80, notes: false, folder: "" };
    Format::Json.write(&outcome.findings, &style, &mut said).unwrap();
    let end = if outcome.published.is_some() { "published\n" } else { "stopped\n" };
    (String::from_utf8(said).unwrap() + end, outcome.published.map(|_| tree(&output)))
}

/// All files below a folder, unless one of them goes meanwhile.
fn seen(folder: &Path) -> Option<Tree> {
    if !folder.exists() {
        return Some(Tree::new());
    }
    let mut seen = Tree::new();
    for entry in WalkDir::new(folder) {
        let entry = entry.ok()?;
        if entry.file_type().is_file() {
            let steps = entry.path().strip_prefix(folder).unwrap().iter().map(|step| step.to_str().unwrap());
            seen.insert(steps.collect::<Vec<_>>().join("/"), fs::read(entry.path()).ok()?);
        }
    }
    Some(seen)
}

/// What happens to a site, by what it is.
type Change = (&'static str, fn(&Folder));

const AGENCY: &str = "content/tua-yang-tem";

/// Each is made after the site has become what the one before asked for.
const CHANGES: &[Change] = &[
    ("a write in place", |folder| append(folder, "content/tua-yang-tem/2565/iit.md", "\nแก้ไขแล้ว\n")),
    ("another file renamed over it", |folder| {
        folder.write("content/tua-yang-tem/2565/.iit.md.new", "---\nfocus: [5]\n---\nข้อความใหม่\n");
        rename(folder, "content/tua-yang-tem/2565/.iit.md.new", "content/tua-yang-tem/2565/iit.md");
    }),
    ("a backup, and a new file in its place", |folder| {
        rename(folder, "content/tua-yang-tem/2565/eit.md", "content/tua-yang-tem/2565/eit.md~");
        folder.write("content/tua-yang-tem/2565/eit.md", "---\nfocus: [6]\n---\nข้อความใหม่\n");
        remove(folder, "content/tua-yang-tem/2565/eit.md~");
    }),
    ("a file deleted and created", |folder| {
        remove(folder, "content/tua-yang-tem/2565/oit.md");
        folder.write("content/tua-yang-tem/2565/oit.md", "---\nfocus: [9]\n---\nข้อความใหม่\n");
    }),
    ("many files at once", |folder| {
        let files = folder.sources().into_keys().filter(|path| path.ends_with(".md"));
        files.for_each(|path| append(folder, &path, "\nเพิ่มเติม\n"));
    }),
    ("many new files", |folder| {
        for number in 0..200 {
            let page = format!("{AGENCY}/pages/page-{number}.md");
            folder.write(&page, format!("---\ntitle: หน้า {number}\n---\nข้อความ\n"));
        }
    }),
    ("their folder removed", |folder| fs::remove_dir_all(folder.root().join(AGENCY).join("pages")).unwrap()),
    ("an error", |folder| append(folder, "content/tua-yang-tem/2565/scores.yaml", "announced: [\n")),
    ("another one", |folder| folder.write("prongsai.yaml", "portal: [\n")),
    ("the settings mended", |folder| restore(folder, "prongsai.yaml")),
    ("the scores mended", |folder| restore(folder, "content/tua-yang-tem/2565/scores.yaml")),
    ("other settings", |folder| {
        let settings = fs::read_to_string(folder.root().join("prongsai.yaml")).unwrap();
        folder.write("prongsai.yaml", settings.replace("short_name:", "short_name: ใหม่"));
    }),
    ("a template", |folder| append(folder, "themes/plain/templates/home.html", "<!-- ใหม่ -->\n")),
    ("a broken template", |folder| append(folder, "themes/plain/templates/home.html", "{% if %}")),
    ("the template mended", |folder| restore(folder, "themes/plain/templates/home.html")),
    ("a style", |folder| append(folder, "themes/plain/static/style.css", "body { color: green }\n")),
    ("a framework of its own", |folder| folder.write("framework/2566.yaml", "extends: 2565\n")),
    ("the framework removed", |folder| remove(folder, "framework/2566.yaml")),
    ("a year copied in", |folder| {
        let year = under(folder, &format!("{AGENCY}/2565/"));
        year.iter().for_each(|(path, bytes)| folder.write(&path.replace("/2565/", "/2561/"), bytes));
    }),
    ("a file of the new year", |folder| append(folder, "content/tua-yang-tem/2561/report.md", "\nปี\n")),
    ("the year renamed", |folder| rename(folder, "content/tua-yang-tem/2561", "content/tua-yang-tem/2560")),
    ("a file of the renamed year", |folder| append(folder, "content/tua-yang-tem/2560/report.md", "\nปี\n")),
    ("an empty year", |folder| fs::create_dir(folder.root().join(AGENCY).join("2559")).unwrap()),
    ("the year removed", |folder| fs::remove_dir_all(folder.root().join(AGENCY).join("2560")).unwrap()),
    ("an agency renamed", |folder| rename(folder, AGENCY, "content/tua-yang-mai")),
    ("a file of it", |folder| append(folder, "content/tua-yang-mai/2565/report.md", "\nใหม่\n")),
    ("all content moved away", |folder| rename(folder, "content", "elsewhere")),
    ("a file that is none of the site", |folder| append(folder, "elsewhere/index.md", "\nใหม่\n")),
    ("all content back", |folder| rename(folder, "elsewhere", "content")),
    ("another site", |folder| folder.become_site(&sites()["full"])),
    ("the first one", |folder| folder.become_site(&rich_portal())),
    ("the root removed", |folder| fs::remove_dir_all(folder.root()).unwrap()),
    ("the root created again", |folder| {
        fs::create_dir(folder.root()).unwrap();
        folder.become_site(&sites()["full"]);
    }),
    ("a write in the new root", |folder| append(folder, "content/index.md", "\nใหม่\n")),
];

fn append(folder: &Folder, path: &str, text: &str) {
    let before = fs::read(folder.root().join(path)).unwrap();
    folder.write(path, [&before, text.as_bytes()].concat());
}

fn restore(folder: &Folder, path: &str) {
    folder.write(path, &rich_portal()[path]);
}

fn rename(folder: &Folder, from: &str, to: &str) {
    fs::rename(folder.root().join(from), folder.root().join(to)).unwrap();
}

fn remove(folder: &Folder, path: &str) {
    fs::remove_file(folder.root().join(path)).unwrap();
}

fn under(folder: &Folder, start: &str) -> Tree {
    folder.sources().into_iter().filter(|(path, _)| path.starts_with(start)).collect()
}

/// Makes every change, one after the other.
fn change(arguments: &[&str]) {
    let mut live = Live::begin(&rich_portal(), arguments);
    for (what, change) in CHANGES {
        change(&live.folder);
        live.expect(what);
    }
}

#[test]
fn the_output_follows_every_kind_of_change() {
    change(&[]);
}

#[test]
fn the_output_follows_where_the_system_tells_of_nothing() {
    change(&["--poll"]);
}

/// Without waiting in between, so that builds are overtaken.
#[test]
fn only_the_last_of_many_changes_counts() {
    let mut live = Live::begin(&rich_portal(), &[]);
    for (_, change) in CHANGES {
        change(&live.folder);
    }
    live.expect("all changes");
}

#[test]
fn the_output_follows_what_git_checks_out() {
    let git = |folder: &Folder, arguments: &[&str]| {
        let person = ["-c", "user.name=x", "-c", "user.email=x@example.com"];
        let mut git = Command::new("git");
        git.current_dir(folder.root()).args(person).args(arguments).stdout(Stdio::null());
        git.stderr(Stdio::null()).status()
    };
    let folder = Folder::of(&Tree::new());
    if git(&folder, &["--version"]).is_err() {
        return skip("there is no git");
    }
    let mut live = Live::begin(&rich_portal(), &[]);
    let commit = |folder: &Folder, branch: &str| {
        for arguments in [&["checkout", "-b", branch][..], &["add", "-A"], &["commit", "-m", branch]] {
            assert!(git(folder, arguments).unwrap().success(), "{arguments:?}");
        }
    };
    assert!(git(&live.folder, &["init"]).unwrap().success());
    commit(&live.folder, "portal");
    let files = under(&live.folder, ".git/");
    live.folder.become_site(&sites()["full"].clone().into_iter().chain(files).collect());
    commit(&live.folder, "full");
    live.expect("the second commit");
    for branch in ["portal", "full", "portal"] {
        assert!(git(&live.folder, &["checkout", "-f", branch]).unwrap().success());
        live.expect(branch);
    }
}

#[test]
fn ctrl_c_ends_it_at_any_moment() {
    let (before, mut after) = (example(), example());
    after.get_mut("content/2565/report.md").unwrap().extend("\nแก้ไขแล้ว\n".as_bytes());
    let possible = [&before, &after].map(|site| fresh(Folder::of(site).root()).1.unwrap());
    for millis in [0, 1, 5, 20, 50] {
        let mut live = Live::begin(&before, &[]);
        live.folder.become_site(&after);
        thread::sleep(Duration::from_millis(millis));
        assert_eq!(live.interrupt().code(), Some(0));
        let found = tree(live.elsewhere.path());
        let (beside, public): (Tree, Tree) =
            found.into_iter().partition(|(path, _)| path.starts_with(".public.prongsai/"));
        assert_eq!(beside.keys().collect::<Vec<_>>(), [".public.prongsai/lock"], "after {millis} ms");
        let public = public.into_iter().map(|(path, bytes)| (path["public/".len()..].to_owned(), bytes));
        assert!(possible.contains(&public.collect()), "half a site after {millis} ms");
    }
}

#[test]
fn trouble_of_the_machine_is_tried_again() {
    let mut live = Live::begin(&example(), &[]);
    let lock = File::open(live.elsewhere.path().join(".public.prongsai/lock")).unwrap();
    lock.lock().unwrap();
    append(&live.folder, "content/2565/report.md", "\nแก้ไขแล้ว\n");
    live.expect_said("failed\n");
    drop(lock);
    live.expect("another build has ended");
}

#[test]
fn wrong_use_ends_it() {
    let folder = Folder::of(&example());
    folder.write("photos/2565.jpg", "a photo");
    check(folder.root(), &["build", "--watch", "--output", "photos"], 2, "prongsai-manifest.json");
    check(folder.root(), &["build", "--watch", "--output", "content"], 2, "ไฟล์ต้นฉบับ");
    check(folder.root(), &["build", "--watch", "--format", "sarif"], 2, "sarif");
    check(folder.root(), &["build", "--poll"], 2, "--watch");
}

/// It is asked at every moment when it may give way in turn.
#[test]
fn an_overtaken_build_leaves_the_output_as_it_was() {
    let folder = Folder::of(&rich_portal());
    folder.build();
    let settings = String::from_utf8(rich_portal().remove("prongsai.yaml").unwrap()).unwrap();
    folder.write("prongsai.yaml", settings.replace("numerals: thai", "numerals: arabic"));
    let before = tree(folder.root());
    for answers in 0.. {
        let asked = AtomicUsize::new(0);
        let overtaken = || asked.fetch_add(1, Ordering::Relaxed) >= answers;
        let options = Options { overtaken: Some(&overtaken), ..Options::default() };
        let outcome = build::build(folder.root(), &folder.public(), options).unwrap();
        if !outcome.is_overtaken {
            assert!(outcome.published.unwrap().written > 0);
            assert!(answers > 2, "it was asked {answers} times");
            break;
        }
        assert!(outcome.published.is_none());
        assert!(tree(folder.root()) == before, "it left a trace, asked {answers} times");
    }
}

#[test]
fn the_output_follows_random_sequences_of_edits() {
    let (portal, single, cases) = (rich_portal(), sites().remove("full").unwrap(), in_agencies());
    let first = chance::seed();
    let seeds = first..first + chance::number("PRONGSAI_SEQUENCES", SEQUENCES);
    let failed = seeds.into_par_iter().find_map_any(|seed| {
        let site = if seed % 3 == 0 { &single } else { &portal };
        let played = |steps: Vec<Vec<Edit>>| play(&steps, site, &cases).map_err(TestCaseError::fail);
        let steps = vec(vec(edits(Time::Now), 1..=3), 3..=8);
        let failed = chance::dice(seed).run(&steps, played).err()?;
        Some(format!("PRONGSAI_SEED={seed} PRONGSAI_SEQUENCES=1 repeats this:\n{}", reason(&failed)))
    });
    assert!(failed.is_none(), "{}", failed.unwrap_or_default());
}

/// Plays a sequence in front of one watch; where the output does not follow, says how, and what came before.
fn play(steps: &[Vec<Edit>], original: &Tree, cases: &[Tree]) -> Result<(), String> {
    let mut live = Live::begin(original, &[]);
    let mut sources: Sources = dated(original, Time::Now);
    let mut story = String::new();
    for edits in steps {
        let before = sources.clone();
        for edit in edits {
            edit.make(&mut sources, original, cases);
        }
        put_into(&live.folder, &before, &sources);
        story += &told(&before, &sources);
        live.become_fresh().map_err(|difference| story.clone() + &difference)?;
    }
    Ok(())
}

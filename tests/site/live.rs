//! The random sequences of `sequences.rs`, played while a server runs: after every few edits each page that it serves is the one that a build
//! into an empty folder has, or where that build stops, the last good one with what stops it.
//!
//! `PRONGSAI_LIVE=200` plays so many, from the seed `PRONGSAI_SEED` on.

use crate::chance;
use crate::edit::{Sources, Time, dated};
use crate::folder::{Folder, Tree, rich_portal, sites, tree};
use crate::sequences::{SINGLE, Step, USUAL, in_agencies, put_into, reason, sequences, told};
use crate::serve::{Server, encoded};
use prongsai::build::{self, Options};
use prongsai::finding::Severity;
use proptest::test_runner::TestCaseError;
use std::thread;
use std::time::{Duration, Instant};

/// How many sequences are played where nobody asks for more.
const SEQUENCES: u64 = 4;

/// How long a server may take to notice on a busy machine.
const LONGEST: Duration = Duration::from_secs(20);

/// What the page of a round says that is left out.
const NOTICE: &str = "ยังไม่เผยแพร่ เนื่องจากข้อมูลต้นฉบับยังมีข้อผิดพลาด";

/// What a build makes of the files.
struct Fresh {
    /// `None` where findings stop it.
    published: Option<Tree>,
    /// Whether all errors lie in the content of agencies.
    is_of_content: bool,
}

#[test]
fn a_server_shows_what_a_build_publishes_after_any_sequence_of_edits() {
    let (portal, single, cases) = (rich_portal(), sites().remove("full").unwrap(), in_agencies());
    let first = chance::seed();
    for seed in first..first + chance::number("PRONGSAI_LIVE", SEQUENCES) {
        let site = if seed % SINGLE == 0 { &single } else { &portal };
        let usual = USUAL[usize::try_from(seed).unwrap() % USUAL.len()];
        let played = |steps: Vec<Step>| play(&steps, usual, site, &cases).map_err(TestCaseError::fail);
        if let Err(failed) = chance::dice(seed).run(&sequences(usual), played) {
            panic!("PRONGSAI_SEED={seed} PRONGSAI_LIVE=1 repeats this:\n{}", reason(&failed));
        }
    }
}

/// Plays a sequence; where a page is not as it should be, says which, and what came before.
fn play(steps: &[Step], usual: Time, original: &Tree, cases: &[Tree]) -> Result<(), String> {
    let folder = Folder::of(&Tree::new());
    let mut sources = dated(original, Time::Past);
    sources.extend(dated(original, usual).into_iter().step_by(2));
    put_into(&folder, &Sources::new(), &sources);
    let server = Server::start(&folder);
    let mut shown = None;
    let mut story = String::new();
    for (edits, _) in steps {
        let before = sources.clone();
        for edit in edits {
            edit.make(&mut sources, original, cases);
        }
        put_into(&folder, &before, &sources);
        story += &format!("{}  a look\n", told(&before, &sources));
        shown = look(&server, &folder, shown).map_err(|different| story.clone() + &different)?;
    }
    Ok(())
}

/// Looks at every page; what is shown now is known only where a build would say so.
fn look(server: &Server, folder: &Folder, shown: Option<Tree>) -> Result<Option<Tree>, String> {
    let fresh = fresh(folder);
    let is_portal = folder.sources().keys().any(|path| path.ends_with("/agency.yaml"));
    let (mut expected, unknown) = match (fresh.published, &shown) {
        (Some(published), shown) => kept(published, shown.as_ref(), folder),
        (None, Some(shown)) if fresh.is_of_content && !is_portal => (made(shown), Vec::new()),
        // A part of the site goes on, and another stays as it was.
        (None, _) => return whole(server).map(|()| None),
    };
    let start = Instant::now();
    loop {
        let base = base(server);
        let is_other = |(file, bytes): &(&String, &Vec<u8>)| {
            let answer = server.get(&format!("{base}{}", encoded(file)));
            answer.status != 200 || answer.body != **bytes
        };
        let other: Vec<&String> = expected.iter().filter(is_other).map(|(file, _)| file).collect();
        let is_page = |file: &&String| file.ends_with(".html") && !expected.contains_key(*file);
        let gone = shown.iter().flat_map(Tree::keys).filter(is_page);
        let still: Vec<&String> =
            gone.filter(|file| server.get(&format!("{base}{}", encoded(file))).status != 404).collect();
        if other.is_empty() && still.is_empty() {
            let served = unknown.into_iter().map(|file| {
                let answer = server.get(&format!("{base}{}", encoded(&file)));
                (file, answer.body)
            });
            expected.extend(served);
            return Ok(Some(expected));
        }
        if start.elapsed() > LONGEST {
            return Err(format!("differs in {other:?}, and {still:?} should be gone"));
        }
        thread::sleep(Duration::from_millis(20));
    }
}

fn fresh(folder: &Folder) -> Fresh {
    let place = tempfile::tempdir().unwrap();
    let output = place.path().join("public");
    let outcome = build::build(folder.root(), &output, Options::default()).unwrap();
    let mut errors = outcome.findings.iter().filter(|finding| finding.severity == Severity::Error);
    let is_of_content = errors.all(|finding| finding.location.is_below("content"));
    let mut files = tree(&output);
    files.retain(|path, _| !path.ends_with("prongsai-manifest.json"));
    Fresh { published: outcome.published.map(|_| files), is_of_content }
}

/// What a build publishes, with the last good pages of what it leaves out: rounds, and agencies whose own file cannot be read. Where those
/// are not known, nothing is expected of such a round; what is served in its place, the second part, is expected from then on.
fn kept(published: Tree, shown: Option<&Tree>, folder: &Folder) -> (Tree, Vec<String>) {
    let (mut expected, mut unknown) = (published, Vec::new());
    let is_notice = |bytes: &[u8]| str::from_utf8(bytes).is_ok_and(|page| page.contains(NOTICE));
    let mut kept: Vec<String> = expected
        .iter()
        .filter(|(_, bytes)| is_notice(bytes))
        .map(|(file, _)| file.trim_end_matches("index.html").to_owned())
        .collect();
    let agencies = shown.iter().flat_map(|shown| shown.keys()).filter_map(|file| file.split_once('/'));
    let is_agency = |id: &str| {
        !matches!(id, "assets" | "files" | "pages") && id.starts_with(|sign: char| sign.is_ascii_lowercase())
    };
    let agencies =
        agencies.filter(|(id, _)| is_agency(id) && folder.root().join("content").join(id).is_dir());
    kept.extend(
        agencies
            .map(|(id, _)| format!("{id}/"))
            .filter(|id| !expected.keys().any(|file| file.starts_with(id))),
    );
    for place in kept {
        let old = shown.into_iter().flatten().filter(|(file, _)| file.starts_with(&place));
        let old = made(&old.map(|(file, bytes)| (file.clone(), bytes.clone())).collect());
        if shown.is_none() || old.values().any(|bytes| !is_notice(bytes)) {
            let notice = format!("{place}index.html");
            unknown.extend((shown.is_none() && expected.contains_key(&notice)).then_some(notice));
            expected.retain(|file, _| !file.starts_with(&place));
            expected.extend(old);
        }
    }
    (expected, unknown)
}

/// Without attachments: these are never kept, but served as they lie on the disk.
fn made(files: &Tree) -> Tree {
    let is_made = |file: &str| !file.split('/').any(|step| step == "files");
    files
        .iter()
        .filter(|(file, _)| is_made(file))
        .map(|(file, bytes)| (file.clone(), bytes.clone()))
        .collect()
}

/// Whatever is wrong, a whole page is served.
fn whole(server: &Server) -> Result<(), String> {
    let page = server.get(&base(server));
    let is_whole = page.body.trim_ascii_end().ends_with(b"</html>");
    if is_whole { Ok(()) } else { Err(format!("half a page, with status {}", page.status)) }
}

/// The path below which the site stands now.
fn base(server: &Server) -> String {
    let answer = server.get("/");
    answer.location().unwrap_or("/").to_owned()
}

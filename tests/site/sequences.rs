//! Random sequences of edits, with a build after every few of them: whatever was done to the files and whatever times they claim, a build over
//! the old output equals one into an empty folder. `again.rs` asks the same of every file and of every kind of finding in turn.
//!
//! `PRONGSAI_SEQUENCES=500` plays so many, from the seed `PRONGSAI_SEED` on. One that fails is cut down to the edits that matter, and told
//! with the seed that repeats it.

use crate::again::different;
use crate::cases;
use crate::chance;
use crate::edit::{Edit, Sources, Time, dated, edits, pick};
use crate::folder::{Folder, Tree, rich_portal, sites, tree};
use prongsai::build::{self, Options, Outcome};
use prongsai::finding::print::{Format, Style};
use prongsai::language::Language;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{TestCaseError, TestError};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::panic;
use std::path::Path;

/// How many sequences are played where nobody asks for more.
const SEQUENCES: u64 = 40;

/// What the files of a sequence mostly claim: in a third of all sequences what is to be believed, in the others what is not.
pub(crate) const USUAL: [Time; 3] = [Time::Past, Time::Now, Time::Tick];

/// One in so many sequences is about the site of a single agency; the others are about a portal, since that alone is remembered.
pub(crate) const SINGLE: u64 = 5;

/// One in so many sequences is built with compressed forms of all files.
const COMPRESSED: u64 = 8;

/// What happens between two builds.
pub(crate) type Step = (Vec<Edit>, Loss);

/// What somebody deletes behind the program's back.
#[derive(Debug, Clone)]
pub(crate) enum Loss {
    /// Nothing.
    None,
    /// A published page.
    Page(Index),
    /// What the last build left for this one.
    State,
}

pub(crate) fn sequences(usual: Time) -> impl Strategy<Value = Vec<Step>> {
    let losses =
        prop_oneof![8 => Just(Loss::None), 1 => any::<Index>().prop_map(Loss::Page), 1 => Just(Loss::State)];
    vec((vec(edits(usual), 1..=3), losses), 3..=12)
}

/// What the cases put into the folder of an agency, its own files aside.
pub(crate) fn in_agencies() -> Vec<Tree> {
    let own = |case: cases::Case| {
        let changed = case.site.into_iter().filter(|(path, bytes)| case.base.get(path) != Some(bytes));
        changed.filter_map(|(path, bytes)| Some((path.strip_prefix("content/")?.to_owned(), bytes))).collect()
    };
    let of_one_agency = |case: &cases::Case| !case.base.keys().any(|path| path.ends_with("/agency.yaml"));
    cases::all().into_iter().filter(of_one_agency).map(own).filter(|files: &Tree| !files.is_empty()).collect()
}

#[test]
fn a_rebuild_after_any_sequence_of_edits_is_a_fresh_build() {
    let (portal, single, cases) = (rich_portal(), sites().remove("full").unwrap(), in_agencies());
    let first = chance::seed();
    let seeds = first..first + chance::number("PRONGSAI_SEQUENCES", SEQUENCES);
    let failed = seeds.into_par_iter().find_map_any(|seed| {
        let site = if seed % SINGLE == 0 { &single } else { &portal };
        let usual = USUAL[usize::try_from(seed).unwrap() % USUAL.len()];
        let compress = seed % COMPRESSED == COMPRESSED - 1;
        let options = Options { compress, ..Options::default() };
        let played =
            |steps: Vec<Step>| play(&steps, usual, options, site, &cases).map_err(TestCaseError::fail);
        let failed = chance::dice(seed).run(&sequences(usual), played).err()?;
        Some(format!("PRONGSAI_SEED={seed} PRONGSAI_SEQUENCES=1 repeats this:\n{}", reason(&failed)))
    });
    assert!(failed.is_none(), "{}", failed.unwrap_or_default());
}

pub(crate) fn reason<T>(error: &TestError<T>) -> &str {
    match error {
        TestError::Fail(reason, _) | TestError::Abort(reason) => reason.message(),
    }
}

/// Plays a sequence; where a build is not as it should be, says how, and what came before.
fn play(
    steps: &[Step],
    usual: Time,
    options: Options<'_>,
    original: &Tree,
    cases: &[Tree],
) -> Result<(), String> {
    let folder = Folder::of(&Tree::new());
    // In every agency some files are old.
    let mut sources = dated(original, Time::Past);
    sources.extend(dated(original, usual).into_iter().step_by(2));
    put_into(&folder, &Sources::new(), &sources);
    built(folder.root(), &folder.public(), options)?;
    let mut story = String::new();
    for (edits, loss) in steps {
        let before = sources.clone();
        for edit in edits {
            edit.make(&mut sources, original, cases);
        }
        put_into(&folder, &before, &sources);
        story += &format!("{}{}  a build\n", told(&before, &sources), lose(&folder, loss));
        compare(&folder, options).map_err(|difference| story.clone() + &difference)?;
    }
    Ok(())
}

/// Brings the edits to the disk: what changed in nothing but its time is not written again.
pub(crate) fn put_into(folder: &Folder, before: &Sources, after: &Sources) {
    folder.become_site(&after.iter().map(|(path, file)| (path.clone(), file.bytes.clone())).collect());
    let edited = after.iter().filter(|(path, file)| before.get(*path) != Some(file));
    edited.for_each(|(path, file)| folder.date(path, file.modified));
}

/// Deletes what a step deletes, and says what.
fn lose(folder: &Folder, loss: &Loss) -> String {
    let lost = match loss {
        Loss::None => None,
        Loss::Page(index) => {
            let published = folder.published().into_keys();
            let page = pick(published.filter(|path| path.ends_with(".html")), index);
            page.inspect(|page| fs::remove_file(folder.public().join(page)).unwrap())
        }
        Loss::State => {
            // A build that finds no settings makes no such folder.
            let removed = fs::remove_dir_all(folder.root().join(".public.prongsai"));
            removed.ok().map(|()| ".public.prongsai".to_owned())
        }
    };
    lost.map_or(String::new(), |lost| format!("  {lost} is lost\n"))
}

/// What has become of the files, as far as a build could notice it.
pub(crate) fn told(before: &Sources, after: &Sources) -> String {
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let told = |path: &String| match (before.get(path), after.get(path)) {
        (None, Some(new)) => format!("  {path} comes with {} bytes\n", new.bytes.len()),
        (Some(_), None) => format!("  {path} goes\n"),
        (Some(old), Some(new)) if old != new => {
            let bytes = if old.bytes == new.bytes { "the same bytes" } else { "other bytes" };
            let time = if old.modified == new.modified { "the same time" } else { "another time" };
            format!("  {path} gets {bytes} ({} → {}) and {time}\n", old.bytes.len(), new.bytes.len())
        }
        _ => String::new(),
    };
    paths.into_iter().map(told).collect()
}

/// In what a build over the old output differs from one into an empty folder.
fn compare(folder: &Folder, options: Options<'_>) -> Result<(), String> {
    let before = folder.published();
    let rebuilt = built(folder.root(), &folder.public(), options)?;
    let elsewhere = tempfile::tempdir().unwrap();
    let output = elsewhere.path().join("public");
    let fresh = built(folder.root(), &output, options)?;
    let (found, expected) = (said(&rebuilt), said(&fresh));
    if found != expected {
        return Err(format!("says\n{found}but should say\n{expected}"));
    }
    let expected = if fresh.published.is_some() { tree(&output) } else { before };
    let published = folder.published();
    let different = different(&published, &expected);
    if different.is_empty() { Ok(()) } else { Err(format!("differs in {different:?}")) }
}

/// No edit of the sources may be more than the program can take.
fn built(root: &Path, output: &Path, options: Options<'_>) -> Result<Outcome, String> {
    let compress = options.compress;
    let build = || build::build(root, output, Options { compress, ..Options::default() });
    let outcome = panic::catch_unwind(build);
    outcome.map_err(|_| "panicked".to_owned())?.map_err(|failure| format!("failed: {failure:?}"))
}

/// All that a person or a program is told at the end, except for what was already in place.
fn said(outcome: &Outcome) -> String {
    let mut said = Vec::new();
    let style = Style { language: Language::Thai, width: 100, notes: true, folder: "" };
    Format::Json.write(&outcome.findings, &style, &mut said).unwrap();
    let bytes = outcome.published.as_ref().map(|published| published.bytes);
    format!("{}{} pages, published {bytes:?} bytes\n", String::from_utf8(said).unwrap(), outcome.pages)
}

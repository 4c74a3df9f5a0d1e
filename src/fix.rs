//! `check --fix`: what is mechanical is mended, and nothing else in a file changes. It knows no rule: findings say which characters belong
//! where, here that is carried out.
//!
//! First all of it happens in memory. Drafts stand in the place of files, and the site is checked again over them until no finding has a
//! fix any more, since one may come to light by another: only a file that can be read can be checked. So a dry run shows what would be
//! written, to the byte, and a second run has nothing to do.

mod disk;
mod draft;

pub use draft::{Change, Step};

use crate::build::{self, Inquiry};
use crate::failure::{Failure, Result};
use crate::finding::{Finding, Findings, Fix, Kind};
use crate::read::Texts;
use crate::source::{Encoding, Source};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs;
use std::io;
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::Arc;
use std::thread;

/// What can be mended, and what a check finds once it is.
#[derive(Debug)]
pub struct Plan {
    /// By their paths.
    pub files: Vec<Mended>,
    /// What takes a person.
    pub left: Findings,
}

/// A file, and what it is to become.
#[derive(Debug)]
pub struct Mended {
    /// Relative to the site's root, with `/`.
    pub path: String,
    /// What it was if it was no UTF-8.
    pub recoding: Option<Recoding>,
    /// The changes of its text, round after round; mostly there is one.
    pub steps: Vec<Step>,
    /// As the file was read.
    original: Vec<u8>,
    draft: Arc<Source>,
}

/// Files of which nothing speaks against writing them.
#[derive(Debug)]
pub struct Admitted<'a> {
    files: &'a [Mended],
    targets: Vec<disk::Target>,
}

/// The same text in other bytes.
#[derive(Debug)]
pub struct Recoding {
    /// What was found.
    pub kind: &'static Kind,
    /// What the file was.
    pub encoding: Encoding,
}

/// Enough for fixes that wait for each other, too few for fixes that undo each other.
const ROUNDS: usize = 20;

/// So many files are written at the same time.
const AT_ONCE: usize = 16;

/// The byte order mark with which Notepad begins what it calls UTF-8 with BOM.
const MARK: &str = "\u{feff}";

/// Works out what can be mended, and what the inquiry finds after that. Nothing is written.
///
/// # Errors
/// Only the machine's.
pub fn plan(root: &Path, inquiry: Inquiry) -> Result<Plan> {
    let mut files = BTreeMap::new();
    let mut rounds = 0..ROUNDS;
    loop {
        let left = build::check_drafts(root, drafts(&files), inquiry)?.findings;
        if rounds.next().is_none() || !mend(root, &left, &mut files)? {
            let files = files.into_values().filter(Mended::is_changed).collect();
            return Ok(Plan { files, left });
        }
    }
}

impl Plan {
    /// Writes every file, each whole or not at all. What can be refused is refused before the first one is touched.
    ///
    /// # Errors
    /// Only the machine's: a file that may not be written, lies outside of the site, or was changed by somebody since it was read.
    pub fn write(&self, root: &Path) -> Result<()> {
        self.admit(root)?.write()
    }

    /// Looks whether every file may be written, for whoever has something else to write before.
    ///
    /// # Errors
    /// As [`Plan::write`].
    pub fn admit(&self, root: &Path) -> Result<Admitted<'_>> {
        let admit = |file: &Mended| disk::admit(root, &file.path, &file.original);
        Ok(Admitted { files: &self.files, targets: self.files.iter().map(admit).collect::<Result<_>>()? })
    }
}

impl Admitted<'_> {
    /// Writes every file, each whole or not at all.
    ///
    /// # Errors
    /// Only the machine's.
    pub fn write(self) -> Result<()> {
        // Two names of one file, of which one is a link, are not written at the same time.
        let files: BTreeMap<&Path, _> = self
            .targets
            .iter()
            .zip(self.files)
            .map(|(target, file)| (target.location(), (target, file)))
            .collect();
        let files: Vec<_> = files.into_values().collect();
        side_by_side(&files, |(target, file)| disk::replace(target, &file.bytes()))
    }
}

/// Does something with files, many at once: a disk takes what it is to keep for certain in one go if several ask for it together, and is
/// waited for thousands of times otherwise.
///
/// # Errors
/// The first of those that there are; what was begun is ended.
pub fn side_by_side<T: Sync>(files: &[T], act: impl Fn(&T) -> Result<()> + Sync) -> Result<()> {
    let act = &act;
    thread::scope(|scope| {
        let chunks = files.chunks(files.len().div_ceil(AT_ONCE).max(1));
        let threads: Vec<_> =
            chunks.map(|chunk| scope.spawn(move || chunk.iter().try_for_each(act))).collect();
        let ended =
            threads.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)));
        ended.fold(Ok(()), Result::and)
    })
}

impl Mended {
    /// A file whose text was changed by somebody else than a fix.
    ///
    /// # Errors
    /// Only the machine's, and where the file holds another text by now.
    pub fn edited(root: &Path, step: Step) -> Result<Mended> {
        let path = step.before.path.clone();
        let location = root.join(&path);
        let original = fs::read(&location).map_err(|error| Failure::io(&location, &error))?;
        if original.strip_prefix(MARK.as_bytes()).unwrap_or(&original) != step.before.text.as_bytes() {
            return Err(disk::changed(&path));
        }
        Ok(Mended { path, recoding: None, draft: Arc::clone(&step.after), steps: vec![step], original })
    }

    /// What the file becomes: its text with the changes, behind the byte order mark that it may have had.
    pub fn bytes(&self) -> Vec<u8> {
        let mark = if self.original.starts_with(MARK.as_bytes()) { MARK } else { "" };
        [mark, &self.draft.text].concat().into_bytes()
    }

    /// Its text with the changes.
    pub fn text(&self) -> &str {
        &self.draft.text
    }

    /// The code of every finding that is mended, once for each place.
    pub fn codes(&self) -> impl Iterator<Item = &'static str> {
        let recoding = self.recoding.iter().map(|recoding| recoding.kind.code);
        let changes = self.steps.iter().flat_map(|step| &step.changes);
        recoding.chain(changes.map(|change| change.kind.code))
    }

    fn is_changed(&self) -> bool {
        self.recoding.is_some() || !self.steps.is_empty()
    }
}

fn drafts(files: &BTreeMap<String, Mended>) -> Texts {
    files.values().map(|file| (file.path.clone(), Arc::clone(&file.draft))).collect()
}

/// Carries out what findings know to be right. Whether that may bring up anything new.
fn mend(root: &Path, findings: &Findings, files: &mut BTreeMap<String, Mended>) -> Result<bool> {
    let mut has_news = false;
    for (path, findings) in by_file(findings) {
        let file = match files.entry(path.to_owned()) {
            Entry::Occupied(file) => file.into_mut(),
            Entry::Vacant(place) => {
                let Some(file) = open(root, path, &findings)? else { continue };
                has_news = true;
                place.insert(file)
            }
        };
        if let Some(step) = draft::step(&file.draft, &findings) {
            file.draft = Arc::clone(&step.after);
            file.steps.push(step);
            has_news = true;
        }
    }
    Ok(has_news)
}

/// The findings that can be mended, and that nobody wants to stay.
fn by_file(findings: &Findings) -> BTreeMap<&str, Vec<&Finding>> {
    let mut files: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.is_mechanical()) {
        files.entry(&finding.location.file).or_default().push(finding);
    }
    files
}

/// The file as it is now, as text; `None` where it is gone or became something else since it was checked.
fn open(root: &Path, path: &str, findings: &[&Finding]) -> Result<Option<Mended>> {
    let location = root.join(path);
    let original = match fs::read(&location) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Failure::io(&location, &error)),
    };
    let recoding = findings.iter().find_map(|finding| match finding.fix {
        Some(Fix::Recode(encoding)) => Some(Recoding { kind: finding.kind, encoding }),
        _ => None,
    });
    let text = match &recoding {
        Some(Recoding { encoding, .. }) => encoding.decode(&original),
        None => str::from_utf8(&original).ok().map(|text| text.strip_prefix(MARK).unwrap_or(text).to_owned()),
    };
    let draft = text.map(|text| Source::new(path, text));
    Ok(draft.map(|draft| Mended { path: path.to_owned(), recoding, steps: Vec::new(), original, draft }))
}

//! What a swap is going to do, written down before it does anything, so that the next run can finish what a killed one began. Its steps are in
//! such an order that the first ones can be taken back and the last ones never need to be. It does not know how a step is taken.

use crate::failure::{Failure, Result};
use crate::publish::ground::{ancestors, is_inside};
use crate::publish::manifest::{Listing, NAME, Stamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

/// The only format so far.
const VERSION: u64 = 1;

/// One swap, whole. All paths are below the output.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Journal {
    v: u64,
    /// Files of the last build that stand where a folder goes or, changed in nothing but case, where another file goes.
    pub(super) clear: Listing,
    /// Folders that stand where a file goes.
    pub(super) hollow: BTreeSet<String>,
    /// Files and whole folders where nothing stands.
    pub(super) add: BTreeSet<String>,
    /// Files that stand there already.
    pub(super) replace: BTreeSet<String>,
    /// Files of the last build that this one has no more, with the bytes that they must have to be deleted.
    pub(super) delete: Listing,
    /// Manifests that no added folder brings along.
    pub(super) seal: BTreeSet<String>,
}

/// One step of a swap. Each is one step of the system, too, or does nothing that matters; and each may be taken twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step<'a> {
    /// Put a file of the last build aside; the number names it there.
    Clear(usize, &'a str, &'a Stamp),
    /// Take away a folder that has become empty.
    Hollow(&'a str),
    /// Bring in what is new.
    Add(&'a str),
    /// See whether a file could be replaced or deleted. From the next step on nothing is taken back.
    Probe(&'a str),
    /// Put the new file over the old one.
    Replace(&'a str),
    /// Delete a file of the last build.
    Delete(&'a str, &'a Stamp),
    /// Take away a folder if it has become empty.
    Prune(&'a str),
}

impl Journal {
    /// Whether there is nothing to do.
    pub(super) fn is_empty(&self) -> bool {
        self.steps().is_empty()
    }

    /// All steps in order. Manifests say what is there, so they come when it is there, and the root's own comes last.
    pub(super) fn steps(&self) -> Vec<Step<'_>> {
        let (root, agencies): (Vec<_>, Vec<_>) = self.seal.iter().partition(|path| *path == NAME);
        let mut steps = Vec::new();
        steps.extend(self.clear.iter().enumerate().map(|(nth, (path, stamp))| Step::Clear(nth, path, stamp)));
        steps.extend(self.hollow.iter().rev().map(|folder| Step::Hollow(folder)));
        steps.extend(self.add.iter().map(|path| Step::Add(path)));
        steps.extend(self.probed().into_iter().map(Step::Probe));
        steps.extend(self.replace.iter().map(|path| Step::Replace(path)));
        steps.extend(self.delete.iter().map(|(path, stamp)| Step::Delete(path, stamp)));
        steps.extend(self.emptied().into_iter().rev().map(Step::Prune));
        steps.extend(agencies.into_iter().chain(root).map(|path| Step::Replace(path)));
        steps
    }

    /// Writes the journal into the stage and moves it from there, so that there is a whole one or none.
    pub(super) fn write(mut self, file: &Path, stage: &Path) -> Result<Journal> {
        self.v = VERSION;
        let draft = stage.join("journal");
        serde_json::to_vec(&self)
            .map_err(io::Error::from)
            .and_then(|bytes| fs::create_dir_all(stage).map(|()| bytes))
            .and_then(|bytes| fs::write(&draft, bytes))
            .and_then(|()| fs::rename(&draft, file))
            .map_err(|error| Failure::io(file, &error))?;
        Ok(self)
    }

    /// The journal that a killed run left. One that cannot be read is none: we never leave such a one, and the build that follows puts
    /// every file right.
    pub(super) fn read(file: &Path) -> Result<Option<Journal>> {
        match fs::read(file) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes).ok().filter(Journal::is_ours)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Failure::io(file, &error)),
        }
    }

    fn is_ours(&self) -> bool {
        let folders = self.hollow.iter().chain(&self.add);
        let files = self.replace.iter().chain(&self.seal).chain(self.clear.keys()).chain(self.delete.keys());
        self.v == VERSION && folders.chain(files).all(|path| is_inside(path))
    }

    /// Permission belongs to folders nearly everywhere, so one file of each tells. On Windows each file may be held by a program.
    fn probed(&self) -> Vec<&str> {
        let mut folders = BTreeSet::new();
        let touched = self.replace.iter().chain(self.delete.keys()).chain(&self.seal).map(String::as_str);
        touched
            .filter(|path| cfg!(windows) || folders.insert(path.rsplit_once('/').map(|(folder, _)| folder)))
            .collect()
    }

    fn emptied(&self) -> BTreeSet<&str> {
        self.clear.keys().chain(self.delete.keys()).flat_map(|path| ancestors(path)).collect()
    }
}

impl Step<'_> {
    /// The file or folder in question.
    pub(super) fn path(&self) -> &str {
        match self {
            Step::Clear(_, path, _) | Step::Delete(path, _) => path,
            Step::Hollow(path)
            | Step::Add(path)
            | Step::Probe(path)
            | Step::Replace(path)
            | Step::Prune(path) => path,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journal_comes_back_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("journal");
        assert_eq!(Journal::read(&file).unwrap(), None);
        let journal = Journal { add: BTreeSet::from(["a/b".to_owned()]), ..Journal::default() };
        let journal = journal.write(&file, &folder.path().join("stage")).unwrap();
        assert_eq!(Journal::read(&file).unwrap(), Some(journal));
        let whole = fs::read_to_string(&file).unwrap();
        let check = |text: &str| {
            fs::write(&file, text).unwrap();
            assert_eq!(Journal::read(&file).unwrap(), None, "{text}");
        };
        check("");
        check(&whole[..whole.len() / 2]);
        check(&whole.replace("a/b", "../b"));
        check(&whole.replace("a/b", "/etc/passwd"));
        check(&whole.replace("\"v\":1", "\"v\":2"));
    }

    #[test]
    fn manifests_come_last_and_that_of_the_root_at_the_very_end() {
        let names = |paths: &[&str]| paths.iter().map(|path| path.to_string()).collect::<BTreeSet<_>>();
        let journal = Journal {
            replace: names(&["zz/index.html"]),
            seal: names(&["aa/prongsai-manifest.json", NAME, "zz/prongsai-manifest.json"]),
            ..Journal::default()
        };
        let written = journal.steps().into_iter().filter(|step| matches!(step, Step::Replace(_)));
        let written: Vec<String> = written.map(|step| step.path().to_owned()).collect();
        assert_eq!(
            written,
            ["zz/index.html", "aa/prongsai-manifest.json", "zz/prongsai-manifest.json", NAME]
        );
    }
}

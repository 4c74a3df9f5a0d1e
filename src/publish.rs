//! Puts a site in place: everything is staged beside the output, and only when all of it is there a swap, step by step and written down
//! beforehand, brings it in. A build that fails or is killed leaves the old site whole; a swap that is killed is finished by the next run.
//! Only files of the last manifest are ever deleted, and only if their bytes still match.
//!
//! Durable against the end of the program at any moment, not against a power cut: nothing is synced, since everything can be made again.
//! What a page is, or where it comes from, is not known here.

mod archive;
mod difference;
mod edition;
mod folder;
mod ground;
mod intake;
mod journal;
mod location;
mod lock;
mod manifest;
mod past;
mod swap;
mod words;

use crate::failure::{Failure, Result};
use difference::{Arrival, Fate, Site};
pub use edition::Edition;
use ground::{Found, Ground, ancestors, is_inside, parent};
use intake::Route;
use journal::Journal;
use manifest::Listing;
pub use manifest::Stamp;
use past::Past;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read};
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use swap::{Halt, Swapped};

/// How often a build tries to get the output from another one: for three seconds.
const ATTEMPTS: u32 = 60;

/// The folder that a site is published into, opened for one build: no other build has it open.
#[derive(Debug)]
pub struct Output {
    /// As the person named it, so that messages name files in the same way.
    root: PathBuf,
    /// Beside it, on the same file system, since a move into place must be one step of the system.
    state: PathBuf,
    /// What the last build put there.
    last: Past,
    /// Held until the end.
    _lock: File,
}

/// A site on its way into the output. Dropped without [`Stage::commit`], it leaves the output as it was and nothing beside it.
#[derive(Debug)]
pub struct Stage<'a> {
    output: &'a mut Output,
    agencies: BTreeSet<String>,
    ground: Ground,
    /// The folders of the stage that are made, so that each is made once.
    made: Mutex<BTreeSet<String>>,
    /// One lock for all threads: it is held for a thousandth of the time that a file takes.
    site: Mutex<Site>,
    /// Agencies whose folders stay as they are.
    kept: Mutex<BTreeMap<String, Extent>>,
    /// Files and folders of the output where a folder or another file goes.
    in_the_way: Mutex<BTreeSet<String>>,
}

/// How much there is of something.
#[derive(Debug, Clone, Copy)]
struct Extent {
    files: usize,
    bytes: u64,
}

/// What a build did to the output. Manifests count as files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Files that are new or have new bytes.
    pub written: usize,
    /// Files that were in place already and were not touched.
    pub unchanged: usize,
    /// Files of the last build that this one has no more.
    pub deleted: usize,
    /// Files that this build has no more but that somebody changed, so they were left; relative to the output, with `/`.
    pub kept: Vec<String>,
    /// The size of the new site in bytes.
    pub bytes: u64,
}

/// Moves a file or folder that was made beside its place into it, as one step of the system.
///
/// # Errors
/// Trouble of the machine, such as another program that has the old file open.
pub fn settle(new: &Path, place: &Path) -> Result<()> {
    swap::rename(new, place).map_err(|error| words::unmoved(place, &error))
}

/// The folder beside an output for what one build leaves to the next, for whoever only looks.
///
/// # Errors
/// Only the machine's, and a file in its place.
pub fn state_of(output: &Path) -> Result<PathBuf> {
    location::state_of(output)
}

impl Output {
    /// Opens a folder to publish into, which need not exist yet. Finishes the swap of a run that was killed.
    ///
    /// # Errors
    /// Wrong use if the folder is no place for a site (the site's root, its sources, the home folder, the root of the file system, or a
    /// folder above one of these), is a link or a file, or holds anything that no build put there, except for `.gitkeep`. Trouble of
    /// the machine if another build has it open for more than three seconds, or the disk refuses.
    pub fn open(output: &Path, site_root: &Path) -> Result<Output> {
        let root = location::admit(output, site_root)?;
        let state = location::state_beside(&root)?;
        // A folder that is refused must not get a neighbour, so it is looked at before there is one. If there is one afterwards, another
        // build has begun meanwhile, and what was seen was its first swap.
        if !state.exists()
            && let Err(failure) = Past::read(&root)
            && !state.exists()
        {
            return Err(failure);
        }
        fs::create_dir_all(&state).map_err(|error| Failure::io(&state, &error))?;
        let lock = lock::take(&state.join("lock"), &root, ATTEMPTS)?;
        if let Some(journal) = Journal::read(&journal_in(&state))? {
            swap::resume(&journal, &root, &stage_in(&state))?;
        }
        clean(&state)?;
        Ok(Output { last: Past::read(&root)?, root, state, _lock: lock })
    }

    /// The folder beside the output for what one build leaves to the next. Deleting it while no build runs is always safe.
    pub fn state(&self) -> &Path {
        &self.state
    }

    /// What identifies the site that stands there: the hash of its root manifest, which vouches for every file. None before the first.
    pub fn identity(&self) -> Option<String> {
        self.last.identity()
    }

    /// What the last build put into the folder of an agency, its manifest included: each file by its path below that folder, with its size.
    /// This is what [`Stage::keep`] wants to be told by a later build. Nothing if there is no such agency.
    ///
    /// # Errors
    /// Trouble of the machine, and wrong use if somebody altered the manifest; never right after a commit that wrote the agency.
    pub fn files(&self, agency: &str) -> Result<Vec<(String, u64)>> {
        let files = self.last.files(agency)?.into_iter().flatten();
        Ok(files.map(|(path, stamp)| (path[agency.len() + 1..].to_owned(), stamp.size)).collect())
    }

    /// Where an archive of the site is to be written, if it may stand there.
    ///
    /// # Errors
    /// Wrong use if the name does not end in `.zip`, or the place belongs to the sources or to the output. Trouble of the machine if its
    /// folder cannot be used.
    pub fn admit_archive(&self, file: &Path, site_root: &Path) -> Result<PathBuf> {
        archive::admit(file, &self.root, &self.state, site_root)
    }

    /// Writes everything that was published into a ZIP, whole or not at all; the same site gives the same bytes. Gives its size in bytes.
    ///
    /// # Errors
    /// Trouble of the machine: the disk is full, or refuses; or somebody changed a published file.
    pub fn archive(&self, file: &Path) -> Result<u64> {
        archive::write(file, &self.root, self.last.without(|_| false)?)
    }

    /// Begins a new site. In a portal, `agencies` are the folders that get a manifest of their own; the site of one agency has none.
    pub fn stage(&mut self, agencies: &[String]) -> Stage<'_> {
        let ground = Ground::new(&self.root);
        Stage {
            output: self,
            agencies: agencies.iter().cloned().collect(),
            ground,
            made: Mutex::default(),
            site: Mutex::default(),
            kept: Mutex::default(),
            in_the_way: Mutex::default(),
        }
    }
}

impl Stage<'_> {
    /// Adds a file, and gives what it will be known by. Many threads may do so at once. Bytes that are in place already are not written again.
    ///
    /// # Errors
    /// Trouble of the machine: the disk is full, or refuses.
    ///
    /// # Panics
    /// If the path is not relative and plain, is that of a manifest, or was added before: a plan has every address once.
    pub fn put(&self, path: &str, bytes: &[u8]) -> Result<Stamp> {
        self.add(path, &mut &bytes[..], bytes.len() as u64, Path::new(path))
    }

    /// Adds a copy of a file, of any size. Only its bytes are copied, not its times or permissions.
    ///
    /// # Errors
    /// Trouble of the machine: the file cannot be read, the disk is full, or refuses.
    ///
    /// # Panics
    /// As [`Stage::put`].
    pub fn copy(&self, path: &str, from: &Path) -> Result<()> {
        let unreadable = |error| words::whole(Failure::io(from, &error));
        let mut file = File::open(from).map_err(unreadable)?;
        let size = file.metadata().map_err(unreadable)?.len();
        self.add(path, &mut file, size, from).map(drop)
    }

    /// Keeps everything that the last build put into the folder of an agency, without reading it. `files` is what [`Output::files`] told
    /// after that build. Says whether it could: every file must still stand there in its size, so that what somebody deleted comes back.
    ///
    /// # Errors
    /// Trouble of the machine: a file cannot be looked at.
    ///
    /// # Panics
    /// If it is kept already. At the end, if a file of this agency was added.
    pub fn keep(&self, agency: &str, files: &[(&str, u64)]) -> Result<bool> {
        Ok(self.ground.holds(agency, files.iter().copied())? && self.keep_unseen(agency, files))
    }

    /// The same for somebody who knows that it stands there, or will look later.
    ///
    /// # Panics
    /// As [`Stage::keep`].
    pub fn keep_unseen(&self, agency: &str, files: &[(&str, u64)]) -> bool {
        if self.output.last.manifest(agency).is_none() {
            return false;
        }
        let extent = Extent { files: files.len(), bytes: files.iter().map(|(_, size)| size).sum() };
        let before = locked(&self.kept).insert(agency.to_owned(), extent);
        assert!(before.is_none(), "{agency} is kept twice");
        true
    }

    /// Keeps everything that the last build put into the output outside of the folders of agencies. Says whether it could, as
    /// [`Stage::keep`] does.
    ///
    /// # Errors
    /// Trouble of the machine: a file cannot be looked at.
    ///
    /// # Panics
    /// If such a file was added before.
    pub fn keep_root(&self) -> Result<bool> {
        let own = || self.output.last.own().iter().filter(|(path, _)| *path != manifest::NAME);
        if own().next().is_none()
            || !self.ground.holds("", own().map(|(path, stamp)| (path.as_str(), stamp.size)))?
        {
            return Ok(false);
        }
        own().for_each(|(path, stamp)| self.let_stay(path, stamp));
        Ok(true)
    }

    /// Keeps a file that the last build put into the output outside of the folders of agencies, and the others as far as it put them there
    /// too. Gives its bytes if it could: each of them must still stand there in its size.
    ///
    /// # Errors
    /// Trouble of the machine: a file cannot be looked at or read.
    ///
    /// # Panics
    /// If one of them was added before.
    pub fn keep_file(&self, path: &str, others: &[String]) -> Result<Option<Vec<u8>>> {
        let own = self.output.last.own();
        if !own.contains_key(path) {
            return Ok(None);
        }
        let paths = [path].into_iter().chain(others.iter().map(String::as_str));
        let files: Vec<_> = paths.filter_map(|path| own.get_key_value(path)).collect();
        if !self.ground.holds("", files.iter().map(|(path, stamp)| (path.as_str(), stamp.size)))? {
            return Ok(None);
        }
        let place = self.ground.at(path);
        let bytes = fs::read(&place).map_err(|error| Failure::io(&place, &error))?;
        files.into_iter().for_each(|(path, stamp)| self.let_stay(path, stamp));
        Ok(Some(bytes))
    }

    /// Keeps a file, wherever it is, if it is the one that the last build put into the output, without reading it. Says whether it could: the
    /// file must still stand there in its size.
    ///
    /// # Errors
    /// Trouble of the machine: the file cannot be looked at.
    ///
    /// # Panics
    /// If it was added before.
    pub fn keep_same(&self, path: &str, stamp: &Stamp) -> Result<bool> {
        let is_same =
            self.output.last.get(path)? == Some(stamp) && self.ground.find(path)? == Found::File(stamp.size);
        if is_same {
            self.let_stay(path, stamp);
        }
        Ok(is_same)
    }

    fn let_stay(&self, path: &str, stamp: &Stamp) {
        let arrival = Arrival { stamp: *stamp, fate: Fate::Stays, is_manifest: false };
        let before = locked(&self.site).insert(path.to_owned(), arrival);
        assert!(before.is_none(), "{path} is in the plan twice");
    }

    /// Puts the site in place of the old one and deletes what the old one had and this one has no more. Writes nothing if nothing changed.
    ///
    /// # Errors
    /// Wrong use if something that no build put there stands in the way; it is named, and nothing is moved. Trouble of the machine if the
    /// disk refuses; then the old site is whole or, if the disk refuses halfway through the swap, the next run goes on from there.
    ///
    /// # Panics
    /// If a path is both a file and a folder.
    pub fn commit(self) -> Result<Published> {
        let (site, journal) = self.prepare().map_err(words::whole)?;
        let swapped = if journal.is_empty() { Swapped::default() } else { self.swap(journal)? };
        let kept = mem::take(&mut *locked(&self.kept));
        let published = published(&site, &kept, swapped);
        let files = site.into_iter().map(|(path, arrival)| (path, arrival.stamp));
        let manifests = self.manifests_of(&kept);
        self.output.last = Past::after(&self.output.root, &self.agencies, files, manifests);
        Ok(published)
    }

    /// Everything of a commit that moves nothing yet.
    fn prepare(&self) -> Result<(Site, Journal)> {
        let mut site = mem::take(&mut *locked(&self.site));
        let kept = locked(&self.kept);
        assert_no_file_is_a_folder(&site, &kept);
        self.add_manifests(&site, &kept)?;
        site.append(&mut locked(&self.site));
        let in_the_way = locked(&self.in_the_way);
        let journal = difference::between(
            &self.output.last,
            &site,
            |agency| kept.contains_key(agency),
            &in_the_way,
            &self.ground,
        )?;
        Ok((site, journal))
    }

    fn add(&self, path: &str, bytes: &mut dyn Read, size: u64, source: &Path) -> Result<Stamp> {
        assert!(is_inside(path), "{path:?} is no path of a site");
        assert!(!self.is_manifest(path), "{path} is written by publishing itself");
        let arrival = self.take_in(path, bytes, size, source).map_err(words::whole)?;
        let stamp = arrival.stamp;
        let before = locked(&self.site).insert(path.to_owned(), arrival);
        assert!(before.is_none(), "{path} is in the plan twice");
        Ok(stamp)
    }

    fn take_in(&self, path: &str, bytes: &mut dyn Read, size: u64, source: &Path) -> Result<Arrival> {
        let found = self.look(path)?;
        let place = self.ground.at(path);
        let rival = if found == Found::File(size) { File::open(&place).ok() } else { None };
        let route = Route { source, place: &place, rival, stage: &|| self.create(path) };
        let (stamp, is_staged) = intake::take_in(bytes, route)?;
        let fate = match found {
            Found::File(_) if !is_staged => Fate::Stays,
            Found::File(_) if self.output.last.get(path)?.is_some() => Fate::Replaces,
            Found::File(_) | Found::Alien => Fate::Refused,
            _ => Fate::Comes,
        };
        Ok(Arrival { stamp, fate, is_manifest: self.is_manifest(path) })
    }

    /// What stands where a file goes. What has to be cleared away first is noted, and then nothing stands there.
    fn look(&self, path: &str) -> Result<Found> {
        let found = self.ground.find(path)?;
        let obstacle = match &found {
            Found::Folder => Some(path),
            Found::Behind(other) => Some(other.as_str()),
            Found::File(_) => self.other_spelling(path)?,
            _ => None,
        };
        let Some(obstacle) = obstacle else { return Ok(found) };
        locked(&self.in_the_way).insert(obstacle.to_owned());
        Ok(Found::Nothing)
    }

    /// The file of the last build that stands at this path under a name that differs in case alone, on a file system that does not tell the
    /// two apart. Taken for the new file, it would then be deleted as an old one.
    fn other_spelling(&self, path: &str) -> Result<Option<&str>> {
        let last = &self.output.last;
        if last.get(path)?.is_some() {
            return Ok(None);
        }
        let real = |path| self.ground.at(path).canonicalize().ok();
        Ok(last.other_spelling(path)?.filter(|other| real(*other).is_some_and(|it| Some(it) == real(path))))
    }

    /// The staged file for a path, in its folder.
    fn create(&self, path: &str) -> io::Result<File> {
        let arrivals = swap::arrivals(&stage_in(&self.output.state));
        let folder = parent(path).unwrap_or_default();
        if !locked(&self.made).contains(folder) {
            fs::create_dir_all(arrivals.join(folder))?;
            locked(&self.made).insert(folder.to_owned());
        }
        File::create(arrivals.join(path))
    }

    /// Lists the files of each agency in a manifest in its folder, and these manifests and all other files in the root's own.
    fn add_manifests(&self, site: &Site, kept: &BTreeMap<String, Extent>) -> Result<()> {
        let mut manifests = self.manifests_of(kept);
        for agency in &self.agencies {
            let folder = format!("{agency}/");
            let files = site.range(folder.clone()..).take_while(|(path, _)| path.starts_with(&folder));
            let mut files = files.map(|(path, arrival)| (&path[folder.len()..], &arrival.stamp)).peekable();
            if files.peek().is_some() {
                let path = format!("{folder}{}", manifest::NAME);
                let stamp = self.add_manifest(&path, &manifest::text(&Listing::new(), files))?;
                manifests.insert(path, stamp);
            }
        }
        let others = site.iter().filter(|(path, _)| !self.agencies.contains(top(path)));
        let others = others.map(|(path, arrival)| (path.as_str(), &arrival.stamp));
        self.add_manifest(manifest::NAME, &manifest::text(&manifests, others)).map(drop)
    }

    fn add_manifest(&self, path: &str, text: &str) -> Result<Stamp> {
        let arrival = self.take_in(path, &mut text.as_bytes(), text.len() as u64, Path::new(path))?;
        let stamp = arrival.stamp;
        locked(&self.site).insert(path.to_owned(), arrival);
        Ok(stamp)
    }

    fn manifests_of(&self, kept: &BTreeMap<String, Extent>) -> Listing {
        let stamp = |agency: &String| {
            let stamp = self.output.last.manifest(agency)?;
            Some((format!("{agency}/{}", manifest::NAME), *stamp))
        };
        kept.keys().filter_map(stamp).collect()
    }

    fn is_manifest(&self, path: &str) -> bool {
        let folder = path.strip_suffix(manifest::NAME);
        folder.is_some_and(|folder| {
            folder.is_empty() || folder.strip_suffix('/').is_some_and(|id| self.agencies.contains(id))
        })
    }

    fn swap(&self, journal: Journal) -> Result<Swapped> {
        let state = &self.output.state;
        let journal = journal.write(&journal_in(state), &stage_in(state)).map_err(words::whole)?;
        match swap::run(&journal, &self.output.root, &stage_in(state)) {
            Ok(swapped) => clean(state).map(|()| swapped),
            Err(Halt::Undone(failure)) => clean(state).and(Err(failure)),
            Err(Halt::Halfway(failure)) => Err(failure),
        }
    }
}

impl Drop for Stage<'_> {
    /// A stage with a journal is not ours to remove: the next run needs both.
    fn drop(&mut self) {
        if !journal_in(&self.output.state).exists() {
            let _ = fs::remove_dir_all(stage_in(&self.output.state));
        }
    }
}

fn published(site: &Site, kept: &BTreeMap<String, Extent>, swapped: Swapped) -> Published {
    let unchanged = site.values().filter(|arrival| arrival.fate == Fate::Stays).count();
    Published {
        written: site.len() - unchanged,
        unchanged: unchanged + kept.values().map(|extent| extent.files).sum::<usize>(),
        deleted: swapped.deleted,
        kept: swapped.kept,
        bytes: site.values().map(|arrival| arrival.stamp.size).sum::<u64>()
            + kept.values().map(|extent| extent.bytes).sum::<u64>(),
    }
}

/// Removes journal and stage, in this order: a stage without its journal is rubbish, a journal without its stage would be lost work.
fn clean(state: &Path) -> Result<()> {
    let (journal, stage) = (journal_in(state), stage_in(state));
    gone(fs::remove_file(&journal)).map_err(|error| Failure::io(&journal, &error))?;
    gone(fs::remove_dir_all(&stage)).map_err(|error| Failure::io(&stage, &error))
}

fn gone(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result,
    }
}

fn journal_in(state: &Path) -> PathBuf {
    state.join("journal")
}

fn stage_in(state: &Path) -> PathBuf {
    state.join("stage")
}

fn top(path: &str) -> &str {
    path.split_once('/').map_or("", |(folder, _)| folder)
}

fn assert_no_file_is_a_folder(site: &Site, kept: &BTreeMap<String, Extent>) {
    for path in site.keys() {
        let agency = path.split('/').next().unwrap_or_default();
        assert!(!kept.contains_key(agency), "{path} is in the plan, and {agency} is kept as it is");
        let file = ancestors(path).find(|folder| site.contains_key(*folder));
        assert!(file.is_none(), "{file:?} is in the plan both as a file and as the folder of {path}");
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::Cause;
    use std::thread;
    use std::time::SystemTime;

    /// Files by path; folders end in `/` and have no text. The root's manifest is left out.
    pub(super) type Tree = BTreeMap<String, String>;

    /// The pages of a small site.
    pub(super) type Pages<'a> = &'a [(&'a str, &'a str)];

    /// Pairs of sites of which the second follows the first, with every kind of change.
    pub(super) const CHANGES: [(Pages<'_>, Pages<'_>); 10] = [
        (&[], &[("index.html", "1"), ("2565/index.html", "1"), ("2565/memo/index.html", "1")]),
        (
            &[("index.html", "1")],
            &[("index.html", "2"), ("2566/index.html", "1"), ("2566/oit/index.html", "1")],
        ),
        (&[("index.html", "1"), ("2565/index.html", "1")], &[("index.html", "1"), ("2565/index.html", "2")]),
        (&[("index.html", "1"), ("a/b/c/x", "1"), ("a/y", "1")], &[("index.html", "2")]),
        (&[("a", "1"), ("z", "1")], &[("a/index.html", "1"), ("a/b/index.html", "1"), ("z", "2")]),
        (&[("a/index.html", "1"), ("a/b/c/index.html", "1"), ("z", "1")], &[("a", "1"), ("z", "2")]),
        (
            &[("a", "1"), ("b/x", "1"), ("c/d", "1")],
            &[("a/x", "1"), ("b", "1"), ("c/d/x", "1"), ("c/e", "1")],
        ),
        (
            &[("zz/index.html", "1"), ("lumphuk/index.html", "1")],
            &[("zz/index.html", "2"), ("lumphuk/x/y", "1")],
        ),
        (&[("lumphuk/index.html", "1"), ("other/x", "1")], &[("other/x", "1")]),
        (&[("x", "1")], &[]),
    ];

    #[track_caller]
    pub(super) fn open(root: &Path) -> Output {
        Output::open(&root.join("public"), root).unwrap()
    }

    pub(super) fn fill(stage: &Stage<'_>, pages: Pages<'_>) -> Result<()> {
        pages.iter().try_for_each(|(path, text)| stage.put(path, text.as_bytes()).map(drop))
    }

    /// Some of the sites have a folder `lumphuk`, which is an agency's then.
    pub(super) fn agencies() -> Vec<String> {
        vec!["lumphuk".to_owned()]
    }

    pub(super) fn build(root: &Path, pages: Pages<'_>) -> Result<Published> {
        let mut output = Output::open(&root.join("public"), root)?;
        let stage = output.stage(&agencies());
        fill(&stage, pages)?;
        stage.commit()
    }

    pub(super) fn tree(root: &Path) -> Tree {
        let mut tree = everything(&root.join("public"), "");
        tree.remove(manifest::NAME);
        tree
    }

    /// What the pages look like when they are in place.
    pub(super) fn clean_tree(pages: Pages<'_>) -> Tree {
        let root = tempfile::tempdir().unwrap();
        build(root.path(), pages).unwrap();
        tree(root.path())
    }

    fn everything(folder: &Path, at: &str) -> Tree {
        let mut tree = Tree::new();
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let entry = entry.unwrap();
            let path = format!("{at}{}", entry.file_name().to_str().unwrap());
            if entry.file_type().unwrap().is_dir() {
                tree.insert(format!("{path}/"), String::new());
                tree.append(&mut everything(&entry.path(), &format!("{path}/")));
            } else {
                tree.insert(path, fs::read_to_string(entry.path()).unwrap_or_default());
            }
        }
        tree
    }

    fn write(root: &Path, path: &str, text: &str) {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn refusal(root: &Path, pages: Pages<'_>) -> Failure {
        build(root, pages).unwrap_err()
    }

    #[test]
    fn a_build_after_another_is_as_if_it_were_the_first() {
        for (old, new) in CHANGES {
            let root = tempfile::tempdir().unwrap();
            build(root.path(), old).unwrap();
            let published = build(root.path(), new).unwrap();
            let fresh = tempfile::tempdir().unwrap();
            let first = build(fresh.path(), new).unwrap();
            let all = |root: &Path| everything(&root.join("public"), "");
            assert_eq!(all(root.path()), all(fresh.path()), "{old:?} → {new:?}");
            assert_eq!(published.written + published.unchanged, first.written, "{old:?} → {new:?}");
            assert_eq!(published.bytes, first.bytes, "{old:?} → {new:?}");
            assert_eq!(Vec::from_iter(everything(open(root.path()).state(), "").into_keys()), ["lock"]);
        }
    }

    #[test]
    fn every_change_is_counted() {
        let root = tempfile::tempdir().unwrap();
        let check = |pages: Pages<'_>, written: usize, unchanged: usize, deleted: usize| {
            let published = build(root.path(), pages).unwrap();
            let counted = (published.written, published.unchanged, published.deleted);
            assert_eq!(counted, (written, unchanged, deleted), "{pages:?}");
        };
        check(&[("a", "1"), ("b", "1"), ("c/d", "1")], 4, 0, 0);
        check(&[("a", "1"), ("b", "1"), ("c/d", "1")], 0, 4, 0);
        check(&[("a", "2"), ("b", "1")], 2, 1, 1);
        check(&[("a/x", "2"), ("b", "1")], 2, 1, 1);
        check(&[], 1, 0, 2);
    }

    #[test]
    fn a_build_after_nothing_changed_writes_nothing() {
        let root = tempfile::tempdir().unwrap();
        let times = || -> BTreeMap<String, SystemTime> {
            let paths = everything(root.path(), "").into_keys();
            paths
                .map(|path| (path.clone(), root.path().join(path).metadata().unwrap().modified().unwrap()))
                .collect()
        };
        let pages = [("index.html", "1"), ("2565/index.html", "1"), ("lumphuk/index.html", "1")];
        build(root.path(), &pages).unwrap();
        let before = times();
        assert_eq!(build(root.path(), &pages).unwrap().unchanged, 5);
        assert_eq!(times(), before);
    }

    #[test]
    fn threads_and_order_leave_no_mark() {
        let site: Vec<(String, String)> =
            (0..200).map(|n| (format!("{}/{n}/index.html", n % 7), format!("page {n}"))).collect();
        let built = |workers: usize, reverse: bool| {
            let root = tempfile::tempdir().unwrap();
            let mut output = open(root.path());
            let stage = output.stage(&[]);
            thread::scope(|scope| {
                for worker in 0..workers {
                    let (stage, mut share) =
                        (&stage, Vec::from_iter(site.iter().skip(worker).step_by(workers)));
                    if reverse {
                        share.reverse();
                    }
                    scope.spawn(move || {
                        share.iter().for_each(|(path, text)| _ = stage.put(path, text.as_bytes()).unwrap())
                    });
                }
            });
            stage.commit().unwrap();
            everything(&root.path().join("public"), "")
        };
        let one = built(1, false);
        assert_eq!(one.values().filter(|text| text.starts_with("page")).count(), 200);
        assert_eq!(built(4, false), one);
        assert_eq!(built(3, true), one);
    }

    #[test]
    fn a_dropped_stage_leaves_nothing() {
        let root = tempfile::tempdir().unwrap();
        build(root.path(), &[("a", "1")]).unwrap();
        let before = everything(root.path(), "");
        let mut output = open(root.path());
        let stage = output.stage(&[]);
        fill(&stage, &[("a", "2"), ("b/c", "2")]).unwrap();
        assert_ne!(everything(root.path(), ""), before);
        drop(stage);
        assert_eq!(everything(root.path(), ""), before);
        fill(&output.stage(&[]), &[("a", "3")]).unwrap();
        assert_eq!(everything(root.path(), ""), before);
    }

    #[test]
    fn one_output_serves_several_stages() {
        let root = tempfile::tempdir().unwrap();
        let mut output = open(root.path());
        for pages in [&[("a", "1"), ("b", "1")], &[("a", "2"), ("c", "1")]] as [Pages<'_>; 2] {
            let stage = output.stage(&[]);
            fill(&stage, pages).unwrap();
            stage.commit().unwrap();
            assert_eq!(tree(root.path()), clean_tree(pages));
        }
    }

    #[test]
    fn attachments_are_copied() {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), "content/2565/files/แผน.pdf", "%PDF");
        let copy = |from: &str| {
            let mut output = open(root.path());
            let stage = output.stage(&[]);
            stage.copy("2565/files/plan.pdf", &root.path().join(from)).and_then(|()| stage.commit())
        };
        assert_eq!(copy("content/2565/files/แผน.pdf").unwrap().written, 2);
        assert_eq!(tree(root.path())["2565/files/plan.pdf"], "%PDF");
        assert_eq!(copy("content/2565/files/แผน.pdf").unwrap().written, 0);
        let failure = copy("content/2565/files/none.pdf").unwrap_err();
        assert_eq!(failure.cause, Cause::Machine);
        assert!(failure.message.en.contains("none.pdf: no such file"), "{failure}");
    }

    #[test]
    fn what_somebody_changed_is_never_deleted() {
        let root = tempfile::tempdir().unwrap();
        build(root.path(), &[("a/edited", "1"), ("a/same", "1"), ("gone", "1"), ("page", "1")]).unwrap();
        write(root.path(), "public/a/edited", "2");
        write(root.path(), "public/a/own", "own");
        write(root.path(), "public/page", "scribble");
        fs::remove_file(root.path().join("public/gone")).unwrap();
        let published = build(root.path(), &[("page", "1")]).unwrap();
        assert_eq!((published.deleted, published.kept), (1, vec!["a/edited".to_owned()]));
        let left = [("a/", ""), ("a/edited", "2"), ("a/own", "own"), ("page", "1")];
        assert_eq!(tree(root.path()), left.map(|(path, text)| (path.to_owned(), text.to_owned())).into());
        assert_eq!(build(root.path(), &[("page", "1")]).unwrap().kept, [""; 0]);
    }

    #[test]
    fn foreign_files_in_the_way_stop_everything() {
        let check = |foreign: Pages<'_>, new: Pages<'_>, named: &str| {
            let root = tempfile::tempdir().unwrap();
            build(root.path(), &[("index.html", "1"), ("a", "1"), ("b/x", "1")]).unwrap();
            foreign.iter().for_each(|(path, text)| write(root.path(), &format!("public/{path}"), text));
            let before = everything(root.path(), "");
            let failure = refusal(root.path(), new);
            assert_eq!(failure.cause, Cause::Usage, "{failure}");
            assert!(
                failure.message.en.contains(&Path::new("public").join(named).display().to_string()),
                "{failure}"
            );
            assert_eq!(everything(root.path(), ""), before, "{foreign:?}");
        };
        check(&[("page", "own")], &[("index.html", "2"), ("page", "1")], "page stands");
        check(&[("p/q", "own"), ("r", "own")], &[("p/q", "1"), ("r", "12")], "p/q (and 1 more) stands");
        check(&[("folder", "own")], &[("index.html", "2"), ("folder/page", "1")], "folder stands");
        check(&[("page/own", "own")], &[("index.html", "2"), ("page", "1")], "page/own stands");
        check(&[("a", "edited")], &[("a/page", "1")], "a stands");
        check(&[("b/own", "own")], &[("b", "1")], "b/own stands");
        check(&[("b/own", "own"), ("b/x", "edited")], &[("b", "1")], "b/own (and 1 more) stands");
        check(&[("b/x", "edited")], &[("b", "1")], "b/x stands");
    }

    #[test]
    fn equal_files_are_adopted() {
        let root = tempfile::tempdir().unwrap();
        build(root.path(), &[("a", "1")]).unwrap();
        write(root.path(), "public/b", "same");
        let published = build(root.path(), &[("a", "1"), ("b", "same")]).unwrap();
        assert_eq!((published.written, published.unchanged), (1, 2));
        assert_eq!(build(root.path(), &[("a", "1")]).unwrap().deleted, 1);
    }

    #[test]
    fn folders_of_others_are_refused_without_a_trace() {
        let check = |path: &str, text: &str, reason: &str| {
            let root = tempfile::tempdir().unwrap();
            write(root.path(), path, text);
            let before = everything(root.path(), "");
            let failure = refusal(root.path(), &[("index.html", "1")]);
            assert_eq!(failure.cause, Cause::Usage, "{failure}");
            assert!(failure.message.en.contains(reason), "{failure}");
            assert!(failure.message.th.contains("--output"), "{}", failure.message.th);
            assert_eq!(everything(root.path(), ""), before, "{path}");
        };
        check("public/photo.jpg", "", "no prongsai-manifest.json says");
        check("public/.gitkeep/x", "", "no prongsai-manifest.json says");
        check("public/prongsai-manifest.json", "", "broken");
        check("public/prongsai-manifest.json/x", "", "broken");
        check("public/prongsai-manifest.json", r#"{"v":7}"#, "a newer prongsai");
        check("public/prongsai-manifest.json", r#"{"v":1,"generator":"x"}"#, "another program");
        check("public", "a file", "is not a folder");
    }

    #[test]
    fn the_placeholder_of_the_repository_stays() {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), "public/.gitkeep", "");
        build(root.path(), &[("index.html", "1")]).unwrap();
        build(root.path(), &[]).unwrap();
        assert_eq!(Vec::from_iter(tree(root.path()).into_keys()), [".gitkeep"]);
    }

    #[test]
    fn a_portal_has_a_manifest_per_agency() {
        let root = tempfile::tempdir().unwrap();
        let public = root.path().join("public");
        let agency = public.join("lumphuk").join(manifest::NAME);
        build(
            root.path(),
            &[("index.html", "1"), ("lumphuk/index.html", "1"), ("lumphuk/2565/index.html", "1")],
        )
        .unwrap();
        let read =
            |path: &Path| -> serde_json::Value { serde_json::from_slice(&fs::read(path).unwrap()).unwrap() };
        let keys = |value: &serde_json::Value| Vec::from_iter(value.as_object().unwrap().keys().cloned());
        let (top, inner) = (read(&public.join(manifest::NAME)), read(&agency));
        assert_eq!(keys(&top["files"]), ["index.html"]);
        assert_eq!(keys(&top["manifests"]), ["lumphuk/prongsai-manifest.json"]);
        assert_eq!(
            top["manifests"]["lumphuk/prongsai-manifest.json"]["size"],
            agency.metadata().unwrap().len()
        );
        assert_eq!(keys(&inner["files"]), ["2565/index.html", "index.html"]);

        let whole = fs::read_to_string(&agency).unwrap();
        fs::write(&agency, whole.replace("2565", "2564")).unwrap();
        let failure = refusal(root.path(), &[("index.html", "2")]);
        assert!(failure.message.en.contains("delete"), "{failure}");
        fs::write(&agency, whole).unwrap();
        assert_eq!(build(root.path(), &[("index.html", "2")]).unwrap().deleted, 3);
        assert_eq!(Vec::from_iter(tree(root.path()).into_keys()), ["index.html"]);
    }

    #[test]
    fn an_agency_is_kept_if_all_of_it_stands_there() {
        let pages = [("index.html", "1"), ("lumphuk/2565/index.html", "1"), ("lumphuk/index.html", "22")];
        let check = |spoil: &dyn Fn(&Path), expected: Option<(usize, usize)>| {
            let root = tempfile::tempdir().unwrap();
            build(root.path(), &pages).unwrap();
            spoil(&root.path().join("public/lumphuk"));
            let mut output = open(root.path());
            let files = match fs::exists(root.path().join("public/lumphuk").join(manifest::NAME)).unwrap() {
                true => output.files("lumphuk").unwrap(),
                false => vec![(manifest::NAME.to_owned(), 1)],
            };
            let files: Vec<(&str, u64)> = files.iter().map(|(path, size)| (path.as_str(), *size)).collect();
            let stage = output.stage(&agencies());
            let is_kept = stage.keep("lumphuk", &files).unwrap();
            assert_eq!(is_kept, expected.is_some());
            let Some((written, unchanged)) = expected else { return };
            fill(&stage, &[("index.html", "2")]).unwrap();
            let published = stage.commit().unwrap();
            assert_eq!((published.written, published.unchanged, published.deleted), (written, unchanged, 0));
            assert_eq!(output.files("lumphuk").unwrap().len(), files.len());
            drop(output);
            let pages = [("index.html", "2"), pages[1], pages[2]];
            assert_eq!(tree(root.path()), clean_tree(&pages));
            assert_eq!(build(root.path(), &pages).unwrap().written, 0, "the manifests are those of a build");
        };
        check(&|_| {}, Some((2, 3)));
        check(&|agency| fs::write(agency.join("index.html"), "longer").unwrap(), None);
        check(&|agency| fs::remove_file(agency.join("2565/index.html")).unwrap(), None);
        check(&|agency| fs::remove_dir_all(agency).unwrap(), None);
    }

    #[test]
    fn the_root_is_kept_if_all_of_it_stands_there() {
        let pages: Pages<'_> = &[("a/b/x", "1"), ("index.html", "1"), ("lumphuk/index.html", "1")];
        let check = |spoil: &dyn Fn(&Path), expected: bool| {
            let root = tempfile::tempdir().unwrap();
            build(root.path(), pages).unwrap();
            spoil(&root.path().join("public"));
            let mut output = open(root.path());
            let stage = output.stage(&agencies());
            assert_eq!(stage.keep_root().unwrap(), expected);
            if expected {
                fill(&stage, &[("lumphuk/index.html", "22")]).unwrap();
                let published = stage.commit().unwrap();
                assert_eq!((published.written, published.unchanged, published.deleted), (3, 2, 0));
                let pages: Pages<'_> = &[pages[0], pages[1], ("lumphuk/index.html", "22")];
                assert_eq!(tree(root.path()), clean_tree(pages));
            }
        };
        check(&|_| {}, true);
        check(&|output| fs::write(output.join("lumphuk/index.html"), "edited").unwrap(), true);
        check(&|output| fs::write(output.join("index.html"), "edited").unwrap(), false);
        check(&|output| fs::remove_file(output.join("a/b/x")).unwrap(), false);
        check(&|output| fs::remove_dir_all(output).unwrap(), false);
    }

    #[test]
    fn files_of_a_kept_agency_cannot_be_added() {
        let root = tempfile::tempdir().unwrap();
        build(root.path(), &[("lumphuk/index.html", "1")]).unwrap();
        let place = root.path().to_path_buf();
        let built = thread::spawn(move || {
            let mut output = open(&place);
            let stage = output.stage(&agencies());
            assert!(stage.keep("lumphuk", &[("index.html", 1)]).unwrap());
            fill(&stage, &[("lumphuk/index.html", "2")]).unwrap();
            stage.commit()
        });
        assert!(built.join().is_err());
        assert_eq!(tree(root.path()), clean_tree(&[("lumphuk/index.html", "1")]));
    }

    #[test]
    fn an_agency_that_somebody_deleted_comes_back() {
        let root = tempfile::tempdir().unwrap();
        let pages = [("index.html", "1"), ("lumphuk/index.html", "1")];
        build(root.path(), &pages).unwrap();
        fs::remove_dir_all(root.path().join("public/lumphuk")).unwrap();
        assert_eq!(build(root.path(), &pages).unwrap().written, 2);
        assert_eq!(tree(root.path()), clean_tree(&pages));
    }

    #[test]
    fn paths_that_no_plan_may_have() {
        let check = |paths: &[&str]| {
            let root = tempfile::tempdir().unwrap();
            let (folder, paths) = (root.path().to_path_buf(), paths.iter().map(|path| path.to_string()));
            let pages: Vec<String> = paths.collect();
            let built = thread::spawn(move || {
                let mut output = open(&folder);
                let stage = output.stage(&agencies());
                pages.iter().for_each(|path| _ = stage.put(path, b"1").unwrap());
                stage.commit().unwrap();
            });
            assert!(built.join().is_err());
            assert_eq!(tree(root.path()), Tree::new());
            assert_eq!(Vec::from_iter(everything(open(root.path()).state(), "").into_keys()), ["lock"]);
        };
        check(&["a", "a"]);
        check(&["a/b", "a"]);
        check(&["a", "a/b/c"]);
        check(&["../a"]);
        check(&["/a"]);
        check(&[""]);
        check(&["prongsai-manifest.json"]);
        check(&["lumphuk/prongsai-manifest.json"]);
    }

    #[test]
    fn two_builds_at_once_take_turns() {
        let root = tempfile::tempdir().unwrap();
        let sites: [Pages<'_>; 2] = [&[("a", "1"), ("b/c", "1")], &[("a", "2"), ("b", "2")]];
        thread::scope(|scope| {
            for turn in 0..20 {
                let root = root.path();
                scope.spawn(move || build(root, sites[turn % 2]).unwrap());
            }
        });
        assert!(sites.map(clean_tree).contains(&tree(root.path())));
    }

    #[test]
    #[cfg(unix)]
    fn links_inside_lead_nobody_out() {
        use std::os::unix::fs::symlink;
        let pages: Pages<'_> = &[("a/x", "1"), ("b/y", "1"), ("c", "1")];
        let check = |replaced: &str, new: Pages<'_>, is_built: bool| {
            let root = tempfile::tempdir().unwrap();
            build(root.path(), pages).unwrap();
            write(root.path(), "outside/x", "1");
            write(root.path(), "outside/y", "1");
            let place = root.path().join("public").join(replaced);
            let target = if place.is_dir() { "outside" } else { "outside/x" };
            let _ = fs::remove_file(&place).or_else(|_| fs::remove_dir_all(&place));
            symlink(root.path().join(target), &place).unwrap();
            assert_eq!(build(root.path(), new).is_ok(), is_built, "{replaced} {new:?}");
            assert!(place.is_symlink(), "{replaced} {new:?}");
            let outside = everything(&root.path().join("outside"), "");
            assert_eq!(Vec::from_iter(outside.into_values()), ["1", "1"], "{replaced} {new:?}");
        };
        check("a", pages, false);
        check("a", &[("a/x", "2")], false);
        check("a", &[("a", "2")], false);
        check("a", &[("c", "1")], true);
        check("c", pages, false);
        check("c", &[("c", "2")], false);
        check("c", &[("c/d", "2")], false);
        check("c", &[], true);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_full_disk_leaves_the_old_site() {
        let root = tempfile::tempdir().unwrap();
        build(root.path(), &[("a", "1")]).unwrap();
        let before = everything(root.path(), "");
        let mut output = open(root.path());
        let arrivals = swap::arrivals(&stage_in(output.state()));
        fs::create_dir_all(&arrivals).unwrap();
        std::os::unix::fs::symlink("/dev/full", arrivals.join("b")).unwrap();
        let failure = fill(&output.stage(&[]), &[("a", "2"), ("b", "2")]).unwrap_err();
        assert_eq!(failure.cause, Cause::Machine);
        assert!(failure.message.en.ends_with("b: the disk is full (the old site is whole)"), "{failure}");
        assert_eq!(everything(root.path(), ""), before);
    }

    /// The administrator may write anywhere, so this one sees something only as an ordinary user.
    #[test]
    #[cfg(unix)]
    fn a_read_only_folder_leaves_the_old_site() {
        use std::os::unix::fs::PermissionsExt;
        let check = |folder: &str, new: Pages<'_>| {
            let root = tempfile::tempdir().unwrap();
            build(root.path(), &[("a", "1"), ("b/x", "1"), ("c/y", "1")]).unwrap();
            let (before, folder) = (everything(root.path(), ""), root.path().join(folder));
            fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
            let is_refused = fs::write(folder.join("probe"), "").is_err();
            let built = build(root.path(), new);
            fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
            assert_eq!(built.is_err(), is_refused, "{}", folder.display());
            if let Err(failure) = built {
                assert_eq!(failure.cause, Cause::Machine);
                assert!(
                    failure.message.en.contains("permission denied (the old site is whole)"),
                    "{failure}"
                );
                assert_eq!(everything(root.path(), ""), before, "{}", folder.display());
            }
        };
        check("public", &[("a", "2"), ("b/x", "1"), ("c/y", "1")]);
        check("public", &[("a", "1"), ("b/x", "2"), ("c/y", "1"), ("d/z", "1")]);
        check("public/c", &[("a", "2"), ("b/x", "2"), ("c/y", "2")]);
        check("public/c", &[("a", "2"), ("b/x", "2"), ("c/y", "1"), ("c/z", "1")]);
        check("public/c", &[("a", "2"), ("b/x", "2")]);
        check("public/c", &[("a/x", "2"), ("b", "2"), ("c/y", "2")]);
        check(".public.prongsai", &[("a", "2")]);
    }
}

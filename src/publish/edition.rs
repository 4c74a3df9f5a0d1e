//! A published site as it stands, for whoever reads it again. Every file that is handed out has the bytes that were published, by the manifests,
//! and no build changes the site meanwhile.

use crate::failure::{Failure, Result};
use crate::publish::ground::{Found, Ground, stat};
use crate::publish::manifest::{self, Listing, Stamp};
use crate::publish::{ATTEMPTS, journal_in, location, lock, top, words};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// A published site, opened to be read.
#[derive(Debug)]
pub struct Edition {
    ground: Ground,
    state: PathBuf,
    /// The files of the root.
    own: Listing,
    /// The stamps of the agencies' manifests, by the names of their folders. There are none on the site of one agency.
    agencies: BTreeMap<String, Stamp>,
    /// Held until the end; none where no build has ever been, such as in a copy of a site.
    _lock: Option<File>,
}

impl Edition {
    /// Opens the site in a folder.
    ///
    /// # Errors
    /// Wrong use if no site is there, or the folder is none of ours. Trouble of the machine if a build has it open for more than three
    /// seconds or was interrupted, or the disk refuses.
    pub fn open(output: &Path) -> Result<Edition> {
        let state = location::state_of(output)?;
        let lock = lock::share(&state.join("lock"), output, ATTEMPTS)?;
        if stat(&journal_in(&state))? != Found::Nothing {
            return Err(words::unfinished(output));
        }
        let (own, manifests) = manifest::root(output, words::unreadable)?;
        if own.is_empty() {
            return Err(words::nothing_published(output));
        }
        let agencies = manifests.into_iter().map(|(path, stamp)| (top(&path).to_owned(), stamp)).collect();
        Ok(Edition { ground: Ground::new(output), state, own, agencies, _lock: lock })
    }

    /// The ids of a portal's agencies in their order; none on the site of one agency.
    pub fn agencies(&self) -> impl Iterator<Item = &str> {
        self.agencies.keys().map(String::as_str)
    }

    /// Refuses a place for what is made of the site that belongs to the site, to what builds keep beside it, or to its sources.
    ///
    /// # Errors
    /// Wrong use, by what it belongs to; trouble of the machine.
    pub fn admit(&self, to: &Path, site_root: &Path) -> Result<()> {
        match location::misplaced(to, &[self.ground.root(), &self.state], site_root)? {
            Some(misplaced) => Err(words::misplaced_export(to, misplaced)),
            None => Ok(()),
        }
    }

    /// Files of an agency, or of the site itself, by their paths below its folder and in the order in which they are asked for. Nothing is
    /// remembered, so a country costs no more memory than an agency.
    ///
    /// # Errors
    /// Wrong use if the site has no such file or a manifest was altered; trouble of the machine if somebody changed a file.
    ///
    /// # Panics
    /// If there is no such agency.
    pub fn read(&self, agency: Option<&str>, paths: &[String]) -> Result<Vec<Vec<u8>>> {
        let Some(agency) = agency else {
            return paths.iter().map(|path| self.file(path, self.own.get(path))).collect();
        };
        let listing = manifest::agency(&self.ground, agency, &self.agencies[agency])?;
        let paths = paths.iter().map(|path| format!("{agency}/{path}"));
        paths.map(|path| self.file(&path, listing.get(&path))).collect()
    }

    /// What is to be said of a file that is as it was published, and yet not to be understood.
    pub fn of_another_version(&self, agency: Option<&str>, path: &str) -> Failure {
        let place = agency.map_or_else(|| path.to_owned(), |agency| format!("{agency}/{path}"));
        words::of_another_version(&self.ground.at(&place))
    }

    fn file(&self, path: &str, stamp: Option<&Stamp>) -> Result<Vec<u8>> {
        let place = self.ground.at(path);
        let Some(stamp) = stamp else { return Err(words::of_another_version(&place)) };
        match fs::read(&place) {
            Ok(bytes) if Stamp::of(&bytes) == *stamp => Ok(bytes),
            Ok(_) => Err(words::altered(&place)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(words::altered(&place)),
            Err(error) => Err(Failure::io(&place, &error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::Cause;
    use crate::publish::tests::{build, open};

    fn published() -> (tempfile::TempDir, PathBuf) {
        let root = tempfile::tempdir().unwrap();
        build(root.path(), &[("index.html", "1"), ("lumphuk/data/a", "2"), ("lumphuk/data/b", "3")]).unwrap();
        let output = root.path().join("public");
        (root, output)
    }

    #[track_caller]
    fn refused(read: Result<impl std::fmt::Debug>, cause: Cause, says: &str) {
        let failure = read.unwrap_err();
        assert_eq!(failure.cause, cause, "{failure}");
        assert!(failure.message.en.contains(says), "{failure}");
    }

    #[test]
    fn files_come_as_they_were_published() {
        let (_root, output) = published();
        let edition = Edition::open(&output).unwrap();
        assert_eq!(edition.agencies().collect::<Vec<_>>(), ["lumphuk"]);
        let of = |agency, paths: &[&str]| {
            edition.read(agency, &paths.iter().map(|path| (*path).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(of(Some("lumphuk"), &["data/b", "data/a"]).unwrap(), [b"3", b"2"]);
        assert_eq!(of(None, &["index.html"]).unwrap(), [b"1"]);
        refused(of(Some("lumphuk"), &["data/c"]), Cause::Usage, "run prongsai build");
        refused(of(None, &["lumphuk/data/a"]), Cause::Usage, "run prongsai build");
        fs::write(output.join("lumphuk/data/a"), "4").unwrap();
        refused(of(Some("lumphuk"), &["data/b", "data/a"]), Cause::Machine, "--fresh");
        fs::remove_file(output.join("lumphuk/data/a")).unwrap();
        refused(of(Some("lumphuk"), &["data/a"]), Cause::Machine, "--fresh");
        assert!(of(Some("lumphuk"), &["data/b"]).is_ok());
        fs::write(output.join("lumphuk").join(manifest::NAME), "{}").unwrap();
        refused(of(Some("lumphuk"), &["data/b"]), Cause::Usage, "broken or was edited");
    }

    #[test]
    fn what_is_no_site_is_not_opened() {
        let (root, output) = published();
        refused(Edition::open(&root.path().join("nowhere")), Cause::Usage, "run prongsai build first");
        refused(Edition::open(root.path()), Cause::Usage, "no prongsai-manifest.json");
        fs::write(output.join(manifest::NAME), "{}").unwrap();
        refused(Edition::open(&output), Cause::Usage, "cannot read a site");
    }

    #[test]
    fn no_build_changes_what_is_read() {
        let (root, output) = published();
        let building = open(root.path());
        refused(Edition::open(&output), Cause::Machine, "another prongsai");
        drop(building);
        let readers = [Edition::open(&output).unwrap(), Edition::open(&output).unwrap()];
        refused(build(root.path(), &[]), Cause::Machine, "another prongsai");
        drop(readers);
        fs::write(root.path().join(".public.prongsai/journal"), "").unwrap();
        refused(Edition::open(&output), Cause::Machine, "interrupted");
        fs::remove_dir_all(root.path().join(".public.prongsai")).unwrap();
        assert!(Edition::open(&output).is_ok());
        assert!(!root.path().join(".public.prongsai").exists());
    }
}

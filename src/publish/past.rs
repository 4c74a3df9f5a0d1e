//! What the last build put into the output, as far as somebody asks: the root's manifest is read at once, that of an agency only when a file
//! of it has to be looked at. Reading and writing a manifest is `manifest`'s.

use crate::failure::Result;
use crate::publish::ground::Ground;
use crate::publish::manifest::{self, Listing, Stamp};
use crate::publish::{top, words};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;

/// The site that stands in the output.
#[derive(Debug)]
pub(super) struct Past {
    ground: Ground,
    /// The files of the root, its manifest among them.
    own: Listing,
    /// By the name of their folder.
    agencies: BTreeMap<String, Agency>,
}

/// The folder of an agency, for which the root's manifest vouches.
#[derive(Debug)]
struct Agency {
    /// Of its manifest.
    manifest: Stamp,
    /// Its files by their path below the output, its manifest among them; read when somebody asks.
    files: OnceLock<Listing>,
}

impl Past {
    /// What the root's manifest lists; nothing if the folder is free to be used.
    ///
    /// # Errors
    /// Wrong use if the folder holds more than the repository's placeholder and is not a site of ours; trouble of the machine.
    pub(super) fn read(output: &Path) -> Result<Past> {
        let (own, manifests) = manifest::root(output, words::not_ours)?;
        Ok(Past::new(output, own, manifests))
    }

    /// A site of these files, and of the agencies whose manifests have these paths.
    pub(super) fn new(output: &Path, own: Listing, manifests: Listing) -> Past {
        let agency = |(path, manifest): (String, Stamp)| {
            (top(&path).to_owned(), Agency { manifest, files: OnceLock::new() })
        };
        Past { ground: Ground::new(output), own, agencies: manifests.into_iter().map(agency).collect() }
    }

    /// The site that was just put there: all its files but those of agencies that were kept, of which only the manifests are known.
    pub(super) fn after(
        output: &Path,
        agencies: &BTreeSet<String>,
        files: impl Iterator<Item = (String, Stamp)>,
        kept: Listing,
    ) -> Past {
        let mut past = Past::new(output, Listing::new(), kept);
        let mut written: BTreeMap<String, Listing> = BTreeMap::new();
        for (path, stamp) in files {
            match agencies.get(top(&path)) {
                Some(agency) => written.entry(agency.clone()).or_default().insert(path, stamp),
                None => past.own.insert(path, stamp),
            };
        }
        for (agency, files) in written {
            if let Some(manifest) = files.get(&format!("{agency}/{}", manifest::NAME)).cloned() {
                past.agencies.insert(agency, Agency { manifest, files: OnceLock::from(files) });
            }
        }
        past
    }

    /// What identifies the site: the hash of its root manifest, which vouches for every file.
    pub(super) fn identity(&self) -> Option<String> {
        self.own.get(manifest::NAME).map(|stamp| stamp.sha256.to_string())
    }

    /// The files outside of the folders of agencies, the root's manifest among them.
    pub(super) fn own(&self) -> &Listing {
        &self.own
    }

    /// The stamp of an agency's manifest, if there is such an agency.
    pub(super) fn manifest(&self, agency: &str) -> Option<&Stamp> {
        self.agencies.get(agency).map(|agency| &agency.manifest)
    }

    /// The stamp of a file; none if the last build did not put it there.
    ///
    /// # Errors
    /// Wrong use if the manifest of its agency was altered; trouble of the machine.
    pub(super) fn get(&self, path: &str) -> Result<Option<&Stamp>> {
        match self.own.get(path) {
            Some(stamp) => Ok(Some(stamp)),
            None => Ok(self.files(top(path))?.and_then(|files| files.get(path))),
        }
    }

    /// The file whose path differs from this one in case alone.
    ///
    /// # Errors
    /// As [`Past::get`].
    pub(super) fn other_spelling(&self, path: &str) -> Result<Option<&str>> {
        let is_it = |other: &&String| *other != path && other.eq_ignore_ascii_case(path);
        if let Some(other) = self.own.keys().find(is_it) {
            return Ok(Some(other));
        }
        for agency in self.agencies.keys().filter(|agency| agency.eq_ignore_ascii_case(top(path))) {
            if let Some(other) = self.files(agency)?.and_then(|files| files.keys().find(is_it)) {
                return Ok(Some(other));
            }
        }
        Ok(None)
    }

    /// Every file but those of the agencies that are left out.
    ///
    /// # Errors
    /// As [`Past::get`].
    pub(super) fn without(&self, is_left_out: impl Fn(&str) -> bool) -> Result<Vec<(&String, &Stamp)>> {
        let mut files: Vec<_> = self.own.iter().collect();
        for agency in self.agencies.keys().filter(|agency| !is_left_out(agency)) {
            files.extend(self.files(agency)?.into_iter().flatten());
        }
        Ok(files)
    }

    /// The files of an agency.
    ///
    /// # Errors
    /// As [`Past::get`].
    pub(super) fn files(&self, agency: &str) -> Result<Option<&Listing>> {
        let Some(Agency { manifest, files }) = self.agencies.get(agency) else { return Ok(None) };
        if files.get().is_none() {
            let read = manifest::agency(&self.ground, agency, manifest)?;
            return Ok(Some(files.get_or_init(|| read)));
        }
        Ok(files.get())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::tests::{build, open};
    use std::fs;

    #[test]
    fn an_agency_is_read_only_when_it_is_asked_for() {
        let root = tempfile::tempdir().unwrap();
        build(root.path(), &[("index.html", "1"), ("lumphuk/index.html", "1")]).unwrap();
        let output = root.path().join("public");
        fs::write(output.join("lumphuk").join(manifest::NAME), "altered").unwrap();
        let past = Past::read(&output).unwrap();
        assert_eq!(past.identity(), open(root.path()).identity());
        assert!(past.manifest("lumphuk").is_some());
        assert_eq!(past.get("index.html").unwrap().unwrap().size, 1);
        assert!(past.get("other/index.html").unwrap().is_none());
        assert_eq!(past.without(|agency| agency == "lumphuk").unwrap().len(), 2);
        assert!(past.get("lumphuk/index.html").is_err());
        assert!(past.without(|_| false).is_err());
    }

    #[test]
    fn names_that_differ_in_case_alone() {
        let root = tempfile::tempdir().unwrap();
        build(root.path(), &[("Photo.JPG", "1"), ("lumphuk/Plan.pdf", "1")]).unwrap();
        let past = Past::read(&root.path().join("public")).unwrap();
        let check = |path: &str, expected: Option<&str>| {
            assert_eq!(past.other_spelling(path).unwrap(), expected, "{path}");
        };
        check("photo.jpg", Some("Photo.JPG"));
        check("Photo.JPG", None);
        check("lumphuk/plan.pdf", Some("lumphuk/Plan.pdf"));
        check("LUMPHUK/plan.pdf", Some("lumphuk/Plan.pdf"));
        check("other/plan.pdf", None);
    }
}

//! What stands in the output folder, asked path by path. Links are never followed, so nothing outside the folder is ever seen or touched.
//! It knows neither manifests nor the stage.

use crate::failure::{Failure, Result};
use crate::publish::folder::OpenFolder;
use crate::publish::words;
use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What one finds at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// Neither the path nor anything in its way exists.
    Nothing,
    /// A real folder.
    Folder,
    /// A regular file of this many bytes.
    File(u64),
    /// A link, a pipe or a device: never followed, never ours.
    Alien,
    /// One of the folders above, this one, is no folder.
    Behind(String),
}

/// The output folder with what is already known of its folders. Every folder is asked for once; files are asked for every time.
#[derive(Debug)]
pub(super) struct Ground {
    root: PathBuf,
    folders: Mutex<BTreeMap<String, Found>>,
}

impl Ground {
    /// A folder of which nothing is known yet, not even whether it exists.
    pub(super) fn new(root: &Path) -> Self {
        Ground { root: root.to_path_buf(), folders: Mutex::default() }
    }

    /// The folder itself.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// The path as the system has it.
    pub(super) fn at(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// What stands at a path.
    pub(super) fn find(&self, path: &str) -> Result<Found> {
        let Some(folder) = parent(path) else { return stat(&self.at(path)) };
        Ok(match self.folder(folder)? {
            Found::Folder => stat(&self.at(path))?,
            Found::File(_) | Found::Alien => Found::Behind(folder.to_owned()),
            nothing_or_behind => nothing_or_behind,
        })
    }

    /// Whether each of these files stands below a folder in its size, and real folders lead to it. Their paths are counted from that folder,
    /// and those in one folder follow each other. Nothing of it is remembered: a site has as many folders as files.
    pub(super) fn holds<'a>(
        &self,
        folder: &str,
        files: impl IntoIterator<Item = (&'a str, u64)>,
    ) -> Result<bool> {
        let Some(folder) = OpenFolder::open(self.at(folder))? else { return Ok(false) };
        let mut inside = "";
        for (path, size) in files {
            for way in ancestors(path).filter(|way| !is_way_to(way, inside)) {
                if folder.find(way)? != Found::Folder {
                    return Ok(false);
                }
            }
            if folder.find(path)? != Found::File(size) {
                return Ok(false);
            }
            inside = parent(path).unwrap_or_default();
        }
        Ok(true)
    }

    /// Makes the folder that a path lies in and those above it, unless something else stands there.
    pub(super) fn make_way(&self, path: &str) -> Result<()> {
        let Some(folder) = parent(path) else { return create(&self.root) };
        match self.folder(folder)? {
            Found::Folder => return Ok(()),
            Found::Nothing => {}
            Found::Behind(other) => return Err(words::foreign(&self.root, &[other])),
            Found::File(_) | Found::Alien => return Err(words::foreign(&self.root, &[folder.to_owned()])),
        }
        self.make_way(folder)?;
        create(&self.at(folder))?;
        self.known().insert(folder.to_owned(), Found::Folder);
        Ok(())
    }

    /// The largest part of the output that a new file at this path brings with it: the first folder on its way that is not there yet,
    /// or the file itself. Windows refuses to move a folder while any program, a virus scanner say, holds a file in it; there every file
    /// goes by itself.
    pub(super) fn newcomer<'p>(&self, path: &'p str) -> Result<&'p str> {
        if !cfg!(windows) {
            for folder in ancestors(path) {
                if self.folder(folder)? != Found::Folder {
                    return Ok(folder);
                }
            }
        }
        Ok(path)
    }

    /// Forgets what is known, after folders have gone.
    pub(super) fn forget(&self) {
        self.known().clear();
    }

    fn folder(&self, folder: &str) -> Result<Found> {
        if let Some(found) = self.known().get(folder) {
            return Ok(found.clone());
        }
        let found = self.find(folder)?;
        self.known().insert(folder.to_owned(), found.clone());
        Ok(found)
    }

    fn known(&self) -> MutexGuard<'_, BTreeMap<String, Found>> {
        self.folders.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What stands at a path of the system, without following a link.
pub(super) fn stat(path: &Path) -> Result<Found> {
    match fs::symlink_metadata(path) {
        Ok(metadata) => Ok(kind(&metadata)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Found::Nothing),
        Err(error) => Err(Failure::io(path, &error)),
    }
}

/// Whether a path is relative, spelt with `/`, and means the same file below the output on every system. This is what keeps a path that was
/// read from a manifest from leading anywhere else: no `..`, no root, no drive or stream (`:`), no backslash, and none of the dots and
/// blanks that Windows drops from the end of a name.
pub(super) fn is_inside(path: &str) -> bool {
    path.split('/').all(|name| {
        !name.is_empty()
            && !name.ends_with(['.', ' '])
            && !name.chars().any(|c| c.is_control() || "\\:*?\"<>|".contains(c))
    })
}

/// The folder that a path lies in; none at the top.
pub(super) fn parent(path: &str) -> Option<&str> {
    path.rsplit_once('/').map(|(folder, _)| folder)
}

/// The folders on the way to a path, from the top.
pub(super) fn ancestors(path: &str) -> impl DoubleEndedIterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// Whether a folder is this one or one above it.
fn is_way_to(way: &str, folder: &str) -> bool {
    folder.strip_prefix(way).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn kind(metadata: &Metadata) -> Found {
    if metadata.is_dir() {
        Found::Folder
    } else if metadata.is_file() {
        Found::File(metadata.len())
    } else {
        Found::Alien
    }
}

fn create(folder: &Path) -> Result<()> {
    match fs::create_dir(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(Failure::io(folder, &error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_relative_paths_are_inside() {
        let check = |path: &str, inside: bool| assert_eq!(is_inside(path), inside, "{path:?}");
        check("index.html", true);
        check("2565/files/รายงาน 1.pdf", true);
        check(".gitkeep", true);
        check("", false);
        check("/etc/passwd", false);
        check("../x", false);
        check("a/../../x", false);
        check("a/./x", false);
        check("a//x", false);
        check("a/", false);
        check("C:/x", false);
        check("a.txt:stream", false);
        check("a\\..\\x", false);
        check("a/.. /x", false);
        check("a/.../x", false);
        check("a\0b", false);
    }

    #[test]
    fn what_stands_where() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("a")).unwrap();
        fs::write(folder.path().join("a/file"), "12345").unwrap();
        let ground = Ground::new(folder.path());
        let check = |path: &str, found: Found, newcomer: &str| {
            assert_eq!(ground.find(path).unwrap(), found, "{path}");
            if !cfg!(windows) {
                assert_eq!(ground.newcomer(path).unwrap(), newcomer, "{path}");
            }
        };
        check("a", Found::Folder, "a");
        check("a/file", Found::File(5), "a/file");
        check("a/other", Found::Nothing, "a/other");
        check("b/c/d", Found::Nothing, "b");
        check("a/file/x/y", Found::Behind("a/file".to_owned()), "a/file");
    }

    #[test]
    fn files_that_stand_in_their_size() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("ab/2565/memo")).unwrap();
        for file in ["ab/2565/index.html", "ab/2565/memo/index.html", "ab/index.html"] {
            fs::write(folder.path().join(file), "12345").unwrap();
        }
        let ground = Ground::new(folder.path());
        let check = |agency: &str, files: &[(&str, u64)], expected: bool| {
            assert_eq!(ground.holds(agency, files.iter().copied()).unwrap(), expected, "{agency} {files:?}");
        };
        let all = [("2565/index.html", 5), ("2565/memo/index.html", 5), ("index.html", 5)];
        check("ab", &all, true);
        check("ab", &[], true);
        check("cd", &[], false);
        check("ab/index.html", &[], false);
        check("ab", &[("2565/index.html", 5), ("index.html", 4)], false);
        check("ab", &[("2565", 5)], false);
        check("ab", &[("2565/index.html", 5), ("2565/memos/index.html", 5)], false);
        check("ab", &[("2565/memo/index.html", 5), ("25/index.html", 5)], false);
        check("ab", &[("index.html/x", 5)], false);
        #[cfg(unix)]
        {
            fs::rename(folder.path().join("ab/2565"), folder.path().join("away")).unwrap();
            std::os::unix::fs::symlink(folder.path().join("away"), folder.path().join("ab/2565")).unwrap();
            check("ab", &all, false);
            check("ab", &all[2..], true);
        }
    }

    #[test]
    #[cfg(unix)]
    fn links_are_never_followed() {
        let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::os::unix::fs::symlink(outside.path(), folder.path().join("link")).unwrap();
        let ground = Ground::new(folder.path());
        assert_eq!(ground.find("link").unwrap(), Found::Alien);
        assert_eq!(ground.find("link/x").unwrap(), Found::Behind("link".to_owned()));
        assert!(ground.make_way("link/x/y").is_err());
        assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
    }
}

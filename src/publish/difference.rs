//! What has to be done to make the output the new site: the journal of a swap, from what the new site is, what the last build left and what
//! stands in the way. Refuses the whole build if any of it is not ours. Nothing is moved here.

use crate::failure::{Failure, Result};
use crate::publish::ground::{Found, Ground};
use crate::publish::journal::Journal;
use crate::publish::manifest::Stamp;
use crate::publish::past::Past;
use crate::publish::words;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;

/// A file of the new site.
#[derive(Debug)]
pub(super) struct Arrival {
    /// Its bytes.
    pub(super) stamp: Stamp,
    /// What becomes of it.
    pub(super) fate: Fate,
    /// Whether it is a manifest: those come last.
    pub(super) is_manifest: bool,
}

/// What the swap has to do with a file of the new site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Nothing: it is in place.
    Stays,
    /// Bring it to where nothing stands, once what is in the way is cleared.
    Comes,
    /// Put it over the file of the last build.
    Replaces,
    /// Nothing must be done: what stands there is not ours.
    Refused,
}

/// The new site by path.
pub(super) type Site = BTreeMap<String, Arrival>;

/// The swap from the last site to the new one, the agencies left out that both have as they are. `in_the_way` are the files and folders that
/// stand where a folder or another file goes.
pub(super) fn between(
    last: &Past,
    site: &Site,
    is_kept: impl Fn(&str) -> bool,
    in_the_way: &BTreeSet<String>,
    ground: &Ground,
) -> Result<Journal> {
    let mut journal = arrivals(site, ground)?;
    let mut foreign: BTreeSet<_> = refused(site).collect();
    for obstacle in in_the_way {
        foreign.extend(clear(obstacle, last, ground, &mut journal)?);
    }
    if !foreign.is_empty() {
        return Err(words::foreign(ground.root(), &Vec::from_iter(foreign)));
    }
    let others = last.without(is_kept)?.into_iter();
    let gone = others.filter(|(path, _)| !site.contains_key(*path) && !journal.clear.contains_key(*path));
    journal.delete = gone.map(|(path, stamp)| (path.clone(), *stamp)).collect();
    Ok(journal)
}

/// The moves. A manifest that its folder does not bring along waits until the end.
fn arrivals(site: &Site, ground: &Ground) -> Result<Journal> {
    let mut journal = Journal::default();
    for (path, arrival) in site {
        let (step, moved) = match arrival.fate {
            Fate::Stays | Fate::Refused => continue,
            Fate::Replaces => (&mut journal.replace, path.as_str()),
            Fate::Comes => (&mut journal.add, ground.newcomer(path)?),
        };
        let step = if arrival.is_manifest && moved == path { &mut journal.seal } else { step };
        step.insert(moved.to_owned());
    }
    Ok(journal)
}

fn refused(site: &Site) -> impl Iterator<Item = String> {
    site.iter().filter(|(_, arrival)| arrival.fate == Fate::Refused).map(|(path, _)| path.clone())
}

/// Plans to clear a file or everything in a folder out of the way; returns what of it is not ours.
fn clear(obstacle: &str, last: &Past, ground: &Ground, journal: &mut Journal) -> Result<Vec<String>> {
    let mut foreign = Vec::new();
    for path in files_in(obstacle, ground, &mut journal.hollow)? {
        match last.get(&path)? {
            Some(stamp) if stamp.fits(&ground.at(&path))? => {
                journal.clear.insert(path, *stamp);
            }
            _ => foreign.push(path),
        }
    }
    Ok(foreign)
}

/// The file itself, or all that a folder holds and is no folder. Notes the folders.
fn files_in(path: &str, ground: &Ground, folders: &mut BTreeSet<String>) -> Result<Vec<String>> {
    if ground.find(path)? != Found::Folder {
        return Ok(vec![path.to_owned()]);
    }
    folders.insert(path.to_owned());
    let mut files = Vec::new();
    for name in names_in(path, ground).map_err(|error| Failure::io(&ground.at(path), &error))? {
        files.extend(files_in(&format!("{path}/{name}"), ground, folders)?);
    }
    Ok(files)
}

fn names_in(folder: &str, ground: &Ground) -> io::Result<Vec<String>> {
    fs::read_dir(ground.at(folder))?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::manifest::Listing;

    /// On a file system that does not tell the two names apart, the old file would be deleted after the new one has come, and with it.
    #[test]
    fn a_file_that_changed_in_case_alone_is_cleared_first() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("Photo.JPG"), "").unwrap();
        let stamp: Stamp = serde_json::from_str(
            r#"{"size":0,"sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}"#,
        )
        .unwrap();
        let own = Listing::from([("Photo.JPG".to_owned(), stamp)]);
        let last = Past::new(folder.path(), own.clone(), Listing::new());
        let arrival = Arrival { stamp, fate: Fate::Comes, is_manifest: false };
        let site = Site::from([("photo.jpg".to_owned(), arrival)]);
        let in_the_way = BTreeSet::from(["Photo.JPG".to_owned()]);
        let journal = between(&last, &site, |_| false, &in_the_way, &Ground::new(folder.path())).unwrap();
        assert_eq!(journal.clear, own);
        assert_eq!(journal.add, BTreeSet::from(["photo.jpg".to_owned()]));
        assert!(journal.delete.is_empty());
    }
}

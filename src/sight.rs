//! Files as they were at a moment → whether they are still the same. A stamp (size and time) is believed only if it was old at that moment: a
//! file may be written twice within one tick of the clock, so a younger one is compared by its bytes. It knows no file's meaning.

use crate::failure::{Failure, Result};
use crate::read::File;
use std::fs;
use std::io::ErrorKind;
use std::time::{SystemTime, UNIX_EPOCH};
use xxhash_rust::xxh3::Xxh3;

/// Coarser than the clock of any file system that sites lie on (FAT keeps two seconds), in nanoseconds.
pub const COARSEST_TICK: u128 = 2_000_000_000;

/// Files as they were at a moment.
#[derive(Debug, Clone, Copy)]
pub struct Sight {
    /// Of all paths, sizes and times.
    stamps: u128,
    /// Of the bytes of those that were young.
    young: u128,
    /// When they were looked at, in nanoseconds since 1970.
    taken: u128,
}

impl Sight {
    /// Files as they are now, that is before anything is made of them: whatever changes later is noticed.
    ///
    /// # Errors
    /// Only the machine's, where a young file cannot be read.
    pub fn of(files: &[File]) -> Result<Sight> {
        let taken = now();
        Ok(Sight { stamps: stamps(files), young: young(files, taken)?, taken })
    }

    /// Whether the files, as they are listed now, are those that were seen.
    ///
    /// # Errors
    /// Only the machine's, where a young file cannot be read.
    pub fn is_of(&self, files: &[File]) -> Result<bool> {
        Ok(self.stamps == stamps(files) && self.young == young(files, self.taken)?)
    }
}

/// Nanoseconds since 1970, by the clock on the wall.
pub fn now() -> u128 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |now| now.as_nanos())
}

fn stamps(files: &[File]) -> u128 {
    let mut hasher = Xxh3::new();
    for file in files {
        hasher.update(file.path.as_bytes());
        hasher.update(&[0]);
        hasher.update(&file.size.to_le_bytes());
        hasher.update(&file.modified.to_le_bytes());
    }
    hasher.digest128()
}

/// What is gone since it was listed has no bytes; the next listing does not have it either.
fn young(files: &[File], taken: u128) -> Result<u128> {
    let mut hasher = Xxh3::new();
    for file in files.iter().filter(|file| file.modified.saturating_add(COARSEST_TICK) >= taken) {
        match fs::read(&file.location) {
            Ok(bytes) => hasher.update(&bytes),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(Failure::io(&file.location, &error)),
        }
        hasher.update(&[0]);
    }
    Ok(hasher.digest128())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn file(location: &Path, bytes: &str, modified: u128) -> Vec<File> {
        fs::write(location, bytes).unwrap();
        let (path, location) = ("content/index.md".to_owned(), location.to_owned());
        vec![File { path, location, size: bytes.len() as u64, modified }]
    }

    #[test]
    fn an_old_stamp_is_believed_and_a_young_one_is_not() {
        let place = tempfile::tempdir().unwrap();
        let location = place.path().join("index.md");
        let check = |modified: u128, bytes: &str, then: u128, expected: bool, why: &str| {
            let sight = Sight::of(&file(&location, "ก", modified)).unwrap();
            assert_eq!(sight.is_of(&file(&location, bytes, then)).unwrap(), expected, "{why}");
        };
        let now = now();
        check(1, "ก", 1, true, "as it was");
        check(1, "ข", 1, true, "nobody reads a file whose stamp is old");
        check(1, "ก", 2, false, "another time");
        check(1, "กก", 1, false, "another size");
        check(now, "ก", now, true, "the same bytes");
        check(now, "ข", now, false, "a second save within one tick");
        check(u128::MAX, "ข", u128::MAX, false, "a time ahead of the clock");
        let sight = Sight::of(&file(&location, "ก", 1)).unwrap();
        assert!(!sight.is_of(&[]).unwrap(), "it is gone");
    }
}

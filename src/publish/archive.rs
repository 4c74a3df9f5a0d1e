//! The published site as one ZIP, for hosting panels that take nothing else. Where it may stand, and how files of the output get into it.
//!
//! Names count from the site's root, so it unpacks in place. It holds every file, the manifests too: unpacked it is the output again, of
//! which the next build would know each file, and whoever put it on a server can compare all hashes.
//!
//! The time of a file is made from its hash. It must not come from the clock, and must not be the same for all: servers tell browsers by time
//! and size whether a page is another one, and a page on which a score changes keeps its size.

use crate::archive::{self, Archive, Moment};
use crate::failure::{Failure, Result};
use crate::publish::ground::{Found, stat};
use crate::publish::location;
use crate::publish::manifest::{Hash, Stamp};
use crate::publish::settle;
use crate::publish::words::{self, Misplaced};
use sha2::{Digest, Sha256};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};

/// Where an archive may stand: a name that ends in `.zip`, in a folder that is there, outside of the sources and of what builds keep.
pub(super) fn admit(file: &Path, output: &Path, state: &Path, site_root: &Path) -> Result<PathBuf> {
    // Whoever mistypes it should not lose another file.
    if !file.extension().is_some_and(|end| end.eq_ignore_ascii_case("zip")) {
        return Err(words::misplaced(file, Misplaced::OtherName));
    }
    if !matches!(stat(file)?, Found::Nothing | Found::File(_)) {
        return Err(words::misplaced(file, Misplaced::NoFile));
    }
    let folder = file.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
    // It is asked for now, since a refusal should not cost the time of a build.
    fs::metadata(folder).map_err(|error| Failure::io(folder, &error))?;
    match location::misplaced(file, &[output, state], site_root)? {
        Some(misplaced) => Err(words::misplaced(file, misplaced)),
        None => Ok(file.to_owned()),
    }
}

/// Writes the files of an output, whole or not at all. Gives the size of the archive in bytes.
pub(super) fn write(place: &Path, output: &Path, mut files: Vec<(&String, &Stamp)>) -> Result<u64> {
    files.sort_unstable_by_key(|(name, _)| *name);
    let mut name = OsString::from(".");
    name.push(place.file_name().unwrap_or_default());
    name.push(".new");
    let new = place.with_file_name(name);
    let written = write_new(&new, output, &files).and_then(|size| {
        settle(&new, place)?;
        Ok(size)
    });
    if written.is_err() {
        let _ = fs::remove_file(&new);
    }
    written
}

fn write_new(new: &Path, output: &Path, files: &[(&String, &Stamp)]) -> Result<u64> {
    let failed = |error: io::Error| Failure::io(new, &error);
    let out = BufWriter::new(File::create(new).map_err(failed)?);
    let mut archive = Archive::begin(out, archive::USUAL);
    for (name, stamp) in files {
        let place = output.join(name);
        let file = File::open(&place).map_err(|error| Failure::io(&place, &error))?;
        let mut file = Hashed { file, hash: Sha256::new(), size: 0 };
        archive.add(name, moment(stamp.sha256), stamp.size, &mut file).map_err(failed)?;
        if Stamp::new(file.size, file.hash) != **stamp {
            return Err(words::not_as_published(&place));
        }
    }
    let mut out = archive.end().map_err(failed)?;
    out.flush().and_then(|()| out.stream_position()).map_err(failed)
}

/// A file of the output, which has to be the one that was published: what is read of it is hashed on the way.
struct Hashed {
    file: File,
    hash: Sha256,
    /// In bytes.
    size: u64,
}

impl Read for Hashed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.hash.update(&buffer[..read]);
        self.size += read as u64;
        Ok(read)
    }
}

/// Some time from 1981 to 2000. Such a day exists in every month.
fn moment(sha256: Hash) -> Moment {
    let mut rest = sha256.beginning() >> 4;
    let mut next = |below: u64| {
        let number = rest % below;
        rest /= below;
        u8::try_from(number).unwrap_or_default()
    };
    let (second, minute, hour) = (2 * next(30), next(60), next(24));
    Moment { second, minute, hour, day: 1 + next(28), month: 1 + next(12), year: 1 + next(20) }
}

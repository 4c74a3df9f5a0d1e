//! The published site as one ZIP, for hosting panels that take nothing else. Where it may stand, and how files of the output get into it; its
//! format is `zip`'s.
//!
//! Names count from the site's root, so it unpacks in place. It holds every file, the manifests too: unpacked it is the output again, of
//! which the next build would know each file, and whoever put it on a server can compare all hashes.
//!
//! The time of a file is made from its hash. It must not come from the clock, and must not be the same for all: servers tell browsers by time
//! and size whether a page is another one, and a page on which a score changes keeps its size.

use crate::failure::{Failure, Result};
use crate::publish::ground::{Found, stat};
use crate::publish::location;
use crate::publish::manifest::Stamp;
use crate::publish::swap;
use crate::publish::words::{self, Misplaced};
use crate::publish::zip::{self, Entry};
use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// So many files are compressed at once, on all cores.
const BATCH: usize = 64;

/// What is larger never is in memory as a whole. It is a scan or a film, which would not become smaller.
const LARGEST_IN_MEMORY: u64 = 1 << 20;

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
        swap::rename(&new, place).map_err(|error| words::unmoved(place, &error))?;
        Ok(size)
    });
    if written.is_err() {
        let _ = fs::remove_file(&new);
    }
    written
}

fn write_new(new: &Path, output: &Path, files: &[(&String, &Stamp)]) -> Result<u64> {
    let failed = |error: io::Error| Failure::io(new, &error);
    let mut out = BufWriter::new(File::create(new).map_err(failed)?);
    let (mut list, mut at) = (Vec::new(), 0);
    for batch in files.chunks(BATCH) {
        let contents: Result<Vec<_>> =
            batch.par_iter().map(|(name, stamp)| read(output, name, stamp)).collect();
        for (entry, bytes) in contents? {
            let head = entry.head();
            list.extend(entry.listed(at));
            at += head.len() as u64 + entry.packed;
            out.write_all(&head).map_err(failed)?;
            match bytes {
                Some(bytes) => out.write_all(&bytes).map_err(failed)?,
                None => copy(output, &entry, &mut out, new)?,
            }
        }
    }
    let end = zip::end(files.len(), list.len() as u64, at);
    out.write_all(&list).and_then(|()| out.write_all(&end)).and_then(|()| out.flush()).map_err(failed)?;
    Ok(at + (list.len() + end.len()) as u64)
}

/// Reads a file of the output, which has to be the one that was published. Gives the bytes as they go into the archive, if they are not too
/// many.
fn read<'a>(output: &Path, name: &'a str, stamp: &Stamp) -> Result<(Entry<'a>, Option<Vec<u8>>)> {
    let place = output.join(name);
    let failed = |error: io::Error| Failure::io(&place, &error);
    let (mut crc, mut hash) = (Crc::new(), Sha256::new());
    let mut see = |bytes: &[u8]| {
        crc.update(bytes);
        hash.update(bytes);
    };
    let mut bytes = None;
    if stamp.size > LARGEST_IN_MEMORY {
        let mut file = File::open(&place).map_err(failed)?;
        each_chunk(&mut file, |chunk| {
            see(chunk);
            Ok(())
        })
        .map_err(failed)?;
    } else {
        let read = fs::read(&place).map_err(failed)?;
        see(&read);
        bytes = Some(read);
    }
    if Stamp::new(stamp.size, hash) != *stamp {
        return Err(words::not_as_published(&place));
    }
    let bytes = bytes.map(packed).transpose().map_err(failed)?;
    let entry = Entry {
        name,
        moment: moment(&stamp.sha256),
        crc: crc.sum(),
        size: stamp.size,
        packed: bytes.as_ref().map_or(stamp.size, |(bytes, _)| bytes.len() as u64),
        is_deflated: bytes.as_ref().is_some_and(|(_, is_deflated)| *is_deflated),
    };
    Ok((entry, bytes.map(|(bytes, _)| bytes)))
}

/// Copies a large file, which must not have become another one since it was read.
fn copy(output: &Path, entry: &Entry<'_>, out: &mut dyn Write, new: &Path) -> Result<()> {
    let place = output.join(entry.name);
    let mut file = File::open(&place).map_err(|error| Failure::io(&place, &error))?;
    let mut crc = Crc::new();
    let copied = each_chunk(&mut file, |chunk| {
        crc.update(chunk);
        out.write_all(chunk)
    });
    copied.map_err(|error| Failure::io(new, &error))?;
    if crc.sum() == entry.crc { Ok(()) } else { Err(words::not_as_published(&place)) }
}

/// Deflated, unless that is no shorter; then as they are.
fn packed(bytes: Vec<u8>) -> io::Result<(Vec<u8>, bool)> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(&bytes)?;
    let deflated = encoder.finish()?;
    Ok(if deflated.len() < bytes.len() { (deflated, true) } else { (bytes, false) })
}

fn each_chunk(file: &mut File, mut take: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
    let mut chunk = vec![0; 64 * 1024];
    loop {
        match file.read(&mut chunk) {
            Ok(0) => return Ok(()),
            Ok(read) => take(&chunk[..read])?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Time and date as a ZIP has them, to two seconds, somewhere from 1981 to 2000. Such a day exists in every month.
fn moment(sha256: &str) -> (u16, u16) {
    let mut rest = u64::from_str_radix(sha256.get(..15).unwrap_or_default(), 16).unwrap_or_default();
    let mut next = |below: u64| {
        let number = rest % below;
        rest /= below;
        u16::try_from(number).unwrap_or_default()
    };
    let time = next(30) | next(60) << 5 | next(24) << 11;
    let date = (1 + next(28)) | (1 + next(12)) << 5 | (1 + next(20)) << 9;
    (time, date)
}

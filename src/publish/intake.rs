//! One pass over the bytes of a new file: hashed, compared with the file in place, and written to the stage from the first byte in which the
//! two differ. Attachments of any size go through without ever being in memory as a whole.

use crate::failure::{Failure, Result};
use crate::publish::manifest::Stamp;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::path::Path;

/// Most pages fit into one chunk, which lives on the stack.
const CHUNK: usize = 32 * 1024;

/// The files that a pass has to do with.
pub(super) struct Route<'a> {
    /// Where the bytes come from, as trouble with reading them names it.
    pub(super) source: &'a Path,
    /// Where they go in the end. Trouble with writing names it, since nobody knows the stage.
    pub(super) place: &'a Path,
    /// The file in place, if it may be the same.
    pub(super) rival: Option<File>,
    /// Makes the staged file. Called only for what has to be staged, so that a build without changes makes not even the stage.
    pub(super) stage: &'a dyn Fn() -> io::Result<File>,
}

/// Where the bytes of a pass go.
enum Sink {
    /// Nowhere, as long as the file in place agrees.
    InPlace(File),
    /// Into the stage.
    Stage(File),
}

/// Takes in one file. Returns its stamp and whether it was staged; if not, the file in place has the same bytes.
pub(super) fn take_in(bytes: &mut dyn Read, route: Route<'_>) -> Result<(Stamp, bool)> {
    let (mut hash, mut size) = (Sha256::new(), 0);
    let mut chunk = [0; CHUNK];
    let written = |error: io::Error| Failure::io(route.place, &error);
    let mut sink = match route.rival {
        Some(rival) => Sink::InPlace(rival),
        None => Sink::Stage((route.stage)().map_err(written)?),
    };
    loop {
        let read = fill(bytes, &mut chunk).map_err(|error| Failure::io(route.source, &error))?;
        let chunk = &chunk[..read];
        if let Sink::InPlace(rival) = &mut sink
            && !agrees(rival, chunk).map_err(written)?
        {
            let staged = (route.stage)().and_then(|staged| begin(rival, size, staged));
            sink = Sink::Stage(staged.map_err(written)?);
        }
        if let Sink::Stage(staged) = &mut sink {
            staged.write_all(chunk).map_err(written)?;
        }
        if chunk.is_empty() {
            return Ok((Stamp::new(size, hash), matches!(sink, Sink::Stage(_))));
        }
        hash.update(chunk);
        size += read as u64;
    }
}

/// Whether the file goes on with these bytes; for none, whether it ends here.
fn agrees(file: &mut File, bytes: &[u8]) -> io::Result<bool> {
    let mut chunk = [0; CHUNK];
    let wanted = bytes.len().max(1);
    let read = fill(file, &mut chunk[..wanted])?;
    Ok(chunk[..read] == *bytes)
}

/// Lets a staged file begin as the one in place does, for so many bytes.
fn begin(rival: &mut File, size: u64, mut staged: File) -> io::Result<File> {
    // Most pages differ in their first chunk, and then there is nothing to copy.
    if size > 0 {
        rival.rewind()?;
        io::copy(&mut rival.take(size), &mut staged)?;
    }
    Ok(staged)
}

/// Reads until the chunk is full or the end is reached.
fn fill(bytes: &mut dyn Read, chunk: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < chunk.len() {
        match bytes.read(&mut chunk[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn only_what_differs_is_staged_and_every_byte_arrives() {
        let folder = tempfile::tempdir().unwrap();
        let (place, staged) = (folder.path().join("place"), folder.path().join("staged"));
        let check = |name: &str, new: &[u8], old: Option<&[u8]>| {
            let _ = fs::remove_file(&staged);
            fs::write(&place, old.unwrap_or_default()).unwrap();
            let rival = old.map(|_| File::open(&place).unwrap());
            let stage = || File::create(&staged);
            let route = Route { source: Path::new("-"), place: &place, rival, stage: &stage };
            let (stamp, is_staged) = take_in(&mut &new[..], route).unwrap();
            let result = if is_staged { &staged } else { &place };
            assert_eq!(is_staged, old != Some(new), "{name}");
            assert_eq!(fs::read(result).unwrap(), new, "{name}");
            assert!(stamp.fits(result).unwrap(), "{name}");
            assert_eq!(staged.exists(), is_staged, "{name}");
        };
        let long: Vec<u8> = (0..3 * CHUNK + 7).map(|at| (at % 251) as u8).collect();
        let mut late = long.clone();
        late[2 * CHUNK + 5] ^= 1;
        check("new", b"page", None);
        check("empty and new", b"", None);
        check("empty and equal", b"", Some(b""));
        check("equal", b"page", Some(b"page"));
        check("different", b"page", Some(b"pagf"));
        check("shorter than before", b"page", Some(b"pages"));
        check("longer than before", b"pages", Some(b"page"));
        check("nothing before", b"page", Some(b""));
        check("nothing now", b"", Some(b"page"));
        check("long and equal", &long, Some(&long));
        check("long and different late", &late, Some(&long));
        check("a whole chunk more", &long, Some(&long[..CHUNK]));
        check("a whole chunk less", &long[..CHUNK], Some(&long));
        check("exactly one chunk", &long[..CHUNK], Some(&late[..CHUNK]));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_full_disk_is_named_with_the_place() {
        let route = Route {
            source: Path::new("-"),
            place: Path::new("public/index.html"),
            rival: None,
            stage: &|| File::options().write(true).open("/dev/full"),
        };
        let failure = take_in(&mut &b"page"[..], route).unwrap_err();
        assert_eq!(failure.cause, crate::failure::Cause::Machine);
        assert_eq!(failure.message.en, "cannot use public/index.html: the disk is full");
        assert!(failure.message.th.contains("เนื้อที่ดิสก์เต็ม"), "{}", failure.message.th);
    }
}

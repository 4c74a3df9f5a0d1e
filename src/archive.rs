//! Many files in one, as ZIP archives, which every computer unpacks. Home of zip.

use std::io::{self, Cursor, Read, Seek, Write};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// How hard is tried to make the archive of an agency's data small, from 1 to 9. It is made of every agency of a portal with every build, so
/// the fastest will do.
pub const FASTEST: u8 = 1;

/// The usual balance of size and time.
pub const USUAL: u8 = 6;

/// Endings of what is compressed already.
const COMPRESSED: [&str; 14] =
    ["br", "docx", "gz", "jpeg", "jpg", "mp3", "mp4", "ods", "pdf", "png", "webp", "woff2", "xlsx", "zip"];

/// So much fits into an entry of the usual form.
const LARGEST_USUAL: u64 = u32::MAX as u64;

/// An archive that is being written. The same files in the same order give the same bytes, on any machine.
pub struct Archive<W: Write + Seek> {
    zip: ZipWriter<W>,
    level: u8,
}

/// A time as archives have it: to two seconds, from 1980 on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// From 0 to 127, counted from 1980.
    pub year: u8,
    /// From 1.
    pub month: u8,
    /// From 1.
    pub day: u8,
    /// From 0 to 23.
    pub hour: u8,
    /// From 0.
    pub minute: u8,
    /// From 0.
    pub second: u8,
}

impl Moment {
    /// The first that there is, where no time is to be told.
    pub const FIRST: Moment = Moment { year: 0, month: 1, day: 1, hour: 0, minute: 0, second: 0 };

    fn date_time(self) -> io::Result<DateTime> {
        let Moment { year, month, day, hour, minute, second } = self;
        DateTime::from_date_and_time(1980 + u16::from(year), month, day, hour, minute, second)
            .map_err(io::Error::other)
    }
}

impl<W: Write + Seek> Archive<W> {
    /// One without files.
    pub fn begin(out: W, level: u8) -> Archive<W> {
        Archive { zip: ZipWriter::new(out), level }
    }

    /// Adds a file of so many bytes by its path in the archive, with `/`.
    ///
    /// # Errors
    /// Those of reading and writing, and a moment that no calendar has.
    pub fn add(&mut self, path: &str, moment: Moment, size: u64, from: &mut impl Read) -> io::Result<()> {
        let ending = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        let is_compressed = COMPRESSED.contains(&ending.as_str());
        let method = if is_compressed { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options = SimpleFileOptions::default()
            .last_modified_time(moment.date_time()?)
            .unix_permissions(0o644)
            .large_file(size >= LARGEST_USUAL)
            .compression_method(method)
            .compression_level((!is_compressed).then_some(self.level.into()));
        self.zip.start_file(path, options)?;
        io::copy(from, &mut self.zip).map(|_| ())
    }

    /// Writes the list of all files, and gives back what it was written to.
    ///
    /// # Errors
    /// Those of writing.
    pub fn end(self) -> io::Result<W> {
        self.zip.finish().map_err(io::Error::from)
    }
}

/// How many bytes there are in the files of an archive; where it is more than so many, only that it is. Nothing is believed of what the
/// archive says of itself.
///
/// # Errors
/// For what is no archive, or a broken one.
pub fn unpacked(bytes: &[u8], most: u64) -> io::Result<u64> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let mut size = 0;
    for at in 0..archive.len() {
        if size <= most {
            let file = archive.by_index(at)?;
            size += io::copy(&mut file.take(most - size + 1), &mut io::sink())?;
        }
    }
    Ok(size)
}

/// The bytes of a file in an archive, by its path; `None` where there is none. How large it may be, [`unpacked`] tells before.
///
/// # Errors
/// For what is no archive, or a broken one.
pub fn part(bytes: &[u8], path: &str) -> io::Result<Option<Vec<u8>>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let mut file = match archive.by_name(path) {
        Ok(file) => file,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let mut part = Vec::new();
    file.read_to_end(&mut part)?;
    Ok(Some(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_back_with_their_times() {
        let moment = Moment { year: 45, month: 2, day: 28, hour: 23, minute: 59, second: 58 };
        let mut archive = Archive::begin(Cursor::new(Vec::new()), USUAL);
        for (path, moment) in [("ก/ข.html", moment), ("ค.PDF", Moment::FIRST)] {
            archive.add(path, moment, 6, &mut &b"aaaaaa"[..]).unwrap();
        }
        let mut archive = ZipArchive::new(archive.end().unwrap()).unwrap();
        let mut check = |at: usize, path: &str, method: CompressionMethod, moment: Moment| {
            let mut file = archive.by_index(at).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            assert_eq!((file.name().unwrap().as_ref(), text.as_str()), (path, "aaaaaa"));
            assert_eq!((file.compression(), file.last_modified()), (method, moment.date_time().ok()));
        };
        check(0, "ก/ข.html", CompressionMethod::Deflated, moment);
        check(1, "ค.PDF", CompressionMethod::Stored, Moment::FIRST);
        let mut archive = Archive::begin(Cursor::new(Vec::new()), USUAL);
        let no_day = Moment { month: 2, day: 30, ..Moment::FIRST };
        assert!(archive.add("a", no_day, 0, &mut &b""[..]).is_err());
    }

    #[test]
    fn an_archive_is_looked_into() {
        let mut archive = Archive::begin(Cursor::new(Vec::new()), USUAL);
        for path in ["a", "b/c"] {
            archive.add(path, Moment::FIRST, 1000, &mut &[b'x'; 1000][..]).unwrap();
        }
        let bytes = archive.end().unwrap().into_inner();
        assert_eq!(part(&bytes, "b/c").unwrap(), Some(vec![b'x'; 1000]));
        assert_eq!(part(&bytes, "c").unwrap(), None);
        assert_eq!([unpacked(&bytes, 2000).unwrap(), unpacked(&bytes, 1500).unwrap()], [2000, 1501]);
        assert!(part(b"PK", "a").is_err() && unpacked(b"PK", 1).is_err());
    }
}

//! Many files in one, as ZIP archives, which every computer unpacks. Home of zip.

use std::io::{self, Seek, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Endings of what is compressed already.
const COMPRESSED: [&str; 10] = ["xlsx", "zip", "gz", "br", "png", "jpg", "jpeg", "webp", "woff2", "pdf"];

/// How hard is tried to make an archive small, from 1 to 9. It is made of every agency of a portal with every build, so the fastest will do.
pub const COMPRESSION_LEVEL: u8 = 1;

/// Writes an archive of files by their paths in it, always the same bytes for the same files: no entry tells a time.
///
/// # Errors
/// Those of what is written to, and of more than an archive can hold.
pub fn write<'a, W: Write + Seek>(
    out: W,
    files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
) -> io::Result<W> {
    let mut archive = ZipWriter::new(out);
    for (path, bytes) in files {
        let ending = path.rsplit('.').next().unwrap_or_default();
        let method = match COMPRESSED.contains(&ending) {
            true => CompressionMethod::Stored,
            false => CompressionMethod::Deflated,
        };
        let options = SimpleFileOptions::default()
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644)
            .compression_method(method)
            .compression_level((method == CompressionMethod::Deflated).then_some(COMPRESSION_LEVEL.into()));
        archive.start_file(path, options)?;
        archive.write_all(bytes)?;
    }
    archive.finish().map_err(io::Error::from)
}

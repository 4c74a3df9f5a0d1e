//! Mended files on the disk: who may be overwritten, and how, so that a file is never half written and never loses what somebody else
//! did to it. It knows nothing of what is in them.

use crate::failure::{Cause, Failure, Result};
use crate::language::Words;
use std::fs::{self, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file that may be overwritten.
#[derive(Debug)]
pub(super) struct Target {
    /// Without links: a new file takes the place of the old one, not of a link to it.
    location: PathBuf,
    metadata: Metadata,
}

impl Target {
    /// The same for every name that leads to the file.
    pub(super) fn location(&self) -> &Path {
        &self.location
    }
}

/// Looks whether a file may be overwritten, given what it held when it was read.
///
/// # Errors
/// Only the machine's: see the words below.
pub(super) fn admit(root: &Path, path: &str, original: &[u8]) -> Result<Target> {
    let failed = |error: io::Error| Failure::io(&root.join(path), &error);
    let home = fs::canonicalize(root).map_err(failed)?;
    let location = fs::canonicalize(root.join(path)).map_err(failed)?;
    let metadata = fs::metadata(&location).map_err(failed)?;
    if !location.starts_with(home) {
        return Err(refused(path, "อยู่นอกโฟลเดอร์ของเว็บไซต์", "it lies outside of the site's folder"));
    }
    if metadata.permissions().readonly() {
        return Err(refused(path, "ตั้งไว้ให้อ่านอย่างเดียว", "it is read-only"));
    }
    if fs::read(&location).map_err(failed)? != original {
        return Err(changed(path));
    }
    Ok(Target { location, metadata })
}

/// Puts a new file in the place of the old one. Sources cannot be made again as pages can, so the bytes are on the disk before their name
/// is: whatever happens, either file is whole.
///
/// # Errors
/// Only the machine's; the old file is then as it was.
pub(super) fn replace(target: &Target, bytes: &[u8]) -> Result<()> {
    let new = beside(&target.location);
    let replaced = write_new(&new, bytes, &target.metadata).and_then(|()| fs::rename(&new, &target.location));
    replaced.map_err(|error| {
        // What cannot be removed either begins with a dot and is no part of a site.
        let _ = fs::remove_file(&new);
        Failure::io(&target.location, &error)
    })
}

/// A file that holds something else than it did when it was read.
pub(super) fn changed(path: &str) -> Failure {
    refused(path, "มีผู้แก้ไขระหว่างตรวจ ให้สั่งใหม่อีกครั้ง", "somebody changed it meanwhile; try again")
}

fn refused(path: &str, th: &str, en: &str) -> Failure {
    let message = Words::new(
        format!("แก้ไข {path} ไม่ได้ เพราะ{th} ยังไม่ได้แก้ไขไฟล์ใด"),
        format!("cannot mend {path}: {en}; nothing was written"),
    );
    Failure { cause: Cause::Machine, message }
}

/// On the same file system, and passed over by whoever lists the folder.
fn beside(location: &Path) -> PathBuf {
    let name = location.file_name().unwrap_or_default().to_string_lossy();
    location.with_file_name(format!(".{name}.prongsai"))
}

fn write_new(location: &Path, bytes: &[u8], like: &Metadata) -> io::Result<()> {
    // A run that was killed may have left one.
    match fs::remove_file(location) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(location)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    belong_to_owner(location, like)?;
    fs::set_permissions(location, like.permissions())
}

/// An administrator who mends an officer's files does not take them away; whoever may not give a file back leaves it as it is.
#[cfg(unix)]
fn belong_to_owner(location: &Path, like: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, chown};
    let new = fs::metadata(location)?;
    let owners = |metadata: &Metadata| (metadata.uid(), metadata.gid());
    match owners(&new) == owners(like) {
        true => Ok(()),
        false => chown(location, Some(like.uid()), Some(like.gid())),
    }
}

#[cfg(not(unix))]
fn belong_to_owner(_: &Path, _: &Metadata) -> io::Result<()> {
    Ok(())
}

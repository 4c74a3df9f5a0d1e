//! A folder whose way is gone once for all that is asked of it: of a country's million files each costs the system less than by its whole
//! path. Windows has no such way to ask.

use super::ground::Found;
#[cfg(unix)]
use crate::failure::Failure;
use crate::failure::Result;
#[cfg(unix)]
use rustix::{
    fd::OwnedFd,
    fs::{AtFlags, FileType, Mode, OFlags, open, statat},
    io::Errno,
};
use std::path::PathBuf;

/// A folder below which is asked for files.
#[derive(Debug)]
pub(super) struct OpenFolder {
    place: PathBuf,
    #[cfg(unix)]
    descriptor: OwnedFd,
}

#[cfg(unix)]
impl OpenFolder {
    /// Nothing if no real folder stands there.
    pub(super) fn open(place: PathBuf) -> Result<Option<OpenFolder>> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        match open(&place, flags, Mode::empty()) {
            Ok(descriptor) => Ok(Some(OpenFolder { place, descriptor })),
            Err(Errno::NOENT | Errno::NOTDIR | Errno::LOOP) => Ok(None),
            Err(error) => Err(Failure::io(&place, &error.into())),
        }
    }

    /// What stands at a path below it, to which real folders lead, without following a link.
    pub(super) fn find(&self, path: &str) -> Result<Found> {
        match statat(&self.descriptor, path, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(stat) => Ok(match FileType::from_raw_mode(stat.st_mode) {
                FileType::Directory => Found::Folder,
                FileType::RegularFile => Found::File(u64::try_from(stat.st_size).unwrap_or_default()),
                _ => Found::Alien,
            }),
            Err(Errno::NOENT) => Ok(Found::Nothing),
            Err(error) => Err(Failure::io(&self.place.join(path), &error.into())),
        }
    }
}

#[cfg(not(unix))]
impl OpenFolder {
    /// Nothing if no real folder stands there.
    pub(super) fn open(place: PathBuf) -> Result<Option<OpenFolder>> {
        Ok((super::ground::stat(&place)? == Found::Folder).then_some(OpenFolder { place }))
    }

    /// What stands at a path below it, to which real folders lead, without following a link.
    pub(super) fn find(&self, path: &str) -> Result<Found> {
        super::ground::stat(&self.place.join(path))
    }
}

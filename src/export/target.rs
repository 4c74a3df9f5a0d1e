//! Where an export goes: in which form its name asks for it, whether it may stand there, and how it gets there whole or not at all. Nothing
//! is ever deleted but what an export made that did not come to its end, and a database that somebody says may be replaced.

use super::{about, sheets, words};
use crate::failure::{Failure, Result};
use crate::plan::data::published;
use crate::publish;
use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

/// Endings of databases of SQLite.
const DATABASES: [&str; 3] = ["sqlite", "sqlite3", "db"];

/// What SQLite leaves beside a database that is open, or was not closed.
const COMPANIONS: [&str; 2] = ["-wal", "-journal"];

/// In which form data is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// One file.
    Database,
    /// A folder of CSV.
    Folder,
}

/// A place that may be written.
#[derive(Debug)]
pub(super) struct Target<'a> {
    /// In which form.
    pub(super) form: Form,
    place: &'a Path,
    /// Whether a database that stands there is replaced.
    force: bool,
    /// Beside it, on the same file system, since a move into place must be one step of the system.
    new: PathBuf,
}

impl<'a> Target<'a> {
    /// Looks whether an export may stand there.
    ///
    /// # Errors
    /// Wrong use if its ending is that of another kind of file, or something stands there that is not to be replaced. Trouble of the machine
    /// if the folder that it goes into cannot be used.
    pub(super) fn admit(place: &'a Path, force: bool) -> Result<Target<'a>> {
        let form = Form::of(place)?;
        let name = place.file_name().ok_or_else(|| words::without_name(place))?;
        let folder = place.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
        fs::metadata(folder).map_err(|error| Failure::io(folder, &error))?;
        let target = Target { form, place, force, new: place.with_file_name(beside(".", name, ".new")) };
        target.look().map(|()| target)
    }

    /// Looks whether what stands there may go.
    fn look(&self) -> Result<()> {
        let Target { form, place, force, .. } = *self;
        match (form, look(place)?) {
            (Form::Folder, _) if force => Err(words::folder_with_force(place)),
            (Form::Database, Some(found)) => admit_database(place, &found, force),
            (Form::Folder, Some(found)) if !is_empty_folder(place, &found)? => {
                Err(words::folder_is_taken(place))
            }
            _ => Ok(()),
        }
    }

    /// Lets it be written beside its place, and then moves it there.
    ///
    /// # Errors
    /// Those of writing; trouble of the machine. Then its place is as it was, and nothing is left beside it.
    pub(super) fn fill<T>(&self, write: impl FnOnce(&Path) -> Result<T>) -> Result<T> {
        self.discard();
        let written = write(&self.new).and_then(|written| {
            // Somebody may have put something there meanwhile.
            self.look()?;
            if self.form == Form::Folder {
                // It is empty, or not there; Windows moves no folder over another one.
                let _ = fs::remove_dir(self.place);
            }
            publish::settle(&self.new, self.place).map(|()| written)
        });
        if written.is_err() {
            self.discard();
        }
        written
    }

    /// Deletes what an export left that was ended; where nothing is left, there is nothing to delete.
    fn discard(&self) {
        match self.form {
            Form::Database => drop(fs::remove_file(&self.new)),
            Form::Folder if self.new.is_symlink() => {}
            Form::Folder => {
                let tables = published::tables();
                let about = about::tables(&tables);
                let names: BTreeSet<&str> =
                    tables.iter().chain(&about).map(|table| table.subject.name).collect();
                sheets::discard(&self.new, &names);
            }
        }
    }
}

impl Form {
    fn of(place: &Path) -> Result<Form> {
        let Some(ending) = place.extension() else { return Ok(Form::Folder) };
        let is_database = DATABASES.iter().any(|one| ending.eq_ignore_ascii_case(one));
        if is_database { Ok(Form::Database) } else { Err(words::other_ending(place)) }
    }
}

fn admit_database(place: &Path, found: &Metadata, force: bool) -> Result<()> {
    if !found.is_file() {
        return Err(words::no_file(place));
    }
    if !force {
        return Err(words::file_is_taken(place));
    }
    let name = place.file_name().unwrap_or_default();
    for companion in COMPANIONS {
        // It would be taken for a part of the new database.
        if look(&place.with_file_name(beside("", name, companion)))?.is_some() {
            return Err(words::in_use(place));
        }
    }
    Ok(())
}

fn is_empty_folder(place: &Path, found: &Metadata) -> Result<bool> {
    let entries = || fs::read_dir(place).map_err(|error| Failure::io(place, &error));
    Ok(found.is_dir() && entries()?.next().is_none())
}

/// What stands at a path, without following a link.
fn look(path: &Path) -> Result<Option<Metadata>> {
    match fs::symlink_metadata(path) {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::io(path, &error)),
    }
}

fn beside(before: &str, name: &OsStr, behind: &str) -> OsString {
    let mut whole = OsString::from(before);
    whole.push(name);
    whole.push(behind);
    whole
}

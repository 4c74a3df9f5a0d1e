//! The open data of a published site in one piece: a database, or a table a year. What is exported is what is published, read again from the
//! site itself: so it says what the pages say, a round that is left out there is left out here, and nothing has to be parsed and judged
//! again, which would take longer than all of this.
//!
//! Agencies are read on all cores, a handful at a time, and written by one thread in the order of their ids. Nothing depends on how long
//! either takes, and the handfuls are all that lies in memory.

mod about;
mod sheets;
#[cfg(feature = "sqlite")]
mod sqlite;
mod target;
#[cfg(not(feature = "sqlite"))]
mod without_sqlite;
mod words;

use crate::failure::Result;
use crate::plan::data::published;
use crate::plan::data::{Row, Table};
use crate::publish::Edition;
use rayon::prelude::*;
use std::cell::Cell;
use std::path::Path;
use std::sync::mpsc::{self, SyncSender};
use std::thread;
use target::{Form, Target};
#[cfg(not(feature = "sqlite"))]
use without_sqlite as sqlite;

/// So many agencies are read before they are written, while the next ones are being read.
const HANDFUL: usize = 32;

/// Where to, and how.
pub struct Options<'a> {
    /// The file or folder to write.
    pub to: &'a Path,
    /// Whether a database that stands there is replaced.
    pub force: bool,
    /// Told how far it is.
    pub tell: &'a dyn Fn(Progress),
}

/// How far an export is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// So many agencies will be written.
    Agencies(usize),
    /// One of them is.
    AgencyDone,
}

/// What was exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exported {
    /// How many agencies.
    pub agencies: usize,
    /// How many rows of all their tables together.
    pub rows: usize,
    /// How large the files are, in bytes.
    pub bytes: u64,
}

/// What is written, whatever the form.
struct Content<'a> {
    /// Tables that say what the others hold.
    about: &'a [Table],
    /// Those of which each agency has a part, without rows.
    tables: &'a [Table],
    /// The parts, agency by agency.
    parts: &'a mut dyn Iterator<Item = Result<Part>>,
}

/// The rows of an agency, for each table.
type Part = Vec<Vec<Row>>;

/// Writes the open data of the site that was published into `output`, whole or not at all. The same site gives the same bytes.
///
/// # Errors
/// Wrong use if there is no such site, if the place has another ending than those of databases, belongs to the site or to its sources, or
/// is taken. Trouble of the machine: the disk is full, or refuses; a build has the site open; or somebody changed a published file.
pub fn export(root: &Path, output: &Path, options: &Options<'_>) -> Result<Exported> {
    let target = Target::admit(options.to, options.force)?;
    let edition = Edition::open(output)?;
    edition.admit(options.to, root)?;
    let tables = published::tables();
    let about = about::tables(&tables);
    let agencies = agencies(&edition);
    (options.tell)(Progress::Agencies(agencies.len()));
    let (sender, receiver) = mpsc::sync_channel(1);
    let rows = Cell::new(0);
    let bytes = thread::scope(|scope| {
        scope.spawn(|| read(&edition, &tables, &agencies, sender));
        let mut parts = receiver.into_iter().flat_map(one_by_one).inspect(|part| {
            rows.set(rows.get() + part.iter().flatten().map(Vec::len).sum::<usize>());
            (options.tell)(Progress::AgencyDone);
        });
        let content = Content { about: &about, tables: &tables, parts: &mut parts };
        target.fill(|new| match target.form {
            Form::Database => sqlite::write(new, content),
            Form::Folder => sheets::write(new, content),
        })
    })?;
    Ok(Exported { agencies: agencies.len(), rows: rows.get(), bytes })
}

/// Those of a portal; on its own site an agency has no id.
fn agencies(edition: &Edition) -> Vec<Option<&str>> {
    let agencies: Vec<_> = edition.agencies().map(Some).collect();
    if agencies.is_empty() { vec![None] } else { agencies }
}

/// Reads all agencies in their order, until one cannot be read or nobody wants them any more.
fn read(
    edition: &Edition,
    tables: &[Table],
    agencies: &[Option<&str>],
    sender: SyncSender<Result<Vec<Part>>>,
) {
    let files: Vec<String> = tables.iter().map(Table::file).collect();
    for handful in agencies.chunks(HANDFUL) {
        let parts: Result<Vec<Part>> =
            handful.par_iter().map(|agency| part(edition, tables, &files, *agency)).collect();
        let is_last = parts.is_err();
        if sender.send(parts).is_err() || is_last {
            return;
        }
    }
}

fn part(edition: &Edition, tables: &[Table], files: &[String], agency: Option<&str>) -> Result<Part> {
    let texts = edition.read(agency, files)?;
    let read = |((table, text), file): ((&Table, Vec<u8>), &String)| {
        table.read(agency, &text).ok_or_else(|| edition.of_another_version(agency, file))
    };
    tables.iter().zip(texts).zip(files).map(read).collect()
}

fn one_by_one(handful: Result<Vec<Part>>) -> Vec<Result<Part>> {
    match handful {
        Ok(parts) => parts.into_iter().map(Ok).collect(),
        Err(failure) => vec![Err(failure)],
    }
}

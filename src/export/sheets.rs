//! The tables as CSV, a folder for each assessed year, for whoever opens one year in a spreadsheet: all years of a country have more rows
//! than it takes. Header, quoting and marks are those of the published files, and all years of a table together are its published rows.

use super::Content;
use crate::failure::{Failure, Result};
use crate::model::date::is_year_name;
use crate::plan::data::published::year_of;
use crate::plan::data::{self, Table, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// The year of a file, if it has one, and which of the tables it holds.
type Sheet = (Option<i64>, usize);

/// The files of a folder, by year and table.
struct Sheets<'a> {
    folder: &'a Path,
    tables: &'a [Table],
    open: BTreeMap<Sheet, (PathBuf, BufWriter<File>)>,
    /// In bytes.
    size: u64,
}

/// Writes everything into a new folder. Gives the size of the files in bytes.
///
/// # Errors
/// Those of the parts; trouble of the machine, such as a folder that is there already.
pub(super) fn write(folder: &Path, content: Content<'_>) -> Result<u64> {
    fs::create_dir(folder).map_err(|error| Failure::io(folder, &error))?;
    let mut size = 0;
    for table in content.about {
        let (place, csv) = (place(folder, None, table), table.csv());
        fs::write(&place, &csv).map_err(|error| Failure::io(&place, &error))?;
        size += csv.len() as u64;
    }
    let mut sheets = Sheets { folder, tables: content.tables, open: BTreeMap::new(), size };
    for part in content.parts {
        for (nth, rows) in part?.iter().enumerate() {
            rows.iter().try_for_each(|row| sheets.add(nth, row))?;
        }
    }
    sheets.complete()?;
    sheets.close()
}

/// Deletes the files of an export that was ended, and the folder if it holds nothing else.
pub(super) fn discard(folder: &Path, names: &BTreeSet<&str>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_str().unwrap_or_default();
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if names.iter().any(|table| name.strip_suffix(".csv") == Some(table)) {
            let _ = fs::remove_file(entry.path());
        } else if is_folder && is_year_name(name) {
            names.iter().for_each(|table| drop(fs::remove_file(entry.path().join(format!("{table}.csv")))));
            let _ = fs::remove_dir(entry.path());
        }
    }
    let _ = fs::remove_dir(folder);
}

impl Sheets<'_> {
    fn add(&mut self, nth: usize, row: &[Value]) -> Result<()> {
        let mut line = String::new();
        data::write_csv_row(&mut line, row);
        self.write((year_of(row), nth), &line)
    }

    fn write(&mut self, sheet: Sheet, text: &str) -> Result<()> {
        if !self.open.contains_key(&sheet) {
            self.open.insert(sheet, self.create(sheet)?);
            let head = self.tables[sheet.1].csv_head();
            self.write(sheet, &head)?;
        }
        if let Some((place, file)) = self.open.get_mut(&sheet) {
            file.write_all(text.as_bytes()).map_err(|error| Failure::io(place, &error))?;
            self.size += text.len() as u64;
        }
        Ok(())
    }

    fn create(&self, (year, nth): Sheet) -> Result<(PathBuf, BufWriter<File>)> {
        let place = place(self.folder, year, &self.tables[nth]);
        let folder = place.parent().unwrap_or(self.folder);
        fs::create_dir_all(folder).map_err(|error| Failure::io(folder, &error))?;
        let file = File::create_new(&place).map_err(|error| Failure::io(&place, &error))?;
        Ok((place, BufWriter::new(file)))
    }

    /// Gives every year all tables: one without rows says that there are none, a missing file would only raise the question.
    fn complete(&mut self) -> Result<()> {
        let years: BTreeSet<i64> = self.open.keys().filter_map(|(year, _)| *year).collect();
        for (nth, table) in self.tables.iter().enumerate() {
            for year in years.iter().filter(|_| table.is_yearly()) {
                self.write((Some(*year), nth), "")?;
            }
        }
        Ok(())
    }

    fn close(self) -> Result<u64> {
        for (place, mut file) in self.open.into_values() {
            file.flush().map_err(|error| Failure::io(&place, &error))?;
        }
        Ok(self.size)
    }
}

fn place(folder: &Path, year: Option<i64>, table: &Table) -> PathBuf {
    let folder = year.map_or_else(|| folder.to_owned(), |year| folder.join(year.to_string()));
    folder.join(format!("{}.csv", table.subject.name))
}

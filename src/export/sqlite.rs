//! All tables as one database of SQLite, which Datasette and DuckDB open as it is. Home of rusqlite.
//!
//! What is missing is NULL, and zero is 0. SQLite has no decimals: a score is the REAL nearest to what was printed, which printed with two
//! decimals is the same digits again. Hundredths would be exact, and everybody who asks for a mean would forget to divide; texts would be
//! exact, and sort 9.00 behind 85.00.

use super::Content;
use crate::failure::{Failure, Result};
use crate::plan::data::{Heading, Kind, Table, Value};
use rusqlite::types::{Null, ToSqlOutput, Type};
use rusqlite::{Connection, Error, ErrorCode, Statement, ToSql};
use std::path::{self, Path};
use std::{fs, io};

/// The file is in place only when it is whole, so nothing has to be undone in it. The two numbers say whose file it is, and that its tables
/// are the first of their kind.
const BEGIN: &str = "
    PRAGMA page_size = 8192;
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA foreign_keys = OFF;
    PRAGMA cache_size = -32768;
    PRAGMA application_id = 0x50524F4E;
    PRAGMA user_version = 1;
    BEGIN;
";

/// Writes everything into a new file. Gives its size in bytes.
///
/// # Errors
/// Those of the parts; trouble of the machine.
pub(super) fn write(file: &Path, content: Content<'_>) -> Result<u64> {
    let refused = |error: io::Error| Failure::io(file, &error);
    let failed = |error: Error| refused(reason(error));
    // As an absolute path no name is taken for an address.
    let database = Connection::open(path::absolute(file).map_err(refused)?).map_err(failed)?;
    database.execute_batch(BEGIN).map_err(failed)?;
    for table in content.tables.iter().chain(content.about) {
        database.execute_batch(&create(table)).map_err(failed)?;
    }
    for table in content.about {
        let mut insert = insert(&database, table).map_err(failed)?;
        add(&mut insert, &table.rows).map_err(failed)?;
    }
    let inserts = content.tables.iter().map(|table| insert(&database, table));
    let mut inserts = inserts.collect::<std::result::Result<Vec<_>, _>>().map_err(failed)?;
    for part in content.parts {
        for (insert, rows) in inserts.iter_mut().zip(&part?) {
            add(insert, rows).map_err(failed)?;
        }
    }
    drop(inserts);
    database.execute_batch("COMMIT").map_err(failed)?;
    database.close().map_err(|(_, error)| failed(error))?;
    Ok(fs::metadata(file).map_err(refused)?.len())
}

/// Rows come in the order of the index, so it only ever grows at its end.
fn create(table: &Table) -> String {
    let name = table.subject.name;
    let columns: Vec<String> = table.headings.iter().map(|heading| column(table, heading)).collect();
    let mut create = format!("CREATE TABLE \"{name}\" (\n  {}\n);", columns.join(",\n  "));
    if table.is_yearly() {
        create +=
            &format!("CREATE INDEX \"{name}_of_agency\" ON \"{name}\" (\"agency_id\", \"fiscal_year\");");
    }
    create
}

fn column(table: &Table, heading: &Heading) -> String {
    let kind = match heading.kind {
        Kind::Whole | Kind::Truth => "INTEGER",
        Kind::Points | Kind::PerCent => "REAL",
        Kind::Day | Kind::Text => "TEXT",
    };
    let key = match (heading.name, table.is_yearly()) {
        ("agency_id", true) => " REFERENCES \"agencies\" (\"agency_id\")",
        ("agency_id", false) => " PRIMARY KEY",
        _ => "",
    };
    format!("\"{}\" {kind}{key}", heading.name)
}

fn insert<'d>(database: &'d Connection, table: &Table) -> rusqlite::Result<Statement<'d>> {
    let places = vec!["?"; table.headings.len()].join(", ");
    database.prepare(&format!("INSERT INTO \"{}\" VALUES ({places})", table.subject.name))
}

fn add(insert: &mut Statement<'_>, rows: &[Vec<Value>]) -> rusqlite::Result<()> {
    for row in rows {
        for (at, value) in row.iter().enumerate() {
            insert.raw_bind_parameter(at + 1, Cell(value))?;
        }
        insert.raw_execute()?;
    }
    Ok(())
}

/// A value as the database has it.
struct Cell<'a>(&'a Value);

impl ToSql for Cell<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self.0 {
            Value::Missing => Null.into(),
            Value::Whole(number) => (*number).into(),
            Value::Truth(truth) => (*truth).into(),
            Value::Decimal(_) => self.0.plain().parse::<f64>().map_err(no_number)?.into(),
            Value::Day(day) => day.iso().into(),
            Value::Text(text) => text.as_str().into(),
        })
    }
}

fn no_number(error: std::num::ParseFloatError) -> Error {
    Error::FromSqlConversionFailure(0, Type::Real, Box::new(error))
}

/// Why the database could not be written, as the system would have said it.
fn reason(error: Error) -> io::Error {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => io::ErrorKind::StorageFull.into(),
        Some(ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => io::ErrorKind::PermissionDenied.into(),
        Some(ErrorCode::ReadOnly) => io::ErrorKind::ReadOnlyFilesystem.into(),
        _ => io::Error::other(error),
    }
}

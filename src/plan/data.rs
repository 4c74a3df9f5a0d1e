//! Open data: everything that the pages of an agency say in figures, over all its years, as long tables for machines. Each table is
//! published as CSV and as JSON, and `datapackage.json` describes them all. A column is declared once, in `columns`; header row, keys and
//! description come from there, so that they cannot differ.
//!
//! A column is only ever added. What an agency announced and what is computed are different columns, and what is missing is an empty cell,
//! never a zero. A round that is left out of the pages is left out here.

mod catalog;
mod columns;
mod json;
mod package;
pub mod published;
mod rows;
mod workbook;

use super::desk::{Desk, Spot};
use super::separated::{self, Cell};
use super::{Filed, address, view};
use crate::archive::{self, Archive, Moment};
use crate::blob::Blob;
use crate::language::Language;
use crate::model::date::{Date, FiscalYear};
pub(super) use catalog::DataSet;
use columns::{Column, Key, Of};
use json::Json;
use std::borrow::Cow;
use std::io::{self, Cursor};
use std::sync::Arc;

/// The description of all tables, as data catalogues read it.
const PACKAGE: &str = "datapackage.json";

/// The fourteen items that the national catalogue of data asks for.
const METADATA: &str = "metadata.json";

/// The same facts as DCAT.
const DCAT: &str = "dcat.jsonld";

/// All tables as a workbook.
const WORKBOOK: &str = "report.xlsx";

/// Everything in one.
const ARCHIVE: &str = "archive.zip";

/// What the sheet is called that explains the columns of a workbook, in Thai and in English.
pub const ABOUT_SHEET: [&str; 2] = ["คำอธิบาย", "About the columns"];

/// Thai and English.
pub type Words = [&'static str; 2];

/// What a table is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject {
    /// Of its files, without their endings.
    pub name: &'static str,
    /// What it is called.
    pub title: Words,
    /// What one row is.
    pub about: Words,
}

const SCORES: Subject = Subject {
    name: "scores",
    title: ["ผลการประเมิน", "Results"],
    about: ["ผลการประเมินของแต่ละปี ปีละหนึ่งแถว", "One row per assessed year"],
};
const INSTRUMENTS: Subject = Subject {
    name: "instruments",
    title: ["คะแนนรายแบบวัด", "Scores of the instruments"],
    about: ["คะแนนของแต่ละแบบวัดในแต่ละปี", "One row per year and instrument"],
};
const INDICATORS: Subject = Subject {
    name: "indicators",
    title: ["คะแนนรายตัวชี้วัด", "Scores of the indicators"],
    about: ["คะแนนของแต่ละตัวชี้วัดในแต่ละปี", "One row per year and indicator"],
};
const ITEMS: Subject = Subject {
    name: "items",
    title: ["รายการข้อ OIT", "OIT items"],
    about: [
        "สถานะและที่อยู่ของข้อมูลแต่ละข้อในแต่ละรอบการประเมิน",
        "One row per round and item: how it stands and where it is disclosed",
    ],
};
const MEASURES: Subject = Subject {
    name: "measures",
    title: ["มาตรการ", "Measures"],
    about: [
        "มาตรการที่กำหนดจากผลการประเมินของแต่ละปี มาตรการละหนึ่งแถว",
        "One row per measure that follows from the result of a year",
    ],
};
const RESULTS: Subject = Subject {
    name: "results",
    title: ["ผลการดำเนินการตามมาตรการ", "Results of the measures"],
    about: [
        "รายงานผลการดำเนินการตามมาตรการ รายงานละหนึ่งแถว",
        "One row per report of what was done about a measure",
    ],
};

/// Every table, in the order shown.
const SUBJECTS: [Subject; 6] = [SCORES, INSTRUMENTS, INDICATORS, ITEMS, MEASURES, RESULTS];

/// A table as it is published, whatever its rows were made from.
#[derive(Debug, Clone)]
pub struct Table {
    /// What it is about.
    pub subject: Subject,
    /// Its columns, in order.
    pub headings: Vec<Heading>,
    /// Each as long as there are columns.
    pub rows: Vec<Row>,
}

/// The cells of a row, in the order of the columns.
pub type Row = Vec<Value>;

/// What is said of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heading {
    /// For programs.
    pub name: &'static str,
    /// What it is called.
    pub title: Words,
    /// What it means, with the words that it may hold.
    pub about: Words,
    /// What its cells hold.
    pub kind: Kind,
}

/// What all cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Whole numbers.
    Whole,
    /// Points, with two decimals.
    Points,
    /// Shares in per cent, with two decimals.
    PerCent,
    /// Yes or no.
    Truth,
    /// Gregorian days.
    Day,
    /// Words.
    Text,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing, which is not zero.
    Missing,
    /// A whole number.
    Whole(i64),
    /// In hundredths, not negative.
    Decimal(u64),
    /// Yes or no.
    Truth(bool),
    /// A day.
    Day(Date),
    /// Not empty.
    Text(String),
}

/// Every column of every table: its name, and what it is called in Thai and in English.
pub fn headings() -> Vec<(&'static str, [&'static str; 2])> {
    fn of<R>(columns: Vec<Column<R>>) -> impl Iterator<Item = (&'static str, [&'static str; 2])> {
        columns.into_iter().map(|column| (column.name, column.title))
    }
    let tables = of(columns::scores()).chain(of(columns::instruments())).chain(of(columns::indicators()));
    let tables =
        tables.chain(of(columns::items())).chain(of(columns::measures())).chain(of(columns::results()));
    of(columns::keys()).chain(tables).collect()
}

/// Whether an address, counted from an agency's front page, is that of a file of open data. Every agency has all of them.
pub fn is_file(address: &str) -> bool {
    let Some(name) = address.strip_prefix("/data/") else { return false };
    let table = name.strip_suffix(".csv").or_else(|| name.strip_suffix(".json"));
    [PACKAGE, METADATA, DCAT, WORKBOOK, ARCHIVE].contains(&name)
        || SUBJECTS.iter().any(|subject| Some(subject.name) == table)
}

/// The open data of one agency.
pub(super) struct OpenData {
    /// Each table as CSV and as JSON, their description in three forms, all tables as a workbook, and an archive of all that.
    pub(super) files: Vec<Filed<Blob>>,
    /// What catalogues are told of it.
    pub(super) data_set: DataSet,
}

/// Makes the open data of one agency.
pub(super) fn open(desk: &Desk<'_>) -> OpenData {
    let tables = Arc::new(rows::tables(desk));
    let later = |nth: usize, write: fn(&Table) -> String| {
        let tables = Arc::clone(&tables);
        Blob::later(move || write(&tables[nth]).into_bytes())
    };
    let mut named = Vec::new();
    for (nth, table) in tables.iter().enumerate() {
        let name = table.subject.name;
        named.push((format!("{name}.csv"), later(nth, Table::csv)));
        named.push((format!("{name}.json"), later(nth, Table::json)));
    }
    named.push((PACKAGE.to_owned(), package::package(desk, &*tables).into_bytes().into()));
    let data_set = DataSet::of(desk);
    named.push((METADATA.to_owned(), data_set.metadata().into_bytes().into()));
    named.push((DCAT.to_owned(), data_set.dcat().into_bytes().into()));
    let (title, language) = (package::title(desk), desk.printer.language);
    // Neither can fail on what tables hold, and an empty file would be seen by the tests.
    let workbook = move || workbook::workbook(&*tables, &title, language).unwrap_or_default();
    named.push((WORKBOOK.to_owned(), Blob::later(workbook)));
    let parts = named.clone();
    named.push((ARCHIVE.to_owned(), Blob::later(move || archive(&parts).unwrap_or_default())));
    let files = named.into_iter().map(|(name, bytes)| (file(desk, &name), bytes)).collect();
    OpenData { files, data_set }
}

fn archive(parts: &[Filed<Blob>]) -> io::Result<Vec<u8>> {
    let mut archive = Archive::begin(Cursor::new(Vec::new()), archive::FASTEST);
    for (name, bytes) in parts {
        let bytes = bytes.bytes();
        archive.add(name, Moment::FIRST, bytes.len() as u64, &mut &bytes[..])?;
    }
    Ok(archive.end()?.into_inner())
}

/// How a page leads to the files. How large they are is known only once they are made, which a preview leaves until somebody asks for them;
/// what they are, their names say.
pub(super) fn links(desk: &Desk<'_>, spot: &Spot<'_>, data_set: &DataSet) -> view::OpenData {
    let link = |name: &str| view::Anchor::inside(address::relative(&spot.file, &file(desk, name)), name);
    let table = |subject: &Subject| view::DataTable {
        title: in_language(desk.printer.language, subject.title).to_owned(),
        about: in_language(desk.printer.language, subject.about).to_owned(),
        csv: link(&format!("{}.csv", subject.name)),
        json: link(&format!("{}.json", subject.name)),
    };
    view::OpenData {
        tables: SUBJECTS.iter().map(table).collect(),
        package: link(PACKAGE),
        workbook: link(WORKBOOK),
        archive: link(ARCHIVE),
        metadata: data_set.items_for_people(desk),
        metadata_file: link(METADATA),
        dcat: link(DCAT),
        schema_org: data_set.schema_org(),
    }
}

/// A file of the data folder, counted from the root of the output.
fn file(desk: &Desk<'_>, name: &str) -> String {
    address::file_of(&desk.prefix, &format!("/data/{name}"))
}

/// A file of this site as data has it: absolute where the address of the site is known, else counted from the data folder.
fn url(desk: &Desk<'_>, file_of_site: &str) -> String {
    match desk.input.settings.base_url.as_deref() {
        Some(base_url) => address::absolute(base_url, file_of_site),
        None => address::relative(&file(desk, PACKAGE), file_of_site),
    }
}

/// Adds a row to CSV.
pub fn write_csv_row(csv: &mut String, row: &[Value]) {
    let cells: Vec<Cow<'_, str>> = row.iter().map(Value::plain).collect();
    let cells = row.iter().zip(&cells).map(|(value, text)| match value {
        Value::Text(_) => Cell::Text(text),
        _ => Cell::Plain(text),
    });
    separated::write_row(csv, cells);
}

fn in_language(language: Language, [th, en]: Words) -> &'static str {
    match language {
        Language::Thai => th,
        Language::English => en,
    }
}

impl Table {
    /// Lays out rows, each behind its agency and year.
    fn of<R>(
        subject: Subject,
        agency: Option<&str>,
        columns: &[Column<R>],
        rows: impl IntoIterator<Item = (FiscalYear, R)>,
    ) -> Self {
        let keys = columns::keys();
        let cells = |(year, row): (FiscalYear, R)| {
            let key = Key { agency, year };
            let keys = keys.iter().map(|column| column.of.value(&key));
            keys.chain(columns.iter().map(|column| column.of.value(&row))).collect()
        };
        Table {
            subject,
            headings: keys.iter().map(Column::heading).chain(columns.iter().map(Column::heading)).collect(),
            rows: rows.into_iter().map(cells).collect(),
        }
    }

    /// All of it as CSV.
    pub fn csv(&self) -> String {
        let mut csv = self.csv_head();
        self.rows.iter().for_each(|row| write_csv_row(&mut csv, row));
        csv
    }

    /// What CSV begins with: the byte order mark and the names of the columns.
    pub fn csv_head(&self) -> String {
        let mut csv = separated::begin();
        separated::write_row(&mut csv, self.headings.iter().map(|heading| Cell::Plain(heading.name)));
        csv
    }

    fn json(&self) -> String {
        let names = || self.headings.iter().map(|heading| heading.name);
        let rows = self.rows.iter().map(|row| Json::Map(names().zip(row.iter().map(Value::json)).collect()));
        Json::List(rows.collect()).document()
    }
}

impl<R> Column<R> {
    fn heading(&self) -> Heading {
        Heading { name: self.name, title: self.title, about: self.about, kind: self.of.kind() }
    }
}

impl<R> Of<R> {
    fn kind(&self) -> Kind {
        match self {
            Of::Whole(_) => Kind::Whole,
            Of::Points(_) => Kind::Points,
            Of::PerCent(_) => Kind::PerCent,
            Of::Truth(_) => Kind::Truth,
            Of::Day(_) => Kind::Day,
            Of::Text(_) => Kind::Text,
        }
    }

    fn value(&self, row: &R) -> Value {
        let value = match self {
            Of::Whole(of) => of(row).map(Value::Whole),
            // Means and totals of scores cannot be negative.
            Of::Points(of) => {
                of(row).and_then(|points| u64::try_from(points.hundredths()).ok()).map(Value::Decimal)
            }
            Of::PerCent(of) => of(row).map(|share| Value::Decimal(u64::from(share.hundredths()))),
            Of::Truth(of) => of(row).map(Value::Truth),
            Of::Day(of) => of(row).map(Value::Day),
            Of::Text(of) => of(row).filter(|text| !text.is_empty()).map(|text| Value::Text(text.to_owned())),
        };
        value.unwrap_or(Value::Missing)
    }
}

impl Kind {
    /// As Frictionless Table Schema names it.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Whole => "integer",
            Kind::Points | Kind::PerCent => "number",
            Kind::Truth => "boolean",
            Kind::Day => "date",
            Kind::Text => "string",
        }
    }

    /// In Thai, as a person would read it; none where there is nothing to measure.
    pub fn unit(self) -> Option<&'static str> {
        match self {
            Kind::Points => Some("คะแนน"),
            Kind::PerCent => Some("ร้อยละ"),
            _ => None,
        }
    }
}

impl Value {
    /// In Arabic digits, with a decimal point and two decimals; days as ISO 8601 has them; nothing where it is missing.
    pub fn plain(&self) -> Cow<'_, str> {
        match self {
            Value::Missing => "".into(),
            Value::Whole(number) => number.to_string().into(),
            Value::Decimal(hundredths) => format!("{}.{:02}", hundredths / 100, hundredths % 100).into(),
            Value::Truth(truth) => truth.to_string().into(),
            Value::Day(day) => day.iso().into(),
            Value::Text(text) => text.into(),
        }
    }

    fn json(&self) -> Json<'_> {
        match self {
            Value::Missing => Json::Plain("null".into()),
            Value::Whole(_) | Value::Decimal(_) | Value::Truth(_) => Json::Plain(self.plain()),
            Value::Day(_) | Value::Text(_) => Json::Text(self.plain()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_and_missing_stay_different() {
        let check = |value: Value, csv: &str, json: &str| {
            assert_eq!((value.plain().as_ref(), value.json().document().as_str()), (csv, json));
        };
        check(Value::Decimal(0), "0.00", "0.00\n");
        check(Value::Missing, "", "null\n");
        check(Value::Decimal(6_938), "69.38", "69.38\n");
        check(Value::Decimal(10_000), "100.00", "100.00\n");
        check(Value::Decimal(5), "0.05", "0.05\n");
        check(Value::Whole(2565), "2565", "2565\n");
        check(Value::Truth(false), "false", "false\n");
        check(Value::Text("ก\n\"ข\"".to_owned()), "ก\n\"ข\"", "\"ก\\n\\\"ข\\\"\"\n");
    }

    #[test]
    fn every_file_is_known_by_its_address() {
        for address in ["/data/scores.csv", "/data/results.json", "/data/datapackage.json"] {
            assert!(is_file(address), "{address}");
        }
        for address in ["/data/", "/data/scores", "/data/scores.xlsx", "/data/datapackage.csv", "/scores.csv"]
        {
            assert!(!is_file(address), "{address}");
        }
    }
}

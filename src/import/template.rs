//! The table to be filled in: a row for every agency of a year, or for every year of an agency, with what the sources say already.

use super::agencies::{Agencies, Agency};
use super::columns::TITLES;
use super::figure::{Field, Value};
use super::open;
use crate::failure::{Failure, Result};
use crate::finding::Findings;
use crate::framework::{Framework, Indicator};
use crate::language::Language;
use crate::model::Scores;
use crate::model::date::FiscalYear;
use crate::parse;
use crate::plan::data::ABOUT_SHEET;
use crate::plan::separated;
use crate::read::{self, AgencyFolder, Texts};
use crate::workbook::{self, Cell, Sheet};
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// In which form a template is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `.xlsx`, with a sheet that explains the columns.
    Workbook,
    /// `.csv`.
    Text,
}

impl Form {
    /// By the ending of a file's name.
    pub fn of(file: &Path) -> Option<Self> {
        let ending = file.extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "xlsx" => Some(Form::Workbook),
            "csv" => Some(Form::Text),
            _ => None,
        }
    }
}

/// Writes a template, and says how many rows it has; `None` where the site's own settings stop it, which the findings tell. A file that
/// is there is replaced if `overwrites` says so.
///
/// # Errors
/// A folder that is no site, a file that is there already, and the machine's.
pub fn template(
    root: &Path,
    (file, form): (&Path, Form),
    year: FiscalYear,
    overwrites: bool,
    findings: &mut Findings,
) -> Result<Option<usize>> {
    let Some(site) = open(root, findings)?.filter(|_| !findings.has_errors()) else { return Ok(None) };
    if !overwrites && file.symlink_metadata().is_ok() {
        return Err(is_there(file));
    }
    let agencies = Agencies::of(root, &site.settings)?;
    let is_portal = site.settings.portal.is_some();
    let years = if is_portal { BTreeSet::from([year]) } else { years_of_site(root, year)? };
    let rows: Vec<(&Agency, FiscalYear)> =
        agencies.iter().flat_map(|agency| years.iter().map(move |year| (agency, *year))).collect();
    let scores: Vec<Option<Scores>> =
        rows.par_iter().map(|(agency, year)| scores(root, agency, *year)).collect::<Result<_>>()?;
    let frameworks: Vec<&Framework> = years.iter().filter_map(|year| site.frameworks.of(*year)).collect();
    let page = Page { language: site.settings.language, is_portal, frameworks };
    let columns = page.columns();
    let cells: Vec<Vec<Cell<'_>>> = rows
        .iter()
        .zip(&scores)
        .map(|(row, scores)| columns.iter().map(|column| column.cell(row, scores.as_ref())).collect())
        .collect();
    let bytes = match form {
        Form::Workbook => page.workbook(&columns, cells).map_err(|error| Failure::io(file, &error))?,
        Form::Text => text(&columns, &cells),
    };
    write(file, &bytes, overwrites).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => is_there(file),
        _ => Failure::io(file, &error),
    })?;
    Ok(Some(rows.len()))
}

/// A column of the template.
struct Column {
    title: String,
    about: [String; 2],
    of: Of,
}

/// What its cells hold.
enum Of {
    Id,
    Name,
    Year,
    Figure(Field),
}

/// What all columns have in common.
struct Page<'a> {
    language: Language,
    is_portal: bool,
    frameworks: Vec<&'a Framework>,
}

fn is_there(file: &Path) -> Failure {
    let file = file.display();
    Failure::usage(
        format!("มี {file} อยู่แล้ว จึงไม่ได้เขียนทับ ให้ใช้ชื่ออื่น หรือสั่งอีกครั้งด้วย --overwrite"),
        format!("{file} exists already and was not replaced; use another name, or say --overwrite"),
    )
}

/// The years that an agency's own site has, and the one that is wanted.
fn years_of_site(root: &Path, wanted: FiscalYear) -> Result<BTreeSet<FiscalYear>> {
    let top = AgencyFolder { path: "content".to_owned(), ..AgencyFolder::default() };
    let folder = read::agency(root, top, &mut Findings::default())?;
    let with_scores = folder.years.iter().filter(|(_, year)| year.files.contains_key("scores.yaml"));
    Ok(with_scores.map(|(year, _)| *year).chain([wanted]).collect())
}

/// What the sources say already; nothing where they cannot be read, which `check` says.
fn scores(root: &Path, agency: &Agency, year: FiscalYear) -> Result<Option<Scores>> {
    let mut findings = Findings::default();
    let path = format!("{}/{year}/scores.yaml", agency.path);
    let source = read::root_file(root, &path, &Texts::new(), &mut findings)?;
    Ok(source.and_then(|source| parse::scores(&source, year, &mut findings).0))
}

impl Page<'_> {
    fn columns(&self) -> Vec<Column> {
        let titled = |name: &str, of: Of, th: &str, en: &str| {
            let title = TITLES.iter().find(|(known, _)| *known == name).map(|(_, titles)| self.tell(*titles));
            Column { title: title.unwrap_or_default().to_owned(), about: [th.to_owned(), en.to_owned()], of }
        };
        let mut columns = Vec::new();
        if self.is_portal {
            let about = "ชื่อโฟลเดอร์ของหน่วยงานใน content ห้ามแก้ไข";
            columns.push(titled(
                "agency_id",
                Of::Id,
                about,
                "Folder of the agency in content; leave it as it is",
            ));
        }
        columns.extend([
            titled(
                "agency_name",
                Of::Name,
                "ใช้ตรวจว่าคะแนนเป็นของหน่วยงานนี้",
                "Checked, so that no score goes to another agency",
            ),
            titled(
                "fiscal_year",
                Of::Year,
                "ปีที่ถูกประเมิน พ.ศ. สี่หลัก",
                "Assessed year of the Buddhist era, four digits",
            ),
            titled(
                "total_announced",
                Of::Figure(Field::Total),
                "คะแนนรวมตามประกาศ 0–100 ทศนิยมไม่เกินสองตำแหน่ง ที่ยังไม่ทราบให้เว้นว่าง ไม่ใส่ศูนย์",
                "As announced, 0–100 with at most two decimals; empty where it is not known, never zero",
            ),
            titled(
                "level",
                Of::Figure(Field::Level),
                &self.levels("ระดับตามประกาศ"),
                &self.levels("As announced"),
            ),
            titled(
                "announced_on",
                Of::Figure(Field::Date),
                "เช่น ๑ ส.ค. ๒๕๖๕ หรือ 1/8/2565",
                "Such as 1/8/2565 or 2022-08-01",
            ),
            titled("source", Of::Figure(Field::Source), "ลิงก์ของประกาศผล", "Link of the announcement"),
        ]);
        columns.extend(self.instruments());
        columns.extend(self.indicators());
        columns
    }

    fn levels(&self, before: &str) -> String {
        let mut names: Vec<&str> = Vec::new();
        for level in self.frameworks.iter().flat_map(|framework| &framework.levels) {
            if !names.contains(&level.name.as_str()) {
                names.push(&level.name);
            }
        }
        if names.is_empty() { before.to_owned() } else { format!("{before}: {}", names.join(", ")) }
    }

    fn instruments(&self) -> Vec<Column> {
        let mut columns: Vec<Column> = Vec::new();
        for instrument in self.frameworks.iter().flat_map(|framework| &framework.instruments) {
            let name = instrument.name_en.as_ref().unwrap_or(&instrument.name);
            let about = [
                format!("{} เต็ม 100 หากประกาศไว้ต่างหาก", instrument.name),
                format!("{name}, out of 100, if it was announced by itself"),
            ];
            let of = Of::Figure(Field::Instrument(instrument.code.clone()));
            if columns.iter().all(|column| column.title != instrument.code) {
                columns.push(Column { title: instrument.code.clone(), about, of });
            }
        }
        columns
    }

    /// Named where all years agree on the name.
    fn indicators(&self) -> Vec<Column> {
        let all = || self.frameworks.iter().flat_map(|framework| &framework.indicators);
        let numbers: BTreeSet<u8> = all().map(|indicator| indicator.number).collect();
        let name = |indicator: &Indicator| match self.language {
            Language::Thai => indicator.name.clone(),
            Language::English => indicator.name_en.clone().unwrap_or_else(|| indicator.name.clone()),
        };
        let column = |number: u8| {
            let names: BTreeSet<String> = all().filter(|one| one.number == number).map(name).collect();
            let name =
                names.first().filter(|_| names.len() == 1).map(|name| format!(" {name}")).unwrap_or_default();
            let title = format!("{} {number}{name}", self.tell(["ตัวชี้วัดที่", "Indicator"]));
            let about = [
                "คะแนนตัวชี้วัดตามประกาศ เต็ม 100 ที่ยังไม่ทราบให้เว้นว่าง".to_owned(),
                "As announced, out of 100; empty where it is not known".to_owned(),
            ];
            Column { title, about, of: Of::Figure(Field::Indicator(number)) }
        };
        numbers.into_iter().map(column).collect()
    }

    fn workbook(&self, columns: &[Column], rows: Vec<Vec<Cell<'_>>>) -> io::Result<Vec<u8>> {
        let name = self.tell(["ผลคะแนน", "Scores"]);
        let headings = columns.iter().map(|column| column.title.as_str().into()).collect();
        let explain = |column: &Column| {
            let [th, en] = &column.about;
            [column.title.clone(), self.tell([th, en]).to_owned()].map(|text| Cell::Text(text.into())).into()
        };
        let about = Sheet {
            name: self.tell(ABOUT_SHEET),
            headings: [["คอลัมน์", "Column"], ["วิธีกรอก", "How to fill it in"]]
                .map(|words| self.tell(words).into())
                .into(),
            rows: columns.iter().map(explain).collect(),
        };
        workbook::workbook(name, [Sheet { name, headings, rows }, about])
    }

    fn tell<'t>(&self, [th, en]: [&'t str; 2]) -> &'t str {
        match self.language {
            Language::Thai => th,
            Language::English => en,
        }
    }
}

impl Column {
    fn cell<'c>(&self, (agency, year): &(&'c Agency, FiscalYear), scores: Option<&Scores>) -> Cell<'c> {
        match &self.of {
            Of::Id => Cell::Text(agency.id.as_deref().unwrap_or_default().into()),
            Of::Name => Cell::Text(agency.name_in(*year).into()),
            Of::Year => Cell::Whole(year.number().into()),
            Of::Figure(field) => match scores.and_then(|scores| field.of(scores)) {
                Some((Value::Day(day), _)) => Cell::Day(day.iso().into()),
                Some((value @ Value::Score(_), _)) => Cell::Points(value.written().into()),
                Some((Value::Level(text) | Value::Link(_, text), _)) => Cell::Text(text.into()),
                Some((Value::Assessor(_), _)) | None => Cell::Nothing,
            },
        }
    }
}

fn text(columns: &[Column], rows: &[Vec<Cell<'_>>]) -> Vec<u8> {
    let mut text = separated::begin();
    separated::write_row(&mut text, columns.iter().map(|column| separated::Cell::Text(&column.title)));
    for row in rows {
        let row: Vec<(bool, Cow<'_, str>)> = row.iter().map(plain).collect();
        let cells =
            row.iter().map(
                |(is_text, text)| {
                    if *is_text { separated::Cell::Text(text) } else { separated::Cell::Plain(text) }
                },
            );
        separated::write_row(&mut text, cells);
    }
    text.into_bytes()
}

/// What stands in a cell, and whether it is words.
fn plain<'c>(cell: &'c Cell<'_>) -> (bool, Cow<'c, str>) {
    match cell {
        Cell::Nothing => (false, "".into()),
        Cell::Whole(number) => (false, number.to_string().into()),
        Cell::Points(text) | Cell::Day(text) => (false, text.as_ref().into()),
        Cell::Text(text) => (true, text.as_ref().into()),
    }
}

/// Writes a file whole: one that is there stays until the new one is.
fn write(file: &Path, bytes: &[u8], overwrites: bool) -> io::Result<()> {
    if !overwrites {
        return OpenOptions::new().write(true).create_new(true).open(file)?.write_all(bytes);
    }
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let new = file.with_file_name(format!(".{name}.prongsai"));
    let written = fs::write(&new, bytes).and_then(|()| fs::rename(&new, file));
    // What cannot be removed either begins with a dot and is no part of a site.
    written.inspect_err(|_| drop(fs::remove_file(&new)))
}

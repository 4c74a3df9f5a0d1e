//! The headings of a table: which column means what, by the names that the template has, those of the open data, and what else people write.

use super::figure::{Field, tidy};
use crate::framework::Frameworks;
use crate::plan::data;
use crate::spreadsheet::{Cell, Row};
use crate::thai;
use std::collections::BTreeMap;

/// Headings stand within so many rows, below what a table is called.
const LAST_HEADING: u32 = 20;

/// What a column is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    /// The id of the agency.
    Agency,
    /// What the agency is called.
    Name,
    Year,
    /// A figure of its own.
    Figure(Field),
    /// Of a long table: which indicator a row is about, …
    Number,
    /// … which instrument, …
    Code,
    /// … which item, …
    Item,
    /// … and the figure of it.
    Score,
    InstrumentScore,
    InstrumentPoints,
    /// Of the open data, and not announced.
    PassedOver,
}

/// What a sheet turns out to be.
#[derive(Debug)]
pub(super) enum Layout {
    /// A table of figures.
    Table(Headings),
    /// Nothing that holds figures of a result.
    Other,
}

/// The row of headings.
#[derive(Debug)]
pub(super) struct Headings {
    /// Its number, from 0.
    pub(super) row: u32,
    /// By their columns, from the left.
    pub(super) columns: BTreeMap<u32, Column>,
    /// What is called as nothing that is known, with what was probably meant.
    pub(super) unknown: Vec<(u32, String, Option<String>)>,
    /// Columns that mean the same as an earlier one.
    pub(super) repeated: Vec<(u32, u32)>,
    /// Whether it is the table of results as we publish it: its levels and links are not only what was announced.
    pub(super) is_published: bool,
}

/// What the template calls its columns, in Thai and in English. The first names are those of the open data.
pub(super) const TITLES: [(&str, [&str; 2]); 8] = [
    ("agency_id", ["รหัสหน่วยงาน", "Agency id"]),
    ("agency_name", ["ชื่อหน่วยงาน", "Name of the agency"]),
    ("fiscal_year", ["ปีงบประมาณ", "Fiscal year"]),
    ("total_announced", ["คะแนนรวมที่ประกาศ", "Announced total"]),
    ("level", ["ระดับ", "Level"]),
    ("announced_on", ["วันที่ประกาศ", "Day of the announcement"]),
    ("source", ["แหล่งที่มา", "Source"]),
    ("assessor", ["ผู้ประเมิน", "Assessor"]),
];

/// What people write instead.
const OTHERS: [(&str, &[&str]); 7] = [
    ("agency_id", &["id", "agency", "รหัส"]),
    ("agency_name", &["หน่วยงาน", "ชื่อ", "ชื่อ อปท.", "agency name", "หน่วยงานภาครัฐ"]),
    ("fiscal_year", &["ปี", "ปี พ.ศ.", "พ.ศ.", "ปีงบประมาณ พ.ศ.", "ปีที่ประเมิน", "ปีงบประมาณที่ประเมิน", "year"]),
    (
        "total_announced",
        &["คะแนนรวม", "รวม", "คะแนน ITA", "คะแนนรวม ITA", "ผลคะแนน", "คะแนนภาพรวม", "total", "ITA"],
    ),
    ("level", &["ระดับผล", "ระดับผลการประเมิน", "ผลการประเมินระดับ"]),
    ("announced_on", &["วันที่ประกาศผล", "วันประกาศผล", "date", "date of announcement"]),
    ("source", &["ลิงก์ประกาศผล", "ที่มา"]),
];

/// The long tables of the open data.
const LONG: [(&str, [&str; 2], Column); 6] = [
    ("indicator", ["ตัวชี้วัดที่", "Number of the indicator"], Column::Number),
    ("instrument", ["รหัสแบบวัด", "Instrument code"], Column::Code),
    ("item", ["รหัสข้อ", "Item code"], Column::Item),
    ("score", ["คะแนนตัวชี้วัด", "Score"], Column::Score),
    ("score_announced", ["คะแนนแบบวัดที่ประกาศ", "Announced score"], Column::InstrumentScore),
    ("points_announced", ["คะแนนถ่วงน้ำหนักที่ประกาศ", "Announced points of the total"], Column::InstrumentPoints),
];

/// What the scores of items are called, apart from their name.
const ITEM_SCORE: [&str; 2] = ["คะแนนข้อ", "Score of the item"];

/// Everything that a heading can be.
pub(super) struct Names {
    known: BTreeMap<String, Column>,
    /// As people should write them.
    shown: Vec<String>,
    /// Numbers of indicators by their names.
    indicators: BTreeMap<String, u8>,
    codes: Vec<String>,
    measures_year: Vec<String>,
    total_computed: Vec<String>,
}

impl Names {
    pub(super) fn of(frameworks: &Frameworks) -> Self {
        let mut known = BTreeMap::new();
        let mut shown = Vec::new();
        let published = data::headings();
        for (name, titles) in &published {
            for text in [*name, titles[0], titles[1]] {
                known.insert(key(text), Column::PassedOver);
            }
        }
        for (name, titles, column) in LONG {
            for text in [name, titles[0], titles[1]] {
                known.insert(key(text), column.clone());
            }
        }
        known.extend(ITEM_SCORE.map(|text| (key(text), Column::Score)));
        for (name, titles) in TITLES {
            let others =
                OTHERS.iter().filter(|(of, _)| *of == name).flat_map(|(_, others)| others.iter().copied());
            for text in [name, titles[0], titles[1]].into_iter().chain(others) {
                known.extend(column(name).map(|column| (key(text), column)));
                shown.push(text.to_owned());
            }
        }
        let named = |wanted: &str| {
            let found = published.iter().filter(|(name, _)| *name == wanted);
            found.flat_map(|(name, [th, en])| [key(name), key(th), key(en)]).collect()
        };
        let mut codes = Vec::new();
        for instrument in frameworks.years.values().flat_map(|framework| &framework.instruments) {
            if !codes.contains(&instrument.code) {
                codes.push(instrument.code.clone());
            }
        }
        let (measures_year, total_computed) = (named("measures_year"), named("total_computed"));
        Names { known, shown, indicators: indicators(frameworks), codes, measures_year, total_computed }
    }

    /// What a heading means.
    fn column(&self, heading: &str) -> Option<Column> {
        let key = key(heading);
        let known = || self.known.get(&key).cloned();
        known().or_else(|| self.indicator(&key)).or_else(|| self.instrument(&key))
    }

    /// `ตัวชี้วัดที่ 1 …`, `1`, `1. การปฏิบัติหน้าที่`, `การปฏิบัติหน้าที่`.
    fn indicator(&self, key: &str) -> Option<Column> {
        let prefixes = ["คะแนนตัวชี้วัดที่", "คะแนนตัวชี้วัด", "ตัวชี้วัดที่", "ตัวชี้วัด", "indicator"];
        let rest = prefixes.iter().find_map(|prefix| key.strip_prefix(prefix));
        let (is_named, text) = rest.map_or((false, key), |rest| (true, rest));
        let end = text.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(text.len());
        let (digits, name) = text.split_at(end);
        let by_name = self.indicators.get(name).copied();
        let number = match digits.parse::<u8>() {
            Ok(number) if is_named || name.is_empty() || by_name == Some(number) => Some(number),
            Ok(_) => None,
            Err(_) => by_name,
        };
        number.filter(|number| *number > 0).map(|number| Column::Figure(Field::Indicator(number)))
    }

    /// `IIT`, `คะแนน IIT`, `คะแนนแบบวัด IIT`.
    fn instrument(&self, key: &str) -> Option<Column> {
        let prefixes = ["คะแนนแบบวัด", "คะแนน", "แบบวัด"];
        let rest = prefixes.iter().find_map(|prefix| key.strip_prefix(prefix)).unwrap_or(key);
        let code = self.codes.iter().find(|code| code.to_lowercase() == rest)?;
        Some(Column::Figure(Field::Instrument(code.clone())))
    }

    /// What a code in a cell is, in the spelling of the frameworks.
    pub(super) fn code(&self, text: &str) -> String {
        let known = self.codes.iter().find(|code| code.eq_ignore_ascii_case(text));
        known.cloned().unwrap_or_else(|| text.to_owned())
    }

    /// Looks for the headings of a sheet. Without a column of years they need somebody who has said the year.
    pub(super) fn layout(&self, rows: &[Row]) -> Layout {
        let mut first = rows.iter().take_while(|row| row.number < LAST_HEADING);
        first.find_map(|row| self.headings(row)).unwrap_or(Layout::Other)
    }

    fn headings(&self, row: &Row) -> Option<Layout> {
        let texts = || row.cells.iter().filter_map(|(at, cell)| Some((*at, heading(cell)?)));
        let holds = |keys: &[String]| texts().any(|(_, text)| keys.contains(&key(&text)));
        let found: Vec<(u32, String, Option<Column>)> =
            texts().map(|(at, text)| (at, text.clone(), self.column(&text))).collect();
        let has = |wanted: fn(&Column) -> bool| {
            found.iter().any(|(.., column)| column.as_ref().is_some_and(wanted))
        };
        let is_key = has(|column| matches!(column, Column::Agency | Column::Name | Column::Year));
        if is_key && holds(&self.measures_year) {
            return Some(Layout::Other);
        }
        let (number, code, item) = (
            has(|one| *one == Column::Number),
            has(|one| *one == Column::Code),
            has(|one| *one == Column::Item),
        );
        let is_figure = has(|one| matches!(one, Column::Figure(_)))
            || (has(|one| *one == Column::Score) && (number || item))
            || (code && has(|one| matches!(one, Column::InstrumentScore | Column::InstrumentPoints)));
        if !(is_key && is_figure) {
            return None;
        }
        let mut headings = Headings {
            row: row.number,
            columns: BTreeMap::new(),
            unknown: Vec::new(),
            repeated: Vec::new(),
            is_published: holds(&self.total_computed),
        };
        for (at, text, column) in found {
            match column {
                None => headings.unknown.push((at, text.clone(), self.nearest(&text))),
                Some(Column::PassedOver) => {}
                // Of an indicator the code of its instrument is told as well.
                Some(Column::Code) if number => {}
                Some(column) => match headings.columns.iter().find(|(_, other)| **other == column) {
                    Some((first, _)) => headings.repeated.push((at, *first)),
                    None => drop(headings.columns.insert(at, column)),
                },
            }
        }
        Some(Layout::Table(headings))
    }

    fn nearest(&self, heading: &str) -> Option<String> {
        thai::nearest(heading, self.shown.iter().map(String::as_str)).map(str::to_owned)
    }
}

fn column(name: &str) -> Option<Column> {
    Some(match name {
        "agency_id" => Column::Agency,
        "agency_name" => Column::Name,
        "fiscal_year" => Column::Year,
        "total_announced" => Column::Figure(Field::Total),
        "level" => Column::Figure(Field::Level),
        "announced_on" => Column::Figure(Field::Date),
        "source" => Column::Figure(Field::Source),
        "assessor" => Column::Figure(Field::Assessor),
        _ => return None,
    })
}

/// Names that mean one number in every year that has them.
fn indicators(frameworks: &Frameworks) -> BTreeMap<String, u8> {
    let mut numbers: BTreeMap<String, Option<u8>> = BTreeMap::new();
    for indicator in frameworks.years.values().flat_map(|framework| &framework.indicators) {
        let names = [Some(&indicator.name), indicator.name_en.as_ref()].into_iter().flatten();
        for name in names.chain(&indicator.aliases) {
            let number = numbers.entry(key(name)).or_insert(Some(indicator.number));
            *number = number.filter(|number| *number == indicator.number);
        }
    }
    numbers.into_iter().filter_map(|(name, number)| Some((name, number?))).collect()
}

fn heading(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Text(text) => Some(tidy(text)),
        Cell::Number(text) => Some(text.clone()),
        Cell::PerCent(_) | Cell::Day(_) | Cell::Truth(_) | Cell::Error(_) | Cell::Uncalculated => None,
    }
}

/// Headings are the same whatever their spaces, points, digits and letter case.
fn key(heading: &str) -> String {
    let is_kept = |sign: &char| sign.is_alphanumeric() || thai::is_mark(*sign);
    thai::fold(&thai::to_arabic_digits(heading)).chars().filter(is_kept).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build;
    use crate::finding::Findings;
    use std::path::Path;

    fn names() -> Names {
        Names::of(&build::frameworks(Path::new("."), &mut Findings::default()).unwrap())
    }

    #[test]
    fn columns_are_known_by_what_people_call_them() {
        let names = names();
        let check = |heading: &str, expected: Option<Column>| {
            assert_eq!(names.column(heading), expected, "{heading}")
        };
        let figure = |field| Some(Column::Figure(field));
        check("รหัสหน่วยงาน", Some(Column::Agency));
        check("Agency ID", Some(Column::Agency));
        check("ปี พ.ศ.", Some(Column::Year));
        check("คะแนนรวม", figure(Field::Total));
        check("ระดับ", figure(Field::Level));
        check("ตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่", figure(Field::Indicator(1)));
        check("ตัวชี้วัดที่ 11 ใหม่", figure(Field::Indicator(11)));
        check("10", figure(Field::Indicator(10)));
        check("๑. การปฏิบัติหน้าที่", figure(Field::Indicator(1)));
        check("การปฏิบัติหน้าที่", figure(Field::Indicator(1)));
        check("indicator_3", figure(Field::Indicator(3)));
        check("IIT", figure(Field::Instrument("IIT".to_owned())));
        check("คะแนน oit", figure(Field::Instrument("OIT".to_owned())));
        check("ตัวชี้วัดที่", Some(Column::Number));
        check("คะแนนตัวชี้วัด", Some(Column::Score));
        check("คะแนนรวมที่คำนวณ", Some(Column::PassedOver));
        check("หมายเหตุ", None);
        check("2 การปฏิบัติหน้าที่", None);
        check("0", None);
        assert_eq!(names.nearest("คะแนนลวม").as_deref(), Some("คะแนนรวม"));
    }

    /// Titles of the template are those of the open data: one name for one thing.
    #[test]
    fn titles_are_those_of_the_open_data() {
        let published = data::headings();
        let long = LONG.iter().map(|(name, titles, _)| (*name, *titles));
        for (name, titles) in TITLES.into_iter().chain(long) {
            assert!(published.contains(&(name, titles)), "{name}");
        }
    }
}

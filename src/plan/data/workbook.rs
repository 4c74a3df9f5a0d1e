//! `report.xlsx`: the same tables for whoever opens them in a spreadsheet. Headers are titles, days are days, and numbers can be reckoned
//! with; what every column means stands on the last sheet.

use super::{ABOUT_SHEET, Table, Value, Words, in_language};
use crate::language::Language;
use crate::workbook::{self, Cell, Sheet};
use std::io;

/// What a truth value is called.
const NO_YES: [Words; 2] = [["ไม่ใช่", "no"], ["ใช่", "yes"]];

const ABOUT_HEADINGS: [Words; 4] = [
    ["ตาราง", "Table"],
    ["คอลัมน์", "Column"],
    ["ชื่อในไฟล์ CSV และ JSON", "Name in CSV and JSON"],
    ["ความหมาย", "Meaning"],
];

/// All tables, a sheet each. Always the same bytes for the same tables.
///
/// # Errors
/// Nothing that a table can hold: names of sheets are ours.
pub(super) fn workbook(tables: &[Table], title: &str, language: Language) -> io::Result<Vec<u8>> {
    let sheets = tables.iter().map(|table| of_table(table, language));
    workbook::workbook(title, sheets.chain([about(tables, language)]))
}

fn of_table(table: &Table, language: Language) -> Sheet<'_> {
    Sheet {
        name: in_language(language, table.subject.title),
        headings: table.headings.iter().map(|heading| in_language(language, heading.title).into()).collect(),
        rows: table.rows.iter().map(|row| row.iter().map(|value| cell(value, language)).collect()).collect(),
    }
}

fn about(tables: &[Table], language: Language) -> Sheet<'_> {
    let columns = tables.iter().flat_map(|table| table.headings.iter().map(move |heading| (table, heading)));
    let rows = columns.map(|(table, heading)| {
        let [table, title, about] =
            [table.subject.title, heading.title, heading.about].map(|words| in_language(language, words));
        [table, title, heading.name, about].map(|text| Cell::Text(text.into())).into()
    });
    Sheet {
        name: in_language(language, ABOUT_SHEET),
        headings: ABOUT_HEADINGS.iter().map(|words| in_language(language, *words).into()).collect(),
        rows: rows.collect(),
    }
}

fn cell(value: &Value, language: Language) -> Cell<'_> {
    match value {
        Value::Missing => Cell::Nothing,
        Value::Text(text) => Cell::Text(text.into()),
        Value::Whole(number) => Cell::Whole(*number),
        Value::Truth(truth) => Cell::Text(in_language(language, NO_YES[usize::from(*truth)]).into()),
        Value::Decimal(_) => Cell::Points(value.plain()),
        Value::Day(_) => Cell::Day(value.plain()),
    }
}

//! `report.xlsx`: the same tables for whoever opens them in a spreadsheet. Headers are titles, days are days, and numbers can be reckoned
//! with; what every column means stands on the last sheet. Home of rust_xlsxwriter.

use super::{Table, Value, Words, in_language};
use crate::archive::FASTEST;
use crate::language::Language;
use crate::thai;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};
use std::borrow::Cow;

/// The font of official papers, in the size in which they are written.
const FONT: (&str, u32) = ("TH SarabunPSK", 16);

/// A longer text fits into no cell of Excel. In signs; its own limit is 32,767.
const LONGEST_TEXT: usize = 32_000;

/// The narrowest and the widest column, in signs; a longer text is broken.
const WIDTHS: (usize, usize) = (8, 60);

/// The height of a line, and of the highest row that Excel takes, in points. Where the font is missing, another takes its place, which is
/// wider and higher.
const LINE_HEIGHT: usize = 27;
const HIGHEST_ROW: usize = 409;

/// As Excel numbers sizes of paper.
const A4: u8 = 9;

/// What a truth value is called.
const NO_YES: [Words; 2] = [["ไม่ใช่", "no"], ["ใช่", "yes"]];

const ABOUT_SHEET: Words = ["คำอธิบาย", "About the columns"];
const ABOUT_HEADINGS: [Words; 4] = [
    ["ตาราง", "Table"],
    ["คอลัมน์", "Column"],
    ["ชื่อในไฟล์ CSV และ JSON", "Name in CSV and JSON"],
    ["ความหมาย", "Meaning"],
];

/// All tables, a sheet each. Always the same bytes for the same tables.
///
/// # Errors
/// Nothing that a table can hold: names of sheets are ours, and texts are cut to what a cell takes.
pub(super) fn workbook(tables: &[Table], title: &str, language: Language) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_zip_compression_level(FASTEST);
    // Otherwise the clock would be in it. It is the day on which the zip archives that workbooks are begin to count.
    let begin = ExcelDateTime::from_ymd(1980, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&begin));
    let styles = Styles::new();
    for table in tables {
        write_table(workbook.add_worksheet(), table, &styles, language)?;
    }
    write_about(workbook.add_worksheet(), tables, &styles, language)?;
    workbook.save_to_buffer()
}

struct Styles {
    head: Format,
    text: Format,
    points: Format,
    day: Format,
}

impl Styles {
    fn new() -> Styles {
        let base =
            Format::new().set_font_name(FONT.0).set_font_size(FONT.1).set_align(FormatAlign::VerticalCenter);
        Styles {
            head: base
                .clone()
                .set_bold()
                .set_text_wrap()
                .set_background_color(Color::RGB(0x00E7_EDF5))
                .set_border_bottom(FormatBorder::Thin),
            points: base.clone().set_num_format("0.00"),
            // Thai months and the years of the Buddhist era; the cell holds a day all the same.
            day: base.clone().set_num_format("[$-107041E]d mmm yyyy"),
            text: base.set_text_wrap().set_indent(1),
        }
    }
}

fn write_table(
    sheet: &mut Worksheet,
    table: &Table,
    styles: &Styles,
    language: Language,
) -> Result<(), XlsxError> {
    let headings = table.headings.iter().map(|heading| heading.title).collect::<Vec<_>>();
    let rows = table.rows.iter().map(|row| row.iter().map(|value| Cell::of(value, language)).collect());
    write_sheet(sheet, table.subject.title, &headings, &rows.collect::<Vec<_>>(), styles, language)
}

fn write_about(
    sheet: &mut Worksheet,
    tables: &[Table],
    styles: &Styles,
    language: Language,
) -> Result<(), XlsxError> {
    let columns = tables.iter().flat_map(|table| table.headings.iter().map(move |heading| (table, heading)));
    let rows = columns.map(|(table, heading)| {
        let [table, title, about] =
            [table.subject.title, heading.title, heading.about].map(|words| in_language(language, words));
        [table, title, heading.name, about].map(|text| Cell::Text(text.into())).into()
    });
    write_sheet(sheet, ABOUT_SHEET, &ABOUT_HEADINGS, &rows.collect::<Vec<_>>(), styles, language)
}

/// What is written into a cell.
enum Cell<'a> {
    Nothing,
    Text(Cow<'a, str>),
    Whole(i64),
    /// As it is printed, and the same to be reckoned with.
    Points(Cow<'a, str>, f64),
    Day(ExcelDateTime),
}

impl<'a> Cell<'a> {
    fn of(value: &'a Value, language: Language) -> Self {
        match value {
            Value::Missing => Cell::Nothing,
            Value::Text(text) => Cell::Text(cut(text)),
            Value::Whole(number) => Cell::Whole(*number),
            Value::Truth(truth) => Cell::Text(in_language(language, NO_YES[usize::from(*truth)]).into()),
            // Handed over as it is printed, so that nothing is reckoned on the way.
            Value::Decimal(_) => match value.plain().parse() {
                Ok(number) => Cell::Points(value.plain(), number),
                Err(_) => Cell::Text(value.plain()),
            },
            // Excel counts days from 1900.
            Value::Day(day) => match ExcelDateTime::parse_from_str(&day.iso()) {
                Ok(date) => Cell::Day(date),
                Err(_) => Cell::Text(day.iso().into()),
            },
        }
    }

    /// The widths of its lines.
    fn widths(&self) -> Vec<usize> {
        match self {
            Cell::Nothing => Vec::new(),
            Cell::Text(text) => text.lines().map(thai::display_width).collect(),
            Cell::Points(text, _) => vec![text.len()],
            Cell::Whole(number) => vec![number.to_string().len()],
            // The longest month makes "30 มิ.ย. 2566".
            Cell::Day(_) => vec![13],
        }
    }

    fn write(&self, sheet: &mut Worksheet, row: u32, column: u16, styles: &Styles) -> Result<(), XlsxError> {
        match self {
            Cell::Nothing => return Ok(()),
            Cell::Text(text) => sheet.write_with_format(row, column, text.as_ref(), &styles.text),
            Cell::Whole(number) => sheet.write_with_format(row, column, *number, &styles.text),
            Cell::Points(_, number) => sheet.write_with_format(row, column, *number, &styles.points),
            Cell::Day(day) => sheet.write_with_format(row, column, day, &styles.day),
        }
        .map(|_| ())
    }
}

/// As much of a text as a cell takes.
fn cut(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(LONGEST_TEXT) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}

/// Writes a sheet under a head that stays in sight. Columns are as wide and rows as high as what stands in them: not every program finds
/// that out by itself.
fn write_sheet(
    sheet: &mut Worksheet,
    name: Words,
    headings: &[Words],
    rows: &[Vec<Cell<'_>>],
    styles: &Styles,
    language: Language,
) -> Result<(), XlsxError> {
    let headings: Vec<&str> = headings.iter().map(|words| in_language(language, *words)).collect();
    sheet.set_name(in_language(language, name))?;
    sheet.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?;
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    let mut widths = Vec::new();
    for (column, heading) in (0..).zip(&headings) {
        let cells = rows.iter().filter_map(|row| row.get(usize::from(column)));
        let longest = cells.flat_map(Cell::widths).max().unwrap_or_default();
        // A button to filter by stands in the head.
        let width = longest.max(thai::display_width(heading) + 2).clamp(WIDTHS.0, WIDTHS.1);
        sheet.set_column_width(column, digits(width))?;
        sheet.write_with_format(0, column, *heading, &styles.head)?;
        widths.push(width);
    }
    sheet.set_row_height(0, points(1))?;
    let mut last = 0;
    for (row, cells) in (1..).zip(rows) {
        let lines = |(cell, width): (&Cell<'_>, &usize)| {
            cell.widths().iter().map(|line| line.div_ceil(*width).max(1)).sum()
        };
        sheet.set_row_height(row, points(cells.iter().zip(&widths).map(lines).max().unwrap_or(1)))?;
        for (column, cell) in (0..).zip(cells) {
            cell.write(sheet, row, column, styles)?;
        }
        last = row;
    }
    if let Some(columns) = u16::try_from(headings.len()).ok().and_then(|count| count.checked_sub(1)) {
        sheet.autofilter(0, 0, last, columns)?;
    }
    Ok(())
}

/// How many digits are as wide as so many signs, whatever font shows them.
fn digits(signs: usize) -> u32 {
    u32::try_from(signs + signs / 3 + 2).unwrap_or_default()
}

/// The height of so many lines.
fn points(lines: usize) -> u32 {
    u32::try_from((lines.max(1) * LINE_HEIGHT).min(HIGHEST_ROW)).unwrap_or_default()
}

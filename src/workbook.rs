//! A workbook for whoever opens it in a spreadsheet: sheets under heads that stay in sight, columns as wide and rows as high as what stands in
//! them. Home of rust_xlsxwriter. It knows no table and no language.

use crate::archive::FASTEST;
use crate::thai;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};
use std::borrow::Cow;
use std::io;

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

/// A sheet of a workbook.
#[derive(Debug, Clone)]
pub struct Sheet<'a> {
    /// At most 31 signs, and unlike that of every other sheet.
    pub name: &'a str,
    /// Of its columns.
    pub headings: Vec<Cow<'a, str>>,
    /// Cells in the order of the headings.
    pub rows: Vec<Vec<Cell<'a>>>,
}

/// What is written into a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell<'a> {
    /// It stays empty.
    Nothing,
    /// Words, which are never taken for a formula; cut to what a cell takes.
    Text(Cow<'a, str>),
    /// A whole number.
    Whole(i64),
    /// Points as they are printed, with two decimals in Arabic digits: `86.92`.
    Points(Cow<'a, str>),
    /// A day as ISO 8601 has it, Gregorian: `2022-08-01`. It is shown in the Buddhist era.
    Day(Cow<'a, str>),
}

/// All sheets in their order. Always the same bytes for the same sheets.
///
/// # Errors
/// A name that no sheet may have, and more rows or columns than a sheet takes.
pub fn workbook<'a>(title: &str, sheets: impl IntoIterator<Item = Sheet<'a>>) -> io::Result<Vec<u8>> {
    write(title, sheets).map_err(io::Error::other)
}

fn write<'a>(title: &str, sheets: impl IntoIterator<Item = Sheet<'a>>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_zip_compression_level(FASTEST);
    // Otherwise the clock would be in it. It is the day on which the zip archives that workbooks are begin to count.
    let begin = ExcelDateTime::from_ymd(1980, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&begin));
    let styles = Styles::new();
    for sheet in sheets {
        sheet.write(workbook.add_worksheet(), &styles)?;
    }
    workbook.save_to_buffer()
}

struct Styles {
    head: Format,
    text: Format,
    points: Format,
    day: Format,
}

/// How a cell looks below the head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Text,
    Points,
    Day,
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

    fn format(&self, style: Style) -> &Format {
        match style {
            Style::Text => &self.text,
            Style::Points => &self.points,
            Style::Day => &self.day,
        }
    }
}

impl Sheet<'_> {
    /// Not every program finds out widths and heights by itself.
    fn write(&self, sheet: &mut Worksheet, styles: &Styles) -> Result<(), XlsxError> {
        sheet.set_name(self.name)?;
        sheet.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?;
        sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
        let (mut widths, mut of_columns) = (Vec::new(), Vec::new());
        for (column, heading) in (0..).zip(&self.headings) {
            let cells = || self.rows.iter().filter_map(|row| row.get(usize::from(column)));
            let longest = cells().flat_map(Cell::widths).max().unwrap_or_default();
            // A button to filter by stands in the head.
            let width = longest.max(thai::display_width(heading) + 2).clamp(WIDTHS.0, WIDTHS.1);
            sheet.set_column_width(column, digits(width))?;
            sheet.write_with_format(0, column, heading.as_ref(), &styles.head)?;
            widths.push(width);
            // Most cells look like their column and need not say how: the library finds a format by comparing all that it is.
            let style = cells().find(|cell| **cell != Cell::Nothing).map_or(Style::Text, Cell::style);
            sheet.set_column_format(column, styles.format(style))?;
            of_columns.push(style);
        }
        sheet.set_row_height(0, points(1))?;
        let mut last = 0;
        for (row, cells) in (1..).zip(&self.rows) {
            let lines = |(cell, width): (&Cell<'_>, &usize)| {
                cell.widths().iter().map(|line| line.div_ceil(*width).max(1)).sum()
            };
            sheet.set_row_height(row, points(cells.iter().zip(&widths).map(lines).max().unwrap_or(1)))?;
            for ((column, cell), of_column) in (0..).zip(cells).zip(&of_columns) {
                let format =
                    Some(cell.style()).filter(|style| style != of_column).map(|style| styles.format(style));
                cell.write(sheet, (row, column), format, styles)?;
            }
            last = row;
        }
        if let Some(columns) = u16::try_from(self.headings.len()).ok().and_then(|count| count.checked_sub(1))
        {
            sheet.autofilter(0, 0, last, columns)?;
        }
        Ok(())
    }
}

impl Cell<'_> {
    /// The widths of its lines.
    fn widths(&self) -> Vec<usize> {
        match self {
            Cell::Nothing => Vec::new(),
            Cell::Text(text) => text.lines().map(thai::display_width).collect(),
            Cell::Points(text) => vec![text.len()],
            Cell::Whole(number) => vec![number.to_string().len()],
            // The longest month makes "30 มิ.ย. 2566".
            Cell::Day(_) => vec![13],
        }
    }

    fn style(&self) -> Style {
        match self {
            Cell::Nothing | Cell::Text(_) | Cell::Whole(_) => Style::Text,
            Cell::Points(_) => Style::Points,
            Cell::Day(_) => Style::Day,
        }
    }

    /// Without a format where its column has the same.
    fn write(
        &self,
        sheet: &mut Worksheet,
        (row, column): (u32, u16),
        format: Option<&Format>,
        styles: &Styles,
    ) -> Result<(), XlsxError> {
        // As a text whatever it begins with: a formula would run.
        let text = |sheet: &mut Worksheet, text: &str, format: Option<&Format>| match format {
            Some(format) => sheet.write_string_with_format(row, column, cut(text), format).map(|_| ()),
            None => sheet.write_string(row, column, cut(text)).map(|_| ()),
        };
        let number = |sheet: &mut Worksheet, number: f64| match format {
            Some(format) => sheet.write_number_with_format(row, column, number, format).map(|_| ()),
            None => sheet.write_number(row, column, number).map(|_| ()),
        };
        match self {
            Cell::Nothing => Ok(()),
            Cell::Text(words) => text(sheet, words, format),
            Cell::Whole(whole) => number(sheet, *whole as f64),
            // Handed over as it is printed, so that nothing is reckoned on the way.
            Cell::Points(points) => match points.parse() {
                Ok(points) => number(sheet, points),
                Err(_) => text(sheet, points, Some(&styles.text)),
            },
            // Excel counts days from 1900. A day without a format of its own would get one that is not ours.
            Cell::Day(iso) => match ExcelDateTime::parse_from_str(iso) {
                Ok(day) => sheet.write_with_format(row, column, &day, &styles.day).map(|_| ()),
                Err(_) => text(sheet, iso, Some(&styles.text)),
            },
        }
    }
}

/// As much of a text as a cell takes.
fn cut(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(LONGEST_TEXT) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}

/// How many digits are as wide as so many signs, whatever font shows them.
fn digits(signs: usize) -> u32 {
    u32::try_from(signs + signs / 3 + 2).unwrap_or_default()
}

/// The height of so many lines.
fn points(lines: usize) -> u32 {
    u32::try_from((lines.max(1) * LINE_HEIGHT).min(HIGHEST_ROW)).unwrap_or_default()
}

//! Spreadsheets as offices save them, `.xlsx`, `.ods` and `.csv`: bytes → sheets of cells, each as the text that a person sees in it. Home of
//! calamine. What a file is, its bytes say and not its name. It does not know what cells mean.

mod text;
mod unseen;

use crate::archive;
use calamine::{CellErrorType, Data, DataRef, DataType, Ods, Reader, SheetVisible, Xlsx};
use std::collections::BTreeSet;
use std::fmt;
use std::io::Cursor;
use unseen::Unseen;

/// More rows than this no sheet may have: twelve times as many as there are local authorities.
pub const MOST_ROWS: usize = 100_000;

/// More bytes than this no file may have, unpacked or not: twice as many as a sheet of so many rows.
const MOST_BYTES: u64 = 200_000_000;

/// More cells than this no sheet may have.
const MOST_CELLS: usize = 4_000_000;

/// All sheets of a file, in their order.
#[derive(Debug, Default)]
pub struct Book {
    /// At least one.
    pub sheets: Vec<Sheet>,
}

/// A sheet of cells.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Empty in a file of text, which has one sheet alone.
    pub name: String,
    /// Whether it is put out of sight.
    pub is_hidden: bool,
    /// Rows with anything in them, from the top.
    pub rows: Vec<Row>,
    /// Cells that were joined: the first and the last of each.
    pub merged: Vec<(At, At)>,
    /// Rows out of sight, from the first to the last of each run; counted from 0.
    pub hidden_rows: Vec<(u32, u32)>,
    /// Columns out of sight, as the rows.
    pub hidden_columns: Vec<(u32, u32)>,
}

/// A row with something in it.
#[derive(Debug, Default)]
pub struct Row {
    /// Counted from 0.
    pub number: u32,
    /// By their column, counted from 0; from the left.
    pub cells: Vec<(u32, Cell)>,
}

/// The place of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// Counted from 0.
    pub row: u32,
    /// Counted from 0.
    pub column: u32,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Words, or a number that was typed as such; not empty.
    Text(String),
    /// A number in Arabic digits with a decimal point, to the fifteen figures that a spreadsheet has.
    Number(String),
    /// A number that is shown as a hundred times as much with `%` behind it.
    PerCent(String),
    /// A day, `2565-08-01`, in whichever era it was typed.
    Day(String),
    /// A truth value.
    Truth(bool),
    /// What a formula gives that fails: `#REF!`.
    Error(String),
    /// A formula that was never calculated.
    Uncalculated,
}

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// There is nothing in it.
    Empty,
    /// A password keeps it shut.
    Locked,
    /// The form of Excel before 2007.
    Old,
    /// Something else altogether.
    Foreign,
    /// It is a spreadsheet, but a part of it is broken.
    Damaged,
    /// It has more bytes or cells than any list of agencies.
    TooLarge,
    /// A sheet has more than [`MOST_ROWS`] rows.
    TooLong {
        /// Its name; empty in a file of text.
        sheet: String,
    },
}

/// Reads a file.
///
/// # Errors
/// Says what the file is instead.
pub fn read(bytes: &[u8]) -> Result<Book, Refusal> {
    let is_blank =
        |bytes: &[u8]| bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii().is_empty();
    if bytes.len() as u64 > MOST_BYTES {
        Err(Refusal::TooLarge)
    } else if is_blank(bytes) {
        Err(Refusal::Empty)
    } else if bytes.starts_with(b"PK") {
        unpack(bytes)
    } else if bytes.starts_with(&COMPOUND) {
        Err(compound(bytes))
    } else {
        Ok(Book { sheets: vec![text::sheet(bytes)?] })
    }
}

impl fmt::Display for At {
    /// As spreadsheets name it: `C5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", column_name(self.column), self.row + 1)
    }
}

impl At {
    /// The cell that a spreadsheet names so; nothing where that is no name of a cell.
    fn named(name: &str) -> Option<At> {
        let (letters, number) = name.split_at(name.find(|sign: char| sign.is_ascii_digit())?);
        let add = |column: u32, letter: u8| {
            let letter = u32::from(letter).checked_sub(u32::from(b'A')).filter(|letter| *letter < 26)?;
            column.checked_mul(26)?.checked_add(letter + 1)
        };
        let column = letters.bytes().try_fold(0, add)?.checked_sub(1)?;
        Some(At { row: number.parse::<u32>().ok()?.checked_sub(1)?, column })
    }
}

/// The letters of a column that is counted from 0: `A`, `Z`, `AA`.
pub fn column_name(column: u32) -> String {
    let (rest, last) = (column / 26, column % 26);
    let letter = char::from_u32(u32::from('A') + last).unwrap_or_default();
    match rest.checked_sub(1) {
        Some(rest) => format!("{}{letter}", column_name(rest)),
        None => letter.to_string(),
    }
}

impl Sheet {
    /// Whether a row is out of sight.
    pub fn hides_row(&self, row: u32) -> bool {
        self.hidden_rows.iter().any(|(first, last)| (*first..=*last).contains(&row))
    }

    /// Whether a column is out of sight.
    pub fn hides_column(&self, column: u32) -> bool {
        self.hidden_columns.iter().any(|(first, last)| (*first..=*last).contains(&column))
    }

    /// Takes the next cell, in the order of reading. Cells without anything in them are passed over.
    fn push(&mut self, at: At, cell: Option<Cell>) {
        let Some(cell) = cell else { return };
        match self.rows.last_mut().filter(|row| row.number == at.row) {
            Some(row) => row.cells.push((at.column, cell)),
            None => self.rows.push(Row { number: at.row, cells: vec![(at.column, cell)] }),
        }
    }

    fn is_too_long(&self) -> bool {
        self.rows.len() > MOST_ROWS
    }
}

impl Row {
    /// The cell of a column.
    pub fn cell(&self, column: u32) -> Option<&Cell> {
        self.cells.iter().find(|(at, _)| *at == column).map(|(_, cell)| cell)
    }
}

/// The files of Office before 2007, and what is encrypted by a later one.
const COMPOUND: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// What such a file is, by the names of its parts.
fn compound(bytes: &[u8]) -> Refusal {
    let holds = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    if holds("EncryptedPackage") {
        Refusal::Locked
    } else if holds("Workbook") || holds("Book") {
        Refusal::Old
    } else {
        Refusal::Foreign
    }
}

fn unpack(bytes: &[u8]) -> Result<Book, Refusal> {
    // A few kilobytes can hold gigabytes of the same.
    let size = archive::unpacked(bytes, MOST_BYTES).map_err(|_| Refusal::Damaged)?;
    if size > MOST_BYTES {
        return Err(Refusal::TooLarge);
    }
    let has = |path: &str| archive::part(bytes, path).is_ok_and(|part| part.is_some());
    let book = if has("xl/workbook.xml") {
        xlsx(bytes)?
    } else if has("content.xml") {
        ods(bytes)?
    } else {
        return Err(Refusal::Foreign);
    };
    match book.sheets.iter().all(|sheet| sheet.rows.is_empty()) {
        true => Err(Refusal::Empty),
        false => Ok(book),
    }
}

fn xlsx(bytes: &[u8]) -> Result<Book, Refusal> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
    let mut unseen = unseen::of_xlsx(bytes).ok_or(Refusal::Damaged)?;
    let mut sheets = Vec::new();
    for of in book.sheets_metadata().to_vec() {
        // What is no sheet of cells is a chart.
        let Ok(merged) = book.merge_cells_by_sheet_name(&of.name) else { continue };
        let unseen = unseen.remove(&of.name).unwrap_or_default();
        let Unseen { hidden_rows, hidden_columns, uncalculated, .. } = unseen;
        let at = |(row, column)| At { row, column };
        let merged = merged.iter().map(|cells| (at(cells.start), at(cells.end))).collect();
        let is_hidden = of.visible != SheetVisible::Visible;
        let mut sheet =
            Sheet { name: of.name, is_hidden, merged, hidden_rows, hidden_columns, ..Sheet::default() };
        fill(&mut sheet, &mut book, &uncalculated)?;
        sheets.push(sheet);
    }
    Ok(Book { sheets })
}

/// Goes through the cells of a sheet as far as it may have them.
fn fill(
    sheet: &mut Sheet,
    book: &mut Xlsx<Cursor<&[u8]>>,
    uncalculated: &BTreeSet<At>,
) -> Result<(), Refusal> {
    let mut cells = book.worksheet_cells_reader(&sheet.name).map_err(|_| Refusal::Damaged)?;
    let is_per_cent: Vec<bool> = cells
        .styles()
        .iter()
        .map(|style| style.number_format.as_ref().is_some_and(|format| format.format_code.contains('%')))
        .collect();
    let mut count = 0;
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(|_| Refusal::Damaged)? {
        let (row, column) = cell.get_position();
        let is_per_cent = is_per_cent.get(style).copied().unwrap_or_default();
        let at = At { row, column };
        let is_uncalculated = uncalculated.contains(&at);
        let value = || of_excel(cell.get_value(), is_per_cent);
        sheet.push(at, if is_uncalculated { Some(Cell::Uncalculated) } else { value() });
        count += 1;
        if sheet.is_too_long() {
            return Err(Refusal::TooLong { sheet: sheet.name.clone() });
        }
        if count > MOST_CELLS {
            return Err(Refusal::TooLarge);
        }
    }
    Ok(())
}

fn of_excel(value: &DataRef<'_>, is_per_cent: bool) -> Option<Cell> {
    match value {
        DataRef::SharedString(text) => words(text),
        other => of_value(&Data::from(other.clone()), is_per_cent),
    }
}

fn of_value(value: &Data, is_per_cent: bool) -> Option<Cell> {
    let number = |text| if is_per_cent { Cell::PerCent(text) } else { Cell::Number(text) };
    match value {
        Data::Empty => None,
        Data::String(text) => words(text),
        Data::Int(whole) => Some(number(whole.to_string())),
        Data::Float(float) => Some(number(decimal(*float))),
        Data::Bool(truth) => Some(Cell::Truth(*truth)),
        Data::Error(error) => Some(Cell::Error(error_name(error).to_owned())),
        Data::DateTime(time) if time.is_datetime() => {
            let (year, month, day, ..) = time.to_ymd_hms_milli();
            Some(Cell::Day(format!("{year:04}-{month:02}-{day:02}")))
        }
        Data::DateTimeIso(text) => words(text.split('T').next().unwrap_or_default()).map(as_day),
        Data::DateTime(_) | Data::DurationIso(_) => words(&value.as_string().unwrap_or_default()),
    }
}

fn as_day(cell: Cell) -> Cell {
    match cell {
        Cell::Text(text) => Cell::Day(text),
        other => other,
    }
}

/// A text that has anything in it. LibreOffice writes down errors as words.
fn words(text: &str) -> Option<Cell> {
    let is_error =
        |text: &str| text.starts_with("Err:") || (text.starts_with('#') && text.ends_with(['!', '?', 'A']));
    let text = text.trim();
    match text.is_empty() {
        true => None,
        false if is_error(text) => Some(Cell::Error(text.to_owned())),
        false => Some(Cell::Text(text.to_owned())),
    }
}

fn error_name(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        CellErrorType::GettingData => "#GETTING_DATA",
    }
}

/// The number that a person sees who looks at all of it: spreadsheets reckon with binary fractions of sixteen or seventeen figures and show
/// fifteen, so that 0.1 + 0.2 is 0.3 to everybody. What has more decimals than that keeps them.
fn decimal(number: f64) -> String {
    let scientific = format!("{number:.14e}");
    let Some((mantissa, exponent)) = scientific.split_once('e') else { return scientific };
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |rest| ("-", rest));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let Ok(exponent) = exponent.parse::<i32>() else { return scientific };
    // No score, year or day is that large or that small.
    if !(-20..=20).contains(&exponent) {
        return number.to_string();
    }
    let point = usize::try_from(exponent + 1).unwrap_or_default();
    let zeros = usize::try_from(-exponent - 1).unwrap_or_default();
    let padded = format!("{}{digits:0<width$}", "0".repeat(zeros), width = digits.len().max(point));
    let (whole, decimals) = padded.split_at(point);
    let (whole, decimals) = (if whole.is_empty() { "0" } else { whole }, decimals.trim_end_matches('0'));
    let dot = if decimals.is_empty() { "" } else { "." };
    match (whole, decimals) {
        ("0", "") => "0".to_owned(),
        _ => format!("{sign}{whole}{dot}{decimals}"),
    }
}

fn ods(bytes: &[u8]) -> Result<Book, Refusal> {
    let mut unseen = unseen::of_ods(bytes).ok_or(Refusal::Damaged)?;
    // Looked at before, since a row that is repeated a million times is a few letters in the file.
    if let Some((name, _)) = unseen.iter().find(|(_, unseen)| unseen.rows > MOST_ROWS) {
        return Err(Refusal::TooLong { sheet: name.clone() });
    }
    if unseen.values().any(|unseen| unseen.cells > MOST_CELLS) {
        return Err(Refusal::TooLarge);
    }
    let mut book: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(|error| match error {
        calamine::OdsError::Password => Refusal::Locked,
        calamine::OdsError::InvalidMime(_) => Refusal::Foreign,
        _ => Refusal::Damaged,
    })?;
    let mut sheets = Vec::new();
    for of in book.sheets_metadata().to_vec() {
        let range = book.worksheet_range(&of.name).map_err(|_| Refusal::Damaged)?;
        let unseen = unseen.remove(&of.name).unwrap_or_default();
        let is_hidden = of.visible != SheetVisible::Visible;
        let (first_row, first_column) = range.start().unwrap_or_default();
        let mut sheet = Sheet { name: of.name, is_hidden, ..Sheet::default() };
        for (row, column, value) in range.used_cells() {
            let at = |at: usize, first: u32| first.saturating_add(u32::try_from(at).unwrap_or(u32::MAX));
            let at = At { row: at(row, first_row), column: at(column, first_column) };
            sheet.push(at, of_value(value, unseen.is_per_cent(at)));
        }
        sheet.merged = unseen.merged;
        sheet.hidden_rows = unseen.hidden_rows;
        sheet.hidden_columns = unseen.hidden_columns;
        sheets.push(sheet);
    }
    Ok(Book { sheets })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn cells_are_named_as_spreadsheets_name_them() {
        let check = |row: u32, column: u32, expected: &str| {
            assert_eq!(At { row, column }.to_string(), expected);
            assert_eq!(At::named(expected), Some(At { row, column }));
        };
        check(0, 0, "A1");
        check(4, 2, "C5");
        check(9, 25, "Z10");
        check(9, 26, "AA10");
        check(0, 16_383, "XFD1");
        for name in ["", "A", "1", "A0", "a1", "A1B", "ก1", "ZZZZZZZZZ1", "A99999999999"] {
            assert_eq!(At::named(name), None, "{name}");
        }
    }

    #[test]
    fn numbers_are_what_a_spreadsheet_shows() {
        let check = |number: f64, expected: &str| assert_eq!(decimal(number), expected);
        check(86.92, "86.92");
        check(100.0, "100");
        check(0.0, "0");
        check(-0.0, "0");
        check(0.05, "0.05");
        check(2565.0, "2565");
        check(-1.5, "-1.5");
        check(86.925, "86.925");
        check(0.1 + 0.2, "0.3");
        check(87.0 - 0.08, "86.92");
        check(83.71428571428571, "83.7142857142857");
        check(1e300, &1e300_f64.to_string());
        check(f64::NAN, "NaN");
    }

    #[test]
    fn other_files_are_known_for_what_they_are() {
        let check = |bytes: &[u8], expected: Refusal| {
            assert_eq!(read(bytes).map(|book| book.sheets.len()), Err(expected), "{bytes:?}");
        };
        let compound = |name: &str| {
            let name = name.encode_utf16().flat_map(u16::to_le_bytes);
            COMPOUND.into_iter().chain(name).collect::<Vec<u8>>()
        };
        check(b"", Refusal::Empty);
        check(b"\xef\xbb\xbf \r\n", Refusal::Empty);
        check(b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0", Refusal::Foreign);
        check(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", Refusal::Foreign);
        check(&compound("EncryptedPackage"), Refusal::Locked);
        check(&compound("Workbook"), Refusal::Old);
        check(&compound("WordDocument"), Refusal::Foreign);
        check(b"PK\x03\x04 and nothing else", Refusal::Damaged);
    }

    proptest! {
        #[test]
        fn every_score_survives_the_binary_fraction(hundredths in 0u32..=10_000) {
            let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
            let shown = decimal(text.parse().unwrap());
            let shortest = text.trim_end_matches('0').trim_end_matches('.');
            prop_assert_eq!(shown, shortest);
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in any::<Vec<u8>>(), is_zip: bool) {
            let bytes = if is_zip { [b"PK\x03\x04".to_vec(), bytes].concat() } else { bytes };
            let _ = read(&bytes);
        }
    }
}

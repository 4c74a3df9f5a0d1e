//! Tables as text: CSV with commas, semicolons or tabs, as spreadsheets save it in Thailand and elsewhere. Home of csv.

use super::{At, Refusal, Sheet, words};
use crate::source::Encoding;
use csv::{ReaderBuilder, StringRecord};

/// What separates cells, the usual one first.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// More signs than this tell nothing new of the separator.
const LOOKED_AT: usize = 4_000;

/// The one sheet of a text.
pub(super) fn sheet(bytes: &[u8]) -> Result<Sheet, Refusal> {
    let text = decode(bytes).ok_or(Refusal::Foreign)?;
    let mut text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.push('\n');
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(&text))
        .from_reader(text.as_bytes());
    let (mut sheet, mut record) = (Sheet::default(), StringRecord::new());
    // The row after the last one, and the line where it begins.
    let (mut next, mut line) = (0, reader.position().line());
    while reader.read_record(&mut record).map_err(|_| Refusal::Damaged)? {
        // Lines without anything are rows, which the reader passes over; a line break within a cell makes none.
        let lines = reader.position().line().saturating_sub(line);
        let within = record.iter().map(|cell| cell.matches('\n').count() as u64).sum::<u64>();
        next =
            u32::saturating_add(next, u32::try_from(lines.saturating_sub(within)).unwrap_or(u32::MAX).max(1));
        line += lines;
        for (column, cell) in (0..).zip(&record) {
            sheet.push(At { row: next - 1, column }, words(unguarded(cell)));
        }
        if sheet.is_too_long() {
            return Err(Refusal::TooLong { sheet: String::new() });
        }
    }
    Ok(sheet)
}

/// The text of bytes: UTF-8, or what else Windows saves in Thailand. What has control characters in it is no text.
fn decode(bytes: &[u8]) -> Option<String> {
    let text = match str::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => text.strip_prefix('\u{feff}').unwrap_or(text).to_owned(),
        _ => Encoding::of(bytes)?.decode(bytes)?,
    };
    let is_odd = |sign: char| sign.is_control() && !matches!(sign, '\n' | '\r' | '\t');
    (!text.contains(is_odd) && !text.starts_with("%PDF")).then_some(text)
}

/// The one that occurs most often, outside of quotes, in the first lines.
fn separator(text: &str) -> u8 {
    let mut is_quoted = false;
    let mut counts = [0; SEPARATORS.len()];
    for sign in text.chars().take(LOOKED_AT) {
        is_quoted ^= sign == '"';
        let found = SEPARATORS.iter().position(|separator| char::from(*separator) == sign);
        if let Some(count) = found.filter(|_| !is_quoted).and_then(|at| counts.get_mut(at)) {
            *count += 1;
        }
    }
    let most = counts.iter().max().copied().unwrap_or_default();
    SEPARATORS
        .into_iter()
        .zip(counts)
        .find(|(_, count)| *count == most)
        .map_or(b',', |(separator, _)| separator)
}

/// Without the apostrophe that keeps a spreadsheet from taking a text for a formula.
fn unguarded(cell: &str) -> &str {
    let is_formula = |rest: &&str| rest.starts_with(['=', '+', '-', '@', '\t', '\r']);
    cell.strip_prefix('\'').filter(is_formula).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::super::Cell;
    use super::*;

    fn cells(bytes: &[u8]) -> Vec<(String, String)> {
        let sheet = sheet(bytes).unwrap();
        let of = |cell: &Cell| match cell {
            Cell::Text(text) => text.clone(),
            other => format!("{other:?}"),
        };
        let rows = sheet.rows.iter();
        rows.flat_map(|row| {
            row.cells
                .iter()
                .map(|(column, cell)| (At { row: row.number, column: *column }.to_string(), of(cell)))
        })
        .collect()
    }

    #[test]
    fn tables_are_read_as_they_are_saved() {
        let check = |bytes: &[u8], expected: &[(&str, &str)]| {
            let cells = cells(bytes);
            let cells: Vec<(&str, &str)> =
                cells.iter().map(|(at, text)| (at.as_str(), text.as_str())).collect();
            assert_eq!(cells, expected, "{:?}", String::from_utf8_lossy(bytes));
        };
        let usual = [("A1", "ปี"), ("B1", "รวม"), ("A2", "2565"), ("B2", "69,38")];
        check("\u{feff}ปี,รวม\r\n2565,\"69,38\"\r\n".as_bytes(), &usual);
        check("ปี;รวม\r\n2565;69,38\r\n".as_bytes(), &usual);
        check("ปี\tรวม\n2565\t69,38".as_bytes(), &usual);
        let units: Vec<u8> =
            "\u{feff}ปี\tรวม\n2565\t69,38".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&units, &usual);
        let windows = "ปี;รวม\r\n2565;69,38".chars().map(|sign| match sign {
            'ก'..='๛' => u8::try_from(u32::from(sign) - 0xe00 + 0xa0).unwrap(),
            _ => u8::try_from(sign).unwrap(),
        });
        check(&windows.collect::<Vec<u8>>(), &usual);
        check(b"'-1,'a,'=A1\n\n,,x", &[("A1", "-1"), ("B1", "'a"), ("C1", "=A1"), ("C3", "x")]);
        check(b"\n\n\"a\nb\",c\r\nd", &[("A3", "a\nb"), ("B3", "c"), ("A4", "d")]);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let check =
            |bytes: &[u8]| assert_eq!(sheet(bytes).map(|sheet| sheet.rows.len()), Err(Refusal::Foreign));
        check(b"MZ\x90\0\x03");
        check(b"a\x01b");
        check(b"gr\xfc\xdfe");
    }
}

//! CSV as every spreadsheet and every program reads it: RFC 4180, UTF-8 with a byte order mark (without it a spreadsheet shows Thai as
//! noise), CRLF, one header row. What the cells say is not known here.

/// A cell of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell<'a> {
    /// Any words, which may hold anything.
    Text(&'a str),
    /// A number, a date, a truth value or nothing, in ASCII without a comma: never a formula, even with a minus sign.
    Plain(&'a str),
}

/// An empty file: the byte order mark.
pub fn begin() -> String {
    "\u{feff}".to_owned()
}

/// Adds a row.
pub fn write_row<'a>(csv: &mut String, cells: impl IntoIterator<Item = Cell<'a>>) {
    for (at, cell) in cells.into_iter().enumerate() {
        csv.push_str(if at == 0 { "" } else { "," });
        match cell {
            Cell::Plain(text) => csv.push_str(text),
            Cell::Text(text) => write_text(csv, text),
        }
    }
    csv.push_str("\r\n");
}

/// Writes a text, in quotes where it needs them; one that a spreadsheet would take for a formula gets an apostrophe.
fn write_text(csv: &mut String, text: &str) {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    if !text.contains([',', '"', '\r', '\n']) {
        csv.push_str(guard);
        csv.push_str(text);
        return;
    }
    csv.push('"');
    csv.push_str(guard);
    for (at, between) in text.split('"').enumerate() {
        csv.push_str(if at == 0 { "" } else { "\"\"" });
        csv.push_str(between);
    }
    csv.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn cells_cannot_become_formulas_or_other_cells() {
        let check = |cell: Cell<'_>, expected: &str| {
            let mut csv = String::new();
            write_row(&mut csv, [cell]);
            assert_eq!(csv, format!("{expected}\r\n"));
        };
        check(Cell::Text("O42"), "O42");
        check(Cell::Text("=1+1"), "'=1+1");
        check(Cell::Text("=A1,B1"), "\"'=A1,B1\"");
        check(Cell::Text("+66"), "'+66");
        check(Cell::Text("- ไม่มี"), "'- ไม่มี");
        check(Cell::Text("@ก"), "'@ก");
        check(Cell::Text("\tก"), "'\tก");
        check(Cell::Text("\rก"), "\"'\rก\"");
        check(Cell::Text("ก \"ข\""), "\"ก \"\"ข\"\"\"");
        check(Cell::Text("ก\nข"), "\"ก\nข\"");
        check(Cell::Text(""), "");
        check(Cell::Plain("-0.50"), "-0.50");
    }

    #[test]
    fn a_file_begins_with_the_byte_order_mark() {
        let mut csv = begin();
        write_row(&mut csv, [Cell::Text("a"), Cell::Text("b")]);
        write_row(&mut csv, [Cell::Plain("1"), Cell::Plain("")]);
        assert_eq!(csv.as_bytes(), b"\xef\xbb\xbfa,b\r\n1,\r\n");
    }

    proptest! {
        #[test]
        fn every_text_is_read_back(rows in prop::collection::vec(prop::array::uniform2(any::<String>()), 1..5)) {
            let mut written = String::new();
            for row in &rows {
                write_row(&mut written, row.iter().map(|text| Cell::Text(text)));
            }
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(written.as_bytes());
            let read: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap_or_default();
            prop_assert_eq!(read.len(), rows.len());
            for (cell, text) in read.iter().zip(&rows).flat_map(|(read, row)| read.iter().zip(row)) {
                prop_assert!(cell == text || cell.strip_prefix('\'') == Some(text.as_str()), "{cell:?} {text:?}");
                prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?}");
            }
        }
    }
}

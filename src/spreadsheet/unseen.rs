//! What calamine leaves out of a spreadsheet: rows and columns that are put out of sight, formulas that were never calculated, and of
//! OpenDocument what is joined and what is shown in per cent. Home of quick-xml.

use super::At;
use crate::archive;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// What is not seen of a sheet, or only seen.
#[derive(Debug, Default)]
pub(super) struct Unseen {
    pub(super) hidden_rows: Vec<(u32, u32)>,
    pub(super) hidden_columns: Vec<(u32, u32)>,
    pub(super) merged: Vec<(At, At)>,
    /// Formulas without a value, as programs leave them that write spreadsheets and cannot calculate. Of Excel alone: what writes OpenDocument
    /// calculates.
    pub(super) uncalculated: BTreeSet<At>,
    /// Rows and cells with anything in them, repeated ones counted as often as they are.
    pub(super) rows: usize,
    pub(super) cells: usize,
    /// The last row that was counted.
    counted: Option<u32>,
    /// From the first to the last of each run of cells.
    per_cent: Vec<(At, At)>,
}

/// By the names of the sheets; `None` for a file that is broken.
type Sheets = BTreeMap<String, Unseen>;

impl Unseen {
    /// Whether a number is shown in per cent.
    pub(super) fn is_per_cent(&self, at: At) -> bool {
        let rows = |(first, last): &(At, At)| (first.row..=last.row).contains(&at.row);
        self.per_cent.iter().any(|run| rows(run) && (run.0.column..=run.1.column).contains(&at.column))
    }
}

/// Of a workbook of Excel.
pub(super) fn of_xlsx(bytes: &[u8]) -> Option<Sheets> {
    let part = |path: &str| archive::part(bytes, path).ok().flatten();
    let mut places = BTreeMap::new();
    each_start(&part("xl/_rels/workbook.xml.rels")?, |element| {
        if element.local_name().as_ref() == "Relationship" {
            places.insert(attribute(element, "Id")?, attribute(element, "Target")?);
        }
        Some(())
    })?;
    let mut sheets = Vec::new();
    each_start(&part("xl/workbook.xml")?, |element| {
        if element.local_name().as_ref() == "sheet" {
            let id = element.attributes().flatten().find(|one| one.key.local_name().as_ref() == "id")?;
            sheets.push((
                attribute(element, "name")?,
                id.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned(),
            ));
        }
        Some(())
    })?;
    let of = |(name, id): (String, String)| {
        let place = places.get(&id)?;
        let path = place.strip_prefix('/').map_or_else(|| format!("xl/{place}"), str::to_owned);
        Some((name, of_worksheet(&part(&path)?)?))
    };
    Some(sheets.into_iter().filter_map(of).collect())
}

fn of_worksheet(xml: &[u8]) -> Option<Unseen> {
    let mut unseen = Unseen::default();
    let (mut row, mut cell, mut is_in_value) = (0, OpenCell::default(), false);
    each_event(xml, |event| {
        let element = match event {
            Event::Start(element) | Event::Empty(element) => element,
            Event::Text(text) => {
                cell.has_value |= is_in_value && !text.is_empty();
                return Some(());
            }
            Event::End(element) => {
                match element.local_name().as_ref() {
                    "v" => is_in_value = false,
                    "c" => unseen.uncalculated.extend(cell.place.filter(|_| cell.is_uncalculated())),
                    _ => {}
                }
                return Some(());
            }
            _ => return Some(()),
        };
        let number = |name: &str| attribute(element, name).and_then(|text| text.parse::<u32>().ok());
        let is_hidden = || attribute(element, "hidden").is_some_and(|text| text == "1" || text == "true");
        match element.local_name().as_ref() {
            "row" => {
                row = number("r").unwrap_or(row + 1);
                let at = row.checked_sub(1)?;
                unseen.hidden_rows.extend(is_hidden().then_some((at, at)));
            }
            "col" if is_hidden() => {
                let (first, last) = (number("min")?.checked_sub(1)?, number("max")?.checked_sub(1)?);
                unseen.hidden_columns.push((first, last));
            }
            "c" => {
                let place = attribute(element, "r").and_then(|name| At::named(&name));
                // An empty text is a value too, and the only one that nothing is written down for.
                let has_value = attribute(element, "t").is_some_and(|kind| kind == "str");
                cell = OpenCell { place, has_value, has_formula: false };
            }
            "f" => cell.has_formula = true,
            "v" => is_in_value = matches!(event, Event::Start(_)),
            _ => {}
        }
        Some(())
    })?;
    Some(unseen)
}

/// A cell of Excel that is being read.
#[derive(Default)]
struct OpenCell {
    place: Option<At>,
    has_formula: bool,
    has_value: bool,
}

impl OpenCell {
    fn is_uncalculated(&self) -> bool {
        self.has_formula && !self.has_value
    }
}

/// Of a spreadsheet of LibreOffice.
pub(super) fn of_ods(bytes: &[u8]) -> Option<Sheets> {
    let xml = archive::part(bytes, "content.xml").ok().flatten()?;
    let mut sheets = Sheets::new();
    let mut name = String::new();
    // Where the next row, column and cell begin.
    let (mut rows, mut columns, mut cell) = (0_u32, 0_u32, At { row: 0, column: 0 });
    let mut height = 1;
    each_start(&xml, |element| {
        let number = |name: &str| attribute(element, name).and_then(|text| text.parse::<u32>().ok());
        let is_hidden = || attribute(element, "table:visibility").is_some_and(|text| text != "visible");
        let unseen = sheets.entry(name.clone()).or_default();
        match element.name().as_ref() {
            "table:table" => {
                name = attribute(element, "table:name")?;
                (rows, columns) = (0, 0);
            }
            "table:table-column" => {
                let next = columns.checked_add(number("table:number-columns-repeated").unwrap_or(1))?;
                unseen.hidden_columns.extend(is_hidden().then_some((columns, next.checked_sub(1)?)));
                columns = next;
            }
            "table:table-row" => {
                height = number("table:number-rows-repeated").unwrap_or(1);
                let next = rows.checked_add(height)?;
                unseen.hidden_rows.extend(is_hidden().then_some((rows, next.checked_sub(1)?)));
                cell = At { row: rows, column: 0 };
                rows = next;
            }
            "table:table-cell" | "table:covered-table-cell" => {
                let width = number("table:number-columns-repeated").unwrap_or(1);
                unseen.add(element, cell, (height, width))?;
                cell.column = cell.column.checked_add(width)?;
            }
            _ => {}
        }
        Some(())
    })?;
    Some(sheets)
}

impl Unseen {
    /// Takes a cell that is repeated over some rows and columns.
    fn add(&mut self, element: &BytesStart<'_>, at: At, (height, width): (u32, u32)) -> Option<()> {
        let number =
            |name: &str| attribute(element, name).and_then(|text| text.parse::<u32>().ok()).unwrap_or(1);
        let until = |height: u32, width: u32| {
            let row = at.row.checked_add(height.checked_sub(1)?)?;
            Some(At { row, column: at.column.checked_add(width.checked_sub(1)?)? })
        };
        let (rows, columns) = (number("table:number-rows-spanned"), number("table:number-columns-spanned"));
        if rows > 1 || columns > 1 {
            self.merged.push((at, until(rows, columns)?));
        }
        if let Some(kind) = attribute(element, "office:value-type") {
            if kind == "percentage" {
                self.per_cent.push((at, until(height, width)?));
            }
            if self.counted.replace(at.row) != Some(at.row) {
                self.rows = self.rows.saturating_add(usize::try_from(height).ok()?);
            }
            let cells = usize::try_from(u64::from(height) * u64::from(width)).unwrap_or(usize::MAX);
            self.cells = self.cells.saturating_add(cells);
        }
        Some(())
    }
}

/// Tells of every element where it begins; `None` for what is no XML, and where the visitor gives up.
fn each_start(xml: &[u8], mut visit: impl FnMut(&BytesStart<'_>) -> Option<()>) -> Option<()> {
    each_event(xml, |event| match event {
        Event::Start(element) | Event::Empty(element) => visit(element),
        _ => Some(()),
    })
}

/// The same of everything.
fn each_event(xml: &[u8], mut visit: impl FnMut(&Event<'_>) -> Option<()>) -> Option<()> {
    let mut reader = Reader::from_reader(xml);
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Eof) => return Some(()),
            Ok(event) => visit(&event)?,
            Err(_) => return None,
        }
        buffer.clear();
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = element.try_get_attribute(name).ok().flatten()?;
    attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_without_a_value_are_met_as_programs_leave_them() {
        let check = |cell: &str, expected: bool| {
            let xml = format!("<worksheet><sheetData><row r=\"2\">{cell}</row></sheetData></worksheet>");
            let found = of_worksheet(xml.as_bytes()).unwrap().uncalculated;
            assert_eq!(found.contains(&At { row: 1, column: 2 }), expected, "{cell}");
            assert_eq!(found.len(), usize::from(expected), "{cell}");
        };
        check("<c r=\"C2\"><f>SUM(D2:E2)</f></c>", true);
        check("<c r=\"C2\"><f>SUM(D2:E2)</f><v/></c>", true);
        check("<c r=\"C2\"><f>SUM(D2:E2)</f><v></v></c><c r=\"D2\"><v>1</v></c>", true);
        check("<c r=\"C2\"><f>SUM(D2:E2)</f><v>86.92</v></c>", false);
        check("<c r=\"C2\" t=\"str\"><f>IF(D2=0,\"\",D2)</f><v></v></c>", false);
        check("<c r=\"C2\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>", false);
        check("<c r=\"C2\"/><c r=\"D2\"><v>1</v></c>", false);
    }
}

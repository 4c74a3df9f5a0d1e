//! Sheets → what is said of each agency and year, figure by figure. What is wrong with a cell is found here; whether the figures of a round
//! fit each other is not.

use super::agencies::{Agencies, Stranger};
use super::columns::{Column, Headings, Layout, Names};
use super::figure::{Field, Figure, text};
use crate::finding::Findings;
use crate::finding::catalog::import::{self, Spot};
use crate::finding::catalog::score;
use crate::model::date::{self, FiscalYear};
use crate::plan::data::ABOUT_SHEET;
use crate::source::Source;
use crate::spreadsheet::{At, Book, Cell, Row, Sheet, column_name};
use crate::thai;
use std::collections::BTreeMap;

/// Whoever has so much to mend has another table before him.
pub(super) const MOST_FINDINGS: usize = 1_000;

/// Of so many strangers it is said who was probably meant: comparing names takes time.
const GUESSED: usize = 20;

/// What a table says.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// By the place of the agency among all, and the year.
    pub(super) rounds: BTreeMap<(usize, FiscalYear), Round>,
    /// How many rows had anything to say.
    pub(super) rows: usize,
    /// The names of sheets that hold no figures of a result.
    pub(super) passed_over: Vec<String>,
}

/// What is said of one agency and year.
#[derive(Debug)]
pub(super) struct Round {
    pub(super) figures: BTreeMap<Field, Figure>,
    /// The cell of the year; the first cell of the row where the whole table is of one.
    pub(super) spot: Spot,
    /// Figures that are not filled in where the file does not have them: they may have been computed.
    pub(super) is_published: bool,
    /// The row of a wide table.
    row: Option<Spot>,
}

/// Reads all sheets.
pub(super) struct Gathering<'a> {
    pub(super) file: &'a str,
    pub(super) names: &'a Names,
    pub(super) agencies: &'a Agencies,
    /// Of tables without a column of years.
    pub(super) year: Option<FiscalYear>,
    /// The beginning of all addresses of the site itself, whose links are not those of an announcement.
    pub(super) base_url: Option<&'a str>,
}

/// A sheet while its rows are read.
struct Table<'a> {
    sheet: &'a Sheet,
    headings: &'a Headings,
    /// Without those that are out of sight.
    columns: BTreeMap<u32, &'a Column>,
}

impl Gathering<'_> {
    pub(super) fn gather(&self, book: &Book, findings: &mut Findings) -> Said {
        let mut said = Said::default();
        let mut has_table = false;
        for sheet in book.sheets.iter().filter(|sheet| !sheet.rows.is_empty()) {
            match self.names.layout(&sheet.rows) {
                Layout::Table(_) if sheet.is_hidden => {
                    findings
                        .add(import::hidden_sheet(&self.spot(sheet, At { row: 0, column: 0 }), &sheet.name));
                }
                Layout::Table(headings) => {
                    has_table = true;
                    self.table(sheet, &headings, &mut said, findings);
                }
                // Nobody expects anything of what only explains.
                Layout::Other if ABOUT_SHEET.contains(&sheet.name.as_str()) => {}
                Layout::Other => said.passed_over.push(sheet.name.clone()),
            }
        }
        if !has_table && !findings.has_errors() {
            findings.add(import::no_heading(self.file, &said.passed_over.join(", ")));
        }
        said
    }

    fn spot(&self, sheet: &Sheet, at: At) -> Spot {
        let name = if sheet.name.is_empty() { at.to_string() } else { format!("{}!{at}", sheet.name) };
        let number = |at: u32| usize::try_from(at).unwrap_or(usize::MAX).saturating_add(1);
        Spot { file: self.file.to_owned(), name, row: number(at.row), column: number(at.column) }
    }

    fn table(&self, sheet: &Sheet, headings: &Headings, said: &mut Said, findings: &mut Findings) {
        let visible = headings.columns.iter().filter(|(at, _)| !sheet.hides_column(**at));
        let table = Table { sheet, headings, columns: visible.map(|(at, column)| (*at, column)).collect() };
        self.judge_columns(&table, findings);
        self.judge_merged(&table, findings);
        let below = || sheet.rows.iter().filter(|row| row.number > headings.row);
        let mut hidden = below().filter(|row| sheet.hides_row(row.number));
        if let Some(first) = hidden.next() {
            let spot = self.spot(sheet, At { row: first.number, column: 0 });
            findings.add(import::hidden_rows(&spot, 1 + hidden.count()));
        }
        for row in below().filter(|row| !sheet.hides_row(row.number)) {
            if findings.iter().count() > MOST_FINDINGS {
                return findings.add(import::too_many_findings(self.file, MOST_FINDINGS));
            }
            self.row(&table, row, said, findings);
        }
    }

    fn judge_columns(&self, table: &Table<'_>, findings: &mut Findings) {
        let (sheet, headings) = (table.sheet, table.headings);
        let spot = |column: u32| self.spot(sheet, At { row: headings.row, column });
        for (at, heading, near) in &headings.unknown {
            findings.add(import::unknown_column(&spot(*at), heading, near.as_deref()));
        }
        for (at, first) in &headings.repeated {
            findings.add(import::repeated_column(&spot(*at), &spot(*first)));
        }
        for at in headings.columns.keys().filter(|at| sheet.hides_column(**at)) {
            findings.add(import::hidden_column(&spot(*at)));
        }
        let named = sheet.rows.iter().find(|row| row.number == headings.row);
        let is_named = |column: u32| named.is_some_and(|row| row.cell(column).is_some());
        let below = sheet.rows.iter().filter(|row| row.number > headings.row);
        let mut nameless: Vec<u32> = below.flat_map(|row| row.cells.iter().map(|(at, _)| *at)).collect();
        nameless.sort_unstable();
        nameless.dedup();
        for at in nameless.into_iter().filter(|at| !is_named(*at) && !sheet.hides_column(*at)) {
            findings.add(import::unknown_column(&spot(at), "", None));
        }
    }

    fn judge_merged(&self, table: &Table<'_>, findings: &mut Findings) {
        for (first, last) in &table.sheet.merged {
            let is_used = table.columns.keys().any(|at| (first.column..=last.column).contains(at));
            if is_used && last.row > table.headings.row {
                let last = format!("{}{}", column_name(last.column), last.row.saturating_add(1));
                findings.add(import::merged(&self.spot(table.sheet, *first), &last));
            }
        }
    }

    fn row(&self, table: &Table<'_>, row: &Row, said: &mut Said, findings: &mut Findings) {
        let before = findings.iter().count();
        let figures = self.figures(table, row, findings);
        let has_found = findings.iter().count() > before;
        if figures.is_empty() && !has_found {
            return;
        }
        said.rows += 1;
        let year = self.year(table, row, findings);
        let agency = self.agency(table, row, findings);
        let (Some((year, spot)), Some(agency)) = (year, agency) else { return };
        let is_wide = table.columns.values().any(|column| matches!(column, Column::Figure(_)));
        let round = said.rounds.entry((agency, year)).or_insert_with(|| Round {
            figures: BTreeMap::new(),
            spot: spot.clone(),
            is_published: false,
            row: None,
        });
        round.is_published |= table.headings.is_published;
        let name =
            || self.agencies.agency(agency).map(|agency| agency.name_in(year).to_owned()).unwrap_or_default();
        if is_wide {
            if let Some(first) = &round.row {
                return findings.add(import::repeated_row(&spot, first, &name(), year.number()));
            }
            round.row = Some(spot);
        }
        for (field, figure) in figures {
            match round.figures.get(&field) {
                Some(first) if is_wide && first.value.is(&figure.value) => {}
                Some(first) => {
                    findings.add(import::repeated_row(&figure.spot, &first.spot, &name(), year.number()));
                }
                None => drop(round.figures.insert(field, figure)),
            }
        }
    }

    /// What stands in a column of a row, with its place.
    fn cell<'r>(&self, table: &Table<'_>, row: &'r Row, wanted: &Column) -> Option<(&'r Cell, Spot)> {
        let (at, _) = table.columns.iter().find(|(_, column)| **column == wanted)?;
        Some((row.cell(*at)?, self.spot(table.sheet, At { row: row.number, column: *at })))
    }

    fn said_in(
        &self,
        table: &Table<'_>,
        row: &Row,
        wanted: &Column,
        findings: &mut Findings,
    ) -> Option<(String, Spot)> {
        let (cell, spot) = self.cell(table, row, wanted)?;
        Some((text(cell, &spot, findings)?, spot))
    }

    /// The first cell of a row, for what the row lacks.
    fn first_spot(&self, table: &Table<'_>, row: &Row) -> Spot {
        let column = table.columns.keys().next().copied().unwrap_or_default();
        self.spot(table.sheet, At { row: row.number, column })
    }

    fn figures(&self, table: &Table<'_>, row: &Row, findings: &mut Findings) -> Vec<(Field, Figure)> {
        let mut figures = Vec::new();
        let columns: Vec<(u32, Field)> = table
            .columns
            .iter()
            .filter_map(|(at, column)| Some((*at, self.field(table, row, column, findings)?)))
            .collect();
        for (column, field) in columns {
            let Some(cell) = row.cell(column) else { continue };
            let spot = self.spot(table.sheet, At { row: row.number, column });
            if table.headings.is_published && field == Field::Source && self.is_own(cell) {
                continue;
            }
            if let Some(value) = field.read(cell, &spot, findings) {
                figures.push((field, Figure { value, spot }));
            }
        }
        figures
    }

    /// Whether a link of the open data leads into the site itself, which wrote it as its pages need it.
    fn is_own(&self, cell: &Cell) -> bool {
        let Cell::Text(text) = cell else { return false };
        !text.contains("://") || self.base_url.is_some_and(|base_url| text.starts_with(base_url))
    }

    /// Which figure a column of a row is; in a long table the row says it.
    fn field(&self, table: &Table<'_>, row: &Row, column: &Column, findings: &mut Findings) -> Option<Field> {
        let is_of_indicators = table.columns.values().any(|one| **one == Column::Number);
        let of = match column {
            Column::Figure(field) => return Some(field.clone()),
            Column::Score if is_of_indicators => Column::Number,
            Column::Score => Column::Item,
            Column::InstrumentScore | Column::InstrumentPoints => Column::Code,
            _ => return None,
        };
        let (text, spot) = self.said_in(table, row, &of, findings)?;
        let field = match (column, of) {
            (Column::InstrumentPoints, _) => Some(Field::Weighted(self.names.code(&text))),
            (_, Column::Code) => Some(Field::Instrument(self.names.code(&text))),
            (_, Column::Number) => number(&text).map(Field::Indicator),
            _ => text.strip_prefix(['O', 'o']).and_then(number).map(Field::Item),
        };
        if field.is_none() {
            let source = Source::new(self.file, text.as_str());
            findings.add(import::of_cell(score::unknown_indicator(&source.whole(), &text), &spot));
        }
        field
    }

    fn year(&self, table: &Table<'_>, row: &Row, findings: &mut Findings) -> Option<(FiscalYear, Spot)> {
        let has_column = table.columns.values().any(|column| **column == Column::Year);
        if let Some(year) = self.year.filter(|_| !has_column) {
            return Some((year, self.first_spot(table, row)));
        }
        let before = findings.iter().count();
        let Some((text, spot)) = self.said_in(table, row, &Column::Year, findings) else {
            if findings.iter().count() == before {
                findings.add(import::year(&self.first_spot(table, row), "", None));
            }
            return None;
        };
        match date::parse_year(bare_year(&text)) {
            Ok(year) => Some((year, spot)),
            Err(error) => {
                findings.add(import::year(&spot, &text, Some(&error.kind)));
                None
            }
        }
    }

    fn agency(&self, table: &Table<'_>, row: &Row, findings: &mut Findings) -> Option<usize> {
        let id = self.said_in(table, row, &Column::Agency, findings);
        let name = self.said_in(table, row, &Column::Name, findings);
        let text = |said: &Option<(String, Spot)>| said.as_ref().map(|(text, _)| text.clone());
        let (id_text, name_text) = (text(&id), text(&name));
        let is_guessed =
            findings.iter().filter(|finding| finding.kind.code == "import/unknown-agency").count() < GUESSED;
        let stranger = match self.agencies.find(id_text.as_deref(), name_text.as_deref(), is_guessed) {
            Ok(agency) => return Some(agency),
            Err(stranger) => stranger,
        };
        let first = self.first_spot(table, row);
        let at = |said: Option<(String, Spot)>| said.unwrap_or_else(|| (String::new(), first.clone()));
        findings.add(match stranger {
            Stranger::Unnamed => import::unknown_agency(&first, "", None),
            Stranger::Id { nearest } => {
                let (text, spot) = at(id);
                import::unknown_agency(&spot, &text, nearest)
            }
            Stranger::Name { nearest } => {
                let (text, spot) = at(name);
                import::unknown_agency(&spot, &text, nearest)
            }
            Stranger::Ambiguous(ids) => {
                let (text, spot) = at(name);
                import::ambiguous_agency(&spot, &text, &ids)
            }
            Stranger::Other { expected } => {
                let (text, spot) = at(name);
                import::other_name(&spot, &text, &id_text.unwrap_or_default(), expected)
            }
        });
        None
    }
}

/// A number from 1, in digits of either script.
fn number(text: &str) -> Option<u8> {
    thai::to_arabic_digits(text).parse().ok().filter(|number| *number > 0)
}

/// A year without the words that say that it is one.
fn bare_year(text: &str) -> &str {
    let words = ["ประจำปีงบประมาณ", "ปีงบประมาณ", "ประจำปี", "ปี"];
    words.iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text).trim_start()
}

//! The figures that a table can give to `scores.yaml`: where each stands in the file, how it is written there, and how a cell says it.

use crate::finding::catalog::{files, import, score};
use crate::finding::{Findings, catalog};
use crate::language::{Language, Numerals};
use crate::model::date::{self, Date};
use crate::model::link::LinkTarget;
use crate::model::number::Score;
use crate::model::{Assessor, ItemCode, ItemScore, Scores};
use crate::parse::yaml;
use crate::source::{Place, Source};
use crate::spreadsheet::Cell;
use crate::thai;
use catalog::import::Spot;

/// A figure of a round, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    Assessor,
    Total,
    Level,
    Date,
    Source,
    Indicator(u8),
    /// By its code.
    Instrument(String),
    /// By the code of its instrument.
    Weighted(String),
    Item(u8),
}

/// What a figure is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Score(Score),
    Level(String),
    Day(Date),
    Link(LinkTarget, String),
    Assessor(Assessor),
}

/// A figure and the cell that says it.
#[derive(Debug, Clone)]
pub(super) struct Figure {
    pub(super) value: Value,
    pub(super) spot: Spot,
}

impl Field {
    /// The key of the map that holds it, and its own; without a map it stands at the top.
    pub(super) fn way(&self) -> (Option<&'static str>, String) {
        match self {
            Field::Assessor => (None, "assessor".to_owned()),
            Field::Total => (Some("announced"), "total".to_owned()),
            Field::Level => (Some("announced"), "level".to_owned()),
            Field::Date => (Some("announced"), "date".to_owned()),
            Field::Source => (Some("announced"), "source".to_owned()),
            Field::Indicator(number) => (Some("indicators"), number.to_string()),
            Field::Instrument(code) => (Some("instruments"), code.clone()),
            Field::Weighted(code) => (Some("weighted"), code.clone()),
            Field::Item(number) => (Some("items"), ItemCode(*number).to_string()),
        }
    }

    /// As places of the file name it.
    pub(super) fn route(&self) -> String {
        match self.way() {
            (Some(map), key) => format!("{map} → {key}"),
            (None, key) => key,
        }
    }

    /// What a file says of it, and where.
    pub(super) fn of(&self, scores: &Scores) -> Option<(Value, Option<Place>)> {
        let score =
            |given: &crate::model::Given<Score>| (Value::Score(given.value), Some(given.place.clone()));
        let announced = scores.announced.as_ref();
        match self {
            Field::Assessor => Some((Value::Assessor(scores.assessor.unwrap_or_default()), None)),
            Field::Total => announced?.total.as_ref().map(score),
            Field::Level => {
                let level = announced?.level.as_ref()?;
                Some((Value::Level(level.value.clone()), Some(level.place.clone())))
            }
            Field::Date => {
                let day = announced?.date.as_ref()?;
                Some((Value::Day(day.value), Some(day.place.clone())))
            }
            Field::Source => {
                let link = announced?.source.as_ref()?;
                Some((
                    Value::Link(link.target.clone(), link.place.text().to_owned()),
                    Some(link.place.clone()),
                ))
            }
            Field::Indicator(number) => scores.indicators.get(number).map(score),
            Field::Instrument(code) => scores.instruments.get(code).map(score),
            Field::Weighted(code) => scores.weighted.get(code).map(score),
            Field::Item(number) => scores.items.get(&ItemCode(*number)).map(|item| {
                let score = match item.value {
                    ItemScore::Lost => Score::ZERO,
                    ItemScore::Full => Score::FULL,
                };
                (Value::Score(score), Some(item.place.clone()))
            }),
        }
    }

    /// Reads a cell. `None` where it says nothing, and where a finding says why it cannot be read.
    pub(super) fn read(&self, cell: &Cell, spot: &Spot, findings: &mut Findings) -> Option<Value> {
        let text = text(cell, spot, findings)?;
        let source = Source::new(spot.file.as_str(), text.as_str());
        let place = source.at(0..text.len());
        match self {
            Field::Level => Some(Value::Level(text)),
            Field::Date => match date::parse_date(&text) {
                Ok(reading) => Some(Value::Day(reading.value)),
                Err(error) => {
                    findings.add(import::of_cell(files::bad_date(&place, &text, &error.kind), spot));
                    None
                }
            },
            Field::Source => match LinkTarget::parse(&text) {
                Ok(target) => Some(Value::Link(target, text)),
                Err(error) => {
                    findings.add(import::of_cell(files::bad_link(&place, &text, error.reason()), spot));
                    None
                }
            },
            Field::Assessor => {
                let all = [Assessor::Nacc, Assessor::Internal, Assessor::Average];
                let found = all.into_iter().find(|one| one.code() == text);
                if found.is_none() {
                    let choices = all.map(Assessor::code);
                    findings.add(import::of_cell(files::bad_choice(&place, &text, &choices), spot));
                }
                found.map(Value::Assessor)
            }
            Field::Item(_) => match read_score(cell, &text, &place, spot, findings)? {
                whole @ (Score::ZERO | Score::FULL) => Some(Value::Score(whole)),
                _ => {
                    findings.add(import::of_cell(score::item_not_whole(&place), spot));
                    None
                }
            },
            Field::Total | Field::Indicator(_) | Field::Instrument(_) | Field::Weighted(_) => {
                read_score(cell, &text, &place, spot, findings).map(Value::Score)
            }
        }
    }
}

impl Value {
    /// As it is written into the file.
    pub(super) fn written(&self) -> String {
        match self {
            Value::Score(score) => score.to_string(),
            Value::Level(text) | Value::Link(_, text) => yaml::scalar(text),
            Value::Day(day) => day.short(Language::Thai, Numerals::Thai),
            Value::Assessor(assessor) => assessor.code().to_owned(),
        }
    }

    /// Whether it says the same, however it is written.
    pub(super) fn is(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::Link(one, _), Value::Link(other, _)) => one == other,
            (one, other) => one == other,
        }
    }
}

/// What a cell says, without what people type for nothing; `None` where it says nothing, and for a formula that fails or was never calculated.
pub(super) fn text(cell: &Cell, spot: &Spot, findings: &mut Findings) -> Option<String> {
    match cell {
        Cell::Error(shown) => {
            findings.add(import::error_cell(spot, shown));
            None
        }
        Cell::Uncalculated => {
            findings.add(import::uncalculated(spot));
            None
        }
        Cell::Truth(truth) => Some(if *truth { "TRUE" } else { "FALSE" }.to_owned()),
        Cell::Number(text) | Cell::PerCent(text) | Cell::Day(text) => Some(text.clone()),
        Cell::Text(text) => Some(tidy(text)).filter(|text| !is_nothing(text)),
    }
}

/// A text without odd spaces and what cannot be seen.
pub(super) fn tidy(text: &str) -> String {
    thai::composed(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands in a cell of which nothing is known.
fn is_nothing(text: &str) -> bool {
    let is_dashes = text.chars().all(|sign| matches!(sign, '-' | '–' | '—' | '−' | '.' | '…'));
    is_dashes || ["n/a", "na", "ไม่มี", "ไม่มีข้อมูล", "ไม่ระบุ"].contains(&text.to_lowercase().as_str())
}

/// A score as a cell has it. A comma before one or two last digits is the decimal point of many keyboards; one before three could be either.
fn read_score(cell: &Cell, text: &str, place: &Place, spot: &Spot, findings: &mut Findings) -> Option<Score> {
    if let Cell::PerCent(held) = cell {
        findings.add(import::per_cent(spot, held));
        return None;
    }
    let with_point = match text.split_once(',') {
        Some((whole, decimals))
            if decimals.chars().count() <= 2
                && format!("{whole}{decimals}").chars().all(|sign| thai::digit(sign).is_some()) =>
        {
            format!("{whole}.{decimals}")
        }
        _ => text.to_owned(),
    };
    match Score::parse(&with_point) {
        Ok(score) => Some(score),
        Err(error) => {
            findings.add(import::of_cell(score::unreadable(place, text, error), spot));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot() -> Spot {
        Spot { file: "a.xlsx".to_owned(), name: "C5".to_owned(), row: 5, column: 3 }
    }

    /// What comes of a cell: how it is written, or the code of what was found; nothing for nothing.
    fn read(field: &Field, cell: &Cell) -> String {
        let mut findings = Findings::default();
        let value = field.read(cell, &spot(), &mut findings);
        let codes = findings.iter().map(|finding| finding.kind.code.to_owned());
        value.map(|value| value.written()).into_iter().chain(codes).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn scores_are_met_as_they_are_typed() {
        let typed = |text: &str| Cell::Text(text.to_owned());
        let check = |cell: Cell, expected: &str| assert_eq!(read(&Field::Total, &cell), expected, "{cell:?}");
        check(Cell::Number("86.92".to_owned()), "86.92");
        check(Cell::Number("0".to_owned()), "0.00");
        check(Cell::Number("86.925".to_owned()), "score/unreadable");
        check(Cell::Number("101".to_owned()), "score/out-of-range");
        check(Cell::PerCent("0.8692".to_owned()), "import/per-cent");
        check(Cell::Truth(true), "score/unreadable");
        check(Cell::Error("#REF!".to_owned()), "import/error-cell");
        check(Cell::Uncalculated, "import/uncalculated");
        check(Cell::Day("2022-08-01".to_owned()), "score/unreadable");
        check(typed("๘๖.๙๒"), "86.92");
        check(typed("86,92"), "86.92");
        check(typed("๘๖,๙"), "86.90");
        check(typed("\u{a0}86.92 "), "86.92");
        check(typed("1,000"), "score/unreadable");
        check(typed("86.92 คะแนน"), "score/unreadable");
        check(typed("๘6.92"), "score/unreadable");
        for nothing in ["-", "–", "n/a", "N/A", "ไม่มีข้อมูล", "…"] {
            check(typed(nothing), "");
        }
    }

    #[test]
    fn other_figures_are_read_as_files_have_them() {
        let check = |field: Field, text: &str, expected: &str| {
            assert_eq!(read(&field, &Cell::Text(text.to_owned())), expected, "{text}");
        };
        check(Field::Date, "๑ ส.ค. ๒๕๖๕", "๑ ส.ค. ๒๕๖๕");
        check(Field::Date, "1/8/2022", "๑ ส.ค. ๒๕๖๕");
        check(Field::Date, "30 กุมภาพันธ์ 2565", "files/bad-date");
        check(Field::Source, "https://example.go.th/a", "https://example.go.th/a");
        check(Field::Source, "C:\\a.pdf", "files/bad-link");
        check(Field::Assessor, "internal", "internal");
        check(Field::Assessor, "ใคร", "files/bad-value");
        check(Field::Level, " ผ่านดี ", "ผ่านดี");
        check(Field::Item(42), "100", "100.00");
        check(Field::Item(42), "50", "score/item-not-whole");
        assert_eq!(read(&Field::Date, &Cell::Day("2565-08-01".to_owned())), "๑ ส.ค. ๒๕๖๕");
        assert_eq!(read(&Field::Date, &Cell::Day("2022-08-01".to_owned())), "๑ ส.ค. ๒๕๖๕");
    }
}

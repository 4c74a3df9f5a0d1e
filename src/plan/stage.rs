//! A fiscal year in the stages in which offices report it: what stood there at six months (รอบ ๖ เดือน, to 31 มีนาคม), at twelve, and what
//! was reported later. So a result that comes later never hides what an assessor saw before. It knows no page.

use super::printer::Printer;
use super::{home, view};
use crate::model::date::{Date, FiscalYear};
use crate::model::{Measure, State};
use std::collections::BTreeMap;

/// A stage of a fiscal year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// To 31 มีนาคม, and whatever was reported before the year began.
    SixMonths,
    /// To 30 กันยายน.
    TwelveMonths,
    /// After the year.
    Later,
}

impl Stage {
    /// The stage to which a day belongs.
    pub(super) fn of(day: Date, year: FiscalYear) -> Stage {
        let reached = |stage: &Stage| stage.last_day(year).is_none_or(|last| day <= last);
        [Stage::SixMonths, Stage::TwelveMonths].into_iter().find(reached).unwrap_or(Stage::Later)
    }

    /// As views and CSS classes have it.
    pub(super) fn code(self) -> &'static str {
        match self {
            Stage::SixMonths => "six-months",
            Stage::TwelveMonths => "twelve-months",
            Stage::Later => "later",
        }
    }

    /// Its last day in a year; the last stage has none.
    fn last_day(self, year: FiscalYear) -> Option<Date> {
        let [_, half, _, whole] = year.quarters();
        match self {
            Stage::SixMonths => Some(half.last_day()),
            Stage::TwelveMonths => Some(whole.last_day()),
            Stage::Later => None,
        }
    }

    /// How offices call it: `รอบ ๖ เดือน`.
    pub(super) fn title(self, printer: Printer) -> String {
        match self {
            Stage::SixMonths => printer.sentence(printer.choose("รอบ 6 เดือน", "First 6 months")),
            Stage::TwelveMonths => printer.sentence(printer.choose("รอบ 12 เดือน", "12 months")),
            Stage::Later => printer.choose("หลังสิ้นปีงบประมาณ", "After the fiscal year").to_owned(),
        }
    }

    /// The state of a measure at its end.
    pub(super) fn state(self, measure: &Measure, year: FiscalYear) -> Option<State> {
        self.last_day(year).map_or_else(|| measure.state(), |day| measure.state_on(day))
    }

    /// How the measures stood at its end.
    fn view(self, measures: &[Measure], year: FiscalYear, printer: Printer) -> view::Stage {
        let mut counts = BTreeMap::new();
        for measure in measures {
            *counts.entry(self.state(measure, year)).or_insert(0) += 1;
        }
        view::Stage {
            code: self.code(),
            title: self.title(printer),
            until: self.last_day(year).map(|day| printer.date(day)),
            states: home::state_counts(printer, &counts),
            unreported: counts.get(&None).map(|count| printer.count(count)),
        }
    }
}

/// The stages of a year in which anything was reported, and those before them.
pub(super) fn reached(measures: &[Measure], year: FiscalYear) -> Vec<Stage> {
    let days = measures.iter().flat_map(|measure| &measure.results).map(|result| result.date.value);
    let last = days.map(|day| Stage::of(day, year)).max();
    let stages = [Stage::SixMonths, Stage::TwelveMonths, Stage::Later];
    stages.into_iter().filter(|stage| Some(*stage) <= last).collect()
}

/// How the measures of a year stood at the end of every stage that was reached.
pub(super) fn views(measures: &[Measure], year: FiscalYear, printer: Printer) -> Vec<view::Stage> {
    reached(measures, year).into_iter().map(|stage| stage.view(measures, year, printer)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_belong_to_stages() {
        let year = FiscalYear::new(2566).unwrap();
        let check = |(y, m, d), expected| {
            assert_eq!(Stage::of(Date::new(y, m, d).unwrap(), year), expected, "{y}-{m}-{d}");
        };
        check((2022, 9, 21), Stage::SixMonths);
        check((2022, 10, 1), Stage::SixMonths);
        check((2023, 3, 31), Stage::SixMonths);
        check((2023, 4, 1), Stage::TwelveMonths);
        check((2023, 9, 30), Stage::TwelveMonths);
        check((2023, 10, 1), Stage::Later);
    }
}

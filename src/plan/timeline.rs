//! Measures over the months of their fiscal year, drawn as SVG: when each runs, when it is followed up, and what was reported when. It
//! knows where things stand on the line; how marks look is the theme's, and the table of the page says the same in words.

use super::printer::Printer;
use super::view;
use crate::model::Measure;
use crate::model::date::{Date, FiscalYear, Period, Point};
use std::fmt::Write;

/// From the top of a track, in px: the line of period and follow-up, and the one of reports below it.
const PLANNED: u8 = 18;
const REPORTED: u8 = 42;

/// Half the thickness of a period.
const HALF_BAR: u8 = 5;

/// A place on the line of a year, in hundredths of a per cent: 0 at the beginning of ตุลาคม, 10,000 at the end of กันยายน. All months are
/// equally long, as their names over the line are.
type Place = u32;

/// Lays out the measures of a year; `None` where nothing of them has a day.
pub(super) fn timeline(measures: &[Measure], year: FiscalYear, printer: Printer) -> Option<view::Timeline> {
    let has_reports = measures.iter().any(|measure| !measure.results.is_empty());
    let is_empty = |measure: &Measure| measure.period.is_none() && follow_up(measure).is_none();
    if !has_reports && measures.iter().all(is_empty) {
        return None;
    }
    let (language, numerals) = (printer.language, printer.numerals);
    Some(view::Timeline {
        year: printer.year(year),
        whole: view::Date { text: year.period().short(language, numerals), iso: year.period().iso() },
        months: year.months().map(|month| month.abbreviation(language).to_owned()).to_vec(),
        quarters: (1..=4).map(|quarter| printer.count(quarter)).collect(),
        stages: [6, 12].map(|months| printer.count(months)).to_vec(),
        rows: measures.iter().map(|measure| row(measure, year, has_reports, printer)).collect(),
        has_reports,
    })
}

fn row(measure: &Measure, year: FiscalYear, has_reports: bool, printer: Printer) -> view::TimelineRow {
    view::TimelineRow {
        link: view::Anchor::inside(format!("#m-{}", measure.id), measure.short_title()),
        period: measure.period.as_ref().map(|period| printer.period(period.value)),
        svg_html: track(measure, year, has_reports, printer),
    }
}

/// The picture of a measure, named by what it shows.
fn track(measure: &Measure, year: FiscalYear, has_reports: bool, printer: Printer) -> String {
    let (words, language) = (words(measure, printer), printer.language.code());
    let height = if has_reports { REPORTED + PLANNED } else { 2 * PLANNED };
    let mut svg =
        format!("<svg height=\"{height}\" role=\"img\" lang=\"{language}\" aria-label=\"{words}\">");
    if let Some(period) = &measure.period {
        draw_period(&mut svg, period.value, year);
    }
    if let Some(point) = follow_up(measure) {
        let middle = (start(point.first_day(), year) + end(point.last_day(), year)) / 2;
        draw_mark(&mut svg, "follow-up", middle, PLANNED);
    }
    let mut reports: Vec<_> = measure.results.iter().collect();
    reports.sort_by_key(|report| report.date.value);
    for report in reports {
        draw_mark(&mut svg, report.state.value.code(), start(report.date.value, year), REPORTED);
    }
    svg.push_str("</svg>");
    svg
}

/// A bar; one that goes on beyond the year is open on that side.
fn draw_period(svg: &mut String, period: Period, year: FiscalYear) {
    let (from, to) = (start(period.first_day(), year), end(period.last_day(), year));
    let (x, width) = (percent(from), percent(to - from));
    let (y, height) = (PLANNED - HALF_BAR, 2 * HALF_BAR);
    let _ = write!(svg, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>");
    if period.first_day() < year.first_day() {
        draw_mark(svg, "before", 0, PLANNED);
    }
    if period.last_day() > year.last_day() {
        draw_mark(svg, "after", 10_000, PLANNED);
    }
}

/// A mark that the theme draws around the point 0, 0 under the id `mark-<name>`.
fn draw_mark(svg: &mut String, name: &str, at: Place, y: u8) {
    let _ = write!(svg, "<use href=\"#mark-{name}\" x=\"{}\" y=\"{y}\"/>", percent(at));
}

/// When a measure is followed up, as far as it names a month or a day.
fn follow_up(measure: &Measure) -> Option<Point> {
    measure.follow_up.as_ref()?.date
}

/// The beginning of a day; the ends of the line stand for everything beyond them.
fn start(day: Date, year: FiscalYear) -> Place {
    place(day, u32::from(day.day().unsigned_abs()) - 1, year)
}

/// The end of a day.
fn end(day: Date, year: FiscalYear) -> Place {
    place(day, u32::from(day.day().unsigned_abs()), year)
}

/// After so many days of the month of a day.
fn place(day: Date, days: u32, year: FiscalYear) -> Place {
    if day < year.first_day() {
        return 0;
    } else if day > year.last_day() {
        return 10_000;
    }
    let length = u32::from(day.month().last_day().day().unsigned_abs());
    (u32::from(day.month().place_in_fiscal_year()) * length + days) * 10_000 / (12 * length)
}

fn percent(place: Place) -> String {
    match (place / 100, place % 100) {
        (whole, 0) => format!("{whole}%"),
        (whole, hundredths) => format!("{whole}.{hundredths:02}%"),
    }
}

/// What the picture shows, for who does not see it; months in full, since abbreviations are read letter by letter. It holds data of ours
/// alone, hence nothing to escape.
fn words(measure: &Measure, printer: Printer) -> String {
    let (language, numerals) = (printer.language, printer.numerals);
    let period = measure.period.as_ref().map(|period| {
        format!("{} {}", printer.choose("ดำเนินการ", "Runs"), period.value.long(language, numerals))
    });
    let follow_up = follow_up(measure).map(|point| {
        format!("{} {}", printer.choose("ติดตามผล", "Followed up"), point.long(language, numerals))
    });
    let reports = measure.results.iter().map(|report| {
        let (day, state) = (printer.date(report.date.value).text, printer.state(report.state.value).text);
        format!("{} {day} {state}", printer.choose("รายงานผล", "Reported"))
    });
    let all: Vec<String> = period.into_iter().chain(follow_up).chain(reports).collect();
    if all.is_empty() {
        printer.choose("ยังไม่ได้ระบุระยะเวลา", "No dates given").to_owned()
    } else {
        all.join(printer.choose(" ", ", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_days() {
        let year = FiscalYear::new(2566).unwrap();
        let check = |(y, m, d), expected: (&str, &str)| {
            let day = Date::new(y, m, d).unwrap();
            let found = (percent(start(day, year)), percent(end(day, year)));
            assert_eq!((found.0.as_str(), found.1.as_str()), expected, "{y}-{m}-{d}");
        };
        check((2022, 10, 1), ("0%", "0.26%"));
        check((2022, 9, 30), ("0%", "0%"));
        check((2023, 1, 1), ("25%", "25.26%"));
        check((2023, 2, 28), ("41.36%", "41.66%"));
        check((2023, 3, 31), ("49.73%", "50%"));
        check((2023, 9, 30), ("99.72%", "100%"));
        check((2023, 10, 1), ("100%", "100%"));
    }
}

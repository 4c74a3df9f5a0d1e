//! Totals over the years as points on an axis from 0 to 100, with the line that they have to reach. Points are joined where the years
//! follow each other and are scored alike; a full point reached the line, a hollow one did not.

use super::{Drawing, Length, WIDTH, threshold};
use crate::model::number::Score;
use crate::plan::printer::Printer;
use std::fmt::Write;

/// Where the axis of years begins and ends, beside the labels of the other axis.
const LEFT: i32 = 88;
const RIGHT: i32 = WIDTH - 6;
/// Where 100 and 0 points lie.
const TOP: i32 = 24;
const BOTTOM: i32 = 164;
/// From the baseline of a text to its middle.
const RISE: i32 = 5;
/// From the foot of the axis to the baseline of the years.
const YEARS: i32 = 20;
/// From a point to the label above or below it.
const ABOVE: i32 = 9;
const BELOW: i32 = 20;
/// With more years than this the labels take turns above and below, or they would touch.
const WIDE: usize = 5;

/// A year.
pub(in crate::plan) struct Year {
    /// In the site's digits.
    pub(in crate::plan) label: String,
    /// As announced; none leaves a gap.
    pub(in crate::plan) total: Option<Score>,
    /// The year's threshold, if it has one.
    pub(in crate::plan) pass: Option<Score>,
    /// Whether it can be compared with the year before it.
    pub(in crate::plan) is_joined: bool,
    /// Whether its levels have other names than those of the year before it.
    pub(in crate::plan) has_other_levels: bool,
}

/// Draws totals over the years, oldest first. `alternative` says in a sentence what they show.
pub(in crate::plan) fn line(years: &[Year], alternative: &str, printer: Printer) -> String {
    let mut drawing = Drawing::new(BOTTOM + YEARS + RISE, alternative);
    let step = (RIGHT - LEFT) * 10 / i32::try_from(years.len().max(1)).unwrap_or(i32::MAX);
    let edge = |at: usize| Length(LEFT * 10 + step * i32::try_from(at).unwrap_or(0));
    let height = |score| Length::of(BOTTOM).minus(Length::of_score(score, BOTTOM - TOP));
    let (mut pass, mut borders, mut joined, mut points) =
        (String::new(), String::new(), String::new(), String::new());
    let (mut labels, mut totals) = (Vec::new(), Vec::new());
    for (at, year) in years.iter().enumerate() {
        let x = Length(edge(at).0 + step / 2);
        labels.push((x, BOTTOM + YEARS, year.label.clone()));
        if let Some(score) = year.pass {
            let _ = write!(pass, "M{} {}H{}", edge(at), height(score), edge(at + 1));
        }
        if year.has_other_levels {
            let _ = write!(borders, "M{} {TOP}V{BOTTOM}", edge(at));
        }
        let Some(total) = year.total else { continue };
        let y = height(total);
        let before = at.checked_sub(1).and_then(|before| years[before].total);
        if let Some(before) = before.filter(|_| year.is_joined) {
            let _ = write!(joined, "M{} {}L{x} {y}", Length(x.0 - step), height(before));
        }
        let class = if year.pass.is_some_and(|pass| total >= pass) { "point" } else { "point hollow" };
        let _ = write!(points, "<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"5\"/>");
        let is_above = years.len() <= WIDE || at % 2 == 0;
        let baseline = y.0 / 10 + if is_above { -ABOVE } else { BELOW };
        totals.push((x, baseline, printer.score(total)));
    }
    drawing.path("axis", &format!("M{LEFT} {TOP}H{RIGHT}M{LEFT} {BOTTOM}H{RIGHT}"));
    drawing.path("line", &pass);
    drawing.path("border", &borders);
    drawing.path("joined", &joined);
    drawing.write(format_args!("{points}"));
    let beside = |score, text| (Length::of(LEFT - 8), height(score).0 / 10 + RISE, text);
    let mut scale = vec![beside(Score::FULL, printer.count(100)), beside(Score::ZERO, printer.count(0))];
    let newest_pass = years.iter().rev().find_map(|year| year.pass);
    scale.extend(newest_pass.map(|pass| beside(pass, threshold(pass, printer))));
    drawing.texts("end", &scale);
    drawing.texts("middle", &labels);
    drawing.texts("middle strong", &totals);
    drawing.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Language, Numerals};

    const PRINTER: Printer = Printer { language: Language::Thai, numerals: Numerals::Arabic };

    fn year(total: Option<u16>, is_joined: bool) -> Year {
        Year {
            label: "2565".to_owned(),
            total: total.and_then(Score::from_hundredths),
            pass: Score::from_hundredths(8500),
            is_joined,
            has_other_levels: false,
        }
    }

    #[test]
    fn points_stand_on_one_scale() {
        let svg = line(&[year(Some(10_000), false), year(Some(0), true)], "", PRINTER);
        assert!(svg.contains("<circle class=\"point\" cx=\"154.5\" cy=\"24\" r=\"5\"/>"), "{svg}");
        assert!(svg.contains("<circle class=\"point hollow\" cx=\"287.5\" cy=\"164\" r=\"5\"/>"), "{svg}");
        assert!(svg.contains("<path class=\"joined\" d=\"M154.5 24L287.5 164\"/>"), "{svg}");
        assert!(svg.contains(">0.00</text>") && !svg.contains(">pass 85.00</text>"), "{svg}");
    }

    #[test]
    fn a_year_without_a_total_is_a_gap() {
        let svg = line(&[year(Some(5000), false), year(None, true), year(Some(6000), true)], "", PRINTER);
        assert!(!svg.contains("class=\"joined\""), "{svg}");
        assert_eq!(svg.matches("<circle").count(), 2);
        assert_eq!(svg.matches(">2565</text>").count(), 3);
    }
}

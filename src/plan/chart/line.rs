//! Totals over the years as points on an axis from 0 to 100, with the line that they have to reach. Points are joined where the years
//! follow each other and are scored alike; a full point reached the line, a hollow one did not.

use super::{Drawing, Length, WIDTH, threshold};
use crate::model::number::Score;
use crate::plan::printer::Printer;
use std::fmt::Write;

/// Where the axis of years begins and ends, beside the labels of the other axis.
const LEFT: i32 = 88;
const RIGHT: i32 = WIDTH - 6;
/// Where 100 and 0 points lie; lower for many years, whose points are close to each other.
const TOP: i32 = 24;
const BOTTOM: i32 = 164;
const BOTTOM_OF_MANY: i32 = 224;
/// From the baseline of a text to its middle.
const RISE: i32 = 5;
/// From the foot of the axis to the baseline of the years.
const YEARS: i32 = 20;
/// From a point to the label above or below it.
const ABOVE: i32 = 9;
const BELOW: i32 = 20;
/// How high a line of text is.
const LINE: i32 = 16;
/// With more years than this labels of points stand above and below, and only the first year is written out, or they would touch.
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
    let are_many = years.len() > WIDE;
    let bottom = if are_many { BOTTOM_OF_MANY } else { BOTTOM };
    let mut drawing = Drawing::new(bottom + YEARS + RISE, alternative);
    let step = (RIGHT - LEFT) * 10 / i32::try_from(years.len().max(1)).unwrap_or(i32::MAX);
    let edge = |at: usize| Length(LEFT * 10 + step * i32::try_from(at).unwrap_or(0));
    let height = |score| Length::of(bottom).minus(Length::of_score(score, bottom - TOP));
    let (mut pass, mut borders, mut joined, mut points) =
        (String::new(), String::new(), String::new(), String::new());
    let (mut labels, mut totals) = (Vec::new(), Vec::new());
    let heights: Vec<Option<i32>> =
        years.iter().map(|year| year.total.map(|total| height(total).0 / 10)).collect();
    let sides = if are_many { sides(&heights) } else { vec![true; years.len()] };
    for (at, year) in years.iter().enumerate() {
        let x = Length(edge(at).0 + step / 2);
        let label = if are_many && at > 0 { short(&year.label) } else { year.label.clone() };
        labels.push((x, bottom + YEARS, label));
        if let Some(score) = year.pass {
            let _ = write!(pass, "M{} {}H{}", edge(at), height(score), edge(at + 1));
        }
        if year.has_other_levels {
            let _ = write!(borders, "M{} {TOP}V{bottom}", edge(at));
        }
        let Some(total) = year.total else { continue };
        let y = height(total);
        let before = at.checked_sub(1).and_then(|before| years[before].total);
        if let Some(before) = before.filter(|_| year.is_joined) {
            let _ = write!(joined, "M{} {}L{x} {y}", Length(x.0 - step), height(before));
        }
        let class = if year.pass.is_some_and(|pass| total >= pass) { "point" } else { "point hollow" };
        let _ = write!(points, "<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"5\"/>");
        let baseline = y.0 / 10 + if sides[at] { -ABOVE } else { BELOW };
        totals.push((x, baseline, printer.score(total)));
    }
    drawing.path("axis", &format!("M{LEFT} {TOP}H{RIGHT}M{LEFT} {bottom}H{RIGHT}"));
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

/// For each point whether its label stands above it, so that as few as possible are in the way of the line or of each other. `heights` are
/// in pixels from the top, and few, so that all ways can be tried.
fn sides(heights: &[Option<i32>]) -> Vec<bool> {
    let known: Vec<(usize, i32)> =
        heights.iter().enumerate().filter_map(|(at, height)| Some((at, (*height)?))).collect();
    let disorder = |ups: u32| -> usize {
        let is_up = |nth: usize| ups >> nth & 1 == 1;
        let pair = |(nth, pair): (usize, &[(usize, i32)])| {
            let [(left, first), (right, second)] = [pair[0], pair[1]];
            let label = |nth: usize, height: i32| height + if is_up(nth) { -ABOVE } else { BELOW };
            let rises = second < first;
            let of_line = usize::from(is_up(nth) == rises) + usize::from(is_up(nth + 1) != rises);
            let distance = (label(nth, first) - label(nth + 1, second)).abs();
            of_line + if right - left == 1 && distance < LINE { 4 } else { 0 }
        };
        known.windows(2).enumerate().map(pair).sum()
    };
    let ways = 0..1u32 << known.len();
    let best = ways.rev().min_by_key(|ups| disorder(*ups)).unwrap_or_default();
    let mut sides = vec![true; heights.len()];
    known.iter().enumerate().for_each(|(nth, (at, _))| sides[*at] = best >> nth & 1 == 1);
    sides
}

/// The last two digits of a year, as people write it.
fn short(label: &str) -> String {
    let digits: Vec<char> = label.chars().collect();
    digits[digits.len().saturating_sub(2)..].iter().collect()
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
    fn many_years_leave_each_other_room() {
        let totals = [8839, 9254, 9130, 7406, 7650, 7811, 8131, 9514];
        let years: Vec<Year> = totals.into_iter().map(|total| year(Some(total), true)).collect();
        let svg = line(&years, "", PRINTER);
        assert_eq!((svg.matches(">2565</text>").count(), svg.matches(">65</text>").count()), (1, 7), "{svg}");
    }

    #[test]
    fn labels_keep_clear_of_the_line_and_of_each_other() {
        let check = |heights: &[Option<i32>], expected: &str| {
            let sides: String =
                sides(heights).into_iter().map(|is_up| if is_up { '^' } else { 'v' }).collect();
            assert_eq!(sides, expected, "{heights:?}");
        };
        check(&[Some(100), Some(50), Some(100)], "v^v");
        check(&[Some(50), Some(100), Some(50)], "^v^");
        check(&[Some(50), None, Some(100)], "^^v");
        check(&[], "");
        // Side by side they would touch, so they take turns.
        let level = sides(&[Some(60); 8]);
        assert!(level.windows(2).all(|pair| pair[0] != pair[1]), "{level:?}");
    }

    #[test]
    fn a_year_without_a_total_is_a_gap() {
        let svg = line(&[year(Some(5000), false), year(None, true), year(Some(6000), true)], "", PRINTER);
        assert!(!svg.contains("class=\"joined\""), "{svg}");
        assert_eq!(svg.matches("<circle").count(), 2);
        assert_eq!(svg.matches(">2565</text>").count(), 3);
    }
}

//! Horizontal bars of scores, grouped, on an axis from 0 to 100 with the line that they have to reach. The scores stand behind their bars
//! as a column; what has to be mended is striped, and where last year ended is a notch.

use super::{Drawing, Length, WIDTH, threshold};
use crate::model::number::Score;
use crate::plan::printer::Printer;
use std::fmt::Write;

/// From one bar to the next.
const PITCH: i32 = 23;
/// From the baseline of a number to the middle of its bar.
const RISE: i32 = 5;
/// Half of a notch, which reaches out over its bar on both sides.
const NOTCH: i32 = 10;
/// Room for a group's code above its bars.
const HEAD: i32 = 21;
/// Room above the bars for the label of the line, and below them for the axis.
const TOP: i32 = 22;
const FOOT: i32 = 24;
/// Where the axis begins.
const ORIGIN: i32 = 30;
/// How long the axis is, alone and beside a column of changes.
const AXIS: i32 = 265;
const SHORT_AXIS: i32 = 200;
/// From the right edge to the end of the scores where changes stand behind them.
const CHANGES: i32 = 64;

/// Bars that belong together.
pub(in crate::plan) struct Group<'a> {
    /// `IIT`.
    pub(in crate::plan) code: &'a str,
    /// In order.
    pub(in crate::plan) bars: Vec<Bar<'a>>,
}

/// A score.
pub(in crate::plan) struct Bar<'a> {
    /// In the site's digits.
    pub(in crate::plan) number: &'a str,
    /// None is said in words; zero is a score.
    pub(in crate::plan) score: Option<Score>,
    /// Last year's.
    pub(in crate::plan) previous: Option<Score>,
    /// Signed, in the site's digits.
    pub(in crate::plan) change: Option<&'a str>,
    /// Whether it is to be told apart from the others.
    pub(in crate::plan) is_striped: bool,
}

/// Draws bars. `alternative` says in a sentence what they show.
pub(in crate::plan) fn bars(
    groups: &[Group<'_>],
    pass: Option<Score>,
    alternative: &str,
    printer: Printer,
) -> String {
    let has_changes = groups.iter().flat_map(|group| &group.bars).any(|bar| bar.change.is_some());
    let (axis, scores_end) = if has_changes { (SHORT_AXIS, WIDTH - CHANGES) } else { (AXIS, WIDTH) };
    let count: usize = groups.iter().map(|group| group.bars.len()).sum();
    let rows = HEAD * length(groups.len()) + PITCH * length(count);
    let mut drawing = Drawing::new(TOP + rows + FOOT, alternative);
    let end = |score| Length::of(ORIGIN).plus(Length::of_score(score, axis));
    let (mut codes, mut numbers, mut scores, mut marked, mut changes, mut missing) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut plain, mut striped, mut notches) = (String::new(), String::new(), String::new());
    let mut y = TOP;
    for group in groups {
        y += HEAD;
        codes.push((y - RISE, group.code.to_owned()));
        for bar in &group.bars {
            y += PITCH;
            let middle = y - PITCH / 2;
            let (baseline, path) = (middle + RISE, if bar.is_striped { &mut striped } else { &mut plain });
            numbers.push((baseline, bar.number.to_owned()));
            match bar.score {
                Some(score) => {
                    let _ = write!(path, "M{ORIGIN} {middle}h{}", Length::of_score(score, axis));
                    let of = if bar.is_striped { &mut marked } else { &mut scores };
                    of.push((baseline, printer.score(score)));
                }
                None => {
                    let words = printer.choose("ไม่มีข้อมูล", "no data").to_owned();
                    missing.push((baseline, words));
                }
            }
            if let Some(previous) = bar.previous {
                let _ = write!(notches, "M{} {}v{}", end(previous), middle - NOTCH, 2 * NOTCH);
            }
            changes.extend(bar.change.map(|change| (baseline, change.to_owned())));
        }
    }
    let ends = [(Score::ZERO, "0"), (Score::FULL, "100")];
    drawing.path("axis", &ends.map(|(score, _)| format!("M{} {TOP}V{}", end(score), y + 4)).concat());
    drawing.path("bar", &plain);
    drawing.path("bar striped", &striped);
    drawing.path("notch", &notches);
    if let Some(pass) = pass {
        drawing.path("line", &format!("M{} {}V{}", end(pass), TOP - 4, y + 4));
        drawing.texts("middle", &[(end(pass), TOP - 9, threshold(pass, printer))]);
    }
    drawing.column("strong", 0, &codes);
    drawing.column("end", ORIGIN - 7, &numbers);
    drawing.column("end", scores_end, &scores);
    drawing.column("end strong", scores_end, &marked);
    drawing.column("end", WIDTH, &changes);
    drawing.column("quiet", ORIGIN + 6, &missing);
    let labels = ends.map(|(score, label)| (end(score), y + FOOT - 5, printer.count(label)));
    drawing.texts("middle", &labels);
    drawing.finish()
}

fn length(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX / 1000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Language, Numerals};

    const PRINTER: Printer = Printer { language: Language::Thai, numerals: Numerals::Thai };

    fn bar(score: Option<u16>, previous: Option<u16>, is_striped: bool) -> Bar<'static> {
        let of = |hundredths: Option<u16>| hundredths.and_then(Score::from_hundredths);
        let change = previous.map(|_| "+๑.๐๐");
        Bar { number: "๑", score: of(score), previous: of(previous), change, is_striped }
    }

    fn draw(bars_of_one_group: Vec<Bar<'_>>) -> String {
        let group = Group { code: "IIT", bars: bars_of_one_group };
        bars(&[group], Score::from_hundredths(8500), "ก < ข", PRINTER)
    }

    #[test]
    fn a_bar_is_as_long_as_its_score() {
        let svg = draw(vec![bar(Some(10_000), None, false), bar(Some(5000), None, true)]);
        assert!(svg.contains("<path class=\"bar\" d=\"M30 55h265\"/>"), "{svg}");
        assert!(svg.contains("<path class=\"bar striped\" d=\"M30 78h132.5\"/>"), "{svg}");
        assert!(svg.contains(">๑๐๐.๐๐</text>") && svg.contains(">เกณฑ์ ๘๕.๐๐</text>"), "{svg}");
        assert!(svg.contains("aria-label=\"ก &lt; ข\""), "{svg}");
    }

    #[test]
    fn zero_is_a_score_and_what_is_missing_says_so() {
        let svg = draw(vec![bar(Some(0), None, false), bar(None, None, false)]);
        assert!(svg.contains("h0\"/>") && svg.contains(">๐.๐๐</text>"), "{svg}");
        assert!(svg.contains(">ไม่มีข้อมูล</text>"), "{svg}");
    }

    #[test]
    fn last_year_is_a_notch_and_a_change() {
        let svg = draw(vec![bar(Some(5000), Some(4900), false)]);
        assert!(svg.contains("<path class=\"notch\" d=\"M128 45v20\"/>"), "{svg}");
        assert!(svg.contains(">+๑.๐๐</text>"), "{svg}");
    }
}

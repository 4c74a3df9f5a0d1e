//! Charts as SVG, drawn when a site is built: plain strings, whole numbers of hundredths, no floating point. A drawing holds numbers and
//! short codes only, since SVG breaks no lines; its words stand beside it, and how it looks is the style sheet's. Each says in one
//! sentence what it shows, for whoever cannot see it. Knows no rule and no page.

mod bars;
mod line;
mod shares;

pub(super) use bars::{Bar, Group, bars};
pub(super) use line::{Year, line};
pub(super) use shares::{Part, shares};

use super::printer::Printer;
use crate::model::number::Score;
use std::fmt::{self, Write};

/// Every drawing is so many units wide; a unit is about a pixel on a phone.
const WIDTH: i32 = 360;

/// A length in the units of a drawing, in tenths of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Length(i32);

impl Length {
    /// So many units.
    const fn of(units: i32) -> Self {
        Length(units * 10)
    }

    /// How far a score reaches on an axis that is so many units long for 100 points; rounded down.
    fn of_score(score: Score, axis: i32) -> Self {
        Length(i32::from(score.hundredths()) * axis / 1000)
    }

    fn plus(self, other: Length) -> Self {
        Length(self.0 + other.0)
    }

    fn minus(self, other: Length) -> Self {
        Length(self.0 - other.0)
    }
}

/// `12` or `12.5`.
impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (units, tenth) = (self.0.abs() / 10, self.0.abs() % 10);
        if tenth == 0 { write!(f, "{sign}{units}") } else { write!(f, "{sign}{units}.{tenth}") }
    }
}

/// A drawing that is being put together.
struct Drawing {
    svg: String,
}

impl Drawing {
    fn new(height: i32, alternative: &str) -> Self {
        let mut svg =
            format!("<svg class=\"drawing\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"");
        push_escaped(&mut svg, alternative);
        svg.push_str("\">");
        Drawing { svg }
    }

    /// A path; one without a line is left out.
    fn path(&mut self, class: &str, path: &str) {
        if !path.is_empty() {
            self.write(format_args!("<path class=\"{class}\" d=\"{path}\"/>"));
        }
    }

    /// Texts of one kind below each other: the height of each, and what it says.
    fn column(&mut self, class: &str, x: i32, texts: &[(i32, String)]) {
        if texts.is_empty() {
            return;
        }
        self.write(format_args!("<g class=\"{class}\" transform=\"translate({x})\">"));
        for (y, text) in texts {
            self.write(format_args!("<text y=\"{y}\">"));
            push_escaped(&mut self.svg, text);
            self.svg.push_str("</text>");
        }
        self.svg.push_str("</g>");
    }

    /// Texts of one kind: where each stands, and what it says.
    fn texts(&mut self, class: &str, texts: &[(Length, i32, String)]) {
        if texts.is_empty() {
            return;
        }
        self.write(format_args!("<g class=\"{class}\">"));
        for (x, y, text) in texts {
            self.write(format_args!("<text x=\"{x}\" y=\"{y}\">"));
            push_escaped(&mut self.svg, text);
            self.svg.push_str("</text>");
        }
        self.svg.push_str("</g>");
    }

    fn write(&mut self, arguments: fmt::Arguments<'_>) {
        // Writing into a string cannot fail.
        let _ = self.svg.write_fmt(arguments);
    }

    fn finish(mut self) -> String {
        self.svg.push_str("</svg>");
        self.svg
    }
}

/// Text for an element or for an attribute in double quotes.
pub(super) fn push_escaped(svg: &mut String, text: &str) {
    for sign in text.chars() {
        match sign {
            '&' => svg.push_str("&amp;"),
            '<' => svg.push_str("&lt;"),
            '>' => svg.push_str("&gt;"),
            '"' => svg.push_str("&quot;"),
            _ => svg.push(sign),
        }
    }
}

/// The label of the line that a score has to reach.
fn threshold(pass: Score, printer: Printer) -> String {
    format!("{} {}", printer.choose("เกณฑ์", "pass"), printer.score(pass))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_printed_as_short_as_they_are() {
        let check = |tenths, expected: &str| assert_eq!(Length(tenths).to_string(), expected);
        check(0, "0");
        check(125, "12.5");
        check(120, "12");
        check(-5, "-0.5");
    }

    #[test]
    fn scores_reach_from_end_to_end_of_an_axis() {
        let check = |hundredths, expected| {
            let score = Score::from_hundredths(hundredths);
            assert_eq!(score.map(|score| Length::of_score(score, 200)), Some(Length(expected)));
        };
        check(0, 0);
        check(8500, 1700);
        check(1875, 375);
        check(10_000, 2000);
    }
}

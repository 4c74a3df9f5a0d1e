//! The only arithmetic and the only rounding: scores as announced, and exact means and totals. No binary floating point comes near.

use crate::language::Numerals;
use crate::thai;
use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Mul, Sub};

/// A score as it is announced: 0.00–100.00, in hundredths of a point. A missing score is an absent `Score`, never zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Score(u16);

/// Why a text is no score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScoreError {
    /// Digits of both scripts in one number.
    MixedDigits,
    /// A comma where the decimal point belongs, as in `86,92`.
    DecimalComma,
    /// A number, but with a word or a percent sign behind it.
    Unit,
    /// More than two decimals.
    TooPrecise,
    /// A number below 0 or above 100.
    OutOfRange,
    /// No number at all.
    Unreadable,
}

impl Score {
    /// The lowest score there is; not the absence of one.
    pub const ZERO: Score = Score(0);
    /// The highest score there is.
    pub const FULL: Score = Score(10_000);

    /// A score from hundredths of a point, 0–10000; `None` outside.
    pub const fn from_hundredths(hundredths: u16) -> Option<Self> {
        if hundredths <= Score::FULL.0 { Some(Score(hundredths)) } else { None }
    }

    /// Hundredths of a point, 0–10000.
    pub const fn hundredths(self) -> u16 {
        self.0
    }

    /// Reads `86.92`, `๘๖.๙๒`, `100` or `0`: at most two decimals, digits of one script.
    ///
    /// # Errors
    /// Says which of the usual mistakes it is, so that the remedy can name it.
    pub fn parse(text: &str) -> Result<Self, ScoreError> {
        let text = text.trim();
        if thai::has_mixed_digits(text) {
            return Err(ScoreError::MixedDigits);
        }
        let arabic = thai::to_arabic_digits(text);
        let (sign, digits) = match arabic.strip_prefix(['-', '−']) {
            Some(rest) => (-1, rest),
            None => (1, arabic.as_ref()),
        };
        let hundredths = sign * parse_hundredths(digits)?;
        u16::try_from(hundredths).ok().and_then(Score::from_hundredths).ok_or(ScoreError::OutOfRange)
    }

    /// Two decimals in the digits of the site: `86.92` or `๘๖.๙๒`.
    pub fn print(self, numerals: Numerals) -> String {
        numerals.print(&self.to_string())
    }
}

/// Always two decimals and Arabic digits, as data files hold it.
impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

/// Hundredths of an unsigned decimal. Numbers too long to be a score are out of range, however many digits they have.
fn parse_hundredths(text: &str) -> Result<i64, ScoreError> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    if !is_number(whole) || !is_number(decimals) {
        return Err(why_unreadable(text));
    }
    if decimals.len() > 2 {
        return Err(ScoreError::TooPrecise);
    }
    let whole = whole.trim_start_matches('0');
    if whole.len() > 9 {
        return Err(ScoreError::OutOfRange);
    }
    let value = |digits: &str| digits.bytes().fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
    let tenths_missing = if decimals.len() == 1 { 10 } else { 1 };
    Ok(value(whole) * 100 + value(decimals) * tenths_missing)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Which of the usual mistakes a text is that is no plain decimal.
fn why_unreadable(text: &str) -> ScoreError {
    let number_end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, rest) = text.split_at(number_end);
    if number.is_empty() {
        ScoreError::Unreadable
    } else if rest.strip_prefix(',').is_some_and(is_number) {
        ScoreError::DecimalComma
    } else if number.split('.').all(is_number)
        && !rest.is_empty()
        && rest
            .trim_start()
            .starts_with(|sign: char| !sign.is_ascii_alphanumeric() && sign != '_' && sign != '.')
    {
        ScoreError::Unit
    } else {
        ScoreError::Unreadable
    }
}

/// An unrounded mean, total, weight or difference, in points: a fraction in lowest terms with a positive denominator.
///
/// The denominators that ITA needs are products of how many indicators, groups and items there are, so `i128` cannot overflow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Exact {
    numerator: i128,
    denominator: i128,
}

impl Exact {
    /// Zero points.
    pub const ZERO: Exact = Exact { numerator: 0, denominator: 1 };

    /// `numerator / denominator`; `None` when the denominator is zero.
    pub fn ratio(numerator: i64, denominator: i64) -> Option<Self> {
        (denominator != 0).then(|| Exact::reduced(i128::from(numerator), i128::from(denominator)))
    }

    /// The plain mean of values; `None` of nothing.
    pub fn mean(values: impl IntoIterator<Item = Exact>) -> Option<Self> {
        let (sum, count) =
            values.into_iter().fold((Exact::ZERO, 0), |(sum, count), value| (sum + value, count + 1));
        Some(sum * Exact::ratio(1, count)?)
    }

    /// The plain mean of scores; `None` of nothing.
    pub fn mean_of(scores: impl IntoIterator<Item = Score>) -> Option<Self> {
        let (sum, count) = scores
            .into_iter()
            .fold((0, 0), |(sum, count), score| (sum + i64::from(score.hundredths()), count + 1));
        Exact::ratio(sum, 100 * count)
    }

    /// The one rounding, half-up to hundredths of a point; which mode ITAS uses is not documented, and no published case tells them apart.
    pub fn hundredths(self) -> i64 {
        let doubled = 2 * self.numerator * 100 + self.denominator;
        doubled.div_euclid(2 * self.denominator) as i64
    }

    /// Rounded half-up, as a score; `None` outside of 0–100.
    pub fn rounded(self) -> Option<Score> {
        u16::try_from(self.hundredths()).ok().and_then(Score::from_hundredths)
    }

    /// Rounded half-up and printed with two decimals; a negative value with a minus sign, in the digits of the site.
    pub fn print(self, numerals: Numerals) -> String {
        numerals.print(&self.to_string())
    }

    /// Printed with as many decimals as it has, at least two and at most four, for the working of a total: `48.865`.
    pub fn print_unrounded(self, numerals: Numerals) -> String {
        let ten_thousandths =
            (2 * self.numerator * 10_000 + self.denominator).div_euclid(2 * self.denominator);
        let sign = if ten_thousandths < 0 { "−" } else { "" };
        let digits = format!("{:05}", ten_thousandths.abs());
        let (whole, decimals) = digits.split_at(digits.len() - 4);
        let kept = decimals.trim_end_matches('0').len().max(2);
        numerals.print(&format!("{sign}{whole}.{}", &decimals[..kept]))
    }

    /// Whether four decimals print it whole.
    pub fn is_exact_in_four_decimals(self) -> bool {
        10_000 % self.denominator == 0
    }

    /// The distance from zero.
    pub fn abs(self) -> Self {
        Exact { numerator: self.numerator.abs(), ..self }
    }

    fn reduced(numerator: i128, denominator: i128) -> Self {
        let divisor =
            greatest_common_divisor(numerator.abs(), denominator.abs()).max(1) * denominator.signum();
        Exact { numerator: numerator / divisor, denominator: denominator / divisor }
    }
}

fn greatest_common_divisor(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

/// Rounded half-up, two decimals, Arabic digits.
impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hundredths = self.hundredths();
        let sign = if hundredths < 0 { "−" } else { "" };
        write!(f, "{sign}{}.{:02}", hundredths.abs() / 100, hundredths.abs() % 100)
    }
}

impl From<Score> for Exact {
    fn from(score: Score) -> Self {
        Exact::reduced(i128::from(score.hundredths()), 100)
    }
}

impl Add for Exact {
    type Output = Exact;
    fn add(self, other: Exact) -> Exact {
        Exact::reduced(
            self.numerator * other.denominator + other.numerator * self.denominator,
            self.denominator * other.denominator,
        )
    }
}

impl Sub for Exact {
    type Output = Exact;
    fn sub(self, other: Exact) -> Exact {
        self + Exact { numerator: -other.numerator, ..other }
    }
}

impl Mul for Exact {
    type Output = Exact;
    fn mul(self, other: Exact) -> Exact {
        Exact::reduced(self.numerator * other.numerator, self.denominator * other.denominator)
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.numerator * other.denominator).cmp(&(other.numerator * self.denominator))
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn scores_are_read_strictly() {
        let check = |text: &str, expected: Result<u16, ScoreError>| {
            assert_eq!(Score::parse(text).map(Score::hundredths), expected, "{text:?}");
        };
        check("86.92", Ok(8692));
        check("83.40", Ok(8340));
        check("๘๖.๙", Ok(8690));
        check("0", Ok(0));
        check("100.00", Ok(10000));
        check("0086.92", Ok(8692));
        check("100.01", Err(ScoreError::OutOfRange));
        check("101", Err(ScoreError::OutOfRange));
        check("-1", Err(ScoreError::OutOfRange));
        check(&"9".repeat(400), Err(ScoreError::OutOfRange));
        check("๘6.92", Err(ScoreError::MixedDigits));
        check("๘๖,๙๒", Err(ScoreError::DecimalComma));
        check("86.92 คะแนน", Err(ScoreError::Unit));
        check("86.92คะแนน", Err(ScoreError::Unit));
        check("86.92%", Err(ScoreError::Unit));
        check("86.925", Err(ScoreError::TooPrecise));
        for text in ["", ".nan", "ดีมาก", "1_0", "5.", ".5", "+5", "1e1", "1,000.5", "8 6"] {
            assert!(Score::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_tie_is_rounded_up_once_at_the_end() {
        let check = |numerator, denominator, expected: &str| {
            assert_eq!(
                Exact::ratio(numerator, denominator).map(|value| value.to_string()).as_deref(),
                Some(expected)
            );
        };
        check(48865, 1000, "48.87");
        check(48864, 1000, "48.86");
        check(1, 3, "0.33");
        check(-5, 1000, "0.00");
        check(-6, 1000, "−0.01");
        assert_eq!(Exact::ratio(1, 0), None);
        assert_eq!(Exact::mean([]), None);
    }

    #[test]
    fn the_working_keeps_the_decimals_that_matter() {
        let check = |numerator, denominator, expected: &str| {
            let value = Exact::ratio(numerator, denominator);
            assert_eq!(value.map(|value| value.print_unrounded(Numerals::Arabic)).as_deref(), Some(expected));
        };
        check(48865, 1000, "48.865");
        check(8371, 100, "83.71");
        check(83, 1, "83.00");
        check(-1, 3, "−0.3333");
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(hundredths in 0u16..=10000, thai: bool) {
            let score = Score::from_hundredths(hundredths);
            let numerals = if thai { Numerals::Thai } else { Numerals::Arabic };
            prop_assert_eq!(score.map(|score| Score::parse(&score.print(numerals))), score.map(Ok));
        }

        #[test]
        fn the_mean_lies_between_the_extremes(values in prop::collection::vec(0u16..=10000, 1..12)) {
            let scores: Vec<Exact> = values.iter().filter_map(|&value| Score::from_hundredths(value)).map(Exact::from).collect();
            let mean = Exact::mean(scores.iter().copied());
            prop_assert!(mean >= scores.iter().copied().min() && mean <= scores.iter().copied().max());
        }

        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            let _ = Score::parse(&text);
        }
    }
}

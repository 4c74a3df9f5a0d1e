//! The calendar of Thai offices: fiscal years, days, months and periods, how they are printed, and every way in which officers write them.
//! Inside, years are Gregorian; what people read and type is พ.ศ. It knows no clock and no message: what is wrong with a text is an
//! [`ErrorKind`] or a [`RemarkKind`], whose words are in the catalog of findings.

use crate::language::{Language, Numerals};
use crate::thai;
use jiff::civil;
use std::fmt;
use std::ops::Range;

mod grammar;

/// A fiscal year of the Thai state (ปีงบประมาณ), พ.ศ. 2400–2699: 1 ตุลาคม to 30 กันยายน, named after the year in which it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct FiscalYear(i16);

/// A day in one of the fiscal years 2400–2699.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Date(civil::Date);

/// A month in one of the fiscal years 2400–2699.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// Gregorian.
    year: i16,
    /// 1–12.
    number: i8,
}

/// What stands at either end of a period. There is no order of points: a day and its month are compared by [`Point::month`], or by
/// the first or the last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Point {
    /// One day.
    Day(Date),
    /// A whole month.
    Month(Month),
}

/// From the first day of one point to the last day of another one, which is not earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    from: Point,
    to: Point,
}

/// What a text says, and what its author should mend although it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading<T> {
    /// What the text says.
    pub value: T,
    /// In the order of the text.
    pub remarks: Vec<Remark>,
}

/// A slip in a text that was understood all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Bytes of the text that was read.
    pub range: Range<usize>,
    /// What the slip is.
    pub kind: RemarkKind,
}

/// The slips that do not keep a date from being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RemarkKind {
    /// An abbreviation without all of its dots, as in `ก.ย ๒๕๖๕`.
    MissingDot {
        /// The abbreviation with its dots.
        should_be: &'static str,
    },
    /// A month's name or abbreviation in one of the usual misspellings, as in `กรกฏาคม`.
    Misspelt {
        /// The right spelling.
        should_be: &'static str,
    },
    /// Thai and Arabic digits in one number, as in `๒๕๖5`.
    MixedDigits,
}

/// Why a text was not understood as a date, month, period or year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateError {
    /// Bytes of the text that was read; empty where something is missing.
    pub range: Range<usize>,
    /// What is wrong there.
    pub kind: ErrorKind,
}

/// The ways in which a text can fail to be a date. All years are as written, all proposed ones พ.ศ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// There is no text.
    Empty,
    /// This part is in none of the accepted forms.
    Unreadable,
    /// A month where a day is wanted.
    MissingDay,
    /// A day where only a month is wanted.
    UnexpectedDay,
    /// Nothing says which year is meant.
    MissingYear,
    /// Two digits that could be of either era or century (00–49), or two digits where four are wanted.
    TwoDigitYear {
        /// The two digits.
        year: i16,
    },
    /// A number that is no year of either era in the range of this calendar.
    YearOutOfRange,
    /// A year that was converted between the eras once too often, as `3105` was from 2562.
    ShiftedTwice {
        /// The year as written.
        year: i16,
        /// The year that was probably meant.
        likely: i16,
    },
    /// `พ.ศ.` before a year that can only be ค.ศ., as in `พ.ศ. 2022`.
    EraContradicted {
        /// The year as written.
        year: i16,
        /// The year that was probably meant.
        likely: i16,
    },
    /// Thai and Arabic digits in one year that stands alone.
    MixedDigits,
    /// A number of a month outside of 1–12.
    NoSuchMonth {
        /// The number as written.
        month: i16,
    },
    /// A day that its month does not have.
    NoSuchDay {
        /// The day as written.
        day: i16,
        /// The month, with its year because of กุมภาพันธ์.
        month: Month,
        /// The last day that the month has.
        last: i8,
    },
    /// A number of a quarter outside of 1–4.
    NoSuchQuarter,
    /// A period that ends before it starts.
    EndBeforeStart {
        /// The left side.
        from: Point,
        /// The right side.
        to: Point,
    },
}

/// Reads a year that stands alone: four digits of one script, 24xx–26xx as พ.ศ., 19xx–20xx as ค.ศ.
///
/// # Errors
/// Says what is wrong with the year; a year that is 543 off has an error of its own.
pub fn parse_year(text: &str) -> Result<FiscalYear, DateError> {
    let reading = grammar::read(text, grammar::year)?;
    match reading.remarks.into_iter().next() {
        Some(remark) => Err(DateError { range: remark.range, kind: ErrorKind::MixedDigits }),
        None => Ok(reading.value),
    }
}

/// Reads a day: `๒๗ กันยายน ๒๕๖๕`, `วันที่ ๒๑ ก.ย. พ.ศ. ๖๕`, `27/9/2565`, `2565-09-27`.
///
/// # Errors
/// Says what is wrong and where; a month without a day is [`ErrorKind::MissingDay`].
pub fn parse_date(text: &str) -> Result<Reading<Date>, DateError> {
    grammar::read(text, grammar::date)
}

/// Reads a month: `ม.ค. ๖๖`, `มกราคม พ.ศ. ๒๕๖๖`, `2566-01`.
///
/// # Errors
/// Says what is wrong and where; a day is [`ErrorKind::UnexpectedDay`].
pub fn parse_month(text: &str) -> Result<Reading<Month>, DateError> {
    grammar::read(text, grammar::month)
}

/// Reads a day or a month, in the forms of [`parse_date`] and [`parse_month`].
///
/// # Errors
/// Says what is wrong and where.
pub fn parse_point(text: &str) -> Result<Reading<Point>, DateError> {
    grammar::read(text, grammar::point)
}

/// Reads a period: two points with a dash of any kind or `ถึง` between them; one point; `ไตรมาส ๑–๒`, `ไตรมาสที่ ๑/๒๕๖๖`,
/// `ตลอดปีงบประมาณ`, which speak of the given fiscal year unless they name one. A left side without a year takes the right one's, or the
/// year before if its month or quarter is a later one; in `๑ – ๓๑ มี.ค. ๖๖` it takes the month too.
///
/// # Errors
/// Says what is wrong and where.
pub fn parse_period(text: &str, fiscal_year: FiscalYear) -> Result<Reading<Period>, DateError> {
    grammar::read(text, |cursor| grammar::period(cursor, fiscal_year))
}

/// The last month that running text names together with its year: 2023-03 in `ประจำเดือนมีนาคม ๒๕๖๖`. Thai puts no spaces between
/// words, so a full name counts wherever it stands; an abbreviation counts only as a word, since อ.ก.พ. and ก.ค.ศ. are offices.
pub fn last_month_named(text: &str) -> Option<Month> {
    grammar::last_month_named(text)
}

/// Every form in which a month is met, misspelt ones among them. Any dot of it may be missing where officers write it.
pub fn month_forms() -> impl Iterator<Item = &'static str> {
    MONTHS.iter().flat_map(grammar::forms).map(|(form, _)| form)
}

/// Whether a name is what the folder of a year is called: four Arabic digits, whichever year they are.
pub fn is_year_name(name: &str) -> bool {
    name.len() == 4 && name.bytes().all(|byte| byte.is_ascii_digit())
}

impl FiscalYear {
    /// The first year of this calendar.
    pub const FIRST: FiscalYear = FiscalYear(2400);
    /// The last year of this calendar.
    pub const LAST: FiscalYear = FiscalYear(2699);

    /// The fiscal year of a number, พ.ศ.; `None` outside of 2400–2699.
    pub fn new(buddhist_year: i16) -> Option<Self> {
        (Self::FIRST..=Self::LAST).contains(&FiscalYear(buddhist_year)).then_some(FiscalYear(buddhist_year))
    }

    /// The fiscal year in which a day lies: from ตุลาคม on, the next one.
    pub fn of(date: Date) -> Self {
        let month = date.month();
        FiscalYear(month.buddhist_year() + i16::from(month.number >= 10))
    }

    /// The number of the year, พ.ศ.
    pub fn number(self) -> i16 {
        self.0
    }

    /// 1 ตุลาคม of the calendar year before.
    pub fn first_day(self) -> Date {
        self.period().first_day()
    }

    /// 30 กันยายน of the calendar year of the same number.
    pub fn last_day(self) -> Date {
        self.period().last_day()
    }

    /// The year after. The last year of the calendar is its own successor, so that callers need no case that no report will meet.
    pub fn next(self) -> Self {
        FiscalYear(self.0 + 1).min(Self::LAST)
    }

    /// The year before. The first year of the calendar is its own predecessor.
    pub fn previous(self) -> Self {
        FiscalYear(self.0 - 1).max(Self::FIRST)
    }

    /// Whether a day lies in this year.
    pub fn contains(self, date: Date) -> bool {
        FiscalYear::of(date) == self
    }

    /// The whole year: ตุลาคม to กันยายน.
    pub fn period(self) -> Period {
        let [first, .., last] = self.quarters();
        Period { from: first.from, to: last.to }
    }

    /// The twelve months in their order, ตุลาคม first.
    pub fn months(self) -> [Month; 12] {
        let year = self.0 - BUDDHIST_ERA;
        [10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9]
            .map(|number| Month { year: year - i16::from(number >= 10), number })
    }

    /// The four quarters (ไตรมาส) in their order; the first one is ตุลาคม to ธันวาคม.
    pub fn quarters(self) -> [Period; 4] {
        let year = self.0 - BUDDHIST_ERA;
        [(year - 1, 10), (year, 1), (year, 4), (year, 7)].map(|(year, first)| Period {
            from: Point::Month(Month { year, number: first }),
            to: Point::Month(Month { year, number: first + 2 }),
        })
    }
}

/// Arabic digits, as folder names hold it.
impl fmt::Display for FiscalYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Date {
    /// The day of a Gregorian year, a month 1–12 and a day of the month; `None` if there is no such day, or if it lies outside of the
    /// fiscal years 2400–2699.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        Month::new(year, month)?.day(day)
    }

    /// The day of the month, 1–31.
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// The month in which the day lies.
    pub fn month(self) -> Month {
        Month { year: self.0.year(), number: self.0.month() }
    }

    /// For machines: `2022-09-27`, Gregorian.
    pub fn iso(self) -> String {
        self.0.to_string()
    }

    /// In full: `๒๗ กันยายน ๒๕๖๕`, `27 September 2022`.
    pub fn long(self, language: Language, numerals: Numerals) -> String {
        self.before(&self.month().long(language, numerals), language, numerals)
    }

    /// With an abbreviated month: `๒๗ ก.ย. ๒๕๖๕`, `27 Sep 2022`.
    pub fn short(self, language: Language, numerals: Numerals) -> String {
        self.before(&self.month().medium(language, numerals), language, numerals)
    }

    fn before(self, month: &str, language: Language, numerals: Numerals) -> String {
        format!("{} {month}", digits(i16::from(self.day()), language, numerals))
    }
}

impl Month {
    /// A month 1–12 of a Gregorian year; `None` if there is none, or if it lies outside of the fiscal years 2400–2699.
    pub fn new(year: i16, number: i8) -> Option<Self> {
        let month = Month { year, number };
        let calendar = FiscalYear::FIRST.first_day().month()..=FiscalYear::LAST.last_day().month();
        ((1..=12).contains(&number) && calendar.contains(&month)).then_some(month)
    }

    /// Its place in its fiscal year: 0 for ตุลาคม, 11 for กันยายน.
    pub fn place_in_fiscal_year(self) -> u8 {
        (self.number.unsigned_abs() + 2) % 12
    }

    /// The calendar year in which the month lies, พ.ศ.; from ตุลาคม on, its fiscal year is the next one.
    pub fn buddhist_year(self) -> i16 {
        self.year + BUDDHIST_ERA
    }

    /// The number of the month in its calendar year, 1–12.
    pub fn number(self) -> i8 {
        self.number
    }

    /// A day of this month; `None` if the month has no such day.
    pub fn day(self, day: i8) -> Option<Date> {
        civil::Date::new(self.year, self.number, day).ok().map(Date)
    }

    /// The first day of the month.
    pub fn first_day(self) -> Date {
        Date(civil::date(self.year, self.number, 1))
    }

    /// The last day of the month.
    pub fn last_day(self) -> Date {
        Date(self.first_day().0.last_of_month())
    }

    /// For machines: `2022-09`, Gregorian.
    pub fn iso(self) -> String {
        format!("{:04}-{:02}", self.year, self.number)
    }

    /// In full: `มีนาคม ๒๕๖๖`, `March 2023`.
    pub fn long(self, language: Language, numerals: Numerals) -> String {
        let name = match language {
            Language::Thai => self.names().full,
            Language::English => self.names().english,
        };
        format!("{name} {}", self.year_in(language, numerals))
    }

    /// Abbreviated, with the whole year: `มี.ค. ๒๕๖๖`, `Mar 2023`.
    pub fn medium(self, language: Language, numerals: Numerals) -> String {
        format!("{} {}", self.abbreviation(language), self.year_in(language, numerals))
    }

    /// Abbreviated, as the memo's table prints it: `มี.ค. ๖๖`. The year stays whole where two digits would not be read back as the same
    /// one, and in English, where nobody would know the era: `Mar 2023`.
    pub fn short(self, language: Language, numerals: Numerals) -> String {
        match (language, self.buddhist_year()) {
            (Language::Thai, 2550..=2599) => {
                let year = digits(self.buddhist_year() % 100, language, numerals);
                format!("{} {year}", self.abbreviation(language))
            }
            _ => self.medium(language, numerals),
        }
    }

    /// Without a year, where the year is plain: `มี.ค.`, `Mar`.
    pub fn abbreviation(self, language: Language) -> &'static str {
        match language {
            Language::Thai => self.names().short,
            Language::English => &self.names().english[..3],
        }
    }

    fn year_in(self, language: Language, numerals: Numerals) -> String {
        match language {
            Language::Thai => digits(self.buddhist_year(), language, numerals),
            Language::English => digits(self.year, language, numerals),
        }
    }

    fn names(self) -> &'static MonthNames {
        &MONTHS[usize::from(self.number.unsigned_abs()) - 1]
    }
}

impl Point {
    /// The month, which is what dates of different precision are compared by.
    pub fn month(self) -> Month {
        match self {
            Point::Day(date) => date.month(),
            Point::Month(month) => month,
        }
    }

    /// The day itself, or the first day of the month.
    pub fn first_day(self) -> Date {
        match self {
            Point::Day(date) => date,
            Point::Month(month) => month.first_day(),
        }
    }

    /// The day itself, or the last day of the month.
    pub fn last_day(self) -> Date {
        match self {
            Point::Day(date) => date,
            Point::Month(month) => month.last_day(),
        }
    }

    /// For machines: `2022-09-27` or `2022-09`.
    pub fn iso(self) -> String {
        match self {
            Point::Day(date) => date.iso(),
            Point::Month(month) => month.iso(),
        }
    }

    /// In full, as [`Date::long`] or [`Month::long`].
    pub fn long(self, language: Language, numerals: Numerals) -> String {
        match self {
            Point::Day(date) => date.long(language, numerals),
            Point::Month(month) => month.long(language, numerals),
        }
    }

    /// Abbreviated, as [`Date::short`] or [`Month::short`].
    pub fn short(self, language: Language, numerals: Numerals) -> String {
        match self {
            Point::Day(date) => date.short(language, numerals),
            Point::Month(month) => month.short(language, numerals),
        }
    }
}

impl Period {
    /// The period between two points; `None` if it would end before it starts.
    pub fn new(from: Point, to: Point) -> Option<Self> {
        (from.first_day() <= to.last_day()).then_some(Period { from, to })
    }

    /// The left side.
    pub fn from(self) -> Point {
        self.from
    }

    /// The right side, which belongs to the period.
    pub fn to(self) -> Point {
        self.to
    }

    /// The first day that belongs to the period.
    pub fn first_day(self) -> Date {
        self.from.first_day()
    }

    /// The last day that belongs to the period.
    pub fn last_day(self) -> Date {
        self.to.last_day()
    }

    /// For machines: `2022-10/2023-03`.
    pub fn iso(self) -> String {
        self.joined("/", Point::iso)
    }

    /// In full, for readers and for reading aloud: `มกราคม ๒๕๖๖ – มีนาคม ๒๕๖๖`.
    pub fn long(self, language: Language, numerals: Numerals) -> String {
        self.joined(" – ", |point| point.long(language, numerals))
    }

    /// As the memo's table prints it: `ม.ค. ๖๖ – มี.ค. ๖๖`. Beside a day, years are whole on both sides.
    pub fn short(self, language: Language, numerals: Numerals) -> String {
        self.joined(" – ", |point| match (point, self.from, self.to) {
            (Point::Month(month), Point::Day(_), _) | (Point::Month(month), _, Point::Day(_)) => {
                month.medium(language, numerals)
            }
            _ => point.short(language, numerals),
        })
    }

    /// Both sides, or one if they are the same.
    fn joined(self, between: &str, text: impl Fn(Point) -> String) -> String {
        if self.from == self.to {
            text(self.from)
        } else {
            format!("{}{between}{}", text(self.from), text(self.to))
        }
    }
}

/// พ.ศ. − ค.ศ. It has held for every day since 1 January 1941, when the Thai year first began in January.
pub const BUDDHIST_ERA: i16 = 543;

/// How a month is written.
struct MonthNames {
    full: &'static str,
    short: &'static str,
    /// The first three letters are the abbreviation.
    english: &'static str,
    /// What is met instead of `full` or, with dots, of `short`; a longer form stands before one that it begins with.
    misspelt: &'static [&'static str],
}

const MONTHS: [MonthNames; 12] = [
    month_names("มกราคม", "ม.ค.", "January", &[]),
    month_names("กุมภาพันธ์", "ก.พ.", "February", &["กุมภาพันธุ์", "กุมภาพันธ", "กุมพาพันธ์"]),
    month_names("มีนาคม", "มี.ค.", "March", &[]),
    month_names("เมษายน", "เม.ย.", "April", &[]),
    month_names("พฤษภาคม", "พ.ค.", "May", &["พฤศภาคม"]),
    month_names("มิถุนายน", "มิ.ย.", "June", &["มี.ย."]),
    month_names("กรกฎาคม", "ก.ค.", "July", &["กรกฏาคม"]),
    month_names("สิงหาคม", "ส.ค.", "August", &[]),
    month_names("กันยายน", "ก.ย.", "September", &[]),
    month_names("ตุลาคม", "ต.ค.", "October", &[]),
    month_names("พฤศจิกายน", "พ.ย.", "November", &["พฤษจิกายน"]),
    month_names("ธันวาคม", "ธ.ค.", "December", &[]),
];

const fn month_names(
    full: &'static str,
    short: &'static str,
    english: &'static str,
    misspelt: &'static [&'static str],
) -> MonthNames {
    MonthNames { full, short, english, misspelt }
}

/// A number in print. English takes Arabic digits whatever the site uses, as official letters do for foreign languages.
fn digits(number: i16, language: Language, numerals: Numerals) -> String {
    let arabic = number.to_string();
    match (language, numerals) {
        (Language::Thai, Numerals::Thai) => thai::to_thai_digits(&arabic).into_owned(),
        _ => arabic,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(year: i16, month: i8, day: i8) -> Date {
        Date::new(year, month, day).unwrap()
    }

    fn month(year: i16, number: i8) -> Month {
        Month::new(year, number).unwrap()
    }

    #[test]
    fn a_fiscal_year_begins_in_october() {
        let check = |date, expected| assert_eq!(FiscalYear::of(date), FiscalYear(expected), "{date:?}");
        check(day(2022, 9, 30), 2565);
        check(day(2022, 10, 1), 2566);
        check(day(2022, 12, 31), 2566);
        check(day(2023, 1, 1), 2566);
        check(day(2023, 9, 30), 2566);
        check(day(1856, 10, 1), 2400);
        check(day(2156, 9, 30), 2699);
    }

    #[test]
    fn the_calendar_has_two_ends() {
        let check = |date: Option<Date>, expected: bool| assert_eq!(date.is_some(), expected, "{date:?}");
        check(Date::new(1856, 9, 30), false);
        check(Date::new(1856, 10, 1), true);
        check(Date::new(2156, 9, 30), true);
        check(Date::new(2156, 10, 1), false);
        check(Date::new(2023, 2, 29), false);
        check(Date::new(2024, 2, 29), true);
        check(Date::new(2024, 0, 1), false);
        check(Date::new(i16::MIN, i8::MIN, i8::MIN), false);
        assert_eq!([FiscalYear::new(2399), FiscalYear::new(2700), FiscalYear::new(i16::MAX)], [None; 3]);
        assert_eq!(FiscalYear::LAST.next(), FiscalYear::LAST);
        assert_eq!(FiscalYear::FIRST.previous(), FiscalYear::FIRST);
    }

    #[test]
    fn a_fiscal_year_has_four_quarters() {
        let check = |period: Period, expected: &str| assert_eq!(period.iso(), expected);
        let [first, second, third, fourth] = FiscalYear(2566).quarters();
        check(first, "2022-10/2022-12");
        check(second, "2023-01/2023-03");
        check(third, "2023-04/2023-06");
        check(fourth, "2023-07/2023-09");
        check(FiscalYear(2566).period(), "2022-10/2023-09");
    }

    #[test]
    fn dates_are_printed_as_officials_write_them() {
        let check = |printed: String, expected: &str| assert_eq!(printed, expected);
        let (thai, english) = (Language::Thai, Language::English);
        let signed = day(2022, 9, 27);
        check(signed.long(thai, Numerals::Thai), "๒๗ กันยายน ๒๕๖๕");
        check(signed.long(thai, Numerals::Arabic), "27 กันยายน 2565");
        check(signed.long(english, Numerals::Thai), "27 September 2022");
        check(signed.short(thai, Numerals::Thai), "๒๗ ก.ย. ๒๕๖๕");
        check(signed.short(english, Numerals::Arabic), "27 Sep 2022");
        check(signed.iso(), "2022-09-27");
        check(month(2023, 3).long(thai, Numerals::Thai), "มีนาคม ๒๕๖๖");
        check(month(2023, 3).medium(thai, Numerals::Thai), "มี.ค. ๒๕๖๖");
        check(month(2023, 3).short(thai, Numerals::Thai), "มี.ค. ๖๖");
        check(month(2023, 3).short(english, Numerals::Thai), "Mar 2023");
        check(month(2057, 3).short(thai, Numerals::Arabic), "มี.ค. 2600");
        check(month(2023, 3).iso(), "2023-03");
        check(FiscalYear(2566).to_string(), "2566");
    }

    #[test]
    fn periods_are_printed_as_in_the_table() {
        let check = |from, to, expected: &str| {
            let period = Period::new(from, to).unwrap();
            assert_eq!(period.short(Language::Thai, Numerals::Thai), expected);
        };
        let (january, march) = (Point::Month(month(2023, 1)), Point::Month(month(2023, 3)));
        check(january, march, "ม.ค. ๖๖ – มี.ค. ๖๖");
        check(march, march, "มี.ค. ๖๖");
        check(january, Point::Day(day(2023, 3, 31)), "ม.ค. ๒๕๖๖ – ๓๑ มี.ค. ๒๕๖๖");
        check(Point::Day(day(2023, 1, 1)), march, "๑ ม.ค. ๒๕๖๖ – มี.ค. ๒๕๖๖");
        assert_eq!(Period::new(march, january), None);
        assert!(Period::new(Point::Day(day(2023, 3, 31)), march).is_some());
    }

    fn any_numerals() -> impl Strategy<Value = Numerals> {
        prop_oneof![Just(Numerals::Thai), Just(Numerals::Arabic)]
    }

    /// Any day whose calendar year can be written in พ.ศ.
    fn any_date() -> impl Strategy<Value = Date> {
        (1857i16..=2156, 1i8..=12, 1i8..=31)
            .prop_filter_map("no such day", |(year, month, day)| Date::new(year, month, day))
    }

    fn any_period() -> impl Strategy<Value = Period> {
        let point = |(date, whole_month): (Date, bool)| {
            if whole_month { Point::Month(date.month()) } else { Point::Day(date) }
        };
        ((any_date(), any::<bool>()), (any_date(), any::<bool>()))
            .prop_filter_map("ends before it starts", move |(from, to)| Period::new(point(from), point(to)))
    }

    fn plain<T>(value: T) -> Result<Reading<T>, DateError> {
        Ok(Reading { value, remarks: Vec::new() })
    }

    proptest! {
        #[test]
        fn printed_days_are_read_back(date in any_date(), numerals in any_numerals()) {
            let year = date.month().buddhist_year();
            let numbers = format!("{}/{}/{year}", date.day(), date.month().number());
            let buddhist_iso = format!("{year}-{:02}-{:02}", date.month().number(), date.day());
            for printed in [
                date.long(Language::Thai, numerals),
                date.short(Language::Thai, numerals),
                format!("วันที่ {}", date.long(Language::Thai, numerals).replace(' ', "\u{A0} ")),
                thai::to_thai_digits(&numbers).into_owned(),
                numbers,
                buddhist_iso,
            ] {
                prop_assert_eq!(parse_date(&printed), plain(date));
                prop_assert_eq!(parse_point(&printed), plain(Point::Day(date)));
            }
        }

        #[test]
        fn gregorian_days_are_read_back(year in 1900i16..=2099, month in 1i8..=12, day in 1i8..=28) {
            let date = self::day(year, month, day);
            prop_assert_eq!(parse_date(&date.iso()), plain(date));
            prop_assert_eq!(parse_month(&date.month().iso()), plain(date.month()));
        }

        #[test]
        fn printed_months_are_read_back(date in any_date(), numerals in any_numerals()) {
            let month = date.month();
            for printed in [
                month.long(Language::Thai, numerals),
                month.medium(Language::Thai, numerals),
                month.short(Language::Thai, numerals),
            ] {
                prop_assert_eq!(parse_month(&printed), plain(month));
                let follow_up = format!("รายงานผลในการประชุมประจำเดือน{printed}");
                prop_assert_eq!(last_month_named(&follow_up), Some(month));
            }
        }

        #[test]
        fn printed_periods_are_read_back(period in any_period(), numerals in any_numerals()) {
            for printed in [period.long(Language::Thai, numerals), period.short(Language::Thai, numerals)] {
                prop_assert_eq!(parse_period(&printed, FiscalYear::FIRST), plain(period));
                prop_assert_eq!(parse_period(&printed.replace(' ', ""), FiscalYear::LAST), plain(period));
            }
        }

        #[test]
        fn every_day_lies_in_its_fiscal_year_only(date in any_date()) {
            let year = FiscalYear::of(date);
            prop_assert!(year.contains(date) && year.first_day() <= date && date <= year.last_day());
            prop_assert_eq!(FiscalYear::of(year.first_day()), year);
            prop_assert_eq!(FiscalYear::of(year.last_day()), year);
            prop_assert_eq!(year.quarters().iter().filter(|quarter| {
                quarter.first_day() <= date && date <= quarter.last_day()
            }).count(), 1);
            prop_assert!(year == FiscalYear::LAST || year.next().previous() == year);
        }
    }
}

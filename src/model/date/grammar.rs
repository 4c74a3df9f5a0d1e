//! How officers write dates: the grammar behind the parsing functions of [`super`], as a cursor over the folded text. Folding makes one
//! form of what looks the same, so nothing here deals with digits of two scripts, no-break spaces or the order of marks.

use super::{
    BUDDHIST_ERA, Date, DateError, ErrorKind, FiscalYear, MONTHS, Month, MonthNames, Period, Point, Reading,
    Remark, RemarkKind,
};
use crate::thai::{self, Folded};
use std::ops::Range;

/// How far a text was read, and what was noticed on the way.
pub(super) struct Cursor<'a> {
    source: &'a str,
    folded: &'a Folded,
    /// Bytes of the folded text, at a character boundary.
    at: usize,
    remarks: Vec<Remark>,
}

/// A number as written; one too large for any date is as large as can be.
struct Number {
    value: i16,
    digits: usize,
    range: Range<usize>,
}

/// One side of a period as written: a left side may leave its month and its year (พ.ศ.) to the right one.
struct Written {
    day: Option<i16>,
    month: Option<i8>,
    year: Option<i16>,
    range: Range<usize>,
}

/// Day, month and year of [`Written`].
type Parts = (Option<i16>, Option<i8>, Option<i16>);

/// A month's name at the beginning of a text.
struct NamedMonth {
    number: i8,
    length: usize,
    abbreviated: bool,
    remark: Option<RemarkKind>,
}

/// Reads a whole text by one of the rules below.
pub(super) fn read<T>(
    text: &str,
    grammar: impl FnOnce(&mut Cursor<'_>) -> Result<T, DateError>,
) -> Result<Reading<T>, DateError> {
    let folded = Folded::of(text);
    if folded.text().trim().is_empty() {
        return Err(DateError { range: 0..text.len(), kind: ErrorKind::Empty });
    }
    let mut cursor = Cursor { source: text, folded: &folded, at: 0, remarks: Vec::new() };
    let value = grammar(&mut cursor)?;
    Ok(Reading { value, remarks: cursor.remarks })
}

/// A year that stands alone.
pub(super) fn year(cursor: &mut Cursor<'_>) -> Result<FiscalYear, DateError> {
    let number = cursor.number().ok_or_else(|| cursor.unreadable())?;
    cursor.end()?;
    match number.digits {
        2 => Err(number.error(ErrorKind::TwoDigitYear { year: number.value })),
        _ => number.year(false).map(FiscalYear),
    }
}

/// A day.
pub(super) fn date(cursor: &mut Cursor<'_>) -> Result<Date, DateError> {
    match only_point(cursor)? {
        (Point::Day(date), _) => Ok(date),
        (Point::Month(_), range) => Err(DateError { range, kind: ErrorKind::MissingDay }),
    }
}

/// A month.
pub(super) fn month(cursor: &mut Cursor<'_>) -> Result<Month, DateError> {
    match only_point(cursor)? {
        (Point::Month(month), _) => Ok(month),
        (Point::Day(_), range) => Err(DateError { range, kind: ErrorKind::UnexpectedDay }),
    }
}

/// A day or a month.
pub(super) fn point(cursor: &mut Cursor<'_>) -> Result<Point, DateError> {
    only_point(cursor).map(|(point, _)| point)
}

/// A period in any of its forms.
pub(super) fn period(cursor: &mut Cursor<'_>, fiscal_year: FiscalYear) -> Result<Period, DateError> {
    let period = if cursor.eat("ตลอดปีงบประมาณ") {
        cursor.year()?.map_or(fiscal_year, FiscalYear).period()
    } else if cursor.eat(QUARTER) {
        quarters(cursor, fiscal_year)?
    } else {
        points(cursor)?
    };
    cursor.end()?;
    Ok(period)
}

/// Looks from the end of running text for a month with its year.
pub(super) fn last_month_named(text: &str) -> Option<Month> {
    let folded = Folded::of(text);
    folded.text().char_indices().rev().find_map(|(at, _)| named_month_at(text, &folded, at))
}

const QUARTER: &str = "ไตรมาส";

/// Hyphens, dashes and the minus sign: Word makes any of them out of what was typed.
const DASHES: [char; 8] =
    ['-', '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}', '\u{2015}', '\u{2212}'];

fn only_point(cursor: &mut Cursor<'_>) -> Result<(Point, Range<usize>), DateError> {
    let written = written_point(cursor)?;
    cursor.end()?;
    Ok((written.point()?, written.range))
}

fn points(cursor: &mut Cursor<'_>) -> Result<Period, DateError> {
    let left = written_point(cursor)?;
    if !cursor.eat_dash() {
        // What follows is the nearer fault than what the left side lacks.
        cursor.end()?;
        let point = left.point()?;
        return Ok(Period { from: point, to: point });
    }
    let right = written_point(cursor)?;
    let to = right.point()?;
    let from = left.completed_by(&right).point()?;
    between(from, to, left.range.start..right.range.end)
}

/// After the word ไตรมาส.
fn quarters(cursor: &mut Cursor<'_>, fiscal_year: FiscalYear) -> Result<Period, DateError> {
    let start = cursor.at;
    let (first, first_year) = quarter(cursor)?;
    let (last, last_year) = if cursor.eat_dash() {
        cursor.eat(QUARTER);
        quarter(cursor)?
    } else {
        (first, first_year)
    };
    let same_or_previous = last_year.map(|year| if first > last { year.previous() } else { year });
    let first_quarter = first_year.or(same_or_previous).unwrap_or(fiscal_year).quarters()[first];
    let last_quarter = last_year.or(first_year).unwrap_or(fiscal_year).quarters()[last];
    between(first_quarter.from, last_quarter.to, cursor.source_since(start))
}

/// The index of a quarter in its year, and the year if it names one.
fn quarter(cursor: &mut Cursor<'_>) -> Result<(usize, Option<FiscalYear>), DateError> {
    cursor.eat("ที่");
    let number = cursor.number().ok_or_else(|| cursor.unreadable())?;
    let index = usize::try_from(number.value).ok().filter(|value| (1..=4).contains(value));
    let index = index.ok_or_else(|| number.error(ErrorKind::NoSuchQuarter))? - 1;
    let year = if cursor.eat("/") { Some(FiscalYear(cursor.required_year()?)) } else { None };
    Ok((index, year))
}

fn between(from: Point, to: Point, range: Range<usize>) -> Result<Period, DateError> {
    Period::new(from, to).ok_or(DateError { range, kind: ErrorKind::EndBeforeStart { from, to } })
}

fn written_point(cursor: &mut Cursor<'_>) -> Result<Written, DateError> {
    cursor.skip_spaces();
    let start = cursor.at;
    let announces_day = cursor.eat("วันที่");
    let (day, month, year) = match cursor.number() {
        Some(year) if year.digits == 4 => iso_point(cursor, &year)?,
        Some(day) if day.digits > 2 => return Err(day.error(ErrorKind::Unreadable)),
        Some(day) if cursor.eat("/") => slashed_point(cursor, day.value)?,
        Some(day) => named_point(cursor, Some(day.value))?,
        None if announces_day => return Err(cursor.error(ErrorKind::MissingDay)),
        None => named_point(cursor, None)?,
    };
    Ok(Written { day, month, year, range: cursor.source_since(start) })
}

/// `2565-09-27`, `2565-09`. Its parts touch their hyphens; a hyphen with a space before it separates the sides of a period.
fn iso_point(cursor: &mut Cursor<'_>, year: &Number) -> Result<Parts, DateError> {
    let month = cursor.hyphenated().ok_or_else(|| year.error(ErrorKind::Unreadable))?;
    let day = cursor.hyphenated().map(|day| day.value);
    Ok((day, Some(month.month()?), Some(year.year(false)?)))
}

/// `27/9/2565`, read up to the first slash; the left side of a period may end with the month.
fn slashed_point(cursor: &mut Cursor<'_>, day: i16) -> Result<Parts, DateError> {
    let month = cursor.number().ok_or_else(|| cursor.unreadable())?.month()?;
    let year = if cursor.eat("/") { Some(cursor.required_year()?) } else { None };
    Ok((Some(day), Some(month), year))
}

/// `๒๗ กันยายน ๒๕๖๕`, `กันยายน ๒๕๖๕`; the left side of a period may lack the year, or be a bare day.
fn named_point(cursor: &mut Cursor<'_>, day: Option<i16>) -> Result<Parts, DateError> {
    let month = cursor.month_name();
    if day.is_none() && month.is_none() {
        return Err(cursor.unreadable());
    }
    let year = if month.is_some() { cursor.year()? } else { None };
    Ok((day, month, year))
}

impl Written {
    /// A left side with what it leaves to the right one.
    fn completed_by(&self, right: &Written) -> Written {
        // A day takes its month from another day, but not from a whole month: `๑ – มี.ค. ๖๖` says nothing clear.
        let month = self.month.or(right.month.filter(|_| right.day.is_some()));
        let same_or_previous = right.year.map(|year| if month > right.month { year - 1 } else { year });
        Written { day: self.day, month, year: self.year.or(same_or_previous), range: self.range.clone() }
    }

    fn point(&self) -> Result<Point, DateError> {
        let error = |kind| DateError { range: self.range.clone(), kind };
        let number = self.month.ok_or_else(|| error(ErrorKind::Unreadable))?;
        let year = self.year.ok_or_else(|| error(ErrorKind::MissingYear))?;
        let month =
            Month::new(year - BUDDHIST_ERA, number).ok_or_else(|| error(ErrorKind::YearOutOfRange))?;
        let Some(day) = self.day else { return Ok(Point::Month(month)) };
        let date = i8::try_from(day).ok().and_then(|day| month.day(day));
        let last = month.last_day().day();
        date.map(Point::Day).ok_or_else(|| error(ErrorKind::NoSuchDay { day, month, last }))
    }
}

impl Number {
    fn error(&self, kind: ErrorKind) -> DateError {
        DateError { range: self.range.clone(), kind }
    }

    /// The year that the number means, พ.ศ.; `announced` if `พ.ศ.` stands before it.
    fn year(&self, announced: bool) -> Result<i16, DateError> {
        let year = self.value;
        let kind = match (self.digits, year) {
            (4, 2400..=2699) => return Ok(year),
            (4, 1900..=2099) if announced => ErrorKind::EraContradicted { year, likely: year + BUDDHIST_ERA },
            (4, 1900..=2099) => return Ok(year + BUDDHIST_ERA),
            (4, 2943..=3242) => ErrorKind::ShiftedTwice { year, likely: year - BUDDHIST_ERA },
            (4, 1357..=1556) => ErrorKind::ShiftedTwice { year, likely: year + 2 * BUDDHIST_ERA },
            (2, 50..=99) => return Ok(2500 + year),
            (2, _) => ErrorKind::TwoDigitYear { year },
            _ => ErrorKind::YearOutOfRange,
        };
        Err(self.error(kind))
    }

    fn month(&self) -> Result<i8, DateError> {
        match (self.digits, i8::try_from(self.value)) {
            (1 | 2, Ok(month @ 1..=12)) => Ok(month),
            (1 | 2, _) => Err(self.error(ErrorKind::NoSuchMonth { month: self.value })),
            _ => Err(self.error(ErrorKind::Unreadable)),
        }
    }
}

impl Cursor<'_> {
    fn rest(&self) -> &str {
        &self.folded.text()[self.at..]
    }

    fn skip_spaces(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    /// Goes past a word and the spaces before it, if it comes next.
    fn eat(&mut self, word: &str) -> bool {
        self.skip_spaces();
        let comes_next = self.rest().starts_with(word);
        self.at += if comes_next { word.len() } else { 0 };
        comes_next
    }

    /// Goes past what separates the two sides of a period, if it comes next.
    fn eat_dash(&mut self) -> bool {
        if self.eat("ถึง") {
            return true;
        }
        let dash = self.rest().chars().next().filter(|c| DASHES.contains(c));
        self.at += dash.map_or(0, char::len_utf8);
        dash.is_some()
    }

    fn number(&mut self) -> Option<Number> {
        self.skip_spaces();
        let start = self.at;
        let digits = digits_at_start(self.rest());
        if digits == 0 {
            return None;
        }
        let value = self.rest()[..digits].parse().unwrap_or(i16::MAX);
        self.at += digits;
        let range = self.source_since(start);
        if thai::has_mixed_digits(&self.source[range.clone()]) {
            self.remarks.push(Remark { range: range.clone(), kind: RemarkKind::MixedDigits });
        }
        Some(Number { value, digits, range })
    }

    /// A hyphen and one or two digits, with nothing between.
    fn hyphenated(&mut self) -> Option<Number> {
        let after = self.rest().strip_prefix(DASHES)?;
        if !(1..=2).contains(&digits_at_start(after)) {
            return None;
        }
        self.at += self.rest().len() - after.len();
        self.number()
    }

    fn month_name(&mut self) -> Option<i8> {
        self.skip_spaces();
        let month = month_at(self.rest())?;
        self.advance(month.length, month.remark);
        Some(month.number)
    }

    /// A year, พ.ศ., if one comes next.
    fn year(&mut self) -> Result<Option<i16>, DateError> {
        self.skip_spaces();
        let era = spelled(self.rest(), "พ.ศ.");
        if let Some((length, complete)) = era {
            self.advance(length, (!complete).then_some(RemarkKind::MissingDot { should_be: "พ.ศ." }));
        }
        match self.number() {
            Some(number) => number.year(era.is_some()).map(Some),
            None if era.is_some() => Err(self.error(ErrorKind::MissingYear)),
            None => Ok(None),
        }
    }

    fn required_year(&mut self) -> Result<i16, DateError> {
        self.year()?.ok_or_else(|| self.unreadable())
    }

    fn advance(&mut self, length: usize, remark: Option<RemarkKind>) {
        let start = self.at;
        self.at += length;
        let range = self.source_since(start);
        self.remarks.extend(remark.map(|kind| Remark { range, kind }));
    }

    fn end(&mut self) -> Result<(), DateError> {
        self.skip_spaces();
        if self.rest().is_empty() { Ok(()) } else { Err(self.unreadable()) }
    }

    /// The bytes of the source between two places, without the spaces at either end.
    fn source_since(&self, start: usize) -> Range<usize> {
        let read = &self.folded.text()[start..self.at];
        let start = self.at - read.trim_start().len();
        self.folded.source(start..start + read.trim().len())
    }

    fn error(&self, kind: ErrorKind) -> DateError {
        DateError { range: self.source_since(self.at), kind }
    }

    /// The word that comes next is not understood.
    fn unreadable(&mut self) -> DateError {
        self.skip_spaces();
        let start = self.at;
        self.at += self.rest().find(char::is_whitespace).unwrap_or(self.rest().len());
        DateError { range: self.source_since(start), kind: ErrorKind::Unreadable }
    }
}

/// The month that is named at one place of a folded text, if its year follows.
fn named_month_at(source: &str, folded: &Folded, at: usize) -> Option<Month> {
    let (before, rest) = folded.text().split_at(at);
    let month = month_at(rest).filter(|month| !month.abbreviated || begins_word(before))?;
    let mut cursor = Cursor { source, folded, at: at + month.length, remarks: Vec::new() };
    let year = cursor.year().ok()??;
    if is_amount(cursor.rest()) { None } else { Month::new(year - BUDDHIST_ERA, month.number) }
}

fn month_at(text: &str) -> Option<NamedMonth> {
    // Every form of a month begins with the same letter, and few letters of a text are one of these.
    let first = text.chars().next()?;
    let mut likely = (1..).zip(&MONTHS).filter(|(_, names)| names.full.starts_with(first));
    likely.find_map(|(number, names)| {
        forms(names).find_map(|(form, should_be)| {
            let (length, complete) = spelled(text, form)?;
            let remark = if form != should_be {
                Some(RemarkKind::Misspelt { should_be })
            } else {
                (!complete).then_some(RemarkKind::MissingDot { should_be })
            };
            Some(NamedMonth { number, length, abbreviated: form.contains('.'), remark })
        })
    })
}

/// The forms in which a month is met, each with its right spelling.
pub(super) fn forms(names: &'static MonthNames) -> impl Iterator<Item = (&'static str, &'static str)> {
    let right_spelling = |form: &str| if form.contains('.') { names.short } else { names.full };
    let all = [names.full, names.short].into_iter().chain(names.misspelt.iter().copied());
    all.map(move |form| (form, right_spelling(form)))
}

/// The bytes that a form takes at the beginning of a text, with any of its dots left out, and whether all of them are there. An
/// abbreviation has to end a word: ก.ค. does not begin ก.ค.ศ.
fn spelled(text: &str, form: &str) -> Option<(usize, bool)> {
    let (mut rest, mut complete) = (text, true);
    for c in form.chars() {
        match rest.strip_prefix(c) {
            Some(after) => rest = after,
            None if c == '.' => complete = false,
            None => return None,
        }
    }
    (!form.contains('.') || ends_word(rest)).then_some((text.len() - rest.len(), complete))
}

/// Whether a word may end before a text. ถึง and พ.ศ. are often written without the space.
fn ends_word(rest: &str) -> bool {
    !rest.starts_with(is_thai_letter) || ["ถึง", "พ.ศ", "พศ"].iter().any(|word| rest.starts_with(word))
}

/// Whether an abbreviation may begin after a text.
fn begins_word(before: &str) -> bool {
    let inside_word = before.ends_with(|c| is_thai_letter(c) || c == '.');
    !inside_word || ["เดือน", "ถึง"].iter().any(|word| before.ends_with(word))
}

fn is_thai_letter(c: char) -> bool {
    matches!(c, 'ก'..='\u{E3A}' | 'เ'..='\u{E4E}')
}

/// Whether what follows a number makes it an amount, which is no year: `มีนาคม ๖๕.๕`, `มีนาคม ๘๕%`.
fn is_amount(rest: &str) -> bool {
    let goes_on = |fraction: &str| digits_at_start(fraction) > 0;
    rest.starts_with('%') || rest.strip_prefix(['.', ',', ':']).is_some_and(goes_on)
}

fn digits_at_start(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

#[cfg(test)]
mod tests {
    use super::super::{last_month_named, parse_date, parse_month, parse_period, parse_point, parse_year};
    use super::*;
    use crate::language::{Language, Numerals};
    use proptest::prelude::*;

    fn year_2566() -> FiscalYear {
        FiscalYear::new(2566).unwrap()
    }

    #[test]
    fn years_stand_alone() {
        let check = |text, expected: i16| {
            assert_eq!(parse_year(text).map(FiscalYear::number), Ok(expected), "{text}")
        };
        check("2565", 2565);
        check("๒๕๖๕", 2565);
        check(" 2022\u{A0}", 2565);
        check("๒๐๒๒", 2565);
        check("2400", 2400);
        check("2699", 2699);
        check("1900", 2443);
        check("2099", 2642);
    }

    #[test]
    fn wrong_years_say_what_is_wrong() {
        let check =
            |text: &str, kind| assert_eq!(parse_year(text).map_err(|error| error.kind), Err(kind), "{text}");
        check("", ErrorKind::Empty);
        check("\u{200B} ", ErrorKind::Empty);
        check("65", ErrorKind::TwoDigitYear { year: 65 });
        check("3105", ErrorKind::ShiftedTwice { year: 3105, likely: 2562 });
        check("3108", ErrorKind::ShiftedTwice { year: 3108, likely: 2565 });
        check("1479", ErrorKind::ShiftedTwice { year: 1479, likely: 2565 });
        check("๒๕๖5", ErrorKind::MixedDigits);
        check("2300", ErrorKind::YearOutOfRange);
        check("256", ErrorKind::YearOutOfRange);
        check(&"9".repeat(50), ErrorKind::YearOutOfRange);
        check("2565/2566", ErrorKind::Unreadable);
        check("ปี 2565", ErrorKind::Unreadable);
    }

    #[test]
    fn days_are_read_in_every_form() {
        let check = |text: &str, expected: &str| {
            let reading = parse_date(text).unwrap();
            assert_eq!((reading.value.iso().as_str(), reading.remarks), (expected, Vec::new()), "{text}");
        };
        check("๒๗ กันยายน ๒๕๖๕", "2022-09-27");
        check("27 กันยายน 2565", "2022-09-27");
        check("27 กันยายน 2022", "2022-09-27");
        check("๒๑ ก.ย. ๖๕", "2022-09-21");
        check("๑ ส.ค. ๒๕๖๕", "2022-08-01");
        check("วันที่ ๒๗ กันยายน พ.ศ. ๒๕๖๕", "2022-09-27");
        check("วันที่๒๗กันยายนพ.ศ.๒๕๖๕", "2022-09-27");
        check("วันท\u{E48}\u{E35} ๒๗\u{A0}\u{A0}กันยายน \n ๒๕๖๕ ", "2022-09-27");
        check("๒๗ กัน\u{200B}ยายน ๒๕๖๕", "2022-09-27");
        check("27/9/2565", "2022-09-27");
        check("๒๗/๐๙/๒๕๖๕", "2022-09-27");
        check("27/9/2022", "2022-09-27");
        check("27 / 9 / 65", "2022-09-27");
        check("2565-09-27", "2022-09-27");
        check("2022-09-27", "2022-09-27");
        check("๒๕๖๕-๐๙-๒๗", "2022-09-27");
        check("2565–9–27", "2022-09-27");
        check("29 ก.พ. 2567", "2024-02-29");
        check("1 ม.ค. 50", "2007-01-01");
        check("1 ม.ค. 99", "2056-01-01");
    }

    #[test]
    fn months_are_read_in_every_form() {
        let check = |text: &str, expected: &str| {
            let reading = parse_month(text).unwrap();
            assert_eq!((reading.value.iso().as_str(), reading.remarks), (expected, Vec::new()), "{text}");
        };
        check("ม.ค. ๖๖", "2023-01");
        check("มกราคม ๒๕๖๖", "2023-01");
        check("มกราคม พ.ศ. ๒๕๖๖", "2023-01");
        check("2566-01", "2023-01");
        check("2023-01", "2023-01");
        check("ม.ค.66", "2023-01");
        for (number, names) in (1..).zip(&MONTHS) {
            check(&format!("{} 2566", names.full), &format!("2023-{number:02}"));
            check(&format!("{} 2566", names.short), &format!("2023-{number:02}"));
        }
    }

    #[test]
    fn all_forms_of_a_month_begin_with_the_same_letter() {
        let check = |names: &'static MonthNames| {
            let first = names.full.chars().next().unwrap();
            assert!(forms(names).all(|(form, _)| form.starts_with(first)), "{}", names.full);
        };
        MONTHS.iter().for_each(check);
    }

    #[test]
    fn slips_are_read_and_remarked_on() {
        let check = |text: &str, expected: &str, slip: &str, kind| {
            let reading = parse_point(text).unwrap();
            let remarks: Vec<_> =
                reading.remarks.iter().map(|remark| (&text[remark.range.clone()], remark.kind)).collect();
            assert_eq!((reading.value.iso().as_str(), remarks), (expected, vec![(slip, kind)]), "{text}");
        };
        let missing_dot = |should_be| RemarkKind::MissingDot { should_be };
        let misspelt = |should_be| RemarkKind::Misspelt { should_be };
        check("๒๑ ก.ย ๒๕๖๕", "2022-09-21", "ก.ย", missing_dot("ก.ย."));
        check("มี.ค ๖๖", "2023-03", "มี.ค", missing_dot("มี.ค."));
        check("มีค ๖๖", "2023-03", "มีค", missing_dot("มี.ค."));
        check("ม.ค ๖๖", "2023-01", "ม.ค", missing_dot("ม.ค."));
        for (wrong, right) in [
            ("มค.", 1),
            ("กพ.", 2),
            ("มีค.", 3),
            ("เมย.", 4),
            ("พค.", 5),
            ("มิย.", 6),
            ("กค.", 7),
            ("สค.", 8),
            ("กย.", 9),
            ("ตค.", 10),
            ("พย.", 11),
            ("ธค.", 12),
        ] {
            let should_be = MONTHS[right - 1].short;
            check(&format!("{wrong} 66"), &format!("2023-{right:02}"), wrong, missing_dot(should_be));
        }
        check("๑๒ กรกฏาคม ๒๕๖๖", "2023-07-12", "กรกฏาคม", misspelt("กรกฎาคม"));
        check("พฤษจิกายน ๒๕๖๕", "2022-11", "พฤษจิกายน", misspelt("พฤศจิกายน"));
        check("กุมภาพันธุ์ ๒๕๖๖", "2023-02", "กุมภาพันธุ์", misspelt("กุมภาพันธ์"));
        check("กุมภาพันธ ๒๕๖๖", "2023-02", "กุมภาพันธ", misspelt("กุมภาพันธ์"));
        check("พฤศภาคม ๒๕๖๖", "2023-05", "พฤศภาคม", misspelt("พฤษภาคม"));
        check("มี.ย. ๖๖", "2023-06", "มี.ย.", misspelt("มิ.ย."));
        check("มีย ๖๖", "2023-06", "มีย", misspelt("มิ.ย."));
        check("มกราคม พ.ศ ๒๕๖๖", "2023-01", "พ.ศ", missing_dot("พ.ศ."));
        check("๒๗ กันยายน ๒๕๖5", "2022-09-27", "๒๕๖5", RemarkKind::MixedDigits);
        check("๒7/9/2565", "2022-09-27", "๒7", RemarkKind::MixedDigits);
    }

    #[test]
    fn periods_are_read_in_every_form() {
        let check = |text: &str, expected: &str| {
            let reading = parse_period(text, year_2566()).unwrap();
            assert_eq!((reading.value.iso().as_str(), reading.remarks), (expected, Vec::new()), "{text}");
        };
        check("ม.ค. ๖๖ - มี.ค. ๖๖", "2023-01/2023-03");
        for dash in ["-", "‐", "‑", "‒", "–", "—", "―", "−", "ถึง", " ถ\u{E36}ง\u{A0}"]
        {
            check(&format!("ม.ค. ๖๖{dash}มี.ค. ๖๖"), "2023-01/2023-03");
        }
        check("มกราคม ๒๕๖๖ ถึง มีนาคม ๒๕๖๖", "2023-01/2023-03");
        check("ม.ค.ถึงมี.ค.๖๖", "2023-01/2023-03");
        check("ต.ค. – มี.ค. ๖๖", "2022-10/2023-03");
        check("ม.ค. – มี.ค. ๖๖", "2023-01/2023-03");
        check("มี.ค. ๖๖", "2023-03");
        check("มี.ค. – มี.ค. ๖๖", "2023-03");
        check("๑ – ๓๑ มี.ค. ๖๖", "2023-03-01/2023-03-31");
        check("วันที่ ๑-๓๑ มีนาคม พ.ศ. ๒๕๖๖", "2023-03-01/2023-03-31");
        check("๑ ต.ค. – ๓๑ มี.ค. ๖๖", "2022-10-01/2023-03-31");
        check("วันที่ ๑ ต.ค. ๖๕ ถึงวันที่ ๓๑ มี.ค. ๖๖", "2022-10-01/2023-03-31");
        check("1/10/2565-31/3/2566", "2022-10-01/2023-03-31");
        check("1/10 – 31/3/2566", "2022-10-01/2023-03-31");
        check("2565-10-2566-03", "2022-10/2023-03");
        check("2565-10-01 - 2566-03-31", "2022-10-01/2023-03-31");
        check("๑๕ มี.ค. ๖๖ – มี.ค. ๖๖", "2023-03-15/2023-03");
        check("ไตรมาส ๑–๒", "2022-10/2023-03");
        check("ไตรมาส ๑ ถึง ไตรมาส ๔", "2022-10/2023-09");
        check("ไตรมาสที่ ๑", "2022-10/2022-12");
        check("ไตรมาส 4/2565", "2022-07/2022-09");
        check("ไตรมาสที่๒-๓/๒๕๖๗", "2024-01/2024-06");
        check("ไตรมาส ๔ – ไตรมาสที่ ๑/๒๕๖๗", "2023-07/2023-12");
        check("ไตรมาส ๔/๒๕๖๕ – ๑/๒๕๖๖", "2022-07/2022-12");
        check("ตลอดปีงบประมาณ", "2022-10/2023-09");
        check("ตลอดปีงบประมาณ พ.ศ. ๒๕๖๗", "2023-10/2024-09");
        check("ตลอดปีงบประมาณ๖๗", "2023-10/2024-09");
    }

    #[test]
    fn the_periods_of_the_memo_are_read_with_their_slips() {
        let check = |text: &str, expected: &str, printed: &str, slip: &str| {
            let reading = parse_period(text, year_2566()).unwrap();
            let slips: Vec<_> = reading.remarks.iter().map(|remark| &text[remark.range.clone()]).collect();
            assert_eq!((reading.value.iso().as_str(), slips), (expected, vec![slip]), "{text}");
            assert_eq!(reading.value.short(Language::Thai, Numerals::Thai), printed);
        };
        check("ต.ค. ๖๕ - มี.ค ๖๖", "2022-10/2023-03", "ต.ค. ๖๕ – มี.ค. ๖๖", "มี.ค");
        check("ก.ย. ๖๕ – มี.ค ๖๖", "2022-09/2023-03", "ก.ย. ๖๕ – มี.ค. ๖๖", "มี.ค");
    }

    #[test]
    fn wrong_dates_say_what_is_wrong_and_where() {
        let check = |text: &str, place: &str, kind| {
            let error = parse_date(text).unwrap_err();
            assert_eq!((&text[error.range], error.kind), (place, kind), "{text}");
        };
        let no_such_day = |day, year, number, last| ErrorKind::NoSuchDay {
            day,
            month: Month::new(year, number).unwrap(),
            last,
        };
        check("", "", ErrorKind::Empty);
        check(" \u{A0} ", " \u{A0} ", ErrorKind::Empty);
        check("๓๑ กุมภาพันธ์ ๒๕๖๖", "๓๑ กุมภาพันธ์ ๒๕๖๖", no_such_day(31, 2023, 2, 28));
        check("๒๙ ก.พ. ๖๖", "๒๙ ก.พ. ๖๖", no_such_day(29, 2023, 2, 28));
        check("30/2/2567", "30/2/2567", no_such_day(30, 2024, 2, 29));
        check("2565-09-31", "2565-09-31", no_such_day(31, 2022, 9, 30));
        check("๐ ก.ย. ๖๕", "๐ ก.ย. ๖๕", no_such_day(0, 2022, 9, 30));
        check("27/13/2565", "13", ErrorKind::NoSuchMonth { month: 13 });
        check("2565-00-01", "00", ErrorKind::NoSuchMonth { month: 0 });
        check("๑ มี.ค. ๔๙", "๔๙", ErrorKind::TwoDigitYear { year: 49 });
        check("๑ มี.ค. ๓๑๐๕", "๓๑๐๕", ErrorKind::ShiftedTwice { year: 3105, likely: 2562 });
        check("๑ มี.ค. พ.ศ. 2022", "2022", ErrorKind::EraContradicted { year: 2022, likely: 2565 });
        check("๑ มี.ค. ๒๕๖", "๒๕๖", ErrorKind::YearOutOfRange);
        check("๑ ต.ค. ๒๖๙๙", "๑ ต.ค. ๒๖๙๙", ErrorKind::YearOutOfRange);
        check("๒๗ กันยายน", "๒๗ กันยายน", ErrorKind::MissingYear);
        check("๒๗ กันยายน พ.ศ.", "", ErrorKind::MissingYear);
        check("27/9", "27/9", ErrorKind::MissingYear);
        check("กันยายน ๒๕๖๕", "กันยายน ๒๕๖๕", ErrorKind::MissingDay);
        check("วันที่ กันยายน ๒๕๖๕", "", ErrorKind::MissingDay);
        check("๒๗", "๒๗", ErrorKind::Unreadable);
        check("๒๕๖๕", "๒๕๖๕", ErrorKind::Unreadable);
        check("271 กันยายน 2565", "271", ErrorKind::Unreadable);
        check("๒๗ กันย่า ๒๕๖๕", "กันย่า", ErrorKind::Unreadable);
        check("๒๗ กันยายน ๒๕๖๕ เวลา ๙.๐๐ น.", "เวลา", ErrorKind::Unreadable);
        check("๒๗ ก.ค.ศ. ๒๕๖๕", "ก.ค.ศ.", ErrorKind::Unreadable);
        check("27-9-2565", "-9-2565", ErrorKind::Unreadable);
        check("27/9/", "", ErrorKind::Unreadable);
        check("9/2565", "2565", ErrorKind::Unreadable);
        check("๑ – ๓๑ มี.ค. ๖๖", "–", ErrorKind::Unreadable);
        assert_eq!(parse_month("๑ มี.ค. ๖๖").unwrap_err().kind, ErrorKind::UnexpectedDay);
    }

    #[test]
    fn wrong_periods_say_what_is_wrong_and_where() {
        let check = |text: &str, place: &str, kind| {
            let error = parse_period(text, year_2566()).unwrap_err();
            assert_eq!((&text[error.range], error.kind), (place, kind), "{text}");
        };
        let reversed = |from: &str, to: &str| {
            let point = |text| parse_point(text).unwrap().value;
            ErrorKind::EndBeforeStart { from: point(from), to: point(to) }
        };
        check("มี.ค. ๖๖ – ม.ค. ๖๖", "มี.ค. ๖๖ – ม.ค. ๖๖", reversed("2566-03", "2566-01"));
        check("๓๑ – ๑ มี.ค. ๖๖", "๓๑ – ๑ มี.ค. ๖๖", reversed("2566-03-31", "2566-03-01"));
        check("ไตรมาส ๒–๑", "๒–๑", reversed("2566-01", "2565-12"));
        check("ไตรมาส ๕", "๕", ErrorKind::NoSuchQuarter);
        check("ไตรมาส", "", ErrorKind::Unreadable);
        check("ไตรมาส ๑/", "", ErrorKind::Unreadable);
        check("ม.ค. ๖๖ – มี.ค.", "มี.ค.", ErrorKind::MissingYear);
        check("ม.ค. – มี.ค.", "มี.ค.", ErrorKind::MissingYear);
        check("มี.ค.", "มี.ค.", ErrorKind::MissingYear);
        check("ม.ค. ๖๖ –", "", ErrorKind::Unreadable);
        check("๓๑ ก.พ. – ๓๑ มี.ค. ๖๖", "๓๑ ก.พ.", {
            ErrorKind::NoSuchDay { day: 31, month: Month::new(2023, 2).unwrap(), last: 28 }
        });
        check("๑ – มี.ค. ๖๖", "๑", ErrorKind::Unreadable);
        check("ทุก ๖ เดือน และ ๑๒ เดือน", "ทุก", ErrorKind::Unreadable);
        check("พ.ศ. ๒๕๖๖-๒๕๗๐", "พ.ศ.", ErrorKind::Unreadable);
        check("๒๕๖๖-๒๕๗๐", "๒๕๖๖", ErrorKind::Unreadable);
        check("ตลอดปีงบประมาณ พ.ศ.", "", ErrorKind::MissingYear);
    }

    #[test]
    fn the_last_month_with_its_year_is_found_in_prose() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(last_month_named(text).map(Month::iso).as_deref(), expected, "{text}");
        };
        check("รายงานผลการดำเนินงานในการประชุมองค์การบริหารส่วนตำบลลุมพุก ประจำเดือนมีนาคม ๒๕๖๖", Some("2023-03"));
        check("ประจ\u{E4D}\u{E32}เดือน กุมภาพันธ์\u{A0}๒๕๖๖", Some("2023-02"));
        check("ประจำเดือนกรกฏาคม พ.ศ. ๒๕๖๖ ของสภา", Some("2023-07"));
        check("รอบแรก มี.ค. ๖๖ รอบที่สอง ก.ย. ๖๖ (ครั้งสุดท้าย)", Some("2023-09"));
        check("ม.ค. – มี.ค. ๖๖ แล้วรายงานในเดือนเมษายน", Some("2023-03"));
        check("ภายในวันที่ ๓๑มี.ค.๖๖", Some("2023-03"));
        check("ประจำเดือนมี.ค ๖๖", Some("2023-03"));
        check("ตั้งแต่ม.ค. ๖๖", None);
        check("สำนักงาน ก.ค.ศ. ๒๕๖๖", None);
        check("อ.ก.พ. ๒๕๖๖", None);
        check("สคบ. ๒๕๖๖", None);
        check("แผนป้องกันการทุจริต (พ.ศ. ๒๕๖๖-๒๕๗๐)", None);
        check("มีนาคม ๔๕ คน", None);
        check("มีนาคม ๖๕.๕ คะแนน มีนาคม ๘๕% มีนาคม ๖ ครั้ง", None);
        check("ทุกเดือนมีนาคม", None);
        check("", None);
    }

    /// Texts made of what dates are made of, which reach further into the grammar than arbitrary ones.
    const NEARLY_A_DATE: &str = "([ก-ฮ\u{E31}-\u{E3A}เแ\u{E47}-\u{E4E}.]{0,3}|วันที่|ถึง|พ\\.ศ\\.?|ไตรมาส|ตลอดปีงบประมาณ|\
        มี\\.?ค\\.?|ธันวาคม|กุมภาพันธุ?์?|[0-9๐-๙]{1,5}|[-–—/ %,\u{A0}\u{AD}\u{200B}]){0,9}";

    /// Every place that is reported has to be one that a message can quote.
    fn assert_places_are_in(text: &str) {
        let ranges = |result: Result<Vec<Remark>, DateError>| match result {
            Ok(remarks) => remarks.into_iter().map(|remark| remark.range).collect(),
            Err(error) => vec![error.range],
        };
        for result in [
            parse_year(text).map(|_| Vec::new()),
            parse_date(text).map(|reading| reading.remarks),
            parse_month(text).map(|reading| reading.remarks),
            parse_point(text).map(|reading| reading.remarks),
            parse_period(text, FiscalYear::LAST).map(|reading| reading.remarks),
            parse_period(text, FiscalYear::FIRST).map(|reading| reading.remarks),
        ] {
            assert!(ranges(result).into_iter().all(|range| text.get(range).is_some()), "{text:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            assert_places_are_in(&text);
            let _ = last_month_named(&text);
        }

        #[test]
        fn no_near_date_makes_it_panic(text in NEARLY_A_DATE) {
            assert_places_are_in(&text);
            let _ = last_month_named(&text);
        }
    }
}

//! How data is printed on pages: digits, dates and states in the manner of the site. Only templates and this know how things look.

use super::view;
use crate::language::{Language, Numerals};
use crate::model::date::{Date, FiscalYear, Period};
use crate::model::number::{Exact, Score};
use crate::model::{Settings, State};

/// The manner of a site, or of a memo.
#[derive(Debug, Clone, Copy)]
pub struct Printer {
    /// Of the words that are not content.
    pub language: Language,
    /// Of data.
    pub numerals: Numerals,
}

impl Printer {
    /// The manner that a site's settings ask for.
    pub fn of(settings: &Settings) -> Self {
        Printer { language: settings.language, numerals: settings.numerals }
    }

    /// The manner of an official letter: Thai words and Thai digits, whatever the site's are.
    pub fn of_letters() -> Self {
        Printer { language: Language::Thai, numerals: Numerals::Thai }
    }

    /// Any whole number.
    pub fn count(self, number: impl std::fmt::Display) -> String {
        self.numerals.print(&number.to_string())
    }

    /// Two decimals.
    pub fn score(self, score: Score) -> String {
        score.print(self.numerals)
    }

    /// Two decimals, rounded once.
    pub fn rounded(self, value: Exact) -> String {
        value.print(self.numerals)
    }

    /// Two decimals with a sign; zero has none.
    pub fn change(self, value: Exact) -> String {
        let sign = if value > Exact::ZERO { "+" } else { "" };
        format!("{sign}{}", value.print(self.numerals))
    }

    /// A fiscal year.
    pub fn year(self, year: FiscalYear) -> view::Year {
        view::Year { text: self.count(year), number: year.to_string() }
    }

    /// A day, for people and for machines.
    pub fn date(self, date: Date) -> view::Date {
        view::Date { text: date.long(self.language, self.numerals), iso: date.iso() }
    }

    /// A period in normal form, as the measures table prints it.
    pub fn period(self, period: Period) -> view::Date {
        view::Date { text: period.short(self.language, self.numerals), iso: period.iso() }
    }

    /// A sentence of the catalog, whose numbers take the site's digits; codes such as `O42` keep theirs.
    pub fn sentence(self, text: &str) -> String {
        let is_code = |word: &str| word.contains(|sign: char| sign.is_ascii_alphabetic());
        let words = text
            .split(' ')
            .map(|word| if is_code(word) { word.to_owned() } else { self.numerals.print(word) });
        words.collect::<Vec<_>>().join(" ")
    }

    /// A state in words.
    pub fn state(self, state: State) -> view::State {
        let (th, en) = match state {
            State::Planned => ("ยังไม่ดำเนินการ", "not started"),
            State::Ongoing => ("กำลังดำเนินการ", "under way"),
            State::Done => ("เสร็จแล้ว", "done"),
            State::Cancelled => ("ยกเลิก", "cancelled"),
        };
        view::State { code: state.code(), text: self.choose(th, en).to_owned() }
    }

    /// One of two words.
    pub fn choose<'a>(self, th: &'a str, en: &'a str) -> &'a str {
        match self.language {
            Language::Thai => th,
            Language::English => en,
        }
    }

    /// Kind and size of a file: `PDF, ๒.๑ MB`. Sizes are rounded up to a tenth, so that none is zero.
    pub fn file(self, name: &str, bytes: u64) -> String {
        let kind =
            name.rsplit_once('.').map_or(String::new(), |(_, ending)| format!("{}, ", ending.to_uppercase()));
        let (unit, size) = if bytes < 1_000_000 { ("KB", 1_000) } else { ("MB", 1_000_000) };
        let tenths = (bytes * 10).div_ceil(size);
        let size = if unit == "KB" {
            format!("{}", tenths.div_ceil(10))
        } else {
            format!("{}.{}", tenths / 10, tenths % 10)
        };
        format!("{kind}{} {unit}", self.count(size))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_never_zero() {
        let printer = Printer { language: Language::Thai, numerals: Numerals::Arabic };
        let check = |bytes, expected: &str| assert_eq!(printer.file("a.pdf", bytes), expected);
        check(1, "PDF, 1 KB");
        check(1_500, "PDF, 2 KB");
        check(2_100_000, "PDF, 2.1 MB");
        check(0, "PDF, 0 KB");
    }

    #[test]
    fn numbers_of_a_sentence_change_but_codes_do_not() {
        let printer = Printer { language: Language::Thai, numerals: Numerals::Thai };
        assert_eq!(printer.sentence("ข้อ O42 ปี 2566 (ต.ค. 2565)"), "ข้อ O42 ปี ๒๕๖๖ (ต.ค. ๒๕๖๕)");
    }
}

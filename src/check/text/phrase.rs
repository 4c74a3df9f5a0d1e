//! Reading along a text: words, whatever white space lies between their letters, and numbers in either script. It knows no rule.

use crate::model::number::Score;
use crate::thai::digit;
use std::ops::Range;

/// The bytes at the start of a text that are these words. White space within them counts for nothing, since lines are wrapped anywhere,
/// nor does the script of digits.
pub(super) fn begins(text: &str, words: &str) -> Option<usize> {
    let mut letters = text.char_indices();
    let mut end = 0;
    for expected in words.chars().filter(|c| !c.is_whitespace()) {
        let (at, c) = letters.find(|&(at, c)| at == 0 || !c.is_whitespace())?;
        if c != expected && (digit(c).is_none() || digit(c) != digit(expected)) {
            return None;
        }
        end = at + c.len_utf8();
    }
    Some(end)
}

/// The name with which a text begins, with its bytes; of several the longest one.
pub(super) fn longest<'a, T>(text: &str, names: impl Iterator<Item = (&'a str, T)>) -> Option<(usize, T)> {
    let found = names
        .filter(|(name, _)| !name.is_empty())
        .filter_map(|(name, what)| Some((begins(text, name)?, what)));
    // Of equally long ones the first: what stands first in a framework is the name, what follows are others for it.
    found.reduce(|longest, next| if next.0 > longest.0 { next } else { longest })
}

/// Where these words begin in a text, if they occur.
pub(super) fn find(text: &str, words: &str) -> Option<usize> {
    text.char_indices().map(|(at, _)| at).find(|at| begins(&text[*at..], words).is_some())
}

/// A text as it is quoted in a message: on one line, without the white space that wraps it.
pub(super) fn quoted(text: &str) -> String {
    text.split_whitespace().collect()
}

/// A whole number of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    /// The largest there is for one with more digits.
    pub(super) value: u64,
    /// How many digits it has.
    pub(super) digits: usize,
    /// Its bytes in the text.
    pub(super) range: Range<usize>,
}

/// A place in a text, from which one reads on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    /// At a byte of a text.
    pub(super) fn new(text: &'a str, at: usize) -> Self {
        Cursor { text, at }
    }

    /// How far the text is read.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// What is not read yet.
    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Goes on by some bytes.
    pub(super) fn skip(&mut self, bytes: usize) {
        self.at += bytes;
    }

    /// Reads white space.
    pub(super) fn blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    /// Reads these words, and white space before them.
    pub(super) fn take(&mut self, words: &str) -> bool {
        let mut next = *self;
        next.blanks();
        let found = begins(next.rest(), words);
        if let Some(length) = found {
            next.skip(length);
            *self = next;
        }
        found.is_some()
    }

    /// Reads the first of these words that stands there.
    pub(super) fn take_any(&mut self, words: &[&str]) -> bool {
        words.iter().any(|words| self.take(words))
    }

    /// Reads these words in any order, as often as they come; white space in any case.
    pub(super) fn pass(&mut self, words: &[&str]) {
        while self.take_any(words) {}
        self.blanks();
    }

    /// Reads a whole number, and white space before it.
    pub(super) fn number(&mut self) -> Option<Number> {
        self.blanks();
        let mut number = Number { value: 0, digits: 0, range: self.at..self.at };
        for c in self.rest().chars() {
            let Some(value) = digit(c) else { break };
            number.value = number.value.saturating_mul(10).saturating_add(value.into());
            number.digits += 1;
            number.range.end += c.len_utf8();
        }
        self.at = number.range.end;
        (number.digits > 0).then_some(number)
    }

    /// Reads a score as it is announced, with two decimals, and white space before it.
    pub(super) fn score(&mut self) -> Option<(Range<usize>, Score)> {
        let mut next = *self;
        let whole = next.number()?;
        next.at = next.rest().strip_prefix('.').map(|_| next.at + 1)?;
        let decimals = next.number().filter(|decimals| decimals.digits == 2)?;
        let range = whole.range.start..decimals.range.end;
        let score = Score::parse(&self.text[range.clone()]).ok()?;
        *self = next;
        Some((range, score))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_begin_a_text_whatever_space_is_in_it() {
        let check = |text: &str, words: &str, expected: Option<&str>| {
            assert_eq!(begins(text, words).map(|end| &text[..end]), expected, "{text}");
        };
        check("ลุมพุก ได้", "ลุมพุก", Some("ลุมพุก"));
        check("ลุม\n  พุกได้", "ลุมพุก", Some("ลุม\n  พุก"));
        check("ตัวอย่าง ๕", "ตัวอย่าง 5", Some("ตัวอย่าง ๕"));
        check(" ลุมพุก", "ลุมพุก", None);
        check("ลุม", "ลุมพุก", None);
        check("", "ก", None);
    }

    #[test]
    fn the_longest_name_is_found() {
        let names = ["การใช้", "การใช้อำนาจ", "การ"];
        let check = |text: &str, expected: Option<&str>| {
            let found = longest(text, names.iter().map(|name| (*name, *name)));
            assert_eq!(found.map(|(_, name)| name), expected, "{text}");
        };
        check("การใช้อำนาจหน้าที่", Some("การใช้อำนาจ"));
        check("การใช้งบ", Some("การใช้"));
        check("งาน", None);
    }

    #[test]
    fn numbers_are_read_in_either_script() {
        let number = |text: &str| Cursor::new(text, 0).number().map(|number| (number.value, number.digits));
        assert_eq!(number(" ๒๕๖๕/"), Some((2565, 4)));
        assert_eq!(number("007"), Some((7, 3)));
        assert_eq!(number("99999999999999999999999"), Some((u64::MAX, 23)));
        assert_eq!(number("ก"), None);
        let score = |text: &str| {
            let found = Cursor::new(text, 0).score();
            found.map(|(range, score)| (text[range].to_owned(), score.hundredths()))
        };
        assert_eq!(score(" ๖๙.๓๘ คะแนน"), Some(("๖๙.๓๘".to_owned(), 6938)));
        assert_eq!(score("100.00"), Some(("100.00".to_owned(), 10_000)));
        assert_eq!(["69", "69.4", "69.387", "169.38", "๖๙.38"].map(score), [const { None }; 5]);
    }
}

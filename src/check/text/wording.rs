//! A text as its author typed it, read as it was meant: what is wrong with its characters is found and put right once, so that the rules
//! of words see sound words, and every byte that they point at leads back to the source.

use super::fault::{Fault, Faults};
use crate::parse::markdown::plain::Plain;
use crate::source::Place;
use crate::thai;
use std::borrow::Cow;
use std::ops::Range;

/// A text whose characters are sound.
pub(super) struct Wording<'a> {
    text: Cow<'a, str>,
    /// What was put right, in the order of the text.
    mends: Vec<Mend>,
    origin: Origin<'a>,
}

/// Where a text comes from.
#[derive(Clone, Copy)]
enum Origin<'a> {
    /// A value of a YAML file: the bytes of its place, quotes and line ends included.
    Value(&'a Place),
    /// Evaluated prose.
    Prose(&'a Plain),
}

struct Mend {
    typed: Range<usize>,
    text: Range<usize>,
}

/// A stretch of a text that no phrase reaches out of: a value, or a paragraph, heading or table cell of prose.
pub(super) struct Block<'a> {
    /// What it says.
    pub(super) text: &'a str,
    /// Where it begins in the text.
    pub(super) start: usize,
}

impl<'a> Wording<'a> {
    /// The text of a value; finds what is wrong with its characters.
    pub(super) fn of_value(place: &'a Place, faults: &mut Faults) -> Self {
        Wording::read(place.text(), Origin::Value(place), faults)
    }

    /// The words of prose; finds what is wrong with the characters that its author typed.
    pub(super) fn of_prose(plain: &'a Plain, faults: &mut Faults) -> Self {
        Wording::read(&plain.text, Origin::Prose(plain), faults)
    }

    fn read(typed: &'a str, origin: Origin<'a>, faults: &mut Faults) -> Self {
        let mut sound = String::new();
        let mut mends = Vec::new();
        let mut done = 0;
        for (range, slip) in thai::misspelt(typed) {
            let found = &typed[range.clone()];
            faults
                .extend(origin.place(range.clone()).map(|place| (place, Fault::of_characters(slip, found))));
            let Some(mended) = slip.mended(found) else { continue };
            sound.push_str(&typed[done..range.start]);
            let start = sound.len();
            sound.push_str(&mended);
            done = range.end;
            mends.push(Mend { typed: range, text: start..sound.len() });
        }
        if mends.is_empty() {
            return Wording { text: Cow::Borrowed(typed), mends, origin };
        }
        sound.push_str(&typed[done..]);
        Wording { text: Cow::Owned(sound), mends, origin }
    }

    /// The blocks of the text in their order.
    pub(super) fn blocks(&self) -> impl Iterator<Item = Block<'_>> {
        let separator = match self.origin {
            Origin::Value(_) => None,
            Origin::Prose(_) => Some('\n'),
        };
        let mut start = 0;
        self.text.split(move |c| Some(c) == separator).map(move |text| {
            let block = Block { text, start };
            start += text.len() + 1;
            block
        })
    }

    /// Where a range of the text stands in the source; `None` if its author did not type all of it as prose.
    pub(super) fn place(&self, range: Range<usize>) -> Option<Place> {
        self.origin.place(self.typed_from(range.start)..self.typed_until(range.end))
    }

    fn typed_from(&self, at: usize) -> usize {
        let before = self.mends.partition_point(|mend| mend.text.start <= at);
        match self.mends[..before].last() {
            None => at,
            Some(mend) if at < mend.text.end => mend.typed.start,
            Some(mend) => mend.typed.end + (at - mend.text.end),
        }
    }

    fn typed_until(&self, at: usize) -> usize {
        let before = self.mends.partition_point(|mend| mend.text.start < at);
        match self.mends[..before].last() {
            None => at,
            Some(mend) if at <= mend.text.end => mend.typed.end,
            Some(mend) => mend.typed.end + (at - mend.text.end),
        }
    }
}

impl Origin<'_> {
    /// Where a range stands in the source, if its author typed it.
    fn place(self, range: Range<usize>) -> Option<Place> {
        match self {
            Origin::Value(place) => {
                let start = place.span.start;
                Some(place.clone().with_span(start + range.start..start + range.end))
            }
            Origin::Prose(plain) => plain.is_typed(range.clone()).then(|| plain.place(range)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn words_of_a_mended_text_lead_back_to_what_was_typed() {
        let typed = "แผนประจ\u{E4D}\u{E32}ปี ลุม\u{200B}พุก\nท\u{E48}\u{E35} ๕";
        let source = Source::new("a.yaml", format!("measure: {typed}"));
        let place = source.at(9..source.text.len());
        let mut faults = Faults::default();
        let wording = Wording::of_value(&place, &mut faults);
        let check = |words: &str, expected: &str| {
            let start = wording.text.find(words).unwrap();
            assert_eq!(wording.place(start..start + words.len()).unwrap().text(), expected);
        };
        check("ประจำ", "ประจ\u{E4D}\u{E32}");
        check("ำปี", "\u{E4D}\u{E32}ปี");
        check("ลุมพุก", "ลุม\u{200B}พุก");
        check("พุก", "พุก");
        check("ที่ ๕", "ท\u{E48}\u{E35} ๕");
        check("๕", "๕");
        assert_eq!(wording.blocks().count(), 1);
    }
}

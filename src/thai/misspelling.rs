//! What is wrong with the characters of a Thai text whatever its words are: marks that are doubled, in the wrong order or typed as two
//! characters, and characters that nobody sees. It needs no dictionary and knows no message.

use super::{
    NIKHAHIT, SARA_AA, SARA_AE, SARA_AM, SARA_E, is_invisible, is_mark, is_tone_mark, is_vowel_mark,
};
use std::ops::Range;

/// A slip that shows in the characters alone. Most of them look right on some screen, and no search finds the word. Of several slips of
/// one consonant the first in this order is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Misspelling {
    /// ํ and า where ำ belongs, as text copied from PDF files has it; a tone mark may stand before or between them.
    DecomposedSaraAm,
    /// A gap and า where ำ belongs (`ด าเนินการ`): in older PDF files the circle of ำ is lost.
    LostSaraAm,
    /// เเ where แ belongs.
    DoubledSaraE,
    /// The same mark twice on one consonant.
    RepeatedMark,
    /// Two tone marks, or two vowels in one place, on one consonant.
    ClashingMarks,
    /// A tone mark before its vowel.
    SwappedMarks,
    /// Characters without a width: zero-width space, byte order mark, soft hyphen, marks of direction.
    Invisible,
}

impl Misspelling {
    /// What should stand in the place of a text that [`misspelt`] found; `None` where only the author knows: which of two tone marks was
    /// meant, and whether `ก าร` has lost a circle or gained a gap.
    pub fn mended(self, found: &str) -> Option<String> {
        match self {
            Misspelling::LostSaraAm | Misspelling::ClashingMarks => None,
            Misspelling::DoubledSaraE => Some(SARA_AE.into()),
            Misspelling::Invisible => Some(String::new()),
            Misspelling::DecomposedSaraAm | Misspelling::RepeatedMark | Misspelling::SwappedMarks => {
                Some(Marks::at_start_of(found).in_order())
            }
        }
    }
}

/// Every misspelling of a text, in its order and with its bytes; none reaches into the next. The marks of one consonant are one
/// misspelling, whose remedy mends all that is wrong with them.
///
/// One pass that looks twice only at what is suspicious, since nearly every text is sound.
pub fn misspelt(text: &str) -> impl Iterator<Item = (Range<usize>, Misspelling)> {
    let mut scan = Scan { text, at: 0, previous: ' ', word: 0 };
    std::iter::from_fn(move || scan.next())
}

/// How far a text is read.
struct Scan<'a> {
    text: &'a str,
    at: usize,
    previous: char,
    /// Behind what was found last: another word begins there, so that no slip is told of twice.
    word: usize,
}

impl Scan<'_> {
    fn next(&mut self) -> Option<(Range<usize>, Misspelling)> {
        let from = self.at;
        for (offset, c) in self.text[from..].char_indices() {
            if !is_plain(c) {
                self.at = from + offset;
                if let Some(found) = self.misspelling(c) {
                    (self.at, self.previous, self.word) = (found.0.end, ' ', found.0.end);
                    return Some(found);
                }
            }
            self.previous = c;
        }
        self.at = self.text.len();
        None
    }

    /// The misspelling that the next character gives away.
    fn misspelling(&self, c: char) -> Option<(Range<usize>, Misspelling)> {
        match c {
            SARA_AA => self.lost_sara_am(),
            SARA_E if self.previous == SARA_E => {
                Some((self.at - SARA_E.len_utf8()..self.at + SARA_E.len_utf8(), Misspelling::DoubledSaraE))
            }
            NIKHAHIT => self.slip_of_marks(),
            SARA_AM if self.previous == SARA_AM => self.slip_of_marks(),
            c if is_tone_mark(c) && (is_tone_mark(self.previous) || self.previous == SARA_AM) => {
                self.slip_of_marks()
            }
            c if is_vowel_mark(c) && is_above_or_below(self.previous) => self.slip_of_marks(),
            c if is_invisible(c) => Some((self.invisible(), Misspelling::Invisible)),
            _ => None,
        }
    }

    fn slip_of_marks(&self) -> Option<(Range<usize>, Misspelling)> {
        let start = self.word + self.text[self.word..self.at].trim_end_matches(is_above_or_below).len();
        let marks = Marks::at_start_of(&self.text[start..]);
        marks.slip().map(|slip| (start..start + marks.length, slip))
    }

    /// A consonant, one space and า with more of a word behind it: no Thai word begins with า.
    fn lost_sara_am(&self) -> Option<(Range<usize>, Misspelling)> {
        let before = self.text[..self.at].strip_suffix(' ')?;
        let consonant = before.chars().next_back().filter(|c| matches!(c, 'ก'..='ฮ'))?;
        let end = self.at + SARA_AA.len_utf8();
        let goes_on = self.text[end..].starts_with(|c| matches!(c, 'ก'..='ฮ' | SARA_E..='ไ'));
        goes_on.then(|| (before.len() - consonant.len_utf8()..end, Misspelling::LostSaraAm))
    }

    fn invisible(&self) -> Range<usize> {
        let rest = &self.text[self.at..];
        self.at..self.at + rest.find(|c| !is_invisible(c)).unwrap_or(rest.len())
    }
}

/// What stands above and below one consonant, each mark once, and what had to be overlooked to read it so.
#[derive(Default)]
struct Marks {
    vowels: Vec<char>,
    tones: Vec<char>,
    sara_am: bool,
    slip: Option<Misspelling>,
    /// In bytes of the text.
    length: usize,
}

impl Marks {
    fn at_start_of(text: &str) -> Marks {
        let mut marks = Marks::default();
        for c in text.chars() {
            match marks.take(c) {
                Some(slip) => marks.slip = marks.slip.into_iter().chain(slip).min(),
                None => break,
            }
            marks.length += c.len_utf8();
        }
        marks
    }

    /// Takes one more character, and says what was wrong with it; `None` if it belongs to no marks.
    fn take(&mut self, c: char) -> Option<Option<Misspelling>> {
        let is_late = self.sara_am;
        match c {
            SARA_AA if !is_late && self.vowels.contains(&NIKHAHIT) => {
                self.vowels.retain(|vowel| *vowel != NIKHAHIT);
                self.sara_am = true;
                Some(Some(Misspelling::DecomposedSaraAm))
            }
            SARA_AM => {
                self.sara_am = true;
                Some(is_late.then_some(Misspelling::RepeatedMark))
            }
            c if is_tone_mark(c) => Some(add(c, &mut self.tones, is_late)),
            c if is_vowel_mark(c) => Some(add(c, &mut self.vowels, is_late || !self.tones.is_empty())),
            _ => None,
        }
    }

    /// ฺ and ํ go with other vowels in Pali, but nothing goes with ำ.
    fn slip(&self) -> Option<Misspelling> {
        let in_one_place =
            self.vowels.iter().filter(|vowel| !matches!(**vowel, '\u{E3A}' | NIKHAHIT)).count();
        let clash = self.tones.len() > 1 || in_one_place > 1 || self.sara_am && !self.vowels.is_empty();
        if clash { Some(Misspelling::ClashingMarks) } else { self.slip }
    }

    /// As they are typed: vowel, tone, ำ.
    fn in_order(&self) -> String {
        let sara_am = self.sara_am.then_some(SARA_AM);
        self.vowels.iter().chain(&self.tones).copied().chain(sara_am).collect()
    }
}

fn add(mark: char, marks: &mut Vec<char>, is_late: bool) -> Option<Misspelling> {
    if marks.contains(&mark) {
        return Some(Misspelling::RepeatedMark);
    }
    marks.push(mark);
    is_late.then_some(Misspelling::SwappedMarks)
}

/// What most texts consist of: no slip ends with it.
fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~' | 'ก'..='ะ')
}

fn is_above_or_below(c: char) -> bool {
    is_mark(c) || c == SARA_AM
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::thai::fold;
    use proptest::prelude::*;

    #[test]
    fn slips_are_found_with_their_remedy() {
        let check = |text: &str, expected: &[(&str, Misspelling, Option<&str>)]| {
            let found: Vec<(&str, Misspelling, Option<String>)> = misspelt(text)
                .map(|(range, slip)| (&text[range.clone()], slip, slip.mended(&text[range])))
                .collect();
            let found: Vec<_> =
                found.iter().map(|(found, slip, mended)| (*found, *slip, mended.as_deref())).collect();
            assert_eq!(found, expected, "{}", text.escape_unicode());
        };
        use Misspelling::*;
        let twice = ("\u{E4D}\u{E32}", DecomposedSaraAm, Some("\u{E33}"));
        check("ประจ\u{E4D}\u{E32}ปี ประจ\u{E4D}\u{E32}เดือน", &[twice, twice]);
        check(
            "น\u{E4D}\u{E49}\u{E32}",
            &[("\u{E4D}\u{E49}\u{E32}", DecomposedSaraAm, Some("\u{E49}\u{E33}"))],
        );
        check(
            "น\u{E49}\u{E4D}\u{E32}",
            &[("\u{E49}\u{E4D}\u{E32}", DecomposedSaraAm, Some("\u{E49}\u{E33}"))],
        );
        check("น\u{E33}\u{E49}", &[("\u{E33}\u{E49}", SwappedMarks, Some("\u{E49}\u{E33}"))]);
        check("ท\u{E48}\u{E35}", &[("\u{E48}\u{E35}", SwappedMarks, Some("\u{E35}\u{E48}"))]);
        check("ที\u{E48}\u{E48}นี\u{E49}", &[("\u{E35}\u{E48}\u{E48}", RepeatedMark, Some("\u{E35}\u{E48}"))]);
        check("ก\u{E38}\u{E38}\u{E38}", &[("\u{E38}\u{E38}\u{E38}", RepeatedMark, Some("\u{E38}"))]);
        check("ท\u{E35}\u{E48}\u{E49}", &[("\u{E35}\u{E48}\u{E49}", ClashingMarks, None)]);
        check("ก\u{E34}\u{E35}น", &[("\u{E34}\u{E35}", ClashingMarks, None)]);
        check("เเผน เ แ", &[("เเ", DoubledSaraE, Some("แ"))]);
        check("ด าเนินการ ต าแหน่ง", &[("ด า", LostSaraAm, None), ("ต า", LostSaraAm, None)]);
        check(
            "\u{FEFF}ลุม\u{200B}\u{AD}พุก",
            &[("\u{FEFF}", Invisible, Some("")), ("\u{200B}\u{AD}", Invisible, Some(""))],
        );
    }

    #[test]
    fn sound_texts_have_none() {
        let check = |text: &str| assert_eq!(misspelt(text).next(), None, "{text}");
        check("การประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ");
        check("น้ำ ต่ำ ค่ำ ซ้ำ ก็ พันธุ์ สิทธิ์ บริสุทธิ์ เบียร์ เล่ม ปี้ ญู ฎุ ธำรง กำ");
        check("สพฺพํ พุทฺธํ สรณํ คจฺฉามิ");
        check("สระ า และไม้เอก ( ่ ) พ.ศ.\u{A0}๒๕๖๕ O42 e-planNACC “คำ” – … 👨‍👩‍👧");
        check("");
    }

    proptest! {
        #[test]
        fn remedies_change_no_word_and_leave_nothing_to_mend(
            text in "[กนด \u{E31}-\u{E3A}\u{E47}-\u{E4E}เแ\u{AD}\u{200B}x]{0,24}"
        ) {
            let mut mended = String::new();
            let mut end = 0;
            for (range, slip) in misspelt(&text) {
                prop_assert!(end <= range.start && !range.is_empty());
                mended.push_str(&text[end..range.start]);
                let found = &text[range.clone()];
                let remedy = slip.mended(found);
                let has_each_once = |text: &str| text.chars().all(|c| text.matches(c).count() == 1);
                if has_each_once(found) && has_each_once(&fold(found)) && let Some(remedy) = &remedy {
                    prop_assert_eq!(fold(remedy), fold(found));
                }
                mended.push_str(remedy.as_deref().unwrap_or(found));
                end = range.end;
            }
            mended.push_str(&text[end..]);
            // Where a remedy brings two marks together that stood apart, they may still be wrong; without one, nothing is.
            if !text.contains(is_invisible) {
                prop_assert!(misspelt(&mended).all(|(range, slip)| slip.mended(&mended[range]).is_none()));
            }
        }

        #[test]
        fn any_text_is_read(text in any::<String>()) {
            prop_assert!(misspelt(&text).all(|(range, _)| text.get(range).is_some()));
        }
    }
}

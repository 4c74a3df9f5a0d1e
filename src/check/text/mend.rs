//! Which slips of characters can be mended without asking, and which only look like it: in an address or the name of a file the slip may
//! be part of the name, and a sign that loses an invisible character beside it may become markup.

use crate::source::Place;
use crate::thai::{Misspelling, is_mark};
use std::ops::Range;

/// What should stand at a place; `None` where it takes a person.
pub(super) fn mended(slip: Misspelling, place: &Place) -> Option<(Range<usize>, String)> {
    // A slip that goes through markup or a character reference does not stand in the source as it is.
    let is_as_typed = !place.text().contains(|c: char| c.is_ascii());
    let (before, behind) = beside(place);
    let may_vanish = slip != Misspelling::Invisible || is_between_words(before, behind);
    let mended = slip.mended(place.text())?;
    (is_as_typed && may_vanish && !is_in_name(before, behind)).then_some((place.span.clone(), mended))
}

/// What a web address, a mailbox or a path has in it.
const SIGNS_OF_NAMES: [&str; 5] = ["://", "www.", "files/", "\\", "@"];

/// How far around a slip is looked, in bytes: further than names are long.
const REACH: usize = 1000;

/// What stands before and behind a place in its line.
fn beside(place: &Place) -> (&str, &str) {
    let (text, Range { start, end }) = (&place.source.text, place.span.clone());
    let before = &text[text.floor_char_boundary(start.saturating_sub(REACH))..start];
    let behind = &text[end..text.floor_char_boundary(end + REACH)];
    let before = before.rsplit('\n').next().unwrap_or_default();
    (before, behind.split(['\n', '\r']).next().unwrap_or_default())
}

/// Whether what stands between these is of an address or of the name of a file. Links of Markdown and of YAML are never looked at; here it
/// is about names that stand in running text.
fn is_in_name(before: &str, behind: &str) -> bool {
    let is_outside = |c: char| c.is_whitespace() || "()[]{}<>|\"'`“”‘’".contains(c);
    let before = before.rsplit(is_outside).next().unwrap_or_default();
    let behind = behind.split(is_outside).next().unwrap_or_default();
    let is_ending = |text: &str| text.starts_with(|c: char| c.is_ascii_alphanumeric());
    SIGNS_OF_NAMES.iter().any(|sign| before.contains(sign)) || behind.split('.').skip(1).any(is_ending)
}

/// Whether nothing but words comes together where these meet: `\u{200b}# ก` would become a heading, `ก:\u{200b} ข` a key.
fn is_between_words(before: &str, behind: &str) -> bool {
    let is_letter = |c: char| c.is_alphabetic() || is_mark(c);
    let is_in_word = |c: char| c.is_alphanumeric() || is_mark(c) || "()., “”‘’…–—".contains(c);
    match (before.chars().next_back(), behind.chars().next()) {
        // A line that looks empty becomes empty.
        _ if before.trim().is_empty() && behind.trim().is_empty() => true,
        // What begins a line may be markup, and so may a number.
        (last, Some(next)) if !before.contains(is_letter) => last.is_none_or(is_in_word) && is_letter(next),
        // Two blanks at the end of a line are markup.
        (Some(last), None) => last != ' ' && is_in_word(last),
        (Some(' '), Some(' ')) | (None, _) => false,
        (Some(last), Some(next)) => {
            let is_list_number = last.is_numeric() && matches!(next, '.' | ')');
            is_in_word(last) && is_in_word(next) && !is_list_number
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;
    use crate::thai::misspelt;

    /// The text with everything mended that may be.
    fn mend(text: &str) -> String {
        let source = Source::new("a.md", text);
        let mut mended_text = text.to_owned();
        let slips: Vec<_> = misspelt(text).collect();
        for (range, slip) in slips.into_iter().rev() {
            if let Some((span, new)) = mended(slip, &source.at(range)) {
                mended_text.replace_range(span, &new);
            }
        }
        mended_text
    }

    #[test]
    fn words_are_mended_and_names_are_not() {
        let check =
            |text: &str, expected: &str| assert_eq!(mend(text), expected, "{}", text.escape_unicode());
        let am = "ประจ\u{e4d}\u{e32}";
        check(&format!("แผน{am}ปี"), "แผนประจำปี");
        check(&format!("[{am}ปี](files/a.pdf) ({am}ปี)"), "[ประจำปี](files/a.pdf) (ประจำปี)");
        check("เ**เ**", "เ**เ**");
        check("ท\u{e48}\u{e35}ทที\u{e48}\u{e48} เเผน", "ที่ทที่ แผน");
        for name in
            ["<https://example.go.th/%>", "www.example.go.th/%", "files/%.pdf", "%-2565.xlsx", "C:\\งาน\\%"]
        {
            let text = name.replace('%', am);
            check(&text, &text);
        }
    }

    #[test]
    fn what_nobody_sees_vanishes_between_words_only() {
        let check = |text: &str, vanishes: bool| {
            let expected = if vanishes { text.replace('\u{200b}', "") } else { text.to_owned() };
            assert_eq!(mend(text), expected, "{}", text.escape_unicode());
        };
        for text in [
            "ลุม\u{200b}พุก",
            "ก \u{200b}ข",
            "ก\u{200b} ข",
            "(\u{200b}ก\u{200b})",
            "ก\u{200b}\r\nข",
            "\u{200b}ก",
            "ก\n \u{200b}\nข",
            "พ.ศ. \u{200b}๒๕๖๕",
        ] {
            check(text, true);
        }
        for text in [
            "\u{200b}# ก",
            "\u{200b}๑. ก",
            "๑\u{200b}. ก",
            "- \u{200b}๑. ก",
            "ก:\u{200b} ข",
            "[ก]\u{200b}(ข)",
            "*\u{200b}ก*",
            "ก \u{200b} \nข",
            "ก  \u{200b}\nข",
            "  \u{200b}  ก",
            "ก \u{200b}#ข",
        ] {
            check(text, false);
        }
    }
}

//! What is particular to Thai text: two sets of digits, marks without a width, vowels written before the consonant that they follow, and
//! several spellings of what looks the same. It knows no dates and no messages, and needs no dictionary: nothing here looks for words.

mod misspelling;
mod nearness;

pub use misspelling::{Misspelling, misspelt};
pub use nearness::{Tolerance, goes_on, misspelt_name};

use std::borrow::Cow;
use std::ops::Range;
use unicode_width::UnicodeWidthStr;

/// A text in the form in which texts are compared, with the way back to where each of its characters stood.
///
/// ํ + า becomes ำ, also round a tone mark; a vowel sign stands before its tone mark, a tone mark before ำ; เเ becomes แ; zero-width
/// spaces, byte order marks, soft hyphens and marks of direction are gone; a no-break space is a space; digits are Arabic; letters are
/// lower case. NFC leaves both forms of ำ alone and NFKC turns them the other way round, so neither replaces this.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded {
    text: String,
    /// One for each character of `text`, in its order.
    origins: Vec<Origin>,
    source_length: usize,
}

/// Where a character of the folded text begins, and the bytes of the source that it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Origin {
    at: usize,
    source: Range<usize>,
}

/// A character on its way into a folded text.
struct Letter {
    char: char,
    source: Range<usize>,
}

impl Folded {
    /// Folds a text. What is folded already stays as it is.
    pub fn of(source: &str) -> Self {
        let mut text = String::with_capacity(source.len());
        let letters = folded_letters(source).into_iter();
        let origins = letters.map(|Letter { char, source }| {
            let at = text.len();
            text.push(char);
            Origin { at, source }
        });
        Folded { origins: origins.collect(), text, source_length: source.len() }
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the source that a range of bytes of [`Folded::text`] stands for; for an empty range, the place between two characters.
    /// Both ends of the answer are character boundaries of the source.
    pub fn source(&self, range: Range<usize>) -> Range<usize> {
        let first = self.origins.partition_point(|origin| origin.at < range.start);
        let end = self.origins.partition_point(|origin| origin.at < range.end);
        let sources = || self.origins.get(first..end).unwrap_or_default().iter().map(|origin| &origin.source);
        // Folding may have changed the order, so the outermost are looked for instead of taking the first and the last.
        match (sources().map(|source| source.start).min(), sources().map(|source| source.end).max()) {
            (Some(start), Some(end)) => start..end,
            _ => {
                let at = self.origins.get(first).map_or(self.source_length, |origin| origin.source.start);
                at..at
            }
        }
    }
}

/// The text of [`Folded`], for matching and searching where places do not matter.
pub fn fold(text: &str) -> String {
    folded_letters(text).into_iter().map(|letter| letter.char).collect()
}

/// The text as it should have been typed: what [`fold`] does to the order and the form of characters, and nothing to digits and case. What
/// is composed is folded sign by sign, so that a place in the one is the same place in the other, in the UTF-16 of scripts as well.
pub fn composed(text: &str) -> Cow<'_, str> {
    let mut before = '\0';
    let is_slip = |c: char| {
        let is_slip = match c {
            NIKHAHIT | NO_BREAK_SPACE | CAPITAL_DOTTED_I => true,
            SARA_E => before == SARA_E,
            c if is_vowel_mark(c) => is_tone_mark(before),
            c if is_tone_mark(c) => before == SARA_AM,
            c => is_invisible(c),
        };
        before = c;
        is_slip
    };
    if !text.chars().any(is_slip) {
        return Cow::Borrowed(text);
    }
    let letters = letters(text, |c, add| match c {
        NO_BREAK_SPACE => add(' '),
        // The only letter that becomes two in lower case.
        CAPITAL_DOTTED_I => c.to_lowercase().for_each(add),
        c => add(c),
    });
    Cow::Owned(letters.into_iter().map(|letter| letter.char).collect())
}

/// The text with ๐–๙ in place of 0–9.
pub fn to_thai_digits(text: &str) -> Cow<'_, str> {
    replace(text, |c| c.to_digit(10).map_or(c, |value| THAI_DIGITS[value as usize]))
}

/// The text with 0–9 in place of ๐–๙, since `char::to_digit` and `str::parse` know no others.
pub fn to_arabic_digits(text: &str) -> Cow<'_, str> {
    replace(text, arabic)
}

/// The value of a digit of either script.
pub fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(u32::from(c) - u32::from('0')),
        '๐'..='๙' => Some(u32::from(c) - u32::from('๐')),
        _ => None,
    }
}

/// Whether digits of both scripts occur. In one number that is a slip, or text copied from a document in TH SarabunIT๙, a typeface that
/// draws Arabic digits as Thai ones.
pub fn has_mixed_digits(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit()) && text.contains(is_thai_digit)
}

/// The columns that a text takes on a terminal: marks above and below take none, ำ takes one.
pub fn display_width(text: &str) -> usize {
    text.width()
}

/// Whether a character is drawn above or below the consonant before it (U+0E31, U+0E34–0E3A, U+0E47–0E4E). No text is cut before one.
pub fn is_mark(c: char) -> bool {
    is_vowel_mark(c) || is_tone_mark(c)
}

/// A key that sorts as a Thai dictionary does when keys are compared as strings: a leading vowel counts after its consonant, marks from
/// U+0E47 on only break ties, numbers count by their value in either script.
///
/// The key holds the letters, then the marks, then the text itself, so that the order of different texts never depends on the order in
/// which they came. To sort people or agencies by their names, take the key of the [`proper_name`].
pub fn collation_key(text: &str) -> String {
    let spoken = in_order_of_sound(&fold(text));
    let letters: String = spoken.chars().filter(|&c| !breaks_ties(c)).collect();
    // A place holder for each letter, so that of กาก่า and ก่ากา the one that is marked later comes first.
    let marks: String = spoken.chars().map(|c| if breaks_ties(c) { c } else { '\u{1}' }).collect();
    format!("{}\0{marks}\0{text}", with_lengths_of_numbers(&letters))
}

/// A name without what lists are not sorted by: the kind of a local authority, long or abbreviated, or a person's title. What is nothing
/// but a prefix stays. This is for names; of a position such as นายกเทศมนตรี it would make nonsense.
pub fn proper_name(name: &str) -> &str {
    let name = name.trim();
    let rest = PREFIXES.iter().find_map(|prefix| name.strip_prefix(prefix)).map_or(name, str::trim_start);
    if rest.is_empty() { name } else { rest }
}

/// The candidate that was probably meant by a mistyped key or file name, if one is near enough: up to a third of the characters may be
/// wrong, left out, added or swapped. Letter case is no difference; of equally near candidates the first is taken.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let limit = word.chars().count().max(3) / 3;
    let distance = |candidate: &str| strsim::damerau_levenshtein(&word, &candidate.to_lowercase());
    let measured = candidates.into_iter().map(|candidate| (distance(candidate), candidate));
    measured
        .filter(|&(distance, _)| distance <= limit)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, nearest)| nearest)
}

/// The id of a heading: its letters, digits and Thai marks, folded, with one `-` in place of everything else. Marks stay because ขาว,
/// ข่าว and ข้าว are three words. Whoever joins several texts on one page still has to make the ids unique.
pub fn fragment_id(heading: &str) -> String {
    let folded = fold(heading);
    let words = folded.split(|c: char| !is_of_word(c)).filter(|word| !word.is_empty());
    let id = words.collect::<Vec<_>>().join("-");
    if id.is_empty() { "section".to_owned() } else { id }
}

const THAI_DIGITS: [char; 10] = ['๐', '๑', '๒', '๓', '๔', '๕', '๖', '๗', '๘', '๙'];

// Named, because a mark without its consonant is drawn differently by every editor, or not at all.
const SARA_AA: char = '\u{E32}';
const SARA_AM: char = '\u{E33}';
const SARA_E: char = '\u{E40}';
const SARA_AE: char = '\u{E41}';
const NIKHAHIT: char = '\u{E4D}';
const NO_BREAK_SPACE: char = '\u{A0}';
const CAPITAL_DOTTED_I: char = '\u{130}';

/// A longer prefix stands before any that it begins with.
const PREFIXES: [&str; 15] = [
    "องค์การบริหารส่วนจังหวัด",
    "องค์การบริหารส่วนตำบล",
    "เทศบาลนคร",
    "เทศบาลเมือง",
    "เทศบาลตำบล",
    "จังหวัด",
    "อบจ.",
    "อบต.",
    "ทน.",
    "ทม.",
    "ทต.",
    "นางสาว",
    "น.ส.",
    "นาง",
    "นาย",
];

fn replace(text: &str, replacement: impl Fn(char) -> char) -> Cow<'_, str> {
    let Some(first) = text.find(|c| replacement(c) != c) else { return Cow::Borrowed(text) };
    let (before, rest) = text.split_at(first);
    let mut replaced = String::with_capacity(text.len());
    replaced.push_str(before);
    replaced.extend(rest.chars().map(replacement));
    Cow::Owned(replaced)
}

fn is_thai_digit(c: char) -> bool {
    matches!(c, '๐'..='๙')
}

fn arabic(c: char) -> char {
    digit(c).and_then(|value| char::from_digit(value, 10)).unwrap_or(c)
}

/// The character that stands for a whole class of look-alikes.
fn plain(c: char) -> char {
    if c == NO_BREAK_SPACE { ' ' } else { arabic(c) }
}

/// The letters of a text in the form in which texts are compared.
fn folded_letters(source: &str) -> Vec<Letter> {
    letters(source, |c, add| match plain(c) {
        // Unicode's tables have nothing on these, and searching them is dear.
        thai @ '\u{E00}'..='\u{E7F}' => add(thai),
        other => other.to_lowercase().for_each(add),
    })
}

/// The letters of a text in their order, for each of its visible characters those that `becomes` adds.
fn letters(source: &str, becomes: impl Fn(char, &mut dyn FnMut(char))) -> Vec<Letter> {
    let mut letters = Vec::with_capacity(source.len());
    for (at, c) in source.char_indices().filter(|&(_, c)| !is_invisible(c)) {
        becomes(c, &mut |char| append(&mut letters, Letter { char, source: at..at + c.len_utf8() }));
    }
    letters
}

/// Letters, digits and Thai marks. Thai is asked first, since the way through Unicode's tables is long.
fn is_of_word(c: char) -> bool {
    matches!(c, 'ก'..='\u{E3A}' | SARA_E..='\u{E4E}') || c.is_alphanumeric()
}

/// Zero-width space and non-joiner, marks of direction, word joiner, byte order mark, soft hyphen. The zero-width joiner is none of them:
/// it makes one picture of several emoji.
fn is_invisible(c: char) -> bool {
    let is_direction =
        matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    is_direction || matches!(c, '\u{200B}' | '\u{200C}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}')
}

/// Marks that are typed right after the consonant, before any tone mark.
fn is_vowel_mark(c: char) -> bool {
    matches!(c, '\u{E31}' | '\u{E34}'..='\u{E3A}' | '\u{E47}' | NIKHAHIT)
}

/// Marks that are typed last: the four tones, ์ and ๎.
fn is_tone_mark(c: char) -> bool {
    matches!(c, '\u{E48}'..='\u{E4C}' | '\u{E4E}')
}

/// Adds a character where it belongs, given that the characters before it are folded.
fn append(letters: &mut Vec<Letter>, next: Letter) {
    match next.char {
        SARA_AA => append_sara_aa(letters, next),
        SARA_E => match letters.last_mut() {
            Some(last) if last.char == SARA_E => {
                *last = Letter { char: SARA_AE, source: last.source.start..next.source.end };
            }
            _ => letters.push(next),
        },
        c if is_vowel_mark(c) => letters.insert(start_of_ending(letters, is_tone_mark), next),
        c if is_tone_mark(c) => letters.insert(start_of_ending(letters, |last| last == SARA_AM), next),
        _ => letters.push(next),
    }
}

/// Adds า, or joins it with the ํ before it; tone marks between the two keep their place on the consonant.
fn append_sara_aa(letters: &mut Vec<Letter>, next: Letter) {
    let tones = start_of_ending(letters, is_tone_mark);
    match tones.checked_sub(1).filter(|&at| letters[at].char == NIKHAHIT) {
        Some(at) => {
            let nikhahit = letters.remove(at);
            // Without it the tone marks may follow an earlier ำ, and then they belong before that one.
            for tone in letters.split_off(at) {
                append(letters, tone);
            }
            letters.push(Letter { char: SARA_AM, source: nikhahit.source.start..next.source.end });
        }
        None => letters.push(next),
    }
}

/// Where the run of characters of one kind begins with which a text ends; its end, if it ends with another kind.
fn start_of_ending(letters: &[Letter], kind: impl Fn(char) -> bool) -> usize {
    letters.iter().rposition(|letter| !kind(letter.char)).map_or(0, |at| at + 1)
}

/// Each leading vowel (เ แ โ ใ ไ) moved behind the consonant after it, as dictionaries count them.
fn in_order_of_sound(text: &str) -> String {
    let mut spoken = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if matches!(c, SARA_E..='\u{E44}') {
            spoken.extend(rest.next_if(|next| matches!(next, 'ก'..='ฮ')));
        }
        spoken.push(c);
    }
    spoken
}

/// The marks that do not count where letters differ: ็, the tones, ์ and the rare ones above.
fn breaks_ties(c: char) -> bool {
    matches!(c, '\u{E47}'..='\u{E4E}')
}

/// The text with each number preceded by its length and relieved of leading zeros: strings then compare as numbers do, and ๙ comes before
/// ๑๐. A 0 in front keeps numbers at the place that digits have among other characters.
fn with_lengths_of_numbers(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, number) = rest.split_at(start);
        let (number, after) =
            number.split_at(number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len()));
        let value = number.trim_start_matches('0');
        let length = u32::try_from(value.len() + 1).ok().and_then(char::from_u32).unwrap_or(char::MAX);
        key.push_str(before);
        key.extend(['0', length]);
        key.push_str(value);
        rest = after;
    }
    key.push_str(rest);
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn digits_change_script_and_nothing_else_does() {
        let check = |arabic: &str, thai: &str| {
            assert_eq!(to_thai_digits(arabic), thai);
            assert_eq!(to_arabic_digits(thai), arabic);
        };
        check("", "");
        check("69.38 คะแนน", "๖๙.๓๘ คะแนน");
        check("0123456789", "๐๑๒๓๔๕๖๗๘๙");
        check("٣ Ⅷ ²", "٣ Ⅷ ²");
    }

    #[test]
    fn a_text_without_digits_is_not_copied() {
        let check = |text: Cow<'_, str>| assert!(matches!(text, Cow::Borrowed(_)), "{text}");
        check(to_thai_digits("ลุมพุก ๒๕๖๕"));
        check(to_arabic_digits("ลุมพุก 2565"));
    }

    #[test]
    fn mixed_digits_are_seen() {
        let check = |text, expected| assert_eq!(has_mixed_digits(text), expected, "{text}");
        check("๒๕๖9", true);
        check("๒๕๖๙", false);
        check("2569", false);
        check("O๔2", true);
        check("", false);
    }

    #[test]
    fn marks_take_no_column() {
        let check = |text, expected| assert_eq!(display_width(text), expected, "{text}");
        check("การใช้อำนาจหน้าที่ปฏิบัติ", 18);
        check("น้ำ", 2);
        check("ญู", 1);
        check("ปี้", 1);
        check("score 5", 7);
        for c in ('\u{E01}'..='\u{E3A}').chain('\u{E3F}'..='\u{E5B}') {
            assert_eq!(display_width(&c.to_string()), usize::from(!is_mark(c)), "{c:?}");
        }
    }

    /// The browser folds what is typed into a search, and is held to the same table.
    #[test]
    fn what_looks_the_same_folds_to_the_same() {
        let table = include_str!("../tests/data/folded.json");
        let table: Vec<(String, String)> = serde_json::from_str(table).unwrap();
        assert!(table.len() > 10);
        for (text, expected) in table {
            assert_eq!(fold(&text), expected, "{}", text.escape_unicode());
        }
    }

    #[test]
    fn a_text_without_slips_is_not_copied() {
        let check = |text: &str| assert!(matches!(composed(text), Cow::Borrowed(_)), "{text}");
        check("น้ำใจที่ อบต.ลุมพุก ๒๕๖๕ ITA พันธุ์ แผน");
        assert_eq!(composed("เเผนน\u{E4D}\u{E49}\u{E32}\u{A0}๕\u{200B} ITA"), "แผนน้ำ ๕ ITA");
    }

    #[test]
    fn a_folded_range_leads_back_to_the_source() {
        let check = |source: &str, word: &str, expected: &str| {
            let folded = Folded::of(source);
            let at = folded.text().find(word).unwrap();
            assert_eq!(&source[folded.source(at..at + word.len())], expected);
        };
        check("แผน\u{200B}ประจ\u{E4D}\u{E32}ปี ๒๕๖๕", "ประจำ", "ประจ\u{E4D}\u{E32}");
        check("แผน\u{200B}ประจ\u{E4D}\u{E32}ปี ๒๕๖๕", "2565", "๒๕๖๕");
        check("ด้ว\u{AD}ยน\u{E4D}\u{E49}\u{E32}ใจ", "น้ำ", "น\u{E4D}\u{E49}\u{E32}");
        check("ท\u{E48}\u{E35} ๕", "\u{E35}", "\u{E35}");
        let folded = Folded::of("\u{FEFF}ก\u{200B}ข");
        assert_eq!([folded.source(3..3), folded.source(6..6)], [9..9, 12..12]);
    }

    #[test]
    fn lists_sort_as_in_a_dictionary() {
        let check = |expected: &[&str]| {
            let mut sorted = expected.to_vec();
            sorted.reverse();
            sorted.sort_by_key(|text| collation_key(text));
            assert_eq!(sorted, expected);
        };
        // The order of ICU's collation for Thai, with numeric comparison.
        check(&[
            "ก็",
            "กก",
            "กา",
            "ก่า",
            "ก้า",
            "กาก่า",
            "ก่ากา",
            "เก",
            "เกา",
            "เก่า",
            "เก้า",
            "แก",
            "โก",
            "ใก",
            "ไก",
        ]);
        check(&["ขา", "ข้า", "ขาม", "ขาว", "ข่าว", "ข้าว", "ขำ", "เขต", "แขก"]);
        check(&[
            "ท่า",
            "ทุ่ง",
            "เท",
            "เทศบาล",
            "แท",
            "นางรอง",
            "บุรีรัมย์",
            "มะ",
            "เมือง",
            "รวม",
            "ฤทัย",
            "หนองบัว",
            "องค์การ",
        ]);
        check(&["9.1", "10.2", "10.10", "ข้อ ๒", "ข้อ ๙", "ข้อ 10", "ข้อ ๑๐", "หมู่ 3", "หมู่ ๑๒"]);
        check(&["O2", "O02", "O๑๐", "P1"]);
    }

    #[test]
    fn names_lose_their_prefix() {
        let check = |name, expected| assert_eq!(proper_name(name), expected);
        check("อบต.ลุมพุก", "ลุมพุก");
        check("องค์การบริหารส่วนตำบลลุมพุก", "ลุมพุก");
        check("เทศบาลเมืองนางรอง", "นางรอง");
        check("อบต. ลุมพุก ", "ลุมพุก");
        check("นางสาวสกุลรัตน์ นุชผักแว่น", "สกุลรัตน์ นุชผักแว่น");
        check("นายทรงวุฒิ ปะทิรัมย์", "ทรงวุฒิ ปะทิรัมย์");
        check("ลุมพุก", "ลุมพุก");
        check("อบต.", "อบต.");
        check("", "");
    }

    #[test]
    fn the_nearest_key_is_proposed_if_it_is_near() {
        let names = ["scores.yaml", "report.md", "measures.yaml", "memo.md", "iit.md", "eit.md", "oit.md"];
        let check = |word, expected| assert_eq!(nearest(word, names), expected, "{word}");
        check("score.yml", Some("scores.yaml"));
        check("Scores.yaml", Some("scores.yaml"));
        check("scores.yaml.txt", Some("scores.yaml"));
        check("scores (1).yaml", Some("scores.yaml"));
        check("mesures.yaml", Some("measures.yaml"));
        check("iti.md", Some("iit.md"));
        check("notes.txt", None);
        check("", None);
        assert_eq!(nearest("a", []), None);
    }

    #[test]
    fn words_are_letters_digits_and_marks() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_of_word(c), c.is_alphanumeric() || is_mark(c), "{c:?}");
        }
    }

    #[test]
    fn headings_keep_their_marks_in_ids() {
        let check = |heading, expected| assert_eq!(fragment_id(heading), expected);
        check("ขาว", "ขาว");
        check("ข่าว", "ข่าว");
        check("ข้าว", "ข้าว");
        check("ประเด็นที่ต้องแก้ไข/ปรับปรุง", "ประเด็นที่ต้องแก้ไข-ปรับปรุง");
        check("  ๒. ประจ\u{E4D}\u{E32}ปี — (OIT) ", "2-ประจำปี-oit");
        check("ต่าง ๆ ฯลฯ", "ต่าง-ๆ-ฯลฯ");
        check("“…”", "section");
        check("", "section");
    }

    proptest! {
        #[test]
        fn digits_survive_the_way_there_and_back(text in any::<String>()) {
            let (thai, arabic) = (to_thai_digits(&text), to_arabic_digits(&text));
            prop_assert_eq!(to_arabic_digits(&thai), arabic.clone());
            prop_assert_eq!(to_thai_digits(&arabic), thai.clone());
            prop_assert!(!has_mixed_digits(&thai) && !has_mixed_digits(&arabic));
        }

        #[test]
        fn folding_twice_is_folding_once(text in "[กน\u{E31}-\u{E3A}เแ\u{E47}-\u{E4E}๕A\u{A0}\u{AD}]{0,24}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn what_is_composed_is_folded_sign_by_sign(text in "(?s).{0,24}|[กน\u{E31}-\u{E3A}เแ\u{E47}-\u{E4E}๕A\u{A0}\u{AD}\u{130}]{0,24}") {
            let once = composed(&text);
            prop_assert_eq!(composed(&once), once.clone());
            prop_assert_eq!(fold(&once), fold(&text));
            prop_assert_eq!(fold(&once).encode_utf16().count(), once.encode_utf16().count());
        }

        #[test]
        fn every_folded_character_stands_for_some_source(text in "(?s).{0,24}|[น\u{E31}-\u{E3A}เ\u{E47}-\u{E4E}\u{AD}]{0,24}") {
            let folded = Folded::of(&text);
            for (at, c) in folded.text().char_indices() {
                prop_assert!(!text[folded.source(at..at + c.len_utf8())].is_empty());
            }
            prop_assert!(text.is_char_boundary(folded.source(0..0).start));
        }

        #[test]
        fn numbers_sort_by_value(a in any::<u32>(), b in any::<u32>()) {
            let key = |number: u32| collation_key(&to_thai_digits(&format!("หมู่ {number}")));
            prop_assert_eq!(key(a).cmp(&key(b)), a.cmp(&b));
        }

        #[test]
        fn no_text_makes_it_panic(text in any::<String>(), other in any::<String>()) {
            let _ = (display_width(&text), collation_key(&text), proper_name(&text).len(), nearest(&text, [other.as_str()]));
            let id = fragment_id(&text);
            prop_assert!(!id.is_empty() && !id.starts_with('-') && !id.ends_with('-') && !id.contains("--"));
        }
    }
}

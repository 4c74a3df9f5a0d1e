//! What belongs together stays on one line. Browsers break Thai at any space, and within names that their dictionaries do not know:
//! ต่าง|ๆ, พ.ศ.|๒๕๖๕, ๖๙.๓๘|คะแนน, ลุม|พุก. Nothing of a text is exchanged for that, so that it is copied and found as it was written;
//! `<no-br>` is put around what must not break, and the style sheet says so. It is done once, on the finished page, whoever wrote the text.

use memchr::{memchr, memchr2, memmem};
use std::ops::Range;

const OPEN: &[u8] = b"<no-br>";
const CLOSE: &[u8] = b"</no-br>";

/// Elements whose text is left alone: it is no running text, or takes no elements.
const LEFT_ALONE: [&[u8]; 6] = [b"title", b"pre", b"svg", b"style", b"script", b"textarea"];

/// What may not stand at the end of a line if a number follows: `พ.ศ. ๒๕๖๕`, `ตัวชี้วัดที่ ๕`, `ร้อยละ ๓๐`. Words that end like another one
/// come first, so that they are held whole.
const BEFORE_NUMBERS: [&str; 12] =
    ["วันที่", "หน้าที่", "พื้นที่", "สถานที่", "หัวข้อ", "พ.ศ.", "ที่", "ข้อ", "ปี", "ไตรมาส", "ร้อยละ", "รอบ"];

/// What may not stand at the beginning of a line if a number precedes: `๖๙.๓๘ คะแนน`. Thai has no space behind a word, so that only what no
/// letter follows is certain to be one: `๙.๑ ข้อมูล` begins like `๙ ข้อ`.
const BEHIND_NUMBERS: [&str; 11] =
    ["คะแนน", "ข้อ", "มาตรการ", "เดือน", "ปี", "วัน", "คน", "ครั้ง", "บาท", "KB", "MB"];

/// Months, which stand between day and year.
const MONTHS: [&str; 24] = [
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
];

/// Writes a page with what must not break held together. `names` are proper names, the longest first; a name within another one's place
/// is passed over.
pub(super) fn hold(page: &[u8], names: &[String], held: &mut Vec<u8>) {
    held.reserve(page.len() + page.len() / 8);
    let names = places_of(page, names);
    let mut names = names.into_iter().peekable();
    let mut rest = 0;
    while let Some(tag) = memchr(b'<', &page[rest..]).map(|at| rest + at) {
        let of_text = std::iter::from_fn(|| names.next_if(|name| name.start < tag));
        hold_text(page, rest..tag, of_text, held);
        rest = end_of(page, tag);
        held.extend_from_slice(&page[tag..rest]);
        // Names in attributes, and in what is left alone.
        while names.next_if(|name| name.start < rest).is_some() {}
    }
    hold_text(page, rest..page.len(), names, held);
}

/// Where names stand, in the order of the page. They do not overlap.
fn places_of(page: &[u8], names: &[String]) -> Vec<Range<usize>> {
    let mut places: Vec<Range<usize>> = Vec::new();
    for name in names.iter().filter(|name| !name.is_empty()) {
        let finder = memmem::Finder::new(name);
        let found: Vec<_> = finder.find_iter(page).map(|at| at..at + name.len()).collect();
        let is_free = |place: &Range<usize>| {
            let next = places.partition_point(|other| other.end <= place.start);
            places.get(next).is_none_or(|other| place.end <= other.start)
        };
        let found: Vec<_> = found.into_iter().filter(is_free).collect();
        places.extend(found);
        places.sort_unstable_by_key(|place| place.start);
    }
    places
}

/// Behind the tag that begins at an offset, and behind its element if that is left alone.
fn end_of(page: &[u8], tag: usize) -> usize {
    let end = memchr(b'>', &page[tag..]).map_or(page.len(), |at| tag + at + 1);
    let inside = &page[tag + 1..end];
    let is_named = |name: &&&[u8]| {
        inside.starts_with(name) && inside.get(name.len()).is_some_and(|next| !next.is_ascii_alphanumeric())
    };
    let Some(name) = LEFT_ALONE.iter().find(is_named) else { return end };
    let closing = [b"</", *name].concat();
    memmem::find(&page[end..], &closing).map_or(end, |at| end + at)
}

/// Writes the text between two tags, with some places of names in it.
fn hold_text(page: &[u8], text: Range<usize>, names: impl Iterator<Item = Range<usize>>, held: &mut Vec<u8>) {
    let mut names = names.filter(|name| name.end <= text.end).peekable();
    let mut writer = Writer { page, written: text.start, is_open: false, held };
    let mut from = text.start;
    while let Some(space) = memchr2(b' ', b'\n', &page[from..text.end]).map(|at| from + at) {
        while let Some(name) = names.next_if(|name| name.start < space) {
            writer.hold(name);
        }
        let (lead, follower) = bond(&page[text.start..space], &page[space + 1..text.end]);
        if follower > 0 {
            writer.hold(space - lead..space + 1 + follower);
        }
        from = space + 1 + follower;
    }
    names.for_each(|name| writer.hold(name));
    writer.write_to(text.end);
}

/// Writes a text from left to right. Places that touch share one element: a day, its month and its year.
struct Writer<'a> {
    page: &'a [u8],
    /// Everything before this is written.
    written: usize,
    /// Whether what was written last is held and could go on.
    is_open: bool,
    held: &'a mut Vec<u8>,
}

impl Writer<'_> {
    fn hold(&mut self, place: Range<usize>) {
        if place.start > self.written || !self.is_open {
            self.write_to(place.start.max(self.written));
            self.held.extend_from_slice(OPEN);
            self.is_open = true;
        }
        let end = place.end.max(self.written);
        self.held.extend_from_slice(&self.page[self.written..end]);
        self.written = end;
    }

    /// Writes what need not be held.
    fn write_to(&mut self, end: usize) {
        if std::mem::take(&mut self.is_open) {
            self.held.extend_from_slice(CLOSE);
        }
        self.held.extend_from_slice(&self.page[self.written..end]);
        self.written = end;
    }
}

/// How many bytes before and behind a space must stand on one line; none behind it if a line may break there. Some have to be held before
/// it too: browsers end a line before a space, whatever the space itself stands in.
fn bond(before: &[u8], behind: &[u8]) -> (usize, usize) {
    let repetition = "ๆ".as_bytes();
    if behind.starts_with(repetition) {
        return (last_cluster(before), repetition.len());
    }
    let ends = |word: &&&str| before.ends_with(word.as_bytes());
    let number = length_of_number(behind);
    if number > 0 {
        let lead = BEFORE_NUMBERS.iter().chain(&MONTHS).find(ends);
        return lead.map_or((0, 0), |lead| (lead.len(), number));
    }
    let number = length_of_last_number(before);
    if number > 0 {
        let begins = |word: &&&str| behind.starts_with(word.as_bytes());
        let is_whole = |word: &&&str| begins(word) && !begins_with_letter(&behind[word.len()..]);
        let others = MONTHS.iter().chain(&["–"]);
        let follower = BEHIND_NUMBERS.iter().find(is_whole).or_else(|| others.into_iter().find(begins));
        return follower.map_or((0, 0), |follower| (number, follower.len()));
    }
    let lead = "ระดับ";
    if before.ends_with(lead.as_bytes()) { (lead.len(), length_of_level(behind)) } else { (0, 0) }
}

/// Whether a word could go on: with a letter, vowel or mark, also the repetition ๆ.
fn begins_with_letter(text: &[u8]) -> bool {
    match text {
        // U+0E01 to U+0E4E without ฿ and ฯ, which end a word.
        [0xe0, 0xb8, 0xaf | 0xbf, ..] => false,
        [0xe0, 0xb8, ..] | [0xe0, 0xb9, 0x80..=0x8e, ..] => true,
        _ => text.first().is_some_and(u8::is_ascii_alphanumeric),
    }
}

/// The last letter of a text with its vowels and marks: nothing that is drawn as one is torn.
fn last_cluster(text: &[u8]) -> usize {
    let Ok(text) = str::from_utf8(text) else { return 0 };
    let is_base = |sign: char| !matches!(sign, '\u{e30}'..='\u{e3a}' | '\u{e45}' | '\u{e47}'..='\u{e4e}');
    let Some((base, _)) = text.char_indices().rev().find(|(_, sign)| is_base(*sign)) else { return 0 };
    let before = text[..base].chars().next_back();
    let leading = before.filter(|sign| matches!(sign, 'เ'..='ไ')).map_or(0, char::len_utf8);
    text.len() - base + leading
}

/// The digits, dots and commas that a text begins with, if the first one is a digit.
fn length_of_number(text: &[u8]) -> usize {
    let mut length = 0;
    loop {
        length += match &text[length..] {
            [b'0'..=b'9', ..] => 1,
            [b'.' | b',', b'0'..=b'9', ..] | [b'.' | b',', 0xe0, 0xb9, 0x90..=0x99, ..] if length > 0 => 1,
            [0xe0, 0xb9, 0x90..=0x99, ..] => 3,
            _ => return length,
        };
    }
}

/// The digits, dots and commas that a text ends with, if the last one is a digit.
fn length_of_last_number(text: &[u8]) -> usize {
    let mut length = 0;
    loop {
        length += match &text[..text.len() - length] {
            [.., b'0'..=b'9'] => 1,
            [.., b'0'..=b'9' | 0x90..=0x99, b'.' | b','] if length > 0 => 1,
            [.., 0xe0, 0xb9, 0x90..=0x99] => 3,
            _ => return length,
        };
    }
}

/// The letters of a level such as `AA`, which are no word.
fn length_of_level(text: &[u8]) -> usize {
    let length = text.iter().take_while(|byte| matches!(byte, b'A'..=b'F')).count();
    let is_word = text.get(length).is_some_and(u8::is_ascii_alphanumeric);
    if length <= 2 && !is_word { length } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn held(page: &str, names: &[&str]) -> String {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let mut held = Vec::new();
        hold(page.as_bytes(), &names, &mut held);
        String::from_utf8(held).unwrap()
    }

    #[test]
    fn what_belongs_together() {
        let check = |text: &str, expected: &str| {
            let expected = expected.replace('[', "<no-br>").replace(']', "</no-br>");
            assert_eq!(held(text, &["อบต.ลุมพุก", "ลุมพุก", "สมชาย ใจดี"]), expected);
        };
        check("<p>งานต่าง ๆ ตาม</p>", "<p>งานต่า[ง ๆ] ตาม</p>");
        check("ไป ๆ มา ๆ น้ำ ๆ", "[ไป ๆ] [มา ๆ] [น้ำ ๆ]");
        check("ต่างๆ ฯลฯ", "ต่างๆ ฯลฯ");
        check("ปีงบประมาณ พ.ศ. ๒๕๖๕ ของ", "ปีงบประมาณ [พ.ศ. ๒๕๖๕] ของ");
        check("ลงวันที่ ๒๗ กันยายน ๒๕๖๕", "ลง[วันที่ ๒๗ กันยายน ๒๕๖๕]");
        check("เจ้าหน้าที่ ๕ คน", "เจ้า[หน้าที่ ๕ คน]");
        check("๙.๑ ข้อมูลพื้นฐาน", "๙.๑ ข้อมูลพื้นฐาน");
        check("๕ ข้อ, ๕ ข้อ", "[๕ ข้อ], [๕ ข้อ]");
        check("<b>๕ ข้อ</b>มูล", "<b>[๕ ข้อ]</b>มูล");
        check("๑๐.๑ มาตรการภายใน ๒ มาตรการ", "๑๐.๑ มาตรการภายใน [๒ มาตรการ]");
        check("๓ ปี ๖ เดือน (๑๕ วัน)", "[๓ ปี ๖ เดือน] ([๑๕ วัน])");
        check("ไฟล์ ๑๒๐ KBs", "ไฟล์ ๑๒๐ KBs");
        check("ม.ค. 66 – มี.ค. 66", "[ม.ค. 66 –] [มี.ค. 66]");
        check("ได้ ๖๙.๓๘ คะแนน ระดับ C นั้น", "ได้ [๖๙.๓๘ คะแนน] [ระดับ C] นั้น");
        check("ระดับ CAT ระดับ AAA", "ระดับ CAT ระดับ AAA");
        check("ตัวชี้วัดที่ ๕ การ", "ตัวชี้วัด[ที่ ๕] การ");
        check("PDF, 2.1 MB", "PDF, [2.1 MB]");
        check("ส่วนตำบลลุมพุกและอบต.ลุมพุก", "ส่วนตำบล[ลุมพุก]และ[อบต.ลุมพุก]");
        check("นายสมชาย ใจดี และ ๕ ข้อ", "นาย[สมชาย ใจดี] และ [๕ ข้อ]");
        check("ลุมพุก\n๕", "[ลุมพุก]\n๕");
    }

    #[test]
    fn only_running_text_is_touched() {
        let check = |page: &str| assert_eq!(held(page, &["ลุมพุก"]), page);
        check("<title>อบต.ลุมพุก พ.ศ. ๒๕๖๕</title>");
        check("<a title=\"ลุมพุก พ.ศ. ๒๕๖๕\">ก</a>");
        check("<svg><text>พ.ศ. ๒๕๖๕</text></svg>");
        check("<pre>ต่าง ๆ</pre>");
    }

    proptest! {
        #[test]
        fn nothing_is_exchanged(page in "([ก-ฮ ๆ๐-๙0-9.,–\n]|พ\\.ศ\\.|ลุมพุก|<p>|</p>|<pre>|</pre>|<a b=\"ลุมพุก \">){0,40}") {
            let held = held(&page, &["อบต.ลุมพุก", "ลุมพุก"]);
            prop_assert_eq!(held.replace("<no-br>", "").replace("</no-br>", ""), page);
        }
    }
}

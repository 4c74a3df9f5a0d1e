//! Thai and Arabic digits in one text. What is written in Arabic digits everywhere says nothing about a text: codes, addresses, times,
//! telephone and document numbers, versions, figures beside Latin words.

use crate::parse::markdown::plain::Plain;
use crate::source::Place;
use crate::thai::digit;
use std::ops::Range;

/// Words behind which a number is a name rather than an amount.
const NAMED_BY_NUMBER: [&str; 12] =
    ["โทร", "โทรศัพท์", "โทรสาร", "ต่อ", "สายด่วน", "หมายเลข", "เลขที่", "รหัส", "ไปรษณีย์", "ค.ศ", "รุ่น", "เวอร์ชัน"];

/// What may stand between such a word and its number, besides digits: telephone numbers come in groups, and several at once.
const JOINTS: [char; 8] = [' ', '-', '–', '.', ',', ':', '(', ')'];

/// How far from a number what it belongs to is looked for, in bytes.
const REACH: usize = 100;

/// The numbers of a body in the script that it uses less; the Arabic ones if it uses both as often. None where it uses one.
pub(super) fn mixed<'a>(plains: impl Iterator<Item = &'a Plain>) -> Vec<Place> {
    let numbers = |plain: &'a Plain| numbers(&plain.text).map(move |range| (plain, range));
    let is_counted = |(plain, range): &(&'a Plain, Range<usize>)| {
        plain.is_typed(range.clone()) && !is_left_out(&plain.text, range)
    };
    let is_arabic = |(plain, range): &(&'a Plain, Range<usize>)| {
        plain.text[range.clone()].starts_with(|c: char| c.is_ascii_digit())
    };
    let (arabic, thai): (Vec<_>, Vec<_>) = plains.flat_map(numbers).filter(is_counted).partition(is_arabic);
    let is_mixed = !thai.is_empty() && !arabic.is_empty();
    let fewer = if thai.len() < arabic.len() { thai } else { arabic };
    fewer.into_iter().filter(|_| is_mixed).map(|(plain, range)| plain.place(range)).collect()
}

/// Runs of digits of one script with the points and commas between them.
fn numbers(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(|c| digit(c).is_some())?;
        let is_arabic = text[start..].starts_with(|c: char| c.is_ascii_digit());
        let is_own = |c: char| digit(c).is_some() && c.is_ascii_digit() == is_arabic;
        let rest = &text[start..];
        let length = rest.find(|c| !is_own(c) && !matches!(c, '.' | ',')).unwrap_or(rest.len());
        at = start + rest[..length].trim_end_matches(['.', ',']).len();
        Some(start..at)
    })
}

fn is_left_out(text: &str, range: &Range<usize>) -> bool {
    let before = &text[text.floor_char_boundary(range.start.saturating_sub(REACH))..range.start];
    let behind = &text[range.end..text.floor_char_boundary(range.end + REACH)];
    // ระบบราชการ 4.0 and its like are names.
    is_part_of_code(before, behind)
        || is_named(before)
        || is_telephone(before, &text[range.clone()], behind)
        || is_time(behind)
        || &text[range.clone()] == "4.0"
}

/// Whether a Latin letter or a sign of addresses and codes touches the number, or a Latin word stands beside it (`ITA 2565`, `5 MB`).
fn is_part_of_code(before: &str, behind: &str) -> bool {
    let ends = |c: char| c.is_whitespace() || matches!(c, '\u{E01}'..='\u{E4E}');
    let is_code = |token: Option<&str>| {
        token
            .is_some_and(|token| token.contains(|c: char| c.is_ascii_alphabetic() || r"/\@_#=&?".contains(c)))
    };
    is_code(before.rsplit(ends).next())
        || is_code(behind.split(ends).next())
        || before.trim_end_matches(' ').ends_with(|c: char| c.is_ascii_alphabetic())
        || behind.trim_start_matches(' ').starts_with(|c: char| c.is_ascii_alphabetic())
}

fn is_named(before: &str) -> bool {
    let words = before.trim_end_matches(|c| digit(c).is_some() || JOINTS.contains(&c));
    NAMED_BY_NUMBER.iter().any(|word| words.ends_with(word))
}

/// Whether groups of digits, parted by hyphens and spaces, begin with 0 and have nine or ten digits in all.
fn is_telephone(before: &str, number: &str, behind: &str) -> bool {
    let is_within = |c: char| digit(c).is_some() || c == '-' || c == ' ';
    let from = before.trim_end_matches(is_within).len();
    let until = behind.len() - behind.trim_start_matches(is_within).len();
    let whole = [&before[from..], number, &behind[..until]].concat();
    let digits: Vec<u32> = whole.chars().filter_map(digit).collect();
    matches!(digits.len(), 9 | 10) && digits[0] == 0
}

/// `๐๘.๓๐ น.`, `16:30`
fn is_time(behind: &str) -> bool {
    behind.trim_start_matches(' ').starts_with("น.") || behind.starts_with(':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_digits_are_left_out() {
        let check = |text: &str, expected: &[&str]| {
            let counted = numbers(text).filter(|range| !is_left_out(text, range));
            let counted: Vec<&str> = counted.map(|range| &text[range]).collect();
            assert_eq!(counted, expected, "{text}");
        };
        check("ได้ 83.40 คะแนน จาก ๑,๒๐๐ คน", &["83.40", "๑,๒๐๐"]);
        check("ปี 2565-2570 (5) 80% ๒๕๖9", &["2565", "2570", "5", "80", "๒๕๖", "9"]);
        check("O42 ข้อO1 ISO 9001 ITA 2565 5G 60 GB e-Plan2", &[]);
        check("https://example.go.th/2565/ saraban44@example.go.th 21/9/2565 ว 123/4", &[]);
        check("เวลา 08.30 น. ถึง 16:30 น.", &[]);
        check("โทร 0 4463 4780, 044-634780 สายด่วน 1111 รหัสไปรษณีย์ 31000 เลขที่ 5", &[]);
        check("Rust ตั้งแต่รุ่น 1.91 ขึ้นไป Windows เวอร์ชัน 11", &[]);
        check("รุ่นละ 40 คน", &["40"]);
        check("ระบบราชการ 4.0 ค.ศ. 2022 หรือ ๐๔๔-๐๐๐๐๐๐ และ 0 4400 0000", &[]);
    }
}

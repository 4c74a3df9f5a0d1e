//! Years behind ประจำปี and ปีงบประมาณ: a report of one year speaks of the year before it, of itself and of the year after. Other years of
//! a text, such as that of a law, are judged by nobody.

use super::Tell;
use super::fault::Fault;
use super::phrase::{Cursor, Number, quoted};
use std::ops::Range;

/// What makes a year the first or the last of a span, which may lie anywhere.
const SPAN_BEFORE: [&str; 6] = ["ตั้งแต่", "ระหว่าง", "จาก", "ถึง", "-", "–"];
const SPAN_BEHIND: [&str; 8] = ["-", "–", "—", "~", "/", "ถึง", "จนถึง", "เป็นต้น"];

/// What is counted or paid: `ค่าใช้จ่ายประจำปี ๒๕๐๐ บาท` names no year.
const UNITS: [&str; 10] = ["บาท", "ล้าน", "คน", "ราย", "เล่ม", "ครั้ง", "เรื่อง", "แห่ง", "โครงการ", "รายการ"];

/// Texts that carry the year of their making in their titles: a budget act is titled รายจ่ายประจำปีงบประมาณ พ.ศ. ….
const LAWS: [&str; 9] = [
    "พระราชบัญญัติ",
    "พ.ร.บ.",
    "พรบ.",
    "ข้อบัญญัติ",
    "เทศบัญญัติ",
    "พระราชกฤษฎีกา",
    "กฎกระทรวง",
    "ระเบียบ",
    "ประกาศกระทรวง",
];

/// How far before a year its law may be named, in bytes.
const REACH_OF_TITLES: usize = 300;

/// A year further off than this is no year that was left standing from an older report.
const OLDEST_COPY: i64 = 30;

/// Judges the year of a text of `year` that may be named here.
pub(super) fn judge(text: &str, at: usize, year: i16, tell: &mut Tell<'_>) {
    let mut cursor = Cursor::new(text, at);
    let is_fiscal = cursor.take("ปีงบประมาณ");
    // ประจำปีงบประมาณ is judged at its second word.
    if !is_fiscal && !cursor.take("ประจำปี") {
        return;
    }
    cursor.take_any(&["พ.ศ.", "พ.ศ", "พศ."]);
    let Some(number) = cursor.number() else { return };
    if is_other_year(&number, is_fiscal, year) && !is_excused(text, at, cursor) {
        let Range { start, end } = number.range;
        tell(start..end, Fault::Year { found: quoted(&text[start..end]), year });
    }
}

/// Whether a number is a year, and not the text's own nor one beside it. Two digits are taken for a year behind ปีงบประมาณ only.
fn is_other_year(number: &Number, is_fiscal: bool, year: i16) -> bool {
    let Ok(value) = i64::try_from(number.value) else { return false };
    let distance = |found: i64| (found - i64::from(year)).abs();
    match (number.digits, value) {
        (4, 1900..2100) => distance(value + 543) > 1 && distance(value + 543) <= OLDEST_COPY,
        // 543 was added twice (3105), or a digit slipped (2956).
        (4, 2700..) => is_fiscal,
        (4, _) => distance(value) > 1 && distance(value) <= OLDEST_COPY,
        (2, 50..) => is_fiscal && distance(value + 2500) > 1 && distance(value + 2500) <= OLDEST_COPY,
        _ => false,
    }
}

/// Whether a year belongs to a span, counts something, or is that of a law.
fn is_excused(text: &str, at: usize, mut behind: Cursor<'_>) -> bool {
    let before = text[..at].trim_end();
    let before = before.strip_suffix("ประจำ").unwrap_or(before).trim_end();
    let title = &before[before.floor_char_boundary(before.len().saturating_sub(REACH_OF_TITLES))..];
    SPAN_BEFORE.iter().any(|word| before.ends_with(word))
        || LAWS.iter().any(|law| title.contains(law))
        || behind.take_any(&SPAN_BEHIND)
        || behind.take_any(&UNITS)
}

#[cfg(test)]
mod tests {
    use super::super::trial;

    #[test]
    fn years_of_other_reports_are_seen() {
        let check = |text: &str, expected: &[&str]| trial::check("text/year", text, expected);
        check("ประจำปีงบประมาณ พ.ศ. ๒๕๖๓", &["๒๕๖๓"]);
        check("ประจำปี 2567 และปีงบประมาณ 2562 รวม", &["2562", "2567"]);
        check("ประจำปีงบประมาณ\n   พ.ศ. ๒๕๖๒", &["๒๕๖๒"]);
        check("ปีงบประมาณ ๖๒ และประจำปี ค.ศ. 2020 ประจำปี 2020", &["2020", "๖๒"]);
        check("ปีงบประมาณ 3105", &["3105"]);
    }

    #[test]
    fn other_years_are_left_alone() {
        let check = |text: &str| trial::check("text/year", text, &[]);
        check("ประจำปีงบประมาณ พ.ศ. ๒๕๖๔ ประจำปี ๒๕๖๕ ปีงบประมาณ ๒๕๖๖ ปีงบประมาณ ๖๖ ประจำปี 2022");
        check("แผน (พ.ศ. ๒๕๖๖-๒๕๗๐) ปีงบประมาณ พ.ศ. ๒๕๖๖ – ๒๕๗๐ ปีงบประมาณ ๒๕๖๐ ถึง ๒๕๖๕");
        check("ตั้งแต่ปีงบประมาณ พ.ศ. ๒๕๖๑ ระหว่างปีงบประมาณ ๒๕๖๐ และ ๒๕๖๕ ปีงบประมาณ ๒๕๖๐ เป็นต้นมา");
        check("ข้อบัญญัติงบประมาณรายจ่าย ประจำปีงบประมาณ พ.ศ. ๒๕๖๐");
        check("พ.ร.บ. วิธีการงบประมาณ พ.ศ. ๒๕๖๑ ในปี พ.ศ. ๒๕๖๐ เดือนมีนาคม ๒๕๗๐");
        check("ค่าใช้จ่ายประจำปี ๒๕๕๐ บาท ประจำปี ๖๐ เล่ม ประจำปี ๑๐๐ ปีงบประมาณ ๕ ปี");
    }
}

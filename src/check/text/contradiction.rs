//! Total, level and scores that a text states beside those that were announced. Only phrases that can mean nothing else are judged, and
//! only figures that are nowhere in the data of the round.

use super::fault::Fault;
use super::phrase::{Cursor, longest};
use super::{Context, Tell};
use crate::framework::Framework;
use crate::model::Scores;
use crate::model::number::{Exact, Score};
use crate::score;
use crate::thai::{self, digit};
use std::ops::Range;

/// What may stand between the words ผลคะแนน and the figure.
const BEFORE_TOTAL: [&str; 12] =
    ["รวม", "การประเมิน", "ITA", "ในภาพรวม", "เท่ากับ", "อยู่ที่", "คือ", "ได้", "ร้อยละ", "จำนวน", ":", "="];

/// What may stand between an indicator and its score.
const BEFORE_SCORE: [&str; 16] = [
    "ซึ่ง",
    "ได้",
    "มี",
    "ผลคะแนน",
    "ค่าคะแนน",
    "คะแนน",
    "เท่ากับ",
    "อยู่ที่",
    "คือ",
    "ร้อยละ",
    "จำนวน",
    ":",
    "=",
    ")",
    "”",
    "\"",
];

/// What may stand between a total and its level.
const BEFORE_LEVEL: [&str; 12] =
    ["ซึ่ง", "และ", "โดย", "มี", "ได้", "ระดับผลการประเมิน", "ผลการประเมิน", "จัดอยู่ใน", "อยู่ใน", "ถือว่า", "(", ","];

/// What follows a figure that is a goal or a maximum.
const LIMITS: [&str; 3] = ["ขึ้นไป", "เต็ม", "ต่อ"];

/// What says that a figure is another one: of another time, a goal, or of several agencies.
const OTHER_FIGURES: [&str; 12] = [
    "ปีก่อน",
    "ปีที่ผ่านมา",
    "ปีที่แล้ว",
    "เดิม",
    "เป้าหมาย",
    "เกณฑ์",
    "เฉลี่ย",
    "ประเทศ",
    "แห่งอื่น",
    "สูงสุด",
    "ต่ำสุด",
    "คาดว่า",
];

/// What says that a total is only that of a part.
const PARTS: [&str; 9] = ["ตัวชี้วัด", "แบบวัด", "แบบตรวจ", "IIT", "EIT", "OIT", "ด้าน", "ข้อคำถาม", "ส่วนที่"];

/// How far before a figure what it speaks of is looked for, in bytes.
const REACH: usize = 300;

/// Judges the total that may be stated here, and the level behind it.
pub(super) fn judge_total(text: &str, at: usize, context: &Context<'_>, tell: &mut Tell<'_>) {
    let Some(scores) = context.scores() else { return };
    let mut cursor = Cursor::new(text, at);
    if !cursor.take("ผลคะแนน") && (text[..at].ends_with("ผล") || !cursor.take("คะแนนรวม"))
    {
        return;
    }
    cursor.pass(&BEFORE_TOTAL);
    let Some((range, found)) = cursor.score() else { return };
    let Some(total) = score::announced_total(scores) else { return };
    if !cursor.take("คะแนน") || is_limit(cursor) {
        return;
    }
    if found == total {
        judge_level(text, cursor, context, tell);
    } else if speaks_of_the_round(&text[..at], &PARTS, context) && !is_known(found, scores, context) {
        tell(range, Fault::OtherTotal { found, total });
    }
}

/// Judges the level that may be stated behind the words ผลการประเมิน.
pub(super) fn judge_result(text: &str, at: usize, context: &Context<'_>, tell: &mut Tell<'_>) {
    let mut cursor = Cursor::new(text, at);
    if cursor.take("ผลการประเมิน")
        && cursor.rest().trim_start().starts_with("อยู่ใน")
        && speaks_of_the_round(&text[..at], &PARTS, context)
    {
        judge_level(text, cursor, context, tell);
    }
}

/// Judges the score that may be stated behind an indicator whose mention begins at `at` and is read up to the cursor.
pub(super) fn judge_indicator(
    text: &str,
    at: usize,
    mut cursor: Cursor<'_>,
    number: u8,
    context: &Context<'_>,
    tell: &mut Tell<'_>,
) {
    let Some(score) = context.scores().and_then(|scores| scores.indicators.get(&number)) else { return };
    let from = cursor.at();
    cursor.pass(&BEFORE_SCORE);
    let is_announced = text[from..cursor.at()].contains("คะแนน");
    let Some((range, found)) = cursor.score() else { return };
    let is_score = cursor.take("คะแนน") || is_announced;
    if is_score && !is_limit(cursor) && found != score.value && speaks_of_the_round(&text[..at], &[], context)
    {
        tell(range, Fault::OtherScore { number, found, score: score.value });
    }
}

fn judge_level(text: &str, mut cursor: Cursor<'_>, context: &Context<'_>, tell: &mut Tell<'_>) {
    let (Some(scores), Some(tally)) = (context.scores(), context.subject.tally) else { return };
    cursor.pass(&BEFORE_LEVEL);
    if !cursor.take("ระดับ") {
        return;
    }
    cursor.pass(&["“", "\"", ":"]);
    let Some(range) = level(cursor, context.framework) else { return };
    let found = &text[range.clone()];
    if let Some(level) = score::level(scores, tally).filter(|level| level != found) {
        tell(range, Fault::OtherLevel { found: found.to_owned(), level });
    }
}

/// The bytes of a level: one of the year's, or a letter of the scheme before 2566.
fn level(cursor: Cursor<'_>, framework: Option<&Framework>) -> Option<Range<usize>> {
    let rest = cursor.rest();
    let letters = rest.len() - rest.trim_start_matches(|c| matches!(c, 'A'..='F')).len();
    let of_year = framework.into_iter().flat_map(|framework| &framework.levels);
    let named = longest(rest, of_year.map(|level| (level.name.as_str(), ()))).map(|(length, ())| length);
    let length = if matches!(letters, 1 | 2) { letters } else { named? };
    let goes_on = rest[length..].starts_with(|c: char| c.is_alphanumeric() || thai::is_mark(c) || c == '+');
    (!goes_on).then(|| cursor.at()..cursor.at() + length)
}

fn is_limit(mut cursor: Cursor<'_>) -> bool {
    cursor.take_any(&LIMITS)
}

/// Whether the words before a figure name nothing else that it could be of, and no other year.
fn speaks_of_the_round(before: &str, others: &[&str], context: &Context<'_>) -> bool {
    let near = &before[before.floor_char_boundary(before.len().saturating_sub(REACH))..];
    let names_another = |words: &[&str]| words.iter().any(|words| near.contains(words));
    let year = context.subject.round.map(|round| i64::from(round.year.number()));
    let mut years = near.split(|c| digit(c).is_none()).filter(|number| number.chars().count() == 4);
    let is_other = |number: &str| {
        let value = thai::to_arabic_digits(number).parse::<i64>().ok();
        value.is_some_and(|value| (2400..2700).contains(&value) && Some(value) != year)
    };
    !names_another(&OTHER_FIGURES) && !names_another(others) && !years.any(is_other)
}

/// Whether the round has this figure somewhere: a text may well state it.
fn is_known(found: Score, scores: &Scores, context: &Context<'_>) -> bool {
    let announced =
        scores.indicators.values().chain(scores.instruments.values()).chain(scores.weighted.values());
    let mut announced = announced.chain(scores.parts.values().flatten()).map(|given| given.value);
    let computed = context
        .subject
        .tally
        .into_iter()
        .flat_map(|tally| tally.instruments.values().copied().chain(tally.total));
    let pass = context.framework.map(|framework| framework.pass);
    announced.any(|score| score == found)
        || computed.filter_map(Exact::rounded).any(|score| score == found)
        || pass == Some(found)
}

#[cfg(test)]
mod tests {
    use super::super::trial;

    #[test]
    fn figures_that_differ_are_seen() {
        let check = |text: &str, expected: &[&str]| trial::check("text/contradicts-data", text, expected);
        check("มีผลคะแนน ๖๙.๘๓ คะแนน", &["๖๙.๘๓"]);
        check("ได้คะแนนรวมเท่ากับ 79.38 คะแนน ระดับ B", &["79.38"]);
        check("ผลคะแนนรวม ๗๐.๐๐ คะแนน", &["๗๐.๐๐"]);
        check("มีผลคะแนน ๖๙.๓๘ คะแนน ระดับผลการประเมินอยู่ในระดับ B นั้น", &["B"]);
        check("ผลคะแนน ๖๙.๓๘ คะแนน อยู่ในระดับ AA", &["AA"]);
        check("พบว่า ผลการประเมินอยู่ในระดับ A", &["A"]);
        check("ตัวชี้วัดที่ ๕ การแก้ไขปัญหาการทุจริต ได้ ๘๔.๑๐ คะแนน", &["๘๔.๑๐"]);
        check("ตัวชี้วัดที่ 8 มีผลคะแนน 97.80", &["97.80"]);
    }

    #[test]
    fn figures_that_agree_or_are_of_something_else_are_left_alone() {
        let check = |text: &str| trial::check("text/contradicts-data", text, &[]);
        check("พบว่า มีผลคะแนน ๖๙.๓๘ คะแนน ระดับผลการประเมินอยู่ในระดับ C นั้น");
        check("ตัวชี้วัดที่ ๕ การแก้ปัญหาการทุจริต ได้ ๘๑.๔๐ คะแนน ตัวชี้วัดที่ ๘ ได้ 79.80 คะแนน");
        check("IIT มีผลคะแนน ๙๙.๐๐ คะแนน");
        check("ปีงบประมาณ พ.ศ. ๒๕๖๔ มีผลคะแนน ๖๕.๐๐ คะแนน อยู่ในระดับ D");
        check("มีผลคะแนน ๘๓.๗๑ คะแนน ผลคะแนน ๘๕.๐๐ คะแนน ผลคะแนน ๙๐.๐๐ คะแนนขึ้นไป");
        check("ผลคะแนนเฉลี่ยของประเทศ ผลคะแนน ๘๗.๕๗ คะแนน เป้าหมายคือผลคะแนน ๙๐.๑๑ คะแนน ระดับ A");
        check("ระดับ A หมายถึง ๘๕.๐๐ – ๙๔.๙๙ คะแนน ตัวชี้วัดที่ ๕ ให้ได้ ๙๐.๐๐ คะแนน ตัวชี้วัดที่ ๑ ถึง ๕");
        check("ผลคะแนน ๗๐ คะแนน ผลคะแนน ๗๐.๐๐ จากการประเมิน ระดับประเทศ ระดับ ผ่าน");
    }
}

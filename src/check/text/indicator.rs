//! `ตัวชี้วัดที่ ๕ การแก้ไขปัญหาการทุจริต`: whether the name is that of the number, and the score behind them the announced one.

use super::Tell;
use super::contradiction;
use super::fault::Fault;
use super::phrase::{Cursor, longest, quoted};
use super::{Context, group};
use crate::framework::{Framework, Indicator};
use crate::thai::{self, Tolerance, digit, goes_on};

/// What may stand between the number and the name.
const BETWEEN: [&str; 9] = ["เรื่อง", "ด้าน", "คือ", ":", "-", "–", "(", "“", "\""];

/// Judges the indicator, or the sub-indicator, whose mention begins here.
pub(super) fn judge(text: &str, at: usize, context: &Context<'_>, tell: &mut Tell<'_>) {
    let Some(framework) = context.framework else { return };
    let mut cursor = Cursor::new(text, at);
    if !cursor.take("ตัวชี้วัด") {
        return;
    }
    if cursor.take("ย่อย") {
        return group::judge(cursor, framework, tell);
    }
    let Some(indicator) = number(&mut cursor, framework) else { return };
    cursor.pass(&BETWEEN);
    name(text, &mut cursor, indicator, framework, tell);
    contradiction::judge_indicator(text, at, cursor, indicator.number, context, tell);
}

/// The indicator of a number; `๑๐.๑` is a sub-indicator's and says nothing here.
fn number<'a>(cursor: &mut Cursor<'_>, framework: &'a Framework) -> Option<&'a Indicator> {
    cursor.take("ที่");
    let number = cursor.number()?;
    cursor.take(".");
    let is_whole = !cursor.rest().starts_with(|c| digit(c).is_some());
    framework.indicator(u8::try_from(number.value).ok()?).filter(|_| is_whole)
}

/// Reads the name, if one stands there, and says what is wrong with it.
fn name(text: &str, cursor: &mut Cursor<'_>, own: &Indicator, framework: &Framework, tell: &mut Tell<'_>) {
    let rest = cursor.rest();
    let range = |length: usize| cursor.at()..cursor.at() + length;
    let number = own.number;
    match longest(rest, names(framework)) {
        Some((length, (one, is_alias))) if one.number == number => {
            if is_alias {
                let found = quoted(&rest[..length]);
                tell(range(length), Fault::IndicatorAlias { number, found, name: own.name.clone() });
            }
            cursor.skip(length);
        }
        // What goes on is a sentence that happens to begin like a name: การใช้อำนาจหน้าที่โดยมิชอบ.
        Some((length, (one, _))) if !goes_on(&rest[length..]) => {
            let name = quoted(&rest[..length]);
            tell(range(length), Fault::IndicatorNumber { number, name, belongs_to: one.number });
        }
        Some(_) => {}
        None => {
            let near = thai::misspelt_name(rest, &own.name, tolerance(&own.name));
            let Some(length) = near.filter(|length| !goes_on(&rest[*length..])) else { return };
            let found = quoted(&text[range(length)]);
            tell(range(length), Fault::IndicatorName { number, found, name: own.name.clone() });
            cursor.skip(length);
        }
    }
}

/// Behind its number and before a gap, a name may be wrong in a quarter of its letters and still be meant for it.
fn tolerance(name: &str) -> Tolerance {
    let letters = name.chars().filter(|c| !thai::is_mark(*c)).count() / 4;
    Tolerance { weight: 2 * letters, letters }
}

/// Every name with its indicator, and whether it is a second one.
fn names(framework: &Framework) -> impl Iterator<Item = (&str, (&Indicator, bool))> {
    framework.indicators.iter().flat_map(|indicator| {
        let aliases = indicator.aliases.iter().map(move |alias| (alias.as_str(), (indicator, true)));
        std::iter::once((indicator.name.as_str(), (indicator, false))).chain(aliases)
    })
}

#[cfg(test)]
mod tests {
    use super::super::trial;

    #[test]
    fn names_of_other_numbers_and_slips_are_seen() {
        let check = |text: &str, expected: &[&str]| trial::check("text/indicator-name", text, expected);
        check("ตัวชี้วัดที่ ๕ การปรับปรุงการทำงาน ได้", &["การปรับปรุงการทำงาน"]);
        check("ตัวชี้วัดที่ 5 เรื่อง การปรับปรุงระบบการทำงาน", &["การปรับปรุงระบบการทำงาน"]);
        check("ตัวชี้วัด ๗. ประสิทธิภาพในการสื่อสาร", &["ประสิทธิภาพในการสื่อสาร"]);
        check("ตัวชี้วัดที่ ๔ (การใช้ทรัพย์สินขอราชการ)", &["การใช้ทรัพย์สินขอราชการ"]);
        check("ตัวชี้วัดที่ ๑๐\n  การป้องกัน\n  การทุจริด", &[]);
        check("ตัวชี้วัดที่ ๑๐\n  การปองกันการทุจริต", &["การปองกันการทุจริต"]);
    }

    #[test]
    fn other_words_behind_a_number_are_left_alone() {
        let check = |text: &str| trial::check("text/indicator-name", text, &[]);
        check("ตัวชี้วัดที่ ๕ การแก้ไขปัญหาการทุจริต และตัวชี้วัดที่ ๘ การปรับปรุงการทำงาน");
        check("ตัวชี้วัดที่ ๕ การใช้อำนาจหน้าที่โดยมิชอบยังไม่ลดลง");
        check("ตัวชี้วัดที่ ๑-๕ การใช้อำนาจ ตัวชี้วัดที่ ๑๐.๑ การใช้อำนาจ");
        check("ตัวชี้วัดที่ ๑ การปฏิบัติงาน ตัวชี้วัดที่ ๙ ข้อมูลพื้นฐาน ตัวชี้วัดที่ ๙๙ การใช้อำนาจ");
        check("ตัวชี้วัดที่ ๕ ได้คะแนนต่ำกว่า การใช้อำนาจ");
    }

    #[test]
    fn second_names_are_told_as_such() {
        let check = |text: &str, expected: &[&str]| trial::check("text/indicator-alias", text, expected);
        check("ตามตัวชี้วัดที่ ๕ การแก้ปัญหาการทุจริต โดยเฉพาะ", &["การแก้ปัญหาการทุจริต"]);
        check("ตัวชี้วัดที่ ๘ เรื่อง การปรับปรุงระบบการทำงาน", &["การปรับปรุงระบบการทำงาน"]);
        check("การแก้ปัญหาการทุจริต ตัวชี้วัดที่ ๘ การปรับปรุงการทำงาน", &[]);
    }
}

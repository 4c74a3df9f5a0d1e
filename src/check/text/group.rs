//! `ตัวชี้วัดย่อย ๑๐.๑ …`: whether the item that is named there, or whose requirement is quoted, is held by that sub-indicator. A memo of
//! 2565 sends its readers to 10.1 for what the year's list has in 10.2.

use super::Tell;
use super::fault::Fault;
use super::phrase::{Cursor, find, longest};
use crate::framework::{Framework, Group};
use crate::model::ItemCode;
use crate::thai::goes_on;
use std::ops::Range;

/// What may stand between the sub-indicator and an item.
const BETWEEN: [&str; 7] = ["ข้อ", "ที่", "เรื่อง", "คือ", ":", "(", "“"];

/// Judges the sub-indicator whose number is to be read next.
pub(super) fn judge(mut cursor: Cursor<'_>, framework: &Framework, tell: &mut Tell<'_>) {
    cursor.take("ที่");
    let Some((group, range)) = group(&mut cursor, framework) else { return };
    if let Some(name) = &group.name {
        cursor.take(name);
    }
    let demanded = demanded(cursor.rest(), framework);
    let Some(item) = named(cursor, group, framework).or(demanded) else { return };
    let Some(holder) = holder(item, framework).filter(|holder| holder.id != group.id) else { return };
    tell(
        range,
        Fault::ItemGroup { group: group.id.clone(), item: item.to_string(), belongs_to: holder.id.clone() },
    );
}

fn group<'a>(cursor: &mut Cursor<'_>, framework: &'a Framework) -> Option<(&'a Group, Range<usize>)> {
    let indicator = cursor.number()?;
    cursor.take(".").then_some(())?;
    let part = cursor.number()?;
    let id = format!("{}.{}", indicator.value, part.value);
    let group = framework.groups.iter().find(|group| group.id == id)?;
    Some((group, indicator.range.start..part.range.end))
}

/// The item that is named next, by its code or its title. Where sub-indicators have items of one title, it is taken for this one's.
fn named(mut cursor: Cursor<'_>, group: &Group, framework: &Framework) -> Option<ItemCode> {
    cursor.pass(&BETWEEN);
    let own = group.items.iter().map(|(code, item)| (item.title.as_str(), *code));
    let all = framework.items().map(|(_, code, item)| (item.title.as_str(), code));
    let titled = longest(cursor.rest(), own.chain(all));
    let titled = titled.filter(|(length, _)| !goes_on(&cursor.rest()[*length..])).map(|(_, code)| code);
    titled.or_else(|| {
        cursor.take_any(&["O", "o"]).then_some(())?;
        Some(ItemCode(u8::try_from(cursor.number()?.value).ok()?))
    })
}

/// The analysis item, if the statement quotes everything that the year demands of it. One component alone may stand in any sentence.
fn demanded(rest: &str, framework: &Framework) -> Option<ItemCode> {
    // Another mention of an indicator begins another statement.
    let statement = &rest[..find(rest, "ตัวชี้วัด").unwrap_or(rest.len())];
    let components = &framework.components;
    let is_quoted = components.len() > 1
        && components.iter().all(|component| find(statement, &component.title).is_some());
    framework.roles.as_ref()?.analysis.filter(|_| is_quoted)
}

fn holder(item: ItemCode, framework: &Framework) -> Option<&Group> {
    framework.items().find(|(_, code, _)| *code == item).map(|(group, ..)| group)
}

#[cfg(test)]
mod tests {
    use super::super::trial;

    const DEMAND: &str = "หน่วยงานต้องแสดงประเด็นที่เป็นข้อบกพร่องหรือจุดอ่อนที่จะต้องแก้ไขโดยเร่งด่วน ประเด็นที่จะต้องพัฒนาให้ดีขึ้น \
        และแนวทางการนำผลวิเคราะห์ ไปสู่การปฏิบัติ";

    #[test]
    fn items_of_other_sub_indicators_are_seen() {
        let check = |text: &str, expected: &[&str]| trial::check("text/item-group", text, expected);
        check("ตัวชี้วัดย่อย ๑๐.๑ ข้อ O42", &["๑๐.๑"]);
        check("ตัวชี้วัดย่อยที่ 10.1 (o๔๓)", &["10.1"]);
        check("ตัวชี้วัดย่อย ๙.๑ ช่องทางการรับฟังความคิดเห็น", &["๙.๑"]);
        check(&format!("ตัวชี้วัดย่อย ๑๐.๑ การดำเนินการเพื่อป้องกันการทุจริต {DEMAND}"), &["๑๐.๑"]);
    }

    #[test]
    fn items_where_they_belong_are_left_alone() {
        let check = |text: &str| trial::check("text/item-group", text, &[]);
        check("ตัวชี้วัดย่อย ๑๐.๒ ข้อ O42 ตัวชี้วัดย่อย ๙.๕ O๓๒ ตัวชี้วัดย่อย ๙.๑ โครงสร้าง");
        check("ตัวชี้วัดย่อย ๑๐.๑ การดำเนินการเพื่อป้องกันการทุจริต และข้อ O42 ของตัวชี้วัดย่อย ๑๐.๒");
        check(&format!("ตัวชี้วัดย่อย ๑๐.๒ {DEMAND}"));
        check(&format!("ตัวชี้วัดย่อย ๑๐.๑ ได้คะแนนครบ ส่วนตัวชี้วัดย่อย ๑๐.๒ {DEMAND}"));
        check("ตัวชี้วัดย่อย ๑๐.๑ มีประเด็นที่จะต้องพัฒนาให้ดีขึ้น ตัวชี้วัดย่อย ๑๑.๑ ข้อ O42");
        check("ตัวชี้วัดย่อย ๙.๑ โครงสร้างพื้นฐานยังไม่ครบ ตัวชี้วัดย่อย ๑๐.๑ O99");
    }
}

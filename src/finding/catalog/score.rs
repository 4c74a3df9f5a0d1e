//! Area *score*: whether the figures can be what they say they are, by the rules of their year.

use super::kinds;
use crate::finding::{Finding, Severity};
use crate::language::Words;
use crate::model::number::ScoreError;
use crate::source::Place;

kinds! {
    OUT_OF_RANGE = "score/out-of-range", Error, Form {
        title: "คะแนนอยู่นอกช่วง 0–100", "a score outside of 0–100";
        why: "คะแนน ITA ทุกตัวอยู่บนฐาน ๑๐๐ ค่าที่เกินหรือติดลบแสดงว่าพิมพ์ผิด", "Every ITA score is on the scale of 100; anything else is a slip of the hand.";
        mend: "ใส่ค่าตั้งแต่ 0 ถึง 100 (ทศนิยมไม่เกิน 2 ตำแหน่ง)", "give a value from 0 to 100 with at most two decimals";
        example: "5: 814.0   →   5: 81.40";
    }
    UNREADABLE = "score/unreadable", Error, Form {
        title: "อ่านคะแนนไม่ได้", "a score that cannot be read";
        why: "คะแนนที่ไม่ใช่ตัวเลขนำไปคำนวณและแสดงไม่ได้ และโปรแกรมจะไม่เดาให้", "What is no number can be neither computed nor shown, and nothing is guessed.";
        mend: "ใส่ตัวเลขอย่างเดียว เช่น 86.92 หรือ ๘๖.๙๒ ไม่ต้องมีคำว่าคะแนนหรือ %", "give the number alone, such as 86.92 or ๘๖.๙๒, without a unit";
        example: "1: 86.92 คะแนน   →   1: 86.92";
    }
    MISSING_INDICATOR = "score/missing-indicator", Warning, Content {
        title: "ขาดคะแนนตัวชี้วัด", "an indicator without a score";
        why: "เมื่อประกาศคะแนนรวมแล้ว ผู้อ่านคาดว่าจะเห็นครบทุกตัวชี้วัด ช่องว่างแสดงเป็น “ไม่มีข้อมูล” ไม่ใช่ ๐", "Once a total is announced readers expect every indicator; a gap is shown as no data, not as zero.";
        mend: "เพิ่มคะแนนของตัวชี้วัดที่ขาด", "add the score of this indicator";
        example: "indicators:\n  10: 18.75";
    }
    UNKNOWN_INDICATOR = "score/unknown-indicator", Error, Content {
        title: "ปีนี้ไม่มีตัวชี้วัดหรือแบบวัดนี้", "an indicator or instrument that the year does not have";
        why: "คะแนนที่ไม่อยู่ในเกณฑ์ของปีจะไม่มีที่แสดง", "A score outside of the year's framework has no place on the page.";
        mend: "ตรวจเลขตัวชี้วัด (๑–๑๐) หรือรหัสแบบวัด (IIT EIT OIT)", "check the number (1–10) or the code (IIT, EIT, OIT)";
        example: "instruments:\n  IIT: 83.71";
    }
    TOTAL_MISMATCH = "score/total-mismatch", Error, Content {
        title: "คะแนนรวมไม่ตรงกับที่คำนวณจากตัวชี้วัด", "the total does not follow from its parts";
        why: "ผู้อ่านและผู้ประเมินคำนวณตามได้ คะแนนรวมที่ไม่ตรงกับส่วนประกอบทำให้รายงานขาดความน่าเชื่อถือ ต่างกันไม่เกิน 0.01 เป็นผลจากการปัดเศษ",
             "Everyone can compute it. A total that does not follow from its parts costs the report its credibility; up to 0.01 is rounding.";
        mend: "ตรวจคะแนนตัวชี้วัดและคะแนนรวมกับประกาศของสำนักงาน ป.ป.ช.", "check the indicators and the total against the announcement of the NACC";
        example: "announced: { total: 69.38 }";
    }
    TOTAL_ROUNDING = "score/total-rounding", Note, Content {
        title: "คะแนนรวมต่างจากที่คำนวณ 0.01", "the total is 0.01 off";
        why: "คะแนนตัวชี้วัดถูกปัดเศษมาก่อนแล้ว จึงต่างได้ 0.01 หน้าเว็บแสดงคะแนนที่ประกาศ", "The indicators were rounded before, so 0.01 can appear; the announced figure is shown.";
        mend: "ไม่ต้องแก้ไข", "nothing to mend";
        example: "จันทบุรี 2563: ประกาศ 67.54 คำนวณ 67.53";
    }
    PART_MISMATCH = "score/part-mismatch", Error, Content {
        title: "คะแนนแบบวัดไม่ตรงกับค่าเฉลี่ยของตัวชี้วัด", "an instrument does not follow from its indicators";
        why: "คะแนน IIT EIT OIT คือค่าเฉลี่ยของตัวชี้วัดในแบบวัดนั้น", "IIT, EIT and OIT are the plain means of their indicators.";
        mend: "ตรวจคะแนนแบบวัด หรือย้ายไปไว้ใน weighted หากเป็นคะแนนถ่วงน้ำหนัก", "check the figure, or move it to `weighted` if it is the weighted form";
        example: "instruments: { IIT: 83.71 }\nweighted: { IIT: 25.11 }";
    }
    WEIGHTED_FORM = "score/weighted-form", Error, Content {
        title: "คะแนนถ่วงน้ำหนักอยู่ผิดที่", "a weighted score in the wrong place";
        why: "คะแนนถ่วงน้ำหนัก (เต็ม ๓๐/๓๐/๔๐) กับคะแนนฐาน ๑๐๐ แสดงต่างกัน ถ้าสลับกันกราฟและระดับจะผิดทั้งหมด", "The weighted form (of 30/30/40) and the scale of 100 are different figures; mixed up, chart and level are wrong.";
        mend: "ใส่คะแนนเต็ม ๑๐๐ ใน instruments และคะแนนถ่วงน้ำหนักใน weighted", "put scores of 100 into `instruments` and weighted ones into `weighted`";
        example: "weighted: { IIT: 25.11 }";
    }
    LEVEL_MISMATCH = "score/level-mismatch", Error, Content {
        title: "ระดับไม่ตรงกับคะแนน", "the level does not follow from the score";
        why: "ระดับเป็นสิ่งแรกที่คนอ่าน ระดับที่ไม่ตรงกับเกณฑ์ของปีทำให้รายงานผิดทั้งฉบับ", "The level is what people read first; one that breaks the year's rule makes the whole report wrong.";
        mend: "ตรวจระดับกับประกาศ ถ้าประกาศเขียนไว้อย่างนั้นจริงให้ใส่ accept พร้อมเหตุผล", "check it against the announcement; if it really says so, accept it with a reason";
        example: "announced: { total: 69.38, level: C }";
    }
    LEVEL_SCHEME = "score/level-scheme", Error, Content {
        title: "ใช้ชื่อระดับไม่ตรงกับปี", "a level of another year's scheme";
        why: "ปี ๒๕๖๒–๒๕๖๕ ใช้ตัวอักษร AA–F ตั้งแต่ปี ๒๕๖๖ ใช้คำ เช่น ผ่านดี การปนกันเป็นข้อผิดพลาดที่พบบ่อยและผู้ประเมินสังเกตเห็น", "2562–2565 use the letters AA–F, 2566 on uses words; mixing them is a common mistake that assessors notice.";
        mend: "ใช้ชื่อระดับของปีนั้น", "use a level of that year";
        example: "2565 → C      2566 → ผ่านดี";
    }
    ANNOUNCED_OUTSIDE_YEAR = "score/announced-outside-year", Error, Content {
        title: "วันที่ประกาศผลอยู่นอกปีที่ประเมิน", "announced outside of the assessed year";
        why: "ผลของปีงบประมาณใดประกาศภายในปีงบประมาณนั้น (ปกติเดือนสิงหาคม) วันที่นอกปีมักเกิดจากการคัดลอกไฟล์ของปีอื่น",
             "The result of a fiscal year is announced within it, usually in August; another day usually comes from another year's file.";
        mend: "แก้วันที่ประกาศผลให้อยู่ในปีงบประมาณที่ประเมิน", "give the day of that year's announcement";
        example: "fiscal_year: 2565\nannounced: { date: ๑ ส.ค. ๒๕๖๕ }";
    }
    ITEM_NOT_WHOLE = "score/item-not-whole", Error, Form {
        title: "คะแนนรายข้อ OIT ไม่ใช่ 0 หรือ 100", "an item score that is neither 0 nor 100";
        why: "แต่ละข้อของ OIT ได้ ๑๐๐ หรือ ๐ เท่านั้น ไม่มีคะแนนบางส่วน", "An item of OIT has everything or nothing; there is no partial credit.";
        mend: "ใส่ 0 หรือ 100", "give 0 or 100";
        example: "items: { O42: 0 }";
    }
    IMPOSSIBLE = "score/impossible-combination", Error, Content {
        title: "คะแนนตัวชี้วัดที่ 9 หรือ 10 เกิดขึ้นไม่ได้จากรายข้อ", "a score of indicator 9 or 10 that no items can give";
        why: "ตัวชี้วัดนี้คือค่าเฉลี่ยของตัวชี้วัดย่อย และแต่ละข้อได้ ๐ หรือ ๑๐๐ จึงมีค่าได้จำนวนจำกัด ค่าอื่นแสดงว่าพิมพ์ผิด",
             "It is the mean of its sub-indicators and each item has 0 or 100, so only certain values exist; another one is a slip of the hand.";
        mend: "ตรวจคะแนนกับประกาศ หากเป็นการประเมินภายในให้ระบุ assessor: internal", "check it against the announcement; for an agency's own assessment say `assessor: internal`";
        example: "10: 18.75";
    }
    ITEMS_MISMATCH = "score/items-mismatch", Error, Content {
        title: "คะแนนตัวชี้วัดไม่ตรงกับคะแนนรายข้อ", "an indicator does not follow from its items";
        why: "ตัวชี้วัดที่ 9 และ 10 คือค่าเฉลี่ยของตัวชี้วัดย่อย ซึ่งเป็นค่าเฉลี่ยของข้อในตัวชี้วัดย่อยนั้น เมื่อระบุคะแนนรายข้อครบแล้วจึงคำนวณตามได้", "Indicators 9 and 10 are means of their sub-indicators, and these of their items; once every item is given, everyone can compute them.";
        mend: "ตรวจคะแนนรายข้อใน items และคะแนนตัวชี้วัดกับประกาศ", "check `items` and the indicator against the announcement";
        example: "indicators: { 10: 18.75 }\nitems: { O42: 0, O43: 0 }";
    }
    LOST_ITEMS = "score/lost-items", Note, Information {
        title: "ข้อ OIT ที่ไม่ได้คะแนน", "items that were lost";
        why: "ข้อ OIT ได้เต็มหรือไม่ได้เลย บางคะแนนจึงเกิดขึ้นได้ทางเดียว และบอกได้ว่าตัวชี้วัดย่อยใดเสียกี่ข้อ ข้อละกี่คะแนนของคะแนนรวม",
             "An item has everything or nothing, so some scores come about in one way only and tell how many items each sub-indicator lost, and what one weighs in the total.";
        mend: "ไม่ต้องแก้ไขไฟล์ ใช้วางแผนว่าควรเปิดเผยข้อใดก่อนในรอบถัดไป", "nothing to mend in the file; it says where to begin in the next round";
        example: "10: 18.75   →   10.1 ได้ 3 จาก 8 ข้อ, 10.2 ได้ 0 จาก 2 ข้อ (O42, O43 ข้อละ 5.00 คะแนน)";
    }
}

/// A score that is no number from 0 to 100 with two decimals, by the mistake that was made.
pub fn unreadable(place: &Place, found: &str, error: ScoreError) -> Finding {
    let shown = shortened(found);
    let (kind, th, en) = match error {
        ScoreError::OutOfRange => (
            &OUT_OF_RANGE,
            format!("คะแนน {shown} อยู่นอกช่วง 0–100"),
            format!("score {shown} is outside 0–100"),
        ),
        ScoreError::MixedDigits => (
            &UNREADABLE,
            format!("{shown} ปนเลขไทยกับเลขอารบิก"),
            format!("`{shown}` mixes Thai and Arabic digits"),
        ),
        ScoreError::DecimalComma => (
            &UNREADABLE,
            format!("{shown} ใช้จุลภาคแทนจุดทศนิยม"),
            format!("`{shown}` has a comma for the decimal point"),
        ),
        ScoreError::Unit => (
            &UNREADABLE,
            format!("{shown} มีคำหรือเครื่องหมายต่อท้ายตัวเลข"),
            format!("`{shown}` has something behind the number"),
        ),
        ScoreError::TooPrecise => (
            &UNREADABLE,
            format!("{shown} มีทศนิยมเกิน 2 ตำแหน่ง"),
            format!("`{shown}` has more than two decimals"),
        ),
        ScoreError::Unreadable => {
            (&UNREADABLE, format!("{shown} ไม่ใช่คะแนน"), format!("`{shown}` is no score"))
        }
    };
    Finding::new(kind, place, Words::new(th, en))
}

/// Four hundred digits would push the message off the screen.
fn shortened(text: &str) -> String {
    if text.chars().count() <= 20 {
        text.to_owned()
    } else {
        text.chars().take(17).chain("…".chars()).collect()
    }
}

/// An item with partial credit.
pub fn item_not_whole(place: &Place) -> Finding {
    let found = place.text();
    Finding::new(
        &ITEM_NOT_WHOLE,
        place,
        Words::new(
            format!("คะแนนรายข้อ {found} ไม่ใช่ 0 หรือ 100"),
            format!("item score {found} is neither 0 nor 100"),
        ),
    )
}

/// An indicator of the year without a score although a total is announced.
pub fn missing_indicator(place: &Place, number: u8, name: &str) -> Finding {
    Finding::new(
        &MISSING_INDICATOR,
        place,
        Words::new(
            format!("ไม่มีคะแนนตัวชี้วัดที่ {number} {name}"),
            format!("indicator {number} ({name}) has no score"),
        ),
    )
}

/// A number or code that the year's framework does not know.
pub fn unknown_indicator(place: &Place, found: &str) -> Finding {
    Finding::new(
        &UNKNOWN_INDICATOR,
        place,
        Words::new(format!("ปีนี้ไม่มี {found}"), format!("this year has no {found}")),
    )
}

/// An announced total beside the one that its parts give.
pub fn total_mismatch(place: &Place, announced: &str, computed: &str) -> Finding {
    Finding::new(&TOTAL_MISMATCH, place, announced_and_computed("คะแนนรวม", "total", announced, computed))
}

/// The same within what the rounding of inputs explains.
pub fn total_rounding(place: &Place, announced: &str, computed: &str) -> Finding {
    Finding::new(&TOTAL_ROUNDING, place, announced_and_computed("คะแนนรวม", "total", announced, computed))
}

/// An announced instrument beside the mean of its indicators or parts.
pub fn part_mismatch(place: &Place, code: &str, announced: &str, computed: &str) -> Finding {
    Finding::new(
        &PART_MISMATCH,
        place,
        announced_and_computed(&format!("คะแนน {code} "), code, announced, computed),
    )
}

fn announced_and_computed(th: &str, en: &str, announced: &str, computed: &str) -> Words {
    Words::new(
        format!("{th}ที่ประกาศ {announced} แต่คำนวณได้ {computed}"),
        format!("{en} announced as {announced}, computed as {computed}"),
    )
}

/// A weighted figure among scores of 100, or the reverse.
pub fn weighted_form(place: &Place, code: &str, found: &str, belongs_to: &str) -> Finding {
    Finding::new(
        &WEIGHTED_FORM,
        place,
        Words::new(
            format!("{code} {found} ควรอยู่ใน {belongs_to}"),
            format!("{code} {found} belongs into `{belongs_to}`"),
        ),
    )
}

/// A level that the year's rule does not give for these scores. Near a boundary it is a warning, since the NACC works on unrounded
/// numbers that are not published.
pub fn level_mismatch(place: &Place, found: &str, possible: &[&str], near_boundary: bool) -> Finding {
    let possible = possible.join(", ");
    let finding = Finding::new(
        &LEVEL_MISMATCH,
        place,
        Words::new(
            format!("ระดับ {found} ไม่ตรงกับคะแนน ตามเกณฑ์คือ {possible}"),
            format!("level {found} does not follow; by the rule it is {possible}"),
        ),
    );
    if near_boundary { finding.severity(Severity::Warning) } else { finding }
}

/// A level that this year's scheme does not have.
pub fn level_scheme(place: &Place, found: &str, names: &[&str]) -> Finding {
    let names = names.join(", ");
    Finding::new(
        &LEVEL_SCHEME,
        place,
        Words::new(format!("ปีนี้ไม่มีระดับ {found}"), format!("this year has no level {found}")),
    )
    .remedy(format!("ระดับของปีนี้คือ {names}"), format!("levels of this year: {names}"))
}

/// A value that no combination of items gives, with the nearest ones that exist.
pub fn impossible(place: &Place, number: u8, found: &str, nearest: &[String]) -> Finding {
    let nearest = nearest.join(", ");
    Finding::new(
        &IMPOSSIBLE,
        place,
        Words::new(
            format!("ตัวชี้วัดที่ {number} เป็น {found} ไม่ได้ ค่าที่เป็นไปได้ใกล้ที่สุดคือ {nearest}"),
            format!("indicator {number} cannot be {found}; the nearest values that exist are {nearest}"),
        ),
    )
}

/// An indicator beside what its announced items give.
pub fn items_mismatch(place: &Place, number: u8, announced: &str, computed: &str) -> Finding {
    let (th, en) = (format!("ตัวชี้วัดที่ {number} "), format!("indicator {number}"));
    Finding::new(&ITEMS_MISMATCH, place, announced_and_computed(&th, &en, announced, computed))
}

/// What a sub-indicator lost.
pub struct Loss<'a> {
    /// `10.2`.
    pub group: &'a str,
    /// How many of its items have no points.
    pub lost: usize,
    /// How many items it has.
    pub of: usize,
    /// Their codes, if it is known which.
    pub items: Vec<String>,
    /// What one item weighs, in points of the total.
    pub points: String,
}

/// The only way in which a score comes about.
pub fn lost_items(place: &Place, number: u8, score: &str, losses: &[Loss<'_>]) -> Finding {
    let th = losses.iter().map(|loss| {
        let items = if loss.items.is_empty() {
            String::new()
        } else {
            format!("คือ {} ", loss.items.join(" "))
        };
        format!("{} เสีย {} จาก {} ข้อ {items}(ข้อละ {} คะแนน)", loss.group, loss.lost, loss.of, loss.points)
    });
    let en = losses.iter().map(|loss| {
        let items =
            if loss.items.is_empty() { String::new() } else { format!(", {},", loss.items.join(" ")) };
        format!("{} lost {} of {} items{items} ({} points each)", loss.group, loss.lost, loss.of, loss.points)
    });
    let (th, en): (Vec<String>, Vec<String>) = (th.collect(), en.collect());
    Finding::new(
        &LOST_ITEMS,
        place,
        Words::new(
            format!("ตัวชี้วัดที่ {number} เป็น {score} ได้ทางเดียว: {}", th.join("; ")),
            format!("indicator {number} is {score} in one way only: {}", en.join("; ")),
        ),
    )
}

/// A day of announcement that the assessed year does not contain.
pub fn announced_outside_year(place: &Place, year: i16) -> Finding {
    Finding::new(
        &ANNOUNCED_OUTSIDE_YEAR,
        place,
        Words::new(
            format!("วันที่นี้ไม่อยู่ในปีงบประมาณ {year} (ต.ค. {} – ก.ย. {year})", year - 1),
            format!("this day is not in fiscal year {year} (Oct {} – Sep {year} B.E.)", year - 1),
        ),
    )
}

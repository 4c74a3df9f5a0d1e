//! Area *chain*: weakness → measure → result, and the times in between.

use super::kinds;
use crate::finding::Finding;
use crate::language::Words;
use crate::source::Place;

kinds! {
    PERIOD_OUTSIDE_YEAR = "chain/period-outside-year", Warning, Content {
        title: "ระยะเวลาดำเนินการอยู่นอกปีงบประมาณบางส่วน", "a period partly outside of its fiscal year";
        why: "มาตรการต้องดำเนินการในปีงบประมาณของตน (๑ ต.ค. – ๓๐ ก.ย.) ส่วนที่อยู่นอกปีไม่นับเป็นผลของปีนั้น", "A measure takes place in its fiscal year, 1 October to 30 September; what lies outside does not count for it.";
        mend: "แก้ระยะเวลา หรือใส่ accept พร้อมเหตุผลหากเอกสารต้นฉบับเป็นเช่นนั้น", "mend the period, or accept it with a reason if the original document says so";
        example: "period: ต.ค. ๖๕ – มี.ค. ๖๖";
    }
    PERIOD_IN_OTHER_YEAR = "chain/period-in-other-year", Error, Content {
        title: "ระยะเวลาดำเนินการอยู่นอกปีงบประมาณทั้งหมด", "a period wholly outside of its fiscal year";
        why: "มาตรการที่ดำเนินการในปีอื่นไม่ใช่มาตรการของปีนี้ มักเกิดจากการคัดลอกไฟล์ของปีก่อน", "A measure of another year is none of this one; usually last year's file was copied.";
        mend: "แก้ปีในระยะเวลา หรือย้ายมาตรการไปปีที่ถูกต้อง", "mend the year of the period, or move the measure to the right year";
        example: "period: ม.ค. ๖๖ – มี.ค. ๖๖";
    }
    FOLLOW_UP_BEFORE_END = "chain/follow-up-before-end", Warning, Content {
        title: "ติดตามผลก่อนสิ้นสุดการดำเนินการ", "followed up before the period ends";
        why: "การติดตามก่อนดำเนินการเสร็จรายงานผลทั้งหมดไม่ได้ ผู้ตรวจอาจเห็นว่ามาตรการยังไม่ครบถ้วน", "A follow-up before the end cannot report the whole result, and an assessor may find the measure incomplete.";
        mend: "เลื่อนการติดตามผลไปเดือนที่สิ้นสุดหรือหลังจากนั้น", "follow up in the last month of the period or after it";
        example: "period: ม.ค. ๖๖ – มี.ค. ๖๖\nfollow_up: รายงานผล… ประจำเดือนมีนาคม ๒๕๖๖";
    }
    DECIDED_AFTER_MEMO = "chain/decided-after-memo", Warning, Content {
        title: "วันที่พิจารณามาตรการอยู่หลังวันที่บันทึกข้อความ", "decided after the memo that reports it";
        why: "บันทึกข้อความรายงานมาตรการที่พิจารณาแล้ว จึงต้องลงวันที่ไม่ก่อนวันประชุม", "The memo reports what was decided, so it cannot be older than the decision.";
        mend: "ตรวจวันที่ประชุมและวันที่ในบันทึกข้อความ", "check both dates";
        example: "decided: { date: ๒๑ ก.ย. ๒๕๖๕ }";
    }
    UNKNOWN_REFERENCE = "chain/unknown-reference", Error, Content {
        title: "อ้างถึงสิ่งที่ไม่มี", "a reference to what does not exist";
        why: "ตัวชี้วัดหรือข้อย่อยที่อ้างถึงไม่มีอยู่ ความเชื่อมโยงจากจุดอ่อนไปสู่มาตรการจึงขาด", "The indicator or item does not exist, so the chain from weakness to measure breaks.";
        mend: "แก้ตัวเลขให้ตรง", "mend the number";
        example: "addresses: [5]";
    }
}

/// A period that begins before or ends after its fiscal year.
pub fn period_outside_year(place: &Place, year: i16) -> Finding {
    Finding::new(
        &PERIOD_OUTSIDE_YEAR,
        place,
        Words::new(
            format!("ระยะเวลานี้ไม่อยู่ในปีงบประมาณ {year} ทั้งหมด (ต.ค. {} – ก.ย. {year})", year - 1),
            format!(
                "this period is not wholly within fiscal year {year} (Oct {} – Sep {year} B.E.)",
                year - 1
            ),
        ),
    )
}

/// A period without a single day in its fiscal year.
pub fn period_in_other_year(place: &Place, year: i16) -> Finding {
    Finding::new(
        &PERIOD_IN_OTHER_YEAR,
        place,
        Words::new(
            format!("ระยะเวลานี้ไม่อยู่ในปีงบประมาณ {year} เลย (ต.ค. {} – ก.ย. {year})", year - 1),
            format!("this period lies outside of fiscal year {year} (Oct {} – Sep {year} B.E.)", year - 1),
        ),
    )
}

/// A follow-up in an earlier month than the last one of the period; both as printed.
pub fn follow_up_before_end(place: &Place, follow_up: &str, end: &str) -> Finding {
    Finding::new(
        &FOLLOW_UP_BEFORE_END,
        place,
        Words::new(
            format!("ติดตามผล {follow_up} ก่อนสิ้นสุดระยะเวลา {end}"),
            format!("followed up in {follow_up}, before the period ends in {end}"),
        ),
    )
}

/// A decision dated after the memo.
pub fn decided_after_memo(place: &Place, memo: &str) -> Finding {
    Finding::new(
        &DECIDED_AFTER_MEMO,
        place,
        Words::new(
            format!("บันทึกข้อความลงวันที่ {memo} ก่อนวันที่นี้"),
            format!("the memo is dated {memo}, before this day"),
        ),
    )
}

/// An indicator that the year or instrument does not have.
pub fn unknown_indicator(place: &Place, number: u8) -> Finding {
    Finding::new(
        &UNKNOWN_REFERENCE,
        place,
        Words::new(format!("ไม่มีตัวชี้วัดที่ {number} ในเกณฑ์ส่วนนี้"), format!("there is no indicator {number} here")),
    )
}

/// An item of a measure that does not exist.
pub fn unknown_item(place: &Place, number: usize, items: usize) -> Finding {
    Finding::new(
        &UNKNOWN_REFERENCE,
        place,
        Words::new(
            format!("มาตรการนี้มี {items} ข้อ ไม่มีข้อ {number}"),
            format!("this measure has {items} items, no item {number}"),
        ),
    )
}

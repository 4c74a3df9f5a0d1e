//! Area *chain*: weakness → measure → result, and the times in between.

use super::kinds;
use crate::finding::Finding;
use crate::language::{Language, Numerals, Words};
use crate::model::date::{Date, Month};
use crate::source::Place;

kinds! {
    WEAK_WITHOUT_MEASURE = "chain/weak-without-measure", Warning, Content {
        title: "จุดอ่อนที่ไม่มีมาตรการรองรับ", "a weak indicator that no measure answers to";
        why: "ข้อ OIT เรื่องมาตรการให้แสดงว่านำผลวิเคราะห์ไปสู่การปฏิบัติอย่างไร จุดอ่อนที่รายงานเองแต่ไม่มีมาตรการรองรับทำให้ผู้ประเมินเห็นว่ารายงานไม่ครบถ้วน จุดอ่อนคือตัวชี้วัดใน focus ของ iit.md eit.md oit.md หากไม่ระบุคือตัวชี้วัดที่คะแนนต่ำสุดของแบบวัดนั้น",
             "The measures item asks how the analysis is put into practice; a weakness that the report names and no measure answers to leaves it incomplete. Weak is what a `focus` in iit.md, eit.md or oit.md names; without one, the lowest indicator of the instrument.";
        mend: "เพิ่มเลขตัวชี้วัดนี้ใน addresses ของมาตรการที่แก้จุดอ่อนนี้ หรือกำหนดมาตรการเพิ่ม", "add the number to `addresses` of the measure that mends it, or decide on a measure";
        example: "- id: complaint-channel\n  addresses: [5]";
    }
    BELOW_THRESHOLD = "chain/below-threshold", Note, Information {
        title: "ตัวชี้วัดต่ำกว่าเกณฑ์ผ่านที่ไม่มีมาตรการ", "indicators below the threshold without a measure";
        why: "ตัวชี้วัดเหล่านี้ต่ำกว่าเกณฑ์ผ่านของปี แต่ไม่ได้ระบุเป็นจุดอ่อน จึงไม่บังคับให้มีมาตรการ", "These are below the year's threshold but nobody called them weak, so no measure is asked for.";
        mend: "หากเห็นว่าควรแก้ไข ให้เพิ่มใน focus และกำหนดมาตรการ", "if they should be mended, add them to a `focus` and decide on a measure";
        example: "focus: [2, 5]";
    }
    INCOMPLETE_MEASURE = "chain/incomplete-measure", Warning, Content {
        title: "มาตรการไม่ครบองค์ประกอบ", "a measure that lacks a part";
        why: "ตารางมาตรการต้องบอกว่าใครทำ ทำอย่างไร เมื่อใด และติดตามผลอย่างไร ช่องว่างทำให้เห็นว่ายังไม่นำไปสู่การปฏิบัติ", "The table of measures says who does what, how, when, and how it is followed up; an empty cell shows that it is not put into practice.";
        mend: "เพิ่มส่วนที่ขาดในมาตรการนี้", "add what is missing to this measure";
        example: "  responsible: สำนักปลัด\n  period: ม.ค. ๖๖ – มี.ค. ๖๖";
    }
    MEASURE_WITHOUT_INDICATOR = "chain/measure-without-indicator", Warning, Content {
        title: "มาตรการไม่ระบุตัวชี้วัดที่แก้ไข", "a measure that answers to no indicator";
        why: "ผู้ประเมินดูว่ามาตรการสอดคล้องกับผลการประเมินหรือไม่ มาตรการที่ไม่โยงกับตัวชี้วัดจะไม่ปรากฏในตารางเชื่อมโยงจุดอ่อนกับมาตรการ", "Assessors look whether measures follow from the result; one without an indicator does not appear in the matrix of weakness and measure.";
        mend: "เพิ่ม addresses เป็นเลขตัวชี้วัดที่มาตรการนี้แก้ไข", "add `addresses` with the numbers of the indicators that it mends";
        example: "addresses: [5]";
    }
    DECISION_WITHOUT_MEETING = "chain/decision-without-meeting", Warning, Content {
        title: "ไม่ระบุที่มาของมาตรการ", "measures without a decision";
        why: "มาตรการต้องมาจากการประชุมหรือคำสั่งของหน่วยงาน หน้ามาตรการจะขึ้นต้นด้วยที่มานี้", "Measures come from a meeting or an order of the agency; the page begins with it.";
        mend: "เพิ่ม decided.by เช่น การประชุมหรือคำสั่งที่กำหนดมาตรการ", "add `decided.by`: the meeting or order that set the measures";
        example: "decided:\n  by: การประชุมองค์การบริหารส่วนตำบล…\n  date: ๒๑ ก.ย. ๒๕๖๕";
    }
    RESULT_WITHOUT_EVIDENCE = "chain/result-without-evidence", Warning, Content {
        title: "ผลที่เสร็จแล้วไม่มีหลักฐาน", "a finished result without evidence";
        why: "ข้อ OIT เรื่องผลการดำเนินการตามมาตรการต้องแสดงการดำเนินการอย่างเป็นรูปธรรม ข้อความว่าเสร็จแล้วโดยไม่มีหลักฐานผู้ประเมินอาจไม่นับ", "The results item asks for concrete proof; an assessor may not count a bare “done”.";
        mend: "แนบภาพ รายงาน หรือลิงก์ใน evidence", "add a picture, a report or a link as `evidence`";
        example: "evidence: files/manual.pdf";
    }
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
        why: "การติดตามก่อนดำเนินการเสร็จรายงานผลทั้งหมดไม่ได้ ผู้ประเมินอาจเห็นว่ามาตรการยังไม่ครบถ้วน", "A follow-up before the end cannot report the whole result, and an assessor may find the measure incomplete.";
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
    RESULT_DUE = "chain/result-due", Warning, Content, OnRequest {
        title: "สิ้นสุดระยะเวลาแล้วแต่ยังไม่รายงานผล", "a period that is over without a result";
        why: "รอบถัดไปประเมินการรายงานผลการดำเนินการตามมาตรการด้วย มาตรการที่สิ้นสุดแล้วแต่ไม่มีผลดูเหมือนไม่ได้ดำเนินการ ตรวจเฉพาะเมื่อสั่ง check --on พร้อมวันที่", "The next round also assesses the report on what was done; a measure whose time is over without a result looks as if nothing was. Only `check --on DATE` looks.";
        mend: "เพิ่ม results ของมาตรการนี้ หรือแก้ระยะเวลาหากขยายเวลาแล้ว", "add the `results` of this measure, or mend the period if it was extended";
        example: "results:\n  - date: ๓๑ มี.ค. ๒๕๖๖\n    status: เสร็จแล้ว\n    summary: จัดทำคู่มือและเผยแพร่แล้ว";
    }
}

/// A weak indicator that no measure answers to; with its score, if it has one.
pub fn weak_without_measure(place: &Place, number: u8, name: &str, score: Option<&str>) -> Finding {
    let score = score.map(|score| format!(" ({score})")).unwrap_or_default();
    Finding::new(
        &WEAK_WITHOUT_MEASURE,
        place,
        Words::new(
            format!("ตัวชี้วัดที่ {number} {name}{score} เป็นจุดอ่อนที่ไม่มีมาตรการใดรองรับ"),
            format!("indicator {number}, {name}{score}, is weak and no measure answers to it"),
        ),
    )
}

/// Every indicator below the year's threshold that nobody called weak and no measure answers to, as `2 (83.40)`.
pub fn below_threshold(place: &Place, threshold: &str, indicators: &[String]) -> Finding {
    let indicators = indicators.join(", ");
    Finding::new(
        &BELOW_THRESHOLD,
        place,
        Words::new(
            format!("ตัวชี้วัดที่ต่ำกว่า {threshold} นอกจากจุดอ่อนที่ระบุ: {indicators}"),
            format!("below {threshold} besides what is called weak: {indicators}"),
        ),
    )
}

/// A measure without one or more of its parts: their keys, with the heads of their columns.
pub fn incomplete_measure(place: &Place, missing: &[(&str, &str)]) -> Finding {
    let heads: Vec<String> = missing.iter().map(|(key, head)| format!("{head} ({key})")).collect();
    let keys: Vec<&str> = missing.iter().map(|(key, _)| *key).collect();
    Finding::new(
        &INCOMPLETE_MEASURE,
        place,
        Words::new(
            format!("มาตรการนี้ยังไม่มี{}", heads.join(" และ")),
            format!("this measure has no {}", keys.join(", no ")),
        ),
    )
}

/// A measure that names no indicator.
pub fn measure_without_indicator(place: &Place) -> Finding {
    let words = Words::new("มาตรการนี้ไม่ระบุว่าแก้ตัวชี้วัดใด (addresses)", "this measure has no `addresses`");
    Finding::new(&MEASURE_WITHOUT_INDICATOR, place, words)
}

/// Measures that do not say who decided on them.
pub fn decision_without_meeting(place: &Place) -> Finding {
    let words = Words::new("ไม่ระบุว่ามาตรการมาจากการประชุมหรือคำสั่งใด (decided.by)", "`decided.by` is missing");
    Finding::new(&DECISION_WITHOUT_MEETING, place, words)
}

/// Something reported as done without proof.
pub fn result_without_evidence(place: &Place) -> Finding {
    let words = Words::new("รายงานว่าเสร็จแล้วแต่ไม่มีหลักฐาน (evidence)", "reported as done without `evidence`");
    Finding::new(&RESULT_WITHOUT_EVIDENCE, place, words)
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

/// A follow-up in an earlier month than the last one of the period.
pub fn follow_up_before_end(place: &Place, follow_up: Month, end: Month) -> Finding {
    let name = |month: Month, language| month.long(language, Numerals::Arabic);
    let (th, en) = (Language::Thai, Language::English);
    Finding::new(
        &FOLLOW_UP_BEFORE_END,
        place,
        Words::new(
            format!("ติดตามผล {} ก่อนสิ้นสุดระยะเวลา {}", name(follow_up, th), name(end, th)),
            format!("followed up in {}, before the period ends in {}", name(follow_up, en), name(end, en)),
        ),
    )
}

/// A decision dated after the memo.
pub fn decided_after_memo(place: &Place, memo: Date) -> Finding {
    let memo = |language| memo.long(language, Numerals::Arabic);
    Finding::new(
        &DECIDED_AFTER_MEMO,
        place,
        Words::new(
            format!("บันทึกข้อความลงวันที่ {} ก่อนวันที่นี้", memo(Language::Thai)),
            format!("the memo is dated {}, before this day", memo(Language::English)),
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

/// A measure without a result, with the last day of its period.
pub fn result_due(place: &Place, end: Date) -> Finding {
    let end = |language| end.long(language, Numerals::Arabic);
    Finding::new(
        &RESULT_DUE,
        place,
        Words::new(
            format!("สิ้นสุดเมื่อ {} แต่ยังไม่มีผลการดำเนินการ", end(Language::Thai)),
            format!("over since {}, and no result is reported", end(Language::English)),
        ),
    )
}

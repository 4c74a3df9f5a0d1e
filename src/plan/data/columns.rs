//! The columns of every table: name, title and description in both languages, kind, and what stands in a cell. Names are for ever, since
//! programs of others read them: a column is added at the end of its table, and never renamed, moved or taken away.

use super::Words;
use super::rows::{IndicatorRow, InstrumentRow, ItemRow, MeasureRow, ResultRow, ScoreRow};
use crate::model::date::{Date, FiscalYear};
use crate::model::number::{Exact, Score};

/// A column of a table whose rows are made from `R`.
pub(super) struct Column<R> {
    /// In ASCII, at most 63 signs, as the Thai government's data catalogue takes headers.
    pub(super) name: &'static str,
    /// What it is called.
    pub(super) title: Words,
    /// What it means, with the words that it may hold.
    pub(super) about: Words,
    /// What its cells hold.
    pub(super) of: Of<R>,
}

/// What the cells of a column hold; `None` is missing.
pub(super) enum Of<R> {
    /// A whole number.
    Whole(fn(&R) -> Option<i64>),
    /// Points, 0.00–100.00, rounded half-up to two decimals.
    Points(fn(&R) -> Option<Exact>),
    /// A share in per cent, two decimals.
    PerCent(fn(&R) -> Option<Score>),
    /// Yes or no.
    Truth(fn(&R) -> Option<bool>),
    /// A day, Gregorian.
    Day(fn(&R) -> Option<Date>),
    /// Words; none is missing.
    Text(fn(&R) -> Option<&str>),
}

/// What every row begins with.
pub(super) struct Key<'a> {
    pub(super) agency: Option<&'a str>,
    pub(super) year: FiscalYear,
}

fn column<R>(name: &'static str, title: Words, about: Words, of: Of<R>) -> Column<R> {
    Column { name, title, about, of }
}

/// How sure a name is, under which every table of names has it.
fn name_certainty<R>(of: fn(&R) -> Option<&str>) -> Column<R> {
    column(
        "name_certainty",
        ["ความแน่นอนของชื่อ", "Certainty of the name"],
        [
            "verified อ่านจากเอกสารของปีนั้น, derived คำนวณย้อนจากผลที่ประกาศ, inferred เทียบเคียงจากปีใกล้เคียง",
            "verified: read in a document of that year; derived: recomputed from published results; inferred: taken from years around it",
        ],
        Of::Text(of),
    )
}

/// The year in which measures take place.
fn measures_year<R>(of: fn(&R) -> Option<i64>) -> Column<R> {
    column(
        "measures_year",
        ["ปีงบประมาณของมาตรการ", "Fiscal year of the measures"],
        ["ปีงบประมาณที่ดำเนินมาตรการ (พ.ศ.)", "Fiscal year in which the measures take place (Buddhist era)"],
        Of::Whole(of),
    )
}

/// The id of a measure.
fn measure_id<R>(of: fn(&R) -> Option<&str>) -> Column<R> {
    column(
        "measure_id",
        ["รหัสมาตรการ", "Id of the measure"],
        [
            "รหัสที่ไม่ซ้ำกันภายในปีเดียวกัน ใช้เชื่อมตาราง measures กับ results",
            "Unique within a year; joins the tables measures and results",
        ],
        Of::Text(of),
    )
}

/// The columns with which every table begins.
pub(super) fn keys<'a>() -> Vec<Column<Key<'a>>> {
    vec![
        column(
            "agency_id",
            ["รหัสหน่วยงาน", "Agency id"],
            [
                "รหัสของหน่วยงานในเว็บไซต์รวมหลายหน่วยงาน ว่างในเว็บไซต์ของหน่วยงานเดียว",
                "Id of the agency in a portal; empty on the site of one agency",
            ],
            Of::Text(|key| key.agency),
        ),
        column(
            "fiscal_year",
            ["ปีงบประมาณ", "Fiscal year"],
            ["ปีงบประมาณที่ประเมิน (พ.ศ.)", "Assessed fiscal year (Buddhist era)"],
            Of::Whole(|key| Some(i64::from(key.year.number()))),
        ),
    ]
}

/// Of `scores`.
pub(super) fn scores<'a>() -> Vec<Column<ScoreRow<'a>>> {
    vec![
        column(
            "agency_name",
            ["ชื่อหน่วยงาน", "Name of the agency"],
            ["ชื่อเต็มที่ใช้ในปีนั้น", "Full name in that year"],
            Of::Text(|row| Some(row.agency_name)),
        ),
        column(
            "total_announced",
            ["คะแนนรวมที่ประกาศ", "Announced total"],
            ["คะแนนรวมตามที่ประกาศ ว่างหากยังไม่ประกาศ", "Total as announced; empty before the announcement"],
            Of::Points(|row| row.total_announced.map(Exact::from)),
        ),
        column(
            "total_computed",
            ["คะแนนรวมที่คำนวณ", "Computed total"],
            [
                "ผลรวมของค่าเฉลี่ยแต่ละแบบวัดคูณน้ำหนักของปีนั้น ปัดเศษครั้งเดียว ว่างหากน้ำหนักของปีนั้นยังไม่ยืนยันหรือคะแนนไม่ครบ",
                "Sum of the instruments' means by the weights of the year, rounded once; empty where weights are unconfirmed or scores missing",
            ],
            Of::Points(|row| row.tally.total),
        ),
        column(
            "level",
            ["ระดับ", "Level"],
            [
                "ระดับตามที่ประกาศ หรือตามเกณฑ์ของปีนั้นสำหรับคะแนนรวมที่ประกาศ ว่างหากเกณฑ์ตัดสินไม่ได้",
                "As announced, else by the year's rule for the announced total; empty where the rule cannot decide",
            ],
            Of::Text(|row| row.level.as_deref()),
        ),
        column(
            "pass",
            ["ผ่านเกณฑ์", "Passed"],
            [
                "คะแนนรวมที่ประกาศถึงเกณฑ์ของปีนั้น (true) หรือไม่ (false)",
                "Whether the announced total reaches the threshold of the year",
            ],
            Of::Truth(|row| row.tally.pass),
        ),
        column(
            "threshold",
            ["เกณฑ์ผ่าน", "Threshold"],
            ["คะแนนรวมต่ำสุดที่ผ่านเกณฑ์ของปีนั้น", "The lowest total that passes in that year"],
            Of::Points(|row| row.threshold.map(Exact::from)),
        ),
        column(
            "announced_on",
            ["วันที่ประกาศ", "Day of the announcement"],
            ["วันที่ประกาศผล (ค.ศ.)", "Gregorian"],
            Of::Day(|row| row.announced_on),
        ),
        column(
            "assessor",
            ["ผู้ประเมิน", "Assessor"],
            [
                "nacc สำนักงาน ป.ป.ช., internal หน่วยงานประเมินตนเอง, average ค่าเฉลี่ยของหลายหน่วยงาน",
                "nacc: the NACC; internal: the agency itself; average: a mean over agencies",
            ],
            Of::Text(|row| Some(row.assessor)),
        ),
        column(
            "source",
            ["แหล่งที่มา", "Source"],
            ["ที่อยู่ของประกาศผล", "Address of the announcement"],
            Of::Text(|row| row.source.as_deref()),
        ),
    ]
}

/// Of `instruments`.
pub(super) fn instruments<'a>() -> Vec<Column<InstrumentRow<'a>>> {
    vec![
        column(
            "instrument",
            ["รหัสแบบวัด", "Instrument code"],
            ["IIT, EIT หรือ OIT", "IIT, EIT or OIT"],
            Of::Text(|row| Some(row.code)),
        ),
        column(
            "name",
            ["ชื่อแบบวัด", "Name of the instrument"],
            ["ชื่อเต็มในปีนั้น", "Full Thai name in that year"],
            Of::Text(|row| row.name),
        ),
        name_certainty(|row| row.name_certainty),
        column(
            "weight",
            ["น้ำหนัก", "Weight"],
            ["น้ำหนักในคะแนนรวม ว่างหากยังไม่ยืนยัน", "Weight in the total; empty where unconfirmed"],
            Of::PerCent(|row| row.weight),
        ),
        column(
            "score_announced",
            ["คะแนนแบบวัดที่ประกาศ", "Announced score"],
            ["คะแนนตามที่ประกาศ เต็ม 100 คะแนน", "As announced, on the scale of 100"],
            Of::Points(|row| row.score_announced.map(Exact::from)),
        ),
        column(
            "score_computed",
            ["คะแนนแบบวัดที่คำนวณ", "Computed score"],
            [
                "ค่าเฉลี่ยของตัวชี้วัดหรือของส่วนที่ประกาศ ว่างหากคะแนนไม่ครบ",
                "Mean of the indicators, else of announced parts; empty where one is missing",
            ],
            Of::Points(|row| row.score_computed),
        ),
        column(
            "points_announced",
            ["คะแนนถ่วงน้ำหนักที่ประกาศ", "Announced points of the total"],
            ["ส่วนของคะแนนรวมตามที่ประกาศ", "Points of the total that it gives, as announced"],
            Of::Points(|row| row.points_announced.map(Exact::from)),
        ),
        column(
            "points_computed",
            ["คะแนนถ่วงน้ำหนักที่คำนวณ", "Computed points of the total"],
            [
                "คะแนนแบบวัดคูณน้ำหนัก ก่อนปัดเศษของคะแนนรวม",
                "Score times weight, each rounded by itself; the total is rounded once from unrounded parts",
            ],
            Of::Points(|row| row.points_computed),
        ),
    ]
}

/// Of `indicators`.
pub(super) fn indicators<'a>() -> Vec<Column<IndicatorRow<'a>>> {
    vec![
        column(
            "instrument",
            ["รหัสแบบวัด", "Instrument code"],
            ["แบบวัดของตัวชี้วัด: IIT, EIT หรือ OIT", "Instrument of the indicator: IIT, EIT or OIT"],
            Of::Text(|row| row.instrument),
        ),
        column(
            "indicator",
            ["ตัวชี้วัดที่", "Number of the indicator"],
            ["เลขตัวชี้วัดในปีนั้น", "Its number in that year"],
            Of::Whole(|row| Some(i64::from(row.number))),
        ),
        column(
            "name",
            ["ชื่อตัวชี้วัด", "Name of the indicator"],
            ["ชื่อในปีนั้น", "Thai name in that year"],
            Of::Text(|row| row.name),
        ),
        name_certainty(|row| row.name_certainty),
        column(
            "score",
            ["คะแนนตัวชี้วัด", "Score"],
            [
                "คะแนนตามที่ประกาศ ว่างหากไม่มีข้อมูล 0.00 คือคะแนนศูนย์",
                "As announced; empty where it is missing, 0.00 is zero",
            ],
            Of::Points(|row| row.score.map(Exact::from)),
        ),
        column(
            "threshold",
            ["เกณฑ์ผ่าน", "Threshold"],
            [
                "เกณฑ์ผ่านของปีนั้น ซึ่งใช้เทียบตัวชี้วัดด้วย",
                "The passing score of the year, to which indicators are held as well",
            ],
            Of::Points(|row| row.threshold.map(Exact::from)),
        ),
    ]
}

/// Of `items`.
pub(super) fn items<'a>() -> Vec<Column<ItemRow<'a>>> {
    vec![
        column(
            "item",
            ["รหัสข้อ", "Item code"],
            ["รหัสข้อในรอบนั้น เช่น O42", "Its code in that round, such as O42"],
            Of::Text(|row| Some(&row.code)),
        ),
        column(
            "name",
            ["ชื่อข้อ", "Name of the item"],
            ["ชื่อข้อในรอบนั้น", "Thai name in that round"],
            Of::Text(|row| row.name),
        ),
        name_certainty(|row| row.name_certainty),
        column(
            "group",
            ["ตัวชี้วัดย่อย", "Sub-indicator"],
            ["เลขตัวชี้วัดย่อย เช่น 10.2", "Its number, such as 10.2"],
            Of::Text(|row| row.group),
        ),
        column(
            "group_name",
            ["ชื่อตัวชี้วัดย่อย", "Name of the sub-indicator"],
            ["ชื่อตัวชี้วัดย่อยในรอบนั้น", "Thai name in that round"],
            Of::Text(|row| row.group_name),
        ),
        column(
            "state",
            ["สถานะ", "State"],
            [
                "answered เปิดเผยแล้ว, none หน่วยงานแจ้งว่าไม่มี, open ยังไม่เปิดเผย, elsewhere ตอบที่เว็บไซต์หลัก",
                "answered: disclosed; none: the agency has none; open: not disclosed yet; elsewhere: answered on the main site",
            ],
            Of::Text(|row| Some(row.state)),
        ),
        column(
            "links",
            ["ที่อยู่ที่เปิดเผย", "Addresses"],
            ["ที่อยู่ของข้อมูล หากมีหลายแห่งคั่นด้วยเว้นวรรค", "Where it is disclosed; several are separated by a space"],
            Of::Text(|row| Some(&row.links)),
        ),
        column(
            "note",
            ["คำอธิบาย", "Note"],
            ["คำอธิบายของหน่วยงาน หรือเหตุผลที่ไม่มีข้อมูล", "Words of the agency, or why it has none"],
            Of::Text(|row| row.note),
        ),
        column(
            "score",
            ["คะแนนข้อ", "Score of the item"],
            ["คะแนนของข้อตามที่ประกาศ: 0.00 หรือ 100.00", "As announced: 0.00 or 100.00"],
            Of::Points(|row| row.score.map(Exact::from)),
        ),
        column(
            "points",
            ["คะแนนของข้อในคะแนนรวม", "Points of the total"],
            [
                "ส่วนของคะแนนรวมที่ข้อนี้มีผล ว่างหากเกณฑ์ของปีนั้นยังไม่ยืนยัน",
                "What the item weighs in the total; empty where the rule of the year is unconfirmed",
            ],
            Of::Points(|row| row.points),
        ),
        column(
            "points_inferred",
            ["คะแนนได้จากการเทียบเคียง", "Points inferred"],
            [
                "เกณฑ์ที่ใช้คำนวณ points เทียบเคียงจากปีใกล้เคียง (true) หรือไม่ (false)",
                "Whether the rule behind the points is inferred from years around it",
            ],
            Of::Truth(|row| row.points_inferred),
        ),
    ]
}

/// Of `measures`.
pub(super) fn measures<'a>() -> Vec<Column<MeasureRow<'a>>> {
    vec![
        measures_year(|row| Some(i64::from(row.year.number()))),
        measure_id(|row| Some(&row.measure.id)),
        column(
            "number",
            ["ลำดับ", "Number"],
            ["ลำดับในตารางมาตรการ", "Its place in the table of measures"],
            Of::Whole(|row| Some(row.number)),
        ),
        column(
            "title",
            ["ชื่อมาตรการ", "Title"],
            ["ชื่อย่อของมาตรการ", "Short name of the measure"],
            Of::Text(|row| Some(row.measure.short_title())),
        ),
        column(
            "indicators",
            ["ตัวชี้วัดที่แก้ไข", "Indicators"],
            [
                "เลขตัวชี้วัดที่มาตรการนี้แก้ไข หากมีหลายตัวคั่นด้วยเว้นวรรค",
                "Numbers of the indicators that it answers to; several are separated by a space",
            ],
            Of::Text(|row| Some(&row.indicators)),
        ),
        column(
            "measure",
            ["มาตรการ/แนวทาง", "Measure"],
            ["ข้อละหนึ่งบรรทัด", "One line per entry"],
            Of::Text(|row| Some(&row.items)),
        ),
        column(
            "steps",
            ["วิธีการดำเนินการ", "Steps"],
            ["ข้อละหนึ่งบรรทัด", "One line per entry"],
            Of::Text(|row| Some(&row.steps)),
        ),
        column(
            "responsible",
            ["ผู้รับผิดชอบ", "Responsible"],
            ["หน่วยงานละหนึ่งบรรทัด", "One line per office"],
            Of::Text(|row| Some(&row.responsible)),
        ),
        column(
            "period_start",
            ["วันเริ่มต้น", "First day"],
            ["วันแรกของระยะเวลาดำเนินการ (ค.ศ.)", "First day of the period, Gregorian"],
            Of::Day(|row| row.measure.period.as_ref().map(|period| period.value.first_day())),
        ),
        column(
            "period_end",
            ["วันสิ้นสุด", "Last day"],
            ["วันสุดท้ายของระยะเวลาดำเนินการ (ค.ศ.)", "Last day of the period, Gregorian"],
            Of::Day(|row| row.measure.period.as_ref().map(|period| period.value.last_day())),
        ),
        column(
            "follow_up",
            ["การติดตามผล", "Follow-up"],
            ["วิธีและเวลาติดตามผล", "How and when it is followed up"],
            Of::Text(|row| row.measure.follow_up.as_ref().map(|follow_up| follow_up.text.as_str())),
        ),
        column(
            "state",
            ["สถานะ", "State"],
            [
                "ตามรายงานครั้งล่าสุด: planned ยังไม่ดำเนินการ, ongoing กำลังดำเนินการ, done เสร็จแล้ว, cancelled ยกเลิก ว่างหากยังไม่มีรายงาน",
                "As last reported: planned, ongoing, done or cancelled; empty before the first report",
            ],
            Of::Text(|row| row.measure.state().map(|state| state.code())),
        ),
    ]
}

/// Of `results`.
pub(super) fn results<'a>() -> Vec<Column<ResultRow<'a>>> {
    vec![
        measures_year(|row| Some(i64::from(row.year.number()))),
        measure_id(|row| Some(row.measure_id)),
        column(
            "date",
            ["วันที่รายงาน", "Day of the report"],
            ["วันที่รายงานผล (ค.ศ.)", "Gregorian"],
            Of::Day(|row| Some(row.report.date.value)),
        ),
        column(
            "items",
            ["ข้อของมาตรการ", "Entries of the measure"],
            [
                "ลำดับข้อในมาตรการที่รายงานนี้กล่าวถึง คั่นด้วยเว้นวรรค ว่างหากหมายถึงทุกข้อ",
                "Which entries of the measure it reports on, separated by a space; empty means all",
            ],
            Of::Text(|row| Some(&row.items)),
        ),
        column(
            "text",
            ["ผลการดำเนินการ", "What was done"],
            ["สิ่งที่ได้ดำเนินการ", "In the words of the agency"],
            Of::Text(|row| Some(&row.report.summary)),
        ),
        column(
            "state",
            ["สถานะ", "State"],
            [
                "planned ยังไม่ดำเนินการ, ongoing กำลังดำเนินการ, done เสร็จแล้ว, cancelled ยกเลิก",
                "planned, ongoing, done or cancelled",
            ],
            Of::Text(|row| Some(row.report.state.value.code())),
        ),
        column(
            "evidence",
            ["หลักฐาน", "Evidence"],
            [
                "ที่อยู่ของหลักฐาน หากมีหลายแห่งคั่นด้วยเว้นวรรค",
                "Addresses of the evidence; several are separated by a space",
            ],
            Of::Text(|row| Some(&row.evidence)),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_short_plain_and_unique_and_nothing_is_said_in_one_language_only() {
        fn check<R>(columns: Vec<Column<R>>) {
            let keys = keys().into_iter().map(|column| (column.name, column.title, column.about));
            let all: Vec<_> = keys
                .chain(columns.into_iter().map(|column| (column.name, column.title, column.about)))
                .collect();
            assert_eq!(all.iter().map(|(name, ..)| name).collect::<BTreeSet<_>>().len(), all.len());
            for (name, title, about) in all {
                assert!(
                    name.len() <= 63 && name.bytes().all(|byte| byte == b'_' || byte.is_ascii_lowercase())
                );
                let has_thai = |text: &str| text.contains(|sign: char| ('ก'..='๛').contains(&sign));
                for [th, en] in [title, about] {
                    assert!(
                        (has_thai(th) || th.starts_with("IIT")) && !has_thai(en) && !en.is_empty(),
                        "{name}"
                    );
                }
            }
        }
        check(scores());
        check(instruments());
        check(indicators());
        check(items());
        check(measures());
        check(results());
    }
}

//! What pages say of results over the years: what became of the total, of the rules, and what may not be compared.

use crate::folder::{Folder, Tree, page, sites};

/// The page `/trend/` of an agency with these totals, as text without tags.
fn trend(language: &str, totals: &[(i16, &str)]) -> String {
    let mut site: Tree = sites().remove("minimal").unwrap();
    site.retain(|path, _| !path.starts_with("content/"));
    let settings = String::from_utf8(site["prongsai.yaml"].clone()).unwrap();
    site.insert(
        "prongsai.yaml".to_owned(),
        format!("{settings}language: {language}\nnumerals: arabic\n").into(),
    );
    for (year, total) in totals {
        let scores = format!("fiscal_year: {year}\nannounced:\n  total: {total}\n");
        site.insert(format!("content/{year}/scores.yaml"), scores.into());
    }
    let folder = Folder::of(&site);
    folder.build();
    text(page(&folder.published(), "trend/index.html"))
}

/// A page without tags, and with one space where there are many.
fn text(html: &str) -> String {
    let pieces = html.split('<').map(|piece| piece.split_once('>').map_or("", |(_, text)| text));
    pieces.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn check(totals: &[(i16, &str)], thai: &str, english: &str) {
    for (language, expected) in [("th", thai), ("en", english)] {
        let text = trend(language, totals);
        assert!(text.contains(expected), "{expected}\n{text}");
    }
}

#[test]
fn the_drawing_says_what_became_of_the_total() {
    let check = |then: &'static str, now: &'static str, thai: &str, english: &str| {
        check(&[(2564, then), (2565, now)], thai, english);
    };
    check(
        "69.38",
        "86.00",
        "ปี 2565 ได้ 86.00 คะแนน เพิ่มขึ้น 16.62 จากปี 2564 (69.38)",
        "86.00 points in 2565, 16.62 more than in 2564 (69.38)",
    );
    check(
        "86.00",
        "69.38",
        "ปี 2565 ได้ 69.38 คะแนน ลดลง 16.62 จากปี 2564 (86.00)",
        "69.38 points in 2565, 16.62 less than in 2564 (86.00)",
    );
    check("70.00", "70.00", "ปี 2565 ได้ 70.00 คะแนน เท่ากับปี 2564", "70.00 points in 2565, as in 2564");
}

#[test]
fn years_of_another_model_are_not_compared() {
    let totals = [(2561, "74.50"), (2562, "68.25")];
    check(&totals, "ปี 2562 ได้ 68.25 คะแนน", "68.25 points in 2562");
    check(
        &totals,
        "ปี 2561 ใช้รูปแบบการประเมินอื่น จึงแสดงตามที่ประกาศและไม่นำมาเปรียบเทียบ",
        "2561 was assessed by another model: shown as announced, not compared",
    );
    for language in ["th", "en"] {
        let text = trend(language, &totals);
        assert!(!text.contains("6.25"), "{text}");
    }
}

#[test]
fn what_the_rules_changed_is_said() {
    check(
        &[(2565, "69.38"), (2566, "80.75")],
        "ตั้งแต่ปีงบประมาณ พ.ศ. 2566: ระดับผลการประเมินเปลี่ยนจาก AA, A, B, C, D, E, F เป็น ผ่านดีเยี่ยม, ผ่านดี, ผ่าน, ต้องปรับปรุง, ต้องปรับปรุงโดยด่วน",
        "From fiscal year 2566: the levels are ผ่านดีเยี่ยม, ผ่านดี, ผ่าน, ต้องปรับปรุง, ต้องปรับปรุงโดยด่วน instead of AA, A, B, C, D, E, F",
    );
    let text = trend("th", &[(2564, "69.38"), (2565, "80.75")]);
    assert!(!text.contains("หลักเกณฑ์ที่เปลี่ยนไป"), "{text}");
}

/// Tables of instruments and indicators are for years that say more than a total.
#[test]
fn there_is_no_table_without_a_score() {
    let text = trend("th", &[(2564, "69.38"), (2565, "80.75")]);
    assert!(!text.contains("คะแนนรายแบบวัด"), "{text}");
}

#[test]
fn a_drawing_of_the_latest_years_says_so() {
    let totals: Vec<(i16, &str)> = (2559..=2567).map(|year| (year, "80.00")).collect();
    check(&totals, "แยกตามปีงบประมาณ เฉพาะ 8 ปีล่าสุด", "by fiscal year, the latest 8 years");
    let text = trend("th", &totals[1..]);
    assert!(!text.contains("ปีล่าสุด"), "{text}");
}

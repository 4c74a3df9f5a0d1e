//! The example site at the root of the repository: อบต.ลุมพุก, fiscal year 2565, as its memo has it. What the memo holds is there whole,
//! and nothing besides.

use crate::folder::{Folder, Tree, example, lines, page};
use prongsai::finding::{Finding, Severity};
use std::sync::LazyLock;

/// Built once for all tests.
static PUBLISHED: LazyLock<Tree> = LazyLock::new(|| {
    let folder = Folder::of(&example());
    assert!(folder.build().published.is_some());
    folder.published()
});

/// The words of a page, without its tags.
fn words(path: &str) -> String {
    let mut words = String::new();
    let page = page(&PUBLISHED, path).replace("<no-br>", "").replace("</no-br>", "");
    let mut rest = page.as_str();
    while let Some((text, tag)) = rest.split_once('<') {
        words += text;
        words.push(' ');
        rest = tag.split_once('>').map_or("", |(_, rest)| rest);
    }
    let plain = words.replace("&quot;", "\"").replace("&amp;", "&");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn check(path: &str, texts: &[&str]) {
    let words = words(path);
    for text in texts {
        let wanted = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains(&wanted), "{path} does not hold “{wanted}”:\n{words}");
    }
}

/// The body of a source file, its bindings filled in.
fn source(path: &str) -> Vec<String> {
    let site = example();
    let text = String::from_utf8(site[path].clone()).unwrap();
    let body = text.splitn(3, "---\n").nth(2).unwrap_or(&text);
    let values = [
        ("{{ agency.name }}", "องค์การบริหารส่วนตำบลลุมพุก"),
        ("{{ report.year }}", "๒๕๖๕"),
        ("{{ report.measures_year }}", "๒๕๖๖"),
        ("{{ report.total }}", "๖๙.๓๘"),
        ("{{ report.level }}", "C"),
        ("{{ indicator(5).number }}", "๕"),
        ("{{ indicator(5).name }}", "การแก้ไขปัญหาการทุจริต"),
        ("{{ indicator(8).number }}", "๘"),
        ("{{ indicator(8).name }}", "การปรับปรุงการทำงาน"),
        ("{{ indicator(10).number }}", "๑๐"),
        ("{{ indicator(10).name }}", "การป้องกันการทุจริต"),
        ("{{ instrument(\"OIT\").name }}", "แบบวัดการเปิดเผยข้อมูลสาธารณะ"),
    ];
    let filled = values.iter().fold(body.to_owned(), |text, (name, value)| text.replace(name, value));
    assert!(!filled.contains("{{"), "{path} names something else: {filled}");
    filled
        .lines()
        .map(|line| line.trim_start_matches(['#', ' ']).to_owned())
        .filter(|line| !line.is_empty())
        .collect()
}

#[test]
fn every_finding_is_accepted_or_asks_for_nothing() {
    let findings = Folder::of(&example()).check().findings;
    let (accepted, others): (Vec<&Finding>, Vec<&Finding>) =
        findings.iter().partition(|finding| finding.accepted.is_some());
    let codes = |list: &[&Finding]| list.iter().map(|finding| finding.kind.code).collect::<Vec<_>>();
    let expected = [
        "chain/period-outside-year",
        "chain/follow-up-before-end",
        "text/item-group",
        "disclosure/unanswered-item",
    ];
    assert_eq!(codes(&accepted), expected, "{}", lines(&findings));
    assert_eq!(codes(&others), ["chain/below-threshold", "score/lost-items"], "{}", lines(&findings));
    assert!(findings.iter().all(|finding| finding.severity == Severity::Note), "{}", lines(&findings));
}

/// The memo's agency lost both items of 10.2 (O42 and O43), which is what indicator 10 = 18.75 says.
#[test]
fn the_program_says_which_items_were_lost() {
    let findings = Folder::of(&example()).check().findings;
    let lost = findings.iter().find(|finding| finding.kind.code == "score/lost-items").unwrap();
    let expected = "10.1 เสีย 5 จาก 8 ข้อ (ข้อละ 1.25 คะแนน); 10.2 เสีย 2 จาก 2 ข้อ คือ O42 O43 (ข้อละ 5.00 คะแนน)";
    assert!(lost.message.th.ends_with(expected), "{}", lost.message.th);
}

#[test]
fn the_result_table_has_every_score() {
    check("2565/index.html", &["คะแนนรวม", "๖๙.๓๘", "C"]);
    let indicators = [
        ("๑", "การปฏิบัติหน้าที่", "๘๖.๙๒"),
        ("๒", "การใช้งบประมาณ", "๘๓.๔๐"),
        ("๓", "การใช้อำนาจ", "๘๔.๑๕"),
        ("๔", "การใช้ทรัพย์สินของราชการ", "๘๒.๖๘"),
        ("๕", "การแก้ไขปัญหาการทุจริต", "๘๑.๔๐"),
        ("๖", "คุณภาพการดำเนินงาน", "๘๕.๙๒"),
        ("๗", "ประสิทธิภาพการสื่อสาร", "๘๑.๕๑"),
        ("๘", "การปรับปรุงการทำงาน", "๗๙.๘๐"),
        ("๙", "การเปิดเผยข้อมูล", "๗๘.๙๘"),
        ("๑๐", "การป้องกันการทุจริต", "๑๘.๗๕"),
    ];
    let words = words("2565/index.html");
    let (_, table) = words.split_once("ผลคะแนนรายตัวชี้วัด").unwrap();
    let mut rest = table;
    for (number, name, score) in indicators {
        for text in [format!(" {number} {name}"), format!(" {score}")] {
            let (_, after) = rest.split_once(&text).unwrap_or_else(|| panic!("no “{text}” in “{rest}”"));
            rest = after;
        }
    }
}

#[test]
fn the_working_can_be_followed() {
    check("2565/index.html", &["๘๓.๗๑", "๘๒.๔๑", "๔๘.๘๗", "๔๘.๘๖๕", "๖๙.๓๘๒"]);
}

#[test]
fn analyses_and_improvements_are_whole() {
    for file in ["iit", "eit", "oit"] {
        let texts = source(&format!("content/2565/{file}.md"));
        // Two headings and what stands under them.
        assert_eq!(texts.len(), 4, "{texts:?}");
        check("2565/index.html", &texts.iter().map(String::as_str).collect::<Vec<_>>());
    }
}

#[test]
fn the_measures_table_has_its_five_columns_and_every_item() {
    let path = "2565/measures/index.html";
    check(path, &["มาตรการ/แนวทาง", "วิธีการดำเนินการ", "ผู้รับผิดชอบ", "ระยะเวลาดำเนินการ", "การติดตามผล"]);
    let html = page(&PUBLISHED, path);
    let body = html.split_once("<tbody>").unwrap().1.split_once("</tbody>").unwrap().0;
    let list = |cell: &str| cell.split_once("</ol>").unwrap().0.matches("<li>").count();
    let row = |row: &str| {
        let (measure, rest) = row.split_once("<td").unwrap();
        (list(measure), list(rest))
    };
    let counts: Vec<(usize, usize)> = body.split("<tr ").skip(1).map(row).collect();
    assert_eq!(counts, [(2, 3), (2, 3), (5, 6)]);
    check(path, &["ม.ค. ๖๖ – มี.ค. ๖๖", "ต.ค. ๖๕ – มี.ค. ๖๖", "ก.ย. ๖๕ – มี.ค. ๖๖", "ทุกกอง/สำนัก", "สำนักปลัด"]);
    let texts = source("content/2565/measures.yaml");
    let numbered = texts.iter().filter_map(|line| {
        line.trim_start().split_once(". ").filter(|(number, _)| "๑๒๓๔๕๖".contains(number))
    });
    let items: Vec<&str> = numbered.map(|(_, item)| item).collect();
    assert_eq!(items.len(), 2 + 2 + 5 + 3 + 3 + 6);
    check(path, &items);
    let follow_ups: Vec<&str> =
        texts.iter().filter_map(|line| line.trim_start().strip_prefix("follow_up: ")).collect();
    assert_eq!(follow_ups.len(), 3);
    check(path, &follow_ups);
    check(path, &["ตามบันทึกข้อความต้นฉบับ"]);
    check(
        path,
        &["จากการประชุมองค์การบริหารส่วนตำบลลุมพุก เมื่อวันที่ ๒๑ กันยายน ๒๕๖๕ คณะผู้บริหารและเจ้าหน้าที่ได้ร่วมกันพิจารณา"],
    );
}

#[test]
fn the_memo_names_its_four_officials_and_says_every_word() {
    let path = "2565/memo/index.html";
    check(path, &["บันทึกข้อความ", "บร ๗๖๑๐๑/๖๕๖", "๒๗ กันยายน ๒๕๖๕", "โทร ๐๔๔-๖๓๔๗๘๐"]);
    check(path, &["(นางสาวสกุลรัตน์ นุชผักแว่น) นักจัดการงานทั่วไปชำนาญการ"]);
    check(path, &["ความเห็นของหัวหน้าสำนักปลัด (นางเนตรเฉลา วิเศษรัมย์) หัวหน้าสำนักปลัด"]);
    check(path, &["ความเห็นของปลัด อบต. (นางเบญจมาภรณ์ วรรณโกษิตย์) ปลัดองค์การบริหารส่วนตำบลลุมพุก"]);
    check(path, &["ข้อพิจารณา/ข้อสั่งการ (นายทรงวุฒิ ปะทิรัมย์) นายกองค์การบริหารส่วนตำบลลุมพุก"]);
    let texts = source("content/2565/memo.md");
    assert_eq!(texts.len(), 3);
    check(path, &texts.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn the_round_answers_its_one_item_of_forty_three() {
    let html = page(&PUBLISHED, "2566/oit/index.html");
    let items = (1..=43).filter(|number| html.contains(&format!("id=\"o{number}\""))).count();
    assert_eq!(items, 43);
    assert!(!html.contains("id=\"o44\""));
    let row = html.split_once("id=\"o42\"").unwrap().1.split_once("<tr").unwrap().0;
    assert!(row.contains("../../2565/index.html") && row.contains("../../2565/measures/index.html"), "{row}");
    check("2566/oit/index.html", &["เปิดเผยแล้ว ๑ จาก ๔๓ ข้อ"]);
}

/// The memo ends before the measures ran: it has no results, no other answers, no other years.
#[test]
fn nothing_is_invented() {
    let pages: Vec<&str> =
        PUBLISHED.keys().map(String::as_str).filter(|path| path.ends_with(".html")).collect();
    let expected = [
        "2565/index.html",
        "2565/measures/index.html",
        "2565/memo/index.html",
        "2566/oit/index.html",
        "2566/oit/itas/index.html",
        "404.html",
        "about/index.html",
        "card/index.html",
        "index.html",
        "search/index.html",
    ];
    assert_eq!(pages, expected);
}

#[test]
fn the_front_page_leads_to_everything() {
    check("index.html", &["ผลการประเมินล่าสุด ปีงบประมาณ พ.ศ. ๒๕๖๕", "๖๙.๓๘", "(เปิดเผยแล้ว ๑ จาก ๔๓ ข้อ)"]);
    for href in ["2565/index.html", "2565/measures/index.html", "2566/oit/index.html"] {
        assert!(page(&PUBLISHED, "index.html").contains(&format!("href=\"{href}\"")), "no link to {href}");
    }
}

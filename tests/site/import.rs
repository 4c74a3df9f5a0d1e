//! Scores from spreadsheets: whole tables through the binary, what is written, what is refused and where, and that the program reads what it
//! writes itself. The spreadsheets are made here.

use crate::disk::run;
use crate::folder::{Folder, Tree, rich_portal, sites};
use prongsai::archive::{Archive, Moment, USUAL};
use prongsai::finding::catalog;
use prongsai::import::{self, Import, Request};
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};
use std::collections::BTreeSet;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// The agencies of the portal among the test sites, and one file of it.
const LARGE: &str = "ban-tua-yang";
const TOWN: &str = "thesaban-tua-yang";
const SCORES: &str = "content/ban-tua-yang/2565/scores.yaml";

fn site(name: &str) -> Folder {
    Folder::of(&sites()[name])
}

/// Fills a sheet: what looks like a number is one.
fn fill(sheet: &mut Worksheet, rows: &[&[&str]]) {
    for (row, cells) in (0..).zip(rows) {
        for (column, text) in (0..).zip(*cells).filter(|(_, text)| !text.is_empty()) {
            match text.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number).unwrap(),
                Err(_) => sheet.write_string(row, column, *text).unwrap(),
            };
        }
    }
}

/// A workbook with one sheet.
fn xlsx(rows: &[&[&str]], more: impl Fn(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("ผลคะแนน").unwrap();
    fill(sheet, rows);
    more(sheet);
    workbook.save_to_buffer().unwrap()
}

/// A spreadsheet of LibreOffice from what stands between the tags of its sheet.
fn ods(sheet: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
         <office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">\
         <office:body><office:spreadsheet><table:table table:name=\"ผลคะแนน\">{sheet}</table:table>\
         </office:spreadsheet></office:body></office:document-content>"
    );
    let manifest =
        "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
    let mut archive = Archive::begin(Cursor::new(Vec::new()), USUAL);
    let parts = [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", &content),
    ];
    for (path, text) in parts {
        archive.add(path, Moment::FIRST, text.len() as u64, &mut text.as_bytes()).unwrap();
    }
    archive.end().unwrap().into_inner()
}

/// A workbook as a program leaves it that cannot calculate.
fn without_values_of_formulas(book: &[u8]) -> Vec<u8> {
    const SHEET: &str = "xl/worksheets/sheet1.xml";
    let mut parts = ZipArchive::new(Cursor::new(book)).unwrap();
    let mut archive = Archive::begin(Cursor::new(Vec::new()), USUAL);
    for at in 0..parts.len() {
        let mut part = parts.by_index(at).unwrap();
        let (path, mut text) = (part.name().unwrap().to_string(), String::new());
        part.read_to_string(&mut text).unwrap();
        if path == SHEET {
            let (before, value) = text.split_once("</f><v>").unwrap();
            text = format!("{before}</f><v>{}", &value[value.find("</v>").unwrap()..]);
        }
        archive.add(&path, Moment::FIRST, text.len() as u64, &mut text.as_bytes()).unwrap();
    }
    archive.end().unwrap().into_inner()
}

/// A row of such a sheet.
fn ods_row(cells: &[&str]) -> String {
    let cell = |text: &&str| match text.parse::<f64>() {
        Ok(_) => format!("<table:table-cell office:value-type=\"float\" office:value=\"{text}\"/>"),
        Err(_) if text.is_empty() => "<table:table-cell/>".to_owned(),
        Err(_) => format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        ),
    };
    format!("<table:table-row>{}</table:table-row>", cells.iter().map(cell).collect::<String>())
}

fn plan(folder: &Folder, name: &str) -> Import {
    let file = folder.root().join(name);
    let request = Request { root: folder.root(), file: &file, name, year: None, overwrites: false };
    import::plan(&request).unwrap()
}

/// `code cell` of everything that is found.
fn found(import: &Import) -> Vec<String> {
    let findings = import.findings.iter();
    findings.map(|one| format!("{} {}", one.kind.code, one.location.route)).collect()
}

/// The sources without the table.
fn without(folder: &Folder, table: &str) -> Tree {
    let mut sources = folder.sources();
    sources.remove(table);
    sources
}

fn text(folder: &Folder, path: &str) -> String {
    String::from_utf8(folder.sources()[path].clone()).unwrap()
}

const HEADINGS: &[&str] = &["รหัสหน่วยงาน", "ชื่อหน่วยงาน", "ปีงบประมาณ", "คะแนนรวม", "ระดับ", "วันที่ประกาศ"];

#[test]
fn files_are_made_and_filled_in_and_nothing_else_changes() {
    let folder = site("portal");
    let before = "# ผลคะแนน\r\nfiscal_year: ๒๕๖๔\r\n\r\nannounced:\r\n  level:    # ระดับ\r\n  # รวม\r\n  total: 'ไม่ใช่'\r\n";
    let before = before.replace("'ไม่ใช่'", "๗๐.๐๐");
    folder.write("content/ban-tua-yang/2564/scores.yaml", &before);
    let rows: &[&[&str]] = &[
        HEADINGS,
        &[LARGE, "", "๒๕๖๔", "70", "C", "๑ ส.ค. ๒๕๖๔"],
        &["", "เทศบาลตำบลตัวอย่าง", "2021", "๙๕,๕", "AA", "-"],
        &["tua-yang-nuea", "", "2564", "", "", ""],
    ];
    folder.write("t.xlsx", xlsx(rows, |_| ()));
    let unchanged = without(&folder, "t.xlsx");
    let (code, said) = run(folder.root(), &["import", "t.xlsx", "--dry-run"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("+   total: 95.50 จาก ผลคะแนน!D3"), "{said}");
    assert!(said.contains("    5 -   level:    # ระดับ\n      +   level: C  # ระดับ\n"), "{said}");
    assert!(said.contains("    8 +   date: ๑ ส.ค. ๒๕๖๔ จาก ผลคะแนน!F2"), "{said}");
    assert!(said.ends_with("จะสร้าง 1 ไฟล์ แก้ไข 1 ไฟล์ คงเดิม 0 ไฟล์ ขณะนี้ยังไม่ได้เขียนไฟล์ใด\n"), "{said}");
    assert_eq!(without(&folder, "t.xlsx"), unchanged);
    let (code, said) = run(folder.root(), &["import", "t.xlsx"]);
    assert_eq!((code, said.as_str()), (0, "อ่าน 2 แถวของ 2 หน่วยงาน สร้าง 1 ไฟล์ แก้ไข 1 ไฟล์ คงเดิม 0 ไฟล์\n"));
    let after = before.replace("level:    # ระดับ", "level: C  # ระดับ");
    let after = after.replace("  total: ๗๐.๐๐\r\n", "  total: ๗๐.๐๐\r\n  date: ๑ ส.ค. ๒๕๖๔\r\n");
    assert_eq!(text(&folder, "content/ban-tua-yang/2564/scores.yaml"), after);
    let made = text(&folder, "content/thesaban-tua-yang/2564/scores.yaml");
    assert!(made.contains("\n  total: 95.50\n") && made.contains("\n  level: AA\n"), "{made}");
    assert!(made.contains("\n  1:          # การปฏิบัติหน้าที่\n"), "what is not known stays open: {made}");
    assert!(!folder.sources().contains_key("content/tua-yang-nuea/2564/scores.yaml"));
    let (code, said) = run(folder.root(), &["--lang", "en", "import", "t.xlsx"]);
    assert_eq!(
        (code, said.as_str()),
        (0, "read 2 rows of 2 agencies: made 0 files, changed 0, left 2 as they were\n")
    );
    assert!(!folder.check().findings.has_errors());
}

#[test]
fn every_form_of_table_says_the_same() {
    let rows: &[&[&str]] = &[
        &["ผลการประเมิน ITA ประจำปี 2564"],
        &[],
        &["ตัวชี้วัดที่ 10", "ปี พ.ศ.", "คะแนนรวม", "1", "การใช้งบประมาณ"],
        &["18.75", "2564", "69.38", "86.92", "0"],
    ];
    let csv = |separator: &str| {
        let lines = rows.iter().map(|row| row.join(separator) + "\r\n");
        lines.collect::<String>()
    };
    let windows: Vec<u8> = csv(";")
        .chars()
        .map(|c| u8::try_from(if c.is_ascii() { c as u32 } else { c as u32 - 0xe00 + 0xa0 }).unwrap())
        .collect();
    let unicode: Vec<u8> =
        format!("\u{feff}{}", csv("\t")).encode_utf16().flat_map(u16::to_le_bytes).collect();
    let forms: [(&str, Vec<u8>); 6] = [
        ("t.xlsx", xlsx(rows, |_| ())),
        ("t.ods", ods(&rows.iter().map(|row| ods_row(row)).collect::<String>())),
        ("t.csv", csv(",").into_bytes()),
        ("tab.csv", format!("\u{feff}{}", csv("\t")).into_bytes()),
        ("windows.csv", windows),
        // The name of a file decides nothing.
        ("unicode.xlsx", unicode),
    ];
    for (name, bytes) in forms {
        let folder = site("minimal");
        folder.write(name, bytes);
        let (code, said) = run(folder.root(), &["import", name]);
        assert_eq!(code, 0, "{name}: {said}");
        let made = text(&folder, "content/2564/scores.yaml");
        for line in [
            "  total: 69.38",
            "  1: 86.92    # การปฏิบัติหน้าที่",
            "  2: 0.00     # การใช้งบประมาณ",
            "  10: 18.75   # การป้องกันการทุจริต",
        ] {
            assert!(made.lines().any(|other| other == line), "{name}: no {line} in\n{made}");
        }
        assert!(made.contains("\n  3:          #"), "{name}: what is missing is not zero");
    }
}

/// The mistakes of a file that a table says nothing new about are no reason to refuse the rest of the table; an acceptance in a file holds for
/// the table too.
#[test]
fn files_are_judged_where_they_change() {
    let folder = site("portal");
    let wrong = "fiscal_year: 2564\nannounced: { total: 70, level: A }\n";
    folder.write("content/ban-tua-yang/2564/scores.yaml", wrong);
    let rows = "id,ปี,รวม,ระดับ,วันที่ประกาศ\nban-tua-yang,2564,70,A,\nthesaban-tua-yang,2564,70,C,\n";
    folder.write("t.csv", rows);
    let import = plan(&folder, "t.csv");
    assert_eq!((found(&import).len(), import.new.len(), import.unchanged), (0, 1, 1));
    let rows = rows.replace("70,A,", "70,A,1/8/2564");
    folder.write("t.csv", &rows);
    assert_eq!(found(&plan(&folder, "t.csv")), ["score/level-mismatch D2"]);
    let accepted = format!("{wrong}accept:\n  - {{ code: score/level-mismatch, reason: ตามประกาศ }}\n");
    folder.write("content/ban-tua-yang/2564/scores.yaml", accepted);
    let import = plan(&folder, "t.csv");
    assert!(!import.findings.has_errors(), "{:?}", import.findings);
    assert_eq!(import.files(), 2);
}

#[test]
fn a_table_without_years_takes_the_one_that_is_told() {
    let folder = site("minimal");
    folder.write("t.csv", "คะแนนรวม,หน่วยงาน\n70.25,อบต.ตัวอย่าง\n");
    let settings = text(&folder, "prongsai.yaml");
    let short_name =
        settings.lines().find_map(|line| line.trim().strip_prefix("short_name: ")).unwrap().to_owned();
    folder.write("t.csv", format!("คะแนนรวม,หน่วยงาน\n70.25,{short_name}\n"));
    assert_eq!(found(&plan(&folder, "t.csv")), ["import/year A2"]);
    let (code, said) = run(folder.root(), &["import", "t.csv", "--year", "๒๕๖๓"]);
    assert_eq!(code, 0, "{said}");
    assert!(text(&folder, "content/2563/scores.yaml").contains("  total: 70.25\n"));
}

/// A year of one agency that cannot be made takes the others with it.
#[test]
fn where_the_disk_refuses_one_file_none_is_written() {
    let folder = site("portal");
    folder.write("content/thesaban-tua-yang/2564", "a file where a folder belongs");
    let rows = "id,ปี,รวม\nban-tua-yang,2564,70\nthesaban-tua-yang,2564,70\nban-tua-yang,2565,73.07\n";
    folder.write("t.csv", rows);
    let before = folder.sources();
    let (code, said) = run(folder.root(), &["import", "t.csv"]);
    assert_eq!(code, 3, "{said}");
    assert_eq!(folder.sources(), before);
}

#[test]
fn an_agency_of_its_own_takes_nobody_elses_scores() {
    let folder = site("minimal");
    folder.write("t.csv", "id,ปี,รวม\nban-tua-yang,ปีงบประมาณ 2564,70\n");
    assert_eq!(found(&plan(&folder, "t.csv")), ["import/unknown-agency A2"]);
    folder.write("t.csv", "ปี,รวม\nปีงบประมาณ 2564,70\n");
    let import = plan(&folder, "t.csv");
    assert_eq!((found(&import).len(), import.new.len()), (0, 1));
}

#[test]
fn nothing_is_overwritten_unasked() {
    let folder = site("portal");
    folder.write("t.csv", "agency_id,fiscal_year,announced_on,level\nban-tua-yang,2565,2022-08-02,C\n");
    let before = without(&folder, "t.csv");
    let (code, said) = run(folder.root(), &["import", "t.csv"]);
    assert_eq!(code, 1, "{said}");
    assert!(
        said.contains("C2 ๒ ส.ค. ๒๕๖๕ แต่ใน content/ban-tua-yang/2565/scores.yaml:3 มี ๑ ส.ค. ๒๕๖๕ อยู่แล้ว"),
        "{said}"
    );
    assert!(said.ends_with("อ่าน 1 แถวของ 1 หน่วยงาน ไม่ได้เขียนไฟล์ใด เพราะมีสิ่งที่ต้องแก้ก่อน\n"), "{said}");
    assert_eq!(without(&folder, "t.csv"), before);
    let (code, said) = run(folder.root(), &["import", "t.csv", "--overwrite"]);
    assert_eq!(code, 0, "{said}");
    let after = String::from_utf8(before[SCORES].clone()).unwrap().replace("๑ สิงหาคม ๒๕๖๕", "๒ ส.ค. ๒๕๖๕");
    assert_eq!(text(&folder, SCORES), after);
}

/// What is wrong with a table of the portal: the codes with their cells. Nothing is written where any is an error.
#[track_caller]
fn check(bytes: impl AsRef<[u8]>, expected: &[&str]) -> BTreeSet<String> {
    let folder = site("portal");
    folder.write("t", bytes);
    let before = without(&folder, "t");
    let import = plan(&folder, "t");
    assert_eq!(found(&import), expected);
    for finding in import.findings.iter() {
        assert_eq!(finding.location.file, "t", "{finding:?}");
    }
    let (code, said) = run(folder.root(), &["import", "t", "--format", "json"]);
    assert_eq!(code, i32::from(import.findings.has_errors()), "{said}");
    if code == 1 {
        assert_eq!(without(&folder, "t"), before, "{expected:?}");
    }
    import.findings.iter().map(|finding| finding.kind.code.to_owned()).collect()
}

#[test]
fn every_slip_is_told_with_its_cell() {
    let usual: &[&str] = &["agency_id", "ปีงบประมาณ", "คะแนนรวม", "ระดับ"];
    let row: &[&str] = &[LARGE, "2564", "70.25", "C"];
    let plain = |rows: &[&[&str]]| xlsx(rows, |_| ());
    let nothing = |_: &mut Worksheet| ();
    let mut met = BTreeSet::new();
    // Files that are no tables.
    met.extend(check("", &["import/unreadable-file "]));
    met.extend(check(b"MZ\x90\0\x03\0\0\0", &["import/unreadable-file "]));
    let compound = |part: &str| {
        let part = part.encode_utf16().flat_map(u16::to_le_bytes);
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1].into_iter().chain(part).collect::<Vec<u8>>()
    };
    for part in ["EncryptedPackage", "WordDocument", "Workbook"] {
        met.extend(check(compound(part), &["import/unreadable-file "]));
    }
    met.extend(check(&plain(&[usual, row])[..900], &["import/unreadable-file "]));
    met.extend(check(plain(&[]), &["import/unreadable-file "]));
    met.extend(check("ก,ข\n1,2\n", &["import/no-heading "]));
    met.extend(check(plain(&[&["ก", "ข"], &["1", "2"]]), &["import/no-heading "]));
    // Columns.
    let unknown: &[&str] = &["agency_id", "ปีงบประมาณ", "คะแนนลวม", "ระดับ"];
    met.extend(check(plain(&[unknown, row]), &["import/unknown-column ผลคะแนน!C1"]));
    let nameless: &[&str] = &["agency_id", "ปีงบประมาณ", "คะแนนรวม"];
    met.extend(check(plain(&[nameless, row]), &["import/unknown-column ผลคะแนน!D1"]));
    let twice: &[&str] = &["agency_id", "ปีงบประมาณ", "คะแนนรวม", "total"];
    met.extend(check(plain(&[twice, &[LARGE, "2564", "70", "70"]]), &["import/repeated-column ผลคะแนน!D1"]));
    // What is joined or out of sight.
    let merged = |sheet: &mut Worksheet| {
        sheet.merge_range(1, 1, 2, 1, "2564", &Format::new()).unwrap();
    };
    let other: &[&str] = &[TOWN, "", "70", ""];
    met.extend(check(
        xlsx(&[usual, row, other], merged),
        &["import/merged-cells ผลคะแนน!B2", "import/year ผลคะแนน!A3"],
    ));
    let hidden_row = |sheet: &mut Worksheet| {
        sheet.set_row_hidden(2).unwrap();
    };
    met.extend(check(xlsx(&[usual, row, other], hidden_row), &["import/hidden ผลคะแนน!A3"]));
    let hidden_column = |sheet: &mut Worksheet| {
        sheet.set_column_hidden(3).unwrap();
    };
    met.extend(check(xlsx(&[usual, row], hidden_column), &["import/hidden ผลคะแนน!D1"]));
    let mut book = Workbook::new();
    fill(book.add_worksheet(), &[usual, row]);
    fill(book.add_worksheet().set_name("เดิม").unwrap().set_hidden(true), &[usual, other]);
    met.extend(check(book.save_to_buffer().unwrap(), &["import/hidden เดิม!A1"]));
    // Cells.
    let failing = |sheet: &mut Worksheet| {
        sheet.write_formula(1, 2, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    };
    met.extend(check(xlsx(&[usual, &[LARGE, "2564", "", "C"]], failing), &["import/error-cell ผลคะแนน!C2"]));
    let calculated = |sheet: &mut Worksheet| {
        sheet.write_formula(1, 2, Formula::new("=SUM(70)").set_result("70")).unwrap();
    };
    let sum = xlsx(&[usual, &[LARGE, "2564", "", "C"]], calculated);
    met.extend(check(without_values_of_formulas(&sum), &["import/uncalculated ผลคะแนน!C2"]));
    let share = |sheet: &mut Worksheet| {
        sheet.write_number_with_format(1, 2, 0.8692, &Format::new().set_num_format("0.00%")).unwrap();
    };
    met.extend(check(xlsx(&[usual, row], share), &["import/per-cent ผลคะแนน!C2"]));
    check(xlsx(&[usual, &[LARGE, "2564", "70.255", "C"]], nothing), &["score/unreadable ผลคะแนน!C2"]);
    check(xlsx(&[usual, &[LARGE, "2564", "170", "C"]], nothing), &["score/out-of-range ผลคะแนน!C2"]);
    check("agency_id,ปี,total,วันที่ประกาศ\nban-tua-yang,2564,70,31/2/2564\n", &["files/bad-date D2"]);
    // Whose row it is.
    let stranger: &[&str] = &["ban-tua-yan", "2564", "70", "C"];
    met.extend(check(plain(&[usual, stranger]), &["import/unknown-agency ผลคะแนน!A2"]));
    check(plain(&[usual, &["", "2564", "70", "C"]]), &["import/unknown-agency ผลคะแนน!A2"]);
    check("หน่วยงาน,ปี,รวม\nอบต.ไม่มี,2564,70\n", &["import/unknown-agency A2"]);
    met.extend(check("id,หน่วยงาน,ปี,รวม\nban-tua-yang,เทศบาลตำบลตัวอย่าง,2564,70\n", &["import/other-name B2"]));
    // Which year.
    for year in ["65", "3107", "ปีที่แล้ว", ""] {
        let cell = if year.is_empty() { "import/year A2" } else { "import/year B2" };
        met.extend(check(format!("id,ปี,รวม\nban-tua-yang,{year},70\n"), &[cell]));
    }
    check("id,ปี,รวม\nban-tua-yang,2656,70\n", &["import/year B2"]);
    met.extend(check(plain(&[usual, row, row]), &["import/repeated-row ผลคะแนน!B3"]));
    let long = "agency_id,fiscal_year,indicator,score\nban-tua-yang,2564,1,80\nban-tua-yang,2564,1,81\n";
    check(long, &["import/repeated-row D3"]);
    check("agency_id,fiscal_year,indicator,score\nban-tua-yang,2564,x,80\n", &["score/unknown-indicator C2"]);
    // What the files say, and what the rules of the year say.
    met.extend(check("id,ปี,รวม\nban-tua-yang,2565,70\n", &["import/differs C2"]));
    check("id,ปี,รวม,ระดับ\nban-tua-yang,2564,70,ผ่าน\n", &["score/level-scheme D2"]);
    check("id,ปี,รวม,ระดับ\nban-tua-yang,2564,70,A\n", &["score/level-mismatch D2"]);
    check("id,ปี,รวม,วันที่ประกาศ\nban-tua-yang,2564,70,1/8/2565\n", &["score/announced-outside-year D2"]);
    let indicators = (1..=10).map(|number| number.to_string()).collect::<Vec<_>>().join(",");
    let wrong_total =
        format!("id,ปี,รวม,{indicators}\nban-tua-yang,2564,50{}\n", ",80".repeat(8) + ",100,100");
    check(wrong_total, &["score/total-mismatch C2"]);
    check("id,ปี,ตัวชี้วัดที่ 11\nban-tua-yang,2564,70\n", &["score/unknown-indicator C2"]);
    met.extend(unwritable());
    met.extend(too_many());
    let kinds: BTreeSet<String> = catalog::import::KINDS.iter().map(|kind| kind.code.to_owned()).collect();
    assert_eq!(met, kinds, "every kind of this area is met here");
}

/// A file of one line, where no line can be added.
fn unwritable() -> BTreeSet<String> {
    let folder = site("portal");
    folder.write(SCORES, "{ fiscal_year: 2565, announced: { total: 73.07 } }\n");
    folder.write("t.csv", "id,ปี,ตัวชี้วัดที่ 1\nban-tua-yang,2565,84.20\n");
    let import = plan(&folder, "t.csv");
    assert_eq!(found(&import), ["import/unwritable C2"]);
    import.findings.iter().map(|finding| finding.kind.code.to_owned()).collect()
}

/// More rows than a sheet may have, and more slips than anybody looks at.
fn too_many() -> BTreeSet<String> {
    let mut text = "id,ปี,รวม\n".to_owned();
    text += &"ไม่มี,2564,70\n".repeat(100_000);
    let met = check(&text, &["import/too-many "]);
    let folder = site("portal");
    folder.write("t.csv", "id,ปี,รวม\n".to_owned() + &"none,2564,70\n".repeat(90_000));
    let found = found(&plan(&folder, "t.csv"));
    assert_eq!(
        (found.len(), found.iter().filter(|one| one.starts_with("import/too-many")).count()),
        (1_002, 1)
    );
    met
}

#[test]
fn a_spreadsheet_of_libreoffice_hides_and_joins_as_well() {
    let head = ods_row(&["agency_id", "ปี", "รวม"]);
    let row = ods_row(&[LARGE, "2564", "70"]);
    let other = ods_row(&[TOWN, "2564", "70"]);
    let cell = |attributes: &str| {
        format!(
            "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>{LARGE}</text:p></table:table-cell>\
             <table:table-cell office:value-type=\"float\" office:value=\"2564\"/><table:table-cell {attributes}/></table:table-row>"
        )
    };
    check(ods(&format!("{head}{row}")), &[]);
    let filtered = other.replace("<table:table-row>", "<table:table-row table:visibility=\"filter\">");
    check(ods(&format!("{head}{row}{filtered}")), &["import/hidden ผลคะแนน!A3"]);
    let columns = "<table:table-column table:number-columns-repeated=\"2\"/><table:table-column table:visibility=\"collapse\"/>";
    check(ods(&format!("{columns}{head}{row}")), &["import/hidden ผลคะแนน!C1"]);
    let share = cell("office:value-type=\"percentage\" office:value=\"0.8692\"");
    check(ods(&format!("{head}{share}")), &["import/per-cent ผลคะแนน!C2"]);
    let joined = cell("office:value-type=\"float\" office:value=\"70\" table:number-rows-spanned=\"2\"");
    check(ods(&format!("{head}{joined}")), &["import/merged-cells ผลคะแนน!C2"]);
    let day = cell("office:value-type=\"date\" office:date-value=\"2564-08-01\"");
    check(ods(&format!("{}{day}", ods_row(&["agency_id", "ปี", "วันที่ประกาศ"]))), &[]);
    let failing = cell("office:value-type=\"string\" office:string-value=\"#REF!\"");
    check(ods(&format!("{head}{failing}")), &["import/error-cell ผลคะแนน!C2"]);
    let million =
        row.replace("<table:table-row>", "<table:table-row table:number-rows-repeated=\"1000000\">");
    check(ods(&format!("{head}{million}")), &["import/too-many "]);
}

#[test]
fn a_template_that_nobody_filled_in_changes_nothing() {
    for (name, tree) in sites().into_iter().chain([("rich".to_owned(), rich_portal())]) {
        for (file, language) in [("t.xlsx", "th"), ("t.csv", "th"), ("t.xlsx", "en"), ("t.csv", "en")] {
            let folder = Folder::of(&tree);
            let settings = text(&folder, "prongsai.yaml");
            let others = settings.lines().filter(|line| !line.starts_with("language:"));
            folder.write(
                "prongsai.yaml",
                others.map(|line| format!("{line}\n")).collect::<String>()
                    + &format!("language: {language}\n"),
            );
            let before = folder.sources();
            let (code, said) = run(folder.root(), &["import", "--template", file, "--year", "2565"]);
            assert_eq!(code, 0, "{name}: {said}");
            let import = plan(&folder, file);
            assert_eq!(found(&import), [""; 0], "{name} {file} {language}");
            assert_eq!((import.files(), import.unchanged > 0), (0, true), "{name} {file} {language}");
            let (code, said) = run(folder.root(), &["import", "--template", file]);
            assert_eq!(code, 2, "{said}");
            assert_eq!(without(&folder, file), before, "{name}");
            let (code, said) =
                run(folder.root(), &["import", "--template", file, "--overwrite", "--year", "2566"]);
            assert_eq!(code, 0, "{said}");
        }
    }
}

/// The table of all figures of an agency, by its path below the output.
fn announced(published: &Tree, folder: &str) -> Vec<Vec<String>> {
    let mut all = Vec::new();
    for (table, columns) in [
        ("scores", &["fiscal_year", "total_announced", "level", "announced_on", "assessor"][..]),
        ("indicators", &["fiscal_year", "indicator", "score"]),
        ("instruments", &["fiscal_year", "instrument", "score_announced", "points_announced"]),
    ] {
        let bytes = &published[&format!("{folder}{table}.csv")];
        let mut reader = csv::Reader::from_reader(bytes.strip_prefix("\u{feff}".as_bytes()).unwrap());
        let head = reader.headers().unwrap().clone();
        for record in reader.records().map(Result::unwrap) {
            let cell =
                |name: &&str| head.iter().zip(&record).find(|(head, _)| head == name).unwrap().1.to_owned();
            all.push([vec![table.to_owned()], columns.iter().map(cell).collect()].concat());
        }
    }
    all
}

#[test]
fn what_is_published_can_be_imported_again() {
    let mut count = 0;
    for (name, tree) in sites().into_iter().chain([("rich".to_owned(), rich_portal())]) {
        let folder = Folder::of(&tree);
        assert!(folder.build().published.is_some());
        let published = folder.published();
        let data: Vec<String> =
            published.keys().filter_map(|path| path.strip_suffix("report.xlsx")).map(str::to_owned).collect();
        for tables in &data {
            for table in ["report.xlsx", "scores.csv", "indicators.csv", "instruments.csv", "items.csv"] {
                let table = format!("public/{tables}{table}");
                let import = plan(&folder, &table);
                let errors: Vec<String> = found(&import)
                    .into_iter()
                    .filter(|one| !one.starts_with("score/total-rounding"))
                    .collect();
                let is_bare = errors == ["import/no-heading "] || errors.is_empty();
                assert!(is_bare && import.files() == 0, "{name} {table}: {errors:?} {:?}", import.changed);
                count += import.unchanged;
            }
        }
        let mut bare = tree.clone();
        bare.retain(|path, _| !path.ends_with("/scores.yaml"));
        let again = Folder::of(&bare);
        for tables in &data {
            again.write("report.xlsx", &published[&format!("{tables}report.xlsx")]);
            let (code, said) = run(again.root(), &["import", "report.xlsx"]);
            assert_eq!(code, 0, "{name} {tables}: {said}");
        }
        again.build();
        let anew = again.published();
        for tables in &data {
            assert_eq!(announced(&anew, tables), announced(&published, tables), "{name} {tables}");
        }
    }
    assert!(count > 20, "only {count} files were compared");
}

#[test]
fn measures_are_passed_over_and_said_so() {
    let folder = site("full");
    folder.build();
    let (code, said) = run(folder.root(), &["import", "public/data/report.xlsx"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("ไม่ได้อ่านแผ่นงานที่ไม่ใช่ผลคะแนน: มาตรการ, ผลการดำเนินการตามมาตรการ\n"), "{said}");
}

#[test]
fn findings_are_told_in_every_form_and_language() {
    let folder = site("portal");
    folder.write("t.csv", "id,ปี,รวม\nban-tua-yan,2564,70\n");
    let check = |arguments: &[&str], says: &[&str]| {
        let (code, said) = run(folder.root(), &[&["import", "t.csv"], arguments].concat());
        assert_eq!(code, 1, "{said}");
        for text in says {
            assert!(said.contains(text), "{arguments:?} does not say {text}: {said}");
        }
    };
    check(
        &[],
        &["t.csv:2:1", "import/unknown-agency", "A2 ไม่มีหน่วยงาน ban-tua-yan", "หมายถึง ban-tua-yang หรือไม่"],
    );
    check(
        &["--lang", "en"],
        &["A2: there is no agency ban-tua-yan", "did you mean ban-tua-yang?", "nothing was written"],
    );
    check(
        &["--format", "github"],
        &["::error file=t.csv,line=2,endLine=2,col=1,endColumn=2,title=import/unknown-agency"],
    );
    check(&["--format", "sarif"], &["\"import/unknown-agency\""]);
    let (code, said) = run(folder.root(), &["explain", "import/per-cent"]);
    assert_eq!(code, 0, "{said}");
    let (code, said) = run(folder.root(), &["import", "nothing.xlsx"]);
    assert_eq!(code, 3, "{said}");
    let nowhere = Folder::of(&Tree::new());
    nowhere.write("t.csv", "id,ปี,รวม\n");
    assert_eq!(run(nowhere.root(), &["import", "t.csv"]).0, 2);
    assert_eq!(run(folder.root(), &["import", "--template", "t.doc"]).0, 2);
}

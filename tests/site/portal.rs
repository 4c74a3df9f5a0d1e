//! A portal's own pages against sources that this test makes: who stands where, what is counted and what is not, and that no list grows
//! beyond what a telephone loads.

use crate::folder::{Folder, Tree, page, sites};
use std::collections::{BTreeMap, BTreeSet};

/// More than one part of a list holds.
const AGENCIES: usize = 130;
const YEARS: [u16; 2] = [2566, 2567];
/// What no page may load, with its style sheets and scripts; in bytes.
const MOST: usize = 200_000;

/// Scores of an agency in a year in hundredths, the same for all of its indicators; some announce nothing, and some got nothing.
fn score(nth: usize, year: u16) -> Option<u16> {
    let mixed = (nth * 7_919 + usize::from(year) * 104_729) % 10_007;
    (nth % 11 != 3).then(|| if nth == 5 { 0 } else { u16::try_from(mixed.min(10_000) / 50 * 50).unwrap() })
}

fn name(nth: usize) -> String {
    let kind = if nth.is_multiple_of(3) {
        "เทศบาลตำบล"
    } else {
        "องค์การบริหารส่วนตำบล"
    };
    format!("{kind}ตัวอย่าง {nth}")
}

fn province(nth: usize) -> &'static str {
    ["ตัวอย่างเหนือ", "ตัวอย่างใต้"][nth % 2]
}

fn print(hundredths: u16) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

fn country() -> Tree {
    let mut site = Tree::new();
    let settings = "portal: { name: ศูนย์รวมตัวอย่าง, short_name: ศูนย์รวม }\nnumerals: arabic\n";
    site.insert("prongsai.yaml".to_owned(), settings.into());
    for nth in 0..AGENCIES {
        let short_name = name(nth).replace("เทศบาลตำบล", "ทต.").replace("องค์การบริหารส่วนตำบล", "อบต.");
        let about = format!(
            "name: {}\nshort_name: {short_name}\nprovince: {}\ndistrict: เมือง\n",
            name(nth),
            province(nth)
        );
        site.insert(format!("content/a{nth}/agency.yaml"), about.into());
        for year in YEARS {
            if let Some(score) = score(nth, year) {
                let score = print(score);
                let indicators: String = (1..=10).map(|number| format!("  {number}: {score}\n")).collect();
                let scores =
                    format!("fiscal_year: {year}\nannounced:\n  total: {score}\nindicators:\n{indicators}");
                site.insert(format!("content/a{nth}/{year}/scores.yaml"), scores.into());
            }
        }
    }
    site
}

fn published(site: &Tree) -> Tree {
    let folder = Folder::of(site);
    folder.build();
    folder.published()
}

/// The parts of a list in their order.
fn parts<'a>(files: &'a Tree, address: &str) -> Vec<&'a str> {
    let file = |nth: usize| match nth {
        1 => format!("{address}/index.html"),
        nth => format!("{address}/{nth}/index.html"),
    };
    (1..).map(file).take_while(|file| files.contains_key(file)).map(|file| page(files, &file)).collect()
}

/// The rows of the last table of each page, cell by cell, without the headings that stand in the cells for phones.
fn rows(pages: &[&str]) -> Vec<Vec<String>> {
    let tables =
        pages.iter().map(|page| page.rsplit_once("<tbody>").unwrap().1.split("</table>").next().unwrap());
    let rows = tables.flat_map(|table| table.split("<tr>").skip(1));
    rows.map(|row| {
        let cells = row.split("<t").filter(|cell| cell.starts_with("d") || cell.starts_with("h "));
        cells.map(inside).collect()
    })
    .collect()
}

/// The text of an element whose start tag is cut off before its end.
fn inside(html: &str) -> String {
    text(html.split_once('>').unwrap().1)
}

/// The text of a piece of a page.
fn text(html: &str) -> String {
    let mut html = html.to_owned();
    while let Some((before, rest)) = html.split_once("<span class=\"label\"") {
        html = [before, rest.split_once("</span>").unwrap().1].concat();
    }
    let pieces = html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    pieces.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The figures of the overview, by what they are called.
fn overview(page: &str) -> BTreeMap<String, String> {
    let list = page.split("<dl class=\"glance\">").nth(1).unwrap().split("</dl>").next().unwrap();
    let entries = list.split("<dt").skip(1).map(|entry| entry.split_once("<dd").unwrap());
    entries.map(|(name, value)| (inside(name), inside(value))).collect()
}

#[test]
fn everybody_stands_in_the_ranking_once_and_at_the_right_place() {
    let files = published(&country());
    for year in YEARS {
        let pages = parts(&files, &year.to_string());
        assert_eq!(pages.len(), 2);
        let rows = rows(&pages);
        let names: BTreeSet<&String> = rows.iter().map(|row| &row[1]).collect();
        assert_eq!((rows.len(), names.len()), (AGENCIES, AGENCIES));
        let known: Vec<(usize, u16)> =
            (0..AGENCIES).filter_map(|nth| Some((nth, score(nth, year)?))).collect();
        let rank = |score: u16, of: &dyn Fn(usize) -> bool| {
            1 + known.iter().filter(|(nth, other)| of(*nth) && *other > score).count()
        };
        for nth in 0..AGENCIES {
            let row = rows.iter().find(|row| row[1] == name(nth)).unwrap();
            let Some(score) = score(nth, year) else {
                assert_eq!((row[0].as_str(), row[4].as_str()), ("ไม่มีข้อมูล", "ยังไม่ประกาศผล"), "{row:?}");
                continue;
            };
            let is_of_kind = |other: usize| other.is_multiple_of(3) == nth.is_multiple_of(3);
            let is_of_area = |other: usize| province(other) == province(nth);
            let of = |is_of: &dyn Fn(usize) -> bool| known.iter().filter(|(other, _)| is_of(*other)).count();
            assert_eq!(row[0], rank(score, &|_| true).to_string(), "{row:?}");
            assert_eq!((row[3].as_str(), row[4].as_str()), (province(nth), print(score).as_str()), "{row:?}");
            assert_eq!(row[7], format!("{} จาก {}", rank(score, &is_of_kind), of(&is_of_kind)), "{row:?}");
            assert_eq!(row[8], format!("{} จาก {}", rank(score, &is_of_area), of(&is_of_area)), "{row:?}");
        }
        let ranks: Vec<usize> = rows.iter().map_while(|row| row[0].parse().ok()).collect();
        assert_eq!(ranks.len(), known.len(), "who announced nothing stands at the end");
        assert!(ranks.is_sorted());
    }
}

#[test]
fn figures_count_what_was_announced_and_nothing_else() {
    let files = published(&country());
    let front = overview(page(&files, "index.html"));
    let mut totals: Vec<u64> = (0..AGENCIES).filter_map(|nth| score(nth, 2567)).map(u64::from).collect();
    totals.sort_unstable();
    let count = totals.len() as u64;
    let mean = (totals.iter().sum::<u64>() * 2 + count) / (2 * count);
    assert_eq!(front["ประกาศผลแล้ว"], format!("{count} จาก {AGENCIES} แห่ง"));
    assert_eq!(front["คะแนนเฉลี่ย"], print(u16::try_from(mean).unwrap()));
    assert_eq!(front["คะแนนต่ำสุด"], "0.00", "zero is a score");
    let passed = totals.iter().filter(|total| **total >= 8_500).count();
    assert!(front["ผ่านเกณฑ์ (85.00 คะแนนขึ้นไป)"].starts_with(&format!("{passed} แห่ง")), "{front:?}");
    assert_eq!(front, overview(page(&files, "2567/index.html")));
}

#[test]
fn the_page_of_a_year_leads_to_the_others_and_does_not_change_with_them() {
    let mut site = country();
    let before = published(&site);
    let [earlier, later] = YEARS.map(|year| format!("{year}/index.html"));
    let menu = |path: &str| {
        let links = page(&before, path).split("<nav class=\"parts\"").nth(1).unwrap();
        links.split("</nav>").next().unwrap().to_owned()
    };
    assert!(menu(&earlier).contains("href=\"../2567/index.html\">2567"), "{}", menu(&earlier));
    assert!(menu(&earlier).contains("aria-current=\"page\">2566"), "{}", menu(&earlier));
    assert!(menu(&earlier).contains("href=\"../index.html#years\""), "{}", menu(&earlier));
    assert!(page(&before, "index.html").contains("id=\"years\""));
    assert!(!page(&before, &later).contains("id=\"years\""));
    let scores = site.get_mut("content/a0/2567/scores.yaml").unwrap();
    *scores =
        String::from_utf8(scores.clone()).unwrap().replace(&print(score(0, 2567).unwrap()), "1.50").into();
    let after = published(&site);
    assert_eq!(after[&earlier], before[&earlier]);
    assert_ne!(after[&later], before[&later]);
}

#[test]
fn groups_hold_their_members_and_keep_their_addresses() {
    let mut site = country();
    let files = published(&site);
    let group = |files: &Tree, title: &str| {
        let heading = format!("<h1>{title}</h1>");
        let is_it = |path: &&String| path.starts_with("groups/") && page(files, path).contains(&heading);
        files.keys().find(is_it).unwrap_or_else(|| panic!("no page {title}")).clone()
    };
    let south = group(&files, "ผลการประเมินของหน่วยงานในจังหวัดตัวอย่างใต้");
    assert!(south.is_ascii());
    let members = rows(&[page(&files, &south)]);
    assert_eq!(members.len(), AGENCIES / 2);
    assert!(members.iter().all(|row| row.len() == 7), "its own province is no column");
    assert_eq!(group(&files, "ผลการประเมินของหน่วยงานประเภท อบต."), "groups/sao/index.html");
    let about = "name: องค์การบริหารส่วนตำบลใหม่\nshort_name: อบต.ใหม่\nprovince: กรุงเทพมหานคร\ndistrict: เมือง\n";
    site.insert("content/bb/agency.yaml".to_owned(), about.into());
    let files = published(&site);
    assert_eq!(group(&files, "ผลการประเมินของหน่วยงานในจังหวัดตัวอย่างใต้"), south);
    group(&files, "ผลการประเมินของหน่วยงานในกรุงเทพมหานคร");
}

#[test]
fn no_list_is_too_long_for_a_telephone() {
    let files = published(&country());
    let listed: Vec<_> = rows(&parts(&files, "groups/all")).into_iter().map(|row| row[0].clone()).collect();
    assert_eq!(listed.len(), AGENCIES);
    assert_eq!(listed.iter().collect::<BTreeSet<_>>().len(), AGENCIES);
    let own = |path: &&String| path.ends_with(".html") && !path.starts_with(['a', 's']);
    let assets: BTreeMap<&str, usize> =
        files.iter().filter_map(|(path, bytes)| Some((path.strip_prefix("assets/")?, bytes.len()))).collect();
    for path in files.keys().filter(own) {
        let html = page(&files, path);
        let loaded = assets.iter().filter(|(name, _)| html.contains(**name)).map(|(_, size)| size);
        let all = html.len() + loaded.sum::<usize>();
        assert!(all < MOST, "{path} loads {all} bytes");
    }
}

#[test]
fn who_has_no_report_is_named() {
    let files = published(&country());
    let missing: BTreeSet<String> = (0..AGENCIES).filter(|nth| nth % 11 == 3).map(name).collect();
    let named = rows(&parts(&files, "groups/no-report")).into_iter().map(|row| row[0].clone()).collect();
    assert_eq!(missing, named);
    assert!(page(&files, "index.html").contains(&format!("({} แห่ง)", missing.len())));
}

#[test]
fn the_first_report_of_a_year_makes_nobody_late() {
    let mut site = country();
    site.insert(
        "content/a0/2568/scores.yaml".to_owned(),
        "fiscal_year: 2568\nannounced:\n  total: 90\n".into(),
    );
    let files = published(&site);
    let title = page(&files, "groups/no-report/index.html")
        .split_once("<h1>")
        .unwrap()
        .1
        .split_once("</h1>")
        .unwrap()
        .0;
    assert_eq!(text(title), "หน่วยงานที่ยังไม่มีรายงาน ปีงบประมาณ พ.ศ. 2567");
    let announced = (0..AGENCIES).filter(|nth| !nth.is_multiple_of(3) && score(*nth, 2567).is_some()).count();
    let group = overview(page(&files, "groups/sao/index.html"));
    assert!(group["ประกาศผลแล้ว"].starts_with(&format!("{announced} จาก")), "{group:?}");
    assert!(overview(page(&files, "2568/index.html"))["ประกาศผลแล้ว"].starts_with("1 จาก"));
}

/// A round with an error is counted nowhere, its agency is named among those without a report, and its year does not go.
#[test]
fn a_round_with_an_error_is_left_out_everywhere() {
    let mut site = sites().remove("portal").unwrap();
    let scores = "fiscal_year: 2566\nannounced:\n  total: 101\n";
    site.insert("content/ban-tua-yang/2566/scores.yaml".to_owned(), scores.into());
    let files = published(&site);
    let year = page(&files, "2566/index.html");
    assert!(!year.contains("๑๐๑") && overview(year)["ประกาศผลแล้ว"].starts_with("๐ จาก"), "{year}");
    let mut site = country();
    site.insert(
        "content/a0/2567/scores.yaml".to_owned(),
        "fiscal_year: 2567\nannounced:\n  total: 101\n".into(),
    );
    let files = published(&site);
    let missing = rows(&parts(&files, "groups/no-report"));
    let row = missing.iter().find(|row| row[0].starts_with(&name(0))).unwrap();
    assert!(row[0].ends_with("(เว้นไว้เพราะข้อมูลมีข้อผิดพลาด)"), "{row:?}");
    let row = rows(&parts(&files, "2567")).into_iter().find(|row| row[1] == name(0)).unwrap();
    assert_eq!(row[4], "ยังไม่ประกาศผล");
}

/// As simple as before: what compares nothing is not there.
#[test]
fn a_single_agency_is_compared_with_nobody() {
    let mut site = country();
    site.retain(|path, _| path == "prongsai.yaml" || path.starts_with("content/a0/"));
    let files = published(&site);
    let html = page(&files, "index.html");
    assert!(!html.contains("id=\"kinds\"") && !html.contains("id=\"areas\""), "{html}");
    assert!(!files.keys().any(|path| path.starts_with("groups/g-") || path.starts_with("groups/all")));
    let without = country().into_iter().filter(|(path, _)| path == "prongsai.yaml").collect();
    let files = published(&without);
    assert!(!page(&files, "index.html").contains("<table"));
}

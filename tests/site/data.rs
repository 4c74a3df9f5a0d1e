//! Open data as a program of somebody else reads it: every table as CSV and as JSON, against its own description.

use crate::folder::{Folder, Tree, example, page, rich_portal, sites};
use calamine::{Data, Reader, Xlsx};
use jiff::ToSpan;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::sync::LazyLock;
use zip::ZipArchive;

const TABLES: [&str; 6] = ["scores", "instruments", "indicators", "items", "measures", "results"];

/// A row by the names of its columns.
type Row = BTreeMap<String, String>;

/// The sites that are looked at, as they are published.
static PUBLISHED: LazyLock<BTreeMap<String, Tree>> = LazyLock::new(|| {
    let mut all = sites();
    all.insert("example".to_owned(), example());
    all.insert("rich portal".to_owned(), rich_portal());
    let publish = |site: &Tree| {
        let folder = Folder::of(site);
        assert!(folder.build().published.is_some());
        folder.published()
    };
    all.iter().map(|(name, site)| (name.clone(), publish(site))).collect()
});

/// Every folder of open data, by the name of its site.
fn folders() -> impl Iterator<Item = (&'static str, &'static Tree, String)> {
    PUBLISHED.iter().flat_map(|(name, site)| {
        let packages = site.keys().filter_map(|path| path.strip_suffix("datapackage.json"));
        packages.map(move |folder| (name.as_str(), site, folder.to_owned()))
    })
}

/// Header and rows of a CSV file.
fn csv(site: &Tree, path: &str) -> (Vec<String>, Vec<Row>) {
    let text = page(site, path).strip_prefix('\u{feff}').unwrap_or_else(|| panic!("{path} has no mark"));
    assert!(text.ends_with("\r\n"), "{path}");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows = reader.records().map(|record| {
        let record = record.unwrap_or_else(|error| panic!("{path}: {error}"));
        header.iter().cloned().zip(record.iter().map(str::to_owned)).collect()
    });
    let rows = rows.collect();
    (header, rows)
}

fn json(site: &Tree, path: &str) -> Value {
    serde_json::from_str(page(site, path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The rows of a table of one of the sites that fit a condition on columns.
fn rows(site: &str, path: &str, wanted: &[(&str, &str)]) -> Vec<Row> {
    let (_, rows) = csv(&PUBLISHED[site], path);
    rows.into_iter().filter(|row| wanted.iter().all(|(name, text)| row[*name] == *text)).collect()
}

fn is_number(cell: &str) -> bool {
    !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit() || b"-.".contains(&byte))
}

/// A cell of CSV and the value of JSON that have to say the same.
fn check_cell(kind: &str, cell: &str, value: &Value, name: &str) {
    if cell.is_empty() {
        assert!(value.is_null(), "{name}: nothing and {value}");
        return;
    }
    match kind {
        "integer" => assert_eq!(value.as_i64().unwrap().to_string(), cell, "{name}"),
        "number" => {
            let (_, decimals) = cell.split_once('.').unwrap_or_else(|| panic!("{name}: {cell}"));
            assert!(
                value.is_number() && is_number(cell) && decimals.len() == 2,
                "{name}: {cell} and {value}"
            );
        }
        "boolean" => assert_eq!(value.as_bool().unwrap().to_string(), cell, "{name}"),
        "date" => {
            assert_eq!(value, cell, "{name}");
            assert!(cell.len() == 10 && is_number(cell) && ("19".."21").contains(&cell), "{name}: {cell}");
        }
        "string" => {
            let text = value.as_str().unwrap();
            let guarded = text.starts_with(['=', '+', '-', '@', '\t', '\r']).then(|| format!("'{text}"));
            assert_eq!(guarded.as_deref().unwrap_or(text), cell, "{name}");
        }
        other => panic!("{name} is of the kind {other}"),
    }
}

#[test]
fn every_table_is_as_it_is_described_in_both_forms() {
    let mut count = 0;
    for (name, site, folder) in folders() {
        let package = json(site, &format!("{folder}datapackage.json"));
        let resources = package["resources"].as_array().unwrap();
        let paths: Vec<&str> = resources.iter().map(|resource| resource["path"].as_str().unwrap()).collect();
        assert_eq!(paths, TABLES.map(|table| format!("{table}.csv")), "{name}: {folder}");
        for (table, resource) in TABLES.iter().zip(resources) {
            let path = format!("{folder}{table}.csv");
            let (header, rows) = csv(site, &path);
            let fields = resource["schema"]["fields"].as_array().unwrap();
            let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
            assert_eq!(header, names, "{name}: {path}");
            assert_eq!(names[..2], ["agency_id", "fiscal_year"], "{name}: {path}");
            let same = json(site, &format!("{folder}{table}.json"));
            let same = same.as_array().unwrap();
            assert_eq!(rows.len(), same.len(), "{name}: {path}");
            for (row, same) in rows.iter().zip(same) {
                assert_eq!(same.as_object().unwrap().len(), names.len(), "{name}: {path}");
                for field in fields {
                    let column = field["name"].as_str().unwrap();
                    let cell = &row[column];
                    check_cell(
                        field["type"].as_str().unwrap(),
                        cell,
                        &same[column],
                        &format!("{path} {column}"),
                    );
                    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number(cell);
                    assert!(!is_formula, "{name}: {path}: {cell}");
                    count += 1;
                }
            }
        }
    }
    assert!(count > 3_000, "only {count} cells were read");
}

/// Numbers of JSON are as exact as those of CSV: the same digits, which no reader of floating point could vouch for.
#[test]
fn numbers_have_the_same_digits_in_both_forms() {
    for (name, site, folder) in folders() {
        for table in TABLES {
            let (header, rows) = csv(site, &format!("{folder}{table}.csv"));
            let text = page(site, &format!("{folder}{table}.json"));
            let lines = text.lines().filter(|line| line.starts_with('{'));
            for (row, line) in rows.iter().zip(lines) {
                for column in
                    header.iter().filter(|column| is_number(&row[*column]) && row[*column].contains('.'))
                {
                    let pair = format!("\"{column}\":{}", row[column]);
                    assert!(
                        line.contains(&pair) || column == "group",
                        "{name}: {table}: {pair} is not in {line}"
                    );
                }
            }
        }
    }
}

/// Cells are compared with JSON, which has no apostrophes in front of texts.
#[test]
fn the_workbook_holds_the_same_tables() {
    let mut count = 0;
    for (name, site, folder) in folders() {
        let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(&site[&format!("{folder}report.xlsx")])).unwrap();
        let package = json(site, &format!("{folder}datapackage.json"));
        let is_english = page(site, &folder.replace("data/", "index.html")).contains("<html lang=\"en\"");
        let title = if is_english { "title_en" } else { "title" };
        let resources = package["resources"].as_array().unwrap();
        let sheets = workbook.sheet_names();
        let titles: Vec<&str> = resources.iter().map(|resource| resource[title].as_str().unwrap()).collect();
        assert_eq!(sheets[..titles.len()], titles, "{name}: {folder}");
        for (sheet, (table, resource)) in sheets.iter().zip(TABLES.iter().zip(resources)) {
            let range = workbook.worksheet_range(sheet).unwrap();
            let mut rows = range.rows();
            let fields = resource["schema"]["fields"].as_array().unwrap();
            let header: Vec<String> = rows.next().unwrap().iter().map(Data::to_string).collect();
            let titles: Vec<&str> = fields.iter().map(|field| field[title].as_str().unwrap()).collect();
            assert_eq!(header, titles, "{name}: {sheet}");
            let same = json(site, &format!("{folder}{table}.json"));
            let same = same.as_array().unwrap();
            assert_eq!(range.height(), same.len() + 1, "{name}: {sheet}");
            for (row, same) in rows.zip(same) {
                for (cell, field) in row.iter().zip(fields) {
                    let value = &same[field["name"].as_str().unwrap()];
                    check_workbook_cell(field["type"].as_str().unwrap(), cell, value);
                    count += 1;
                }
            }
        }
        let about = workbook.worksheet_range(&sheets[titles.len()]).unwrap();
        let fields = resources.iter().map(|resource| resource["schema"]["fields"].as_array().unwrap().len());
        assert_eq!(about.height(), fields.sum::<usize>() + 1, "{name}: every column is explained");
    }
    assert!(count > 3_000, "only {count} cells were read");
}

fn check_workbook_cell(kind: &str, cell: &Data, value: &Value) {
    let is_same = match (kind, cell) {
        (_, Data::Empty) => value.is_null(),
        ("integer" | "number", Data::Float(number)) => value.as_f64() == Some(*number),
        ("boolean", Data::String(word)) => {
            let [no, yes] = [["ไม่ใช่", "no"], ["ใช่", "yes"]].map(|words| words.contains(&word.as_str()));
            value.as_bool() == Some(yes) && no != yes
        }
        ("date", Data::DateTime(date)) => {
            let day = jiff::civil::date(1899, 12, 30) + (date.as_f64() as i64).days();
            value.as_str() == Some(day.to_string().as_str())
        }
        ("string", Data::String(text)) => value.as_str() == Some(text),
        _ => false,
    };
    assert!(is_same, "{kind}: {cell:?} and {value}");
}

#[test]
fn the_archive_holds_every_other_file() {
    for (name, site, folder) in folders() {
        let mut archive = ZipArchive::new(Cursor::new(&site[&format!("{folder}archive.zip")])).unwrap();
        let mut unpacked = Tree::new();
        for at in 0..archive.len() {
            let mut file = archive.by_index(at).unwrap();
            assert_eq!(file.last_modified(), Some(zip::DateTime::default()), "{name}: no entry tells a time");
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            unpacked.insert(format!("{folder}{}", file.name().unwrap()), bytes);
        }
        let mut expected = site.clone();
        expected.retain(|path, _| path.starts_with(&folder) && !path.ends_with("archive.zip"));
        assert!(unpacked == expected, "{name}: {:?}", unpacked.keys().collect::<Vec<_>>());
    }
}

#[test]
fn every_agency_has_every_table_and_a_portal_itself_has_none() {
    for (name, site, folder) in folders() {
        let files = site.keys().filter(|path| path.starts_with(&folder)).count();
        assert_eq!(files, 2 * TABLES.len() + 5, "{name}: {folder}");
    }
    let portal = &PUBLISHED["portal"];
    assert!(!portal.keys().any(|path| path.starts_with("data/")));
    for agency in ["ban-tua-yang", "thesaban-tua-yang", "tua-yang-nuea"] {
        let rows = rows("portal", &format!("{agency}/data/scores.csv"), &[]);
        assert!(!rows.is_empty() && rows.iter().all(|row| row["agency_id"] == agency), "{agency}");
    }
    assert!(rows("full", "data/scores.csv", &[]).iter().all(|row| row["agency_id"].is_empty()));
}

#[test]
fn the_example_says_what_was_announced() {
    let scores = rows("example", "data/scores.csv", &[("fiscal_year", "2565")]);
    let [row] = scores.as_slice() else { panic!("{scores:?}") };
    let check = |name: &str, expected: &str| assert_eq!(row[name], expected, "{name}");
    check("agency_name", "องค์การบริหารส่วนตำบลลุมพุก");
    check("total_announced", "69.38");
    check("total_computed", "69.38");
    check("level", "C");
    check("pass", "false");
    check("threshold", "85.00");
    let lowest = rows("example", "data/indicators.csv", &[("indicator", "10")]);
    assert_eq!((lowest[0]["score"].as_str(), lowest[0]["instrument"].as_str()), ("18.75", "OIT"));
    let means = rows("example", "data/instruments.csv", &[("instrument", "OIT")]);
    assert_eq!((means[0]["score_announced"].as_str(), means[0]["score_computed"].as_str()), ("", "48.87"));
    let item = rows("example", "data/items.csv", &[("item", "O42")]);
    assert_eq!((item[0]["fiscal_year"].as_str(), item[0]["state"].as_str()), ("2566", "answered"));
    assert_eq!(item[0]["links"], "https://example.go.th/ita/2565/ https://example.go.th/ita/2565/measures/");
    assert_eq!(rows("example", "data/measures.csv", &[("measures_year", "2566")]).len(), 3);
    assert!(rows("example", "data/results.csv", &[]).is_empty());
}

/// The site of a single scores file.
fn scored(scores: &str) -> Tree {
    let mut site = sites().remove("minimal").unwrap();
    site.retain(|path, _| !path.starts_with("content/"));
    site.insert("content/2565/scores.yaml".to_owned(), scores.into());
    let folder = Folder::of(&site);
    folder.build();
    folder.published()
}

#[test]
fn zero_and_missing_stay_different() {
    let site = scored("fiscal_year: 2565\nindicators:\n  1: 0\n  2:\n  3: 50\n");
    let (_, rows) = csv(&site, "data/indicators.csv");
    let of = |number: usize| rows[number - 1]["score"].as_str();
    assert_eq!((of(1), of(2), of(3)), ("0.00", "", "50.00"));
    let lines: Vec<&str> = page(&site, "data/indicators.json").lines().collect();
    assert!(lines[1].contains("\"score\":0.00,"), "{}", lines[1]);
    assert!(lines[2].contains("\"score\":null,"), "{}", lines[2]);
    let (_, rows) = csv(&site, "data/scores.csv");
    assert_eq!((rows[0]["total_announced"].as_str(), rows[0]["total_computed"].as_str()), ("", ""));
}

/// What is not confirmed of a year is not computed, and a scheme that is foreign is told as it was announced.
#[test]
fn nothing_is_computed_by_rules_that_nobody_confirmed() {
    let row = |year: &str| {
        let found = rows("portal", "tua-yang-nuea/data/scores.csv", &[("fiscal_year", year)]);
        ["total_announced", "total_computed", "threshold"].map(|name| found[0][name].clone())
    };
    assert_eq!(row("2561"), ["74.50", "", ""]);
    assert_eq!(row("2562")[..2], ["68.25", ""]);
}

#[test]
fn links_lead_from_the_folder_where_the_address_of_the_site_is_unknown() {
    let mut site = sites().remove("full").unwrap();
    let settings = String::from_utf8(site["prongsai.yaml"].clone()).unwrap();
    let settings = settings.replace("base_url: https://example.go.th/ita/\n", "");
    site.insert("prongsai.yaml".to_owned(), settings.into());
    let folder = Folder::of(&site);
    folder.build();
    let published = folder.published();
    let mut count = 0;
    for (table, column) in [("items", "links"), ("results", "evidence")] {
        for row in csv(&published, &format!("data/{table}.csv")).1 {
            for link in row[column].split(' ').filter(|link| link.starts_with("../")) {
                let path = link[3..].split('#').next().unwrap();
                assert!(published.contains_key(path), "{table}: {link}");
                count += 1;
            }
        }
    }
    assert!(count > 5, "only {count} links were followed");
}

#[test]
fn every_file_of_the_site_is_found_where_data_links_to_it() {
    let mut count = 0;
    for (table, column) in [("items", "links"), ("results", "evidence")] {
        for row in rows("full", &format!("data/{table}.csv"), &[]) {
            let own =
                row[column].split(' ').filter_map(|link| link.strip_prefix("https://example.go.th/ita/"));
            for path in own {
                let path = path.split('#').next().unwrap();
                let file = if path.is_empty() || path.ends_with('/') {
                    format!("{path}index.html")
                } else {
                    path.to_owned()
                };
                assert!(PUBLISHED["full"].contains_key(&file), "{table}: {path}");
                count += 1;
            }
        }
    }
    assert!(count > 5, "only {count} links were followed");
}

/// A text may begin as a formula does, in a file that a spreadsheet opens.
#[test]
fn no_text_becomes_a_formula() {
    let mut site = sites().remove("full").unwrap();
    let measures = "fiscal_year: 2568\nmeasures:\n  - measure: \"=HYPERLINK(1)\"\n    responsible: \"+สำนักปลัด\"\n    steps: \"@ก, \\\"ข\\\"\"\n";
    site.insert("content/2567/measures.yaml".to_owned(), measures.into());
    let folder = Folder::of(&site);
    folder.build();
    let published = folder.published();
    let (_, rows) = csv(&published, "data/measures.csv");
    let row = rows.iter().find(|row| row["measures_year"] == "2568").unwrap();
    let cells = ["measure", "responsible", "steps"].map(|name| row[name].as_str());
    assert_eq!(cells, ["'=HYPERLINK(1)", "'+สำนักปลัด", "'@ก, \"ข\""]);
    assert!(page(&published, "data/measures.json").contains("\"measure\":\"=HYPERLINK(1)\""));
}

#[test]
fn the_page_about_the_site_leads_to_every_file() {
    for (name, site, folder) in folders() {
        let about = page(site, &folder.replace("data/", "about/index.html"));
        for path in site.keys().filter_map(|path| path.strip_prefix(&folder)) {
            assert!(about.contains(&format!("href=\"../data/{path}\"")), "{name}: no link to {path}");
        }
    }
}

/// Content may link to a table, and nothing may move away from its address.
#[test]
fn a_table_is_a_place_to_link_to() {
    let mut site = sites().remove("minimal").unwrap();
    site.insert("content/index.md".to_owned(), "[ตาราง](/data/scores.csv) [ไม่มี](/data/score.csv)\n".into());
    let findings = Folder::of(&site).check().findings;
    let dead: Vec<&str> = findings
        .iter()
        .filter(|one| one.kind.code == "disclosure/dead-link")
        .map(|one| one.message.th.as_str())
        .collect();
    assert!(matches!(dead.as_slice(), [one] if one.contains("/data/score.csv")), "{dead:?}");
    site.remove("content/index.md");
    site.get_mut("prongsai.yaml").unwrap().extend(b"moved: { /data/scores.csv: / }\n");
    let findings = Folder::of(&site).check().findings;
    assert!(findings.has_errors(), "an address that moved lies over a table");
}

/// What a page does not show, since it cannot be shown truthfully, no table holds either.
#[test]
fn rounds_that_are_left_out_are_in_no_table() {
    let mut site = sites().remove("portal").unwrap();
    let scores = "fiscal_year: 2564\nannounced:\n  total: 101\n";
    site.insert("content/ban-tua-yang/2564/scores.yaml".to_owned(), scores.into());
    let folder = Folder::of(&site);
    assert!(folder.build().findings.has_errors());
    let published = folder.published();
    assert!(page(&published, "ban-tua-yang/2564/index.html").contains("ยังไม่เผยแพร่"));
    for table in TABLES {
        let (_, rows) = csv(&published, &format!("ban-tua-yang/data/{table}.csv"));
        assert!(rows.iter().all(|row| row["fiscal_year"] != "2564"), "{table}");
    }
}

/// The fourteen items of the government's catalogue: each is there, and what only the agency can say is not made up.
#[test]
fn the_catalogue_of_data_gets_its_fourteen_items() {
    let items = [
        "data_type",
        "title",
        "owner_org",
        "maintainer",
        "maintainer_email",
        "tag_string",
        "notes",
        "objective",
        "update_frequency_unit",
        "geo_coverage",
        "data_source",
        "data_format",
        "data_category",
        "license_id",
    ];
    for (name, site, folder) in folders() {
        let metadata = json(site, &format!("{folder}metadata.json"));
        let about = page(site, &folder.replace("data/", "about/index.html"));
        for item in items {
            assert!(metadata.get(item).is_some(), "{name}: {item}");
            assert!(
                about.contains(&format!("<code>{item}</code>")),
                "{name}: {item} is not to be typed from"
            );
        }
    }
    let of = |site: &str, item: &str| json(&PUBLISHED[site], "data/metadata.json")[item].clone();
    assert_eq!(of("full", "maintainer_email"), "saraban@example.go.th");
    assert_eq!(of("full", "license_id"), "สัญญาอนุญาตตัวอย่าง");
    assert_eq!(
        (of("example", "license_id"), of("minimal", "maintainer_email")),
        ("License not specified".into(), Value::Null)
    );
    assert_eq!(of("example", "geo_coverage"), "เทศบาล/อบต.");
    assert_eq!(
        (of("full", "first_year_of_data"), of("full", "last_year_of_data")),
        ("2565".into(), "2567".into())
    );
}

/// DCAT and schema.org name the same files, and each of them is there.
#[test]
fn every_file_is_named_to_catalogues_and_search_engines() {
    for (name, site, folder) in folders() {
        let dcat = json(site, &format!("{folder}dcat.jsonld"));
        let about = page(site, &folder.replace("data/", "about/index.html"));
        let block = about.split("<script type=\"application/ld+json\">").nth(1);
        let home = dcat["dcat:landingPage"]["@id"].as_str();
        assert_eq!(
            block.is_some(),
            home.is_some(),
            "{name}: absolute addresses need the address of the site"
        );
        let urls: Vec<&str> = dcat["dcat:distribution"]
            .as_array()
            .unwrap()
            .iter()
            .map(|distribution| distribution["dcat:downloadURL"]["@id"].as_str().unwrap())
            .collect();
        assert_eq!(urls.len(), 2 * TABLES.len() + 3, "{name}");
        for url in &urls {
            let file = url.rsplit('/').next().unwrap();
            assert!(site.contains_key(&format!("{folder}{file}")), "{name}: {url}");
        }
        let Some((block, _)) = block.and_then(|block| block.split_once("</script>")) else { continue };
        let block: Value = serde_json::from_str(block).unwrap_or_else(|error| panic!("{name}: {error}"));
        let of_search: Vec<&str> = block["distribution"]
            .as_array()
            .unwrap()
            .iter()
            .map(|distribution| distribution["contentUrl"].as_str().unwrap())
            .collect();
        assert_eq!(of_search, urls, "{name}");
        assert_eq!(
            (&block["name"], &block["url"]),
            (&dcat["dct:title"]["@value"], &Value::from(home)),
            "{name}"
        );
    }
    let block = page(&PUBLISHED["full"], "about/index.html").split("application/ld+json").nth(1).unwrap();
    assert!(block.contains("\"temporalCoverage\":\"2021-10-01/2024-09-30\""), "fiscal years 2565 to 2567");
}

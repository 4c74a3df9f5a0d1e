//! `export`: the open data of a published site as a database and as CSV by year, against the files that are published.

use crate::disk::{check, prongsai, run};
use crate::folder::{Folder, Tree, page, rich_portal, sites, tree};
use rusqlite::Connection;
use rusqlite::types::Value as Stored;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

const TABLES: [&str; 6] = ["scores", "instruments", "indicators", "items", "measures", "results"];

/// Cells as text; what is missing is none.
type Cells = Vec<Option<String>>;

/// A site with its export into `ita.sqlite`.
fn exported(site: &Tree) -> (Folder, Connection) {
    let folder = Folder::of_old(site);
    assert!(folder.build().published.is_some());
    check(folder.root(), &["export", "ita.sqlite"], 0, "ita.sqlite");
    let database = Connection::open(folder.root().join("ita.sqlite")).unwrap();
    (folder, database)
}

/// Where agencies publish their data, in the order of their ids.
fn data_folders(published: &Tree) -> Vec<String> {
    let packages = published.keys().filter_map(|path| path.strip_suffix("datapackage.json"));
    packages.map(str::to_owned).collect()
}

/// All rows in the order in which they were written.
fn rows(database: &Connection, select: &str) -> Vec<Cells> {
    let mut select = database.prepare(select).unwrap();
    let width = select.column_count();
    let rows = select.query_map([], |row| {
        (0..width).map(|at| row.get::<_, Stored>(at).map(text)).collect::<rusqlite::Result<Cells>>()
    });
    rows.unwrap().map(Result::unwrap).collect()
}

fn text(value: Stored) -> Option<String> {
    match value {
        Stored::Null => None,
        Stored::Integer(number) => Some(number.to_string()),
        Stored::Real(number) => {
            let printed = format!("{number:.2}");
            assert_eq!(printed.parse(), Ok(number), "the nearest there is to what was printed");
            Some(printed)
        }
        Stored::Text(text) => Some(text),
        Stored::Blob(_) => panic!("nothing is a blob"),
    }
}

/// The same of a table as it is published.
fn published_rows(published: &Tree, table: &str) -> Vec<Cells> {
    let of = |folder: String| {
        let package: Value =
            serde_json::from_str(page(published, &format!("{folder}datapackage.json"))).unwrap();
        let resources = package["resources"].as_array().unwrap();
        let resource = resources.iter().find(|resource| resource["name"] == table).unwrap();
        let fields = resource["schema"]["fields"].as_array().unwrap().clone();
        let rows: Vec<Value> =
            serde_json::from_str(page(published, &format!("{folder}{table}.json"))).unwrap();
        rows.into_iter().map(move |row| fields.iter().map(|field| as_stored(field, &row)).collect())
    };
    data_folders(published).into_iter().flat_map(of).collect()
}

fn as_stored(field: &Value, row: &Value) -> Option<String> {
    match &row[field["name"].as_str().unwrap()] {
        Value::Null => None,
        Value::Bool(truth) => Some(u8::from(*truth).to_string()),
        Value::Number(number) if field["type"] == "number" => {
            Some(format!("{:.2}", number.as_f64().unwrap()))
        }
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.clone()),
        other => panic!("{other}"),
    }
}

/// A portal of so many agencies, which are all the same but for their ids.
fn portal_of(count: usize) -> Tree {
    let portal = sites().remove("portal").unwrap();
    let mut many: Tree =
        portal.clone().into_iter().filter(|(path, _)| !path.starts_with("content/")).collect();
    for nth in 0..count {
        let files = portal
            .iter()
            .filter_map(|(path, bytes)| Some((path.strip_prefix("content/thesaban-tua-yang/")?, bytes)));
        many.extend(files.map(|(path, bytes)| (format!("content/tua-yang-{nth}/{path}"), bytes.clone())));
    }
    many
}

#[test]
fn every_table_of_the_database_is_the_published_one() {
    let (mut cells, mut missing, mut zeros) = (0, 0, 0);
    for site in
        [sites().remove("full").unwrap(), sites().remove("minimal").unwrap(), rich_portal(), portal_of(70)]
    {
        let (folder, database) = exported(&site);
        let published = folder.published();
        for table in TABLES {
            let found = rows(&database, &format!("SELECT * FROM {table} ORDER BY rowid"));
            assert_eq!(found, published_rows(&published, table), "{table}");
            let all = || found.iter().flatten();
            cells += all().count();
            missing += all().filter(|cell| cell.is_none()).count();
            zeros += all().filter(|cell| cell.as_deref() == Some("0.00")).count();
        }
    }
    assert!(cells > 5_000 && missing > 100 && zeros > 0, "{cells} cells, {missing} missing, {zeros} zeros");
}

#[test]
fn columns_have_the_types_of_what_they_hold_and_are_explained() {
    let (folder, database) = exported(&rich_portal());
    let published = folder.published();
    let first = data_folders(&published).remove(0);
    let package: Value = serde_json::from_str(page(&published, &format!("{first}datapackage.json"))).unwrap();
    for resource in package["resources"].as_array().unwrap() {
        let table = resource["name"].as_str().unwrap();
        let said = |of: &Value, names: &[&str]| -> Cells {
            names.iter().map(|name| of[name].as_str().map(str::to_owned)).collect()
        };
        let words = ["title", "title_en", "description", "description_en"];
        let select = format!(
            "SELECT title, title_en, description, description_en FROM tables WHERE table_name = '{table}'"
        );
        assert_eq!(rows(&database, &select), [said(resource, &words)]);
        let fields = resource["schema"]["fields"].as_array().unwrap();
        let select = format!(
            "SELECT column_name, type, unit, title, title_en, description, description_en FROM columns
             WHERE table_name = '{table}' ORDER BY rowid"
        );
        let names = [&["name", "type", "unit"][..], &words].concat();
        let expected: Vec<Cells> = fields.iter().map(|field| said(field, &names)).collect();
        assert_eq!(rows(&database, &select), expected, "{table}");
        let declared = rows(&database, &format!("SELECT name, type FROM pragma_table_info('{table}')"));
        for (field, declared) in fields.iter().zip(&declared) {
            let (kind, may_be): (_, &[&str]) = match field["type"].as_str().unwrap() {
                "integer" | "boolean" => ("INTEGER", &["integer", "null"]),
                "number" => ("REAL", &["real", "null"]),
                "date" | "string" => ("TEXT", &["text", "null"]),
                other => panic!("{other}"),
            };
            let name = field["name"].as_str().unwrap();
            assert_eq!(declared, &[Some(name.to_owned()), Some(kind.to_owned())], "{table}");
            for found in rows(&database, &format!("SELECT DISTINCT typeof(\"{name}\") FROM {table}")) {
                assert!(may_be.contains(&found[0].as_deref().unwrap()), "{table}.{name}: {found:?}");
            }
        }
        assert_eq!(declared.len(), fields.len(), "{table}");
    }
    let unexplained = "SELECT name FROM pragma_table_info('agencies') WHERE name NOT IN
        (SELECT column_name FROM columns WHERE table_name = 'agencies' AND title <> '' AND title_en <> '')";
    assert!(rows(&database, unexplained).is_empty());
}

#[test]
fn agencies_are_what_they_tell_catalogues_and_every_row_leads_to_one() {
    let (folder, database) = exported(&rich_portal());
    let published = folder.published();
    let found = rows(&database, "SELECT agency_id, name, licence FROM agencies ORDER BY rowid");
    let expected: Vec<Cells> = data_folders(&published)
        .into_iter()
        .map(|folder| {
            let items: Value =
                serde_json::from_str(page(&published, &format!("{folder}metadata.json"))).unwrap();
            let licence = items["license_id"].as_str().filter(|licence| *licence != "License not specified");
            let id = folder.strip_suffix("/data/").map(str::to_owned);
            vec![id, items["owner_org"].as_str().map(str::to_owned), licence.map(str::to_owned)]
        })
        .collect();
    assert_eq!(found, expected);
    assert!(found.len() > 3 && found.iter().any(|row| row[2].is_some()));
    let places = rows(&database, "SELECT DISTINCT place FROM agencies WHERE place LIKE 'อำเภอ% จังหวัด%'");
    assert!(places.len() > 1, "{places:?}");
    assert!(rows(&database, "PRAGMA foreign_key_check").is_empty());
    assert_eq!(rows(&database, "PRAGMA integrity_check"), [[Some("ok".to_owned())]]);
    let plan = rows(
        &database,
        "EXPLAIN QUERY PLAN SELECT * FROM items WHERE agency_id = 'a' AND fiscal_year = 2565",
    );
    assert!(format!("{plan:?}").contains("items_of_agency"), "{plan:?}");
    let (_alone, database) = exported(&sites()["full"]);
    let ids = rows(&database, "SELECT agency_id FROM agencies UNION ALL SELECT agency_id FROM scores");
    assert!(ids.len() > 1 && ids.iter().all(|row| row[0].is_none()), "an agency on its own site has no id");
}

#[test]
fn the_same_site_gives_the_same_bytes() {
    let site = portal_of(40);
    let (first, second) = (Folder::of(&site), Folder::of_old(&site));
    for folder in [&first, &second] {
        folder.build();
    }
    let export = |folder: &Folder, threads: &str, to: &str| {
        let mut command: Command = prongsai(folder.root(), &["export", to]);
        assert!(command.env("RAYON_NUM_THREADS", threads).output().unwrap().status.success());
    };
    export(&first, "1", "a.sqlite");
    export(&first, "1", "a");
    export(&second, "7", "b.db");
    export(&second, "7", "b");
    let read = |folder: &Folder, file: &str| fs::read(folder.root().join(file)).unwrap();
    assert!(read(&first, "a.sqlite") == read(&second, "b.db"));
    assert!(tree(&first.root().join("a")) == tree(&second.root().join("b")));
}

/// Header and records of a CSV file, and how many bytes are behind its header.
fn csv(text: &str) -> (csv::StringRecord, Vec<csv::StringRecord>, usize) {
    let (head, _) = text.split_once("\r\n").unwrap();
    let mut reader = csv::Reader::from_reader(text.strip_prefix('\u{feff}').unwrap().as_bytes());
    let header = reader.headers().unwrap().clone();
    (header, reader.records().map(Result::unwrap).collect(), text.len() - head.len() - 2)
}

#[test]
fn the_years_of_a_table_are_its_published_rows() {
    for site in [rich_portal(), sites().remove("full").unwrap(), portal_of(40)] {
        let folder = Folder::of_old(&site);
        folder.build();
        check(folder.root(), &["export", "ita-csv", "--lang", "en"], 0, "ita-csv");
        let (published, by_year) = (folder.published(), tree(&folder.root().join("ita-csv")));
        let mut files = 0;
        for table in TABLES {
            let mut expected: BTreeMap<String, Vec<csv::StringRecord>> = BTreeMap::new();
            let mut size = 0;
            for folder in data_folders(&published) {
                let (_, records, bytes) = csv(page(&published, &format!("{folder}{table}.csv")));
                size += bytes;
                for record in records {
                    expected.entry(record[1].to_owned()).or_default().push(record);
                }
            }
            let first = data_folders(&published).remove(0);
            let (header, ..) = csv(page(&published, &format!("{first}{table}.csv")));
            for path in by_year.keys().filter(|path| path.ends_with(&format!("/{table}.csv"))) {
                let year = path.split('/').next().unwrap();
                let (found, records, bytes) = csv(page(&by_year, path));
                assert_eq!(found, header, "{path}");
                assert_eq!(records, expected.remove(year).unwrap_or_default(), "{path}");
                size -= bytes;
                files += 1;
            }
            assert!(expected.is_empty() && size == 0, "{table}: {:?} are missing", expected.keys());
        }
        let years = by_year.keys().filter(|path| path.ends_with("/scores.csv")).count();
        assert_eq!(files, years * TABLES.len(), "every year has every table");
        let beside: Vec<&str> =
            by_year.keys().map(String::as_str).filter(|path| !path.contains('/')).collect();
        assert_eq!(beside, ["agencies.csv", "columns.csv", "tables.csv"]);
        assert_eq!(by_year.len(), files + beside.len());
        assert_eq!(csv(page(&by_year, "agencies.csv")).1.len(), data_folders(&published).len());
    }
}

#[test]
fn a_round_that_is_not_published_is_not_exported() {
    let mut site = sites().remove("portal").unwrap();
    site.insert(
        "content/ban-tua-yang/2565/scores.yaml".to_owned(),
        b"fiscal_year: 2565\nannounced: { total: 101 }\n".to_vec(),
    );
    let folder = Folder::of(&site);
    check(folder.root(), &["build"], 1, "");
    check(folder.root(), &["export", "ita.sqlite"], 0, "3 หน่วยงาน");
    let database = Connection::open(folder.root().join("ita.sqlite")).unwrap();
    let years = rows(&database, "SELECT fiscal_year FROM scores WHERE agency_id = 'ban-tua-yang'");
    assert_eq!(years, [[Some("2566".to_owned())]]);
}

/// Runs a command that is refused in both languages.
#[track_caller]
fn refused(root: &Path, arguments: &[&str], code: i32, th: &str, en: &str) {
    check(root, arguments, code, th);
    check(root, &[arguments, &["--lang", "en"]].concat(), code, en);
}

#[test]
fn there_has_to_be_a_site() {
    let folder = Folder::of(&sites()["minimal"]);
    let root = folder.root();
    refused(
        root,
        &["export", "a.sqlite"],
        2,
        "ยังไม่มีเว็บไซต์ใน public: สั่ง prongsai build ก่อน",
        "run prongsai build first",
    );
    fs::create_dir(root.join("public")).unwrap();
    refused(root, &["export", "a.sqlite"], 2, "ยังไม่มีเว็บไซต์", "there is no site in public");
    fs::write(root.join("public/notes.txt"), "บันทึก").unwrap();
    refused(root, &["export", "a.sqlite"], 2, "อ่านเว็บไซต์ใน public ไม่ได้", "cannot read a site in public");
    refused(
        root,
        &["export", "a.sqlite", "--output", "elsewhere"],
        2,
        "ยังไม่มีเว็บไซต์ใน elsewhere",
        "no site in elsewhere",
    );
    refused(root, &["export"], 2, "ต้องระบุ <ไฟล์|โฟลเดอร์>", "<TO> is required");
    assert!(!root.join("a.sqlite").exists());
}

#[test]
fn what_somebody_changed_is_not_exported() {
    let folder = Folder::of_old(&rich_portal());
    let root = folder.root();
    folder.build();
    check(root, &["export", "a.sqlite"], 0, "");
    let before = fs::read(root.join("a.sqlite")).unwrap();
    let names = |root: &Path| tree(root).into_keys().collect::<Vec<_>>();
    let listed = names(root);
    let file = folder.public().join("tua-yang-tem/data/scores.json");
    let published = fs::read_to_string(&file).unwrap();
    let other = published.replacen("2565", "2566", 1);
    assert_ne!(other, published);
    fs::write(&file, &other).unwrap();
    for to in ["a.sqlite", "b.sqlite", "b"] {
        let force: &[&str] = if to == "a.sqlite" { &["--force"] } else { &[] };
        refused(root, &[&["export", to], force].concat(), 3, "มีผู้แก้ไขหรือลบ", "run prongsai build --fresh");
    }
    fs::remove_file(&file).unwrap();
    refused(root, &["export", "b"], 3, "มีผู้แก้ไขหรือลบ", "changed or deleted");
    fs::write(&file, &published).unwrap();
    assert_eq!(names(root), listed, "nothing is left");
    assert!(fs::read(root.join("a.sqlite")).unwrap() == before);
    fs::write(&file, &other).unwrap();
    check(root, &["build", "--fresh"], 0, "");
    check(root, &["export", "--force", "a.sqlite"], 0, "");
    assert!(fs::read(root.join("a.sqlite")).unwrap() == before);
}

#[test]
fn what_stands_there_stays_unless_it_is_a_database_that_may_go() {
    let folder = Folder::of_old(&sites()["portal"]);
    let root = folder.root();
    folder.build();
    let write = |path: &str| folder.write(path, "ของเดิม");
    ["a.sqlite", "full/notes.txt", "file", "c.db", "c.db-wal"].into_iter().for_each(write);
    fs::create_dir_all(root.join("folder.db")).unwrap();
    let before = tree(root);
    refused(root, &["export", "a.sqlite"], 2, "เพิ่ม --force เพื่อแทนที่", "replace it with --force");
    refused(root, &["export", "full"], 2, "ลบของเดิมเองก่อน", "is no empty folder");
    refused(root, &["export", "file"], 2, "ไม่ใช่โฟลเดอร์ว่าง", "is no empty folder");
    refused(root, &["export", "full", "--force"], 2, "ไม่แทนที่โฟลเดอร์", "never the folder full");
    refused(root, &["export", "folder.db", "--force"], 2, "ไม่ใช่ไฟล์ธรรมดา", "no plain file");
    refused(root, &["export", "c.db", "--force"], 2, "มีโปรแกรมอื่นเปิด", "another program has c.db open");
    assert!(tree(root) == before);
    check(root, &["export", "a.sqlite", "--force"], 0, "");
    assert!(fs::read(root.join("a.sqlite")).unwrap().starts_with(b"SQLite format 3\0"));
    fs::create_dir(root.join("empty")).unwrap();
    check(root, &["export", "empty"], 0, "");
    assert!(root.join("empty/2565/scores.csv").exists());
    check(root, &["export", "empty"], 2, "");
}

/// A folder beside the place is where an export that was ended left its files.
#[test]
fn what_an_ended_export_left_is_no_hindrance_and_other_files_are_not_deleted() {
    let folder = Folder::of_old(&sites()["portal"]);
    let root = folder.root();
    folder.build();
    for path in [".ita.new/2565/scores.csv", ".ita.new/2560/items.csv", ".ita.new/tables.csv", ".ita.db.new"]
    {
        folder.write(path, "ค้าง");
    }
    check(root, &["export", "ita"], 0, "");
    check(root, &["export", "ita.db"], 0, "");
    assert!(!root.join(".ita.new").exists() && !root.join(".ita.db.new").exists());
    assert!(!root.join("ita/2560").exists());
    folder.write(".other.new/2565/notes.csv", "ของคนอื่น");
    refused(root, &["export", "other"], 3, ".other.new", ".other.new");
    assert_eq!(fs::read_to_string(root.join(".other.new/2565/notes.csv")).unwrap(), "ของคนอื่น");
}

#[test]
fn places_that_belong_to_the_site_and_other_endings_are_refused() {
    let folder = Folder::of_old(&sites()["portal"]);
    let root = folder.root();
    folder.build();
    let before = tree(root);
    for place in ["public/ita.sqlite", "public/data", ".public.prongsai/ita.db"] {
        refused(
            root,
            &["export", place],
            2,
            "อยู่ในโฟลเดอร์ที่สร้างเว็บไซต์",
            "name another place, such as prongsai export",
        );
    }
    for place in ["content/ita.sqlite", "content/ban-tua-yang/2565/files/csv"] {
        fs::create_dir_all(root.join("content/ban-tua-yang/2565/files")).unwrap();
        refused(root, &["export", place], 2, "ต้นฉบับ", "the site's sources");
    }
    for place in ["ita.xlsx", "ita.parquet", "ita.csv", "prongsai.yaml"] {
        refused(root, &["export", place], 2, "ลงท้ายด้วย .sqlite", "a name that ends in .sqlite");
    }
    refused(root, &["export", ".."], 2, "ไม่มีชื่อ", "has no name");
    refused(root, &["export", "nowhere/ita.sqlite"], 3, "nowhere", "nowhere");
    assert!(tree(root) == before);
}

#[test]
fn it_says_how_much_it_was_unless_nobody_wants_to_know() {
    let folder = Folder::of_old(&sites()["portal"]);
    let root = folder.root();
    folder.build();
    check(root, &["export", "a.SQLite"], 0, "แถวของ 3 หน่วยงานไว้ใน a.SQLite แล้ว");
    check(root, &["export", "a", "--lang", "en"], 0, "rows of 3 agencies to a (");
    assert_eq!(run(root, &["export", "b", "-q"]), (0, String::new()));
    assert_eq!(run(root, &["export", "c", "--format", "json"]), (0, String::new()));
    // A copy of a site is read where it is, and nothing is put beside it.
    fs::create_dir(root.join("copy")).unwrap();
    fs::rename(root.join("public"), root.join("copy/www")).unwrap();
    check(root, &["export", "d.db", "--output", "copy/www"], 0, "3 หน่วยงาน");
    assert_eq!(fs::read_dir(root.join("copy")).unwrap().count(), 1);
    assert!(fs::read(root.join("d.db")).unwrap() == fs::read(root.join("a.SQLite")).unwrap());
}

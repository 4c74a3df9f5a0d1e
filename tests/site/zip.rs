//! `build --zip`: the published site as one file, which unpacks in place into exactly that site. `tests/hosting` unpacks it with programs of
//! others.

use crate::disk::{check, run};
use crate::folder::{Folder, Tree, rich_portal, sites};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;
use zip::{DateTime, ZipArchive};

/// A file of an archive.
struct Entry {
    bytes: Vec<u8>,
    moment: DateTime,
}

/// All files of an archive, which come in the order of their names.
fn entries(zip: &[u8]) -> BTreeMap<String, Entry> {
    let mut archive = ZipArchive::new(Cursor::new(zip)).unwrap();
    let (mut entries, mut names) = (BTreeMap::new(), Vec::new());
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let (name, moment) = (file.name().unwrap().into_owned(), file.last_modified().unwrap());
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        entries.insert(name.clone(), Entry { bytes, moment });
        names.push(name);
    }
    assert!(names.is_sorted() && names.len() == entries.len(), "{names:?}");
    entries
}

fn unpacked(zip: &Path) -> Tree {
    entries(&fs::read(zip).unwrap()).into_iter().map(|(name, entry)| (name, entry.bytes)).collect()
}

/// A site that has a large attachment with a Thai name beside all else.
fn site() -> Tree {
    let mut site = sites().remove("full").unwrap();
    site.insert(
        "content/2565/files/แผนที่.pdf".to_owned(),
        (0..3_000_000_u32).map(|at| (at.wrapping_mul(at) >> 7) as u8).collect(),
    );
    site.get_mut("content/2565/report.md").unwrap().extend("\n[แผนที่](files/แผนที่.pdf)\n".as_bytes());
    site
}

#[test]
fn it_holds_the_published_site_and_nothing_else() {
    for site in [site(), rich_portal()] {
        let folder = Folder::of_old(&site);
        let (root, zip) = (folder.root(), folder.root().join("ita.zip"));
        for arguments in [&["build", "--zip", "ita.zip"][..], &["build", "--compress", "--zip", "ita.zip"]] {
            check(root, arguments, 0, "ita.zip");
            assert_eq!(unpacked(&zip), folder.published());
            let first = fs::read(&zip).unwrap();
            check(root, arguments, 0, "ita.zip");
            assert_eq!(fs::read(&zip).unwrap(), first, "nothing changed");
        }
        let elsewhere = Folder::of(&site);
        check(elsewhere.root(), &["build", "--compress", "--zip", "a.ZIP"], 0, "a.ZIP");
        assert_eq!(fs::read(elsewhere.root().join("a.ZIP")).unwrap(), fs::read(&zip).unwrap(), "elsewhere");
    }
}

/// A server tells a browser by time and size alone whether a page is another one.
#[test]
fn another_page_of_the_same_size_has_another_time() {
    let mut site = sites().remove("minimal").unwrap();
    let folder = Folder::of(&site);
    let zip = folder.root().join("ita.zip");
    let moments = |folder: &Folder| {
        check(folder.root(), &["build", "--zip", "ita.zip"], 0, "");
        entries(&fs::read(&zip).unwrap())
    };
    let before = moments(&folder);
    let scores = site.get_mut("content/2565/scores.yaml").unwrap();
    let other = String::from_utf8(scores.clone()).unwrap().replace("1: 90.10", "1: 90.11");
    assert!(other.contains("90.11"));
    folder.write("content/2565/scores.yaml", other);
    let after = moments(&folder);
    let page = |entries: &BTreeMap<String, Entry>| {
        let Entry { bytes, moment } = &entries["data/indicators.csv"];
        (bytes.len(), *moment)
    };
    assert_eq!(page(&before).0, page(&after).0);
    assert_ne!(page(&before).1, page(&after).1);
    assert_eq!(before["robots.txt"].moment, after["robots.txt"].moment);
    assert!(after.values().all(|entry| (1981..=2000).contains(&entry.moment.year())));
}

#[test]
fn it_is_refused_where_it_does_not_belong_and_nothing_is_built() {
    let folder = Folder::of(&sites()["minimal"]);
    let root = folder.root();
    fs::create_dir(root.join("folder.zip")).unwrap();
    folder.write("content/2565/files/a.pdf", "a");
    let before = folder.sources();
    let places = [
        ("public/ita.zip", "สร้างเว็บไซต์"),
        (".public.prongsai/ita.zip", "สร้างเว็บไซต์"),
        ("content/ita.zip", "ต้นฉบับ"),
        ("content/2565/files/../ita.zip", "ต้นฉบับ"),
        ("prongsai.yaml", ".zip"),
        ("folder.zip", "ไฟล์ธรรมดา"),
    ];
    fs::create_dir_all(root.join("public")).unwrap();
    fs::create_dir_all(root.join(".public.prongsai")).unwrap();
    for (place, says) in places {
        check(root, &["build", "--zip", place], 2, says);
        check(root, &["build", "--zip", place, "--lang", "en"], 2, "name another file with --zip");
    }
    check(root, &["build", "--zip", "nowhere/ita.zip"], 3, "nowhere");
    check(root, &["build", "--watch", "--zip", "ita.zip"], 2, "--zip ใช้คู่กับ --watch ไม่ได้");
    check(root, &["build", "-w", "--zip", "ita.zip", "--lang", "en"], 2, "--zip does not go with --watch");
    assert_eq!(folder.sources(), before);
    assert!(folder.published().is_empty());
}

#[test]
fn a_build_that_stops_leaves_the_last_one() {
    let folder = Folder::of(&sites()["minimal"]);
    let (root, zip) = (folder.root(), folder.root().join("ita.zip"));
    check(root, &["build", "--zip", "ita.zip"], 0, "");
    let (first, whole) = (fs::read(&zip).unwrap(), folder.sources().into_keys().collect::<BTreeSet<_>>());
    folder.write("content/2565/scores.yaml", "fiscal_year: 2565\nannounced: { total: 101 }\n");
    let (code, said) = run(root, &["build", "--zip", "ita.zip"]);
    assert!(code == 1 && !said.contains("ita.zip"), "{said}");
    assert_eq!(fs::read(&zip).unwrap(), first);
    assert_eq!(folder.sources().into_keys().collect::<BTreeSet<_>>(), whole, "nothing is left beside it");
}

#[test]
fn a_published_file_that_somebody_changed_does_not_go_in() {
    let folder = Folder::of_old(&rich_portal());
    let root = folder.root();
    check(root, &["build", "--zip", "ita.zip"], 0, "");
    let first = fs::read(root.join("ita.zip")).unwrap();
    let page = folder.public().join("ban-tua-yang/index.html");
    let altered: Vec<u8> = fs::read(&page).unwrap().iter().map(|byte| byte ^ 1).collect();
    fs::write(&page, altered).unwrap();
    check(root, &["build", "--zip", "ita.zip", "--lang", "en"], 3, "somebody changed");
    assert_eq!(fs::read(root.join("ita.zip")).unwrap(), first);
    check(root, &["build", "--fresh", "--zip", "ita.zip"], 0, "");
    assert_eq!(fs::read(root.join("ita.zip")).unwrap(), first);
}

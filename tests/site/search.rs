//! The search: whatever a page shows stands in the index of its agency, a portal's holds its agencies, and without a script there is a list
//! of all pages. How it is searched is seen in a browser (`tests/browser/search.test.js`).

use crate::folder::{Folder, Tree, example, page, rich_portal, sites};
use prongsai::thai;
use serde_json::Value;
use std::collections::BTreeSet;

const INDEX: &str = "search/index.js";

fn published(site: &Tree) -> Tree {
    let folder = Folder::of(site);
    folder.build();
    folder.published()
}

/// What an index says of each page.
fn entries(files: &Tree, path: &str) -> Vec<Value> {
    let script = page(files, path);
    let list = script.strip_prefix("prongsaiIndex=").and_then(|rest| rest.strip_suffix(";\n")).unwrap();
    let list = list.replace(",\n]", "\n]");
    serde_json::from_str::<Vec<Value>>(&list).unwrap()
}

/// All headings and texts of an entry.
fn texts(entry: &Value) -> String {
    let parts = entry["parts"].as_array().unwrap();
    parts
        .iter()
        .map(|part| format!("{}\n{}\n", part[1].as_str().unwrap(), part[2].as_str().unwrap()))
        .collect()
}

/// The file to which an entry leads.
fn file_of(search: &str, entry: &Value) -> String {
    let folder = search.strip_suffix(INDEX).unwrap();
    format!("{folder}{}", entry["href"].as_str().unwrap().strip_prefix("../").unwrap())
}

/// Every run of text between two tags of the `<main>` of a page, but for drawings, data and names of columns.
fn shown(html: &str) -> Vec<String> {
    let main = html.split_once("<main").unwrap().1.split("</main").next().unwrap();
    let mut runs = Vec::new();
    for piece in main.split("<svg").map(|piece| piece.split_once("</svg>").map_or(piece, |(_, rest)| rest)) {
        let is_left_out = |tag: &&str| tag.starts_with("span class=\"label\"") || tag.starts_with("script");
        for run in piece.split('<').filter(|tag| !is_left_out(tag)) {
            let text = run.split_once('>').map_or("", |(_, text)| text);
            let text = text.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
            let text = ["&#34;", "&quot;"].iter().fold(text, |text, entity| text.replace(entity, "\""));
            let text =
                text.replace("&#39;", "'").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
            runs.extend((!text.is_empty()).then_some(text));
        }
    }
    runs
}

#[test]
fn everything_that_a_page_shows_stands_in_the_index() {
    let mut all = sites();
    all.remove("portal");
    all.insert("example".to_owned(), example());
    for (name, site) in all {
        let files = published(&site);
        let entries = entries(&files, INDEX);
        for entry in &entries {
            let said = thai::fold(&texts(entry));
            let file = file_of(INDEX, entry);
            for run in shown(page(&files, &file)) {
                assert!(said.contains(&thai::fold(&run)), "{name}: {file}: {run}");
            }
        }
        let found: BTreeSet<String> = entries.iter().map(|entry| file_of(INDEX, entry)).collect();
        let is_searched = |path: &&String| {
            path.ends_with(".html")
                && !["404.html", "card/index.html", "search/index.html"].contains(&path.as_str())
                && !path.ends_with("itas/index.html")
                && !page(&files, path).contains("kind-moved")
        };
        assert_eq!(found, files.keys().filter(is_searched).cloned().collect(), "{name}");
    }
}

#[test]
fn every_agency_of_a_portal_has_its_own() {
    let files = published(&rich_portal());
    for id in ["ban-tua-yang", "thesaban-tua-yang", "tua-yang-nuea", "tua-yang-tem"] {
        let index = format!("{id}/{INDEX}");
        let entries = entries(&files, &index);
        assert!(entries.len() > 2, "{id}");
        for entry in &entries {
            assert!(files.contains_key(&file_of(&index, entry)), "{id}: {entry}");
        }
        assert!(page(&files, &format!("{id}/index.html")).contains("href=\"search/index.html\""));
    }
}

#[test]
fn a_portal_knows_its_agencies_by_name_group_and_level() {
    let files = published(&sites().remove("portal").unwrap());
    let entries = entries(&files, INDEX);
    let check = |id: &str, expected: &[&str]| {
        let href = format!("../{id}/index.html");
        let entry = entries.iter().find(|entry| entry["href"] == href).unwrap();
        let said = texts(entry);
        for word in expected {
            assert!(said.contains(word), "{id}: {word} is not in {said}");
        }
    };
    check(
        "thesaban-tua-yang",
        &["เทศบาลตำบลตัวอย่าง", "เทศบาลตำบล\n", "อำเภอ เมืองตัวอย่าง", "จังหวัด ตัวอย่าง", "ระดับ AA"],
    );
    check("ban-tua-yang", &["อบต.", "ระดับ ต้องปรับปรุง"]);
    // Its own pages are found as well; the list of agencies on the front page is not found once more.
    let front = entries.iter().find(|entry| entry["href"] == "../index.html").unwrap();
    assert!(!texts(front).contains("เทศบาลตำบลตัวอย่าง"));
    assert!(entries.iter().any(|entry| entry["href"] == "../about/index.html"));
}

#[test]
fn without_a_script_there_is_a_list_of_all_pages() {
    let files = published(&sites().remove("full").unwrap());
    let html = page(&files, "search/index.html");
    for entry in entries(&files, INDEX) {
        let href = entry["href"].as_str().unwrap();
        assert!(html.contains(&format!("<a href=\"{href}\">")), "{href}");
    }
    assert!(html.contains("(มาตรการ, ปีงบประมาณ"), "kind and year");
}

#[test]
fn only_the_search_may_run_a_script() {
    let files = published(&example());
    for (path, _) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = page(&files, path);
        assert_eq!(html.contains("script-src 'self'"), path == "search/index.html", "{path}");
    }
}

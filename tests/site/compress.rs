//! `build --compress`: beside every text its compressed forms, which hold the same and belong to the site like any file. `sequences.rs` holds
//! them to random sequences of edits.

use crate::disk::check;
use crate::folder::{Folder, Tree, rich_portal, sites, tree};
use flate2::read::GzDecoder;
use prongsai::build::{self, Options, Outcome};
use rayon::ThreadPoolBuilder;
use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::Path;

const COMPRESSED: Options<'_> = Options {
    strict: false,
    fresh: false,
    unjudged: false,
    compress: true,
    zip: None,
    progress: None,
    changed: None,
    overtaken: None,
};

fn compressed(folder: &Folder) -> Outcome {
    build::build(folder.root(), &folder.public(), COMPRESSED).unwrap()
}

/// What a build of these sources with compressed forms gives.
fn fresh(site: &Tree) -> Tree {
    let folder = Folder::of(site);
    compressed(&folder);
    folder.published()
}

fn is_form(path: &str) -> bool {
    path.ends_with(".gz") || path.ends_with(".br")
}

/// What somebody sees who takes a form apart.
fn opened(path: &str, bytes: &[u8]) -> Vec<u8> {
    let mut opened = Vec::new();
    match path.ends_with(".gz") {
        true => GzDecoder::new(bytes).read_to_end(&mut opened).unwrap(),
        false => brotli::Decompressor::new(bytes, 4096).read_to_end(&mut opened).unwrap(),
    };
    opened
}

/// A site with attachments of every kind, one of which has a name that another one's form would have.
fn with_attachments() -> Tree {
    let mut site = sites().remove("full").unwrap();
    let names = ["table.csv", "table.csv.gz", "scan.pdf", "small.txt"];
    for name in names {
        let text = if name == "small.txt" { "ก" } else { "แผน,ผล\r\n" };
        let times = if name == "small.txt" { 1 } else { 500 };
        site.insert(format!("content/2565/files/{name}"), text.repeat(times).into());
    }
    let links: String = names.iter().map(|name| format!("- [{name}](files/{name})\n")).collect();
    site.get_mut("content/2565/report.md").unwrap().extend(format!("\n{links}").into_bytes());
    site
}

#[test]
fn every_form_holds_what_it_stands_beside_and_all_else_is_as_it_was() {
    for (name, site) in sites().into_iter().chain([("attachments".to_owned(), with_attachments())]) {
        let plain = Folder::of(&site);
        plain.build();
        let (plain, published) = (plain.published(), fresh(&site));
        let mut forms = BTreeSet::new();
        for (path, bytes) in &published {
            if let Some(original) = plain.get(path) {
                assert!(original == bytes || path.ends_with("prongsai-manifest.json"), "{name}: {path}");
                continue;
            }
            assert!(is_form(path), "{name}: {path}");
            let beside = &published[&path[..path.len() - 3]];
            assert_eq!(&opened(path, bytes), beside, "{name}: {path}");
            assert!(bytes.len() < beside.len(), "{name}: {path} is no smaller");
            forms.insert(path.as_str());
        }
        assert!(plain.keys().all(|path| published.contains_key(path)), "{name}");
        assert!(forms.contains("index.html.gz") && forms.contains("index.html.br"), "{name}: {forms:?}");
        assert!(!forms.iter().any(|path| path.contains("manifest")), "{name}: {forms:?}");
    }
}

#[test]
fn texts_among_attachments_are_compressed_and_none_is_covered() {
    let site = with_attachments();
    let published = fresh(&site);
    let files = |end: &str| {
        let of_year = published.keys().filter(|path| path.starts_with("2565/files/"));
        of_year.filter(|path| path.ends_with(end)).cloned().collect::<Vec<_>>()
    };
    assert_eq!(files(".csv.br"), ["2565/files/table.csv.br"]);
    assert_eq!(published["2565/files/table.csv.gz"], site["content/2565/files/table.csv.gz"]);
    assert!(files(".pdf.gz").is_empty() && files("small.txt.gz").is_empty());
}

#[test]
fn a_page_that_moved_keeps_the_name_of_a_form() {
    let mut site = sites().remove("full").unwrap();
    let settings = site.get_mut("prongsai.yaml").unwrap();
    let moved = "moved:\n  /index.html.gz: /2565/\n  /feed.xml.br/old/: /2565/";
    *settings = String::from_utf8(settings.clone()).unwrap().replacen("moved:", moved, 1).into();
    let published = fresh(&site);
    assert!(published["index.html.gz"].starts_with(b"<!doctype html>"));
    assert!(published.contains_key("feed.xml.br/old/index.html") && published.contains_key("index.html.br"));
}

#[test]
fn neither_place_nor_cores_leave_a_mark() {
    let site = rich_portal();
    let expected = fresh(&site);
    for threads in [1, 3] {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert_eq!(pool.install(|| fresh(&site)), expected, "{threads} threads");
    }
}

#[test]
fn forms_come_and_go_with_the_option_and_with_their_files() {
    for site in [sites().remove("full").unwrap(), rich_portal()] {
        let (folder, forms) = (Folder::of_old(&site), fresh(&site));
        folder.build();
        let plain = folder.published();
        compressed(&folder);
        assert_eq!(folder.published(), forms, "turned on");
        let again = compressed(&folder).published.unwrap();
        assert_eq!((again.written, again.deleted), (0, 0), "nothing changed");
        folder.build();
        assert_eq!(folder.published(), plain, "turned off");
        compressed(&folder);
        let lost: Vec<&String> = forms.keys().filter(|path| is_form(path)).step_by(7).collect();
        lost.iter().for_each(|path| fs::remove_file(folder.public().join(path)).unwrap());
        compressed(&folder);
        assert_eq!(folder.published(), forms, "what somebody deleted comes back");
        let mut less = site.clone();
        less.retain(|path, _| !path.contains("/2566/"));
        folder.become_site(&less);
        compressed(&folder);
        assert_eq!(folder.published(), fresh(&less), "a year goes");
    }
}

/// An agency that is as it was is not compressed again: what stands there is not even read.
#[test]
fn an_unchanged_agency_is_not_compressed_again() {
    let folder = Folder::of_old(&rich_portal());
    compressed(&folder);
    let form = folder.public().join("ban-tua-yang/index.html.br");
    let altered: Vec<u8> = fs::read(&form).unwrap().iter().map(|byte| byte ^ 1).collect();
    fs::write(&form, &altered).unwrap();
    compressed(&folder);
    assert_eq!(fs::read(&form).unwrap(), altered);
    let fresh = Options { fresh: true, ..COMPRESSED };
    build::build(folder.root(), &folder.public(), fresh).unwrap();
    assert_ne!(fs::read(&form).unwrap(), altered);
}

#[test]
fn the_command_says_why_it_made_everything_again() {
    let folder = Folder::of_old(&sites()["portal"]);
    let count = |root: &Path| tree(&root.join("public")).keys().filter(|path| is_form(path)).count();
    let root = folder.root();
    check(root, &["build", "--compress"], 0, "");
    assert!(count(root) > 20, "{}", count(root));
    check(root, &["build", "-v"], 0, "--compress");
    assert_eq!(count(root), 0);
}

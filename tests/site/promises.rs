//! Addresses are permanent: what was published and is gone is found, whatever the output holds, until somebody says where it moved.

use crate::folder::{Folder, Tree, lines, page, sites};
use std::fs;

const REGISTER: &str = "addresses.txt";

/// A site with a register that nothing was ever written into.
fn site(name: &str) -> Tree {
    let mut site = sites().remove(name).unwrap();
    site.insert(REGISTER.to_owned(), "# ที่อยู่ที่เคยเผยแพร่\n".into());
    site
}

fn register(folder: &Folder) -> String {
    fs::read_to_string(folder.root().join(REGISTER)).unwrap()
}

/// The addresses that are found to be gone, by a build over the old output; a check and a build into an empty folder find the same.
#[track_caller]
fn gone(folder: &Folder) -> Vec<String> {
    let checked = lines(&folder.check().findings);
    let fresh = lines(&Folder::of(&folder.sources()).build().findings);
    let found = lines(&folder.build().findings);
    assert_eq!((&checked, &fresh), (&found, &found));
    let of_kind = found.lines().filter(|line| line.contains("disclosure/address-gone"));
    of_kind.map(|line| line.split(' ').find(|word| word.starts_with('/')).unwrap().to_owned()).collect()
}

#[test]
fn every_page_is_promised_once() {
    for name in ["full", "portal"] {
        let folder = Folder::of(&site(name));
        let pages = folder.build().pages;
        let first = register(&folder);
        // The page that answers unknown addresses has none, and what stands at addresses that moved is not promised again.
        let moved = String::from_utf8_lossy(&site(name)["prongsai.yaml"]).matches("\n  /").count();
        assert_eq!(first.lines().skip(1).count(), pages - 1 - moved, "{first}");
        let published = folder.published();
        for address in first.lines().skip(1) {
            page(&published, &format!("{}index.html", &address[1..]));
        }
        folder.build();
        assert_eq!(register(&folder), first);
    }
}

#[test]
fn a_site_without_a_register_makes_no_promises() {
    let folder = Folder::of(&sites().remove("minimal").unwrap());
    folder.build();
    assert!(!folder.root().join(REGISTER).exists());
}

#[test]
fn what_is_gone_is_found_until_it_is_said_where_it_moved() {
    let mut site = site("minimal");
    site.insert("content/pages/contact.md".to_owned(), "---\ntitle: ติดต่อ\n---\nสำนักงาน\n".into());
    let folder = Folder::of(&site);
    assert_eq!(gone(&folder), [""; 0]);
    fs::rename(folder.root().join("content/pages/contact.md"), folder.root().join("content/pages/office.md"))
        .unwrap();
    assert_eq!(gone(&folder), ["/pages/contact/"]);
    assert_eq!(gone(&folder), ["/pages/contact/"], "it is found by every build");
    let settings = String::from_utf8_lossy(&site["prongsai.yaml"]).into_owned();
    folder.write("prongsai.yaml", format!("{settings}moved:\n  /pages/contact: /pages/office/\n"));
    assert_eq!(gone(&folder), [""; 0]);
    assert!(page(&folder.published(), "pages/contact/index.html").contains("../office/index.html"));
}

/// Also where the pages of the site itself are kept as they were.
#[test]
fn a_promise_that_somebody_adds_is_judged_though_no_page_changed() {
    let folder = Folder::of_old(&site("portal"));
    folder.build();
    assert_eq!(gone(&folder), [""; 0]);
    let kept = register(&folder);
    folder.write(REGISTER, format!("{kept}/thesaban-tua-yang/2550/\n"));
    assert_eq!(gone(&folder), ["/thesaban-tua-yang/2550/"]);
    assert_eq!(gone(&folder), ["/thesaban-tua-yang/2550/"], "it is found by every build");
    folder.write(REGISTER, &kept);
    assert_eq!(gone(&folder), [""; 0]);
    folder.write(REGISTER, kept.replace("/thesaban-tua-yang/\n", ""));
    assert_eq!(gone(&folder), [""; 0]);
    assert!(register(&folder).contains("/thesaban-tua-yang/\n"), "what is a page is promised again");
}

#[test]
fn what_a_mistake_takes_away_is_not_gone() {
    let folder = Folder::of(&site("full"));
    folder.build();
    folder.write("content/2565/measures.yaml", "measures: [\n");
    assert_eq!(gone(&folder), [""; 0]);
    let portal = Folder::of(&site("portal"));
    portal.build();
    portal.write("content/ban-tua-yang/agency.yaml", "name: [\n");
    assert_eq!(gone(&portal), [""; 0]);
}

//! A build over an old output equals a build into an empty folder, byte for byte and finding for finding, whatever was edited in between;
//! and nothing but the sources shows in the bytes: no clock, no place, no number of cores.

use crate::cases;
use crate::folder::{Folder, Tree, example, lines, rich_portal, sites, tree};
use prongsai::build::{self, Memory, Options, Outcome};
use rayon::ThreadPoolBuilder;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// What a build into an empty folder gives: the output, and the findings as lines.
struct Fresh {
    published: Tree,
    findings: String,
}

fn fresh(site: &Tree) -> Fresh {
    let folder = Folder::of(site);
    let findings = lines(&folder.build().findings);
    Fresh { published: folder.published(), findings }
}

/// Turns the folder into another site, builds it over what stands there, and compares. A site with errors leaves what stood there.
#[track_caller]
fn check(folder: &Folder, site: &Tree, fresh: &Fresh, what: &str) {
    let before = folder.published();
    folder.become_site(site);
    let Outcome { findings, published, .. } = folder.build();
    assert_eq!(lines(&findings), fresh.findings, "{what}");
    let expected = if published.is_some() { &fresh.published } else { &before };
    assert_same(&folder.published(), expected, what);
}

#[track_caller]
fn assert_same(found: &Tree, expected: &Tree, what: &str) {
    let different = different(found, expected);
    assert!(different.is_empty(), "{what}: {different:?}");
}

/// The files that are not the same in both, or in one of them only.
pub(crate) fn different<'a>(found: &'a Tree, expected: &'a Tree) -> BTreeSet<&'a String> {
    let paths = found.keys().chain(expected.keys());
    paths.filter(|path| found.get(*path) != expected.get(*path)).collect()
}

/// Every site that is worth an edit, by name.
fn all_sites() -> BTreeMap<String, Tree> {
    let mut all = sites();
    all.insert("example".to_owned(), example());
    all
}

/// A site with one file changed: without its last line, which is mostly a fact less and sometimes an error.
fn changed(site: &Tree, path: &str) -> Tree {
    let bytes = &site[path];
    let end = bytes.trim_ascii_end().iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let shorter = if end > 0 { bytes[..end].to_vec() } else { [bytes, b"x".as_slice()].concat() };
    let mut site = site.clone();
    site.insert(path.to_owned(), shorter);
    site
}

fn without(site: &Tree, path: &str) -> Tree {
    let mut site = site.clone();
    site.remove(path);
    site
}

/// Changes and removes each of the files in turn; the next edit restores the one before.
fn edit_every_file(folder: &Folder, site: &Tree, name: &str) {
    let original = fresh(site);
    check(folder, site, &original, name);
    for path in site.keys() {
        for (edit, edited) in [("changed", changed(site, path)), ("removed", without(site, path))] {
            check(folder, &edited, &fresh(&edited), &format!("{name}: {path} {edit}"));
        }
    }
    check(folder, site, &original, &format!("{name} restored"));
}

#[test]
fn a_rebuild_after_any_edit_of_a_site_is_a_fresh_build() {
    all_sites().par_iter().for_each(|(name, site)| edit_every_file(&Folder::of(site), site, name));
}

/// Where files look old, their times alone say that nothing changed.
#[test]
fn a_rebuild_of_an_old_portal_is_a_fresh_build() {
    let portal = &sites()["portal"];
    edit_every_file(&Folder::of_old(portal), portal, "an old portal");
}

#[test]
fn a_rebuild_into_any_case_and_back_is_a_fresh_build() {
    let cases = cases::all();
    let bases: BTreeSet<&Tree> = cases.iter().map(|case| &case.base).collect();
    let bases: BTreeMap<&Tree, Fresh> = bases.into_iter().map(|base| (base, fresh(base))).collect();
    cases.par_iter().for_each(|case| {
        let folder = Folder::of(&case.base);
        folder.build();
        check(&folder, &case.site, &fresh(&case.site), &case.name);
        check(&folder, &case.base, &bases[&case.base], &format!("back from {}", case.name));
    });
}

/// Another site altogether, over the output of the one before.
#[test]
fn a_rebuild_of_another_site_is_a_fresh_build() {
    let sites = all_sites();
    let folder = Folder::of(&Tree::new());
    for (name, site) in sites.iter().chain(&sites) {
        check(&folder, site, &fresh(site), name);
    }
}

#[test]
fn building_twice_writes_nothing() {
    for (name, site) in all_sites() {
        for folder in [Folder::of(&site), Folder::of_old(&site)] {
            folder.build();
            let before = times(&folder.public());
            let published = folder.build().published.unwrap();
            assert_eq!((published.written, published.deleted), (0, 0), "{name}");
            assert_eq!(published.unchanged, before.len(), "{name}");
            assert_eq!(times(&folder.public()), before, "{name}");
        }
    }
}

/// When each file was last written.
fn times(folder: &Path) -> BTreeMap<String, SystemTime> {
    let paths = tree(folder).into_keys();
    paths.map(|path| (path.clone(), folder.join(&path).metadata().unwrap().modified().unwrap())).collect()
}

#[test]
fn threads_leave_no_mark() {
    for (name, site) in all_sites() {
        let built = |threads: usize| {
            let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| fresh(&site))
        };
        let one = built(1);
        for threads in [2, 4, 16] {
            let many = built(threads);
            assert_same(&many.published, &one.published, &format!("{name} on {threads} threads"));
            assert_eq!(many.findings, one.findings, "{name} on {threads} threads");
        }
    }
}

/// A folder with a name that would be found again in the bytes.
#[test]
fn the_place_leaves_no_mark() {
    const NAME: &str = "เว็บไซต์ ของฉัน";
    for (name, site) in all_sites() {
        let folder =
            Folder::of(&site.iter().map(|(path, bytes)| (format!("{NAME}/{path}"), bytes.clone())).collect());
        let output = folder.root().join("www");
        build::build(&folder.root().join(NAME), &output, Options::default()).unwrap();
        let found = tree(&output);
        assert_same(&found, &fresh(&site).published, &name);
        let place = folder.root().display().to_string();
        for (path, bytes) in &found {
            let text = String::from_utf8_lossy(bytes);
            assert!(!text.contains(NAME) && !text.contains(&place), "{name}: {path}");
        }
    }
}

/// Whether or not their agency would be done again for its sources.
#[test]
fn pages_that_somebody_deleted_come_back() {
    for (name, site) in all_sites() {
        for folder in [Folder::of(&site), Folder::of_old(&site)] {
            folder.build();
            let expected = folder.published();
            let pages = expected.keys().filter(|path| path.ends_with(".html"));
            pages.for_each(|path| fs::remove_file(folder.public().join(path)).unwrap());
            folder.build();
            assert_same(&folder.published(), &expected, &name);
        }
    }
}

/// Rendering the lists of a country takes longer than all else that an edit makes necessary.
#[test]
fn a_list_is_kept_while_it_shows_the_same() {
    const LIST: &str = "2561/index.html";
    let mut portal = sites()["portal"].clone();
    let folder = Folder::of_old(&portal);
    folder.build();
    let mut check = |path: &str, (from, to): (&str, &str), spoil: &dyn Fn(&Path), is_kept: bool| {
        spoil(&folder.public().join(LIST));
        let spoiled = folder.published().remove(LIST);
        let before = String::from_utf8(portal[path].clone()).unwrap();
        let text = before.replace(from, to);
        assert_ne!(text, before, "{path}");
        folder.write(path, &text);
        portal.insert(path.to_owned(), text.into());
        folder.build();
        let (mut published, mut expected) = (folder.published(), fresh(&portal).published);
        let [list, expected_list] = [&mut published, &mut expected].map(|files| files.remove(LIST));
        assert_same(&published, &expected, path);
        assert_eq!(list, if is_kept { spoiled } else { expected_list }, "{path}");
    };
    // As many bytes as before, so that it is seen whether the list was made again.
    let mark = |list: &Path| fs::write(list, fs::read(list).unwrap().to_ascii_uppercase()).unwrap();
    let [front, scores] = ["content/index.md", "content/tua-yang-nuea/2561/scores.yaml"];
    check(front, ("รวมรายงาน", "รายงาน"), &mark, true);
    check(front, ("รายงาน", "รวมรายงาน"), &|list| fs::remove_file(list).unwrap(), false);
    check(front, ("รวมรายงาน", "รายงาน"), &|list| fs::write(list, "").unwrap(), false);
    check(scores, ("total: 74.50", "total: 74.60"), &mark, false);
}

/// What changed elsewhere is found by the next build that looks everywhere, also if files were written within one tick of the clock.
#[test]
fn a_build_that_is_told_where_something_changed_looks_nowhere_else() {
    let portal = &sites()["portal"];
    let [told, untold] = ["ban-tua-yang/2566", "tua-yang-nuea/2562"];
    for folder in [Folder::of(portal), Folder::of_old(portal)] {
        folder.build();
        let before = folder.published();
        let mut edited = portal.clone();
        for round in [told, untold] {
            let path = format!("content/{round}/scores.yaml");
            let scores = String::from_utf8(edited[&path].clone()).unwrap();
            let (before, total) = scores.split_once("total: ").unwrap();
            // As many bytes as before.
            let other = format!("{before}total: 9{}", &total[1..]);
            assert_ne!(other, scores);
            folder.write(&path, &other);
            edited.insert(path, other.into());
        }
        let fresh = fresh(&edited).published;
        let changed = BTreeSet::from([format!("content/{told}/scores.yaml")]);
        let options = Options { changed: Some(&changed), ..Options::default() };
        build::build(folder.root(), &folder.public(), options).unwrap();
        let published = folder.published();
        let page = |round: &str| format!("{round}/index.html");
        assert_eq!(published[&page(told)], fresh[&page(told)]);
        assert_eq!(published[&page(untold)], before[&page(untold)]);
        folder.build();
        assert_same(&folder.published(), &fresh, "after a look everywhere");
    }
}

/// Whoever watches renders of an edited agency only what shows something else, and never believes what somebody else made of the output.
#[test]
fn a_process_that_builds_again_keeps_the_pages_that_stay_as_they_are() {
    let portal = rich_portal();
    let folder = Folder::of_old(&portal);
    let mut memory = Memory::default();
    let mut build = |path: &str| {
        let changed = BTreeSet::from([path.to_owned()]);
        let options = Options { changed: (!path.is_empty()).then_some(&changed), ..Options::default() };
        build::build_again(&mut memory, folder.root(), &folder.public(), options).unwrap();
    };
    let mut edited = portal.clone();
    let mut edit = |path: &str| {
        let path = format!("content/tua-yang-tem/{path}");
        let text = [&edited[&path], "\nเพิ่มเติม\n".as_bytes()].concat();
        folder.write(&path, &text);
        edited.insert(path.clone(), text);
        (path, fresh(&edited).published)
    };
    build("");
    let mut check = |path: &str, spoil: &dyn Fn(), kept: Option<&str>| {
        let (path, mut expected) = edit(path);
        spoil();
        let mut before = folder.published();
        build(&path);
        let mut published = folder.published();
        if let Some(kept) = kept {
            assert_eq!(published.remove(kept), before.remove(kept), "{path}");
            expected.remove(kept);
        }
        assert_same(&published, &expected, &path);
    };
    let memo = "tua-yang-tem/2566/memo/index.html";
    let place = folder.public().join(memo);
    // As many bytes as before, so that it is seen whether the page was made again.
    let mark = || fs::write(&place, fs::read(&place).unwrap().to_ascii_uppercase()).unwrap();
    check("2565/report.md", &|| {}, None);
    check("2565/report.md", &mark, Some(memo));
    check("2565/iit.md", &|| fs::remove_file(&place).unwrap(), None);
    check("2566/memo.md", &|| {}, None);
    check("index.md", &|| {}, None);
    let somebody_else = || {
        folder.write("themes/plain/static/style.css", "p { margin: 0 }\n");
        folder.build();
        folder.write("themes/plain/static/style.css", &portal["themes/plain/static/style.css"]);
    };
    check("2566/report.md", &somebody_else, None);
    fs::remove_dir_all(folder.public()).unwrap();
    check("2566/report.md", &|| {}, None);
}

/// They depend on the agency that they lie in no more than on any other.
#[test]
fn a_moved_address_inside_an_agency_of_a_portal() {
    let mut portal = sites().remove("portal").unwrap();
    let moved = b"moved: { /ban-tua-yang/old/: /thesaban-tua-yang/2565/ }\n";
    portal.get_mut("prongsai.yaml").unwrap().extend(moved);
    let folder = Folder::of_old(&portal);
    let original = fresh(&portal);
    assert!(original.published.contains_key("ban-tua-yang/old/index.html"));
    check(&folder, &portal, &original, "the first build");
    check(&folder, &portal, &original, "nothing changed");
    let gone = without(&portal, "content/thesaban-tua-yang/2565/scores.yaml");
    check(&folder, &gone, &fresh(&gone), "where it leads is gone");
    check(&folder, &portal, &original, "and is there again");
}

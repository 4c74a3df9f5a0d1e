//! The preview: whatever is edited, each file is as a build would publish it now; where a build would stop, it is the last good one, and what
//! stops it is told. Asked through the library, without a server; `serve.rs` asks over the network.

use crate::folder::{Folder, Tree, rich_portal, sites};
use prongsai::build::{self, Inquiry, Ready};
use prongsai::finding::Findings;
use prongsai::preview::{Answer, Preview, Progress, Told};
use std::fs;
use std::sync::atomic::AtomicBool;

/// A preview of a folder.
fn preview(folder: &Folder) -> Preview {
    Preview::new(folder.root(), &folder.public(), false)
}

/// The answer, for which all agencies are looked at where it takes that.
pub(crate) fn answer(preview: &mut Preview, file: &str) -> Answer {
    loop {
        match preview.answer(file) {
            Answer::Later => {
                let work = preview.work().expect("what is to be waited for");
                preview.take(work.run(&AtomicBool::new(false), &Progress::default()));
            }
            answer => return answer,
        }
    }
}

/// The bytes of a file; `None` where there is none.
pub(crate) fn bytes(preview: &mut Preview, file: &str) -> Option<Vec<u8>> {
    match answer(preview, file) {
        Answer::File(Ready::Bytes(blob)) => Some(blob.bytes().to_vec()),
        Answer::File(Ready::At(location)) => Some(fs::read(location).unwrap()),
        Answer::Missing(_) | Answer::Closed | Answer::Later => None,
    }
}

/// What a build would publish, without the lists by which it knows its own.
fn published(folder: &Folder) -> Tree {
    let output = tempfile::tempdir().unwrap();
    let output = output.path().join("public");
    build::build(folder.root(), &output, build::Options::default()).unwrap();
    let mut published = crate::folder::tree(&output);
    published.retain(|path, _| !path.ends_with("prongsai-manifest.json"));
    published
}

/// Each file is as a build would publish it now.
fn check_all(preview: &mut Preview, folder: &Folder) {
    let expected = published(folder);
    assert!(!expected.is_empty());
    for (file, expected) in expected {
        assert!(bytes(preview, &file).as_ref() == Some(&expected), "{file} differs");
    }
}

fn codes(told: &Told) -> Vec<&'static str> {
    told.findings.iter().map(|finding| finding.kind.code).collect()
}

/// Replaces something in a file.
fn edit(folder: &Folder, path: &str, old: &str, new: &str) {
    let text = fs::read_to_string(folder.root().join(path)).unwrap();
    assert!(text.contains(old), "{path} has no {old}");
    folder.write(path, text.replacen(old, new, 1));
}

fn site(name: &str) -> Folder {
    Folder::of(&sites().remove(name).unwrap())
}

#[test]
fn every_file_is_as_a_build_publishes_it() {
    for (name, site) in sites() {
        let folder = Folder::of(&site);
        let mut preview = preview(&folder);
        check_all(&mut preview, &folder);
        assert!(!folder.public().exists(), "{name}: nothing is written");
        for file in
            ["no/such/page/index.html", "2565", "../prongsai.yaml", "prongsai-manifest.json", "assets"]
        {
            assert!(matches!(answer(&mut preview, file), Answer::Missing(_)), "{name}: {file}");
        }
    }
}

#[test]
fn edits_are_seen_without_anybody_telling() {
    let folder = Folder::of(&rich_portal());
    let mut preview = preview(&folder);
    check_all(&mut preview, &folder);
    let check = |preview: &mut Preview, path: &str, change: &dyn Fn(&str) -> String| {
        let text = fs::read_to_string(folder.root().join(path)).unwrap();
        let changed = change(&text);
        assert_ne!(text, changed, "{path}");
        folder.write(path, changed);
        // What all agencies have to do with is looked at when a change is told.
        preview.look_at(path);
        check_all(preview, &folder);
    };
    check(&mut preview, "content/tua-yang-tem/2565/report.md", &|text| format!("{text}\nเพิ่มเติม\n"));
    check(&mut preview, "content/tua-yang-tem/agency.yaml", &|text| text.replacen("ตัวอย่าง", "ต้นแบบ", 1));
    check(&mut preview, "prongsai.yaml", &|text| text.replacen("ผลการประเมิน", "ผลประเมิน", 1));
    check(&mut preview, "themes/plain/text/th.yaml", &|text| text.replacen("เมนู", "รายการ", 1));
    check(&mut preview, "themes/plain/static/style.css", &|text| format!("{text}\np {{ margin: 0 }}\n"));
}

/// Most of it was found before, in rounds that are as they were.
#[test]
fn what_is_told_after_an_edit_is_what_a_check_finds() {
    let folder = Folder::of(&rich_portal());
    let mut preview = preview(&folder);
    check_all(&mut preview, &folder);
    let mut finds_after = |path: &str, old: &str, new: &str, code: &str| {
        edit(&folder, path, old, new);
        preview.look_at(path);
        preview.bring_up();
        let found = build::check(folder.root(), Inquiry::default()).unwrap().findings;
        let written = |findings: &Findings| -> Vec<String> {
            findings.iter().map(|finding| format!("{finding:?}")).collect()
        };
        assert_eq!(written(&preview.all_told().findings), written(&found), "{path}");
        found.iter().any(|finding| finding.kind.code == code)
    };
    let (about, plan) = ("content/tua-yang-tem/agency.yaml", "content/tua-yang-tem/2565/measures.yaml");
    assert!(finds_after(plan, ": สำนักปลัด\n", ": สำนักปลัด อบต.ตัวอยาง\n", "text/agency-name"));
    assert!(!finds_after(about, ": อบต.ตัวอย่าง", ": อบต.ตัวอยาง", "text/agency-name"));
    assert!(finds_after(about, ": อบต.ตัวอยาง", ": อบต.ตัวอย่าง", "text/agency-name"));
    assert!(finds_after(plan, "2566", "2567", "files/year-mismatch"));
    assert!(!finds_after(plan, "2567", "2566", "files/year-mismatch"));
}

#[test]
fn folders_come_and_go() {
    let folder = Folder::of(&rich_portal());
    let mut preview = preview(&folder);
    check_all(&mut preview, &folder);
    let content = folder.root().join("content");
    let page = "tua-yang-tem/2565/index.html";
    fs::rename(content.join("tua-yang-tem/2565"), content.join("tua-yang-tem/2564")).unwrap();
    assert!(bytes(&mut preview, page).is_none(), "{:?}", preview.told(page));
    fs::rename(content.join("tua-yang-tem/2564"), content.join("tua-yang-tem/2565")).unwrap();
    check_all(&mut preview, &folder);
    fs::rename(content.join("tua-yang-tem"), content.join("ban-mai")).unwrap();
    assert_eq!(bytes(&mut preview, page), None);
    check_all(&mut preview, &folder);
}

#[test]
fn a_broken_file_leaves_the_last_good_page() {
    let folder = site("full");
    let mut preview = preview(&folder);
    let check = |preview: &mut Preview, path: &str, broken: &str, code: &str| {
        let good = fs::read_to_string(folder.root().join(path)).unwrap();
        let shown = published(&folder);
        for file in shown.keys() {
            bytes(preview, file);
        }
        folder.write(path, broken);
        for (file, expected) in &shown {
            assert!(
                bytes(preview, file).as_ref() == Some(expected),
                "{path}: {file} is not the last good one"
            );
        }
        let told = preview.told("index.html");
        assert!(told.is_kept && codes(&told).contains(&code), "{path}: {:?}", codes(&told));
        folder.write(path, good);
        check_all(preview, &folder);
        assert!(!preview.told("index.html").is_kept, "{path} is mended");
        assert!(!codes(&preview.told("index.html")).contains(&code), "{path} is mended");
    };
    check(
        &mut preview,
        "content/2565/scores.yaml",
        "fiscal_year: 2565\nindicators: {1: 814}\n",
        "score/out-of-range",
    );
    check(&mut preview, "prongsai.yaml", "agency: [\n", "files/yaml-syntax");
}

#[test]
fn in_a_portal_only_the_broken_round_stays() {
    let folder = Folder::of(&rich_portal());
    let mut preview = preview(&folder);
    let before = published(&folder);
    check_all(&mut preview, &folder);
    edit(&folder, "content/tua-yang-tem/2565/scores.yaml", "  1: ", "  1: 9");
    edit(&folder, "content/tua-yang-tem/index.md", "\n", "\nเพิ่มเติม ");
    let after = published(&folder);
    let round = |file: &str| file.starts_with("tua-yang-tem/2565/");
    preview.look_at("content/tua-yang-tem/2565/scores.yaml");
    for (file, expected) in &after {
        let expected = if round(file) { &before[file] } else { expected };
        assert!(bytes(&mut preview, file).as_ref() == Some(expected), "{file} differs");
    }
    for file in before.keys().filter(|file| round(file)) {
        assert!(bytes(&mut preview, file).as_ref() == Some(&before[file]), "{file} is not the last good one");
    }
    let told = preview.told("tua-yang-tem/2565/index.html");
    assert!(told.is_kept && codes(&told).contains(&"score/out-of-range"), "{:?}", codes(&told));
    assert!(!preview.told("tua-yang-tem/index.html").is_kept);
    assert!(codes(&preview.told("tua-yang-tem/index.html")).contains(&"score/out-of-range"));
    edit(&folder, "content/tua-yang-tem/2565/scores.yaml", "  1: 9", "  1: ");
    preview.look_at("content/tua-yang-tem/2565/scores.yaml");
    check_all(&mut preview, &folder);
}

/// Whatever the error, and however late a build finds it: the summaries of the preview are those of a build.
#[test]
fn a_round_with_an_error_is_missing_on_the_front_page_of_a_portal() {
    let whole = Folder::of(&rich_portal());
    let before = published(&whole);
    let mut preview_of_whole = preview(&whole);
    assert!(bytes(&mut preview_of_whole, "index.html").as_ref() == Some(&before["index.html"]));
    let check_with = |file: &str, spoil: &dyn Fn(&str) -> String, code: &str| {
        let folder = Folder::of(&rich_portal());
        let path = format!("content/tua-yang-tem/{file}");
        let text = fs::read_to_string(folder.root().join(&path)).unwrap_or_default();
        let spoilt = spoil(&text);
        assert!(text != spoilt, "{file}");
        folder.write(&path, spoilt);
        let mut preview = preview(&folder);
        let front = bytes(&mut preview, "index.html").unwrap();
        assert!(front == published(&folder)["index.html"], "{code} in {file}: not as a build has it");
        assert!(front != before["index.html"], "{code} in {file}: the round is still there");
        bytes(&mut preview, "tua-yang-tem/index.html");
        let told = preview.told("tua-yang-tem/index.html");
        assert!(codes(&told).contains(&code), "{code} in {file}: {:?}", codes(&told));
    };
    let check = |file: &str, more: &str, code: &str| {
        check_with(&format!("2567/{file}"), &|text| format!("{text}{more}"), code)
    };
    let memo = "---\nnumber: ตย 70001 / 14\ndate: 2 กันยายน 2567\nsubject: ก\nto: นายก\noffice: สำนักปลัด\nsigned_by: {name: ผู้ลงนามตัวอย่าง, position: ปลัด}\n---\n";
    check("scores.yaml", "unknown: 1\n", "files/unknown-key");
    check("scores.yaml", "instruments: {XIT: 50}\n", "score/unknown-indicator");
    check("disclosure.yaml", "[", "files/yaml-syntax");
    check("report.md", "[ก](/2560/)\n", "disclosure/dead-link");
    check("iit.md", "[ก](files/none.pdf)\n", "disclosure/missing-attachment");
    check("eit.md", "{{ no.such }}\n", "text/unknown-binding");
    check("memo.md", &format!("{memo}[ก](javascript:a)\n"), "text/dangerous-link");
    check("memo.md", &format!("{memo}[ก](/none/)\n"), "disclosure/dead-link");
    check("oit.md", "[ก][ข]\n\n[ข]: /none/\n", "disclosure/dead-link");
    check("oit.md", "![ก](files/none.png)\n", "disclosure/missing-attachment");
    check("oit.md", "<javascript:a>\n", "text/dangerous-link");
    check(
        "measures.yaml",
        "fiscal_year: 2568\nmeasures:\n  - {id: one, title: ก, addresses: [99], measure: ก, steps: ก, responsible: ก, period: ต.ค. 2567, follow_up: ก}\n",
        "chain/unknown-reference",
    );
    let misled = |file: &str, old: &str, new: &str, code: &str| {
        check_with(file, &|text| text.replacen(old, new, 1), code)
    };
    let missing = "disclosure/missing-attachment";
    misled("2566/scores.yaml", "  level: ผ่าน\n", "  level: ผ่าน\n  source: files/none.pdf\n", missing);
    misled("2566/report.md", "to: files/signed", "to: files/un-signed", missing);
    misled("2565/measures.yaml", "to: files/minutes", "to: files/no-minutes", missing);
    misled("2565/measures.yaml", "evidence: files/", "evidence: files/no-", missing);
    misled("2566/memo.md", "to: files/signed", "to: files/un-signed", missing);
    misled("2566/disclosure.yaml", "to: files/", "to: files/no-", missing);
    misled("2566/disclosure.yaml", "/pages/complaint/", "/pages/none/", "disclosure/dead-link");
}

/// A look as a precaution keeps nobody waiting, and what changes while it is done is not lost in it.
#[test]
fn nobody_waits_for_a_look_at_what_is_known() {
    let folder = site("portal");
    let mut preview = preview(&folder);
    check_all(&mut preview, &folder);
    preview.look_once_more();
    let look = preview.work().expect("it is due").run(&AtomicBool::new(false), &Progress::default());
    let about = "content/ban-tua-yang/agency.yaml";
    edit(&folder, about, "district: เมืองตัวอย่าง", "district: ตัวอย่างกลาง");
    preview.look_at(about);
    let expected = published(&folder);
    for _ in 0..2 {
        let Answer::File(Ready::Bytes(front)) = preview.answer("index.html") else {
            panic!("it is waited for")
        };
        assert!(front.bytes()[..] == expected["index.html"]);
    }
    preview.take(look);
    check_all(&mut preview, &folder);
    preview.look_everywhere();
    assert!(matches!(preview.answer("index.html"), Answer::Later), "anything may be missing");
    check_all(&mut preview, &folder);
}

#[test]
fn what_was_never_good_is_shown_as_it_is() {
    let folder = site("full");
    edit(&folder, "content/2565/scores.yaml", "  1: ", "  1: 9");
    let mut preview = preview(&folder);
    assert!(bytes(&mut preview, "2565/index.html").is_some());
    assert!(codes(&preview.told("2565/index.html")).contains(&"score/out-of-range"));
    folder.write("prongsai.yaml", "");
    let mut closed = self::preview(&folder);
    assert!(matches!(closed.answer("index.html"), Answer::Closed));
    assert!(closed.told("index.html").findings.has_errors());
}

#[test]
fn a_version_changes_with_what_a_page_shows() {
    let folder = site("full");
    let mut preview = preview(&folder);
    let version = |preview: &mut Preview, file: &str| {
        let answer = answer(preview, file);
        preview.version(file, &answer)
    };
    let before = version(&mut preview, "2565/index.html");
    preview.look_everywhere();
    assert_eq!(version(&mut preview, "2565/index.html"), before, "nothing changed");
    edit(&folder, "content/2565/report.md", "ขอรายงาน", "ขอเสนอรายงาน");
    assert_ne!(version(&mut preview, "2565/index.html"), before);
}

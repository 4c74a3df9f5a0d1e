//! What a folder in git cannot hold: links, names that differ in case, files of megabytes, nesting of twenty thousand levels, and bytes that
//! nobody thought of. Whatever it is, it ends with findings, and after an error the last good output stays.

use crate::folder::{Folder, Tree, lines, sites};
use prongsai::build::Outcome;
use prongsai::finding::{Finding, Location, Severity};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// How deep a file is nested here: one frame of a stack for each level would be too much for any thread.
const DEEP: usize = 20_000;

const SCORES: &str = "content/2565/scores.yaml";

fn minimal() -> Tree {
    sites().remove("minimal").unwrap()
}

/// Spoils a site that is built already and builds again. Gives `code file:line` of what is found, each once.
#[track_caller]
fn found(site: &Tree, spoil: impl Fn(&Path)) -> Vec<String> {
    let folder = Folder::of(site);
    folder.build();
    let before = folder.published();
    spoil(folder.root());
    let Outcome { findings, published, .. } = folder.build();
    assert_eq!(published.is_none(), findings.has_errors());
    if published.is_none() {
        assert_eq!(folder.published(), before);
    }
    let shown = |finding: &Finding| {
        let Location { file, start, .. } = &finding.location;
        format!("{} {file}:{}", finding.kind.code, start.line)
    };
    findings.iter().map(shown).collect::<BTreeSet<_>>().into_iter().collect()
}

fn write(root: &Path, path: &str, bytes: impl AsRef<[u8]>) {
    let place = root.join(path);
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    fs::write(place, bytes).unwrap();
}

#[test]
fn a_text_of_megabytes_is_not_read() {
    let text = format!("fiscal_year: 2565\n{}", "# คะแนนผลการประเมิน\n".repeat(100_000));
    let found = found(&minimal(), |root| write(root, SCORES, &text));
    assert_eq!(found, ["files/too-large content/2565/scores.yaml:1"]);
}

#[test]
fn twenty_thousand_levels_are_a_finding() {
    let check = |path: &str, before: &str, open: &str, close: &str, line: usize| {
        let text = format!("{before}{}1{}\n", open.repeat(DEEP), close.repeat(DEEP));
        let expected = format!("files/too-deep {path}:{line}");
        assert_eq!(found(&minimal(), |root| write(root, path, &text)), [expected], "{open}");
    };
    let before = "fiscal_year: 2565\nindicators: ";
    check(SCORES, before, "[", "]", 2);
    check(SCORES, before, "[", "", 2);
    check(SCORES, before, "{ a: ", " }", 2);
    check(SCORES, "fiscal_year: 2565\nindicators:\n", "- ", "", 3);
    check("content/index.md", "---\ntitle: ", "[", "]\n---", 2);
}

/// Markdown has no errors; twenty thousand quotes, lists or brackets are text like any other.
#[test]
fn deep_prose_is_only_prose() {
    let check = |open: &str, close: &str| {
        let text = format!("{}ลึก{}\n", open.repeat(DEEP), close.repeat(DEEP));
        let found = found(&minimal(), |root| write(root, "content/index.md", &text));
        let is_about_prose = |line: &String| line.starts_with("text/") && line.ends_with("index.md:1");
        assert!(found.iter().all(is_about_prose), "{open}: {found:?}");
    };
    check("> ", "");
    check("- ", "");
    check("[", "]");
    check("![", "]()");
    check("*", "*");
    check("**ก", "");
    check("<", ">");
    check("`", "");
    check("| ", "");
}

#[test]
fn deep_templates_are_a_finding() {
    let mut site = minimal();
    let mut add = |path: &str, text: String| site.insert(path.to_owned(), text.into());
    add("prongsai.yaml", "agency: { name: ตัวอย่าง, short_name: ตัวอย่าง }\ntheme: own\n".to_owned());
    add("themes/own/theme.yaml", "contract: 1\nextends: default\n".to_owned());
    add("themes/own/templates/home.html", "หน้าแรก".to_owned());
    let check = |text: String| {
        let found = found(&site, |root| write(root, "themes/own/templates/home.html", &text));
        assert_eq!(found, ["files/theme themes/own/templates/home.html:1"]);
    };
    check(format!("{}{}", "{% if true %}".repeat(DEEP), "{% endif %}".repeat(DEEP)));
    check(format!("{{{{ {}1{} }}}}", "(".repeat(DEEP), ")".repeat(DEEP)));
    check(format!("{{{{ 1{} }}}}", " + 1".repeat(DEEP)));
}

#[test]
fn a_mistake_of_a_template_is_one_finding_of_all_agencies() {
    let mut site = sites().remove("portal").unwrap();
    let settings = String::from_utf8(site["prongsai.yaml"].clone()).unwrap();
    site.insert("prongsai.yaml".to_owned(), format!("{settings}\ntheme: own\n").into());
    site.insert("themes/own/theme.yaml".to_owned(), "contract: 1\nextends: default\n".into());
    let base = fs::read_to_string("themes/default/templates/base.html").unwrap();
    let base = base.replace("<title>", "<title>{{ words.ranking | with(year=home.there) }}");
    site.insert("themes/own/templates/base.html".to_owned(), base.into());
    let findings = Folder::of(&site).build().findings;
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
    let codes: Vec<&str> = errors.map(|finding| finding.kind.code).collect();
    assert_eq!(codes, ["files/theme"]);
}

#[test]
#[cfg(unix)]
fn links_that_leave_the_site_are_not_followed() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().unwrap();
    write(outside.path(), "secret.txt", "ความลับ");
    write(outside.path(), "2566/scores.yaml", "fiscal_year: 2566\nannounced: { total: 90.00 }\n");
    let check = |link: &str, target: &Path, expected: &[&str]| {
        let spoil = |root: &Path| {
            write(root, "content/files/inside.txt", "ข้างใน");
            write(root, "content/index.md", "[ข้างใน](files/inside.txt)\n");
            fs::create_dir_all(root.join(link).parent().unwrap()).unwrap();
            symlink(target, root.join(link)).unwrap();
        };
        assert_eq!(found(&minimal(), spoil), expected, "{link}");
    };
    let secret = outside.path().join("secret.txt");
    check("content/files/secret.txt", &secret, &["files/outside-link content/files/secret.txt:1"]);
    check("content/2565/report.md", &secret, &["files/outside-link content/2565/report.md:1"]);
    check("content/2566", &outside.path().join("2566"), &["files/outside-link content/2566:1"]);
    check(
        "content/files/gone.txt",
        Path::new("nowhere.txt"),
        &["files/outside-link content/files/gone.txt:1"],
    );
    check("themes/own", outside.path(), &[]);
    let unlinked = "disclosure/unlinked-attachment content/2565/files/inside.txt:1";
    check("content/2565/files/inside.txt", Path::new("../../files/inside.txt"), &[unlinked]);
    // A linked folder would be the same files at two addresses, and may go in circles.
    check(
        "content/2565/files/around",
        Path::new("../.."),
        &["files/outside-link content/2565/files/around:1"],
    );
}

/// On Windows the two would be one file, so they stop the build where a system tells them apart.
#[test]
fn names_that_differ_in_case_alone_are_a_finding() {
    let spoil = |root: &Path| {
        write(root, "content/files/Plan.txt", "1");
        write(root, "content/files/plan.txt", "2");
        write(root, "content/index.md", "[แผน](files/plan.txt) [แผน](files/Plan.txt)\n");
    };
    let found = found(&minimal(), spoil);
    if found.iter().any(|line| line.contains("missing-attachment")) {
        return skip("this file system does not tell letter case apart");
    }
    assert_eq!(found, ["files/case-twins content/files/plan.txt:1"]);
}

/// A name that is no UTF-8 or has a line end in it is an odd name and nothing more.
#[test]
#[cfg(target_os = "linux")]
fn odd_names_do_no_harm() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let spoil = |root: &Path| {
        let odd =
            |name: &[u8]| fs::write(root.join("content/2565").join(OsStr::from_bytes(name)), "x").unwrap();
        odd(b"\xe0\xb8.yaml");
        odd(b"a\nb.yaml");
    };
    let found = found(&minimal(), spoil);
    let name = |line: &String| line.split_whitespace().next().unwrap().to_owned();
    let kinds: Vec<String> = found.iter().map(name).collect();
    assert_eq!(kinds, ["files/unknown-file", "files/unknown-file", "files/windows-name"], "{found:?}");
}

/// Where they can be made they stop the build, since nobody could copy the folder to Windows.
#[test]
#[cfg(unix)]
fn names_that_windows_does_not_take_are_a_finding() {
    let check = |path: &str| {
        let spoil = |root: &Path| {
            write(root, path, "# หน้า\n");
            write(root, "content/index.md", "[หน้า](/pages/nul/)\n");
        };
        let expected = format!("files/windows-name {path}:1");
        assert!(found(&minimal(), spoil).contains(&expected), "{path}");
    };
    check("content/pages/nul.md");
    check("content/2565/files/aux.txt");
    check("content/2565/files/แผน:1.pdf");
    check("content/files/report. ");
    let mut portal = sites().remove("portal").unwrap();
    let name = b"name: \xe0\xb8\x81\n".to_vec();
    portal.insert("content/con/agency.yaml".to_owned(), name);
    let folder = Folder::of(&portal);
    let Outcome { findings, .. } = folder.check();
    let found: Vec<&Finding> =
        findings.iter().filter(|found| found.kind.code == "files/windows-name").collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].location.file, "content/con");
    assert!(
        found[0].message.th.contains("Windows สงวนชื่อ con")
            && found[0].message.en.contains("keeps the name con")
    );
}

/// Notepad begins a file with a byte order mark and ends lines with two characters.
#[test]
fn marks_and_line_ends_of_windows_change_nothing() {
    for (name, site) in sites() {
        let as_notepad_saves = |(path, bytes): (&String, &Vec<u8>)| {
            let is_text = [".yaml", ".md", ".txt", ".html"].iter().any(|end| path.ends_with(end))
                && !path.contains("/files/");
            let saved = match str::from_utf8(bytes) {
                Ok(text) if is_text => format!("\u{feff}{}", text.replace('\n', "\r\n")).into_bytes(),
                _ => bytes.clone(),
            };
            (path.clone(), saved)
        };
        let (plain, saved) = (Folder::of(&site), Folder::of(&site.iter().map(as_notepad_saves).collect()));
        let (expected, found) = (plain.build(), saved.build());
        assert_eq!(lines(&found.findings), lines(&expected.findings), "{name}");
        let (expected, found) = (plain.published(), saved.published());
        let different: Vec<_> =
            expected.iter().filter(|(path, bytes)| found.get(*path) != Some(bytes)).collect();
        let paths: Vec<_> = different.iter().map(|(path, _)| path).collect();
        assert!(paths.is_empty() && found.len() == expected.len(), "{name}: {paths:?}");
    }
}

/// A folder where a file belongs is an author's slip like any other.
#[test]
fn a_folder_in_the_place_of_a_file_is_a_finding() {
    for path in [
        "prongsai.yaml",
        "content/index.md",
        "content/2565/memo.md",
        "content/pages/contact.md",
        "framework/2565.yaml",
    ] {
        let spoil = |root: &Path| {
            let _ = fs::remove_file(root.join(path));
            fs::create_dir_all(root.join(path)).unwrap();
        };
        let found = found(&minimal(), spoil);
        assert_eq!(found.len(), 1, "{path}: {found:?}");
    }
}

/// Reading a pipe would wait for ever.
#[test]
#[cfg(unix)]
fn what_is_no_file_is_not_waited_for() {
    let folder = Folder::of(&minimal());
    let made = Command::new("mkfifo").arg(folder.root().join("content/2565/report.md")).status();
    if !made.is_ok_and(|status| status.success()) {
        return skip("this system has no mkfifo");
    }
    let mut check = assert_cmd::Command::cargo_bin("prongsai").unwrap();
    check.current_dir(folder.root()).arg("check").timeout(Duration::from_secs(10));
    let code = check.output().unwrap().status.code();
    assert!(matches!(code, Some(0 | 1)), "ended with {code:?}");
}

/// Any bytes in any file: the program finds what it finds, and goes on.
#[test]
fn no_bytes_bring_it_down() {
    let site = sites().remove("full").unwrap();
    let paths: Vec<&String> = site.keys().collect();
    let folder = Folder::of(&site);
    folder.build();
    let before = folder.published();
    let config = ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() };
    let pieces = prop_oneof![
        any::<Vec<u8>>(),
        "[\\[\\]{}:,#&*!|>'\"%@`~^\\-\n\t \u{a0}\u{200b}๑๒๓ก-ฮา-ู0-9a-z(){}|$]{0,40}"
            .prop_map(String::into_bytes),
        Just(b"{{".to_vec()),
        Just(b"---\n".to_vec()),
        Just("\u{feff}\u{202e}\r".as_bytes().to_vec()),
    ];
    proptest!(config, |(which in 0..paths.len(), at in any::<prop::sample::Index>(), cut in 0usize..60, piece in pieces)| {
        let path = paths[which];
        let mut bytes = site[path].clone();
        let start = at.index(bytes.len() + 1);
        let end = (start + cut).min(bytes.len());
        bytes.splice(start..end, piece);
        folder.write(path, &bytes);
        let Outcome { published, findings, .. } = folder.build();
        prop_assert_eq!(published.is_none(), findings.has_errors());
        if published.is_none() {
            prop_assert_eq!(folder.check().findings.has_errors(), true);
        }
        folder.write(path, &site[path]);
    });
    folder.build();
    assert_eq!(folder.published(), before);
}

/// Says why a test cannot show anything here, past the harness, which swallows what is printed.
pub(crate) fn skip(reason: &str) {
    let mut stderr = io::stderr().lock();
    writeln!(stderr, "skipped: {reason}").unwrap();
}

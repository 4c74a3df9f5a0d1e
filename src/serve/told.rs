//! What the panel over a page says: the findings in the words of the terminal, and the few words around them.

use crate::finding::print::{self, Parts};
use crate::finding::{Finding, Findings, Severity};
use crate::language::{Language, Words};
use crate::preview::Told;
use serde::Serialize;

/// What the script in the page is handed.
#[derive(Serialize)]
struct Panel<'a> {
    language: &'static str,
    /// How many there are.
    summary: String,
    /// What the page below is, where it is not what the files say.
    hint: Option<&'a str>,
    /// Whether something stops a build, or could not be read at all.
    stops: bool,
    findings: Vec<Parts<'a>>,
    failure: Option<&'a str>,
    words: Labels<'a>,
}

/// The panel's own words.
#[derive(Serialize)]
struct Labels<'a> {
    title: &'a str,
    fold: &'a str,
    unfold: &'a str,
    close: &'a str,
}

/// As one line of JSON. Notes are told where somebody asks for them.
pub(super) fn line(told: &Told, language: Language, notes: bool) -> String {
    let is_shown = |finding: &&Finding| notes || finding.severity != Severity::Note;
    let mut list: Vec<Finding> = told.findings.iter().filter(is_shown).cloned().collect();
    // What keeps the page as it is comes first: a panel shows few at once.
    list.sort_by_key(|finding| finding.severity != Severity::Error);
    let mut shown = Findings::default();
    shown.extend(list);
    let failure = told.failure.as_ref().map(|failure| failure.message.in_language(language));
    let kept = Words::new(
        "หน้านี้เป็นฉบับล่าสุดที่สมบูรณ์ จะเปลี่ยนเมื่อแก้ข้อผิดพลาดต่อไปนี้แล้ว",
        "This is the last good version of the page. It changes once the following is mended.",
    );
    let word = |th, en| if language == Language::Thai { th } else { en };
    let summary = match failure {
        Some(_) if shown.iter().next().is_none() => word("อ่านไฟล์ไม่สำเร็จ", "files cannot be read").to_owned(),
        _ => print::counts(&shown).in_language(language).to_owned(),
    };
    let panel = Panel {
        language: language.code(),
        summary,
        hint: told.is_kept.then(|| kept.in_language(language)),
        stops: failure.is_some() || shown.has_errors() || told.is_kept,
        findings: shown.iter().map(|finding| print::parts(finding, language)).collect(),
        failure,
        words: Labels {
            title: word("ผลการตรวจของ prongsai", "prongsai: what was found"),
            fold: word("ย่อ", "fold"),
            unfold: word("แสดง", "show"),
            close: word("ปิดจนกว่าผลการตรวจจะเปลี่ยน", "close until something else is found"),
        },
    };
    // Texts and numbers alone: there is nothing that could not be written.
    serde_json::to_string(&panel).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::Failure;
    use crate::finding::catalog::files;

    fn told(severities: &[Severity], is_kept: bool) -> Told {
        let mut findings = Findings::default();
        findings.extend(severities.iter().map(|severity| files::missing_file("a.yaml").severity(*severity)));
        Told { findings, failure: None, is_kept }
    }

    #[test]
    fn the_panel_says_what_the_terminal_says() {
        let check = |told: Told, notes: bool, present: &[&str], absent: &[&str]| {
            let text = line(&told, Language::Thai, notes);
            assert!(!text.contains('\n'), "one line");
            for word in present {
                assert!(text.contains(word), "{word} is not in {text}");
            }
            for word in absent {
                assert!(!text.contains(word), "{word} is in {text}");
            }
        };
        let empty = "\"findings\":[],\"failure\":null";
        check(told(&[], false), false, &[empty, "\"stops\":false"], &[]);
        check(told(&[Severity::Note], false), false, &[empty], &["files/missing-file"]);
        check(told(&[Severity::Note], false), true, &["files/missing-file"], &[empty]);
        check(
            told(&[Severity::Error, Severity::Warning], true),
            false,
            &["พบข้อผิดพลาด 1 แห่ง คำเตือน 1 แห่ง", "\"stops\":true", "ฉบับล่าสุดที่สมบูรณ์", "\"file\":\"a.yaml\""],
            &[],
        );
        let failure = Some(Failure::usage("อ่านไม่ได้", "unreadable"));
        check(Told { failure, ..Told::default() }, false, &["อ่านไม่ได้", "อ่านไฟล์ไม่สำเร็จ"], &[]);
    }
}

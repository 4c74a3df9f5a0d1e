//! A finding in the pieces in which a person reads it at a terminal, for who lays them out otherwise: the same words, and no layout.

use super::{name, plain};
use crate::finding::Finding;
use crate::language::Language;
use serde::Serialize;

/// A finding piece by piece, in one language.
#[derive(Debug, Serialize)]
pub struct Parts<'a> {
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// What a person calls that.
    pub label: &'static str,
    /// Its code.
    pub code: &'static str,
    /// Relative to the site's root.
    pub file: &'a str,
    /// `:4:20`, line and column; empty for a file as a whole.
    pub at: String,
    /// The line of the source, where there is one.
    pub excerpt: Option<Excerpt<'a>>,
    /// What is wrong.
    pub message: &'a str,
    /// Further places, what it may cost, what to do; each a paragraph of its own.
    pub more: Vec<String>,
}

/// A line around what is wrong in it.
#[derive(Debug, Serialize)]
pub struct Excerpt<'a> {
    /// What stands before it.
    pub before: &'a str,
    /// The characters that the finding is about.
    pub marked: &'a str,
    /// What stands behind it.
    pub after: &'a str,
}

/// Takes a finding apart.
pub fn parts(finding: &Finding, language: Language) -> Parts<'_> {
    let location = &finding.location;
    let is_whole = location.is_whole_file();
    let places = plain::further_places(&finding.also, language).map(|(label, places)| label + &places);
    let labelled = plain::consequences(finding, language).into_iter();
    let labelled = labelled.map(|(label, text)| format!("{}{text}", label.in_language(language)));
    Parts {
        severity: finding.severity.code(),
        label: name(finding.kind, finding.severity).in_language(language),
        code: finding.kind.code,
        file: &location.file,
        at: if is_whole {
            String::new()
        } else {
            format!(":{}:{}", location.start.line, location.start.column)
        },
        excerpt: (!is_whole && !location.line.is_empty()).then(|| excerpt(finding)),
        message: finding.message.in_language(language),
        more: places.into_iter().chain(labelled).collect(),
    }
}

/// Columns are counted in characters, from 1.
fn excerpt(finding: &Finding) -> Excerpt<'_> {
    let location = &finding.location;
    let byte = |column: usize| {
        let at = location.line.char_indices().nth(column.saturating_sub(1));
        at.map_or(location.line.len(), |(at, _)| at)
    };
    let (before, rest) = location.line.split_at(byte(location.start.column));
    let (marked, after) =
        rest.split_at(byte(location.end.column).saturating_sub(before.len()).min(rest.len()));
    Excerpt { before, marked, after }
}

#[cfg(test)]
mod tests {
    use super::super::trial::{finding, stake};
    use super::*;
    use crate::finding::Location;

    #[test]
    fn the_words_are_those_of_the_terminal() {
        let mut finding = finding("a:\nการใช้อำนาจ: 814.0 ก", "814.0");
        finding.also = vec![finding.location.clone()];
        finding = finding.costs([stake(42)]);
        let Parts { severity, label, code, file, at, excerpt, message, more } =
            parts(&finding, Language::Thai);
        assert_eq!((severity, label, code), ("error", "ผิดพลาด", "score/out-of-range"));
        assert_eq!((file, at.as_str()), ("content/2565/scores.yaml", ":2:14"));
        let Excerpt { before, marked, after } = excerpt.unwrap();
        assert_eq!((before, marked, after), ("การใช้อำนาจ: ", "814.0", " ก"));
        assert_eq!(message, "คะแนน 814.0 อยู่นอกช่วง 0–100");
        assert_eq!(
            more,
            [
                "และอีก 1 แห่ง: 2:14",
                "คะแนนที่อาจเสีย: O42 คิดเป็น 5 คะแนน",
                "แก้ไข: ใส่ค่าตั้งแต่ 0 ถึง 100 (ทศนิยมไม่เกิน 2 ตำแหน่ง)"
            ]
        );
        finding.location = Location::file("a.md");
        let whole = parts(&finding, Language::English);
        assert!(whole.at.is_empty() && whole.excerpt.is_none() && whole.label == "error");
    }
}

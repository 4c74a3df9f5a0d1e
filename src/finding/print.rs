//! Findings in the forms in which they are shown, one module each: at a terminal as a person reads them, and as programs read them. None
//! of them knows a rule, a file or a terminal: whoever calls says how wide the lines may be, and passes a writer of `anstream`, which drops
//! the colours when output is piped or `NO_COLOR` is set.

mod closing;
mod cost;
mod github;
pub(crate) mod grid;
mod human;
mod json;
mod parts;
mod plain;
mod sarif;

pub use closing::{closing, counts};
pub use human::{explain, listing};
pub use parts::{Excerpt, Parts, parts};

use super::{Concern, Explained, Finding, Findings, Kind, Severity};
use crate::language::{Language, Words};
use std::io::{self, Write};
use std::path::Path;

/// The forms in which findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people, with the line of the source and what to do.
    Human,
    /// One object a line.
    Json,
    /// Commands that GitHub's workflows show beside the lines of a change.
    Github,
    /// One document of the Static Analysis Results Interchange Format.
    Sarif,
}

/// How findings are shown.
#[derive(Debug, Clone, Copy)]
pub struct Style<'a> {
    /// The language of messages and remedies.
    pub language: Language,
    /// Columns that a line may take. Only the line that names file and code may be longer, and nothing is laid out for less than 40.
    pub width: usize,
    /// Whether a person is shown notes, accepted findings among them, and anyone what asks for nothing.
    pub notes: bool,
    /// The site's folder seen from where the program runs, with `/`; empty for the same. What other programs open is counted from there.
    pub folder: &'a str,
}

impl Format {
    /// All of them, the usual one first.
    pub const ALL: [Format; 4] = [Format::Human, Format::Json, Format::Github, Format::Sarif];

    /// As the command line names it.
    pub const fn name(self) -> &'static str {
        match self {
            Format::Human => "human",
            Format::Json => "json",
            Format::Github => "github",
            Format::Sarif => "sarif",
        }
    }

    /// The form with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Format::ALL.into_iter().find(|format| format.name() == name)
    }

    /// Whether a person reads along, who wants to be told more than the findings themselves.
    pub fn is_read_by_people(self) -> bool {
        matches!(self, Format::Human | Format::Github)
    }

    /// Whether all findings have to be written at once, since they are one document.
    pub fn is_document(self) -> bool {
        self == Format::Sarif
    }

    /// Writes findings in their order.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write(self, findings: &Findings, style: &Style<'_>, out: &mut impl Write) -> io::Result<()> {
        let shown = findings.iter().filter(|finding| self.shows(finding, style));
        match self {
            Format::Human => human::write(shown, style, out),
            Format::Json => json::write(shown, out),
            Format::Github => github::write(shown, style, out),
            Format::Sarif => sarif::write(shown, style, out),
        }
    }

    /// Programs are told of notes in any case: whoever reads on can leave them out, but not make them up.
    fn shows(self, finding: &Finding, style: &Style<'_>) -> bool {
        let is_left_out = match self {
            Format::Human => finding.severity == Severity::Note,
            Format::Json | Format::Github | Format::Sarif => finding.is_information(),
        };
        style.notes || !is_left_out
    }
}

const AT_STAKE: Explained =
    Explained { th: "คะแนนที่อาจเสีย: ", en: "at stake: " };

/// What a person calls a finding of this kind and weight.
fn name(kind: &Kind, severity: Severity) -> Explained {
    match kind.concern {
        Concern::Information => Explained { th: "ข้อมูลประกอบ", en: "information" },
        Concern::Form | Concern::Content => severity_name(severity),
    }
}

fn severity_name(severity: Severity) -> Explained {
    match severity {
        Severity::Error => Explained { th: "ผิดพลาด", en: "error" },
        Severity::Warning => Explained { th: "คำเตือน", en: "warning" },
        Severity::Note => Explained { th: "ข้อสังเกต", en: "note" },
    }
}

/// A file of the site, seen from where the program runs.
fn path(folder: &str, file: &str) -> String {
    // A table may lie anywhere.
    let is_absolute = Path::new(file).is_absolute();
    if folder.is_empty() || is_absolute {
        file.to_owned()
    } else {
        format!("{}/{file}", folder.trim_end_matches('/'))
    }
}

fn joined(list: &[Words], separator_th: &str, separator_en: &str) -> Words {
    let join = |language, separator| {
        list.iter().map(|words| words.in_language(language)).collect::<Vec<_>>().join(separator)
    };
    Words::new(join(Language::Thai, separator_th), join(Language::English, separator_en))
}

/// Findings for the tests of every form.
#[cfg(test)]
pub(super) mod trial {
    use super::Style;
    use crate::finding::stake::Stake;
    use crate::finding::{Concern, Explained, Finding, Findings, Kind, Severity};
    use crate::language::{Language, Words};
    use crate::model::ItemCode;
    use crate::model::date::FiscalYear;
    use crate::model::number::Exact;
    use crate::source::Source;
    use std::io;

    pub(super) static RANGE: Kind = Kind {
        code: "score/out-of-range",
        severity: Severity::Error,
        concern: Concern::Content,
        on_request: false,
        title: Explained {
            th: "คะแนนอยู่นอกช่วง 0–100", en: "score out of range"
        },
        why: Explained {
            th: "คะแนน ITA อยู่ระหว่าง 0 ถึง 100 ตัวเลขนอกช่วงนี้มักเกิดจากการพิมพ์จุดทศนิยมผิดตำแหน่ง",
            en: "ITA scores lie between 0 and 100; others usually have a misplaced decimal point.",
        },
        mend: Explained {
            th: "ใส่ค่าตั้งแต่ 0 ถึง 100 (ทศนิยมไม่เกิน 2 ตำแหน่ง)",
            en: "write a value from 0 to 100 with at most 2 decimals",
        },
        example: "5: 814.0   ->   5: 81.40\n6: 74.8",
    };

    pub(super) static TAG: Kind = Kind { code: "text/raw-html", severity: Severity::Warning, ..RANGE };
    pub(in crate::finding) static FACT: Kind =
        Kind { code: "score/lost-items", severity: Severity::Note, concern: Concern::Information, ..RANGE };

    pub(super) const THAI: Style<'_> =
        Style { language: Language::Thai, width: 80, notes: false, folder: "" };
    pub(super) const ENGLISH: Style<'_> = Style { language: Language::English, ..THAI };

    /// A finding at the first occurrence of `spot` in a text.
    pub(super) fn finding(text: &str, spot: &str) -> Finding {
        let source = Source::new("content/2565/scores.yaml", text);
        let start = text.find(spot).unwrap();
        let place = source.at(start..start + spot.len());
        Finding::new(
            &RANGE,
            &place,
            Words::new("คะแนน 814.0 อยู่นอกช่วง 0–100", "814.0 is not between 0 and 100"),
        )
    }

    pub(super) fn of(list: impl IntoIterator<Item = Finding>) -> Findings {
        let mut findings = Findings::default();
        list.into_iter().for_each(|finding| findings.add(finding));
        findings
    }

    /// An item of round 2566 that is worth five points.
    pub(super) fn stake(item: u8) -> Stake {
        let round = FiscalYear::new(2566).unwrap();
        Stake { round, item: ItemCode(item), points: Exact::ratio(5, 1).unwrap() }
    }

    /// What `write` writes, as it arrives in a file.
    pub(super) fn piped(write: impl Fn(&mut anstream::StripStream<Vec<u8>>) -> io::Result<()>) -> String {
        let mut out = anstream::StripStream::new(Vec::new());
        write(&mut out).unwrap();
        String::from_utf8(out.into_inner()).unwrap()
    }
}

#[cfg(test)]
mod tests {
    use super::trial::{FACT, RANGE, THAI, finding, of, piped};
    use super::*;
    use crate::finding::Location;

    #[test]
    fn forms_are_found_by_their_names() {
        for format in Format::ALL {
            assert_eq!(Format::from_name(format.name()), Some(format));
        }
        assert_eq!(Format::from_name("yaml"), None);
    }

    #[test]
    fn what_asks_for_nothing_is_shown_on_request_only() {
        let fact = Finding::at(&FACT, Location::file("a.md"), Words::new("ก", "a"));
        let note = finding("5: 814.0", "814.0").severity(Severity::Note);
        let findings = of([fact, note]);
        let check = |format: Format, notes: bool, facts: usize, others: usize| {
            let text = piped(|out| format.write(&findings, &Style { notes, ..THAI }, out));
            assert_eq!(text.matches(FACT.code).count(), facts, "{text}");
            assert_eq!(text.matches(RANGE.code).count(), others, "{text}");
        };
        check(Format::Human, false, 0, 0);
        check(Format::Human, true, 1, 1);
        check(Format::Json, false, 0, 1);
        check(Format::Json, true, 1, 1);
        check(Format::Github, false, 0, 1);
        check(Format::Github, true, 1, 1);
    }
}

//! The lines that end a run: what was found, in numbers, and what it may cost.

use super::human::{labelled, paragraph};
use super::{AT_STAKE, Format, Style, cost, joined, severity_name};
use crate::finding::{Finding, Findings, Severity};
use crate::language::Words;
use std::io::{self, Write};

/// Writes how many findings there are of each severity, how to see those that this form leaves out, and below what they cost together.
///
/// # Errors
/// Those of the writer.
pub fn closing(
    findings: &Findings,
    format: Format,
    style: &Style<'_>,
    out: &mut impl Write,
) -> io::Result<()> {
    paragraph(summary(findings, format, style).in_language(style.language), style, out)?;
    match cost::of_all(findings) {
        Some(cost) => labelled(AT_STAKE, cost.in_language(style.language), style, out),
        None => Ok(()),
    }
}

/// How many findings there are of each severity.
pub fn counts(findings: &Findings) -> Words {
    let Words { th, en } = joined(&of_each_severity(findings.iter()), " ", ", ");
    match th.is_empty() {
        true => Words::new("ไม่พบข้อผิดพลาด", "found no errors"),
        false => Words::new(format!("พบ{th}"), format!("found {en}")),
    }
}

/// The same for findings that are all shown, those that only inform among them.
pub(super) fn counts_of_shown(findings: &[&Finding]) -> Words {
    let facts: usize =
        findings.iter().filter(|finding| finding.is_information()).map(|fact| fact.places()).sum();
    let plural = if facts == 1 { "" } else { "s" };
    let facts =
        (facts > 0).then(|| Words::new(format!("ข้อมูลประกอบ {facts} แห่ง"), format!("{facts} fact{plural}")));
    let mut found = of_each_severity(findings.iter().copied());
    found.extend(facts);
    joined(&found, " ", ", ")
}

/// At how many places there is something of each severity; nothing where no finding asks for anything.
fn of_each_severity<'a>(findings: impl Iterator<Item = &'a Finding> + Clone) -> Vec<Words> {
    let counts = [Severity::Error, Severity::Warning, Severity::Note].map(|severity| {
        let of_it = |finding: &&Finding| finding.severity == severity && !finding.is_information();
        (severity, findings.clone().filter(of_it).map(Finding::places).sum())
    });
    counts.into_iter().filter(|(_, count)| *count > 0).map(counted).collect()
}

fn summary(findings: &Findings, format: Format, style: &Style<'_>) -> Words {
    let Words { th, en } = counts(findings);
    match hidden(findings, format, style) {
        Some(hint) => Words::new(format!("{th} ({})", hint.th), format!("{en} ({})", hint.en)),
        None => Words::new(th, en),
    }
}

fn counted((severity, count): (Severity, usize)) -> Words {
    let name = severity_name(severity);
    let noun = if severity == Severity::Error { "ข้อผิดพลาด" } else { name.th };
    let plural = if count == 1 { "" } else { "s" };
    Words::new(format!("{noun} {count} แห่ง"), format!("{count} {}{plural}", name.en))
}

/// What is not shown without `-v`. What only informs is counted nowhere else.
fn hidden(findings: &Findings, format: Format, style: &Style<'_>) -> Option<Words> {
    let hidden = findings.iter().filter(|finding| !format.shows(finding, style));
    let (facts, notes): (Vec<_>, Vec<_>) = hidden.partition(|finding| finding.is_information());
    let facts: usize = facts.into_iter().map(Finding::places).sum();
    let plural = if facts == 1 { "" } else { "s" };
    match (notes.len(), facts) {
        (0, 0) => None,
        (_, 0) => Some(Words::new("ดูข้อสังเกตด้วย -v", "see notes with -v")),
        (0, _) => Some(Words::new(
            format!("ข้อมูลประกอบอีก {facts} แห่ง ดูได้ด้วย -v"),
            format!("see {facts} further fact{plural} with -v"),
        )),
        (_, _) => Some(Words::new(
            format!("ดูข้อสังเกตและข้อมูลประกอบอีก {facts} แห่งด้วย -v"),
            format!("see notes and {facts} further fact{plural} with -v"),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial::{ENGLISH, FACT, THAI, finding, of, piped, stake};
    use super::*;
    use crate::finding::Location;

    /// Findings of these severities, and so many that only inform.
    fn some(severities: &[Severity], facts: usize) -> Findings {
        let fact = Finding::at(&FACT, Location::file("a.md"), Words::new("ก", "a"));
        let finding = |&severity| finding("5: 814.0", "814.0").severity(severity);
        of(severities.iter().map(finding).chain(vec![fact; facts]))
    }

    #[test]
    fn the_closing_line_counts_what_there_is() {
        let check = |severities: &[Severity], facts: usize, th: &str, en: &str| {
            assert_eq!(counts(&some(severities, facts)), Words::new(th, en));
        };
        use Severity::{Error, Note, Warning};
        check(&[], 0, "ไม่พบข้อผิดพลาด", "found no errors");
        check(&[], 2, "ไม่พบข้อผิดพลาด", "found no errors");
        check(&[Warning, Warning], 0, "พบคำเตือน 2 แห่ง", "found 2 warnings");
        check(
            &[Note, Error, Warning, Note, Error, Note],
            1,
            "พบข้อผิดพลาด 2 แห่ง คำเตือน 1 แห่ง ข้อสังเกต 3 แห่ง",
            "found 2 errors, 1 warning, 3 notes",
        );
    }

    #[test]
    fn what_is_not_shown_is_said() {
        let check = |format: Format, severities: &[Severity], facts: usize, th: &str, en: &str| {
            let words = summary(&some(severities, facts), format, &THAI);
            let end = |text: &str| text.split_once(" (").map(|(_, hint)| hint.to_owned()).unwrap_or_default();
            assert_eq!((end(&words.th), end(&words.en)), (th.to_owned(), en.to_owned()));
        };
        use Format::{Github, Human};
        use Severity::{Note, Warning};
        check(Human, &[Warning], 0, "", "");
        check(Github, &[Note], 0, "", "");
        check(Human, &[Note], 0, "ดูข้อสังเกตด้วย -v)", "see notes with -v)");
        check(Human, &[Warning], 1, "ข้อมูลประกอบอีก 1 แห่ง ดูได้ด้วย -v)", "see 1 further fact with -v)");
        check(
            Human,
            &[Note],
            2,
            "ดูข้อสังเกตและข้อมูลประกอบอีก 2 แห่งด้วย -v)",
            "see notes and 2 further facts with -v)",
        );
    }

    #[test]
    fn the_cost_is_said_below() {
        let costly = finding("5: 814.0", "814.0").costs([stake(42), stake(43)]);
        let check = |style: Style<'_>, expected: &str| {
            let findings = of([costly.clone(), costly.clone()]);
            assert_eq!(piped(|out| closing(&findings, Format::Human, &style, out)), expected);
        };
        check(THAI, "พบข้อผิดพลาด 2 แห่ง\nคะแนนที่อาจเสีย: O42 และ O43 รวม 10 คะแนน\n");
        check(ENGLISH, "found 2 errors\nat stake: O42 and O43, 10 points together\n");
    }
}

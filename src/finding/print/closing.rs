//! The line that ends a run: what was found, in numbers.

use super::{Style, severity_name};
use crate::finding::{Findings, Severity};
use crate::language::{Language, Words};

/// How many findings there are of each severity, and how to see those that `style` leaves out.
pub fn closing(findings: &Findings, style: &Style) -> Words {
    let counts = [Severity::Error, Severity::Warning, Severity::Note]
        .map(|severity| (severity, findings.count(severity)));
    let found: Vec<Words> = counts.into_iter().filter(|(_, count)| *count > 0).map(counted).collect();
    let Words { th, en } = if found.is_empty() {
        Words::new("ไม่พบข้อผิดพลาด", "found no errors")
    } else {
        let joined = |language, separator| {
            found.iter().map(|words| words.in_language(language)).collect::<Vec<_>>().join(separator)
        };
        Words::new(
            format!("พบ{}", joined(Language::Thai, " ")),
            format!("found {}", joined(Language::English, ", ")),
        )
    };
    match hidden(findings, style) {
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
fn hidden(findings: &Findings, style: &Style) -> Option<Words> {
    if style.notes {
        return None;
    }
    let facts = findings.count_information();
    let plural = if facts == 1 { "" } else { "s" };
    match (findings.count(Severity::Note), facts) {
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
    use super::super::trial::{FACT, THAI, finding, of};
    use super::*;
    use crate::finding::{Finding, Location};

    /// Findings of these severities, and so many that only inform.
    fn some(severities: &[Severity], facts: usize) -> Findings {
        let fact = Finding::at(&FACT, Location::file("a.md"), Words::new("ก", "a"));
        let finding = |&severity| finding("5: 814.0", "814.0").severity(severity);
        of(severities.iter().map(finding).chain(vec![fact; facts]))
    }

    #[test]
    fn the_closing_line_counts_what_there_is() {
        let check = |severities: &[Severity], facts: usize, th: &str, en: &str| {
            let style = Style { notes: true, ..THAI };
            assert_eq!(closing(&some(severities, facts), &style), Words::new(th, en));
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
        let check = |severities: &[Severity], facts: usize, th: &str, en: &str| {
            let words = closing(&some(severities, facts), &THAI);
            let end = |text: &str| text.split_once(" (").map(|(_, hint)| hint.to_owned()).unwrap_or_default();
            assert_eq!((end(&words.th), end(&words.en)), (th.to_owned(), en.to_owned()));
        };
        use Severity::{Note, Warning};
        check(&[Warning], 0, "", "");
        check(&[Note], 0, "ดูข้อสังเกตด้วย -v)", "see notes with -v)");
        check(&[Warning], 1, "ข้อมูลประกอบอีก 1 แห่ง ดูได้ด้วย -v)", "see 1 further fact with -v)");
        check(&[Note], 2, "ดูข้อสังเกตและข้อมูลประกอบอีก 2 แห่งด้วย -v)", "see notes and 2 further facts with -v)");
    }
}

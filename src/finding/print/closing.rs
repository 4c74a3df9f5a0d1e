//! The line that ends a run: what was found, in numbers.

use super::severity_name;
use crate::finding::{Findings, Severity};
use crate::language::{Language, Words};

/// The line that ends a run: how many findings there are of each severity.
pub fn closing(findings: &Findings) -> Words {
    let counts = [Severity::Error, Severity::Warning, Severity::Note]
        .map(|severity| (severity, findings.count(severity)));
    let found: Vec<Words> = counts.into_iter().filter(|(_, count)| *count > 0).map(counted).collect();
    if found.is_empty() {
        return Words::new("ไม่พบข้อผิดพลาด", "found no errors");
    }
    let joined = |language, separator| {
        found.iter().map(|words| words.in_language(language)).collect::<Vec<_>>().join(separator)
    };
    Words::new(
        format!("พบ{}", joined(Language::Thai, " ")),
        format!("found {}", joined(Language::English, ", ")),
    )
}

fn counted((severity, count): (Severity, usize)) -> Words {
    let name = severity_name(severity);
    let noun = if severity == Severity::Error { "ข้อผิดพลาด" } else { name.th };
    let plural = if count == 1 { "" } else { "s" };
    Words::new(format!("{noun} {count} แห่ง"), format!("{count} {}{plural}", name.en))
}

#[cfg(test)]
mod tests {
    use super::super::trial::{finding, of};
    use super::*;

    #[test]
    fn the_closing_line_counts_what_there_is() {
        let check = |severities: &[Severity], th: &str, en: &str| {
            let finding = |&severity| finding("5: 814.0", "814.0").severity(severity);
            assert_eq!(closing(&of(severities.iter().map(finding))), Words::new(th, en));
        };
        use Severity::{Error, Note, Warning};
        check(&[], "ไม่พบข้อผิดพลาด", "found no errors");
        check(&[Warning, Warning], "พบคำเตือน 2 แห่ง", "found 2 warnings");
        check(
            &[Note, Error, Warning, Note, Error, Note],
            "พบข้อผิดพลาด 2 แห่ง คำเตือน 1 แห่ง ข้อสังเกต 3 แห่ง",
            "found 2 errors, 1 warning, 3 notes",
        );
    }
}

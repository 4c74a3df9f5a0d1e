//! Findings as commands of GitHub's workflows, which shows them beside the changed lines:
//! `::error file=…,line=…,col=…,title=…::message`.

use super::{Style, path, plain};
use crate::finding::{Finding, Location, Severity};
use std::io::{self, Write};

/// Writes findings in their order, one command a line.
///
/// # Errors
/// Those of the writer.
pub(super) fn write<'a>(
    mut findings: impl Iterator<Item = &'a Finding>,
    style: &Style<'_>,
    out: &mut impl Write,
) -> io::Result<()> {
    findings.try_for_each(|finding| {
        let (command, properties) = (command(finding.severity), properties(finding, style));
        writeln!(out, "::{command} {properties}::{}", data(&plain::whole(finding, style.language)))
    })
}

fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    }
}

/// Where the finding is, and its code as the title. What is about a file as a whole has no line.
fn properties(finding: &Finding, style: &Style<'_>) -> String {
    let Location { file, start, end, .. } = &finding.location;
    let place = match finding.location.is_whole_file() {
        true => String::new(),
        false => {
            format!(",line={},endLine={},col={},endColumn={}", start.line, end.line, start.column, end.column)
        }
    };
    format!("file={}{place},title={}", property(&path(style.folder, file)), property(finding.kind.code))
}

/// Escapes what ends a command: GitHub's runner reads these and no other escapes in a message.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes what ends a property besides.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::super::trial::{ENGLISH, FACT, TAG, THAI, finding, of, piped, stake};
    use super::*;
    use crate::language::Words;

    fn check(finding: Finding, style: Style<'_>, expected: &str) {
        let findings = of([finding]);
        assert_eq!(piped(|out| Format::Github.write(&findings, &style, out)), expected);
    }

    #[test]
    fn a_finding_is_a_command() {
        let error = finding("การใช้อำนาจ: 814", "814");
        check(
            error.clone(),
            THAI,
            "::error file=content/2565/scores.yaml,line=1,endLine=1,col=14,endColumn=17,title=score/out-of-range\
             ::คะแนน 814.0 อยู่นอกช่วง 0–100%0Aแก้ไข: ใส่ค่าตั้งแต่ 0 ถึง 100 (ทศนิยมไม่เกิน 2 ตำแหน่ง)\n",
        );
        check(
            Finding { also: vec![error.location.clone()], ..error }.costs([stake(42)]),
            Style { folder: "my, site", ..ENGLISH },
            "::error file=my%2C site/content/2565/scores.yaml,line=1,endLine=1,col=14,endColumn=17,\
             title=score/out-of-range::814.0 is not between 0 and 100%0Aand 1 more: 1:14%0A\
             at stake: O42, 5 points%0Afix: write a value from 0 to 100 with at most 2 decimals\n",
        );
    }

    #[test]
    fn a_file_has_no_line_and_text_starts_no_command() {
        let words = Words::new("", "100 %\r\n::error::a, b");
        let whole = Finding::at(&TAG, Location::file("a%b:c,d.md"), words).remedy("", "x");
        let file = "file=a%25b%3Ac%2Cd.md,title=text/raw-html";
        check(whole.clone(), ENGLISH, &format!("::warning {file}::100 %25%0D%0A::error::a, b%0Afix: x\n"));
        let accepted = Finding {
            severity: Severity::Note,
            accepted: Some("known".to_owned()),
            message: Words::new("", "a"),
            ..whole.clone()
        };
        check(accepted, ENGLISH, &format!("::notice {file}::a%0Aaccepted: known\n"));
        let fact = Finding { kind: &FACT, severity: Severity::Note, message: Words::new("", "a"), ..whole };
        check(
            fact,
            Style { notes: true, ..ENGLISH },
            "::notice file=a%25b%3Ac%2Cd.md,title=score/lost-items::a\n",
        );
    }
}

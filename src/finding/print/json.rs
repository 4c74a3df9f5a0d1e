//! Findings as programs read them: JSON, one object a line.

use crate::finding::stake::Stake;
use crate::finding::{Finding, Fix, Location, Replacement};
use crate::language::Words;
use crate::source::Position;
use serde::Serialize;
use std::io::{self, Write};

/// Writes findings in their order. Keys are only ever added; `v` grows when one changes its meaning.
///
/// # Errors
/// Those of the writer.
pub(super) fn write<'a>(findings: impl Iterator<Item = &'a Finding>, out: &mut impl Write) -> io::Result<()> {
    for finding in findings {
        serde_json::to_writer(&mut *out, &Record::of(finding))?;
        writeln!(out)?;
    }
    Ok(())
}

/// A finding as programs read it; the keys stand in this order.
#[derive(Serialize)]
struct Record<'a> {
    v: u8,
    code: &'a str,
    severity: &'a str,
    file: &'a str,
    #[serde(flatten)]
    span: Span,
    route: &'a str,
    message: &'a Words,
    remedy: &'a Words,
    /// Rounded, with two decimals.
    points: Option<String>,
    items: Vec<Item>,
    count: usize,
    also: Vec<Span>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<FixRecord<'a>>,
}

/// What `check --fix` would do: `{"recode":"windows-874"}`, or `{"replace":[…]}` with a text for each place.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum FixRecord<'a> {
    Recode(&'a str),
    Replace(Vec<ReplacementRecord<'a>>),
}

#[derive(Serialize)]
struct ReplacementRecord<'a> {
    #[serde(flatten)]
    span: Span,
    text: &'a str,
}

#[derive(Serialize)]
struct Item {
    round: i16,
    item: String,
    points: String,
}

#[derive(Serialize)]
struct Span {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

impl<'a> Record<'a> {
    fn of(finding: &'a Finding) -> Self {
        Record {
            v: 1,
            code: finding.kind.code,
            severity: finding.severity.code(),
            file: &finding.location.file,
            span: Span::of(&finding.location),
            route: &finding.location.route,
            message: &finding.message,
            remedy: &finding.remedy,
            points: finding.points().map(|points| points.to_string()),
            items: finding.stakes.iter().map(Item::of).collect(),
            count: finding.places(),
            also: finding.also.iter().map(Span::of).collect(),
            accepted: finding.accepted.as_deref(),
            fix: finding.fix.as_ref().map(FixRecord::of),
        }
    }
}

impl Item {
    fn of(stake: &Stake) -> Self {
        let Stake { round, item, points } = stake;
        Item { round: round.number(), item: item.to_string(), points: points.to_string() }
    }
}

impl<'a> FixRecord<'a> {
    fn of(fix: &'a Fix) -> Self {
        let record = |replacement: &'a Replacement| ReplacementRecord {
            span: Span::between(replacement.start, replacement.end()),
            text: &replacement.new,
        };
        match fix {
            Fix::Recode(encoding) => FixRecord::Recode(encoding.label()),
            Fix::Replace(replacements) => FixRecord::Replace(replacements.iter().map(record).collect()),
        }
    }
}

impl Span {
    fn of(Location { start, end, .. }: &Location) -> Self {
        Span::between(*start, *end)
    }

    fn between(start: Position, end: Position) -> Self {
        Span { line: start.line, column: start.column, end_line: end.line, end_column: end.column }
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial::{TAG, finding, of, piped, stake};
    use super::*;
    use crate::source::Encoding;

    #[test]
    fn programs_read_one_object_a_line() {
        let mut first = finding("5: 814.0", "814.0").remedy("แก้", "mend");
        first.location.route = "indicators → 5".to_owned();
        first.also = vec![first.location.clone()];
        let start = first.location.start;
        first.fix =
            Some(Fix::Replace(vec![Replacement { start, old: "814".to_owned(), new: "81".to_owned() }]));
        let mut second = Finding::at(&TAG, Location::file("a.md"), Words::new("ก", "a")).remedy("ข", "b");
        second = second.costs([stake(42)]);
        second.accepted = Some("ค".to_owned());
        second.fix = Some(Fix::Recode(Encoding::Windows874));
        let findings = of([first, second]);
        assert_eq!(
            piped(|out| write(findings.iter(), out)),
            concat!(
                r#"{"v":1,"code":"score/out-of-range","severity":"error","file":"content/2565/scores.yaml","#,
                r#""line":1,"column":4,"end_line":1,"end_column":9,"route":"indicators → 5","#,
                r#""message":{"th":"คะแนน 814.0 อยู่นอกช่วง 0–100","en":"814.0 is not between 0 and 100"},"#,
                r#""remedy":{"th":"แก้","en":"mend"},"points":null,"items":[],"count":2,"#,
                r#""also":[{"line":1,"column":4,"end_line":1,"end_column":9}],"#,
                r#""fix":{"replace":[{"line":1,"column":4,"end_line":1,"end_column":7,"text":"81"}]}}"#,
                "\n",
                r#"{"v":1,"code":"text/raw-html","severity":"warning","file":"a.md","#,
                r#""line":1,"column":1,"end_line":1,"end_column":1,"route":"","#,
                r#""message":{"th":"ก","en":"a"},"remedy":{"th":"ข","en":"b"},"points":"5.00","#,
                r#""items":[{"round":2566,"item":"O42","points":"5.00"}],"count":1,"also":[],"#,
                r#""accepted":"ค","fix":{"recode":"windows-874"}}"#,
                "\n",
            )
        );
    }
}

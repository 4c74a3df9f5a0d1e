//! Findings as a person reads them at a terminal, and the pages of `explain`.
//!
//! The layout is our own. annotate-snippets aligns Thai as well, but begins every excerpt with a frame, hangs the remedy into it, lets
//! messages run past the edge and cuts long lines inside a syllable; none of that can be set.

use super::plain::{self, MEND};
use super::{Style, closing, grid, name};
use crate::finding::{Explained, Finding, Kind, Location, Severity};
use anstyle::AnsiColor;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// Less than this is no terminal that a person reads on, and labels would not fit.
const NARROWEST: usize = 40;
/// A column of text narrower than this is worse to read than one that starts further left.
const LEAST_BESIDE_LABEL: usize = 20;
const INDENT: &str = "    ";

const FAINT: anstyle::Style = anstyle::Style::new().dimmed();
const STRONG: anstyle::Style = anstyle::Style::new().bold();

const EXAMPLE: Explained = Explained { th: "ตัวอย่าง", en: "example" };

/// Writes findings in their order, each followed by a blank line. Where they come file by file and some file has several, each file begins
/// with a heading.
///
/// # Errors
/// Those of the writer.
pub(super) fn write<'a>(
    findings: impl Iterator<Item = &'a Finding>,
    style: &Style<'_>,
    out: &mut impl Write,
) -> io::Result<()> {
    let findings: Vec<&Finding> = findings.collect();
    let files: BTreeSet<&str> = findings.iter().map(|finding| finding.location.file.as_str()).collect();
    let of_one_file = || findings.chunk_by(|a, b| a.location.file == b.location.file);
    let has_headings =
        files.len() > 1 && of_one_file().count() == files.len() && findings.len() > files.len();
    of_one_file().try_for_each(|findings| {
        if has_headings {
            heading(findings, style, out)?;
        }
        findings.iter().try_for_each(|finding| write_one(finding, style, out))
    })
}

fn write_one(finding: &Finding, style: &Style<'_>, out: &mut impl Write) -> io::Result<()> {
    headline(finding, style, out)?;
    problem(finding, style, out)?;
    if let Some((label, places)) = plain::further_places(&finding.also, style.language) {
        hanging(&label, anstyle::Style::new(), &places, style, out)?;
    }
    for (label, text) in plain::consequences(finding, style.language) {
        labelled(label, &text, style, out)?;
    }
    writeln!(out)
}

/// Writes the page of one kind: what it is, why it matters, how to mend it and an example.
///
/// # Errors
/// Those of the writer.
pub fn explain(kind: &Kind, style: &Style<'_>, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{} {}", label(kind, kind.severity, style), kind.code)?;
    paragraph(kind.title.in_language(style.language), style, out)?;
    writeln!(out)?;
    paragraph(kind.why.in_language(style.language), style, out)?;
    writeln!(out)?;
    labelled(MEND, kind.mend.in_language(style.language), style, out)?;
    writeln!(out)?;
    writeln!(out, "{STRONG}{}{STRONG:#}", EXAMPLE.in_language(style.language))?;
    kind.example.lines().try_for_each(|line| writeln!(out, "{INDENT}{line}"))
}

/// Writes the code, severity and title of all these kinds, with a blank line between two areas.
///
/// # Errors
/// Those of the writer.
pub fn listing(kinds: &[&Kind], style: &Style<'_>, out: &mut impl Write) -> io::Result<()> {
    let longest = |width: &dyn Fn(&Kind) -> usize| kinds.iter().map(|kind| width(kind)).max();
    let columns = Columns {
        code: longest(&|kind| kind.code.len()).unwrap_or_default(),
        name: longest(&|kind| grid::width(weight(kind, style))).unwrap_or_default(),
    };
    let area = |kind: &Kind| kind.code.split('/').next();
    for (index, kinds) in kinds.chunk_by(|a, b| area(a) == area(b)).enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        kinds.iter().try_for_each(|kind| entry(kind, &columns, style, out))?;
    }
    Ok(())
}

impl Style<'_> {
    fn columns(&self) -> usize {
        self.width.max(NARROWEST)
    }
}

fn colour(severity: Severity) -> anstyle::Style {
    match severity {
        Severity::Error => AnsiColor::Red.on_default().bold(),
        Severity::Warning => AnsiColor::Yellow.on_default(),
        Severity::Note => AnsiColor::Cyan.on_default(),
    }
}

fn label(kind: &Kind, severity: Severity, style: &Style<'_>) -> String {
    let colour = colour(severity);
    format!("{colour}{}{colour:#}", name(kind, severity).in_language(style.language))
}

/// The file that some findings stand in and how many they are, with a rule to the edge where there is room for one.
fn heading(findings: &[&Finding], style: &Style<'_>, out: &mut impl Write) -> io::Result<()> {
    let file = findings.first().map(|finding| grid::visible(&finding.location.file)).unwrap_or_default();
    let counts = closing::counts_of_shown(findings);
    let counts = counts.in_language(style.language);
    let taken = grid::width(&format!("── {file} · {counts} "));
    let rule = "─".repeat(style.columns().saturating_sub(taken));
    writeln!(out, "{FAINT}──{FAINT:#} {STRONG}{file}{STRONG:#} · {counts} {FAINT}{rule}{FAINT:#}\n")
}

/// Always one line, however long the path, so that terminals and editors recognise it as a link.
fn headline(finding: &Finding, style: &Style<'_>, out: &mut impl Write) -> io::Result<()> {
    let Location { file, start, .. } = &finding.location;
    write!(out, "{STRONG}{}{STRONG:#}", grid::visible(file))?;
    if !finding.location.is_whole_file() {
        write!(out, ":{}:{}", start.line, start.column)?;
    }
    writeln!(out, "  {} {}", label(finding.kind, finding.severity, style), finding.kind.code)
}

/// The message, at the carets of its line; beneath them where it is too long for that, alone where there is no line.
fn problem(finding: &Finding, style: &Style<'_>, out: &mut impl Write) -> io::Result<()> {
    let message = finding.message.in_language(style.language);
    if finding.location.line.is_empty() || finding.location.is_whole_file() {
        return paragraph(message, style, out);
    }
    let taken = excerpt(finding, style, out)?;
    if let [line] = grid::wrap(message, usize::MAX).as_slice()
        && taken + 1 + grid::width(line) <= style.columns()
    {
        return writeln!(out, " {line}");
    }
    writeln!(out)?;
    paragraph(message, style, out)
}

/// Writes the line of the source and the carets beneath it, and says how many columns they end at; the line end is left to the message.
fn excerpt(finding: &Finding, style: &Style<'_>, out: &mut impl Write) -> io::Result<usize> {
    let Location { start, end, line, .. } = &finding.location;
    let number = format!("{:>5} │ ", start.line);
    let margin = grid::width(&number);
    let window = grid::window(line, start.column - 1..end.column - 1, style.columns() - margin);
    writeln!(out, "{FAINT}{number}{FAINT:#}{}", window.text)?;

    let colour = colour(finding.severity);
    let (gap, carets) = (" ".repeat(window.column), "^".repeat(window.carets));
    write!(out, "{FAINT}{:>margin$}{FAINT:#}{gap}{colour}{carets}{colour:#}", "│ ")?;
    Ok(margin + window.column + window.carets)
}

pub(super) fn paragraph(text: &str, style: &Style<'_>, out: &mut impl Write) -> io::Result<()> {
    hanging("", anstyle::Style::new(), text, style, out)
}

pub(super) fn labelled(
    label: Explained,
    text: &str,
    style: &Style<'_>,
    out: &mut impl Write,
) -> io::Result<()> {
    hanging(label.in_language(style.language), STRONG, text, style, out)
}

/// Writes a text behind a label, its further lines beneath its beginning. A label that leaves too little room stands above the text;
/// without a text there is no label either.
fn hanging(
    label: &str,
    look: anstyle::Style,
    text: &str,
    style: &Style<'_>,
    out: &mut impl Write,
) -> io::Result<()> {
    let width = grid::width(label);
    let beside = style.columns().saturating_sub(width);
    let (room, lead, indent) = if beside >= LEAST_BESIDE_LABEL {
        (beside, format!("{look}{label}{look:#}"), " ".repeat(width))
    } else {
        let lead = format!("{look}{}{look:#}\n{INDENT}", label.trim_end());
        (style.columns() - INDENT.len(), lead, INDENT.to_owned())
    };
    for (index, line) in grid::wrap(text, room).into_iter().enumerate() {
        writeln!(out, "{}{line}", if index == 0 { &lead } else { &indent })?;
    }
    Ok(())
}

/// How wide the first columns of a listing are.
struct Columns {
    code: usize,
    name: usize,
}

fn entry(kind: &Kind, columns: &Columns, style: &Style<'_>, out: &mut impl Write) -> io::Result<()> {
    let name = weight(kind, style);
    let padding = " ".repeat(columns.name - grid::width(name));
    let label = format!("{:width$}  {name}{padding}  ", kind.code, width = columns.code);
    hanging(&label, colour(kind.severity), kind.title.in_language(style.language), style, out)
}

fn weight(kind: &Kind, style: &Style<'_>) -> &'static str {
    name(kind, kind.severity).in_language(style.language)
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::super::trial::{ENGLISH, FACT, RANGE, TAG, THAI, finding, of, piped, stake};
    use super::*;
    use crate::language::Words;
    use crate::source::{Position, Source};
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr;

    fn check(finding: Finding, style: Style<'_>, expected: &str) {
        let findings = of([finding]);
        assert_eq!(piped(|out| Format::Human.write(&findings, &style, out)), expected);
    }

    #[test]
    fn the_message_stands_at_the_caret() {
        check(
            finding("a:\nb:\nc:\n  indicators: { 5: 814.0 }\n", "814.0"),
            THAI,
            "content/2565/scores.yaml:4:20  ผิดพลาด score/out-of-range
    4 │   indicators: { 5: 814.0 }
      │                    ^^^^^ คะแนน 814.0 อยู่นอกช่วง 0–100
แก้ไข: ใส่ค่าตั้งแต่ 0 ถึง 100 (ทศนิยมไม่เกิน 2 ตำแหน่ง)

",
        );
        check(
            finding("การใช้อำนาจหน้าที่: 814\r\n", "814"),
            ENGLISH,
            "content/2565/scores.yaml:1:21  error score/out-of-range
    1 │ การใช้อำนาจหน้าที่: 814
      │                 ^^^ 814.0 is not between 0 and 100
fix: write a value from 0 to 100 with at most 2 decimals

",
        );
        check(
            finding("\t5:\t814.0", "814.0"),
            THAI,
            "content/2565/scores.yaml:1:5  ผิดพลาด score/out-of-range
    1 │  5: 814.0
      │     ^^^^^ คะแนน 814.0 อยู่นอกช่วง 0–100
แก้ไข: ใส่ค่าตั้งแต่ 0 ถึง 100 (ทศนิยมไม่เกิน 2 ตำแหน่ง)

",
        );
    }

    #[test]
    fn what_does_not_fit_beside_the_caret_stands_below() {
        check(
            finding("  indicators: { 5: 814.0 }", "814.0"),
            Style { width: 40, ..THAI },
            "content/2565/scores.yaml:1:20  ผิดพลาด score/out-of-range
    1 │   indicators: { 5: 814.0 }
      │                    ^^^^^
คะแนน 814.0 อยู่นอกช่วง 0–100
แก้ไข: ใส่ค่าตั้งแต่ 0 ถึง 100 (ทศนิยมไม่เกิน 2
      ตำแหน่ง)

",
        );
        let long = "ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงาน";
        check(
            finding(&format!("{long}: 814.0 {long}"), "814.0"),
            Style { width: 60, ..THAI },
            "content/2565/scores.yaml:1:50  ผิดพลาด score/out-of-range
    1 │ …มโปร่งใสในการดำเนินงาน: 814.0 ผลการประเมินคุณธรรมและค…
      │                        ^^^^^
คะแนน 814.0 อยู่นอกช่วง 0–100
แก้ไข: ใส่ค่าตั้งแต่ 0 ถึง 100 (ทศนิยมไม่เกิน 2 ตำแหน่ง)

",
        );
    }

    #[test]
    fn a_file_with_several_findings_begins_with_a_heading() {
        let at = |file: &str, severity| {
            Finding::at(&RANGE, Location::file(file), Words::new("ไม่มีคะแนน", "no score")).severity(severity)
        };
        let (scores, memo) = ("content/2565/scores.yaml", "content/2565/memo.md");
        let check = |findings: &[Finding], style: Style<'_>, expected: &[&str]| {
            let text = piped(|out| Format::Human.write(&of(findings.iter().cloned()), &style, out));
            let headings: Vec<&str> = text.lines().filter(|line| line.starts_with('─')).collect();
            assert!(headings.iter().all(|line| line.width() == style.width), "{text}");
            let headings: Vec<&str> = headings.iter().map(|line| line.trim_matches(['─', ' '])).collect();
            assert_eq!(headings, expected, "{text}");
        };
        use Severity::{Error, Warning};
        check(
            &[at(memo, Warning), at(scores, Error), at(scores, Warning)],
            THAI,
            &[
                "content/2565/memo.md · คำเตือน 1 แห่ง",
                "content/2565/scores.yaml · ข้อผิดพลาด 1 แห่ง คำเตือน 1 แห่ง",
            ],
        );
        let fact = Finding::at(&FACT, Location::file(memo), Words::new("ก", "a"));
        check(
            &[fact.clone(), at(scores, Error), at(scores, Warning)],
            Style { notes: true, ..THAI },
            &[
                "content/2565/memo.md · ข้อมูลประกอบ 1 แห่ง",
                "content/2565/scores.yaml · ข้อผิดพลาด 1 แห่ง คำเตือน 1 แห่ง",
            ],
        );
        check(
            &[at(memo, Warning), fact.clone(), fact, at(scores, Warning)],
            Style { notes: true, ..THAI },
            &[
                "content/2565/memo.md · คำเตือน 1 แห่ง ข้อมูลประกอบ 2 แห่ง",
                "content/2565/scores.yaml · คำเตือน 1 แห่ง",
            ],
        );
        check(&[at(scores, Error), at(scores, Warning)], THAI, &[]);
        check(&[at(memo, Error), at(scores, Warning)], THAI, &[]);
        check(&[at(scores, Error), at(memo, Warning), at(scores, Warning)], THAI, &[]);
    }

    #[test]
    fn without_a_line_there_is_no_excerpt() {
        let whole = Location::file("content/2565/scores.yaml");
        let source = Source::new("content/2565/scores.yaml", "year: 2565\n\n");
        let blank = Location::of(&source.at(11..11));
        let expected = |place: &str| {
            format!(
                "content/2565/scores.yaml{place}  ผิดพลาด score/out-of-range
ไม่มีคะแนน
แก้ไข: ใส่ค่าตั้งแต่ 0 ถึง 100 (ทศนิยมไม่เกิน 2 ตำแหน่ง)

"
            )
        };
        let at = |location| Finding::at(&RANGE, location, Words::new("ไม่มีคะแนน", "no score"));
        check(at(whole), THAI, &expected(""));
        check(at(Location::of(&source.whole())), THAI, &expected(""));
        check(at(blank), THAI, &expected(":2:1"));
    }

    #[test]
    fn what_is_known_besides_is_said_below() {
        let mut finding = finding("5: 814.0", "814.0");
        finding.also = vec![finding.location.clone(); 2];
        finding = finding.costs([stake(42), stake(43)]);
        check(
            finding.clone(),
            THAI,
            "content/2565/scores.yaml:1:4  ผิดพลาด score/out-of-range
    1 │ 5: 814.0
      │    ^^^^^ คะแนน 814.0 อยู่นอกช่วง 0–100
และอีก 2 แห่ง: 1:4, 1:4
คะแนนที่อาจเสีย: O42 และ O43 รวม 10 คะแนน
แก้ไข: ใส่ค่าตั้งแต่ 0 ถึง 100 (ทศนิยมไม่เกิน 2 ตำแหน่ง)

",
        );
        finding.also = vec![finding.location.clone(); 11];
        finding.severity = Severity::Note;
        finding.accepted = Some("ตรงตามประกาศ".to_owned());
        check(
            finding.clone(),
            Style { notes: true, ..THAI },
            "content/2565/scores.yaml:1:4  ข้อสังเกต score/out-of-range
    1 │ 5: 814.0
      │    ^^^^^ คะแนน 814.0 อยู่นอกช่วง 0–100
และอีก 11 แห่ง: 1:4, 1:4, 1:4, 1:4, 1:4, 1:4, 1:4, 1:4, 1:4, 1:4, …
ยอมรับแล้ว: ตรงตามประกาศ

",
        );
        check(finding, THAI, "");
    }

    #[test]
    fn what_asks_for_nothing_has_no_remedy() {
        check(
            Finding::at(&FACT, Location::file("a.md"), Words::new("O42 ได้ 0 คะแนน", "O42 has 0 points")),
            Style { notes: true, ..THAI },
            "a.md  ข้อมูลประกอบ score/lost-items\nO42 ได้ 0 คะแนน\n\n",
        );
    }

    #[test]
    fn colours_are_in_the_text_until_the_writer_drops_them() {
        let mut out = Vec::new();
        Format::Human.write(&of([finding("5: 814.0", "814.0")]), &THAI, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.contains("  \u{1b}[1m\u{1b}[31mผิดพลาด\u{1b}[0m score/out-of-range\n"), "{text}");
        assert!(text.contains("\u{1b}[2m    1 │ \u{1b}[0m5: 814.0\n"), "{text}");
    }

    #[test]
    fn a_kind_explains_itself() {
        let style = Style { width: 50, ..THAI };
        assert_eq!(
            piped(|out| explain(&RANGE, &style, out)),
            "ผิดพลาด score/out-of-range
คะแนนอยู่นอกช่วง 0–100

คะแนน ITA อยู่ระหว่าง 0 ถึง 100
ตัวเลขนอกช่วงนี้มักเกิดจากการพิมพ์จุดทศนิยมผิดตำแหน่ง

แก้ไข: ใส่ค่าตั้งแต่ 0 ถึง 100 (ทศนิยมไม่เกิน 2 ตำแหน่ง)

ตัวอย่าง
    5: 814.0   ->   5: 81.40
    6: 74.8
"
        );
    }

    #[test]
    fn the_listing_goes_by_area() {
        let check = |style: Style<'_>, expected: &str| {
            assert_eq!(piped(|out| listing(&[&RANGE, &FACT, &TAG], &style, out)), expected);
        };
        check(
            THAI,
            "score/out-of-range  ผิดพลาด      คะแนนอยู่นอกช่วง 0–100
score/lost-items    ข้อมูลประกอบ  คะแนนอยู่นอกช่วง 0–100

text/raw-html       คำเตือน      คะแนนอยู่นอกช่วง 0–100
",
        );
        check(
            Style { width: 40, ..ENGLISH },
            "score/out-of-range  error
    score out of range
score/lost-items    information
    score out of range

text/raw-html       warning
    score out of range
",
        );
    }

    proptest! {
        #[test]
        fn nothing_but_the_headline_leaves_the_width(
            texts in prop::array::uniform4(prop_oneof![any::<String>(), "[ก-ฮะ-ฺเ-๎a-z0-9 \t().,/-]{0,200}"]),
            (line, start, length) in (1usize..10_000_000, 1usize..120, 0usize..120),
            width in 40usize..130,
            accepted: bool,
        ) {
            let [source, message, remedy, reason] = texts;
            let position = |column| Position { line, column };
            let location =
                Location { start: position(start), end: position(start + length), line: source, ..Location::file("a.md") };
            let mut finding = Finding::at(&TAG, location, Words::new(&*message, "")).remedy(&*remedy, "");
            finding.also = vec![finding.location.clone(); start];
            finding.accepted = accepted.then_some(reason);
            let findings = of([finding]);
            for line in piped(|out| Format::Human.write(&findings, &Style { width, ..THAI }, out)).lines().skip(1) {
                prop_assert!(line.width() <= width, "{}", line);
            }
        }
    }
}

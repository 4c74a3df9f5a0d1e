//! What `check --fix` would change, as a person reads it: each place as it is and as it will be, and what is wrong with it. A unified diff
//! would not do: ํ + า and ำ look the same, and an invisible character like none.

use super::arguments::{Arguments, Detail};
use super::terminal;
use crate::finding::print::grid;
use crate::fix::{Change, Mended, Recoding, Step};
use crate::language::Language;
use crate::source::Source;
use anstyle::AnsiColor;
use std::io::{self, Write};
use std::ops::Range;

/// Writes every change of these files, unless nobody wants to see more than what stops.
///
/// # Errors
/// Those of the writer.
pub(super) fn files(arguments: &Arguments, files: &[Mended], out: &mut dyn Write) -> io::Result<()> {
    if arguments.detail == Detail::Quiet {
        return Ok(());
    }
    let style = Style { language: arguments.language, width: terminal::width().max(NARROWEST) };
    files.iter().try_for_each(|mended| file(mended, style, out))
}

/// Writes every value of files that are to be made.
///
/// # Errors
/// Those of the writer.
pub(super) fn begun<'a>(
    arguments: &Arguments,
    files: impl IntoIterator<Item = (&'a str, &'a Step)>,
    out: &mut dyn Write,
) -> io::Result<()> {
    if arguments.detail == Detail::Quiet {
        return Ok(());
    }
    let style = Style { language: arguments.language, width: terminal::width().max(NARROWEST) };
    let label = match style.language {
        Language::Thai => "ไฟล์ใหม่",
        Language::English => "new file",
    };
    for (path, step) in files {
        writeln!(out, "{STRONG}{}{STRONG:#}  {NEW}{label}{NEW:#}", grid::visible(path))?;
        let shown = step.changes.len().min(SHOWN);
        step.changes.iter().take(SHOWN).try_for_each(|change| {
            let line = step.after.position(change.new.start).line;
            added(step, std::slice::from_ref(change), line, style, out)
        })?;
        more(step.changes.len() - shown, style, out)?;
        writeln!(out)?;
    }
    Ok(())
}

#[derive(Clone, Copy)]
struct Style {
    language: Language,
    width: usize,
}

/// Narrower, a line would show nothing but its number.
const NARROWEST: usize = 40;

/// More changes of one file than this nobody looks at one by one.
const SHOWN: usize = 100;

/// More characters on either side than any terminal shows.
const REACH: usize = 1000;

/// Columns before the text of a line: its number and a sign.
const MARGIN: usize = 8;

const STRONG: anstyle::Style = anstyle::Style::new().bold();
const FAINT: anstyle::Style = anstyle::Style::new().dimmed();
const OLD: anstyle::Style = AnsiColor::Red.on_default();
const NEW: anstyle::Style = AnsiColor::Green.on_default();

fn file(file: &Mended, style: Style, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{STRONG}{}{STRONG:#}", grid::visible(&file.path))?;
    match &file.recoding {
        Some(Recoding { encoding, .. }) => {
            writeln!(out, "  {OLD}{}{OLD:#} → {NEW}UTF-8{NEW:#}", encoding.name())?;
            sample(file.text(), style, out)?;
        }
        None => writeln!(out)?,
    }
    for step in &file.steps {
        let groups = groups(step, style);
        let shown: usize = groups.iter().map(|group| group.len()).sum();
        let lines = step.before.positions(groups.iter().map(|group| group[0].old.start));
        groups.into_iter().zip(lines).try_for_each(|(group, at)| match is_line(step, group) {
            true => added(step, group, step.after.position(group[0].new.start).line, style, out),
            false => places(step, group, at.line, style, out),
        })?;
        more(step.changes.len() - shown, style, out)?;
    }
    writeln!(out)
}

fn more(count: usize, style: Style, out: &mut dyn Write) -> io::Result<()> {
    match (count, style.language) {
        (0, _) => Ok(()),
        (_, Language::Thai) => writeln!(out, "{:MARGIN$}และอีก {count} แห่ง", ""),
        (_, Language::English) => writeln!(out, "{:MARGIN$}and {count} more", ""),
    }
}

/// The first Thai line of a text: whoever can read it sees that the encoding is the right one.
fn sample(text: &str, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let is_thai = |(_, line): &(usize, &str)| line.contains(|c| matches!(c, 'ก'..='ฮ'));
    let Some((number, line)) = (1..).zip(text.lines()).find(is_thai) else { return Ok(()) };
    let shown = grid::window(line, 0..1, style.width - MARGIN).text;
    writeln!(out, "{FAINT}{number:>5}{FAINT:#} {NEW}+ {shown}{NEW:#}")
}

/// Changes with the same message that can be shown in one line, as many groups as anybody reads.
fn groups(step: &Step, style: Style) -> Vec<&[Change]> {
    let mut groups = Vec::new();
    let mut rest = step.changes.as_slice();
    while let Some(first) = rest.first()
        && groups.len() < SHOWN
    {
        let is_near = |change: &&Change| {
            let between = &step.before.text[first.old.start..change.old.end];
            let is_short = !between.contains('\n') && grid::width(between) <= (style.width - MARGIN) / 2;
            is_short && change.message == first.message
        };
        let (group, others) = rest.split_at(rest.iter().take_while(is_near).count().max(1));
        groups.push(group);
        rest = others;
    }
    groups
}

/// Whether a whole line is added, so that there is none as it was.
fn is_line(step: &Step, group: &[Change]) -> bool {
    let [Change { old, new, .. }] = group else { return false };
    let (before, behind) = (&step.after.text[..new.start], &step.after.text[new.end..]);
    let is_end = behind.is_empty() || behind.starts_with(['\n', '\r']);
    old.is_empty() && before.ends_with('\n') && is_end
}

/// A line that was not there before, with the message behind it.
fn added(step: &Step, group: &[Change], line: usize, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let [change] = group else { return Ok(()) };
    let after = Excerpt::around(&step.after, &change.new);
    let characters = after.characters(&change.new);
    let shown = grid::window(after.text, characters, style.width - MARGIN).text;
    write!(out, "{FAINT}{line:>5}{FAINT:#} {NEW}+ {shown}{NEW:#}")?;
    message(change.message.in_language(style.language), MARGIN + grid::width(&shown) + 1, style, out)
}

/// The line as it is and as it will be, and the message at the carets of the latter.
fn places(step: &Step, group: &[Change], line: usize, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let ([first, .., last] | [first @ last]) = group else { return Ok(()) };
    let (old, new) = (first.old.start..last.old.end, first.new.start..last.new.end);
    let (before, after) = (Excerpt::around(&step.before, &old), Excerpt::around(&step.after, &new));
    let (old, new) = (before.characters(&old), after.characters(&new));
    let room = style.width - MARGIN;
    let [old, window] = grid::windows((before.text, old), (after.text, new.clone()), room);
    writeln!(out, "{FAINT}{line:>5}{FAINT:#} {OLD}- {}{OLD:#}", old.text)?;
    writeln!(out, "{:>5} {NEW}+ {}{NEW:#}", "", window.text)?;
    let cut_off = grid::columns(after.text, new).start;
    let mut column = 0;
    for change in group {
        let Range { start, end } = grid::columns(after.text, after.characters(&change.new));
        // Two changes may have a column in common, as the marks of one letter have.
        let [start, end] = [start, end].map(|at| (at - cut_off + window.column + MARGIN).max(column));
        write!(out, "{:gap$}{NEW}{}{NEW:#}", "", "^".repeat(end - start), gap = start - column)?;
        column = end;
    }
    message(first.message.in_language(style.language), column + 1, style, out)
}

/// Writes a message behind the carets, or below them where it is too long for that.
fn message(text: &str, column: usize, style: Style, out: &mut dyn Write) -> io::Result<()> {
    if let [line] = grid::wrap(text, usize::MAX).as_slice()
        && column + grid::width(line) <= style.width
    {
        return writeln!(out, " {line}");
    }
    writeln!(out)?;
    let lines = grid::wrap(text, style.width - MARGIN);
    lines.iter().try_for_each(|line| writeln!(out, "{:MARGIN$}{line}", ""))
}

/// What of a line may be seen beside some of its bytes.
struct Excerpt<'a> {
    text: &'a str,
    /// The byte of the source at which the excerpt begins.
    start: usize,
}

impl<'a> Excerpt<'a> {
    fn around(source: &'a Source, bytes: &Range<usize>) -> Self {
        let (before, behind) = (&source.text[..bytes.start], &source.text[bytes.end..]);
        let is_in_line = |(_, c): &(usize, char)| !matches!(c, '\n' | '\r');
        let before = before.char_indices().rev().take_while(is_in_line).take(REACH).last();
        let behind = behind.char_indices().take_while(is_in_line).take(REACH).last();
        let start = before.map_or(bytes.start, |(at, _)| at);
        let end = bytes.end + behind.map_or(0, |(at, c)| at + c.len_utf8());
        Excerpt { text: &source.text[start..end], start }
    }

    /// Bytes of the source as characters of the excerpt.
    fn characters(&self, bytes: &Range<usize>) -> Range<usize> {
        let before = |byte: usize| self.text[..byte - self.start].chars().count();
        before(bytes.start)..before(bytes.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::catalog;
    use crate::language::Words;

    /// A text whose words are replaced one after the other, each with its message.
    fn step(text: &str, edits: &[(&str, &str, &str)]) -> Step {
        let (mut after, mut changes, mut done) = (String::new(), Vec::new(), 0);
        for (old, new, message) in edits {
            let at = done + text[done..].find(old).unwrap();
            after.push_str(&text[done..at]);
            done = at + old.len();
            changes.push(Change {
                kind: catalog::by_code("files/month-spelling").unwrap(),
                message: Words::new(*message, ""),
                old: at..done,
                new: after.len()..after.len() + new.len(),
            });
            after.push_str(new);
        }
        after.push_str(&text[done..]);
        Step { before: Source::new("a.md", text), after: Source::new("a.md", after), changes }
    }

    #[test]
    fn every_change_stands_above_its_reason() {
        let check = |text: &str, edits: &[(&str, &str, &str)], expected: &str| {
            let style = Style { language: Language::Thai, width: 46 };
            let step = step(text, edits);
            let mut out = anstream::StripStream::new(Vec::new());
            for group in groups(&step, style) {
                places(&step, group, 7, style, &mut out).unwrap();
            }
            assert_eq!(String::from_utf8(out.into_inner()).unwrap(), expected);
        };
        check(
            "ก\nช่วง มี.ค ๖๖\r\nก",
            &[("มี.ค", "มี.ค.", "ขาดจุด")],
            "    7 - ช่วง มี.ค ๖๖
      + ช่วง มี.ค. ๖๖
            ^^^^ ขาดจุด
",
        );
        // What is equal and near is shown together.
        check(
            "ลุม\u{200b}พุก\u{200b}",
            &[("\u{200b}", "", "มองไม่เห็น"), ("\u{200b}", "", "มองไม่เห็น")],
            "    7 - ลุม\u{fffd}พุก\u{fffd}
      + ลุมพุก
          ^ ^ มองไม่เห็น
",
        );
        check(
            "ท\u{e48}\u{e35}ดิน ประจ\u{e4d}\u{e32}",
            &[("\u{e48}\u{e35}", "\u{e35}\u{e48}", "สลับ"), ("\u{e4d}\u{e32}", "\u{e33}", "แยก")],
            "    7 - ท\u{e48}\u{e35}ดิน ประจ\u{e4d}\u{e32}
      + ที่ดิน ประจำ
        ^ สลับ
    7 - ท\u{e48}\u{e35}ดิน ประจ\u{e4d}\u{e32}
      + ที่ดิน ประจำ
                ^ แยก
",
        );
        check(
            "มี.ค ๖๖ – มาตรการส่งเสริมคุณธรรมและความโปร่งใส – มี.ค ๖๗",
            &[("มี.ค", "มี.ค.", "ขาดจุด"), ("มี.ค", "มี.ค.", "ขาดจุด")],
            "    7 - มี.ค ๖๖ – มาตรการส่งเสริมคุณธรรมและความโป…
      + มี.ค. ๖๖ – มาตรการส่งเสริมคุณธรรมและความ…
        ^^^^ ขาดจุด
    7 - …รส่งเสริมคุณธรรมและความโปร่งใส – มี.ค ๖๗
      + …รส่งเสริมคุณธรรมและความโปร่งใส – มี.ค. ๖๗
                                      ^^^^
        ขาดจุด
",
        );
    }
}

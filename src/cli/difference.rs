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

#[derive(Clone, Copy)]
struct Style {
    language: Language,
    width: usize,
}

/// Narrower, a line would show nothing but its number.
const NARROWEST: usize = 40;

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
        let lines = step.before.positions(groups.iter().map(|group| group[0].old.start));
        groups.into_iter().zip(lines).try_for_each(|(group, at)| places(step, group, at.line, style, out))?;
    }
    writeln!(out)
}

/// The first Thai line of a text: whoever can read it sees that the encoding is the right one.
fn sample(text: &str, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let is_thai = |(_, line): &(usize, &str)| line.contains(|c| matches!(c, 'ก'..='ฮ'));
    let Some((number, line)) = (1..).zip(text.lines()).find(is_thai) else { return Ok(()) };
    let shown = grid::window(line, 0..1, style.width - MARGIN).text;
    writeln!(out, "{FAINT}{number:>5}{FAINT:#} {NEW}+ {shown}{NEW:#}")
}

/// Changes with the same message that can be shown in one line.
fn groups(step: &Step, style: Style) -> Vec<&[Change]> {
    let mut groups = Vec::new();
    let mut rest = step.changes.as_slice();
    while let Some(first) = rest.first() {
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

/// The line as it is and as it will be, and the message at the carets of the latter.
fn places(step: &Step, group: &[Change], line: usize, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let ([first, .., last] | [first @ last]) = group else { return Ok(()) };
    let old = (step.before.line_of(first.old.start), characters(&step.before, first.old.start..last.old.end));
    let new = (step.after.line_of(first.new.start), characters(&step.after, first.new.start..last.new.end));
    let [old, window] = grid::windows(old, new.clone(), style.width - MARGIN);
    writeln!(out, "{FAINT}{line:>5}{FAINT:#} {OLD}- {}{OLD:#}", old.text)?;
    writeln!(out, "{:>5} {NEW}+ {}{NEW:#}", "", window.text)?;
    let cut_off = grid::columns(new.0, new.1).start;
    let mut column = 0;
    for change in group {
        let Range { start, end } = grid::columns(new.0, characters(&step.after, change.new.clone()));
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

/// Bytes of a source as characters of their line.
fn characters(source: &Source, bytes: Range<usize>) -> Range<usize> {
    let column = |byte: usize| source.position(byte).column - 1;
    column(bytes.start)..column(bytes.end)
}

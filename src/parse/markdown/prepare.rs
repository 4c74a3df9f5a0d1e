//! A body's text as CommonMark may see it, and the way from there back to the bytes of the source.
//!
//! Bindings become marks that no rule of Markdown reacts to (a pipe or a star inside would break tables and emphasis), Thai numbers of
//! list items become Arabic ones, characters that no text may hold are left out. What a mark stands for, it does not know.

use super::flaw::{Flaw, Flaws};
use super::{Event, Tag, events};
use crate::source::Source;
use crate::thai;
use std::borrow::Cow;
use std::ops::Range;

/// The prepared text of a body.
#[derive(Debug, Clone)]
pub(super) struct Prepared {
    pub(super) text: String,
    /// In the order of the text, never overlapping.
    changes: Vec<Change>,
    /// Where the body begins in the source.
    origin: usize,
}

/// A piece of a prepared text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// As typed.
    Text(&'a str),
    /// The mark of the binding with this number, from 0 in the order of the text.
    Binding(usize),
}

#[derive(Debug, Clone)]
struct Change {
    kind: ChangeKind,
    /// Bytes of the source.
    source: Range<usize>,
    /// Bytes of the prepared text.
    text: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ChangeKind {
    Binding,
    Number,
    Character,
}

/// What only a parser can tell: whether a line is code, and whether a number is a list's.
struct Survey {
    code: Vec<Range<usize>>,
    items: Vec<usize>,
}

/// The marks: sixteen noncharacters as digits and one that ends them. Unicode reserves noncharacters for the inside of programs, so no
/// text may hold them, and Markdown takes them for letters.
const DIGITS: [char; 16] = [
    '\u{fdd0}', '\u{fdd1}', '\u{fdd2}', '\u{fdd3}', '\u{fdd4}', '\u{fdd5}', '\u{fdd6}', '\u{fdd7}',
    '\u{fdd8}', '\u{fdd9}', '\u{fdda}', '\u{fddb}', '\u{fddc}', '\u{fddd}', '\u{fdde}', '\u{fddf}',
];
const END: char = '\u{fdef}';
/// The first byte of each in UTF-8.
const MARK_BEGIN: u8 = 0xef;

/// Prepares the text of a body.
///
/// All changes are tried first; then those are taken back that Markdown turns out to read as code, or as a number within a sentence.
/// Both leave the structure as it was, since there the characters count for nothing.
pub(super) fn prepare(source: &Source, span: Range<usize>, flaws: &mut Flaws) -> Prepared {
    let tried = apply(&source.text, span.clone(), changes(&source.text, span.clone()));
    let prepared = if tried.changes.iter().all(|change| change.kind == ChangeKind::Character) {
        tried
    } else {
        let survey = survey(&tried.text);
        let kept: Vec<Change> = tried.changes.iter().filter(|change| survey.bears(change)).cloned().collect();
        if kept.len() == tried.changes.len() { tried } else { apply(&source.text, span, kept) }
    };
    find_characters(&prepared, source, flaws);
    find_stray_braces(&prepared, flaws);
    prepared
}

impl Prepared {
    /// The bindings' bytes in the source, braces included.
    pub(super) fn bindings(&self) -> impl Iterator<Item = Range<usize>> {
        self.changes
            .iter()
            .filter(|change| change.kind == ChangeKind::Binding)
            .map(|change| change.source.clone())
    }

    /// What stands at a range that the parser named; nothing where it named no range, as it does for rows beyond its limit of cells.
    pub(super) fn slice(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }

    /// The bytes of the source that a range of the prepared text stands for.
    pub(super) fn span(&self, range: Range<usize>) -> Range<usize> {
        let start = self.source_from(range.start);
        start..self.source_until(range.end).max(start)
    }

    /// Whether the list item that begins there was numbered in Thai digits.
    pub(super) fn has_thai_number(&self, at: usize) -> bool {
        let number = behind_indent(&self.text, at);
        let change = self.changes.binary_search_by_key(&number, |change| change.text.start);
        change.is_ok_and(|found| self.changes[found].kind == ChangeKind::Number)
    }

    fn source_from(&self, at: usize) -> usize {
        let before = self.changes.partition_point(|change| change.text.start <= at);
        match self.changes[..before].last() {
            None => self.origin + at,
            Some(change) if at < change.text.end => change.source.start,
            Some(change) => change.source.end + (at - change.text.end),
        }
    }

    fn source_until(&self, at: usize) -> usize {
        let before = self.changes.partition_point(|change| change.text.start < at);
        match self.changes[..before].last() {
            None => self.origin + at,
            Some(change) if at <= change.text.end => change.source.end,
            Some(change) => change.source.end + (at - change.text.end),
        }
    }
}

impl Survey {
    fn bears(&self, change: &Change) -> bool {
        match change.kind {
            ChangeKind::Binding => !self.is_code(change.text.start),
            ChangeKind::Number => self.items.binary_search(&change.text.start).is_ok(),
            ChangeKind::Character => true,
        }
    }

    fn is_code(&self, at: usize) -> bool {
        let after = self.code.partition_point(|range| range.start <= at);
        self.code[..after].last().is_some_and(|range| at < range.end)
    }
}

/// Cuts a text at the marks in it. A mark without its end can only come from a character reference such as `&#xFDD0;`: it is dropped.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = (Range<usize>, Piece<'_>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < text.len() {
            let start = at;
            let rest = &text[start..];
            let plain = first_mark(rest).unwrap_or(rest.len());
            if plain > 0 {
                at += plain;
                return Some((start..at, Piece::Text(&rest[..plain])));
            }
            let inside = rest.find(|c| c == END || !is_mark(c)).unwrap_or(rest.len());
            let length = inside + if rest[inside..].starts_with(END) { END.len_utf8() } else { 0 };
            at += length;
            if let Some(number) = binding_number(&rest[..length]) {
                return Some((start..at, Piece::Binding(number)));
            }
        }
        None
    })
}

/// Whether a text may hold unprintable characters, told by its bytes: none of these is in ASCII's letters or in Thai. Every byte is looked
/// at, since many at a time are sooner done than one after the other up to the first.
fn may_hold_unprintable(text: &str) -> bool {
    let is_rare = |byte| matches!(byte, 0..=0x08 | 0x0b | 0x0c | 0x0e..=0x1f | 0x7f | 0xc2 | 0xef..);
    text.bytes().fold(false, |any, byte| any | is_rare(byte))
}

/// Characters that belong to no text: controls other than tab and line ends, and Unicode's noncharacters.
fn is_unprintable(c: char) -> bool {
    let is_noncharacter = is_mark(c) || u32::from(c) & 0xfffe == 0xfffe;
    is_noncharacter || c.is_control() && !matches!(c, '\t' | '\n' | '\r')
}

/// What is read in the place of an unprintable character. Word writes line and page breaks as such; without a space two words would
/// become one.
pub(super) fn instead_of(unprintable: char) -> &'static str {
    if matches!(unprintable, '\u{b}' | '\u{c}' | '\u{85}') { " " } else { "" }
}

/// What a character reference such as `&#7;` may bring into a text is left out as well, except for marks: `pieces` sees to those.
pub(super) fn without_unprintable(text: &str) -> Cow<'_, str> {
    let is_left_out = |c: char| is_unprintable(c) && !is_mark(c);
    if text.contains(is_left_out) { Cow::Owned(text.replace(is_left_out, "")) } else { Cow::Borrowed(text) }
}

/// Where the first mark begins. Most texts hold none, not even the byte with which all of them begin.
fn first_mark(text: &str) -> Option<usize> {
    if text.as_bytes().contains(&MARK_BEGIN) { text.find(is_mark) } else { None }
}

fn is_mark(c: char) -> bool {
    ('\u{fdd0}'..='\u{fdef}').contains(&c)
}

fn mark(number: usize) -> String {
    let length = (usize::BITS - number.leading_zeros()).div_ceil(4).max(1);
    let digits = (0..length).rev().map(|place| DIGITS[number >> (4 * place) & 15]);
    digits.chain([END]).collect()
}

fn binding_number(mark: &str) -> Option<usize> {
    let digits = mark.strip_suffix(END)?;
    let value = |c: char| DIGITS.iter().position(|digit| *digit == c);
    (!digits.is_empty() && digits.chars().count() <= 8)
        .then(|| digits.chars().try_fold(0, |sum, c| Some(sum << 4 | value(c)?)))?
}

fn changes(text: &str, span: Range<usize>) -> Vec<Change> {
    let body = &text[span.clone()];
    let change = |kind, found: Range<usize>| Change {
        kind,
        source: span.start + found.start..span.start + found.end,
        text: 0..0,
    };
    let mut changes = Vec::new();
    if may_hold_unprintable(body) {
        let characters = body.char_indices().filter(|(_, c)| is_unprintable(*c));
        changes.extend(characters.map(|(at, c)| change(ChangeKind::Character, at..at + c.len_utf8())));
    }
    changes.extend(numbers(body).map(|found| change(ChangeKind::Number, found)));
    changes.extend(bindings(body).map(|found| change(ChangeKind::Binding, found)));
    changes.sort_by_key(|change| change.source.start);
    changes
}

fn apply(source: &str, span: Range<usize>, mut changes: Vec<Change>) -> Prepared {
    let mut text = String::with_capacity(span.len());
    let mut done = span.start;
    let mut bindings = 0;
    for change in &mut changes {
        text.push_str(&source[done..change.source.start]);
        let start = text.len();
        let found = &source[change.source.clone()];
        match change.kind {
            ChangeKind::Binding => {
                text.push_str(&mark(bindings));
                bindings += 1;
            }
            ChangeKind::Number => text.push_str(&thai::to_arabic_digits(found)),
            ChangeKind::Character => text.extend(found.chars().map(instead_of)),
        }
        change.text = start..text.len();
        done = change.source.end;
    }
    text.push_str(&source[done..span.end]);
    Prepared { text, changes, origin: span.start }
}

/// `{{ … }}` on one line, without braces, backticks or unprintable characters inside: a backtick could end the code in which the braces
/// stand.
fn bindings(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        while let Some(found) = text[from..].find('{') {
            let open = from + found;
            from = open + 1;
            let Some(inside) = text[from..].strip_prefix('{') else { continue };
            let ends = |c: char| matches!(c, '{' | '}' | '`' | '\n' | '\r') || is_unprintable(c);
            let length = inside.find(ends).unwrap_or(inside.len());
            if inside[length..].starts_with("}}") {
                from += 1 + length + 2;
                return Some(open..from);
            }
        }
        None
    })
}

/// The Thai digits with which lines begin as list items do: `๑. ` or `๑) `.
fn numbers(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut end = 0;
    let lines = text.split_inclusive('\n').flat_map(|line| line.split_inclusive('\r'));
    lines.filter_map(move |line| {
        let start = end;
        end += line.len();
        list_number(line).map(|found| start + found.start..start + found.end)
    })
}

/// CommonMark allows list numbers of nine digits; a Thai one has three bytes.
fn list_number(line: &str) -> Option<Range<usize>> {
    let rest = line.trim_start_matches([' ', '\t', '>']);
    let after = rest.trim_start_matches(|c| ('๐'..='๙').contains(&c));
    let digits = rest.len() - after.len();
    let follows = after.strip_prefix(['.', ')'])?;
    let is_number =
        (1..=9 * 3).contains(&digits) && (follows.is_empty() || follows.starts_with([' ', '\t', '\n', '\r']));
    let start = line.len() - rest.len();
    is_number.then_some(start..start + digits)
}

fn survey(text: &str) -> Survey {
    let mut survey = Survey { code: Vec::new(), items: Vec::new() };
    for (event, range) in events(text) {
        match event {
            Event::Code(_) | Event::Start(Tag::CodeBlock(_)) => survey.code.push(range),
            Event::Start(Tag::Item) => survey.items.push(behind_indent(text, range.start)),
            _ => {}
        }
    }
    survey
}

/// The parser counts the spaces before a marker as part of its item.
fn behind_indent(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start_matches([' ', '\t']).len()
}

fn find_characters(prepared: &Prepared, source: &Source, flaws: &mut Flaws) {
    for change in prepared.changes.iter().filter(|change| change.kind == ChangeKind::Character) {
        let found = source.text[change.source.clone()].chars().next();
        flaws.extend(found.map(|found| (change.source.clone(), Flaw::UnprintableCharacter(found))));
    }
}

/// Looks for braces that are no binding. Most texts have none, so that the text is seldom parsed for this.
fn find_stray_braces(prepared: &Prepared, flaws: &mut Flaws) {
    let stray = |(at, _): &(usize, &str)| prepared.text[at + 1..].starts_with(['{', '%']);
    let mut found = prepared.text.match_indices('{').filter(stray).map(|(at, _)| at).peekable();
    if found.peek().is_none() {
        return;
    }
    let survey = survey(&prepared.text);
    let mut reported = 0;
    for at in found.filter(|at| !survey.is_code(*at)) {
        // Of three braces in a row, only the first two are told of.
        if at >= reported {
            let is_tag = prepared.text[at + 1..].starts_with('%');
            let flaw = if is_tag { Flaw::TemplateTag } else { Flaw::OpenBinding };
            flaws.push((prepared.span(at..at + 2), flaw));
            reported = at + 2;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::Arc;

    fn prepared(text: &str) -> (Arc<Source>, Prepared, Flaws) {
        let source = Source::new("a.md", format!("---\nx: 1\n---\n{text}"));
        let mut flaws = Flaws::new();
        let start = source.text.len() - text.len();
        let prepared = prepare(&source, start..source.text.len(), &mut flaws);
        (source, prepared, flaws)
    }

    #[test]
    fn only_bindings_outside_of_code_are_cut() {
        let check = |text: &str, expected: &[&str], flaws: &[&str]| {
            let (source, prepared, found) = prepared(text);
            let bindings: Vec<&str> = prepared.bindings().map(|span| &source.text[span]).collect();
            assert_eq!(bindings, expected, "{text}");
            let found: Vec<&str> = found.iter().map(|(span, _)| &source.text[span.clone()]).collect();
            assert_eq!(found, flaws, "{text}");
        };
        check("ก {{ a.b }}{{c}} ข", &["{{ a.b }}", "{{c}}"], &[]);
        check("| {{ a | b }} | `{{ c }}` |", &["{{ a | b }}"], &[]);
        check("```\n{{ a }}\n```\n{{ b }}", &["{{ b }}"], &[]);
        check("    {{ a }}\n\n{{ b }}", &["{{ b }}"], &[]);
        check("`{{` … `}}` {{ a }}", &["{{ a }}"], &[]);
        check("{{{ a }}}", &["{{ a }}"], &[]);
        check("{{ a", &[], &["{{"]);
        check("{{ a\n}}", &[], &["{{"]);
        check("{{{{", &[], &["{{", "{{"]);
        check("{% if x %} {{ a }} `{% x %}`", &["{{ a }}"], &["{%"]);
        check("{{ a\u{7} }}", &[], &["\u{7}", "{{"]);
        check("ก\u{fdd0}\u{fdef}ข {{ a }}", &["{{ a }}"], &["\u{fdd0}", "\u{fdef}"]);
    }

    #[test]
    fn thai_numbers_become_arabic_only_where_they_number_a_list() {
        let check = |text: &str, expected: &str| assert_eq!(prepared(text).1.text, expected, "{text}");
        check("๑. ก\n๒. ข", "1. ก\n2. ข");
        check("๑) ก\r\n๒) ข", "1) ก\r\n2) ข");
        check("> ๑. ก\n>\n>   ๒. ข", "> 1. ก\n>\n>   2. ข");
        check("   ๑๐. ก", "   10. ก");
        check("๑.", "1.");
        check("ก\n\n๕. ข", "ก\n\n5. ข");
        check("ก\n๕. ข", "ก\n๕. ข");
        check("๑.๑ ก\n\n๑.ก\n\n๒๕๖๕ ก", "๑.๑ ก\n\n๑.ก\n\n๒๕๖๕ ก");
        check("```\n๑. ก\n```", "```\n๑. ก\n```");
        check("    ๑. ก", "    ๑. ก");
        check("1. ก\n\n   ๑. ข", "1. ก\n\n   1. ข");
        check("๑๒๓๔๕๖๗๘๙๐. ก", "๑๒๓๔๕๖๗๘๙๐. ก");
        check("ก\u{b}ข\u{0}ค", "ก ขค");
    }

    #[test]
    fn marks_name_their_binding() {
        for number in [0, 1, 15, 16, 255, 256, 70_000] {
            let text = format!("ก{}ข", mark(number));
            let found: Vec<Piece<'_>> = pieces(&text).map(|(_, piece)| piece).collect();
            assert_eq!(found, [Piece::Text("ก"), Piece::Binding(number), Piece::Text("ข")]);
        }
        let stray = "ก\u{fdd0}ข\u{fdef}\u{fde5}\u{fdef}ค";
        let found: Vec<Piece<'_>> = pieces(stray).map(|(_, piece)| piece).collect();
        assert_eq!(found, [Piece::Text("ก"), Piece::Text("ข"), Piece::Text("ค")]);
    }

    proptest! {
        #[test]
        fn every_character_leads_back_to_itself(text in "([ก-ฮ๑>. \n]|๑\\. |\\{\\{ a\\.b \\}\\}|\u{fdd3}|\u{7}|`){0,40}") {
            let (source, prepared, _) = prepared(&text);
            for (at, c) in prepared.text.char_indices() {
                let span = prepared.span(at..at + c.len_utf8());
                let found = &source.text[span];
                let is_itself = found.starts_with(c);
                let is_changed = c.is_ascii_digit() && thai::to_arabic_digits(found).contains(c)
                    || is_mark(c) && found == "{{ a.b }}";
                prop_assert!(is_itself || is_changed, "{:?} from {:?}", c, found);
            }
        }
    }
}

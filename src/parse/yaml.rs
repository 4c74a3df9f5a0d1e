//! Text → values with their places. Every scalar stays the raw text that the author typed: YAML's own guesses (`83.40` as a binary
//! float, `no` as false, `044` as a number) never apply, what a value means is decided by the key it stands under.
//!
//! Officers' files are read from `saphyr-parser`'s events: raw text and exact places of everything in one pass, so that all mistakes of
//! a file are found at once. What the program and theme authors write as typed data (`theme.yaml`, the words of a theme) goes through
//! `serde_yaml`, which also writes scalars.

use crate::finding::Findings;
use crate::finding::catalog::files;
use crate::source::{Place, Source};
use crate::thai;
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span};
use serde::de::DeserializeOwned;
use std::ops::Range;
use std::sync::Arc;

/// Deeper than any file of the format, shallow enough for every later step to recurse.
const DEEPEST: usize = 32;

/// A value and where it stands.
#[derive(Debug, Clone)]
pub struct Node {
    /// From its first to its last character, with a route such as `measures → 2 → period`.
    pub place: Place,
    /// What stands there.
    pub value: Value,
}

/// A value of the subset of YAML that the content files use.
#[derive(Debug, Clone)]
pub enum Value {
    /// Empty, `~`, `null` or an empty text: absent, never zero.
    Absent,
    /// One text as typed, line ends included.
    Scalar {
        /// The text without YAML's quotes and indentation.
        text: String,
        /// Whether it is a `|` or `>` block.
        block: bool,
    },
    /// A sequence.
    List(Vec<Node>),
    /// A mapping in the author's order; equal keys are already reported and dropped.
    Map(Vec<Entry>),
}

/// A key and its value.
#[derive(Debug, Clone)]
pub struct Entry {
    /// As typed, Thai digits turned into Arabic ones.
    pub key: String,
    /// Where the key stands.
    pub place: Place,
    /// The value.
    pub node: Node,
}

/// Reads a whole file, or the front matter of one. `None` when there is nothing to go on with; the findings say why.
pub fn outline(source: &Arc<Source>, span: Range<usize>, findings: &mut Findings) -> Option<Node> {
    let text = &source.text[span.clone()];
    let before = findings.iter().count();
    let mut builder = Builder {
        source,
        places: CharacterMap::new(text, span.start),
        stack: Vec::new(),
        root: None,
        findings,
    };
    let failure = builder.run(text).err();
    let Builder { root, .. } = builder;
    let scalars = root.as_ref().map(block_scalars).unwrap_or_default();
    odd_indents(source, span.clone(), &scalars, findings);
    if let Some(error) = failure {
        if findings.iter().count() == before {
            let at = CharacterMap::new(text, span.start).byte(error.marker().index());
            let place = line_end_or(source, at);
            // The parser itself gives up on brackets before an event tells how deep they are.
            findings.add(match error.info().contains("recursion limit") {
                true => files::too_deep(&place),
                false => files::yaml_syntax(&place, error.info()),
            });
        }
        return None;
    }
    if root.is_none() && findings.iter().count() == before {
        findings.add(files::empty(&source.whole()));
    }
    root
}

/// Reads data that is not written by officers into a type of its own.
///
/// # Errors
/// The parser's words and, where it knows one, the place as a byte of the text.
pub fn typed<T: DeserializeOwned>(text: &str) -> Result<T, (String, Option<usize>)> {
    serde_yaml::from_str(text).map_err(|error| {
        let place = error.location().map(|location| location.index());
        (error.to_string(), place)
    })
}

/// A text as a YAML scalar that reads back as the same text, quoted only where it must be.
pub fn scalar(text: &str) -> String {
    // Strings always serialise; the fallback quotes, which is right for every text without control characters.
    serde_yaml::to_string(text)
        .map_or_else(|_| format!("'{}'", text.replace('\'', "''")), |line| line.trim_end().to_owned())
}

/// The ranges of a file that starts with `---`: its front matter, if any, and its body.
pub fn front_matter(source: &Source) -> (Option<Range<usize>>, Range<usize>) {
    let text = &source.text;
    let is_fence = |line: &str| line.trim_end() == "---";
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| is_fence(line)) else { return (None, 0..text.len()) };
    let mut at = first.len();
    for line in lines {
        if is_fence(line) {
            return (Some(first.len()..at), at + line.len()..text.len());
        }
        at += line.len();
    }
    (None, 0..text.len())
}

impl Node {
    /// The entry under a key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.value {
            Value::Map(entries) => entries.iter().find(|entry| entry.key == key).map(|entry| &entry.node),
            _ => None,
        }
    }

    /// Whether nothing stands there.
    pub fn is_absent(&self) -> bool {
        matches!(self.value, Value::Absent)
    }
}

/// Turns events into nodes without recursion, so that no depth of nesting can overflow the stack.
struct Builder<'a> {
    source: &'a Arc<Source>,
    places: CharacterMap,
    stack: Vec<Open>,
    root: Option<Node>,
    findings: &'a mut Findings,
}

/// A sequence or mapping whose end has not come yet.
struct Open {
    start: usize,
    route: Arc<str>,
    children: Children,
}

enum Children {
    List(Vec<Node>),
    Map { entries: Vec<Entry>, key: Option<(String, Place)> },
}

impl Builder<'_> {
    /// Stops at the first event after which nothing sensible can follow.
    fn run(&mut self, text: &str) -> Result<(), ScanError> {
        let mut documents = 0;
        for event in Parser::new_from_str(text) {
            let (event, span) = event?;
            let bytes = self.places.byte(span.start.index())..self.places.byte(span.end.index());
            match event {
                Event::DocumentStart(_) => {
                    documents += 1;
                    if documents > 1 {
                        self.findings.add(files::several_documents(&self.source.at(bytes)));
                        return Ok(());
                    }
                }
                Event::Alias(_) => return self.refuse_reference(bytes),
                Event::Scalar(_, _, anchor, ref tag) if anchor > 0 || tag.is_some() => {
                    return self.refuse_reference(bytes);
                }
                Event::SequenceStart(anchor, ref tag) | Event::MappingStart(anchor, ref tag)
                    if anchor > 0 || tag.is_some() =>
                {
                    return self.refuse_reference(bytes);
                }
                Event::Scalar(text, style, ..) => self.scalar(text.into_owned(), style, bytes),
                Event::SequenceStart(..) => self.open(Children::List(Vec::new()), bytes.start),
                Event::MappingStart(..) => {
                    self.open(Children::Map { entries: Vec::new(), key: None }, bytes.start)
                }
                Event::SequenceEnd | Event::MappingEnd => self.close(span),
                _ => {}
            }
            if self.stack.len() > DEEPEST {
                let at = self.stack.last().map_or(0, |open| open.start);
                self.findings.add(files::too_deep(&self.source.at(at..at)));
                self.root = None;
                return Ok(());
            }
        }
        Ok(())
    }

    /// Anchors, aliases and tags would make one place of a file change another; the format has none.
    fn refuse_reference(&mut self, bytes: Range<usize>) -> Result<(), ScanError> {
        let line_start = self.source.text[..bytes.start].rfind('\n').map_or(0, |at| at + 1);
        let sign = self.source.text[line_start..bytes.start]
            .rfind(['&', '!'])
            .map_or(bytes.start, |at| line_start + at);
        self.findings.add(files::reference(&self.source.at(sign..bytes.end.max(sign + 1))));
        self.root = None;
        self.stack.clear();
        Ok(())
    }

    fn route(&self) -> Arc<str> {
        let Some(open) = self.stack.last() else { return Arc::default() };
        let step = match &open.children {
            Children::List(nodes) => (nodes.len() + 1).to_string(),
            Children::Map { key: Some((key, _)), .. } => key.clone(),
            Children::Map { key: None, .. } => return Arc::clone(&open.route),
        };
        if open.route.is_empty() { step.into() } else { format!("{} → {step}", open.route).into() }
    }

    fn expects_key(&self) -> bool {
        matches!(self.stack.last(), Some(Open { children: Children::Map { key: None, .. }, .. }))
    }

    fn scalar(&mut self, text: String, style: ScalarStyle, bytes: Range<usize>) {
        let place = self.source.at(self.trimmed(bytes)).with_route(self.route());
        if self.expects_key() {
            if text == "<<" {
                self.findings.add(files::reference(&place));
            }
            return self.key(thai::to_arabic_digits(text.trim()).into_owned(), place);
        }
        let plain = style == ScalarStyle::Plain;
        let block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
        let absent =
            text.trim().is_empty() || (plain && matches!(text.as_str(), "~" | "null" | "Null" | "NULL"));
        let value = if absent { Value::Absent } else { Value::Scalar { text, block } };
        self.add(Node { place, value });
    }

    /// A scalar without the line ends and comments that the parser counts to it.
    fn trimmed(&self, bytes: Range<usize>) -> Range<usize> {
        let text = &self.source.text[bytes.clone()];
        bytes.start..bytes.start + text.trim_end().len()
    }

    fn key(&mut self, name: String, place: Place) {
        if let Some(Open { children: Children::Map { key, .. }, .. }) = self.stack.last_mut() {
            *key = Some((name, place));
        }
    }

    fn open(&mut self, children: Children, start: usize) {
        let route = self.route();
        if self.expects_key() {
            self.findings.add(files::key_not_text(&self.source.at(start..start + 1)));
            self.key(String::new(), self.source.at(start..start));
        }
        self.stack.push(Open { start, route, children });
    }

    fn close(&mut self, span: Span) {
        let Some(open) = self.stack.pop() else { return };
        let end = self.places.byte(span.end.index());
        let value = match open.children {
            Children::List(nodes) => Value::List(nodes),
            Children::Map { entries, .. } => Value::Map(entries),
        };
        let place = self.source.at(self.trimmed(open.start..end.max(open.start))).with_route(open.route);
        self.add(Node { place, value });
    }

    fn add(&mut self, node: Node) {
        let Some(open) = self.stack.last_mut() else {
            // A file of comments alone is one absent scalar to the parser.
            self.root = (!node.is_absent()).then_some(node);
            return;
        };
        match &mut open.children {
            Children::List(nodes) => nodes.push(node),
            Children::Map { entries, key } => {
                let Some((key, place)) = key.take() else { return };
                match entries.iter().find(|entry| entry.key == key) {
                    Some(first) => self.findings.add(files::duplicate_key(&place, &key, &first.place)),
                    None => entries.push(Entry { key, place, node }),
                }
            }
        }
    }
}

/// The parser counts characters; places are bytes.
enum CharacterMap {
    /// In ASCII a character is a byte, and a table would only repeat that.
    Ascii { offset: usize, end: usize },
    /// Where each character starts.
    Table { starts: Vec<usize>, end: usize },
}

impl CharacterMap {
    fn new(text: &str, offset: usize) -> Self {
        let end = offset + text.len();
        match text.is_ascii() {
            true => CharacterMap::Ascii { offset, end },
            false => {
                CharacterMap::Table { starts: text.char_indices().map(|(at, _)| at + offset).collect(), end }
            }
        }
    }

    fn byte(&self, character: usize) -> usize {
        match self {
            CharacterMap::Ascii { offset, end } => (offset + character).min(*end),
            CharacterMap::Table { starts, end } => starts.get(character).copied().unwrap_or(*end),
        }
    }
}

/// Where a syntax error stands: at the end of a file or line the parser points past the last character, where no caret can be seen.
fn line_end_or(source: &Arc<Source>, at: usize) -> Place {
    let rest = source.text[at..].trim_start_matches([' ', '\t']);
    if rest.is_empty() || rest.starts_with(['\n', '\r']) {
        let end = source.text[..at].trim_end().len();
        let start = source.text[..end].char_indices().next_back().map_or(0, |(start, _)| start);
        return source.at(start..end);
    }
    let next = source.text[at..].chars().next().map_or(0, char::len_utf8);
    source.at(at..at + next)
}

fn block_scalars(root: &Node) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        match &node.value {
            Value::Scalar { block: true, .. } => found.push(node.place.span.clone()),
            Value::List(nodes) => open.extend(nodes),
            Value::Map(entries) => open.extend(entries.iter().map(|entry| &entry.node)),
            _ => {}
        }
    }
    found
}

/// Tabs and no-break spaces in the indent look like spaces in an editor but are none to YAML.
fn odd_indents(source: &Arc<Source>, span: Range<usize>, blocks: &[Range<usize>], findings: &mut Findings) {
    let mut at = span.start;
    for line in source.text[span].split_inclusive('\n') {
        let indent =
            line.len() - line.trim_start_matches([' ', '\t', '\u{a0}', '\u{3000}', '\u{200b}']).len();
        let is_blank = line.trim().is_empty();
        let in_block = blocks.iter().any(|block| block.contains(&at));
        if let (Some((odd, sign)), false, false) =
            (line[..indent].char_indices().find(|(_, sign)| *sign != ' '), is_blank, in_block)
        {
            findings.add(files::odd_indent(&source.at(at + odd..at + odd + sign.len_utf8()), sign));
        }
        at += line.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Finding;
    use proptest::prelude::*;

    fn read(text: &str) -> (Option<Node>, Vec<Finding>) {
        let mut findings = Findings::default();
        let source = Source::new("a.yaml", text);
        let node = outline(&source, 0..source.text.len(), &mut findings);
        (node, findings.iter().cloned().collect())
    }

    #[test]
    fn scalars_stay_as_typed_and_know_their_place() {
        let check = |text: &str, key: &str, value: &str, place: &str| {
            let (node, findings) = read(text);
            assert!(findings.is_empty(), "{findings:?}");
            let node = node.unwrap().get(key).unwrap().clone();
            assert!(matches!(&node.value, Value::Scalar { text, .. } if text == value), "{node:?}");
            assert_eq!(node.place.text(), place);
        };
        check("โทร: 044\na: 83.40 # คะแนน\n", "a", "83.40", "83.40");
        check("โทร: 044\r\nข: 'ก'\r\n", "ข", "ก", "'ก'");
        check("๕: no", "5", "no", "no");
        check("m: |\n  ๑. ก\n  ๒. ข\nn: 1", "m", "๑. ก\n๒. ข\n", "๑. ก\n  ๒. ข");
        check("{ a: ~b, c: 2565-08-01 }", "c", "2565-08-01", "2565-08-01");
    }

    #[test]
    fn empty_and_null_are_absent() {
        for text in ["a:", "a: ~", "a: null", "a: ''", "a: |\n"] {
            let (node, _) = read(text);
            assert!(node.unwrap().get("a").unwrap().is_absent(), "{text:?}");
        }
    }

    #[test]
    fn what_the_format_does_not_know_is_found_at_its_place() {
        let check = |text: &str, code: &str, line: usize, column: usize| {
            let (_, findings) = read(text);
            let found: Vec<_> = findings
                .iter()
                .map(|finding| {
                    (finding.kind.code, finding.location.start.line, finding.location.start.column)
                })
                .collect();
            let shown: String = text.chars().take(40).collect();
            assert_eq!(found, [(code, line, column)], "{shown:?}");
        };
        check("", "files/empty", 1, 1);
        check("# เท่านั้น\n", "files/empty", 1, 1);
        check("a: 1\n๕: 1\n5: 2\n", "files/duplicate-key", 3, 1);
        check("a: &x 1\n", "files/reference", 1, 4);
        check("a: *x\n", "files/yaml-syntax", 1, 4);
        check("a: !!str 1\n", "files/reference", 1, 4);
        check("a: 1\n---\nb: 2\n", "files/several-documents", 2, 1);
        check("a:\n\tb: 1\n", "files/odd-indent", 2, 1);
        check("a:\n \u{a0}b: 1\n", "files/odd-indent", 2, 2);
        check("a: \"ไม่ปิด\n", "files/yaml-syntax", 1, 4);
        check(&"[".repeat(20_000), "files/too-deep", 1, 256);
        check(&format!("{}{}", "[".repeat(100), "]".repeat(100)), "files/too-deep", 1, 33);
        check(&format!("{}a: 1", "- ".repeat(20_000)), "files/too-deep", 1, 65);
    }

    #[test]
    fn front_matter_ends_at_its_fence() {
        let check = |text: &str, front: Option<&str>, body: &str| {
            let source = Source::new("a.md", text);
            let (found, rest) = front_matter(&source);
            assert_eq!((found.map(|range| &text[range]), &text[rest]), (front, body));
        };
        check("---\na: 1\n---\nข\n", Some("a: 1\n"), "ข\n");
        check("---\r\na: 1\r\n---\r\nข", Some("a: 1\r\n"), "ข");
        check("ข\n---\n", None, "ข\n---\n");
        check("---\na: 1\n", None, "---\na: 1\n");
    }

    #[test]
    fn a_written_scalar_reads_back() {
        for text in ["อบต.ลุมพุก", "ก: ข", "# ก", "5", "true", "- ก", "'ก'", "\"ก\"", " ก ", "null"]
        {
            let (node, _) = read(&format!("a: {}", scalar(text)));
            let node = node.unwrap();
            assert!(
                matches!(&node.get("a").unwrap().value, Value::Scalar { text: read, .. } if read == text),
                "{text}"
            );
        }
    }

    proptest! {
        #[test]
        fn every_place_lies_in_the_text(text in "[\u{e01}-\u{e5b}a-c:\\-\\[\\]{},#&*!|>'\" \t\r\n๐-๙]{0,60}") {
            let (node, findings) = read(&text);
            let mut open: Vec<&Node> = node.iter().collect();
            while let Some(node) = open.pop() {
                prop_assert!(text.get(node.place.span.clone()).is_some());
                match &node.value {
                    Value::List(nodes) => open.extend(nodes),
                    Value::Map(entries) => open.extend(entries.iter().map(|entry| &entry.node)),
                    _ => {}
                }
            }
            for finding in findings {
                prop_assert!(finding.location.start <= finding.location.end);
            }
        }
    }
}

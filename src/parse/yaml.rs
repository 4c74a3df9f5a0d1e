//! Text → values with their places. Every scalar stays the raw text that the author typed: YAML's own guesses (`83.40` as a binary
//! float, `no` as false, `044` as a number) never apply, what a value means is decided by the key it stands under.
//!
//! Officers' files are read from `saphyr-parser`'s events: raw text and exact places of everything in one pass, so that all mistakes of
//! a file are found at once. What the program and theme authors write as typed data (`theme.yaml`, the words of a theme) goes through
//! `serde_yaml`, which also writes scalars.

use crate::finding::Findings;
use crate::finding::catalog::files;
use crate::source::outline::{Draft, Outline};
use crate::source::{Place, Source};
use crate::thai;
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError};
use serde::de::DeserializeOwned;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// Deeper than any file of the format, shallow enough for every later step to recurse.
const DEEPEST: usize = 32;

/// Reads a whole file, or the front matter of one. `None` when there is nothing to go on with; the findings say why.
pub fn outline(source: &Arc<Source>, span: Range<usize>, findings: &mut Findings) -> Option<Arc<Outline>> {
    let text = &source.text[span.clone()];
    let before = findings.iter().count();
    let places = Ruler::new(text, span.start);
    let mut builder = Builder { source, places, draft: Draft::new(source), findings };
    let failure = builder.run(text).err();
    let Builder { draft, mut places, .. } = builder;
    let outline = draft.finish();
    odd_keys(&outline, findings);
    let is_read_otherwise = odd_indents(source, span.clone(), &outline, findings);
    let is_explained = findings.iter().count() > before;
    if let Some(error) = failure {
        let at = places.byte(error.marker().index());
        if let Some(key) = unspaced_key_before(&source.text[span.start..], at - span.start, error.info()) {
            let colon = span.start + key.end;
            let place = source.at(colon..colon + 1);
            let key = &source.text[span.start + key.start..colon];
            findings.extend((!is_explained).then(|| files::unspaced_colon(&place, key)));
            return None;
        }
        let place = line_end_or(source, at);
        // The parser itself gives up on brackets before an event tells how deep they are.
        findings.extend((!is_explained).then(|| match error.info().contains("recursion limit") {
            true => files::too_deep(&place),
            false => files::yaml_syntax(&place, error.info()),
        }));
        return None;
    }
    if !outline.is_complete() && !is_explained {
        findings.add(files::empty(&source.whole()));
    }
    // What lies under what is then not what its author sees: every further finding would be about that.
    (outline.is_complete() && !is_read_otherwise).then_some(outline)
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

/// Writes events down without recursion, so that no depth of nesting can overflow the stack.
struct Builder<'s, 'f> {
    source: &'s Arc<Source>,
    places: Ruler<'s>,
    draft: Draft,
    findings: &'f mut Findings,
}

impl Builder<'_, '_> {
    /// Stops at the first event after which nothing sensible can follow.
    fn run(&mut self, text: &str) -> Result<(), ScanError> {
        let mut documents = 0;
        for event in Parser::new_from_str(text) {
            let (event, span) = event?;
            let bytes = self.places.byte(span.start.index())..self.places.byte(span.end.index());
            let start = bytes.start;
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
                Event::Scalar(text, style, ..) => self.scalar(text, style, bytes),
                Event::SequenceStart(..) => self.open(Draft::open_list, start),
                Event::MappingStart(..) => self.open(Draft::open_map, start),
                Event::SequenceEnd | Event::MappingEnd => self.draft.close(bytes.end),
                _ => {}
            }
            if self.draft.depth() > DEEPEST {
                self.findings.add(files::too_deep(&self.source.at(start..start)));
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
        Ok(())
    }

    fn scalar(&mut self, text: Cow<'_, str>, style: ScalarStyle, bytes: Range<usize>) {
        let span = self.trimmed(bytes);
        if self.draft.expects_key() {
            if text.trim().is_empty() {
                self.findings.add(files::key_not_text(&self.source.at(span.clone())));
            }
            return self.draft.key(span, thai::to_arabic_digits(text.trim()));
        }
        let is_plain = style == ScalarStyle::Plain;
        let is_null = is_plain && matches!(&*text, "~" | "null" | "Null" | "NULL");
        if is_null || text.trim().is_empty() {
            return self.draft.absent(span);
        }
        self.draft.scalar(span, text, matches!(style, ScalarStyle::Literal | ScalarStyle::Folded));
    }

    /// A scalar without the line ends and comments that the parser counts to it.
    fn trimmed(&self, bytes: Range<usize>) -> Range<usize> {
        let text = &self.source.text[bytes.clone()];
        bytes.start..bytes.start + text.trim_end().len()
    }

    fn open(&mut self, open: fn(&mut Draft, usize), start: usize) {
        if self.draft.expects_key() {
            self.findings.add(files::key_not_text(&self.source.at(start..start + 1)));
            self.draft.key(start..start, Cow::default());
        }
        open(&mut self.draft, start);
    }
}

/// The parser counts characters; places are bytes. Events come in the order of the text, more or less, so that the way from one to the
/// next is short.
struct Ruler<'a> {
    text: &'a str,
    /// Where the text begins in its source.
    offset: usize,
    character: usize,
    byte: usize,
}

impl<'a> Ruler<'a> {
    fn new(text: &'a str, offset: usize) -> Self {
        Ruler { text, offset, character: 0, byte: 0 }
    }

    /// The byte of the source at which a character stands; its end for one that the text does not have.
    fn byte(&mut self, character: usize) -> usize {
        let (before, behind) = self.text.split_at(self.byte);
        if let Some(last) = character.checked_sub(self.character + 1) {
            let mut rest = behind.chars();
            if rest.nth(last).is_none() {
                return self.offset + self.text.len();
            }
            self.byte = self.text.len() - rest.as_str().len();
        } else if let Some(last) = self.character.checked_sub(character + 1) {
            let mut rest = before.chars();
            rest.nth_back(last);
            self.byte = rest.as_str().len();
        }
        self.character = character;
        self.offset + self.byte
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

/// The key of which the parser saw that no space stands behind its colon. To YAML such a line is text, which it reads on with what follows;
/// so it only gives up on a later line, at what can be no text. Of several such lines it is the first.
fn unspaced_key_before(text: &str, at: usize, said: &str) -> Option<Range<usize>> {
    // Either another key is met, which begins where this one does, or something else, or the end.
    let is_at_key = said.contains("mapping values");
    if !is_at_key && !said.contains("simple key") {
        return None;
    }
    let lines = text.split_inclusive('\n').scan(0, |next, line| {
        let start = *next;
        *next += line.len();
        Some((start, line.trim_end()))
    });
    let lines: Vec<(usize, &str)> =
        lines.take_while(|(start, _)| *start <= at).filter(|(_, line)| !line.is_empty()).collect();
    let (last, before) = lines.split_last()?;
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '-']).len();
    let key_in = |(start, line): &(usize, &str)| {
        let start = start + indent(line);
        unspaced_key(&text[start..]).map(|key| start..start + key.len())
    };
    let is_above = |(_, line): &&(usize, &str)| !is_at_key || indent(line) == indent(last.1);
    let above = before.iter().rev().take_while(is_above).map_while(key_in).last();
    above.or_else(|| key_in(last).filter(|_| !is_at_key))
}

/// The key with which a text begins, if a value follows its colon without a space. Addresses and paths begin otherwise.
pub(super) fn unspaced_key(text: &str) -> Option<&str> {
    let (key, value) = text.split_once(':')?;
    let is_of_key = |sign: char| sign.is_ascii_alphanumeric() || sign == '_' || matches!(sign, '๐'..='๙');
    let is_value = value.chars().next().is_some_and(|sign| !sign.is_whitespace() && !"/\\:".contains(sign));
    (!key.is_empty() && key.chars().all(is_of_key) && is_value).then_some(key)
}

/// Keys that the format does not have, whatever they are called: YAML's `<<`, and one that its map has already.
fn odd_keys(outline: &Arc<Outline>, findings: &mut Findings) {
    findings.extend(outline.keys_named("<<").map(|key| files::reference(&key.place())));
    let repeated = outline.repeated_keys();
    findings
        .extend(repeated.map(|(key, first)| files::duplicate_key(&key.place(), key.key(), &first.place())));
}

/// Tabs and no-break spaces in the indent look like spaces in an editor but are none to YAML. Says whether there are any.
fn odd_indents(source: &Arc<Source>, span: Range<usize>, outline: &Outline, findings: &mut Findings) -> bool {
    let before = findings.iter().count();
    let is_odd = |sign: &char| matches!(sign, '\t' | '\u{a0}' | '\u{3000}' | '\u{200b}');
    let is_in_block = |at: usize| outline.is_complete() && outline.blocks().any(|block| block.contains(&at));
    let mut at = span.start;
    for line in source.text[span].split_inclusive('\n') {
        let rest = line.trim_start_matches(' ');
        if let Some(sign) = rest.chars().next().filter(is_odd)
            && !rest.trim().is_empty()
            && !is_in_block(at)
        {
            let odd = at + line.len() - rest.len();
            findings.add(files::odd_indent(&source.at(odd..odd + sign.len_utf8()), sign));
        }
        at += line.len();
    }
    findings.iter().count() > before
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Finding;
    use crate::source::outline::{Entry, Node, Value};
    use proptest::prelude::*;

    fn read(text: &str) -> (Option<Arc<Outline>>, Vec<Finding>) {
        let mut findings = Findings::default();
        let source = Source::new("a.yaml", text);
        let outline = outline(&source, 0..source.text.len(), &mut findings);
        (outline, findings.iter().cloned().collect())
    }

    #[test]
    fn scalars_stay_as_typed_and_know_their_place() {
        let check = |text: &str, key: &str, value: &str, place: &str| {
            let (outline, findings) = read(text);
            assert!(findings.is_empty(), "{findings:?}");
            let outline = outline.unwrap();
            let node = outline.root().get(key).unwrap();
            assert_eq!((node.value(), node.place().text()), (Value::Scalar(value), place));
        };
        check("โทร: 044\na: 83.40 # คะแนน\n", "a", "83.40", "83.40");
        check("โทร: 044\r\nข: 'ก'\r\n", "ข", "ก", "'ก'");
        check("๕: no", "5", "no", "no");
        check("m: |\n  ๑. ก\n  ๒. ข\nn: 1", "m", "๑. ก\n๒. ข\n", "๑. ก\n  ๒. ข");
        check("{ a: ~b, c: 2565-08-01 }", "c", "2565-08-01", "2565-08-01");
    }

    #[test]
    fn a_colon_without_a_space_is_found_where_it_stands() {
        let check = |text: &str, line: usize, column: usize| {
            let (_, findings) = read(text);
            let [finding] = findings.as_slice() else { panic!("{text:?}: {findings:?}") };
            let start = finding.location.start;
            assert_eq!((start.line, start.column), (line, column), "{text:?}");
            assert!(finding.message.en.contains("no space behind the colon"), "{text:?}: {finding:?}");
        };
        check("announced:\n  total:69.38\n  level: C\n", 2, 8);
        check("announced:\r\n  total:69.38\r\n  level: C\r\n", 2, 8);
        check("announced:\n  level: C\n  total:69.38\nindicators:\n", 3, 8);
        check("announced:\n  level: C\n  total:69.38\n", 3, 8);
        check("announced:\n  date: 1\n\n  total:69.38\n\n  level: C\n", 4, 8);
        check("announced:\n  total:69.38\n  level:C\n  date: 1\n", 2, 8);
        check("fiscal_year:2565\nannounced:\n", 1, 12);
        check("indicators:\n  ๑:86.92\n  2: 1\n", 2, 4);
        check("measures:\n  - id:x\n    measure: y\n", 2, 7);
        check("measures:\n  - id: x\n    measure:ก\n  - id: z\n", 3, 12);
    }

    #[test]
    fn another_colon_is_not_taken_for_one_without_a_space() {
        let check = |text: &str| {
            let (_, findings) = read(text);
            assert!(findings.iter().all(|finding| !finding.message.en.contains("no space")), "{findings:?}");
            assert_eq!(findings.len(), 1, "{text:?}");
        };
        check("a: 1\nb: x\n  10:30 n: m\n");
        check("a: จัดทำคู่มือ: ฉบับ\n");
        check("a:\n  http://example.go.th\n  b: 1\n");
        check("a: 1\nC:\\x\nb: 1\n");
    }

    #[test]
    fn empty_and_null_are_absent() {
        for text in ["a:", "a: ~", "a: null", "a: ''", "a: |\n"] {
            let (outline, _) = read(text);
            assert!(outline.unwrap().root().get("a").unwrap().is_absent(), "{text:?}");
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

    /// Every value in the order of the text, from the root on.
    fn nodes(outline: &Arc<Outline>) -> Vec<Node<'_>> {
        let mut found = Vec::new();
        let mut open = vec![outline.root()];
        while let Some(node) = open.pop() {
            found.push(node);
            open.extend(node.items().filter(|_| node.value() == Value::List));
            open.extend(node.entries().filter(|_| node.value() == Value::Map).map(Entry::node));
        }
        found.sort_by_key(|node| node.place().span.start);
        found
    }

    #[test]
    fn a_route_names_the_way_to_a_value() {
        let check = |text: &str, expected: &[&str]| {
            let (outline, _) = read(text);
            let outline = outline.unwrap();
            let routes: Vec<String> = nodes(&outline).iter().map(|node| node.place().route()).collect();
            assert_eq!(routes, expected, "{text:?}");
        };
        check("ก", &[""]);
        check("a: 1\n๕: 'x'", &["", "a", "5"]);
        check(
            "a:\n - b: 1\n   c: 2\n - [x, y]\n",
            &["", "a", "a → 1", "a → 1 → b", "a → 1 → c", "a → 2", "a → 2 → 1", "a → 2 → 2"],
        );
        check("- a: 1\n  a: 2\n  b: { c: }", &["", "1", "1 → a", "1 → b", "1 → b → c"]);
        let (outline, _) = read("a:\n  - b: 1\n");
        let outline = outline.unwrap();
        let key = outline.root().get("a").unwrap().items().next().unwrap().entry("b").unwrap();
        assert_eq!((key.key(), key.place().text(), key.place().route().as_str()), ("b", "b", "a → 1"));
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
            let (outline, _) = read(&format!("a: {}", scalar(text)));
            let outline = outline.unwrap();
            assert_eq!(outline.root().get("a").unwrap().value(), Value::Scalar(text));
        }
    }

    proptest! {
        #[test]
        fn a_ruler_finds_characters_in_any_order(text in "[aก\n]{0,20}", wanted in proptest::collection::vec(0usize..24, 0..12)) {
            let mut ruler = Ruler::new(&text, 7);
            for character in wanted {
                let byte = text.char_indices().nth(character).map_or(text.len(), |(byte, _)| byte);
                prop_assert_eq!(ruler.byte(character), 7 + byte);
            }
        }

        #[test]
        fn every_place_lies_in_the_text(text in "[\u{e01}-\u{e5b}a-c:\\-\\[\\]{},#&*!|>'\" \t\r\n๐-๙]{0,60}") {
            let (outline, findings) = read(&text);
            for node in outline.iter().flat_map(nodes) {
                prop_assert!(text.get(node.place().span).is_some());
            }
            for finding in findings {
                prop_assert!(finding.location.start <= finding.location.end);
            }
        }
    }
}

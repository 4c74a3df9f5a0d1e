//! Values put into the text of a `scores.yaml`: where one stands it is replaced, where its key waits it is filled in, and where the key is
//! missing a line is added, in the order of the format. Every other character stays. It knows keys and texts, and neither tables nor rules.

use crate::finding::Findings;
use crate::finding::Kind;
use crate::fix::{Change, Step};
use crate::language::Words;
use crate::parse::yaml;
use crate::source::Source;
use crate::source::outline::{Entry, Node, Value};
use std::ops::Range;
use std::sync::Arc;

/// The keys of the file in the order in which it is written.
const KEYS: [&str; 9] = [
    "fiscal_year",
    "assessor",
    "announced",
    "indicators",
    "instruments",
    "weighted",
    "parts",
    "items",
    "accept",
];

/// The keys of `announced`.
const ANNOUNCED: [&str; 4] = ["total", "level", "date", "source"];

/// Maps whose keys are not ordered by a number.
const INSTRUMENTS: [&str; 3] = ["IIT", "EIT", "OIT"];

/// A value, its key, and the key of the map that this stands in.
#[derive(Debug, Clone)]
pub(super) struct Entered {
    pub(super) map: Option<&'static str>,
    pub(super) key: String,
    /// As it is written.
    pub(super) text: String,
    /// Why it is entered.
    pub(super) reason: (&'static Kind, Words),
}

/// Some characters, and what stands in their place.
struct Edit<'a> {
    old: Range<usize>,
    /// What belongs to the new text and is not shown as changed: a line end before it.
    lead: String,
    new: String,
    /// As `lead`, behind it: blanks that keep a comment in its column.
    trail: String,
    of: &'a Entered,
}

/// Enters values, in the order of the file. `None` where the text is none that could be read.
pub(super) fn enter(before: &Arc<Source>, values: &[Entered]) -> Option<Step> {
    let outline = yaml::outline(before, 0..before.text.len(), &mut Findings::default())?;
    let page = Page { text: &before.text, root: outline.root() };
    let mut edits: Vec<Edit<'_>> = Vec::new();
    let mut begun: Vec<&str> = Vec::new();
    for value in values {
        edits.extend(page.edits(value, &mut begun));
    }
    // Lines that are added at one place stay in the order of the values.
    edits.sort_by_key(|edit| edit.old.start);
    let (mut text, mut changes, mut done) = (String::with_capacity(before.text.len()), Vec::new(), 0);
    for Edit { old, lead, new, trail, of } in edits {
        // What overlaps is left to whoever reads the text again.
        text.push_str(before.text.get(done..old.start)?);
        done = old.end;
        text.push_str(&lead);
        let (kind, message) = of.reason.clone();
        changes.push(Change { kind, message, old, new: text.len()..text.len() + new.len() });
        text.push_str(&new);
        text.push_str(&trail);
    }
    text.push_str(before.text.get(done..)?);
    let after = Source::new(before.path.as_str(), text);
    Some(Step { before: Arc::clone(before), after, changes })
}

/// A text with its values.
struct Page<'a> {
    text: &'a str,
    root: Node<'a>,
}

impl<'a> Page<'a> {
    /// What enters a value. Maps that the file did not have are begun once.
    fn edits<'v>(&self, value: &'v Entered, begun: &mut Vec<&'static str>) -> Vec<Edit<'v>> {
        let Some(map) = value.map else {
            return Vec::from_iter(match self.root.entry(&value.key) {
                Some(entry) => self.fill(entry, value),
                None => self.add_to(self.root, &KEYS, "", value),
            });
        };
        let entry = self.root.entry(map);
        let order: &[&str] = if map == "announced" { &ANNOUNCED } else { &INSTRUMENTS };
        match entry.map(|entry| (entry, entry.node())) {
            Some((_, node)) if node.value() == Value::Map && node.entries().next().is_some() => {
                Vec::from_iter(match node.entry(&value.key) {
                    Some(entry) => self.fill(entry, value),
                    None => self.add_to(node, order, "  ", value),
                })
            }
            Some((entry, node)) => {
                let mut edits = Vec::new();
                if !begun.contains(&map) {
                    begun.push(map);
                    edits.extend(self.clear(node, value));
                }
                edits.push(self.line_behind(self.key_line_end(entry), "  ", value));
                edits
            }
            None => {
                let mut edits = Vec::new();
                if !begun.contains(&map) {
                    begun.push(map);
                    let key = format!("{map}:");
                    edits.extend(self.block_end(&KEYS, map).map(|end| self.raw_line(end, "", key, value)));
                }
                edits.extend(self.block_end(&KEYS, map).map(|end| self.line_behind(end, "  ", value)));
                edits
            }
        }
    }

    /// A value behind its key, in the place of another one or of nothing.
    fn fill<'v>(&self, entry: Entry<'a>, value: &'v Entered) -> Option<Edit<'v>> {
        let old = entry.node().place().span;
        let is_written = !entry.node().is_absent() || !self.text.get(old.clone())?.trim().is_empty();
        // An absent value may be noted far away from its key.
        if is_written && old.start > entry.place().span.end {
            return Some(Edit {
                old,
                lead: String::new(),
                new: value.text.clone(),
                trail: String::new(),
                of: value,
            });
        }
        let key_end = entry.place().span.end;
        let rest = self.text.get(key_end..)?;
        let colon = rest.find(':').filter(|at| rest.get(..*at).is_some_and(|gap| gap.trim().is_empty()))?;
        let start = key_end + colon + 1;
        let behind = self.text.get(start..)?;
        let room = behind.len() - behind.trim_start_matches([' ', '\t']).len();
        let comes_comment = behind.get(room..)?.starts_with('#');
        let rest = if comes_comment { room.saturating_sub(1 + value.text.len()).max(1) } else { 0 };
        let lead = " ".to_owned();
        let (new, trail) = (value.text.clone(), " ".repeat(rest));
        Some(Edit { old: start..start + room, lead, new, trail, of: value })
    }

    /// A new entry of a map that has some, behind those that come before it.
    fn add_to<'v>(
        &self,
        map: Node<'a>,
        order: &[&str],
        indent: &str,
        value: &'v Entered,
    ) -> Option<Edit<'v>> {
        let before = map.entries().filter(|entry| comes_before(entry.key(), &value.key, order)).last();
        let start = map.place().span.start;
        if self.text.get(start..)?.starts_with('{') {
            let (lead, trail) = (String::new(), String::new());
            let pair = format!("{}: {}", value.key, in_flow(&value.text));
            return Some(match before {
                Some(entry) => {
                    let end = self.end_of(entry)?;
                    Edit { old: end..end, lead, new: format!(", {pair}"), trail, of: value }
                }
                None => Edit { old: start + 1..start + 1, lead, new: format!(" {pair},"), trail, of: value },
            });
        }
        let first = map.entries().next()?;
        let own_indent = self.indent_of(first.place().span.start);
        let indent = own_indent.unwrap_or(indent);
        match before {
            Some(entry) => Some(self.line_behind(self.line_end(self.end_of(entry)?), indent, value)),
            // Above the first key stand its comments.
            None => {
                let holder = self.text.get(..first.place().span.start)?;
                let end = holder.rfind(':').map_or(0, |at| self.line_end(at));
                Some(self.line_behind(end, indent, value))
            }
        }
    }

    /// Takes away what stands for an empty map: `~`, `{}`.
    fn clear<'v>(&self, node: Node<'a>, value: &'v Entered) -> Option<Edit<'v>> {
        let span = node.place().span;
        let rest = self.text.get(span.start..)?;
        let brackets = rest.strip_prefix('{').map(str::trim_start).filter(|rest| rest.starts_with('}'));
        let old = match brackets {
            // Where a map ends that has nothing in it, the outline does not say.
            Some(behind) => span.start..self.text.len() - behind.len() + 1,
            None if ["~", "null", "Null", "NULL"].contains(&self.text.get(span.clone())?.trim()) => span,
            None => return None,
        };
        Some(Edit { old, lead: String::new(), new: String::new(), trail: String::new(), of: value })
    }

    fn line_behind<'v>(&self, end: usize, indent: &str, value: &'v Entered) -> Edit<'v> {
        self.raw_line(end, indent, format!("{}: {}", value.key, value.text), value)
    }

    fn raw_line<'v>(&self, end: usize, indent: &str, line: String, of: &'v Entered) -> Edit<'v> {
        let line_end = if self.text.contains("\r\n") { "\r\n" } else { "\n" };
        Edit {
            old: end..end,
            lead: line_end.to_owned(),
            new: format!("{indent}{line}"),
            trail: String::new(),
            of,
        }
    }

    /// Where what comes before a key at the top ends, with its comment.
    fn block_end(&self, order: &[&str], key: &str) -> Option<usize> {
        if self.text.get(self.root.place().span.start..)?.starts_with('{') {
            return None;
        }
        let before = self.root.entries().filter(|entry| comes_before(entry.key(), key, order)).last();
        let before = before.or_else(|| self.root.entries().next())?;
        Some(self.line_end(self.end_of(before)?))
    }

    /// Where an entry ends: behind its value, or behind its key if it has none.
    fn end_of(&self, entry: Entry<'a>) -> Option<usize> {
        let node = entry.node();
        if node.value() == Value::Map
            && let Some(last) = node.entries().last()
            && !self.text.get(node.place().span.start..)?.starts_with('{')
        {
            return self.end_of(last);
        }
        let span = node.place().span;
        let is_written = !self.text.get(span.clone())?.trim().is_empty();
        // Behind the room that waits for a value, which may be filled at the same time.
        let end = self.colon_behind(entry);
        let room = self.text.get(end..)?.find(|sign| !matches!(sign, ' ' | '\t')).unwrap_or_default();
        Some(if is_written { span.end } else { end + room })
    }

    fn key_line_end(&self, entry: Entry<'a>) -> usize {
        self.line_end(entry.place().span.end)
    }

    fn colon_behind(&self, entry: Entry<'a>) -> usize {
        let end = entry.place().span.end;
        let colon = self.text.get(end..).and_then(|rest| rest.find(':'));
        colon.map_or(end, |at| end + at + 1)
    }

    fn line_end(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        let end = rest.find('\n').map_or(self.text.len(), |line| at + line);
        if self.text.get(..end).is_some_and(|text| text.ends_with('\r')) { end - 1 } else { end }
    }

    /// The blanks before a key, if nothing else stands there.
    fn indent_of(&self, at: usize) -> Option<&'a str> {
        let start = self.text.get(..at)?.rfind('\n').map_or(0, |line| line + 1);
        self.text.get(start..at).filter(|blanks| blanks.trim().is_empty())
    }
}

/// Whether a key stands before another one in its map.
fn comes_before(key: &str, other: &str, order: &[&str]) -> bool {
    let place = |key: &str| {
        let number = key.trim_start_matches(['O', 'o']).parse::<usize>().ok();
        let named = order.iter().position(|known| *known == key);
        named.or(number)
    };
    match (place(key), place(other)) {
        (Some(key), Some(other)) => key < other,
        _ => true,
    }
}

/// A text between brackets, where commas and brackets would end it.
fn in_flow(text: &str) -> String {
    let is_plain = !text.contains([',', '[', ']', '{', '}']) || text.starts_with(['\'', '"']);
    if is_plain { text.to_owned() } else { format!("'{}'", text.replace('\'', "''")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::catalog;
    use proptest::prelude::*;

    fn entered(map: Option<&'static str>, key: &str, text: &str) -> Entered {
        let reason = (catalog::by_code("import/differs").unwrap(), Words::new("", ""));
        Entered { map, key: key.to_owned(), text: text.to_owned(), reason }
    }

    fn check(before: &str, values: &[(Option<&'static str>, &str, &str)], after: &str) {
        let values: Vec<Entered> = values.iter().map(|(map, key, text)| entered(*map, key, text)).collect();
        let step = enter(&Source::new("scores.yaml", before), &values).unwrap();
        assert_eq!(step.after.text, after, "{before:?}");
        for change in &step.changes {
            assert!(step.after.text.is_char_boundary(change.new.end) && change.new.end <= after.len());
        }
    }

    const TOTAL: Option<&str> = Some("announced");
    const INDICATORS: Option<&str> = Some("indicators");

    #[test]
    fn values_are_put_where_their_keys_stand() {
        check(
            "# ก\nfiscal_year: 2565\nannounced:\n  total: ๖๙.๓๘   # ข\n  level:\n",
            &[(TOTAL, "total", "70.00"), (TOTAL, "level", "C")],
            "# ก\nfiscal_year: 2565\nannounced:\n  total: 70.00   # ข\n  level: C\n",
        );
        check(
            "fiscal_year: 2565\r\nindicators:\r\n  1:          # การปฏิบัติหน้าที่\r\n  2: \r\n",
            &[(INDICATORS, "1", "86.92"), (INDICATORS, "2", "0.00")],
            "fiscal_year: 2565\r\nindicators:\r\n  1: 86.92    # การปฏิบัติหน้าที่\r\n  2: 0.00\r\n",
        );
        check(
            "fiscal_year: 2565\nannounced: { total: ~, level: 'C' }\n",
            &[(TOTAL, "total", "69.38"), (TOTAL, "level", "B")],
            "fiscal_year: 2565\nannounced: { total: 69.38, level: B }\n",
        );
        check(
            "fiscal_year: 2565\nindicators:\n  ๑: 1\n  1:\n".trim_end_matches("  1:\n"),
            &[(INDICATORS, "1", "2.00")],
            "fiscal_year: 2565\nindicators:\n  ๑: 2.00\n",
        );
    }

    #[test]
    fn keys_are_added_in_their_order() {
        check(
            "fiscal_year: 2565\nindicators:\n    1: 86.92  # ก\n\n    # ข\n    3: 84.15",
            &[(INDICATORS, "2", "83.40"), (INDICATORS, "4", "82.68")],
            "fiscal_year: 2565\nindicators:\n    1: 86.92  # ก\n    2: 83.40\n\n    # ข\n    3: 84.15\n    4: 82.68",
        );
        check(
            "fiscal_year: 2565\nindicators: # ก\n  # ข\n  2: 83.40\n",
            &[(INDICATORS, "1", "86.92")],
            "fiscal_year: 2565\nindicators: # ก\n  1: 86.92\n  # ข\n  2: 83.40\n",
        );
        check(
            "fiscal_year: 2565\nannounced:\n  total: 69.38\n  date: 1\nindicators:\n  1: 2\n",
            &[
                (TOTAL, "level", "C"),
                (Some("instruments"), "IIT", "83.71"),
                (Some("instruments"), "OIT", "48.87"),
            ],
            "fiscal_year: 2565\nannounced:\n  total: 69.38\n  level: C\n  date: 1\nindicators:\n  1: 2\ninstruments:\n  IIT: 83.71\n  OIT: 48.87\n",
        );
        check(
            "fiscal_year: 2565  # ก\naccept:\n  - { code: a/b, reason: ค }\n",
            &[(None, "assessor", "internal"), (TOTAL, "total", "69.38"), (INDICATORS, "1", "86.92")],
            "fiscal_year: 2565  # ก\nassessor: internal\nannounced:\n  total: 69.38\nindicators:\n  1: 86.92\naccept:\n  - { code: a/b, reason: ค }\n",
        );
        check(
            "fiscal_year: 2565\nindicators: ~\n",
            &[(INDICATORS, "1", "86.92"), (INDICATORS, "2", "83.40")],
            "fiscal_year: 2565\nindicators: \n  1: 86.92\n  2: 83.40\n",
        );
        check(
            "fiscal_year: 2565\nindicators: {  }  # ก\n# ข\n",
            &[(INDICATORS, "10", "18.75")],
            "fiscal_year: 2565\nindicators:   # ก\n  10: 18.75\n# ข\n",
        );
        check(
            "fiscal_year: 2565\nindicators: \n\n# ท้ายไฟล์\n",
            &[(INDICATORS, "1", "86.92")],
            "fiscal_year: 2565\nindicators: \n  1: 86.92\n\n# ท้ายไฟล์\n",
        );
        check(
            "fiscal_year: 2565\nindicators: { 2: 83.40 }\n",
            &[(INDICATORS, "1", "86.92"), (INDICATORS, "3", "84.15")],
            "fiscal_year: 2565\nindicators: { 1: 86.92, 2: 83.40, 3: 84.15 }\n",
        );
    }

    /// How a key of a file may stand there.
    #[derive(Debug, Clone, Copy)]
    enum Written {
        Missing,
        Waiting,
        Noted,
        Filled,
    }

    /// A map of a file whose keys stand there as they are told, each with its comment.
    fn map(name: &str, keys: &[(String, Written)], is_flow: bool) -> String {
        let keys: Vec<_> = keys.iter().filter(|(_, written)| !matches!(written, Written::Missing)).collect();
        let value = |written: &Written| match written {
            Written::Filled => " ๑.๕๐",
            Written::Noted => " ~",
            Written::Missing | Written::Waiting => "",
        };
        if is_flow {
            let pairs: Vec<String> =
                keys.iter().map(|(key, written)| format!("{key}:{}", value(written))).collect();
            return format!("{name}: {{ {} }}  # {name}\n", pairs.join(", "));
        }
        let lines = keys
            .iter()
            .map(|(key, written)| format!("  # ก {key}\n  {key}:{}    # ข {key}\n", value(written)));
        format!("{name}: # {name}\n{}\n", lines.collect::<String>())
    }

    /// The values of a text by their maps and keys.
    fn values(text: &str) -> Vec<(String, String, String)> {
        let mut findings = Findings::default();
        let source = Source::new("scores.yaml", text);
        let outline = yaml::outline(&source, 0..text.len(), &mut findings).unwrap();
        assert!(!findings.has_errors(), "{text}\n{findings:?}");
        let maps = outline.root().entries().filter(|entry| entry.node().value() == Value::Map);
        let all = maps.flat_map(|map| map.node().entries().map(move |entry| (map.key(), entry)));
        all.filter_map(|(map, entry)| match entry.node().value() {
            Value::Scalar(value) => Some((map.to_owned(), entry.key().to_owned(), value.to_owned())),
            _ => None,
        })
        .collect()
    }

    fn written() -> impl Strategy<Value = Written> {
        prop_oneof![
            Just(Written::Missing),
            Just(Written::Waiting),
            Just(Written::Noted),
            Just(Written::Filled)
        ]
    }

    proptest! {
        /// Whatever a file has already, it then says what was entered and everything that it said before, comments in their order.
        #[test]
        fn every_file_says_what_was_entered_and_what_it_said(
            announced in prop::collection::vec(written(), 3),
            indicators in prop::collection::vec(written(), 5),
            is_flow in any::<[bool; 2]>(),
            order in any::<[bool; 3]>(),
            line_end in prop_oneof![Just("\n"), Just("\r\n")],
            is_open: bool,
            entered_keys in any::<[bool; 9]>(),
        ) {
            let named = |names: &[&str], written: &[Written]| {
                names.iter().map(|name| (*name).to_owned()).zip(written.iter().copied()).collect::<Vec<_>>()
            };
            let announced = map("announced", &named(&ANNOUNCED[..3], &announced), is_flow[0]);
            let indicators = map("indicators", &named(&["1", "2", "3", "4", "10"], &indicators), is_flow[1]);
            let mut parts = vec!["# ต้น\n\nfiscal_year: 2565   # ปี\n".to_owned()];
            parts.extend([announced, indicators].into_iter().zip(order).filter(|(_, is_there)| *is_there).map(|(part, _)| part));
            if order[2] && parts.len() > 2 {
                parts.swap(1, 2);
            }
            let before = (parts.concat() + "# ท้าย\n").replace('\n', line_end);
            let before = if is_open { before.trim_end() } else { &before };
            let keys = [
                ("announced", "total"), ("announced", "level"), ("announced", "date"), ("indicators", "1"), ("indicators", "3"),
                ("indicators", "4"), ("indicators", "10"), ("instruments", "IIT"), ("instruments", "OIT"),
            ];
            let wanted: Vec<_> = keys.into_iter().zip(entered_keys).filter(|(_, is_wanted)| *is_wanted).map(|(key, _)| key).collect();
            let entered: Vec<Entered> = wanted.iter().map(|(map, key)| entered(Some(map), key, "77.70")).collect();
            let after = enter(&Source::new("scores.yaml", before), &entered).unwrap().after.text.clone();
            let mut expected: Vec<_> = values(before);
            expected.retain(|(map, key, _)| !wanted.contains(&(map, key)));
            expected.extend(wanted.iter().map(|(map, key)| ((*map).to_owned(), (*key).to_owned(), "77.70".to_owned())));
            let mut found = values(&after);
            found.sort();
            expected.sort();
            prop_assert_eq!(found, expected, "{}\n→\n{}", before, after);
            let comments = |text: &str| {
                let comments = text.lines().filter_map(|line| line.split_once('#')).map(|(_, comment)| comment.to_owned());
                comments.collect::<Vec<_>>()
            };
            prop_assert_eq!(comments(&after), comments(before), "{}\n→\n{}", before, after);
            prop_assert_eq!(after.contains('\r'), before.contains('\r'));
        }
    }
}

//! A text with some of its characters replaced, and the way from each new place to the old one. It knows no file.

use crate::finding::{Finding, Fix, Kind, Replacement};
use crate::language::Words;
use crate::source::Source;
use std::ops::Range;
use std::sync::Arc;

/// One round of changes. No line begins or ends elsewhere than before.
#[derive(Debug)]
pub struct Step {
    /// The text as it was.
    pub before: Arc<Source>,
    /// The text as it is to be.
    pub after: Arc<Source>,
    /// What differs, in the order of the text.
    pub changes: Vec<Change>,
}

/// Some characters of a line.
#[derive(Debug)]
pub struct Change {
    /// What was found there.
    pub kind: &'static Kind,
    /// What was wrong.
    pub message: Words,
    /// Bytes of the text as it was.
    pub old: Range<usize>,
    /// Bytes of the text as it is to be; may be empty.
    pub new: Range<usize>,
}

/// Replaces what findings name. What is not there any more stays as it is; of fixes that overlap, the first is carried out, and the next
/// round will see what is left of the others. `None` if nothing changes.
pub(super) fn step(before: &Arc<Source>, findings: &[&Finding]) -> Option<Step> {
    let wanted = replacements(findings);
    let starts = before.bytes(wanted.iter().map(|(_, replacement)| replacement.start));
    let (mut text, mut changes, mut done) = (String::with_capacity(before.text.len()), Vec::new(), 0);
    for ((finding, Replacement { old, new, .. }), start) in wanted.into_iter().zip(starts) {
        let is_there = start >= done && before.text[start..].starts_with(old.as_str());
        if !is_there || old == new {
            continue;
        }
        text.push_str(&before.text[done..start]);
        done = start + old.len();
        changes.push(Change {
            kind: finding.kind,
            message: finding.message.clone(),
            old: start..done,
            new: text.len()..text.len() + new.len(),
        });
        text.push_str(new);
    }
    text.push_str(&before.text[done..]);
    let after = Source::new(before.path.as_str(), text);
    (!changes.is_empty()).then(|| Step { before: Arc::clone(before), after, changes })
}

/// All of them in the order of the text.
fn replacements<'a>(findings: &[&'a Finding]) -> Vec<(&'a Finding, &'a Replacement)> {
    let of = |finding: &'a Finding| match &finding.fix {
        Some(Fix::Replace(replacements)) => replacements.as_slice(),
        _ => &[],
    };
    let mut all: Vec<_> = findings
        .iter()
        .flat_map(|finding| of(finding).iter().map(|replacement| (*finding, replacement)))
        .collect();
    all.sort_by_key(|(_, replacement)| replacement.start);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::catalog::files;
    use proptest::prelude::*;

    /// A finding for each edit.
    fn findings(text: &str, edits: &[(Range<usize>, &'static str)]) -> Vec<Finding> {
        let source = Source::new("a.md", text);
        let finding =
            |edit: &(Range<usize>, &'static str)| files::empty(&source.whole()).fix(&source, [edit.clone()]);
        edits.iter().map(finding).collect()
    }

    /// The text after one round, and `old → new` of its changes.
    fn stepped(text: &str, findings: &[Finding]) -> Option<(String, Vec<(String, String)>)> {
        let step = step(&Source::new("a.md", text), &findings.iter().collect::<Vec<_>>())?;
        let sides = |change: &Change| {
            let old = step.before.text[change.old.clone()].to_owned();
            (old, step.after.text[change.new.clone()].to_owned())
        };
        Some((step.after.text.clone(), step.changes.iter().map(sides).collect()))
    }

    #[test]
    fn characters_are_replaced_where_they_are_found() {
        let check = |text: &str, edits: &[(Range<usize>, &'static str)], expected: Option<&str>| {
            let after = stepped(text, &findings(text, edits)).map(|(after, _)| after);
            assert_eq!(after.as_deref(), expected, "{text:?} {edits:?}");
        };
        check("ab\r\ncd\n", &[(4..5, "C"), (0..1, "A")], Some("Ab\r\nCd\n"));
        check("abcd", &[(1..3, ""), (3..4, "DD")], Some("aDD"));
        // Of two fixes for the same characters, the first one.
        check("abcd", &[(0..2, "x"), (1..3, "y")], Some("xcd"));
        check("abcd", &[(1..2, "x"), (1..2, "x")], Some("axcd"));
        // Where a line would end elsewhere, where nothing changes, and where there is nothing to replace.
        check("a\nb", &[(0..2, "x")], None);
        check("ab", &[(0..1, "x\n")], None);
        check("ab", &[(0..1, "a"), (1..1, "x")], None);
    }

    #[test]
    fn what_is_not_there_any_more_is_not_replaced() {
        let check = |text: &str, expected: Option<&str>| {
            let found = findings("ก\nขค\n", &[(4..7, "ง")]);
            assert_eq!(stepped(text, &found).map(|(after, _)| after).as_deref(), expected, "{text:?}");
        };
        check("ก\nขค\n", Some("ก\nงค\n"));
        check("กก\nขฉ\n", Some("กก\nงฉ\n"));
        check("ก\nคข\n", None);
        check("ก\n", None);
        check("", None);
    }

    proptest! {
        #[test]
        fn nothing_else_changes(
            text in "[กa \r\n\u{e33}\u{200b}]{0,40}",
            places in prop::collection::vec((any::<prop::sample::Index>(), 0usize..4, "[xกำ]{0,2}"), 0..12),
        ) {
            let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let edit = |(at, length, new): &(prop::sample::Index, usize, String)| {
                let at = at.index(starts.len());
                (starts[at]..starts[(at + length).min(starts.len() - 1)], &*new.clone().leak())
            };
            let edits: Vec<_> = places.iter().map(edit).collect();
            let Some(step) = step(&Source::new("a.md", text.clone()), &findings(&text, &edits).iter().collect::<Vec<_>>()) else {
                return Ok(());
            };
            let outside = |text: &str, spans: Vec<Range<usize>>| {
                let ends = spans.iter().map(|span| span.start).chain([text.len()]);
                let begins = [0].into_iter().chain(spans.iter().map(|span| span.end));
                begins.zip(ends).map(|(begin, end)| text[begin..end].to_owned()).collect::<Vec<_>>()
            };
            let old = step.changes.iter().map(|change| change.old.clone()).collect();
            let new = step.changes.iter().map(|change| change.new.clone()).collect();
            prop_assert_eq!(outside(&step.before.text, old), outside(&step.after.text, new));
            let line_ends = |text: &str| text.matches(['\r', '\n']).collect::<String>();
            prop_assert_eq!(line_ends(&step.before.text), line_ends(&step.after.text));
            for change in &step.changes {
                let edit = (change.old.clone(), &step.after.text[change.new.clone()]);
                prop_assert!(edits.iter().any(|(span, new)| (span.clone(), *new) == edit));
            }
        }
    }
}

//! The ids of a text's headings, known before a word is written, since links may point forward.

use super::{Event, Tag, TagEnd, Values};
use crate::thai;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Ids of headings, in their order and by the fragments under which the author may name them.
#[derive(Debug, Default)]
pub(super) struct Outline {
    ids: std::vec::IntoIter<String>,
    by_fragment: BTreeMap<String, String>,
}

/// Finds the headings of a text and gives each an id: the author's `{#…}` where it can be one, else one made of the words; after the
/// prefix, since several texts share a page, and numbered where it would repeat.
pub(super) fn outline(events: &[(Event<'_>, Range<usize>)], values: &Values, prefix: &str) -> Outline {
    let mut unique = Unique::default();
    let mut by_fragment = BTreeMap::new();
    let ids: Vec<String> = fragments(events, values)
        .map(|fragment| {
            let fragment = unique.next(fragment);
            let id = prefixed(prefix, &fragment);
            by_fragment.insert(fragment, id.clone());
            id
        })
        .collect();
    Outline { ids: ids.into_iter(), by_fragment }
}

/// An id that no other text of the page has.
pub(super) fn prefixed(prefix: &str, id: &str) -> String {
    if prefix.is_empty() { id.to_owned() } else { format!("{prefix}-{id}") }
}

impl Outline {
    /// The id of the next heading.
    pub(super) fn next(&mut self) -> String {
        self.ids.next().unwrap_or_default()
    }

    /// The id of the heading that an author calls so: by its id, or by its words.
    pub(super) fn id(&self, fragment: &str) -> Option<&String> {
        self.by_fragment.get(fragment).or_else(|| self.by_fragment.get(&thai::fragment_id(fragment)))
    }
}

/// Each heading's fragment, before repeated ones are numbered.
fn fragments(events: &[(Event<'_>, Range<usize>)], values: &Values) -> impl Iterator<Item = String> {
    let headings = events.iter().enumerate().filter_map(|(at, (event, _))| match event {
        Event::Start(Tag::Heading { id, .. }) => Some((at, id.as_deref())),
        _ => None,
    });
    headings.map(|(at, id)| match id.filter(|id| is_id(id)) {
        Some(id) => id.to_owned(),
        None => thai::fragment_id(&words(&events[at..], values)),
    })
}

/// The words of the heading with which the events begin.
fn words(events: &[(Event<'_>, Range<usize>)], values: &Values) -> String {
    let inside = events.iter().take_while(|(event, _)| !matches!(event, Event::End(TagEnd::Heading(_))));
    let mut words = String::new();
    for (event, _) in inside {
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => {
                words.push_str(&values.insert(text))
            }
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    words
}

/// What an author may choose as an id. Other signs would have to be escaped somewhere.
fn is_id(text: &str) -> bool {
    let is_sign = |c: char| c.is_ascii_alphanumeric() || ('ก'..='๙').contains(&c) || c == '_' || c == '-';
    !text.is_empty() && text.chars().all(is_sign)
}

/// Numbers what repeats: `ก`, `ก-2`, `ก-3`.
#[derive(Default)]
struct Unique {
    used: BTreeSet<String>,
    counts: BTreeMap<String, usize>,
}

impl Unique {
    fn next(&mut self, wanted: String) -> String {
        let count = self.counts.entry(wanted.clone()).or_default();
        loop {
            *count += 1;
            let candidate = if *count == 1 { wanted.clone() } else { format!("{wanted}-{count}") };
            if self.used.insert(candidate.clone()) {
                return candidate;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_ids_are_numbered() {
        let check = |wanted: &[&str], expected: &[&str]| {
            let mut unique = Unique::default();
            let ids: Vec<String> = wanted.iter().map(|id| unique.next((*id).to_owned())).collect();
            assert_eq!(ids, expected);
        };
        check(&["ก", "ข", "ก", "ก"], &["ก", "ข", "ก-2", "ก-3"]);
        check(&["ก", "ก", "ก-2"], &["ก", "ก-2", "ก-2-2"]);
        check(&["ก-2", "ก", "ก"], &["ก-2", "ก", "ก-3"]);
    }
}

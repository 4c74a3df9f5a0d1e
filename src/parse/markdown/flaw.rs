//! What is wrong with a text, as symbols: gathered while it is read, put into words once at the end.

use super::binding::Mistake;
use super::prepare::instead_of;
use crate::finding::catalog::text;
use crate::finding::{Finding, Findings, Location};
use crate::model::link::LinkError;
use crate::source::{Place, Source};
use std::collections::BTreeMap;
use std::mem::discriminant;
use std::ops::Range;
use std::sync::Arc;

/// A flaw; equal ones of one body become one finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Flaw {
    UnprintableCharacter(char),
    /// `{{` that no `}}` follows on its line.
    OpenBinding,
    Binding(String, Mistake),
    TemplateTag,
    WithoutValue(String),
    RawHtml(String),
    Link(String, LinkError),
    ImageWithoutText(String),
    ImageNotAttached(String),
    LiteralBold,
    DroppedCells,
    SecondTitle,
    IndentedCode,
    JoinedLines,
}

/// Flaws with their bytes in the source.
pub(super) type Flaws = Vec<(Range<usize>, Flaw)>;

/// As many findings of one kind as one body may bring, and about as many places as they may name together. Nobody reads more, and each
/// holds a line of the source: a megabyte of tags on one line must not become a terabyte of findings.
const LIMIT: usize = 50;

/// Turns flaws into findings, equal ones into one with further places.
pub(super) fn report(flaws: Flaws, source: &Arc<Source>, findings: &mut Findings) {
    let mut places: BTreeMap<Flaw, Vec<Range<usize>>> = BTreeMap::new();
    for (span, flaw) in flaws {
        places.entry(flaw).or_default().push(span);
    }
    let (mut kind, mut found, mut named) = (None, 0, 0);
    for (flaw, spans) in places {
        if kind.replace(discriminant(&flaw)) != Some(discriminant(&flaw)) {
            (found, named) = (0, 0);
        }
        found += 1;
        if found <= LIMIT {
            let shown = spans.len().min(LIMIT.saturating_sub(named).max(1));
            named += shown;
            findings.add(finding(&flaw, &spans, shown, source));
        }
    }
}

/// Names the first `shown` places; what can be mended by itself is so in all of them.
fn finding(flaw: &Flaw, spans: &[Range<usize>], shown: usize, source: &Arc<Source>) -> Finding {
    let mut places = spans[..shown].iter().map(|span| source.at(span.clone()));
    let first = places.next().unwrap_or_else(|| source.whole());
    let mut finding = in_words(flaw, &first);
    finding.also = places.map(|place| Location::of(&place)).collect();
    match flaw {
        Flaw::UnprintableCharacter(found) => {
            finding.fix(source, spans.iter().map(|span| (span.clone(), instead_of(*found))))
        }
        _ => finding,
    }
}

fn in_words(flaw: &Flaw, place: &Place) -> Finding {
    match flaw {
        Flaw::UnprintableCharacter(found) => text::unprintable_character(place, *found),
        Flaw::OpenBinding => text::open_binding(place),
        Flaw::Binding(found, Mistake::Form { example }) => text::broken_binding(place, found, *example),
        Flaw::Binding(found, Mistake::Unknown { nearest, known }) => {
            text::unknown_binding(place, found, nearest.as_deref(), known)
        }
        Flaw::TemplateTag => text::template_tag(place),
        Flaw::WithoutValue(expression) => text::binding_without_value(place, expression),
        Flaw::RawHtml(_) => text::raw_html(place),
        Flaw::Link(found, error) => text::dangerous_link(place, found, error),
        Flaw::ImageWithoutText(target) => text::image_without_text(place, target),
        Flaw::ImageNotAttached(target) => text::image_not_attached(place, target),
        Flaw::LiteralBold => text::literal_bold(place),
        Flaw::DroppedCells => text::dropped_cells(place),
        Flaw::SecondTitle => text::second_title(place),
        Flaw::IndentedCode => text::indented_code(place),
        Flaw::JoinedLines => text::joined_lines(place),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_of_one_kind_are_limited_and_the_first_of_each_is_kept() {
        let check = |flaws: &[(usize, &str)], findings_expected: usize, places_expected: usize| {
            let source = Source::new("a.md", "ก");
            let tags = flaws.iter().flat_map(|(count, tag)| vec![Flaw::RawHtml((*tag).to_owned()); *count]);
            let mut findings = Findings::default();
            report(tags.map(|flaw| (0..3, flaw)).collect(), &source, &mut findings);
            let places: usize = findings.iter().map(|finding| 1 + finding.also.len()).sum();
            assert_eq!((findings.iter().count(), places), (findings_expected, places_expected));
        };
        check(&[(1, "<a>"), (2, "<b>")], 2, 3);
        check(&[(1000, "<a>"), (1000, "<b>"), (1, "<c>")], 3, LIMIT + 2);
        let tags: Vec<String> = (0..1000).map(|number| format!("<a{number}>")).collect();
        let different: Vec<(usize, &str)> = tags.iter().map(|tag| (1, tag.as_str())).collect();
        check(&different, LIMIT, LIMIT);
    }
}

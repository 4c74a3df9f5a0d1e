//! External links and what came of asking for them → findings. Whoever asks is not known here.

use crate::finding::catalog::disclosure as catalog;
use crate::finding::{Findings, Location};
use crate::model::answer::Answer;
use std::collections::BTreeMap;

/// A link to another site, where its author wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalLink {
    /// Where it leads.
    pub url: String,
    /// Where it stands.
    pub location: Location,
}

/// Judges links by their answers: one finding for each file and address, at the first place. What was not asked for is not judged.
pub fn check(links: &[ExternalLink], answers: &BTreeMap<String, Answer>, findings: &mut Findings) {
    let mut places: BTreeMap<(&str, &str), Vec<&Location>> = BTreeMap::new();
    for link in links {
        places.entry((&link.location.file, &link.url)).or_default().push(&link.location);
    }
    for ((_, url), mut locations) in places {
        locations.sort_by_key(|location| (location.start, location.end));
        locations.dedup();
        let (Some(answer), [first, further @ ..]) = (answers.get(url), locations.as_slice()) else {
            continue;
        };
        if let Some(mut finding) = catalog::external_link((*first).clone(), url, *answer) {
            finding.also = further.iter().map(|location| (*location).clone()).collect();
            findings.add(finding);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::answer::{Doubt, Fault};
    use crate::source::Position;

    fn link(file: &str, line: usize, url: &str) -> ExternalLink {
        let start = Position { line, column: 1 };
        ExternalLink { url: url.to_owned(), location: Location { start, ..Location::file(file) } }
    }

    #[test]
    fn a_dead_link_is_found_once_in_each_file() {
        let answers = [
            ("a", Answer::Broken(Fault::Status(404))),
            ("b", Answer::Reached),
            ("c", Answer::Unclear(Doubt::Busy(503))),
        ];
        let answers = answers.map(|(url, answer)| (url.to_owned(), answer)).into();
        let check = |links: &[ExternalLink], expected: &[(&str, &str, usize, usize)]| {
            let mut findings = Findings::default();
            check(links, &answers, &mut findings);
            let found: Vec<_> = findings
                .iter()
                .map(|found| {
                    let location = &found.location;
                    (found.severity.code(), &*location.file, location.start.line, found.also.len())
                })
                .collect();
            assert_eq!(found, expected);
        };
        check(&[link("x.md", 1, "b"), link("x.md", 1, "unasked")], &[]);
        check(
            &[link("x.md", 9, "a"), link("x.md", 2, "a"), link("x.md", 2, "a")],
            &[("warning", "x.md", 2, 1)],
        );
        check(
            &[link("y.md", 3, "a"), link("x.md", 4, "c"), link("x.md", 5, "a")],
            &[("warning", "x.md", 5, 0), ("note", "x.md", 4, 0), ("warning", "y.md", 3, 0)],
        );
    }
}

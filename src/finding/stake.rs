//! What findings may cost: the items of a round that count nothing as long as a finding stands, and the points of the total that hang on
//! them. It knows no framework: the rule that finds something says what an item weighs.

use super::{Finding, Findings};
use crate::model::ItemCode;
use crate::model::date::FiscalYear;
use crate::model::number::Exact;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// One item at stake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Stake {
    /// The round that asks for the item.
    pub round: FiscalYear,
    /// The item.
    pub item: ItemCode,
    /// What the item adds to the total of its round once it counts: 0–100 points, unrounded.
    pub points: Exact,
}

/// Items at stake with their points.
pub type Items = BTreeMap<ItemCode, Exact>;

/// A total from which points are lost: that of an agency in a round. Points of different totals cannot be added.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Total {
    /// The id of the agency in a portal; none on an agency's own site.
    pub agency: Option<String>,
    /// The round.
    pub round: FiscalYear,
}

impl Finding {
    /// With what it costs. An item that it costs already is not counted again.
    pub fn costs(mut self, stakes: impl IntoIterator<Item = Stake>) -> Self {
        for stake in stakes {
            let is_same = |other: &Stake| (other.round, other.item) == (stake.round, stake.item);
            if !self.stakes.iter().any(is_same) {
                self.stakes.push(stake);
            }
        }
        self
    }

    /// Points of all its items; none where the year's rule does not allow to say it.
    pub fn points(&self) -> Option<Exact> {
        self.stakes.iter().map(|stake| stake.points).reduce(|sum, points| sum + points)
    }

    /// Whether what it costs could still be saved: an author who accepts a finding gives its points up, and what only informs is past.
    fn is_at_stake(&self) -> bool {
        self.accepted.is_none() && !self.is_information()
    }
}

impl Findings {
    /// What all findings cost together. However many findings name an item, it is lost once: unanswered, or without a component.
    pub fn stakes(&self) -> BTreeMap<Total, Items> {
        let mut totals: BTreeMap<Total, Items> = BTreeMap::new();
        for finding in self.iter().filter(|finding| finding.is_at_stake()) {
            let agency = agency_of(&finding.location.file);
            for stake in &finding.stakes {
                let total = Total { agency: agency.map(str::to_owned), round: stake.round };
                let points = totals.entry(total).or_default().entry(stake.item).or_insert(Exact::ZERO);
                *points = stake.points.max(*points);
            }
        }
        totals
    }

    /// The most costly first, then errors before warnings before notes; what is equal in these stays in its order.
    pub fn sort_by_cost(&mut self) {
        self.list.sort_by_key(|finding| {
            let points = if finding.is_at_stake() { finding.points() } else { None };
            (Reverse(points), finding.severity)
        });
    }
}

/// The id of the agency in whose folder a file lies: `content/<id>/…`. What else lies in `content/` are years and the names that no agency
/// may have.
fn agency_of(file: &str) -> Option<&str> {
    let (folder, _) = file.strip_prefix("content/")?.split_once('/')?;
    let is_id = folder.starts_with(|sign: char| sign.is_ascii_lowercase());
    (is_id && !["pages", "files"].contains(&folder)).then_some(folder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Severity;
    use crate::finding::catalog::files;
    use crate::finding::print::trial::FACT;

    /// A finding in a file that costs these items of round 2566, each with its points.
    fn finding(file: &str, items: &[(u8, i64)]) -> Finding {
        files::missing_file(file).costs(items.iter().map(|(item, points)| Stake {
            round: FiscalYear::new(2566).unwrap(),
            item: ItemCode(*item),
            points: Exact::ratio(*points, 1).unwrap(),
        }))
    }

    fn all(list: &[Finding]) -> Findings {
        let mut findings = Findings::default();
        findings.extend(list.iter().cloned());
        findings
    }

    #[test]
    fn an_item_is_lost_once() {
        let check = |list: &[Finding], expected: &str| {
            let total = |(total, items): (Total, Items)| {
                let agency = total.agency.unwrap_or_default();
                let items: String =
                    items.iter().map(|(item, points)| format!(" {item} {}", points.hundredths())).collect();
                format!("{agency}{}{items}\n", total.round)
            };
            let shown: String = all(list).stakes().into_iter().map(total).collect();
            assert_eq!(shown, expected);
        };
        let answer = finding("content/2566/disclosure.yaml", &[(42, 5), (43, 5)]);
        let component = finding("content/2565/measures.yaml", &[(42, 5), (42, 5)]);
        check(&[], "");
        check(&[finding("content/pages/a.md", &[])], "");
        check(&[component.clone(), answer.clone()], "2566 O42 500 O43 500\n");
        check(
            &[finding("content/a/2566/x.yaml", &[(1, 2)]), finding("content/b/2566/x.yaml", &[(1, 2)])],
            "a2566 O1 200\nb2566 O1 200\n",
        );
        let accepted = Finding { accepted: Some("ทราบแล้ว".to_owned()), ..answer.clone() };
        check(&[component, accepted], "2566 O42 500\n");
        check(&[Finding { kind: &FACT, ..answer }], "");
    }

    #[test]
    fn the_most_costly_comes_first() {
        let check = |list: &[Finding], expected: &[&str]| {
            let mut findings = all(list);
            findings.sort_by_cost();
            let order: Vec<&str> = findings.iter().map(|finding| &*finding.location.file).collect();
            assert_eq!(order, expected);
        };
        let warning = |file: &str, items: &[(u8, i64)]| finding(file, items).severity(Severity::Warning);
        let accepted = Finding { accepted: Some("ก".to_owned()), ..warning("d", &[(1, 50)]) };
        check(
            &[warning("a", &[]), finding("b", &[]), warning("c", &[(1, 2), (2, 2)]), finding("e", &[(3, 3)])],
            &["c", "e", "b", "a"],
        );
        check(&[warning("a", &[]), accepted, warning("b", &[(1, 1)])], &["b", "a", "d"]);
    }

    #[test]
    fn files_belong_to_agencies() {
        let check = |file: &str, expected: Option<&str>| assert_eq!(agency_of(file), expected, "{file}");
        check("content/2565/scores.yaml", None);
        check("content/lumphuk/2565/scores.yaml", Some("lumphuk"));
        check("content/lumphuk/agency.yaml", Some("lumphuk"));
        check("content/pages/a.md", None);
        check("content/files/a.pdf", None);
        check("content/index.md", None);
        check("prongsai.yaml", None);
    }
}

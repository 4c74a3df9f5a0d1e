//! The results of one year, looked at once for all pages of a portal: those of everybody and of each group, and where an agency stands in
//! its groups.

use super::census::{Census, Standing};
use super::groups::{Common, Groups};
use crate::model::date::FiscalYear;
use crate::model::summary::AgencySummary;
use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

/// The announced results of one year. Groups are looked at where somebody asks for one: a page over all agencies mostly does for its own
/// year alone.
pub(super) struct Results<'a> {
    everybody: Census<'a>,
    groups: &'a Groups<'a>,
    censuses: OnceLock<BTreeMap<Common<'a>, Census<'a>>>,
    /// By id.
    ranks: OnceLock<HashMap<&'a str, Ranks>>,
}

/// The ranks of an agency within its groups.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Ranks {
    pub(super) in_kind: Option<RankOf>,
    pub(super) in_area: Option<RankOf>,
}

/// A rank, from 1, and among how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RankOf {
    pub(super) rank: usize,
    pub(super) of: usize,
}

impl<'a> Results<'a> {
    /// Of a year, among agencies in Thai order.
    pub(super) fn of(year: FiscalYear, agencies: &[&'a AgencySummary], groups: &'a Groups<'a>) -> Self {
        let everybody = Census::of(year, agencies);
        Results { everybody, groups, censuses: OnceLock::new(), ranks: OnceLock::new() }
    }

    /// Those of a group; without one, and of what is no group, those of everybody.
    pub(super) fn census(&self, common: Option<Common<'a>>) -> &Census<'a> {
        common.and_then(|common| self.censuses().get(&common)).unwrap_or(&self.everybody)
    }

    /// Where an agency stands in its groups; nowhere without a result.
    pub(super) fn ranks(&self, agency: &AgencySummary) -> Ranks {
        let ranks = self.ranks.get_or_init(|| ranks(self.censuses()));
        ranks.get(id_of(agency)).copied().unwrap_or_default()
    }

    fn censuses(&self) -> &BTreeMap<Common<'a>, Census<'a>> {
        self.censuses.get_or_init(|| {
            let mut results: BTreeMap<Common<'a>, Vec<Standing<'a>>> =
                self.groups.all().map(|group| (group.common, Vec::new())).collect();
            for standing in &self.everybody.results {
                for common in self.groups.commons_of(standing.agency) {
                    // A single kind, or a single place, is no group.
                    if let Some(results) = results.get_mut(&common) {
                        results.push(*standing);
                    }
                }
            }
            let year = self.everybody.year;
            results.into_iter().map(|(common, results)| (common, Census::ranked(year, results))).collect()
        })
    }
}

fn ranks<'a>(censuses: &BTreeMap<Common<'a>, Census<'a>>) -> HashMap<&'a str, Ranks> {
    let mut ranks: HashMap<&str, Ranks> = HashMap::new();
    for (common, census) in censuses {
        for standing in &census.results {
            let ranks = ranks.entry(id_of(standing.agency)).or_default();
            let rank = Some(RankOf { rank: standing.rank, of: census.results.len() });
            match common {
                Common::Kind(_) => ranks.in_kind = rank,
                Common::Area(..) => ranks.in_area = rank,
            }
        }
    }
    ranks
}

fn id_of(agency: &AgencySummary) -> &str {
    agency.id.as_deref().unwrap_or_default()
}

//! What is left of an agency once its pages are made: enough for every page that shows more than one round, and small.

use super::date::{Date, FiscalYear};
use super::number::Score;
use super::{AgencyKind, ItemCode, State};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// An agency and its rounds at a glance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AgencySummary {
    /// Its folder and address in a portal.
    pub id: Option<String>,
    /// In full.
    pub name: String,
    /// What portals group by.
    pub kind: AgencyKind,
    /// In a portal.
    pub province: Option<String>,
    /// In a portal.
    pub district: Option<String>,
    /// By assessed year.
    pub rounds: BTreeMap<FiscalYear, RoundSummary>,
    /// Years that are left out because of an error.
    pub left_out: Vec<FiscalYear>,
    /// Every page, counted from its front page.
    pub addresses: BTreeSet<String>,
}

/// An assessed year at a glance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RoundSummary {
    /// As announced; what only follows from the scores is shown as their working, never as the result.
    pub total: Option<Score>,
    /// As announced, or as the rule gives it for the announced total.
    pub level: Option<String>,
    /// Whether the announced total reaches the threshold.
    pub pass: Option<bool>,
    /// The day of the announcement.
    pub announced: Option<Date>,
    /// Scores by indicator.
    pub indicators: BTreeMap<u8, Score>,
    /// Whether an item got all of its points, where the agency says what it got.
    pub item_scores: BTreeMap<ItemCode, bool>,
    /// Which pages the round has.
    pub pages: RoundPages,
    /// How many measures stand in each state; `None` before their first report.
    pub measures: BTreeMap<Option<State>, usize>,
    /// Answered items, and items of the year, where the round has an item list.
    pub answered: usize,
    /// Items that are listed.
    pub items: usize,
    /// The newest date in the data.
    pub updated: Option<Date>,
}

/// Which pages a round has. A round with only `disclosure.yaml` has no report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RoundPages {
    /// `/2565/`.
    pub report: bool,
    /// `/2565/measures/`.
    pub measures: bool,
    /// `/2565/results/`.
    pub results: bool,
    /// `/2565/oit/`.
    pub round: bool,
}

impl AgencySummary {
    /// The newest year with an announced result.
    pub fn latest(&self) -> Option<(FiscalYear, &RoundSummary)> {
        self.rounds.iter().rev().find(|(_, round)| round.total.is_some()).map(|(year, round)| (*year, round))
    }
}

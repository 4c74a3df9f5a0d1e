//! Figures over many agencies: what they announced for one year, put in order and counted. Nothing is estimated: who announced nothing is
//! counted nowhere but among those who announced nothing.

use crate::framework::Framework;
use crate::model::ItemCode;
use crate::model::date::FiscalYear;
use crate::model::number::{Exact, Score};
use crate::model::summary::{AgencySummary, RoundSummary};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The announced results of one year among some agencies.
pub(super) struct Census<'a> {
    pub(super) year: FiscalYear,
    /// From the highest total to the lowest, equal ones in the order of the agencies.
    pub(super) results: Vec<Standing<'a>>,
}

/// Where an agency stands among others.
#[derive(Clone, Copy)]
pub(super) struct Standing<'a> {
    pub(super) agency: &'a AgencySummary,
    pub(super) round: &'a RoundSummary,
    pub(super) total: Score,
    /// From 1. Equal totals share a rank, and the next one is as far behind as there are of them.
    pub(super) rank: usize,
}

/// What some agencies lost at an indicator.
pub(super) struct IndicatorLoss {
    pub(super) number: u8,
    /// Of those that have a score.
    pub(super) mean: Exact,
    /// How many have a score below the threshold of the year.
    pub(super) below: usize,
    /// How many have a score.
    pub(super) scored: usize,
    /// Points of the total that are missing on average; `None` where the weights of the year are unconfirmed.
    pub(super) points: Option<Exact>,
}

/// What some agencies lost at an item.
pub(super) struct ItemLoss {
    pub(super) code: ItemCode,
    /// How many got nothing for it.
    pub(super) lost: usize,
    /// How many say what they got for it.
    pub(super) scored: usize,
    /// Points of the total that it weighs; `None` where the year's rule is unconfirmed.
    pub(super) points: Option<Exact>,
}

impl<'a> Census<'a> {
    /// Looks at the results of a year.
    pub(super) fn of(year: FiscalYear, agencies: &[&'a AgencySummary]) -> Self {
        let standing = |agency: &&'a AgencySummary| {
            let round = agency.rounds.get(&year)?;
            Some(Standing { agency, round, total: round.total?, rank: 0 })
        };
        let mut results: Vec<Standing<'_>> = agencies.iter().filter_map(standing).collect();
        results.sort_by_key(|standing| Reverse(standing.total));
        Census::ranked(year, results)
    }

    /// Ranks results that are in order.
    pub(super) fn ranked(year: FiscalYear, mut results: Vec<Standing<'a>>) -> Self {
        for at in 0..results.len() {
            let shares_rank = at > 0 && results[at - 1].total == results[at].total;
            results[at].rank = if shares_rank { results[at - 1].rank } else { at + 1 };
        }
        Census { year, results }
    }

    /// The plain mean of the totals; `None` of nothing.
    pub(super) fn mean(&self) -> Option<Exact> {
        Exact::mean_of(self.results.iter().map(|standing| standing.total))
    }

    /// The total in the middle, or half-way between the two in the middle.
    pub(super) fn median(&self) -> Option<Exact> {
        let count = self.results.len();
        let middle = self.results.get(count.saturating_sub(1) / 2..=count / 2)?;
        Exact::mean_of(middle.iter().map(|standing| standing.total))
    }

    pub(super) fn highest(&self) -> Option<Score> {
        self.results.first().map(|standing| standing.total)
    }

    pub(super) fn lowest(&self) -> Option<Score> {
        self.results.last().map(|standing| standing.total)
    }

    /// How many reach the threshold; `None` where the year has none that is known.
    pub(super) fn passed(&self) -> Option<usize> {
        let passes: Option<Vec<bool>> = self.results.iter().map(|standing| standing.round.pass).collect();
        passes.filter(|passes| !passes.is_empty()).map(|passes| passes.iter().filter(|pass| **pass).count())
    }

    /// How many have each level, from the highest level of the year to the lowest; then those that the year does not know. Levels that
    /// nobody has are left out.
    pub(super) fn levels(&self, framework: Option<&Framework>) -> Vec<(&'a str, usize)> {
        let mut counts: BTreeMap<(usize, &str), usize> = BTreeMap::new();
        // In the order of totals there are few runs, each of many.
        for run in self.results.chunk_by(|one, next| one.round.level == next.round.level) {
            let Some(level) = run[0].round.level.as_deref() else { continue };
            let mut known = framework.into_iter().flat_map(|framework| &framework.levels);
            let place = known.position(|known| known.name == level).unwrap_or(usize::MAX);
            *counts.entry((place, level)).or_default() += run.len();
        }
        counts.into_iter().map(|((_, level), count)| (level, count)).collect()
    }

    /// Every indicator of the year, that with the greatest loss first; where points are unknown, that with the lowest mean.
    pub(super) fn indicators(&self, framework: &Framework) -> Vec<IndicatorLoss> {
        let loss = |number: u8, instrument: &str| {
            let scores = || self.results.iter().filter_map(|standing| standing.round.indicators.get(&number));
            let mean = Exact::mean_of(scores().copied())?;
            let share = i64::try_from(framework.indicators_of(instrument).count()).ok()?;
            let weight = framework.instrument(instrument).and_then(|instrument| instrument.weight);
            let missing = Exact::from(Score::FULL) - mean;
            let points = weight.and_then(|weight| {
                Some(missing * Exact::ratio(i64::from(weight.hundredths()), 10_000 * share)?)
            });
            let below = scores().filter(|score| **score < framework.pass).count();
            Some(IndicatorLoss { number, mean, below, scored: scores().count(), points })
        };
        let indicators = framework.indicators.iter();
        let mut losses: Vec<IndicatorLoss> =
            indicators.filter_map(|indicator| loss(indicator.number, &indicator.instrument)).collect();
        losses.sort_by_key(|loss| (Reverse(loss.points), loss.mean));
        losses
    }

    /// Every item for which somebody got nothing, that with the greatest loss first.
    pub(super) fn items(&self, framework: &Framework) -> Vec<ItemLoss> {
        let mut counts: BTreeMap<ItemCode, (usize, usize)> = BTreeMap::new();
        for (code, is_full) in self.results.iter().flat_map(|standing| &standing.round.item_scores) {
            let (lost, scored) = counts.entry(*code).or_default();
            *lost += usize::from(!is_full);
            *scored += 1;
        }
        let losses = counts.into_iter().filter(|(_, (lost, _))| *lost > 0);
        let mut losses: Vec<ItemLoss> = losses
            .map(|(code, (lost, scored))| ItemLoss {
                code,
                lost,
                scored,
                points: framework.item_points(code),
            })
            .collect();
        let weight = |loss: &ItemLoss| {
            let lost = i64::try_from(loss.lost).ok().and_then(|lost| Exact::ratio(lost, 1));
            lost.zip(loss.points).map(|(lost, points)| lost * points)
        };
        losses.sort_by_key(|loss| (Reverse(weight(loss)), Reverse(loss.lost)));
        losses
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::AgencyKind;
    use crate::model::summary::RoundPages;
    use std::collections::BTreeSet;

    const YEAR: i16 = 2565;

    fn agency(total: Option<u16>, level: &str, indicator: u16) -> AgencySummary {
        let round = RoundSummary {
            total: total.and_then(Score::from_hundredths),
            level: Some(level.to_owned()),
            pass: Some(total >= Some(8_500)),
            announced: None,
            indicators: Score::from_hundredths(indicator).map(|score| (1, score)).into_iter().collect(),
            item_scores: BTreeMap::from([(ItemCode(1), indicator > 0)]),
            pages: RoundPages::default(),
            measures: BTreeMap::new(),
            answered: 0,
            items: 0,
            updated: None,
        };
        AgencySummary {
            id: Some("tua-yang".to_owned()),
            name: String::new(),
            kind: AgencyKind::Other,
            province: None,
            district: None,
            rounds: BTreeMap::from([(FiscalYear::new(YEAR).unwrap(), round)]),
            left_out: Vec::new(),
            addresses: BTreeSet::new(),
        }
    }

    fn census(agencies: &[AgencySummary]) -> Census<'_> {
        Census::of(FiscalYear::new(YEAR).unwrap(), &agencies.iter().collect::<Vec<_>>())
    }

    #[test]
    fn equal_totals_share_a_rank() {
        let totals = [Some(7_000), Some(9_000), None, Some(7_000), Some(0)];
        let agencies = totals.map(|total| agency(total, "A", 0));
        let ranks: Vec<_> =
            census(&agencies).results.iter().map(|it| (it.rank, it.total.hundredths())).collect();
        assert_eq!(ranks, [(1, 9_000), (2, 7_000), (2, 7_000), (4, 0)]);
    }

    #[test]
    fn zero_counts_and_what_is_missing_does_not() {
        let check = |totals: &[Option<u16>], mean: Option<&str>, median: Option<&str>| {
            let agencies: Vec<_> = totals.iter().map(|total| agency(*total, "A", 0)).collect();
            let census = census(&agencies);
            let printed = |value: Option<Exact>| value.map(|value| value.to_string());
            assert_eq!(printed(census.mean()).as_deref(), mean, "{totals:?}");
            assert_eq!(printed(census.median()).as_deref(), median, "{totals:?}");
        };
        check(&[], None, None);
        check(&[None], None, None);
        check(&[Some(0), None], Some("0.00"), Some("0.00"));
        check(&[Some(9_000), Some(0), None], Some("45.00"), Some("45.00"));
        check(&[Some(1), Some(2), Some(10_000)], Some("33.34"), Some("0.02"));
        check(&[Some(8_000), Some(8_001)], Some("80.01"), Some("80.01"));
    }

    #[test]
    fn levels_and_passes_are_counted() {
        let agencies = [(9_600, "AA"), (8_500, "A"), (100, "F"), (8_600, "A")];
        let agencies = agencies.map(|(total, level)| agency(Some(total), level, 0));
        let census = census(&agencies);
        assert_eq!(census.levels(None), [("A", 2), ("AA", 1), ("F", 1)]);
        assert_eq!(census.passed(), Some(3));
        assert_eq!(Census::of(FiscalYear::FIRST, &[]).passed(), None);
    }
}

//! Round → tally: means, total and level by the rule of the year. It never touches what was announced.
//!
//! The rule (ITA 2563–2568, recomputed from published results): an instrument is the plain mean of its indicators, the total the sum of
//! the unrounded means by the weights of the year, rounded once. Rounding the means first gives wrong totals (ตราด 2564).

pub mod items;

use crate::framework::{Framework, Instrument, Level};
use crate::model::number::{Exact, Score};
use crate::model::{Round, Scores};
use std::collections::BTreeMap;

/// What follows from the scores of a round.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// By instrument code, on the scale of 100, unrounded; what is not known is not here.
    pub instruments: BTreeMap<String, Exact>,
    /// By the weights of the year, unrounded; `None` where a part or weight is missing.
    pub total: Option<Exact>,
    /// Every level that the year's rule allows for the announced total, best first: one if it decides, none before the announcement.
    pub levels: Vec<String>,
    /// Whether the announced total reaches the year's threshold.
    pub pass: Option<bool>,
    /// The indicators that need measures: every `focus`, or the lowest indicator of an instrument without one.
    pub weak: Vec<u8>,
}

/// Computes the tally; empty without scores or for a year of another model.
pub fn tally(round: &Round, framework: Option<&Framework>) -> Tally {
    let (Some(scores), Some(framework)) = (&round.scores, framework) else { return Tally::default() };
    let instruments: BTreeMap<String, Exact> = framework
        .instruments
        .iter()
        .filter_map(|instrument| {
            Some((instrument.code.clone(), instrument_score(instrument, scores, framework)?))
        })
        .collect();
    let total = total(&instruments, framework);
    // A round that is not announced has no level yet, whatever its scores add up to.
    let announced = announced_total(scores).map(Exact::from);
    Tally {
        total,
        levels: announced.map(|total| levels(total, &instruments, framework)).unwrap_or_default(),
        pass: announced.map(|total| total >= Exact::from(framework.pass)),
        weak: weak(round, framework),
        instruments,
    }
}

/// The total as announced.
pub fn announced_total(scores: &Scores) -> Option<Score> {
    Some(scores.announced.as_ref()?.total.as_ref()?.value)
}

/// The mean of an instrument's indicators; `None` if any is missing.
pub fn mean_of_indicators(code: &str, scores: &Scores, framework: &Framework) -> Option<Exact> {
    let found = framework.indicators_of(code).map(|indicator| scores.indicators.get(&indicator.number));
    let found: Option<Vec<Exact>> = found.map(|score| score.map(|score| Exact::from(score.value))).collect();
    Exact::mean(found?)
}

/// The plain mean of announced parts (D, one case: กรุงเทพมหานคร 2566).
pub fn mean_of_parts(code: &str, scores: &Scores) -> Option<Exact> {
    Exact::mean(scores.parts.get(code)?.iter().map(|part| Exact::from(part.value)))
}

/// The first of: its indicators, its announced parts, its announced score, its weighted form.
fn instrument_score(instrument: &Instrument, scores: &Scores, framework: &Framework) -> Option<Exact> {
    let code = instrument.code.as_str();
    let announced = || scores.instruments.get(code).map(|score| Exact::from(score.value));
    let from_weighted = || {
        let weight = i64::from(instrument.weight?.hundredths());
        Some(Exact::from(scores.weighted.get(code)?.value) * Exact::ratio(10_000, weight)?)
    };
    mean_of_indicators(code, scores, framework)
        .or_else(|| mean_of_parts(code, scores))
        .or_else(announced)
        .or_else(from_weighted)
}

fn total(instruments: &BTreeMap<String, Exact>, framework: &Framework) -> Option<Exact> {
    let parts: Option<Vec<Exact>> = framework
        .instruments
        .iter()
        .map(|instrument| weighted_points(*instruments.get(&instrument.code)?, instrument))
        .collect();
    Some(parts?.into_iter().fold(Exact::ZERO, |sum, part| sum + part))
}

/// Points of the total that an instrument's score gives: score × weight; `None` where the weight is unconfirmed.
pub fn weighted_points(score: Exact, instrument: &Instrument) -> Option<Exact> {
    Some(score * Exact::ratio(i64::from(instrument.weight?.hundredths()), 10_000)?)
}

/// A figure as it is published: two decimals, half-up.
fn rounded(value: Exact) -> Exact {
    value.rounded().map_or(value, Exact::from)
}

/// Every level that the rule allows for a total and the instruments that are known, best first. From 2566 on the instruments take
/// part; where one is unknown, several levels stay possible.
pub fn levels(total: Exact, instruments: &BTreeMap<String, Exact>, framework: &Framework) -> Vec<String> {
    let total = rounded(total);
    let mut possible = Vec::new();
    for level in framework.levels.iter().filter(|level| total >= Exact::from(level.total)) {
        match fulfilled(level, instruments, framework) {
            Some(true) => {
                possible.push(level.name.clone());
                break;
            }
            Some(false) => {}
            None => possible.push(level.name.clone()),
        }
    }
    possible
}

/// Whether every instrument reaches what a level asks of it; `None` where that is not known.
fn fulfilled(level: &Level, instruments: &BTreeMap<String, Exact>, framework: &Framework) -> Option<bool> {
    let Some(least) = level.instruments.map(Exact::from) else { return Some(true) };
    let reached = |code: &str| instruments.get(code).map(|score| rounded(*score) >= least);
    let reached: Vec<_> = framework.instruments.iter().map(|instrument| reached(&instrument.code)).collect();
    if reached.contains(&Some(false)) {
        Some(false)
    } else if reached.contains(&None) {
        None
    } else {
        Some(true)
    }
}

/// The levels that would be possible if every figure were 0.01 higher or lower: the NACC works on unrounded numbers.
pub fn levels_nearby(
    total: Exact,
    instruments: &BTreeMap<String, Exact>,
    framework: &Framework,
) -> Vec<String> {
    let Some(step) = Exact::ratio(1, 100) else { return Vec::new() };
    let shifted =
        |step: Exact| instruments.iter().map(|(code, score)| (code.clone(), *score + step)).collect();
    let higher: BTreeMap<String, Exact> = shifted(step);
    let lower: BTreeMap<String, Exact> = shifted(Exact::ZERO - step);
    let mut nearby = levels(total + step, &higher, framework);
    nearby.extend(levels(total - step, &lower, framework));
    nearby.extend(levels(total, &higher, framework));
    nearby.extend(levels(total, &lower, framework));
    nearby
}

/// What the level is, if anything decides it: as announced, else by the rule.
pub fn level(scores: &Scores, tally: &Tally) -> Option<String> {
    let announced = scores.announced.as_ref().and_then(|announced| announced.level.as_ref());
    match (announced, tally.levels.as_slice()) {
        (Some(level), _) => Some(level.value.clone()),
        (None, [level]) => Some(level.clone()),
        _ => None,
    }
}

fn weak(round: &Round, framework: &Framework) -> Vec<u8> {
    let lowest_count = round.measures.is_some() || !round.analyses.is_empty();
    let mut weak = Vec::new();
    for instrument in &framework.instruments {
        match round.analyses.get(instrument.code.as_str()).filter(|analysis| !analysis.focus.is_empty()) {
            Some(analysis) => weak.extend(analysis.focus.iter().map(|number| number.value)),
            None if lowest_count => weak.extend(lowest(&instrument.code, round, framework)),
            None => {}
        }
    }
    weak
}

/// The lowest indicators of an instrument (all, if equal). None in an instrument without a gap: where everything has 100 points
/// nothing is weak.
fn lowest(code: &str, round: &Round, framework: &Framework) -> Vec<u8> {
    let Some(scores) = &round.scores else { return Vec::new() };
    let known: Vec<(u8, Score)> = framework
        .indicators_of(code)
        .filter_map(|indicator| Some((indicator.number, scores.indicators.get(&indicator.number)?.value)))
        .collect();
    let lowest = known.iter().map(|(_, score)| *score).min().filter(|score| *score < Score::FULL);
    known.into_iter().filter(|(_, score)| Some(*score) == lowest).map(|(number, _)| number).collect()
}

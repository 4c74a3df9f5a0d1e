//! What the items of OIT give: which scores indicators 9 and 10 can have at all, and which items a score says were lost.
//!
//! The rule (recomputed from published results of 2564 and 2565): an item has 0 or 100, a sub-indicator is the mean of its items, an
//! indicator the mean of its sub-indicators. So 18.75 of 2565 is (3/8 + 0/2)/2 and nothing else: both items of 10.2 were lost.

use crate::framework::{Combination, Framework, Outcomes};
use crate::model::number::{Exact, Score};
use crate::model::{ItemScore, Scores};
use std::collections::BTreeMap;

/// What an indicator of OIT can be at all. `None` where the catalogue is incomplete, the rule unconfirmed, or the indicator not made of
/// items.
pub fn outcomes(number: u8, framework: &Framework) -> Option<&Outcomes> {
    let by_indicator = framework.outcomes.get_or_init(|| {
        let indicators = framework.indicators.iter().map(|indicator| indicator.number);
        indicators.filter_map(|number| Some((number, combine(number, framework)?))).collect()
    });
    by_indicator.get(&number)
}

/// The score that the announced items of an indicator give; `None` unless each of them is announced and the year's rule is known.
pub fn score(number: u8, scores: &Scores, framework: &Framework) -> Option<Exact> {
    framework.item_weight.filter(|_| framework.is_complete())?;
    let means = framework.groups_of(number).map(|group| {
        let items: Option<Vec<Exact>> =
            group.items.keys().map(|code| scores.items.get(code).map(|score| points(score.value))).collect();
        Exact::mean(items?)
    });
    Exact::mean(means.collect::<Option<Vec<_>>>()?)
}

fn points(score: ItemScore) -> Exact {
    match score {
        ItemScore::Lost => Exact::ZERO,
        ItemScore::Full => Exact::from(Score::FULL),
    }
}

/// Every sum of sub-indicator means, one sub-indicator after the other. Equal sums are kept once, or there would be far too many.
fn combine(number: u8, framework: &Framework) -> Option<Outcomes> {
    framework.item_weight.filter(|_| framework.is_complete())?;
    let count = i64::try_from(framework.groups_of(number).count()).ok().filter(|count| *count > 0)?;
    let mut sums = BTreeMap::from([(Exact::ZERO, Some(Combination::new()))]);
    for group in framework.groups_of(number) {
        let size = u8::try_from(group.items.len()).ok()?;
        let mut next = BTreeMap::new();
        for (sum, combination) in &sums {
            for full in 0..=size {
                let step = Exact::ratio(100 * i64::from(full), i64::from(size) * count)?;
                let longer =
                    combination.as_ref().map(|combination| [combination.as_slice(), &[full]].concat());
                add(&mut next, *sum + step, longer);
            }
        }
        sums = next;
    }
    let mut outcomes = Outcomes::new();
    for (sum, combination) in sums {
        add(&mut outcomes, sum.hundredths(), combination);
    }
    Some(outcomes)
}

/// Notes one more way to a value; the second one makes it ambiguous.
fn add<K: Ord>(outcomes: &mut BTreeMap<K, Option<Combination>>, value: K, combination: Option<Combination>) {
    outcomes.entry(value).and_modify(|known| *known = None).or_insert(combination);
}

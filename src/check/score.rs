//! Whether the figures of a round can be what they say they are.

use crate::finding::catalog::score as catalog;
use crate::finding::{Finding, Findings};
use crate::framework::{Combination, Framework, Instrument, Outcomes, Sure};
use crate::model::date::FiscalYear;
use crate::model::number::{Exact, Score};
use crate::model::{Assessor, Given, Round, Scores};
use crate::score::{self, Tally, items};

/// Judges the scores of a round by the rules of its year.
pub fn check(round: &Round, framework: Option<&Framework>, tally: &Tally, findings: &mut Findings) {
    let Some(scores) = &round.scores else { return };
    announced_in_year(round.year, scores, findings);
    let Some(framework) = framework else { return };
    known_parts(scores, framework, findings);
    missing_indicators(round, scores, framework, findings);
    for instrument in &framework.instruments {
        parts(instrument, scores, framework, findings);
    }
    total(scores, tally, findings);
    level(scores, framework, tally, findings);
    if scores.assessor.unwrap_or_default() == Assessor::Nacc {
        items(round, scores, framework, findings);
    }
}

/// The result of a year is announced within it (ITA 2564–2568: in August).
fn announced_in_year(year: FiscalYear, scores: &Scores, findings: &mut Findings) {
    let date = scores.announced.as_ref().and_then(|announced| announced.date.as_ref());
    if let Some(date) = date.filter(|date| !year.contains(date.value)) {
        findings.add(catalog::announced_outside_year(&date.place, year.number()));
    }
}

/// Numbers and codes that the year does not have.
fn known_parts(scores: &Scores, framework: &Framework, findings: &mut Findings) {
    for (number, score) in
        scores.indicators.iter().filter(|(number, _)| framework.indicator(**number).is_none())
    {
        findings.add(catalog::unknown_indicator(&score.place, &format!("ตัวชี้วัดที่ {number}")));
    }
    let by_code = scores.instruments.iter().chain(&scores.weighted).map(|(code, score)| (code, &score.place));
    let parts = scores.parts.iter().filter_map(|(code, parts)| Some((code, &parts.first()?.place)));
    for (code, place) in by_code.chain(parts).filter(|(code, _)| framework.instrument(code).is_none()) {
        findings.add(catalog::unknown_indicator(place, code));
    }
}

/// Once a total is announced every indicator is expected, unless nothing but the total was ever published.
fn missing_indicators(round: &Round, scores: &Scores, framework: &Framework, findings: &mut Findings) {
    let owes_nothing = has_only_scores(round) && scores.indicators.is_empty();
    if score::announced_total(scores).is_none() || owes_nothing {
        return;
    }
    for indicator in framework.indicators.iter().filter(|one| !scores.indicators.contains_key(&one.number)) {
        let blank = scores.blanks.get(&indicator.number);
        if blank.is_some_and(|blank| !blank.is_empty) {
            continue;
        }
        let place = blank.map_or(&scores.place, |blank| &blank.place);
        findings.add(catalog::missing_indicator(place, indicator.number, &indicator.name));
    }
}

/// Whether nobody has begun to draw conclusions from the scores of a round.
fn has_only_scores(round: &Round) -> bool {
    round.report.is_none() && round.analyses.is_empty() && round.measures.is_none()
}

/// An announced instrument, or its announced parts, beside the mean of its indicators.
fn parts(instrument: &Instrument, scores: &Scores, framework: &Framework, findings: &mut Findings) {
    let code = instrument.code.as_str();
    let from_parts = score::mean_of_parts(code, scores);
    let expected = score::mean_of_indicators(code, scores, framework).or(from_parts);
    if let Some(announced) = scores.instruments.get(code) {
        hundred_scale(instrument, announced, expected, findings);
    }
    if let Some(announced) = scores.weighted.get(code) {
        weighted_scale(instrument, announced, expected, findings);
    }
}

fn hundred_scale(
    instrument: &Instrument,
    announced: &Given<Score>,
    expected: Option<Exact>,
    findings: &mut Findings,
) {
    let Some(expected) = expected else { return };
    let code = instrument.code.as_str();
    let found = Exact::from(announced.value);
    if is_close(found, expected) {
        return;
    }
    if score::weighted_points(expected, instrument).is_some_and(|points| is_close(found, points)) {
        findings.add(catalog::weighted_form(
            &announced.place,
            code,
            &announced.value.to_string(),
            "weighted",
        ));
    } else {
        findings.add(catalog::part_mismatch(
            &announced.place,
            code,
            &found.to_string(),
            &expected.to_string(),
        ));
    }
}

fn weighted_scale(
    instrument: &Instrument,
    announced: &Given<Score>,
    expected: Option<Exact>,
    findings: &mut Findings,
) {
    let code = instrument.code.as_str();
    let found = Exact::from(announced.value);
    if instrument.weight.is_some_and(|weight| announced.value > weight) {
        findings.add(catalog::weighted_form(
            &announced.place,
            code,
            &announced.value.to_string(),
            "instruments",
        ));
        return;
    }
    let Some(expected) = expected.and_then(|mean| score::weighted_points(mean, instrument)) else { return };
    if !is_close(found, expected) {
        findings.add(catalog::part_mismatch(
            &announced.place,
            code,
            &found.to_string(),
            &expected.to_string(),
        ));
    }
}

/// The announced total beside the one that follows; up to 0.01 is what rounded inputs explain.
fn total(scores: &Scores, tally: &Tally, findings: &mut Findings) {
    let Some(announced) = scores.announced.as_ref().and_then(|announced| announced.total.as_ref()) else {
        return;
    };
    let Some(computed) = tally.total else { return };
    let found = Exact::from(announced.value);
    if !is_close(found, computed) {
        findings.add(catalog::total_mismatch(&announced.place, &found.to_string(), &computed.to_string()));
    } else if found.hundredths() != computed.hundredths() {
        findings.add(catalog::total_rounding(&announced.place, &found.to_string(), &computed.to_string()));
    }
}

/// Within 0.01: 0.005 from the inputs, whose weights add up to 1, and 0.005 from the final rounding.
fn is_close(a: Exact, b: Exact) -> bool {
    Exact::ratio(1, 100).is_some_and(|tolerance| (a - b).abs() <= tolerance)
}

/// The announced level beside those that the rule allows.
fn level(scores: &Scores, framework: &Framework, tally: &Tally, findings: &mut Findings) {
    let Some(announced) = scores.announced.as_ref().and_then(|announced| announced.level.as_ref()) else {
        return;
    };
    let name = announced.value.as_str();
    if !framework.has_level(name) {
        let names: Vec<&str> = framework.levels.iter().map(|level| level.name.as_str()).collect();
        findings.add(catalog::level_scheme(&announced.place, name, &names));
        return;
    }
    if tally.levels.is_empty() || tally.levels.iter().any(|level| level == name) {
        return;
    }
    let total = score::announced_total(scores).map(Exact::from).or(tally.total).unwrap_or(Exact::ZERO);
    let nearby = score::levels_nearby(total, &tally.instruments, framework);
    let possible: Vec<&str> = tally.levels.iter().map(String::as_str).collect();
    let is_near = nearby.iter().any(|level| level == name);
    findings.add(catalog::level_mismatch(&announced.place, name, &possible, is_near));
}

/// Indicators made of items have only the values that items give, and where one combination alone gives a value, it says to whoever
/// draws conclusions what was lost. Nobody is told off by a rule that is only inferred.
fn items(round: &Round, scores: &Scores, framework: &Framework, findings: &mut Findings) {
    let is_analysed = !has_only_scores(round);
    if framework.item_weight_sure == Some(Sure::Inferred) {
        return;
    }
    for (number, score) in &scores.indicators {
        let Some(outcomes) = items::outcomes(*number, framework) else { continue };
        let found = i64::from(score.value.hundredths());
        match (outcomes.get(&found), items::score(*number, scores, framework)) {
            (None, _) => findings.add(impossible(*number, score, outcomes, framework)),
            (_, Some(expected)) if expected.hundredths() != found => {
                findings.add(catalog::items_mismatch(
                    &score.place,
                    *number,
                    &score.value.to_string(),
                    &expected.to_string(),
                ));
            }
            (Some(Some(combination)), None) if is_analysed => {
                lost_items(*number, score, combination, framework, findings);
            }
            _ => {}
        }
    }
}

/// With the nearest values that exist on either side, and how items give them.
fn impossible(number: u8, score: &Given<Score>, outcomes: &Outcomes, framework: &Framework) -> Finding {
    let found = i64::from(score.value.hundredths());
    let below = outcomes.range(..found).next_back();
    let above = outcomes.range(found..).next();
    let describe = |(value, combination): (&i64, &Option<Combination>)| {
        let value = Exact::ratio(*value, 100)?.to_string();
        let Some(combination) = combination else { return Some(value) };
        let groups = framework.groups_of(number).zip(combination);
        let shares: Vec<String> =
            groups.map(|(group, full)| format!("{}: {full}/{}", group.id, group.items.len())).collect();
        Some(format!("{value} ({})", shares.join(", ")))
    };
    let nearest: Vec<String> = [below, above].into_iter().flatten().filter_map(describe).collect();
    catalog::impossible(&score.place, number, &score.value.to_string(), &nearest)
}

/// Which sub-indicators lost items, and what one of them weighs.
fn lost_items(
    number: u8,
    score: &Given<Score>,
    combination: &Combination,
    framework: &Framework,
    findings: &mut Findings,
) {
    let losses: Vec<catalog::Loss<'_>> = framework
        .groups_of(number)
        .zip(combination)
        .filter(|(group, full)| usize::from(**full) < group.items.len())
        .filter_map(|(group, full)| {
            let (first, _) = group.items.first_key_value()?;
            // Only where all of them are lost is it known which.
            let is_all = *full == 0;
            Some(catalog::Loss {
                group: &group.id,
                lost: group.items.len() - usize::from(*full),
                of: group.items.len(),
                items: group.items.keys().filter(|_| is_all).map(ToString::to_string).collect(),
                points: framework.item_points(*first)?.to_string(),
            })
        })
        .collect();
    if !losses.is_empty() {
        findings.add(catalog::lost_items(&score.place, number, &score.value.to_string(), &losses));
    }
}

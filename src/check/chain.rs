//! Weakness → measure → result: whether each leads to the next, whether what is referred to exists, and whether the times can be.

use crate::finding::Findings;
use crate::finding::catalog::chain as catalog;
use crate::framework::Framework;
use crate::model::date::FiscalYear;
use crate::model::{Given, Measure, MeasurePlan, Progress, Round, State};
use crate::score::Tally;

/// Judges the measures of a round.
pub fn check(round: &Round, framework: Option<&Framework>, tally: &Tally, findings: &mut Findings) {
    if let Some(framework) = framework {
        focus(round, framework, findings);
        weak(round, framework, tally, findings);
        below_threshold(round, framework, tally, findings);
    }
    let Some(plan) = &round.measures else { return };
    for measure in &plan.measures {
        references(measure, framework, findings);
        completeness(measure, findings);
        times(measure, plan.fiscal_year.value, findings);
        evidence(measure, findings);
    }
    decision(round, plan, findings);
}

/// A `focus` speaks of indicators of its own instrument.
fn focus(round: &Round, framework: &Framework, findings: &mut Findings) {
    findings.extend(
        focus_elsewhere(round, framework).map(|one| catalog::unknown_indicator(&one.place, one.value)),
    );
}

/// What a `focus` names although it belongs to another instrument, or to none.
fn focus_elsewhere<'a>(round: &'a Round, framework: &'a Framework) -> impl Iterator<Item = &'a Given<u8>> {
    round.analyses.iter().flat_map(|(code, analysis)| {
        let belongs = |number| framework.indicators_of(code).any(|indicator| indicator.number == number);
        analysis.focus.iter().filter(move |one| !belongs(one.value))
    })
}

/// What a `focus` names needs a measure. The lowest indicator of an instrument without one does only where there are measures at all.
fn weak(round: &Round, framework: &Framework, tally: &Tally, findings: &mut Findings) {
    let named = |number: u8| {
        round.analyses.values().flat_map(|analysis| &analysis.focus).find(move |one| one.value == number)
    };
    let is_misplaced = |number: u8| focus_elsewhere(round, framework).any(|one| one.value == number);
    for &number in
        tally.weak.iter().filter(|number| !is_addressed(round, **number) && !is_misplaced(**number))
    {
        let score = round.scores.as_ref().and_then(|scores| scores.indicators.get(&number));
        let plan = round.measures.as_ref();
        if plan.is_none() && named(number).is_none() {
            continue;
        }
        let nearest = score
            .map(|score| &score.place)
            .or_else(|| named(number).map(|number| &number.place))
            .or_else(|| plan.map(|plan| &plan.place));
        let (Some(place), Some(indicator)) = (nearest, framework.indicator(number)) else { continue };
        let score = score.map(|score| score.value.to_string());
        findings.add(catalog::weak_without_measure(place, number, &indicator.name, score.as_deref()));
    }
}

/// One note for all that is below the threshold and not called weak.
fn below_threshold(round: &Round, framework: &Framework, tally: &Tally, findings: &mut Findings) {
    let (Some(scores), Some(_)) = (&round.scores, &round.measures) else { return };
    let low: Vec<_> = scores
        .indicators
        .iter()
        .filter(|(number, score)| score.value < framework.pass && !tally.weak.contains(number))
        .filter(|(number, _)| !is_addressed(round, **number))
        .collect();
    let Some((_, first)) = low.first() else { return };
    let list: Vec<String> = low.iter().map(|(number, score)| format!("{number} ({})", score.value)).collect();
    findings.add(catalog::below_threshold(&first.place, &framework.pass.to_string(), &list));
}

fn is_addressed(round: &Round, number: u8) -> bool {
    let measures = round.measures.iter().flat_map(|plan| &plan.measures);
    measures.flat_map(|measure| &measure.addresses).any(|to| to.value == number)
}

fn references(measure: &Measure, framework: Option<&Framework>, findings: &mut Findings) {
    let is_unknown = |number: u8| framework.is_some_and(|framework| framework.indicator(number).is_none());
    for number in measure.addresses.iter().filter(|number| is_unknown(number.value)) {
        findings.add(catalog::unknown_indicator(&number.place, number.value));
    }
    let items = measure.measure.len();
    for number in
        measure.results.iter().flat_map(|result| &result.of).filter(|of| of.value == 0 || of.value > items)
    {
        findings.add(catalog::unknown_item(&number.place, number.value, items));
    }
}

/// The columns of the table that make a measure one that can be carried out, and the indicators that it is for.
fn completeness(measure: &Measure, findings: &mut Findings) {
    let parts = [
        ("steps", "วิธีการดำเนินการ", measure.steps.is_empty()),
        ("responsible", "ผู้รับผิดชอบ", measure.responsible.is_empty()),
        ("period", "ระยะเวลาดำเนินการ", measure.period.is_none()),
        ("follow_up", "การติดตามผล", measure.follow_up.is_none()),
    ];
    let missing: Vec<_> =
        parts.into_iter().filter(|(.., is_missing)| *is_missing).map(|(key, head, _)| (key, head)).collect();
    if !missing.is_empty() {
        findings.add(catalog::incomplete_measure(&measure.place, &missing));
    }
    if measure.addresses.is_empty() {
        findings.add(catalog::measure_without_indicator(&measure.place));
    }
}

/// The period lies in its fiscal year; the follow-up comes, by month, not before its end.
fn times(measure: &Measure, year: FiscalYear, findings: &mut Findings) {
    let Some(period) = &measure.period else { return };
    if period.last_day() < year.first_day() || period.first_day() > year.last_day() {
        findings.add(catalog::period_in_other_year(&period.place, year.number()));
    } else if period.first_day() < year.first_day() || period.last_day() > year.last_day() {
        findings.add(catalog::period_outside_year(&period.place, year.number()));
    }
    let Some(follow_up) = &measure.follow_up else { return };
    let Some(date) = follow_up.date.filter(|date| date.month() < period.to().month()) else { return };
    findings.add(catalog::follow_up_before_end(&follow_up.text.place, date.month(), period.to().month()));
}

/// What is reported as done is proved.
fn evidence(measure: &Measure, findings: &mut Findings) {
    let is_bare = |result: &&Progress| result.state.value == State::Done && result.evidence.is_empty();
    for result in measure.results.iter().filter(is_bare) {
        findings.add(catalog::result_without_evidence(&result.state.place));
    }
}

/// Measures come from a decision, and a memo reports one that was already taken.
fn decision(round: &Round, plan: &MeasurePlan, findings: &mut Findings) {
    let is_named = plan.decided.as_ref().is_some_and(|decided| decided.by.is_some());
    if !is_named && !plan.measures.is_empty() {
        let place = plan.decided.as_ref().map_or(&plan.place, |decided| &decided.place);
        findings.add(catalog::decision_without_meeting(place));
    }
    let decided = plan.decided.as_ref().and_then(|decided| decided.date.as_ref());
    let (Some(decided), Some(memo)) = (decided, round.memos.get("")) else { return };
    if decided.value > memo.date.value {
        findings.add(catalog::decided_after_memo(&decided.place, memo.date.value));
    }
}

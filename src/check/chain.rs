//! Weakness → measure → result: whether what is referred to exists, and whether the times can be.

use crate::finding::Findings;
use crate::finding::catalog::chain as catalog;
use crate::framework::Framework;
use crate::language::{Language, Numerals};
use crate::model::date::FiscalYear;
use crate::model::{Measure, MeasurePlan, Round};

/// Judges the measures of a round.
pub fn check(round: &Round, framework: Option<&Framework>, findings: &mut Findings) {
    if let Some(framework) = framework {
        focus(round, framework, findings);
    }
    let Some(plan) = &round.measures else { return };
    for measure in &plan.measures {
        references(measure, framework, findings);
        times(measure, plan.fiscal_year.value, findings);
    }
    decision(round, plan, findings);
}

/// A `focus` speaks of indicators of its own instrument.
fn focus(round: &Round, framework: &Framework, findings: &mut Findings) {
    for (code, analysis) in &round.analyses {
        let belongs = |number| framework.indicators_of(code).any(|indicator| indicator.number == number);
        for number in analysis.focus.iter().filter(|number| !belongs(number.value)) {
            findings.add(catalog::unknown_indicator(&number.place, number.value));
        }
    }
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
    let end = period.to().month().long(Language::Thai, Numerals::Thai);
    let found = date.month().long(Language::Thai, Numerals::Thai);
    findings.add(catalog::follow_up_before_end(&follow_up.text.place, &found, &end));
}

/// A memo reports a decision that was already taken.
fn decision(round: &Round, plan: &MeasurePlan, findings: &mut Findings) {
    let decided = plan.decided.as_ref().and_then(|decided| decided.date.as_ref());
    let (Some(decided), Some(memo)) = (decided, round.memos.get("")) else { return };
    if decided.value > memo.date.value {
        findings.add(catalog::decided_after_memo(
            &decided.place,
            &memo.date.long(Language::Thai, Numerals::Thai),
        ));
    }
}

//! What only a day can judge: `check --on DATE`. No build knows a day, so nothing of this shows on a page.

use crate::finding::Findings;
use crate::finding::catalog::chain as catalog;
use crate::model::Round;
use crate::model::date::Date;

/// Judges the measures of a round as they stand on a day: where the period is over, a result is due.
pub fn check(round: &Round, day: Date, findings: &mut Findings) {
    let measures = round.measures.iter().flat_map(|plan| &plan.measures);
    for measure in measures.filter(|measure| measure.results.is_empty()) {
        if let Some(period) = measure.period.as_ref().filter(|period| period.last_day() < day) {
            findings.add(catalog::result_due(&period.place, period.last_day()));
        }
    }
}

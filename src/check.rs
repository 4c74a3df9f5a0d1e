//! Round, tally → findings: what is wrong with content that could be read. Rules only; the words are in the catalog.

pub mod calendar;
pub mod chain;
pub mod disclosure;
pub mod external;
pub mod score;

use crate::finding::Findings;
use crate::framework::Framework;
use crate::model::Round;
use crate::model::date::Date;
use crate::score::Tally;

/// Every rule about one round, and with a day those that need one.
pub fn round(
    round: &Round,
    framework: Option<&Framework>,
    tally: &Tally,
    on: Option<Date>,
    findings: &mut Findings,
) {
    score::check(round, framework, tally, findings);
    chain::check(round, framework, tally, findings);
    disclosure::check(round, framework, findings);
    if let Some(day) = on {
        calendar::check(round, day, findings);
    }
}

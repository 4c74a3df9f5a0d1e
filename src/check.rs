//! Round, tally → findings: what is wrong with content that could be read. Rules only; the words are in the catalog.

pub mod chain;
pub mod disclosure;
pub mod score;

use crate::finding::Findings;
use crate::framework::Framework;
use crate::model::Round;
use crate::score::Tally;

/// Every rule about one round.
pub fn round(round: &Round, framework: Option<&Framework>, tally: &Tally, findings: &mut Findings) {
    score::check(round, framework, tally, findings);
    chain::check(round, framework, tally, findings);
    disclosure::check(round, framework, findings);
}

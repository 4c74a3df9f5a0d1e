//! What an agency says → findings: what is wrong with content that could be read. Rules only; the words are in the catalog.

pub mod calendar;
pub mod chain;
pub mod disclosure;
pub mod external;
mod privacy;
pub mod score;
pub mod text;

use crate::finding::Findings;
use crate::finding::catalog::files;
use crate::framework::Framework;
use crate::model::date::Date;
use crate::model::{AgencyContent, Profile, Round};
use crate::score::Tally;
use text::Subject;

/// The last year of the old model with five indices, which is shown as announced and not judged (V for 2561).
const LAST_FOREIGN_YEAR: i16 = 2561;

/// How much of what can be wrong is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scrutiny {
    /// Everything.
    Whole,
    /// What can be an error, by which a portal leaves a round out. No text is read for its wording, which only ever warns.
    ErrorsAlone,
    /// Nothing: what could be read is taken as it is.
    None,
}

/// Every rule about the wording of an agency's own file. Prose is judged where it is evaluated: [`text::check_prose`].
pub fn agency(content: &AgencyContent, findings: &mut Findings) {
    text::check_agency(content, findings);
}

/// Every rule about one round of an agency that looks at figures, references and times, and with a day those that need one.
pub fn round(
    round: &Round,
    framework: Option<&Framework>,
    tally: &Tally,
    on: Option<Date>,
    findings: &mut Findings,
) {
    if framework.is_none() {
        unknown_year(round, findings);
    }
    score::check(round, framework, tally, findings);
    chain::check(round, framework, tally, findings);
    disclosure::check(round, framework, findings);
    if let Some(day) = on {
        calendar::check(round, day, findings);
    }
}

/// A year that nobody has described is said once, where its figures are typed, or else where its items are answered.
fn unknown_year(round: &Round, findings: &mut Findings) {
    let year = round.year.number();
    if year <= LAST_FOREIGN_YEAR {
        return;
    }
    if let Some(scores) = &round.scores {
        findings.add(files::no_framework(&scores.fiscal_year.place, year));
    } else if let Some(disclosure) = &round.disclosure {
        findings.add(files::no_items(&disclosure.fiscal_year.place, year));
    }
}

/// Every rule about the wording of a round, again without its prose. None of them finds an error.
pub fn wording(
    round: &Round,
    agency: &Profile,
    framework: Option<&Framework>,
    tally: &Tally,
    findings: &mut Findings,
) {
    let subject =
        Subject { agency: Some(agency), round: Some(round), framework, tally: Some(tally), is_of_year: true };
    text::check_round(subject, findings);
}

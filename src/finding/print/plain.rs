//! The words of a finding without any layout, piece by piece and as one text.

use super::{AT_STAKE, cost};
use crate::finding::{Explained, Finding, Location};
use crate::language::Language;

/// Further places that are worth a look before the file has to be checked again anyway.
const PLACES_SHOWN: usize = 10;

pub(super) const MEND: Explained = Explained { th: "แก้ไข: ", en: "fix: " };
const ACCEPTED: Explained = Explained { th: "ยอมรับแล้ว: ", en: "accepted: " };

/// The message with everything that is known besides, line by line.
pub(super) fn whole(finding: &Finding, language: Language) -> String {
    let places = further_places(&finding.also, language);
    let labelled = consequences(finding, language);
    let labelled = labelled.into_iter().map(|(label, text)| format!("{}{text}", label.in_language(language)));
    let message = finding.message.in_language(language).to_owned();
    [message]
        .into_iter()
        .chain(places.map(|(label, places)| label + &places))
        .chain(labelled)
        .collect::<Vec<_>>()
        .join("\n")
}

/// How many further places there are, and the first of them.
pub(super) fn further_places(also: &[Location], language: Language) -> Option<(String, String)> {
    let count = also.len();
    let label = match language {
        Language::Thai => format!("และอีก {count} แห่ง: "),
        Language::English => format!("and {count} more: "),
    };
    let mut places: Vec<String> = also
        .iter()
        .take(PLACES_SHOWN)
        .map(|place| format!("{}:{}", place.start.line, place.start.column))
        .collect();
    if count > PLACES_SHOWN {
        places.push("…".to_owned());
    }
    (count > 0).then(|| (label, places.join(", ")))
}

/// What the finding may cost and what to do about it; for an accepted one the author's reason instead. What only informs asks for nothing.
pub(super) fn consequences(finding: &Finding, language: Language) -> Vec<(Explained, String)> {
    if finding.is_information() {
        return Vec::new();
    }
    if let Some(reason) = &finding.accepted {
        return vec![(ACCEPTED, reason.clone())];
    }
    let cost = cost::of_one(&finding.stakes);
    let cost = cost.map(|cost| (AT_STAKE, cost.in_language(language).to_owned()));
    cost.into_iter().chain([(MEND, finding.remedy.in_language(language).to_owned())]).collect()
}

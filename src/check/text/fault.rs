//! What is wrong with a wording, as symbols: gathered while texts are read, put into words once at the end.

use super::mend;
use crate::check::privacy::Secret;
use crate::finding::catalog::{privacy, text as catalog};
use crate::finding::{Finding, Findings, Location};
use crate::model::number::Score;
use crate::source::Place;
use crate::thai::Misspelling;
use std::mem::discriminant;
use std::ops::Range;

/// A fault; equal ones of one file become one finding. Texts are as quoted in messages, without the white space that wraps them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fault {
    /// Told apart by what was found only where the message shows it.
    Characters(Misspelling, String),
    AgencyName {
        found: String,
        name: String,
    },
    OfficeName {
        found: String,
        name: String,
    },
    /// A code beside the name of another instrument.
    InstrumentCode {
        code: String,
        name: String,
        belongs_to: String,
    },
    InstrumentName {
        found: String,
        name: String,
    },
    /// The title of one instrument's analysis speaks of another.
    InstrumentTitle {
        code: String,
        found: String,
    },
    /// A number beside the name of another indicator.
    IndicatorNumber {
        number: u8,
        name: String,
        belongs_to: u8,
    },
    IndicatorName {
        number: u8,
        found: String,
        name: String,
    },
    IndicatorAlias {
        number: u8,
        found: String,
        name: String,
    },
    /// A sub-indicator beside an item, or what an item demands, that another one holds.
    ItemGroup {
        group: String,
        item: String,
        belongs_to: String,
    },
    Year {
        found: String,
        year: i16,
    },
    MixedNumerals,
    /// By tag.
    RawHtml(String),
    OtherTotal {
        found: Score,
        total: Score,
    },
    OtherLevel {
        found: String,
        level: String,
    },
    OtherScore {
        number: u8,
        found: Score,
        score: Score,
    },
    Private(Secret),
}

/// Faults with their places.
#[derive(Default)]
pub(super) struct Faults(Vec<(Place, Fault)>);

/// As many findings of one kind of fault as one file may bring, and about as many places as they may name together. Nobody reads more,
/// and each holds a line of the source: a megabyte of slips on one line must not become a terabyte of findings.
const LIMIT: usize = 50;

impl Fault {
    /// What is wrong with the characters of a word.
    pub(super) fn of_characters(slip: Misspelling, found: &str) -> Self {
        let is_shown = matches!(slip, Misspelling::Invisible | Misspelling::LostSaraAm);
        Fault::Characters(slip, if is_shown { found.to_owned() } else { String::new() })
    }

    /// Whether it would be mended anywhere else.
    fn is_mechanical(&self, place: &Place) -> bool {
        matches!(self, Fault::Characters(slip, _) if slip.mended(place.text()).is_some())
    }

    /// What should stand in the place of the fault; `None` where it takes a person.
    fn mended(&self, place: &Place) -> Option<(Range<usize>, String)> {
        match self {
            Fault::Characters(slip, _) => mend::mended(*slip, place),
            _ => None,
        }
    }
}

impl Faults {
    /// Takes some more.
    pub(super) fn extend(&mut self, faults: impl IntoIterator<Item = (Place, Fault)>) {
        self.0.extend(faults);
    }

    /// Turns them into findings: equal ones of one file into one, at its first place, with the others beside it.
    pub(super) fn report(mut self, findings: &mut Findings) {
        fn key((place, fault): &(Place, Fault)) -> (&str, &Fault) {
            (&place.source.path, fault)
        }
        self.0.sort_by(|a, b| key(a).cmp(&key(b)).then_with(|| a.0.span.start.cmp(&b.0.span.start)));
        // Items of a quoted list have one place, and a phrase may begin within another.
        self.0.dedup_by(|a, b| key(a) == key(b) && a.0.span == b.0.span);
        let (mut kind, mut found, mut named) = (None, 0, 0);
        for equal in self.0.chunk_by(|a, b| key(a) == key(b)) {
            let (first, fault) = &equal[0];
            let of_kind = Some((&first.source.path, discriminant(fault)));
            if kind != of_kind {
                (kind, found, named) = (of_kind, 0, 0);
            }
            found += 1;
            if found <= LIMIT {
                let places = &equal[..equal.len().min(LIMIT.saturating_sub(named).max(1))];
                named += places.len();
                let mut finding = in_words(fault, first);
                finding.also = places[1..].iter().map(|(place, _)| Location::of(place)).collect();
                let edits = equal.iter().filter_map(|(place, fault)| fault.mended(place));
                let finding = finding.fix(&first.source, edits);
                let is_left = finding.fix.is_none() && fault.is_mechanical(first);
                findings.add(if is_left { catalog::by_hand(finding) } else { finding });
            }
        }
    }
}

fn in_words(fault: &Fault, place: &Place) -> Finding {
    match fault {
        Fault::Characters(slip, _) => characters(*slip, place),
        Fault::AgencyName { found, name } => catalog::agency_name(place, found, name),
        Fault::OfficeName { found, name } => catalog::office_name(place, found, name),
        Fault::InstrumentCode { code, name, belongs_to } => {
            catalog::instrument_code(place, code, name, belongs_to)
        }
        Fault::InstrumentName { found, name } => catalog::instrument_name(place, found, name),
        Fault::InstrumentTitle { code, found } => catalog::instrument_title(place, code, found),
        Fault::IndicatorNumber { number, name, belongs_to } => {
            catalog::indicator_number(place, *number, name, *belongs_to)
        }
        Fault::IndicatorName { number, found, name } => catalog::indicator_name(place, *number, found, name),
        Fault::IndicatorAlias { number, found, name } => {
            catalog::indicator_alias(place, *number, found, name)
        }
        Fault::ItemGroup { group, item, belongs_to } => catalog::item_group(place, group, item, belongs_to),
        Fault::Year { found, year } => catalog::year(place, found, *year),
        Fault::MixedNumerals => catalog::mixed_numerals(place),
        Fault::RawHtml(_) => catalog::raw_html(place),
        Fault::OtherTotal { found, total } => {
            catalog::other_total(place, &found.to_string(), &total.to_string())
        }
        Fault::OtherLevel { found, level } => catalog::other_level(place, found, level),
        Fault::OtherScore { number, found, score } => {
            catalog::other_score(place, *number, &found.to_string(), &score.to_string())
        }
        Fault::Private(Secret::CitizenNumber) => privacy::citizen_number(place),
        Fault::Private(Secret::Telephone) => privacy::private_phone(place),
        Fault::Private(Secret::Mail) => privacy::private_email(place),
    }
}

fn characters(slip: Misspelling, place: &Place) -> Finding {
    match slip {
        Misspelling::DecomposedSaraAm => catalog::decomposed_sara_am(place),
        Misspelling::LostSaraAm => catalog::lost_sara_am(place),
        Misspelling::DoubledSaraE => catalog::doubled_sara_e(place),
        Misspelling::RepeatedMark => catalog::repeated_mark(place),
        Misspelling::ClashingMarks => catalog::clashing_marks(place),
        Misspelling::SwappedMarks => catalog::mark_order(place),
        Misspelling::Invisible => catalog::invisible_character(place),
    }
}

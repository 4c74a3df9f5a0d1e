//! Rounds, read and judged. A process that makes the same agency again and again does that only with those of which a file is another one.

use super::Press;
use crate::check::{self, Scrutiny};
use crate::finding::{Acceptance, Findings};
use crate::model::date::FiscalYear;
use crate::model::{Agency, Attachments, Round};
use crate::parse;
use crate::read::{AgencyFolder, Texts, YearFolder};
use crate::score::{self, Tally};
use crate::source::Source;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// All rounds of an agency, by assessed year.
pub(crate) type Appraisals = BTreeMap<FiscalYear, Arc<Appraisal>>;

/// A round, with what was found where it was read and where it was judged by itself.
#[derive(Debug)]
pub(crate) struct Appraisal {
    origin: Origin,
    pub(super) round: Arc<Round>,
    /// What follows from its scores.
    pub(super) tally: Tally,
    pub(super) findings: Findings,
    /// What its authors accept.
    pub(super) acceptances: Vec<Acceptance>,
}

/// All that an appraisal is made from besides what all agencies share and what is looked for.
#[derive(Debug, PartialEq)]
struct Origin {
    folder: String,
    /// In the order of their names.
    texts: Vec<Arc<Source>>,
    attachments: Attachments,
    /// What the agency says of itself, in a portal.
    about: Option<Arc<Source>>,
}

/// Reads and judges every round of an agency, on all cores. Those that were appraised the last time and are as they were are kept.
pub(super) fn of_agency(
    press: &Press<'_>,
    agency: &Agency,
    folder: &AgencyFolder,
    texts: &Texts,
    last: &Appraisals,
) -> Appraisals {
    let about = folder.about.as_ref().and_then(|file| texts.get(&file.path));
    let of_year = |(year, of_year): (&FiscalYear, &YearFolder)| {
        let origin = Origin {
            folder: of_year.path.clone(),
            texts: of_year.files.values().filter_map(|file| texts.get(&file.path)).cloned().collect(),
            attachments: of_year.attachments.clone(),
            about: about.cloned(),
        };
        let kept = last.get(year).filter(|last| last.origin == origin).cloned();
        (*year, kept.unwrap_or_else(|| Arc::new(appraisal(press, agency, *year, of_year, texts, origin))))
    };
    folder.years.par_iter().map(of_year).collect()
}

fn appraisal(
    press: &Press<'_>,
    agency: &Agency,
    year: FiscalYear,
    folder: &YearFolder,
    texts: &Texts,
    origin: Origin,
) -> Appraisal {
    let Press { site, inquiry, scrutiny, .. } = press;
    let mut findings = Findings::default();
    let (round, acceptances) = parse::round(year, folder, texts, &mut findings);
    let framework = site.frameworks.of(year);
    let tally = score::tally(&round, framework);
    if *scrutiny != Scrutiny::None {
        check::round(&round, framework, &tally, inquiry.on, &mut findings);
    }
    if *scrutiny == Scrutiny::Whole {
        check::wording(&round, &agency.profile, framework, &tally, &mut findings);
    }
    Appraisal { origin, round: Arc::new(round), tally, findings, acceptances }
}

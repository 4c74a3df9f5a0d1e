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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::manuscript::Manuscript;
    use crate::build::open;
    use crate::build::recent::{Recent, Reusable};
    use crate::read;
    use std::path::Path;

    #[test]
    fn only_a_round_with_another_file_is_appraised_again() {
        let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sites/portal"));
        let mut findings = Findings::default();
        let site = open(root, Texts::new()).unwrap().0.unwrap();
        let survey = read::survey(root, true, &mut findings).unwrap();
        let press = Press::of(&site, &survey);
        let folder = survey.agencies.iter().find(|folder| folder.years.len() > 1).unwrap();
        let recent = Recent::default();
        let mut appraised_again = |texts: &Texts| -> Vec<FiscalYear> {
            let last = recent.get(folder.id.as_deref()).appraisals;
            let manuscript = Manuscript::read(&press, folder, texts, &last, &mut findings).unwrap();
            let appraisals = manuscript.appraisals;
            let is_kept =
                |year: &FiscalYear| last.get(year).is_some_and(|last| Arc::ptr_eq(last, &appraisals[year]));
            let again = appraisals.keys().copied().filter(|year| !is_kept(year)).collect();
            recent.put(folder.id.as_deref(), Reusable { appraisals, ..Reusable::default() });
            again
        };
        // Read from the disk each time, as by every build.
        let texts = || read::texts(folder, &Texts::new(), &mut Findings::default()).unwrap();
        let all: Vec<FiscalYear> = folder.years.keys().copied().collect();
        assert_eq!(appraised_again(&texts()), all);
        assert!(appraised_again(&texts()).is_empty());
        let with_another = |file: &read::File| {
            let mut texts = texts();
            let text = format!("{}\n# หมายเหตุ\n", texts[&file.path].text);
            texts.insert(file.path.clone(), Source::new(&file.path, text));
            texts
        };
        let (year, of_year) = folder.years.first_key_value().unwrap();
        assert_eq!(appraised_again(&with_another(of_year.files.values().next().unwrap())), [*year]);
        assert_eq!(appraised_again(&texts()), [*year]);
        assert_eq!(appraised_again(&with_another(folder.about.as_ref().unwrap())), all);
    }
}

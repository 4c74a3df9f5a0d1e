//! What an agency says: from its texts, with each round judged, to what is planned of it.

use super::appraisal::{self, Appraisals};
use super::{Press, Site};
use crate::check::{self, Scrutiny};
use crate::finding::catalog::files;
use crate::finding::{Acceptance, Finding, Findings, Severity};
use crate::model::date::FiscalYear;
use crate::model::summary::AgencySummary;
use crate::model::{Agency, AgencyContent};
use crate::parse;
use crate::plan;
use crate::read::{AgencyFolder, Texts};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What an agency says, and what follows from each of its rounds.
#[derive(Clone)]
pub(super) struct Manuscript {
    content: AgencyContent,
    pub(super) appraisals: Appraisals,
    pub(super) acceptances: Vec<Acceptance>,
}

impl Manuscript {
    /// From the texts of a folder; `None` if the agency's own file cannot be read. Rounds that are as they were the last time are not read
    /// again.
    pub(super) fn read(
        press: &Press<'_>,
        folder: &AgencyFolder,
        texts: &Texts,
        last: &Appraisals,
        findings: &mut Findings,
    ) -> Option<Manuscript> {
        let (agency, mut acceptances) = agency_of(press.site, folder, texts, findings)?;
        let appraisals = appraisal::of_agency(press, &agency, folder, texts, last);
        let rounds =
            appraisals.iter().map(|(year, appraisal)| (*year, Arc::clone(&appraisal.round))).collect();
        let (content, more) = parse::agency(folder, texts, agency, rounds, findings);
        acceptances.extend(more);
        for appraisal in appraisals.values() {
            acceptances.extend(appraisal.acceptances.iter().cloned());
            findings.append(appraisal.findings.clone());
        }
        Some(Manuscript { content, appraisals, acceptances })
    }

    /// Plans what is asked for. Some errors, such as a link that leads nowhere, are found only then; in a portal it is planned once more
    /// without the rounds that hold them, and these are not in it any more.
    pub(super) fn lay_out<P>(
        &mut self,
        press: &Press<'_>,
        plan: impl Fn(plan::Input<'_>, &mut Findings) -> P,
        findings: &mut Findings,
    ) -> (AgencySummary, P) {
        let Press { site, scrutiny, .. } = press;
        let Manuscript { content, appraisals, acceptances } = self;
        let tallies: BTreeMap<_, _> =
            appraisals.iter().map(|(year, appraisal)| (*year, appraisal.tally.clone())).collect();
        if *scrutiny == Scrutiny::Whole {
            check::agency(content, findings);
        }
        let plan = |content: &AgencyContent, left_out: &[FiscalYear], findings: &mut Findings| {
            let summary = plan::summary(content, &tallies, left_out, &site.frameworks);
            let input = plan::Input {
                settings: &site.settings,
                frameworks: &site.frameworks,
                content,
                tallies: &tallies,
                summary: &summary,
                acceptances,
                left_out,
                is_judged: *scrutiny == Scrutiny::Whole,
            };
            let planned = plan(input, findings);
            (summary, planned)
        };
        let mut left_out = take_rounds_with_errors(site, content, findings, acceptances);
        let planned = plan(content, &left_out, findings);
        let late = take_rounds_with_errors(site, content, findings, acceptances);
        if late.is_empty() {
            return planned;
        }
        left_out.extend(late);
        left_out.sort_unstable();
        plan(content, &left_out, &mut Findings::default())
    }
}

/// The agency of a folder: from `prongsai.yaml`, or its own `agency.yaml` in a portal.
fn agency_of(
    site: &Site,
    folder: &AgencyFolder,
    texts: &Texts,
    findings: &mut Findings,
) -> Option<(Arc<Agency>, Vec<Acceptance>)> {
    let Some(id) = &folder.id else {
        return site.settings.agency.clone().map(|agency| (Arc::new(agency), Vec::new()));
    };
    let Some(file) = &folder.about else {
        findings.add(files::missing_file(&format!("{}/agency.yaml", folder.path)));
        return None;
    };
    let (agency, acceptances) = parse::agency_file(texts.get(&file.path)?, findings);
    Some((Arc::new(Agency { id: Some(id.clone()), ..agency? }), acceptances))
}

/// In a portal a round with an error is taken out, and the rest of its agency published.
fn take_rounds_with_errors(
    site: &Site,
    content: &mut AgencyContent,
    findings: &Findings,
    acceptances: &[Acceptance],
) -> Vec<FiscalYear> {
    if site.settings.portal.is_none() {
        return Vec::new();
    }
    let stands = |finding: &&Finding| {
        finding.severity == Severity::Error
            && !acceptances.iter().any(|acceptance| acceptance.covers(finding))
    };
    let errors: Vec<&Finding> = findings.iter().filter(stands).collect();
    let has_error = |folder: &str| errors.iter().any(|finding| finding.location.is_below(folder));
    let years: Vec<FiscalYear> =
        content.rounds.iter().filter(|(_, round)| has_error(&round.folder)).map(|(year, _)| *year).collect();
    content.rounds.retain(|year, _| !years.contains(year));
    years
}

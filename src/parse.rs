//! Texts → what an agency says: every file through its format. It knows no disk and no rule of ITA.

pub mod form;
pub mod framework;
pub mod markdown;
pub mod shape;
pub mod yaml;

use crate::finding::catalog::files;
use crate::finding::{Acceptance, Findings};
use crate::model::date::FiscalYear;
use crate::model::*;
use crate::read::{AgencyFolder, Texts, YearFolder};
use crate::source::Source;
use markdown::Body;
use shape::{AnalysisFile, MemoFile, NarrativeFile, Reader, Record};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// The three instruments by the names of their files.
pub const ANALYSES: [(&str, &str); 3] = [("iit.md", "IIT"), ("eit.md", "EIT"), ("oit.md", "OIT")];

/// Reads `prongsai.yaml`, and what its author accepts.
pub fn settings(source: &Arc<Source>, findings: &mut Findings) -> (Option<Settings>, Vec<Acceptance>) {
    yaml_file(source, None, findings)
}

/// Reads `agency.yaml`.
pub fn agency_file(source: &Arc<Source>, findings: &mut Findings) -> (Option<Agency>, Vec<Acceptance>) {
    yaml_file(source, None, findings)
}

/// Reads `scores.yaml` of a year.
pub fn scores(
    source: &Arc<Source>,
    year: FiscalYear,
    findings: &mut Findings,
) -> (Option<Scores>, Vec<Acceptance>) {
    let (scores, accepted) = yaml_file::<Scores>(source, Some(year), findings);
    (scores.filter(|scores| fits(&scores.fiscal_year, year, year, findings)), accepted)
}

/// A narrative outside of any year: `index.md` of a portal, or one of its pages.
pub fn narrative(source: &Arc<Source>, findings: &mut Findings) -> (Narrative, Vec<Acceptance>) {
    let (file, body, accepted) = markdown_file::<NarrativeFile>(source, findings);
    let file = file.unwrap_or_else(no_front_matter);
    let NarrativeFile { title, date, updated, office, files, menu, order } = file;
    (Narrative { title, date, updated, office, files, menu, order, body }, accepted)
}

/// Reads what an agency says besides its rounds, and puts these with it. What cannot be read is missing in the result, and the findings say
/// so.
pub fn agency(
    folder: &AgencyFolder,
    texts: &Texts,
    agency: Arc<Agency>,
    rounds: BTreeMap<FiscalYear, Arc<Round>>,
    findings: &mut Findings,
) -> (AgencyContent, Vec<Acceptance>) {
    let mut accepted = Vec::new();
    let mut read = |path: &str| {
        let (narrative, more) = narrative(texts.get(path)?, findings);
        accepted.extend(more);
        Some(narrative)
    };
    let index = folder.index.as_ref().and_then(|file| read(&file.path));
    let pages: BTreeMap<_, _> =
        folder.pages.iter().filter_map(|(id, file)| Some((id.clone(), read(&file.path)?))).collect();
    for (id, _) in pages.iter().filter(|(_, page)| page.title.is_none()) {
        let source = folder.pages.get(id).and_then(|file| texts.get(&file.path));
        findings.extend(source.map(|source| files::missing_key(&source.whole(), "title")));
    }
    (AgencyContent { agency, index, pages, attachments: folder.attachments.clone(), rounds }, accepted)
}

/// Reads everything of one year in the same way.
pub fn round(
    year: FiscalYear,
    folder: &YearFolder,
    texts: &Texts,
    findings: &mut Findings,
) -> (Round, Vec<Acceptance>) {
    let mut accepted = Vec::new();
    let source = |name: &str| folder.files.get(name).and_then(|file| texts.get(&file.path));
    let mut keep = |(record, more): (Option<Scores>, Vec<Acceptance>)| {
        accepted.extend(more);
        record
    };
    let scores = source("scores.yaml").and_then(|source| keep(yaml_file(source, Some(year), findings)));
    let measures = source("measures.yaml").and_then(|source| {
        let (plan, more) = yaml_file::<MeasurePlan>(source, Some(year.next()), findings);
        accepted.extend(more);
        plan
    });
    let disclosure = source("disclosure.yaml").and_then(|source| {
        let (disclosure, more) = yaml_file::<Disclosure>(source, Some(year), findings);
        accepted.extend(more);
        disclosure
    });
    let report = source("report.md").map(|source| {
        let (report, more) = narrative(source, findings);
        accepted.extend(more);
        report
    });
    let mut analyses = BTreeMap::new();
    for (name, code) in ANALYSES {
        let Some(source) = source(name) else { continue };
        let (file, body, more) = markdown_file::<AnalysisFile>(source, findings);
        accepted.extend(more);
        analyses.insert(code, Analysis { focus: file.map(|file| file.focus).unwrap_or_default(), body });
    }
    let mut memos = BTreeMap::new();
    for (name, file) in folder.files.iter().filter(|(name, _)| name.starts_with("memo")) {
        let Some(source) = texts.get(&file.path) else { continue };
        let (memo, more) = memo(source, findings);
        accepted.extend(more);
        let id = name.trim_start_matches("memo").trim_start_matches('-').trim_end_matches(".md");
        memos.extend(memo.map(|memo| (id.to_owned(), memo)));
    }
    let scores = scores.filter(|scores| fits(&scores.fiscal_year, year, year, findings));
    let measures = measures.filter(|plan| fits(&plan.fiscal_year, year, year.next(), findings));
    let disclosure = disclosure.filter(|disclosure| fits(&disclosure.fiscal_year, year, year, findings));
    let attachments = folder.attachments.clone();
    let round = Round {
        year,
        scores,
        report,
        analyses,
        measures,
        memos,
        disclosure,
        attachments,
        folder: folder.path.clone(),
    };
    (round, accepted)
}

/// `fiscal_year` is a check digit against copied folders.
fn fits(
    given: &Given<FiscalYear>,
    folder: FiscalYear,
    expected: FiscalYear,
    findings: &mut Findings,
) -> bool {
    let is_right = given.value == expected;
    if !is_right {
        let numbers = (given.value.number(), folder.number(), expected.number());
        findings.add(files::year_mismatch(&given.place, numbers.0, numbers.1, numbers.2));
    }
    is_right
}

/// A memo: its head is required, whatever its body says.
fn memo(source: &Arc<Source>, findings: &mut Findings) -> (Option<Memo>, Vec<Acceptance>) {
    let (file, body, accepted) = markdown_file::<MemoFile>(source, findings);
    if file.is_none() && yaml::front_matter(source).0.is_none() {
        findings.add(files::missing_key(&source.whole(), "office"));
    }
    let memo = file.map(|file| {
        let MemoFile { office, number, date, subject, to, mut signed_by, mut endorsements, files } = file;
        let number = Given { value: number.value.0, place: number.place };
        bare_name(&mut signed_by, findings);
        endorsements.iter_mut().for_each(|endorsement| bare_name(&mut endorsement.signatory, findings));
        Memo { office, number, date, subject, to, signed_by, endorsements, files, body }
    });
    (memo, accepted)
}

/// Pages add the parentheses, so a typed one, or half of one, is dropped.
fn bare_name(signatory: &mut Signatory, findings: &mut Findings) {
    let name = &signatory.name;
    let bare = name.trim().trim_start_matches('(').trim_end_matches(')').trim().to_owned();
    if bare != name.value {
        findings.add(files::parentheses(&name.place));
        signatory.name.value = bare;
    }
}

fn yaml_file<T: Record>(
    source: &Arc<Source>,
    year: Option<FiscalYear>,
    findings: &mut Findings,
) -> (Option<T>, Vec<Acceptance>) {
    let whole = 0..source.text.len();
    read_document(source, whole, year, findings)
}

fn read_document<T: Record>(
    source: &Arc<Source>,
    span: Range<usize>,
    year: Option<FiscalYear>,
    findings: &mut Findings,
) -> (Option<T>, Vec<Acceptance>) {
    let Some(outline) = yaml::outline(source, span, findings) else { return (None, Vec::new()) };
    shape::document(outline.root(), &mut Reader { findings, year })
}

/// Front matter, which may be left out or empty, and the body behind it.
fn markdown_file<T: Record>(
    source: &Arc<Source>,
    findings: &mut Findings,
) -> (Option<T>, Body, Vec<Acceptance>) {
    let (front, body) = yaml::front_matter(source);
    let body = markdown::body(source, body, findings);
    let is_empty = |span: &Range<usize>| {
        source.text[span.clone()]
            .lines()
            .all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
    };
    match front.filter(|span| !is_empty(span)) {
        Some(span) => {
            let (file, accepted) = read_document(source, span, None, findings);
            (file, body, accepted)
        }
        None => (None, body, Vec::new()),
    }
}

fn no_front_matter() -> NarrativeFile {
    NarrativeFile {
        title: None,
        date: None,
        updated: None,
        office: None,
        files: Vec::new(),
        menu: None,
        order: None,
    }
}

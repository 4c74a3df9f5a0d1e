//! Scores from a spreadsheet: a table → what `scores.yaml` of one or many agencies is to become, and back again as a template to be filled in.
//!
//! Everything happens in memory first. The new text of each file is read again: it has to say exactly what the table says, and is judged by
//! the same rules as `check` judges it, only that what is wrong is told of the cell that it came from. With an error in any of it nothing is
//! written at all. Agencies are never begun here, and what is filled in already is left alone unless somebody asks for the opposite.

mod agencies;
mod columns;
mod edit;
mod figure;
mod rows;
mod template;

pub use template::{Form, template};

use crate::build;
use crate::check;
use crate::failure::{Failure, Result};
use crate::finding::catalog::import as catalog;
use crate::finding::{Acceptance, Finding, Findings, Location};
use crate::fix::{self, Mended, Plan, Step};
use crate::framework::Frameworks;
use crate::language::Words;
use crate::model::date::FiscalYear;
use crate::model::{Round, Scores, Settings};
use crate::parse;
use crate::read::{self, Texts};
use crate::scaffold::{self, NewFile, NewYear};
use crate::score;
use crate::source::Source;
use crate::spreadsheet::{self, MOST_ROWS, Refusal};
use agencies::{Agencies, Agency};
use columns::Names;
use edit::Entered;
use figure::{Field, Figure, Value};
use rayon::prelude::*;
use rows::{Gathering, Said};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::slice;
use std::sync::Arc;

/// What is to be imported.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The site's folder.
    pub root: &'a Path,
    /// Where the table lies.
    pub file: &'a Path,
    /// The same as the person named it.
    pub name: &'a str,
    /// The year of tables that have no column of years.
    pub year: Option<FiscalYear>,
    /// Whether the table is right where a file says something else.
    pub overwrites: bool,
}

/// What a table would change, and what is wrong with it.
#[derive(Debug)]
pub struct Import {
    /// Of the site's settings, the table, and the figures in it; in the order of the table.
    pub findings: Findings,
    /// Files that are there and change.
    pub changed: Plan,
    /// Files that are not there yet, each with its values.
    pub new: Vec<New>,
    /// How many files have all of it already.
    pub unchanged: usize,
    /// How many rows of the table say anything.
    pub rows: usize,
    /// Of how many agencies.
    pub agencies: usize,
    /// Sheets that hold something else than results.
    pub passed_over: Vec<String>,
}

/// A file that is to be made.
#[derive(Debug)]
pub struct New {
    /// All of it.
    pub file: NewFile,
    /// How its values got into the text that a new year begins with.
    pub step: Step,
}

/// A site, as far as an import has to know it.
struct Site {
    settings: Settings,
    frameworks: Frameworks,
}

/// What becomes of one `scores.yaml`.
enum Outcome {
    Changed(Step),
    New(New),
    Unchanged,
    /// The findings say why.
    Stopped,
}

/// Works out what a table would change. Nothing is written.
///
/// # Errors
/// A folder that is no site, and the machine's.
pub fn plan(request: &Request<'_>) -> Result<Import> {
    let mut findings = Findings::default();
    let mut import = Import {
        findings: Findings::default(),
        changed: Plan { files: Vec::new(), left: Findings::default() },
        new: Vec::new(),
        unchanged: 0,
        rows: 0,
        agencies: 0,
        passed_over: Vec::new(),
    };
    let site = open(request.root, &mut findings)?;
    if let Some(site) = site.filter(|_| !findings.has_errors()) {
        read_table(request, &site, &mut import, &mut findings)?;
    }
    import.findings = findings;
    Ok(import)
}

fn read_table(
    request: &Request<'_>,
    site: &Site,
    import: &mut Import,
    findings: &mut Findings,
) -> Result<()> {
    let bytes = fs::read(request.file).map_err(|error| Failure::io(request.file, &error))?;
    let book = match spreadsheet::read(&bytes) {
        Ok(book) => book,
        Err(refusal) => {
            findings.add(refused(request.name, refusal));
            return Ok(());
        }
    };
    let agencies = Agencies::of(request.root, &site.settings)?;
    let gathering = Gathering {
        file: request.name,
        names: &Names::of(&site.frameworks),
        agencies: &agencies,
        year: request.year,
        base_url: site.settings.base_url.as_deref(),
    };
    let Said { rounds, rows, passed_over } = gathering.gather(&book, findings);
    import.rows = rows;
    import.passed_over = passed_over;
    import.agencies = rounds.keys().map(|(agency, _)| agency).collect::<BTreeSet<_>>().len();
    let rounds: Vec<_> = rounds.iter().collect();
    let outcomes: Vec<Result<(Outcome, Findings)>> = rounds
        .par_iter()
        .map(|((at, year), said)| {
            let mut findings = Findings::default();
            let Some(agency) = agencies.agency(*at) else { return Ok((Outcome::Stopped, findings)) };
            let outcome = Entry { request, site, agency, year: *year, said }.outcome(&mut findings)?;
            Ok((outcome, findings))
        })
        .collect();
    for outcome in outcomes {
        let (outcome, more) = outcome?;
        findings.append(more);
        match outcome {
            Outcome::Changed(step) => import.changed.files.push(Mended::edited(request.root, step)?),
            Outcome::New(new) => import.new.push(new),
            Outcome::Unchanged => import.unchanged += 1,
            Outcome::Stopped => {}
        }
    }
    in_order(findings);
    Ok(())
}

impl Import {
    /// Writes all files, or none where one of them may not be written.
    ///
    /// # Errors
    /// Only the machine's: a file that may not be written, or was changed by somebody since it was read.
    pub fn write(&self, root: &Path) -> Result<()> {
        let admitted = self.changed.admit(root)?;
        let made = fix::side_by_side(&self.new, |new| make(root, &new.file));
        made.and_then(|()| admitted.write())
            .inspect_err(|_| self.new.iter().for_each(|new| unmake(root, &new.file)))
    }

    /// How many files are made or changed.
    pub fn files(&self) -> usize {
        self.new.len() + self.changed.files.len()
    }
}

/// Makes a file that is not there.
fn make(root: &Path, file: &NewFile) -> Result<()> {
    let written = scaffold::write(root, slice::from_ref(file))?;
    match written.kept.first() {
        None => Ok(()),
        Some(kept) => Err(Failure::usage(
            format!("มีผู้สร้าง {kept} ระหว่างนำเข้า ให้สั่งใหม่อีกครั้ง"),
            format!("somebody made {kept} meanwhile; try again"),
        )),
    }
}

/// Takes a file away that was made, where the others could not be.
fn unmake(root: &Path, file: &NewFile) {
    let place = root.join(&file.path);
    if fs::read(&place).is_ok_and(|bytes| bytes == file.text.as_bytes()) {
        // A file that stays says what the table says.
        let _ = fs::remove_file(&place);
    }
}

fn open(root: &Path, findings: &mut Findings) -> Result<Option<Site>> {
    let source = read::root_file(root, read::SETTINGS, &Texts::new(), findings)?;
    let Some(source) = source else {
        let no_site = Failure::usage(
            "โฟลเดอร์นี้ไม่ใช่เว็บไซต์ของ prongsai เพราะไม่มี prongsai.yaml ให้ระบุโฟลเดอร์ด้วย -C",
            "there is no prongsai.yaml, so this is no site; name its folder with -C",
        );
        return if findings.has_errors() { Ok(None) } else { Err(no_site) };
    };
    let (settings, _) = parse::settings(&source, findings);
    let frameworks = build::frameworks(root, findings)?;
    Ok(settings.map(|settings| Site { settings, frameworks }))
}

/// What a file is that is no table.
fn refused(file: &str, refusal: Refusal) -> Finding {
    let words = match refusal {
        Refusal::TooLong { sheet } => return catalog::too_many_rows(file, &sheet, MOST_ROWS),
        Refusal::TooLarge => return catalog::too_large(file),
        Refusal::Empty => Words::new("ไฟล์นี้ว่างเปล่า", "the file is empty"),
        Refusal::Locked => Words::new("ไฟล์นี้ตั้งรหัสผ่านไว้", "the file is kept shut by a password"),
        Refusal::Old => Words::new("ไฟล์นี้เป็น Excel รุ่นเก่า (.xls)", "the file is of Excel before 2007 (.xls)"),
        Refusal::Foreign => Words::new("ไฟล์นี้ไม่ใช่ตาราง", "the file is no spreadsheet"),
        Refusal::Damaged => Words::new("ไฟล์นี้เสียหาย", "the file is damaged"),
    };
    catalog::unreadable(file, words)
}

/// The table from top to bottom, and then the files of the site. Sheets stay in their order, since each is read as a whole; what was found of
/// the figures of a round joins what was found of its cells.
fn in_order(findings: &mut Findings) {
    let mut list: Vec<Finding> = findings.iter().cloned().collect();
    let sheet =
        |finding: &Finding| finding.location.route.rsplit_once('!').map(|(sheet, _)| sheet.to_owned());
    let mut sheets: BTreeMap<Option<String>, usize> = BTreeMap::new();
    for finding in &list {
        let next = sheets.len();
        sheets.entry(sheet(finding)).or_insert(next);
    }
    list.sort_by_cached_key(|finding| {
        let Location { file, start, .. } = &finding.location;
        (file.ends_with(".yaml"), sheets.get(&sheet(finding)).copied(), file.clone(), *start)
    });
    *findings = Findings::default();
    findings.extend(list);
}

/// The round of one agency and year, and what the table says of it.
struct Entry<'a> {
    request: &'a Request<'a>,
    site: &'a Site,
    agency: &'a Agency,
    year: FiscalYear,
    said: &'a rows::Round,
}

impl Entry<'_> {
    fn outcome(&self, findings: &mut Findings) -> Result<Outcome> {
        let path = format!("{}/{}/scores.yaml", self.agency.path, self.year);
        let mut of_file = Findings::default();
        let source = read::root_file(self.request.root, &path, &Texts::new(), &mut of_file)?;
        if of_file.has_errors() {
            findings.append(of_file);
            return Ok(Outcome::Stopped);
        }
        Ok(match source {
            Some(source) => self.update(&source, findings),
            None => self.begin(findings),
        })
    }

    /// A file that is there.
    fn update(&self, source: &Arc<Source>, findings: &mut Findings) -> Outcome {
        let mut of_file = Findings::default();
        let (Some(scores), _) = parse::scores(source, self.year, &mut of_file) else {
            findings.append(of_file);
            return Outcome::Stopped;
        };
        let mut wanted = BTreeMap::new();
        let mut is_stopped = false;
        for (field, figure) in &self.said.figures {
            match field.of(&scores) {
                Some((value, _)) if value.is(&figure.value) => {}
                // What we publish need not have been announced: the level may follow from the rule, the link may lead into the site.
                None if self.said.is_published && *field == Field::Level => {}
                Some(_) if self.said.is_published && *field == Field::Source => {}
                Some((value, Some(place))) if !self.request.overwrites => {
                    is_stopped = true;
                    let (new, old) = (figure.value.written(), value.written());
                    findings.add(catalog::differs(&figure.spot, &new, &old, &Location::of(&place)));
                }
                // Whoever names no assessor means the usual one.
                Some(_) | None => drop(wanted.insert(field.clone(), figure)),
            }
        }
        if is_stopped {
            return Outcome::Stopped;
        }
        if wanted.is_empty() {
            // What is wrong with it was so before, which is for `check` to say.
            return Outcome::Unchanged;
        }
        match self.entered(source, &wanted, Some(source), findings) {
            Some(step) => Outcome::Changed(step),
            None => Outcome::Stopped,
        }
    }

    /// A file that is not there yet.
    fn begin(&self, findings: &mut Findings) -> Outcome {
        let frameworks = &self.site.frameworks;
        if frameworks.years.keys().next_back().is_some_and(|last| self.year > *last) {
            findings.add(catalog::unknown_year(&self.said.spot, self.year.number()));
            return Outcome::Stopped;
        }
        let new = NewYear {
            year: self.year,
            folder: &self.agency.path,
            agency: self.agency.name_in(self.year),
            office: None,
            is_continued: false,
        };
        let file = scaffold::scores(&new, frameworks);
        let is_usual = |(field, figure): &(&Field, &Figure)| {
            **field == Field::Assessor && figure.value == Value::Assessor(crate::model::Assessor::Nacc)
        };
        let wanted = self.said.figures.iter().filter(|one| !is_usual(one));
        let wanted = wanted.map(|(field, figure)| (field.clone(), figure)).collect();
        let before = Source::new(file.path.as_str(), file.text);
        match self.entered(&before, &wanted, None, findings) {
            Some(step) => {
                let file = NewFile { path: file.path, text: step.after.text.clone() };
                Outcome::New(New { file, step })
            }
            None => Outcome::Stopped,
        }
    }

    /// The text with the values in it, once it is certain that it says them and nothing that the rules of the year refuse.
    fn entered(
        &self,
        before: &Arc<Source>,
        wanted: &BTreeMap<Field, &Figure>,
        old: Option<&Arc<Source>>,
        findings: &mut Findings,
    ) -> Option<Step> {
        let values: Vec<Entered> = wanted.iter().map(|(field, figure)| entered(field, figure)).collect();
        let step = edit::enter(before, &values);
        let read = step.as_ref().and_then(|step| self.read_back(&step.after));
        let is_said = |(field, figure): (&Field, &&Figure), scores: &Scores| {
            field.of(scores).is_some_and(|(value, _)| value.is(&figure.value))
        };
        match (step, read) {
            (Some(step), Some(scores)) if wanted.iter().all(|one| is_said(one, &scores)) => {
                self.judge(&step.after, old, &scores, findings);
                Some(step)
            }
            _ => {
                let first = wanted.values().next()?;
                findings.add(catalog::unwritable(&first.spot, &before.path));
                None
            }
        }
    }

    /// What a text says that has no mistake of form.
    fn read_back(&self, source: &Arc<Source>) -> Option<Scores> {
        let mut findings = Findings::default();
        let (scores, _) = parse::scores(source, self.year, &mut findings);
        scores.filter(|_| !findings.has_errors())
    }

    /// Finds what `check` would find of the figures: where the table says them, at its cells; elsewhere what was not found before.
    fn judge(
        &self,
        source: &Arc<Source>,
        old: Option<&Arc<Source>>,
        scores: &Scores,
        findings: &mut Findings,
    ) {
        let before = old.map(|old| self.found(old, None)).unwrap_or_default();
        let before: BTreeSet<(&str, &str)> =
            before.iter().map(|one| (one.kind.code, one.message.th.as_str())).collect();
        let spots: BTreeMap<String, &catalog::Spot> =
            self.said.figures.iter().map(|(field, figure)| (field.route(), &figure.spot)).collect();
        for finding in self.found(source, Some(scores)).iter().filter(|one| !one.is_information()) {
            let is_new = !before.contains(&(finding.kind.code, finding.message.th.as_str()));
            match spots.get(&finding.location.route) {
                Some(spot) => findings.add(catalog::of_cell(finding.clone(), spot)),
                None if finding.location.route == "fiscal_year" && is_new => {
                    findings.add(catalog::of_cell(finding.clone(), &self.said.spot));
                }
                None if is_new => findings.add(finding.clone()),
                None => {}
            }
        }
    }

    /// Everything that the rules find of the figures in a text, its acceptances carried out.
    fn found(&self, source: &Arc<Source>, scores: Option<&Scores>) -> Findings {
        let mut findings = Findings::default();
        let (read, accepted) = parse::scores(source, self.year, &mut Findings::default());
        let Some(scores) = scores.cloned().or(read) else { return findings };
        let framework = self.site.frameworks.of(self.year);
        let round = Round {
            year: self.year,
            scores: Some(scores),
            report: None,
            analyses: BTreeMap::new(),
            measures: None,
            memos: BTreeMap::new(),
            disclosure: None,
            attachments: BTreeMap::new(),
            folder: String::new(),
        };
        let tally = score::tally(&round, framework);
        check::round(&round, framework, &tally, None, &mut findings);
        let is_of_figures =
            |acceptance: &&Acceptance| findings.iter().any(|finding| acceptance.covers(finding));
        let accepted: Vec<Acceptance> = accepted.iter().filter(is_of_figures).cloned().collect();
        findings.accept(&accepted);
        findings
    }
}

fn entered(field: &Field, figure: &Figure) -> Entered {
    let (map, key) = field.way();
    let text = match (field, &figure.value) {
        // An item has everything or nothing.
        (Field::Item(_), Value::Score(score)) => (score.hundredths() / 100).to_string(),
        (_, value) => value.written(),
    };
    Entered { map, key, text, reason: catalog::change(&figure.spot) }
}

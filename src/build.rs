//! The whole program on one screen: from a site's folder to its findings and, if nothing stops it, to the published site.

use crate::check;
use crate::failure::Result;
use crate::finding::catalog::files;
use crate::finding::{Acceptance, Findings};
use crate::framework::Frameworks;
use crate::model::date::FiscalYear;
use crate::model::summary::AgencySummary;
use crate::model::{Agency, AgencyContent, Settings};
use crate::parse::{self, framework};
use crate::plan::{self, Pages, portal, view};
use crate::publish::{Output, Published, Stage};
use crate::read::{self, AgencyFolder, Survey};
use crate::score;
use crate::source::Source;
use crate::theme::{self, Theme};
use include_dir::{Dir, include_dir};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

static FRAMEWORKS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/framework");

/// What a run found, and what it published.
#[derive(Debug, Default)]
pub struct Outcome {
    /// In the order in which they are shown.
    pub findings: Findings,
    /// Pages that were made.
    pub pages: usize,
    /// What changed in the output; `None` where errors stopped the build, or nothing was to be published.
    pub published: Option<Published>,
}

/// Builds a site into `output`. With findings that stop it, the last good output stays as it was.
///
/// # Errors
/// Only the machine's, and the refusal of an output that is not ours.
pub fn build(root: &Path, output: &Path) -> Result<Outcome> {
    // The output is opened first: a refusal should not cost the time of a build.
    let mut output = Output::open(output, root)?;
    let Opened { site, mut findings } = open(root)?;
    let Some(site) = site else { return Ok(stopped(findings)) };
    let ids: Vec<String> = site.survey.agencies.iter().filter_map(|agency| agency.id.clone()).collect();
    let stage = output.stage(&ids);
    let press = Press { theme: &site.theme, stage: Some(&stage) };
    let pages = run(&site, &press, &mut findings)?;
    let is_portal = site.settings.portal.is_some();
    // In a portal the rounds with errors are left out and all else is published; what concerns the site itself stops either.
    if findings.has_errors() && !(is_portal && site_is_sound(&site, &findings)) {
        return Ok(stopped(findings));
    }
    let published = stage.commit()?;
    Ok(Outcome { findings, pages, published: Some(published) })
}

/// Looks for everything that is wrong, as a build does, and publishes nothing.
///
/// # Errors
/// Only the machine's.
pub fn check(root: &Path) -> Result<Outcome> {
    let Opened { site, mut findings } = open(root)?;
    let Some(site) = site else { return Ok(stopped(findings)) };
    let press = Press { theme: &site.theme, stage: None };
    let pages = run(&site, &press, &mut findings)?;
    Ok(Outcome { findings, pages, published: None })
}

fn stopped(mut findings: Findings) -> Outcome {
    findings.sort();
    Outcome { findings, pages: 0, published: None }
}

/// What all rounds share.
struct Site {
    settings: Settings,
    acceptances: Vec<Acceptance>,
    frameworks: Frameworks,
    theme: Theme,
    survey: Survey,
}

struct Opened {
    site: Option<Site>,
    findings: Findings,
}

/// Reads what all rounds share: settings, frameworks, theme, and which files there are.
fn open(root: &Path) -> Result<Opened> {
    let mut findings = Findings::default();
    let Some(source) = read::root_file(root, "prongsai.yaml", &mut findings)? else {
        if !findings.has_errors() {
            findings.add(files::missing_file("prongsai.yaml"));
        }
        return Ok(Opened { site: None, findings });
    };
    let (settings, acceptances) = parse::settings(&source, &mut findings);
    let frameworks = frameworks(root, &mut findings)?;
    let Some(settings) = settings else { return Ok(Opened { site: None, findings }) };
    let survey = read::survey(root, settings.portal.is_some(), &mut findings)?;
    let theme = load_theme(root, &settings, &mut findings)?;
    let site = theme.map(|theme| Site { settings, acceptances, frameworks, theme, survey });
    Ok(Opened { site, findings })
}

/// The built-in frameworks with the site's own over them.
///
/// # Errors
/// Only the machine's.
pub fn frameworks(root: &Path, findings: &mut Findings) -> Result<Frameworks> {
    let mut texts = framework::Texts::default();
    for file in FRAMEWORKS.files() {
        let name = file.path().to_string_lossy();
        let year = name.strip_suffix(".yaml").and_then(|year| year.parse().ok()).and_then(FiscalYear::new);
        if let (Some(year), Some(text)) = (year, file.contents_utf8()) {
            texts.built_in.insert(year, Source::new(format!("(prongsai) framework/{name}"), text));
        }
    }
    read::own_frameworks(root, &mut texts, findings)?;
    Ok(framework::frameworks(&texts, findings))
}

fn load_theme(root: &Path, settings: &Settings, findings: &mut Findings) -> Result<Option<Theme>> {
    let name = settings.theme.as_ref().map_or(theme::BUILT_IN, |name| name.as_str());
    let layers = theme::chain(name, findings, |name, findings| {
        let mut contents = theme::Files::new();
        for (path, file) in read::theme_files(root, name, findings)? {
            let bytes = fs::read(&file.location).map_err(|error| crate::failure::Failure::io(&file.location, &error))?;
            contents.insert(path, bytes);
        }
        Ok(contents)
    })?;
    Ok(layers.and_then(|layers| Theme::load(&layers, settings.language, findings)))
}

/// Renders pages and hands them on; without a stage they are only rendered, so that `check` finds what a build would.
struct Press<'a> {
    theme: &'a Theme,
    stage: Option<&'a Stage<'a>>,
}

impl Press<'_> {
    fn print(&self, pages: &Pages, findings: &mut Findings) -> Result<()> {
        let rendered: Vec<Result<Option<_>>> = pages
            .pages
            .par_iter()
            .map_init(|| Vec::with_capacity(1 << 16), |html, (file, page)| {
                if let Err(finding) = self.theme.render(page, html) {
                    return Ok(Some(finding));
                }
                self.stage.map_or(Ok(()), |stage| stage.put(file, html)).map(|()| None)
            })
            .collect();
        for finding in rendered {
            // The same mistake of a template on every page is one finding.
            if let Some(finding) = finding?.filter(|new| !findings.iter().any(|old| old.location == new.location)) {
                findings.add(*finding);
            }
        }
        let Some(stage) = self.stage else { return Ok(()) };
        for (file, bytes) in &pages.files {
            stage.put(file, bytes)?;
        }
        for (file, location) in &pages.attachments {
            stage.copy(file, location)?;
        }
        Ok(())
    }
}

/// What is left of an agency once its pages are made.
struct Done {
    summary: Option<AgencySummary>,
    files: BTreeSet<String>,
    findings: Findings,
    pages: usize,
}

/// Every agency through all steps, on all cores; then what is made from summaries. Gives the number of pages.
fn run(site: &Site, press: &Press<'_>, findings: &mut Findings) -> Result<usize> {
    let agencies = &site.survey.agencies;
    let done: Vec<Result<Done>> = agencies.par_iter().map(|folder| one_agency(site, folder, press)).collect();
    let mut summaries = Vec::new();
    let mut files = BTreeSet::new();
    let mut pages = 0;
    for done in done {
        let done = done?;
        summaries.extend(done.summary);
        files.extend(done.files);
        findings.append(done.findings);
        pages += done.pages;
    }
    plan::in_thai_order(&mut summaries);
    let mut acceptances = site.acceptances.clone();
    let portal_pages = site.settings.portal.as_ref().map(|portal| portal_pages(site, portal, &summaries, &files, findings, &mut acceptances));
    if let Some(portal_pages) = portal_pages.transpose()? {
        files.extend(portal_pages.pages.iter().map(|(file, _)| file.clone()));
        pages += portal_pages.pages.len();
        press.print(&portal_pages, findings)?;
    }
    let rest = site_pages(site, &files, findings);
    pages += rest.pages.len();
    press.print(&rest, findings)?;
    findings.accept(&acceptances);
    findings.sort();
    Ok(pages)
}

/// The way of one agency's data.
fn one_agency(site: &Site, folder: &AgencyFolder, press: &Press<'_>) -> Result<Done> {
    let mut findings = Findings::default();
    let texts = read::texts(folder, &mut findings)?;
    let Some((agency, mut acceptances)) = agency_of(site, folder, &texts, &mut findings) else {
        return Ok(Done { summary: None, files: BTreeSet::new(), findings, pages: 0 });
    };
    let (mut content, more) = parse::agency(folder, &texts, agency, &mut findings);
    acceptances.extend(more);
    let tallies: BTreeMap<_, _> = content
        .rounds
        .iter()
        .map(|(year, round)| (*year, score::tally(round, site.frameworks.of(*year))))
        .collect();
    for (year, round) in &content.rounds {
        check::round(round, site.frameworks.of(*year), &tallies[year], &mut findings);
    }
    let left_out = left_out(site, &mut content, &findings, &acceptances);
    let summary = plan::summary(&content, &tallies, &site.frameworks);
    let input = plan::Input {
        settings: &site.settings,
        frameworks: &site.frameworks,
        content: &content,
        tallies: &tallies,
        summary: &summary,
        acceptances: &acceptances,
        left_out: &left_out,
    };
    let mut pages = plan::agency(input, &mut findings);
    press.print(&pages, &mut findings)?;
    findings.accept(&acceptances);
    let count = pages.pages.len();
    let files = pages.pages.drain(..).map(|(file, _)| file).collect();
    Ok(Done { summary: Some(summary), files, findings, pages: count })
}

/// The agency of a folder: from `prongsai.yaml`, or its own `agency.yaml` in a portal.
fn agency_of(
    site: &Site,
    folder: &AgencyFolder,
    texts: &read::Texts,
    findings: &mut Findings,
) -> Option<(Arc<Agency>, Vec<Acceptance>)> {
    let Some(id) = &folder.id else {
        return site.settings.agency.clone().map(|agency| (Arc::new(agency), Vec::new()));
    };
    let Some(source) = folder.about.as_ref().and_then(|file| texts.get(&file.path)) else {
        if folder.about.is_none() {
            findings.add(files::missing_file(&format!("{}/agency.yaml", folder.path)));
        }
        return None;
    };
    let (agency, acceptances) = parse::agency_file(source, findings);
    let agency = agency?;
    Some((Arc::new(Agency { id: Some(id.clone()), ..agency }), acceptances))
}

/// In a portal a round with an error is left out and the rest of its agency published.
fn left_out(
    site: &Site,
    content: &mut AgencyContent,
    findings: &Findings,
    acceptances: &[Acceptance],
) -> Vec<FiscalYear> {
    if site.settings.portal.is_none() {
        return Vec::new();
    }
    let mut judged = findings.clone();
    judged.accept(acceptances);
    let has_error = |folder: &str| {
        let inside = |file: &str| file.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        judged.iter().any(|finding| finding.severity == crate::finding::Severity::Error && inside(&finding.location.file))
    };
    let years: Vec<FiscalYear> =
        content.rounds.iter().filter(|(_, round)| has_error(&round.folder)).map(|(year, _)| *year).collect();
    content.rounds.retain(|year, _| !years.contains(year));
    years
}

/// Whether every error of a portal lies in a round that was left out, or in an agency that could not be shown at all.
fn site_is_sound(site: &Site, findings: &Findings) -> bool {
    let in_agency = |file: &str| site.survey.agencies.iter().any(|agency| {
        file.strip_prefix(agency.path.as_str()).is_some_and(|rest| rest.starts_with('/'))
    });
    let mut errors = findings.iter().filter(|finding| finding.severity == crate::finding::Severity::Error);
    errors.all(|finding| in_agency(&finding.location.file))
}

fn portal_pages(
    site: &Site,
    portal: &crate::model::Portal,
    summaries: &[AgencySummary],
    files: &BTreeSet<String>,
    findings: &mut Findings,
    acceptances: &mut Vec<Acceptance>,
) -> Result<Pages> {
    let mut read = |file: &read::File, findings: &mut Findings| -> Result<Option<crate::model::Narrative>> {
        let Some(source) = read::text(file, findings)? else { return Ok(None) };
        let (narrative, more) = parse::narrative(&source, findings);
        acceptances.extend(more);
        Ok(Some(narrative))
    };
    let index = site.survey.index.as_ref().map(|file| read(file, findings)).transpose()?.flatten();
    let mut pages = BTreeMap::new();
    for (id, file) in &site.survey.pages {
        pages.extend(read(file, findings)?.map(|page| (id.clone(), page)));
    }
    let content = portal::PortalContent { portal, index, pages, attachments: site.survey.attachments.clone() };
    Ok(portal::pages(&site.settings, &content, summaries, files, findings))
}

/// What belongs to the site as a whole: moved addresses, 404 and the theme's static files.
fn site_pages(site: &Site, published: &BTreeSet<String>, findings: &mut Findings) -> Pages {
    let settings = &site.settings;
    let portal = settings.portal.as_ref();
    let words = |th: &'static str, en: &'static str| match settings.language {
        crate::language::Language::Thai => th.to_owned(),
        crate::language::Language::English => en.to_owned(),
    };
    let frame = |file: &str, link: view::Anchor| {
        let file = plan::address::file_of("", file);
        let title = words("หน้านี้ย้ายแล้ว", "This page has moved");
        portal::page(settings, portal, "moved", &file, title, view::Body::Moved(link))
    };
    let mut pages = plan::moved(settings, published, &frame, findings);
    let home = settings.base_url.as_deref().map(path_of);
    let title = words("ไม่พบหน้าที่ต้องการ", "Page not found");
    let body = view::Body::NotFound(view::NotFound { home: home.clone() });
    let mut not_found = portal::page(settings, portal, "not_found", "404.html", title, body);
    // A server shows this page at any depth, so what it loads is counted from the root of the web server.
    not_found.root = home.clone().unwrap_or_default();
    not_found.home = home.unwrap_or_default();
    pages.pages.push(("404.html".to_owned(), not_found));
    pages.files.extend(site.theme.assets.iter().map(|(name, bytes)| (format!("assets/{name}"), bytes.clone())));
    pages
}

/// The path of an absolute address: `/ita/` of `https://example.go.th/ita/`.
fn path_of(base_url: &str) -> String {
    let rest = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    rest.find('/').map_or_else(|| "/".to_owned(), |at| rest[at..].to_owned())
}

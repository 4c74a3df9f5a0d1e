//! The same reports for Hugo: every page of ours is a page of Hugo's, whose front matter holds what our
//! template is handed and whose body the text. Where the two cannot be alike, Hugo has less to do: what ours
//! computes (working, changes, states, charts, timelines, links) is handed over computed, and the answer
//! sheets as CSV and the badges are ready files that it copies. It makes no manifests and no checks, and does
//! not hold together what a line may not tear.

use crate::content::{self, Agency, Report, Script};
use include_dir::{Dir, include_dir};
use prongsai::failure::Failure;
use prongsai::finding::Findings;
use prongsai::framework::{Framework, Frameworks};
use prongsai::language::{Language, Numerals};
use prongsai::model::summary::AgencySummary;
use prongsai::model::{self, Settings};
use prongsai::parse;
use prongsai::plan::portal::{self, PortalContent};
use prongsai::plan::printer::Printer;
use prongsai::plan::{self, Pages, view};
use prongsai::read::{self, AgencyFolder, Survey, Texts};
use prongsai::score;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// Settings and templates.
static SITE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/tests/bench/hugo");

/// The words that templates print themselves, and the looks, are those of our theme.
const WORDS: &str = include_str!("../../themes/default/text/th.yaml");
static STYLES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default/static");

const PRINTER: Printer = Printer { language: Language::Thai, numerals: Numerals::Thai };

/// What Hugo knows of a page by itself, has from the front page of the agency, or has no use for.
const FRAME: [&str; 14] = [
    "kind",
    "title",
    "language",
    "numerals",
    "front",
    "root",
    "canonical",
    "agency",
    "portal",
    "about",
    "menu",
    "files",
    "names",
    "accepted",
];

/// Prose, which Hugo makes from Markdown itself, and what no template prints.
const UNPRINTED: [&str; 8] = [
    "html",
    "footnotes_html",
    "opening_html",
    "opening_sections",
    "closing_sections",
    "sections",
    "analysis",
    "whole",
];

/// How front matter is written.
pub(crate) type Format = fn(&Value) -> String;

/// Our site, from which the data is taken.
struct Ours<'a> {
    settings: Settings,
    frameworks: &'a Frameworks,
    survey: Survey,
}

/// Hugo's site.
#[derive(Clone, Copy)]
struct Theirs<'a> {
    root: &'a Path,
    format: Format,
}

/// What Hugo reads fastest.
pub(crate) fn json(front: &Value) -> String {
    format!("{front}\n")
}

/// What most people write, as in our own sources.
pub(crate) fn yaml(front: &Value) -> String {
    format!("---\n{}---\n", serde_yaml::to_string(front).unwrap_or_default())
}

/// Writes a portal with the same reports as ours at `site`.
pub(crate) fn write(
    root: &Path,
    site: &Path,
    script: &Script,
    reports: usize,
    format: Format,
) -> Result<(), Box<dyn Error>> {
    let theirs = Theirs { root, format };
    theirs.looks()?;
    let ours = Ours::read(site, &script.frameworks)?;
    // Both are in the order of ids.
    let agencies = content::agencies(reports).zip(&ours.survey.agencies);
    let summaries = agencies.map(|(agency, folder)| {
        let (summary, pages) = ours.agency(folder)?;
        theirs.agency(script, &agency, &pages)?;
        Ok(summary)
    });
    let summaries: Vec<AgencySummary> = summaries.collect::<Result<_, Box<dyn Error>>>()?;
    let front = [("index.md", crate::site::INDEX.to_owned())];
    for (file, page) in &ours.portal(&summaries)?.pages {
        theirs.page(file, page, if page.kind == "portal" { &front } else { &[] })?;
    }
    Ok(())
}

impl<'a> Ours<'a> {
    fn read(site: &Path, frameworks: &'a Frameworks) -> Result<Self, Box<dyn Error>> {
        let mut findings = Findings::default();
        let source = read::root_file(site, "prongsai.yaml", &Texts::new(), &mut findings).map_err(said)?;
        let settings = source.and_then(|source| parse::settings(&source, &mut findings).0);
        let survey = read::survey(site, true, &mut findings).map_err(said)?;
        Ok(Ours { settings: settings.ok_or("no settings")?, frameworks, survey })
    }

    /// What our templates are handed for an agency.
    fn agency(&self, folder: &AgencyFolder) -> Result<(AgencySummary, Pages), Box<dyn Error>> {
        let mut findings = Findings::default();
        let texts = read::texts(folder, &Texts::new(), &mut findings).map_err(said)?;
        let about = folder.about.as_ref().and_then(|file| texts.get(&file.path)).ok_or("no agency.yaml")?;
        let agency = parse::agency_file(about, &mut findings).0.ok_or("no agency")?;
        let agency = Arc::new(model::Agency { id: folder.id.clone(), ..agency });
        let mut rounds = BTreeMap::new();
        for (year, of_year) in &folder.years {
            let (round, _) = parse::round(*year, of_year, &texts, &mut findings);
            rounds.insert(*year, Arc::new(round));
        }
        let (content, _) = parse::agency(folder, &texts, agency, rounds, &mut findings);
        let tally = |round: &model::Round| score::tally(round, self.frameworks.of(round.year));
        let tallies = content.rounds.iter().map(|(year, round)| (*year, tally(round))).collect();
        let summary = plan::summary(&content, &tallies, &[], self.frameworks);
        let input = plan::Input {
            settings: &self.settings,
            frameworks: self.frameworks,
            content: &content,
            tallies: &tallies,
            summary: &summary,
            acceptances: &[],
            left_out: &[],
            is_judged: false,
        };
        let pages = plan::agency(input, &mut findings);
        Ok((summary, pages))
    }

    /// The same for the portal's own pages.
    fn portal(&self, summaries: &[AgencySummary]) -> Result<Pages, Box<dyn Error>> {
        let content = PortalContent {
            portal: self.settings.portal.as_ref().ok_or("no portal")?,
            index: None,
            pages: BTreeMap::new(),
            attachments: BTreeMap::new(),
        };
        let mut summaries: Vec<&AgencySummary> = summaries.iter().collect();
        plan::in_thai_order(&mut summaries);
        let (settings, frameworks) = (&self.settings, self.frameworks);
        let mut findings = Findings::default();
        let input = portal::Input { settings, frameworks, content: &content, agencies: &summaries };
        let order = portal::Order { is_page: &|_| true, fills_lists: true, is_judged: false };
        Ok(portal::pages(input, order, &mut findings))
    }
}

impl Theirs<'_> {
    /// What all pages share.
    fn looks(self) -> Result<(), Box<dyn Error>> {
        let styles = self.root.join("static/assets");
        fs::create_dir_all(&styles)?;
        SITE.extract(self.root)?;
        STYLES.extract(styles)?;
        self.put("data/words.yaml", WORDS)
    }

    fn agency(self, script: &Script, agency: &Agency, pages: &Pages) -> Result<(), Box<dyn Error>> {
        for (file, page) in &pages.pages {
            let report = year(file).filter(|_| matches!(page.kind, "report" | "memo"));
            let report = report.map(|year| script.report(agency, year, 0)).transpose()?;
            let texts = report.map(|report| texts(page.kind, agency, &report)).unwrap_or_default();
            self.page(file, page, &texts)?;
        }
        pages.files.iter().try_for_each(|(file, bytes)| self.put(&format!("static/{file}"), bytes.bytes()))
    }

    /// A page with its texts, the first of which is its body.
    fn page(self, file: &str, page: &view::Page, texts: &[(&str, String)]) -> Result<(), Box<dyn Error>> {
        let address = file.strip_suffix("index.html").unwrap_or(file);
        let folder = match (year(file), address.split_once('/')) {
            // What follows the first part of a list lies below it, which bundles must not.
            _ if matches!(page.kind, "ranking" | "agencies") => {
                format!("content/lists/{}/", address.trim_matches('/').replace('/', "-"))
            }
            // Pages of a year lie below each other in the same way.
            (Some(year), Some((agency, _))) => format!("content/{agency}/{year}/{}/", page.kind),
            _ => format!("content/{address}"),
        };
        let is_front = matches!(page.kind, "home" | "portal");
        // Hugo's own home is the portal's.
        let kind = if page.kind == "home" { "agency" } else { page.kind };
        let params = params(page, is_front.then_some(address))?;
        let url = format!("/{address}");
        let front = json!({ "type": kind, "title": page.title, "url": url, "params": params });
        let body = texts.first().map_or("", |(_, body)| body);
        let index = if is_front { "_index.md" } else { "index.md" };
        self.put(&format!("{folder}{index}"), format!("{}\n{body}\n", (self.format)(&front)))?;
        texts.iter().skip(1).try_for_each(|(name, text)| self.put(&format!("{folder}{name}"), text))
    }

    fn put(self, path: &str, bytes: impl AsRef<[u8]>) -> Result<(), Box<dyn Error>> {
        let file = self.root.join(path);
        fs::create_dir_all(file.parent().unwrap_or(self.root))?;
        Ok(fs::write(file, bytes)?)
    }
}

/// What the template prints. A front page at an address also holds what the frame of all pages below it takes
/// from there.
fn params(page: &view::Page, front: Option<&str>) -> Result<Value, Box<dyn Error>> {
    let Value::Object(mut fields) = serde_json::to_value(page)? else { return Err("no page".into()) };
    let frame: Map<String, Value> = FRAME.iter().filter_map(|name| fields.remove_entry(*name)).collect();
    if let Some(front) = front {
        let at = |href: &str| format!("/{front}{}", href.strip_suffix("index.html").unwrap_or(href));
        let menu = page.menu.iter().map(|item| json!({ "href": at(&item.href), "text": item.text }));
        let about = page.about.as_ref().map(|about| json!({ "href": at(&about.href), "text": about.text }));
        fields.insert("menu".to_owned(), menu.collect());
        fields.insert("about".to_owned(), json!(about));
        fields.extend(frame.into_iter().filter(|(name, _)| name == "agency"));
    }
    Ok(printed(Value::Object(fields)))
}

/// Without what no template prints, and without what is absent or false, since templates ask for both in the
/// same way.
fn printed(value: Value) -> Value {
    let is_absent = |value: &Value| match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    };
    match value {
        Value::Object(fields) => {
            let fields = fields.into_iter().filter(|(name, _)| !UNPRINTED.contains(&name.as_str()));
            let fields = fields.map(|(name, value)| (name, printed(value)));
            fields.filter(|(_, value)| !is_absent(value)).collect()
        }
        Value::Array(items) => items.into_iter().map(printed).collect(),
        value => value,
    }
}

/// The year that a page of an agency belongs to.
fn year(file: &str) -> Option<i16> {
    file.split('/').nth(1)?.parse().ok()
}

/// What a report or its memo says at length, by the names of its files.
fn texts(kind: &str, agency: &Agency, report: &Report<'_>) -> Vec<(&'static str, String)> {
    let facts = facts(agency, report);
    let prose = |text: &str| resolved(agency, text, &facts);
    if kind == "memo" {
        return vec![("index.md", prose(&report.memo.body))];
    }
    // The headings of an analysis stand below that of its instrument.
    let analyses =
        report.analyses.each_ref().map(|analysis| prose(&analysis.body).replace("\n## ", "\n### "));
    let mut texts = vec![("index.md", prose(&report.opening))];
    texts.extend(["iit.md", "eit.md", "oit.md"].into_iter().zip(analyses));
    texts.push(("closing.md", prose(&report.closing)));
    texts
}

fn said(failure: Failure) -> String {
    failure.message.en
}

fn indicator_name(framework: &Framework, index: usize) -> &str {
    framework.indicator(index as u8 + 1).map_or("", |indicator| &indicator.name)
}

/// What each binding of a year's narratives stands for.
fn facts(agency: &Agency, report: &Report<'_>) -> BTreeMap<String, String> {
    let decided = &report.decided;
    let mut facts = BTreeMap::new();
    let mut put = |name: &str, value: &str| facts.insert(name.to_owned(), value.to_owned());
    put("agency.name", &agency.name);
    put("report.year", &PRINTER.count(report.year));
    put("report.measures_year", &PRINTER.count(report.year.next()));
    put("report.total", &PRINTER.rounded(report.total));
    put("report.level", &report.level);
    put("report.announced", &content::long(report.announced));
    put("decided.by", &decided.by);
    put("decided.who", decided.who);
    put("decided.date", &content::long(decided.date));
    for (index, score) in report.scores.iter().enumerate() {
        let of = |field| format!("indicator({}).{field}", index + 1);
        put(&of("number"), &content::thai(index + 1));
        put(&of("name"), indicator_name(report.framework, index));
        put(&of("score"), &PRINTER.score(*score));
    }
    for (code, indicators) in &content::INSTRUMENTS {
        let of = |field| format!("instrument(\"{code}\").{field}");
        put(&of("code"), code);
        put(&of("name"), report.framework.instrument(code).map_or("", |instrument| &instrument.name));
        put(&of("score"), &PRINTER.rounded(content::mean(indicators, &report.scores)));
    }
    for measure in &report.measures {
        let of = |field| format!("measure(\"{}\").{field}", measure.remedy.id);
        put(&of("title"), measure.remedy.title);
        put(&of("period"), &PRINTER.period(measure.period).text);
    }
    facts
}

/// Plain Markdown: bindings replaced by what they stand for, lists numbered as CommonMark does, links counted
/// from the portal.
fn resolved(agency: &Agency, text: &str, facts: &BTreeMap<String, String>) -> String {
    let mut plain = String::with_capacity(text.len());
    for (nth, part) in text.split("{{ ").enumerate() {
        match part.split_once(" }}") {
            Some((name, rest)) if nth > 0 => {
                plain.extend([facts.get(name).map_or("", String::as_str), rest]);
            }
            _ => plain.push_str(part),
        }
    }
    let line = |line: &str| match line.split_once(". ") {
        Some((number, rest)) if number.chars().all(|digit| ('๐'..='๙').contains(&digit)) => {
            format!("1. {rest}\n")
        }
        _ => format!("{line}\n"),
    };
    plain.replace("](/", &format!("](/{}/", agency.id)).lines().map(line).collect()
}

//! Round, tally, summaries → pages: what each page shows, ready for its template. Pure: same input, same pages.

mod about;
pub mod address;
mod binding;
mod card;
mod chart;
pub mod data;
pub mod desk;
mod feed;
mod frame;
mod home;
mod measures;
mod memo;
mod narrative;
pub mod portal;
pub mod printer;
mod report;
mod round;
pub mod search;
pub mod separated;
mod sheet;
pub mod sitemap;
mod stage;
mod timeline;
mod trend;
pub mod view;

use crate::blob::Blob;
use crate::finding::catalog::disclosure as catalog;
use crate::finding::{Acceptance, Finding, Findings};
use crate::framework::Frameworks;
use crate::model::date::FiscalYear;
use crate::model::number::Score;
use crate::model::summary::{AgencySummary, RoundSummary};
use crate::model::{AgencyContent, ItemScore, Round, Settings};
use crate::score::{self, Tally};
use crate::source::Place;
use crate::thai;
use desk::Desk;
use printer::Printer;
use round::ItemState;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// Something with the file in which it is published, counted from the root of the output.
pub type Filed<T> = (String, T);

/// What is published for one agency, or for a portal itself.
#[derive(Debug, Default)]
pub struct Pages {
    /// To be rendered.
    pub pages: Vec<Filed<view::Page>>,
    /// Ready as they are.
    pub files: Vec<Filed<Blob>>,
    /// Attachments: file in the output, file on this machine.
    pub attachments: BTreeMap<String, PathBuf>,
    /// Links that the rendered pages have to show.
    pub links: Vec<PromisedLink>,
    /// What the search goes through, if there is one.
    pub search: search::Search,
    /// Pages to which no other page leads.
    pub standing_alone: BTreeSet<String>,
}

/// A link that the content asks for.
#[derive(Debug)]
pub struct PromisedLink {
    /// The file of the page that has to show it.
    pub page: String,
    /// Where it leads, as the page has to write it.
    pub href: String,
    /// Where the author wrote it.
    pub place: Place,
}

impl PromisedLink {
    /// Whether it leads to another site.
    pub fn is_web(&self) -> bool {
        self.href.starts_with("https://") || self.href.starts_with("http://")
    }
}

/// Everything that the pages of one agency are a function of, besides the theme.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// `prongsai.yaml`.
    pub settings: &'a Settings,
    /// Every year's rules.
    pub frameworks: &'a Frameworks,
    /// What the agency says.
    pub content: &'a AgencyContent,
    /// What follows from the scores of each of its rounds.
    pub tallies: &'a BTreeMap<FiscalYear, Tally>,
    /// All its rounds at a glance.
    pub summary: &'a AgencySummary,
    /// What its authors accept, for printing beside what it concerns.
    pub acceptances: &'a [Acceptance],
    /// Rounds with an error: their address says so, and nothing else of them is shown.
    pub left_out: &'a [FiscalYear],
    /// Whether prose is judged where it is evaluated.
    pub is_judged: bool,
}

/// Lays out everything of one agency.
pub fn agency(input: Input<'_>, findings: &mut Findings) -> Pages {
    let Input { content, acceptances, left_out, .. } = input;
    let desk = Desk::new(input);
    let mut planned = Pages::default();
    let pages = &mut planned.pages;
    pages.push(home::page(&desk));
    let open_data = data::open(&desk);
    pages.push(about::page(&desk, &open_data.data_set));
    planned.files.extend(open_data.files);
    pages.extend(trend::page(&desk));
    let (card, badge) = card::page(&desk);
    // Meant for other sites: a theme need not lead there.
    planned.standing_alone.insert(card.0.clone());
    pages.push(card);
    planned.files.push(into_file(badge));
    pages.extend(content.pages.iter().map(|(id, narrative)| home::further_page(&desk, id, narrative)));
    for year in left_out {
        let page = home::left_out(&desk, *year);
        planned.standing_alone.insert(page.0.clone());
        pages.push(page);
    }
    for round in content.rounds.values() {
        let accepted = accepted(round, acceptances, findings, desk.printer);
        let (of_round, csv) = round_pages(&desk, round, &accepted);
        pages.extend(of_round);
        planned.files.extend(csv.map(into_file));
    }
    let (page, search) = search::page(&desk, pages, &planned.standing_alone);
    pages.push(page);
    planned.search = search;
    if input.settings.base_url.is_some() {
        planned.files.push((format!("{}{}", desk.prefix, sitemap::FILE), sitemap::of_pages(pages).into()));
        let feed = feed::of_pages(&desk, pages);
        // Which pages have a date is known only once all are laid out, and the front page is the first.
        if let Some((_, view::Page { body: view::Body::Home(home), .. })) = pages.first_mut() {
            home.feed = feed.as_ref().map(|_| feed::anchor(&desk));
        }
        planned.files.extend(feed.map(into_file));
    }
    planned.attachments = desk.linked.take();
    planned.links = desk.promised.take();
    findings.append(desk.findings.take());
    unlinked(content, &desk.prefix, &planned.attachments, &desk.meant.take(), findings);
    planned
}

fn into_file((file, bytes): Filed<Vec<u8>>) -> Filed<Blob> {
    (file, bytes.into())
}

/// Looks for the errors that come up where the rounds of one agency are laid out, for whoever needs no more than its summary. Each is a link that
/// leads nowhere, so a round whose links all lead somewhere is not laid out.
pub fn probe_rounds(input: Input<'_>, findings: &mut Findings) {
    let desk = Desk::new(input);
    for round in input.content.rounds.values().filter(|round| !desk.leads_everywhere(round)) {
        round_pages(&desk, round, &[]);
    }
    findings.append(desk.findings.take());
}

/// The pages of a round, and its answer sheet as CSV.
fn round_pages(
    desk: &Desk<'_>,
    round: &Round,
    accepted: &[view::Accepted],
) -> (Vec<Filed<view::Page>>, Option<Filed<Vec<u8>>>) {
    let mut pages = Vec::new();
    let indicators = report::indicators(desk, round);
    let has_report = address::pages_of(round, desk.input.frameworks).report;
    pages.extend(has_report.then(|| report::page(desk, round, &indicators, accepted)));
    pages.extend(measures::pages(desk, round, &indicators, accepted));
    pages.extend(memo::pages(desk, round));
    let of_items = round::pages(desk, round);
    let csv = of_items.map(|round::Pages { pages: of_items, csv }| {
        pages.extend(of_items);
        csv
    });
    (pages, csv)
}

/// The plain pages at addresses that moved; all addresses are counted from the root of the site.
pub fn moved(
    settings: &Settings,
    is_page: &dyn Fn(&str) -> bool,
    frame: &dyn Fn(&str, view::Anchor) -> view::Page,
    findings: &mut Findings,
) -> Pages {
    let mut planned = Pages::default();
    for (old, new) in &settings.moved {
        let (from, to) = (address::file_of("", old), address::file_of("", new));
        if !old.starts_with('/') || old.contains("..") || !old.is_ascii() {
            findings.add(catalog::moved_nowhere(&new.place, old));
        } else if is_page(old) {
            findings.add(catalog::moved_from_page(&new.place, old));
        } else if !is_page(new) {
            findings.add(catalog::moved_nowhere(&new.place, new));
        } else {
            let link = view::Anchor::inside(address::relative(&from, &to), new.value.clone());
            planned.pages.push((from, frame(old, link)));
        }
    }
    planned
}

/// What every other page needs to know of an agency.
pub fn summary(
    content: &AgencyContent,
    tallies: &BTreeMap<FiscalYear, Tally>,
    left_out: &[FiscalYear],
    frameworks: &Frameworks,
) -> AgencySummary {
    let profile = &content.agency.profile;
    let mut addresses = address::all(content, frameworks);
    addresses.extend(left_out.iter().map(|year| format!("/{year}/")));
    let has_page = |address: &str| addresses.contains(address);
    let summary_of = |round: &Round| round_summary(round, &tallies[&round.year], frameworks, &has_page);
    AgencySummary {
        id: content.agency.id.clone(),
        name: profile.name.value.clone(),
        kind: profile.kind(),
        province: profile.province.clone(),
        district: profile.district.clone(),
        rounds: content.rounds.iter().map(|(year, round)| (*year, summary_of(round))).collect(),
        left_out: left_out.to_vec(),
        addresses,
    }
}

fn round_summary(
    round: &Round,
    tally: &Tally,
    frameworks: &Frameworks,
    has_page: &dyn Fn(&str) -> bool,
) -> RoundSummary {
    let scores = round.scores.as_ref();
    let announced_total = scores.and_then(score::announced_total);
    let announced = scores.and_then(|scores| scores.announced.as_ref());
    let states = frameworks
        .of(round.year)
        .map(|framework| round::states(round, framework, has_page))
        .unwrap_or_default();
    let mut measures = BTreeMap::new();
    for measure in round.measures.iter().flat_map(|plan| &plan.measures) {
        *measures.entry(measure.state()).or_insert(0) += 1;
    }
    let indicators: BTreeMap<u8, Score> = scores
        .map(|scores| scores.indicators.iter().map(|(number, score)| (*number, score.value)).collect())
        .unwrap_or_default();
    RoundSummary {
        total: announced_total,
        level: scores.and_then(|scores| score::level(scores, tally)),
        pass: tally.pass,
        announced: announced.and_then(|announced| announced.date.as_ref()).map(|date| date.value),
        indicators,
        item_scores: scores
            .map(|scores| {
                scores.items.iter().map(|(code, score)| (*code, score.value == ItemScore::Full)).collect()
            })
            .unwrap_or_default(),
        pages: address::pages_of(round, frameworks),
        measures,
        answered: states.values().filter(|state| **state == ItemState::Answered).count(),
        items: states.len(),
        updated: report::updated(round),
    }
}

/// The findings about a round that its author accepts, for printing beside what they concern.
fn accepted(
    round: &Round,
    acceptances: &[Acceptance],
    findings: &Findings,
    printer: Printer,
) -> Vec<view::Accepted> {
    let accepted = |finding: &Finding| {
        let acceptance = acceptances.iter().find(|acceptance| acceptance.covers(finding))?;
        Some(view::Accepted {
            code: finding.kind.code,
            message: printer.sentence(finding.message.in_language(printer.language)),
            reason: acceptance.reason.clone(),
            measure: measure_of(round, &finding.location.route),
        })
    };
    findings.iter().filter(|finding| finding.location.is_below(&round.folder)).filter_map(accepted).collect()
}

/// The measure that a route such as `measures → 3 → period` speaks of.
fn measure_of(round: &Round, route: &str) -> Option<String> {
    let number: usize = route.strip_prefix("measures → ")?.split(' ').next()?.parse().ok()?;
    let plan = round.measures.as_ref()?;
    plan.measures.get(number.checked_sub(1)?).map(|measure| measure.id.clone())
}

/// Attachments that lie in a folder and that nothing links to, not even under a misspelt name.
fn unlinked(
    content: &AgencyContent,
    prefix: &str,
    linked: &BTreeMap<String, PathBuf>,
    meant: &BTreeSet<String>,
    findings: &mut Findings,
) {
    let own = content.attachments.keys().map(|name| (None, name));
    let of_rounds = content
        .rounds
        .iter()
        .flat_map(|(year, round)| round.attachments.keys().map(move |name| (Some(*year), name)));
    for (year, name) in own.chain(of_rounds) {
        let file = address::of_attachment(prefix, year, name);
        if !linked.contains_key(&file) && !meant.contains(&file) {
            let folder = year.map(|year| format!("{year}/")).unwrap_or_default();
            findings.add(catalog::unlinked_attachment(&format!("content/{prefix}{folder}files/{name}")));
        }
    }
}

/// Agencies by their proper names, as a Thai reader looks for them.
pub fn in_thai_order(summaries: &mut [&AgencySummary]) {
    summaries.sort_by_cached_key(|summary| {
        let (_, proper_name) = crate::model::AgencyKind::split(&summary.name);
        (thai::collation_key(proper_name), summary.id.clone())
    });
}

//! The page with the search, and what it goes through: the pages of an agency, or the agencies of a portal and its own pages. Without a
//! script it is a list of all pages. The texts themselves are read from the finished pages, which nothing here knows.

use super::desk::Desk;
use super::printer::Printer;
use super::{Filed, address, portal, sitemap, view};
use crate::model::date::FiscalYear;
use crate::model::summary::AgencySummary;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// The index, beside the page that loads it.
const INDEX: &str = "index.js";

/// What a search goes through.
#[derive(Debug, Default, Clone)]
pub struct Search {
    /// The index, counted from the root of the output.
    pub file: String,
    /// In the order in which equally good ones are shown.
    pub entries: Vec<Entry>,
}

/// Something that can be found.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Where it lies, seen from the page with the search.
    pub href: String,
    /// What it is, in a word or two.
    pub kind: String,
    /// In the site's digits; empty where it belongs to no year.
    pub year: String,
    /// What is looked through.
    pub found: Found,
}

/// What is looked through.
#[derive(Debug, Clone)]
pub enum Found {
    /// What a page shows, by its file in the output.
    Page(String),
    /// What is known of an agency whose pages have a search of their own.
    Said {
        /// Its name.
        title: String,
        /// What else is said of it, one thing a line.
        text: Vec<String>,
    },
}

/// How the page is called.
pub(super) fn title(printer: Printer) -> &'static str {
    printer.choose("ค้นหา", "Search")
}

/// Whether a search goes through the text of a page: through those that it lists, but what lists agencies is found by its title alone, since
/// it holds nothing that is not said of each of them.
pub fn goes_through(page: &view::Page) -> bool {
    is_listed(page) && !portal::is_list(page)
}

/// Whether a search lists a page: those that somebody may look for, but not itself, and of a list only its first part.
fn is_listed(page: &view::Page) -> bool {
    sitemap::is_looked_for(page) && page.kind != "search" && !portal::is_later_part(page)
}

/// Lays out the search of an agency over its other pages, but for those that stand alone, such as the notice that a round is left out.
pub(super) fn page(
    desk: &Desk<'_>,
    pages: &[Filed<view::Page>],
    standing_alone: &BTreeSet<String>,
) -> (Filed<view::Page>, Search) {
    let spot = desk.spot(address::SEARCH, None);
    let pages = pages.iter().filter(|(file, _)| !standing_alone.contains(file));
    let listed = listed(pages, &desk.prefix, &spot.file, desk.printer);
    let search = search(&spot.file, &listed);
    let view = view(listed, false);
    let title = title(desk.printer).to_owned();
    ((spot.file.clone(), desk.page("search", &spot, title, view::Body::Search(view))), search)
}

/// The search of a portal over its agencies and its own pages, and the view of its page.
pub(super) fn of_portal(
    pages: &[Filed<view::Page>],
    summaries: &[&AgencySummary],
    printer: Printer,
) -> (view::Search, Search) {
    let file = address::file_of("", address::SEARCH);
    let listed = listed(pages.iter(), "", &file, printer);
    let own = search(&file, &listed);
    let agencies = summaries.iter().map(|summary| agency(summary, &file, printer));
    let search = Search { entries: agencies.chain(own.entries).collect(), ..own };
    (view(listed, true), search)
}

/// A page with what of it is looked through.
type Listed = (Found, view::SearchedPage);

/// All pages that somebody may look for: the front page, then the years from the newest, then the others.
fn listed<'p>(
    pages: impl Iterator<Item = &'p Filed<view::Page>>,
    prefix: &str,
    from: &str,
    printer: Printer,
) -> Vec<Listed> {
    let mut listed: Vec<_> = pages
        .filter(|(_, page)| is_listed(page))
        .map(|(file, page)| {
            let inside = file.strip_prefix(prefix).unwrap_or(file);
            let first = inside.split('/').next().unwrap_or_default();
            let year = first.parse().ok().and_then(FiscalYear::new);
            let group = if matches!(page.kind, "home" | "portal") { 0 } else { 1 + u8::from(year.is_none()) };
            let one = view::SearchedPage {
                link: view::Anchor::inside(address::relative(from, file), page.title.clone()),
                kind: kind(page.kind, printer).to_owned(),
                year: year.map(|year| printer.year(year)),
            };
            let found = match portal::is_list(page) {
                true => Found::Said { title: page.title.clone(), text: Vec::new() },
                false => Found::Page(file.clone()),
            };
            ((group, Reverse(year)), (found, one))
        })
        .collect();
    listed.sort_by_key(|(order, _)| *order);
    listed.into_iter().map(|(_, one)| one).collect()
}

fn view(listed: Vec<Listed>, has_agencies: bool) -> view::Search {
    view::Search {
        index: INDEX.to_owned(),
        has_agencies,
        pages: listed.into_iter().map(|(_, page)| page).collect(),
    }
}

fn search(page: &str, listed: &[Listed]) -> Search {
    let entry = |(found, page): &Listed| Entry {
        href: page.link.href.clone(),
        kind: page.kind.clone(),
        year: page.year.as_ref().map(|year| year.text.clone()).unwrap_or_default(),
        found: found.clone(),
    };
    let file = page.replace("index.html", INDEX);
    Search { file, entries: listed.iter().map(entry).collect() }
}

/// An agency by its name, its groups and its latest result, as the list of agencies shows them.
fn agency(summary: &AgencySummary, from: &str, printer: Printer) -> Entry {
    let prefix = address::prefix(summary.id.as_deref());
    let latest = summary.latest();
    let place = |name: &Option<String>, th: &str, en: &str| {
        name.as_ref().map(|name| format!("{} {name}", printer.choose(th, en)))
    };
    let level = latest.and_then(|(_, round)| round.level.as_ref());
    let total = latest.and_then(|(_, round)| round.total);
    let text = [
        Some(summary.kind.name().to_owned()),
        place(&summary.district, "อำเภอ", "District"),
        place(&summary.province, "จังหวัด", "Province"),
        level.map(|level| format!("{} {level}", printer.choose("ระดับ", "Level"))),
        total.map(|total| format!("{} {}", printer.score(total), printer.choose("คะแนน", "points"))),
    ];
    Entry {
        href: address::relative(from, &address::file_of(&prefix, "/")),
        kind: summary.kind.name().to_owned(),
        year: latest.map(|(year, _)| printer.count(year)).unwrap_or_default(),
        found: Found::Said { title: summary.name.clone(), text: text.into_iter().flatten().collect() },
    }
}

/// What a page is, for whoever chooses among many.
fn kind(kind: &str, printer: Printer) -> &'static str {
    let (th, en) = match kind {
        "home" | "portal" => ("หน้าแรก", "Front page"),
        "report" => ("รายงานการวิเคราะห์", "Analysis report"),
        "trend" => ("ทุกปี", "All years"),
        "measures" => ("มาตรการ", "Measures"),
        "results" => ("ผลการดำเนินการ", "Results"),
        "memo" => ("บันทึกข้อความ", "Memo"),
        "round" => ("รายการข้อ OIT", "OIT items"),
        "ranking" => ("ผลการประเมินของหลายหน่วยงาน", "Results of several agencies"),
        "agencies" => ("รายชื่อหน่วยงาน", "List of agencies"),
        "about" => ("เกี่ยวกับเว็บไซต์", "About"),
        _ => ("ข้อมูลทั่วไป", "Further page"),
    };
    printer.choose(th, en)
}

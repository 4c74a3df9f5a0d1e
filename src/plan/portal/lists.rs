//! The pages of a portal that list agencies: of a year and of a group by rank, and by name all of them and those without a report. A list
//! that is too long for one page goes on at `2/`, `3/` and so on below its address.

use super::Paper;
use super::compare::{self, Comparer, Scope};
use super::groups::{self, Area, Common};
use crate::language::Language;
use crate::model::date::{Date, FiscalYear};
use crate::model::summary::AgencySummary;
use crate::plan::{Filed, address, desk, frame, home, view};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::ops::Range;

/// What all lists are made from.
pub(super) struct Register<'s, 'a> {
    /// In Thai order of proper names.
    pub(super) agencies: &'s [&'a AgencySummary],
    /// Years with an announced result, and how many have one.
    pub(super) years: &'s BTreeMap<FiscalYear, usize>,
    /// The year in which groups are compared.
    pub(super) compared: Option<FiscalYear>,
    pub(super) comparer: &'s Comparer<'a>,
    /// The year of which everybody should have a report: the newest one, unless only the first of them are there.
    pub(super) reported: Option<FiscalYear>,
    /// The agencies without a report of that year. An agency whose report is left out has none either.
    pub(super) without_report: Vec<&'a AgencySummary>,
    /// Whether a page gets its rows, by its file. One that does not is only to be known of.
    pub(super) fills: &'s (dyn Fn(&str) -> bool + Sync),
}

/// The year of which everybody should have a report, and who has none of it.
pub(super) fn missed<'a>(agencies: &[&'a AgencySummary]) -> (Option<FiscalYear>, Vec<&'a AgencySummary>) {
    let mut reports = BTreeMap::new();
    let rounds = agencies.iter().flat_map(|agency| &agency.rounds);
    for (year, _) in rounds.filter(|(_, round)| round.pages.report) {
        *reports.entry(*year).or_insert(0) += 1;
    }
    let reported = groups::compared_year(&reports);
    let has_report = |agency: &AgencySummary| {
        reported.and_then(|year| agency.rounds.get(&year)).is_some_and(|round| round.pages.report)
    };
    (reported, agencies.iter().filter(|agency| !has_report(agency)).copied().collect())
}

/// A list that is ranked: where it lies, what is in it.
struct Ranking<'s, 'a> {
    address: String,
    title: String,
    year: Option<FiscalYear>,
    members: &'s [&'a AgencySummary],
    common: Option<Common<'a>>,
}

/// A part of a list.
#[derive(Clone, Copy)]
struct Part<'s> {
    /// Of the list.
    title: &'s str,
    /// From 0.
    nth: usize,
    /// How many parts there are.
    of: usize,
    /// The newest date in what is listed.
    updated: Option<Date>,
}

fn updated(agencies: &[&AgencySummary]) -> Option<Date> {
    desk::newest(agencies.iter().flat_map(|agency| agency.rounds.values()).map(|round| round.updated))
}

impl Paper<'_> {
    /// Every list but the one on the front page whose address is wanted.
    pub(super) fn lists(
        &self,
        register: &Register<'_, '_>,
        is_wanted: impl Fn(&str) -> bool,
    ) -> Vec<Filed<view::Page>> {
        let printer = self.printer;
        let of_years = register.years.keys().rev().map(|year| Ranking {
            address: groups::of_year(*year),
            title: match printer.language {
                Language::Thai => format!("ผลการประเมินของทุกหน่วยงาน ปีงบประมาณ พ.ศ. {}", printer.count(year)),
                Language::English => format!("Results of all agencies, fiscal year {}", printer.count(year)),
            },
            year: Some(*year),
            members: register.agencies,
            common: None,
        });
        let of_groups = register.comparer.groups.all().map(|group| Ranking {
            address: group.address.clone(),
            title: self.title_of(group.common),
            year: register.compared,
            members: &group.members,
            common: Some(group.common),
        });
        let rankings = of_years.chain(of_groups).filter(|ranking| is_wanted(&ranking.address));
        let rankings: Vec<Ranking<'_, '_>> = rankings.collect();
        // A country has seventy thousand rows.
        let mut pages: Vec<_> =
            rankings.par_iter().flat_map_iter(|ranking| self.ranking(ranking, register)).collect();
        let Register { agencies, reported, without_report, fills, .. } = register;
        if agencies.len() > groups::ROWS && is_wanted(groups::ALL) {
            pages.extend(self.list((groups::ALL, self.title_of_all()), None, agencies, fills));
        }
        if !agencies.is_empty() && is_wanted(groups::WITHOUT_REPORT) {
            let list = (groups::WITHOUT_REPORT, &*self.title_without(*reported));
            pages.extend(self.list(list, *reported, without_report, fills));
        }
        pages
    }

    /// How the list of all agencies is called.
    pub(super) fn title_of_all(&self) -> &'static str {
        self.printer.choose("รายชื่อหน่วยงานทั้งหมด", "All agencies")
    }

    fn title_of(&self, common: Common<'_>) -> String {
        let name = common.name();
        // กรุงเทพมหานคร is no จังหวัด, and some write the word themselves.
        let is_whole = ["กรุงเทพ", "จังหวัด", "อำเภอ", "เขต"].iter().any(|word| name.starts_with(word));
        match (self.printer.language, common) {
            // An abbreviation stands by itself.
            (Language::Thai, Common::Kind(_)) if name.ends_with('.') => {
                format!("ผลการประเมินของหน่วยงานประเภท {name}")
            }
            (Language::Thai, Common::Kind(_)) => format!("ผลการประเมินของหน่วยงานประเภท{name}"),
            (Language::Thai, _) if is_whole => format!("ผลการประเมินของหน่วยงานใน{name}"),
            (Language::Thai, Common::Area(Area::Province, _)) => {
                format!("ผลการประเมินของหน่วยงานในจังหวัด{name}")
            }
            (Language::Thai, Common::Area(Area::District, _)) => {
                format!("ผลการประเมินของหน่วยงานในอำเภอ{name}")
            }
            (Language::English, Common::Kind(_)) => format!("Results of agencies of the kind {name}"),
            (Language::English, Common::Area(..)) => format!("Results of agencies in {name}"),
        }
    }

    /// How the list of agencies without a report of a year is called.
    fn title_without(&self, year: Option<FiscalYear>) -> String {
        let text = self.printer.choose("หน่วยงานที่ยังไม่มีรายงาน", "Agencies without a report");
        match (year, self.printer.language) {
            (None, _) => text.to_owned(),
            (Some(year), Language::Thai) => format!("{text} ปีงบประมาณ พ.ศ. {}", self.printer.count(year)),
            (Some(year), Language::English) => format!("{text} of fiscal year {}", self.printer.count(year)),
        }
    }

    /// The list of agencies without a report, seen from the front page, with their number.
    pub(super) fn link_without(&self, register: &Register<'_, '_>) -> Option<view::Anchor> {
        let count = register.without_report.len();
        let title = self.title_without(register.reported);
        let count = match self.printer.language {
            Language::Thai => format!("{} แห่ง", self.printer.count(count)),
            Language::English => self.printer.count(count),
        };
        let href = address::relative("index.html", &address::file_of("", groups::WITHOUT_REPORT));
        (!register.agencies.is_empty()).then(|| view::Anchor::inside(href, format!("{title} ({count})")))
    }

    fn ranking<'a>(&self, ranking: &Ranking<'_, 'a>, register: &Register<'_, 'a>) -> Vec<Filed<view::Page>> {
        let Ranking { address, title, year, members, common } = ranking;
        let comparer = register.comparer;
        let updated = updated(members);
        let parts = groups::parts(address, members.len());
        let files: Vec<String> = parts.iter().map(|(address, _)| address::file_of("", address)).collect();
        let is_filled: Vec<bool> = files.iter().map(|file| (register.fills)(file)).collect();
        let rows =
            if is_filled.contains(&true) { comparer.ranking(*year, members, *common) } else { Vec::new() };
        let page = |(nth, (_, part)): (usize, &(String, Range<usize>))| {
            let (file, is_filled) = (&files[nth], is_filled[nth]);
            let comparison = year
                .filter(|_| nth == 0 && is_filled)
                .and_then(|year| comparer.comparison(&Scope { file, year, members, common: *common }));
            let rows = if is_filled { &rows[part.clone()] } else { &[] };
            let body = view::Ranking {
                comparison,
                year: year.map(|year| self.printer.year(year)),
                years: if common.is_none() && nth == 0 {
                    self.years(register, file, *year)
                } else {
                    Vec::new()
                },
                agencies: rows.iter().map(|row| comparer.row(*year, row, file)).collect(),
                shows_kind: !comparer.groups.kinds.is_empty() && !matches!(common, Some(Common::Kind(_))),
                shows_area: !comparer.groups.areas.is_empty() && !matches!(common, Some(Common::Area(..))),
                area: compare::code(comparer.groups.area),
                parts: self.parts(&files, nth),
            };
            let part = Part { title, nth, of: files.len(), updated };
            self.listing("ranking", file, part, view::Body::Ranking(Box::new(body)))
        };
        parts.iter().enumerate().map(page).collect()
    }

    fn list(
        &self,
        (address, title): (&str, &str),
        year: Option<FiscalYear>,
        agencies: &[&AgencySummary],
        fills: &dyn Fn(&str) -> bool,
    ) -> Vec<Filed<view::Page>> {
        let updated = updated(agencies);
        let parts = groups::parts(address, agencies.len());
        let files: Vec<String> = parts.iter().map(|(address, _)| address::file_of("", address)).collect();
        let page = |(nth, (_, part)): (usize, &(String, Range<usize>))| {
            let file = &files[nth];
            let agencies = if fills(file) { &agencies[part.clone()] } else { &[] };
            let list = view::AgencyList {
                of: if address == groups::WITHOUT_REPORT { "without_report" } else { "all" },
                year: year.map(|year| self.printer.year(year)),
                agencies: agencies.iter().map(|agency| self.card(agency, file, year)).collect(),
                parts: self.parts(&files, nth),
            };
            let part = Part { title, nth, of: files.len(), updated };
            self.listing("agencies", file, part, view::Body::Agencies(list))
        };
        parts.iter().enumerate().map(page).collect()
    }

    /// A part of a list, as a page below the front page.
    fn listing(
        &self,
        kind: &'static str,
        file: &str,
        Part { title, nth, of, updated }: Part<'_>,
        body: view::Body,
    ) -> Filed<view::Page> {
        let printer = self.printer;
        let (at, of) = (printer.count(nth + 1), printer.count(of));
        let title = match printer.language {
            _ if nth == 0 => title.to_owned(),
            Language::Thai => format!("{title} หน้า {at} จาก {of}"),
            Language::English => format!("{title}, page {at} of {of}"),
        };
        let front = view::Anchor::inside(address::relative(file, "index.html"), frame::front_page(printer));
        let page = view::Page {
            updated: updated.map(|date| printer.date(date)),
            breadcrumbs: vec![front],
            ..self.page(kind, file, title, body)
        };
        (file.to_owned(), page)
    }

    /// The way from the list of a year to those of the others.
    fn years(
        &self,
        register: &Register<'_, '_>,
        file: &str,
        here: Option<FiscalYear>,
    ) -> Vec<view::MenuItem> {
        let year = |year: &FiscalYear| view::MenuItem {
            href: address::relative(file, &groups::file_of_year(*year)),
            text: self.printer.year(*year).text,
            current: Some(*year) == here,
        };
        if register.years.len() > 1 { register.years.keys().rev().map(year).collect() } else { Vec::new() }
    }

    /// The way from one part of a list to the others.
    fn parts(&self, files: &[String], here: usize) -> Vec<view::MenuItem> {
        let part = |(nth, to): (usize, &String)| view::MenuItem {
            href: address::relative(&files[here], to),
            text: self.printer.count(nth + 1),
            current: nth == here,
        };
        if files.len() > 1 { files.iter().enumerate().map(part).collect() } else { Vec::new() }
    }

    /// An agency in a list by name. `missing` is the year of which a report is missed.
    pub(super) fn card(
        &self,
        agency: &AgencySummary,
        file: &str,
        missing: Option<FiscalYear>,
    ) -> view::AgencyCard {
        let prefix = address::prefix(agency.id.as_deref());
        let to = |address: &str| address::relative(file, &address::file_of(&prefix, address));
        view::AgencyCard {
            name: frame::name_in_lists(&agency.name),
            href: to("/"),
            kind: agency.kind.name().to_owned(),
            district: agency.district.clone(),
            province: agency.province.clone(),
            latest: home::latest_card(self.printer, agency, &to),
            is_left_out: missing.is_some_and(|year| agency.left_out.contains(&year)),
        }
    }
}

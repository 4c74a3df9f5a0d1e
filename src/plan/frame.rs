//! The frame of every page: whose page it is, where it stands, and the way to the others.

use super::desk::{Desk, Spot};
use super::printer::Printer;
use super::{Input, about, address, search, trend, view};
use crate::model::date::FiscalYear;
use crate::model::link::LinkTarget;
use crate::model::{AgencyKind, Given, Link, Narrative, Settings};
use crate::thai;
use std::collections::BTreeMap;

/// In columns. A wider name would overflow a table cell on a phone.
const WIDEST_NAME: usize = 20;

/// What the pages below one front page have in common.
pub struct Frame<'a> {
    settings: &'a Settings,
    /// The file of the front page.
    front: String,
    menu: Vec<Entry>,
}

/// A place in the menu.
pub(super) struct Entry {
    /// From the root of the output.
    pub(super) file: String,
    /// Short name of the page.
    pub(super) text: String,
}

impl<'a> Frame<'a> {
    /// With a menu of the front page, some entries, the further pages in the author's order, and the search.
    pub(super) fn new(
        settings: &'a Settings,
        prefix: &str,
        entries: Vec<Entry>,
        pages: &BTreeMap<String, Narrative>,
    ) -> Self {
        let front = address::file_of(prefix, "/");
        let printer = Printer::of(settings);
        let home = Entry { file: front.clone(), text: front_page(printer).to_owned() };
        let search = Entry {
            file: address::file_of(prefix, address::SEARCH),
            text: search::title(printer).to_owned(),
        };
        let menu = std::iter::once(home).chain(entries).chain(further_pages(prefix, pages)).chain([search]);
        Frame { settings, front, menu: menu.collect() }
    }

    /// For the pages that belong to the site itself and to no menu.
    pub(super) fn of_site(settings: &'a Settings) -> Self {
        Frame { settings, front: address::file_of("", "/"), menu: Vec::new() }
    }

    /// What every page has, with no data of its own yet. `names` are the full and short name of whose page it is.
    pub(super) fn page(
        &self,
        kind: &'static str,
        file: &str,
        names: (&str, &str),
        title: String,
        body: view::Body,
    ) -> view::Page {
        let settings = self.settings;
        let (name, short_name) = names;
        view::Page {
            kind,
            window_title: if file == self.front {
                title.clone()
            } else {
                format!("{title} – {short_name}")
            },
            description: if title.contains(name) { title.clone() } else { format!("{title} {name}") },
            title,
            language: settings.language.code(),
            numerals: settings.numerals.code(),
            front: address::relative(file, &self.front),
            root: "../".repeat(file.matches('/').count()),
            canonical: settings.base_url.as_deref().map(|base_url| address::absolute(base_url, file)),
            agency: None,
            portal: settings.portal.as_ref().map(|portal| view::Portal {
                name: portal.name.clone(),
                short_name: portal.short_name.clone(),
                href: address::relative(file, "index.html"),
            }),
            breadcrumbs: Vec::new(),
            about: None,
            menu: self.menu.iter().map(|entry| entry.seen_from(file)).collect(),
            updated: None,
            office: None,
            files: Vec::new(),
            names: proper_names(short_name),
            accepted: Vec::new(),
            body,
        }
    }
}

/// The short name of an office and the proper name in it, as far as they fit a line of a narrow cell. Browsers know neither from other
/// words.
fn proper_names(short_name: &str) -> Vec<String> {
    let (_, proper_name) = AgencyKind::split(short_name);
    let names = [short_name, proper_name].into_iter().filter(|name| thai::display_width(name) <= WIDEST_NAME);
    names.map(str::to_owned).collect()
}

/// The name of an agency for a list of many, of which the page does not name every proper name.
pub(super) fn name_in_lists(name: &str) -> view::AgencyName {
    let (_, proper_name) = AgencyKind::split(name);
    let proper = if thai::display_width(proper_name) <= WIDEST_NAME { proper_name } else { "" };
    let beginning = name[..name.len() - proper.len()].to_owned();
    view::AgencyName { beginning, proper: proper.to_owned() }
}

impl Entry {
    fn seen_from(&self, file: &str) -> view::MenuItem {
        view::MenuItem {
            href: address::relative(file, &self.file),
            text: self.text.clone(),
            current: self.file == file,
        }
    }
}

/// The newest report with what belongs to it, the newest round, and all years: what the menu of an agency holds between front page and further pages.
pub(super) fn newest_pages(input: Input<'_>, prefix: &str, printer: Printer) -> Vec<Entry> {
    let newest = |name: &str| {
        let mut years = input.content.rounds.keys().rev().map(|year| format!("/{year}/{name}"));
        years.find(|address| input.summary.addresses.contains(address))
    };
    let words = [
        ("", "รายงานการวิเคราะห์", "Analysis report"),
        ("measures/", "มาตรการ", "Measures"),
        ("results/", "ผลการดำเนินการ", "Results"),
        ("oit/", "รายการข้อ OIT", "OIT items"),
    ];
    let entry = |(name, th, en)| {
        let file = address::file_of(prefix, &newest(name)?);
        Some(Entry { file, text: printer.choose(th, en).to_owned() })
    };
    let all_years = input.summary.addresses.contains(trend::ADDRESS).then(|| Entry {
        file: address::file_of(prefix, trend::ADDRESS),
        text: printer.choose("ทุกปี", "All years").to_owned(),
    });
    words.into_iter().filter_map(entry).chain(all_years).collect()
}

fn further_pages<'p>(prefix: &str, pages: &'p BTreeMap<String, Narrative>) -> impl Iterator<Item = Entry> {
    let title = |page: &'p Narrative| page.title.as_ref().map_or("", |title| title.as_str());
    let mut pages: Vec<_> = pages.iter().collect();
    pages.sort_by_cached_key(|(_, page)| (page.order.unwrap_or(u32::MAX), thai::collation_key(title(page))));
    pages.into_iter().map(move |(id, page)| Entry {
        file: address::file_of(prefix, &format!("/pages/{id}/")),
        text: page.menu.as_deref().unwrap_or_else(|| title(page)).to_owned(),
    })
}

/// How a front page is called.
pub(super) fn front_page(printer: Printer) -> &'static str {
    printer.choose("หน้าแรก", "Front page")
}

impl Desk<'_> {
    /// The frame of a page at a spot, with no data of its own yet.
    pub fn page(&self, kind: &'static str, spot: &Spot<'_>, title: String, body: view::Body) -> view::Page {
        let page = self.frame.page(kind, &spot.file, self.names(spot.year), title, body);
        let (_, short_name) = self.names(spot.year);
        view::Page {
            agency: Some(self.agency_view(spot)),
            breadcrumbs: self.breadcrumbs(spot),
            about: Some(self.anchor_to(spot, address::ABOUT, about::title(self.printer))),
            // Titles of documents are too long for the tab of a browser and for a list of what was found.
            window_title: match spot.year {
                Some(_) => format!("{} – {short_name}", self.short_title(&spot.address)),
                None => page.window_title,
            },
            ..page
        }
    }

    fn agency_view(&self, spot: &Spot<'_>) -> view::Agency {
        let profile = &self.input.content.agency.profile;
        let (name, short_name) = self.names(spot.year);
        // Seal and map are the same on every page: what is wrong with them is found once, on the front page.
        let href = |link: &Link| self.href(&spot.file, None, &link.target);
        let outside =
            |link: &Link, th, en| Some(view::Anchor::outside(href(link)?, self.printer.choose(th, en)));
        let main_site = self.input.content.agency.main_site.as_ref();
        view::Agency {
            name: name.to_owned(),
            short_name: short_name.to_owned(),
            kind: profile.kind().name().to_owned(),
            address: profile.address.as_ref().map(Given::bare),
            phone_href: profile.phone.as_ref().and_then(|phone| telephone(phone)),
            phone: profile.phone.as_ref().map(Given::bare),
            email: profile.email.as_ref().map(Given::bare),
            map: profile.map.as_ref().and_then(|map| outside(map, "แผนที่", "Map")),
            seal: profile.seal.as_ref().and_then(href),
            main_site: main_site
                .and_then(|site| outside(&site.url, "เว็บไซต์หลักของหน่วยงาน", "Main site of the agency")),
            province: profile.province.clone(),
            district: profile.district.clone(),
        }
    }

    /// Takes note of the links of the settings; once for an agency.
    pub fn check_profile(&self, spot: &Spot<'_>) {
        let profile = &self.input.content.agency.profile;
        let main_site = self.input.content.agency.main_site.as_ref().map(|site| &site.url);
        let own = [&profile.map, &profile.seal, &profile.garuda];
        for link in own.into_iter().flatten().chain(main_site) {
            match self.href(&spot.file, None, &link.target) {
                Some(href) if matches!(link.target, LinkTarget::Web(_)) => {
                    self.promise(spot, &href, &link.place);
                }
                Some(_) => {}
                None => self.dead(&link.target, &link.place, spot),
            }
        }
    }

    fn breadcrumbs(&self, spot: &Spot<'_>) -> Vec<view::Anchor> {
        let report = spot.year.map(|year| format!("/{year}/"));
        let items =
            spot.year.map(|year| format!("/{year}/oit/")).filter(|items| spot.address.starts_with(items));
        let above = [Some("/".to_owned()), report.filter(|report| self.has_page(report)), items];
        let above = above.into_iter().flatten().filter(|above| *above != spot.address);
        above.map(|above| self.anchor_to(spot, &above, self.short_title(&above))).collect()
    }

    /// The short name of one of our pages.
    pub fn short_title(&self, address: &str) -> String {
        let steps: Vec<&str> = address.split('/').filter(|step| !step.is_empty()).collect();
        let (th, en, year) = match steps.as_slice() {
            [] => return front_page(self.printer).to_owned(),
            ["search"] => return search::title(self.printer).to_owned(),
            ["about"] => return about::title(self.printer).to_owned(),
            ["pages", id] => {
                let title = self.input.content.pages.get(*id).and_then(|page| page.title.as_ref());
                return title.map_or_else(|| address.to_owned(), |title| title.value.clone());
            }
            ["trend"] => return self.printer.choose("ผลการประเมินทุกปี", "All assessed years").to_owned(),
            ["data", name] => {
                return format!("{} {name}", self.printer.choose("ข้อมูลเปิด", "Open data"));
            }
            ["card"] => return self.printer.choose("การ์ดผลการประเมิน", "Result card").to_owned(),
            [year] => ("รายงานการวิเคราะห์ผลการประเมิน ปี", "Analysis report", year),
            [year, "measures"] => ("มาตรการจากผลการประเมิน ปี", "Measures after", year),
            [year, "results"] => {
                ("ผลการดำเนินการตามมาตรการจากผลการประเมิน ปี", "Results of the measures after", year)
            }
            [year, "oit", "itas"] => ("แบบคำตอบ ITAS ปี", "Answer sheet for ITAS", year),
            [year, "oit"] => ("รายการข้อ OIT ปี", "OIT items", year),
            [year, ..] => ("บันทึกข้อความ ปี", "Memo", year),
        };
        format!("{} {}", self.printer.choose(th, en), self.printer.count(year))
    }

    /// The full and short name that a page of a year carries, or today's.
    pub(super) fn names(&self, year: Option<FiscalYear>) -> (&str, &str) {
        let profile = &self.input.content.agency.profile;
        match year {
            Some(year) => profile.names_in(year),
            None => (&profile.name, &profile.short_name),
        }
    }
}

/// `tel:` of a number as offices write it; none for extensions and several numbers in one line.
fn telephone(text: &str) -> Option<String> {
    let arabic = thai::to_arabic_digits(text);
    let digits: String = arabic.chars().filter(|sign| sign.is_ascii_digit()).collect();
    let is_plain = arabic.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, '-' | ' '));
    (is_plain && matches!(digits.len(), 9 | 10)).then(|| format!("tel:{digits}"))
}

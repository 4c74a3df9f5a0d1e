//! The frame of every page of an agency: whose page it is, where it stands, and the way to the others.

use super::address;
use super::desk::{Desk, Spot};
use super::view;
use crate::model::date::FiscalYear;
use crate::model::{Link, Narrative};
use crate::thai;

impl Desk<'_> {
    /// What every page has, with an empty menu mark and no data of its own yet.
    pub fn page(
        &self,
        kind: &'static str,
        address: &str,
        title: String,
        year: Option<FiscalYear>,
        body: view::Body,
    ) -> view::Page {
        let file = address::file_of(&self.prefix, address);
        let spot = self.top(&file);
        let agency = self.agency_view(spot, year);
        let base_url = self.input.settings.base_url.as_deref();
        view::Page {
            kind,
            window_title: if address == "/" {
                title.clone()
            } else {
                format!("{title} – {}", agency.short_name)
            },
            description: format!("{title} {}", agency.name),
            title,
            language: self.printer.language.code(),
            numerals: self.printer.numerals.code(),
            front: self.to_address(spot, "/"),
            root: "../".repeat(file.matches('/').count()),
            canonical: base_url.map(|base_url| address::absolute(base_url, &file)),
            portal: self.input.settings.portal.as_ref().map(|portal| view::Portal {
                name: portal.name.clone(),
                short_name: portal.short_name.clone(),
                href: address::relative(&file, "index.html"),
            }),
            breadcrumbs: self.breadcrumbs(spot, address),
            menu: self.menu(spot, address),
            agency: Some(agency),
            updated: None,
            office: None,
            files: Vec::new(),
            accepted: Vec::new(),
            body,
        }
    }

    /// A spot whose attachments are those of the front page.
    pub fn top<'a>(&'a self, file: &'a str) -> Spot<'a> {
        Spot { file, attachments: &self.input.content.attachments, folder: "" }
    }

    fn agency_view(&self, spot: Spot<'_>, year: Option<FiscalYear>) -> view::Agency {
        let profile = &self.input.content.agency.profile;
        let (name, short_name) = self.names(year);
        // Seal and map are the same on every page: what is wrong with them is found once, on the front page.
        let quiet = |link: &Option<Link>| link.as_ref().and_then(|link| self.href(spot, &link.target));
        let main_site = self.input.content.agency.main_site.as_ref();
        view::Agency {
            name: name.to_owned(),
            short_name: short_name.to_owned(),
            kind: profile.kind().name().to_owned(),
            address: profile.address.clone(),
            phone_href: profile.phone.as_deref().and_then(telephone),
            phone: profile.phone.clone(),
            email: profile.email.clone(),
            map: quiet(&profile.map)
                .map(|href| view::Anchor::outside(href, self.printer.choose("แผนที่", "Map"))),
            seal: quiet(&profile.seal),
            main_site: main_site.and_then(|site| {
                let text = self.printer.choose("เว็บไซต์หลักของหน่วยงาน", "Main site of the agency");
                Some(view::Anchor::outside(self.href(spot, &site.url.target)?, text))
            }),
            province: profile.province.clone(),
            district: profile.district.clone(),
        }
    }

    /// Reports what is wrong with links of the settings; once for an agency.
    pub fn check_profile(&self, spot: Spot<'_>) {
        let profile = &self.input.content.agency.profile;
        for link in [&profile.map, &profile.seal, &profile.garuda].into_iter().flatten() {
            if self.href(spot, &link.target).is_none() {
                self.dead(&link.target, &link.place, spot);
            }
        }
    }

    fn breadcrumbs(&self, spot: Spot<'_>, address: &str) -> Vec<view::Anchor> {
        let mut crumbs = Vec::new();
        if address != "/" {
            crumbs.push(self.anchor_to(spot, "/", self.short_title("/")));
        }
        let year = address.split('/').nth(1).filter(|year| address != format!("/{year}/"));
        if let Some(report) = year
            .map(|year| format!("/{year}/"))
            .filter(|report| self.input.summary.addresses.contains(report))
        {
            crumbs.push(self.anchor_to(spot, &report, self.short_title(&report)));
        }
        crumbs
    }

    /// Front page, the newest report with what belongs to it, the newest round, and the further pages in the author's order.
    fn menu(&self, spot: Spot<'_>, address: &str) -> Vec<view::MenuItem> {
        let newest = |name: &str| {
            let mut years = self.input.content.rounds.keys().rev().map(|year| format!("/{year}/{name}"));
            years.find(|address| self.input.summary.addresses.contains(address))
        };
        let words = [
            ("", self.printer.choose("รายงานการวิเคราะห์", "Analysis report")),
            ("measures/", self.printer.choose("มาตรการ", "Measures")),
            ("results/", self.printer.choose("ผลการดำเนินการ", "Results")),
            ("oit/", self.printer.choose("รายการข้อ OIT", "OIT items")),
        ];
        let mut entries = vec![("/".to_owned(), self.short_title("/"))];
        entries.extend(words.into_iter().filter_map(|(name, text)| Some((newest(name)?, text.to_owned()))));
        entries.extend(self.further_pages());
        let item = |(to, text): (String, String)| view::MenuItem {
            href: self.to_address(spot, &to),
            current: to == address,
            text,
        };
        entries.into_iter().map(item).collect()
    }

    fn further_pages(&self) -> Vec<(String, String)> {
        let mut pages: Vec<_> = self.input.content.pages.iter().collect();
        let title = |page: &Narrative| page.title.as_ref().map_or(String::new(), |title| title.value.clone());
        pages.sort_by_key(|(_, page)| (page.order.unwrap_or(u32::MAX), thai::collation_key(&title(page))));
        pages
            .into_iter()
            .map(|(id, page)| (format!("/pages/{id}/"), page.menu.clone().unwrap_or_else(|| title(page))))
            .collect()
    }

    /// The short name of one of our pages.
    pub fn short_title(&self, address: &str) -> String {
        let steps: Vec<&str> = address.split('/').filter(|step| !step.is_empty()).collect();
        let year = |year: &str| self.printer.count(year);
        match steps.as_slice() {
            [] => self.printer.choose("หน้าแรก", "Front page").to_owned(),
            ["pages", id] => self
                .input
                .content
                .pages
                .get(*id)
                .and_then(|page| page.title.clone())
                .map_or_else(|| address.to_owned(), |title| title.value),
            [of] => format!(
                "{} {}",
                self.printer.choose("รายงานการวิเคราะห์ผลการประเมิน ปี", "Analysis report"),
                year(of)
            ),
            [of, "measures"] => {
                format!("{} {}", self.printer.choose("มาตรการจากผลการประเมิน ปี", "Measures after"), year(of))
            }
            [of, "results"] => {
                format!(
                    "{} {}",
                    self.printer
                        .choose("ผลการดำเนินการตามมาตรการจากผลการประเมิน ปี", "Results of the measures after"),
                    year(of)
                )
            }
            [of, "oit"] => format!("{} {}", self.printer.choose("รายการข้อ OIT ปี", "OIT items"), year(of)),
            [of, ..] => format!("{} {}", self.printer.choose("บันทึกข้อความ ปี", "Memo"), year(of)),
        }
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

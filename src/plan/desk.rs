//! Where the pages of one agency are laid out: answers what a link leads to and what a binding stands for, and keeps account of the
//! attachments that were linked and of the links that lead nowhere.

use super::address;
use super::printer::Printer;
use super::view;
use crate::finding::Findings;
use crate::finding::catalog::disclosure as catalog;
use crate::framework::{Framework, Frameworks};
use crate::model::date::{Date, FiscalYear};
use crate::model::link::{LinkTarget, percent_encode};
use crate::model::number::Exact;
use crate::model::summary::AgencySummary;
use crate::model::{AgencyContent, Attachments, Link, Profile, Round, Settings};
use crate::parse::markdown::binding::{
    AgencyField, DecidedField, Expression, IndicatorField, InstrumentField, MeasureField, ReportField,
};
use crate::parse::markdown::{self, Body, Passage, Prose, Setting};
use crate::score::{self, Tally};
use crate::source::Place;
use crate::thai;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Everything that the pages of one agency are made from.
pub struct Desk<'a> {
    /// `prongsai.yaml`.
    pub settings: &'a Settings,
    /// Every year's rules.
    pub frameworks: &'a Frameworks,
    /// What the agency says.
    pub content: &'a AgencyContent,
    /// What follows from its scores.
    pub tallies: &'a BTreeMap<FiscalYear, Tally>,
    /// All its rounds at a glance.
    pub summary: &'a AgencySummary,
    /// `<id>/` in a portal.
    pub prefix: String,
    /// The site's manner.
    pub printer: Printer,
    /// Published attachments: file in the output, file on this machine.
    pub linked: RefCell<BTreeMap<String, PathBuf>>,
    /// What was found while laying out.
    pub findings: RefCell<Findings>,
}

/// A spot in the output from which links are counted, and the folder in whose `files/` its attachments lie.
#[derive(Clone, Copy)]
pub struct Spot<'a> {
    /// The page's file, from the root of the output.
    pub file: &'a str,
    /// What lies in `files/`.
    pub attachments: &'a Attachments,
    /// The published folder: empty, or `2565/`.
    pub folder: &'a str,
}

impl Desk<'_> {
    /// The rules of a year.
    pub fn framework(&self, year: FiscalYear) -> Option<&Framework> {
        self.frameworks.of(year)
    }

    /// The link from a spot to an address of this agency.
    pub fn to_address(&self, spot: Spot<'_>, address: &str) -> String {
        address::relative(spot.file, &address::file_of(&self.prefix, address))
    }

    /// A link to a page that is known to exist.
    pub fn anchor_to(&self, spot: Spot<'_>, address: &str, text: impl Into<String>) -> view::Anchor {
        let href = self.to_address(spot, address);
        view::Anchor { href, text: text.into(), external: false, file: None, download: None }
    }

    /// A link as an author gave it; `None` and a finding where it leads nowhere.
    pub fn anchor(&self, spot: Spot<'_>, link: &Link, text: Option<&str>) -> Option<view::Anchor> {
        let href = self.href(spot, &link.target);
        if href.is_none() {
            self.dead(&link.target, &link.place, spot);
        }
        let label = link.label.clone().or_else(|| text.map(str::to_owned));
        let mut anchor = view::Anchor {
            href: href?,
            text: label.unwrap_or_else(|| self.default_text(&link.target)),
            external: matches!(link.target, LinkTarget::Web(_)),
            file: None,
            download: None,
        };
        if let LinkTarget::Attachment(path) = &link.target {
            let (name, attachment) = address::find_attachment(spot.attachments, attachment_name(path))?;
            let own = name.rsplit('/').next().unwrap_or(name);
            anchor.file = Some(self.printer.file(own, attachment.size));
            anchor.download = (address::published_name(name) != name).then(|| own.to_owned());
        }
        Some(anchor)
    }

    /// The links of a list that lead somewhere.
    pub fn anchors(&self, spot: Spot<'_>, links: &[Link], text: Option<&str>) -> Vec<view::Anchor> {
        links.iter().filter_map(|link| self.anchor(spot, link, text)).collect()
    }

    /// The text of a link that has none: never a bare "open" or "download", since it must say where it leads.
    fn default_text(&self, target: &LinkTarget) -> String {
        match target {
            LinkTarget::Attachment(path) => {
                let name = attachment_name(path).rsplit('/').next().unwrap_or_default();
                name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
            }
            LinkTarget::Page { address, .. } => self.short_title(address),
            LinkTarget::Web(url) => url.clone(),
            LinkTarget::Fragment(text) | LinkTarget::Mail(text) | LinkTarget::Telephone(text) => text.clone(),
        }
    }

    /// The short name of one of our pages.
    pub fn short_title(&self, address: &str) -> String {
        let steps: Vec<&str> = address.split('/').filter(|step| !step.is_empty()).collect();
        let year = |year: &str| self.printer.count(year);
        match steps.as_slice() {
            [] => self.printer.choose("หน้าแรก", "Front page").to_owned(),
            ["pages", id] => self.content.pages.get(*id).and_then(|page| page.title.clone()).map_or_else(
                || address.to_owned(),
                |title| title.value,
            ),
            [of] => format!("{} {}", self.printer.choose("รายงานการวิเคราะห์ผลการประเมิน ปี", "Analysis report"), year(of)),
            [of, "measures"] => format!("{} {}", self.printer.choose("มาตรการจากผลการประเมิน ปี", "Measures after"), year(of)),
            [of, "results"] => {
                format!("{} {}", self.printer.choose("ผลการดำเนินการตามมาตรการจากผลการประเมิน ปี", "Results of the measures after"), year(of))
            }
            [of, "oit"] => format!("{} {}", self.printer.choose("รายการข้อ OIT ปี", "OIT items"), year(of)),
            [of, ..] => format!("{} {}", self.printer.choose("บันทึกข้อความ ปี", "Memo"), year(of)),
        }
    }

    /// Where a target leads from a spot; remembers linked attachments. `None` if it does not exist.
    pub fn href(&self, spot: Spot<'_>, target: &LinkTarget) -> Option<String> {
        match target {
            LinkTarget::Page { address, fragment } => {
                let exists = self.summary.addresses.contains(address) || self.settings.moved.contains_key(&self.site_address(address));
                let mut href = exists.then(|| self.to_address(spot, address))?;
                if let Some(fragment) = fragment {
                    href.push('#');
                    href.push_str(&percent_encode(fragment));
                }
                Some(href)
            }
            LinkTarget::Attachment(path) => {
                let (name, attachment) = address::find_attachment(spot.attachments, attachment_name(path))?;
                let file = format!("{}{}files/{}", self.prefix, spot.folder, address::published_name(name));
                let href = address::relative(spot.file, &file);
                self.linked.borrow_mut().insert(file, attachment.path.clone());
                Some(href)
            }
            LinkTarget::Fragment(fragment) => Some(format!("#{}", percent_encode(fragment))),
            outside => outside.outside(),
        }
    }

    /// An address counted from the root of the site, as `moved` has it.
    fn site_address(&self, address: &str) -> String {
        if self.prefix.is_empty() { address.to_owned() } else { format!("/{}{}", self.prefix, address.trim_start_matches('/')) }
    }

    fn dead(&self, target: &LinkTarget, place: &Place, spot: Spot<'_>) {
        let finding = match target {
            LinkTarget::Attachment(path) => {
                let name = attachment_name(path);
                catalog::missing_attachment(place, name, address::nearest_attachment(spot.attachments, name))
            }
            LinkTarget::Page { address, .. } => {
                let nearest = thai::nearest(address, self.summary.addresses.iter().map(String::as_str));
                catalog::dead_link(place, address, nearest)
            }
            _ => return,
        };
        self.findings.borrow_mut().add(finding);
    }

    /// Evaluates a narrative at a spot, in the data of a round if it has one.
    pub fn prose(&self, body: &Body, spot: Spot<'_>, prefix: &str, level: u8, round: Option<&Round>, printer: Printer) -> Prose {
        let value = |expression: &Expression| self.value(expression, round, printer);
        let href = |target: &LinkTarget| self.href(spot, target);
        let setting = Setting {
            id_prefix: prefix,
            section_level: level,
            numerals: printer.numerals,
            table_label: printer.choose("ตาราง เลื่อนดูทางขวาได้", "table, scrolls sideways"),
            back_label: printer.choose("กลับไปยังเนื้อหา", "back to the text"),
            value: &value,
            href: &href,
        };
        let prose = markdown::prose(body, &setting, &mut self.findings.borrow_mut());
        for link in prose.links.iter().filter(|link| link.href.is_none()) {
            self.dead(&link.target, &link.place, spot);
        }
        prose
    }

    /// What a binding stands for; `None` where the data does not hold it.
    fn value(&self, expression: &Expression, round: Option<&Round>, printer: Printer) -> Option<String> {
        if let Expression::Agency(field) = expression {
            return self.agency_value(*field, round);
        }
        let round = round?;
        let framework = self.framework(round.year);
        let tally = self.tallies.get(&round.year)?;
        match expression {
            Expression::Agency(field) => self.agency_value(*field, Some(round)),
            Expression::Report(field) => self.report_value(*field, round, tally, printer),
            Expression::Indicator { number, field } => {
                self.indicator_value(u8::try_from(*number).ok()?, *field, round, framework?, printer)
            }
            Expression::Instrument { code, field } => {
                let instrument = framework?.instrument(&code.to_uppercase())?;
                Some(match field {
                    InstrumentField::Code => instrument.code.clone(),
                    InstrumentField::Name => instrument.name.clone(),
                    InstrumentField::Score => printer.rounded(*tally.instruments.get(&instrument.code)?),
                    InstrumentField::Weight => printer.count(instrument.weight?.hundredths() / 100),
                })
            }
            Expression::Measure { id, field } => {
                let plan = round.measures.as_ref()?;
                let measure = plan.measures.iter().find(|measure| measure.id == *id)?;
                match field {
                    MeasureField::Title => Some(measure.short_title().to_owned()),
                    MeasureField::Period => Some(printer.period(measure.period.as_ref()?.value).text),
                    MeasureField::State => Some(printer.state(measure.state()?).text),
                }
            }
            Expression::Decided(field) => {
                let decided = round.measures.as_ref()?.decided.as_ref()?;
                match field {
                    DecidedField::By => Some(decided.by.as_ref()?.value.clone()),
                    DecidedField::Who => Some(decided.who.as_ref()?.value.clone()),
                    DecidedField::Date => Some(printer.date(decided.date.as_ref()?.value).text),
                }
            }
        }
    }

    fn agency_value(&self, field: AgencyField, round: Option<&Round>) -> Option<String> {
        let profile = &self.content.agency.profile;
        let (name, short_name) = names(profile, round.map(|round| round.year));
        match field {
            AgencyField::Name => Some(name.to_owned()),
            AgencyField::ShortName => Some(short_name.to_owned()),
            AgencyField::Address => profile.address.clone(),
            AgencyField::Phone => profile.phone.clone(),
            AgencyField::Email => profile.email.clone(),
            AgencyField::Kind => Some(profile.kind().name().to_owned()),
            AgencyField::Province => profile.province.clone(),
            AgencyField::District => profile.district.clone(),
        }
    }

    fn report_value(&self, field: ReportField, round: &Round, tally: &Tally, printer: Printer) -> Option<String> {
        let summary = self.summary.rounds.get(&round.year)?;
        match field {
            ReportField::Year => Some(printer.count(round.year)),
            ReportField::MeasuresYear => Some(printer.count(round.year.next())),
            ReportField::Total => Some(printer.score(summary.total?)),
            ReportField::Level => score::level(round.scores.as_ref()?, tally),
            ReportField::Announced => Some(printer.date(summary.announced?).text),
            ReportField::Pass => Some(printer.score(self.framework(round.year)?.pass)),
        }
    }

    fn indicator_value(
        &self,
        number: u8,
        field: IndicatorField,
        round: &Round,
        framework: &Framework,
        printer: Printer,
    ) -> Option<String> {
        let indicator = framework.indicator(number)?;
        let score = || Some(round.scores.as_ref()?.indicators.get(&number)?.value);
        match field {
            IndicatorField::Number => Some(printer.count(number)),
            IndicatorField::Name => Some(indicator.name.clone()),
            IndicatorField::Score => Some(printer.score(score()?)),
            IndicatorField::Instrument => Some(indicator.instrument.clone()),
            IndicatorField::Previous => Some(printer.score(self.previous_score(round.year, number)?)),
            IndicatorField::Change => {
                Some(printer.change(Exact::from(score()?) - Exact::from(self.previous_score(round.year, number)?)))
            }
        }
    }

    /// The same indicator a year earlier.
    pub fn previous_score(&self, year: FiscalYear, number: u8) -> Option<crate::model::number::Score> {
        self.summary.rounds.get(&year.previous())?.indicators.get(&number).copied()
    }

    /// What every page has, with an empty menu mark and no data of its own yet.
    pub fn page(&self, kind: &'static str, address: &str, title: String, year: Option<FiscalYear>, body: view::Body) -> view::Page {
        let file = address::file_of(&self.prefix, address);
        let spot = self.top(&file);
        let agency = self.agency_view(spot, year);
        let base_url = self.settings.base_url.as_deref();
        view::Page {
            kind,
            window_title: if address == "/" { title.clone() } else { format!("{title} – {}", agency.short_name) },
            description: format!("{title} {}", agency.name),
            title,
            language: self.printer.language.code(),
            numerals: self.printer.numerals.code(),
            home: self.to_address(spot, "/"),
            root: "../".repeat(file.matches('/').count()),
            canonical: base_url.map(|base_url| address::absolute(base_url, &file)),
            portal: self.settings.portal.as_ref().map(|portal| view::Portal {
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
        Spot { file, attachments: &self.content.attachments, folder: "" }
    }

    fn agency_view(&self, spot: Spot<'_>, year: Option<FiscalYear>) -> view::Agency {
        let profile = &self.content.agency.profile;
        let (name, short_name) = names(profile, year);
        // Seal and map are the same on every page: what is wrong with them is found once, on the front page.
        let quiet = |link: &Option<Link>| link.as_ref().and_then(|link| self.href(spot, &link.target));
        let main_site = self.content.agency.main_site.as_ref();
        view::Agency {
            name: name.to_owned(),
            short_name: short_name.to_owned(),
            kind: profile.kind().name().to_owned(),
            address: profile.address.clone(),
            phone_href: profile.phone.as_deref().and_then(telephone),
            phone: profile.phone.clone(),
            email: profile.email.clone(),
            map: quiet(&profile.map).map(|href| view::Anchor {
                href,
                text: self.printer.choose("แผนที่", "Map").to_owned(),
                external: true,
                file: None,
                download: None,
            }),
            seal: quiet(&profile.seal),
            main_site: main_site.and_then(|site| {
                Some(view::Anchor {
                    href: self.href(spot, &site.url.target)?,
                    text: self.printer.choose("เว็บไซต์หลักของหน่วยงาน", "Main site of the agency").to_owned(),
                    external: true,
                    file: None,
                    download: None,
                })
            }),
            province: profile.province.clone(),
            district: profile.district.clone(),
        }
    }

    /// Reports what is wrong with links of the settings; once for an agency.
    pub fn check_profile(&self, spot: Spot<'_>) {
        let profile = &self.content.agency.profile;
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
        if let Some(report) = year.map(|year| format!("/{year}/")).filter(|report| self.summary.addresses.contains(report)) {
            crumbs.push(self.anchor_to(spot, &report, self.short_title(&report)));
        }
        crumbs
    }

    /// Front page, the newest report with what belongs to it, the newest round, and the further pages in the author's order.
    fn menu(&self, spot: Spot<'_>, address: &str) -> Vec<view::MenuItem> {
        let newest = |name: &str| {
            let mut years = self.content.rounds.keys().rev().map(|year| format!("/{year}/{name}"));
            years.find(|address| self.summary.addresses.contains(address))
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
        let item = |(to, text): (String, String)| view::MenuItem { href: self.to_address(spot, &to), current: to == address, text };
        entries.into_iter().map(item).collect()
    }

    fn further_pages(&self) -> Vec<(String, String)> {
        let mut pages: Vec<_> = self.content.pages.iter().collect();
        let title = |page: &crate::model::Narrative| page.title.as_ref().map_or(String::new(), |title| title.value.clone());
        pages.sort_by_key(|(_, page)| (page.order.unwrap_or(u32::MAX), thai::collation_key(&title(page))));
        pages.into_iter().map(|(id, page)| (format!("/pages/{id}/"), page.menu.clone().unwrap_or_else(|| title(page)))).collect()
    }
}

/// The names that a page of a year carries, or today's.
fn names(profile: &Profile, year: Option<FiscalYear>) -> (&str, &str) {
    match year {
        Some(year) => profile.names_in(year),
        None => (&profile.name, &profile.short_name),
    }
}

/// `files/x.pdf` without its folder.
fn attachment_name(path: &str) -> &str {
    path.strip_prefix("files/").unwrap_or(path)
}

/// `tel:` of a number as offices write it; none for extensions and several numbers in one line.
fn telephone(text: &str) -> Option<String> {
    let arabic = thai::to_arabic_digits(text);
    let digits: String = arabic.chars().filter(|sign| sign.is_ascii_digit()).collect();
    let is_plain = arabic.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, '-' | ' '));
    (is_plain && matches!(digits.len(), 9 | 10)).then(|| format!("tel:{digits}"))
}

/// A passage's HTML, empty where there is nothing to read.
pub fn html(passage: &Passage) -> String {
    passage.html.clone()
}

/// The headed parts of a narrative.
pub fn sections(prose: &Prose) -> Vec<view::Section> {
    prose.sections.iter().map(section).collect()
}

/// One headed part.
pub fn section(section: &markdown::Section) -> view::Section {
    view::Section {
        id: section.heading.id.clone(),
        heading: section.heading.plain.text.trim().to_owned(),
        html: section.passage.html.clone(),
    }
}

/// The newest of some dates.
pub fn newest(dates: impl IntoIterator<Item = Option<Date>>) -> Option<Date> {
    dates.into_iter().flatten().max()
}

//! Where the pages of one agency are laid out: answers what a link leads to and what a binding stands for, and keeps account of the
//! attachments that were linked and of the links that lead nowhere.

use super::frame::{self, Frame};
use super::printer::Printer;
use super::{Input, PromisedLink, address, data, narrative, view};
use crate::check;
use crate::check::text::Subject;
use crate::finding::Findings;
use crate::finding::catalog::disclosure as catalog;
use crate::framework::Framework;
use crate::model::date::{Date, FiscalYear};
use crate::model::link::LinkTarget;
use crate::model::{Attachments, Given, Link, Round};
use crate::parse::markdown::binding::Expression;
use crate::parse::markdown::{self, Body, Prose};
use crate::score::Tally;
use crate::source::Place;
use crate::thai;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

/// What the pages of one agency are made from, and what comes up while they are.
pub struct Desk<'a> {
    /// All that they are a function of.
    pub input: Input<'a>,
    /// What they have in common.
    pub frame: Frame<'a>,
    /// `<id>/` in a portal.
    pub prefix: String,
    /// The site's manner.
    pub printer: Printer,
    /// Published attachments: file in the output, file on this machine.
    pub linked: RefCell<BTreeMap<String, PathBuf>>,
    /// Files in the output that links mean but do not name rightly.
    pub(super) meant: RefCell<BTreeSet<String>>,
    /// Links of the content, which the pages have to show.
    pub promised: RefCell<Vec<PromisedLink>>,
    /// What was found while laying out.
    pub findings: RefCell<Findings>,
}

/// A page of an agency: where it lies and what it speaks of.
pub struct Spot<'a> {
    /// Counted from the agency's front page: `/2565/measures/`.
    pub address: String,
    /// Its file, from the root of the output; links are counted from here.
    pub file: String,
    /// The year whose names it carries, unless it is today's.
    pub year: Option<FiscalYear>,
    /// The round in whose `files/` its attachments lie, unless it is the agency's own.
    pub round: Option<&'a Round>,
}

impl<'a> Desk<'a> {
    /// With nothing laid out yet.
    pub fn new(input: Input<'a>) -> Self {
        let prefix = address::prefix(input.content.agency.id.as_deref());
        let printer = Printer::of(input.settings);
        let entries = frame::newest_pages(input, &prefix, printer);
        Desk {
            input,
            frame: Frame::new(input.settings, &prefix, entries, &input.content.pages),
            prefix,
            printer,
            linked: RefCell::default(),
            meant: RefCell::default(),
            promised: RefCell::default(),
            findings: RefCell::default(),
        }
    }

    /// The page at an address: one of a year, or one of the agency as it is today.
    pub fn spot(&self, address: impl Into<String>, year: Option<FiscalYear>) -> Spot<'a> {
        let address = address.into();
        let file = address::file_of(&self.prefix, &address);
        let round = year.and_then(|year| self.input.content.rounds.get(&year)).map(Arc::as_ref);
        Spot { address, file, year, round }
    }

    /// The rules of a year.
    pub fn framework(&self, year: FiscalYear) -> Option<&Framework> {
        self.input.frameworks.of(year)
    }

    /// What follows from the scores of a round.
    pub fn tally(&self, round: &Round) -> &Tally {
        &self.input.tallies[&round.year]
    }

    /// Whether this agency has a page at an address.
    pub fn has_page(&self, address: &str) -> bool {
        self.input.summary.addresses.contains(address)
    }

    /// The link from a spot to an address of this agency.
    pub fn to_address(&self, spot: &Spot<'_>, address: &str) -> String {
        self.relative(&spot.file, address)
    }

    fn relative(&self, file: &str, address: &str) -> String {
        address::relative(file, &address::file_of(&self.prefix, address))
    }

    /// What lies in the `files/` of a round, or of the agency.
    fn attachments<'s>(&'s self, round: Option<&'s Round>) -> &'s Attachments {
        round.map_or(&self.input.content.attachments, |round| &round.attachments)
    }

    /// A link to a page that is known to exist.
    pub fn anchor_to(&self, spot: &Spot<'_>, address: &str, text: impl Into<String>) -> view::Anchor {
        view::Anchor::inside(self.to_address(spot, address), text)
    }

    /// A link to a page of this agency, if it has it.
    pub fn link(&self, spot: &Spot<'_>, address: &str, th: &str, en: &str) -> Option<view::Anchor> {
        self.has_page(address).then(|| self.anchor_to(spot, address, self.printer.choose(th, en)))
    }

    /// A link as an author gave it; `None` and a finding where it leads nowhere.
    pub fn anchor(&self, spot: &Spot<'_>, link: &Link, text: Option<&str>) -> Option<view::Anchor> {
        let href = self.href(&spot.file, spot.round, &link.target);
        if href.is_none() {
            self.dead(&link.target, &link.place, spot);
        }
        let label = link.label.as_ref().map(Given::bare).or_else(|| text.map(str::to_owned));
        let text = label.unwrap_or_else(|| self.default_text(&link.target));
        let mut anchor = match link.target {
            LinkTarget::Web(_) => view::Anchor::outside(href?, text),
            _ => view::Anchor::inside(href?, text),
        };
        if let LinkTarget::Attachment(path) = &link.target {
            let (name, attachment) = address::find_attachment(self.attachments(spot.round), path)?;
            let own = name.rsplit('/').next().unwrap_or(name);
            anchor.file = Some(self.printer.file(own, attachment.size));
            anchor.download = (address::published_name(name) != name).then(|| own.to_owned());
        }
        self.promise(spot, &anchor.href, &link.place);
        Some(anchor)
    }

    pub(super) fn promise(&self, spot: &Spot<'_>, href: &str, place: &Place) {
        let (page, href, place) = (spot.file.to_owned(), href.to_owned(), place.clone());
        self.promised.borrow_mut().push(PromisedLink { page, href, place });
    }

    /// The links of a list that lead somewhere.
    pub fn anchors(&self, spot: &Spot<'_>, links: &[Link], text: Option<&str>) -> Vec<view::Anchor> {
        links.iter().filter_map(|link| self.anchor(spot, link, text)).collect()
    }

    /// The text of a link that has none: never a bare "open" or "download", since it must say where it leads.
    fn default_text(&self, target: &LinkTarget) -> String {
        match target {
            LinkTarget::Attachment(path) => {
                let name = address::attachment_name(path).rsplit('/').next().unwrap_or_default();
                name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
            }
            LinkTarget::Page { address, .. } => self.short_title(address),
            LinkTarget::Web(url) => url.clone(),
            LinkTarget::Fragment(text) | LinkTarget::Mail(text) | LinkTarget::Telephone(text) => text.clone(),
        }
    }

    /// Where a target leads from a file; remembers linked attachments, those of a round or the agency's own. `None` if it does not exist.
    pub fn href(&self, file: &str, round: Option<&Round>, target: &LinkTarget) -> Option<String> {
        match target {
            LinkTarget::Page { address, fragment } => {
                let exists = self.has_page(address)
                    || data::is_file(address)
                    || self.input.settings.moved.contains_key(&self.site_address(address));
                let fragment = fragment.as_deref().map(address::fragment).unwrap_or_default();
                exists.then(|| self.relative(file, address) + &fragment)
            }
            LinkTarget::Attachment(path) => {
                let (name, attachment) = address::find_attachment(self.attachments(round), path)?;
                let to = address::of_attachment(&self.prefix, round.map(|round| round.year), name);
                let href = address::relative(file, &to);
                self.linked.borrow_mut().insert(to, attachment.path.clone());
                Some(href)
            }
            LinkTarget::Fragment(fragment) => Some(address::fragment(fragment)),
            outside => outside.outside(),
        }
    }

    /// Whether every link of a round leads somewhere, be it shown or not.
    pub(super) fn leads_everywhere(&self, round: &Round) -> bool {
        let spot = self.spot(format!("/{}/", round.year), Some(round.year));
        let value = |expression: &Expression| self.value(expression, Some(round), self.printer);
        let href = |target: &LinkTarget| self.href(&spot.file, Some(round), target);
        let setting = narrative::setting(self.printer, "", 2, &value, &href);
        let text_leads_everywhere = |body: &Body| {
            let mut findings = Findings::default();
            let prose = markdown::prose(body, &setting, &mut findings);
            !findings.has_errors() && prose.links.iter().all(|link| link.href.is_some())
        };
        round.links().all(|link| href(&link.target).is_some())
            && round.bodies().filter(|body| body.may_link()).all(text_leads_everywhere)
    }

    /// An address counted from the root of the site, as `moved` has it.
    fn site_address(&self, address: &str) -> String {
        if self.prefix.is_empty() {
            address.to_owned()
        } else {
            format!("/{}{}", self.prefix, address.trim_start_matches('/'))
        }
    }

    /// Finds fault with a target that does not exist.
    pub(super) fn dead(&self, target: &LinkTarget, place: &Place, spot: &Spot<'_>) {
        let finding = match target {
            LinkTarget::Attachment(path) => {
                let name = address::attachment_name(path);
                let nearest = address::nearest_attachment(self.attachments(spot.round), name);
                let year = spot.round.map(|round| round.year);
                let meant = nearest.map(|nearest| address::of_attachment(&self.prefix, year, nearest));
                self.meant.borrow_mut().extend(meant);
                catalog::missing_attachment(place, name, nearest)
            }
            LinkTarget::Page { address, .. } => {
                let nearest = thai::nearest(address, self.input.summary.addresses.iter().map(String::as_str));
                catalog::dead_link(place, address, nearest)
                    .hinges_on(address::source_of(&self.prefix, address))
            }
            _ => return,
        };
        self.findings.borrow_mut().add(finding);
    }

    /// Evaluates a narrative at a spot, in the data of a round if it has one.
    pub fn prose(
        &self,
        body: &Body,
        spot: &Spot<'_>,
        prefix: &str,
        level: u8,
        round: Option<&Round>,
        printer: Printer,
    ) -> Prose {
        let value = |expression: &Expression| self.value(expression, round, printer);
        let href = |target: &LinkTarget| self.href(&spot.file, spot.round, target);
        let setting = narrative::setting(printer, prefix, level, &value, &href);
        let prose = markdown::prose(body, &setting, &mut self.findings.borrow_mut());
        for link in &prose.links {
            match &link.href {
                Some(href) => self.promise(spot, href, &link.place),
                None => self.dead(&link.target, &link.place, spot),
            }
        }
        if self.input.is_judged {
            check::text::check_prose(&prose, self.subject(spot, round), &mut self.findings.borrow_mut());
        }
        prose
    }

    /// What the prose of a spot speaks of. The front page speaks of the latest round, but of other years as well.
    fn subject<'s>(&'s self, spot: &Spot<'_>, round: Option<&'s Round>) -> Subject<'s> {
        Subject {
            agency: Some(&self.input.content.agency.profile),
            round,
            framework: round.and_then(|round| self.framework(round.year)),
            tally: round.map(|round| self.tally(round)),
            is_of_year: spot.round.is_some(),
        }
    }
}

/// The newest of some dates.
pub fn newest(dates: impl IntoIterator<Item = Option<Date>>) -> Option<Date> {
    dates.into_iter().flatten().max()
}

//! A portal's own pages: its agencies, what they announced beside each other, and its further pages. Functions of summaries alone.

mod census;
mod compare;
mod groups;
mod lists;
mod results;

use super::frame::{Entry, Frame};
use super::narrative::{self, Whole};
use super::printer::Printer;
use super::{Filed, PromisedLink, about, address, desk, search, sitemap, view};
use crate::check;
use crate::check::text::Subject;
use crate::finding::Findings;
use crate::finding::catalog::disclosure as catalog;
use crate::framework::Frameworks;
use crate::language::Language;
use crate::model::date::FiscalYear;
use crate::model::link::LinkTarget;
use crate::model::summary::AgencySummary;
use crate::model::{Attachments, Given, Narrative, Portal, Settings};
use crate::parse::markdown::{self, Prose};
use compare::{Comparer, Scope};
use groups::Groups;
pub use groups::{addresses, compares};
use lists::Register;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::OnceLock;

/// A portal's own content.
pub struct PortalContent<'a> {
    /// Its name.
    pub portal: &'a Portal,
    /// `content/index.md`.
    pub index: Option<Narrative>,
    /// `content/pages/<id>.md`.
    pub pages: BTreeMap<String, Narrative>,
    /// `content/files/`.
    pub attachments: Attachments,
}

/// What a portal's own pages are made from.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// `prongsai.yaml`.
    pub settings: &'a Settings,
    /// Built-in and own.
    pub frameworks: &'a Frameworks,
    /// What the portal says itself.
    pub content: &'a PortalContent<'a>,
    /// In Thai order of proper names.
    pub agencies: &'a [&'a AgencySummary],
}

/// What is wanted of a portal's own pages.
#[derive(Clone, Copy)]
pub struct Order<'a> {
    /// Knows every address of the site, for links to them.
    pub is_page: &'a dyn Fn(&str) -> bool,
    /// Whether lists of agencies get their rows. Those that do not are laid out empty, only to be known of.
    pub fills_lists: bool,
    /// Whether prose is judged.
    pub is_judged: bool,
}

/// Whether a page is a list of agencies, which are many and made from nothing else.
pub fn is_list(page: &view::Page) -> bool {
    matches!(page.body, view::Body::Ranking(_) | view::Body::Agencies(_))
}

/// Whether a page is a part of a list behind its first one.
pub(super) fn is_later_part(page: &view::Page) -> bool {
    let parts = match &page.body {
        view::Body::Ranking(ranking) => &ranking.parts,
        view::Body::Agencies(list) => &list.parts,
        _ => return false,
    };
    parts.first().is_some_and(|first| !first.current)
}

/// Lays out the portal's own pages.
pub fn pages(input: Input<'_>, order: Order<'_>, findings: &mut Findings) -> super::Pages {
    let Input { settings, frameworks, content, agencies } = input;
    prepared(input, &|_| order.fills_lists, |paper, register| {
        let printer = paper.printer;
        let layout = Layout {
            content,
            paper,
            is_page: order.is_page,
            is_judged: order.is_judged,
            linked: RefCell::default(),
            promised: RefCell::default(),
            findings: RefCell::default(),
        };
        let mut planned = super::Pages::default();
        planned.pages.push(("index.html".to_owned(), layout.home(register)));
        planned.pages.push(("about/index.html".to_owned(), layout.about(agencies, frameworks)));
        planned.pages.extend(paper.lists(register, |_| true));
        for (id, narrative) in &content.pages {
            planned.pages.push((format!("pages/{id}/index.html"), layout.further_page(id, narrative)));
        }
        let (view, search) = search::of_portal(&planned.pages, agencies, printer);
        let title = search::title(printer).to_owned();
        let file = address::file_of("", address::SEARCH);
        let page = paper.page("search", &file, title, view::Body::Search(view));
        planned.pages.push((file, page));
        planned.search = search;
        if let Some(base_url) = &settings.base_url {
            let own = sitemap::of_pages(&planned.pages);
            planned.files.push((sitemap::OF_PORTAL.to_owned(), own.into()));
            planned.files.push((sitemap::FILE.to_owned(), sitemap::of_portal(base_url, agencies).into()));
        }
        planned.attachments = layout.linked.take();
        planned.links = layout.promised.take();
        findings.append(layout.findings.take());
        planned
    })
}

/// Lays out a single list of agencies, by its file; nothing if there is no such list.
pub fn list(input: Input<'_>, file: &str) -> Option<Filed<view::Page>> {
    let is_above = |address: &str| file.starts_with(address.trim_start_matches('/'));
    prepared(input, &|other| other == file, |paper, register| {
        paper.lists(register, is_above).into_iter().find(|(other, _)| other == file)
    })
}

/// Makes something with the paper and the register of a portal, in which lists get their rows as `fills` says by their file.
fn prepared<R>(
    input: Input<'_>,
    fills: &(dyn Fn(&str) -> bool + Sync),
    make: impl FnOnce(&Paper<'_>, &Register<'_, '_>) -> R,
) -> R {
    let Input { settings, frameworks, content, agencies } = input;
    let printer = Printer::of(settings);
    let years = groups::years(agencies);
    let compared = groups::compared_year(&years);
    let groups = Groups::of(agencies);
    let results = years.keys().map(|year| (*year, OnceLock::new())).collect();
    let comparer = Comparer { frameworks, printer, groups: &groups, agencies, results };
    let (reported, without_report) = lists::missed(agencies);
    let register =
        Register { agencies, years: &years, compared, comparer: &comparer, reported, without_report, fills };
    let entries = compared.map(|year| year_entry(year, printer)).into_iter().collect();
    let frame = Frame::new(settings, "", entries, &content.pages);
    make(&Paper { frame, names: names(settings), printer }, &register)
}

/// The results of the year in which agencies are compared, in the menu.
fn year_entry(year: FiscalYear, printer: Printer) -> Entry {
    let text = match printer.language {
        Language::Thai => format!("ผลปี {}", printer.count(year)),
        Language::English => format!("Results {}", printer.count(year)),
    };
    Entry { file: groups::file_of_year(year), text }
}

/// A page of the site itself, which belongs to no agency and to no menu.
pub fn page(
    settings: &Settings,
    kind: &'static str,
    file: &str,
    title: String,
    body: view::Body,
) -> view::Page {
    Frame::of_site(settings).page(kind, file, names(settings), title, body)
}

/// Whose site it is. Its own pages go by the short name everywhere.
fn names(settings: &Settings) -> (&str, &str) {
    let agency = settings.agency.as_ref().map(|agency| &agency.profile.short_name.value);
    let portal = settings.portal.as_ref().map(|portal| &portal.short_name);
    let short_name = portal.or(agency).map_or("", String::as_str);
    (short_name, short_name)
}

/// What all pages of a portal have in common.
struct Paper<'a> {
    frame: Frame<'a>,
    names: (&'a str, &'a str),
    printer: Printer,
}

struct Layout<'a> {
    content: &'a PortalContent<'a>,
    paper: &'a Paper<'a>,
    is_page: &'a dyn Fn(&str) -> bool,
    is_judged: bool,
    linked: RefCell<BTreeMap<String, PathBuf>>,
    promised: RefCell<Vec<PromisedLink>>,
    findings: RefCell<Findings>,
}

impl Paper<'_> {
    /// A page of the portal, with the way to what there is to know about it.
    fn page(&self, kind: &'static str, file: &str, title: String, body: view::Body) -> view::Page {
        let about = address::relative(file, &address::file_of("", address::ABOUT));
        view::Page {
            about: Some(view::Anchor::inside(about, about::title(self.printer))),
            ..self.frame.page(kind, file, self.names, title, body)
        }
    }
}

impl Layout<'_> {
    fn home(&self, register: &Register<'_, '_>) -> view::Page {
        const FILE: &str = "index.html";
        let index = self.content.index.as_ref();
        let prose = index.map(|index| self.prose(index, FILE, "index"));
        let Whole { html, footnotes_html } = prose.map(narrative::whole).unwrap_or_default();
        let Register { agencies, compared, comparer, .. } = register;
        let fits = agencies.len() <= groups::ROWS;
        let all = || {
            let href = address::relative(FILE, &address::file_of("", groups::ALL));
            view::Anchor::inside(href, self.paper.title_of_all())
        };
        let body = view::PortalHome {
            html,
            footnotes_html,
            comparison: compared.and_then(|year| {
                comparer.comparison(&Scope { file: FILE, year, members: agencies, common: None })
            }),
            agencies: if fits {
                agencies.iter().map(|agency| self.paper.card(agency, FILE, None)).collect()
            } else {
                Vec::new()
            },
            all: (!fits).then(all),
            without_report: self.paper.link_without(register),
        };
        let title = index.and_then(|index| index.title.as_ref()).map(|title| title.value.clone());
        let title = title.unwrap_or_else(|| self.content.portal.name.clone());
        self.paper.page("portal", FILE, title, view::Body::PortalHome(Box::new(body)))
    }

    fn about(&self, summaries: &[&AgencySummary], frameworks: &Frameworks) -> view::Page {
        let rounds = || summaries.iter().flat_map(|summary| &summary.rounds);
        let years: BTreeSet<FiscalYear> =
            rounds().filter(|(_, round)| round.pages.report).map(|(year, _)| *year).collect();
        let view = view::About {
            embedding: None,
            owner: self.content.portal.name.clone(),
            results: if summaries.is_empty() { "none" } else { "agencies" },
            licence: None,
            methods: about::methods(years.into_iter(), frameworks, self.paper.printer),
            data: None,
        };
        let newest = desk::newest(rounds().map(|(_, round)| round.updated));
        let title = about::title(self.paper.printer).to_owned();
        view::Page {
            updated: newest.map(|date| self.paper.printer.date(date)),
            ..self.paper.page("about", "about/index.html", title, view::Body::AboutSite(Box::new(view)))
        }
    }

    fn further_page(&self, id: &str, narrative: &Narrative) -> view::Page {
        let file = format!("pages/{id}/index.html");
        let prose = self.prose(narrative, &file, id);
        let title = narrative.title.as_ref().map_or_else(|| id.to_owned(), |title| title.value.clone());
        let date = narrative.date.as_ref().map(|date| self.paper.printer.date(date.value));
        let body = view::Body::Text(narrative::text(date, prose));
        let office = narrative.office.as_ref().map(Given::bare);
        view::Page { office, ..self.paper.page("page", &file, title, body) }
    }

    fn prose(&self, narrative: &Narrative, file: &str, prefix: &str) -> Prose {
        let value = |_: &markdown::binding::Expression| None;
        let href = |target: &LinkTarget| self.href(file, target);
        let setting = narrative::setting(self.paper.printer, prefix, 2, &value, &href);
        let prose = markdown::prose(&narrative.body, &setting, &mut self.findings.borrow_mut());
        let promised = prose.links.iter().filter_map(|link| {
            let (page, href, place) = (file.to_owned(), link.href.clone()?, link.place.clone());
            Some(PromisedLink { page, href, place })
        });
        self.promised.borrow_mut().extend(promised);
        for link in prose.links.iter().filter(|link| link.href.is_none()) {
            let finding = match &link.target {
                LinkTarget::Attachment(path) => catalog::missing_attachment(&link.place, path, None),
                LinkTarget::Page { address, .. } => catalog::dead_link(&link.place, address, None),
                _ => continue,
            };
            self.findings.borrow_mut().add(finding);
        }
        if self.is_judged {
            check::text::check_prose(&prose, Subject::default(), &mut self.findings.borrow_mut());
        }
        prose
    }

    fn href(&self, file: &str, target: &LinkTarget) -> Option<String> {
        match target {
            LinkTarget::Page { address, fragment } => {
                let fragment = fragment.as_deref().map(address::fragment).unwrap_or_default();
                let to = address::file_of("", address);
                (self.is_page)(address).then(|| address::relative(file, &to) + &fragment)
            }
            LinkTarget::Attachment(path) => {
                let (name, attachment) = address::find_attachment(&self.content.attachments, path)?;
                let to = address::of_attachment("", None, name);
                self.linked.borrow_mut().insert(to.clone(), attachment.path.clone());
                Some(address::relative(file, &to))
            }
            LinkTarget::Fragment(fragment) => Some(address::fragment(fragment)),
            outside => outside.outside(),
        }
    }
}

//! A portal's own pages: the list of its agencies, and its further pages. Functions of summaries alone.

use super::address;
use super::home;
use super::narrative;
use super::printer::Printer;
use super::view;
use crate::finding::Findings;
use crate::finding::catalog::disclosure as catalog;
use crate::model::link::LinkTarget;
use crate::model::summary::AgencySummary;
use crate::model::{Attachments, Narrative, Portal, Settings};
use crate::parse::markdown::{self, Prose};
use crate::thai;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;

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

/// Lays out the portal's own pages. `is_page` knows the addresses of all agencies, for links into them.
pub fn pages(
    settings: &Settings,
    content: &PortalContent<'_>,
    summaries: &[AgencySummary],
    is_page: &dyn Fn(&str) -> bool,
    findings: &mut Findings,
) -> super::Pages {
    let printer = Printer::of(settings);
    let layout = Layout {
        settings,
        content,
        printer,
        is_page,
        linked: RefCell::default(),
        findings: RefCell::default(),
    };
    let mut planned = super::Pages::default();
    planned.pages.push(("index.html".to_owned(), layout.home(summaries)));
    for (id, narrative) in &content.pages {
        planned.pages.push((format!("pages/{id}/index.html"), layout.further_page(id, narrative)));
    }
    planned.attachments = layout.linked.take();
    findings.append(layout.findings.take());
    planned
}

/// A page of the site itself, which belongs to no agency.
pub fn page(
    settings: &Settings,
    portal: Option<&Portal>,
    kind: &'static str,
    file: &str,
    title: String,
    body: view::Body,
) -> view::Page {
    let owner = portal.map_or_else(
        || settings.agency.as_ref().map_or("", |agency| agency.profile.short_name.as_str()),
        |portal| portal.short_name.as_str(),
    );
    let front = address::relative(file, "index.html");
    view::Page {
        kind,
        window_title: if file == "index.html" { title.clone() } else { format!("{title} – {owner}") },
        description: format!("{title} {owner}"),
        title,
        language: settings.language.code(),
        numerals: settings.numerals.code(),
        root: "../".repeat(file.matches('/').count()),
        canonical: settings.base_url.as_deref().map(|base_url| address::absolute(base_url, file)),
        agency: None,
        portal: portal.map(|portal| view::Portal {
            name: portal.name.clone(),
            short_name: portal.short_name.clone(),
            href: front.clone(),
        }),
        front,
        breadcrumbs: Vec::new(),
        menu: Vec::new(),
        updated: None,
        office: None,
        files: Vec::new(),
        accepted: Vec::new(),
        body,
    }
}

struct Layout<'a> {
    settings: &'a Settings,
    content: &'a PortalContent<'a>,
    printer: Printer,
    is_page: &'a dyn Fn(&str) -> bool,
    linked: RefCell<BTreeMap<String, PathBuf>>,
    findings: RefCell<Findings>,
}

impl Layout<'_> {
    fn home(&self, summaries: &[AgencySummary]) -> view::Page {
        let index = self.content.index.as_ref();
        let prose = index.map(|index| self.prose(index, "index.html", "index"));
        let card = |summary: &AgencySummary| {
            let prefix = address::prefix(summary.id.as_deref());
            let to = |address: &str| address::relative("index.html", &address::file_of(&prefix, address));
            view::AgencyCard {
                name: summary.name.clone(),
                href: to("/"),
                kind: summary.kind.name().to_owned(),
                district: summary.district.clone(),
                province: summary.province.clone(),
                latest: home::latest_card(self.printer, summary, &to),
            }
        };
        let body = view::Body::PortalHome(view::PortalHome {
            html: prose.as_ref().map(narrative::whole_html).unwrap_or_default(),
            footnotes_html: prose.as_ref().map(|prose| prose.footnotes.html.clone()).unwrap_or_default(),
            agencies: summaries.iter().map(card).collect(),
        });
        let title = index.and_then(|index| index.title.as_ref()).map(|title| title.value.clone());
        let title = title.unwrap_or_else(|| self.content.portal.name.clone());
        let mut page = page(self.settings, Some(self.content.portal), "portal", "index.html", title, body);
        page.menu = self.menu("index.html");
        page
    }

    fn further_page(&self, id: &str, narrative: &Narrative) -> view::Page {
        let file = format!("pages/{id}/index.html");
        let prose = self.prose(narrative, &file, id);
        let title = narrative.title.as_ref().map_or_else(|| id.to_owned(), |title| title.value.clone());
        let body = view::Body::Text(view::Text {
            date: narrative.date.as_ref().map(|date| self.printer.date(date.value)),
            html: prose.introduction.html.clone(),
            sections: narrative::sections(&prose),
            footnotes_html: prose.footnotes.html.clone(),
        });
        let mut page = page(self.settings, Some(self.content.portal), "page", &file, title, body);
        page.menu = self.menu(&file);
        page.office = narrative.office.clone();
        page
    }

    fn menu(&self, file: &str) -> Vec<view::MenuItem> {
        let home = ("index.html".to_owned(), self.printer.choose("หน้าแรก", "Front page").to_owned());
        let mut pages: Vec<_> = self.content.pages.iter().collect();
        let title = |page: &Narrative| page.title.as_ref().map_or(String::new(), |title| title.value.clone());
        pages.sort_by_key(|(_, page)| (page.order.unwrap_or(u32::MAX), thai::collation_key(&title(page))));
        let further = pages.into_iter().map(|(id, page)| {
            (format!("pages/{id}/index.html"), page.menu.clone().unwrap_or_else(|| title(page)))
        });
        let item = |(to, text): (String, String)| view::MenuItem {
            href: address::relative(file, &to),
            current: to == file,
            text,
        };
        std::iter::once(home).chain(further).map(item).collect()
    }

    fn prose(&self, narrative: &Narrative, file: &str, prefix: &str) -> Prose {
        let value = |_: &markdown::binding::Expression| None;
        let href = |target: &LinkTarget| self.href(file, target);
        let setting = narrative::setting(self.printer, prefix, 2, &value, &href);
        let prose = markdown::prose(&narrative.body, &setting, &mut self.findings.borrow_mut());
        for link in prose.links.iter().filter(|link| link.href.is_none()) {
            let finding = match &link.target {
                LinkTarget::Attachment(path) => catalog::missing_attachment(&link.place, path, None),
                LinkTarget::Page { address, .. } => catalog::dead_link(&link.place, address, None),
                _ => continue,
            };
            self.findings.borrow_mut().add(finding);
        }
        prose
    }

    fn href(&self, file: &str, target: &LinkTarget) -> Option<String> {
        match target {
            LinkTarget::Page { address, .. } => {
                let to = address::file_of("", address);
                let is_own = to == "index.html"
                    || self.content.pages.keys().any(|id| to == format!("pages/{id}/index.html"));
                (is_own || (self.is_page)(address)).then(|| address::relative(file, &to))
            }
            LinkTarget::Attachment(path) => {
                let (name, attachment) = address::find_attachment(&self.content.attachments, path)?;
                let to = format!("files/{}", address::published_name(name));
                self.linked.borrow_mut().insert(to.clone(), attachment.path.clone());
                Some(address::relative(file, &to))
            }
            LinkTarget::Fragment(fragment) => Some(format!("#{fragment}")),
            outside => outside.outside(),
        }
    }
}

//! What is new at an agency, as an Atom feed (RFC 4287): reports, measures, results and memos, each at the newest date in its data. It
//! holds absolute addresses, so there is none without `base_url`.

use super::chart::push_escaped;
use super::desk::Desk;
use super::{Filed, address, view};

/// In the folder of an agency.
pub(super) const FILE: &str = "feed.xml";

const NAMESPACE: &str = "http://www.w3.org/2005/Atom";

/// More entries than these are no news.
const MOST: usize = 50;

/// The feed of some pages of an agency; none without an address, or before there is anything with a date.
pub(super) fn of_pages(desk: &Desk<'_>, pages: &[Filed<view::Page>]) -> Option<Filed<Vec<u8>>> {
    let base_url = desk.input.settings.base_url.as_deref()?;
    let mut entries: Vec<(&str, &str, &view::Page)> = pages
        .iter()
        .filter(|(_, page)| matches!(page.kind, "report" | "measures" | "results" | "memo"))
        .filter_map(|(_, page)| Some((page.updated.as_ref()?.iso.as_str(), page.canonical.as_deref()?, page)))
        .collect();
    entries.sort_by(|(date, address, _), (other, another, _)| other.cmp(date).then(address.cmp(another)));
    entries.truncate(MOST);
    let (newest, ..) = entries.first()?;
    let file = format!("{}{FILE}", desk.prefix);
    let front = address::absolute(base_url, &address::file_of(&desk.prefix, "/"));
    let own = address::absolute(base_url, &file);
    let agency = &desk.input.content.agency.profile.name.value;
    let mut xml =
        format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"{NAMESPACE}\" xml:lang=\"th\">\n");
    element(&mut xml, "title", &title(desk));
    element(&mut xml, "id", &front);
    element(&mut xml, "updated", &moment(newest));
    link(&mut xml, "self", &own);
    link(&mut xml, "alternate", &front);
    xml.push_str("<author>");
    element(&mut xml, "name", agency);
    xml.push_str("</author>\n");
    for (date, address, page) in entries {
        xml.push_str("<entry>\n");
        element(&mut xml, "title", &page.title);
        element(&mut xml, "id", address);
        element(&mut xml, "updated", &moment(date));
        link(&mut xml, "alternate", address);
        element(&mut xml, "summary", &page.description);
        xml.push_str("</entry>\n");
    }
    xml.push_str("</feed>\n");
    Some((file, xml.into_bytes()))
}

/// The way to the feed from the front page.
pub(super) fn anchor(desk: &Desk<'_>) -> view::Anchor {
    view::Anchor::inside(FILE, title(desk))
}

/// How the feed is called.
fn title(desk: &Desk<'_>) -> String {
    let (name, _) = desk.names(None);
    format!("{}{name}", desk.printer.choose("ผลการประเมิน ITA และมาตรการ ", "ITA results and measures of "))
}

/// A day as the moment at which it begins in Thailand.
fn moment(day: &str) -> String {
    format!("{day}T00:00:00+07:00")
}

fn element(xml: &mut String, name: &str, text: &str) {
    xml.push_str(&format!("<{name}>"));
    push_escaped(xml, text);
    xml.push_str(&format!("</{name}>\n"));
}

fn link(xml: &mut String, relation: &str, address: &str) {
    xml.push_str(&format!("<link rel=\"{relation}\" href=\""));
    push_escaped(xml, address);
    xml.push_str("\"/>\n");
}

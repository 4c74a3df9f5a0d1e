//! Sitemaps after the protocol of sitemaps.org, for search engines: one for every agency, and over them one of a portal, which lists them. They
//! hold absolute addresses, so there are none without `base_url`.

use super::chart::push_escaped;
use super::{Filed, address, view};
use crate::model::summary::AgencySummary;
use std::fmt::Write;

/// In the folder of an agency, and at the root.
pub(super) const FILE: &str = "sitemap.xml";

/// At the root of a portal: its own pages, since a list of sitemaps lists nothing else.
pub const OF_PORTAL: &str = "sitemap-portal.xml";

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// The pages that somebody may look for, each with the newest date in its data.
pub(super) fn of_pages(pages: &[Filed<view::Page>]) -> Vec<u8> {
    let mut xml = begin("urlset");
    for (_, page) in pages.iter().filter(|(_, page)| is_looked_for(page)) {
        let Some(canonical) = &page.canonical else { continue };
        xml.push_str("<url><loc>");
        push_escaped(&mut xml, canonical);
        xml.push_str("</loc>");
        if let Some(updated) = &page.updated {
            let _ = write!(xml, "<lastmod>{}</lastmod>", updated.iso);
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    xml.into_bytes()
}

/// All sitemaps of a portal.
pub(super) fn of_portal(base_url: &str, summaries: &[&AgencySummary]) -> Vec<u8> {
    let mut xml = begin("sitemapindex");
    let of_agencies = summaries.iter().map(|summary| address::prefix(summary.id.as_deref()) + FILE);
    for file in [OF_PORTAL.to_owned()].into_iter().chain(of_agencies) {
        xml.push_str("<sitemap><loc>");
        push_escaped(&mut xml, &address::absolute(base_url, &file));
        xml.push_str("</loc></sitemap>\n");
    }
    xml.push_str("</sitemapindex>\n");
    xml.into_bytes()
}

/// What programs that visit every page are told: nothing is closed to them.
pub fn robots(base_url: Option<&str>) -> Vec<u8> {
    let mut robots = "User-agent: *\nAllow: /\n".to_owned();
    if let Some(base_url) = base_url {
        let _ = write!(robots, "\nSitemap: {}\n", address::absolute(base_url, FILE));
    }
    robots.into_bytes()
}

/// The card is for other sites, and the sheet for whoever fills in ITAS; notices of what moved or is left out say nothing themselves.
pub(super) fn is_looked_for(page: &view::Page) -> bool {
    !matches!(page.kind, "card" | "sheet" | "moved" | "not_found")
}

fn begin(root: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<{root} xmlns=\"{NAMESPACE}\">\n")
}

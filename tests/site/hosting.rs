//! What lies beside the pages for the programs of others: sitemaps, the feed, and what is said to whoever visits every page.

use crate::folder::{Folder, Tree, example, page, sites};
use std::collections::BTreeSet;

/// The texts of all elements of a name, in their order.
fn texts<'a>(xml: &'a str, name: &str) -> Vec<&'a str> {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    xml.split(&open).skip(1).map(|rest| rest.split(&close).next().unwrap()).collect()
}

/// The file of our own site at an absolute address.
fn file_of(base_url: &str, address: &str) -> String {
    let rest = address.strip_prefix(base_url).unwrap_or_else(|| panic!("{address} is not below {base_url}"));
    if rest.is_empty() || rest.ends_with('/') { format!("{rest}index.html") } else { rest.to_owned() }
}

fn published(site: &Tree) -> Tree {
    let folder = Folder::of(site);
    folder.build();
    folder.published()
}

#[test]
fn a_sitemap_lists_the_pages_that_somebody_looks_for() {
    let files = published(&example());
    let xml = page(&files, "sitemap.xml");
    let listed: BTreeSet<String> =
        texts(xml, "loc").into_iter().map(|address| file_of("https://example.go.th/ita/", address)).collect();
    let is_looked_for = |path: &&String| {
        path.ends_with(".html")
            && !["404.html", "card/index.html", "2566/oit/itas/index.html"].contains(&path.as_str())
    };
    let pages: BTreeSet<String> = files.keys().filter(is_looked_for).cloned().collect();
    assert_eq!(listed, pages);
    assert!(xml.contains("<loc>https://example.go.th/ita/2565/</loc><lastmod>2022-09-27</lastmod>"), "{xml}");
    assert_eq!(
        page(&files, "robots.txt").lines().last(),
        Some("Sitemap: https://example.go.th/ita/sitemap.xml")
    );
}

#[test]
fn a_portal_lists_the_sitemaps_of_its_agencies() {
    let site = with_address(sites().remove("portal").unwrap());
    let files = published(&site);
    let mut pages = 0;
    for sitemap in texts(page(&files, "sitemap.xml"), "loc") {
        let xml = page(&files, &file_of("https://example.go.th/", sitemap));
        for address in texts(xml, "loc") {
            page(&files, &file_of("https://example.go.th/", address));
            pages += 1;
        }
    }
    assert!(pages > 10, "{pages}");
}

#[test]
fn a_feed_tells_the_newest_first() {
    let files = published(&example());
    let xml = page(&files, "feed.xml");
    let days = texts(xml, "updated");
    let mut sorted = days[1..].to_vec();
    sorted.sort_by(|one, other| other.cmp(one));
    assert_eq!(days[1..], sorted);
    assert_eq!(days[0], days[1], "a feed is as new as its newest entry");
    assert!(days.iter().all(|day| day.ends_with("T00:00:00+07:00")), "{days:?}");
    let ids = texts(xml, "id");
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{ids:?}");
    for id in ids {
        page(&files, &file_of("https://example.go.th/ita/", id));
    }
    assert!(page(&files, "index.html").contains("application/atom+xml"));
}

#[test]
fn without_an_address_nothing_absolute_is_published() {
    let files = published(&sites().remove("minimal").unwrap());
    assert!(!files.contains_key("sitemap.xml") && !files.contains_key("feed.xml"));
    assert!(!page(&files, "index.html").contains("application/atom+xml"));
    assert_eq!(page(&files, "robots.txt"), "User-agent: *\nAllow: /\n");
}

fn with_address(mut site: Tree) -> Tree {
    let settings = String::from_utf8(site["prongsai.yaml"].clone()).unwrap();
    if !settings.contains("base_url") {
        site.insert(
            "prongsai.yaml".to_owned(),
            format!("{settings}base_url: https://example.go.th/\n").into(),
        );
    }
    site
}

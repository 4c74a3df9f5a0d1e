//! Rendered pages → findings: whether each link leads to a page and a fragment that exist, whether a template left out a link that the
//! content asks for, and whether every page can be reached from the front page. It reads bytes, whatever made them, since a template can
//! drop or break any link; it knows neither sources nor templates.

use crate::finding::Findings;
use crate::finding::catalog::disclosure as catalog;
use crate::model::link::percent_decode;
use crate::plan::PromisedLink;
use crate::source::Place;
use memchr::{memchr2, memmem, memrchr2};
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// So many pages are judged on one core: no agency has more, and all agencies have cores of their own. A portal has a thousand lists.
const FEW_PAGES: usize = 200;

/// What a rendered page links to, and which of its fragments others may link to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageLinks {
    /// The page, counted from the root of the output.
    pub file: String,
    /// Its ids.
    fragments: BTreeSet<String>,
    /// Each link once.
    links: BTreeSet<Link>,
}

/// A link as a browser would follow it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Link {
    /// As written, entities resolved.
    href: String,
    /// The file that it leads to, counted from the root of the output; `None` outside of this site.
    file: Option<String>,
    /// What stands behind `#`, decoded; empty without one.
    fragment: String,
}

/// What the pages that were scanned lie in.
pub struct Surroundings<'a> {
    /// The page from which every other one has to be reached.
    pub front: &'a str,
    /// Whether a file that is none of the scanned pages will be there.
    pub exists: &'a (dyn Fn(&str) -> bool + Sync),
    /// Links that the content asks for.
    pub promised: &'a [PromisedLink],
    /// Where the settings name the theme, for what no place in the content asks for.
    pub theme: &'a Place,
    /// Pages that no other page has to link to, such as the notice at an address that moved.
    pub standing_alone: &'a BTreeSet<String>,
}

/// Reads the links and ids of a page.
pub fn scan(file: &str, html: &[u8]) -> PageLinks {
    let mut page = PageLinks { file: file.to_owned(), ..PageLinks::default() };
    page.fragments.extend(attributes(html, b"id=").map(Cow::into_owned));
    for name in [b"href=".as_slice(), b"src="] {
        page.links.extend(attributes(html, name).map(|href| link(file, &href)));
    }
    page
}

/// Judges pages that were scanned, all of one agency or all that belong to the site itself.
pub fn check<'a>(
    pages: impl IntoIterator<Item = &'a PageLinks>,
    surroundings: &Surroundings<'_>,
    findings: &mut Findings,
) {
    let mut pages: Vec<&PageLinks> = pages.into_iter().collect();
    pages.sort_unstable_by_key(|page| &page.file);
    let by_file: ByFile<'_> = pages.iter().map(|page| (page.file.as_str(), *page)).collect();
    targets(&pages, &by_file, surroundings, findings);
    for promised in surroundings.promised {
        let page = by_file.get(promised.page.as_str());
        if page.is_some_and(|page| !page.links.iter().any(|link| link.href == promised.href)) {
            findings.add(catalog::link_not_shown(&promised.place, &promised.page));
        }
    }
    let reached = reached(&by_file, surroundings.front);
    let is_lost = |page: &&str| !reached.contains(page) && !surroundings.standing_alone.contains(*page);
    let lost: Vec<&str> = pages.iter().map(|page| page.file.as_str()).filter(is_lost).collect();
    if !lost.is_empty() {
        findings.add(catalog::unreachable_pages(surroundings.theme, &lost));
    }
}

/// Pages by their files. A country's lists have a hundred thousand links to look up.
type ByFile<'a> = HashMap<&'a str, &'a PageLinks>;

/// Whether each link leads to a file and a fragment that exist. A template prints the same dead link on many pages: that is one finding.
fn targets(
    pages: &[&PageLinks],
    by_file: &ByFile<'_>,
    surroundings: &Surroundings<'_>,
    findings: &mut Findings,
) {
    let leads = |link: &Link| match link.file.as_deref().map(|file| (file, by_file.get(file))) {
        None => true,
        Some((_, Some(target))) => target.has(&link.fragment),
        Some((file, None)) => (surroundings.exists)(file),
    };
    let dead: Vec<(&PageLinks, &Link)> = pages
        .par_iter()
        .with_min_len(FEW_PAGES)
        .flat_map_iter(|page| page.links.iter().filter(|link| !leads(link)).map(|link| (*page, link)))
        .collect();
    let mut lost: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (page, link) in dead {
        let Some(file) = link.file.as_deref() else { continue };
        if by_file.contains_key(file) {
            let of_link = |one: &&PromisedLink| one.page == page.file && one.href == link.href;
            let place = surroundings.promised.iter().find(of_link).map(|promised| &promised.place);
            findings.add(catalog::dead_fragment(place.unwrap_or(surroundings.theme), file, &link.fragment));
        } else {
            lost.entry(file).or_default().push(&page.file);
        }
    }
    for (file, pages) in lost {
        findings.add(catalog::dead_link_of_theme(surroundings.theme, file, &pages));
    }
}

impl PageLinks {
    /// Whether a link to a fragment finds it. Every browser goes to the top for none and for `top`.
    fn has(&self, fragment: &str) -> bool {
        fragment.is_empty() || fragment == "top" || self.fragments.contains(fragment)
    }
}

/// Every page to which clicks lead from the first one.
fn reached<'a>(pages: &ByFile<'a>, front: &'a str) -> HashSet<&'a str> {
    let mut reached = HashSet::from([front]);
    let mut open = vec![front];
    while let Some(page) = open.pop().and_then(|file| pages.get(file)) {
        let next = page.links.iter().filter_map(|link| link.file.as_deref());
        let next = next.filter(|file| pages.contains_key(file));
        open.extend(next.filter(|file| reached.insert(file)));
    }
    reached
}

/// The values of an attribute in all tags. The name is searched for as bytes, which is many times faster than reading tag by tag; what is
/// found counts only as the name of an attribute, since texts and values may hold the same words.
fn attributes<'a>(html: &'a [u8], name: &'a [u8]) -> impl Iterator<Item = Cow<'a, str>> {
    memmem::find_iter(html, name).filter_map(move |at| {
        let before = &html[..at];
        let stands_alone = before.last().is_some_and(u8::is_ascii_whitespace);
        let is_in_tag = || memrchr2(b'<', b'>', before).is_some_and(|mark| is_open_tag(&before[mark..]));
        (stands_alone && is_in_tag()).then(|| value(&html[at + name.len()..]))
    })
}

/// Whether bytes are a tag as far as the name of its next attribute: no value is open.
fn is_open_tag(html: &[u8]) -> bool {
    let close = |open: Option<u8>, byte: &u8| match (open, byte) {
        (None, b'"' | b'\'') => Some(*byte),
        (Some(quote), byte) if quote == *byte => None,
        _ => open,
    };
    let is_tag = matches!(html, [b'<', letter, ..] if letter.is_ascii_alphabetic());
    is_tag && html.iter().fold(None, close).is_none()
}

/// The value of an attribute behind its `=`, in quotes or without.
fn value(html: &[u8]) -> Cow<'_, str> {
    let raw = match html {
        [quote @ (b'"' | b'\''), rest @ ..] => {
            let end = memchr::memchr(*quote, rest).unwrap_or(rest.len());
            &rest[..end]
        }
        rest => {
            let end = rest.iter().position(|byte| byte.is_ascii_whitespace()).unwrap_or(rest.len());
            let end = memchr2(b'>', b'"', &rest[..end]).unwrap_or(end);
            &rest[..end]
        }
    };
    let text = String::from_utf8_lossy(raw);
    if text.contains('&') { Cow::Owned(resolved(&text)) } else { text }
}

/// A text with the entities resolved that an escaped attribute can hold.
fn resolved(text: &str) -> String {
    const ENTITIES: [(&str, &str); 8] = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&#x2F;", "/"),
        // The last, or `&amp;lt;` would become `<`.
        ("&amp;", "&"),
    ];
    ENTITIES.iter().fold(text.to_owned(), |text, (entity, sign)| text.replace(entity, sign))
}

fn link(page: &str, href: &str) -> Link {
    let (path, fragment) = href.split_once('#').unwrap_or((href, ""));
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    Link { href: href.to_owned(), file: target(page, path), fragment: percent_decode(fragment) }
}

/// The file to which a path leads from a page. What begins with `/` is counted from the root of a web server that is not known here.
fn target(page: &str, path: &str) -> Option<String> {
    let first = path.split('/').next().unwrap_or_default();
    if path.starts_with('/') || first.contains(':') {
        return None;
    }
    if path.is_empty() {
        return Some(page.to_owned());
    }
    let path = percent_decode(path);
    let mut steps: Vec<&str> = page.split('/').collect();
    steps.pop();
    for step in path.split('/') {
        match step {
            "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    let file = steps.join("/");
    Some(if file.is_empty() || file.ends_with('/') { file + "index.html" } else { file })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn links_and_ids_are_read_from_tags_alone() {
        let check = |html: &str, links: &[&str], ids: &[&str]| {
            let page = scan("2565/index.html", html.as_bytes());
            let found: Vec<&str> = page.links.iter().map(|link| link.href.as_str()).collect();
            assert_eq!(found, links, "{html}");
            assert_eq!(page.fragments.iter().map(String::as_str).collect::<Vec<_>>(), ids, "{html}");
        };
        check(r#"<p id="a"><a href="b.html">ก</a><img src='c.png'>"#, &["b.html", "c.png"], &["a"]);
        check("<a class=x href=b.html>ก</a><b id=c>", &["b.html"], &["c"]);
        check(r#"<p>พิมพ์ href="x" และ id="y"</p>"#, &[], &[]);
        check(r#"<p data-id="a" data-href="b">"#, &[], &[]);
        check(r#"<meta content="&lt;img src=x" id='"'>"#, &[], &["\""]);
        check(r#"<a href="a?b=1&amp;c=2">"#, &["a?b=1&c=2"], &[]);
        check("<a\n href=\"\">", &[""], &[]);
        check("<a href=", &[""], &[]);
        check("</p href=\"x\">", &[], &[]);
    }

    #[test]
    fn paths_lead_where_a_browser_goes() {
        let check = |page: &str, path: &str, expected: Option<&str>| {
            assert_eq!(target(page, path).as_deref(), expected, "{page} → {path}");
        };
        check("2565/index.html", "../index.html", Some("index.html"));
        check("2565/index.html", "measures/", Some("2565/measures/index.html"));
        check("2565/index.html", "", Some("2565/index.html"));
        check("2565/index.html", "./%E0%B8%81.pdf", Some("2565/ก.pdf"));
        check("index.html", "../../a.html", Some("a.html"));
        check("index.html", "https://example.go.th/", None);
        check("index.html", "mailto:a@example.go.th", None);
        check("index.html", "/ita/", None);
    }

    #[test]
    fn every_way_in_which_a_link_can_be_lost() {
        let source = Source::new("content/index.md", "[ก](/2565/#x)");
        let promised = |page: &str, href: &str| PromisedLink {
            page: page.to_owned(),
            href: href.to_owned(),
            place: source.whole(),
        };
        let check = |pages: &[(&str, &str)], promised: &[PromisedLink], expected: &[&str]| {
            let pages: Vec<PageLinks> =
                pages.iter().map(|(file, html)| scan(file, html.as_bytes())).collect();
            let surroundings = Surroundings {
                front: "index.html",
                exists: &|file| file == "assets/style.css",
                promised,
                theme: &source.whole(),
                standing_alone: &BTreeSet::from(["404.html".to_owned()]),
            };
            let mut findings = Findings::default();
            super::check(&pages, &surroundings, &mut findings);
            assert_eq!(findings.iter().map(|one| one.kind.code).collect::<Vec<_>>(), expected, "{pages:?}");
        };
        let front = ("index.html", r#"<link href="assets/style.css"><a href="a.html#x">"#);
        check(&[front, ("a.html", r#"<p id="x">"#), ("404.html", "")], &[], &[]);
        check(&[front, ("a.html", r#"<a href="%23x"><p id=x>"#)], &[], &["disclosure/dead-link"]);
        check(&[front, ("a.html", r#"<p id="y">"#)], &[], &["disclosure/dead-fragment"]);
        check(&[front], &[], &["disclosure/dead-link"]);
        check(&[("index.html", ""), ("b.html", "")], &[], &["disclosure/unreachable-page"]);
        check(&[("index.html", "")], &[promised("index.html", "b.html")], &["disclosure/link-not-shown"]);
        check(&[front, ("a.html", "<p id=x>")], &[promised("index.html", "a.html#x")], &[]);
    }
}

//! Every page of every test site, looked at as a browser and a screen reader would: one heading to begin with and none skipped, tables that
//! say what they hold, links that lead somewhere, and nothing that a page has to ask of another site.

use crate::cases;
use crate::folder::{Folder, Tree, example, sites};
use html5gum::{StartTag, Token, Tokenizer};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Attributes that no cell of ours may have: one that spans others is lost on a narrow screen and hard to read aloud.
const SPANS: [&str; 2] = ["rowspan", "colspan"];

/// A start tag: its name and attributes.
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
}

/// What a page is made of, in the order of the file.
enum Part {
    Start(Element),
    End(String),
    Text(String),
}

/// A page of one of the sites.
struct Page<'a> {
    /// For messages: site and path.
    name: String,
    path: &'a str,
    site: &'a Tree,
    parts: Vec<Part>,
}

impl<'a> Page<'a> {
    fn of(site_name: &str, site: &'a Tree, path: &'a str) -> Self {
        let name = format!("{site_name}: {path}");
        Page { parts: parts(&site[path], &name), name, path, site }
    }

    fn elements(&self) -> impl Iterator<Item = &Element> {
        self.parts.iter().filter_map(|part| match part {
            Part::Start(element) => Some(element),
            _ => None,
        })
    }

    fn named(&self, name: &str) -> impl Iterator<Item = &Element> {
        self.elements().filter(move |element| element.name == name)
    }
}

impl Element {
    fn get(&self, attribute: &str) -> Option<&str> {
        self.attributes.get(attribute).map(String::as_str)
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn parts(html: &[u8], name: &str) -> Vec<Part> {
    let part = |token| match token {
        Token::StartTag(StartTag { name, attributes, .. }) => {
            let attributes = attributes.into_iter().map(|(key, value)| (text(&key), text(&value)));
            Some(Part::Start(Element { name: text(&name), attributes: attributes.collect() }))
        }
        Token::EndTag(tag) => Some(Part::End(text(&tag.name))),
        Token::String(bytes) => Some(Part::Text(text(&bytes))),
        Token::Error(error) => panic!("{name}: {error:?}"),
        Token::Comment(_) | Token::Doctype(_) => None,
    };
    Tokenizer::new(html).map(Result::unwrap).filter_map(part).collect()
}

/// The sites that are looked at: all test sites, the example, and the cases that show pages.
static PUBLISHED: LazyLock<BTreeMap<String, Tree>> = LazyLock::new(|| {
    let mut all = sites();
    all.insert("example".to_owned(), example());
    let shown = cases::all().into_iter().filter(|case| case.name.starts_with("pages/"));
    all.extend(shown.map(|case| (case.name, case.site)));
    let build = |site: &Tree| {
        let folder = Folder::of(site);
        folder.build();
        folder.published()
    };
    let published = all.iter().map(|(name, site)| (name.clone(), build(site)));
    // A site with an error has no pages.
    published.filter(|(_, site)| !site.is_empty()).collect()
});

/// Looks at every page of every site, and says what is wrong with each.
fn check(look: impl Fn(&Page<'_>) -> Vec<String>) {
    let mut wrong = Vec::new();
    let mut count = 0;
    for (site_name, site) in &*PUBLISHED {
        for path in site.keys().filter(|path| path.ends_with(".html")) {
            let page = Page::of(site_name, site, path);
            wrong.extend(look(&page).into_iter().map(|problem| format!("{}: {problem}", page.name)));
            count += 1;
        }
    }
    assert!(count > 60, "only {count} pages were looked at");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pages_are_thai_and_have_one_title() {
    check(|page| {
        let mut wrong = Vec::new();
        let language = page.named("html").next().and_then(|html| html.get("lang"));
        if language != Some("th") {
            wrong.push(format!("the language is {language:?}"));
        }
        for name in ["h1", "title", "main"] {
            let count = page.named(name).count();
            if count != 1 {
                wrong.push(format!("{count} times <{name}>"));
            }
        }
        wrong
    });
}

#[test]
fn heading_levels_have_no_gaps() {
    check(|page| {
        let level = |element: &Element| element.name.strip_prefix('h')?.parse::<u8>().ok();
        // The footer begins anew at level 2.
        let levels: Vec<u8> = page.elements().filter_map(level).collect();
        let gaps = levels.windows(2).filter(|pair| pair[1] > pair[0] + 1);
        gaps.map(|pair| format!("level {} follows {}", pair[1], pair[0])).collect()
    });
}

#[test]
fn every_table_has_a_caption_and_headers() {
    check(|page| {
        let mut wrong = Vec::new();
        // Markdown has no captions: a table of prose stands in a box that is labelled and can be scrolled by keyboard.
        let elements: Vec<&Element> = page.elements().collect();
        for around in elements.windows(3).filter(|around| around[1].name == "table") {
            if around[2].name != "caption" && around[0].get("aria-label").is_none() {
                wrong.push(format!("a table without a name begins with <{}>", around[2].name));
            }
        }
        let unscoped = page.named("th").filter(|header| !matches!(header.get("scope"), Some("col" | "row")));
        wrong.extend(unscoped.map(|_| "a header without its scope".to_owned()));
        let spans = elements
            .iter()
            .flat_map(|element| element.attributes.keys())
            .filter(|key| SPANS.contains(&key.as_str()));
        wrong.extend(spans.cloned());
        let (tables, headers) = (page.named("table").count(), page.named("th").count());
        if tables > headers {
            wrong.push(format!("{tables} tables with {headers} headers"));
        }
        wrong
    });
}

#[test]
fn nothing_is_inline_and_nothing_runs() {
    check(|page| {
        let mut wrong = Vec::new();
        for element in page.elements() {
            let is_data = element.get("type").is_some_and(|kind| kind == "application/ld+json");
            // A search and long lists alone have boxes and the script that shows them.
            let class = page.named("body").next().and_then(|body| body.get("class")).unwrap_or_default();
            let has_box = ["kind-search", "kind-portal", "kind-ranking", "kind-agencies"].contains(&class)
                && matches!(element.name.as_str(), "script" | "form")
                && (element.name == "form" || element.get("src").is_some());
            if matches!(element.name.as_str(), "script" | "style" | "iframe" | "object" | "embed" | "form")
                && !is_data
                && !has_box
            {
                wrong.push(format!("<{}>", element.name));
            }
            let attributes = element.attributes.keys().filter(|key| *key == "style" || key.starts_with("on"));
            wrong.extend(attributes.map(|key| format!("{key}= on <{}>", element.name)));
        }
        wrong
    });
}

#[test]
fn ids_are_unique() {
    check(|page| {
        let mut seen = BTreeSet::new();
        let ids = page.elements().filter_map(|element| element.get("id"));
        ids.filter(|id| !seen.insert(id.to_owned()) || id.is_empty() || id.contains(char::is_whitespace))
            .map(str::to_owned)
            .collect()
    });
}

#[test]
fn images_have_a_text() {
    check(|page| {
        let silent = page.named("img").filter(|image| image.get("alt").is_none());
        silent.map(|image| format!("{:?} has no alt", image.get("src"))).collect()
    });
}

#[test]
fn links_say_where_they_lead() {
    check(|page| {
        let silent =
            links(page).into_iter().filter(|(href, words)| href.is_empty() || words.trim().is_empty());
        silent.map(|(href, words)| format!("a link to {href:?} reads {words:?}")).collect()
    });
}

/// The address and the words of every link; links do not nest.
fn links(page: &Page<'_>) -> Vec<(String, String)> {
    let mut links: Vec<(String, String)> = Vec::new();
    let mut is_inside = false;
    for part in &page.parts {
        let words = match part {
            Part::Start(element) if element.name == "a" => {
                is_inside = true;
                links.push((element.get("href").unwrap_or_default().to_owned(), String::new()));
                continue;
            }
            Part::End(name) if name == "a" => {
                is_inside = false;
                continue;
            }
            Part::Start(element) => element.get("alt").unwrap_or_default(),
            Part::Text(words) => words,
            Part::End(_) => continue,
        };
        if let Some((_, said)) = links.last_mut().filter(|_| is_inside) {
            said.push_str(words);
        }
    }
    links
}

/// Where every address of a page leads: into the site, to a file and fragment that exist; elsewhere only by a link that a reader follows.
#[test]
fn every_link_leads_somewhere() {
    check(|page| {
        let mut wrong = Vec::new();
        for element in page.elements() {
            let addresses = ["href", "src"].into_iter().filter_map(|attribute| element.get(attribute));
            for address in addresses {
                let problem = match target(page, address) {
                    Target::Outside if element.name == "a" || element.get("rel") == Some("canonical") => None,
                    Target::Outside => Some("is asked of another site"),
                    Target::File(file, _) if !page.site.contains_key(&file) => Some("leads to no file"),
                    Target::File(file, Some(id)) if !has_id(&Page::of(&page.name, page.site, &file), &id) => {
                        Some("leads to no id")
                    }
                    Target::Nowhere => Some("is neither relative nor a web address"),
                    Target::File(..) | Target::Contact => None,
                };
                wrong.extend(problem.map(|problem| format!("{address:?} of <{}> {problem}", element.name)));
            }
        }
        wrong
    });
}

fn has_id(page: &Page<'_>, id: &str) -> bool {
    page.elements().any(|element| element.get("id") == Some(id))
}

/// What an address means on a page.
enum Target {
    /// Another site.
    Outside,
    /// A telephone or mailbox, or no file at all.
    Contact,
    /// A file of the site, and a fragment of it.
    File(String, Option<String>),
    /// Nothing that works at any place.
    Nowhere,
}

fn target(page: &Page<'_>, address: &str) -> Target {
    if address.starts_with("https://") || address.starts_with("http://") {
        return Target::Outside;
    }
    if address.starts_with("mailto:") || address.starts_with("tel:") || address == "data:," {
        return Target::Contact;
    }
    let (path, fragment) = address.split_once('#').map_or((address, None), |(path, id)| (path, Some(id)));
    let inside = match path.strip_prefix("/ita/").or_else(|| path.strip_prefix('/')) {
        // This page stands at any depth, so it counts from the root of the web server, under which the sites of the tests lie.
        Some("") if page.path == "404.html" => "index.html",
        Some(inside) if page.path == "404.html" => inside,
        None if path.is_empty() || page.path != "404.html" => path,
        _ => return Target::Nowhere,
    };
    let file = if inside.is_empty() { page.path.to_owned() } else { resolved(page.path, inside) };
    Target::File(decoded(&file), fragment.map(decoded))
}

/// A relative path as seen from a page.
fn resolved(from: &str, to: &str) -> String {
    let mut steps: Vec<&str> = from.split('/').collect();
    steps.pop();
    for step in to.split('/') {
        match step {
            ".." => drop(steps.pop().expect("a link does not leave the site")),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// An address as the system finds it: `%E0` and the like are bytes.
fn decoded(text: &str) -> String {
    let mut pieces = text.split('%');
    let mut bytes = pieces.next().unwrap_or_default().as_bytes().to_vec();
    for piece in pieces {
        let (digits, rest) = piece.split_at(2);
        bytes.push(u8::from_str_radix(digits, 16).unwrap());
        bytes.extend(rest.as_bytes());
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn file_names_are_ascii() {
    let is_plain = |sign: char| sign.is_ascii_alphanumeric() || "._-/".contains(sign);
    for (name, site) in &*PUBLISHED {
        let odd: Vec<&String> = site.keys().filter(|path| !path.chars().all(is_plain)).collect();
        assert!(odd.is_empty(), "{name}: {odd:?}");
    }
}

/// From the front page a reader reaches every page by following links.
#[test]
fn every_page_is_reached_from_the_front_page() {
    for (name, site) in &*PUBLISHED {
        let mut seen = BTreeSet::from(["index.html".to_owned()]);
        let mut open = vec!["index.html".to_owned()];
        while let Some(path) = open.pop() {
            let page = Page::of(name, site, &path);
            let targets = page.named("a").filter_map(|link| link.get("href")).map(|href| target(&page, href));
            open.extend(targets.filter_map(|target| match target {
                Target::File(file, _) if file.ends_with(".html") && seen.insert(file.clone()) => Some(file),
                _ => None,
            }));
        }
        let pages = site.keys().filter(|path| path.ends_with(".html"));
        let missed: Vec<&String> = pages
            .filter(|path| !seen.contains(*path) && !is_met_from_outside(&Page::of(name, site, path)))
            .collect();
        assert!(missed.is_empty(), "{name}: {missed:?}");
    }
}

/// An old address, the page for those that do not exist, and the page of a round that was left out.
fn is_met_from_outside(page: &Page<'_>) -> bool {
    let class = page.named("body").next().and_then(|body| body.get("class")).unwrap_or_default();
    let says = |words| page.parts.iter().any(|part| matches!(part, Part::Text(text) if text.contains(words)));
    page.path == "404.html" || class.contains("kind-moved") || says("รายงานของปีนี้ยังไม่เผยแพร่")
}

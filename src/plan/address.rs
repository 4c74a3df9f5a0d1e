//! Addresses: which pages an agency has, where each lies in the output, and how one page links to another. Links are relative and name
//! the file, so that the site works at `/`, in any folder and from a disk.

use crate::framework::Frameworks;
use crate::model::date::{FiscalYear, is_year_name};
use crate::model::link::percent_encode;
use crate::model::summary::RoundPages;
use crate::model::{AgencyContent, Attachment, Attachments, Round};
use crate::score;
use crate::thai;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// The page about a site itself, an agency's or a portal's.
pub const ABOUT: &str = "/about/";

/// The page that searches a site, an agency's or a portal's.
pub const SEARCH: &str = "/search/";

/// Where an agency's pages lie: nothing on its own site, `<id>/` in a portal.
pub fn prefix(id: Option<&str>) -> String {
    id.map(|id| format!("{id}/")).unwrap_or_default()
}

/// The file of an address that is counted from an agency's front page: `/2565/` → `lumphuk/2565/index.html`.
pub fn file_of(prefix: &str, address: &str) -> String {
    let inside = address.trim_start_matches('/');
    let rest = if inside.is_empty() || inside.ends_with('/') {
        "index.html"
    } else if inside.rsplit('/').next().is_some_and(|name| name.contains('.')) {
        ""
    } else {
        "/index.html"
    };
    [prefix, inside, rest].concat()
}

/// The address of a file: a folder's own page goes by the folder.
pub fn of_file(file: &str) -> String {
    format!("/{}", file.strip_suffix("index.html").unwrap_or(file))
}

/// An address as `all` lists it: with a slash at both ends, unless it names a file.
pub fn normal(address: &str) -> String {
    let inside = address.trim_matches('/');
    let names_file = inside.rsplit('/').next().is_some_and(|name| name.contains('.'));
    if inside.is_empty() {
        "/".to_owned()
    } else if names_file {
        format!("/{inside}")
    } else {
        format!("/{inside}/")
    }
}

/// From the file of one page to another file, both counted from the root of the output.
pub fn relative(from: &str, to: &str) -> String {
    let alike = from.bytes().zip(to.bytes()).take_while(|(a, b)| a == b).count();
    let shared = from.as_bytes()[..alike].iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1);
    "../".repeat(from[shared..].matches('/').count()) + &to[shared..]
}

/// The file to which a relative link leads from another one, with the part of it that the link names.
pub fn resolved(from: &str, href: &str) -> String {
    if href.starts_with('#') {
        return format!("{from}{href}");
    }
    let mut steps: Vec<&str> = from.split('/').collect();
    steps.pop();
    for step in href.split('/') {
        match step {
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// What leads on from the address of a page to a part of it.
pub fn fragment(id: &str) -> String {
    format!("#{}", percent_encode(id))
}

/// The absolute address of a file: a folder's own page goes by the folder.
pub fn absolute(base_url: &str, file: &str) -> String {
    format!("{base_url}{}", file.strip_suffix("index.html").unwrap_or(file))
}

/// Which pages a round has, by what its files hold. The items of a year that nobody has described cannot be listed.
pub fn pages_of(round: &Round, frameworks: &Frameworks) -> RoundPages {
    let results =
        round.measures.iter().flat_map(|plan| &plan.measures).any(|measure| !measure.results.is_empty());
    RoundPages {
        report: round.scores.is_some()
            || round.report.is_some()
            || !round.analyses.is_empty()
            || round.measures.is_some()
            || !round.memos.is_empty(),
        measures: round.measures.is_some(),
        results,
        round: round.disclosure.is_some() && frameworks.of(round.year).is_some(),
    }
}

/// What the page at an address is made from, counted from the site's root: a file, or a folder with `/` behind it where any of its files
/// can be what is missing, since in a portal an error takes all of a round out. `None` for an address that no file makes.
pub fn source_of(prefix: &str, address: &str) -> Option<String> {
    let steps: Vec<&str> = address.split('/').filter(|step| !step.is_empty()).collect();
    let (folder, name) = match *steps.as_slice() {
        ["pages", id] => return Some(format!("content/{prefix}pages/{id}.md")),
        [year] if is_year_name(year) => (year, String::new()),
        [year, "measures" | "results"] if is_year_name(year) => (year, "measures.yaml".to_owned()),
        [year, "oit", ..] if is_year_name(year) => (year, "disclosure.yaml".to_owned()),
        [year, memo] if is_year_name(year) && memo.starts_with("memo") => (year, format!("{memo}.md")),
        _ => return None,
    };
    let name = if prefix.is_empty() { name } else { String::new() };
    Some(format!("content/{prefix}{folder}/{name}"))
}

/// The address of a memo: `/2565/memo/` or `/2565/memo-<id>/`.
pub fn of_memo(year: FiscalYear, id: &str) -> String {
    if id.is_empty() { format!("/{year}/memo/") } else { format!("/{year}/memo-{id}/") }
}

/// Every page of an agency, counted from its front page.
pub fn all(content: &AgencyContent, frameworks: &Frameworks) -> BTreeSet<String> {
    let mut addresses = BTreeSet::from(["/", "/card/", ABOUT, SEARCH].map(str::to_owned));
    let has_total = |round: &&Arc<Round>| round.scores.as_ref().and_then(score::announced_total).is_some();
    // One year alone has nothing to stand beside.
    addresses.extend((content.rounds.values().filter(has_total).count() > 1).then(|| "/trend/".to_owned()));
    addresses.extend(content.pages.keys().map(|id| format!("/pages/{id}/")));
    for (year, round) in &content.rounds {
        let pages = pages_of(round, frameworks);
        let mut add = |has: bool, name: &str| addresses.extend(has.then(|| format!("/{year}/{name}")));
        add(pages.report, "");
        add(pages.measures, "measures/");
        add(pages.results, "results/");
        add(pages.round, "oit/");
        add(pages.round, "oit/itas/");
        addresses.extend(round.memos.keys().map(|id| of_memo(*year, id)));
    }
    addresses
}

/// `files/x.pdf`, as links have it, without its folder.
pub fn attachment_name(path: &str) -> &str {
    path.strip_prefix("files/").unwrap_or(path)
}

/// The name under which an attachment is published. One in ASCII is kept; any other would come back percent-encoded twice from a
/// submitted link (seen at a real agency), so it gets a name made from its own.
pub fn published_name(name: &str) -> String {
    let is_plain = |step: &str| {
        !step.is_empty() && step.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
    };
    if name.split('/').all(is_plain) {
        return name.to_owned();
    }
    let digits = digits_of(name);
    match name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase())
        .filter(|ending| is_plain(ending))
    {
        Some(ending) => format!("f-{digits}.{ending}"),
        None => format!("f-{digits}"),
    }
}

/// Eight hexadecimal digits that stand for a name, in whatever form Unicode composes it.
pub fn digits_of(name: &str) -> String {
    let composed: String = name.nfc().collect();
    let hash = Sha256::digest(composed.as_bytes());
    hash.iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

/// The published file of an attachment of a round, or of the agency or portal itself.
pub fn of_attachment(prefix: &str, year: Option<FiscalYear>, name: &str) -> String {
    let folder = year.map(|year| format!("{year}/")).unwrap_or_default();
    format!("{prefix}{folder}files/{}", published_name(name))
}

/// An attachment by the path that an author typed, in whatever form Unicode composes it.
pub fn find_attachment<'a>(attachments: &'a Attachments, path: &str) -> Option<(&'a str, &'a Attachment)> {
    let name = attachment_name(path);
    if let Some((found, attachment)) = attachments.get_key_value(name) {
        return Some((found, attachment));
    }
    let composed: String = name.nfc().collect();
    attachments
        .iter()
        .find(|(other, _)| other.nfc().eq(composed.chars()))
        .map(|(other, attachment)| (other.as_str(), attachment))
}

/// The name that was probably meant.
pub fn nearest_attachment<'a>(attachments: &'a Attachments, name: &str) -> Option<&'a str> {
    let other_case = attachments.keys().find(|other| other.to_lowercase() == name.to_lowercase());
    other_case.map(String::as_str).or_else(|| thai::nearest(name, attachments.keys().map(String::as_str)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_a_source() {
        let check = |prefix: &str, address: &str, expected: Option<&str>| {
            assert_eq!(source_of(prefix, address).as_deref(), expected, "{prefix}{address}");
        };
        check("", "/2565/", Some("content/2565/"));
        check("", "/2565/measures/", Some("content/2565/measures.yaml"));
        check("", "/2565/results", Some("content/2565/measures.yaml"));
        check("", "/2566/oit/itas/", Some("content/2566/disclosure.yaml"));
        check("", "/2565/memo-2/", Some("content/2565/memo-2.md"));
        check("", "/pages/complaint/", Some("content/pages/complaint.md"));
        check("", "/2565/measure/", None);
        check("", "/trend/", None);
        check("", "/", None);
        check("lumphuk/", "/2565/measures/", Some("content/lumphuk/2565/"));
        check("lumphuk/", "/pages/complaint/", Some("content/lumphuk/pages/complaint.md"));
    }
    use proptest::prelude::*;

    #[test]
    fn links_are_relative_and_name_the_file() {
        let check =
            |from: &str, to: &str, expected: &str| assert_eq!(relative(from, to), expected, "{from} → {to}");
        check("index.html", "2565/index.html", "2565/index.html");
        check("2565/index.html", "index.html", "../index.html");
        check("2565/measures/index.html", "2565/index.html", "../index.html");
        check("2565/memo/index.html", "2566/oit/index.html", "../../2566/oit/index.html");
        check("2565/index.html", "2565/index.html", "index.html");
        check("a/2565/index.html", "b/index.html", "../../b/index.html");
        check("2565/index.html", "assets/style.css", "../assets/style.css");
    }

    #[test]
    fn a_part_of_the_same_page_stays_there() {
        assert_eq!(resolved("2565/index.html", "#m-1"), "2565/index.html#m-1");
        assert_eq!(resolved("2565/index.html", "../2566/index.html#a"), "2566/index.html#a");
    }

    #[test]
    fn addresses_are_folders_unless_they_name_a_file() {
        let check = |address: &str, expected: &str| assert_eq!(file_of("a/", address), expected);
        check("/", "a/index.html");
        check("/2565/", "a/2565/index.html");
        check("/2565", "a/2565/index.html");
        check("/data/scores.csv", "a/data/scores.csv");
    }

    #[test]
    fn names_that_are_not_ascii_are_replaced() {
        assert_eq!(published_name("plan-2566.pdf"), "plan-2566.pdf");
        assert_eq!(published_name("sub/plan.pdf"), "sub/plan.pdf");
        let thai = published_name("คู่มือ.PDF");
        assert!(thai.starts_with("f-") && thai.ends_with(".pdf") && thai.len() == 14, "{thai}");
        assert_ne!(thai, published_name("คูมือ.PDF"));
    }

    proptest! {
        #[test]
        fn following_a_link_leads_there(from in "([a-c]{1,2}/){0,3}[a-c]", to in "([a-c]{1,2}/){0,3}[a-c]") {
            prop_assert_eq!(resolved(&from, &relative(&from, &to)), to);
        }
    }
}

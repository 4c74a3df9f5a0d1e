//! The register of a site, `addresses.txt`: every address at which a page was ever published. It lies with the sources, so that any machine
//! and any output know the same promises; a build adds to it, and nothing is ever taken out of it but by hand. Lines are only added at its
//! end, so that whatever is found in it stays where it is. A site without the file makes no promises. What a page is, is not known here.

use crate::failure::{Failure, Result};
use crate::finding::catalog::disclosure as catalog;
use crate::finding::{Finding, Findings, Severity};
use crate::model::Settings;
use crate::plan::{address, portal};
use crate::read::{self, REGISTER as NAME, Texts};
use crate::source::{Place, Source};
use crate::thai;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_128;

/// What a site has promised, as it was when the build began.
#[derive(Debug, Clone)]
pub struct Register {
    source: Arc<Source>,
}

impl Register {
    /// Reads the register of a site; `None` if it keeps none.
    ///
    /// # Errors
    /// Only the machine's.
    pub fn read(root: &Path, drafts: &Texts, findings: &mut Findings) -> Result<Option<Register>> {
        let source = read::root_file(root, NAME, drafts, findings)?;
        Ok(source.map(|source| Register { source }))
    }

    /// Its text as a number, by which a later build knows it again.
    pub fn hash(&self) -> u128 {
        xxh3_128(self.source.text.as_bytes())
    }

    /// Finds promises that neither a page nor an entry of `moved` keeps. `pages` are counted from the site's root. What is missing because
    /// of an error comes back when that is mended.
    pub fn judge(&self, settings: &Settings, pages: &BTreeSet<String>, findings: &mut Findings) {
        let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
        let errors: Vec<&str> = errors.map(|finding| finding.location.file.as_str()).collect();
        // What compares agencies shows only those without an error.
        let compares = |address: &str| settings.portal.is_some() && portal::compares(address);
        let takes_away = |file: &str, address: &str| {
            takes_away(file, address) || (compares(address) && file.starts_with("content/"))
        };
        let comes_back = |address: &str| errors.iter().any(|file| takes_away(file, address));
        let gone: Vec<Finding> = self
            .broken_promises(settings, pages)
            .filter(|(address, _)| !comes_back(address))
            .map(|(address, place)| catalog::address_gone(&place, &address, &nearest(&address, pages)))
            .collect();
        findings.extend(gone);
    }

    /// Adds the pages that are published for the first time, and gives the register as it is then. Writes nothing if there are none.
    ///
    /// # Errors
    /// Only the machine's; the register is then as it was.
    pub fn add(&self, root: &Path, pages: &BTreeSet<String>) -> Result<Register> {
        let known: BTreeSet<String> = self.promises().map(|(address, _)| address).collect();
        let new: Vec<&str> = pages.difference(&known).map(String::as_str).collect();
        if new.is_empty() {
            return Ok(self.clone());
        }
        let text = self.source.text.trim_end();
        let lines = text.lines().chain(new).flat_map(|line| [line, "\n"]);
        let text: String = lines.collect();
        let (place, beside) = (root.join(NAME), root.join(format!(".{NAME}.prongsai")));
        let written = fs::write(&beside, &text).and_then(|()| fs::rename(&beside, &place));
        written.map_err(|error| {
            let _ = fs::remove_file(&beside);
            Failure::io(&place, &error)
        })?;
        Ok(Register { source: Source::new(NAME, text) })
    }

    /// Whether every promise is a page or moved.
    pub fn is_kept(&self, settings: &Settings, pages: &BTreeSet<String>) -> bool {
        self.broken_promises(settings, pages).next().is_none()
    }

    fn broken_promises(
        &self,
        settings: &Settings,
        pages: &BTreeSet<String>,
    ) -> impl Iterator<Item = (String, Place)> {
        let moved: BTreeSet<String> = settings.moved.keys().map(|old| address::normal(old)).collect();
        self.promises().filter(move |(address, _)| !pages.contains(address) && !moved.contains(address))
    }

    /// Every address with its line. What stands behind `#` is for people.
    fn promises(&self) -> impl Iterator<Item = (String, Place)> {
        let starts = self.source.text.split_inclusive('\n').scan(0, |at, line| {
            let start = *at;
            *at += line.len();
            Some((start, line.trim()))
        });
        let starts = starts.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        starts.map(|(start, line)| (address::normal(line), self.source.at(start..start + line.len())))
    }
}

/// Whether the pages of an address are made from the folder that holds a file, or from that file alone.
fn takes_away(file: &str, address: &str) -> bool {
    if file.starts_with("framework/") {
        return true;
    }
    let Some(inside) = file.strip_prefix("content/") else { return false };
    let (folder, name) = inside.rsplit_once('/').unwrap_or(("", inside));
    let page = name.split('.').next().unwrap_or_default();
    match folder.rsplit('/').next() {
        Some("pages") => address == format!("/{folder}/{page}/"),
        _ => !folder.is_empty() && address.starts_with(&format!("/{folder}/")),
    }
}

/// Where readers of an address that is gone may be sent: step by step to what is spelt much like it, and then to the nearest page above.
/// Another year is never meant.
fn nearest(address: &str, pages: &BTreeSet<String>) -> String {
    let is_year = |name: &str| name.bytes().all(|byte| byte.is_ascii_digit());
    let mut found = "/".to_owned();
    for step in address.split('/').filter(|step| !step.is_empty()) {
        let inside = pages.iter().filter_map(|page| page.strip_prefix(&found)?.split('/').next());
        let names: BTreeSet<&str> = inside.filter(|name| !name.is_empty()).collect();
        let others = names.iter().copied().filter(|name| !is_year(name) && !is_year(step));
        let Some(name) = names.get(step).copied().or_else(|| thai::nearest(step, others)) else { break };
        found = format!("{found}{name}/");
    }
    while !pages.contains(&found) && found != "/" {
        let above = found.trim_end_matches('/').rfind('/').unwrap_or_default();
        found.truncate(above + 1);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(addresses: &[&str]) -> BTreeSet<String> {
        addresses.iter().map(|address| (*address).to_owned()).collect()
    }

    #[test]
    fn readers_are_sent_to_the_nearest_page() {
        let pages = pages(&[
            "/",
            "/2565/",
            "/2565/measures/",
            "/2566/",
            "/2566/oit/",
            "/pages/complaint/",
            "/lumphuk/2566/memo/",
        ]);
        let check = |gone: &str, expected: &str| assert_eq!(nearest(gone, &pages), expected, "{gone}");
        check("/pages/complaints/", "/pages/complaint/");
        check("/pages/structure/", "/");
        check("/2565/measure/", "/2565/measures/");
        check("/2565/results/", "/2565/");
        check("/2567/", "/");
        check("/2567/oit/", "/");
        check("/lumpuk/2566/memo/", "/lumphuk/2566/memo/");
    }

    #[test]
    fn an_error_takes_away_the_pages_of_its_folder() {
        let check = |file: &str, address: &str, expected: bool| {
            assert_eq!(takes_away(file, address), expected, "{file} and {address}");
        };
        check("content/2565/measures.yaml", "/2565/measures/", true);
        check("content/2565/measures.yaml", "/2566/oit/", false);
        check("content/pages/complaint.md", "/pages/complaint/", true);
        check("content/pages/complaint.md", "/pages/structure/", false);
        check("content/lumphuk/agency.yaml", "/lumphuk/2565/", true);
        check("content/lumphuk/2565/scores.yaml", "/lumphuk/2566/", false);
        check("content/index.md", "/2565/", false);
        check("framework/2571.yaml", "/2571/oit/", true);
        check("prongsai.yaml", "/2565/", false);
    }

    #[test]
    fn what_is_new_is_added_at_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let check = |before: &str, published: &[&str], after: &str| {
            fs::write(folder.path().join(NAME), before).unwrap();
            let read =
                || Register::read(folder.path(), &Texts::new(), &mut Findings::default()).unwrap().unwrap();
            let added = read().add(folder.path(), &pages(published)).unwrap();
            assert_eq!(fs::read_to_string(folder.path().join(NAME)).unwrap(), after);
            assert_eq!(read().hash(), added.hash(), "a later build knows it again");
        };
        check("", &["/", "/2565/"], "/\n/2565/\n");
        check("# คำอธิบาย\n/2566/\n", &["/2565/", "/2566/"], "# คำอธิบาย\n/2566/\n/2565/\n");
        check("/2566/\r\n# ปลาย", &["/2566/"], "/2566/\r\n# ปลาย");
        check("2565\n\n", &["/", "/2565/"], "2565\n/\n");
        fs::remove_file(folder.path().join(NAME)).unwrap();
        let none = Register::read(folder.path(), &Texts::new(), &mut Findings::default()).unwrap();
        assert!(none.is_none());
    }
}

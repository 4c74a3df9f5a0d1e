//! Every folder of `tests/cases/<area>/<name>/` is a small site with a mistake or a peculiarity, and its `expected/` says what comes of it.
//!
//! The files of a case lie over another site: over `tests/sites/minimal`, or over what its file `base` names in its first line (a path
//! below `tests/`, or `-` for nothing); further lines of `base` name files of that site that are left out. In `expected/`,
//! `findings.txt` holds all findings, `pages/` holds pages that have to be equal as a whole, and each line `path: text` of
//! `contains.txt` a text that a published file holds (`!path: text`: does not hold). `mended/` holds the files that `check --fix` changes,
//! all of them and as they become, and `left.txt` what is found in the site after that. `UPDATE=1` rewrites all but `contains.txt`.

use crate::folder::{Folder, Tree, folders, lines, repository, tree};
use prongsai::build::Outcome;
use prongsai::finding::{Finding, Findings, Location, catalog};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::PathBuf;

/// What a case cannot hold: no folder in git can, `files.rs` makes it; or it takes a day or a web server, `asked.rs` has them.
const MADE_ELSEWHERE: [&str; 6] = [
    "files/too-large",
    "files/outside-link",
    "files/case-twins",
    "files/windows-name",
    "chain/result-due",
    "disclosure/external-link",
];

/// What is found about a folder, or about a file that is not there.
const NAMES_NO_FILE: [&str; 3] = ["files/missing-file", "files/year-folder", "files/bad-id"];

/// A small site, and the sound one that it comes from.
pub(crate) struct Case {
    /// `area/name`.
    pub(crate) name: String,
    folder: PathBuf,
    /// The site underneath.
    pub(crate) base: Tree,
    /// The site with the files of the case over it.
    pub(crate) site: Tree,
}

impl Case {
    fn read(area: &str, name: &str) -> Case {
        let folder = repository("tests/cases").join(area).join(name);
        let mut own = tree(&folder);
        own.retain(|path, _| !path.starts_with("expected/"));
        let underneath = own.remove("base").map(|bytes| String::from_utf8(bytes).unwrap());
        let underneath = underneath.as_deref().unwrap_or("sites/minimal");
        let mut lines = underneath.lines();
        let base = tree(&repository("tests").join(lines.next().unwrap()));
        let mut site = base.clone();
        for left_out in lines {
            site.remove(left_out)
                .unwrap_or_else(|| panic!("{area}/{name}: there is no {left_out} to leave out"));
        }
        site.extend(own);
        Case { name: format!("{area}/{name}"), folder, base, site }
    }

    /// Every way in which the case is not as expected.
    fn differences(&self) -> Vec<String> {
        let folder = Folder::of(&self.base);
        folder.build();
        let before = folder.published();
        folder.become_site(&self.site);
        let Outcome { findings, published: change, .. } = folder.build();
        let published = folder.published();
        let found = lines(&findings);
        let mut differences = Vec::from_iter(self.compare("findings.txt", found.as_bytes()));
        if change.is_none() && published != before {
            differences.push("the last good output was touched".to_owned());
        }
        if lines(&folder.check().findings) != found {
            differences.push("check finds something else".to_owned());
        }
        differences.extend(self.different_pages(&published));
        differences.extend(self.missing_texts(&published));
        differences.extend(self.misplaced(&findings));
        differences.extend(self.otherwise_mended(&folder));
        differences
    }

    /// Mends the site. A second time has nothing to do, and finds what the first one left.
    fn otherwise_mended(&self, folder: &Folder) -> Vec<String> {
        let plan = folder.plan();
        plan.write(folder.root()).unwrap();
        let again = folder.plan();
        let mut differences = Vec::new();
        if !again.files.is_empty() || lines(&again.left) != lines(&plan.left) {
            differences.push("it can be mended once more".to_owned());
        }
        let now = folder.sources();
        let mut paths: BTreeSet<String> = tree(&self.folder.join("expected/mended")).into_keys().collect();
        paths.extend(now.keys().filter(|path| now.get(*path) != self.site.get(*path)).cloned());
        differences
            .extend(paths.iter().filter_map(|path| self.compare(&format!("mended/{path}"), &now[path])));
        if !paths.is_empty() {
            differences.extend(self.compare("left.txt", lines(&plan.left).as_bytes()));
        }
        differences
    }

    fn different_pages(&self, published: &Tree) -> Vec<String> {
        let found = |path: &str| published.get(path).map(Vec::as_slice).unwrap_or_default();
        let paths = tree(&self.folder.join("expected/pages")).into_keys();
        paths.filter_map(|path| self.compare(&format!("pages/{path}"), found(&path))).collect()
    }

    /// Compares with what is expected; with `UPDATE` set, what is found becomes what is expected.
    fn compare(&self, expected: &str, found: &[u8]) -> Option<String> {
        let place = self.folder.join("expected").join(expected);
        if env::var_os("UPDATE").is_some() {
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::write(&place, found).unwrap();
        }
        let wanted = fs::read(&place).unwrap_or_default();
        let shown = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (wanted != found).then(|| format!("{expected} should be\n{}but is\n{}", shown(&wanted), shown(found)))
    }

    /// Findings that name no file of the site, or show another line than stands there.
    fn misplaced(&self, findings: &Findings) -> Vec<String> {
        let is_misplaced = |finding: &&Finding| {
            let Location { file, start, line, .. } = &finding.location;
            let Some(bytes) = self.site.get(file) else {
                return !NAMES_NO_FILE.contains(&finding.kind.code);
            };
            let text = String::from_utf8_lossy(bytes);
            let there = text.trim_start_matches('\u{feff}').lines().nth(start.line - 1).unwrap_or_default();
            !line.is_empty() && (line != there || start.column > line.chars().count() + 1)
        };
        let misplaced = findings.iter().filter(is_misplaced);
        misplaced
            .map(|finding| format!("{} is at no such place: {:?}", finding.kind.code, finding.location))
            .collect()
    }

    fn missing_texts(&self, published: &Tree) -> Vec<String> {
        let demands = fs::read_to_string(self.folder.join("expected/contains.txt")).unwrap_or_default();
        let is_unmet = |demand: &&str| {
            let (path, text) = demand.split_once(": ").unwrap();
            // Where lines may break is no matter of a case.
            let page = |bytes| String::from_utf8_lossy(bytes).replace("<no-br>", "").replace("</no-br>", "");
            let holds = |path| published.get(path).map(|bytes| page(bytes).contains(text));
            match path.strip_prefix('!') {
                Some(path) => holds(path) != Some(false),
                None => holds(path) != Some(true),
            }
        };
        demands.lines().filter(is_unmet).map(|demand| format!("does not hold: {demand}")).collect()
    }
}

/// Every case there is.
pub(crate) fn all() -> Vec<Case> {
    let root = repository("tests/cases");
    let areas = folders(&root).into_iter();
    areas
        .flat_map(|area| folders(&root.join(&area)).into_iter().map(move |name| Case::read(&area, &name)))
        .collect()
}

#[test]
fn every_case_is_as_expected() {
    let wrong: Vec<String> = all()
        .par_iter()
        .flat_map_iter(|case| {
            case.differences().into_iter().map(|difference| format!("{}: {difference}", case.name))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_kind_of_finding_has_a_case() {
    let expected: String = all()
        .iter()
        .map(|case| fs::read_to_string(case.folder.join("expected/findings.txt")).unwrap_or_default())
        .collect();
    let found: BTreeSet<&str> = expected.lines().filter_map(|line| line.split(' ').nth(1)).collect();
    let missing: Vec<&str> = catalog::all()
        .map(|kind| kind.code)
        // What is found of spreadsheets only an import finds: `import.rs` meets each of them.
        .filter(|code| !found.contains(code) && !code.starts_with("import/"))
        .collect();
    assert_eq!(missing, MADE_ELSEWHERE);
}

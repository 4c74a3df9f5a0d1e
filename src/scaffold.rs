//! What `init` and `new` write: the files of a new site, or of one more year of an agency. Every key is typed already, since a Thai
//! keyboard has neither brackets nor `#`. Nothing is ever overwritten. Who asks for the answers is not known here.

mod year;

use crate::failure::{Failure, Result};
use crate::framework::Frameworks;
use crate::language::Language;
use crate::model::date::FiscalYear;
use crate::parse::yaml;
use crate::schema;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// What a new site must know of its agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSite {
    /// In full: องค์การบริหารส่วนตำบล….
    pub name: String,
    /// As people say it: อบต.….
    pub short_name: String,
    /// Of the office.
    pub address: Option<String>,
    /// Of the office.
    pub phone: Option<String>,
    /// Where the site will stand on the web.
    pub base_url: Option<String>,
    /// The first assessed year.
    pub year: FiscalYear,
}

/// One more assessed year of an agency.
#[derive(Debug, Clone, Copy)]
pub struct NewYear<'a> {
    /// The assessed year.
    pub year: FiscalYear,
    /// What holds the agency's years, from the site's root: `content` or `content/<id>`.
    pub folder: &'a str,
    /// The agency's full name, for examples.
    pub agency: &'a str,
    /// The division that wrote the last report, if that is known.
    pub office: Option<&'a str>,
    /// Whether the site has the report of the year before, which is submitted in the round of this one.
    pub is_continued: bool,
}

/// A file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// From the site's root, with `/`.
    pub path: String,
    /// All of it.
    pub text: String,
}

/// What became of files that were to be written, by their paths and in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Those that are new.
    pub made: Vec<String>,
    /// Those that existed and were not touched.
    pub kept: Vec<String>,
}

/// All files of a new site: its settings, its front page and its first year.
pub fn site(new: &NewSite, frameworks: &Frameworks) -> Vec<NewFile> {
    let (this, next) = (new.year.to_string(), new.year.next().to_string());
    let readme = [("short_name", one_line(&new.short_name)), ("year", this), ("next", next)];
    let mut files = vec![
        NewFile::new("prongsai.yaml", settings(new)),
        NewFile::new("content/index.md", include_str!("scaffold/index.md")),
    ];
    let first =
        NewYear { year: new.year, folder: "content", agency: &new.name, office: None, is_continued: false };
    files.extend(year(&first, frameworks));
    files.push(NewFile::new("README.md", fill(include_str!("scaffold/README.md"), &readme)));
    files.push(NewFile::new("addresses.txt", include_str!("scaffold/addresses.txt")));
    files.push(NewFile::new(".editorconfig", include_str!("scaffold/editorconfig")));
    files.push(NewFile::new(".gitignore", include_str!("scaffold/gitignore")));
    files
}

/// The files of one more year, and the answers to the round of the year after, in which its report is submitted. The round of the year
/// itself is closed when its result is announced: it is only answered where there is a report to answer it with. A year without a framework
/// gets its `scores.yaml` alone, which tells how to give it one; of the years before the first framework, the last one still has its round.
pub fn year(new: &NewYear<'_>, frameworks: &Frameworks) -> Vec<NewFile> {
    let mut files = vec![year::scores(new, frameworks)];
    let framework = frameworks.of(new.year);
    if let Some(framework) = framework {
        files.push(year::report(new));
        files.extend(year::analyses(new, framework));
        files.push(year::measures(new));
        files.extend(new.is_continued.then(|| year::disclosure(new, frameworks)));
    }
    let round = NewYear { year: new.year.next(), ..*new };
    if framework.is_some() || frameworks.of(round.year).is_some() {
        files.push(year::disclosure(&round, frameworks));
    }
    files
}

/// `scores.yaml` alone, with every indicator of the year.
pub fn scores(new: &NewYear<'_>, frameworks: &Frameworks) -> NewFile {
    year::scores(new, frameworks)
}

/// The text of `prongsai.yaml` with these answers.
pub fn settings(new: &NewSite) -> String {
    let optional = |text: &Option<String>| text.as_deref().map(scalar).unwrap_or_default();
    let values = [
        ("name", scalar(&new.name)),
        ("short_name", scalar(&new.short_name)),
        ("address", optional(&new.address)),
        ("phone", optional(&new.phone)),
        ("base_url", optional(&new.base_url)),
    ];
    fill(include_str!("scaffold/prongsai.yaml"), &values)
}

/// The schemas to which the first lines of YAML files lead.
pub fn schemas(frameworks: &Frameworks, language: Language) -> Vec<NewFile> {
    let file =
        |kind: &schema::FileKind| NewFile { path: kind.path(), text: kind.schema(frameworks, language) };
    schema::ALL.iter().map(file).collect()
}

/// Writes generated files in the place of those that an earlier version wrote; whether any of them differs.
///
/// # Errors
/// Only the machine's; what was written before stays.
pub fn replace(root: &Path, files: &[NewFile]) -> Result<bool> {
    let mut is_changed = false;
    for file in files {
        let place = root.join(&file.path);
        if fs::read(&place).is_ok_and(|bytes| bytes == file.text.as_bytes()) {
            continue;
        }
        is_changed = true;
        let made = place.parent().map_or(Ok(()), fs::create_dir_all);
        made.and_then(|()| fs::write(&place, &file.text)).map_err(|error| Failure::io(&place, &error))?;
    }
    Ok(is_changed)
}

/// Writes the files that do not exist yet.
///
/// # Errors
/// Only the machine's; what was written before stays.
pub fn write(root: &Path, files: &[NewFile]) -> Result<Written> {
    let mut written = Written::default();
    for file in files {
        let place = root.join(&file.path);
        let list = match create(&place, &file.text) {
            Ok(()) => &mut written.made,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && place.is_file() => {
                &mut written.kept
            }
            Err(error) => return Err(Failure::io(&place, &error)),
        };
        list.push(file.path.clone());
    }
    Ok(written)
}

impl NewFile {
    /// A YAML file begins with the line by which an editor finds its schema.
    fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        let (path, text) = (path.into(), text.into());
        let line = schema::line(&path).map(|line| line + "\n").unwrap_or_default();
        NewFile { text: ready_to_type(&(line + &text)), path }
    }
}

fn create(place: &Path, text: &str) -> io::Result<()> {
    place.parent().map_or(Ok(()), fs::create_dir_all)?;
    OpenOptions::new().write(true).create_new(true).open(place)?.write_all(text.as_bytes())
}

/// An answer as a value.
fn scalar(text: &str) -> String {
    yaml::scalar(&one_line(text))
}

/// An answer without line ends: what was pasted with them would leave its place.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A template with its «names» replaced. What an answer holds is never looked at again.
fn fill(template: &str, values: &[(&str, String)]) -> String {
    let pieces = template.split(['«', '»']).enumerate();
    let piece = |(index, piece)| match values.iter().find(|(name, _)| *name == piece) {
        Some((_, value)) if index % 2 == 1 => value.as_str(),
        _ => piece,
    };
    pieces.map(piece).collect()
}

/// With a space behind every key that waits for its value: whoever presses End and types would otherwise write `total:69.38`, which is no
/// key. Templates cannot hold these spaces, since editors take them away unseen.
fn ready_to_type(text: &str) -> String {
    let lines: Vec<&str> = text.trim_end().lines().collect();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let waits = |at: usize, line: &str| {
        let is_key = line.ends_with(':') && !line.trim_start().starts_with('#');
        let below = lines[at + 1..].iter().find(|below| !below.is_empty());
        is_key && below.is_none_or(|below| indent(below) <= indent(line))
    };
    let ends = |(at, line): (usize, &&str)| format!("{line}{}\n", if waits(at, line) { " " } else { "" });
    lines.iter().enumerate().map(ends).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build;
    use crate::finding::{Findings, Severity};
    use std::collections::BTreeSet;

    fn frameworks() -> Frameworks {
        build::frameworks(Path::new("."), &mut Findings::default()).unwrap()
    }

    fn example(year: i16) -> NewSite {
        NewSite {
            name: "องค์การบริหารส่วนตำบลตัวอย่าง".to_owned(),
            short_name: "อบต.ตัวอย่าง".to_owned(),
            address: None,
            phone: Some("๐๔๔-๐๐๐๐๐๐".to_owned()),
            base_url: None,
            year: FiscalYear::new(year).unwrap(),
        }
    }

    /// What an officer is told of a site whose texts and answers are still to be written.
    const TO_BE_WRITTEN: [&str; 2] = ["disclosure/missing-component", "disclosure/unanswered-item"];

    /// A site in a folder of its own, its files changed by `edit`; the codes of all findings that are neither notes nor say only what is
    /// still to be written.
    fn found(new: &NewSite, edit: impl Fn(&str, String) -> String) -> Vec<&'static str> {
        let folder = tempfile::tempdir().unwrap();
        let mut files = site(new, &frameworks());
        for file in &mut files {
            file.text = edit(&file.path, file.text.clone());
        }
        let written = write(folder.path(), &files).unwrap();
        assert_eq!((written.made.len(), written.kept.len()), (files.len(), 0));
        let outcome = build::check(folder.path(), build::Inquiry::default()).unwrap();
        let shown = outcome.findings.iter().filter(|finding| finding.severity != Severity::Note);
        shown.map(|finding| finding.kind.code).filter(|code| !TO_BE_WRITTEN.contains(code)).collect()
    }

    #[test]
    fn a_new_site_has_no_findings() {
        let check = |year: i16, expected: &[&str]| {
            assert_eq!(found(&example(year), |_, text| text), expected, "{year}");
        };
        (2562..=2568).for_each(|year| check(year, &[]));
        check(2561, &[]);
        check(2569, &["files/no-framework"]);
        check(2570, &["files/no-framework"]);
    }

    /// The result of a round is its end (ITA 2565: answers until April, the result in August).
    #[test]
    fn a_round_that_is_closed_is_not_answered() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &site(&example(2565), &frameworks())).unwrap();
        let outcome = build::check(folder.path(), build::Inquiry::default()).unwrap();
        let stakes = outcome.findings.iter().flat_map(|finding| &finding.stakes);
        let rounds: BTreeSet<i16> = stakes.map(|stake| stake.round.number()).collect();
        assert_eq!(rounds, BTreeSet::from([2566]), "what is at stake can still be had");
    }

    #[test]
    fn answers_stay_what_they_are() {
        let check = |answer: &str| {
            let new = NewSite { name: answer.to_owned(), address: Some(answer.to_owned()), ..example(2565) };
            assert_eq!(found(&new, |_, text| text), [""; 0], "{answer}");
        };
        check("null");
        check("ก: ข # ค");
        check("«year» {{ x }}");
        check("[ก, ข]");
        check("บรรทัดหนึ่ง\nบรรทัดสอง");
        check("it's \"so\"");
    }

    /// The scores of อบต.ลุมพุก 2565, whose total is announced as 69.38.
    const SCORES: [&str; 10] =
        ["86.92", "83.40", "84.15", "82.68", "81.40", "85.92", "81.51", "79.80", "78.98", "18.75"];

    #[test]
    fn a_filled_in_site_has_no_findings() {
        let scores = |text: String| {
            let filled = |line: &str| match line.trim_start().split_once(':') {
                Some(("total", _)) => "  total: 69.38\n".to_owned(),
                Some(("level", _)) => "  level: C\n".to_owned(),
                Some(("date", _)) => "  date: ๑ ส.ค. ๒๕๖๕\n".to_owned(),
                Some((number, name)) => match number.parse::<usize>() {
                    Ok(number) => format!("  {number}: {}{name}\n", SCORES[number - 1]),
                    Err(_) => format!("{line}\n"),
                },
                None => format!("{line}\n"),
            };
            text.lines().map(filled).collect()
        };
        let uncommented = |text: String| {
            let (head, example) = text.split_once("measures: []\n").unwrap();
            let example = example.replace("\n# ", "\n").replacen("# ", "", 1);
            let (measure, results) = example.split_once("    # results:\n").unwrap();
            let head = head.replace("  by:", "  by: การประชุมประจำเดือน");
            let measure = measure.replace("[5]", "[5, 8, 10]");
            format!("{head}measures:\n{measure}    results:\n{}", results.replace("    # ", "    "))
        };
        let edit = |path: &str, text: String| match path {
            "content/2565/scores.yaml" => scores(text),
            "content/2565/measures.yaml" => uncommented(text),
            _ => text,
        };
        assert_eq!(found(&example(2565), edit), [""; 0]);
    }

    #[test]
    fn nothing_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let files = site(&example(2565), &frameworks());
        fs::create_dir(folder.path().join("content")).unwrap();
        fs::write(folder.path().join("content/index.md"), "ของเดิม").unwrap();
        let written = write(folder.path(), &files).unwrap();
        assert_eq!(written.kept, ["content/index.md"]);
        assert_eq!(fs::read_to_string(folder.path().join("content/index.md")).unwrap(), "ของเดิม");
        assert_eq!(write(folder.path(), &files).unwrap().made, [""; 0]);
    }

    #[test]
    fn generated_files_are_replaced_where_they_differ() {
        let folder = tempfile::tempdir().unwrap();
        let schemas = schemas(&frameworks(), Language::Thai);
        let replace = || replace(folder.path(), &schemas).unwrap();
        assert_eq!([replace(), replace()], [true, false]);
        let one = folder.path().join(&schemas[0].path);
        fs::write(&one, "ของเดิม").unwrap();
        assert_eq!([replace(), replace()], [true, false]);
        assert_eq!(fs::read_to_string(&one).unwrap(), schemas[0].text);
    }

    #[test]
    fn every_yaml_file_begins_with_the_line_to_its_schema() {
        let schemas = schemas(&frameworks(), Language::Thai);
        for file in site(&example(2565), &frameworks()).iter().filter(|file| file.path.ends_with(".yaml")) {
            let first = file.text.lines().next().unwrap();
            let to =
                first.rsplit("../").next().unwrap().trim_start_matches("# yaml-language-server: $schema=");
            assert!(schemas.iter().any(|schema| schema.path == to), "{}: {first}", file.path);
        }
    }

    #[test]
    fn keys_without_a_value_wait_for_it_behind_a_space() {
        let check = |text: &str, expected: &str| assert_eq!(ready_to_type(text), expected);
        check("a:\n  b:\n  # c:\nd: 1\n", "a:\n  b: \n  # c:\nd: 1\n");
        check("items:\n\n  # ก\n  O1:\n", "items:\n\n  # ก\n  O1: \n");
        check("items:\n", "items: \n");
    }
}

//! What an author of content should mend: collected, never an error of the program. A finding is plain data once it is made, so that
//! it outlives the sources; its words come from the catalog.

pub mod catalog;
pub mod print;
pub mod stake;

use crate::language::Words;
use crate::source::{Encoding, Place, Position, Source};
use stake::Stake;
use std::collections::BTreeMap;
use std::ops::Range;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum Severity {
    /// The round cannot be shown truthfully: the build stops.
    Error,
    /// Costs credibility or points; the build goes on.
    Warning,
    /// Worth knowing; also what an accepted finding becomes.
    Note,
}

impl Severity {
    /// As JSON and the terminal's filters name it.
    pub fn code(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

/// What a finding asks of the author.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Concern {
    /// To mend syntax, types, unknown keys: there is nothing to accept, the program cannot read on.
    Form,
    /// To mend what the content says, or to accept it: `accept` with a reason turns it into a note.
    Content,
    /// Nothing: it is worth knowing, and shown to who wants to know more. Always a note, and never counted among them.
    Information,
}

/// One thing that can be found: its stable code and what `explain` says of it.
#[derive(Debug)]
pub struct Kind {
    /// `area/name`, never changed once released.
    pub code: &'static str,
    /// What it weighs unless accepted.
    pub severity: Severity,
    /// What it asks of the author, and hence whether it can be accepted.
    pub concern: Concern,
    /// Whether it is only looked for where somebody asks, as `check --external` does. An acceptance of it may match nothing.
    pub on_request: bool,
    /// One line: what it is.
    pub title: Explained,
    /// Why it matters and what it costs.
    pub why: Explained,
    /// How to mend it.
    pub mend: Explained,
    /// A line or a few of a source file, wrong and right.
    pub example: &'static str,
}

impl Kind {
    /// What a mistake of form may be all there is to: it says that something is missing which may only not have been read.
    fn reach(&self) -> Option<Reach> {
        match self.code {
            "files/missing-key" => Some(Reach::Map),
            "chain/incomplete-measure"
            | "chain/measure-without-indicator"
            | "chain/result-without-evidence" => Some(Reach::Entry),
            "chain/weak-without-measure" | "text/binding-without-value" => Some(Reach::Data),
            "disclosure/missing-component" | "disclosure/unlinked-attachment" => Some(Reach::Folder),
            _ => None,
        }
    }

    /// Whether it is a slip of writing, which is mended wherever it was made: a file that holds it ten times has one finding of it.
    pub fn is_slip(&self) -> bool {
        ["text/", "privacy/", "files/month-spelling"].iter().any(|start| self.code.starts_with(start))
    }

    /// Whether every page meets it: a template says of each what it lacks there.
    fn is_met_on_every_page(&self) -> bool {
        self.code == "files/theme"
    }
}

/// How near a mistake of form has to be to explain why something is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// A key of the same map that is not known, such as a misspelt one.
    Map,
    /// Anything in the same entry of a list.
    Entry,
    /// Anything in the YAML files of the same folder.
    Data,
    /// Anything in the files of the same folder.
    Folder,
}

/// A text of the catalog in both languages.
#[derive(Debug, Clone, Copy)]
pub struct Explained {
    /// Thai.
    pub th: &'static str,
    /// English.
    pub en: &'static str,
}

impl Explained {
    /// The text in one language.
    pub fn in_language(self, language: crate::language::Language) -> &'static str {
        match language {
            crate::language::Language::Thai => self.th,
            crate::language::Language::English => self.en,
        }
    }
}

impl From<Explained> for Words {
    fn from(text: Explained) -> Words {
        Words::new(text.th, text.en)
    }
}

/// One thing an author should mend, at one place.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Finding {
    /// What was found.
    #[serde(with = "by_code")]
    pub kind: &'static Kind,
    /// The kind's severity, or a note once accepted.
    pub severity: Severity,
    /// Where.
    pub location: Location,
    /// What is wrong, with the values found.
    pub message: Words,
    /// What to do about it.
    pub remedy: Words,
    /// What it may cost, where the year's rule allows to say so.
    pub stakes: Vec<Stake>,
    /// Further places of the same finding in the same file.
    pub also: Vec<Location>,
    /// The author's reason for leaving it so.
    pub accepted: Option<String>,
    /// What mends it without asking anybody; `None` where it takes a person.
    pub fix: Option<Fix>,
    /// What makes the page that is missing: a file, or a folder with `/` behind it, from the site's root.
    pub hinges_on: Option<String>,
}

/// What a program can do about a finding by itself, because nobody would do anything else.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Fix {
    /// Write the same text as UTF-8.
    Recode(Encoding),
    /// Write other characters in these places of the file, in the order of the text: all there are, also where `also` names the first
    /// ones only.
    Replace(Vec<Replacement>),
}

/// A few characters of one line, and what should stand there.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Replacement {
    /// Where `old` begins.
    pub start: Position,
    /// What stands there, so that nothing else is ever replaced; neither empty nor with a line end.
    pub old: String,
    /// What should stand there, without a line end; may be empty.
    pub new: String,
}

/// A place resolved to what a person needs to find it, without the source.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Location {
    /// Relative to the site's root, with `/`.
    pub file: String,
    /// First character.
    pub start: Position,
    /// One past the last character; on the same line as `start` where the finding spans several.
    pub end: Position,
    /// How one would name the spot in words; may be empty.
    pub route: String,
    /// The line of the source, without its end; empty for a file as a whole.
    pub line: String,
}

impl Location {
    /// Resolves a place. What spans several lines ends with its first one, so that one excerpt shows it.
    pub fn of(place: &Place) -> Self {
        let source = &place.source;
        if place.span == (0..0) {
            return Location::file(source.path.clone());
        }
        let line = source.line_of(place.span.start);
        let start = source.position(place.span.start);
        let shown = place.text().lines().next().unwrap_or_default().trim_end();
        let end = Position { line: start.line, column: start.column + shown.chars().count() };
        Location { file: source.path.clone(), start, end, route: place.route(), line: line.to_owned() }
    }

    /// A file or folder as such, which may not even be text: it has no line to show.
    pub fn file(path: impl Into<String>) -> Self {
        let start = Position { line: 1, column: 1 };
        Location { file: path.into(), start, end: start, route: String::new(), line: String::new() }
    }

    /// Whether its file lies in a folder, at any depth.
    pub fn is_below(&self, folder: &str) -> bool {
        self.file.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    }

    /// Whether it is the file as such, so that a line and column would only mislead.
    pub fn is_whole_file(&self) -> bool {
        self.start == self.end && self.start == Position { line: 1, column: 1 }
    }
}

impl Finding {
    /// A finding whose remedy is the one that its kind always has.
    pub fn new(kind: &'static Kind, place: &Place, message: Words) -> Self {
        Finding::at(kind, Location::of(place), message)
    }

    /// The same for a location that is no text.
    pub fn at(kind: &'static Kind, location: Location, message: Words) -> Self {
        Finding {
            kind,
            severity: kind.severity,
            location,
            message,
            remedy: kind.mend.into(),
            stakes: Vec::new(),
            also: Vec::new(),
            accepted: None,
            fix: None,
            hinges_on: None,
        }
    }

    /// At how many places it was found.
    pub fn places(&self) -> usize {
        1 + self.also.len()
    }

    /// With a remedy that knows more than the catalog does.
    pub fn remedy(mut self, th: impl Into<String>, en: impl Into<String>) -> Self {
        self.remedy = Words::new(th, en);
        self
    }

    /// Whether it asks for nothing.
    pub fn is_information(&self) -> bool {
        self.kind.concern == Concern::Information
    }

    /// With what mends it: other characters in these bytes of the source. Where lines would begin or end elsewhere, it takes a person.
    pub fn fix(
        mut self,
        source: &Source,
        edits: impl IntoIterator<Item = (Range<usize>, impl Into<String>)>,
    ) -> Self {
        let edits = edits.into_iter().map(|(span, new)| (span, new.into()));
        let mut edits: Vec<(Range<usize>, String)> = edits.filter(|(span, _)| !span.is_empty()).collect();
        edits.sort_by_key(|(span, _)| span.start);
        let starts = source.positions(edits.iter().map(|(span, _)| span.start));
        let replacement = |(start, (span, new)): (Position, (Range<usize>, String))| Replacement {
            start,
            old: source.text[span].to_owned(),
            new,
        };
        let mut replacements: Vec<_> = starts.into_iter().zip(edits).map(replacement).collect();
        replacements.retain(|Replacement { old, new, .. }| !format!("{old}{new}").contains(['\n', '\r']));
        self.fix = (!replacements.is_empty()).then_some(Fix::Replace(replacements));
        self
    }

    /// With what makes the page that is missing: where that cannot be read, nothing else is wrong.
    pub fn hinges_on(mut self, source: Option<String>) -> Self {
        self.hinges_on = source;
        self
    }

    /// Takes the places of the same finding further down in the file.
    fn join(&mut self, other: Finding) {
        self.also.extend([other.location].into_iter().chain(other.also));
        match (&mut self.fix, other.fix) {
            (Some(Fix::Replace(own)), Some(Fix::Replace(more))) => {
                own.extend(more);
                own.sort_by_key(|replacement| replacement.start);
            }
            (own @ None, Some(more)) => {
                *own = Some(more);
                self.remedy = other.remedy;
            }
            (_, _) => {}
        }
    }

    /// Whether a program may mend it: nobody has to decide anything, and nobody wants it to stay.
    pub fn is_mechanical(&self) -> bool {
        self.fix.is_some() && self.accepted.is_none()
    }

    /// With another weight than its kind usually has.
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
}

impl Fix {
    /// How many places of the file it changes; a file as a whole is one.
    pub fn places(&self) -> usize {
        match self {
            Fix::Recode(_) => 1,
            Fix::Replace(replacements) => replacements.len(),
        }
    }
}

impl Replacement {
    /// One past the last character of `old`, on the line where it starts.
    pub fn end(&self) -> Position {
        Position { column: self.start.column + self.old.chars().count(), ..self.start }
    }
}

/// A kind is kept by its code, and its words stay in the catalog.
mod by_code {
    use super::{Kind, catalog};
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(kind: &&'static Kind, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(kind.code)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static Kind, D::Error> {
        let code = String::deserialize(deserializer)?;
        catalog::by_code(&code).ok_or_else(|| D::Error::custom("unknown code"))
    }
}

/// An author's word that a finding is known and stays, from `accept:` in the file that it concerns.
#[derive(Debug, Clone)]
pub struct Acceptance {
    /// The code of the finding.
    pub code: String,
    /// Why it stays; printed beside the figure that it concerns.
    pub reason: String,
    /// Where the author wrote it.
    pub place: Place,
}

impl Acceptance {
    /// Whether a finding is what it speaks of, and may be accepted at all.
    pub fn covers(&self, finding: &Finding) -> bool {
        finding.kind.concern == Concern::Content
            && finding.kind.code == self.code
            && finding.location.file == self.place.source.path
    }
}

/// All findings of a run, in the order in which they were made until they are sorted.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct Findings {
    list: Vec<Finding>,
}

impl Findings {
    /// Takes one more.
    pub fn add(&mut self, finding: Finding) {
        self.list.push(finding);
    }

    /// Takes some more.
    pub fn extend(&mut self, findings: impl IntoIterator<Item = Finding>) {
        self.list.extend(findings);
    }

    /// Takes all of another collection.
    pub fn append(&mut self, other: Findings) {
        self.list.extend(other.list);
    }

    /// Whether anything stops the build.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// How many places a program can mend by itself, those that an author accepts left out.
    pub fn fixes(&self) -> usize {
        self.iter()
            .filter(|finding| finding.is_mechanical())
            .filter_map(|finding| finding.fix.as_ref())
            .map(Fix::places)
            .sum()
    }

    /// In the order of the list.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> + Clone {
        self.list.iter()
    }

    /// By file, line, column and code: the order in which they are shown. What is equal in these stays in the order in which its rule
    /// found it, so that indicator 9 comes before 10.
    pub fn sort(&mut self) {
        self.list.sort_by(|a, b| {
            let place = |finding: &Finding| (finding.location.start, finding.kind.code);
            a.location.file.cmp(&b.location.file).then_with(|| place(a).cmp(&place(b)))
        });
    }

    /// Makes one finding of what is said of one file several times in the same words, for slips of writing: at the first place, with the
    /// others beside it. Front matter and body are judged apart, and so are the values of a file that are read by their own rules. What
    /// every page meets at the same place is said once.
    ///
    /// Expects the order of [`Findings::sort`] and keeps it.
    pub fn join_repeated(&mut self) {
        let mut first: BTreeMap<(&'static str, String, String), usize> = BTreeMap::new();
        let mut joined: Vec<Finding> = Vec::with_capacity(self.list.len());
        self.list.dedup_by(|next, first| {
            next.kind.is_met_on_every_page()
                && next.location == first.location
                && next.kind.code == first.kind.code
        });
        for finding in self.list.drain(..) {
            let Finding { kind, location, message, .. } = &finding;
            let earlier = match kind.is_slip() {
                true => *first
                    .entry((kind.code, location.file.clone(), message.th.clone()))
                    .or_insert(joined.len()),
                false => joined.len(),
            };
            match joined.get_mut(earlier) {
                Some(earlier) => earlier.join(finding),
                None => joined.push(finding),
            }
        }
        self.list = joined;
    }

    /// Leaves out what only follows from a mistake of form: one slip is one finding. What else is missing is found when it is mended.
    pub fn drop_consequences(&mut self) {
        let of_form = |finding: &&Finding| {
            finding.kind.concern == Concern::Form
                && finding.severity == Severity::Error
                && finding.kind.code != "files/missing-key"
        };
        let causes: Vec<(Location, &'static str)> =
            self.list.iter().filter(of_form).map(|cause| (cause.location.clone(), cause.kind.code)).collect();
        self.list.retain(|finding| {
            let takes_page = |cause: &Location| {
                finding.hinges_on.as_ref().is_some_and(|source| cause.file.starts_with(source.as_str()))
            };
            let reach = finding.kind.reach();
            let is_near = |cause: &Location, code: &str| {
                reach.is_some_and(|reach| explains(cause, code, &finding.location, reach))
            };
            !causes.iter().any(|(cause, code)| takes_page(cause) || is_near(cause, code))
        });
    }

    /// Turns accepted findings into notes. An acceptance that matches nothing, or nothing that can be accepted, is itself a finding.
    pub fn accept(&mut self, acceptances: &[Acceptance]) {
        for acceptance in acceptances {
            let mut used = false;
            for finding in self.list.iter_mut().filter(|finding| acceptance.covers(finding)) {
                finding.severity = Severity::Note;
                finding.accepted = Some(acceptance.reason.clone());
                used = true;
            }
            let kind = catalog::by_code(&acceptance.code);
            if !used && kind.is_none_or(|kind| !kind.on_request) {
                let concern = kind.map(|kind| kind.concern);
                self.add(catalog::files::accept_unused(&acceptance.place, &acceptance.code, concern));
            }
        }
    }
}

/// Whether a mistake of form is near enough to something missing.
fn explains(cause: &Location, code: &str, missing: &Location, reach: Reach) -> bool {
    let is_same_file = cause.file == missing.file;
    let is_same_folder = round_folder(&cause.file) == round_folder(&missing.file);
    match reach {
        Reach::Map => is_same_file && code == "files/unknown-key" && cause.route == missing.route,
        Reach::Entry => is_same_file && entry(&cause.route) == entry(&missing.route),
        Reach::Data => is_same_folder && cause.file.ends_with(".yaml"),
        Reach::Folder => is_same_folder,
    }
}

/// The list of a route and the place in it: `measures → 2` of `measures → 2 → period`.
fn entry(route: &str) -> Vec<&str> {
    route.split(" → ").take(2).collect()
}

/// The folder whose files are read together, with or without `files/`.
fn round_folder(file: &str) -> &str {
    let folder = file.split_once("/files/").map_or(file, |(folder, _)| folder);
    if folder.len() < file.len() { folder } else { file.rsplit_once('/').map_or("", |(folder, _)| folder) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_a_whole_step_of_a_path() {
        let check = |file: &str, folder: &str, expected: bool| {
            assert_eq!(Location::file(file).is_below(folder), expected, "{file} {folder}");
        };
        check("content/2565/scores.yaml", "content/2565", true);
        check("content/2565/files/a.pdf", "content/2565", true);
        check("content/25650/scores.yaml", "content/2565", false);
        check("content/2565", "content/2565", false);
        check("other/content/2565/scores.yaml", "content/2565", false);
    }

    #[test]
    fn a_mistake_of_form_explains_what_is_missing_nearby() {
        let at = |file: &str, route: &str| Location { route: route.to_owned(), ..Location::file(file) };
        let check = |code: &str, cause: Location, missing: Location, reach: Reach, expected: bool| {
            assert_eq!(explains(&cause, code, &missing, reach), expected, "{cause:?} {missing:?} {reach:?}");
        };
        let measure = |route: &str| at("content/2565/measures.yaml", route);
        let date = "files/bad-date";
        check(date, measure("measures → 2 → period"), measure("measures → 2 → id"), Reach::Entry, true);
        check(date, measure("measures → 1 → period"), measure("measures → 2 → id"), Reach::Entry, false);
        check(
            date,
            measure("measures → 2"),
            at("content/2566/measures.yaml", "measures → 2"),
            Reach::Entry,
            false,
        );
        check("files/unknown-key", measure("measures → 2"), measure("measures → 2"), Reach::Map, true);
        check("files/unknown-key", measure("measures → 2"), measure(""), Reach::Map, false);
        check(date, measure("measures → 2"), measure("measures → 2"), Reach::Map, false);
        let report = at("content/2565/report.md", "");
        check(date, measure("decided → date"), report.clone(), Reach::Folder, true);
        check(date, measure("decided → date"), report, Reach::Data, true);
        check(
            date,
            at("content/2565/memo.md", "date"),
            at("content/2565/scores.yaml", ""),
            Reach::Data,
            false,
        );
        check(date, measure(""), at("content/2565/files/sub/a.pdf", ""), Reach::Folder, true);
        check(date, measure(""), at("content/files/a.pdf", ""), Reach::Folder, false);
    }

    #[test]
    fn joined_findings_are_mended_together() {
        let source = Source::new("a.md", "ab\nab\n");
        let check = |edits: [&[usize]; 2], expected: &[usize], remedy: &str| {
            let finding = |at: usize, bytes: &[usize], remedy: &str| {
                let finding = catalog::text::decomposed_sara_am(&source.at(at..at + 1)).remedy(remedy, "");
                finding.fix(&source, bytes.iter().map(|byte| (*byte..byte + 1, "x")))
            };
            let mut findings = Findings::default();
            findings.extend([finding(0, edits[0], "first"), finding(3, edits[1], "second")]);
            findings.join_repeated();
            let [joined] = findings.list.as_slice() else { panic!("{findings:?}") };
            let lines: Vec<usize> = match &joined.fix {
                Some(Fix::Replace(replacements)) => replacements.iter().map(|one| one.start.line).collect(),
                _ => Vec::new(),
            };
            assert_eq!((lines.as_slice(), joined.remedy.th.as_str()), (expected, remedy));
        };
        check([&[0], &[3, 4]], &[1, 2, 2], "first");
        check([&[4], &[0]], &[1, 2], "first");
        check([&[0], &[]], &[1], "first");
        check([&[], &[3]], &[2], "second");
        check([&[], &[]], &[], "first");
    }
}

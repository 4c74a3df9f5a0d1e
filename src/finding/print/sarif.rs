//! Findings as one document of the Static Analysis Results Interchange Format, version 2.1.0 (OASIS), which code hosts and editors read.

use super::plain::{self, MEND};
use super::{Style, path};
use crate::finding::{Concern, Finding, Fix, Kind, Location, Replacement, Severity, catalog};
use crate::language::Language;
use crate::model::link::percent_encode;
use crate::source::Position;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};
use xxhash_rust::xxh3::Xxh3;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// What we call our way of telling that two findings are the same; another way needs another name.
const FINGERPRINT: &str = "prongsai/v1";

/// Writes findings in their order, with the whole catalog as the rules.
///
/// # Errors
/// Those of the writer.
pub(super) fn write<'a>(
    findings: impl Iterator<Item = &'a Finding>,
    style: &Style<'_>,
    out: &mut impl Write,
) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &Log::of(findings, style))?;
    writeln!(out)
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'a str,
    version: &'a str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    language: &'a str,
    /// Columns count characters, and not the units of UTF-16 as they do unless this is said.
    column_kind: &'a str,
    results: Vec<Outcome<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'a str,
    semantic_version: &'a str,
    language: &'a str,
    rules: Vec<Rule<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'a> {
    id: &'a str,
    short_description: Message,
    full_description: Message,
    help: Message,
    default_configuration: Configuration,
    properties: Tags<'a>,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Tags<'a> {
    tags: [&'a str; 1],
}

#[derive(Serialize)]
struct Message {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    markdown: Option<String>,
}

/// A `result`, as the format calls it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    kind: &'static str,
    level: &'static str,
    message: Message,
    locations: [Place<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Place<'a>>,
    partial_fingerprints: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressions: Vec<Suppression<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Change<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Cost>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Place<'a> {
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<LogicalLocation<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

/// The route, which names the spot in words.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation<'a> {
    fully_qualified_name: &'a str,
}

/// What an author has accepted.
#[derive(Serialize)]
struct Suppression<'a> {
    kind: &'static str,
    justification: &'a str,
}

/// A `fix`, as the format calls it. One of bytes, such as another encoding, the format could only hold together with the whole file.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change<'a> {
    artifact_changes: [ArtifactChange<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange<'a> {
    artifact_location: Artifact,
    replacements: Vec<Edit<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Edit<'a> {
    deleted_region: Region,
    inserted_content: Content<'a>,
}

#[derive(Serialize)]
struct Content<'a> {
    text: &'a str,
}

#[derive(Serialize)]
struct Cost {
    points: String,
    items: Vec<String>,
}

impl<'a> Log<'a> {
    fn of(findings: impl Iterator<Item = &'a Finding>, style: &Style<'_>) -> Self {
        let language = style.language.code();
        let driver = Driver {
            name: "prongsai",
            semantic_version: env!("CARGO_PKG_VERSION"),
            language,
            rules: catalog::all().map(|kind| Rule::of(kind, style.language)).collect(),
        };
        let results = outcomes(findings, style);
        let run = Run { tool: Tool { driver }, language, column_kind: "unicodeCodePoints", results };
        Log { schema: SCHEMA, version: "2.1.0", runs: [run] }
    }
}

impl Rule<'_> {
    fn of(kind: &'static Kind, language: Language) -> Self {
        let area = kind.code.split('/').next().unwrap_or_default();
        Rule {
            id: kind.code,
            short_description: Message::of(kind.title.in_language(language)),
            full_description: Message::of(kind.why.in_language(language)),
            help: help(kind, language),
            default_configuration: Configuration { level: kind_and_level(kind, kind.severity).1 },
            properties: Tags { tags: [area] },
        }
    }
}

impl Message {
    fn of(text: impl Into<String>) -> Self {
        Message { text: text.into(), markdown: None }
    }
}

impl<'a> Place<'a> {
    fn of(location: &'a Location, folder: &str) -> Self {
        let region = (!location.is_whole_file()).then(|| Region::between(location.start, location.end));
        let artifact_location = Artifact { uri: uri(&path(folder, &location.file)) };
        let route = Some(location.route.as_str()).filter(|route| !route.is_empty());
        Place {
            physical_location: PhysicalLocation { artifact_location, region },
            logical_locations: route
                .map(|fully_qualified_name| LogicalLocation { fully_qualified_name })
                .into_iter()
                .collect(),
        }
    }
}

impl<'a> Change<'a> {
    fn of(finding: &'a Finding, folder: &str) -> Option<Self> {
        let Some(Fix::Replace(replacements)) = &finding.fix else { return None };
        let edit = |replacement: &'a Replacement| Edit {
            deleted_region: Region::between(replacement.start, replacement.end()),
            inserted_content: Content { text: &replacement.new },
        };
        let artifact_location = Artifact { uri: uri(&path(folder, &finding.location.file)) };
        let replacements = replacements.iter().map(edit).collect();
        Some(Change { artifact_changes: [ArtifactChange { artifact_location, replacements }] })
    }
}

impl Region {
    fn between(start: Position, end: Position) -> Self {
        Region {
            start_line: start.line,
            start_column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}

fn outcomes<'a>(findings: impl Iterator<Item = &'a Finding>, style: &Style<'_>) -> Vec<Outcome<'a>> {
    let index: BTreeMap<&str, usize> = catalog::all().map(|kind| kind.code).zip(0..).collect();
    let mut seen = BTreeMap::new();
    findings
        .map(|finding| {
            let (kind, level) = kind_and_level(finding.kind, finding.severity);
            let reason = finding.accepted.as_deref();
            Outcome {
                rule_id: finding.kind.code,
                rule_index: index.get(finding.kind.code).copied(),
                kind,
                level,
                message: Message::of(plain::whole(finding, style.language)),
                locations: [Place::of(&finding.location, style.folder)],
                related_locations: finding.also.iter().map(|also| Place::of(also, style.folder)).collect(),
                partial_fingerprints: BTreeMap::from([(FINGERPRINT, fingerprint(finding, &mut seen))]),
                suppressions: reason
                    .map(|justification| Suppression { kind: "inSource", justification })
                    .into_iter()
                    .collect(),
                fixes: Change::of(finding, style.folder).into_iter().collect(),
                properties: cost(finding),
            }
        })
        .collect()
}

/// What asks for nothing is no failure, and only failures have a level.
fn kind_and_level(kind: &Kind, severity: Severity) -> (&'static str, &'static str) {
    match kind.concern {
        Concern::Information => ("informational", "none"),
        Concern::Form | Concern::Content => ("fail", severity.code()),
    }
}

/// What `explain` says, in the language of the run and below it in the other one.
fn help(kind: &Kind, language: Language) -> Message {
    let other = match language {
        Language::Thai => Language::English,
        Language::English => Language::Thai,
    };
    let page = |language| {
        let [why, label, mend] = [kind.why, MEND, kind.mend].map(|text| text.in_language(language));
        format!("{why}\n\n{label}{mend}")
    };
    let (pages, example) = (format!("{}\n\n{}", page(language), page(other)), kind.example);
    Message {
        text: format!("{pages}\n\n{example}"),
        markdown: Some(format!("{pages}\n\n```yaml\n{example}\n```")),
    }
}

/// The same for the same mistake in the same line, wherever in its file the line has moved to; the second of two equal ones says so.
fn fingerprint(finding: &Finding, seen: &mut BTreeMap<u128, usize>) -> String {
    let mut hash = Xxh3::new();
    for part in [finding.kind.code, &finding.location.file, finding.location.line.trim()] {
        hash.update(part.as_bytes());
        hash.update(&[0]);
    }
    let hash = hash.digest128();
    let count = seen.entry(hash).or_insert(0);
    *count += 1;
    format!("{hash:032x}:{count}")
}

fn cost(finding: &Finding) -> Option<Cost> {
    let items = finding.stakes.iter().map(|stake| stake.item.to_string()).collect();
    Some(Cost { points: finding.points()?.to_string(), items })
}

/// A path as a reference. One from the root of a disk needs its scheme, or it would be one from the root of the repository.
fn uri(path: &str) -> String {
    let encoded: Vec<String> = path.split('/').map(percent_encode).collect();
    let is_drive = |step: &str| step.len() == 2 && step.ends_with(':');
    match path.split('/').next() {
        Some("") => format!("file://{}", encoded.join("/")),
        Some(first) if is_drive(first) => format!("file:///{first}/{}", encoded[1..].join("/")),
        _ => encoded.join("/"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::super::trial::{ENGLISH, FACT, THAI, finding, of, piped, stake};
    use super::*;
    use serde_json::{Value, json};

    fn run(list: impl IntoIterator<Item = Finding>, style: Style<'_>) -> Value {
        let findings = of(list);
        let text = piped(|out| Format::Sarif.write(&findings, &style, out));
        let mut log: Value = serde_json::from_str(&text).unwrap();
        assert_eq!((&log["version"], text.lines().count()), (&json!("2.1.0"), 1));
        log["runs"][0].take()
    }

    #[test]
    fn rules_are_the_catalog_in_both_languages() {
        let check = |style: Style<'_>, language: &str, title: &str| {
            let run = run([], style);
            let rules = run["tool"]["driver"]["rules"].as_array().unwrap().clone();
            assert_eq!(rules.len(), catalog::all().count());
            assert_eq!((&run["language"], &run["results"]), (&json!(language), &json!([])));
            let rule = rules.iter().find(|rule| rule["id"] == "disclosure/unknown-item").unwrap();
            assert_eq!(rule["shortDescription"]["text"], title);
            assert_eq!(rule["properties"]["tags"], json!(["disclosure"]));
            assert_eq!(rule["defaultConfiguration"]["level"], "error");
            let help = rule["help"]["text"].as_str().unwrap();
            assert!(help.contains("เลขข้อเปลี่ยนทุกปี") && help.contains("Codes change every year"), "{help}");
        };
        check(THAI, "th", "ปีนี้ไม่มีข้อ OIT นี้");
        check(ENGLISH, "en", "an item that the year does not have");
    }

    #[test]
    fn a_finding_is_a_result() {
        let mut error = finding("การใช้อำนาจ: 814", "814").costs([stake(42)]);
        error.location.route = "indicators → 3".to_owned();
        error.also = vec![Location::file("a.md")];
        let start = error.location.start;
        error.fix =
            Some(Fix::Replace(vec![Replacement { start, old: "814".to_owned(), new: "81.4".to_owned() }]));
        let run = run([error], Style { folder: "ไซต์", ..ENGLISH });
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        let result = &run["results"][0];
        let uri = "%E0%B9%84%E0%B8%8B%E0%B8%95%E0%B9%8C/content/2565/scores.yaml";
        let region = json!({ "startLine": 1, "startColumn": 14, "endLine": 1, "endColumn": 17 });
        assert_eq!(
            result["locations"],
            json!([{
                "physicalLocation": { "artifactLocation": { "uri": uri }, "region": region },
                "logicalLocations": [{ "fullyQualifiedName": "indicators → 3" }],
            }])
        );
        let edit = json!({ "deletedRegion": region, "insertedContent": { "text": "81.4" } });
        let change = json!([{ "artifactLocation": { "uri": uri }, "replacements": [edit] }]);
        assert_eq!(result["fixes"], json!([{ "artifactChanges": change }]));
        let also = &result["relatedLocations"][0]["physicalLocation"];
        assert_eq!(also.as_object().unwrap().keys().collect::<Vec<_>>(), ["artifactLocation"]);
        assert_eq!((&result["kind"], &result["level"]), (&json!("fail"), &json!("error")));
        assert_eq!(result["properties"], json!({ "points": "5.00", "items": ["O42"] }));
        assert!(result["message"]["text"].as_str().unwrap().ends_with("with at most 2 decimals"));
    }

    #[test]
    fn accepted_findings_are_suppressed_and_facts_no_failures() {
        let accepted = Finding {
            severity: Severity::Note,
            accepted: Some("ตรงตามประกาศ".to_owned()),
            ..finding("5: 814", "814")
        };
        let fact = Finding { kind: &FACT, severity: Severity::Note, ..finding("5: 814", "814") };
        let results = run([accepted, fact], Style { notes: true, ..THAI })["results"].take();
        let suppressed = json!([{ "kind": "inSource", "justification": "ตรงตามประกาศ" }]);
        assert_eq!((&results[0]["suppressions"], &results[0]["level"]), (&suppressed, &json!("note")));
        assert_eq!((&results[1]["kind"], &results[1]["level"]), (&json!("informational"), &json!("none")));
    }

    #[test]
    fn findings_are_known_again_where_lines_moved() {
        let prints = |text: &str| -> Vec<Value> {
            let places = text.match_indices("814").map(|(at, _)| at);
            let found = places.map(|at| {
                let mut finding = finding(text, "814");
                finding.location = Location::of(&crate::source::Source::new("a.yaml", text).at(at..at + 3));
                finding
            });
            let results = run(found, THAI)["results"].take();
            results.as_array().unwrap().iter().map(|one| one["partialFingerprints"].clone()).collect()
        };
        assert_eq!(prints("5: 814"), prints("# more\n\n  5: 814"));
        assert_ne!(prints("5: 814"), prints("6: 814"));
        let twice = prints("5: 814\n5: 814");
        assert_ne!(twice[0], twice[1]);
    }

    #[test]
    fn paths_are_references() {
        let check = |path: &str, expected: &str| assert_eq!(uri(path), expected, "{path}");
        check("content/2565/a b.md", "content/2565/a%20b.md");
        check("/srv/site/a.md", "file:///srv/site/a.md");
        check("C:/site/a.md", "file:///C:/site/a.md");
        check("a:b/c.md", "a%3Ab/c.md");
    }
}

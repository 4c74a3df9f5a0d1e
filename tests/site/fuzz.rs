//! Any text at all, through everything that reads what officers type: no text may stop the program, and whatever is found stands where the
//! text has it. The texts are those of the test sites and cases, changed at random places: cut, doubled, swapped, and with the signs put
//! in between that mean something to YAML, to Markdown, to bindings or to the Thai keyboard.
//!
//! `PRONGSAI_FUZZ=1000000` reads so many texts for each target, from the seed `PRONGSAI_SEED` on. One that fails is cut down to the changes
//! that matter, and told with the seed that repeats it.

use crate::chance;
use crate::folder::{Tree, repository, sites, tree};
use prongsai::build;
use prongsai::check;
use prongsai::check::text::Subject;
use prongsai::finding::print::{Format, Style};
use prongsai::finding::{Finding, Findings, Fix, Location, Replacement, Severity, catalog};
use prongsai::framework::Frameworks;
use prongsai::language::{Language, Numerals, Words};
use prongsai::model::Agency;
use prongsai::model::date::{self, Date, FiscalYear, Month};
use prongsai::model::link::{LinkTarget, percent_decode};
use prongsai::model::number::Score;
use prongsai::parse::markdown::{self, Setting, binding};
use prongsai::parse::{self, framework, yaml};
use prongsai::read::{File, Texts, YearFolder};
use prongsai::score;
use prongsai::source::{Position, Source};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::TestError;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

/// How many texts each target reads where nobody asks for more.
const TEXTS: u64 = 150;

/// So many texts come from one seed.
const TEXTS_OF_A_SEED: u64 = 500;

/// What means something to somebody who reads: YAML, Markdown, bindings, dates, and whoever sees or does not see a sign of the Thai keyboard.
const SIGNS: [&str; 92] = [
    "\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "  ",
    "\u{a0}",
    "\u{3000}",
    "\u{200b}",
    "\u{200d}",
    "\u{feff}",
    "\u{0}",
    "\u{1b}",
    "\u{85}",
    "\u{2028}",
    ":",
    ": ",
    "- ",
    "-",
    "#",
    " #",
    "?",
    "? ",
    "|",
    "|\n",
    "|2-\n",
    ">",
    ">+\n",
    "&a ",
    "*a",
    "!!str ",
    "<<: ",
    "---\n",
    "...\n",
    "%YAML 1.2\n",
    "[",
    "]",
    "{",
    "}",
    ",",
    "'",
    "\"",
    "\\",
    "\\x",
    "~",
    "null",
    "{{",
    "}}",
    "{{ agency.name }}",
    "{{ indicator(5).score }}",
    "{{ measure(\"m1\").title }}",
    "{%",
    "##",
    "# ",
    "**",
    "_",
    "`",
    "```\n",
    "~~",
    "| a | b |\n|---|:-:|\n",
    "[^1]",
    "[^1]: ",
    "![",
    "](",
    ")",
    "(/2565/#iit)",
    "<p>",
    "<!--",
    "&amp;",
    "&#0;",
    "> ",
    "๑. ",
    "1) ",
    "• ",
    "{#ก}",
    "ำ",
    "ํา",
    "่่",
    "เเ",
    "ฯ",
    "๙",
    "99999999999999999999",
    "-1",
    "0.005",
    "69,38",
    "พ.ศ. ",
    "๓๑ ก.พ. ๖๕",
    "ม.ค ",
    "ถึง",
    " – ",
    "ไตรมาส ๑–๔",
    "🏛\u{fe0f}",
];

/// One change of a text, at places that are chosen among those that it has.
#[derive(Debug, Clone)]
enum Change {
    Insert(Index, &'static str),
    Write(Index, String),
    Cut(Index, usize),
    Double(Index, usize),
    Move(Index, Index, usize),
    End(Index),
    Splice(Index, Index, Index),
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let (at, length) = (any::<Index>, || prop_oneof![4 => 1usize..4, 2 => 4usize..40, 1 => 40usize..400]);
    let change = prop_oneof![
        8 => (at(), select(&SIGNS[..])).prop_map(|(at, sign)| Change::Insert(at, sign)),
        2 => (at(), "[ก-๛]{1,3}|[!-~]{1,4}|\\PC{1,3}").prop_map(|(at, text)| Change::Write(at, text)),
        4 => (at(), length()).prop_map(|(at, length)| Change::Cut(at, length)),
        2 => (at(), length()).prop_map(|(at, length)| Change::Double(at, length)),
        2 => (at(), at(), length()).prop_map(|(from, to, length)| Change::Move(from, to, length)),
        1 => at().prop_map(Change::End),
        1 => (at(), at(), at()).prop_map(|(seed, from, to)| Change::Splice(seed, from, to)),
    ];
    vec(change, 0..12)
}

/// A text with its changes, in their order. Places are counted in characters, as nothing else is a text.
fn changed(text: &str, changes: &[Change], seeds: &[(String, String)]) -> String {
    let mut text: Vec<char> = text.chars().collect();
    for change in changes {
        let at = |index: &Index, length: usize| index.index(length + 1);
        let length = text.len();
        let range = |index: &Index, wanted: &usize| {
            let start = at(index, length);
            start..(start + wanted).min(length)
        };
        match change {
            Change::Insert(index, sign) => {
                drop(text.splice(at(index, length)..at(index, length), sign.chars()))
            }
            Change::Write(index, new) => drop(text.splice(range(index, &new.len()), new.chars())),
            Change::Cut(index, wanted) => drop(text.drain(range(index, wanted))),
            Change::Double(index, wanted) => {
                let part = text[range(index, wanted)].to_vec();
                text.splice(at(index, length)..at(index, length), part);
            }
            Change::Move(from, to, wanted) => {
                let part: Vec<char> = text.drain(range(from, wanted)).collect();
                let to = at(to, text.len());
                text.splice(to..to, part);
            }
            Change::End(index) => text.truncate(at(index, length)),
            Change::Splice(seed, from, to) => {
                let other: Vec<char> = seed.get(seeds).1.chars().collect();
                text.truncate(at(from, length));
                text.extend(&other[at(to, other.len())..]);
            }
        }
    }
    text.into_iter().collect()
}

/// The files that somebody wrote for this repository, each text once: by name, so that each is read as what it is.
fn files(is_wanted: fn(&str) -> bool) -> Vec<(String, String)> {
    let mut trees: Vec<Tree> = sites().into_values().collect();
    trees.extend(["tests/cases", "content", "src/framework"].map(|path| tree(&repository(path))));
    let all = trees.into_iter().flatten().filter(|(path, _)| !path.contains("/expected/"));
    let named = all.filter_map(|(path, bytes)| {
        let name = path.rsplit('/').next().map(str::to_owned)?;
        Some((name, String::from_utf8(bytes).ok()?))
    });
    let texts: BTreeSet<(String, String)> = named.filter(|(name, _)| is_wanted(name)).collect();
    texts.into_iter().collect()
}

/// Reads as many texts as are asked for.
#[track_caller]
fn read_all(seeds: &[(String, String)], read: impl Fn(&str, &str)) {
    let texts = chance::number("PRONGSAI_FUZZ", TEXTS);
    let first = chance::seed();
    for seed in first..first + texts.div_ceil(TEXTS_OF_A_SEED) {
        let cases = u32::try_from(TEXTS_OF_A_SEED.min(texts)).unwrap();
        let outcome =
            chance::dice_thrown(seed, cases).run(&(any::<Index>(), changes()), |(index, changes)| {
                let (name, text) = index.get(seeds);
                read(name, &changed(text, &changes, seeds));
                Ok(())
            });
        match outcome {
            Ok(()) => {}
            Err(TestError::Fail(reason, (index, changes))) => {
                let (name, text) = index.get(seeds);
                let text = changed(text, &changes, seeds);
                panic!("PRONGSAI_SEED={seed}: {reason}\n{name}: {changes:?}\n{text:?}");
            }
            Err(other) => panic!("PRONGSAI_SEED={seed}: {other}"),
        }
    }
}

/// The rules of every year, read once.
static FRAMEWORKS: LazyLock<Frameworks> =
    LazyLock::new(|| build::frameworks(&repository(""), &mut Findings::default()).unwrap());

/// Whose files they are.
static AGENCY: LazyLock<Agency> = LazyLock::new(|| {
    let text = "name: องค์การบริหารส่วนตำบลตัวอย่าง\nshort_name: อบต.ตัวอย่าง\nprovince: ตัวอย่าง\ndistrict: เมือง\n";
    let source = Source::new("content/a/agency.yaml", text);
    parse::agency_file(&source, &mut Findings::default()).0.unwrap()
});

/// A round that has nothing but this file, in the folder of 2565, and all rules about it.
fn judge_round(name: &str, source: &Arc<Source>, findings: &mut Findings) {
    let year = FiscalYear::new(2565).unwrap();
    let file = File { path: source.path.clone(), location: PathBuf::new(), size: 0, modified: 0 };
    let files = [(name.to_owned(), file)].into();
    let folder = YearFolder { path: "content/2565".to_owned(), files, ..YearFolder::default() };
    let texts = Texts::from([(source.path.clone(), Arc::clone(source))]);
    let (round, _) = parse::round(year, &folder, &texts, findings);
    let framework = FRAMEWORKS.of(year);
    let tally = score::tally(&round, framework);
    check::round(&round, framework, &tally, Some(year.last_day()), findings);
    check::wording(&round, &AGENCY.profile, framework, &tally, findings);
}

/// Every finding stands in the text, is shown in any width, and mends what stands there.
fn sound(findings: &Findings, source: &Source) {
    let mut shown = Findings::default();
    for finding in findings.iter() {
        let Location { start, end, line, .. } = &finding.location;
        let there =
            source.text.split('\n').nth(start.line - 1).expect("a finding stands in a line of the text");
        assert!(line.is_empty() || there.trim_end_matches('\r') == line, "{finding:?}");
        assert!(start.column <= there.chars().count() + 1 && start <= end, "{finding:?}");
        for replacement in replacements(finding) {
            let line = source.text.split('\n').nth(replacement.start.line - 1).unwrap();
            let rest: String = line.chars().skip(replacement.start.column - 1).collect();
            assert!(rest.starts_with(&replacement.old), "{replacement:?} in {rest:?}");
        }
        shown.add(finding.clone().severity(Severity::Warning));
    }
    shown.sort();
    shown.join_repeated();
    for width in [40, 80] {
        let style = Style { language: Language::Thai, width, notes: true, folder: "" };
        for format in Format::ALL {
            format.write(&shown, &style, &mut Vec::new()).unwrap();
        }
    }
}

fn replacements(finding: &Finding) -> &[Replacement] {
    match &finding.fix {
        Some(Fix::Replace(replacements)) => replacements,
        _ => &[],
    }
}

/// A body, evaluated with data that has everything and nothing, and judged.
fn judge_prose(body: &markdown::Body, findings: &mut Findings) {
    let value = |expression: &binding::Expression| match expression {
        binding::Expression::Agency(_) => Some("องค์การบริหารส่วนตำบล<ตัวอย่าง> & 1".to_owned()),
        _ => None,
    };
    let href = |target: &LinkTarget| match target {
        LinkTarget::Page { address, .. } => Some(format!("..{address}index.html")),
        _ => None,
    };
    let setting = Setting {
        id_prefix: "iit",
        section_level: 3,
        numerals: Numerals::Thai,
        table_label: "ตาราง",
        back_label: "กลับ",
        value: &value,
        href: &href,
    };
    let prose = markdown::prose(body, &setting, findings);
    let subject = Subject { agency: Some(&AGENCY.profile), is_of_year: true, ..Subject::default() };
    check::text::check_prose(&prose, subject, findings);
}

#[test]
fn any_yaml_is_read() {
    let seeds = files(|name| name.ends_with(".yaml"));
    read_all(&seeds, |name, text| {
        let source = Source::new(format!("content/2565/{name}"), text);
        let mut findings = Findings::default();
        let year = name.strip_suffix(".yaml").and_then(|year| year.parse().ok()).and_then(FiscalYear::new);
        match (name, year) {
            ("prongsai.yaml", _) => drop(parse::settings(&source, &mut findings)),
            ("agency.yaml", _) => drop(parse::agency_file(&source, &mut findings)),
            (_, Some(year)) => {
                let own = [(year, Arc::clone(&source))].into();
                drop(framework::frameworks(&framework::Texts { own, ..Default::default() }, &mut findings));
            }
            ("theme.yaml" | "th.yaml" | "en.yaml", _) => drop(yaml::typed::<serde_json::Value>(text)),
            _ => judge_round(name, &source, &mut findings),
        }
        sound(&findings, &source);
    });
}

#[test]
fn any_markdown_is_read() {
    let seeds = files(|name| name.ends_with(".md"));
    read_all(&seeds, |name, text| {
        let source = Source::new(format!("content/2565/{name}"), text);
        let mut findings = Findings::default();
        judge_round(name, &source, &mut findings);
        let (narrative, _) = parse::narrative(&source, &mut findings);
        judge_prose(&narrative.body, &mut findings);
        sound(&findings, &source);
    });
}

/// What stands behind a key, as officers type it into the files of the repository.
fn values() -> Vec<(String, String)> {
    let values = files(|name| name.ends_with(".yaml")).into_iter().flat_map(|(_, text)| {
        let lines = text.lines().filter_map(|line| line.split_once(": "));
        lines.map(|(_, value)| value.trim().to_owned()).collect::<Vec<_>>()
    });
    let values: BTreeSet<String> = values.filter(|value| value.chars().count() < 200).collect();
    values.into_iter().map(|value| (String::new(), value)).collect()
}

#[test]
fn any_date_is_read() {
    let seeds = values();
    let year = FiscalYear::new(2566).unwrap();
    read_all(&seeds, |_, text| {
        if let Ok(date) = date::parse_date(text) {
            for written in
                [Date::long, Date::short].map(|print| print(date.value, Language::Thai, Numerals::Thai))
            {
                assert_eq!(date::parse_date(&written).unwrap().value, date.value, "{text:?} → {written}");
            }
        }
        if let Ok(month) = date::parse_month(text) {
            for written in
                [Month::long, Month::short].map(|print| print(month.value, Language::Thai, Numerals::Thai))
            {
                assert_eq!(date::parse_month(&written).unwrap().value, month.value, "{text:?} → {written}");
            }
        }
        if let Ok(period) = date::parse_period(text, year) {
            let written = period.value.short(Language::Thai, Numerals::Thai);
            assert_eq!(
                date::parse_period(&written, year).unwrap().value,
                period.value,
                "{text:?} → {written}"
            );
            assert!(period.value.first_day() <= period.value.last_day());
        }
        drop((date::parse_year(text), date::parse_point(text), date::last_month_named(text)));
        if let Ok(score) = Score::parse(text) {
            assert_eq!(Score::parse(&score.print(Numerals::Thai)), Ok(score), "{text:?}");
        }
    });
}

#[test]
fn any_binding_is_read() {
    let bodies = files(|name| name.ends_with(".md")).into_iter();
    let lines = bodies.flat_map(|(_, text)| text.lines().map(str::to_owned).collect::<Vec<_>>());
    let lines: BTreeSet<String> = lines.filter(|line| line.contains("{{") || line.contains("](")).collect();
    let seeds: Vec<_> = lines.into_iter().map(|line| (String::new(), line)).collect();
    read_all(&seeds, |_, text| {
        drop(binding::parse(text));
        drop((LinkTarget::parse(text), percent_decode(text)));
        let source = Source::new("content/index.md", format!("{text}\n\n{{{{{text}}}}}\n"));
        let mut findings = Findings::default();
        let body = markdown::body(&source, 0..source.text.len(), &mut findings);
        judge_prose(&body, &mut findings);
        sound(&findings, &source);
    });
}

#[test]
fn any_place_is_found_again() {
    let seeds = files(|name| name.ends_with(".md") || name.ends_with(".yaml"));
    read_all(&seeds, |_, text| {
        let source = Source::new("a.md", text);
        // Anything that depends on the text alone does for the choice of a place.
        let some =
            |step: usize| text.bytes().rev().step_by(step).map(usize::from).sum::<usize>() % (text.len() + 2);
        let (first, second) = (some(2), some(3));
        let place = source.at(first.min(second)..first.max(second));
        let positions = source.positions([place.span.start, place.span.end]);
        assert_eq!(positions, [place.span.start, place.span.end].map(|byte| source.position(byte)));
        assert_eq!(source.bytes(positions.iter().copied()), [place.span.start, place.span.end]);
        let far = Position { line: usize::MAX, column: usize::MAX };
        assert_eq!(source.bytes([far]), [text.len()]);
        let kind = catalog::by_code("text/raw-html").unwrap();
        let finding = Finding::new(kind, &place, Words::new(text, text)).remedy(text, text);
        let finding = finding.fix(&source, [(place.span.clone(), "ำ")]);
        let mut findings = Findings::default();
        findings.add(finding);
        sound(&findings, &source);
    });
}

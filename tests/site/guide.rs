//! The guide for officers, `docs/`, which is a site of its own: it builds without a finding, its examples are valid input, and what it shows of
//! the program the program says.
//!
//! An example names its file in its first comment. Where a block of `text` follows it, the example shows a slip, and the text is what `check`
//! says of it; a text behind commands is what these say.

use crate::disk::{prongsai, run};
use crate::folder::{Folder, Tree, lines, repository, tree};
use prongsai::finding::{Concern, Finding, Severity, catalog};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::path::Path;

/// What the guide answers to the questions of `init`.
const ANSWERS: [&str; 8] = [
    "--name",
    "องค์การบริหารส่วนตำบลลุมพุก",
    "--short-name",
    "อบต.ลุมพุก",
    "--phone",
    "๐๔๔-๖๓๔๗๘๐",
    "--address",
    "อำเภอเมืองบุรีรัมย์ จังหวัดบุรีรัมย์",
];

/// A block of code in a chapter.
struct Block {
    /// The chapter and the line, for whoever has to mend it.
    place: String,
    language: String,
    text: String,
}

impl Block {
    /// The file that an example says it is.
    fn file(&self) -> Option<&str> {
        let mut first = self.text.lines().filter(|line| *line != "---");
        match self.language.as_str() {
            "yaml" | "markdown" => first.next()?.strip_prefix("# "),
            _ => None,
        }
    }
}

/// The sources of the guide, without what was built from them.
fn guide() -> Tree {
    let is_made =
        |path: &str| ["public/", ".public.prongsai/", ".prongsai/"].iter().any(|at| path.starts_with(at));
    tree(&repository("docs")).into_iter().filter(|(path, _)| !is_made(path)).collect()
}

/// The chapters by their path, the front page among them.
fn chapters() -> BTreeMap<String, String> {
    let chapters = guide().into_iter().filter(|(path, _)| path.starts_with("content/"));
    chapters.map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap())).collect()
}

/// All blocks of a chapter in their order.
fn blocks(path: &str, text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut is_inside = false;
    for (at, line) in text.lines().enumerate() {
        if let Some(language) = line.strip_prefix("```") {
            if !is_inside {
                let place = format!("docs/{path}:{}", at + 1);
                blocks.push(Block { place, language: language.to_owned(), text: String::new() });
            }
            is_inside = !is_inside;
        } else if is_inside {
            blocks.last_mut().unwrap().text.extend([line, "\n"]);
        }
    }
    assert!(!is_inside, "{path}: a block is not closed");
    blocks
}

/// Every block of the guide with the one that follows it in its chapter.
fn all_blocks() -> Vec<(Block, Option<Block>)> {
    let mut pairs = Vec::new();
    for (path, text) in chapters() {
        let next = blocks(&path, &text).into_iter().skip(1).map(Some).chain([None]);
        pairs.extend(blocks(&path, &text).into_iter().zip(next));
    }
    pairs
}

/// What stands between single back quotes outside blocks.
fn spans(text: &str) -> Vec<String> {
    let mut is_inside = false;
    let is_prose = |line: &&str| {
        let is_fence = line.starts_with("```");
        is_inside ^= is_fence;
        !is_inside && !is_fence
    };
    let lines: Vec<&str> = text.lines().filter(is_prose).collect();
    lines.iter().flat_map(|line| line.split('`').skip(1).step_by(2)).map(str::to_owned).collect()
}

/// The site that the guide begins: what `init` writes, with the report of the example in it.
fn begun() -> Folder {
    let folder = Folder::of(&Tree::new());
    let (code, said) = run(folder.root(), &[&["init", "--year", "2565"], &ANSWERS[..]].concat());
    assert_eq!(code, 0, "{said}");
    for (path, bytes) in tree(&repository("content/2565")).into_iter().filter(|(path, _)| path != "memo.md") {
        folder.write(&format!("content/2565/{path}"), bytes);
    }
    folder
}

/// The same with an example in it, with the attachments that this names and the further pages that the guide shows.
fn with_example(block: &Block, file: &str) -> Folder {
    let folder = if file.ends_with("/agency.yaml") { portal() } else { begun() };
    for (other, _) in all_blocks() {
        if let Some(path) = other.file().filter(|path| path.starts_with("content/pages/")) {
            folder.write(path, &other.text);
        }
    }
    let home = Path::new(file).parent().unwrap();
    for rest in block.text.split("files/").skip(1) {
        let name =
            rest.split(|sign: char| !(sign.is_ascii_alphanumeric() || "-_.".contains(sign))).next().unwrap();
        folder.write(home.join("files").join(name).to_str().unwrap(), "เอกสารแนบ");
    }
    folder.write(file, &block.text);
    folder
}

fn portal() -> Folder {
    let settings = "portal: { name: องค์การบริหารส่วนจังหวัดตัวอย่าง, short_name: อบจ.ตัวอย่าง }\n";
    Folder::of(&Tree::from([("prongsai.yaml".to_owned(), settings.into())]))
}

/// Lines with something in them, without blanks behind.
fn written(text: &str) -> Vec<&str> {
    text.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect()
}

/// Checks that all of it was said, line by line. `…` stands for any number of others.
#[track_caller]
fn check_answer(place: &str, answer: &str, said: &str) {
    let mut rest = &written(said)[..];
    for part in written(answer).split(|line| line.trim() == "…").filter(|part| !part.is_empty()) {
        let found = rest.windows(part.len()).position(|lines| lines == part);
        let at = found.unwrap_or_else(|| panic!("{place}: the program does not say {part:#?} but\n{said}"));
        rest = &rest[at + part.len()..];
    }
}

/// Checks that the lines up to the first empty one are what `init` asks, and gives the rest.
#[track_caller]
fn after_the_questions<'a>(place: &str, answer: &'a str) -> &'a str {
    let asking = fs::read_to_string(repository("src/cli/questions.rs")).unwrap();
    let (dialogue, rest) = answer.split_once("\n\n").unwrap();
    for line in dialogue.lines() {
        let question = line.split([':', '[', '(']).next().unwrap().trim();
        assert!(asking.contains(&format!("\"{question}")), "{place}: init does not ask {question}");
    }
    rest
}

/// The commands of a block, word by word.
fn commands(text: &str) -> Vec<Vec<&str>> {
    let lines = text.lines().map(|line| line.trim_start_matches(".\\").split_whitespace().collect());
    lines.filter(|words: &Vec<&str>| words.first() == Some(&"prongsai")).collect()
}

#[test]
fn the_guide_builds_without_a_finding() {
    let folder = Folder::of(&guide());
    let outcome = folder.build();
    assert_eq!(lines(&outcome.findings), "");
    let (code, said) = run(folder.root(), &["build", "--strict"]);
    assert_eq!(code, 0, "{said}");
    let promised = "docs/addresses.txt is not as a build leaves it";
    assert!(folder.sources()["addresses.txt"] == guide()["addresses.txt"], "{promised}");
}

#[test]
fn every_chapter_is_told_on_the_front_page_and_leads_on() {
    let front = &chapters()["content/index.md"];
    let chapters: Vec<_> = chapters().into_iter().filter(|(path, _)| path.contains("/pages/")).collect();
    assert!(chapters.len() >= 8, "{} chapters", chapters.len());
    let leads_on =
        chapters.iter().filter(|(_, text)| text.trim_end().lines().last().unwrap().contains("](/pages/"));
    assert_eq!(leads_on.count(), chapters.len() - 1, "every chapter but the last ends with the next");
    for (path, _) in chapters {
        let address = format!("](/pages/{}/)", Path::new(&path).file_stem().unwrap().to_str().unwrap());
        assert!(front.contains(&address), "the front page does not link to {path}");
    }
}

#[test]
fn every_example_is_valid() {
    let mut files = BTreeSet::new();
    for (block, next) in all_blocks() {
        let is_named = block.file().is_some() || !["yaml", "markdown"].contains(&block.language.as_str());
        assert!(is_named, "{}: an example has to name its file in its first comment", block.place);
        let is_slip = next.is_some_and(|next| next.language == "text");
        let Some(file) = block.file().filter(|_| !is_slip) else { continue };
        let is_wrong = |found: &&Finding| {
            found.severity == Severity::Error || matches!(found.kind.concern, Concern::Form)
        };
        let outcome = with_example(&block, file).check();
        let wrong: Vec<_> = outcome.findings.iter().filter(is_wrong).map(|found| &found.message.th).collect();
        assert!(wrong.is_empty(), "{}: {wrong:?}", block.place);
        files.insert(Path::new(file).file_name().unwrap().to_owned());
    }
    let shown =
        ["prongsai.yaml", "index.md", "scores.yaml", "iit.md", "report.md", "measures.yaml", "memo.md"];
    for name in shown.into_iter().chain(["disclosure.yaml", "complaint.md", "agency.yaml", "2570.yaml"]) {
        assert!(files.contains(OsStr::new(name)), "no example shows {name}");
    }
}

/// What the program says where the guide gives its answer, and what of that it has to say.
#[track_caller]
fn asked<'a>(question: &Block, answer: &'a Block) -> (String, &'a str) {
    let (place, mut expected) = (&answer.place, answer.text.as_str());
    if let Some(file) = question.file() {
        return (run(with_example(question, file).root(), &["check"]).1, expected);
    }
    assert_eq!(question.language, "sh", "{place}: an answer to what?");
    let folder = begun();
    let mut said = String::new();
    for mut words in commands(&question.text) {
        if words[1] == "init" {
            expected = after_the_questions(place, expected);
            words.extend(ANSWERS);
        }
        said += &run(folder.root(), &words[1..]).1;
    }
    (said, expected)
}

#[test]
fn the_program_says_what_the_guide_shows() {
    let mut answers = 0;
    for (question, next) in all_blocks() {
        let Some(answer) = next.filter(|next| next.language == "text") else { continue };
        let (said, expected) = asked(&question, &answer);
        check_answer(&answer.place, expected, &said);
        answers += 1;
    }
    assert!(answers > 10, "only {answers} answers were found");
}

#[test]
fn every_command_exists() {
    let mut shown = BTreeSet::new();
    for (path, text) in chapters() {
        let blocks = blocks(&path, &text).into_iter().filter(|block| block.language == "sh");
        for text in blocks.map(|block| block.text).chain(spans(&text)) {
            for words in commands(&text).into_iter().filter(|words| words.len() > 1) {
                shown.insert(words[1..].iter().map(|word| (*word).to_owned()).collect::<Vec<_>>());
            }
        }
    }
    let mut helps: BTreeMap<String, String> = BTreeMap::new();
    for words in &shown {
        let command = words.iter().find(|word| !word.starts_with('-')).cloned().unwrap_or_default();
        let help = helps.entry(command.clone()).or_insert_with(|| {
            let asked: Vec<&str> =
                [command.as_str(), "--help"].into_iter().filter(|word| !word.is_empty()).collect();
            let (code, said) = run(Path::new(env!("CARGO_MANIFEST_DIR")), &asked);
            assert_eq!(code, 0, "{words:?}: {said}");
            said
        });
        let known: BTreeSet<&str> = help.split([' ', ',', '\n']).collect();
        for flag in words.iter().filter(|word| word.starts_with('-')) {
            assert!(known.contains(flag.as_str()), "{words:?}: there is no {flag}");
        }
    }
    let known: BTreeSet<&str> = helps.keys().map(String::as_str).collect();
    let told = ["", "build", "check", "explain", "export", "import", "init", "new", "schema", "serve"];
    assert_eq!(known, BTreeSet::from(told), "the commands that an officer needs");
}

#[test]
fn every_code_is_known() {
    let known: BTreeSet<&str> = catalog::all().map(|kind| kind.code).collect();
    let areas: BTreeSet<&str> = known.iter().map(|code| code.split('/').next().unwrap()).collect();
    let mut told = BTreeSet::new();
    for (path, text) in chapters() {
        for span in spans(&text) {
            let Some((area, name)) = span.split_once('/') else { continue };
            let is_code =
                !name.is_empty() && name.chars().all(|sign| sign.is_ascii_lowercase() || sign == '-');
            if areas.contains(area) && is_code {
                assert!(known.contains(span.as_str()), "{path}: nothing is called {span}");
                told.insert(span);
            }
        }
    }
    assert!(told.len() > 30, "only {} codes are told", told.len());
}

/// The names of all properties of a schema.
fn properties(schema: &Value, names: &mut BTreeSet<String>) {
    match schema {
        Value::Object(map) => {
            if let Some(Value::Object(own)) = map.get("properties") {
                names.extend(own.keys().cloned());
            }
            map.values().for_each(|value| properties(value, names));
        }
        Value::Array(values) => values.iter().for_each(|value| properties(value, names)),
        _ => {}
    }
}

#[test]
fn every_key_that_an_officer_may_need_is_told() {
    let chapter = &chapters()["content/pages/files.md"];
    let told: BTreeSet<&str> = chapter
        .split(|sign: char| !(sign.is_ascii_alphanumeric() || sign == '_'))
        .filter(|word| !word.is_empty())
        .collect();
    for name in ["prongsai", "scores", "analysis", "narrative", "measures", "memo", "disclosure"] {
        let schema =
            prongsai(Path::new(env!("CARGO_MANIFEST_DIR")), &["schema", name]).output().unwrap().stdout;
        let mut keys = BTreeSet::new();
        properties(&serde_json::from_slice(&schema).unwrap(), &mut keys);
        let is_word = |key: &&String| key.chars().all(|sign| sign.is_ascii_lowercase() || sign == '_');
        let keys: Vec<_> = keys.iter().filter(is_word).collect();
        assert!(keys.len() > 1, "{name} has no keys: {keys:?}");
        let missing: Vec<_> = keys.iter().filter(|key| !told.contains(key.as_str())).collect();
        assert!(missing.is_empty(), "docs/content/pages/files.md does not tell of {missing:?} in {name}");
    }
}

#[test]
fn the_readme_leads_to_the_guide() {
    let readme = fs::read_to_string(repository("README.md")).unwrap();
    let links: Vec<&str> = readme.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    let links: Vec<_> = links.into_iter().filter(|link| link.starts_with("docs/")).collect();
    assert!(links.len() > 1, "{links:?}");
    for link in links {
        assert!(repository(link).exists(), "README.md links to {link}");
    }
}

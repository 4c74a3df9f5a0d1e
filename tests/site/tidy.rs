//! The rules of the house, as far as a machine can read them: who may use whom, where each package lives, what every file begins with, and
//! that nothing is said in one language only.

use crate::folder::{repository, tree};
use prongsai::finding::catalog;
use prongsai::plan::view::CONTRACT;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// Each module with those that it may use, from the words of Thai up to the command line. A module uses only what stands above it.
const LAYERS: &[(&str, &[&str])] = &[
    ("blob", &[]),
    ("archive", &[]),
    ("thai", &[]),
    ("language", &["thai"]),
    ("workbook", &["archive", "thai"]),
    ("source", &[]),
    ("spreadsheet", &["archive", "source"]),
    ("failure", &["language"]),
    ("model", &["thai", "language", "source"]),
    ("finding", &["language", "source", "model"]),
    ("framework", &["model"]),
    ("parse", &["thai", "language", "source", "model", "finding", "framework"]),
    ("read", &["thai", "source", "failure", "model", "finding", "parse"]),
    ("sight", &["failure", "read"]),
    ("score", &["model", "framework"]),
    ("check", &["thai", "source", "model", "finding", "framework", "parse", "score"]),
    (
        "plan",
        &[
            "blob",
            "thai",
            "language",
            "workbook",
            "source",
            "model",
            "finding",
            "framework",
            "parse",
            "score",
            "check",
            "archive",
        ],
    ),
    ("theme", &["language", "source", "finding", "parse", "plan"]),
    ("links", &["source", "model", "finding", "plan"]),
    ("search", &["thai", "plan"]),
    ("register", &["thai", "source", "failure", "model", "finding", "plan", "read"]),
    ("publish", &["archive", "language", "failure"]),
    ("compress", &[]),
    ("state", &["failure", "model", "finding", "read", "sight"]),
    ("watch", &["language", "failure", "read"]),
    ("probe", &["model"]),
    ("schema", &["thai", "language", "model", "finding", "framework", "parse"]),
    ("scaffold", &["language", "failure", "model", "framework", "parse", "schema"]),
    (
        "build",
        &[
            "blob",
            "language",
            "source",
            "failure",
            "model",
            "finding",
            "framework",
            "parse",
            "read",
            "sight",
            "score",
            "check",
            "plan",
            "theme",
            "links",
            "search",
            "register",
            "publish",
            "compress",
            "state",
            "probe",
        ],
    ),
    ("fix", &["language", "source", "failure", "finding", "read", "build"]),
    ("export", &["failure", "model", "plan", "publish"]),
    (
        "import",
        &[
            "thai",
            "language",
            "workbook",
            "source",
            "spreadsheet",
            "failure",
            "model",
            "finding",
            "framework",
            "parse",
            "read",
            "score",
            "check",
            "plan",
            "scaffold",
            "build",
            "fix",
        ],
    ),
    ("preview", &["failure", "model", "finding", "read", "sight", "plan", "publish", "state", "build"]),
    ("serve", &["language", "failure", "model", "finding", "watch", "build", "preview"]),
    (
        "cli",
        &[
            "thai",
            "language",
            "source",
            "failure",
            "model",
            "finding",
            "framework",
            "parse",
            "read",
            "publish",
            "state",
            "watch",
            "probe",
            "schema",
            "scaffold",
            "build",
            "fix",
            "export",
            "import",
            "preview",
            "serve",
        ],
    ),
];

/// Uses of what stands below: a round holds its prose as it was parsed, since a second form of it would say nothing more; and a step is
/// handed the folder that the step before it found.
const UPWARD: [(&str, &str); 2] = [("model", "parse"), ("parse", "read")];

/// Where each package may be named: replacing one is then a change of one file. Those of serialisation and threads are everybody's.
const HOMES: &[(&str, &[&str])] = &[
    ("anstream", &["cli"]),
    ("anstyle", &["cli", "finding/print/human.rs"]),
    ("brotli", &["compress.rs"]),
    ("calamine", &["spreadsheet.rs"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("csv", &["spreadsheet/text.rs"]),
    ("ctrlc", &["cli/interrupt.rs"]),
    ("flate2", &["compress.rs"]),
    ("hyper", &["serve.rs", "serve"]),
    ("hyper_util", &["serve.rs"]),
    ("include_dir", &["build.rs", "theme.rs"]),
    ("indicatif", &["cli/progress.rs"]),
    ("jiff", &["model/date.rs", "cli.rs"]),
    ("memchr", &["links.rs", "search.rs", "theme/hold.rs"]),
    ("notify", &["watch.rs", "watch"]),
    ("open", &["cli/serving.rs"]),
    ("postcard", &["state.rs"]),
    ("pulldown_cmark", &["parse/markdown.rs", "parse/markdown"]),
    ("quick_xml", &["spreadsheet/unseen.rs"]),
    (
        "rayon",
        &[
            "build.rs",
            "build",
            "export.rs",
            "import",
            "links.rs",
            "plan/portal/lists.rs",
            "preview",
            "read.rs",
        ],
    ),
    ("rusqlite", &["export/sqlite.rs"]),
    ("rustix", &["publish/folder.rs"]),
    ("rust_xlsxwriter", &["workbook.rs"]),
    ("rustls", &["probe"]),
    ("rustls_graviola", &["probe.rs"]),
    ("saphyr_parser", &["parse/yaml.rs"]),
    ("serde", &[""]),
    (
        "serde_json",
        &[
            "cli/follow.rs",
            "finding/print",
            "plan/data/published.rs",
            "publish",
            "schema",
            "search.rs",
            "serve.rs",
            "serve/told.rs",
        ],
    ),
    ("serde_yaml", &["parse/yaml.rs"]),
    ("sha2", &["plan/address.rs", "publish", "theme.rs"]),
    ("strsim", &["thai.rs"]),
    ("tera", &["theme.rs"]),
    ("terminal_size", &["cli/terminal.rs"]),
    ("tokio", &["serve.rs", "serve"]),
    ("unicode_normalization", &["plan/address.rs"]),
    ("unicode_width", &["finding/print/grid.rs", "thai.rs"]),
    ("ureq", &["probe"]),
    ("walkdir", &["read.rs", "read/sources.rs"]),
    (
        "xxhash_rust",
        &["build.rs", "finding/print/sarif.rs", "preview.rs", "register.rs", "sight.rs", "state.rs"],
    ),
    ("zip", &["archive.rs"]),
];

/// Who may touch the disk, the clock and the environment. All other modules give the same bytes for the same input, on any day.
const OUTSIDE: [(&str, &[&str]); 8] = [
    (
        "fs::",
        &[
            "build.rs",
            "export",
            "fix",
            "import",
            "publish",
            "read",
            "register.rs",
            "scaffold.rs",
            "serve/body.rs",
            "sight.rs",
            "state.rs",
        ],
    ),
    ("env::", &["build.rs", "cli", "publish/location.rs"]),
    ("Instant::now", &["build.rs", "cli", "probe.rs", "watch.rs", "watch/poll.rs"]),
    ("SystemTime::now", &["sight.rs"]),
    // What one system alone can do; that Windows moves files by rules of its own is `publish`'s to know.
    ("std::os::", &["fix/disk.rs"]),
    ("cfg(unix)", &["fix/disk.rs", "publish/folder.rs"]),
    ("cfg(windows)", &[]),
    ("cfg!(windows)", &["publish"]),
];

/// The text of every source file by its path below `src/`, without comments and tests.
fn sources() -> BTreeMap<String, String> {
    let files = tree(&repository("src")).into_iter().filter(|(path, _)| path.ends_with(".rs"));
    files.map(|(path, bytes)| (path, code(str::from_utf8(&bytes).unwrap()))).collect()
}

fn code(text: &str) -> String {
    let lines = text.lines().take_while(|line| *line != "#[cfg(test)]");
    lines.filter(|line| !line.trim_start().starts_with("//")).flat_map(|line| [line, "\n"]).collect()
}

/// The module at the top that a file belongs to.
fn module(path: &str) -> &str {
    path.split('/').next().unwrap().trim_end_matches(".rs")
}

/// Whether a file is one of these, or lies in a folder of one: `cli` means `cli.rs` and `cli/`.
fn is_among(path: &str, homes: &[&str]) -> bool {
    homes.iter().any(|home| {
        let rest = path.strip_prefix(home);
        rest.is_some_and(|rest| home.is_empty() || rest.is_empty() || rest.starts_with('/') || rest == ".rs")
    })
}

/// The modules that a text names behind `crate::`.
fn used(code: &str) -> BTreeSet<String> {
    let name = |rest: &str| rest.chars().take_while(|sign| sign.is_alphanumeric() || *sign == '_').collect();
    code.split("crate::").skip(1).map(name).collect()
}

#[test]
fn modules_use_only_what_stands_above_them() {
    let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, code) in sources() {
        assert!(!code.contains("crate::{"), "{path}: one line per module, so that this test can read it");
        uses.entry(module(&path).to_owned()).or_default().extend(used(&code));
    }
    uses.remove("lib");
    uses.remove("main");
    let known: BTreeSet<&str> = LAYERS.iter().map(|(name, _)| *name).collect();
    assert_eq!(uses.keys().map(String::as_str).collect::<BTreeSet<_>>(), known);
    for (at, (name, allowed)) in LAYERS.iter().enumerate() {
        let above = LAYERS[..at].iter().map(|(above, _)| *above).collect::<BTreeSet<_>>();
        assert!(allowed.iter().all(|one| above.contains(one)), "{name} may use something below it");
        let upward = UPWARD.iter().filter(|(from, _)| from == name).map(|(_, to)| *to);
        let allowed: BTreeSet<&str> = allowed.iter().copied().chain(upward).collect();
        let found: BTreeSet<&str> =
            uses[*name].iter().map(String::as_str).filter(|other| other != name).collect();
        assert_eq!(found, allowed, "what {name} uses, and what it may use");
    }
}

#[test]
fn every_package_has_a_home() {
    let settings = fs::read_to_string(repository("Cargo.toml")).unwrap();
    let is_compiled_in = |head: &str| head == "dependencies" || head.ends_with(".dependencies");
    let sections = settings.split("\n[").filter_map(|section| section.split_once("]\n"));
    let lines = sections.filter(|(head, _)| is_compiled_in(head)).flat_map(|(_, lines)| lines.lines());
    let names = lines.filter_map(|line| line.split_once(" = ")).map(|(name, _)| name.replace('-', "_"));
    let homes: BTreeMap<&str, &[&str]> = HOMES.iter().copied().collect();
    assert_eq!(names.collect::<BTreeSet<_>>(), homes.keys().map(|name| (*name).to_owned()).collect());
    let sources = sources();
    for (package, homes) in homes {
        let is_named = |code: &str| {
            let inside = |before: &str| {
                before.ends_with(|sign: char| sign.is_alphanumeric() || sign == '_' || sign == ':')
            };
            code.match_indices(&format!("{package}::")).any(|(at, _)| !inside(&code[..at]))
        };
        let found: Vec<&String> =
            sources.iter().filter(|(_, code)| is_named(code)).map(|(path, _)| path).collect();
        let strangers: Vec<_> = found.iter().filter(|path| !is_among(path, homes)).collect();
        assert!(strangers.is_empty(), "{package} is named in {strangers:?}");
        let empty: Vec<_> =
            homes.iter().filter(|home| !found.iter().any(|path| is_among(path, &[home]))).collect();
        assert!(empty.is_empty(), "{package} has left {empty:?}");
    }
}

#[test]
fn the_world_outside_is_met_in_few_places() {
    for (path, code) in sources() {
        for (sign, allowed) in OUTSIDE {
            assert!(!code.contains(sign) || is_among(&path, allowed), "{path} uses {sign}");
        }
    }
}

#[test]
fn every_file_says_what_it_is() {
    for folder in ["src", "tests"] {
        for (path, bytes) in tree(&repository(folder)).into_iter().filter(|(path, _)| path.ends_with(".rs")) {
            let text = str::from_utf8(&bytes).unwrap();
            assert!(text.starts_with("//! "), "{folder}/{path} begins with something else");
            let unfinished =
                [["TO", "DO"], ["FIX", "ME"], ["todo", "!("], ["unimplemented", "!("], ["XX", "X"]];
            for word in unfinished.map(|parts| parts.concat()) {
                assert!(!text.contains(&word), "{folder}/{path} is unfinished: {word}");
            }
        }
    }
}

#[test]
fn every_kind_of_finding_is_explained_in_both_languages() {
    let letters = |text: &str| {
        let count = |is_counted: fn(&char) -> bool| text.chars().filter(is_counted).count();
        (count(|sign| ('ก'..='๎').contains(sign)), count(char::is_ascii_alphabetic))
    };
    for kind in catalog::all() {
        let code = kind.code;
        for text in [kind.title, kind.why, kind.mend] {
            let ((th, _), (foreign, en)) = (letters(text.th), letters(text.en));
            assert!(th > 0, "{code}: {:?} is not Thai", text.th);
            assert!(en > foreign, "{code}: {:?} is not English", text.en);
            assert!(
                [text.th, text.en].iter().all(|text| text.trim() == *text),
                "{code}: blanks around a text"
            );
        }
        assert!(!kind.example.trim().is_empty(), "{code} has no example");
    }
}

/// Fields of a view with their comments, in order.
fn views() -> BTreeMap<String, Vec<(String, String)>> {
    let text = fs::read_to_string(repository("src/plan/view.rs")).unwrap();
    let mut views: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    let (mut view, mut comment) = (String::new(), String::new());
    for line in text.lines().map(str::trim) {
        if let Some(words) = line.strip_prefix("/// ") {
            comment = if comment.is_empty() { words.to_owned() } else { format!("{comment} {words}") };
        } else if let Some(name) = line.strip_prefix("pub struct ") {
            view = name.trim_end_matches([' ', '{']).to_owned();
            comment.clear();
        } else if line.starts_with("pub fn ") {
            comment.clear();
        } else if let Some((name, _)) = line.strip_prefix("pub ").and_then(|field| field.split_once(": ")) {
            let fields = views.entry(view.clone()).or_default();
            fields.push((name.to_owned(), std::mem::take(&mut comment)));
        } else if !line.starts_with("#[") {
            comment.clear();
        }
    }
    views.remove("");
    views
}

#[test]
fn the_documentation_of_themes_names_every_field() {
    let readme = fs::read_to_string(repository("themes/README.md")).unwrap();
    assert!(readme.contains(&format!("Version {CONTRACT} of the contract")));
    let views = views();
    assert!(views.len() > 30, "only {} views were read", views.len());
    for (view, fields) in views {
        let section =
            readme.split_once(&format!("\n#### {view}\n")).unwrap_or_else(|| panic!("no section {view}")).1;
        let section = section.split("\n#").next().unwrap();
        let rows: Vec<(String, String)> = section
            .lines()
            .filter_map(|line| line.strip_prefix("| `")?.strip_suffix(" |"))
            .map(|row| row.split_once("` | ").unwrap())
            .map(|(name, rest)| (name.to_owned(), rest.split_once(" | ").unwrap().1.to_owned()))
            .collect();
        let fields: Vec<_> = fields.into_iter().filter(|(name, _)| name != "body").collect();
        assert_eq!(rows, fields, "{view}");
    }
}

/// The words of a theme by their names, groups as `assessor.nacc`.
fn words(language: &str) -> BTreeMap<String, String> {
    let text = fs::read_to_string(repository(&format!("themes/default/text/{language}.yaml"))).unwrap();
    let mut group = "";
    let mut words = BTreeMap::new();
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let (name, word) = line.trim().split_once(':').unwrap();
        match (line.starts_with(' '), word.trim()) {
            (false, "") => group = name,
            (false, word) => drop(words.insert(name.to_owned(), word.to_owned())),
            (true, word) => drop(words.insert(format!("{group}.{name}"), word.to_owned())),
        }
    }
    words
}

#[test]
fn the_default_theme_has_its_words_in_both_languages_and_uses_them_all() {
    let (th, en) = (words("th"), words("en"));
    assert_eq!(th.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
    let templates = tree(&repository("themes/default/templates")).into_values();
    let templates: String = templates.map(|bytes| String::from_utf8(bytes).unwrap()).collect();
    for (name, word) in th.iter().chain(&en) {
        let top = name.split('.').next().unwrap();
        let is_used = templates.match_indices(&format!("words.{top}")).any(|(at, found)| {
            !templates[at + found.len()..].starts_with(|sign: char| sign.is_alphanumeric() || sign == '_')
        });
        assert!(is_used, "no template uses {name}");
        assert!(!word.chars().any(|sign| sign.is_numeric()), "{name} holds a digit: {word}");
    }
    for name in templates.split("words.").skip(1) {
        let name: String = name.chars().take_while(|sign| sign.is_alphanumeric() || *sign == '_').collect();
        let is_known = name.is_empty() || th.keys().any(|key| key.split('.').next() == Some(&name));
        assert!(is_known, "words.{name} is in no file");
    }
}

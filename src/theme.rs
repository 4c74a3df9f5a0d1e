//! Templates, words and static files: how pages look. Home of tera. The built-in theme lies underneath a site's own, file by file, and
//! nothing else knows the difference.

mod fold;
mod hold;
mod lean;
mod tags;

use crate::finding::catalog::files;
use crate::finding::{Findings, Location};
use crate::language::Language;
use crate::parse::yaml;
use crate::plan::view::{self, CONTRACT};
use crate::source::Source;
use fold::{Constants, Templates};
use include_dir::{Dir, include_dir};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use tera::{Context, ErrorKind, Kwargs, State, Tera, TeraResult, Value};

/// The name of the theme that is compiled in.
pub const BUILT_IN: &str = "default";

/// More themes than anyone stacks; a theme that extends itself stops here.
const LONGEST_CHAIN: usize = 8;

static DEFAULT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The bytes of a theme's files by their path inside of it.
pub type Files = BTreeMap<String, Vec<u8>>;

/// One theme of a chain: the first one is what the site names, the last one extends nothing.
pub struct Layer {
    /// The folder's name; templates of a lower layer are reached as `<name>/<template>`.
    pub name: String,
    /// Where findings say that its files lie.
    pub folder: String,
    /// Its files.
    pub files: Files,
}

/// A theme that is ready to render.
pub struct Theme {
    /// With templates that are lean and folded.
    tera: Tera,
    /// With the templates as they were written, once one of the folded ones has failed; `None` if even these cannot be read.
    as_written: OnceLock<Option<Tera>>,
    supplies: Supplies,
    /// Texts of all templates by their registered name, to show where one fails.
    sources: BTreeMap<String, Arc<Source>>,
    /// Where the theme's own file lies, for what belongs to no template.
    about: String,
    /// Static files by the name under which they are published.
    pub assets: Files,
}

/// What templates can use besides the page.
struct Supplies {
    words: BTreeMap<String, Word>,
    /// The names under which static files are published, by path.
    assets: BTreeMap<String, String>,
    /// Under which templates of lower layers are found.
    prefixes: Vec<String>,
}

/// `theme.yaml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// The version of the contract that its templates were written for.
    pub contract: u32,
    /// The theme underneath.
    pub extends: Option<String>,
}

/// The files of the built-in theme.
pub fn built_in() -> Layer {
    let mut files = Files::new();
    let mut open = vec![&DEFAULT];
    while let Some(folder) = open.pop() {
        open.extend(folder.dirs());
        files.extend(folder.files().map(|file| {
            let path = file
                .path()
                .components()
                .map(|step| step.as_os_str().to_string_lossy())
                .collect::<Vec<_>>()
                .join("/");
            (path, file.contents().to_vec())
        }));
    }
    Layer { name: BUILT_IN.to_owned(), folder: format!("themes/{BUILT_IN}"), files }
}

/// Puts the layers of a theme together: `read` gives the files of a folder below `themes/`, empty if there is none.
///
/// # Errors
/// Whatever `read` fails with; what is wrong with the theme itself is a finding, and then there is no theme.
pub fn chain<E>(
    name: &str,
    findings: &mut Findings,
    mut read: impl FnMut(&str, &mut Findings) -> Result<Files, E>,
) -> Result<Option<Vec<Layer>>, E> {
    let mut layers = Vec::new();
    let mut name = name.to_owned();
    while layers.len() < LONGEST_CHAIN {
        let own = read(&name, findings)?;
        if name == BUILT_IN {
            let mut base = built_in();
            base.files.extend(own);
            layers.push(base);
            return Ok(Some(layers));
        }
        let folder = format!("themes/{name}");
        let about =
            own.get("theme.yaml").map(|bytes| String::from_utf8_lossy(without_mark(bytes)).into_owned());
        let Some(text) = about else {
            findings.add(files::missing_file(&format!("{folder}/theme.yaml")));
            return Ok(None);
        };
        let Some(about) = about_of(&format!("{folder}/theme.yaml"), &text, findings) else { return Ok(None) };
        layers.push(Layer { name, folder, files: own });
        match about.extends {
            Some(extends) => name = extends,
            None => return Ok(Some(layers)),
        }
    }
    findings.add(files::theme_circle(Location::file(format!("themes/{name}/theme.yaml")), &name));
    Ok(None)
}

fn about_of(path: &str, text: &str, findings: &mut Findings) -> Option<About> {
    let source = Source::new(path, text);
    let location =
        |at: Option<usize>| Location::of(&at.map_or_else(|| source.whole(), |at| source.at(at..at + 1)));
    match yaml::typed::<About>(text) {
        Ok(about) if about.contract == CONTRACT => Some(about),
        Ok(about) => {
            findings.add(files::theme_contract(location(text.find("contract")), about.contract, CONTRACT));
            None
        }
        Err((reason, at)) => {
            findings.add(files::theme(location(at), &reason));
            None
        }
    }
}

impl Theme {
    /// Loads a chain of layers. `None` after findings: a template that cannot be read, a word that is no text.
    pub fn load(layers: &[Layer], language: Language, findings: &mut Findings) -> Option<Theme> {
        let mut sources = BTreeMap::new();
        let mut words = BTreeMap::new();
        let mut statics = Files::new();
        for (index, layer) in layers.iter().enumerate().rev() {
            for (path, bytes) in &layer.files {
                let file = format!("{}/{path}", layer.folder);
                if let Some(name) = path.strip_prefix("templates/") {
                    let Some(text) = utf8(&file, bytes, findings) else { continue };
                    let name = if index == 0 { name.to_owned() } else { format!("{}/{name}", layer.name) };
                    sources.insert(name, Source::new(file, text));
                } else if let Some(name) = path.strip_prefix("static/") {
                    statics.insert(name.to_owned(), as_published(name, bytes));
                } else if *path == format!("text/{language}.yaml") {
                    let Some(text) = utf8(&file, bytes, findings) else { continue };
                    words.extend(words_of(&file, &text, findings).unwrap_or_default());
                }
            }
        }
        link_style_sheets(&mut statics);
        let supplies = Supplies {
            assets: statics.iter().map(|(path, bytes)| (path.clone(), hashed(path, bytes))).collect(),
            prefixes: layers.iter().skip(1).map(|layer| format!("{}/", layer.name)).collect(),
            words,
        };
        let assets = statics.into_iter().map(|(path, bytes)| (hashed(&path, &bytes), bytes)).collect();
        let about = format!("{}/theme.yaml", layers.first().map_or("themes", |layer| layer.folder.as_str()));
        let lean = lean::templates(&sources, language);
        let folded = supplies.engine(fold::folded(&lean, &supplies.constants(language)));
        match folded.or_else(|_| supplies.engine(texts(&sources))) {
            Ok(tera) => Some(Theme { tera, as_written: OnceLock::new(), supplies, sources, about, assets }),
            Err(error) => {
                let location = locate(&error, &sources, &about);
                findings.add(files::theme(location, &reason(&error)));
                None
            }
        }
    }

    /// Renders a page into a buffer that is reused from page to page.
    ///
    /// # Errors
    /// A finding: the template asks for what the page does not have.
    pub fn render(&self, page: &view::Page, html: &mut Vec<u8>) -> Result<(), Box<crate::finding::Finding>> {
        let template = format!("{}.html", page.kind);
        let mut rendered = Vec::with_capacity(html.capacity());
        let mut render = |tera: &Tera, context: &Context| {
            rendered.clear();
            tera.render_to(&template, context, &mut rendered)
        };
        let done = Context::from_serialize(page).and_then(|context| {
            let folded = render(&self.tera, &context);
            // Only the templates as they were written know where in them a mistake stands.
            folded.or_else(|error| self.as_written().map_or(Err(error), |tera| render(tera, &context)))
        });
        done.map_err(|error| files::theme(locate(&error, &self.sources, &self.about), &reason(&error)))?;
        html.clear();
        hold::hold(&rendered, &page.names, html);
        Ok(())
    }

    fn as_written(&self) -> Option<&Tera> {
        self.as_written.get_or_init(|| self.supplies.engine(texts(&self.sources)).ok()).as_ref()
    }
}

fn texts(sources: &BTreeMap<String, Arc<Source>>) -> Templates {
    sources.iter().map(|(name, source)| (name.clone(), source.text.clone())).collect()
}

impl Supplies {
    fn engine(&self, templates: Templates) -> TeraResult<Tera> {
        let mut tera = Tera::new();
        // First of all: the engine refuses it once there are templates.
        tera.set_fallback_prefixes(self.prefixes.clone())?;
        tera.register_filter("with", with);
        let assets = self.assets.clone();
        tera.register_function("asset", move |arguments: Kwargs, state: &State<'_>| -> TeraResult<Value> {
            let path: String = arguments.must_get("path")?;
            let root: String = state.get("root")?.unwrap_or_default();
            let name = assets
                .get(&path)
                .ok_or_else(|| tera::Error::message(format!("the theme has no static file `{path}`")))?;
            Ok(Value::from(format!("{root}assets/{name}")))
        });
        tera.global_context().insert("words", &self.words);
        tera.add_raw_templates(templates)?;
        Ok(tera)
    }

    /// What is the same on every page.
    fn constants(&self, language: Language) -> Constants {
        let text = |path: String, text: &str| Some((path, escaped(text)?));
        let of_word = |(name, word): (&String, &Word)| -> Vec<Option<(String, String)>> {
            match word {
                Word::Text(own) => vec![text(format!("words.{name}"), own)],
                Word::Group(group) => {
                    group.iter().map(|(member, own)| text(format!("words.{name}.{member}"), own)).collect()
                }
            }
        };
        let language = text("language".to_owned(), language.code());
        self.words.iter().flat_map(of_word).chain([language]).flatten().collect()
    }
}

/// A text as the engine prints it.
fn escaped(text: &str) -> Option<String> {
    let mut html = Vec::new();
    tera::escape_html(text, &mut html).ok()?;
    String::from_utf8(html).ok()
}

/// `{{ words.items_open | with(count=3) }}`: puts values into a sentence at `{count}`. What is put in is not looked through for more.
fn with(sentence: &str, values: Kwargs, _: &State<'_>) -> TeraResult<String> {
    let mut filled = String::with_capacity(2 * sentence.len());
    let mut rest = sentence;
    while let Some((before, behind)) = rest.split_once('{') {
        filled.push_str(before);
        let gap = behind.split_once('}');
        let value = gap.map(|(name, _)| values.get::<Cow<'_, str>>(name)).transpose()?.flatten();
        rest = match (gap, value) {
            (Some((_, behind)), Some(value)) => {
                filled.push_str(&value);
                behind
            }
            _ => {
                filled.push('{');
                behind
            }
        };
    }
    filled.push_str(rest);
    Ok(filled)
}

/// A word, or a group of words.
#[derive(Debug, Clone, Deserialize, serde::Serialize)]
#[serde(untagged)]
enum Word {
    Text(String),
    Group(BTreeMap<String, String>),
}

fn words_of(path: &str, text: &str, findings: &mut Findings) -> Option<BTreeMap<String, Word>> {
    yaml::typed(text)
        .map_err(|(reason, at)| {
            let source = Source::new(path, text);
            let place = at.map_or_else(|| source.whole(), |at| source.at(at..at + 1));
            findings.add(files::theme(Location::of(&place), &reason));
        })
        .ok()
}

fn utf8(path: &str, bytes: &[u8], findings: &mut Findings) -> Option<String> {
    let text = std::str::from_utf8(without_mark(bytes)).map(str::to_owned);
    text.map_err(|_| findings.add(files::not_utf8(path, bytes))).ok()
}

/// Editors on Windows begin a file with a byte order mark, which is no part of its text.
fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes)
}

/// A static file as it is sent: style sheets without what a browser throws away, all else as it is.
fn as_published(path: &str, bytes: &[u8]) -> Vec<u8> {
    match str::from_utf8(bytes) {
        Ok(text) if path.ends_with(".css") => lean::style_sheet(text).into_bytes(),
        _ => bytes.to_vec(),
    }
}

/// Style sheets name fonts and pictures as they lie in `static/`; what is published under another name is named so in them too.
fn link_style_sheets(statics: &mut Files) {
    let (mut sheets, others): (Files, Files) =
        std::mem::take(statics).into_iter().partition(|(path, _)| path.ends_with(".css"));
    for (path, bytes) in &others {
        let (named, published) = (format!("url(\"{path}\")"), format!("url(\"{}\")", hashed(path, bytes)));
        for sheet in sheets.values_mut() {
            if let Ok(text) = str::from_utf8(sheet)
                && text.contains(&named)
            {
                *sheet = text.replace(&named, &published).into_bytes();
            }
        }
    }
    *statics = others;
    statics.append(&mut sheets);
}

/// `style.css` → `style.1a2b3c4d.css`, so that a browser may keep it for ever.
fn hashed(path: &str, bytes: &[u8]) -> String {
    let digits: String = Sha256::digest(bytes).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    match path.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}.{digits}.{ending}"),
        None => format!("{path}.{digits}"),
    }
}

/// Where in which template; our own printer shows it, since the engine's carets count characters and drift under Thai.
/// What belongs to no template, such as one that is missing, is found at the theme's own file.
fn locate(error: &tera::Error, sources: &BTreeMap<String, Arc<Source>>, about: &str) -> Location {
    let (ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report)) = error.kind() else {
        return Location::file(about);
    };
    match sources.get(report.filename()) {
        Some(source) => Location::of(&source.at(report.span().range.clone())),
        None => Location::file(about),
    }
}

fn reason(error: &tera::Error) -> String {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => report.message().to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value as Json, json};

    /// What a template prints with its words and components folded and as it was written, or why it prints nothing.
    fn printed(template: &str, page: &Json) -> [Result<String, String>; 2] {
        let layer = built_in();
        let mut sources: BTreeMap<String, Arc<Source>> = layer
            .files
            .iter()
            .filter_map(|(path, bytes)| Some((path.strip_prefix("templates/")?, bytes)))
            .map(|(name, bytes)| {
                (name.to_owned(), Source::new(name, String::from_utf8(bytes.clone()).unwrap()))
            })
            .collect();
        sources.insert("a.html".to_owned(), Source::new("a.html", template));
        let words = yaml::typed(&String::from_utf8(layer.files["text/th.yaml"].clone()).unwrap()).unwrap();
        let supplies = Supplies { words, assets: BTreeMap::new(), prefixes: Vec::new() };
        let folded = fold::folded(&sources, &supplies.constants(Language::Thai));
        [folded, texts(&sources)].map(|templates| {
            let context = Context::from_serialize(page).unwrap();
            let printed = supplies.engine(templates).and_then(|tera| tera.render("a.html", &context));
            printed.map_err(|error| reason(&error))
        })
    }

    #[test]
    fn values_are_put_into_a_sentence() {
        let check = |sentence: &str, expected: &str| {
            let template = format!("{{{{ '{sentence}' | with(a='{{b}}', b=2) }}}}");
            assert_eq!(printed(&template, &json!({}))[0].as_deref(), Ok(expected));
        };
        check("{a} จาก {b} {b}", "{b} จาก 2 2");
        check("{c} {a {b}", "{c} {a 2");
        check("ก } {", "ก } {");
    }

    #[test]
    fn folded_templates_print_the_same() {
        let page = json!({
            "language": "th", "text": " <ก> ", "none": null, "yes": true, "no": false,
            "link": { "href": "a.html", "text": "ก & ข", "external": true, "download": null, "file": "PDF" },
            "state": { "code": "done", "text": "เสร็จแล้ว" }, "day": { "iso": "2022-09-27", "text": "๒๗ กันยายน" },
        });
        let check = |template: &str, prints: bool| {
            let [folded, written] = printed(template, &page);
            assert_eq!(
                (folded.clone().ok(), folded.is_ok()),
                (written.ok(), prints),
                "{template}: {folded:?}"
            );
        };
        check("{{ words.score }} {%- if yes %} {{ language }} {%- endif -%} {{ words.assessor.nacc }}", true);
        check("<{{ <label of={words.score}/> }} {%- if yes %} {{ <known/> }} {%- endif %}>", true);
        for argument in ["text", "none", "yes", "no", "link", "link.href", "link.unknown", "unknown?.a"] {
            check(&format!("{{{{ <known value={{{argument}}}/> }}}}"), true);
            check(&format!("{{{{ <verdict pass={{{argument}}}/> }}}}"), true);
        }
        check(
            "{{ <link to={link}/> }} {{ <day on={day}/> }} {{ <state is_at={state}/> }} {{ <state/> }}",
            true,
        );
        check("{{ <link to={text}/> }}", false);
        check("{{ <link to={unknown}/> }}", false);
        check("{{ <day on={none}/> }}", false);
        check("{{ <known value={unknown.a}/> }}", false);
        check("{{ <label of={text}/> }} {{ <label of={words.unknown}/> }}", false);
    }

    #[test]
    fn style_sheets_name_what_is_published() {
        let font = (String::from("own.woff2"), b"letters".to_vec());
        let sheet = |file: &str| {
            (
                String::from("own.css"),
                format!("@font-face {{ src: url(\"{file}\"), url(\"else.woff2\") }}").into_bytes(),
            )
        };
        let mut statics = Files::from([font.clone(), sheet("own.woff2")]);
        link_style_sheets(&mut statics);
        let published = hashed(&font.0, &font.1);
        assert_eq!(statics, Files::from([font, sheet(&published)]));
    }
}

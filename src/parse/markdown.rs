//! Text to prose, prose to HTML: what the format makes of CommonMark. The home of pulldown-cmark.
//!
//! A body is read in two steps. `body` prepares its text and reads its bindings, which needs no data; `prose` parses it, puts in what
//! the bindings name and writes HTML. Every tag of that HTML is written here, every other character is escaped, every link is one
//! that `model::link` lets pass: so there is nothing to sanitise afterwards. It knows neither agencies nor pages; who calls it answers
//! for what exists.

pub mod binding;
mod flaw;
mod markup;
mod notes;
mod outline;
pub mod plain;
mod prepare;
mod write;

use crate::finding::Findings;
use crate::language::Numerals;
use crate::model::link::LinkTarget;
use crate::source::{Place, Source};
use binding::Expression;
use flaw::{Flaw, Flaws};
use plain::Plain;
use prepare::{Piece, Prepared};
use pulldown_cmark::{
    Alignment, CodeBlockKind, Event, HeadingLevel, LinkType, OffsetIter, Options, Parser, Tag, TagEnd,
};
use std::ops::Range;
use std::sync::Arc;

/// A narrative whose bindings are read but not evaluated.
#[derive(Debug, Clone)]
pub struct Body {
    source: Arc<Source>,
    prepared: Prepared,
    bindings: Vec<Binding>,
}

/// One `{{ … }}`.
#[derive(Debug, Clone)]
struct Binding {
    span: Range<usize>,
    /// None if it was a finding; the text then stays as it was typed.
    expression: Option<Expression>,
}

/// What prose is set into: the answers and the manners of one place on one page.
pub struct Setting<'a> {
    /// Put with a hyphen before every id, such as `iit`, since several texts share a page; may be empty.
    pub id_prefix: &'a str,
    /// The level at which the page writes the headings of sections, 2–6; deeper headings follow from it.
    pub section_level: u8,
    /// The digits of footnotes.
    pub numerals: Numerals,
    /// What a screen reader calls the box in which a wide table scrolls.
    pub table_label: &'a str,
    /// What a screen reader calls the way from a footnote back to the text.
    pub back_label: &'a str,
    /// What a binding stands for, in the site's digits; none if the data does not hold it.
    pub value: &'a dyn Fn(&Expression) -> Option<String>,
    /// The `href` of a page, an attachment, or a fragment that is no heading of this text; none if it does not exist. The text of such
    /// a link stands without one, and it is up to the caller to find fault with it.
    pub href: &'a dyn Fn(&LinkTarget) -> Option<String>,
}

/// Evaluated prose.
#[derive(Debug, Clone)]
pub struct Prose {
    /// A `# …` with which the text begins; not part of any HTML here.
    pub title: Option<Heading>,
    /// What comes before the first section.
    pub introduction: Passage,
    /// One for each heading of level 2 that stands in no list or quotation.
    pub sections: Vec<Section>,
    /// An ordered list with the footnotes of the whole text, to be printed below it; empty if there are none.
    pub footnotes: Passage,
    /// Every link and image that could lead somewhere, in the order of the text.
    pub links: Vec<Link>,
}

/// A heading of level 2 and what stands under it.
#[derive(Debug, Clone)]
pub struct Section {
    /// Not part of the section's HTML: the page chooses its level.
    pub heading: Heading,
    /// The rest, deeper headings included.
    pub passage: Passage,
}

/// A heading that the page writes.
#[derive(Debug, Clone)]
pub struct Heading {
    /// Unique on the page, with the prefix of the setting.
    pub id: String,
    /// What stands between its tags.
    pub html: String,
    /// Its words.
    pub plain: Plain,
    /// Its line.
    pub place: Place,
}

/// A stretch of prose as HTML and as words.
#[derive(Debug, Clone)]
pub struct Passage {
    /// Needs no escaping. No style, no script, no id without the prefix of the setting.
    pub html: String,
    /// For search, feed and checks.
    pub plain: Plain,
}

/// A link or image of the text.
#[derive(Debug, Clone)]
pub struct Link {
    /// Where it leads.
    pub target: LinkTarget,
    /// The answer of the setting; none if it leads nowhere.
    pub href: Option<String>,
    /// Its words.
    pub text: String,
    /// The whole link, brackets included.
    pub place: Place,
}

/// What stands in the place of each binding of a body.
struct Values(Vec<String>);

/// What a reader sees where the data holds nothing.
const ABSENT: &str = "–";

/// Prepares the body that stands at `span` of a source, behind its front matter.
///
/// Reports what is wrong with its characters and bindings, whatever the data may be.
pub fn body(source: &Arc<Source>, span: Range<usize>, findings: &mut Findings) -> Body {
    let mut flaws = Flaws::new();
    let prepared = prepare::prepare(source, span, &mut flaws);
    let bindings = prepared.bindings().map(|span| read_binding(source, span, &mut flaws)).collect();
    flaw::report(flaws, source, findings);
    Body { source: Arc::clone(source), prepared, bindings }
}

/// Evaluates a body. Reports bindings without a value and everything that Markdown reads otherwise than its author may think; hence one
/// call for each body, or findings come twice.
pub fn prose(body: &Body, setting: &Setting<'_>, findings: &mut Findings) -> Prose {
    let mut flaws = Flaws::new();
    let values = evaluate(body, setting, &mut flaws);
    let prose = write::write(body, &values, setting, &mut flaws);
    flaw::report(flaws, &body.source, findings);
    prose
}

impl Body {
    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.prepared.text.trim().is_empty()
    }

    /// Whether it can hold a link or an image: each begins with one of these signs, whatever its bindings stand for.
    pub fn may_link(&self) -> bool {
        self.prepared.text.contains(['[', '<'])
    }

    /// The file as a whole, for what the text lacks.
    pub fn document(&self) -> Place {
        self.source.whole()
    }

    /// What the text asks of the data, in its order.
    pub fn expressions(&self) -> impl Iterator<Item = &Expression> {
        self.bindings.iter().filter_map(|binding| binding.expression.as_ref())
    }

    fn place(&self, range: Range<usize>) -> Place {
        self.source.at(self.prepared.span(range))
    }
}

impl Prose {
    /// All words of the text, heading by heading and passage by passage.
    pub fn plains(&self) -> impl Iterator<Item = &Plain> {
        let sections =
            self.sections.iter().flat_map(|section| [&section.heading.plain, &section.passage.plain]);
        let title = self.title.iter().map(|title| &title.plain);
        title.chain([&self.introduction.plain]).chain(sections).chain([&self.footnotes.plain])
    }
}

impl Passage {
    fn new(source: &Arc<Source>) -> Self {
        Passage { html: String::new(), plain: Plain::new(source) }
    }
}

impl Values {
    /// The value of a binding; nothing for a number that no binding has.
    fn get(&self, number: usize) -> &str {
        self.0.get(number).map_or("", String::as_str)
    }

    /// A text with every mark replaced.
    fn insert(&self, text: &str) -> String {
        self.insert_as(text, str::to_owned)
    }

    /// A text with every mark replaced by what becomes of its value.
    fn insert_as(&self, text: &str, become_of: fn(&str) -> String) -> String {
        let piece = |piece: Piece<'_>| match piece {
            Piece::Text(text) => text.to_owned(),
            Piece::Binding(number) => become_of(self.get(number)),
        };
        prepare::pieces(text).map(|(_, found)| piece(found)).collect()
    }
}

fn read_binding(source: &Source, span: Range<usize>, flaws: &mut Flaws) -> Binding {
    let typed = source.text[span.start + 2..span.end - 2].trim();
    let read = binding::parse(typed);
    let expression =
        read.map_err(|mistake| flaws.push((span.clone(), Flaw::Binding(typed.to_owned(), mistake)))).ok();
    Binding { span, expression }
}

fn evaluate(body: &Body, setting: &Setting<'_>, flaws: &mut Flaws) -> Values {
    let value = |binding: &Binding| {
        let typed = &body.source.text[binding.span.clone()];
        let Some(expression) = &binding.expression else {
            return typed.to_owned();
        };
        (setting.value)(expression).unwrap_or_else(|| {
            let expression = typed[2..typed.len() - 2].trim().to_owned();
            flaws.push((binding.span.clone(), Flaw::WithoutValue(expression)));
            ABSENT.to_owned()
        })
    };
    Values(body.bindings.iter().map(value).collect())
}

/// CommonMark with tables, footnotes, strikethrough and `{#id}` behind headings. No smart punctuation: official texts have their quotes
/// typed already.
fn events(text: &str) -> OffsetIter<'_> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES;
    Parser::new_ext(text, options).into_offset_iter()
}

/// A text read in a setting of its own, for the tests of every part.
#[cfg(test)]
mod trial {
    use super::binding::{AgencyField, ReportField};
    use super::*;
    use crate::finding::Finding;

    /// Values that would break Markdown and HTML if they could.
    const NASTY: &str = "<b>*|_`\"&";

    pub(super) fn read(text: &str) -> (Prose, Findings) {
        read_with_prefix(text, "iit")
    }

    pub(super) fn read_with_prefix(text: &str, id_prefix: &str) -> (Prose, Findings) {
        let source = Source::new("iit.md", format!("---\nfocus: [5]\n---\n{text}"));
        let mut findings = Findings::default();
        let start = source.text.len() - text.len();
        let body = body(&source, start..source.text.len(), &mut findings);
        let setting = Setting {
            id_prefix,
            section_level: 3,
            numerals: Numerals::Thai,
            table_label: "ตาราง",
            back_label: "กลับ",
            value: &value,
            href: &href,
        };
        let prose = prose(&body, &setting, &mut findings);
        (prose, findings)
    }

    /// Codes in alphabetical order of code and message, each with the texts of its places, in a source as `read` makes it.
    pub(super) fn codes<'a>(text: &'a str, findings: &Findings) -> Vec<(&'static str, Vec<&'a str>)> {
        let lines: Vec<&str> = text.split('\n').collect();
        let at = |location: &crate::finding::Location| {
            let line = lines[location.start.line - 4];
            let byte =
                |column: usize| line.char_indices().nth(column - 1).map_or(line.len(), |(byte, _)| byte);
            &line[byte(location.start.column)..byte(location.end.column)]
        };
        let mut list: Vec<&Finding> = findings.iter().collect();
        list.sort_by_key(|finding| (finding.kind.code, finding.message.th.clone()));
        let places =
            |finding: &Finding| std::iter::once(&finding.location).chain(&finding.also).map(at).collect();
        list.iter().map(|finding| (finding.kind.code, places(finding))).collect()
    }

    fn value(expression: &Expression) -> Option<String> {
        match expression {
            Expression::Agency(AgencyField::ShortName) => Some(NASTY.to_owned()),
            Expression::Agency(AgencyField::Email) => Some("javascript".to_owned()),
            Expression::Agency(_) => Some("อบต.ลุมพุก".to_owned()),
            Expression::Report(ReportField::Total) => Some("๖๙.๓๘".to_owned()),
            Expression::Indicator { number, .. } => Some(number.to_string()),
            _ => None,
        }
    }

    fn href(target: &LinkTarget) -> Option<String> {
        match target {
            LinkTarget::Page { address, .. } if address == "/2565/" => Some("../2565/index.html".to_owned()),
            LinkTarget::Attachment(path) if !path.contains("missing") => Some(format!("../{path}")),
            LinkTarget::Fragment(fragment) if fragment == "matrix" => Some("#matrix".to_owned()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::trial::{codes, read, read_with_prefix};
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;
    use std::time::{Duration, Instant};

    #[test]
    fn bindings_become_escaped_text_wherever_they_stand() {
        let check =
            |text: &str, expected: &str| assert_eq!(read(text).0.introduction.html, expected, "{text}");
        let nasty = "&lt;b&gt;*|_`&quot;&amp;";
        check("{{agency.short_name}}", &format!("<p>{nasty}</p>\n"));
        check("*{{ agency.short_name }}*ก", &format!("<p><em>{nasty}</em>ก</p>\n"));
        check("`{{ report.total }}` {{ indicator(๕).score }}", "<p><code>{{ report.total }}</code> 5</p>\n");
        check("<i>{{ report.total }}</i>", "<p>&lt;i&gt;๖๙.๓๘&lt;/i&gt;</p>\n");
        check("ก {{ decided.by }} {{ report.totl }}", "<p>ก – {{ report.totl }}</p>\n");
        check("&#xFDD0;&#xFDEF; {{ report.total }}", "<p> ๖๙.๓๘</p>\n");
    }

    #[test]
    fn what_is_wrong_with_bindings_and_characters() {
        let check = |text: &str, expected: &[(&str, &str)]| {
            let found = codes(text, &read(text).1);
            let found: Vec<(&str, &str)> = found.iter().map(|(code, places)| (*code, places[0])).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("ก {{ decided.by }}", &[("text/binding-without-value", "{{ decided.by }}")]);
        check("ก\n\nข {{ report.totl }}", &[("text/unknown-binding", "{{ report.totl }}")]);
        check("{{ report.total | round }}", &[("text/broken-binding", "{{ report.total | round }}")]);
        check("{{ report.total }", &[("text/broken-binding", "{{")]);
        check("{{ }}", &[("text/broken-binding", "{{ }}")]);
        check("ก {% if %}", &[("text/template-tag", "{%")]);
        check("ก\u{7}ข", &[("text/unprintable-character", "\u{7}")]);
        check("`{{ x }}` ``{% ` {{ %}``", &[]);
    }

    #[test]
    fn equal_flaws_are_one_finding_with_further_places() {
        let text = "{{ report.totl }} {{ report.totl }} {{ decided.by }}\n\n{{ report.totl }}";
        let found = codes(text, &read(text).1);
        let totl = "{{ report.totl }}";
        assert_eq!(
            found,
            [
                ("text/binding-without-value", vec!["{{ decided.by }}"]),
                ("text/unknown-binding", vec![totl, totl, totl])
            ]
        );
    }

    #[test]
    fn a_body_knows_what_it_asks_for() {
        let source = Source::new("a.md", "\n {{ report.total }} `{{ agency.name }}` {{ x }}\n");
        let mut findings = Findings::default();
        let full = body(&source, 0..source.text.len(), &mut findings);
        let asked: Vec<&Expression> = full.expressions().collect();
        assert_eq!(asked, [&Expression::Report(binding::ReportField::Total)]);
        assert!(!full.is_empty());
        assert!(body(&source, 0..2, &mut findings).is_empty());
    }

    #[test]
    fn ids_stand_alone_without_a_prefix() {
        let prose = read_with_prefix("[ก](#ข)\n\n## ข\n", "").0;
        assert_eq!(prose.introduction.html, "<p><a href=\"#ข\">ก</a></p>\n");
        assert_eq!(prose.sections[0].heading.id, "ข");
    }

    #[test]
    fn hostile_texts_are_read_in_bounded_time() {
        let check = |what: &str, text: String| {
            let start = Instant::now();
            let (prose, findings) = read(&text);
            let elapsed = start.elapsed();
            assert!(elapsed < Duration::from_secs(10), "{what}: {elapsed:?}");
            assert!(findings.iter().count() <= 200, "{what}");
            assert_is_clean(&prose);
        };
        check("quotations", format!("{}ก", "> ".repeat(20_000)));
        check("lists", format!("{}ก", "- ".repeat(20_000)));
        check("brackets", "[".repeat(20_000));
        check("images", format!("{}ก{}", "![".repeat(20_000), "](x)".repeat(20_000)));
        check("links", format!("{}ก{}", "[".repeat(20_000), "](x)".repeat(20_000)));
        check("stars", "*".repeat(1_000_000));
        check("stars in a text", format!("ก{}ข", "*".repeat(1_000_000)));
        check("emphasis", "*ก **ข ".repeat(50_000));
        check("bindings", "{{ x }}".repeat(20_000));
        check("open braces", "{{".repeat(100_000));
        check("tags", "<b>".repeat(50_000));
        check("different tags", (0..20_000).map(|number| format!("<a{number}>")).collect());
        check("comments", "<!-- ".repeat(20_000));
        check("code", "`ก``".repeat(50_000));
        check("tables", format!("{}\n{}\n", "|ก".repeat(5_000), "|-".repeat(5_000)));
        check("headings", "## ก\n".repeat(20_000));
        check("footnotes", format!("{}\n\n[^1]: ก\n", "[^1]".repeat(20_000)));
        check("links to one address", format!("{}\n\n[a]: /{}/\n", "[a]".repeat(5_000), "x".repeat(5_000)));
        check("Thai numbers", "๑. ".repeat(20_000));
        check("lines", "ก\n".repeat(50_000));
        check(
            "table cells",
            format!("{}\n{}\n{}", "|ก".repeat(1_000), "|-".repeat(1_000), "|ก\n".repeat(5_000)),
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]

        #[test]
        fn any_text_becomes_clean_prose_whose_places_lie_in_it(text in hostile()) {
            let (prose, findings) = read(&text);
            assert_is_clean(&prose);
            let start = "---\nfocus: [5]\n---\n".len();
            for plain in prose.plains() {
                for (at, _) in plain.text.char_indices() {
                    let span = plain.place(at..at + 1).span;
                    prop_assert!(start <= span.start && span.end <= start + text.len(), "{:?}", span);
                }
                for (at, typed) in plain.typed() {
                    prop_assert_eq!(&plain.text[at..at + typed.len()], typed);
                }
            }
            for finding in findings.iter() {
                for location in [&finding.location].into_iter().chain(&finding.also) {
                    prop_assert!(location.start.line >= 4 && location.start <= location.end, "{:?}", location);
                }
            }
        }

        #[test]
        fn typed_words_come_out_as_they_went_in(words in "[ก-ฮ]{1,8}( [ก-ฮa-z]{1,8}){0,5}") {
            let (prose, _) = read(&words);
            prop_assert_eq!(prose.introduction.html, format!("<p>{words}</p>\n"));
            prop_assert_eq!(prose.introduction.plain.text.trim_end(), words);
        }
    }

    /// Pieces of Markdown and HTML in any order, bindings among them.
    fn hostile() -> impl Strategy<Value = String> {
        let pieces = [
            "ก",
            "ข ๆ",
            " ",
            "\n",
            "\n\n",
            "\r\n",
            "    ",
            "\t",
            "> ",
            "- ",
            "๑. ",
            "๒) ",
            "1. ",
            "# ",
            "## ",
            "### ",
            "*",
            "**",
            "_",
            "~",
            "~~",
            "`",
            "```\n",
            "|",
            "|--|:-:|\n",
            "[",
            "](",
            ")",
            "![",
            "](files/a.png)",
            "[^1]",
            "[^1]: ",
            "[r]",
            "[r]: /2565/\n",
            "<",
            ">",
            "<b onclick=\"x\">",
            "</p>",
            "<!--",
            "-->",
            "<script>",
            "<javascript:x>",
            "<https://example.go.th>",
            "javascript:",
            "&#106;",
            "&lt;",
            "&amp;",
            "&#xFDD1;",
            "&#0;",
            "&Tab;",
            "\"",
            "'",
            "{{ agency.short_name }}",
            "{{ report.total }}",
            "{{ decided.by }}",
            "{{",
            "}}",
            "{{ x | y }}",
            "{%",
            " {#ก}",
            " {#x onclick=y}",
            "\\",
            "---\n",
            "===\n",
            "\u{fdd0}",
            "\u{fdef}",
            "\u{7}",
            "\u{b}",
        ];
        let piece =
            prop_oneof![8 => prop::sample::select(pieces.to_vec()).prop_map(str::to_owned), 1 => ".{0,3}"];
        prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    /// Every `<` begins a tag of ours, in its exact form; tags nest, links do not; ids are unique; every character may stand in a page.
    fn assert_is_clean(prose: &Prose) {
        let headings: Vec<&Heading> =
            prose.title.iter().chain(prose.sections.iter().map(|section| &section.heading)).collect();
        let passages = prose.sections.iter().map(|section| &section.passage);
        let htmls =
            passages.chain([&prose.introduction, &prose.footnotes]).map(|passage| passage.html.as_str());
        let mut ids: Vec<&str> = headings.iter().map(|heading| heading.id.as_str()).collect();
        for html in htmls.chain(headings.iter().map(|heading| heading.html.as_str())) {
            assert!(!html.contains(|c| ('\u{fdd0}'..='\u{fdef}').contains(&c)), "{html}");
            assert_nests(html);
            ids.extend(html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()));
        }
        let count = ids.len();
        assert_eq!(ids.into_iter().collect::<BTreeSet<_>>().len(), count);
    }

    fn assert_nests(html: &str) {
        let mut open: Vec<&str> = Vec::new();
        for rest in html.split('<').skip(1) {
            let tag = rest.split_once('>').map(|(tag, _)| tag).unwrap();
            assert!(is_own_tag(tag), "<{tag}> in {html}");
            let name = tag.split(' ').next().unwrap();
            if let Some(name) = name.strip_prefix('/') {
                assert_eq!(open.pop(), Some(name), "{html}");
            } else if !["br", "hr", "img"].contains(&name) {
                assert!(name != "a" || !open.contains(&"a"), "{html}");
                open.push(name);
            }
        }
        assert!(open.is_empty(), "{open:?} in {html}");
    }

    fn is_own_tag(tag: &str) -> bool {
        const NAMES: &str = "p blockquote ul ol li pre code div table thead tbody tr th td em strong del sup a img br hr h3 h4 h5 h6";
        const ATTRIBUTES: &str = "id class role aria-label tabindex scope start href rel src alt";
        let (name, mut rest) = tag.split_once(' ').map_or((tag, ""), |(name, rest)| (name, rest));
        while let Some((attribute, after)) = rest.split_once("=\"") {
            let Some((value, after)) = after.split_once('"') else {
                return false;
            };
            let is_safe = !["href", "src"].contains(&attribute) || is_safe_address(value);
            if !lists(ATTRIBUTES, attribute) || !is_safe {
                return false;
            }
            rest = after.trim_start();
        }
        rest.is_empty() && lists(NAMES, name.trim_start_matches('/'))
    }

    fn lists(words: &str, word: &str) -> bool {
        words.split(' ').any(|listed| listed == word)
    }

    fn is_safe_address(address: &str) -> bool {
        ["https://", "http://", "mailto:", "tel:", "#", "../"]
            .iter()
            .any(|beginning| address.starts_with(beginning))
    }
}

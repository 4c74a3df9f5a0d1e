//! Rendered pages → the index in which a reader's browser searches. It reads the bytes of pages, whatever made them, so that what is found
//! can never be another thing than what is shown; it knows neither sources nor templates.
//!
//! The index is a script that sets one variable, since a page that was opened from a disk may load scripts and nothing else. It holds the
//! text itself: nobody can tell for certain where Thai words end, so an index of words would lose some of them. Texts are
//! [composed](thai::composed) here, and folded sign by sign in the browser (`themes/default/static/search.js`).

use crate::plan::search::{Found, Search};
use crate::thai;
use memchr::{memchr, memmem};
use serde::Serialize;
use std::borrow::Cow;
use std::sync::Arc;

/// The variable that the index sets.
const VARIABLE: &str = "prongsaiIndex";

/// Elements that go on with the line of text in which they stand. At any other one a text ends.
const INLINE: [&[u8]; 20] = [
    b"a", b"abbr", b"b", b"bdi", b"bdo", b"cite", b"code", b"del", b"em", b"i", b"ins", b"mark", b"no-br",
    b"q", b"s", b"small", b"span", b"strong", b"sup", b"time",
];

/// Elements that hold no text of the page: drawings stand beside a table of the same figures.
const LEFT_OUT: [&[u8]; 5] = [b"svg", b"script", b"style", b"template", b"nav"];

/// Stands before a text that ends the one before it.
const LINE: char = '\n';

/// Stands before the name of a row, such as an indicator's, which counts for more than what is said of it.
const NAME: char = '\t';

/// The text of a page in the order in which it is read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    parts: Vec<Part>,
}

/// What stands between two places of a page that have a heading or an id: the id, the heading, and the text. Without an id of its own it
/// lies below the heading before it, and without a heading as well.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
struct Part(String, String, String);

/// What the index says of a page, or of an agency.
#[derive(Serialize)]
struct Entry<'a> {
    /// Where it lies, seen from the page with the search.
    href: &'a str,
    kind: &'a str,
    /// In the site's digits; empty where it belongs to no year.
    year: &'a str,
    /// The heading of the first one is the title.
    parts: &'a [Part],
}

/// Reads what is said in the `<main>` of a page.
pub fn read(html: &[u8]) -> Text {
    let begin = memmem::find(html, b"<main").unwrap_or(html.len());
    let end = memmem::rfind(html, b"</main").unwrap_or(html.len()).max(begin);
    let mut reader = Reader::default();
    let mut rest = &html[begin..end];
    while let Some(tag) = memchr(b'<', rest) {
        reader.say(&rest[..tag]);
        let length = memchr(b'>', &rest[tag..]).map_or(rest.len() - tag, |close| close + 1);
        let (tag, after) = rest[tag..].split_at(length);
        rest = &after[reader.meet(tag, after)..];
    }
    reader.say(rest);
    reader.text()
}

/// Writes the index of a search. `of_page` gives the text of a page by its file; what has none is not found.
pub fn index(search: &Search, of_page: impl Fn(&str) -> Option<Arc<Text>>) -> Vec<u8> {
    let mut script = format!("{VARIABLE}=[").into_bytes();
    for entry in &search.entries {
        let text = match &entry.found {
            Found::Page(file) => of_page(file),
            Found::Said { title, text } => Some(Arc::new(Text::said(title, text))),
        };
        let Some(text) = text else { continue };
        let line = Entry { href: &entry.href, kind: &entry.kind, year: &entry.year, parts: &text.parts };
        script.push(b'\n');
        // Strings alone are written, and memory takes all of them.
        let _ = serde_json::to_writer(&mut script, &line);
        script.push(b',');
    }
    script.extend(b"\n];\n");
    script
}

impl Text {
    fn said(title: &str, lines: &[String]) -> Self {
        let lines: Vec<Cow<'_, str>> = lines.iter().map(|line| thai::composed(line)).collect();
        let text = lines.join(&LINE.to_string());
        Text { parts: vec![Part(String::new(), thai::composed(title).into_owned(), text)] }
    }
}

/// Goes through a page from tag to tag.
#[derive(Default)]
struct Reader {
    parts: Vec<Part>,
    part: Part,
    is_in_heading: bool,
    gap: Gap,
}

/// What stands between what was said last and what is said next. A greater one takes the place of a lesser one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Line,
    Name,
}

impl Reader {
    /// Takes the text between two tags.
    fn say(&mut self, text: &[u8]) {
        let text = String::from_utf8_lossy(text);
        let text = resolved(&text);
        for (at, piece) in text.split(|sign: char| sign.is_ascii_whitespace()).enumerate() {
            if at > 0 {
                self.gap = self.gap.max(Gap::Space);
            }
            if !piece.is_empty() {
                self.push(piece);
            }
        }
    }

    fn push(&mut self, piece: &str) {
        let said = if self.is_in_heading { &mut self.part.1 } else { &mut self.part.2 };
        match std::mem::take(&mut self.gap) {
            Gap::Name if !self.is_in_heading => said.push(NAME),
            Gap::None => {}
            _ if said.is_empty() => {}
            Gap::Line if !self.is_in_heading => said.push(LINE),
            _ => said.push(' '),
        }
        said.push_str(piece);
    }

    /// Takes a tag. Gives how many bytes behind it are passed over.
    fn meet(&mut self, tag: &[u8], after: &[u8]) -> usize {
        let is_end = tag.starts_with(b"</");
        let inside = tag.strip_prefix(b"</").or_else(|| tag.strip_prefix(b"<")).unwrap_or_default();
        let is_of_name = |sign: &u8| sign.is_ascii_alphanumeric() || *sign == b'-';
        let name = &inside[..inside.iter().take_while(|sign| is_of_name(sign)).count()];
        if LEFT_OUT.contains(&name) || (!is_end && is_left_out(inside)) {
            self.gap = self.gap.max(if name == b"span" { Gap::Space } else { Gap::Line });
            let closing = [b"</", name].concat();
            return if is_end { 0 } else { memmem::find(after, &closing).unwrap_or(after.len()) };
        }
        if INLINE.contains(&name) {
            return 0;
        }
        self.gap = self.gap.max(Gap::Line);
        let is_heading = matches!(name, [b'h', b'1'..=b'6']);
        if is_end {
            self.is_in_heading &= !is_heading;
            // What stands behind a table does not belong to its last row.
            if name == b"table" && self.part.1.is_empty() && !self.part.0.is_empty() {
                self.begin();
            }
            return 0;
        }
        if name == b"th" && attribute(inside, b"scope") == Some(b"row") {
            self.gap = Gap::Name;
        }
        let id = attribute(inside, b"id").filter(|_| !matches!(name, b"main" | b"h1"));
        if (is_heading || id.is_some()) && !(self.part.1.is_empty() && self.part.2.is_empty()) {
            self.begin();
        }
        if let Some(id) = id.filter(|_| self.part.0.is_empty()) {
            self.part.0 = resolved(&String::from_utf8_lossy(id)).into_owned();
        }
        self.is_in_heading |= is_heading;
        0
    }

    /// Begins another part.
    fn begin(&mut self) {
        let Part(id, heading, text) = std::mem::take(&mut self.part);
        // The title stays the first heading, even of an empty page.
        if !(heading.is_empty() && text.is_empty()) || self.parts.is_empty() {
            let composed = |text: String| match thai::composed(&text) {
                Cow::Owned(composed) => composed,
                Cow::Borrowed(_) => text,
            };
            self.parts.push(Part(id, composed(heading), composed(text)));
        }
    }

    fn text(mut self) -> Text {
        self.begin();
        Text { parts: self.parts }
    }
}

/// Whether a start tag says that its element is not searched: names of columns, which cells repeat for phones, and whatever a theme marks so.
fn is_left_out(inside: &[u8]) -> bool {
    attribute(inside, b"class") == Some(b"label") || attribute(inside, b"data-search") == Some(b"no")
}

/// The value of an attribute of a start tag, as it is written.
fn attribute<'a>(inside: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let mut rest = inside;
    while let Some(space) = rest.iter().position(u8::is_ascii_whitespace) {
        rest = rest[space..].trim_ascii_start();
        let end = rest.iter().position(|sign| sign.is_ascii_whitespace() || b"=>".contains(sign));
        let (own, behind) = rest.split_at(end.unwrap_or(rest.len()));
        let Some(value) = behind.strip_prefix(b"=") else {
            rest = behind;
            continue;
        };
        let (value, behind) = match value {
            [quote @ (b'"' | b'\''), value @ ..] => {
                value.split_at(memchr(*quote, value).unwrap_or(value.len()))
            }
            value => {
                let end = value.iter().position(|sign| sign.is_ascii_whitespace() || *sign == b'>');
                value.split_at(end.unwrap_or(value.len()))
            }
        };
        if own == name {
            return Some(value);
        }
        rest = behind;
    }
    None
}

/// A text with its entities resolved: those that are written where a text is escaped, and numbers.
fn resolved(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut pieces = text.split('&');
    let mut resolved = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let entity = piece.split_once(';').and_then(|(name, rest)| Some((sign(name)?, rest)));
        let (sign, rest) = entity.unwrap_or(('&', piece));
        resolved.push(sign);
        resolved.push_str(rest);
    }
    Cow::Owned(resolved)
}

fn sign(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "nbsp" => Some(' '),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The parts of a page, one a line: id, heading and text, with `|` for the end of a line of text and `*` before the name of a row.
    fn parts(html: &str) -> String {
        let text = read(format!("<nav>เมนู</nav><main id=\"main\">{html}</main><footer>ท้าย").as_bytes());
        let line = |Part(id, heading, text): &Part| {
            format!("{id} {heading} {}", text.replace(LINE, "|").replace(NAME, "*"))
        };
        text.parts.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn text_is_read_as_it_is_shown() {
        let check = |html: &str, expected: &str| assert_eq!(parts(html), expected, "{html}");
        check("<h1>ก</h1>\n<p>ข\n  ค</p><p>ง", " ก ข ค|ง");
        check("<h1>ก</h1><p>ล<em>ุม</em><no-br>พุก</no-br> <a href=\"x>\">ข</a>", " ก ลุมพุก \">ข");
        check(
            "<h1>ก</h1><p>ข<br>ค &lt;ง&gt; &amp;amp; &#34;&#x0e01;&quot; R&D; &",
            " ก ข|ค <ง> &amp; \"ก\" R&D; &",
        );
        check("<h1>ก</h1><svg><text>ข</text></svg><nav>ค</nav>ง", " ก ง");
        check("<h1>ก</h1>", " ก ");
        check("", "  ");
    }

    #[test]
    fn parts_begin_at_headings_and_ids() {
        let check = |html: &str, expected: &str| assert_eq!(parts(html), expected, "{html}");
        check("<h1>ก</h1>ข<section id=\"iit\"><h2>ค</h2>ง<h3 id=iit-x>จ</h3>ฉ", " ก ข\niit ค ง\niit-x จ ฉ");
        check("<h1>ก</h1>ข<h2>ค <b>ง</b></h2><p>จ<sup id=\"n\">๑</sup>", " ก ข\n ค ง จ๑");
        check(
            "<h1>ก</h1><h2 id=\"a\">ข</h2><table><tr id=\"o1\"><td>๑<tr id=\"o2\"><td>๒</table><p>ค",
            " ก \na ข \no1  ๑\no2  ๒\n  ค",
        );
        check("<h1 id=\"x\">ก</h1><section id=\"y\">", " ก ");
    }

    #[test]
    fn names_of_rows_are_marked_and_labels_left_out() {
        let check = |html: &str, expected: &str| assert_eq!(parts(html), expected, "{html}");
        check(
            "<h1>ก</h1><table><caption>ข</caption><tr><th scope=\"col\">ค<tr><th scope=\"row\">ง<td><span class=\"label\">ค</span> ๑",
            " ก ข|ค*ง|๑",
        );
        check("<h1>ก</h1><table><tr><th scope=\"row\"><ol><li>ง<li>จ</ol><td>๑", " ก *ง|จ|๑");
        check("<h1>ก</h1>ข<table data-search=\"no\"><tr><td>ค</table>ง", " ก ข|ง");
    }

    #[test]
    fn texts_are_composed() {
        assert_eq!(parts("<h1>น\u{E4D}\u{E49}\u{E32}</h1>ท\u{E48}\u{E35}\u{200B} ๕ A"), " น้ำ ที่ ๕ A");
    }

    #[test]
    fn an_index_is_a_script_of_one_variable() {
        let entry = |href: &str, found| crate::plan::search::Entry {
            href: href.to_owned(),
            kind: "อบต.".to_owned(),
            year: String::new(),
            found,
        };
        let search = Search {
            file: "search/index.js".to_owned(),
            entries: vec![
                entry("../a.html", Found::Page("a.html".to_owned())),
                entry("../b.html", Found::Page("b.html".to_owned())),
                entry(
                    "../c",
                    Found::Said { title: "ก\"".to_owned(), text: vec!["ข".to_owned(), "ค".to_owned()] },
                ),
            ],
        };
        let read = |file: &str| {
            (file == "a.html").then(|| Arc::new(read("<main><h1>ก</h1>ข<h2 id=x>ค</h2></main>".as_bytes())))
        };
        let script = String::from_utf8(index(&search, read)).unwrap();
        let expected = concat!(
            "prongsaiIndex=[\n",
            "{\"href\":\"../a.html\",\"kind\":\"อบต.\",\"year\":\"\",\"parts\":[[\"\",\"ก\",\"ข\"],[\"x\",\"ค\",\"\"]]},\n",
            "{\"href\":\"../c\",\"kind\":\"อบต.\",\"year\":\"\",\"parts\":[[\"\",\"ก\\\"\",\"ข\\nค\"]]},\n];\n",
        );
        assert_eq!(script, expected);
    }

    proptest! {
        #[test]
        fn no_page_makes_it_panic(html in "(?s)([<>/=\"' &;#]|main|h1|id|th|scope|row|svg|table|span|ก|\u{E33}|.){0,60}") {
            let _ = read(html.as_bytes());
            let _ = read(format!("<main>{html}").as_bytes());
        }
    }
}

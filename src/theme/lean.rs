//! Less to send for the same page: what a browser throws away or supplies by itself is taken out of templates and style sheets when a
//! theme is loaded, so that no page pays for it. Where a lean template fails, the author's own is asked what is wrong.

use crate::language::Language;
use crate::source::Source;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How templates mark an element that holds only the theme's own words. The document is Thai already.
const OWN_WORDS: &str = " lang=\"{{ language }}\"";

/// End tags that may be left out whatever follows: nothing but the next cell, row or item can.
const IMPLIED: [&str; 6] = ["</td>", "</th>", "</tr>", "</li>", "</dt>", "</dd>"];

/// Elements before which a line end says nothing, since none of them stands within a line of text.
const BLOCKS: [&str; 28] = [
    "tr",
    "thead",
    "tbody",
    "tfoot",
    "table",
    "caption",
    "section",
    "h1",
    "h2",
    "h3",
    "ul",
    "ol",
    "dl",
    "p",
    "div",
    "figcaption",
    "meta",
    "link",
    "title",
    "head",
    "body",
    "html",
    "main",
    "nav",
    "figure",
    "header",
    "footer",
    "address",
];

/// What ends a paragraph without its end tag: each of these elements, and the end of those that hold one.
const ENDING_PARAGRAPHS: [&str; 16] = [
    "<p",
    "<div",
    "<dl",
    "<figure",
    "<footer",
    "<h2",
    "<h3",
    "<ol",
    "<section",
    "<table",
    "<ul",
    "</address>",
    "</div>",
    "</footer>",
    "</header>",
    "</section>",
];

/// Templates that print the same in fewer bytes. Those that are no HTML stay as they are.
pub(super) fn templates(
    sources: &BTreeMap<String, Arc<Source>>,
    language: Language,
) -> BTreeMap<String, Arc<Source>> {
    let lean = |name: &str, source: &Arc<Source>| match name.ends_with(".html") {
        true => Source::new(source.path.clone(), template(&source.text, language)),
        false => source.clone(),
    };
    sources.iter().map(|(name, source)| (name.clone(), lean(name, source))).collect()
}

/// A template without indents, which a browser folds into the line end before them, without line ends before blocks, without end tags that HTML
/// supplies by itself (of paragraphs too, WHATWG HTML 13.1.2.4), and
/// without naming the language of words that are in the language of the document. What stands in `<pre>` stays as it is.
fn template(text: &str, language: Language) -> String {
    let mut lean = String::with_capacity(text.len());
    let mut is_verbatim = false;
    for line in text.split_inclusive('\n') {
        is_verbatim |= line.contains("<pre");
        if is_verbatim {
            lean.push_str(line);
            is_verbatim = !line.contains("</pre");
        } else {
            let own_words = (language == Language::Thai).then_some(OWN_WORDS);
            let line = line.trim_start_matches([' ', '\t']).to_owned();
            let needless = IMPLIED.into_iter().chain(own_words);
            if begins_block(&line) && lean.ends_with('\n') {
                lean.pop();
            }
            lean.push_str(&needless.fold(line, |line, part| line.replace(part, "")));
        }
    }
    ENDING_PARAGRAPHS.into_iter().fold(lean, |lean, next| lean.replace(&format!("</p>{next}"), next))
}

/// Whether a line begins with the start or the end of a block.
fn begins_block(line: &str) -> bool {
    let name = line.strip_prefix("</").or_else(|| line.strip_prefix('<')).unwrap_or_default();
    let end = name.find(|sign: char| !sign.is_ascii_alphanumeric()).unwrap_or(name.len());
    BLOCKS.contains(&&name[..end])
}

/// A style sheet without comments and without spaces that mean nothing. Strings stay as they are.
pub(super) fn style_sheet(text: &str) -> String {
    let mut lean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        let length = match sign {
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '"' | '\'' => string_length(rest, sign),
            _ => sign.len_utf8(),
        };
        let (piece, after) = rest.split_at(length);
        rest = after;
        let is_apart = lean.is_empty() || lean.ends_with(|sign: char| "{};,:>( ".contains(sign));
        if piece.starts_with("/*") {
            // Between two words it keeps them apart, and is not a space.
            let is_needed = !is_apart && !rest.starts_with(|sign: char| sign.is_ascii_whitespace());
            lean.push_str(if is_needed { "/**/" } else { "" });
            continue;
        }
        if sign.is_ascii_whitespace() {
            lean.push_str(if is_apart { "" } else { " " });
            continue;
        }
        if "{};,>)".contains(sign) && lean.ends_with(' ') {
            lean.pop();
        }
        if sign == '}' && lean.ends_with(';') {
            lean.pop();
        }
        lean.push_str(piece);
    }
    lean.truncate(lean.trim_end().len());
    lean
}

/// The bytes of a string with its quotes; one that is not closed reaches to the end.
fn string_length(text: &str, quote: char) -> usize {
    let mut is_escaped = false;
    let end = text.char_indices().skip(1).find(|(_, sign)| {
        let ends = *sign == quote && !is_escaped;
        is_escaped = *sign == '\\' && !is_escaped;
        ends
    });
    end.map_or(text.len(), |(at, sign)| at + sign.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_says_nothing_is_left_out() {
        let check = |text: &str, language, expected: &str| {
            assert_eq!(template(text, language), expected, "{text:?}");
        };
        check("<ul>\n  <li>ก</li>\n</ul>\n", Language::Thai, "<ul>\n<li>ก</ul>\n");
        check("  <p lang=\"{{ language }}\">", Language::Thai, "<p>");
        check("  <p lang=\"{{ language }}\">", Language::English, "<p lang=\"{{ language }}\">");
        check("<tr><td>ก</td><td>ข</td></tr>", Language::English, "<tr><td>ก<td>ข");
        check("<html lang=\"th\">", Language::Thai, "<html lang=\"th\">");
        check("<div>\n  <p>ก</p>\n  <p>ข</p>\n</div>\n", Language::Thai, "<div><p>ก<p>ข</div>\n");
        check("<a><p>ก</p></a> <p>ข</p> ค", Language::Thai, "<a><p>ก</p></a> <p>ข</p> ค");
        check("<pre>\n  ก\n</pre>\n  ข", Language::Thai, "<pre>\n  ก\n</pre>\nข");
        check("", Language::Thai, "");
    }

    #[test]
    fn style_sheets_keep_their_meaning() {
        let check = |text: &str, expected: &str| assert_eq!(style_sheet(text), expected);
        check("/* ก */ a { color: red; }\n\n", "a{color:red}");
        check("a > b,\nc :focus { margin: 0 auto; }", "a>b,c :focus{margin:0 auto}");
        check(
            "@media (a) and (b) { x { y: calc(1rem + 2px) } }",
            "@media (a) and (b){x{y:calc(1rem + 2px)}}",
        );
        check("a::after { content: \" / * \\\" \"; }", "a::after{content:\" / * \\\" \"}");
        check("a/* ก */.b /* ข */ .c { d: e !important }", "a/**/.b .c{d:e !important}");
        check(".a :is(b, c) .d { e: f( 1 ) }", ".a :is(b,c) .d{e:f(1)}");
        check("a { b: \"open", "a{b:\"open");
    }
}

//! Text within blocks: what an author typed, escaped and with the values of its bindings, and what Markdown made of it unasked.

use super::super::flaw::Flaw;
use super::super::markup::{escape, tags};
use super::super::plain::Origin;
use super::super::prepare::{Piece, pieces, without_unprintable};
use super::{Open, Writer};
use std::ops::Range;

impl Writer<'_> {
    pub(super) fn text(&mut self, text: &str, range: &Range<usize>) {
        if self.in_code {
            return self.write(text, range.clone(), Origin::Code);
        }
        self.find_stars(text, range);
        self.write(text, range.clone(), Origin::Typed);
    }

    /// The event's range holds the backticks as well, so that the code is looked for in it.
    pub(super) fn code(&mut self, code: &str, range: &Range<usize>) {
        let typed = self.body.prepared.slice(range.clone()).find(code);
        let inside = typed.map_or(range.clone(), |at| range.start + at..range.start + at + code.len());
        self.passage().html.push_str("<code>");
        self.write(code, inside, Origin::Code);
        self.passage().html.push_str("</code>");
    }

    /// Tags in a text come from scans and other programs: they are shown, so that nothing is lost, and each is told of.
    pub(super) fn raw_html(&mut self, html: &str, range: &Range<usize>) {
        let is_typed = self.body.prepared.slice(range.clone()) == html;
        for tag in tags(html) {
            let at = if is_typed { range.start + tag.start..range.start + tag.end } else { range.clone() };
            let tag = self.values.insert(&html[tag]);
            self.flaw(at, Flaw::RawHtml(tag));
        }
        self.write(html, range.clone(), Origin::Typed);
    }

    pub(super) fn soft_break(&mut self, range: &Range<usize>) {
        let span = self.body.prepared.span(range.clone());
        let passage = self.passage();
        passage.html.push('\n');
        passage.plain.push(" ", span, Origin::Typed);
        if let Some(line) = joined_line(&self.body.prepared.text, range) {
            self.flaw(line, Flaw::JoinedLines);
        }
    }

    /// A single tilde stands between numbers (๑๐~๒๐) more often than round what is struck out.
    pub(super) fn start_strikethrough(&mut self, range: &Range<usize>) {
        let is_meant = self.body.prepared.slice(range.clone()).starts_with("~~");
        if is_meant {
            self.passage().html.push_str("<del>");
        } else {
            self.write("~", range.start..range.start + 1, Origin::Typed);
        }
        self.open.push(Open::Strikethrough { is_meant });
    }

    pub(super) fn end_strikethrough(&mut self, is_meant: bool, range: &Range<usize>) {
        if is_meant {
            self.passage().html.push_str("</del>");
        } else {
            self.write("~", range.end - 1..range.end, Origin::Typed);
        }
    }

    /// Writes text at a range of the prepared text, marks in it replaced. Character references may bring what no text may hold.
    fn write(&mut self, text: &str, range: Range<usize>, origin: Origin) {
        let (body, values) = (self.body, self.values);
        let is_typed = body.prepared.slice(range.clone()) == text;
        let text = if is_typed { text.into() } else { without_unprintable(text) };
        let passage = self.passage();
        for (inside, piece) in pieces(&text) {
            let within =
                if is_typed { range.start + inside.start..range.start + inside.end } else { range.clone() };
            match piece {
                Piece::Text(text) => {
                    escape(&mut passage.html, text);
                    passage.plain.push(text, body.prepared.span(within), origin);
                }
                Piece::Binding(number) => {
                    let value = values.get(number);
                    escape(&mut passage.html, value);
                    passage.plain.push(value, body.prepared.span(within), Origin::Value);
                }
            }
        }
    }

    /// Finds `**` that stayed as it is. CommonMark wants a space or a sign outside where a sign stands inside, and Thai writes neither:
    /// `คำ**(วงเล็บ)**ต่อ`. Stars that could have been emphasis come one by one, stars between spaces within their text.
    fn find_stars(&mut self, text: &str, range: &Range<usize>) {
        let prepared = &self.body.prepared;
        if text == "*" {
            let is_escaped = prepared.slice(0..range.start).ends_with('\\');
            let follows = self.stars.end == range.start;
            self.stars.start = match (is_escaped, follows) {
                (true, _) => range.end,
                (false, true) => self.stars.start,
                (false, false) => range.start,
            };
            self.stars.end = range.end;
            if self.stars.len() == 2 {
                self.flaw(self.stars.clone(), Flaw::LiteralBold);
            }
        } else if text.contains('*') && prepared.slice(range.clone()) == text {
            for (at, _) in text.match_indices("**").filter(|(at, _)| !text[..*at].ends_with('*')) {
                self.flaw(range.start + at..range.start + at + 2, Flaw::LiteralBold);
            }
        }
    }
}

/// The second of two Thai lines that make one paragraph, around the line end at `range`.
fn joined_line(text: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let before = text[..range.start].rsplit('\n').next()?;
    let after = text[range.end..].split('\n').next()?;
    let is_thai = |line: &str| line.contains(|c| ('\u{e01}'..='\u{e5b}').contains(&c));
    let indent = after.len() - after.trim_start_matches([' ', '\t', '>']).len();
    let line = range.end + indent..range.end + after.trim_end().len();
    (is_thai(before) && is_thai(after)).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::super::super::trial::{codes, read};

    #[test]
    fn what_markdown_reads_otherwise_is_told() {
        let check = |text: &str, expected: &[(&str, &[&str])]| {
            let (_, findings) = read(text);
            let found: Vec<(&str, Vec<&str>)> = codes(text, &findings);
            let found: Vec<(&str, &[&str])> =
                found.iter().map(|(code, places)| (*code, places.as_slice())).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("ก **ข** ค ข**ค**ง \\*\\* \\** * `**`", &[]);
        check("คำ**(วงเล็บ)**ต่อ", &[("text/literal-bold", &["**", "**"])]);
        check("| ก |\n|--|\n| {{ agency.name }} และ**“คำ”**ต่อ |", &[("text/literal-bold", &["**", "**"])]);
        check("** ข ** ****", &[("text/literal-bold", &["**", "**", "**"])]);
        check("ก\nข", &[("text/joined-lines", &["ข"])]);
        check("> ก ITA\r\n> ข  \n> ค", &[("text/joined-lines", &["ข"])]);
        check("ITA\nข\n\nค\n\n- ง\n- จ", &[]);
        check("ก\n# ข\n", &[("text/second-title", &["# ข"])]);
        check("    ตามที่\n    ก", &[("text/indented-code", &["ตามที่"])]);
        check(
            "<p>ก\n</p>\n\nข <br> ค <!-- ง --> 1 < 2 <br>",
            &[
                ("text/raw-html", &["<!-- ง -->"]),
                ("text/raw-html", &["</p>"]),
                ("text/raw-html", &["<br>", "<br>"]),
                ("text/raw-html", &["<p>"]),
            ],
        );
    }

    #[test]
    fn words_are_kept_apart_and_lead_back() {
        let text =
            "ก **ข** {{ report.total }}\nค\n\n- ง\n  - จ\n\n| ฉ | ช |\n|--|--|\n| ซ | ![ฌ](files/a.png) |\n";
        let plain = read(text).0.introduction.plain;
        assert_eq!(plain.text, "ก ข ๖๙.๓๘ ค\nง\nจ\nฉ\nช\nซ\nฌ\n");
        let check = |word: &str, expected: &str| {
            let at = plain.text.find(word).unwrap();
            assert_eq!(plain.place(at..at + word.len()).text(), expected, "{word}");
        };
        for word in ["ก", "ข", "ค", "ง", "จ", "ฉ", "ช", "ซ", "ฌ"] {
            check(word, word);
        }
        check("๖๙.๓๘", "{{ report.total }}");
        check("ข ๖", "ข** {{ report.total }}");
    }
}

//! The words of evaluated prose without its markup, and the way from each of them back to the source: what search, feed and checks read.
//! It knows nothing of Markdown.

use crate::source::{Place, Source};
use std::ops::Range;
use std::sync::Arc;

/// Text without markup. Blocks and table cells end with a line feed, so that no phrase reaches from one into the next.
#[derive(Debug, Clone)]
pub struct Plain {
    /// The text.
    pub text: String,
    source: Arc<Source>,
    runs: Vec<Run>,
}

/// Who wrote a piece of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The author, as prose.
    Typed,
    /// The author, as code: no language, so no check of language concerns it.
    Code,
    /// The data, through a binding.
    Value,
}

/// A piece of the text that comes from one stretch of the source. What lies between two runs was written by nobody: line ends.
#[derive(Debug, Clone)]
struct Run {
    text: Range<usize>,
    source: Range<usize>,
    origin: Origin,
}

impl Plain {
    pub(super) fn new(source: &Arc<Source>) -> Self {
        Plain { text: String::new(), source: Arc::clone(source), runs: Vec::new() }
    }

    /// Where a range of bytes of the text stands in the source. Values and decoded entities are pointed at as a whole.
    pub fn place(&self, range: Range<usize>) -> Place {
        let first = self.runs.partition_point(|run| run.text.end <= range.start);
        let last = self.runs.partition_point(|run| run.text.start < range.end.max(range.start + 1));
        let start =
            self.runs.get(first).or(self.runs.last()).map_or(0, |run| run.source_of_start(range.start));
        let end = self.runs[..last].last().map_or(start, |run| run.source_of_end(range.end));
        self.source.at(start..end.max(start))
    }

    /// What the author typed as prose, piece by piece, each with its first byte in the text.
    pub fn typed(&self) -> impl Iterator<Item = (usize, &str)> {
        let typed = self.runs.iter().filter(|run| run.origin == Origin::Typed);
        typed.map(|run| (run.text.start, &self.text[run.text.clone()]))
    }

    /// Whether the author typed all of a range as prose: nothing in it is code or came from the data.
    pub fn is_typed(&self, range: Range<usize>) -> bool {
        let first = self.runs.partition_point(|run| run.text.end <= range.start);
        let touched = self.runs[first..].iter().take_while(|run| run.text.start < range.end);
        touched.clone().count() > 0 && touched.clone().all(|run| run.origin == Origin::Typed)
    }

    /// Adds a piece that stands at `source`.
    pub(super) fn push(&mut self, piece: &str, source: Range<usize>, origin: Origin) {
        let start = self.text.len();
        self.text.push_str(piece);
        let run = Run { text: start..self.text.len(), source, origin };
        match self.runs.last_mut() {
            Some(last) if last.is_continued_by(&run) => {
                last.text.end = run.text.end;
                last.source.end = run.source.end;
            }
            _ => self.runs.push(run),
        }
    }

    /// Adds another text behind this one.
    pub(super) fn append(&mut self, other: Plain) {
        let shift = self.text.len();
        self.text.push_str(&other.text);
        let moved = |run: Run| Run { text: run.text.start + shift..run.text.end + shift, ..run };
        self.runs.extend(other.runs.into_iter().map(moved));
    }

    /// Ends a block: whatever follows is another phrase.
    pub(super) fn end_block(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }
}

impl Run {
    /// Whether each byte of the text is a byte of the source.
    fn is_exact(&self) -> bool {
        self.origin != Origin::Value && self.text.len() == self.source.len()
    }

    fn is_continued_by(&self, next: &Run) -> bool {
        self.is_exact()
            && next.is_exact()
            && self.origin == next.origin
            && self.text.end == next.text.start
            && self.source.end == next.source.start
    }

    fn source_of_start(&self, at: usize) -> usize {
        let ahead = at.saturating_sub(self.text.start);
        if self.is_exact() { self.source.end.min(self.source.start + ahead) } else { self.source.start }
    }

    fn source_of_end(&self, at: usize) -> usize {
        let behind = self.text.end.saturating_sub(at);
        if self.is_exact() {
            self.source.start.max(self.source.end - behind.min(self.source.len()))
        } else {
            self.source.end
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_piece_leads_back_to_its_source() {
        let source = Source::new("a.md", "คะแนน {{ report.total }} &amp; `C`\n\nจบ");
        let at = |text: &str| source.text.find(text).map(|start| start..start + text.len()).unwrap();
        let mut plain = Plain::new(&source);
        plain.push("คะ", at("คะ"), Origin::Typed);
        plain.push("แนน ", at("แนน "), Origin::Typed);
        plain.push("๖๙.๓๘", at("{{ report.total }}"), Origin::Value);
        plain.push("&", at("&amp;"), Origin::Typed);
        plain.push("C", at("C"), Origin::Code);
        plain.end_block();
        plain.end_block();
        let mut second = Plain::new(&source);
        second.push("จบ", at("จบ"), Origin::Typed);
        plain.append(second);

        let check = |text: &str, expected: &str| {
            let start = plain.text.find(text).unwrap();
            assert_eq!(plain.place(start..start + text.len()).text(), expected, "{text}");
        };
        assert_eq!(plain.text, "คะแนน ๖๙.๓๘&C\nจบ");
        check("ะแ", "ะแ");
        check("นน ๖", "นน {{ report.total }}");
        check("๙.๓", "{{ report.total }}");
        check("&", "&amp;");
        check("C", "C");
        check("C\n", "C");
        check("\nจ", "จ");
        check("จบ", "จบ");
        check("", "");
        assert_eq!(plain.place(900..901).text(), "");
        let is_typed = |text: &str| {
            let start = plain.text.find(text).unwrap();
            plain.is_typed(start..start + text.len())
        };
        assert_eq!(
            ["คะแนน", "&", "\nจ", "น ๖", "๙", "C"].map(is_typed),
            [true, true, true, false, false, false]
        );
        let typed: Vec<&str> = plain.typed().map(|(_, text)| text).collect();
        assert_eq!(typed, ["คะแนน ", "&", "จบ"]);
    }

    #[test]
    fn an_empty_text_has_a_place_all_the_same() {
        assert_eq!(Plain::new(&Source::new("a.md", "x")).place(0..5).text(), "");
    }
}

//! An input as the steps see it: a path inside the site and its text. Where the text came from, the site's folder or the program itself,
//! nobody needs to know.

mod encoding;
pub mod outline;

pub use encoding::Encoding;

use outline::Outline;
use std::ops::Range;
use std::sync::Arc;

/// The text of one file, with the path under which findings name it.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// Relative to the site's root, with `/` on every system.
    pub path: String,
    /// UTF-8 without a byte order mark; line ends as they were.
    pub text: String,
}

/// A spot in a source: what a finding points at. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Place {
    /// The file.
    pub source: Arc<Source>,
    /// Bytes of the source's text; empty for the file as a whole.
    pub span: Range<usize>,
    /// The value that stands there, if the text has an outline.
    value: Option<(Arc<Outline>, usize)>,
}

/// Line and column of a byte, both from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// From 1, in characters, so that it agrees with what an editor shows at the bottom of its window.
    pub column: usize,
}

impl Position {
    /// The first character of a text.
    pub const START: Position = Position { line: 1, column: 1 };

    /// The position behind a text that begins here.
    fn behind(self, text: &str) -> Position {
        match text.rsplit_once('\n') {
            Some((lines, line)) => Position {
                line: self.line + 1 + lines.matches('\n').count(),
                column: 1 + line.chars().count(),
            },
            None => Position { column: self.column + text.chars().count(), ..self },
        }
    }
}

impl Source {
    /// A source from a path and its text.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Arc<Source> {
        Arc::new(Source { path: path.into(), text: text.into() })
    }

    /// The file as a whole, for what has no better place.
    pub fn whole(self: &Arc<Self>) -> Place {
        self.at(0..0)
    }

    /// A range of bytes in this source. The range is clipped to the text and to whole characters.
    pub fn at(self: &Arc<Self>, span: Range<usize>) -> Place {
        let start = self.boundary(span.start);
        let end = self.boundary(span.end).max(start);
        Place { source: Arc::clone(self), span: start..end, value: None }
    }

    /// Where a byte stands.
    pub fn position(&self, byte: usize) -> Position {
        Position::START.behind(&self.text[..self.boundary(byte)])
    }

    /// Where bytes stand that come in the order of the text: one walk through it, however many they are.
    pub fn positions(&self, bytes: impl IntoIterator<Item = usize>) -> Vec<Position> {
        let next = |(at, position): &mut (usize, Position), byte: usize| {
            let byte = self.boundary(byte).max(*at);
            *position = position.behind(&self.text[*at..byte]);
            *at = byte;
            Some(*position)
        };
        bytes.into_iter().scan((0, Position::START), next).collect()
    }

    /// The way back from [`Source::positions`], also for positions in their order only. One behind the end of its line is that end.
    pub fn bytes(&self, positions: impl IntoIterator<Item = Position>) -> Vec<usize> {
        let mut rest = self.text.char_indices().peekable();
        let mut here = Position::START;
        let mut byte = |wanted: Position| {
            while let Some((_, c)) =
                rest.next_if(|(_, c)| here < wanted && (*c != '\n' || here.line < wanted.line))
            {
                here = here.behind(c.encode_utf8(&mut [0; 4]));
            }
            rest.peek().map_or(self.text.len(), |(at, _)| *at)
        };
        positions.into_iter().map(&mut byte).collect()
    }

    /// The line that holds a byte, without its end.
    pub fn line_of(&self, byte: usize) -> &str {
        let byte = self.boundary(byte);
        let start = self.text[..byte].rfind('\n').map_or(0, |at| at + 1);
        let end = self.text[byte..].find('\n').map_or(self.text.len(), |at| byte + at);
        self.text[start..end].trim_end_matches('\r')
    }

    fn boundary(&self, byte: usize) -> usize {
        self.text.floor_char_boundary(byte)
    }
}

impl Place {
    /// Another range of bytes, in or about the same value.
    pub fn with_span(self, span: Range<usize>) -> Self {
        Place { span, ..self }
    }

    /// How one would name the spot in words: `indicators → 5`. Empty for the file as a whole and for prose. It is only put together here,
    /// since of a thousand values hardly one has anything wrong with it.
    pub fn route(&self) -> String {
        self.value.as_ref().map(|(outline, at)| outline.route(*at)).unwrap_or_default()
    }

    /// The text that stands there.
    pub fn text(&self) -> &str {
        &self.source.text[self.span.clone()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn columns_count_characters_and_lines_count_from_one() {
        let source = Source::new("a.yaml", "คะแนน: 5\r\nที่: ๙\n");
        let check = |byte: usize, line: usize, column: usize, text: &str| {
            assert_eq!(source.position(byte), Position { line, column }, "byte {byte}");
            assert_eq!(source.line_of(byte), text, "byte {byte}");
        };
        check(0, 1, 1, "คะแนน: 5");
        check("คะแนน: ".len(), 1, 8, "คะแนน: 5");
        check("คะแนน: 5\r\nที่: ".len(), 2, 6, "ที่: ๙");
        check(1, 1, 1, "คะแนน: 5");
        check(9999, 3, 1, "");
    }

    proptest! {
        #[test]
        fn any_range_of_any_text_is_a_place(text in any::<String>(), start in 0usize..200, length in 0usize..50) {
            let source = Source::new("x", text);
            let place = source.at(start..start + length);
            let from = source.position(place.span.start);
            let to = source.position(place.span.end);
            prop_assert!(from <= to);
            prop_assert!(place.text().len() <= length + 3);
        }

        #[test]
        fn positions_lead_back_to_their_bytes(text in "[กa\n\r\u{e48}]{0,30}") {
            let source = Source::new("x", text.clone());
            let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            let positions = source.positions(starts.iter().copied());
            prop_assert!(positions.iter().zip(&starts).all(|(position, at)| *position == source.position(*at)));
            prop_assert_eq!(source.bytes(positions), starts);
        }
    }
}

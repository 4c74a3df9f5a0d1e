//! An input as the steps see it: a path inside the site and its text. Where the text came from, the site's folder or the program itself,
//! nobody needs to know.

pub mod outline;

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
        let before = &self.text[..self.boundary(byte)];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Position { line: before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1 }
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

/// What bytes that are no UTF-8 most likely are, among what Thai offices save.
pub fn encoding_of(bytes: &[u8]) -> &'static str {
    let zeros = bytes.iter().filter(|byte| **byte == 0).count();
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) || zeros * 4 > bytes.len() {
        return "UTF-16";
    }
    // Thai letters of Windows-874 lie in A1–FB.
    let high = bytes.iter().filter(|byte| **byte >= 0x80);
    if high.clone().all(|byte| matches!(byte, 0x80 | 0x85 | 0x91..=0x97 | 0xa0..=0xda | 0xdf..=0xfb)) {
        "Windows-874 (ANSI)"
    } else {
        "รหัสอื่น"
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

    #[test]
    fn encodings_are_named() {
        let check = |bytes: &[u8], expected: &str| assert_eq!(encoding_of(bytes), expected);
        check(&[0xff, 0xfe, b'a', 0], "UTF-16");
        check(&[0xcb, 0xb9, 0xd1, 0xa7, b':'], "Windows-874 (ANSI)");
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
    }
}

//! Tags of HTML in the values of YAML files, where no parser of Markdown tells of them. They come with texts from scans and web pages.

use std::ops::Range;

/// Every tag of a text: `<p>`, `</td>`, `<br />`. Comparisons, addresses in angle brackets and Thai words in them are none.
pub(super) fn tags(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices('<').filter_map(move |(start, _)| {
        let rest = &text[start + 1..];
        let inside = &rest[..rest.find(['<', '>']).filter(|at| rest[*at..].starts_with('>'))?];
        let named = inside.strip_prefix('/').unwrap_or(inside);
        let attributes = named.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
        let is_tag = named.starts_with(|c: char| c.is_ascii_alphabetic())
            && (attributes.is_empty() || attributes.starts_with([' ', '/']));
        is_tag.then(|| start..start + inside.len() + 2)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_told_from_other_brackets() {
        let check = |text: &str, expected: &[&str]| {
            assert_eq!(tags(text).map(|range| &text[range]).collect::<Vec<_>>(), expected, "{text}");
        };
        check("<p>๑. จัดทำแผน</p> <br/> <td class=\"a\">", &["<p>", "</p>", "<br/>", "<td class=\"a\">"]);
        check("น้อยกว่า <100 คน, a < b > c, <ชื่อ>, <a@example.go.th>, <https://example.go.th>, <p", &[]);
    }
}

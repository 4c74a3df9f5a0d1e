//! Tags and characters of HTML. It knows nothing of Markdown.

/// Writes an opening tag; the values of its attributes are escaped.
pub(super) fn open_tag(html: &mut String, name: &str, attributes: &[(&str, &str)]) {
    html.push('<');
    html.push_str(name);
    for (attribute, value) in attributes {
        html.push(' ');
        html.push_str(attribute);
        html.push_str("=\"");
        escape(html, value);
        html.push('"');
    }
    html.push('>');
}

/// Writes a text so that it is text everywhere: between tags and within double quotes.
pub(super) fn escape(html: &mut String, text: &str) {
    let is_escaped = |byte: u8| matches!(byte, b'&' | b'<' | b'>' | b'"');
    // Most texts hold none of them; a look that never stops early takes many bytes at once.
    if !text.bytes().fold(false, |found, byte| found | is_escaped(byte)) {
        return html.push_str(text);
    }
    let mut rest = text;
    while let Some(at) = rest.bytes().position(is_escaped) {
        html.push_str(&rest[..at]);
        html.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&quot;",
        });
        rest = &rest[at + 1..];
    }
    html.push_str(rest);
}

/// The tags in raw HTML, comments and instructions included; one without an end reaches to the end of the text.
pub(super) fn tags(html: &str) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let begins_tag =
            |at: &usize| html[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c));
        let start = html[from..].match_indices('<').map(|(at, _)| from + at).find(begins_tag)?;
        from = html[start..].find('>').map_or(html.len(), |end| start + end + 1);
        Some(start..from)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_their_attributes_are_escaped() {
        let check = |attributes: &[(&str, &str)], text: &str, expected: &str| {
            let mut html = String::new();
            open_tag(&mut html, "a", attributes);
            escape(&mut html, text);
            assert_eq!(html, expected);
        };
        check(&[], "ก < ข & ค > \"ง\"", "<a>ก &lt; ข &amp; ค &gt; &quot;ง&quot;");
        check(&[("href", "\"><script>"), ("id", "ก")], "", "<a href=\"&quot;&gt;&lt;script&gt;\" id=\"ก\">");
    }

    #[test]
    fn tags_are_found_and_other_angles_are_not() {
        let check = |html: &str, expected: &[&str]| {
            let found: Vec<&str> = tags(html).map(|range| &html[range]).collect();
            assert_eq!(found, expected);
        };
        check("<p>ก < ข</p> <!-- ค", &["<p>", "</p>", "<!-- ค"]);
        check("<<b>", &["<b>"]);
        check("ก <", &[]);
    }
}

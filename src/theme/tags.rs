//! The text of a template, cut into what is printed as it stands and tags. It knows where a tag ends and nothing of what it means.

use std::fmt::{self, Display, Formatter};

/// A piece of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    /// Printed as it stands.
    Text(&'t str),
    /// Between its delimiters.
    Tag(Tag<'t>),
}

/// A tag of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag<'t> {
    /// What it is for.
    pub(super) kind: Kind,
    /// What stands in it, without white space around it.
    pub(super) inside: &'t str,
    /// Whether its dash takes the white space before it away.
    pub(super) trims_before: bool,
    /// Whether its dash takes the white space behind it away.
    pub(super) trims_behind: bool,
}

/// What a tag is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `{{ … }}`
    Print,
    /// `{% … %}`
    Statement,
    /// `{# … #}`
    Comment,
}

impl Kind {
    /// What a tag begins and ends with.
    fn delimiters(self) -> (&'static str, &'static str) {
        match self {
            Kind::Print => ("{{", "}}"),
            Kind::Statement => ("{%", "%}"),
            Kind::Comment => ("{#", "#}"),
        }
    }
}

/// As a template has it.
impl Display for Piece<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Piece::Text(text) => f.write_str(text),
            Piece::Tag(Tag { kind, inside, trims_before, trims_behind }) => {
                let (start, end) = kind.delimiters();
                let dash = |trims: &bool| if *trims { "-" } else { "" };
                write!(f, "{start}{} {inside} {}{end}", dash(trims_before), dash(trims_behind))
            }
        }
    }
}

/// Cuts a template into pieces. `None` where that takes more than this knows: a tag without an end, and `raw`, in which nothing is a tag.
pub(super) fn pieces(template: &str) -> Option<Vec<Piece<'_>>> {
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some((start, kind)) = next_tag(rest) {
        let (text, from) = rest.split_at(start);
        let length = end_of_tag(from, kind)?;
        let tag = tag(&from[..length], kind);
        if tag.inside == "raw" {
            return None;
        }
        pieces.extend((!text.is_empty()).then_some(Piece::Text(text)));
        pieces.push(Piece::Tag(tag));
        rest = &from[length..];
    }
    pieces.extend((!rest.is_empty()).then_some(Piece::Text(rest)));
    Some(pieces)
}

fn next_tag(text: &str) -> Option<(usize, Kind)> {
    text.match_indices('{').find_map(|(at, _)| {
        let kinds = [Kind::Print, Kind::Statement, Kind::Comment];
        let kind = kinds.into_iter().find(|kind| text[at..].starts_with(kind.delimiters().0))?;
        Some((at, kind))
    })
}

/// The bytes of the tag with which a text begins. A text in quotes ends no tag.
fn end_of_tag(text: &str, kind: Kind) -> Option<usize> {
    let (start, end) = kind.delimiters();
    if kind == Kind::Comment {
        return text[start.len()..].find(end).map(|at| start.len() + at + end.len());
    }
    let mut quote = None;
    let mut is_escaped = false;
    for (at, sign) in text.char_indices().skip(start.len()) {
        match quote {
            None if text[at..].starts_with(end) => return Some(at + end.len()),
            None => quote = matches!(sign, '"' | '\'' | '`').then_some(sign),
            Some(_) if is_escaped || sign == '\\' => is_escaped = !is_escaped,
            Some(open) if open == sign => quote = None,
            Some(_) => {}
        }
    }
    None
}

fn tag(text: &str, kind: Kind) -> Tag<'_> {
    let inside = &text[2..text.len() - 2];
    let (inside, trims_before) = inside.strip_prefix('-').map_or((inside, false), |inside| (inside, true));
    let (inside, trims_behind) = inside.strip_suffix('-').map_or((inside, false), |inside| (inside, true));
    Tag { kind, inside: inside.trim(), trims_before, trims_behind }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_end_where_they_end() {
        let check = |template: &str, expected: Option<&[&str]>| {
            let pieces = pieces(template);
            let tags = pieces.as_ref().map(|pieces| {
                let tags = pieces.iter().filter_map(|piece| match piece {
                    Piece::Tag(tag) => Some(tag.inside),
                    Piece::Text(_) => None,
                });
                tags.collect::<Vec<_>>()
            });
            assert_eq!(tags.as_deref(), expected, "{template}");
        };
        check("", Some(&[]));
        check("a { b } {", Some(&[]));
        check("a {{ b }} {%- if c -%}{# {{ d }} #}{% endif %}", Some(&["b", "if c", "{{ d }}", "endif"]));
        check(r#"{{ "}} \" {{" }}{{ '"' }}"#, Some(&[r#""}} \" {{""#, "'\"'"]));
        check("{{{ a }}", Some(&["{ a"]));
        check("{{ a", None);
        check("{#} a #}", Some(&["} a"]));
        check("{% raw %}{{ a }}{% endraw %}", None);
    }

    #[test]
    fn pieces_are_written_as_they_were() {
        for template in ["", "ก {{- a -}} ข {% if b %}\n{# c #}{%- endif %} {", "{{ '}}' }}"] {
            let written: String = pieces(template).unwrap().iter().map(Piece::to_string).collect();
            assert_eq!(written, template);
        }
    }
}

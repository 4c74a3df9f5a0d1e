//! Footnotes: numbered by their first reference, printed below the whole text with the way back.

use super::markup::open_tag;
use super::outline::prefixed;
use super::{Body, Passage, Setting};
use crate::language::Numerals;
use crate::thai;
use std::collections::BTreeMap;

/// Footnotes by their label, and the references to them.
#[derive(Default)]
pub(super) struct Notes {
    passages: BTreeMap<String, Passage>,
    /// In the order of their first reference.
    referred: Vec<String>,
    references: BTreeMap<String, Reference>,
}

/// One mention of a footnote in the text.
#[derive(Clone, Copy)]
struct Reference {
    /// Of the footnote, from 1.
    number: usize,
    /// Of the mention, from 1.
    mention: usize,
}

impl Notes {
    /// Takes what a footnote says.
    pub(super) fn define(&mut self, label: &str, passage: Passage) {
        self.passages.insert(key(label), passage);
    }

    /// A mention of a footnote: a raised number that leads to it. The parser makes no link round it, so that anchors do not nest.
    pub(super) fn mention(&mut self, label: &str, setting: &Setting<'_>) -> String {
        let Reference { number, mention } = self.count(label);
        let (href, id) = (format!("#{}", note_id(number, setting)), mention_id(number, mention, setting));
        let mut html = "<sup>".to_owned();
        open_tag(&mut html, "a", &[("href", &href), ("id", &id), ("role", "doc-noteref")]);
        html.push_str(&in_numerals(number, setting.numerals));
        html.push_str("</a></sup>");
        html
    }

    /// The list of all footnotes; those that nothing refers to come last, since nothing that an author wrote is lost.
    pub(super) fn write(mut self, body: &Body, setting: &Setting<'_>) -> Passage {
        let mut list = Passage::new(&body.source);
        let referred: Vec<Option<Passage>> =
            self.referred.iter().map(|label| self.passages.remove(label)).collect();
        let empty = || Passage::new(&body.source);
        for (at, note) in referred.into_iter().map(|note| note.unwrap_or_else(empty)).enumerate() {
            write_note(&mut list, note, Some(at + 1), setting);
        }
        for note in self.passages.into_values() {
            write_note(&mut list, note, None, setting);
        }
        if !list.html.is_empty() {
            let class = if setting.numerals == Numerals::Thai { "footnotes thai" } else { "footnotes" };
            list.html = format!("<ol class=\"{class}\">\n{}</ol>\n", list.html);
        }
        list
    }

    fn count(&mut self, label: &str) -> Reference {
        let label = key(label);
        let number = self.referred.len() + 1;
        let reference = self.references.entry(label.clone()).or_insert(Reference { number, mention: 0 });
        reference.mention += 1;
        if reference.mention == 1 {
            self.referred.push(label);
        }
        *reference
    }
}

fn write_note(list: &mut Passage, note: Passage, number: Option<usize>, setting: &Setting<'_>) {
    match number {
        Some(number) => {
            open_tag(&mut list.html, "li", &[("id", &note_id(number, setting))]);
            // The way back stands on the last line of the note, not below it.
            let text = note.html.strip_suffix("</p>\n");
            list.html.push_str(text.unwrap_or(&note.html));
            write_way_back(&mut list.html, number, setting);
            list.html.push_str(if text.is_some() { "</p></li>\n" } else { "</li>\n" });
        }
        None => list.html.push_str(&format!("<li>{}</li>\n", note.html)),
    }
    list.plain.append(note.plain);
    list.plain.end_block();
}

fn write_way_back(html: &mut String, number: usize, setting: &Setting<'_>) {
    let href = format!("#{}", mention_id(number, 1, setting));
    html.push(' ');
    open_tag(html, "a", &[("href", &href), ("role", "doc-backlink"), ("aria-label", setting.back_label)]);
    html.push_str("↩</a>");
}

/// Labels are the same in capitals and small letters.
fn key(label: &str) -> String {
    label.to_lowercase()
}

/// A colon stands in no id of a heading, so the two never meet.
fn note_id(number: usize, setting: &Setting<'_>) -> String {
    prefixed(setting.id_prefix, &format!("fn:{number}"))
}

fn mention_id(number: usize, mention: usize, setting: &Setting<'_>) -> String {
    let repeated = if mention == 1 { String::new() } else { format!(":{mention}") };
    prefixed(setting.id_prefix, &format!("fnref:{number}{repeated}"))
}

fn in_numerals(number: usize, numerals: Numerals) -> String {
    match numerals {
        Numerals::Thai => thai::to_thai_digits(&number.to_string()).into_owned(),
        Numerals::Arabic => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial::read;

    #[test]
    fn footnotes_are_numbered_by_their_first_mention() {
        let text = "ก[^b] ข[^A] ค[^B]\n\n[^unused]: ง\n\n[^a]: จ\n\n[^b]: ฉ\n\n    ช\n";
        let prose = read(text).0;
        let mention = |href: &str, id: &str, number: &str| {
            format!(
                "<sup><a href=\"#iit-fn:{href}\" id=\"iit-fnref:{id}\" role=\"doc-noteref\">{number}</a></sup>"
            )
        };
        assert_eq!(
            prose.introduction.html,
            format!(
                "<p>ก{} ข{} ค{}</p>\n",
                mention("1", "1", "๑"),
                mention("2", "2", "๒"),
                mention("1", "1:2", "๑")
            )
        );
        let back = |number: &str| {
            format!(
                " <a href=\"#iit-fnref:{number}\" role=\"doc-backlink\" aria-label=\"กลับ\">↩</a></p></li>\n"
            )
        };
        assert_eq!(
            prose.footnotes.html,
            format!(
                "<ol class=\"footnotes thai\">\n<li id=\"iit-fn:1\"><p>ฉ</p>\n<p>ช{}<li id=\"iit-fn:2\"><p>จ{}<li><p>ง</p>\n</li>\n</ol>\n",
                back("1"),
                back("2")
            )
        );
        assert_eq!(prose.footnotes.plain.text, "ฉ\nช\nจ\nง\n");
        assert_eq!(read("ก").0.footnotes.html, "");
        let within = read("[ก[^1]](/2565/)\n\n[^1]: ข\n").0.introduction.html;
        assert!(within.starts_with("<p>[ก<sup>"), "{within}");
    }
}

//! Narratives on pages: the manner in which they are set, and their HTML, whole or in parts. Knows neither what a binding stands for nor
//! where a link leads.

use super::printer::Printer;
use super::view;
use crate::model::link::LinkTarget;
use crate::parse::markdown::binding::Expression;
use crate::parse::markdown::{self, Prose, Setting};

/// How a narrative is set on a page: in the words and digits of its printer, its ids behind a prefix, its sections at a level from 2 to 6.
pub(super) fn setting<'a>(
    printer: Printer,
    id_prefix: &'a str,
    section_level: u8,
    value: &'a dyn Fn(&Expression) -> Option<String>,
    href: &'a dyn Fn(&LinkTarget) -> Option<String>,
) -> Setting<'a> {
    Setting {
        id_prefix,
        section_level,
        numerals: printer.numerals,
        table_label: printer.choose("ตาราง เลื่อนดูทางขวาได้", "table, scrolls sideways"),
        back_label: printer.choose("กลับไปยังเนื้อหา", "back to the text"),
        value,
        href,
    }
}

/// The headed parts of a narrative.
pub(super) fn sections(prose: &Prose) -> Vec<view::Section> {
    let section = |section: &markdown::Section| view::Section {
        id: section.heading.id.clone(),
        heading: section.heading.plain.text.trim().to_owned(),
        html: section.passage.html.clone(),
    };
    prose.sections.iter().map(section).collect()
}

/// A whole narrative with its headings, for pages that put nothing in between.
pub(super) fn whole_html(prose: &Prose) -> String {
    let sections = prose.sections.iter().map(|section| {
        let heading = &section.heading;
        format!("<h2 id=\"{}\">{}</h2>\n{}", heading.id, heading.html, section.passage.html)
    });
    std::iter::once(prose.introduction.html.clone()).chain(sections).collect()
}

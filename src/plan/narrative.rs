//! Narratives on pages: the manner in which they are set, and their HTML, whole or in parts. Knows neither what a binding stands for nor
//! where a link leads.

use super::printer::Printer;
use super::view;
use crate::model::link::LinkTarget;
use crate::parse::markdown::binding::Expression;
use crate::parse::markdown::{Prose, Section, Setting};

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

/// A narrative and its footnotes as HTML.
#[derive(Default)]
pub(super) struct Whole {
    /// With its headings.
    pub html: String,
    pub footnotes_html: String,
}

/// A whole narrative, for pages that put nothing in between.
pub(super) fn whole(prose: Prose) -> Whole {
    let mut html = prose.introduction.html;
    for Section { heading, passage } in prose.sections {
        html.push_str(&format!("<h2 id=\"{}\">{}</h2>\n", heading.id, heading.html));
        html.push_str(&passage.html);
    }
    Whole { html, footnotes_html: prose.footnotes.html }
}

/// The headed parts of a narrative.
pub(super) fn sections(sections: Vec<Section>) -> Vec<view::Section> {
    let section = |Section { heading, passage }| view::Section {
        id: heading.id,
        heading: heading.plain.text.trim().to_owned(),
        html: passage.html,
    };
    sections.into_iter().map(section).collect()
}

/// A narrative that is a page by itself.
pub(super) fn text(date: Option<view::Date>, prose: Prose) -> view::Text {
    view::Text {
        date,
        html: prose.introduction.html,
        sections: sections(prose.sections),
        footnotes_html: prose.footnotes.html,
    }
}

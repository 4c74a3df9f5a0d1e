//! Events to HTML: which markup stands for what, and where one passage ends and the next begins.

mod link;
mod table;
mod text;

use super::flaw::{Flaw, Flaws};
use super::markup::open_tag;
use super::notes::Notes;
use super::outline::{Outline, outline};
use super::{Body, CodeBlockKind, Event, HeadingLevel, Tag, Values, events};
use super::{Heading, Passage, Prose, Section, Setting};
use std::ops::Range;
use table::Table;

/// Writes the prose of a body.
pub(super) fn write(body: &Body, values: &Values, setting: &Setting<'_>, flaws: &mut Flaws) -> Prose {
    let events: Vec<(Event<'_>, Range<usize>)> = events(&body.prepared.text).collect();
    let outline = outline(&events, values, setting.id_prefix);
    let mut writer = Writer::new(body, values, setting, outline, flaws);
    for (at, (event, range)) in events.iter().enumerate() {
        let is_empty = matches!(events.get(at + 1), Some((Event::End(_), _)));
        match event {
            Event::Start(Tag::Heading { level, .. }) => writer.start_heading(*level, at == 0, range),
            Event::Start(Tag::TableCell) => writer.start_cell(is_empty, range),
            Event::Start(tag) => writer.start(tag, range),
            Event::End(_) => writer.end(range),
            Event::Text(text) => writer.text(text, range),
            Event::Code(code) => writer.code(code, range),
            Event::Html(html) | Event::InlineHtml(html) => writer.raw_html(html, range),
            Event::SoftBreak => writer.soft_break(range),
            Event::HardBreak => writer.end_block("<br>\n"),
            Event::Rule => writer.end_block("<hr>\n"),
            Event::FootnoteReference(label) => writer.footnote_reference(label),
            // None of these is switched on.
            Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }
    let Writer { prose, notes, .. } = writer;
    Prose { footnotes: notes.write(body, setting), ..prose }
}

/// What was opened and is not yet closed: what its end has to do.
enum Open {
    /// Markup within a line.
    Inline(&'static str),
    /// Markup of a block; behind it begins another phrase.
    Block(&'static str),
    Code,
    TableHead,
    TableRow,
    Strikethrough {
        is_meant: bool,
    },
    /// A link with its number and where its words begin.
    Link {
        link: usize,
        html: usize,
        plain: usize,
        typed: String,
    },
    Image {
        typed: String,
        range: Range<usize>,
    },
    Title {
        id: String,
    },
    Section {
        id: String,
    },
    Heading {
        level: u8,
    },
    Footnote {
        label: String,
    },
    /// What has no markup.
    Silent,
}

struct Writer<'a> {
    body: &'a Body,
    values: &'a Values,
    setting: &'a Setting<'a>,
    flaws: &'a mut Flaws,
    outline: Outline,
    prose: Prose,
    notes: Notes,
    /// What is written beside the running text, innermost last: a heading, a footnote, the words of an image.
    aside: Vec<Passage>,
    open: Vec<Open>,
    table: Table,
    /// How many images are open.
    images: usize,
    /// Whether a link is open that is one: anchors must not nest.
    in_anchor: bool,
    in_code: bool,
    /// The level of the last heading, so that none is ever skipped.
    heading_level: u8,
    /// The last stars in a row that Markdown left as they are.
    stars: Range<usize>,
}

impl<'a> Writer<'a> {
    fn new(
        body: &'a Body,
        values: &'a Values,
        setting: &'a Setting<'a>,
        outline: Outline,
        flaws: &'a mut Flaws,
    ) -> Self {
        let empty = || Passage::new(&body.source);
        let (introduction, footnotes) = (empty(), empty());
        Writer {
            body,
            values,
            setting,
            flaws,
            outline,
            prose: Prose { title: None, introduction, sections: Vec::new(), footnotes, links: Vec::new() },
            notes: Notes::default(),
            aside: Vec::new(),
            open: Vec::new(),
            table: Table::default(),
            images: 0,
            in_anchor: false,
            in_code: false,
            heading_level: setting.section_level.saturating_sub(1),
            stars: 0..0,
        }
    }

    /// What is being written at the moment.
    fn passage(&mut self) -> &mut Passage {
        match (self.aside.last_mut(), self.prose.sections.last_mut()) {
            (Some(aside), _) => aside,
            (None, Some(section)) => &mut section.passage,
            (None, None) => &mut self.prose.introduction,
        }
    }

    fn flaw(&mut self, range: Range<usize>, flaw: Flaw) {
        self.flaws.push((self.body.prepared.span(range), flaw));
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => self.start_block("p", &[], Open::Block("</p>\n")),
            Tag::BlockQuote(_) => self.start_block("blockquote", &[], Open::Block("</blockquote>\n")),
            Tag::List(None) => self.start_block("ul", &[], Open::Block("</ul>\n")),
            Tag::List(Some(first)) => self.start_ordered_list(*first, range.start),
            Tag::Item => self.start_block("li", &[], Open::Block("</li>\n")),
            Tag::CodeBlock(kind) => self.start_code(kind, range),
            Tag::Table(alignments) => self.start_table(alignments),
            Tag::TableHead => self.start_table_head(),
            Tag::TableRow => self.start_table_row(),
            Tag::Emphasis => self.start_inline("<em>", Open::Inline("</em>")),
            Tag::Strong => self.start_inline("<strong>", Open::Inline("</strong>")),
            Tag::Strikethrough => self.start_strikethrough(range),
            Tag::Link { link_type, dest_url, .. } => self.start_link(*link_type, dest_url, range),
            Tag::Image { dest_url, .. } => self.start_image(dest_url, range),
            Tag::FootnoteDefinition(label) => self.start_footnote(label),
            _ => self.open.push(Open::Silent),
        }
    }

    fn end(&mut self, range: &Range<usize>) {
        match self.open.pop() {
            Some(Open::Inline(markup)) => self.passage().html.push_str(markup),
            Some(Open::Block(markup)) => self.end_block(markup),
            Some(Open::Code) => self.end_code(),
            Some(Open::TableHead) => self.end_table_head(),
            Some(Open::TableRow) => self.end_table_row(range),
            Some(Open::Strikethrough { is_meant }) => self.end_strikethrough(is_meant, range),
            Some(Open::Link { link, html, plain, typed }) => self.end_link(link, html, plain, &typed),
            Some(Open::Image { typed, range }) => self.end_image(&typed, &range),
            Some(Open::Title { id }) => self.prose.title = self.end_heading(id, range),
            Some(Open::Section { id }) => self.start_section(id, range),
            Some(Open::Heading { level }) => self.end_block(&format!("</h{level}>\n")),
            Some(Open::Footnote { label }) => self.end_footnote(&label),
            Some(Open::Silent) | None => {}
        }
    }

    fn start_inline(&mut self, markup: &str, open: Open) {
        self.passage().html.push_str(markup);
        self.open.push(open);
    }

    fn start_block(&mut self, name: &str, attributes: &[(&str, &str)], open: Open) {
        let passage = self.passage();
        open_tag(&mut passage.html, name, attributes);
        passage.plain.end_block();
        self.open.push(open);
    }

    fn end_block(&mut self, markup: &str) {
        let passage = self.passage();
        passage.html.push_str(markup);
        passage.plain.end_block();
    }

    /// Only headings that stand in nothing else divide the text; one in a quotation or a list stays where it is.
    fn start_heading(&mut self, level: HeadingLevel, is_first: bool, range: &Range<usize>) {
        let id = self.outline.next();
        let is_title = is_first && level == HeadingLevel::H1;
        if !self.open.is_empty() || level > HeadingLevel::H2 {
            return self.start_inner_heading(level, &id);
        }
        if level == HeadingLevel::H1 && !is_title {
            self.flaw(range.clone(), Flaw::SecondTitle);
        }
        self.aside.push(Passage::new(&self.body.source));
        self.open.push(if is_title { Open::Title { id } } else { Open::Section { id } });
    }

    /// A heading as deep below the sections as it was typed, but never skipping a level: who jumps from heading to heading would be lost.
    fn start_inner_heading(&mut self, level: HeadingLevel, id: &str) {
        let below = (level as u8).saturating_sub(2).max(1);
        let level = (self.setting.section_level + below).min(self.heading_level + 1).min(6);
        self.heading_level = level;
        self.start_block(&format!("h{level}"), &[("id", id)], Open::Heading { level });
    }

    fn start_section(&mut self, id: String, range: &Range<usize>) {
        let heading = self.end_heading(id, range);
        let passage = Passage::new(&self.body.source);
        self.prose.sections.extend(heading.map(|heading| Section { heading, passage }));
        self.heading_level = self.setting.section_level;
    }

    fn end_heading(&mut self, id: String, range: &Range<usize>) -> Option<Heading> {
        let Passage { html, plain } = self.aside.pop()?;
        Some(Heading { id, html, plain, place: self.body.place(range.clone()) })
    }

    /// The list goes on in the digits in which it was begun.
    fn start_ordered_list(&mut self, first: u64, start: usize) {
        let first = first.to_string();
        let class = self.body.prepared.has_thai_number(start).then_some(("class", "thai"));
        let start = (first != "1").then_some(("start", first.as_str()));
        let attributes: Vec<(&str, &str)> = class.into_iter().chain(start).collect();
        self.start_block("ol", &attributes, Open::Block("</ol>\n"));
    }

    fn start_code(&mut self, kind: &CodeBlockKind<'_>, range: &Range<usize>) {
        if matches!(kind, CodeBlockKind::Indented) {
            self.flaw(range.clone(), Flaw::IndentedCode);
        }
        self.in_code = true;
        // A long line is moved into view rather than broken, and without a mouse only what has the focus can be moved.
        self.start_block("pre", &[("tabindex", "0")], Open::Code);
        self.passage().html.push_str("<code>");
    }

    fn end_code(&mut self) {
        self.in_code = false;
        self.end_block("</code></pre>\n");
    }

    fn start_footnote(&mut self, label: &str) {
        self.aside.push(Passage::new(&self.body.source));
        self.open.push(Open::Footnote { label: label.to_owned() });
    }

    fn end_footnote(&mut self, label: &str) {
        if let Some(note) = self.aside.pop() {
            self.notes.define(label, note);
        }
    }

    fn footnote_reference(&mut self, label: &str) {
        if self.images == 0 {
            let mention = self.notes.mention(label, self.setting);
            self.passage().html.push_str(&mention);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial::read;

    #[test]
    fn markup_of_blocks_and_lines() {
        let check =
            |text: &str, expected: &str| assert_eq!(read(text).0.introduction.html, expected, "{text}");
        check(
            "ก *ข* **ค** ~~ง~~ `จ`",
            "<p>ก <em>ข</em> <strong>ค</strong> <del>ง</del> <code>จ</code></p>\n",
        );
        check("ก  \nข\n\n---", "<p>ก<br>\nข</p>\n<hr>\n");
        check("> ก", "<blockquote><p>ก</p>\n</blockquote>\n");
        check("- ก\n- ข", "<ul><li>ก</li>\n<li>ข</li>\n</ul>\n");
        check("3. ก\n\n4. ข", "<ol start=\"3\"><li><p>ก</p>\n</li>\n<li><p>ข</p>\n</li>\n</ol>\n");
        check("๑. ก\n๒. ข", "<ol class=\"thai\"><li>ก</li>\n<li>ข</li>\n</ol>\n");
        check("  ๕) ก", "<ol class=\"thai\" start=\"5\"><li>ก</li>\n</ol>\n");
        check("```sh x\n<ก> ต่าง ๆ\n```", "<pre tabindex=\"0\"><code>&lt;ก&gt; ต่าง ๆ\n</code></pre>\n");
        check("๑๐~๒๐ และ ๓๐~๔๐", "<p>๑๐~๒๐ และ ๓๐~๔๐</p>\n");
        check("\"ก\" -- ข... &lt;&#7;&#xFDD0;", "<p>&quot;ก&quot; -- ข... &lt;</p>\n");
    }

    #[test]
    fn headings_divide_the_text() {
        let prose =
            read("# ชื่อ *เรื่อง*\n\nนำ\n\n## ก\n\nข\n\n#### ค\n\n##### ง\n\n> ## จ\n\nฉ\n---\n\n## ช {#x.y}\n")
                .0;
        let title = prose.title.unwrap();
        assert_eq!((title.id.as_str(), title.html.as_str()), ("iit-ชื่อ-เรื่อง", "ชื่อ <em>เรื่อง</em>"));
        assert_eq!(title.plain.text, "ชื่อ เรื่อง");
        assert_eq!(title.place.text(), "# ชื่อ *เรื่อง*\n");
        assert_eq!(prose.introduction.html, "<p>นำ</p>\n");
        let sections: Vec<(&str, &str)> = prose
            .sections
            .iter()
            .map(|section| (section.heading.id.as_str(), section.passage.html.as_str()))
            .collect();
        let inner = "<p>ข</p>\n<h4 id=\"iit-ค\">ค</h4>\n<h5 id=\"iit-ง\">ง</h5>\n\
                     <blockquote><h4 id=\"iit-จ\">จ</h4>\n</blockquote>\n";
        assert_eq!(sections, [("iit-ก", inner), ("iit-ฉ", ""), ("iit-ช", "")]);
    }

    #[test]
    fn ids_of_headings() {
        let check = |text: &str, expected: &[&str]| {
            let prose = read(text).0;
            let ids: Vec<&str> = prose.sections.iter().map(|section| section.heading.id.as_str()).collect();
            assert_eq!(ids, expected, "{text}");
        };
        check("## ขาว\n## ข่าว\n## ข้าว\n## ขาว", &["iit-ขาว", "iit-ข่าว", "iit-ข้าว", "iit-ขาว-2"]);
        check("## ก {#measures .x onclick=alert(1)}\n## measures", &["iit-measures", "iit-measures-2"]);
        check("## ก {#a\"b}\n## !!!", &["iit-ก", "iit-section"]);
        check("## ผล {{ report.total }} `x` &amp; <b>", &["iit-ผล-69-38-x-b"]);
    }
}

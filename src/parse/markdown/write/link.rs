//! Links and images: the one grammar of links, applied to what Markdown found.

use super::super::flaw::Flaw;
use super::super::markup::{escape, open_tag};
use super::super::{Link, LinkType, Passage};
use super::{Open, Writer};
use crate::model::link::{LinkTarget, percent_encode};
use std::ops::Range;

impl Writer<'_> {
    /// Opens a link, but none in an image or in another link: the parser lets `[<https://…>](…)` pass, HTML does not.
    pub(super) fn start_link(&mut self, link_type: LinkType, destination: &str, range: &Range<usize>) {
        let scheme = if link_type == LinkType::Email { "mailto:" } else { "" };
        let typed = format!("{scheme}{}", self.destination(destination));
        let may_open = self.images == 0 && !self.in_anchor;
        let target = if may_open { self.target(&typed, range) } else { None };
        let Some(target) = target else {
            return self.open.push(Open::Silent);
        };
        let href = self.href(&target);
        if let Some(href) = &href {
            open_anchor(&mut self.passage().html, &target, href);
            self.in_anchor = true;
        }
        self.note_link(target, href, "", range);
        let link = self.prose.links.len() - 1;
        let Passage { html, plain } = self.passage();
        let (html, plain) = (html.len(), plain.text.len());
        self.open.push(Open::Link { link, html, plain, typed });
    }

    /// Finishes a link whose words begin at `html` and `plain`. One without words shows where it leads: readers need something to click.
    pub(super) fn end_link(&mut self, link: usize, html: usize, plain: usize, typed: &str) {
        let is_anchor = self.prose.links[link].href.is_some();
        let passage = self.passage();
        if passage.html.len() == html {
            escape(&mut passage.html, typed);
        }
        if is_anchor {
            passage.html.push_str("</a>");
            self.in_anchor = false;
        }
        self.prose.links[link].text = self.passage().plain.text[plain..].to_owned();
    }

    /// Within an image there are words only, so they are written aside and their markup is thrown away.
    pub(super) fn start_image(&mut self, destination: &str, range: &Range<usize>) {
        let typed = self.destination(destination);
        self.aside.push(Passage::new(&self.body.source));
        self.images += 1;
        self.open.push(Open::Image { typed, range: range.clone() });
    }

    pub(super) fn end_image(&mut self, typed: &str, range: &Range<usize>) {
        self.images -= 1;
        let Some(Passage { plain, .. }) = self.aside.pop() else {
            return;
        };
        if self.images == 0 {
            self.write_image(typed, plain.text.trim(), range);
        }
        self.passage().plain.append(plain);
    }

    fn write_image(&mut self, typed: &str, words: &str, range: &Range<usize>) {
        if words.is_empty() {
            self.flaw(range.clone(), Flaw::ImageWithoutText(typed.to_owned()));
        }
        let Some(target) = self.target(typed, range) else {
            return escape(&mut self.passage().html, words);
        };
        let is_picture = is_picture(&target);
        if !is_picture {
            self.flaw(range.clone(), Flaw::ImageNotAttached(typed.to_owned()));
        }
        let href = self.href(&target);
        let in_anchor = self.in_anchor;
        let html = &mut self.passage().html;
        match &href {
            Some(href) if is_picture => open_tag(html, "img", &[("src", href), ("alt", words)]),
            Some(href) if !in_anchor => {
                open_anchor(html, &target, href);
                escape(html, if words.is_empty() { typed } else { words });
                html.push_str("</a>");
            }
            _ => escape(html, words),
        }
        self.note_link(target, href, words, range);
    }

    fn note_link(&mut self, target: LinkTarget, href: Option<String>, words: &str, range: &Range<usize>) {
        let place = self.body.place(range.clone());
        self.prose.links.push(Link { target, href, text: words.to_owned(), place });
    }

    /// The destination as typed, with the values of its bindings encoded: whatever they hold, it leads nowhere else.
    fn destination(&self, typed: &str) -> String {
        self.values.insert_as(typed, percent_encode)
    }

    fn target(&mut self, typed: &str, range: &Range<usize>) -> Option<LinkTarget> {
        let target = LinkTarget::parse(typed);
        target.map_err(|error| self.flaw(range.clone(), Flaw::Link(typed.to_owned(), error))).ok()
    }

    fn href(&self, target: &LinkTarget) -> Option<String> {
        let own = match target {
            LinkTarget::Fragment(fragment) => self.outline.id(fragment).map(|id| format!("#{id}")),
            _ => target.outside(),
        };
        own.or_else(|| (self.setting.href)(target))
    }
}

fn open_anchor(html: &mut String, target: &LinkTarget, href: &str) {
    let attributes = [("href", href), ("rel", "noopener")];
    let is_foreign = matches!(target, LinkTarget::Web(_));
    open_tag(html, "a", if is_foreign { &attributes } else { &attributes[..1] });
}

/// A page asks no other site for anything, so only attached pictures are shown.
fn is_picture(target: &LinkTarget) -> bool {
    const ENDINGS: [&str; 7] = ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg"];
    let LinkTarget::Attachment(path) = target else {
        return false;
    };
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

#[cfg(test)]
mod tests {
    use super::super::super::trial::{codes, read};

    #[test]
    fn links_lead_where_they_may() {
        let check = |text: &str, expected: &str| {
            let (prose, findings) = read(text);
            assert_eq!(prose.introduction.html, format!("<p>{expected}</p>\n"), "{text}");
            assert!(findings.iter().next().is_none(), "{text}: {findings:?}");
        };
        check(
            "[ก](https://example.go.th/a?b&c \"title\")",
            "<a href=\"https://example.go.th/a?b&amp;c\" rel=\"noopener\">ก</a>",
        );
        check(
            "<https://example.go.th/ก>",
            "<a href=\"https://example.go.th/ก\" rel=\"noopener\">https://example.go.th/ก</a>",
        );
        check("<ita@example.go.th>", "<a href=\"mailto:ita@example.go.th\">ita@example.go.th</a>");
        check("[ก](tel:๐๔๔-๖๓๔๗๘๐)", "<a href=\"tel:044-634780\">ก</a>");
        check("[*ก*][r]\n\n[r]: /2565/", "<a href=\"../2565/index.html\"><em>ก</em></a>");
        check("[ก](</2565/>) [ก](/2566/)", "<a href=\"../2565/index.html\">ก</a> ก");
        check(
            "[ก <https://example.go.th>](/2565/)",
            "<a href=\"../2565/index.html\">ก https://example.go.th</a>",
        );
        check("[](files/a.pdf)", "<a href=\"../files/a.pdf\">files/a.pdf</a>");
        check("[ก](#matrix) [ข](#nowhere)", "<a href=\"#matrix\">ก</a> ข");
        check(
            "[ก](https://example.go.th/{{ agency.short_name }})",
            "<a href=\"https://example.go.th/%3Cb%3E%2A%7C_%60%22%26\" rel=\"noopener\">ก</a>",
        );
        check(
            "![ก *ข* [ค](x)\" {{ report.total }}](files/a.PNG)",
            "<img src=\"../files/a.PNG\" alt=\"ก ข ค&quot; ๖๙.๓๘\">",
        );
        check(
            "[![ก](files/a.png)](/2565/)",
            "<a href=\"../2565/index.html\"><img src=\"../files/a.png\" alt=\"ก\"></a>",
        );
        check("![ก](files/missing.png)", "ก");
    }

    #[test]
    fn fragments_reach_headings_before_and_behind() {
        let html =
            read("[ก](#ผล-สรุป) [ข](#ผล/สรุป) [ค](#own)\n\n## ผล/สรุป\n\n### ข {#own}\n").0.introduction.html;
        let to = |id: &str, text: &str| format!("<a href=\"#iit-{id}\">{text}</a>");
        assert_eq!(html, format!("<p>{} {} {}</p>\n", to("ผล-สรุป", "ก"), to("ผล-สรุป", "ข"), to("own", "ค")));
    }

    #[test]
    fn what_is_no_link_stays_text_and_is_told() {
        let check = |text: &str, expected: &str, code: &str| {
            let (prose, findings) = read(text);
            assert_eq!(prose.introduction.html, format!("<p>{expected}</p>\n"), "{text}");
            let found: Vec<&str> = codes(text, &findings).iter().map(|(code, _)| *code).collect();
            assert_eq!(found, [code], "{text}");
        };
        check("<javascript:x>", "javascript:x", "text/dangerous-link");
        check("[ก](&#106;avascript:alert%281%29)", "ก", "text/dangerous-link");
        check("[ก](<java&Tab;script:x>)", "ก", "text/dangerous-link");
        check("[ก][r]\n\n[r]: data:text/html,x", "ก", "text/dangerous-link");
        check("[ก]({{ agency.email }}:alert)", "ก", "text/dangerous-link");
        check("[ก](C:\\x.pdf)", "ก", "text/dangerous-link");
        check("[ก](www.example.go.th)", "ก", "text/dangerous-link");
        check("![ก](data:image/png;base64,x)", "ก", "text/dangerous-link");
        check("![](files/a.png)", "<img src=\"../files/a.png\" alt=\"\">", "text/image-without-text");
        check(
            "![ก](https://example.go.th/a.png)",
            "<a href=\"https://example.go.th/a.png\" rel=\"noopener\">ก</a>",
            "text/image-not-attached",
        );
        check(
            "[![ก](files/a.pdf)](/2565/)",
            "<a href=\"../2565/index.html\">ก</a>",
            "text/image-not-attached",
        );
        check("![ก](files/a.pdf)", "<a href=\"../files/a.pdf\">ก</a>", "text/image-not-attached");
    }

    #[test]
    fn links_are_listed_with_their_words_and_places() {
        let text = "[ก *ข*](/2566/) ![ค](files/a.png) [ง](javascript:x) <https://example.go.th>";
        let links = read(text).0.links;
        let found: Vec<(&str, bool, &str)> =
            links.iter().map(|link| (link.text.as_str(), link.href.is_some(), link.place.text())).collect();
        assert_eq!(
            found,
            [
                ("ก ข", false, "[ก *ข*](/2566/)"),
                ("ค", true, "![ค](files/a.png)"),
                ("https://example.go.th", true, "<https://example.go.th>"),
            ]
        );
    }
}

//! The answer sheet of a round: what is typed into ITAS for every item, as a page that prints on A4 and as CSV. Both say the same.

use super::desk::{Desk, Spot};
use super::separated::{self, Cell};
use super::{Filed, address, view};
use crate::model::date::FiscalYear;

/// The sheet in both forms, and how the page of the items leads to them.
pub(super) struct Sheet {
    /// `/2566/oit/itas/`.
    pub(super) page: Filed<view::Page>,
    /// `/2566/oit/itas.csv`.
    pub(super) csv: Filed<Vec<u8>>,
    pub(super) page_link: view::Anchor,
    pub(super) csv_link: view::Anchor,
}

/// Lays out the sheet of what the page of a round shows at `items`.
pub(super) fn pages(desk: &Desk<'_>, year: FiscalYear, items: &Spot<'_>, groups: &[view::Group]) -> Sheet {
    let printer = desk.printer;
    let page_address = format!("/{year}/oit/itas/");
    let spot = desk.spot(page_address.as_str(), Some(year));
    let base_url = desk.input.settings.base_url.as_deref();
    let groups: Vec<view::SheetGroup> = groups
        .iter()
        .map(|group| view::SheetGroup {
            number: group.number.clone(),
            name: group.name.clone(),
            items: group.items.iter().map(|item| row(item, base_url, &items.file, &spot.file)).collect(),
        })
        .collect();
    let csv = csv(&groups);
    let csv_file = format!("{}itas.csv", items.file.trim_end_matches("index.html"));
    let csv_link = |from: &str| view::Anchor {
        file: Some(printer.file("itas.csv", csv.len() as u64)),
        ..view::Anchor::inside(
            address::relative(from, &csv_file),
            printer.choose("แบบคำตอบสำหรับกรอกในระบบ ITAS", "Answer sheet for ITAS"),
        )
    };
    let page_text = printer.choose("แบบคำตอบสำหรับพิมพ์", "Answer sheet for printing");
    let page_link = desk.anchor_to(items, &page_address, page_text);
    let (name, _) = desk.names(Some(year));
    let title =
        format!("แบบคำตอบ OIT สำหรับกรอกในระบบ ITAS ประจำปีงบประมาณ พ.ศ. {} ของ{name}", printer.count(year));
    let view = view::Sheet {
        year: printer.year(year),
        absolute: base_url.is_some(),
        csv: csv_link(&spot.file),
        groups,
    };
    let page = desk.page("sheet", &spot, title, view::Body::Sheet(view));
    Sheet { page_link, csv_link: csv_link(&items.file), page: (spot.file, page), csv: (csv_file, csv) }
}

/// What is typed for an item whose links are seen from the file `from`, on a page that lies at `to`.
fn row(item: &view::Item, base_url: Option<&str>, from: &str, to: &str) -> view::SheetItem {
    let url = |answer: &view::AnswerLink| {
        let link = &answer.link;
        if link.external {
            return view::Anchor::outside(link.href.clone(), link.href.clone());
        }
        let file = address::resolved(from, &link.href);
        view::Anchor {
            download: link.download.clone(),
            ..view::Anchor::inside(address::relative(to, &file), absolute(base_url, &file))
        }
    };
    let paths = item.answers.iter().map(|answer| answer.path.join(" > ")).filter(|path| !path.is_empty());
    view::SheetItem {
        code: item.code.clone(),
        title: item.title.clone(),
        disclosed: match item.state {
            "answered" => "มี",
            "none" => "ไม่มี",
            _ => "",
        },
        state: item.state,
        urls: item.answers.iter().map(url).collect(),
        explanation: paths.chain(item.note.clone()).collect(),
    }
}

/// The address to type into ITAS. Without `base_url` our own pages can only be named from the front page on.
fn absolute(base_url: Option<&str>, file: &str) -> String {
    address::absolute(base_url.unwrap_or("/"), file)
}

/// The sheet in the columns that agencies type into ITAS: item, has or has not, addresses, explanation.
fn csv(groups: &[view::SheetGroup]) -> Vec<u8> {
    let mut csv = separated::begin();
    let header = ["item", "title", "disclosed", "urls", "explanation"];
    separated::write_row(&mut csv, header.map(Cell::Text));
    for item in groups.iter().flat_map(|group| &group.items) {
        let urls: Vec<&str> = item.urls.iter().map(|url| url.text.as_str()).collect();
        let cells = [&item.code, &item.title, item.disclosed, &urls.join("\n"), &item.explanation.join("\n")];
        separated::write_row(&mut csv, cells.map(Cell::Text));
    }
    csv.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_what_an_assessor_can_open() {
        let check = |base_url: Option<&str>, href: &str, expected: &str| {
            assert_eq!(absolute(base_url, &address::resolved("2566/oit/index.html", href)), expected);
        };
        let base_url = Some("https://example.go.th/ita/");
        check(base_url, "../../2565/index.html", "https://example.go.th/ita/2565/");
        check(base_url, "../files/a.pdf", "https://example.go.th/ita/2566/files/a.pdf");
        check(None, "../../2565/measures/index.html", "/2565/measures/");
    }
}

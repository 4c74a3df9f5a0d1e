//! The latest result for other sites, such as the agency's main one: a card that may be framed, and a badge as a picture. Both stay at
//! their addresses whatever year is the latest.

use super::chart::push_escaped;
use super::desk::Desk;
use super::printer::Printer;
use super::{Filed, address, home, view};
use crate::language::Language;
use crate::model::summary::RoundSummary;

/// Lays out the card, and draws the badge.
pub(super) fn page(desk: &Desk<'_>) -> (Filed<view::Page>, Filed<Vec<u8>>) {
    let spot = desk.spot("/card/", None);
    let to = |address: &str| desk.to_address(&spot, address);
    let latest = desk.input.summary.latest();
    let view = view::Card {
        latest: latest.map(|(year, round)| home::card(desk.printer, year, round, &to)),
        front: to("/"),
    };
    let title = name(desk);
    let badge_file = spot.file.replace("index.html", "badge.svg");
    let year = latest.map(|(year, _)| desk.printer.count(year));
    let badge = badge(year.as_deref(), latest.map(|(_, round)| round), &title, desk.printer);
    let page = desk.page("card", &spot, title, view::Body::Card(view));
    ((spot.file, page), (badge_file, badge.into_bytes()))
}

/// What other sites have to write to show card or badge; nothing where nobody knows the address of this one.
pub(super) fn embedding(desk: &Desk<'_>) -> Option<view::Embedding> {
    let base_url = desk.input.settings.base_url.as_deref()?;
    let spot = desk.spot("/card/", None);
    let card = address::absolute(base_url, &spot.file);
    let front = address::absolute(base_url, &address::file_of(&desk.prefix, "/"));
    let mut title = String::new();
    push_escaped(&mut title, &name(desk));
    Some(view::Embedding {
        card: format!(
            "<iframe src=\"{card}\" title=\"{title}\" width=\"400\" height=\"520\" style=\"border:0\"></iframe>"
        ),
        badge: format!(
            "<a href=\"{front}\"><img src=\"{card}badge.svg\" alt=\"{title}\" width=\"240\" height=\"64\"></a>"
        ),
    })
}

fn name(desk: &Desk<'_>) -> String {
    let (name, _) = desk.names(None);
    format!("{}{name}", desk.printer.choose("ผลการประเมิน ITA ", "ITA result of "))
}

/// A picture that brings its own colours, since it stands on pages of others: year on the left, total and level on the right.
fn badge(year: Option<&str>, round: Option<&RoundSummary>, title: &str, printer: Printer) -> String {
    let mut escaped_title = String::new();
    push_escaped(&mut escaped_title, title);
    let not_announced = printer.choose("ยังไม่ประกาศผล", "not announced");
    let total = round.and_then(|round| round.total).map(|total| printer.score(total));
    let level = round.and_then(|round| round.level.as_deref()).map(|level| match printer.language {
        Language::Thai => format!("ระดับ {level}"),
        Language::English => format!("level {level}"),
    });
    let mut first = String::new();
    push_escaped(&mut first, total.as_deref().unwrap_or(not_announced));
    let mut second = String::new();
    push_escaped(&mut second, level.as_deref().unwrap_or_default());
    let size = if total.is_some() { 26 } else { 16 };
    let year = year.unwrap_or_default();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"240\" height=\"64\" viewBox=\"0 0 240 64\" role=\"img\" \
         aria-label=\"{escaped_title} {year} {first} {second}\" \
         font-family=\"Sarabun,'Noto Sans Thai','Leelawadee UI',Thonburi,sans-serif\" text-anchor=\"middle\">\
         <title>{escaped_title} {year} {first} {second}</title>\
         <rect x=\".5\" y=\".5\" width=\"239\" height=\"63\" rx=\"4\" fill=\"#fff\" stroke=\"#0a4f48\"/>\
         <path d=\"M4.5.5H84v63H4.5a4 4 0 0 1-4-4v-55a4 4 0 0 1 4-4z\" fill=\"#0a4f48\"/>\
         <g fill=\"#fff\"><text x=\"42\" y=\"30\" font-size=\"20\" font-weight=\"700\">ITA</text>\
         <text x=\"42\" y=\"51\" font-size=\"16\">{year}</text></g>\
         <g fill=\"#1c2625\"><text x=\"162\" y=\"34\" font-size=\"{size}\" font-weight=\"700\">{first}</text>\
         <text x=\"162\" y=\"54\" font-size=\"14\">{second}</text></g></svg>\n"
    )
}

//! The items of a round: what is answered where, what is open and what that costs.

use super::desk::{Desk, Spot};
use super::{Filed, address, sheet, view};
use crate::finding::catalog::disclosure as catalog;
use crate::finding::stake::Stake;
use crate::framework::{Framework, Group, Item, ResultsFrom, Sure};
use crate::model::number::Exact;
use crate::model::{Answer, AnswersFor, Disclosure, ItemCode, Link, Round};
use crate::source::Place;
use std::collections::{BTreeMap, BTreeSet};

/// How an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ItemState {
    /// Disclosed at one address or more.
    Answered,
    /// The agency says that it has none.
    None,
    /// Demanded here and not answered.
    Open,
    /// Not demanded here: the agency answers it on its main site.
    Elsewhere,
}

impl ItemState {
    /// As pages and data name it.
    pub(super) fn code(self) -> &'static str {
        match self {
            ItemState::Answered => "answered",
            ItemState::None => "none",
            ItemState::Open => "open",
            ItemState::Elsewhere => "elsewhere",
        }
    }
}

/// Answers that the site gives by itself: addresses of its own pages for the two items that it exists for.
pub(super) type OwnAnswers = BTreeMap<ItemCode, Vec<String>>;

/// How every listed item of a round stands; for the summary and for the page.
pub(super) fn states(
    round: &Round,
    framework: &Framework,
    has_page: &dyn Fn(&str) -> bool,
) -> BTreeMap<ItemCode, ItemState> {
    let Some(disclosure) = &round.disclosure else { return BTreeMap::new() };
    let own = own_answers(round, framework, has_page);
    let state = |code: ItemCode| match disclosure.items.get(&code).map(|answer| &answer.value) {
        Some(Answer::Links(..)) => ItemState::Answered,
        Some(Answer::None(_)) => ItemState::None,
        None if own.contains_key(&code) => ItemState::Answered,
        None if is_demanded(code, disclosure, framework) => ItemState::Open,
        None => ItemState::Elsewhere,
    };
    let mut codes: Vec<ItemCode> = framework.items().map(|(_, code, _)| code).collect();
    codes.extend(disclosure.items.keys());
    codes.into_iter().map(|code| (code, state(code))).collect()
}

/// What is published of a round: its page, and its answer sheet as page and as CSV.
pub(super) struct Pages {
    /// The list of items, and the sheet.
    pub(super) pages: [Filed<view::Page>; 2],
    /// `itas.csv`.
    pub(super) csv: Filed<Vec<u8>>,
}

/// Lays out the items of a round.
pub(super) fn pages(desk: &Desk<'_>, round: &Round) -> Option<Pages> {
    let framework = desk.framework(round.year)?;
    let disclosure = round.disclosure.as_ref()?;
    let spot = desk.spot(format!("/{}/oit/", round.year), Some(round.year));
    let printer = desk.printer;
    let has_page = |address: &str| desk.has_page(address);
    let states = states(round, framework, &has_page);
    let own = own_answers(round, framework, &has_page);
    let item = |code: ItemCode, listed: Option<&Item>| {
        item(desk, &spot, disclosure, framework, &own, (code, listed), states.get(&code).copied())
    };
    let mut groups: Vec<view::Group> =
        framework.groups.iter().map(|group| view_of_group(desk, group, &item)).collect();
    groups.extend(unlisted(framework, &states).map(|items| view::Group {
        number: String::new(),
        id: "unlisted".to_owned(),
        name: Some(printer.choose("ข้ออื่น ๆ", "Other items").to_owned()),
        items: items.into_iter().map(|code| item(code, None)).collect(),
    }));
    let open: Vec<ItemCode> =
        states.iter().filter(|(_, state)| **state == ItemState::Open).map(|(code, _)| *code).collect();
    for code in &open {
        let Some(place) = place_of_open(*code, disclosure) else { continue };
        let title = framework.item(*code).map_or("", |item| item.title.as_str());
        let missing = own_pages(round, framework).remove(code).and_then(|pages| pages.into_iter().next());
        let source = missing.and_then(|page| address::source_of(&desk.prefix, &page));
        let finding = catalog::unanswered_item(place, &code.to_string(), title, stake(*code, framework));
        desk.findings.borrow_mut().add(finding.hinges_on(source));
    }
    let answered = states.values().filter(|state| **state == ItemState::Answered).count();
    let at_stake = open.iter().map(|code| framework.item_points(*code)).collect::<Option<Vec<_>>>();
    let at_stake = at_stake.filter(|points| !points.is_empty());
    let sheet = sheet::pages(desk, round.year, &spot, &groups);
    let count = |wanted: ItemState| {
        let count = states.values().filter(|state| **state == wanted).count();
        (count > 0).then(|| printer.count(count))
    };
    let view = view::Round {
        year: printer.year(round.year),
        items_total: framework.items_total.map(|total| printer.count(total)),
        complete: framework.is_complete(),
        answered: printer.count(answered),
        open: printer.count(open.len()),
        has_open: !open.is_empty(),
        points_at_stake: at_stake
            .map(|points| printer.rounded(points.into_iter().fold(Exact::ZERO, |sum, one| sum + one))),
        points_inferred: framework.item_weight_sure == Some(Sure::Inferred),
        none: count(ItemState::None),
        elsewhere: count(ItemState::Elsewhere),
        groups,
        sheet: Some(sheet.csv_link),
        sheet_page: Some(sheet.page_link),
    };
    let (name, _) = desk.names(Some(round.year));
    let year = printer.count(round.year);
    let title = format!("การเปิดเผยข้อมูลสาธารณะ (OIT) ประจำปีงบประมาณ พ.ศ. {year} ของ{name}");
    let page = desk.page("round", &spot, title, view::Body::Round(view));
    Some(Pages { pages: [(spot.file, page), sheet.page], csv: sheet.csv })
}

/// What is lost with an item, where the year's rule is known.
pub(super) fn stake(item: ItemCode, framework: &Framework) -> Option<Stake> {
    Some(Stake { round: framework.year, item, points: framework.item_points(item)? })
}

/// The addresses of our own pages that answer the two items of `roles` when their keys are left out.
pub(super) fn own_answers(
    round: &Round,
    framework: &Framework,
    has_page: &dyn Fn(&str) -> bool,
) -> OwnAnswers {
    let existing = |(code, pages): (ItemCode, Vec<String>)| {
        let pages: Vec<String> = pages.into_iter().filter(|page| has_page(page)).collect();
        (!pages.is_empty()).then_some((code, pages))
    };
    own_pages(round, framework).into_iter().filter_map(existing).collect()
}

/// The pages that answer these items once they are made.
fn own_pages(round: &Round, framework: &Framework) -> OwnAnswers {
    let Some(roles) = &framework.roles else { return OwnAnswers::new() };
    let before = round.year.previous();
    // Measures of year Y follow from the result of Y−1, so their results stand under the folder of Y−1.
    let results_folder = match roles.results_from.unwrap_or_default() {
        ResultsFrom::Same => before,
        ResultsFrom::Previous => before.previous(),
    };
    let analysis = vec![format!("/{before}/"), format!("/{before}/measures/")];
    let results = vec![format!("/{results_folder}/results/")];
    let pages = [(roles.analysis, analysis), (roles.results, results)];
    pages.into_iter().filter_map(|(code, pages)| Some((code?, pages))).collect()
}

fn is_demanded(code: ItemCode, disclosure: &Disclosure, framework: &Framework) -> bool {
    match &disclosure.answers_for {
        Some(AnswersFor::All) => true,
        Some(AnswersFor::Items(items)) => items.iter().any(|item| item.value == code),
        None => framework.roles.iter().any(|roles| [roles.analysis, roles.results].contains(&Some(code))),
    }
}

/// Where an open item is reported: its own key, which waits for the answer, or what demands it. Nowhere if its answer cannot be read, since
/// that is a finding of its own.
fn place_of_open(code: ItemCode, disclosure: &Disclosure) -> Option<&Place> {
    if let Some(blank) = disclosure.blanks.get(&code) {
        return blank.is_empty.then_some(&blank.place);
    }
    let demanded = match &disclosure.answers_for {
        Some(AnswersFor::Items(items)) => items.iter().find(|item| item.value == code),
        _ => None,
    };
    Some(demanded.map_or(&disclosure.place, |item| &item.place))
}

/// Answered items that the incomplete catalogue of a year does not list.
fn unlisted(framework: &Framework, states: &BTreeMap<ItemCode, ItemState>) -> Option<Vec<ItemCode>> {
    let listed: BTreeSet<ItemCode> = framework.items().map(|(_, code, _)| code).collect();
    let others: Vec<ItemCode> = states.keys().filter(|code| !listed.contains(code)).copied().collect();
    (!others.is_empty()).then_some(others)
}

fn view_of_group(
    desk: &Desk<'_>,
    group: &Group,
    item: &dyn Fn(ItemCode, Option<&Item>) -> view::Item,
) -> view::Group {
    view::Group {
        number: desk.printer.count(&group.id),
        id: group.id.replace('.', "-"),
        name: group.name.clone(),
        items: group.items.iter().map(|(code, listed)| item(*code, Some(listed))).collect(),
    }
}

fn item(
    desk: &Desk<'_>,
    spot: &Spot<'_>,
    disclosure: &Disclosure,
    framework: &Framework,
    own: &OwnAnswers,
    (code, listed): (ItemCode, Option<&Item>),
    state: Option<ItemState>,
) -> view::Item {
    let printer = desk.printer;
    let name = code.to_string();
    let title = listed.map_or_else(|| name.clone(), |item| item.title.clone());
    let (answers, note) = match disclosure.items.get(&code).map(|answer| &answer.value) {
        Some(Answer::Links(links, note)) => {
            let answers = links.iter().filter_map(|link| answer(desk, spot, link, &title)).collect();
            (answers, note.as_ref().map(|note| note.value.clone()))
        }
        Some(Answer::None(reason)) => (Vec::new(), Some(reason.value.clone())),
        None => (own.get(&code).map(|addresses| own_links(desk, spot, addresses)).unwrap_or_default(), None),
    };
    let state = state.unwrap_or(ItemState::Elsewhere);
    let (th, en) = match state {
        ItemState::Answered => ("เปิดเผยแล้ว", "disclosed"),
        ItemState::None => ("หน่วยงานแจ้งว่าไม่มี", "the agency has none"),
        ItemState::Open => ("ยังไม่เปิดเผย", "not disclosed yet"),
        ItemState::Elsewhere => ("ที่เว็บไซต์หลัก", "on the main site"),
    };
    view::Item {
        id: name.to_lowercase(),
        code: name,
        title,
        inferred: listed.is_some_and(|item| item.sure == Some(Sure::Inferred)),
        state: state.code(),
        state_text: printer.choose(th, en).to_owned(),
        answers,
        note,
        points: framework.item_points(code).map(|points| printer.rounded(points)),
    }
}

fn answer(desk: &Desk<'_>, spot: &Spot<'_>, link: &Link, title: &str) -> Option<view::AnswerLink> {
    use crate::model::link::LinkTarget;
    let anchor = desk.anchor(spot, link, Some(title))?;
    let path = match &link.target {
        LinkTarget::Page { address, .. } if link.path.is_empty() => click_path(desk, address),
        _ => link.path.clone(),
    };
    Some(view::AnswerLink { link: anchor, path })
}

fn own_links(desk: &Desk<'_>, spot: &Spot<'_>, addresses: &[String]) -> Vec<view::AnswerLink> {
    let link = |address: &String| {
        let path = click_path(desk, address);
        let text = path.last().cloned().unwrap_or_default();
        view::AnswerLink { link: desk.anchor_to(spot, address, text), path }
    };
    addresses.iter().map(link).collect()
}

/// From the agency's main site to one of our pages: its own menu, then the names by which this site leads there.
fn click_path(desk: &Desk<'_>, address: &str) -> Vec<String> {
    let main_site = desk.input.content.agency.main_site.as_ref();
    let mut path = main_site.map(|site| site.path.clone()).unwrap_or_else(|| vec!["หน้าแรก".to_owned()]);
    path.extend((address != "/").then(|| desk.short_title(address)));
    path
}

//! The front page of an agency, its further pages, and the page that stands for a round with an error.

use super::desk::{self, Desk, Spot};
use super::narrative::{self, Whole};
use super::printer::Printer;
use super::{Filed, chart, report, trend, view};
use crate::language::Language;
use crate::model::date::FiscalYear;
use crate::model::summary::{AgencySummary, RoundSummary};
use crate::model::{Given, Narrative, State};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The order in which states are counted: what is finished first.
const STATES: [State; 4] = [State::Done, State::Ongoing, State::Planned, State::Cancelled];

/// States of which something was done.
const DRAWN_FULL: [&str; 2] = ["done", "ongoing"];

/// Lays out the front page. Its narrative speaks of the latest announced year.
pub(super) fn page(desk: &Desk<'_>) -> Filed<view::Page> {
    let spot = desk.spot("/", None);
    desk.check_profile(&spot);
    let latest = desk.input.summary.latest();
    let round = latest.and_then(|(year, _)| desk.input.content.rounds.get(&year)).map(Arc::as_ref);
    let index = desk.input.content.index.as_ref();
    let prose = index.map(|index| desk.prose(&index.body, &spot, "index", 2, round, desk.printer));
    let Whole { html, footnotes_html } = prose.map(narrative::whole).unwrap_or_default();
    let to = |address: &str| desk.to_address(&spot, address);
    let reports = desk.input.summary.rounds.iter().rev().filter(|(_, round)| round.pages.report);
    let rounds = desk.input.summary.rounds.iter().rev().filter(|(_, round)| round.pages.round);
    let view = view::Home {
        html,
        footnotes_html,
        latest: latest.map(|(year, round)| card(desk.printer, year, round, &to)),
        change: round.and_then(|round| report::change(desk, round)),
        chart: trend::chart(desk),
        trend: desk.link(&spot, trend::ADDRESS, "เปรียบเทียบผลการประเมินทุกปี", "All years side by side"),
        measures: measures_glance(desk, &spot),
        reports: reports.map(|(year, round)| card(desk.printer, *year, round, &to)).collect(),
        rounds: rounds
            .map(|(year, round)| view::RoundLink {
                year: desk.printer.year(*year),
                href: to(&format!("/{year}/oit/")),
                answered: desk.printer.count(round.answered),
                items: desk.printer.count(round.items),
            })
            .collect(),
        card: desk.anchor_to(
            &spot,
            "/card/",
            desk.printer.choose("การ์ดผลการประเมินสำหรับเว็บไซต์อื่น", "The result as a card for other sites"),
        ),
        feed: None,
    };
    let given = index.and_then(|index| index.title.as_ref()).map(|title| title.value.clone());
    let title = given.unwrap_or_else(|| desk.input.content.agency.profile.name.value.clone());
    let own = index.and_then(|index| index.updated.as_ref().or(index.date.as_ref())).map(|date| date.value);
    let newest = desk::newest(desk.input.summary.rounds.values().map(|round| round.updated));
    let page = view::Page {
        updated: own.max(newest).map(|date| desk.printer.date(date)),
        office: index.and_then(|index| index.office.as_ref().map(Given::bare)),
        files: index.map(|index| desk.anchors(&spot, &index.files, None)).unwrap_or_default(),
        ..desk.page("home", &spot, title, view::Body::Home(Box::new(view)))
    };
    (spot.file, page)
}

/// A year at a glance, for any list of years.
pub(super) fn card(
    printer: Printer,
    year: FiscalYear,
    round: &RoundSummary,
    to: &dyn Fn(&str) -> String,
) -> view::RoundCard {
    let link = |has: bool, name: &str, th: &str, en: &str| {
        has.then(|| view::Anchor::inside(to(&format!("/{year}/{name}/")), printer.choose(th, en)))
    };
    view::RoundCard {
        year: printer.year(year),
        href: to(&format!("/{year}/")),
        total: round.total.map(|total| printer.score(total)),
        level: round.level.clone(),
        pass: round.pass,
        announced: round.announced.map(|date| printer.date(date)),
        measures: link(round.pages.measures, "measures", "มาตรการ", "Measures"),
        results: link(round.pages.results, "results", "ผลการดำเนินการ", "Results"),
        states: state_counts(printer, &round.measures),
    }
}

/// How many measures stand in each state; only states that occur.
pub(super) fn state_counts(
    printer: Printer,
    counts: &BTreeMap<Option<State>, usize>,
) -> Vec<view::StateCount> {
    let count = |state: &State| {
        let count = counts.get(&Some(*state))?;
        Some(view::StateCount { state: printer.state(*state), count: printer.count(count) })
    };
    STATES.iter().filter_map(count).collect()
}

/// How many measures of a round stand in each state.
fn states(printer: Printer, round: &RoundSummary) -> Vec<(view::StateCount, usize)> {
    let not_reported = || view::State {
        code: "none",
        text: printer.choose("ยังไม่มีรายงานผล", "no report yet").to_owned(),
    };
    let states = STATES.into_iter().map(Some).chain([None]).filter_map(|state| {
        let count = *round.measures.get(&state)?;
        let state = state.map_or_else(not_reported, |state| printer.state(state));
        Some((view::StateCount { state, count: printer.count(count) }, count))
    });
    states.collect()
}

/// How far the newest measures are, as one bar.
fn measures_glance(desk: &Desk<'_>, spot: &Spot<'_>) -> Option<view::MeasuresGlance> {
    let printer = desk.printer;
    let (year, round) =
        desk.input.summary.rounds.iter().rev().find(|(_, round)| !round.measures.is_empty())?;
    let states = states(printer, round);
    let of_state =
        |code| states.iter().find(|(state, _)| state.state.code == code).map_or(0, |(_, count)| *count);
    let all: usize = states.iter().map(|(_, count)| count).sum();
    let (done, of) = (printer.count(of_state(State::Done.code())), printer.count(all));
    let parts = states.iter().map(|(state, count)| {
        let class = state.state.code;
        chart::Part { class, count: *count, is_full: DRAWN_FULL.contains(&class) }
    });
    let parts: Vec<chart::Part<'_>> = parts.collect();
    let title = match printer.language {
        Language::Thai => format!("เสร็จแล้ว {done} จาก {of} มาตรการ"),
        Language::English => format!("{done} of {of} measures are done"),
    };
    let measures_year = printer.year(year.next());
    let subtitle = match printer.language {
        Language::Thai => format!("สถานะตามรายงานครั้งล่าสุด ปีงบประมาณ พ.ศ. {}", measures_year.text),
        Language::English => format!("as last reported, fiscal year {}", measures_year.text),
    };
    Some(view::MeasuresGlance {
        year: measures_year,
        chart: view::Chart {
            svg_html: chart::shares(&parts, &format!("{title} {subtitle}")),
            title,
            subtitle,
            key: String::new(),
        },
        states: states.into_iter().map(|(state, _)| state).collect(),
        measures: desk.link(spot, &format!("/{year}/measures/"), "ตารางมาตรการ", "Table of measures")?,
        results: desk.link(spot, &format!("/{year}/results/"), "ผลการดำเนินการ", "Results"),
    })
}

/// The newest announced result of an agency, for a portal's list.
pub(super) fn latest_card(
    printer: Printer,
    summary: &AgencySummary,
    to: &dyn Fn(&str) -> String,
) -> Option<view::RoundCard> {
    summary.latest().map(|(year, round)| card(printer, year, round, to))
}

/// Lays out `pages/<id>.md`. It may speak of the agency only.
pub(super) fn further_page(desk: &Desk<'_>, id: &str, narrative: &Narrative) -> Filed<view::Page> {
    let spot = desk.spot(format!("/pages/{id}/"), None);
    let prose = desk.prose(&narrative.body, &spot, id, 2, None, desk.printer);
    let title = narrative.title.as_ref().map_or_else(|| id.to_owned(), |title| title.value.clone());
    let date = narrative.date.as_ref().map(|date| desk.printer.date(date.value));
    let updated = narrative.updated.as_ref().or(narrative.date.as_ref());
    let page = view::Page {
        updated: updated.map(|date| desk.printer.date(date.value)),
        office: narrative.office.as_ref().map(Given::bare),
        files: desk.anchors(&spot, &narrative.files, None),
        ..desk.page("page", &spot, title, view::Body::Text(narrative::text(date, prose)))
    };
    (spot.file, page)
}

/// The address of a round that cannot be shown truthfully says so.
pub(super) fn left_out(desk: &Desk<'_>, year: FiscalYear) -> Filed<view::Page> {
    let printer = desk.printer;
    let text = printer.choose(
        "รายงานของปีนี้ยังไม่เผยแพร่ เนื่องจากข้อมูลต้นฉบับยังมีข้อผิดพลาดที่หน่วยงานต้องแก้ไข",
        "The report of this year is not published yet: its sources hold an error that the agency has to mend.",
    );
    let text = view::Text {
        date: None,
        html: format!("<p>{text}</p>"),
        sections: Vec::new(),
        footnotes_html: String::new(),
    };
    let title = format!(
        "{} {}",
        printer.choose("ผลการประเมิน ประจำปีงบประมาณ พ.ศ.", "Fiscal year"),
        printer.count(year)
    );
    let spot = desk.spot(format!("/{year}/"), Some(year));
    let page = desk.page("page", &spot, title, view::Body::Text(text));
    (spot.file, page)
}

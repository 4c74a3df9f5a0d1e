//! The measures table of the five columns, and what became of the measures.

use super::desk::{self, Desk, Spot};
use super::report::Indicators;
use super::stage::{self, Stage};
use super::{Filed, address, timeline, view};
use crate::model::date::{Date, FiscalYear};
use crate::model::link::LinkTarget;
use crate::model::{Decided, Given, Link, Measure, MeasurePlan, Progress, Round};

/// Lays out the measures page, and the results page once there is a report of what was done.
pub(super) fn pages(
    desk: &Desk<'_>,
    round: &Round,
    indicators: &Indicators,
    accepted: &[view::Accepted],
) -> Vec<Filed<view::Page>> {
    let Some(plan) = &round.measures else { return Vec::new() };
    let rows = plan.measures.iter().enumerate();
    let year = plan.fiscal_year.value;
    let rows: Vec<_> = rows.map(|(index, measure)| row(desk, index, measure, year, indicators)).collect();
    if address::pages_of(round, desk.input.frameworks).results {
        vec![table(desk, round, plan, rows.clone(), accepted), results(desk, round, plan, rows)]
    } else {
        vec![table(desk, round, plan, rows, accepted)]
    }
}

/// The newest date in the measures: of the decision, or of a report.
pub(super) fn updated(round: &Round) -> Option<Date> {
    let plan = round.measures.as_ref()?;
    let decided = plan.decided.as_ref().and_then(|decided| decided.date.as_ref()).map(|date| date.value);
    let results =
        plan.measures.iter().flat_map(|measure| &measure.results).map(|result| Some(result.date.value));
    desk::newest(std::iter::once(decided).chain(results))
}

/// The measures page. What is wrong with a link of the decision is found here, and what was accepted stands here.
fn table(
    desk: &Desk<'_>,
    round: &Round,
    plan: &MeasurePlan,
    mut rows: Vec<view::Measure>,
    accepted: &[view::Accepted],
) -> Filed<view::Page> {
    let spot = desk.spot(format!("/{}/measures/", round.year), Some(round.year));
    for (row, measure) in rows.iter_mut().zip(&plan.measures) {
        let of_measure = accepted.iter().filter(|one| one.measure.as_ref() == Some(&measure.id));
        row.accepted = of_measure.cloned().collect();
    }
    let minutes = desk.printer.choose("หลักฐานการพิจารณามาตรการ", "Record of the decision");
    let evidence = plan.decided.as_ref().map(|decided| desk.anchors(&spot, &decided.evidence, Some(minutes)));
    let view = view::Measures {
        evidence: evidence.unwrap_or_default(),
        timeline: timeline::timeline(&plan.measures, plan.fiscal_year.value, desk.printer),
        other: desk.link(&spot, &format!("/{}/results/", round.year), "ผลการดำเนินการ", "Results"),
        ..measures(desk, round, plan, &spot, rows)
    };
    page(desk, round, plan, spot, "measures", "", view::Body::Measures(view))
}

/// The results page. Only it shows what was done, so only here broken evidence is found.
fn results(
    desk: &Desk<'_>,
    round: &Round,
    plan: &MeasurePlan,
    mut rows: Vec<view::Measure>,
) -> Filed<view::Page> {
    let spot = desk.spot(format!("/{}/results/", round.year), Some(round.year));
    let evidence = desk.printer.choose("หลักฐานการดำเนินการ", "Evidence");
    let year = plan.fiscal_year.value;
    let stages = stage::reached(&plan.measures, year);
    for (row, measure) in rows.iter_mut().zip(&plan.measures) {
        for (shown, result) in row.results.iter_mut().zip(by_date(measure)) {
            shown.evidence = desk.anchors(&spot, &result.evidence, label_unless_file(result, evidence));
        }
        let states = stages.iter().map(|stage| stage.state(measure, year));
        row.stage_states = states.map(|state| state.map(|state| desk.printer.state(state))).collect();
    }
    let view = view::Measures {
        stages: stage::views(&plan.measures, year, desk.printer),
        other: desk.link(&spot, &format!("/{}/measures/", round.year), "มาตรการ", "Measures"),
        ..measures(desk, round, plan, &spot, rows)
    };
    page(desk, round, plan, spot, "results", "ผลการดำเนินการตาม", view::Body::Results(view))
}

/// What both pages show, without evidence and without the way to the other one.
fn measures(
    desk: &Desk<'_>,
    round: &Round,
    plan: &MeasurePlan,
    spot: &Spot<'_>,
    mut rows: Vec<view::Measure>,
) -> view::Measures {
    let printer = desk.printer;
    let table = desk.to_address(spot, &format!("/{}/measures/", round.year));
    for row in &mut rows {
        row.href = format!("{table}#{}", row.id);
    }
    view::Measures {
        year: printer.year(round.year),
        measures_year: printer.year(plan.fiscal_year.value),
        lead: plan.decided.as_ref().map(|decided| lead(desk, round, plan, decided)),
        evidence: Vec::new(),
        rows,
        timeline: None,
        stages: Vec::new(),
        report: desk.anchor_to(
            spot,
            &format!("/{}/", round.year),
            printer.choose("รายงานการวิเคราะห์", "Analysis report"),
        ),
        other: None,
    }
}

fn page(
    desk: &Desk<'_>,
    round: &Round,
    plan: &MeasurePlan,
    spot: Spot<'_>,
    kind: &'static str,
    what_of: &str,
    body: view::Body,
) -> Filed<view::Page> {
    let (agency, _) = desk.names(Some(round.year));
    let year = desk.printer.count(plan.fiscal_year.value);
    let title = format!(
        "{what_of}มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน ประจำปีงบประมาณ พ.ศ. {year} ของ{agency}"
    );
    let page = view::Page {
        updated: updated(round).map(|date| desk.printer.date(date)),
        office: round.report.as_ref().and_then(|report| report.office.as_ref().map(Given::bare)),
        ..desk.page(kind, &spot, title, body)
    };
    (spot.file, page)
}

/// The sentence before the table, as offices write it.
fn lead(desk: &Desk<'_>, round: &Round, plan: &MeasurePlan, decided: &Decided) -> String {
    let (agency, _) = desk.names(Some(round.year));
    let year = desk.printer.count(plan.fiscal_year.value);
    let by = decided.by.as_ref().map_or(String::new(), |by| format!("จาก{} ", by.value));
    let date = decided
        .date
        .as_ref()
        .map_or(String::new(), |date| format!("เมื่อวันที่ {} ", desk.printer.date(date.value).text));
    let who = decided.who.as_ref().map_or("", |who| who.as_str());
    format!(
        "{by}{date}{who}ได้ร่วมกันพิจารณาเพื่อกำหนดมาตรการส่งเสริมคุณธรรมและความโปร่งใสของ{agency} ประจำปีงบประมาณ พ.ศ. {year} ดังนี้"
    )
}

/// A row of the table as it is on either page; what differs is filled in there.
fn row(
    desk: &Desk<'_>,
    index: usize,
    measure: &Measure,
    year: FiscalYear,
    indicators: &Indicators,
) -> view::Measure {
    let printer = desk.printer;
    let texts = |items: &[Given<String>]| items.iter().map(|item| item.value.clone()).collect::<Vec<_>>();
    let state = |state| printer.state(state);
    let answered = measure.addresses.iter().filter_map(|number| indicators.get(&number.value));
    let items = 1..=measure.measure.len();
    view::Measure {
        id: format!("m-{}", measure.id),
        number: printer.count(index + 1),
        title: measure.short_title().to_owned(),
        indicators: answered.cloned().collect(),
        items: texts(&measure.measure),
        steps: texts(&measure.steps),
        responsible: texts(&measure.responsible),
        period: measure.period.as_ref().map(|period| printer.period(period.value)),
        follow_up: measure.follow_up.as_ref().map(|follow_up| follow_up.text.value.clone()),
        state: measure.state().map(state),
        item_states: items.map(|item| measure.item_state(item).map(state)).collect(),
        stage_states: Vec::new(),
        results: reports(desk, measure, year),
        accepted: Vec::new(),
        href: String::new(),
    }
}

/// The reports of a measure by date. Each has an address that stays when later ones come.
fn reports(desk: &Desk<'_>, measure: &Measure, year: FiscalYear) -> Vec<view::Progress> {
    let mut reports: Vec<view::Progress> = Vec::new();
    for result in by_date(measure) {
        let date = result.date.value.iso();
        let of_day = reports.iter().filter(|earlier| earlier.date.iso == date).count();
        let id = match of_day {
            0 => format!("r-{}-{date}", measure.id),
            _ => format!("r-{}-{date}-{}", measure.id, of_day + 1),
        };
        reports.push(progress(desk, id, result, year));
    }
    reports
}

fn progress(desk: &Desk<'_>, id: String, result: &Progress, year: FiscalYear) -> view::Progress {
    view::Progress {
        id,
        stage: Stage::of(result.date.value, year).code(),
        date: desk.printer.date(result.date.value),
        state: desk.printer.state(result.state.value),
        of: result.of.iter().map(|of| desk.printer.count(of.value)).collect(),
        summary: result.summary.value.clone(),
        evidence: Vec::new(),
    }
}

/// Reports in the order in which they are shown.
pub(super) fn by_date(measure: &Measure) -> Vec<&Progress> {
    let mut results: Vec<&Progress> = measure.results.iter().collect();
    results.sort_by_key(|result| result.date.value);
    results
}

/// A file says by its own name what it is; only other links need a common word.
fn label_unless_file<'a>(result: &Progress, label: &'a str) -> Option<&'a str> {
    let is_file = |link: &Link| matches!(link.target, LinkTarget::Attachment(_));
    (!result.evidence.iter().any(is_file)).then_some(label)
}

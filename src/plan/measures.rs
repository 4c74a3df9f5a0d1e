//! The measures table of the five columns, and what became of the measures.

use super::desk::{self, Desk, Spot};
use super::{Filed, address, report, view};
use crate::model::date::Date;
use crate::model::{Decided, Given, Measure, MeasurePlan, Progress, Round};

/// Lays out the measures page, and the results page once there is a report of what was done.
pub(super) fn pages(desk: &Desk<'_>, round: &Round, accepted: &[view::Accepted]) -> Vec<Filed<view::Page>> {
    let Some(plan) = &round.measures else { return Vec::new() };
    let has_results = address::pages_of(round, desk.input.frameworks).results;
    let mut pages = vec![page(desk, round, plan, accepted, false)];
    pages.extend(has_results.then(|| page(desk, round, plan, &[], true)));
    pages
}

/// The newest date in the measures: of the decision, or of a report.
pub(super) fn updated(round: &Round) -> Option<Date> {
    let plan = round.measures.as_ref()?;
    let decided = plan.decided.as_ref().and_then(|decided| decided.date.as_ref()).map(|date| date.value);
    let results =
        plan.measures.iter().flat_map(|measure| &measure.results).map(|result| Some(result.date.value));
    desk::newest(std::iter::once(decided).chain(results))
}

fn page(
    desk: &Desk<'_>,
    round: &Round,
    plan: &MeasurePlan,
    accepted: &[view::Accepted],
    of_results: bool,
) -> Filed<view::Page> {
    let printer = desk.printer;
    let (name, kind) = if of_results { ("results/", "results") } else { ("measures/", "measures") };
    let spot = desk.spot(format!("/{}/{name}", round.year), Some(round.year));
    let other = if of_results {
        ("measures/", "มาตรการ", "Measures")
    } else {
        ("results/", "ผลการดำเนินการ", "Results")
    };
    let other_address = format!("/{}/{}", round.year, other.0);
    let row = |(index, measure): (usize, &Measure)| row(desk, round, &spot, index, measure, accepted);
    // What is wrong with a link of the decision is found on the measures page.
    let evidence = plan.decided.as_ref().filter(|_| !of_results);
    let minutes = printer.choose("หลักฐานการพิจารณามาตรการ", "Record of the decision");
    let view = view::Measures {
        year: printer.year(round.year),
        measures_year: printer.year(plan.fiscal_year.value),
        lead: plan.decided.as_ref().map(|decided| lead(desk, round, plan, decided)),
        evidence: evidence
            .map(|decided| desk.anchors(&spot, &decided.evidence, Some(minutes)))
            .unwrap_or_default(),
        rows: plan.measures.iter().enumerate().map(row).collect(),
        report: desk.anchor_to(
            &spot,
            &format!("/{}/", round.year),
            printer.choose("รายงานการวิเคราะห์", "Analysis report"),
        ),
        other: desk
            .has_page(&other_address)
            .then(|| desk.anchor_to(&spot, &other_address, printer.choose(other.1, other.2))),
    };
    let (agency, _) = desk.names(Some(round.year));
    let year = printer.count(plan.fiscal_year.value);
    let title = if of_results {
        format!(
            "ผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน ประจำปีงบประมาณ พ.ศ. {year} ของ{agency}"
        )
    } else {
        format!("มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน ประจำปีงบประมาณ พ.ศ. {year} ของ{agency}")
    };
    let body = if of_results { view::Body::Results(view) } else { view::Body::Measures(view) };
    let page = view::Page {
        updated: updated(round).map(|date| printer.date(date)),
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

fn row(
    desk: &Desk<'_>,
    round: &Round,
    spot: &Spot<'_>,
    index: usize,
    measure: &Measure,
    accepted: &[view::Accepted],
) -> view::Measure {
    let printer = desk.printer;
    let tally = desk.tally(round);
    let framework = desk.framework(round.year);
    let texts = |items: &[crate::model::Given<String>]| {
        items.iter().map(|item| item.value.clone()).collect::<Vec<_>>()
    };
    let indicators = measure.addresses.iter().filter_map(|number| {
        let framework = framework?;
        Some(report::indicator(desk, round, framework, tally, framework.indicator(number.value)?))
    });
    let mut results: Vec<&Progress> = measure.results.iter().collect();
    results.sort_by_key(|result| result.date.value);
    let id = format!("m-{}", measure.id);
    view::Measure {
        href: format!("{}#{id}", desk.to_address(spot, &format!("/{}/measures/", round.year))),
        id,
        number: printer.count(index + 1),
        title: measure.short_title().to_owned(),
        indicators: indicators.collect(),
        items: texts(&measure.measure),
        steps: texts(&measure.steps),
        responsible: texts(&measure.responsible),
        period: measure.period.as_ref().map(|period| printer.period(period.value)),
        follow_up: measure.follow_up.as_ref().map(|follow_up| follow_up.text.value.clone()),
        state: measure.state().map(|state| printer.state(state)),
        item_states: (1..=measure.measure.len())
            .map(|item| measure.item_state(item).map(|state| printer.state(state)))
            .collect(),
        results: results.into_iter().map(|result| progress(desk, spot, result)).collect(),
        accepted: accepted
            .iter()
            .filter(|one| one.measure.as_deref() == Some(measure.id.as_str()))
            .cloned()
            .collect(),
    }
}

fn progress(desk: &Desk<'_>, spot: &Spot<'_>, result: &Progress) -> view::Progress {
    let evidence = desk.printer.choose("หลักฐานการดำเนินการ", "Evidence");
    // Both pages print the row, but only the results page shows what was done, so only there broken evidence is found.
    let shows_results = spot.file.ends_with("results/index.html");
    view::Progress {
        date: desk.printer.date(result.date.value),
        state: desk.printer.state(result.state.value),
        of: result.of.iter().map(|of| desk.printer.count(of.value)).collect(),
        summary: result.summary.value.clone(),
        evidence: if shows_results {
            desk.anchors(spot, &result.evidence, label_unless_file(result, evidence))
        } else {
            Vec::new()
        },
    }
}

/// A file says by its own name what it is; only other links need a common word.
fn label_unless_file<'a>(result: &Progress, label: &'a str) -> Option<&'a str> {
    let is_file =
        |link: &crate::model::Link| matches!(link.target, crate::model::link::LinkTarget::Attachment(_));
    (!result.evidence.iter().any(is_file)).then_some(label)
}

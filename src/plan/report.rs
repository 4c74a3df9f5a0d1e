//! The analysis report of an assessed year: the page of the item "analysis and measures".

mod figures;

pub(super) use figures::change;

use super::desk::{self, Desk, Spot};
use super::printer::Printer;
use super::{Filed, address, measures, narrative, round, view};
use crate::finding::Finding;
use crate::finding::catalog::disclosure as catalog;
use crate::framework::{Component, Framework, Indicator, Instrument, ShownBy, Sure};
use crate::language::Language;
use crate::model::number::{Exact, Score};
use crate::model::{Given, Measure, Round, Scores};
use crate::parse::markdown::{Prose, Section};
use crate::score::{self, Tally};
use crate::source::Place;
use std::collections::BTreeMap;

/// A heading that begins with one of these, and all after it, stands behind the analyses.
const CLOSING_HEADINGS: [&str; 2] = ["สรุป", "บทสรุป"];

/// The indicators of a year by their numbers.
pub(super) type Indicators = BTreeMap<u8, view::Indicator>;

/// Lays out the report of a round.
pub(super) fn page(
    desk: &Desk<'_>,
    round: &Round,
    indicators: &Indicators,
    accepted: &[view::Accepted],
) -> Filed<view::Page> {
    let spot = desk.spot(format!("/{}/", round.year), Some(round.year));
    let report = report(desk, round, indicators, &spot);
    let narrative = round.report.as_ref();
    let of_round = |accepted: &&view::Accepted| accepted.measure.is_none();
    let page = view::Page {
        description: description(desk, round, &report),
        updated: updated(round).map(|date| desk.printer.date(date)),
        office: narrative.and_then(|report| report.office.as_ref().map(Given::bare)),
        files: narrative.map(|report| desk.anchors(&spot, &report.files, None)).unwrap_or_default(),
        accepted: accepted.iter().filter(of_round).cloned().collect(),
        ..desk.page("report", &spot, title(desk, round), view::Body::Report(Box::new(report)))
    };
    (spot.file, page)
}

/// The result in a sentence, for lists of what was found and for shared links.
fn description(desk: &Desk<'_>, round: &Round, report: &view::Report) -> String {
    let printer = desk.printer;
    let ((_, agency), year) = (desk.names(Some(round.year)), &report.year.text);
    let result = match (&report.total, &report.level) {
        (Some(total), Some(level)) => {
            format!("{total} {} {level}", printer.choose("คะแนน ระดับ", "points, level"))
        }
        (Some(total), None) => format!("{total} {}", printer.choose("คะแนน", "points")),
        (None, _) => printer.choose("ยังไม่ประกาศผล", "not announced yet").to_owned(),
    };
    let finding = report.chart.as_ref().map_or("", |chart| chart.title.as_str());
    format!("{} {year} {agency} {result} {finding}", printer.choose("ผลการประเมิน ITA ปี", "ITA result of"))
        .trim_end()
        .to_owned()
}

/// The document's own title, or the official one.
fn title(desk: &Desk<'_>, round: &Round) -> String {
    let given = round.report.as_ref().and_then(|report| report.title.as_ref());
    given.map_or_else(
        || {
            let (name, _) = desk.names(Some(round.year));
            let year = desk.printer.count(round.year);
            format!(
                "รายงานการวิเคราะห์ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของ{name} ประจำปีงบประมาณ พ.ศ. {year}"
            )
        },
        |title| title.value.clone(),
    )
}

/// The newest date in the data of a report, unless its author names one.
pub(super) fn updated(round: &Round) -> Option<crate::model::date::Date> {
    let report = round.report.as_ref();
    let given = report.and_then(|report| report.updated.as_ref()).map(|date| date.value);
    given.or_else(|| {
        let announced = round.scores.as_ref().and_then(|scores| scores.announced.as_ref()?.date.as_ref());
        desk::newest([
            report.and_then(|report| report.date.as_ref()).map(|date| date.value),
            announced.map(|date| date.value),
            measures::updated(round),
            desk::newest(round.memos.values().map(|memo| Some(memo.date.value))),
        ])
    })
}

/// The day of the document: its own, the memo's, or that of the decision.
fn date(round: &Round) -> Option<crate::model::date::Date> {
    let own = round.report.as_ref().and_then(|report| report.date.as_ref()).map(|date| date.value);
    let memo = || round.memos.get("").map(|memo| memo.date.value);
    let decided = || round.measures.as_ref()?.decided.as_ref()?.date.as_ref().map(|date| date.value);
    own.or_else(memo).or_else(decided)
}

fn report(desk: &Desk<'_>, round: &Round, indicators: &Indicators, spot: &Spot<'_>) -> view::Report {
    let printer = desk.printer;
    let framework = desk.framework(round.year);
    let tally = desk.tally(round);
    let summary = desk.input.summary.rounds.get(&round.year);
    let announced = round.scores.as_ref().and_then(|scores| scores.announced.as_ref());
    let narrative =
        round.report.as_ref().map(|report| desk.prose(&report.body, spot, "report", 2, Some(round), printer));
    let Halves { opening_html, opening_sections, closing_sections, footnotes_html } =
        narrative.map(halves).unwrap_or_default();
    let analyses = analyses(desk, round, spot);
    let components = components(desk, round, &analyses, spot);
    let level = round.scores.as_ref().and_then(|scores| score::level(scores, tally));
    view::Report {
        year: printer.year(round.year),
        measures_year: printer.year(round.year.next()),
        date: date(round).map(|date| printer.date(date)),
        total: summary.and_then(|summary| summary.total).map(|total| printer.score(total)),
        possible_levels: if level.is_none() { tally.levels.clone() } else { Vec::new() },
        level,
        pass: tally.pass,
        threshold: framework.map(|framework| printer.score(framework.pass)),
        change: figures::change(desk, round),
        announced: announced
            .and_then(|announced| announced.date.as_ref())
            .map(|date| printer.date(date.value)),
        source: announced.and_then(|announced| announced.source.as_ref()).and_then(|link| {
            desk.anchor(spot, link, Some(printer.choose("ประกาศผลการประเมิน", "the announcement")))
        }),
        assessor: round.scores.as_ref().and_then(|scores| scores.assessor).unwrap_or_default().code(),
        instruments: framework
            .map(|framework| instruments(desk, round, framework, indicators, analyses))
            .unwrap_or_default(),
        chart: framework.and_then(|framework| figures::chart(desk, round, framework, indicators)),
        working: framework.and_then(|framework| working(desk, round, framework, tally)),
        opening_html,
        opening_sections,
        closing_sections,
        footnotes_html,
        matrix: matrix(desk, round, indicators, spot),
        components,
        weights: figures::weights(desk, round, spot),
        measures: desk.link(spot, &format!("/{}/measures/", round.year), "มาตรการ", "Measures"),
        results: desk.link(spot, &format!("/{}/results/", round.year), "ผลการดำเนินการ", "Results"),
        memos: memos(desk, round, spot),
        round: desk.link(spot, &format!("/{}/oit/", round.year.next()), "รายการข้อ OIT", "OIT items"),
    }
}

/// Every memo as one letter cites another: by its number and date.
fn memos(desk: &Desk<'_>, round: &Round, spot: &Spot<'_>) -> Vec<view::Anchor> {
    let anchor = |(id, memo): (&String, &crate::model::Memo)| {
        let printer = desk.printer;
        let (memo_word, number_word, date_word) =
            (printer.choose("บันทึกข้อความ", "Memo"), printer.choose("ที่", "no."), printer.choose("ลงวันที่", "of"));
        let (number, date) = (&memo.number.value, printer.date(memo.date.value).text);
        let text = format!("{memo_word} {number_word} {number} {date_word} {date}");
        desk.anchor_to(spot, &address::of_memo(round.year, id), text)
    };
    round.memos.iter().map(anchor).collect()
}

/// The narrative of a report: what stands before the result table, and what behind the analyses.
#[derive(Default)]
struct Halves {
    opening_html: String,
    opening_sections: Vec<view::Section>,
    closing_sections: Vec<view::Section>,
    footnotes_html: String,
}

fn halves(prose: Prose) -> Halves {
    let is_closing = |section: &Section| {
        let heading = section.heading.plain.text.trim();
        CLOSING_HEADINGS.iter().any(|word| heading.starts_with(word))
    };
    let split = prose.sections.iter().position(is_closing).unwrap_or(prose.sections.len());
    let mut opening_sections = narrative::sections(prose.sections);
    Halves {
        opening_html: prose.introduction.html,
        closing_sections: opening_sections.split_off(split),
        opening_sections,
        footnotes_html: prose.footnotes.html,
    }
}

/// The narratives of the instruments, by code.
fn analyses(desk: &Desk<'_>, round: &Round, spot: &Spot<'_>) -> BTreeMap<&'static str, Prose> {
    let of = |code: &'static str| {
        let analysis = round.analyses.get(code)?;
        Some((code, desk.prose(&analysis.body, spot, &code.to_lowercase(), 3, Some(round), desk.printer)))
    };
    round.analyses.keys().filter_map(|code| of(code)).collect()
}

fn instruments(
    desk: &Desk<'_>,
    round: &Round,
    framework: &Framework,
    indicators: &Indicators,
    mut analyses: BTreeMap<&'static str, Prose>,
) -> Vec<view::Instrument> {
    let printer = desk.printer;
    let tally = desk.tally(round);
    let is_known = |instrument: &&Instrument| {
        let has_score = tally.instruments.contains_key(&instrument.code);
        let has_indicator = round.scores.iter().any(|scores| {
            framework.indicators_of(&instrument.code).any(|one| scores.indicators.contains_key(&one.number))
        });
        has_score || has_indicator || analyses.contains_key(instrument.code.as_str())
    };
    let scores = round.scores.as_ref();
    let known: Vec<&Instrument> = framework.instruments.iter().filter(is_known).collect();
    known
        .into_iter()
        .map(|instrument| {
            let code = instrument.code.as_str();
            let weighted = scores.and_then(|scores| scores.weighted.get(code));
            let parts = scores.and_then(|scores| scores.parts.get(code));
            view::Instrument {
                code: instrument.code.clone(),
                id: code.to_lowercase(),
                name: name(desk, &instrument.name, instrument.name_en.as_deref()),
                score: instrument_score(instrument, scores, tally).map(|score| printer.rounded(score)),
                weight: instrument.weight.map(|weight| printer.count(weight.hundredths() / 100)),
                parts: parts.into_iter().flatten().map(|part| printer.score(part.value)).collect(),
                weighted: weighted.map(|score| printer.score(score.value)),
                indicators: framework
                    .indicators_of(code)
                    .filter_map(|one| indicators.get(&one.number).cloned())
                    .collect(),
                analysis: analyses.remove(code).map(analysis),
            }
        })
        .collect()
}

fn analysis(prose: Prose) -> view::Analysis {
    view::Analysis {
        title: prose.title.map(|title| title.plain.text.trim().to_owned()),
        html: prose.introduction.html,
        sections: narrative::sections(prose.sections),
        footnotes_html: prose.footnotes.html,
    }
}

/// The announced figure of an instrument is the one that is shown; without one, what follows from the parts.
pub(super) fn instrument_score(
    instrument: &Instrument,
    scores: Option<&Scores>,
    tally: &Tally,
) -> Option<Exact> {
    let announced = scores.and_then(|scores| scores.instruments.get(&instrument.code));
    announced
        .map(|score| Exact::from(score.value))
        .or_else(|| tally.instruments.get(&instrument.code).copied())
}

/// A name in the language of the site, where it has one.
pub(super) fn name(desk: &Desk<'_>, th: &str, en: Option<&str>) -> String {
    match (desk.printer.language, en) {
        (Language::English, Some(en)) => en.to_owned(),
        _ => th.to_owned(),
    }
}

/// Every indicator of a round's year, for the pages that show some of them.
pub(super) fn indicators(desk: &Desk<'_>, round: &Round) -> Indicators {
    let framework = desk.framework(round.year);
    let of_year = framework.into_iter().flat_map(|framework| {
        framework.indicators.iter().map(|one| (one.number, indicator(desk, round, framework, one)))
    });
    of_year.collect()
}

/// An indicator with its score, and last year's beside it.
fn indicator(desk: &Desk<'_>, round: &Round, framework: &Framework, of: &Indicator) -> view::Indicator {
    let printer = desk.printer;
    let score =
        round.scores.as_ref().and_then(|scores| scores.indicators.get(&of.number)).map(|score| score.value);
    let previous = desk.previous_score(round.year, of.number);
    view::Indicator {
        number: printer.count(of.number),
        name: name(desk, &of.name, of.name_en.as_deref()),
        score: score.map(|score| printer.score(score)),
        pass: score.map(|score| score >= framework.pass),
        gap: score.filter(|score| *score < framework.pass).map(|score| gap(score, framework, printer)),
        weak: desk.tally(round).weak.contains(&of.number),
        previous: previous.map(|previous| printer.score(previous)),
        change: score
            .zip(previous)
            .map(|(score, previous)| printer.change(Exact::from(score) - Exact::from(previous))),
        value: score.map(|score| score.to_string()),
    }
}

/// How far a score is below the threshold.
fn gap(score: Score, framework: &Framework, printer: Printer) -> String {
    printer.rounded(Exact::from(framework.pass) - Exact::from(score))
}

fn working(desk: &Desk<'_>, round: &Round, framework: &Framework, tally: &Tally) -> Option<view::Working> {
    let printer = desk.printer;
    let total = tally.total?;
    let line = |instrument: &Instrument| {
        let mean = *tally.instruments.get(&instrument.code)?;
        let points = score::weighted_points(mean, instrument)?;
        let shown = view::WorkingLine {
            code: instrument.code.clone(),
            mean: mean.print_unrounded(printer.numerals),
            weight: printer.count(instrument.weight?.hundredths() / 100),
            points: points.print_unrounded(printer.numerals),
        };
        Some((shown, points))
    };
    let (lines, points): (Vec<_>, Vec<_>) =
        framework.instruments.iter().map(line).collect::<Option<Vec<_>>>()?.into_iter().unzip();
    let announced = round.scores.as_ref().and_then(score::announced_total);
    Some(view::Working {
        lines,
        unrounded: total.print_unrounded(printer.numerals),
        rounded: printer.rounded(total),
        differs: announced.is_some_and(|announced| Exact::from(announced).hundredths() != total.hundredths()),
        rounded_parts: figures::sum_of_rounded_parts(&points, total).map(|sum| printer.rounded(sum)),
    })
}

/// One row per weak indicator; an empty one shows the gap.
fn matrix(desk: &Desk<'_>, round: &Round, indicators: &Indicators, spot: &Spot<'_>) -> Vec<view::MatrixRow> {
    let Some(plan) = &round.measures else { return Vec::new() };
    let address = format!("/{}/measures/", round.year);
    let row = |number: &u8| {
        let indicator = indicators.get(number)?.clone();
        let answering =
            plan.measures.iter().filter(|measure| measure.addresses.iter().any(|to| to.value == *number));
        let measures = answering.map(|measure| {
            let mut link = desk.anchor_to(spot, &address, measure.short_title());
            link.href.push_str(&format!("#m-{}", measure.id));
            view::MatrixMeasure { link, state: measure.state().map(|state| desk.printer.state(state)) }
        });
        Some(view::MatrixRow { indicator, measures: measures.collect() })
    };
    desk.tally(round).weak.iter().filter_map(row).collect()
}

/// What the item demands that this report answers, and where it stands. It is an item of the round after the assessed year, so that
/// year's framework has its components. Nothing is asked for where there is neither report nor analysis.
fn components(
    desk: &Desk<'_>,
    round: &Round,
    analyses: &BTreeMap<&'static str, Prose>,
    spot: &Spot<'_>,
) -> Vec<view::Component> {
    let Some(framework) = desk.framework(round.year.next()) else { return Vec::new() };
    let codes = framework.instruments.iter().map(|instrument| instrument.code.as_str());
    let mut bodies = codes.filter_map(|code| Some(&round.analyses.get(code)?.body));
    let Some(body) = bodies.next().or(round.report.as_ref().map(|report| &report.body)) else {
        return Vec::new();
    };
    let view_of = |component: &Component| {
        let href = shown_at(component, framework, desk, round, analyses, spot);
        if href.is_none() {
            desk.findings.borrow_mut().add(missing(component, framework, &body.document()));
        }
        view::Component {
            title: component.title.clone(),
            href,
            inferred: component.sure == Some(Sure::Inferred),
        }
    };
    framework.components.iter().map(view_of).collect()
}

/// The place on the site that shows a component, if there is one: a section with text, or measures that have it all.
fn shown_at(
    component: &Component,
    framework: &Framework,
    desk: &Desk<'_>,
    round: &Round,
    analyses: &BTreeMap<&'static str, Prose>,
    spot: &Spot<'_>,
) -> Option<String> {
    match &component.shown_by {
        ShownBy::Heading(words) => {
            let in_order = framework.instruments.iter().filter_map(|one| analyses.get(one.code.as_str()));
            let mut sections = in_order.flat_map(|prose| &prose.sections);
            let found = sections.find(|section| {
                let heading = section.heading.plain.text.trim();
                !section.passage.html.is_empty() && words.iter().any(|word| heading.starts_with(word))
            });
            found.map(|section| format!("#{}", section.heading.id))
        }
        ShownBy::Measures(key) => {
            let measures = round.measures.as_ref().map(|plan| plan.measures.as_slice()).unwrap_or_default();
            let is_shown = !measures.is_empty() && measures.iter().all(|measure| is_filled(measure, key));
            is_shown.then(|| desk.to_address(spot, &format!("/{}/measures/", round.year)))
        }
    }
}

/// Whether a measure has the column that a framework asks for by the key of `measures.yaml`.
fn is_filled(measure: &Measure, key: &str) -> bool {
    match key {
        "steps" => !measure.steps.is_empty(),
        "responsible" => !measure.responsible.is_empty(),
        "period" => measure.period.is_some(),
        "follow_up" => measure.follow_up.is_some(),
        _ => !measure.measure.is_empty(),
    }
}

fn missing(component: &Component, framework: &Framework, place: &Place) -> Finding {
    let begins = match &component.shown_by {
        ShownBy::Heading(words) => words.as_slice(),
        ShownBy::Measures(_) => &[],
    };
    let item = framework.roles.as_ref().and_then(|roles| roles.analysis);
    let stake = item.and_then(|item| round::stake(item, framework));
    let code = item.map(|item| item.to_string());
    catalog::missing_component(place, &component.title, begins, code.as_deref(), stake)
}

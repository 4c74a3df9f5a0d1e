//! What the rows of every table are made from: the rounds of an agency, oldest first, in the order of the files and of the year's rules.

use super::{INDICATORS, INSTRUMENTS, ITEMS, MEASURES, RESULTS, SCORES, Table, columns, url};
use crate::framework::{Framework, Group, Indicator, Instrument, Item, Sure};
use crate::model::date::{Date, FiscalYear};
use crate::model::link::LinkTarget;
use crate::model::number::{Exact, Score};
use crate::model::{Answer, Given, ItemCode, ItemScore, Link, Measure, Progress, Round, Scores};
use crate::plan::desk::Desk;
use crate::plan::measures::by_date;
use crate::plan::{address, round};
use crate::score::{self, Tally};

/// A round that has a result.
pub(super) struct ScoreRow<'a> {
    pub(super) agency_name: &'a str,
    pub(super) total_announced: Option<Score>,
    pub(super) tally: &'a Tally,
    pub(super) level: Option<String>,
    pub(super) threshold: Option<Score>,
    pub(super) announced_on: Option<Date>,
    pub(super) assessor: &'static str,
    pub(super) source: Option<String>,
}

/// An instrument of a round that has a result.
pub(super) struct InstrumentRow<'a> {
    pub(super) code: &'a str,
    pub(super) name: Option<&'a str>,
    pub(super) name_certainty: Option<&'static str>,
    /// In per cent.
    pub(super) weight: Option<Score>,
    pub(super) score_announced: Option<Score>,
    /// Unrounded.
    pub(super) score_computed: Option<Exact>,
    pub(super) points_announced: Option<Score>,
    /// Unrounded.
    pub(super) points_computed: Option<Exact>,
}

/// An indicator of a round that has a result.
pub(super) struct IndicatorRow<'a> {
    pub(super) instrument: Option<&'a str>,
    pub(super) number: u8,
    pub(super) name: Option<&'a str>,
    pub(super) name_certainty: Option<&'static str>,
    pub(super) score: Option<Score>,
    pub(super) threshold: Option<Score>,
}

/// An item of a round that has a list of its items.
pub(super) struct ItemRow<'a> {
    pub(super) code: String,
    pub(super) name: Option<&'a str>,
    pub(super) name_certainty: Option<&'static str>,
    pub(super) group: Option<&'a str>,
    pub(super) group_name: Option<&'a str>,
    pub(super) state: &'static str,
    pub(super) links: String,
    pub(super) note: Option<&'a str>,
    pub(super) score: Option<Score>,
    /// Of the total, unrounded.
    pub(super) points: Option<Exact>,
    pub(super) points_inferred: Option<bool>,
}

/// A measure.
pub(super) struct MeasureRow<'a> {
    pub(super) measure: &'a Measure,
    /// In which it takes place.
    pub(super) year: FiscalYear,
    /// From 1.
    pub(super) number: i64,
    pub(super) indicators: String,
    pub(super) items: String,
    pub(super) steps: String,
    pub(super) responsible: String,
}

/// A report of what was done about a measure.
pub(super) struct ResultRow<'a> {
    pub(super) measure_id: &'a str,
    /// In which the measure takes place.
    pub(super) year: FiscalYear,
    pub(super) report: &'a Progress,
    pub(super) items: String,
    pub(super) evidence: String,
}

/// Every table, in the order of `SUBJECTS`.
pub(super) fn tables(desk: &Desk<'_>) -> [Table; 6] {
    let agency = desk.input.content.agency.id.as_deref();
    [
        Table::of(SCORES, agency, &columns::scores(), of_all(desk, score_of)),
        Table::of(INSTRUMENTS, agency, &columns::instruments(), of_all(desk, instruments_of)),
        Table::of(INDICATORS, agency, &columns::indicators(), of_all(desk, indicators_of)),
        Table::of(ITEMS, agency, &columns::items(), of_all(desk, items_of)),
        Table::of(MEASURES, agency, &columns::measures(), of_all(desk, |_, round| measures_of(round))),
        Table::of(RESULTS, agency, &columns::results(), of_all(desk, results_of)),
    ]
}

/// The rows of all rounds, each with its year.
fn of_all<'a, R>(desk: &Desk<'a>, rows: impl Fn(&Desk<'a>, &'a Round) -> Vec<R>) -> Vec<(FiscalYear, R)> {
    let rounds = desk.input.content.rounds.values();
    rounds.flat_map(|round| rows(desk, round).into_iter().map(|row| (round.year, row))).collect()
}

/// One row if the round has a result.
fn score_of<'a>(desk: &Desk<'a>, round: &'a Round) -> Vec<ScoreRow<'a>> {
    round.scores.iter().map(|scores| score(desk, round, scores)).collect()
}

fn score<'a>(desk: &Desk<'a>, round: &'a Round, scores: &'a Scores) -> ScoreRow<'a> {
    let input = desk.input;
    let tally = &input.tallies[&round.year];
    let announced = scores.announced.as_ref();
    let page = page(desk, round.year, "");
    ScoreRow {
        agency_name: input.content.agency.profile.names_in(round.year).0,
        total_announced: score::announced_total(scores),
        level: score::level(scores, tally),
        threshold: input.frameworks.of(round.year).map(|framework| framework.pass),
        announced_on: announced.and_then(|announced| announced.date.as_ref()).map(|date| date.value),
        assessor: scores.assessor.unwrap_or_default().code(),
        source: announced
            .and_then(|announced| announced.source.as_ref())
            .and_then(|source| link(desk, &page, Some(round), &source.target)),
        tally,
    }
}

/// Every instrument of the year; of a year that nobody has described, those that are announced.
fn instruments_of<'a>(desk: &Desk<'a>, round: &'a Round) -> Vec<InstrumentRow<'a>> {
    let Some(scores) = &round.scores else { return Vec::new() };
    let input = desk.input;
    let tally = &input.tallies[&round.year];
    let row = |code: &'a str, framework: Option<&'a Framework>, instrument: Option<&'a Instrument>| {
        let mean = framework.and_then(|framework| score::mean_of_indicators(code, scores, framework));
        let points = || score::weighted_points(*tally.instruments.get(code)?, instrument?);
        InstrumentRow {
            code,
            name: instrument.map(|instrument| instrument.name.as_str()),
            name_certainty: instrument.and_then(|instrument| instrument.sure).map(Sure::code),
            weight: instrument.and_then(|instrument| instrument.weight),
            score_announced: scores.instruments.get(code).map(|score| score.value),
            score_computed: mean.or_else(|| score::mean_of_parts(code, scores)),
            points_announced: scores.weighted.get(code).map(|score| score.value),
            points_computed: points(),
        }
    };
    match input.frameworks.of(round.year) {
        Some(framework) => {
            let instruments = framework.instruments.iter();
            instruments.map(|instrument| row(&instrument.code, Some(framework), Some(instrument))).collect()
        }
        None => scores.instruments.keys().map(|code| row(code, None, None)).collect(),
    }
}

/// Every indicator of the year, with or without a score; of a year that nobody has described, those that have one.
fn indicators_of<'a>(desk: &Desk<'a>, round: &'a Round) -> Vec<IndicatorRow<'a>> {
    let Some(scores) = &round.scores else { return Vec::new() };
    let framework = desk.input.frameworks.of(round.year);
    let row = |number: u8, indicator: Option<&'a Indicator>| IndicatorRow {
        instrument: indicator.map(|indicator| indicator.instrument.as_str()),
        number,
        name: indicator.map(|indicator| indicator.name.as_str()),
        name_certainty: indicator.and_then(|indicator| indicator.sure).map(Sure::code),
        score: scores.indicators.get(&number).map(|score| score.value),
        threshold: framework.map(|framework| framework.pass),
    };
    match framework {
        Some(framework) => {
            framework.indicators.iter().map(|indicator| row(indicator.number, Some(indicator))).collect()
        }
        None => scores.indicators.keys().map(|number| row(*number, None)).collect(),
    }
}

/// Every item of a round, as the page of its items shows them.
fn items_of<'a>(desk: &Desk<'a>, round: &'a Round) -> Vec<ItemRow<'a>> {
    let (Some(framework), Some(disclosure)) = (desk.input.frameworks.of(round.year), &round.disclosure)
    else {
        return Vec::new();
    };
    let has_page = |address: &str| desk.has_page(address);
    let own = round::own_answers(round, framework, &has_page);
    let scores = round.scores.as_ref();
    let row = |(code, state): (ItemCode, round::ItemState)| {
        let listed = framework.items().find(|(_, listed, _)| *listed == code);
        let (group, item): (Option<&'a Group>, Option<&'a Item>) =
            listed.map(|(group, _, item)| (group, item)).unzip();
        let answer = disclosure.items.get(&code).map(|answer| &answer.value);
        let points = framework.item_points(code);
        ItemRow {
            code: code.to_string(),
            name: item.map(|item| item.title.as_str()),
            name_certainty: item.and_then(|item| item.sure).map(Sure::code),
            group: group.map(|group| group.id.as_str()),
            group_name: group.and_then(|group| group.name.as_deref()),
            state: state.code(),
            links: match answer {
                Some(Answer::Links(found, _)) => links(desk, &page(desk, round.year, "oit/"), round, found),
                Some(Answer::None(_)) => String::new(),
                None => own_links(desk, own.get(&code).map_or(&[], Vec::as_slice)),
            },
            note: answer.and_then(note),
            score: scores.and_then(|scores| scores.items.get(&code)).map(|score| match score.value {
                ItemScore::Lost => Score::ZERO,
                ItemScore::Full => Score::FULL,
            }),
            points,
            points_inferred: points.map(|_| framework.item_weight_sure == Some(Sure::Inferred)),
        }
    };
    round::states(round, framework, &has_page).into_iter().map(row).collect()
}

fn note(answer: &Answer) -> Option<&str> {
    match answer {
        Answer::Links(_, note) => note.as_ref().map(|note| note.as_str()),
        Answer::None(reason) => Some(reason),
    }
}

fn measures_of<'a>(round: &'a Round) -> Vec<MeasureRow<'a>> {
    let Some(plan) = &round.measures else { return Vec::new() };
    let row = |(number, measure): (i64, &'a Measure)| MeasureRow {
        measure,
        year: plan.fiscal_year.value,
        number,
        indicators: joined(measure.addresses.iter().map(|number| number.value)),
        items: lines(&measure.measure),
        steps: lines(&measure.steps),
        responsible: lines(&measure.responsible),
    };
    (1..).zip(&plan.measures).map(row).collect()
}

/// The reports of every measure in the order in which they are shown.
fn results_of<'a>(desk: &Desk<'a>, round: &'a Round) -> Vec<ResultRow<'a>> {
    let Some(plan) = &round.measures else { return Vec::new() };
    let page = page(desk, round.year, "results/");
    let result = |measure: &'a Measure, report: &'a Progress| ResultRow {
        measure_id: &measure.id,
        year: plan.fiscal_year.value,
        report,
        items: joined(report.of.iter().map(|of| of.value)),
        evidence: links(desk, &page, round, &report.evidence),
    };
    let of_measure = |measure| by_date(measure).into_iter().map(move |report| (measure, report));
    plan.measures.iter().flat_map(of_measure).map(|(measure, report)| result(measure, report)).collect()
}

/// The file of a page of a year, from which links are counted that stand there.
fn page(desk: &Desk<'_>, year: FiscalYear, name: &str) -> String {
    address::file_of(&desk.prefix, &format!("/{year}/{name}"))
}

/// Where a link leads that stands on the page of a file. One that leads nowhere is a finding of that page, and missing here.
pub(super) fn link(
    desk: &Desk<'_>,
    page: &str,
    round: Option<&Round>,
    target: &LinkTarget,
) -> Option<String> {
    target.outside().or_else(|| Some(url(desk, &address::resolved(page, &desk.href(page, round, target)?))))
}

/// Several of them; an address holds no space.
fn links(desk: &Desk<'_>, page: &str, round: &Round, links: &[Link]) -> String {
    joined(links.iter().filter_map(|one| link(desk, page, Some(round), &one.target)))
}

fn own_links(desk: &Desk<'_>, addresses: &[String]) -> String {
    joined(addresses.iter().map(|address| url(desk, &address::file_of(&desk.prefix, address))))
}

fn joined(parts: impl Iterator<Item = impl ToString>) -> String {
    parts.map(|part| part.to_string()).collect::<Vec<_>>().join(" ")
}

fn lines(items: &[Given<String>]) -> String {
    items.iter().map(|item| item.as_str()).collect::<Vec<_>>().join("\n")
}

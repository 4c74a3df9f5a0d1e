//! What the figures of a report come to: the chart and its finding, the change from last year, and what the items weigh that a report
//! answers.

use super::Indicators;
use crate::framework::{Framework, Indicator, ResultsFrom, Sure};
use crate::language::Language;
use crate::model::number::{Exact, Score};
use crate::model::{ItemCode, Round};
use crate::plan::chart::{self, Bar, Group};
use crate::plan::desk::{Desk, Spot};
use crate::plan::printer::Printer;
use crate::plan::view;
use std::cmp::Ordering;

/// The indicators of a year as bars; none where no score is known.
pub(super) fn chart(
    desk: &Desk<'_>,
    round: &Round,
    framework: &Framework,
    indicators: &Indicators,
) -> Option<view::Chart> {
    let printer = desk.printer;
    let scores = &round.scores.as_ref()?.indicators;
    let score = |indicator: &Indicator| scores.get(&indicator.number).map(|score| score.value);
    let known: Vec<Score> = framework.indicators.iter().filter_map(score).collect();
    let lowest = known.iter().copied().min()?;
    let weak = &desk.tally(round).weak;
    let bar = |indicator: &Indicator| {
        let (score, shown) = (score(indicator), indicators.get(&indicator.number));
        let is_lowest = score == Some(lowest);
        Bar {
            number: shown.map_or("", |shown| shown.number.as_str()),
            score,
            previous: desk.previous_score(round.year, indicator.number),
            change: shown.and_then(|shown| shown.change.as_deref()),
            is_striped: if weak.is_empty() { is_lowest } else { weak.contains(&indicator.number) },
        }
    };
    let group = |code| Group { code, bars: framework.indicators_of(code).map(bar).collect() };
    let groups: Vec<Group<'_>> =
        framework.instruments.iter().map(|instrument| group(instrument.code.as_str())).collect();
    let bars = || groups.iter().flat_map(|group| &group.bars);
    let numbers: Vec<&str> = bars().filter(|bar| bar.score == Some(lowest)).map(|bar| bar.number).collect();
    let title = title(&numbers, lowest, known.len(), printer);
    let reached = known.iter().filter(|score| **score >= framework.pass).count();
    let alternative = alternative(&title, (reached, known.len()), framework.pass, printer);
    Some(view::Chart {
        subtitle: subtitle(desk, round),
        key: key(weak.is_empty(), bars().any(|bar| bar.previous.is_some()), printer),
        svg_html: chart::bars(&groups, Some(framework.pass), &alternative, printer),
        title,
    })
}

/// What a reader should see first.
fn title(numbers: &[&str], lowest: Score, known: usize, printer: Printer) -> String {
    let score = printer.score(lowest);
    let numbers = if numbers.len() < known { numbers.join(", ") } else { String::new() };
    match (printer.language, numbers.is_empty()) {
        (Language::Thai, true) => format!("ทุกตัวชี้วัดได้ {score} คะแนน"),
        (Language::Thai, false) => format!("ตัวชี้วัดที่ {numbers} ต่ำที่สุด ({score})"),
        (Language::English, true) => format!("Every indicator has {score} points"),
        (Language::English, false) => format!("Indicator {numbers} is the lowest ({score})"),
    }
}

fn subtitle(desk: &Desk<'_>, round: &Round) -> String {
    let ((_, agency), year) = (desk.names(Some(round.year)), desk.printer.count(round.year));
    let full = desk.printer.count(100);
    match desk.printer.language {
        Language::Thai => format!("คะแนนเต็ม {full} {agency} ปี {year}"),
        Language::English => format!("out of {full} points, {agency}, fiscal year {year}"),
    }
}

fn alternative(title: &str, (reached, known): (usize, usize), pass: Score, printer: Printer) -> String {
    let (reached, known, pass) = (printer.count(reached), printer.count(known), printer.score(pass));
    match printer.language {
        Language::Thai => {
            format!("แผนภูมิแท่ง {title} ถึงเกณฑ์ {pass} คะแนน {reached} จาก {known} ตัวชี้วัด")
        }
        Language::English => {
            format!("Bar chart: {title}; {reached} of {known} indicators reach {pass} points")
        }
    }
}

/// How the marks of the chart are read. The line has its name beside it.
fn key(is_lowest_striped: bool, has_notches: bool, printer: Printer) -> String {
    let striped = if is_lowest_striped {
        printer.choose("แถบลาย: คะแนนต่ำที่สุด", "Striped: the lowest score")
    } else {
        printer.choose("แถบลาย: ต้องแก้ไข/ปรับปรุง", "Striped: to be improved")
    };
    let notch = printer.choose(" · ขีดตั้งบนแถบ: คะแนนปีก่อน", " · Notch: last year's score");
    format!("{striped}{}", if has_notches { notch } else { "" })
}

/// How the total changed from the year before, where both were made by the same model.
pub(in crate::plan) fn change(desk: &Desk<'_>, round: &Round) -> Option<view::Change> {
    let before = round.year.previous();
    desk.framework(round.year).and(desk.framework(before))?;
    let total = |year| desk.input.summary.rounds.get(&year).and_then(|round| round.total);
    let (now, then) = (Exact::from(total(round.year)?), Exact::from(total(before)?));
    let difference = now - then;
    Some(view::Change {
        year: desk.printer.year(before),
        previous: desk.printer.rounded(then),
        difference: desk.printer.change(difference),
        amount: desk.printer.rounded(difference.abs()),
        direction: match difference.cmp(&Exact::ZERO) {
            Ordering::Less => "down",
            Ordering::Equal => "same",
            Ordering::Greater => "up",
        },
    })
}

/// What the parts of a total give when each is rounded before they are added, where that is another figure than the total.
pub(super) fn sum_of_rounded_parts(parts: &[Exact], total: Exact) -> Option<Exact> {
    let sum = parts.iter().filter_map(|part| part.rounded()).fold(Exact::ZERO, |sum, part| sum + part.into());
    (sum.hundredths() != total.hundredths()).then_some(sum)
}

/// The items that a report and its results answer, in the round after the assessed year, and what each weighs in that round's total.
/// Empty where the rule of the round does not say so.
pub(super) fn weights(desk: &Desk<'_>, round: &Round, spot: &Spot<'_>) -> Vec<view::ItemWeight> {
    let Some(framework) = desk.framework(round.year.next()) else { return Vec::new() };
    let roles = framework.roles.as_ref();
    let results = match roles.and_then(|roles| roles.results_from).unwrap_or_default() {
        ResultsFrom::Same => roles.and_then(|roles| roles.results),
        // The results of these measures are asked for a year later.
        ResultsFrom::Previous => None,
    };
    let analysis = roles.and_then(|roles| roles.analysis);
    [analysis, results].into_iter().flatten().filter_map(|code| weight(desk, framework, code, spot)).collect()
}

fn weight(
    desk: &Desk<'_>,
    framework: &Framework,
    code: ItemCode,
    spot: &Spot<'_>,
) -> Option<view::ItemWeight> {
    let round = format!("/{}/oit/", framework.year);
    let item = desk.has_page(&round).then(|| desk.to_address(spot, &round));
    Some(view::ItemWeight {
        year: desk.printer.year(framework.year),
        code: code.to_string(),
        title: framework.item(code)?.title.clone(),
        href: item.map(|page| format!("{page}#{}", code.to_string().to_lowercase())),
        points: desk.printer.rounded(framework.item_points(code)?),
        inferred: framework.item_weight_sure == Some(Sure::Inferred),
    })
}

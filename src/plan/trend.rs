//! All assessed years of an agency side by side: totals, instruments, indicators, and what the rules changed in between. Figures are
//! compared only where the same model made them.

use super::chart::{self, Year};
use super::desk::Desk;
use super::printer::Printer;
use super::{Filed, home, report, view};
use crate::framework::{Framework, Indicator, Sure};
use crate::language::Language;
use crate::model::Round;
use crate::model::date::FiscalYear;
use crate::model::number::{Exact, Score};
use crate::model::summary::RoundSummary;
use std::sync::Arc;

/// Counted from the agency's front page.
pub(super) const ADDRESS: &str = "/trend/";

/// The drawing shows the newest of them; the table beside it has them all.
const DRAWN_YEARS: usize = 8;

/// Lays out the page.
pub(super) fn page(desk: &Desk<'_>) -> Option<Filed<view::Page>> {
    if !desk.has_page(ADDRESS) {
        return None;
    }
    let spot = desk.spot(ADDRESS, None);
    let to = |address: &str| desk.to_address(&spot, address);
    let rounds: Vec<&Round> = rounds(desk).collect();
    let view = view::Trend {
        chart: chart(desk),
        years: rounds
            .iter()
            .filter_map(|round| {
                let summary = desk.input.summary.rounds.get(&round.year)?;
                let card = home::card(desk.printer, round.year, summary, &to);
                Some(view::TrendYear { card, change: report::change(desk, round) })
            })
            .collect(),
        instruments: instruments(desk, &rounds),
        indicators: indicators(desk, &rounds),
        rules: rules(desk, &rounds),
    };
    let (name, _) = desk.names(None);
    let title = match desk.printer.language {
        Language::Thai => format!("ผลการประเมินคุณธรรมและความโปร่งใสทุกปีของ{name}"),
        Language::English => format!("All assessed years of {name}"),
    };
    let updated = super::desk::newest(desk.input.summary.rounds.values().map(|round| round.updated));
    let page = view::Page {
        updated: updated.map(|date| desk.printer.date(date)),
        ..desk.page("trend", &spot, title, view::Body::Trend(view))
    };
    Some((spot.file, page))
}

/// Rounds with a report, oldest first.
fn rounds<'a>(desk: &'a Desk<'_>) -> impl Iterator<Item = &'a Round> {
    desk.input.content.rounds.values().map(Arc::as_ref).filter(|round| round.scores.is_some())
}

/// Totals over the years; none where there is nothing to compare.
pub(super) fn chart(desk: &Desk<'_>) -> Option<view::Chart> {
    let printer = desk.printer;
    let summary = desk.input.summary;
    if !desk.has_page(ADDRESS) {
        return None;
    }
    let shown: Vec<(FiscalYear, &RoundSummary)> = summary
        .rounds
        .iter()
        .filter(|(_, round)| round.pages.report)
        .map(|(year, round)| (*year, round))
        .collect();
    let left_out = shown.len().saturating_sub(DRAWN_YEARS);
    let shown = &shown[left_out..];
    let years: Vec<Year> = shown
        .iter()
        .enumerate()
        .map(|(at, (year, round))| {
            let before = at.checked_sub(1).map(|before| shown[before].0);
            let (framework, earlier) =
                (desk.framework(*year), before.and_then(|before| desk.framework(before)));
            Year {
                label: printer.count(year),
                total: round.total,
                pass: framework.map(|framework| framework.pass),
                is_joined: before == Some(year.previous()) && framework.and(earlier).is_some(),
                has_other_levels: before.is_some() && !have_same_levels(framework, earlier),
            }
        })
        .collect();
    let title = title(desk)?;
    let alternative = format!("{} {title}", printer.choose("แผนภูมิเส้น", "Line chart:"));
    let has_border = years.iter().any(|year| year.has_other_levels);
    let border = printer.choose(
        " · เส้นประตั้ง: ใช้ระดับคนละแบบ เทียบได้เฉพาะคะแนน",
        " · Dashed: levels of another kind, only totals compare",
    );
    let key =
        printer.choose("จุดทึบ: ถึงเกณฑ์ · จุดโปร่ง: ไม่ถึงเกณฑ์", "Full point: passed · Hollow point: not passed");
    let (_, agency) = desk.names(None);
    let (full, drawn) = (printer.count(100), printer.count(DRAWN_YEARS));
    let subtitle = match printer.language {
        Language::Thai => format!("คะแนนรวมเต็ม {full} {agency} แยกตามปีงบประมาณ"),
        Language::English => format!("total out of {full} points, {agency}, by fiscal year"),
    };
    let limit = match printer.language {
        Language::Thai => format!(" เฉพาะ {drawn} ปีล่าสุด"),
        Language::English => format!(", the latest {drawn} years"),
    };
    Some(view::Chart {
        title,
        subtitle: format!("{subtitle}{}", if left_out > 0 { &limit } else { "" }),
        key: format!("{key}{}", if has_border { border } else { "" }),
        svg_html: chart::line(&years, &alternative, printer),
    })
}

/// How the newest total stands to the one before it.
fn title(desk: &Desk<'_>) -> Option<String> {
    let printer = desk.printer;
    let mut known =
        desk.input.summary.rounds.iter().rev().filter_map(|(year, round)| Some((*year, round.total?)));
    let ((year, now), (before, then)) = (known.next()?, known.next()?);
    let (year_text, before_text) = (printer.count(year), printer.count(before));
    let (now_text, then_text) = (printer.score(now), printer.score(then));
    let is_comparable = desk.framework(year).and(desk.framework(before)).is_some();
    let difference = printer.rounded((Exact::from(now) - Exact::from(then)).abs());
    Some(match (printer.language, now.cmp(&then)) {
        (Language::Thai, _) if !is_comparable => format!("ปี {year_text} ได้ {now_text} คะแนน"),
        (Language::English, _) if !is_comparable => format!("{now_text} points in {year_text}"),
        (Language::Thai, std::cmp::Ordering::Equal) => {
            format!("ปี {year_text} ได้ {now_text} คะแนน เท่ากับปี {before_text}")
        }
        (Language::English, std::cmp::Ordering::Equal) => {
            format!("{now_text} points in {year_text}, as in {before_text}")
        }
        (Language::Thai, order) => {
            let verb = if order.is_gt() { "เพิ่มขึ้น" } else { "ลดลง" };
            format!("ปี {year_text} ได้ {now_text} คะแนน {verb} {difference} จากปี {before_text} ({then_text})")
        }
        (Language::English, order) => {
            let verb = if order.is_gt() { "more" } else { "less" };
            format!(
                "{now_text} points in {year_text}, {difference} {verb} than in {before_text} ({then_text})"
            )
        }
    })
}

/// Whether two years name their levels alike; a year of another model has names of its own.
pub(super) fn have_same_levels(one: Option<&Framework>, other: Option<&Framework>) -> bool {
    let names =
        |framework: &Framework| framework.levels.iter().map(|level| level.name.clone()).collect::<Vec<_>>();
    one.map(names) == other.map(names)
}

/// One row per instrument.
fn instruments(desk: &Desk<'_>, rounds: &[&Round]) -> Vec<view::TrendRow> {
    let mut rows: Vec<(String, String)> = Vec::new();
    for instrument in
        rounds.iter().rev().filter_map(|round| desk.framework(round.year)).flat_map(|one| &one.instruments)
    {
        if !rows.iter().any(|(code, _)| *code == instrument.code) {
            rows.push((
                instrument.code.clone(),
                report::name(desk, &instrument.name, instrument.name_en.as_deref()),
            ));
        }
    }
    let row = |(code, name): (String, String)| {
        let score = |round: &&Round| {
            let instrument = desk.framework(round.year)?.instrument(&code)?;
            report::instrument_score(instrument, round.scores.as_ref(), desk.tally(round))?.rounded()
        };
        let scores: Vec<Option<Score>> = rounds.iter().map(score).collect();
        trend_row(desk, rounds, (code.clone(), name), &scores)
    };
    rows.into_iter().map(row).filter(has_score).collect()
}

/// One row per indicator; one that has another name in another year is another indicator.
fn indicators(desk: &Desk<'_>, rounds: &[&Round]) -> Vec<view::TrendRow> {
    let mut rows: Vec<&Indicator> = Vec::new();
    for indicator in
        rounds.iter().rev().filter_map(|round| desk.framework(round.year)).flat_map(|one| &one.indicators)
    {
        if !rows.iter().any(|row| is_same(row, indicator)) {
            rows.push(indicator);
        }
    }
    rows.sort_by_key(|row| row.number);
    let row = |row: &Indicator| {
        let score = |round: &&Round| {
            let indicator = desk.framework(round.year)?.indicator(row.number)?;
            let score = round.scores.as_ref()?.indicators.get(&row.number)?;
            is_same(row, indicator).then_some(score.value)
        };
        let scores: Vec<Option<Score>> = rounds.iter().map(score).collect();
        let name = report::name(desk, &row.name, row.name_en.as_deref());
        trend_row(desk, rounds, (desk.printer.count(row.number), name), &scores)
    };
    rows.into_iter().map(row).filter(has_score).collect()
}

fn has_score(row: &view::TrendRow) -> bool {
    row.scores.iter().any(|score| score.score.is_some())
}

fn is_same(one: &Indicator, other: &Indicator) -> bool {
    one.number == other.number && one.name == other.name
}

fn trend_row(
    desk: &Desk<'_>,
    rounds: &[&Round],
    (code, name): (String, String),
    scores: &[Option<Score>],
) -> view::TrendRow {
    let printer = desk.printer;
    let pass = |round: &Round| desk.framework(round.year).map(|framework| framework.pass);
    let cell = |(round, score): (&&Round, &Option<Score>)| view::TrendScore {
        score: score.map(|score| printer.score(score)),
        pass: score.zip(pass(round)).map(|(score, pass)| score >= pass),
    };
    let known: Vec<(FiscalYear, Score)> =
        rounds.iter().zip(scores).filter_map(|(round, score)| Some((round.year, (*score)?))).collect();
    let change = match known.as_slice() {
        [(_, first), .., (_, last)] => Some(printer.change(Exact::from(*last) - Exact::from(*first))),
        _ => None,
    };
    view::TrendRow { code, name, scores: rounds.iter().zip(scores).map(cell).collect(), change }
}

/// What the rules changed from one shown year to the next, as far as the frameworks say it.
fn rules(desk: &Desk<'_>, rounds: &[&Round]) -> Vec<view::RuleChange> {
    let of = |pair: &[&Round]| match pair {
        [before, after] => rule_changes(desk, before.year, after.year),
        _ => Vec::new(),
    };
    rounds.windows(2).flat_map(of).collect()
}

fn rule_changes(desk: &Desk<'_>, before: FiscalYear, after: FiscalYear) -> Vec<view::RuleChange> {
    let printer = desk.printer;
    let change = |text: String, inferred| view::RuleChange { year: printer.year(after), text, inferred };
    let (Some(then), Some(now)) = (desk.framework(before), desk.framework(after)) else {
        return another_model(desk, before, after).map(|text| change(text, false)).into_iter().collect();
    };
    let mut changes = Vec::new();
    if !have_same_levels(Some(then), Some(now)) {
        let inferred = now.levels.iter().any(|level| level.sure == Some(Sure::Inferred));
        changes.push(change(other_levels(then, now, printer), inferred));
    }
    if let (Some(count_then), Some(count_now)) = (then.items_total, now.items_total)
        && count_then != count_now
    {
        let (count_then, count_now) = (printer.count(count_then), printer.count(count_now));
        let text = match printer.language {
            Language::Thai => format!("รายการข้อมูลของแบบวัด OIT เปลี่ยนจาก {count_then} ข้อ เป็น {count_now} ข้อ"),
            Language::English => format!("the list of OIT has {count_now} items instead of {count_then}"),
        };
        let inferred = [then, now].iter().any(|one| one.items_total_sure == Some(Sure::Inferred));
        changes.push(change(text, inferred));
    }
    if then.pass != now.pass {
        let (then, now) = (printer.score(then.pass), printer.score(now.pass));
        changes.push(change(
            match printer.language {
                Language::Thai => format!("เกณฑ์ผ่านเปลี่ยนจาก {then} เป็น {now} คะแนน"),
                Language::English => format!("{now} points pass instead of {then}"),
            },
            false,
        ));
    }
    changes.extend(weight_change(then, now, printer).map(|text| change(text, false)));
    changes
}

/// A year of another model stands beside the others as it was announced.
fn another_model(desk: &Desk<'_>, before: FiscalYear, after: FiscalYear) -> Option<String> {
    desk.framework(after)?;
    let before = desk.printer.count(before);
    Some(match desk.printer.language {
        Language::Thai => {
            format!("ปี {before} ใช้รูปแบบการประเมินอื่น จึงแสดงตามที่ประกาศและไม่นำมาเปรียบเทียบ")
        }
        Language::English => {
            format!("{before} was assessed by another model: shown as announced, not compared")
        }
    })
}

fn other_levels(then: &Framework, now: &Framework, printer: Printer) -> String {
    let names = |framework: &Framework| {
        framework.levels.iter().map(|level| level.name.as_str()).collect::<Vec<_>>().join(", ")
    };
    let (then, now) = (names(then), names(now));
    match printer.language {
        Language::Thai => {
            format!("ระดับผลการประเมินเปลี่ยนจาก {then} เป็น {now} ระดับของสองแบบนี้เทียบกันไม่ได้ ให้เทียบด้วยคะแนน")
        }
        Language::English => format!("the levels are {now} instead of {then}; only totals can be compared"),
    }
}

/// The weights where both years have them all.
fn weight_change(then: &Framework, now: &Framework, printer: Printer) -> Option<String> {
    let weights = |framework: &Framework| {
        let weight = |one: &crate::framework::Instrument| {
            Some(format!("{} {}", one.code, printer.count(one.weight?.hundredths() / 100)))
        };
        framework.instruments.iter().map(weight).collect::<Option<Vec<_>>>().map(|list| list.join(", "))
    };
    let (then, now) = (weights(then)?, weights(now)?);
    (then != now).then(|| match printer.language {
        Language::Thai => format!("น้ำหนักของแบบวัด (ร้อยละ) เปลี่ยนจาก {then} เป็น {now}"),
        Language::English => format!("the weights are {now} per cent instead of {then}"),
    })
}

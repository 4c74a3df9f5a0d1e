//! The page about a site: whose it is, under which licence its data stands, and how totals are made in its years and how sure that is. What
//! every site of this program has in common, such as that it stores nothing, is said by the theme.

use super::desk::{self, Desk};
use super::printer::Printer;
use super::{Filed, address, card, data, view};
use crate::framework::{Framework, Frameworks, Instrument, Sure};
use crate::model::Given;
use crate::model::date::FiscalYear;

/// How the page is called.
pub(super) fn title(printer: Printer) -> &'static str {
    printer.choose("เกี่ยวกับเว็บไซต์นี้", "About this site")
}

/// Lays out the page of an agency, which leads to its open data. It is as new as the newest of its data.
pub(super) fn page(desk: &Desk<'_>, data_set: &data::DataSet) -> Filed<view::Page> {
    let spot = desk.spot(address::ABOUT, None);
    let profile = &desk.input.content.agency.profile;
    let licence = profile.licence.as_ref().map(|licence| {
        let name = Given::bare(&licence.name);
        let link = licence.url.as_ref().and_then(|url| desk.anchor(&spot, url, Some(&name)));
        view::Licence { name, link }
    });
    let rounds = &desk.input.summary.rounds;
    let years = rounds.iter().filter(|(_, round)| round.pages.report).map(|(year, _)| *year);
    let view = view::About {
        owner: profile.name.value.clone(),
        results: "own",
        licence,
        methods: methods(years, desk.input.frameworks, desk.printer),
        data: Some(data::links(desk, &spot, data_set)),
        embedding: card::embedding(desk),
    };
    let newest = desk::newest(rounds.values().map(|round| round.updated));
    let page = view::Page {
        updated: newest.map(|date| desk.printer.date(date)),
        ..desk.page("about", &spot, title(desk.printer).to_owned(), view::Body::AboutSite(Box::new(view)))
    };
    (spot.file, page)
}

/// What some years prescribe, newest first. Takes them in their order.
pub(super) fn methods(
    years: impl DoubleEndedIterator<Item = FiscalYear>,
    frameworks: &Frameworks,
    printer: Printer,
) -> Vec<view::Method> {
    years.rev().map(|year| method(year, frameworks.of(year), printer)).collect()
}

fn method(year: FiscalYear, framework: Option<&Framework>, printer: Printer) -> view::Method {
    let weights = framework.and_then(|framework| weights(framework, printer)).unwrap_or_default();
    let instruments = framework.iter().flat_map(|framework| &framework.instruments);
    let weights_sure = weakest(instruments.map(|instrument| instrument.sure));
    let levels = framework.map_or(&[][..], |framework| &framework.levels);
    view::Method {
        year: printer.year(year),
        known: framework.is_some(),
        weights_sure: weights_sure.filter(|_| !weights.is_empty()),
        weights,
        pass: framework.map(|framework| printer.score(framework.pass)),
        levels: levels.iter().map(|level| level.name.clone()).collect(),
        levels_sure: weakest(levels.iter().map(|level| level.sure)),
    }
}

/// All weights, or none where one is not confirmed.
fn weights(framework: &Framework, printer: Printer) -> Option<Vec<view::Weight>> {
    let weight = |instrument: &Instrument| {
        let weight = printer.count(instrument.weight?.hundredths() / 100);
        Some(view::Weight { code: instrument.code.clone(), weight })
    };
    framework.instruments.iter().map(weight).collect()
}

/// What many facts say together is as sure as the least sure of them.
fn weakest(tags: impl Iterator<Item = Option<Sure>>) -> Option<&'static str> {
    tags.flatten().max().map(Sure::code)
}

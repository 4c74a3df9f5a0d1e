//! Agencies beside each other: what all of them or a group announced in a year and over the years, where they lost most, and who stands
//! where.

use super::census::{self, Census, Standing};
use super::groups::{self, Area, Common, Group, Groups};
use super::results::{RankOf, Ranks, Results};
use crate::framework::{Framework, Frameworks};
use crate::language::Language;
use crate::model::date::FiscalYear;
use crate::model::number::{Exact, Score};
use crate::model::summary::AgencySummary;
use crate::plan::printer::Printer;
use crate::plan::{address, chart, frame, view};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// What comparing takes besides the agencies that are compared.
pub(super) struct Comparer<'a> {
    pub(super) frameworks: &'a Frameworks,
    pub(super) printer: Printer,
    pub(super) groups: &'a Groups<'a>,
    /// In Thai order of proper names.
    pub(super) agencies: &'a [&'a AgencySummary],
    /// By year with an announced result; looked at where a year is asked for.
    pub(super) results: BTreeMap<FiscalYear, OnceLock<Results<'a>>>,
}

/// A page that compares: where it lies, and whose results it shows.
pub(super) struct Scope<'s, 'a> {
    /// The file of the page, counted from the root of the output.
    pub(super) file: &'s str,
    pub(super) year: FiscalYear,
    pub(super) members: &'s [&'a AgencySummary],
    /// What the members have in common, where they are not all.
    pub(super) common: Option<Common<'a>>,
}

impl Scope<'_, '_> {
    /// Whether the page is that of the year itself, over all agencies.
    fn is_of_year(&self) -> bool {
        self.file == groups::file_of_year(self.year)
    }
}

impl<'a> Comparer<'a> {
    fn framework(&self, year: FiscalYear) -> Option<&'a Framework> {
        self.frameworks.of(year)
    }

    /// The results of a year, if anybody announced one.
    fn results(&self, year: FiscalYear) -> Option<&Results<'a>> {
        let results = self.results.get(&year)?;
        Some(results.get_or_init(|| Results::of(year, self.agencies, self.groups)))
    }

    /// What the agencies of a page announced; nothing where nobody at all announced anything in that year.
    pub(super) fn comparison(&self, scope: &Scope<'_, 'a>) -> Option<view::Comparison> {
        let results = self.results(scope.year)?;
        let census = results.census(scope.common);
        let framework = self.framework(scope.year);
        Some(view::Comparison {
            overview: self.overview(census, scope),
            years: if scope.is_of_year() {
                Vec::new()
            } else {
                self.results.keys().rev().filter_map(|year| self.year(*year, scope)).collect()
            },
            kinds: self.beside(&self.groups.kinds, scope, results),
            areas: self.beside(&self.groups.areas, scope, results),
            area: code(self.groups.area),
            indicators: framework.map(|framework| self.indicators(census, framework)).unwrap_or_default(),
            items: framework.map(|framework| self.items(census, framework)).unwrap_or_default(),
        })
    }

    fn overview(&self, census: &Census<'_>, scope: &Scope<'_, '_>) -> view::Overview {
        let printer = self.printer;
        let year = printer.year(census.year);
        let (levels, svg_html) = self.levels(census);
        let title = match printer.language {
            Language::Thai => format!("ระดับผลการประเมิน ปีงบประมาณ พ.ศ. {}", year.text),
            Language::English => format!("Levels in fiscal year {}", year.text),
        };
        let page = (!scope.is_of_year()).then(|| {
            let text = match printer.language {
                Language::Thai => format!("อันดับและผลการประเมิน ปีงบประมาณ พ.ศ. {}", year.text),
                Language::English => format!("Ranking and results of fiscal year {}", year.text),
            };
            view::Anchor::inside(Self::href_of_year(census.year, scope), text)
        });
        view::Overview {
            page,
            agencies: printer.count(scope.members.len()),
            announced: printer.count(census.results.len()),
            mean: census.mean().map(|mean| printer.rounded(mean)),
            median: census.median().map(|median| printer.rounded(median)),
            highest: census.highest().map(|total| printer.score(total)),
            lowest: census.lowest().map(|total| printer.score(total)),
            passed: self.passed(census),
            threshold: self.framework(census.year).map(|framework| printer.score(framework.pass)),
            chart: (!levels.is_empty()).then(|| view::Chart {
                svg_html,
                title,
                subtitle: printer.choose("จำนวนหน่วยงานในแต่ละระดับ", "Agencies at each level").to_owned(),
                key: printer
                    .choose(
                        "แถบทึบ: ระดับที่ผ่านเกณฑ์ · แถบโปร่ง: ระดับที่ไม่ผ่าน",
                        "Full: levels that pass · Hollow: levels that do not",
                    )
                    .to_owned(),
            }),
            levels,
            year,
        }
    }

    fn year(&self, year: FiscalYear, scope: &Scope<'_, 'a>) -> Option<view::YearOfMany> {
        let census = self.results(year)?.census(scope.common);
        let (levels, svg_html) = self.levels(census);
        Some(view::YearOfMany {
            year: self.printer.year(year),
            href: Self::href_of_year(year, scope),
            announced: self.printer.count(census.results.len()),
            mean: self.printer.rounded(census.mean()?),
            passed: self.passed(census),
            svg_html,
            levels,
        })
    }

    /// The page of a year over all agencies, seen from another one.
    fn href_of_year(year: FiscalYear, scope: &Scope<'_, '_>) -> String {
        address::relative(scope.file, &groups::file_of_year(year))
    }

    fn passed(&self, census: &Census<'_>) -> Option<view::Share> {
        census.passed().map(|passed| self.share(passed, census.results.len()))
    }

    fn share(&self, count: usize, of: usize) -> view::Share {
        let [part, whole] = [count * 100, of].map(|count| i64::try_from(count).unwrap_or(i64::MAX));
        let per_cent = Exact::ratio(part, whole).unwrap_or(Exact::ZERO);
        view::Share { count: self.printer.count(count), per_cent: self.printer.rounded(per_cent) }
    }

    /// How many have each level, and the same as a bar, in which the levels that pass are full; it is empty where no level is known.
    fn levels(&self, census: &Census<'_>) -> (Vec<view::LevelShare>, String) {
        let framework = self.framework(census.year);
        let counts = census.levels(framework);
        if counts.is_empty() {
            return (Vec::new(), String::new());
        }
        let passes = |name: &str| {
            let level = framework?.levels.iter().find(|level| level.name == name)?;
            Some(level.total >= framework?.pass)
        };
        let part = |(name, count): &(&str, usize)| chart::Part {
            class: "level",
            count: *count,
            is_full: passes(name).unwrap_or(true),
        };
        let parts: Vec<chart::Part<'_>> = counts.iter().map(part).collect();
        let all = census.results.len();
        let level = |(name, count): &(&str, usize)| view::LevelShare {
            name: (*name).to_owned(),
            share: self.share(*count, all),
        };
        let levels: Vec<view::LevelShare> = counts.iter().map(level).collect();
        let in_words: Vec<String> =
            levels.iter().map(|level| format!("{} {}", level.name, level.share.count)).collect();
        let svg_html = chart::shares(&parts, &in_words.join(" · "));
        (levels, svg_html)
    }

    /// Groups beside each other, as far as members of the page are in them; fewer than two are not compared.
    fn beside(
        &self,
        groups: &[Group<'a>],
        scope: &Scope<'_, 'a>,
        results: &Results<'a>,
    ) -> Vec<view::GroupRow> {
        let row = |group: &Group<'a>| match scope.common {
            None => Some(self.group(group, group.members.len(), results.census(Some(group.common)), scope)),
            Some(common) => {
                let members = shared(common, group, scope);
                let census = Census::of(scope.year, &members);
                (!members.is_empty()).then(|| self.group(group, members.len(), &census, scope))
            }
        };
        let rows: Vec<view::GroupRow> = groups.iter().filter_map(row).collect();
        if rows.len() > 1 { rows } else { Vec::new() }
    }

    fn group(
        &self,
        group: &Group<'_>,
        members: usize,
        census: &Census<'_>,
        scope: &Scope<'_, '_>,
    ) -> view::GroupRow {
        let printer = self.printer;
        view::GroupRow {
            name: group.common.name().to_owned(),
            href: address::relative(scope.file, &address::file_of("", &group.address)),
            agencies: printer.count(members),
            announced: printer.count(census.results.len()),
            mean: census.mean().map(|mean| printer.rounded(mean)),
            highest: census.highest().map(|total| printer.score(total)),
            lowest: census.lowest().map(|total| printer.score(total)),
            passed: self.passed(census),
        }
    }

    fn indicators(&self, census: &Census<'_>, framework: &Framework) -> Vec<view::IndicatorLoss> {
        let printer = self.printer;
        let loss = |loss: census::IndicatorLoss| {
            let indicator = framework.indicator(loss.number)?;
            Some(view::IndicatorLoss {
                number: printer.count(loss.number),
                name: match (printer.language, &indicator.name_en) {
                    (Language::English, Some(name)) => name.clone(),
                    _ => indicator.name.clone(),
                },
                mean: printer.rounded(loss.mean),
                points: loss.points.map(|points| printer.rounded(points)),
                below: printer.count(loss.below),
                scored: printer.count(loss.scored),
            })
        };
        census.indicators(framework).into_iter().filter_map(loss).collect()
    }

    fn items(&self, census: &Census<'_>, framework: &Framework) -> Vec<view::ItemLoss> {
        let printer = self.printer;
        let loss = |loss: census::ItemLoss| view::ItemLoss {
            code: loss.code.to_string(),
            title: framework.item(loss.code).map(|item| item.title.clone()),
            lost: printer.count(loss.lost),
            scored: printer.count(loss.scored),
            points: loss.points.map(|points| printer.rounded(points)),
        };
        census.items(framework).into_iter().map(loss).collect()
    }

    /// Everybody of a group, or everybody at all, from the first to the last, then who has no result.
    pub(super) fn ranking(
        &self,
        year: Option<FiscalYear>,
        members: &[&'a AgencySummary],
        common: Option<Common<'a>>,
    ) -> Vec<Ranked<'a>> {
        let results = year.and_then(|year| self.results(year)).map(|results| results.census(common));
        let standing = results.into_iter().flat_map(|census| &census.results);
        let total = |agency: &AgencySummary| year.and_then(|year| agency.rounds.get(&year)?.total);
        let without = members.iter().filter(|agency| total(agency).is_none());
        standing
            .map(|standing| Ranked::Standing(*standing))
            .chain(without.map(|agency| Ranked::Without(agency)))
            .collect()
    }

    /// A row of a ranking.
    pub(super) fn row(
        &self,
        year: Option<FiscalYear>,
        ranked: &Ranked<'a>,
        file: &str,
    ) -> view::RankedAgency {
        let (printer, agency) = (self.printer, ranked.agency());
        let standing = ranked.standing();
        let has_page = |year: &FiscalYear| {
            agency.rounds.get(year).is_some_and(|round| round.pages.report) || agency.left_out.contains(year)
        };
        let report = year.filter(has_page).map(groups::of_year);
        let page = report.as_deref().unwrap_or("/");
        let to = address::file_of(&address::prefix(agency.id.as_deref()), page);
        let rank_of = |RankOf { rank, of }| view::RankOf { rank: printer.count(rank), of: printer.count(of) };
        let ranks = year.and_then(|year| self.results(year)).map(|results| results.ranks(agency));
        let Ranks { in_kind, in_area } = ranks.unwrap_or_default();
        view::RankedAgency {
            rank: standing.map(|standing| printer.count(standing.rank)),
            name: frame::name_in_lists(&agency.name),
            href: address::relative(file, &to),
            kind: agency.kind.name().to_owned(),
            area: self.groups.area.name(agency).map(str::to_owned),
            total: standing.map(|standing| printer.score(standing.total)),
            level: standing.and_then(|standing| standing.round.level.clone()),
            change: standing.and_then(|standing| self.change(year?, agency, standing.total)),
            rank_in_kind: in_kind.map(rank_of),
            rank_in_area: in_area.map(rank_of),
        }
    }

    /// How a total stands to the one before it, where the same model made both.
    fn change(&self, year: FiscalYear, agency: &AgencySummary, total: Score) -> Option<String> {
        let before = year.previous();
        self.framework(year).and(self.framework(before))?;
        let then = agency.rounds.get(&before)?.total?;
        Some(self.printer.change(Exact::from(total) - Exact::from(then)))
    }
}

/// An agency in a ranking.
pub(super) enum Ranked<'a> {
    /// It announced a result.
    Standing(Standing<'a>),
    /// It did not.
    Without(&'a AgencySummary),
}

impl<'a> Ranked<'a> {
    fn agency(&self) -> &'a AgencySummary {
        match self {
            Ranked::Standing(standing) => standing.agency,
            Ranked::Without(agency) => agency,
        }
    }

    fn standing(&self) -> Option<&Standing<'a>> {
        match self {
            Ranked::Standing(standing) => Some(standing),
            Ranked::Without(_) => None,
        }
    }
}

/// The agencies of a page that are in a group as well. Kinds are compared and no names: a country has a million pairs.
fn shared<'a>(common: Common<'_>, group: &Group<'a>, scope: &Scope<'_, 'a>) -> Vec<&'a AgencySummary> {
    match (common, group.common) {
        (Common::Kind(_), Common::Area(..)) => {
            group.members.iter().filter(|agency| common.is_of(agency)).copied().collect()
        }
        (Common::Area(..), Common::Kind(_)) => {
            scope.members.iter().filter(|agency| group.common.is_of(agency)).copied().collect()
        }
        // Who is of one kind, or lies in one place, is in no other of its sort.
        _ => Vec::new(),
    }
}

/// As templates know what areas are.
pub(super) fn code(area: Area) -> &'static str {
    match area {
        Area::Province => "province",
        Area::District => "district",
    }
}

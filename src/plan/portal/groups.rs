//! The groups of agencies that a portal compares: by kind, and by where they lie. Each has a page of its own, at an address in ASCII that
//! stays the same as long as the group is called the same.

use crate::model::AgencyKind;
use crate::model::date::{FiscalYear, is_year_name};
use crate::model::summary::AgencySummary;
use crate::plan::address;
use crate::thai;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Where the pages of groups lie; no agency may be called so.
const FOLDER: &str = "groups";

/// The list of all agencies, where it does not fit the front page.
pub(super) const ALL: &str = "/groups/all/";

/// Agencies without a report.
pub(super) const WITHOUT_REPORT: &str = "/groups/no-report/";

/// Rows on one part of a list. At most 200 KB are to be loaded, and a row takes less than a kilobyte.
pub(super) const ROWS: usize = 100;

/// Agencies that have something in common.
pub(super) struct Group<'a> {
    pub(super) common: Common<'a>,
    /// Counted from the root of the portal.
    pub(super) address: String,
    /// In Thai order of proper names.
    pub(super) members: Vec<&'a AgencySummary>,
}

/// What the agencies of a group have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Common<'a> {
    Kind(AgencyKind),
    Area(Area, &'a str),
}

/// Every group of a portal. A single kind, or a single place, is no group.
pub(super) struct Groups<'a> {
    /// In the order of `AgencyKind::ALL`.
    pub(super) kinds: Vec<Group<'a>>,
    /// In Thai order.
    pub(super) areas: Vec<Group<'a>>,
    pub(super) area: Area,
}

/// What the areas of a portal are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Area {
    /// Where its agencies lie in several provinces.
    Province,
    /// Where all of them lie in one.
    District,
}

impl Area {
    fn of(agencies: &[&AgencySummary]) -> Area {
        let provinces: BTreeSet<_> =
            agencies.iter().filter_map(|agency| agency.province.as_deref()).collect();
        if provinces.len() > 1 { Area::Province } else { Area::District }
    }

    /// The area of an agency, if it says where it lies.
    pub(super) fn name(self, agency: &AgencySummary) -> Option<&str> {
        match self {
            Area::Province => agency.province.as_deref(),
            Area::District => agency.district.as_deref(),
        }
    }
}

impl<'a> Common<'a> {
    /// What it is called.
    pub(super) fn name(self) -> &'a str {
        match self {
            Common::Kind(kind) => kind.name(),
            Common::Area(_, name) => name,
        }
    }

    /// Whether an agency has it.
    pub(super) fn is_of(self, agency: &AgencySummary) -> bool {
        match self {
            Common::Kind(kind) => agency.kind == kind,
            Common::Area(area, name) => area.name(agency) == Some(name),
        }
    }
}

impl<'a> Groups<'a> {
    /// The groups of agencies that are in Thai order.
    pub(super) fn of(agencies: &[&'a AgencySummary]) -> Self {
        let area = Area::of(agencies);
        let mut kinds: BTreeMap<AgencyKind, Vec<&AgencySummary>> = BTreeMap::new();
        let mut areas: BTreeMap<&str, Vec<&AgencySummary>> = BTreeMap::new();
        for agency in agencies {
            kinds.entry(agency.kind).or_default().push(agency);
            if let Some(name) = area.name(agency) {
                areas.entry(name).or_default().push(agency);
            }
        }
        let kinds = kinds.into_iter().map(|(kind, members)| Group {
            common: Common::Kind(kind),
            address: format!("/{FOLDER}/{}/", kind.code()),
            members,
        });
        let areas = areas.into_iter().map(|(name, members)| Group {
            common: Common::Area(area, name),
            address: format!("/{FOLDER}/g-{}/", address::digits_of(name)),
            members,
        });
        let (mut kinds, mut areas): (Vec<_>, Vec<_>) = (kinds.collect(), areas.collect());
        areas.sort_by_cached_key(|group| thai::collation_key(group.common.name()));
        [&mut kinds, &mut areas].into_iter().filter(|groups| groups.len() < 2).for_each(Vec::clear);
        Groups { kinds, areas, area }
    }

    /// What an agency has in common with others of its groups.
    pub(super) fn commons_of(&self, agency: &'a AgencySummary) -> impl Iterator<Item = Common<'a>> {
        let area = self.area.name(agency).map(|name| Common::Area(self.area, name));
        [Some(Common::Kind(agency.kind)), area].into_iter().flatten()
    }

    /// All of them.
    pub(super) fn all(&self) -> impl Iterator<Item = &Group<'a>> {
        self.kinds.iter().chain(&self.areas)
    }
}

/// The years with an announced result, oldest first, and how many agencies have one. A year stays if its only results are left out because
/// of errors.
pub(super) fn years(agencies: &[&AgencySummary]) -> BTreeMap<FiscalYear, usize> {
    let mut years = BTreeMap::new();
    for agency in agencies {
        for (year, _) in agency.rounds.iter().filter(|(_, round)| round.total.is_some()) {
            *years.entry(*year).or_insert(0) += 1;
        }
        for year in &agency.left_out {
            years.entry(*year).or_insert(0);
        }
    }
    years
}

/// The newest year in which agencies can be compared: one for which at least half as many have a result, or a report, as for the year that
/// has most. A year of which the first ones have just come in says little about a portal.
pub(super) fn compared_year(years: &BTreeMap<FiscalYear, usize>) -> Option<FiscalYear> {
    let most = years.values().max().filter(|most| **most > 0)?;
    years.iter().rev().find(|(_, count)| **count * 2 >= *most).map(|(year, _)| *year)
}

/// The page of a year over all agencies.
pub(super) fn of_year(year: FiscalYear) -> String {
    format!("/{year}/")
}

/// The same by its file, counted from the root of the output.
pub(super) fn file_of_year(year: FiscalYear) -> String {
    address::file_of("", &of_year(year))
}

/// The addresses of the first parts of all lists and comparisons, counted from the root of the portal.
pub fn addresses(agencies: &[&AgencySummary]) -> Vec<String> {
    let groups = Groups::of(agencies);
    let of_groups = groups.all().map(|group| group.address.clone());
    let mut addresses: Vec<String> = of_groups.chain(years(agencies).into_keys().map(of_year)).collect();
    addresses.extend((agencies.len() > ROWS).then(|| ALL.to_owned()));
    addresses.extend((!agencies.is_empty()).then(|| WITHOUT_REPORT.to_owned()));
    addresses
}

/// Whether a page at an address, counted from the root of a portal, compares agencies or lists them.
pub fn compares(address: &str) -> bool {
    let first = address.trim_start_matches('/').split('/').next().unwrap_or_default();
    first == FOLDER || is_year_name(first)
}

/// Cuts a list of so many rows into parts of at most [`ROWS`], each with the address that it has below the list's; one part if it is empty.
pub(super) fn parts(address: &str, rows: usize) -> Vec<(String, Range<usize>)> {
    let part = |nth: usize| {
        let address = if nth == 0 { address.to_owned() } else { format!("{address}{}/", nth + 1) };
        (address, nth * ROWS..rows.min((nth + 1) * ROWS))
    };
    (0..rows.div_ceil(ROWS).max(1)).map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_of_the_first_results_is_not_compared() {
        let check = |counts: &[(i16, usize)], expected: Option<i16>| {
            let years =
                counts.iter().map(|(year, count)| (FiscalYear::new(*year).unwrap(), *count)).collect();
            assert_eq!(compared_year(&years), expected.and_then(FiscalYear::new), "{counts:?}");
        };
        check(&[], None);
        check(&[(2565, 1)], Some(2565));
        check(&[(2565, 0)], None);
        check(&[(2565, 1), (2566, 0)], Some(2565));
        check(&[(2565, 10), (2566, 4)], Some(2565));
        check(&[(2565, 10), (2566, 5)], Some(2566));
        check(&[(2564, 20), (2565, 9), (2566, 10)], Some(2566));
    }

    #[test]
    fn parts_follow_each_other() {
        let check = |rows: usize, expected: &[(&str, Range<usize>)]| {
            let expected: Vec<_> =
                expected.iter().map(|(address, rows)| ((*address).to_owned(), rows.clone())).collect();
            assert_eq!(parts("/2565/", rows), expected, "{rows}");
        };
        check(0, &[("/2565/", 0..0)]);
        check(1, &[("/2565/", 0..1)]);
        check(ROWS, &[("/2565/", 0..ROWS)]);
        check(
            ROWS * 2 + 1,
            &[("/2565/", 0..ROWS), ("/2565/2/", ROWS..ROWS * 2), ("/2565/3/", ROWS * 2..ROWS * 2 + 1)],
        );
    }
}

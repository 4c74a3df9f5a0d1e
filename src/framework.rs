//! What a fiscal year prescribes: instruments, indicators, levels, items. Data, not code: everything here differs from year to year and
//! comes from `framework/<year>.yaml`, the program's own or the site's.

use crate::model::ItemCode;
use crate::model::date::FiscalYear;
use crate::model::number::{Exact, Score};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// How sure a fact is, the surest first. What is only from memory is never shipped, so there is no tag for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sure {
    /// Read verbatim in a public source.
    Verified,
    /// Recomputed from published numbers, and it fits.
    Derived,
    /// Inferred from neighbouring years or indirect sources: printed with a note.
    Inferred,
}

impl Sure {
    /// As pages and data name it.
    pub fn code(self) -> &'static str {
        match self {
            Sure::Verified => "verified",
            Sure::Derived => "derived",
            Sure::Inferred => "inferred",
        }
    }
}

/// Everything that one fiscal year prescribes.
#[derive(Debug, Clone)]
pub struct Framework {
    /// The year.
    pub year: FiscalYear,
    /// IIT, EIT, OIT in the order shown.
    pub instruments: Vec<Instrument>,
    /// The indicators in the order shown.
    pub indicators: Vec<Indicator>,
    /// From the highest to the lowest; the first one whose condition holds.
    pub levels: Vec<Level>,
    /// The total from which an agency passes.
    pub pass: Score,
    /// Sub-indicators with their items; may be incomplete.
    pub groups: Vec<Group>,
    /// How many items the year has, if known.
    pub items_total: Option<u8>,
    /// How sure `items_total` is.
    pub items_total_sure: Option<Sure>,
    /// How items make indicators; `None` where unconfirmed, and then no points of an item are shown.
    pub item_weight: Option<ItemWeight>,
    /// How sure `item_weight` is.
    pub item_weight_sure: Option<Sure>,
    /// The two items that prongsai exists for.
    pub roles: Option<Roles>,
    /// Required content of the analysis item.
    pub components: Vec<Component>,
    /// What indicators 9 and 10 can be at all, computed when it is first asked for: some thousand sums, the same for every agency.
    pub outcomes: OnceLock<BTreeMap<u8, Outcomes>>,
}

/// A questionnaire or checklist whose score is the mean of its indicators.
#[derive(Debug, Clone)]
pub struct Instrument {
    /// `IIT`.
    pub code: String,
    /// In full.
    pub name: String,
    /// The NACC's English name.
    pub name_en: Option<String>,
    /// In per cent; `None` where unconfirmed, and then no total is computed.
    pub weight: Option<Score>,
    /// Other names that prose may use.
    pub aliases: Vec<String>,
    /// Filled from the file where the entry has no tag of its own.
    pub sure: Option<Sure>,
}

/// ตัวชี้วัด.
#[derive(Debug, Clone)]
pub struct Indicator {
    /// 1–10.
    pub number: u8,
    /// In full.
    pub name: String,
    /// The NACC's English name.
    pub name_en: Option<String>,
    /// Code of its instrument.
    pub instrument: String,
    /// Other names that prose may use.
    pub aliases: Vec<String>,
    /// Filled from the file where the entry has no tag of its own.
    pub sure: Option<Sure>,
}

/// A level of the result and what it takes.
#[derive(Debug, Clone)]
pub struct Level {
    /// As announced: `C`, `ผ่านดี`.
    pub name: String,
    /// The lowest total that has it.
    pub total: Score,
    /// The lowest score that every instrument must have as well (from 2566).
    pub instruments: Option<Score>,
    /// Filled from the file where the entry has no tag of its own.
    pub sure: Option<Sure>,
}

/// A sub-indicator of OIT (ตัวชี้วัดย่อย).
#[derive(Debug, Clone)]
pub struct Group {
    /// `9.1` … `10.2`.
    pub id: String,
    /// The indicator that it belongs to.
    pub indicator: u8,
    /// If it was read.
    pub name: Option<String>,
    /// Items in order.
    pub items: BTreeMap<ItemCode, Item>,
    /// Filled from the file where the entry has no tag of its own.
    pub sure: Option<Sure>,
}

/// An item of OIT (ข้อ).
#[derive(Debug, Clone)]
pub struct Item {
    /// Official title.
    pub title: String,
    /// Filled from the file where the entry has no tag of its own.
    pub sure: Option<Sure>,
}

/// How many items of each sub-indicator are full, in the order of the sub-indicators.
pub type Combination = Vec<u8>;

/// What an indicator can be, in hundredths of a point, each with the combination of items that gives it; `None` where several do.
pub type Outcomes = BTreeMap<i64, Option<Combination>>;

/// How items make indicators 9 and 10.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemWeight {
    /// An indicator is the mean of its sub-indicators, each of which is the mean of its items (D for 2564 and 2565).
    SubIndicatorMeans,
}

/// The items of a round that a report and its results answer.
#[derive(Debug, Clone)]
pub struct Roles {
    /// Analysis of last year's result, and measures.
    pub analysis: Option<ItemCode>,
    /// What was done about the measures.
    pub results: Option<ItemCode>,
    /// Whose measures the results item reports on.
    pub results_from: Option<ResultsFrom>,
    /// Filled from the file where the entry has no tag of its own.
    pub sure: Option<Sure>,
}

/// Whose measures the results item of a round reports on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ResultsFrom {
    /// Measures that take place in the round's own year (read for 2565).
    #[default]
    Same,
    /// Measures of the year before (read for 2569).
    Previous,
}

/// Content that the analysis item demands.
#[derive(Debug, Clone)]
pub struct Component {
    /// For tests and findings.
    pub id: String,
    /// As the framework words it.
    pub title: String,
    /// What shows it.
    pub shown_by: ShownBy,
    /// Filled from the file where the entry has no tag of its own.
    pub sure: Option<Sure>,
}

/// What shows a component.
#[derive(Debug, Clone)]
pub enum ShownBy {
    /// A heading of an analysis that begins with one of these.
    Heading(Vec<String>),
    /// A filled key of the measures.
    Measures(String),
}

/// Every year that is known.
#[derive(Debug, Clone, Default)]
pub struct Frameworks {
    /// By fiscal year.
    pub years: BTreeMap<FiscalYear, Arc<Framework>>,
}

impl Frameworks {
    /// The framework of a year; `None` for 2561 and before (another model) and for years that nobody has described yet.
    pub fn of(&self, year: FiscalYear) -> Option<&Framework> {
        self.years.get(&year).map(Arc::as_ref)
    }
}

impl Framework {
    /// An instrument by its code.
    pub fn instrument(&self, code: &str) -> Option<&Instrument> {
        self.instruments.iter().find(|instrument| instrument.code == code)
    }

    /// An indicator by its number.
    pub fn indicator(&self, number: u8) -> Option<&Indicator> {
        self.indicators.iter().find(|indicator| indicator.number == number)
    }

    /// The indicators of an instrument, in the order shown.
    pub fn indicators_of<'a>(&'a self, code: &'a str) -> impl Iterator<Item = &'a Indicator> {
        self.indicators.iter().filter(move |indicator| indicator.instrument == code)
    }

    /// The sub-indicators of an indicator, in the order shown.
    pub fn groups_of(&self, number: u8) -> impl Iterator<Item = &Group> {
        self.groups.iter().filter(move |group| group.indicator == number)
    }

    /// Every listed item with its group.
    pub fn items(&self) -> impl Iterator<Item = (&Group, ItemCode, &Item)> {
        self.groups.iter().flat_map(|group| group.items.iter().map(move |(code, item)| (group, *code, item)))
    }

    /// A listed item.
    pub fn item(&self, code: ItemCode) -> Option<&Item> {
        self.groups.iter().find_map(|group| group.items.get(&code))
    }

    /// Whether every item of the year is listed.
    pub fn is_complete(&self) -> bool {
        self.items_total.is_some_and(|total| self.items().count() == usize::from(total))
    }

    /// Whether an item may be answered: it is listed, or the catalogue is incomplete and the code within the year's number.
    pub fn knows(&self, code: ItemCode) -> bool {
        let listed = self.items().any(|(_, listed, _)| listed == code);
        listed || (!self.is_complete() && self.items_total.is_none_or(|total| code.0 <= total))
    }

    /// What one item weighs, in points of the total: instrument weight / indicators of it / groups of the indicator / items of the group.
    /// `None` where the year's rule is unconfirmed. In 2565 O42 and O43 weigh 5 points each.
    pub fn item_points(&self, code: ItemCode) -> Option<Exact> {
        self.item_weight.filter(|_| self.is_complete())?;
        let group = self.items().find(|(_, listed, _)| *listed == code).map(|(group, ..)| group)?;
        let indicator = self.indicator(group.indicator)?;
        let weight = self.instrument(&indicator.instrument)?.weight?;
        let indicators = self.indicators_of(&indicator.instrument).count();
        let groups = self.groups_of(group.indicator).count();
        let shares = i64::try_from(indicators * groups * group.items.len()).ok()?;
        Some(Exact::from(weight) * Exact::ratio(1, shares)?)
    }

    /// Whether the name of a level belongs to this year's scheme.
    pub fn has_level(&self, name: &str) -> bool {
        self.levels.iter().any(|level| level.name == name)
    }
}

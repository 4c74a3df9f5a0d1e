//! `framework/<year>.yaml` → `Framework`: a file's keys lie over those of the year that it extends, or of the built-in file of the same
//! year. A top-level key that is given replaces that key whole.

use super::form::{Form, RecordForm, Rule, Way};
use super::shape::{self, Fields, Reader, Record, Shape, choice, record};
use super::yaml;
use crate::finding::catalog::files;
use crate::finding::{Acceptance, Findings};
use crate::framework::*;
use crate::model::date::FiscalYear;
use crate::model::number::{Exact, Score};
use crate::model::{Given, ItemCode};
use crate::source::outline::{Node, Value};
use crate::source::{Place, Source};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// The files of the program and those of the site, by year.
#[derive(Debug, Default)]
pub struct Texts {
    /// Compiled in.
    pub built_in: BTreeMap<FiscalYear, Arc<Source>>,
    /// In the site's folder `framework/`.
    pub own: BTreeMap<FiscalYear, Arc<Source>>,
}

/// What may be written in a file of a year.
pub fn form() -> RecordForm {
    shape::document_form::<File>()
}

/// Reads every year. A file with an error is left aside, and the findings say why.
pub fn frameworks(texts: &Texts, findings: &mut Findings) -> Frameworks {
    let mut built_in = Frameworks::default();
    for (year, source) in &texts.built_in {
        if let Some(framework) = layered(*year, source, None, &built_in, findings) {
            built_in.years.insert(*year, Arc::new(framework));
        }
    }
    let mut all = Frameworks::default();
    let years: std::collections::BTreeSet<_> =
        texts.built_in.keys().chain(texts.own.keys()).copied().collect();
    for year in years {
        let base = built_in.years.get(&year);
        let own = texts.own.get(&year).and_then(|source| layered(year, source, base, &all, findings));
        // Under a broken file of the site the program's own still says what else is wrong; the error stops the build all the same.
        let framework = own.map(Arc::new).or_else(|| base.cloned());
        all.years.extend(framework.map(|framework| (year, framework)));
    }
    all
}

/// One file over what it extends. Only earlier years can be extended, so there is no circle.
fn layered(
    year: FiscalYear,
    source: &Arc<Source>,
    same_year: Option<&Arc<Framework>>,
    earlier: &Frameworks,
    findings: &mut Findings,
) -> Option<Framework> {
    let outline = yaml::outline(source, 0..source.text.len(), findings)?;
    let mut reader = Reader { findings, year: Some(year) };
    let mut fields = Fields::of(outline.root(), &mut reader)?;
    fields.optional::<Vec<Acceptance>>("accept", &mut reader);
    let file = File::read_fields(&mut fields, &mut reader);
    fields.finish(&mut reader);
    let file = file?;
    if file.fiscal_year.value != year {
        let found = file.fiscal_year.value.number();
        findings.add(files::year_mismatch(&file.fiscal_year.place, found, year.number(), year.number()));
        return None;
    }
    let base = match &file.extends {
        Some(extends) => {
            let Some(base) = earlier.of(extends.value).filter(|_| extends.value < year) else {
                let (th, en) =
                    ("extends ต้องเป็นปีก่อนหน้าที่มีเกณฑ์อยู่แล้ว", "`extends` names an earlier year that is known");
                findings.add(files::framework(&extends.place, th, en));
                return None;
            };
            Some(base)
        }
        None => same_year.map(Arc::as_ref),
    };
    let place = file.place.clone();
    let framework = file.over(year, base, findings)?;
    is_consistent(&framework, &place, findings).then_some(framework)
}

/// The keys of a file, all of them optional because an earlier year may give them.
struct File {
    fiscal_year: Given<FiscalYear>,
    extends: Option<Given<FiscalYear>>,
    sure: Sure,
    instruments: Option<Vec<Instrument>>,
    indicators: Option<Vec<Indicator>>,
    levels: Option<Vec<Level>>,
    pass: Option<Score>,
    groups: Option<Vec<Group>>,
    items_total: Option<u8>,
    items_total_sure: Option<Sure>,
    item_weight: Option<ItemWeight>,
    item_weight_sure: Option<Sure>,
    roles: Option<Roles>,
    components: Option<Vec<Component>>,
    place: Place,
}

record!(File {
    fiscal_year!, extends?, sure!, instruments?, indicators?, levels?, pass?, groups?, items_total?, items_total_sure?, item_weight?,
    item_weight_sure?, roles?, components?;
    place = whole_file
});

fn whole_file(fields: &Fields<'_>) -> Place {
    fields.place().source.whole()
}

record!(Instrument { code!, name!, name_en?, weight?, aliases*, sure? });
record!(Indicator { number!, name!, name_en?, instrument!, aliases*, sure? });
record!(Level { name!, total!, instruments?, sure? });
record!(Group { id!, indicator!, name?, items!, sure? });
record!(Roles { analysis?, results?, results_from?, sure? });
record!(Component { id!, title!, shown_by!, sure? });

impl File {
    /// This file's keys, and the base's for the rest.
    fn over(self, year: FiscalYear, base: Option<&Framework>, findings: &mut Findings) -> Option<Framework> {
        let sure = self.sure;
        let place = self.place.clone();
        let mut required = |key, given: bool| {
            if !given && base.is_none() {
                findings.add(files::missing_key(&place, key));
            }
        };
        required("instruments", self.instruments.is_some());
        required("indicators", self.indicators.is_some());
        required("levels", self.levels.is_some());
        required("pass", self.pass.is_some());
        let items_total_sure = self.items_total.map(|_| self.items_total_sure.unwrap_or(sure));
        let item_weight_sure = self.item_weight.map(|_| self.item_weight_sure.unwrap_or(sure));
        Some(Framework {
            year,
            instruments: tagged(self.instruments, sure)
                .or_else(|| base.map(|base| base.instruments.clone()))?,
            indicators: tagged(self.indicators, sure).or_else(|| base.map(|base| base.indicators.clone()))?,
            levels: tagged(self.levels, sure).or_else(|| base.map(|base| base.levels.clone()))?,
            pass: self.pass.or_else(|| base.map(|base| base.pass))?,
            groups: tagged(self.groups, sure)
                .or_else(|| base.map(|base| base.groups.clone()))
                .unwrap_or_default(),
            items_total: self.items_total.or_else(|| base.and_then(|base| base.items_total)),
            items_total_sure: items_total_sure.or_else(|| base.and_then(|base| base.items_total_sure)),
            item_weight: self.item_weight.or_else(|| base.and_then(|base| base.item_weight)),
            item_weight_sure: item_weight_sure.or_else(|| base.and_then(|base| base.item_weight_sure)),
            roles: tagged(self.roles.map(|roles| vec![roles]), sure)
                .and_then(|mut roles| roles.pop())
                .or_else(|| base.and_then(|base| base.roles.clone())),
            components: tagged(self.components, sure)
                .or_else(|| base.map(|base| base.components.clone()))
                .unwrap_or_default(),
            outcomes: OnceLock::new(),
        })
    }
}

/// An entry that carries a tag.
trait Tagged {
    fn tag(&mut self, sure: Sure);
}

macro_rules! tagged {
    ($($type:ty),*) => {$(
        impl Tagged for $type {
            fn tag(&mut self, sure: Sure) {
                self.sure.get_or_insert(sure);
            }
        }
    )*};
}
tagged!(Instrument, Indicator, Level, Item, Roles, Component);

/// The tag of a group speaks of its name and of which items it holds; each item has its own or the file's.
impl Tagged for Group {
    fn tag(&mut self, sure: Sure) {
        self.sure.get_or_insert(sure);
        self.items.values_mut().for_each(|item| item.tag(sure));
    }
}

fn tagged<T: Tagged>(entries: Option<Vec<T>>, sure: Sure) -> Option<Vec<T>> {
    let mut entries = entries?;
    entries.iter_mut().for_each(|entry| entry.tag(sure));
    Some(entries)
}

/// Weights that add up, and no entry that names what is not there.
fn is_consistent(framework: &Framework, place: &Place, findings: &mut Findings) -> bool {
    let mut problems: Vec<(String, String)> = Vec::new();
    let weights: Option<Vec<Exact>> =
        framework.instruments.iter().map(|instrument| instrument.weight.map(Exact::from)).collect();
    let sum = weights.map(|weights| weights.into_iter().fold(Exact::ZERO, |sum, weight| sum + weight));
    if sum.is_some_and(|sum| sum != Exact::from(Score::FULL)) {
        problems
            .push(("น้ำหนักของแบบวัดรวมกันไม่ได้ 100".to_owned(), "the weights do not add up to 100".to_owned()));
    }
    for indicator in framework.indicators.iter().filter(|one| framework.instrument(&one.instrument).is_none())
    {
        let Indicator { number, instrument, .. } = indicator;
        problems.push((
            format!("ตัวชี้วัดที่ {number} อ้างถึงแบบวัด {instrument} ที่ไม่มี"),
            format!("indicator {number} names an instrument {instrument} that does not exist"),
        ));
    }
    for group in framework.groups.iter().filter(|group| framework.indicator(group.indicator).is_none()) {
        let Group { id, indicator, .. } = group;
        problems.push((
            format!("กลุ่ม {id} อ้างถึงตัวชี้วัดที่ {indicator} ที่ไม่มี"),
            format!("group {id} names an indicator {indicator} that does not exist"),
        ));
    }
    let mut codes: Vec<ItemCode> = framework.items().map(|(_, code, _)| code).collect();
    codes.sort_unstable();
    if let Some(twice) = codes.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0]) {
        problems.push((format!("ข้อ {twice} อยู่ในสองกลุ่ม"), format!("item {twice} stands in two groups")));
    }
    for (th, en) in &problems {
        findings.add(files::framework(place, th, en));
    }
    problems.is_empty()
}

choice!(Sure { "V" => Sure::Verified, "D" => Sure::Derived, "I" => Sure::Inferred });
choice!(ItemWeight { "sub-indicator-means" => ItemWeight::SubIndicatorMeans });
choice!(ResultsFrom { "same" => ResultsFrom::Same, "previous" => ResultsFrom::Previous });

/// An item with a tag of its own.
struct TaggedItem {
    title: String,
    sure: Option<Sure>,
}

record!(TaggedItem { title!, sure? });

/// A title alone, or `{ title, sure }`.
impl Shape for Item {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        if node.value() != Value::Map {
            return Some(Item { title: String::read(node, reader)?, sure: None });
        }
        TaggedItem::read(node, reader).map(|TaggedItem { title, sure }| Item { title, sure })
    }

    fn form() -> Form {
        Form::Either(vec![String::form(), TaggedItem::form()])
    }
}

/// `{ heading: [ … ] }` or `{ measures: key }`.
impl Record for ShownBy {
    const NAME: &'static str = "ShownBy";
    const RULES: &'static [Rule] = &[Rule::Any(&[Way::Filled("heading"), Way::Filled("measures")])];

    fn read_fields(fields: &mut Fields<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let heading = fields.optional("heading", reader).map(ShownBy::Heading);
        let measures = fields.optional("measures", reader).map(ShownBy::Measures);
        let shown_by = heading.or(measures);
        if shown_by.is_none() {
            reader.findings.add(files::missing_key(&fields.place(), "heading"));
        }
        shown_by
    }
}

//! What a year's framework lists, as proposals for the files that speak of that year: indicators by number and name, levels, instruments,
//! items with their titles. Nothing else is refused.

use super::draft::{Properties, Schema, examples, value};
use super::{expected, words};
use crate::framework::{Framework, Frameworks, Sure};
use crate::language::Language;
use crate::model::date::{BUDDHIST_ERA, FiscalYear};
use crate::parse::form::{Form, KeyForm, Kind, RecordForm};
use crate::thai;

/// What a framework lists of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Listed {
    Indicators,
    Instruments,
    Levels,
    Items,
}

/// For each year that is known, what its files may say: applies where `fiscal_year` names it.
pub(super) fn by_year(
    language: Language,
    form: &RecordForm,
    frameworks: &Frameworks,
    prescribed_by: fn(FiscalYear) -> FiscalYear,
) -> Vec<Schema> {
    let named = frameworks.years.keys().flat_map(|year| [*year, year.next()]);
    let mut years: Vec<FiscalYear> = named.collect();
    years.sort_unstable();
    years.dedup();
    let of_year = |year: FiscalYear| {
        let framework = frameworks.of(prescribed_by(year))?;
        let then = Box::new(record(language, form, framework)?);
        Some(Schema { condition: Some(Box::new(speaks_of(year))), then: Some(then), ..Schema::default() })
    };
    years.into_iter().filter_map(of_year).collect()
}

/// Whether a file is of a year, in whichever era and digits it says so. An `enum` would do, but a language server would show it.
fn speaks_of(year: FiscalYear) -> Schema {
    let numbers = [year.number(), year.number() - BUDDHIST_ERA].map(i16::unsigned_abs).map(u64::from);
    let texts = numbers.map(|number| format!("{number}|{}", thai::to_thai_digits(&number.to_string())));
    let text = Schema {
        types: vec!["string"],
        pattern: Some(format!(r"^\s*({})\s*$", texts.join("|"))),
        ..Schema::default()
    };
    let number = |number| Schema {
        types: vec!["number"],
        minimum: Some(number),
        maximum: Some(number),
        ..Schema::default()
    };
    let own = Schema { any_of: [text].into_iter().chain(numbers.map(number)).collect(), ..Schema::default() };
    Schema {
        required: vec!["fiscal_year"],
        properties: Some(Properties(vec![("fiscal_year".to_owned(), own)])),
        ..Schema::default()
    }
}

/// The keys of a record below which a year lists something; `None` where there are none.
fn record(language: Language, form: &RecordForm, framework: &Framework) -> Option<Schema> {
    let of_key = |key: &KeyForm| {
        let schema = match words::of(form.name, key.key).and_then(|word| word.listed) {
            Some(listed) => listing(&key.form, &entries(language, listed, framework)),
            None => below(language, &key.form, framework),
        };
        Some((key.key.to_owned(), schema?))
    };
    let properties: Vec<_> = form.keys.iter().filter_map(of_key).collect();
    (!properties.is_empty()).then(|| Schema { properties: Some(Properties(properties)), ..Schema::default() })
}

fn below(language: Language, form: &Form, framework: &Framework) -> Option<Schema> {
    match form {
        Form::Record(form) => record(language, form, framework),
        Form::List(items) => {
            let items = Some(Box::new(below(language, items, framework)?));
            Some(Schema { items, ..Schema::default() })
        }
        Form::Value(_) | Form::Map(..) | Form::Either(_) => None,
    }
}

/// What is listed, where values or keys are of it.
fn listing(form: &Form, entries: &[(String, Option<String>)]) -> Option<Schema> {
    if entries.is_empty() {
        return None;
    }
    match form {
        Form::Map(_, value) => Some(keys(value, entries)),
        Form::List(items) => {
            let items = Some(Box::new(listing(items, entries)?));
            Some(Schema { items, ..Schema::default() })
        }
        Form::Either(forms) => {
            let listed: Vec<Schema> = forms.iter().filter_map(|form| listing(form, entries)).collect();
            let (lists, values): (Vec<_>, Vec<_>) =
                listed.into_iter().partition(|schema| schema.items.is_some());
            let either = Schema { all_of: lists, ..Schema::default() };
            Some(values.into_iter().fold(either, |mut either, value| {
                either.any_of.extend(value.any_of);
                either.all_of.extend(value.all_of);
                either
            }))
        }
        Form::Value(Kind::Choice(_)) | Form::Record(_) => None,
        Form::Value(_) => {
            let listed = entries.iter().map(|(text, name)| (value(text), name.clone()));
            // An author may write something else, which is not for an editor to judge.
            Some(Schema {
                any_of: vec![Schema::one_of_values(listed), Schema::default()],
                ..Schema::default()
            })
        }
    }
}

/// The keys of a map, each with its name, and examples of its value: a language server writes no colon behind a key without them.
fn keys(of: &Form, entries: &[(String, Option<String>)]) -> Schema {
    let examples = examples(of);
    let property = |(key, name): &(String, Option<String>)| {
        let schema = Schema { description: name.clone(), examples: examples.clone(), ..Schema::default() };
        (key.clone(), schema)
    };
    Schema { properties: Some(Properties(entries.iter().map(property).collect())), ..Schema::default() }
}

/// What a framework lists, each with its name.
fn entries(language: Language, listed: Listed, framework: &Framework) -> Vec<(String, Option<String>)> {
    let named = |name: &str, english: Option<&String>, sure: Option<Sure>| {
        let name = match (language, english) {
            (Language::English, Some(english)) => english,
            _ => name,
        };
        Some(expected::named(name, sure == Some(Sure::Inferred), language))
    };
    match listed {
        Listed::Indicators => {
            let all = framework.indicators.iter();
            all.map(|one| (one.number.to_string(), named(&one.name, one.name_en.as_ref(), one.sure)))
                .collect()
        }
        Listed::Instruments => {
            let all = framework.instruments.iter();
            all.map(|one| (one.code.clone(), named(&one.name, one.name_en.as_ref(), one.sure))).collect()
        }
        Listed::Levels => framework.levels.iter().map(|level| (level.name.clone(), None)).collect(),
        Listed::Items => framework
            .items()
            .map(|(_, code, item)| (code.to_string(), named(&item.title, None, item.sure)))
            .collect(),
    }
}

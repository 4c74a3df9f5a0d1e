//! Forms written down in the words of draft 7.
//!
//! Some of it is written for language servers, which validators do not mind. They propose `null` and `true` where they find a `type`, so
//! types are refused by an `if` instead. They insert a key without its colon where they find nothing at all, and lists and maps where they
//! find `items` or `properties`, so what may be one text has these in an `allOf`, behind an `anyOf`. They propose the keys of every branch
//! but an `if`, so rules between keys are one.

use super::{expected, pattern, words};
use crate::language::Language;
use crate::parse::form::{Form, KeyForm, Kind, RecordForm, Rule, Way};
use serde::{Serialize, Serializer};
use serde_json::Value;

/// A schema of draft 7, with what language servers read besides.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Schema {
    #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
    pub(super) dialect: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) examples: Vec<Value>,
    #[serde(rename = "enum", skip_serializing_if = "Vec::is_empty")]
    pub(super) values: Vec<Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) enum_descriptions: Vec<String>,
    #[serde(rename = "type", skip_serializing_if = "Vec::is_empty", serialize_with = "as_one_or_several")]
    pub(super) types: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) minimum: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) maximum: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) multiple_of: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) pattern: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) pattern_error_message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) error_message: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) required: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) properties: Option<Properties>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) pattern_properties: Option<Properties>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) additional_properties: Option<Additional>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) items: Option<Box<Schema>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) all_of: Vec<Schema>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) any_of: Vec<Schema>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) one_of: Vec<Schema>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) not: Option<Box<Schema>>,
    #[serde(rename = "if", skip_serializing_if = "Option::is_none")]
    pub(super) condition: Option<Box<Schema>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) then: Option<Box<Schema>>,
}

/// What may stand under a key that is not named.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub(super) enum Additional {
    /// Nothing (`false`).
    Refused(bool),
    /// A value of this form.
    Taken(Box<Schema>),
}

/// Keys in the order in which they are read, which serde_json's own maps would not keep.
#[derive(Debug, Clone, Default)]
pub(super) struct Properties(pub(super) Vec<(String, Schema)>);

impl Serialize for Properties {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, schema)| (key, schema)))
    }
}

/// One name alone, as people write it.
fn as_one_or_several<S: Serializer>(names: &[&'static str], serializer: S) -> Result<S::Ok, S::Error> {
    match names {
        [name] => name.serialize(serializer),
        names => names.serialize(serializer),
    }
}

impl Schema {
    /// Any of these, or the only one.
    fn any(mut schemas: Vec<Schema>) -> Self {
        match schemas.pop() {
            Some(only) if schemas.is_empty() => only,
            last => Schema { any_of: schemas.into_iter().chain(last).collect(), ..Schema::default() },
        }
    }

    /// Draft 7.
    pub(super) const DIALECT: &'static str = "http://json-schema.org/draft-07/schema#";

    /// As a document, which ends with a line end.
    pub(super) fn to_json(&self) -> String {
        // Keys are strings and numbers are finite, so nothing here can fail to be written.
        serde_json::to_string_pretty(self).map(|text| text + "\n").unwrap_or_default()
    }

    /// One of a closed list, in words.
    pub(super) fn one_of_values(values: impl IntoIterator<Item = (Value, Option<String>)>) -> Self {
        let (values, descriptions): (Vec<_>, Vec<_>) = values.into_iter().unzip();
        Schema {
            values,
            enum_descriptions: descriptions.into_iter().flatten().collect(),
            ..Schema::default()
        }
    }
}

/// A text as a value of JSON: a number where YAML would read one.
pub(super) fn value(text: &str) -> Value {
    let is_number = text.starts_with(|sign: char| sign.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let number = is_number.then(|| serde_json::from_str(text).ok()).flatten();
    number.unwrap_or_else(|| Value::String(text.to_owned()))
}

/// What may be proposed where nothing better is known.
pub(super) fn examples(form: &Form) -> Vec<Value> {
    let place = Place::of(form);
    place.kinds.iter().flat_map(|kind| expected::examples(kind)).map(|text| value(text)).collect()
}

/// Writes forms in one language.
#[derive(Clone, Copy)]
pub(super) struct Pen {
    pub(super) language: Language,
}

/// What may stand at one place, by the types of JSON.
#[derive(Default)]
struct Place<'f> {
    kinds: Vec<&'f Kind>,
    list: Option<&'f Form>,
    map: Option<(&'f Kind, &'f Form)>,
    records: Vec<&'f RecordForm>,
}

impl<'f> Place<'f> {
    fn of(form: &'f Form) -> Self {
        let mut place = Place::default();
        place.add(form);
        place
    }

    fn add(&mut self, form: &'f Form) {
        match form {
            Form::Value(kind) => self.kinds.push(kind),
            Form::List(items) => self.list = Some(items),
            Form::Map(key, value) => self.map = Some((key, value)),
            Form::Record(record) => self.records.push(record),
            Form::Either(forms) => forms.iter().for_each(|form| self.add(form)),
        }
    }
}

impl Pen {
    /// A whole file.
    pub(super) fn document(&self, form: &RecordForm) -> Schema {
        let wrong_type = self.refused(&Place { records: vec![form], ..Place::default() }, true);
        Schema { dialect: Some(Schema::DIALECT), any_of: vec![wrong_type], ..self.record(form) }
    }

    /// What may stand at a place; where nothing has to, a blank or null is as if it were not there.
    fn place(&self, form: &Form, is_required: bool) -> Schema {
        let place = Place::of(form);
        let inside = self.inside(&place);
        let any_of =
            choices(&place, self.language).into_iter().chain([self.refused(&place, is_required)]).collect();
        match (place.kinds.is_empty(), place.list.is_some() || is_map(&place)) {
            (true, _) => Schema { any_of, ..inside },
            (false, true) => Schema { any_of, all_of: vec![inside], ..Schema::default() },
            (false, false) => Schema { any_of, ..Schema::default() },
        }
    }

    /// What may stand in a list or map, if it is one.
    fn inside(&self, place: &Place<'_>) -> Schema {
        let mut schema = match place.records.as_slice() {
            [] => Schema::default(),
            [record] => self.record(record),
            records => {
                let each =
                    records.iter().map(|record| Schema { types: vec!["object"], ..self.record(record) });
                Schema { any_of: [without("object")].into_iter().chain(each).collect(), ..Schema::default() }
            }
        };
        if let Some((key, value)) = place.map {
            // What is proposed for such a key describes it, and must not be lost behind another `anyOf`.
            let mut value = self.place(value, false);
            if let [only] = value.any_of.as_mut_slice() {
                value = Schema { all_of: value.all_of, items: value.items, ..std::mem::take(only) };
            }
            schema.properties = Some(Properties::default());
            match key {
                Kind::Text => schema.additional_properties = Some(Additional::Taken(Box::new(value))),
                _ => {
                    let keys = pattern::of(&[key], false).unwrap_or_default();
                    schema.pattern_properties = Some(Properties(vec![(keys, value)]));
                    schema.additional_properties = Some(Additional::Refused(false));
                }
            }
        }
        schema.items = place.list.map(|items| Box::new(self.place(items, true)));
        schema
    }

    /// The keys of a record and what holds between them.
    fn record(&self, form: &RecordForm) -> Schema {
        let required = form.keys.iter().filter(|key| key.is_required).map(|key| key.key);
        Schema {
            properties: Some(Properties(
                form.keys.iter().map(|key| (key.key.to_owned(), self.key(form, key))).collect(),
            )),
            required: required.collect(),
            additional_properties: Some(Additional::Refused(false)),
            all_of: form.rules.iter().map(|rule| self.rule(rule)).collect(),
            ..Schema::default()
        }
    }

    fn key(&self, form: &RecordForm, key: &KeyForm) -> Schema {
        let schema = self.place(&key.form, key.is_required);
        let Some(word) = words::of(form.name, key.key) else { return schema };
        let description = Some(word.description.in_language(self.language).to_owned());
        let own: Vec<Value> = word.examples.iter().map(|text| value(text)).collect();
        let examples = if own.is_empty() { self::examples(&key.form) } else { own };
        Schema { description, examples, ..schema }
    }

    /// Refuses a map in which a rule does not hold.
    fn rule(&self, rule: &Rule) -> Schema {
        let holds = match rule {
            Rule::ExactlyOne(keys) => {
                Schema { one_of: keys.iter().map(|key| filled(key)).collect(), ..Schema::default() }
            }
            Rule::Any(ways) => Schema { any_of: ways.iter().map(way).collect(), ..Schema::default() },
        };
        let broken = Schema { types: vec!["object"], not: Some(Box::new(holds)), ..Schema::default() };
        let error_message = Some(expected::rule(rule, self.language));
        // No map is an array: so this only says what is wrong.
        let then = Schema { types: vec!["array"], error_message, ..Schema::default() };
        Schema { condition: Some(Box::new(broken)), then: Some(Box::new(then)), ..Schema::default() }
    }

    /// Everything that is wrong with a value, a list or a map by its type, and with a value by what it says, in one message.
    fn refused(&self, place: &Place<'_>, is_required: bool) -> Schema {
        let message = Some(expected_at(place, self.language));
        let numbers: Vec<Schema> = place.kinds.iter().filter_map(|kind| numbers(kind)).collect();
        let takes_text = !place.kinds.is_empty();
        let refused = [
            ("array", place.list.is_some()),
            ("object", is_map(place)),
            ("boolean", place.kinds.iter().any(|kind| matches!(kind, Kind::Text | Kind::Id))),
            ("null", !is_required),
            ("string", takes_text || !is_required),
            ("number", !numbers.is_empty()),
        ];
        let types = refused.iter().filter(|(_, is_taken)| !is_taken).map(|(name, _)| *name).collect();
        let outside = Schema {
            types: vec!["number"],
            not: Some(Box::new(Schema::any(numbers.clone()))),
            ..Schema::default()
        };
        let mut wrong = vec![Schema { types, ..Schema::default() }];
        wrong.extend(numbers.iter().any(is_limited).then_some(outside));
        // Nothing that is refused is of the first type that is taken: so this is what it says, and never holds.
        let taken = refused.iter().filter(|(_, is_taken)| *is_taken).map(|(name, _)| *name);
        let taken = taken.filter(|name| *name != "number").take(1).collect();
        let pattern = match takes_text {
            true => pattern::of(&place.kinds, !is_required),
            false => (!is_required).then(|| r"^\s*$".to_owned()),
        };
        Schema {
            pattern_error_message: message.clone().filter(|_| pattern.is_some()),
            pattern,
            condition: Some(Box::new(Schema::any(wrong))),
            then: Some(Box::new(Schema { types: taken, error_message: message, ..Schema::default() })),
            ..Schema::default()
        }
    }
}

fn is_map(place: &Place<'_>) -> bool {
    place.map.is_some() || !place.records.is_empty()
}

fn without(name: &'static str) -> Schema {
    let named = Schema { types: vec![name], ..Schema::default() };
    Schema { not: Some(Box::new(named)), ..Schema::default() }
}

fn way(way: &Way) -> Schema {
    match way {
        Way::Key(key) => Schema { required: vec![key], ..Schema::default() },
        Way::Filled(key) => filled(key),
        Way::Below(key, below) => key_with(key, Schema { types: vec!["object"], ..filled(below) }),
    }
}

fn filled(key: &'static str) -> Schema {
    key_with(key, without("null"))
}

fn key_with(key: &'static str, value: Schema) -> Schema {
    let properties = Some(Properties(vec![(key.to_owned(), value)]));
    Schema { required: vec![key], properties, ..Schema::default() }
}

/// The values of closed lists, as they are proposed.
fn choices(place: &Place<'_>, language: Language) -> Option<Schema> {
    let lists = place.kinds.iter().filter_map(|kind| match kind {
        Kind::Choice(choices) => Some(choices),
        _ => None,
    });
    let values: Vec<Value> =
        lists.flatten().filter_map(|texts| texts.first()).map(|text| value(text)).collect();
    let error_message = Some(expected_at(place, language));
    (!values.is_empty()).then(|| Schema { values, error_message, ..Schema::default() })
}

fn expected_at(place: &Place<'_>, language: Language) -> String {
    expected::place(&place.kinds, place.list.is_some(), is_map(place), language)
}

/// The numbers that a kind takes where YAML reads one; `None` where it takes none. YAML has forgotten how they were written: `81.40` is
/// 81.4 to it, so decimals cannot be counted.
fn numbers(kind: &Kind) -> Option<Schema> {
    let between = |minimum, maximum, multiple_of| Schema {
        minimum: Some(minimum),
        maximum: Some(maximum),
        multiple_of,
        ..Schema::default()
    };
    match kind {
        Kind::Text => Some(Schema::default()),
        Kind::Score => Some(between(0, 100, None)),
        Kind::ItemScore => Some(between(0, 100, Some(100))),
        Kind::Whole(most) => Some(between(0, *most, Some(1))),
        Kind::Year => Some(Schema {
            any_of: vec![between(1900, 2099, Some(1)), between(2400, 2699, Some(1))],
            ..Schema::default()
        }),
        _ => None,
    }
}

fn is_limited(numbers: &Schema) -> bool {
    numbers.minimum.is_some() || !numbers.any_of.is_empty()
}

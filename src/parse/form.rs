//! What may stand at a place of a file, as the readers of [`super::shape`] themselves say it: for whoever has to tell others. It knows no
//! words and no other language in which forms are written down.

/// What may stand at a place of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// One value.
    Value(Kind),
    /// A sequence; no entry of it may be empty.
    List(Box<Form>),
    /// A map whose keys are data; a key without a value is as if it were not there.
    Map(Kind, Box<Form>),
    /// A map with a fixed set of keys.
    Record(RecordForm),
    /// Any of these.
    Either(Vec<Form>),
}

/// A map with a fixed set of keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordForm {
    /// The record, as the code calls it.
    pub name: &'static str,
    /// In the order of reading.
    pub keys: Vec<KeyForm>,
    /// What holds between keys.
    pub rules: &'static [Rule],
}

/// A key of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyForm {
    /// As it is written.
    pub key: &'static str,
    /// Whether it must have a value; the others may be left out or left empty.
    pub is_required: bool,
    /// What may stand behind it.
    pub form: Form,
}

/// What holds between the keys of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// One of these keys stands in the map, and no other of them.
    ExactlyOne(&'static [&'static str]),
    /// One of these ways leads to something.
    Any(&'static [Way]),
}

/// A way to what [`Rule::Any`] asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// A key, be it still empty.
    Key(&'static str),
    /// A key with a value.
    Filled(&'static str),
    /// A key below a key, with a value.
    Below(&'static str, &'static str),
}

/// What one value says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Anything.
    Text,
    /// See [`crate::model::number::Score::parse`].
    Score,
    /// A score of nothing or everything.
    ItemScore,
    /// A whole number up to this one.
    Whole(u64),
    /// One of a closed list: each value with every way to write it, the one that is proposed first.
    Choice(Vec<Vec<String>>),
    /// See [`super::shape::Id`].
    Id,
    /// An absolute web address that ends with `/`.
    BaseUrl,
    /// `O42`.
    ItemCode,
    /// See [`crate::model::link::LinkTarget::parse`].
    Link,
    /// See [`crate::model::date::parse_year`].
    Year,
    /// See [`crate::model::date::parse_date`].
    Date,
    /// See [`crate::model::date::parse_point`].
    Point,
    /// See [`crate::model::date::parse_period`].
    Period,
    /// Two parts round a `/`.
    DocumentNumber,
}

impl Form {
    /// One of a closed list of which each value is written in one way.
    pub fn choice(texts: &[&str]) -> Self {
        Form::Value(Kind::Choice(texts.iter().map(|text| vec![(*text).to_owned()]).collect()))
    }
}

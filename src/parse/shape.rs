//! The file formats: which keys a file has and what type each one is. The only place that knows them.
//!
//! A type that can be written in a file implements [`Shape`]; a map is declared with `record!`, one line per key. Reading never stops at
//! a mistake: each is a finding at its place, and the value is `None`.
//!
//! What may be written is told by [`Shape::form`]. The keys of a record are not declared for that a second time: its reader is let loose
//! on an empty map, and what it asks for are the keys.

use super::form::{Form, KeyForm, Kind, RecordForm, Rule, Way};
use super::yaml;
use crate::finding::catalog::{files, score};
use crate::finding::{Acceptance, Explained, Finding, Findings};
use crate::language::{Language, Numerals};
use crate::model::date::{self, Date, FiscalYear, Period, Point};
use crate::model::link::{LinkError, LinkTarget};
use crate::model::number::Score;
use crate::model::*;
use crate::source::outline::{Draft, Entry, Node, Value};
use crate::source::{Place, Source};
use crate::thai;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What reading needs besides the node: where findings go, and the year that `ไตรมาส ๑` speaks of.
pub struct Reader<'a> {
    /// All findings of the run.
    pub findings: &'a mut Findings,
    /// The fiscal year in which the content of the file takes place.
    pub year: Option<FiscalYear>,
}

/// A type that can be written in a file.
pub trait Shape: Sized {
    /// Reads it; `None` after a finding that says why not.
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self>;

    /// What [`Shape::read`] takes without a finding that it cannot be read.
    fn form() -> Form;

    /// What may stand where a sequence of this type is expected: one text is a list of one.
    const ALONE: Alone = Alone::Scalar;
}

/// What is a sequence of one although it is not written as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alone {
    /// Nothing.
    Nothing,
    /// A scalar.
    Scalar,
    /// Whatever the type is written as.
    Anything,
}

impl Alone {
    fn includes(self, value: Value<'_>) -> bool {
        match self {
            Alone::Nothing => false,
            Alone::Scalar => matches!(value, Value::Scalar(_)),
            Alone::Anything => matches!(value, Value::Scalar(_) | Value::Map),
        }
    }
}

/// A type that can be the key of a map.
pub trait Key: Ord + Sized {
    /// Reads it; `None` after a finding that says why not.
    fn read_key(entry: Entry<'_>, reader: &mut Reader<'_>) -> Option<Self>;

    /// What [`Key::read_key`] takes.
    fn kind() -> Kind;
}

const TEXT: Explained = Explained { th: "ข้อความ", en: "a text" };
const LIST: Explained = Explained { th: "รายการย่อย", en: "a list" };
const MAP: Explained = Explained {
    th: "รายการที่มีชื่อ (ชื่อ: ค่า)", en: "a map (`key: value`)"
};
const NOTHING: Explained = Explained { th: "ค่าว่าง", en: "nothing" };

/// Reads a whole document: its record, and what its author accepts.
pub fn document<T: Record>(node: Node<'_>, reader: &mut Reader<'_>) -> (Option<T>, Vec<Acceptance>) {
    let Some(mut fields) = Fields::of(node, reader) else { return (None, Vec::new()) };
    let accepted = fields.optional::<Vec<Acceptance>>("accept", reader).unwrap_or_default();
    let record = T::read_fields(&mut fields, reader);
    fields.finish(reader);
    (record, accepted)
}

/// What may be written in a whole document of a record.
pub fn document_form<T: Record>() -> RecordForm {
    record_form::<T>(|fields, reader| {
        fields.optional::<Vec<Acceptance>>("accept", reader);
        T::read_fields(fields, reader);
    })
}

/// What a reader asks of a map that has no keys. Every reader asks for all of its keys before it gives up.
fn record_form<T: Record>(read: fn(&mut Fields<'_>, &mut Reader<'_>)) -> RecordForm {
    let source = Source::new("", "{}");
    let mut draft = Draft::new(&source);
    draft.open_map(0);
    draft.close(source.text.len());
    let outline = draft.finish();
    let mut fields = Fields { map: outline.root(), asked: Vec::new() };
    read(&mut fields, &mut Reader { findings: &mut Findings::default(), year: None });
    let key =
        |asked: &Asked| KeyForm { key: asked.key, is_required: asked.is_required, form: (asked.form)() };
    RecordForm { name: T::NAME, keys: fields.asked.iter().map(key).collect(), rules: T::RULES }
}

/// The keys of a map that are still to be read, and those that were asked for.
pub struct Fields<'n> {
    map: Node<'n>,
    asked: Vec<Asked>,
}

/// A key that was asked for.
struct Asked {
    key: &'static str,
    is_required: bool,
    form: fn() -> Form,
}

impl<'n> Fields<'n> {
    /// The keys of a map; a finding where there is none.
    pub fn of(node: Node<'n>, reader: &mut Reader<'_>) -> Option<Self> {
        match node.value() {
            Value::Map => Some(Fields { map: node, asked: Vec::new() }),
            _ => match unspaced_key(&node.place()) {
                Some(finding) => {
                    reader.findings.add(finding);
                    None
                }
                None => refuse(node, MAP, reader),
            },
        }
    }

    /// The map itself.
    pub fn place(&self) -> Place {
        self.map.place()
    }

    /// The value under a key, if it is there and can be read.
    pub fn optional<T: Shape>(&mut self, key: &'static str, reader: &mut Reader<'_>) -> Option<T> {
        self.asked.push(Asked { key, is_required: false, form: T::form });
        let node = self.map.get(key).filter(|node| !node.is_absent())?;
        T::read(node, reader)
    }

    /// The value under a key that must be there.
    pub fn required<T: Shape>(&mut self, key: &'static str, reader: &mut Reader<'_>) -> Option<T> {
        self.asked.push(Asked { key, is_required: true, form: T::form });
        let entry = self.map.entry(key);
        if let Some(node) = entry.map(Entry::node).filter(|node| !node.is_absent()) {
            return T::read(node, reader);
        }
        // An empty key is the better place: there the officer forgot to fill in.
        let place = entry.map_or_else(|| self.first_line(), Entry::place);
        reader.findings.add(files::missing_key(&place, key));
        None
    }

    /// Asks for a value under a key that was read as one that may be left out.
    fn insist(&mut self, key: &'static str, reader: &mut Reader<'_>) {
        self.asked.iter_mut().filter(|asked| asked.key == key).for_each(|asked| asked.is_required = true);
        if self.map.get(key).is_none_or(Node::is_absent) {
            reader.findings.add(files::missing_key(&self.first_line(), key));
        }
    }

    fn first_line(&self) -> Place {
        let place = self.place();
        let first = self.map.entries().next();
        let end = first.map_or(place.span.end, |entry| entry.place().span.end);
        let span = place.span.start..end.max(place.span.start);
        place.with_span(span)
    }

    /// The first of some keys that stands in the map, or its first line: where to report what is missing below them.
    fn first_of(&self, keys: &[&str]) -> Place {
        let entry = keys.iter().find_map(|key| self.map.entry(key));
        entry.map_or_else(|| self.first_line(), Entry::place)
    }

    /// The keys of the map below a key that are not among those with a value. What is wrong with them is reported where the map is read.
    fn blanks<K: Key, V>(&self, key: &str, with_value: Option<&BTreeMap<K, V>>) -> BTreeMap<K, Blank> {
        let mut reader = Reader { findings: &mut Findings::default(), year: None };
        let below = self.map.get(key).filter(|node| node.value() == Value::Map);
        let mut blanks = BTreeMap::new();
        for entry in below.into_iter().flat_map(Node::entries) {
            let Some(key) = K::read_key(entry, &mut reader) else { continue };
            if !with_value.is_some_and(|map| map.contains_key(&key)) {
                blanks.insert(key, Blank { place: entry.place(), is_empty: entry.node().is_absent() });
            }
        }
        blanks
    }

    /// Whether a key stands in the map, with or without a value.
    pub fn has(&self, key: &str) -> bool {
        self.map.entry(key).is_some()
    }

    /// Reports every key that nobody asked for.
    pub fn finish(self, reader: &mut Reader<'_>) {
        // YAML's own merge key, and what is no key at all, are findings of the language.
        let is_known = |entry: &Entry<'_>| {
            ["", "<<"].contains(&entry.key()) || self.asked.iter().any(|asked| asked.key == entry.key())
        };
        for entry in self.map.entries().filter(|entry| !is_known(entry)) {
            if let Some(finding) = unspaced_key(&entry.place()).filter(|_| entry.node().is_absent()) {
                reader.findings.add(finding);
                continue;
            }
            let known: Vec<&str> = self.asked.iter().map(|asked| asked.key).collect();
            let nearest = thai::nearest(entry.key(), known.iter().copied());
            reader.findings.add(files::unknown_key(&entry.place(), entry.key(), nearest, &known));
        }
    }
}

/// A map with a fixed set of keys.
pub trait Record: Sized {
    /// What the record is called where its keys are described.
    const NAME: &'static str;

    /// What must hold between keys, as [`Record::read_fields`] sees to it.
    const RULES: &'static [Rule] = &[];

    /// Reads the keys of this record out of a map that may hold others besides. Asks for every key, whatever it finds under another one.
    fn read_fields(fields: &mut Fields<'_>, reader: &mut Reader<'_>) -> Option<Self>;
}

impl<T: Record> Shape for T {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let mut fields = Fields::of(node, reader)?;
        let record = T::read_fields(&mut fields, reader);
        fields.finish(reader);
        record
    }

    fn form() -> Form {
        Form::Record(record_form::<T>(|fields, reader| drop(T::read_fields(fields, reader))))
    }

    /// A sequence of records is always written as one.
    const ALONE: Alone = Alone::Nothing;
}

/// Declares the keys of a record: `key!` is required, `key?` optional, `key*` a collection that is empty when absent. A key `place` is
/// the map itself.
macro_rules! record {
    ($type:ident { $($key:ident $mark:tt),* $(; $($set:ident = $value:expr),*)? }) => {
        impl Record for $type {
            const NAME: &'static str = stringify!($type);

            fn read_fields(fields: &mut Fields<'_>, reader: &mut Reader<'_>) -> Option<Self> {
                let _ = &reader;
                $(let $key = record!(@read $mark $key fields reader);)*
                Some($type { $($key: record!(@take $mark $key),)* $($($set: $value(&*fields),)*)? })
            }
        }
    };
    (@read ! $key:ident $fields:ident $reader:ident) => { $fields.required(stringify!($key), $reader) };
    (@read ? $key:ident $fields:ident $reader:ident) => { $fields.optional(stringify!($key), $reader) };
    (@read * $key:ident $fields:ident $reader:ident) => { $fields.optional(stringify!($key), $reader) };
    (@take ! $key:ident) => { $key? };
    (@take ? $key:ident) => { $key };
    (@take * $key:ident) => { $key.unwrap_or_default() };
}
pub(crate) use record;

/// The place of the map itself, for records that remember it.
fn own_place(fields: &Fields<'_>) -> Place {
    fields.place()
}

// ── the files ──

/// `prongsai.yaml`, before its agency and main site are joined.
struct SiteFile {
    agency: Option<Profile>,
    portal: Option<Portal>,
    base_url: Option<BaseUrl>,
    main_site: Option<MainSite>,
    numerals: Option<Numerals>,
    personal_names: Option<PersonalNames>,
    language: Option<Language>,
    moved: BTreeMap<String, Given<String>>,
    theme: Option<Given<String>>,
    place: Place,
}

record!(SiteFile {
    agency?, portal?, base_url?, main_site?, numerals?, personal_names?, language?, moved*, theme?;
    place = own_place
});

impl Record for Settings {
    const NAME: &'static str = "Settings";
    const RULES: &'static [Rule] = &[Rule::ExactlyOne(&["agency", "portal"])];

    fn read_fields(fields: &mut Fields<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let has_agency = fields.map.get("agency").is_some_and(|node| !node.is_absent());
        let file = SiteFile::read_fields(fields, reader)?;
        if has_agency == file.portal.is_some() {
            let (th, en) =
                ("ต้องมี agency หรือ portal อย่างใดอย่างหนึ่ง", "exactly one of `agency` and `portal` is required");
            reader.findings.add(files::bad_value(&fields.first_line(), th, en));
            return None;
        }
        let agency = file.agency.map(|profile| Agency { id: None, profile, main_site: file.main_site });
        if has_agency && agency.is_none() {
            return None;
        }
        Some(Settings {
            agency,
            portal: file.portal,
            base_url: file.base_url.map(|BaseUrl(url)| url),
            numerals: file.numerals.unwrap_or_default(),
            personal_names: file.personal_names.unwrap_or_default(),
            language: file.language.unwrap_or_default(),
            moved: file.moved,
            theme: file.theme,
            place: file.place,
        })
    }
}

record!(Portal { name!, short_name! });

record!(Profile {
    name!, short_name!, address?, phone?, email?, former_names*, kind?, province?, district?, map?, seal?, garuda?,
    licence?
});

record!(Licence { name!, url? });

record!(FormerName { until!, name!, short_name! });

impl Record for MainSite {
    const NAME: &'static str = "MainSite";

    fn read_fields(fields: &mut Fields<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let url = fields.required("url", reader);
        let path = fields.optional::<ClickPath>("path", reader).map(|ClickPath(path)| path);
        Some(MainSite { url: url?, path: path.unwrap_or_else(|| vec!["หน้าแรก".to_owned()]) })
    }
}

/// `agency.yaml`: the keys of an agency without that level, and its main site.
impl Record for Agency {
    const NAME: &'static str = "Agency";

    fn read_fields(fields: &mut Fields<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let main_site = fields.optional("main_site", reader);
        let profile = Profile::read_fields(fields, reader);
        ["province", "district"].into_iter().for_each(|key| fields.insist(key, reader));
        Some(Agency { id: None, profile: profile?, main_site })
    }
}

/// A total or the map of indicators must be there, be it still empty: a round that is not announced yet has no other.
impl Record for Scores {
    const NAME: &'static str = "Scores";
    const RULES: &'static [Rule] = &[Rule::Any(&[Way::Key("indicators"), Way::Below("announced", "total")])];

    fn read_fields(fields: &mut Fields<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let fiscal_year = fields.required("fiscal_year", reader);
        let assessor = fields.optional("assessor", reader);
        let before = reader.findings.iter().count();
        let announced = fields.optional("announced", reader);
        // This may be all that is wrong with a total, and is a finding already.
        let slips = ["files/unknown-key", "files/wrong-type", "files/yaml-syntax"];
        let is_misspelt =
            reader.findings.iter().skip(before).any(|finding| slips.contains(&finding.kind.code));
        let indicators: Option<BTreeMap<u8, Given<Score>>> = fields.optional("indicators", reader);
        let instruments = fields.optional("instruments", reader);
        let weighted = fields.optional("weighted", reader);
        let parts = fields.optional("parts", reader);
        let items = fields.optional("items", reader);
        // A total that cannot be read is one all the same.
        let total = fields.map.get("announced").filter(|node| node.value() == Value::Map);
        let has_total = total.and_then(|node| node.get("total")).is_some_and(|node| !node.is_absent());
        if !has_total && !is_misspelt && !fields.has("indicators") {
            reader.findings.add(files::missing_key(&fields.first_line(), "indicators"));
        }
        Some(Scores {
            fiscal_year: fiscal_year?,
            assessor,
            announced,
            blanks: fields.blanks("indicators", indicators.as_ref()),
            indicators: indicators.unwrap_or_default(),
            instruments: instruments.unwrap_or_default(),
            weighted: weighted.unwrap_or_default(),
            parts: parts.unwrap_or_default(),
            items: items.unwrap_or_default(),
            place: fields.first_of(&["indicators"]),
        })
    }
}

record!(Announced { total?, level?, date?, source? });

/// Front matter of an analysis.
pub struct AnalysisFile {
    /// The indicators that need measures.
    pub focus: Vec<Given<u8>>,
}

record!(AnalysisFile { focus* });

/// Front matter of a narrative.
#[allow(missing_docs, reason = "the fields of the model's `Narrative`")]
pub struct NarrativeFile {
    pub title: Option<Given<String>>,
    pub date: Option<Given<Date>>,
    pub updated: Option<Given<Date>>,
    pub office: Option<Given<String>>,
    pub files: Vec<Link>,
    pub menu: Option<String>,
    pub order: Option<u32>,
}

record!(NarrativeFile { title?, date?, updated?, office?, files*, menu?, order? });

impl Record for MeasurePlan {
    const NAME: &'static str = "MeasurePlan";

    fn read_fields(fields: &mut Fields<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let fiscal_year = fields.required("fiscal_year", reader);
        let decided = fields.optional("decided", reader);
        let entries = fields.required::<Vec<MeasureEntry>>("measures", reader);
        let place = fields.place();
        Some(MeasurePlan { fiscal_year: fiscal_year?, decided, measures: measures(entries?, reader), place })
    }
}

record!(Decided { by?, who?, evidence*, date?; place = own_place });

/// A measure as written; an absent id is filled in by place.
struct MeasureEntry {
    id: Option<Given<Id>>,
    title: Option<Given<String>>,
    addresses: Vec<Given<u8>>,
    measure: Texts,
    steps: Texts,
    responsible: Texts,
    period: Option<Given<Period>>,
    follow_up: Option<FollowUp>,
    results: Vec<Progress>,
    place: Place,
}

record!(MeasureEntry {
    id?, title?, addresses*, measure!, steps*, responsible*, period?, follow_up?, results*;
    place = measure_place
});

/// What a measure lacks is reported at its id, or at its first line.
fn measure_place(fields: &Fields<'_>) -> Place {
    fields.map.get("id").map_or_else(|| fields.first_line(), Node::place)
}

/// Ids that are not given count by place; given ones must differ.
fn measures(entries: Vec<MeasureEntry>, reader: &mut Reader<'_>) -> Vec<Measure> {
    let mut seen: Vec<String> = Vec::new();
    let mut measures = Vec::new();
    for (index, entry) in entries.into_iter().enumerate() {
        if let Some(id) = entry.id.as_ref().filter(|id| seen.contains(&id.0)) {
            reader.findings.add(files::repeated_id(&id.place, &id.0));
        }
        let id = entry.id.map_or_else(|| format!("m{}", index + 1), |id| id.value.0);
        seen.push(id.clone());
        measures.push(Measure {
            id,
            title: entry.title,
            addresses: entry.addresses,
            measure: entry.measure.0,
            steps: entry.steps.0,
            responsible: entry.responsible.0,
            period: entry.period,
            follow_up: entry.follow_up,
            results: entry.results,
            place: entry.place,
        });
    }
    measures
}

/// The English name of a key differs from the field's: a state is written as `status`.
impl Record for Progress {
    const NAME: &'static str = "Progress";

    fn read_fields(fields: &mut Fields<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let date = fields.required("date", reader);
        let state = fields.required("status", reader);
        let of = fields.optional("of", reader).unwrap_or_default();
        let summary = fields.required("summary", reader);
        let evidence = fields.optional("evidence", reader).unwrap_or_default();
        Some(Progress { date: date?, state: state?, of, summary: summary?, evidence })
    }
}

/// Front matter of a memo.
#[allow(missing_docs, reason = "the fields of the model's `Memo`")]
pub struct MemoFile {
    pub office: Given<String>,
    pub number: Given<DocumentNumber>,
    pub date: Given<Date>,
    pub subject: Given<String>,
    pub to: Given<String>,
    pub signed_by: Signatory,
    pub endorsements: Vec<Endorsement>,
    pub files: Vec<Link>,
}

record!(MemoFile { office!, number!, date!, subject!, to!, signed_by!, endorsements*, files* });

record!(Signatory { name!, position! });

impl Record for Endorsement {
    const NAME: &'static str = "Endorsement";

    fn read_fields(fields: &mut Fields<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let heading = fields.required("heading", reader);
        let text = fields.optional::<Given<String>>("text", reader);
        let signatory = Signatory::read_fields(fields, reader);
        let date = fields.optional("date", reader);
        let is_dotted_line = |text: &Given<String>| text.chars().all(|sign| matches!(sign, '.' | '…' | ' '));
        Some(Endorsement {
            heading: heading?,
            text: text.filter(|text| !is_dotted_line(text)),
            signatory: signatory?,
            date,
        })
    }
}

impl Record for Disclosure {
    const NAME: &'static str = "Disclosure";

    fn read_fields(fields: &mut Fields<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let fiscal_year = fields.required("fiscal_year", reader);
        let answers_for = fields.optional("answers_for", reader);
        let items: Option<BTreeMap<ItemCode, Given<Answer>>> = fields.optional("items", reader);
        Some(Disclosure {
            fiscal_year: fiscal_year?,
            answers_for,
            blanks: fields.blanks("items", items.as_ref()),
            items: items.unwrap_or_default(),
            place: fields.first_of(&["answers_for", "items"]),
        })
    }
}

record!(Acceptance { code!, reason!; place = own_place });

// ── values ──

/// Where a text begins with a key that has no space behind its colon: the only sign between brackets, or where all keys of a map are so.
fn unspaced_key(place: &Place) -> Option<Finding> {
    let key = yaml::unspaced_key(place.text())?;
    let colon = place.span.start + key.len();
    Some(files::unspaced_colon(&place.clone().with_span(colon..colon + 1), key))
}

/// Says what was expected, and gives nothing.
fn refuse<T>(node: Node<'_>, expected: Explained, reader: &mut Reader<'_>) -> Option<T> {
    let found = match node.value() {
        Value::Absent => NOTHING,
        Value::Scalar(_) => TEXT,
        Value::List => LIST,
        Value::Map => MAP,
    };
    // A whole list or map would underline half the file: its first line shows what is meant.
    reader.findings.add(files::wrong_type(&node.place(), expected, found));
    None
}

/// The raw text of a scalar.
fn scalar<'n>(node: Node<'n>, expected: Explained, reader: &mut Reader<'_>) -> Option<&'n str> {
    match node.value() {
        Value::Scalar(text) => Some(text.trim()),
        _ => refuse(node, expected, reader),
    }
}

impl<T: Shape> Shape for Given<T> {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        Some(Given { value: T::read(node, reader)?, place: node.place() })
    }

    fn form() -> Form {
        T::form()
    }

    const ALONE: Alone = T::ALONE;
}

/// One text: line ends become spaces, quotes round the whole value are no part of it.
impl Shape for String {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let joined = scalar(node, TEXT, reader)?.joined_lines();
        let quoted =
            [('“', '”'), ('‘', '’'), ('"', '"'), ('\'', '\'')].into_iter().find_map(|(open, close)| {
                let inner = joined.strip_prefix(open)?.strip_suffix(close)?;
                (!inner.contains([open, close])).then(|| (open, inner.trim().to_owned()))
            });
        let Some((open, inner)) = quoted else { return Some(joined) };
        if matches!(open, '“' | '‘') {
            reader.findings.add(files::curly_quotes(&node.place()));
        }
        Some(inner)
    }

    fn form() -> Form {
        Form::Value(Kind::Text)
    }
}

/// In Thai prose a line end is a space.
trait JoinLines {
    /// One line of the trimmed lines that are not empty.
    fn joined_lines(&self) -> String;
}

impl JoinLines for str {
    fn joined_lines(&self) -> String {
        let mut lines = self.lines().map(str::trim).filter(|line| !line.is_empty());
        let mut joined = lines.next().unwrap_or_default().to_owned();
        lines.for_each(|line| joined.extend([" ", line]));
        joined
    }
}

/// A sequence; what may stand alone is a sequence of one.
impl<T: Shape> Shape for Vec<T> {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        match node.value() {
            Value::List => Some(node.items().filter_map(|node| present(node, reader)).collect()),
            value if T::ALONE.includes(value) => Some(vec![T::read(node, reader)?]),
            _ => refuse(node, LIST, reader),
        }
    }

    fn form() -> Form {
        let list = Form::List(Box::new(T::form()));
        match T::ALONE {
            Alone::Nothing => list,
            Alone::Scalar | Alone::Anything => Form::Either(vec![T::form(), list]),
        }
    }
}

/// An entry of a sequence that is not empty; an empty one is a slip of the hand.
fn present<T: Shape>(node: Node<'_>, reader: &mut Reader<'_>) -> Option<T> {
    if node.is_absent() { refuse(node, TEXT, reader) } else { T::read(node, reader) }
}

/// A map whose keys are data. Absent values are left out: a score that is not there is not zero.
impl<K: Key, V: Shape> Shape for BTreeMap<K, V> {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        if node.value() != Value::Map {
            return refuse(node, MAP, reader);
        }
        // Keys that are written differently can still be equal, as `O1` and `o01` are.
        let mut first: BTreeMap<K, Entry<'_>> = BTreeMap::new();
        for entry in node.entries().filter(|entry| !["", "<<"].contains(&entry.key())) {
            let Some(key) = K::read_key(entry, reader) else { continue };
            match first.get(&key) {
                Some(earlier) => {
                    reader.findings.add(files::duplicate_key(&entry.place(), entry.key(), &earlier.place()))
                }
                None => drop(first.insert(key, entry)),
            }
        }
        let present = first.into_iter().filter(|(_, entry)| !entry.node().is_absent());
        Some(present.filter_map(|(key, entry)| Some((key, V::read(entry.node(), reader)?))).collect())
    }

    fn form() -> Form {
        Form::Map(K::kind(), Box::new(V::form()))
    }

    const ALONE: Alone = Alone::Nothing;
}

impl Key for String {
    fn read_key(entry: Entry<'_>, _: &mut Reader<'_>) -> Option<Self> {
        Some(entry.key().to_owned())
    }

    fn kind() -> Kind {
        Kind::Text
    }
}

impl Key for u8 {
    fn read_key(entry: Entry<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let number = entry.key().parse().ok();
        if number.is_none() {
            let (th, en) = ("ตรงนี้ต้องเป็นเลขตัวชี้วัด", "the number of an indicator belongs here");
            reader.findings.add(files::bad_value(&entry.place(), th, en));
        }
        number
    }

    fn kind() -> Kind {
        Kind::Whole(u64::from(u8::MAX))
    }
}

impl Key for ItemCode {
    fn read_key(entry: Entry<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        item_code(entry.key(), || entry.place(), reader)
    }

    fn kind() -> Kind {
        Kind::ItemCode
    }
}

/// `O42`, `o42`, `O๔๒`, `O042`; a zero in place of the letter and a bare number name the code that was meant.
fn item_code(text: &str, place: impl Fn() -> Place, reader: &mut Reader<'_>) -> Option<ItemCode> {
    let text = thai::to_arabic_digits(text.trim());
    let number = |digits: &str| digits.parse::<u8>().ok().filter(|number| *number > 0 && digits.len() <= 3);
    let code = text.strip_prefix(['O', 'o']).and_then(number).map(ItemCode);
    if code.is_none() {
        let digits = text.trim_start_matches(|sign: char| !sign.is_ascii_digit()).trim_start_matches('0');
        let likely = number(digits).map(|number| ItemCode(number).to_string());
        reader.findings.add(files::bad_item(&place(), &text, likely.as_deref()));
    }
    code
}

impl Shape for ItemCode {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        item_code(scalar(node, TEXT, reader)?, || node.place(), reader)
    }

    fn form() -> Form {
        Form::Value(Kind::ItemCode)
    }
}

impl Shape for Score {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let text = scalar(node, Explained { th: "คะแนน", en: "a score" }, reader)?;
        let read = Score::parse(text);
        read.map_err(|error| reader.findings.add(score::unreadable(&node.place(), text, error))).ok()
    }

    fn form() -> Form {
        Form::Value(Kind::Score)
    }
}

impl Shape for ItemScore {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        match Score::read(node, reader)? {
            Score::ZERO => Some(ItemScore::Lost),
            Score::FULL => Some(ItemScore::Full),
            _ => {
                reader.findings.add(score::item_not_whole(&node.place()));
                None
            }
        }
    }

    fn form() -> Form {
        Form::Value(Kind::ItemScore)
    }
}

/// A small whole number: of an indicator, of an item, of a place in a menu.
macro_rules! whole_number {
    ($($type:ty),*) => {$(
        impl Shape for $type {
            fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
                let text = scalar(node, Explained { th: "ตัวเลข", en: "a number" }, reader)?;
                let number = thai::to_arabic_digits(text).parse().ok();
                if number.is_none() {
                    let (th, en) = (format!("{text} ไม่ใช่จำนวนเต็มที่ใช้ได้ตรงนี้"), format!("`{text}` is no whole number that fits here"));
                    reader.findings.add(files::bad_value(&node.place(), &th, &en));
                }
                number
            }

            fn form() -> Form {
                // No machine counts further than 64 bits.
                Form::Value(Kind::Whole(u64::try_from(<$type>::MAX).unwrap_or(u64::MAX)))
            }
        }
    )*};
}
whole_number!(u8, u32, usize);

/// A type with a closed list of values: each with every way to write it, the first one being what messages suggest.
macro_rules! choice {
    ($type:ident { $($text:literal $(| $other:literal)* => $value:expr),* $(,)? }) => {
        impl $type {
            /// Every value with every way to write it.
            const WRITTEN: &'static [(&'static [&'static str], $type)] = &[$((&[$text $(, $other)*], $value)),*];
        }

        impl Shape for $type {
            fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
                $crate::parse::shape::choose(node, Self::WRITTEN, reader)
            }

            fn form() -> $crate::parse::form::Form {
                $crate::parse::shape::choice_form(Self::WRITTEN)
            }
        }
    };
}
pub(crate) use choice;

/// The value that a text stands for, of a closed list; the first text of each is what messages suggest.
pub(super) fn choose<T: Copy>(
    node: Node<'_>,
    choices: &[(&[&str], T)],
    reader: &mut Reader<'_>,
) -> Option<T> {
    let text = scalar(node, TEXT, reader)?;
    let chosen = choices.iter().find(|(texts, _)| texts.contains(&text));
    if chosen.is_none() {
        let suggested: Vec<&str> = choices.iter().map(|(texts, _)| texts[0]).collect();
        reader.findings.add(files::bad_choice(&node.place(), text, &suggested));
    }
    chosen.map(|(_, value)| *value)
}

/// A closed list, as [`choose`] reads it.
pub(super) fn choice_form<T>(choices: &[(&[&str], T)]) -> Form {
    let written = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    Form::Value(Kind::Choice(choices.iter().map(|(texts, _)| written(texts)).collect()))
}

choice!(Numerals { "thai" => Numerals::Thai, "arabic" => Numerals::Arabic });
choice!(PersonalNames { "shown" => PersonalNames::Shown, "positions" => PersonalNames::Positions });
choice!(Language { "th" => Language::Thai, "en" => Language::English });
choice!(Assessor { "nacc" => Assessor::Nacc, "internal" => Assessor::Internal, "average" => Assessor::Average });
choice!(State {
    "เสร็จแล้ว" | "done" => State::Done,
    "กำลังดำเนินการ" | "ongoing" => State::Ongoing,
    "ยังไม่ดำเนินการ" | "planned" => State::Planned,
    "ยกเลิก" | "cancelled" => State::Cancelled,
});

impl Shape for AgencyKind {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let text = scalar(node, TEXT, reader)?;
        let found =
            AgencyKind::ALL.iter().find(|(_, name, _)| *name == text || name.replace(' ', "") == text);
        if found.is_none() {
            let names = AgencyKind::ALL.map(|(_, name, _)| name);
            reader.findings.add(files::bad_choice(&node.place(), text, &names));
        }
        found.map(|(kind, ..)| *kind)
    }

    fn form() -> Form {
        let written =
            |name: &str| BTreeSet::from([name.to_owned(), name.replace(' ', "")]).into_iter().collect();
        Form::Value(Kind::Choice(AgencyKind::ALL.iter().map(|(_, name, _)| written(name)).collect()))
    }
}

/// `[a-z][a-z0-9-]{1,39}`: what an address may be called.
pub struct Id(pub String);

impl Id {
    /// Whether a text can be an id.
    pub fn is_valid(text: &str) -> bool {
        let mut bytes = text.bytes();
        (2..=40).contains(&text.len())
            && bytes.next().is_some_and(|first| first.is_ascii_lowercase())
            && bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    }
}

impl Shape for Id {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let text = scalar(node, TEXT, reader)?;
        if !Id::is_valid(text) {
            reader.findings.add(files::bad_id(&node.place(), text));
            return None;
        }
        Some(Id(text.to_owned()))
    }

    fn form() -> Form {
        Form::Value(Kind::Id)
    }
}

/// ที่ of a memo: letters and number of the agency, `/`, number in the register, without spaces round the `/`. The digits themselves are
/// nobody's to judge.
pub struct DocumentNumber(pub String);

impl Shape for DocumentNumber {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let number = String::read(node, reader)?;
        let parts: Vec<&str> = number.split('/').map(str::trim).collect();
        if parts.len() < 2 || parts.iter().any(|part| part.is_empty()) {
            let (th, en) =
                ("เลขที่หนังสือต้องมีทั้งสองด้านของ /", "a document number has something on both sides of its `/`");
            reader.findings.add(files::bad_value(&node.place(), th, en));
            return None;
        }
        Some(DocumentNumber(parts.join("/")))
    }

    fn form() -> Form {
        Form::Value(Kind::DocumentNumber)
    }
}

/// An absolute web address that ends with `/`.
struct BaseUrl(String);

impl Shape for BaseUrl {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let text = scalar(node, TEXT, reader)?;
        let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let is_plain = |rest: &str| {
            rest.starts_with(|c: char| c.is_ascii_alphanumeric()) && !rest.contains([' ', '?', '#', '"', '<'])
        };
        if !host.is_some_and(is_plain) || !text.is_ascii() {
            let (th, en) = (
                "base_url ต้องขึ้นต้นด้วย https:// เป็นอักษรอังกฤษ และไม่มี ? หรือ #",
                "base_url begins with https://, is ASCII and has no `?` or `#`",
            );
            reader.findings.add(files::bad_value(&node.place(), th, en));
            return None;
        }
        Some(BaseUrl(format!("{}/", text.trim_end_matches('/'))))
    }

    fn form() -> Form {
        Form::Value(Kind::BaseUrl)
    }
}

impl Shape for AnswersFor {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        match node.value() {
            Value::Scalar(text) if text.trim() == "all" => Some(AnswersFor::All),
            _ => Some(AnswersFor::Items(Vec::read(node, reader)?)),
        }
    }

    fn form() -> Form {
        Form::Either(vec![Form::choice(&["all"]), Vec::<ItemCode>::form()])
    }
}

/// An answer that says more than its links.
struct LinksWithNote {
    links: Vec<Link>,
    note: Option<Given<String>>,
}

record!(LinksWithNote { links!, note? });

/// An answer that there is nothing to link to.
struct NoAnswer {
    none: Given<String>,
}

record!(NoAnswer { none! });

/// Links alone, `{ links, note }`, or `{ none: reason }`.
impl Shape for Answer {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let has = |key| node.get(key).is_some();
        if has("none") {
            return NoAnswer::read(node, reader).map(|NoAnswer { none }| Answer::None(none));
        }
        if has("links") || has("note") {
            return LinksWithNote::read(node, reader)
                .map(|LinksWithNote { links, note }| Answer::Links(links, note));
        }
        Some(Answer::Links(Vec::read(node, reader)?, None))
    }

    fn form() -> Form {
        Form::Either(vec![Vec::<Link>::form(), LinksWithNote::form(), NoAnswer::form()])
    }
}

/// A link that says more than where it leads.
struct LinkWithLabel {
    to: Given<LinkTarget>,
    label: Option<Given<String>>,
    path: Option<ClickPath>,
}

record!(LinkWithLabel { to!, label?, path? });

/// An address alone, or `{ to, label, path }`.
impl Shape for Link {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        if node.value() != Value::Map {
            let target = LinkTarget::read(node, reader)?;
            return Some(Link { target, label: None, path: Vec::new(), place: node.place() });
        }
        let LinkWithLabel { to, label, path } = LinkWithLabel::read(node, reader)?;
        let path = path.map(|ClickPath(path)| path).unwrap_or_default();
        Some(Link { target: to.value, label, path, place: to.place })
    }

    fn form() -> Form {
        Form::Either(vec![LinkTarget::form(), LinkWithLabel::form()])
    }

    const ALONE: Alone = Alone::Anything;
}

impl Shape for LinkTarget {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let text = scalar(node, Explained { th: "ลิงก์", en: "a link" }, reader)?;
        let read = LinkTarget::parse(text);
        read.map_err(|error| reader.findings.add(bad_link(&node.place(), text, error))).ok()
    }

    fn form() -> Form {
        Form::Value(Kind::Link)
    }
}

fn bad_link(place: &Place, text: &str, error: LinkError) -> Finding {
    files::bad_link(place, text, error.reason())
}

/// Menu names from the front page on: a list, or one text split at ` > `.
struct ClickPath(Vec<String>);

impl Shape for ClickPath {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let names = match node.value() {
            Value::List => Vec::<String>::read(node, reader)?,
            _ => String::read(node, reader)?
                .split(['>', '›', '»'])
                .map(|name| name.trim().to_owned())
                .collect(),
        };
        Some(ClickPath(names.into_iter().filter(|name| !name.is_empty()).collect()))
    }

    fn form() -> Form {
        Vec::<String>::form()
    }
}

// ── dates ──

impl Shape for FiscalYear {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let text = scalar(node, Explained { th: "ปี", en: "a year" }, reader)?;
        let read = date::parse_year(text);
        read.map_err(|error| reader.findings.add(files::bad_year(&node.place(), &error.kind))).ok()
    }

    fn form() -> Form {
        Form::Value(Kind::Year)
    }
}

impl Shape for Date {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        calendar(node, reader, date::parse_date, files::bad_date)
    }

    fn form() -> Form {
        Form::Value(Kind::Date)
    }
}

impl Shape for Point {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        calendar(node, reader, date::parse_point, files::bad_point)
    }

    fn form() -> Form {
        Form::Value(Kind::Point)
    }
}

/// A period by its ends.
struct Ends {
    from: Point,
    to: Point,
}

record!(Ends { from!, to! });

/// One text, or `{ from, to }`.
impl Shape for Period {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        if node.value() != Value::Map {
            // Without a year of its own the file is already refused; any year will do to look for further mistakes.
            let year = reader.year.unwrap_or(FiscalYear::LAST);
            return calendar(node, reader, |text| date::parse_period(text, year), files::bad_period);
        }
        let Ends { from, to } = Ends::read(node, reader)?;
        let period = Period::new(from, to);
        if period.is_none() {
            reader.findings.add(files::end_before_start(&node.place(), from, to));
        }
        period
    }

    fn form() -> Form {
        Form::Either(vec![Form::Value(Kind::Period), Ends::form()])
    }
}

/// A follow-up whose text does not name its month, or not alone.
struct FollowUpWithDate {
    text: Given<String>,
    date: Option<Point>,
}

record!(FollowUpWithDate { text!, date? });

/// A text, or `{ text, date }`; without a date, the last month that the text names.
impl Shape for FollowUp {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let FollowUpWithDate { text, date } = match node.value() {
            Value::Map => FollowUpWithDate::read(node, reader)?,
            _ => FollowUpWithDate { text: Given::read(node, reader)?, date: None },
        };
        let date = date.or_else(|| date::last_month_named(&text).map(Point::Month));
        Some(FollowUp { text, date })
    }

    fn form() -> Form {
        Form::Either(vec![String::form(), FollowUpWithDate::form()])
    }
}

/// Reads a text of the calendar; what is wrong with a part of it is found at that part, in the words of what belongs there.
fn calendar<T>(
    node: Node<'_>,
    reader: &mut Reader<'_>,
    parse: impl Fn(&str) -> Result<date::Reading<T>, date::DateError>,
    fault: fn(&Place, &str, &date::ErrorKind) -> Finding,
) -> Option<T> {
    let text = scalar(node, Explained { th: "วันที่หรือเดือน", en: "a date or month" }, reader)?;
    match parse(text) {
        Ok(reading) => {
            for remark in reading.remarks {
                let place = part(node, text, &remark.range);
                reader.findings.add(files::month_spelling(&place, &text[remark.range], remark.kind));
            }
            Some(reading.value)
        }
        Err(error) => {
            reader.findings.add(fault(&part(node, text, &error.range), text, &error.kind));
            None
        }
    }
}

/// The place of a part of a scalar's text: exact where the text stands as it is in the source, else the whole value.
fn part(node: Node<'_>, text: &str, range: &Range<usize>) -> Place {
    let place = node.place();
    let Some(offset) = place.text().find(text).filter(|_| !range.is_empty()) else {
        return place;
    };
    let start = place.span.start + offset;
    place.with_span(start + range.start..start + range.end)
}

// ── lists of text ──

/// Several texts: a sequence, a numbered text, or one text a line; the forms in which lists are pasted from Word. Numbers and bullets
/// are not kept, since pages number by themselves.
#[derive(Default)]
struct Texts(Vec<Given<String>>);

impl Shape for Texts {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        match node.value() {
            Value::List => Vec::read(node, reader).map(Texts),
            Value::Scalar(text) => {
                // What stands in the source as it is gives every item a place of its own; quotes may hold escapes.
                let whole = node.place();
                let raw = whole.text();
                let (text, start) = match raw.starts_with(['"', '\'']) {
                    true => (text, None),
                    false => (raw, Some(whole.span.start)),
                };
                let place = |range: &Range<usize>| match start {
                    Some(start) => whole.clone().with_span(start + range.start..start + range.end),
                    None => whole.clone(),
                };
                let items = split_items(text);
                for range in &items.odd_numbers {
                    reader.findings.add(files::list_number(&place(range)));
                }
                for range in &items.odd_dashes {
                    reader.findings.add(files::list_dash(&place(range)));
                }
                let given = |range: &Range<usize>| Given {
                    value: text[range.clone()].joined_lines(),
                    place: place(range),
                };
                Some(Texts(items.ranges.iter().map(given).collect()))
            }
            _ => refuse(node, TEXT, reader),
        }
    }

    fn form() -> Form {
        Vec::<String>::form()
    }
}

/// Where the items of a text lie, and what looks like the beginning of an item but is none. All in bytes of the text.
#[derive(Debug, Default)]
struct SplitItems {
    ranges: Vec<Range<usize>>,
    odd_numbers: Vec<Range<usize>>,
    odd_dashes: Vec<Range<usize>>,
}

fn split_items(text: &str) -> SplitItems {
    let first = text.len() - text.trim_start().len();
    match item_number(&text[first..]) {
        Some(ItemNumber { number: 1, mark, length })
            if text[first + length..].starts_with(char::is_whitespace) =>
        {
            numbered_items(text, first, mark)
        }
        _ => line_items(text),
    }
}

/// A number with its mark at the start of a text.
struct ItemNumber {
    number: usize,
    mark: char,
    length: usize,
}

fn item_number(text: &str) -> Option<ItemNumber> {
    let digits =
        text.len() - text.trim_start_matches(|sign: char| matches!(sign, '0'..='9' | '๐'..='๙')).len();
    let mark = text[digits..].chars().next().filter(|mark| matches!(mark, '.' | ')'))?;
    let number = thai::to_arabic_digits(&text[..digits]).parse().ok().filter(|number| *number < 100)?;
    let rest = &text[digits + 1..];
    // `๒.๕` is a decimal, `10.2` a sub-indicator.
    (!rest.starts_with(|sign: char| matches!(sign, '0'..='9' | '๐'..='๙'))).then_some(ItemNumber {
        number,
        mark,
        length: digits + 1,
    })
}

/// Item *n+1* begins where its number with the same mark follows a space or a line start.
fn numbered_items(text: &str, first: usize, mark: char) -> SplitItems {
    let mut items = SplitItems::default();
    let mut expected = 1;
    let mut body = first;
    for at in word_starts(text).filter(|at| *at >= first) {
        let Some(found) = item_number(&text[at..]) else { continue };
        if found.number == expected && found.mark == mark {
            if expected > 1 {
                items.ranges.push(trimmed(text, body..at));
            }
            body = at + found.length;
            expected += 1;
        } else if text[..at].trim_end_matches([' ', '\t', '\u{a0}']).ends_with('\n') {
            items.odd_numbers.push(at..at + found.length);
        }
    }
    items.ranges.push(trimmed(text, body..text.len()));
    items.odd_dashes = items.ranges.iter().flat_map(|range| odd_dashes(text, range)).collect();
    items
}

/// One item per line that is not empty, without its bullet.
fn line_items(text: &str) -> SplitItems {
    let mut items = SplitItems::default();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let range = trimmed(text, at..at + line.len());
        at += line.len();
        if range.is_empty() {
            continue;
        }
        let content = &text[range.clone()];
        if let Some(found) = item_number(content) {
            items.odd_numbers.push(range.start..range.start + found.length);
        }
        let bullet = content.len() - content.trim_start_matches(['-', '–', '•']).len();
        let range = trimmed(text, range.start + bullet..range.end);
        items.odd_dashes.extend(odd_dashes(text, &range));
        items.ranges.push(range);
    }
    items
}

fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let mut after_space = true;
    text.char_indices().filter_map(move |(at, sign)| {
        let starts = after_space && !sign.is_whitespace();
        after_space = sign.is_whitespace();
        starts.then_some(at)
    })
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let content = &text[range.clone()];
    let start = range.start + content.len() - content.trim_start().len();
    start..start.max(range.start + content.trim_end().len())
}

/// ` -ก`: a dash before a Thai letter that begins no item, because its space is missing.
fn odd_dashes(text: &str, range: &Range<usize>) -> Vec<Range<usize>> {
    let item = &text[range.clone()];
    let is_thai_letter = |sign: char| matches!(sign, 'ก'..='ฮ' | 'เ'..='ไ');
    item.match_indices('-')
        .filter(|(at, _)| item[..*at].ends_with(' ') && item[at + 1..].starts_with(is_thai_letter))
        .map(|(at, _)| range.start + at..range.start + at + 1)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;
    use proptest::prelude::*;

    #[test]
    fn a_key_without_a_space_behind_its_colon_is_named() {
        let check = |text: &str, column: usize| {
            let source = Source::new("a.yaml", text);
            let mut findings = Findings::default();
            let outline = yaml::outline(&source, 0..source.text.len(), &mut findings).unwrap();
            document::<Scores>(outline.root(), &mut Reader { findings: &mut findings, year: None });
            let findings: Vec<&Finding> = findings.iter().collect();
            let [finding] = findings.as_slice() else { panic!("{text}: {findings:?}") };
            assert_eq!(finding.location.start.column, column, "{text}: {finding:?}");
            assert!(finding.remedy.en.contains("type a space"), "{text}: {finding:?}");
        };
        check("fiscal_year: 2565\nindicators:\nannounced:\n  total:69.38\n", 8);
        check("fiscal_year: 2565\nindicators:\nannounced:\n  total:69.38\n  level:C\n", 8);
        check("fiscal_year: 2565\nindicators:\nannounced: { total:69.38, level: C }\n", 19);
    }

    #[test]
    fn a_misspelt_total_is_one_slip() {
        let source = Source::new("a.yaml", "fiscal_year: 2565\nannounced: { totl: 69.38 }\n");
        let mut findings = Findings::default();
        let outline = yaml::outline(&source, 0..source.text.len(), &mut findings).unwrap();
        document::<Scores>(outline.root(), &mut Reader { findings: &mut findings, year: None });
        let codes: Vec<&str> = findings.iter().map(|finding| finding.kind.code).collect();
        assert_eq!(codes, ["files/unknown-key"]);
    }

    #[test]
    fn lists_are_read_as_they_are_pasted() {
        let check = |text: &str, expected: &[&str]| {
            let items: Vec<String> =
                split_items(text).ranges.into_iter().map(|range| text[range].joined_lines()).collect();
            assert_eq!(items, expected, "{text:?}");
        };
        check("๑. ก\n๒. ข\n", &["ก", "ข"]);
        check("๑. คู่มือ ๒. ประเมิน\n   ต่อบรรทัด", &["คู่มือ", "ประเมิน ต่อบรรทัด"]);
        check("1) ก 2) ข 3) ค", &["ก", "ข", "ค"]);
        check("๑. ดูข้อ ๒.๕ และ ๒. ข", &["ดูข้อ ๒.๕ และ", "ข"]);
        check("- ก\n\n– ข\n• ค\n", &["ก", "ข", "ค"]);
        check("สำนักปลัด", &["สำนักปลัด"]);
        check("ทุกกอง/สำนัก", &["ทุกกอง/สำนัก"]);
        check("๑.ก", &["๑.ก"]);
        check("", &[]);
    }

    #[test]
    fn what_looks_like_an_item_but_is_none_is_told() {
        let check = |text: &str, numbers: &[&str], dashes: usize| {
            let items = split_items(text);
            let found: Vec<&str> = items.odd_numbers.iter().map(|range| &text[range.clone()]).collect();
            assert_eq!((found.as_slice(), items.odd_dashes.len()), (numbers, dashes), "{text:?}");
        };
        check("๑. ก\n๓. ข", &["๓."], 0);
        check("๒. ก\n๓. ข", &["๒.", "๓."], 0);
        check("๑. ก -ข", &[], 1);
        check("ก -ข -ค", &[], 2);
        check("พ.ศ. ๒๕๖๖ -๒๕๗๐ และ e -planNACC", &[], 0);
    }

    fn read<T: Shape>(text: &str) -> (Option<T>, Vec<&'static str>) {
        let source = Source::new("a.yaml", format!("a: {text}"));
        let mut findings = Findings::default();
        let outline = yaml::outline(&source, 0..source.text.len(), &mut findings);
        let mut reader = Reader { findings: &mut findings, year: FiscalYear::new(2566) };
        let node = outline.as_ref().and_then(|outline| outline.root().get("a"));
        let value = node.and_then(|node| T::read(node, &mut reader));
        (value, findings.iter().map(|finding| finding.kind.code).collect())
    }

    #[test]
    fn item_codes_name_the_code_that_was_meant() {
        let check = |text: &str, expected: Option<u8>| {
            let (code, findings) = read::<ItemCode>(text);
            assert_eq!(code, expected.map(ItemCode), "{text}");
            assert_eq!(findings.is_empty(), expected.is_some(), "{text}");
        };
        check("O42", Some(42));
        check("o๔๒", Some(42));
        check("O01", Some(1));
        check("042", None);
        check("42", None);
        check("OIT1", None);
        check("O0", None);
        check("O999", None);
    }

    #[test]
    fn quotes_round_a_value_are_not_part_of_it() {
        let check = |text: &str, expected: &str, codes: &[&str]| {
            assert_eq!(read::<String>(text), (Some(expected.to_owned()), codes.to_vec()), "{text}");
        };
        check("คู่มือ", "คู่มือ", &[]);
        check("'ก: ข'", "ก: ข", &[]);
        check("“คู่มือ”", "คู่มือ", &["files/curly-quotes"]);
        check("“ก” และ “ข”", "“ก” และ “ข”", &[]);
        check("|\n  ก\n  ข\n", "ก ข", &[]);
    }

    #[test]
    fn a_wrong_part_of_a_date_is_found_at_that_part() {
        let source = Source::new("a.yaml", "a: ต.ค. ๖๕ - มี.ค ๖๖\n");
        let mut findings = Findings::default();
        let outline = yaml::outline(&source, 0..source.text.len(), &mut findings).unwrap();
        let mut reader = Reader { findings: &mut findings, year: FiscalYear::new(2566) };
        assert!(Period::read(outline.root().get("a").unwrap(), &mut reader).is_some());
        let found: Vec<_> =
            findings.iter().map(|finding| (finding.kind.code, finding.location.start.column)).collect();
        assert_eq!(found, [("files/month-spelling", 14)]);
    }

    proptest! {
        #[test]
        fn items_lie_in_the_text_and_in_order(text in "[๐-๙0-9.) \n\\-–•ก-ฮเ-์a-z]{0,60}") {
            let items = split_items(&text);
            let mut end = 0;
            for range in items.ranges {
                prop_assert!(text.get(range.clone()).is_some() && range.start >= end);
                end = range.end;
            }
        }
    }
}

//! What a text says, value by value, each where it stands. It knows no language: the reader of one writes the outline down, and whoever
//! knows a format goes through it.
//!
//! All values stand in one list, each behind what holds it, and know each other by their numbers. So a value needs no allocation of its
//! own, and nobody has to spell out the way to it before a finding asks.

use super::{Place, Source};
use std::borrow::Cow;
use std::iter;
use std::ops::Range;
use std::sync::Arc;

/// The values of a text. Keys are unique within their map; what stood behind an equal one before is left out.
#[derive(Debug)]
pub struct Outline {
    source: Arc<Source>,
    written: Vec<Written>,
    /// Each key that stood in its map before, and the first one.
    repeated: Vec<(usize, usize)>,
    is_complete: bool,
}

/// A value, and where it is among the others.
#[derive(Debug, Clone, Copy)]
pub struct Node<'o> {
    outline: &'o Arc<Outline>,
    at: usize,
}

/// A key of a map, and its value.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'o> {
    outline: &'o Arc<Outline>,
    at: usize,
}

/// What stands at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value<'o> {
    /// Nothing: absent, never zero.
    Absent,
    /// One text, line ends included, without what its language puts around it.
    Scalar(&'o str),
    /// See [`Node::items`].
    List,
    /// See [`Node::entries`].
    Map,
}

/// An outline while it is written down, from the first value to the last.
#[derive(Debug)]
pub struct Draft {
    outline: Outline,
    open: Vec<Open>,
}

/// A value or a key.
#[derive(Debug)]
struct Written {
    kind: Kind,
    span: Range<usize>,
    /// What holds it: a list or the key before a value, a map a key, and the root itself.
    above: usize,
    /// What comes after it in its list or map: a value or a key.
    next: Option<usize>,
}

/// Texts are here only where they differ from what stands in the source.
#[derive(Debug)]
enum Kind {
    Absent,
    Scalar { text: Option<String>, is_block: bool },
    List,
    Map,
    Key(Option<String>),
}

/// A list or map whose end has not come yet.
#[derive(Debug)]
struct Open {
    at: usize,
    /// A key whose value has not come yet.
    key: Option<usize>,
    /// The last value or key that is complete.
    last: Option<usize>,
}

impl Outline {
    /// Whether there is a value, and none is still open.
    pub fn is_complete(&self) -> bool {
        self.is_complete && !matches!(self.written[0].kind, Kind::Absent)
    }

    /// The value that holds all others.
    ///
    /// # Panics
    /// Its methods do, where nothing was written down.
    pub fn root(self: &Arc<Self>) -> Node<'_> {
        Node { outline: self, at: 0 }
    }

    /// Every key of that name, in whatever map.
    pub fn keys_named(self: &Arc<Self>, name: &'static str) -> impl Iterator<Item = Entry<'_>> {
        let is_one =
            move |at: &usize| matches!(self.written[*at].kind, Kind::Key(_)) && self.text(*at) == name;
        (0..self.written.len()).filter(is_one).map(|at| Entry { outline: self, at })
    }

    /// Each key that stood in its map before, and the first one.
    pub fn repeated_keys(self: &Arc<Self>) -> impl Iterator<Item = (Entry<'_>, Entry<'_>)> {
        let entry = |at| Entry { outline: self, at };
        self.repeated.iter().map(move |(key, first)| (entry(*key), entry(*first)))
    }

    /// Where the texts stand whose indent is part of them, in bytes of the source.
    pub fn blocks(&self) -> impl Iterator<Item = &Range<usize>> {
        let is_block = |written: &&Written| matches!(written.kind, Kind::Scalar { is_block: true, .. });
        self.written.iter().filter(is_block).map(|written| &written.span)
    }

    /// The way to a value or key: `measures → 2 → period`. A key is where its map is.
    pub(super) fn route(&self, at: usize) -> String {
        let above = self.written[at].above;
        let step = match self.written[above].kind {
            _ if at == above => return String::new(),
            Kind::Key(_) => self.text(above).to_owned(),
            Kind::List => (1 + self.siblings(above).take_while(|sibling| *sibling != at).count()).to_string(),
            _ => return self.route(above),
        };
        let way = self.route(above);
        if way.is_empty() { step } else { format!("{way} → {step}") }
    }

    /// What stands in a list or map: its values or its keys.
    fn siblings(&self, above: usize) -> impl Iterator<Item = usize> {
        let first = above + 1;
        let is_inside = self.written.get(first).is_some_and(|written| written.above == above);
        iter::successors(is_inside.then_some(first), |at| self.written[*at].next)
    }

    /// The key before another one in the same map that equals it.
    fn equal_key(&self, key: usize) -> Option<usize> {
        let Written { kind: Kind::Key(_), above, .. } = self.written[key] else { return None };
        let mut before = self.siblings(above).take_while(|at| *at != key);
        before.find(|at| self.text(*at) == self.text(key))
    }

    fn text(&self, at: usize) -> &str {
        let Written { kind, span, .. } = &self.written[at];
        match kind {
            Kind::Scalar { text: Some(text), .. } | Kind::Key(Some(text)) => text,
            _ => &self.source.text[span.clone()],
        }
    }

    fn place(self: &Arc<Self>, at: usize) -> Place {
        let span = self.written[at].span.clone();
        Place { source: Arc::clone(&self.source), span, value: Some((Arc::clone(self), at)) }
    }
}

impl<'o> Node<'o> {
    /// From its first to its last character.
    pub fn place(self) -> Place {
        self.outline.place(self.at)
    }

    /// What stands there.
    pub fn value(self) -> Value<'o> {
        match self.outline.written[self.at].kind {
            Kind::Absent => Value::Absent,
            Kind::List => Value::List,
            Kind::Map => Value::Map,
            Kind::Scalar { .. } | Kind::Key(_) => Value::Scalar(self.outline.text(self.at)),
        }
    }

    /// Whether nothing stands there.
    pub fn is_absent(self) -> bool {
        self.value() == Value::Absent
    }

    /// The values of a list.
    pub fn items(self) -> impl Iterator<Item = Node<'o>> {
        self.outline.siblings(self.at).map(move |at| Node { at, ..self })
    }

    /// The entries of a map, in the author's order.
    pub fn entries(self) -> impl Iterator<Item = Entry<'o>> {
        self.outline.siblings(self.at).map(move |at| Entry { outline: self.outline, at })
    }

    /// The entry of a map under a key.
    pub fn entry(self, key: &str) -> Option<Entry<'o>> {
        self.entries().find(|entry| entry.key() == key)
    }

    /// The value of a map under a key.
    pub fn get(self, key: &str) -> Option<Node<'o>> {
        self.entry(key).map(Entry::node)
    }
}

impl<'o> Entry<'o> {
    /// The key as it is compared.
    pub fn key(self) -> &'o str {
        self.outline.text(self.at)
    }

    /// Where the key stands.
    pub fn place(self) -> Place {
        self.outline.place(self.at)
    }

    /// The value.
    pub fn node(self) -> Node<'o> {
        Node { outline: self.outline, at: self.at + 1 }
    }
}

impl Draft {
    /// An outline of a text, still without any value.
    pub fn new(source: &Arc<Source>) -> Self {
        let source = Arc::clone(source);
        let outline = Outline { source, written: Vec::new(), repeated: Vec::new(), is_complete: false };
        Draft { outline, open: Vec::new() }
    }

    /// What was written so far; lists and maps may still be open.
    pub fn finish(self) -> Arc<Outline> {
        Arc::new(self.outline)
    }

    /// How many lists and maps are open.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// Whether a map is open that waits for its next key.
    pub fn expects_key(&self) -> bool {
        let is_map = |open: &&Open| matches!(self.outline.written[open.at].kind, Kind::Map);
        self.open.last().filter(is_map).is_some_and(|open| open.key.is_none())
    }

    /// A key. Its value comes next.
    pub fn key(&mut self, span: Range<usize>, text: Cow<'_, str>) {
        let text = self.unless_typed(&span, text);
        let at = self.write(Kind::Key(text), span);
        if let Some(open) = self.open.last_mut() {
            open.key = Some(at);
        }
    }

    /// A value that is not there.
    pub fn absent(&mut self, span: Range<usize>) {
        let at = self.write(Kind::Absent, span);
        self.complete(at);
    }

    /// A text, and whether its indent is part of it.
    pub fn scalar(&mut self, span: Range<usize>, text: Cow<'_, str>, is_block: bool) {
        let text = self.unless_typed(&span, text);
        let at = self.write(Kind::Scalar { text, is_block }, span);
        self.complete(at);
    }

    /// The beginning of a list.
    pub fn open_list(&mut self, start: usize) {
        self.open(Kind::List, start);
    }

    /// The beginning of a map.
    pub fn open_map(&mut self, start: usize) {
        self.open(Kind::Map, start);
    }

    /// The end of the list or map that was opened last, before the blanks that may stand there.
    pub fn close(&mut self, end: usize) {
        let Some(Open { at, .. }) = self.open.pop() else { return };
        let Outline { source, written, .. } = &mut self.outline;
        let span = &mut written[at].span;
        span.end = span.start + source.text[span.start..end.max(span.start)].trim_end().len();
        self.complete(at);
    }

    fn open(&mut self, kind: Kind, start: usize) {
        let at = self.write(kind, start..start);
        self.open.push(Open { at, key: None, last: None });
    }

    fn write(&mut self, kind: Kind, span: Range<usize>) -> usize {
        let above = self.open.last().map_or(0, |open| open.key.unwrap_or(open.at));
        self.outline.written.push(Written { kind, span, above, next: None });
        self.outline.written.len() - 1
    }

    /// Joins a complete value, behind its key if it has one, to what stands before it; the second of two equal keys is left out.
    fn complete(&mut self, at: usize) {
        let Some(open) = self.open.last_mut() else {
            self.outline.is_complete = true;
            return;
        };
        let next = open.key.take().unwrap_or(at);
        if let Some(first) = self.outline.equal_key(next) {
            self.outline.repeated.push((next, first));
            return;
        }
        if let Some(last) = open.last.replace(next) {
            self.outline.written[last].next = Some(next);
        }
    }

    fn unless_typed(&self, span: &Range<usize>, text: Cow<'_, str>) -> Option<String> {
        (text != self.outline.source.text[span.clone()]).then(|| text.into_owned())
    }
}

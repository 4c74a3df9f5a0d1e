//! One edit of a site's files, as people, editors and archives make them, with the time that it leaves on each. It happens in memory and
//! knows nothing of what a build makes of it.

use crate::folder::Tree;
use proptest::num::u8;
use proptest::prelude::*;
use proptest::sample::Index;
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, SystemTime};

const DAY: Duration = Duration::from_secs(86_400);

/// From 1970 to 2100.
const FAR_AHEAD: Duration = Duration::from_secs(4_102_444_800);

/// Names for the folder of a year.
const YEARS: [&str; 4] = ["2561", "2564", "2567", "2568"];

/// Names for a file.
const FILES: [&str; 6] =
    ["scores.yaml", "measures.yaml", "report.md", "iit.md", "memo-audit.md", "notes.txt"];

/// Names for any other folder, some of which it must not have.
const FOLDERS: [&str; 5] = ["ban-mai", "ban-tai", "pages", "oit", "ปี 2566"];

/// Files by their path, with `/`.
pub(crate) type Sources = BTreeMap<String, File>;

/// What a build can see of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct File {
    pub(crate) bytes: Vec<u8>,
    pub(crate) modified: SystemTime,
}

/// The time that a file claims.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Time {
    /// That of the clock.
    Now,
    /// Of yesterday and never the same twice, as if it came from an archive: a build believes it, though it may be older than what it
    /// replaces.
    Past,
    /// Ahead of every build and always the same, as if all were written within one tick of a clock: no build may believe it.
    Tick,
}

/// One edit. What it is done to is chosen among what there is at its turn, so that a sequence which has lost some of its edits is still one.
#[derive(Debug, Clone)]
pub(crate) enum Edit {
    /// A file is written.
    Write(Index, Stroke, Time),
    /// A file that was written within the tick is written once more.
    Rewrite(Index, Stroke),
    /// A file or folder goes.
    Remove(Index),
    /// All files of a folder go, and it stays.
    Empty(Index),
    /// A file or folder is moved and keeps its times.
    Move(Index, Target),
    /// A file or folder is copied. The copy of a year names the year that it becomes.
    Copy(Index, Target, Time),
    /// The files of a case come into the folder of an agency.
    Case(Index, Index, Time),
    /// A file of the beginning is put back.
    Restore(Index, Time),
    /// The whole site of the beginning is put back.
    RestoreAll(Time),
}

/// What a file is written with.
#[derive(Debug, Clone)]
pub(crate) enum Stroke {
    /// With what it holds: only its time is another.
    Keep,
    /// A digit becomes the next one, in the same size.
    Count(Index),
    /// Two lines change places, in the same size.
    Swap(Index),
    /// A byte becomes another one, in the same size.
    Overwrite(Index, u8),
    /// A line goes.
    Shorten(Index),
    /// A line comes: a comment in YAML, a heading in Markdown.
    Lengthen,
    /// All goes from some byte on.
    Cut(Index),
}

/// Where something goes.
#[derive(Debug, Clone)]
pub(crate) enum Target {
    /// Into its own folder, under another name.
    Beside(Index),
    /// To where something else stands.
    Onto(Index),
}

/// Spoils and mends in such a measure that most builds have something to publish. Most files get the time that is usual.
pub(crate) fn edits(usual: Time) -> impl Strategy<Value = Edit> {
    let (any, times) = (any::<Index>, || times(usual));
    prop_oneof![
        12 => (any(), strokes(), times()).prop_map(|(file, stroke, time)| Edit::Write(file, stroke, time)),
        4 => (any(), strokes_in_size()).prop_map(|(file, stroke)| Edit::Rewrite(file, stroke)),
        1 => any().prop_map(Edit::Remove),
        1 => any().prop_map(Edit::Empty),
        2 => (any(), targets()).prop_map(|(from, to)| Edit::Move(from, to)),
        2 => (any(), targets(), times()).prop_map(|(from, to, time)| Edit::Copy(from, to, time)),
        2 => (any(), any(), times()).prop_map(|(case, agency, time)| Edit::Case(case, agency, time)),
        6 => (any(), times()).prop_map(|(file, time)| Edit::Restore(file, time)),
        4 => times().prop_map(Edit::RestoreAll),
    ]
}

fn times(usual: Time) -> impl Strategy<Value = Time> {
    prop_oneof![3 => Just(usual), 1 => Just(Time::Past), 1 => Just(Time::Now), 1 => Just(Time::Tick)]
}

fn strokes() -> impl Strategy<Value = Stroke> {
    prop_oneof![
        8 => strokes_in_size(),
        3 => Just(Stroke::Keep),
        2 => any::<Index>().prop_map(Stroke::Shorten),
        3 => Just(Stroke::Lengthen),
        1 => any::<Index>().prop_map(Stroke::Cut),
    ]
}

fn strokes_in_size() -> impl Strategy<Value = Stroke> {
    prop_oneof![
        5 => any::<Index>().prop_map(Stroke::Count),
        2 => any::<Index>().prop_map(Stroke::Swap),
        1 => (any::<Index>(), u8::ANY).prop_map(|(at, byte)| Stroke::Overwrite(at, byte)),
    ]
}

fn targets() -> impl Strategy<Value = Target> {
    prop_oneof![any::<Index>().prop_map(Target::Beside), any::<Index>().prop_map(Target::Onto)]
}

/// A site in which all files claim a time of the same kind.
pub(crate) fn dated(site: &Tree, time: Time) -> Sources {
    site.iter().map(|(path, bytes)| (path.clone(), File::new(bytes.clone(), time))).collect()
}

impl File {
    fn new(bytes: Vec<u8>, time: Time) -> File {
        let modified = match time {
            Time::Now => SystemTime::now(),
            Time::Past => SystemTime::now() - DAY,
            Time::Tick => tick(),
        };
        File { bytes, modified }
    }
}

fn tick() -> SystemTime {
    SystemTime::UNIX_EPOCH + FAR_AHEAD
}

impl Edit {
    /// Makes the edit; none where there is nothing to do it to. `original` is the site of the beginning, and the files of a case lie as they
    /// do in the folder of an agency.
    pub(crate) fn make(&self, sources: &mut Sources, original: &Tree, cases: &[Tree]) -> Option<()> {
        match self {
            Edit::Write(file, stroke, time) => {
                let file = pick(sources.values_mut(), file)?;
                *file = File::new(stroke.over(&file.bytes), *time);
            }
            Edit::Rewrite(file, stroke) => {
                let file = pick(sources.values_mut().filter(|file| file.modified == tick()), file)?;
                *file = File::new(stroke.over(&file.bytes), Time::Tick);
            }
            Edit::Remove(place) => clear(sources, &pick(places(sources), place)?),
            Edit::Empty(folder) => empty(sources, &pick(folders(sources), folder)?),
            Edit::Move(from, to) => {
                let (from, to) = way(sources, from, to)?;
                carry(sources, &from, &to, File::clone);
                clear(sources, &from);
            }
            Edit::Copy(from, to, time) => {
                let (from, to) = way(sources, from, to)?;
                let year = [name(&from), name(&to)];
                carry(sources, &from, &to, |file| File::new(in_year(&file.bytes, year), *time));
            }
            Edit::Case(case, agency, time) => {
                let (case, agency) = (pick(cases, case)?, pick(agencies(sources), agency)?);
                let files = dated(case, *time).into_iter();
                files.for_each(|(path, file)| put(sources, &format!("{agency}/{path}"), file));
            }
            Edit::Restore(file, time) => {
                let (path, bytes) = pick(lost(sources, original), file)?;
                put(sources, path, File::new(bytes.clone(), *time));
            }
            Edit::RestoreAll(time) => {
                sources.retain(|path, _| original.contains_key(path));
                let lost = lost(sources, original).into_iter();
                lost.for_each(|(path, bytes)| put(sources, path, File::new(bytes.clone(), *time)));
            }
        }
        Some(())
    }
}

impl Stroke {
    fn over(&self, bytes: &[u8]) -> Vec<u8> {
        let mut new = bytes.to_vec();
        let mut lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
        match self {
            Stroke::Keep => {}
            Stroke::Count(at) => {
                let digits = (0..bytes.len()).filter_map(|at| Some((at, zero(&bytes[..=at])?)));
                if let Some((at, zero)) = pick(digits, at) {
                    new[at] = zero + (bytes[at] - zero + 1) % 10;
                }
            }
            Stroke::Swap(at) if lines.len() > 1 => {
                let at = at.index(lines.len() - 1);
                lines.swap(at, at + 1);
                new = lines.concat();
            }
            Stroke::Shorten(at) if !lines.is_empty() => {
                lines.remove(at.index(lines.len()));
                new = lines.concat();
            }
            Stroke::Overwrite(at, byte) => pick(&mut new, at).into_iter().for_each(|old| *old = *byte),
            Stroke::Lengthen => new.extend("\n# เพิ่มเติม\n".bytes()),
            Stroke::Cut(at) => new.truncate(at.index(bytes.len() + 1)),
            Stroke::Swap(_) | Stroke::Shorten(_) => {}
        }
        new
    }
}

/// If the last of these bytes ends a digit, Arabic or Thai: that byte in the zero.
fn zero(bytes: &[u8]) -> Option<u8> {
    match bytes {
        [.., b'0'..=b'9'] => Some(b'0'),
        [.., 0xe0, 0xb9, 0x90..=0x99] => Some(0x90),
        _ => None,
    }
}

/// One of these, if there are any.
pub(crate) fn pick<T>(items: impl IntoIterator<Item = T>, index: &Index) -> Option<T> {
    let mut items: Vec<T> = items.into_iter().collect();
    (!items.is_empty()).then(|| items.swap_remove(index.index(items.len())))
}

/// All folders, from `content` downward.
fn folders(sources: &Sources) -> BTreeSet<String> {
    let ends = |path: &str| path.match_indices('/').map(|(at, _)| at).collect::<Vec<_>>();
    sources.keys().flat_map(|path| ends(path).into_iter().map(|end| path[..end].to_owned())).collect()
}

/// All files and folders.
fn places(sources: &Sources) -> BTreeSet<String> {
    folders(sources).into_iter().chain(sources.keys().cloned()).collect()
}

/// The folders of agencies; that of the only one is `content` itself.
fn agencies(sources: &Sources) -> Vec<String> {
    let own = sources.keys().filter_map(|path| path.strip_suffix("/agency.yaml"));
    let own: Vec<String> = own.map(str::to_owned).collect();
    if own.is_empty() { vec!["content".to_owned()] } else { own }
}

/// What of the original is gone or has other bytes.
fn lost<'a>(sources: &Sources, original: &'a Tree) -> Vec<(&'a String, &'a Vec<u8>)> {
    let is_lost =
        |(path, bytes): &(&String, &Vec<u8>)| sources.get(*path).map(|file| &file.bytes) != Some(bytes);
    original.iter().filter(is_lost).collect()
}

/// From where to where something goes: nothing goes into itself or in the place of what it lies in.
fn way(sources: &Sources, from: &Index, to: &Target) -> Option<(String, String)> {
    let from = pick(places(sources), from)?;
    let to = match to {
        Target::Beside(other) => {
            let folder = &from[..from.len() - name(&from).len()];
            folder.to_owned() + pick(names_like(name(&from)), other)?
        }
        Target::Onto(place) => pick(places(sources), place)?,
    };
    (!is_within(&from, &to) && !is_within(&to, &from)).then_some((from, to))
}

/// The last part of a path.
fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

fn names_like(name: &str) -> &'static [&'static str] {
    match name {
        _ if is_year(name) => &YEARS,
        _ if name.contains('.') => &FILES,
        _ => &FOLDERS,
    }
}

fn is_year(name: &str) -> bool {
    name.len() == 4 && name.bytes().all(|sign| sign.is_ascii_digit())
}

/// A text in which one year has become another.
fn in_year(bytes: &[u8], [old, new]: [&str; 2]) -> Vec<u8> {
    match str::from_utf8(bytes) {
        Ok(text) if is_year(old) && is_year(new) => text.replace(old, new).into(),
        _ => bytes.to_vec(),
    }
}

/// Whether a path is this place or lies in it.
fn is_within(path: &str, place: &str) -> bool {
    path.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn clear(sources: &mut Sources, place: &str) {
    sources.retain(|path, _| !is_within(path, place));
}

/// Leaves nothing in a folder but the file by which git keeps it; that is passed over as every dot file is.
fn empty(sources: &mut Sources, folder: &str) {
    clear(sources, folder);
    sources.insert(format!("{folder}/.gitkeep"), File::new(Vec::new(), Time::Past));
}

/// Puts the file at one place, or the files in it, to another one instead of what is there.
fn carry(sources: &mut Sources, from: &str, to: &str, carried: impl Fn(&File) -> File) {
    let within = sources.iter().filter(|(path, _)| is_within(path, from));
    let files: Sources =
        within.map(|(path, file)| (to.to_owned() + &path[from.len()..], carried(file))).collect();
    clear(sources, to);
    files.into_iter().for_each(|(path, file)| put(sources, &path, file));
}

/// Puts a file to a path, instead of a folder there and of files where its folders have to be.
fn put(sources: &mut Sources, path: &str, file: File) {
    sources.retain(|other, _| !is_within(other, path) && !is_within(path, other));
    sources.insert(path.to_owned(), file);
}

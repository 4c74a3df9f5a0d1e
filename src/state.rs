//! What the last build of a portal was: for each agency what its sources looked like, and what is left of it once its pages are made. An
//! agency whose sources are as they were is not done again; there is no graph of dependencies that could be wrong.
//!
//! A stamp (size and time) is believed only if it is older than the build that noted it: a file may be written twice within one tick of
//! the clock, so a younger one is compared by its bytes. A state that is broken, foreign or of another program is as if there were none.

use crate::failure::{Failure, Result};
use crate::finding::Findings;
use crate::model::summary::AgencySummary;
use crate::model::{Attachment, Attachments};
use crate::read::{self, AgencyFolder, File, Seen, Survey, Texts};
use crate::sight::{self, COARSEST_TICK};
use serde::de::{self, DeserializeOwned, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::sync::{Arc, OnceLock};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// The name of the file in the folder beside the output.
const NAME: &str = "state";

/// Raised when the layout of the file changes; the program's own hash would notice too, but only after reading it wrongly.
const VERSION: u32 = 7;

/// What the last build left to this one.
#[derive(Debug, Serialize, Deserialize)]
pub struct State {
    version: u32,
    /// Program, settings, theme and frameworks: if one of them changes, every agency is done again.
    shared: u128,
    /// The site that stood in the output when this was written. If another one stands there, an unfinished swap was rolled forward or
    /// somebody put it there, and nothing here is known to hold for it.
    site: String,
    /// Whether compressed forms lie beside its files.
    is_compressed: bool,
    /// When the build that wrote this began to look at its sources, in nanoseconds since 1970.
    began: u128,
    /// By id.
    agencies: BTreeMap<String, Record>,
    own: Option<Own>,
    /// Of the file that it was read from or written to; 0 as long as there is none.
    #[serde(skip)]
    checksum: u128,
}

/// The pages of the site itself as they were: those that show more than one agency, and what belongs to none.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Own {
    stamps: u128,
    newest: u128,
    /// What was found when they were made, before anything was accepted.
    pub findings: Packed<Findings>,
    /// How many there are.
    pub pages: usize,
    /// Of each list of agencies all that its page was rendered from besides the theme, hashed, by its file.
    lists: Packed<BTreeMap<String, u128>>,
    /// The text of the register, hashed, if every address in it is one of these pages or moved and none of them is missing in it.
    pub kept_promises: Option<u128>,
}

/// Why what the last build left is of no use to this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Useless {
    /// There is nothing: this is the first build, or somebody deleted it.
    Missing,
    /// It is cut short, or not as it was written.
    Broken,
    /// The program, the settings, the theme or a framework is another one.
    Outdated,
    /// It speaks of another site than the one that stands in the output.
    Foreign,
    /// Compressed forms of the files were asked for then and are not now, or the other way round.
    OtherForms,
}

/// One agency as it was.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Record {
    sources: Sources,
    /// For pages that show more than one agency.
    pub summary: Packed<Option<AgencySummary>>,
    /// As they were, accepted ones as notes.
    pub findings: Packed<Findings>,
    /// How many pages it has.
    pub pages: usize,
    files: Packed<Vec<(String, u64)>>,
}

/// What an agency was made from, to be known again. The default is known to nobody: for who remembers nothing.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub struct Sources {
    stamps: u128,
    /// Of the bytes that the pages were made from.
    contents: u128,
    newest: u128,
}

/// A part of a record as the bytes that are written. It is taken apart when somebody asks, which is mostly never.
#[derive(Debug, Clone)]
pub struct Packed<T> {
    // An agency that stays hands its record on, and a country's are 40 MB; what was taken apart once goes along.
    bytes: Arc<[u8]>,
    open: Arc<OnceLock<T>>,
}

/// What the sources of an agency look like now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamps {
    hash: u128,
    newest: u128,
}

impl State {
    /// The state of a build that begins now, to be filled at its end.
    pub fn begin(is_compressed: bool) -> State {
        State {
            version: VERSION,
            shared: 0,
            site: String::new(),
            is_compressed,
            began: sight::now(),
            agencies: BTreeMap::new(),
            own: None,
            checksum: 0,
        }
    }

    /// Believes no stamp that an earlier state would not believe: not everything was looked at anew since.
    pub fn look_no_later_than(&mut self, earlier: &State) {
        self.began = self.began.min(earlier.began);
    }

    /// An agency as it was, whatever its sources are now.
    pub fn agency(&self, id: &str) -> Option<&Record> {
        self.agencies.get(id)
    }

    /// Notes what became of every agency, and of the site as a whole.
    pub fn fill(&mut self, shared: u128, site: Option<String>, agencies: BTreeMap<String, Record>, own: Own) {
        self.shared = shared;
        self.site = site.unwrap_or_default();
        self.agencies = agencies;
        self.own = Some(own);
    }

    /// The state that the last build left in a folder, if it is of use for this one. One that this process has in memory stands for the file
    /// that it was read from or written to.
    ///
    /// # Errors
    /// Why it is not.
    pub fn read(
        folder: &Path,
        in_memory: Option<Arc<State>>,
        shared: u128,
        site: Option<&str>,
        is_compressed: bool,
    ) -> std::result::Result<Arc<State>, Useless> {
        let state = match in_memory.filter(|state| state.is_file_in(folder)) {
            Some(state) if state.shared != shared => return Err(Useless::Outdated),
            Some(state) => state,
            None => Arc::new(State::of_sources(folder, shared)?),
        };
        match Some(state.site.as_str()) == site {
            false => Err(Useless::Foreign),
            true if state.is_compressed != is_compressed => Err(Useless::OtherForms),
            true => Ok(state),
        }
    }

    /// The same for what is made from the sources alone, whatever stands in the output.
    ///
    /// # Errors
    /// Why it is not.
    pub fn of_sources(folder: &Path, shared: u128) -> std::result::Result<State, Useless> {
        let bytes = fs::read(folder.join(NAME)).map_err(|_| Useless::Missing)?;
        let (checksum, payload) = bytes.split_first_chunk::<16>().ok_or(Useless::Broken)?;
        let checksum = u128::from_le_bytes(*checksum);
        if checksum != xxh3_128(payload) {
            return Err(Useless::Broken);
        }
        // The layout of another version is not ours to read.
        let (version, _) = postcard::take_from_bytes::<u32>(payload).map_err(|_| Useless::Broken)?;
        if version != VERSION {
            return Err(Useless::Outdated);
        }
        let state: State = postcard::from_bytes(payload).map_err(|_| Useless::Broken)?;
        if state.shared == shared { Ok(State { checksum, ..state }) } else { Err(Useless::Outdated) }
    }

    /// Whether the file in a folder is the one that this was read from or written to.
    fn is_file_in(&self, folder: &Path) -> bool {
        let mut checksum = [0; 16];
        let read = fs::File::open(folder.join(NAME)).and_then(|mut file| file.read_exact(&mut checksum));
        read.is_ok() && u128::from_le_bytes(checksum) == self.checksum
    }

    /// Leaves the state to the next build, whole or not at all.
    ///
    /// # Errors
    /// Only the machine's.
    pub fn write(&mut self, folder: &Path) -> Result<()> {
        let path = folder.join(NAME);
        let failed = |error: io::Error| Failure::io(&path, &error);
        let payload = postcard::to_stdvec(self).map_err(|error| failed(io::Error::other(error)))?;
        self.checksum = xxh3_128(&payload);
        let mut bytes = self.checksum.to_le_bytes().to_vec();
        bytes.extend(payload);
        let new = folder.join(format!("{NAME}.new"));
        fs::write(&new, bytes).and_then(|()| fs::rename(&new, &path)).map_err(failed)
    }

    /// Whether these records would leave the next build no better off than this state does.
    pub fn is_up_to_date(&self, agencies: &BTreeMap<String, Record>, own: &Own) -> bool {
        let is_known = |(id, record): (&String, &Record)| {
            let known = self.agencies.get(id).filter(|known| known.sources.stamps == record.sources.stamps);
            known.is_some_and(|known| self.believes(known.sources.newest))
        };
        let known = self.own(Stamps { hash: own.stamps, newest: own.newest });
        let is_own_known = known.is_some_and(|known| known.kept_promises == own.kept_promises);
        is_own_known && self.agencies.len() == agencies.len() && agencies.iter().all(is_known)
    }

    /// Whether a stamp can be believed without reading a file: nothing that it speaks of was written during or after the look at it.
    fn believes(&self, newest: u128) -> bool {
        newest.saturating_add(COARSEST_TICK) < self.began
    }

    /// The pages of the site itself, if all that they are made from is as it was. With young files they are made again: they are few.
    pub fn own(&self, stamps: Stamps) -> Option<&Own> {
        self.own.as_ref().filter(|own| own.stamps == stamps.hash && self.believes(own.newest))
    }

    /// Of each list of agencies what its page was rendered from, hashed, by its file.
    ///
    /// # Errors
    /// As [`Packed::get`].
    pub fn lists(&self) -> Result<Option<&BTreeMap<String, u128>>> {
        self.own.as_ref().map(|own| own.lists.get()).transpose()
    }

    /// What is left of an agency if its stamps alone say that its sources are as they were.
    pub fn believed(&self, folder: &AgencyFolder, stamps: Stamps) -> Option<&Record> {
        self.with_stamps(folder, stamps).filter(|record| self.believes(record.sources.newest))
    }

    fn with_stamps(&self, folder: &AgencyFolder, stamps: Stamps) -> Option<&Record> {
        self.agencies
            .get(folder.id.as_deref().unwrap_or_default())
            .filter(|record| record.sources.stamps == stamps.hash)
    }

    /// What is left of an agency whose sources are as they were, if need be by the bytes of young files.
    ///
    /// # Errors
    /// Only the machine's, where a young file has to be read.
    pub fn unchanged(&self, root: &Path, folder: &AgencyFolder, stamps: Stamps) -> Result<Option<&Record>> {
        if let Some(record) = self.believed(folder, stamps) {
            return Ok(Some(record));
        }
        let Some(record) = self.with_stamps(folder, stamps) else { return Ok(None) };
        let folder = read::agency(root, folder.clone(), &mut Findings::default())?;
        let texts = read::texts(&folder, &Texts::new(), &mut Findings::default())?;
        let is_same = record.sources.contents == contents(&folder, &texts)?;
        Ok(is_same.then_some(record))
    }
}

impl Sources {
    /// Of a folder that looked like this before it was looked through, with the texts that were read there.
    ///
    /// # Errors
    /// Only the machine's, where an attachment cannot be read.
    pub fn of(folder: &AgencyFolder, texts: &Texts, stamps: Stamps) -> Result<Sources> {
        Ok(Sources { stamps: stamps.hash, contents: contents(folder, texts)?, newest: stamps.newest })
    }
}

impl Record {
    /// What is left of an agency before its pages are made.
    ///
    /// # Errors
    /// As [`Packed::of`].
    pub fn of(sources: Sources, summary: &Option<AgencySummary>) -> Result<Record> {
        let (findings, files) = (Packed::of(&Findings::default())?, Packed::of(&Vec::new())?);
        Ok(Record { sources, summary: Packed::of(summary)?, findings, pages: 0, files })
    }

    /// Notes how many pages there are, and what was found on the way to them.
    ///
    /// # Errors
    /// As [`Packed::of`].
    pub fn note_pages(&mut self, pages: usize, findings: &Findings) -> Result<()> {
        (self.pages, self.findings) = (pages, Packed::of(findings)?);
        Ok(())
    }

    /// What stands in the output of it: each file by its path below the agency's folder, with its size.
    ///
    /// # Errors
    /// As [`Packed::get`].
    pub fn files(&self) -> Result<Vec<(&str, u64)>> {
        // Names are borrowed from the packed form: there are fifty to an agency, and none is looked at twice.
        postcard::from_bytes(&self.files.bytes).map_err(unreadable)
    }

    /// Notes what stands in the output, unless that is known.
    ///
    /// # Errors
    /// Those of finding it out.
    pub fn note_files(&mut self, files: impl FnOnce() -> Result<Vec<(String, u64)>>) -> Result<()> {
        if self.files.get()?.is_empty() {
            self.files = Packed::of(&files()?)?;
        }
        Ok(())
    }
}

impl Own {
    /// # Errors
    /// As [`Packed::of`].
    pub fn of(
        stamps: Stamps,
        findings: &Findings,
        pages: usize,
        lists: &BTreeMap<String, u128>,
    ) -> Result<Own> {
        let (findings, lists) = (Packed::of(findings)?, Packed::of(lists)?);
        Ok(Own { stamps: stamps.hash, newest: stamps.newest, findings, pages, lists, kept_promises: None })
    }
}

impl<T: Serialize + DeserializeOwned> Packed<T> {
    /// # Errors
    /// None that a value of ours has.
    pub fn of(value: &T) -> Result<Packed<T>> {
        let bytes = postcard::to_stdvec(value).map_err(unreadable)?;
        Ok(Packed { bytes: bytes.into(), open: Arc::default() })
    }

    /// The value itself.
    ///
    /// # Errors
    /// Only if the state was written by another program under the name of this one.
    pub fn get(&self) -> Result<&T> {
        if let Some(value) = self.open.get() {
            return Ok(value);
        }
        let value = postcard::from_bytes(&self.bytes).map_err(unreadable)?;
        Ok(self.open.get_or_init(|| value))
    }
}

impl<T> Serialize for Packed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.bytes)
    }
}

impl<'de, T> Deserialize<'de> for Packed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        /// Bytes all at once: as a list they would be read one by one.
        struct Bytes;

        impl Visitor<'_> for Bytes {
            type Value = Arc<[u8]>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("bytes")
            }

            fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> std::result::Result<Self::Value, E> {
                Ok(bytes.into())
            }
        }

        let bytes = deserializer.deserialize_bytes(Bytes)?;
        Ok(Packed { bytes, open: Arc::default() })
    }
}

fn unreadable(error: postcard::Error) -> Failure {
    Failure::io(Path::new(NAME), &io::Error::other(error))
}

/// Path, size and time of everything in an agency's folder.
///
/// # Errors
/// Only the machine's.
pub fn stamps(root: &Path, folder: &AgencyFolder) -> Result<Stamps> {
    let (mut sum, mut newest, mut line) = (0, 0, Vec::new());
    read::glance(root, folder, |path, seen| {
        let (kind, size, modified) = match seen {
            Seen::Folder => (0, 0, 0),
            Seen::File(size, modified) => (1, size, modified),
            Seen::Astray => (2, 0, 0),
            Seen::Other => (3, 0, 0),
        };
        line.clear();
        line.extend_from_slice(path);
        line.extend_from_slice(&[0, kind]);
        line.extend_from_slice(&size.to_le_bytes());
        line.extend_from_slice(&modified.to_le_bytes());
        // A sum, since a glance has no order; paths differ, so no line is there twice.
        sum = u128::wrapping_add(sum, xxh3_128(&line));
        newest = newest.max(modified);
    })?;
    Ok(Stamps { hash: sum, newest })
}

/// What the pages of the site itself are made from: summaries, and path, size and time of the files that belong to no agency.
pub fn own_stamps(survey: &Survey, agencies: &BTreeMap<String, Record>) -> Stamps {
    let (mut hasher, mut newest) = (Xxh3::new(), 0);
    let mut add = |parts: [&[u8]; 3]| {
        parts.iter().for_each(|part| {
            hasher.update(&part.len().to_le_bytes());
            hasher.update(part);
        });
    };
    agencies.iter().for_each(|(id, record)| add([&[0], id.as_bytes(), &record.summary.bytes]));
    let texts = survey.index.iter().chain(survey.pages.values());
    let texts = texts.map(|file| (file.path.as_str(), file.size, file.modified));
    let attachments = survey.attachments.iter();
    let attachments = attachments.map(|(name, file)| (name.as_str(), file.size, file.modified));
    let kinds = texts.map(|file| (1, file)).chain(attachments.map(|file| (2, file)));
    for (kind, (path, size, modified)) in kinds {
        let numbers = [u128::from(size), modified].map(u128::to_le_bytes).concat();
        add([&[kind], path.as_bytes(), &numbers]);
        newest = newest.max(modified);
    }
    Stamps { hash: hasher.digest128(), newest }
}

/// The texts, and the bytes of all attachments and of what is no text: a finding says what those bytes look like.
fn contents(folder: &AgencyFolder, texts: &Texts) -> Result<u128> {
    let mut hasher = Xxh3::new();
    for (path, source) in texts {
        hasher.update(path.as_bytes());
        hasher.update(&[0]);
        hasher.update(source.text.as_bytes());
        hasher.update(&[0]);
    }
    let unread = text_files(folder).filter(|file| !texts.contains_key(&file.path));
    let attached = attachments(folder).map(|(.., file)| &file.path);
    for path in unread.map(|file| &file.location).chain(attached) {
        hash_file(path, &mut hasher).map_err(|error| Failure::io(path, &error))?;
    }
    Ok(hasher.digest128())
}

/// Hashes the bytes of a file, and a mark of its end, without ever holding more of it than a few pages of memory.
///
/// # Errors
/// Those of the disk.
pub fn hash_file(path: &Path, hasher: &mut Xxh3) -> io::Result<()> {
    let mut file = fs::File::open(path)?;
    let mut buffer = [0; 1 << 14];
    loop {
        match file.read(&mut buffer)? {
            0 => break,
            read => hasher.update(&buffer[..read]),
        }
    }
    hasher.update(&[0]);
    Ok(())
}

fn text_files(folder: &AgencyFolder) -> impl Iterator<Item = &File> {
    let own = [&folder.about, &folder.index].into_iter().flatten().chain(folder.pages.values());
    own.chain(folder.years.values().flat_map(|year| year.files.values()))
}

fn attachments(folder: &AgencyFolder) -> impl Iterator<Item = (&str, &str, &Attachment)> {
    fn in_place<'a>(
        place: &'a str,
        files: &'a Attachments,
    ) -> impl Iterator<Item = (&'a str, &'a str, &'a Attachment)> {
        files.iter().map(move |(name, file)| (place, name.as_str(), file))
    }
    let own = in_place(&folder.path, &folder.attachments);
    own.chain(folder.years.values().flat_map(|year| in_place(&year.path, &year.attachments)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::AgencyKind;
    use std::collections::BTreeSet;
    use std::path::PathBuf;
    use std::time::{Duration, UNIX_EPOCH};

    /// An agency of one file, with the time that it claims to be written at, in nanoseconds since 1970.
    fn agency(root: &Path, bytes: impl AsRef<[u8]>, modified: u128) -> AgencyFolder {
        let file = root.join("content/ab/agency.yaml");
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, bytes).unwrap();
        let time = UNIX_EPOCH + Duration::from_nanos(modified.try_into().unwrap());
        fs::File::options().write(true).open(&file).unwrap().set_modified(time).unwrap();
        AgencyFolder { id: Some("ab".to_owned()), path: "content/ab".to_owned(), ..AgencyFolder::default() }
    }

    fn remembered(root: &Path, folder: &AgencyFolder) -> State {
        let stamps = stamps(root, folder).unwrap();
        let folder = read::agency(root, folder.clone(), &mut Findings::default()).unwrap();
        let texts = read::texts(&folder, &Texts::new(), &mut Findings::default()).unwrap();
        let sources = Sources::of(&folder, &texts, stamps).unwrap();
        let mut record = Record::of(sources, &None).unwrap();
        record.note_files(|| Ok(vec![("index.html".to_owned(), 1)])).unwrap();
        let mut state = State::begin(false);
        let agencies = BTreeMap::from([("ab".to_owned(), record)]);
        let own = own(&agencies, modified_of(&folder));
        state.fill(1, Some("site".to_owned()), agencies, own);
        state
    }

    /// The portal's own pages, with a page of its own from that time.
    fn own(agencies: &BTreeMap<String, Record>, modified: u128) -> Own {
        let file = File { path: "content/index.md".to_owned(), location: PathBuf::new(), size: 1, modified };
        let survey = Survey { index: Some(file), ..Survey::default() };
        Own::of(own_stamps(&survey, agencies), &Findings::default(), 1, &BTreeMap::new()).unwrap()
    }

    fn modified_of(folder: &AgencyFolder) -> u128 {
        folder.about.as_ref().unwrap().modified
    }

    fn is_unchanged(root: &Path, state: &State, folder: &AgencyFolder) -> bool {
        state.unchanged(root, folder, stamps(root, folder).unwrap()).unwrap().is_some()
    }

    #[test]
    fn an_old_stamp_is_believed_and_a_young_one_is_not() {
        let place = tempfile::tempdir().unwrap();
        let root = place.path();
        let check = |state: &State, bytes: &[u8], modified: u128, expected: bool, why: &str| {
            let folder = agency(root, bytes, modified);
            assert_eq!(is_unchanged(root, state, &folder), expected, "{why}");
        };
        let old = remembered(root, &agency(root, "name: ก", 1000));
        check(&old, "name: ข".as_bytes(), 1000, true, "nobody reads a file whose stamp is old");
        check(&old, "name: ข".as_bytes(), 2000, false, "another time");
        check(&old, "name: ขข".as_bytes(), 1000, false, "another size");
        let now = State::begin(false).began;
        let young = remembered(root, &agency(root, "name: ก", now));
        check(&young, "name: ก".as_bytes(), now, true, "the same bytes");
        check(&young, "name: ข".as_bytes(), now, false, "a second save within one tick");
        let foreign = remembered(root, &agency(root, [0xa1], now));
        check(&foreign, &[0xff], now, false, "in another encoding");
    }

    #[test]
    fn what_comes_or_goes_is_another_stamp() {
        let place = tempfile::tempdir().unwrap();
        let root = place.path();
        let (folder, year) = (agency(root, "name: ก", 1000), root.join("content/ab/2565"));
        let before = remembered(root, &folder);
        fs::create_dir(&year).unwrap();
        assert!(!is_unchanged(root, &before, &folder), "a folder is a year even without files");
        fs::write(year.join(".hidden"), "").unwrap();
        let with_year = remembered(root, &folder);
        assert!(is_unchanged(root, &with_year, &folder));
        fs::rename(&year, root.join("content/ab/2566")).unwrap();
        assert!(!is_unchanged(root, &with_year, &folder), "another name");
        fs::remove_dir_all(root.join("content/ab/2566")).unwrap();
        assert!(is_unchanged(root, &before, &folder), "as it was");
    }

    #[test]
    fn a_state_is_up_to_date_if_it_believes_the_same_records() {
        let place = tempfile::tempdir().unwrap();
        let root = place.path();
        let state = |modified: u128| remembered(root, &agency(root, "name: ก", modified));
        let now = State::begin(false).began;
        let check = |last: &State, new: &State, expected: bool, why: &str| {
            let own = new.own.clone().unwrap_or_else(|| own(&new.agencies, 1000));
            assert_eq!(last.is_up_to_date(&new.agencies, &own), expected, "{why}");
        };
        check(&state(1000), &state(1000), true, "nothing changed");
        check(&state(1000), &state(2000), false, "an agency changed");
        check(&state(now), &state(now), false, "it was too young to be believed");
        check(&state(1000), &State::begin(false), false, "an agency went");
        check(&State::begin(false), &state(1000), false, "an agency came");
    }

    #[test]
    fn own_pages_stay_while_summaries_and_their_files_do() {
        let place = tempfile::tempdir().unwrap();
        let last = remembered(place.path(), &agency(place.path(), "name: ก", 1000));
        let check = |agencies: &BTreeMap<String, Record>, modified: u128, expected: bool, why: &str| {
            let Own { stamps, newest, .. } = own(agencies, modified);
            assert_eq!(last.own(Stamps { hash: stamps, newest }).is_some(), expected, "{why}");
        };
        check(&last.agencies, 1000, true, "nothing changed");
        check(&last.agencies, 2000, false, "another time of the front page");
        let mut agencies = last.agencies.clone();
        agencies.insert("cd".to_owned(), agencies["ab"].clone());
        check(&agencies, 1000, false, "one agency more");
        let rounds = AgencySummary {
            id: Some("ab".to_owned()),
            name: "ก".to_owned(),
            kind: AgencyKind::Other,
            province: None,
            district: None,
            rounds: BTreeMap::new(),
            left_out: Vec::new(),
            addresses: BTreeSet::new(),
        };
        let mut agencies = last.agencies.clone();
        agencies.get_mut("ab").unwrap().summary = Packed::of(&Some(rounds)).unwrap();
        check(&agencies, 1000, false, "another summary");
        let mut young = State::begin(false);
        young.fill(1, Some("site".to_owned()), last.agencies.clone(), own(&last.agencies, young.began));
        assert!(young.own(own_stamps(&Survey::default(), &last.agencies)).is_none(), "another front page");
        let Own { stamps, newest, .. } = young.own.clone().unwrap();
        assert!(young.own(Stamps { hash: stamps, newest }).is_none(), "too young to be believed");
    }

    #[test]
    fn what_is_packed_comes_back() {
        let place = tempfile::tempdir().unwrap();
        let mut state = remembered(place.path(), &agency(place.path(), "name: ก", 1000));
        state.write(place.path()).unwrap();
        let read = State::read(place.path(), None, 1, Some("site"), false).unwrap();
        let record = &read.agencies["ab"];
        assert_eq!(record.files().unwrap(), [("index.html", 1)]);
        assert!(record.summary.get().unwrap().is_none());
        assert_eq!(record.findings.get().unwrap().iter().count(), 0);
    }

    #[test]
    fn what_is_in_memory_stands_for_its_own_file_and_no_other() {
        let place = tempfile::tempdir().unwrap();
        let written = |modified: u128| {
            let mut state = remembered(place.path(), &agency(place.path(), "name: ก", modified));
            state.write(place.path()).unwrap();
            Arc::new(state)
        };
        let read = |in_memory: &Arc<State>, shared: u128| {
            State::read(place.path(), Some(Arc::clone(in_memory)), shared, Some("site"), false)
        };
        let first = written(1000);
        assert!(Arc::ptr_eq(&first, &read(&first, 1).unwrap()));
        assert_eq!(read(&first, 2).err(), Some(Useless::Outdated));
        let second = written(2000);
        assert_eq!(read(&first, 1).unwrap().checksum, second.checksum, "another process wrote one");
        fs::remove_file(place.path().join(NAME)).unwrap();
        assert_eq!(read(&second, 1).err(), Some(Useless::Missing), "somebody deleted it");
    }

    #[test]
    fn a_state_is_of_use_only_if_it_is_whole_and_ours() {
        let place = tempfile::tempdir().unwrap();
        let check = |shared: u128, site: Option<&str>, expected: Option<Useless>, why: &str| {
            assert_eq!(State::read(place.path(), None, shared, site, false).err(), expected, "{why}");
        };
        check(1, Some("site"), Some(Useless::Missing), "there is none");
        remembered(place.path(), &agency(place.path(), "name: ก", 1000)).write(place.path()).unwrap();
        check(1, Some("site"), None, "as it was written");
        check(2, Some("site"), Some(Useless::Outdated), "another program, theme or framework");
        check(1, Some("other"), Some(Useless::Foreign), "another site stands in the output");
        check(1, None, Some(Useless::Foreign), "the output is gone");
        let compressed = State::read(place.path(), None, 1, Some("site"), true);
        assert_eq!(compressed.err(), Some(Useless::OtherForms));
        let path = place.path().join(NAME);
        let whole = fs::read(&path).unwrap();
        for byte in 0..whole.len() {
            let mut broken = whole.clone();
            broken[byte] ^= 1;
            fs::write(&path, broken).unwrap();
            check(1, Some("site"), Some(Useless::Broken), "a broken bit");
        }
        fs::write(&path, &whole[..whole.len() / 2]).unwrap();
        check(1, Some("site"), Some(Useless::Broken), "cut short");
        fs::write(&path, "").unwrap();
        check(1, Some("site"), Some(Useless::Broken), "empty");
        let mut other = whole[16..].to_vec();
        other[0] += 1;
        fs::write(&path, [&xxh3_128(&other).to_le_bytes()[..], &other].concat()).unwrap();
        check(1, Some("site"), Some(Useless::Outdated), "another layout");
    }
}

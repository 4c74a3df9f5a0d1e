//! What the last build of a portal was: for each agency what its sources looked like, and what is left of it once its pages are made. An
//! agency whose sources are as they were is not done again; there is no graph of dependencies that could be wrong.
//!
//! A stamp (size and time) is believed only if it is older than the build that noted it: a file may be written twice within one tick of
//! the clock, so a younger one is compared by its bytes. A state that is broken, foreign or of another program is as if there were none.

use crate::failure::{Failure, Result};
use crate::finding::Findings;
use crate::model::summary::AgencySummary;
use crate::model::{Attachment, Attachments};
use crate::read::{self, AgencyFolder, File, Texts};
use crate::sight::{self, COARSEST_TICK};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::Path;
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// The name of the file in the folder beside the output.
const NAME: &str = "state";

/// Raised when the layout of the file changes; the program's own hash would notice too, but only after reading it wrongly.
const VERSION: u32 = 2;

/// What the last build left to this one.
#[derive(Debug, Serialize, Deserialize)]
pub struct State {
    version: u32,
    /// Program, settings, theme and frameworks: if one of them changes, every agency is done again.
    shared: u128,
    /// The site that stood in the output when this was written. If another one stands there, an unfinished swap was rolled forward or
    /// somebody put it there, and nothing here is known to hold for it.
    site: String,
    /// When the build that wrote this began to look at its sources, in nanoseconds since 1970.
    began: u128,
    /// By id.
    agencies: BTreeMap<String, Record>,
}

/// One agency as it was.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Record {
    stamps: u128,
    /// Of the bytes that the pages were made from.
    contents: u128,
    newest: u128,
    /// For pages that show more than one agency.
    pub summary: Option<AgencySummary>,
    /// As they were, accepted ones as notes.
    pub findings: Findings,
    /// How many pages it has.
    pub pages: usize,
}

/// What the sources of an agency look like now.
#[derive(Debug, Clone, Copy)]
pub struct Stamps {
    hash: u128,
    newest: u128,
}

impl State {
    /// The state of a build that begins now, to be filled at its end.
    pub fn begin() -> State {
        State {
            version: VERSION,
            shared: 0,
            site: String::new(),
            began: sight::now(),
            agencies: BTreeMap::new(),
        }
    }

    /// Notes what became of every agency, and of the site as a whole.
    pub fn fill(&mut self, shared: u128, site: Option<&str>, agencies: BTreeMap<String, Record>) {
        self.shared = shared;
        self.site = site.unwrap_or_default().to_owned();
        self.agencies = agencies;
    }

    /// The state that the last build left in a folder, if it is of use for this one.
    pub fn read(folder: &Path, shared: u128, site: Option<&str>) -> Option<State> {
        State::of_sources(folder, shared).filter(|state| Some(state.site.as_str()) == site)
    }

    /// The same for what is made from the sources alone, whatever stands in the output.
    pub fn of_sources(folder: &Path, shared: u128) -> Option<State> {
        let bytes = fs::read(folder.join(NAME)).ok()?;
        let (checksum, payload) = bytes.split_first_chunk::<16>()?;
        if u128::from_le_bytes(*checksum) != xxh3_128(payload) {
            return None;
        }
        let state: State = postcard::from_bytes(payload).ok()?;
        (state.version == VERSION && state.shared == shared).then_some(state)
    }

    /// Leaves the state to the next build, whole or not at all.
    ///
    /// # Errors
    /// Only the machine's.
    pub fn write(&self, folder: &Path) -> Result<()> {
        let path = folder.join(NAME);
        let failed = |error: io::Error| Failure::io(&path, &error);
        let payload = postcard::to_stdvec(self).map_err(|error| failed(io::Error::other(error)))?;
        let mut bytes = xxh3_128(&payload).to_le_bytes().to_vec();
        bytes.extend(payload);
        let new = folder.join(format!("{NAME}.new"));
        fs::write(&new, bytes).and_then(|()| fs::rename(&new, &path)).map_err(failed)
    }

    /// Whether a record can be believed without reading a file: nothing that it speaks of was written during or after the look at it.
    pub fn believes(&self, record: &Record) -> bool {
        record.newest.saturating_add(COARSEST_TICK) < self.began
    }

    /// What is left of an agency whose sources are as they were.
    ///
    /// # Errors
    /// Only the machine's, where a young file has to be read.
    pub fn unchanged(&self, id: &str, folder: &AgencyFolder, stamps: Stamps) -> Result<Option<&Record>> {
        let Some(record) = self.agencies.get(id).filter(|record| record.stamps == stamps.hash) else {
            return Ok(None);
        };
        if self.believes(record) {
            return Ok(Some(record));
        }
        let texts = read::texts(folder, &Texts::new(), &mut Findings::default())?;
        let is_same = record.contents == contents(folder, &texts)?;
        Ok(is_same.then_some(record))
    }
}

impl Record {
    /// What is left of an agency that was done, with the texts that it was made from.
    ///
    /// # Errors
    /// Only the machine's, where an attachment cannot be read.
    pub fn of(folder: &AgencyFolder, texts: &Texts, stamps: Stamps) -> Result<Record> {
        Ok(Record {
            stamps: stamps.hash,
            contents: contents(folder, texts)?,
            newest: stamps.newest,
            summary: None,
            findings: Findings::default(),
            pages: 0,
        })
    }
}

/// Path, size and time of everything in an agency's folder.
pub fn stamps(folder: &AgencyFolder) -> Stamps {
    let mut hasher = Xxh3::new();
    let mut newest = 0;
    let mut add = |path: &str, size: u64, modified: u128| {
        hasher.update(path.as_bytes());
        hasher.update(&[0]);
        hasher.update(&size.to_le_bytes());
        hasher.update(&modified.to_le_bytes());
        newest = newest.max(modified);
    };
    text_files(folder).for_each(|file| add(&file.path, file.size, file.modified));
    attachments(folder)
        .for_each(|(place, name, file)| add(&format!("{place}/files/{name}"), file.size, file.modified));
    // A folder without files is still a year of the agency.
    folder.years.keys().for_each(|year| add(&year.to_string(), 0, 0));
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

fn hash_file(path: &Path, hasher: &mut Xxh3) -> io::Result<()> {
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

    /// An agency of one file, written so long ago that its stamp is believed.
    fn agency(folder: &Path, bytes: impl AsRef<[u8]>, modified: u128) -> AgencyFolder {
        let (location, size) = (folder.join("agency.yaml"), bytes.as_ref().len() as u64);
        fs::write(&location, bytes).unwrap();
        let about = File { path: "content/ab/agency.yaml".to_owned(), location, size, modified };
        AgencyFolder { id: Some("ab".to_owned()), about: Some(about), ..AgencyFolder::default() }
    }

    fn remembered(folder: &AgencyFolder) -> State {
        let texts = read::texts(folder, &Texts::new(), &mut Findings::default()).unwrap();
        let record = Record::of(folder, &texts, stamps(folder)).unwrap();
        let mut state = State::begin();
        state.fill(1, Some("site"), BTreeMap::from([("ab".to_owned(), record)]));
        state
    }

    fn is_unchanged(state: &State, folder: &AgencyFolder) -> bool {
        state.unchanged("ab", folder, stamps(folder)).unwrap().is_some()
    }

    #[test]
    fn an_old_stamp_is_believed_and_a_young_one_is_not() {
        let place = tempfile::tempdir().unwrap();
        let old = remembered(&agency(place.path(), "name: ก", 1));
        assert!(
            is_unchanged(&old, &agency(place.path(), "name: ข", 1)),
            "nobody reads a file whose stamp is old"
        );
        assert!(!is_unchanged(&old, &agency(place.path(), "name: ข", 2)), "another time");
        assert!(!is_unchanged(&old, &agency(place.path(), "name: ขข", 1)), "another size");

        let now = State::begin().began;
        let young = remembered(&agency(place.path(), "name: ก", now));
        assert!(is_unchanged(&young, &agency(place.path(), "name: ก", now)), "the same bytes");
        assert!(
            !is_unchanged(&young, &agency(place.path(), "name: ข", now)),
            "a second save within one tick"
        );
        let foreign = remembered(&agency(place.path(), [0xa1], now));
        assert!(!is_unchanged(&foreign, &agency(place.path(), [0xff], now)), "in another encoding");
    }

    #[test]
    fn a_state_is_of_use_only_if_it_is_whole_and_ours() {
        let place = tempfile::tempdir().unwrap();
        let check = |shared: u128, site: Option<&str>, expected: bool, why: &str| {
            assert_eq!(State::read(place.path(), shared, site).is_some(), expected, "{why}");
        };
        check(1, Some("site"), false, "there is none");
        remembered(&agency(place.path(), "name: ก", 1)).write(place.path()).unwrap();
        check(1, Some("site"), true, "as it was written");
        check(2, Some("site"), false, "another program, theme or framework");
        check(1, Some("other"), false, "another site stands in the output");
        check(1, None, false, "the output is gone");
        let path = place.path().join(NAME);
        let whole = fs::read(&path).unwrap();
        for byte in 0..whole.len() {
            let mut broken = whole.clone();
            broken[byte] ^= 1;
            fs::write(&path, broken).unwrap();
            check(1, Some("site"), false, "a broken bit");
        }
        fs::write(&path, &whole[..whole.len() / 2]).unwrap();
        check(1, Some("site"), false, "cut short");
    }
}

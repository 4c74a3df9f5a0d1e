//! What the pages of a portal need to know of its agencies, and whether it still holds. All of them are looked at elsewhere, on all cores and
//! while others are answered; a few that changed since are looked at when somebody asks.

use crate::build::{Press, Site};
use crate::failure::{Failure, Result};
use crate::finding::Findings;
use crate::model::summary::AgencySummary;
use crate::read::{self, AgencyFolder, Survey};
use crate::sight::Sight;
use crate::state::{self, Stamps, State};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

/// More agencies than these are looked at elsewhere: about as many as nobody notices.
const MOST_AT_ONCE: usize = 8;

/// How long the work waits before it looks again whether somebody is being answered.
const PAUSE: Duration = Duration::from_millis(1);

/// The summaries of all agencies.
#[derive(Default)]
pub(super) struct Summaries {
    /// Of what they were made with.
    rules: u128,
    noted: Noted,
    /// Agencies that may have changed since they were looked at.
    doubtful: BTreeSet<String>,
    /// Those of them that were looked at while the look at all of them went on, which may have seen them as they were before.
    overtaking: BTreeSet<String>,
    stage: Stage,
    /// Whether what is noted holds, but for the doubtful ones, though a look at all of them is due or being done.
    is_trusted: bool,
    /// Raised whenever one of them is another.
    version: u64,
}

/// How far the look at all of them is.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// It has to be begun.
    #[default]
    Due,
    /// It is being done.
    Running,
    /// It is being done, and has to be done again.
    Overtaken,
    /// It is done.
    Done,
    /// The machine refused; as long as nothing changes there is no use in trying again.
    Failed,
}

/// By id. A look at all agencies has its own copy, so that nobody waits for it.
type Noted = BTreeMap<String, Arc<Note>>;

struct Note {
    look: Look,
    /// Of an agency whose own file can be read.
    summary: Option<AgencySummary>,
}

fn summaries(noted: &Noted) -> impl Iterator<Item = &AgencySummary> {
    noted.values().filter_map(|note| note.summary.as_ref())
}

/// How the files of an agency were looked at.
enum Look {
    /// One by one: what was young is known by its bytes.
    Closely(Sight),
    /// All in one, since a build believed what it remembered of them.
    AtAGlance(Stamps),
}

/// A look at all agencies, which takes a while.
pub struct Work {
    root: PathBuf,
    site: Arc<Site>,
    known: Noted,
    /// Where builds leave what they remember.
    state: PathBuf,
}

/// How far a look at all agencies is, for whoever waits for it.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicUsize,
    all: AtomicUsize,
}

/// What came of it.
pub struct Summed {
    rules: u128,
    noted: Noted,
}

impl Progress {
    /// So many agencies are done, of so many; of none before they are counted.
    pub fn now(&self) -> (usize, usize) {
        (self.done.load(Ordering::Relaxed), self.all.load(Ordering::Relaxed))
    }

    /// One that stands somewhere.
    #[cfg(test)]
    pub(crate) fn at(done: usize, all: usize) -> Progress {
        Progress { done: done.into(), all: all.into() }
    }

    fn begin(&self, all: usize) {
        self.done.store(0, Ordering::Relaxed);
        self.all.store(all, Ordering::Relaxed);
    }

    fn one_is_done(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }
}

impl Work {
    /// Does it, on all cores, and stands back while `is_busy`.
    ///
    /// # Errors
    /// Only the machine's.
    pub fn run(self, is_busy: &AtomicBool, progress: &Progress) -> Result<Summed> {
        let Work { root, site, known, state } = self;
        // Its own threads: those that make pages never wait behind it.
        let threads = rayon::ThreadPoolBuilder::new().build();
        let threads = threads.map_err(|error| Failure::io(&root, &io::Error::other(error)))?;
        threads.install(|| {
            let last = if known.is_empty() { State::of_sources(&state, site.shared).ok() } else { None };
            let survey = read::top(&root, true, &mut Findings::default())?;
            let press = Press { last: last.as_ref(), ..Press::of(&site, &survey) };
            progress.begin(survey.agencies.len());
            let one = |folder: &AgencyFolder| {
                while is_busy.load(Ordering::Relaxed) {
                    thread::sleep(PAUSE);
                }
                let id = folder.id.clone().unwrap_or_default();
                let note = note(&root, &press, folder, known.get(&id))?;
                progress.one_is_done();
                Ok((id, note))
            };
            let noted = survey.agencies.par_iter().map(one).collect::<Result<_>>()?;
            Ok(Summed { rules: site.rules, noted })
        })
    }
}

/// What is known of an agency, if it still holds; else what a build remembered of it, if that holds.
fn note(
    root: &Path,
    press: &Press<'_>,
    folder: &AgencyFolder,
    known: Option<&Arc<Note>>,
) -> Result<Arc<Note>> {
    if let Some(known) = known
        && let Look::AtAGlance(stamps) = known.look
        && state::stamps(root, folder)? == stamps
    {
        return Ok(Arc::clone(known));
    }
    if let Some(last) = press.last
        && let stamps = state::stamps(root, folder)?
        && let Some(record) = last.believed(folder, stamps)
    {
        let summary = record.summary.get()?.clone();
        return Ok(Arc::new(Note { look: Look::AtAGlance(stamps), summary }));
    }
    let folder = AgencyFolder { id: folder.id.clone(), path: folder.path.clone(), ..AgencyFolder::default() };
    let folder = read::agency(root, folder, &mut Findings::default())?;
    let files = folder.files();
    if let Some(known) = known
        && let Look::Closely(sight) = known.look
        && sight.is_of(&files)?
    {
        return Ok(Arc::clone(known));
    }
    let look = Look::Closely(Sight::of(&files)?);
    Ok(Arc::new(Note { look, summary: press.summary(&folder)? }))
}

impl Summaries {
    /// Any agency may be another one.
    pub(super) fn doubt_all(&mut self) {
        self.is_trusted = false;
        self.look_once_more();
    }

    /// All of them are looked at, though nothing says that any is another one.
    pub(super) fn look_once_more(&mut self) {
        self.stage = match self.stage {
            Stage::Running | Stage::Overtaken => Stage::Overtaken,
            Stage::Due | Stage::Done | Stage::Failed => Stage::Due,
        };
    }

    /// This agency may be another one, or come or gone.
    pub(super) fn doubt(&mut self, id: &str) {
        self.doubtful.insert(id.to_owned());
    }

    /// The look at all agencies, if it is due.
    pub(super) fn work(&mut self, root: &Path, site: Arc<Site>, state: PathBuf) -> Option<Work> {
        let is_other = self.rules != site.rules;
        match self.stage {
            Stage::Due => {}
            Stage::Done if is_other => {}
            Stage::Running | Stage::Overtaken | Stage::Done | Stage::Failed => return None,
        }
        self.stage = Stage::Running;
        // It sees what changed until now, and may miss what changes from now on. Who asks meanwhile is told what is known.
        if !self.is_trusted {
            self.doubtful.clear();
        }
        let known = if is_other { Noted::new() } else { self.noted.clone() };
        Some(Work { root: root.to_owned(), site, known, state })
    }

    /// Takes what came of it.
    ///
    /// # Errors
    /// Its own.
    pub(super) fn take(&mut self, done: Result<Summed>) -> Result<()> {
        let was_overtaken = self.stage == Stage::Overtaken;
        self.stage = if was_overtaken { Stage::Due } else { Stage::Done };
        match done {
            Ok(Summed { rules, noted }) => {
                self.is_trusted |= !was_overtaken;
                self.doubtful.append(&mut self.overtaking);
                // Whoever looked as a precaution mostly found nothing.
                self.version += u64::from(!summaries(&self.noted).eq(summaries(&noted)));
                (self.rules, self.noted) = (rules, noted);
                Ok(())
            }
            Err(_) if was_overtaken => Ok(()),
            Err(failure) => {
                self.stage = Stage::Failed;
                Err(failure)
            }
        }
    }

    /// Looks at the few agencies that may have changed. Says whether all summaries are those of now; if not, there is work to do.
    ///
    /// # Errors
    /// Only the machine's.
    pub(super) fn bring_up(&mut self, root: &Path, site: &Site, survey: &Survey) -> Result<bool> {
        if self.stage == Stage::Failed {
            return Ok(true);
        }
        if !(self.stage == Stage::Done || self.is_trusted) || self.rules != site.rules {
            return Ok(false);
        }
        let there: BTreeMap<&str, &AgencyFolder> =
            survey.agencies.iter().filter_map(|folder| Some((folder.id.as_deref()?, folder))).collect();
        let is_gone = |id: &String| !there.contains_key(id.as_str());
        let is_new = |id: &&&str| !self.noted.contains_key(**id);
        let gone: Vec<String> = self.noted.keys().filter(|id| is_gone(id)).cloned().collect();
        self.doubtful.extend(there.keys().filter(is_new).map(|id| (*id).to_owned()));
        self.doubtful.retain(|id| !is_gone(id));
        if self.doubtful.len() > MOST_AT_ONCE {
            self.doubt_all();
            return Ok(false);
        }
        if gone.is_empty() && self.doubtful.is_empty() {
            return Ok(true);
        }
        let press = Press::of(site, survey);
        let mut notes = Noted::new();
        for id in &self.doubtful {
            notes.insert(id.clone(), note(root, &press, there[id.as_str()], None)?);
        }
        let is_other = |(id, note): (&String, &Arc<Note>)| {
            self.noted.get(id).is_none_or(|known| known.summary != note.summary)
        };
        self.version += u64::from(!gone.is_empty() || notes.iter().any(is_other));
        self.noted.extend(notes);
        gone.iter().for_each(|id| drop(self.noted.remove(id)));
        let doubtful = std::mem::take(&mut self.doubtful);
        if self.stage != Stage::Done {
            self.overtaking.extend(doubtful);
        }
        Ok(true)
    }

    /// Of all agencies that have one.
    pub(super) fn all(&self) -> Vec<&AgencySummary> {
        summaries(&self.noted).collect()
    }

    /// Another number whenever one of them may be another.
    pub(super) fn version(&self) -> u64 {
        self.version
    }
}

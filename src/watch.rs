//! Waits until something may have changed below a site's root. It says where to look, never what happened: events come twice, late, in
//! another order or not at all, so whoever looks compares with the disk. Home of notify.
//!
//! The first event is told at once; all that come while somebody acts on it are told together. Once it has been quiet for a second,
//! everything is to be looked at once more, so that nothing that was missed stays missed. Folders are watched, not files: an editor that
//! replaces a file would take the watch of it along. What is published never lies in a folder of the sources, so it wakes nobody.

mod event;
mod places;
mod poll;

use crate::failure::{Failure, Result};
use crate::language::Words;
use event::{Care, Heard};
use notify::{Config, Error, ErrorKind, Event, EventKindMask, RecommendedWatcher, Watcher};
use places::Places;
use std::collections::BTreeSet;
use std::fmt;
use std::mem;
use std::path::{Path, PathBuf, absolute};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The usual pause between two looks by polling.
pub const POLL: Duration = Duration::from_millis(500);

/// What the system tells of. Every folder that is looked through is opened, and so many events of that would crowd out those of changes.
const CHANGES: EventKindMask = EventKindMask::CORE.union(EventKindMask::ACCESS_CLOSE);

/// The quiet after which everything is looked at once more.
const QUIET: Duration = Duration::from_secs(1);

/// The same where the disk is asked: longer than the clock of any file system ticks, so that what was written twice within one tick, in the
/// same size, is found then.
const QUIET_OF_POLLING: Duration = Duration::from_secs(3);

/// How long it takes at most until everything is looked at again where the system goes on losing events and telling of nothing else: it may
/// be the look itself, of a very large site, that is too much for it.
const LONGEST_QUIET: Duration = Duration::from_secs(64);

/// How often it is seen whether the root is still the same folder: a link that leads elsewhere now makes no event.
const HEARTBEAT: Duration = Duration::from_millis(500);

/// More files than these are told as everything.
const MOST_FILES: usize = 256;

/// Where something may have changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Look {
    /// At these files, relative to the site's root with `/`. Some may be gone, and what is gone may have been a folder.
    At(BTreeSet<String>),
    /// At everything.
    Everywhere,
    /// At everything once more, since it has been quiet for a while: nothing says that anything was missed.
    OnceMore,
}

/// A watch over the sources of a site: `prongsai.yaml`, `content`, `framework`, `themes`, and what links among them lead to.
#[derive(Debug)]
pub struct Watch {
    /// Absolute, as the person named it.
    root: PathBuf,
    /// The folder that it leads to; none while there is none.
    home: Option<PathBuf>,
    means: Means,
    board: Arc<Board>,
    /// How long nothing happens before everything is looked at once more.
    quiet: Duration,
    notice: Option<Words>,
}

/// How changes come to be known.
enum Means {
    /// The system tells of them.
    Told(RecommendedWatcher),
    /// The disk is asked again and again.
    Polled,
    /// There is no root to watch.
    Waiting,
}

/// Where it is noted what happens until somebody asks.
#[derive(Debug, Default)]
struct Board {
    notes: Mutex<Notes>,
    bell: Condvar,
}

#[derive(Debug, Default)]
struct Notes {
    /// Not told yet.
    look: Option<Look>,
    /// When something happened last, unless everything was looked at since.
    unsettled: Option<Instant>,
    care: Care,
    /// How often in a row events were lost.
    losses: u32,
    /// Why the system tells of nothing more.
    refusal: Option<Error>,
    places: Places,
}

impl Look {
    /// Both in one.
    #[must_use]
    pub fn and(self, other: Look) -> Look {
        match (self, other) {
            (Look::At(mut files), Look::At(more)) => {
                files.extend(more);
                if files.len() > MOST_FILES { Look::Everywhere } else { Look::At(files) }
            }
            _ => Look::Everywhere,
        }
    }
}

impl Watch {
    /// Begins to watch: whatever changes from now on is told. A root that is not there is waited for. With `poll` the disk is asked, with
    /// such a pause or a longer one if the site is large: for folders of other machines, of which the system tells nothing.
    ///
    /// # Errors
    /// Trouble of the machine if a relative root is seen from a folder that is gone. A system that refuses to tell is none:
    /// then the disk is asked, and [`Watch::notice`] says why.
    pub fn begin(root: &Path, poll: Option<Duration>) -> Result<Watch> {
        let root = absolute(root).map_err(|error| Failure::io(root, &error))?;
        let mut watch = Watch::over(root);
        match poll {
            Some(pause) => watch.poll(pause),
            None => watch.settle(),
        }
        Ok(watch)
    }

    /// Waits until there is something to look at, at most so long; `None` when the time is over.
    pub fn next(&mut self, patience: Option<Duration>) -> Option<Look> {
        let end = patience.and_then(|patience| Instant::now().checked_add(patience));
        loop {
            self.keep_up();
            let board = Arc::clone(&self.board);
            let mut notes = board.notes();
            if notes.is_urgent() {
                continue;
            }
            if let Some(look) = notes.look.take() {
                return Some(look);
            }
            let now = Instant::now();
            let settles = notes.unsettled.map(|last| last + self.patience(notes.losses));
            if settles.is_some_and(|settles| settles <= now) {
                notes.unsettled = None;
                let care = mem::take(&mut notes.care);
                let is_precaution = care == Care::None && notes.losses == 0;
                drop(notes);
                if care == Care::Later {
                    self.cover();
                }
                return Some(if is_precaution { Look::OnceMore } else { Look::Everywhere });
            }
            if end.is_some_and(|end| end <= now) {
                return None;
            }
            let wake = [settles, end].into_iter().flatten().fold(now + HEARTBEAT, Instant::min);
            // Whoever poisons a lock has panicked, which is told elsewhere.
            drop(board.bell.wait_timeout(notes, wake - now));
        }
    }

    /// Whether something waits to be looked at, without waiting. Any thread may ask: so a running build learns that it is overtaken.
    pub fn is_due(&self) -> bool {
        let notes = self.board.notes();
        notes.look.is_some() || notes.is_urgent()
    }

    /// The same, waiting so long at most.
    pub fn is_due_within(&self, patience: Duration) -> bool {
        let waiting = |notes: &mut Notes| notes.look.is_none() && !notes.is_urgent();
        let waited = self.board.bell.wait_timeout_while(self.board.notes(), patience, waiting);
        !waiting(&mut waited.unwrap_or_else(PoisonError::into_inner).0)
    }

    /// What a person should know of the watching itself, once.
    pub fn notice(&mut self) -> Option<Words> {
        self.notice.take()
    }

    fn over(root: PathBuf) -> Watch {
        let (means, board) = (Means::Waiting, Arc::default());
        Watch { root, home: None, means, board, quiet: QUIET, notice: None }
    }

    /// Goes on with the root or the means of now, if those of before are gone.
    fn keep_up(&mut self) {
        let mut notes = self.board.notes();
        let refusal = notes.refusal.take();
        let care = if notes.care > Care::Later { mem::take(&mut notes.care) } else { Care::None };
        drop(notes);
        if matches!(self.means, Means::Polled) {
            return;
        }
        if let Some(error) = refusal {
            self.give_up(&error);
        } else if care == Care::Anew || self.home != self.root.canonicalize().ok() {
            self.settle();
            self.board.note(Heard::everything(Care::Later));
        } else if care == Care::Now {
            self.cover();
        }
    }

    /// Begins in the folder that the root is now. Watches of an old one would tell of files that are none of the site any more.
    fn settle(&mut self) {
        self.home = self.root.canonicalize().ok();
        self.means = Means::Waiting;
        if self.home.is_none() {
            return;
        }
        let board = Arc::clone(&self.board);
        let listener = move |event| board.hear(event);
        let config = Config::default().with_follow_symlinks(false).with_event_kinds(CHANGES);
        match RecommendedWatcher::new(listener, config) {
            Ok(watcher) => {
                self.means = Means::Told(watcher);
                self.cover();
            }
            Err(error) => self.give_up(&error),
        }
    }

    /// Watches every folder that is there and not watched yet. A folder that goes meanwhile ends this too early: then it is done again.
    fn cover(&mut self) {
        let (Means::Told(watcher), Some(home)) = (&mut self.means, &self.home) else { return };
        let places = Places::of(&self.root, home);
        let folders = places.folders();
        self.board.notes().places = places;
        let mut refused = None;
        for (folder, mode) in folders {
            match watcher.watch(&folder, mode) {
                Ok(()) => {}
                Err(error) if event::is_gone(&error) => self.board.care(Care::Later),
                Err(error) => refused = Some(error),
            }
        }
        if let Some(error) = refused {
            self.give_up(&error);
        }
    }

    /// Asks the disk, since the system does not tell.
    fn give_up(&mut self, error: &Error) {
        self.notice = Some(refusal(error));
        self.poll(poll::RELUCTANT);
        self.board.note(Heard::everything(Care::None));
    }

    fn poll(&mut self, pause: Duration) {
        (self.means, self.quiet) = (Means::Polled, QUIET_OF_POLLING);
        poll::begin(&self.root, pause, &self.board);
    }

    /// It takes longer each time where events are lost and nothing else is told.
    fn patience(&self, losses: u32) -> Duration {
        self.quiet.saturating_mul(1 << losses.saturating_sub(1).min(16)).min(LONGEST_QUIET)
    }
}

impl Board {
    fn notes(&self) -> MutexGuard<'_, Notes> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes notice of what the system tells.
    fn hear(&self, event: notify::Result<Event>) {
        if event.as_ref().is_ok_and(event::is_mere_reading) {
            return;
        }
        let mut notes = self.notes();
        let heard = match event {
            Ok(event) => event::heard(&event, &notes.places, event::stands),
            Err(error) => {
                if matches!(error.kind, ErrorKind::MaxFilesWatch) {
                    notes.refusal = Some(error);
                }
                Some(Heard::everything(Care::Later))
            }
        };
        drop(notes);
        if let Some(heard) = heard {
            self.note(heard);
        }
    }

    fn note(&self, heard: Heard) {
        let mut notes = self.notes();
        notes.losses = if heard.is_loss { notes.losses.saturating_add(1) } else { 0 };
        // One loss after the other has nothing new to say.
        if notes.losses < 2 {
            let before = notes.look.take();
            notes.look =
                Some(before.map_or_else(|| heard.look.clone(), |before| before.and(heard.look.clone())));
        }
        notes.care = notes.care.max(heard.care);
        notes.unsettled = Some(Instant::now());
        drop(notes);
        self.bell.notify_all();
    }

    /// Has something seen to that is no change.
    fn care(&self, care: Care) {
        let mut notes = self.notes();
        notes.care = notes.care.max(care);
        notes.unsettled = Some(Instant::now());
    }
}

impl Notes {
    /// Whether something has to be seen to before anybody looks.
    fn is_urgent(&self) -> bool {
        self.care > Care::Later || self.refusal.is_some()
    }
}

impl fmt::Debug for Means {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Means::Told(_) => "Told",
            Means::Polled => "Polled",
            Means::Waiting => "Waiting",
        })
    }
}

/// Why the disk is asked although nobody wanted that, and what helps.
fn refusal(error: &Error) -> Words {
    match error.kind {
        ErrorKind::MaxFilesWatch => Words::new(
            "โฟลเดอร์มีมากกว่าที่ระบบยอมให้เฝ้าดู จึงตรวจดูไฟล์เป็นระยะแทน ผู้ดูแลระบบเพิ่มจำนวนได้ด้วย sysctl fs.inotify.max_user_watches=524288",
            "there are more folders than the system lets a person watch, so files are looked at from time to time instead; sysctl fs.inotify.max_user_watches=524288 allows more",
        ),
        _ => Words::new(
            format!("ระบบไม่แจ้งเมื่อไฟล์เปลี่ยน จึงตรวจดูไฟล์เป็นระยะแทน ({error})"),
            format!(
                "the system does not tell of changes, so files are looked at from time to time instead ({error})"
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// Far more than it takes; over, nothing will come any more.
    const DEADLINE: Duration = Duration::from_secs(30);

    fn files(names: &[&str]) -> Look {
        Look::At(names.iter().map(|name| (*name).to_owned()).collect())
    }

    /// A site in a folder of its own, with folders beside its sources.
    fn site() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("site");
        for name in ["content/2565/files", "themes/own", "framework", "public", ".git", "shared"] {
            fs::create_dir_all(root.join(name)).unwrap();
        }
        for name in ["prongsai.yaml", "content/2565/iit.md", "shared/eit.md"] {
            fs::write(root.join(name), "ก").unwrap();
        }
        folder
    }

    /// A watch that need not be quiet for long.
    fn begin(root: &Path, poll: Option<Duration>) -> Watch {
        Watch { quiet: Duration::from_millis(50), ..Watch::begin(root, poll).unwrap() }
    }

    /// Waits until everything up to now is told, and it is quiet.
    fn settle(watch: &mut Watch) {
        while watch.next(Some(watch.quiet * 4)).is_some() {}
    }

    /// Waits until a look covers a file.
    #[track_caller]
    fn expect(watch: &mut Watch, path: &str) {
        let end = Instant::now() + DEADLINE;
        while Instant::now() < end {
            match watch.next(Some(DEADLINE)) {
                Some(Look::Everywhere | Look::OnceMore) => return,
                Some(Look::At(files)) if files.contains(path) => return,
                Some(Look::At(_)) => {}
                None => break,
            }
        }
        panic!("nobody was told of {path}");
    }

    /// The root removed and created again, watched by either means.
    fn survive(poll: Option<Duration>) {
        let folder = site();
        let root = folder.path().join("site");
        let mut watch = begin(&root, poll);
        assert!(!watch.is_due());
        fs::write(root.join("content/2565/iit.md"), "ขข").unwrap();
        expect(&mut watch, "content/2565/iit.md");
        fs::create_dir_all(root.join("content/2566/files")).unwrap();
        expect(&mut watch, "content/2566");
        settle(&mut watch);
        fs::write(root.join("content/2566/files/new.pdf"), "ก").unwrap();
        expect(&mut watch, "content/2566/files/new.pdf");
        settle(&mut watch);
        fs::rename(root.join("content"), root.join("elsewhere")).unwrap();
        expect(&mut watch, "content");
        settle(&mut watch);
        fs::rename(root.join("elsewhere"), root.join("content")).unwrap();
        expect(&mut watch, "content");
        settle(&mut watch);
        fs::write(root.join("content/2566/files/new.pdf"), "กก").unwrap();
        expect(&mut watch, "content/2566/files/new.pdf");
        settle(&mut watch);
        fs::remove_dir_all(&root).unwrap();
        expect(&mut watch, "");
        settle(&mut watch);
        fs::create_dir_all(root.join("content")).unwrap();
        expect(&mut watch, "");
        settle(&mut watch);
        fs::write(root.join("content/index.md"), "ก").unwrap();
        expect(&mut watch, "content/index.md");
        assert_eq!(watch.notice(), None);
    }

    #[test]
    fn the_system_tells_of_whatever_becomes_of_the_root() {
        survive(None);
    }

    #[test]
    fn polling_sees_whatever_becomes_of_the_root() {
        survive(Some(Duration::from_millis(10)));
    }

    #[test]
    fn the_first_change_is_told_as_it_is_and_everything_once_it_is_quiet() {
        let folder = site();
        let root = folder.path().join("site");
        let mut watch = begin(&root, None);
        fs::read(root.join("content/2565/iit.md")).unwrap();
        for name in ["public/index.html", ".git/index", "notes.txt", "content/2565/iit.md~"] {
            fs::write(root.join(name), "ก").unwrap();
        }
        fs::write(root.join("content/2565/iit.md"), "ข").unwrap();
        assert_eq!(watch.next(Some(DEADLINE)), Some(files(&["content/2565/iit.md"])));
        while watch.next(Some(DEADLINE)) != Some(Look::OnceMore) {}
        assert_eq!(watch.next(Some(watch.quiet * 4)), None, "quiet is told once");
    }

    #[test]
    #[cfg(unix)]
    fn links_are_watched_where_they_lead() {
        use std::os::unix::fs::symlink;
        let folder = site();
        let (root, link) = (folder.path().join("site"), folder.path().join("link"));
        symlink("../../shared/eit.md", root.join("content/2565/eit.md")).unwrap();
        symlink("site", &link).unwrap();
        let mut watch = begin(&link, None);
        fs::write(root.join("shared/other.md"), "ข").unwrap();
        fs::write(root.join("shared/eit.md"), "ข").unwrap();
        assert_eq!(watch.next(Some(DEADLINE)), Some(files(&["content/2565/eit.md"])));
        settle(&mut watch);
        fs::create_dir_all(folder.path().join("second/content")).unwrap();
        fs::remove_file(&link).unwrap();
        symlink("second", &link).unwrap();
        expect(&mut watch, "");
        settle(&mut watch);
        fs::write(folder.path().join("second/content/index.md"), "ก").unwrap();
        expect(&mut watch, "content/index.md");
    }

    #[test]
    fn looks_are_put_together() {
        let check = |one: Look, other: Look, expected: Look| {
            assert_eq!(one.clone().and(other.clone()), expected);
            assert_eq!(other.and(one), expected);
        };
        check(files(&["a"]), files(&["b", "a"]), files(&["a", "b"]));
        check(files(&["a"]), Look::Everywhere, Look::Everywhere);
        let many = Look::At((0..=MOST_FILES).map(|number| number.to_string()).collect());
        check(many, files(&[]), Look::Everywhere);
    }

    #[test]
    fn a_system_that_loses_events_again_and_again_is_asked_more_rarely() {
        let watch = Watch::over(PathBuf::new());
        let loss = || Heard { is_loss: true, ..Heard::everything(Care::Later) };
        let check = |heard: Heard, is_told: bool, patience: u64| {
            watch.board.note(heard);
            let mut notes = watch.board.notes();
            assert_eq!(notes.look.take().is_some(), is_told);
            assert_eq!(watch.patience(notes.losses), Duration::from_secs(patience));
        };
        check(loss(), true, 1);
        for patience in [2, 4, 8, 16, 32, 64, 64, 64] {
            check(loss(), false, patience);
        }
        check(Heard::everything(Care::None), true, 1);
    }
}

//! The one thread that has the preview: it answers, is told of changes, and has the look at all agencies done elsewhere. Whoever asks waits
//! for it, so that nobody is answered from the middle of a change.

use super::request::{self, Place};
use super::{News, Options};
use crate::build::Ready;
use crate::failure::{Failure, Result};
use crate::preview::{Answer, Preview, Progress, Summed, Told};
use crate::watch::{Look, Watch};
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;
use tokio::sync::{oneshot, watch};

/// So long nobody asks before what has changed is made for the terminal alone.
const LULL: Duration = Duration::from_millis(200);

/// What is to be done.
enum Task {
    Ask(Ask),
    Look(Look),
    Done(Result<Summed>),
}

/// A question for what lies at a path.
struct Ask {
    path: String,
    reply: oneshot::Sender<Reply>,
}

/// What lies at a path.
#[derive(Debug)]
pub(super) enum Reply {
    /// Another path has it.
    At(String),
    /// A file on this machine.
    Attachment {
        /// Its path in the output.
        file: String,
        location: PathBuf,
    },
    /// Something that was made.
    Made(Made),
}

/// Something that was made, or stands in the place of what could not be.
#[derive(Debug)]
pub(super) struct Made {
    /// Its path in the output.
    pub(super) file: String,
    /// `None` where nothing can be shown yet.
    pub(super) bytes: Option<Arc<[u8]>>,
    /// Whether it is what was asked for.
    pub(super) is_there: bool,
    /// What tells it from any other version.
    pub(super) version: u128,
    /// What is wrong with what it shows.
    pub(super) told: Told,
}

/// Where questions are asked.
#[derive(Clone)]
pub(super) struct Desk {
    tasks: Sender<Task>,
    /// Tells that something may have changed.
    pub(super) changes: watch::Receiver<()>,
    /// Of the look at all agencies.
    pub(super) progress: Arc<Progress>,
}

impl Desk {
    /// What lies at a decoded path; `None` where the question itself is too much for the program.
    pub(super) async fn ask(&self, path: &str) -> Option<Reply> {
        let (reply, answer) = oneshot::channel();
        self.tasks.send(Task::Ask(Ask { path: path.to_owned(), reply })).ok()?;
        answer.await.ok()
    }
}

/// Begins to work, and to watch the sources.
///
/// # Errors
/// Only the machine's.
pub(super) fn begin(options: &Options, tell: impl Fn(News) + Send + Sync + 'static) -> Result<Desk> {
    let (tasks, todo) = mpsc::channel();
    let (change, changes) = watch::channel(());
    let progress = Arc::default();
    let tell = Arc::new(tell);
    // It watches before anything is looked at, so that nothing is missed in between.
    let watch = Watch::begin(&options.root, options.poll)?;
    let (looks, told) = (tasks.clone(), Arc::clone(&tell));
    start(&options.root, move || watch_on(watch, &looks, &*told))?;
    let workshop = Workshop {
        preview: preview(options),
        options: options.clone(),
        tasks: tasks.clone(),
        change,
        progress: Arc::clone(&progress),
        is_busy: Arc::new(AtomicBool::new(false)),
        waiting: Vec::new(),
        is_behind: false,
        told: 0,
    };
    start(&options.root, move || workshop.work_on(&todo, &*tell))?;
    Ok(Desk { tasks, changes, progress })
}

fn start(root: &Path, work: impl FnOnce() + Send + 'static) -> Result<()> {
    let started = thread::Builder::new().spawn(work);
    started.map(drop).map_err(|error| Failure::io(root, &error))
}

fn preview(options: &Options) -> Preview {
    Preview::new(&options.root, &options.output, options.strict)
}

fn watch_on(mut watch: Watch, looks: &Sender<Task>, tell: &dyn Fn(News)) {
    loop {
        let look = watch.next(None);
        if let Some(notice) = watch.notice() {
            tell(News::Notice(notice));
        }
        if let Some(look) = look
            && looks.send(Task::Look(look)).is_err()
        {
            return;
        }
    }
}

struct Workshop {
    preview: Preview,
    options: Options,
    tasks: Sender<Task>,
    change: watch::Sender<()>,
    progress: Arc<Progress>,
    /// Whether somebody is being answered.
    is_busy: Arc<AtomicBool>,
    /// Questions for pages that need all agencies to be looked at first.
    waiting: Vec<Ask>,
    /// Whether something may have changed for which nobody has asked since.
    is_behind: bool,
    /// How often something was made when it was last told.
    told: u64,
}

impl Workshop {
    fn work_on(mut self, todo: &Receiver<Task>, tell: &dyn Fn(News)) {
        // What is wrong from the beginning is told though nobody asks for a page.
        self.carefully(|workshop| workshop.preview.bring_up());
        loop {
            self.carefully(Workshop::begin_elsewhere);
            self.tell(tell);
            let task = match self.is_behind {
                true => todo.recv_timeout(LULL),
                false => todo.recv().map_err(RecvTimeoutError::from),
            };
            self.is_busy.store(true, Ordering::Relaxed);
            match task {
                Ok(task) => self.carefully(|workshop| workshop.take(task)),
                Err(RecvTimeoutError::Timeout) => {
                    self.is_behind = false;
                    self.carefully(|workshop| workshop.preview.bring_up());
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
            self.is_busy.store(false, Ordering::Relaxed);
        }
    }

    /// A file that is more than the program can take must not end it: it goes on with a preview that knows nothing.
    fn carefully(&mut self, work: impl FnOnce(&mut Workshop)) {
        if panic::catch_unwind(AssertUnwindSafe(|| work(self))).is_err() {
            self.preview = preview(&self.options);
            self.waiting.clear();
        }
    }

    fn take(&mut self, task: Task) {
        match task {
            Task::Ask(ask) => self.answer(ask),
            Task::Look(look) => {
                match look {
                    Look::Everywhere => self.preview.look_everywhere(),
                    Look::OnceMore => self.preview.look_once_more(),
                    Look::At(paths) => paths.iter().for_each(|path| self.preview.look_at(path)),
                }
                self.is_behind = true;
                self.change.send_replace(());
            }
            Task::Done(done) => {
                self.preview.take(done);
                let waiting = std::mem::take(&mut self.waiting);
                waiting.into_iter().for_each(|ask| self.answer(ask));
                self.is_behind = true;
                self.change.send_replace(());
            }
        }
    }

    fn answer(&mut self, ask: Ask) {
        match reply(&mut self.preview, &ask.path) {
            // Whoever has gone does not mind.
            Some(reply) => drop(ask.reply.send(reply)),
            None => self.waiting.push(ask),
        }
    }

    fn begin_elsewhere(&mut self) {
        let Some(work) = self.preview.work() else { return };
        let (tasks, is_busy) = (self.tasks.clone(), Arc::clone(&self.is_busy));
        let progress = Arc::clone(&self.progress);
        let root = self.options.root.clone();
        let elsewhere = move || {
            let done = panic::catch_unwind(AssertUnwindSafe(|| work.run(&is_busy, &progress)));
            let done = done.unwrap_or_else(|_| Err(Failure::io(&root, &io::Error::other("panic"))));
            // Nobody is left to be told at the end of the program alone.
            drop(tasks.send(Task::Done(done)));
        };
        if let Err(failure) = start(&self.options.root, elsewhere) {
            self.preview.take(Err(failure));
        }
    }

    fn tell(&mut self, tell: &dyn Fn(News)) {
        if self.told != self.preview.changes() {
            self.told = self.preview.changes();
            tell(News::Told(self.preview.all_told()));
        }
    }
}

#[cfg(test)]
impl Desk {
    /// One at which nobody is answered, and whom that keeps waiting.
    pub(super) fn of_nobody(progress: Progress) -> (Desk, impl Sized) {
        let ((tasks, todo), (change, changes)) = (mpsc::channel(), watch::channel(()));
        (Desk { tasks, changes, progress: Arc::new(progress) }, (todo, change))
    }
}

/// What lies at a path; `None` if all agencies have to be looked at first.
fn reply(preview: &mut Preview, path: &str) -> Option<Reply> {
    let base = preview.base();
    let file = match request::place(path, &base) {
        Place::At(path) => return Some(Reply::At(path)),
        Place::File(file) => file,
        // No file of a site is called like this.
        Place::Nowhere => "_".to_owned(),
    };
    let answer = preview.answer(&file);
    let (bytes, is_there) = match &answer {
        Answer::Later => return None,
        Answer::File(Ready::At(location)) => {
            return Some(Reply::Attachment { file, location: location.clone() });
        }
        Answer::File(Ready::Bytes(blob)) => (Some(Arc::clone(blob.bytes())), true),
        Answer::Missing(bytes) => {
            let page = format!("{file}/index.html");
            if !path.ends_with('/') && matches!(preview.answer(&page), Answer::File(_)) {
                return Some(Reply::At(format!("{path}/")));
            }
            (Some(Arc::clone(bytes)), false)
        }
        Answer::Closed => (None, false),
    };
    let (version, told) = (preview.version(&file, &answer), preview.told(&file));
    Some(Reply::Made(Made { file, bytes, is_there, version, told }))
}

//! Where finished files go: nowhere, to the stage of a build, or on a tray, from which somebody looks at them.

use crate::blob::Blob;
use crate::failure::Result;
use crate::links::PageLinks;
use crate::plan::Filed;
use crate::plan::view::Page;
use crate::publish::{Stage, Stamp};
use crate::search::Text;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Where finished files go.
#[derive(Clone, Copy)]
pub(crate) enum Outlet<'a> {
    /// They are only made, so that `check` finds what a build would.
    Nowhere,
    /// To be published.
    Stage(&'a Stage<'a>),
    /// To be looked at.
    Tray(&'a Tray),
}

/// Finished files in memory.
#[derive(Debug, Default)]
pub(crate) struct Tray(Mutex<Files>);

/// Finished files by their path in the output.
pub(crate) type Files = BTreeMap<String, Ready>;

/// Rendered pages with all that they were rendered from besides the theme, by their path in the output. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub(crate) struct Prints(Arc<BTreeMap<String, Print>>);

#[derive(Debug)]
struct Print {
    page: Page,
    printed: Printed,
}

/// What became of a rendered page, and what was read from it.
#[derive(Debug, Clone)]
pub(super) struct Printed {
    pub(super) left: Left,
    pub(super) links: PageLinks,
    /// For the search; empty on pages that it does not go through.
    pub(super) text: Arc<Text>,
    /// All that a list of agencies was rendered from besides the theme, hashed, where somebody remembers it.
    pub(super) origin: Option<u128>,
}

/// Where a file was left.
#[derive(Debug, Clone)]
pub(super) enum Left {
    /// Nowhere.
    Nowhere,
    /// On the stage, from where it gets this stamp in the output.
    OnStage(Stamp),
    /// On a tray.
    OnTray(Ready),
}

/// A finished file.
#[derive(Debug, Clone)]
pub enum Ready {
    /// One that was made, or will be.
    Bytes(Blob),
    /// An attachment, and where it lies on this machine.
    At(PathBuf),
}

impl Outlet<'_> {
    /// Whether nobody is going to look at anything.
    pub(super) fn is_nowhere(self) -> bool {
        matches!(self, Outlet::Nowhere)
    }

    /// Hands on a file whose bytes are there.
    pub(super) fn put_bytes(self, file: &str, bytes: &[u8]) -> Result<Left> {
        Ok(match self {
            Outlet::Nowhere => Left::Nowhere,
            Outlet::Stage(stage) => Left::OnStage(stage.put(file, bytes)?),
            Outlet::Tray(tray) => Left::OnTray(tray.take(file, Ready::Bytes(bytes.into()))),
        })
    }

    /// Hands on a file whose bytes are made only where they go somewhere.
    pub(super) fn put(self, file: &str, bytes: &Blob) -> Result<()> {
        match self {
            Outlet::Nowhere => {}
            Outlet::Stage(stage) => drop(stage.put(file, bytes.bytes())?),
            Outlet::Tray(tray) => drop(tray.take(file, Ready::Bytes(bytes.clone()))),
        }
        Ok(())
    }

    /// Hands on an attachment.
    pub(super) fn copy(self, file: &str, location: &Path) -> Result<()> {
        match self {
            Outlet::Nowhere => {}
            Outlet::Stage(stage) => stage.copy(file, location)?,
            Outlet::Tray(tray) => drop(tray.take(file, Ready::At(location.to_owned()))),
        }
        Ok(())
    }

    /// Hands a page on as it was rendered the last time, if it would come out the same. Gives what was read from it.
    pub(super) fn put_again(self, file: &str, page: &Page, last: Option<&Prints>) -> Result<Option<Printed>> {
        let print = last.and_then(|last| last.0.get(file)).filter(|print| print.page == *page);
        let Some(Print { printed, .. }) = print else { return Ok(None) };
        let is_there = match (self, &printed.left) {
            (Outlet::Stage(stage), Left::OnStage(stamp)) => stage.keep_same(file, stamp)?,
            (Outlet::Tray(tray), Left::OnTray(ready)) => {
                tray.take(file, ready.clone());
                true
            }
            _ => false,
        };
        Ok(is_there.then(|| printed.clone()))
    }
}

impl Prints {
    /// All pages of an agency; none where one of them could not be rendered.
    pub(super) fn of(pages: Vec<Filed<Page>>, printed: Vec<Printed>) -> Prints {
        if pages.len() != printed.len() {
            return Prints::default();
        }
        let print = |((file, page), printed)| (file, Print { page, printed });
        Prints(Arc::new(pages.into_iter().zip(printed).map(print).collect()))
    }
}

impl Tray {
    fn take(&self, file: &str, ready: Ready) -> Ready {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(file.to_owned(), ready.clone());
        ready
    }

    /// All that was put on it.
    pub(crate) fn into_files(self) -> Files {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

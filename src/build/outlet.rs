//! Where finished files go: nowhere, to the stage of a build, or on a tray, from which somebody looks at them.

use crate::blob::Blob;
use crate::failure::Result;
use crate::links::PageLinks;
use crate::plan::Filed;
use crate::plan::view::Page;
use crate::publish::Stage;
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
    Tray(&'a Tray<'a>),
}

/// Finished files in memory.
#[derive(Debug, Default)]
pub(crate) struct Tray<'a> {
    /// By their path in the output.
    files: Mutex<Files>,
    prints: Mutex<Prints>,
    /// What was rendered the last time with the same theme: a page that has nothing else to show is not rendered again.
    last: Option<&'a Prints>,
}

/// Finished files by their path in the output.
pub(crate) type Files = BTreeMap<String, Ready>;

/// Rendered pages with all that they were rendered from besides the theme, by their path in the output.
#[derive(Debug, Default)]
pub(crate) struct Prints(BTreeMap<String, Print>);

#[derive(Debug)]
struct Print {
    page: Page,
    html: Ready,
    printed: Printed,
}

/// What was read from a rendered page.
#[derive(Debug, Clone)]
pub(super) struct Printed {
    pub(super) links: PageLinks,
    /// For the search; empty on pages that it does not go through.
    pub(super) text: Arc<Text>,
    /// All that a list of agencies was rendered from besides the theme, hashed, where somebody remembers it.
    pub(super) origin: Option<u128>,
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
    pub(super) fn put_bytes(self, file: &str, bytes: &[u8]) -> Result<()> {
        match self {
            Outlet::Nowhere => {}
            Outlet::Stage(stage) => stage.put(file, bytes)?,
            Outlet::Tray(tray) => tray.take(file, Ready::Bytes(bytes.into())),
        }
        Ok(())
    }

    /// Hands on a file whose bytes are made only where they go somewhere.
    pub(super) fn put(self, file: &str, bytes: &Blob) -> Result<()> {
        match self {
            Outlet::Nowhere => {}
            Outlet::Stage(stage) => stage.put(file, bytes.bytes())?,
            Outlet::Tray(tray) => tray.take(file, Ready::Bytes(bytes.clone())),
        }
        Ok(())
    }

    /// Hands on an attachment.
    pub(super) fn copy(self, file: &str, location: &Path) -> Result<()> {
        match self {
            Outlet::Nowhere => {}
            Outlet::Stage(stage) => stage.copy(file, location)?,
            Outlet::Tray(tray) => tray.take(file, Ready::At(location.to_owned())),
        }
        Ok(())
    }

    /// Hands a page on as it was rendered the last time, if it would come out the same. Gives what was read from it.
    pub(super) fn put_again(self, file: &str, page: &Page) -> Option<Printed> {
        let Outlet::Tray(tray) = self else { return None };
        let print = tray.last?.0.get(file).filter(|print| print.page == *page)?;
        tray.take(file, print.html.clone());
        Some(print.printed.clone())
    }

    /// Keeps all pages of an agency with what was read from them, for the next time. Where one of them could not be rendered, none is kept.
    pub(super) fn remember(self, pages: Vec<Filed<Page>>, printed: Vec<Printed>) {
        if let Outlet::Tray(tray) = self
            && pages.len() == printed.len()
        {
            tray.remember(pages, printed);
        }
    }
}

impl<'a> Tray<'a> {
    /// An empty one. `last` has to be rendered with the theme of now.
    pub(crate) fn after(last: Option<&'a Prints>) -> Self {
        Tray { last, ..Tray::default() }
    }

    fn take(&self, file: &str, ready: Ready) {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).insert(file.to_owned(), ready);
    }

    fn remember(&self, pages: Vec<Filed<Page>>, printed: Vec<Printed>) {
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let prints = pages.into_iter().zip(printed).filter_map(|((file, page), printed)| {
            let html = files.get(&file)?.clone();
            Some((file, Print { page, html, printed }))
        });
        self.prints.lock().unwrap_or_else(PoisonError::into_inner).0.extend(prints);
    }

    /// All that was put on it.
    pub(crate) fn into_files(self) -> (Files, Prints) {
        let files = self.files.into_inner().unwrap_or_else(PoisonError::into_inner);
        (files, self.prints.into_inner().unwrap_or_else(PoisonError::into_inner))
    }
}

//! What a process that builds again and again keeps of the agencies that somebody is editing: a save changes a few of an agency's pages, and
//! the others need not be rendered for it.

use super::outlet::Prints;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// More agencies than these are not edited by turns.
pub(super) const MOST: usize = 8;

/// The pages of the agencies that were edited last, as they were rendered then.
#[derive(Debug, Default)]
pub(crate) struct Recent {
    /// With what all agencies shared then.
    shared: u128,
    /// By id; the newest last.
    prints: Mutex<VecDeque<(Option<String>, Prints)>>,
}

impl Recent {
    /// Forgets everything unless it was rendered with what all agencies share now.
    pub(super) fn begin(&mut self, shared: u128) {
        if self.shared != shared {
            *self = Recent { shared, ..Recent::default() };
        }
    }

    /// The pages of an agency, which are handed out.
    pub(super) fn take(&self, agency: Option<&str>) -> Option<Prints> {
        let mut prints = self.prints();
        let at = prints.iter().position(|(id, _)| id.as_deref() == agency)?;
        prints.remove(at).map(|(_, prints)| prints)
    }

    /// Keeps the pages of an agency in the place of those that are not edited any more.
    pub(super) fn put(&self, agency: Option<&str>, pages: Prints) {
        let mut prints = self.prints();
        prints.push_back((agency.map(str::to_owned), pages));
        while prints.len() > MOST {
            prints.pop_front();
        }
    }

    fn prints(&self) -> MutexGuard<'_, VecDeque<(Option<String>, Prints)>> {
        self.prints.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_agencies_that_were_edited_last_are_kept() {
        let mut recent = Recent::default();
        recent.begin(1);
        let id = |number: usize| format!("a{number}");
        (0..=MOST).for_each(|number| recent.put(Some(&id(number)), Prints::default()));
        assert!(recent.take(Some(&id(0))).is_none() && recent.take(None).is_none());
        assert!(recent.take(Some(&id(1))).is_some() && recent.take(Some(&id(1))).is_none());
        recent.begin(1);
        assert!(recent.take(Some(&id(2))).is_some());
        recent.begin(2);
        assert!(recent.take(Some(&id(3))).is_none());
    }
}

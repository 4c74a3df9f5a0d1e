//! What a process that builds again and again keeps of the agencies that somebody is editing: a save changes one of an agency's rounds and a few
//! of its pages, and the others need not be read, judged and rendered for it.

use super::appraisal::Appraisals;
use super::outlet::Prints;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// More agencies than these are not edited by turns.
pub(super) const MOST: usize = 8;

/// What can be used again of an agency, as long as all that agencies share is the same. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reusable {
    pub(super) appraisals: Appraisals,
    pub(super) prints: Prints,
}

/// The agencies that were edited last, as they were then.
#[derive(Debug, Default)]
pub(crate) struct Recent {
    /// With what all agencies shared then.
    shared: u128,
    /// By id; the newest last.
    agencies: Mutex<VecDeque<(Option<String>, Reusable)>>,
}

impl Recent {
    /// Forgets everything unless it was made with what all agencies share now.
    pub(super) fn begin(&mut self, shared: u128) {
        if self.shared != shared {
            *self = Recent { shared, ..Recent::default() };
        }
    }

    /// What is kept of an agency; nothing of one that was not edited.
    pub(super) fn get(&self, agency: Option<&str>) -> Reusable {
        let agencies = self.agencies();
        let kept = agencies.iter().find(|(id, _)| id.as_deref() == agency);
        kept.map(|(_, reusable)| reusable.clone()).unwrap_or_default()
    }

    /// Keeps this of an agency, in the place of what was kept of it, and lets go of the agency that is not edited any more.
    pub(super) fn put(&self, agency: Option<&str>, reusable: Reusable) {
        let mut agencies = self.agencies();
        agencies.retain(|(id, _)| id.as_deref() != agency);
        agencies.push_back((agency.map(str::to_owned), reusable));
        while agencies.len() > MOST {
            agencies.pop_front();
        }
    }

    fn agencies(&self) -> MutexGuard<'_, VecDeque<(Option<String>, Reusable)>> {
        self.agencies.lock().unwrap_or_else(PoisonError::into_inner)
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
        let put = |recent: &Recent, number| recent.put(Some(&id(number)), Reusable::default());
        let kept =
            |recent: &Recent| recent.agencies().iter().filter_map(|(id, _)| id.clone()).collect::<Vec<_>>();
        (0..=MOST).for_each(|number| put(&recent, number));
        put(&recent, 1);
        recent.begin(1);
        assert_eq!(kept(&recent), (2..=MOST).chain([1]).map(id).collect::<Vec<_>>());
        recent.begin(2);
        assert!(kept(&recent).is_empty());
    }
}

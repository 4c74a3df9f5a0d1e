//! Asks the disk again and again what the files look like: for folders of other machines, of which the system tells nothing.

use super::event::{Care, Heard};
use super::{Board, Look};
use crate::read::sources::{self, Stamp};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Weak};
use std::thread;
use std::time::{Duration, Instant};

/// The pause of whoever would rather have been told.
pub(super) const RELUCTANT: Duration = Duration::from_secs(1);

/// The pause is so many times as long as the look before it, so that a large site does not keep a processor busy.
const REST: u32 = 30;

/// Notes on the board where files look different, until nobody reads it any more. What changes after this has returned is noted.
pub(super) fn begin(root: &Path, pause: Duration, board: &Arc<Board>) {
    let (root, board) = (root.to_owned(), Arc::downgrade(board));
    let start = Instant::now();
    let mut before = sources::stamps(&root);
    let mut rest = pause.max(start.elapsed() * REST);
    thread::spawn(move || {
        loop {
            thread::sleep(rest);
            let Some(board) = Weak::upgrade(&board) else { return };
            let start = Instant::now();
            let now = sources::stamps(&root);
            if let Some(look) = difference(&before, &now) {
                board.note(Heard { look, care: Care::None, is_loss: false });
            }
            before = now;
            rest = pause.max(start.elapsed() * REST);
        }
    });
}

/// Where two looks differ.
fn difference(before: &BTreeMap<String, Stamp>, now: &BTreeMap<String, Stamp>) -> Option<Look> {
    let differs = |path: &&String| before.get(*path) != now.get(*path);
    let different: BTreeSet<&String> = before.keys().chain(now.keys()).filter(differs).collect();
    let is_folder =
        |path: &&String| [before, now].iter().any(|stamps| matches!(stamps.get(*path), Some(Stamp::Folder)));
    if different.is_empty() {
        return None;
    }
    if different.iter().any(is_folder) {
        return Some(Look::Everywhere);
    }
    Some(Look::At(BTreeSet::new()).and(Look::At(different.into_iter().cloned().collect())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_are_compared() {
        let files = |files: &[(&str, u64, u128)]| -> BTreeMap<String, Stamp> {
            let stamp =
                |size, modified| if modified == 0 { Stamp::Folder } else { Stamp::File { size, modified } };
            files.iter().map(|(path, size, time)| ((*path).to_owned(), stamp(*size, *time))).collect()
        };
        let before = files(&[("content", 0, 0), ("content/index.md", 5, 9)]);
        let check = |now: &[(&str, u64, u128)], expected: Option<Look>| {
            assert_eq!(difference(&before, &files(now)), expected, "{now:?}");
        };
        let at = |path: &str| Some(Look::At(BTreeSet::from([path.to_owned()])));
        check(&[("content", 0, 0), ("content/index.md", 5, 9)], None);
        check(&[("content", 0, 0), ("content/index.md", 6, 9)], at("content/index.md"));
        check(&[("content", 0, 0), ("content/index.md", 5, 8)], at("content/index.md"));
        check(&[("content", 0, 0)], at("content/index.md"));
        check(&[("content", 0, 0), ("content/index.md", 5, 9), ("prongsai.yaml", 1, 1)], at("prongsai.yaml"));
        check(
            &[("content", 0, 0), ("content/index.md", 5, 9), ("content/2565", 0, 0)],
            Some(Look::Everywhere),
        );
        check(&[], Some(Look::Everywhere));
        check(&[("content", 3, 3), ("content/index.md", 5, 9)], Some(Look::Everywhere));
    }
}

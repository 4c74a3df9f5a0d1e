//! Takes the steps of a journal, for the first time or again after a kill, and takes them back if the machine refuses while that is possible.
//! Before every step it looks where it treads: nothing that is not ours is moved, covered or deleted, whatever happened since the plan.

use crate::failure::{Failure, Result};
use crate::publish::ground::{Found, Ground, ancestors, stat};
use crate::publish::journal::{Journal, Step};
use crate::publish::manifest::Stamp;
use crate::publish::words;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// How often a file is tried. On Windows virus scanners and search services hold new files for a moment.
const ATTEMPTS: u32 = if cfg!(windows) { 40 } else { 1 };

/// Between two attempts.
const PAUSE: Duration = Duration::from_millis(50);

/// What a finished swap did with the files of the last build that the new one has no more.
#[derive(Debug, Default)]
pub(super) struct Swapped {
    /// How many were deleted.
    pub(super) deleted: usize,
    /// Those whose bytes somebody has changed; they were left.
    pub(super) kept: Vec<String>,
}

/// Why a swap did not finish.
#[derive(Debug)]
pub(super) enum Halt {
    /// Everything was taken back; the journal has no more use.
    Undone(Failure),
    /// New files are over old ones; the journal has to stay.
    Halfway(Failure),
}

/// What a step found and did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    /// It can be taken back.
    Reversible,
    /// It cannot.
    Final,
    /// A file is deleted.
    Deleted,
    /// A file that somebody changed is left.
    Kept,
}

/// Runs a swap to its end, or takes it back.
pub(super) fn run(journal: &Journal, output: &Path, stage: &Path) -> std::result::Result<Swapped, Halt> {
    let ground = Ground::new(output);
    let steps = journal.steps();
    let mut swapped = Swapped { deleted: journal.clear.len(), kept: Vec::new() };
    let mut is_final = false;
    for (nth, step) in steps.iter().enumerate() {
        match take(step, &ground, stage) {
            Ok(Effect::Reversible) => {}
            Ok(Effect::Final) => is_final = true,
            Ok(Effect::Deleted) => (is_final, swapped.deleted) = (true, swapped.deleted + 1),
            Ok(Effect::Kept) => swapped.kept.push(step.path().to_owned()),
            Err(failure) if is_final => return Err(Halt::Halfway(words::halfway(failure))),
            Err(failure) => return Err(undo(&steps[..=nth], output, stage, failure)),
        }
    }
    Ok(swapped)
}

/// Finishes the swap of a run that was killed. It takes nothing back: who knows what people have put into the new folders since.
pub(super) fn resume(journal: &Journal, output: &Path, stage: &Path) -> Result<()> {
    let ground = Ground::new(output);
    journal.steps().iter().try_for_each(|step| take(step, &ground, stage).map(drop)).map_err(words::halfway)
}

/// Where the stage holds the new files, under their paths in the output.
pub(super) fn arrivals(stage: &Path) -> PathBuf {
    stage.join("site")
}

fn take(step: &Step<'_>, ground: &Ground, stage: &Path) -> Result<Effect> {
    let arrival = || arrivals(stage).join(step.path());
    match *step {
        Step::Clear(nth, path, stamp) => clear(ground, path, stamp, &aside(stage, nth)),
        Step::Hollow(folder) => hollow(ground, folder),
        Step::Add(path) => add(ground, path, &arrival()),
        Step::Probe(path) => probe(ground, path),
        Step::Replace(path) => replace(ground, path, &arrival()),
        Step::Delete(path, stamp) => delete(ground, path, stamp),
        Step::Prune(folder) => prune(ground, folder),
    }
}

fn clear(ground: &Ground, path: &str, stamp: &Stamp, aside: &Path) -> Result<Effect> {
    let is_done = stat(aside)? != Found::Nothing;
    if is_done || !matches!(ground.find(path)?, Found::File(_)) {
        return Ok(Effect::Reversible);
    }
    if !stamp.fits(&ground.at(path))? {
        return Err(words::foreign(ground.root(), &[path.to_owned()]));
    }
    let folder = aside.parent().unwrap_or(aside);
    fs::create_dir_all(folder).map_err(|error| Failure::io(folder, &error))?;
    rename(&ground.at(path), aside).map_err(|error| words::unmoved(&ground.at(path), &error))?;
    Ok(Effect::Reversible)
}

fn hollow(ground: &Ground, folder: &str) -> Result<Effect> {
    if ground.find(folder)? == Found::Folder {
        fs::remove_dir(ground.at(folder)).map_err(|error| words::unmoved(&ground.at(folder), &error))?;
        ground.forget();
    }
    Ok(Effect::Reversible)
}

/// A rename is one step, so what still waits in the stage has not been added, and whatever stands in its place is not ours.
fn add(ground: &Ground, path: &str, arrival: &Path) -> Result<Effect> {
    if ground.find(path)? != Found::Nothing {
        return match stat(arrival)? {
            Found::Nothing => Ok(Effect::Reversible),
            _ => Err(words::foreign(ground.root(), &[path.to_owned()])),
        };
    }
    ground.make_way(path)?;
    settle(ground, path, arrival)?;
    Ok(Effect::Reversible)
}

/// Asks the system to remove the file as if it were a folder. It never does; but it says "not permitted" where it would say so to a rename
/// and "not a folder" elsewhere. Windows is asked to open the file for writing, which it refuses while another program holds it.
fn probe(ground: &Ground, path: &str) -> Result<Effect> {
    if let Found::File(_) = ground.find(path)? {
        let place = ground.at(path);
        let answer = if cfg!(windows) {
            retry(|| fs::OpenOptions::new().write(true).open(&place).map(drop))
        } else {
            fs::remove_dir(&place)
        };
        match answer {
            Err(error) if is_refusal(&error) => return Err(words::unmoved(&place, &error)),
            _ => {}
        }
    }
    Ok(Effect::Reversible)
}

fn replace(ground: &Ground, path: &str, arrival: &Path) -> Result<Effect> {
    match ground.find(path)? {
        Found::File(_) => {}
        Found::Nothing => ground.make_way(path)?,
        _ if stat(arrival)? == Found::Nothing => return Ok(Effect::Reversible),
        _ => return Err(words::foreign(ground.root(), &[path.to_owned()])),
    }
    settle(ground, path, arrival)?;
    Ok(Effect::Final)
}

fn delete(ground: &Ground, path: &str, stamp: &Stamp) -> Result<Effect> {
    let place = ground.at(path);
    match ground.find(path)? {
        Found::File(_) if stamp.fits(&place)? => {}
        Found::File(_) | Found::Alien => return Ok(Effect::Kept),
        _ => return Ok(Effect::Reversible),
    }
    retry(|| fs::remove_file(&place)).map_err(|error| words::unmoved(&place, &error))?;
    Ok(Effect::Deleted)
}

/// An empty folder that stays harms nobody, so no answer of the system matters here.
fn prune(ground: &Ground, folder: &str) -> Result<Effect> {
    if ground.find(folder)? == Found::Folder {
        let _ = fs::remove_dir(ground.at(folder));
    }
    Ok(Effect::Reversible)
}

/// Puts an arrival in place. One that is gone from the stage is in place already.
fn settle(ground: &Ground, path: &str, arrival: &Path) -> Result<()> {
    match rename(arrival, &ground.at(path)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(words::unmoved(&ground.at(path), &error))
        }
        _ => Ok(()),
    }
}

/// Takes steps back, last first, so that the output is what it was.
fn undo(steps: &[Step<'_>], output: &Path, stage: &Path, failure: Failure) -> Halt {
    let ground = Ground::new(output);
    for step in steps.iter().rev() {
        if take_back(step, &ground, stage).is_err() {
            return Halt::Halfway(words::halfway(failure));
        }
        ground.forget();
    }
    Halt::Undone(words::whole(failure))
}

fn take_back(step: &Step<'_>, ground: &Ground, stage: &Path) -> Result<()> {
    match *step {
        Step::Clear(nth, path, _) => {
            ground.make_way(path)?;
            settle(ground, path, &aside(stage, nth))
        }
        Step::Add(path) => withdraw(ground, path, &arrivals(stage).join(path)),
        _ => Ok(()),
    }
}

/// Takes an addition back, and the folders that were made for it. The addition that failed still waits in the stage.
fn withdraw(ground: &Ground, path: &str, arrival: &Path) -> Result<()> {
    let place = ground.at(path);
    if stat(arrival)? == Found::Nothing {
        rename(&place, arrival).map_err(|error| words::unmoved(&place, &error))?;
    }
    ancestors(path).rev().try_for_each(|folder| prune(ground, folder).map(drop))
}

fn aside(stage: &Path, nth: usize) -> PathBuf {
    stage.join("aside").join(nth.to_string())
}

/// Moves a file over another one, in one step of the system.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    retry(|| fs::rename(from, to))
}

fn retry(mut action: impl FnMut() -> io::Result<()>) -> io::Result<()> {
    let mut left = ATTEMPTS;
    loop {
        left -= 1;
        match action() {
            Err(error) if left > 0 && is_refusal(&error) => thread::sleep(PAUSE),
            done => return done,
        }
    }
}

/// Whether the system answered that this must not be done, now or ever.
fn is_refusal(error: &io::Error) -> bool {
    use io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem, ResourceBusy};
    matches!(error.kind(), PermissionDenied | ReadOnlyFilesystem | ResourceBusy) || words::is_held(error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::manifest::NAME;
    use crate::publish::tests::{CHANGES, Pages, agencies, build, clean_tree, fill, open, tree};
    use crate::publish::{journal_in, stage_in};

    /// A site with `new` staged and planned over `old`, and nothing moved yet, handed to what is to happen then. Over nothing it is the
    /// very first build.
    fn before_the_swap(
        old: Pages<'_>,
        new: Pages<'_>,
        then: impl Fn(&Journal, &Path, &Path),
    ) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        if !old.is_empty() {
            build(root.path(), old).unwrap();
        }
        let mut output = open(root.path());
        let (journal, stage) = (journal_in(output.state()), stage_in(output.state()));
        let new_site = output.stage(&agencies());
        fill(&new_site, new).unwrap();
        let journal = new_site.prepare().unwrap().1.write(&journal, &stage).unwrap();
        then(&journal, &root.path().join("public"), &stage);
        root
    }

    fn manifest(root: &Path) -> String {
        fs::read_to_string(root.join("public").join(NAME)).unwrap_or_default()
    }

    fn steps_between(old: Pages<'_>, new: Pages<'_>) -> usize {
        let steps = std::cell::Cell::new(0);
        before_the_swap(old, new, |journal, _, _| steps.set(journal.steps().len()));
        steps.get()
    }

    #[test]
    fn a_swap_killed_after_any_step_is_finished_by_the_next_run() {
        let check = |old: Pages<'_>, new: Pages<'_>, killed_after: usize, steps: usize| {
            let root = before_the_swap(old, new, |journal, output, stage| {
                let ground = Ground::new(output);
                for step in journal.steps().iter().take(killed_after) {
                    take(step, &ground, stage).unwrap();
                }
            });
            let (before, after) = (clean_tree(old), clean_tree(new));
            for (path, text) in tree(root.path()) {
                assert!(
                    [before.get(&path), after.get(&path)].contains(&Some(&text)),
                    "{path} after {killed_after}"
                );
            }
            let early = manifest(root.path());
            drop(open(root.path()));
            assert_eq!(tree(root.path()), after, "{old:?} → {new:?} killed after step {killed_after}");
            assert_eq!(early == manifest(root.path()), killed_after == steps, "{old:?} → {new:?}");
            assert_eq!(build(root.path(), new).unwrap().written, 0);
        };
        for (old, new) in CHANGES {
            let steps = steps_between(old, new);
            (0..=steps).for_each(|step| check(old, new, step, steps));
        }
    }

    #[test]
    fn every_step_may_be_taken_twice() {
        for (old, new) in CHANGES {
            let root = before_the_swap(old, new, |journal, output, stage| {
                for _ in 0..2 {
                    resume(journal, output, stage).unwrap();
                }
            });
            assert_eq!(tree(root.path()), clean_tree(new), "{old:?} → {new:?}");
        }
    }

    #[test]
    fn steps_are_taken_back_until_the_first_final_one() {
        let check = |old: Pages<'_>, new: Pages<'_>, failed_at: usize| {
            let is_final = std::cell::Cell::new(false);
            let root = before_the_swap(old, new, |journal, output, stage| {
                let (ground, steps) = (Ground::new(output), journal.steps());
                for step in &steps[..failed_at] {
                    is_final.set(is_final.get() || take(step, &ground, stage).unwrap() != Effect::Reversible);
                }
                if !is_final.get() {
                    let halt = undo(&steps[..=failed_at], output, stage, Failure::usage("", ""));
                    assert!(matches!(halt, Halt::Undone(_)), "{halt:?}");
                }
            });
            if !is_final.get() {
                assert_eq!(tree(root.path()), clean_tree(old), "{old:?} → {new:?} failed at {failed_at}");
            }
        };
        for (old, new) in CHANGES {
            (0..steps_between(old, new)).for_each(|step| check(old, new, step));
        }
    }

    #[test]
    fn what_has_appeared_since_the_plan_is_not_covered() {
        let old: Pages<'_> = &[("a", "1"), ("z", "1")];
        let new: Pages<'_> = &[("a/x", "1"), ("n/x", "1"), ("page", "1"), ("z", "2")];
        let check = |appeared: &str, finished: bool| {
            let root = before_the_swap(old, new, |journal, output, stage| {
                fs::write(output.join(appeared), "own").unwrap();
                let result = run(journal, output, stage);
                assert_eq!(matches!(result, Err(Halt::Undone(_))), !finished, "{appeared}: {result:?}");
            });
            let mut expected = clean_tree(if finished { new } else { old });
            expected.insert(appeared.to_owned(), "own".to_owned());
            assert_eq!(tree(root.path()), expected, "{appeared}");
        };
        check("n", false);
        check("page", false);
        check("a", false);
        check("other", true);
    }

    /// As it is where names that differ in case alone mean one file: the new one stands there when the old one is to be cleared again.
    #[test]
    fn what_is_cleared_is_not_cleared_again() {
        let (output, stage) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (place, ground) = (output.path().join("Photo.JPG"), Ground::new(output.path()));
        fs::write(&place, "").unwrap();
        let stamp = serde_json::from_str::<Stamp>(
            r#"{"size":0,"sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}"#,
        );
        let (stamp, step) = (stamp.unwrap(), |stamp| Step::Clear(0, "Photo.JPG", stamp));
        take(&step(&stamp), &ground, stage.path()).unwrap();
        assert!(!place.exists());
        fs::write(&place, "").unwrap();
        take(&step(&stamp), &ground, stage.path()).unwrap();
        assert!(place.exists());
    }

    #[test]
    fn a_swap_refused_halfway_goes_on_when_the_cause_is_gone() {
        let (old, new): (Pages<'_>, Pages<'_>) =
            (&[("a", "1"), ("z", "1")], &[("a", "2"), ("n", "2"), ("z", "2")]);
        let root = before_the_swap(old, new, |journal, output, stage| {
            fs::remove_file(output.join("z")).unwrap();
            fs::create_dir(output.join("z")).unwrap();
            assert!(matches!(run(journal, output, stage), Err(Halt::Halfway(_))));
        });
        let failure = build(root.path(), new).unwrap_err();
        assert!(
            failure.message.en.contains("run prongsai build again, which finishes the rest"),
            "{failure}"
        );
        fs::remove_dir(root.path().join("public/z")).unwrap();
        drop(open(root.path()));
        assert_eq!(tree(root.path()), clean_tree(new));
    }

    #[test]
    fn a_file_changed_between_kill_and_next_run_is_kept() {
        let root = before_the_swap(&[("a", "1"), ("b", "1")], &[("b", "2")], |_, output, _| {
            fs::write(output.join("a"), "edited").unwrap();
        });
        drop(open(root.path()));
        let kept = [("a", "edited"), ("b", "2")].map(|(path, text)| (path.to_owned(), text.to_owned()));
        assert_eq!(tree(root.path()), kept.into());
    }
}

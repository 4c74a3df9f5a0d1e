//! The binary, killed at any moment of a build: every file of the output is whole, the output stands on the way from one site to another and
//! nowhere else, and the next build goes on from there.
//!
//! `PRONGSAI_KILLS=1000` kills so many, `PRONGSAI_SEED=1` others.

use crate::chance;
use crate::disk::{check, prongsai};
use crate::files::skip;
use crate::folder::{Folder, Tree, rich_portal, sites, tree};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::strategy::ValueTree;
use std::collections::BTreeSet;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

/// How many builds are killed where nobody asks for more.
const KILLS: u64 = 30;

/// How long each of them may take with everything around it, so that a busy machine kills fewer.
const LONGEST: Duration = Duration::from_secs(2);

/// What a portal lists its files in, and each of its agencies.
const MANIFEST: &str = "prongsai-manifest.json";

/// Sources, and what is published of them.
struct Site {
    sources: Tree,
    published: Tree,
}

/// A build that does not come to its end.
#[derive(Debug, Clone)]
struct Kill {
    site: Index,
    moment: Moment,
    /// The site that is then built to the end. Without one it is the next build that has to cope, and is killed as well.
    next: Option<Index>,
}

#[derive(Debug, Clone)]
enum Moment {
    /// After so many thousandths of the time of a whole build.
    After(u32),
    /// So many microseconds after the swap has begun.
    InTheSwap(u64),
}

/// What a swap does, in its order: only one of these can be half done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Phase {
    /// What is in the way of new files is put aside.
    Clear,
    /// What is new comes; a new folder with everything in it.
    Add,
    /// What is in both sites gets its new bytes.
    Replace,
    /// What is in the old site alone goes.
    Delete,
    /// The agencies get their new manifests.
    Seal,
    /// The site gets its own.
    SealAll,
}

fn kills() -> impl Strategy<Value = Kill> {
    let moments = prop_oneof![(0..1000u32).prop_map(Moment::After), (0..2000u64).prop_map(Moment::InTheSwap)];
    let next = proptest::option::weighted(0.75, any::<Index>());
    (any::<Index>(), moments, next).prop_map(|(site, moment, next)| Kill { site, moment, next })
}

/// Two portals and the site of a single agency. The portals differ in every page and in their agencies; a file of the one is a folder of the
/// other; and each has files so large that a swap, which hashes what it takes away, lasts long enough to be met.
fn different_sites() -> [Tree; 3] {
    let (mut before, mut after) = (rich_portal(), rich_portal());
    before.retain(|path, _| !path.starts_with("content/tua-yang-nuea/"));
    after.retain(|path, _| !path.starts_with("content/ban-tua-yang/"));
    edit(&mut after, "prongsai.yaml", |settings| settings.replace("numerals: thai", "numerals: arabic"));
    for (site, files) in [(&mut before, ["plan", "old.txt"]), (&mut after, ["plan/2565.txt", "new.txt"])] {
        for file in files {
            site.insert(format!("content/files/{file}"), "แผน\n".repeat(400_000).into());
            edit(site, "content/index.md", |text| format!("{text}[แผน](files/{file})\n"));
        }
    }
    [before, after, sites().remove("full").unwrap()]
}

fn edit(site: &mut Tree, path: &str, edit: impl Fn(&str) -> String) {
    let text = edit(str::from_utf8(&site[path]).unwrap());
    site.insert(path.to_owned(), text.into());
}

#[test]
fn a_killed_build_is_finished_by_the_next_one() {
    // Believed stamps leave the next build nothing but what the killed one has noted.
    let folder = Folder::of_old(&Tree::new());
    let sites = different_sites().map(|sources| published(&folder, sources));
    let duration = build(&folder, &sites[0]);
    let (count, mut dice) = (chance::number("PRONGSAI_KILLS", KILLS), chance::dice(chance::seed()));
    let (start, limit) = (Instant::now(), LONGEST * u32::try_from(count).unwrap());
    let (mut killed, mut in_the_swap) = (0, 0);
    while (killed < count || in_the_swap == 0) && start.elapsed() < limit {
        let kill = kills().new_tree(&mut dice).unwrap().current();
        folder.become_site(&kill.site.get(&sites).sources);
        killed += u64::from(strike(&folder, &kill.moment, duration));
        in_the_swap += u64::from(folder.root().join(".public.prongsai/journal").exists());
        let found = folder.published();
        assert_eq!(torn(&found, &sites), Vec::<&String>::new(), "after {killed} kills: {kill:?}");
        assert!(is_on_a_way(&found, &sites), "on no way from site to site after {killed} kills: {kill:?}");
        if let Some(next) = &kill.next {
            build(&folder, next.get(&sites));
        }
    }
    if killed < count || in_the_swap == 0 {
        skip(&format!("time ran out after {killed} of {count} kills, {in_the_swap} of them in the swap"));
    }
}

/// A site, with what a build makes of it.
fn published(folder: &Folder, sources: Tree) -> Site {
    folder.become_site(&sources);
    check(folder.root(), &["build"], 0, "");
    Site { sources, published: folder.published() }
}

/// Builds a site to the end, over whatever there is; how long that takes.
#[track_caller]
fn build(folder: &Folder, site: &Site) -> Duration {
    folder.become_site(&site.sources);
    let start = Instant::now();
    check(folder.root(), &["build"], 0, "");
    let duration = start.elapsed();
    assert!(folder.published() == site.published, "another site than that of the sources");
    let beside = tree(&folder.root().join(".public.prongsai")).into_keys();
    let left: Vec<String> = beside.filter(|path| !["lock", "state"].contains(&path.as_str())).collect();
    assert!(left.is_empty(), "left beside the output: {left:?}");
    duration
}

/// Begins a build and kills it; whether it came in time.
fn strike(folder: &Folder, moment: &Moment, duration: Duration) -> bool {
    let mut build = prongsai(folder.root(), &["build"]).stderr(Stdio::null()).spawn().unwrap();
    match *moment {
        Moment::After(share) => thread::sleep(duration * share / 1000),
        Moment::InTheSwap(micros) => {
            let journal = folder.root().join(".public.prongsai/journal");
            while !journal.exists() && build.try_wait().unwrap().is_none() {}
            thread::sleep(Duration::from_micros(micros));
        }
    }
    build.kill().unwrap();
    !build.wait().unwrap().success()
}

/// Files that none of the sites has so.
fn torn<'a>(found: &'a Tree, sites: &[Site]) -> Vec<&'a String> {
    let is_whole = |path, bytes| sites.iter().any(|site| site.published.get(path) == Some(bytes));
    found.iter().filter(|(path, bytes)| !is_whole(*path, *bytes)).map(|(path, _)| path).collect()
}

/// Whether the output is one of the sites, or would be after the rest of a swap.
fn is_on_a_way(found: &Tree, sites: &[Site]) -> bool {
    let mut ways = sites.iter().flat_map(|old| sites.iter().map(move |new| (&old.published, &new.published)));
    ways.any(|(old, new)| is_between(found, old, new))
}

/// Whether each file is as in the old site or as in the new one, and no phase has begun before the one before it was over.
fn is_between(found: &Tree, old: &Tree, new: &Tree) -> bool {
    let paths: BTreeSet<&String> = [found, old, new].into_iter().flat_map(Tree::keys).collect();
    let (mut last_done, mut first_open) = (Phase::Clear, Phase::SealAll);
    for path in paths {
        match [old, new].map(|site| found.get(path) == site.get(path)) {
            [false, false] => return false,
            [true, true] => {}
            [false, true] => last_done = last_done.max(phase(path, old, new)),
            [true, false] => first_open = first_open.min(phase(path, old, new)),
        }
    }
    last_done <= first_open
}

/// When a file that is not the same in both sites has its turn. A manifest comes last, unless a new folder brings it along.
fn phase(path: &str, old: &Tree, new: &Tree) -> Phase {
    let is_in_the_way =
        |other: &String| other.starts_with(&format!("{path}/")) || path.starts_with(&format!("{other}/"));
    let folder = path.strip_suffix(MANIFEST);
    let is_new_folder = |folder: &str| !old.keys().any(|path| path.starts_with(folder));
    match (old.contains_key(path), new.contains_key(path)) {
        _ if path == MANIFEST => Phase::SealAll,
        (true, false) if new.keys().any(is_in_the_way) => Phase::Clear,
        (true, false) => Phase::Delete,
        (false, _) if folder.is_none_or(is_new_folder) => Phase::Add,
        _ if folder.is_some() => Phase::Seal,
        _ => Phase::Replace,
    }
}

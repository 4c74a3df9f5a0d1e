//! Figures as people read them: the machine, a block for each size, and the ratios that stay when the machine is another one.

use crate::clock::{Cost, Runs};
use crate::living::Life;
use crate::text::Sample;
use std::env;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

/// What was measured at one size.
pub(crate) struct Figures {
    /// In reports.
    pub(crate) reports: usize,
    /// A build into nothing.
    pub(crate) first: Runs,
    /// The same without a look for findings.
    pub(crate) unjudged: Runs,
    /// `cp -r` of what it made.
    pub(crate) copy: Runs,
    /// A build after which nothing is different.
    pub(crate) unchanged: Runs,
    /// `find` over its sources, with size and time of each.
    pub(crate) find: Runs,
    /// A build after one score of one report was changed.
    pub(crate) changed: Runs,
    /// What was built from.
    pub(crate) sources: Volume,
    /// What was built.
    pub(crate) output: Volume,
}

/// What lies in a folder.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Volume {
    /// All of them.
    pub(crate) files: u64,
    /// Those that end in `.html`.
    pub(crate) pages: u64,
    /// Of all files.
    pub(crate) bytes: u64,
}

/// What one generator did with the same reports as another.
pub(crate) struct Rival {
    /// A build into nothing.
    pub(crate) first: Runs,
    /// What it made.
    pub(crate) output: Volume,
    /// What both say alike.
    pub(crate) words: Vec<Sample>,
}

/// The line above all figures: whose they are.
pub(crate) fn machine(
    out: &mut impl Write,
    program: &Path,
    hugo: Option<&Path>,
    base: &Path,
) -> io::Result<()> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let hugo = hugo.map_or("no hugo".to_owned(), |hugo| said(Command::new(hugo).arg("version")));
    writeln!(
        out,
        "{} · {} · {}",
        said(Command::new(program).arg("--version")),
        said(Command::new(rustc).arg("--version")),
        hugo
    )?;
    let load = load.split(' ').next().unwrap_or_default();
    writeln!(
        out,
        "{} · {cores} cores · load {load} · {}",
        said(Command::new("uname").arg("-srm")),
        base.display()
    )
}

/// The last line that a program says, without what follows the version of hugo.
fn said(command: &mut Command) -> String {
    let said = command
        .output()
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
        .unwrap_or_default();
    let line = said.lines().last().unwrap_or("unknown");
    line.split('+').next().unwrap_or(line).to_owned()
}

/// One size: six steps and what follows from them.
pub(crate) fn size(out: &mut impl Write, figures: &Figures) -> io::Result<()> {
    let Figures { reports, first, unjudged, copy, unchanged, find, changed, sources, output } = figures;
    writeln!(out, "\n{} reports: {} → {}", grouped(*reports as u64), volume(*sources), volume(*output))?;
    writeln!(out, "{:34}{:>11}{:>11}{:>11}{:>11}", "", "best", "median", "CPU", "peak")?;
    step(out, "first build", first)?;
    step(out, "first build without findings", unjudged)?;
    step(out, "cp -r of its output", copy)?;
    step(out, "build, nothing changed", unchanged)?;
    step(out, "find -printf over its sources", find)?;
    step(out, "build, one score changed", changed)?;
    let wall = |runs: &Runs| runs.best().wall;
    writeln!(
        out,
        "  first build / cp {:.2} · nothing changed / find {:.2} · one score − nothing changed {} s",
        ratio(wall(first), wall(copy)),
        ratio(wall(unchanged), wall(find)),
        difference(wall(changed), wall(unchanged)),
    )?;
    writeln!(
        out,
        "  first build / first build without findings {:.2} in CPU time",
        ratio(first.least_cpu(), unjudged.least_cpu())
    )?;
    let Cost { wall, cpu, .. } = first.best();
    writeln!(
        out,
        "  {} pages/s · {} pages/CPU s · {} MB/s",
        per_second(output.pages, wall),
        per_second(output.pages, cpu),
        megabytes_per_second(output.bytes, wall)
    )
}

/// How a living program follows edits.
pub(crate) fn life(out: &mut impl Write, reports: usize, alone: Duration, life: &Life) -> io::Result<()> {
    writeln!(out, "\n{} reports, edited", grouped(reports as u64))?;
    writeln!(
        out,
        "  {:21}{:>11}{:>11}{:>11}{:>11}",
        "from save to page", "median", "longest", "CPU", "edits"
    )?;
    for (edit, saves) in &life.saves {
        let (median, longest) = (saves[saves.len() / 2], saves[saves.len() - 1]);
        let mut cpu: Vec<Duration> = saves.iter().map(|save| save.cpu).collect();
        cpu.sort();
        writeln!(
            out,
            "  {:21}{:>11}{:>11}{:>11}{:>11}",
            edit.name(),
            milliseconds(median.wall),
            milliseconds(longest.wall),
            milliseconds(cpu[cpu.len() / 2]),
            saves.len()
        )?;
    }
    let with_state = life
        .first_with_state
        .map_or(String::new(), |first| format!(" ({} once a build has left its state)", seconds(first)));
    let [before, after] = life.memory.map(|bytes| bytes.div_ceil(1_000_000));
    writeln!(
        out,
        "  first {}{with_state} · CPU of {} s without edits {} · memory {before} MB, at the end {after} MB",
        seconds(life.first),
        alone.as_secs(),
        milliseconds(life.idle)
    )
}

/// The other generator beside ours, and how far both say the same.
pub(crate) fn rival(out: &mut impl Write, figures: &Figures, rival: &Rival) -> io::Result<()> {
    step(out, "hugo, first build", &rival.first)?;
    let (ours, theirs) = (figures.first.best(), rival.first.best());
    let pages = |pages: u64, cost: Cost| per_second(pages, cost.wall).max(1);
    writeln!(
        out,
        "  hugo made {} · {} pages/s · {} MB/s",
        volume(rival.output),
        pages(rival.output.pages, theirs),
        megabytes_per_second(rival.output.bytes, theirs.wall)
    )?;
    writeln!(
        out,
        "  prongsai / hugo: {} × pages/s · {} × bytes/s · {} × CPU · {} × memory",
        quotient(pages(figures.output.pages, ours), pages(rival.output.pages, theirs)),
        quotient(per_second(figures.output.bytes, ours.wall), per_second(rival.output.bytes, theirs.wall)),
        quotient(ours.cpu.as_micros() as u64, theirs.cpu.as_micros() as u64),
        quotient(figures.first.peak(), rival.first.peak()),
    )?;
    let words = rival.words.iter().map(|Sample { kind, words }| format!("{kind} {words}"));
    writeln!(out, "  words that both say on sample pages: {}", words.collect::<Vec<_>>().join(" · "))
}

fn step(out: &mut impl Write, name: &str, runs: &Runs) -> io::Result<()> {
    let (best, median) = (runs.best(), runs.median());
    let peak = format!("{} MB", runs.peak().div_ceil(1_000_000));
    writeln!(
        out,
        "  {name:32}{:>11}{:>11}{:>11}{peak:>11}",
        seconds(best.wall),
        seconds(median.wall),
        seconds(best.cpu)
    )
}

fn seconds(time: Duration) -> String {
    format!("{:.3} s", time.as_secs_f64())
}

fn milliseconds(time: Duration) -> String {
    let tenths = time.as_micros() / 100;
    format!("{}.{} ms", tenths / 10, tenths % 10)
}

fn ratio(time: Duration, of: Duration) -> f64 {
    time.div_duration_f64(of)
}

fn difference(time: Duration, less: Duration) -> String {
    let sign = if time < less { "−" } else { "+" };
    format!("{sign}{:.3}", time.abs_diff(less).as_secs_f64())
}

fn quotient(number: u64, of: u64) -> String {
    let hundredths = number * 100 / of.max(1);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

fn per_second(count: u64, time: Duration) -> u64 {
    (u128::from(count) * 1_000_000 / time.as_micros().max(1)) as u64
}

fn megabytes_per_second(bytes: u64, time: Duration) -> String {
    let tenths = per_second(bytes, time) / 100_000;
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn volume(volume: Volume) -> String {
    let Volume { files, pages, bytes } = volume;
    let pages = if pages > 0 { format!("{} pages, ", grouped(pages)) } else { String::new() };
    format!("{pages}{} files, {}.{} MB", grouped(files), grouped(bytes / 1_000_000), bytes / 100_000 % 10)
}

/// `66,000`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join(",")
}

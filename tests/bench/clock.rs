//! What a whole process costs: wall time, CPU time and peak memory, as the system accounts for them.

use std::error::Error;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use wait4::Wait4;

/// One run of a process.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cost {
    /// From before it is started until it is gone.
    pub(crate) wall: Duration,
    /// User and system time of all its threads.
    pub(crate) cpu: Duration,
    /// Largest resident set in bytes. Linux counts that of the process that started it from before it became another program, so no figure
    /// is smaller than this benchmark itself, which keeps to a few megabytes.
    pub(crate) peak: u64,
}

/// The runs of one step.
#[derive(Debug)]
pub(crate) struct Runs(Vec<Cost>);

impl Runs {
    /// Runs a step so many times, at least once.
    ///
    /// # Errors
    /// The first one.
    pub(crate) fn of(
        count: usize,
        mut step: impl FnMut() -> Result<Cost, Box<dyn Error>>,
    ) -> Result<Runs, Box<dyn Error>> {
        let mut costs = (0..count.max(1)).map(|_| step()).collect::<Result<Vec<_>, _>>()?;
        costs.sort_by_key(|cost| cost.wall);
        Ok(Runs(costs))
    }

    /// The shortest: other work on the machine only ever adds.
    pub(crate) fn best(&self) -> Cost {
        self.0[0]
    }

    /// The least CPU time of any, which need not be that of the shortest.
    pub(crate) fn least_cpu(&self) -> Duration {
        self.0.iter().map(|cost| cost.cpu).min().unwrap_or_default()
    }

    /// By wall time; of an even number the longer one of the middle.
    pub(crate) fn median(&self) -> Cost {
        self.0[self.0.len() / 2]
    }

    /// The most memory of any.
    pub(crate) fn peak(&self) -> u64 {
        self.0.iter().map(|cost| cost.peak).max().unwrap_or_default()
    }
}

/// Runs a process to its end. What it prints goes to `log`; on a terminal or through a pipe it would cost more.
///
/// # Errors
/// If it cannot be started or fails; with the end of what it printed.
pub(crate) fn run(command: &mut Command, log: &Path) -> Result<Cost, Box<dyn Error>> {
    let out = File::create(log)?;
    command.stdin(Stdio::null()).stdout(out.try_clone()?).stderr(out);
    let start = Instant::now();
    let ended = command.spawn().map_err(|error| format!("{command:?}: {error}"))?.wait4()?;
    let wall = start.elapsed();
    if !ended.status.success() {
        let said = fs::read_to_string(log).unwrap_or_default();
        let last: Vec<&str> = said.lines().rev().take(20).collect();
        return Err(format!(
            "{command:?}: {}\n{}",
            ended.status,
            last.into_iter().rev().collect::<Vec<_>>().join("\n")
        )
        .into());
    }
    Ok(Cost { wall, cpu: ended.rusage.utime + ended.rusage.stime, peak: ended.rusage.maxrss })
}

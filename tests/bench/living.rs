//! How long it takes from a save until the page is another one, while the program lives: `build --watch` and the page on disk, or `serve` and
//! the page as it is served.

use crate::edits::{Edit, Editor};
use std::error::Error;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How often the page is looked at.
const BEAT: Duration = Duration::from_millis(2);

/// No save takes so long.
const DEADLINE: Duration = Duration::from_secs(600);

/// Beyond, no more edits of a kind are made.
const LONGEST: Duration = Duration::from_secs(90);

/// What was measured of a living program.
pub(crate) struct Life {
    /// From the start of the program until the site is published, or its front page served.
    pub(crate) first: Duration,
    /// The same where a build has left what it remembers; measured of servers alone.
    pub(crate) first_with_state: Option<Duration>,
    /// By what was edited, in order of length.
    pub(crate) saves: Vec<(Edit, Vec<Save>)>,
    /// CPU time while nothing happens.
    pub(crate) idle: Duration,
    /// Resident memory in bytes, before the first edit and after the last.
    pub(crate) memory: [u64; 2],
}

/// What it took from a save until the page was another one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Save {
    pub(crate) wall: Duration,
    /// Of all threads of the program, so that other work on the machine does not show in it.
    pub(crate) cpu: Duration,
}

/// Where a page is seen.
pub(crate) enum View {
    /// Below this folder.
    Disk(PathBuf),
    /// From the server at this port of the machine itself.
    Served(u16),
}

/// From the start of the program until the site is published, or its front page served.
pub(crate) fn first(
    program: &mut Command,
    output: Option<&Path>,
    log: &Path,
) -> Result<Duration, Box<dyn Error>> {
    Ok(Living::begin(program, output, log)?.2)
}

/// Watches a site, leaves it alone for a while, and edits it so many times in every way. Without an output it is served.
pub(crate) fn measure(
    program: &mut Command,
    output: Option<&Path>,
    editor: &mut Editor<'_>,
    edits: usize,
    idle: Duration,
    log: &Path,
) -> Result<Life, Box<dyn Error>> {
    let (mut living, view, first) = Living::begin(program, output, log)?;
    // Once more after the first build, everything is looked at.
    thread::sleep(idle);
    let (cpu, before) = (living.cpu()?, living.memory()?);
    thread::sleep(idle);
    let idle = living.cpu()?.saturating_sub(cpu);
    let mut saves = Vec::new();
    for edit in Edit::ALL {
        let mut times = Vec::new();
        let start = Instant::now();
        while times.len() < edits && start.elapsed() < LONGEST {
            times.push(living.save(&view, editor, edit)?);
            // Nobody saves in the rhythm of a program that looks once more after a second.
            thread::sleep(Duration::from_millis(100 + times.len() as u64 * 397 % 1200));
        }
        times.sort_by_key(|save: &Save| save.wall);
        saves.push((edit, times));
    }
    Ok(Life { first, first_with_state: None, saves, idle, memory: [before, living.memory()?] })
}

struct Living {
    process: Child,
}

impl View {
    /// A page by its file in the output.
    fn read(&self, page: &str) -> Result<Vec<u8>, Box<dyn Error>> {
        let port = match self {
            View::Disk(output) => return Ok(fs::read(output.join(page))?),
            View::Served(port) => *port,
        };
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
        let head = format!("Host: {}:{port}\r\nConnection: close", Ipv4Addr::LOCALHOST);
        write!(stream, "GET /{page} HTTP/1.1\r\n{head}\r\n\r\n")?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        // What stands above the page holds the time of day.
        let end = answer.windows(4).position(|window| window == b"\r\n\r\n").ok_or("no answer")?;
        let is_there = answer.starts_with(b"HTTP/1.1 200 ");
        if is_there { Ok(answer.split_off(end + 4)) } else { Err(format!("no {page}").into()) }
    }
}

impl Living {
    /// Starts the program, and waits until there is something to be seen. Says how long that took.
    fn begin(
        program: &mut Command,
        output: Option<&Path>,
        log: &Path,
    ) -> Result<(Living, View, Duration), Box<dyn Error>> {
        let start = Instant::now();
        let log = File::create(log)?;
        let told = if output.is_some() { Stdio::from(log.try_clone()?) } else { Stdio::piped() };
        let process = program.stdin(Stdio::null()).stdout(told).stderr(log).spawn()?;
        let mut living = Living { process };
        let view = match output {
            Some(output) => View::Disk(output.to_owned()),
            None => View::Served(living.port()?),
        };
        let front = if output.is_some() { "prongsai-manifest.json" } else { "index.html" };
        living.wait(|| Ok(view.read(front).is_ok()))?;
        Ok((living, view, start.elapsed()))
    }

    /// The port that the server names in its first line.
    fn port(&mut self) -> Result<u16, Box<dyn Error>> {
        let mut line = String::new();
        BufReader::new(self.process.stdout.take().ok_or("nothing is told")?).read_line(&mut line)?;
        let address = line.split("http://127.0.0.1:").nth(1).and_then(|rest| rest.split('/').next());
        Ok(address.ok_or("no address")?.parse()?)
    }

    /// Makes an edit, and waits until the page is another one.
    fn save(&mut self, view: &View, editor: &mut Editor<'_>, edit: Edit) -> Result<Save, Box<dyn Error>> {
        let page = editor.page(edit);
        let before = view.read(&page)?;
        let (start, cpu) = (Instant::now(), self.cpu()?);
        editor.make(edit)?;
        self.wait(|| Ok(view.read(&page)? != before))?;
        Ok(Save { wall: start.elapsed(), cpu: self.cpu()?.saturating_sub(cpu) })
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

    /// CPU time until now, as Linux accounts for it thread by thread. What a thread took that has
    /// ended is lost: of the program only those end that look at all agencies.
    fn cpu(&self) -> Result<Duration, Box<dyn Error>> {
        let mut nanoseconds = 0;
        for thread in fs::read_dir(format!("/proc/{}/task", self.process.id()))? {
            let text = fs::read_to_string(thread?.path().join("schedstat"))?;
            nanoseconds += text.split(' ').next().unwrap_or_default().parse::<u64>()?;
        }
        Ok(Duration::from_nanos(nanoseconds))
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

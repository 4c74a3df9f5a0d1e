//! `build --watch`: builds whenever something may have changed, and keeps a calm log of it, in which nothing is said twice. With findings
//! that stop a build the last good site stays; trouble of the machine is said, and tried again. Only the person ends it.

use super::arguments::{Arguments, Detail, Manner};
use super::interrupt::Interrupt;
use super::{Ending, report, run_build, terminal};
use crate::build::{Memory, Options, Outcome};
use crate::failure::{Cause, Failure, Result};
use crate::language::Words;
use crate::watch::{Look, POLL, Watch};
use serde::Serialize;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::absolute;
use std::time::{Duration, Instant};

/// How often it is seen whether the person wants to end it.
const BEAT: Duration = Duration::from_millis(200);

/// After trouble of the machine it is tried again when something changes, or when this is over.
const RETRY: Duration = Duration::from_secs(5);

/// How long a change may take to be told of that a build has run into.
const GRACE: Duration = Duration::from_millis(100);

/// So long a build gives way to newer changes, one after the other; the next one is finished, though it may be out of date: where a program
/// goes on writing, a site is better late than never.
const LONGEST_GIVING_WAY: Duration = Duration::from_secs(2);

/// Builds until the person ends it.
///
/// # Errors
/// Wrong use, and what keeps it from beginning.
pub(super) fn follow(arguments: &Arguments, manner: Manner, poll: bool) -> Result<Ending> {
    if arguments.format.is_document() {
        return Err(Failure::usage(
            "--watch ใช้กับ --format sarif ไม่ได้ เพราะเป็นเอกสารฉบับเดียว ให้ใช้ json",
            "--watch does not go with --format sarif, which is a single document; use json",
        ));
    }
    // The current folder may be the site itself, which may go and come back as another folder of the same name.
    let place = |path| absolute(path).map_err(|error| Failure::io(path, &error));
    let (root, output) = (place(&arguments.root)?, place(&arguments.output)?);
    let interrupt = Interrupt::listen()?;
    let mut watch = Watch::begin(&root, poll.then_some(POLL))?;
    let mut log = Log { arguments, timings: manner.timings, last: None };
    let mut gives_way_since = None;
    let mut fresh = manner.fresh;
    let mut memory = Memory::default();
    // Where something changed since the site was last published.
    let mut look = Look::Everywhere;
    while !interrupt.has_come() {
        let start = Instant::now();
        let gives_way = gives_way_since.is_none_or(|since: Instant| since.elapsed() < LONGEST_GIVING_WAY);
        let overtaken = || interrupt.has_come() || (gives_way && watch.is_due());
        let changed = match &look {
            Look::At(files) => Some(files),
            Look::Everywhere | Look::OnceMore => None,
        };
        let compress = manner.compress;
        let options = Options { fresh, compress, changed, overtaken: Some(&overtaken), ..Options::default() };
        let outcome = run_build(arguments, &mut memory, (&root, &output), options);
        let elapsed = start.elapsed();
        // What was met in the middle of a change passes by itself, and nobody need read of it.
        let is_passing = overtaken() || (gives_way && outcome.is_err() && watch.is_due_within(GRACE));
        if !has_published(&outcome) && is_passing {
            gives_way_since.get_or_insert(start);
            look = watch.next(Some(Duration::ZERO)).into_iter().fold(look, Look::and);
            continue;
        }
        if has_published(&outcome) {
            look = Look::At(BTreeSet::new());
        }
        (gives_way_since, fresh) = (None, false);
        let pause = outcome.is_err().then_some(RETRY);
        log.tell(outcome, elapsed)?;
        look = wait(&mut watch, &interrupt, pause, &log)?.map_or(Look::Everywhere, |news| look.and(news));
    }
    Ok(Ending::Done)
}

fn has_published(outcome: &Result<Outcome>) -> bool {
    outcome.as_ref().is_ok_and(|outcome| outcome.published.is_some())
}

/// Waits for a change, so long at most, or for the end. Gives where to look; nothing if it was not told.
fn wait(
    watch: &mut Watch,
    interrupt: &Interrupt,
    pause: Option<Duration>,
    log: &Log<'_>,
) -> Result<Option<Look>> {
    let start = Instant::now();
    let is_over = || interrupt.has_come() || pause.is_some_and(|pause| start.elapsed() > pause);
    loop {
        let look = watch.next(Some(BEAT));
        if let Some(notice) = watch.notice() {
            log.notice(&notice)?;
        }
        if look.is_some() || is_over() {
            return Ok(look);
        }
    }
}

/// What is told of one build after the other.
struct Log<'a> {
    arguments: &'a Arguments,
    timings: bool,
    last: Option<Told>,
}

/// What a person knows after a build.
#[derive(PartialEq, Eq)]
struct Told {
    /// All findings, as they were written.
    findings: Vec<u8>,
    end: End,
}

/// How a build ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum End {
    /// The output is the site of now.
    Published,
    /// Findings stopped it.
    Stopped,
    /// The machine refused.
    Failed,
}

/// The end of a build as programs read it: a line after all of its findings. Keys are only ever added; `v` grows when one changes its
/// meaning.
#[derive(Serialize)]
struct Record<'a> {
    v: u8,
    end: End,
    #[serde(skip_serializing_if = "Option::is_none")]
    pages: Option<usize>,
    /// 0 where nothing is different.
    #[serde(skip_serializing_if = "Option::is_none")]
    written: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deleted: Option<usize>,
    /// Why the machine refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'a Words>,
}

impl Log<'_> {
    /// Tells of a build what is news.
    ///
    /// # Errors
    /// Those of the terminal, and wrong use of the command, if the first build finds it.
    fn tell(&mut self, outcome: Result<Outcome>, elapsed: Duration) -> Result<()> {
        match outcome {
            Err(failure) if failure.cause == Cause::Usage && self.last.is_none() => Err(failure),
            outcome if !self.arguments.format.is_read_by_people() => {
                terminal::to_stderr(|out| record(self.arguments, &outcome, out))
            }
            Ok(outcome) => self.built(&outcome, elapsed),
            Err(failure) => self.failed(&failure),
        }
    }

    fn built(&mut self, outcome: &Outcome, elapsed: Duration) -> Result<()> {
        let published = outcome.published.as_ref();
        let end = if published.is_some() { End::Published } else { End::Stopped };
        let mut findings = Vec::new();
        if outcome.findings.iter().next().is_some() {
            written(report::findings(self.arguments, &outcome.findings, &mut findings));
        }
        let now = Told { findings, end };
        let is_changed = published.is_some_and(|published| published.written + published.deleted > 0);
        if self.last.as_ref() == Some(&now) && !is_changed {
            return Ok(());
        }
        let mut text = Vec::new();
        if self.last.as_ref().is_none_or(|last| last.findings != now.findings) {
            text.extend(&now.findings);
        }
        written(report::built(self.arguments, outcome, elapsed, &mut text));
        if self.timings {
            written(report::timings(self.arguments, &outcome.timings, &mut text));
        }
        self.say(&text)?;
        self.last = Some(now);
        Ok(())
    }

    fn failed(&mut self, failure: &Failure) -> Result<()> {
        let mut text = Vec::new();
        written(report::failure(failure, self.arguments.language, &mut text));
        let now = Told { findings: text, end: End::Failed };
        if self.last.as_ref() != Some(&now) {
            self.say(&now.findings)?;
            self.last = Some(now);
        }
        Ok(())
    }

    /// Writes what belongs to one build, apart from the one before; after the first, how it goes on.
    fn say(&self, text: &[u8]) -> Result<()> {
        let is_first = self.last.is_none();
        terminal::to_stderr(|out| {
            if !is_first && !text.is_empty() {
                writeln!(out)?;
            }
            out.write_all(text)?;
            if is_first { report::watching(self.arguments, out) } else { Ok(()) }
        })
    }

    /// Tells what a person should know of the watching itself.
    fn notice(&self, notice: &Words) -> Result<()> {
        if !self.arguments.format.is_read_by_people() || self.arguments.detail == Detail::Quiet {
            return Ok(());
        }
        terminal::to_stderr(|out| report::notice(self.arguments, notice, out))
    }
}

/// Writing into memory succeeds.
fn written(result: io::Result<()>) {
    debug_assert!(result.is_ok(), "{result:?}");
}

/// All findings of a build, and its end.
fn record(arguments: &Arguments, outcome: &Result<Outcome>, out: &mut dyn Write) -> io::Result<()> {
    let nothing = Record { v: 1, end: End::Failed, pages: None, written: None, deleted: None, message: None };
    let record = match outcome {
        Err(failure) => Record { message: Some(&failure.message), ..nothing },
        Ok(outcome) => {
            report::found(arguments, &outcome.findings, out)?;
            match &outcome.published {
                None => Record { end: End::Stopped, ..nothing },
                Some(published) => Record {
                    end: End::Published,
                    pages: Some(outcome.pages),
                    written: Some(published.written),
                    deleted: Some(published.deleted),
                    ..nothing
                },
            }
        }
    };
    serde_json::to_writer(&mut *out, &record)?;
    writeln!(out)
}

#[cfg(test)]
mod tests {
    use super::super::arguments::{Command, Then};
    use super::*;
    use crate::finding::Findings;
    use crate::finding::catalog::files;
    use crate::finding::print::Format;
    use crate::language::Language;
    use crate::publish::Published;

    fn arguments() -> Arguments {
        Arguments {
            root: ".".into(),
            output: "public".into(),
            language: Language::English,
            format: Format::Json,
            strict: false,
            detail: Detail::Usual,
            command: Command::Build { manner: Manner::default(), then: Then::Watch { poll: false } },
        }
    }

    #[test]
    fn programs_are_told_the_end_of_every_build() {
        let check = |outcome: Result<Outcome>, findings: usize, end: &str| {
            let mut out = Vec::new();
            record(&arguments(), &outcome, &mut out).unwrap();
            let text = String::from_utf8(out).unwrap();
            let lines: Vec<&str> = text.lines().collect();
            assert_eq!((lines.len() - 1, *lines.last().unwrap()), (findings, end), "{text}");
        };
        let mut findings = Findings::default();
        findings.add(files::missing_file("a.yaml"));
        let published = Published { written: 2, unchanged: 3, deleted: 1, kept: Vec::new(), bytes: 9 };
        check(
            Ok(Outcome { pages: 4, published: Some(published), ..Outcome::default() }),
            0,
            r#"{"v":1,"end":"published","pages":4,"written":2,"deleted":1}"#,
        );
        check(Ok(Outcome { findings, ..Outcome::default() }), 1, r#"{"v":1,"end":"stopped"}"#);
        check(
            Err(Failure::usage("ผิด", "wrong")),
            0,
            r#"{"v":1,"end":"failed","message":{"th":"ผิด","en":"wrong"}}"#,
        );
    }
}

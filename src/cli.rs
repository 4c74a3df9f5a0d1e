//! The command line: which command runs, what goes to which stream, and what the exit code says. It knows no rule and no file format.

mod arguments;
mod begin;
mod definition;
mod difference;
mod follow;
mod import;
mod interrupt;
mod progress;
mod questions;
mod report;
mod schemas;
mod serving;
mod terminal;

use crate::build::external::{self, External};
use crate::build::{self, Inquiry, Memory, Options, Outcome};
use crate::export;
use crate::failure::{Cause, Failure, Result};
use crate::finding::print::{self, Format};
use crate::finding::{Findings, Kind, catalog};
use crate::fix::{self, Plan};
use crate::language::{Language, Words};
use crate::model::date::Date;
use crate::probe::Limits;
use crate::serve;
use crate::thai;
use crate::watch;
use arguments::{Arguments, Command, Detail, Manner, Mending, Order, Reading, Schemas, Then};
use clap_complete::Shell;
use jiff::Timestamp;
use jiff::tz::Offset;
use std::env;
use std::ffi::OsString;
use std::net::IpAddr;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

/// How a command that did not fail came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// Everything was done.
    Done,
    /// There are findings that stop it.
    Found,
}

/// Runs the command line of this process. The exit code is 0 where everything was done, 1 where findings stop it, 2 for wrong use and 3
/// where the machine refused.
pub fn main() -> ExitCode {
    let typed: Vec<OsString> = env::args_os().collect();
    let language = arguments::language(&typed);
    let code = run(&typed, language).unwrap_or_else(|failure| {
        // Where not even this can be written, the exit code still says it.
        let _ = terminal::to_stderr(|out| report::failure(&failure, language, out));
        code(failure.cause)
    });
    ExitCode::from(code)
}

impl Ending {
    fn code(self) -> u8 {
        match self {
            Ending::Done => 0,
            Ending::Found => 1,
        }
    }
}

fn code(cause: Cause) -> u8 {
    match cause {
        Cause::Usage => 2,
        Cause::Machine => 3,
    }
}

fn run(typed: &[OsString], language: Language) -> Result<u8> {
    match arguments::read(typed, language)? {
        Reading::Run(arguments) => command(&arguments).map(Ending::code),
        Reading::Show(help) => {
            // Help that nobody reads any more is no failure either.
            let _ = help.print();
            Ok(u8::try_from(help.exit_code()).unwrap_or_default())
        }
    }
}

fn command(arguments: &Arguments) -> Result<Ending> {
    match &arguments.command {
        Command::Init(told) => begin::site(arguments, told, today()?),
        Command::New { year, agency } => begin::year(arguments, *year, agency.as_deref()),
        Command::Import(order) => import::import(arguments, order),
        Command::Template { file, year, overwrites } => {
            import::template(arguments, file, *year, *overwrites, today()?)
        }
        Command::Build { manner, then: Then::End { zip } } => build(arguments, *manner, zip.as_deref()),
        Command::Build { manner, then: Then::Watch { poll } } => follow::follow(arguments, *manner, *poll),
        Command::Check { by, external, on, mending } => {
            check(arguments, *by, Inquiry { on: *on, external: *external }, *mending)
        }
        Command::Serve { interface, port, open, poll } => serve(arguments, *interface, *port, *open, *poll),
        Command::Explain(None) => listing(arguments, |_| true),
        Command::Explain(Some(code)) => explain(arguments, code),
        Command::Schema(Schemas::Listed) => schemas::list(arguments),
        Command::Schema(Schemas::Shown(name)) => schemas::show(arguments, name),
        Command::Schema(Schemas::Written) => schemas::write(arguments),
        Command::Export { to, force } => export(arguments, to, *force),
        Command::Completions(shell) => completions(*shell, arguments.language),
    }
}

/// Findings accompany what a build makes.
fn build(arguments: &Arguments, manner: Manner, zip: Option<&Path>) -> Result<Ending> {
    let start = Instant::now();
    let Manner { fresh, timings, unjudged, compress } = manner;
    let options = Options { fresh, unjudged, compress, zip, ..Options::default() };
    let places = (arguments.root.as_path(), arguments.output.as_path());
    let outcome = run_build(arguments, &mut Memory::default(), places, options)?;
    let elapsed = start.elapsed();
    terminal::to_stderr(|out| {
        if outcome.findings.iter().next().is_some() {
            report::findings(arguments, &outcome.findings, out)?;
        }
        report::built(arguments, &outcome, elapsed, out)?;
        if let (Some(zip), Some(size)) = (zip, outcome.archived) {
            report::archived(arguments, zip, size, out)?;
        }
        if timings { report::timings(arguments, &outcome.timings, out) } else { Ok(()) }
    })?;
    Ok(ending(arguments, &outcome.findings))
}

/// Builds, with a bar for somebody who waits.
fn run_build(
    arguments: &Arguments,
    memory: &mut Memory,
    (root, output): (&Path, &Path),
    options: Options<'_>,
) -> Result<Outcome> {
    let bar = progress::Bar::new(arguments.language);
    let tell = |progress| bar.tell(progress);
    let options = Options { strict: arguments.strict, progress: Some(&tell), ..options };
    let outcome = build::build_again(memory, root, output, options);
    bar.clear();
    outcome
}

/// Reads what is published, with a bar for somebody who waits.
fn export(arguments: &Arguments, to: &Path, force: bool) -> Result<Ending> {
    let bar = progress::Bar::new(arguments.language);
    let tell = |progress| match progress {
        export::Progress::Agencies(count) => bar.begin(count, Words::new("หน่วยงาน", "agencies")),
        export::Progress::AgencyDone => bar.step(),
    };
    let options = export::Options { to, force, tell: &tell };
    let exported = export::export(&arguments.root, &arguments.output, &options);
    bar.clear();
    let exported = exported?;
    terminal::to_stderr(|out| report::exported(arguments, to, &exported, out))?;
    Ok(Ending::Done)
}

/// Ends only with the process, unless it cannot begin.
fn serve(
    arguments: &Arguments,
    interface: IpAddr,
    port: Option<u16>,
    open: bool,
    poll: bool,
) -> Result<Ending> {
    let options = serve::Options {
        root: arguments.root.clone(),
        output: arguments.output.clone(),
        interface,
        port,
        poll: poll.then_some(watch::POLL),
        strict: arguments.strict,
        notes: arguments.detail == Detail::Verbose,
        language: arguments.language,
    };
    let log = serving::Log::new(arguments.clone(), open);
    match serve::serve(&options, move |news| log.tell(news))? {}
}

/// Findings are what a check makes. For programs they hold their fixes, so that a dry run has nothing to add.
fn check(arguments: &Arguments, by: Order, inquiry: Inquiry, mending: Mending) -> Result<Ending> {
    match (mending, arguments.format) {
        (Mending::Done, _) => mend(arguments, by, inquiry),
        (Mending::Shown, Format::Human) => show_mending(arguments, inquiry),
        (Mending::Shown | Mending::Told, _) => look(arguments, by, inquiry),
    }
}

/// Mends, and then tells what is found in the files as they are: somebody may have saved another one meanwhile.
fn mend(arguments: &Arguments, by: Order, inquiry: Inquiry) -> Result<Ending> {
    let plan = fix::plan(&arguments.root, inquiry)?;
    plan.write(&arguments.root)?;
    // What was written is told even where the machine has no way to other sites.
    let looked = look(arguments, by, inquiry);
    terminal::to_stdout(|out| report::mended(arguments, &plan.files, out))?;
    looked
}

/// Shows how files would be mended. What would be left is only counted: a person who wants to read it asks for `check`.
fn show_mending(arguments: &Arguments, inquiry: Inquiry) -> Result<Ending> {
    let Plan { files, left } = fix::plan(&arguments.root, inquiry)?;
    terminal::to_stdout(|out| {
        difference::files(arguments, &files, out)?;
        report::would_mend(arguments, &files, &left, out)
    })?;
    Ok(ending(arguments, &left))
}

/// Tells what is found.
fn look(arguments: &Arguments, by: Order, inquiry: Inquiry) -> Result<Ending> {
    let mut outcome = build::check(&arguments.root, inquiry)?;
    in_order(&mut outcome.findings, by);
    if inquiry.external {
        look_outside(arguments, by, &mut outcome)?;
    } else {
        terminal::to_stdout(|out| report::findings(arguments, &outcome.findings, out))?;
    }
    Ok(ending(arguments, &outcome.findings))
}

/// Other sites are asked last, when everything else is told already, unless all of it is one document.
fn look_outside(arguments: &Arguments, by: Order, outcome: &mut Outcome) -> Result<()> {
    let is_document = arguments.format.is_document();
    if !is_document {
        terminal::to_stdout(|out| report::found(arguments, &outcome.findings, out))?;
    }
    let (mut more, asked) = match ask(arguments, &outcome.external) {
        Ok((more, unasked)) => (more, Ok(unasked)),
        Err(failure) => (Findings::default(), Err(failure)),
    };
    in_order(&mut more, by);
    outcome.findings.append(more.clone());
    terminal::to_stdout(|out| {
        report::found(arguments, if is_document { &outcome.findings } else { &more }, out)?;
        report::closing(arguments, &outcome.findings, out)
    })?;
    let unasked = asked?;
    terminal::to_stderr(|out| report::unasked(arguments, unasked, out))
}

fn in_order(findings: &mut Findings, by: Order) {
    match by {
        Order::File => {}
        Order::Cost => findings.sort_by_cost(),
    }
}

/// Asks other sites, with a bar for somebody who waits.
fn ask(arguments: &Arguments, external: &External) -> Result<(Findings, usize)> {
    let bar = progress::Bar::new(arguments.language);
    bar.begin(external.count(), Words::new("ลิงก์ไปยังเว็บไซต์อื่น", "links to other sites"));
    let asked = external::ask(external, &Limits::default(), &|| bar.step());
    bar.clear();
    asked
}

fn ending(arguments: &Arguments, findings: &Findings) -> Ending {
    if report::is_stopped(arguments, findings) { Ending::Found } else { Ending::Done }
}

fn explain(arguments: &Arguments, code: &str) -> Result<Ending> {
    if let Some(kind) = catalog::by_code(code) {
        terminal::to_stdout(|mut out| print::explain(kind, &report::style(arguments, true), &mut out))?;
        return Ok(Ending::Done);
    }
    if catalog::all().any(|kind| area(kind) == code) {
        return listing(arguments, |kind| area(kind) == code);
    }
    Err(unknown_code(code))
}

fn listing(arguments: &Arguments, is_wanted: impl Fn(&Kind) -> bool) -> Result<Ending> {
    let kinds: Vec<&Kind> = catalog::all().filter(|kind| is_wanted(kind)).collect();
    terminal::to_stdout(|mut out| print::listing(&kinds, &report::style(arguments, true), &mut out))?;
    Ok(Ending::Done)
}

fn completions(shell: Shell, language: Language) -> Result<Ending> {
    terminal::to_stdout(|out| out.write_all(&script(shell, language)))?;
    Ok(Ending::Done)
}

/// Tells a shell of every command and flag, with what each does in the language of the person.
fn script(shell: Shell, language: Language) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut definition::definition(language), "prongsai", &mut script);
    script
}

fn area(kind: &Kind) -> &str {
    kind.code.split('/').next().unwrap_or_default()
}

fn unknown_code(code: &str) -> Failure {
    // Whoever leaves the area out knows the rest.
    let without_area =
        catalog::all().map(|kind| kind.code).find(|known| known.ends_with(&format!("/{code}")));
    let near = without_area.or_else(|| thai::nearest(code, catalog::all().map(|kind| kind.code)));
    match near {
        Some(near) => Failure::usage(
            format!("ไม่มีรหัส {code} หมายถึง {near} หรือไม่"),
            format!("there is no code {code}; did you mean {near}?"),
        ),
        None => Failure::usage(
            format!("ไม่มีรหัส {code} ดูรายการทั้งหมดด้วย prongsai explain"),
            format!("there is no code {code}; see them all with prongsai explain"),
        ),
    }
}

/// The day in Thailand, which has no summer time.
fn today() -> Result<Date> {
    let now = Offset::constant(7).to_datetime(Timestamp::now());
    Date::new(now.year(), now.month(), now.day())
        .ok_or_else(|| Failure::usage("วันที่ของเครื่องไม่ถูกต้อง", "the clock of this machine is wrong"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_codes_name_the_nearest_one() {
        let check = |code: &str, expected: &str| {
            let failure = unknown_code(code);
            assert_eq!(failure.cause, Cause::Usage);
            assert!(
                failure.message.th.contains(expected) && failure.message.en.contains(expected),
                "{failure}"
            );
        };
        check("score/total-missmatch", "score/total-mismatch");
        check("total-mismatch", "score/total-mismatch");
        check("อะไร", "prongsai explain");
    }

    #[test]
    fn shells_are_told_of_every_command() {
        let check = |shell: Shell, language: Language, help: &str| {
            let script = String::from_utf8(script(shell, language)).unwrap();
            for name in [
                "init",
                "new",
                "import",
                "build",
                "serve",
                "check",
                "explain",
                "schema",
                "export",
                "completions",
                help,
            ] {
                assert!(script.contains(name), "{shell} in {language}: no {name}");
            }
        };
        check(Shell::Bash, Language::Thai, "--strict");
        for shell in [Shell::Elvish, Shell::Fish, Shell::PowerShell, Shell::Zsh] {
            check(shell, Language::Thai, "ถือคำเตือนเป็นข้อผิดพลาด");
            check(shell, Language::English, "let warnings stop as errors do");
        }
    }

    #[test]
    fn exit_codes() {
        let check = |line: &str, expected: u8| {
            let typed: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            let ended = run(&typed, Language::English).unwrap_or_else(|failure| code(failure.cause));
            assert_eq!(ended, expected, "{line}");
        };
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().display();
        check("prongsai explain nothing-like-it", 2);
        check("prongsai build --oops", 2);
        check("prongsai completions csh", 2);
        check("prongsai schema score", 2);
        check(&format!("prongsai -C {site} schema --write"), 2);
        check(&format!("prongsai -q -C {site} init --name ก --short-name ข"), 0);
        check(&format!("prongsai -q -C {site} schema --write"), 0);
        check(&format!("prongsai -q -C {site} check"), 0);
        check(&format!("prongsai -q -C {site} build"), 0);
        check(&format!("prongsai -q -C {site} export data"), 0);
        check(&format!("prongsai -q -C {site} export data"), 2);
        check(&format!("prongsai -q -C {site} build --output {site}/content"), 2);
        check(&format!("prongsai -q -C {site}/prongsai.yaml init --name ก --short-name ข"), 3);
    }
}

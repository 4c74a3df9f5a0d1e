//! What a person asked for. clap reads it; what it refuses is said in words of ours, since its own are English.

use super::definition::definition;
use super::import;
use crate::failure::{Failure, Result};
use crate::finding::print::Format;
use crate::language::{Language, Words};
use crate::model::date::{self, Date, ErrorKind, FiscalYear};
use clap::ArgMatches;
use clap::error::{ContextKind, ErrorKind as Refusal};
use clap_complete::Shell;
use std::ffi::OsString;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};

/// Where only this machine can ask.
const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// What a person asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Arguments {
    /// The site's folder, which is also where other relative paths begin.
    pub(super) root: PathBuf,
    /// The folder to publish into.
    pub(super) output: PathBuf,
    /// The language of messages.
    pub(super) language: Language,
    /// How findings are written.
    pub(super) format: Format,
    /// Whether warnings stop as errors do.
    pub(super) strict: bool,
    /// How much is said.
    pub(super) detail: Detail,
    /// What to do.
    pub(super) command: Command,
}

/// How much is said to people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// What stops the command, nothing else.
    Quiet,
    /// Without notes.
    Usual,
    /// Notes as well.
    Verbose,
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Command {
    /// Begin a site.
    Init(Answers),
    /// Begin a year.
    New {
        /// The assessed year.
        year: FiscalYear,
        /// Whose, in a portal.
        agency: Option<String>,
    },
    /// Take scores from a spreadsheet.
    Import(import::Order),
    /// Write the spreadsheet that is to be filled in.
    Template {
        /// Where.
        file: PathBuf,
        /// Of which year.
        year: Option<FiscalYear>,
        /// Whether a file that is there is replaced.
        overwrites: bool,
    },
    /// Publish.
    Build {
        /// In which manner.
        manner: Manner,
        /// What happens afterwards.
        then: Then,
    },
    /// Show the site while it is being written.
    Serve {
        /// The address of this machine to listen at.
        interface: IpAddr,
        /// The port; without one the next that is free.
        port: Option<u16>,
        /// Whether a browser is opened as well.
        open: bool,
        /// Whether the disk is asked for changes, instead of being told by the system.
        poll: bool,
    },
    /// Look for what is wrong.
    Check {
        /// What comes first.
        by: Order,
        /// Whether other sites are asked whether links to them answer.
        external: bool,
        /// The day to judge by.
        on: Option<Date>,
        /// What becomes of what is mechanical.
        mending: Mending,
    },
    /// Explain a kind of finding, or list all.
    Explain(Option<String>),
    /// Show or write schemas.
    Schema(Schemas),
    /// Put the open data of the published site into one piece.
    Export {
        /// Where it goes, which says in which form.
        to: PathBuf,
        /// Whether a database that is there is replaced.
        force: bool,
    },
    /// Write what a shell needs to complete what is typed.
    Completions(Shell),
}

/// How a site is built.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Manner {
    /// Whether nothing of the last build is believed.
    pub(super) fresh: bool,
    /// Whether to show where the time went.
    pub(super) timings: bool,
    /// Whether nothing is judged, to measure what that costs.
    pub(super) unjudged: bool,
    /// Whether compressed forms of the files lie beside them.
    pub(super) compress: bool,
}

/// What happens when a site is built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Then {
    /// The command ends.
    End {
        /// Where the site goes as a ZIP.
        zip: Option<PathBuf>,
    },
    /// It is built again whenever a file changes.
    Watch {
        /// Whether the disk is asked for changes, rather than the system.
        poll: bool,
    },
}

/// What becomes of the schemas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Schemas {
    /// It is shown which there are.
    Listed,
    /// One is shown.
    Shown(String),
    /// All are written into the site.
    Written,
}

/// In which order findings are shown.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// File by file, from top to bottom.
    #[default]
    File,
    /// The most costly first.
    Cost,
}

/// What becomes of findings that are mechanical.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mending {
    /// They are told like all others.
    Told,
    /// It is shown how they would be mended.
    Shown,
    /// They are mended.
    Done,
}

/// What `init` was told without being asked.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Answers {
    /// Where the site goes.
    pub(super) folder: PathBuf,
    pub(super) name: Option<String>,
    pub(super) short_name: Option<String>,
    pub(super) year: Option<FiscalYear>,
    pub(super) phone: Option<String>,
    pub(super) address: Option<String>,
    pub(super) base_url: Option<String>,
}

impl Order {
    /// All of them, the usual one first.
    pub(super) const ALL: [Order; 2] = [Order::File, Order::Cost];

    /// As the command line names it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Order::File => "file",
            Order::Cost => "cost",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        Order::ALL.into_iter().find(|order| order.name() == name)
    }
}

/// What comes of reading a command line that is not wrong.
pub(super) enum Reading {
    /// Something to do.
    Run(Box<Arguments>),
    /// Help or a version to be shown.
    Show(clap::Error),
}

/// The language that a command line asks for, found before it is read, since help and refusals are in it already.
pub(super) fn language(arguments: &[OsString]) -> Language {
    let texts =
        || arguments.iter().skip(1).filter_map(|argument| argument.to_str()).take_while(|text| *text != "--");
    let joined = texts().filter_map(|text| text.strip_prefix("--lang="));
    let apart = texts().zip(texts().skip(1)).filter(|(flag, _)| *flag == "--lang").map(|(_, code)| code);
    joined.chain(apart).find_map(Language::from_code).unwrap_or_default()
}

/// Reads a command line, the program's own name included.
///
/// # Errors
/// Wrong use, by what is wrong.
pub(super) fn read(arguments: &[OsString], language: Language) -> Result<Reading> {
    match definition(language).try_get_matches_from(arguments) {
        Ok(matches) => arguments_of(&matches, language).map(Box::new).map(Reading::Run),
        Err(error) => match error.kind() {
            Refusal::DisplayHelp
            | Refusal::DisplayVersion
            | Refusal::DisplayHelpOnMissingArgumentOrSubcommand => Ok(Reading::Show(error)),
            _ => Err(refused(&error)),
        },
    }
}

/// A relative path as it is seen from a folder; from the current one it stays as it was typed.
pub(super) fn below(folder: &Path, path: &Path) -> PathBuf {
    if folder == Path::new(".") { path.to_owned() } else { folder.join(path) }
}

fn arguments_of(matches: &ArgMatches, language: Language) -> Result<Arguments> {
    let (name, own) = matches.subcommand().unwrap_or(("", matches));
    let path = |flag: &str| own.get_one::<PathBuf>(flag).cloned();
    let root = path("root").unwrap_or_else(|| ".".into());
    let detail = match (own.get_flag("quiet"), own.get_flag("verbose")) {
        (true, _) => Detail::Quiet,
        (_, true) => Detail::Verbose,
        _ => Detail::Usual,
    };
    let format = own.get_one::<String>("format").and_then(|name| Format::from_name(name));
    Ok(Arguments {
        output: below(&root, &path("output").unwrap_or_else(|| "public".into())),
        command: command_of(name, own, &root)?,
        root,
        language,
        format: format.unwrap_or(Format::Human),
        strict: own.get_flag("strict"),
        detail,
    })
}

fn command_of(name: &str, own: &ArgMatches, root: &Path) -> Result<Command> {
    let text = |flag: &str| own.get_one::<String>(flag).cloned();
    let year = |flag: &str| text(flag).map(|year| fiscal_year(&year)).transpose();
    Ok(match name {
        "init" => Command::Init(Answers {
            folder: own
                .get_one::<PathBuf>("folder")
                .map_or_else(|| root.to_owned(), |folder| below(root, folder)),
            name: text("name"),
            short_name: text("short-name"),
            year: year("year")?,
            phone: text("phone"),
            address: text("address"),
            base_url: text("base-url"),
        }),
        "new" => {
            Command::New { year: fiscal_year(&text("year").unwrap_or_default())?, agency: text("agency") }
        }
        "import" => match own.get_one::<PathBuf>("template") {
            Some(file) => Command::Template {
                file: below(root, file),
                year: year("year")?,
                overwrites: own.get_flag("overwrite"),
            },
            None => {
                let file = own.get_one::<PathBuf>("file").cloned().unwrap_or_default();
                Command::Import(import::Order {
                    name: file.display().to_string(),
                    file: below(root, &file),
                    year: year("year")?,
                    overwrites: own.get_flag("overwrite"),
                    is_dry_run: own.get_flag("dry-run"),
                })
            }
        },
        "build" => Command::Build {
            manner: Manner {
                fresh: own.get_flag("fresh"),
                timings: own.get_flag("timings"),
                unjudged: own.get_flag("unjudged"),
                compress: own.get_flag("compress"),
            },
            then: then(
                own.get_flag("watch"),
                own.get_flag("poll"),
                own.get_one::<PathBuf>("zip").map(|file| below(root, file)),
            )?,
        },
        "serve" => Command::Serve {
            interface: own.get_one("interface").copied().unwrap_or(LOOPBACK),
            port: own.get_one("port").copied(),
            open: own.get_flag("open"),
            poll: own.get_flag("poll"),
        },
        "check" => Command::Check {
            by: text("by").as_deref().and_then(Order::from_name).unwrap_or_default(),
            external: own.get_flag("external"),
            on: text("on").map(|date| day(&date)).transpose()?,
            mending: mending(own.get_flag("fix"), own.get_flag("dry-run"))?,
        },
        "schema" => Command::Schema(match text("name") {
            Some(name) => Schemas::Shown(name),
            None if own.get_flag("write") => Schemas::Written,
            None => Schemas::Listed,
        }),
        "export" => Command::Export {
            to: own.get_one::<PathBuf>("to").map(|to| below(root, to)).unwrap_or_default(),
            force: own.get_flag("force"),
        },
        "completions" => Command::Completions(own.get_one("shell").copied().unwrap_or(Shell::Bash)),
        _ => Command::Explain(text("code")),
    })
}

fn then(watch: bool, poll: bool, zip: Option<PathBuf>) -> Result<Then> {
    match (watch, poll, zip) {
        (false, false, zip) => Ok(Then::End { zip }),
        (true, poll, None) => Ok(Then::Watch { poll }),
        (true, _, Some(_)) => Err(Failure::usage(
            "--zip ใช้คู่กับ --watch ไม่ได้ เพราะไฟล์ ZIP มีไว้ส่งมอบเมื่อทำเสร็จแล้ว: prongsai build --zip ita.zip",
            "--zip does not go with --watch, since a ZIP is handed over when the work is done: prongsai build --zip ita.zip",
        )),
        (false, true, _) => Err(Failure::usage(
            "--poll ใช้คู่กับ --watch เท่านั้น: prongsai build --watch --poll",
            "--poll only goes with --watch: prongsai build --watch --poll",
        )),
    }
}

fn mending(fix: bool, is_dry_run: bool) -> Result<Mending> {
    match (fix, is_dry_run) {
        (false, false) => Ok(Mending::Told),
        (true, false) => Ok(Mending::Done),
        (true, true) => Ok(Mending::Shown),
        (false, true) => Err(Failure::usage(
            "--dry-run ใช้คู่กับ --fix เท่านั้น: prongsai check --fix --dry-run",
            "--dry-run only goes with --fix: prongsai check --fix --dry-run",
        )),
    }
}

/// Reads a year as the files of a site have it.
///
/// # Errors
/// Wrong use, with the year that was probably meant.
pub(super) fn fiscal_year(text: &str) -> Result<FiscalYear> {
    date::parse_year(text).map_err(|error| match error.kind {
        ErrorKind::ShiftedTwice { likely, .. } | ErrorKind::EraContradicted { likely, .. } => Failure::usage(
            format!("{text} ไม่ใช่ปี พ.ศ. หมายถึง {likely} หรือไม่"),
            format!("{text} is no year of the Buddhist era; did you mean {likely}?"),
        ),
        _ => Failure::usage(
            format!("{text} ไม่ใช่ปี ให้พิมพ์ปี พ.ศ. สี่หลัก เช่น 2566"),
            format!("{text} is no year; give one of the Buddhist era with four digits, such as 2566"),
        ),
    })
}

/// Reads a day in any form that the files of a site may have.
///
/// # Errors
/// Wrong use, with what is wrong with the date.
fn day(text: &str) -> Result<Date> {
    date::parse_date(text).map(|reading| reading.value).map_err(|error| {
        let Words { th, en } = match error.kind {
            ErrorKind::NoSuchDay { last, .. } => {
                Words::new(format!("เดือนนั้นมี {last} วัน"), format!("that month has {last} days"))
            }
            ErrorKind::ShiftedTwice { likely, .. } | ErrorKind::EraContradicted { likely, .. } => {
                Words::new(format!("ปีน่าจะเป็น {likely}"), format!("the year is probably {likely}"))
            }
            _ => Words::new(
                "ให้ระบุวัน เดือน ปี เช่น 2566-03-31 หรือ \"๓๑ มี.ค. ๒๕๖๖\"",
                "give day, month and year, such as 2566-03-31 or \"31 มี.ค. 2566\"",
            ),
        };
        Failure::usage(format!("--on {text} ไม่ใช่วันที่ {th}"), format!("--on {text} is no day; {en}"))
    })
}

/// What clap refused, in words of ours.
fn refused(error: &clap::Error) -> Failure {
    let context = |kind| error.get(kind).map(ToString::to_string).filter(|text| !text.is_empty());
    let about = context(ContextKind::InvalidArg).or_else(|| context(ContextKind::InvalidSubcommand));
    let value = context(ContextKind::InvalidValue);
    let said =
        problem(error.kind(), &about.unwrap_or_default(), value.as_deref(), context(ContextKind::PriorArg));
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand].into_iter().find_map(context);
    let choices = context(ContextKind::ValidValue);
    let way_out = match (near, choices) {
        (Some(near), _) => Words::new(format!("หมายถึง {near} หรือไม่"), format!("did you mean {near}?")),
        (None, Some(choices)) => Words::new(format!("เลือกจาก {choices}"), format!("choose from {choices}")),
        (None, None) => Words::new("ดูวิธีใช้ด้วย prongsai --help", "see prongsai --help"),
    };
    Failure::usage(format!("{} {}", said.th, way_out.th), format!("{}; {}", said.en, way_out.en))
}

fn problem(kind: Refusal, about: &str, value: Option<&str>, prior: Option<String>) -> Words {
    match (kind, value) {
        (Refusal::UnknownArgument, _) => Words::new(format!("ไม่รู้จัก {about}"), format!("{about} is unknown")),
        (Refusal::InvalidSubcommand, _) => {
            Words::new(format!("ไม่มีคำสั่ง {about}"), format!("there is no command {about}"))
        }
        (Refusal::MissingRequiredArgument, _) => {
            Words::new(format!("ต้องระบุ {about}"), format!("{about} is required"))
        }
        (Refusal::MissingSubcommand, _) => Words::new("ต้องระบุคำสั่ง", "a command is required"),
        (Refusal::ArgumentConflict, _) => {
            let prior = prior.unwrap_or_else(|| about.to_owned());
            Words::new(
                format!("ใช้ {about} กับ {prior} พร้อมกันไม่ได้"),
                format!("{about} and {prior} exclude each other"),
            )
        }
        (Refusal::InvalidValue | Refusal::ValueValidation, Some(value)) => {
            Words::new(format!("{about} เป็น {value} ไม่ได้"), format!("{about} cannot be {value}"))
        }
        (Refusal::InvalidUtf8, _) => {
            Words::new("พิมพ์อักขระที่อ่านไม่ได้", "there are characters that cannot be read")
        }
        _ => Words::new(format!("{about} ต้องมีค่าหนึ่งค่า"), format!("{about} takes one value")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::Cause;

    fn typed(line: &str) -> Vec<OsString> {
        std::iter::once("prongsai").chain(line.split_whitespace()).map(OsString::from).collect()
    }

    fn run(line: &str) -> Arguments {
        let typed = typed(line);
        match read(&typed, language(&typed)) {
            Ok(Reading::Run(arguments)) => *arguments,
            Ok(Reading::Show(shown)) => panic!("{line}: {shown}"),
            Err(failure) => panic!("{line}: {failure}"),
        }
    }

    #[test]
    fn commands() {
        let year = |year| FiscalYear::new(year).unwrap();
        let check = |line: &str, expected: Command| assert_eq!(run(line).command, expected, "{line}");
        let build = |then| Command::Build { manner: Manner::default(), then };
        let end = |zip: Option<&str>| Then::End { zip: zip.map(PathBuf::from) };
        check("build", build(end(None)));
        check("build --zip ita.zip", build(end(Some("ita.zip"))));
        check("build -C a --zip ita.zip", build(end(Some("a/ita.zip"))));
        let manner = Manner { compress: true, ..Manner::default() };
        check("build --compress", Command::Build { manner, then: end(None) });
        check("build --compress -w", Command::Build { manner, then: Then::Watch { poll: false } });
        check("build --watch", build(Then::Watch { poll: false }));
        check("build -w --poll", build(Then::Watch { poll: true }));
        let check_command = |by, external, on, mending| Command::Check { by, external, on, mending };
        check("check", check_command(Order::File, false, None, Mending::Told));
        check("check --by cost --external", check_command(Order::Cost, true, None, Mending::Told));
        let day = Date::new(2023, 3, 31);
        check("check --on 2566-03-31", check_command(Order::File, false, day, Mending::Told));
        check("check --on ๓๑/๓/๒๕๖๖", check_command(Order::File, false, day, Mending::Told));
        check("check --fix --external", check_command(Order::File, true, None, Mending::Done));
        check("check --dry-run --fix", check_command(Order::File, false, None, Mending::Shown));
        check("explain", Command::Explain(None));
        check("explain score/impossible", Command::Explain(Some("score/impossible".to_owned())));
        check("schema", Command::Schema(Schemas::Listed));
        check("schema scores", Command::Schema(Schemas::Shown("scores".to_owned())));
        check("schema --write", Command::Schema(Schemas::Written));
        check("export ita.sqlite", Command::Export { to: "ita.sqlite".into(), force: false });
        check("export -C a b --force", Command::Export { to: "a/b".into(), force: true });
        check("completions zsh", Command::Completions(Shell::Zsh));
        check("new 2566", Command::New { year: year(2566), agency: None });
        check("new ๒๕๖๖ --agency ab", Command::New { year: year(2566), agency: Some("ab".to_owned()) });
        let import = |file: &str, year, overwrites, is_dry_run| {
            let (file, name) = (PathBuf::from(file), "a.xlsx".to_owned());
            Command::Import(import::Order { file, name, year, overwrites, is_dry_run })
        };
        check("import a.xlsx", import("a.xlsx", None, false, false));
        check("import -C b a.xlsx --dry-run --overwrite", import("b/a.xlsx", None, true, true));
        check("import a.xlsx --year ๒๕๖๖", import("a.xlsx", Some(year(2566)), false, false));
        let template = |overwrites| Command::Template { file: "a.csv".into(), year: None, overwrites };
        check("import --template a.csv", template(false));
        check("import --overwrite --template a.csv", template(true));
        check("init", Command::Init(Answers { folder: ".".into(), ..Answers::default() }));
        check(
            "-C a init b --name ก --short-name=ข --year 2565 --phone 1 --address ค --base-url u",
            Command::Init(Answers {
                folder: "a/b".into(),
                name: Some("ก".to_owned()),
                short_name: Some("ข".to_owned()),
                year: Some(year(2565)),
                phone: Some("1".to_owned()),
                address: Some("ค".to_owned()),
                base_url: Some("u".to_owned()),
            }),
        );
    }

    #[test]
    fn folders() {
        let check = |line: &str, root: &str, output: &str| {
            let arguments = run(line);
            assert_eq!((arguments.root, arguments.output), (root.into(), output.into()), "{line}");
        };
        check("build", ".", "public");
        check("build -C a", "a", "a/public");
        check("-C a build", "a", "a/public");
        check("build -C a --output b", "a", "a/b");
        check("--output /srv/www build -C a", "a", "/srv/www");
    }

    #[test]
    fn manners() {
        let check = |line: &str, format: Format, strict: bool, detail: Detail| {
            let arguments = run(line);
            assert_eq!(
                (arguments.format, arguments.strict, arguments.detail),
                (format, strict, detail),
                "{line}"
            );
        };
        check("check", Format::Human, false, Detail::Usual);
        check("check --strict -q", Format::Human, true, Detail::Quiet);
        check("-v check --format json", Format::Json, false, Detail::Verbose);
        check("--strict --format=human check --verbose", Format::Human, true, Detail::Verbose);
    }

    #[test]
    fn the_language_is_found_wherever_it_stands() {
        let check = |line: &str, expected: Language| assert_eq!(language(&typed(line)), expected, "{line}");
        check("build", Language::Thai);
        check("--lang en build", Language::English);
        check("build --lang=en", Language::English);
        check("build --oops --lang en --help", Language::English);
        check("build --lang fr", Language::Thai);
        check("init -- --lang en", Language::Thai);
        check("--lang", Language::Thai);
    }

    #[test]
    fn wrong_use_is_told_in_both_languages() {
        let check = |line: &str, th: &str, en: &str| {
            let Err(failure) = read(&typed(line), Language::Thai) else { panic!("{line} is read") };
            assert_eq!(failure.cause, Cause::Usage, "{line}");
            assert_eq!((failure.message.th.as_str(), failure.message.en.as_str()), (th, en), "{line}");
        };
        check("biuld", "ไม่มีคำสั่ง biuld หมายถึง build หรือไม่", "there is no command biuld; did you mean build?");
        check(
            "build --outptu x",
            "ไม่รู้จัก --outptu หมายถึง --output หรือไม่",
            "--outptu is unknown; did you mean --output?",
        );
        check("build x", "ไม่รู้จัก x ดูวิธีใช้ด้วย prongsai --help", "x is unknown; see prongsai --help");
        check(
            "build --lang fr",
            "--lang <th|en> เป็น fr ไม่ได้ เลือกจาก th, en",
            "--lang <th|en> cannot be fr; choose from th, en",
        );
        check(
            "build --lang",
            "--lang <th|en> ต้องมีค่าหนึ่งค่า เลือกจาก th, en",
            "--lang <th|en> takes one value; choose from th, en",
        );
        check("new", "ต้องระบุ <ปี> ดูวิธีใช้ด้วย prongsai --help", "<ปี> is required; see prongsai --help");
        check(
            "build -v -q",
            "ใช้ --verbose กับ --quiet พร้อมกันไม่ได้ ดูวิธีใช้ด้วย prongsai --help",
            "--verbose and --quiet exclude each other; see prongsai --help",
        );
        check(
            "check --fix --dry-run --external",
            "ใช้ --dry-run กับ --external พร้อมกันไม่ได้ ดูวิธีใช้ด้วย prongsai --help",
            "--dry-run and --external exclude each other; see prongsai --help",
        );
        check("import", "ต้องระบุ <ไฟล์> ดูวิธีใช้ด้วย prongsai --help", "<ไฟล์> is required; see prongsai --help");
        check(
            "import a.xlsx --template b.xlsx",
            "ใช้ [ไฟล์] กับ --template <ไฟล์> พร้อมกันไม่ได้ ดูวิธีใช้ด้วย prongsai --help",
            "[ไฟล์] and --template <ไฟล์> exclude each other; see prongsai --help",
        );
        check(
            "check --dry-run",
            "--dry-run ใช้คู่กับ --fix เท่านั้น: prongsai check --fix --dry-run",
            "--dry-run only goes with --fix: prongsai check --fix --dry-run",
        );
        check(
            "new 66",
            "66 ไม่ใช่ปี ให้พิมพ์ปี พ.ศ. สี่หลัก เช่น 2566",
            "66 is no year; give one of the Buddhist era with four digits, such as 2566",
        );
        check(
            "check --on 2566-02-30",
            "--on 2566-02-30 ไม่ใช่วันที่ เดือนนั้นมี 28 วัน",
            "--on 2566-02-30 is no day; that month has 28 days",
        );
        check(
            "check --on 3109-02-01",
            "--on 3109-02-01 ไม่ใช่วันที่ ปีน่าจะเป็น 2566",
            "--on 3109-02-01 is no day; the year is probably 2566",
        );
        check(
            "check --on มีนาคม",
            "--on มีนาคม ไม่ใช่วันที่ ให้ระบุวัน เดือน ปี เช่น 2566-03-31 หรือ \"๓๑ มี.ค. ๒๕๖๖\"",
            "--on มีนาคม is no day; give day, month and year, such as 2566-03-31 or \"31 มี.ค. 2566\"",
        );
        check(
            "new 3109",
            "3109 ไม่ใช่ปี พ.ศ. หมายถึง 2566 หรือไม่",
            "3109 is no year of the Buddhist era; did you mean 2566?",
        );
    }
}

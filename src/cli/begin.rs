//! `init` and `new`: a site, or one more year of an agency, is begun.

use super::arguments::{Answers, Arguments, Detail, below};
use super::questions::{self, Interview};
use super::{Ending, report, terminal};
use crate::build;
use crate::failure::{Failure, Result};
use crate::finding::Findings;
use crate::framework::Frameworks;
use crate::language::{Language, Words};
use crate::model::Settings;
use crate::model::date::{Date, FiscalYear};
use crate::parse;
use crate::read::{self, AgencyFolder, Texts};
use crate::scaffold::{self, NewSite, NewYear, Written};
use crate::schema;
use crate::thai;
use std::io::{self, Write};
use std::path::Path;

/// The month in which the results of a fiscal year are announced: สิงหาคม.
const ANNOUNCEMENT: i8 = 8;

/// Begins a site: asks at a terminal for what the flags do not say.
pub(super) fn site(arguments: &Arguments, told: &Answers, today: Date) -> Result<Ending> {
    let root = told.folder.as_path();
    vacant(root, "prongsai.yaml")?;
    let new = answers(arguments.language, told.clone(), last_announced(today))?;
    let frameworks = build::frameworks(root, &mut Findings::default())?;
    let files = scaffold::site(&new, &frameworks);
    files.iter().try_for_each(|file| vacant(root, &file.path))?;
    let mut written = scaffold::write(root, &files)?;
    written.made.extend(schemas(arguments, root, &frameworks)?);
    let heading = Words::new(
        format!("เริ่มเว็บไซต์ของ {} แล้ว", new.short_name),
        format!("began the site of {}", new.short_name),
    );
    let mut steps = steps("prongsai", &format!("content/{}", new.year), new.year, &frameworks);
    if root != Path::new(".") {
        let folder = root.display();
        steps.insert(0, Words::new(format!("เข้าโฟลเดอร์ด้วย cd {folder}"), format!("cd {folder}")));
    }
    tell(arguments, &Told { root, heading, written, steps })
}

/// Begins a year. Errors in the site's own settings stop it, since they say where the year belongs.
pub(super) fn year(arguments: &Arguments, year: FiscalYear, agency: Option<&str>) -> Result<Ending> {
    let root = arguments.root.as_path();
    let mut findings = Findings::default();
    let settings = settings(root, &mut findings)?;
    let frameworks = build::frameworks(root, &mut findings)?;
    let Some(settings) = settings.filter(|_| !findings.has_errors()) else {
        terminal::to_stderr(|out| report::findings(arguments, &findings, out))?;
        return Ok(Ending::Found);
    };
    let folder = folder(root, &settings, agency)?;
    let (name, office) = (name(&settings, &folder)?, office(&folder, year)?);
    let is_continued = has_report(&folder, year.previous());
    let new = NewYear { year, folder: &folder.path, agency: &name, office: office.as_deref(), is_continued };
    let mut written = scaffold::write(root, &scaffold::year(&new, &frameworks))?;
    let heading = match written.made.is_empty() {
        true => {
            Words::new(format!("มีไฟล์ของปี {year} ครบแล้ว"), format!("all files of {year} are there already"))
        }
        false => Words::new(format!("เพิ่มไฟล์ของปี {year} แล้ว"), format!("added the files of {year}")),
    };
    written.made.extend(schemas(arguments, root, &frameworks)?);
    let program = match root == Path::new(".") {
        true => "prongsai".to_owned(),
        false => format!("prongsai -C {}", root.display()),
    };
    let steps = steps(&program, &format!("{}/{year}", folder.path), year, &frameworks);
    tell(arguments, &Told { root, heading, written, steps })
}

/// Puts the schemas in place to which the files lead; their folder, if any was not there or was another one.
fn schemas(arguments: &Arguments, root: &Path, frameworks: &Frameworks) -> Result<Option<String>> {
    let is_changed = scaffold::replace(root, &scaffold::schemas(frameworks, arguments.language))?;
    Ok(is_changed.then(|| format!("{}/", schema::FOLDER)))
}

/// The last fiscal year whose results are announced on a day: before สิงหาคม that of the year before.
pub(super) fn last_announced(today: Date) -> FiscalYear {
    let month = today.month();
    let year = FiscalYear::new(month.buddhist_year()).unwrap_or(FiscalYear::LAST);
    if month.number() < ANNOUNCEMENT { year.previous() } else { year }
}

fn vacant(root: &Path, path: &str) -> Result<()> {
    let place = below(root, Path::new(path));
    if place.symlink_metadata().is_err() {
        return Ok(());
    }
    let place = place.display();
    Err(Failure::usage(
        format!("มี {place} อยู่แล้ว จึงไม่ได้สร้างไฟล์ใด ให้ใช้โฟลเดอร์อื่น หรือย้ายไฟล์นี้ออกก่อน"),
        format!(
            "{place} exists already, so nothing was written; use another folder, or move that file away first"
        ),
    ))
}

fn answers(language: Language, told: Answers, usual: FiscalYear) -> Result<NewSite> {
    if questions::are_enough(&told) || !terminal::is_somebody_there() {
        return questions::from_flags(told, usual);
    }
    let (mut input, mut output) = (io::stdin().lock(), anstream::stdout().lock());
    Interview { language, input: &mut input, output: &mut output }.hold(told, usual)
}

fn settings(root: &Path, findings: &mut Findings) -> Result<Option<Settings>> {
    match read::root_file(root, "prongsai.yaml", &Texts::new(), findings)? {
        Some(source) => Ok(parse::settings(&source, findings).0),
        None if findings.has_errors() => Ok(None),
        None => Err(no_site()),
    }
}

/// A folder without `prongsai.yaml`.
pub(super) fn no_site() -> Failure {
    Failure::usage(
        "โฟลเดอร์นี้ไม่ใช่เว็บไซต์ของ prongsai เพราะไม่มี prongsai.yaml ให้ระบุโฟลเดอร์ด้วย -C หรือเริ่มใหม่ด้วย prongsai init",
        "there is no prongsai.yaml, so this is no site; name its folder with -C, or begin one with prongsai init",
    )
}

/// The folder that holds the years of an agency. What else lies around there is for `check` to judge.
fn folder(root: &Path, settings: &Settings, agency: Option<&str>) -> Result<AgencyFolder> {
    let is_portal = settings.portal.is_some();
    if is_portal != agency.is_some() {
        return Err(match is_portal {
            true => Failure::usage(
                "เว็บไซต์นี้รวมหลายหน่วยงาน ให้ระบุ --agency ตามด้วยรหัสหน่วยงาน",
                "this is a portal: name the agency with --agency",
            ),
            false => Failure::usage(
                "เว็บไซต์นี้มีหน่วยงานเดียว ไม่ต้องระบุ --agency",
                "this site has one agency: leave --agency out",
            ),
        });
    }
    let mut agencies = read::survey(root, is_portal, &mut Findings::default())?.agencies;
    match agencies.iter().position(|folder| folder.id.as_deref() == agency) {
        Some(at) => Ok(agencies.swap_remove(at)),
        None => Err(unknown_agency(agency.unwrap_or_default(), &agencies)),
    }
}

fn unknown_agency(id: &str, agencies: &[AgencyFolder]) -> Failure {
    let known = agencies.iter().filter_map(|folder| folder.id.as_deref());
    match thai::nearest(id, known) {
        Some(near) => Failure::usage(
            format!("ไม่มีโฟลเดอร์ content/{id} หมายถึง {near} หรือไม่"),
            format!("there is no folder content/{id}; did you mean {near}?"),
        ),
        None => Failure::usage(
            format!("ไม่มีโฟลเดอร์ content/{id} ให้สร้าง content/{id}/agency.yaml ก่อน"),
            format!("there is no folder content/{id}; write content/{id}/agency.yaml first"),
        ),
    }
}

/// The agency's full name; its id where the portal does not know more.
fn name(settings: &Settings, folder: &AgencyFolder) -> Result<String> {
    if let Some(agency) = &settings.agency {
        return Ok(agency.profile.name.value.clone());
    }
    let mut unjudged = Findings::default();
    let source = folder
        .about
        .as_ref()
        .map(|file| read::text(file, &Texts::new(), &mut unjudged))
        .transpose()?
        .flatten();
    let agency = source.and_then(|source| parse::agency_file(&source, &mut unjudged).0);
    Ok(agency.map(|agency| agency.profile.name.value).or_else(|| folder.id.clone()).unwrap_or_default())
}

/// The division that wrote the report of the year before: it will most likely write this one too.
fn office(folder: &AgencyFolder, year: FiscalYear) -> Result<Option<String>> {
    let mut unjudged = Findings::default();
    let Some(file) = folder.years.get(&year.previous()).and_then(|year| year.files.get("report.md")) else {
        return Ok(None);
    };
    let source = read::text(file, &Texts::new(), &mut unjudged)?;
    Ok(source.and_then(|source| Some(parse::narrative(&source, &mut unjudged).0.office?.value)))
}

/// Whether an agency has more of a year than answers to its round.
fn has_report(folder: &AgencyFolder, year: FiscalYear) -> bool {
    let files = folder.years.get(&year).into_iter().flat_map(|year| year.files.keys());
    files.into_iter().any(|name| name != "disclosure.yaml")
}

/// What a person is told at the end.
struct Told<'a> {
    root: &'a Path,
    heading: Words,
    written: Written,
    steps: Vec<Words>,
}

/// What to do next with the files in the folder of a year.
fn steps(program: &str, folder: &str, year: FiscalYear, frameworks: &Frameworks) -> Vec<Words> {
    let scores = format!("{folder}/scores.yaml");
    let mut steps =
        vec![Words::new(format!("กรอกคะแนนใน {scores}"), format!("fill in the scores in {scores}"))];
    if frameworks.of(year).is_some() {
        steps.push(Words::new(
            "เขียนบทวิเคราะห์ใน iit.md, eit.md, oit.md และบทสรุปใน report.md",
            "write iit.md, eit.md and oit.md, and the conclusion in report.md",
        ));
        steps.push(Words::new("กำหนดมาตรการใน measures.yaml", "set the measures in measures.yaml"));
    } else if frameworks.years.keys().any(|known| *known < year) {
        steps.push(Words::new(
            format!("เพิ่มเกณฑ์ของปี {year} ซึ่งโปรแกรมยังไม่มี ตามวิธีที่เขียนไว้ในไฟล์นั้น"),
            format!("add the framework of {year}, which is not built in, as that file says"),
        ));
    }
    steps.push(Words::new(
        format!("ตรวจด้วย {program} check แล้วสร้างเว็บไซต์ด้วย {program} build"),
        format!("run {program} check, then {program} build"),
    ));
    steps
}

fn tell(arguments: &Arguments, told: &Told<'_>) -> Result<Ending> {
    if arguments.detail != Detail::Quiet {
        terminal::to_stdout(|out| told.write(arguments.language, out))?;
    }
    Ok(Ending::Done)
}

impl Told<'_> {
    fn write(&self, language: Language, out: &mut dyn Write) -> io::Result<()> {
        let (made, kept, next) = match language {
            Language::Thai => ("สร้าง", "คงเดิม", "ขั้นต่อไป"),
            Language::English => ("made", "kept", "next"),
        };
        writeln!(out, "{}", self.heading.in_language(language))?;
        for (label, paths) in [(made, &self.written.made), (kept, &self.written.kept)] {
            for path in paths {
                writeln!(out, "  {label} {}", below(self.root, Path::new(path)).display())?;
            }
        }
        writeln!(out, "\n{next}")?;
        let steps = self.steps.iter().zip(1..);
        steps
            .into_iter()
            .try_for_each(|(step, number)| writeln!(out, "  {number}. {}", step.in_language(language)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::arguments::{Command, Manner, Then};
    use crate::failure::Cause;
    use crate::finding::print::Format;
    use std::fs;
    use std::path::PathBuf;

    #[test]
    fn results_come_in_august() {
        let check = |(year, month, day): (i16, i8, i8), expected: i16| {
            let today = Date::new(year, month, day).unwrap();
            assert_eq!(last_announced(today).number(), expected, "{today:?}");
        };
        check((2022, 8, 1), 2565);
        check((2022, 7, 31), 2564);
        check((2022, 10, 1), 2565);
        check((2023, 1, 1), 2565);
    }

    fn quiet(root: &Path) -> Arguments {
        Arguments {
            root: root.to_owned(),
            output: PathBuf::from("public"),
            language: Language::Thai,
            format: Format::Human,
            strict: false,
            detail: Detail::Quiet,
            command: Command::Build { manner: Manner::default(), then: Then::End { zip: None } },
        }
    }

    fn example(folder: &Path) -> Answers {
        Answers {
            folder: folder.to_owned(),
            name: Some("องค์การบริหารส่วนตำบลตัวอย่าง".to_owned()),
            short_name: Some("อบต.ตัวอย่าง".to_owned()),
            year: FiscalYear::new(2565),
            ..Answers::default()
        }
    }

    /// The outcome of a command as its exit code would tell it.
    fn code(result: &Result<Ending>) -> u8 {
        match result {
            Ok(ending) => ending.code(),
            Err(failure) => super::super::code(failure.cause),
        }
    }

    #[test]
    fn a_site_is_begun_once() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("ita");
        let today = Date::new(2022, 9, 1).unwrap();
        let begin = || site(&quiet(&root), &example(&root), today);
        assert_eq!(code(&begin()), 0);
        assert!(
            root.join("content/2565/scores.yaml").is_file()
                && root.join("content/2566/disclosure.yaml").is_file()
        );
        let again = begin().unwrap_err();
        assert_eq!(again.cause, Cause::Usage);
        assert!(again.message.en.contains("prongsai.yaml"), "{again}");
        fs::remove_file(root.join("prongsai.yaml")).unwrap();
        assert!(begin().unwrap_err().message.en.contains("index.md"));
    }

    #[test]
    fn a_year_keeps_what_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let new = |number: i16| code(&year(&quiet(root), FiscalYear::new(number).unwrap(), None));
        assert_eq!(new(2566), 2, "there is no site yet");
        site(&quiet(root), &example(root), Date::new(2022, 9, 1).unwrap()).unwrap();
        fs::write(root.join("content/2565/report.md"), "---\noffice: สำนักปลัด\n---\n").unwrap();
        fs::write(root.join("content/2566/disclosure.yaml"), "fiscal_year: 2566\n").unwrap();
        assert_eq!(new(2566), 0);
        assert!(
            root.join("content/2567/disclosure.yaml").is_file(),
            "the round in which the report of 2566 is submitted"
        );
        let text = |path: &str| fs::read_to_string(root.join(path)).unwrap();
        assert_eq!(text("content/2566/disclosure.yaml"), "fiscal_year: 2566\n");
        assert!(text("content/2566/report.md").contains("office: สำนักปลัด\n"));
        fs::remove_file(root.join("content/2567/disclosure.yaml")).unwrap();
        assert_eq!(new(2567), 0);
        assert!(root.join("content/2567/disclosure.yaml").is_file(), "answered with the report of 2566");
        assert_eq!(new(2569), 0);
        assert!(!root.join("content/2569/disclosure.yaml").exists(), "nothing is there to answer it with");
        assert_eq!(new(2571), 0);
        let files: Vec<_> =
            fs::read_dir(root.join("content/2571")).unwrap().map(|file| file.unwrap().file_name()).collect();
        assert_eq!(files, ["scores.yaml"]);
        assert!(!root.join("content/2572").exists(), "two years that nobody has described");
    }

    #[test]
    fn agencies_of_a_portal_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("content/example")).unwrap();
        fs::write(root.join("prongsai.yaml"), "portal: { name: ศูนย์ตัวอย่าง, short_name: ศูนย์ }\n").unwrap();
        let check = |agency: Option<&str>, expected: std::result::Result<(), &str>| {
            let begun = year(&quiet(root), FiscalYear::new(2566).unwrap(), agency).map(drop);
            let told = begun.as_ref().map_err(|failure| failure.message.en.as_str());
            match expected {
                Ok(()) => assert!(told.is_ok(), "{told:?}"),
                Err(part) => assert!(told.is_err_and(|told| told.contains(part)), "{agency:?}"),
            }
        };
        check(None, Err("--agency"));
        check(Some("exmaple"), Err("did you mean example?"));
        check(Some("other"), Err("content/other/agency.yaml"));
        check(Some("example"), Ok(()));
        assert!(root.join("content/example/2566/measures.yaml").is_file());
    }
}

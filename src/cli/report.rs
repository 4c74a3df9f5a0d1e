//! How `check` and `build` tell what they found and did. Every line is made here, whichever stream it goes to.

use super::arguments::{Arguments, Detail};
use super::terminal;
use crate::build::{Outcome, Timings};
use crate::export::Exported;
use crate::failure::Failure;
use crate::finding::print::grid;
use crate::finding::{Finding, Findings, Severity, print};
use crate::fix::Mended;
use crate::language::{Language, Words};
use crate::publish::Published;
use crate::state::Useless;
use crate::thai;
use anstyle::AnsiColor;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

/// What every build leaves in its output.
const MANIFEST: &str = "prongsai-manifest.json";

/// Whether findings stop the command: errors, and with `--strict` warnings.
pub(super) fn is_stopped(arguments: &Arguments, findings: &Findings) -> bool {
    findings.iter().any(|finding| stops(arguments, finding))
}

/// Writes findings as they were asked for, and how many there are.
///
/// # Errors
/// Those of the writer.
pub(super) fn findings(arguments: &Arguments, findings: &Findings, out: &mut dyn Write) -> io::Result<()> {
    found(arguments, findings, out)?;
    closing(arguments, findings, out)
}

/// Writes findings as they were asked for. Who wants nothing but what stops the command is a person.
///
/// # Errors
/// Those of the writer.
pub(super) fn found(arguments: &Arguments, findings: &Findings, mut out: &mut dyn Write) -> io::Result<()> {
    let style = style(arguments, arguments.detail == Detail::Verbose);
    if arguments.detail != Detail::Quiet || !arguments.format.is_read_by_people() {
        return arguments.format.write(findings, &style, &mut out);
    }
    let mut stopping = Findings::default();
    stopping.extend(findings.iter().filter(|finding| stops(arguments, finding)).cloned());
    arguments.format.write(&stopping, &style, &mut out)
}

/// Writes how many findings there are, and how many of them need nobody, for people: programs want nothing else than the findings.
///
/// # Errors
/// Those of the writer.
pub(super) fn closing(arguments: &Arguments, findings: &Findings, mut out: &mut dyn Write) -> io::Result<()> {
    if arguments.detail == Detail::Quiet || !arguments.format.is_read_by_people() {
        return Ok(());
    }
    let style = style(arguments, arguments.detail == Detail::Verbose);
    print::closing(findings, arguments.format, &style, &mut out)?;
    match findings.fixes() {
        0 => Ok(()),
        places => tell(arguments, &mechanical(places), out),
    }
}

/// Writes how many addresses of other sites were not asked for, if any.
///
/// # Errors
/// Those of the writer.
pub(super) fn unasked(arguments: &Arguments, count: usize, out: &mut dyn Write) -> io::Result<()> {
    if count == 0 {
        return Ok(());
    }
    let words = Words::new(
        format!("ยังไม่ได้ตรวจลิงก์ไปยังเว็บไซต์อื่นอีก {count} ลิงก์ เพราะมีมากหรือใช้เวลานานเกินกำหนด"),
        format!(
            "{} to other sites not checked: there are too many, or it took too long",
            number(count, "link")
        ),
    );
    say(arguments, &words, out)
}

/// Writes what became of a build, unless nobody wants to know or programs read on.
///
/// # Errors
/// Those of the writer.
pub(super) fn built(
    arguments: &Arguments,
    outcome: &Outcome,
    elapsed: Duration,
    out: &mut dyn Write,
) -> io::Result<()> {
    if !arguments.format.is_read_by_people() || arguments.detail == Detail::Quiet {
        return Ok(());
    }
    if let Some(words) = outcome.forgotten.and_then(forgotten).filter(|_| arguments.detail == Detail::Verbose)
    {
        say(arguments, &words, out)?;
    }
    let output = arguments.output.display().to_string();
    let Some(published) = &outcome.published else {
        return say(arguments, &stopped(&outcome.findings, &arguments.output), out);
    };
    say(arguments, &done(published, outcome.pages, &output, elapsed), out)?;
    if !published.kept.is_empty() {
        say(arguments, &kept(published), out)?;
    }
    if outcome.findings.has_errors() {
        say(arguments, &Words::new("รอบที่มีข้อผิดพลาดยังไม่ได้เผยแพร่", "rounds with errors were left out"), out)?;
    }
    Ok(())
}

/// Writes what was exported, for people.
///
/// # Errors
/// Those of the writer.
pub(super) fn exported(
    arguments: &Arguments,
    to: &Path,
    exported: &Exported,
    out: &mut dyn Write,
) -> io::Result<()> {
    if !arguments.format.is_read_by_people() || arguments.detail == Detail::Quiet {
        return Ok(());
    }
    let Exported { agencies, rows, bytes } = *exported;
    let (to, kilobytes) = (to.display(), bytes.div_ceil(1000));
    let words = Words::new(
        format!("ส่งออก {rows} แถวของ {agencies} หน่วยงานไว้ใน {to} แล้ว ({kilobytes} กิโลไบต์)"),
        format!(
            "exported {} of {agencies} {} to {to} ({kilobytes} KB)",
            number(rows, "row"),
            if agencies == 1 { "agency" } else { "agencies" },
        ),
    );
    say(arguments, &words, out)
}

/// Writes that the site is in an archive as well, for people.
///
/// # Errors
/// Those of the writer.
pub(super) fn archived(arguments: &Arguments, file: &Path, size: u64, out: &mut dyn Write) -> io::Result<()> {
    if !arguments.format.is_read_by_people() || arguments.detail == Detail::Quiet {
        return Ok(());
    }
    let (file, kilobytes) = (file.display(), size.div_ceil(1000));
    let words = Words::new(
        format!("รวมเว็บไซต์ไว้ใน {file} แล้ว ({kilobytes} กิโลไบต์)"),
        format!("put the site into {file} ({kilobytes} KB)"),
    );
    say(arguments, &words, out)
}

/// Writes that files are watched from now on, for people.
///
/// # Errors
/// Those of the writer.
pub(super) fn watching(arguments: &Arguments, out: &mut dyn Write) -> io::Result<()> {
    if arguments.detail == Detail::Quiet {
        return Ok(());
    }
    say(arguments, &Words::new("กำลังเฝ้าดูไฟล์ กด Ctrl-C เพื่อเลิก", "watching the files; Ctrl-C ends it"), out)
}

/// Writes what a person should know.
///
/// # Errors
/// Those of the writer.
pub(super) fn notice(arguments: &Arguments, notice: &Words, out: &mut dyn Write) -> io::Result<()> {
    tell(arguments, notice, out)
}

/// Writes what `check --fix` mended.
///
/// # Errors
/// Those of the writer.
pub(super) fn mended(arguments: &Arguments, files: &[Mended], out: &mut dyn Write) -> io::Result<()> {
    if !arguments.format.is_read_by_people() || arguments.detail == Detail::Quiet {
        return Ok(());
    }
    tell(arguments, &extent(files, Words::new("แก้ไขแล้ว", "mended")), out)
}

/// Writes what `check --fix` would mend, and what it would leave.
///
/// # Errors
/// Those of the writer.
pub(super) fn would_mend(
    arguments: &Arguments,
    files: &[Mended],
    left: &Findings,
    out: &mut dyn Write,
) -> io::Result<()> {
    if arguments.detail == Detail::Quiet {
        return Ok(());
    }
    tell(arguments, &extent(files, Words::new("จะแก้ไข", "would mend")), out)?;
    if files.is_empty() {
        return Ok(());
    }
    let Words { th, en } = print::counts(left);
    let words = Words::new(
        format!("หลังแก้ไขจะ{th} ขณะนี้ยังไม่ได้เขียนไฟล์ใด สั่ง prongsai check --fix เพื่อแก้ไขจริง"),
        format!("a check after that: {en}; nothing is written yet, `prongsai check --fix` does it"),
    );
    tell(arguments, &words, out)
}

/// Writes where the time of a build went, part by part.
///
/// # Errors
/// Those of the writer.
pub(super) fn timings(arguments: &Arguments, timings: &Timings, out: &mut dyn Write) -> io::Result<()> {
    let parts = [
        (("สำรวจไฟล์", "survey"), timings.survey),
        (("หน่วยงาน", "agencies"), timings.agencies),
        (("หน้าของเว็บไซต์", "site"), timings.site),
        (("นำขึ้นแทนที่", "publishing"), timings.publishing),
    ];
    for ((th, en), time) in parts {
        let name = Words::new(th, en);
        let name = name.in_language(arguments.language);
        let padding = " ".repeat(16 - thai::display_width(name).min(16));
        writeln!(out, "  {name}{padding}{:>8} ms", time.as_millis())?;
    }
    Ok(())
}

/// Writes why a command ended early.
///
/// # Errors
/// Those of the writer.
pub(super) fn failure(failure: &Failure, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let colour = AnsiColor::Red.on_default().bold();
    let label = match language {
        Language::Thai => "ผิดพลาด:",
        Language::English => "error:",
    };
    writeln!(out, "{colour}{label}{colour:#} {}", failure.message.in_language(language))
}

/// Writes one line.
///
/// # Errors
/// Those of the writer.
fn say(arguments: &Arguments, words: &Words, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", words.in_language(arguments.language))
}

/// Writes a text in as many lines as it takes.
///
/// # Errors
/// Those of the writer.
fn tell(arguments: &Arguments, words: &Words, out: &mut dyn Write) -> io::Result<()> {
    let lines = grid::wrap(words.in_language(arguments.language), terminal::width());
    lines.iter().try_for_each(|line| writeln!(out, "{line}"))
}

/// How findings are laid out for a person.
pub(super) fn style(arguments: &Arguments, notes: bool) -> print::Style<'_> {
    // Another folder than the current one, if its name can be written at all.
    let folder = arguments.root.to_str().filter(|folder| *folder != ".").unwrap_or_default();
    print::Style { language: arguments.language, width: terminal::width(), notes, folder }
}

fn stops(arguments: &Arguments, finding: &Finding) -> bool {
    match finding.severity {
        Severity::Error => true,
        Severity::Warning => arguments.strict,
        Severity::Note => false,
    }
}

fn mechanical(places: usize) -> Words {
    Words::new(
        format!("แก้ให้ได้เอง {places} แห่งด้วย prongsai check --fix (ดูก่อนด้วย --fix --dry-run)"),
        format!(
            "`prongsai check --fix` mends {} (see them first with --fix --dry-run)",
            number(places, "place")
        ),
    )
}

/// What was done, in how many places of how many files, and to which kinds of findings.
fn extent(files: &[Mended], done: Words) -> Words {
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for code in files.iter().flat_map(Mended::codes) {
        *kinds.entry(code).or_default() += 1;
    }
    if kinds.is_empty() {
        return Words::new("ไม่มีสิ่งที่แก้ให้ได้เอง", "there is nothing that could be mended by itself");
    }
    let places = kinds.values().sum();
    let kinds: Vec<String> = kinds.iter().map(|(code, count)| format!("{code} {count}")).collect();
    let kinds = kinds.join(", ");
    Words::new(
        format!("{} {places} แห่งใน {} ไฟล์: {kinds}", done.th, files.len()),
        format!("{} {} in {}: {kinds}", done.en, number(places, "place"), number(files.len(), "file")),
    )
}

fn stopped(findings: &Findings, output: &Path) -> Words {
    let (th, en) = match findings.has_errors() {
        true => ("มีข้อผิดพลาด จึงไม่ได้สร้างเว็บไซต์", "nothing was published because of errors"),
        false => (
            "มีคำเตือน จึงไม่ได้สร้างเว็บไซต์ตามที่สั่ง --strict",
            "nothing was published because of warnings and --strict",
        ),
    };
    if !output.join(MANIFEST).exists() {
        return Words::new(th, en);
    }
    let output = output.display();
    Words::new(
        format!("{th} เว็บไซต์เดิมใน {output} ยังอยู่ตามเดิม"),
        format!("{en}; the site in {output} is as it was"),
    )
}

fn done(published: &Published, pages: usize, output: &str, elapsed: Duration) -> Words {
    let Published { written, deleted, .. } = *published;
    if written == 0 && deleted == 0 {
        return Words::new(
            format!("ไม่มีอะไรเปลี่ยนแปลง ({pages} หน้า)"),
            format!("nothing changed ({})", number(pages, "page")),
        );
    }
    let hundredths = elapsed.as_millis() / 10;
    let seconds = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    Words::new(
        format!("สร้าง {pages} หน้า เขียน {written} ไฟล์ ลบ {deleted} ไฟล์ ไปยัง {output} ใน {seconds} วินาที"),
        format!(
            "made {}, wrote {} and deleted {} in {output} in {seconds} s",
            number(pages, "page"),
            number(written, "file"),
            number(deleted, "file"),
        ),
    )
}

/// Why every page was made again; nothing where that is no wonder.
fn forgotten(useless: Useless) -> Option<Words> {
    let (th, en) = match useless {
        Useless::Missing => return None,
        Useless::Broken => ("ข้อมูลนั้นเสียหาย", "it is broken"),
        Useless::Outdated => (
            "โปรแกรม การตั้งค่า ธีม หรือเกณฑ์ของปีงบประมาณเปลี่ยนไปแล้ว",
            "the program, the settings, the theme or a framework has changed since",
        ),
        Useless::Foreign => {
            ("โฟลเดอร์ปลายทางไม่ใช่เว็บไซต์ที่สร้างไว้ในครั้งนั้น", "the output is not the site that it left there")
        }
        Useless::OtherForms => (
            "ครั้งนี้ใช้หรือไม่ใช้ --compress ต่างจากครั้งนั้น",
            "--compress is given now and was not then, or the reverse",
        ),
    };
    Some(Words::new(
        format!("สร้างใหม่ทุกหน้าโดยไม่ใช้ข้อมูลจากการสร้างครั้งก่อน เพราะ{th}"),
        format!("made every page again, without what the last build remembered: {en}"),
    ))
}

fn kept(published: &Published) -> Words {
    let files = published.kept.join(", ");
    Words::new(
        format!("ไม่ได้ลบไฟล์เก่าที่มีผู้แก้ไขหลังการสร้างครั้งก่อน: {files}"),
        format!("old files that somebody changed since the last build were not deleted: {files}"),
    )
}

/// So many of something, in English.
pub(super) fn number(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::super::arguments::Command;
    use super::*;
    use crate::finding::catalog::files;
    use crate::finding::print::Format;

    fn arguments(format: Format, strict: bool, detail: Detail) -> Arguments {
        let language = Language::English;
        let (root, output) = (".".into(), "public".into());
        Arguments { root, output, language, format, strict, detail, command: Command::Explain(None) }
    }

    /// One finding of each severity asked for.
    fn some(severities: &[Severity]) -> Findings {
        let mut some = Findings::default();
        some.extend(severities.iter().map(|severity| files::missing_file("a.yaml").severity(*severity)));
        some
    }

    fn written(write: impl Fn(&mut dyn Write) -> io::Result<()>) -> String {
        let mut out = anstream::StripStream::new(Vec::new());
        write(&mut out).unwrap();
        String::from_utf8(out.into_inner()).unwrap()
    }

    #[test]
    fn what_is_shown_and_what_stops() {
        use Severity::{Error, Note, Warning};
        let all = [Error, Warning, Note];
        let check = |arguments: &Arguments, list: &[Severity], shown: usize, last: &str, is_stop: bool| {
            let list = some(list);
            let text = written(|out| findings(arguments, &list, out));
            assert_eq!(text.matches("files/missing-file").count(), shown, "{text}");
            assert!(text.trim_end().ends_with(last), "{text}");
            assert_eq!(is_stopped(arguments, &list), is_stop, "{text}");
        };
        let usual = arguments(Format::Human, false, Detail::Usual);
        check(&usual, &all, 2, "found 1 error, 1 warning, 1 note (see notes with -v)", true);
        check(&usual, &[Warning], 1, "found 1 warning", false);
        check(&usual, &[], 0, "found no errors", false);
        check(&arguments(Format::Human, false, Detail::Verbose), &all, 3, "1 note", true);
        check(&arguments(Format::Human, true, Detail::Usual), &[Warning], 1, "found 1 warning", true);
        check(&arguments(Format::Human, false, Detail::Quiet), &all, 1, "`prongsai init`", true);
        check(&arguments(Format::Human, true, Detail::Quiet), &[Warning, Note], 1, "`prongsai init`", true);
        check(&arguments(Format::Json, false, Detail::Quiet), &all, 3, "}", true);
    }

    #[test]
    fn what_became_of_a_build() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("public");
        let check = |list: &[Severity], published: Option<(usize, &[&str])>, expected: &[&str]| {
            let published = published.map(|(written, kept)| Published {
                written,
                unchanged: 3,
                deleted: 0,
                kept: kept.iter().map(|path| (*path).to_owned()).collect(),
                bytes: 1,
            });
            let outcome = Outcome { findings: some(list), pages: 9, published, ..Outcome::default() };
            let arguments =
                Arguments { output: output.clone(), ..arguments(Format::Human, true, Detail::Usual) };
            let text = written(|out| built(&arguments, &outcome, Duration::from_millis(1056), out));
            let text = text.replace(&output.display().to_string(), "public");
            assert_eq!(text.lines().collect::<Vec<_>>(), expected);
        };
        check(&[], Some((1, &[])), &["made 9 pages, wrote 1 file and deleted 0 files in public in 1.05 s"]);
        check(&[], Some((0, &[])), &["nothing changed (9 pages)"]);
        check(
            &[],
            Some((0, &["a", "b"])),
            &[
                "nothing changed (9 pages)",
                "old files that somebody changed since the last build were not deleted: a, b",
            ],
        );
        check(
            &[Severity::Error],
            Some((0, &[])),
            &["nothing changed (9 pages)", "rounds with errors were left out"],
        );
        check(&[Severity::Error], None, &["nothing was published because of errors"]);
        let check_forgotten = |useless: Useless, detail: Detail, expected: Option<&str>| {
            let outcome = Outcome { forgotten: Some(useless), ..Outcome::default() };
            let arguments = arguments(Format::Human, true, detail);
            let text = written(|out| built(&arguments, &outcome, Duration::ZERO, out));
            let told = text.lines().find(|line| line.starts_with("made every page again"));
            assert_eq!(told.map(|line| line.rsplit(": ").next().unwrap()), expected, "{text}");
        };
        check_forgotten(Useless::Broken, Detail::Verbose, Some("it is broken"));
        check_forgotten(
            Useless::Foreign,
            Detail::Verbose,
            Some("the output is not the site that it left there"),
        );
        check_forgotten(Useless::Missing, Detail::Verbose, None);
        check_forgotten(Useless::Broken, Detail::Usual, None);
        std::fs::create_dir(&output).unwrap();
        std::fs::write(output.join(MANIFEST), "").unwrap();
        check(
            &[Severity::Warning],
            None,
            &["nothing was published because of warnings and --strict; the site in public is as it was"],
        );
    }
}

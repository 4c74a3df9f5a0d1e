//! What the terminal says while a site is served: where it is to be seen, what is found as it comes and goes, and nothing else.

use super::arguments::{Arguments, Detail};
use super::{report, terminal};
use crate::finding::print::counts;
use crate::finding::{Finding, Findings};
use crate::language::Words;
use crate::preview::Told;
use crate::serve::News;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};

/// Tells news, and remembers what was told.
pub(super) struct Log {
    arguments: Arguments,
    /// Whether a browser is opened as well.
    open: bool,
    last: Mutex<Told>,
}

/// What makes a finding the same as one of before, though its line has moved.
type Mark = (String, &'static str, String);

impl Log {
    pub(super) fn new(arguments: Arguments, open: bool) -> Log {
        Log { arguments, open, last: Mutex::default() }
    }

    /// Tells one piece of news. Where nobody reads any more, the site is served all the same.
    pub(super) fn tell(&self, news: News) {
        let _ = match news {
            News::Open(address) => self.begin(&address),
            News::Told(told) => {
                let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
                let written = terminal::to_stderr(|out| self.changes(&last, &told, out));
                *last = told;
                written
            }
            News::Notice(words) => terminal::to_stderr(|out| self.say(&words, out)),
        };
    }

    fn begin(&self, address: &str) -> crate::failure::Result<()> {
        let words = Words::new(
            format!("ดูเว็บไซต์ได้ที่ {address} (กด Ctrl-C เพื่อหยุด)"),
            format!("the site is to be seen at {address} (Ctrl-C stops)"),
        );
        terminal::to_stdout(|out| self.say(&words, out))?;
        if self.open && open::that_detached(address).is_err() {
            let words = Words::new(
                "เปิดเบราว์เซอร์ให้ไม่ได้ กรุณาเปิดที่อยู่ข้างต้นเอง",
                "no browser could be opened; please open the address above",
            );
            terminal::to_stderr(|out| self.say(&words, out))?;
        }
        Ok(())
    }

    /// Writes what is new, and how many there are now.
    fn changes(&self, last: &Told, told: &Told, out: &mut dyn Write) -> io::Result<()> {
        let new = beyond(&told.findings, &last.findings);
        let gone = beyond(&last.findings, &told.findings);
        let is_new = |failure: &&crate::failure::Failure| {
            last.failure.as_ref().is_none_or(|last| last.message != failure.message)
        };
        if let Some(failure) = told.failure.as_ref().filter(is_new) {
            report::failure(failure, self.arguments.language, out)?;
        }
        if new.iter().next().is_none() && gone.iter().next().is_none() {
            return Ok(());
        }
        report::found(&self.arguments, &new, out)?;
        if self.arguments.detail == Detail::Quiet || !self.arguments.format.is_read_by_people() {
            return Ok(());
        }
        let Words { th, en } = counts(&told.findings);
        match gone.iter().map(Finding::places).sum() {
            0 => self.say(&Words::new(th, en), out),
            gone => {
                self.say(&Words::new(format!("หมดไป {gone} แห่ง {th}"), format!("{gone} gone, {en}")), out)
            }
        }
    }

    fn say(&self, words: &Words, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", words.in_language(self.arguments.language))
    }
}

/// The findings of one collection that another does not have, or has less often.
fn beyond(findings: &Findings, others: &Findings) -> Findings {
    let mut known: BTreeMap<Mark, usize> = BTreeMap::new();
    for finding in others.iter() {
        *known.entry(mark(finding)).or_default() += 1;
    }
    let is_beyond = |finding: &&Finding| match known.get_mut(&mark(finding)) {
        Some(count @ 1..) => {
            *count -= 1;
            false
        }
        _ => true,
    };
    let mut beyond = Findings::default();
    beyond.extend(findings.iter().filter(is_beyond).cloned());
    beyond
}

fn mark(finding: &Finding) -> Mark {
    let words = format!("{} {}", finding.severity.code(), finding.message.th);
    (finding.location.file.clone(), finding.kind.code, words)
}

#[cfg(test)]
mod tests {
    use super::super::arguments::Command;
    use super::*;
    use crate::finding::Severity;
    use crate::finding::catalog::files;
    use crate::finding::print::Format;
    use crate::language::Language;

    fn told(paths: &[&str]) -> Told {
        let mut findings = Findings::default();
        findings.extend(paths.iter().map(|path| files::missing_file(path)));
        Told { findings, ..Told::default() }
    }

    fn log(format: Format, detail: Detail) -> Log {
        let (root, output) = (".".into(), "public".into());
        let (language, command) = (Language::English, Command::Explain(None));
        Log::new(Arguments { root, output, language, format, strict: false, detail, command }, false)
    }

    #[test]
    fn findings_are_told_as_they_come_and_go() {
        let check = |detail: Detail, last: &[&str], now: &[&str], shown: usize, closing: &str| {
            let mut out = anstream::StripStream::new(Vec::new());
            log(Format::Human, detail).changes(&told(last), &told(now), &mut out).unwrap();
            let text = String::from_utf8(out.into_inner()).unwrap();
            assert_eq!(text.matches("files/missing-file").count(), shown, "{text}");
            assert_eq!(text.lines().last().unwrap_or_default(), closing, "{text}");
        };
        let usual = Detail::Usual;
        check(usual, &[], &[], 0, "");
        check(usual, &[], &["a"], 1, "found 1 error");
        check(usual, &["a"], &["a"], 0, "");
        check(usual, &["a"], &["a", "a", "b"], 2, "found 3 errors");
        check(usual, &["a", "b"], &["b"], 0, "1 gone, found 1 error");
        check(usual, &["a"], &["b"], 1, "1 gone, found 1 error");
        check(usual, &["a"], &[], 0, "1 gone, found no errors");
        check(Detail::Quiet, &["a"], &[], 0, "");
    }

    #[test]
    fn another_weight_is_another_finding() {
        let [error, mut note] = [told(&["a"]), told(&[])];
        note.findings.extend([files::missing_file("a").severity(Severity::Note)]);
        assert_eq!(beyond(&note.findings, &error.findings).iter().count(), 1);
    }
}

//! What `init` has to know: told by flags, or asked at the terminal.

use super::arguments::{Answers, fiscal_year};
use crate::failure::{Cause, Failure, Result};
use crate::finding::{Findings, Severity};
use crate::language::{Language, Words};
use crate::model::AgencyKind;
use crate::model::date::FiscalYear;
use crate::parse;
use crate::scaffold::{self, NewSite};
use crate::source::Source;
use std::io::{self, BufRead, Write};
use std::path::Path;

/// Somebody at a terminal, and their language.
pub(super) struct Interview<'a> {
    pub(super) language: Language,
    pub(super) input: &'a mut dyn BufRead,
    pub(super) output: &'a mut dyn Write,
}

/// Whether the flags leave nothing that must be asked.
pub(super) fn are_enough(told: &Answers) -> bool {
    told.name.is_some() && told.short_name.is_some()
}

/// What the flags say, in the usual year unless they name one.
///
/// # Errors
/// Wrong use, naming the flags that are missing, or what is wrong with one.
pub(super) fn from_flags(told: Answers, usual: FiscalYear) -> Result<NewSite> {
    let (Some(name), Some(short_name)) = (told.name, told.short_name) else {
        return Err(Failure::usage(
            "ต้องระบุ --name (ชื่อเต็มของหน่วยงาน) และ --short-name (ชื่อย่อ) เพราะไม่มีหน้าจอให้ถาม",
            "--name and --short-name are required, since there is no terminal to ask at",
        ));
    };
    let Answers { address, phone, base_url, year, .. } = told;
    let new = NewSite { name, short_name, address, phone, base_url, year: year.unwrap_or(usual) };
    match flaw(&new) {
        Some(message) => Err(Failure { cause: Cause::Usage, message }),
        None => Ok(new),
    }
}

impl Interview<'_> {
    /// Asks for everything that was not told.
    ///
    /// # Errors
    /// Wrong use if the answers end too early; otherwise only the machine's.
    pub(super) fn hold(&mut self, told: Answers, usual: FiscalYear) -> Result<NewSite> {
        self.say(&Words::new(
            "เริ่มเว็บไซต์ใหม่: กด Enter เพื่อใช้ค่าใน [ ] หรือข้ามข้อที่ยังไม่มีข้อมูล",
            "A new site: press Enter to take what stands in [ ], or to skip",
        ))?;
        let name =
            self.required(told.name, &Words::new("ชื่อเต็มของหน่วยงาน", "full name of the agency"), None)?;
        let short_form = short_form(&name);
        let short_name =
            self.required(told.short_name, &Words::new("ชื่อย่อ", "short name"), short_form.as_deref())?;
        let year = told.year.map_or_else(|| self.year(usual), Ok)?;
        let phone = self.optional(told.phone, &Words::new("โทรศัพท์ของสำนักงาน", "telephone of the office"))?;
        let address = self.optional(told.address, &Words::new("ที่ตั้งสำนักงาน", "address of the office"))?;
        let place = Words::new("ที่อยู่เว็บไซต์ https://…/", "address of the site, https://…/");
        let base_url = self.optional(told.base_url, &place)?;
        let mut new = NewSite { name, short_name, address, phone, base_url, year };
        while let Some(message) = new.base_url.as_ref().and_then(|_| flaw(&new)) {
            self.say(&message)?;
            new.base_url = self.optional(None, &place)?;
        }
        self.say(&Words::new("", ""))?;
        Ok(new)
    }

    fn required(&mut self, told: Option<String>, question: &Words, usual: Option<&str>) -> Result<String> {
        let hint = usual.map(|usual| format!(" [{usual}]")).unwrap_or_default();
        let mut answer = told;
        loop {
            match answer.filter(|answer| !answer.is_empty()) {
                Some(answer) => return Ok(answer),
                None => answer = self.ask(question, &hint)?.or_else(|| usual.map(str::to_owned)),
            }
        }
    }

    fn optional(&mut self, told: Option<String>, question: &Words) -> Result<Option<String>> {
        let hint = Words::new(" (ข้ามได้)", " (optional)");
        told.map_or_else(|| self.ask(question, hint.in_language(self.language)), |told| Ok(Some(told)))
    }

    fn year(&mut self, usual: FiscalYear) -> Result<FiscalYear> {
        let question = Words::new("ปีงบประมาณที่ถูกประเมิน", "assessed fiscal year");
        loop {
            match self.ask(&question, &format!(" [{usual}]"))?.map_or(Ok(usual), |year| fiscal_year(&year)) {
                Ok(year) => return Ok(year),
                Err(failure) => self.say(&failure.message)?,
            }
        }
    }

    /// The answer, or none where Enter alone was pressed.
    fn ask(&mut self, question: &Words, hint: &str) -> Result<Option<String>> {
        let mut line = String::new();
        let question = question.in_language(self.language);
        let asked = write!(self.output, "{question}{hint}: ").and_then(|()| self.output.flush());
        let length = asked.and_then(|()| self.input.read_line(&mut line)).map_err(|error| refusal(&error))?;
        if length == 0 {
            return Err(Failure::usage(
                "คำตอบไม่ครบ จึงยังไม่ได้สร้างไฟล์ใด",
                "the answers ended, so nothing was written",
            ));
        }
        Ok(Some(line.trim().to_owned()).filter(|answer| !answer.is_empty()))
    }

    fn say(&mut self, words: &Words) -> Result<()> {
        writeln!(self.output, "{}", words.in_language(self.language)).map_err(|error| refusal(&error))
    }
}

fn refusal(error: &io::Error) -> Failure {
    Failure::io(Path::new("terminal"), error)
}

/// The first error that the settings of a new site would have.
fn flaw(new: &NewSite) -> Option<Words> {
    let mut findings = Findings::default();
    parse::settings(&Source::new("prongsai.yaml", scaffold::settings(new)), &mut findings);
    findings.iter().find(|finding| finding.severity == Severity::Error).map(|finding| finding.message.clone())
}

/// The short name that a full one usually has: อบต.… of องค์การบริหารส่วนตำบล….
fn short_form(name: &str) -> Option<String> {
    let (kind, proper) = AgencyKind::split(name);
    let (.., prefixes) = AgencyKind::ALL.iter().find(|(known, ..)| *known == kind)?;
    prefixes.first().map(|prefix| format!("{prefix}{proper}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(number: i16) -> FiscalYear {
        FiscalYear::new(number).unwrap()
    }

    fn held(told: Answers, typed: &str) -> (Result<NewSite>, String) {
        let mut output = Vec::new();
        let mut interview =
            Interview { language: Language::Thai, input: &mut typed.as_bytes(), output: &mut output };
        let new = interview.hold(told, year(2565));
        (new, String::from_utf8(output).unwrap())
    }

    #[test]
    fn an_interview() {
        let check = |typed: &str, expected: [&str; 5], number: i16| {
            let (new, shown) = held(Answers::default(), typed);
            let new = new.unwrap();
            let optional = |text: &Option<String>| text.clone().unwrap_or_default();
            let given = [
                new.name.clone(),
                new.short_name.clone(),
                optional(&new.phone),
                optional(&new.address),
                optional(&new.base_url),
            ];
            assert_eq!((given.each_ref().map(String::as_str), new.year), (expected, year(number)), "{shown}");
        };
        let name = "องค์การบริหารส่วนตำบลตัวอย่าง";
        check(&format!("{name}\n\n\n\n\n\n"), [name, "อบต.ตัวอย่าง", "", "", ""], 2565);
        check(&format!("\n {name} \nตัวอย่าง\n๒๕๖๖\n1\nก ข\n\n"), [name, "ตัวอย่าง", "1", "ก ข", ""], 2566);
        check(
            "กรมตัวอย่าง\n\nกตย.\nปีนี้\n2564\n\n\nexample.go.th\nhttps://example.go.th\n",
            ["กรมตัวอย่าง", "กตย.", "", "", "https://example.go.th"],
            2564,
        );
    }

    #[test]
    fn what_was_told_is_not_asked() {
        let told = Answers { name: Some("ก".to_owned()), year: Some(year(2564)), ..Answers::default() };
        let (new, shown) = held(told, "ข\n\n\n\n");
        assert_eq!(new.unwrap().year, year(2564));
        assert!(
            shown.contains("ชื่อย่อ") && !shown.contains("ชื่อเต็ม") && !shown.contains("ปีงบประมาณ"),
            "{shown}"
        );
    }

    #[test]
    fn answers_that_end_too_early_are_wrong_use() {
        let (new, _) = held(Answers::default(), "องค์การบริหารส่วนตำบลตัวอย่าง\n");
        assert_eq!(new.unwrap_err().cause, Cause::Usage);
    }

    #[test]
    fn flags_alone() {
        let check = |name: Option<&str>, base_url: Option<&str>, problem: Option<&str>| {
            let text = |text: &str| text.to_owned();
            let told = Answers {
                name: name.map(text),
                short_name: Some(text("อบต.ตัวอย่าง")),
                base_url: base_url.map(text),
                ..Answers::default()
            };
            let failure = from_flags(told, year(2565)).err();
            assert_eq!(failure.is_some(), problem.is_some(), "{failure:?}");
            assert!(failure.is_none_or(|failure| failure.message.en.contains(problem.unwrap_or_default())));
        };
        check(Some("ก"), None, None);
        check(Some("ก"), Some("https://example.go.th/ita"), None);
        check(Some("ก"), Some("example.go.th"), Some("base_url"));
        check(None, None, Some("--name"));
    }
}

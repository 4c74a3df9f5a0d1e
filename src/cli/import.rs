//! `import`: scores from a spreadsheet, and the template of one.

use super::arguments::{Arguments, Detail};
use super::{Ending, begin, difference, report, terminal};
use crate::failure::{Failure, Result};
use crate::finding::Findings;
use crate::import::{self, Form, Import, Request};
use crate::language::Words;
use crate::model::date::{Date, FiscalYear};
use std::path::{Path, PathBuf};

/// What an import was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Order {
    /// Where the table lies.
    pub(super) file: PathBuf,
    /// The same as it was typed.
    pub(super) name: String,
    /// Of a table without years.
    pub(super) year: Option<FiscalYear>,
    /// Whether the table is right where files say something else.
    pub(super) overwrites: bool,
    /// Whether nothing is to be written.
    pub(super) is_dry_run: bool,
}

/// What becomes of files.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Become {
    Written,
    WouldBeWritten,
    /// Findings stop it.
    Nothing,
}

/// Imports a table: all of it, or nothing.
pub(super) fn import(arguments: &Arguments, order: &Order) -> Result<Ending> {
    let request = Request {
        root: &arguments.root,
        file: &order.file,
        name: &order.name,
        year: order.year,
        overwrites: order.overwrites,
    };
    let import = import::plan(&request)?;
    let is_told = import.findings.iter().next().is_some() || !arguments.format.is_read_by_people();
    if is_told {
        terminal::to_stdout(|out| report::findings(arguments, &import.findings, out))?;
    }
    let becomes = match (report::is_stopped(arguments, &import.findings), order.is_dry_run) {
        (true, _) => Become::Nothing,
        (false, true) => Become::WouldBeWritten,
        (false, false) => Become::Written,
    };
    match becomes {
        Become::Written => import.write(&arguments.root)?,
        Become::WouldBeWritten if arguments.format.is_read_by_people() => show(arguments, &import)?,
        Become::WouldBeWritten | Become::Nothing => {}
    }
    tell(arguments, &summary(&import, becomes))?;
    Ok(if becomes == Become::Nothing { Ending::Found } else { Ending::Done })
}

/// Writes the table that is to be filled in.
pub(super) fn template(
    arguments: &Arguments,
    file: &Path,
    year: Option<FiscalYear>,
    overwrites: bool,
    today: Date,
) -> Result<Ending> {
    let form = Form::of(file).ok_or_else(|| no_form(file))?;
    let year = year.unwrap_or_else(|| begin::last_announced(today));
    let mut findings = Findings::default();
    let rows = import::template(&arguments.root, (file, form), year, overwrites, &mut findings)?;
    let Some(rows) = rows else {
        terminal::to_stdout(|out| report::findings(arguments, &findings, out))?;
        return Ok(Ending::Found);
    };
    let place = file.display();
    let words = Words::new(
        format!("สร้างแม่แบบ {place} แล้ว ({rows} แถว) กรอกแล้วนำเข้าด้วย prongsai import {place}"),
        format!(
            "wrote the template {place} ({}); fill it in, then prongsai import {place}",
            report::number(rows, "row")
        ),
    );
    tell(arguments, &[words])?;
    Ok(Ending::Done)
}

fn show(arguments: &Arguments, import: &Import) -> Result<()> {
    terminal::to_stdout(|out| {
        difference::begun(arguments, import.new.iter().map(|new| (new.file.path.as_str(), &new.step)), out)?;
        difference::files(arguments, &import.changed.files, out)
    })
}

/// Lines for people.
fn tell(arguments: &Arguments, lines: &[Words]) -> Result<()> {
    if !arguments.format.is_read_by_people() || arguments.detail == Detail::Quiet {
        return Ok(());
    }
    terminal::to_stdout(|out| lines.iter().try_for_each(|line| report::notice(arguments, line, out)))
}

/// What was read, and what becomes of it.
fn summary(import: &Import, becomes: Become) -> Vec<Words> {
    let mut lines = Vec::new();
    let sheets: Vec<&str> =
        import.passed_over.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
    // Where no sheet is a table, that is the finding.
    if !sheets.is_empty() && import.rows > 0 {
        let sheets = sheets.join(", ");
        lines.push(Words::new(
            format!("ไม่ได้อ่านแผ่นงานที่ไม่ใช่ผลคะแนน: {sheets}"),
            format!("sheets without results were passed over: {sheets}"),
        ));
    }
    let Import { rows, agencies, unchanged, .. } = *import;
    if rows == 0 && becomes == Become::Nothing {
        return vec![Words::new("ไม่ได้เขียนไฟล์ใด", "nothing was written")];
    }
    let (new, changed) = (import.new.len(), import.changed.files.len());
    let read = Words::new(
        format!("อ่าน {rows} แถวของ {agencies} หน่วยงาน"),
        format!("read {} of {}", report::number(rows, "row"), agencies_in_english(agencies)),
    );
    let (th, en) = match becomes {
        Become::Nothing => (
            " ไม่ได้เขียนไฟล์ใด เพราะมีสิ่งที่ต้องแก้ก่อน".to_owned(),
            "; nothing was written, since there is something to mend first".to_owned(),
        ),
        Become::Written => (
            format!(" สร้าง {new} ไฟล์ แก้ไข {changed} ไฟล์ คงเดิม {unchanged} ไฟล์"),
            format!(
                ": made {}, changed {changed}, left {unchanged} as they were",
                report::number(new, "file")
            ),
        ),
        Become::WouldBeWritten => (
            format!(" จะสร้าง {new} ไฟล์ แก้ไข {changed} ไฟล์ คงเดิม {unchanged} ไฟล์ ขณะนี้ยังไม่ได้เขียนไฟล์ใด"),
            format!(
                ": would make {}, change {changed} and leave {unchanged} as they are; nothing is written yet",
                report::number(new, "file")
            ),
        ),
    };
    lines.push(Words::new(format!("{}{th}", read.th), format!("{}{en}", read.en)));
    lines
}

fn agencies_in_english(count: usize) -> String {
    if count == 1 { "1 agency".to_owned() } else { format!("{count} agencies") }
}

fn no_form(file: &Path) -> Failure {
    let file = file.display();
    Failure::usage(
        format!("แม่แบบเป็นไฟล์ .xlsx หรือ .csv แต่ระบุ {file}"),
        format!("a template is a file .xlsx or .csv, not {file}"),
    )
}

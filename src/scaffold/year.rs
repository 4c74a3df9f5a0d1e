//! The files of an assessed year as they begin: everything that its framework lists, nothing that an officer has to say.

use super::{NewFile, NewYear, fill, one_line, scalar};
use crate::framework::{Component, Framework, Frameworks, Group, Instrument, Item, ShownBy, Sure};
use crate::language::{Language, Numerals};
use crate::model::ItemCode;
use crate::model::date::{FiscalYear, Period};
use crate::parse::ANALYSES;

/// The headings under which agencies write what the analysis must contain. A framework names only their beginnings.
const HEADINGS: [&str; 2] = ["ประเด็นที่ต้องแก้ไข/ปรับปรุง", "การปรับปรุง"];

/// `scores.yaml` with every indicator of the year.
pub(super) fn scores(new: &NewYear<'_>, frameworks: &Frameworks) -> NewFile {
    let framework = frameworks.of(new.year);
    let levels = framework.map(|framework| {
        let names: Vec<&str> = framework.levels.iter().map(|level| level.name.as_str()).collect();
        format!(": {}", names.join(", "))
    });
    let indicators = framework.map_or_else(|| without_framework(new.year, frameworks), indicators);
    let values = [
        ("year", new.year.to_string()),
        ("thai_year", in_thai(new.year)),
        ("levels", levels.unwrap_or_else(|| "ตามที่ประกาศ".to_owned())),
        ("indicators", indicators),
    ];
    new.file("scores.yaml", fill(include_str!("scores.yaml"), &values))
}

/// `report.md` with an opening that holds for every report.
pub(super) fn report(new: &NewYear<'_>) -> NewFile {
    let office = new.office.map(scalar).unwrap_or_default();
    let values = [("year", new.year.to_string()), ("thai_year", in_thai(new.year)), ("office", office)];
    new.file("report.md", fill(include_str!("report.md"), &values))
}

/// `iit.md`, `eit.md` and `oit.md`, as far as the year has these instruments.
pub(super) fn analyses(new: &NewYear<'_>, framework: &Framework) -> Vec<NewFile> {
    let analysis = |(name, code): &(&str, &str)| {
        let instrument = framework.instrument(code)?;
        Some(new.file(name, analysis(instrument, framework)))
    };
    ANALYSES.iter().filter_map(analysis).collect()
}

/// `measures.yaml` without a measure, and one as an example.
pub(super) fn measures(new: &NewYear<'_>) -> NewFile {
    let next = new.year.next();
    let [_, second, ..] = next.quarters();
    let last = second.to().month();
    let values = [
        ("year", new.year.to_string()),
        ("thai_year", in_thai(new.year)),
        ("next", next.to_string()),
        ("agency", one_line(new.agency)),
        ("period", short(second)),
        ("follow_up", last.long(Language::Thai, Numerals::Thai)),
        ("result", last.last_day().short(Language::Thai, Numerals::Thai)),
    ];
    new.file("measures.yaml", fill(include_str!("measures.yaml"), &values))
}

/// `disclosure.yaml` with every item of the round.
pub(super) fn disclosure(new: &NewYear<'_>, frameworks: &Frameworks) -> NewFile {
    let framework = frameworks.of(new.year);
    let values = [
        ("year", new.year.to_string()),
        ("previous", new.year.previous().to_string()),
        ("notes", framework.map_or_else(|| unknown_items(new.year), notes)),
        ("items", framework.map(items).unwrap_or_default()),
    ];
    new.file("disclosure.yaml", fill(include_str!("disclosure.yaml"), &values))
}

impl NewYear<'_> {
    fn file(&self, name: &str, text: String) -> NewFile {
        NewFile::new(format!("{}/{}/{name}", self.folder, self.year), text)
    }
}

fn in_thai(year: FiscalYear) -> String {
    Numerals::Thai.print(&year.to_string())
}

fn short(period: Period) -> String {
    period.short(Language::Thai, Numerals::Thai)
}

/// The names stand behind the room for the score, as in the documentation.
fn indicators(framework: &Framework) -> String {
    let lines = framework.instruments.iter().map(|instrument| {
        let of = framework.indicators_of(&instrument.code);
        let lines: String =
            of.map(|one| format!("  {:<12}# {}\n", format!("{}:", one.number), one.name)).collect();
        format!("  # {} ({})\n{lines}", instrument.name, instrument.code)
    });
    format!("\nindicators:\n{}", lines.collect::<String>())
}

/// Years after the last known one get a way out; those before 2562 had another model, of which only the result is shown.
fn without_framework(year: FiscalYear, frameworks: &Frameworks) -> String {
    let values = |known| [("year", year.to_string()), ("known", known)];
    match frameworks.years.keys().rfind(|known| **known < year) {
        Some(known) => fill(include_str!("unknown-year.yaml"), &values(known.to_string())),
        None => fill(include_str!("older-year.yaml"), &values(String::new())),
    }
}

fn analysis(instrument: &Instrument, framework: &Framework) -> String {
    let of: Vec<_> = framework.indicators_of(&instrument.code).collect();
    let names: Vec<String> = of.iter().map(|one| format!("#   {:>2} {}", one.number, one.name)).collect();
    let values = [
        ("code", instrument.code.clone()),
        ("name", instrument.name.clone()),
        ("first", of.first().map(|one| one.number.to_string()).unwrap_or_default()),
        ("indicators", names.join("\n")),
        ("headings", headings(framework)),
    ];
    fill(include_str!("analysis.md"), &values)
}

/// The headings that show the year's components; the usual ones where it is not known what the year demands.
fn headings(framework: &Framework) -> String {
    let mut headings: Vec<&str> = framework.components.iter().filter_map(heading).collect();
    if headings.is_empty() {
        headings.extend(HEADINGS);
    }
    headings.iter().map(|heading| format!("## {heading}")).collect::<Vec<_>>().join("\n\n")
}

fn heading(component: &Component) -> Option<&str> {
    let ShownBy::Heading(beginnings) = &component.shown_by else { return None };
    let usual =
        HEADINGS.into_iter().find(|usual| beginnings.iter().any(|beginning| usual.starts_with(beginning)));
    usual.or_else(|| beginnings.first().map(String::as_str))
}

/// What an officer should know of the year's catalogue before answering.
fn notes(framework: &Framework) -> String {
    [answered_by_itself(framework), incomplete(framework), inferred(framework)]
        .into_iter()
        .flatten()
        .collect()
}

/// The items of the analysis, the measures and their results: for them this site is the answer.
fn answered_by_itself(framework: &Framework) -> Option<String> {
    let roles = framework.roles.as_ref()?;
    let codes: Vec<String> =
        [roles.analysis, roles.results].iter().flatten().map(ItemCode::to_string).collect();
    let codes = codes.join(" และ ");
    Some(format!("# ข้อ {codes} ไม่ต้องกรอก โปรแกรมตอบด้วยหน้ารายงาน มาตรการ และผลการดำเนินการให้เอง\n"))
}

fn incomplete(framework: &Framework) -> Option<String> {
    let known = framework.items().count();
    let note = || match framework.items_total {
        Some(total) => format!("# ปีนี้มี {total} ข้อ โปรแกรมทราบชื่อ {known} ข้อ ข้ออื่นเพิ่มรหัสเองได้\n"),
        None => "# โปรแกรมยังไม่ทราบรายการข้อทั้งหมดของปีนี้ เพิ่มรหัสเองได้\n".to_owned(),
    };
    (!framework.is_complete()).then(note)
}

fn unknown_items(year: FiscalYear) -> String {
    format!(
        "# โปรแกรมยังไม่มีรายการข้อของปี {year} เมื่อเพิ่ม framework/{year}.yaml แล้ว ให้ลบไฟล์นี้และสั่ง prongsai new {}\n",
        year.previous()
    )
}

fn inferred(framework: &Framework) -> Option<String> {
    let is_any = framework.items().any(|(_, _, item)| item.sure == Some(Sure::Inferred));
    is_any.then(|| "# ชื่อข้อที่มีเครื่องหมาย * เทียบเคียงจากเอกสารของปีอื่น ยังไม่ได้ตรวจสอบกับเอกสารของปีนี้\n".to_owned())
}

/// The titles stand above: behind the code, whoever presses End and pastes a link would paste it into a comment.
fn items(framework: &Framework) -> String {
    let group = |group: &Group| {
        let items: String = group.items.iter().map(item).collect();
        let name = group.name.as_deref().unwrap_or_default();
        let rule = format!("  # ── {} {name}", group.id);
        format!("{} ──\n{items}", rule.trim_end())
    };
    framework.groups.iter().map(group).collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

fn item((code, item): (&ItemCode, &Item)) -> String {
    let mark = if item.sure == Some(Sure::Inferred) { " *" } else { "" };
    format!("  # {}{mark}\n  {code}:\n", item.title)
}

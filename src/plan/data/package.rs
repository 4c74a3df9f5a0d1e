//! `datapackage.json`: what the tables are and under which licence they may be used, in the form of Frictionless Data Package, version 1
//! (<https://specs.frictionlessdata.io/>), which catalogues and validators read. It depends on nothing but the agency and the columns.

use super::json::{Json, text};
use super::{Heading, Table, Words, rows, url};
use crate::plan::address;
use crate::plan::desk::Desk;

/// What there is to know of all tables.
pub(super) const ABOUT: Words = [
    "ตารางข้อมูลทุกปีของหน่วยงาน แต่ละตารางเผยแพร่เป็นไฟล์ CSV และไฟล์ JSON ที่มีชื่อเดียวกันและข้อมูลเดียวกัน \
                 เซลล์ว่าง (null ใน JSON) หมายถึงไม่มีข้อมูล ส่วน 0.00 คือคะแนนศูนย์ \
                 ข้อความใน CSV ที่ขึ้นต้นด้วย = + - @ มีเครื่องหมาย ' นำหน้า เพื่อไม่ให้โปรแกรมตารางคำนวณอ่านเป็นสูตร",
    "Tables over all years of the agency. Each is published as CSV and, under the same name and with the same data, as \
                 JSON. An empty cell (null in JSON) is missing, while 0.00 is a score of zero. A text that begins with = + - @ has \
                 an apostrophe in front of it in CSV, so that no spreadsheet takes it for a formula.",
];

/// The description of all tables of an agency.
pub(super) fn package(desk: &Desk<'_>, tables: &[Table]) -> String {
    let agency = &desk.input.content.agency;
    let name = &agency.profile.name.value;
    let mut entries = vec![
        ("profile", text("tabular-data-package")),
        ("name", text(agency.id.as_ref().map_or_else(|| "ita".to_owned(), |id| format!("ita-{id}")))),
        ("title", text(title(desk))),
        ("title_en", text(format!("Results of the Integrity and Transparency Assessment (ITA) of {name}"))),
        ("description", text(ABOUT[0])),
        ("description_en", text(ABOUT[1])),
    ];
    if desk.input.settings.base_url.is_some() {
        entries.push(("homepage", text(url(desk, &address::file_of(&desk.prefix, "/")))));
    }
    entries.push((
        "contributors",
        Json::List(vec![Json::Map(vec![("title", text(name)), ("role", text("publisher"))])]),
    ));
    entries.extend(licence(desk));
    entries.push(("resources", Json::List(tables.iter().map(resource).collect())));
    Json::Map(entries).document()
}

/// What all of it is called.
pub(super) fn title(desk: &Desk<'_>) -> String {
    let name = &desk.input.content.agency.profile.name.value;
    format!("ผลการประเมินคุณธรรมและความโปร่งใส (ITA) ของ{name}")
}

/// The licence that the agency has chosen; nothing where it has not. The standard asks for an address or a registered id, so a mere name
/// stands under the key by which CKAN goes.
fn licence<'a>(desk: &'a Desk<'_>) -> Option<(&'static str, Json<'a>)> {
    let licence = desk.input.content.agency.profile.licence.as_ref()?;
    let title = text(&licence.name.value);
    let about = address::file_of(&desk.prefix, address::ABOUT);
    let path = licence.url.as_ref().and_then(|link| rows::link(desk, &about, None, &link.target));
    Some(match path {
        Some(path) => ("licenses", Json::List(vec![Json::Map(vec![("title", title), ("path", text(path))])])),
        None => ("license_title", title),
    })
}

fn resource(table: &Table) -> Json<'_> {
    let subject = table.subject;
    Json::Map(vec![
        ("profile", text("tabular-data-resource")),
        ("name", text(subject.name)),
        ("path", text(format!("{}.csv", subject.name))),
        ("title", text(subject.title[0])),
        ("title_en", text(subject.title[1])),
        ("description", text(subject.about[0])),
        ("description_en", text(subject.about[1])),
        ("format", text("csv")),
        ("mediatype", text("text/csv")),
        ("encoding", text("utf-8")),
        ("schema", Json::Map(vec![("fields", Json::List(table.headings.iter().map(field).collect()))])),
    ])
}

fn field(heading: &Heading) -> Json<'_> {
    let mut entries = vec![
        ("name", text(heading.name)),
        ("type", text(heading.kind.code())),
        ("title", text(heading.title[0])),
        ("title_en", text(heading.title[1])),
        ("description", text(heading.about[0])),
        ("description_en", text(heading.about[1])),
    ];
    entries.extend(heading.kind.unit().map(|unit| ("unit", text(unit))));
    Json::Map(entries)
}

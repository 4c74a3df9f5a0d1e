//! What every table and column means, as tables themselves, so that whoever is handed the data has its description with it. The columns are
//! called as in `datapackage.json`.

use crate::plan::data::{Heading, Kind, Subject, Table, Value, Words};

const TABLES: Subject = Subject {
    name: "tables",
    title: ["ตาราง", "Tables"],
    about: ["คำอธิบายตาราง ตารางละหนึ่งแถว", "One row per table"],
};
const COLUMNS: Subject = Subject {
    name: "columns",
    title: ["คอลัมน์", "Columns"],
    about: ["คำอธิบายคอลัมน์ คอลัมน์ละหนึ่งแถว", "One row per column of a table"],
};

const TABLE_NAME: Heading = heading("table_name", ["ตาราง", "Table"]);

/// What ends the description of either.
const WORDS: [Heading; 4] = [
    heading("title", ["ชื่อ", "Title in Thai"]),
    heading("title_en", ["ชื่อภาษาอังกฤษ", "Title"]),
    heading("description", ["ความหมาย", "Meaning in Thai"]),
    heading("description_en", ["ความหมายภาษาอังกฤษ", "Meaning"]),
];

/// The tables about these tables.
pub(super) fn tables(tables: &[Table]) -> [Table; 2] {
    let table = |table: &Table| {
        let subject = table.subject;
        [text(subject.name)].into_iter().chain(words(subject.title, subject.about)).collect()
    };
    let column = |table: &Table, heading: &Heading| {
        let unit = heading.kind.unit().map_or(Value::Missing, text);
        let names = [text(table.subject.name), text(heading.name), text(heading.kind.code()), unit];
        names.into_iter().chain(words(heading.title, heading.about)).collect()
    };
    let columns = tables.iter().flat_map(|table| table.headings.iter().map(|heading| column(table, heading)));
    let names = [
        TABLE_NAME,
        heading("column_name", ["คอลัมน์", "Column"]),
        heading("type", ["ชนิด", "Type"]),
        heading("unit", ["หน่วย", "Unit"]),
    ];
    [
        Table {
            subject: TABLES,
            headings: [TABLE_NAME].into_iter().chain(WORDS).collect(),
            rows: tables.iter().map(table).collect(),
        },
        Table {
            subject: COLUMNS,
            headings: names.into_iter().chain(WORDS).collect(),
            rows: columns.collect(),
        },
    ]
}

const fn heading(name: &'static str, title: Words) -> Heading {
    Heading { name, title, about: title, kind: Kind::Text }
}

fn words([title, title_en]: Words, [about, about_en]: Words) -> [Value; 4] {
    [title, title_en, about, about_en].map(text)
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

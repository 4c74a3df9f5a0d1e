//! `schema`: which files have a schema, one of the schemas, or all of them written into the site.

use super::arguments::{Arguments, Detail, below};
use super::{Ending, begin, terminal};
use crate::build;
use crate::failure::{Failure, Result};
use crate::finding::Findings;
use crate::framework::Frameworks;
use crate::language::{Language, Words};
use crate::scaffold;
use crate::schema::{self, FileKind};
use crate::thai;
use std::io::{self, Write};
use std::path::Path;

/// Shows which files have a schema, and the line that leads to it.
pub(super) fn list(arguments: &Arguments) -> Result<Ending> {
    terminal::to_stdout(|out| listing(arguments.language, out))?;
    Ok(Ending::Done)
}

/// Prints one schema.
///
/// # Errors
/// Wrong use, with the name that was probably meant.
pub(super) fn show(arguments: &Arguments, name: &str) -> Result<Ending> {
    let kind = FileKind::by_name(name).ok_or_else(|| unknown(name))?;
    let schema = kind.schema(&frameworks(arguments)?, arguments.language);
    terminal::to_stdout(|out| out.write_all(schema.as_bytes()))?;
    Ok(Ending::Done)
}

/// Writes all schemas into the site.
pub(super) fn write(arguments: &Arguments) -> Result<Ending> {
    let root = arguments.root.as_path();
    if !root.join("prongsai.yaml").is_file() {
        return Err(begin::no_site());
    }
    let schemas = scaffold::schemas(&frameworks(arguments)?, arguments.language);
    scaffold::replace(root, &schemas)?;
    if arguments.detail != Detail::Quiet {
        terminal::to_stdout(|out| written(arguments, schemas.len(), out))?;
    }
    Ok(Ending::Done)
}

/// What is wrong with a framework of the site is for `check` to tell; its schema helps to mend it.
fn frameworks(arguments: &Arguments) -> Result<Frameworks> {
    build::frameworks(&arguments.root, &mut Findings::default())
}

fn listing(language: Language, out: &mut dyn Write) -> io::Result<()> {
    for kind in &schema::ALL {
        writeln!(out, "{:<11} {}", kind.name, kind.title.in_language(language))?;
        writeln!(out, "{:11} {}", "", kind.files)?;
        if let Some(line) = schema::line(kind.files) {
            writeln!(out, "{:11} {line}", "")?;
        }
    }
    let Words { th, en } = Words::new(
        "ดูสคีมาหนึ่งด้วย prongsai schema ชื่อ เขียนทั้งหมดลงในเว็บไซต์ด้วย prongsai schema --write\n\
         ในเว็บไซต์ที่รวมหลายหน่วยงาน ไฟล์ของปีอยู่ลึกลงอีกหนึ่งชั้น ให้เติม ../ ข้างหน้าอีกหนึ่งครั้ง",
        "see one with `prongsai schema NAME`, write all into the site with `prongsai schema --write`\n\
         in a portal the files of a year lie one folder deeper: put another ../ in front",
    );
    let text = match language {
        Language::Thai => th,
        Language::English => en,
    };
    writeln!(out, "\n{text}")
}

fn written(arguments: &Arguments, count: usize, out: &mut dyn Write) -> io::Result<()> {
    let folder = below(&arguments.root, Path::new(schema::FOLDER));
    let folder = folder.display();
    match arguments.language {
        Language::Thai => writeln!(
            out,
            "เขียนสคีมา {count} ไฟล์ไว้ใน {folder} แล้ว\n\n\
             วิธีใช้ใน VS Code\n  \
             1. ติดตั้งส่วนขยาย YAML ของ Red Hat (redhat.vscode-yaml)\n  \
             2. เปิดไฟล์ YAML ของเว็บไซต์ ชี้ที่ชื่อรายการเพื่ออ่านคำอธิบาย กด Ctrl+Space เพื่อดูรายการที่ใช้ได้\n\
             ไฟล์ที่ init และ new สร้างมีบรรทัดที่ชี้มาที่สคีมาแล้ว ไฟล์อื่นให้เติมเองตามที่ prongsai schema แสดง"
        ),
        Language::English => writeln!(
            out,
            "wrote {count} schemas into {folder}\n\n\
             in VS Code\n  \
             1. install the extension YAML of Red Hat (redhat.vscode-yaml)\n  \
             2. open a YAML file of the site: hover over a key to read what it means, press Ctrl+Space for what may stand there\n\
             files that `init` and `new` make lead to their schema already; others need the line that `prongsai schema` shows"
        ),
    }
}

fn unknown(name: &str) -> Failure {
    // Whoever names the file means its schema.
    let known = || schema::ALL.iter().map(|kind| kind.name);
    let stem = name.rsplit('/').next().and_then(|file| file.split('.').next()).unwrap_or(name);
    match known().find(|known| *known == stem).or_else(|| thai::nearest(stem, known())) {
        Some(near) => Failure::usage(
            format!("ไม่มีสคีมา {name} หมายถึง {near} หรือไม่"),
            format!("there is no schema {name}; did you mean {near}?"),
        ),
        None => Failure::usage(
            format!("ไม่มีสคีมา {name} ดูรายการทั้งหมดด้วย prongsai schema"),
            format!("there is no schema {name}; see them all with prongsai schema"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::Cause;

    #[test]
    fn unknown_names_name_the_nearest_one() {
        let check = |name: &str, expected: &str| {
            let failure = unknown(name);
            assert_eq!(failure.cause, Cause::Usage);
            let message = failure.message;
            assert!(message.th.contains(expected) && message.en.contains(expected), "{message:?}");
        };
        check("score", "scores");
        check("content/2565/measures.yaml", "measures");
        check("อะไร", "prongsai schema");
    }

    #[test]
    fn the_listing_leads_to_every_schema() {
        for language in [Language::Thai, Language::English] {
            let mut out = Vec::new();
            listing(language, &mut out).unwrap();
            let text = String::from_utf8(out).unwrap();
            for kind in &schema::ALL {
                let line = schema::line(kind.files).unwrap_or_default();
                for part in [kind.name, kind.title.in_language(language), kind.files, &line] {
                    assert!(text.contains(part), "{part} is not in {text}");
                }
            }
        }
    }
}

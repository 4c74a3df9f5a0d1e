//! The file formats as JSON Schemas: what editors explain, propose and refuse while an officer types. What may be written comes from the
//! readers themselves ([`crate::parse::form`]), what a year lists from its framework, descriptions from one table. It does not know where
//! schemas are written.
//!
//! The dialect is draft 7, the newest one that all editors and validators understand; nothing newer is needed. One schema serves all
//! years: which one a file speaks of is said by its `fiscal_year`, so a folder that is copied to the next year needs no other schema.
//!
//! A schema refuses what can never be accepted. What a year lists is only proposed: whether a file may say something else is for `check`,
//! and its author may have a reason. `errorMessage`, `patternErrorMessage` and `enumDescriptions` are what the language server of VS Code
//! reads besides; validators pass over them.

mod draft;
mod expected;
mod pattern;
mod prescribed;
mod words;

use crate::finding::Explained;
use crate::framework::Frameworks;
use crate::language::Language;
use crate::model::date::FiscalYear;
use crate::model::{Agency, Disclosure, MeasurePlan, Scores, Settings};
use crate::parse::form::RecordForm;
use crate::parse::framework;
use crate::parse::shape::{AnalysisFile, MemoFile, NarrativeFile, document_form};
use draft::Pen;

/// Where schemas lie in a site: a folder that nothing else looks into, since its name begins with a dot.
pub const FOLDER: &str = ".prongsai/schema";

/// A kind of file that has a schema.
#[derive(Debug)]
pub struct FileKind {
    /// What its schema is called.
    pub name: &'static str,
    /// What such a file holds.
    pub title: Explained,
    /// Which files these are, seen from the site's root.
    pub files: &'static str,
    form: fn() -> RecordForm,
    /// From the year that the file names to the one whose framework lists what it may say.
    prescribed_by: Option<fn(FiscalYear) -> FiscalYear>,
}

/// Every kind of file, in the order in which a site is told.
pub const ALL: [FileKind; 9] = [
    FileKind {
        name: "prongsai",
        title: Explained {
            th: "หน่วยงานและการตั้งค่าของเว็บไซต์", en: "the agency and the settings of the site"
        },
        files: "prongsai.yaml",
        form: document_form::<Settings>,
        prescribed_by: None,
    },
    FileKind {
        name: "agency",
        title: Explained {
            th: "หน่วยงานหนึ่งในเว็บไซต์ที่รวมหลายหน่วยงาน", en: "one agency of a portal"
        },
        files: "content/<id>/agency.yaml",
        form: document_form::<Agency>,
        prescribed_by: None,
    },
    FileKind {
        name: "scores",
        title: Explained { th: "คะแนนที่ประกาศ", en: "announced scores" },
        files: "content/<year>/scores.yaml",
        form: document_form::<Scores>,
        prescribed_by: Some(|year| year),
    },
    FileKind {
        name: "measures",
        title: Explained {
            th: "มาตรการและผลการดำเนินการ", en: "measures and what became of them"
        },
        files: "content/<year>/measures.yaml",
        form: document_form::<MeasurePlan>,
        // Measures take place in the year after the assessed one, whose indicators they answer to.
        prescribed_by: Some(FiscalYear::previous),
    },
    FileKind {
        name: "disclosure",
        title: Explained {
            th: "คำตอบข้อ OIT ของรอบการประเมิน", en: "answers to the OIT items of a round"
        },
        files: "content/<year>/disclosure.yaml",
        form: document_form::<Disclosure>,
        prescribed_by: Some(|year| year),
    },
    FileKind {
        name: "framework",
        title: Explained {
            th: "เกณฑ์การประเมินของปีงบประมาณ", en: "what a fiscal year prescribes"
        },
        files: "framework/<year>.yaml",
        form: framework::form,
        prescribed_by: None,
    },
    FileKind {
        name: "analysis",
        title: Explained {
            th: "ส่วนหัวของบทวิเคราะห์", en: "front matter of an analysis"
        },
        files: "content/<year>/{iit,eit,oit}.md",
        form: document_form::<AnalysisFile>,
        prescribed_by: None,
    },
    FileKind {
        name: "narrative",
        title: Explained {
            th: "ส่วนหัวของรายงานหรือหน้าเว็บ", en: "front matter of a report or page"
        },
        files: "content/<year>/report.md, content/index.md, content/pages/<id>.md",
        form: document_form::<NarrativeFile>,
        prescribed_by: None,
    },
    FileKind {
        name: "memo",
        title: Explained {
            th: "ส่วนหัวของบันทึกข้อความ", en: "front matter of a memo"
        },
        files: "content/<year>/memo.md",
        form: document_form::<MemoFile>,
        prescribed_by: None,
    },
];

impl FileKind {
    /// The kind whose schema has this name.
    pub fn by_name(name: &str) -> Option<&'static FileKind> {
        ALL.iter().find(|kind| kind.name == name)
    }

    /// Where its schema lies in a site, seen from the root.
    pub fn path(&self) -> String {
        format!("{FOLDER}/{}.json", self.name)
    }

    /// The schema as a JSON document. Same frameworks and language, same bytes.
    pub fn schema(&self, frameworks: &Frameworks, language: Language) -> String {
        let form = (self.form)();
        let mut schema = Pen { language }.document(&form);
        if let Some(prescribed_by) = self.prescribed_by {
            schema.all_of.extend(prescribed::by_year(language, &form, frameworks, prescribed_by));
        }
        schema.title = Some(self.title.in_language(language).to_owned());
        schema.to_json()
    }
}

/// The first line of a YAML file, which tells an editor where the schema lies; `None` for files that have none and for Markdown, whose
/// front matter no editor looks up by such a line. The path is seen from the site's root.
pub fn line(path: &str) -> Option<String> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = name.strip_suffix(".yaml")?;
    let kind = FileKind::by_name(if folder == "framework" { folder } else { stem })?;
    let up = "../".repeat(path.matches('/').count());
    Some(format!("# yaml-language-server: $schema={up}{}", kind.path()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build;
    use crate::finding::Findings;
    use std::path::Path;

    #[test]
    fn the_line_leads_to_the_schema() {
        let check = |path: &str, expected: Option<&str>| {
            let expected = expected.map(|to| format!("# yaml-language-server: $schema={to}"));
            assert_eq!(line(path), expected, "{path}");
        };
        check("prongsai.yaml", Some(".prongsai/schema/prongsai.json"));
        check("content/2565/scores.yaml", Some("../../.prongsai/schema/scores.json"));
        check("content/ban/2565/measures.yaml", Some("../../../.prongsai/schema/measures.json"));
        check("content/ban/agency.yaml", Some("../../.prongsai/schema/agency.json"));
        check("framework/2570.yaml", Some("../.prongsai/schema/framework.json"));
        check("content/2565/report.md", None);
        check("themes/own/theme.yaml", None);
    }

    #[test]
    fn every_schema_is_json_of_draft_7_in_either_language() {
        let frameworks = build::frameworks(Path::new("."), &mut Findings::default()).unwrap();
        for kind in &ALL {
            for language in [Language::Thai, Language::English] {
                let text = kind.schema(&frameworks, language);
                let json: serde_json::Value = serde_json::from_str(&text).unwrap();
                assert_eq!(json["$schema"], draft::Schema::DIALECT, "{}", kind.name);
                assert_eq!(json["title"], kind.title.in_language(language), "{}", kind.name);
                assert_eq!(text, kind.schema(&frameworks, language), "{}", kind.name);
            }
        }
    }

    #[test]
    fn a_year_proposes_what_its_framework_lists() {
        let frameworks = build::frameworks(Path::new("."), &mut Findings::default()).unwrap();
        let check = |name: &str, year: &str, way: &str, expected: &str| {
            let text = FileKind::by_name(name).unwrap().schema(&frameworks, Language::Thai);
            let json: serde_json::Value = serde_json::from_str(&text).unwrap();
            let years = json["allOf"].as_array().unwrap();
            let is_of_year = |branch: &&serde_json::Value| {
                let pattern = branch.pointer("/if/properties/fiscal_year/anyOf/0/pattern");
                pattern.and_then(|pattern| pattern.as_str()).is_some_and(|pattern| pattern.contains(year))
            };
            let found = years.iter().find(is_of_year).unwrap().pointer(way).unwrap().to_string();
            assert!(found.contains(expected), "{name} {year} {way}: {found}");
        };
        let levels = "/then/properties/announced/properties/level/anyOf/0/enum";
        check("scores", "๒๕๖๕", levels, "\"AA\"");
        check("scores", "2566", levels, "ผ่านดีเยี่ยม");
        check("scores", "2565", "/then/properties/indicators/properties/5/description", "การแก้ไขปัญหาการทุจริต");
        let numbers =
            "/then/properties/measures/items/properties/addresses/allOf/0/items/anyOf/0/enumDescriptions";
        check("measures", "2566", numbers, "การแก้ไขปัญหาการทุจริต");
        check("disclosure", "2566", "/then/properties/items/properties/O42/description", "มาตรการส่งเสริม");
    }
}

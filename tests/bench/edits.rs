//! Edits of the generated portal, as somebody makes them who looks at a page after each: one file is written, and the page has to become
//! another one. Where the page is looked at is not known here.

use crate::content::{Agency, Script};
use crate::site;
use prongsai::plan::view::CONTRACT;
use std::error::Error;
use std::fs;
use std::path::PathBuf;

/// The name of the theme that is edited.
const THEME: &str = "own";

/// The template that shows a report.
const TEMPLATE: &str = "templates/report.html";

/// What of it is edited.
const SECTION: &str = "<section id=\"result\"";

/// What is edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edit {
    Score,
    Narrative,
    Measure,
    Template,
    Configuration,
}

/// Somebody at work on one report.
pub(crate) struct Editor<'a> {
    root: PathBuf,
    script: &'a Script,
    agency: Agency,
    year: i16,
    /// Edits until now.
    edits: u32,
    /// Which of two scores stands there.
    edition: u16,
    /// Which digits the settings ask for.
    is_arabic: bool,
    report: String,
    measures: String,
    settings: String,
    template: String,
}

impl Edit {
    pub(crate) const ALL: [Edit; 5] =
        [Edit::Score, Edit::Narrative, Edit::Measure, Edit::Template, Edit::Configuration];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Edit::Score => "score",
            Edit::Narrative => "narrative",
            Edit::Measure => "measure",
            Edit::Template => "template",
            Edit::Configuration => "configuration",
        }
    }
}

impl<'a> Editor<'a> {
    /// Opens a report of a portal that was written, and gives the portal a theme of its own.
    pub(crate) fn open(
        root: PathBuf,
        script: &'a Script,
        agency: Agency,
        year: i16,
    ) -> Result<Editor<'a>, Box<dyn Error>> {
        let default = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("themes/default");
        let template = fs::read_to_string(default.join(TEMPLATE))?;
        let settings = fs::read_to_string(root.join("prongsai.yaml"))? + &format!("theme: {THEME}\n");
        let folder = root.join("content").join(&agency.id).join(year.to_string());
        let report = fs::read_to_string(folder.join("report.md"))?;
        let measures = fs::read_to_string(folder.join("measures.yaml"))?;
        let theme = root.join("themes").join(THEME);
        fs::create_dir_all(theme.join("templates"))?;
        fs::write(theme.join("theme.yaml"), format!("contract: {CONTRACT}\nextends: default\n"))?;
        fs::write(theme.join(TEMPLATE), &template)?;
        fs::write(root.join("prongsai.yaml"), &settings)?;
        Ok(Editor {
            root,
            script,
            agency,
            year,
            edits: 0,
            edition: 0,
            is_arabic: false,
            report,
            measures,
            settings,
            template,
        })
    }

    /// The page that an edit changes, by its file in the output.
    pub(crate) fn page(&self, edit: Edit) -> String {
        let folder = format!("{}/{}", self.agency.id, self.year);
        match edit {
            Edit::Measure => format!("{folder}/measures/index.html"),
            _ => format!("{folder}/index.html"),
        }
    }

    /// Makes an edit. No two of a kind in a row leave the same page.
    pub(crate) fn make(&mut self, edit: Edit) -> Result<(), Box<dyn Error>> {
        self.edits += 1;
        let (edits, round) = (self.edits, format!("content/{}/{}", self.agency.id, self.year));
        let (file, text) = match edit {
            Edit::Score => {
                self.edition = 1 - self.edition;
                return site::write_scores(&self.root, self.script, &self.agency, self.year, self.edition);
            }
            Edit::Narrative => (format!("{round}/report.md"), format!("{}\nแก้ไขครั้งที่ {edits}\n", self.report)),
            Edit::Measure => {
                let text = self.measures.replacen("    title: ", &format!("    title: แก้ไขครั้งที่ {edits} "), 1);
                (format!("{round}/measures.yaml"), text)
            }
            Edit::Template => (
                format!("themes/{THEME}/{TEMPLATE}"),
                self.template.replacen(SECTION, &format!("{SECTION} data-edit=\"{edits}\""), 1),
            ),
            Edit::Configuration => {
                self.is_arabic = !self.is_arabic;
                let numerals = if self.is_arabic { "numerals: arabic" } else { "numerals: thai" };
                ("prongsai.yaml".to_owned(), self.settings.replace("numerals: thai", numerals))
            }
        };
        Ok(fs::write(self.root.join(file), text)?)
    }
}

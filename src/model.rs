//! The facts of a site: agencies, rounds, scores, measures, memos, answers. No file format, no arithmetic but in `number`, no page.

pub mod answer;
pub mod date;
pub mod link;
pub mod number;
pub mod summary;

use crate::language::{Language, Numerals};
use crate::parse::markdown::Body;
use crate::source::Place;
use date::{Date, FiscalYear, Period, Point};
use link::LinkTarget;
use number::Score;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;

/// A value as an author gave it, with the place where it stands, so that any later step can point at it.
#[derive(Debug, Clone)]
pub struct Given<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub place: Place,
}

impl<T: Clone> Given<T> {
    /// The value without its place.
    pub fn bare(&self) -> T {
        self.value.clone()
    }
}

impl<T> Deref for Given<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

/// What `prongsai.yaml` says.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The one agency of an agency's own site.
    pub agency: Option<Agency>,
    /// The office that runs a portal over many agencies.
    pub portal: Option<Portal>,
    /// Where the site will stand on the web, for what must be absolute: sitemap, feed, the ITAS sheet. Ends with `/`.
    pub base_url: Option<String>,
    /// Digits of data on web pages. The memo prints Thai digits always.
    pub numerals: Numerals,
    /// Whether names of persons are printed.
    pub personal_names: PersonalNames,
    /// The language of the words that the theme prints itself.
    pub language: Language,
    /// Addresses that were published once, and where their content is now.
    pub moved: BTreeMap<String, Given<String>>,
    /// The folder of the theme below `themes/`; the built-in one without it.
    pub theme: Option<Given<String>>,
    /// The file itself, for what concerns the site as a whole.
    pub place: Place,
}

/// Whether names of persons are printed. Officials in office are usually named (PDPA, public task); an agency may choose not to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PersonalNames {
    /// Name and position.
    #[default]
    Shown,
    /// Positions only.
    Positions,
}

/// The office behind a portal.
#[derive(Debug, Clone)]
pub struct Portal {
    /// In full.
    pub name: String,
    /// As people say it.
    pub short_name: String,
}

/// A government agency that is assessed.
#[derive(Debug, Clone)]
pub struct Agency {
    /// Its folder and address in a portal; `None` on an agency's own site.
    pub id: Option<String>,
    /// What the officer wrote about it.
    pub profile: Profile,
    /// Where the assessor's click path starts.
    pub main_site: Option<MainSite>,
}

/// A licence of data.
#[derive(Debug, Clone)]
pub struct Licence {
    /// As people call it.
    pub name: Given<String>,
    /// Where its text stands.
    pub url: Option<Link>,
}

/// What an agency says of itself.
#[derive(Debug, Clone)]
pub struct Profile {
    /// In full: องค์การบริหารส่วนตำบล….
    pub name: Given<String>,
    /// `<kind><proper name>`: อบต.….
    pub short_name: Given<String>,
    /// Of the office.
    pub address: Option<Given<String>>,
    /// Of the office.
    pub phone: Option<Given<String>>,
    /// Of the office's registry.
    pub email: Option<Given<String>>,
    /// Names that earlier rounds carry.
    pub former_names: Vec<FormerName>,
    /// As written; `Profile::kind` says what it is without that.
    pub kind: Option<AgencyKind>,
    /// Required in a portal.
    pub province: Option<String>,
    /// Required in a portal.
    pub district: Option<String>,
    /// A map of how to get there.
    pub map: Option<Link>,
    /// The agency's own seal, for the page header.
    pub seal: Option<Link>,
    /// The garuda of the memo; never shipped, never a logo (พ.ร.บ. เครื่องหมายครุฑพ่าห์ พ.ศ. 2534).
    pub garuda: Option<Link>,
    /// Under which its data may be used. Never assumed: only the agency can say.
    pub licence: Option<Licence>,
}

/// A name up to a year.
#[derive(Debug, Clone)]
pub struct FormerName {
    /// The last assessed year that carries it.
    pub until: FiscalYear,
    /// In full.
    pub name: String,
    /// As people say it.
    pub short_name: String,
}

/// The kinds of agencies that portals group by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[allow(missing_docs, reason = "the variants are the standard romanisations of the names below")]
pub enum AgencyKind {
    ProvincialAdministration,
    CityMunicipality,
    TownMunicipality,
    SubdistrictMunicipality,
    SubdistrictAdministration,
    Province,
    Other,
}

impl AgencyKind {
    /// A short name in ASCII, for addresses.
    pub fn code(self) -> &'static str {
        match self {
            AgencyKind::ProvincialAdministration => "pao",
            AgencyKind::CityMunicipality => "city",
            AgencyKind::TownMunicipality => "town",
            AgencyKind::SubdistrictMunicipality => "subdistrict",
            AgencyKind::SubdistrictAdministration => "sao",
            AgencyKind::Province => "province",
            AgencyKind::Other => "other",
        }
    }

    /// Every kind with its Thai name and the prefixes of a short name that say it.
    pub const ALL: [(AgencyKind, &'static str, &'static [&'static str]); 7] = [
        (AgencyKind::ProvincialAdministration, "อบจ.", &["อบจ.", "องค์การบริหารส่วนจังหวัด"]),
        (AgencyKind::CityMunicipality, "เทศบาลนคร", &["ทน.", "เทศบาลนคร"]),
        (AgencyKind::TownMunicipality, "เทศบาลเมือง", &["ทม.", "เทศบาลเมือง"]),
        (AgencyKind::SubdistrictMunicipality, "เทศบาลตำบล", &["ทต.", "เทศบาลตำบล"]),
        (AgencyKind::SubdistrictAdministration, "อบต.", &["อบต.", "องค์การบริหารส่วนตำบล"]),
        (AgencyKind::Province, "จังหวัด", &["จังหวัด"]),
        (AgencyKind::Other, "อื่น ๆ", &[]),
    ];

    /// The Thai name, as the file format and pages have it.
    pub fn name(self) -> &'static str {
        AgencyKind::ALL.iter().find(|(kind, ..)| *kind == self).map_or("", |(_, name, _)| name)
    }

    /// The kind that a short or full name begins with, and the proper name behind it.
    pub fn split(name: &str) -> (AgencyKind, &str) {
        let found = AgencyKind::ALL.iter().find_map(|(kind, _, prefixes)| {
            prefixes.iter().find_map(|prefix| Some((*kind, name.strip_prefix(prefix)?)))
        });
        found.map_or((AgencyKind::Other, name), |(kind, rest)| (kind, rest.trim()))
    }
}

impl Profile {
    /// As written, or by the prefix of the short name.
    pub fn kind(&self) -> AgencyKind {
        self.kind.unwrap_or_else(|| AgencyKind::split(&self.short_name).0)
    }

    /// The full and short name that rounds of a year carry.
    pub fn names_in(&self, year: FiscalYear) -> (&str, &str) {
        let former =
            self.former_names.iter().filter(|former| year <= former.until).min_by_key(|former| former.until);
        former.map_or((&self.name, &self.short_name), |former| (&former.name, &former.short_name))
    }
}

/// The agency's main site, from which assessors click their way.
#[derive(Debug, Clone)]
pub struct MainSite {
    /// Its front page.
    pub url: Link,
    /// Menu names from there to this site's front page.
    pub path: Vec<String>,
}

/// A link as an author gives it.
#[derive(Debug, Clone)]
pub struct Link {
    /// Where it leads.
    pub target: LinkTarget,
    /// Its text; whoever shows the link knows a default.
    pub label: Option<Given<String>>,
    /// The click path, menu by menu.
    pub path: Vec<String>,
    /// Where it was written.
    pub place: Place,
}

/// Everything of one agency and one assessed fiscal year: what becomes the pages of a round.
#[derive(Debug, Clone)]
pub struct Round {
    /// The assessed year, พ.ศ., by the name of the folder.
    pub year: FiscalYear,
    /// `scores.yaml`.
    pub scores: Option<Scores>,
    /// `report.md`.
    pub report: Option<Narrative>,
    /// `iit.md`, `eit.md`, `oit.md` by instrument code.
    pub analyses: BTreeMap<&'static str, Analysis>,
    /// `measures.yaml`.
    pub measures: Option<MeasurePlan>,
    /// `memo.md` and `memo-<id>.md`; the key is empty or the id.
    pub memos: BTreeMap<String, Memo>,
    /// `disclosure.yaml`.
    pub disclosure: Option<Disclosure>,
    /// What lies in `files/`, by name.
    pub attachments: Attachments,
    /// The folder, for what has no better place.
    pub folder: String,
}

impl Round {
    /// Its links, but for those of its texts.
    pub fn links(&self) -> impl Iterator<Item = &Link> {
        let source = self.scores.iter().filter_map(|scores| scores.announced.as_ref()?.source.as_ref());
        let files = self.report.iter().flat_map(|report| &report.files);
        let decided = self.measures.iter().filter_map(|plan| plan.decided.as_ref());
        let minutes = decided.flat_map(|decided| &decided.evidence);
        let measures = self.measures.iter().flat_map(|plan| &plan.measures);
        let evidence = measures.flat_map(|measure| &measure.results).flat_map(|result| &result.evidence);
        let scans = self.memos.values().flat_map(|memo| &memo.files);
        let answers = self.disclosure.iter().flat_map(|disclosure| disclosure.items.values());
        let answers = answers.flat_map(|answer| match &answer.value {
            Answer::Links(links, _) => links.as_slice(),
            Answer::None(_) => &[],
        });
        source.chain(files).chain(minutes).chain(evidence).chain(scans).chain(answers)
    }

    /// Its texts.
    pub fn bodies(&self) -> impl Iterator<Item = &Body> {
        let report = self.report.iter().map(|report| &report.body);
        let analyses = self.analyses.values().map(|analysis| &analysis.body);
        report.chain(analyses).chain(self.memos.values().map(|memo| &memo.body))
    }
}

/// The files of one `files/` folder by their names as typed.
pub type Attachments = BTreeMap<String, Attachment>;

/// A file that is published as it is: a handle, never its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Where it lies on this machine.
    pub path: PathBuf,
    /// In bytes.
    pub size: u64,
    /// When it was last written, in nanoseconds since 1970.
    pub modified: u128,
}

/// `scores.yaml`: what was announced.
#[derive(Debug, Clone)]
pub struct Scores {
    /// The assessed year.
    pub fiscal_year: Given<FiscalYear>,
    /// Whose scores they are.
    pub assessor: Option<Assessor>,
    /// Total, level, day and source of the announcement.
    pub announced: Option<Announced>,
    /// Score by indicator number; what is missing is not here.
    pub indicators: BTreeMap<u8, Given<Score>>,
    /// By instrument code, on the scale of 100.
    pub instruments: BTreeMap<String, Given<Score>>,
    /// By instrument code, in the weighted form of 30/30/40 points.
    pub weighted: BTreeMap<String, Given<Score>>,
    /// Announced parts of one instrument; their plain mean is the instrument (EIT from 2566).
    pub parts: BTreeMap<String, Vec<Given<Score>>>,
    /// OIT items: 0 or 100, all or nothing.
    pub items: BTreeMap<ItemCode, Given<ItemScore>>,
    /// Indicators whose keys have no score that could be read.
    pub blanks: BTreeMap<u8, Blank>,
    /// The key `indicators`, or the file, for what is missing there.
    pub place: Place,
}

/// Who assessed, which decides how strictly scores are held to the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Assessor {
    /// The NACC: item combinations apply.
    #[default]
    Nacc,
    /// An agency's own pre-assessment.
    Internal,
    /// An average over agencies.
    Average,
}

impl Assessor {
    /// As the file format, pages and data name it.
    pub fn code(self) -> &'static str {
        match self {
            Assessor::Nacc => "nacc",
            Assessor::Internal => "internal",
            Assessor::Average => "average",
        }
    }
}

/// The announced result.
#[derive(Debug, Clone, Default)]
pub struct Announced {
    /// Without one the round is "not announced".
    pub total: Option<Given<Score>>,
    /// As announced, in the year's own scheme.
    pub level: Option<Given<String>>,
    /// The day of the announcement.
    pub date: Option<Given<Date>>,
    /// Where it can be seen.
    pub source: Option<Link>,
}

/// An item of OIT has all components or it has nothing (ITA, every year from 2562).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemScore {
    /// 0 points.
    Lost,
    /// 100 points.
    Full,
}

/// `O1` … `O43`: an item of the year's catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct ItemCode(pub u8);

impl fmt::Display for ItemCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "O{}", self.0)
    }
}

/// `iit.md`, `eit.md`, `oit.md`: the analysis of one instrument.
#[derive(Debug, Clone)]
pub struct Analysis {
    /// The indicators that need measures; empty means the lowest one.
    pub focus: Vec<Given<u8>>,
    /// The narrative, bindings not yet evaluated.
    pub body: Body,
}

/// `report.md`, `index.md`, `pages/<id>.md`.
#[derive(Debug, Clone)]
pub struct Narrative {
    /// Overrides the page's own title; pages have no other.
    pub title: Option<Given<String>>,
    /// Of the document.
    pub date: Option<Given<Date>>,
    /// When it last changed, if that is not the newest date in the data.
    pub updated: Option<Given<Date>>,
    /// The division that owns the text.
    pub office: Option<Given<String>>,
    /// Attachments under the text.
    pub files: Vec<Link>,
    /// Shorter name in the menu.
    pub menu: Option<String>,
    /// Place in the menu.
    pub order: Option<u32>,
    /// The narrative, bindings not yet evaluated.
    pub body: Body,
}

/// `measures.yaml`: what follows from the analysis, in the year after the assessed one.
#[derive(Debug, Clone)]
pub struct MeasurePlan {
    /// The assessed year + 1.
    pub fiscal_year: Given<FiscalYear>,
    /// Who decided on the measures, and when.
    pub decided: Option<Decided>,
    /// One for each row of the table.
    pub measures: Vec<Measure>,
    /// The file.
    pub place: Place,
}

/// The decision that set the measures.
#[derive(Debug, Clone)]
pub struct Decided {
    /// Meeting or order; printed after จาก.
    pub by: Option<Given<String>>,
    /// Who took part.
    pub who: Option<Given<String>>,
    /// Minutes.
    pub evidence: Vec<Link>,
    /// The day; not after the memo's.
    pub date: Option<Given<Date>>,
    /// The map itself.
    pub place: Place,
}

/// A row of the measures table.
#[derive(Debug, Clone)]
pub struct Measure {
    /// Fragment of its address: `m1` by place unless given.
    pub id: String,
    /// Short name in matrix and timeline.
    pub title: Option<Given<String>>,
    /// The indicators that it answers to.
    pub addresses: Vec<Given<u8>>,
    /// มาตรการ/แนวทาง.
    pub measure: Vec<Given<String>>,
    /// วิธีการดำเนินการ; pairs with nothing.
    pub steps: Vec<Given<String>>,
    /// ผู้รับผิดชอบ.
    pub responsible: Vec<Given<String>>,
    /// ระยะเวลาดำเนินการ.
    pub period: Option<Given<Period>>,
    /// การติดตามผล.
    pub follow_up: Option<FollowUp>,
    /// What was done, as reported through the year.
    pub results: Vec<Progress>,
    /// The entry, for what it lacks.
    pub place: Place,
}

impl Measure {
    /// The given title, else the first item.
    pub fn short_title(&self) -> &str {
        self.title.as_ref().or(self.measure.first()).map_or("", |title| title.as_str())
    }

    /// The state of an item (from 1): that of its latest report; `None` before the first one.
    pub fn item_state(&self, item: usize) -> Option<State> {
        self.item_state_on(item, FiscalYear::LAST.last_day())
    }

    /// As [`Measure::state_on`], with everything that was ever reported.
    pub fn state(&self) -> Option<State> {
        self.state_on(FiscalYear::LAST.last_day())
    }

    /// The state of an item (from 1) as it stood reported at the end of a day.
    fn item_state_on(&self, item: usize, day: Date) -> Option<State> {
        let reports = self
            .results
            .iter()
            .filter(|result| result.date.value <= day)
            .filter(|result| result.of.is_empty() || result.of.iter().any(|of| of.value == item));
        reports.max_by_key(|result| result.date.value).map(|result| result.state.value)
    }

    /// What stood reported at the end of a day. Done when all items are; cancelled when all are; otherwise the furthest that any item has
    /// come. `None` before the first report.
    pub fn state_on(&self, day: Date) -> Option<State> {
        let states: Vec<_> = (1..=self.measure.len()).map(|item| self.item_state_on(item, day)).collect();
        let all = |state| states.iter().all(|&found| found == Some(state));
        if states.iter().all(Option::is_none) {
            None
        } else if all(State::Cancelled) {
            Some(State::Cancelled)
        } else if states.iter().all(|&found| matches!(found, Some(State::Done | State::Cancelled))) {
            Some(State::Done)
        } else if states.iter().all(|&found| matches!(found, None | Some(State::Planned))) {
            Some(State::Planned)
        } else {
            Some(State::Ongoing)
        }
    }
}

/// การติดตามผล: how and when a measure is followed up.
#[derive(Debug, Clone)]
pub struct FollowUp {
    /// As written.
    pub text: Given<String>,
    /// The month or day, given or named in the text.
    pub date: Option<Point>,
}

/// One report of what was done.
#[derive(Debug, Clone)]
pub struct Progress {
    /// When it was reported.
    pub date: Given<Date>,
    /// How far it is.
    pub state: Given<State>,
    /// The items of the measure that it reports on, from 1; empty means all.
    pub of: Vec<Given<usize>>,
    /// What was done.
    pub summary: Given<String>,
    /// Proof.
    pub evidence: Vec<Link>,
}

/// How far a measure or one of its items is, as last reported. Nothing is ever "overdue": a page knows no today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum State {
    /// ยังไม่ดำเนินการ
    Planned,
    /// กำลังดำเนินการ
    Ongoing,
    /// เสร็จแล้ว
    Done,
    /// ยกเลิก
    Cancelled,
}

impl State {
    /// As the file format's English form and CSS classes have it.
    pub fn code(self) -> &'static str {
        match self {
            State::Planned => "planned",
            State::Ongoing => "ongoing",
            State::Done => "done",
            State::Cancelled => "cancelled",
        }
    }
}

/// `memo.md`: the official memo (บันทึกข้อความ; ระเบียบงานสารบรรณ พ.ศ. 2526, ข้อ 12 and 26).
#[derive(Debug, Clone)]
pub struct Memo {
    /// The whole line after ส่วนราชการ.
    pub office: Given<String>,
    /// The line after ที่, without spaces round its `/`.
    pub number: Given<String>,
    /// Printed without พ.ศ. and วันที่.
    pub date: Given<Date>,
    /// Without the word เรื่อง.
    pub subject: Given<String>,
    /// Without the word เรียน.
    pub to: Given<String>,
    /// The writer.
    pub signed_by: Signatory,
    /// Comments of the superiors, in their order.
    pub endorsements: Vec<Endorsement>,
    /// The signed scan.
    pub files: Vec<Link>,
    /// The text, bindings not yet evaluated.
    pub body: Body,
}

/// Who signs.
#[derive(Debug, Clone)]
pub struct Signatory {
    /// The bare name; pages add the parentheses.
    pub name: Given<String>,
    /// In office.
    pub position: Given<String>,
}

/// A superior's comment under a memo (การบันทึกต่อเนื่อง).
#[derive(Debug, Clone)]
pub struct Endorsement {
    /// Whose comment it is.
    pub heading: Given<String>,
    /// `None` prints as two dotted lines.
    pub text: Option<Given<String>>,
    /// Who signs, and as what.
    pub signatory: Signatory,
    /// When, if it says.
    pub date: Option<Given<Date>>,
}

/// A key without a value that could be read.
#[derive(Debug, Clone)]
pub struct Blank {
    /// The key.
    pub place: Place,
    /// Whether nothing stands behind it; otherwise a finding says already what is wrong with it.
    pub is_empty: bool,
}

/// `disclosure.yaml`: what the agency answers to the items of a round.
#[derive(Debug, Clone)]
pub struct Disclosure {
    /// The round.
    pub fiscal_year: Given<FiscalYear>,
    /// The items that this site answers for; `None` means the two that it exists for.
    pub answers_for: Option<AnswersFor>,
    /// Answers by item; what is still open is not here.
    pub items: BTreeMap<ItemCode, Given<Answer>>,
    /// Items whose keys have no answer that could be read.
    pub blanks: BTreeMap<ItemCode, Blank>,
    /// The key `answers_for`, the key `items`, or the file, for what is missing.
    pub place: Place,
}

/// The items that a site answers for.
#[derive(Debug, Clone)]
pub enum AnswersFor {
    /// Every item of the year.
    All,
    /// These.
    Items(Vec<Given<ItemCode>>),
}

/// What an agency answers to one item.
#[derive(Debug, Clone)]
pub enum Answer {
    /// Where it is disclosed, and a note for the assessor.
    Links(Vec<Link>, Option<Given<String>>),
    /// "The agency has none", and why.
    None(Given<String>),
}

/// Everything of one agency: the unit that streams through a build.
#[derive(Debug, Clone)]
pub struct AgencyContent {
    /// Who.
    pub agency: Arc<Agency>,
    /// `index.md`.
    pub index: Option<Narrative>,
    /// `pages/<id>.md`.
    pub pages: BTreeMap<String, Narrative>,
    /// `files/` of index and pages.
    pub attachments: Attachments,
    /// By assessed year.
    pub rounds: BTreeMap<FiscalYear, Arc<Round>>,
}

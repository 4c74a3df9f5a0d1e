//! The contract with themes: what each kind of page hands to its template. The only `Serialize` of the pages.
//!
//! Everything arrives ready to print: numbers and dates in the site's digits, links relative to the page and naming the file, prose as
//! HTML that needs no escaping (fields named `html`). Templates hold no arithmetic and no Thai rules. `themes/README.md` documents these
//! types; a change that breaks a theme raises `CONTRACT`.

use serde::Serialize;

/// The version of this contract, as `theme.yaml` names it.
pub const CONTRACT: u32 = 1;

/// What every page has, whatever its kind; its own part stands under the name of its kind (`report`, `measures`, …).
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Page {
    /// `home`, `portal`, `ranking`, `agencies`, `report`, `trend`, `card`, `measures`, `results`, `memo`, `round`, `sheet`, `about`, `search`, `page`, `moved` or `not_found`: also the template's name.
    pub kind: &'static str,
    /// The level-1 heading.
    pub title: String,
    /// For `<title>`: the heading and whose page it is.
    pub window_title: String,
    /// One sentence for search engines and shared links.
    pub description: String,
    /// `th` or `en`: the language of the theme's own words. The content is Thai in any case.
    pub language: &'static str,
    /// `thai` or `arabic`: the digits of data, for list markers.
    pub numerals: &'static str,
    /// Where the front page of this site lies, seen from this page: `index.html` or `../index.html`.
    pub front: String,
    /// Where the site's root folder lies, seen from this page: empty or `../`, for assets.
    pub root: String,
    /// The absolute address, where `base_url` is known.
    pub canonical: Option<String>,
    /// Whose page it is; a portal's own pages have none.
    pub agency: Option<Agency>,
    /// The portal, on a portal's site.
    pub portal: Option<Portal>,
    /// From the front page to the page above this one; empty on the front page.
    pub breadcrumbs: Vec<Anchor>,
    /// The page about this site; none on pages that belong to no agency and to no portal.
    pub about: Option<Anchor>,
    /// The same on every page of an agency, in the same order.
    pub menu: Vec<MenuItem>,
    /// The newest date in the page's own data.
    pub updated: Option<Date>,
    /// The division that owns the text.
    pub office: Option<String>,
    /// Attachments under the text.
    pub files: Vec<Anchor>,
    /// Proper names that no line of this page may tear, the longest first.
    pub names: Vec<String>,
    /// Findings that the agency accepted, with its reason.
    pub accepted: Vec<Accepted>,
    /// The part of this kind of page.
    #[serde(flatten)]
    pub body: Body,
}

/// The part of a page that is particular to its kind, under the name of the kind.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// The front page of an agency.
    Home(Box<Home>),
    /// The front page of a portal.
    PortalHome(Box<PortalHome>),
    /// The results of some agencies of a portal in one year, beside each other.
    Ranking(Box<Ranking>),
    /// A list of agencies of a portal.
    Agencies(AgencyList),
    /// The analysis report of an assessed year.
    Report(Box<Report>),
    /// All assessed years side by side.
    Trend(Trend),
    /// The latest result for other sites.
    Card(Card),
    /// The measures that follow from it.
    Measures(Measures),
    /// What became of the measures.
    Results(Measures),
    /// An official memo.
    Memo(Memo),
    /// The items of a round.
    Round(Round),
    /// The answer sheet of a round.
    Sheet(Sheet),
    /// About the site itself.
    AboutSite(Box<About>),
    /// The search.
    Search(Search),
    /// A further page.
    Text(Text),
    /// A plain page at an address that moved.
    Moved(Anchor),
    /// 404.html; links in it are absolute.
    NotFound(NotFound),
}

/// A link.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Anchor {
    /// Relative and naming the file, or an address elsewhere.
    pub href: String,
    /// Its text, which says where it leads.
    pub text: String,
    /// Whether it leaves this site.
    pub external: bool,
    /// For a file: its kind and size, such as `PDF, ๒.๑ MB`.
    pub file: Option<String>,
    /// For a file whose published name is not its own: the name to save it under.
    pub download: Option<String>,
}

impl Anchor {
    /// A link inside this site.
    pub fn inside(href: impl Into<String>, text: impl Into<String>) -> Self {
        Anchor { href: href.into(), text: text.into(), external: false, file: None, download: None }
    }

    /// A link that leaves this site.
    pub fn outside(href: impl Into<String>, text: impl Into<String>) -> Self {
        Anchor { external: true, ..Anchor::inside(href, text) }
    }
}

/// A place in the menu.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct MenuItem {
    /// Relative and naming the file.
    pub href: String,
    /// Short name of the page.
    pub text: String,
    /// Whether it is this page.
    pub current: bool,
}

/// A day or month in words, and for machines.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Date {
    /// `๒๗ กันยายน ๒๕๖๕`.
    pub text: String,
    /// `2022-09-27`, always ค.ศ. and Arabic digits, for `datetime`.
    pub iso: String,
}

/// A fiscal year.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Year {
    /// In the site's digits: `๒๕๖๕`.
    pub text: String,
    /// In Arabic digits, as addresses have it: `2565`.
    pub number: String,
}

/// Whose page it is.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Agency {
    /// In full, as the page's year had it.
    pub name: String,
    /// As people say it.
    pub short_name: String,
    /// The kind, such as `อบต.`.
    pub kind: String,
    /// Of the office.
    pub address: Option<String>,
    /// As written.
    pub phone: Option<String>,
    /// `tel:` and the digits.
    pub phone_href: Option<String>,
    /// Of the registry.
    pub email: Option<String>,
    /// A map.
    pub map: Option<Anchor>,
    /// The seal's address.
    pub seal: Option<String>,
    /// The agency's main site.
    pub main_site: Option<Anchor>,
    /// In a portal.
    pub province: Option<String>,
    /// In a portal.
    pub district: Option<String>,
}

/// The office behind a portal.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Portal {
    /// In full.
    pub name: String,
    /// As people say it.
    pub short_name: String,
    /// The portal's front page, seen from this page.
    pub href: String,
}

/// An accepted finding, printed beside the figure that it concerns.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Accepted {
    /// Its code.
    pub code: &'static str,
    /// What was found.
    pub message: String,
    /// Why it stays.
    pub reason: String,
    /// The measure that it concerns, if it is one.
    pub measure: Option<String>,
}

/// The front page of an agency.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Home {
    /// The narrative of `index.md`.
    pub html: String,
    /// Its footnotes.
    pub footnotes_html: String,
    /// The newest announced result.
    pub latest: Option<RoundCard>,
    /// How its total changed from the year before, where the two can be compared.
    pub change: Option<Change>,
    /// Totals over the years; none before there are two.
    pub chart: Option<Chart>,
    /// All years side by side, if there is such a page.
    pub trend: Option<Anchor>,
    /// How far the newest measures are.
    pub measures: Option<MeasuresGlance>,
    /// Every assessed year, newest first.
    pub reports: Vec<RoundCard>,
    /// Rounds that have an item list, newest first.
    pub rounds: Vec<RoundLink>,
    /// The card for other sites.
    pub card: Anchor,
    /// What is new, for programs that look regularly; none without `base_url`.
    pub feed: Option<Anchor>,
}

/// How far the measures of a year are.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct MeasuresGlance {
    /// The year in which they take place.
    pub year: Year,
    /// How many stand in each state.
    pub chart: Chart,
    /// The same in a fixed order, those without a report last; only states that occur.
    pub states: Vec<StateCount>,
    /// Their table.
    pub measures: Anchor,
    /// The results page, if there is one.
    pub results: Option<Anchor>,
}

/// An assessed year at a glance.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct RoundCard {
    /// The assessed year.
    pub year: Year,
    /// The report.
    pub href: String,
    /// As announced; none means not announced yet.
    pub total: Option<String>,
    /// As announced, or as the rule gives it.
    pub level: Option<String>,
    /// Whether the total reaches the year's threshold.
    pub pass: Option<bool>,
    /// The day of the announcement.
    pub announced: Option<Date>,
    /// The measures page, if there is one.
    pub measures: Option<Anchor>,
    /// The results page, if there is one.
    pub results: Option<Anchor>,
    /// How many measures stand in each state, in a fixed order; only states that occur.
    pub states: Vec<StateCount>,
}

/// A number of measures in one state.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct StateCount {
    /// The state.
    pub state: State,
    /// How many, in the site's digits.
    pub count: String,
}

/// A round's item list.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct RoundLink {
    /// The round.
    pub year: Year,
    /// Its page.
    pub href: String,
    /// Items answered, in the site's digits.
    pub answered: String,
    /// Items of the year, in the site's digits.
    pub items: String,
}

/// The front page of a portal.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct PortalHome {
    /// The narrative of `index.md`.
    pub html: String,
    /// Its footnotes.
    pub footnotes_html: String,
    /// The results of all agencies; none as long as nothing is announced.
    pub comparison: Option<Comparison>,
    /// Every agency, in Thai order of proper names; none where they are too many for this page.
    pub agencies: Vec<AgencyCard>,
    /// The list of all agencies, where it has pages of its own.
    pub all: Option<Anchor>,
    /// The list of agencies without a report, with their number; none where there is no agency.
    pub without_report: Option<Anchor>,
}

/// What some agencies announced: one year at length, and all years in a row each.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Comparison {
    /// The year at length.
    pub overview: Overview,
    /// Every year with a result, newest first; none on the page of a year, which shows its own.
    pub years: Vec<YearOfMany>,
    /// The kinds of agencies among them; none where all are of one kind.
    pub kinds: Vec<GroupRow>,
    /// Where they lie; none where all lie in one place.
    pub areas: Vec<GroupRow>,
    /// Whether areas are provinces or districts: `province` or `district`.
    pub area: &'static str,
    /// What was lost at each indicator, the greatest loss first; none where the year's indicators are not known.
    pub indicators: Vec<IndicatorLoss>,
    /// What was lost at items, the greatest loss first; only items for which somebody got nothing.
    pub items: Vec<ItemLoss>,
}

/// The results of some agencies in one year.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Overview {
    /// The assessed year.
    pub year: Year,
    /// The page of that year; none on it.
    pub page: Option<Anchor>,
    /// How many agencies there are.
    pub agencies: String,
    /// How many of them announced a result.
    pub announced: String,
    /// The plain mean of the announced totals.
    pub mean: Option<String>,
    /// The total in the middle.
    pub median: Option<String>,
    /// The highest total.
    pub highest: Option<String>,
    /// The lowest total.
    pub lowest: Option<String>,
    /// How many reach the threshold; none where the year has none that is known.
    pub passed: Option<Share>,
    /// The threshold.
    pub threshold: Option<String>,
    /// How many have each level.
    pub levels: Vec<LevelShare>,
    /// The levels as one bar; none where no level is known.
    pub chart: Option<Chart>,
}

/// How many of those that announced a result.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Share {
    /// So many.
    pub count: String,
    /// Of a hundred, with two decimals.
    pub per_cent: String,
}

/// How many have a level.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct LevelShare {
    /// The level.
    pub name: String,
    /// How many have it.
    pub share: Share,
}

/// A year of several agencies.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct YearOfMany {
    /// The assessed year.
    pub year: Year,
    /// The page of that year over all agencies.
    pub href: String,
    /// How many announced a result.
    pub announced: String,
    /// The plain mean of the announced totals.
    pub mean: String,
    /// How many reach the threshold.
    pub passed: Option<Share>,
    /// How many have each level.
    pub levels: Vec<LevelShare>,
    /// The levels as one bar; empty where no level is known.
    pub svg_html: String,
}

/// A group of agencies beside others.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct GroupRow {
    /// What it is called.
    pub name: String,
    /// Its page.
    pub href: String,
    /// How many agencies it has.
    pub agencies: String,
    /// How many of them announced a result for the year.
    pub announced: String,
    /// The plain mean of their totals.
    pub mean: Option<String>,
    /// The highest total.
    pub highest: Option<String>,
    /// The lowest total.
    pub lowest: Option<String>,
    /// How many reach the threshold.
    pub passed: Option<Share>,
}

/// What several agencies lost at an indicator.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct IndicatorLoss {
    /// In the site's digits.
    pub number: String,
    /// In the theme's language.
    pub name: String,
    /// The plain mean of the scores.
    pub mean: String,
    /// Points of the total that are missing on average; none where the year's weights are unconfirmed.
    pub points: Option<String>,
    /// How many are below the threshold.
    pub below: String,
    /// How many have a score.
    pub scored: String,
}

/// What several agencies lost at an item.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct ItemLoss {
    /// `O42`.
    pub code: String,
    /// Its official title, if it is known.
    pub title: Option<String>,
    /// How many got nothing for it.
    pub lost: String,
    /// How many say what they got for it.
    pub scored: String,
    /// Points of the total that it weighs; none where the year's rule is unconfirmed.
    pub points: Option<String>,
}

/// The results of a group of agencies, or of all, in one year.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Ranking {
    /// What they announced; none on the further parts of the list, and as long as nothing is announced.
    pub comparison: Option<Comparison>,
    /// Whose results are listed.
    pub year: Option<Year>,
    /// The pages of all years with a result, newest first; none on those of groups and on the further parts of the list, and where there is one year.
    pub years: Vec<MenuItem>,
    /// From the highest total to the lowest; those without a result at the end, in Thai order of proper names.
    pub agencies: Vec<RankedAgency>,
    /// Whether they are of several kinds.
    pub shows_kind: bool,
    /// Whether they lie in several places.
    pub shows_area: bool,
    /// Whether areas are provinces or districts: `province` or `district`.
    pub area: &'static str,
    /// The parts of the list, in their order; none where it has only one.
    pub parts: Vec<MenuItem>,
}

/// An agency among others.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct RankedAgency {
    /// From the top; equal totals share one. None without a result.
    pub rank: Option<String>,
    /// In full.
    pub name: AgencyName,
    /// Its report of the year, or its front page.
    pub href: String,
    /// The kind, such as `อบต.`.
    pub kind: String,
    /// Where it lies.
    pub area: Option<String>,
    /// As announced.
    pub total: Option<String>,
    /// As announced, or as the rule gives it.
    pub level: Option<String>,
    /// Signed difference to its total of the year before, where the two can be compared.
    pub change: Option<String>,
    /// Its rank among those of its kind, where there are several kinds.
    pub rank_in_kind: Option<RankOf>,
    /// Its rank among those of its area, where there are several.
    pub rank_in_area: Option<RankOf>,
}

/// A rank among so many.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct RankOf {
    /// From the top.
    pub rank: String,
    /// How many have one.
    pub of: String,
}

/// A list of agencies.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct AgencyList {
    /// `all`, or `without_report` for those that have none for the year.
    pub of: &'static str,
    /// The year of which a report is missing.
    pub year: Option<Year>,
    /// In Thai order of proper names.
    pub agencies: Vec<AgencyCard>,
    /// The parts of the list, in their order; none where it has only one.
    pub parts: Vec<MenuItem>,
}

/// What an agency is called, in a list.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct AgencyName {
    /// What it begins with, such as its kind.
    pub beginning: String,
    /// The rest, which no line may tear; empty where it is too long for that.
    pub proper: String,
}

/// An agency in a portal's list.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct AgencyCard {
    /// In full.
    pub name: AgencyName,
    /// Its own front page.
    pub href: String,
    /// The kind, such as `อบต.`.
    pub kind: String,
    /// Where it lies.
    pub district: Option<String>,
    /// Where it lies.
    pub province: Option<String>,
    /// The newest announced result.
    pub latest: Option<RoundCard>,
    /// Whether the report of the year is left out because of an error, in a list of agencies without one.
    pub is_left_out: bool,
}

/// All assessed years side by side.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Trend {
    /// Totals over the years.
    pub chart: Option<Chart>,
    /// Every assessed year, oldest first.
    pub years: Vec<TrendYear>,
    /// A row per instrument.
    pub instruments: Vec<TrendRow>,
    /// A row per indicator.
    pub indicators: Vec<TrendRow>,
    /// What the rules changed in between.
    pub rules: Vec<RuleChange>,
}

/// A year beside the others.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct TrendYear {
    /// The year at a glance.
    pub card: RoundCard,
    /// How its total changed from the year before, where the two can be compared.
    pub change: Option<Change>,
}

/// An instrument or an indicator over the years.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct TrendRow {
    /// `IIT`, or a number in the site's digits.
    pub code: String,
    /// In the theme's language.
    pub name: String,
    /// Its scores, in the order of the years.
    pub scores: Vec<TrendScore>,
    /// Signed difference between the first and the last score; none with fewer than two.
    pub change: Option<String>,
}

/// A score of a year.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct TrendScore {
    /// Two decimals; none means no data, which is not zero.
    pub score: Option<String>,
    /// Whether it reaches the year's threshold.
    pub pass: Option<bool>,
}

/// A rule that is another one than in the year before.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct RuleChange {
    /// The first year of the new rule.
    pub year: Year,
    /// What changed, as a sentence.
    pub text: String,
    /// Whether it is inferred only.
    pub inferred: bool,
}

/// The latest result for other sites: a page that may be framed.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Card {
    /// The newest announced result.
    pub latest: Option<RoundCard>,
    /// The front page, seen from the card.
    pub front: String,
}

/// A chart, drawn when the site is built. It stands beside a table of the same figures.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Chart {
    /// What it shows above all: `ตัวชี้วัดที่ ๑๐ ต่ำที่สุด (๑๘.๗๕)`.
    pub title: String,
    /// What is drawn, of whom and when.
    pub subtitle: String,
    /// How its marks are read.
    pub key: String,
    /// The drawing as SVG; it says in a sentence what it shows.
    pub svg_html: String,
}

/// How a total changed from the year before.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Change {
    /// The year before.
    pub year: Year,
    /// Its total.
    pub previous: String,
    /// With its sign: `+๒.๑๐`.
    pub difference: String,
    /// Without it: `๒.๑๐`.
    pub amount: String,
    /// `up`, `down` or `same`.
    pub direction: &'static str,
}

/// The analysis report of an assessed year.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Report {
    /// The assessed year.
    pub year: Year,
    /// The year of the measures.
    pub measures_year: Year,
    /// The document's date.
    pub date: Option<Date>,
    /// As announced; none means not announced yet.
    pub total: Option<String>,
    /// As announced, or as the rule gives it.
    pub level: Option<String>,
    /// Where the rule cannot decide: every level that it allows.
    pub possible_levels: Vec<String>,
    /// Whether the total reaches the year's threshold.
    pub pass: Option<bool>,
    /// The threshold, in the site's digits.
    pub threshold: Option<String>,
    /// How the total changed from the year before, where the two can be compared.
    pub change: Option<Change>,
    /// The day of the announcement.
    pub announced: Option<Date>,
    /// Where it can be seen.
    pub source: Option<Anchor>,
    /// `nacc`, `internal` or `average`.
    pub assessor: &'static str,
    /// Instruments with their indicators; empty where only a total is known.
    pub instruments: Vec<Instrument>,
    /// The indicators as bars; none where no score is known.
    pub chart: Option<Chart>,
    /// How the total follows; none where the rule or the numbers do not reach.
    pub working: Option<Working>,
    /// Narrative before the result table.
    pub opening_html: String,
    /// Headed parts before the result table.
    pub opening_sections: Vec<Section>,
    /// Narrative from สรุป on, behind the analyses.
    pub closing_sections: Vec<Section>,
    /// Its footnotes.
    pub footnotes_html: String,
    /// Weakness → measure → result, one row per weak indicator.
    pub matrix: Vec<MatrixRow>,
    /// Required content of the item, and where this page shows it.
    pub components: Vec<Component>,
    /// What the items weigh that this report and its results answer; empty where the rule does not say so.
    pub weights: Vec<ItemWeight>,
    /// The measures page, if there is one.
    pub measures: Option<Anchor>,
    /// The results page, if there is one.
    pub results: Option<Anchor>,
    /// The memos.
    pub memos: Vec<Anchor>,
    /// The item list of the round that this report answers.
    pub round: Option<Anchor>,
}

/// An instrument: IIT, EIT or OIT.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Instrument {
    /// `IIT`.
    pub code: String,
    /// `iit`: the fixed id of its section.
    pub id: String,
    /// In the theme's language.
    pub name: String,
    /// Its score on the scale of 100, rounded once.
    pub score: Option<String>,
    /// In per cent; none where unconfirmed.
    pub weight: Option<String>,
    /// Announced parts, if it was announced in parts.
    pub parts: Vec<String>,
    /// As announced in the weighted form.
    pub weighted: Option<String>,
    /// Its indicators in order.
    pub indicators: Vec<Indicator>,
    /// What the agency says of it.
    pub analysis: Option<Analysis>,
}

/// An indicator.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Indicator {
    /// In the site's digits.
    pub number: String,
    /// In the theme's language.
    pub name: String,
    /// Two decimals; none means no data, which is not zero.
    pub score: Option<String>,
    /// Whether it reaches the threshold.
    pub pass: Option<bool>,
    /// How far it is below the threshold; none where it reaches it.
    pub gap: Option<String>,
    /// Whether it needs measures (it is in a `focus`).
    pub weak: bool,
    /// Last year's score.
    pub previous: Option<String>,
    /// Signed difference to last year.
    pub change: Option<String>,
    /// Arabic digits for drawing: `86.92`.
    pub value: Option<String>,
}

/// How the total follows from the instruments.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Working {
    /// One line per instrument.
    pub lines: Vec<WorkingLine>,
    /// The exact sum: `๖๙.๓๘๒`.
    pub unrounded: String,
    /// Rounded half-up once: `๖๙.๓๘`.
    pub rounded: String,
    /// Whether it is another figure than the announced one.
    pub differs: bool,
    /// What the parts give when each is rounded before they are added, where that is another figure: `๖๙.๓๙`.
    pub rounded_parts: Option<String>,
}

/// One instrument's part of the total.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct WorkingLine {
    /// `IIT`.
    pub code: String,
    /// Unrounded mean of its indicators.
    pub mean: String,
    /// `๓๐`, in per cent.
    pub weight: String,
    /// Mean × weight, unrounded.
    pub points: String,
}

/// The narrative about one instrument.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Analysis {
    /// Replaces the section's title.
    pub title: Option<String>,
    /// Before the first heading.
    pub html: String,
    /// Headed parts.
    pub sections: Vec<Section>,
    /// Its footnotes.
    pub footnotes_html: String,
}

/// A headed part of a narrative.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Section {
    /// Unique on the page.
    pub id: String,
    /// The heading's text.
    pub heading: String,
    /// What stands under it.
    pub html: String,
}

/// A weak indicator, what is done about it, and what came of it.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct MatrixRow {
    /// The indicator.
    pub indicator: Indicator,
    /// Measures that answer to it; empty shows the gap.
    pub measures: Vec<MatrixMeasure>,
}

/// A measure in the matrix.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct MatrixMeasure {
    /// Its row in the measures table.
    pub link: Anchor,
    /// As last reported.
    pub state: Option<State>,
}

/// A component that the item demands.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Component {
    /// As the framework words it.
    pub title: String,
    /// Where this page, or the measures page, shows it; none where it is missing.
    pub href: Option<String>,
    /// Whether the framework's wording is inferred only.
    pub inferred: bool,
}

/// An item of the round after the assessed year that a report or its results answer.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct ItemWeight {
    /// The round.
    pub year: Year,
    /// `O42`.
    pub code: String,
    /// Official title.
    pub title: String,
    /// Its row in the round's list, if there is one.
    pub href: Option<String>,
    /// What it weighs in points of the total.
    pub points: String,
    /// Whether the weight is inferred only.
    pub inferred: bool,
}

/// The measures table or the results page.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Measures {
    /// The assessed year.
    pub year: Year,
    /// The year in which the measures take place.
    pub measures_year: Year,
    /// `จาก… เมื่อวันที่ … …ได้ร่วมกันพิจารณาเพื่อกำหนดมาตรการ… ดังนี้`.
    pub lead: Option<String>,
    /// Minutes and orders.
    pub evidence: Vec<Anchor>,
    /// Rows of the table.
    pub rows: Vec<Measure>,
    /// On the measures page, the rows over the months of their year; none where nothing of them has a day.
    pub timeline: Option<Timeline>,
    /// On the results page, the stages of the year up to the last report.
    pub stages: Vec<Stage>,
    /// The report that they follow from.
    pub report: Anchor,
    /// The results page on the measures page, and the reverse.
    pub other: Option<Anchor>,
}

/// Measures over the months of a fiscal year.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Timeline {
    /// The fiscal year.
    pub year: Year,
    /// Its first and last month.
    pub whole: Date,
    /// Its twelve months, abbreviated.
    pub months: Vec<String>,
    /// `๑` to `๔`, the quarters of three months each.
    pub quarters: Vec<String>,
    /// `๖` and `๑๒`, the months after which offices report.
    pub stages: Vec<String>,
    /// One row per measure.
    pub rows: Vec<TimelineRow>,
    /// Whether anything was reported.
    pub has_reports: bool,
}

/// A measure over the months of a fiscal year.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct TimelineRow {
    /// Its row in the table.
    pub link: Anchor,
    /// When it runs, in normal form.
    pub period: Option<Date>,
    /// SVG as wide as it can be, with a text; it uses the marks `mark-follow-up`, `mark-before`, `mark-after` and `mark-<state>`, which the
    /// template draws around the point 0, 0.
    pub svg_html: String,
}

/// A stage of a fiscal year.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Stage {
    /// `six-months`, `twelve-months` or `later`.
    pub code: &'static str,
    /// `รอบ ๖ เดือน`.
    pub title: String,
    /// Its last day; none for what was reported after the year.
    pub until: Option<Date>,
    /// How many measures stood in each state at its end.
    pub states: Vec<StateCount>,
    /// How many had no report by then.
    pub unreported: Option<String>,
}

/// A row of the measures table.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Measure {
    /// `m-<id>`: the fragment of its address.
    pub id: String,
    /// By place, in the site's digits.
    pub number: String,
    /// Short name.
    pub title: String,
    /// The indicators that it answers to.
    pub indicators: Vec<Indicator>,
    /// มาตรการ/แนวทาง.
    pub items: Vec<String>,
    /// วิธีการดำเนินการ.
    pub steps: Vec<String>,
    /// ผู้รับผิดชอบ.
    pub responsible: Vec<String>,
    /// ระยะเวลาดำเนินการ, in normal form.
    pub period: Option<Date>,
    /// การติดตามผล.
    pub follow_up: Option<String>,
    /// As last reported.
    pub state: Option<State>,
    /// State of each item, in the order of `items`.
    pub item_states: Vec<Option<State>>,
    /// On the results page, its state at the end of each of the `stages`.
    pub stage_states: Vec<Option<State>>,
    /// Reports by date, oldest first.
    pub results: Vec<Progress>,
    /// Accepted findings that concern this row.
    pub accepted: Vec<Accepted>,
    /// Its row in the measures table, for the results page.
    pub href: String,
}

/// One report of what was done.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Progress {
    /// `r-<measure>-<date>`: the fragment of its address; the second one of a day ends in `-2`.
    pub id: String,
    /// When.
    pub date: Date,
    /// The stage in which it was reported: `code` of one of the `stages`.
    pub stage: &'static str,
    /// How far.
    pub state: State,
    /// The items it reports on, in the site's digits; empty means all.
    pub of: Vec<String>,
    /// What was done.
    pub summary: String,
    /// Proof.
    pub evidence: Vec<Anchor>,
}

/// How far something is.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct State {
    /// `planned`, `ongoing`, `done`, `cancelled`, or `none` before the first report: for CSS classes.
    pub code: &'static str,
    /// In the theme's language.
    pub text: String,
}

/// An official memo; its data in Thai digits always.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Memo {
    /// The assessed year.
    pub year: Year,
    /// After ส่วนราชการ.
    pub office: String,
    /// After ที่.
    pub number: String,
    /// After วันที่.
    pub date: Date,
    /// After เรื่อง.
    pub subject: String,
    /// After เรียน.
    pub to: String,
    /// The text.
    pub html: String,
    /// Its footnotes.
    pub footnotes_html: String,
    /// Who signs.
    pub signed_by: Signatory,
    /// Comments of superiors.
    pub endorsements: Vec<Endorsement>,
    /// The agency's garuda file; without one its box stays free.
    pub garuda: Option<String>,
}

/// Who signs.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Signatory {
    /// Bare; the template adds the parentheses. None where the site withholds names.
    pub name: Option<String>,
    /// In office.
    pub position: String,
}

/// A superior's comment.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Endorsement {
    /// Whose comment it is.
    pub heading: String,
    /// None prints as two dotted lines.
    pub text: Option<String>,
    /// Who signs.
    pub signed_by: Signatory,
    /// When, if it says.
    pub date: Option<Date>,
}

/// The items of a round.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Round {
    /// The round.
    pub year: Year,
    /// Items of the year, if known.
    pub items_total: Option<String>,
    /// Whether all of them are listed here.
    pub complete: bool,
    /// Answered items, in the site's digits.
    pub answered: String,
    /// Demanded items without an answer, in the site's digits.
    pub open: String,
    /// Whether any item is open.
    pub has_open: bool,
    /// Points of the total that open items cost, where the rule allows to say so.
    pub points_at_stake: Option<String>,
    /// Whether the weight of an item is inferred only.
    pub points_inferred: bool,
    /// Items of which the agency says that it has none, in the site's digits; none where there is no such item.
    pub none: Option<String>,
    /// Items that are not answered here but on the agency's main site, in the site's digits; none where there is no such item.
    pub elsewhere: Option<String>,
    /// Sub-indicators with their items.
    pub groups: Vec<Group>,
    /// The ITAS answer sheet as CSV.
    pub sheet: Option<Anchor>,
    /// The ITAS answer sheet as a page.
    pub sheet_page: Option<Anchor>,
}

/// A sub-indicator.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Group {
    /// `๙.๑`, in the site's digits.
    pub number: String,
    /// `9-1`, for ids.
    pub id: String,
    /// Its name, if known.
    pub name: Option<String>,
    /// Its items in order.
    pub items: Vec<Item>,
}

/// An item of the round.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Item {
    /// `O42`.
    pub code: String,
    /// `o42`: its id on the page.
    pub id: String,
    /// Official title.
    pub title: String,
    /// Whether the title is inferred only.
    pub inferred: bool,
    /// `answered`, `none`, `open` or `elsewhere`.
    pub state: &'static str,
    /// The same in the theme's language.
    pub state_text: String,
    /// Where it is disclosed.
    pub answers: Vec<AnswerLink>,
    /// A note for the assessor, or the reason why there is none.
    pub note: Option<String>,
    /// What the item weighs in points of the total.
    pub points: Option<String>,
}

/// One address that answers an item.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct AnswerLink {
    /// The link.
    pub link: Anchor,
    /// The click path, menu by menu.
    pub path: Vec<String>,
}

/// The answer sheet of a round: what is typed into ITAS.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Sheet {
    /// The round.
    pub year: Year,
    /// Whether addresses of this site are whole; without `base_url` they begin at its front page.
    pub absolute: bool,
    /// The same as CSV.
    pub csv: Anchor,
    /// Sub-indicators with their items.
    pub groups: Vec<SheetGroup>,
}

/// A sub-indicator on the answer sheet.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct SheetGroup {
    /// `๙.๑`, in the site's digits; empty for items that the year's catalogue does not list.
    pub number: String,
    /// Its name, if known.
    pub name: Option<String>,
    /// Its items in order.
    pub items: Vec<SheetItem>,
}

/// What is typed for one item.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct SheetItem {
    /// `O42`.
    pub code: String,
    /// Official title.
    pub title: String,
    /// `มี`, `ไม่มี`, or empty where this site does not answer it.
    pub disclosed: &'static str,
    /// `answered`, `none`, `open` or `elsewhere`.
    pub state: &'static str,
    /// The addresses; the text of each is what is typed.
    pub urls: Vec<Anchor>,
    /// Click paths, and the note, one line each.
    pub explanation: Vec<String>,
}

/// About the site itself: what a reader has to know to trust it.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct About {
    /// Whose site it is.
    pub owner: String,
    /// Whose results it publishes: `own`, on a portal's own page `agencies`, and `none` where a portal has no agency.
    pub results: &'static str,
    /// Under which the data may be used; none where the agency has not said, and on a portal's own page.
    pub licence: Option<Licence>,
    /// What the assessed years of the site prescribe, newest first.
    pub methods: Vec<Method>,
    /// The tables of open data; none on a portal's own page, since each agency has its own.
    pub data: Option<OpenData>,
    /// How other sites show the latest result; none without `base_url`, and on a portal's own page.
    pub embedding: Option<Embedding>,
}

/// Everything that the pages of an agency say in figures, for machines.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct OpenData {
    /// Over all years, in the order shown.
    pub tables: Vec<DataTable>,
    /// The description of all tables and their columns.
    pub package: Anchor,
    /// All tables as a workbook for a spreadsheet.
    pub workbook: Anchor,
    /// All of that in one.
    pub archive: Anchor,
    /// What the national catalogue of data asks for, to be typed from.
    pub metadata: Vec<MetadataItem>,
    /// The same as a file.
    pub metadata_file: Anchor,
    /// The same as DCAT.
    pub dcat: Anchor,
    /// The same as schema.org has it, as JSON-LD that may stand in a page; none without `base_url`.
    pub schema_org: Option<String>,
}

/// An item of metadata.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct MetadataItem {
    /// What it is called.
    pub title: String,
    /// The same as CKAN names it.
    pub field: &'static str,
    /// `None` where the agency has not said.
    pub value: Option<String>,
}

/// A table of open data.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct DataTable {
    /// What it is called.
    pub title: String,
    /// What one row is.
    pub about: String,
    /// For spreadsheets.
    pub csv: Anchor,
    /// The same for programs.
    pub json: Anchor,
}

/// HTML that whoever keeps another site copies into it.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Embedding {
    /// For the card, which shows the result and leads to the report.
    pub card: String,
    /// For the badge, a small picture that does the same.
    pub badge: String,
}

/// A licence of data.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Licence {
    /// As people call it.
    pub name: String,
    /// Its text.
    pub link: Option<Anchor>,
}

/// How the total of a year is made, and how sure that is.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Method {
    /// The assessed year.
    pub year: Year,
    /// Whether anybody has described the year; otherwise its results are shown as announced, and the rest is empty.
    pub known: bool,
    /// The instruments with their weights; empty where those are not confirmed, and then no working of the total is shown.
    pub weights: Vec<Weight>,
    /// `verified`, `derived` or `inferred`: how sure the weights are; none without them.
    pub weights_sure: Option<&'static str>,
    /// The total from which an agency passes.
    pub pass: Option<String>,
    /// The levels, from the highest to the lowest.
    pub levels: Vec<String>,
    /// How sure the levels are.
    pub levels_sure: Option<&'static str>,
}

/// What an instrument weighs.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Weight {
    /// `IIT`.
    pub code: String,
    /// In per cent, in the site's digits.
    pub weight: String,
}

/// A further page.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Text {
    /// The document's date.
    pub date: Option<Date>,
    /// Before the first heading.
    pub html: String,
    /// Headed parts.
    pub sections: Vec<Section>,
    /// Its footnotes.
    pub footnotes_html: String,
}

/// 404.html.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct NotFound {
    /// The front page from the web server's root; none without `base_url`, where any link could be wrong.
    pub home: Option<String>,
}

/// The search, and all pages for whoever cannot use it.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct Search {
    /// The index, seen from this page: a script that sets one variable.
    pub index: String,
    /// Whether it goes through the agencies of a portal, which are not among the pages.
    pub has_agencies: bool,
    /// All pages that somebody may look for: the front page, then the years from the newest, then the others.
    pub pages: Vec<SearchedPage>,
}

/// A page in the list of all pages.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct SearchedPage {
    /// Where it lies, and its heading.
    pub link: Anchor,
    /// What it is, in a word or two.
    pub kind: String,
    /// Its fiscal year, if it has one.
    pub year: Option<Year>,
}

//! The whole program on one screen: from a site's folder to its findings and, if nothing stops it, to the published site.

mod appraisal;
pub mod external;
mod manuscript;
pub(crate) mod outlet;
pub(crate) mod recent;

use crate::blob::Blob;
use crate::check::Scrutiny;
use crate::compress::{self, Form};
use crate::failure::{Failure, Result};
use crate::finding::catalog::files;
use crate::finding::{Acceptance, Finding, Findings, Location, Severity};
use crate::framework::Frameworks;
use crate::language::Language;
use crate::links;
use crate::model::date::{Date, FiscalYear};
use crate::model::summary::AgencySummary;
use crate::model::{Narrative, Portal, Settings};
use crate::parse::{self, framework};
use crate::plan::{self, Pages, portal, view};
use crate::publish::{Output, Published};
use crate::read::{self, AgencyFolder, SETTINGS, Survey, Texts};
use crate::register::Register;
use crate::search;
use crate::sight::Sight;
use crate::source::Source;
use crate::state::{self, Own, Record, Sources, Stamps, State, Useless};
use crate::theme::{self, Theme};
use external::External;
use include_dir::{Dir, include_dir};
use manuscript::Manuscript;
pub use outlet::Ready;
use outlet::{Left, Outlet, Printed, Prints};
use rayon::prelude::*;
use recent::{Recent, Reusable};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::env;
use std::fs;
use std::hash::Hash;
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};
use xxhash_rust::xxh3::Xxh3;

static FRAMEWORKS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/framework");

/// What a check looks at besides what every build does.
#[derive(Debug, Clone, Copy, Default)]
pub struct Inquiry {
    /// The day to judge by; without one no day is known.
    pub on: Option<Date>,
    /// Whether links to other sites are gathered, to ask for them.
    pub external: bool,
}

/// What a run found, and what it published.
#[derive(Debug, Default)]
pub struct Outcome {
    /// In the order in which they are shown.
    pub findings: Findings,
    /// Links to other sites, if the inquiry asks for them.
    pub external: External,
    /// Pages of the site, those that were kept as they were included.
    pub pages: usize,
    /// What changed in the output; `None` where findings stopped the build, or nothing was to be published.
    pub published: Option<Published>,
    /// The size of the archive of it in bytes, if one was asked for and written.
    pub archived: Option<u64>,
    /// Why nothing that the last build remembered could be used, where a build looked for it.
    pub forgotten: Option<Useless>,
    /// Where the time went.
    pub timings: Timings,
    /// Whether it gave way to a newer change: then there is nothing else in here.
    pub is_overtaken: bool,
}

/// How long each part of a run took, by the clock on the wall. No page depends on it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Timings {
    /// Settings, theme, frameworks, and which agencies there are.
    pub survey: Duration,
    /// All agencies: the look through their folders, reading, checking, and, unless they wait, laying out, rendering and staging.
    pub agencies: Duration,
    /// Pages that show more than one agency, and beside them those of agencies that waited: of the few that somebody is editing.
    pub site: Duration,
    /// Putting the stage in place, and remembering.
    pub publishing: Duration,
}

/// How to build.
#[derive(Clone, Copy, Default)]
pub struct Options<'a> {
    /// Warnings stop a build as errors do.
    pub strict: bool,
    /// Nothing of the last build is believed: every page is made again.
    pub fresh: bool,
    /// What could be read is not judged. Only the benchmark builds so, to say what judging costs.
    pub unjudged: bool,
    /// Compressed forms of the files are published beside them.
    pub compress: bool,
    /// Where the site goes as a ZIP as well, once it is published.
    pub zip: Option<&'a Path>,
    /// Is told how far the build is, from any thread.
    pub progress: Option<&'a (dyn Fn(Progress) + Sync)>,
    /// Where something changed since the last build of this output, if somebody watches: files relative to the site's root, with `/`. Of an
    /// agency that none of them belongs to, what was remembered is believed without a look; so everything has to be looked at again once
    /// that somebody has time.
    pub changed: Option<&'a BTreeSet<String>>,
    /// Is asked before the first look, between agencies, from any thread, and last before the swap: whether what is being built is out of date already. If so, the
    /// build leaves the output as it was.
    pub overtaken: Option<&'a (dyn Fn() -> bool + Sync)>,
}

/// How far a build is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// So many agencies are to be done.
    Agencies(usize),
    /// One of them is done.
    AgencyDone,
    /// All are done, and the new site is put in place.
    Publishing,
}

impl Options<'_> {
    fn tell(&self, progress: Progress) {
        if let Some(tell) = self.progress {
            tell(progress);
        }
    }

    fn is_overtaken(&self) -> bool {
        self.overtaken.is_some_and(|ask| ask())
    }

    /// Whether nothing of an agency is said to have changed.
    fn passes_over(&self, agency: &AgencyFolder) -> bool {
        let inside = format!("{}/", agency.path);
        let is_of_it = |files: &BTreeSet<String>| {
            let mut from_inside = files.range(inside.clone()..);
            files.contains(&agency.path) || from_inside.next().is_some_and(|file| file.starts_with(&inside))
        };
        self.changed.is_some_and(|files| !is_of_it(files))
    }
}

/// Builds a site into `output`. With findings that stop it, the last good output stays as it was.
///
/// # Errors
/// Only the machine's, and the refusal of an output that is not ours.
pub fn build(root: &Path, output: &Path, options: Options<'_>) -> Result<Outcome> {
    build_again(&mut Memory::default(), root, output, options)
}

/// The same for a process that builds again and again.
///
/// # Errors
/// As [`build`].
pub fn build_again(memory: &mut Memory, root: &Path, output: &Path, options: Options<'_>) -> Result<Outcome> {
    // Whoever mistypes the name of a folder should not find a new one there.
    if !root.join(SETTINGS).exists() {
        return Ok(stopped(open(root, Texts::new())?.1));
    }
    // The output is opened first: a refusal should not cost the time of a build.
    let mut output = Output::open(output, root)?;
    let archive = options.zip.map(|file| output.admit_archive(file, root)).transpose()?;
    // A file that is written in place makes its events one after the other, and all of them are there by now.
    if options.is_overtaken() {
        return Ok(overtaken());
    }
    let folder = output.state().to_owned();
    let mut new = State::begin(options.compress);
    let mut clock = Clock::start();
    memory.opener.open(root)?;
    let (site, mut findings) = memory.opener.opened();
    let Some(site) = site.as_deref() else { return Ok(stopped(findings)) };
    let survey = read::top(root, site.settings.portal.is_some(), &mut findings)?;
    let mut timings = Timings { survey: clock.lap(), ..Timings::default() };
    options.tell(Progress::Agencies(survey.agencies.len()));
    // What was not judged has no findings to remember, so the next build must not believe it.
    let shared = site.shared ^ u128::from(options.unjudged);
    memory.recent.begin(shared);
    // Only a portal is worth remembering: a site of one agency is made again in the time that it takes to look.
    let remembers = site.settings.portal.is_some();
    let (last, forgotten) = match remembers && !options.fresh {
        true => {
            let (identity, in_memory) = (output.identity(), memory.state.take());
            match State::read(&folder, in_memory, shared, identity.as_deref(), options.compress) {
                Ok(last) => (Some(last), None),
                Err(useless) => (None, Some(useless)),
            }
        }
        false => (None, None),
    };
    memory.state.clone_from(&last);
    let ids: Vec<String> = survey.agencies.iter().filter_map(|agency| agency.id.clone()).collect();
    let stage = output.stage(&ids);
    let scrutiny = if options.unjudged { Scrutiny::None } else { Scrutiny::Whole };
    let press = Press {
        outlet: Outlet::Stage(&stage),
        last: last.as_deref(),
        recent: Some(&memory.recent),
        options,
        scrutiny,
        ..Press::of(site, &survey)
    };
    let Some((mut records, mut own)) = press.run(&mut findings, &mut clock, &mut timings)? else {
        return Ok(overtaken());
    };
    let pages = pages_of(&records) + own.pages;
    if findings.iter().any(|finding| stops(site, &survey, finding, options.strict)) {
        return Ok(stopped(findings));
    }
    if options.is_overtaken() {
        return Ok(overtaken());
    }
    options.tell(Progress::Publishing);
    let published = stage.commit()?;
    if let Some(register) = site.register.as_ref().filter(|_| own.kept_promises != site.promises()) {
        let addresses = AddressIndex::new(&survey, &summaries_of(&records)?).all();
        let register = register.add(root, &addresses)?;
        own.kept_promises = register.is_kept(&site.settings, &addresses).then(|| register.hash());
    }
    if remembers && is_news(&published, last.as_deref(), &records, &own) {
        for (id, record) in &mut records {
            record.note_files(|| output.files(id))?;
        }
        if let Some(last) = last.as_deref().filter(|_| options.changed.is_some()) {
            new.look_no_later_than(last);
        }
        new.fill(shared, output.identity(), records, own);
        new.write(&folder)?;
        memory.state = Some(Arc::new(new));
    }
    let archived = archive.map(|file| output.archive(&file)).transpose()?;
    timings.publishing = clock.lap();
    let published = Some(published);
    Ok(Outcome { findings, pages, published, archived, forgotten, timings, ..Outcome::default() })
}

/// Whether the next build is better off with a new state: something changed, or young files could only be believed by their bytes.
fn is_news(published: &Published, last: Option<&State>, records: &Records, own: &Own) -> bool {
    published.written + published.deleted > 0 || !last.is_some_and(|last| last.is_up_to_date(records, own))
}

/// Looks for everything that is wrong, as a build does, and publishes nothing.
///
/// # Errors
/// Only the machine's.
pub fn check(root: &Path, inquiry: Inquiry) -> Result<Outcome> {
    check_drafts(root, Texts::new(), inquiry)
}

/// The same as if some files held other texts than they do.
///
/// # Errors
/// Only the machine's.
pub fn check_drafts(root: &Path, drafts: Texts, inquiry: Inquiry) -> Result<Outcome> {
    let (site, mut findings) = open(root, drafts)?;
    let Some(site) = site else { return Ok(stopped(findings)) };
    let survey = read::top(root, site.settings.portal.is_some(), &mut findings)?;
    let press = Press { inquiry, ..Press::of(&site, &survey) };
    let run = press.run(&mut findings, &mut Clock::start(), &mut Timings::default())?;
    let pages = run.map_or(0, |(records, own)| pages_of(&records) + own.pages);
    let external = press.external.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(Outcome { findings, external, pages, ..Outcome::default() })
}

/// What to remember of each agency, by its id; on its own site there is but one.
type Records = BTreeMap<String, Record>;

fn pages_of(records: &Records) -> usize {
    records.values().map(|record| record.pages).sum()
}

fn summaries_of(records: &Records) -> Result<Vec<&AgencySummary>> {
    let summaries = records.par_iter().map(|(_, record)| record.summary.get());
    Ok(summaries.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
}

fn stopped(mut findings: Findings) -> Outcome {
    findings.sort();
    findings.join_repeated();
    Outcome { findings, ..Outcome::default() }
}

fn overtaken() -> Outcome {
    Outcome { is_overtaken: true, ..Outcome::default() }
}

/// Measures one part after the other.
struct Clock(Instant);

impl Clock {
    fn start() -> Self {
        Clock(Instant::now())
    }

    /// The time since the last lap, or since the start.
    fn lap(&mut self) -> Duration {
        let elapsed = self.0.elapsed();
        self.0 = Instant::now();
        elapsed
    }
}

/// Whether a finding stops a build. In a portal the rounds with errors are left out and all else is published; what concerns the site itself
/// stops either.
pub(crate) fn stops(site: &Site, survey: &Survey, finding: &Finding, strict: bool) -> bool {
    let may_be_left_out = |location: &Location| {
        let mut agencies = survey.agencies.iter();
        site.settings.portal.is_some() && agencies.any(|agency| location.is_below(&agency.path))
    };
    match finding.severity {
        Severity::Error => !may_be_left_out(&finding.location),
        Severity::Warning => strict,
        Severity::Note => false,
    }
}

/// What all agencies share.
pub(crate) struct Site {
    root: PathBuf,
    /// `prongsai.yaml`.
    pub(crate) settings: Settings,
    acceptances: Vec<Acceptance>,
    frameworks: Frameworks,
    /// How pages look.
    pub(crate) theme: Theme,
    /// What was published before, if the site keeps a list of it.
    register: Option<Register>,
    /// Texts that stand in the place of what the disk holds; none when anything is published.
    drafts: Texts,
    /// Of all that is above, and of the program: what every page depends on besides its agency.
    pub(crate) shared: u128,
    /// The same without the theme: what the summary of every agency depends on.
    pub(crate) rules: u128,
}

impl Site {
    /// The register of this site, if it keeps one, as a number by which it is known again.
    pub(crate) fn promises(&self) -> Option<u128> {
        self.register.as_ref().map(Register::hash)
    }

    /// What the pages of a portal are made from, with agencies in Thai order.
    fn portal<'a>(
        &'a self,
        content: &'a portal::PortalContent<'a>,
        agencies: &'a [&'a AgencySummary],
    ) -> portal::Input<'a> {
        portal::Input { settings: &self.settings, frameworks: &self.frameworks, content, agencies }
    }

    /// Whether its authors accept a finding where the settings can say so.
    pub(crate) fn accepts(&self, finding: &Finding) -> bool {
        self.acceptances.iter().any(|acceptance| acceptance.covers(finding))
    }
}

/// What a process that builds again and again keeps from one build to the next.
#[derive(Default)]
pub struct Memory {
    opener: Opener,
    recent: Recent,
    /// What it remembered last.
    state: Option<Arc<State>>,
}

/// What all agencies share, as this process opened it last: that is done again once one of the files is another.
#[derive(Default)]
pub(crate) struct Opener {
    /// The files that it was opened from, or could not be.
    sight: Option<Sight>,
    /// `None` where nothing could be made of them.
    site: Option<Arc<Site>>,
    findings: Findings,
}

impl Opener {
    /// Opens it anew if a file is another one, and says whether that was so.
    pub(crate) fn open(&mut self, root: &Path) -> Result<bool> {
        let files = read::shared(root)?;
        if let Some(sight) = self.sight.take()
            && sight.is_of(&files)?
        {
            self.sight = Some(sight);
            return Ok(false);
        }
        let sight = Sight::of(&files)?;
        let (site, findings) = open(root, Texts::new())?;
        *self = Opener { sight: Some(sight), site: site.map(Arc::new), findings };
        Ok(true)
    }

    /// Opens it anew the next time, whatever the stamps of its files say.
    pub(crate) fn doubt(&mut self) {
        self.sight = None;
    }

    /// What it came to, with what was found by that.
    pub(crate) fn opened(&self) -> (Option<Arc<Site>>, Findings) {
        (self.site.clone(), self.findings.clone())
    }
}

/// Reads what all agencies share: settings, frameworks and theme.
pub(crate) fn open(root: &Path, drafts: Texts) -> Result<(Option<Site>, Findings)> {
    let mut findings = Findings::default();
    let Some(source) = read::root_file(root, SETTINGS, &drafts, &mut findings)? else {
        if !findings.has_errors() {
            findings.add(files::missing_file(SETTINGS));
        }
        return Ok((None, findings));
    };
    let mut shared = program_hash();
    shared.update(source.text.as_bytes());
    let (settings, acceptances) = parse::settings(&source, &mut findings);
    let texts = framework_texts(root, &drafts, &mut findings)?;
    texts
        .built_in
        .values()
        .chain(texts.own.values())
        .for_each(|source| shared.update(source.text.as_bytes()));
    let frameworks = framework::frameworks(&texts, &mut findings);
    let Some(settings) = settings else { return Ok((None, findings)) };
    let rules = shared.digest128();
    let register = Register::read(root, &drafts, &mut findings)?;
    let layers = theme_layers(root, &settings, &drafts, &mut findings)?;
    let theme = layers.and_then(|layers| {
        layers.iter().flat_map(|layer| layer.files.iter()).for_each(|(path, bytes)| {
            shared.update(path.as_bytes());
            shared.update(bytes);
        });
        Theme::load(&layers, settings.language, &mut findings)
    });
    let shared = shared.digest128();
    let root = root.to_owned();
    let site = theme.map(|theme| Site {
        root,
        settings,
        acceptances,
        frameworks,
        theme,
        register,
        drafts,
        shared,
        rules,
    });
    Ok((site, findings))
}

/// A hash that begins with the program itself, so that no page of another version is taken for one of this.
fn program_hash() -> Xxh3 {
    static PROGRAM: OnceLock<u128> = OnceLock::new();
    let program = PROGRAM.get_or_init(|| {
        let mut hasher = Xxh3::new();
        // Where the program cannot be read, its version has to do.
        let _ = env::current_exe().and_then(|path| state::hash_file(&path, &mut hasher));
        hasher.digest128()
    });
    let mut hasher = Xxh3::new();
    hasher.update(env!("CARGO_PKG_VERSION").as_bytes());
    hasher.update(&program.to_le_bytes());
    hasher
}

/// The built-in frameworks with the site's own over them.
///
/// # Errors
/// Only the machine's.
pub fn frameworks(root: &Path, findings: &mut Findings) -> Result<Frameworks> {
    Ok(framework::frameworks(&framework_texts(root, &Texts::new(), findings)?, findings))
}

fn framework_texts(root: &Path, drafts: &Texts, findings: &mut Findings) -> Result<framework::Texts> {
    let mut texts = framework::Texts::default();
    for file in FRAMEWORKS.files() {
        let name = file.path().to_string_lossy();
        let year = name.strip_suffix(".yaml").and_then(|year| year.parse().ok()).and_then(FiscalYear::new);
        if let (Some(year), Some(text)) = (year, file.contents_utf8()) {
            texts.built_in.insert(year, Source::new(format!("(prongsai) framework/{name}"), text));
        }
    }
    read::own_frameworks(root, drafts, &mut texts, findings)?;
    Ok(texts)
}

fn theme_layers(
    root: &Path,
    settings: &Settings,
    drafts: &Texts,
    findings: &mut Findings,
) -> Result<Option<Vec<theme::Layer>>> {
    let name = settings.theme.as_ref().map_or(theme::BUILT_IN, |name| name.as_str());
    theme::chain(name, findings, |name, findings| {
        let mut contents = theme::Files::new();
        for (path, file) in read::theme_files(root, name, findings)? {
            let bytes = match drafts.get(&file.path) {
                Some(draft) => draft.text.clone().into_bytes(),
                None => fs::read(&file.location).map_err(|error| Failure::io(&file.location, &error))?,
            };
            contents.insert(path, bytes);
        }
        Ok(contents)
    })
}

/// Of what the findings are at hand where the site's own pages are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Judged {
    /// Of all agencies.
    All,
    /// Of none: what is missing may be missing because of an error, so nothing is called gone.
    SiteAlone,
}

/// Which of a portal's lists of agencies are made with its other pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lists {
    /// Every one.
    All,
    /// None; who looks at one asks for it by itself.
    None,
}

/// Makes the pages of a site and hands them on.
pub(crate) struct Press<'a> {
    /// What all agencies share.
    pub(crate) site: &'a Site,
    /// Which files there are.
    pub(crate) survey: &'a Survey,
    /// Where the pages go.
    pub(crate) outlet: Outlet<'a>,
    /// What an earlier run remembered.
    pub(crate) last: Option<&'a State>,
    /// What this process keeps of the agencies that somebody is editing.
    pub(crate) recent: Option<&'a Recent>,
    /// Who is told how far it is.
    pub(crate) options: Options<'a>,
    /// How much of what can be wrong is looked for.
    pub(crate) scrutiny: Scrutiny,
    /// Which lists of agencies are made.
    pub(crate) lists: Lists,
    /// What is looked at besides.
    pub(crate) inquiry: Inquiry,
    /// Links to other sites, if the inquiry asks for them.
    pub(crate) external: Mutex<External>,
}

impl<'a> Press<'a> {
    /// One that hands nothing on.
    pub(crate) fn of(site: &'a Site, survey: &'a Survey) -> Self {
        Press {
            site,
            survey,
            outlet: Outlet::Nowhere,
            last: None,
            recent: None,
            options: Options::default(),
            scrutiny: Scrutiny::Whole,
            lists: Lists::All,
            inquiry: Inquiry::default(),
            external: Mutex::default(),
        }
    }
}

impl Press<'_> {
    /// Makes all pages, or keeps them, and judges the site as a whole. Gives what to remember; nothing where the build is overtaken.
    fn run(
        &self,
        findings: &mut Findings,
        clock: &mut Clock,
        timings: &mut Timings,
    ) -> Result<Option<(Records, Own)>> {
        let Some((mut records, prepared)) = self.agencies()? else { return Ok(None) };
        timings.agencies = clock.lap();
        // All that other pages show of an agency is known before its own are laid out.
        let mut of_site = Findings::default();
        let (own, printed) = rayon::join(
            || self.own(&records, &mut of_site),
            || prepared.into_par_iter().map(|one| self.printed_again(one)).collect::<Result<Vec<_>>>(),
        );
        let (own, acceptances) = own?;
        for pressed in printed? {
            if let Some(record) = records.get_mut(pressed.agency.as_deref().unwrap_or_default()) {
                debug_assert_eq!(record.summary.get()?, &pressed.summary, "what other pages show of it");
                record.note_pages(pressed.pages, &pressed.findings)?;
            }
        }
        for record in records.values() {
            findings.append(record.findings.get()?.clone());
        }
        findings.append(of_site);
        if self.site.promises() != own.kept_promises {
            self.judge_register(&summaries_of(&records)?, findings);
        }
        settle(findings, &acceptances);
        timings.site = clock.lap();
        Ok(Some((records, own)))
    }

    /// Every agency through all steps, on all cores; the few that somebody is editing are only prepared. Gives what to remember of each;
    /// nothing where the build is overtaken.
    fn agencies(&self) -> Result<Option<(Records, Vec<Prepared>)>> {
        let agencies = &self.survey.agencies;
        let are_few = agencies.iter().filter(|folder| self.is_edited(folder)).count() <= recent::MOST;
        let one = |folder: &AgencyFolder| {
            if self.options.is_overtaken() {
                return Ok(None);
            }
            let (record, prepared) = self.kept_or_made(folder, are_few && self.is_edited(folder))?;
            // It is unpacked here, on all cores.
            record.findings.get()?;
            self.options.tell(Progress::AgencyDone);
            Ok(Some(((folder.id.clone().unwrap_or_default(), record), prepared)))
        };
        let done: Option<Vec<_>> = agencies.par_iter().map(one).collect::<Result<_>>()?;
        let Some(done) = done else { return Ok(None) };
        let (records, prepared): (Records, Vec<_>) = done.into_iter().unzip();
        Ok(Some((records, prepared.into_iter().flatten().collect())))
    }

    /// What is made from the summaries of all agencies, and what belongs to the site itself; kept where all of that is as it was. What is
    /// accepted for the site as a whole comes with it.
    fn own(&self, records: &Records, findings: &mut Findings) -> Result<(Own, Vec<Acceptance>)> {
        let (content, acceptances) = self.own_content(findings)?;
        let stamps = state::own_stamps(self.survey, records);
        let own = match self.kept_own(stamps)? {
            Some(own) => own.clone(),
            None => {
                let made = self.own_pages(content.as_ref(), summaries_of(records)?, &acceptances)?;
                Own::of(stamps, &made.findings, made.pages, &made.lists)?
            }
        };
        findings.append(own.findings.get()?.clone());
        Ok((own, acceptances))
    }

    /// The pages of the site itself as the last build left them, if they would come out the same.
    fn kept_own(&self, stamps: Stamps) -> Result<Option<&Own>> {
        if let (Some(last), Outlet::Stage(stage)) = (self.last, self.outlet)
            // A page at an address that moved may lie in the folder of an agency.
            && self.site.settings.moved.is_empty()
            && let Some(own) = last.own(stamps)
            && stage.keep_root()?
        {
            return Ok(Some(own));
        }
        Ok(None)
    }

    /// The pages of the site itself from summaries alone, without a look at what was. `findings` are those of all agencies that are judged.
    pub(crate) fn site(
        &self,
        summaries: Vec<&AgencySummary>,
        judged: Judged,
        findings: &mut Findings,
    ) -> Result<()> {
        let (content, acceptances) = self.own_content(findings)?;
        let made = self.own_pages(content.as_ref(), summaries.clone(), &acceptances)?;
        findings.append(made.findings);
        if judged == Judged::All {
            self.judge_register(&summaries, findings);
        }
        settle(findings, &acceptances);
        Ok(())
    }

    /// Finds what was published and is gone, if the site keeps a register of it. No page is made from it.
    fn judge_register(&self, summaries: &[&AgencySummary], findings: &mut Findings) {
        if let Some(register) = self.site.register.as_ref().filter(|_| self.scrutiny == Scrutiny::Whole) {
            register.judge(&self.site.settings, &AddressIndex::new(self.survey, summaries).all(), findings);
        }
    }

    /// What a portal says itself, and what is accepted for the site as a whole.
    fn own_content(
        &self,
        findings: &mut Findings,
    ) -> Result<(Option<portal::PortalContent<'_>>, Vec<Acceptance>)> {
        let mut acceptances = self.site.acceptances.clone();
        let Some(portal) = &self.site.settings.portal else { return Ok((None, acceptances)) };
        let (content, more) = portal_content(self.site, self.survey, portal, findings)?;
        acceptances.extend(more);
        Ok((Some(content), acceptances))
    }

    fn own_pages(
        &self,
        content: Option<&portal::PortalContent<'_>>,
        mut summaries: Vec<&AgencySummary>,
        acceptances: &[Acceptance],
    ) -> Result<OwnPages> {
        let site = self.site;
        let mut findings = Findings::default();
        plan::in_thai_order(&mut summaries);
        let index = AddressIndex::new(self.survey, &summaries);
        let is_page = |address: &str| index.contains(address);
        let mut made = OwnPages::default();
        if let Some(content) = content {
            let is_judged = self.scrutiny == Scrutiny::Whole;
            let fills_lists = self.lists == Lists::All;
            let order = portal::Order { is_page: &is_page, fills_lists, is_judged };
            let mut own = portal::pages(site.portal(content, &summaries), order, &mut findings);
            own.pages.retain(|(_, page)| fills_lists || !portal::is_list(page));
            made.pages += own.pages.len();
            let printed = self.print(&own, None, &mut findings)?;
            let origins = printed.iter().filter_map(|page| Some((page.links.file.clone(), page.origin?)));
            made.lists.extend(origins);
            let front = "index.html";
            let is_there = |file: &str| index.has(file);
            self.judge_links(&own, &printed, front, &is_there, &mut findings);
            self.gather(&own, acceptances);
            // Nobody has to wait until all that a country's lists show is let go of.
            rayon::spawn(move || drop((own, printed)));
        }
        let rest = site_pages(site, &is_page, &mut findings);
        made.pages += rest.pages.len();
        self.print(&rest, None, &mut findings)?;
        Ok(OwnPages { findings, ..made })
    }

    /// A single list of a portal's agencies, by its file, if there is such a list.
    pub(crate) fn list(
        &self,
        file: &str,
        mut summaries: Vec<&AgencySummary>,
        findings: &mut Findings,
    ) -> Result<()> {
        // What is wrong with the portal's own texts is found where its other pages are made.
        let (Some(content), _) = self.own_content(&mut Findings::default())? else { return Ok(()) };
        plan::in_thai_order(&mut summaries);
        let list = portal::list(self.site.portal(&content, &summaries), file);
        self.print(&Pages { pages: list.into_iter().collect(), ..Pages::default() }, None, findings).map(drop)
    }

    /// An agency whose sources are as they were keeps its pages; any other goes the whole way, or is only prepared if its pages wait. Its folder
    /// is only named.
    fn kept_or_made(&self, folder: &AgencyFolder, waits: bool) -> Result<(Record, Option<Prepared>)> {
        let root = &self.site.root;
        if let (Some(id), Some(last), Outlet::Stage(stage)) = (&folder.id, self.last, self.outlet)
            && self.options.passes_over(folder)
            && !self.has_guests(id)
            && let Some(record) = last.agency(id)
            && stage.keep_unseen(id, &record.files()?)
        {
            return Ok((record.clone(), None));
        }
        // Only a portal's build remembers.
        let stamps = match (&folder.id, self.outlet) {
            (Some(_), Outlet::Stage(_)) => Some(state::stamps(root, folder)?),
            _ => None,
        };
        if let (Some(id), Some(last), Outlet::Stage(stage)) = (&folder.id, self.last, self.outlet)
            && let Some(stamps) = stamps
            && !self.has_guests(id)
            && let Some(record) = last.unchanged(root, folder, stamps)?
            && stage.keep(id, &record.files()?)?
        {
            return Ok((record.clone(), None));
        }
        let mut findings = Findings::default();
        let folder = read::agency(root, folder.clone(), &mut findings)?;
        let recent = self.recent.filter(|_| waits);
        let last = recent.map(|recent| recent.get(folder.id.as_deref())).unwrap_or_default();
        let mut prepared = self.prepared(&folder, stamps, findings, last)?;
        let sources = mem::take(&mut prepared.sources);
        if waits {
            let summary_of = |manuscript| self.probe().summary_of(manuscript, prepared.findings.clone());
            let summary = prepared.manuscript.clone().map(summary_of);
            return Ok((Record::of(sources, &summary)?, Some(prepared)));
        }
        let pressed = self.printed(prepared)?;
        let mut record = Record::of(sources, &pressed.summary)?;
        record.note_pages(pressed.pages, &pressed.findings)?;
        Ok((record, None))
    }

    /// Whether somebody who watches says that files of an agency changed. On an agency's own site there are no others.
    fn is_edited(&self, folder: &AgencyFolder) -> bool {
        folder.id.is_none() || self.options.changed.is_some() && !self.options.passes_over(folder)
    }

    /// Whether pages of the site itself lie in the folder of an agency: those at addresses that moved. They depend on other agencies.
    fn has_guests(&self, agency: &str) -> bool {
        let moved = self.site.settings.moved.keys();
        moved.filter_map(|old| old.strip_prefix('/')).any(|old| old.split('/').next() == Some(agency))
    }

    /// An agency all the way, from the files that were found in its folder and what was found by that. Of the last time whatever would come
    /// out the same is used again; all that agencies share has to be the same.
    pub(crate) fn made(&self, folder: &AgencyFolder, last: Reusable, findings: Findings) -> Result<Pressed> {
        self.printed(self.prepared(folder, None, findings, last)?)
    }

    /// The same until it is read and judged, with the stamps that were taken before if they are to be remembered.
    fn prepared(
        &self,
        folder: &AgencyFolder,
        stamps: Option<Stamps>,
        surveyed: Findings,
        last: Reusable,
    ) -> Result<Prepared> {
        let mut findings = Findings::default();
        let texts = read::texts(folder, &self.site.drafts, &mut findings)?;
        let sources = stamps.map(|stamps| Sources::of(folder, &texts, stamps)).transpose()?;
        let manuscript = Manuscript::read(self, folder, &texts, &last.appraisals, &mut findings);
        let (id, sources, last) = (folder.id.clone(), sources.unwrap_or_default(), last.prints);
        Ok(Prepared { id, surveyed, sources, manuscript, findings, last })
    }

    /// The pages of an agency, laid out, rendered and handed on.
    fn printed(&self, prepared: Prepared) -> Result<Pressed> {
        let Prepared { id, surveyed, manuscript, mut findings, last, .. } = prepared;
        let mut made = Pressed { agency: id, findings: surveyed, ..Pressed::default() };
        if let Some(mut manuscript) = manuscript {
            let (summary, pages) = manuscript.lay_out(self, plan::agency, &mut findings);
            self.gather(&pages, &manuscript.acceptances);
            // Compressed forms are made of what is rendered now.
            let last = (!self.options.compress).then_some(&last);
            let printed = self.print(&pages, last, &mut findings)?;
            let prefix = plan::address::prefix(made.agency.as_deref());
            let front = plan::address::file_of(&prefix, "/");
            let is_outside = |file: &str| !prefix.is_empty() && !file.starts_with(&prefix);
            self.judge_links(&pages, &printed, &front, &is_outside, &mut findings);
            findings.drop_consequences();
            findings.accept(&manuscript.acceptances);
            made.summary = Some(summary);
            made.pages = pages.pages.len();
            let prints = Prints::of(pages.pages, printed);
            made.reusable = Reusable { appraisals: manuscript.appraisals, prints };
        }
        made.findings.append(findings);
        Ok(made)
    }

    /// The same for one that somebody is editing. What can be used again of it is kept.
    fn printed_again(&self, prepared: Prepared) -> Result<Pressed> {
        let mut made = self.printed(prepared)?;
        if let Some(recent) = self.recent {
            recent.put(made.agency.as_deref(), mem::take(&mut made.reusable));
        }
        Ok(made)
    }

    /// What other pages need to know of an agency; `None` if its own file cannot be read. Its own pages are not made, and only what
    /// leaves a round out is looked for.
    pub(crate) fn summary(&self, folder: &AgencyFolder) -> Result<Option<AgencySummary>> {
        if let Some(last) = self.last {
            let stamps = state::stamps(&self.site.root, folder)?;
            if let Some(record) = last.unchanged(&self.site.root, folder, stamps)? {
                return record.summary.get().cloned();
            }
        }
        let probe = self.probe();
        let prepared = probe.prepared(folder, None, Findings::default(), Reusable::default())?;
        let Prepared { manuscript, findings, .. } = prepared;
        Ok(manuscript.map(|manuscript| probe.summary_of(manuscript, findings)))
    }

    /// One that looks for nothing but what leaves a round out, and hands nothing on.
    fn probe(&self) -> Press<'_> {
        Press { scrutiny: Scrutiny::ErrorsAlone, ..Press::of(self.site, self.survey) }
    }

    /// The summary of what an agency says, after what was found in it so far.
    fn summary_of(&self, mut manuscript: Manuscript, mut findings: Findings) -> AgencySummary {
        let (summary, ()) = manuscript.lay_out(self, plan::probe_rounds, &mut findings);
        summary
    }

    /// Keeps links to other sites for whoever asks about them.
    fn gather(&self, pages: &Pages, acceptances: &[Acceptance]) {
        if self.inquiry.external {
            let mut external = self.external.lock().unwrap_or_else(PoisonError::into_inner);
            external.take(&pages.links, acceptances);
        }
    }

    /// Renders pages and hands them on, with all that lies beside them. Gives what was read from each page that could be rendered.
    fn print(&self, pages: &Pages, last: Option<&Prints>, findings: &mut Findings) -> Result<Vec<Printed>> {
        // No file waits for another: a workbook takes as long as twenty pages, and compressing ten times as long as all else.
        let (rendered, put) = rayon::join(|| self.render(pages, last), || self.put_files(pages));
        let mut printed = Vec::new();
        for page in rendered? {
            match page {
                Ok(page) => printed.push(page),
                // The same mistake of a template on every page is one finding.
                Err(finding) if findings.iter().any(|other| other.location == finding.location) => {}
                Err(finding) => findings.add(*finding),
            }
        }
        put?;
        self.index(pages, &printed)?;
        Ok(printed)
    }

    /// Each page, or what is wrong with its template.
    fn render(
        &self,
        pages: &Pages,
        last: Option<&Prints>,
    ) -> Result<Vec<std::result::Result<Printed, Box<Finding>>>> {
        let one = |html: &mut Vec<u8>, (file, page): &plan::Filed<view::Page>| {
            let origin = self.origin(page);
            if let Some(printed) = self.outlet.put_again(file, page, last)? {
                return Ok(Ok(printed));
            }
            if let Some(html) = self.kept_list(file, origin)? {
                return Ok(Ok(Printed { origin, ..self.read(file, page, &html) }));
            }
            match self.site.theme.render(page, html) {
                Ok(()) => {
                    let left = self.put_bytes(file, html, pages)?;
                    Ok(Ok(Printed { left, origin, ..self.read(file, page, html) }))
                }
                Err(finding) => Ok(Err(finding)),
            }
        };
        pages.pages.par_iter().map_init(|| Vec::with_capacity(1 << 16), one).collect()
    }

    fn put_files(&self, pages: &Pages) -> Result<()> {
        pages.files.par_iter().try_for_each(|(file, bytes)| self.put(file, bytes, pages))?;
        pages.attachments.par_iter().try_for_each(|(file, location)| self.attach(file, location, pages))
    }

    /// What a rendered page links to, if anybody is to judge it, and what it says, if anybody is to search it.
    fn read(&self, file: &str, page: &view::Page, html: &[u8]) -> Printed {
        let links = links::scan(file, if self.scrutiny == Scrutiny::Whole { html } else { &[] });
        let is_searched = !self.outlet.is_nowhere() && plan::search::goes_through(page);
        let text = if is_searched { search::read(html) } else { search::Text::default() };
        Printed { left: Left::Nowhere, links, text: Arc::new(text), origin: None }
    }

    /// What a list of agencies is rendered from, hashed, if it may be remembered. A country has so many lists that rendering them takes longer
    /// than all else that an edit makes necessary; other pages of the site itself are few, and those of an agency are kept together.
    fn origin(&self, page: &view::Page) -> Option<u128> {
        (portal::is_list(page) && matches!(self.outlet, Outlet::Stage(_))).then(|| {
            let mut hasher = Xxh3::new();
            page.hash(&mut hasher);
            hasher.digest128()
        })
    }

    /// A list of agencies as it stands in the output, if it was rendered from the same.
    fn kept_list(&self, file: &str, origin: Option<u128>) -> Result<Option<Vec<u8>>> {
        let (Some(origin), Some(last), Outlet::Stage(stage)) = (origin, self.last, self.outlet) else {
            return Ok(None);
        };
        if last.lists()?.and_then(|lists| lists.get(file)) != Some(&origin) {
            return Ok(None);
        }
        stage.keep_file(file, &Form::ALL.map(|form| format!("{file}{}", form.suffix())))
    }

    /// Hands on the index of a search, which is put together when it goes somewhere.
    fn index(&self, pages: &Pages, printed: &[Printed]) -> Result<()> {
        let search = &pages.search;
        if self.outlet.is_nowhere() || search.file.is_empty() {
            return Ok(());
        }
        let texts: BTreeMap<String, Arc<search::Text>> =
            printed.iter().map(|page| (page.links.file.clone(), Arc::clone(&page.text))).collect();
        let (file, search) = (search.file.clone(), search.clone());
        let index = move || search::index(&search, |file| texts.get(file).cloned());
        self.put(&file, &Blob::later(index), pages)
    }

    /// Hands a file on, with its compressed forms where they are asked for.
    fn put(&self, file: &str, bytes: &Blob, pages: &Pages) -> Result<()> {
        self.outlet.put(file, bytes)?;
        if self.options.compress { self.put_compressed(file, bytes.bytes(), pages) } else { Ok(()) }
    }

    /// The same for bytes that are there.
    fn put_bytes(&self, file: &str, bytes: &[u8], pages: &Pages) -> Result<Left> {
        let left = self.outlet.put_bytes(file, bytes)?;
        if self.options.compress {
            self.put_compressed(file, bytes, pages)?;
        }
        Ok(left)
    }

    fn put_compressed(&self, file: &str, bytes: &[u8], pages: &Pages) -> Result<()> {
        if !compress::is_worthwhile(file, bytes.len() as u64) {
            return Ok(());
        }
        for form in Form::ALL {
            let name = format!("{file}{}", form.suffix());
            if !self.is_taken(&name, pages)
                && let Some(compressed) = form.of(bytes)
            {
                self.outlet.put_bytes(&name, &compressed)?;
            }
        }
        Ok(())
    }

    /// The same for an attachment. One that is compressed is read once, so that all forms hold the same, whoever writes it meanwhile.
    fn attach(&self, file: &str, location: &Path, pages: &Pages) -> Result<()> {
        let size = || fs::metadata(location).map(|metadata| metadata.len()).unwrap_or_default();
        let is_compressed = self.options.compress && compress::is_worthwhile(file, size());
        match is_compressed.then(|| fs::read(location)) {
            Some(Ok(bytes)) => self.put_bytes(file, &bytes, pages).map(drop),
            // What cannot be read is reported where it is copied.
            _ => self.outlet.copy(file, location),
        }
    }

    /// Whether something else is published under a name: an attachment, or a page that moved.
    fn is_taken(&self, name: &str, pages: &Pages) -> bool {
        let mut moved = self.site.settings.moved.keys().map(|old| plan::address::file_of("", old));
        pages.attachments.contains_key(name)
            || moved.any(|old| {
                old.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
    }

    /// Judges what the rendered pages link to. A page that could not be rendered is a finding already, and would make others of all links
    /// to it.
    fn judge_links(
        &self,
        pages: &Pages,
        printed: &[Printed],
        front: &str,
        is_elsewhere: &(dyn Fn(&str) -> bool + Sync),
        findings: &mut Findings,
    ) {
        if self.scrutiny != Scrutiny::Whole || printed.len() < pages.pages.len() {
            return;
        }
        let exists = |file: &str| {
            let asset = file.strip_prefix("assets/");
            asset.is_some_and(|name| self.site.theme.assets.contains_key(name))
                || pages.attachments.contains_key(file)
                || pages.files.iter().any(|(name, _)| name == file)
                || is_elsewhere(file)
        };
        let settings = &self.site.settings;
        let surroundings = links::Surroundings {
            theme: settings.theme.as_ref().map_or(&settings.place, |theme| &theme.place),
            front,
            exists: &exists,
            promised: &pages.links,
            standing_alone: &pages.standing_alone,
        };
        links::check(printed.iter().map(|page| &page.links), &surroundings, findings);
    }
}

/// Accepts what is accepted for the site as a whole, and brings all that was found into the order in which it is shown.
fn settle(findings: &mut Findings, acceptances: &[Acceptance]) {
    findings.accept(acceptances);
    findings.sort();
    findings.join_repeated();
}

/// What became of the pages of the site itself.
#[derive(Debug, Default)]
pub(crate) struct OwnPages {
    /// How many there are.
    pages: usize,
    /// What was found in them before anything was accepted.
    findings: Findings,
    /// What each list of agencies was rendered from, hashed, by its file, where somebody remembers it.
    lists: BTreeMap<String, u128>,
}

/// An agency that is read and judged, and not yet laid out.
struct Prepared {
    /// `None` on its own site.
    id: Option<String>,
    /// What the look for files found. That takes no round out of a portal, and nobody accepts it.
    surveyed: Findings,
    sources: Sources,
    /// `None` if its own file cannot be read; then it has no pages either.
    manuscript: Option<Manuscript>,
    findings: Findings,
    /// Its pages as they were rendered the last time, by whoever remembers it.
    last: Prints,
}

/// What became of an agency.
#[derive(Default)]
pub(crate) struct Pressed {
    /// Its id.
    agency: Option<String>,
    /// `None` if its own file cannot be read.
    pub(crate) summary: Option<AgencySummary>,
    /// Accepted ones as notes.
    pub(crate) findings: Findings,
    /// How many pages it has.
    pages: usize,
    /// For the next time.
    pub(crate) reusable: Reusable,
}

/// Which addresses are pages, counted from the root of the site.
struct AddressIndex<'a> {
    /// By `<id>`; empty on an agency's own site.
    agencies: HashMap<&'a str, &'a AgencySummary>,
    /// Of a portal itself.
    own: BTreeSet<String>,
}

impl<'a> AddressIndex<'a> {
    fn new(survey: &'a Survey, summaries: &[&'a AgencySummary]) -> Self {
        let by_id = |summary: &&'a AgencySummary| (summary.id.as_deref().unwrap_or_default(), *summary);
        let agencies: HashMap<&str, &AgencySummary> = summaries.iter().map(by_id).collect();
        let fixed = ["/", plan::address::ABOUT, plan::address::SEARCH].map(str::to_owned);
        let written = survey.pages.keys().map(|id| format!("/pages/{id}/"));
        let compared = if agencies.contains_key("") { Vec::new() } else { portal::addresses(summaries) };
        AddressIndex { agencies, own: fixed.into_iter().chain(written).chain(compared).collect() }
    }

    /// All pages. What stands at an address that moved is none.
    fn all(&self) -> BTreeSet<String> {
        let of_agencies = self.agencies.values().flat_map(|summary| {
            let prefix = plan::address::prefix(summary.id.as_deref());
            summary.addresses.iter().map(move |address| format!("/{prefix}{}", &address[1..]))
        });
        self.own.iter().cloned().chain(of_agencies).collect()
    }

    /// Whether something stands at an address: a page, or a file of open data.
    fn contains(&self, address: &str) -> bool {
        let address = plan::address::normal(address);
        match self.agencies.get("") {
            Some(summary) => is_of(summary, &address),
            None => self.is_of_agency(&address[1..]).unwrap_or_else(|| self.own.contains(&address)),
        }
    }

    /// The same by its file. The lists of a country lead to agencies a hundred thousand times.
    fn has(&self, file: &str) -> bool {
        let place = file.strip_suffix("index.html").unwrap_or(file);
        self.is_of_agency(place).unwrap_or_else(|| self.contains(&plan::address::of_file(file)))
    }

    /// Whether an agency has what a path leads to that begins with its id; `None` where none is called so.
    fn is_of_agency(&self, path: &str) -> Option<bool> {
        let (id, _) = path.split_once('/')?;
        self.agencies.get(id).map(|agency| is_of(agency, &path[id.len()..]))
    }
}

/// Whether an agency has something at an address below its own.
fn is_of(agency: &AgencySummary, address: &str) -> bool {
    agency.addresses.contains(address) || plan::data::is_file(address)
}

fn portal_content<'a>(
    site: &'a Site,
    survey: &'a Survey,
    portal: &'a Portal,
    findings: &mut Findings,
) -> Result<(portal::PortalContent<'a>, Vec<Acceptance>)> {
    let mut acceptances = Vec::new();
    let mut read = |file: &read::File| -> Result<Option<Narrative>> {
        let Some(source) = read::text(file, &site.drafts, findings)? else { return Ok(None) };
        let (narrative, more) = parse::narrative(&source, findings);
        acceptances.extend(more);
        Ok(Some(narrative))
    };
    let index = survey.index.as_ref().map(&mut read).transpose()?.flatten();
    let mut pages = BTreeMap::new();
    for (id, file) in &survey.pages {
        pages.extend(read(file)?.map(|page| (id.clone(), page)));
    }
    let attachments = survey.attachments.clone();
    Ok((portal::PortalContent { portal, index, pages, attachments }, acceptances))
}

/// What belongs to the site as a whole: moved addresses, 404 and the theme's static files.
fn site_pages(site: &Site, is_page: &dyn Fn(&str) -> bool, findings: &mut Findings) -> Pages {
    let settings = &site.settings;
    let frame = |address: &str, link: view::Anchor| {
        let file = plan::address::file_of("", address);
        let title = in_words(settings, "หน้านี้ย้ายแล้ว", "This page has moved");
        portal::page(settings, "moved", &file, title, view::Body::Moved(link))
    };
    let mut pages = plan::moved(settings, is_page, &frame, findings);
    pages.pages.push(("404.html".to_owned(), not_found(settings)));
    pages.files.extend(
        site.theme.assets.iter().map(|(name, bytes)| (format!("assets/{name}"), bytes.clone().into())),
    );
    pages.files.push(("robots.txt".to_owned(), plan::sitemap::robots(settings.base_url.as_deref()).into()));
    pages
}

/// What a server shows at any address that is no page.
pub(crate) fn not_found(settings: &Settings) -> view::Page {
    let home = settings.base_url.as_deref().map(path_of);
    let title = in_words(settings, "ไม่พบหน้าที่ต้องการ", "Page not found");
    let body = view::Body::NotFound(view::NotFound { home: home.clone() });
    let not_found = portal::page(settings, "not_found", "404.html", title, body);
    // A server shows this page at any depth, so what it loads is counted from the root of the web server.
    view::Page { root: home.clone().unwrap_or_default(), front: home.unwrap_or_default(), ..not_found }
}

fn in_words(settings: &Settings, th: &str, en: &str) -> String {
    match settings.language {
        Language::Thai => th.to_owned(),
        Language::English => en.to_owned(),
    }
}

/// The path of an absolute address: `/ita/` of `https://example.go.th/ita/`.
pub(crate) fn path_of(base_url: &str) -> String {
    let rest = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    rest.find('/').map_or_else(|| "/".to_owned(), |at| rest[at..].to_owned())
}

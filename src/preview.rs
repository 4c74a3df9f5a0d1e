//! The site as it would be published, from memory: a file is made when somebody asks for it, from its agency's folder and what all share, and
//! made again once these are others. Where a build would stop, the last good version stays, and what was found is told beside it. Nothing
//! is written, and nothing is known of who asks.
//!
//! Whether sources are as they were is looked at whenever somebody asks, so that no answer depends on being told of a change. Only the
//! pages that show more than one agency need to be told: nobody looks through ten thousand folders for every answer.

mod summaries;

use crate::build::outlet::{Files, Outlet, Ready, Tray};
use crate::build::recent::Reusable;
use crate::build::{self, Judged, Lists, Opener, Press, Site};
use crate::failure::{Failure, Result};
use crate::finding::{Finding, Findings, Severity};
use crate::model::date::is_year_name;
use crate::plan::{address, portal, sitemap};
use crate::publish;
use crate::read::{self, AgencyFolder, File, Survey};
use crate::sight::Sight;
use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use summaries::Summaries;
pub use summaries::{Progress, Summed, Work};
use xxhash_rust::xxh3::Xxh3;

/// So many agencies are kept in memory: those that were asked for last.
const MOST_AGENCIES: usize = 24;

/// Of so many themes the static files are kept: a page that stayed as it was still asks for those that it was made with.
const MOST_THEMES: usize = 4;

/// A file that vanished between being listed and being read is not there; more often than this somebody is at work on the folder.
const ATTEMPTS: usize = 3;

/// The key of what belongs to the site itself. On an agency's own site that is everything.
const OWN: &str = "";

/// A site that is looked at while it is being written.
pub struct Preview {
    root: PathBuf,
    output: PathBuf,
    strict: bool,
    /// What all agencies share, as it is now.
    opener: Opener,
    /// The same as it was last without anything that stops a build.
    site: Option<Opened>,
    /// What stands in the way of opening it anew.
    trouble: Findings,
    /// What the machine refused last.
    failure: Option<Failure>,
    /// Names of agencies, and a portal's own files.
    survey: Survey,
    /// What was found by that.
    surveyed: Findings,
    /// Whether that look was taken since anything was told that concerns it.
    is_surveyed: bool,
    /// By id, [`OWN`] among them.
    made: BTreeMap<String, Made>,
    summaries: Summaries,
    /// The newest last.
    assets: VecDeque<Files>,
    /// How often somebody asked.
    asked: u64,
    /// How often something was made.
    changes: u64,
}

/// What becomes of a question for a file.
#[derive(Debug, Clone)]
pub enum Answer {
    /// Here it is.
    File(Ready),
    /// There is none; this page is shown in its place.
    Missing(Arc<[u8]>),
    /// Nothing can be made: the settings or the theme could never be read.
    Closed,
    /// All agencies have to be looked at first: to be asked again when [`Work`] is done.
    Later,
}

/// What is wrong with what a page shows.
#[derive(Debug, Default)]
pub struct Told {
    /// In the order in which they are shown.
    pub findings: Findings,
    /// What the machine refused.
    pub failure: Option<Failure>,
    /// Whether the page is the last good one, since it cannot be made from what the files hold now.
    pub is_kept: bool,
}

/// What all agencies share.
#[derive(Clone)]
struct Opened {
    site: Arc<Site>,
    /// What was found by opening it.
    findings: Findings,
    /// Whether nothing of that stops a build.
    is_good: bool,
}

/// What was made of one agency, or of what belongs to the site itself.
struct Made {
    origin: Origin,
    /// As it is shown.
    shown: Files,
    /// What can be used again of it, shown or not.
    reusable: Reusable,
    /// Whether that is, or once was, what a build would publish.
    is_good: bool,
    /// Whether a build would stop now, so that all of it is kept.
    is_kept: bool,
    /// Folders of the output whose rounds are left out now and are shown as they were, such as `lumphuk/2565/`.
    kept: Vec<String>,
    /// Those of which only the notice is shown that they are left out.
    left_out: Vec<String>,
    findings: Findings,
    /// Attachments by where they lie, with what tells one version from another.
    attachments: BTreeMap<PathBuf, (u64, u128)>,
    /// When it was last asked for.
    asked: u64,
}

/// From what something was made.
struct Origin {
    /// Of what all share.
    shared: u128,
    /// Of its files; `None` if somebody says that they are others.
    sight: Option<Sight>,
    /// What the look for files found, written out.
    surveyed: String,
    /// Of the summaries of all agencies.
    summaries: u64,
    /// Of the register of what was ever published.
    promises: Option<u128>,
}

impl Preview {
    /// A preview that has not looked at anything yet. `output` is where builds publish; what the last one remembered saves work.
    pub fn new(root: &Path, output: &Path, strict: bool) -> Preview {
        Preview {
            root: root.to_owned(),
            output: output.to_owned(),
            strict,
            opener: Opener::default(),
            site: None,
            trouble: Findings::default(),
            failure: None,
            survey: Survey::default(),
            surveyed: Findings::default(),
            is_surveyed: false,
            made: BTreeMap::new(),
            summaries: Summaries::default(),
            assets: VecDeque::new(),
            asked: 0,
            changes: 0,
        }
    }

    /// Another number whenever something else may be told.
    pub fn changes(&self) -> u64 {
        self.changes
    }

    /// The path below which the site will stand on the web: `/`, or `/ita/` by its `base_url`.
    pub fn base(&mut self) -> String {
        self.open();
        let base_url = self.site.as_ref().and_then(|opened| opened.site.settings.base_url.as_deref());
        base_url.map_or_else(|| "/".to_owned(), build::path_of)
    }

    /// A file by its path in the output, as it would be published now.
    pub fn answer(&mut self, file: &str) -> Answer {
        self.asked += 1;
        self.open();
        let Some(site) = self.site.as_ref().map(|opened| Arc::clone(&opened.site)) else {
            return Answer::Closed;
        };
        if let Some(asset) = self.assets.iter().rev().find_map(|files| files.get(file)) {
            return Answer::File(asset.clone());
        }
        let Some(home) = self.home(&site, file) else { return missing(&site) };
        if !self.make(&site, &home) {
            return Answer::Later;
        }
        let Some(made) = self.made.get_mut(&home) else { return missing(&site) };
        made.asked = self.asked;
        match made.shown.get(file) {
            Some(ready) => Answer::File(ready.clone()),
            None => missing(&site),
        }
    }

    /// What tells this version of a page from any other: its bytes, and those of attachments that it shows.
    pub fn version(&self, file: &str, answer: &Answer) -> u128 {
        let mut hasher = Xxh3::new();
        let bytes = match answer {
            Answer::File(Ready::Bytes(blob)) => blob.bytes(),
            Answer::Missing(bytes) => bytes,
            _ => return 0,
        };
        hasher.update(bytes);
        let Some(made) = self.made.get(&self.key_of(file)) else { return hasher.digest128() };
        let text = String::from_utf8_lossy(bytes);
        for (path, ready) in &made.shown {
            if let Ready::At(location) = ready
                && text.contains(&format!("src=\"{}\"", address::relative(file, path)))
                && let Some((size, modified)) = made.attachments.get(location)
            {
                hasher.update(&size.to_le_bytes());
                hasher.update(&modified.to_le_bytes());
            }
        }
        hasher.digest128()
    }

    /// What is wrong with what a page shows, as of its last [`Preview::answer`]: findings of its round, those of its agency or site that
    /// belong to no round on the pages that belong to none, and whatever would stop a build.
    pub fn told(&self, file: &str) -> Told {
        let mut told = Told { findings: self.trouble.clone(), failure: self.failure.clone(), is_kept: false };
        told.is_kept = self.trouble.iter().next().is_some();
        let page = PageFolder::of(file, self.is_portal());
        let home = self.key_of(file);
        if let Some(made) = self.made.get(&home) {
            told.is_kept |= made.is_kept || made.kept.iter().any(|folder| file.starts_with(folder));
            let concerned = |finding: &&Finding| self.stops(finding) || page.is_told(finding);
            told.findings.extend(made.findings.iter().filter(concerned).cloned());
        }
        if home != OWN {
            let of_site = self.told_of_site().filter(|finding| self.stops(finding));
            told.findings.extend(of_site.cloned());
        }
        told.findings.sort();
        told.findings.join_repeated();
        told
    }

    /// Everything that was found in what was asked for so far.
    pub fn all_told(&self) -> Told {
        let mut findings = self.trouble.clone();
        findings.extend(self.told_of_site().cloned());
        let agencies = self.made.iter().filter(|(id, _)| *id != OWN);
        agencies.for_each(|(_, made)| findings.append(made.findings.clone()));
        findings.sort();
        findings.join_repeated();
        Told { findings, failure: self.failure.clone(), is_kept: false }
    }

    /// What was found where the site's own pages are made, or as long as they are not, where it was opened.
    fn told_of_site(&self) -> impl Iterator<Item = &Finding> {
        let made = self.made.get(OWN).map(|made| &made.findings);
        let opened = self.site.as_ref().map(|opened| &opened.findings);
        made.or(opened).into_iter().flat_map(Findings::iter)
    }

    /// Takes notice that any file may be another one. Those that something is made from are looked at in any case.
    pub fn look_everywhere(&mut self) {
        self.is_surveyed = false;
        self.summaries.doubt_all();
    }

    /// Looks at everything as a precaution: until that is done, what is known is believed, so that nobody waits for it.
    pub fn look_once_more(&mut self) {
        self.is_surveyed = false;
        self.summaries.look_once_more();
    }

    /// Takes notice that a file or folder may be another one, whatever its stamp says; its path is relative to the site's root, with `/`.
    pub fn look_at(&mut self, path: &str) {
        let Some(inside) = path.strip_prefix("content/") else {
            self.opener.doubt();
            return;
        };
        let first = inside.split('/').next().unwrap_or_default();
        // A name does not tell whether it is an agency's or belongs to the portal itself.
        let is_of_it = |key: &str| key == first || key == OWN || portal::compares(key);
        for (_, made) in self.made.iter_mut().filter(|(key, _)| is_of_it(key)) {
            made.origin.sight = None;
        }
        // What lies in the folder of an agency is not looked for.
        self.is_surveyed &= inside != first && self.agency(first).is_some();
        self.summaries.doubt(first);
    }

    /// Makes again what is made of other files than those of now, so that [`Preview::all_told`] tells of these.
    pub fn bring_up(&mut self) {
        self.open();
        let Some(site) = self.site.as_ref().map(|opened| Arc::clone(&opened.site)) else { return };
        if self.survey.agencies.is_empty() {
            self.survey();
        }
        let own = [OWN.to_owned()].into_iter();
        // A list tells nothing that its agencies do not tell, so it waits until it is asked for.
        let agencies = self.made.keys().filter(|home| *home != OWN && !portal::compares(home)).cloned();
        for home in own.chain(agencies).collect::<Vec<_>>() {
            self.make(&site, &home);
        }
    }

    /// What has to be done elsewhere before pages that show all agencies can be made; nothing while it is being done.
    pub fn work(&mut self) -> Option<Work> {
        self.open();
        let site = Arc::clone(&self.site.as_ref()?.site);
        site.settings.portal.as_ref()?;
        let state = publish::state_of(&self.output).ok()?;
        self.summaries.work(&self.root, site, state)
    }

    /// Takes what was done elsewhere.
    pub fn take(&mut self, done: Result<Summed>) {
        if let Err(failure) = self.summaries.take(done) {
            self.fail(failure);
        }
    }

    fn is_portal(&self) -> bool {
        self.site.as_ref().is_some_and(|opened| opened.site.settings.portal.is_some())
    }

    fn stops(&self, finding: &Finding) -> bool {
        let site = self.site.as_ref();
        site.is_some_and(|opened| build::stops(&opened.site, &self.survey, finding, self.strict))
    }

    fn fail(&mut self, failure: Failure) {
        self.failure = Some(failure);
        self.changes += 1;
    }

    /// Opens the site anew if a file that all agencies share is another one.
    fn open(&mut self) {
        match self.opener.open(&self.root) {
            Ok(true) => {
                self.failure = None;
                self.changes += 1;
                let (site, findings) = self.opener.opened();
                self.adopt(site, findings);
            }
            Ok(false) => {}
            Err(failure) => self.fail(failure),
        }
    }

    /// Goes on with a site that was opened, unless it would take the place of a good one and is none.
    fn adopt(&mut self, site: Option<Arc<Site>>, findings: Findings) {
        let was_good = self.site.as_ref().is_some_and(|opened| opened.is_good);
        let is_wrong = |site: &Site| {
            findings.iter().any(|finding| {
                !site.accepts(finding) && build::stops(site, &self.survey, finding, self.strict)
            })
        };
        match site.map(|site| (is_wrong(&site), site)) {
            Some((is_wrong, site)) if !(is_wrong && was_good) => {
                if self.is_portal() != site.settings.portal.is_some() {
                    self.made.clear();
                    self.survey = Survey::default();
                }
                self.keep_assets(&site);
                self.trouble = Findings::default();
                self.site = Some(Opened { site, findings, is_good: !is_wrong });
            }
            _ => self.trouble = findings,
        }
    }

    fn keep_assets(&mut self, site: &Site) {
        let file = |(name, bytes): (&String, &Vec<u8>)| {
            (format!("assets/{name}"), Ready::Bytes(bytes.as_slice().into()))
        };
        let files: Files = site.theme.assets.iter().map(file).collect();
        self.assets.retain(|other| !other.keys().eq(files.keys()));
        self.assets.push_back(files);
        while self.assets.len() > MOST_THEMES {
            self.assets.pop_front();
        }
    }

    /// With what a file is made: the agency that it lies with, or the site itself; `None` where no file can be.
    fn home(&mut self, site: &Site, file: &str) -> Option<String> {
        if site.settings.portal.is_none() {
            if self.survey.agencies.is_empty() {
                self.survey();
            }
            return Some(OWN.to_owned());
        }
        if site.settings.moved.keys().any(|old| address::file_of("", old) == file) {
            return Some(OWN.to_owned());
        }
        let Some((first, _)) = file.split_once('/') else {
            let of_site = ["index.html", "404.html", "robots.txt", "sitemap.xml", sitemap::OF_PORTAL];
            return of_site.contains(&file).then(|| OWN.to_owned());
        };
        if portal::compares(file) {
            return Some(file.to_owned());
        }
        if read::RESERVED.contains(&first) {
            return Some(OWN.to_owned());
        }
        if self.agency(first).is_none() {
            self.survey();
        }
        self.agency(first).map(|_| first.to_owned())
    }

    /// The same without a look at the disk.
    fn key_of(&self, file: &str) -> String {
        if self.made.contains_key(file) {
            return file.to_owned();
        }
        let first = file.split_once('/').map_or(OWN, |(first, _)| first);
        if self.made.contains_key(first) { first.to_owned() } else { OWN.to_owned() }
    }

    /// The folder of an agency that is known, not yet looked into.
    fn agency(&self, id: &str) -> Option<AgencyFolder> {
        let id = (id != OWN).then(|| id.to_owned());
        let folder = self.survey.agencies.iter().find(|folder| folder.id == id)?;
        Some(AgencyFolder { id, path: folder.path.clone(), ..AgencyFolder::default() })
    }

    /// Looks which agencies there are, and what lies beside them.
    fn survey(&mut self) {
        let mut findings = Findings::default();
        match read::top(&self.root, self.is_portal(), &mut findings) {
            Ok(survey) => {
                self.survey = survey;
                self.surveyed = findings;
                self.is_surveyed = true;
            }
            Err(failure) => self.fail(failure),
        }
    }

    /// Makes what a file lies with, unless it is made already. Says whether that could be done by now.
    fn make(&mut self, site: &Arc<Site>, home: &str) -> bool {
        for attempt in 1..=ATTEMPTS {
            let made = match home {
                _ if self.is_portal() && (home == OWN || portal::compares(home)) => {
                    self.make_portal(site, home)
                }
                _ => self.make_agency(site, home).map(|()| true),
            };
            match made {
                Ok(is_made) => return is_made,
                Err(failure) if attempt == ATTEMPTS => self.fail(failure),
                Err(_) => {}
            }
        }
        true
    }

    fn make_agency(&mut self, site: &Arc<Site>, home: &str) -> Result<()> {
        let Some(folder) = self.agency(home) else {
            self.made.remove(home);
            return Ok(());
        };
        let mut findings = Findings::default();
        let folder = read::agency(&self.root, folder, &mut findings)?;
        let files = folder.files();
        if files.is_empty() && home != OWN {
            self.survey();
            if self.agency(home).is_none() {
                self.made.remove(home);
                self.changes += 1;
                return Ok(());
            }
        }
        let surveyed = written_out(&findings);
        if self.is_made(site, home, &files, &surveyed, 0)? {
            return Ok(());
        }
        let origin = Origin::of(site, &files, surveyed, 0)?;
        let last = self.made.get(home).filter(|made| made.origin.shared == site.shared);
        let tray = Tray::default();
        let press = Press { outlet: Outlet::Tray(&tray), ..Press::of(site, &self.survey) };
        let last = last.map(|last| last.reusable.clone()).unwrap_or_default();
        let build::Pressed { summary, mut findings, reusable, .. } = press.made(&folder, last, findings)?;
        if home == OWN {
            findings.append(self.site.as_ref().map(|opened| opened.findings.clone()).unwrap_or_default());
            press.site(summary.iter().collect(), Judged::All, &mut findings)?;
        }
        let left_out = summary.iter().flat_map(|summary| {
            let is_whole = |year| summary.rounds.contains_key(year);
            folder.years.keys().filter(move |year| !is_whole(year))
        });
        let prefix = address::prefix(folder.id.as_deref());
        let left_out = left_out.map(|year| format!("{prefix}{year}/")).collect();
        let made = Made::of(origin, tray.into_files(), findings, &files);
        self.keep(home, Made { reusable, left_out, ..made });
        Ok(())
    }

    /// The same for what belongs to a portal itself: one of its lists of agencies, or all else. A country has a thousand lists, and nobody looks
    /// at many.
    fn make_portal(&mut self, site: &Arc<Site>, home: &str) -> Result<bool> {
        // Lists are made of summaries, and wait for no look that nothing asks for: in a country it takes as long as all else.
        if home == OWN || !self.is_surveyed {
            self.survey();
        }
        if !self.summaries.bring_up(&self.root, site, &self.survey)? {
            return Ok(false);
        }
        let files = self.survey.files();
        let surveyed = written_out(&self.surveyed);
        let summaries = self.summaries.version();
        if self.is_made(site, home, &files, &surveyed, summaries)? {
            return Ok(true);
        }
        let origin = Origin::of(site, &files, surveyed, summaries)?;
        let tray = Tray::default();
        let press =
            Press { outlet: Outlet::Tray(&tray), lists: Lists::None, ..Press::of(site, &self.survey) };
        let mut findings = Findings::default();
        if home == OWN {
            findings = self.site.as_ref().map(|opened| opened.findings.clone()).unwrap_or_default();
            findings.append(self.surveyed.clone());
            press.site(self.summaries.all(), Judged::SiteAlone, &mut findings)?;
        } else {
            press.list(home, self.summaries.all(), &mut findings)?;
        }
        self.keep(home, Made::of(origin, tray.into_files(), findings, &files));
        Ok(true)
    }

    /// Whether something is made already, from what there is now.
    fn is_made(
        &mut self,
        site: &Site,
        home: &str,
        files: &[File],
        surveyed: &str,
        summaries: u64,
    ) -> Result<bool> {
        let Some(made) = self.made.get_mut(home) else { return Ok(false) };
        let origin = &made.origin;
        let Some(sight) = &origin.sight else { return Ok(false) };
        let is_same = origin.shared == site.shared
            && origin.surveyed == surveyed
            && origin.summaries == summaries
            && origin.promises == site.promises();
        let is_made = is_same && sight.is_of(files)?;
        if is_made {
            self.failure = None;
        }
        Ok(is_made)
    }

    /// Keeps what was made now, and of what was made before whatever a build would not replace by something good.
    fn keep(&mut self, home: &str, mut now: Made) {
        now.findings.sort();
        now.findings.join_repeated();
        now.asked = self.asked;
        // An agency whose own file cannot be read has no pages at all.
        let is_lost = now.shown.is_empty() && now.findings.has_errors();
        let stops = is_lost || now.findings.iter().any(|finding| self.stops(finding));
        now.is_good = !stops;
        if let Some(before) = self.made.remove(home).filter(|before| before.is_good) {
            if stops {
                now.shown = before.shown;
                (now.kept, now.left_out) = (before.kept, before.left_out);
            } else {
                (now.kept, now.left_out) = now.left_out.into_iter().partition(|folder| before.has(folder));
                for folder in &now.kept {
                    now.shown.retain(|file, _| !file.starts_with(folder));
                    let old = before.shown.iter().filter(|(file, _)| file.starts_with(folder));
                    now.shown.extend(old.map(|(file, ready)| (file.clone(), ready.clone())));
                }
            }
            (now.is_good, now.is_kept) = (true, stops);
        }
        self.made.insert(home.to_owned(), now);
        self.failure = None;
        self.changes += 1;
        self.forget();
    }

    /// Lets go of the agency that nobody has asked for the longest.
    fn forget(&mut self) {
        if self.made.len() > MOST_AGENCIES {
            let agencies = self.made.iter().filter(|(id, _)| *id != OWN);
            let oldest = agencies.min_by_key(|(_, made)| made.asked).map(|(id, _)| id.clone());
            oldest.map(|id| self.made.remove(&id));
        }
    }
}

impl Origin {
    /// What is there now.
    fn of(site: &Site, files: &[File], surveyed: String, summaries: u64) -> Result<Origin> {
        let (shared, promises) = (site.shared, site.promises());
        Ok(Origin { shared, sight: Some(Sight::of(files)?), surveyed, summaries, promises })
    }
}

impl Made {
    /// What was made now, and nothing else yet.
    fn of(origin: Origin, shown: Files, findings: Findings, files: &[File]) -> Made {
        let attachments = files.iter().map(|file| (file.location.clone(), (file.size, file.modified)));
        Made {
            origin,
            shown,
            reusable: Reusable::default(),
            is_good: false,
            is_kept: false,
            kept: Vec::new(),
            left_out: Vec::new(),
            findings,
            attachments: attachments.collect(),
            asked: 0,
        }
    }

    /// Whether it shows a round, and not only the notice that it is left out.
    fn has(&self, folder: &String) -> bool {
        !self.left_out.contains(folder) && self.shown.keys().any(|file| file.starts_with(folder))
    }
}

/// The page that is shown at an address where there is none.
fn missing(site: &Site) -> Answer {
    let mut html = Vec::new();
    match site.theme.render(&build::not_found(&site.settings), &mut html) {
        Ok(()) => Answer::Missing(html.into()),
        Err(_) => Answer::Closed,
    }
}

/// Findings in full, to tell whether they are the same.
fn written_out(findings: &Findings) -> String {
    findings.iter().map(|finding| format!("{finding:?}\n")).collect()
}

/// Where the sources of a page lie.
struct PageFolder {
    /// `content/2565` for a page of that round.
    round: Option<String>,
    is_portal: bool,
}

impl PageFolder {
    fn of(file: &str, is_portal: bool) -> PageFolder {
        let steps: Vec<&str> = file.split('/').collect();
        let round = match steps.as_slice() {
            [year, _, ..] if !is_portal && is_year_name(year) => Some(format!("content/{year}")),
            [id, year, _, ..] if is_portal && is_year_name(year) => Some(format!("content/{id}/{year}")),
            _ => None,
        };
        PageFolder { round, is_portal }
    }

    /// Whether a finding is told on the page, though it stops nothing.
    fn is_told(&self, finding: &Finding) -> bool {
        match &self.round {
            Some(folder) => finding.location.is_below(folder),
            None => finding.severity == Severity::Error || !self.is_of_round(&finding.location.file),
        }
    }

    fn is_of_round(&self, file: &str) -> bool {
        file.split('/').nth(if self.is_portal { 2 } else { 1 }).is_some_and(is_year_name)
    }
}

//! Folder → sources: what lies in a site's folder, and the texts of it. Home of walkdir. It knows names of files, not what is in them.

pub mod sources;

use crate::failure::{Failure, Result};
use crate::finding::Findings;
use crate::finding::catalog::files::{self, Refusal};
use crate::model::date::{FiscalYear, is_year_name};
use crate::model::{Attachment, Attachments};
use crate::parse::framework;
use crate::parse::shape::Id;
use crate::source::Source;
use crate::thai;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;
use walkdir::WalkDir;

/// The file that makes a folder a site.
pub const SETTINGS: &str = "prongsai.yaml";

/// At the site's root: every address at which a page was ever published.
pub const REGISTER: &str = "addresses.txt";

/// More bytes than any real file of scores or narrative has.
const LARGEST_TEXT: u64 = 2_000_000;

/// Addresses that belong to the site itself and can be no agency's.
pub const RESERVED: [&str; 12] =
    ["data", "search", "trend", "pages", "assets", "files", "groups", "oit", "about", "card", "en", "th"];

/// The files of a year folder, in the order in which the round is told.
const YEAR_FILES: [&str; 8] =
    ["scores.yaml", "report.md", "iit.md", "eit.md", "oit.md", "measures.yaml", "memo.md", "disclosure.yaml"];

/// A text file that was seen but not yet read.
#[derive(Debug, Clone)]
pub struct File {
    /// Relative to the site's root, with `/`.
    pub path: String,
    /// Where it lies on this machine.
    pub location: PathBuf,
    /// In bytes.
    pub size: u64,
    /// When it was last written, in nanoseconds since 1970.
    pub modified: u128,
}

/// What lies below `content/`.
#[derive(Debug, Default)]
pub struct Survey {
    /// The agency of an agency's own site, or all of a portal, in the order of their ids.
    pub agencies: Vec<AgencyFolder>,
    /// `content/index.md` of a portal.
    pub index: Option<File>,
    /// `content/pages/` of a portal.
    pub pages: BTreeMap<String, File>,
    /// `content/files/` of a portal.
    pub attachments: Attachments,
}

/// The folder of one agency.
#[derive(Debug, Clone, Default)]
pub struct AgencyFolder {
    /// Its name in a portal.
    pub id: Option<String>,
    /// `content` or `content/<id>`.
    pub path: String,
    /// `agency.yaml` in a portal.
    pub about: Option<File>,
    /// `index.md`.
    pub index: Option<File>,
    /// `pages/<id>.md`.
    pub pages: BTreeMap<String, File>,
    /// `files/`.
    pub attachments: Attachments,
    /// By assessed year.
    pub years: BTreeMap<FiscalYear, YearFolder>,
}

/// The folder of one assessed year.
#[derive(Debug, Clone, Default)]
pub struct YearFolder {
    /// `content/2565`.
    pub path: String,
    /// By exact name.
    pub files: BTreeMap<String, File>,
    /// `files/`.
    pub attachments: Attachments,
}

impl AgencyFolder {
    /// Texts and attachments in the order of the folder. The folder of a year stands for itself: without files it is still a year.
    pub fn files(&self) -> Vec<File> {
        let mut files: Vec<File> = [&self.about, &self.index].into_iter().flatten().cloned().collect();
        files.extend(self.pages.values().cloned());
        files.extend(attached(&self.path, &self.attachments));
        for year in self.years.values() {
            files.push(File { path: year.path.clone(), location: PathBuf::new(), size: 0, modified: 0 });
            files.extend(year.files.values().cloned());
            files.extend(attached(&year.path, &year.attachments));
        }
        files
    }
}

impl Survey {
    /// What belongs to a portal itself.
    pub fn files(&self) -> Vec<File> {
        let own = self.index.iter().chain(self.pages.values()).cloned();
        own.chain(attached("content", &self.attachments)).collect()
    }
}

fn attached(folder: &str, attachments: &Attachments) -> impl Iterator<Item = File> {
    attachments.iter().map(move |(name, Attachment { path, size, modified })| File {
        path: format!("{folder}/files/{name}"),
        location: path.clone(),
        size: *size,
        modified: *modified,
    })
}

/// Texts by the path of their file: those of an agency's folder, or drafts of what some files are to become.
pub type Texts = BTreeMap<String, Arc<Source>>;

/// Looks through `content/`; in a portal through its agencies on all cores.
///
/// # Errors
/// Only the machine's: a folder that cannot be listed.
pub fn survey(root: &Path, is_portal: bool, findings: &mut Findings) -> Result<Survey> {
    let mut survey = top(root, is_portal, findings)?;
    let surveyed: Vec<Result<(AgencyFolder, Findings)>> = survey
        .agencies
        .into_par_iter()
        .map(|folder| {
            let mut findings = Findings::default();
            Ok((agency(root, folder, &mut findings)?, findings))
        })
        .collect();
    survey.agencies = Vec::with_capacity(surveyed.len());
    for surveyed in surveyed {
        let (folder, more) = surveyed?;
        survey.agencies.push(folder);
        findings.append(more);
    }
    Ok(survey)
}

/// The same without a look into the folders of agencies: each is only named.
///
/// # Errors
/// Only the machine's: a folder that cannot be listed.
pub fn top(root: &Path, is_portal: bool, findings: &mut Findings) -> Result<Survey> {
    let mut survey = Survey::default();
    if !is_portal {
        survey.agencies.push(AgencyFolder { path: "content".to_owned(), ..AgencyFolder::default() });
        return Ok(survey);
    }
    for entry in listing(root, "content", Depth::Top, findings)? {
        match entry.name() {
            "index.md" if !entry.is_folder => survey.index = Some(entry.into_file()),
            "pages" | "files" if entry.is_folder => {}
            _ => survey.agencies.extend(agency_folder(&entry, findings)),
        }
    }
    for entry in listing(root, "content/pages", Depth::All, findings)? {
        place_page(&mut survey.pages, entry, findings);
    }
    let attachments =
        listing(root, "content/files", Depth::All, findings)?.into_iter().filter(|entry| !entry.is_folder);
    survey.attachments = attachments.map(|entry| attachment(entry, 2)).collect();
    Ok(survey)
}

/// Everything below the folder of one agency, as [`top`] names it.
///
/// # Errors
/// Only the machine's: a folder that cannot be listed.
pub fn agency(root: &Path, mut folder: AgencyFolder, findings: &mut Findings) -> Result<AgencyFolder> {
    let steps_above = folder.path.matches('/').count() + 1;
    for entry in listing(root, &folder.path, Depth::All, findings)? {
        let path = entry.path.clone();
        let steps: Vec<&str> = path.split('/').skip(steps_above).collect();
        place_in_agency(&mut folder, &steps, entry, findings);
    }
    Ok(folder)
}

/// Tells what [`agency`] would go by, in no order: the bytes of each path, counted from the folder, and what stands there.
/// It costs less, since nothing is sorted, named or kept, and the system is asked for what lies in an open folder, not for whole paths.
///
/// # Errors
/// Only the machine's: a folder that cannot be listed.
pub fn glance(root: &Path, folder: &AgencyFolder, mut tell: impl FnMut(&[u8], Seen)) -> Result<()> {
    let top = root.join(&folder.path);
    let above = top.as_os_str().len();
    let mut open = Vec::from_iter(top.is_dir().then_some(top));
    while let Some(folder) = open.pop() {
        let failed = |error: io::Error| Failure::io(&folder, &error);
        for entry in fs::read_dir(&folder).map_err(failed)? {
            let Some((path, seen)) = seen_in(root, &entry.map_err(failed)?).map_err(failed)? else {
                continue;
            };
            tell(&path.as_os_str().as_encoded_bytes()[above..], seen);
            if matches!(seen, Seen::Folder) {
                open.push(path);
            }
        }
    }
    Ok(())
}

/// Reads the texts of an agency, each file once. What is no text is a finding. `drafts` stand in the place of what the disk holds.
///
/// # Errors
/// Only the machine's.
pub fn texts(folder: &AgencyFolder, drafts: &Texts, findings: &mut Findings) -> Result<Texts> {
    let own = [&folder.about, &folder.index].into_iter().flatten().chain(folder.pages.values());
    let of_years = folder.years.values().flat_map(|year| year.files.values());
    let mut texts = Texts::new();
    for file in own.chain(of_years) {
        if let Some(source) = text(file, drafts, findings)? {
            texts.insert(file.path.clone(), source);
        }
    }
    Ok(texts)
}

/// Reads one text file: UTF-8 with or without a byte order mark. Anything else is a finding that names what it looks like.
///
/// # Errors
/// Only the machine's.
pub fn text(file: &File, drafts: &Texts, findings: &mut Findings) -> Result<Option<Arc<Source>>> {
    if let Some(draft) = drafts.get(&file.path) {
        return Ok(Some(Arc::clone(draft)));
    }
    if file.size > LARGEST_TEXT {
        findings.add(files::too_large(&file.path, file.size));
        return Ok(None);
    }
    let bytes = fs::read(&file.location).map_err(|error| Failure::io(&file.location, &error))?;
    match String::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => {
            let without_mark = text.strip_prefix('\u{feff}').map(str::to_owned);
            Ok(Some(Source::new(file.path.clone(), without_mark.unwrap_or(text))))
        }
        Ok(text) => {
            findings.add(files::not_utf8(&file.path, text.as_bytes()));
            Ok(None)
        }
        Err(error) => {
            findings.add(files::not_utf8(&file.path, error.as_bytes()));
            Ok(None)
        }
    }
}

/// One file of the site's root, such as `prongsai.yaml`. What is no file is as if it were not there.
///
/// # Errors
/// Only the machine's.
pub fn root_file(
    root: &Path,
    name: &str,
    drafts: &Texts,
    findings: &mut Findings,
) -> Result<Option<Arc<Source>>> {
    let location = root.join(name);
    match fs::metadata(&location) {
        Ok(metadata) if metadata.is_file() => {
            let modified = modified(&metadata);
            text(&File { path: name.to_owned(), location, size: metadata.len(), modified }, drafts, findings)
        }
        Ok(_) => Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::io(&location, &error)),
    }
}

/// The files that all agencies share: settings, frameworks and themes, also those that are not in use.
///
/// # Errors
/// Only the machine's.
pub fn shared(root: &Path) -> Result<Vec<File>> {
    // What is wrong with names is found when these files are read.
    let mut findings = Findings::default();
    let mut files = Vec::new();
    for name in [SETTINGS, REGISTER] {
        let location = root.join(name);
        if let Ok(metadata) = fs::metadata(&location)
            && metadata.is_file()
        {
            let (path, size) = (name.to_owned(), metadata.len());
            files.push(File { path, location, size, modified: modified(&metadata) });
        }
    }
    for folder in ["framework", "themes"] {
        let entries = listing(root, folder, Depth::All, &mut findings)?;
        files.extend(entries.into_iter().filter(|entry| !entry.is_folder).map(Entry::into_file));
    }
    Ok(files)
}

/// The site's own `framework/<year>.yaml`.
///
/// # Errors
/// Only the machine's.
pub fn own_frameworks(
    root: &Path,
    drafts: &Texts,
    texts: &mut framework::Texts,
    findings: &mut Findings,
) -> Result<()> {
    if !root.join("framework").is_dir() {
        return Ok(());
    }
    for entry in listing(root, "framework", Depth::Top, findings)? {
        let year = entry.name().strip_suffix(".yaml").and_then(year_folder_name);
        match year.filter(|_| !entry.is_folder) {
            Some(year) => {
                if let Some(source) = text(&entry.into_file(), drafts, findings)? {
                    texts.own.insert(year, source);
                }
            }
            None => findings.add(files::unknown_file(&entry.path, None)),
        }
    }
    Ok(())
}

/// The files of a theme's folder, by their path inside of it.
///
/// # Errors
/// Only the machine's.
pub fn theme_files(root: &Path, name: &str, findings: &mut Findings) -> Result<BTreeMap<String, File>> {
    let folder = format!("themes/{name}");
    let entries = listing(root, &folder, Depth::All, findings)?.into_iter().filter(|entry| !entry.is_folder);
    Ok(entries.map(|entry| (entry.path[folder.len() + 1..].to_owned(), entry.into_file())).collect())
}

/// A file or folder below the site's root.
struct Entry {
    path: String,
    location: PathBuf,
    size: u64,
    modified: u128,
    is_folder: bool,
}

impl Entry {
    fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    fn into_file(self) -> File {
        File { path: self.path, location: self.location, size: self.size, modified: self.modified }
    }

    fn into_attachment(self) -> (String, Attachment) {
        (self.name().to_owned(), Attachment { path: self.location, size: self.size, modified: self.modified })
    }
}

/// How far a listing goes down.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    /// What lies in the folder itself.
    Top,
    /// Everything below it.
    All,
}

/// What stands at a path of the sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// A folder.
    Folder,
    /// A file, or a link to one inside the site: its size in bytes, and when it was last written in nanoseconds since 1970.
    File(u64, u128),
    /// A link to anything else.
    Astray,
    /// A pipe or a device, which is never waited for.
    Other,
}

/// What lies below a folder, in the order of names, so that nothing depends on how the disk orders it. Left out: what editors and
/// systems leave behind, and symbolic links that lead out of the site.
fn listing(root: &Path, folder: &str, depth: Depth, findings: &mut Findings) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    let mut place = |location: &Path, seen: Seen| {
        let path = relative(root, location);
        let (is_folder, size, modified) = match seen {
            Seen::Folder => (true, 0, 0),
            Seen::File(size, modified) => (false, size, modified),
            Seen::Astray => return findings.add(files::outside_link(&path)),
            Seen::Other => return findings.add(files::unknown_file(&path, None)),
        };
        entries.push(Entry { path, location: location.to_owned(), size, modified, is_folder });
    };
    let top = root.join(folder);
    match depth {
        Depth::Top => look_into(root, &top, &mut place)?,
        Depth::All => walk(root, &top, &mut place)?,
    }
    case_twins(&entries, findings);
    for entry in &entries {
        if let Some(refusal) = refusal(entry.name()) {
            findings.add(files::windows_name(&entry.path, refusal));
        }
    }
    Ok(entries)
}

/// Goes through what lies below a folder, by name; through nothing where that is no folder.
fn walk(root: &Path, folder: &Path, mut visit: impl FnMut(&Path, Seen)) -> Result<()> {
    let mut walk = WalkDir::new(folder).sort_by_file_name().into_iter();
    // The folder itself comes first, whatever it is.
    match walk.next() {
        Some(Ok(top)) if top.path().is_dir() => {}
        _ => return Ok(()),
    }
    while let Some(entry) = walk.next() {
        let entry = entry.map_err(|error| walk_failure(root, &error))?;
        if is_passed_over(&entry.file_name().to_string_lossy()) {
            if entry.file_type().is_dir() {
                walk.skip_current_dir();
            }
            continue;
        }
        visit(entry.path(), seen(root, entry.path(), entry.file_type(), || entry.metadata().ok()));
    }
    Ok(())
}

/// Goes through what lies in a folder itself, by name; through nothing where that is no folder. `walkdir` would open every folder in it.
fn look_into(root: &Path, folder: &Path, mut visit: impl FnMut(&Path, Seen)) -> Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    let failed = |error: io::Error| Failure::io(folder, &error);
    let entries = fs::read_dir(folder).map_err(failed)?;
    let mut entries = entries.collect::<io::Result<Vec<_>>>().map_err(failed)?;
    entries.sort_by_cached_key(fs::DirEntry::file_name);
    for entry in &entries {
        if let Some((path, seen)) = seen_in(root, entry).map_err(failed)? {
            visit(&path, seen);
        }
    }
    Ok(())
}

/// An entry of an open folder, unless it is passed over.
fn seen_in(root: &Path, entry: &fs::DirEntry) -> io::Result<Option<(PathBuf, Seen)>> {
    if is_passed_over(&entry.file_name().to_string_lossy()) {
        return Ok(None);
    }
    let path = entry.path();
    let seen = seen(root, &path, entry.file_type()?, || entry.metadata().ok());
    Ok(Some((path, seen)))
}

/// What stands at a path, whose own metadata is asked for where it says more than its type.
fn seen(
    root: &Path,
    path: &Path,
    file_type: fs::FileType,
    metadata: impl FnOnce() -> Option<fs::Metadata>,
) -> Seen {
    if file_type.is_dir() {
        return Seen::Folder;
    }
    let metadata = if file_type.is_symlink() { inside(root, path) } else { metadata() };
    match metadata {
        None => Seen::Astray,
        Some(metadata) if metadata.is_dir() => Seen::Folder,
        Some(metadata) if metadata.is_file() => Seen::File(metadata.len(), modified(&metadata)),
        Some(_) => Seen::Other,
    }
}

fn walk_failure(root: &Path, error: &walkdir::Error) -> Failure {
    let path = error.path().unwrap_or(root);
    match error.io_error() {
        Some(reason) => Failure::io(path, reason),
        None => Failure::io(path, &io::Error::other(error.to_string())),
    }
}

/// What a symbolic link leads to, if that is a file inside the site. A linked folder would be the same files at two addresses.
fn inside(root: &Path, link: &Path) -> Option<fs::Metadata> {
    let home = fs::canonicalize(root).ok()?;
    let target = fs::canonicalize(link).ok().filter(|target| target.starts_with(home))?;
    fs::metadata(target).ok().filter(fs::Metadata::is_file)
}

/// When a file was last written, in nanoseconds since 1970; 0 where the file system does not say.
fn modified(metadata: &fs::Metadata) -> u128 {
    let since = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    since.map_or(0, |since| since.as_nanos())
}

fn relative(root: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(root).unwrap_or(path);
    inside.components().map(|step| step.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Office lock files, what systems leave in folders, dot files, and what editors write beside a file: emacs while somebody types, those of
/// JetBrains before they replace it, vim to see whether it may.
fn is_passed_over(name: &str) -> bool {
    name.starts_with("~$")
        || name.starts_with('.')
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || name.ends_with("___jb_tmp___")
        || name.ends_with("___jb_old___")
        || matches!(name, "Thumbs.db" | "desktop.ini" | "4913")
}

/// Two names that differ in letter case only are one file on Windows.
fn case_twins(entries: &[Entry], findings: &mut Findings) {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for entry in entries {
        if let Some(twin) = seen.insert(entry.path.to_lowercase(), &entry.path) {
            findings.add(files::case_twins(&entry.path, twin));
        }
    }
}

/// Why Windows would not take a name, if so. Sites are written, copied and unpacked there, wherever they are built.
fn refusal(name: &str) -> Option<Refusal> {
    let is_refused = |sign: &char| sign.is_ascii_control() || r#"<>:"|?*\"#.contains(*sign);
    if let Some(sign) = name.chars().find(is_refused) {
        return Some(Refusal::Sign(sign));
    }
    if name.ends_with(['.', ' ']) {
        return Some(Refusal::End);
    }
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let is_device = match stem.as_str() {
        "con" | "prn" | "aux" | "nul" | "conin$" | "conout$" => true,
        stem => {
            let port = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
            port.is_some_and(|port| {
                matches!(port, "¹" | "²" | "³") || (port.len() == 1 && "123456789".contains(port))
            })
        }
    };
    is_device.then_some(Refusal::Device)
}

/// The folder of an agency in a portal; a finding where its name can be no address.
fn agency_folder(entry: &Entry, findings: &mut Findings) -> Option<AgencyFolder> {
    let id = entry.name();
    if !entry.is_folder {
        findings.add(files::unknown_file(&entry.path, nearest_name(id, &["index.md"])));
        return None;
    }
    if !Id::is_valid(id) {
        findings.add(files::bad_name(&entry.path, id));
        return None;
    }
    if RESERVED.contains(&id) {
        findings.add(files::reserved_name(&entry.path, id));
        return None;
    }
    Some(AgencyFolder { id: Some(id.to_owned()), path: entry.path.clone(), ..AgencyFolder::default() })
}

/// `steps` is the path inside the agency's folder.
fn place_in_agency(agency: &mut AgencyFolder, steps: &[&str], entry: Entry, findings: &mut Findings) {
    let depth = agency.path.matches('/').count() + 1;
    match steps {
        ["index.md"] if !entry.is_folder => agency.index = Some(entry.into_file()),
        ["agency.yaml"] if agency.id.is_some() && !entry.is_folder => agency.about = Some(entry.into_file()),
        ["pages"] if entry.is_folder => {}
        ["pages", _] => place_page(&mut agency.pages, entry, findings),
        ["files", ..] if entry.is_folder => {}
        ["files", ..] => agency.attachments.extend([attachment(entry, depth + 1)]),
        [name] if entry.is_folder => match year_folder_name(name) {
            Some(year) => {
                agency.years.insert(year, YearFolder { path: entry.path, ..YearFolder::default() });
            }
            None => findings.add(files::year_folder(&entry.path, likely_year(name).as_deref())),
        },
        [_] => findings
            .add(files::unknown_file(&entry.path, nearest_name(entry.name(), &["index.md", "agency.yaml"]))),
        [year, rest @ ..] => {
            if let Some(year) = year_folder_name(year).and_then(|year| agency.years.get_mut(&year)) {
                place_in_year(year, rest, entry, depth, findings);
            }
        }
        [] => {}
    }
}

fn place_in_year(year: &mut YearFolder, steps: &[&str], entry: Entry, depth: usize, findings: &mut Findings) {
    match steps {
        ["files", ..] if entry.is_folder => {}
        ["files", ..] => year.attachments.extend([attachment(entry, depth + 2)]),
        [name] if !entry.is_folder && (YEAR_FILES.contains(name) || is_memo(name)) => {
            year.files.insert((*name).to_owned(), entry.into_file());
        }
        [name] => findings.add(files::unknown_file(&entry.path, nearest_name(name, &YEAR_FILES))),
        _ => {}
    }
}

fn place_page(pages: &mut BTreeMap<String, File>, entry: Entry, findings: &mut Findings) {
    let name = entry.name().to_owned();
    match name.strip_suffix(".md") {
        _ if entry.is_folder => findings.add(files::unknown_file(&entry.path, None)),
        Some(id) if Id::is_valid(id) => {
            pages.insert(id.to_owned(), entry.into_file());
        }
        Some(id) => findings.add(files::bad_name(&entry.path, id)),
        None => findings.add(files::unknown_file(&entry.path, None)),
    }
}

/// An attachment under its path below `files/`.
fn attachment(entry: Entry, depth: usize) -> (String, Attachment) {
    let name = entry.path.split('/').skip(depth).collect::<Vec<_>>().join("/");
    let (_, attachment) = entry.into_attachment();
    (name, attachment)
}

/// `memo-<id>.md`.
fn is_memo(name: &str) -> bool {
    name.strip_prefix("memo-").and_then(|rest| rest.strip_suffix(".md")).is_some_and(Id::is_valid)
}

/// Arabic digits, พ.ศ., four of them: what a year's folder is called.
fn year_folder_name(name: &str) -> Option<FiscalYear> {
    is_year_name(name).then(|| name.parse().ok().and_then(FiscalYear::new)).flatten()
}

/// The year that a wrongly named folder probably means: `๒๕๖๕`, `2565 (1)`, `ปี 2565`, `2022`.
fn likely_year(name: &str) -> Option<String> {
    let arabic = thai::to_arabic_digits(name);
    let digits: Vec<&str> =
        arabic.split(|sign: char| !sign.is_ascii_digit()).filter(|digits| digits.len() == 4).collect();
    let [year] = digits.as_slice() else { return None };
    let number: i16 = year.parse().ok()?;
    let buddhist = if number < 2400 { number + 543 } else { number };
    FiscalYear::new(buddhist).map(|year| year.number().to_string())
}

/// The exact name that a file was probably meant to have: `scores.yaml.txt`, `Scores.yaml`, `scores (1).yaml`, `score.yml`.
fn nearest_name<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let plain = name.to_lowercase();
    let stem = plain.split(['.', ' ', '(']).next().unwrap_or_default();
    let same_stem = known.iter().find(|known| known.split('.').next() == Some(stem));
    same_stem.copied().or_else(|| thai::nearest(&plain, known.iter().copied()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_names_name_the_right_one() {
        let check = |name: &str, expected: Option<&str>| {
            assert_eq!(nearest_name(name, &YEAR_FILES), expected, "{name}")
        };
        check("scores.yaml.txt", Some("scores.yaml"));
        check("Scores.yaml", Some("scores.yaml"));
        check("scores (1).yaml", Some("scores.yaml"));
        check("score.yml", Some("scores.yaml"));
        check("measure.yaml", Some("measures.yaml"));
        check("รูปภาพ.jpg", None);
    }

    #[test]
    fn names_that_windows_keeps_or_does_not_take() {
        let check = |name: &str, expected: Option<Refusal>| assert_eq!(refusal(name), expected, "{name:?}");
        for name in ["CON", "nul", "aux.txt", "Prn.tar.gz", "com1", "LPT9.md", "com¹", "con .txt", "CONIN$"]
        {
            check(name, Some(Refusal::Device));
        }
        for name in ["console", "com", "com0", "com10", "auxiliary.txt", "a.con", "แผน 2565.pdf", "lpt"]
        {
            check(name, None);
        }
        check("a.", Some(Refusal::End));
        check("a ", Some(Refusal::End));
        check("a:b", Some(Refusal::Sign(':')));
        check("a\tb", Some(Refusal::Sign('\t')));
        check("แผน?.pdf", Some(Refusal::Sign('?')));
    }

    #[test]
    fn a_glance_tells_what_a_listing_goes_by() {
        let root = tempfile::tempdir().unwrap();
        for path in
            ["agency.yaml", "2565/scores.yaml", "2565/files/แผน.pdf", "2565/.hidden/x", "~$x", "empty/.x"]
        {
            let path = root.path().join("content/ab").join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "12345").unwrap();
        }
        #[cfg(unix)]
        for (link, to) in [("inside", "2565/scores.yaml"), ("outside", "/etc"), ("folder", "2565")] {
            let folder = root.path().join("content/ab");
            std::os::unix::fs::symlink(folder.join(to), folder.join(link)).unwrap();
        }
        let folder = AgencyFolder { path: "content/ab".to_owned(), ..AgencyFolder::default() };
        let (mut glanced, mut findings) = (BTreeMap::new(), Findings::default());
        glance(root.path(), &folder, |path, seen| {
            assert_eq!(glanced.insert(str::from_utf8(path).unwrap().replace('\\', "/"), seen), None);
        })
        .unwrap();
        let astray = glanced.extract_if(.., |_, seen| *seen == Seen::Astray).count();
        let listed = listing(root.path(), "content/ab", Depth::All, &mut findings).unwrap();
        let listed = listed.into_iter().map(|entry| {
            let seen = match entry.is_folder {
                true => Seen::Folder,
                false => Seen::File(entry.size, entry.modified),
            };
            (entry.path["content/ab".len()..].to_owned(), seen)
        });
        assert_eq!(glanced, listed.collect());
        assert_eq!(astray, findings.iter().count());
        assert_eq!(glanced.len(), if cfg!(unix) { 7 } else { 6 });
        let nothing = AgencyFolder { path: "content/cd".to_owned(), ..AgencyFolder::default() };
        glance(root.path(), &nothing, |path, _| panic!("{path:?}")).unwrap();
    }

    #[test]
    fn wrong_year_folders_name_the_year() {
        let check =
            |name: &str, expected: Option<&str>| assert_eq!(likely_year(name).as_deref(), expected, "{name}");
        check("๒๕๖๕", Some("2565"));
        check("2565 (1)", Some("2565"));
        check("2022", Some("2565"));
        check("ปี2565", Some("2565"));
        check("เอกสาร", None);
        check("2565-2566", None);
    }
}

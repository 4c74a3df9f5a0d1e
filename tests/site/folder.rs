//! A site for the length of a test: its files as a tree in memory, put into a folder of its own, built there and read back. What a site
//! should look like is not known here.

use prongsai::build::{self, Inquiry, Options, Outcome};
use prongsai::finding::{Finding, Findings};
use prongsai::fix::{self, Plan};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use tempfile::TempDir;

/// Files by their path, with `/`.
pub(crate) type Tree = BTreeMap<String, Vec<u8>>;

/// A folder with a site in it; gone when it is dropped.
pub(crate) struct Folder {
    dir: TempDir,
    /// The time that the next file is given, where files are to look old.
    clock: Option<Cell<SystemTime>>,
}

impl Folder {
    /// A new folder with these files.
    pub(crate) fn of(site: &Tree) -> Folder {
        Folder::with(site, None)
    }

    /// The same as if it had been written yesterday, each file at another time: what is old is believed to be unchanged by its time alone.
    pub(crate) fn of_old(site: &Tree) -> Folder {
        let yesterday = SystemTime::now() - Duration::from_secs(86_400);
        Folder::with(site, Some(Cell::new(yesterday)))
    }

    fn with(site: &Tree, clock: Option<Cell<SystemTime>>) -> Folder {
        let folder = Folder { dir: tempfile::tempdir().unwrap(), clock };
        site.iter().for_each(|(path, bytes)| folder.write(path, bytes));
        folder
    }

    /// The site's root.
    pub(crate) fn root(&self) -> &Path {
        self.dir.path()
    }

    /// Where it is published.
    pub(crate) fn public(&self) -> PathBuf {
        self.root().join("public")
    }

    /// Writes a file and the folders that it lies in.
    pub(crate) fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let place = self.root().join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(&place, bytes).unwrap();
        if let Some(clock) = &self.clock {
            self.date(path, clock.get());
            clock.set(clock.get() + Duration::from_millis(1));
        }
    }

    /// Puts another file in the place of one, so that nobody ever reads half of it.
    pub(crate) fn replace(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let place = self.root().join(path);
        let aside = place.with_file_name(".aside");
        fs::write(&aside, bytes).unwrap();
        fs::rename(&aside, &place).unwrap();
    }

    /// Gives a file the time at which it claims to have been written.
    pub(crate) fn date(&self, path: &str, time: SystemTime) {
        fs::File::options().write(true).open(self.root().join(path)).unwrap().set_modified(time).unwrap();
    }

    /// Makes the sources these and no others; what is equal already is left alone.
    pub(crate) fn become_site(&self, site: &Tree) {
        let now = self.sources();
        for path in now.keys().filter(|path| !site.contains_key(*path)) {
            fs::remove_file(self.root().join(path)).unwrap();
            self.prune(path);
        }
        for (path, bytes) in site.iter().filter(|(path, bytes)| now.get(*path) != Some(bytes)) {
            self.write(path, bytes);
        }
    }

    /// An empty folder is no part of a tree: it would be a difference that no test could name.
    fn prune(&self, path: &str) {
        let folders = Path::new(path).ancestors().skip(1).filter(|folder| *folder != Path::new(""));
        folders.take_while(|folder| fs::remove_dir(self.root().join(folder)).is_ok()).for_each(drop);
    }

    /// The sources as they are now.
    pub(crate) fn sources(&self) -> Tree {
        let all = tree(self.root());
        all.into_iter()
            .filter(|(path, _)| !path.starts_with("public/") && !path.starts_with(".public.prongsai/"))
            .collect()
    }

    /// Builds the site.
    pub(crate) fn build(&self) -> Outcome {
        build::build(self.root(), &self.public(), Options::default()).unwrap()
    }

    /// Checks the site.
    pub(crate) fn check(&self) -> Outcome {
        build::check(self.root(), Inquiry::default()).unwrap()
    }

    /// What `check --fix` would write.
    pub(crate) fn plan(&self) -> Plan {
        fix::plan(self.root(), Inquiry::default()).unwrap()
    }

    /// What is published now.
    pub(crate) fn published(&self) -> Tree {
        tree(&self.public())
    }
}

/// A folder of the repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The test sites by name.
pub(crate) fn sites() -> BTreeMap<String, Tree> {
    let names = folders(&repository("tests/sites"));
    names.into_iter().map(|name| (name.clone(), tree(&repository("tests/sites").join(name)))).collect()
}

/// The portal with one more agency, which has every kind of file, and with frameworks and a theme of its own.
pub(crate) fn rich_portal() -> Tree {
    let mut sites = sites();
    let (mut portal, mut full) = (sites.remove("portal").unwrap(), sites.remove("full").unwrap());
    let settings = String::from_utf8(full.remove("prongsai.yaml").unwrap()).unwrap();
    let agency = settings.lines().skip_while(|line| *line != "agency:").skip(1);
    let agency = agency.take_while(|line| line.starts_with("  ")).flat_map(|line| [&line[2..], "\n"]);
    full.insert("content/agency.yaml".to_owned(), agency.collect::<String>().into());
    portal.extend(full.into_iter().map(|(path, bytes)| match path.strip_prefix("content/") {
        Some(rest) => (format!("content/tua-yang-tem/{rest}"), bytes),
        None => (path, bytes),
    }));
    portal.get_mut("prongsai.yaml").unwrap().extend(b"theme: plain\n");
    for file in ["templates/home.html", "text/th.yaml", "static/style.css"] {
        let bytes = fs::read(repository("themes/default").join(file)).unwrap();
        portal.insert(format!("themes/plain/{file}"), bytes);
    }
    portal
}

/// The example site at the root of the repository.
pub(crate) fn example() -> Tree {
    let mut site = Tree::new();
    for part in ["content", "framework", "themes"] {
        site.extend(
            tree(&repository(part)).into_iter().map(|(path, bytes)| (format!("{part}/{path}"), bytes)),
        );
    }
    site.insert("prongsai.yaml".to_owned(), fs::read(repository("prongsai.yaml")).unwrap());
    site
}

/// All files below a folder; nothing where there is none.
pub(crate) fn tree(folder: &Path) -> Tree {
    let mut found = Tree::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).into_iter().flatten() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_dir() {
                open.push(entry.path());
            } else {
                let steps = entry.path();
                let steps = steps.strip_prefix(folder).unwrap().iter().map(|step| step.to_str().unwrap());
                found.insert(steps.collect::<Vec<_>>().join("/"), fs::read(entry.path()).unwrap());
            }
        }
    }
    found
}

/// The names of the folders in a folder, in order.
pub(crate) fn folders(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_dir());
    let mut names: Vec<String> = entries.map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// A published page as text.
pub(crate) fn page<'a>(published: &'a Tree, path: &str) -> &'a str {
    let bytes = published.get(path).unwrap_or_else(|| panic!("{path} is not among {:?}", published.keys()));
    str::from_utf8(bytes).unwrap()
}

/// Findings in a form that a person can review in a file: one line each, `severity code file:line:column message`, then the remedy where
/// it knows more than the catalog, and what became of the finding.
pub(crate) fn lines(findings: &Findings) -> String {
    findings.iter().map(|finding| line(finding) + "\n").collect()
}

fn line(finding: &Finding) -> String {
    let Finding { kind, severity, location, message, remedy, also, accepted, .. } = finding;
    let (file, start) = (&location.file, location.start);
    let mut line =
        format!("{} {} {file}:{}:{} {}", severity.code(), kind.code, start.line, start.column, message.th);
    if remedy.th != kind.mend.th {
        line += &format!(" → {}", remedy.th);
    }
    if !also.is_empty() {
        line += &format!(" (+{})", also.len());
    }
    if let Some(reason) = accepted {
        line += &format!(" [{reason}]");
    }
    line
}

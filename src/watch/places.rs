//! Where the sources of a site really lie, and what a file is called there. A source may be a link, and so may the root.

use crate::read::sources;
use notify::RecursiveMode;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Files and folders without any link in their paths, each with its name as a source, relative to the site's root.
#[derive(Debug, Default)]
pub(super) struct Places(Vec<(String, PathBuf)>);

impl Places {
    /// Those of a site; `home` is the folder that the root leads to.
    pub(super) fn of(root: &Path, home: &Path) -> Places {
        let links = sources::links(root);
        Places([(String::new(), home.to_owned())].into_iter().chain(links).collect())
    }

    /// The folders in which changes are changes of the site. What else lies in the root is not looked into: pages are published there.
    pub(super) fn folders(&self) -> BTreeMap<PathBuf, RecursiveMode> {
        let mut folders = BTreeMap::new();
        let Some(((_, home), links)) = self.0.split_first() else { return folders };
        folders.insert(home.clone(), RecursiveMode::NonRecursive);
        let tops = sources::FOLDERS.iter().map(|name| home.join(name)).filter(|path| !path.is_symlink());
        let linked = links.iter().map(|(_, place)| place.clone());
        for folder in tops.chain(linked.clone()).filter(|path| path.is_dir()) {
            folders.insert(folder, RecursiveMode::Recursive);
        }
        // A folder that is watched with all that is in it would no longer be, if it were watched once more for a file.
        let is_watched = |folder: &Path| {
            folder.ancestors().any(|above| folders.get(above) == Some(&RecursiveMode::Recursive))
        };
        let of_files =
            linked.filter(|path| !path.is_dir()).filter_map(|path| path.parent().map(Path::to_owned));
        let of_files: Vec<PathBuf> = of_files.filter(|folder| !is_watched(folder)).collect();
        folders.extend(of_files.into_iter().map(|folder| (folder, RecursiveMode::NonRecursive)));
        folders
    }

    /// Whether this is the root itself.
    pub(super) fn is_home(&self, path: &Path) -> bool {
        self.0.first().is_some_and(|(_, home)| home == path)
    }

    /// What a file is called as a source: by more than one name if links lead to it, by none if it is no source.
    pub(super) fn names(&self, path: &Path) -> BTreeSet<String> {
        let name = |(name, place): &(String, PathBuf)| {
            let mut steps = vec![name.clone()];
            steps.extend(
                path.strip_prefix(place).ok()?.iter().map(|step| step.to_string_lossy().into_owned()),
            );
            steps.retain(|step| !step.is_empty());
            Some(steps.join("/"))
        };
        self.0.iter().filter_map(name).filter(|name| sources::is_source(name)).collect()
    }

    #[cfg(test)]
    pub(super) fn over(places: &[(&str, &str)]) -> Places {
        Places(places.iter().map(|(name, place)| ((*name).to_owned(), PathBuf::from(place))).collect())
    }
}

//! What can be seen of a site's sources without reading them: which paths are sources, what stands there, and where links lead. For whoever
//! wants to know whether something changed; what the files are for is not asked.

use super::{REGISTER, SETTINGS, is_passed_over, modified, relative};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// The folders of a site that its pages are made from.
pub const FOLDERS: [&str; 3] = ["content", "framework", "themes"];

/// The files beside them.
const FILES: [&str; 2] = [SETTINGS, REGISTER];

/// All of these.
const TOPS: [&str; 5] = [SETTINGS, REGISTER, "content", "framework", "themes"];

/// Folders that are entered even if they are links, besides those at the top and those of themes.
const ENTERED: [&str; 2] = ["content/files", "content/pages"];

/// What can be seen of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stamp {
    /// A folder: what is in it has stamps of its own.
    Folder,
    /// A file.
    File {
        /// In bytes.
        size: u64,
        /// When it was last written, in nanoseconds since 1970.
        modified: u128,
    },
}

/// Whether a path, relative to the site's root with `/`, is that of something that is read to make or judge pages, or would be if it were there.
pub fn is_source(path: &str) -> bool {
    let top = path.split('/').next().unwrap_or_default();
    (FILES.contains(&path) || FOLDERS.contains(&top)) && !path.split('/').any(is_passed_over)
}

/// What all sources look like now. What cannot be looked at is left out.
pub fn stamps(root: &Path) -> BTreeMap<String, Stamp> {
    let stamped = |path: String| Some((stamp(&fs::metadata(root.join(&path)).ok()?), path));
    let stamps = entries(root).into_iter().filter_map(|(path, _)| stamped(path));
    stamps.map(|(stamp, path)| (path, stamp)).collect()
}

/// The symbolic links among the sources that are followed, each with the path, without any link in it, of what it leads to.
pub fn links(root: &Path) -> Vec<(String, PathBuf)> {
    let Ok(home) = fs::canonicalize(root) else { return Vec::new() };
    let target = |path: String| {
        let target = fs::canonicalize(root.join(&path)).ok()?;
        let is_followed = if target.is_dir() { is_entered(&path) } else { target.starts_with(&home) };
        (is_followed || TOPS.contains(&path.as_str())).then_some((path, target))
    };
    let links = entries(root).into_iter().filter(|(_, is_link)| *is_link);
    links.filter_map(|(path, _)| target(path)).collect()
}

fn stamp(metadata: &fs::Metadata) -> Stamp {
    match metadata.is_dir() {
        true => Stamp::Folder,
        false => Stamp::File { size: metadata.len(), modified: modified(metadata) },
    }
}

/// Whether a folder at this path is entered even if it is a link.
fn is_entered(path: &str) -> bool {
    let is_theme = path.strip_prefix("themes/").is_some_and(|name| !name.contains('/'));
    is_theme || ENTERED.contains(&path)
}

/// All sources, and whether each is a link.
fn entries(root: &Path) -> Vec<(String, bool)> {
    let mut entries = Vec::new();
    let mut open: Vec<String> = TOPS.iter().map(|name| (*name).to_owned()).collect();
    entries.extend(open.iter().map(|name| (name.clone(), root.join(name).is_symlink())));
    while let Some(folder) = open.pop() {
        let walk = WalkDir::new(root.join(&folder)).min_depth(1).into_iter();
        let walk = walk.filter_entry(|entry| !is_passed_over(&entry.file_name().to_string_lossy()));
        for entry in walk.filter_map(std::result::Result::ok) {
            let (path, is_link) = (relative(root, entry.path()), entry.path_is_symlink());
            if is_link && is_entered(&path) {
                open.push(path.clone());
            }
            entries.push((path, is_link));
        }
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_what_pages_are_made_from() {
        let check = |path: &str, expected: bool| assert_eq!(is_source(path), expected, "{path}");
        check("prongsai.yaml", true);
        check("content", true);
        check("content/2565/iit.md", true);
        check("themes/own/static/style.css", true);
        check("prongsai.yaml~", false);
        check("prongsai.yaml/file", false);
        check("README.md", false);
        check("contents/index.md", false);
        check("public/index.html", false);
        check(".public.prongsai/state", false);
        check("content/.git/index", false);
        check("content/2565/~$แผน.docx", false);
        check("content/2565/#iit.md#", false);
        check("", false);
    }

    #[test]
    fn stamps_are_of_sources_alone() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("content/2565")).unwrap();
        fs::create_dir_all(root.join("public")).unwrap();
        for file in ["prongsai.yaml", "content/2565/iit.md", "content/2565/iit.md~", "public/index.html"] {
            fs::write(root.join(file), "สาม").unwrap();
        }
        let found = stamps(root);
        let paths: Vec<&str> = found.keys().map(String::as_str).collect();
        assert_eq!(paths, ["content", "content/2565", "content/2565/iit.md", "prongsai.yaml"]);
        assert_eq!(found["content/2565"], Stamp::Folder);
        assert!(matches!(found["content/2565/iit.md"], Stamp::File { size: 9, modified: 1.. }));
        assert!(stamps(&root.join("nowhere")).is_empty());
    }

    #[test]
    #[cfg(unix)]
    fn links_are_followed_as_readers_do() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let base = folder.path().canonicalize().unwrap();
        let root = base.join("site");
        fs::create_dir_all(root.join("content/2565")).unwrap();
        fs::create_dir_all(root.join("shared")).unwrap();
        fs::create_dir_all(root.join("themes")).unwrap();
        fs::create_dir_all(base.join("theme")).unwrap();
        for file in ["site/shared/iit.md", "theme/theme.yaml", "outside.md", "settings.yaml"] {
            fs::write(base.join(file), "").unwrap();
        }
        symlink("../../shared/iit.md", root.join("content/2565/iit.md")).unwrap();
        symlink(base.join("outside.md"), root.join("content/2565/eit.md")).unwrap();
        symlink(base.join("nowhere.md"), root.join("content/2565/oit.md")).unwrap();
        symlink(base.join("theme"), root.join("content/2566")).unwrap();
        symlink(base.join("theme"), root.join("themes/own")).unwrap();
        symlink(base.join("settings.yaml"), root.join("prongsai.yaml")).unwrap();
        let mut found = links(&root);
        found.sort();
        let expected = [
            ("content/2565/iit.md", root.join("shared/iit.md")),
            ("prongsai.yaml", base.join("settings.yaml")),
            ("themes/own", base.join("theme")),
        ];
        assert_eq!(found, expected.map(|(name, place)| (name.to_owned(), place)));
        assert!(stamps(&root).contains_key("themes/own/theme.yaml"));
    }
}

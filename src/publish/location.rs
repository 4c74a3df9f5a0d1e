//! Which folder a site may be published into, judged by where it lies. What is in it is judged by `manifest`.

use crate::failure::{Failure, Result};
use crate::publish::ground::{Found, stat};
use crate::publish::words::{self, Danger, Misplaced};
use std::env;
use std::ffi::OsString;
use std::io;
use std::path::{Component, Path, PathBuf};

/// The folders of a site that hold what people wrote.
const SOURCES: [&str; 5] = ["content", "themes", "framework", "src", ".git"];

/// The output as it is used from here on: without a trailing slash, with a name of its own. Refuses every place where publishing would
/// touch the system, the person's home or the sources, and whatever is no folder; links on the way to it are resolved for that.
pub(super) fn admit(output: &Path, site_root: &Path) -> Result<PathBuf> {
    let home = env::var_os(if cfg!(windows) { "USERPROFILE" } else { "HOME" }).map(PathBuf::from);
    let output = named(output)?;
    match stat(&output)? {
        Found::Nothing | Found::Folder => {}
        Found::Alien if output.is_symlink() => return Err(words::link(&output)),
        _ => return Err(words::not_a_folder(&output)),
    }
    match danger(&real(&output)?, &real(site_root)?, home.as_deref())? {
        Some(danger) => Err(words::dangerous(&output, danger)),
        None => Ok(output),
    }
}

/// The folder beside the output that holds stage, journal and lock. It shares the output's file system, so that a move into place is one
/// step of the system.
pub(super) fn state_beside(output: &Path) -> Result<PathBuf> {
    let mut name = OsString::from(".");
    name.push(output.file_name().unwrap_or_default());
    name.push(".prongsai");
    let state = output.with_file_name(name);
    match stat(&state)? {
        Found::Nothing | Found::Folder => Ok(state),
        _ => Err(words::state_taken(&state)),
    }
}

/// The same beside an output that nobody has admitted.
pub(super) fn state_of(output: &Path) -> Result<PathBuf> {
    state_beside(&named(output)?)
}

/// A trailing slash would make the system follow a link, and `.` or `..` has no folder beside it; both are gone from the result.
fn named(output: &Path) -> Result<PathBuf> {
    let plain: PathBuf = output.components().collect();
    match plain.components().next_back() {
        Some(Component::Normal(_)) => Ok(plain),
        None => real(Path::new(".")),
        _ => real(&plain),
    }
}

fn danger(output: &Path, site: &Path, home: Option<&Path>) -> Result<Option<Danger>> {
    if output.parent().is_none() {
        return Ok(Some(Danger::FileSystemRoot));
    }
    if site.starts_with(output) {
        return Ok(Some(Danger::Site));
    }
    if let Some(home) = home.filter(|home| home.is_absolute())
        && real(home)?.starts_with(output)
    {
        return Ok(Some(Danger::Home));
    }
    let mut above = false;
    for source in SOURCES {
        above |= real(&site.join(source))?.starts_with(output);
    }
    Ok((above || is_among_sources(output, site)?).then_some(Danger::Sources))
}

/// What speaks against a file that is written beside the site: that it would lie in one of the folders that builds keep for themselves, or
/// among the sources.
pub(super) fn misplaced(file: &Path, kept: &[&Path], site_root: &Path) -> Result<Option<Misplaced>> {
    let (file, site) = (real(file)?, real(site_root)?);
    for folder in kept {
        if file.starts_with(real(folder)?) {
            return Ok(Some(Misplaced::Output));
        }
    }
    Ok(is_among_sources(&file, &site)?.then_some(Misplaced::Sources))
}

/// Whether an absolute path lies in a folder of sources, which may be a link to where they really are.
fn is_among_sources(path: &Path, site: &Path) -> Result<bool> {
    for source in SOURCES {
        let named = site.join(source);
        if path.starts_with(&named) || path.starts_with(real(&named)?) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The absolute path without links, also of what does not exist yet.
fn real(path: &Path) -> Result<PathBuf> {
    let error = match path.canonicalize() {
        Ok(real) => return Ok(real),
        Err(error) => error,
    };
    match (error.kind(), path.parent(), path.components().next_back()) {
        (io::ErrorKind::NotFound, Some(parent), Some(last)) => {
            let mut real = real(if parent.as_os_str().is_empty() { Path::new(".") } else { parent })?;
            match last {
                Component::ParentDir => drop(real.pop()),
                last => real.push(last),
            }
            Ok(real)
        }
        _ => Err(Failure::io(path, &error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn dangerous_places() {
        let folder = tempfile::tempdir().unwrap();
        let base = folder.path().canonicalize().unwrap();
        let site = base.join("home/officer/site");
        fs::create_dir_all(site.join("content/2565")).unwrap();
        let home = base.join("home/officer");
        let check = |output: PathBuf, expected: Option<Danger>| {
            let output = real(&output).unwrap();
            assert_eq!(danger(&output, &site, Some(&home)).unwrap(), expected, "{}", output.display());
        };
        check(site.join("public"), None);
        check(site.join("new/deep/public"), None);
        check(site.join("content-of-the-site"), None);
        check(base.join("srv/www"), None);
        check(home.join("www"), None);
        check(site.clone(), Some(Danger::Site));
        check(site.join("public/.."), Some(Danger::Site));
        check(home.clone(), Some(Danger::Site));
        check(base.clone(), Some(Danger::Site));
        check(site.join("content"), Some(Danger::Sources));
        check(site.join("content/2565/public"), Some(Danger::Sources));
        check(site.join("themes/own"), Some(Danger::Sources));
        check(site.join("framework"), Some(Danger::Sources));
        check(PathBuf::from("/"), Some(Danger::FileSystemRoot));
        let elsewhere = danger(&home, &base.join("srv/site"), Some(&home)).unwrap();
        assert_eq!(elsewhere, Some(Danger::Home));
        let above = danger(&base.join("home"), &base.join("srv/site"), Some(&home)).unwrap();
        assert_eq!(above, Some(Danger::Home));
    }

    #[test]
    fn files_and_places_without_a_name() {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path();
        fs::write(site.join("file"), "x").unwrap();
        let check = |output: &str, admitted: Option<&str>| {
            let result = admit(&site.join(output), site);
            assert_eq!(result.ok(), admitted.map(|path| site.join(path)), "{output}");
        };
        check("public", Some("public"));
        check("public/", Some("public"));
        check("./public/.", Some("public"));
        check("file", None);
        check("file/public", None);
        check("", None);
        check("public/..", None);
    }

    #[test]
    #[cfg(unix)]
    fn links_lead_nowhere() {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path();
        fs::create_dir_all(site.join("elsewhere/text")).unwrap();
        fs::create_dir_all(site.join("elsewhere/free")).unwrap();
        std::os::unix::fs::symlink(site.join("elsewhere/free"), site.join("public")).unwrap();
        std::os::unix::fs::symlink(site.join("elsewhere/text"), site.join("content")).unwrap();
        std::os::unix::fs::symlink(site.join("nowhere"), site.join("dangling")).unwrap();
        std::os::unix::fs::symlink(site.join("elsewhere"), site.join(".www.prongsai")).unwrap();
        let check = |output: &str, admitted: bool| {
            assert_eq!(admit(&site.join(output), site).is_ok(), admitted, "{output}");
        };
        check("public", false);
        check("public/", false);
        check("dangling", false);
        check("elsewhere", false);
        check("elsewhere/text/public", false);
        check("elsewhere/free", true);
        check("elsewhere/public", true);
        assert!(state_beside(&site.join("www")).is_err());
        assert!(state_beside(&site.join("html")).is_ok());
    }
}

//! The list of what a build put into the output, by which the next one knows what is its own: size and SHA-256 of every file. A portal has
//! one per agency, and its own lists their hashes in place of their files. What is read from a manifest is believed only so far as it
//! cannot lead out of the output.

use crate::failure::{Failure, Result};
use crate::publish::ground::{Found, Ground, is_inside, stat};
use crate::publish::words::{self, Doubt};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// The name of a manifest, at the root of the output and in the folder of each agency of a portal.
pub(super) const NAME: &str = "prongsai-manifest.json";

/// The only format so far.
const VERSION: u64 = 1;

/// What the generator of a manifest of ours begins with.
const PROGRAM: &str = "prongsai ";

/// What makes two files the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// In bytes.
    pub(super) size: u64,
    pub(super) sha256: Hash,
}

/// A SHA-256. It is written in lower-case hexadecimal, and kept in as many bytes as it has: a country has half a million of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub(super) struct Hash([u8; 32]);

/// Files by their path below the output.
pub(super) type Listing = BTreeMap<String, Stamp>;

/// A manifest as it is read. Keys that a later program adds within the same version do no harm.
#[derive(Deserialize)]
struct Manifest {
    generator: String,
    #[serde(default)]
    manifests: Listing,
    #[serde(default)]
    files: Listing,
}

/// Read before everything else, since a newer manifest may hold anything but this.
#[derive(Deserialize)]
struct Version {
    v: u64,
}

impl Stamp {
    /// The stamp of a finished hash over so many bytes.
    pub(super) fn new(size: u64, hash: Sha256) -> Stamp {
        Stamp { size, sha256: Hash(hash.finalize().into()) }
    }

    /// The stamp of these bytes.
    pub(super) fn of(bytes: &[u8]) -> Stamp {
        Stamp::new(bytes.len() as u64, Sha256::new_with_prefix(bytes))
    }

    /// Whether a file still has the bytes that it was stamped with. A link never has, whatever it leads to.
    pub(super) fn fits(&self, path: &Path) -> Result<bool> {
        if stat(path)? != Found::File(self.size) {
            return Ok(false);
        }
        Ok(*self == hashed(path).map_err(|error| Failure::io(path, &error))?)
    }
}

impl Hash {
    /// As much of it as fits into a number.
    pub(super) fn beginning(self) -> u64 {
        self.0[..8].iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let digits = self.0.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        let mut text = [0; 64];
        text.iter_mut().zip(digits).for_each(|(to, digit)| *to = DIGITS[usize::from(digit)]);
        f.write_str(str::from_utf8(&text).unwrap_or_default())
    }
}

impl From<Hash> for String {
    fn from(hash: Hash) -> String {
        hash.to_string()
    }
}

impl TryFrom<String> for Hash {
    type Error = &'static str;

    fn try_from(text: String) -> std::result::Result<Hash, Self::Error> {
        let wrong = "not 64 digits of a hexadecimal number";
        let mut hash = [0; 32];
        let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return Err(wrong) };
        if pairs.len() != hash.len() {
            return Err(wrong);
        }
        for (byte, pair) in hash.iter_mut().zip(pairs) {
            let digits = str::from_utf8(pair).ok().filter(|pair| !pair.starts_with('+'));
            *byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()).ok_or(wrong)?;
        }
        Ok(Hash(hash))
    }
}

/// A manifest's text, one file a line. `files` are given as they are listed; nothing but them, the nested manifests and the version of the
/// program goes in, so the same site has the same manifest everywhere.
pub(super) fn text<'a>(manifests: &Listing, files: impl Iterator<Item = (&'a str, &'a Stamp)>) -> String {
    let mut text =
        format!("{{\n\"v\":{VERSION},\n\"generator\":\"{PROGRAM}{}\",\n", env!("CARGO_PKG_VERSION"));
    if !manifests.is_empty() {
        section(&mut text, "manifests", manifests.iter().map(|(path, stamp)| (path.as_str(), stamp)));
        text.push_str(",\n");
    }
    section(&mut text, "files", files);
    text.push_str("\n}\n");
    text
}

/// What the manifest of the root lists: its files, itself included, and the manifests of the agencies. Both are empty if the folder is free
/// to be used. A folder that holds more than the repository's placeholder and is not a site of ours is a failure in the words given.
pub(super) fn root(output: &Path, refuse: fn(&Path, Doubt) -> Failure) -> Result<(Listing, Listing)> {
    let ground = Ground::new(output);
    match ground.find(NAME)? {
        Found::Nothing if is_free(output)? => return Ok((Listing::new(), Listing::new())),
        Found::Nothing => return Err(refuse(output, Doubt::NoManifest)),
        Found::File(_) => {}
        _ => return Err(refuse(output, Doubt::Broken)),
    }
    let bytes = read(&ground.at(NAME))?;
    let Manifest { mut files, manifests, .. } = parse(&bytes).map_err(|doubt| refuse(output, doubt))?;
    files.insert(NAME.to_owned(), Stamp::of(&bytes));
    Ok((files, manifests))
}

/// What the manifest of one agency lists, itself included. The portal's manifest vouches for it by its hash. One that is gone went with its
/// folder.
pub(super) fn agency(ground: &Ground, agency: &str, stamp: &Stamp) -> Result<Listing> {
    let path = format!("{agency}/{NAME}");
    let altered = || words::altered_manifest(&ground.at(&path));
    let files = match ground.find(&path)? {
        Found::Nothing => Listing::new(),
        Found::File(_) => {
            let bytes = read(&ground.at(&path))?;
            if Stamp::of(&bytes) != *stamp {
                return Err(altered());
            }
            parse(&bytes).map_err(|_| altered())?.files
        }
        _ => return Err(altered()),
    };
    let files = files.into_iter().map(|(file, stamp)| (format!("{agency}/{file}"), stamp));
    Ok(files.chain([(path.clone(), *stamp)]).collect())
}

fn parse(bytes: &[u8]) -> std::result::Result<Manifest, Doubt> {
    let Version { v } = serde_json::from_slice(bytes).map_err(|_| Doubt::Broken)?;
    if v != VERSION {
        return Err(if v > VERSION { Doubt::Newer } else { Doubt::Broken });
    }
    let manifest: Manifest = serde_json::from_slice(bytes).map_err(|_| Doubt::Broken)?;
    if !manifest.generator.starts_with(PROGRAM) {
        return Err(Doubt::OtherProgram);
    }
    let mut folders = manifest.manifests.keys().map(|path| path.split_once('/'));
    let nested = folders.all(|parts| parts.is_some_and(|(_, name)| name == NAME));
    let inside = manifest.manifests.keys().chain(manifest.files.keys()).all(|path| is_inside(path));
    if nested && inside { Ok(manifest) } else { Err(Doubt::Broken) }
}

fn section<'a>(text: &mut String, name: &str, files: impl Iterator<Item = (&'a str, &'a Stamp)>) {
    text.push_str(&format!("\"{name}\":{{"));
    for (nth, (path, stamp)) in files.enumerate() {
        let comma = if nth == 0 { "" } else { "," };
        let path = serde_json::Value::from(path);
        text.push_str(&format!(
            "{comma}\n{path}:{{\"size\":{},\"sha256\":\"{}\"}}",
            stamp.size, stamp.sha256
        ));
    }
    text.push_str("\n}");
}

/// Whether a folder is not there, empty, or holds the repository's placeholder alone.
fn is_free(output: &Path) -> Result<bool> {
    let entries = match fs::read_dir(output) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        Err(error) => return Err(Failure::io(output, &error)),
    };
    for entry in entries {
        let entry = entry.map_err(|error| Failure::io(output, &error))?;
        if entry.file_name() != ".gitkeep" || !matches!(stat(&entry.path())?, Found::File(_)) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|error| Failure::io(path, &error))
}

fn hashed(path: &Path) -> io::Result<Stamp> {
    let (mut file, mut hash, mut size) = (File::open(path)?, Sha256::new(), 0);
    let mut chunk = [0; 32 * 1024];
    loop {
        match file.read(&mut chunk) {
            Ok(0) => return Ok(Stamp::new(size, hash)),
            Ok(read) => {
                hash.update(&chunk[..read]);
                size += read as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Listing {
        BTreeMap::from([
            ("2565/index.html".to_owned(), Stamp::of(b"page")),
            ("ก\"ข".to_owned(), Stamp::of(b"")),
        ])
    }

    fn pairs(listing: &Listing) -> impl Iterator<Item = (&str, &Stamp)> {
        listing.iter().map(|(path, stamp)| (path.as_str(), stamp))
    }

    #[test]
    fn one_file_a_line() {
        let listing = BTreeMap::from([("index.html".to_owned(), Stamp::of(b"abc"))]);
        let expected = format!(
            "{{\n\"v\":1,\n\"generator\":\"prongsai {}\",\n\"files\":{{\n\"index.html\":{{\"size\":3,\"sha256\":\"{}\"}}\n}}\n}}\n",
            env!("CARGO_PKG_VERSION"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        );
        assert_eq!(text(&Listing::new(), pairs(&listing)), expected);
    }

    #[test]
    fn what_is_written_is_read_again() {
        let manifests = BTreeMap::from([(format!("lumphuk/{NAME}"), Stamp::of(b"{}"))]);
        let written = text(&manifests, pairs(&sample()));
        serde_json::from_str::<serde_json::Value>(&written).unwrap();
        let mut quotable = sample();
        quotable.retain(|path, _| is_inside(path));
        let read = parse(text(&manifests, pairs(&quotable)).as_bytes()).ok().unwrap();
        assert_eq!((read.manifests, read.files), (manifests, quotable));
    }

    #[test]
    fn manifests_that_are_not_believed() {
        let check =
            |text: &str, doubt: Doubt| assert_eq!(parse(text.as_bytes()).err(), Some(doubt), "{text}");
        let listing = |path: &str| {
            format!(
                r#"{{"v":1,"generator":"prongsai 1.0","files":{{"{path}":{{"size":1,"sha256":"{}"}}}}}}"#,
                "0a".repeat(32)
            )
        };
        assert!(parse(listing("a/b.html").as_bytes()).is_ok());
        check("", Doubt::Broken);
        check(r#"{"v":1,"generator":"prongsai 1.0","fil"#, Doubt::Broken);
        check(r#"{"v":0,"generator":"prongsai 1.0"}"#, Doubt::Broken);
        check(r#"{"v":1,"generator":"prongsai 1.0","files":[]}"#, Doubt::Broken);
        check(&listing("x").replace("0a", "0g"), Doubt::Broken);
        check(&listing("x").replace("0a", "+a"), Doubt::Broken);
        check(&listing("x").replace("0a0a", "0a"), Doubt::Broken);
        check(r#"{"v":2,"producer":"prongsai 9.0"}"#, Doubt::Newer);
        check(r#"{"v":1,"generator":"another 1.0","files":{}}"#, Doubt::OtherProgram);
        check(&listing("../../etc/passwd"), Doubt::Broken);
        check(&listing("/etc/passwd"), Doubt::Broken);
        check(&listing("C:/Windows/x"), Doubt::Broken);
        check(&listing(r"..\\x"), Doubt::Broken);
        check(&listing("../x").replace("files", "manifests"), Doubt::Broken);
        let nested = |path: &str| listing(&format!("{path}/{NAME}")).replace("files", "manifests");
        assert!(parse(nested("lumphuk").as_bytes()).is_ok());
        check(&nested(".."), Doubt::Broken);
        check(&nested("a/b"), Doubt::Broken);
    }

    #[test]
    fn folders_that_are_free_ours_or_not() {
        let check = |files: &[(&str, &str)], ours: bool| {
            let folder = tempfile::tempdir().unwrap();
            for (name, text) in files {
                fs::write(folder.path().join(name), text).unwrap();
            }
            assert_eq!(root(folder.path(), words::not_ours).is_ok(), ours, "{files:?}");
        };
        check(&[], true);
        check(&[(".gitkeep", "")], true);
        check(&[(NAME, r#"{"v":1,"generator":"prongsai 0.1.0","files":{}}"#), ("foreign.txt", "x")], true);
        check(&[("index.html", "")], false);
        check(&[(".gitkeep", ""), (".htaccess", "")], false);
        check(&[(NAME, "")], false);
        check(&[(NAME, r#"{"v":2}"#)], false);
        assert!(root(Path::new("does-not-exist"), words::not_ours).unwrap().0.is_empty());
    }
}

//! Whose row it is: agencies of the site by their ids and by their names.

use crate::failure::Result;
use crate::finding::Findings;
use crate::model::date::FiscalYear;
use crate::model::{Profile, Settings};
use crate::parse;
use crate::read::{self, Texts};
use crate::thai;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

/// The agencies of a site.
pub(super) struct Agencies {
    /// In the order of their ids; on an agency's own site the one there is.
    all: Vec<Agency>,
    by_id: BTreeMap<String, usize>,
    /// Without spaces; full and short names, those of former years too.
    by_name: BTreeMap<String, Vec<usize>>,
    is_portal: bool,
}

/// One of them.
pub(super) struct Agency {
    /// Its id in a portal.
    pub(super) id: Option<String>,
    /// What holds its years: `content` or `content/<id>`.
    pub(super) path: String,
    /// Where it could be read.
    pub(super) profile: Option<Profile>,
}

/// Why a row is nobody's.
pub(super) enum Stranger<'a> {
    /// Neither id nor name.
    Unnamed,
    /// No such id.
    Id { nearest: Option<&'a str> },
    /// No such name.
    Name { nearest: Option<&'a str> },
    /// A name of several agencies, by their ids.
    Ambiguous(Vec<&'a str>),
    /// The id of one agency and the name of another: what the first is called.
    Other { expected: &'a str },
}

impl Agencies {
    /// Finds all agencies, in a portal by their folders. Those whose file cannot be read have an id all the same.
    ///
    /// # Errors
    /// Only the machine's.
    pub(super) fn of(root: &Path, settings: &Settings) -> Result<Self> {
        let is_portal = settings.portal.is_some();
        let folders = read::top(root, is_portal, &mut Findings::default())?.agencies;
        let read = |folder: &read::AgencyFolder| {
            let (id, path) = (folder.id.clone(), folder.path.clone());
            let profile = match &settings.agency {
                Some(agency) => Some(agency.profile.clone()),
                None => profile(root, &path)?,
            };
            Ok(Agency { id, path, profile })
        };
        let all: Vec<Agency> = folders.par_iter().map(read).collect::<Result<_>>()?;
        let ids = all.iter().enumerate().filter_map(|(at, agency)| Some((agency.id.clone()?, at)));
        let by_id = ids.collect();
        let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, agency) in all.iter().enumerate() {
            for name in agency.names() {
                let same = by_name.entry(key(name)).or_default();
                if !same.contains(&at) {
                    same.push(at);
                }
            }
        }
        Ok(Agencies { all, by_id, by_name, is_portal })
    }

    /// In the order of their ids.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Agency> {
        self.all.iter()
    }

    /// The agency of a row.
    pub(super) fn find(
        &self,
        id: Option<&str>,
        name: Option<&str>,
        is_guessed: bool,
    ) -> std::result::Result<usize, Stranger<'_>> {
        match (id, name) {
            (Some(id), _) if self.is_portal => self.with_id(id, name, is_guessed),
            (_, Some(name)) => self.called(name, is_guessed),
            // An agency's own site has no ids: one that stands alone may be anybody's.
            (Some(_), None) => Err(Stranger::Id { nearest: None }),
            (None, None) if self.is_portal => Err(Stranger::Unnamed),
            (None, None) => Ok(0),
        }
    }

    /// By its place among all.
    pub(super) fn agency(&self, at: usize) -> Option<&Agency> {
        self.all.get(at)
    }

    fn with_id(
        &self,
        id: &str,
        name: Option<&str>,
        is_guessed: bool,
    ) -> std::result::Result<usize, Stranger<'_>> {
        let Some(at) = self.by_id.get(id).copied() else {
            let near = || thai::nearest(id, self.by_id.keys().map(String::as_str));
            return Err(Stranger::Id { nearest: is_guessed.then(near).flatten() });
        };
        let agency = self.all.get(at).ok_or(Stranger::Unnamed)?;
        let is_other = |name: &str| !agency.names().any(|own| key(own) == key(name));
        // An agency of which nothing can be read has no name to compare with.
        match (name, agency.names().next()) {
            (Some(name), Some(expected)) if is_other(name) => Err(Stranger::Other { expected }),
            _ => Ok(at),
        }
    }

    fn called(&self, name: &str, is_guessed: bool) -> std::result::Result<usize, Stranger<'_>> {
        match self.by_name.get(&key(name)).map(Vec::as_slice) {
            Some([at]) => Ok(*at),
            Some(several) => {
                let ids = several.iter().filter_map(|at| self.all.get(*at)?.id.as_deref());
                Err(Stranger::Ambiguous(ids.collect()))
            }
            None => {
                let near = || thai::nearest(name, self.all.iter().flat_map(Agency::names));
                Err(Stranger::Name { nearest: is_guessed.then(near).flatten() })
            }
        }
    }
}

impl Agency {
    /// What people call it in a year.
    pub(super) fn name_in(&self, year: FiscalYear) -> &str {
        let name = self.profile.as_ref().map(|profile| profile.names_in(year).0);
        name.or(self.id.as_deref()).unwrap_or_default()
    }

    /// Every name that it has or had, the full one first.
    fn names(&self) -> impl Iterator<Item = &str> {
        let profile = self.profile.iter();
        profile.flat_map(|profile| {
            let former = profile.former_names.iter().flat_map(|former| [&*former.name, &*former.short_name]);
            [profile.name.as_str(), profile.short_name.as_str()].into_iter().chain(former)
        })
    }
}

fn profile(root: &Path, path: &str) -> Result<Option<Profile>> {
    // What is wrong with the file is for `check` to say.
    let mut findings = Findings::default();
    let source = read::root_file(root, &format!("{path}/agency.yaml"), &Texts::new(), &mut findings)?;
    Ok(source.and_then(|source| Some(parse::agency_file(&source, &mut findings).0?.profile)))
}

/// Names are the same whatever their spaces.
fn key(name: &str) -> String {
    thai::fold(name).split_whitespace().collect()
}

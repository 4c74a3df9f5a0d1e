//! Links to other sites: gathered while pages are laid out, and asked for when everything else is done.

use crate::check::external::{self, ExternalLink};
use crate::failure::{Cause, Failure, Result};
use crate::finding::{Acceptance, Findings, Location, catalog};
use crate::language::Words;
use crate::plan::PromisedLink;
use crate::probe::{self, Limits};
use std::collections::BTreeSet;

/// Links to other sites, and what their authors have accepted of them.
#[derive(Debug, Default)]
pub struct External {
    links: Vec<ExternalLink>,
    acceptances: Vec<Acceptance>,
}

impl External {
    /// How many addresses there are to ask for.
    pub fn count(&self) -> usize {
        self.addresses().len()
    }

    fn addresses(&self) -> BTreeSet<String> {
        self.links.iter().map(|link| link.url.clone()).collect()
    }

    /// Takes what pages show and authors accept. Links are resolved to plain data, so that the texts can go.
    pub(super) fn take(&mut self, links: &[PromisedLink], acceptances: &[Acceptance]) {
        let link = |link: &PromisedLink| ExternalLink {
            url: link.href.clone(),
            location: Location::of(&link.place),
        };
        self.links.extend(links.iter().filter(|link| link.is_web()).map(link));
        let is_on_request =
            |one: &&Acceptance| catalog::by_code(&one.code).is_some_and(|kind| kind.on_request);
        self.acceptances.extend(acceptances.iter().filter(is_on_request).cloned());
    }
}

/// Asks the web for the links that a check has gathered. Gives what is wrong with them, and how many addresses were not asked for since
/// a limit was reached before. `tell` hears of every address that is done, from any thread.
///
/// # Errors
/// The machine has no way to the web.
pub fn ask(links: &External, limits: &Limits, tell: &(dyn Fn() + Sync)) -> Result<(Findings, usize)> {
    let survey = probe::ask(&links.addresses(), limits, tell);
    if survey.is_cut_off() {
        let message = Words::new(
            "ตรวจลิงก์ไปยังเว็บไซต์อื่นไม่ได้ เพราะเครื่องนี้เชื่อมต่ออินเทอร์เน็ตไม่ได้",
            "links to other sites were not checked: this machine has no way to the internet",
        );
        return Err(Failure { cause: Cause::Machine, message });
    }
    let mut findings = Findings::default();
    external::check(&links.links, &survey.answers, &mut findings);
    findings.accept(&links.acceptances);
    findings.sort();
    Ok((findings, survey.unasked))
}

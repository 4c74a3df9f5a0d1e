//! Whether answers belong to items that the round has, and say how an assessor gets there.

use crate::finding::Findings;
use crate::finding::catalog::disclosure as catalog;
use crate::framework::Framework;
use crate::model::link::LinkTarget;
use crate::model::{Answer, AnswersFor, Disclosure, Link, Round};

/// Judges the answers and the scored items of a round. Links, and items that pages of this site answer, are judged where pages are
/// planned, since only there it is known which pages exist.
pub fn check(round: &Round, framework: Option<&Framework>, findings: &mut Findings) {
    let Some(framework) = framework else { return };
    let disclosure = round.disclosure.as_ref();
    let answered = disclosure.into_iter().flat_map(|disclosure| &disclosure.items);
    let answered = answered.map(|(code, answer)| (*code, &answer.place));
    let demanded = match disclosure.and_then(|disclosure| disclosure.answers_for.as_ref()) {
        Some(AnswersFor::Items(items)) => items.as_slice(),
        _ => &[],
    };
    let demanded = demanded.iter().map(|code| (code.value, &code.place));
    let scored =
        round.scores.iter().flat_map(|scores| &scores.items).map(|(code, score)| (*code, &score.place));
    for (code, place) in answered.chain(demanded).chain(scored).filter(|(code, _)| !framework.knows(*code)) {
        findings.add(catalog::unknown_item(place, &code.to_string(), round.year.number()));
    }
    click_paths(disclosure, framework, findings);
}

/// Only for pages of this site the way from the front page is known.
fn click_paths(disclosure: Option<&Disclosure>, framework: &Framework, findings: &mut Findings) {
    let answers = disclosure.into_iter().flat_map(|disclosure| &disclosure.items);
    for (code, answer) in answers.filter(|(code, _)| framework.knows(**code)) {
        let Answer::Links(links, _) = &answer.value else { continue };
        let is_bare = |link: &&Link| matches!(link.target, LinkTarget::Web(_)) && link.path.is_empty();
        for link in links.iter().filter(is_bare) {
            findings.add(catalog::answer_without_path(&link.place, &code.to_string()));
        }
    }
}

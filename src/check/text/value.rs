//! The texts of YAML files and front matter that readers see: every value that is words, and no id, code or address.

use crate::model::{
    Agency, Answer, Decided, Disclosure, Given, Link, Measure, MeasurePlan, Memo, Narrative, Progress, Round,
    Scores, Signatory,
};

type Text = Given<String>;

/// The texts of an agency's profile.
pub(super) fn of_agency(agency: &Agency) -> Vec<&Text> {
    let profile = &agency.profile;
    let named = [&profile.name, &profile.short_name].into_iter();
    let contacts = [&profile.address, &profile.phone, &profile.email].into_iter().flatten();
    named.chain(contacts).collect()
}

/// The texts of the front matter of a narrative.
pub(super) fn of_narrative(narrative: &Narrative) -> Vec<&Text> {
    let own = [&narrative.title, &narrative.office].into_iter().flatten();
    own.chain(labels(&narrative.files)).collect()
}

/// The texts of all files of a round.
pub(super) fn of_round(round: &Round) -> Vec<&Text> {
    let mut texts: Vec<&Text> = round.scores.iter().flat_map(of_scores).collect();
    texts.extend(round.report.iter().flat_map(of_narrative));
    texts.extend(round.measures.iter().flat_map(of_plan));
    texts.extend(round.memos.values().flat_map(of_memo));
    texts.extend(round.disclosure.iter().flat_map(of_disclosure));
    texts
}

fn of_scores(scores: &Scores) -> impl Iterator<Item = &Text> {
    let announced = scores.announced.iter();
    announced.flat_map(|announced| announced.level.iter().chain(labels(&announced.source)))
}

fn of_plan(plan: &MeasurePlan) -> impl Iterator<Item = &Text> {
    plan.decided.iter().flat_map(of_decision).chain(plan.measures.iter().flat_map(of_measure))
}

fn of_decision(decided: &Decided) -> impl Iterator<Item = &Text> {
    [&decided.by, &decided.who].into_iter().flatten().chain(labels(&decided.evidence))
}

fn of_measure(measure: &Measure) -> impl Iterator<Item = &Text> {
    let lists = [&measure.measure, &measure.steps, &measure.responsible].into_iter().flatten();
    let follow_up = measure.follow_up.iter().map(|follow_up| &follow_up.text);
    measure.title.iter().chain(lists).chain(follow_up).chain(measure.results.iter().flat_map(of_result))
}

fn of_result(result: &Progress) -> impl Iterator<Item = &Text> {
    std::iter::once(&result.summary).chain(labels(&result.evidence))
}

fn of_memo(memo: &Memo) -> impl Iterator<Item = &Text> {
    let head = [&memo.office, &memo.number, &memo.subject, &memo.to].into_iter();
    let endorsements = memo.endorsements.iter().flat_map(|endorsement| {
        let text = std::iter::once(&endorsement.heading).chain(&endorsement.text);
        text.chain(of_signatory(&endorsement.signatory))
    });
    head.chain(of_signatory(&memo.signed_by)).chain(endorsements).chain(labels(&memo.files))
}

fn of_signatory(signatory: &Signatory) -> [&Text; 2] {
    [&signatory.name, &signatory.position]
}

fn of_disclosure(disclosure: &Disclosure) -> impl Iterator<Item = &Text> {
    disclosure.items.values().flat_map(|answer| -> Vec<&Text> {
        match &answer.value {
            Answer::Links(links, note) => labels(links).chain(note).collect(),
            Answer::None(reason) => vec![reason],
        }
    })
}

fn labels<'a>(links: impl IntoIterator<Item = &'a Link>) -> impl Iterator<Item = &'a Text> {
    links.into_iter().filter_map(|link| link.label.as_ref())
}

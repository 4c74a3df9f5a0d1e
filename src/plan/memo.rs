//! The official memo. Its data is printed in Thai digits whatever the site's setting (cabinet resolution of 2 พ.ค. 2543).

use super::desk::Desk;
use super::narrative::{self, Whole};
use super::printer::Printer;
use super::{Filed, address, view};
use crate::model::{Endorsement, Memo, PersonalNames, Round, Signatory};

/// Lays out every memo of a round.
pub(super) fn pages(desk: &Desk<'_>, round: &Round) -> Vec<Filed<view::Page>> {
    round.memos.iter().map(|(id, memo)| page(desk, round, id, memo)).collect()
}

fn page(desk: &Desk<'_>, round: &Round, id: &str, memo: &Memo) -> Filed<view::Page> {
    let printer = Printer::of_letters();
    let spot = desk.spot(address::of_memo(round.year, id), Some(round.year));
    let prose = desk.prose(&memo.body, &spot, "memo", 2, Some(round), printer);
    let Whole { html, footnotes_html } = narrative::whole(prose);
    let garuda = desk.input.content.agency.profile.garuda.as_ref();
    let view = view::Memo {
        year: printer.year(round.year),
        office: memo.office.value.clone(),
        number: memo.number.value.clone(),
        date: printer.date(memo.date.value),
        subject: memo.subject.value.clone(),
        to: memo.to.value.clone(),
        html,
        footnotes_html,
        signed_by: signatory(desk, &memo.signed_by),
        endorsements: memo
            .endorsements
            .iter()
            .map(|endorsement| self::endorsement(desk, endorsement))
            .collect(),
        garuda: garuda.and_then(|link| desk.href(&spot.file, None, &link.target)),
    };
    let title = format!("บันทึกข้อความ เรื่อง {}", memo.subject.value);
    let mut page = view::Page {
        updated: Some(desk.printer.date(memo.date.value)),
        files: desk.anchors(&spot, &memo.files, None),
        ..desk.page("memo", &spot, title, view::Body::Memo(view))
    };
    page.names.extend(names_of_persons(memo));
    page.names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    (spot.file, page)
}

/// Given names and surnames.
fn names_of_persons(memo: &Memo) -> impl Iterator<Item = String> {
    let endorsing = memo.endorsements.iter().map(|endorsement| &endorsement.signatory);
    let signatories = std::iter::once(&memo.signed_by).chain(endorsing);
    signatories.flat_map(|signatory| signatory.name.value.split_whitespace().map(str::to_owned))
}

fn endorsement(desk: &Desk<'_>, endorsement: &Endorsement) -> view::Endorsement {
    view::Endorsement {
        heading: endorsement.heading.value.clone(),
        text: endorsement.text.as_ref().map(|text| text.value.clone()),
        signed_by: signatory(desk, &endorsement.signatory),
        date: endorsement.date.as_ref().map(|date| Printer::of_letters().date(date.value)),
    }
}

fn signatory(desk: &Desk<'_>, signatory: &Signatory) -> view::Signatory {
    let shown = desk.input.settings.personal_names == PersonalNames::Shown;
    view::Signatory {
        name: shown.then(|| signatory.name.value.clone()),
        position: signatory.position.value.clone(),
    }
}

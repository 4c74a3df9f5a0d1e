//! The official memo. Its data is printed in Thai digits whatever the site's setting (cabinet resolution of 2 พ.ค. 2543).

use super::desk::{Desk, Spot};
use super::printer::Printer;
use super::{address, narrative, view};
use crate::model::{Endorsement, Memo, PersonalNames, Round, Signatory};

/// Lays out every memo of a round.
pub(super) fn pages(desk: &Desk<'_>, round: &Round) -> Vec<view::Page> {
    round.memos.iter().map(|(id, memo)| page(desk, round, id, memo)).collect()
}

fn page(desk: &Desk<'_>, round: &Round, id: &str, memo: &Memo) -> view::Page {
    let printer = Printer::of_letters();
    let address = address::of_memo(round.year, id);
    let file = address::file_of(&desk.prefix, &address);
    let folder = format!("{}/", round.year);
    let spot = Spot { file: &file, attachments: &round.attachments, folder: &folder };
    let prose = desk.prose(&memo.body, spot, "memo", 2, Some(round), printer);
    let garuda = desk.input.content.agency.profile.garuda.as_ref();
    let view = view::Memo {
        year: printer.year(round.year),
        office: memo.office.value.clone(),
        number: memo.number.value.clone(),
        date: printer.date(memo.date.value),
        subject: memo.subject.value.clone(),
        to: memo.to.value.clone(),
        html: narrative::whole_html(&prose),
        footnotes_html: prose.footnotes.html.clone(),
        signed_by: signatory(desk, &memo.signed_by),
        endorsements: memo
            .endorsements
            .iter()
            .map(|endorsement| self::endorsement(desk, endorsement))
            .collect(),
        garuda: garuda.and_then(|link| desk.href(desk.top(&file), &link.target)),
    };
    let title = format!("บันทึกข้อความ เรื่อง {}", memo.subject.value);
    let mut page = desk.page("memo", &address, title, Some(round.year), view::Body::Memo(view));
    page.updated = Some(desk.printer.date(memo.date.value));
    page.files = desk.anchors(spot, &memo.files, None);
    page
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

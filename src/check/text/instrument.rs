//! The three questionnaires and checklists: whether a name is spelled rightly, and whether the code beside it is its own.

use super::Tell;
use super::fault::Fault;
use super::phrase::{Cursor, begins, find, longest, quoted};
use crate::framework::{Framework, Instrument};
use crate::thai::{self, Tolerance};

/// Two letters and a mark in names of some forty characters. Whole words that agencies leave out (ของ, ส่วน) are beyond that: they are
/// other ways to say it, not slips.
const TOLERANCE: Tolerance = Tolerance { weight: 5, letters: 2 };

/// What is set in parentheses behind a name is short, `(Internal Integrity and Transparency Assessment: IIT)`; in bytes.
const LONGEST_PARENTHESIS: usize = 100;

/// Judges the name of an instrument that begins here.
pub(super) fn judge(text: &str, at: usize, framework: &Framework, tell: &mut Tell<'_>) {
    let rest = &text[at..];
    if begins(rest, "แบบวัด").or_else(|| begins(rest, "แบบตรวจ")).is_none() {
        return;
    }
    match longest(rest, names(framework)) {
        Some((length, instrument)) => beside(text, at, length, instrument, framework, tell),
        None => near(text, at, framework, tell),
    }
}

/// Whether the title of an instrument's analysis speaks of another instrument, and of its own not at all: by code or by name.
pub(super) fn other_in_title<'a>(
    title: &str,
    code: &str,
    framework: &'a Framework,
) -> Option<&'a Instrument> {
    let is_named = |instrument: &&Instrument| {
        let by_name = names_of(instrument).any(|name| find(title, name).is_some());
        by_name || title.match_indices(&instrument.code).any(|(at, code)| stands_alone(title, at, code.len()))
    };
    let named: Vec<&Instrument> = framework.instruments.iter().filter(is_named).collect();
    if named.iter().any(|instrument| instrument.code == code) { None } else { named.first().copied() }
}

/// The code behind a name, or else before it, belongs to it.
fn beside(
    text: &str,
    at: usize,
    length: usize,
    instrument: &Instrument,
    framework: &Framework,
    tell: &mut Tell<'_>,
) {
    let end = at + length;
    let behind = code_behind(text, end, framework).map(|(code, until)| (code, at..until));
    let found = behind.or_else(|| code_before(text, at, framework).map(|(code, from)| (code, from..end)));
    let Some((code, range)) = found.filter(|(code, _)| code.code != instrument.code) else { return };
    let fault = Fault::InstrumentCode {
        code: code.code.clone(),
        name: quoted(&text[at..end]),
        belongs_to: instrument.code.clone(),
    };
    tell(range, fault);
}

/// `… (OIT)`, `… (… : OIT)` or `… OIT`, and where that ends.
fn code_behind<'a>(text: &str, end: usize, framework: &'a Framework) -> Option<(&'a Instrument, usize)> {
    let mut cursor = Cursor::new(text, end);
    if !cursor.take("(") {
        cursor.blanks();
        let instrument = framework.instruments.iter().find(|one| cursor.rest().starts_with(&one.code))?;
        let is_whole = stands_alone(text, cursor.at(), instrument.code.len());
        return is_whole.then(|| (instrument, cursor.at() + instrument.code.len()));
    }
    let near = cursor.rest();
    let (inside, _) = near[..near.floor_char_boundary(LONGEST_PARENTHESIS)].split_once(')')?;
    let instrument = framework.instrument(inside.rsplit(':').next()?.trim())?;
    Some((instrument, cursor.at() + inside.len() + 1))
}

/// `OIT …` or `OIT (…`, and where that begins.
fn code_before<'a>(text: &str, at: usize, framework: &'a Framework) -> Option<(&'a Instrument, usize)> {
    let before = text[..at].trim_end().trim_end_matches('(').trim_end();
    let instrument = framework.instruments.iter().find(|instrument| before.ends_with(&instrument.code))?;
    let from = before.len() - instrument.code.len();
    stands_alone(text, from, instrument.code.len()).then_some((instrument, from))
}

fn near(text: &str, at: usize, framework: &Framework, tell: &mut Tell<'_>) {
    let found = names(framework)
        .find_map(|(name, _)| Some((thai::misspelt_name(&text[at..], name, TOLERANCE)?, name)));
    if let Some((length, name)) = found {
        let range = at..at + length;
        let found = quoted(&text[range.clone()]);
        tell(range, Fault::InstrumentName { found, name: name.to_owned() });
    }
}

fn names(framework: &Framework) -> impl Iterator<Item = (&str, &Instrument)> {
    framework
        .instruments
        .iter()
        .flat_map(|instrument| names_of(instrument).map(move |name| (name, instrument)))
}

fn names_of(instrument: &Instrument) -> impl Iterator<Item = &str> {
    std::iter::once(&instrument.name).chain(&instrument.aliases).map(String::as_str)
}

/// Whether no Latin letter or digit touches what stands there, as in `MOIT` or `OIT1`.
fn stands_alone(text: &str, at: usize, length: usize) -> bool {
    let touches = |c: char| c.is_ascii_alphanumeric();
    !text[..at].ends_with(touches) && !text[at + length..].starts_with(touches)
}

#[cfg(test)]
mod tests {
    use super::super::trial;

    #[test]
    fn names_of_other_codes_and_slips_are_seen() {
        let check = |text: &str, expected: &[&str]| trial::check("text/instrument-name", text, expected);
        let inside = "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน";
        check(&format!("{inside} (OIT)"), &[&format!("{inside} (OIT)")]);
        check(&format!("{inside} OIT"), &[&format!("{inside} OIT")]);
        check(&format!("ผล EIT ({inside})"), &[&format!("EIT ({inside}")]);
        check(
            &format!("{inside} (External Assessment: EIT)"),
            &[&format!("{inside} (External Assessment: EIT)")],
        );
        check("แบบตรวจการเปิดเผยข้อมูลสาธารณะ (EIT)", &["แบบตรวจการเปิดเผยข้อมูลสาธารณะ (EIT)"]);
        check("แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายไน (IIT)", &["แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายไน"]);
        check("แบบวัดการเปิดเผยข้อมูสาธารณะ", &["แบบวัดการเปิดเผยข้อมูสาธารณะ"]);
    }

    #[test]
    fn names_beside_their_codes_are_left_alone() {
        let check = |text: &str| trial::check("text/instrument-name", text, &[]);
        check("แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (IIT) และแบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก (EIT)");
        check("แบบวัดการรับรู้ของผู้มีส่วนได้เสียภายนอก (EIT) แบบตรวจการเปิดเผยข้อมูลสาธารณะ (OIT)");
        check("แบบวัดการเปิดเผยข้อมูลสาธารณะ\n  (Open Data Integrity and Transparency Assessment : OIT)");
        check("(IIT) แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก (EIT)");
        check("แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน ไม่เกี่ยวกับ OIT");
        check("แบบวัดการรับรู้ผู้มีส่วนได้ส่วนเสียภายใน แบบวัดทั้งสาม แบบวัด OIT แบบตรวจสอบ");
        check("แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (MOIT1)");
    }
}

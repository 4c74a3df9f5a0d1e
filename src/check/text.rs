//! What texts say wrongly, whether they stand in YAML files or in prose: names, numbers and years beside what the agency, its framework
//! and its scores say, and the characters themselves.
//!
//! A text is read once. Each rule begins at a letter or digit and looks at the words from there on; a rule is a function of text and
//! context that tells of faults by their bytes. What the data said through a binding, and what is code, is never a fault.

mod agency;
mod contradiction;
mod fault;
mod group;
mod indicator;
mod instrument;
mod mend;
mod numeral;
mod office;
mod phrase;
mod tag;
mod value;
mod wording;
mod year;

use super::privacy::{self, Secret};
use crate::finding::Findings;
use crate::framework::Framework;
use crate::model::link::LinkTarget;
use crate::model::{AgencyContent, Given, Profile, Round, Scores};
use crate::parse::ANALYSES;
use crate::parse::markdown::Prose;
use crate::score::Tally;
use crate::source::Place;
use crate::thai::digit;
use agency::Names;
use fault::{Fault, Faults};
use std::ops::Range;
use wording::Wording;

/// What a text speaks of, as far as that is known. Rules that would need more are silent.
#[derive(Clone, Copy, Default)]
pub struct Subject<'a> {
    /// Whose text it is.
    pub agency: Option<&'a Profile>,
    /// The round whose scores it may state.
    pub round: Option<&'a Round>,
    /// The rules of that round's year.
    pub framework: Option<&'a Framework>,
    /// What follows from that round's scores.
    pub tally: Option<&'a Tally>,
    /// Whether it stands in the folder of that round, and hence speaks of no other years than those around it.
    pub is_of_year: bool,
}

/// Judges the texts of an agency's profile, and of the front matter of its front page and further pages.
pub fn check_agency(content: &AgencyContent, findings: &mut Findings) {
    let mut texts = value::of_agency(&content.agency);
    texts.extend(content.index.iter().chain(content.pages.values()).flat_map(value::of_narrative));
    let agency = Some(&content.agency.profile);
    check_values(texts, Subject { agency, ..Subject::default() }, findings);
}

/// Judges the texts of all YAML files and front matters of a round.
pub fn check_round(subject: Subject<'_>, findings: &mut Findings) {
    let texts = subject.round.map(value::of_round).unwrap_or_default();
    check_values(texts, subject, findings);
}

/// Judges evaluated prose.
pub fn check_prose(prose: &Prose, subject: Subject<'_>, findings: &mut Findings) {
    let context = Context::of(subject);
    let mut faults = Faults::default();
    for plain in prose.plains() {
        judge(&Wording::of_prose(plain, &mut faults), &context, &mut faults);
    }
    faults.extend(numeral::mixed(prose.plains()).into_iter().map(|place| (place, Fault::MixedNumerals)));
    faults.extend(title(prose, &context));
    links(prose, &mut faults);
    faults.report(findings);
}

fn check_values<'a>(
    texts: impl IntoIterator<Item = &'a Given<String>>,
    subject: Subject<'a>,
    findings: &mut Findings,
) {
    let context = Context::of(subject);
    let mut faults = Faults::default();
    for text in texts {
        judge(&Wording::of_value(&text.place, &mut faults), &context, &mut faults);
        faults.extend(tags(&text.place));
    }
    faults.report(findings);
}

fn tags(value: &Place) -> impl Iterator<Item = (Place, Fault)> {
    tag::tags(value.text()).map(|range| {
        let fault = Fault::RawHtml(value.text()[range.clone()].to_owned());
        let start = value.span.start;
        (value.clone().with_span(start + range.start..start + range.end), fault)
    })
}

/// A subject, prepared for many texts.
struct Context<'a> {
    subject: Subject<'a>,
    framework: Option<&'a Framework>,
    names: Option<Names<'a>>,
    year: Option<i16>,
}

impl<'a> Context<'a> {
    fn of(subject: Subject<'a>) -> Self {
        let year = subject.round.map(|round| round.year);
        Context {
            subject,
            framework: subject.framework,
            names: subject.agency.map(|profile| Names::of(profile, year)),
            year: year.filter(|_| subject.is_of_year).map(|year| year.number()),
        }
    }

    fn scores(&self) -> Option<&'a Scores> {
        self.subject.round?.scores.as_ref()
    }
}

/// Takes a fault at some bytes of the text that a rule looks at.
type Tell<'t> = dyn FnMut(Range<usize>, Fault) + 't;

/// Asks every rule whose words may begin where the text is read.
fn judge(wording: &Wording<'_>, context: &Context<'_>, faults: &mut Faults) {
    for block in wording.blocks() {
        let start = block.start;
        let mut tell = |range: Range<usize>, fault: Fault| {
            let place = wording.place(start + range.start..start + range.end);
            faults.extend(place.map(|place| (place, fault)));
        };
        let mut is_in_number = false;
        for (at, letter) in block.text.char_indices() {
            let is_digit = digit(letter).is_some();
            if is_digit && !is_in_number {
                tell_secret(privacy::number(block.text, at), &mut tell);
            } else if !is_digit {
                judge_at(block.text, at, letter, context, &mut tell);
            }
            is_in_number = is_digit;
        }
    }
}

/// Most letters begin nothing, so that a letter and a syllable decide who is asked. Lines are wrapped anywhere but within a syllable.
fn judge_at(text: &str, at: usize, letter: char, context: &Context<'_>, tell: &mut Tell<'_>) {
    let begins = |syllable: &str| text[at..].starts_with(syllable);
    match letter {
        'อ' if begins("องค") || begins("องก") => {
            name(text, at, context, tell);
            office::judge_authority(text, at, tell);
        }
        'อ' if begins("อบ") => name(text, at, context, tell),
        'เ' if begins("เท") => name(text, at, context, tell),
        'ท' | 'จ' => name(text, at, context, tell),
        'น' if begins("นาย") => office::judge_head(text, at, tell),
        'ต' if begins("ตัว") => indicator::judge(text, at, context, tell),
        'แ' if begins("แบบ") => {
            if let Some(framework) = context.framework {
                instrument::judge(text, at, framework, tell);
            }
        }
        'ป' if begins("ปี") || begins("ประ") => {
            if let Some(year) = context.year {
                year::judge(text, at, year, tell);
            }
        }
        'ผ' if begins("ผล") => {
            contradiction::judge_total(text, at, context, tell);
            contradiction::judge_result(text, at, context, tell);
        }
        'ค' if begins("คะ") => contradiction::judge_total(text, at, context, tell),
        '@' => tell_secret(privacy::mailbox(text, at), tell),
        _ => {}
    }
}

fn name(text: &str, at: usize, context: &Context<'_>, tell: &mut Tell<'_>) {
    if let Some(names) = &context.names {
        agency::judge(text, at, names, tell);
    }
}

fn tell_secret(found: Option<(Range<usize>, Secret)>, tell: &mut Tell<'_>) {
    if let Some((range, secret)) = found {
        tell(range, Fault::Private(secret));
    }
}

/// The title of an analysis beside its instrument.
fn title(prose: &Prose, context: &Context<'_>) -> Option<(Place, Fault)> {
    let title = prose.title.as_ref()?;
    let file = title.place.source.path.rsplit('/').next()?;
    let (_, code) = ANALYSES.iter().find(|(name, _)| *name == file).filter(|_| context.subject.is_of_year)?;
    let other = instrument::other_in_title(&title.plain.text, code, context.framework?)?;
    Some((
        title.place.clone(),
        Fault::InstrumentTitle { code: (*code).to_owned(), found: other.code.clone() },
    ))
}

/// Mailboxes and telephones that only the target of a link names; those in its words are told of where they stand.
fn links(prose: &Prose, faults: &mut Faults) {
    for link in &prose.links {
        let (LinkTarget::Mail(target) | LinkTarget::Telephone(target)) = &link.target else { continue };
        let secret = privacy::secret(target).filter(|_| privacy::secret(&link.text).is_none());
        faults.extend(secret.map(|secret| (link.place.clone(), Fault::Private(secret))));
    }
}

/// Texts judged as those of อบต.ลุมพุก 2565, for the tests of every rule.
#[cfg(test)]
mod trial {
    use super::*;
    use crate::build;
    use crate::finding::{Finding, Location};
    use crate::framework::Frameworks;
    use crate::model::date::FiscalYear;
    use crate::parse::shape::{Reader, Shape};
    use crate::parse::yaml;
    use crate::score;
    use crate::source::Source;
    use std::collections::BTreeMap;
    use std::path::Path;
    use std::sync::LazyLock;

    static FRAMEWORKS: LazyLock<Frameworks> =
        LazyLock::new(|| build::frameworks(Path::new("src/check"), &mut Findings::default()).unwrap());

    const AGENCY: &str = "{ name: องค์การบริหารส่วนตำบลลุมพุก, short_name: อบต.ลุมพุก }";
    const SCORES: &str = "{ fiscal_year: 2565, announced: { total: 69.38, level: C }, indicators: { 1: 86.92, 2: 83.40, \
        3: 84.15, 4: 82.68, 5: 81.40, 6: 85.92, 7: 81.51, 8: 79.80, 9: 78.98, 10: 18.75 } }";

    /// What is found in a text: the code of each finding with the words at its places, no more than the first line of them.
    pub(super) fn found(text: &str) -> Vec<(&'static str, String)> {
        let year = FiscalYear::new(2565).unwrap();
        let (profile, round) = (read(AGENCY), round(year));
        let framework = FRAMEWORKS.of(year);
        let tally = score::tally(&round, framework);
        let subject = Subject {
            agency: Some(&profile),
            round: Some(&round),
            framework,
            tally: Some(&tally),
            is_of_year: true,
        };
        let place = Source::new("content/2565/measures.yaml", text).at(0..text.len());
        let mut findings = Findings::default();
        check_values([&Given { value: text.to_owned(), place }], subject, &mut findings);
        findings.iter().flat_map(pointed_at).collect()
    }

    /// Checks what one rule finds.
    #[track_caller]
    pub(super) fn check(code: &str, text: &str, expected: &[&str]) {
        let found: Vec<String> =
            found(text).into_iter().filter(|(found, _)| *found == code).map(|(_, words)| words).collect();
        assert_eq!(found, expected, "{text}");
    }

    fn pointed_at(finding: &Finding) -> impl Iterator<Item = (&'static str, String)> {
        let words = |Location { line, start, end, .. }: &Location| {
            line.chars().skip(start.column - 1).take(end.column - start.column).collect()
        };
        let places = [&finding.location].into_iter().chain(&finding.also);
        places.map(move |place| (finding.kind.code, words(place)))
    }

    fn round(year: FiscalYear) -> Round {
        Round {
            year,
            scores: Some(read(SCORES)),
            report: None,
            analyses: BTreeMap::new(),
            measures: None,
            memos: BTreeMap::new(),
            disclosure: None,
            attachments: BTreeMap::new(),
            folder: "content/2565".to_owned(),
        }
    }

    fn read<T: Shape>(text: &str) -> T {
        let source = Source::new("trial.yaml", text);
        let mut findings = Findings::default();
        let outline = yaml::outline(&source, 0..text.len(), &mut findings).unwrap();
        T::read(outline.root(), &mut Reader { findings: &mut findings, year: None }).unwrap()
    }
}

#[cfg(test)]
mod tests {
    use super::trial::found;
    use proptest::prelude::*;

    #[test]
    fn every_rule_looks_at_one_text() {
        let text = "เรียน นายองค์การบริหารส่วนตำบลลุมพิก ประจ\u{E4D}\u{E32}ปี ๒๕๖๐ โทร 081-234-5678 a@gmail.com";
        let expected = [
            ("text/decomposed-sara-am", "\u{E4D}\u{E32}"),
            ("text/agency-name", "ลุมพิก"),
            ("text/office-name", "นายองค์การบริหารส่วนตำบล"),
            ("text/year", "๒๕๖๐"),
            ("privacy/private-phone", "081-234-5678"),
            ("privacy/private-email", "a@gmail.com"),
        ];
        assert_eq!(found(text), expected.map(|(code, words)| (code, words.to_owned())));
    }

    #[test]
    fn a_megabyte_of_slips_is_a_few_findings() {
        let slips = "อบต.ลุมพิก ๒๒ ตัวชี้วัดที่ ๕ การแก้ปัญหาการทุจริต ประจ\u{E4D}\u{E32}ปี ๒๕๖๐ ";
        let found = found(&slips.repeat(4_000));
        assert_eq!(found.len(), 4 * 50);
    }

    proptest! {
        #[test]
        fn any_text_is_judged(
            text in "([ก-๙ ]|ตัวชี้วัดที่|ย่อย|ปีงบประมาณ|ผลคะแนน|คะแนน|ระดับ|แบบวัด|OIT|[(:.0-9@-]|อบต\\.|ลุมพุก|การ){0,40}"
        ) {
            for (code, _) in found(&text) {
                prop_assert!(code.contains('/'));
            }
        }
    }
}

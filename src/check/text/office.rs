//! Offices that nearly every document of a local authority names: นายก…, องค์การบริหารส่วน…. Only slips that can be nothing else are told.

use super::Tell;
use super::fault::Fault;
use super::phrase::{begins, quoted};
use crate::thai::{self, Tolerance};

/// What นาย cannot stand before, since it is a title of persons, and what it should be: a ก is missing.
const HEADS: [(&str, &str); 3] = [
    ("นายองค์การบริหารส่วนตำบล", "นายกองค์การบริหารส่วนตำบล"),
    ("นายองค์การบริหารส่วนจังหวัด", "นายกองค์การบริหารส่วนจังหวัด"),
    ("นายเทศมนตรี", "นายกเทศมนตรี"),
];

/// Long enough for three letters to be wrong (องค์กรบริการส่วนตำบล) without becoming another office: องค์กรปกครองส่วนท้องถิ่น is at twice
/// that distance.
const AUTHORITIES: [&str; 2] = ["องค์การบริหารส่วนตำบล", "องค์การบริหารส่วนจังหวัด"];
const TOLERANCE: Tolerance = Tolerance { weight: 6, letters: 3 };

/// Judges the head of an authority that begins here.
pub(super) fn judge_head(text: &str, at: usize, tell: &mut Tell<'_>) {
    let found = HEADS.iter().find_map(|(wrong, right)| Some((begins(&text[at..], wrong)?, right)));
    if let Some((length, right)) = found {
        told(text, at, length, right, tell);
    }
}

/// Judges the kind of an authority that begins here.
pub(super) fn judge_authority(text: &str, at: usize, tell: &mut Tell<'_>) {
    let rest = &text[at..];
    if AUTHORITIES.iter().any(|name| begins(rest, name).is_some()) {
        return;
    }
    let near = |name: &&'static str| Some((thai::misspelt_name(rest, name, TOLERANCE)?, *name));
    if let Some((length, name)) = AUTHORITIES.iter().find_map(near) {
        told(text, at, length, name, tell);
    }
}

fn told(text: &str, at: usize, length: usize, right: &str, tell: &mut Tell<'_>) {
    let range = at..at + length;
    tell(range.clone(), Fault::OfficeName { found: quoted(&text[range]), name: right.to_owned() });
}

#[cfg(test)]
mod tests {
    use super::super::trial;

    #[test]
    fn offices_with_slips_are_seen() {
        let check = |text: &str, expected: &[&str]| trial::check("text/office-name", text, expected);
        check("เรียน นายองค์การบริหารส่วนตำบลลุมพุก", &["นายองค์การบริหารส่วนตำบล"]);
        check("เรียน นาย เทศมนตรี", &["นาย เทศมนตรี"]);
        check("องค์กรบริหารส่วนตำบลลุมพุก", &["องค์กรบริหารส่วนตำบล"]);
        check("ขององค์การบริการส่วนตำบลลุมพุก", &["องค์การบริการส่วนตำบล"]);
        check("องค์การบริหารส่วนจังหวัด และองการบริหารส่วนจังหวัด", &["องการบริหารส่วนจังหวัด"]);
    }

    #[test]
    fn other_words_are_left_alone() {
        let check = |text: &str| trial::check("text/office-name", text, &[]);
        check("เรียน นายกองค์การบริหารส่วนตำบลลุมพุก นายกเทศมนตรี นายอำเภอเมืองบุรีรัมย์");
        check("ขององค์การบริหารส่วนตำบลลุมพุก และองค์กรปกครองส่วนท้องถิ่น");
        check("องค์การบริหาร\n    ส่วนตำบลลุมพุก มีองค์ประกอบครบ");
        check("สำนักงานคณะกรรมการการป้องกันและปราบปรามการทุจริตแห่งชาติ");
        check("องค์การบริหารส่วนราชการ องค์การสวนสัตว์");
    }
}

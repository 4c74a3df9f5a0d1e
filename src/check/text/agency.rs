//! The agency's name behind the name of its kind, as in องค์การบริหารส่วนตำบลลุมพุก and อบต.ลุมพุก: whether it is spelled rightly. Names
//! that are not near are other agencies' and no concern of this rule.

use super::Tell;
use super::fault::Fault;
use super::phrase::{Cursor, begins, quoted};
use crate::model::date::FiscalYear;
use crate::model::{AgencyKind, Profile};
use crate::thai::{self, Tolerance};

/// The names that an agency has or had. All of them are right in any year, since a text may look back.
pub(super) struct Names<'a> {
    /// Without the kind; the one of the year first.
    proper: Vec<(&'a str, Tolerance)>,
    prefixes: Vec<&'static str>,
}

impl<'a> Names<'a> {
    /// The names of an agency; the ones of the year are what messages propose.
    pub(super) fn of(profile: &'a Profile, year: Option<FiscalYear>) -> Self {
        let of_year = year.map(|year| profile.names_in(year));
        let present = (profile.name.as_str(), profile.short_name.as_str());
        let former =
            profile.former_names.iter().map(|former| (former.name.as_str(), former.short_name.as_str()));
        let mut names = Names { proper: Vec::new(), prefixes: Vec::new() };
        for name in of_year.into_iter().chain([present]).chain(former).flat_map(|(name, short)| [short, name])
        {
            names.add(name);
        }
        names
    }

    fn add(&mut self, name: &'a str) {
        let (kind, proper) = AgencyKind::split(name);
        let prefixes =
            AgencyKind::ALL.iter().find(|(one, ..)| *one == kind).map_or(&[][..], |(.., prefixes)| prefixes);
        if proper.is_empty() || prefixes.is_empty() || self.proper.iter().any(|(known, _)| *known == proper) {
            return;
        }
        self.proper.push((proper, Tolerance::of_proper_name(proper)));
        self.prefixes.extend(prefixes);
    }
}

/// Judges the name behind a kind that begins here.
pub(super) fn judge(text: &str, at: usize, names: &Names<'_>, tell: &mut Tell<'_>) {
    let Some(prefix) = names.prefixes.iter().find_map(|prefix| begins(&text[at..], prefix)) else { return };
    let mut cursor = Cursor::new(text, at + prefix);
    cursor.blanks();
    let rest = cursor.rest();
    if names.proper.iter().any(|(name, _)| begins(rest, name).is_some()) {
        return;
    }
    let near = |(name, tolerance): &(&str, Tolerance)| {
        thai::misspelt_name(rest, name, *tolerance).map(|length| (length, (*name).to_owned()))
    };
    if let Some((length, name)) = names.proper.iter().find_map(near) {
        let range = cursor.at()..cursor.at() + length;
        tell(range.clone(), Fault::AgencyName { found: quoted(&text[range]), name });
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial;

    #[test]
    fn the_name_with_slips_is_seen() {
        let check = |text: &str, expected: &[&str]| trial::check("text/agency-name", text, expected);
        check("องค์การบริหารส่วนตำบลลุ่มพูก ควรมีการพัฒนา", &["ลุ่มพูก"]);
        check("ระบบเว็บไซต์องค์การบริหารส่วนตำบลลุมพิกให้เป็นปัจจุบัน", &["ลุมพิก"]);
        check("อบต. ลุมพิก และ อบต.ลุมพูก", &["ลุมพิก", "ลุมพูก"]);
        check("องค์การบริหารส่วนตำบล\n  ลุมพิก", &["ลุมพิก"]);
    }

    #[test]
    fn the_name_and_other_names_are_left_alone() {
        let check = |text: &str| trial::check("text/agency-name", text, &[]);
        check("องค์การบริหารส่วนตำบลลุมพุก องค์การบริหารส่วนตำบล ลุม\n  พุก อบต.ลุมพุกฯ");
        check("อบต.ลุม\u{200B}พุก");
        check("องค์การบริหารส่วนตำบลลุมพลี อบต.ลำพูน อบต.ลุมพินี อบต.สะแกโพรง");
        check("องค์การบริหารส่วนตำบลและเทศบาลตำบลลุมพิก");
        check("บ้านลุมพิก ตำบลลุมพิก");
    }
}

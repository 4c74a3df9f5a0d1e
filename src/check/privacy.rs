//! Personal data that no public page may hold without need: numbers of citizens, private telephones and mailboxes. Those of offices are
//! told apart by their form alone (กฎหมายคุ้มครองข้อมูลส่วนบุคคล, พ.ร.บ. ข้อมูลข่าวสารของราชการ มาตรา ๒๔).

use crate::thai::digit;
use std::ops::Range;

/// A kind of personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Secret {
    /// เลขประจำตัวประชาชน: 13 digits, the last of which checks the others.
    CitizenNumber,
    /// A mobile telephone.
    Telephone,
    /// A mailbox at a provider for everybody.
    Mail,
}

/// Providers at which anybody may have a mailbox.
const PROVIDERS: [&str; 20] = [
    "gmail.com",
    "googlemail.com",
    "hotmail.com",
    "hotmail.co.th",
    "outlook.com",
    "outlook.co.th",
    "live.com",
    "live.co.th",
    "msn.com",
    "windowslive.com",
    "yahoo.com",
    "yahoo.co.th",
    "ymail.com",
    "rocketmail.com",
    "icloud.com",
    "me.com",
    "mac.com",
    "aol.com",
    "protonmail.com",
    "proton.me",
];

/// The groups in which a citizen's number is written.
const CITIZEN_GROUPS: [usize; 5] = [1, 4, 5, 2, 1];

/// More digits than any number here has.
const LONGEST: usize = 14;

/// The personal number that begins at a digit before which no other stands.
pub(super) fn number(text: &str, at: usize) -> Option<(Range<usize>, Secret)> {
    if is_within_code(&text[..at]) {
        return None;
    }
    let groups = groups(text, at);
    let citizen = citizen(&groups).map(|end| (at..end, Secret::CitizenNumber));
    citizen.or_else(|| {
        let is_abroad = text[..at].ends_with('+');
        let start = if is_abroad { at - 1 } else { at };
        mobile(&groups, is_abroad).map(|end| (start..end, Secret::Telephone))
    })
}

/// The private mailbox whose `@` stands there.
pub(super) fn mailbox(text: &str, at: usize) -> Option<(Range<usize>, Secret)> {
    let is_local = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%');
    let start = text[..at].trim_end_matches(is_local).len();
    let behind = &text[at + 1..];
    let end =
        behind.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '-')).unwrap_or(behind.len());
    let domain = behind[..end].trim_end_matches(['.', '-']);
    let is_private = PROVIDERS.iter().any(|provider| provider.eq_ignore_ascii_case(domain));
    (is_private && start < at).then(|| (start..at + 1 + domain.len(), Secret::Mail))
}

/// The first personal number or private mailbox of a text that is nothing else.
pub(super) fn secret(text: &str) -> Option<Secret> {
    let first = text.find(|c| digit(c).is_some()).and_then(|at| number(text, at));
    let found = first.or_else(|| mailbox(text, text.find('@')?));
    found.map(|(_, secret)| secret)
}

/// Digits in a row.
struct Group {
    digits: Vec<u32>,
    /// Where it ends in the text.
    end: usize,
}

/// The groups of digits from a place on, parted by single spaces or hyphens, up to more digits than matter.
fn groups(text: &str, at: usize) -> Vec<Group> {
    let mut groups = vec![Group { digits: Vec::new(), end: at }];
    let mut is_parted = false;
    let mut count = 0;
    for (offset, c) in text[at..].char_indices() {
        match digit(c) {
            Some(value) if count < LONGEST => {
                if std::mem::take(&mut is_parted) {
                    groups.push(Group { digits: Vec::new(), end: 0 });
                }
                let Some(last) = groups.last_mut() else { break };
                last.digits.push(value);
                last.end = at + offset + c.len_utf8();
                count += 1;
            }
            None if !is_parted && matches!(c, ' ' | '\u{A0}' | '-') => is_parted = true,
            _ => break,
        }
    }
    groups
}

/// Where a citizen's number ends that these groups begin with: unbroken, or in its own groups. Those of offices and companies begin with 0.
fn citizen(groups: &[Group]) -> Option<usize> {
    let used = if groups[0].digits.len() == 13 { 1 } else { CITIZEN_GROUPS.len() };
    let groups = groups.get(..used)?;
    let is_grouped = used == 1 || groups.iter().map(|group| group.digits.len()).eq(CITIZEN_GROUPS);
    let digits: Vec<u32> = groups.iter().flat_map(|group| &group.digits).copied().collect();
    let sum: u32 = digits.iter().zip((2..=13).rev()).map(|(digit, weight)| digit * weight).sum();
    let is_checked = digits.last() == Some(&((11 - sum % 11) % 10));
    (is_grouped && is_checked && digits[0] != 0).then(|| groups[used - 1].end)
}

/// Where a mobile number ends that these groups begin with: 06, 08 or 09 and eight more digits, or +66 in the place of 0.
fn mobile(groups: &[Group], is_abroad: bool) -> Option<usize> {
    let length = if is_abroad { 11 } else { 10 };
    let mut digits = Vec::with_capacity(LONGEST);
    for group in groups {
        digits.extend(&group.digits);
        if digits.len() == length {
            let network = digits[length - 9];
            let is_mobile = if is_abroad { digits.starts_with(&[6, 6]) } else { digits[0] == 0 };
            return (is_mobile && matches!(network, 6 | 8 | 9)).then_some(group.end);
        }
    }
    None
}

/// Whether digits go on with a code or with a number of another kind: `A0812…`, `๑/๐๘๑…`, `044-081…`, an ISBN.
fn is_within_code(before: &str) -> bool {
    let is_joint = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '-' | '_' | '=');
    before.ends_with(is_joint) || before.trim_end_matches([' ', ':']).ends_with("ISBN")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_numbers_are_told_from_those_of_offices() {
        let check = |text: &str, expected: Option<(&str, Secret)>| {
            let at = text.find(|c| digit(c).is_some()).unwrap();
            let found = number(text, at).map(|(range, secret)| (&text[range], secret));
            assert_eq!(found, expected, "{text}");
        };
        let citizen = |number| Some((number, Secret::CitizenNumber));
        check("เลข 1234567890121 คน", citizen("1234567890121"));
        check("เลข 1-2345-67890-12-1", citizen("1-2345-67890-12-1"));
        check("๑ ๒๓๔๕ ๖๗๘๙๐ ๑๒ ๑", citizen("๑ ๒๓๔๕ ๖๗๘๙๐ ๑๒ ๑"));
        check("1234567890122", None);
        check("0994000165501", None);
        check("12345678901212", None);
        check("1234 5678 90121", None);
        check("ISBN 1234567890121", None);
        let phone = |number| Some((number, Secret::Telephone));
        check("โทร 081-234-5678", phone("081-234-5678"));
        check("๐๙-๑๒๓๔-๕๖๗๘ และ", phone("๐๙-๑๒๓๔-๕๖๗๘"));
        check("0612345678 12", phone("0612345678"));
        check("(+66 81 234 5678)", phone("+66 81 234 5678"));
        check("โทร ๐๔๔-๖๓๔๗๘๐", None);
        check("โทร 02-000-0000", None);
        check("โทร 0 4463 4780", None);
        check("ที่ มท 0810.8/12345", None);
        check("08123456789", None);
        check("A0812345678", None);
        check("๑/๐๘๑๒๓๔๕๖๗๘", None);
        check("๖๙.๓๘", None);
    }

    #[test]
    fn private_mailboxes_are_told_from_those_of_offices() {
        let check = |text: &str, expected: Option<&str>| {
            let found = mailbox(text, text.find('@').unwrap()).map(|(range, _)| &text[range]);
            assert_eq!(found, expected, "{text}");
        };
        check("อีเมล somchai.k@gmail.com หรือ", Some("somchai.k@gmail.com"));
        check("(A_b@Hotmail.co.th.)", Some("A_b@Hotmail.co.th"));
        check("saraban@example.go.th", None);
        check("saraban@gmail.example.go.th", None);
        check("@gmail.com", None);
        check("ก@gmail.com", None);
        check("a@", None);
    }
}

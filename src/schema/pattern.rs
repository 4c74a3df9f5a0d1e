//! What a value may look like, as the regular expressions of JavaScript. They take whatever the readers take, and as little else as an
//! expression can say: that a month has no 31st day stays for `check`.

use crate::model::date;
use crate::parse::form::Kind;
use crate::thai;

/// The whole of a text that says one of these kinds, with blanks around; `None` where any text does. A blank text says nothing.
pub(super) fn of(kinds: &[&Kind], may_be_blank: bool) -> Option<String> {
    if kinds.contains(&&Kind::Text) {
        return (!may_be_blank).then(|| SOMETHING.to_owned());
    }
    let texts: Vec<String> = kinds.iter().map(|kind| text(kind)).collect();
    let texts = texts.join("|");
    Some(if may_be_blank { format!(r"^\s*({texts})?\s*$") } else { format!(r"^\s*({texts})\s*$") })
}

/// Any text that is not blank.
const SOMETHING: &str = r"\S";

/// A text without the blanks around it.
fn text(kind: &Kind) -> String {
    match kind {
        Kind::Text => SOMETHING.to_owned(),
        Kind::Score => in_one_script(score),
        Kind::ItemScore => in_one_script(item_score),
        Kind::Whole(most) if *most == u64::from(u8::MAX) => format!(r"\+?{}*{}", any(0, 0), up_to_255(any)),
        Kind::Whole(_) => format!(r"\+?{}+", any(0, 9)),
        Kind::Choice(choices) => {
            let texts: Vec<String> = choices.iter().flatten().map(|text| text.replace('.', r"\.")).collect();
            texts.join("|")
        }
        Kind::Id => "[a-z][a-z0-9-]{1,39}".to_owned(),
        Kind::BaseUrl => r#"https?://[A-Za-z0-9][^ ?#"<\u0080-\uffff]*"#.to_owned(),
        Kind::ItemCode => item_code(),
        Kind::Link => link(),
        Kind::Year => seen_through(&in_one_script(year_of_four_digits)),
        Kind::Date => seen_through(&day()),
        Kind::Point => seen_through(&point()),
        Kind::Period => seen_through(&period()),
        Kind::DocumentNumber => format!("{}(/{0})+", r"[^/]*[^/\s][^/]*"),
    }
}

// ── numbers ──

/// Writes a digit between two of them.
type Digit = fn(u8, u8) -> String;

fn arabic(first: u8, last: u8) -> String {
    if first == last { first.to_string() } else { format!("[{first}-{last}]") }
}

fn thai(first: u8, last: u8) -> String {
    thai::to_thai_digits(&arabic(first, last)).into_owned()
}

fn any(first: u8, last: u8) -> String {
    let range = if first == last { first.to_string() } else { format!("{first}-{last}") };
    format!("[{range}{}]", thai::to_thai_digits(&range))
}

/// Digits of both scripts in one number are a slip.
fn in_one_script(number: fn(Digit) -> String) -> String {
    format!("{}|{}", number(arabic), number(thai))
}

fn score(digit: Digit) -> String {
    let (zero, one, all) = (digit(0, 0), digit(1, 1), digit(0, 9));
    let decimals = format!(r"(\.{all}{{1,2}})?");
    let none = format!(r"(\.{zero}{{1,2}})?");
    format!("{zero}*({one}{zero}{zero}{none}|{all}{{1,2}}{decimals})|[-−]{zero}+{none}")
}

fn item_score(digit: Digit) -> String {
    let (zero, one) = (digit(0, 0), digit(1, 1));
    format!(r"({zero}*{one}{zero}{zero}|[-−]?{zero}+)(\.{zero}{{1,2}})?")
}

fn up_to_255(digit: Digit) -> String {
    format!("({}|{}{{1,2}})", from_100_to_255(digit), digit(0, 9))
}

fn from_100_to_255(digit: Digit) -> String {
    let (one, two, all) = (digit(1, 1), digit(2, 2), digit(0, 9));
    format!("{two}{}{}|{two}{}{all}|{one}{all}{all}", digit(5, 5), digit(0, 5), digit(0, 4))
}

/// `O1` to `O255` of at most three digits.
fn item_code() -> String {
    let (zero, positive, all) = (any(0, 0), any(1, 9), any(0, 9));
    format!("[Oo]({}|{zero}?{positive}{all}|{zero}{{0,2}}{positive})", from_100_to_255(any))
}

// ── links ──

fn link() -> String {
    let host = r"[^\x00-\x2c./:-@\[-^`{-\x7f\s][^\x00-\x2c/;-@\[-^`{-\x7f\s]*";
    // A name between two slashes, neither `.` nor `..`.
    let name = |never: &str| format!(r"([^/{never}]*[^/.{never}][^/{never}]*|\.{{3,}})");
    let (page, file) = (name(r"\\?#"), name(r"\\"));
    [
        format!(r"[Hh][Tt][Tt][Pp][Ss]?://{host}([/?#].*)?"),
        r"[Mm][Aa][Ii][Ll][Tt][Oo]:[^?@]+(@|%40)[^?@]+(\?.*)?".to_owned(),
        format!("[Tt][Ee][Ll]:(.*{}){{3}}.*", any(0, 9)),
        "#.+".to_owned(),
        format!("files(/{file})+"),
        format!("/((?!files/){page}(/{page})*/?)?(#.+)?"),
    ]
    .join("|")
}

// ── the calendar ──

const BLANKS: &str = r"\s*";
const DASH: &str = r"[-\u2010-\u2015\u2212]";

/// What the reader sees through, telling the author of it: invisible characters, and a tone mark before its vowel.
fn seen_through(expression: &str) -> String {
    let slip = r"[\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]|[\u0e48-\u0e4e][\u0e31\u0e34-\u0e3a\u0e4d]";
    format!(r"{expression}|[\s\S]*({slip})[\s\S]*")
}

fn year_of_four_digits(digit: Digit) -> String {
    format!("({}|{})", buddhist_year(digit), christian_year(digit))
}

fn buddhist_year(digit: Digit) -> String {
    let all = digit(0, 9);
    format!("{}{}{all}{all}", digit(2, 2), digit(4, 6))
}

fn christian_year(digit: Digit) -> String {
    let all = digit(0, 9);
    format!("({}{}|{}{}){all}{all}", digit(1, 1), digit(9, 9), digit(2, 2), digit(0, 0))
}

/// A year behind a month: only one of the Buddhist era stands behind พ.ศ. or leaves its century out.
fn year() -> String {
    let short = format!("{}{}", any(5, 9), any(0, 9));
    format!(r"((พ\.?ศ\.?{BLANKS})?({}|{short})|{})", buddhist_year(any), christian_year(any))
}

/// A month by its name, with any of its dots left out.
fn month_name() -> String {
    let forms: Vec<String> = date::month_forms().map(|form| form.replace('.', r"\.?")).collect();
    format!("({})", forms.join("|"))
}

fn month_number() -> String {
    format!("({}?{}|{}{})", any(0, 0), any(1, 9), any(1, 1), any(0, 2))
}

fn day_number() -> String {
    format!("({}?{}|{}{}|{}{})", any(0, 0), any(1, 9), any(1, 2), any(0, 9), any(3, 3), any(0, 1))
}

/// `27/9`, without its year.
fn slashed() -> String {
    format!("{}{BLANKS}/{BLANKS}{}", day_number(), month_number())
}

/// `2565-09`; its parts touch their hyphens.
fn iso_month() -> String {
    format!("{}{DASH}{}", year_of_four_digits(any), month_number())
}

fn day() -> String {
    let (iso, slashed, number) = (iso_month(), slashed(), day_number());
    let (month, year) = (month_name(), year());
    format!(
        "((วันที่{BLANKS})?({iso}{DASH}{number}|{slashed}{BLANKS}/{BLANKS}{year}|{number}{BLANKS}{month}{BLANKS}{year}))"
    )
}

fn point() -> String {
    format!("({}|(วันที่{BLANKS})?{}|{}{BLANKS}{})", day(), iso_month(), month_name(), year())
}

/// The left side may leave its year to the right one, and in `๑ – ๓๑ มี.ค. ๖๖` its month too.
fn period() -> String {
    let (point, year, month) = (point(), year(), month_name());
    let without_year = format!("(วันที่{BLANKS})?({}|{}({BLANKS}{month})?)|{month}", slashed(), day_number());
    let to = format!("{BLANKS}({DASH}|ถึง){BLANKS}");
    let quarter = format!("(ที่)?{BLANKS}{}*{}({BLANKS}/{BLANKS}{year})?", any(0, 0), any(1, 4));
    [
        format!("ตลอดปีงบประมาณ({BLANKS}{year})?"),
        format!("ไตรมาส{BLANKS}{quarter}({to}(ไตรมาส{BLANKS})?{quarter})?"),
        format!("(({point}|{without_year}){to})?{point}"),
    ]
    .join("|")
}

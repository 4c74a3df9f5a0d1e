//! What may stand between `{{` and `}}`: one path or call of a fixed list. It does not know the data that an expression names.

use crate::thai;

/// A path or call, read but not evaluated.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Expression {
    /// `agency.name`: the agency, under the name of the round's year.
    Agency(AgencyField),
    /// `report.total`: the round.
    Report(ReportField),
    /// `indicator(5).score`: an indicator of the round's framework.
    Indicator {
        /// As the framework numbers it.
        number: u32,
        /// What of it.
        field: IndicatorField,
    },
    /// `instrument("IIT").score`: an instrument of the round's framework.
    Instrument {
        /// Its code, as typed.
        code: String,
        /// What of it.
        field: InstrumentField,
    },
    /// `measure("m1").title`: a measure that follows from the round.
    Measure {
        /// Its id, as typed.
        id: String,
        /// What of it.
        field: MeasureField,
    },
    /// `decided.by`: the decision on the measures.
    Decided(DecidedField),
}

/// Why a text is no expression.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mistake {
    /// Neither a path nor a call: filters, operators, several words, a wrong argument.
    Form {
        /// How it is written rightly, where one can tell what was meant.
        example: Option<&'static str>,
    },
    /// A path or call with a name that is not on the list.
    Unknown {
        /// The whole expression with the nearest known name.
        nearest: Option<String>,
        /// All names that could stand there.
        known: Vec<&'static str>,
    },
}

/// Declares the names that may follow a dot.
macro_rules! fields {
    ($(#[$about:meta])* $fields:ident { $($(#[$what:meta])* $field:ident = $name:literal,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $fields {
            $($(#[$what])* $field,)*
        }

        impl $fields {
            /// Every field with its name, in the order of the documentation.
            pub const ALL: &[(&'static str, $fields)] = &[$(($name, $fields::$field)),*];
        }
    };
}

fields! {
    /// What one may ask of the agency.
    AgencyField {
        /// The full name.
        Name = "name",
        /// Such as อบต.ลุมพุก.
        ShortName = "short_name",
        /// Of the office.
        Address = "address",
        /// Of the office, as typed.
        Phone = "phone",
        /// Of the office.
        Email = "email",
        /// เทศบาลตำบล, อบต. and so on.
        Kind = "kind",
        /// จังหวัด.
        Province = "province",
        /// อำเภอ.
        District = "district",
    }
}

fields! {
    /// What one may ask of the round.
    ReportField {
        /// The assessed year, พ.ศ.
        Year = "year",
        /// The year in which the measures take place.
        MeasuresYear = "measures_year",
        /// The announced total.
        Total = "total",
        /// The announced level.
        Level = "level",
        /// The day of the announcement.
        Announced = "announced",
        /// The score from which on the year counts as passed.
        Pass = "pass",
    }
}

fields! {
    /// What one may ask of an indicator.
    IndicatorField {
        /// Its number.
        Number = "number",
        /// Its name in that year.
        Name = "name",
        /// Its score.
        Score = "score",
        /// The code of its instrument.
        Instrument = "instrument",
        /// Its score in the year before.
        Previous = "previous",
        /// The difference of both.
        Change = "change",
    }
}

fields! {
    /// What one may ask of an instrument.
    InstrumentField {
        /// Such as `IIT`.
        Code = "code",
        /// Its name in that year.
        Name = "name",
        /// Its score.
        Score = "score",
        /// Its share of the total.
        Weight = "weight",
    }
}

fields! {
    /// What one may ask of a measure.
    MeasureField {
        /// Its short name.
        Title = "title",
        /// When it takes place.
        Period = "period",
        /// How far it is.
        State = "state",
    }
}

fields! {
    /// What one may ask of the decision on the measures.
    DecidedField {
        /// The meeting or order.
        By = "by",
        /// Who took part.
        Who = "who",
        /// The day.
        Date = "date",
    }
}

/// Everything that may stand before the dot, each with an expression that holds.
const ROOTS: [(&str, &str); 6] = [
    ("agency", "agency.name"),
    ("report", "report.total"),
    ("indicator", "indicator(5).score"),
    ("instrument", "instrument(\"IIT\").score"),
    ("measure", "measure(\"m1\").title"),
    ("decided", "decided.date"),
];

/// Reads what stands between the braces. Numbers may be Thai or Arabic, quotes straight or curly.
///
/// # Errors
/// Everything that is not one path or call of the list.
pub fn parse(text: &str) -> Result<Expression, Mistake> {
    let text = text.trim();
    let broken = || Mistake::Form { example: example_for(text) };
    let (head, field) = text.rsplit_once('.').ok_or_else(broken)?;
    let (head, field) = (head.trim(), field.trim());
    let (root, argument) = call(head).ok_or_else(broken)?;
    if !is_name(root) || !is_name(field) {
        return Err(broken());
    }
    match (root, argument) {
        ("agency", None) => Ok(Expression::Agency(find(head, field, AgencyField::ALL)?)),
        ("report", None) => Ok(Expression::Report(find(head, field, ReportField::ALL)?)),
        ("decided", None) => Ok(Expression::Decided(find(head, field, DecidedField::ALL)?)),
        ("indicator", Some(argument)) => {
            let number = number(argument).ok_or_else(broken)?;
            Ok(Expression::Indicator { number, field: find(head, field, IndicatorField::ALL)? })
        }
        ("instrument", Some(argument)) => {
            let code = quoted(argument).ok_or_else(broken)?;
            Ok(Expression::Instrument { code, field: find(head, field, InstrumentField::ALL)? })
        }
        ("measure", Some(argument)) => {
            let id = quoted(argument).ok_or_else(broken)?;
            Ok(Expression::Measure { id, field: find(head, field, MeasureField::ALL)? })
        }
        _ if ROOTS.iter().any(|(name, _)| *name == root) => Err(broken()),
        _ => Err(unknown_root(root, text)),
    }
}

/// Splits `indicator(5)` into name and argument. Nothing if the parentheses are not one pair at the end.
fn call(head: &str) -> Option<(&str, Option<&str>)> {
    match head.split_once('(') {
        None => Some((head, None)),
        Some((root, rest)) => Some((root.trim(), Some(rest.strip_suffix(')')?.trim()))),
    }
}

/// One word, in whatever script: `agency.ชื่อ` deserves to hear which names there are.
fn is_name(text: &str) -> bool {
    let is_sign = |c: char| c.is_whitespace() || c.is_ascii_punctuation() && !"_-".contains(c);
    !text.is_empty() && !text.contains(is_sign)
}

fn number(argument: &str) -> Option<u32> {
    let digits = thai::to_arabic_digits(argument);
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
}

fn quoted(argument: &str) -> Option<String> {
    const QUOTES: [char; 6] = ['"', '\'', '“', '”', '‘', '’'];
    let inside = argument.strip_prefix(QUOTES)?.strip_suffix(QUOTES)?.trim();
    (!inside.is_empty() && !inside.contains(QUOTES)).then(|| inside.to_owned())
}

fn find<T: Copy>(head: &str, field: &str, all: &[(&'static str, T)]) -> Result<T, Mistake> {
    if let Some((_, found)) = all.iter().find(|(name, _)| *name == field) {
        return Ok(*found);
    }
    let known: Vec<&'static str> = all.iter().map(|(name, _)| *name).collect();
    Err(Mistake::Unknown {
        nearest: thai::nearest(field, known.iter().copied()).map(|name| format!("{head}.{name}")),
        known,
    })
}

/// Proposes another root only if the whole then holds.
fn unknown_root(root: &str, text: &str) -> Mistake {
    let known = ROOTS.map(|(name, _)| name).to_vec();
    let meant = thai::nearest(root, known.iter().copied()).map(|name| text.replacen(root, name, 1));
    Mistake::Unknown { nearest: meant.filter(|meant| parse(meant).is_ok()), known }
}

fn example_for(text: &str) -> Option<&'static str> {
    ROOTS.iter().find(|(name, _)| text.starts_with(name)).map(|(_, example)| *example)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_name_of_the_list_and_the_ways_to_write_its_argument() {
        let check = |text: &str, expected: Expression| assert_eq!(parse(text), Ok(expected), "{text}");
        let indicator = |number, field| Expression::Indicator { number, field };
        let iit = |field| Expression::Instrument { code: "IIT".to_owned(), field };
        check(" agency.short_name ", Expression::Agency(AgencyField::ShortName));
        check("report.measures_year", Expression::Report(ReportField::MeasuresYear));
        check("decided.who", Expression::Decided(DecidedField::Who));
        check("indicator(5).score", indicator(5, IndicatorField::Score));
        check("indicator( ๑๐ ) . name", indicator(10, IndicatorField::Name));
        check("instrument(\"IIT\").weight", iit(InstrumentField::Weight));
        check("instrument(“IIT”).name", iit(InstrumentField::Name));
        check("instrument('IIT').code", iit(InstrumentField::Code));
        let measure = Expression::Measure { id: "m.1".to_owned(), field: MeasureField::State };
        check("measure(\"m.1\").state", measure);
    }

    #[test]
    fn a_wrong_name_hears_the_nearest_one() {
        let check = |text: &str, expected: Option<&str>| match parse(text) {
            Err(Mistake::Unknown { nearest, known }) => {
                assert_eq!(nearest.as_deref(), expected, "{text}");
                assert!(known.len() >= 3);
            }
            other => panic!("{text}: {other:?}"),
        };
        check("agency.nmae", Some("agency.name"));
        check("agency.short-name", Some("agency.short_name"));
        check("Agency.name", Some("agency.name"));
        check("indikator(๕).score", Some("indicator(๕).score"));
        check("indicator(5).scores", Some("indicator(5).score"));
        check("agency.ชื่อ", None);
        check("xyz.name", None);
        check("agenci.nmae", None);
    }

    #[test]
    fn anything_else_is_no_expression() {
        let check = |text: &str, expected: Option<&'static str>| {
            assert_eq!(parse(text), Err(Mistake::Form { example: expected }), "{text}");
        };
        check("", None);
        check("คะแนน", None);
        check("5 + 5", None);
        check("agency", Some("agency.name"));
        check("agency.name | upper", Some("agency.name"));
        check("agency.name.first", Some("agency.name"));
        check("agency().name", Some("agency.name"));
        check("indicator.score", Some("indicator(5).score"));
        check("indicator(\"5\").score", Some("indicator(5).score"));
        check("indicator().score", Some("indicator(5).score"));
        check("indicator(99999999999).score", Some("indicator(5).score"));
        check("indicator(5)(6).score", Some("indicator(5).score"));
        check("indicator(5.score", Some("indicator(5).score"));
        check("instrument(IIT).score", Some("instrument(\"IIT\").score"));
        check("instrument(\"I\"T\").score", Some("instrument(\"IIT\").score"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[a-z(){}.\"“๐-๙ก-ฮ0-9| _]{0,30}") {
            let _ = parse(&text);
        }
    }
}

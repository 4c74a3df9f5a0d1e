//! The open data as it is read back from the files in which it was published, for whoever puts the tables of many agencies together. What is
//! read is what was written, digit by digit; a file that this program would have written otherwise is not read at all.

use super::{
    DCAT, Heading, INDICATORS, INSTRUMENTS, ITEMS, Kind, MEASURES, RESULTS, Row, SCORES, Subject, Table,
    Value, columns,
};
use crate::model::date;
use crate::model::number::Score;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value as Json;
use serde_json::value::RawValue;
use std::fmt;
use std::iter;

/// Whose data it is: what catalogues are told of each agency.
const AGENCIES: Subject = Subject {
    name: "agencies",
    title: ["หน่วยงาน", "Agencies"],
    about: [
        "หน่วยงานที่เผยแพร่ข้อมูล หน่วยงานละหนึ่งแถว",
        "One row per agency that publishes data, as it describes its data set to catalogues",
    ],
};

/// The columns of `agencies`, each with the place in the description of the data set at which it stands.
const AGENCY_COLUMNS: [(Heading, &str); 6] = [
    (
        text(
            "name",
            ["ชื่อหน่วยงาน", "Name of the agency"],
            [
                "ชื่อเต็มในปัจจุบัน ส่วนชื่อในแต่ละปีอยู่ในตาราง scores",
                "Full name today; the name in each year is in scores",
            ],
        ),
        "/dct:publisher/foaf:name/@value",
    ),
    (
        text(
            "place",
            ["พื้นที่", "Place"],
            ["อำเภอและจังหวัด ตามที่หน่วยงานระบุ", "District and province, as far as they are given"],
        ),
        "/dct:spatial/rdfs:label/@value",
    ),
    (
        text(
            "home",
            ["หน้าแรก", "Front page"],
            ["ที่อยู่ของเว็บไซต์ ว่างหากไม่ได้ระบุ", "Address of its pages; empty where it is not given"],
        ),
        "/dcat:landingPage/@id",
    ),
    (
        text(
            "licence",
            ["สัญญาอนุญาต", "Licence"],
            [
                "สัญญาอนุญาตของข้อมูล ว่างหากหน่วยงานไม่ได้ระบุ",
                "Licence of the data; empty where the agency names none",
            ],
        ),
        "/dct:license/rdfs:label/@value",
    ),
    (
        text(
            "licence_url",
            ["ที่อยู่ของสัญญาอนุญาต", "Address of the licence"],
            ["ข้อความของสัญญาอนุญาต", "Where its text is found"],
        ),
        "/dct:license/@id",
    ),
    (
        Heading {
            kind: Kind::Day,
            ..text(
                "updated_on",
                ["วันที่ของข้อมูล", "Day of the data"],
                ["วันล่าสุดที่ปรากฏในข้อมูล (ค.ศ.)", "The newest day in the data, Gregorian"],
            )
        },
        "/dct:modified/@value",
    ),
];

/// Every table of which agencies publish a part, without rows: what is said of the agencies themselves, then the open data.
pub fn tables() -> Vec<Table> {
    fn blank<R>(subject: Subject, columns: &[columns::Column<R>]) -> Table {
        Table::of(subject, None, columns, iter::empty())
    }
    let id = columns::keys().first().map(columns::Column::heading);
    let headings = id.into_iter().chain(AGENCY_COLUMNS.map(|(heading, _)| heading)).collect();
    vec![
        Table { subject: AGENCIES, headings, rows: Vec::new() },
        blank(SCORES, &columns::scores()),
        blank(INSTRUMENTS, &columns::instruments()),
        blank(INDICATORS, &columns::indicators()),
        blank(ITEMS, &columns::items()),
        blank(MEASURES, &columns::measures()),
        blank(RESULTS, &columns::results()),
    ]
}

impl Table {
    /// The file in which an agency publishes its part, counted from its folder.
    pub fn file(&self) -> String {
        if self.subject == AGENCIES {
            return format!("data/{DCAT}");
        }
        format!("data/{}.json", self.subject.name)
    }

    /// Whether each row belongs to an assessed year, which stands in the second column.
    pub fn is_yearly(&self) -> bool {
        self.headings.get(1).is_some_and(|heading| heading.name == "fiscal_year")
    }

    /// Reads the part of an agency; nothing if the file is not as this program writes it.
    pub fn read(&self, agency: Option<&str>, file: &[u8]) -> Option<Vec<Row>> {
        if self.subject == AGENCIES {
            return agency_row(agency, file).map(|row| vec![row]);
        }
        let mut reader = serde_json::Deserializer::from_slice(file);
        let rows = Rows(&self.headings).deserialize(&mut reader).ok()?;
        reader.end().ok()?;
        rows.iter().all(|row| year_of(row).is_some()).then_some(rows)
    }
}

/// The year to which a row belongs; none in a table that is not yearly.
pub fn year_of(row: &[Value]) -> Option<i64> {
    match row.get(1) {
        Some(Value::Whole(year)) => Some(*year),
        _ => None,
    }
}

const fn text(name: &'static str, title: super::Words, about: super::Words) -> Heading {
    Heading { name, title, about, kind: Kind::Text }
}

fn agency_row(agency: Option<&str>, file: &[u8]) -> Option<Row> {
    let description: Json = serde_json::from_slice(file).ok()?;
    let id = agency.map_or(Value::Missing, |id| Value::Text(id.to_owned()));
    let cell = |(heading, place): &(Heading, &str)| match description.pointer(place) {
        None => Some(Value::Missing),
        Some(Json::String(text)) => words(heading.kind, text),
        Some(_) => None,
    };
    iter::once(Some(id)).chain(AGENCY_COLUMNS.iter().map(cell)).collect()
}

/// What a text of JSON is in a column; nothing if it cannot stand there.
fn words(kind: Kind, text: &str) -> Option<Value> {
    match kind {
        Kind::Text => Some(Value::Text(text.to_owned())).filter(|_| !text.is_empty()),
        Kind::Day => {
            let day = date::parse_date(text).ok()?.value;
            (day.iso() == text).then_some(Value::Day(day))
        }
        _ => None,
    }
}

/// The rows of a table of these columns.
struct Rows<'a>(&'a [Heading]);

/// One of them.
struct OneRow<'a>(&'a [Heading]);

impl<'de> DeserializeSeed<'de> for Rows<'_> {
    type Value = Vec<Row>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Vec<Row>, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Rows<'_> {
    type Value = Vec<Row>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("rows")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Vec<Row>, A::Error> {
        let mut rows = Vec::new();
        while let Some(row) = elements.next_element_seed(OneRow(self.0))? {
            rows.push(row);
        }
        Ok(rows)
    }
}

impl<'de> DeserializeSeed<'de> for OneRow<'_> {
    type Value = Row;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Row, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for OneRow<'_> {
    type Value = Row;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a row with the columns of its table, in their order")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Row, A::Error> {
        let mut row = Vec::with_capacity(self.0.len());
        for heading in self.0 {
            if entries.next_key::<&str>()? != Some(heading.name) {
                return Err(A::Error::custom("another column"));
            }
            row.push(value(heading.kind, &mut entries)?);
        }
        match entries.next_key::<&str>()? {
            None => Ok(row),
            Some(_) => Err(A::Error::custom("one column more")),
        }
    }
}

fn value<'de, A: MapAccess<'de>>(kind: Kind, entries: &mut A) -> Result<Value, A::Error> {
    let value = match kind {
        Kind::Whole => entries.next_value::<Option<i64>>()?.map(Value::Whole),
        Kind::Truth => entries.next_value::<Option<bool>>()?.map(Value::Truth),
        // Binary floating point would not be the number that was printed.
        Kind::Points | Kind::PerCent => match entries.next_value::<Option<&RawValue>>()? {
            Some(number) => Some(decimal(number.get()).ok_or_else(|| A::Error::custom("no such number"))?),
            None => None,
        },
        Kind::Text => {
            entries.next_value::<Option<String>>()?.filter(|text| !text.is_empty()).map(Value::Text)
        }
        Kind::Day => match entries.next_value::<Option<String>>()? {
            Some(text) => Some(words(kind, &text).ok_or_else(|| A::Error::custom("no such day"))?),
            None => None,
        },
    };
    Ok(value.unwrap_or(Value::Missing))
}

fn decimal(digits: &str) -> Option<Value> {
    let score = Score::parse(digits).ok().filter(|score| score.to_string() == digits)?;
    Some(Value::Decimal(u64::from(score.hundredths())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::date::Date;
    use proptest::prelude::*;

    fn table(name: &str) -> Table {
        tables().into_iter().find(|table| table.subject.name == name).unwrap()
    }

    fn any_value(kind: Kind) -> BoxedStrategy<Value> {
        let some = match kind {
            Kind::Whole => any::<i64>().prop_map(Value::Whole).boxed(),
            Kind::Points | Kind::PerCent => (0..=10_000_u64).prop_map(Value::Decimal).boxed(),
            Kind::Truth => any::<bool>().prop_map(Value::Truth).boxed(),
            Kind::Day => (1960_i16..2100, 1_i8..=12, 1_i8..=28)
                .prop_map(|(year, month, day)| Date::new(year, month, day).map_or(Value::Missing, Value::Day))
                .boxed(),
            Kind::Text => "(?s).{1,20}".prop_map(Value::Text).boxed(),
        };
        prop_oneof![Just(Value::Missing), some].boxed()
    }

    fn any_rows() -> impl Strategy<Value = (usize, Vec<Row>)> {
        (1..tables().len()).prop_flat_map(|nth| {
            let row: Vec<_> = tables()[nth].headings.iter().map(|heading| any_value(heading.kind)).collect();
            let in_a_year = (row, 2500_i64..2600).prop_map(|(mut row, year)| {
                row[1] = Value::Whole(year);
                row
            });
            (Just(nth), prop::collection::vec(in_a_year, 0..4))
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back((nth, rows) in any_rows()) {
            let blank = tables().swap_remove(nth);
            let written = Table { rows: rows.clone(), ..blank.clone() }.json();
            prop_assert_eq!(blank.read(None, written.as_bytes()), Some(rows));
        }
    }

    #[test]
    fn what_this_program_would_have_written_otherwise_is_not_read() {
        let scores = table("scores");
        let row = |changed: &str, to: &str| {
            let mut blank = vec![Value::Missing; scores.headings.len()];
            blank[1] = Value::Whole(2565);
            let written = Table { rows: vec![blank], ..scores.clone() }.json();
            assert!(written.contains(changed), "{changed}");
            scores.read(None, written.replacen(changed, to, 1).as_bytes())
        };
        assert!(row("null", "null").is_some());
        for (changed, to) in [
            ("agency_id", "agency"),
            ("2565", "null"),
            ("\"agency_id\":null,", ""),
            (":null}", ":null,\"more\":null}"),
            ("\"total_announced\":null", "\"total_announced\":7.5"),
            ("\"total_announced\":null", "\"total_announced\":-1.00"),
            ("\"total_announced\":null", "\"total_announced\":\"7.50\""),
            ("\"announced_on\":null", "\"announced_on\":\"1/8/2565\""),
            ("\"pass\":null", "\"pass\":1"),
            ("\n]", "\n] x"),
            ("[", "{"),
        ] {
            assert_eq!(row(changed, to), None, "{changed} → {to}");
        }
    }

    #[test]
    fn an_agency_is_what_its_data_set_says() {
        let check = |file: &str, expected: Option<[&str; 7]>| {
            let row = table("agencies").read(Some("ab"), file.as_bytes());
            let cells =
                row.map(|rows| rows[0].iter().map(|value| value.plain().into_owned()).collect::<Vec<_>>());
            assert_eq!(cells, expected.map(|cells| cells.map(str::to_owned).to_vec()), "{file}");
        };
        let name = r#""dct:publisher":{"foaf:name":{"@value":"อบต.ก"}}"#;
        check(&format!("{{{name}}}"), Some(["ab", "อบต.ก", "", "", "", "", ""]));
        check(
            &format!(
                r#"{{{name},"dct:modified":{{"@value":"2023-03-31"}},"dct:license":{{"@id":"https://a/"}}}}"#
            ),
            Some(["ab", "อบต.ก", "", "", "", "https://a/", "2023-03-31"]),
        );
        check(r#"{"dct:modified":{"@value":"31/3/2566"}}"#, None);
        check(r#"{"dct:modified":{"@value":3}}"#, None);
        check("", None);
    }
}

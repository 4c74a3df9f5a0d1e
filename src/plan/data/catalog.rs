//! What catalogues of data ask of a data set, in three forms of the same facts: the fourteen items of the Thai government's standard under
//! the names of the national catalogue (`metadata.json`, and a table to type from), DCAT version 3 (`dcat.jsonld`), and schema.org.
//!
//! The fourteen items and their names: metadata standard for data sets of government, on the basis of ISO/IEC 11179 and Dublin Core, in
//! the extension `thai_gdc` of CKAN. Where an item is chosen from a closed list, this is a proposal, which an agency may change when it
//! registers its data.

use super::json::{Json, text};
use super::{ARCHIVE, PACKAGE, SUBJECTS, WORKBOOK, Words, file, package, rows, url};
use crate::model::date::Date;
use crate::model::{AgencyKind, Given};
use crate::plan::desk::{self, Desk};
use crate::plan::{address, view};
use std::borrow::Cow;

/// What nobody has said.
const NO_LICENCE: &str = "License not specified";

/// What is said of all tables of an agency together.
pub(in crate::plan) struct DataSet {
    title: String,
    description: &'static str,
    publisher: String,
    email: Option<String>,
    keywords: Vec<String>,
    /// As the closed list of the catalogue calls it; none where it has no name for the agency's area.
    coverage: Option<&'static str>,
    /// The agency's area, as people call it.
    place: Option<String>,
    licence: Option<String>,
    licence_url: Option<String>,
    /// First and last assessed year.
    years: Option<(i16, i16)>,
    /// The newest day in the data.
    modified: Option<Date>,
    /// The front page; none where the address of the site is unknown.
    home: Option<String>,
    files: Vec<Distribution>,
}

/// One of its files.
struct Distribution {
    name: String,
    url: String,
    media_type: &'static str,
}

impl DataSet {
    /// Gathers the facts.
    pub(super) fn of(desk: &Desk<'_>) -> DataSet {
        let profile = &desk.input.content.agency.profile;
        let licence = profile.licence.as_ref();
        let about = address::file_of(&desk.prefix, address::ABOUT);
        let years = || desk.input.content.rounds.keys().map(|year| year.number());
        let rounds = desk.input.summary.rounds.values();
        let place = [("อำเภอ", &profile.district), ("จังหวัด", &profile.province)];
        let place = place.iter().filter_map(|(kind, name)| Some(area(kind, (*name).as_deref()?)));
        let place = place.collect::<Vec<_>>().join(" ");
        let fixed = ["ITA", "คุณธรรม", "ความโปร่งใส", "OIT"].map(str::to_owned);
        let home = address::file_of(&desk.prefix, "/");
        DataSet {
            title: package::title(desk),
            description: package::ABOUT[0],
            publisher: profile.name.value.clone(),
            email: profile.email.as_ref().map(Given::bare),
            keywords: fixed.into_iter().chain(profile.province.clone()).collect(),
            coverage: coverage(profile.kind()),
            place: Some(place).filter(|place| !place.is_empty()),
            licence: licence.map(|licence| Given::bare(&licence.name)),
            licence_url: licence
                .and_then(|licence| rows::link(desk, &about, None, &licence.url.as_ref()?.target)),
            years: years().min().zip(years().max()),
            modified: desk::newest(rounds.map(|round| round.updated)),
            home: desk.input.settings.base_url.is_some().then(|| url(desk, &home)),
            files: files(desk),
        }
    }

    /// `metadata.json`.
    pub(super) fn metadata(&self) -> String {
        let fields = self.items().into_iter().map(|Item { field, value, .. }| (field, optional(value)));
        let mut entries: Vec<_> = fields.collect();
        entries.push(("update_frequency_interval", text("1")));
        entries.push(("data_language", text("ไทย")));
        let first = self.years.map(|(first, _)| first.to_string());
        let last = self.years.map(|(_, last)| last.to_string());
        entries.push(("first_year_of_data", optional(first)));
        entries.push(("last_year_of_data", optional(last)));
        entries.push(("last_updated_date", optional(self.modified.map(Date::iso))));
        entries.push(("url", optional(self.home.clone())));
        Json::Map(entries).document()
    }

    /// The fourteen items, to be typed from.
    pub(super) fn items_for_people(&self, desk: &Desk<'_>) -> Vec<view::MetadataItem> {
        let item = |Item { field, title, value }: Item| view::MetadataItem {
            title: super::in_language(desk.printer.language, title).to_owned(),
            field,
            value,
        };
        self.items().into_iter().map(item).collect()
    }

    fn items(&self) -> [Item; 14] {
        let item = |field, title, value: Option<String>| Item { field, title, value };
        let said = |field, title, value: &str| item(field, title, Some(value.to_owned()));
        [
            said("data_type", ["ประเภทชุดข้อมูล", "Kind of data set"], "ข้อมูลสถิติ"),
            said("title", ["ชื่อชุดข้อมูล", "Title"], &self.title),
            said("owner_org", ["องค์กร", "Organisation"], &self.publisher),
            said("maintainer", ["ชื่อผู้ติดต่อ", "Contact"], &self.publisher),
            item("maintainer_email", ["อีเมลผู้ติดต่อ", "E-mail of the contact"], self.email.clone()),
            said("tag_string", ["คำสำคัญ", "Keywords"], &self.keywords.join(", ")),
            said("notes", ["รายละเอียด", "Description"], self.description),
            said("objective", ["วัตถุประสงค์", "Purpose"], "เพื่อการให้บริการประชาชน"),
            said("update_frequency_unit", ["หน่วยความถี่ของการปรับปรุงข้อมูล", "Updated every"], "ปี"),
            item(
                "geo_coverage",
                ["ขอบเขตเชิงภูมิศาสตร์", "Geographic coverage"],
                self.coverage.map(str::to_owned),
            ),
            said("data_source", ["แหล่งที่มา", "Source"], "ระบบ ITAS สำนักงาน ป.ป.ช."),
            said("data_format", ["รูปแบบการเก็บข้อมูล", "Formats"], "CSV, JSON, XLSX"),
            said(
                "data_category",
                ["หมวดหมู่ข้อมูลตามธรรมาภิบาลข้อมูลภาครัฐ", "Category of data governance"],
                "ข้อมูลสาธารณะ",
            ),
            said("license_id", ["สัญญาอนุญาต", "Licence"], self.licence.as_deref().unwrap_or(NO_LICENCE)),
        ]
    }

    /// `dcat.jsonld`. Its context is in it, so that it can be read without a network.
    pub(super) fn dcat(&self) -> String {
        let context = Json::Map(vec![
            ("dcat", text("http://www.w3.org/ns/dcat#")),
            ("dct", text("http://purl.org/dc/terms/")),
            ("foaf", text("http://xmlns.com/foaf/0.1/")),
            ("vcard", text("http://www.w3.org/2006/vcard/ns#")),
            ("rdfs", text("http://www.w3.org/2000/01/rdf-schema#")),
            ("xsd", text("http://www.w3.org/2001/XMLSchema#")),
        ]);
        let mut entries = vec![
            ("@context", context),
            ("@type", text("dcat:Dataset")),
            ("dct:title", in_thai(&self.title)),
            ("dct:description", in_thai(self.description)),
            (
                "dct:publisher",
                Json::Map(vec![
                    ("@type", text("foaf:Organization")),
                    ("foaf:name", in_thai(&self.publisher)),
                ]),
            ),
            ("dcat:keyword", Json::List(self.keywords.iter().map(in_thai).collect())),
            ("dct:language", id("http://id.loc.gov/vocabulary/iso639-1/th")),
            ("dct:accrualPeriodicity", id("http://purl.org/cld/freq/annual")),
            ("dct:accessRights", id("http://publications.europa.eu/resource/authority/access-right/PUBLIC")),
        ];
        if let Some(home) = &self.home {
            entries.insert(1, ("@id", text(format!("{home}#dataset"))));
            entries.push(("dcat:landingPage", id(home)));
        }
        entries.extend(self.email.as_ref().map(|email| {
            let contact = vec![
                ("@type", text("vcard:Organization")),
                ("vcard:fn", in_thai(&self.publisher)),
                ("vcard:hasEmail", id(format!("mailto:{email}"))),
            ];
            ("dcat:contactPoint", Json::Map(contact))
        }));
        entries.extend(self.place.as_ref().map(|place| {
            ("dct:spatial", Json::Map(vec![("@type", text("dct:Location")), ("rdfs:label", in_thai(place))]))
        }));
        entries.extend(self.modified.map(|date| ("dct:modified", typed("xsd:date", date.iso()))));
        entries.extend(self.licence.as_ref().map(|name| {
            let mut licence = vec![("@type", text("dct:LicenseDocument")), ("rdfs:label", in_thai(name))];
            licence.extend(self.licence_url.as_ref().map(|url| ("@id", text(url))));
            ("dct:license", Json::Map(licence))
        }));
        entries.push(("dcat:distribution", Json::List(self.files.iter().map(Distribution::dcat).collect())));
        Json::Map(entries).document()
    }

    /// For search engines, to stand in a page; none where the address of the site is unknown.
    pub(super) fn schema_org(&self) -> Option<String> {
        let home = self.home.as_ref()?;
        let organization = || {
            Json::Map(vec![
                ("@type", text("GovernmentOrganization")),
                ("name", text(&self.publisher)),
                ("url", text(home)),
            ])
        };
        let mut entries = vec![
            ("@context", text("https://schema.org")),
            ("@type", text("Dataset")),
            ("name", text(&self.title)),
            ("description", text(self.description)),
            ("url", text(home)),
            ("inLanguage", text("th")),
            ("isAccessibleForFree", Json::Plain("true".into())),
            ("keywords", Json::List(self.keywords.iter().map(text).collect())),
            ("creator", organization()),
            ("publisher", organization()),
        ];
        // Years of the Buddhist era are 543 more than those of ISO 8601; a fiscal year begins in October of the year before.
        entries.extend(self.years.map(|(first, last)| {
            ("temporalCoverage", text(format!("{}-10-01/{}-09-30", first - 544, last - 543)))
        }));
        entries.extend(self.place.as_ref().map(|place| ("spatialCoverage", text(place))));
        entries.extend(self.modified.map(|date| ("dateModified", text(date.iso()))));
        let licence = self.licence_url.as_ref().or(self.licence.as_ref());
        entries.extend(licence.map(|licence| ("license", text(licence))));
        entries.push(("distribution", Json::List(self.files.iter().map(Distribution::schema_org).collect())));
        // Nothing in it may end the element that it stands in.
        Some(Json::Map(entries).document().replace('<', "\\u003c"))
    }
}

impl Distribution {
    fn dcat(&self) -> Json<'_> {
        let media_type = format!("https://www.iana.org/assignments/media-types/{}", self.media_type);
        Json::Map(vec![
            ("@type", text("dcat:Distribution")),
            ("dct:title", text(&self.name)),
            ("dcat:downloadURL", id(&self.url)),
            ("dcat:accessURL", id(&self.url)),
            ("dcat:mediaType", id(media_type)),
        ])
    }

    fn schema_org(&self) -> Json<'_> {
        Json::Map(vec![
            ("@type", text("DataDownload")),
            ("name", text(&self.name)),
            ("encodingFormat", text(self.media_type)),
            ("contentUrl", text(&self.url)),
        ])
    }
}

/// One of the fourteen items.
struct Item {
    /// As CKAN names it.
    field: &'static str,
    title: Words,
    /// `None` where only the agency can say.
    value: Option<String>,
}

/// A district or province with the word for what it is, unless it is there already. The capital has none.
fn area(kind: &str, name: &str) -> String {
    let has_one = [kind, "เขต", "กรุงเทพ"].iter().any(|word| name.starts_with(word));
    if has_one { name.to_owned() } else { format!("{kind}{name}") }
}

/// As the catalogue's list calls the area of an agency. Of the other kinds no name in that list is known for certain.
fn coverage(kind: AgencyKind) -> Option<&'static str> {
    match kind {
        AgencyKind::CityMunicipality
        | AgencyKind::TownMunicipality
        | AgencyKind::SubdistrictMunicipality
        | AgencyKind::SubdistrictAdministration => Some("เทศบาล/อบต."),
        AgencyKind::ProvincialAdministration | AgencyKind::Province | AgencyKind::Other => None,
    }
}

fn files(desk: &Desk<'_>) -> Vec<Distribution> {
    let distribution = |name: String, media_type| {
        let url = url(desk, &file(desk, &name));
        Distribution { name, url, media_type }
    };
    let tables = SUBJECTS.iter().flat_map(|subject| {
        [("csv", "text/csv"), ("json", "application/json")]
            .map(|(ending, media_type)| (format!("{}.{ending}", subject.name), media_type))
    });
    let rest = [
        (PACKAGE, "application/json"),
        (WORKBOOK, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (ARCHIVE, "application/zip"),
    ];
    let rest = rest.map(|(name, media_type)| (name.to_owned(), media_type));
    tables.chain(rest).map(|(name, media_type)| distribution(name, media_type)).collect()
}

fn optional<'a>(value: Option<String>) -> Json<'a> {
    value.map_or(Json::Plain("null".into()), text)
}

fn in_thai<'a>(words: impl Into<Cow<'a, str>>) -> Json<'a> {
    Json::Map(vec![("@value", text(words)), ("@language", text("th"))])
}

fn typed<'a>(kind: &'static str, value: String) -> Json<'a> {
    Json::Map(vec![("@value", text(value)), ("@type", text(kind))])
}

fn id<'a>(address: impl Into<Cow<'a, str>>) -> Json<'a> {
    Json::Map(vec![("@id", text(address))])
}

//! The same reports for Hugo: every page of ours is a page bundle whose front matter holds its data and whose body the text. Where the two
//! cannot be alike, Hugo has less to do: what ours computes (working, changes, states, links) is handed over computed, and it makes no
//! answer sheets, no manifests and no checks.

use crate::content::{self, Agency, Answer, Measure, Report, Script};
use include_dir::{Dir, include_dir};
use prongsai::framework::{Framework, Sure};
use prongsai::language::{Language, Numerals};
use prongsai::model::State;
use prongsai::model::number::Exact;
use prongsai::plan::printer::Printer;
use prongsai::score;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;

/// Settings and templates.
static SITE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/tests/bench/hugo");

/// The words that templates print themselves, and the looks, are those of our theme.
const WORDS: &str = include_str!("../../themes/default/text/th.yaml");
const STYLE: &str = include_str!("../../themes/default/static/style.css");

const PRINTER: Printer = Printer { language: Language::Thai, numerals: Numerals::Thai };

/// How front matter is written.
pub(crate) type Format = fn(&Value) -> String;

/// One page bundle.
struct Page<'a> {
    /// Names its template and, within its year, its folder.
    kind: &'static str,
    /// Below the year.
    place: &'static str,
    title: String,
    data: Value,
    /// Markdown with bindings.
    body: &'a str,
}

/// One year of an agency.
struct Year<'a> {
    agency: &'a Agency,
    report: &'a Report<'a>,
    before: Option<&'a Report<'a>>,
    has_next: bool,
}

/// What Hugo reads fastest.
pub(crate) fn json(front: &Value) -> String {
    format!("{front}\n")
}

/// What most people write, as in our own sources.
pub(crate) fn yaml(front: &Value) -> String {
    format!("---\n{}---\n", serde_yaml::to_string(front).unwrap_or_default())
}

/// Writes a portal with so many reports.
pub(crate) fn write(
    root: &Path,
    script: &Script,
    reports: usize,
    format: Format,
) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(root)?;
    SITE.extract(root)?;
    put(root, "data/words.yaml", WORDS)?;
    put(root, "static/style.css", STYLE)?;
    put(root, "content/_index.md", crate::site::INDEX)?;
    content::agencies(reports).try_for_each(|agency| write_agency(root, script, &agency, format))
}

fn write_agency(root: &Path, script: &Script, agency: &Agency, format: Format) -> Result<(), Box<dyn Error>> {
    let reports: Vec<Report<'_>> =
        agency.years.clone().map(|year| script.report(agency, year, 0)).collect::<Result<_, _>>()?;
    let home = format!("content/{}", agency.id);
    let front = json!({ "type": "agency", "title": agency.name, "params": front_page(agency, &reports) });
    put(root, &format!("{home}/_index.md"), &format(&front))?;
    for (nth, report) in reports.iter().enumerate() {
        let before = nth.checked_sub(1).map(|nth| &reports[nth]);
        let year = Year { agency, report, before, has_next: nth + 1 < reports.len() };
        for (file, text) in year.files(format) {
            put(root, &format!("{home}/{}/{file}", report.year), &text)?;
        }
    }
    Ok(())
}

fn put(root: &Path, path: &str, text: &str) -> Result<(), Box<dyn Error>> {
    let file = root.join(path);
    fs::create_dir_all(file.parent().unwrap_or(root))?;
    Ok(fs::write(file, text)?)
}

/// What the front page of an agency shows, and what the frame of all its pages takes from there.
fn front_page(agency: &Agency, reports: &[Report<'_>]) -> Value {
    let cards: Vec<Value> = reports.iter().rev().map(|report| card(agency, report)).collect();
    let newest = agency.years.end();
    let menu = |(page, text): (&str, &str)| json!({ "href": format!("/{}/{page}", agency.id), "text": text });
    let pages = ["", "measures/", "results/", "oit/"].map(|page| format!("{newest}/{page}"));
    let menu = [
        ("", "หน้าแรก"),
        (pages[0].as_str(), "รายงานการวิเคราะห์"),
        (pages[1].as_str(), "มาตรการ"),
        (pages[2].as_str(), "ผลการดำเนินการ"),
        (pages[3].as_str(), "รายการข้อ OIT"),
    ]
    .map(menu);
    json!({
        "name": agency.name, "short_name": agency.short_name, "kind": "อบต.", "address": content::ADDRESS, "phone": content::PHONE,
        "phone_href": "020000000", "province": content::PROVINCE, "district": content::DISTRICT, "main_site": content::main_site(agency),
        "menu": menu, "latest": cards.first(), "reports": cards, "updated": reports.last().and_then(updated),
    })
}

/// A year at a glance.
fn card(agency: &Agency, report: &Report<'_>) -> Value {
    let count =
        |state: State| report.measures.iter().filter(|measure| measure.results[1].state == state).count();
    let states = [State::Done, State::Ongoing]
        .map(|state| json!({ "state": self::state(state), "count": content::thai(count(state)) }));
    let states: Vec<&Value> = states.iter().filter(|state| state["count"] != "๐").collect();
    json!({
        "year": PRINTER.count(report.year), "href": address(agency, report, ""), "total": total(report), "level": report.level,
        "pass": passes(report), "announced": PRINTER.date(report.announced), "states": states,
        "answered": content::thai(answered(report)), "items": content::thai(report.answers.len()),
    })
}

impl Year<'_> {
    /// Every file of the year: the bundles, and beside the report its further texts.
    fn files(&self, format: Format) -> Vec<(String, String)> {
        let Year { agency, report, .. } = self;
        let facts = facts(agency, report);
        let prose = |text: &str| resolved(agency, text, &facts);
        let bundle = |page: Page<'_>| {
            let url = address(agency, report, page.place);
            let front = json!({ "type": page.kind, "title": page.title, "url": url, "params": page.data });
            (format!("{}/index.md", page.kind), format!("{}\n{}\n", format(&front), prose(page.body)))
        };
        let analyses = content::INSTRUMENTS.iter().zip(&report.analyses).map(|((code, _), analysis)| {
            (format!("report/{}.md", code.to_lowercase()), prose(&analysis.body))
        });
        let mut files: Vec<(String, String)> = self.pages().into_iter().map(bundle).collect();
        files.extend(analyses);
        files.push(("report/closing.md".to_owned(), prose(&report.closing)));
        files
    }

    fn pages(&self) -> [Page<'_>; 5] {
        let Year { agency, report, .. } = self;
        let of = |year| format!("ประจำปีงบประมาณ พ.ศ. {} ของ{}", PRINTER.count(year), agency.name);
        let measures = "ส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน";
        let next = of(report.year.next());
        [
            Page {
                kind: "report",
                place: "",
                title: format!(
                    "รายงานการวิเคราะห์ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของ{} ประจำปีงบประมาณ พ.ศ. {}",
                    agency.name,
                    PRINTER.count(report.year),
                ),
                data: self.report(),
                body: &report.opening,
            },
            Page {
                kind: "measures",
                place: "measures/",
                title: format!("มาตรการ{measures} {next}"),
                data: self.measures(),
                body: "",
            },
            Page {
                kind: "results",
                place: "results/",
                title: format!("ผลการดำเนินการตามมาตรการ{measures} {next}"),
                data: self.results(),
                body: "",
            },
            Page {
                kind: "memo",
                place: "memo/",
                title: format!("บันทึกข้อความ เรื่อง {}", report.memo.subject),
                data: self.memo(),
                body: &report.memo.body,
            },
            Page {
                kind: "round",
                place: "oit/",
                title: format!("การเปิดเผยข้อมูลสาธารณะ (OIT) {}", of(report.year)),
                data: self.round(),
                body: "",
            },
        ]
    }

    fn report(&self) -> Value {
        let Year { agency, report, .. } = self;
        let framework = report.framework;
        let inferred = |sure: Option<Sure>| sure == Some(Sure::Inferred);
        let components = framework
            .components
            .iter()
            .map(|one| json!({ "title": one.title, "href": "#iit", "inferred": inferred(one.sure) }));
        let mut related = vec![self.link("measures/", "มาตรการ"), self.link("results/", "ผลการดำเนินการ")];
        related.push(self.link("memo/", &format!("บันทึกข้อความ {}", report.memo.subject)));
        related.extend(self.has_next.then(|| json!({ "href": format!("/{}/{}/oit/", agency.id, report.year.next()), "text": "รายการข้อ OIT" })));
        json!({
            "year": PRINTER.count(report.year), "measures_year": PRINTER.count(report.year.next()), "office": "สำนักปลัด",
            "day": PRINTER.date(report.date), "updated": updated(report), "total": total(report), "level": report.level, "pass": passes(report),
            "threshold": PRINTER.score(framework.pass), "announced": PRINTER.date(report.announced), "changes": self.before.is_some(),
            "instruments": Vec::from([0, 1, 2].map(|nth| self.instrument(nth))), "working": working(report), "matrix": self.matrix(),
            "components": components.collect::<Vec<_>>(), "related": related,
        })
    }

    fn instrument(&self, nth: usize) -> Value {
        let (code, indicators) = &content::INSTRUMENTS[nth];
        let instrument = self.report.framework.instrument(code);
        json!({
            "code": code, "id": code.to_lowercase(), "name": instrument.map(|instrument| &instrument.name),
            "score": PRINTER.rounded(content::mean(indicators, &self.report.scores)),
            "weight": instrument.and_then(|instrument| instrument.weight).map(|weight| PRINTER.count(weight.hundredths() / 100)),
            "indicators": indicators.clone().map(|index| self.indicator(index)).collect::<Vec<_>>(),
            "weak": self.indicator(usize::from(self.report.analyses[nth].focus) - 1),
        })
    }

    fn indicator(&self, index: usize) -> Value {
        let score = self.report.scores[index];
        let before = self.before.map(|before| before.scores[index]);
        json!({
            "number": content::thai(index + 1), "name": indicator_name(self.report.framework, index), "score": PRINTER.score(score),
            "pass": score >= self.report.framework.pass, "previous": before.map(|before| PRINTER.score(before)),
            "change": before.map(|before| PRINTER.change(Exact::from(score) - Exact::from(before))),
        })
    }

    fn matrix(&self) -> Vec<Value> {
        let row = |analysis: &content::Analysis| {
            let measure = self
                .report
                .measures
                .iter()
                .find(|measure| measure.remedy.addresses.contains(&analysis.focus));
            measure.map(|measure| json!({
                "indicator": self.indicator(usize::from(analysis.focus) - 1),
                "href": format!("{}#m-{}", address(self.agency, self.report, "measures/"), measure.remedy.id),
                "title": measure.remedy.title, "state": state(measure.results[1].state),
            }))
        };
        self.report.analyses.iter().filter_map(row).collect()
    }

    fn measures(&self) -> Value {
        let Year { agency, report, .. } = self;
        let decided = &report.decided;
        let next = PRINTER.count(report.year.next());
        json!({
            "measures_year": next, "office": "สำนักปลัด", "updated": updated(report), "report": self.crumb(),
            "lead": format!("จาก{} เมื่อวันที่ {} {}ได้ร่วมกันพิจารณาเพื่อกำหนดมาตรการส่งเสริมคุณธรรมและความโปร่งใสของ{} ประจำปีงบประมาณ พ.ศ. {next} ดังนี้",
                decided.by, content::long(decided.date), decided.who, agency.name),
            "rows": report.measures.iter().map(|measure| self.row(measure)).collect::<Vec<_>>(),
            "related": [self.link("", "รายงานการวิเคราะห์"), self.link("results/", "ผลการดำเนินการ")],
        })
    }

    /// A row of the five columns.
    fn row(&self, measure: &Measure) -> Value {
        json!({
            "id": format!("m-{}", measure.remedy.id), "title": measure.remedy.title, "items": measure.items, "steps": measure.steps,
            "indicators": self.addressed(measure), "responsible": measure.responsible, "period": PRINTER.period(measure.period).text,
            "follow_up": measure.follow_up, "state": state(measure.results[1].state),
        })
    }

    fn addressed(&self, measure: &Measure) -> Vec<Value> {
        let addresses = measure.remedy.addresses.iter().map(|number| usize::from(*number) - 1);
        addresses.map(|index| json!({ "number": content::thai(index + 1), "name": indicator_name(self.report.framework, index) })).collect()
    }

    fn results(&self) -> Value {
        let row = |(nth, measure): (usize, &Measure)| {
            let id = format!("m-{}", measure.remedy.id);
            let result = |(nth, result): (usize, &content::Progress)| {
                json!({
                    "date": PRINTER.date(result.date), "state": state(result.state), "of": (nth == 0).then(|| content::thai(1)),
                    "summary": result.summary, "evidence": [{ "href": result.evidence, "text": content::EVIDENCE, "external": true }],
                })
            };
            json!({
                "href": format!("{}#{id}", address(self.agency, self.report, "measures/")), "id": id, "number": content::thai(nth + 1),
                "title": measure.remedy.title, "items": measure.items, "indicators": self.addressed(measure),
                "state": state(measure.results[1].state), "results": measure.results.iter().enumerate().map(result).collect::<Vec<_>>(),
            })
        };
        json!({
            "office": "สำนักปลัด", "updated": updated(self.report), "report": self.crumb(),
            "rows": self.report.measures.iter().enumerate().map(row).collect::<Vec<_>>(),
            "related": [self.link("", "รายงานการวิเคราะห์"), self.link("measures/", "มาตรการ")],
        })
    }

    fn memo(&self) -> Value {
        let Year { agency, report, .. } = self;
        let memo = &report.memo;
        let endorsements = memo.endorsements.iter().map(
            |(heading, text, position)| json!({ "heading": heading, "text": text, "position": position }),
        );
        json!({
            "from": content::memo_office(agency), "number": content::thai(&memo.number), "updated": PRINTER.date(report.date), "report": self.crumb(),
            "subject": memo.subject, "to": content::MEMO_TO, "name": content::SIGNATORY, "position": content::SIGNATORY_POSITION,
            "endorsements": endorsements.collect::<Vec<_>>(),
        })
    }

    fn round(&self) -> Value {
        let framework = self.report.framework;
        let answers: BTreeMap<_, _> =
            self.report.answers.iter().map(|(code, answer)| (*code, answer)).collect();
        let groups: Vec<Value> = framework.groups.iter().map(|group| {
            let items = group.items.iter().filter_map(|(code, item)| {
                let (state, links, note) = self.answer(answers.get(code)?);
                let points = framework.item_points(*code).map(|points| PRINTER.rounded(points));
                Some(json!({
                    "code": code.to_string(), "id": code.to_string().to_lowercase(), "title": item.title, "inferred": item.sure == Some(Sure::Inferred),
                    "state": state, "answers": links, "note": note, "points": points,
                }))
            });
            let items: Vec<Value> = items.collect();
            let points = items.iter().any(|item| !item["points"].is_null());
            json!({ "number": content::thai(&group.id), "id": group.id.replace('.', "-"), "name": group.name, "items": items, "points": points })
        }).collect();
        json!({
            "report": self.crumb(), "items_total": framework.items_total.map(content::thai), "complete": framework.is_complete(),
            "answered": content::thai(answered(self.report)), "groups": groups,
            "inferred": framework.items().any(|(.., item)| item.sure == Some(Sure::Inferred)),
        })
    }

    fn answer(&self, answer: &Answer) -> (Value, Vec<Value>, Option<&'static str>) {
        match answer {
            Answer::Links(links, note) => {
                let link = |(to, path): &(String, Vec<String>)| {
                    let external = to.starts_with("https:");
                    let href = if external { to.clone() } else { format!("/{}{to}", self.agency.id) };
                    json!({ "href": href, "external": external, "path": path })
                };
                (json!({ "code": "answered", "text": "เปิดเผยแล้ว" }), links.iter().map(link).collect(), *note)
            }
            Answer::None(reason) => {
                (json!({ "code": "none", "text": "หน่วยงานแจ้งว่าไม่มี" }), Vec::new(), Some(reason))
            }
        }
    }

    fn link(&self, page: &str, text: &str) -> Value {
        json!({ "href": address(self.agency, self.report, page), "text": text })
    }

    fn crumb(&self) -> Value {
        self.link("", &format!("รายงานการวิเคราะห์ผลการประเมิน ปี {}", PRINTER.count(self.report.year)))
    }
}

fn address(agency: &Agency, report: &Report<'_>, page: &str) -> String {
    format!("/{}/{}/{page}", agency.id, report.year)
}

fn total(report: &Report<'_>) -> String {
    PRINTER.rounded(report.total)
}

fn passes(report: &Report<'_>) -> bool {
    report.total.hundredths() >= i64::from(report.framework.pass.hundredths())
}

fn state(state: State) -> Value {
    json!({ "code": state.code(), "text": PRINTER.state(state).text })
}

fn answered(report: &Report<'_>) -> usize {
    report.answers.iter().filter(|(_, answer)| matches!(answer, Answer::Links(..))).count()
}

fn indicator_name(framework: &Framework, index: usize) -> &str {
    framework.indicator(index as u8 + 1).map_or("", |indicator| &indicator.name)
}

/// The newest date of a year: its results come after all else.
fn updated(report: &Report<'_>) -> Option<Value> {
    let dates = report.measures.iter().flat_map(|measure| &measure.results).map(|result| result.date);
    dates.max().map(|date| json!(PRINTER.date(date)))
}

/// The total as anyone can follow it; none where the year's weights are unconfirmed.
fn working(report: &Report<'_>) -> Option<Value> {
    let lines = content::INSTRUMENTS.iter().map(|(code, indicators)| {
        let instrument = report.framework.instrument(code)?;
        let mean = content::mean(indicators, &report.scores);
        Some(json!({
            "code": code, "name": instrument.name, "mean": mean.print_unrounded(Numerals::Thai),
            "weight": PRINTER.count(instrument.weight?.hundredths() / 100),
            "points": score::weighted_points(mean, instrument)?.print_unrounded(Numerals::Thai),
        }))
    });
    let lines = lines.collect::<Option<Vec<_>>>()?;
    Some(
        json!({ "lines": lines, "unrounded": report.total.print_unrounded(Numerals::Thai), "rounded": total(report) }),
    )
}

/// What each binding of a year's narratives stands for.
fn facts(agency: &Agency, report: &Report<'_>) -> BTreeMap<String, String> {
    let decided = &report.decided;
    let mut facts = BTreeMap::new();
    let mut put = |name: &str, value: &str| facts.insert(name.to_owned(), value.to_owned());
    put("agency.name", &agency.name);
    put("report.year", &PRINTER.count(report.year));
    put("report.measures_year", &PRINTER.count(report.year.next()));
    put("report.total", &total(report));
    put("report.level", &report.level);
    put("report.announced", &content::long(report.announced));
    put("decided.by", &decided.by);
    put("decided.who", decided.who);
    put("decided.date", &content::long(decided.date));
    for (index, score) in report.scores.iter().enumerate() {
        let of = |field| format!("indicator({}).{field}", index + 1);
        put(&of("number"), &content::thai(index + 1));
        put(&of("name"), indicator_name(report.framework, index));
        put(&of("score"), &PRINTER.score(*score));
    }
    for (code, indicators) in &content::INSTRUMENTS {
        let of = |field| format!("instrument(\"{code}\").{field}");
        put(&of("code"), code);
        put(&of("name"), report.framework.instrument(code).map_or("", |instrument| &instrument.name));
        put(&of("score"), &PRINTER.rounded(content::mean(indicators, &report.scores)));
    }
    for measure in &report.measures {
        let of = |field| format!("measure(\"{}\").{field}", measure.remedy.id);
        put(&of("title"), measure.remedy.title);
        put(&of("period"), &PRINTER.period(measure.period).text);
    }
    facts
}

/// Plain Markdown: bindings replaced by what they stand for, lists numbered as CommonMark does, links counted from the portal.
fn resolved(agency: &Agency, text: &str, facts: &BTreeMap<String, String>) -> String {
    let mut plain = String::with_capacity(text.len());
    for (nth, part) in text.split("{{ ").enumerate() {
        match part.split_once(" }}") {
            Some((name, rest)) if nth > 0 => {
                plain.extend([facts.get(name).map_or("", String::as_str), rest]);
            }
            _ => plain.push_str(part),
        }
    }
    let line = |line: &str| match line.split_once(". ") {
        Some((number, rest)) if number.chars().all(|digit| ('๐'..='๙').contains(&digit)) => {
            format!("1. {rest}\n")
        }
        _ => format!("{line}\n"),
    };
    plain.replace("](/", &format!("](/{}/", agency.id)).lines().map(line).collect()
}

//! Reports in the files of content-format: eight a year, at least 20 KB, as an officer would type them.

use crate::content::{self, Agency, Answer, Measure, Memo, Progress, Report, Script};
use prongsai::language::{Language, Numerals};
use prongsai::model::State;
use std::error::Error;
use std::fs;
use std::path::Path;

/// The settings of the portal.
const SETTINGS: &str = "\
# เว็บไซต์รวมของหน่วยงานตัวอย่าง สำหรับวัดเวลา
portal:
  name: ศูนย์รวมผลการประเมินคุณธรรมและความโปร่งใสของหน่วยงานตัวอย่าง
  short_name: ITA ตัวอย่าง
base_url: https://example.go.th/
numerals: thai
";

/// The portal's front page.
pub(crate) const INDEX: &str =
    "รวมรายงานการวิเคราะห์ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานตัวอย่างทุกแห่ง\n";

/// Writes a portal with so many reports.
pub(crate) fn write(root: &Path, script: &Script, reports: usize) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(root.join("content"))?;
    fs::write(root.join("prongsai.yaml"), SETTINGS)?;
    fs::write(root.join("content/index.md"), INDEX)?;
    content::agencies(reports).try_for_each(|agency| write_agency(root, script, &agency))
}

/// Writes `scores.yaml` of one report again, in another edition.
pub(crate) fn write_scores(
    root: &Path,
    script: &Script,
    agency: &Agency,
    year: i16,
    edition: u16,
) -> Result<(), Box<dyn Error>> {
    let file = root.join(format!("content/{}/{year}/scores.yaml", agency.id));
    Ok(fs::write(file, scores(&script.report(agency, year, edition)?))?)
}

fn write_agency(root: &Path, script: &Script, agency: &Agency) -> Result<(), Box<dyn Error>> {
    let folder = root.join("content").join(&agency.id);
    fs::create_dir(&folder)?;
    fs::write(folder.join("agency.yaml"), about(agency))?;
    for year in agency.years.clone() {
        let folder = folder.join(year.to_string());
        fs::create_dir(&folder)?;
        for (name, text) in files(agency, &script.report(agency, year, 0)?) {
            fs::write(folder.join(name), text)?;
        }
    }
    Ok(())
}

fn files(agency: &Agency, report: &Report<'_>) -> [(&'static str, String); 8] {
    let [iit, eit, oit] = report
        .analyses
        .each_ref()
        .map(|analysis| format!("---\nfocus: [{}]\n---\n{}\n", analysis.focus, analysis.body));
    [
        ("scores.yaml", scores(report)),
        ("report.md", narrative(report)),
        ("iit.md", iit),
        ("eit.md", eit),
        ("oit.md", oit),
        ("measures.yaml", measures(report)),
        ("memo.md", memo(agency, report, &report.memo)),
        ("disclosure.yaml", disclosure(report)),
    ]
}

fn about(agency: &Agency) -> String {
    format!(
        "name: {}\nshort_name: {}\naddress: {}\nphone: {}\nprovince: {}\ndistrict: {}\nmain_site: {{ url: {}, path: หน้าแรก > ITA }}\n",
        agency.name,
        agency.short_name,
        content::ADDRESS,
        content::PHONE,
        agency.province,
        content::DISTRICT,
        content::main_site(agency),
    )
}

fn scores(report: &Report<'_>) -> String {
    let indicator = |(index, score): (usize, _)| {
        let number = index + 1;
        let name = report.framework.indicator(number as u8).map_or("", |indicator| indicator.name.as_str());
        format!("  {number}: {score}    # {name}\n")
    };
    let indicators: String = report.scores.iter().enumerate().map(indicator).collect();
    format!(
        "# คะแนนผลการประเมินตามที่สำนักงาน ป.ป.ช. ประกาศ\nfiscal_year: {}\nannounced:\n  date: {}\n  total: {}\n  level: {}\nindicators:\n{indicators}",
        report.year,
        content::long(report.announced),
        report.total,
        report.level,
    )
}

fn narrative(report: &Report<'_>) -> String {
    format!(
        "---\noffice: สำนักปลัด\ndate: {}\n---\n{}\n\n{}\n",
        content::long(report.date),
        report.opening,
        report.closing
    )
}

fn measures(report: &Report<'_>) -> String {
    let decided = &report.decided;
    let rows: String = report.measures.iter().map(measure).collect();
    format!(
        "fiscal_year: {}\ndecided:\n  by: {}\n  who: {}\n  date: {}\nmeasures:\n{rows}",
        report.year.next(),
        decided.by,
        decided.who,
        content::long(decided.date),
    )
}

fn measure(measure: &Measure) -> String {
    let remedy = measure.remedy;
    let addresses: Vec<String> = remedy.addresses.iter().map(u8::to_string).collect();
    let block = |items: &[&str]| content::numbered(items).replace('\n', "\n      ");
    let results: String =
        measure.results.iter().enumerate().map(|(nth, result)| progress(result, nth == 0)).collect();
    format!(
        "  - id: {}\n    title: {}\n    addresses: [{}]\n    measure: |\n      {}\n    steps: |\n      {}\n    responsible: {}\n    period: {}\n    follow_up: {}\n    results:\n{results}",
        remedy.id,
        remedy.title,
        addresses.join(", "),
        block(&measure.items),
        block(&measure.steps),
        measure.responsible,
        measure.period.short(Language::Thai, Numerals::Thai),
        measure.follow_up,
    )
}

fn progress(result: &Progress, of_first: bool) -> String {
    format!(
        "      - date: {}\n        status: {}\n{}        summary: {}\n        evidence: {{ to: {}, label: {} }}\n",
        content::long(result.date),
        if result.state == State::Done {
            "เสร็จแล้ว"
        } else {
            "กำลังดำเนินการ"
        },
        if of_first { "        of: [1]\n" } else { "" },
        result.summary,
        result.evidence,
        content::EVIDENCE,
    )
}

fn memo(agency: &Agency, report: &Report<'_>, memo: &Memo) -> String {
    let endorsements = memo.endorsements.iter().map(|(heading, text, position)| {
        let name = content::SIGNATORY;
        format!("  - {{ heading: {heading}, text: \"{text}\", name: {name}, position: {position} }}\n")
    });
    format!(
        "---\noffice: {}\nnumber: {}\ndate: {}\nsubject: {}\nto: {}\nsigned_by:\n  name: {}\n  position: {}\nendorsements:\n{}---\n{}\n",
        content::memo_office(agency),
        memo.number,
        content::long(report.date),
        memo.subject,
        content::MEMO_TO,
        content::SIGNATORY,
        content::SIGNATORY_POSITION,
        endorsements.collect::<String>(),
        memo.body,
    )
}

fn disclosure(report: &Report<'_>) -> String {
    let items: String = report.answers.iter().map(|(code, of)| format!("  {code}:{}", answer(of))).collect();
    let items = if items.is_empty() {
        "# บัญชีรายการของปีนี้ยังไม่มี\n".to_owned()
    } else {
        format!("items:\n{items}")
    };
    format!("fiscal_year: {}\nanswers_for: all\n{items}", report.year)
}

fn answer(answer: &Answer) -> String {
    let links = |links: &[(String, Vec<String>)], indent: &str| -> String {
        links
            .iter()
            .map(|(to, path)| format!("{indent}- to: {to}\n{indent}  path: {}\n", path.join(" > ")))
            .collect()
    };
    match answer {
        Answer::Links(of, None) => format!("\n{}", links(of, "    ")),
        Answer::Links(of, Some(note)) => format!("\n    links:\n{}    note: {note}\n", links(of, "      ")),
        Answer::None(reason) => format!(" {{ none: \"{reason}\" }}\n"),
    }
}

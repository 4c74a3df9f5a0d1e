//! The content script: agencies and their reports from a fixed seed, the same on every machine and at every size. It says what each report
//! holds, in facts and words that follow from each other; in which files they are kept is not known here.

pub(crate) mod words;

use prongsai::build;
use prongsai::finding::Findings;
use prongsai::framework::{Framework, Frameworks, Roles};
use prongsai::language::{Language, Numerals};
use prongsai::model::date::{Date, FiscalYear, Month, Period, Point};
use prongsai::model::number::{Exact, Score};
use prongsai::model::{ItemCode, State};
use prongsai::score::items;
use std::error::Error;
use std::ops::RangeInclusive;
use std::path::Path;

/// Changing it changes every figure that was ever measured.
const SEED: u64 = 0x5072_6f6e_6773_6169;

/// The last fiscal year whose rules are built in.
const LAST_YEAR: i16 = 2569;

/// So many years are, and so many reports has an agency.
const YEARS: usize = 8;

/// พ.ศ. − ค.ศ.
const BUDDHIST_ERA: i16 = 543;

/// What all agencies have in common.
pub(crate) const ADDRESS: &str = "ตำบลตัวอย่าง อำเภอตัวอย่าง จังหวัดตัวอย่าง";
/// A number that nobody has.
pub(crate) const PHONE: &str = "๐๒-๐๐๐-๐๐๐๐";
/// จังหวัด, as many as Thailand has with กรุงเทพมหานคร.
const PROVINCES: u64 = 77;
/// อำเภอ.
pub(crate) const DISTRICT: &str = "เมืองตัวอย่าง";
/// Text of the links to what proves a result.
pub(crate) const EVIDENCE: &str = "ภาพถ่ายและรายงานการประชุม";
/// Who signs is shown by position alone.
pub(crate) const SIGNATORY: &str = "ผู้ลงนามตัวอย่าง";
/// Of the letter's writer.
pub(crate) const SIGNATORY_POSITION: &str = "นักวิเคราะห์นโยบายและแผนปฏิบัติการ";
/// เรียน.
pub(crate) const MEMO_TO: &str = "นายกองค์การบริหารส่วนตำบล";

/// Indicators of each instrument, counted from 0.
pub(crate) const INSTRUMENTS: [(&str, RangeInclusive<usize>); 3] =
    [("IIT", 0..=4), ("EIT", 5..=7), ("OIT", 8..=9)];

/// What every report is made from.
pub(crate) struct Script {
    /// The rules of each year: names, items, levels.
    pub(crate) frameworks: Frameworks,
}

/// An agency of the portal.
pub(crate) struct Agency {
    /// `a00001`.
    pub(crate) id: String,
    /// Full name.
    pub(crate) name: String,
    /// `อบต.ตัวอย่าง ๑`.
    pub(crate) short_name: String,
    /// จังหวัด in which it lies.
    pub(crate) province: String,
    /// The assessed years, oldest first.
    pub(crate) years: RangeInclusive<i16>,
    number: u64,
}

/// What one agency publishes about one assessed year, and for the round of that year.
pub(crate) struct Report<'a> {
    /// The year's rules.
    pub(crate) framework: &'a Framework,
    /// The assessed year.
    pub(crate) year: FiscalYear,
    /// Indicators 1–10.
    pub(crate) scores: [Score; 10],
    /// By the rule of every year since 2563.
    pub(crate) total: Exact,
    /// As the year names it.
    pub(crate) level: String,
    /// In the year itself.
    pub(crate) announced: Date,
    /// Day of the report and of its memo.
    pub(crate) date: Date,
    /// Who decided on the measures, when.
    pub(crate) decided: Decided,
    /// Markdown before the result table.
    pub(crate) opening: String,
    /// Markdown behind the analyses.
    pub(crate) closing: String,
    /// One for each instrument.
    pub(crate) analyses: [Analysis; 3],
    /// Six.
    pub(crate) measures: Vec<Measure>,
    /// The official letter that hands in the report.
    pub(crate) memo: Memo,
    /// Every item that the year is known to have.
    pub(crate) answers: Vec<(ItemCode, Answer)>,
}

/// How the measures came about.
pub(crate) struct Decided {
    /// The meeting.
    pub(crate) by: String,
    /// Those who took part.
    pub(crate) who: &'static str,
    /// Before the memo.
    pub(crate) date: Date,
}

/// What an agency says about one instrument.
pub(crate) struct Analysis {
    /// Number of its lowest indicator.
    pub(crate) focus: u8,
    /// Markdown.
    pub(crate) body: String,
}

/// One row of the measures table, with what became of it.
pub(crate) struct Measure {
    /// Whose words it has.
    pub(crate) remedy: &'static words::Remedy,
    /// มาตรการ/แนวทาง.
    pub(crate) items: Vec<&'static str>,
    /// วิธีการดำเนินการ.
    pub(crate) steps: Vec<&'static str>,
    /// ผู้รับผิดชอบ.
    pub(crate) responsible: &'static str,
    /// Months of the year after the assessed one.
    pub(crate) period: Period,
    /// การติดตามผล; it names the month.
    pub(crate) follow_up: String,
    /// Oldest first; the first speaks of the first item, the last of all.
    pub(crate) results: [Progress; 2],
}

/// One report of what was done.
pub(crate) struct Progress {
    /// Within the period.
    pub(crate) date: Date,
    /// How far it is.
    pub(crate) state: State,
    /// In words.
    pub(crate) summary: String,
    /// Where it can be seen.
    pub(crate) evidence: String,
}

/// The letter.
pub(crate) struct Memo {
    /// ที่.
    pub(crate) number: String,
    /// เรื่อง.
    pub(crate) subject: String,
    /// Heading, text and position, in the order in which it passes them.
    pub(crate) endorsements: Vec<(&'static str, &'static str, String)>,
    /// Markdown.
    pub(crate) body: String,
}

/// What stands for an item of a round.
pub(crate) enum Answer {
    /// At least one address with its click path, and perhaps a remark.
    Links(Vec<(String, Vec<String>)>, Option<&'static str>),
    /// The reason why there is none.
    None(&'static str),
}

/// SplitMix64 (Steele, Lea & Flood, OOPSLA 2014): a few lines, and the same sequence for ever.
struct Dice(u64);

impl Script {
    /// # Errors
    /// If the built-in frameworks cannot be read.
    pub(crate) fn new() -> Result<Self, Box<dyn Error>> {
        // A folder that does not exist has no frameworks of its own.
        let frameworks = build::frameworks(Path::new("no site"), &mut Findings::default());
        Ok(Script { frameworks: frameworks.map_err(|failure| failure.message.en)? })
    }

    /// What one agency says about one year. In edition 1 the first indicator is another one than in edition 0, and with it the total; all
    /// else is the same.
    ///
    /// # Errors
    /// If the year has no framework.
    pub(crate) fn report(
        &self,
        agency: &Agency,
        year: i16,
        edition: u16,
    ) -> Result<Report<'_>, Box<dyn Error>> {
        let year = FiscalYear::new(year).ok_or("no fiscal year")?;
        let framework = self.frameworks.of(year).ok_or("a year without a framework")?;
        let mut dice = Dice::of(agency, year);
        let scores = scores(framework, edition, &mut dice);
        let total = total(&scores);
        let decided = decided(agency, year, &mut dice);
        let measures: Vec<Measure> =
            words::REMEDIES.iter().map(|remedy| measure(agency, year, remedy, &mut dice)).collect();
        Ok(Report {
            level: level(total, &scores, framework),
            announced: month(year, 10).day(1 + dice.day(27)).ok_or("no such day")?,
            date: month(year, 11).day(21 + dice.day(9)).ok_or("no such day")?,
            opening: opening(&mut dice),
            closing: closing(year, &mut dice),
            analyses: [0, 1, 2].map(|nth| analysis(nth, &scores, &mut dice)),
            memo: memo(agency, &mut dice),
            answers: answers(agency, year, framework, &mut dice),
            framework,
            year,
            scores,
            total,
            decided,
            measures,
        })
    }
}

/// The agencies of a portal with so many reports: each has all eight years, only the last one may have fewer, the newest of them.
pub(crate) fn agencies(reports: usize) -> impl Iterator<Item = Agency> {
    let years = move |index: usize| (reports - index * YEARS).min(YEARS);
    (0..reports.div_ceil(YEARS)).map(move |index| agency(index as u64 + 1, years(index)))
}

fn agency(number: u64, years: usize) -> Agency {
    let shown = thai(number);
    Agency {
        id: format!("a{number:05}"),
        name: format!("องค์การบริหารส่วนตำบลตัวอย่าง {shown}"),
        short_name: format!("อบต.ตัวอย่าง {shown}"),
        province: format!("ตัวอย่าง {}", thai(number % PROVINCES + 1)),
        years: LAST_YEAR - years as i16 + 1..=LAST_YEAR,
        number,
    }
}

/// A number in the digits in which agencies write.
pub(crate) fn thai(number: impl std::fmt::Display) -> String {
    Numerals::Thai.print(&number.to_string())
}

/// A day as agencies write it: `๒๗ กันยายน ๒๕๖๕`.
pub(crate) fn long(date: Date) -> String {
    date.long(Language::Thai, Numerals::Thai)
}

/// The mean of an instrument, unrounded.
pub(crate) fn mean(instrument: &RangeInclusive<usize>, scores: &[Score; 10]) -> Exact {
    Exact::mean(scores[instrument.clone()].iter().map(|score| Exact::from(*score))).unwrap_or(Exact::ZERO)
}

/// ส่วนราชการ, with telephone.
pub(crate) fn memo_office(agency: &Agency) -> String {
    format!("สำนักปลัด {} อ.ตัวอย่าง จ.ตัวอย่าง โทร {PHONE}", agency.name)
}

/// The agency's own site, on which its answers lie.
pub(crate) fn main_site(agency: &Agency) -> String {
    format!("https://{}.example.go.th/", agency.id)
}

impl Dice {
    fn of(agency: &Agency, year: FiscalYear) -> Self {
        let mut dice = Dice(SEED ^ agency.number << 16 ^ year.number() as u64);
        // Neighbouring seeds give neighbouring first numbers.
        dice.next();
        dice
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    fn day(&mut self, limit: usize) -> i8 {
        self.below(limit) as i8
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// So many different ones, in their order.
    fn some<T: Copy>(&mut self, count: usize, of: &[T]) -> Vec<T> {
        let mut kept: Vec<T> = of.to_vec();
        while kept.len() > count {
            kept.remove(self.below(kept.len()));
        }
        kept
    }

    fn some_of<T: Copy>(&mut self, counts: RangeInclusive<usize>, of: &[T]) -> Vec<T> {
        let count = counts.start() + self.below(1 + counts.end() - counts.start());
        self.some(count, of)
    }
}

/// Month of a fiscal year, from 0 for ตุลาคม of the calendar year before.
fn month(year: FiscalYear, index: usize) -> Month {
    let months = year.quarters().map(|quarter| quarter.from().month());
    let first = months[index / 3];
    // A quarter never spans two calendar years.
    Month::new(first.buddhist_year() - BUDDHIST_ERA, first.number() + (index % 3) as i8).unwrap_or(first)
}

/// Agencies differ by some thirty points, indicators of one agency by some ten. The two indicators that are made of items take only values
/// that items give.
fn scores(framework: &Framework, edition: u16, dice: &mut Dice) -> [Score; 10] {
    let standing = 6_200 + dice.below(3_000);
    let mut scores = [Score::ZERO; 10];
    for (index, score) in scores.iter_mut().enumerate() {
        let wanted = (standing + dice.below(1_000)).min(9_900);
        let outcomes = items::outcomes(index as u8 + 1, framework);
        let near = outcomes.and_then(|outcomes| outcomes.range(wanted as i64..).next());
        let near = near.and_then(|(value, _)| usize::try_from(*value).ok());
        let hundredths = near.unwrap_or(wanted) as u16 + if index == 0 { 100 * edition } else { 0 };
        *score = Score::from_hundredths(hundredths).unwrap_or(Score::FULL);
    }
    scores
}

/// 0.30, 0.30 and 0.40 of the unrounded means.
fn total(scores: &[Score; 10]) -> Exact {
    let weights = [30, 30, 40].map(|weight| Exact::ratio(weight, 100).unwrap_or(Exact::ZERO));
    let points = INSTRUMENTS.iter().zip(weights).map(|((_, of), weight)| mean(of, scores) * weight);
    points.fold(Exact::ZERO, |sum, part| sum + part)
}

fn level(total: Exact, scores: &[Score; 10], framework: &Framework) -> String {
    let reaches = |value: Exact, least: Score| value.hundredths() >= i64::from(least.hundredths());
    let all_reach = |least| INSTRUMENTS.iter().all(|(_, of)| reaches(mean(of, scores), least));
    let mut levels = framework.levels.iter();
    let level = levels.find(|level| reaches(total, level.total) && level.instruments.is_none_or(all_reach));
    level.map(|level| level.name.clone()).unwrap_or_default()
}

fn decided(agency: &Agency, year: FiscalYear, dice: &mut Dice) -> Decided {
    Decided {
        by: format!("การประชุมคณะผู้บริหารของ{}", agency.short_name),
        who: "คณะผู้บริหารและหัวหน้าส่วนราชการ",
        date: month(year, 11).day(8 + dice.day(12)).unwrap_or(year.last_day()),
    }
}

/// A paragraph, a table and a list, in which the data is named and not typed.
fn opening(dice: &mut Dice) -> String {
    let rows = INSTRUMENTS.map(|(code, _)| {
        let of = |field| format!("{{{{ instrument(\"{code}\").{field} }}}}");
        format!("| {} | {} | {} |", of("code"), of("name"), of("score"))
    });
    let methods = numbered(&dice.some(4, &words::METHODS));
    format!(
        "สำนักปลัด {{{{ agency.name }}}} ขอรายงานการวิเคราะห์ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ \
         ประจำปีงบประมาณ พ.ศ. {{{{ report.year }}}} ซึ่งมีผลคะแนน {{{{ report.total }}}} คะแนน ระดับ {{{{ report.level }}}} \
         ประกาศผลเมื่อวันที่ {{{{ report.announced }}}}\n\n\
         | แบบวัด | ชื่อแบบวัด | คะแนน |\n|---|---|---|\n{}\n\n## วิธีการวิเคราะห์\n{}\n\n{methods}",
        rows.join("\n"),
        dice.one(&words::CONSEQUENCES),
    )
}

fn closing(year: FiscalYear, dice: &mut Dice) -> String {
    let first = dice.one(&words::REMEDIES.each_ref()).id;
    format!(
        "## สรุป\nได้กำหนดมาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. {{{{ report.measures_year }}}} ขึ้น \
         เพื่อขับเคลื่อนการส่งเสริมคุณธรรมและความโปร่งใสภายใน{{{{ agency.name }}}} ให้มีประสิทธิภาพและประสิทธิผลมากยิ่งขึ้น \
         โดยเริ่มจากมาตรการ{{{{ measure(\"{first}\").title }}}} ซึ่งดำเนินการในช่วง {{{{ measure(\"{first}\").period }}}}\n\n{}\n\n\
         ## ข้อเสนอแนะในการพัฒนา\nจาก{{{{ decided.by }}}} เมื่อวันที่ {{{{ decided.date }}}} {{{{ decided.who }}}}ได้ร่วมกันพิจารณาเพื่อกำหนดมาตรการ \
         รายละเอียดปรากฏตาม[ตารางมาตรการ](/{year}/measures/) และ[ผลการดำเนินการ](/{year}/results/)\n\n{}",
        dice.some(2, &words::CLOSINGS).join(" "),
        dice.one(&words::FOLLOW_THROUGHS),
    )
}

fn analysis(nth: usize, scores: &[Score; 10], dice: &mut Dice) -> Analysis {
    let (code, indicators) = &INSTRUMENTS[nth];
    let lowest = indicators.clone().min_by_key(|index| scores[*index]).unwrap_or_default();
    let focus = lowest as u8 + 1;
    let topic = &words::TOPICS[lowest];
    let weaknesses = dice.some(2, &topic.weaknesses).join(" และ");
    let others = indicators.clone().filter(|index| *index != lowest).map(|index| {
        let of = |field| format!("{{{{ indicator({}).{field} }}}}", index + 1);
        let weakness = dice.one(&words::TOPICS[index].weaknesses);
        format!("- ตัวชี้วัดที่ {} {} ได้ {} คะแนน {weakness}", of("number"), of("name"), of("score"))
    });
    let others: Vec<String> = others.collect();
    let body = format!(
        "{}\n\n## ประเด็นที่ต้องแก้ไข/ปรับปรุง\nจากผลคะแนน {code} พบว่า มีประเด็นที่ต้องปรับปรุงการดำเนินการตามตัวชี้วัดที่ \
         {{{{ indicator({focus}).number }}}} {{{{ indicator({focus}).name }}}} ซึ่งได้ {{{{ indicator({focus}).score }}}} คะแนน \
         โดยเฉพาะในประเด็น {weaknesses} {}\n\n{}\n\n## การปรับปรุง\n{}\n\n{}",
        dice.one(&words::ANALYSIS_OPENINGS[nth]),
        dice.one(&words::CONSEQUENCES),
        others.join("\n"),
        dice.one(&words::FOLLOW_THROUGHS),
        numbered(&dice.some(3, &topic.improvements)),
    );
    Analysis { focus, body }
}

/// A list as a Thai keyboard numbers it.
pub(crate) fn numbered(items: &[&str]) -> String {
    let lines = items.iter().enumerate().map(|(index, item)| format!("{}. {item}", thai(index + 1)));
    lines.collect::<Vec<_>>().join("\n")
}

fn measure(agency: &Agency, year: FiscalYear, remedy: &'static words::Remedy, dice: &mut Dice) -> Measure {
    let (first, last) = (dice.below(5), 6 + dice.below(5));
    let month = |index| self::month(year.next(), index);
    let days = [month(first).day(5 + dice.day(20)), month(last).day(5 + dice.day(20))];
    let states = [State::Ongoing, dice.one(&[State::Done, State::Done, State::Done, State::Ongoing])];
    let done = dice.some(2, &remedy.done);
    let result = |nth: usize, people: usize| Progress {
        date: days[nth].unwrap_or(month(last).first_day()),
        state: states[nth],
        summary: format!("{} มีผู้เข้าร่วมและผู้ให้ความเห็น {} คน", done[nth], thai(people)),
        evidence: format!("{}evidence/{}/{}-{}", main_site(agency), year.next(), remedy.id, nth + 1),
    };
    let meeting = month(last).long(Language::Thai, Numerals::Thai);
    Measure {
        remedy,
        items: dice.some_of(2..=4, &remedy.items),
        steps: dice.some_of(3..=5, &remedy.steps),
        responsible: dice.one(&words::OFFICES),
        period: Period::new(Point::Month(month(first)), Point::Month(month(last)))
            .unwrap_or(year.next().period()),
        follow_up: format!("รายงานผลการดำเนินงานในการประชุม{} ประจำเดือน{meeting}", agency.short_name),
        results: [result(0, 12 + dice.below(30)), result(1, 25 + dice.below(120))],
    }
}

fn memo(agency: &Agency, dice: &mut Dice) -> Memo {
    let endorsements = words::ENDORSEMENTS
        .iter()
        .map(|(heading, position, texts)| (*heading, dice.one(texts), (*position).to_owned()));
    let endorsements = endorsements.collect();
    let middles = dice.some(3, &words::MEMO_MIDDLES).join("\n\n");
    let body = format!(
        "ตามที่ สำนักงานคณะกรรมการป้องกันและปราบปรามการทุจริตแห่งชาติ (สำนักงาน ป.ป.ช.) ได้ดำเนินการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ \
         ประจำปีงบประมาณ พ.ศ. {{{{ report.year }}}} และได้ประกาศผลการประเมินแล้ว โดย{{{{ agency.name }}}} มีผลคะแนน {{{{ report.total }}}} คะแนน \
         ระดับผลการประเมินอยู่ในระดับ {{{{ report.level }}}} นั้น\n\n{middles}\n\n\
         สำนักปลัดจึงขอรายงานการวิเคราะห์ผลการประเมิน และได้กำหนดมาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. {{{{ report.measures_year }}}} \
         รายละเอียดปรากฏตามเอกสารแนบมาพร้อมนี้\n\nจึงเรียนมาเพื่อโปรดทราบและพิจารณา"
    );
    Memo {
        number: format!("ตย {}/{}", thai(70_000 + agency.number), thai(100 + dice.below(900))),
        subject: "รายงานการวิเคราะห์ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงาน และมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน".to_owned(),
        endorsements,
        body,
    }
}

/// One for every item that the year is known to have; none for a year without a list.
fn answers(
    agency: &Agency,
    year: FiscalYear,
    framework: &Framework,
    dice: &mut Dice,
) -> Vec<(ItemCode, Answer)> {
    let answer =
        |(group, code, item): (&prongsai::framework::Group, ItemCode, &prongsai::framework::Item)| {
            let own = framework.roles.as_ref().and_then(|roles| own_pages(agency, year, roles, code));
            let answer = own.map_or_else(
                || answer(agency, year, code, group.name.as_deref(), &item.title, dice),
                |own| Answer::Links(own, None),
            );
            (code, answer)
        };
    framework.items().map(answer).collect()
}

/// The two items that an agency answers with pages of this very site, where it has the year that they speak of.
fn own_pages(
    agency: &Agency,
    year: FiscalYear,
    roles: &Roles,
    code: ItemCode,
) -> Option<Vec<(String, Vec<String>)>> {
    let before = year.previous();
    let has_before = agency.years.contains(&before.number());
    let path = |name: &str| ["หน้าแรก", "ITA", name].map(str::to_owned).to_vec();
    let link = |page: &str, name| (format!("/{before}/{page}"), path(name));
    match code {
        _ if !has_before => None,
        _ if roles.analysis == Some(code) => {
            Some(vec![link("", "รายงานการวิเคราะห์"), link("measures/", "มาตรการ")])
        }
        _ if roles.results == Some(code) => Some(vec![link("results/", "ผลการดำเนินการ")]),
        _ => None,
    }
}

fn answer(
    agency: &Agency,
    year: FiscalYear,
    code: ItemCode,
    group: Option<&str>,
    title: &str,
    dice: &mut Dice,
) -> Answer {
    let path = || ["หน้าแรก", group.unwrap_or("การเปิดเผยข้อมูลสาธารณะ"), title].map(str::to_owned).to_vec();
    let link = |page: &str| {
        (format!("{}ita/{year}/{}{page}", main_site(agency), code.to_string().to_lowercase()), path())
    };
    match dice.below(12) {
        0 => Answer::None(dice.one(&words::NOTHING_TO_DISCLOSE)),
        1 | 2 => Answer::Links(vec![link("/1"), link("/2")], None),
        3 | 4 => Answer::Links(vec![link("")], Some(dice.one(&words::NOTES))),
        _ => Answer::Links(vec![link("")], None),
    }
}

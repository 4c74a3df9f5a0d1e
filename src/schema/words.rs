//! What each key of each file means, as an officer is told while typing. A test holds the table to what the readers ask for.

use super::prescribed::Listed;
use crate::finding::Explained;

/// What a key means.
#[derive(Debug)]
pub(super) struct Word {
    /// The records that have the key, as the code calls them.
    pub(super) records: &'static [&'static str],
    pub(super) key: &'static str,
    pub(super) description: Explained,
    /// Two at least or none: a language server inserts a single one unasked.
    pub(super) examples: &'static [&'static str],
    /// What of it a year lists.
    pub(super) listed: Option<Listed>,
}

/// What a key of a record means.
pub(super) fn of(record: &str, key: &str) -> Option<&'static Word> {
    WORDS
        .iter()
        .find(|word| word.key == key && (word.records.contains(&record) || word.records == EVERY_FILE))
}

/// Records of [`ACCEPT`], which every file may hold.
const EVERY_FILE: &[&str] = &[];

/// Declares the keys of records, each in Thai and English, perhaps with examples and with what a year lists.
macro_rules! words {
    ($($records:tt { $($key:ident: $th:literal, $en:literal $(, [$($example:literal),*])? $(, $listed:ident)?;)* })*) => {
        /// Every key, record by record.
        pub(super) const WORDS: &[Word] = &[$($(Word {
            records: words!(@records $records),
            key: stringify!($key),
            description: Explained { th: $th, en: $en },
            examples: words!(@examples $([$($example),*])?),
            listed: words!(@listed $($listed)?),
        }),*),*];
    };
    (@records [$($record:ident)*]) => { &[$(stringify!($record)),*] };
    (@examples) => { &[] };
    (@examples [$($example:literal),*]) => { &[$($example),*] };
    (@listed) => { None };
    (@listed $listed:ident) => { Some(Listed::$listed) };
}

words! {
    [] {
        accept: "สิ่งที่โปรแกรมตรวจพบในไฟล์นี้ซึ่งหน่วยงานทราบและยืนยันให้คงไว้ พร้อมเหตุผลที่จะแสดงบนเว็บไซต์",
                "findings about this file that are known and stay, each with a reason that is printed";
    }
    [Acceptance] {
        code: "รหัสของสิ่งที่ตรวจพบ ตามที่คำสั่ง prongsai check แสดง", "the code of the finding, as `prongsai check` shows it",
              ["chain/period-outside-year", "score/total-mismatch"];
        reason: "เหตุผลที่คงไว้ จะแสดงข้างข้อมูลนั้นบนเว็บไซต์", "why it stays; printed beside the figure",
                ["ตามบันทึกข้อความต้นฉบับ", "ตามประกาศของสำนักงาน ป.ป.ช."];
    }
    [Settings] {
        agency: "หน่วยงานเจ้าของเว็บไซต์ ใช้เมื่อเว็บไซต์มีหน่วยงานเดียว", "the agency, where the site has one";
        portal: "หน่วยงานที่ดูแลเว็บไซต์ซึ่งรวมหลายหน่วยงาน ใช้แทน agency", "the office behind a site of many agencies, in place of `agency`";
        base_url: "ที่อยู่ที่จะเผยแพร่เว็บไซต์นี้ ใช้ในแผนผังเว็บไซต์และตารางตอบในระบบ ITAS",
                  "where the site will stand on the web, for the sitemap and the ITAS sheet";
        numerals: "ตัวเลขของข้อมูลบนหน้าเว็บ: thai เลขไทย, arabic เลขอารบิก (ปกติ thai)",
                  "digits of data on web pages: `thai` or `arabic` (default `thai`)";
        personal_names: "ชื่อบุคคลบนเว็บไซต์: shown แสดง, positions แสดงเฉพาะตำแหน่ง (ปกติ shown)",
                        "names of persons: `shown`, or `positions` alone (default `shown`)";
        language: "ภาษาของถ้อยคำที่โปรแกรมแสดงบนหน้าเว็บ: th ไทย, en อังกฤษ (ปกติ th)",
                  "language of the words that the theme prints itself (default `th`)";
        moved: "หน้าที่ย้ายที่อยู่แล้ว ที่อยู่เดิม: ที่อยู่ใหม่ ผู้ที่เปิดที่อยู่เดิมจะพบลิงก์ไปที่อยู่ใหม่",
               "addresses that were published once and where their content is now";
        theme: "ชื่อโฟลเดอร์ของแม่แบบใน themes เว้นว่างเพื่อใช้แม่แบบของโปรแกรม", "folder of a theme below `themes/`; the built-in one without it";
    }
    [Settings Agency] {
        main_site: "เว็บไซต์หลักของหน่วยงาน ซึ่งผู้ประเมินเริ่มกดจากหน้าแรก", "the agency's main site, where the assessor's click path starts";
    }
    [Portal] {
        name: "ชื่อเต็มของหน่วยงานที่ดูแลเว็บไซต์", "the full name of the office",
              ["สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดตัวอย่าง", "องค์การบริหารส่วนจังหวัดตัวอย่าง"];
        short_name: "ชื่อย่อของหน่วยงานที่ดูแลเว็บไซต์", "its short name", ["สถจ.ตัวอย่าง", "อบจ.ตัวอย่าง"];
    }
    [Profile Agency] {
        name: "ชื่อเต็มของหน่วยงาน ใช้ตรวจการสะกดชื่อหน่วยงานในทุกไฟล์", "the full name; every other spelling in the files is checked against it",
              ["องค์การบริหารส่วนตำบลตัวอย่าง", "เทศบาลตำบลตัวอย่าง"];
        short_name: "ชื่อย่อ ขึ้นต้นด้วยประเภทของหน่วยงาน", "kind and proper name, as people say it", ["อบต.ตัวอย่าง", "ทต.ตัวอย่าง"];
        address: "ที่ตั้งสำนักงาน ไม่ใช่ที่อยู่ส่วนตัว", "address of the office, not a private one",
                 ["๑ หมู่ที่ ๑ ตำบลตัวอย่าง อำเภอตัวอย่าง จังหวัดตัวอย่าง", "อำเภอตัวอย่าง จังหวัดตัวอย่าง"];
        phone: "โทรศัพท์ของสำนักงาน ไม่ใช่หมายเลขส่วนตัว", "telephone of the office, not a private one", ["๐-๔๔๐๐-๐๐๐๐", "044-000000"];
        email: "อีเมลของสำนักงาน ไม่ใช่อีเมลส่วนตัว", "e-mail of the office's registry, not a private one", ["saraban@example.go.th", "ita@example.go.th"];
        former_names: "ชื่อเดิมของหน่วยงาน รายงานของปีก่อนจะแสดงชื่อของปีนั้น", "names that earlier rounds carry";
        kind: "ประเภทของหน่วยงาน เว้นว่างได้ โปรแกรมอ่านจากคำนำหน้าชื่อย่อ", "the kind of agency; read from the short name if left out";
        map: "แผนที่หรือรูปแผนที่ไปสำนักงาน", "a map of how to get there", ["files/map.png", "https://maps.example.go.th/"];
        seal: "ตราของหน่วยงานที่ส่วนหัวของหน้าเว็บ วางไฟล์ไว้ใน content/files", "the agency's seal in the page header", ["files/seal.png", "files/seal.svg"];
        garuda: "รูปครุฑของบันทึกข้อความ ใช้เฉพาะในบันทึกข้อความ", "the garuda of the memo; never used as a logo", ["files/garuda.png", "files/garuda.svg"];
        licence: "สัญญาอนุญาตของข้อมูล แสดงในหน้าเกี่ยวกับเว็บไซต์ เว้นว่างถ้าหน่วยงานยังไม่ได้กำหนด",
                 "under which the data may be used, for the page about the site; only the agency can say";
    }
    [Licence] {
        name: "ชื่อสัญญาอนุญาต", "the name of the licence", ["สัญญาอนุญาตข้อมูลเปิดของหน่วยงาน", "Creative Commons Attribution 4.0"];
        url: "ลิงก์ของข้อความฉบับเต็ม", "where its text can be read", ["https://www.example.go.th/licence", "files/licence.pdf"];
    }
    [Profile] {
        province: "จังหวัด", "province", ["บุรีรัมย์", "กาญจนบุรี"];
        district: "อำเภอ", "district", ["เมืองบุรีรัมย์", "บ้านโป่ง"];
    }
    [Agency] {
        province: "จังหวัด ใช้จัดกลุ่มหน่วยงานบนหน้าแรก", "province, by which the front page groups agencies", ["บุรีรัมย์", "กาญจนบุรี"];
        district: "อำเภอ ใช้จัดกลุ่มหน่วยงานบนหน้าแรก", "district, by which the front page groups agencies", ["เมืองบุรีรัมย์", "บ้านโป่ง"];
    }
    [FormerName] {
        until: "ปีสุดท้ายที่ถูกประเมินในชื่อนี้", "the last assessed year that carries the name";
        name: "ชื่อเต็มเดิม", "the full name then", ["สภาตำบลตัวอย่าง", "สุขาภิบาลตัวอย่าง"];
        short_name: "ชื่อย่อเดิม", "the short name then", ["สต.ตัวอย่าง", "อบต.ตัวอย่าง"];
    }
    [MainSite] {
        url: "หน้าแรกของเว็บไซต์หลัก", "its front page", ["https://www.example.go.th/", "https://example.go.th/"];
        path: "เมนูที่ต้องกดจากหน้าแรกของเว็บไซต์หลักมาถึงเว็บไซต์นี้ คั่นด้วย >", "menu names from there to this site's front page, with > between",
              ["หน้าแรก > ITA", "หน้าแรก > การประเมิน ITA > รายงานผล"];
    }
    [Scores] {
        fiscal_year: "ปีที่ถูกประเมิน ตรงกับชื่อโฟลเดอร์", "the assessed year, which is the name of the folder";
        assessor: "ผู้ให้คะแนน: nacc สำนักงาน ป.ป.ช., internal หน่วยงานประเมินตนเอง, average ค่าเฉลี่ยของหลายหน่วยงาน (ปกติ nacc)",
                  "who assessed: `nacc`, `internal` (the agency itself) or `average` of agencies (default `nacc`)";
        announced: "ผลการประเมินตามที่ประกาศ", "the result as announced";
        indicators: "คะแนนรายตัวชี้วัด เลขตัวชี้วัด: คะแนน คะแนนที่ยังไม่ทราบให้เว้นว่างไว้ ไม่ต้องใส่ศูนย์",
                    "score by indicator number; leave empty what is not known, never zero", Indicators;
        instruments: "คะแนนรายแบบวัดเต็ม 100 ตามที่ประกาศ", "announced score of each instrument, out of 100", Instruments;
        weighted: "คะแนนถ่วงน้ำหนักรายแบบวัด (30/30/40) ถ้าประกาศในรูปนี้", "the weighted form (30/30/40), where that is what was announced", Instruments;
        parts: "คะแนนของแต่ละส่วนในแบบวัดเดียว เช่น EIT ส่วนที่ ๑ และส่วนที่ ๒ (ตั้งแต่ปี 2566)",
               "announced parts of one instrument, such as the two of EIT from 2566", Instruments;
        items: "คะแนนรายข้อ OIT ตามที่ประกาศ ข้อละ 0 หรือ 100", "announced score of OIT items, 0 or 100 each", Items;
    }
    [Announced] {
        total: "คะแนนรวมตามที่ประกาศ", "the announced total";
        level: "ระดับตามที่ประกาศ", "the announced level", Levels;
        date: "วันที่ประกาศผล", "the day of the announcement";
        source: "ลิงก์ของประกาศผล", "where the announcement can be seen", ["https://www.example.go.th/announcement", "files/announcement.pdf"];
    }
    [AnalysisFile] {
        focus: "เลขตัวชี้วัดที่ต้องมีมาตรการแก้ไข ถ้าเป็น [] โปรแกรมใช้ตัวชี้วัดที่ได้คะแนนต่ำที่สุดของแบบวัดนี้",
               "the indicators that need measures; the instrument's lowest one where there are none";
    }
    [NarrativeFile] {
        title: "ชื่อหน้า เว้นว่างได้ยกเว้นหน้าใน pages", "the title of the page; required below `pages/`",
               ["ช่องทางแจ้งเรื่องร้องเรียนการทุจริต", "นโยบายไม่รับของขวัญ"];
        date: "วันที่ของเอกสาร", "the day of the document";
        updated: "วันที่ปรับปรุงล่าสุด เว้นว่างได้ โปรแกรมใช้วันที่ล่าสุดในข้อมูล", "when it last changed; the newest date in the data if left out";
        office: "สำนักหรือกองที่จัดทำ", "the division that owns the text", ["สำนักปลัด", "กองคลัง"];
        files: "เอกสารแนบที่แสดงใต้เนื้อความ เช่น ฉบับลงนาม", "attachments under the text, such as the signed scan",
               ["files/report.pdf", "files/scan.pdf"];
        menu: "ชื่อสั้นในเมนู ใช้กับหน้าใน pages", "shorter name in the menu, for pages", ["ร้องเรียนการทุจริต", "ไม่รับของขวัญ"];
        order: "ลำดับในเมนู ใช้กับหน้าใน pages", "place in the menu, for pages", ["1", "2"];
    }
    [MeasurePlan] {
        fiscal_year: "ปีที่ดำเนินการตามมาตรการ คือปีถัดจากชื่อโฟลเดอร์", "the year in which the measures take place: the one after the folder's";
        decided: "การประชุมหรือคำสั่งที่กำหนดมาตรการ", "the decision that set the measures";
        measures: "มาตรการ หนึ่งมาตรการเริ่มที่เครื่องหมาย - และเป็นหนึ่งแถวของตาราง", "the measures, one for each row of the table";
    }
    [Decided] {
        by: "การประชุมหรือคำสั่งที่กำหนดมาตรการ แสดงต่อจากคำว่า จาก", "meeting or order; printed after จาก",
            ["การประชุมองค์การบริหารส่วนตำบลตัวอย่าง", "คำสั่งองค์การบริหารส่วนตำบลตัวอย่าง ที่ ๑/๒๕๖๖"];
        who: "ผู้ร่วมพิจารณา", "who took part", ["คณะผู้บริหารและเจ้าหน้าที่", "คณะทำงานขับเคลื่อน ITA"];
        evidence: "หลักฐาน เช่น รายงานการประชุม", "minutes", ["files/minutes.pdf", "files/order.pdf"];
        date: "วันที่กำหนดมาตรการ ต้องไม่หลังวันที่ของบันทึกข้อความ", "the day of the decision; not after the memo's";
    }
    [MeasureEntry] {
        id: "ชื่อของมาตรการในที่อยู่หน้าเว็บ เมื่อเผยแพร่ผลแล้วไม่ควรเปลี่ยน เว้นว่างได้ โปรแกรมใช้ m1, m2 ตามลำดับ",
            "what the measure is called in addresses; give one as soon as results are published (default `m1`, `m2` by place)";
        title: "ชื่อสั้นของมาตรการในตารางสรุป เว้นว่างได้ โปรแกรมใช้ข้อแรกของ measure", "short name in overviews; the first item of `measure` if left out",
               ["ช่องทางร้องเรียน", "คู่มือการให้บริการ"];
        addresses: "เลขตัวชี้วัดที่มาตรการนี้แก้ไข เช่น [5, 8]", "the indicators that the measure answers to, such as [5, 8]", Indicators;
        measure: "มาตรการหรือแนวทาง หลายข้อให้พิมพ์ ๑. ๒. ต่อจากเครื่องหมาย |", "มาตรการ/แนวทาง; several items as ๑. ๒. below `|`",
                 ["จัดทำคู่มือรับเรื่องร้องเรียนการทุจริต", "จัดให้มีช่องทางการร้องเรียนผ่านทางเว็บไซต์ของหน่วยงาน"];
        steps: "วิธีการดำเนินการ หลายข้อให้พิมพ์ ๑. ๒. ต่อจากเครื่องหมาย |", "วิธีการดำเนินการ; several items as ๑. ๒. below `|`",
               ["แต่งตั้งคณะทำงาน", "ประชุมชี้แจงบุคลากร"];
        responsible: "ผู้รับผิดชอบ หลายหน่วยงานให้พิมพ์บรรทัดละชื่อ หรือ [สำนักปลัด, กองคลัง]", "who is responsible; several as [สำนักปลัด, กองคลัง] or one a line",
                     ["สำนักปลัด", "ทุกกอง/สำนัก"];
        period: "ระยะเวลาดำเนินการ ต้องอยู่ในปีงบประมาณของไฟล์นี้", "when it is done; within the fiscal year of the file";
        follow_up: "การติดตามผล ควรระบุเดือนและปี ซึ่งต้องไม่ก่อนสิ้นสุดระยะเวลาดำเนินการ",
                   "how it is followed up; the month that it names must not lie before the end of the period",
                   ["รายงานผลการดำเนินงานในการประชุมประจำเดือนมีนาคม ๒๕๖๖", "รายงานผู้บริหารภายใน ๓๑ มี.ค. ๒๕๖๖"];
        results: "ผลการดำเนินการ เพิ่มระหว่างปีเมื่อได้ดำเนินการ", "what was done, added through the year";
    }
    [Progress] {
        date: "วันที่รายงานผล", "when it was reported";
        status: "สถานะ: เสร็จแล้ว, กำลังดำเนินการ, ยังไม่ดำเนินการ หรือ ยกเลิก", "how far it is: `done`, `ongoing`, `planned` or `cancelled`";
        of: "เลขข้อของ measure ที่รายงานนี้กล่าวถึง เช่น [1] เว้นว่างถ้ากล่าวถึงทุกข้อ", "the items of `measure` that it reports on, such as [1]; all without it";
        summary: "สิ่งที่ได้ดำเนินการ", "what was done", ["จัดทำคู่มือและเผยแพร่ทางเว็บไซต์ของหน่วยงานแล้ว", "ประชุมชี้แจงบุคลากรแล้ว"];
        evidence: "หลักฐาน วางไฟล์ไว้ในโฟลเดอร์ files ของปีนี้ ต้องมีเมื่อเสร็จแล้ว", "evidence; expected once it is done", ["files/manual.pdf", "files/photos.pdf"];
    }
    [MemoFile] {
        office: "ส่วนราชการ ทั้งบรรทัดพร้อมหมายเลขโทรศัพท์ แสดงตามที่พิมพ์", "the whole line after ส่วนราชการ, printed as it is",
                ["สำนักปลัด องค์การบริหารส่วนตำบลตัวอย่าง โทร ๐-๔๔๐๐-๐๐๐๐", "กองคลัง เทศบาลตำบลตัวอย่าง"];
        number: "เลขที่หนังสือ ข้อความต่อจากคำว่า ที่", "the line after ที่";
        date: "วันที่ของบันทึกข้อความ", "the day of the memo";
        subject: "เรื่อง ไม่ต้องพิมพ์คำว่า เรื่อง", "without the word เรื่อง",
                 ["รายงานการวิเคราะห์ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. ๒๕๖๕", "รายงานผลการดำเนินการตามมาตรการ"];
        to: "ผู้รับ ไม่ต้องพิมพ์คำว่า เรียน", "without the word เรียน", ["นายกองค์การบริหารส่วนตำบลตัวอย่าง", "นายกเทศมนตรีตำบลตัวอย่าง"];
        signed_by: "ผู้ลงนาม", "who signed";
        endorsements: "ความเห็นและข้อสั่งการ เรียงตามลำดับในบันทึกข้อความ", "comments and orders, in the order of the memo";
        files: "เอกสารแนบ เช่น ฉบับลงนามที่สแกน", "attachments, such as the signed scan", ["files/memo.pdf", "files/scan.pdf"];
    }
    [Signatory] {
        name: "ชื่อและนามสกุล ไม่ต้องใส่วงเล็บ", "the bare name; pages add the parentheses", ["นายตัวอย่าง ใจดี", "นางสาวตัวอย่าง รักงาน"];
        position: "ตำแหน่ง", "the position", ["นักจัดการงานทั่วไปชำนาญการ", "หัวหน้าสำนักปลัด"];
    }
    [Endorsement] {
        heading: "หัวข้อ", "the heading", ["ความเห็นของหัวหน้าสำนักปลัด", "ข้อพิจารณา/ข้อสั่งการ"];
        text: "ข้อความ เว้นว่างจะแสดงเป็นเส้นประสองบรรทัด", "the text; two dotted lines without it", ["เห็นชอบ", "ทราบ ดำเนินการตามเสนอ"];
        name: "ชื่อและนามสกุล ไม่ต้องใส่วงเล็บ", "the bare name; pages add the parentheses", ["นายตัวอย่าง ใจดี", "นางสาวตัวอย่าง รักงาน"];
        position: "ตำแหน่ง", "the position", ["ปลัดองค์การบริหารส่วนตำบลตัวอย่าง", "นายกองค์การบริหารส่วนตำบลตัวอย่าง"];
        date: "วันที่ลงนาม", "the day of the signature";
    }
    [Disclosure] {
        fiscal_year: "ปีของรอบการประเมิน ตรงกับชื่อโฟลเดอร์", "the year of the round, which is the name of the folder";
        answers_for: "ข้อที่ตอบบนเว็บไซต์นี้: all ทุกข้อ หรือรายการรหัสข้อ เว้นว่างถ้าตอบเฉพาะข้อที่ว่าด้วยการวิเคราะห์ มาตรการ และผลการดำเนินการ",
                     "the items that this site answers: `all`, or their codes; without it only those of the analysis and its results", Items;
        items: "คำตอบรายข้อ รหัสข้อ: ลิงก์ ข้อที่ยังไม่มีคำตอบให้เว้นว่างไว้", "answer by item code; empty while it is open", Items;
    }
    [LinkWithLabel] {
        to: "ปลายทาง", "where it leads";
        label: "ข้อความของลิงก์", "its text", ["คู่มือรับเรื่องร้องเรียนการทุจริต", "รายงานการประชุม"];
        path: "เมนูที่ต้องกดจากหน้าแรกของเว็บไซต์หลัก คั่นด้วย >", "the click path from the main site's front page, with > between",
              ["หน้าแรก > ข้อมูลพื้นฐาน > โครงสร้าง", "หน้าแรก > บริการประชาชน > E-Service"];
    }
    [LinksWithNote] {
        links: "ลิงก์ของคำตอบ หลายลิงก์ให้ขึ้นบรรทัดละลิงก์ด้วยเครื่องหมาย -", "the links of the answer, one or several";
        note: "คำอธิบายประกอบคำตอบ", "a note beside the links", ["ดูหน้า ๓ ของเอกสาร", "ข้อมูล ณ วันที่ ๓๑ มีนาคม ๒๕๖๖"];
    }
    [NoAnswer] {
        none: "เหตุผลที่หน่วยงานไม่มีข้อมูลของข้อนี้", "why the agency has none", ["อยู่ระหว่างจัดทำ", "หน่วยงานไม่มีภารกิจนี้"];
    }
    [Ends] {
        from: "วันหรือเดือนที่เริ่ม", "the day or month in which it begins";
        to: "วันหรือเดือนที่สิ้นสุด", "the day or month in which it ends";
    }
    [FollowUpWithDate] {
        text: "การติดตามผล", "how it is followed up", ["รายงานผลในการประชุมประจำเดือน", "รายงานผู้บริหาร"];
        date: "วันหรือเดือนที่ติดตามผล เว้นว่างได้ถ้าระบุไว้ในข้อความ", "when; the last month that the text names if left out";
    }
    [File] {
        fiscal_year: "ปีของเกณฑ์ ตรงกับชื่อไฟล์", "the year, which is the name of the file";
        extends: "ปีก่อนหน้าที่ใช้เป็นฐาน หัวข้อที่ไม่ได้เขียนจะเหมือนปีนั้น", "an earlier year, of which everything holds that is not given here";
        sure: "ความมั่นใจของข้อมูลในไฟล์: V อ่านจากเอกสาร, D คำนวณย้อนแล้วตรงกัน, I เทียบเคียงจากปีอื่น",
              "how sure the entries are: `V` read, `D` recomputed, `I` inferred";
        instruments: "แบบวัดตามลำดับที่แสดง", "the instruments in the order shown";
        indicators: "ตัวชี้วัดตามลำดับที่แสดง", "the indicators in the order shown";
        levels: "ระดับผลการประเมิน จากสูงไปต่ำ", "the levels from the highest to the lowest";
        pass: "คะแนนรวมที่ถือว่าผ่าน", "the total from which an agency passes", ["85", "๘๕"];
        groups: "ตัวชี้วัดย่อยของ OIT และข้อในแต่ละตัวชี้วัดย่อย", "sub-indicators of OIT with their items";
        items_total: "จำนวนข้อ OIT ทั้งหมดของปี", "how many items the year has", ["43", "35"];
        items_total_sure: "ความมั่นใจของจำนวนข้อ: V, D หรือ I", "how sure `items_total` is";
        item_weight: "วิธีรวมคะแนนรายข้อเป็นคะแนนตัวชี้วัด เว้นว่างถ้าไม่ทราบ", "how items make indicators; leave out if not known";
        item_weight_sure: "ความมั่นใจของวิธีรวมคะแนน: V, D หรือ I", "how sure `item_weight` is";
        roles: "ข้อที่ว่าด้วยการวิเคราะห์และผลการดำเนินการ", "the items of the analysis and of its results";
        components: "เนื้อหาที่การวิเคราะห์ต้องมี", "what the analysis has to contain";
    }
    [Instrument] {
        code: "รหัสแบบวัด", "the code of the instrument", ["IIT", "EIT", "OIT"];
        weight: "น้ำหนักเป็นร้อยละ รวมทุกแบบวัดต้องได้ 100", "in per cent; all together make 100", ["30", "40"];
    }
    [Instrument Indicator] {
        name: "ชื่อเต็ม", "the full name", ["การปฏิบัติหน้าที่", "การเปิดเผยข้อมูล"];
        name_en: "ชื่อภาษาอังกฤษของสำนักงาน ป.ป.ช.", "the NACC's English name", ["Performance of Duties", "Data Disclosure"];
        aliases: "ชื่ออื่นที่ยอมรับในเนื้อความ", "other names that prose may use", ["การใช้งบประมาณ", "การป้องกันการทุจริต"];
    }
    [Indicator] {
        number: "เลขตัวชี้วัด", "the number of the indicator", ["1", "10"];
        instrument: "รหัสแบบวัดที่ตัวชี้วัดนี้อยู่", "the code of its instrument", ["IIT", "OIT"];
    }
    [Level] {
        name: "ชื่อระดับตามประกาศ", "as it is announced", ["ผ่านดี", "A"];
        total: "คะแนนรวมต่ำสุดของระดับนี้", "the lowest total that has it", ["85", "95"];
        instruments: "คะแนนต่ำสุดที่ทุกแบบวัดต้องได้ด้วย", "the lowest score that every instrument must have as well", ["85", "95"];
    }
    [Group] {
        id: "เลขตัวชี้วัดย่อย", "the number of the sub-indicator", ["9.1", "10.2"];
        indicator: "เลขตัวชี้วัดที่ตัวชี้วัดย่อยนี้อยู่", "the indicator that it belongs to", ["9", "10"];
        name: "ชื่อตัวชี้วัดย่อย", "its name", ["ข้อมูลพื้นฐาน", "มาตรการภายในเพื่อป้องกันการทุจริต"];
        items: "ข้อ OIT รหัสข้อ: ชื่อข้อ", "the items: code and title";
    }
    [TaggedItem] {
        title: "ชื่อข้อ", "the official title", ["โครงสร้างหน่วยงาน", "ข้อมูลการติดต่อ"];
    }
    [Roles] {
        analysis: "ข้อที่ว่าด้วยการวิเคราะห์ผลและมาตรการ", "the item of the analysis and the measures";
        results: "ข้อที่ว่าด้วยผลการดำเนินการตามมาตรการ", "the item of what was done";
        results_from: "ผลของมาตรการปีใด: same ปีเดียวกับรอบ, previous ปีก่อนหน้า (ปกติ same)", "whose measures the results are of: `same` year or `previous` one (default `same`)";
    }
    [Component] {
        id: "ชื่ออ้างอิงภาษาอังกฤษ", "a name for findings", ["weakness", "improvement"];
        title: "เนื้อหาที่ต้องมี ตามถ้อยคำของเกณฑ์", "as the framework words it", ["ประเด็นที่เป็นข้อบกพร่องหรือจุดอ่อน", "ประเด็นที่จะต้องพัฒนาให้ดีขึ้น"];
        shown_by: "สิ่งที่แสดงเนื้อหานี้", "what shows it";
    }
    [ShownBy] {
        heading: "หัวข้อในบทวิเคราะห์ที่ขึ้นต้นด้วยคำเหล่านี้", "a heading of an analysis that begins with one of these", ["จุดอ่อน", "การปรับปรุง"];
        measures: "รายการของมาตรการที่กรอกแล้ว", "a filled key of the measures", ["measure", "follow_up"];
    }
    [Instrument Indicator Level Group TaggedItem Roles Component] {
        sure: "ความมั่นใจของข้อมูลนี้: V, D หรือ I เว้นว่างถ้าเหมือนทั้งไฟล์", "how sure this entry is; as the file if left out";
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::form::{Form, Kind, RecordForm};
    use std::collections::BTreeSet;

    /// A record and those below it, with each of their keys and its form.
    fn keys<'f>(record: &'f RecordForm, all: &mut Vec<(&'static str, &'static str, &'f Form)>) {
        for key in &record.keys {
            all.push((record.name, key.key, &key.form));
            below(&key.form, all);
        }
    }

    fn below<'f>(form: &'f Form, all: &mut Vec<(&'static str, &'static str, &'f Form)>) {
        match form {
            Form::Value(_) => {}
            Form::List(form) | Form::Map(_, form) => below(form, all),
            Form::Record(record) => keys(record, all),
            Form::Either(forms) => forms.iter().for_each(|form| below(form, all)),
        }
    }

    fn documents() -> Vec<RecordForm> {
        super::super::ALL.iter().map(|kind| (kind.form)()).collect()
    }

    #[test]
    fn every_key_has_a_description_and_none_is_left_over() {
        let documents = documents();
        let mut asked = Vec::new();
        documents.iter().for_each(|document| keys(document, &mut asked));
        for (record, key, _) in &asked {
            assert!(of(record, key).is_some(), "{record}.{key} has no description");
        }
        let asked: BTreeSet<(&str, &str)> = asked.iter().map(|(record, key, _)| (*record, *key)).collect();
        for word in WORDS {
            let is_known = |record: &&str| asked.contains(&(*record, word.key));
            assert!(word.records.iter().all(is_known), "{:?} has no {}", word.records, word.key);
            let twice = WORDS.iter().filter(|other| other.key == word.key);
            let twice: Vec<&&str> = twice.flat_map(|other| other.records).collect();
            assert_eq!(
                twice.iter().collect::<BTreeSet<_>>().len(),
                twice.len(),
                "{} is told twice",
                word.key
            );
        }
    }

    #[test]
    fn descriptions_are_in_both_languages() {
        for Word { key, description: Explained { th, en }, .. } in WORDS {
            assert!(th.contains(|sign| ('ก'..='ฮ').contains(&sign)), "{key}: {th}");
            assert!(en.contains(|sign: char| sign.is_ascii_lowercase()), "{key}: {en}");
            assert!(th.trim() == *th && en.trim() == *en && !en.ends_with('.'), "{key}");
        }
    }

    #[test]
    fn texts_have_two_examples_or_none() {
        let documents = documents();
        let mut asked = Vec::new();
        documents.iter().for_each(|document| keys(document, &mut asked));
        for (record, key, form) in asked {
            let Some(word) = of(record, key) else { continue };
            assert_ne!(word.examples.len(), 1, "{record}.{key}");
            let is_text = matches!(form, Form::Value(Kind::Text));
            let is_listed = word.listed.is_some() || ["theme"].contains(&key);
            assert!(!is_text || is_listed || !word.examples.is_empty(), "{record}.{key} has no example");
        }
    }
}

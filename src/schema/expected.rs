//! What belongs at a place, in words, for whoever typed something else; and examples of it.

use crate::finding::Explained;
use crate::language::Language;
use crate::parse::form::{Kind, Rule, Way};

/// What a place takes, to be said where something else stands.
pub(super) fn place(kinds: &[&Kind], takes_list: bool, takes_map: bool, language: Language) -> String {
    let mut names: Vec<String> = kinds.iter().map(|kind| self::kind(kind, language)).collect();
    let list = Explained { th: "รายการย่อย (- …)", en: "a list (- …)" };
    let map = Explained {
        th: "รายการที่มีชื่อ (ชื่อ: ค่า)", en: "a map (`key: value`)"
    };
    names.extend(takes_list.then(|| list.in_language(language).to_owned()));
    names.extend(takes_map.then(|| map.in_language(language).to_owned()));
    match language {
        Language::Thai => format!("ตรงนี้ต้องเป็น{}", names.join(" หรือ")),
        Language::English => format!("{} belongs here", names.join(" or ")),
    }
}

fn kind(kind: &Kind, language: Language) -> String {
    let Explained { th, en } = match kind {
        Kind::Text => Explained { th: "ข้อความ", en: "a text" },
        Kind::Score => Explained {
            th: "คะแนน 0–100 ทศนิยมไม่เกิน ๒ ตำแหน่ง เช่น 86.92 หรือ ๘๖.๙๒",
            en: "a score from 0 to 100 with at most two decimals, such as 86.92 or ๘๖.๙๒",
        },
        Kind::ItemScore => Explained { th: "คะแนน 0 หรือ 100", en: "a score of 0 or 100" },
        Kind::Whole(_) => Explained {
            th: "จำนวนเต็ม เช่น 5 หรือ ๕", en: "a whole number, such as 5 or ๕"
        },
        Kind::Choice(choices) => return choice(choices, language),
        Kind::Id => Explained {
            th: "ชื่อภาษาอังกฤษตัวพิมพ์เล็ก ตัวเลข หรือขีด ยาว ๒–๔๐ ตัวอักษร เช่น complaint-channel",
            en: "two to forty lower-case letters, digits and hyphens, such as complaint-channel",
        },
        Kind::BaseUrl => Explained {
            th: "ที่อยู่เว็บไซต์ เช่น https://www.example.go.th/ita/",
            en: "the address of a site, such as https://www.example.go.th/ita/",
        },
        Kind::ItemCode => Explained {
            th: "รหัสข้อ OIT เช่น O42", en: "the code of an OIT item, such as O42"
        },
        Kind::Link => Explained {
            th: "ลิงก์ เช่น https://www.example.go.th/ หรือ /2565/ หรือ files/manual.pdf",
            en: "a link, such as https://www.example.go.th/ or /2565/ or files/manual.pdf",
        },
        Kind::Year => Explained {
            th: "ปี พ.ศ. สี่หลัก เช่น 2565 หรือ ๒๕๖๕",
            en: "a year of four digits, such as 2565 or ๒๕๖๕",
        },
        Kind::Date => Explained {
            th: "วันที่ เช่น ๒๗ กันยายน ๒๕๖๕ หรือ 2565-09-27",
            en: "a day, such as ๒๗ กันยายน ๒๕๖๕ or 2565-09-27",
        },
        Kind::Point => Explained {
            th: "วันที่หรือเดือน เช่น ๓๑ มี.ค. ๒๕๖๖ หรือ มีนาคม ๒๕๖๖",
            en: "a day or month, such as ๓๑ มี.ค. ๒๕๖๖ or มีนาคม ๒๕๖๖",
        },
        Kind::Period => Explained {
            th: "ช่วงเวลา เช่น ม.ค. ๖๖ – มี.ค. ๖๖ หรือ ไตรมาส ๑–๒ หรือ ตลอดปีงบประมาณ",
            en: "a period, such as ม.ค. ๖๖ – มี.ค. ๖๖ or ไตรมาส ๑–๒ or ตลอดปีงบประมาณ",
        },
        Kind::DocumentNumber => Explained {
            th: "เลขที่หนังสือ ซึ่งมีทั้งสองด้านของ / เช่น บร ๗๖๑๐๑/๖๕๖",
            en: "a document number with something on both sides of its /, such as บร ๗๖๑๐๑/๖๕๖",
        },
    };
    Explained { th, en }.in_language(language).to_owned()
}

fn choice(choices: &[Vec<String>], language: Language) -> String {
    let proposed: Vec<&str> = choices.iter().filter_map(|texts| texts.first()).map(String::as_str).collect();
    match (proposed.as_slice(), language) {
        ([only], Language::Thai) => format!(" {only} "),
        ([only], Language::English) => (*only).to_owned(),
        (several, Language::Thai) => format!("ค่าใดค่าหนึ่งต่อไปนี้ {}", several.join(", ")),
        (several, Language::English) => format!("one of {}", several.join(", ")),
    }
}

/// A name as a framework has it, with a mark where it was inferred.
pub(super) fn named(name: &str, is_inferred: bool, language: Language) -> String {
    match (is_inferred, language) {
        (false, _) => name.to_owned(),
        (true, Language::Thai) => format!("{name} (ชื่อนี้เทียบเคียงจากเอกสารของปีอื่น)"),
        (true, Language::English) => format!("{name} (a name inferred from other years)"),
    }
}

/// What must hold between keys.
pub(super) fn rule(rule: &Rule, language: Language) -> String {
    match (rule, language) {
        (Rule::ExactlyOne(keys), Language::Thai) => format!("ต้องมี {} อย่างใดอย่างหนึ่ง", keys.join(" หรือ ")),
        (Rule::ExactlyOne(keys), Language::English) => {
            format!("exactly one of {} is required", keys.join(" and "))
        }
        (Rule::Any(ways), Language::Thai) => format!("ต้องมี {}", all(ways).join(" หรือ ")),
        (Rule::Any(ways), Language::English) => format!("{} is required", all(ways).join(" or ")),
    }
}

fn all(ways: &[Way]) -> Vec<String> {
    let name = |way: &Way| match way {
        Way::Key(key) | Way::Filled(key) => (*key).to_owned(),
        Way::Below(key, below) => format!("{key}.{below}"),
    };
    ways.iter().map(name).collect()
}

/// What a value of a kind may look like. Two of them at least, since a language server would insert a single one unasked.
pub(super) fn examples(kind: &Kind) -> &'static [&'static str] {
    match kind {
        Kind::Score => &["86.92", "๘๖.๙๒"],
        Kind::ItemScore => &["100", "0"],
        Kind::Id => &["complaint-channel", "service-manual"],
        Kind::BaseUrl => &["https://www.example.go.th/ita/", "https://ita.example.go.th/"],
        Kind::ItemCode => &["O42", "O43"],
        Kind::Link => &["https://www.example.go.th/", "files/manual.pdf"],
        Kind::Year => &["2565", "๒๕๖๕"],
        Kind::Date => &["๒๗ กันยายน ๒๕๖๕", "2565-09-27"],
        Kind::Point => &["๓๑ มี.ค. ๒๕๖๖", "มีนาคม ๒๕๖๖"],
        Kind::Period => &["ม.ค. ๖๖ – มี.ค. ๖๖", "ไตรมาส ๑–๒", "ตลอดปีงบประมาณ"],
        Kind::DocumentNumber => &["บร ๗๖๑๐๑/๖๕๖", "ที่ อต 71001/12"],
        Kind::Text | Kind::Whole(_) | Kind::Choice(_) => &[],
    }
}

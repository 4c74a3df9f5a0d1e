//! What the YAML parser says, for an officer: in Thai, and with what to do about it. The parser knows some seventy sentences, many of which
//! come of the same slip; here each slip has one entry. A sentence that no entry knows is told as it is.

use crate::finding::Explained;

/// A slip, by words that only the parser's sentences about it hold.
struct Slip {
    said: &'static [&'static str],
    /// What is wrong, in Thai; English readers are told the parser's own words.
    th: &'static str,
    mend: Explained,
}

/// What a sentence of the parser means, and how to mend it.
pub(super) fn explain(said: &str) -> Option<(&'static str, Explained)> {
    let slip = SLIPS.iter().find(|slip| slip.said.iter().any(|words| said.contains(words)))?;
    Some((slip.th, slip.mend))
}

/// The first entry that fits is taken.
const SLIPS: &[Slip] = &[
    Slip {
        said: &["mapping values are not allowed"],
        th: "มีเครื่องหมาย : ซ้อนอยู่ในค่า หรือบรรทัดนี้ย่อหน้าไม่ตรงกับหัวข้ออื่น",
        mend: Explained {
            th: "หาก : เป็นส่วนของข้อความ ให้ขึ้นบรรทัดใหม่หลัง key: | แล้วพิมพ์ข้อความไว้ใต้นั้น หากเป็นหัวข้อใหม่ ให้ย่อหน้าตรงกับหัวข้ออื่น",
            en: "if the colon is part of a text, write the text below `key: |`; if a new key begins here, give it the indent of the others",
        },
    },
    Slip {
        said: &[
            "simple key",
            "expected ':'",
            "mapping keys are not allowed",
            "illegal placement of ':'",
            "did not find expected key",
        ],
        th: "ไม่มีเครื่องหมาย : หลังชื่อหัวข้อ หรือบรรทัดนี้ย่อหน้าไม่ตรงกับหัวข้ออื่น",
        mend: Explained {
            th: "เขียนเป็น ชื่อหัวข้อ: ค่า และย่อหน้าให้ตรงกับหัวข้ออื่นในระดับเดียวกัน ข้อความหลายบรรทัดให้เขียนใต้ key: | โดยย่อหน้าเข้าไปอีก ๒ ช่อง",
            en: "write `key: value` with the indent of the other keys; a text of several lines stands below `key: |`, two spaces further in",
        },
    },
    Slip {
        said: &["quoted scalar, found unexpected", "indentation in quoted scalar"],
        th: "เครื่องหมายคำพูดเปิดแล้วไม่ปิด",
        mend: Explained {
            th: "ปิดเครื่องหมายคำพูดให้ครบคู่ หรือลบออกทั้งสองข้าง ข้อความภาษาไทยไม่ต้องมีเครื่องหมายคำพูดครอบ",
            en: "close the quotes, or delete both; Thai text needs none",
        },
    },
    Slip {
        said: &["trailing content after"],
        th: "มีข้อความต่อท้ายเครื่องหมายคำพูดปิด",
        mend: Explained {
            th: "ย้ายข้อความเข้าไปในเครื่องหมายคำพูด หรือลบเครื่องหมายคำพูดออกแล้วพิมพ์ข้อความไว้ใต้ key: |",
            en: "move the text between the quotes, or drop the quotes and write it below `key: |`",
        },
    },
    Slip {
        said: &["unknown escape", "escape code", "hexadecimal"],
        th: "เครื่องหมาย \\ ในเครื่องหมายคำพูดคู่ต้องตามด้วยรหัสที่ YAML รู้จัก",
        mend: Explained {
            th: "ใช้เครื่องหมายคำพูดเดี่ยว ' แทน หรือพิมพ์ข้อความไว้ใต้ key: |",
            en: "use single quotes, or write the text below `key: |`",
        },
    },
    Slip {
        said: &[
            "flow sequence",
            "flow mapping",
            "flow construct",
            "misplaced bracket",
            "end of plain scalar",
            "\"-\" is only valid",
            "followed by ,[]{}",
        ],
        th: "วงเล็บ [ ] หรือ { } ไม่ครบคู่ หรือขาดจุลภาคระหว่างรายการ",
        mend: Explained {
            th: "ตรวจวงเล็บให้ครบคู่และคั่นรายการด้วยจุลภาค ข้อความที่ขึ้นต้นด้วยวงเล็บให้พิมพ์ไว้ใต้ key: |",
            en: "close every bracket and put commas between the entries; a text that begins with a bracket goes below `key: |`",
        },
    },
    Slip {
        said: &["expected '-' indicator", "block sequence entries", "'-' must be followed"],
        th: "รายการที่ขึ้นต้นด้วย - ย่อหน้าไม่ตรงกัน หรือ - อยู่ในที่ที่มีค่าอยู่แล้ว",
        mend: Explained {
            th: "ขึ้นบรรทัดใหม่ก่อน - ย่อหน้าทุกรายการให้ตรงกัน และเว้นวรรคหนึ่งครั้งหลัง -",
            en: "begin a line with `- `, and give every entry the same indent",
        },
    },
    Slip {
        said: &["a tab", "tab cannot", "tabs disallowed", "':' must be followed"],
        th: "มีแท็บ (Tab) ในที่ที่ YAML รับเฉพาะช่องว่างธรรมดา",
        mend: Explained {
            th: "ลบแท็บออกแล้วกด Space Bar แทน",
            en: "type plain spaces in the place of the tab",
        },
    },
    Slip {
        said: &["block scalar"],
        th: "บรรทัดใต้เครื่องหมาย | หรือ > ย่อหน้าไม่ถูกต้อง หรือมีข้อความต่อท้ายเครื่องหมายนั้น",
        mend: Explained {
            th: "หลัง | ให้ขึ้นบรรทัดใหม่ทันที แล้วย่อหน้าทุกบรรทัดของข้อความให้ตรงกัน ลึกกว่าหัวข้อ ๒ ช่อง",
            en: "begin a new line behind `|`, and give every line of the text the same indent, two spaces further in than the key",
        },
    },
    Slip {
        said: &["unexpected character", "did not find expected <document"],
        th: "ค่าหรือบรรทัดขึ้นต้นด้วยอักขระที่ YAML สงวนไว้ หรือมีข้อความอยู่นอกหัวข้อ",
        mend: Explained {
            th: "ค่าที่ขึ้นต้นด้วย % @ หรือ ` ให้ครอบด้วยเครื่องหมายคำพูด ข้อความอื่นให้พิมพ์ไว้ใต้ key: |",
            en: "put quotes round a value that begins with % @ or `; any other text goes below `key: |`",
        },
    },
    Slip {
        said: &["directive", "TAG", "%", "version number"],
        th: "บรรทัดนี้ขึ้นต้นด้วย % ซึ่ง YAML อ่านเป็นคำสั่ง",
        mend: Explained {
            th: "พิมพ์ข้อความไว้ใต้ key: | โดยย่อหน้าเข้าไป ๒ ช่อง",
            en: "write the text below `key: |`, two spaces further in",
        },
    },
    Slip {
        said: &["anchor", "a tag", "a verbatim tag", "tag character", "handle", "alias"],
        th: "ค่านี้ขึ้นต้นด้วย & * หรือ ! ซึ่ง YAML อ่านเป็นเครื่องหมายพิเศษ",
        mend: Explained {
            th: "ครอบค่าด้วยเครื่องหมายคำพูด หรือพิมพ์ข้อความไว้ใต้ key: |",
            en: "put quotes round the value, or write the text below `key: |`",
        },
    },
    Slip {
        said: &["comment", "expected whitespace"],
        th: "เครื่องหมาย # อยู่กลางข้อความ YAML จึงอ่านส่วนที่เหลือเป็นหมายเหตุ",
        mend: Explained {
            th: "พิมพ์ข้อความไว้ใต้ key: | หากเป็นหมายเหตุ ให้เว้นวรรคก่อน # และไม่ต่อข้อความในบรรทัดถัดไป",
            en: "write the text below `key: |`; if it is a comment, put a space before `#` and let no text follow in the next line",
        },
    },
    Slip {
        said: &["byte order mark", "unprintable"],
        th: "มีอักขระที่มองไม่เห็นซึ่ง YAML ไม่รับ",
        mend: Explained {
            th: "ลบอักขระนั้นแล้วพิมพ์ใหม่", en: "delete it and type the place again"
        },
    },
    Slip {
        said: &["document end", "document indicator", "incompatible"],
        th: "มีเครื่องหมาย --- หรือ ... กลางไฟล์",
        mend: Explained { th: "ลบบรรทัดนั้นออก", en: "delete that line" },
    },
    Slip {
        said: &["indentation", "node content", "next token", "unexpected eof"],
        th: "ย่อหน้าไม่ตรงกับหัวข้ออื่น หรือข้อมูลขาดหายไปกลางคัน",
        mend: Explained {
            th: "ย่อหน้าทุกหัวข้อในระดับเดียวกันให้ตรงกัน ระดับละ ๒ ช่อง",
            en: "give all keys of one level the same indent, two spaces for each level",
        },
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_of_the_parser_is_known() {
        let check = |said: &str, thai: &str| {
            let told = explain(said).map(|(th, _)| th).unwrap_or_default();
            assert!(told.contains(thai), "{said}: {told}");
        };
        check("mapping values are not allowed in this context", ": ซ้อนอยู่ในค่า");
        check("simple key expect ':'", "ไม่มีเครื่องหมาย :");
        check("while parsing a block mapping, did not find expected key", "ไม่มีเครื่องหมาย :");
        check("while scanning a quoted scalar, found unexpected end of stream", "ไม่ปิด");
        check("while parsing a flow sequence, expected ',' or ']'", "วงเล็บ");
        check("while parsing a block collection, did not find expected '-' indicator", "ขึ้นต้นด้วย -");
        check("tabs disallowed within this context (block indentation)", "แท็บ");
        check("while scanning a plain scalar, found a tab", "แท็บ");
        check("a block scalar content cannot start with a tab", "แท็บ");
        check("wrongly indented line in block scalar", "ใต้เครื่องหมาย |");
        check("unexpected character: `@'", "สงวนไว้");
        check("while scanning a directive, could not find expected directive name", "%");
        check("while parsing node, found unknown anchor", "&");
        check("while scanning a verbatim tag, did not find the expected '>'", "!");
        check("comment intercepting the multiline text", "#");
        check("a byte order mark must not appear inside a document", "มองไม่เห็น");
        check("found unprintable character", "มองไม่เห็น");
        check("invalid content after document end marker", "---");
        check("invalid indentation", "ย่อหน้าไม่ตรง");
        check("unexpected eof", "ขาดหายไป");
        assert!(explain("a sentence of a later parser").is_none());
    }
}

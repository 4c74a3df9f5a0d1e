//! Area *text*: prose, its links and its bindings.

use super::kinds;
use crate::finding::Finding;
use crate::language::Words;
use crate::model::link::{LinkError, likely_link};
use crate::source::Place;
use std::borrow::Cow;

kinds! {
    RAW_HTML = "text/raw-html", Warning, Content {
        title: "มีแท็ก HTML ในเนื้อหา", "raw HTML in the text";
        why: "แท็ก HTML จะแสดงเป็นตัวอักษรบนหน้าเว็บ มักติดมาจากการสแกนหรือคัดลอกเอกสาร และอาจเป็นช่องทางฝังสคริปต์จึงไม่ส่งต่อ",
             "HTML tags are shown as text. They usually come from scanned or pasted documents and could carry a script, so they are never passed on.";
        mend: "ลบแท็กออก หรือใช้เครื่องหมาย Markdown แทน เช่น **ตัวหนา**", "delete the tag, or write Markdown instead, such as **bold**";
        example: "<p>การปรับปรุง …</p>   →   การปรับปรุง …";
    }
    DANGEROUS_LINK = "text/dangerous-link", Error, Form {
        title: "ลิงก์ไม่ปลอดภัยหรือผู้อ่านเปิดไม่ได้", "a link that is dangerous or that no reader can open";
        why: "ลิงก์แบบนี้อาจรันสคริปต์ในเครื่องของผู้อ่าน หรือเปิดได้เฉพาะในเครื่องของผู้เขียน ผู้ประเมินจึงไม่พบเอกสารที่อ้างถึง หน้าเว็บจะแสดงเฉพาะข้อความโดยไม่เป็นลิงก์",
             "Such a link could run a script on the reader's computer, or only the author's own computer can open it, so that the assessor does not find the document. The page shows the text without a link.";
        mend: "ใช้ https://… (เว็บไซต์อื่น) /2565/ (หน้าในเว็บไซต์นี้) files/ชื่อไฟล์ (เอกสารแนบ) หรือ #หัวข้อ (ในหน้าเดียวกัน)",
              "use https://… (another site), /2565/ (a page of this site), files/name (an attachment) or #heading (on the same page)";
        example: "[คู่มือ](C:\\งาน\\manual.pdf)   →   [คู่มือ](files/manual.pdf)";
    }
    UNKNOWN_BINDING = "text/unknown-binding", Error, Form {
        title: "ไม่รู้จักชื่อข้อมูลใน {{ … }}", "an unknown name in {{ … }}";
        why: "{{ … }} ใช้ดึงข้อมูลมาแสดงในเนื้อหาตามชื่อที่กำหนดไว้เท่านั้น หากปล่อยไว้ ผู้อ่านจะเห็นวงเล็บปีกกาแทนข้อมูล",
             "{{ … }} puts data into the text, by names of a fixed list. Left as it is, readers would see the braces instead of the data.";
        mend: "แก้ชื่อให้ตรงกับรายการในคู่มือ เช่น {{ agency.name }} หรือ {{ indicator(5).score }}",
              "use a name of the list, such as {{ agency.name }} or {{ indicator(5).score }}";
        example: "{{ agency.nmae }}   →   {{ agency.name }}";
    }
    BROKEN_BINDING = "text/broken-binding", Error, Form {
        title: "{{ … }} เขียนไม่ถูกรูปแบบ", "a broken {{ … }}";
        why: "ใน {{ … }} มีได้เพียงชื่อข้อมูลหนึ่งชื่อในบรรทัดเดียว ไม่มีการคำนวณหรือตัวกรอง หากปล่อยไว้ ผู้อ่านจะเห็นวงเล็บปีกกาแทนข้อมูล",
             "{{ … }} holds one name of data on one line, without calculations or filters. Left as it is, readers would see the braces instead of the data.";
        mend: "เขียนชื่อข้อมูลเพียงชื่อเดียวและปิดด้วย }} ในบรรทัดเดียวกัน เช่น {{ report.total }} ถ้าต้องการแสดงวงเล็บปีกกาเอง ให้ครอบด้วย `…`",
              "write one name and close it with }} on the same line, as in {{ report.total }}; to show braces as such, put them between backticks";
        example: "{{ report.total | round }}   →   {{ report.total }}";
    }
    TEMPLATE_TAG = "text/template-tag", Error, Form {
        title: "ใช้คำสั่งแม่แบบ {% … %} ในเนื้อหา", "a template tag {% … %} in the text";
        why: "คำสั่ง {% … %} เป็นของแม่แบบหน้าเว็บ ในเนื้อหาจะแสดงเป็นตัวอักษร",
             "{% … %} belongs to the templates of a theme; in a text it would be shown as it is.";
        mend: "ลบ {% … %} ออก แล้วใช้ {{ … }} ดึงข้อมูลแทน ถ้าต้องการแสดงเครื่องหมายนี้เอง ให้ครอบด้วย `…`",
              "delete {% … %} and name data by {{ … }}; to show the signs as such, put them between backticks";
        example: "{% if report.total %} {{ report.total }} {% endif %}   →   {{ report.total }}";
    }
    BINDING_WITHOUT_VALUE = "text/binding-without-value", Warning, Content {
        title: "ไม่มีข้อมูลให้ {{ … }} แสดง", "{{ … }} names data that is not there";
        why: "ชื่อข้อมูลถูกต้อง แต่ยังไม่มีข้อมูลนั้น หน้าเว็บจะแสดงขีด – ในประโยค ซึ่งผู้อ่านอาจเข้าใจผิด",
             "The name is right, but there is no such data yet. The page shows a dash in the sentence, which readers may misunderstand.";
        mend: "กรอกข้อมูลนั้นในไฟล์ YAML หรือตัดประโยคนี้ออกจนกว่าจะมีข้อมูล", "fill in the data in its YAML file, or leave out the sentence until it is there";
        example: "ผลคะแนน {{ report.total }} คะแนน   (scores.yaml ยังไม่มี announced.total)";
    }
    LITERAL_BOLD = "text/literal-bold", Warning, Content {
        title: "เครื่องหมาย ** ไม่กลายเป็นตัวหนา", "** that is not read as bold";
        why: "Markdown ไม่ถือว่า ** เป็นตัวหนาเมื่อด้านในติดวงเล็บหรืออัญประกาศ แต่ด้านนอกติดตัวอักษร ผู้อ่านจะเห็นดอกจัน และคู่ถัดไปอาจสลับกัน",
             "Markdown does not read ** as bold where a bracket or quotation mark stands inside and a letter outside. Readers see the stars, and the next pair may turn inside out.";
        mend: "เว้นวรรคด้านนอก ** หรือย้ายวงเล็บและอัญประกาศออกไปนอก **", "put a space outside the **, or move the bracket or quotation mark out of them";
        example: "คำ**(วงเล็บ)**ต่อ   →   คำ **(วงเล็บ)** ต่อ";
    }
    IMAGE_WITHOUT_TEXT = "text/image-without-text", Warning, Content {
        title: "รูปภาพไม่มีคำบรรยาย", "an image without a text";
        why: "ผู้ที่มองไม่เห็นรูปจะไม่รู้ว่าเป็นรูปอะไร ซึ่งไม่ผ่านเกณฑ์การเข้าถึงเว็บไซต์ภาครัฐ (WCAG 1.1.1)",
             "Who cannot see the image does not learn what it shows, which fails the accessibility rules of government sites (WCAG 1.1.1).";
        mend: "เขียนคำบรรยายในวงเล็บเหลี่ยม ![…]", "describe the image between the brackets of ![…]";
        example: "![](files/meeting.jpg)   →   ![การประชุมชี้แจงมาตรการ](files/meeting.jpg)";
    }
    IMAGE_NOT_ATTACHED = "text/image-not-attached", Warning, Content {
        title: "รูปภาพไม่ใช่ไฟล์แนบ", "an image that is no attachment";
        why: "หน้าเว็บไม่ดึงข้อมูลจากเว็บไซต์อื่น เพื่อให้เปิดได้แม้เว็บไซต์นั้นล่มและไม่เปิดเผยว่าใครอ่าน จึงแสดงเป็นลิงก์แทนรูป",
             "Pages ask no other site for anything, so that they work without it and tell nobody who reads them. A link is shown instead.";
        mend: "บันทึกรูปไว้ในโฟลเดอร์ files แล้วใช้ files/ชื่อไฟล์ (png, jpg, gif, webp, avif หรือ svg)",
              "save the picture in the folder `files` and use files/name (png, jpg, gif, webp, avif or svg)";
        example: "![ตรา](https://example.go.th/seal.png)   →   ![ตรา](files/seal.png)";
    }
    DROPPED_CELLS = "text/dropped-cells", Warning, Content {
        title: "แถวในตารางมีช่องเกินหัวตาราง", "a table row with more cells than its head";
        why: "Markdown ตัดช่องที่เกินจำนวนคอลัมน์ของหัวตารางทิ้ง ข้อความในช่องนั้นจะไม่ปรากฏบนหน้าเว็บ",
             "Markdown drops the cells for which the head has no column: their text does not appear on the page.";
        mend: "เพิ่มคอลัมน์ที่หัวตารางและบรรทัดขีดใต้หัวตาราง หรือเขียน \\| ถ้าเครื่องหมาย | เป็นส่วนหนึ่งของข้อความ",
              "add a column to the head and to the line of dashes below it, or write \\| for a bar that belongs to the text";
        example: "| ที่ | มาตรการ |\n|---|---|\n| ๑ | จัดทำคู่มือ | สำนักปลัด |";
    }
    SECOND_TITLE = "text/second-title", Warning, Content {
        title: "หัวข้อ # อยู่กลางเนื้อหา", "a # heading amid the text";
        why: "# คือชื่อเรื่อง มีได้หนึ่งครั้งที่บรรทัดแรก หัวข้อนี้จึงแสดงเป็นหัวข้อระดับ ##",
             "# is the title: one, on the first line. This heading is shown as one of level ##.";
        mend: "ใช้ ## สำหรับหัวข้อในเนื้อหา", "use ## for headings within the text";
        example: "# การปรับปรุง   →   ## การปรับปรุง";
    }
    INDENTED_CODE = "text/indented-code", Warning, Content {
        title: "บรรทัดที่ย่อหน้าด้วยช่องว่างกลายเป็นโค้ด", "an indented line that became code";
        why: "บรรทัดที่ขึ้นต้นด้วยช่องว่างสี่ช่องหรือแท็บ Markdown ถือเป็นโค้ดโปรแกรม จึงแสดงด้วยตัวพิมพ์ดีดและไม่ตัดบรรทัด และ {{ … }} ในนั้นไม่ทำงาน",
             "Markdown takes a line that begins with four spaces or a tab for program code: it is shown in typewriter letters, and {{ … }} in it does nothing.";
        mend: "ลบช่องว่างหน้าบรรทัด หน้าเว็บย่อหน้าให้เอง ถ้าเป็นโค้ดจริง ให้ครอบด้วยบรรทัด ```", "delete the spaces in front, pages indent by themselves; real code goes between lines of ```";
        example: "        ตามที่ สำนักงาน …   →   ตามที่ สำนักงาน …";
    }
    UNPRINTABLE_CHARACTER = "text/unprintable-character", Warning, Content {
        title: "มีอักขระควบคุมที่มองไม่เห็น", "a control character in the text";
        why: "อักขระนี้ไม่มีรูปให้แสดง มักติดมาจาก Word หรือ PDF และทำให้ค้นหาข้อความไม่พบ หน้าเว็บตัดออกให้",
             "Such a character cannot be shown. It usually comes from Word or PDF and hides text from searches. Pages leave it out.";
        mend: "ลบอักขระนั้นออก หรือพิมพ์คำนั้นใหม่", "delete the character, or type the word again";
        example: "การ\\u0007ทุจริต   →   การทุจริต";
    }
    JOINED_LINES = "text/joined-lines", Note, Content {
        title: "บรรทัดภาษาไทยต่อกันโดยไม่มีบรรทัดว่าง", "Thai lines without an empty line between them";
        why: "Markdown นำบรรทัดที่ติดกันมาต่อเป็นย่อหน้าเดียวโดยคั่นด้วยวรรค ถ้าตัดบรรทัดกลางคำหรือตั้งใจขึ้นบรรทัดใหม่ ข้อความจะไม่เป็นอย่างที่ตั้งใจ",
             "Markdown joins adjacent lines into one paragraph, with a space between them. A word cut at the line's end is torn, a line meant to stand alone does not.";
        mend: "เว้นบรรทัดว่างถ้าต้องการขึ้นย่อหน้าใหม่ เว้นวรรคหลังเลขข้อ (๑. ข้อความ) ถ้าเป็นรายการ หรือต่อบรรทัดให้ยาวเป็นบรรทัดเดียว",
              "leave an empty line to begin a paragraph, put a space behind the number of a list item (๑. …), or write the paragraph on one line";
        example: "บรรทัดแรก\n\nบรรทัดที่สอง";
    }
}

/// A tag in the prose, shown as text.
pub fn raw_html(place: &Place) -> Finding {
    let tag = short(place.text());
    let words = Words::new(format!("แท็ก {tag} จะแสดงเป็นตัวอักษร"), format!("the tag {tag} is shown as text"));
    Finding::new(&RAW_HTML, place, words)
}

/// A link that the text shows without making it one.
pub fn dangerous_link(place: &Place, found: &str, error: &LinkError) -> Finding {
    let (shown, why) = (short(found), error.reason());
    let words = Words::new(
        format!("ลิงก์ {shown} ใช้ไม่ได้: {}", why.th),
        format!("the link `{shown}` cannot be used: {}", why.en),
    );
    let finding = Finding::new(&DANGEROUS_LINK, place, words);
    match likely_link(found, error) {
        Some(likely) => finding.remedy(format!("น่าจะเป็น {likely}"), format!("probably `{likely}`")),
        None => finding,
    }
}

/// An expression with a name that is not on the list; `nearest` is the whole expression as it was probably meant.
pub fn unknown_binding(place: &Place, found: &str, nearest: Option<&str>, known: &[&str]) -> Finding {
    let found = short(found);
    let words = Words::new(
        format!("ไม่รู้จัก {found} ใน {{{{ … }}}}"),
        format!("`{found}` names nothing that a text may show"),
    );
    let finding = Finding::new(&UNKNOWN_BINDING, place, words);
    match nearest {
        Some(nearest) => finding.remedy(
            format!("หมายถึง {{{{ {nearest} }}}} หรือไม่"),
            format!("did you mean {{{{ {nearest} }}}}?"),
        ),
        None => {
            let known = known.join(", ");
            finding.remedy(format!("ชื่อที่ใช้ได้: {known}"), format!("known names: {known}"))
        }
    }
}

/// Braces with something else in them than one name; `example` is how the thing is named rightly.
pub fn broken_binding(place: &Place, found: &str, example: Option<&str>) -> Finding {
    let found = short(found);
    let words = match found.as_ref() {
        "" => Words::new("{{ … }} ว่างเปล่า", "there is nothing in {{ … }}"),
        found => {
            Words::new(format!("{found} ไม่ใช่ชื่อข้อมูลชื่อเดียว"), format!("`{found}` is not one name of data"))
        }
    };
    let finding = Finding::new(&BROKEN_BINDING, place, words);
    match example {
        Some(example) => finding
            .remedy(format!("เขียนแบบนี้ {{{{ {example} }}}}"), format!("write it like {{{{ {example} }}}}")),
        None => finding,
    }
}

/// `{{` that nothing closes on its line.
pub fn open_binding(place: &Place) -> Finding {
    let words = Words::new("มี {{ แต่ไม่มี }} ปิดในบรรทัดเดียวกัน", "{{ without }} on the same line");
    Finding::new(&BROKEN_BINDING, place, words)
}

/// `{%` in prose.
pub fn template_tag(place: &Place) -> Finding {
    let words = Words::new("{% … %} ใช้ในเนื้อหาไม่ได้", "{% … %} has no meaning in a text");
    Finding::new(&TEMPLATE_TAG, place, words)
}

/// An expression that names what the data does not hold.
pub fn binding_without_value(place: &Place, expression: &str) -> Finding {
    let expression = short(expression);
    let words =
        Words::new(format!("{expression} ยังไม่มีข้อมูล"), format!("there is no value for `{expression}`"));
    Finding::new(&BINDING_WITHOUT_VALUE, place, words)
}

/// `**` that readers will see.
pub fn literal_bold(place: &Place) -> Finding {
    let words = Words::new("** ตรงนี้จะแสดงเป็นดอกจัน ไม่เป็นตัวหนา", "this ** is shown as stars, not as bold");
    Finding::new(&LITERAL_BOLD, place, words)
}

/// An image that only the eye can read.
pub fn image_without_text(place: &Place, target: &str) -> Finding {
    let target = short(target);
    let words =
        Words::new(format!("รูปภาพ {target} ไม่มีคำบรรยาย"), format!("the image `{target}` has no text"));
    Finding::new(&IMAGE_WITHOUT_TEXT, place, words)
}

/// An image that is shown as a link.
pub fn image_not_attached(place: &Place, target: &str) -> Finding {
    let target = short(target);
    let words = Words::new(
        format!("{target} ไม่ใช่ไฟล์รูปภาพที่แนบไว้ จะแสดงเป็นลิงก์"),
        format!("`{target}` is no attached picture and is shown as a link"),
    );
    Finding::new(&IMAGE_NOT_ATTACHED, place, words)
}

/// Cells that a table has no column for.
pub fn dropped_cells(place: &Place) -> Finding {
    let cells = short(place.text());
    let words = Words::new(
        format!("“{cells}” เกินจำนวนคอลัมน์ของตาราง จะไม่ปรากฏบนหน้าเว็บ"),
        format!("`{cells}` has no column in this table and will not appear"),
    );
    Finding::new(&DROPPED_CELLS, place, words)
}

/// A heading of level 1 behind other text.
pub fn second_title(place: &Place) -> Finding {
    let heading = short(place.text().trim_start_matches(['#', ' ']));
    let words = Words::new(
        format!("หัวข้อ “{heading}” ใช้ # ทั้งที่ไม่ใช่ชื่อเรื่อง"),
        format!("the heading `{heading}` has a single # but is not the title"),
    );
    Finding::new(&SECOND_TITLE, place, words)
}

/// Lines that Markdown takes for code because of the spaces in front.
pub fn indented_code(place: &Place) -> Finding {
    let line = short(place.text());
    let words = Words::new(
        format!("“{line}” ย่อหน้าด้วยช่องว่าง จะแสดงเป็นโค้ด"),
        format!("`{line}` is indented and is shown as code"),
    );
    Finding::new(&INDENTED_CODE, place, words)
}

/// A control character or a noncharacter of Unicode.
pub fn unprintable_character(place: &Place, found: char) -> Finding {
    let code = format!("U+{:04X}", u32::from(found));
    let words =
        Words::new(format!("มีอักขระ {code} ซึ่งแสดงไม่ได้"), format!("the character {code} cannot be shown"));
    Finding::new(&UNPRINTABLE_CHARACTER, place, words)
}

/// A Thai line that continues the one above it.
pub fn joined_lines(place: &Place) -> Finding {
    let words = Words::new(
        "บรรทัดนี้จะต่อท้ายบรรทัดก่อนหน้าโดยคั่นด้วยวรรค",
        "this line is joined to the one before it, with a space between them",
    );
    Finding::new(&JOINED_LINES, place, words)
}

/// The beginning of the first line of what was found: a message is one line, and nobody reads a long quotation.
fn short(text: &str) -> Cow<'_, str> {
    const LIMIT: usize = 60;
    let line = text.lines().next().unwrap_or_default().trim_end();
    match line.char_indices().nth(LIMIT) {
        Some((end, _)) => Cow::Owned(format!("{}…", &line[..end])),
        None => Cow::Borrowed(line),
    }
}

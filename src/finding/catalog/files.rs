//! Area *files*: whether the files are there and can be read: encoding, YAML, keys, types, dates, addresses.

use super::{kinds, syntax};
use crate::finding::{Concern, Explained, Finding, Fix, Location};
use crate::language::{Language, Numerals, Words};
use crate::model::date::{ErrorKind, Point, RemarkKind};
use crate::source::{Encoding, Place};

kinds! {
    NOT_UTF8 = "files/not-utf8", Error, Form {
        title: "ไฟล์ไม่ได้เข้ารหัสแบบ UTF-8", "the file is not UTF-8";
        why: "ไฟล์ที่บันทึกแบบ Windows-874 (ANSI) หรือ UTF-16 อ่านเป็นภาษาไทยไม่ได้แน่นอนทุกเครื่อง จึงไม่เดาให้",
             "A file saved as Windows-874 (ANSI) or UTF-16 cannot be read as Thai with certainty, so nothing is guessed.";
        mend: "สั่ง prongsai check --fix หรือเปิดไฟล์ใน Notepad เลือก บันทึกเป็น แล้วเลือกการเข้ารหัส UTF-8",
              "run `prongsai check --fix`, or open the file in Notepad, choose Save As and the encoding UTF-8";
        example: "Notepad → ไฟล์ → บันทึกเป็น… → การเข้ารหัส: UTF-8";
    }
    TOO_LARGE = "files/too-large", Error, Form {
        title: "ไฟล์ข้อความใหญ่เกินไป", "the text file is too large";
        why: "ไฟล์คะแนนหรือคำบรรยายจริงมีขนาดไม่กี่สิบกิโลไบต์ ไฟล์ที่ใหญ่กว่า ๒ เมกะไบต์มักเป็นเอกสารแนบที่วางผิดที่",
             "A real file of scores or narrative has some tens of kilobytes; one above 2 MB is usually an attachment in the wrong place.";
        mend: "ย้ายเอกสารแนบไปไว้ในโฟลเดอร์ files/", "move attachments into the folder files/";
        example: "content/2565/files/report.pdf";
    }
    EMPTY = "files/empty", Error, Form {
        title: "ไฟล์ว่าง", "the file is empty";
        why: "ไฟล์นี้ต้องมีข้อมูลอย่างน้อยหนึ่งรายการ", "This file must hold at least one key.";
        mend: "กรอกข้อมูล หรือลบไฟล์ออกหากไม่ใช้", "fill it in, or delete the file if it is not needed";
        example: "fiscal_year: 2565";
    }
    YAML_SYNTAX = "files/yaml-syntax", Error, Form {
        title: "รูปแบบ YAML ไม่ถูกต้อง", "the YAML cannot be read";
        why: "เมื่ออ่านโครงสร้างของไฟล์ไม่ได้ ข้อมูลทั้งไฟล์จะใช้ไม่ได้", "When the structure cannot be read, nothing of the file can be used.";
        mend: "ตรวจเครื่องหมายคำพูด วงเล็บ และย่อหน้าของบรรทัดนี้กับบรรทัดก่อนหน้า ข้อความภาษาไทยให้เขียนหลัง key: |",
              "check quotes, brackets and indent of this line and the one before; write Thai prose after `key: |`";
        example: "measure: |\n  ๑. จัดทำคู่มือ: ฉบับประชาชน";
    }
    ODD_INDENT = "files/odd-indent", Error, Form {
        title: "ย่อหน้าด้วยแท็บหรือช่องว่างพิเศษ", "a tab or special space in the indent";
        why: "YAML ใช้ช่องว่างธรรมดาเท่านั้นเพื่อบอกว่าข้อมูลใดอยู่ใต้ข้อมูลใด แท็บและช่องว่างพิเศษดูเหมือนกันแต่อ่านไม่ได้",
             "YAML uses plain spaces alone to say what belongs under what; tabs and no-break spaces look alike and cannot be read.";
        mend: "ลบออกแล้วกด Space Bar ใหม่ ระดับละ ๒ ครั้ง", "delete it and type two plain spaces for each level";
        example: "indicators:\n  1: 86.92";
    }
    REFERENCE = "files/reference", Error, Form {
        title: "ใช้ & * ! หรือ << ของ YAML", "an anchor, alias, tag or merge key";
        why: "เครื่องหมายเหล่านี้ทำให้ข้อมูลที่หนึ่งเปลี่ยนตามอีกที่หนึ่ง รูปแบบของ prongsai จึงไม่ใช้",
             "With these one place of a file changes another, so the format has none.";
        mend: "เขียนค่าจริงลงไปโดยตรง ถ้าเป็นข้อความให้ใส่เครื่องหมายคำพูดครอบ", "write the value itself; put quotes round it if it is text";
        example: "title: \"*สำคัญ*\"";
    }
    SEVERAL_DOCUMENTS = "files/several-documents", Error, Form {
        title: "มีเครื่องหมาย --- กลางไฟล์", "a second document in one file";
        why: "ไฟล์ YAML หนึ่งไฟล์มีข้อมูลได้ชุดเดียว", "A YAML file holds one document.";
        mend: "ลบบรรทัด --- หรือแยกเป็นอีกไฟล์", "delete the line `---` or make a file of its own";
        example: "---";
    }
    TOO_DEEP = "files/too-deep", Error, Form {
        title: "ข้อมูลซ้อนกันลึกเกินไป", "nested too deep";
        why: "ไม่มีไฟล์ใดของ prongsai ที่ซ้อนกันเกิน ๓๒ ชั้น มักเกิดจากวงเล็บที่ไม่ได้ปิด", "No file of the format nests deeper than 32 levels; usually a bracket was not closed.";
        mend: "ตรวจวงเล็บ [ ] { } ให้ครบคู่", "check that every bracket is closed";
        example: "addresses: [5]";
    }
    KEY_NOT_TEXT = "files/key-not-text", Error, Form {
        title: "ชื่อรายการไม่ใช่ข้อความ", "a key that is no text";
        why: "ชื่อรายการต้องเป็นคำเดียวหน้าเครื่องหมาย :", "A key is one word before the colon.";
        mend: "แก้ให้เป็น ชื่อ: ค่า", "write `name: value`";
        example: "period: ม.ค. ๖๖ – มี.ค. ๖๖";
    }
    DUPLICATE_KEY = "files/duplicate-key", Error, Form {
        title: "รายการซ้ำ", "the same key twice";
        why: "ถ้ามีสองค่า โปรแกรมไม่รู้ว่าค่าใดถูก เลขไทยกับเลขอารบิกถือเป็นรายการเดียวกัน", "With two values nobody knows which one is right; Thai and Arabic digits are the same key.";
        mend: "เหลือไว้รายการเดียว", "keep one of them";
        example: "5: 81.40";
    }
    UNKNOWN_KEY = "files/unknown-key", Error, Form {
        title: "ไม่รู้จักรายการนี้", "an unknown key";
        why: "รายการที่สะกดผิดจะไม่ปรากฏบนเว็บไซต์โดยไม่มีใครสังเกต จึงต้องแก้ก่อน", "A misspelt key would be missing on the page without anybody noticing.";
        mend: "แก้ชื่อรายการ หรือลบออก", "mend the key or delete it";
        example: "responsible: สำนักปลัด";
    }
    MISSING_KEY = "files/missing-key", Error, Form {
        title: "ขาดรายการที่ต้องมี", "a required key is missing";
        why: "หน้านี้แสดงไม่ครบถ้าไม่มีรายการนี้", "The page cannot be shown whole without it.";
        mend: "เพิ่มรายการที่ขาด", "add the missing key";
        example: "fiscal_year: 2565";
    }
    WRONG_TYPE = "files/wrong-type", Error, Form {
        title: "ชนิดของข้อมูลไม่ถูกต้อง", "a value of the wrong kind";
        why: "แต่ละรายการรับข้อมูลได้ชนิดเดียว เช่น ข้อความ รายการย่อย หรือรายการที่มีชื่อ", "Each key takes one kind of value: a text, a list or a map.";
        mend: "แก้ตามตัวอย่างใน explain", "write it as the example of this key shows";
        example: "indicators:\n  1: 86.92\n  2: 83.40";
    }
    BAD_VALUE = "files/bad-value", Error, Form {
        title: "ค่านี้ใช้กับรายการนี้ไม่ได้", "a value that this key does not take";
        why: "รายการนี้รับเฉพาะค่าที่กำหนด", "This key takes only certain values.";
        mend: "เลือกค่าที่กำหนดค่าใดค่าหนึ่ง", "choose one of the values";
        example: "status: เสร็จแล้ว";
    }
    BAD_DATE = "files/bad-date", Error, Form {
        title: "อ่านวันที่ไม่ได้", "a date that cannot be read";
        why: "วันที่ต้องมีอยู่จริงในปฏิทิน เพราะใช้เรียงลำดับผลการดำเนินการและแสดงแก่ผู้ประเมิน", "A date must exist: results are ordered by it and the assessor reads it.";
        mend: "เขียนเช่น ๒๗ กันยายน ๒๕๖๕ หรือ ๒๗ ก.ย. ๖๕ หรือ 27/9/2565", "write it like ๒๗ กันยายน ๒๕๖๕, ๒๗ ก.ย. ๖๕ or 27/9/2565";
        example: "date: ๒๗ กันยายน ๒๕๖๕";
    }
    MONTH_SPELLING = "files/month-spelling", Warning, Content {
        title: "เขียนชื่อเดือนไม่ครบหรือสะกดผิด", "a month misspelt or without its dot";
        why: "อ่านเข้าใจได้ แต่เอกสารราชการต้องเขียนชื่อเดือนให้ถูกต้อง หน้าเว็บจะพิมพ์รูปแบบที่ถูกให้", "It is understood and printed right, but an official document spells the month right.";
        mend: "แก้ตามที่แนะนำ", "write it as suggested";
        example: "ก.ย ๖๕   →   ก.ย. ๖๕";
    }
    BAD_YEAR = "files/bad-year", Error, Form {
        title: "อ่านปีไม่ได้", "a year that cannot be read";
        why: "ปีงบประมาณต้องเป็นเลขสี่หลัก พ.ศ. ๒๔๐๐–๒๖๙๙ หรือ ค.ศ. ๑๙๐๐–๒๐๙๙", "A year has four digits: พ.ศ. 2400–2699 or ค.ศ. 1900–2099.";
        mend: "เขียนปี พ.ศ. สี่หลัก เช่น 2565", "write the year in พ.ศ. with four digits, such as 2565";
        example: "fiscal_year: 2565";
    }
    YEAR_MISMATCH = "files/year-mismatch", Error, Form {
        title: "ปีในไฟล์ไม่ตรงกับโฟลเดอร์", "the year does not fit the folder";
        why: "มักเกิดจากการคัดลอกโฟลเดอร์ของปีก่อน คะแนนหรือมาตรการของปีหนึ่งจะถูกเผยแพร่เป็นของอีกปี และข้อ OIT จะได้ ๐ คะแนน",
             "Usually last year's folder was copied: one year's scores or measures would be published as another's and the OIT item scores zero.";
        mend: "แก้ fiscal_year หรือย้ายไฟล์ไปโฟลเดอร์ของปีนั้น", "mend fiscal_year or move the file to that year's folder";
        example: "content/2565/scores.yaml:   fiscal_year: 2565\ncontent/2565/measures.yaml: fiscal_year: 2566";
    }
    BAD_LINK = "files/bad-link", Error, Form {
        title: "ลิงก์เขียนไม่ถูกต้อง", "a link that leads nowhere on the web";
        why: "ลิงก์ในเครื่องของเจ้าหน้าที่หรือชื่อเว็บไซต์ที่ไม่มี https:// ผู้ประเมินจะเปิดไม่ได้ ข้อนั้นได้ ๐ คะแนน",
             "A path on an officer's own computer or a name without https:// cannot be opened by the assessor: the item scores zero.";
        mend: "ใช้ https://… หรือ /2565/ (หน้าในเว็บไซต์นี้) หรือ files/ชื่อไฟล์ (เอกสารแนบ)", "use https://…, /2565/ (a page of this site) or files/name (an attachment)";
        example: "evidence: files/manual.pdf";
    }
    BAD_ID = "files/bad-id", Error, Form {
        title: "รหัสใช้ไม่ได้", "an id that cannot be an address";
        why: "รหัสเป็นส่วนหนึ่งของที่อยู่หน้าเว็บ จึงต้องเป็นอักษรอังกฤษตัวเล็ก ตัวเลข หรือขีด และไม่ซ้ำกัน", "An id is part of an address: lower-case Latin letters, digits and hyphens, each once.";
        mend: "ใช้ a–z 0–9 และ - ยาว ๒–๔๐ ตัว ขึ้นต้นด้วยตัวอักษร", "use a–z, 0–9 and -, 2–40 characters, beginning with a letter";
        example: "id: complaint-channel";
    }
    BAD_ITEM = "files/bad-item", Error, Form {
        title: "รหัสข้อ OIT ไม่ถูกต้อง", "a wrong OIT item code";
        why: "รหัสข้อคืออักษร O ตามด้วยเลขข้อ ถ้าผิด คำตอบจะไปอยู่ผิดข้อหรือหายไป", "A code is the letter O and a number; with a wrong one the answer stands under another item or nowhere.";
        mend: "เขียนเช่น O42", "write it like O42";
        example: "items:\n  O42: /2565/";
    }
    MISSING_FILE = "files/missing-file", Error, Form {
        title: "ไม่พบไฟล์ที่ต้องมี", "a required file is missing";
        why: "ไม่มีไฟล์นี้แล้วสร้างเว็บไซต์ไม่ได้", "Without it there is no site to build.";
        mend: "สร้างไฟล์ หรือใช้คำสั่ง prongsai init", "make the file, or use `prongsai init`";
        example: "content/2565/scores.yaml";
    }
    UNKNOWN_FILE = "files/unknown-file", Warning, Content {
        title: "ไม่รู้จักไฟล์นี้", "an unknown file";
        why: "ไฟล์ที่ชื่อไม่ตรงจะไม่ถูกอ่าน ข้อมูลในนั้นจะไม่ปรากฏบนเว็บไซต์", "A file with another name is not read; what it holds will not be on the site.";
        mend: "เปลี่ยนชื่อไฟล์ให้ตรง หรือย้ายไปไว้ใน files/", "give it the exact name, or move it into files/";
        example: "scores (1).yaml   →   scores.yaml";
    }
    YEAR_FOLDER = "files/year-folder", Error, Form {
        title: "ชื่อโฟลเดอร์ไม่ใช่ปี", "a folder that is no year";
        why: "โฟลเดอร์ใน content/ ตั้งชื่อด้วยปีงบประมาณที่ประเมิน เป็นเลขอารบิก พ.ศ. สี่หลัก", "A folder in content/ is named by the assessed fiscal year: Arabic digits, พ.ศ., four of them.";
        mend: "เปลี่ยนชื่อโฟลเดอร์เป็นปี พ.ศ. เช่น 2565", "rename the folder to the year, such as 2565";
        example: "content/2565/";
    }
    OUTSIDE_LINK = "files/outside-link", Error, Form {
        title: "ทางลัดชี้ออกนอกเว็บไซต์", "a symbolic link that leaves the site";
        why: "ไฟล์นอกโฟลเดอร์ของเว็บไซต์อาจถูกเผยแพร่โดยไม่ตั้งใจ", "Files outside of the site's folder could be published unintentionally.";
        mend: "คัดลอกไฟล์จริงมาไว้แทนทางลัด", "put a copy of the file in its place";
        example: "content/2565/files/manual.pdf";
    }
    CASE_TWINS = "files/case-twins", Error, Form {
        title: "ชื่อไฟล์ต่างกันเพียงตัวพิมพ์เล็กใหญ่", "names that differ only in letter case";
        why: "บน Windows สองชื่อนี้คือไฟล์เดียวกัน ไฟล์หนึ่งจะทับอีกไฟล์", "On Windows they are one file, and one would overwrite the other.";
        mend: "เปลี่ยนชื่อไฟล์หนึ่ง", "rename one of them";
        example: "files/Plan.pdf   files/plan.pdf";
    }
    WINDOWS_NAME = "files/windows-name", Error, Form {
        title: "ชื่อที่ Windows ใช้ไม่ได้", "a name that Windows does not take";
        why: "โฟลเดอร์นี้จะคัดลอกไปเครื่องที่ใช้ Windows หรือแตกไฟล์ ZIP ที่นั่นไม่ได้ครบ เพราะ Windows สงวนชื่อ เช่น CON และ NUL ไว้ให้อุปกรณ์ และไม่รับอักขระ < > : \" | ? *",
             "The folder could not be copied to a computer with Windows, or a ZIP of it be unpacked there: Windows keeps names such as CON and NUL for devices and takes none of < > : \" | ? *.";
        mend: "เปลี่ยนชื่อ แล้วแก้ลิงก์ที่ชี้มาด้วย", "rename it, and mend the links to it";
        example: "files/aux.txt   →   files/annex.txt";
    }
    CURLY_QUOTES = "files/curly-quotes", Warning, Content {
        title: "มีเครื่องหมายคำพูดโค้งครอบทั้งค่า", "curly quotes round a whole value";
        why: "มักติดมาจาก Word และไม่ใช่ส่วนหนึ่งของข้อความ จึงตัดออกให้", "They usually come from Word and are no part of the text, so they are dropped.";
        mend: "ลบเครื่องหมายคำพูดออก", "delete the quotes";
        example: "title: “คู่มือ”   →   title: คู่มือ";
    }
    PARENTHESES = "files/parentheses", Warning, Content {
        title: "พิมพ์วงเล็บไว้ในชื่อผู้ลงนาม", "parentheses typed round a signatory's name";
        why: "หน้าเว็บใส่วงเล็บให้เองทั้งสองข้าง ถ้าพิมพ์ไว้ข้างเดียวชื่อจะดูไม่สมบูรณ์", "Pages add both parentheses; typed ones would stand there twice, or only on one side.";
        mend: "เหลือเฉพาะคำนำหน้า ชื่อ และนามสกุล", "leave title, name and surname alone";
        example: "name: (นายตัวอย่าง)   →   name: นายตัวอย่าง";
    }
    LIST_NUMBER = "files/list-number", Warning, Content {
        title: "เลขข้อไม่เรียงกัน", "a number out of order in a list";
        why: "ข้อย่อยแยกกันด้วยเลขข้อที่เรียงต่อกัน เลขที่ข้ามหรือซ้ำทำให้ข้อถูกรวมเป็นข้อเดียว", "Items are told apart by consecutive numbers; a gap or a repeat joins two items into one.";
        mend: "แก้เลขข้อให้เรียงกัน", "number the items one after the other";
        example: "๑. จัดทำคู่มือ\n๒. เผยแพร่คู่มือ";
    }
    LIST_DASH = "files/list-dash", Warning, Content {
        title: "ขีดหน้าข้อไม่มีช่องว่างตามหลัง", "a dash without its space";
        why: "ขีดที่ติดกับข้อความไม่แยกข้อ ข้อความจะต่อกันเป็นข้อเดียว", "A dash that touches the word does not begin an item: the items run together.";
        mend: "เว้นวรรคหลังขีด และขึ้นบรรทัดใหม่ทุกข้อ", "put a space after the dash and each item on a line of its own";
        example: "- จัดทำคู่มือ";
    }
    ACCEPT_UNUSED = "files/accept-unused", Warning, Form {
        title: "accept ไม่ตรงกับสิ่งที่พบ", "an acceptance that matches nothing";
        why: "เหตุผลที่ค้างอยู่หลังแก้ไขแล้วทำให้ผู้อ่านเข้าใจผิด และอาจซ่อนข้อผิดพลาดใหม่", "A reason left behind after the mending misleads readers and could hide a new mistake.";
        mend: "ลบรายการ accept นี้ออก หรือแก้รหัสให้ถูก", "delete this acceptance or mend its code";
        example: "accept:\n  - { code: chain/period-outside-year, reason: ตามบันทึกข้อความต้นฉบับ }";
    }
    THEME = "files/theme", Error, Form {
        title: "ธีมมีข้อผิดพลาด", "an error in the theme";
        why: "แม่แบบที่ผิดทำให้สร้างหน้าเว็บไม่ได้ เว็บไซต์เดิมจึงยังอยู่", "With a wrong template pages cannot be made, so the old site stays.";
        mend: "แก้แม่แบบตามตำแหน่งที่บอก ดู themes/README.md", "mend the template at this place; see themes/README.md";
        example: "{{ page.title }}";
    }
    FRAMEWORK = "files/framework", Error, Form {
        title: "เกณฑ์ของปีงบประมาณไม่ครบหรือขัดกัน", "a framework that does not hold together";
        why: "คะแนน ระดับ และข้อ OIT ของทั้งปีคำนวณจากไฟล์นี้", "Scores, levels and items of the whole year follow from this file.";
        mend: "แก้ไฟล์ framework/ ของปีนั้น", "mend the file in framework/";
        example: "extends: 2568";
    }
    NO_FRAMEWORK = "files/no-framework", Warning, Content {
        title: "ยังไม่มีเกณฑ์ของปีนี้", "no framework for this year";
        why: "คะแนนแสดงตามที่ประกาศ แต่โปรแกรมคำนวณระดับ ตรวจคะแนน และแสดงข้อ OIT ของปีนี้ไม่ได้", "Scores are shown as announced, but nothing can be computed and no items are known.";
        mend: "สร้างไฟล์ framework/<ปี>.yaml ที่ extends ปีก่อน แล้วแก้ส่วนที่เปลี่ยน", "write framework/<year>.yaml that extends the year before, and mend what changed";
        example: "fiscal_year: 2570\nextends: 2569\nsure: I";
    }
}

/// Bytes that are no UTF-8; names the encoding that they look like.
pub fn not_utf8(path: &str, bytes: &[u8]) -> Finding {
    let encoding = Encoding::of(bytes);
    let words = match encoding.map(Encoding::name) {
        Some(name) => {
            Words::new(format!("ไฟล์นี้บันทึกแบบ {name} ไม่ใช่ UTF-8"), format!("this file is {name}, not UTF-8"))
        }
        None => Words::new(
            "ไฟล์นี้ไม่ใช่ UTF-8 และไม่ทราบว่าเป็นรหัสใด",
            "this file is not UTF-8, nor any encoding that is known",
        ),
    };
    let finding = Finding::at(&NOT_UTF8, Location::file(path), words);
    match encoding.filter(|encoding| encoding.decode(bytes).is_some()) {
        Some(encoding) => Finding { fix: Some(Fix::Recode(encoding)), ..finding },
        None => finding.remedy(
            "เปิดไฟล์ด้วยโปรแกรมที่บันทึกไฟล์นี้ แล้วบันทึกใหม่เป็น UTF-8",
            "open it with the program that saved it, and save it as UTF-8",
        ),
    }
}

/// A text file of more bytes than any real one.
pub fn too_large(path: &str, bytes: u64) -> Finding {
    let megabytes = bytes.div_ceil(1_000_000);
    Finding::at(
        &TOO_LARGE,
        Location::file(path),
        Words::new(
            format!("ไฟล์นี้ใหญ่ {megabytes} เมกะไบต์ เกินกว่าไฟล์ข้อความ"),
            format!("this file has {megabytes} MB, too large for a text file"),
        ),
    )
}

/// A file without a single key.
pub fn empty(place: &Place) -> Finding {
    Finding::new(&EMPTY, place, Words::new("ไฟล์นี้ไม่มีข้อมูล", "this file holds nothing"))
}

/// What the YAML parser cannot read: its own words for a colleague who knows YAML, and what they mean for everybody else.
pub fn yaml_syntax(place: &Place, reason: &str) -> Finding {
    let explained = syntax::explain(reason);
    let th = explained.map_or_else(|| reason.to_owned(), |(th, _)| th.to_owned());
    let words = Words::new(
        format!("อ่านต่อจากตรงนี้ไม่ได้: {th}"),
        format!("the YAML cannot be read from here on ({reason})"),
    );
    let finding = Finding::new(&YAML_SYNTAX, place, words);
    match explained {
        Some((_, mend)) => finding.remedy(mend.th, mend.en),
        None => finding,
    }
}

/// A key whose value follows its colon at once. The place is the colon.
pub fn unspaced_colon(place: &Place, key: &str) -> Finding {
    let words = Words::new(
        "ไม่ได้เว้นวรรคหลังเครื่องหมาย : จึงอ่านเป็นข้อความ ไม่ใช่ชื่อหัวข้อกับค่า",
        "there is no space behind the colon, so this is read as a text and not as a key with its value",
    );
    Finding::new(&YAML_SYNTAX, place, words)
        .remedy(format!("เว้นวรรคหนึ่งครั้งหลัง {key}:"), format!("type a space behind `{key}:`"))
}

/// A sign in the indent that looks like a space.
pub fn odd_indent(place: &Place, sign: char) -> Finding {
    let (th, en) = match sign {
        '\t' => ("ย่อหน้าด้วยแท็บ (Tab)", "the indent holds a tab"),
        '\u{a0}' => ("ย่อหน้าด้วยช่องว่างพิเศษ (no-break space)", "the indent holds a no-break space"),
        _ => ("ย่อหน้าด้วยช่องว่างที่ YAML ไม่รู้จัก", "the indent holds a space that YAML does not know"),
    };
    let finding = Finding::new(&ODD_INDENT, place, Words::new(th, en));
    // How many spaces a tab or a wide space stands for, only its author knows.
    match sign {
        '\u{200b}' => finding.fix(&place.source, [(place.span.clone(), "")]),
        _ => finding,
    }
}

/// An anchor, alias, tag or merge key.
pub fn reference(place: &Place) -> Finding {
    let sign = place.text().chars().next().unwrap_or('&');
    Finding::new(
        &REFERENCE,
        place,
        Words::new(
            format!("เครื่องหมาย {sign} หน้าค่าใช้ไม่ได้ในไฟล์ของ prongsai"),
            format!("`{sign}` before a value is not part of this format"),
        ),
    )
}

/// `---` in the middle of a file.
pub fn several_documents(place: &Place) -> Finding {
    Finding::new(
        &SEVERAL_DOCUMENTS,
        place,
        Words::new("เริ่มเอกสารที่สองในไฟล์เดียว", "a second document begins here"),
    )
}

/// More levels than the format has.
pub fn too_deep(place: &Place) -> Finding {
    Finding::new(&TOO_DEEP, place, Words::new("ซ้อนกันเกิน 32 ชั้น", "nested deeper than 32 levels"))
}

/// A list or map where a key belongs.
pub fn key_not_text(place: &Place) -> Finding {
    Finding::new(&KEY_NOT_TEXT, place, Words::new("ตรงนี้ต้องเป็นชื่อรายการ", "a key belongs here"))
}

/// A key that stood before; names where.
pub fn duplicate_key(place: &Place, key: &str, first: &Place) -> Finding {
    let line = first.source.position(first.span.start).line;
    Finding::new(
        &DUPLICATE_KEY,
        place,
        Words::new(format!("มี {key} แล้วในบรรทัดที่ {line}"), format!("`{key}` is already given in line {line}")),
    )
}

/// A key that this map does not have; names the nearest one.
pub fn unknown_key(place: &Place, key: &str, nearest: Option<&str>, known: &[&str]) -> Finding {
    let finding =
        Finding::new(&UNKNOWN_KEY, place, Words::new(format!("ไม่รู้จัก {key}"), format!("unknown key `{key}`")));
    match nearest {
        Some(nearest) => {
            finding.remedy(format!("หมายถึง {nearest} หรือไม่"), format!("did you mean `{nearest}`?"))
        }
        None => {
            let known = known.join(", ");
            finding.remedy(format!("ใช้ได้เฉพาะ {known}"), format!("known here: {known}"))
        }
    }
}

/// A required key that is absent or empty; reported at the map that should hold it.
pub fn missing_key(place: &Place, key: &str) -> Finding {
    Finding::new(&MISSING_KEY, place, Words::new(format!("ต้องมี {key}"), format!("`{key}` is required")))
        .remedy(format!("เพิ่ม {key}: และค่าของรายการนี้"), format!("add `{key}:` with its value"))
}

/// A value of another kind than the key takes.
pub fn wrong_type(place: &Place, expected: Explained, found: Explained) -> Finding {
    Finding::new(
        &WRONG_TYPE,
        place,
        Words::new(
            format!("ตรงนี้ต้องเป็น{} แต่พบ{}", expected.th, found.th),
            format!("expected {}, found {}", expected.en, found.en),
        ),
    )
}

/// A value outside of a closed list.
pub fn bad_choice(place: &Place, found: &str, choices: &[&str]) -> Finding {
    let choices = choices.join(", ");
    Finding::new(
        &BAD_VALUE,
        place,
        Words::new(format!("ค่า {found} ใช้ไม่ได้"), format!("`{found}` is not one of the values")),
    )
    .remedy(format!("เลือกจาก {choices}"), format!("choose from {choices}"))
}

/// A value whose own rule says why it cannot be.
pub fn bad_value(place: &Place, th: &str, en: &str) -> Finding {
    Finding::new(&BAD_VALUE, place, Words::new(th, en)).remedy("แก้ค่านี้ให้ถูกต้อง", "mend this value")
}

/// A date, month or period that cannot be read, and why.
pub fn bad_date(place: &Place, found: &str, why: &ErrorKind) -> Finding {
    let words = match *why {
        ErrorKind::MissingDay => Words::new(format!("{found} ไม่มีวันที่"), format!("`{found}` has no day")),
        ErrorKind::UnexpectedDay => Words::new(
            format!("{found} ตรงนี้ต้องเป็นเดือน ไม่ใช่วัน"),
            format!("`{found}` is a day where a month belongs"),
        ),
        ErrorKind::MissingYear => Words::new(format!("{found} ไม่มีปี"), format!("`{found}` has no year")),
        ErrorKind::TwoDigitYear { year } => Words::new(
            format!("ปี {year:02} สองหลักไม่ชัดว่าเป็นปีใด"),
            format!("the two digits {year:02} could be several years"),
        ),
        ErrorKind::ShiftedTwice { year, likely } | ErrorKind::EraContradicted { year, likely } => Words::new(
            format!("ปี {year} น่าจะหมายถึง พ.ศ. {likely}"),
            format!("the year {year} probably means {likely} B.E."),
        ),
        ErrorKind::NoSuchMonth { month } => {
            Words::new(format!("ไม่มีเดือนที่ {month}"), format!("there is no month {month}"))
        }
        ErrorKind::NoSuchDay { day, month, last } => {
            let name = |language| month.long(language, Numerals::Arabic);
            Words::new(
                format!("{} ไม่มีวันที่ {day} วันสุดท้ายคือ {last}", name(Language::Thai)),
                format!("{} has no day {day}; its last one is {last}", name(Language::English)),
            )
        }
        ErrorKind::NoSuchQuarter => Words::new("ไตรมาสมี 1 ถึง 4", "quarters are 1 to 4"),
        ErrorKind::EndBeforeStart { from, to } => return end_before_start(place, from, to),
        ErrorKind::Empty | ErrorKind::Unreadable | ErrorKind::YearOutOfRange | ErrorKind::MixedDigits => {
            Words::new(format!("อ่าน {found} เป็นวันที่หรือเดือนไม่ได้"), format!("`{found}` is no date or month"))
        }
    };
    Finding::new(&BAD_DATE, place, words)
}

/// The same where a day or a month belongs.
pub fn bad_point(place: &Place, found: &str, why: &ErrorKind) -> Finding {
    bad_date(place, found, why).remedy(
        "เขียนเช่น มีนาคม ๒๕๖๖ หรือ มี.ค. ๖๖ หรือ ๓๑ มี.ค. ๖๖",
        "write it like มีนาคม ๒๕๖๖, มี.ค. ๖๖ or ๓๑ มี.ค. ๖๖",
    )
}

/// The same where a period belongs.
pub fn bad_period(place: &Place, found: &str, why: &ErrorKind) -> Finding {
    let finding = bad_date(place, found, why);
    match why {
        ErrorKind::EndBeforeStart { .. } => finding,
        _ => finding.remedy(
            "เขียนเช่น ม.ค. ๖๖ – มี.ค. ๖๖ หรือ ไตรมาส ๑–๒ หรือ ตลอดปีงบประมาณ",
            "write it like ม.ค. ๖๖ – มี.ค. ๖๖, ไตรมาส ๑–๒ or ตลอดปีงบประมาณ",
        ),
    }
}

/// A period whose right side comes before its left one.
pub fn end_before_start(place: &Place, from: Point, to: Point) -> Finding {
    let name = |point: Point, language| point.long(language, Numerals::Arabic);
    Finding::new(
        &BAD_DATE,
        place,
        Words::new(
            format!("สิ้นสุด {} ก่อนเริ่ม {}", name(to, Language::Thai), name(from, Language::Thai)),
            format!(
                "it ends {} before it begins {}",
                name(to, Language::English),
                name(from, Language::English)
            ),
        ),
    )
    .remedy("สลับวันเริ่มกับวันสิ้นสุด หรือแก้ปี", "swap the two sides or mend a year")
}

/// A date understood although it is written wrong. What was found may be a part of what stands at the place.
pub fn month_spelling(place: &Place, found: &str, remark: RemarkKind) -> Finding {
    match remark {
        RemarkKind::MissingDot { should_be } | RemarkKind::Misspelt { should_be } => {
            let finding = Finding::new(
                &MONTH_SPELLING,
                place,
                Words::new(
                    format!("{found} ควรเขียน {should_be}"),
                    format!("`{found}` should be `{should_be}`"),
                ),
            )
            .remedy(format!("เขียน {should_be}"), format!("write `{should_be}`"));
            // Another spelling could be another month: only the dots are nobody's choice.
            match matches!(remark, RemarkKind::MissingDot { .. }) && place.text() == found {
                true => finding.fix(&place.source, [(place.span.clone(), should_be)]),
                false => finding,
            }
        }
        RemarkKind::MixedDigits => Finding::new(
            &MONTH_SPELLING,
            place,
            Words::new(
                format!("{found} ปนเลขไทยกับเลขอารบิก"),
                format!("`{found}` mixes Thai and Arabic digits"),
            ),
        )
        .remedy("ใช้เลขไทยหรือเลขอารบิกอย่างเดียว", "use digits of one script"),
    }
}

/// A year that is none; names the one that was probably meant.
pub fn bad_year(place: &Place, why: &ErrorKind) -> Finding {
    let found = place.text();
    let finding = Finding::new(
        &BAD_YEAR,
        place,
        Words::new(format!("{found} ไม่ใช่ปีที่ใช้ได้"), format!("`{found}` is no year that can be used")),
    );
    match *why {
        ErrorKind::ShiftedTwice { likely, .. } | ErrorKind::EraContradicted { likely, .. } => {
            finding.remedy(format!("หมายถึง พ.ศ. {likely} หรือไม่"), format!("did you mean {likely} B.E.?"))
        }
        _ => finding,
    }
}

/// `fiscal_year` is not what the folder demands; says what both years mean.
pub fn year_mismatch(place: &Place, found: i16, folder: i16, expected: i16) -> Finding {
    let (th, en) = if expected == folder {
        (
            format!("ไฟล์นี้เป็นของปีที่ประเมิน {folder} ตามโฟลเดอร์ แต่เขียน {found}"),
            format!("this file belongs to the assessed year {folder} of its folder, but says {found}"),
        )
    } else {
        (
            format!("มาตรการที่เกิดจากผลปี {folder} ดำเนินการในปี {expected} แต่เขียน {found}"),
            format!(
                "measures that follow from the result of {folder} take place in {expected}, but the file says {found}"
            ),
        )
    };
    Finding::new(&YEAR_MISMATCH, place, Words::new(th, en)).remedy(
        format!("เขียน fiscal_year: {expected} หรือย้ายไฟล์ไปโฟลเดอร์ของปีนั้น"),
        format!("write `fiscal_year: {expected}`, or move the file to that year's folder"),
    )
}

/// A link that is no web address, page or attachment.
pub fn bad_link(place: &Place, found: &str, why: Words) -> Finding {
    Finding::new(
        &BAD_LINK,
        place,
        Words::new(
            format!("ลิงก์ {found} ใช้ไม่ได้: {}", why.th),
            format!("the link `{found}` cannot be used: {}", why.en),
        ),
    )
}

/// An id with other signs than an address may have.
pub fn bad_id(place: &Place, found: &str) -> Finding {
    Finding::new(
        &BAD_ID,
        place,
        Words::new(format!("รหัส {found} ใช้เป็นที่อยู่หน้าเว็บไม่ได้"), format!("`{found}` cannot be an address")),
    )
}

/// A file or folder whose name can be no address.
pub fn bad_name(path: &str, found: &str) -> Finding {
    Finding::at(
        &BAD_ID,
        Location::file(path),
        Words::new(format!("ชื่อ {found} ใช้เป็นที่อยู่หน้าเว็บไม่ได้"), format!("`{found}` cannot be an address")),
    )
}

/// An id that another one of the same list has already.
pub fn repeated_id(place: &Place, found: &str) -> Finding {
    Finding::new(
        &BAD_ID,
        place,
        Words::new(format!("รหัส {found} ใช้ไปแล้ว"), format!("the id `{found}` is already used")),
    )
    .remedy("ตั้งรหัสอื่นที่ไม่ซ้ำ", "choose another id")
}

/// A folder whose name is an address of the site itself.
pub fn reserved_name(path: &str, found: &str) -> Finding {
    Finding::at(
        &BAD_ID,
        Location::file(path),
        Words::new(format!("ชื่อ {found} สงวนไว้สำหรับระบบ"), format!("the name `{found}` is reserved")),
    )
    .remedy("ตั้งชื่ออื่น", "choose another name")
}

/// A code that is no item code; names the right one where it is clear.
pub fn bad_item(place: &Place, found: &str, likely: Option<&str>) -> Finding {
    let finding = Finding::new(
        &BAD_ITEM,
        place,
        Words::new(format!("{found} ไม่ใช่รหัสข้อ OIT"), format!("`{found}` is no OIT item code")),
    );
    match likely {
        Some(likely) => finding.remedy(format!("เขียน {likely}"), format!("write `{likely}`")),
        None => finding,
    }
}

/// A file that must be there.
pub fn missing_file(path: &str) -> Finding {
    Finding::at(
        &MISSING_FILE,
        Location::file(path),
        Words::new(format!("ไม่พบไฟล์ {path}"), format!("there is no file {path}")),
    )
}

/// A file whose name the format does not know; names the nearest one.
pub fn unknown_file(path: &str, nearest: Option<&str>) -> Finding {
    let finding =
        Finding::at(&UNKNOWN_FILE, Location::file(path), Words::new("ไฟล์นี้ไม่ถูกอ่าน", "this file is not read"));
    match nearest {
        Some(nearest) => {
            finding.remedy(format!("เปลี่ยนชื่อเป็น {nearest} หรือไม่"), format!("rename it to {nearest}?"))
        }
        None => finding,
    }
}

/// A folder in `content/` that is neither a year nor an agency.
pub fn year_folder(path: &str, likely: Option<&str>) -> Finding {
    let finding = Finding::at(
        &YEAR_FOLDER,
        Location::file(path),
        Words::new(
            format!("โฟลเดอร์ {path} ไม่ใช่ปี พ.ศ."),
            format!("the folder {path} is no year of the Buddhist era"),
        ),
    );
    match likely {
        Some(likely) => {
            finding.remedy(format!("เปลี่ยนชื่อโฟลเดอร์เป็น {likely}"), format!("rename the folder to {likely}"))
        }
        None => finding,
    }
}

/// A symbolic link whose target lies outside of the site's folder.
pub fn outside_link(path: &str) -> Finding {
    Finding::at(
        &OUTSIDE_LINK,
        Location::file(path),
        Words::new(
            "ทางลัด (symbolic link) นี้ชี้ไปนอกโฟลเดอร์ของเว็บไซต์",
            "this symbolic link leads out of the site's folder",
        ),
    )
}

/// Two names that are one on Windows.
pub fn case_twins(path: &str, twin: &str) -> Finding {
    Finding::at(
        &CASE_TWINS,
        Location::file(path),
        Words::new(
            format!("ชื่อนี้ต่างจาก {twin} เพียงตัวพิมพ์เล็กใหญ่"),
            format!("this name differs from {twin} in letter case only"),
        ),
    )
}

/// Why Windows does not take a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It is kept for a device, whatever stands behind a dot.
    Device,
    /// It has this character in it.
    Sign(char),
    /// It ends in a dot or a space, which would be dropped.
    End,
}

/// A name that Windows does not take.
pub fn windows_name(path: &str, refusal: Refusal) -> Finding {
    let name = path.rsplit('/').next().unwrap_or(path);
    let (th, en) = match refusal {
        Refusal::Device => (
            format!("Windows สงวนชื่อ {name} ไว้สำหรับอุปกรณ์"),
            format!("Windows keeps the name {name} for a device"),
        ),
        Refusal::Sign(sign) if sign.is_control() => (
            "ชื่อนี้มีอักขระควบคุม ซึ่ง Windows ไม่รับ".to_owned(),
            "this name has a control character in it, which Windows does not take".to_owned(),
        ),
        Refusal::Sign(sign) => (
            format!("ชื่อนี้มีอักขระ {sign} ซึ่ง Windows ไม่รับ"),
            format!("this name has {sign} in it, which Windows does not take"),
        ),
        Refusal::End => (
            "ชื่อนี้ลงท้ายด้วยจุดหรือช่องว่าง ซึ่ง Windows ตัดทิ้ง".to_owned(),
            "this name ends in a dot or a space, which Windows drops".to_owned(),
        ),
    };
    Finding::at(&WINDOWS_NAME, Location::file(path), Words::new(th, en))
}

/// “…” round a whole value.
pub fn curly_quotes(place: &Place) -> Finding {
    Finding::new(
        &CURLY_QUOTES,
        place,
        Words::new("มีเครื่องหมายคำพูดโค้งครอบค่านี้", "curly quotes stand round this value"),
    )
}

/// A name that brings its own parentheses.
pub fn parentheses(place: &Place) -> Finding {
    Finding::new(
        &PARENTHESES,
        place,
        Words::new("ชื่อนี้มีวงเล็บติดมา จึงตัดออกให้", "this name came with parentheses, which are dropped"),
    )
}

/// A line that begins with a number that continues nothing.
pub fn list_number(place: &Place) -> Finding {
    let found = place.text();
    Finding::new(
        &LIST_NUMBER,
        place,
        Words::new(
            format!("เลขข้อ {found} ไม่ต่อจากข้อก่อนหน้า"),
            format!("`{found}` does not continue the numbers before it"),
        ),
    )
}

/// A dash in the middle of a folded text.
pub fn list_dash(place: &Place) -> Finding {
    Finding::new(&LIST_DASH, place, Words::new("ขีดนี้ไม่ได้ขึ้นข้อใหม่", "this dash begins no new item"))
}

/// An `accept` entry that no finding answers to, or whose finding is none that can be accepted. The concern is that of its code, if it
/// is one.
pub fn accept_unused(place: &Place, code: &str, concern: Option<Concern>) -> Finding {
    let words = match concern {
        Some(Concern::Form) => Words::new(
            format!("{code} เป็นเรื่องรูปแบบไฟล์ จึงยอมรับไม่ได้"),
            format!("{code} is about form and cannot be accepted"),
        ),
        Some(Concern::Information) => Words::new(
            format!("{code} เป็นเพียงข้อมูลประกอบ ไม่ต้องยอมรับ"),
            format!("{code} only informs, so there is nothing to accept"),
        ),
        Some(Concern::Content) | None => {
            Words::new(format!("ไม่พบ {code} ในไฟล์นี้"), format!("there is no {code} in this file"))
        }
    };
    Finding::new(&ACCEPT_UNUSED, place, words)
}

/// An error of a theme, in the words of the engine or of the reader of its data. Both speak to developers, as whoever makes a theme is.
pub fn theme(location: Location, reason: &str) -> Finding {
    let words =
        Words::new(format!("ธีมผิดพลาด ระบบแม่แบบแจ้งผู้จัดทำธีมว่า “{reason}”"), format!("template error: {reason}"));
    Finding::at(&THEME, location, words)
}

/// Themes that extend each other.
pub fn theme_circle(location: Location, name: &str) -> Finding {
    let words = Words::new(
        format!("ธีมต่อยอดกันเป็นวงกลม: {name}"),
        format!("themes extend each other in a circle: {name}"),
    );
    Finding::at(&THEME, location, words).remedy("แก้ extends ใน theme.yaml", "mend `extends` in theme.yaml")
}

/// A theme for another version of what templates are given.
pub fn theme_contract(location: Location, found: u32, known: u32) -> Finding {
    let words = Words::new(
        format!("ธีมนี้ทำขึ้นตามข้อตกลงรุ่นที่ {found} แต่โปรแกรมนี้ใช้รุ่นที่ {known}"),
        format!("written for contract {found}, this program has {known}"),
    );
    Finding::at(&THEME, location, words).remedy(
        "ใช้ธีมรุ่นที่ตรงกับโปรแกรม หรือใช้ธีมที่มากับโปรแกรม",
        "take a version of the theme that fits, or the built-in theme",
    )
}

/// A framework that contradicts itself.
pub fn framework(place: &Place, th: &str, en: &str) -> Finding {
    Finding::new(&FRAMEWORK, place, Words::new(th, en))
}

/// A year after the last one that the program knows.
pub fn no_framework(place: &Place, year: i16) -> Finding {
    unknown_year(place, year, ["", ""])
}

/// The same where nothing but the answers to its items is there: without a list of them no page is made.
pub fn no_items(place: &Place, year: i16) -> Finding {
    unknown_year(place, year, [" จึงทำหน้ารายการข้อ OIT และตารางตอบไม่ได้", ", so its items cannot be listed"])
}

fn unknown_year(place: &Place, year: i16, [consequence_th, consequence_en]: [&str; 2]) -> Finding {
    let words = Words::new(
        format!("ยังไม่มีเกณฑ์ของปีงบประมาณ {year}{consequence_th}"),
        format!("no framework of fiscal year {year} is known{consequence_en}"),
    );
    Finding::new(&NO_FRAMEWORK, place, words).remedy(
        format!("สร้างไฟล์ framework/{year}.yaml (เริ่มจาก extends: {})", year - 1),
        format!("write framework/{year}.yaml, beginning with `extends: {}`", year - 1),
    )
}

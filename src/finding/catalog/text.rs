//! Area *text*: prose, its links and its bindings; names, years, figures and characters of texts wherever they stand.

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
    AGENCY_NAME = "text/agency-name", Warning, Content {
        title: "ชื่อหน่วยงานสะกดผิด", "the agency's name is misspelt";
        why: "ผู้ประเมินและประชาชนเห็นชื่อหน่วยงานหลายแบบในเอกสารเดียวจะสงสัยว่าคัดลอกมาจากที่อื่น และค้นหาชื่อที่ถูกไม่พบ ตรวจเฉพาะชื่อที่ตามหลังคำบอกประเภท (องค์การบริหารส่วนตำบล อบต. เทศบาลตำบล ฯลฯ) โดยไม่นับช่องว่าง และเตือนเฉพาะที่ต่างจากชื่อจริงไม่เกินสระหรือวรรณยุกต์สองตัว หรือพยัญชนะตัวเดียวในชื่อยาว ส่วนชื่อสั้นมากไม่ตรวจ เกณฑ์นี้ปรับกับชื่อตำบลทั้งหมด ๗,๔๓๖ แห่ง: ชื่อที่ต่างกันในอำเภอเดียวกัน ๗๑,๐๐๐ คู่ ถูกเข้าใจว่าเป็นชื่อเดียวกันเพียงคู่เดียว",
             "Several spellings of the agency's name in one document look copied from elsewhere, and nobody finds the wrong ones. Only names behind a kind (อบต., เทศบาลตำบล and so on) are looked at, spaces ignored, and only those that differ by at most two vowel signs or tone marks, or by one letter in a long name; very short names are left alone. The rule was tuned on the names of all 7,436 subdistricts: of 71,000 pairs of different names within one district a single one is taken for the same.";
        mend: "แก้ชื่อให้ตรงกับ agency.name ถ้าหมายถึงหน่วยงานอื่นจริง ให้ใส่ accept พร้อมเหตุผล หรือใช้ {{ agency.name }} ในไฟล์ .md",
              "write the name as in agency.name, or {{ agency.name }} in a .md file; if another agency is really meant, accept it with a reason";
        example: "องค์การบริหารส่วนตำบลลุ่มพูก   →   องค์การบริหารส่วนตำบลลุมพุก";
    }
    OFFICE_NAME = "text/office-name", Warning, Content {
        title: "ชื่อตำแหน่งหรือประเภทหน่วยงานสะกดผิด", "an office is misspelt";
        why: "ตำแหน่งผู้บริหารที่ตก ก ไปหนึ่งตัว หรือองค์กรแทนองค์การ เป็นคำผิดที่เห็นทันทีในหนังสือราชการ ตรวจเฉพาะ นายกองค์การบริหารส่วน… นายกเทศมนตรี และองค์การบริหารส่วนตำบล/จังหวัด ซึ่งยาวพอที่คำใกล้เคียงจะเป็นอย่างอื่นไม่ได้ คำว่า องค์กรปกครองส่วนท้องถิ่น ไม่ถือว่าผิด ปรับเกณฑ์กับบันทึกข้อความจริงและข้อความทั้งหมดของชุดทดสอบ",
             "A head of office without one letter, or the wrong word for authority, is what a reader of an official letter sees first. Only นายกองค์การบริหารส่วน…, นายกเทศมนตรี and องค์การบริหารส่วนตำบล/จังหวัด are looked at: they are so long that whatever is near them can be nothing else; องค์กรปกครองส่วนท้องถิ่น is right. Tuned on a real memo and on every text of the tests.";
        mend: "แก้คำให้ถูก", "write the office in full and rightly";
        example: "to: นายองค์การบริหารส่วนตำบลลุมพุก   →   to: นายกองค์การบริหารส่วนตำบลลุมพุก";
    }
    INSTRUMENT_NAME = "text/instrument-name", Warning, Content {
        title: "ชื่อแบบวัดไม่ตรงกับรหัส หรือสะกดผิด", "an instrument's name that is misspelt or belongs to another code";
        why: "IIT EIT และ OIT วัดคนละเรื่อง ชื่อที่ไม่ตรงกับรหัสแสดงว่าคัดลอกตารางมาโดยไม่ได้แก้ ผู้ประเมินอาจเห็นว่าการวิเคราะห์ไม่ตรงกับแบบวัด ตรวจเฉพาะรหัสที่อยู่ติดกับชื่อเต็มหรือชื่อรองของแบบวัด และชื่อที่ต่างไม่เกินสองตัวอักษร การละคำทั้งคำ เช่น ผู้มีส่วนได้เสียภายนอก ไม่ถือว่าผิด ปรับเกณฑ์กับบันทึกข้อความจริงและชื่อที่ประกาศใช้ทุกปี",
             "IIT, EIT and OIT measure different things. A name beside another one's code shows that a table was copied and not corrected, and the analysis looks as if it were about something else. Only codes that touch a full or second name are looked at, and names wrong in at most two letters; leaving out a whole word is no fault. Tuned on a real memo and on the names of every year.";
        mend: "แก้ชื่อหรือรหัสให้ตรงกัน หรือใช้ {{ instrument(\"OIT\").name }} ในไฟล์ .md", "correct the name or the code, or write {{ instrument(\"OIT\").name }} in a .md file";
        example: "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (OIT)   →   แบบวัดการเปิดเผยข้อมูลสาธารณะ (OIT)";
    }
    INDICATOR_NAME = "text/indicator-name", Warning, Content {
        title: "ชื่อตัวชี้วัดไม่ตรงกับเลข หรือสะกดผิด", "an indicator's name that is misspelt or belongs to another number";
        why: "ผู้ประเมินเทียบจุดอ่อนกับมาตรการตามตัวชี้วัด ชื่อกับเลขที่ไม่ตรงกันทำให้ความเชื่อมโยงขาด ตรวจเฉพาะชื่อที่ตามหลัง “ตัวชี้วัดที่ …” ทันทีและจบที่ช่องว่าง เตือนเมื่อเป็นชื่อของตัวชี้วัดอื่น หรือต่างจากชื่อจริงไม่เกินหนึ่งในสี่ของตัวอักษร เกณฑ์นี้ปรับกับชื่อตัวชี้วัดทั้งสิบ ซึ่งต่างกันมากกว่านั้นทุกคู่",
             "An assessor follows weakness and measure by the indicator; a name that is not that of its number breaks the chain. Only names right behind ตัวชี้วัดที่ and their number are looked at, where they end before a gap: another indicator's name, or the own one with up to a quarter of its letters wrong. Tuned on the ten names, every two of which differ by more.";
        mend: "แก้ชื่อหรือเลขให้ตรงกัน หรือใช้ {{ indicator(5).name }} ในไฟล์ .md", "correct the name or the number, or write {{ indicator(5).name }} in a .md file";
        example: "ตัวชี้วัดที่ ๕ การปรับปรุงการทำงาน   →   ตัวชี้วัดที่ ๕ การแก้ไขปัญหาการทุจริต";
    }
    INDICATOR_ALIAS = "text/indicator-alias", Note, Content {
        title: "ตัวชี้วัดใช้ชื่อรอง", "an indicator under a second name";
        why: "ชื่อรองใช้กันในเอกสารจริงและไม่ผิด แต่เอกสารที่เรียกตัวชี้วัดเดียวกันสองชื่อชวนให้สงสัยว่าเป็นสองเรื่อง รายชื่อรองมาจากกรอบการประเมินของปีนั้น",
             "Second names stand in real documents and are accepted, but one indicator under two names looks like two. Which names are second ones, the year's framework says.";
        mend: "ใช้ชื่อเต็มตามกรอบการประเมิน หรือ {{ indicator(5).name }} ในไฟล์ .md", "use the name of the framework, or {{ indicator(5).name }} in a .md file";
        example: "ตัวชี้วัดที่ ๕ การแก้ปัญหาการทุจริต   →   ตัวชี้วัดที่ ๕ การแก้ไขปัญหาการทุจริต";
    }
    ITEM_GROUP = "text/item-group", Warning, Content {
        title: "อ้างตัวชี้วัดย่อยที่ไม่มีข้อนั้น", "an item under a sub-indicator that does not hold it";
        why: "ผู้ประเมินหาข้อในตัวชี้วัดย่อยที่อ้าง หากไม่อยู่ที่นั่น การวิเคราะห์ก็ดูไม่ตรงกับข้อที่เสียคะแนน เตือนเมื่อหลังเลขตัวชี้วัดย่อยมีรหัสหรือชื่อข้อที่อยู่ในตัวชี้วัดย่อยอื่น หรือยกองค์ประกอบของข้อวิเคราะห์และมาตรการมาครบทุกข้อ ปรับเกณฑ์กับบันทึกข้อความจริงที่อ้าง ๑๐.๑ แทน ๑๐.๒",
             "An assessor looks for the item under the sub-indicator that the text names; if it is not there, the analysis seems to miss the item that cost the points. Told where the code or title of another one's item follows the number, or where everything is quoted that the year demands of the analysis item. Tuned on a real memo that names 10.1 instead of 10.2.";
        mend: "แก้เลขตัวชี้วัดย่อยตามบัญชีข้อของปีนั้น ถ้าต้องคงตามเอกสารต้นฉบับ ให้ใส่ accept พร้อมเหตุผล", "name the sub-indicator of the year's list; if the original document has to stand, accept it with a reason";
        example: "ตัวชี้วัดย่อย ๑๐.๑ ข้อ O42   →   ตัวชี้วัดย่อย ๑๐.๒ ข้อ O42";
    }
    YEAR = "text/year", Warning, Content {
        title: "ปีในข้อความไม่ใช่ปีของรายงาน", "a year that does not fit the report";
        why: "เอกสารของปีอื่นไม่นับเป็นคะแนน และปีที่ค้างจากรายงานฉบับก่อนเป็นข้อผิดที่พบบ่อยที่สุดเมื่อคัดลอก ตรวจเฉพาะปีที่ตามหลัง ประจำปี หรือ ปีงบประมาณ ปีที่ใช้ได้คือปีที่ถูกประเมิน ปีก่อนหน้า ปีถัดไป และปีในช่วง เช่น พ.ศ. ๒๕๖๖-๒๕๗๐ ปีของกฎหมายไม่ตรวจ ปรับเกณฑ์กับบันทึกข้อความจริงและข้อความทั้งหมดของชุดทดสอบ",
             "A document of another year scores nothing, and a year left standing from the last report is the commonest slip of a copy. Only years behind ประจำปี and ปีงบประมาณ are looked at; the assessed year, the one before, the one after and the ends of a span fit, and the year of a law is never judged. Tuned on a real memo and on every text of the tests.";
        mend: "แก้ปี หรือใช้ {{ report.year }} และ {{ report.measures_year }} ในไฟล์ .md", "correct the year, or write {{ report.year }} and {{ report.measures_year }} in a .md file";
        example: "ประจำปีงบประมาณ พ.ศ. ๒๕๖๓   →   ประจำปีงบประมาณ พ.ศ. {{ report.year }}";
    }
    CONTRADICTS_DATA = "text/contradicts-data", Warning, Content {
        title: "ตัวเลขในข้อความไม่ตรงกับ scores.yaml", "the text contradicts scores.yaml";
        why: "รายงานที่บอกคะแนนสองค่าไม่น่าเชื่อถือ และผู้ประเมินเทียบกับผลที่ประกาศได้ทันที ตรวจเฉพาะวลีที่หมายถึงอย่างอื่นไม่ได้ เช่น “มีผลคะแนน … คะแนน ระดับ …” และ “ตัวชี้วัดที่ … ได้ … คะแนน” ไม่ตรวจเมื่อพูดถึงปีอื่น ค่าเฉลี่ย หรือเป้าหมาย และไม่เตือนตัวเลขที่มีอยู่ในข้อมูลของรอบนั้น ปรับเกณฑ์กับบันทึกข้อความจริงและข้อความทั้งหมดของชุดทดสอบ",
             "A report with two scores for one thing is not believed, and the announced one is a click away. Only phrases that can mean nothing else are looked at, such as มีผลคะแนน … คะแนน ระดับ … or ตัวชี้วัดที่ … ได้ … คะแนน; none that speak of another year, a mean or a goal, and no figure that the round has anywhere. Tuned on a real memo and on every text of the tests.";
        mend: "แก้ตัวเลขให้ตรงกับผลที่ประกาศ หรือใช้ {{ report.total }} {{ report.level }} และ {{ indicator(5).score }}", "correct the figure, or write {{ report.total }}, {{ report.level }} and {{ indicator(5).score }}";
        example: "มีผลคะแนน ๖๙.๘๓ คะแนน   →   มีผลคะแนน {{ report.total }} คะแนน";
    }
    DECOMPOSED_SARA_AM = "text/decomposed-sara-am", Warning, Content {
        title: "สระอำพิมพ์เป็นนิคหิตกับสระอา", "ำ that is typed as ํ and า";
        why: "มองเหมือนกันแต่เป็นคนละตัวอักษร ผู้ที่ค้นหาคำว่า ประจำปี จะไม่พบ และโปรแกรมอ่านออกเสียงอ่านผิด มักติดมากับข้อความที่คัดลอกจาก PDF",
             "The two look the same and are different characters: a search for the word fails, and screen readers misread it. Usually the text was copied from a PDF file.";
        mend: "พิมพ์ ำ ตัวเดียว หรือให้ prongsai check --fix แก้ให้", "type the one character ำ, or let `prongsai check --fix` do it";
        example: "ประจ\u{E4D}\u{E32}ปี   →   ประจำปี";
    }
    LOST_SARA_AM = "text/lost-sara-am", Warning, Content {
        title: "สระอำหายไปเหลือช่องว่างกับสระอา", "a gap where ำ was";
        why: "PDF รุ่นเก่าเก็บวงกลมของ ำ ไว้แยกกัน เมื่อคัดลอกออกมาจึงเหลือช่องว่าง ผู้อ่านเห็นคำขาดกลางและค้นหาไม่พบ คำไทยไม่มีคำใดขึ้นต้นด้วย า",
             "Older PDF files keep the circle of ำ apart, and a copy has a gap in its place: the word is torn, and no search finds it. No Thai word begins with า.";
        mend: "พิมพ์คำนั้นใหม่ให้มี ำ", "type the word again with its ำ";
        example: "ด าเนินการ   →   ดำเนินการ";
    }
    DOUBLED_MARKS = "text/doubled-marks", Warning, Content {
        title: "สระหรือวรรณยุกต์ซ้อนกัน", "doubled marks on a consonant";
        why: "สระหรือวรรณยุกต์ที่พิมพ์ซ้ำมักซ้อนกันจนมองไม่เห็น แต่ทำให้ค้นหาคำไม่พบ และบางเครื่องแสดงเป็นวงกลมประ",
             "A mark that was typed twice often hides under itself, but no search finds the word, and some devices show a dotted circle.";
        mend: "ลบตัวที่เกิน หรือให้ prongsai check --fix ลบตัวที่ซ้ำให้", "delete what is too much, or let `prongsai check --fix` delete what is twice";
        example: "ที\u{E48}\u{E48}   →   ที่";
    }
    DOUBLED_SARA_E = "text/doubled-sara-e", Warning, Content {
        title: "เ สองตัวแทน แ", "two เ in the place of แ";
        why: "มองเหมือนกันแต่เป็นคนละตัวอักษร ผู้ที่ค้นหาคำนั้นจะไม่พบ", "The two look the same and are different characters, so that no search finds the word.";
        mend: "พิมพ์ แ ตัวเดียว หรือให้ prongsai check --fix แก้ให้", "type the one character แ, or let `prongsai check --fix` do it";
        example: "เเผน   →   แผน";
    }
    MARK_ORDER = "text/mark-order", Warning, Content {
        title: "วรรณยุกต์อยู่ก่อนสระ", "a tone mark before its vowel";
        why: "บางแบบอักษรแสดงถูก บางแบบแสดงวรรณยุกต์ผิดที่ และค้นหาคำไม่พบ", "Some fonts hide it, others put the mark in the wrong place, and no search finds the word.";
        mend: "พิมพ์สระก่อนวรรณยุกต์ หรือให้ prongsai check --fix เรียงให้", "type the vowel first, or let `prongsai check --fix` do it";
        example: "ท\u{E48}\u{E35}   →   ที่";
    }
    INVISIBLE_CHARACTER = "text/invisible-character", Warning, Content {
        title: "มีอักขระที่ไม่มีความกว้าง", "a character without a width";
        why: "ช่องว่างกว้างศูนย์และเครื่องหมายที่มองไม่เห็นติดมาจาก Word PDF หรือหน้าเว็บ ทำให้ค้นหาคำไม่พบ และคัดลอกต่อไปโดยไม่รู้ตัว ต่างจากอักขระควบคุม (text/unprintable-character) ตรงที่หน้าเว็บไม่ตัดออกให้",
             "Zero-width spaces and their kind come from Word, PDF files or web pages; words with them are not found and are copied on unseen. Unlike control characters (text/unprintable-character) pages keep them.";
        mend: "ลบอักขระนั้นออก หรือให้ prongsai check --fix ลบให้", "delete the character, or let `prongsai check --fix` do it";
        example: "ลุม\\u200Bพุก   →   ลุมพุก";
    }
    MIXED_NUMERALS = "text/mixed-numerals", Warning, Content {
        title: "ใช้เลขไทยปนกับเลขอารบิก", "Thai and Arabic digits in one text";
        why: "หนังสือราชการใช้เลขไทยทั้งฉบับ ข้อความที่ปนกันแสดงว่านำมาต่อกันจากหลายที่ ตรวจในเนื้อหาของไฟล์เดียวกัน โดยไม่นับรหัส ลิงก์ เวลา หมายเลขโทรศัพท์ เลขที่หนังสือ รุ่นของโปรแกรม และตัวเลขที่อยู่กับคำอังกฤษ ปรับเกณฑ์กับข้อความทั้งหมดของชุดทดสอบ",
             "Official letters use Thai digits throughout; a mixture shows that a text was put together from several. Looked at within the body of one file, without codes, links, times, telephone and document numbers, versions and figures beside English words. Tuned on every text of the tests.";
        mend: "ใช้เลขไทยหรือเลขอารบิกอย่างเดียวทั้งเนื้อหา ตัวเลขจากข้อมูลให้ใช้ {{ … }}", "use digits of one script in the whole text, and {{ … }} for figures of the data";
        example: "ได้ ๘๓.๔๐ คะแนน จากผู้ตอบ 45 คน   →   ได้ ๘๓.๔๐ คะแนน จากผู้ตอบ ๔๕ คน";
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

/// A near-miss of the agency's proper name behind its kind.
pub fn agency_name(place: &Place, found: &str, name: &str) -> Finding {
    let words = Words::new(
        format!("ชื่อหน่วยงาน “{found}” น่าจะเป็น “{name}”"),
        format!("the agency's name `{found}` is probably `{name}`"),
    );
    Finding::new(&AGENCY_NAME, place, words).remedy(format!("แก้เป็น {name}"), format!("write `{name}`"))
}

/// A near-miss of an office or of a kind of authority.
pub fn office_name(place: &Place, found: &str, right: &str) -> Finding {
    let words =
        Words::new(format!("“{found}” น่าจะเป็น “{right}”"), format!("`{found}` is probably `{right}`"));
    Finding::new(&OFFICE_NAME, place, words).remedy(format!("แก้เป็น {right}"), format!("write `{right}`"))
}

/// The name of one instrument beside the code of another.
pub fn instrument_code(place: &Place, code: &str, name: &str, belongs_to: &str) -> Finding {
    let words = Words::new(
        format!("“{name}” คือ {belongs_to} ไม่ใช่ {code}"),
        format!("`{name}` is {belongs_to}, not {code}"),
    );
    Finding::new(&INSTRUMENT_NAME, place, words)
}

/// A near-miss of an instrument's name.
pub fn instrument_name(place: &Place, found: &str, name: &str) -> Finding {
    let words = Words::new(
        format!("ชื่อแบบวัด “{found}” น่าจะเป็น “{name}”"),
        format!("the instrument `{found}` is probably `{name}`"),
    );
    Finding::new(&INSTRUMENT_NAME, place, words).remedy(format!("แก้เป็น {name}"), format!("write `{name}`"))
}

/// The title of the analysis of one instrument that speaks of another.
pub fn instrument_title(place: &Place, code: &str, found: &str) -> Finding {
    let words = Words::new(
        format!("ชื่อเรื่องนี้พูดถึง {found} แต่ไฟล์นี้เป็นการวิเคราะห์ {code}"),
        format!("this title speaks of {found}, but the file is the analysis of {code}"),
    );
    Finding::new(&INSTRUMENT_NAME, place, words)
}

/// The number of one indicator beside the name of another.
pub fn indicator_number(place: &Place, number: u8, name: &str, belongs_to: u8) -> Finding {
    let words = Words::new(
        format!("“{name}” คือตัวชี้วัดที่ {belongs_to} ไม่ใช่ {number}"),
        format!("`{name}` is indicator {belongs_to}, not {number}"),
    );
    Finding::new(&INDICATOR_NAME, place, words)
}

/// A near-miss of an indicator's name behind its number.
pub fn indicator_name(place: &Place, number: u8, found: &str, name: &str) -> Finding {
    let words = Words::new(
        format!("ตัวชี้วัดที่ {number} คือ “{name}” ไม่ใช่ “{found}”"),
        format!("indicator {number} is `{name}`, not `{found}`"),
    );
    Finding::new(&INDICATOR_NAME, place, words).remedy(format!("แก้เป็น {name}"), format!("write `{name}`"))
}

/// A second name of an indicator behind its number.
pub fn indicator_alias(place: &Place, number: u8, found: &str, name: &str) -> Finding {
    let words = Words::new(
        format!("ตัวชี้วัดที่ {number} ใช้ชื่อรอง “{found}” ชื่อเต็มคือ “{name}”"),
        format!("indicator {number} stands under the second name `{found}`; its name is `{name}`"),
    );
    Finding::new(&INDICATOR_ALIAS, place, words)
}

/// A sub-indicator beside an item that another one holds.
pub fn item_group(place: &Place, group: &str, item: &str, belongs_to: &str) -> Finding {
    let words = Words::new(
        format!("เนื้อความนี้เป็นของข้อ {item} ซึ่งอยู่ในตัวชี้วัดย่อย {belongs_to} ไม่ใช่ {group}"),
        format!("this is about item {item}, which sub-indicator {belongs_to} holds, not {group}"),
    );
    Finding::new(&ITEM_GROUP, place, words)
}

/// A year that a report of `year` (พ.ศ.) does not speak of.
pub fn year(place: &Place, found: &str, year: i16) -> Finding {
    let words = Words::new(
        format!("ปี {found} ไม่ใช่ปีของรายงานนี้ ({}–{})", year - 1, year + 1),
        format!("the year {found} is none of this report's ({}–{} B.E.)", year - 1, year + 1),
    );
    Finding::new(&YEAR, place, words)
}

/// A total that is not the announced one.
pub fn other_total(place: &Place, found: &str, total: &str) -> Finding {
    let words = Words::new(
        format!("ผลคะแนน {found} ไม่ตรงกับคะแนนรวมที่ประกาศ {total}"),
        format!("the total {found} is not the announced one, {total}"),
    );
    Finding::new(&CONTRADICTS_DATA, place, words)
}

/// A level that is not that of the round.
pub fn other_level(place: &Place, found: &str, level: &str) -> Finding {
    let words = Words::new(
        format!("ระดับ {found} ไม่ตรงกับระดับที่ได้ {level}"),
        format!("the level {found} is not that of the result, {level}"),
    );
    Finding::new(&CONTRADICTS_DATA, place, words)
}

/// A score that is not the one of its indicator.
pub fn other_score(place: &Place, number: u8, found: &str, score: &str) -> Finding {
    let words = Words::new(
        format!("ตัวชี้วัดที่ {number} ได้ {score} คะแนน ไม่ใช่ {found}"),
        format!("indicator {number} has a score of {score}, not {found}"),
    );
    Finding::new(&CONTRADICTS_DATA, place, words)
}

/// ํ and า in the place of ำ.
pub fn decomposed_sara_am(place: &Place) -> Finding {
    let words = Words::new("สระอำตรงนี้พิมพ์เป็น ํ กับ า สองตัว", "this ำ is typed as two characters, ํ and า");
    Finding::new(&DECOMPOSED_SARA_AM, place, words)
}

/// The same where a program would not dare, since the characters may be part of a name, or of markup.
pub fn by_hand(finding: Finding) -> Finding {
    finding.remedy(
        "แก้ด้วยตนเอง ตรงนี้อาจเป็นชื่อไฟล์หรือที่อยู่เว็บ หรืออยู่ติดกับเครื่องหมาย prongsai check --fix จึงไม่แก้ให้",
        "mend it by hand: this may be a file name, an address or markup, so `prongsai check --fix` leaves it",
    )
}

/// A gap and า in the place of ำ.
pub fn lost_sara_am(place: &Place) -> Finding {
    let found = place.text();
    let words =
        Words::new(format!("“{found}” มีช่องว่างแทนสระอำ"), format!("`{found}` has a gap where ำ should be"));
    Finding::new(&LOST_SARA_AM, place, words)
}

/// The same mark twice.
pub fn repeated_mark(place: &Place) -> Finding {
    let words = Words::new("สระหรือวรรณยุกต์ตัวเดียวกันพิมพ์ซ้ำ", "the same mark is typed twice");
    Finding::new(&DOUBLED_MARKS, place, words)
}

/// Two marks of which a consonant bears one.
pub fn clashing_marks(place: &Place) -> Finding {
    let words = Words::new(
        "พยัญชนะตัวเดียวมีวรรณยุกต์หรือสระที่ใช้ร่วมกันไม่ได้",
        "marks that cannot stand on one consonant together",
    );
    Finding::new(&DOUBLED_MARKS, place, words).remedy("ลบตัวที่พิมพ์เกิน", "delete the one that was not meant")
}

/// เเ in the place of แ.
pub fn doubled_sara_e(place: &Place) -> Finding {
    let words = Words::new("เ สองตัวตรงนี้ควรเป็น แ", "these two เ should be one แ");
    Finding::new(&DOUBLED_SARA_E, place, words)
}

/// A tone mark before its vowel.
pub fn mark_order(place: &Place) -> Finding {
    let words = Words::new("วรรณยุกต์ตรงนี้พิมพ์ก่อนสระ", "the tone mark here is typed before its vowel");
    Finding::new(&MARK_ORDER, place, words)
}

/// Characters without a width.
pub fn invisible_character(place: &Place) -> Finding {
    let codes: Vec<String> =
        place.text().chars().take(3).map(|c| format!("U+{:04X}", u32::from(c))).collect();
    let codes = codes.join(" ");
    let words =
        Words::new(format!("มีอักขระ {codes} ซึ่งมองไม่เห็น"), format!("the character {codes} cannot be seen"));
    Finding::new(&INVISIBLE_CHARACTER, place, words)
}

/// A number in the script that its text uses less.
pub fn mixed_numerals(place: &Place) -> Finding {
    let words = match place.text().starts_with(|c: char| c.is_ascii_digit()) {
        true => Words::new("เลขอารบิกในเนื้อหาที่ใช้เลขไทย", "Arabic digits in a text of Thai ones"),
        false => Words::new("เลขไทยในเนื้อหาที่ใช้เลขอารบิก", "Thai digits in a text of Arabic ones"),
    };
    Finding::new(&MIXED_NUMERALS, place, words)
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

//! Area *disclosure*: items, answers, links and attachments.

use super::kinds;
use crate::finding::stake::Stake;
use crate::finding::{Finding, Location, Severity};
use crate::language::Words;
use crate::model::answer::{Answer, Certificate, Doubt, Fault};
use crate::source::Place;

kinds! {
    UNKNOWN_ITEM = "disclosure/unknown-item", Error, Content {
        title: "ปีนี้ไม่มีข้อ OIT นี้", "an item that the year does not have";
        why: "เลขข้อเปลี่ยนทุกปี คำตอบของข้อที่ไม่มีจะไม่ถูกนับ", "Codes change every year; an answer to an item that does not exist is not counted.";
        mend: "ตรวจเลขข้อกับบัญชีข้อของปีนั้น", "check the code against the year's list";
        example: "2566: O42      2568: O27";
    }
    UNANSWERED_ITEM = "disclosure/unanswered-item", Warning, Content {
        title: "ข้อ OIT ที่ยังไม่มีคำตอบ", "an item without an answer";
        why: "ข้อที่ไม่ได้ตอบภายในวันปิดรับได้ ๐ คะแนน และเพิ่มภายหลังไม่ได้ หากไม่ระบุ answers_for เว็บไซต์นี้รับผิดชอบสองข้อ คือ การวิเคราะห์และมาตรการ กับผลการดำเนินการตามมาตรการ",
             "An item that is not answered by the closing date scores zero, and nothing can be added later. Without `answers_for` a site answers for two items: analysis and measures, and the results of the measures.";
        mend: "ใส่ลิงก์คำตอบใน disclosure.yaml หรือ none พร้อมเหตุผลหากหน่วยงานไม่มี ข้อการวิเคราะห์และข้อผลการดำเนินการตอบเองเมื่อมีรายงานและผลของปีก่อน",
              "give its links in disclosure.yaml, or `none` with a reason if the agency has none; the analysis and results items answer themselves once last year's report and results are there";
        example: "items:\n  O29: /pages/complaint/\n  O30: { none: ไม่มีการจัดซื้อจัดจ้างในปีนี้ }";
    }
    MISSING_COMPONENT = "disclosure/missing-component", Warning, Content {
        title: "รายงานขาดองค์ประกอบที่กำหนด", "a required component is missing from the report";
        why: "ข้อ OIT ได้คะแนนเมื่อมีองค์ประกอบครบทุกข้อ ขาดข้อเดียวได้ ๐ คะแนน องค์ประกอบแต่ละข้อดูจากหัวข้อระดับ ## ที่ขึ้นต้นด้วยคำที่กำหนดและมีเนื้อหา หรือจากมาตรการ",
             "An item has points only with every component; one missing is enough for zero. A component is shown by a ## heading that begins with one of its words and has text below it, or by the measures.";
        mend: "เพิ่มหัวข้อนี้พร้อมเนื้อหาใน iit.md eit.md หรือ oit.md", "add the heading with its text to iit.md, eit.md or oit.md";
        example: "## ประเด็นที่ต้องแก้ไข/ปรับปรุง\nจากผลคะแนน IIT พบว่า …";
    }
    ANSWER_WITHOUT_PATH = "disclosure/answer-without-path", Warning, Content {
        title: "คำตอบไม่มีเส้นทางการเข้าถึง", "an answer without a click path";
        why: "ระบบ ITAS ให้อธิบายว่าข้อมูลอยู่ที่ใดในเว็บไซต์หลัก ผู้ประเมินเข้าถึงในฐานะประชาชนโดยเริ่มจากหน้าแรก หน้าของเว็บไซต์นี้โปรแกรมสร้างเส้นทางให้เอง แต่เว็บไซต์อื่นต้องระบุ",
             "ITAS asks where on the main site the data is found; assessors come as the public does, from the front page. For pages of this site the path is made, for others it has to be given.";
        mend: "เพิ่ม path เป็นชื่อเมนูตามลำดับ คั่นด้วย >", "add `path`: the menus in their order, with > between them";
        example: "O1: { to: https://example.go.th/structure, path: หน้าแรก > ข้อมูลพื้นฐาน > โครงสร้าง }";
    }
    DEAD_LINK = "disclosure/dead-link", Error, Content {
        title: "ลิงก์ไปยังหน้าที่ไม่มี", "a link to a page that does not exist";
        why: "ข้อที่ลิงก์เปิดไม่ได้ในวันตรวจได้ ๐ คะแนน และแก้ภายหลังไม่ได้", "An item whose link cannot be opened scores zero, and nothing can be added later.";
        mend: "แก้ที่อยู่ให้ตรงกับหน้าที่มีอยู่", "mend the address";
        example: "/2565/measures/";
    }
    MISSING_ATTACHMENT = "disclosure/missing-attachment", Error, Content {
        title: "ไม่พบเอกสารแนบ", "an attachment that is not there";
        why: "ผู้ประเมินจะเปิดเอกสารไม่ได้ ชื่อไฟล์ต้องตรงทุกตัวอักษร รวมตัวพิมพ์เล็กใหญ่", "The assessor cannot open it. The name must match letter by letter, case included.";
        mend: "วางไฟล์ไว้ในโฟลเดอร์ files/ หรือแก้ชื่อให้ตรง", "put the file into the folder files/ or mend its name";
        example: "content/2565/files/minutes.pdf   →   files/minutes.pdf";
    }
    DEAD_FRAGMENT = "disclosure/dead-fragment", Warning, Content {
        title: "ลิงก์ไปยังส่วนของหน้าที่ไม่มี", "a link to a part of a page that does not exist";
        why: "ลิงก์เปิดหน้าได้ แต่ไม่ไปถึงส่วนที่อ้างถึง ผู้ประเมินที่เปิดตามลิงก์จะไม่พบข้อมูล", "The page opens, but not at the part that is named, and whoever follows the link does not find it.";
        mend: "แก้ชื่อหลัง # ให้ตรงกับหัวข้อหรือรหัสมาตรการในหน้านั้น เช่น #iit #matrix #m-รหัสมาตรการ", "mend the name behind #: a heading of that page, or #iit, #matrix, #m-<measure id>";
        example: "[ตารางมาตรการ](/2565/measures/#m-complaint-channel)";
    }
    LINK_NOT_SHOWN = "disclosure/link-not-shown", Warning, Content {
        title: "ธีมไม่แสดงลิงก์ที่เนื้อหาขอ", "a link that the theme does not show";
        why: "เนื้อหามีลิงก์นี้ แต่แม่แบบของธีมไม่ได้พิมพ์ออกมา ผู้ประเมินจึงไม่พบหลักฐานที่หน่วยงานใส่ไว้", "The content has the link, but the theme's template does not print it, so nobody finds what the agency disclosed.";
        mend: "แก้แม่แบบของธีม หรือใช้ธีมที่มากับโปรแกรม", "mend the template, or use the theme that comes with the program";
        example: "theme: my-theme";
    }
    UNREACHABLE_PAGE = "disclosure/unreachable-page", Warning, Content {
        title: "หน้าที่ไปถึงจากหน้าแรกไม่ได้", "a page that cannot be reached from the front page";
        why: "ผู้ประเมินเข้าถึงข้อมูลในฐานะประชาชนโดยคลิกจากหน้าแรก หน้าที่ไม่มีลิงก์ไปถึงอาจถือว่าไม่ได้เปิดเผย", "Assessors come as the public does, clicking from the front page; a page that no link leads to may count as not disclosed.";
        mend: "เพิ่มลิงก์หรือเมนูในแม่แบบของธีม", "add a link or a menu to the theme's template";
        example: "{% for item in menu %}<a href=\"{{ item.href }}\">{{ item.text }}</a>{% endfor %}";
    }
    UNLINKED_ATTACHMENT = "disclosure/unlinked-attachment", Warning, Content {
        title: "เอกสารแนบที่ไม่มีลิงก์", "an attachment that nothing links to";
        why: "เอกสารที่ไม่มีหน้าใดลิงก์ถึงจะไม่ถูกเผยแพร่", "A file that no page links to is not published.";
        mend: "เพิ่มลิงก์ไปยังเอกสาร หรือลบไฟล์ออก", "link to it or delete it";
        example: "files: files/report.pdf";
    }
    MOVED_IN_USE = "disclosure/moved-address", Error, Content {
        title: "ที่อยู่ใน moved ใช้ไม่ได้", "an entry of `moved` that cannot be";
        why: "ที่อยู่เดิมต้องไม่ใช่หน้าที่ยังมีอยู่ และที่อยู่ใหม่ต้องมีอยู่จริง", "The old address must not be a page that still exists, and the new one must exist.";
        mend: "ลบรายการนี้ หรือแก้ที่อยู่", "delete the entry or mend the address";
        example: "moved: { /analysis-2565/: /2565/ }";
    }
    ADDRESS_GONE = "disclosure/address-gone", Warning, Content {
        title: "ที่อยู่ที่เคยเผยแพร่หายไป", "an address that was published and is gone";
        why: "ลิงก์ที่กรอกไว้ในระบบ ITAS หรือที่ผู้อื่นเก็บไว้จะเปิดไม่ได้ ที่อยู่ที่เคยเผยแพร่จดไว้ในไฟล์ addresses.txt ซึ่งโปรแกรมเพิ่มให้เองทุกครั้งที่สร้างเว็บไซต์",
             "Links that were handed in at ITAS, or that others keep, no longer open. What was published stands in addresses.txt, to which every build adds by itself.";
        mend: "ระบุใน prongsai.yaml ว่าย้ายไปที่ใด หรือลบบรรทัดนี้หากไม่เคยแจ้งที่อยู่นี้แก่ผู้ใด", "say in prongsai.yaml where it moved, or delete the line if nobody was ever told of the address";
        example: "moved:\n  /pages/complaint/: /pages/corruption/";
    }
    EXTERNAL_LINK = "disclosure/external-link", Warning, Content, OnRequest {
        title: "ลิงก์ไปยังเว็บไซต์อื่นเปิดไม่ได้", "a link to another site that does not answer";
        why: "ข้อที่ลิงก์เปิดไม่ได้ในวันตรวจได้ ๐ คะแนน และเว็บไซต์อื่นย้ายหรือปิดได้โดยไม่แจ้ง ตรวจเฉพาะเมื่อสั่ง check --external ลิงก์ที่โปรแกรมตัดสินไม่ได้เป็นเพียงข้อสังเกต",
             "An item whose link cannot be opened scores zero, and other sites move or close without a word. Only `check --external` looks; what a program cannot judge is a note.";
        mend: "เปิดลิงก์ในเบราว์เซอร์ หากเปิดไม่ได้ให้แก้ที่อยู่ หรือวางสำเนาเอกสารไว้ในโฟลเดอร์ files/ แล้วลิงก์ถึงสำเนาแทน", "open it in a browser; if it does not open, mend the address, or put a copy of the document into the folder files/ and link to that";
        example: "links: https://www.example.go.th/news/1234";
    }
}

/// A code beyond the year's catalogue.
pub fn unknown_item(place: &Place, code: &str, year: i16) -> Finding {
    Finding::new(
        &UNKNOWN_ITEM,
        place,
        Words::new(format!("รอบปี {year} ไม่มีข้อ {code}"), format!("round {year} has no item {code}")),
    )
}

/// A demanded item that nothing answers; with what is lost, where the year's rule is known.
pub fn unanswered_item(place: &Place, code: &str, title: &str, stake: Option<Stake>) -> Finding {
    let words =
        Words::new(format!("ข้อ {code} {title} ยังไม่มีคำตอบ"), format!("item {code} ({title}) has no answer"));
    Finding::new(&UNANSWERED_ITEM, place, words).costs(stake)
}

/// A component of the analysis that nothing shows; `begins` are the words with which its heading may begin, none if it is shown by the
/// measures. `item` is the item that is lost without it.
pub fn missing_component(
    place: &Place,
    title: &str,
    begins: &[String],
    item: Option<&str>,
    stake: Option<Stake>,
) -> Finding {
    let (of_th, of_en) =
        item.map(|item| (format!("ของข้อ {item} "), format!(" of item {item}"))).unwrap_or_default();
    let words = Words::new(
        format!("ไม่พบองค์ประกอบ{of_th}“{title}”"),
        format!("the component{of_en} “{title}” is missing"),
    );
    let finding = Finding::new(&MISSING_COMPONENT, place, words).costs(stake);
    if begins.is_empty() {
        return finding.remedy("กำหนดมาตรการใน measures.yaml", "give the measures in measures.yaml");
    }
    finding.remedy(
        format!("เพิ่มหัวข้อ ## ที่ขึ้นต้นด้วย {} พร้อมเนื้อหา", begins.join(" หรือ ")),
        format!("add a ## heading that begins with {} and has text below it", begins.join(" or ")),
    )
}

/// An answer on another site that does not say how to get there.
pub fn answer_without_path(place: &Place, code: &str) -> Finding {
    Finding::new(
        &ANSWER_WITHOUT_PATH,
        place,
        Words::new(
            format!("คำตอบข้อ {code} ไม่บอกเส้นทางจากหน้าแรกของเว็บไซต์หลัก (path)"),
            format!("the answer to {code} has no click path (`path`)"),
        ),
    )
}

/// A page of our own that is not made; names the nearest address that is.
pub fn dead_link(place: &Place, address: &str, nearest: Option<&str>) -> Finding {
    let finding = Finding::new(
        &DEAD_LINK,
        place,
        Words::new(format!("ไม่มีหน้า {address} ในเว็บไซต์นี้"), format!("this site has no page {address}")),
    );
    match nearest {
        Some(nearest) => {
            finding.remedy(format!("หมายถึง {nearest} หรือไม่"), format!("did you mean {nearest}?"))
        }
        None => finding,
    }
}

/// A file to which templates link on some pages and which is not there; links of the content are judged before.
pub fn dead_link_of_theme(place: &Place, file: &str, pages: &[&str]) -> Finding {
    let on = some(pages);
    Finding::new(
        &DEAD_LINK,
        place,
        Words::new(
            format!("แม่แบบของธีมลิงก์ไปยัง {file} ซึ่งไม่มี ในหน้า {on}"),
            format!("templates of the theme link to {file}, which does not exist, on {on}"),
        ),
    )
    .remedy("แก้แม่แบบของธีม", "mend the template of the theme")
}

/// A fragment that its page does not have, at the place in the content that asks for it, or where the theme is named that does.
pub fn dead_fragment(place: &Place, page: &str, fragment: &str) -> Finding {
    let words = Words::new(
        format!("หน้า {page} ไม่มีส่วนที่ชื่อ #{fragment}"),
        format!("the page {page} has no part called #{fragment}"),
    );
    Finding::new(&DEAD_FRAGMENT, place, words)
}

/// A link of the content that is not on its page.
pub fn link_not_shown(place: &Place, page: &str) -> Finding {
    Finding::new(
        &LINK_NOT_SHOWN,
        place,
        Words::new(format!("ลิงก์นี้ไม่ปรากฏในหน้า {page}"), format!("this link does not appear on {page}")),
    )
}

/// Pages to which no clicks lead.
pub fn unreachable_pages(place: &Place, pages: &[&str]) -> Finding {
    let pages = some(pages);
    Finding::new(
        &UNREACHABLE_PAGE,
        place,
        Words::new(
            format!("ไม่มีลิงก์จากหน้าแรกไปถึง {pages}"),
            format!("no link leads from the front page to {pages}"),
        ),
    )
}

/// The first of many, and that there are more.
fn some(pages: &[&str]) -> String {
    const SHOWN: usize = 3;
    let more = if pages.len() > SHOWN { " …" } else { "" };
    format!("{}{more}", pages[..pages.len().min(SHOWN)].join(", "))
}

/// A file that is not in the folder; names one that differs little.
pub fn missing_attachment(place: &Place, name: &str, nearest: Option<&str>) -> Finding {
    let finding = Finding::new(
        &MISSING_ATTACHMENT,
        place,
        Words::new(
            format!("ไม่พบไฟล์ {name} ในโฟลเดอร์ files/"),
            format!("there is no file {name} in the folder files/"),
        ),
    );
    match nearest {
        Some(nearest) => {
            finding.remedy(format!("หมายถึง {nearest} หรือไม่"), format!("did you mean {nearest}?"))
        }
        None => finding,
    }
}

/// A file that nothing links to.
pub fn unlinked_attachment(path: &str) -> Finding {
    Finding::at(
        &UNLINKED_ATTACHMENT,
        Location::file(path),
        Words::new("ไม่มีหน้าใดลิงก์ถึงไฟล์นี้ จึงไม่เผยแพร่", "nothing links to this file, so it is not published"),
    )
}

/// An entry of `moved` whose old address is a page.
pub fn moved_from_page(place: &Place, address: &str) -> Finding {
    Finding::new(
        &MOVED_IN_USE,
        place,
        Words::new(format!("{address} ยังเป็นหน้าที่มีอยู่"), format!("{address} is still a page")),
    )
}

/// An entry of `moved` that leads nowhere or is no address.
pub fn moved_nowhere(place: &Place, address: &str) -> Finding {
    Finding::new(
        &MOVED_IN_USE,
        place,
        Words::new(format!("{address} ไม่ใช่ที่อยู่ของหน้าในเว็บไซต์นี้"), format!("{address} is no page of this site")),
    )
}

/// An address of the register that is no page any more; names the one that readers may be sent to.
pub fn address_gone(place: &Place, address: &str, nearest: &str) -> Finding {
    let words = Words::new(
        format!("เคยเผยแพร่หน้า {address} แต่ไม่มีแล้ว"),
        format!("the page {address} was published and is gone"),
    );
    Finding::new(&ADDRESS_GONE, place, words).remedy(
        format!("เพิ่มบรรทัด {address}: {nearest} ใต้ moved: ใน prongsai.yaml หรือลบบรรทัดนี้หากไม่เคยแจ้งที่อยู่นี้แก่ผู้ใด"),
        format!("add the line `{address}: {nearest}` below `moved:` in prongsai.yaml, or delete this line if nobody was ever told of the address"),
    )
}

/// An address of another site, with what came of asking for it; `None` where it answers.
pub fn external_link(location: Location, url: &str, answer: Answer) -> Option<Finding> {
    let (severity, reason) = match answer {
        Answer::Reached => return None,
        Answer::Broken(fault) => (Severity::Warning, broken(fault)),
        Answer::Unclear(doubt) => (Severity::Note, unclear(doubt)),
    };
    let words = Words::new(format!("{url} {}", reason.th), format!("{url} {}", reason.en));
    let finding = Finding::at(&EXTERNAL_LINK, location, words).severity(severity);
    Some(match answer {
        Answer::Unclear(_) => finding.remedy("เปิดดูในเบราว์เซอร์ด้วยตนเอง", "open it in a browser yourself"),
        _ => finding,
    })
}

fn broken(fault: Fault) -> Words {
    let (th, en) = match fault {
        Fault::Status(status @ (404 | 410)) => {
            return Words::new(format!("ไม่มีหน้านี้แล้ว ({status})"), format!("is not there any more ({status})"));
        }
        Fault::Status(status) => {
            return Words::new(
                format!("เปิดไม่ได้ เว็บไซต์ตอบว่าผิดพลาด ({status})"),
                format!("does not open; the site answers with an error ({status})"),
            );
        }
        Fault::UnknownHost => ("ไม่พบเว็บไซต์ชื่อนี้", "names a site that cannot be found"),
        Fault::Unreachable => ("ติดต่อเว็บไซต์ไม่ได้", "names a site that cannot be reached"),
        Fault::Refused => ("เว็บไซต์ปฏิเสธการเชื่อมต่อ", "names a computer that serves no site"),
        Fault::Silent(seconds) => {
            return Words::new(
                format!("ไม่ตอบภายใน {seconds} วินาที"),
                format!("did not answer within {seconds} seconds"),
            );
        }
        Fault::Broke => ("ตัดการเชื่อมต่อก่อนตอบ", "broke the connection off before it answered"),
        Fault::Redirects => ("ส่งต่อไปมาไม่สิ้นสุด", "is sent on and on without end"),
        Fault::Certificate(Certificate::Expired) => {
            ("ใบรับรองความปลอดภัยหมดอายุ", "has a certificate that has expired")
        }
        Fault::Certificate(Certificate::OtherName) => {
            ("ใบรับรองความปลอดภัยเป็นของเว็บไซต์อื่น", "has the certificate of another site")
        }
        Fault::Certificate(Certificate::UnknownIssuer) => (
            "ใบรับรองความปลอดภัยไม่ได้ออกโดยผู้ที่เชื่อถือได้ หรือติดตั้งไม่ครบ",
            "has a certificate that nobody trusted has issued, or that is not installed whole",
        ),
        Fault::Certificate(Certificate::Invalid) => {
            ("ใบรับรองความปลอดภัยใช้ไม่ได้", "has a certificate that is not valid")
        }
    };
    Words::new(th, en)
}

fn unclear(doubt: Doubt) -> Words {
    let (th, en) = match doubt {
        Doubt::Forbidden(status) => {
            return Words::new(
                format!("ตัดสินไม่ได้ เว็บไซต์ไม่ตอบโปรแกรม ({status})"),
                format!("could not be judged: the site does not answer programs ({status})"),
            );
        }
        Doubt::Busy(status) => {
            return Words::new(
                format!("ตัดสินไม่ได้ เว็บไซต์ไม่ว่างและขอให้มาใหม่ภายหลัง ({status})"),
                format!("could not be judged: the site is busy and asks to come again later ({status})"),
            );
        }
        Doubt::Cookies => ("ตัดสินไม่ได้ เว็บไซต์ต้องการคุกกี้", "could not be judged: the site wants cookies"),
        Doubt::Encryption => (
            "ตัดสินไม่ได้ เว็บไซต์ใช้การเข้ารหัสที่โปรแกรมไม่รู้จัก",
            "could not be judged: the site encrypts in a way that is not known here",
        ),
        Doubt::NoEncryption => (
            "ตัดสินไม่ได้ เครื่องนี้เชื่อมต่อแบบ https ด้วยโปรแกรมนี้ไม่ได้",
            "could not be judged: this machine cannot ask for https with this program",
        ),
        Doubt::Address => {
            ("ตัดสินไม่ได้ ที่อยู่เขียนไม่ถูกรูปแบบ", "could not be judged: the address is not well-formed")
        }
    };
    Words::new(th, en)
}

//! Area *disclosure*: items, answers, links and attachments.

use super::kinds;
use crate::finding::{Finding, Location};
use crate::language::Words;
use crate::source::Place;

kinds! {
    UNKNOWN_ITEM = "disclosure/unknown-item", Error, Content {
        title: "ปีนี้ไม่มีข้อ OIT นี้", "an item that the year does not have";
        why: "เลขข้อเปลี่ยนทุกปี คำตอบของข้อที่ไม่มีจะไม่ถูกนับ", "Codes change every year; an answer to an item that does not exist is not counted.";
        mend: "ตรวจเลขข้อกับบัญชีข้อของปีนั้น", "check the code against the year's list";
        example: "2566: O42      2568: O27";
    }
    DEAD_LINK = "disclosure/dead-link", Error, Content {
        title: "ลิงก์ไปยังหน้าที่ไม่มี", "a link to a page that does not exist";
        why: "ข้อที่ลิงก์เปิดไม่ได้ในวันตรวจได้ ๐ คะแนน และแก้ภายหลังไม่ได้", "An item whose link cannot be opened scores zero, and nothing can be added later.";
        mend: "แก้ที่อยู่ให้ตรงกับหน้าที่มีอยู่", "mend the address";
        example: "/2565/measures/";
    }
    MISSING_ATTACHMENT = "disclosure/missing-attachment", Error, Content {
        title: "ไม่พบเอกสารแนบ", "an attachment that is not there";
        why: "ผู้ตรวจจะเปิดเอกสารไม่ได้ ชื่อไฟล์ต้องตรงทุกตัวอักษร รวมตัวพิมพ์เล็กใหญ่", "The assessor cannot open it. The name must match letter by letter, case included.";
        mend: "วางไฟล์ไว้ในโฟลเดอร์ files/ หรือแก้ชื่อให้ตรง", "put the file into the folder files/ or mend its name";
        example: "content/2565/files/minutes.pdf   →   files/minutes.pdf";
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
}

/// A code beyond the year's catalogue.
pub fn unknown_item(place: &Place, code: &str, year: i16) -> Finding {
    Finding::new(
        &UNKNOWN_ITEM,
        place,
        Words::new(format!("รอบปี {year} ไม่มีข้อ {code}"), format!("round {year} has no item {code}")),
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

//! Area *privacy*: personal data in published texts.

use super::kinds;
use crate::finding::Finding;
use crate::language::Words;
use crate::source::Place;

kinds! {
    CITIZEN_NUMBER = "privacy/citizen-number", Warning, Content {
        title: "มีเลขประจำตัวประชาชน", "a citizen's identification number";
        why: "เลขประจำตัวประชาชนเป็นข้อมูลส่วนบุคคลที่ใช้สวมรอยได้ การเผยแพร่โดยไม่จำเป็นผิดกฎหมายคุ้มครองข้อมูลส่วนบุคคล ตรวจเฉพาะเลข ๑๓ หลักที่หลักสุดท้ายถูกต้องตามสูตร เลขของหน่วยงานซึ่งขึ้นต้นด้วย ๐ ไม่นับ",
             "The number lets others pass for the person, and publishing it without need is against the law on personal data. Only 13 digits whose last one fits the others are looked at; numbers of offices, which begin with 0, are not.";
        mend: "ลบเลขออกจากไฟล์ ถ้าเคยเผยแพร่แล้ว ให้แจ้งผู้รับผิดชอบข้อมูลส่วนบุคคลของหน่วยงาน", "delete the number; if it was published, tell the agency's officer for personal data";
        example: "เลขประจำตัว 1-2345-67890-12-1   →   (ลบออก)";
    }
    PRIVATE_PHONE = "privacy/private-phone", Warning, Content {
        title: "มีหมายเลขโทรศัพท์เคลื่อนที่", "a mobile telephone number";
        why: "หมายเลขที่ขึ้นต้นด้วย ๐๖ ๐๘ และ ๐๙ มักเป็นของบุคคล ซึ่งเปลี่ยนหน้าที่ได้และไม่ควรถูกติดต่อไม่รู้จบ หมายเลขสำนักงาน (๐๒ ๐๓ ๐๔ ๐๕ ๐๗) ไม่นับ",
             "Numbers that begin with 06, 08 and 09 are usually a person's, who moves on to other duties and should not be called for ever. Office numbers (02, 03, 04, 05, 07) are fine.";
        mend: "ใช้หมายเลขสำนักงาน ถ้าเป็นโทรศัพท์เคลื่อนที่ของหน่วยงาน ให้ใส่ accept พร้อมเหตุผล", "give the number of the office; if the mobile belongs to the office, accept it with a reason";
        example: "โทร 081-234-5678   →   โทร 044-000-000";
    }
    PRIVATE_EMAIL = "privacy/private-email", Warning, Content {
        title: "มีอีเมลของผู้ให้บริการทั่วไป", "an e-mail address at a public provider";
        why: "อีเมลที่ gmail.com hotmail.com และรายอื่น ๆ ที่ใครก็สมัครได้มักเป็นของบุคคล ประชาชนตรวจสอบไม่ได้ว่าเป็นของหน่วยงานจริง และเรื่องราชการตกอยู่กับผู้ที่ย้ายไปแล้ว",
             "A mailbox at gmail.com, hotmail.com and their like is open to anybody and usually a person's: nobody can tell whether it is the agency's, and official mail stays with people who have left.";
        mend: "ใช้อีเมลกลางของหน่วยงาน (saraban@….go.th) ถ้าจำเป็นต้องใช้ ให้ใส่ accept พร้อมเหตุผล", "give the address of the agency's registry (saraban@….go.th); if there is no other, accept it with a reason";
        example: "ร้องเรียนที่ somebody@gmail.com   →   ร้องเรียนที่ saraban@example.go.th";
    }
}

/// The number of a citizen; the message does not repeat it.
pub fn citizen_number(place: &Place) -> Finding {
    let words = Words::new("ตรงนี้เป็นเลขประจำตัวประชาชน", "this is a citizen's identification number");
    Finding::new(&CITIZEN_NUMBER, place, words)
}

/// A mobile telephone.
pub fn private_phone(place: &Place) -> Finding {
    let words = Words::new(
        "ตรงนี้เป็นหมายเลขโทรศัพท์เคลื่อนที่ ซึ่งมักเป็นของบุคคล",
        "this is a mobile telephone number, usually a person's",
    );
    Finding::new(&PRIVATE_PHONE, place, words)
}

/// A mailbox at a provider for everybody.
pub fn private_email(place: &Place) -> Finding {
    let words = Words::new(
        "ตรงนี้เป็นอีเมลของผู้ให้บริการทั่วไป ซึ่งมักเป็นของบุคคล",
        "this is an e-mail address at a public provider, usually a person's",
    );
    Finding::new(&PRIVATE_EMAIL, place, words)
}

//! Everything that exporting says to a person when it cannot go on: what happened, and what to do. It decides nothing.

use crate::failure::Failure;
use std::path::Path;

/// The name asks for a form that there is not.
pub(super) fn other_ending(to: &Path) -> Failure {
    let to = to.display();
    Failure::usage(
        format!(
            "ส่งออกเป็น {to} ไม่ได้: ระบุชื่อที่ลงท้ายด้วย .sqlite เพื่อได้ฐานข้อมูลไฟล์เดียว หรือชื่อโฟลเดอร์ที่ไม่มีจุด เพื่อได้ไฟล์ CSV แยกตามปี เช่น prongsai export ita.sqlite หรือ prongsai export ita-csv"
        ),
        format!(
            "cannot export as {to}: give a name that ends in .sqlite for one database, or that of a folder, without a dot, for CSV files by year, such as prongsai export ita.sqlite or prongsai export ita-csv"
        ),
    )
}

/// The place has no name of its own, as `.` or `/`.
pub(super) fn without_name(to: &Path) -> Failure {
    let to = to.display();
    Failure::usage(
        format!("{to} ไม่มีชื่อ: ระบุชื่อไฟล์หรือโฟลเดอร์ใหม่ เช่น prongsai export ita.sqlite"),
        format!("{to} has no name: name a new file or folder, such as prongsai export ita.sqlite"),
    )
}

/// A file stands there, and nobody said that it may go.
pub(super) fn file_is_taken(to: &Path) -> Failure {
    let to = to.display();
    Failure::usage(
        format!("มี {to} อยู่แล้ว: ระบุชื่ออื่น หรือเพิ่ม --force เพื่อแทนที่"),
        format!("{to} exists: give another name, or replace it with --force"),
    )
}

/// Something stands there that is no plain file, and is replaced in no case.
pub(super) fn no_file(to: &Path) -> Failure {
    let to = to.display();
    Failure::usage(
        format!("ที่ {to} มีสิ่งอื่นที่ไม่ใช่ไฟล์ธรรมดาอยู่แล้ว: ระบุชื่ออื่น"),
        format!("something that is no plain file stands at {to}: give another name"),
    )
}

/// Another program has the database open, or left it before it had written everything.
pub(super) fn in_use(to: &Path) -> Failure {
    let to = to.display();
    Failure::usage(
        format!("มีโปรแกรมอื่นเปิด {to} อยู่ หรือปิดโดยยังเขียนไม่ครบ: ปิดโปรแกรมนั้นก่อน หรือระบุชื่ออื่น"),
        format!(
            "another program has {to} open, or left it half written: close it first, or give another name"
        ),
    )
}

/// The folder holds something.
pub(super) fn folder_is_taken(to: &Path) -> Failure {
    let to = to.display();
    Failure::usage(
        format!("มี {to} อยู่แล้วและไม่ใช่โฟลเดอร์ว่าง: ระบุชื่อโฟลเดอร์ใหม่ หรือลบของเดิมเองก่อน"),
        format!("{to} exists and is no empty folder: name a new one, or delete the old one yourself"),
    )
}

/// Folders may hold what nobody wants to lose.
pub(super) fn folder_with_force(to: &Path) -> Failure {
    let to = to.display();
    Failure::usage(
        format!("--force แทนที่ได้เฉพาะไฟล์ฐานข้อมูล ไม่แทนที่โฟลเดอร์ {to}: ระบุชื่อโฟลเดอร์ใหม่ หรือลบของเดิมเองก่อน"),
        format!(
            "--force replaces a database, and never the folder {to}: name a new one, or delete the old one yourself"
        ),
    )
}

/// The program was built without databases.
#[cfg(not(feature = "sqlite"))]
pub(super) fn without_sqlite() -> Failure {
    Failure::usage(
        "prongsai ตัวนี้สร้างมาโดยไม่มี SQLite: ส่งออกเป็นโฟลเดอร์ CSV แทน เช่น prongsai export ita-csv",
        "this prongsai was built without SQLite: export a folder of CSV, such as prongsai export ita-csv",
    )
}

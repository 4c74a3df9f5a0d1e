//! Everything that publishing says to a person when it cannot go on: what happened, and what to do. It decides nothing.

use crate::failure::{Cause, Failure};
use crate::language::Words;
use std::io;
use std::path::Path;

/// Why a folder that holds something is not taken for a published site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doubt {
    /// It has no manifest.
    NoManifest,
    /// The manifest cannot be read, or lists what no build of ours would list.
    Broken,
    /// Another program wrote it.
    OtherProgram,
    /// A newer format than this program knows.
    Newer,
}

/// Where nothing is ever published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Danger {
    /// The root of the file system.
    FileSystemRoot,
    /// The home folder of the person, or one above it.
    Home,
    /// The site's own folder, or one above it.
    Site,
    /// A folder of the site's sources, or one inside or above it.
    Sources,
}

/// Why something that is made of the site is not written where it was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Misplaced {
    /// An archive whose name does not end in `.zip`.
    OtherName,
    /// Something that is no file stands there.
    NoFile,
    /// It would lie in the output, and be part of the site, or beside it in the folder for the next build.
    Output,
    /// It would lie among the site's sources.
    Sources,
}

/// An archive cannot be written there.
pub(super) fn misplaced(file: &Path, misplaced: Misplaced) -> Failure {
    unwritten(
        file,
        misplaced,
        "ระบุไฟล์อื่นด้วย --zip เช่น --zip ita.zip",
        "name another file with --zip, such as --zip ita.zip",
    )
}

/// What is read out of the site cannot be written there.
pub(super) fn misplaced_export(to: &Path, misplaced: Misplaced) -> Failure {
    unwritten(
        to,
        misplaced,
        "ระบุที่อื่น เช่น prongsai export ita.sqlite",
        "name another place, such as prongsai export ita.sqlite",
    )
}

fn unwritten(file: &Path, misplaced: Misplaced, remedy_th: &str, remedy_en: &str) -> Failure {
    let (th, en) = match misplaced {
        Misplaced::OtherName => ("ชื่อไฟล์ไม่ได้ลงท้ายด้วย .zip", "its name does not end in .zip"),
        Misplaced::NoFile => ("ที่นั่นมีสิ่งอื่นที่ไม่ใช่ไฟล์ธรรมดาอยู่แล้ว", "something that is no plain file stands there"),
        Misplaced::Output => {
            ("อยู่ในโฟลเดอร์ที่สร้างเว็บไซต์", "it would lie in the folder that the site is built into")
        }
        Misplaced::Sources => ("ปนอยู่กับไฟล์ต้นฉบับของเว็บไซต์", "it would be mixed up with the site's sources"),
    };
    let file = file.display();
    Failure::usage(
        format!("เขียน {file} ไม่ได้ เพราะ{th}: {remedy_th}"),
        format!("cannot write {file}: {en}; {remedy_en}"),
    )
}

/// There is nothing to be read.
pub(super) fn nothing_published(output: &Path) -> Failure {
    let output = output.display();
    Failure::usage(
        format!("ยังไม่มีเว็บไซต์ใน {output}: สั่ง prongsai build ก่อน หรือระบุโฟลเดอร์ที่สร้างไว้ด้วย --output"),
        format!(
            "there is no site in {output}: run prongsai build first, or name the folder of a site with --output"
        ),
    )
}

/// What is there cannot be read as a site.
pub(super) fn unreadable(output: &Path, doubt: Doubt) -> Failure {
    let (th, en) = doubted(doubt);
    let output = output.display();
    Failure::usage(
        format!("อ่านเว็บไซต์ใน {output} ไม่ได้ เพราะ{th}: ระบุโฟลเดอร์ที่สร้างด้วย prongsai build โดยใช้ --output"),
        format!(
            "cannot read a site in {output}: it {en}; name a folder that prongsai build made with --output"
        ),
    )
}

/// A build was ended in the middle of its swap, so what stands there is neither the old site nor the new one.
pub(super) fn unfinished(output: &Path) -> Failure {
    let output = output.display();
    machine(
        format!("การสร้าง {output} ครั้งก่อนหยุดกลางคัน: สั่ง prongsai build ให้เสร็จก่อน แล้วสั่งใหม่อีกครั้ง"),
        format!("the last build of {output} was interrupted: let prongsai build finish it, then run again"),
    )
}

/// Somebody changed or deleted a published file that is to be read.
pub(super) fn altered(file: &Path) -> Failure {
    let file = file.display();
    machine(
        format!("มีผู้แก้ไขหรือลบ {file} หลังจากสร้าง: สั่ง prongsai build --fresh แล้วสั่งใหม่อีกครั้ง"),
        format!(
            "somebody changed or deleted {file} after it was published: run prongsai build --fresh, then this again"
        ),
    )
}

/// The site has no such file, or another one than this program publishes.
pub(super) fn of_another_version(file: &Path) -> Failure {
    let file = file.display();
    Failure::usage(
        format!("{file} ไม่มี หรือสร้างด้วย prongsai รุ่นอื่น: สั่ง prongsai build แล้วสั่งใหม่อีกครั้ง"),
        format!(
            "{file} is missing or another version of prongsai made it: run prongsai build, then this again"
        ),
    )
}

/// Somebody changed a published file, which therefore cannot go into an archive of what was published.
pub(super) fn not_as_published(file: &Path) -> Failure {
    let file = file.display();
    machine(
        format!("มีผู้แก้ไข {file} หลังจากสร้าง จึงไม่ได้ทำไฟล์ ZIP: สั่ง prongsai build --fresh พร้อม --zip อีกครั้ง"),
        format!(
            "somebody changed {file} after it was published, so no ZIP was written: run prongsai build --fresh with --zip again"
        ),
    )
}

/// The output would be a place where publishing does harm.
pub(super) fn dangerous(output: &Path, danger: Danger) -> Failure {
    let (th, en) = match danger {
        Danger::FileSystemRoot => ("เป็นรากของดิสก์", "is the root of the file system"),
        Danger::Home => {
            ("เป็นโฟลเดอร์ประจำตัวของผู้ใช้ หรืออยู่เหนือโฟลเดอร์นั้น", "is your home folder or lies above it")
        }
        Danger::Site => (
            "เป็นโฟลเดอร์ต้นฉบับของเว็บไซต์ หรืออยู่เหนือโฟลเดอร์นั้น",
            "is the folder of the site's sources or lies above it",
        ),
        Danger::Sources => ("ปนอยู่กับไฟล์ต้นฉบับของเว็บไซต์", "is mixed up with the site's sources"),
    };
    refused(output, th, en, "ระบุโฟลเดอร์อื่นด้วย --output", "name another folder with --output")
}

/// The output is a file.
pub(super) fn not_a_folder(output: &Path) -> Failure {
    refused(output, "ไม่ใช่โฟลเดอร์", "is not a folder", "ระบุโฟลเดอร์ด้วย --output", "name a folder with --output")
}

/// The output is a link.
pub(super) fn link(output: &Path) -> Failure {
    refused(
        output,
        "เป็นลิงก์ (symbolic link) ไปยังที่อื่น",
        "is a link that leads elsewhere",
        "ระบุโฟลเดอร์จริงด้วย --output",
        "name the real folder with --output",
    )
}

/// The output holds something and no build of ours put it there.
pub(super) fn not_ours(output: &Path, doubt: Doubt) -> Failure {
    let (th, en) = doubted(doubt);
    refused(
        output,
        th,
        en,
        "ลบโฟลเดอร์นี้เองหากไม่ต้องการแล้ว หรือระบุโฟลเดอร์อื่นด้วย --output",
        "delete the folder yourself if it is not needed, or name another with --output",
    )
}

fn doubted(doubt: Doubt) -> (&'static str, &'static str) {
    match doubt {
        Doubt::NoManifest => (
            "มีไฟล์อยู่แล้ว และไม่มี prongsai-manifest.json ที่แสดงว่า prongsai เป็นผู้สร้าง",
            "holds files, and no prongsai-manifest.json says that prongsai made them",
        ),
        Doubt::Broken => (
            "มี prongsai-manifest.json ที่เสียหายหรือถูกแก้ไข",
            "has a prongsai-manifest.json that is broken or was edited",
        ),
        Doubt::OtherProgram => (
            "มี prongsai-manifest.json ที่โปรแกรมอื่นเป็นผู้สร้าง",
            "has a prongsai-manifest.json that another program made",
        ),
        Doubt::Newer => ("สร้างด้วย prongsai รุ่นใหม่กว่านี้", "was made by a newer prongsai"),
    }
}

/// The manifest of one agency in a portal no longer says what the portal's own manifest knows of it.
pub(super) fn altered_manifest(manifest: &Path) -> Failure {
    let folder = manifest.parent().unwrap_or(manifest).display();
    let manifest = manifest.display();
    Failure::usage(
        format!(
            "{manifest} เสียหายหรือถูกแก้ไข จึงไม่ทราบว่าไฟล์ใดใน {folder} สร้างโดย prongsai: ลบโฟลเดอร์ {folder} เอง แล้วสั่งใหม่อีกครั้ง"
        ),
        format!(
            "{manifest} is broken or was edited, so nothing says which files in {folder} prongsai made: delete {folder} yourself and run again"
        ),
    )
}

/// Files that no build of ours put there stand where pages go. The list is not empty.
pub(super) fn foreign(output: &Path, paths: &[String]) -> Failure {
    let first = paths.first().map_or_else(|| output.to_path_buf(), |path| output.join(path));
    let first = first.display();
    let (th, en) = match paths.len() {
        0 | 1 => (String::new(), String::new()),
        many => (format!(" (และอีก {} แห่ง)", many - 1), format!(" (and {} more)", many - 1)),
    };
    Failure::usage(
        format!("{first}{th} อยู่ตรงที่ต้องวางหน้าเว็บ แต่ไม่ใช่ไฟล์ที่ prongsai สร้าง: ย้ายหรือลบออกเอง แล้วสั่งใหม่อีกครั้ง"),
        format!(
            "{first}{en} stands where the site goes, and prongsai did not make it: move or delete it yourself and run again"
        ),
    )
}

/// The folder of our own beside the output is something else.
pub(super) fn state_taken(state: &Path) -> Failure {
    let state = state.display();
    Failure::usage(
        format!("prongsai ใช้ {state} เป็นที่พักงาน แต่ที่นั่นไม่ใช่โฟลเดอร์ธรรมดา: ลบออกเอง แล้วสั่งใหม่อีกครั้ง"),
        format!("prongsai works in {state}, but that is no plain folder: delete it yourself and run again"),
    )
}

/// Another build or an export has the output open.
pub(super) fn busy(output: &Path) -> Failure {
    let output = output.display();
    machine(
        format!("prongsai อีกตัวกำลังสร้าง {output} หรือส่งออกข้อมูลจากที่นั่นอยู่: รอให้เสร็จก่อน แล้วสั่งใหม่อีกครั้ง"),
        format!("another prongsai is building {output} or exporting it: wait until it is done and run again"),
    )
}

/// The machine refused to put a file in place or to take it away.
pub(super) fn unmoved(path: &Path, error: &io::Error) -> Failure {
    let shown = path.display();
    if error.kind() == io::ErrorKind::CrossesDevices {
        let folder = path.parent().unwrap_or(path).display();
        return machine(
            format!(
                "{folder} อยู่คนละดิสก์ (หรือคนละ mount) กับที่พักงานของ prongsai ซึ่งอยู่ข้างโฟลเดอร์ผลลัพธ์ จึงสลับไฟล์เข้าที่ในคราวเดียวไม่ได้: ระบุโฟลเดอร์ย่อยในดิสก์นั้นด้วย --output"
            ),
            format!(
                "{folder} lies on another disk or mount than the folder beside the output in which prongsai works, so files cannot be swapped into place: name a folder further inside that disk with --output"
            ),
        );
    }
    if is_held(error) {
        return machine(
            format!("มีโปรแกรมอื่นเปิด {shown} อยู่: ปิดโปรแกรมนั้น (เช่น Excel) แล้วสั่งใหม่อีกครั้ง"),
            format!("another program has {shown} open: close it (Excel, for example) and run again"),
        );
    }
    Failure::io(path, error)
}

/// Whether another program holds the file open, as Windows reports it (sharing and lock violation).
pub(super) fn is_held(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33))
}

/// The same failure with the assurance that the published site is as it was.
pub(super) fn whole(failure: Failure) -> Failure {
    add(failure, "เว็บไซต์เดิมยังอยู่ครบ", "the old site is whole")
}

/// The same failure for a swap that has to wait: the next run finishes it.
pub(super) fn halfway(failure: Failure) -> Failure {
    add(
        failure,
        "ไฟล์ใหม่บางส่วนเข้าที่แล้วและไม่มีสิ่งใดสูญหาย: แก้เหตุข้างต้น แล้วสั่ง prongsai build อีกครั้งเพื่อทำต่อจนครบ",
        "some of the new files are in place and nothing is lost: mend the cause and run prongsai build again, which finishes the rest",
    )
}

fn add(failure: Failure, th: &str, en: &str) -> Failure {
    let message =
        Words::new(format!("{} ({th})", failure.message.th), format!("{} ({en})", failure.message.en));
    Failure { cause: failure.cause, message }
}

fn refused(output: &Path, th: &str, en: &str, remedy_th: &str, remedy_en: &str) -> Failure {
    let output = output.display();
    Failure::usage(
        format!("วางเว็บไซต์ใน {output} ไม่ได้ เพราะ{th}: {remedy_th}"),
        format!("cannot publish into {output}: it {en}; {remedy_en}"),
    )
}

fn machine(th: String, en: String) -> Failure {
    Failure { cause: Cause::Machine, message: Words::new(th, en) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_the_way_is_named_and_counted() {
        let check = |paths: &[&str], en: &str, th: &str| {
            let paths: Vec<String> = paths.iter().map(|path| path.to_string()).collect();
            let failure = foreign(Path::new("public"), &paths);
            assert!(failure.message.en.starts_with(en), "{}", failure.message.en);
            assert!(failure.message.th.starts_with(th), "{}", failure.message.th);
        };
        let first = Path::new("public").join("a").display().to_string();
        check(&["a"], &format!("{first} stands"), &format!("{first} อยู่ตรงที่"));
        check(
            &["a", "b", "c"],
            &format!("{first} (and 2 more) stands"),
            &format!("{first} (และอีก 2 แห่ง) อยู่ตรงที่"),
        );
    }

    #[test]
    fn the_remedy_fits_the_reason() {
        let check = |kind: io::ErrorKind, en: &str| {
            let failure = unmoved(&Path::new("public").join("a"), &io::Error::from(kind));
            assert_eq!(failure.cause, Cause::Machine);
            assert!(failure.message.en.contains(en), "{}", failure.message.en);
        };
        check(io::ErrorKind::CrossesDevices, "public lies on another disk");
        check(io::ErrorKind::PermissionDenied, "permission denied");
        check(io::ErrorKind::StorageFull, "the disk is full");
    }
}

//! Trouble that no author of content can mend: the command was used wrongly, or the machine refused. What an author can mend is a
//! `Finding` and never travels as an error.

use crate::language::Words;
use std::fmt;
use std::io;
use std::path::Path;

/// Who has to act, which is also what the exit code says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The command was used wrongly: exit code 2.
    Usage,
    /// Disk, port or permission: exit code 3.
    Machine,
}

/// Why a command ended early, in words for the person at the terminal.
#[derive(Debug, Clone)]
pub struct Failure {
    /// Who has to act.
    pub cause: Cause,
    /// What happened and what to do, in both languages.
    pub message: Words,
}

/// The result of every step that touches the disk.
pub type Result<T> = std::result::Result<T, Failure>;

impl Failure {
    /// The command was used wrongly.
    pub fn usage(th: impl Into<String>, en: impl Into<String>) -> Self {
        Failure { cause: Cause::Usage, message: Words::new(th, en) }
    }

    /// The machine refused to do something with a file; names the path and the reason in plain words.
    pub fn io(path: &Path, error: &io::Error) -> Self {
        let reason = reason(error);
        let message = Words::new(
            format!("ทำงานกับ {} ไม่สำเร็จ: {}", path.display(), reason.th),
            format!("cannot use {}: {}", path.display(), reason.en),
        );
        Failure { cause: Cause::Machine, message }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message.en)
    }
}

impl std::error::Error for Failure {}

/// The everyday reasons in Thai; the rare ones keep the system's own words, which a colleague can search for.
fn reason(error: &io::Error) -> Words {
    let (th, en) = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => ("เนื้อที่ดิสก์เต็ม", "the disk is full"),
        io::ErrorKind::PermissionDenied => ("ไม่มีสิทธิ์เข้าถึง", "permission denied"),
        io::ErrorKind::ReadOnlyFilesystem => {
            ("เขียนไม่ได้ เพราะเป็นระบบไฟล์แบบอ่านอย่างเดียว", "the file system is read-only")
        }
        io::ErrorKind::NotFound => ("ไม่พบไฟล์หรือโฟลเดอร์", "no such file or folder"),
        io::ErrorKind::ResourceBusy => ("มีโปรแกรมอื่นใช้อยู่", "another program is using it"),
        _ => return Words::new(error.to_string(), error.to_string()),
    };
    Words::new(th, en)
}

//! One event of the system → where to look, and what becomes of the watches. Pure but for one question to the disk, which is handed in.

use super::Look;
use super::places::Places;
use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind, RemoveKind};
use notify::{Error, ErrorKind, Event, EventKind};
use std::io;
use std::path::{Path, PathBuf};

/// What one event, or one look by polling, comes to.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Heard {
    pub(super) look: Look,
    pub(super) care: Care,
    /// Whether it says nothing but that events were lost.
    pub(super) is_loss: bool,
}

/// What has to be done about the watches.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Care {
    /// Nothing.
    #[default]
    None,
    /// Folders may be there that are not watched. A new folder is watched by itself, unless another one went in the same moment; so there is
    /// time until it is quiet.
    Later,
    /// A folder in the root came or went, and no other one is above it that is watched with all that is in it.
    Now,
    /// The root itself went.
    Anew,
}

/// What stands at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    File,
    Folder,
    /// A symbolic link, to whatever it leads.
    Link,
    Nothing,
}

impl Heard {
    /// Everything is to be looked at.
    pub(super) fn everything(care: Care) -> Heard {
        Heard { look: Look::Everywhere, care, is_loss: false }
    }

    fn and(self, other: Heard) -> Heard {
        Heard { look: self.look.and(other.look), care: self.care.max(other.care), is_loss: false }
    }
}

/// Whether a file was only opened or read, as whoever looks does it: told of, it would be looked at for ever. What was written through a map
/// of memory is known by its end alone.
pub(super) fn is_mere_reading(event: &Event) -> bool {
    let is_written = matches!(event.kind, EventKind::Access(AccessKind::Close(AccessMode::Write)));
    event.kind.is_access() && !is_written && !event.need_rescan()
}

/// What an event comes to; nothing if it concerns no source. `stands` says what stands at a path now.
pub(super) fn heard(event: &Event, places: &Places, stands: impl Fn(&Path) -> Stands) -> Option<Heard> {
    if event.need_rescan() {
        return Some(Heard { is_loss: true, ..Heard::everything(Care::Later) });
    }
    let at = |path: &PathBuf| heard_at(path, event.kind, places, &stands);
    event.paths.iter().filter_map(at).reduce(Heard::and)
}

fn heard_at(
    path: &Path,
    kind: EventKind,
    places: &Places,
    stands: &impl Fn(&Path) -> Stands,
) -> Option<Heard> {
    if places.is_home(path) {
        let is_gone = matches!(kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)));
        return is_gone.then(|| Heard::everything(Care::Anew));
    }
    let names = places.names(path);
    let is_in_root = names.iter().any(|name| !name.contains('/'));
    if names.is_empty() {
        return None;
    }
    if !is_of_folder(kind, path, stands) {
        return Some(Heard { look: Look::At(names), care: Care::None, is_loss: false });
    }
    Some(Heard::everything(if is_in_root { Care::Now } else { Care::Later }))
}

/// Whether more may have changed than one file. The system knows only of some events what they are about. Of what is gone nobody knows; what
/// has an extension was a file.
fn is_of_folder(kind: EventKind, path: &Path, stands: &impl Fn(&Path) -> Stands) -> bool {
    match kind {
        EventKind::Create(CreateKind::Folder) | EventKind::Remove(RemoveKind::Folder) => true,
        EventKind::Access(_)
        | EventKind::Modify(ModifyKind::Any | ModifyKind::Data(_) | ModifyKind::Other) => false,
        _ => match stands(path) {
            Stands::File => false,
            Stands::Folder | Stands::Link => true,
            Stands::Nothing => path.extension().is_none(),
        },
    }
}

/// What stands at a path now.
pub(super) fn stands(path: &Path) -> Stands {
    if path.is_symlink() {
        Stands::Link
    } else if path.is_dir() {
        Stands::Folder
    } else if path.exists() {
        Stands::File
    } else {
        Stands::Nothing
    }
}

/// Whether a folder could not be watched because it is not there.
pub(super) fn is_gone(error: &Error) -> bool {
    match &error.kind {
        ErrorKind::PathNotFound => true,
        ErrorKind::Io(error) => error.kind() == io::ErrorKind::NotFound,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{DataChange, Flag, MetadataKind, RenameMode};
    use std::collections::BTreeSet;

    fn at(files: &[&str]) -> Option<Heard> {
        let files: BTreeSet<String> = files.iter().map(|file| (*file).to_owned()).collect();
        Some(Heard { look: Look::At(files), care: Care::None, is_loss: false })
    }

    fn everything(care: Care) -> Option<Heard> {
        Some(Heard::everything(care))
    }

    fn event(kind: EventKind, paths: &[&str]) -> Event {
        paths.iter().fold(Event::new(kind), |event, path| event.add_path(Path::new("/site").join(path)))
    }

    const WRITTEN: EventKind = EventKind::Modify(ModifyKind::Data(DataChange::Any));
    const CLOSED: EventKind = EventKind::Access(AccessKind::Close(AccessMode::Write));
    const TOUCHED: EventKind = EventKind::Modify(ModifyKind::Metadata(MetadataKind::Any));
    const LEFT: EventKind = EventKind::Modify(ModifyKind::Name(RenameMode::From));
    const CAME: EventKind = EventKind::Modify(ModifyKind::Name(RenameMode::To));
    const MOVED: EventKind = EventKind::Modify(ModifyKind::Name(RenameMode::Both));
    const NEW: EventKind = EventKind::Create(CreateKind::File);
    const NEW_FOLDER: EventKind = EventKind::Create(CreateKind::Folder);
    const NEW_SOMETHING: EventKind = EventKind::Create(CreateKind::Any);
    const GONE: EventKind = EventKind::Remove(RemoveKind::File);
    const GONE_FOLDER: EventKind = EventKind::Remove(RemoveKind::Folder);
    const GONE_SOMETHING: EventKind = EventKind::Remove(RemoveKind::Any);

    #[test]
    fn an_event_says_where_to_look() {
        let places = Places::over(&[
            ("", "/site"),
            ("content/2565/eit.md", "/site/shared/eit.md"),
            ("content/2566/eit.md", "/site/shared/eit.md"),
            ("themes/own", "/srv/theme"),
        ]);
        let check = |kind: EventKind, paths: &[&str], now: Stands, expected: Option<Heard>| {
            assert_eq!(heard(&event(kind, paths), &places, |_| now), expected, "{kind:?} {paths:?} {now:?}");
        };
        let iit = "content/2565/iit.md";
        for kind in [WRITTEN, CLOSED, TOUCHED, CAME, NEW, NEW_SOMETHING] {
            check(kind, &[iit], Stands::File, at(&[iit]));
        }
        for kind in [WRITTEN, LEFT, CAME, GONE, NEW, GONE_SOMETHING] {
            check(kind, &[iit], Stands::Nothing, at(&[iit]));
        }
        check(MOVED, &["content/2565/.iit.md.swp", iit], Stands::File, at(&[iit]));
        check(MOVED, &["content/2565/eit.md", iit], Stands::File, at(&["content/2565/eit.md", iit]));
        check(WRITTEN, &["prongsai.yaml"], Stands::File, at(&["prongsai.yaml"]));
        check(WRITTEN, &["framework/2569.yaml"], Stands::File, at(&["framework/2569.yaml"]));

        for kind in [NEW_FOLDER, GONE_FOLDER, LEFT, CAME, GONE_SOMETHING] {
            check(kind, &["content/2565"], Stands::Nothing, everything(Care::Later));
        }
        check(NEW_SOMETHING, &["content/2565/files/a.b"], Stands::Folder, everything(Care::Later));
        check(TOUCHED, &["content/2565"], Stands::Folder, everything(Care::Later));
        check(NEW, &["content/2565/iit.md"], Stands::Link, everything(Care::Later));
        check(WRITTEN, &["content/2565"], Stands::Folder, at(&["content/2565"]));
        for top in ["content", "themes", "framework"] {
            check(NEW_FOLDER, &[top], Stands::Folder, everything(Care::Now));
            check(LEFT, &[top], Stands::Nothing, everything(Care::Now));
        }
        check(GONE_FOLDER, &[""], Stands::Nothing, everything(Care::Anew));
        check(LEFT, &[""], Stands::Nothing, everything(Care::Anew));
        check(TOUCHED, &[""], Stands::Folder, None);

        check(WRITTEN, &["shared/eit.md"], Stands::File, at(&["content/2565/eit.md", "content/2566/eit.md"]));
        check(WRITTEN, &["/srv/theme/text/th.yaml"], Stands::File, at(&["themes/own/text/th.yaml"]));

        for path in [
            "public/index.html",
            ".public.prongsai/state",
            ".git/index",
            "README.md",
            "shared/other.md",
            "content/.git/index",
            "content/2565/.iit.md.swp",
            "content/2565/iit.md~",
            "content/2565/4913",
            "content/2565/#iit.md#",
            "content/2565/~$แผน.docx",
            "content/2565/files/Thumbs.db",
            "/elsewhere/iit.md",
        ] {
            for kind in [WRITTEN, NEW, GONE, LEFT, NEW_FOLDER] {
                check(kind, &[path], Stands::File, None);
            }
        }
    }

    #[test]
    fn lost_events_ask_for_everything() {
        let lost = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        let heard = heard(&lost, &Places::default(), |_| Stands::Nothing);
        assert_eq!(heard, Some(Heard { is_loss: true, ..Heard::everything(Care::Later) }));
    }

    #[test]
    fn reading_is_no_change() {
        let check = |kind: EventKind, expected: bool| {
            assert_eq!(is_mere_reading(&Event::new(kind)), expected, "{kind:?}");
        };
        check(EventKind::Access(AccessKind::Open(AccessMode::Any)), true);
        check(EventKind::Access(AccessKind::Close(AccessMode::Read)), true);
        check(EventKind::Access(AccessKind::Read), true);
        check(CLOSED, false);
        check(WRITTEN, false);
        check(EventKind::Any, false);
    }
}

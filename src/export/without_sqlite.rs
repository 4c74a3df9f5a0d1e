//! In the place of the databases, in a program that was built without them.

use super::{Content, words};
use crate::failure::Result;
use std::path::Path;

/// Says that it cannot be done.
///
/// # Errors
/// Always, as wrong use.
pub(super) fn write(_: &Path, _: Content<'_>) -> Result<u64> {
    Err(words::without_sqlite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_names_what_can_be_done_instead() {
        let content = Content { about: &[], tables: &[], parts: &mut std::iter::empty() };
        let failure = write(Path::new("ita.sqlite"), content).unwrap_err();
        assert!(failure.message.th.contains("prongsai export ita-csv"), "{}", failure.message.th);
        assert!(failure.message.en.contains("built without SQLite"), "{failure}");
    }
}

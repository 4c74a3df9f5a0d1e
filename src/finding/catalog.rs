//! Everything that prongsai can find, in words: one file per area, so that a Thai editor can read an area as one document.
//!
//! A rule names its problem by calling the function of that name and passes what it holds; no other module writes a message.

pub mod chain;
pub mod disclosure;
pub mod files;
pub mod import;
pub mod privacy;
pub mod score;
mod syntax;
pub mod text;

use super::Kind;

/// Declares the kinds of an area: a static for each, and `KINDS` over all of them in reading order. `OnRequest` stands behind the concern of
/// those that are only looked for where somebody asks.
macro_rules! kinds {
    (@on_request) => { false };
    (@on_request OnRequest) => { true };
    ($($name:ident = $code:literal, $severity:ident, $concern:ident $(, $request:ident)? {
        title: $title_th:literal, $title_en:literal;
        why: $why_th:literal, $why_en:literal;
        mend: $mend_th:literal, $mend_en:literal;
        example: $example:literal;
    })*) => {
        $(
            static $name: $crate::finding::Kind = $crate::finding::Kind {
                code: $code,
                severity: $crate::finding::Severity::$severity,
                concern: $crate::finding::Concern::$concern,
                on_request: kinds!(@on_request $($request)?),
                title: $crate::finding::Explained { th: $title_th, en: $title_en },
                why: $crate::finding::Explained { th: $why_th, en: $why_en },
                mend: $crate::finding::Explained { th: $mend_th, en: $mend_en },
                example: $example,
            };
        )*
        /// All kinds of this area, in reading order.
        pub static KINDS: &[&$crate::finding::Kind] = &[$(&$name),*];
    };
}
use kinds;

/// Every kind there is, area by area.
pub fn all() -> impl Iterator<Item = &'static Kind> {
    let areas = [
        files::KINDS,
        score::KINDS,
        chain::KINDS,
        disclosure::KINDS,
        text::KINDS,
        privacy::KINDS,
        import::KINDS,
    ];
    areas.into_iter().flatten().copied()
}

/// The kind with this code.
pub fn by_code(code: &str) -> Option<&'static Kind> {
    all().find(|kind| kind.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Concern, Severity};
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_unique_and_well_formed() {
        let codes: Vec<&str> = all().map(|kind| kind.code).collect();
        assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), codes.len());
        for code in codes {
            let (area, name) = code.split_once('/').unwrap();
            assert!(
                ["files", "score", "chain", "disclosure", "text", "privacy", "import"].contains(&area),
                "{code}"
            );
            assert!(
                name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
                "{code}"
            );
        }
    }

    #[test]
    fn what_only_informs_stops_nothing() {
        for kind in all().filter(|kind| kind.concern == Concern::Information) {
            assert_eq!(kind.severity, Severity::Note, "{}", kind.code);
        }
    }
}

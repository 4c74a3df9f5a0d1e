//! One bar divided by how many there are of each kind: full where something was done, an empty box where nothing was.

use super::{Drawing, Length, WIDTH};

const HEIGHT: i32 = 16;
/// Between two parts.
const GAP: i32 = 2;

/// A part of the bar.
#[derive(Debug, Clone, Copy)]
pub(in crate::plan) struct Part<'a> {
    pub(in crate::plan) class: &'a str,
    pub(in crate::plan) count: usize,
    /// Drawn full, or as an empty box.
    pub(in crate::plan) is_full: bool,
}

/// Draws parts. `alternative` says in a sentence what they are.
pub(in crate::plan) fn shares(parts: &[Part<'_>], alternative: &str) -> String {
    let mut drawing = Drawing::new(HEIGHT, alternative);
    let all: usize = parts.iter().map(|part| part.count).sum();
    let position = |so_far: usize| {
        let tenths = usize::try_from(WIDTH * 10).unwrap_or_default() * so_far / all.max(1);
        Length(i32::try_from(tenths).unwrap_or_default())
    };
    let mut so_far = 0;
    for Part { class, count, is_full } in parts {
        let (begin, end) = (position(so_far), position(so_far + count).minus(Length::of(GAP)));
        let path = if *is_full {
            format!("M{begin} {}H{end}", HEIGHT / 2)
        } else {
            format!("M{begin} 1H{end}V{}H{begin}z", HEIGHT - 1)
        };
        drawing.path(class, &path);
        so_far += count;
    }
    drawing.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_fill_the_bar() {
        let part = |class, count, is_full| Part { class, count, is_full };
        let svg = shares(&[part("done", 1, true), part("none", 2, false)], "");
        assert!(svg.contains("<path class=\"done\" d=\"M0 8H118\"/>"), "{svg}");
        assert!(svg.contains("<path class=\"none\" d=\"M120 1H358V15H120z\"/>"), "{svg}");
    }
}

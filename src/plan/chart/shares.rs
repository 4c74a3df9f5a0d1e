//! One bar divided by how many there are of each kind: full where something was done, an empty box where nothing was.

use super::{Drawing, Length, WIDTH};

/// What is drawn as a full bar.
const FULL: [&str; 2] = ["done", "ongoing"];
const HEIGHT: i32 = 16;
/// Between two parts.
const GAP: i32 = 2;

/// Draws parts, each of a class and a count. `alternative` says in a sentence what they are.
pub(in crate::plan) fn shares(parts: &[(&str, usize)], alternative: &str) -> String {
    let mut drawing = Drawing::new(HEIGHT, alternative);
    let all: usize = parts.iter().map(|(_, count)| count).sum();
    let position = |so_far: usize| {
        let tenths = usize::try_from(WIDTH * 10).unwrap_or_default() * so_far / all.max(1);
        Length(i32::try_from(tenths).unwrap_or_default())
    };
    let mut so_far = 0;
    for (class, count) in parts {
        let (begin, end) = (position(so_far), position(so_far + count).minus(Length::of(GAP)));
        let path = if FULL.contains(class) {
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
        let svg = shares(&[("done", 1), ("none", 2)], "");
        assert!(svg.contains("<path class=\"done\" d=\"M0 8H118\"/>"), "{svg}");
        assert!(svg.contains("<path class=\"none\" d=\"M120 1H358V15H120z\"/>"), "{svg}");
    }
}

//! Text on the grid of a terminal: how wide it is, where a line may end, and which part of a long line is shown. It knows no finding and
//! no colour.
//!
//! A *cell* is a character with the marks that stand above and below it, so that nothing here can tear a mark from its letter.
//! Thai has no spaces inside a sentence, and to find its words would take a dictionary. So a line ends at a space where it can; otherwise
//! where a syllable begins or ends for certain; and only then between any two cells that may stand apart.

use std::ops::Range;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The part of a source line that fits, and where its carets belong.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Window {
    /// What is shown, with `…` where something was cut off.
    pub(crate) text: String,
    /// Columns before the first caret.
    pub(crate) column: usize,
    /// How many carets: at least one, and no more than there are columns to point at.
    pub(crate) carets: usize,
}

/// Columns that a text takes: marks above and below none, sara am one, as terminals do it.
pub(crate) fn width(text: &str) -> usize {
    cells(text).map(UnicodeWidthStr::width).sum()
}

/// The text as it can be shown, character by character, so that columns still count. A tab takes one column; what would steer the
/// terminal, change the direction of the text or not be seen at all becomes `�`.
pub(crate) fn visible(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\t' => ' ',
            '\u{ad}' | '\u{61c}' | '\u{feff}' => char::REPLACEMENT_CHARACTER,
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => {
                char::REPLACEMENT_CHARACTER
            }
            c if c.is_control() => char::REPLACEMENT_CHARACTER,
            c => c,
        })
        .collect()
}

/// The text in lines of at most `room` columns. Its own lines stay apart, blank ones are dropped.
pub(crate) fn wrap(text: &str, room: usize) -> Vec<String> {
    text.lines().flat_map(|line| wrap_line(&visible(line), room)).collect()
}

/// What `room` columns, at least five, can show of a line so that the span's beginning is among it. `span` counts characters from 0; an
/// empty one is a spot, which may lie behind the last character.
pub(crate) fn window(line: &str, span: Range<usize>, room: usize) -> Window {
    let line = visible(line);
    let (cells, span) = with_span(&line, &span);
    cut(&cells, &span, around(&cells, &span, room))
}

/// Two forms of a line, cut so that the letters before their spans stand one above the other.
pub(crate) fn windows(old: (&str, Range<usize>), new: (&str, Range<usize>), room: usize) -> [Window; 2] {
    let lines = [visible(old.0), visible(new.0)];
    let forms = [Form::of(&lines[0], &old.1, room), Form::of(&lines[1], &new.1, room)];
    let is_cut = forms.iter().any(|form| form.start > 0);
    let before = forms.each_ref().map(|form| form.letter.saturating_sub(form.start)).into_iter().min();
    forms.map(|Form { cells, span, letter, .. }| {
        let start = if is_cut { letter - before.unwrap_or_default() } else { 0 };
        cut(&cells, &span, from(&cells, start, room))
    })
}

/// A line with a span in it.
struct Form<'a> {
    cells: Vec<&'a str>,
    span: Range<usize>,
    /// The cell of the letter before the span. The span may begin in it, since a mark belongs to its letter, or behind it, as ำ does.
    letter: usize,
    /// Where the line would be cut if it stood alone.
    start: usize,
}

impl<'a> Form<'a> {
    fn of(line: &'a str, chars: &Range<usize>, room: usize) -> Self {
        let (cells, span) = with_span(line, chars);
        let letter = cells_of(&cells, &(chars.start.saturating_sub(1)..chars.start)).start;
        let start = around(&cells, &span, room).start;
        Form { cells, span, letter, start }
    }
}

/// The columns of a whole line in which a range of its characters stands; at least one.
pub(crate) fn columns(line: &str, span: Range<usize>) -> Range<usize> {
    let line = visible(line);
    let (cells, span) = with_span(&line, &span);
    let before = width(&cells[..span.start].concat());
    before..before + width(&cells[span].concat()).max(1)
}

/// The cells of a line, and those of them that a range of characters touches; behind the last one stands a blank for it.
fn with_span<'a>(line: &'a str, chars: &Range<usize>) -> (Vec<&'a str>, Range<usize>) {
    let mut cells: Vec<&str> = cells(line).collect();
    let span = cells_of(&cells, chars);
    if span.start == cells.len() {
        cells.push(" ");
    }
    (cells, span)
}

fn cut(cells: &[&str], span: &Range<usize>, shown: Range<usize>) -> Window {
    let cut = |is_cut: bool| if is_cut { "…" } else { "" };
    let (before, after) = (cut(shown.start > 0), cut(shown.end < cells.len()));
    let columns = |cells: &[&str]| width(&cells.concat());
    Window {
        text: [before, &cells[shown.clone()].concat(), after].concat().trim_end().to_owned(),
        column: width(before) + columns(&cells[shown.start..span.start]),
        carets: columns(&cells[span.start..span.end.min(shown.end)]).max(1),
    }
}

fn wrap_line(line: &str, room: usize) -> Vec<String> {
    let mut rest = line.trim();
    let mut lines = Vec::new();
    while let Some(end) = line_end(rest, room) {
        lines.push(rest[..end].trim_end().to_owned());
        rest = rest[end..].trim_start();
    }
    if !rest.is_empty() {
        lines.push(rest.to_owned());
    }
    lines
}

/// Each character with the marks that follow it.
fn cells(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut chars = rest.char_indices();
        chars.next()?;
        let end = chars.find(|(_, c)| c.width() != Some(0)).map_or(rest.len(), |(at, _)| at);
        let (cell, others) = rest.split_at(end);
        rest = others;
        Some(cell)
    })
}

/// The byte at which the first line of a text has to end; `None` when all of it fits. The first cell always stays.
fn line_end(text: &str, room: usize) -> Option<usize> {
    let (mut space, mut syllable, mut gap) = (None, None, None);
    let (mut at, mut columns, mut previous) = (0, 0, "");
    for cell in cells(text) {
        if cell == " " {
            space = if leans_left(text[at..].trim_start()) { space } else { Some(at) };
        } else if may_part(previous, cell) {
            gap = Some(at);
            syllable = if is_end_of_syllable(previous, cell) { gap } else { syllable };
        }
        columns += cell.width();
        if columns > room && at > 0 {
            return space.or(syllable).or(gap).or(Some(at));
        }
        at += cell.len();
        previous = cell;
    }
    None
}

/// Whether a line may end between two cells that no space parts. Numbers, codes, addresses and paths stay whole.
fn may_part(before: &str, after: &str) -> bool {
    let opens = before.is_empty() || before.starts_with(['(', '[', '{', '“', '‘', '«']);
    let closes = after.starts_with([')', ']', '}', '”', '’', '»', ',', '.', ':', ';', '!', '?', '%', '…']);
    let is_one_word = is_solid(before) && is_solid(after);
    !(opens || closes || is_one_word || is_one_syllable(before, after))
}

/// Whether a syllable certainly ends between two cells that may part. One that ends with a consonant looks like two.
fn is_end_of_syllable(before: &str, after: &str) -> bool {
    leans_right(after) || before.starts_with(['ะ', 'ำ']) || is_solid(before) != is_solid(after)
}

/// Whether a text begins with what numbers, codes and addresses are made of.
fn is_solid(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_graphic() || matches!(c, '๐'..='๙' | '–' | '−'))
}

/// Whether two cells are read together, so that nothing may come between them.
fn is_one_syllable(before: &str, after: &str) -> bool {
    leans_right(before) || leans_left(after)
}

/// Whether a text begins with a vowel that is written before its consonant.
fn leans_right(text: &str) -> bool {
    text.starts_with(['เ', 'แ', 'โ', 'ใ', 'ไ'])
}

/// Whether a text begins with a sign that no line begins with; ๆ not even behind a space.
fn leans_left(text: &str) -> bool {
    text.starts_with(['ะ', 'า', 'ำ', 'ๅ', 'ๆ', 'ฯ'])
}

/// The cells that a range of characters touches: at least one, even if it has to be the one behind the last.
fn cells_of(cells: &[&str], chars: &Range<usize>) -> Range<usize> {
    let ends: Vec<usize> = cells
        .iter()
        .scan(0, |end, cell| {
            *end += cell.chars().count();
            Some(*end)
        })
        .collect();
    let start = ends.partition_point(|&end| end <= chars.start);
    let end = ends.partition_point(|&end| end < chars.end) + 1;
    start..end.clamp(start + 1, cells.len().max(start + 1))
}

/// The cells to show of a line: all if they fit; else the span from its beginning on, and as much on both sides of it as there is room.
/// No syllable is cut.
fn around(cells: &[&str], span: &Range<usize>, room: usize) -> Range<usize> {
    let mut shown = 0..cells.len();
    if fits(cells, &shown, room) {
        return shown;
    }
    shown = span.start..span.start + 1;
    while let Some(wider) = wider(&shown, span, cells.len()).filter(|wider| fits(cells, wider, room)) {
        shown = wider;
    }
    while shown.start < span.start && tears(cells, shown.start) {
        shown.start += 1;
    }
    while shown.end > span.start + 1 && tears(cells, shown.end) {
        shown.end -= 1;
    }
    shown
}

/// The cells to show from one on: as many as there is room for, without cutting a syllable.
fn from(cells: &[&str], start: usize, room: usize) -> Range<usize> {
    let mut shown = start..start + 1;
    while shown.end < cells.len() && fits(cells, &(start..shown.end + 1), room) {
        shown.end += 1;
    }
    while shown.end > start + 1 && tears(cells, shown.end) {
        shown.end -= 1;
    }
    shown
}

/// Whether there is room for these cells, with a `…` where the line goes on.
fn fits(cells: &[&str], shown: &Range<usize>, room: usize) -> bool {
    let marks = usize::from(shown.start > 0) + usize::from(shown.end < cells.len());
    marks + width(&cells[shown.clone()].concat()) <= room
}

/// Whether a cut before this cell would go through a syllable.
fn tears(cells: &[&str], at: usize) -> bool {
    at > 0 && at < cells.len() && is_one_syllable(cells[at - 1], cells[at])
}

/// One cell more: to the right until the span is complete, then by turns.
fn wider(shown: &Range<usize>, span: &Range<usize>, count: usize) -> Option<Range<usize>> {
    let is_right_turn = shown.end < span.end || shown.end - span.end <= span.start - shown.start;
    match (shown.start > 0, shown.end < count) {
        (_, true) if is_right_turn || shown.start == 0 => Some(shown.start..shown.end + 1),
        (true, _) => Some(shown.start - 1..shown.end),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_take_no_column() {
        let check = |text: &str, expected: usize| assert_eq!(width(text), expected, "{text}");
        check("", 0);
        check("การใช้อำนาจหน้าที่ปฏิบัติ", 18);
        check("น้ำ", 2);
        check("ที่", 1);
        check("ํา", 1);
        check("\u{0e48}", 0);
        check("表", 2);
    }

    #[test]
    fn lines_end_where_thai_can_be_read() {
        let check =
            |text: &str, room: usize, expected: &[&str]| assert_eq!(wrap(text, room), expected, "{text}");
        check("", 8, &[]);
        check("  ", 8, &[]);
        check("คะแนน 814.0", 11, &["คะแนน 814.0"]);
        check("คะแนน 814.0", 10, &["คะแนน", "814.0"]);
        check("ต่าง ๆ ต่าง ๆ", 5, &["ต่าง ๆ", "ต่าง ๆ"]);
        check("ต่าง ๆ ต่าง ๆ", 4, &["ต่า", "ง ๆ", "ต่า", "ง ๆ"]);
        check("ดินน้ำดิน", 5, &["ดินน้ำ", "ดิน"]);
        check("กรมเจ้าท่า", 5, &["กรม", "เจ้าท่า"]);
        check("ตำบล(ตัวอย่าง)", 8, &["ตำบล", "(ตัวอย่าง)"]);
        check("ไฟล์scores.yaml", 11, &["ไฟล์", "scores.yaml"]);
        check("๘๖.๙๒และ๘๖.๙๒", 7, &["๘๖.๙๒", "และ", "๘๖.๙๒"]);
        check("ช่วง 0–100", 8, &["ช่วง", "0–100"]);
        check("ก\n\nข ค\r\n", 8, &["ก", "ข ค"]);
        check("https://example.go.th/", 10, &["https://ex", "ample.go.t", "h/"]);
    }

    #[test]
    fn two_windows_stand_one_above_the_other() {
        let check =
            |old: (&str, &str), new: (&str, &str), room: usize, text: [&str; 2], columns: [usize; 2]| {
                let span = |(line, word): (&str, &str)| {
                    let start = line[..line.find(word).unwrap()].chars().count();
                    start..start + word.chars().count()
                };
                let windows = windows((old.0, span(old)), (new.0, span(new)), room);
                assert_eq!(windows.each_ref().map(|window| window.text.as_str()), text);
                assert_eq!(windows.map(|window| window.column), columns);
            };
        check(("มี.ค ๖๖", "มี.ค"), ("มี.ค. ๖๖", "มี.ค."), 20, ["มี.ค ๖๖", "มี.ค. ๖๖"], [0; 2]);
        let (old, new) = ("abcdefgh?ijklmnopqrs", "abcdefghijklmnopqrs");
        check((old, "?"), (new, "i"), 9, ["…fgh?ijk…", "…fghijkl…"], [4; 2]);
        check(
            ("ประจ\u{e4d}\u{e32}ปี", "\u{e4d}"),
            ("ประจำปี", "ำ"),
            20,
            ["ประจ\u{e4d}\u{e32}ปี", "ประจำปี"],
            [3, 4],
        );
        check((old, "?"), (new, "i"), 19, ["abcdefgh?ijklmnopq…", "abcdefghijklmnopqrs"], [8; 2]);
        check(("ab?cdefgh?i", "?i"), ("abcdefghi", "i"), 7, ["…efgh?i", "…efghi"], [5; 2]);
        check(("ab?cdefgh?i", "?i"), ("abcdefghi", "i"), 10, ["…?cdefgh?i", "…bcdefghi"], [8; 2]);
    }

    #[test]
    fn columns_are_those_of_the_whole_line() {
        let check =
            |span: Range<usize>, expected: Range<usize>| assert_eq!(columns("ที่ดิน\tก", span), expected);
        check(0..1, 0..1);
        check(1..2, 0..1);
        check(3..6, 1..3);
        check(6..8, 3..5);
        check(8..8, 5..6);
    }

    #[test]
    fn the_window_holds_the_span() {
        let check =
            |line: &str, span: Range<usize>, room: usize, text: &str, column: usize, carets: usize| {
                let expected = Window { text: text.to_owned(), column, carets };
                assert_eq!(window(line, span, room), expected, "{line}");
            };
        check("การใช้อำนาจหน้าที่: 814", 20..23, 40, "การใช้อำนาจหน้าที่: 814", 16, 3);
        check("\tก\u{200b}ข", 1..3, 40, " ก\u{fffd}ข", 1, 2);
        check("ที่่ดิน", 3..4, 40, "ที่่ดิน", 0, 1);
        check("ก: ", 3..3, 40, "ก:", 3, 1);
        check("ก", 80..90, 40, "ก", 1, 1);
        check("abcdefghijklmnopqrstuvwxyz", 12..14, 9, "…klmnopq…", 3, 2);
        check("abcdefghijklmnopqrstuvwxyz", 0..2, 9, "abcdefgh…", 0, 2);
        check("abcdefghijklmnopqrstuvwxyz", 26..26, 9, "…tuvwxyz", 8, 1);
        check("abcdefghijklmnopqrstuvwxyz", 3..26, 9, "…defghij…", 1, 7);
        check("สองดีเสมอตนพ้นภัย", 9..10, 9, "…มอตนพ้น…", 3, 1);
        check("สองดีเสมอตนพ้นภัย", 9..10, 11, "…เสมอตนพ้นภัย", 5, 1);
    }

    /// Text as people write it, letter by letter; unlike any string, it has a place to break everywhere.
    fn thai() -> impl Strategy<Value = String> {
        "([เแโใไ]?[ก-ฮ][ิ-ู]?[่-๋]?[าะำ]?( ?ๆ)? ?){0,60}"
    }

    /// The cells of a text, each with the sum of `measure` up to its end.
    fn cells_with(text: &str, measure: impl Fn(&str) -> usize) -> impl Iterator<Item = (&str, usize)> {
        cells(text).scan(0, move |sum, cell| {
            *sum += measure(cell);
            Some((cell, *sum))
        })
    }

    fn ends_open(text: &str) -> bool {
        cells(text).last().is_some_and(leans_right)
    }

    proptest! {
        #[test]
        fn wrapping_keeps_all_but_spaces(text in any::<String>(), room in 2usize..50) {
            let lines = wrap(&text, room);
            let letters = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text.lines().map(visible).collect::<String>()));
            for line in lines {
                prop_assert!(UnicodeWidthStr::width(&*line) <= room, "{}", line);
            }
        }

        #[test]
        fn no_syllable_is_torn(text in thai(), room in 12usize..50, start in 0usize..200) {
            for line in wrap(&text, room) {
                prop_assert!(!leans_left(&line), "{}", line);
                prop_assert!(!ends_open(&line), "{}", line);
            }
            let shown = window(&text, start..start + 1, room).text;
            prop_assert!(!shown.strip_prefix('…').is_some_and(leans_left), "{}", shown);
            prop_assert!(!shown.strip_suffix('…').is_some_and(ends_open), "{}", shown);
        }

        #[test]
        fn any_window_fits_and_points_at_its_span(
            line in prop_oneof![any::<String>(), thai()],
            start in 0usize..60,
            length in 0usize..60,
            room in 5usize..60,
        ) {
            let window = window(&line, start..start + length, room);
            prop_assert!(UnicodeWidthStr::width(&*window.text) <= room);
            prop_assert!(window.column + window.carets <= room);
            let line = visible(&line);
            if let Some((letter, _)) = cells_with(&line, |cell| cell.chars().count()).find(|(_, end)| *end > start)
                && !letter.trim().is_empty()
            {
                let mut shown = cells_with(&window.text, width);
                prop_assert!(shown.any(|(cell, end)| cell == letter && end - width(cell) == window.column));
            }
        }
    }
}

//! Tables: header cells for readers that jump from cell to cell, a box to scroll in for narrow screens.

use super::super::Alignment;
use super::super::flaw::Flaw;
use super::{Open, Writer};
use std::ops::Range;

/// The table that is open; tables do not nest.
#[derive(Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    /// Of the last cell that was read.
    cell_end: usize,
    in_head: bool,
}

impl Writer<'_> {
    /// The box lets a wide table scroll by itself on a phone, and with the keyboard.
    pub(super) fn start_table(&mut self, alignments: &[Alignment]) {
        self.table.alignments = alignments.to_vec();
        let label = self.setting.table_label;
        let attributes =
            [("class", "table-scroll"), ("role", "group"), ("aria-label", label), ("tabindex", "0")];
        self.start_block("div", &attributes, Open::Block("</tbody></table></div>\n"));
        self.passage().html.push_str("<table>");
    }

    pub(super) fn start_table_head(&mut self) {
        self.table.in_head = true;
        self.table.column = 0;
        self.start_inline("<thead><tr>", Open::TableHead);
    }

    pub(super) fn end_table_head(&mut self) {
        self.table.in_head = false;
        self.end_block("</tr></thead>\n<tbody>");
    }

    pub(super) fn start_table_row(&mut self) {
        self.table.column = 0;
        self.start_block("tr", &[], Open::TableRow);
    }

    /// Markdown drops the cells for which the head has no column; an author would look for them in vain.
    pub(super) fn end_table_row(&mut self, range: &Range<usize>) {
        let is_rule = |c: char| c == '|' || c.is_whitespace();
        let rest = self.body.prepared.slice(self.table.cell_end..range.end);
        let start = self.table.cell_end + rest.len() - rest.trim_start_matches(is_rule).len();
        let dropped = start..start + rest.trim_matches(is_rule).len();
        if !dropped.is_empty() {
            self.flaw(dropped, Flaw::DroppedCells);
        }
        self.end_block("</tr>\n");
    }

    /// An empty corner heads nothing, so it is no header cell. Alignment is a class, since a strict policy forbids styles.
    pub(super) fn start_cell(&mut self, is_empty: bool, range: &Range<usize>) {
        let class = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Left) => Some(("class", "align-left")),
            Some(Alignment::Center) => Some(("class", "align-center")),
            Some(Alignment::Right) => Some(("class", "align-right")),
            Some(Alignment::None) | None => None,
        };
        self.table.column += 1;
        self.table.cell_end = range.end;
        if self.table.in_head && !is_empty {
            let attributes: Vec<(&str, &str)> = [("scope", "col")].into_iter().chain(class).collect();
            self.start_block("th", &attributes, Open::Block("</th>"));
        } else {
            self.start_block("td", class.as_slice(), Open::Block("</td>"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::trial::{codes, read};

    #[test]
    fn tables_have_header_cells_and_classes() {
        let check = |text: &str, expected: &str| {
            let html = read(text).0.introduction.html;
            let table = html.strip_prefix(
                "<div class=\"table-scroll\" role=\"group\" aria-label=\"ตาราง\" tabindex=\"0\"><table>",
            );
            let table = table.and_then(|html| html.strip_suffix("</tbody></table></div>\n"));
            assert_eq!(table, Some(expected), "{text}");
        };
        check(
            "|  | ก | ข |\n|--|:-|-:|\n| ค | *ง* | {{ agency.short_name }} |\n",
            "<thead><tr><td></td><th scope=\"col\" class=\"align-left\">ก</th><th scope=\"col\" class=\"align-right\">ข</th></tr></thead>\n\
             <tbody><tr><td>ค</td><td class=\"align-left\"><em>ง</em></td><td class=\"align-right\">&lt;b&gt;*|_`&quot;&amp;</td></tr>\n",
        );
        check(
            "| ก |\n|:-:|\n",
            "<thead><tr><th scope=\"col\" class=\"align-center\">ก</th></tr></thead>\n<tbody>",
        );
    }

    #[test]
    fn a_cell_without_a_column_is_told() {
        let check = |row: &str, expected: &[&str]| {
            let text = format!("| ก | ข |\n|--|--|\n{row}\n");
            let found = codes(&text, &read(&text).1);
            let dropped: Vec<&str> = found.iter().flat_map(|(_, places)| places.iter().copied()).collect();
            assert_eq!(dropped, expected, "{row}");
            assert!(found.iter().all(|(code, _)| *code == "text/dropped-cells"), "{row}");
        };
        check("| ค | ง |", &[]);
        check("| ค |", &[]);
        check("| ค | ง | |", &[]);
        check("| ค | ง \\| จ |", &[]);
        check("| ค | ง | จ | ฉ |", &["จ | ฉ"]);
        check("ค | ง | จ", &["จ"]);
    }
}

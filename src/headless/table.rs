//! Text in columns, as wide as the cells are on a terminal and no wider.

use unicode_width::UnicodeWidthStr;

const GAP: usize = 3;

/// A header row and the rows under it, all of as many cells.
pub(super) struct Table<const COLUMNS: usize> {
    rows: Vec<[String; COLUMNS]>,
}

impl<const COLUMNS: usize> Table<COLUMNS> {
    pub(super) fn new(header: [String; COLUMNS]) -> Self {
        Self { rows: vec![header] }
    }

    pub(super) fn push(&mut self, cells: [String; COLUMNS]) {
        self.rows.push(cells.map(|cell| to_cell(&cell)));
    }

    /// The columns kept, in order, each line ended.
    pub(super) fn to_text(&self, keep: impl Fn(usize) -> bool) -> String {
        let mut widths = [0; COLUMNS];
        for row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.width());
            }
        }
        let mut text = String::new();
        for row in &self.rows {
            let mut line = String::new();
            let kept = row
                .iter()
                .zip(widths)
                .enumerate()
                .filter(|(at, _)| keep(*at));
            for (_, (cell, width)) in kept {
                line.push_str(cell);
                line.push_str(&" ".repeat(width - cell.width() + GAP));
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

/// One line, and never blank: a blank cell would shift the columns of whoever splits on spaces.
fn to_cell(text: &str) -> String {
    if text.trim().is_empty() {
        "-".to_owned()
    } else {
        one_line(text)
    }
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_align_by_width_on_the_terminal() {
        let mut table = Table::new(["NAME", "READY", "MESSAGE"].map(str::to_owned));
        table.push(["projet dégradé", "1/2", "two\n  lines"].map(str::to_owned));
        table.push(["監視", "", ""].map(str::to_owned));
        assert_eq!(
            table.to_text(|_| true),
            "NAME             READY   MESSAGE\n\
             projet dégradé   1/2     two lines\n\
             監視             -       -\n"
        );
        assert_eq!(table.to_text(|at| at == 0), "NAME\nprojet dégradé\n監視\n");
    }
}

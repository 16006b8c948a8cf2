//! Lines of a page that are made to fit: rules, labels in a gutter, sentences wrapped by words.

use unicode_width::UnicodeWidthStr;

use crate::viewmodel::{Line, Piece, State, Tone, muted, reader, text};

/// Cells of a label with the blank after it.
const GUTTER: usize = 10;
/// A mark and the blank after it.
pub(super) const MARK: usize = 2;

pub(super) struct Paper {
    pub(super) cells: usize,
    pub(super) lines: Vec<Line>,
}

impl Paper {
    pub(super) fn new(cells: usize) -> Self {
        Self {
            cells,
            lines: Vec::new(),
        }
    }

    /// Cells beside a label.
    pub(super) fn room(&self) -> usize {
        self.cells.saturating_sub(GUTTER)
    }

    /// `── checks ───────── 7 pass · 1 warns ──`.
    pub(super) fn rule(&mut self, title: &str, right: &str) {
        let right = match right {
            "" => String::new(),
            right => format!(" {right} \u{2500}\u{2500}"),
        };
        let used = 3 + title.width() + 1 + right.width();
        let fill = "\u{2500}".repeat(self.cells.saturating_sub(used));
        self.lines.push(vec![
            muted("\u{2500}\u{2500} "),
            Piece::Text(title.to_owned(), Tone::Accent),
            muted(format!(" {fill}{right}")),
        ]);
    }

    pub(super) fn labelled(&mut self, label: &str, words: &str) {
        let mut label = label.to_owned();
        for row in wrapped(words, self.room()) {
            let label = std::mem::take(&mut label);
            self.lines.push(vec![muted(gutter(&label)), text(row)]);
        }
    }

    /// A sentence after a mark, which only its first line has.
    pub(super) fn marked(&mut self, state: State, words: &str) {
        let rows = wrapped(words, self.cells.saturating_sub(MARK));
        for (at, row) in rows.into_iter().enumerate() {
            self.lines.push(if at == 0 {
                vec![Piece::Mark(state), text(format!(" {row}"))]
            } else {
                vec![text(format!("  {row}"))]
            });
        }
    }

    pub(super) fn indented(&mut self, words: &str, tone: Tone) {
        for row in wrapped(words, self.cells.saturating_sub(4)) {
            self.lines
                .push(vec![Piece::Text(format!("    {row}"), tone)]);
        }
    }
}

pub(super) fn gutter(label: &str) -> String {
    padded(label, GUTTER)
}

pub(super) fn padded(words: &str, cells: usize) -> String {
    let blanks = cells.saturating_sub(words.width());
    format!("{words}{}", " ".repeat(blanks))
}

/// By words; a word that is longer than a line by letters. At least one line.
pub(super) fn wrapped(words: &str, cells: usize) -> Vec<String> {
    let mut rows = vec![String::new()];
    for word in words.split(' ') {
        let row = rows.last().map_or(0, |it| it.width());
        let gap = usize::from(row > 0);
        if row > 0 && row + gap + word.width() > cells {
            rows.push(String::new());
        } else if gap > 0
            && let Some(row) = rows.last_mut()
        {
            row.push(' ');
        }
        let mut parts = parts(word, cells).into_iter();
        if let (Some(row), Some(part)) = (rows.last_mut(), parts.next()) {
            row.push_str(&part);
        }
        rows.extend(parts);
    }
    rows
}

fn parts(word: &str, cells: usize) -> Vec<String> {
    let plain = |line: Line| -> String {
        let words = line.into_iter().filter_map(|piece| match piece {
            Piece::Text(words, _) => Some(words),
            _ => None,
        });
        words.collect()
    };
    let rows = reader::wrap(vec![text(word)], cells).into_iter();
    rows.map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_whole_unless_a_line_is_too_short_for_one() {
        assert_eq!(wrapped("undone in seconds", 9), ["undone in", "seconds"]);
        assert_eq!(
            wrapped("a verylongword b", 6),
            ["a", "verylo", "ngword", "b"]
        );
        assert_eq!(wrapped("", 6), [""]);
    }
}

//! Which form fits the terminal, and how many lines each part of it gets.

/// Widths and heights of which a form is made: see `of`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// List and pane side by side.
    Wide,
    /// List, then the strip of the selected row.
    Normal,
    /// Rows and two lines of why.
    Small,
    /// Two lines a finding.
    Tiny,
    /// As much of the counts as fits.
    Speck,
}

/// Lines of the strip: why, before, do.
pub(crate) const STRIP: usize = 3;

impl Form {
    pub const fn of(columns: u16, lines: u16) -> Self {
        match (columns, lines) {
            (120.., 16..) => Form::Wide,
            (60.., 16..) => Form::Normal,
            (40.., 10..) => Form::Small,
            (20.., 5..) => Form::Tiny,
            _ => Form::Speck,
        }
    }

    /// Cells of the list: beside a pane it keeps the width of the small form, and from 160 columns it grows again.
    pub fn list_width(self, columns: u16) -> u16 {
        match self {
            Form::Wide => (columns.saturating_sub(80)).clamp(80, 110),
            _ => columns,
        }
    }

    /// Cells of the pane beside the list, without the border.
    pub(crate) fn pane_width(self, columns: u16) -> u16 {
        columns.saturating_sub(self.list_width(columns) + 1)
    }

    /// Lines that rows of the list may take, when the strips below want `strips` lines and the filter takes `filter`.
    pub(crate) fn list_rows(self, lines: u16, strips: usize, filter: usize) -> usize {
        let lines = usize::from(lines);
        // Header, tabs and title; message and footer.
        let framed = match self {
            Form::Wide => 5 + strips,
            Form::Normal if strips == 0 => 5 + 1 + STRIP,
            Form::Normal => 5 + 1 + STRIP + 1 + strips,
            Form::Small => 6,
            // Two lines each, and one at least for the sentence of the selected one.
            Form::Tiny => return (lines.saturating_sub(3 + filter) / 2).max(1),
            Form::Speck => return 1,
        };
        lines.saturating_sub(framed + filter)
    }

    /// Lines that the strips below may take of so many lines.
    pub(crate) fn strip_lines(self, lines: u16) -> usize {
        let lines = usize::from(lines);
        match self {
            Form::Wide => lines.saturating_sub(5) / 2,
            Form::Normal => match lines {
                ..18 => 0,
                18..22 => 2,
                22..28 => 7,
                _ => lines / 3,
            },
            _ => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_follows_the_size() {
        assert_eq!(Form::of(132, 40), Form::Wide);
        assert_eq!(Form::of(80, 24), Form::Normal);
        assert_eq!(Form::of(200, 12), Form::Small);
        assert_eq!(Form::of(40, 10), Form::Small);
        assert_eq!(Form::of(20, 5), Form::Tiny);
        assert_eq!(Form::of(1, 1), Form::Speck);
        assert_eq!(Form::of(0, 0), Form::Speck);
    }

    #[test]
    fn the_list_has_ten_rows_beside_two_strips_at_24_lines() {
        assert_eq!(Form::Normal.list_rows(24, 4, 0), 10);
        assert_eq!(Form::Small.list_rows(10, 0, 0), 4);
        assert_eq!(Form::Wide.list_width(132), 80);
        assert_eq!(Form::Wide.list_width(200), 110);
    }
}

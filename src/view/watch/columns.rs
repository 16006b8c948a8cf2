//! Where the columns of the list stand, and what goes first when they do not fit.

use super::Pen;
use crate::viewmodel::watch::Row;

/// Start and cells of each column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Columns {
    pub whose: (u16, u16),
    pub subject: (u16, u16),
    pub ready: Option<(u16, u16)>,
    pub sentence: Option<(u16, u16)>,
    pub age: (u16, u16),
}

/// Cursor, severity, class and the blanks between.
const SIGNS: u16 = 5;
const AGE: u16 = 4;
const READY: u16 = 4;
const WHOSE: (u16, u16) = (16, 10);
const SUBJECT: (u16, u16) = (13, 8);
/// At this width the sentence has its full length.
const SENTENCE: (u16, u16) = (34, 14);

impl Columns {
    pub(super) fn fit(pen: &Pen<'_>, cells: u16, rows: &[Row]) -> Self {
        let ready = rows.iter().filter_map(|row| row.ready.as_ref());
        let ready = ready.map(|(text, _)| pen.cells(text)).max().unwrap_or(0);
        Self::of(cells, ready.clamp(3, 9))
    }

    fn of(cells: u16, ready: u16) -> Self {
        let room = cells.saturating_sub(SIGNS + 1 + AGE);
        let full = room.checked_sub(ready.max(READY) + 3).and_then(|left| {
            let wanted = SENTENCE.0.min(left.saturating_sub(WHOSE.1 + SUBJECT.1));
            (wanted >= SENTENCE.1 && cells >= 60).then_some(left)
        });
        let (whose, subject, ready, sentence) = if let Some(left) = full {
            // The sentence shrinks to its least before the names lose a cell.
            let names = left.saturating_sub(SENTENCE.1).min(WHOSE.0 + SUBJECT.0);
            let short = WHOSE.0 + SUBJECT.0 - names;
            let whose = (WHOSE.0 - short / 2).max(WHOSE.1);
            (
                whose,
                names - whose,
                Some(ready.max(READY)),
                Some(left - names),
            )
        } else {
            let kept = room.checked_sub(ready + 3).filter(|left| *left >= 18);
            let left = kept.unwrap_or(room.saturating_sub(2));
            let whose = (left * 7 / 12).min(30);
            (whose, left - whose, kept.map(|_| ready), None)
        };
        let mut x = SIGNS;
        let mut place = |cells: u16| {
            let start = x;
            x += cells + 1;
            (start, cells)
        };
        let whose = place(whose);
        let subject = place(subject);
        let ready = ready.map(&mut place);
        let sentence = sentence.map(&mut place);
        // Without a sentence a blank ends the row.
        let end = cells.saturating_sub(u16::from(sentence.is_none()));
        Self {
            whose,
            subject,
            ready,
            sentence,
            age: (end.saturating_sub(AGE), AGE),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eighty_cells_are_shared_as_drawn() {
        let columns = Columns::of(80, 4);
        assert_eq!(columns.whose, (5, 16));
        assert_eq!(columns.subject, (22, 13));
        assert_eq!(columns.ready, Some((36, 4)));
        assert_eq!(columns.sentence, Some((41, 34)));
        assert_eq!(columns.age, (76, 4));
    }

    #[test]
    fn sixty_keep_a_sentence_and_forty_do_not() {
        let columns = Columns::of(60, 4);
        assert!(columns.sentence.is_some_and(|(_, cells)| cells >= 14));
        let columns = Columns::of(40, 3);
        assert_eq!(columns.sentence, None);
        assert_eq!((columns.whose, columns.subject), ((5, 14), (20, 10)));
        assert_eq!(columns.ready, Some((31, 3)));
        assert_eq!(columns.age, (35, 4));
    }

    #[test]
    fn columns_never_overlap() {
        for cells in 40..200 {
            for ready in 3..=9 {
                let columns = Columns::of(cells, ready);
                let mut end = 0;
                let inner = [Some(columns.whose), Some(columns.subject), columns.ready];
                for (start, length) in inner.into_iter().chain([columns.sentence]).flatten() {
                    assert!(start > end, "{cells} {ready} {columns:?}");
                    end = start + length;
                }
                assert!(columns.age.0 >= end, "{cells} {ready} {columns:?}");
            }
        }
    }
}

//! Where the columns of a list stand, and what goes first when they do not fit.

use crate::viewmodel::{Column, Lead, Table};

/// Start and cells of a column; None when it is dropped.
pub(super) type Place = Option<(u16, u16)>;

/// Cells before the first column: the cursor, the signs and the blanks between.
pub(super) const fn lead(lead: Lead) -> u16 {
    match lead {
        Lead::StateAndClass => 5,
        Lead::State => 3,
        Lead::Bare => 1,
    }
}

/// A place for each column within so many cells.
pub(super) fn fit(table: &Table, cells: u16) -> Vec<Place> {
    let columns = &table.columns;
    let start = lead(table.lead);
    let room = cells.saturating_sub(start);
    let mut kept: Vec<bool> = columns.iter().map(|_| true).collect();
    while least(columns, &kept) > room {
        let next = (0..columns.len())
            .filter(|at| kept.get(*at) == Some(&true))
            .filter_map(|at| Some((columns.get(at)?.dropped?, at)))
            .min();
        let Some((_, at)) = next else { break };
        if let Some(kept) = kept.get_mut(at) {
            *kept = false;
        }
    }
    let widths = widths(columns, &kept, room);
    let mut x = start;
    let place = |(width, kept): (u16, bool)| {
        kept.then(|| {
            let place = (x, width);
            x += width + 1;
            place
        })
    };
    widths.into_iter().zip(kept).map(place).collect()
}

fn least(columns: &[Column], kept: &[bool]) -> u16 {
    let columns = columns.iter().zip(kept).filter(|(_, kept)| **kept);
    let cells: u16 = columns.map(|(column, _)| column.least + 1).sum();
    cells.saturating_sub(1)
}

/// The cells of each column that is kept: as wanted, the rest to those that grow, or what is missing from those that yield.
fn widths(columns: &[Column], kept: &[bool], room: u16) -> Vec<u16> {
    let mut widths: Vec<u16> = columns
        .iter()
        .zip(kept)
        .map(|(column, kept)| if *kept { column.cells } else { 0 })
        .collect();
    let count = u16::try_from(kept.iter().filter(|kept| **kept).count()).unwrap_or(u16::MAX);
    let taken = widths.iter().sum::<u16>() + count.saturating_sub(1);
    if let Some(over) = room.checked_sub(taken) {
        grow(columns, kept, &mut widths, over);
        return widths;
    }
    let mut missing = taken - room;
    for growing in [true, false] {
        let give = |(column, width): (&Column, &u16)| {
            if column.grows == growing {
                width.saturating_sub(column.least)
            } else {
                0
            }
        };
        let spare: Vec<u16> = columns.iter().zip(&widths).map(give).collect();
        let all: u16 = spare.iter().sum();
        let asked = missing.min(all);
        let mut left = asked;
        for (width, spare) in widths.iter_mut().zip(&spare) {
            // Each gives by what it has to spare; the last one gives what rounding left.
            let part = u32::from(asked) * u32::from(*spare) / u32::from(all.max(1));
            let part = u16::try_from(part).unwrap_or(left).min(left);
            *width -= part;
            left -= part;
        }
        for (width, column) in widths.iter_mut().zip(columns).rev() {
            if left > 0 && column.grows == growing && *width > column.least {
                *width -= 1;
                left -= 1;
            }
        }
        missing -= asked - left;
    }
    widths
}

fn grow(columns: &[Column], kept: &[bool], widths: &mut [u16], over: u16) {
    let growing: Vec<usize> = columns
        .iter()
        .zip(kept)
        .enumerate()
        .filter(|(_, (column, kept))| column.grows && **kept)
        .map(|(at, _)| at)
        .collect();
    let Ok(count) = u16::try_from(growing.len()) else {
        return;
    };
    if count == 0 {
        return;
    }
    let (each, rest) = (over / count, over % count);
    for (place, at) in growing.into_iter().enumerate() {
        if let Some(width) = widths.get_mut(at) {
            *width += each + if place == 0 { rest } else { 0 };
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn watch() -> Table {
        Table {
            columns: vec![
                Column::left("", 16, 10),
                Column::left("", 13, 8),
                Column::right("", 4).dropped(1),
                Column::left("", 34, 14).dropped(0).grows(),
                Column::right("", 4),
            ],
            ..Table::default()
        }
    }

    #[test]
    fn eighty_cells_are_shared_as_drawn() {
        let places = fit(&watch(), 80);
        let drawn = [(5, 16), (22, 13), (36, 4), (41, 34), (76, 4)];
        assert_eq!(places, drawn.map(Some));
    }

    #[test]
    fn the_sentence_grows_and_is_the_first_to_yield() {
        let sentence = |cells| fit(&watch(), cells)[3].map(|(_, cells)| cells);
        assert_eq!(sentence(110), Some(64));
        assert_eq!(sentence(60), Some(14));
        assert_eq!(sentence(48), None);
    }

    #[test]
    fn without_the_sentence_the_names_share_what_is_left() {
        let places = fit(&watch(), 40);
        assert_eq!(places[3], None);
        assert_eq!(places[0], Some((5, 14)));
        assert_eq!(places[1], Some((20, 10)));
        assert_eq!(places[4], Some((36, 4)));
    }

    proptest! {
        #[test]
        fn columns_never_overlap_nor_pass_the_end(
            wanted in proptest::collection::vec((1u16..40, 1u16..40, 0u8..6, any::<bool>()), 0..12),
            cells in 20u16..250,
        ) {
            let column = |(cells, least, rank, grows): (u16, u16, u8, bool)| Column {
                least: least.min(cells),
                dropped: Some(rank),
                grows,
                ..Column::left("", cells, 1)
            };
            let columns = wanted.into_iter().map(column).collect();
            let table = Table { columns, ..Table::default() };
            let mut end = lead(table.lead) - 1;
            for ((x, width), column) in fit(&table, cells).into_iter().zip(&table.columns).filter_map(|(place, column)| Some((place?, column))) {
                prop_assert!(x > end, "{x} {end}");
                prop_assert!(width >= column.least);
                end = x + width;
            }
            prop_assert!(end <= cells.max(lead(table.lead)));
        }
    }
}

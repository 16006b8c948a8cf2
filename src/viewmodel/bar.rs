//! The rollout bar: one cell a pod while they fit, then scaled with no part below one cell.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BarCell {
    NewReady,
    NewUnready,
    Old,
    Missing,
}

pub type Bar = Vec<BarCell>;

/// Cells of a bar in a list.
const LONGEST: usize = 8;

const PARTS: [BarCell; 4] = [
    BarCell::NewReady,
    BarCell::NewUnready,
    BarCell::Old,
    BarCell::Missing,
];

/// A bar of the pods of a rollout.
pub(crate) fn rollout(wanted: u32, new_ready: u32, new_unready: u32, old: u32) -> Bar {
    let present = new_ready.saturating_add(new_unready).saturating_add(old);
    scaled(
        [new_ready, new_unready, old, wanted.saturating_sub(present)],
        LONGEST,
    )
}

/// The bar in so many cells at most. What has fewer cells than parts shows the first of them.
pub fn fit(bar: &Bar, cells: usize) -> Bar {
    let count = |part: BarCell| bar.iter().filter(|it| **it == part).count();
    let count = |part| u32::try_from(count(part)).unwrap_or(u32::MAX);
    let mut bar = scaled(PARTS.map(count), cells);
    bar.truncate(cells);
    bar
}

fn scaled(pods: [u32; 4], longest: usize) -> Bar {
    let longest = u64::try_from(longest).unwrap_or(u64::MAX);
    let total: u64 = pods.iter().map(|pods| u64::from(*pods)).sum();
    let mut lengths = pods.map(u64::from);
    if total > longest {
        for pods in &mut lengths {
            let share = *pods * longest / total;
            *pods = share.max(u64::from(*pods > 0));
        }
        // Rounding leaves a cell over or short: the longest part gives or takes it.
        let sum: u64 = lengths.iter().sum();
        if let Some(most) = lengths.iter_mut().max() {
            *most = (*most + longest).saturating_sub(sum);
        }
    }
    let parts = PARTS.into_iter().zip(lengths);
    parts
        .flat_map(|(cell, length)| (0..length).map(move |_| cell))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(bar: &[BarCell]) -> String {
        let sign = |cell: &BarCell| match cell {
            BarCell::NewReady => '#',
            BarCell::NewUnready => 'x',
            BarCell::Old => '-',
            BarCell::Missing => '.',
        };
        bar.iter().map(sign).collect()
    }

    #[test]
    fn a_small_rollout_has_a_cell_a_pod() {
        assert_eq!(drawn(&rollout(6, 0, 3, 3)), "xxx---");
        assert_eq!(drawn(&rollout(8, 5, 2, 0)), "#####xx.");
        assert_eq!(drawn(&rollout(0, 0, 0, 0)), "");
    }

    #[test]
    fn a_large_one_is_scaled_and_no_part_vanishes() {
        assert_eq!(drawn(&rollout(100, 97, 1, 1)), "#####x-.");
        assert_eq!(drawn(&rollout(1000, 500, 0, 500)), "####----");
        assert_eq!(rollout(u32::MAX, u32::MAX, u32::MAX, 1).len(), 8);
    }

    #[test]
    fn a_bar_that_has_less_room_is_scaled_and_not_cut() {
        let bar = rollout(10, 9, 1, 0);
        assert_eq!(drawn(&fit(&bar, 5)), "####x");
        assert_eq!(drawn(&fit(&rollout(8, 4, 0, 0), 4)), "##..");
        assert_eq!(drawn(&fit(&rollout(6, 0, 3, 3), 8)), "xxx---");
        assert_eq!(fit(&rollout(8, 2, 2, 2), 1).len(), 1);
        assert_eq!(fit(&bar, 0), []);
    }
}

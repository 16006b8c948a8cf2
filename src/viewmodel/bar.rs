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
const LONGEST: u32 = 8;

/// A bar of the pods of a rollout.
pub(crate) fn rollout(wanted: u32, new_ready: u32, new_unready: u32, old: u32) -> Bar {
    let present = new_ready.saturating_add(new_unready).saturating_add(old);
    let parts = [
        (BarCell::NewReady, new_ready),
        (BarCell::NewUnready, new_unready),
        (BarCell::Old, old),
        (BarCell::Missing, wanted.saturating_sub(present)),
    ];
    let total: u64 = parts.iter().map(|(_, pods)| u64::from(*pods)).sum();
    let mut cells: Vec<(BarCell, u64)> = parts
        .iter()
        .map(|(cell, pods)| (*cell, u64::from(*pods)))
        .collect();
    if total > u64::from(LONGEST) {
        for (_, pods) in &mut cells {
            let share = *pods * u64::from(LONGEST) / total;
            *pods = share.max(u64::from(*pods > 0));
        }
        // Rounding leaves a cell over or short: the longest part gives or takes it.
        let sum: u64 = cells.iter().map(|(_, length)| *length).sum();
        if let Some((_, longest)) = cells.iter_mut().max_by_key(|(_, length)| *length) {
            *longest = (*longest + u64::from(LONGEST)).saturating_sub(sum);
        }
    }
    cells
        .into_iter()
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
}

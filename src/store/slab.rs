//! Dense rows found by uid: the index holds row numbers only.

use std::hash::{BuildHasher, RandomState};

use hashbrown::HashTable;

use crate::model::Uid;

/// Answers as `ask` does, which is not asked again for what was asked last.
pub(super) fn remembered<K: Copy + PartialEq>(ask: impl Fn(K) -> bool) -> impl FnMut(K) -> bool {
    let mut last = None;
    move |key| match last {
        Some((known, answer)) if known == key => answer,
        _ => last.insert((key, ask(key))).1,
    }
}

/// A packed object.
pub(super) trait Row {
    fn uid(&self) -> Uid;
}

/// Invariant: `index` holds each row number once, under the hash of that row's uid.
pub(super) struct Slab<R> {
    rows: Vec<R>,
    index: HashTable<u32>,
    hasher: RandomState,
}

impl<R> Default for Slab<R> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            index: HashTable::new(),
            hasher: RandomState::new(),
        }
    }
}

impl<R: Row> Slab<R> {
    pub(super) fn rows(&self) -> &[R] {
        &self.rows
    }

    pub(super) fn get(&self, uid: Uid) -> Option<&R> {
        let at = self.find(uid)?;
        self.rows.get(at)
    }

    /// Puts the row in, and gives back the one it replaces.
    pub(super) fn insert(&mut self, row: R) -> Option<R> {
        if let Some(at) = self.find(row.uid()) {
            return Some(std::mem::replace(&mut self.rows[at], row));
        }
        if self.rows.len() == self.rows.capacity() {
            // Doubling would leave megabytes unused under a large cluster.
            self.rows.reserve_exact(256.max(self.rows.len() / 8));
        }
        let hash = self.hasher.hash_one(row.uid());
        let at = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        self.rows.push(row);
        let (rows, hasher) = (&self.rows, &self.hasher);
        self.index
            .insert_unique(hash, at, |at| hasher.hash_one(rows[*at as usize].uid()));
        None
    }

    pub(super) fn remove(&mut self, uid: Uid) -> Option<R> {
        let at = self.find(uid)?;
        let hash = self.hasher.hash_one(uid);
        if let Ok(entry) = self.index.find_entry(hash, |row| *row as usize == at) {
            entry.remove();
        }
        let last = self.rows.len() - 1;
        if last != at {
            let moved = self.hasher.hash_one(self.rows[last].uid());
            if let Some(row) = self.index.find_mut(moved, |row| *row as usize == last) {
                *row = u32::try_from(at).unwrap_or(u32::MAX);
            }
        }
        Some(self.rows.swap_remove(at))
    }

    /// Removes the rows that `keep` refuses and hands them to `gone`.
    pub(super) fn retain(&mut self, keep: impl Fn(&R) -> bool) -> Vec<R> {
        let doomed: Vec<Uid> = self
            .rows
            .iter()
            .filter(|row| !keep(row))
            .map(Row::uid)
            .collect();
        doomed
            .into_iter()
            .filter_map(|uid| self.remove(uid))
            .collect()
    }

    pub(super) fn shrink(&mut self) {
        self.rows.shrink_to_fit();
        let (rows, hasher) = (&self.rows, &self.hasher);
        self.index
            .shrink_to_fit(|at| hasher.hash_one(rows[*at as usize].uid()));
    }

    fn find(&self, uid: Uid) -> Option<usize> {
        let hash = self.hasher.hash_one(uid);
        let at = self
            .index
            .find(hash, |at| self.rows[*at as usize].uid() == uid)?;
        Some(*at as usize)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    impl Row for (Uid, u8) {
        fn uid(&self) -> Uid {
            self.0
        }
    }

    proptest! {
        #[test]
        fn behaves_like_a_map(steps in proptest::collection::vec((0..20u8, any::<bool>(), any::<u8>()), 0..200)) {
            let mut slab = Slab::default();
            let mut map = std::collections::HashMap::new();
            for (key, insert, value) in steps {
                let uid = Uid::from_text(&key.to_string());
                if insert {
                    prop_assert_eq!(slab.insert((uid, value)).map(|row| row.1), map.insert(key, value));
                } else {
                    prop_assert_eq!(slab.remove(uid).map(|row| row.1), map.remove(&key));
                }
                prop_assert_eq!(slab.rows().len(), map.len());
            }
            for (key, value) in map {
                let uid = Uid::from_text(&key.to_string());
                prop_assert_eq!(slab.get(uid).map(|row| row.1), Some(value));
            }
        }
    }
}

//! Kinds of which a cluster holds few: kept as they came, by uid.

use std::collections::HashMap;

use crate::model::{Kind, Meta, Named, Uid};

pub(super) struct Table<T> {
    rows: HashMap<Uid, (u32, T)>,
}

/// A table of rows of whichever type.
pub(super) trait Rows {
    /// Drops the rows that carry an older stamp and that `listed` says the list spoke of.
    fn drop_older(&mut self, than: u32, listed: &dyn Fn(&dyn Named) -> bool);
    fn drop_one(&mut self, uid: Uid);
    fn of(&self, kind: Kind) -> Vec<&Meta>;
}

impl<T: Named> Rows for Table<T> {
    fn drop_older(&mut self, than: u32, listed: &dyn Fn(&dyn Named) -> bool) {
        self.sweep(than, |it| listed(it));
    }

    fn drop_one(&mut self, uid: Uid) {
        self.remove(uid);
    }

    fn of(&self, kind: Kind) -> Vec<&Meta> {
        let rows = self.iter().filter(|it| it.kind() == kind);
        rows.map(Named::meta).collect()
    }
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self {
            rows: HashMap::new(),
        }
    }
}

impl<T: Named> Table<T> {
    /// Puts the object in, and gives back the one it replaces.
    pub(super) fn upsert(&mut self, object: T, stamp: u32) -> Option<T> {
        let old = self.rows.insert(object.meta().uid, (stamp, object));
        old.map(|(_, object)| object)
    }

    pub(super) fn remove(&mut self, uid: Uid) -> Option<T> {
        self.rows.remove(&uid).map(|(_, object)| object)
    }

    /// Drops the objects that carry an older stamp and that `listed` says the list spoke of, and gives them back.
    pub(super) fn sweep(&mut self, older_than: u32, listed: impl Fn(&T) -> bool) -> Vec<T> {
        let gone = |_: &Uid, (stamp, object): &mut (u32, T)| *stamp < older_than && listed(object);
        let gone = self
            .rows
            .extract_if(gone)
            .map(|(_, (_, object))| object)
            .collect();
        self.rows.shrink_to_fit();
        gone
    }

    pub(super) fn get(&self, uid: Uid) -> Option<&T> {
        self.rows.get(&uid).map(|(_, object)| object)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.rows.values().map(|(_, object)| object)
    }
}

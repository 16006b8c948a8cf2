//! Values kept once and named by a four-byte id: what the pods of a revision share is stored once, however many they are.

use std::borrow::Borrow;
use std::fmt;
use std::hash::{BuildHasher, Hash, RandomState};
use std::marker::PhantomData;
use std::num::NonZeroU32;

use hashbrown::HashTable;

/// Names a value of one [`Pool`]; `Option<Id<T>>` is four bytes too.
pub(super) struct Id<T>(NonZeroU32, PhantomData<fn() -> T>);

impl<T> Id<T> {
    fn from_slot(slot: usize) -> Self {
        let number = u32::try_from(slot + 1).ok().and_then(NonZeroU32::new);
        Self(number.unwrap_or(NonZeroU32::MAX), PhantomData)
    }

    fn slot(self) -> usize {
        self.0.get() as usize - 1
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<T> Eq for Id<T> {}
impl<T> Hash for Id<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

/// Invariant: a slot is in `index` exactly when it holds a value; empty slots are in `free`.
pub(super) struct Pool<T> {
    slots: Vec<Option<T>>,
    index: HashTable<u32>,
    free: Vec<u32>,
    hasher: RandomState,
    /// Values left after the last sweep; growth beyond it asks for another.
    swept: usize,
}

impl<T> Default for Pool<T> {
    fn default() -> Self {
        Self {
            slots: Vec::new(),
            index: HashTable::new(),
            free: Vec::new(),
            hasher: RandomState::new(),
            swept: 0,
        }
    }
}

impl<T: Hash + Eq> Pool<T> {
    /// The id of `value`, which is made owned only when it is new here. `Q` is what owned and borrowed values share: `str`
    /// of a `Box<str>`.
    pub(super) fn intern<Q, V>(&mut self, value: V) -> Id<T>
    where
        Q: ?Sized + Hash + Eq,
        T: Borrow<Q>,
        V: Borrow<Q> + Into<T>,
    {
        let hash = self.hasher.hash_one(value.borrow());
        let slots = &self.slots;
        let same = |slot: &u32| {
            let known = slots[*slot as usize].as_ref();
            known.is_some_and(|known| known.borrow() == value.borrow())
        };
        if let Some(slot) = self.index.find(hash, same) {
            return Id::from_slot(*slot as usize);
        }
        let owned = Some(value.into());
        let slot = if let Some(slot) = self.free.pop() {
            self.slots[slot as usize] = owned;
            slot
        } else {
            if self.slots.len() == self.slots.capacity() {
                // As in a slab: doubling would leave megabytes unused.
                self.slots.reserve_exact(256.max(self.slots.len() / 8));
            }
            self.slots.push(owned);
            u32::try_from(self.slots.len() - 1).unwrap_or(u32::MAX)
        };
        let (slots, hasher) = (&self.slots, &self.hasher);
        self.index
            .insert_unique(hash, slot, |slot| rehash(slots, hasher, *slot));
        Id::from_slot(slot as usize)
    }

    pub(super) fn get(&self, id: Id<T>) -> Option<&T> {
        self.slots.get(id.slot())?.as_ref()
    }

    /// Whether enough was added since the last sweep for another to pay.
    pub(super) fn grown(&self) -> bool {
        self.index.len() > self.swept + self.swept / 2 + 4096
    }

    /// Drops every value not marked.
    pub(super) fn sweep(&mut self, marks: &Marks<T>) {
        let (slots, free) = (&mut self.slots, &mut self.free);
        self.index.retain(|slot| {
            let kept = marks.has(*slot as usize);
            if !kept {
                slots[*slot as usize] = None;
                free.push(*slot);
            }
            kept
        });
        self.swept = self.index.len();
    }

    pub(super) fn marks(&self) -> Marks<T> {
        Marks {
            bits: vec![0; self.slots.len().div_ceil(64)],
            of: PhantomData,
        }
    }

    pub(super) fn shrink(&mut self) {
        let (slots, hasher) = (&self.slots, &self.hasher);
        self.index
            .shrink_to_fit(|slot| rehash(slots, hasher, *slot));
        self.slots.shrink_to_fit();
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.index.len()
    }
}

fn rehash<T: Hash>(slots: &[Option<T>], hasher: &RandomState, slot: u32) -> u64 {
    slots[slot as usize]
        .as_ref()
        .map_or(0, |value| hasher.hash_one(value))
}

/// The ids of a pool that are in use.
pub(super) struct Marks<T> {
    bits: Vec<u64>,
    of: PhantomData<fn() -> T>,
}

impl<T> Marks<T> {
    /// True when `id` was not marked before.
    pub(super) fn mark(&mut self, id: Id<T>) -> bool {
        let Some(word) = self.bits.get_mut(id.slot() / 64) else {
            return false;
        };
        let bit = 1 << (id.slot() % 64);
        let new = *word & bit == 0;
        *word |= bit;
        new
    }

    fn has(&self, slot: usize) -> bool {
        self.bits
            .get(slot / 64)
            .is_some_and(|word| word & (1 << (slot % 64)) != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Texts = Pool<Box<str>>;

    #[test]
    fn equal_values_share_an_id() {
        let mut pool = Texts::default();
        let first = pool.intern::<str, _>("betaapp");
        assert_eq!(pool.intern::<str, _>("betaapp"), first);
        assert_ne!(pool.intern::<str, _>("candilib"), first);
        assert_eq!(pool.get(first).map(|it| &**it), Some("betaapp"));
    }

    #[test]
    fn a_sweep_keeps_what_is_marked_and_reuses_the_rest() {
        let mut pool = Texts::default();
        let kept = pool.intern::<str, _>("kept");
        let dropped = pool.intern::<str, _>("dropped");
        let mut marks = pool.marks();
        assert!(marks.mark(kept));
        assert!(!marks.mark(kept));
        pool.sweep(&marks);
        assert_eq!(
            (pool.len(), pool.get(kept), pool.get(dropped)),
            (1, Some(&"kept".into()), None)
        );
        assert_eq!(pool.intern::<str, _>("new"), dropped);
        assert_eq!(pool.intern::<str, _>("kept"), kept);
    }
}

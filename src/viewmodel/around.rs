//! What stands around an object, as far as it has been told.

use super::Facts;
use super::aspect::whole;
use crate::dossier::{Dossier, Whole};
use crate::insight::{self, AROUND, Around, around_lookups, user_kinds};
use crate::model::{Lookup, ObjectRef};
use crate::store::Store;

type Kinds<'a> = &'a [(&'a str, &'a str)];

/// What is looked at for why a workload is unhealthy.
pub(super) fn lookups_for_why(store: &Store, object: &ObjectRef) -> Vec<Lookup> {
    let around = around_lookups(store, object, &AROUND);
    std::iter::once(whole(object)).chain(around).collect()
}

pub fn around_for_why<'a>(store: &Store, dossier: &'a Dossier, object: &ObjectRef) -> Around<'a> {
    around(store, dossier, object, &AROUND)
}

/// Who uses the object, as far as it has been told.
pub fn users(store: &Store, dossier: &Dossier, object: &ObjectRef) -> Vec<ObjectRef> {
    let around = around(store, dossier, object, user_kinds(object));
    insight::users(object, &around)
}

fn around<'a>(
    store: &Store,
    dossier: &'a Dossier,
    object: &ObjectRef,
    kinds: Kinds<'_>,
) -> Around<'a> {
    let own = dossier.whole(&whole(object)).and_then(Whole::document);
    Around {
        own: own.map(|it| &it.value),
        lists: dossier.lists(&around_lookups(store, object, kinds)),
    }
}

/// Kinds of these that cannot be read, and why.
pub(super) fn unread(facts: &Facts<'_>, object: &ObjectRef, kinds: Kinds<'_>) -> Vec<String> {
    let lookups = around_lookups(facts.store, object, kinds);
    let lacks = facts.dossier.lacks(&lookups);
    lacks
        .map(|(kind, lack)| format!("{}: {}", kind.name(), facts.catalogue.lack(lack)))
        .collect()
}

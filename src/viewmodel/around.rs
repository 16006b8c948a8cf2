//! What stands around a workload: asked for while its page is open, and put together for who judges it.

use super::Facts;
use super::aspect::whole;
use super::objects::served;
use crate::dossier::Dossier;
use crate::insight::{AROUND, Around};
use crate::model::{Lookup, ObjectKind, ObjectRef, Wanted};
use crate::store::Store;

/// Each of these kinds that the object's cluster serves.
pub(super) fn lookups(store: &Store, object: &ObjectRef, kinds: &[(&str, &str)]) -> Vec<Lookup> {
    let served = all_served(store, object, kinds).into_iter();
    served.map(|kind| of_kind(kind, object)).collect()
}

fn all_served(store: &Store, object: &ObjectRef, kinds: &[(&str, &str)]) -> Vec<ObjectKind> {
    let Some(cluster) = store.cluster(object.cluster) else {
        return Vec::new();
    };
    let kinds = kinds.iter();
    kinds
        .filter_map(|(group, plural)| served(cluster, group, plural))
        .collect()
}

fn of_kind(kind: ObjectKind, object: &ObjectRef) -> Lookup {
    Lookup {
        cluster: object.cluster,
        wanted: Wanted::Objects {
            kind,
            namespace: Some(object.namespace.clone()),
        },
    }
}

/// What is looked at for why a workload is unhealthy.
pub(super) fn lookups_for_why(store: &Store, object: &ObjectRef) -> Vec<Lookup> {
    let around = lookups(store, object, &AROUND);
    std::iter::once(whole(object)).chain(around).collect()
}

pub fn around_for_why<'a>(store: &Store, dossier: &'a Dossier, object: &ObjectRef) -> Around<'a> {
    around(store, dossier, object, &AROUND)
}

/// Kinds of these that cannot be read, and why.
pub(super) fn unread(facts: &Facts<'_>, object: &ObjectRef, kinds: &[(&str, &str)]) -> Vec<String> {
    let lookups = lookups(facts.store, object, kinds).into_iter();
    let lacking = lookups.filter_map(|lookup| {
        let Wanted::Objects { kind, .. } = &lookup.wanted else {
            return None;
        };
        let lack = facts.dossier.table(&lookup)?.lack()?;
        Some(format!("{}: {}", kind.name(), facts.catalogue.lack(lack)))
    });
    lacking.collect()
}

/// As far as it has been told.
pub(super) fn around<'a>(
    store: &Store,
    dossier: &'a Dossier,
    object: &ObjectRef,
    kinds: &[(&str, &str)],
) -> Around<'a> {
    let lists = all_served(store, object, kinds)
        .into_iter()
        .filter_map(|kind| {
            let table = dossier.table(&of_kind(kind.clone(), object))?;
            let objects = table.rows().filter_map(|row| row.object.as_deref());
            let mut objects: Vec<_> = table.whole().then(|| objects.collect())?;
            let name = |it: &&serde_json::Value| it["metadata"]["name"].as_str().map(str::to_owned);
            objects.sort_by_cached_key(name);
            Some((kind, objects))
        });
    let own = dossier.whole(&whole(object));
    Around {
        own: own.and_then(|it| it.document()).map(|it| &it.value),
        lists: lists.collect(),
    }
}

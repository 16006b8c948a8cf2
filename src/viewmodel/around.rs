//! What stands around a workload: asked for while its page is open, and put together for who judges it.

use super::aspect::whole;
use super::objects::served;
use crate::dossier::Dossier;
use crate::insight::{AROUND, Around};
use crate::model::{Lookup, ObjectKind, ObjectRef, Wanted};
use crate::store::Store;

/// The object itself, and each kind around it that its cluster serves.
pub(super) fn lookups(store: &Store, object: &ObjectRef) -> Vec<Lookup> {
    let kinds = kinds(store, object).into_iter();
    let around = kinds.map(|kind| of_kind(kind, object));
    std::iter::once(whole(object)).chain(around).collect()
}

fn kinds(store: &Store, object: &ObjectRef) -> Vec<ObjectKind> {
    let Some(cluster) = store.cluster(object.cluster) else {
        return Vec::new();
    };
    let kinds = AROUND.iter();
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

/// As far as it has been told.
pub fn around<'a>(store: &Store, dossier: &'a Dossier, object: &ObjectRef) -> Around<'a> {
    let lists = kinds(store, object).into_iter().filter_map(|kind| {
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

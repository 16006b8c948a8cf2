//! What is asked of the clusters for the releases of Helm, and what of that may not be read.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::dossier;
use crate::insight::{OWNED, ReleaseRow, release_rows};
use crate::model::{
    ClusterId, Kind, Lack, Lookup, Meta, ObjectKind, Resource, TableRow, Text, Wanted,
};
use crate::store::Cluster;
use crate::tenancy::Place;
use crate::viewmodel::{Facts, Ground, objects, order};

/// Namespaces that are asked one by one where the whole cluster is denied: two watches each.
const NAMESPACES: usize = 32;
/// Names that a sentence has room for.
const NAMED: usize = 4;

/// Where Helm keeps its releases, as it is told or by itself.
fn kinds() -> Vec<ObjectKind> {
    let core = Resource::core().into_iter().map(Arc::new);
    let secrets = core.filter(|it| it.plural == "secrets");
    let mut kinds: Vec<_> = secrets.map(|it| ObjectKind::from(&it)).collect();
    kinds.push(Kind::ConfigMap.into());
    kinds
}

fn lookup(cluster: ClusterId, kind: &ObjectKind, namespace: Option<Text>) -> Lookup {
    Lookup {
        cluster,
        wanted: Wanted::Labelled {
            kind: kind.clone(),
            namespace,
            labels: OWNED.into(),
        },
    }
}

/// One a cluster and kind, or one a namespace where not all is to be seen, or may be.
pub(in crate::viewmodel) fn lookups(facts: &Facts<'_>) -> Vec<Lookup> {
    let mut all = Vec::new();
    for cluster in facts.store.clusters() {
        for kind in kinds() {
            let places = objects::places(facts, cluster.id(), &kind);
            let whole = lookup(cluster.id(), &kind, None);
            if places.contains(&None) && is_denied(facts, &whole) {
                let managed = managed(cluster).into_iter().take(NAMESPACES);
                all.extend(managed.map(|it| lookup(cluster.id(), &kind, Some(it))));
            }
            let places = places.into_iter();
            all.extend(places.map(|it| lookup(cluster.id(), &kind, it)));
        }
    }
    all
}

fn is_denied(facts: &Facts<'_>, lookup: &Lookup) -> bool {
    let lack = facts.dossier.table(lookup).and_then(dossier::Table::lack);
    matches!(lack, Some(Lack::Denied { .. }))
}

/// Namespaces in which Helm put something.
fn managed(cluster: &Cluster) -> BTreeSet<Text> {
    let workloads = cluster.workloads().map(|it| &it.meta);
    let put = workloads.filter(|it| it.annotations.get(Meta::HELM_RELEASE).is_some());
    put.map(|it| it.namespace.clone()).collect()
}

pub(in crate::viewmodel) fn rows(ground: &Ground<'_>) -> Vec<ReleaseRow> {
    let tables = ground.dossier.tables();
    let ours = tables.filter(|(lookup, _)| is_ours(lookup));
    let objects = ours.flat_map(|(lookup, table)| {
        let object = |row: &'_ TableRow| row.object.clone();
        table
            .rows()
            .filter_map(object)
            .map(|it| (lookup.cluster, it))
    });
    let objects: Vec<_> = objects.collect();
    let asked = |namespace: &str, place: &Place| {
        ground.scope.is_everything() || ground.scope.matches(namespace, place)
    };
    let kept = objects.iter().map(|(cluster, it)| (*cluster, &**it));
    let mut rows = release_rows(ground.store, ground.places, ground.now, kept, asked);
    rows.sort_by_cached_key(order::release);
    rows
}

fn is_ours(lookup: &Lookup) -> bool {
    matches!(&lookup.wanted, Wanted::Labelled { labels, .. } if labels == OWNED)
}

/// Whether something that was asked has not answered yet.
pub(super) fn waits(facts: &Facts<'_>) -> bool {
    let asked = lookups(facts);
    let answered = |lookup: &Lookup| {
        let table = facts.dossier.table(lookup);
        table.is_some_and(|it| it.whole() || it.lack().is_some())
    };
    !asked.iter().all(answered)
}

/// Objects that are there and not read: a release may have newer revisions among them.
pub(super) fn more(facts: &Facts<'_>) -> u64 {
    let tables = facts.dossier.tables();
    let ours = tables.filter(|(lookup, _)| is_ours(lookup));
    ours.map(|(_, table)| table.more()).sum()
}

/// A sentence for each kind and cluster that cannot be read, or only in part.
pub(super) fn unreadable(facts: &Facts<'_>) -> Vec<String> {
    let several = facts.several();
    let mut said = Vec::new();
    for cluster in facts.store.clusters() {
        for kind in kinds() {
            let Some(sentence) = lack(facts, cluster.id(), &kind) else {
                continue;
            };
            said.push(if several {
                format!("{}: {sentence}", cluster.name())
            } else {
                sentence
            });
        }
    }
    said
}

fn lack(facts: &Facts<'_>, cluster: ClusterId, kind: &ObjectKind) -> Option<String> {
    let (mut read, mut denied, mut whole) = (Vec::new(), Vec::new(), None);
    for (lookup, table) in facts.dossier.tables() {
        let Wanted::Labelled {
            kind: asked,
            namespace,
            ..
        } = &lookup.wanted
        else {
            continue;
        };
        if !is_ours(lookup) || lookup.cluster != cluster || !asked.is(kind) {
            continue;
        }
        match (namespace, table.lack()) {
            (None, Some(lack)) => whole = Some(lack),
            (Some(namespace), Some(lack)) => denied.push((namespace, lack)),
            (Some(namespace), None) if table.whole() => read.push(namespace),
            _ => {}
        }
    }
    let right = |lack: &Lack| facts.catalogue.lack(lack);
    let places = |id, mut names: Vec<&Text>, lack: &Lack| {
        names.sort_unstable();
        let arguments = [
            ("right", right(lack).into()),
            ("names", facts.catalogue.names(&names, NAMED).into()),
        ];
        facts.catalogue.say_with(id, &arguments)
    };
    match (whole, denied.first()) {
        (Some(lack), _) if read.is_empty() => Some(right(lack)),
        (Some(lack), _) => Some(places("helm-but-in", read, lack)),
        (None, Some((_, lack))) => {
            let names = denied.iter().map(|(name, _)| *name);
            Some(places("helm-not-in", names.collect(), lack))
        }
        (None, None) => None,
    }
}

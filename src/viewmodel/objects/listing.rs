//! What is asked of the clusters for such a page, and the rows that come of it.

use std::collections::BTreeSet;

use super::ObjectRow;
use super::standing::state;
use crate::dossier::{self, Dossier};
use crate::model::{
    ClusterId, Lookup, ObjectKind, ObjectRef, Resource, TableColumn, TableRow, Text, Wanted,
};
use crate::store::{Cluster, Store};
use crate::tenancy::{Class, Place};
use crate::viewmodel::page::Ground;
use crate::viewmodel::{Facts, State, order};

/// Namespaces that are read one by one, where not all may be: each is a watch of its own.
const NAMESPACES: usize = 64;
/// Columns that the page has itself.
const OWN: [&str; 3] = ["name", "namespace", "age"];

/// One lookup a cluster that serves the kind, or one a namespace where not all is to be seen.
pub(in crate::viewmodel) fn lookups(facts: &Facts<'_>, kind: &ObjectKind) -> Vec<Lookup> {
    let clusters = facts.store.clusters();
    let of = |cluster: &Cluster| {
        let kind = match kind.known() {
            Some(_) => kind.clone(),
            None => cluster.kind(kind.group(), kind.plural())?,
        };
        let cluster = cluster.id();
        let places = places(facts, cluster, &kind).into_iter();
        let lookup = move |namespace| Lookup {
            cluster,
            wanted: Wanted::Table {
                kind: kind.clone(),
                namespace,
            },
        };
        Some(places.map(lookup))
    };
    clusters.filter_map(of).flatten().collect()
}

/// Where what is to be seen is: namespaces, or None for the whole cluster, also where they are too many.
pub(in crate::viewmodel) fn places(
    facts: &Facts<'_>,
    cluster: ClusterId,
    kind: &ObjectKind,
) -> Vec<Option<Text>> {
    let asked: BTreeSet<Text> = if !kind.namespaced() {
        BTreeSet::new()
    } else if facts.scope.is_everything() {
        let bounded = facts.survey.namespaces.iter().flatten();
        let here = bounded.filter(|(it, _)| *it == cluster);
        here.map(|(_, namespace)| namespace.clone()).collect()
    } else {
        let asked = facts.places.iter().filter(|(site, place)| {
            site.cluster == cluster && facts.scope.matches(&site.namespace, place)
        });
        asked.map(|(site, _)| site.namespace.clone()).collect()
    };
    if asked.is_empty() && (facts.scope.is_everything() || !kind.namespaced()) {
        return vec![None];
    }
    if asked.len() > NAMESPACES {
        // Rows elsewhere are read and not shown; where that may not be, it is said.
        return vec![None];
    }
    asked.into_iter().map(Some).collect()
}

/// The tables of the page, with where each is from.
pub(super) fn tables<'a>(
    dossier: &'a Dossier,
    kind: &ObjectKind,
) -> Vec<(&'a Lookup, &'a dossier::Table)> {
    let of = |wanted: &Wanted| match wanted {
        Wanted::Table { kind: it, .. } => it.is(kind),
        _ => false,
    };
    dossier
        .tables()
        .filter(|(lookup, _)| of(&lookup.wanted))
        .collect()
}

pub(in crate::viewmodel) fn rows(ground: &Ground<'_>, kind: &ObjectKind) -> Vec<ObjectRow> {
    let mut rows = Vec::new();
    for (lookup, table) in tables(ground.dossier, kind) {
        let Wanted::Table { kind, .. } = &lookup.wanted else {
            continue;
        };
        let row = |told| row(ground, lookup.cluster, kind, table.columns(), told);
        rows.extend(table.rows().filter_map(row));
    }
    rows.sort_by_cached_key(key);
    rows
}

type Key = (
    bool,
    Option<Class>,
    u8,
    Option<(Text, Text)>,
    Text,
    Text,
    ClusterId,
);

/// Good rows last, the others by class and state; then by tenant and name.
fn key(row: &ObjectRow) -> Key {
    let calm = order::calm(row.state) || row.state == State::Absent;
    let place = row.place.as_ref();
    (
        calm,
        place.map(|it| it.class).filter(|_| !calm),
        if calm { 0 } else { order::rank(row.state) },
        place.map(|it| (it.tenant.clone(), it.environment.clone())),
        row.object.namespace.clone(),
        row.object.name.clone(),
        row.object.cluster,
    )
}

/// None where its namespace is not to be seen.
fn row(
    ground: &Ground<'_>,
    cluster: ClusterId,
    kind: &ObjectKind,
    columns: &[TableColumn],
    told: &TableRow,
) -> Option<ObjectRow> {
    let namespace = Some(&told.namespace).filter(|it| !it.is_empty());
    let place = namespace.map(|it| ground.places.of(cluster, it));
    let hidden = |it: &Place| !ground.scope.matches(&told.namespace, it);
    if place.as_ref().is_some_and(hidden) {
        return None;
    }
    let own = |column: &TableColumn| OWN.contains(&column.name.to_lowercase().as_str());
    let said = columns.iter().zip(&told.cells);
    let said = said.filter(|(column, _)| !own(column));
    let said: Vec<_> = said
        .map(|(column, cell)| (column.clone(), cell.clone()))
        .collect();
    let state = if told.deleting {
        State::Moving
    } else {
        state(&said)
    };
    Some(ObjectRow {
        object: ObjectRef {
            cluster,
            kind: kind.clone(),
            namespace: told.namespace.clone(),
            name: told.name.clone(),
            uid: Some(told.uid),
        },
        place,
        state,
        created: told.created,
        said,
    })
}

/// Kinds that any of the clusters serves, each once, by name and the core group first, as kubectl has it.
pub(in crate::viewmodel) fn kinds(
    store: &Store,
    wanted: impl Fn(&Resource) -> bool,
) -> Vec<ObjectKind> {
    let served = store.clusters().flat_map(Cluster::served);
    let mut found: Vec<_> = served.filter(|it| wanted(it)).collect();
    found.sort_by(|one, other| (&one.plural, &one.group).cmp(&(&other.plural, &other.group)));
    found.dedup_by(|one, other| (&one.plural, &one.group) == (&other.plural, &other.group));
    found.into_iter().map(ObjectKind::from).collect()
}

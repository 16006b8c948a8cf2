//! Whose an object is. An Application is of those that it deploys for, not of those that Argo CD is of.

use super::applications::{Applications, Kept};
use crate::model::{ClusterId, Feed, Kind, ObjectRef, Scope, Text};
use crate::store::Store;
use crate::tenancy::{Place, Places};

/// Whose an object is: an Application is of those whose namespace it deploys to, where that cluster is watched.
pub fn place(store: &Store, places: &Places, object: &ObjectRef) -> Place {
    match application_of(store, object).and_then(|it| deploys_to(store, it)) {
        Some((cluster, namespace)) if !namespace.is_empty() => places.of(cluster, namespace),
        _ => places.of(object.cluster, &object.namespace),
    }
}

/// The same, with nothing told of where an Application deploys to a namespace that is not read: what a name alone suggests
/// must not open what is shut there.
pub fn known_place(store: &Store, places: &Places, object: &ObjectRef) -> Place {
    let Some(kept) = application_of(store, object) else {
        return place(store, places, object);
    };
    match deploys_to(store, kept) {
        Some((cluster, namespace)) if namespace.is_empty() || places.knows(cluster, namespace) => {
            place(store, places, object)
        }
        _ => Place::unknown(),
    }
}

/// False while the namespaces are still being read that the place of an object is told by.
pub fn is_placed(store: &Store, object: &ObjectRef) -> bool {
    let reached = application_of(store, object).and_then(|it| deploys_to(store, it));
    let reached = reached.filter(|(_, namespace)| !namespace.is_empty());
    let (cluster, namespace) = reached.unwrap_or((object.cluster, &object.namespace));
    let Some(cluster) = store.cluster(cluster).filter(|_| !namespace.is_empty()) else {
        return true;
    };
    let reading = |(scope, feed): (&Scope, &Feed)| {
        scope.kind == Kind::Namespace && matches!(feed, Feed::Reading { .. })
    };
    let waits = !cluster.complete(Kind::Namespace) && cluster.feeds().any(reading);
    let mut known = cluster.namespaces();
    !waits || known.any(|it| it.meta.name == *namespace)
}

fn application_of<'a>(store: &'a Store, object: &ObjectRef) -> Option<Kept<'a>> {
    let home = object.cluster;
    let application = (object.kind == Kind::Application)
        .then(|| store.cluster(home)?.application(object.uid?))
        .flatten()?;
    Some(Kept { home, application })
}

fn deploys_to<'a>(store: &'a Store, kept: Kept<'a>) -> Option<(ClusterId, &'a Text)> {
    let reached = Applications::of(store).reached(kept)?;
    Some((reached, &kept.application.destination.namespace))
}

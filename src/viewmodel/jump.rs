//! Where a line of a text leads.

use std::sync::Arc;

use super::{Aspect, Facts, Target};
use crate::insight::ReleaseId;
use crate::model::{ClusterId, Event, Kind, ObjectKind, ObjectRef, Resource, Text, Uid};
use crate::store::{Cluster, ContainerView, PodView, StateView, Store};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Jump {
    /// An object from one side.
    Aspect(Aspect, ObjectRef),
    /// What a container says, or said in the run before this one; of a container that is not known, all of them.
    Log {
        pod: ObjectRef,
        container: Option<Text>,
        previous: bool,
    },
    /// What the last revision of a workload changed.
    History(ObjectRef),
    /// A release of Helm.
    Release(ReleaseId),
    /// A row of a tenant's page.
    Row { tenant: Text, row: Target },
}

impl Jump {
    /// Message id of what stands there.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Jump::Aspect(Aspect::Describe, object) if object.kind == Kind::Node => "jump-node",
            Jump::Aspect(Aspect::Logs, _) | Jump::Log { .. } => "jump-log",
            Jump::Aspect(aspect, _) => aspect.hint(),
            Jump::History(_) => "jump-difference",
            Jump::Release(_) => "jump-release",
            Jump::Row { .. } => "jump-workload",
        }
    }

    /// The object that is named, as kubectl describes it; None for kinds that its cluster does not serve.
    pub(super) fn describe(store: &Store, name: &Named<'_>) -> Option<Self> {
        Some(Jump::Aspect(Aspect::Describe, name.object(store)?))
    }

    /// The object that the event speaks of.
    pub(super) fn of_event(store: &Store, cluster: ClusterId, event: &Event) -> Option<Self> {
        let named = Named {
            cluster,
            group: None,
            kind: &event.kind,
            namespace: &event.namespace,
            name: &event.name,
            uid: event.object,
        };
        Self::describe(store, &named)
    }

    /// The log of that container of a pod, else of the one at fault.
    pub(super) fn log(facts: &Facts<'_>, pod: ObjectRef, container: Option<&str>) -> Self {
        let view = pod.uid.and_then(|uid| {
            let cluster = facts.store.cluster(pod.cluster)?;
            cluster.pod(uid)
        });
        let found = view.and_then(|view| match container {
            Some(name) => view.containers().find(|it| it.name() == name),
            None => failing(view),
        });
        // While it waits for its next start, only the run before has something to say.
        let waits = |it: &ContainerView<'_>| matches!(it.state(), StateView::Waiting { .. });
        let previous = found.is_some_and(|it| waits(&it) && it.last().is_some());
        let known = found.map(|it| it.name().into());
        Jump::Log {
            pod,
            container: known.or_else(|| container.map(Text::from)),
            previous,
        }
    }
}

/// The container that restarted most of those that are not ready, and could say something.
pub(super) fn failing(pod: PodView<'_>) -> Option<ContainerView<'_>> {
    let ran = |it: &ContainerView<'_>| {
        it.last().is_some() || !matches!(it.state(), StateView::Waiting { .. })
    };
    let failing = pod.containers().filter(|it| !it.ready() && ran(it));
    failing.max_by_key(|it| it.restarts())
}

pub(super) fn pod(cluster: &Cluster, pod: PodView<'_>) -> ObjectRef {
    ObjectRef {
        cluster: cluster.id(),
        kind: Kind::Pod.into(),
        namespace: pod.namespace().into(),
        name: pod.name(),
        uid: Some(pod.uid()),
    }
}

/// An object as another one names it.
pub(super) struct Named<'a> {
    pub(super) cluster: ClusterId,
    /// None where only the kind is told.
    pub(super) group: Option<&'a str>,
    pub(super) kind: &'a str,
    /// Where it is, if its kind lives in namespaces.
    pub(super) namespace: &'a str,
    pub(super) name: &'a str,
    pub(super) uid: Option<Uid>,
}

impl Named<'_> {
    fn object(&self, store: &Store) -> Option<ObjectRef> {
        let served = store.cluster(self.cluster).map(Cluster::served);
        let kind = kind(served.unwrap_or_default(), self.kind, self.group)?;
        let namespace = if kind.namespaced() {
            self.namespace
        } else {
            ""
        };
        (!self.name.is_empty()).then(|| ObjectRef {
            cluster: self.cluster,
            namespace: namespace.into(),
            name: self.name.into(),
            uid: self.uid,
            kind,
        })
    }
}

/// What is watched, what the cluster serves, and what every server has.
fn kind(served: &[Arc<Resource>], name: &str, group: Option<&str>) -> Option<ObjectKind> {
    // Others have Jobs and Deployments of their own.
    let fits = |it: &ObjectKind| it.name() == name && group.is_none_or(|group| group == it.group());
    let watched = Kind::named(name).map(ObjectKind::from).filter(fits);
    let served = || served.iter().map(ObjectKind::from).find(fits);
    let core = || {
        let mut core = Resource::core().into_iter().map(Arc::new);
        core.find_map(|it| Some(ObjectKind::from(&it)).filter(fits))
    };
    watched.or_else(served).or_else(core)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Delta, Moment};

    fn named(kind: &str, group: Option<&str>) -> Option<String> {
        let named = Named {
            cluster: ClusterId(0),
            group,
            kind,
            namespace: "shop",
            name: "it",
            uid: None,
        };
        let mut store = Store::new(["dso"], Moment::from_seconds(1).unwrap());
        let certificates = Resource {
            group: "cert-manager.io".into(),
            version: "v1".into(),
            plural: "certificates".into(),
            kind: "Certificate".into(),
            namespaced: true,
            short: Vec::new(),
        };
        let served = [Arc::new(certificates)].into();
        store.apply(
            Delta::Served(ClusterId(0), served),
            Moment::from_seconds(1).unwrap(),
        );
        let object = named.object(&store)?;
        Some(format!("{} {}", object.kind.resource(), object.namespace))
    }

    #[test]
    fn what_is_watched_or_served_can_be_described() {
        let found = |kind| named(kind, None);
        assert_eq!(
            found("Deployment").as_deref(),
            Some("deployments.apps shop")
        );
        assert_eq!(found("Node").as_deref(), Some("nodes "));
        let secret = found("Secret");
        assert_eq!(secret.as_deref(), Some("secrets shop"));
        let certificate = found("Certificate");
        assert_eq!(
            certificate.as_deref(),
            Some("certificates.cert-manager.io shop")
        );
        assert_eq!(found("Issuer"), None);
        assert_eq!(found(""), None);
    }

    #[test]
    fn a_kind_of_the_same_name_in_another_group_is_another() {
        assert!(named("Job", Some("batch")).is_some());
        assert_eq!(named("Job", Some("batch.volcano.sh")), None);
    }
}

//! What the rules of one cluster share, and how a finding is put together.

use std::collections::{BTreeSet, HashSet};

use crate::model::{ClusterId, Kind, Moment, ObjectId, Subject, Text, Uid};
use crate::store::Cluster;
use crate::tenancy::{Class, Place, Places};

use super::ailment::Ailment;
use super::clock::Clock;
use super::clues::Clues;
use super::finding::{Cause, Finding, OBJECTS_KEPT, Severity, Trouble};

pub(super) struct Scene<'a> {
    pub(super) cluster: &'a Cluster,
    pub(super) places: &'a Places,
    pub(super) clues: Clues<'a>,
    pub(super) clock: Clock,
    pub(super) findings: Vec<Finding>,
    /// Causes told already: the first finding of a cause is the one.
    pub(super) told: HashSet<Cause>,
}

/// A finding of one object in one namespace, before it is weighed.
pub(super) struct Draft {
    pub(super) cause: Cause,
    pub(super) namespace: Text,
    pub(super) subject: Subject,
    pub(super) trouble: Trouble,
    pub(super) since: Option<Moment>,
    pub(super) ready: Option<(u32, u32)>,
    /// Of the ready pods, those in a loop: they do not count as serving.
    pub(super) shaky: u32,
    /// Names of the workloads that share the cause, where they are several.
    pub(super) workloads: BTreeSet<Text>,
    pub(super) count: u32,
    pub(super) objects: Vec<ObjectId>,
}

impl Draft {
    /// Of one object that is not named and has no pods: callers say what they know beyond that.
    pub(super) fn new(cause: Cause, namespace: Text, subject: Subject, trouble: Trouble) -> Self {
        Self {
            cause,
            namespace,
            subject,
            trouble,
            since: None,
            ready: None,
            shaky: 0,
            workloads: BTreeSet::new(),
            count: 1,
            objects: Vec::new(),
        }
    }
}

impl Scene<'_> {
    pub(super) fn id(&self, kind: Kind, uid: Uid) -> ObjectId {
        ObjectId {
            cluster: self.cluster.id(),
            kind,
            uid,
        }
    }

    /// A finding in one namespace, or on the cluster itself when the namespace is empty.
    pub(super) fn find(&mut self, draft: Draft) {
        let hit = if draft.namespace.is_empty() {
            BTreeSet::new()
        } else {
            BTreeSet::from([draft.namespace.clone()])
        };
        self.find_across(draft, &hit);
    }

    /// A finding that hurts these namespaces.
    pub(super) fn find_across(&mut self, draft: Draft, namespaces: &BTreeSet<Text>) {
        let here = self.cluster.id();
        let sites = namespaces.iter().map(|it| (here, it.clone())).collect();
        self.find_at(draft, &sites);
    }

    /// The same, where that may be in other clusters.
    pub(super) fn find_at(&mut self, draft: Draft, sites: &BTreeSet<(ClusterId, Text)>) {
        if !self.told.insert(draft.cause.clone()) {
            return;
        }
        let place = |(cluster, namespace): &(ClusterId, Text)| {
            (namespace.clone(), self.places.of(*cluster, namespace))
        };
        let hit: Vec<(Text, Place)> = sites.iter().map(place).collect();
        let place = match hit.as_slice() {
            [] => Some(self.places.of(self.cluster.id(), "")),
            [(_, only)] => Some(only.clone()),
            _ => None,
        };
        let class = place
            .iter()
            .chain(hit.iter().map(|(_, place)| place))
            .map(|place| place.class)
            .min()
            .unwrap_or(Class::Unknown);
        let severity = severity(&draft, class);
        let mut objects = draft.objects;
        objects.truncate(OBJECTS_KEPT);
        self.findings.push(Finding {
            cause: draft.cause,
            severity,
            class,
            cluster: self.cluster.id(),
            namespace: draft.namespace,
            tenants: tenants(&hit, place.as_ref()),
            place,
            hit,
            subject: draft.subject,
            ready: draft.ready,
            workloads: draft.workloads.into_iter().take(OBJECTS_KEPT).collect(),
            trouble: draft.trouble,
            since: draft.since,
            count: draft.count.max(1),
            objects,
        });
    }
}

pub(super) fn tenants(hit: &[(Text, Place)], place: Option<&Place>) -> Vec<Text> {
    let names: BTreeSet<&Text> = hit
        .iter()
        .map(|(_, place)| &place.tenant)
        .chain(place.map(|place| &place.tenant))
        .collect();
    names.into_iter().cloned().collect()
}

/// Critical is what is down or going down: a process that ends again and again, a node or a cluster that is gone, and
/// in production also whatever stops a rollout or leaves nothing that serves, and what Flux has given up on. Where all that is
/// wanted serves, nobody is hurt yet.
fn severity(draft: &Draft, class: Class) -> Severity {
    let serving = |ready: u32| ready.saturating_sub(draft.shaky);
    let hurts = draft
        .ready
        .is_none_or(|(ready, wanted)| serving(ready) < wanted);
    let nothing_serves =
        matches!(draft.ready, Some((ready, wanted)) if wanted > 0 && serving(ready) == 0);
    let production = class == Class::Production;
    let ends = |ailment: &Ailment| {
        matches!(
            ailment,
            Ailment::CrashLoop { .. } | Ailment::OutOfMemory { .. }
        )
    };
    let critical = match &draft.trouble {
        Trouble::Pods { ailment } | Trouble::RolloutStuck { ailment, .. } if ends(ailment) => hurts,
        Trouble::WebhookDown { .. } | Trouble::LinkDegraded { .. } => true,
        Trouble::NotReconciled { stalled, .. } => production && *stalled,
        Trouble::NodeNotReady { .. } => !draft.objects.is_empty(),
        Trouble::RolloutStuck { .. }
        | Trouble::DeadlinePassed { .. }
        | Trouble::Degraded { .. } => production && hurts,
        Trouble::JobFailed { failures, .. } => production && *failures >= 3,
        Trouble::Pods { .. }
        | Trouble::Aborted { .. }
        | Trouble::Undecided { .. }
        | Trouble::Short { .. }
        | Trouble::Quota { .. }
        | Trouble::Refused { .. }
        | Trouble::CreateFailed { .. }
        | Trouble::NodePressure { .. }
        | Trouble::Image { .. }
        | Trouble::Registry { .. }
        | Trouble::NotSynced { .. }
        | Trouble::HpaAtMaximum { .. }
        | Trouble::HpaBlind { .. }
        | Trouble::FeedLost { .. } => production && nothing_serves,
    };
    if critical {
        Severity::Critical
    } else {
        Severity::Warning
    }
}

//! A finding: a judged problem with its evidence. One cause is one finding, however many objects it hurts.

use std::cmp::Reverse;

use crate::model::{ClusterId, Kind, Moment, ObjectId, Problem, Subject, Text, Uid};
use crate::tenancy::{Class, Place, Selection};

use super::ailment::{Ailment, Exit};

/// Objects kept of a finding; `count` tells how many there are.
pub(super) const OBJECTS_KEPT: usize = 64;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Critical,
    Warning,
}

/// Identity of a finding across judgements: what is wrong, by what it is wrong with.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    Object(ObjectId),
    /// The pods of a controller that is not watched itself.
    Owner(ClusterId, Uid),
    Node(ClusterId, Text),
    Quota {
        cluster: ClusterId,
        namespace: Text,
        name: Text,
    },
    Image {
        cluster: ClusterId,
        image: Text,
    },
    Registry {
        cluster: ClusterId,
        host: Text,
    },
    /// A webhook or policy that refuses or does not answer.
    Webhook {
        cluster: ClusterId,
        name: Text,
    },
    Link(ClusterId),
    /// A kind whose watch is lost though the cluster answers.
    Feed(ClusterId, Kind),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    pub cause: Cause,
    pub severity: Severity,
    /// The worst class it hurts.
    pub class: Class,
    pub cluster: ClusterId,
    /// Empty for cluster-scoped subjects and for causes shared by several namespaces.
    pub namespace: Text,
    /// None when several places are hit.
    pub place: Option<Place>,
    /// Tenants hit, sorted.
    pub tenants: Vec<Text>,
    /// Namespaces hit, sorted, with their places; empty when only the cluster itself is.
    pub hit: Vec<(Text, Place)>,
    /// The workload, node, quota, image… that the row names.
    pub subject: Subject,
    /// Ready of wanted pods, where that means something.
    pub ready: Option<(u32, u32)>,
    /// The workloads that share the cause, by name, where they are several. Bounded.
    pub workloads: Vec<Text>,
    pub trouble: Trouble,
    pub since: Option<Moment>,
    /// Objects hit (pods, workloads), at least 1.
    pub count: u32,
    /// The first of the objects hit: pods where there are, else the subject.
    pub objects: Vec<ObjectId>,
}

/// What is wrong, with the cluster's own words. One variant per rule.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// Pods of a workload do not serve.
    Pods {
        ailment: Ailment,
    },
    /// The new revision's pods fail while the old ones stand. `missed` is when the deadline passed, if it did.
    RolloutStuck {
        revision: Option<u64>,
        ailment: Ailment,
        missed: Option<Moment>,
    },
    /// The controller gave up on the rollout, and no pod says why.
    DeadlinePassed {
        revision: Option<u64>,
        message: Text,
    },
    /// An Argo Rollout gave its new revision up; what it is told to be still names it.
    Aborted {
        revision: Option<u64>,
        message: Text,
    },
    /// An Argo Rollout is not well for another reason, in its controller's words.
    Degraded {
        message: Text,
    },
    /// An Argo Rollout waits for a person: for long, or since its analysis came to no result. The controller's word, and the
    /// percent that its canary has.
    Undecided {
        reason: Text,
        percent: Option<u32>,
    },
    /// Fewer pods than wanted, and nothing says why.
    Short {
        missing: u32,
    },
    /// Pods are refused: the quota has no room. Refused is 0 when it is full and nothing was refused yet.
    Quota {
        name: Text,
        resource: Text,
        used: Text,
        hard: Text,
        refused: u32,
    },
    /// Admission refuses the pods: webhook or policy, and its words.
    Refused {
        by: Text,
        message: Text,
    },
    /// A webhook does not answer, so nothing it guards can be created.
    WebhookDown {
        name: Text,
        message: Text,
    },
    /// Pods cannot be created for another reason.
    CreateFailed {
        reason: Text,
        message: Text,
    },
    /// `inferred`: the node may not be read, its pods tell.
    NodeNotReady {
        reason: Text,
        message: Text,
        inferred: bool,
    },
    /// Pressure on a node, or what it evicted; the resource as the kubelet names it.
    NodePressure {
        condition: Text,
        resource: Text,
        evicted: u32,
    },
    /// Several workloads wait for the same image.
    Image {
        reason: Text,
        message: Text,
    },
    /// Several images of one registry cannot be pulled.
    Registry {
        images: u32,
        message: Text,
    },
    JobFailed {
        reason: Text,
        message: Text,
        failures: u32,
        /// How a pod of the last one ended.
        exit: Option<Exit>,
    },
    /// Flux does not bring a Kustomization or a `HelmRelease` to where its source is, in its own words. One that is stalled is
    /// not tried again.
    NotReconciled {
        reason: Text,
        message: Text,
        stalled: bool,
    },
    /// Argo CD does not bring an Application to where git is: `SyncFailed`, `SyncFails` while it tries
    /// again, or why it cannot compare; in its own words.
    NotSynced {
        reason: Text,
        message: Text,
    },
    HpaAtMaximum {
        target: Subject,
        maximum: u32,
    },
    HpaBlind {
        target: Subject,
        reason: Text,
        message: Text,
    },
    /// The link to the cluster is degraded: everything about it is as of `since`. Namespaces seen there count as hidden.
    LinkDegraded {
        problem: Problem,
        tries: u32,
        next_try: Option<Moment>,
        hidden: u32,
    },
    FeedLost {
        kind: Kind,
        problem: Problem,
    },
}

impl Trouble {
    /// A stable word for scripts.
    pub fn reason(&self) -> &str {
        match self {
            Trouble::Pods { ailment } | Trouble::RolloutStuck { ailment, .. } => ailment.reason(),
            Trouble::DeadlinePassed { .. } => "ProgressDeadlineExceeded",
            Trouble::Aborted { .. } => "RolloutAborted",
            Trouble::Degraded { .. } => "RolloutDegraded",
            Trouble::Undecided { reason, .. } | Trouble::NotSynced { reason, .. } => reason,
            Trouble::Short { .. } => "PodsMissing",
            Trouble::Quota { refused: 0, .. } => "QuotaFull",
            Trouble::Quota { .. } => "QuotaExceeded",
            Trouble::Refused { .. } => "AdmissionRefused",
            Trouble::WebhookDown { .. } => "WebhookUnreachable",
            Trouble::CreateFailed { .. } => "FailedCreate",
            Trouble::NodeNotReady { .. } => "NodeNotReady",
            Trouble::NodePressure { .. } => "NodePressure",
            Trouble::Image { .. } => "ImagePullBackOff",
            Trouble::Registry { .. } => "RegistryUnreachable",
            Trouble::JobFailed { .. } => "JobFailed",
            Trouble::NotReconciled { stalled: true, .. } => "FluxStalled",
            Trouble::NotReconciled { .. } => "FluxNotReady",
            Trouble::HpaAtMaximum { .. } => "AtMaximum",
            Trouble::HpaBlind { .. } => "MetricsMissing",
            Trouble::LinkDegraded { .. } => "ClusterUnreachable",
            Trouble::FeedLost { .. } => "WatchLost",
        }
    }
}

impl Finding {
    /// Whether it is that something is not seen: a lost link or watch, rather than what is amiss in the cluster.
    pub fn is_blindness(&self) -> bool {
        matches!(self.cause, Cause::Link(_) | Cause::Feed(..))
    }

    /// The present by the clock that `since` was read from: that of the cluster, or ours for what we do not see.
    pub fn present(&self, ours: Moment, of_cluster: impl FnOnce(ClusterId) -> Moment) -> Moment {
        if self.is_blindness() {
            ours
        } else {
            of_cluster(self.cluster)
        }
    }

    /// Whether anything it hurts was asked for. A cluster that does not answer may hold what was.
    pub fn within(&self, selection: &Selection) -> bool {
        let hit = || {
            self.hit
                .iter()
                .any(|(namespace, place)| selection.matches(namespace, place))
        };
        let here = |place: &Place| selection.matches(&self.namespace, place);
        self.is_blindness()
            || selection.is_everything()
            || self.place.as_ref().is_some_and(here)
            || hit()
    }

    /// The object that the row names: the cause itself, or the one that a shared cause hits so far.
    pub fn object(&self) -> Option<ObjectId> {
        if let Cause::Object(object) = self.cause {
            return Some(object);
        }
        let named = |it: &&ObjectId| it.kind.name() == self.subject.kind;
        let mut objects = self.objects.iter().filter(named);
        let first = objects.next();
        first.filter(|_| objects.next().is_none()).copied()
    }

    /// How many of `count` are pods: a cause may be told though it hurts none yet.
    pub fn count_of_pods(&self) -> u32 {
        let any = self.objects.iter().any(|object| object.kind == Kind::Pod);
        if any { self.count } else { 0 }
    }

    fn platform(&self) -> bool {
        self.place.as_ref().is_some_and(|place| place.platform)
            || self.hit.iter().any(|(_, place)| place.platform)
    }
}

/// Class, then severity, then the platform, then the most recent start, then names. Ties never reorder.
pub(super) fn sort(findings: &mut [Finding]) {
    findings.sort_by_cached_key(|it| {
        (
            it.class,
            it.severity,
            Reverse(it.platform()),
            Reverse(it.since),
            it.subject.name.clone(),
            it.cause.clone(),
        )
    });
}

//! What Flux tells of what it keeps. Fields are those of fluxcd/kustomize-controller `api/v1` and fluxcd/helm-controller
//! `api/v2`.

use super::{Condition, Kind, Meta, Moment, Status, Text, Writer};

/// A Kustomization or a `HelmRelease`: a folder of manifests, or a chart, that a controller keeps in the cluster.
#[derive(Clone, Debug, PartialEq)]
pub struct Flux {
    pub meta: Meta,
    /// Nothing in its status says so.
    pub suspended: bool,
    /// Who wrote `spec.suspend: true`, as far as the object tells.
    pub suspended_by: Option<Box<Writer>>,
    /// Seconds between two reconciliations, give or take the controller's jitter.
    pub interval: u32,
    /// Seconds after one that failed; the interval where the object names none.
    pub retry: Option<u32>,
    /// Where the manifests or the chart come from.
    pub source: FluxSource,
    /// `Ready`, `Reconciling`, `Stalled`…
    pub conditions: Vec<Condition>,
    /// The last `Ready: False` that no success followed, though tries in between take it away; `changed` is when it began.
    pub failed: Option<Box<Condition>>,
    /// Of the source: `main@sha1:8c1f2e0`; of a chart its version.
    pub applied: Text,
    pub attempted: Text,
    /// Since when what is applied is there, where it tells.
    pub deployed: Option<Moment>,
    /// When a reconciliation last went well, where it tells.
    pub succeeded: Option<Moment>,
    /// The generation that its status speaks of; none where no controller has looked at it.
    pub observed: Option<i64>,
    /// The last request to reconcile that was taken up, as it was written.
    pub handled: Text,
    /// When the last reconciliation ended, where it tells.
    pub reconciled: Option<Moment>,
    /// Differences that are left alone.
    pub ignored: Vec<FluxIgnored>,
    /// It deploys to a cluster of its own kubeconfig.
    pub elsewhere: bool,
    /// The namespace that it deploys to, whatever the source says; empty where that is not told.
    pub target: Text,
    /// Those of its kind that have to be ready first: namespace and name.
    pub after: Vec<(Text, Text)>,
    pub tool: FluxTool,
}

#[derive(Clone, Debug, PartialEq)]
pub enum FluxTool {
    Kustomization {
        path: Text,
        /// What git has no more is deleted.
        prune: bool,
        /// Each reconciliation waits until what it applied is ready.
        wait: bool,
        /// What cannot be changed is made anew.
        force: bool,
    },
    HelmRelease(Box<HelmRelease>),
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct HelmRelease {
    pub chart: Text,
    /// The version or range that is wanted.
    pub version: Text,
    pub drift: DriftDetection,
    /// Failures in a row, whatever failed.
    pub failures: u32,
    /// Upgrades that failed of those that are tried.
    pub upgrade_failures: u32,
    /// How often a failed upgrade is tried again: forever where negative.
    pub retries: i64,
    /// The newest first; no more than [`Flux::ENTRIES`].
    pub history: Vec<HelmEntry>,
}

/// `spec.driftDetection.mode`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DriftDetection {
    /// Changes by hand are put back.
    Enabled,
    /// They are told of, and stay.
    Warn,
    #[default]
    Disabled,
}

/// `status.history[]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HelmEntry {
    pub release: Text,
    pub number: i64,
    /// Helm's own word: `deployed`, `failed`, `superseded`…
    pub status: Text,
    pub chart_version: Text,
    pub deployed: Option<Moment>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FluxSource {
    pub kind: Text,
    /// Its own where empty.
    pub namespace: Text,
    pub name: Text,
}

/// `spec.ignore[]`, `spec.driftDetection.ignore[]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FluxIgnored {
    /// JSON pointers.
    pub paths: Vec<Text>,
    /// Regular expressions that the whole text must match; empty for any.
    pub group: Text,
    pub version: Text,
    pub kind: Text,
    pub name: Text,
    pub namespace: Text,
    /// By labels or annotations, too.
    pub selected: bool,
}

impl Flux {
    /// Bound of each list that is kept.
    pub const ENTRIES: usize = 16;
    /// By which an object says which Kustomization keeps it, and which `HelmRelease`.
    pub const KUSTOMIZATION: [&str; 2] = [
        "kustomize.toolkit.fluxcd.io/name",
        "kustomize.toolkit.fluxcd.io/namespace",
    ];
    pub const HELM_RELEASE: [&str; 2] = [
        "helm.toolkit.fluxcd.io/name",
        "helm.toolkit.fluxcd.io/namespace",
    ];
    /// A new value asks for a reconciliation.
    pub const REQUESTED: &str = "reconcile.fluxcd.io/requestedAt";
    /// What vigie keeps on an object that it suspended: who, why.
    pub const SUSPENDED: &str = "vigie/flux-suspended";

    pub const fn kind(&self) -> Kind {
        match self.tool {
            FluxTool::Kustomization { .. } => Kind::Kustomization,
            FluxTool::HelmRelease(_) => Kind::HelmRelease,
        }
    }

    pub fn condition(&self, name: &str) -> Option<&Condition> {
        self.conditions.iter().find(|it| it.name == name)
    }

    /// Whether the condition is there and true.
    pub fn is(&self, name: &str) -> bool {
        let condition = self.condition(name);
        condition.is_some_and(|it| it.status == Status::True)
    }

    /// What failed goes on failing while it is tried again, since it began.
    pub fn recall(&mut self, before: &Self) {
        let Some(was) = &before.failed else { return };
        if let Some(is) = &mut self.failed {
            is.changed = is.changed.min(was.changed);
        } else if !self.is("Ready") {
            self.failed = Some(was.clone());
        }
    }

    pub fn release(&self) -> Option<&HelmRelease> {
        match &self.tool {
            FluxTool::HelmRelease(it) => Some(it),
            FluxTool::Kustomization { .. } => None,
        }
    }
}

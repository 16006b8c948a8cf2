//! What Argo CD tells of what it deploys. Fields are those of argoproj/argo-cd `pkg/apis/application/v1alpha1`.

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use super::{Condition, Meta, Moment, Text, Writer};

/// An Application: one folder or chart that is kept in one namespace of one cluster.
#[derive(Clone, Debug, PartialEq)]
pub struct Application {
    pub meta: Meta,
    /// The `AppProject` that bounds it.
    pub project: Text,
    pub destination: Destination,
    /// Several where it is a multi-source Application.
    pub sources: SmallVec<[AppSource; 1]>,
    /// `spec.syncPolicy.automated`; None where a person starts each sync.
    pub automated: Option<Automated>,
    /// Who wrote `automated.enabled: false`, or that it is not looked at, as far as the object tells.
    pub suspended_by: Option<Box<Writer>>,
    /// `RespectIgnoreDifferences=true`: a sync, too, leaves alone what is not compared.
    pub respects_ignored: bool,
    pub ignored: Vec<Ignored>,
    pub sync: SyncState,
    /// Since when it was seen to differ, by the cluster's clock: no field tells. None where it did before it was watched. Of
    /// the store.
    pub differs_since: Option<Moment>,
    /// What the cluster was compared with, one a source: a commit, a chart's version.
    pub revisions: Revisions,
    pub health: Health,
    pub health_message: Text,
    /// When the health last became what it is.
    pub health_since: Option<Moment>,
    /// The operation under way, or the last one.
    pub operation: Option<Box<SyncOperation>>,
    /// `operation` stands on the object: it is asked for and not taken up, or under way.
    pub requested: bool,
    /// That is a dry run: it writes nothing.
    pub rehearses: bool,
    /// What runs, what deploys on, and what differs; no more than [`Application::RESOURCES`] of them.
    pub resources: Vec<AppResource>,
    /// How many it manages.
    pub resource_count: u32,
    /// The newest entry of its history.
    pub deployed: Option<Deployed>,
    pub images: Vec<Text>,
    /// Errors and warnings; `status` is not told for them.
    pub conditions: Vec<AppCondition>,
    /// When the controller last looked; None where none did.
    pub reconciled: Option<Moment>,
    /// The namespace of that controller; empty where none did, or an old one.
    pub controller: Text,
}

/// Texts one a source.
pub type Revisions = SmallVec<[Text; 1]>;

impl Application {
    /// Resources that are kept of one Application.
    pub const RESOURCES: usize = 64;
    /// The controller leaves the Application alone while this stands there, and its status freezes.
    pub const SKIP_RECONCILE: &str = "argocd.argoproj.io/skip-reconcile";

    /// By which an object says what keeps it: `APP:GROUP/KIND:NS/NAME`.
    pub const TRACKING_ID: &str = "argocd.argoproj.io/tracking-id";
    /// By which Argo CD tracks up to 2.14, and charts name their release.
    pub const INSTANCE: &str = "app.kubernetes.io/instance";
    /// What vigie keeps on an Application whose auto-sync it suspended: what was there, who, when, why.
    pub const SUSPENDED: &str = "vigie/auto-sync-suspended";
    /// What it is to Cloud Pi Native: `app`, `infrastructure`, `root`…
    pub const TYPE: &str = "dso/type";
    /// The environment by its id in the console of Cloud Pi Native; namespaces have it, too.
    pub const ENVIRONMENT: &str = "dso/environment.id";

    /// The name of its `AppProject`.
    pub fn project(&self) -> &str {
        match self.project.as_str() {
            "" => "default",
            name => name,
        }
    }

    pub fn skips_reconcile(&self) -> bool {
        let said = self.meta.annotations.get(Self::SKIP_RECONCILE);
        said.is_some_and(Self::says_skip)
    }

    /// As Go's `strconv.ParseBool` reads it.
    pub fn says_skip(text: &str) -> bool {
        matches!(text, "1" | "t" | "T" | "TRUE" | "true" | "True")
    }

    /// What it tells of one object; None where it does not manage it, or manages too many.
    pub fn resource(&self, group: &str, kind: &str, meta: &Meta) -> Option<&AppResource> {
        self.resources.iter().find(|it| {
            it.group == group
                && it.kind == kind
                && it.namespace == meta.namespace
                && it.name == meta.name
        })
    }

    pub fn condition(&self, kind: &str) -> Option<&AppCondition> {
        self.conditions.iter().find(|it| it.kind == kind)
    }
}

/// Where it deploys: a cluster by one of both, and a namespace for what names none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Destination {
    /// The URL of the API server; [`Destination::HERE`] is the cluster of the Application itself.
    pub server: Text,
    /// As Argo CD calls the cluster; `in-cluster` is that of the Application itself.
    pub name: Text,
    pub namespace: Text,
}

impl Destination {
    pub const HERE: &str = "https://kubernetes.default.svc";

    /// Whether it is the cluster that the Application itself lives in.
    pub fn is_here(&self) -> bool {
        match self.server.as_str() {
            "" => matches!(self.name.as_str(), "" | super::IN_CLUSTER),
            server => server.trim_end_matches('/') == Self::HERE,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AppSource {
    pub repository: Text,
    pub path: Text,
    pub chart: Text,
    /// A branch, a tag, a commit, a range of versions; empty stands for `HEAD`.
    pub target: Text,
}

/// The URL without what stands before its host: a token, where somebody wrote one there.
pub fn without_password(url: &str) -> String {
    let parts = url.split_once("://");
    let bare = parts.map(|(scheme, rest)| {
        let end = rest.find('/').unwrap_or(rest.len());
        let host = rest[..end].rfind('@').map_or(0, |at| at + 1);
        format!("{scheme}://{}", &rest[host..])
    });
    bare.unwrap_or_else(|| url.to_owned())
}

/// `spec.syncPolicy.automated`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Automated {
    /// Since Argo CD 3.1. None: on.
    pub enabled: Option<bool>,
    pub prune: bool,
    pub self_heal: bool,
    pub allow_empty: bool,
}

impl Automated {
    pub fn is_on(self) -> bool {
        self.enabled != Some(false)
    }
}

/// What is not compared: an entry of `spec.ignoreDifferences`, or what all Applications leave out. An empty group is the core one; a name or
/// namespace that is empty covers all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ignored {
    pub group: Text,
    pub kind: Text,
    pub name: Text,
    pub namespace: Text,
    /// JSON pointers.
    pub pointers: Vec<Text>,
    pub jq: Vec<Text>,
    /// Field managers whose fields are not compared.
    pub managers: Vec<Text>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SyncState {
    Synced,
    OutOfSync,
    /// It cannot be compared, or was not.
    #[default]
    Unknown,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Health {
    Healthy,
    Progressing,
    Suspended,
    Degraded,
    Missing,
    #[default]
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OperationPhase {
    Running,
    Terminating,
    Failed,
    Error,
    Succeeded,
}

impl OperationPhase {
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Failed | Self::Error | Self::Succeeded)
    }
}

/// `status.operationState`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyncOperation {
    pub phase: OperationPhase,
    pub message: Text,
    pub started: Option<Moment>,
    /// Also set while a failed one waits for its next try.
    pub finished: Option<Moment>,
    /// How often a failed one was tried again.
    pub retries: u32,
    /// What it brought, one a source; empty where it came to nothing.
    pub revisions: Revisions,
    /// Empty for the controller's own.
    pub by: Text,
    pub automated: bool,
    /// How often in a row the controller healed that revision.
    pub self_heals: u32,
    /// What it would have done, where it was a dry run.
    pub rehearsal: Option<Box<Rehearsal>>,
}

/// What a dry run of a sync came to, in objects; hooks are none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rehearsal {
    pub creates: u32,
    /// Those that differ from git.
    pub changes: u32,
    pub prunes: u32,
    /// Git has them no more, and without pruning they stay.
    pub leaves: u32,
    /// What failed first, `Deployment web: …`; empty where nothing did.
    #[serde(skip)]
    pub failure: Text,
}

/// One object that an Application manages.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AppResource {
    pub group: Text,
    pub kind: Text,
    pub namespace: Text,
    pub name: Text,
    pub sync: SyncState,
    /// It is not in git any more.
    pub prunes: bool,
}

/// An entry of the history of an Application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deployed {
    pub id: i64,
    pub at: Option<Moment>,
    pub revisions: Revisions,
    /// Empty for the controller's own.
    pub by: Text,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppCondition {
    /// `ComparisonError`, `SyncError`, `OrphanedResourceWarning`…
    pub kind: Text,
    pub message: Text,
    pub changed: Option<Moment>,
}

/// An `AppProject`, as far as it decides when a sync may run.
#[derive(Clone, Debug, PartialEq)]
pub struct AppProject {
    pub meta: Meta,
    pub windows: Vec<SyncWindow>,
}

/// `spec.syncWindows[]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SyncWindow {
    pub allows: bool,
    /// Cron, five fields.
    pub schedule: Text,
    /// As Go writes a duration: `1h30m`.
    pub duration: Text,
    /// Empty for UTC.
    pub time_zone: Text,
    /// Patterns, each with `*`.
    pub applications: Vec<Text>,
    pub namespaces: Vec<Text>,
    pub clusters: Vec<Text>,
    /// All three have to match, not one.
    pub all_match: bool,
    /// A sync that a person starts runs all the same.
    pub manual: bool,
}

/// An `ApplicationSet`: makes Applications, and puts back what is changed on them.
#[derive(Clone, Debug, PartialEq)]
pub struct ApplicationSet {
    pub meta: Meta,
    /// `spec.syncPolicy.applicationsSync`; empty: made, kept and deleted.
    pub policy: Text,
    /// `spec.ignoreApplicationDifferences`: what it leaves alone on an Application.
    pub ignored: Vec<Ignored>,
    /// `spec.preservedFields.annotations`.
    pub preserved: Vec<Text>,
    /// What stopped it.
    pub conditions: Vec<Condition>,
}

impl ApplicationSet {
    /// Whether it writes to Applications that are there.
    pub fn updates(&self) -> bool {
        !matches!(self.policy.as_str(), "create-only" | "create-delete")
    }
}

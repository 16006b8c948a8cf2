//! The kinds vigie reads: one table, from which requests, denials and labels derive.

/// A watched kind, or one that is only looked up. `Event` stands for Warning events only. `Project` is Rancher's, read for its
/// display name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Namespace,
    Pod,
    Deployment,
    StatefulSet,
    DaemonSet,
    ReplicaSet,
    ControllerRevision,
    Node,
    Job,
    CronJob,
    HorizontalPodAutoscaler,
    PodDisruptionBudget,
    ResourceQuota,
    Event,
    Project,
    /// Argo CD's three.
    Application,
    ApplicationSet,
    AppProject,
    /// Flux's two.
    Kustomization,
    HelmRelease,
    /// Of Argo Rollouts; in the namespaces of those who deploy.
    Rollout,
    /// Never watched: what an open view compares is read while it is open.
    ConfigMap,
}

const ARGO: &str = "argoproj.io";

impl Kind {
    /// Those that are watched, in the order a load starts them: what the first screen needs comes first.
    pub const ALL: [Kind; 21] = [
        Kind::Namespace,
        Kind::Pod,
        Kind::Deployment,
        Kind::ReplicaSet,
        Kind::StatefulSet,
        Kind::DaemonSet,
        Kind::Node,
        Kind::Job,
        Kind::CronJob,
        Kind::ResourceQuota,
        Kind::HorizontalPodAutoscaler,
        Kind::PodDisruptionBudget,
        Kind::ControllerRevision,
        Kind::Event,
        Kind::Project,
        Kind::Application,
        Kind::ApplicationSet,
        Kind::AppProject,
        Kind::Kustomization,
        Kind::HelmRelease,
        Kind::Rollout,
    ];

    /// API group (empty for core), version, plural, singular kind, and whether objects live in namespaces.
    const fn row(self) -> (&'static str, &'static str, &'static str, &'static str, bool) {
        match self {
            Kind::Namespace => ("", "v1", "namespaces", "Namespace", false),
            Kind::Pod => ("", "v1", "pods", "Pod", true),
            Kind::Deployment => ("apps", "v1", "deployments", "Deployment", true),
            Kind::StatefulSet => ("apps", "v1", "statefulsets", "StatefulSet", true),
            Kind::DaemonSet => ("apps", "v1", "daemonsets", "DaemonSet", true),
            Kind::ReplicaSet => ("apps", "v1", "replicasets", "ReplicaSet", true),
            Kind::ControllerRevision => (
                "apps",
                "v1",
                "controllerrevisions",
                "ControllerRevision",
                true,
            ),
            Kind::Node => ("", "v1", "nodes", "Node", false),
            Kind::Job => ("batch", "v1", "jobs", "Job", true),
            Kind::CronJob => ("batch", "v1", "cronjobs", "CronJob", true),
            Kind::HorizontalPodAutoscaler => (
                "autoscaling",
                "v2",
                "horizontalpodautoscalers",
                "HorizontalPodAutoscaler",
                true,
            ),
            Kind::PodDisruptionBudget => (
                "policy",
                "v1",
                "poddisruptionbudgets",
                "PodDisruptionBudget",
                true,
            ),
            Kind::ResourceQuota => ("", "v1", "resourcequotas", "ResourceQuota", true),
            Kind::Event => ("", "v1", "events", "Event", true),
            Kind::ConfigMap => ("", "v1", "configmaps", "ConfigMap", true),
            Kind::Project => ("management.cattle.io", "v3", "projects", "Project", true),
            Kind::Application => (ARGO, "v1alpha1", "applications", "Application", true),
            Kind::ApplicationSet => (ARGO, "v1alpha1", "applicationsets", "ApplicationSet", true),
            Kind::AppProject => (ARGO, "v1alpha1", "appprojects", "AppProject", true),
            Kind::Kustomization => (
                "kustomize.toolkit.fluxcd.io",
                "v1",
                "kustomizations",
                "Kustomization",
                true,
            ),
            Kind::HelmRelease => (
                "helm.toolkit.fluxcd.io",
                "v2",
                "helmreleases",
                "HelmRelease",
                true,
            ),
            Kind::Rollout => (ARGO, "v1alpha1", "rollouts", "Rollout", true),
        }
    }

    pub const fn group(self) -> &'static str {
        self.row().0
    }

    pub const fn version(self) -> &'static str {
        self.row().1
    }

    /// `deployments`, as in a request path and in a denial.
    pub const fn plural(self) -> &'static str {
        self.row().2
    }

    /// `Deployment`, as in a manifest.
    pub const fn name(self) -> &'static str {
        self.row().3
    }

    /// The watched kind of that name, as in a manifest.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The name of a kind as a person is shown it: an Argo Rollout is no rollout.
    pub fn shown(name: &str) -> &str {
        match name {
            "Rollout" => "Argo Rollout",
            name => name,
        }
    }

    pub const fn namespaced(self) -> bool {
        self.row().4
    }

    /// Whether the API server itself serves it, in protobuf; custom resources come as JSON and may be absent.
    pub const fn built_in(self) -> bool {
        !self.stands_apart() && !matches!(self, Kind::Rollout)
    }

    /// Whether its objects stand in namespaces of their own and speak of all others: they are asked for everywhere, whatever
    /// namespaces are looked at.
    pub const fn stands_apart(self) -> bool {
        matches!(
            self,
            Kind::Project
                | Kind::Application
                | Kind::ApplicationSet
                | Kind::AppProject
                | Kind::Kustomization
                | Kind::HelmRelease
        )
    }

    /// Whether it is a [`super::Workload`]: it makes pods from a template and brings its revisions in.
    pub const fn is_workload(self) -> bool {
        matches!(
            self,
            Kind::Deployment | Kind::StatefulSet | Kind::DaemonSet | Kind::Rollout
        )
    }

    /// `deployments.apps`, as a person writes a resource in an RBAC rule.
    pub fn resource(self) -> String {
        if self.group().is_empty() {
            self.plural().to_owned()
        } else {
            format!("{}.{}", self.plural(), self.group())
        }
    }
}

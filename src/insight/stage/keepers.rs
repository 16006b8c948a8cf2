//! What keeps workloads as git has them: Applications of Argo CD, what Flux keeps.

use smallvec::SmallVec;

use super::{at, condition, meta, owner};
use crate::model::{
    Application, ApplicationSet, Automated, Destination, DriftDetection, Flux, FluxSource,
    FluxTool, Health, HelmRelease, Kind, Meta, Namespace, ObjectKind, OperationPhase, Revisions,
    Status, SyncOperation, SyncState, Text,
};

/// A healthy one of that policy, as Argo CD keeps it, which deploys to its own cluster.
pub(crate) fn application(name: &str, automated: Option<Automated>) -> Application {
    let commit = || Revisions::from_iter(["8c1f2e0".into()]);
    Application {
        meta: meta("argocd", name),
        project: "default".into(),
        destination: Destination {
            server: Destination::HERE.into(),
            ..Destination::default()
        },
        sources: SmallVec::new(),
        automated,
        suspended_by: None,
        respects_ignored: false,
        ignored: Vec::new(),
        sync: SyncState::Synced,
        differs_since: None,
        revisions: commit(),
        health: Health::Healthy,
        health_message: Text::default(),
        health_since: None,
        operation: Some(Box::new(SyncOperation {
            phase: OperationPhase::Succeeded,
            message: Text::default(),
            started: Some(at(0)),
            finished: Some(at(1)),
            retries: 0,
            revisions: commit(),
            by: Text::default(),
            automated: true,
            self_heals: 0,
            rehearsal: None,
        })),
        requested: false,
        rehearses: false,
        resources: Vec::new(),
        resource_count: 0,
        deployed: None,
        images: Vec::new(),
        conditions: Vec::new(),
        reconciled: Some(at(2)),
        controller: "argocd".into(),
    }
}

pub(crate) const SELF_HEAL: Automated = Automated {
    enabled: None,
    prune: true,
    self_heal: true,
    allow_empty: false,
};

pub(crate) const PROJECT: &str = "22e7044f-8414-435d-9c4a-2df42a65034b";
pub(crate) const ENVIRONMENT: &str = "88e7044f-8414-435d-9c4a-2df42a65034b";

/// A namespace whose environment the console knows by those ids.
pub(crate) fn switched_namespace(name: &str) -> Namespace {
    let mut meta = meta("", name);
    meta.labels = [
        ("dso/project.id", PROJECT),
        ("dso/project.slug", "shop"),
        ("dso/environment", "prod"),
        ("dso/environment.id", ENVIRONMENT),
    ]
    .into_iter()
    .collect();
    Namespace {
        meta,
        terminating: false,
    }
}

/// One that an `ApplicationSet` of that name, which is to be added, keeps in such a namespace.
pub(crate) fn generated(
    name: &str,
    namespace: &str,
    automated: Option<Automated>,
) -> (ApplicationSet, Application) {
    let set = ApplicationSet {
        meta: meta("argocd", &format!("{name}-set")),
        policy: Text::default(),
        ignored: Vec::new(),
        preserved: Vec::new(),
        conditions: Vec::new(),
    };
    let mut made = application(name, automated);
    made.meta.owner = Some(owner(Kind::ApplicationSet.name(), &set.meta));
    made.meta.labels = [(Application::TYPE, "app")].into_iter().collect();
    made.destination.namespace = namespace.into();
    (set, made)
}

/// Says that the Application keeps it.
pub(crate) fn track(meta: &mut Meta, kind: &ObjectKind, application: &str) {
    let (group, kind) = (kind.group(), kind.name());
    let id = format!(
        "{application}:{group}/{kind}:{}/{}",
        meta.namespace, meta.name
    );
    meta.annotations = [("argocd.argoproj.io/tracking-id", id)]
        .into_iter()
        .collect();
}

/// A healthy one that is reconciled every ten minutes.
fn flux(name: &str, tool: FluxTool) -> Flux {
    Flux {
        meta: meta("flux-system", name),
        suspended: false,
        suspended_by: None,
        interval: 600,
        retry: None,
        source: FluxSource::default(),
        conditions: vec![condition("Ready", Status::True, "Succeeded", 0)],
        failed: None,
        applied: "main@sha1:8c1f2e0".into(),
        attempted: "main@sha1:8c1f2e0".into(),
        deployed: None,
        succeeded: None,
        observed: Some(1),
        handled: Text::default(),
        reconciled: None,
        ignored: Vec::new(),
        elsewhere: false,
        target: Text::default(),
        after: Vec::new(),
        tool,
    }
}

pub(crate) fn kustomization(name: &str) -> Flux {
    let tool = FluxTool::Kustomization {
        path: "./apps".into(),
        prune: true,
        wait: false,
        force: false,
    };
    flux(name, tool)
}

pub(crate) fn helm_release(name: &str, drift: DriftDetection) -> Flux {
    let release = HelmRelease {
        drift,
        ..HelmRelease::default()
    };
    flux(name, FluxTool::HelmRelease(Box::new(release)))
}

/// Says that the Kustomization keeps it.
pub(crate) fn keep(meta: &mut Meta, kustomization: &str) {
    let [name, namespace] = Flux::KUSTOMIZATION;
    meta.labels = [(name, kustomization), (namespace, "flux-system")]
        .into_iter()
        .collect();
}

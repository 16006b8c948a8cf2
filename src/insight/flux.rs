//! Which Kustomization or `HelmRelease` of Flux keeps an object, and what becomes of a difference from its source. Rules of
//! the controllers: fluxcd/kustomize-controller v1.9 `internal/controller`, fluxcd/helm-controller v1.6 `internal/reconcile`.

mod reach;
mod rows;
mod standing;
mod trouble;

pub use reach::FluxReach;
pub use rows::{FluxRow, flux_rows};
pub use standing::FluxStanding;
pub(super) use trouble::judge;

use crate::model::{ClusterId, DriftDetection, Flux, Kind, Meta, Moment, ObjectRef, Status, Text};
use crate::store::{Cluster, Store};

/// A Kustomization or a `HelmRelease`, and the cluster it lives in.
#[derive(Clone, Copy, Debug)]
pub struct FluxKept<'a> {
    pub home: ClusterId,
    pub flux: &'a Flux,
}

impl FluxKept<'_> {
    pub fn object(&self) -> ObjectRef {
        let meta = &self.flux.meta;
        ObjectRef {
            cluster: self.home,
            kind: self.flux.kind().into(),
            namespace: meta.namespace.clone(),
            name: meta.name.clone(),
            uid: Some(meta.uid),
        }
    }
}

/// What an object's labels say keeps it. Labels are copied with the object: they tell of it only where the controller that
/// they name has it, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FluxLabel<'a> {
    pub kind: Kind,
    pub namespace: &'a str,
    pub name: &'a str,
}

pub fn flux_label(meta: &Meta) -> Option<FluxLabel<'_>> {
    let kinds = [
        (Kind::Kustomization, Flux::KUSTOMIZATION),
        (Kind::HelmRelease, Flux::HELM_RELEASE),
    ];
    kinds.into_iter().find_map(|(kind, [name, namespace])| {
        Some(FluxLabel {
            kind,
            namespace: meta.labels.get(namespace)?,
            name: meta.labels.get(name)?,
        })
    })
}

/// Who keeps an object that says that Flux does.
#[derive(Clone, Copy, Debug)]
pub enum FluxKeeping<'a> {
    By(FluxKept<'a>),
    /// No watched cluster has it, though all were read.
    Nobody,
    /// Several may.
    Several,
    /// They could not be looked at everywhere.
    Unseen,
}

/// None where nothing of Flux is said to keep it.
pub fn flux_keeping<'a>(
    store: &'a Store,
    cluster: ClusterId,
    meta: &Meta,
) -> Option<FluxKeeping<'a>> {
    let label = flux_label(meta)?;
    let named = |home: &'a Cluster| {
        let found = home.flux().find(|it| is_named(it, &label))?;
        Some(FluxKept {
            home: home.id(),
            flux: found,
        })
    };
    let here = store.cluster(cluster).and_then(named);
    if let Some(kept) = here.filter(|it| !it.flux.elsewhere) {
        return Some(FluxKeeping::By(kept));
    }
    // One with a kubeconfig of its own deploys to another cluster than it lives in.
    let far = store.clusters().filter_map(named);
    let mut far: Vec<_> = far.filter(|it| it.flux.elsewhere).collect();
    far.sort_by_key(|it| it.flux.meta.uid);
    far.dedup_by_key(|it| it.flux.meta.uid);
    Some(match far.as_slice() {
        [one] => FluxKeeping::By(*one),
        [] if store.clusters().all(|it| is_seen(it, label.kind)) => FluxKeeping::Nobody,
        [] => FluxKeeping::Unseen,
        _ => FluxKeeping::Several,
    })
}

fn is_named(flux: &Flux, label: &FluxLabel<'_>) -> bool {
    flux.kind() == label.kind
        && flux.meta.name == label.name
        && flux.meta.namespace == label.namespace
}

/// Whether the cluster was read for the kind, or has none.
fn is_seen(cluster: &Cluster, kind: Kind) -> bool {
    let served = cluster.kind(kind.group(), kind.plural());
    cluster.complete(kind) || served.is_none() && !cluster.served().is_empty()
}

/// What Flux does about a difference between the source and the cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FluxConduct {
    /// It writes nothing until somebody resumes it.
    Suspended,
    /// What was begun before it was suspended is still under way, and writes.
    Finishing,
    /// It writes what the source says: about then, or at any moment where that is not told, and every so many seconds.
    Reconciles { next: Option<Moment>, every: u32 },
    /// A release is compared with nothing: its next upgrade writes what the chart says.
    Upgrades,
    /// It does not come as far as writing, and tries again.
    Fails { reason: Text, message: Text },
    /// It does not try again until it, or its source, is another.
    Stalled { message: Text },
    /// It is being deleted.
    Leaving,
    /// No controller looks at it.
    Unattended,
}

/// Reasons of `Ready: False` where everything was written before: of a Kustomization.
const WRITTEN: [&str; 3] = ["HealthCheckFailed", "HealthCheckCanceled", "PruneFailed"];
/// The same of a `HelmRelease`, which upgrades again.
const RELEASED: [&str; 7] = [
    "InstallFailed",
    "UpgradeFailed",
    "TestFailed",
    "RollbackFailed",
    "RollbackSucceeded",
    "UninstallFailed",
    "UninstallSucceeded",
];

pub fn flux_conduct(flux: &Flux, now: Moment) -> FluxConduct {
    if flux.meta.deleting.is_some() {
        return FluxConduct::Leaving;
    }
    if flux.suspended {
        return if is_writing(flux) {
            FluxConduct::Finishing
        } else {
            FluxConduct::Suspended
        };
    }
    if flux.observed.is_none() && flux.conditions.is_empty() {
        return FluxConduct::Unattended;
    }
    if flux.is("Stalled") {
        let stalled = flux.condition("Stalled");
        let message = stalled.map(|it| it.message.clone()).unwrap_or_default();
        return FluxConduct::Stalled { message };
    }
    let release = flux.release();
    let written: &[&str] = if release.is_some() {
        &RELEASED
    } else {
        &WRITTEN
    };
    let ready = flux.condition("Ready");
    let failed = ready.filter(|it| it.status == Status::False);
    if let Some(failed) = failed.filter(|it| !written.contains(&it.reason.as_str())) {
        return FluxConduct::Fails {
            reason: failed.reason.clone(),
            message: failed.message.clone(),
        };
    }
    let heals = release.is_none_or(|it| it.drift == DriftDetection::Enabled);
    let writes = is_writing(flux);
    if !heals && failed.is_none() && !writes {
        return FluxConduct::Upgrades;
    }
    let every = match (failed, flux.retry) {
        (Some(_), Some(retry)) => retry,
        _ => flux.interval,
    };
    // Each reconciliation of a Kustomization takes `Ready` away and gives it back; that of a release leaves no trace.
    let last = flux.reconciled.max(ready.and_then(|it| it.changed));
    let last = last.filter(|_| release.is_none());
    let next = last.map(|it| it.plus(i64::from(every)));
    FluxConduct::Reconciles {
        next: next.filter(|it| *it > now && !writes),
        every,
    }
}

/// Whether a reconciliation is under way that may still write: the longest part of one, the wait for what was applied to
/// become ready, comes after that.
pub fn is_writing(flux: &Flux) -> bool {
    let running = flux.condition("Reconciling");
    let running = running.filter(|it| it.status == Status::True && it.reason == "Progressing");
    running.is_some_and(|it| !it.message.starts_with("Running health checks"))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::insight::stage::{
        HOME, Stage, at, condition, helm_release, keep, kustomization, meta,
    };
    use crate::model::{Condition, Object};

    fn ready(status: Status, reason: &str) -> Condition {
        condition("Ready", status, reason, 100)
    }

    fn with(mut flux: Flux, conditions: Vec<Condition>) -> Flux {
        flux.conditions = conditions;
        flux
    }

    #[test]
    fn a_kustomization_writes_after_its_interval() {
        let flux = with(
            kustomization("beta"),
            vec![ready(Status::True, "ReconciliationSucceeded")],
        );
        let said = |now| flux_conduct(&flux, at(now));
        let next = Some(at(700));
        assert_eq!(said(200), FluxConduct::Reconciles { next, every: 600 });
        let due = FluxConduct::Reconciles {
            next: None,
            every: 600,
        };
        assert_eq!(said(800), due);
    }

    #[rstest]
    #[case::health("HealthCheckFailed", true)]
    #[case::prune("PruneFailed", true)]
    #[case::build("BuildFailed", false)]
    #[case::artifact("ArtifactFailed", false)]
    #[case::apply("ReconciliationFailed", false)]
    #[case::dependency("DependencyNotReady", false)]
    fn one_that_fails_after_it_has_written_goes_on_writing(
        #[case] reason: &str,
        #[case] writes: bool,
    ) {
        let mut flux = with(kustomization("beta"), vec![ready(Status::False, reason)]);
        flux.retry = Some(60);
        let said = flux_conduct(&flux, at(110));
        let next = Some(at(160));
        let again = FluxConduct::Reconciles { next, every: 60 };
        assert_eq!(said == again, writes, "{said:?}");
        assert_eq!(matches!(said, FluxConduct::Fails { .. }), !writes);
    }

    #[rstest]
    #[case::enabled(DriftDetection::Enabled, "UpgradeSucceeded", true)]
    #[case::warn(DriftDetection::Warn, "UpgradeSucceeded", false)]
    #[case::disabled(DriftDetection::Disabled, "UpgradeSucceeded", false)]
    #[case::failed(DriftDetection::Disabled, "UpgradeFailed", true)]
    fn a_release_is_corrected_only_where_it_detects_drift_or_upgrades_again(
        #[case] mode: DriftDetection,
        #[case] reason: &str,
        #[case] writes: bool,
    ) {
        let status = if reason.ends_with("Failed") {
            Status::False
        } else {
            Status::True
        };
        let flux = with(helm_release("web", mode), vec![ready(status, reason)]);
        let said = flux_conduct(&flux, at(110));
        assert_eq!(matches!(said, FluxConduct::Reconciles { .. }), writes);
        assert_eq!(said == FluxConduct::Upgrades, !writes);
    }

    #[test]
    fn one_that_is_writing_may_write_at_any_moment_whatever_it_does_else() {
        let running = || {
            let unknown = ready(Status::Unknown, "Progressing");
            let running = condition("Reconciling", Status::True, "Progressing", 100);
            vec![unknown, running]
        };
        let both = [
            kustomization("beta"),
            helm_release("web", DriftDetection::Disabled),
        ];
        for flux in both {
            let due = FluxConduct::Reconciles {
                next: None,
                every: 600,
            };
            assert_eq!(flux_conduct(&with(flux, running()), at(101)), due);
        }
    }

    #[test]
    fn a_suspended_one_ends_what_it_has_begun() {
        let mut flux = kustomization("beta");
        flux.suspended = true;
        assert_eq!(flux_conduct(&flux, at(0)), FluxConduct::Suspended);
        let running = |reason, message: &str| Condition {
            message: message.into(),
            ..condition("Reconciling", Status::True, reason, 0)
        };
        let detecting = running(
            "Progressing",
            "Detecting drift for revision main@sha1:8c1f2e0",
        );
        flux.conditions = vec![detecting];
        assert_eq!(flux_conduct(&flux, at(0)), FluxConduct::Finishing);
        // Written already, or between two tries.
        let waits = running("Progressing", "Running health checks for revision main");
        let again = running("ProgressingWithRetry", "Detecting drift");
        for resting in [waits, again] {
            flux.conditions = vec![resting];
            assert_eq!(flux_conduct(&flux, at(0)), FluxConduct::Suspended);
        }
    }

    #[test]
    fn one_that_stalled_or_leaves_or_was_never_looked_at_says_so() {
        let mut flux = with(
            kustomization("beta"),
            vec![condition("Stalled", Status::True, "AccessDenied", 0)],
        );
        assert!(matches!(
            flux_conduct(&flux, at(0)),
            FluxConduct::Stalled { .. }
        ));
        flux.conditions.clear();
        flux.observed = None;
        assert_eq!(flux_conduct(&flux, at(0)), FluxConduct::Unattended);
        flux.meta.deleting = Some(at(0));
        assert_eq!(flux_conduct(&flux, at(0)), FluxConduct::Leaving);
    }

    fn labelled(name: &str) -> Meta {
        let mut meta = meta("shop", "cart");
        keep(&mut meta, name);
        meta
    }

    #[test]
    fn an_object_is_kept_by_what_its_labels_name_in_its_own_cluster() {
        let mut stage = Stage::new();
        let mut far = kustomization("far");
        far.elsewhere = true;
        for flux in [kustomization("beta"), far] {
            stage.add(Object::Flux(Box::new(flux)));
        }
        let of = |meta: &Meta| flux_keeping(&stage.store, HOME, meta);
        assert!(
            matches!(of(&labelled("beta")), Some(FluxKeeping::By(it)) if it.flux.meta.name == "beta")
        );
        assert!(matches!(of(&labelled("far")), Some(FluxKeeping::By(it)) if it.flux.elsewhere));
        assert!(matches!(of(&labelled("none")), Some(FluxKeeping::Nobody)));
        assert!(of(&meta("shop", "cart")).is_none());
    }
}

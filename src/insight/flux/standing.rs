//! How a Kustomization or a `HelmRelease` stands, and since when.

use crate::model::{Flux, Moment, Status};

/// The worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FluxStanding {
    /// It failed and is not tried again until it, or its source, is another.
    Stalled,
    Failed,
    /// For another to be ready.
    Waits,
    /// On its way to what is new.
    Moving,
    Suspended,
    /// No controller has looked at it.
    Unattended,
    Ready,
}

pub(super) fn flux_standing(flux: &Flux) -> FluxStanding {
    if flux.meta.deleting.is_some() {
        return FluxStanding::Moving;
    }
    if flux.suspended {
        return FluxStanding::Suspended;
    }
    if flux.observed.is_none() && flux.conditions.is_empty() {
        return FluxStanding::Unattended;
    }
    if flux.is("Stalled") {
        return FluxStanding::Stalled;
    }
    match &flux.failed {
        Some(it) if it.reason == "DependencyNotReady" => FluxStanding::Waits,
        Some(_) => FluxStanding::Failed,
        None if flux.is("Ready") || is_routine(flux) => FluxStanding::Ready,
        None => FluxStanding::Moving,
    }
}

/// Each reconciliation of a Kustomization takes `Ready` away for a moment, also where there is nothing new.
fn is_routine(flux: &Flux) -> bool {
    let known = !flux.applied.is_empty() && flux.applied == flux.attempted;
    known && flux.release().is_none() && flux.is("Reconciling")
}

/// As far as it tells.
pub(super) fn flux_since(flux: &Flux) -> Option<Moment> {
    let changed = |name: &str| flux.condition(name).and_then(|it| it.changed);
    match flux_standing(flux) {
        FluxStanding::Stalled | FluxStanding::Failed | FluxStanding::Waits => {
            failing_since(flux).or_else(|| changed("Stalled"))
        }
        FluxStanding::Moving => flux.meta.deleting.or_else(|| changed("Reconciling")),
        FluxStanding::Suspended => flux.suspended_by.as_ref().and_then(|it| it.at),
        FluxStanding::Unattended => flux.meta.created,
        FluxStanding::Ready => flux.deployed,
    }
}

/// By then at the latest. `Ready` itself was false before, for it is taken away and comes back with each try: what never was
/// applied failed from the start, what went well before was due an interval later, and the outcome of a release stays told.
fn failing_since(flux: &Flux) -> Option<Moment> {
    let failed = flux.failed.as_ref()?;
    let never = flux.applied.is_empty() && flux.release().is_none_or(|it| it.history.is_empty());
    let due = flux.succeeded.map(|it| it.plus(i64::from(flux.interval)));
    let released = flux.condition("Released");
    let released = released.filter(|it| it.status == Status::False);
    let told = [
        failed.changed,
        flux.meta.created.filter(|_| never),
        due,
        released.and_then(|it| it.changed),
    ];
    told.into_iter().flatten().min()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::insight::stage::{at, condition, helm_release, kustomization};
    use crate::model::DriftDetection;

    fn failed(reason: &str, second: i64) -> Flux {
        let mut flux = kustomization("beta");
        let ready = condition("Ready", Status::False, reason, second);
        flux.failed = Some(Box::new(ready.clone()));
        flux.conditions = vec![ready];
        flux.meta.created = Some(at(-9_000));
        flux
    }

    #[rstest]
    #[case::failed("BuildFailed", FluxStanding::Failed)]
    #[case::dependency("DependencyNotReady", FluxStanding::Waits)]
    fn what_is_not_ready_failed_or_waits(#[case] reason: &str, #[case] standing: FluxStanding) {
        assert_eq!(flux_standing(&failed(reason, 100)), standing);
    }

    #[test]
    fn a_try_in_between_does_not_begin_it_anew() {
        let before = failed("BuildFailed", 100);
        let mut now = kustomization("beta");
        now.conditions = vec![condition("Ready", Status::Unknown, "Progressing", 160)];
        now.recall(&before);
        assert_eq!(flux_standing(&now), FluxStanding::Failed);
        let mut again = failed("BuildFailed", 161);
        again.recall(&now);
        assert_eq!(flux_since(&again), Some(at(100)));
        let mut well = kustomization("beta");
        well.recall(&again);
        assert_eq!(flux_standing(&well), FluxStanding::Ready);
        assert_eq!(well.failed, None);
    }

    #[test]
    fn it_fails_since_it_should_have_gone_well_again() {
        let mut flux = failed("BuildFailed", 5_000);
        flux.succeeded = Some(at(1_000));
        assert_eq!(flux_since(&flux), Some(at(1_600)));
        flux.succeeded = None;
        flux.applied = "".into();
        assert_eq!(flux_since(&flux), Some(at(-9_000)), "it never went well");
        let mut release = helm_release("web", DriftDetection::Disabled);
        release.conditions = vec![
            condition("Ready", Status::False, "UpgradeFailed", 5_000),
            condition("Released", Status::False, "UpgradeFailed", 2_000),
        ];
        release.failed = Some(Box::new(release.conditions[0].clone()));
        assert_eq!(flux_since(&release), Some(at(2_000)));
    }

    #[test]
    fn a_reconciliation_that_brings_nothing_new_is_no_news() {
        let mut flux = kustomization("beta");
        flux.conditions = vec![
            condition("Ready", Status::Unknown, "Progressing", 100),
            condition("Reconciling", Status::True, "Progressing", 100),
        ];
        assert_eq!(flux_standing(&flux), FluxStanding::Ready);
        flux.attempted = "main@sha1:51d0c3a".into();
        assert_eq!(flux_standing(&flux), FluxStanding::Moving);
        flux.suspended = true;
        assert_eq!(flux_standing(&flux), FluxStanding::Suspended);
    }
}

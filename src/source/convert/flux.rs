use std::time::Duration;

use crate::model::{
    Condition, DriftDetection, Flux, FluxIgnored, FluxSource, FluxTool, HelmEntry, HelmRelease,
    Meta, Object, Status, Text, go_duration,
};

use super::{condition, moment};
use crate::source::text::{MESSAGE, NAME, clean};
use crate::source::wire::messages::ObjectMeta;
use crate::source::wire::messages::flux as wire;

#[expect(
    clippy::needless_pass_by_value,
    reason = "the shape all conversions share"
)]
pub(super) fn kustomization(wire: wire::Kustomization, meta: Meta, _: &ObjectMeta) -> Object {
    let applied = &wire.spec.applied;
    let tool = FluxTool::Kustomization {
        path: clean(&applied.path, MESSAGE),
        prune: applied.prune,
        wait: applied.wait,
        force: applied.force,
    };
    let source = source(&applied.source_ref);
    let ignored = ignored(&applied.ignore);
    flux(meta, &wire.spec, &wire.status, source, ignored, tool)
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the shape all conversions share"
)]
pub(super) fn helm_release(wire: wire::HelmRelease, meta: Meta, _: &ObjectMeta) -> Object {
    let (spec, status) = (&wire.spec, &wire.status);
    let released = &spec.released;
    let chart = released.chart.as_ref().map(|it| &it.spec);
    let named = chart.map(|it| &it.source_ref);
    let named = named.or(released.chart_ref.as_ref());
    let entry = |it: &wire::Entry| HelmEntry {
        release: name(&it.name),
        number: it.version,
        status: name(&it.status),
        chart_version: name(&it.chart_version),
        deployed: moment(it.last_deployed),
    };
    let history = status.history.iter().take(Flux::ENTRIES);
    let tool = FluxTool::HelmRelease(Box::new(HelmRelease {
        chart: chart.map(|it| name(&it.chart)).unwrap_or_default(),
        version: chart.map(|it| name(&it.version)).unwrap_or_default(),
        drift: drift(&released.drift_detection.mode),
        failures: count(status.failures),
        upgrade_failures: count(status.upgrade_failures),
        retries: released.upgrade.remediation.retries,
        history: history.map(entry).collect(),
    }));
    let source = named.map(source).unwrap_or_default();
    let ignored = ignored(&released.drift_detection.ignore);
    flux(meta, spec, status, source, ignored, tool)
}

fn flux(
    meta: Meta,
    spec: &wire::Spec,
    status: &wire::Status,
    source: FluxSource,
    ignored: Vec<FluxIgnored>,
    tool: FluxTool,
) -> Object {
    let newest = status.history.first();
    let succeeded = |it: &&wire::Entry| it.last_reconciled_status == "ReconciliationSucceeded";
    let succeeded = status.history.iter().find(succeeded);
    let deployed = status.history.iter().find(|it| it.status == "deployed");
    let conditions = conditions(&status.conditions);
    let failed = |it: &&Condition| it.name == "Ready" && it.status == Status::False;
    let failed = conditions.iter().find(failed).cloned().map(Box::new);
    let release = matches!(tool, FluxTool::HelmRelease(_));
    // A HelmRelease tells only what it attempted.
    let applied = match deployed {
        Some(it) if release => &it.chart_version,
        _ => &status.last_applied_revision,
    };
    let own = meta.namespace.clone();
    let after = spec.depends_on.iter().take(Flux::ENTRIES).map(|it| {
        let namespace = Some(name(&it.namespace)).filter(|it| !it.is_empty());
        (namespace.unwrap_or_else(|| own.clone()), name(&it.name))
    });
    let after = after.collect();
    Object::Flux(Box::new(Flux {
        meta,
        suspended: spec.suspend,
        suspended_by: None,
        interval: seconds(&spec.interval).unwrap_or_default(),
        retry: seconds(&spec.retry_interval),
        source,
        conditions,
        failed,
        applied: name(applied),
        attempted: name(&status.last_attempted_revision),
        deployed: match deployed {
            Some(it) if release => moment(it.last_deployed),
            _ => succeeded.and_then(|it| moment(it.first_reconciled)),
        },
        succeeded: succeeded.and_then(|it| moment(it.last_reconciled)),
        observed: status.observed_generation.filter(|it| *it > 0),
        handled: name(&status.last_handled_reconcile_at),
        reconciled: newest.and_then(|it| moment(it.last_reconciled)),
        ignored,
        elsewhere: spec.kube_config.is_some(),
        target: name(&spec.target_namespace),
        after,
        tool,
    }))
}

fn name(text: &str) -> Text {
    clean(text, NAME)
}

fn count(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(0)
}

/// Whole ones, the part of one counted as one.
fn seconds(text: &str) -> Option<u32> {
    let whole = |it: Duration| it.as_secs() + u64::from(it.subsec_nanos() > 0);
    u32::try_from(whole(go_duration(text)?)).ok()
}

fn drift(word: &str) -> DriftDetection {
    match word {
        "enabled" => DriftDetection::Enabled,
        "warn" => DriftDetection::Warn,
        _ => DriftDetection::Disabled,
    }
}

fn source(wire: &wire::Reference) -> FluxSource {
    FluxSource {
        kind: name(&wire.kind),
        namespace: name(&wire.namespace),
        name: name(&wire.name),
    }
}

fn ignored(wire: &[wire::Ignored]) -> Vec<FluxIgnored> {
    let one = |it: &wire::Ignored| {
        let (paths, target) = (it.paths.iter().take(Flux::ENTRIES), &it.target);
        FluxIgnored {
            paths: paths.map(|it| name(it)).collect(),
            group: name(&target.group),
            version: name(&target.version),
            kind: name(&target.kind),
            name: name(&target.name),
            namespace: name(&target.namespace),
            selected: !target.labels.is_empty() || !target.annotations.is_empty(),
        }
    };
    wire.iter().take(Flux::ENTRIES).map(one).collect()
}

fn conditions(wire: &[wire::Condition]) -> Vec<Condition> {
    let one = |it: &wire::Condition| {
        condition(
            &it.kind,
            &it.status,
            &it.reason,
            &it.message,
            it.last_transition_time,
        )
    };
    wire.iter().take(Flux::ENTRIES).map(one).collect()
}

#[cfg(test)]
mod tests;

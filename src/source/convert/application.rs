mod rehearsal;

use smallvec::SmallVec;

use crate::model::{
    AppCondition, AppProject, AppResource, AppSource, Application, ApplicationSet, Automated,
    Deployed, Destination, Health, Ignored, Meta, Object, OperationPhase, Revisions, SyncOperation,
    SyncState, SyncWindow, Text, without_password,
};

use super::{condition, moment};
use crate::source::text::{MESSAGE, NAME, clean};
use crate::source::wire::messages::ObjectMeta;
use crate::source::wire::messages::argo as wire;

/// What runs, and what deploys on.
const RUNNING: [&str; 6] = [
    "Application",
    "CronJob",
    "DaemonSet",
    "Deployment",
    "Rollout",
    "StatefulSet",
];
/// Bounds of lists that anybody may write.
const IMAGES: usize = 32;
const ENTRIES: usize = 32;

pub(super) fn application(wire: wire::Application, meta: Meta, _: &ObjectMeta) -> Object {
    let (spec, status) = (wire.spec, wire.status);
    let options = &spec.sync_policy.sync_options;
    let sources = spec.source.into_iter().chain(spec.sources).take(ENTRIES);
    let resource_count = u32::try_from(status.resources.len()).unwrap_or(u32::MAX);
    let conditions = status.conditions.iter().take(ENTRIES);
    Object::Application(Box::new(Application {
        meta,
        project: name(&spec.project),
        destination: Destination {
            server: clean(&spec.destination.server, MESSAGE),
            name: name(&spec.destination.name),
            namespace: name(&spec.destination.namespace),
        },
        sources: sources.map(|it| source(&it)).collect(),
        automated: spec.sync_policy.automated.map(|it| Automated {
            enabled: it.enabled,
            prune: it.prune,
            self_heal: it.self_heal,
            allow_empty: it.allow_empty,
        }),
        suspended_by: None,
        respects_ignored: options
            .iter()
            .any(|it| it == "RespectIgnoreDifferences=true"),
        ignored: ignored(&spec.ignore_differences),
        sync: sync(&status.sync.status),
        differs_since: None,
        revisions: revisions(&status.sync.revision, &status.sync.revisions),
        health: health(&status.health.status),
        health_message: clean(&status.health.message, MESSAGE),
        health_since: moment(status.health.last_transition_time),
        operation: status
            .operation_state
            .as_ref()
            .and_then(|it| operation(it, &status.resources))
            .map(Box::new),
        requested: wire.operation.is_some(),
        rehearses: wire.operation.as_ref().is_some_and(is_dry),
        resources: resources(&status.resources),
        resource_count,
        deployed: status.history.last().map(deployed),
        images: names(&status.summary.images, IMAGES),
        conditions: conditions
            .map(|it| AppCondition {
                kind: name(&it.kind),
                message: clean(&it.message, MESSAGE),
                changed: moment(it.last_transition_time),
            })
            .collect(),
        reconciled: moment(status.reconciled_at),
        controller: name(&status.controller_namespace),
    }))
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the shape all conversions share"
)]
pub(super) fn app_project(wire: wire::AppProject, meta: Meta, _: &ObjectMeta) -> Object {
    let windows = wire.spec.sync_windows.iter().take(ENTRIES);
    let window = |it: &wire::SyncWindow| SyncWindow {
        allows: it.kind == "allow",
        schedule: name(&it.schedule),
        duration: name(&it.duration),
        time_zone: name(&it.time_zone),
        applications: names(&it.applications, ENTRIES),
        namespaces: names(&it.namespaces, ENTRIES),
        clusters: names(&it.clusters, ENTRIES),
        all_match: it.and_operator,
        manual: it.manual_sync,
    };
    Object::AppProject(AppProject {
        meta,
        windows: windows.map(window).collect(),
    })
}

pub(super) fn application_set(wire: wire::ApplicationSet, meta: Meta, _: &ObjectMeta) -> Object {
    let spec = wire.spec;
    let conditions = wire.status.conditions.iter().take(ENTRIES);
    Object::ApplicationSet(ApplicationSet {
        meta,
        policy: name(&spec.sync_policy.applications_sync),
        ignored: ignored(&spec.ignore_application_differences),
        preserved: names(&spec.preserved_fields.annotations, ENTRIES),
        conditions: conditions
            .map(|it| {
                condition(
                    &it.kind,
                    &it.status,
                    &it.reason,
                    &it.message,
                    it.last_transition_time,
                )
            })
            .collect(),
    })
}

fn name(text: &str) -> Text {
    clean(text, NAME)
}

fn names(texts: &[String], most: usize) -> Vec<Text> {
    texts.iter().take(most).map(|it| name(it)).collect()
}

/// The plural stands where there are several sources.
fn revisions(one: &str, several: &[String]) -> Revisions {
    if several.is_empty() {
        let one = Some(one).filter(|it| !it.is_empty());
        return one.map(name).into_iter().collect();
    }
    several.iter().take(ENTRIES).map(|it| name(it)).collect()
}

fn source(wire: &wire::Source) -> AppSource {
    AppSource {
        repository: clean(&without_password(&wire.repo_url), MESSAGE),
        path: name(&wire.path),
        chart: name(&wire.chart),
        target: name(&wire.target_revision),
    }
}

fn ignored(wire: &[wire::Ignored]) -> Vec<Ignored> {
    let one = |it: &wire::Ignored| Ignored {
        group: name(&it.group),
        kind: name(&it.kind),
        name: name(&it.name),
        namespace: name(&it.namespace),
        pointers: names(&it.json_pointers, ENTRIES),
        jq: names(&it.jq_path_expressions, ENTRIES),
        managers: names(&it.managed_fields_managers, ENTRIES),
    };
    wire.iter().take(ENTRIES).map(one).collect()
}

fn sync(word: &str) -> SyncState {
    match word {
        "Synced" => SyncState::Synced,
        "OutOfSync" => SyncState::OutOfSync,
        _ => SyncState::Unknown,
    }
}

fn health(word: &str) -> Health {
    match word {
        "Healthy" => Health::Healthy,
        "Progressing" => Health::Progressing,
        "Suspended" => Health::Suspended,
        "Degraded" => Health::Degraded,
        "Missing" => Health::Missing,
        _ => Health::Unknown,
    }
}

/// None where nothing was ever begun.
fn operation(wire: &wire::OperationState, resources: &[wire::Resource]) -> Option<SyncOperation> {
    let phase = match wire.phase.as_str() {
        "Running" => OperationPhase::Running,
        "Terminating" => OperationPhase::Terminating,
        "Failed" => OperationPhase::Failed,
        "Error" => OperationPhase::Error,
        "Succeeded" => OperationPhase::Succeeded,
        _ => return None,
    };
    let result = wire.sync_result.as_ref();
    let heals = wire.operation.sync.as_ref().map_or(0, |it| it.self_heals);
    Some(SyncOperation {
        phase,
        message: clean(&wire.message, MESSAGE),
        started: moment(wire.started_at),
        finished: moment(wire.finished_at),
        retries: u32::try_from(wire.retry_count).unwrap_or(0),
        revisions: result.map_or_else(SmallVec::new, |it| revisions(&it.revision, &it.revisions)),
        by: name(&wire.operation.initiated_by.username),
        automated: wire.operation.initiated_by.automated,
        self_heals: u32::try_from(heals).unwrap_or(0),
        rehearsal: is_dry(&wire.operation)
            .then(|| Box::new(rehearsal::rehearsal(result, resources))),
    })
}

fn is_dry(operation: &wire::Operation) -> bool {
    operation.sync.as_ref().is_some_and(|it| it.dry_run)
}

/// What differs first: of an Application of thousands the rest is counted only.
fn resources(wire: &[wire::Resource]) -> Vec<AppResource> {
    let differs = |it: &&wire::Resource| it.status != "Synced";
    let runs = |it: &&wire::Resource| RUNNING.contains(&it.kind.as_str());
    let kept = wire.iter().filter(differs);
    let kept = kept.chain(wire.iter().filter(|it| !differs(it) && runs(it)));
    let one = |it: &wire::Resource| AppResource {
        group: name(&it.group),
        kind: name(&it.kind),
        namespace: name(&it.namespace),
        name: name(&it.name),
        sync: sync(&it.status),
        prunes: it.requires_pruning,
    };
    kept.take(Application::RESOURCES).map(one).collect()
}

fn deployed(wire: &wire::Deployed) -> Deployed {
    Deployed {
        id: wire.id,
        at: moment(wire.at),
        revisions: revisions(&wire.revision, &wire.revisions),
        by: name(&wire.initiated_by.username),
    }
}

#[cfg(test)]
mod tests;

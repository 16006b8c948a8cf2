//! What Argo CD does not bring to where git is.

use std::collections::BTreeSet;

use super::{Applications, BLIND, Kept};
use crate::insight::clock::hold;
use crate::insight::finding::{Cause, Trouble};
use crate::insight::scene::{Draft, Scene};
use crate::model::{Application, Kind, Moment, OperationPhase, Subject, SyncState, Text};
use crate::store::Store;

pub(in crate::insight) fn judge(scene: &mut Scene<'_>, store: &Store) {
    let applications = Applications::of(store);
    let home = scene.cluster.id();
    for application in scene.cluster.applications() {
        let Some((trouble, since)) = trouble(scene, application) else {
            continue;
        };
        let id = scene.id(Kind::Application, application.meta.uid);
        let subject = Subject {
            kind: id.kind.name().into(),
            name: application.meta.name.clone(),
        };
        let own = application.meta.namespace.clone();
        let draft = Draft {
            since,
            objects: vec![id],
            ..Draft::new(Cause::Object(id), own, subject, trouble)
        };
        let (cluster, namespace) = applications.destination(Kept { home, application });
        let site = (cluster, namespace.clone());
        scene.find_at(draft, &BTreeSet::from([site]));
    }
}

/// A sync that failed and is not under way again, or is tried again and again; a comparison that has not come about for a
/// while.
fn trouble(scene: &mut Scene<'_>, application: &Application) -> Option<(Trouble, Option<Moment>)> {
    let told = |reason: &str, message: &Text| Trouble::NotSynced {
        reason: reason.into(),
        message: message.clone(),
    };
    if application.sync == SyncState::Unknown {
        let mut said = BLIND.into_iter();
        let said = said.find_map(|it| application.condition(it))?;
        let lasts = scene.clock.lasted(said.changed, hold::NOT_RECONCILED);
        return lasts.then(|| (told(&said.kind, &said.message), said.changed));
    }
    let last = application.operation.as_deref()?;
    if last.rehearsal.is_some() || application.sync != SyncState::OutOfSync {
        return None;
    }
    let over = matches!(last.phase, OperationPhase::Failed | OperationPhase::Error);
    if over && !application.requested {
        return Some((told("SyncFailed", &last.message), last.finished));
    }
    let tried = last.phase == OperationPhase::Running && last.retries > 0;
    let fails = tried && scene.clock.lasted(last.started, hold::NOT_RECONCILED);
    fails.then(|| (told("SyncFails", &last.message), last.started))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::stage::{SELF_HEAL, Stage, application, at};
    use crate::insight::{Finding, judge};
    use crate::model::{AppCondition, Object, Rehearsal, SyncOperation};

    fn found(tell: impl FnOnce(&mut Application)) -> Vec<Finding> {
        let mut stage = Stage::new();
        let mut app = application("beta", Some(SELF_HEAL));
        app.destination.namespace = stage.environment("betaapp", "prod");
        app.sync = SyncState::OutOfSync;
        let mut last = app.operation.take().unwrap_or_else(|| {
            Box::new(SyncOperation {
                phase: OperationPhase::Failed,
                message: Text::default(),
                started: Some(at(0)),
                finished: Some(at(0)),
                retries: 0,
                revisions: app.revisions.clone(),
                by: Text::default(),
                automated: true,
                self_heals: 0,
                rehearsal: None,
            })
        });
        last.phase = OperationPhase::Failed;
        last.message = "field is immutable".into();
        app.operation = Some(last);
        tell(&mut app);
        stage.add(Object::Application(Box::new(app)));
        stage.now = at(400);
        judge(&stage.store, &stage.places(), stage.now).findings
    }

    #[test]
    fn a_sync_that_failed_is_found_where_it_deploys_to() {
        let findings = found(|_| ());
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert_eq!(findings[0].trouble.reason(), "SyncFailed");
        assert_eq!(findings[0].tenants, ["betaapp"]);
        let dry = |app: &mut Application| {
            let last = app.operation.as_mut().unwrap();
            last.rehearsal = Some(Box::new(Rehearsal::default()));
        };
        assert!(found(dry).is_empty());
        assert!(found(|app| app.requested = true).is_empty());
        let again = |app: &mut Application| {
            app.requested = true;
            let last = app.operation.as_mut().unwrap();
            (last.phase, last.retries) = (OperationPhase::Running, 3);
        };
        assert_eq!(found(again)[0].trouble.reason(), "SyncFails");
        assert!(found(|app| app.sync = SyncState::Synced).is_empty());
    }

    #[test]
    fn what_cannot_be_compared_has_its_time() {
        let blind = |since| {
            move |app: &mut Application| {
                app.sync = SyncState::Unknown;
                app.conditions = vec![AppCondition {
                    kind: "ComparisonError".into(),
                    message: "repository not found".into(),
                    changed: Some(at(since)),
                }];
            }
        };
        assert_eq!(found(blind(0))[0].trouble.reason(), "ComparisonError");
        assert!(found(blind(390)).is_empty());
    }
}

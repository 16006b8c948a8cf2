//! The Application of Argo CD that keeps an object, or what of Flux does, in words.

use super::{Facts, flux};
use crate::insight::{Applications, AutoSync, Conduct, Keeping, Kept, Maker, auto_sync};
use crate::model::{
    Application, ClusterId, Condition, ObjectRef, OperationPhase, Status, SyncState, Uid,
};
use crate::store::Seen;

/// What keeps a workload: an Application, a Kustomization, a `HelmRelease`.
pub(super) fn keeper(facts: &Facts<'_>, object: &ObjectRef) -> Option<ObjectRef> {
    let applications = Applications::of(facts.store);
    match find(facts, &applications, object.cluster, object.uid?) {
        Some(kept) => Some(kept.object()),
        None => flux::keeper(facts, object),
    }
}

fn keeping<'a>(
    facts: &Facts<'a>,
    applications: &Applications<'a>,
    cluster: ClusterId,
    uid: Uid,
) -> Option<Keeping<'a>> {
    let workload = facts.store.cluster(cluster)?.workload(uid)?;
    let kind = crate::model::Kind::from(workload.kind);
    applications.keeping(cluster, kind.group(), kind.name(), &workload.meta)
}

/// Applications may not be read where the one is that keeps it, or may.
fn is_unread<'a>(
    facts: &Facts<'a>,
    applications: &Applications<'a>,
    cluster: ClusterId,
    uid: Uid,
) -> bool {
    let keeping = keeping(facts, applications, cluster, uid);
    matches!(keeping, Some(Keeping::Unseen | Keeping::Labelled))
}

fn find<'a>(
    facts: &Facts<'a>,
    applications: &Applications<'a>,
    cluster: ClusterId,
    uid: Uid,
) -> Option<Kept<'a>> {
    match keeping(facts, applications, cluster, uid)? {
        Keeping::By(kept) => Some(kept),
        Keeping::Nobody
        | Keeping::Several
        | Keeping::Untold
        | Keeping::Unseen
        | Keeping::Labelled => None,
    }
}

/// How it stands, what it does by itself, what keeps it: a line each. Nothing where no Application is known to keep the
/// workload.
pub(super) fn lines(facts: &Facts<'_>, cluster: ClusterId, uid: Uid) -> Vec<String> {
    let applications = Applications::of(facts.store);
    let Some(kept) = find(facts, &applications, cluster, uid) else {
        let unread = is_unread(facts, &applications, cluster, uid);
        let unread = unread.then(|| facts.say("app-unread"));
        return unread
            .into_iter()
            .chain(flux::lines(facts, cluster, uid))
            .collect();
    };
    lines_of(facts, &applications, kept)
}

/// The same of an Application itself.
pub(super) fn lines_of<'a>(
    facts: &Facts<'_>,
    applications: &Applications<'a>,
    kept: Kept<'a>,
) -> Vec<String> {
    let mut lines = vec![standing(facts, kept.application)];
    let conduct = applications.conduct(kept, facts.now);
    lines.extend(does(facts, &conduct));
    let above: Vec<_> = applications
        .above(kept)
        .iter()
        .map(|it| it.application.meta.name.to_string())
        .collect();
    if !above.is_empty() {
        let names = [("names", above.join(" \u{203a} ").into())];
        lines.push(facts.catalogue.say_with("app-above", &names));
    }
    if let Some(maker) = applications.maker(kept) {
        lines.extend(made(facts, &maker));
    }
    lines
}

/// What makes it, whether that puts back what is changed on it, and what stops it.
fn made(facts: &Facts<'_>, maker: &Maker<'_>) -> Vec<String> {
    let id = match maker.set {
        None if maker.seen == Seen::Never => "app-maker-unread",
        Some(set) if !set.updates() => "app-maker-once",
        _ => "app-maker",
    };
    let name = [("name", maker.name.as_str().into())];
    let failed = |it: &&Condition| it.name == "ErrorOccurred" && it.status == Status::True;
    let conditions = maker.set.map_or(&[][..], |it| &it.conditions);
    let failed = conditions.iter().find(failed);
    let words = failed.map(|it| facts.catalogue.quote(&it.message));
    let mut lines = vec![facts.catalogue.say_with(id, &name)];
    lines.extend(words);
    lines
}

/// `OutOfSync, Degraded · auto-sync, self-heal · 2 of 7 differ`. States are in Argo CD's own words.
pub(super) fn standing(facts: &Facts<'_>, application: &Application) -> String {
    let states = format!("{:?}, {:?}", application.sync, application.health);
    let policy = facts.say(match auto_sync(application) {
        AutoSync::Manual => "app-manual",
        AutoSync::Suspended => "app-suspended",
        AutoSync::Commits => "app-commits",
        AutoSync::SelfHeal => "app-self-heal",
    });
    let differ = application.resources.iter();
    let differ = differ.filter(|it| it.sync == SyncState::OutOfSync).count();
    let counts = [
        ("count", differ.into()),
        ("total", application.resource_count.into()),
    ];
    let drift = (differ > 0).then(|| facts.catalogue.say_with("app-differ", &counts));
    let running = application.operation.as_ref().filter(|it| {
        application.requested
            || matches!(
                it.phase,
                OperationPhase::Running | OperationPhase::Terminating
            )
    });
    let running = running.map(|it| {
        let phase = [("phase", format!("{:?}", it.phase).into())];
        facts.catalogue.say_with("app-operation", &phase)
    });
    let parts = [Some(states), Some(policy), drift, running];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    parts.join(" \u{b7} ")
}

/// What keeps it from healing, in Argo CD's own words where it says some.
fn does(facts: &Facts<'_>, conduct: &Conduct) -> Option<String> {
    let id = match conduct {
        Conduct::Heals { .. } | Conduct::Waits(_) | Conduct::Syncs { .. } => return None,
        Conduct::Skips => "app-skips",
        Conduct::Failed { message, .. } | Conduct::Blind { message } if !message.is_empty() => {
            return Some(facts.catalogue.quote(message));
        }
        Conduct::Closed { until: Some(at) } | Conduct::Barred { until: Some(at) } => {
            let at = facts.zone.near(*at, facts.now, facts.catalogue);
            let barred = matches!(conduct, Conduct::Barred { .. });
            let id = if barred {
                "app-barred-until"
            } else {
                "app-closed-until"
            };
            return Some(facts.catalogue.say_with(id, &[("until", at.into())]));
        }
        Conduct::Failed { dry: true, .. } => "app-failed-dry",
        Conduct::Failed { .. } => "app-failed",
        Conduct::Blind { .. } => "app-blind",
        Conduct::Closed { .. } => "app-closed",
        Conduct::Barred { .. } => "app-barred",
        Conduct::BrokenWindow => "app-broken-window",
        Conduct::Leaving => "app-leaving",
        Conduct::Unattended => "app-unattended",
    };
    Some(facts.say(id))
}

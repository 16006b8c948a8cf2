//! The end of what the container says that keeps a rollout from going on.

use crate::dossier::{Log, Said};
use crate::insight::{Health, PodRow};
use crate::model::{LogOf, Lookup, ObjectRef, Reach, Wanted};
use crate::store::ContainerView;
use crate::viewmodel::aspect::{Made, logs};
use crate::viewmodel::{Facts, Jump, Piece, Tone, jump, muted};

/// Lines that are read and shown.
const LINES: u8 = 5;

/// The container that restarted most, of the pod of the present revision that has been unwell longest: it stays the same
/// while others come and go. None when nothing ran yet that could have said something.
fn culprit<'a>(facts: &Facts<'a>, object: &ObjectRef) -> Option<(&'a PodRow, ContainerView<'a>)> {
    let cluster = facts.store.cluster(object.cluster)?;
    let current = facts.revisions.iter().find(|it| it.current)?;
    let unwell = |it: &&PodRow| match it.health {
        Health::Sick => true,
        Health::Coming => it.restarts > 0,
        Health::Serving | Health::Over => false,
    };
    let unwell = current.pods.iter().filter(unwell);
    let pod = unwell.min_by_key(|it| (it.created, &it.name))?;
    Some((pod, jump::failing(cluster.pod(pod.object.uid)?)?))
}

pub(super) fn lookup(facts: &Facts<'_>, object: &ObjectRef) -> Option<Lookup> {
    let (pod, container) = culprit(facts, object)?;
    Some(lookup_of(object, pod, container))
}

fn lookup_of(object: &ObjectRef, pod: &PodRow, container: ContainerView<'_>) -> Lookup {
    Lookup {
        cluster: object.cluster,
        wanted: Wanted::Log(LogOf {
            namespace: object.namespace.clone(),
            pod: pod.name.clone(),
            container: container.name().into(),
            previous: false,
            reach: Reach {
                lines: u32::from(LINES),
                seconds: None,
            },
        }),
    }
}

/// A title with whose log it is, then its last lines, or why there are none; nothing when no container is at fault.
pub(super) fn tell(facts: &Facts<'_>, object: &ObjectRef, page: &mut Made<'_>) {
    let Some((pod, container)) = culprit(facts, object) else {
        return;
    };
    let who = format!("\u{2026}-{} {}", pod.suffix, container.name());
    let title = facts
        .catalogue
        .say_with("rollout-log", &[("who", who.into())]);
    page.push(vec![Piece::Text(title, Tone::Accent)]);
    page.leads(whole(facts, object, pod, container));
    let log = facts.dossier.log(&lookup_of(object, pod, container));
    let said = log.into_iter().flat_map(|it| it.entries().rev());
    let said = said.filter_map(|it| match &it.said {
        Said::Line(line) => Some(logs::spoken(facts, line)),
        Said::Gap | Said::Over | Said::Again => None,
    });
    let mut last: Vec<_> = said.take(LINES.into()).collect();
    last.reverse();
    if let Some(lack) = log.and_then(Log::lack) {
        last.push(vec![muted(facts.catalogue.lack(lack))]);
    } else if last.is_empty() {
        let id = if log.is_some_and(Log::whole) {
            "log-silent"
        } else {
            "events-reading"
        };
        last.push(vec![muted(facts.say(id))]);
    }
    for mut line in last {
        line.insert(0, muted(" "));
        page.push(line);
    }
    page.push(Vec::new());
}

/// All of what it says.
fn whole(
    facts: &Facts<'_>,
    object: &ObjectRef,
    pod: &PodRow,
    container: ContainerView<'_>,
) -> Option<Jump> {
    let cluster = facts.store.cluster(object.cluster)?;
    let pod = jump::pod(cluster, cluster.pod(pod.object.uid)?);
    Some(Jump::log(facts, pod, Some(container.name())))
}

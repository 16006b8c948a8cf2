//! The live rollout view: how far, the end of the log of the container at fault, what each revision's pods say, the events of
//! this rollout. It says when it is over and how it ended, and stays.

mod steps;
mod tail;

pub(in crate::viewmodel) use steps::course;

use super::{Content, EventText, Known, Made, Text, events, note};
use crate::insight::{Finding, Health, PodRow, RevisionRow, RolloutInProgress, Trouble};
use crate::model::{
    Change, Event, Kind, Lack, Lookup, Moment, ObjectId, ObjectKind, ObjectRef, Rollout, Verb,
    What, Workload,
};
use crate::store::Seen;
use crate::viewmodel::watch::card::bar_of;
use crate::viewmodel::{
    Aspect, Facts, Jump, Line, Piece, State, Tone, deed, figure, jump, muted, tenant, text, tree,
    words,
};
use crate::wording::tag;

pub(super) fn lookups(facts: &Facts<'_>, object: &ObjectRef) -> Vec<Lookup> {
    let log = tail::lookup(facts, object);
    log.into_iter().chain([events::lookup(object)]).collect()
}

/// Whether the kind has revisions at all.
pub(super) fn applies(kind: &ObjectKind) -> bool {
    kind.known().is_some_and(Kind::is_workload)
}

pub(super) fn content<'a>(facts: &'a Facts<'a>, object: &'a ObjectRef) -> Content<'a> {
    let cluster = facts.store.cluster(object.cluster);
    let workload = cluster.and_then(|it| it.workload(object.uid?));
    let Some(workload) = workload else {
        return super::empty(missing(facts, object));
    };
    let view = View::of(facts, object, workload);
    let mut page = Made::default();
    page.extend(view.verdict());
    page.extend(steps::lines(facts, workload));
    page.push(Line::new());
    let own = deed::lines(facts, object);
    if !own.is_empty() {
        page.extend(own);
        page.push(Line::new());
    }
    // Above the pods: there may be more of them than lines.
    tail::tell(facts, object, &mut page);
    view.revisions(&mut page);
    page.push(Line::new());
    page.push(vec![Piece::Text(facts.say("rollout-events"), Tone::Accent)]);
    let known = facts.dossier.events(&events::lookup(object));
    let note = known.map_or_else(
        || note(facts, object, None, Known::Nothing),
        |it| events::told(facts, object, it),
    );
    if let Some(known) = known {
        let from = view.began();
        let since = |event: &Event| from.is_none_or(|at| event.last >= at);
        let found = EventText::new(facts, object, known, since);
        if found.is_empty() && known.whole() {
            page.push(vec![muted(format!(" {}", facts.say("events-none")))]);
        }
        page.events = Some(found);
    }
    Content {
        text: Text::Made(page),
        note,
    }
}

/// Why there is nothing to show: it is gone, may not be read, or is not read yet.
pub(super) fn missing(facts: &Facts<'_>, object: &ObjectRef) -> Option<(State, String)> {
    let cluster = facts.store.cluster(object.cluster);
    let kind = object.kind.known();
    let seen = cluster.and_then(|it| Some(it.seen(kind?, &object.namespace)));
    match seen {
        Some(Seen::Whole) => note(facts, object, Some(&Lack::Absent), Known::Nothing),
        Some(Seen::Never) => {
            let denied = Lack::Denied {
                verb: Verb::List,
                resource: object.kind.resource().into(),
            };
            note(facts, object, Some(&denied), Known::Nothing)
        }
        _ => note(facts, object, None, Known::Nothing),
    }
}

struct View<'a> {
    facts: &'a Facts<'a>,
    object: &'a ObjectRef,
    workload: &'a Workload,
    rollout: Option<&'a RolloutInProgress>,
    finding: Option<&'a Finding>,
    now: Moment,
}

impl<'a> View<'a> {
    fn of(facts: &'a Facts<'a>, object: &'a ObjectRef, workload: &'a Workload) -> Self {
        let id = ObjectId {
            cluster: object.cluster,
            kind: workload.kind.into(),
            uid: workload.meta.uid,
        };
        let mut rollouts = facts.judgement.rollouts.iter();
        // Its own, or the cause that it shares with others.
        let workloads = facts
            .listings
            .workloads(facts.store, facts.places, facts.judgement);
        let mut rows = workloads.iter();
        let row = rows.find(|row| row.cluster == id.cluster && row.uid == id.uid);
        let cause = row.and_then(|row| row.finding.as_ref());
        let mut findings = facts.judgement.findings.iter();
        Self {
            facts,
            object,
            workload,
            rollout: rollouts.find(|it| it.object == id),
            finding: findings.find(|it| Some(&it.cause) == cause),
            now: facts.survey.cluster_now(object.cluster, facts.now),
        }
    }

    /// When the latest rollout began: as the rollout in progress tells, else as it was seen.
    fn began(&self) -> Option<Moment> {
        let seen = || {
            let mut changes = self.changes();
            let began = changes.find(|it| matches!(it.what, What::Rollout { .. }))?;
            Some(began.at)
        };
        self.rollout.and_then(|it| it.since).or_else(seen)
    }

    /// What was seen of the workload, newest first.
    fn changes(&self) -> impl Iterator<Item = &'a Change> + use<'a> {
        let object = self.object;
        self.facts.store.changes().iter().filter(move |change| {
            change.cluster == object.cluster
                && change.namespace == object.namespace
                && change.subject.name == object.name
                && change.subject.kind == object.kind.name()
        })
    }

    /// The verdict in words, the bar with what it counts, why it is stuck.
    fn verdict(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        let (state, id) = match self.rollout {
            None if self.workload.is_aborted() => (State::Failed, "standing-aborted"),
            None if self.finding.is_some() => (State::Warning, "rollout-over-hurt"),
            None => (State::Good, "rollout-complete"),
            Some(it) if it.paused => (State::Waiting, "rollout-paused"),
            Some(it) if self.fails(it) => (State::Failed, "rollout-stuck"),
            Some(_) => (State::Moving, "rollout-moves"),
        };
        let parts = [
            Some(self.facts.say(id)),
            self.revision(),
            self.images(),
            self.time(),
        ];
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        lines.push(vec![
            Piece::Mark(state),
            text(format!(" {}", parts.join("   "))),
        ]);
        lines.push(self.counts());
        for words in self
            .finding
            .iter()
            .flat_map(|it| words::why(self.facts, it))
        {
            lines.push(vec![text(format!("  {words}"))]);
        }
        lines
    }

    fn fails(&self, rollout: &RolloutInProgress) -> bool {
        let stuck = self.finding.is_some_and(|it| {
            matches!(
                it.trouble,
                Trouble::RolloutStuck { .. } | Trouble::DeadlinePassed { .. }
            )
        });
        stuck || rollout.verdict == Rollout::DeadlineExceeded
    }

    /// `rev 14 → 15`.
    fn revision(&self) -> Option<String> {
        let mut numbers = self.facts.revisions.iter().filter(|it| it.number.is_some());
        let current = self.facts.revisions.iter().find(|it| it.current)?.number?;
        let before = numbers.find(|it| !it.current && it.wanted > 0);
        let before = before.and_then(|it| it.number);
        let said = match before.filter(|_| self.rollout.is_some()) {
            Some(before) => format!("{before} \u{2192} {current}"),
            None => current.to_string(),
        };
        let revision = [("revision", said.into())];
        Some(self.facts.catalogue.say_with("rollout-revision", &revision))
    }

    /// `2.13.4 → 2.14.0`, or what runs.
    fn images(&self) -> Option<String> {
        let changed = self.rollout.and_then(|it| it.images.first());
        if let Some(change) = changed.filter(|it| !it.from.is_empty()) {
            return Some(format!(
                "{} \u{2192} {}",
                tag(&change.from),
                tag(&change.to)
            ));
        }
        let container = self.workload.template.containers.first()?;
        Some(tag(&container.image).to_owned())
    }

    /// How far it is from its deadline, how long it took, or since when it is given up.
    fn time(&self) -> Option<String> {
        let delivery = self.workload.delivery.as_deref();
        if let Some(at) = delivery
            .filter(|it| it.aborted)
            .and_then(|it| it.aborted_at)
        {
            let age = self.facts.catalogue.age(at.age(self.now));
            let age = [("age", age.into())];
            return Some(self.facts.catalogue.say_with("rollout-since", &age));
        }
        if let Some(rollout) = self.rollout {
            return Some(words::rollout(self.facts, rollout, self.now));
        }
        let mut changes = self.changes().peekable();
        let ended = changes.find(|it| matches!(it.what, What::RolloutComplete { .. }))?;
        let began = changes.find(|it| matches!(it.what, What::Rollout { .. }))?;
        let took = self.facts.catalogue.span(began.at.age(ended.at));
        let ago = self
            .facts
            .catalogue
            .ago(figure::quiet(ended.at.age(self.now)));
        let arguments = [("took", took.into()), ("ago", ago.into())];
        Some(self.facts.catalogue.say_with("rollout-took", &arguments))
    }

    /// `▒▒▒░░░  0 new ready · 3 new not ready · 3 old serve · 3/6 ready`.
    fn counts(&self) -> Line {
        let say = self.facts.catalogue;
        let ready = format!("{}/{}", self.workload.ready, self.workload.desired);
        let ready = say.say_with("rollout-ready", &[("ready", ready.into())]);
        let Some(rollout) = self.rollout else {
            return vec![muted(format!("  {ready}"))];
        };
        let count = |id, count: u32| {
            let said = say.say_with(id, &[("count", count.into())]);
            (count > 0).then_some(said)
        };
        let parts = [
            count("rollout-new-ready", rollout.new_ready),
            count("rollout-new-unready", rollout.new_unready),
            count("rollout-old", rollout.old_ready),
            Some(ready),
        ];
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        vec![
            text("  "),
            Piece::Bar(bar_of(rollout)),
            text(format!("  {}", parts.join(" \u{b7} "))),
        ]
    }

    /// The present revision above those that still have pods, their pods under them, the worst first.
    fn revisions(&self, page: &mut Made<'_>) {
        let shown = |it: &&RevisionRow| it.current || !it.pods.is_empty() || it.wanted > 0;
        for revision in self.facts.revisions.iter().filter(shown) {
            let age = self.age(revision.created);
            page.push(vec![
                Piece::Mark(tree::of_revision(revision)),
                text(format!(
                    " {:<22} {:>5}  ",
                    tenant::revision_name(self.facts, revision),
                    format!("{}/{}", revision.ready, revision.wanted),
                )),
                muted(format!("{age:>4}")),
            ]);
            for pod in &revision.pods {
                page.push(self.pod(pod));
                page.leads(self.inside(pod));
            }
        }
    }

    /// Of a pod that fails, what its container says; of another one all that is known.
    fn inside(&self, row: &PodRow) -> Option<Jump> {
        let cluster = self.facts.store.cluster(self.object.cluster)?;
        let view = cluster.pod(row.object.uid)?;
        let pod = jump::pod(cluster, view);
        let fails = match row.health {
            Health::Sick => true,
            Health::Coming => row.restarts > 0,
            Health::Serving | Health::Over => false,
        };
        Some(if fails && jump::failing(view).is_some() {
            Jump::log(self.facts, pod, None)
        } else {
            Jump::Aspect(Aspect::Describe, pod)
        })
    }

    fn pod(&self, pod: &PodRow) -> Line {
        let age = self.age(pod.created);
        vec![
            text("   "),
            Piece::Mark(tree::of_pod(pod.health)),
            text(format!(
                " {:<20} {}",
                format!("\u{2026}-{}", pod.suffix),
                tenant::pod_words(self.facts, pod)
            )),
            muted(format!("  {age}")),
        ]
    }

    fn age(&self, at: Option<Moment>) -> String {
        at.map_or_else(String::new, |at| self.facts.catalogue.age(at.age(self.now)))
    }
}

//! What is known of the selected row: the strip shows its first lines, the pane all of it.

use super::super::list::{Card, Part};
use super::super::survey::{Sight, Temporary};
use super::super::{Bar, Facts, Target, Whose, bar, figure, words};
use super::{below, moving, row, selected, temporary};
use crate::insight::{Cause, Finding, RolloutInProgress};
use crate::model::{ClusterId, Kind, Moment};
use crate::tenancy::Class;

pub(super) fn card(facts: &Facts<'_>) -> Option<Card> {
    if let Some(Target::Object(object)) = facts.selection {
        let rollout = moving(facts).find(|it| it.object == *object);
        let left = || temporary(facts).find(|it| it.object == *object);
        return rollout
            .map(|it| of_rollout(facts, it))
            .or_else(|| left().map(|it| of_temporary(facts, it)));
    }
    selected(facts).map(|finding| of_finding(facts, finding))
}

fn of_finding(facts: &Facts<'_>, finding: &Finding) -> Card {
    let mut rollouts = facts.judgement.rollouts.iter();
    let rollout = rollouts.find(|it| !it.paused && finding.cause == Cause::Object(it.object));
    let link = matches!(finding.cause, Cause::Link(_));
    let mut card = blank(facts, finding.cluster, finding.class);
    let middle = if link {
        ("strip-hidden", hidden(facts, finding.cluster))
    } else {
        ("strip-before", words::before(facts, finding))
    };
    if link {
        card.subject.clone_from(&card.cluster);
        card.kind = facts.say("subject-cluster");
        card.cluster = String::new();
    } else {
        card.subject = row::subject(facts, finding);
        Kind::shown(&finding.subject.kind).clone_into(&mut card.kind);
        card.whose = whose(facts, finding);
    }
    card.since = since_at(facts, finding.since, words::now(facts, finding));
    card.bar = rollout.map(bar_of).unwrap_or_default();
    card.ready = finding.ready.map_or_else(String::new, |(ready, wanted)| {
        let counts = [("ready", ready.into()), ("wanted", wanted.into())];
        facts.catalogue.say_with("card-ready", &counts)
    });
    card.parts = vec![
        Part::of(facts.say("strip-why"), words::why(facts, finding)),
        Part::of(facts.say(middle.0), middle.1),
        Part::of(facts.say("strip-do"), words::act(facts, finding)),
        Part::of(facts.say("strip-hit"), hit(facts, finding)),
    ];
    card
}

/// A cause that several share names them: `2 tenants: betaapp, candilib`.
fn whose(facts: &Facts<'_>, finding: &Finding) -> Whose {
    let mut whose = row::whose(facts, finding);
    if let (None, [_, _, ..]) = (&finding.place, finding.tenants.as_slice()) {
        whose.tenant = format!("{}: {}", whose.tenant, finding.tenants.join(", "));
    }
    whose
}

/// The environments and the workloads that a shared cause hits.
fn hit(facts: &Facts<'_>, finding: &Finding) -> Vec<String> {
    const NAMED: usize = 12;
    let places = finding
        .hit
        .iter()
        .map(|(_, place)| Whose::of(&place.tenant, &place.environment).text());
    let workloads = finding.workloads.iter().map(ToString::to_string);
    let listed = |names: Vec<String>| match names.len() {
        ..2 => String::new(),
        _ => facts.catalogue.names(&names, NAMED),
    };
    let mut lines = vec![listed(places.collect()), listed(workloads.collect())];
    lines.retain(|line| !line.is_empty());
    lines
}

fn of_rollout(facts: &Facts<'_>, rollout: &RolloutInProgress) -> Card {
    let cluster = rollout.object.cluster;
    let now = facts.survey.cluster_now(cluster, facts.now);
    let ready = rollout.new_ready.saturating_add(rollout.old_ready);
    let counts = [("ready", ready.into()), ("wanted", rollout.wanted.into())];
    let images = rollout
        .images
        .iter()
        .map(|it| format!("{}: {} → {}", it.container, it.from, it.to));
    Card {
        subject: rollout.subject.name.to_string(),
        kind: Kind::shown(&rollout.subject.kind).to_owned(),
        whose: Whose::of(&rollout.place.tenant, &rollout.place.environment),
        since: since(facts, cluster, rollout.since),
        bar: bar_of(rollout),
        ready: facts.catalogue.say_with("card-ready", &counts),
        parts: vec![
            Part::of(
                facts.say("strip-state"),
                vec![words::rollout(facts, rollout, now)],
            ),
            Part::of(facts.say("strip-images"), images.collect()),
        ],
        ..blank(facts, cluster, rollout.place.class)
    }
}

fn of_temporary(facts: &Facts<'_>, left: &Temporary) -> Card {
    let cluster = left.object.cluster;
    Card {
        subject: left.name.to_string(),
        kind: Kind::shown(left.object.kind.name()).to_owned(),
        whose: Whose::of(&left.place.tenant, &left.place.environment),
        since: since(facts, cluster, left.since),
        parts: vec![Part::of(
            facts.say("strip-state"),
            vec![below::temporary_words(facts, left)],
        )],
        ..blank(facts, cluster, left.place.class)
    }
}

pub(in crate::viewmodel) fn blank(facts: &Facts<'_>, cluster: ClusterId, class: Class) -> Card {
    let name = facts.store.cluster(cluster).map(|it| it.name().to_string());
    Card {
        class: class.into(),
        class_word: match class {
            Class::Production => facts.say("card-production"),
            Class::Unknown => facts.say("class-unknown"),
            Class::NonProduction => String::new(),
        },
        cluster: name.unwrap_or_default(),
        last_seen: words::last_seen(facts, cluster),
        ..Card::default()
    }
}

pub(in crate::viewmodel) fn since(
    facts: &Facts<'_>,
    cluster: ClusterId,
    since: Option<Moment>,
) -> String {
    let now = facts.survey.cluster_now(cluster, facts.now);
    since_at(facts, since, now)
}

fn since_at(facts: &Facts<'_>, since: Option<Moment>, now: Moment) -> String {
    let Some(since) = since else {
        return String::new();
    };
    let at = facts.zone.moment(since, facts.now, facts.catalogue);
    let arguments = [
        ("at", at.into()),
        (
            "age",
            figure::spoken(since.age(now), facts.catalogue).into(),
        ),
    ];
    facts.catalogue.say_with("card-since", &arguments)
}

pub(in crate::viewmodel) fn bar_of(rollout: &RolloutInProgress) -> Bar {
    bar::rollout(
        rollout.wanted,
        rollout.new_ready,
        rollout.new_unready,
        rollout.old_ready,
    )
}

/// What a lost cluster keeps from being seen.
fn hidden(facts: &Facts<'_>, cluster: ClusterId) -> Vec<String> {
    let lost = |sight: &&Sight| sight.id == cluster;
    let Some(since) = facts
        .survey
        .clusters
        .iter()
        .find(lost)
        .and_then(|_| facts.survey.stale(cluster))
    else {
        return Vec::new();
    };
    let places: Vec<_> = facts
        .store
        .cluster(cluster)
        .into_iter()
        .flat_map(crate::store::Cluster::namespaces)
        .map(|it| facts.places.of(cluster, &it.meta.name))
        .collect();
    if places.is_empty() {
        return vec![facts.say("hidden-all")];
    }
    let tenants: std::collections::HashSet<_> = places.iter().map(|it| &it.tenant).collect();
    let production = places.iter().filter(|it| it.class == Class::Production);
    let arguments = [
        ("tenants", tenants.len().into()),
        ("environments", places.len().into()),
        ("production", production.count().into()),
        (
            "at",
            facts.zone.moment(since, facts.now, facts.catalogue).into(),
        ),
    ];
    vec![facts.catalogue.say_with("hidden-since", &arguments)]
}

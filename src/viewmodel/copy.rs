//! What can be copied of the marked rows, or of the one under the cursor: names, the kubectl commands that show them, and
//! a line each for the ticket.

use std::collections::HashSet;
use std::rc::Rc;

use super::page::Listed;
use super::popup::{Act, Choice, ChoiceRow};
use super::{Facts, Page, Target, deployments, preview, watch, words};
use crate::insight::{self, Cause, DeploymentRow};
use crate::model::{ClusterId, IN_CLUSTER, Moment, ObjectRef};
use crate::tenancy::{Class, Place};
use crate::wording::plan::quote;

/// What a row stands for, in the words that leave the program.
#[derive(Default)]
pub(super) struct Told {
    pub(super) cluster: Option<ClusterId>,
    pub(super) namespace: String,
    /// Where the row itself tells it; else that of the namespace.
    pub(super) place: Option<Place>,
    /// As in a manifest; empty for what is no object.
    pub(super) kind: String,
    /// As kubectl takes it, where the kind's own name may be that of several.
    pub(super) resource: String,
    pub(super) name: String,
    /// Helm's commands: to go back, and to see what there was.
    pub(super) helm: [String; 2],
    /// The sentences of the row.
    pub(super) said: Vec<String>,
    pub(super) since: Option<Moment>,
    /// What hurts it, for what changed before.
    pub(super) hurt: Option<Cause>,
}

/// A text to copy, by the name of its label.
type Text<'a> = (&'a str, &'a dyn Fn(&Told) -> String);

pub fn copyable(facts: &Facts<'_>) -> Vec<Choice> {
    let told = told(facts);
    let texts: [Text<'_>; 8] = [
        ("copy-name", &|it| it.name.clone()),
        ("copy-namespace", &|it| it.namespace.clone()),
        ("copy-place", &|it| place_name(facts, it)),
        ("copy-helm-back", &|it| it.helm[0].clone()),
        ("copy-helm-history", &|it| it.helm[1].clone()),
        ("copy-yaml", &|it| {
            kubectl(facts, it, "get", &["-o", "yaml"])
        }),
        ("copy-describe", &|it| kubectl(facts, it, "describe", &[])),
        ("copy-ticket", &|it| ticket(facts, it)),
    ];
    let offered = texts.into_iter().filter_map(|(label, text)| {
        let mut lines: Vec<String> = Vec::new();
        let mut known = HashSet::new();
        // Several rows may stand in one namespace.
        for line in told.iter().map(text).filter(|it| !it.is_empty()) {
            if known.insert(line.clone()) {
                lines.push(line);
            }
        }
        let count = [("count", lines.len().into())];
        (!lines.is_empty()).then(|| Choice {
            row: ChoiceRow {
                name: facts.catalogue.say_with(label, &count),
                // Several lines stand as one in the popup.
                note: lines.join(" / "),
                ..ChoiceRow::default()
            },
            act: Act::Copy(lines.join("\n")),
        })
    });
    let plan = preview::copyable(facts)
        .into_iter()
        .map(|(label, text)| Choice {
            row: ChoiceRow {
                name: facts.say(label),
                note: text.replace('\n', " / "),
                ..ChoiceRow::default()
            },
            act: Act::Copy(text),
        });
    let of_page = plan.chain(of_text(facts));
    of_page.chain(offered).collect()
}

/// On a page of text: the line under the cursor, and all of it.
fn of_text(facts: &Facts<'_>) -> Vec<Choice> {
    let Some(content) = super::content(facts) else {
        return Vec::new();
    };
    let text = content.text;
    let lines = text.whole();
    let line = lines.get(text.number(facts.at.min(text.len().saturating_sub(1))));
    let line = line.map(|it| it.trim().to_owned()).unwrap_or_default();
    let choice = |label, count: usize, note: String, text: String| Choice {
        row: ChoiceRow {
            name: facts.catalogue.say_with(label, &[("count", count.into())]),
            note,
            ..ChoiceRow::default()
        },
        act: Act::Copy(text),
    };
    let whole = lines.join("\n");
    [
        (!line.is_empty()).then(|| choice("copy-line", 1, line.clone(), line.clone())),
        (!lines.is_empty()).then(|| choice("copy-text", lines.len(), String::new(), whole)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The marked rows in their order, else the row under the cursor.
fn told(facts: &Facts<'_>) -> Vec<Told> {
    if !facts.marks.is_empty() {
        let rows = facts.listed.iter().filter_map(|at| facts.rows.row(*at));
        let marked = rows.filter(|it| facts.marks.contains(&it.target()));
        return marked.map(|it| it.told(facts)).collect();
    }
    at_cursor(facts).into_iter().collect()
}

/// The object whose page is open.
fn of_object(facts: &Facts<'_>) -> Option<Told> {
    let (Page::Aspect(_, object) | Page::Preview(object)) = facts.page else {
        return None;
    };
    let workloads = facts
        .listings
        .workloads(facts.store, facts.places, facts.judgement);
    let mut workloads = workloads.iter().map(Rc::as_ref);
    let same = |row: &&DeploymentRow| row.cluster == object.cluster && Some(row.uid) == object.uid;
    let row = workloads.find(same);
    Some(row.map_or_else(|| of_ref(object), |row| row.told(facts)))
}

pub(super) fn of_ref(object: &ObjectRef) -> Told {
    let other = object.kind.known().is_none();
    Told {
        cluster: Some(object.cluster),
        namespace: object.namespace.to_string(),
        kind: object.kind.name().to_owned(),
        resource: if other {
            object.kind.resource()
        } else {
            String::new()
        },
        name: object.name.to_string(),
        ..Told::default()
    }
}

/// The row under the cursor, in the list or in the strips below it.
pub(super) fn at_cursor(facts: &Facts<'_>) -> Option<Told> {
    let strip = || in_strips(facts, facts.selection?);
    let row = facts.selected_row().and_then(|at| facts.rows.row(at));
    let row = row.map(|it| it.told(facts));
    of_object(facts).or(row).or_else(strip)
}

/// `betaapp/prod PRODUCTION · Deployment beta-back · public1/5ml1k… · rev 15 stuck… · since 2026-11-24 02:58:31 +01:00`.
fn ticket(facts: &Facts<'_>, told: &Told) -> String {
    let class = |class| match class {
        Class::Production => format!(" {}", facts.say("card-production")),
        _ => String::new(),
    };
    let place = place(facts, told).map(|(name, it)| format!("{name}{}", class(it)));
    let what = format!("{} {}", told.kind, told.name).trim().to_owned();
    let at = [cluster(facts, told), told.namespace.clone()];
    let at: Vec<_> = at.into_iter().filter(|it| !it.is_empty()).collect();
    let since = told.since.map(|since| {
        let at = facts.zone.at(since).format("%Y-%m-%d %H:%M:%S %:z");
        facts
            .catalogue
            .say_with("copy-since", &[("at", at.to_string().into())])
    });
    let parts = [place, Some(what), Some(at.join("/"))].into_iter();
    let parts = parts.chain(told.said.iter().cloned().map(Some));
    let seen = told.cluster.and_then(|it| words::last_seen(facts, it));
    let parts = parts.chain([since, before(facts, told), seen]).flatten();
    parts
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}

/// The likeliest change in the half hour before what hurts it, if any was seen.
fn before(facts: &Facts<'_>, told: &Told) -> Option<String> {
    let finding = deployments::finding(facts, told.hurt.as_ref())?;
    let now = facts.survey.cluster_now(finding.cluster, facts.now);
    let changes = insight::before(facts.store, finding, now);
    let change = changes.first()?;
    let what = facts.catalogue.change(change, Some(&finding.subject));
    let at = facts.zone.at(change.at).format("%H:%M:%S").to_string();
    let arguments = [("at", at.into()), ("what", what.into())];
    Some(facts.catalogue.say_with("copy-before", &arguments))
}

/// Empty where a namespace that nobody claims is its own tenant.
fn place_name(facts: &Facts<'_>, told: &Told) -> String {
    let name = place(facts, told).map(|(name, _)| name);
    name.filter(|it| *it != told.namespace).unwrap_or_default()
}

fn place(facts: &Facts<'_>, told: &Told) -> Option<(String, Class)> {
    let of_namespace = || {
        let cluster = told.cluster.filter(|_| !told.namespace.is_empty())?;
        Some(facts.places.of(cluster, &told.namespace))
    };
    let place = told.place.clone().or_else(of_namespace)?;
    let name = if place.environment.is_empty() {
        place.tenant.to_string()
    } else {
        format!("{}/{}", place.tenant, place.environment)
    };
    Some((name, place.class))
}

fn cluster(facts: &Facts<'_>, told: &Told) -> String {
    let cluster = told.cluster.map(|it| facts.cluster(it));
    cluster.unwrap_or_default()
}

/// The same for a person without vigie; empty for what kubectl does not know.
fn kubectl(facts: &Facts<'_>, told: &Told, verb: &str, rest: &[&str]) -> String {
    if told.kind.is_empty() {
        return String::new();
    }
    let context = cluster(facts, told);
    let kind = if told.resource.is_empty() {
        told.kind.to_lowercase()
    } else {
        told.resource.clone()
    };
    let mut words = vec!["kubectl"];
    // In a pod there is no context to name.
    if context != IN_CLUSTER {
        words.extend(["--context", &context]);
    }
    if !told.namespace.is_empty() && kind != "namespace" {
        words.extend(["-n", &told.namespace]);
    }
    words.extend([verb, &kind, &told.name]);
    words.extend(rest);
    let quoted: Vec<_> = words.into_iter().map(quote).collect();
    quoted.join(" ")
}

/// A rollout, or what was left in a temporary state.
fn in_strips(facts: &Facts<'_>, target: &Target) -> Option<Told> {
    let Target::Object(object) = target else {
        return None;
    };
    let kind = object.kind.name().to_owned();
    let mut rollouts = facts.judgement.rollouts.iter();
    if let Some(rollout) = rollouts.find(|it| it.object == *object) {
        let now = facts.survey.cluster_now(object.cluster, facts.now);
        return Some(Told {
            cluster: Some(object.cluster),
            namespace: rollout.namespace.to_string(),
            place: Some(rollout.place.clone()),
            kind,
            name: rollout.subject.name.to_string(),
            said: vec![words::rollout(facts, rollout, now)],
            since: rollout.since,
            ..Told::default()
        });
    }
    let mut left = facts.survey.temporary.iter();
    let left = left.find(|it| it.object == *object)?;
    Some(Told {
        cluster: Some(object.cluster),
        namespace: left.namespace.to_string(),
        place: Some(left.place.clone()),
        kind,
        name: left.name.to_string(),
        said: vec![watch::temporary_words(facts, left)],
        since: left.since,
        ..Told::default()
    })
}

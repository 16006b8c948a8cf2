//! What can be copied of a row: its names, the kubectl commands that show it, and a line for the ticket.

use super::popup::{Act, Choice, ChoiceRow};
use super::search::What;
use super::tree::Level;
use super::{Facts, Rows, Target, deployments, tenant, watch, words};
use crate::insight::{Cause, DeploymentRow, Finding};
use crate::model::{ClusterId, IN_CLUSTER, Moment};
use crate::tenancy::{Class, Place};

/// What a row stands for, in the words that leave the program.
#[derive(Default)]
pub(super) struct Told {
    pub(super) cluster: Option<ClusterId>,
    pub(super) namespace: String,
    /// Where the row itself tells it; else that of the namespace.
    place: Option<Place>,
    /// As in a manifest; empty for what is no object.
    pub(super) kind: String,
    pub(super) name: String,
    /// The sentences of the row.
    said: Vec<String>,
    since: Option<Moment>,
}

pub fn copyable(facts: &Facts<'_>) -> Vec<Choice> {
    let first = || facts.rows.target(*facts.listed.first()?);
    let Some(told) = facts
        .selection
        .cloned()
        .or_else(first)
        .and_then(|it| told(facts, &it))
    else {
        return Vec::new();
    };
    let place = place(facts, &told).map(|(name, _)| name);
    // A namespace that nobody claims is its own tenant.
    let place = place.filter(|it| *it != told.namespace).unwrap_or_default();
    let texts = [
        ("copy-name", told.name.clone()),
        ("copy-namespace", told.namespace.clone()),
        ("copy-place", place),
        ("copy-yaml", kubectl(facts, &told, "get", &["-o", "yaml"])),
        ("copy-describe", kubectl(facts, &told, "describe", &[])),
        ("copy-ticket", tickets(facts, &told)),
    ];
    let offered = texts.into_iter().filter(|(_, text)| !text.is_empty());
    let choice = |(label, text): (&str, String)| Choice {
        row: ChoiceRow {
            name: facts.say(label),
            // Several lines stand as one in the popup.
            note: text.replace('\n', " / "),
            ..ChoiceRow::default()
        },
        act: Act::Copy(text),
    };
    offered.map(choice).collect()
}

/// The marked rows, a line each; the row itself when none is.
fn tickets(facts: &Facts<'_>, row: &Told) -> String {
    let rows = facts.rows.targets();
    let marked = rows.filter(|it| facts.marks.contains(it));
    let lines: Vec<_> = marked
        .filter_map(|it| told(facts, &it))
        .map(|it| ticket(facts, &it))
        .collect();
    if lines.is_empty() {
        ticket(facts, row)
    } else {
        lines.join("\n")
    }
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
    let parts = parts.chain([since]).flatten();
    parts
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
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
    let cluster = told.cluster.and_then(|it| facts.store.cluster(it));
    cluster.map_or_else(String::new, |it| it.name().to_string())
}

/// The same for a person without vigie; empty for what kubectl does not know.
fn kubectl(facts: &Facts<'_>, told: &Told, verb: &str, rest: &[&str]) -> String {
    if told.kind.is_empty() {
        return String::new();
    }
    let context = cluster(facts, told);
    let kind = told.kind.to_lowercase();
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

/// As a shell reads one word.
fn quote(word: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./:@%+,".contains(letter);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

pub(super) fn told(facts: &Facts<'_>, target: &Target) -> Option<Told> {
    let at = (0..facts.rows.len()).find(|at| facts.rows.target(*at).as_ref() == Some(target));
    let Some(at) = at else {
        return in_strips(facts, target);
    };
    match facts.rows {
        Rows::Findings(rows) => rows.get(at).map(|it| of_finding(facts, it)),
        Rows::Workloads(rows) => rows.get(at).map(|it| of_workload(facts, it)),
        Rows::Tenants(rows) => rows.get(at).map(|row| Told {
            name: row.name.to_string(),
            ..Told::default()
        }),
        Rows::History(rows) => rows.get(at).map(|row| Told {
            cluster: Some(row.cluster),
            namespace: row.namespace.to_string(),
            kind: row.kind.name().to_owned(),
            name: row.revision.name.to_string(),
            said: vec![tenant::revision_name(facts, &row.revision)],
            since: row.revision.created,
            ..Told::default()
        }),
        Rows::Hits(rows) => rows.get(at).map(|hit| Told {
            cluster: Some(hit.cluster).filter(|_| hit.what != What::Tenant),
            namespace: hit.namespace.to_string(),
            place: hit.place.clone(),
            kind: kind_of(hit.what, &hit.target),
            name: hit.name.clone(),
            ..Told::default()
        }),
        Rows::Tree(rows) => {
            let row = rows.get(at)?;
            let (kind, name) = match &row.level {
                Level::Workload(workload) => return Some(of_workload(facts, workload)),
                Level::Environment(it) => ("Namespace", it.namespace.to_string()),
                Level::Cron(it) => ("CronJob", it.name.to_string()),
                Level::Run(_, it) => ("Job", it.name.to_string()),
                Level::Pod(pod) => ("Pod", pod.name.to_string()),
                Level::Revision(workload, revision) => {
                    let revision = tenant::revision_name(facts, revision);
                    ("", format!("{workload} {revision}"))
                }
            };
            Some(Told {
                cluster: Some(row.cluster),
                namespace: row.namespace.to_string(),
                kind: kind.to_owned(),
                name,
                said: vec![tenant::what(facts, row)],
                since: match &row.level {
                    Level::Cron(_) | Level::Run(..) => tenant::since(facts, row),
                    _ => None,
                },
                ..Told::default()
            })
        }
    }
}

fn of_finding(facts: &Facts<'_>, finding: &Finding) -> Told {
    let object = match finding.cause {
        Cause::Object(_) | Cause::Owner(..) | Cause::Node(..) => finding.subject.kind.to_string(),
        Cause::Quota { .. } => "ResourceQuota".to_owned(),
        _ => String::new(),
    };
    let name = if object.is_empty() {
        watch::subject(facts, finding)
    } else {
        finding.subject.name.to_string()
    };
    Told {
        cluster: Some(finding.cluster),
        namespace: finding.namespace.to_string(),
        place: finding.place.clone(),
        kind: object,
        name,
        said: words::why(facts, finding),
        since: finding.since,
    }
}

fn of_workload(facts: &Facts<'_>, row: &DeploymentRow) -> Told {
    let ready = format!("{}/{}", row.ready, row.desired);
    Told {
        cluster: Some(row.cluster),
        namespace: row.namespace.to_string(),
        place: Some(row.place.clone()),
        kind: row.kind.to_string(),
        name: row.name.to_string(),
        said: vec![ready, deployments::standing(facts, row)],
        since: row.since,
    }
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
    })
}

fn kind_of(what: What, target: &Target) -> String {
    match (what, target) {
        (What::Namespace, _) => "Namespace".to_owned(),
        (What::Node, _) => "Node".to_owned(),
        (What::Workload | What::CronJob | What::Job | What::Pod, Target::Object(object)) => {
            object.kind.name().to_owned()
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::quote;

    #[test]
    fn a_word_is_quoted_only_where_a_shell_would_read_it_otherwise() {
        assert_eq!(quote("arn:aws:eks:eu/a@b"), "arn:aws:eks:eu/a@b");
        assert_eq!(quote("my cluster"), "'my cluster'");
        assert_eq!(quote("a$(reboot)"), "'a$(reboot)'");
        assert_eq!(quote("it's"), r"'it'\''s'");
        assert_eq!(quote("~root"), "'~root'");
        assert_eq!(quote(""), "''");
    }
}

//! Everything by name: commands, screens, tenants, workloads, and the words that hands bring along from k9s.

use std::borrow::Cow;

use super::super::{Facts, act, limb, objects};
use super::{Act, Candidate, Choice, ChoiceRow, Page, Target, narrowed};
use crate::command::{Command, Scope, TABLE};
use crate::insight::{CronRow, DeploymentRow};
use crate::model::{Kind, ObjectKind, Text};
use crate::viewmodel::page::Listed;

/// A kind as k9s and kubectl write it, and the filter that shows its rows among the workloads.
const KINDS: [(&[&str], &str); 3] = [
    (&["dp", "deploy", "deployment", "deployments"], "Deployment"),
    (&["sts", "statefulset", "statefulsets"], "StatefulSet"),
    (&["ds", "daemonset", "daemonsets"], "DaemonSet"),
];
const NAMESPACES: [&str; 3] = ["ns", "namespace", "namespaces"];
const CONTEXTS: [&str; 4] = ["ctx", "context", "contexts", "cluster"];
const QUIT: [&str; 4] = ["q", "q!", "qa", "quit"];

pub(super) fn choices(facts: &Facts<'_>, typed: &str) -> Vec<Choice> {
    let mut found = brought_along(facts, typed);
    let mut choices = commands(facts);
    choices.extend(tenants(facts));
    // Thousands of rows are named only to who asks for one.
    let asked = !typed.trim().is_empty();
    if asked {
        choices.extend(kinds(facts, typed));
    }
    let choices = choices.into_iter().map(Known::Choice);
    let workloads = asked.then(|| workloads(facts)).into_iter().flatten();
    let known = choices.chain(workloads).collect();
    found.extend(narrowed(typed, known));
    found
}

fn commands(facts: &Facts<'_>) -> Vec<Choice> {
    let under = act::Under::of(facts);
    let offered = TABLE
        .iter()
        .filter(|entry| matches!(entry.scope, Scope::List | Scope::Everywhere))
        .filter(|entry| entry.command != Command::Palette)
        // What the row does not know is not offered.
        .filter(|entry| !act::acts(entry.command) || under.offers(entry.command));
    let choice = |entry: &crate::command::Entry| Choice {
        row: ChoiceRow {
            state: None,
            key: under.key(entry.command).unwrap_or_default(),
            name: entry.name.replace('-', " "),
            note: facts.say(entry.description),
        },
        act: Act::Command(entry.command),
    };
    offered.map(choice).collect()
}

/// Any kind that a cluster serves, but those that are called by the word and stand first.
fn kinds(facts: &Facts<'_>, typed: &str) -> Vec<Choice> {
    let word = typed.split_whitespace().next().unwrap_or_default();
    let kinds = objects::kinds(facts.store, |it| !it.is_called(word));
    let kinds = kinds.into_iter();
    kinds.map(|kind| of_kind(facts, kind, "")).collect()
}

fn of_kind(facts: &Facts<'_>, kind: ObjectKind, filter: &str) -> Choice {
    let name = [("kind", kind.name().into())];
    Choice {
        row: ChoiceRow {
            name: format!("{} {filter}", kind.resource()).trim().to_owned(),
            note: facts.catalogue.say_with("palette-objects", &name),
            ..ChoiceRow::default()
        },
        act: page_of(kind, filter),
    }
}

/// Applications have a page of their own, and what is of Flux shares one.
fn page_of(kind: ObjectKind, filter: &str) -> Act {
    if kind == Kind::Application {
        return Act::Filter(Page::Applications, filter.to_owned());
    }
    if kind == Kind::Kustomization || kind == Kind::HelmRelease {
        let filter = format!("kind={} {filter}", kind.name());
        return Act::Filter(Page::Flux, filter.trim().to_owned());
    }
    Act::Filter(Page::Objects(kind), filter.to_owned())
}

fn tenants(facts: &Facts<'_>) -> Vec<Choice> {
    let tenants = facts.places.tenants();
    let choice = |(name, sites): (&crate::model::Text, &[crate::tenancy::Site])| {
        let count = [("count", sites.len().into())];
        Choice {
            row: ChoiceRow {
                name: name.to_string(),
                note: facts.catalogue.say_with("palette-tenant", &count),
                ..ChoiceRow::default()
            },
            act: Act::Go(Page::Tenant(name.clone())),
        }
    };
    tenants.map(choice).collect()
}

fn workloads<'a>(facts: &Facts<'a>) -> impl Iterator<Item = Known<'a>> {
    let listings = facts.listings;
    let rows = listings.workloads(facts.store, facts.places, facts.judgement);
    let runs = listings.runs(facts.store, facts.places, facts.judgement);
    let crons = runs.crons.iter().map(Known::Cron);
    rows.iter().map(|row| Known::Workload(row)).chain(crons)
}

/// What has a name in the palette.
enum Known<'a> {
    Choice(Choice),
    Workload(&'a DeploymentRow),
    Cron(&'a CronRow),
}

impl Candidate for Known<'_> {
    fn name(&self) -> &str {
        match self {
            Known::Choice(choice) => choice.name(),
            Known::Workload(row) => &row.name,
            Known::Cron(row) => &row.name,
        }
    }

    fn note(&self) -> Cow<'_, str> {
        let (kind, place) = match self {
            Known::Choice(choice) => return choice.note(),
            Known::Workload(row) => (row.kind.as_str(), &row.place),
            Known::Cron(row) => ("CronJob", &row.place),
        };
        [kind, " ", &place.tenant, "/", &place.environment]
            .concat()
            .into()
    }

    fn choice(&self) -> Choice {
        let opens = |state, tenant: &Text, target| Choice {
            row: ChoiceRow {
                state: Some(state),
                name: self.name().to_owned(),
                note: self.note().into_owned(),
                ..ChoiceRow::default()
            },
            act: Act::Open(tenant.clone(), target),
        };
        match self {
            Known::Workload(row) => opens(row.state(), &row.place.tenant, row.cause().into()),
            Known::Cron(row) => {
                let target = Target::Object(row.object());
                opens(limb::of_cron(row), &row.place.tenant, target)
            }
            Known::Choice(choice) => choice.clone(),
        }
    }
}

/// `:dp beta`, `:ns`, `:ctx public1`, `:q`.
fn brought_along(facts: &Facts<'_>, typed: &str) -> Vec<Choice> {
    let (word, rest) = typed.trim().split_once(' ').unwrap_or((typed.trim(), ""));
    let rest = rest.trim();
    let choice = |name: String, note: &str, act| Choice {
        row: ChoiceRow {
            name,
            note: facts.say(note),
            ..ChoiceRow::default()
        },
        act,
    };
    if let Some((_, kind)) = KINDS.iter().find(|(words, _)| words.contains(&word)) {
        let filter = format!("kind={kind} {rest}");
        let name = filter.trim().to_owned();
        return vec![choice(
            name.clone(),
            "palette-kind",
            Act::Filter(Page::Deployments, name),
        )];
    }
    if NAMESPACES.contains(&word) {
        let name = format!("{word} {rest}").trim().to_owned();
        return vec![choice(
            name,
            "palette-namespaces",
            Act::Filter(Page::Tenants, rest.to_owned()),
        )];
    }
    if CONTEXTS.contains(&word) {
        let clusters = facts
            .survey
            .clusters
            .iter()
            .map(|sight| sight.name.as_str());
        let clusters = clusters.filter(|name| name.contains(rest));
        return clusters
            .map(|name| {
                let filter = format!("cluster=\"{name}\"");
                choice(
                    name.to_owned(),
                    "palette-cluster",
                    Act::Filter(Page::Deployments, filter),
                )
            })
            .collect();
    }
    if QUIT.contains(&word) {
        return vec![choice(
            word.to_owned(),
            "command-quit",
            Act::Command(Command::Quit),
        )];
    }
    let kinds = objects::kinds(facts.store, |it| it.is_called(word));
    let kinds = kinds.into_iter();
    kinds.map(|kind| of_kind(facts, kind, rest)).collect()
}

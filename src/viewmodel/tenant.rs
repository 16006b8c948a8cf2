//! A tenant's page: its tree, each row in the same columns at every level.

use std::borrow::Cow;

use super::copy::Told;
use super::deployments::{self, standing};
use super::filter::{self, Words};
use super::list::{self, Part, Window};
use super::page::{Listed, Rows, Target};
use super::quota::{percent, tone};
use super::tree::{Level, TreeRow};
use super::watch::card;
use super::{
    Branch, Brief, Card, Cell, Column, Facts, Form, Lead, List, State, Table, Title, Tone, Whose,
    applications, runs,
};
use crate::insight::{EnvironmentRow, Health, PodRow, RevisionRow};
use crate::model::{Kind, Moment};
use crate::wording::tag;

pub(super) fn tenant(facts: &Facts<'_>, form: Form, name: &str) -> List {
    let window = Window::of(facts, list::room(facts, form, 0, true));
    let all = facts.rows.tree();
    let in_view: Vec<_> = window.rows.iter().filter_map(|at| all.get(*at)).collect();
    let chosen = selected(facts);
    List {
        title: title(facts, name, &window),
        prompt: filter::prompt(facts),
        guide: filter::guide(facts),
        notes: if in_view.is_empty() {
            list::nothing(facts, "tenant-none")
        } else {
            Vec::new()
        },
        table: table(facts, form, &in_view),
        selected: window.selected,
        first: window.first,
        briefs: list::briefs(form, &in_view, |it| brief(facts, name, it)),
        card: chosen.map(|it| self::card(facts, name, it)),
        below: Vec::new(),
        pane: facts.pane,
    }
}

fn selected<'a>(facts: &Facts<'a>) -> Option<&'a TreeRow> {
    match facts.rows {
        Rows::Tree(rows) => rows.get(facts.selected_row()?),
        _ => None,
    }
}

fn title(facts: &Facts<'_>, name: &str, window: &Window) -> Title {
    let environments = facts.rows.tree().iter();
    let environments = environments.filter(|it| matches!(it.level, Level::Environment(_)));
    let count = [("count", environments.count().into())];
    let mut title = list::title(facts, "tree-count", Vec::new(), window);
    if facts.filter.is_none_or(super::Filter::open) {
        let environments = facts.catalogue.say_with("environments-count", &count);
        let marked = list::marked(facts);
        let parts = [Some(name.to_owned()), Some(environments), marked];
        title.left = parts
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" \u{b7} ");
    }
    title
}

impl Listed for TreeRow {
    fn target(&self) -> Target {
        self.target.clone()
    }

    fn state(&self) -> State {
        self.state
    }

    fn told(&self, facts: &Facts<'_>) -> Told {
        let (kind, name) = match &self.level {
            Level::Workload(workload) => return workload.told(facts),
            Level::Application(it) => return it.told(facts),
            Level::Environment(it) => ("Namespace", it.namespace.to_string()),
            Level::Cron(it) => ("CronJob", it.name.to_string()),
            Level::Run(_, it) => ("Job", it.name.to_string()),
            Level::Pod(pod) => ("Pod", pod.name.to_string()),
            Level::Revision(workload, revision) => {
                let revision = revision_name(facts, revision);
                ("", format!("{workload} {revision}"))
            }
        };
        Told {
            cluster: Some(self.cluster),
            namespace: self.namespace.to_string(),
            kind: kind.to_owned(),
            name,
            said: vec![what(facts, self)],
            since: match &self.level {
                Level::Cron(_) | Level::Run(..) => since(facts, self),
                _ => None,
            },
            ..Told::default()
        }
    }
}

fn table(facts: &Facts<'_>, form: Form, rows: &[&TreeRow]) -> Table {
    let title = |id| facts.say(id);
    let columns = vec![
        Column::left(title("title-tree"), 38, 18)
            .grows()
            .says(|it: &TreeRow| Cell::Branch(branch(facts, it))),
        Column::right(title("title-ready"), 6).says(ready_cell),
        Column::left(title("title-what"), 28, 10)
            .dropped(0)
            .grows()
            .says(|it: &TreeRow| Cell::Text(what(facts, it), what_tone(it))),
        Column::right(title("title-age"), 4)
            .dropped(1)
            .says(|it: &TreeRow| facts.aged(it.cluster, since(facts, it), &it.target)),
    ];
    Table::of(facts, form, Lead::Bare, columns, rows, |row| {
        (row.state, row.class)
    })
}

fn ready_cell(row: &TreeRow) -> Cell {
    ready(row).map_or(Cell::Empty, |(ready, wanted)| {
        let low = ready < wanted;
        let tone = if low { row.state.tone() } else { Tone::Text };
        Cell::Figure(format!("{ready}/{wanted}"), tone)
    })
}

fn branch(facts: &Facts<'_>, row: &TreeRow) -> Branch {
    let (name, note) = match &row.level {
        Level::Environment(environment) => {
            let cluster = facts.cluster(environment.cluster);
            // Where a namespace is all of its tenant it has no name of its own.
            let name = match environment.name.as_str() {
                "" => environment.namespace.to_string(),
                name => name.to_owned(),
            };
            (name, cluster)
        }
        Level::Application(it) => (it.object.name.to_string(), "Application".to_owned()),
        Level::Workload(workload) => {
            let kind = match workload.kind.as_str() {
                "Deployment" => "",
                kind => Kind::shown(kind),
            };
            (workload.name.to_string(), kind.to_owned())
        }
        Level::Cron(cron) => (cron.name.to_string(), "CronJob".to_owned()),
        Level::Run(cron, run) => {
            let alone = cron.is_none().then(|| "Job".to_owned());
            let name = runs::name_of_run(cron.as_deref(), run);
            (name, alone.unwrap_or_default())
        }
        Level::Revision(_, revision) => (revision_name(facts, revision), String::new()),
        Level::Pod(pod) => (format!("\u{2026}-{}", pod.suffix), String::new()),
    };
    Branch {
        depth: row.depth,
        open: row.open,
        state: row.state,
        class: (row.depth == 0).then_some(row.class),
        name,
        note,
    }
}

pub(super) fn name(facts: &Facts<'_>, row: &TreeRow) -> String {
    branch(facts, row).name
}

pub(super) fn revision_name(facts: &Facts<'_>, revision: &RevisionRow) -> String {
    let number = revision.number.map(|it| {
        let number = [("revision", it.to_string().into())];
        facts.catalogue.say_with("rollout-revision", &number)
    });
    let image = revision.images.first().map(|it| tag(it).to_owned());
    let parts: Vec<_> = [number, image].into_iter().flatten().collect();
    if parts.is_empty() {
        facts.say("pane-pods")
    } else {
        parts.join("  ")
    }
}

/// Ready, and wanted; what is meant to end is not meant to be ready.
pub(super) fn ready(row: &TreeRow) -> Option<(u32, u32)> {
    match &row.level {
        Level::Environment(it) => Some((it.ready, it.total)),
        Level::Workload(it) => Some((it.ready, it.desired)),
        Level::Application(_) | Level::Cron(_) | Level::Run(..) => None,
        Level::Revision(_, it) => Some((it.ready, it.wanted)),
        Level::Pod(it) => Some((it.ready, it.containers)),
    }
}

fn what(facts: &Facts<'_>, row: &TreeRow) -> String {
    match &row.level {
        Level::Environment(environment) => quotas(facts, environment),
        Level::Application(it) => applications::sentence(facts, it),
        Level::Workload(workload) => standing(facts, workload),
        Level::Cron(cron) => runs::standing(facts, cron),
        Level::Run(_, run) => runs::standing_of_run(facts, run),
        Level::Revision(_, revision) => {
            let id = match (revision.current, revision.ready) {
                (true, 0) if revision.wanted > 0 => "revision-none-ready",
                (true, _) => "revision-current",
                (false, 0) => "revision-old",
                (false, _) => "revision-serves",
            };
            facts.say(id)
        }
        Level::Pod(pod) => pod_words(facts, pod),
    }
}

fn what_tone(row: &TreeRow) -> Tone {
    match &row.level {
        Level::Environment(environment) => environment.quotas.first().map_or(Tone::Text, tone),
        _ => Tone::Text,
    }
}

/// `quota cpu 77% mem 50%`.
fn quotas(facts: &Facts<'_>, environment: &EnvironmentRow) -> String {
    let mut said = Vec::new();
    for wanted in ["cpu", "memory"] {
        let mut fills = environment.quotas.iter();
        if let Some(fill) = fills.find(|it| it.resource.ends_with(wanted)) {
            let name = facts.say(&format!("quota-{wanted}"));
            said.push(format!("{name} {}%", percent(fill)));
        }
    }
    if said.is_empty() {
        return String::new();
    }
    format!("{} {}", facts.say("subject-quota"), said.join(" "))
}

/// `CrashLoopBackOff 6×  app1-w02`.
pub(super) fn pod_words(facts: &Facts<'_>, pod: &PodRow) -> String {
    let status = if pod.restarts == 0 {
        pod.status.clone()
    } else {
        let arguments = [
            ("status", pod.status.as_str().into()),
            ("restarts", pod.restarts.into()),
        ];
        facts.catalogue.say_with("pod-restarted", &arguments)
    };
    // Its containers run, and the node no longer says so.
    let unready =
        pod.health == Health::Sick && pod.status == "Running" && pod.ready == pod.containers;
    let parts = [
        Some(status),
        unready.then(|| facts.say("pod-unready")),
        Some(pod.node.to_string()).filter(|it| !it.is_empty()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("  ")
}

pub(super) fn since(facts: &Facts<'_>, row: &TreeRow) -> Option<Moment> {
    match &row.level {
        Level::Environment(it) => it.changed,
        Level::Application(it) => it.since,
        Level::Workload(it) => it.since,
        Level::Cron(it) => runs::since(facts, it),
        Level::Run(_, it) => runs::since_of_run(it),
        Level::Revision(_, it) => it.created,
        Level::Pod(it) => it.created,
    }
}

pub(super) fn words<'a>(facts: &Facts<'_>, row: &'a TreeRow) -> Words<'a> {
    let branch = branch(facts, row);
    let mut texts = vec![what(facts, row).into(), row.namespace.as_str().into()];
    match &row.level {
        Level::Pod(pod) => texts.extend([&pod.name, &pod.node].map(|it| Cow::from(it.as_str()))),
        Level::Run(_, run) => texts.push(run.name.as_str().into()),
        Level::Cron(cron) => texts.push(cron.schedule.as_str().into()),
        _ => {}
    }
    Words {
        names: vec![branch.name.into(), branch.note.into()],
        texts,
    }
}

fn brief(facts: &Facts<'_>, tenant: &str, row: &TreeRow) -> Brief {
    let ready = ready(row);
    Brief {
        state: row.state,
        class: row.class,
        whose: Whose::of(
            tenant,
            &facts.places.of(row.cluster, &row.namespace).environment,
        ),
        kind: String::new(),
        subject: name(facts, row),
        ready: ready.map(|(ready, wanted)| (format!("{ready}/{wanted}"), ready < wanted)),
        age: facts.age(row.cluster, since(facts, row)),
        stale: facts.survey.stale(row.cluster).is_some(),
        lines: vec![what(facts, row)],
    }
}

fn card(facts: &Facts<'_>, tenant: &str, row: &TreeRow) -> Card {
    let place = facts.places.of(row.cluster, &row.namespace);
    let branch = branch(facts, row);
    let (kind, name) = match &row.level {
        Level::Application(it) => return applications::card(facts, it),
        Level::Workload(it) => return deployments::card(facts, it),
        Level::Cron(it) => return runs::card(facts, it),
        Level::Run(_, it) => return runs::card_of_run(facts, it),
        Level::Environment(_) => (facts.say("kind-environment"), branch.name),
        Level::Revision(owner, _) => (
            facts.say("kind-revision"),
            format!("{owner} {}", branch.name),
        ),
        Level::Pod(pod) => ("Pod".to_owned(), pod.name.to_string()),
    };
    let mut parts = vec![
        Part::of(facts.say("strip-state"), vec![what(facts, row)]),
        Part::of(
            facts.say("strip-namespace"),
            vec![row.namespace.to_string()],
        ),
    ];
    if let Level::Pod(pod) = &row.level {
        parts.push(Part::of(
            facts.say("strip-node"),
            vec![pod.node.to_string()],
        ));
    }
    let ready = ready(row).map(|(ready, wanted)| {
        let counts = [("ready", ready.into()), ("wanted", wanted.into())];
        facts.catalogue.say_with("card-ready", &counts)
    });
    Card {
        subject: name,
        kind,
        whose: Whose::of(tenant, &place.environment),
        since: card::since(facts, row.cluster, since(facts, row)),
        ready: ready.unwrap_or_default(),
        parts,
        ..card::blank(facts, row.cluster, place.class)
    }
}

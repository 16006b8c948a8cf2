//! Tenants: the platform, then those that are hurt, then the others by name.

use std::borrow::Cow;

use super::copy::Told;
use super::filter::{self, Words};
use super::list::{self, Part, Window};
use super::page::{Listed, Rows, Target};
use super::{
    Below, Brief, Card, Cell, ClassMark, Column, Facts, Form, Lead, Line, List, Piece, State,
    Table, Title, Tone, Whose, muted, quota, text, words,
};
use crate::insight::{EnvironmentRow, Fill, Finding, TenantRow};
use crate::store::Cluster;
use crate::tenancy::Class;

pub(super) fn tenants(facts: &Facts<'_>, form: Form) -> List {
    let below = fleet(facts, form);
    let window = Window::of(facts, list::room(facts, form, below.len(), true));
    let all = facts.rows.tenants();
    let in_view: Vec<_> = window.rows.iter().filter_map(|at| all.get(*at)).collect();
    let need = all.iter().filter(|it| it.worst.is_some()).count();
    let need = (need > 0).then(|| {
        facts
            .catalogue
            .say_with("count-need", &[("count", need.into())])
    });
    let chosen = selected(facts);
    List {
        title: list::title(facts, "tenants-title", need.into_iter().collect(), &window),
        prompt: filter::prompt(facts),
        guide: filter::guide(facts),
        notes: if in_view.is_empty() {
            list::nothing(facts, "tenants-none")
        } else {
            Vec::new()
        },
        table: table(facts, form, &in_view),
        selected: window.selected,
        first: window.first,
        briefs: list::briefs(form, &in_view, |it| brief(facts, it)),
        card: chosen.map(|it| card(facts, form, it)),
        below,
        pane: facts.pane,
    }
}

/// Where the whole stands, in the wide form: environments, workloads, quotas.
pub(super) fn fleet(facts: &Facts<'_>, form: Form) -> Vec<Below> {
    let rows = facts.rows.tenants();
    if form != Form::Wide || facts.lines < 30 || rows.is_empty() {
        return Vec::new();
    }
    let environments = || rows.iter().flat_map(|row| &row.environments);
    let of_class = |class| environments().filter(|it| it.class == class).count();
    let figure = |count: usize| {
        facts
            .catalogue
            .whole(u64::try_from(count).unwrap_or(u64::MAX))
    };
    let say = |id, arguments: &[_]| facts.catalogue.say_with(id, arguments);
    let ready: u32 = rows.iter().map(|row| row.ready).sum();
    let total: u32 = rows.iter().map(|row| row.total).sum();
    let moving: u32 = rows.iter().map(|row| row.moving).sum();
    let fullest = || environments().filter_map(|it| it.quotas.first());
    let full = fullest().filter(|it| it.ratio >= 1.0).count();
    let near = fullest().filter(|it| it.ratio >= quota::NEAR).count() - full;
    let lines = [
        (
            "fleet-environments",
            say(
                "fleet-classes",
                &[
                    ("total", figure(environments().count()).into()),
                    ("production", figure(of_class(Class::Production)).into()),
                    ("other", figure(of_class(Class::NonProduction)).into()),
                    ("unknown", figure(of_class(Class::Unknown)).into()),
                ],
            ),
        ),
        (
            "fleet-workloads",
            say(
                "fleet-ready",
                &[
                    ("total", total.into()),
                    ("ready", ready.into()),
                    ("short", (total - ready).into()),
                    ("moving", moving.into()),
                ],
            ),
        ),
        (
            "fleet-quotas",
            say(
                "fleet-full",
                &[("full", full.into()), ("near", near.into())],
            ),
        ),
    ];
    let rule = Below::Rule(Title {
        left: facts.say("fleet-title"),
        ..Title::default()
    });
    let stale = rows.iter().any(|it| stale(facts, it));
    let mark = stale.then_some(Piece::Mark(State::Stale));
    let line = |(label, said): (&str, String)| {
        let said = std::iter::once(text(said)).chain(mark.clone());
        Below::Gutter(facts.say(label), said.collect())
    };
    [Below::Blank, rule]
        .into_iter()
        .chain(lines.map(line))
        .collect()
}

fn selected<'a>(facts: &Facts<'a>) -> Option<&'a TenantRow> {
    match facts.rows {
        Rows::Tenants(rows) => rows.get(facts.selected_row()?),
        _ => None,
    }
}

impl Listed for TenantRow {
    fn target(&self) -> Target {
        Target::Tenant(self.name.clone())
    }

    fn state(&self) -> State {
        match self.worst {
            Some(severity) => severity.into(),
            None if self.moving > 0 => State::Moving,
            None => State::Good,
        }
    }

    fn told(&self, _: &Facts<'_>) -> Told {
        Told {
            name: self.name.to_string(),
            ..Told::default()
        }
    }
}

fn table(facts: &Facts<'_>, form: Form, rows: &[&TenantRow]) -> Table {
    let title = |id| facts.say(id);
    let columns = vec![
        Column::left(title("title-tenant"), 16, 10)
            .says(|it: &TenantRow| Cell::Text(it.name.to_string(), Tone::Text)),
        Column::left(title("title-environments"), 5, 5)
            .dropped(3)
            .says(|it: &TenantRow| Cell::Text(environments(it), Tone::Text)),
        Column::right(title("title-ready"), 7).says(|it: &TenantRow| ready(facts, it)),
        Column::right(title("title-moving"), 4)
            .dropped(4)
            .says(moving),
        Column::right(title("title-found"), 6).says(|it: &TenantRow| found(facts, it)),
        Column::left(title("title-worst"), 20, 10)
            .dropped(0)
            .grows()
            .says(|it: &TenantRow| {
                worst(facts, it).map_or(Cell::Empty, |it| {
                    Cell::Text(words::named(facts, it), Tone::Text)
                })
            }),
        Column::right(title("title-quota"), 6)
            .dropped(1)
            .says(fullest),
        Column::right(title("title-changed"), 4)
            .dropped(2)
            .says(|it: &TenantRow| Cell::Age {
                text: age(facts, it),
                stale: stale(facts, it),
                new: facts.unseen.contains(&it.target()),
            }),
    ];
    Table::of(facts, form, Lead::State, columns, rows, |row| {
        let state = if blind(facts, row) {
            State::Unknown
        } else {
            row.state()
        };
        (state, ClassMark::Other)
    })
}

/// Without the right to see what runs, nothing wrong is not all well.
fn blind(facts: &Facts<'_>, tenant: &TenantRow) -> bool {
    tenant.total == 0 && tenant.worst.is_none() && list::unread(facts).is_some()
}

fn ready(facts: &Facts<'_>, tenant: &TenantRow) -> Cell {
    let low = tenant.ready < tenant.total;
    let text = if blind(facts, tenant) {
        "\u{2013}".to_owned()
    } else {
        format!("{}/{}", tenant.ready, tenant.total)
    };
    Cell::Figure(text, if low { Tone::Warning } else { Tone::Text })
}

/// `3 P1`: how many, and how many of them production.
fn environments(tenant: &TenantRow) -> String {
    let production = tenant
        .environments
        .iter()
        .filter(|it| it.class == Class::Production)
        .count();
    let all = tenant.environments.len();
    match production {
        0 => all.to_string(),
        production if production == all => format!("{all} P"),
        production => format!("{all} P{production}"),
    }
}

fn moving(tenant: &TenantRow) -> Cell {
    match (tenant.failing, tenant.moving) {
        (0, 0) => Cell::Figure("\u{2013}".to_owned(), Tone::Muted),
        (0, moving) => Cell::Counts(vec![(State::Moving, moving)]),
        (failing, _) => Cell::Counts(vec![(State::Failed, failing)]),
    }
}

fn found(facts: &Facts<'_>, tenant: &TenantRow) -> Cell {
    if blind(facts, tenant) {
        return Cell::Figure("\u{2013}".to_owned(), Tone::Muted);
    }
    let counts = [
        (State::Critical, tenant.critical),
        (State::Warning, tenant.warning),
    ];
    Cell::Counts(counts.into_iter().filter(|(_, count)| *count > 0).collect())
}

/// `77% c`: the fullest, and of what.
fn fullest(tenant: &TenantRow) -> Cell {
    let Some(fill) = &tenant.quota else {
        return Cell::Figure("\u{2013}".to_owned(), Tone::Muted);
    };
    let sign = match resource(fill) {
        Resource::Cpu => "c",
        Resource::Memory => "m",
        Resource::Other => "n",
    };
    Cell::Figure(
        format!("{}% {sign}", quota::percent(fill)),
        quota::tone(fill),
    )
}

enum Resource {
    Cpu,
    Memory,
    Other,
}

fn resource(fill: &Fill) -> Resource {
    let name = fill.resource.as_str();
    if name.ends_with("cpu") {
        Resource::Cpu
    } else if name.ends_with("memory") {
        Resource::Memory
    } else {
        Resource::Other
    }
}

/// Something that its figures count is as last seen.
fn stale(facts: &Facts<'_>, tenant: &TenantRow) -> bool {
    let mut clusters = tenant.clusters.iter();
    clusters.any(|it| facts.survey.stale(*it).is_some())
}

fn age(facts: &Facts<'_>, tenant: &TenantRow) -> String {
    since_change(facts, tenant).map_or_else(String::new, |it| facts.catalogue.age(it))
}

/// Seconds since its last change, by the clock of the cluster that has it.
pub(super) fn since_change(facts: &Facts<'_>, tenant: &TenantRow) -> Option<i64> {
    let at = tenant.changed?;
    let mut environments = tenant.environments.iter();
    let last = environments.find(|it| it.changed == Some(at))?;
    Some(at.age(facts.survey.cluster_now(last.cluster, facts.now)))
}

fn worst<'a>(facts: &Facts<'a>, tenant: &TenantRow) -> Option<&'a Finding> {
    let mut findings = facts.judgement.findings.iter();
    findings.find(|it| it.tenants.contains(&tenant.name))
}

pub(super) fn words<'a>(facts: &'a Facts<'_>, tenant: &'a TenantRow) -> Words<'a> {
    let clusters = tenant.clusters.iter();
    let clusters = clusters.filter_map(|it| facts.store.cluster(*it));
    let names = [&tenant.name]
        .into_iter()
        .chain(clusters.map(Cluster::name));
    let names = names.map(|it| Cow::from(it.as_str())).collect();
    let environments = tenant.environments.iter();
    let texts = environments.flat_map(|it| [&it.name, &it.namespace]);
    let mut texts: Vec<_> = texts.map(|it| Cow::from(it.as_str())).collect();
    texts.extend(worst(facts, tenant).map(|it| words::named(facts, it).into()));
    Words { names, texts }
}

fn brief(facts: &Facts<'_>, tenant: &TenantRow) -> Brief {
    let worst = worst(facts, tenant);
    Brief {
        state: tenant.state(),
        class: ClassMark::Other,
        whose: Whose::of(&tenant.name, ""),
        kind: String::new(),
        subject: environments(tenant),
        ready: Some((
            format!("{}/{}", tenant.ready, tenant.total),
            tenant.ready < tenant.total,
        )),
        age: age(facts, tenant),
        stale: stale(facts, tenant),
        lines: worst
            .into_iter()
            .map(|it| words::named(facts, it))
            .collect(),
    }
}

fn card(facts: &Facts<'_>, form: Form, tenant: &TenantRow) -> Card {
    let count = [("count", tenant.environments.len().into())];
    let mut environments: Vec<_> = tenant.environments.iter().collect();
    environments.sort_by_key(|it| (it.worst.is_none(), it.class, it.worst));
    let environments = environments.into_iter();
    Card {
        subject: tenant.name.to_string(),
        kind: facts.catalogue.say_with("environments-count", &count),
        parts: environments.map(|it| part(facts, form, it)).collect(),
        ..Card::default()
    }
}

/// An environment: how it stands and what its quotas leave, then where it is and what hurts it.
fn part(facts: &Facts<'_>, form: Form, environment: &EnvironmentRow) -> Part {
    let head = vec![
        Piece::Mark(environment.worst.map_or(State::Good, State::from)),
        text(format!("{}/{}", environment.ready, environment.total)),
    ];
    let mut lines: Vec<Line> = match form {
        Form::Wide => {
            let bounds = quota::in_pane(facts, environment);
            [head].into_iter().chain(bounds).collect()
        }
        _ => vec![quota::in_strip(facts, &head, environment)],
    };
    if facts.survey.stale(environment.cluster).is_some()
        && let Some(first) = lines.first_mut()
    {
        first.push(Piece::Mark(State::Stale));
    }
    let cluster = facts.store.cluster(environment.cluster);
    let class = match environment.class {
        Class::Production => Some(facts.say("card-production")),
        Class::Unknown => Some(facts.say("class-unknown")),
        Class::NonProduction => None,
    };
    let place = [
        class,
        cluster.map(|it| it.name().to_string()),
        Some(environment.namespace.to_string()),
    ];
    let place: Vec<_> = place.into_iter().flatten().collect();
    lines.push(vec![muted(place.join("  "))]);
    let hits = facts.judgement.findings.iter().filter(|it| {
        let hit = |(namespace, _): &(_, _)| *namespace == environment.namespace;
        it.cluster == environment.cluster
            && (it.namespace == environment.namespace || it.hit.iter().any(hit))
    });
    for finding in hits {
        lines.push(vec![
            Piece::Mark(finding.severity.into()),
            text(words::named(facts, finding)),
        ]);
    }
    Part {
        label: match environment.name.as_str() {
            "" => environment.namespace.to_string(),
            name => name.to_owned(),
        },
        lines,
        long: false,
    }
}

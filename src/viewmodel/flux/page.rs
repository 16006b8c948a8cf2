//! What Flux keeps: Kustomizations and `HelmReleases`, how each stands against its source; worst first.

use super::pane;
use crate::insight::{FluxKept, FluxRow, FluxStanding, flux_rows};
use crate::model::Kind;
use crate::tenancy::Place;
use crate::viewmodel::copy::{self, Told};
use crate::viewmodel::filter::{self, Words};
use crate::viewmodel::list::{self, Window};
use crate::viewmodel::page::{Listed, Rows, Target};
use crate::viewmodel::{
    Brief, Cell, Column, Facts, Form, Ground, Lead, List, State, Table, Tone, Whose, order,
};
use crate::wording::source_revision;

pub(in crate::viewmodel) fn flux(facts: &Facts<'_>, form: Form) -> List {
    let window = Window::of(facts, list::room(facts, form, 0, true));
    let all = facts.rows.flux();
    let in_view: Vec<_> = window.rows.iter().filter_map(|at| all.get(*at)).collect();
    List {
        title: list::title(facts, "flux-count", counts(facts, all), &window),
        prompt: filter::prompt(facts),
        guide: filter::guide(facts),
        notes: if in_view.is_empty() {
            list::nothing_of(facts, &KINDS, none(facts))
        } else {
            Vec::new()
        },
        table: table(facts, form, &in_view),
        selected: window.selected,
        first: window.first,
        briefs: list::briefs(form, &in_view, |it| brief(facts, it)),
        card: selected(facts).map(|row| pane::card(facts, row)),
        below: Vec::new(),
        pane: facts.pane,
    }
}

/// No cluster has any where none serves the kinds.
const KINDS: [Kind; 2] = [Kind::Kustomization, Kind::HelmRelease];

fn none(facts: &Facts<'_>) -> &'static str {
    let mut clusters = facts.store.clusters();
    let served = clusters.any(|cluster| {
        let served = |it: &Kind| cluster.kind(it.group(), it.plural()).is_some();
        KINDS.iter().any(served)
    });
    if served {
        "flux-none"
    } else {
        "flux-not-served"
    }
}

fn selected<'a>(facts: &Facts<'a>) -> Option<&'a FluxRow> {
    match facts.rows {
        Rows::Flux(rows) => rows.get(facts.selected_row()?),
        _ => None,
    }
}

/// `1 stalled · 2 failed · 1 suspended`, of what is not none.
fn counts(facts: &Facts<'_>, rows: &[FluxRow]) -> Vec<String> {
    let parts = [
        ("flux-stalled-count", FluxStanding::Stalled),
        ("flux-failed-count", FluxStanding::Failed),
        ("flux-suspended-count", FluxStanding::Suspended),
    ];
    let counted = parts.into_iter().filter_map(|(id, standing)| {
        let count = rows.iter().filter(|it| it.standing == standing).count();
        let count_of = [("count", count.into())];
        (count > 0).then(|| facts.catalogue.say_with(id, &count_of))
    });
    counted.collect()
}

fn standing(facts: &Facts<'_>, row: &FluxRow) -> String {
    facts.say(match row.standing {
        FluxStanding::Stalled => "flux-is-stalled",
        FluxStanding::Failed => "flux-is-failed",
        FluxStanding::Waits => "flux-is-waiting",
        FluxStanding::Moving => "flux-is-moving",
        FluxStanding::Suspended => "flux-is-suspended",
        FluxStanding::Unattended => "flux-is-unknown",
        FluxStanding::Ready => "flux-is-ready",
    })
}

impl Listed for FluxRow {
    fn target(&self) -> Target {
        Target::Listed(Box::new(self.object.clone()))
    }

    fn state(&self) -> State {
        match self.standing {
            FluxStanding::Stalled | FluxStanding::Failed => State::Failed,
            FluxStanding::Waits => State::Warning,
            FluxStanding::Moving => State::Moving,
            FluxStanding::Suspended => State::Waiting,
            FluxStanding::Unattended => State::Unknown,
            FluxStanding::Ready => State::Good,
        }
    }

    fn told(&self, facts: &Facts<'_>) -> Told {
        Told {
            said: vec![sentence(facts, self)],
            place: Some(self.place.clone()),
            since: self.since,
            ..copy::of_ref(&self.object)
        }
    }
}

fn table(facts: &Facts<'_>, form: Form, rows: &[&FluxRow]) -> Table {
    let title = |id| facts.say(id);
    let columns = [
        Some(
            Column::left(title("title-place"), 16, 10).says(|it: &FluxRow| Cell::Whose(whose(it))),
        ),
        Some(
            Column::left(title("title-flux-kind"), 4, 4)
                .dropped(3)
                .says(|it: &FluxRow| Cell::Text(short_kind(it).to_owned(), Tone::Muted)),
        ),
        Some(
            Column::left(title("title-name"), 16, 12)
                .grows()
                .says(|it: &FluxRow| Cell::name(&*it.object.name)),
        ),
        Some(
            Column::left(title("title-state"), 11, 10).says(|it: &FluxRow| {
                let tone = match it.state() {
                    State::Good => Tone::Text,
                    other => other.tone(),
                };
                Cell::Text(standing(facts, it), tone)
            }),
        ),
        Some(
            Column::left(title("title-revision-of-git"), 17, 17)
                .dropped(2)
                .says(|it: &FluxRow| Cell::Text(revision(it), Tone::Text)),
        ),
        Some(
            Column::left(title("title-namespace"), 11, 8)
                .dropped(0)
                .says(|it: &FluxRow| Cell::Text(it.object.namespace.to_string(), Tone::Muted)),
        ),
        // That it deploys to.
        facts.several().then(|| {
            Column::left(title("title-cluster"), 10, 6)
                .dropped(1)
                .says(|it: &FluxRow| Cell::Text(facts.cluster(it.cluster), Tone::Muted))
        }),
        Some(
            Column::right(title("title-for"), 4)
                .says(|it: &FluxRow| facts.aged(it.object.cluster, it.since, &it.target())),
        ),
    ];
    let columns = columns.into_iter().flatten().collect();
    Table::of(facts, form, Lead::StateAndClass, columns, rows, |row| {
        (row.state(), row.place.class.into())
    })
}

/// As `flux get` and kubectl call them.
fn short_kind(row: &FluxRow) -> &'static str {
    if row.object.kind == Kind::HelmRelease {
        "hr"
    } else {
        "ks"
    }
}

/// `8c1f2e0→51d0c3a`, where it tried another than it applied.
fn revision(row: &FluxRow) -> String {
    let applied = source_revision(&row.applied);
    match row.other() {
        Some(other) if applied.is_empty() => format!("–\u{2192}{}", source_revision(other)),
        Some(other) => format!("{applied}\u{2192}{}", source_revision(other)),
        None => applied.to_owned(),
    }
}

pub(super) fn whose(row: &FluxRow) -> Whose {
    Whose::of(&row.place.tenant, &row.place.environment)
}

pub(in crate::viewmodel) fn words<'a>(facts: &Facts<'_>, row: &'a FluxRow) -> Words<'a> {
    Words {
        names: vec![
            whose(row).text().into(),
            row.object.name.as_str().into(),
            facts.cluster(row.cluster).into(),
        ],
        texts: vec![
            row.object.kind.name().into(),
            row.namespace.as_str().into(),
            row.object.namespace.as_str().into(),
            row.applied.as_str().into(),
            row.attempted.as_str().into(),
            standing(facts, row).into(),
        ],
    }
}

pub(super) fn kept<'a>(facts: &Facts<'a>, row: &FluxRow) -> Option<FluxKept<'a>> {
    let home = row.object.cluster;
    let flux = facts.store.cluster(home)?.flux_of(row.object.uid?)?;
    Some(FluxKept { home, flux })
}

/// How it stands in one line, in Flux's own words where it says some.
fn sentence(facts: &Facts<'_>, row: &FluxRow) -> String {
    let kept = kept(facts, row);
    let failed = kept.and_then(|it| it.flux.failed.as_deref());
    match failed {
        Some(it) if !it.message.is_empty() => {
            format!("{}: {}", it.reason, facts.catalogue.quote(&it.message))
        }
        _ => kept.map_or_else(String::new, |it| super::standing(facts, it.flux)),
    }
}

fn brief(facts: &Facts<'_>, row: &FluxRow) -> Brief {
    Brief {
        state: row.state(),
        class: row.place.class.into(),
        whose: whose(row),
        kind: short_kind(row).to_owned(),
        subject: row.object.name.to_string(),
        ready: None,
        age: facts.age(row.object.cluster, row.since),
        stale: facts.survey.stale(row.object.cluster).is_some(),
        lines: vec![standing(facts, row), sentence(facts, row)],
    }
}

/// Worst first; those that are well by place and name.
pub(in crate::viewmodel) fn rows(ground: &Ground<'_>) -> Vec<FluxRow> {
    let asked = |namespace: &str, place: &Place| {
        ground.scope.is_everything() || ground.scope.matches(namespace, place)
    };
    let mut rows = flux_rows(ground.store, ground.places, asked);
    rows.sort_by_cached_key(order::flux);
    rows
}

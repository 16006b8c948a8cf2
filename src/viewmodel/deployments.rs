//! Deployments: what runs and what moves, worst first. A row is any workload: also those of controllers that are not watched.

use std::borrow::Cow;
use std::rc::Rc;

use super::copy::Told;
use super::events;
use super::filter::{self, Words};
use super::list::{self, Part, Window};
use super::order::{self, Sort, SortKey};
use super::page::{Listed, Rows, Target};
use super::watch::card;
use super::{
    Brief, Card, Cell, Column, Facts, Form, Lead, Line, List, Piece, State, Table, Tone, Whose,
    application, aspect, bar, muted, text, tree, words,
};
use crate::insight::{self, Cause, DeploymentRow, Finding, Health, RevisionRow, RolloutInProgress};
use crate::model::{Kind, Lookup, SyncState, Text};
use crate::wording::tag;

/// From so many columns on no other column is cut for that of how it stands to git.
const ROOMY: u16 = 180;

pub(super) fn deployments(facts: &Facts<'_>, form: Form) -> List {
    let window = Window::of(facts, list::room(facts, form, 0, true));
    let all = facts.rows.workloads();
    let in_view = window.rows.iter().filter_map(|at| all.get(*at));
    let in_view: Vec<_> = in_view.map(Rc::as_ref).collect();
    let chosen = selected(facts);
    List {
        title: list::title(facts, "deployments-count", counts(facts, all), &window),
        prompt: filter::prompt(facts),
        guide: filter::guide(facts),
        notes: if in_view.is_empty() {
            list::nothing(facts, "deployments-none")
        } else {
            Vec::new()
        },
        table: table(facts, form, &in_view),
        selected: window.selected,
        first: window.first,
        briefs: list::briefs(form, &in_view, |it| brief(facts, it)),
        card: chosen.map(|row| self::card(facts, row)),
        below: Vec::new(),
        pane: facts.pane,
    }
}

pub(super) fn selected<'a>(facts: &Facts<'a>) -> Option<&'a DeploymentRow> {
    match facts.rows {
        Rows::Workloads(rows) => rows.get(facts.selected_row()?).map(Rc::as_ref),
        _ => None,
    }
}

/// The events of the workload under the cursor.
pub(super) fn lookups(facts: &Facts<'_>) -> Vec<Lookup> {
    selected(facts)
        .map(events::of_namespace)
        .into_iter()
        .collect()
}

/// `6 need a human · 1 moves · 2 wait`, of what is not none.
fn counts(facts: &Facts<'_>, rows: &[Rc<DeploymentRow>]) -> Vec<String> {
    let count = |wanted: fn(State) -> bool| rows.iter().filter(|row| wanted(row.state())).count();
    let parts = [
        (
            "count-need",
            count(|it| matches!(it, State::Critical | State::Failed | State::Warning)),
        ),
        ("count-move", count(|it| it == State::Moving)),
        ("count-wait", count(|it| it == State::Waiting)),
    ];
    let parts = parts.into_iter().filter(|(_, count)| *count > 0);
    parts
        .map(|(id, count)| facts.catalogue.say_with(id, &[("count", count.into())]))
        .collect()
}

impl Listed for DeploymentRow {
    fn target(&self) -> Target {
        self.cause().into()
    }

    fn state(&self) -> State {
        order::state_of(self.state, self.severity)
    }

    fn told(&self, facts: &Facts<'_>) -> Told {
        Told {
            cluster: Some(self.cluster),
            namespace: self.namespace.to_string(),
            place: Some(self.place.clone()),
            kind: self.kind.to_string(),
            name: self.name.to_string(),
            said: vec![ready(self), standing(facts, self)],
            since: self.since,
            hurt: self.finding.clone(),
            ..Told::default()
        }
    }
}

fn table(facts: &Facts<'_>, form: Form, rows: &[&DeploymentRow]) -> Table {
    let title = |id| facts.say(id);
    let by_restarts = |sort: Sort| sort.key == SortKey::Restarts;
    let restarts = facts.columns >= 160 || facts.sort.is_some_and(by_restarts);
    let roomy = facts.columns >= ROOMY;
    let columns = [
        Some(
            Column::left(title("title-place"), 16, 10)
                .says(|it: &DeploymentRow| Cell::Whose(whose(it))),
        ),
        Some(
            Column::left(title("title-workload"), 13, 8)
                .says(|it: &DeploymentRow| Cell::name(&*it.name)),
        ),
        Some(Column::right(title("title-ready"), ready_cells(rows)).says(ready_cell)),
        Some(
            Column::left(title("title-rollout"), 8, 4)
                .dropped(3)
                .says(|it: &DeploymentRow| Cell::Bar(bar(facts, it), it.state())),
        ),
        Some(
            Column::right(title("title-revision"), 3)
                .dropped(1)
                .says(revision),
        ),
        Some(
            Column::left(title("title-image"), 15, 6)
                .dropped(2)
                .grows()
                .says(|it: &DeploymentRow| image(facts, it)),
        ),
        restarts.then(|| {
            Column::right(title("title-restarts"), 4)
                .says(|it: &DeploymentRow| Cell::Figure(it.restarts.to_string(), Tone::Text))
        }),
        Some(
            Column::left(title("title-manager"), 4, 4)
                .dropped(0)
                .says(manager),
        ),
        roomy.then(|| {
            Column::left(title("title-sync"), 9, 9)
                .dropped(0)
                .says(sync)
        }),
        Some(
            Column::right(title("title-for"), 4)
                .says(|it: &DeploymentRow| facts.aged(it.cluster, it.since, &it.target())),
        ),
    ];
    let columns = columns.into_iter().flatten().collect();
    Table::of(facts, form, Lead::StateAndClass, columns, rows, |row| {
        (row.state(), row.place.class.into())
    })
}

fn ready_cells(rows: &[&DeploymentRow]) -> u16 {
    let cells = rows.iter().map(|row| ready(row).chars().count());
    u16::try_from(cells.max().unwrap_or(0))
        .unwrap_or(u16::MAX)
        .clamp(5, 11)
}

fn ready(row: &DeploymentRow) -> String {
    format!("{}/{}", row.ready, row.desired)
}

fn ready_cell(row: &DeploymentRow) -> Cell {
    let low = row.ready < row.desired;
    let tone = if low { row.state().tone() } else { Tone::Text };
    Cell::Figure(ready(row), tone)
}

fn revision(row: &DeploymentRow) -> Cell {
    let revision = row.revision.map_or_else(String::new, |it| it.to_string());
    Cell::Figure(revision, Tone::Text)
}

fn manager(row: &DeploymentRow) -> Cell {
    let manager = row.managers.first();
    let manager = manager.map_or("\u{2013}", |it| it.tool.short());
    // The pane says it in words.
    let differs = row.sync == Some(SyncState::OutOfSync);
    let tone = if differs { Tone::Warning } else { Tone::Muted };
    Cell::Text(manager.to_owned(), tone)
}

/// In Argo CD's own words.
fn sync(row: &DeploymentRow) -> Cell {
    let tone = match row.sync {
        Some(SyncState::OutOfSync) => Tone::Warning,
        Some(SyncState::Synced) => Tone::Text,
        Some(SyncState::Unknown) | None => Tone::Muted,
    };
    let word = row.sync.map(|it| format!("{it:?}"));
    Cell::Text(word.unwrap_or_else(|| "\u{2013}".to_owned()), tone)
}

fn whose(row: &DeploymentRow) -> Whose {
    Whose::of(&row.place.tenant, &row.place.environment)
}

/// While it moves by its revisions, settled by what is ready of what is wanted.
fn bar(facts: &Facts<'_>, row: &DeploymentRow) -> super::Bar {
    match progress(facts, row) {
        Some(rollout) => card::bar_of(rollout),
        None => bar::rollout(
            row.desired,
            row.ready,
            row.desired.saturating_sub(row.ready),
            0,
        ),
    }
}

/// The tag, or the one that goes and the one that comes.
fn image(facts: &Facts<'_>, row: &DeploymentRow) -> Cell {
    let changed = progress(facts, row).and_then(|rollout| rollout.images.first());
    let to = changed.map(|it| &it.to).or(row.images.first());
    let Some(to) = to else { return Cell::Empty };
    let from = changed.filter(|it| !it.from.is_empty());
    Cell::Image {
        from: from.map(|it| tag(&it.from).to_owned()),
        to: tag(to).to_owned(),
    }
}

fn progress<'a>(facts: &Facts<'a>, row: &DeploymentRow) -> Option<&'a RolloutInProgress> {
    let Target::Object(object) = row.cause().into() else {
        return None;
    };
    let mut rollouts = facts.judgement.rollouts.iter();
    rollouts.find(|it| it.object == object)
}

/// What hurts the workload: its own finding, or the cause that it shares with others.
pub(super) fn finding<'a>(facts: &Facts<'a>, cause: Option<&Cause>) -> Option<&'a Finding> {
    let cause = cause?;
    facts
        .judgement
        .findings
        .iter()
        .find(|it| it.cause == *cause)
}

pub(super) fn words<'a>(facts: &'a Facts<'_>, row: &'a DeploymentRow) -> Words<'a> {
    let cluster = facts.store.cluster(row.cluster);
    let place = &row.place;
    let mut names = vec![
        Whose::joined(&place.tenant, &place.environment).into(),
        row.name.as_str().into(),
    ];
    names.extend(cluster.map(|it| it.name().as_str().into()));
    let mut texts: Vec<Cow<'_, str>> =
        vec![row.namespace.as_str().into(), row.kind.as_str().into()];
    texts.extend(row.images.iter().map(|it| Cow::from(it.as_str())));
    if let Some(finding) = finding(facts, row.finding.as_ref()) {
        texts.push(facts.catalogue.short(finding).into());
    }
    Words { names, texts }
}

/// One line: why it is hurt, else how it stands.
pub(super) fn standing(facts: &Facts<'_>, row: &DeploymentRow) -> String {
    if let Some(finding) = finding(facts, row.finding.as_ref()) {
        return if finding.cause == row.cause() {
            facts.catalogue.short(finding)
        } else {
            words::named(facts, finding)
        };
    }
    let now = facts.survey.cluster_now(row.cluster, facts.now);
    let told = |it: &&RolloutInProgress| !it.paused || it.course.is_some();
    if let Some(rollout) = progress(facts, row).filter(told) {
        return words::rollout(facts, rollout, now);
    }
    let state = facts.say(&format!("standing-{}", row.state.word()));
    let revision = row.revision.map(|it| {
        let revision = [("revision", it.to_string().into())];
        facts.catalogue.say_with("rollout-revision", &revision)
    });
    let image = row.images.first().map(|it| tag(it).to_owned());
    let calm = order::calm(row.state());
    let parts = [Some(state).filter(|_| !calm), revision, image];
    parts.into_iter().flatten().collect::<Vec<_>>().join("  ")
}

fn brief(facts: &Facts<'_>, row: &DeploymentRow) -> Brief {
    let mut lines = vec![standing(facts, row)];
    lines.extend(
        finding(facts, row.finding.as_ref())
            .into_iter()
            .flat_map(|it| words::why(facts, it)),
    );
    Brief {
        state: row.state(),
        class: row.place.class.into(),
        whose: whose(row),
        kind: String::new(),
        subject: row.name.to_string(),
        ready: Some((ready(row), row.ready < row.desired)),
        age: facts.age(row.cluster, row.since),
        stale: facts.survey.stale(row.cluster).is_some(),
        lines,
    }
}

pub(super) fn card(facts: &Facts<'_>, row: &DeploymentRow) -> Card {
    let counts = [("ready", row.ready.into()), ("wanted", row.desired.into())];
    let finding = finding(facts, row.finding.as_ref());
    let why = finding.map_or_else(
        || vec![standing(facts, row)],
        |finding| words::why(facts, finding),
    );
    let mut parts = vec![Part::of(facts.say("strip-why"), why)];
    let said = rollout(facts, row);
    if !said.is_empty() {
        parts.push(Part::of(facts.say("strip-rollout"), said));
    }
    parts.push(Part::of(facts.say("strip-image"), images(facts, row)));
    let mut kept = vec![managers(facts, &row.managers)];
    let differs = row.sync == Some(SyncState::OutOfSync);
    kept.extend(differs.then(|| facts.say("app-this-differs")));
    kept.extend(application::lines(facts, row.cluster, row.uid));
    parts.push(Part::of(facts.say("strip-manager"), kept));
    parts.push(Part {
        label: facts.say("pane-revisions"),
        lines: revisions(facts, row),
        long: true,
    });
    parts.push(Part {
        label: facts.say("pane-pods"),
        lines: pods(facts, row),
        long: true,
    });
    parts.push(events::part(facts, row));
    Card {
        subject: row.name.to_string(),
        kind: Kind::shown(&row.kind).to_owned(),
        whose: whose(row),
        since: card::since(facts, row.cluster, row.since),
        bar: bar(facts, row),
        ready: facts.catalogue.say_with("card-ready", &counts),
        parts,
        ..card::blank(facts, row.cluster, row.place.class)
    }
}

fn rollout(facts: &Facts<'_>, row: &DeploymentRow) -> Vec<String> {
    let now = facts.survey.cluster_now(row.cluster, facts.now);
    let moves = progress(facts, row).map(|it| words::rollout(facts, it, now));
    let cluster = facts.store.cluster(row.cluster);
    let workload = cluster.and_then(|it| it.workload(row.uid));
    let course = workload.map(|it| aspect::course(facts, it));
    moves
        .into_iter()
        .chain(course.into_iter().flatten())
        .collect()
}

fn images(facts: &Facts<'_>, row: &DeploymentRow) -> Vec<String> {
    let changes = progress(facts, row).map(|it| it.images.as_slice());
    let moved = |to: &Text| {
        let change = changes?.iter().find(|it| it.to == *to)?;
        (!change.from.is_empty()).then(|| tag(&change.from).to_owned())
    };
    let line = |image: &Text| match moved(image) {
        Some(from) => format!("{image}, {}", {
            let from = [("from", from.into())];
            facts.catalogue.say_with("image-before", &from)
        }),
        None => image.to_string(),
    };
    row.images.iter().map(line).collect()
}

pub(super) fn managers(facts: &Facts<'_>, managers: &[insight::Manager]) -> String {
    if managers.is_empty() {
        return facts.say("manager-nobody");
    }
    let named = |it: &insight::Manager| format!("{} {}", it.tool.name(), it.name);
    let all: Vec<_> = managers.iter().map(named).collect();
    all.join(" \u{b7} ")
}

/// `✗ 15  2.14.0   0/3  14m`, newest first.
fn revisions(facts: &Facts<'_>, row: &DeploymentRow) -> Vec<Line> {
    const SHOWN: usize = 6;
    let line = |revision: &RevisionRow| {
        let number = revision
            .number
            .map_or_else(|| "\u{2013}".to_owned(), |it| it.to_string());
        let image = revision.images.first().map_or("", |it| tag(it));
        let ready = if revision.wanted > 0 || revision.current {
            format!("{}/{}", revision.ready, revision.wanted)
        } else {
            "0".to_owned()
        };
        let age = facts.age(row.cluster, revision.created);
        vec![
            Piece::Mark(tree::of_revision(revision)),
            text(format!("{number:>4}  {image:<16}{ready:>6}  ")),
            muted(format!("{age:>4}")),
        ]
    };
    facts.revisions.iter().take(SHOWN).map(line).collect()
}

/// The pods of every revision, the worst first. Where room is short the node goes, then the end of the status: a name and a
/// figure are never cut.
fn pods(facts: &Facts<'_>, row: &DeploymentRow) -> Vec<Line> {
    const EDGES: u16 = 3;
    const FIGURES: u16 = 21;
    const NODE: u16 = 11;
    let mut pods: Vec<_> = facts.revisions.iter().flat_map(|it| &it.pods).collect();
    pods.sort_by_key(|pod| pod.health);
    let room = Form::Wide.pane_width(facts.columns).saturating_sub(EDGES);
    let placed = room >= FIGURES + 16 + NODE;
    let status = usize::from(
        room.saturating_sub(FIGURES + if placed { NODE } else { 0 })
            .min(16),
    );
    let line = |pod: &&insight::PodRow| {
        let name = format!("\u{2026}-{}", pod.suffix);
        let age = facts.age(row.cluster, pod.created);
        // Its containers run, and it does not serve.
        let said = match (pod.health, pod.status.as_str()) {
            (Health::Sick, "Running") => facts.say("pod-unready"),
            (_, status) => status.to_owned(),
        };
        let restarts = match pod.restarts {
            0 => String::new(),
            restarts => format!("{restarts}\u{d7}"),
        };
        vec![
            Piece::Mark(tree::of_pod(pod.health)),
            text(format!("{name:<8} {said:<status$.status$} {restarts:>4} ")),
            muted(if placed {
                format!("{:<10} {age:>4}", end_of(&pod.node, 10))
            } else {
                format!("{age:>4}")
            }),
        ]
    };
    pods.iter().map(line).collect()
}

/// Nodes of a cluster differ in the end of their names.
fn end_of(name: &str, cells: usize) -> String {
    let letters = name.chars().count();
    if letters <= cells {
        return name.to_owned();
    }
    let end: String = name.chars().skip(letters - (cells - 1)).collect();
    format!("\u{2026}{end}")
}

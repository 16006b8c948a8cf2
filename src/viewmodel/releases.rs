//! The releases of Helm, as its Secrets tell of them without what they keep; worst first. Nothing is written there: what to do
//! is given as a command.

mod reading;

pub(super) use reading::{lookups, rows};

use super::copy::Told;
use super::filter::{self, Words};
use super::list::{self, Part, Window};
use super::page::{Listed, Target};
use super::watch::{Below, Note, card};
use super::{
    Brief, Card, Cell, Column, Facts, Form, Lead, Line, List, State, Table, Title, Tone, Whose,
    muted, text,
};
use crate::insight::{ReleaseRevision, ReleaseRow, ReleaseStanding};
use crate::model::{IN_CLUSTER, Moment};
use crate::wording::plan::quote;

/// Of Helm, when an operation was begun and never ended: helm/helm `pkg/action`.
const REFUSED: &str = "another operation (install/upgrade/rollback) is in progress";

pub(super) fn releases(facts: &Facts<'_>, form: Form) -> List {
    let below = below(facts, form);
    let window = Window::of(facts, list::room(facts, form, below.len(), true));
    let all = facts.rows.releases();
    let in_view: Vec<_> = window.rows.iter().filter_map(|at| all.get(*at)).collect();
    List {
        title: title(facts, &window),
        prompt: filter::prompt(facts),
        guide: filter::guide(facts),
        notes: if in_view.is_empty() {
            notes(facts)
        } else {
            Vec::new()
        },
        table: table(facts, form, &in_view),
        selected: window.selected,
        first: window.first,
        briefs: list::briefs(form, &in_view, |it| brief(facts, it)),
        card: selected(facts).map(|row| self::card(facts, row)),
        below,
        pane: facts.pane,
    }
}

fn selected<'a>(facts: &Facts<'a>) -> Option<&'a ReleaseRow> {
    facts.rows.releases().get(facts.selected_row()?)
}

/// `12 releases · 1 stuck · 2 failed`, and whether that is all.
fn title(facts: &Facts<'_>, window: &Window) -> Title {
    let with = |id, count: usize| facts.catalogue.say_with(id, &[("count", count.into())]);
    let rows = facts.rows.releases();
    let total = with("helm-count", rows.len());
    let filtered = facts.filter.is_some_and(|it| !it.open());
    let mut left = vec![if filtered {
        let counts = [
            ("count", facts.listed.len().into()),
            ("total", total.into()),
        ];
        facts.catalogue.say_with("list-filtered", &counts)
    } else {
        total
    }];
    left.extend(list::marked(facts));
    let parts = [
        ("helm-stuck-count", ReleaseStanding::Stuck),
        ("helm-failed-count", ReleaseStanding::Failed),
    ];
    for (id, standing) in parts.into_iter().filter(|_| !filtered) {
        let count = rows.iter().filter(|it| it.standing == standing).count();
        left.extend((count > 0).then(|| with(id, count)));
    }
    left.extend(reading::waits(facts).then(|| facts.say("list-reading")));
    let more = reading::more(facts);
    left.extend((more > 0).then(|| {
        facts
            .catalogue
            .say_with("helm-more", &[("count", more.into())])
    }));
    list::ended(facts, &left, window)
}

fn notes(facts: &Facts<'_>) -> Vec<Note> {
    if !facts.rows.is_empty() {
        return list::nothing(facts, "helm-none");
    }
    if reading::waits(facts) {
        return vec![Note::Sentence(facts.say("list-reading"))];
    }
    let mut said = reading::unreadable(facts);
    if said.is_empty() {
        said.push(facts.say("helm-none"));
    }
    said.into_iter().map(Note::Sentence).collect()
}

/// What keeps the rows from being all.
fn below(facts: &Facts<'_>, form: Form) -> Vec<Below> {
    let roomy = matches!(form, Form::Normal | Form::Wide);
    if !roomy || facts.rows.is_empty() {
        return Vec::new();
    }
    let unreadable = reading::unreadable(facts).into_iter().take(2);
    unreadable
        .map(|it| Below::Gutter(facts.say("strip-not-seen"), vec![muted(it)]))
        .collect()
}

impl Listed for ReleaseRow {
    fn target(&self) -> Target {
        Target::Release(self.id.clone())
    }

    fn state(&self) -> State {
        match self.standing {
            ReleaseStanding::Stuck | ReleaseStanding::Failed => State::Failed,
            ReleaseStanding::Moving => State::Moving,
            ReleaseStanding::Unknown => State::Unknown,
            ReleaseStanding::Uninstalled => State::Stopped,
            ReleaseStanding::Deployed => State::Good,
        }
    }

    fn told(&self, facts: &Facts<'_>) -> Told {
        Told {
            cluster: Some(self.id.cluster),
            namespace: self.id.namespace.to_string(),
            place: Some(self.place.clone()),
            name: self.id.name.to_string(),
            helm: [back(facts, self).unwrap_or_default(), past(facts, self)],
            said: vec![sentence(facts, self)],
            since: since(self),
            ..Told::default()
        }
    }
}

fn table(facts: &Facts<'_>, form: Form, rows: &[&ReleaseRow]) -> Table {
    let title = |id| facts.say(id);
    let columns = [
        Some(
            Column::left(title("title-place"), 16, 10)
                .says(|it: &ReleaseRow| Cell::Whose(whose(it))),
        ),
        Some(
            Column::left(title("title-release"), 16, 12)
                .grows()
                .says(|it: &ReleaseRow| Cell::name(&*it.id.name)),
        ),
        Some(
            Column::right(title("title-revision-number"), 4)
                .dropped(3)
                .says(number),
        ),
        Some(Column::left(title("title-status"), 16, 16).says(status_cell)),
        Some(
            Column::left(title("title-manager"), 4, 4)
                .dropped(1)
                .says(manager),
        ),
        Some(
            Column::left(title("title-namespace"), 12, 8)
                .dropped(0)
                .says(|it: &ReleaseRow| Cell::Text(it.id.namespace.to_string(), Tone::Muted)),
        ),
        facts.several().then(|| {
            Column::left(title("title-cluster"), 10, 6)
                .dropped(2)
                .says(|it: &ReleaseRow| Cell::Text(facts.cluster(it.id.cluster), Tone::Muted))
        }),
        Some(
            Column::right(title("title-for"), 4)
                .says(|it: &ReleaseRow| facts.aged(it.id.cluster, since(it), &it.target())),
        ),
    ];
    let columns = columns.into_iter().flatten().collect();
    Table::of(facts, form, Lead::StateAndClass, columns, rows, |row| {
        (row.state(), row.place.class.into())
    })
}

fn number(row: &ReleaseRow) -> Cell {
    let number = row.newest().map_or(0, |it| it.number);
    Cell::Figure(number.to_string(), Tone::Text)
}

fn status_cell(row: &ReleaseRow) -> Cell {
    let tone = match row.state() {
        State::Good | State::Stopped => Tone::Text,
        other => other.tone(),
    };
    Cell::Text(status(row).to_owned(), tone)
}

fn manager(row: &ReleaseRow) -> Cell {
    let manager = if row.flux.is_some() { "flux" } else { "" };
    Cell::Text(manager.to_owned(), Tone::Muted)
}

fn whose(row: &ReleaseRow) -> Whose {
    Whose::of(&row.place.tenant, &row.place.environment)
}

/// In Helm's own word.
fn status(row: &ReleaseRow) -> &str {
    row.newest().map_or("", |it| it.status.as_str())
}

pub(super) fn since(row: &ReleaseRow) -> Option<Moment> {
    row.newest().and_then(|it| it.at)
}

pub(super) fn words<'a>(facts: &Facts<'_>, row: &'a ReleaseRow) -> Words<'a> {
    Words {
        names: vec![
            whose(row).text().into(),
            row.id.name.as_str().into(),
            facts.cluster(row.id.cluster).into(),
        ],
        texts: vec![row.id.namespace.as_str().into(), status(row).into()],
    }
}

/// `v7 pending-upgrade: the next helm upgrade will fail, "another operation … is in progress"`.
fn sentence(facts: &Facts<'_>, row: &ReleaseRow) -> String {
    let mut said = row.newest().map_or_else(String::new, revision);
    if row.standing == ReleaseStanding::Stuck {
        let words = [("words", facts.catalogue.quote(REFUSED).into())];
        said = format!(
            "{said}: {}",
            facts.catalogue.say_with("helm-refuses", &words)
        );
    }
    said
}

fn revision(revision: &ReleaseRevision) -> String {
    format!("v{} {}", revision.number, revision.status)
}

fn brief(facts: &Facts<'_>, row: &ReleaseRow) -> Brief {
    Brief {
        state: row.state(),
        class: row.place.class.into(),
        whose: whose(row),
        kind: String::new(),
        subject: row.id.name.to_string(),
        ready: None,
        age: facts.age(row.id.cluster, since(row)),
        stale: facts.survey.stale(row.id.cluster).is_some(),
        lines: vec![sentence(facts, row)],
    }
}

fn card(facts: &Facts<'_>, row: &ReleaseRow) -> Card {
    let part = |id, lines| Part::of(facts.say(id), lines);
    let made = row.flux.as_ref().map(|(namespace, name)| {
        let name = [("name", format!("{namespace}/{name}").into())];
        facts.catalogue.say_with("helm-of-flux", &name)
    });
    let parts = vec![
        part("strip-state", state_lines(facts, row)),
        part("strip-do", way_out(facts, row)),
        part("strip-manager", made.into_iter().collect()),
        part("strip-namespace", vec![row.id.namespace.to_string()]),
        Part {
            label: facts.say("pane-revisions"),
            lines: revisions(facts, row),
            long: true,
        },
    ];
    let told = parts.into_iter().filter(|it| !it.lines.is_empty());
    Card {
        subject: row.id.name.to_string(),
        kind: facts.say("helm-release"),
        whose: whose(row),
        since: card::since(facts, row.id.cluster, since(row)),
        parts: told.collect(),
        ..card::blank(facts, row.id.cluster, row.place.class)
    }
}

fn state_lines(facts: &Facts<'_>, row: &ReleaseRow) -> Vec<String> {
    let mut lines = vec![sentence(facts, row)];
    let hurt = matches!(
        row.standing,
        ReleaseStanding::Stuck | ReleaseStanding::Failed
    );
    let before = row.way_back().filter(|_| hurt).map(|it| {
        let revision = [("revision", revision(it).into())];
        facts.catalogue.say_with("helm-before", &revision)
    });
    lines.extend(before);
    lines
}

/// A command for who may: Helm's own storage is not written here.
fn way_out(facts: &Facts<'_>, row: &ReleaseRow) -> Vec<String> {
    let hurt = matches!(
        row.standing,
        ReleaseStanding::Stuck | ReleaseStanding::Failed
    );
    hurt.then(|| back(facts, row))
        .flatten()
        .into_iter()
        .collect()
}

/// `helm rollback web 7 -n shop`; of what never stood, its removal. Nothing of what Flux makes, and would make again.
fn back(facts: &Facts<'_>, row: &ReleaseRow) -> Option<String> {
    if row.flux.is_some() {
        return None;
    }
    let number = row.way_back().map(|it| it.number.to_string());
    let never = row.revisions.len() == 1 && status(row) == "pending-install";
    match number {
        Some(number) => Some(command(facts, row, &["rollback", &row.id.name, &number])),
        None => never.then(|| command(facts, row, &["uninstall", &row.id.name])),
    }
}

fn past(facts: &Facts<'_>, row: &ReleaseRow) -> String {
    command(facts, row, &["history", &row.id.name])
}

fn command(facts: &Facts<'_>, row: &ReleaseRow, words: &[&str]) -> String {
    let context = facts.cluster(row.id.cluster);
    let mut all = vec!["helm"];
    all.extend(words);
    all.extend(["-n", row.id.namespace.as_str()]);
    // In a pod there is no context to name.
    if context != IN_CLUSTER {
        all.extend(["--kube-context", &context]);
    }
    let quoted: Vec<_> = all.into_iter().map(quote).collect();
    quoted.join(" ")
}

/// `v7  deployed  14m`, the newest first.
fn revisions(facts: &Facts<'_>, row: &ReleaseRow) -> Vec<Line> {
    let line = |it: &ReleaseRevision| {
        vec![
            text(format!("v{:<4} {:<16}", it.number, it.status)),
            muted(format!(" {:>4}", facts.age(row.id.cluster, it.at))),
        ]
    };
    row.revisions.iter().map(line).collect()
}

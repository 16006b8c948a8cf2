//! The Applications of Argo CD: how each stands against git, what runs, what Argo CD does by itself; worst first.

mod pane;

use std::borrow::Cow;
use std::rc::Rc;

pub(super) use pane::card;

use super::application;
use super::copy::{self, Told};
use super::filter::{self, Words};
use super::list::{self, Window};
use super::page::{Listed, Rows, Target};
use super::{
    Brief, Cell, Column, Facts, Form, Ground, Lead, List, State, Table, Tone, Whose, order,
};
use crate::insight::{ApplicationRow, AutoSync, Kept, Standing};
use crate::model::{Kind, SyncState, Text};
use crate::wording::commit;

pub(super) fn applications(facts: &Facts<'_>, form: Form) -> List {
    let window = Window::of(facts, list::room(facts, form, 0, true));
    let all = facts.rows.applications();
    let in_view = window.rows.iter().filter_map(|at| all.get(*at));
    let in_view: Vec<_> = in_view.map(Rc::as_ref).collect();
    List {
        title: list::title(facts, "applications-count", counts(facts, all), &window),
        prompt: filter::prompt(facts),
        guide: filter::guide(facts),
        notes: if in_view.is_empty() {
            list::nothing_of(facts, &[Kind::Application], none(facts))
        } else {
            Vec::new()
        },
        table: table(facts, form, &in_view),
        selected: window.selected,
        first: window.first,
        briefs: list::briefs(form, &in_view, |it| brief(facts, it)),
        card: selected(facts).map(|row| self::card(facts, row)),
        below: Vec::new(),
        pane: facts.pane,
    }
}

/// No cluster has any where none serves the kind.
fn none(facts: &Facts<'_>) -> &'static str {
    let kind = Kind::Application;
    let mut clusters = facts.store.clusters();
    if clusters.any(|it| it.kind(kind.group(), kind.plural()).is_some()) {
        "applications-none"
    } else {
        "applications-not-served"
    }
}

pub(super) fn selected<'a>(facts: &Facts<'a>) -> Option<&'a ApplicationRow> {
    match facts.rows {
        Rows::Applications(rows) => rows.get(facts.selected_row()?).map(Rc::as_ref),
        _ => None,
    }
}

/// `2 degraded · 3 differ · 1 held back`, of what is not none.
fn counts(facts: &Facts<'_>, rows: &[Rc<ApplicationRow>]) -> Vec<String> {
    use Standing::{Degraded, Differs, HeldBack, Missing, SyncFailed};
    let parts: [(&str, &[Standing]); 4] = [
        ("applications-failed", &[SyncFailed]),
        ("applications-degraded", &[Degraded, Missing]),
        ("applications-differ", &[Differs]),
        ("applications-held-back", &[HeldBack]),
    ];
    let counted = parts.into_iter().filter_map(|(id, standings)| {
        let of = rows.iter().filter(|it| standings.contains(&it.standing));
        let count = of.count();
        let count_of = [("count", count.into())];
        (count > 0).then(|| facts.catalogue.say_with(id, &count_of))
    });
    counted.collect()
}

impl Listed for ApplicationRow {
    fn target(&self) -> Target {
        Target::Listed(Box::new(self.object.clone()))
    }

    fn state(&self) -> State {
        match self.standing {
            Standing::SyncFailed | Standing::Degraded => State::Failed,
            Standing::Blind | Standing::Missing | Standing::Differs => State::Warning,
            Standing::Syncing | Standing::Moving => State::Moving,
            Standing::HeldBack | Standing::Suspended => State::Waiting,
            Standing::Unknown => State::Unknown,
            Standing::Well => State::Good,
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

fn table(facts: &Facts<'_>, form: Form, rows: &[&ApplicationRow]) -> Table {
    let title = |id| facts.say(id);
    let columns = [
        Some(
            Column::left(title("title-place"), 16, 10)
                .says(|it: &ApplicationRow| Cell::Whose(whose(it))),
        ),
        Some(
            Column::left(title("title-application"), 18, 16)
                .grows()
                .says(|it: &ApplicationRow| Cell::name(&*it.object.name)),
        ),
        Some(Column::left(title("title-sync"), 9, 9).says(sync)),
        Some(Column::left(title("title-app-health"), 11, 9).says(health)),
        Some(
            Column::left(title("title-auto-sync"), 6, 6)
                .dropped(1)
                .says(|it: &ApplicationRow| auto_sync(facts, it)),
        ),
        Some(
            Column::left(title("title-revision-of-git"), 8, 8)
                .dropped(2)
                .says(|it: &ApplicationRow| Cell::Text(revisions(&it.revisions), Tone::Text)),
        ),
        // That it deploys to.
        facts.several().then(|| {
            Column::left(title("title-cluster"), 10, 6)
                .dropped(0)
                .says(|it: &ApplicationRow| Cell::Text(facts.cluster(it.cluster), Tone::Muted))
        }),
        Some(
            Column::right(title("title-for"), 4)
                .says(|it: &ApplicationRow| facts.aged(it.object.cluster, it.since, &it.target())),
        ),
    ];
    let columns = columns.into_iter().flatten().collect();
    Table::of(facts, form, Lead::StateAndClass, columns, rows, |row| {
        (row.state(), row.place.class.into())
    })
}

fn loud(row: &ApplicationRow, is: bool) -> Tone {
    if is { row.state().tone() } else { Tone::Text }
}

fn sync(row: &ApplicationRow) -> Cell {
    let differs = row.sync != SyncState::Synced;
    Cell::Text(format!("{:?}", row.sync), loud(row, differs))
}

fn health(row: &ApplicationRow) -> Cell {
    let unwell = matches!(
        row.standing,
        Standing::Degraded | Standing::Missing | Standing::Suspended
    );
    Cell::Text(format!("{:?}", row.health), loud(row, unwell))
}

fn auto_sync(facts: &Facts<'_>, row: &ApplicationRow) -> Cell {
    let (how, tone) = match row.how {
        AutoSync::Manual => ("auto-manual", Tone::Muted),
        AutoSync::Suspended => ("auto-off", Tone::Warning),
        AutoSync::Commits => ("auto-on", Tone::Text),
        AutoSync::SelfHeal => ("auto-heals", Tone::Text),
    };
    Cell::Text(facts.say(how), tone)
}

fn whose(row: &ApplicationRow) -> Whose {
    Whose::of(&row.place.tenant, &row.place.environment)
}

/// Commits by their first letters.
fn revisions(revisions: &[Text]) -> String {
    let all = revisions.iter().map(|it| commit(it));
    all.collect::<Vec<_>>().join(",")
}

pub(super) fn words<'a>(facts: &'a Facts<'_>, row: &'a ApplicationRow) -> Words<'a> {
    let spaces = [&row.namespace, &row.object.namespace];
    let texts = spaces.into_iter().chain(&row.images).chain(&row.revisions);
    let texts = texts.map(|it| Cow::from(it.as_str()));
    let told = [format!("{:?}", row.sync), format!("{:?}", row.health)];
    let place = &row.place;
    let cluster = facts.store.cluster(row.cluster);
    Words {
        names: vec![
            Whose::joined(&place.tenant, &place.environment).into(),
            row.object.name.as_str().into(),
            cluster.map_or("", |it| it.name()).into(),
        ],
        texts: texts.chain(told.map(Cow::from)).collect(),
    }
}

/// How it stands in one line.
pub(super) fn sentence(facts: &Facts<'_>, row: &ApplicationRow) -> String {
    let kept = kept(facts, row);
    kept.map_or_else(String::new, |it| {
        application::standing(facts, it.application)
    })
}

fn brief(facts: &Facts<'_>, row: &ApplicationRow) -> Brief {
    Brief {
        state: row.state(),
        class: row.place.class.into(),
        whose: whose(row),
        kind: String::new(),
        subject: row.object.name.to_string(),
        ready: None,
        age: facts.age(row.object.cluster, row.since),
        stale: facts.survey.stale(row.object.cluster).is_some(),
        lines: vec![sentence(facts, row)],
    }
}

fn kept<'a>(facts: &Facts<'a>, row: &ApplicationRow) -> Option<Kept<'a>> {
    let cluster = facts.store.cluster(row.object.cluster)?;
    Some(Kept {
        home: row.object.cluster,
        application: cluster.application(row.object.uid?)?,
    })
}

/// Worst first; those that are well by place and name.
pub(super) fn rows(ground: &Ground<'_>) -> Vec<Rc<ApplicationRow>> {
    let scope = ground.scope;
    // It is found by where it deploys to, and by where it lies itself.
    let asked = |row: &&Rc<ApplicationRow>| {
        let mut spaces = [&row.namespace, &row.object.namespace].into_iter();
        scope.is_everything() || spaces.any(|it| scope.matches(it, &row.place))
    };
    let all = ground.applications();
    let mut rows: Vec<_> = all.iter().filter(asked).cloned().collect();
    rows.sort_by_key(|row| order::application(row));
    rows
}

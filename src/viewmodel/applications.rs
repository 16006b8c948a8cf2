//! The Applications of Argo CD: how each stands against git, what runs, what Argo CD does by itself; worst first.

use super::application;
use super::filter::{self, Words};
use super::list::{self, Part, Window};
use super::page::{Rows, Target};
use super::watch::card;
use super::{
    Brief, Card, Cell, Column, Facts, Form, Ground, Lead, Line, List, Piece, Row, State, Table,
    Tone, Whose, muted, order, text,
};
use crate::insight::{ApplicationRow, Applications, AutoSync, Kept, Standing, application_rows};
use crate::model::{AppSource, Application, Kind, Moment, OperationPhase, SyncState, Text};
use crate::tenancy::Place;
use crate::wording::{commit, tag};

pub(super) fn applications(facts: &Facts<'_>, form: Form) -> List {
    let window = Window::of(facts, list::room(facts, form, 0, true));
    let all = facts.rows.applications();
    let in_view: Vec<_> = window.rows.iter().filter_map(|at| all.get(*at)).collect();
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
        Rows::Applications(rows) => rows.get(facts.selected_row()?),
        _ => None,
    }
}

/// `2 degraded · 3 differ · 1 held back`, of what is not none.
fn counts(facts: &Facts<'_>, rows: &[ApplicationRow]) -> Vec<String> {
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

pub(super) fn state(row: &ApplicationRow) -> State {
    match row.standing {
        Standing::SyncFailed | Standing::Degraded => State::Failed,
        Standing::Blind | Standing::Missing | Standing::Differs => State::Warning,
        Standing::Syncing | Standing::Moving => State::Moving,
        Standing::HeldBack | Standing::Suspended => State::Waiting,
        Standing::Unknown => State::Unknown,
        Standing::Well => State::Good,
    }
}

fn table(facts: &Facts<'_>, form: Form, rows: &[&ApplicationRow]) -> Table {
    let title = |id| facts.say(id);
    let several = facts.store.clusters().count() > 1;
    let mut columns = vec![
        Column::left(title("title-place"), 16, 10),
        Column::left(title("title-application"), 18, 16).grows(),
        Column::left(title("title-sync"), 9, 9),
        Column::left(title("title-app-health"), 11, 9),
        Column::left(title("title-auto-sync"), 6, 6).dropped(1),
        Column::left(title("title-revision-of-git"), 8, 8).dropped(2),
    ];
    if several {
        columns.push(Column::left(title("title-cluster"), 10, 6).dropped(0));
    }
    columns.push(Column::right(title("title-for"), 4));
    let rows = rows.iter().map(|it| row(facts, it, several));
    let mut table = Table {
        lead: Lead::StateAndClass,
        columns,
        rows: rows.collect(),
    };
    if form == Form::Small {
        table.untitle();
    }
    table
}

fn row(facts: &Facts<'_>, row: &ApplicationRow, several: bool) -> Row {
    let target = target(row);
    let state = state(row);
    let loud = |is: bool| if is { state.tone() } else { Tone::Text };
    let sync = format!("{:?}", row.sync);
    let health = format!("{:?}", row.health);
    let unwell = matches!(
        row.standing,
        Standing::Degraded | Standing::Missing | Standing::Suspended
    );
    let (how, tone) = match row.how {
        AutoSync::Manual => ("auto-manual", Tone::Muted),
        AutoSync::Suspended => ("auto-off", Tone::Warning),
        AutoSync::Commits => ("auto-on", Tone::Text),
        AutoSync::SelfHeal => ("auto-heals", Tone::Text),
    };
    let mut cells = vec![
        Cell::Whose(whose(row)),
        Cell::name(row.object.name.as_str()),
        Cell::Text(sync, loud(row.sync != SyncState::Synced)),
        Cell::Text(health, loud(unwell)),
        Cell::Text(facts.say(how), tone),
        Cell::Text(revisions(&row.revisions), Tone::Text),
    ];
    if several {
        cells.push(Cell::Text(cluster(facts, row), Tone::Muted));
    }
    cells.push(Cell::Age {
        text: age(facts, row, row.since),
        stale: facts.survey.stale(row.object.cluster).is_some(),
        new: facts.unseen.contains(&target),
    });
    Row {
        state,
        class: row.place.class.into(),
        marked: facts.marks.contains(&target),
        cells,
    }
}

pub(super) fn target(row: &ApplicationRow) -> Target {
    Target::Listed(Box::new(row.object.clone()))
}

fn whose(row: &ApplicationRow) -> Whose {
    Whose::of(&row.place.tenant, &row.place.environment)
}

/// Commits by their first letters.
fn revisions(revisions: &[Text]) -> String {
    let all = revisions.iter().map(|it| commit(it));
    all.collect::<Vec<_>>().join(",")
}

/// That it deploys to.
fn cluster(facts: &Facts<'_>, row: &ApplicationRow) -> String {
    let cluster = facts.store.cluster(row.cluster);
    cluster.map_or_else(String::new, |it| it.name().to_string())
}

fn age(facts: &Facts<'_>, row: &ApplicationRow, at: Option<Moment>) -> String {
    let now = facts.survey.cluster_now(row.object.cluster, facts.now);
    at.map_or_else(String::new, |at| facts.catalogue.age(at.age(now)))
}

pub(super) fn words(facts: &Facts<'_>, row: &ApplicationRow) -> Words {
    let mut texts = vec![row.namespace.to_string(), row.object.namespace.to_string()];
    texts.extend(row.images.iter().map(Text::to_string));
    texts.extend(row.revisions.iter().map(Text::to_string));
    texts.extend([format!("{:?}", row.sync), format!("{:?}", row.health)]);
    Words {
        names: vec![
            whose(row).text(),
            row.object.name.to_string(),
            cluster(facts, row),
        ],
        texts,
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
        state: state(row),
        class: row.place.class.into(),
        whose: whose(row),
        kind: String::new(),
        subject: row.object.name.to_string(),
        ready: None,
        age: age(facts, row, row.since),
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

pub(super) fn card(facts: &Facts<'_>, row: &ApplicationRow) -> Card {
    let parts = kept(facts, row).map(|kept| parts(facts, row, kept));
    Card {
        subject: row.object.name.to_string(),
        kind: Kind::Application.name().to_owned(),
        whose: whose(row),
        since: card::since(facts, row.object.cluster, row.since),
        parts: parts.unwrap_or_default(),
        ..card::blank(facts, row.object.cluster, row.place.class)
    }
}

fn parts(facts: &Facts<'_>, row: &ApplicationRow, kept: Kept<'_>) -> Vec<Part> {
    let application = kept.application;
    let applications = Applications::of(facts.store);
    let part = |id, lines| Part::of(facts.say(id), lines);
    let long = |id, lines: Vec<Line>| Part {
        label: facts.say(id),
        lines,
        long: true,
    };
    let mut why = application::lines_of(facts, &applications, kept);
    let message = Some(&application.health_message).filter(|it| !it.is_empty());
    why.extend(message.map(|it| facts.catalogue.quote(it)));
    if application.sync == SyncState::OutOfSync {
        why.extend(differs_since(facts, row, application));
    }
    let differs = drift(facts, application);
    let conditions = application.conditions.iter().map(|it| {
        let said = format!("{}: {}", it.kind, facts.catalogue.quote(&it.message));
        vec![Piece::Mark(State::Warning), text(format!(" {said}"))]
    });
    let sources = application.sources.iter().map(source);
    let images = application.images.iter().map(|it| tag(it).to_owned());
    let images: Vec<_> = images.collect();
    let parts = vec![
        part("strip-state", why),
        part("strip-deployed", deployed(facts, row, application)),
        part("strip-source", sources.collect()),
        part("strip-image", vec![images.join(", ")]),
        part("strip-destination", destination(facts, row)),
        long("pane-differs", differs),
        long("pane-conditions", conditions.collect()),
        long("pane-operation", operation(facts, row, application)),
    ];
    let told = parts.into_iter().filter(|it| !it.lines.is_empty());
    told.collect()
}

/// It may have begun while nobody looked.
fn differs_since(
    facts: &Facts<'_>,
    row: &ApplicationRow,
    application: &Application,
) -> Option<String> {
    let seen = application.differs_since?;
    let since = card::since(facts, row.object.cluster, Some(seen));
    Some(
        facts
            .catalogue
            .say_with("app-differs-since", &[("since", since.into())]),
    )
}

fn source(source: &AppSource) -> String {
    let place = if source.chart.is_empty() {
        &source.path
    } else {
        &source.chart
    };
    let target = match source.target.as_str() {
        "" => "HEAD",
        target => target,
    };
    format!("{} {place} @ {}", source.repository, commit(target))
}

/// `public1 5ml1kjum5pv08…`, and the cluster as Argo CD calls it where that is none that is watched.
fn destination(facts: &Facts<'_>, row: &ApplicationRow) -> Vec<String> {
    vec![format!("{} {}", cluster(facts, row), row.namespace)]
}

/// `#5 8c1f2e0a, 03:16 (14m), by Argo CD itself`.
fn deployed(facts: &Facts<'_>, row: &ApplicationRow, application: &Application) -> Vec<String> {
    let Some(last) = &application.deployed else {
        return Vec::new();
    };
    let by = match last.by.as_str() {
        "" => facts.say("syncs-by-itself"),
        by => by.to_owned(),
    };
    let at = card::since(facts, row.object.cluster, last.at);
    let told = [
        format!("#{} {}", last.id, revisions(&last.revisions)),
        at,
        by,
    ];
    let told = told.into_iter().filter(|it| !it.is_empty());
    vec![told.collect::<Vec<_>>().join(" \u{b7} ")]
}

/// What differs from git, then what git has not any more.
fn drift(facts: &Facts<'_>, application: &Application) -> Vec<Line> {
    let differ = application.resources.iter();
    let differ = differ.filter(|it| it.sync == SyncState::OutOfSync || it.prunes);
    let line = |it: &crate::model::AppResource| {
        let mut line = vec![text(format!("{} {}", it.kind, it.name))];
        if it.prunes {
            line.push(muted(format!("  {}", facts.say("app-prunes"))));
        }
        line
    };
    differ.map(line).collect()
}

/// The operation under way, or the last one: phase, who, how it ended.
fn operation(facts: &Facts<'_>, row: &ApplicationRow, application: &Application) -> Vec<Line> {
    let Some(last) = application.operation.as_deref() else {
        return Vec::new();
    };
    let by = if last.automated || last.by.is_empty() {
        facts.say("syncs-by-itself")
    } else {
        last.by.to_string()
    };
    let at = age(facts, row, last.finished.or(last.started));
    let retries = [("count", last.retries.into())];
    let retries = (last.retries > 0).then(|| facts.catalogue.say_with("app-retries", &retries));
    let dry = last.rehearsal.as_ref().map(|_| facts.say("pane-rehearsal"));
    let told = [
        dry,
        Some(format!("{:?}", last.phase)),
        Some(by),
        Some(at),
        retries,
    ];
    let told: Vec<_> = told
        .into_iter()
        .flatten()
        .filter(|it| !it.is_empty())
        .collect();
    let head = told.join(" \u{b7} ");
    let mut lines = vec![vec![text(head)]];
    let dry = last.rehearsal.as_deref();
    match dry.filter(|_| last.phase.is_over()) {
        Some(it) if last.phase == OperationPhase::Succeeded => {
            lines.push(vec![muted(facts.catalogue.rehearsal(it))]);
        }
        Some(it) if !it.failure.is_empty() => {
            lines.push(vec![muted(facts.catalogue.quote(&it.failure))]);
        }
        _ => {}
    }
    if !last.message.is_empty() {
        lines.push(vec![muted(facts.catalogue.quote(&last.message))]);
    }
    lines
}

/// Worst first; those that are well by place and name.
pub(super) fn rows(ground: &Ground<'_>) -> Vec<ApplicationRow> {
    let asked = |namespace: &str, place: &Place| {
        ground.scope.is_everything() || ground.scope.matches(namespace, place)
    };
    let mut rows = application_rows(ground.store, ground.places, ground.now, asked);
    rows.sort_by_cached_key(order::application);
    rows
}

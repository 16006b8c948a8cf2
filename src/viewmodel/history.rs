//! The history of a workload: its revisions, newest first, and below them what two of them say differently.

mod lines;
mod notes;
mod sides;
mod syncs;

use super::copy::Told;
use super::list::{self, Window};
use super::page::{Listed, Target};
use super::watch::{Below, Note};
use super::{
    Brief, Cell, Column, Facts, Form, Lead, List, State, Table, Title, Tone, Whose, aspect, figure,
    muted, subject, tenant, tree,
};
use crate::insight::{HistoryRow, Went};
use crate::model::{Kind, Lookup, Moment, ObjectRef};
use crate::store::ReplicaSetView;
use crate::wording::tag;

use lines::Compared;
pub(super) use lines::unified;
use sides::Sides;
pub(super) use syncs::rows as syncs;

/// A list with something as wide as the screen below it.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    pub list: List,
    /// Lines of the difference that do not fit.
    pub hidden: usize,
}

/// From so many columns on the two sides stand beside one another.
const BESIDE: u16 = 120;
/// And there is room for what was said of each revision.
const ROOMY: u16 = 160;

pub(super) fn history(facts: &Facts<'_>, form: Form, object: &ObjectRef) -> History {
    if object.kind == Kind::Application {
        return syncs::history(facts, form, object);
    }
    let window = Window::of(facts, room(facts, form));
    let all = facts.rows.history();
    let in_view: Vec<_> = window.rows.iter().filter_map(|at| all.get(*at)).collect();
    let sides = Sides::of(facts);
    let (below, hidden) = match form {
        Form::Normal | Form::Wide => {
            let compared = sides.as_ref().map(|it| it.compared(facts));
            let notes = sides.as_ref().map(|it| notes::notes(facts, object, it));
            below(facts, form, compared.as_ref(), notes.unwrap_or_default())
        }
        _ => (Vec::new(), 0),
    };
    let list = List {
        title: title(facts, object, &window),
        notes: if in_view.is_empty() {
            nothing(facts, object)
        } else {
            Vec::new()
        },
        table: table(facts, form, object, &in_view),
        selected: window.selected,
        first: window.first,
        briefs: list::briefs(form, &in_view, |row| brief(facts, row)),
        below,
        pane: facts.pane,
        ..List::default()
    };
    History { list, hidden }
}

/// The revision under the cursor, as the object that keeps its template.
pub(super) fn selected(facts: &Facts<'_>) -> Option<ObjectRef> {
    let row = facts.rows.history().get(facts.selected_row()?);
    row.map(HistoryRow::keeper)
}

/// The number of the revision under the cursor, or of what an Application deployed.
pub fn revision(facts: &Facts<'_>) -> Option<u64> {
    if let Some(sync) = facts.rows.syncs().get(facts.selected_row()?) {
        return Some(sync.id);
    }
    let row = facts.rows.history().get(facts.selected_row()?)?;
    row.revision.number
}

/// The workload or Application whose history the cursor leads to, and the number of the revision it is on.
pub fn past(facts: &Facts<'_>) -> Option<(ObjectRef, Option<u64>)> {
    let object = subject::subject(facts)?;
    let cluster = facts.store.cluster(object.cluster)?;
    let workload = match object.kind.known()? {
        kind if kind.is_workload() => object.uid?,
        Kind::Pod => {
            let owner = cluster.pod(object.uid?)?.owner_uid()?;
            let set = cluster.replica_set(owner);
            set.and_then(ReplicaSetView::owner_uid).unwrap_or(owner)
        }
        Kind::ReplicaSet => cluster.replica_set(object.uid?)?.owner_uid()?,
        Kind::Application => return Some((object, None)),
        _ => return None,
    };
    let number = match facts.selection {
        Some(Target::Revision(_, _, number)) => *number,
        _ => None,
    };
    let workload = subject::of_workload(facts, object.cluster, workload)?;
    Some((workload, number))
}

/// The two that are compared, the workload itself, and the revisions in view that nothing else tells the images of.
pub(super) fn lookups(facts: &Facts<'_>, form: Form, object: &ObjectRef) -> Vec<Lookup> {
    let mut wanted = vec![aspect::whole(object)];
    let sides = Sides::of(facts);
    wanted.extend(sides.iter().flat_map(|it| it.lookups(facts)));
    let window = Window::of(facts, room(facts, form));
    let in_view = window
        .rows
        .iter()
        .filter_map(|at| facts.rows.history().get(*at));
    let bare = in_view.filter(|row| row.revision.images.is_empty());
    wanted.extend(bare.map(sides::lookup));
    let mut each: Vec<Lookup> = Vec::new();
    for lookup in wanted {
        if !each.contains(&lookup) {
            each.push(lookup);
        }
    }
    each
}

/// Header, tabs, title and the titles of the columns; message and footer.
const FRAMED: usize = 6;

/// Rows in view: a third of the body at the most, so that what differs has the rest.
pub(super) fn room(facts: &Facts<'_>, form: Form) -> usize {
    match form {
        Form::Normal | Form::Wide => {
            let body = usize::from(facts.lines).saturating_sub(FRAMED);
            (body / 3).max(3).min(facts.listed.len().max(1))
        }
        _ => list::room(facts, form, 0, false),
    }
}

fn title(facts: &Facts<'_>, object: &ObjectRef, window: &Window) -> Title {
    let with = |id, count: usize| facts.catalogue.say_with(id, &[("count", count.into())]);
    let mut right = vec![with("history-count", facts.rows.len())];
    right.extend(list::marked(facts));
    if window.first > 0 {
        right.push(with("list-above", window.first));
    }
    let below = window.below(facts);
    if below > 0 {
        right.push(with("list-below", below));
    }
    right.push(facts.say("aspect-history"));
    Title {
        state: None,
        left: aspect::heading(facts, object),
        right: right.join(" \u{b7} "),
    }
}

fn nothing(facts: &Facts<'_>, object: &ObjectRef) -> Vec<Note> {
    let keeps = |kind| match object.kind.known() {
        Some(Kind::Deployment | Kind::Rollout) => kind == Kind::ReplicaSet,
        _ => kind == Kind::ControllerRevision,
    };
    let denied = facts.survey.denied.iter().find(|it| keeps(it.kind));
    let said = denied.map(|it| facts.catalogue.denied(it.verb, it.kind, None));
    let reading = || (!facts.survey.read()).then(|| facts.say("list-reading"));
    let said = said
        .or_else(reading)
        .unwrap_or_else(|| facts.say("history-none"));
    vec![Note::Sentence(said)]
}

impl Listed for HistoryRow {
    fn target(&self) -> Target {
        Target::Object(self.object())
    }

    fn state(&self) -> State {
        tree::of_revision(&self.revision)
    }

    fn told(&self, facts: &Facts<'_>) -> Told {
        Told {
            cluster: Some(self.cluster),
            namespace: self.namespace.to_string(),
            kind: self.kind.name().to_owned(),
            name: self.revision.name.to_string(),
            said: vec![tenant::revision_name(facts, &self.revision)],
            since: self.revision.created,
            ..Told::default()
        }
    }
}

fn table(facts: &Facts<'_>, form: Form, object: &ObjectRef, rows: &[&HistoryRow]) -> Table {
    let title = |id| facts.say(id);
    let roomy = facts.columns >= ROOMY;
    let mut columns = vec![
        Column::right(title("title-revision"), 3)
            .says(|it: &HistoryRow| Cell::Figure(number(it), Tone::Text)),
        Column::left(title("title-image"), 13, 9)
            .grows()
            .says(|it: &HistoryRow| or_dash(image(facts, it))),
        Column::left(title("title-since"), 13, 8).says(|it: &HistoryRow| or_dash(since(facts, it))),
        Column::left(title("title-by"), 17, 8)
            .dropped(2)
            .grows()
            .says(move |it: &HistoryRow| or_dash(by(facts, object, it, roomy))),
        Column::left(title("title-health"), 17, 12)
            .dropped(1)
            .grows()
            .says(|it: &HistoryRow| or_dash(health(facts, it))),
        Column::left(title("title-pods-now"), 8, 8)
            .dropped(0)
            .says(pods_cell),
    ];
    if roomy {
        let cause = Column::left(title("title-cause"), 30, 12).grows();
        columns.push(cause.says(|it: &HistoryRow| or_dash(it.cause.to_string())));
    }
    Table::of(facts, form, Lead::State, columns, rows, |row| {
        (row.state(), super::ClassMark::Other)
    })
}

/// The words, or the sign that there are none.
fn or_dash(words: String) -> Cell {
    match words.as_str() {
        "" => Cell::Text("\u{2013}".to_owned(), Tone::Muted),
        _ => Cell::Text(words, Tone::Text),
    }
}

fn by(facts: &Facts<'_>, object: &ObjectRef, row: &HistoryRow, roomy: bool) -> String {
    // Where there is room the cause has a column of its own.
    let cause = || Some(row.cause.to_string()).filter(|_| !roomy);
    let writer = notes::writer(facts, object, row);
    writer.or_else(cause).unwrap_or_default()
}

fn pods_cell(row: &HistoryRow) -> Cell {
    pods(row).map_or_else(
        || or_dash(String::new()),
        |pods| {
            let low = row.revision.ready < row.revision.wanted;
            Cell::Figure(pods, if low { row.state().tone() } else { Tone::Text })
        },
    )
}

/// `15`, or the sign of what is not known.
pub(super) fn number(row: &HistoryRow) -> String {
    let number = row.revision.number;
    number.map_or_else(|| "\u{2013}".to_owned(), |it| it.to_string())
}

/// The tags of its images; of a `ControllerRevision` they are known once it was read.
fn image(facts: &Facts<'_>, row: &HistoryRow) -> String {
    let own = row.revision.images.iter().map(|it| tag(it).to_owned());
    let mut tags: Vec<_> = own.collect();
    if tags.is_empty()
        && let Some(template) = sides::template(facts, row)
    {
        let containers = template["spec"]["containers"].as_array();
        let images = containers.into_iter().flatten();
        let images = images.filter_map(|it| it["image"].as_str());
        tags.extend(images.map(|it| tag(it).to_owned()));
    }
    tags.dedup();
    tags.join(", ")
}

fn since(facts: &Facts<'_>, row: &HistoryRow) -> String {
    let now = facts.survey.cluster_now(row.cluster, facts.now);
    let at = |at: Moment| facts.zone.moment(at, now, facts.catalogue);
    row.revision.created.map_or_else(String::new, at)
}

fn health(facts: &Facts<'_>, row: &HistoryRow) -> String {
    let now = facts.survey.cluster_now(row.cluster, facts.now);
    let with = |id, span: String| facts.catalogue.say_with(id, &[("span", span.into())]);
    let length = |seconds| facts.catalogue.coarse(seconds);
    let said = match row.went {
        Went::Ready(since) => with(
            "history-ready",
            figure::spoken(since.age(now), facts.catalogue),
        ),
        Went::Serving => facts.say("history-serves"),
        Went::Short if row.revision.ready == 0 => facts.say("history-none-ready"),
        Went::Short => facts.say("history-short"),
        Went::Left => facts.say("history-left"),
        Went::Well(seconds) => with("history-complete", length(seconds)),
        Went::Ran(seconds) => with("history-ran", length(seconds)),
        Went::Unknown => String::new(),
    };
    let again = row.again.then(|| facts.say("history-again"));
    let parts = [Some(said).filter(|it| !it.is_empty()), again];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn pods(row: &HistoryRow) -> Option<String> {
    let revision = &row.revision;
    let any = revision.wanted > 0 || revision.current;
    any.then(|| format!("{}/{}", revision.ready, revision.wanted))
}

fn brief(facts: &Facts<'_>, row: &HistoryRow) -> Brief {
    let revision = [("revision", number(row).into())];
    let name = facts.catalogue.say_with("rollout-revision", &revision);
    // Only what is under the cursor is shown.
    let lines = Sides::of(facts).map(|sides| {
        let compared = sides.compared(facts);
        in_few(facts, &compared)
    });
    Brief {
        state: row.state(),
        class: super::ClassMark::Other,
        whose: Whose::default(),
        kind: String::new(),
        subject: format!("{name}  {}", image(facts, row)),
        ready: pods(row).map(|it| (it, row.revision.ready < row.revision.wanted)),
        age: facts.age(row.cluster, row.revision.created),
        stale: facts.survey.stale(row.cluster).is_some(),
        lines: lines.unwrap_or_default(),
    }
}

/// The difference, a line a field.
fn in_few(facts: &Facts<'_>, compared: &Compared<'_>) -> Vec<String> {
    let title = lines::title(facts, compared, 0);
    let mut lines = vec![format!("{}: {}", title.left, title.right)];
    let differences = compared.diff.iter().flat_map(|it| &it.differences);
    lines.extend(differences.map(|it| facts.catalogue.difference(it)));
    lines
}

/// The rule, as much of the difference as fits, then the notes; always as many lines as there are.
fn below(
    facts: &Facts<'_>,
    form: Form,
    compared: Option<&Compared<'_>>,
    mut notes: Vec<Below>,
) -> (Vec<Below>, usize) {
    let lines = usize::from(facts.lines).saturating_sub(FRAMED + room(facts, form));
    let Some(compared) = compared else {
        let mut below = Vec::new();
        if !facts.rows.is_empty() {
            let said = vec![muted(facts.say("history-only"))];
            below.extend([
                Below::Rule(Title::default()),
                Below::Gutter(String::new(), said),
            ]);
        }
        below.resize(lines, Below::Blank);
        return (below, 0);
    };
    notes.truncate(lines / 3);
    let space = lines.saturating_sub(1 + notes.len());
    let all = lines::lines(facts, compared, facts.columns >= BESIDE);
    let hidden = all.len().saturating_sub(space);
    let first = facts.pane.unwrap_or(0).min(hidden);
    let title = lines::title(facts, compared, hidden - first);
    let mut below = vec![Below::Rule(title)];
    let shown = all.into_iter().skip(first).take(space);
    below.extend(shown.map(|line| Below::Gutter(String::new(), line)));
    below.resize(1 + space, Below::Blank);
    below.extend(notes);
    (below, hidden)
}

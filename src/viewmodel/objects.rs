//! Objects of one kind, whichever the clusters serve: the columns of `kubectl get`, worst first, each with its other sides.

mod listing;
mod standing;

use std::borrow::Cow;

use listing::tables;
pub(super) use listing::{kinds, lookups, places, rows};
use standing::state_of;
use unicode_width::UnicodeWidthStr;

use super::copy::{self, Told};
use super::filter::{self, Words};
use super::list::{self, Part, Window};
use super::page::{Listed, Target};
use super::watch::card;
use super::{
    Brief, Card, Cell, ClassMark, Column, Facts, Form, Lead, List, Note, State, Table, Title, Tone,
    Whose, order,
};
use crate::model::{Kind, Moment, ObjectKind, ObjectRef, TableColumn, Text};
use crate::tenancy::{Class, Place};

/// Cells of a column that the server fills, at most; messages may be long.
const WIDEST: u16 = 28;

#[derive(Clone, Debug, PartialEq)]
pub struct ObjectRow {
    pub object: ObjectRef,
    /// None for kinds without namespaces.
    pub place: Option<Place>,
    pub state: State,
    pub created: Option<Moment>,
    /// What the server says of it: a column and a value each.
    pub said: Vec<(TableColumn, Text)>,
}

pub(super) fn objects(facts: &Facts<'_>, form: Form, kind: &ObjectKind) -> List {
    let window = Window::of(facts, list::room(facts, form, 0, true));
    let all = facts.rows.objects();
    let in_view: Vec<_> = window.rows.iter().filter_map(|at| all.get(*at)).collect();
    List {
        title: title(facts, kind, &window),
        prompt: filter::prompt(facts),
        guide: filter::guide(facts),
        notes: if in_view.is_empty() {
            notes(facts, kind)
        } else {
            Vec::new()
        },
        table: table(facts, form, kind, &in_view),
        selected: window.selected,
        first: window.first,
        briefs: list::briefs(form, &in_view, |it| brief(facts, it)),
        card: selected(facts).map(|row| self::card(facts, row)),
        below: Vec::new(),
        pane: facts.pane,
    }
}

fn selected<'a>(facts: &Facts<'a>) -> Option<&'a ObjectRow> {
    facts.rows.objects().get(facts.selected_row()?)
}

/// `12 certificates.cert-manager.io`, and what keeps that from being all.
fn title(facts: &Facts<'_>, kind: &ObjectKind, window: &Window) -> Title {
    let say = facts.catalogue;
    let total = facts.rows.len();
    let name = kind.resource();
    let counted = say.say_with(
        "objects-count",
        &[("count", total.into()), ("kind", name.into())],
    );
    let mut left = vec![if facts.filter.is_some_and(|it| !it.open()) {
        let counts = [
            ("count", facts.listed.len().into()),
            ("total", counted.into()),
        ];
        say.say_with("list-filtered", &counts)
    } else {
        counted
    }];
    left.extend(list::marked(facts));
    let tables = tables(facts.dossier, kind);
    let waits = tables.is_empty()
        || tables
            .iter()
            .any(|(_, it)| !it.whole() && it.lack().is_none());
    if waits && asked(facts, kind) {
        left.push(facts.say("list-reading"));
    }
    let lacking: Vec<_> = tables.iter().filter_map(|(_, it)| it.lack()).collect();
    if let Some(lack) = lacking.first().filter(|_| total > 0) {
        left.push(facts.catalogue.lack(lack));
    }
    let more: u64 = tables.iter().map(|(_, it)| it.more()).sum();
    if more > 0 {
        left.push(say.say_with("objects-more", &[("count", more.into())]));
    }
    list::ended(facts, &left, window)
}

/// Whether any cluster is asked at all.
fn asked(facts: &Facts<'_>, kind: &ObjectKind) -> bool {
    !lookups(facts, kind).is_empty()
}

fn notes(facts: &Facts<'_>, kind: &ObjectKind) -> Vec<Note> {
    if !facts.rows.is_empty() {
        return list::nothing(facts, "objects-none");
    }
    let tables = tables(facts.dossier, kind);
    let lack = tables
        .iter()
        .find_map(|(lookup, it)| Some((lookup.cluster, it.lack()?)));
    let said = match lack {
        Some((cluster, lack)) => {
            let name = facts.store.cluster(cluster).map(|it| it.name().to_string());
            let words = facts.catalogue.lack(lack);
            format!("{}: {words}", name.unwrap_or_default())
        }
        None if !asked(facts, kind) => facts.say("objects-not-served"),
        None if tables.iter().all(|(_, it)| it.whole()) && !tables.is_empty() => {
            facts.say("objects-none")
        }
        None => facts.say("list-reading"),
    };
    vec![Note::Sentence(said)]
}

impl Listed for ObjectRow {
    fn target(&self) -> Target {
        Target::Listed(Box::new(self.object.clone()))
    }

    fn state(&self) -> State {
        self.state
    }

    fn told(&self, _: &Facts<'_>) -> Told {
        Told {
            said: vec![self.sentence()],
            place: self.place.clone(),
            ..copy::of_ref(&self.object)
        }
    }
}

/// The columns that the rows in view have, narrow ones as wide as what stands in them.
fn table(facts: &Facts<'_>, form: Form, kind: &ObjectKind, rows: &[&ObjectRow]) -> Table {
    let titles = titles(facts, rows);
    let mut columns = Vec::new();
    if kind.namespaced() {
        let place = Column::left(facts.say("title-place"), 16, 10);
        columns.push(place.says(|it: &ObjectRow| Cell::Whose(whose(it))));
    }
    let name = Column::left(facts.say("title-name"), 24, 10).grows();
    columns.push(name.says(|it: &ObjectRow| Cell::name(&*it.object.name)));
    for (at, title) in titles.iter().enumerate() {
        let widths = rows.iter().map(|row| said(row, title).width());
        let widest = widths.chain([title.as_str().width()]).max().unwrap_or(0);
        let cells = u16::try_from(widest).unwrap_or(u16::MAX).min(WIDEST);
        let rank = u8::try_from(titles.len() - at).unwrap_or(u8::MAX);
        let column = Column::left(title.to_lowercase(), cells, cells.min(6)).dropped(rank);
        columns.push(column.says(|it: &ObjectRow| {
            let cell = said(it, title);
            let tone = state_of(title, cell).filter(|it| !order::calm(*it));
            Cell::Text(cell.to_owned(), tone.map_or(Tone::Text, State::tone))
        }));
    }
    if facts.several() {
        let cluster = Column::left(facts.say("title-cluster"), 10, 6).dropped(0);
        columns.push(
            cluster
                .says(|it: &ObjectRow| Cell::Text(facts.cluster(it.object.cluster), Tone::Muted)),
        );
    }
    let age = Column::right(facts.say("title-age"), 4);
    columns
        .push(age.says(|it: &ObjectRow| facts.aged(it.object.cluster, it.created, &it.target())));
    let lead = if kind.namespaced() {
        Lead::StateAndClass
    } else {
        Lead::State
    };
    Table::of(facts, form, lead, columns, rows, |row| {
        let place = row.place.as_ref();
        let class = place.map_or(ClassMark::Other, |it| it.class.into());
        (row.state, class)
    })
}

/// Those for who asks for more stand where there is room for a pane.
fn titles(facts: &Facts<'_>, rows: &[&ObjectRow]) -> Vec<Text> {
    let wide = facts.columns >= 160;
    let mut titles: Vec<Text> = Vec::new();
    for (column, _) in rows.iter().flat_map(|row| &row.said) {
        if (wide || !column.wide) && !titles.contains(&column.name) {
            titles.push(column.name.clone());
        }
    }
    titles
}

fn said<'a>(row: &'a ObjectRow, title: &str) -> &'a str {
    let mut said = row.said.iter();
    said.find(|(column, _)| column.name == title)
        .map_or("", |(_, cell)| cell)
}

fn whose(row: &ObjectRow) -> Whose {
    let place = row.place.as_ref();
    place.map_or_else(Whose::default, |it| Whose::of(&it.tenant, &it.environment))
}

impl ObjectRow {
    /// `Ready True · Secret betaapp-tls`.
    pub(super) fn sentence(&self) -> String {
        let said = self
            .said
            .iter()
            .filter(|(column, cell)| !column.wide && !cell.is_empty());
        let said: Vec<_> = said
            .map(|(column, cell)| format!("{} {cell}", column.name))
            .collect();
        said.join(" \u{b7} ")
    }
}

pub(super) fn words<'a>(facts: &Facts<'_>, row: &'a ObjectRow) -> Words<'a> {
    let mut texts = vec![
        row.object.namespace.as_str().into(),
        facts.cluster(row.object.cluster).into(),
    ];
    texts.extend(row.said.iter().map(|(_, cell)| Cow::from(cell.as_str())));
    Words {
        names: vec![whose(row).text().into(), row.object.name.as_str().into()],
        texts,
    }
}

fn brief(facts: &Facts<'_>, row: &ObjectRow) -> Brief {
    Brief {
        state: row.state,
        class: row
            .place
            .as_ref()
            .map_or(ClassMark::Other, |it| it.class.into()),
        whose: whose(row),
        kind: Kind::shown(row.object.kind.name()).to_owned(),
        subject: row.object.name.to_string(),
        ready: None,
        age: facts.age(row.object.cluster, row.created),
        stale: facts.survey.stale(row.object.cluster).is_some(),
        lines: vec![row.sentence()],
    }
}

fn card(facts: &Facts<'_>, row: &ObjectRow) -> Card {
    let class = row
        .place
        .as_ref()
        .map_or(Class::NonProduction, |it| it.class);
    let namespace = Some(row.object.namespace.to_string()).filter(|it| !it.is_empty());
    let mut parts = vec![Part::of(
        facts.say("strip-namespace"),
        namespace.into_iter().collect(),
    )];
    let said = row.said.iter().filter(|(_, cell)| !cell.is_empty());
    parts.extend(said.map(|(column, cell)| {
        Part::of(
            column.name.as_str().to_lowercase(),
            vec![cell.as_str().to_owned()],
        )
    }));
    Card {
        subject: row.object.name.to_string(),
        kind: Kind::shown(row.object.kind.name()).to_owned(),
        whose: whose(row),
        since: card::since(facts, row.object.cluster, row.created),
        parts,
        ..card::blank(facts, row.object.cluster, class)
    }
}

//! What stands where there is no row: that the filter hides all, or the proof that nothing needs a human.

use super::super::{ClassMark, Facts, Form, Sight, State, Title, list};
use crate::model::{Change, Link};
use crate::tenancy::Class;

#[derive(Clone, Debug, PartialEq)]
pub enum Note {
    /// A label in the gutter, then a sentence.
    Gutter(String, String),
    Sentence(String),
    Rule(Title),
    Change(PastChange),
}

/// An entry of the last changes.
#[derive(Clone, Debug, PartialEq)]
pub struct PastChange {
    pub time: String,
    pub class: ClassMark,
    pub whose: super::super::Whose,
    pub subject: String,
    pub what: String,
    pub age: String,
}

pub(super) fn notes(facts: &Facts<'_>, form: Form) -> Vec<Note> {
    if !facts.rows.is_empty() || !facts.survey.read() {
        return list::nothing(facts, "");
    }
    let mut notes = looked_at(facts);
    let changes: Vec<_> = production_changes(facts).collect();
    if matches!(form, Form::Normal | Form::Wide) && !changes.is_empty() {
        notes.push(Note::Rule(Title {
            left: facts.say("calm-changes"),
            ..Title::default()
        }));
        notes.extend(changes.into_iter().map(Note::Change));
    }
    notes
}

fn looked_at(facts: &Facts<'_>) -> Vec<Note> {
    let totals = &facts.survey.totals;
    let number = |count: usize| {
        facts
            .catalogue
            .whole(u64::try_from(count).unwrap_or(u64::MAX))
    };
    let counted = |id, count: usize| {
        let arguments = [("count", count.into()), ("number", number(count).into())];
        facts.catalogue.say_with(id, &arguments)
    };
    let production = [("number", number(totals.production).into())];
    let places = [
        counted("total-clusters", facts.survey.clusters.len()),
        counted("total-tenants", totals.tenants),
        format!(
            "{} {}",
            counted("total-environments", totals.environments),
            facts.catalogue.say_with("total-production", &production)
        ),
    ];
    let objects = [
        counted("total-workloads", totals.workloads),
        counted("total-pods", totals.pods),
        counted("total-nodes", totals.nodes),
    ];
    // Of what was never read no count is known, not even none.
    let read = |sight: &Sight| sight.kinds.iter().any(|(_, whole)| *whole);
    let mut notes = Vec::new();
    if facts.survey.clusters.iter().any(read) {
        notes.push(Note::Gutter(facts.say("strip-looked"), places.join(" · ")));
        notes.push(Note::Gutter(" ".to_owned(), objects.join(" · ")));
    }
    let mut label = facts.say("strip-not-seen");
    for sight in &facts.survey.clusters {
        let Link::Degraded { problem, .. } = &sight.link else {
            continue;
        };
        let arguments = [
            ("name", sight.name.as_str().into()),
            ("problem", facts.catalogue.problem_short(problem).into()),
        ];
        let said = facts.catalogue.say_with("not-seen-cluster", &arguments);
        notes.push(Note::Gutter(
            std::mem::replace(&mut label, " ".to_owned()),
            said,
        ));
    }
    notes
}

/// Newest first: the next question will be what changed.
fn production_changes<'a>(facts: &'a Facts<'_>) -> impl Iterator<Item = PastChange> + 'a {
    const KEPT: usize = 64;
    let worded = |change: &Change| {
        let place = facts.places.of(change.cluster, &change.namespace);
        let now = facts.survey.by_clock_of(change.cluster, facts.now);
        let asked = facts.scope.matches(&change.namespace, &place);
        (asked && place.class == Class::Production).then(|| PastChange {
            time: facts.zone.at(change.at).format("%H:%M").to_string(),
            class: place.class.into(),
            whose: super::super::Whose::of(&place.tenant, &place.environment),
            subject: change.subject.name.to_string(),
            what: facts.catalogue.what(&change.what),
            age: facts.catalogue.age(change.at.age(now)),
        })
    };
    let changes = facts.store.changes().iter().take(KEPT * 8);
    changes.filter_map(worded).take(KEPT)
}

impl Note {
    /// The sign that goes before a sentence about everything.
    pub const fn state(&self) -> Option<State> {
        match self {
            Note::Sentence(_) => Some(State::Absent),
            _ => None,
        }
    }
}

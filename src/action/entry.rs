//! One action: its records joined.

use std::collections::HashMap;

use super::{ActionId, Answer, AnswerVerdict, Intent, Outcome, OutcomeVerdict, Record};
use crate::model::Moment;

#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub intent: Intent,
    pub answers: Vec<Answer>,
    /// The last that was written: a later reading completes an earlier one.
    pub outcome: Option<Outcome>,
}

/// How far the records go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It has no answer: it may be done. To be read again before anything else.
    InDoubt,
    /// It was accepted, and what the cluster reached is not written.
    Accepted,
    /// It was refused, and nothing is written after that.
    Refused,
    /// It has an outcome.
    Over,
}

/// Whether an action changed its object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    Done,
    None,
    /// Some of it may be.
    Unknown,
}

impl Entry {
    /// Without an answer.
    pub fn new(intent: Intent) -> Self {
        Self {
            intent,
            answers: Vec::new(),
            outcome: None,
        }
    }

    /// When the last request was answered, or else when the first was sent.
    pub(super) fn asked(&self) -> Moment {
        let answered = |it: &&Answer| it.verdict != AnswerVerdict::Unknown;
        let answered = self.answers.iter().filter(answered).map(|it| it.at);
        answered.max().unwrap_or(self.intent.at)
    }

    pub fn standing(&self) -> Standing {
        match self.verdict() {
            _ if self.outcome.is_some() => Standing::Over,
            Some(AnswerVerdict::Accepted) => Standing::Accepted,
            Some(AnswerVerdict::Refused) => Standing::Refused,
            Some(AnswerVerdict::Unknown) | None => Standing::InDoubt,
        }
    }

    /// It has no outcome, and whoever sent it waits no longer: somebody has to find out what became of it.
    pub fn is_open(&self, now: Moment) -> bool {
        let open = matches!(self.standing(), Standing::InDoubt | Standing::Accepted);
        open && self.intent.at.age(now) > super::open(&self.intent)
    }

    /// It changed its object, as far as is known.
    pub fn is_done(&self) -> bool {
        self.effect() == Effect::Done
    }

    /// It is done, and none of these took it back.
    pub fn is_undoable(&self, entries: &[Entry]) -> bool {
        let undoes = |by: &Entry| by.intent.undoes.as_ref() == Some(&self.intent.id);
        self.is_done() && !entries.iter().any(|by| undoes(by) && by.is_done())
    }

    pub(super) fn effect(&self) -> Effect {
        match self.outcome.as_ref().map(|it| it.verdict) {
            Some(OutcomeVerdict::Reached | OutcomeVerdict::Replaced) => return Effect::Done,
            Some(OutcomeVerdict::NotDone) => return Effect::None,
            _ => {}
        }
        match self.verdict() {
            Some(AnswerVerdict::Accepted) => Effect::Done,
            Some(AnswerVerdict::Refused) => Effect::None,
            Some(AnswerVerdict::Unknown) | None => Effect::Unknown,
        }
    }

    /// What was said to the request that does what was asked for, or to one before it that was not taken. The last word
    /// counts: a doubt may be settled by reading again.
    fn verdict(&self) -> Option<AnswerVerdict> {
        let said = |at: usize| {
            let sent = self.intent.sends.get(at)?;
            let mut answers = self.answers.iter().rev();
            let answer = answers.find(|it| it.audit_id == sent.audit_id)?;
            Some(answer.verdict)
        };
        let deciding = self.intent.deciding();
        let mut before = (0..deciding).filter_map(said);
        let stopped = before.find(|it| *it != AnswerVerdict::Accepted);
        stopped.or_else(|| said(deciding))
    }
}

/// The newest action of those meant that is to be taken back and is no undo itself: none while a newer one is in doubt.
/// `entries` are newest first.
pub fn last_undoable(entries: &[Entry], meant: impl Fn(&Intent) -> bool) -> Option<&Entry> {
    let mut own = entries.iter().filter(|it| is_own(it, &meant));
    let newest = own.find(|it| it.standing() == Standing::InDoubt || it.is_undoable(entries))?;
    (newest.standing() != Standing::InDoubt).then_some(newest)
}

/// The newest of those meant of which nobody knows whether it was done.
pub fn in_doubt(entries: &[Entry], meant: impl Fn(&Intent) -> bool) -> Option<&Entry> {
    let mut own = entries.iter().filter(|it| is_own(it, &meant));
    own.find(|it| it.standing() == Standing::InDoubt)
}

fn is_own(entry: &Entry, meant: impl Fn(&Intent) -> bool) -> bool {
    entry.intent.undoes.is_none() && meant(&entry.intent)
}

/// Takes a record that was just written in among actions that are newest first.
pub fn note(entries: &mut Vec<Entry>, record: Record) {
    match record {
        Record::Intent(intent) => entries.insert(0, Entry::new(*intent)),
        Record::Answer(answer) => {
            if let Some(entry) = named(entries, &answer.id) {
                entry.answers.push(answer);
            }
        }
        Record::Outcome(outcome) => {
            if let Some(entry) = named(entries, &outcome.id) {
                entry.outcome = Some(outcome);
            }
        }
    }
}

fn named<'a>(entries: &'a mut [Entry], id: &ActionId) -> Option<&'a mut Entry> {
    entries.iter_mut().find(|it| it.intent.id == *id)
}

/// The actions of some records, newest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Joined {
    pub entries: Vec<Entry>,
    /// Records that belong to no intent before them, and intents whose id is taken.
    pub strays: usize,
}

/// Joins records in the order in which they were written.
pub fn join(records: impl IntoIterator<Item = Record>) -> Joined {
    let mut joined = Joined::default();
    let mut known: HashMap<ActionId, usize> = HashMap::new();
    for record in records {
        let id = match &record {
            Record::Intent(it) => &it.id,
            Record::Answer(it) => &it.id,
            Record::Outcome(it) => &it.id,
        };
        let entry = known.get(id).and_then(|at| joined.entries.get_mut(*at));
        match (record, entry) {
            (Record::Intent(intent), None) => {
                known.insert(intent.id.clone(), joined.entries.len());
                joined.entries.push(Entry::new(*intent));
            }
            (Record::Answer(answer), Some(entry)) => entry.answers.push(answer),
            (Record::Outcome(outcome), Some(entry)) => entry.outcome = Some(outcome),
            _ => joined.strays += 1,
        }
    }
    joined.entries.reverse();
    joined
}

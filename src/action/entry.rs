//! One action: its records joined.

use std::collections::HashMap;

use super::{ActionId, Answer, AnswerVerdict, Intent, Outcome, OutcomeVerdict, Record};

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
    /// A request of it has no answer: it may be done. To be read again before anything else.
    InDoubt,
    /// Every request was accepted, and what the cluster reached is not written.
    Accepted,
    /// A request was refused, and nothing is written after it.
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
    fn new(intent: Intent) -> Self {
        Self {
            intent,
            answers: Vec::new(),
            outcome: None,
        }
    }

    pub fn standing(&self) -> Standing {
        let said = || self.verdicts();
        if self.outcome.is_some() {
            Standing::Over
        } else if said().any(|it| it == Some(AnswerVerdict::Unknown)) {
            Standing::InDoubt
        } else if said().any(|it| it == Some(AnswerVerdict::Refused)) {
            Standing::Refused
        } else if said().any(|it| it.is_none()) {
            Standing::InDoubt
        } else {
            Standing::Accepted
        }
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
        let accepted = self.count(Some(AnswerVerdict::Accepted));
        let refused = self.count(Some(AnswerVerdict::Refused));
        if accepted == self.intent.sends.len() {
            Effect::Done
        } else if refused > 0 && accepted + self.count(Some(AnswerVerdict::Unknown)) == 0 {
            // What comes after a refusal is not sent.
            Effect::None
        } else {
            Effect::Unknown
        }
    }

    fn count(&self, verdict: Option<AnswerVerdict>) -> usize {
        self.verdicts().filter(|it| *it == verdict).count()
    }

    /// What was said to each request. The last word counts: a doubt may be settled by reading again.
    fn verdicts(&self) -> impl Iterator<Item = Option<AnswerVerdict>> {
        self.intent.sends.iter().map(|sent| {
            let mut answers = self.answers.iter().rev();
            let answer = answers.find(|it| it.audit_id == sent.audit_id);
            answer.map(|it| it.verdict)
        })
    }
}

/// The newest action of those meant that is to be taken back and is no undo itself. `entries` are newest first.
pub fn last_undoable(entries: &[Entry], meant: impl Fn(&Intent) -> bool) -> Option<&Entry> {
    let own = |it: &&Entry| it.intent.undoes.is_none() && meant(&it.intent);
    entries
        .iter()
        .filter(own)
        .find(|it| it.is_undoable(entries))
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

//! What was sent in this run: its steps with their answers, and what the cluster came to.

use super::{Facts, Line, Piece, State, muted, text};
use crate::action::{
    ActionId, Following, Hold, Intent, OutcomeVerdict, Reached, Reply, Request, StepKind,
};
use crate::model::{Moment, ObjectRef};

/// An action that was confirmed.
#[derive(Clone, Debug, PartialEq)]
pub struct Deed {
    pub id: ActionId,
    pub request: Request,
    pub at: Moment,
    /// What was written down before, and the object as it is watched; until it is over.
    pub open: Option<(Intent, ObjectRef)>,
    pub steps: Vec<StepKind>,
    pub hold: Option<Hold>,
    /// With the moment of the answer; fewer than steps when it stopped.
    pub replies: Vec<(Moment, Reply)>,
    pub standing: Standing,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// For the one before it.
    Waiting,
    /// No answer yet.
    Sent,
    /// The server took it all.
    Followed(Box<Following>),
    /// It came to this, then.
    Over(Moment, Reached),
    /// The one before it was not taken.
    NotTried,
    /// Nobody knows: it is read again until something tells, and never sent again.
    Stopped,
}

/// The latest one on the object, step by step.
pub(super) fn lines(facts: &Facts<'_>, object: &ObjectRef) -> Vec<Line> {
    let same = |it: &&Deed| it.request.object == *object;
    let Some(deed) = facts.deeds.iter().rev().find(same) else {
        return Vec::new();
    };
    let at = |at: Moment| facts.zone.moment(at, facts.now, facts.catalogue);
    let title = [
        ("at", at(deed.at).into()),
        ("what", facts.catalogue.request(&deed.request).into()),
    ];
    let id = [("id", deed.id.0.as_str().into())];
    let mut lines = vec![vec![
        Piece::Text(
            facts.catalogue.say_with("deed-title", &title),
            super::Tone::Accent,
        ),
        muted(format!(
            "  {}",
            facts.catalogue.say_with("deed-journal", &id)
        )),
    ]];
    let mut numbers = 1..;
    let mut line = |state, words: String| {
        let number = numbers.next().unwrap_or_default();
        lines.push(vec![
            text(format!("{number:>2}")),
            Piece::Mark(state),
            text(format!(" {words}")),
        ]);
    };
    for (step, kind) in deed.steps.iter().enumerate() {
        let told = |words: String| match kind {
            // The title has it already.
            StepKind::Itself => words,
            StepKind::DeletePod(_) | StepKind::Resume => {
                let step = facts.catalogue.step(&deed.request, kind);
                let said = [("what", step.into()), ("outcome", words.into())];
                facts.catalogue.say_with("notice-deed", &said)
            }
        };
        match deed.replies.get(step) {
            Some((when, reply)) => line(
                answered(reply),
                format!("{}  {}", at(*when), told(facts.catalogue.reply(reply))),
            ),
            None if deed.standing == Standing::Sent => {
                line(State::Moving, told(facts.say("deed-waits")));
            }
            None if deed.standing == Standing::Waiting => {
                line(State::Absent, told(facts.say("deed-queued")));
            }
            // Nothing came back of it but that somebody was faster.
            None if step == 0 && deed.standing != Standing::NotTried => {}
            None => line(State::Absent, told(facts.say("deed-not-tried"))),
        }
    }
    match &deed.standing {
        Standing::Waiting | Standing::Sent | Standing::NotTried => {}
        Standing::Stopped => line(State::Unknown, facts.say("deed-reread")),
        Standing::Followed(_) => line(State::Moving, facts.say("deed-follows")),
        Standing::Over(when, reached) => {
            let words = facts.catalogue.outcome(reached.verdict, &reached.detail);
            line(came_to(reached.verdict), format!("{}  {words}", at(*when)));
        }
    }
    if let Some(hold) = &deed.hold {
        lines.push(vec![muted(format!("    {}", facts.hold_short(hold)))]);
    }
    lines
}

const fn answered(reply: &Reply) -> State {
    match reply {
        Reply::Accepted(_) => State::Good,
        Reply::Refused(_) | Reply::NotSent(_) => State::Failed,
        Reply::Unknown(_) => State::Unknown,
    }
}

pub(super) const fn came_to(verdict: OutcomeVerdict) -> State {
    match verdict {
        OutcomeVerdict::Reached => State::Good,
        OutcomeVerdict::Failed | OutcomeVerdict::TimedOut | OutcomeVerdict::NotDone => {
            State::Failed
        }
        OutcomeVerdict::Replaced => State::Warning,
        OutcomeVerdict::Unknown => State::Unknown,
    }
}

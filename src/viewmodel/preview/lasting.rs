//! What lasts: the ways there are, that which is taken first, each with how long it holds.

use super::paper::Paper;
use super::{Planned, held};
use crate::action::{self, Action, Preview, Verb, World};
use crate::model::{Kind, ObjectRef};
use crate::viewmodel::{Facts, Piece, State, Tone, muted};

/// Whether another way lasts longer than the plan alone.
pub(super) fn offered(facts: &Facts<'_>, planned: &Planned<'_>) -> bool {
    let request = &planned.preview.request;
    let changes = !matches!(request.action, Action::Evict | Action::Delete);
    changes && planned.also.is_empty() && keeper(facts, planned).is_some()
}

fn keeper(facts: &Facts<'_>, planned: &Planned<'_>) -> Option<ObjectRef> {
    if let Some(first) = planned.first {
        return Some(first.request.object.clone());
    }
    let world = World {
        store: facts.store,
        places: facts.places,
        guard: facts.guard,
        now: facts.now,
    };
    let lasting = action::lasting(&world, &planned.preview.request)?;
    Some(lasting.keeper)
}

/// Nothing where nobody puts it back, or nothing is won.
pub(super) fn write(facts: &Facts<'_>, planned: &Planned<'_>, paper: &mut Paper) {
    if !offered(facts, planned) {
        return;
    }
    let Some(keeper) = keeper(facts, planned) else {
        return;
    };
    paper.rule(&facts.say("lasting-title"), "");
    let lasting = planned.preview.request.suspended.is_some();
    let alone = match planned.preview.hold() {
        Some(hold) if !lasting => facts.catalogue.hold_short(hold),
        _ => String::new(),
    };
    let verb = facts.catalogue.verb(planned.preview.request.action.verb());
    let arguments = [("name", keeper.name.as_str().into()), ("verb", verb.into())];
    let first = if keeper.kind == Kind::Application {
        "lasting-first"
    } else {
        "lasting-first-flux"
    };
    let ways = [(first, true), ("lasting-alone", false)];
    for (id, lasts) in ways {
        let taken = lasting == lasts;
        let mark = if taken { "\u{25b8} " } else { "  " };
        let mut said = facts.catalogue.say_with(id, &arguments);
        if taken && !lasts && !alone.is_empty() {
            said = format!("{said}: {alone}");
        }
        let tone = if taken { Tone::Text } else { Tone::Muted };
        paper
            .lines
            .push(vec![muted(format!(" {mark}")), Piece::Text(said, tone)]);
    }
    if let Some(first) = planned.first {
        step(facts, first, paper);
    }
}

/// How the plan that goes first stands.
fn step(facts: &Facts<'_>, first: &Preview, paper: &mut Paper) {
    match (first.hold(), first.refusal()) {
        (_, Some(refusal)) => {
            paper.marked(State::Failed, &super::refused(facts, first, &refusal));
        }
        (Some(hold), None) => {
            let said = [("hold", facts.catalogue.hold_short(hold).into())];
            let id = if first.request.action.verb() == Verb::SuspendFlux {
                "lasting-step-flux"
            } else {
                "lasting-step"
            };
            paper.marked(held(hold), &facts.catalogue.say_with(id, &said));
            let plan = first.plan().and_then(|it| it.as_ref().ok());
            for note in plan.iter().flat_map(|it| &it.notes) {
                paper.marked(State::Warning, &facts.catalogue.plan_note(note));
            }
        }
        (None, None) => paper.marked(State::Reading, ""),
    }
}

//! What lasts: the ways there are, that which is taken first, each with how long it holds.

use super::paper::Paper;
use super::{Planned, held};
use crate::action::{self, Action, Before, Lasting, Preview, Through};
use crate::viewmodel::{Facts, Piece, State, Tone, muted};

/// The key that turns to the next way leads there; None where there is only the plan.
pub(super) fn hint(facts: &Facts<'_>, planned: &Planned<'_>) -> Option<&'static str> {
    let ways = ways(facts, planned);
    let taken = action::taken(&planned.preview.request);
    let at = ways.iter().position(|it| Some(it.through) == taken);
    let next = ways.get(at.map_or(0, |it| it + 1));
    match next.map(|it| it.through) {
        Some(Through::Itself) => Some("hint-lasting"),
        Some(Through::Console) => Some("hint-lasting-console"),
        None => at.map(|_| "hint-alone"),
    }
}

fn ways(facts: &Facts<'_>, planned: &Planned<'_>) -> Vec<Lasting> {
    let request = &planned.preview.request;
    if matches!(request.action, Action::Evict | Action::Delete) || !planned.also.is_empty() {
        return Vec::new();
    }
    let ways = action::ways(&facts.world(), request);
    // What goes first may be done by now.
    match planned.first {
        Some(first) if ways.is_empty() => vec![Lasting {
            keeper: first.request.object.clone(),
            needed: true,
            through: request.through,
        }],
        _ => ways,
    }
}

/// Nothing where nobody puts it back, or nothing is won.
pub(super) fn write(facts: &Facts<'_>, planned: &Planned<'_>, paper: &mut Paper) {
    let ways = ways(facts, planned);
    if ways.is_empty() {
        return;
    }
    paper.rule(&facts.say("lasting-title"), "");
    let taken = action::taken(&planned.preview.request);
    let verb = planned.preview.request.action.verb();
    for way in &ways {
        let say = facts.catalogue;
        let name = way.keeper.name.as_str().into();
        let arguments = [("name", name), ("verb", say.verb(verb).into())];
        let said = match way.through {
            Through::Console if verb.holds_back() => {
                say.say_with("lasting-console-alone", &arguments)
            }
            Through::Console => say.say_with("lasting-first-console", &arguments),
            Through::Itself => say.of_keeper("lasting-first", &way.keeper, &arguments),
        };
        offer(taken == Some(way.through), said, paper);
    }
    let verb = [("verb", facts.catalogue.verb(verb).into())];
    let mut alone = facts.catalogue.say_with("lasting-alone", &verb);
    if let Some(hold) = planned.preview.hold().filter(|_| taken.is_none()) {
        alone = format!("{alone}: {}", facts.hold_short(hold));
    }
    offer(taken.is_none(), alone, paper);
    if let Some(first) = planned.first {
        step(facts, first, paper);
    }
}

fn offer(taken: bool, said: String, paper: &mut Paper) {
    let (mark, tone) = if taken {
        ("\u{25b8} ", Tone::Text)
    } else {
        ("  ", Tone::Muted)
    };
    paper
        .lines
        .push(vec![muted(format!(" {mark}")), Piece::Text(said, tone)]);
}

/// How the plan that goes first stands.
fn step(facts: &Facts<'_>, first: &Preview, paper: &mut Paper) {
    match (first.hold(), first.refusal()) {
        (_, Some(refusal)) => {
            paper.marked(State::Failed, &super::refused(facts, first, &refusal));
        }
        (Some(hold), None) => {
            let said = [("hold", facts.hold_short(hold).into())];
            let keeper = &first.request.object;
            let said = facts.catalogue.of_keeper("lasting-step", keeper, &said);
            paper.marked(held(hold), &said);
            let plan = first.plan().and_then(|it| it.as_ref().ok());
            if let Some(plan) = plan.filter(|_| first.is_wide()) {
                let before = Before {
                    environment: None,
                    ..plan.before.clone()
                };
                let sides = [&before, &plan.after].map(|it| facts.catalogue.before(it));
                paper.indented(&sides.join(" \u{2192} "), Tone::Text);
            }
            for note in plan.iter().flat_map(|it| &it.notes) {
                paper.marked(State::Warning, &facts.plan_note(note));
            }
        }
        (None, None) => paper.marked(State::Reading, ""),
    }
}

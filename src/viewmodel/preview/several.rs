//! Plans for several objects on one page: each with what changes, whether it holds and what speaks against it; once they are
//! sent, with what came of it.

use super::paper::Paper;
use super::{Planned, checks, held, refused};
use crate::action::Preview;
use crate::tenancy::Class;
use crate::viewmodel::{Facts, State, aspect, deed};

pub(super) fn write(facts: &Facts<'_>, planned: &Planned<'_>, paper: &mut Paper) {
    for preview in planned.all() {
        let right = checks::counts(facts, preview.checks());
        paper.rule(&aspect::heading(facts, &preview.request.object), &right);
        if planned.sent || planned.over {
            let lines = deed::lines(facts, &preview.request.object);
            paper.lines.extend(lines.into_iter().skip(1));
        } else {
            one(facts, preview, paper);
        }
    }
}

fn one(facts: &Facts<'_>, preview: &Preview, paper: &mut Paper) {
    let plan = match preview.plan() {
        None => return paper.marked(State::Reading, ""),
        Some(Err(refusal)) => {
            return paper.marked(State::Failed, &refused(facts, preview, refusal));
        }
        Some(Ok(plan)) => plan,
    };
    let changes = facts.catalogue.changes(&plan.changes, paper.room());
    paper.labelled(&facts.say("preview-changes"), &changes);
    if let Some(hold) = preview.hold() {
        paper.marked(held(hold), &facts.hold(hold));
    }
    checks::grave(facts, preview, paper);
    if let Some(refusal) = preview.refusal() {
        paper.marked(State::Failed, &refused(facts, preview, &refusal));
    }
}

/// How many of several are in production; None of one alone.
pub(super) fn whereabouts(facts: &Facts<'_>, planned: &Planned<'_>) -> Option<String> {
    if planned.also.is_empty() {
        return None;
    }
    let in_production = |it: &&Preview| {
        let object = &it.request.object;
        facts.place(object).class == Class::Production
    };
    let count = [("count", planned.all().filter(in_production).count().into())];
    Some(facts.catalogue.say_with("preview-in-production", &count))
}

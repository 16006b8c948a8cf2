//! Why a workload is unhealthy: causes, the likeliest first, with their evidence; what was ruled out; what was not looked at.

mod jumps;

use super::rollout::missing;
use super::{Content, Known, Made, Text, empty, note};
use crate::insight::{AROUND, Finding, Reason, Why};
use crate::model::{ObjectKind, ObjectRef, Subject};
use crate::viewmodel::around as surroundings;
use crate::viewmodel::{Facts, Line, Piece, State, Tone, muted, text, words};

/// Of the kinds that have pods of their own and are watched.
pub(super) fn applies(kind: &ObjectKind) -> bool {
    super::rollout::applies(kind)
}

pub(super) fn content<'a>(facts: &'a Facts<'a>, object: &'a ObjectRef) -> Content<'a> {
    let Some(why) = facts.why else {
        return empty(missing(facts, object));
    };
    let mut page = Made::default();
    reasons(facts, object, why, &mut page);
    page.push(Line::new());
    page.push(vec![Piece::Text(facts.say("why-ruled-out"), Tone::Accent)]);
    let checks = why.checks.iter().map(|it| facts.catalogue.check(it));
    page.extend(checks.map(|words| said(State::Good, &words)));
    page.push(said(State::Unknown, &facts.say("why-not-looked")));
    let unread = surroundings::unread(facts, object, &AROUND);
    page.extend(unread.iter().map(|it| said(State::Absent, it)));
    Content {
        text: Text::Made(page),
        note: note(facts, object, None, Known::Whole),
    }
}

fn said(state: State, words: &str) -> Line {
    vec![Piece::Mark(state), text(format!(" {words}"))]
}

fn reasons(facts: &Facts<'_>, object: &ObjectRef, why: &Why, page: &mut Made<'_>) {
    if why.reasons.is_empty() {
        page.push(said(State::Good, &facts.say("why-none")));
    }
    for (number, reason) in (1..).zip(&why.reasons) {
        let (state, mut told) = reason_words(facts, object, reason);
        let rest = told.split_off(told.len().min(1));
        let first = told.pop().unwrap_or_default();
        page.push(vec![
            text(format!("{number:>2}")),
            Piece::Mark(state),
            text(format!(" {first}")),
        ]);
        page.leads(jumps::of_reason(facts, object, reason));
        let rest = rest.into_iter();
        page.extend(rest.map(|it| vec![muted(format!("      {it}"))]));
    }
}

/// The sentence, then its evidence.
fn reason_words(facts: &Facts<'_>, object: &ObjectRef, reason: &Reason) -> (State, Vec<String>) {
    let say = facts.catalogue;
    match reason {
        Reason::Hurt(finding) => (finding.severity.into(), hurt(facts, object, finding)),
        Reason::Changed(change) => {
            let at = facts.zone.moment(change.at, facts.now, say);
            let subject = Subject {
                kind: object.kind.name().into(),
                name: object.name.clone(),
            };
            let what = say.change(change, Some(&subject));
            (State::Warning, vec![format!("{at}  {what}")])
        }
        Reason::RunsElsewhere(row) => (State::Warning, vec![say.elsewhere(row)]),
        Reason::QuotaNear { name, bound } => (State::Warning, vec![say.quota_near(name, bound)]),
        Reason::NoEndpoints { .. }
        | Reason::NoPort { .. }
        | Reason::Claim { .. }
        | Reason::CertificateNotReady { .. }
        | Reason::BudgetBlocks { .. } => (State::Warning, say.around(reason)),
    }
}

/// What it shares with others is named first.
fn hurt(facts: &Facts<'_>, object: &ObjectRef, finding: &Finding) -> Vec<String> {
    let mut told = Vec::new();
    if finding.subject.name != object.name {
        told.push(words::named(facts, finding));
    }
    told.extend(words::why(facts, finding));
    if let Some(since) = finding.since {
        let at = facts.zone.moment(since, facts.now, facts.catalogue);
        told.push(facts.catalogue.say_with("why-since", &[("at", at.into())]));
    }
    told.dedup();
    told
}

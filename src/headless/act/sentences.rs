//! What is told of a plan on standard output, and why nothing was sent.

use std::fmt::Write as _;

use super::consent::Missing;
use super::request::Refused;
use super::run::Ended;
use crate::action::{Preview, Refusal, Verdict, World, name_of, rights_in};
use crate::model::Moment;
use crate::tenancy::Class;
use crate::wording::Catalogue;
use crate::wording::plan::{About, by_hand};

/// Room for the changes in few words.
const ROOM: usize = 100;

/// The plan and, once it was sent, what came of it. Nothing when there is no plan.
pub(super) fn page(
    catalogue: &Catalogue,
    preview: &Preview,
    world: &World<'_>,
    ended: Option<&Ended>,
) -> String {
    let Some(Ok(plan)) = preview.plan() else {
        return String::new();
    };
    let object = &preview.request.object;
    let place = world.place(object);
    let cluster = world.store.cluster(object.cluster);
    let cluster = cluster.map_or_else(String::new, |it| it.name().to_string());
    let class = match place.class {
        Class::Production => catalogue.say("class-production"),
        Class::Unknown => catalogue.say("class-unknown"),
        Class::NonProduction => String::new(),
    };
    let parts = [
        catalogue.request(&preview.request),
        class,
        name_of(&place),
        cluster,
    ];
    let parts: Vec<_> = parts.into_iter().filter(|it| !it.is_empty()).collect();
    let mut lines = vec![parts.join(" \u{b7} ")];
    let mut add = |id: &str, text: String| {
        if !text.is_empty() {
            lines.push(format!("  {:<10}{text}", catalogue.say(id)));
        }
    };
    add("label-now", catalogue.before(&plan.before));
    add("label-becomes", catalogue.before(&plan.after));
    add("label-changes", catalogue.changes(&plan.changes, ROOM));
    if let Some(hold) = preview.hold() {
        add("label-holds", catalogue.hold(hold, &Moment::to_rfc3339));
        for proof in &hold.proof {
            add("label-proof", proof.clone());
        }
    }
    for check in preview.checks() {
        let subject = catalogue.check_subject(check.subject);
        let verdict = catalogue.say(&format!("verdict-{}", check.verdict.word()));
        let detail = catalogue.check_detail(check, world.now);
        // What was not made says so itself.
        let told = if check.verdict == Verdict::NotMade {
            detail
        } else {
            format!("{verdict}, {detail}")
        };
        let line = [("subject", subject.into()), ("told", told.into())];
        add("label-check", catalogue.say_with("check-line", &line));
    }
    for note in &plan.notes {
        add("label-note", catalogue.plan_note(note, &Moment::to_rfc3339));
    }
    if let Some(reason) = preview.protected_for() {
        let reason = [("reason", reason.into())];
        add(
            "label-note",
            catalogue.say_with("confirm-protected", &reason),
        );
    }
    add("label-undo", catalogue.undo(&plan.undo));
    for command in by_hand(plan).lines() {
        add("label-by-hand", command.to_owned());
    }
    if let Some(Ended {
        id: Some(id),
        answers,
        outcome,
    }) = ended
    {
        for answer in answers {
            add("label-server", catalogue.reply(&answer.reply));
        }
        if let Some(outcome) = outcome {
            let words = catalogue.outcome(outcome.verdict, &outcome.detail);
            let span = catalogue.span(outcome.seconds);
            add("label-outcome", format!("{words}, {span}"));
        }
        add("label-journal", id.0.clone());
    }
    let mut text = String::new();
    for line in lines {
        // A string has room for anything.
        let _ = writeln!(text, "{line}");
    }
    text
}

/// Why nothing is sent, and what to type instead. `lasts` where that was to be a way that lasts already.
pub(super) fn refusal(
    catalogue: &Catalogue,
    world: &World<'_>,
    no: &Refused,
    lasts: Option<bool>,
) -> String {
    let place = world.place(&no.object);
    let about = About {
        verb: no.verb,
        name: &no.object.name,
        place: &rights_in(&no.object, &place),
        time: &Moment::to_rfc3339,
    };
    let words = catalogue.refusal(&about, &no.refusal);
    let said = catalogue.say_with("not-sent", &[("words", words.into())]);
    let instead = match no.refusal {
        Refusal::Moved(_) => "act-again",
        Refusal::AutoSyncForbids | Refusal::PutBack(_) => match lasts {
            Some(true) => "act-lasting-none",
            Some(false) => "act-lasting",
            None => return said,
        },
        _ => return said,
    };
    format!("{said} {}", catalogue.say(instead))
}

pub(super) fn question(catalogue: &Catalogue, name: Option<&str>) -> String {
    match name {
        Some(name) => catalogue.say_with("consent-name", &[("name", name.into())]),
        None => catalogue.say("consent-yes"),
    }
}

pub(super) fn missing(catalogue: &Catalogue, missing: &Missing) -> String {
    match missing {
        Missing::Name(name) => catalogue.say_with("consent-needs-name", &[("name", name.into())]),
        Missing::Yes => catalogue.say("consent-needs-yes"),
        Missing::Declined => catalogue.say("consent-declined"),
    }
}

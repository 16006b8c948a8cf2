//! A write of which no answer came: what there is now tells whether it was done. It is never sent again by itself.

use super::call::{Accepted, Call, Method, Refused, Reply};
use super::entry::{Entry, Standing};
use super::follow::{Following, Reached};
use super::record::{Intent, OutcomeVerdict, Verb};
use super::{console, execution, moved, scale};
use crate::model::{Kind, Moment, ObjectKind, ObjectRef, Uid, Writer};

/// Seconds in which whoever sent it may still wait for its answer, and the server still do it: an API server gives a request
/// up after a minute (`--request-timeout`).
const OPEN: i64 = 60;
/// The same of the console, which is asked twice and tells all of the platform's services before it answers.
const OPEN_AT_CONSOLE: i64 = 180;

/// What a re-read of an action tells that was left open.
#[derive(Clone, Debug, PartialEq)]
pub enum Settled {
    /// It came to this.
    Over(Reached),
    /// It is done; what it set off may go on.
    Follow(Box<Following>),
    /// Nothing yet: it could not be read, or may still be under way.
    Again,
}

/// What the object holds.
enum Found {
    /// What the action writes. Its generation, where it tells one.
    Done(Option<i64>),
    /// What it held before; who wrote that, where it is told.
    Before(Option<Writer>),
    /// Something else.
    Other(Option<Writer>),
    Unread,
}

/// Seconds in which the action may still be under way.
pub fn open(intent: &Intent) -> i64 {
    if intent.after.environment.is_some() {
        OPEN_AT_CONSOLE
    } else {
        OPEN
    }
}

/// `reply` is the answer to [`recheck`]; `now` and `there` are the same moment by our clock and by the cluster's.
pub fn settled(
    entry: &Entry,
    object: &ObjectRef,
    reply: &Reply,
    now: Moment,
    there: Moment,
) -> Settled {
    let intent = &entry.intent;
    let accepted = entry.standing() == Standing::Accepted;
    let age = intent.at.age(now);
    match found(intent, reply) {
        // That it stands is all that can be told of what is not watched.
        Found::Done(_) if object.kind.known().is_none() => {
            Settled::Over(Reached::plain(OutcomeVerdict::Reached))
        }
        Found::Done(generation) => {
            let since = there.plus(-age);
            let following = Following::new(intent, object.clone(), since, generation);
            Settled::Follow(Box::new(following))
        }
        // A Job that is over is cleaned away.
        Found::Before(_) if accepted && intent.verb == Verb::RunNow => {
            Settled::Over(Reached::plain(OutcomeVerdict::Unknown))
        }
        // The controller takes the step, not the server.
        Found::Before(_) if accepted && promotes(intent) && age <= open(intent) => Settled::Again,
        // The server had taken it.
        Found::Before(by) if accepted => Settled::Over(replaced(by)),
        // The server may still be at it.
        Found::Before(_) if age <= open(intent) => Settled::Again,
        Found::Before(_) => Settled::Over(Reached::plain(OutcomeVerdict::NotDone)),
        Found::Other(by) => Settled::Over(replaced(by)),
        Found::Unread => Settled::Again,
    }
}

fn replaced(by: Option<Writer>) -> Reached {
    Reached {
        verdict: OutcomeVerdict::Replaced,
        detail: by.map_or_else(String::new, |it| it.name.to_string()),
    }
}

/// What is read to tell.
pub fn recheck(intent: &Intent, object: &ObjectRef) -> Call {
    if let Some(environment) = &intent.after.environment {
        return console::read(object.cluster, &environment.project);
    }
    if let Some(path) = intent.holder() {
        return Call::to(object.cluster, Method::Get, path.to_owned(), None);
    }
    match (intent.verb, job(intent)) {
        (Verb::Scale, _) => Call::to(object.cluster, Method::Get, scale::path(object), None),
        (Verb::RunNow, Some(name)) => {
            let jobs = ObjectKind::from(Kind::Job).path(&object.namespace);
            Call::to(object.cluster, Method::Get, format!("{jobs}/{name}"), None)
        }
        _ => Call::get(object),
    }
}

/// The Job that it makes.
fn job(intent: &Intent) -> Option<&str> {
    intent.after.job.as_deref()
}

fn found(intent: &Intent, reply: &Reply) -> Found {
    let goes = matches!(intent.verb, Verb::Evict | Verb::Delete);
    match reply {
        Reply::Accepted(list) if intent.after.environment.is_some() => switched(intent, list),
        // What the console refuses says nothing of the environment.
        _ if intent.after.environment.is_some() => Found::Unread,
        Reply::Accepted(_) if intent.verb == Verb::RunNow => Found::Done(None),
        Reply::Accepted(accepted) => standing(intent, accepted, goes),
        Reply::Refused(Refused { code: 404, .. }) if goes => Found::Done(None),
        Reply::Refused(Refused { code: 404, .. }) if intent.verb == Verb::RunNow => {
            Found::Before(None)
        }
        Reply::Refused(Refused { code: 404, .. }) => Found::Other(None),
        _ => Found::Unread,
    }
}

fn switched(intent: &Intent, list: &Accepted) -> Found {
    let Some(now) = console::now(intent, list) else {
        return Found::Other(None);
    };
    match now.auto_sync {
        set if set == intent.after.auto_sync => Found::Done(None),
        _ => Found::Before(None),
    }
}

fn promotes(intent: &Intent) -> bool {
    matches!(intent.verb, Verb::Promote | Verb::PromoteFull)
}

fn standing(intent: &Intent, now: &Accepted, goes: bool) -> Found {
    let meta = &now.exact["metadata"];
    let same = meta["uid"].as_str().map(Uid::from_text) == Some(Uid::from_text(&intent.object.uid));
    if goes {
        let going = meta["deletionTimestamp"].is_string() || !same;
        return if going {
            Found::Done(None)
        } else {
            Found::Before(None)
        };
    }
    // Of what it has its template from the uid was tested as it was sent.
    if !same && intent.holder().is_none() {
        return Found::Other(None);
    }
    let held = moved::held(&intent.before, now, None);
    // A canary goes on from there by itself.
    let past = promotes(intent) && held.step.is_some() && held.step >= intent.after.step;
    if past || moved::same(&held, &intent.after) {
        return Found::Done(execution::generation(&now.exact));
    }
    let by = moved::writer(&intent.before, now);
    // It may go on by then, and is where it was.
    let stays = promotes(intent) && held.step.is_some() && held.step == intent.before.step;
    if stays || moved::same(&held, &intent.before) {
        Found::Before(by)
    } else {
        Found::Other(by)
    }
}

//! Which object is meant, and what is asked of it.

use super::run::Asked;
use super::{Doing, Wanted};
use crate::action::{
    Action, Entry, Intent, Refusal, Request, Verb, World, in_doubt, last_undoable, restore,
    roll_back, undo,
};
use crate::headless::answer::{Answer, Exit};
use crate::headless::find::find;
use crate::headless::journal::is_meant;
use crate::headless::rows::Facts;
use crate::insight::judge;
use crate::model::ObjectRef;
use crate::tenancy::Selection;

/// Why there is no request.
pub(super) enum No {
    /// No object, or more than one, is meant.
    Answer(Answer),
    Refusal(Box<Refused>),
}

pub(super) struct Refused {
    pub(super) object: ObjectRef,
    pub(super) verb: Verb,
    pub(super) refusal: Refusal,
}

impl Refused {
    pub(super) fn of(request: &Request, refusal: Refusal) -> Self {
        Self {
            object: request.object.clone(),
            verb: request.action.verb(),
            refusal,
        }
    }
}

fn refused(object: ObjectRef, verb: Verb, refusal: Refusal) -> No {
    No::Refusal(Box::new(Refused {
        object,
        verb,
        refusal,
    }))
}

pub(super) fn request(
    asked: &Asked<'_>,
    journal: &[Entry],
    world: &World<'_>,
) -> Result<Request, No> {
    match &asked.wanted {
        Wanted::Do(named, doing) => {
            let judgement = judge(world.store, world.places, world.now);
            let selection = Selection::new(asked.names);
            let facts = Facts {
                store: world.store,
                places: world.places,
                judgement: &judgement,
                selection: &selection,
                catalogue: asked.catalogue,
                now: world.now,
            };
            let found = find(named, &facts).map_err(|answer| {
                No::Answer(Answer {
                    // A name that several have is refused, as what cannot be done is.
                    exit: if answer.exit == Exit::Usage {
                        Exit::Amiss
                    } else {
                        answer.exit
                    },
                    ..answer
                })
            })?;
            let object = found.object;
            if *doing == Doing::Resume
                && let Some(request) = restore(world.store, journal, &object)
            {
                return Ok(request);
            }
            let action = match doing {
                Doing::RollBack { to, .. } => {
                    return roll_back(world, &object, *to)
                        .map_err(|refusal| refused(object, Verb::RollBack, refusal));
                }
                Doing::Scale { to, .. } => Action::Scale(*to),
                Doing::Restart => Action::Restart,
                Doing::Pause => Action::Pause,
                Doing::Resume => Action::Resume,
                Doing::Sync { prune } => Action::Sync { prune: *prune },
                Doing::SyncDryRun { prune } => Action::SyncDryRun { prune: *prune },
                Doing::Promote { full } => Action::Promote { full: *full },
                Doing::Abort => Action::Abort,
                Doing::Retry => Action::Retry,
            };
            let action = action.on(&object.kind);
            Ok(Request::new(object, action))
        }
        Wanted::Undo(id) => taken_back(asked, journal, world, id.as_deref()),
    }
}

/// The last action in the clusters and places that are meant, or the one that is named.
fn taken_back(
    asked: &Asked<'_>,
    journal: &[Entry],
    world: &World<'_>,
    id: Option<&str>,
) -> Result<Request, No> {
    let contexts: Vec<_> = world
        .store
        .clusters()
        .map(|it| it.name().to_string())
        .collect();
    let selection = Selection::new(asked.names);
    let meant = |it: &Intent| is_meant(it, &contexts, &selection);
    let say = asked.catalogue;
    let entry = match id {
        Some(id) => journal.iter().find(|it| it.intent.id.0 == id),
        None => last_undoable(journal, meant),
    };
    let Some(Entry { intent, .. }) = entry else {
        let words = match (id, in_doubt(journal, meant)) {
            _ if journal.is_empty() => say.say("undo-empty"),
            (Some(id), _) => say.say_with("undo-none-named", &[("id", id.into())]),
            (None, Some(entry)) => {
                let id = entry.intent.id.0.as_str();
                say.say_with("undo-in-doubt", &[("id", id.into())])
            }
            (None, None) => say.say("undo-nothing-left"),
        };
        return Err(No::Answer(Answer {
            text: String::new(),
            notes: vec![words],
            exit: Exit::Amiss,
        }));
    };
    undo(world, intent).map_err(|refusal| {
        let object = crate::action::object(world.store, intent);
        match object {
            Some(object) => refused(object, intent.verb, refusal),
            None => No::Answer(Answer {
                text: String::new(),
                notes: vec![asked.catalogue.say_with(
                    "undo-no-cluster",
                    &[("context", intent.context.as_str().into())],
                )],
                exit: Exit::NotSeen,
            }),
        }
    })
}

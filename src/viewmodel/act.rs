//! Which actions a row offers, under which command, and what to do where one is refused.

use std::cell::OnceCell;

use super::{Facts, Hint, Page, application, history, subject};
use crate::action::{self, Action, Entry, Intent, Refusal, Request, Through, Verb};
use crate::command::Command;
use crate::insight::{AutoSync, auto_sync, is_of_console};
use crate::model::{Application, ClusterId, ObjectRef, Text, Uid};

/// The command that opens the preview of an action.
pub const fn command(verb: Verb) -> Command {
    match verb {
        Verb::RollBack => Command::RollBack,
        Verb::Scale => Command::Scale,
        Verb::Restart => Command::Restart,
        Verb::Pause
        | Verb::Resume
        | Verb::SuspendSync
        | Verb::RestoreSync
        | Verb::SuspendFlux
        | Verb::ResumeFlux => Command::Pause,
        Verb::Evict => Command::Evict,
        Verb::Delete => Command::Delete,
        Verb::Suspend => Command::SuspendCronJob,
        Verb::Unsuspend => Command::UnsuspendCronJob,
        Verb::RunNow => Command::RunNow,
        Verb::Sync | Verb::Reconcile => Command::Sync,
        Verb::SyncAndPrune => Command::SyncAndPrune,
        Verb::SyncDryRun => Command::SyncDryRun,
        Verb::Refresh => Command::Refresh,
        Verb::HardRefresh => Command::HardRefresh,
        Verb::Terminate => Command::Terminate,
        Verb::Promote => Command::Promote,
        Verb::PromoteFull => Command::PromoteFull,
        Verb::Abort => Command::Abort,
        Verb::Retry => Command::RetryRollout,
    }
}

/// What the command does to the row under the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Acted {
    On(Verb, ObjectRef),
    /// The row stands for an object of another kind.
    NotFor(Verb, ObjectRef),
    Nothing,
}

/// The same for each of the marked rows, in their order.
pub fn acted_marked(facts: &Facts<'_>, command: Command) -> Vec<Acted> {
    let objects = subject::marked(facts).into_iter();
    objects
        .map(|object| match object {
            Some(object) => {
                let keeper = || application::keeper(facts, &object);
                acted_on(facts, command, &object, [&|| None, &keeper])
            }
            None => Acted::Nothing,
        })
        .collect()
}

pub fn acted(facts: &Facts<'_>, command: Command) -> Acted {
    Under::of(facts).acted(command)
}

/// The row under the cursor, and what stands above it: looked up once, however many commands ask for it.
pub(super) struct Under<'a> {
    facts: &'a Facts<'a>,
    own: Option<ObjectRef>,
    workload: OnceCell<Option<ObjectRef>>,
    keeper: OnceCell<Option<ObjectRef>>,
}

impl<'a> Under<'a> {
    pub(super) fn of(facts: &'a Facts<'a>) -> Self {
        Self {
            facts,
            own: row(facts),
            workload: OnceCell::new(),
            keeper: OnceCell::new(),
        }
    }

    fn acted(&self, command: Command) -> Acted {
        let Some(own) = &self.own else {
            return Acted::Nothing;
        };
        // Of a pod or a revision the workload is meant.
        let past = || history::past(self.facts).map(|(workload, _)| workload);
        let workload = || self.workload.get_or_init(past).clone();
        let kept = || application::keeper(self.facts, own);
        let keeper = || self.keeper.get_or_init(kept).clone();
        acted_on(self.facts, command, own, [&workload, &keeper])
    }

    /// Whether it knows the command.
    pub(super) fn offers(&self, command: Command) -> bool {
        matches!(self.acted(command), Acted::On(..))
    }

    /// The key of what the command does to it, in parentheses where nothing would be sent.
    pub(super) fn key(&self, command: Command) -> Option<String> {
        let facts = self.facts;
        let key = (facts.keys)(command)?;
        let barred = acts(command)
            && match self.acted(command) {
                Acted::On(verb, object) => {
                    read_only(facts, &object) || denied(facts, verb, &object).is_some()
                }
                Acted::NotFor(..) | Acted::Nothing => false,
            };
        Some(if barred { format!("({key})") } else { key })
    }
}

/// On the object itself, else on the first of those above it that knows the command.
fn acted_on(
    facts: &Facts<'_>,
    command: Command,
    own: &ObjectRef,
    above: [&dyn Fn() -> Option<ObjectRef>; 2],
) -> Acted {
    let mut verbs = Verb::ALL.into_iter();
    let Some(first) = verbs.find(|it| self::command(*it) == command) else {
        return Acted::Nothing;
    };
    let fitting = |object: ObjectRef| {
        let verb = first.on(&object.kind)?;
        Some(Acted::On(of_state(facts, verb, &object), object))
    };
    fitting(own.clone())
        .or_else(|| above.into_iter().find_map(|it| fitting(it()?)))
        .unwrap_or_else(|| Acted::NotFor(first, own.clone()))
}

/// Whether the command is that of an action.
pub(super) fn acts(command: Command) -> bool {
    Verb::ALL.into_iter().any(|it| self::command(it) == command)
}

/// In a history the workload itself.
fn row(facts: &Facts<'_>) -> Option<ObjectRef> {
    match facts.page {
        Page::History(workload) => Some(workload.clone()),
        _ => subject::subject(facts),
    }
}

/// One key pauses what goes on, and lets go on what is paused.
fn of_state(facts: &Facts<'_>, verb: Verb, object: &ObjectRef) -> Verb {
    let cluster = facts.store.cluster(object.cluster);
    let workload = cluster.and_then(|it| it.workload(object.uid?));
    let application = cluster.and_then(|it| it.application(object.uid?));
    let flux = cluster.and_then(|it| it.flux_of(object.uid?));
    match verb {
        Verb::SuspendSync if application.is_some_and(is_off) => Verb::RestoreSync,
        Verb::SuspendSync if application.is_some_and(|it| is_switched(facts, it, object)) => {
            Verb::RestoreSync
        }
        Verb::SuspendFlux if flux.is_some_and(|it| it.suspended) => Verb::ResumeFlux,
        Verb::Pause if workload.is_some_and(|it| it.paused) => Verb::Resume,
        verb => verb,
    }
}

/// It has no auto-sync, as where the console's switch took it away.
fn is_switched(facts: &Facts<'_>, application: &Application, object: &ObjectRef) -> bool {
    let made = || is_of_console(application) && action::switch(facts.store, object).is_some();
    application.automated.is_none() && (restores(facts, object) || made())
}

/// By a record, through the console.
fn restores(facts: &Facts<'_>, object: &ObjectRef) -> bool {
    action::restore(facts.store, facts.journal, object).is_some()
}

/// What the console does takes no right in the cluster.
fn by_console(facts: &Facts<'_>, verb: Verb, object: &ObjectRef) -> bool {
    let ways = || {
        let world = facts.world();
        let request = Request::new(object.clone(), Action::SuspendSync);
        action::ways(&world, &request)
    };
    match verb {
        Verb::RestoreSync => restores(facts, object),
        Verb::SuspendSync => ways().iter().any(|it| it.through == Through::Console),
        _ => false,
    }
}

fn is_off(application: &Application) -> bool {
    application.skips_reconcile() || auto_sync(application) == AutoSync::Suspended
}

pub(super) fn read_only(facts: &Facts<'_>, object: &ObjectRef) -> bool {
    facts.guard.read_only.contains(&object.cluster)
}

/// The namespace whose rights count for the row under the cursor; None where no action applies.
pub fn acts_in(facts: &Facts<'_>) -> Option<(ClusterId, Text)> {
    let own = row(facts).filter(|it| !it.namespace.is_empty())?;
    let applies = Verb::ALL.into_iter().any(|it| it.applies(&own.kind));
    applies.then_some((own.cluster, own.namespace))
}

/// The cluster is known to deny it. A plan that nothing comes of is shown in read-only all the same.
pub fn denied(facts: &Facts<'_>, verb: Verb, object: &ObjectRef) -> Option<Refusal> {
    let right = verb.right(&object.kind);
    let allowed = facts.rights.allows(object, &right, facts.now);
    let denied =
        allowed == Some(false) && !read_only(facts, object) && !by_console(facts, verb, object);
    denied.then(|| Refusal::Denied {
        right: right.words(),
        user: String::new(),
    })
}

/// What can be taken back: in the journal the action under the cursor, else the last one on what the row stands for, or on
/// its workload.
pub fn undoable<'a>(facts: &Facts<'a>) -> Option<&'a Entry> {
    if *facts.page == Page::Journal {
        let entry = &facts.rows.actions().get(facts.selected_row()?)?.entry;
        return entry.is_undoable(facts.journal).then_some(entry);
    }
    let own = row(facts)?;
    let last = |object: &ObjectRef| {
        action::last_undoable(facts.journal, |intent| is_on(facts, intent, object))
    };
    last(&own).or_else(|| last(&history::past(facts)?.0))
}

/// Whether that was done to the very object, in the context that has its name now.
fn is_on(facts: &Facts<'_>, intent: &Intent, object: &ObjectRef) -> bool {
    let named = &intent.object;
    let same = named.name == object.name.as_str()
        && object.uid == Some(Uid::from_text(&named.uid))
        && named.kind == object.kind.name();
    let cluster = || facts.store.cluster(object.cluster);
    same && cluster().is_some_and(|it| it.name() == intent.context.as_str())
}

/// Those with a key, in parentheses where nothing is sent.
pub(super) fn hints(facts: &Facts<'_>) -> Vec<Hint> {
    let under = Under::of(facts);
    let keyed = [
        Command::RollBack,
        Command::Scale,
        Command::Restart,
        Command::Pause,
    ];
    let hint = |command| {
        let Acted::On(verb, _) = under.acted(command) else {
            return None;
        };
        let key = under.key(command)?;
        let id = match verb {
            Verb::Resume => "hint-resume-rollout".to_owned(),
            Verb::Pause => "hint-pause-rollout".to_owned(),
            verb => format!("hint-{}", verb.word()),
        };
        Some(Hint {
            key,
            verb: facts.say(&id),
        })
    };
    let undo = || {
        let key = (facts.keys)(Command::Undo)?;
        undoable(facts).map(|_| Hint {
            key,
            verb: facts.say("hint-undo"),
        })
    };
    keyed.into_iter().filter_map(hint).chain(undo()).collect()
}

/// What there is to do about a refusal, with its key.
pub(super) fn way_out(facts: &Facts<'_>, verb: Verb, refusal: &Refusal) -> Option<String> {
    let with = |id, command| {
        let key = (facts.keys)(command)?;
        Some(facts.catalogue.say_with(id, &[("key", key.into())]))
    };
    match refusal {
        Refusal::Unsupported { .. }
        | Refusal::NoScale
        | Refusal::NoOther
        | Refusal::AlreadyPaused
        | Refusal::NotPaused
        | Refusal::AlreadySuspended
        | Refusal::NotSuspended
        | Refusal::FluxSuspended
        | Refusal::NoAutoSync
        | Refusal::AutoSyncSuspended
        | Refusal::SwitchedOff
        | Refusal::AutoSyncOn
        | Refusal::NoEnabled
        | Refusal::NoEnvironment
        | Refusal::Leaving
        | Refusal::Idle
        | Refusal::Promoted
        | Refusal::GivenUp
        | Refusal::NotGivenUp
        | Refusal::NotWaiting
        | Refusal::KeptBy { .. }
        | Refusal::NotUndoable(_) => None,
        Refusal::Skipped | Refusal::NotHeldBack(_) => with("way-restore", Command::Pause),
        Refusal::AutoSyncForbids | Refusal::PutBack(_) => with("way-lasting", Command::Lasting),
        Refusal::Identical { .. }
        | Refusal::Pruned { .. }
        | Refusal::NoSource { .. }
        | Refusal::OtherTemplate { .. } => with("way-history", Command::History),
        Refusal::Paused => with("way-resume", Command::Pause),
        Refusal::SameReplicas(_) => Some(facts.say("way-number")),
        // Without its plan there is no text of it.
        Refusal::Denied { .. } if !is_planned(facts, verb) => None,
        Refusal::Unreadable { .. } | Refusal::Denied { .. } => with("way-request", Command::Copy),
        Refusal::ReadOnly | Refusal::Frozen { .. } => with("way-text", Command::Copy),
        Refusal::Busy(_) | Refusal::Unread(_) | Refusal::ReadRefused { .. } => {
            with("way-retry", command(verb))
        }
        Refusal::Server { .. } => with("way-object", Command::Yaml),
        // What goes first may be what moved: the plan that is open is made anew.
        Refusal::Gone | Refusal::Recreated | Refusal::Moved(_) => {
            let open = facts.planned.map(|it| it.preview.request.action.verb());
            with("way-again", command(open.unwrap_or(verb)))
        }
    }
}

fn is_planned(facts: &Facts<'_>, verb: Verb) -> bool {
    let planned = facts.planned;
    planned.is_some_and(|it| it.preview.request.action.verb() == verb)
}

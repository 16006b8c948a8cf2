//! What is asked for: one thing to be done to one object.

use super::record::{ActionId, Before, Verb};
use crate::insight::{HistoryRow, Went};
use crate::model::{Kind, ObjectKind, ObjectRef, Text};

#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    pub object: ObjectRef,
    pub action: Action,
    pub undoes: Option<Undone>,
    /// The Application whose auto-sync is off, or what is suspended of Flux, before it is sent: whether it holds is told for then.
    pub suspended: Option<ObjectRef>,
    /// How that is done.
    pub through: Through,
}

/// By what a keeper is held back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Through {
    /// A field of the keeper itself.
    #[default]
    Itself,
    /// The switch of the whole environment in the platform's console.
    Console,
}

impl Request {
    /// What is written, where that is not the object itself: what keeps its template.
    pub(super) fn holder(&self) -> Option<&ObjectRef> {
        match &self.action {
            Action::RollBack(target) => target.holder.as_ref(),
            _ => None,
        }
    }

    pub fn new(object: ObjectRef, action: Action) -> Self {
        Self {
            object,
            action,
            undoes: None,
            suspended: None,
            through: Through::Itself,
        }
    }
}

/// The action of the journal that a request takes back.
#[derive(Clone, Debug, PartialEq)]
pub struct Undone {
    pub id: ActionId,
    /// What it left; another is there when somebody wrote since.
    pub left: Before,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    RollBack(Box<Target>),
    /// Of an Application: back to that entry of its history, or to the one before the newest.
    Redeploy {
        entry: Option<u64>,
    },
    Scale(u32),
    Restart,
    Pause,
    Resume,
    Evict,
    Delete,
    Suspend,
    Unsuspend,
    RunNow,
    SuspendSync,
    RestoreSync,
    /// Auto-sync of the whole environment of an Application, through the console.
    SwitchEnvironment {
        on: bool,
    },
    Sync {
        prune: bool,
    },
    SyncDryRun {
        prune: bool,
    },
    Refresh {
        hard: bool,
    },
    Terminate,
    Reconcile,
    SuspendFlux,
    ResumeFlux,
    Promote {
        full: bool,
    },
    Abort,
    Retry,
}

/// A revision to go back to: settled when it is asked for, so that nothing moves under a hand.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    pub number: Option<u64>,
    /// The `ReplicaSet` or `ControllerRevision` that keeps its template.
    pub keeper: ObjectRef,
    pub images: Vec<Text>,
    pub cause: Text,
    pub went: Went,
    /// The number that the next revision gets.
    pub next: Option<u64>,
    /// The hash that its template must have: that of a former one is brought back, not what took its number since.
    pub template: Option<String>,
    /// The Deployment to which an Argo Rollout leaves its template.
    pub holder: Option<ObjectRef>,
}

impl Target {
    pub fn of(row: &HistoryRow, rows: &[HistoryRow]) -> Self {
        let highest = rows.iter().filter_map(|it| it.revision.number).max();
        Self {
            number: row.revision.number,
            keeper: row.keeper(),
            images: row.revision.images.clone(),
            cause: row.cause.clone(),
            went: row.went,
            next: highest.map(|it| it + 1),
            template: None,
            holder: None,
        }
    }

    /// Somebody saw that it ran.
    pub fn known_well(&self) -> bool {
        matches!(self.went, Went::Serving | Went::Well(_) | Went::Ready(_))
    }
}

impl Action {
    pub const fn verb(&self) -> Verb {
        match self {
            Action::RollBack(_) | Action::Redeploy { .. } => Verb::RollBack,
            Action::Scale(_) => Verb::Scale,
            Action::Restart => Verb::Restart,
            Action::Pause => Verb::Pause,
            Action::Resume => Verb::Resume,
            Action::Evict => Verb::Evict,
            Action::Delete => Verb::Delete,
            Action::Suspend => Verb::Suspend,
            Action::Unsuspend => Verb::Unsuspend,
            Action::RunNow => Verb::RunNow,
            Action::SuspendSync | Action::SwitchEnvironment { on: false } => Verb::SuspendSync,
            Action::RestoreSync | Action::SwitchEnvironment { on: true } => Verb::RestoreSync,
            Action::Sync { prune: false } => Verb::Sync,
            Action::Sync { prune: true } => Verb::SyncAndPrune,
            Action::SyncDryRun { .. } => Verb::SyncDryRun,
            Action::Refresh { hard: false } => Verb::Refresh,
            Action::Refresh { hard: true } => Verb::HardRefresh,
            Action::Terminate => Verb::Terminate,
            Action::Reconcile => Verb::Reconcile,
            Action::SuspendFlux => Verb::SuspendFlux,
            Action::ResumeFlux => Verb::ResumeFlux,
            Action::Promote { full: false } => Verb::Promote,
            Action::Promote { full: true } => Verb::PromoteFull,
            Action::Abort => Verb::Abort,
            Action::Retry => Verb::Retry,
        }
    }

    /// What who asks for it means on the kind: to pause an Application is to suspend its auto-sync. What means nothing there
    /// stays what it is, to be refused.
    #[must_use]
    pub fn on(self, kind: &ObjectKind) -> Action {
        let own = self.verb();
        let meant = own.on(kind).filter(|it| *it != own);
        meant.and_then(Verb::action).unwrap_or(self)
    }
}

impl Verb {
    pub const ALL: [Verb; 25] = [
        Verb::RollBack,
        Verb::Scale,
        Verb::Restart,
        Verb::Pause,
        Verb::Resume,
        Verb::Evict,
        Verb::Delete,
        Verb::Suspend,
        Verb::Unsuspend,
        Verb::RunNow,
        Verb::Sync,
        Verb::SyncAndPrune,
        Verb::SyncDryRun,
        Verb::Refresh,
        Verb::HardRefresh,
        Verb::Terminate,
        Verb::SuspendSync,
        Verb::RestoreSync,
        Verb::Reconcile,
        Verb::SuspendFlux,
        Verb::ResumeFlux,
        Verb::Promote,
        Verb::PromoteFull,
        Verb::Abort,
        Verb::Retry,
    ];

    /// The one table of what a kind supports: keys, palette, command line and plans read it.
    ///
    /// What is not known here may have a scale subresource: only the server tells.
    pub fn applies(self, kind: &ObjectKind) -> bool {
        let Some(kind) = kind.known() else {
            return self == Verb::Scale;
        };
        match self {
            Verb::RollBack => kind.is_workload() || kind == Kind::Application,
            Verb::Restart => kind.is_workload(),
            Verb::Scale => matches!(
                kind,
                Kind::Deployment | Kind::StatefulSet | Kind::ReplicaSet | Kind::Rollout
            ),
            Verb::Pause | Verb::Resume => matches!(kind, Kind::Deployment | Kind::Rollout),
            Verb::Promote | Verb::PromoteFull | Verb::Abort | Verb::Retry => kind == Kind::Rollout,
            Verb::Evict => kind == Kind::Pod,
            Verb::Delete => matches!(kind, Kind::Pod | Kind::Job),
            Verb::Suspend | Verb::Unsuspend | Verb::RunNow => kind == Kind::CronJob,
            Verb::Sync
            | Verb::SyncAndPrune
            | Verb::SyncDryRun
            | Verb::Refresh
            | Verb::HardRefresh
            | Verb::Terminate
            | Verb::SuspendSync
            | Verb::RestoreSync => kind == Kind::Application,
            Verb::Reconcile | Verb::SuspendFlux | Verb::ResumeFlux => {
                matches!(kind, Kind::Kustomization | Kind::HelmRelease)
            }
        }
    }

    /// The word for it that a person needs to know: the same on several kinds.
    const fn plain(self) -> Verb {
        match self {
            Verb::SuspendSync | Verb::SuspendFlux => Verb::Pause,
            Verb::RestoreSync | Verb::ResumeFlux => Verb::Resume,
            Verb::Reconcile => Verb::Sync,
            verb => verb,
        }
    }

    /// What the plain word means on the kind; None where that is nothing.
    pub fn on(self, kind: &ObjectKind) -> Option<Verb> {
        let mut verbs = Verb::ALL.into_iter();
        verbs.find(|it| it.plain() == self && it.applies(kind))
    }

    /// What needs no number and no revision.
    pub const fn action(self) -> Option<Action> {
        Some(match self {
            Verb::Pause => Action::Pause,
            Verb::Resume => Action::Resume,
            Verb::Evict => Action::Evict,
            Verb::Delete => Action::Delete,
            Verb::Suspend => Action::Suspend,
            Verb::Unsuspend => Action::Unsuspend,
            Verb::RunNow => Action::RunNow,
            Verb::Restart => Action::Restart,
            Verb::SuspendSync => Action::SuspendSync,
            Verb::RestoreSync => Action::RestoreSync,
            Verb::Sync => Action::Sync { prune: false },
            Verb::SyncAndPrune => Action::Sync { prune: true },
            Verb::SyncDryRun => Action::SyncDryRun { prune: false },
            Verb::Refresh => Action::Refresh { hard: false },
            Verb::HardRefresh => Action::Refresh { hard: true },
            Verb::Terminate => Action::Terminate,
            Verb::Reconcile => Action::Reconcile,
            Verb::SuspendFlux => Action::SuspendFlux,
            Verb::ResumeFlux => Action::ResumeFlux,
            Verb::Promote => Action::Promote { full: false },
            Verb::PromoteFull => Action::Promote { full: true },
            Verb::Abort => Action::Abort,
            Verb::Retry => Action::Retry,
            Verb::RollBack | Verb::Scale => return None,
        })
    }

    /// Whether it keeps Argo CD or Flux from writing: what goes with it waits until it is seen to be so.
    pub const fn holds_back(self) -> bool {
        matches!(self, Verb::SuspendSync | Verb::SuspendFlux)
    }

    /// Whether it writes what the controller keeps in the status of its object, and nothing that was declared.
    pub(super) const fn is_of_status(self) -> bool {
        matches!(
            self,
            Verb::Promote | Verb::PromoteFull | Verb::Abort | Verb::Retry
        )
    }

    /// The right that it needs: verb, API group, resource, subresource.
    pub fn right(self, kind: &ObjectKind) -> Right {
        let (verb, subresource) = match self {
            Verb::Scale => ("patch", "scale"),
            Verb::Evict => ("create", "eviction"),
            _ if self.is_of_status() => ("patch", "status"),
            Verb::Delete => ("delete", ""),
            Verb::RunNow => return Right::new("create", &Kind::Job.into(), ""),
            _ => ("patch", ""),
        };
        Right::new(verb, kind, subresource)
    }

    /// As the command line and the catalogue name it.
    pub const fn word(self) -> &'static str {
        match self {
            Verb::RollBack => "roll-back",
            Verb::Scale => "scale",
            Verb::Restart => "restart",
            Verb::Pause => "pause",
            Verb::Resume => "resume",
            Verb::Evict => "evict",
            Verb::Delete => "delete",
            Verb::Suspend => "suspend",
            Verb::Unsuspend => "unsuspend",
            Verb::RunNow => "run-now",
            Verb::Sync => "sync",
            Verb::SyncAndPrune => "sync-and-prune",
            Verb::SyncDryRun => "sync-dry-run",
            Verb::Refresh => "refresh",
            Verb::HardRefresh => "hard-refresh",
            Verb::Terminate => "terminate",
            Verb::SuspendSync => "suspend-sync",
            Verb::RestoreSync => "restore-sync",
            Verb::Reconcile => "reconcile",
            Verb::SuspendFlux => "suspend-flux",
            Verb::ResumeFlux => "resume-flux",
            Verb::Promote => "promote",
            Verb::PromoteFull => "promote-full",
            Verb::Abort => "abort",
            Verb::Retry => "retry",
        }
    }
}

/// A right, as a rule of RBAC names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Right {
    pub verb: String,
    pub group: String,
    pub resource: String,
    /// Empty for the object itself.
    pub subresource: String,
}

impl Right {
    pub fn new(verb: &str, kind: &ObjectKind, subresource: &str) -> Self {
        Self {
            verb: verb.to_owned(),
            group: kind.group().to_owned(),
            resource: kind.plural().to_owned(),
            subresource: subresource.to_owned(),
        }
    }

    /// Of what it is needed for the object: empty for another kind, and for what is created and has no name yet.
    pub(super) fn name<'a>(&self, object: &'a ObjectRef) -> &'a str {
        let creates = self.verb == "create" && self.subresource.is_empty();
        if creates || self.resource != object.kind.plural() {
            return "";
        }
        &object.name
    }

    /// `patch deployments.apps/scale`.
    pub fn words(&self) -> String {
        let group = match self.group.as_str() {
            "" => String::new(),
            group => format!(".{group}"),
        };
        let subresource = match self.subresource.as_str() {
            "" => String::new(),
            subresource => format!("/{subresource}"),
        };
        format!("{} {}{group}{subresource}", self.verb, self.resource)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_means_on_a_kind_what_it_knows() {
        let said = |verb: Verb, kind: Kind| verb.on(&kind.into());
        for (kind, pause, resume, sync) in [
            (Kind::Deployment, Verb::Pause, Verb::Resume, None),
            (
                Kind::Application,
                Verb::SuspendSync,
                Verb::RestoreSync,
                Some(Verb::Sync),
            ),
            (
                Kind::HelmRelease,
                Verb::SuspendFlux,
                Verb::ResumeFlux,
                Some(Verb::Reconcile),
            ),
        ] {
            let all = [Verb::Pause, Verb::Resume, Verb::Sync].map(|verb| said(verb, kind));
            assert_eq!(all, [Some(pause), Some(resume), sync], "{kind:?}");
        }
        assert_eq!(said(Verb::Pause, Kind::Pod), None);
        assert_eq!(Action::Pause.on(&Kind::Pod.into()), Action::Pause);
    }

    #[test]
    fn what_a_verb_needs_nothing_for_is_that_verb() {
        for verb in Verb::ALL {
            let back = verb.action().map(|it| it.verb());
            assert!(back.is_none_or(|it| it == verb), "{verb:?}");
        }
    }
}

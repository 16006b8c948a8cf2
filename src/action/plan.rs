//! What would be sent, what it changes, what takes it back; or why nothing would be.

use serde_json::Value;

use super::call::{Accepted, Call, Unsent};
use super::hold::Hold;
use super::record::{Before, Verb};
use super::request::Request;
use crate::insight::Diff;
use crate::model::{Moment, ObjectKind, ObjectRef, Text, Writer};

/// Everything there is to know before it is sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    pub object: ObjectRef,
    pub verb: Verb,
    /// The fields that it writes: as they are, as they will be.
    pub before: Before,
    pub after: Before,
    pub changes: Changes,
    /// In the order in which they are sent; the next only once the server took the one before.
    pub steps: Vec<Step>,
    pub notes: Vec<Note>,
    pub undo: Undo,
    /// The same by hand: the words of one command each.
    pub by_hand: Vec<Vec<String>>,
    /// The template of the pods that it brings, for the checks; as the server wrote it.
    pub template: Option<Value>,
}

/// What changes.
#[derive(Clone, Debug, PartialEq)]
pub enum Changes {
    Template(Diff),
    /// Of an Application: what is deployed.
    Source(Diff),
    Replicas {
        from: u32,
        to: u32,
    },
    Paused(bool),
    Suspended(bool),
    /// The object goes; who owns a pod makes another.
    Goes,
    /// A Job of that name is made.
    Job(String),
    /// Of an Application.
    AutoSync(bool),
    /// Of an Application: whether Argo CD is told not to look at it.
    Skips(bool),
    /// So many objects that differ become as git has them.
    Synced(usize),
    /// Argo CD is asked to do something: nothing that runs changes.
    Asked,
    /// What the source of Flux says is written.
    Reconciled,
    /// An Argo Rollout goes on from one of its steps to another; without steps its new revision takes over.
    Step {
        from: u32,
        to: u32,
        steps: u32,
        /// It was paused whole, and is not any more.
        resumes: bool,
    },
    /// The new revision of an Argo Rollout is given up, or tried again.
    GivenUp(bool),
    /// The pods of an Argo Rollout are made anew, as asked at that moment.
    Restarted(String),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub kind: StepKind,
    pub call: Call,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// What the plan is about.
    Itself,
    /// Of the bad revision: the controller waits for it for ever.
    DeletePod(Text),
    /// An Argo Rollout that is paused whole goes on.
    Resume,
}

impl Plan {
    /// It writes what the controller keeps in the status of the object, and nothing that git could declare.
    pub(super) fn is_of_status(&self) -> bool {
        let resumes = self.steps.iter().any(|it| it.kind == StepKind::Resume);
        self.verb.is_of_status() && !resumes
    }
}

/// What a person has to know beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// Nothing restarts until its pods are deleted.
    OnDelete,
    /// All its pods stop before the first new one starts.
    Recreate,
    /// An Argo Rollout has its template from there: that is what is written.
    Written {
        kind: String,
        name: Text,
    },
    /// The revision that is gone back to gets another number.
    Renumbered {
        from: u64,
        to: u64,
    },
    /// `kubectl rollout undo` would change these annotations, too.
    KubectlChanges(Vec<String>),
    /// The annotation that `kubectl apply` compares with still describes what is there now.
    LastApplied,
    /// The autoscaler stands still while the workload has no replicas.
    AutoscalerSleeps(Text),
    /// So many of the pods that are wanted have the template; the rest are replaced at once.
    RolloutWaits {
        updated: u64,
        wanted: u32,
    },
    /// A run that fell due meanwhile may start at once (`kubernetes/kubernetes` `pkg/controller/cronjob`).
    MissedRun,
    /// Nothing serves any more.
    NothingServes,
    /// Git has these objects no more: they are deleted, or stay where nothing prunes.
    Prunes(Vec<Text>),
    Leaves(Vec<Text>),
    /// Argo CD compares at once, and deploys what git has by then.
    DeploysGit,
    /// Git comes back at once for these objects, which differ: `Deployment web`.
    GitComesBack(Vec<Text>),
    /// What runs is not what git says: that was deployed from the one commit, and git is at the other by now.
    GitIsElsewhere {
        runs: Text,
        git: Text,
    },
    /// Git says what is gone back to.
    GitIsThere(Text),
    /// Who suspended auto-sync, and why, as they said.
    SuspendedBy {
        by: String,
        reason: String,
    },
    /// Flux writes at once what its source says.
    FluxWrites,
    /// Auto-sync goes off with it, and stays off until it is restored.
    AutoSyncOff,
    /// The console's switch is one for all these Applications.
    EnvironmentWide {
        environment: String,
        applications: Vec<Text>,
    },
    /// The console keeps no version: what somebody saves between the last reading and the write is lost.
    Unversioned,
    /// Who switched it and why stands in the journal and in the console's log alone.
    NotOnApplication,
    /// Only the console's form lasts; where that is.
    ConsoleLasts(Option<String>),
    /// Argo CD is told not to look: until that is restored its status freezes, and it does nothing that it is asked for.
    Frozen,
    /// Argo CD compares at once, and syncs what differs where auto-sync is on.
    LooksAgain {
        syncs: bool,
    },
    /// Argo CD's own dry run reads git and validates; the API server is not asked whether it would take it
    /// (argoproj/gitops-engine `pkg/sync`, `applyObject`).
    Rehearses,
    /// Argo CD takes it for an attempt at the commit: one that fails keeps auto-sync from it, and so does one that does not
    /// where there is no self-heal.
    CountsAsAttempt {
        heals: bool,
    },
    /// Objects that only the newer revision has stay.
    NotPruned,
    /// What lasts for good: the way back in git, from one commit to the other.
    Revert {
        repository: String,
        path: String,
        from: String,
        to: String,
    },
    /// A window of the project keeps it from beginning; until then, where it opens by itself.
    WindowClosed(Option<Moment>),
    /// So many steps and the analyses in them are not waited for.
    SkipsSteps(u32),
    /// The stable revision serves, and the template still names the one that is given up.
    StillNamed,
    /// The new revision comes in from its first step.
    FromFirstStep,
    /// What the action that is taken back left is not there any more; who wrote there last, where that is told.
    MovedSince(Option<Text>),
    /// The Application or object of Flux that was held back for what is taken back, and stays so.
    StaysOff(ObjectRef),
}

impl Note {
    /// What changes more than the person asked for.
    pub const fn is_grave(&self) -> bool {
        matches!(
            self,
            Note::Recreate
                | Note::AutoscalerSleeps(_)
                | Note::RolloutWaits { .. }
                | Note::MissedRun
                | Note::NothingServes
                | Note::GitComesBack(_)
                | Note::Prunes(_)
                | Note::DeploysGit
                | Note::GitIsElsewhere { .. }
                | Note::SuspendedBy { .. }
                | Note::FluxWrites
                | Note::WindowClosed(_)
                | Note::SkipsSteps(_)
                | Note::AutoSyncOff
                | Note::EnvironmentWide { .. }
                | Note::Frozen
                | Note::CountsAsAttempt { .. }
                | Note::LooksAgain { syncs: true }
                | Note::MovedSince(_)
                | Note::StaysOff(_)
        )
    }
}

/// What takes it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undo {
    ToRevision(Option<u64>),
    /// Of the history of an Application.
    ToEntry(u64),
    ToReplicas(u32),
    Verb(Verb),
    /// The Job that it makes is deleted.
    DeleteJob(String),
    /// What was asked for is done, or not.
    Asked,
    /// What is gone does not come back.
    None(ObjectKind),
}

/// Why nothing is sent.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// The kind does not know this.
    Unsupported {
        verb: Verb,
        kind: String,
    },
    Gone,
    /// Another object has its name now.
    Recreated,
    /// It could not be read again, and what is on the screen may be old.
    Unread(Unsent),
    /// The right to read it is missing: `get deployments.apps`.
    Unreadable {
        right: String,
    },
    /// The server's own no while reading.
    ReadRefused {
        code: u16,
        message: Text,
    },
    /// The target's template is what runs.
    Identical {
        revision: Option<u64>,
    },
    /// There is no such revision (any more); the oldest that is left.
    Pruned {
        revision: u64,
        oldest: Option<u64>,
    },
    /// There is only one revision.
    NoOther,
    /// The revision has another template than the one that ran then.
    OtherTemplate {
        revision: Option<u64>,
    },
    /// Nothing would move.
    Paused,
    AlreadyPaused,
    NotPaused,
    AlreadySuspended,
    NotSuspended,
    /// Flux does not look at what is suspended.
    FluxSuspended,
    /// There is no auto-sync that could be suspended.
    NoAutoSync,
    AutoSyncSuspended,
    /// Nothing was suspended.
    AutoSyncOn,
    /// Its Argo CD is older than 3.1, and knows no `enabled`; what is held back by `skip-reconcile` is not rolled back.
    NoEnabled,
    /// The console's switch is off, and the platform has not written that yet, or never does.
    SwitchedOff,
    /// The console does not tell of the environment, or none is known.
    NoEnvironment,
    /// `skip-reconcile`: Argo CD does nothing that it is asked for.
    Skipped,
    /// Auto-sync is on: what git names would come back, and Argo CD's own API refuses it.
    AutoSyncForbids,
    /// The entry does not keep what was deployed.
    NoSource {
        entry: u64,
    },
    /// It is being deleted.
    Leaving,
    /// Another operation is under way, since then.
    Busy(Option<Moment>),
    /// No operation is under way.
    Idle,
    SameReplicas(u32),
    NoScale,
    /// Its new revision is the stable one.
    Promoted,
    /// Its new revision was given up.
    GivenUp,
    NotGivenUp,
    /// It goes on by itself.
    NotWaiting,
    /// Its template is another object's, of that kind and name.
    KeptBy {
        kind: String,
        name: String,
    },
    /// Nothing of it can be taken back.
    NotUndoable(Verb),
    /// A right is denied, to whom.
    Denied {
        right: String,
        user: String,
    },
    /// No write of this sort while the window lasts.
    Frozen {
        name: String,
        until: Option<Moment>,
    },
    ReadOnly,
    /// The server refuses the dry run, or the write.
    Server {
        code: u16,
        message: Text,
    },
    /// It would be put back within seconds, as that says.
    PutBack(Box<Hold>),
    /// What keeps it was to be held back first, and is not seen to be.
    NotHeldBack(Text),
    /// Somebody wrote the same fields since the preview.
    Moved(Box<Moved>),
}

/// Who changed what between the preview and the write.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    pub by: Option<Writer>,
    pub was: Before,
    pub now: Before,
    /// Where none of those differ: what else the request tests for, as it moved.
    pub fields: Vec<Field>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// With dots, as `kubectl explain` has it.
    pub path: String,
    pub was: Held,
    pub now: Held,
}

/// What stands in a field, as far as it is told: a whole object may hold passwords.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    Nothing,
    Value(String),
    Object,
    /// An object, too, and not the one that was seen.
    Another,
}

/// What a planner works with.
pub(super) struct Case<'a> {
    pub(super) request: &'a Request,
    /// The object, read a moment ago.
    pub(super) object: &'a Accepted,
    pub(super) world: &'a super::World<'a>,
    /// When it was asked for: a plan does not change while it is looked at.
    pub(super) at: Moment,
}

impl Case<'_> {
    /// The object's uid, to the byte: what is recreated under its name is another one.
    pub(super) fn uid(&self) -> Value {
        self.object.exact["metadata"]["uid"].clone()
    }

    /// Of an object of its own cluster and namespace.
    pub(super) fn kubectl(&self, words: &[&str]) -> Vec<String> {
        let object = &self.request.object;
        let cluster = self.world.store.cluster(object.cluster);
        let context = cluster.map(|it| it.name().as_str()).unwrap_or_default();
        let mut command = vec!["kubectl"];
        // In a pod there is no context to name.
        if context != crate::model::IN_CLUSTER {
            command.extend(["--context", context]);
        }
        let impersonates = self.world.guard.impersonates.iter();
        command.extend(impersonates.map(String::as_str));
        command.extend(["-n", &object.namespace]);
        command.extend(words);
        command.into_iter().map(str::to_owned).collect()
    }

    /// `deployment/cart`.
    pub(super) fn named(&self) -> String {
        let object = &self.request.object;
        format!("{}/{}", object.kind.name().to_lowercase(), object.name)
    }
}

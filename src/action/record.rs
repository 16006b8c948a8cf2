//! The lines of the journal. They hold numbers, hashes and a masked diff, never a template: templates hold passwords.

use serde::{Deserialize, Serialize};
use serde_json::Number;

use super::entry::Entry;
use super::follow::Reached;
use crate::model::{Kind, Moment};
use crate::tenancy::Class;

/// What joins the records of one action, and the API server's audit log to them: ten hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ActionId(pub String);

/// One line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "camelCase")]
pub enum Record {
    Intent(Box<Intent>),
    Answer(Answer),
    Outcome(Outcome),
}

/// Written before anything is sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Intent {
    pub id: ActionId,
    pub at: Moment,
    pub who: Who,
    /// The kubeconfig's context.
    pub context: String,
    pub object: Named,
    pub tenant: String,
    pub environment: String,
    pub class: Class,
    pub verb: Verb,
    pub before: Before,
    pub after: Before,
    /// What changes, a field a line, with the values of environment variables masked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub diff: Vec<String>,
    /// As the person typed it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    pub hold: HoldVerdict,
    /// What is sent, in that order.
    pub sends: Vec<Sent>,
    /// The action that this one takes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<ActionId>,
}

impl Intent {
    /// The path of what an Argo Rollout has its template from, where that was written.
    pub(super) fn holder(&self) -> Option<&str> {
        let back = self.verb == Verb::RollBack && self.object.kind == Kind::Rollout.name();
        let path = &self.sends.first().filter(|_| back)?.path;
        let own = path.rsplit('/').nth(1) == Some(Kind::Rollout.plural());
        (!own).then_some(path)
    }

    /// Which of its requests does what was asked for: the first, which further ones help along, unless the workload has to
    /// be let go on before.
    pub(super) fn deciding(&self) -> usize {
        let goes_on = matches!(self.verb, Verb::Promote | Verb::PromoteFull);
        let last = self.sends.len().saturating_sub(1);
        if goes_on { last } else { 0 }
    }
}

/// Who acted, as far as the machine and the cluster tell. Empty where they do not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Who {
    /// By `SelfSubjectReview`.
    pub kube: String,
    /// Of `--as`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub impersonated: String,
    pub unix: String,
    /// `SUDO_USER`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sudo: String,
    /// The address in `SSH_CONNECTION`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub ssh: String,
}

impl Who {
    /// By the names that the systems know, the cluster's first.
    pub fn in_words(&self) -> String {
        let named = [
            ("kube", &self.kube),
            ("as", &self.impersonated),
            ("unix", &self.unix),
            ("sudo", &self.sudo),
            ("ssh", &self.ssh),
        ];
        let known = named.into_iter().filter(|(_, name)| !name.is_empty());
        let words = known.map(|(system, name)| format!("{system} {name}"));
        words.collect::<Vec<_>>().join(", ")
    }
}

/// The object that is changed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Named {
    /// Empty for the core group.
    pub group: String,
    pub kind: String,
    pub namespace: String,
    pub name: String,
    pub uid: String,
}

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Verb {
    RollBack,
    Scale,
    Restart,
    Pause,
    Resume,
    Evict,
    Delete,
    /// Of a `CronJob`.
    Suspend,
    /// Of a suspended `CronJob`.
    Unsuspend,
    RunNow,
    /// Of an Application of Argo CD, as the rest.
    Sync,
    SyncAndPrune,
    /// Argo CD's own dry run.
    SyncDryRun,
    Refresh,
    HardRefresh,
    /// The operation under way is ended.
    Terminate,
    /// Auto-sync goes off.
    SuspendSync,
    /// Auto-sync is what it was.
    RestoreSync,
    /// Of a Kustomization or a `HelmRelease` of Flux, as the rest.
    Reconcile,
    SuspendFlux,
    ResumeFlux,
    /// Of an Argo Rollout, as the rest: past what it waits at.
    Promote,
    /// To the end, without what is left of its steps.
    PromoteFull,
    /// The new revision is given up.
    Abort,
    /// What was given up comes in again.
    Retry,
}

/// The fields that an action writes, as they were before it or are after it; None where it does not write them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Before {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<u64>,
    /// A hash of the pod template: equal hashes are equal templates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
    /// The images of the template.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replicas: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paused: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suspended: Option<bool>,
    /// The Job that is made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub job: Option<String>,
    /// Of an Application: whether it syncs by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auto_sync: Option<bool>,
    /// Of an Application: whether Argo CD is told not to look at it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skips: Option<bool>,
    /// The sign by which Flux tells that it has taken a request up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requested: Option<String>,
    /// Of an Argo Rollout: the step that it is at, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<u32>,
    /// Of an Argo Rollout: whether its new revision was given up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aborted: Option<bool>,
    /// Of the console's switch: `auto_sync` is that of this environment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environment: Option<Box<Environment>>,
}

/// An environment in the console of Cloud Pi Native, with what is written together with its switch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Environment {
    /// The console's id of the project.
    pub project: String,
    pub id: String,
    pub name: String,
    /// Cores.
    pub cpu: Number,
    pub gpu: Number,
    /// GiB.
    pub memory: Number,
}

/// Whether it will hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum HoldVerdict {
    Holds,
    UntilNextSync,
    UndoneWithinSeconds,
    OverwrittenByHpa,
    Refused,
    Unknown,
}

/// One request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sent {
    /// `PATCH`, `POST`, `DELETE`; `PUT` to the console.
    pub method: String,
    pub path: String,
    /// As the API server's audit log has it; the console is not told it.
    pub audit_id: String,
}

/// What the server said to one request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    pub id: ActionId,
    pub at: Moment,
    pub audit_id: String,
    pub verdict: AnswerVerdict,
    /// The HTTP status, where there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<u16>,
    /// The server's reason, or that it was not sent; its own words may quote a template. Empty for one that was accepted.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub message: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AnswerVerdict {
    Accepted,
    Refused,
    /// No answer came: it may be done.
    Unknown,
}

/// What the cluster reached.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    pub id: ActionId,
    pub at: Moment,
    pub verdict: OutcomeVerdict,
    /// From the answer to the last request, or from the intent where none came.
    pub seconds: i64,
    /// In words; empty when there is nothing to add.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
}

impl Outcome {
    pub fn of(entry: &Entry, reached: Reached, at: Moment) -> Self {
        Self {
            id: entry.intent.id.clone(),
            at,
            verdict: reached.verdict,
            seconds: entry.asked().age(at),
            detail: reached.detail,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum OutcomeVerdict {
    /// The rollout is complete, the number is reached, the field stands.
    Reached,
    /// The cluster gave up.
    Failed,
    TimedOut,
    /// Somebody wrote the same fields since.
    Replaced,
    /// The request was refused or never left, or a re-read found that it was never done.
    NotDone,
    Unknown,
}

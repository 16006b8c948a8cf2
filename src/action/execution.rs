//! What is sent once it was confirmed: word for word what was previewed, with the record that is written before.

use serde_json::Value;

use super::call::{Call, Reply};
use super::follow::Reached;
use super::hold::Hold;
use super::plan::{Changes, Plan, Refusal};
use super::preview::{Need, Preview};
use super::record::{ActionId, Answer, Intent, Named, OutcomeVerdict, Sent, Who};
use super::{World, auto_sync};
use crate::insight::{Difference, Said, Topic, Within};
use crate::model::{Moment, ObjectRef};

#[derive(Clone, Debug, PartialEq)]
pub struct Execution {
    pub intent: Intent,
    /// In the order of `intent.sends`.
    pub calls: Vec<Call>,
    /// What tells why a `test` failed: the documents once more.
    pub rereads: Vec<(Need, Call)>,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Executed {
    /// Nothing was sent: the record of the intent could not be written, for that reason.
    NotJournaled(String),
    /// The server refused, and what is there now says why: somebody wrote since the preview.
    Refused(Box<Refusal>),
    /// In the order of the calls; fewer when it stopped at one that was not accepted.
    Answered(Vec<Reply>),
}

/// Where an action is once its requests were answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Came {
    /// The server took it. The generation of the object in its answer, where it told one: a subresource has none.
    UnderWay { generation: Option<i64> },
    /// Nothing was written.
    Over(Reached),
    /// It may be done: to be read again.
    InDoubt,
}

/// By the reply to the request that does what was asked for; what becomes of a further one takes nothing of that back.
pub fn came(intent: &Intent, replies: &[Reply]) -> Came {
    match told(intent, replies) {
        Some(Reply::Accepted(it)) => Came::UnderWay {
            generation: generation(&it.exact),
        },
        Some(Reply::Refused(_) | Reply::NotSent(_)) => {
            Came::Over(Reached::plain(OutcomeVerdict::NotDone))
        }
        Some(Reply::Unknown(_)) | None => Came::InDoubt,
    }
}

/// The reply that decides: what it waited for may have been refused before it.
pub fn told<'a>(intent: &Intent, replies: &'a [Reply]) -> Option<&'a Reply> {
    replies.get(intent.deciding()).or_else(|| {
        let last = replies.last();
        last.filter(|it| !matches!(it, Reply::Accepted(_)))
    })
}

pub(super) fn generation(object: &Value) -> Option<i64> {
    object["metadata"]["generation"].as_i64()
}

/// What the person added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmed {
    pub id: ActionId,
    pub who: Who,
    pub reason: String,
}

/// None while there is no plan.
///
/// # Errors
/// A freeze has begun while the plan was looked at.
pub fn execution(
    preview: &Preview,
    world: &World<'_>,
    confirmed: Confirmed,
) -> Result<Option<Execution>, Refusal> {
    let object = &preview.object();
    let (Some(Ok(plan)), Some(cluster)) = (preview.plan(), world.store.cluster(object.cluster))
    else {
        return Ok(None);
    };
    world.still_free(object, plan.verb)?;
    let place = world.place(object);
    let calls = signed(preview, plan, &confirmed.reason);
    let sends = calls.iter().enumerate().map(|(at, call)| Sent {
        method: call.method.word().to_owned(),
        path: call.path.clone(),
        audit_id: audit_id(&confirmed.id, at),
    });
    let who = Who {
        kube: preview.user().unwrap_or_default(),
        ..confirmed.who
    };
    let intent = Intent {
        sends: sends.collect(),
        id: confirmed.id,
        at: world.now,
        who,
        context: cluster.name().to_string(),
        object: Named::of(object),
        tenant: place.tenant.to_string(),
        environment: place.environment.to_string(),
        class: place.class,
        verb: plan.verb,
        before: plan.before.clone(),
        after: plan.after.clone(),
        diff: diff(plan),
        reason: confirmed.reason,
        hold: preview
            .hold()
            .map_or(super::HoldVerdict::Unknown, |it: &Hold| it.verdict),
        undoes: preview.request.undoes.as_ref().map(|it| it.id.clone()),
    };
    Ok(Some(Execution {
        intent,
        calls,
        rereads: preview.rereads(),
    }))
}

/// The requests as they are sent: what is held back says by whom, and why.
pub fn signed(preview: &Preview, plan: &Plan, reason: &str) -> Vec<Call> {
    let mut calls: Vec<_> = plan.steps.iter().map(|it| it.call.clone()).collect();
    if plan.verb.holds_back() || plan.after.auto_sync == Some(false) {
        let by = preview.user().unwrap_or_default();
        for call in &mut calls {
            auto_sync::sign(call, &by, reason);
        }
    }
    calls
}

impl Named {
    pub fn of(object: &ObjectRef) -> Self {
        Self {
            group: object.kind.group().to_owned(),
            kind: object.kind.name().to_owned(),
            namespace: object.namespace.to_string(),
            name: object.name.to_string(),
            uid: object.uid.map(|it| it.to_string()).unwrap_or_default(),
        }
    }
}

/// By which the API server's audit log has the request.
pub fn audit_id(id: &ActionId, step: usize) -> String {
    format!("vigie-{}-{}", id.0, step + 1)
}

/// The record of what came of one request.
pub fn answer(id: &ActionId, audit_id: &str, reply: &Reply, at: Moment) -> Answer {
    let message = match reply {
        // The server may quote the template.
        Reply::Refused(it) => it.reason.to_string(),
        Reply::NotSent(_) => "not sent".to_owned(),
        Reply::Accepted(_) | Reply::Unknown(_) => String::new(),
    };
    Answer {
        id: id.clone(),
        at,
        audit_id: audit_id.to_owned(),
        verdict: reply.verdict(),
        code: reply.refused().map(|it| it.code),
        message,
        warnings: reply.warnings().iter().map(ToString::to_string).collect(),
    }
}

/// Names of the fields that change; of few their values: any other may be a password.
fn diff(plan: &Plan) -> Vec<String> {
    match &plan.changes {
        Changes::Template(diff) | Changes::Source(diff) => {
            diff.differences.iter().map(line).collect()
        }
        Changes::Replicas { from, to } => vec![format!("spec.replicas: {from} → {to}")],
        Changes::Paused(paused) => vec![format!("spec.paused: {} → {paused}", !paused)],
        Changes::Suspended(suspended) => {
            vec![format!("spec.suspend: {} → {suspended}", !suspended)]
        }
        Changes::AutoSync(on) => vec![format!("auto-sync: {} → {on}", !on)],
        Changes::Skips(skips) => vec![format!("skip-reconcile: {} → {skips}", !skips)],
        Changes::Synced(count) => vec![format!("objects that differ: {count}")],
        Changes::Goes | Changes::Asked | Changes::Reconciled => Vec::new(),
        Changes::Job(name) => vec![format!("Job {name}")],
        Changes::Step {
            from,
            to,
            steps,
            resumes,
        } => {
            let step = format!("step: {from} → {to} of {steps}");
            let resumed = resumes.then(|| "spec.paused: true → false".to_owned());
            [step].into_iter().chain(resumed).collect()
        }
        Changes::GivenUp(aborted) => vec![format!("status.abort: {} → {aborted}", !aborted)],
        Changes::Restarted(at) => vec![format!("spec.restartAt: {at}")],
    }
}

fn line(difference: &Difference) -> String {
    let within = match &difference.within {
        Within::Container(name) => format!("container {name}"),
        Within::InitContainer(name) => format!("init container {name}"),
        Within::Volume(name) => format!("volume {name}"),
        Within::ConfigMap(name) => format!("ConfigMap {name}"),
        Within::Source(0) => "source".to_owned(),
        Within::Source(number) => format!("source {number}"),
        Within::Template => "template".to_owned(),
    };
    let topic = match difference.topic {
        Topic::Itself | Topic::Order => String::new(),
        topic => format!(" {}", topic.word()),
    };
    let open = matches!(difference.topic, Topic::Requests | Topic::Limits)
        || (difference.topic == Topic::Itself
            && ["image", "revision"].contains(&difference.field.as_str()));
    let said = |it: &Option<Said>| match it {
        None => "–".to_owned(),
        Some(said) if open => said.to_string(),
        Some(_) => "***".to_owned(),
    };
    format!(
        "{within}{topic} {}: {} → {}",
        difference.field,
        said(&difference.before),
        said(&difference.after)
    )
}

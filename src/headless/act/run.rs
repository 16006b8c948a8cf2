//! A whole run: read the clusters, preview, ask for consent, send, follow.

use std::collections::BTreeMap;
use std::io;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::sleep;

use super::consent::{Missing, Person, consent};
use super::document::{self, ServerAnswer, Told};
use super::request::{No, request};
use super::{Manner, PlanFormat, Wanted, sentences};
use crate::action::{
    self, ActionId, Call, Confirmed, Entry, Executed, Execution, Following, Found, Guard, Intent,
    Outcome, OutcomeVerdict, Preview, Record, Refusal, Reply, Request, Unsent, Verb, Who, World,
};
use crate::executor::Executor;
use crate::headless::answer::{Answer, Exit};
use crate::headless::live::Live;
use crate::model::{Lookup, LookupId, Moment, ObjectRef, Text};
use crate::store::{Cluster, Store};
use crate::tenancy::{Places, Rules};
use crate::wording::Catalogue;

pub use crate::headless::live::Ports;

/// How often an object is read again that gave no answer, and how many times.
const AGAIN: Duration = Duration::from_secs(2);
const TRIES: usize = 15;
/// Between two looks at what is followed, when nothing is heard.
const LOOK: Duration = Duration::from_secs(1);

/// What was asked.
pub struct Asked<'a> {
    pub wanted: Wanted,
    pub manner: Manner,
    /// Namespaces, tenants and environments; empty for all.
    pub names: &'a [String],
    pub rules: &'a Rules,
    pub guard: Guard,
    pub who: Who,
    pub id: ActionId,
    /// Own actions, newest first.
    pub journal: Vec<Entry>,
    /// For the reading of the clusters; see [`crate::headless::limit`].
    pub limit: Option<Duration>,
    pub catalogue: &'a Catalogue,
}

/// Reads, previews and, once it may, sends. `person` is asked where the command line does not say enough.
///
/// # Errors
/// The operating system gives no event queue.
pub fn run<Look: Fn(&BTreeMap<LookupId, Lookup>)>(
    asked: &Asked<'_>,
    clusters: Vec<Text>,
    ports: Ports<Look>,
    executor: &Executor,
    person: Option<&mut dyn Person>,
) -> io::Result<Answer> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()?;
    let now = ports.now;
    let mut act = Act {
        asked,
        live: Live::new(Store::new(clusters, now()), ports),
        executor,
        now,
        notes: Vec::new(),
    };
    let mut answer = runtime.block_on(act.run(person));
    // What was found out comes before what was done.
    answer.notes.splice(0..0, act.notes);
    Ok(answer)
}

pub(super) struct Act<'a, Look> {
    pub(super) asked: &'a Asked<'a>,
    pub(super) live: Live<Look>,
    executor: &'a Executor,
    pub(super) now: fn() -> Moment,
    /// Of earlier runs.
    notes: Vec<String>,
}

impl<Look: Fn(&BTreeMap<LookupId, Lookup>)> Act<'_, Look> {
    async fn run(&mut self, person: Option<&mut dyn Person>) -> Answer {
        self.live.clusters(self.asked.limit).await;
        let asked = self.asked;
        if !asked.manner.dry_run {
            self.notes = self.settle().await;
        }
        let request = match self.with_world(|world| request(asked, world)) {
            Ok(request) => request,
            Err(No::Answer(answer)) => return answer,
            Err(No::Refusal(no)) => {
                return self.refused_early(&no.object, no.verb, &no.refusal);
            }
        };
        let preview = self.preview(request).await;
        let refusal = preview.refusal();
        if let Some(refusal) = refusal {
            return self.told(&preview, Some(&refusal), Ended::default());
        }
        if self.asked.manner.dry_run {
            return self.told(&preview, None, Ended::default());
        }
        if let Err(missing) = self.consent(&preview, person) {
            return self.unconfirmed(&preview, &missing);
        }
        let execution = self.with_world(|world| {
            let confirmed = Confirmed {
                id: asked.id.clone(),
                who: asked.who.clone(),
                reason: asked.manner.reason.clone(),
            };
            action::execution(&preview, world, confirmed)
        });
        match execution {
            Some(execution) => self.execute(&preview, execution).await,
            None => self.told(&preview, None, Ended::default()),
        }
    }

    pub(super) fn with_world<T>(&self, use_world: impl FnOnce(&World<'_>) -> T) -> T {
        let places = Places::resolve(&self.live.store, self.asked.rules);
        use_world(&World {
            store: &self.live.store,
            places: &places,
            guard: &self.asked.guard,
            now: (self.now)(),
        })
    }

    /// Until all that it asks is answered.
    async fn preview(&mut self, request: Request) -> Preview {
        let mut preview = self.with_world(|world| Preview::new(request, world));
        loop {
            let needs = preview.ask();
            if needs.is_empty() {
                return preview;
            }
            for (need, reply) in self.ask(needs).await {
                self.with_world(|world| preview.tell(&need, reply, world));
            }
        }
    }

    pub(super) async fn ask<Key: Send + 'static>(
        &mut self,
        calls: Vec<(Key, Call)>,
    ) -> Vec<(Key, Reply)> {
        let count = calls.len();
        let (sender, mut replies) = mpsc::channel(count.max(1));
        for (key, call) in calls {
            let (executor, sender) = (self.executor.clone(), sender.clone());
            self.executor.spawn(async move {
                let reply = executor.ask(&call).await;
                // Who asked may be gone.
                drop(sender.send((key, reply)).await);
            });
        }
        drop(sender);
        let mut all = Vec::new();
        while all.len() < count {
            match self.live.next(&mut replies).await {
                Some(reply) => all.push(reply),
                None => break,
            }
        }
        all
    }

    fn consent(&self, preview: &Preview, person: Option<&mut dyn Person>) -> Result<(), Missing> {
        let catalogue = self.asked.catalogue;
        self.with_world(|world| {
            let object = &preview.request.object;
            let place = world.places.of(object.cluster, &object.namespace);
            consent(&self.asked.manner, preview, &place, person, |name| {
                let told = sentences::page(catalogue, preview, world, None);
                let question = sentences::question(catalogue, name);
                format!("{told}{question}")
            })
        })
    }

    /// Nothing was sent.
    fn unconfirmed(&self, preview: &Preview, missing: &Missing) -> Answer {
        Answer {
            text: match missing {
                // Who was asked has seen the plan.
                Missing::Declined => String::new(),
                _ => self.told(preview, None, Ended::default()).text,
            },
            notes: vec![sentences::missing(self.asked.catalogue, missing)],
            exit: Exit::Amiss,
        }
    }

    async fn execute(&mut self, preview: &Preview, execution: Execution) -> Answer {
        let intent = execution.intent.clone();
        let (sender, mut done) = mpsc::channel(1);
        let executor = self.executor.clone();
        self.executor.spawn(async move {
            let executed = executor.execute(&execution).await;
            drop(sender.send(executed).await);
        });
        let replies = match self.live.next(&mut done).await {
            Some(Executed::Answered(replies)) => replies,
            Some(Executed::NotJournaled(error)) => {
                return Answer {
                    text: String::new(),
                    notes: vec![self.asked.catalogue.not_journaled(&error)],
                    exit: Exit::Amiss,
                };
            }
            Some(Executed::Refused(refusal)) => {
                let mut ended = Ended {
                    id: Some(intent.id.clone()),
                    ..Ended::default()
                };
                self.failed(&intent, &mut ended).await;
                return self.told(preview, Some(&refusal), ended);
            }
            None => Vec::new(),
        };
        let object = preview.request.object.clone();
        let mut ended = Ended {
            id: Some(intent.id.clone()),
            answers: said(&intent, &replies),
            ..Ended::default()
        };
        if action::is_under_way(&replies) {
            let first = replies.first().and_then(Reply::accepted);
            let generation = first.and_then(|it| it.exact["metadata"]["generation"].as_i64());
            return self.follow(preview, &intent, generation, ended).await;
        }
        match replies.last() {
            Some(Reply::Refused(refused)) => {
                let refusal = Refusal::Server {
                    code: refused.code,
                    message: refused.message.clone(),
                };
                self.failed(&intent, &mut ended).await;
                self.told(preview, Some(&refusal), ended)
            }
            Some(Reply::NotSent(unsent)) => {
                let refusal = match unsent {
                    Unsent::ReadOnly => Refusal::ReadOnly,
                    other => Refusal::Unread(other.clone()),
                };
                self.failed(&intent, &mut ended).await;
                self.told(preview, Some(&refusal), ended)
            }
            // The last step, or all of it, may be done.
            _ => self.resolve(preview, &intent, &object, ended).await,
        }
    }

    async fn failed(&self, intent: &Intent, ended: &mut Ended) {
        let outcome = Outcome {
            id: intent.id.clone(),
            at: (self.now)(),
            verdict: OutcomeVerdict::Failed,
            seconds: 0,
            detail: String::new(),
        };
        self.keep(Record::Outcome(outcome.clone())).await;
        ended.outcome = Some(outcome);
    }

    pub(super) async fn keep(&self, record: Record) {
        let (sender, mut kept) = mpsc::channel(1);
        let executor = self.executor.clone();
        self.executor.spawn(async move {
            if let Err(error) = executor.keep(record).await {
                tracing::warn!(%error, "outcome not journaled");
            }
            // Who waits for it is there until it is told.
            let _ = sender.send(()).await;
        });
        kept.recv().await;
    }

    /// No answer came: it may be done.
    async fn resolve(
        &mut self,
        preview: &Preview,
        intent: &Intent,
        object: &ObjectRef,
        mut ended: Ended,
    ) -> Answer {
        let mut found = Found::Unread;
        for _ in 0..TRIES {
            let replies = self.ask(vec![((), action::recheck(intent, object))]).await;
            found = replies
                .first()
                .map_or(Found::Unread, |((), reply)| action::found(intent, reply));
            if found != Found::Unread {
                break;
            }
            sleep(AGAIN).await;
        }
        let verdict = match &found {
            Found::Done => return self.follow(preview, intent, None, ended).await,
            Found::NotDone => OutcomeVerdict::NotDone,
            Found::Other(_) => OutcomeVerdict::Replaced,
            Found::Unread => OutcomeVerdict::Unknown,
        };
        let outcome = Outcome {
            id: intent.id.clone(),
            at: (self.now)(),
            verdict,
            seconds: 0,
            detail: String::new(),
        };
        // What is still unknown is read again at the next start.
        if verdict != OutcomeVerdict::Unknown {
            self.keep(Record::Outcome(outcome.clone())).await;
        }
        ended.outcome = Some(outcome);
        self.told(preview, None, ended)
    }

    async fn follow(
        &mut self,
        preview: &Preview,
        intent: &Intent,
        generation: Option<i64>,
        mut ended: Ended,
    ) -> Answer {
        if !self.asked.manner.wait {
            return self.told(preview, None, ended);
        }
        let object = preview.request.object.clone();
        let skew = self
            .live
            .store
            .cluster(object.cluster)
            .map_or(0, Cluster::skew);
        let began = (self.now)();
        let following = Following::new(intent, object, began.plus(skew), generation);
        let now = self.now;
        let reached = loop {
            let reached = following.reached(&self.live.store, now().plus(skew));
            if let Some(reached) = reached {
                break reached;
            }
            let look = |it: &Live<Look>| following.reached(&it.store, now().plus(skew)).is_some();
            self.live.until(Some(LOOK), look).await;
        };
        let outcome = Outcome {
            id: intent.id.clone(),
            at: now(),
            verdict: reached.verdict,
            seconds: began.age(now()),
            detail: reached.detail,
        };
        self.keep(Record::Outcome(outcome.clone())).await;
        ended.outcome = Some(outcome);
        self.told(preview, None, ended)
    }

    fn refused_early(&self, object: &ObjectRef, verb: Verb, refusal: &Refusal) -> Answer {
        let catalogue = self.asked.catalogue;
        let words =
            self.with_world(|world| sentences::refusal_of(catalogue, world, object, verb, refusal));
        Answer {
            text: String::new(),
            notes: vec![words],
            exit: exit_of(refusal),
        }
    }

    fn told(&self, preview: &Preview, refusal: Option<&Refusal>, ended: Ended) -> Answer {
        let catalogue = self.asked.catalogue;
        let exit = match (refusal, &ended.outcome) {
            (Some(refusal), _) => exit_of(refusal),
            (None, None) => Exit::Good,
            (None, Some(outcome)) => match outcome.verdict {
                OutcomeVerdict::Reached => Exit::Good,
                OutcomeVerdict::Unknown => Exit::NotSeen,
                _ => Exit::Amiss,
            },
        };
        let mut notes = Vec::new();
        if let Some(refusal) = refusal {
            notes.push(self.with_world(|world| {
                sentences::refusal(catalogue, world, &preview.request, refusal)
            }));
        }
        let text = self.with_world(|world| {
            if self.asked.manner.format == PlanFormat::Text {
                return sentences::page(catalogue, preview, world, Some(&ended));
            }
            let sent = ended.id.is_some();
            let told = Told {
                preview,
                world,
                catalogue,
                refusal,
                id: ended.id.map(|it| it.0),
                answers: if sent {
                    ended.answers
                } else {
                    document::dry(preview)
                },
                outcome: ended.outcome,
            };
            let text = serde_json::to_string_pretty(&told.document()).unwrap_or_default();
            format!("{text}\n")
        });
        Answer { text, notes, exit }
    }
}

/// How far it came.
#[derive(Default)]
pub(super) struct Ended {
    pub(super) id: Option<ActionId>,
    pub(super) answers: Vec<ServerAnswer>,
    pub(super) outcome: Option<Outcome>,
}

fn said(intent: &Intent, replies: &[Reply]) -> Vec<ServerAnswer> {
    let sent = intent.sends.iter().zip(replies);
    sent.map(|(sent, reply)| ServerAnswer::of(reply, Some(sent.audit_id.clone())))
        .collect()
}

/// What could not be read is not known to be wrong.
fn exit_of(refusal: &Refusal) -> Exit {
    match refusal {
        Refusal::Unread(_) => Exit::NotSeen,
        _ => Exit::Amiss,
    }
}

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
    self, ActionId, Call, Came, Confirmed, Entry, Executed, Execution, Following, Guard, Intent,
    Outcome, OutcomeVerdict, Preview, Reached, Record, Refusal, Reply, Request, Settled, Unsent,
    Verb, Who, World,
};
use crate::executor::Executor;
use crate::headless::answer::{Answer, Exit};
use crate::headless::live::Live;
use crate::model::{Lookup, LookupId, Moment, ObjectRef, Text};
use crate::store::{Cluster, Store};
use crate::tenancy::{Places, Rules};
use crate::wording::Catalogue;

pub use crate::headless::live::Ports;

/// How often an object is read again that gave no answer.
const AGAIN: Duration = Duration::from_secs(2);
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
    /// Told beside the answer, at once.
    pub progress: fn(&str),
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
        journal: asked.journal.clone(),
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
    /// Own actions, newest first, with what was found out since.
    pub(super) journal: Vec<Entry>,
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
        let request = match self.with_world(|world| request(asked, &self.journal, world)) {
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
            Ok(Some(execution)) => self.execute(&preview, execution).await,
            // The plan was there a moment ago; what it is for is not.
            Ok(None) => self.told(&preview, Some(&Refusal::Gone), Ended::default()),
            Err(refusal) => self.told(&preview, Some(&refusal), Ended::default()),
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
            let place = world.place(object);
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
                let ended = Ended {
                    id: Some(intent.id.clone()),
                    ..Ended::default()
                };
                let refused = Reached::plain(OutcomeVerdict::NotDone);
                return self
                    .end(preview, &intent, refused, Some(*refusal), ended)
                    .await;
            }
            None => Vec::new(),
        };
        let ended = Ended {
            id: Some(intent.id.clone()),
            answers: said(&intent, &replies),
            ..Ended::default()
        };
        match action::came(&replies) {
            Came::UnderWay { generation } => {
                let object = preview.request.object.clone();
                let since = self.there(&object, (self.now)());
                let following = Following::new(&intent, object, since, generation);
                self.follow(preview, &intent, &following, ended).await
            }
            Came::Over(reached) => {
                let refusal = replies.first().and_then(refusal_of);
                self.end(preview, &intent, reached, refusal, ended).await
            }
            Came::InDoubt => self.resolve(preview, intent, ended).await,
        }
    }

    /// The outcome is known.
    async fn end(
        &mut self,
        preview: &Preview,
        intent: &Intent,
        reached: Reached,
        refusal: Option<Refusal>,
        mut ended: Ended,
    ) -> Answer {
        let outcome = Outcome::of(&intent.id, reached, intent.at, (self.now)());
        self.keep(Record::Outcome(outcome.clone())).await;
        ended.outcome = Some(outcome);
        self.told(preview, refusal.as_ref(), ended)
    }

    pub(super) async fn keep(&mut self, record: Record) {
        action::note(&mut self.journal, record.clone());
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

    /// A moment of ours by the cluster's clock.
    pub(super) fn there(&self, object: &ObjectRef, at: Moment) -> Moment {
        let cluster = self.live.store.cluster(object.cluster);
        at.plus(cluster.map_or(0, Cluster::skew))
    }

    /// No answer came: it may be done. What is still not known then is read again at the next start.
    async fn resolve(&mut self, preview: &Preview, intent: Intent, mut ended: Ended) -> Answer {
        let object = preview.request.object.clone();
        let entry = Entry::new(intent);
        let intent = &entry.intent;
        loop {
            let replies = self.ask(vec![((), action::recheck(intent, &object))]).await;
            let now = (self.now)();
            let there = self.there(&object, now);
            let told = replies.first().map_or(Settled::Again, |((), reply)| {
                action::settled(&entry, &object, reply, now, there)
            });
            match told {
                Settled::Follow(following) => {
                    return self.follow(preview, intent, &following, ended).await;
                }
                Settled::Over(reached) => {
                    return self.end(preview, intent, reached, None, ended).await;
                }
                Settled::Again if intent.at.age(now) > action::open(intent) => {
                    let unknown = Reached::plain(OutcomeVerdict::Unknown);
                    ended.outcome = Some(Outcome::of(&intent.id, unknown, intent.at, now));
                    return self.told(preview, None, ended);
                }
                Settled::Again => sleep(AGAIN).await,
            }
        }
    }

    async fn follow(
        &mut self,
        preview: &Preview,
        intent: &Intent,
        following: &Following,
        ended: Ended,
    ) -> Answer {
        if !self.asked.manner.wait {
            return self.told(preview, None, ended);
        }
        let arguments = [
            (
                "what",
                self.asked.catalogue.request(&preview.request).into(),
            ),
            ("id", intent.id.0.as_str().into()),
        ];
        let waits = self.asked.catalogue.say_with("act-waits", &arguments);
        (self.asked.progress)(&waits);
        loop {
            let there = self.there(&following.object, (self.now)());
            if let Some(reached) = following.reached(&self.live.store, there) {
                return self.end(preview, intent, reached, None, ended).await;
            }
            let look = |it: &Live<Look>| following.reached(&it.store, there).is_some();
            self.live.until(Some(LOOK), look).await;
        }
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
            format!("{}\n", told.json())
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

/// Why the first request wrote nothing.
fn refusal_of(reply: &Reply) -> Option<Refusal> {
    match reply {
        Reply::Refused(refused) => Some(Refusal::Server {
            code: refused.code,
            message: refused.message.clone(),
        }),
        Reply::NotSent(Unsent::ReadOnly) => Some(Refusal::ReadOnly),
        Reply::NotSent(unsent) => Some(Refusal::Unread(unsent.clone())),
        Reply::Accepted(_) | Reply::Unknown(_) => None,
    }
}

/// What could not be read is not known to be wrong.
fn exit_of(refusal: &Refusal) -> Exit {
    match refusal {
        Refusal::Unread(_) => Exit::NotSeen,
        _ => Exit::Amiss,
    }
}

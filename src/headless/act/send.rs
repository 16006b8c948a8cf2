//! What was consented to is sent, in its order, and followed as far as it is asked.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::sleep;

use super::document::ServerAnswer;
use super::request::Refused;
use super::run::{Act, Ended};
use crate::action::{
    self, Confirmed, Entry, Executed, Execution, Following, Intent, Outcome, OutcomeVerdict,
    Preview, Reached, Record, Refusal, Reply, Settled, Unsent,
};
use crate::headless::answer::{Answer, Exit};
use crate::headless::live::Live;
use crate::model::{Lookup, LookupId, Moment, ObjectRef};
use crate::store::Cluster;

/// How often an object is read again that gave no answer.
const AGAIN: Duration = Duration::from_secs(2);
/// Between two looks at what is followed, when nothing is heard.
const LOOK: Duration = Duration::from_secs(1);

/// Why nothing was written, and how far it came.
type Came = (Option<Refused>, Ended);
/// The answer is that of a journal that cannot be written.
type Done = Result<Came, Answer>;

impl<Look: Fn(&BTreeMap<LookupId, Lookup>)> Act<'_, Look> {
    /// The plan; before it what it lasts by, until that is seen to be so.
    pub(super) async fn send(&mut self, preview: &Preview) -> Done {
        let no = |no| Ok((Some(no), Ended::default()));
        let request = &preview.request;
        let verb = request.action.verb();
        let free = self.with_world(|world| world.still_free(&request.object, verb));
        if let Err(refusal) = free {
            return no(Refused::of(request, refusal));
        }
        if let Some(refused) = self.send_first(preview).await? {
            return no(refused);
        }
        // That took its time: a freeze may have begun, and it is sent as of now.
        match self.execution(preview) {
            Ok(execution) => self.execute(preview, execution).await,
            Err(refused) => no(*refused),
        }
    }

    async fn send_first(&mut self, preview: &Preview) -> Result<Option<Refused>, Answer> {
        let Some((first, _)) = self.first.take() else {
            return Ok(None);
        };
        let (refused, ended) = match self.execution(&first) {
            Ok(execution) => {
                self.waits = true;
                let done = self.execute(&first, execution).await;
                self.waits = self.asked.manner.wait;
                done?
            }
            Err(refused) => (Some(*refused), Ended::default()),
        };
        let outcome = ended.outcome.as_ref();
        let done = outcome.is_some_and(|it| it.verdict == OutcomeVerdict::Reached);
        let keeper = first.request.object.name.clone();
        self.first = Some((first, ended));
        let unseen = || Refused::of(&preview.request, Refusal::NotHeldBack(keeper));
        Ok(refused.or_else(|| (!done).then(unseen)))
    }

    fn execution(&self, preview: &Preview) -> Result<Execution, Box<Refused>> {
        let execution = self.with_world(|world| {
            let confirmed = Confirmed {
                id: (self.asked.next_id)(),
                who: self.asked.who.clone(),
                reason: self.asked.manner.reason.clone(),
            };
            action::execution(preview, world, confirmed)
        });
        // The plan was there a moment ago; what it is for is not.
        let execution = execution.and_then(|it| it.ok_or(Refusal::Gone));
        execution.map_err(|refusal| Box::new(Refused::of(&preview.request, refusal)))
    }

    async fn execute(&mut self, preview: &Preview, execution: Execution) -> Done {
        let mut entry = Entry::new(execution.intent.clone());
        let (sender, mut done) = mpsc::channel(1);
        let executor = self.executor.clone();
        self.executor.spawn(async move {
            let executed = executor.execute(&execution).await;
            drop(sender.send(executed).await);
        });
        let (executed, answers) = self.live.next(&mut done).await.unzip();
        entry.answers = answers.unwrap_or_default();
        let intent = &entry.intent;
        let replies = match executed {
            Some(Executed::Answered(replies)) => replies,
            Some(Executed::NotJournaled(error)) => {
                return Err(Answer {
                    text: String::new(),
                    notes: vec![self.asked.catalogue.not_journaled(&error)],
                    exit: Exit::Amiss,
                });
            }
            Some(Executed::Refused(refusal)) => {
                let ended = Ended {
                    id: Some(intent.id.clone()),
                    ..Ended::default()
                };
                let refused = Reached::plain(OutcomeVerdict::NotDone);
                let no = Refused::of(&preview.request, *refusal);
                return Ok(self.end(&entry, refused, Some(no), ended).await);
            }
            None => Vec::new(),
        };
        let ended = Ended {
            id: Some(intent.id.clone()),
            answers: said(intent, &replies),
            ..Ended::default()
        };
        match action::came(intent, &replies) {
            action::Came::UnderWay { generation } => {
                let object = preview.request.object.clone();
                let since = self.there(&object, (self.now)());
                let following = Following::new(intent, object, since, generation);
                Ok(self.follow(preview, &entry, &following, ended).await)
            }
            action::Came::Over(reached) => {
                let refusal = action::told(intent, &replies).and_then(refusal_of);
                let no = refusal.map(|it| Refused::of(&preview.request, it));
                Ok(self.end(&entry, reached, no, ended).await)
            }
            action::Came::InDoubt => Ok(self.resolve(preview, &entry, ended).await),
        }
    }

    /// The outcome is known.
    async fn end(
        &mut self,
        entry: &Entry,
        reached: Reached,
        refused: Option<Refused>,
        mut ended: Ended,
    ) -> Came {
        let outcome = Outcome::of(entry, reached, (self.now)());
        self.keep(Record::Outcome(outcome.clone())).await;
        ended.outcome = Some(outcome);
        (refused, ended)
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
    async fn resolve(&mut self, preview: &Preview, entry: &Entry, mut ended: Ended) -> Came {
        let object = preview.request.object.clone();
        let intent = &entry.intent;
        loop {
            let replies = self.ask(vec![((), action::recheck(intent, &object))]).await;
            let now = (self.now)();
            let there = self.there(&object, now);
            let told = replies.first().map_or(Settled::Again, |((), reply)| {
                action::settled(entry, &object, reply, now, there)
            });
            match told {
                Settled::Follow(following) => {
                    return self.follow(preview, entry, &following, ended).await;
                }
                Settled::Over(reached) => {
                    return self.end(entry, reached, None, ended).await;
                }
                Settled::Again if intent.at.age(now) > action::open(intent) => {
                    let unknown = Reached::plain(OutcomeVerdict::Unknown);
                    ended.outcome = Some(Outcome::of(entry, unknown, now));
                    return (None, ended);
                }
                Settled::Again => sleep(AGAIN).await,
            }
        }
    }

    async fn follow(
        &mut self,
        preview: &Preview,
        entry: &Entry,
        following: &Following,
        ended: Ended,
    ) -> Came {
        if !self.waits {
            return (None, ended);
        }
        let arguments = [
            (
                "what",
                self.asked.catalogue.request(&preview.request).into(),
            ),
            ("id", entry.intent.id.0.as_str().into()),
        ];
        let waits = self.asked.catalogue.say_with("act-waits", &arguments);
        (self.asked.progress)(&waits);
        loop {
            let there = self.there(&following.object, (self.now)());
            if let Some(reached) = following.reached(&self.live.store, there) {
                return self.end(entry, reached, None, ended).await;
            }
            let look = |it: &Live<Look>| following.reached(&it.store, there).is_some();
            self.live.until(Some(LOOK), look).await;
        }
    }
}

fn said(intent: &Intent, replies: &[Reply]) -> Vec<ServerAnswer> {
    let sent = intent.sends.iter().zip(replies);
    sent.map(|(sent, reply)| ServerAnswer::of(reply, Some(sent.audit_id.clone())))
        .collect()
}

/// Why nothing was written.
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

//! A whole run: read the clusters, preview, ask for consent, send, follow.

use std::collections::BTreeMap;
use std::io;
use std::time::Duration;

use tokio::sync::mpsc;

use super::consent::{Missing, Person, consent};
use super::document::{self, ServerAnswer, Told};
use super::request::{No, Refused, request};
use super::{Manner, PlanFormat, Wanted, sentences};
use crate::action::{
    ActionId, Call, Entry, Guard, Outcome, OutcomeVerdict, Preview, Refusal, Reply, Request, Who,
    World,
};
use crate::executor::Executor;
use crate::headless::answer::{Answer, Exit};
use crate::headless::live::Live;
use crate::insight;
use crate::model::{Lookup, LookupId, Moment, Text};
use crate::store::Store;
use crate::tenancy::{Places, Rules};
use crate::wording::Catalogue;

pub use crate::headless::live::Ports;

/// What was asked.
pub struct Asked<'a> {
    pub wanted: Wanted,
    pub manner: Manner,
    /// Namespaces, tenants and environments; empty for all.
    pub names: &'a [String],
    pub rules: &'a Rules,
    pub guard: Guard,
    pub who: Who,
    pub next_id: fn() -> ActionId,
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
        first: None,
        waits: asked.manner.wait,
    };
    let mut answer = runtime.block_on(act.run(person));
    // What was found out comes before what was done.
    answer.notes.splice(0..0, act.notes);
    Ok(answer)
}

pub(super) struct Act<'a, Look> {
    pub(super) asked: &'a Asked<'a>,
    pub(super) live: Live<Look>,
    pub(super) executor: &'a Executor,
    pub(super) now: fn() -> Moment,
    /// Own actions, newest first, with what was found out since.
    pub(super) journal: Vec<Entry>,
    /// Of earlier runs.
    notes: Vec<String>,
    /// What goes before the plan so that it lasts, and how far that came.
    pub(super) first: Option<(Preview, Ended)>,
    /// Until the cluster has reached it.
    pub(super) waits: bool,
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
            Err(No::Refusal(no)) => return self.refused_early(&no),
        };
        let preview = self.plan(request).await;
        if let Some(refused) = self.refused(&preview) {
            return self.told(&preview, Some(&refused), Ended::default());
        }
        if self.asked.manner.dry_run {
            return self.told(&preview, None, Ended::default());
        }
        if !self.placed(&preview).await {
            return Answer {
                text: String::new(),
                notes: vec![self.asked.catalogue.say("act-not-placed")],
                exit: Exit::NotSeen,
            };
        }
        if let Err(missing) = self.consent(&preview, person) {
            return self.unconfirmed(&preview, &missing);
        }
        match self.send(&preview).await {
            Ok((refused, ended)) => self.told(&preview, refused.as_ref(), ended),
            // What went before it may be done.
            Err(answer) => Answer {
                notes: [
                    answer.notes,
                    Vec::from_iter(self.stays_off(&preview, &Ended::default())),
                ]
                .concat(),
                ..answer
            },
        }
    }

    /// Why none of it is sent.
    fn refused(&self, preview: &Preview) -> Option<Refused> {
        let first = self.first.iter().map(|(first, _)| first);
        let refused = |it: &Preview| Some(Refused::of(&it.request, it.refusal()?));
        let refused = first.chain([preview]).find_map(refused);
        refused.or_else(|| self.put_back(preview))
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
    pub(super) async fn preview(&mut self, request: Request) -> Preview {
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

    /// The name to type is that of a place that was read, within the limit.
    async fn placed(&mut self, preview: &Preview) -> bool {
        let first = self.first.iter().map(|(first, _)| first);
        let objects = first.chain([preview]).map(|it| it.request.object.clone());
        let objects: Vec<_> = objects.collect();
        let all = |live: &Live<Look>| {
            let mut objects = objects.iter();
            objects.all(|it| insight::is_placed(&live.store, it))
        };
        self.live.until(self.asked.limit, all).await;
        all(&self.live)
    }

    fn consent(&self, preview: &Preview, person: Option<&mut dyn Person>) -> Result<(), Missing> {
        let place = self.with_world(|world| world.place(&preview.request.object));
        // What touches a whole environment asks for it, whatever the plan after it does.
        let wide = self.first.iter().map(|(first, _)| first);
        let mut asks = wide.filter(|it| it.is_wide()).chain([preview]);
        let name = asks.find_map(|it| it.name_to_type(&place));
        consent(&self.asked.manner, name, &place, person, |name| {
            let question = sentences::question(self.asked.catalogue, name);
            format!("{}{question}", self.pages(preview, None))
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

    fn refused_early(&self, no: &Refused) -> Answer {
        Answer {
            text: String::new(),
            notes: vec![self.words(no)],
            exit: exit_of(&no.refusal),
        }
    }

    fn words(&self, no: &Refused) -> String {
        let catalogue = self.asked.catalogue;
        self.with_world(|world| sentences::refusal(catalogue, world, no, self.asked.may_last()))
    }

    fn told(&self, preview: &Preview, refused: Option<&Refused>, ended: Ended) -> Answer {
        let exit = match (refused, &ended.outcome) {
            (Some(no), _) => exit_of(&no.refusal),
            (None, None) => Exit::Good,
            (None, Some(outcome)) => match outcome.verdict {
                OutcomeVerdict::Reached => Exit::Good,
                OutcomeVerdict::Unknown => Exit::NotSeen,
                _ => Exit::Amiss,
            },
        };
        let refusal = refused.map(|it| self.words(it));
        let left = self.stays_off(preview, &ended);
        let notes = refusal.clone().into_iter().chain(left).collect();
        let text = match self.asked.manner.format {
            PlanFormat::Text => self.pages(preview, Some(&ended)),
            PlanFormat::Json => self.document(preview, refusal, ended),
        };
        Answer { text, notes, exit }
    }

    fn pages(&self, preview: &Preview, ended: Option<&Ended>) -> String {
        let catalogue = self.asked.catalogue;
        self.with_world(|world| {
            let first = self.first.as_ref();
            let first =
                first.map(|(first, ended)| sentences::page(catalogue, first, world, Some(ended)));
            let page = sentences::page(catalogue, preview, world, ended);
            first.unwrap_or_default() + &page
        })
    }

    fn document(&self, preview: &Preview, refusal: Option<String>, ended: Ended) -> String {
        self.with_world(|world| {
            let told = |preview, refusal, ended: Ended| Told {
                preview,
                world,
                catalogue: self.asked.catalogue,
                refusal,
                reason: &self.asked.manner.reason,
                answers: match ended.id {
                    Some(_) => ended.answers,
                    None => document::dry(preview),
                },
                id: ended.id.map(|it| it.0),
                outcome: ended.outcome,
                first: None,
            };
            let first = self.first.as_ref();
            let first = first.map(|(first, ended)| told(first, None, ended.clone()).document());
            let told = Told {
                first: first.map(Box::new),
                ..told(preview, refusal, ended)
            };
            format!("{}\n", told.json())
        })
    }
}

/// How far it came.
#[derive(Clone, Default)]
pub(super) struct Ended {
    pub(super) id: Option<ActionId>,
    pub(super) answers: Vec<ServerAnswer>,
    pub(super) outcome: Option<Outcome>,
}

/// What could not be read is not known to be wrong.
fn exit_of(refusal: &Refusal) -> Exit {
    match refusal {
        Refusal::Unread(_) => Exit::NotSeen,
        _ => Exit::Amiss,
    }
}

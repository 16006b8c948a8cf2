//! The program's own plans and executor in the hands of a test: what happens between a preview and its confirmation.

use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use color_eyre::eyre::{ensure, eyre};
use secrecy::SecretString;
use tokio::sync::{mpsc, oneshot};
use vigie::action::{
    self, ActionId, Call, Confirmed, Executed, Guard, Intent, Preview, Record, Reply, Request, Who,
    World, execution,
};
use vigie::app::Clock;
use vigie::executor::{self, Executor, Ledger};
use vigie::model::{ClusterId, Delta, Kind, Moment, ObjectRef};
use vigie::source::{self, Handle, Mode, Options};
use vigie::store::Store;
use vigie::tenancy::{Places, Rules};

use crate::bed::{ControlPlane, Persona, Result};

const PATIENCE: Duration = Duration::from_secs(30);
const KINDS: [Kind; 7] = [
    Kind::Namespace,
    Kind::Deployment,
    Kind::ReplicaSet,
    Kind::StatefulSet,
    Kind::ControllerRevision,
    Kind::Pod,
    Kind::HorizontalPodAutoscaler,
];

const FLUX: [Kind; 2] = [Kind::Kustomization, Kind::HelmRelease];
const ARGO_CD: [Kind; 3] = [Kind::Application, Kind::ApplicationSet, Kind::AppProject];

pub(crate) fn now() -> Moment {
    Clock::System.now().moment
}

/// Keeps the records in memory.
#[derive(Default)]
struct Memory(Mutex<Vec<Record>>);

impl Ledger for Memory {
    fn keep(&self, record: &Record) -> io::Result<()> {
        let mut records = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        records.push(record.clone());
        Ok(())
    }
}

pub(crate) struct Hands {
    pub(crate) store: Store,
    deltas: mpsc::Receiver<Vec<Delta>>,
    executor: Executor,
    guard: Guard,
    ledger: Arc<Memory>,
    acts: u32,
    _reading: Handle,
}

impl Hands {
    /// The operator's, in one namespace, once all of it was read.
    pub(crate) async fn on(plane: &ControlPlane, space: &str) -> Result<Self> {
        let options = Options {
            kubeconfig: Some(plane.kubeconfig(Persona::Operator)),
            namespaces: vec![space.to_owned()],
            ..Options::default()
        };
        Self::over(&options, &KINDS).await
    }

    /// The same everywhere, and with what Argo CD has there.
    pub(crate) async fn on_argo_cd(plane: &ControlPlane) -> Result<Self> {
        let kubeconfig = plane.kubeconfig(Persona::Operator);
        Self::on_contexts(kubeconfig, Vec::new()).await
    }

    /// The same, with what Flux has there.
    pub(crate) async fn on_flux(plane: &ControlPlane) -> Result<Self> {
        let kinds = [KINDS.as_slice(), &FLUX].concat();
        let options = Options {
            kubeconfig: Some(plane.kubeconfig(Persona::Operator)),
            ..Options::default()
        };
        Self::over(&options, &kinds).await
    }

    /// The same in several contexts, of which the first is that of Argo CD.
    pub(crate) async fn on_contexts(kubeconfig: PathBuf, contexts: Vec<String>) -> Result<Self> {
        let kinds = [KINDS.as_slice(), &ARGO_CD].concat();
        let options = Options {
            kubeconfig: Some(kubeconfig),
            contexts,
            ..Options::default()
        };
        Self::over(&options, &kinds).await
    }

    async fn over(options: &Options, kinds: &[Kind]) -> Result<Self> {
        let fleet = source::resolve(options).map_err(|error| eyre!("{error:?}"))?;
        let store = Store::new(fleet.names(), now());
        let (sender, deltas) = mpsc::channel(64);
        let reading = source::start(fleet, kinds, Mode::Watch, now, sender)?;
        let ledger = Arc::new(Memory::default());
        let executor = Executor::new(
            reading.links(),
            Guard::default().read_only,
            Arc::<Memory>::clone(&ledger),
            None,
            now,
        );
        let mut hands = Self {
            store,
            deltas,
            executor,
            guard: Guard::default(),
            ledger,
            acts: 0,
            _reading: reading,
        };
        hands
            .until("read", |store| {
                let cluster = store.cluster(ClusterId(0));
                cluster.is_some_and(|it| kinds.iter().all(|kind| it.complete(*kind)))
            })
            .await?;
        Ok(hands)
    }

    /// The same, with a way to the platform's console.
    pub(crate) fn with_console(self, url: &str, token: &str) -> Result<Self> {
        let token = SecretString::from(token.to_owned());
        let door = executor::Console::new(url, &token, None).map_err(|fault| eyre!("{fault:?}"))?;
        let console = Some(action::Console {
            url: url.to_owned(),
            open: true,
        });
        Ok(Self {
            executor: self.executor.clone().with_console(Some(door)),
            guard: Guard {
                console,
                ..self.guard.clone()
            },
            ..self
        })
    }

    /// The last one that was written down.
    pub(crate) fn intent(&self) -> Result<Intent> {
        let records = self.ledger.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut intents = records.iter().rev().filter_map(|it| match it {
            Record::Intent(intent) => Some((**intent).clone()),
            _ => None,
        });
        intents
            .next()
            .ok_or_else(|| eyre!("nothing was written down"))
    }

    /// Takes facts in until it is so.
    pub(crate) async fn until(&mut self, what: &str, so: impl Fn(&Store) -> bool) -> Result {
        let deadline = Instant::now() + PATIENCE;
        while !so(&self.store) {
            ensure!(Instant::now() < deadline, "never {what}");
            let next = tokio::time::timeout(Duration::from_secs(1), self.deltas.recv()).await;
            if let Ok(Some(batch)) = next {
                self.take(batch);
            }
        }
        Ok(())
    }

    fn take(&mut self, batch: Vec<Delta>) {
        for delta in batch {
            self.store.apply(delta, now());
        }
    }

    pub(crate) fn with_world<T>(&self, use_world: impl FnOnce(&World<'_>) -> T) -> T {
        let places = Places::resolve(&self.store, &Rules::default());
        use_world(&World {
            store: &self.store,
            places: &places,
            guard: &self.guard,
            now: now(),
        })
    }

    pub(crate) async fn reply(&self, call: Call) -> Result<Reply> {
        let (sender, reply) = oneshot::channel();
        let executor = self.executor.clone();
        self.executor.spawn(async move {
            // The test may have ended.
            drop(sender.send(executor.ask(&call).await));
        });
        Ok(reply.await?)
    }

    /// With every answer in.
    pub(crate) async fn preview(&mut self, request: Request) -> Result<Preview> {
        while let Ok(batch) = self.deltas.try_recv() {
            self.take(batch);
        }
        let mut preview = self.with_world(|world| Preview::new(request, world));
        loop {
            let needs = preview.ask();
            if needs.is_empty() {
                return Ok(preview);
            }
            for (need, call) in needs {
                let reply = self.reply(call).await?;
                self.with_world(|world| preview.tell(&need, reply, world));
            }
        }
    }

    /// What became of it.
    pub(crate) async fn execute(&mut self, preview: &Preview) -> Result<Executed> {
        self.acts += 1;
        let confirmed = Confirmed {
            id: ActionId(format!("{:010x}", self.acts)),
            who: Who::default(),
            reason: String::new(),
        };
        let execution = self
            .with_world(|world| execution(preview, world, confirmed))
            .map_err(|refusal| eyre!("{refusal:?}"))?
            .ok_or_else(|| eyre!("no plan: {:?}", preview.plan()))?;
        let (sender, executed) = oneshot::channel();
        let executor = self.executor.clone();
        self.executor.spawn(async move {
            let (executed, _) = executor.execute(&execution).await;
            drop(sender.send(executed));
        });
        Ok(executed.await?)
    }

    /// A workload of that name.
    pub(crate) fn workload(&self, name: &str) -> Result<ObjectRef> {
        self.find(name, |_| true)
    }

    pub(crate) fn workload_in(&self, namespace: &str, name: &str) -> Result<ObjectRef> {
        self.find(name, |it| it == namespace)
    }

    fn find(&self, name: &str, within: impl Fn(&str) -> bool) -> Result<ObjectRef> {
        let clusters = self.store.clusters();
        let mut workloads = clusters.flat_map(|it| it.workloads().map(|own| (it.id(), own)));
        let found = workloads.find(|(_, it)| it.meta.name == name && within(&it.meta.namespace));
        let (cluster, workload) = found.ok_or_else(|| eyre!("no {name}"))?;
        Ok(ObjectRef {
            cluster,
            kind: Kind::from(workload.kind).into(),
            namespace: workload.meta.namespace.clone(),
            name: workload.meta.name.clone(),
            uid: Some(workload.meta.uid),
        })
    }
}

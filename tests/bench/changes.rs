//! Changes of pods, fifty a second, and how soon one is on the screen.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{JoinHandle, spawn};
use std::time::{Duration, Instant};

use color_eyre::eyre::{ensure, eyre};
use futures::future::ready;
use futures::{StreamExt, TryStreamExt, stream};
use http::Method;
use serde_json::{Value, json};
use tokio::time::interval;

use crate::bed::clock::now_seconds;
use crate::bed::{Api, ControlPlane, Persona, Result};
use crate::cockpit::Cockpit;

const A_SECOND: u32 = 50;
const STRATEGIC: &str = "application/strategic-merge-patch+json";
const AT_ONCE: usize = 8;
const WATCHED: usize = 100;
const APART: Duration = Duration::from_millis(100);

/// Goes on until [`Changes::end`].
pub(crate) struct Changes {
    stop: Arc<AtomicBool>,
    made: Arc<AtomicUsize>,
    thread: Option<JoinHandle<Result>>,
}

impl Changes {
    pub(crate) fn start(plane: &ControlPlane) -> Self {
        let kubeconfig = plane.kubeconfig(Persona::Admin);
        let (stop, made) = (Arc::<AtomicBool>::default(), Arc::<AtomicUsize>::default());
        let (stopped, counted) = (Arc::clone(&stop), Arc::clone(&made));
        let thread = spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            runtime.block_on(async {
                let api = Api::connect(&kubeconfig).await?;
                change(&api, &stopped, &counted).await
            })
        });
        Self {
            stop,
            made,
            thread: Some(thread),
        }
    }

    pub(crate) fn made(&self) -> usize {
        self.made.load(Ordering::Relaxed)
    }

    pub(crate) fn end(mut self) -> Result {
        self.stop.store(true, Ordering::Relaxed);
        let thread = self.thread.take().ok_or_else(|| eyre!("ended twice"))?;
        thread.join().map_err(|_| eyre!("the changes panicked"))?
    }
}

async fn change(api: &Api, stopped: &AtomicBool, made: &AtomicUsize) -> Result {
    let pods = api.items("/api/v1/pods?limit=2000").await?;
    let paths: Vec<String> = pods.iter().filter_map(status_path).collect();
    drop(pods);
    ensure!(!paths.is_empty(), "no pod to change");
    let ticks = stream::unfold(
        interval(Duration::from_secs(1) / A_SECOND),
        |mut tick| async {
            tick.tick().await;
            Some(((), tick))
        },
    );
    let count = paths.len();
    let each = stream::iter(paths.iter().cycle().enumerate());
    ticks
        .zip(each)
        .take_while(|_| ready(!stopped.load(Ordering::Relaxed)))
        .map(|((), (turn, path))| async move {
            let whole = !(turn / count).is_multiple_of(2);
            let status = serde_json::to_vec(&readiness(whole))?;
            api.send(Method::PATCH, path, STRATEGIC, status).await?;
            Result::Ok(())
        })
        .buffer_unordered(AT_ONCE)
        .try_for_each(|()| {
            made.fetch_add(1, Ordering::Relaxed);
            ready(Ok(()))
        })
        .await
}

fn status_path(pod: &Value) -> Option<String> {
    let (namespace, name) = (&pod["metadata"]["namespace"], &pod["metadata"]["name"]);
    let (namespace, name) = (namespace.as_str()?, name.as_str()?);
    Some(format!("/api/v1/namespaces/{namespace}/pods/{name}/status"))
}

fn readiness(whole: bool) -> Value {
    let (status, reason) = if whole {
        ("True", "")
    } else {
        ("False", "ContainersNotReady")
    };
    let now = now_seconds();
    let of = |kind: &str| json!({"type": kind, "status": status, "reason": reason, "lastTransitionTime": now});
    json!({"status": {"conditions": [of("Ready"), of("ContainersReady")]}})
}

/// From the answer of the API server that took a change to the screen that shows it.
pub(crate) fn shown(cockpit: &mut Cockpit, plane: &ControlPlane) -> Result<Vec<Duration>> {
    const NAME: &str = "service-00-backend";
    cockpit.screen.keys("4/load-0 service-00\r")?;
    let row = |ready: usize| {
        let count = format!(" {ready}/5 ");
        move |screen: &str| {
            let has = |line: &str| line.contains(" load-0 ") && line.contains(&count);
            screen.lines().any(has)
        }
    };
    cockpit.until("the row of one Deployment", row(5))?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let api = runtime.block_on(plane.api(Persona::Admin))?;
    let path = format!("/apis/apps/v1/namespaces/load-0/deployments/{NAME}/status");
    let mut taken = Vec::new();
    for turn in 0..WATCHED {
        let ready = 3 + turn % 2;
        let change = json!({"status": {"readyReplicas": ready, "availableReplicas": ready}});
        runtime.block_on(api.merge(&path, &change))?;
        let accepted = Instant::now();
        cockpit.until("showing the change", row(ready))?;
        taken.push(cockpit.screen.drawn().1.saturating_duration_since(accepted));
        // Not in step with anything of the program's own.
        std::thread::sleep(APART + Duration::from_millis(u64::try_from(turn * 37 % 101)?));
    }
    let change = json!({"status": {"readyReplicas": 5, "availableReplicas": 5}});
    runtime.block_on(api.merge(&path, &change))?;
    cockpit.screen.keys("\x1b")?;
    Ok(taken)
}

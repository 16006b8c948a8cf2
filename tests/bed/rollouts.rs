//! The real controller of Argo Rollouts on a control plane of its own, in which kinds of its own would be missing rights of
//! other tests.

use std::fs;
use std::net::{Ipv4Addr, TcpStream};
use std::sync::LazyLock;
use std::thread;
use std::time::{Duration, Instant};

use color_eyre::eyre::{ensure, eyre};
use serde_json::{Value, json};

use super::binaries::{self, Binary};
use super::control_plane::is_clash;
use super::process::Server;
use super::{Api, ControlPlane, Persona, Result, ports};

const NAME: &str = "rollouts-controller";
const START_PATIENCE: Duration = Duration::from_mins(2);
const POLL: Duration = Duration::from_millis(50);

pub(crate) struct Rollouts {
    plane: &'static ControlPlane,
    _server: Server,
}

impl Rollouts {
    /// The one that the tests of this process share, and that ends with it.
    pub(crate) fn plane() -> Result<&'static ControlPlane> {
        static SHARED: LazyLock<Result<Rollouts, String>> =
            LazyLock::new(|| Rollouts::start().map_err(|error| format!("{error:#}")));
        let shared = SHARED.as_ref().map_err(|error| eyre!("{error}"))?;
        Ok(shared.plane)
    }

    fn start() -> Result<Self> {
        static PLANE: LazyLock<Result<ControlPlane, String>> =
            LazyLock::new(|| ControlPlane::start().map_err(|error| format!("{error:#}")));
        // Before anything runs: a first build takes minutes.
        Binary::Rollouts.path()?;
        let manifests = fs::read_to_string(binaries::rollouts_manifests()?)?;
        let plane = PLANE.as_ref().map_err(|error| eyre!("{error}"))?;
        plane.block_on(async |api| install(&api, &manifests).await)?;
        // Between the choice of a port and its use somebody else may take it.
        let server = launch(plane).or_else(|error| {
            if is_clash(&error) {
                launch(plane)
            } else {
                Err(error)
            }
        })?;
        Ok(Self {
            plane,
            _server: server,
        })
    }
}

/// Comes back once it answers.
fn launch(plane: &ControlPlane) -> Result<Server> {
    let (metrics, health) = (ports::free()?, ports::free()?);
    let flags = [
        format!(
            "--kubeconfig={}",
            plane.kubeconfig(Persona::Admin).display()
        ),
        "--leader-elect=false".to_owned(),
        format!("--metricsPort={metrics}"),
        format!("--healthzPort={health}"),
    ];
    let log = plane.folder().join("logs").join(format!("{NAME}.log"));
    let mut server = Server::spawn(NAME, &log, &Binary::Rollouts.path()?, &flags)?;
    let deadline = Instant::now() + START_PATIENCE;
    while TcpStream::connect((Ipv4Addr::LOCALHOST, metrics)).is_err() {
        server.check()?;
        ensure!(
            Instant::now() < deadline,
            "{NAME} did not listen within {} s: {}",
            START_PATIENCE.as_secs(),
            server.last_words()
        );
        thread::sleep(POLL);
    }
    Ok(server)
}

async fn install(api: &Api, manifests: &str) -> Result {
    // Where it looks for its own settings.
    let namespace = super::workloads::namespace("argo-rollouts", &json!({}));
    api.apply(&namespace).await?;
    api.apply_yaml(manifests).await?;
    for kind in [
        "rollouts",
        "analysisruns",
        "analysistemplates",
        "experiments",
    ] {
        let collection = format!("/apis/argoproj.io/v1alpha1/namespaces/default/{kind}");
        api.wait_for(&collection, "served", |_| true).await?;
    }
    Ok(())
}

pub(crate) fn path(namespace: &str, name: &str) -> String {
    format!("/apis/argoproj.io/v1alpha1/namespaces/{namespace}/rollouts/{name}")
}

/// `strategy` as `spec.strategy` has it.
pub(crate) fn rollout(
    namespace: &str,
    app: &str,
    replicas: u32,
    strategy: &Value,
    template: &Value,
) -> Value {
    json!({
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "Rollout",
        "metadata": {"name": app, "namespace": namespace, "labels": {"app": app}},
        "spec": {
            "replicas": replicas,
            "selector": {"matchLabels": {"app": app}},
            "strategy": strategy,
            "template": template,
        },
    })
}

/// In the phase, and the controller has seen the latest spec.
pub(crate) fn is(rollout: &Value, phase: &str) -> bool {
    let generation = rollout["metadata"]["generation"].to_string();
    rollout["status"]["phase"] == phase
        && rollout["status"]["observedGeneration"] == generation.as_str()
}

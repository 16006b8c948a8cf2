//! The real kustomize-controller of Flux on a control plane. What it applies comes from folders that this process packs and
//! serves on the loopback interface, and tells of on a `GitRepository` as source-controller does.

pub(crate) mod objects;
mod source;

use std::fs;
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use color_eyre::eyre::{WrapErr, ensure, eyre};
use serde_json::{Value, json};

use super::binaries::{self, Binary};
use super::control_plane::is_clash;
use super::process::Server;
use super::{Api, ControlPlane, Persona, Result, ports};

use objects::path;
use source::Shelf;
pub(crate) use source::Source;

/// Where its Kustomizations and sources are.
pub(crate) const NAMESPACE: &str = "flux-system";

const CONTROLLER: &str = "kustomize-controller";
const START_PATIENCE: Duration = Duration::from_mins(2);
const POLL: Duration = Duration::from_millis(50);

pub(crate) struct Flux {
    servers: Mutex<Vec<Server>>,
    metrics: u16,
    health: u16,
    shelf: Shelf,
    /// What is packed, and what the controller keeps.
    folder: PathBuf,
    log: PathBuf,
    kubeconfig: PathBuf,
}

impl Flux {
    /// The one that the tests of this process share, and that ends with it.
    pub(crate) fn shared() -> Result<&'static Self> {
        static SHARED: LazyLock<Result<Flux, String>> = LazyLock::new(|| {
            Flux::plane()
                .and_then(Flux::start)
                .map_err(|error| format!("{error:#}"))
        });
        SHARED.as_ref().map_err(|error| eyre!("{error}"))
    }

    /// Its cluster: not the one of the other tests, in which kinds of its own would be missing rights of others.
    pub(crate) fn plane() -> Result<&'static ControlPlane> {
        static PLANE: LazyLock<Result<ControlPlane, String>> =
            LazyLock::new(|| ControlPlane::start().map_err(|error| format!("{error:#}")));
        PLANE.as_ref().map_err(|error| eyre!("{error}"))
    }

    /// To be dropped before its control plane, whose folder it uses.
    pub(crate) fn start(plane: &ControlPlane) -> Result<Self> {
        // Before anything runs: a first build takes minutes.
        Binary::KustomizeController.path()?;
        let manifests = fs::read_to_string(binaries::flux_manifests()?)?;
        plane.block_on(async |api| install(&api, &manifests).await)?;
        let folder = plane.folder().join("flux");
        for part in ["sources", "scratch"] {
            fs::create_dir_all(folder.join(part))?;
        }
        // Between the choice of a port and its use somebody else may take it.
        Self::attempt(plane, &folder).or_else(|error| {
            if is_clash(&error) {
                Self::attempt(plane, &folder)
            } else {
                Err(error)
            }
        })
    }

    fn attempt(plane: &ControlPlane, folder: &Path) -> Result<Self> {
        let flux = Self {
            servers: Mutex::new(Vec::new()),
            metrics: ports::free()?,
            health: ports::free()?,
            shelf: Shelf::open(&folder.join("sources"))?,
            folder: folder.to_owned(),
            log: plane.folder().join("logs").join("kustomize-controller.log"),
            kubeconfig: plane.kubeconfig(Persona::Admin),
        };
        flux.launch()?;
        Ok(flux)
    }

    /// An empty source of that name, which must be new.
    pub(crate) async fn source(&self, api: &Api, name: &str) -> Result<Source> {
        Source::create(&self.shelf, api, name).await
    }

    /// Until it has reconciled that revision.
    pub(crate) async fn wait_applied(
        &self,
        api: &Api,
        name: &str,
        revision: &str,
    ) -> Result<Value> {
        let applied = |it: &Value| {
            it["status"]["lastAppliedRevision"] == revision && objects::ready(it) == Some("True")
        };
        api.wait_for(&path(name), "applied", applied)
            .await
            .wrap_err_with(|| self.last_words())
    }

    fn last_words(&self) -> String {
        let words = |server: &Server| format!("{}:\n{}", server.name(), server.last_words());
        let all: Vec<_> = self.servers().iter().map(words).collect();
        format!("last words of Flux\n{}", all.join("\n"))
    }

    fn launch(&self) -> Result {
        let program = Binary::KustomizeController.path()?;
        let args = [
            format!("KUBECONFIG={}", self.kubeconfig.display()),
            format!("TMPDIR={}", self.folder.join("scratch").display()),
            format!("RUNTIME_NAMESPACE={NAMESPACE}"),
            program.to_string_lossy().into_owned(),
            format!("--metrics-addr=127.0.0.1:{}", self.metrics),
            format!("--health-addr=127.0.0.1:{}", self.health),
            "--concurrent=8".into(),
            "--interval-jitter-percentage=0".into(),
            "--requeue-dependency=5s".into(),
        ];
        // `env` becomes the program, so it is that which is watched and killed.
        let mut server = Server::spawn(CONTROLLER, &self.log, Path::new("env"), &args)?;
        let deadline = Instant::now() + START_PATIENCE;
        while TcpStream::connect((Ipv4Addr::LOCALHOST, self.health)).is_err() {
            server.check()?;
            ensure!(
                Instant::now() < deadline,
                "{CONTROLLER} did not listen within {} s: {}",
                START_PATIENCE.as_secs(),
                server.last_words()
            );
            thread::sleep(POLL);
        }
        self.servers().push(server);
        Ok(())
    }

    fn servers(&self) -> MutexGuard<'_, Vec<Server>> {
        self.servers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What it must find before it starts.
async fn install(api: &Api, manifests: &str) -> Result {
    api.apply(&super::workloads::namespace(NAMESPACE, &json!({})))
        .await?;
    for document in manifests.split("\n---\n") {
        if !document.trim().is_empty() {
            api.apply(&serde_saphyr::from_str(document)?).await?;
        }
    }
    api.apply(&objects::helm_releases()).await?;
    let served = [
        "kustomize.toolkit.fluxcd.io/v1/kustomizations",
        "source.toolkit.fluxcd.io/v1/gitrepositories",
        "helm.toolkit.fluxcd.io/v2/helmreleases",
    ];
    for kind in served {
        api.wait_for(&format!("/apis/{kind}"), "served", |_| true)
            .await?;
    }
    Ok(())
}

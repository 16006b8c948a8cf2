//! The real Argo CD on a control plane: its controllers of Applications and of sets of them, its repo server and a redis in
//! memory. What it deploys comes from git repositories that are folders beside the cluster's own files.

pub(crate) mod objects;
mod repo;

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
pub(crate) use repo::Repo;

/// Where its Applications are.
pub(crate) const NAMESPACE: &str = "argocd";

const CONTROLLER: &str = "argocd-application-controller";
const REPO_SERVER: &str = "argocd-repo-server";
const SET_CONTROLLER: &str = "argocd-applicationset-controller";
const REDIS: &str = "argocd-redis";

const START_PATIENCE: Duration = Duration::from_mins(2);
const POLL: Duration = Duration::from_millis(50);

pub(crate) struct ArgoCd {
    servers: Mutex<Vec<Server>>,
    ports: Ports,
    /// Repositories, and what the servers keep.
    folder: PathBuf,
    logs: PathBuf,
    kubeconfig: PathBuf,
}

struct Ports {
    redis: u16,
    repo_server: u16,
    repo_metrics: u16,
    controller_metrics: u16,
    set_metrics: u16,
    set_probe: u16,
    set_webhook: u16,
}

impl Ports {
    fn choose() -> Result<Self> {
        Ok(Self {
            redis: ports::free()?,
            repo_server: ports::free()?,
            repo_metrics: ports::free()?,
            controller_metrics: ports::free()?,
            set_metrics: ports::free()?,
            set_probe: ports::free()?,
            set_webhook: ports::free()?,
        })
    }
}

impl ArgoCd {
    /// The one that the tests of this process share, and that ends with it.
    pub(crate) fn shared() -> Result<&'static Self> {
        static SHARED: LazyLock<Result<ArgoCd, String>> = LazyLock::new(|| {
            ArgoCd::plane()
                .and_then(ArgoCd::start)
                .map_err(|error| format!("{error:#}"))
        });
        SHARED.as_ref().map_err(|error| eyre!("{error}"))
    }

    /// One whose Applications know no `automated.enabled`, as before 3.1, on a cluster of its own.
    pub(crate) fn before_enabled() -> Result<(&'static ControlPlane, &'static Self)> {
        type Bed = (ControlPlane, ArgoCd);
        static BED: LazyLock<Result<Bed, String>> = LazyLock::new(|| {
            let start = || {
                let plane = ControlPlane::start()?;
                let argo = ArgoCd::start_as(&plane, objects::before_enabled)?;
                Ok((plane, argo))
            };
            start().map_err(|error: color_eyre::Report| format!("{error:#}"))
        });
        let (plane, argo) = BED.as_ref().map_err(|error| eyre!("{error}"))?;
        Ok((plane, argo))
    }

    /// Its cluster: not the one of the other tests, in which kinds of its own would be missing rights of others.
    pub(crate) fn plane() -> Result<&'static ControlPlane> {
        static PLANE: LazyLock<Result<ControlPlane, String>> =
            LazyLock::new(|| ControlPlane::start().map_err(|error| format!("{error:#}")));
        PLANE.as_ref().map_err(|error| eyre!("{error}"))
    }

    /// To be dropped before its control plane, whose folder it uses.
    pub(crate) fn start(plane: &ControlPlane) -> Result<Self> {
        Self::start_as(plane, objects::settled)
    }

    fn start_as(plane: &ControlPlane, settled: fn(Value) -> Value) -> Result<Self> {
        repo::need_git()?;
        // Both before anything runs: a first build takes minutes.
        for binary in [Binary::Redis, Binary::ArgoCd] {
            binary.path()?;
        }
        plane.block_on(async |api| install_as(&api, settled).await)?;
        let folder = plane.folder().join("argocd");
        for part in ["repositories", "certificates", "keys", "scratch"] {
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
        let argo = Self {
            servers: Mutex::new(Vec::new()),
            ports: Ports::choose()?,
            folder: folder.to_owned(),
            logs: plane.folder().join("logs"),
            kubeconfig: plane.kubeconfig(Persona::Admin),
        };
        let ports = &argo.ports;
        argo.launch_redis()?;
        argo.launch(REPO_SERVER, &argo.repo_server(), ports.repo_server)?;
        argo.launch(CONTROLLER, &argo.controller(), ports.controller_metrics)?;
        argo.launch(SET_CONTROLLER, &argo.set_controller(), ports.set_probe)?;
        Ok(argo)
    }

    /// An empty repository of that name, which must be new.
    pub(crate) fn repo(&self, name: &str) -> Result<Repo> {
        Repo::create(&self.folder.join("repositories").join(name))
    }

    pub(crate) async fn wait_synced(&self, api: &Api, name: &str) -> Result<Value> {
        let synced = |application: &Value| {
            let status = &application["status"];
            status["sync"]["status"] == "Synced" && status["health"]["status"] == "Healthy"
        };
        api.wait_for(&path(name), "synced and healthy", synced)
            .await
            .wrap_err_with(|| self.last_words())
    }

    /// Has the Application compared with its repository and with the cluster, and comes back once that is done.
    pub(crate) async fn refresh(&self, api: &Api, name: &str) -> Result {
        const REFRESH: &str = "argocd.argoproj.io/refresh";
        let wish = json!({"metadata": {"annotations": {REFRESH: "normal"}}});
        api.merge(&path(name), &wish).await?;
        api.wait_for(&path(name), "refreshed", |application| {
            application["metadata"]["annotations"][REFRESH].is_null()
        })
        .await
        .wrap_err_with(|| self.last_words())?;
        Ok(())
    }

    fn last_words(&self) -> String {
        let words = |server: &Server| format!("{}:\n{}", server.name(), server.last_words());
        let all: Vec<_> = self.servers().iter().map(words).collect();
        format!("last words of Argo CD's servers\n{}", all.join("\n"))
    }

    fn launch_redis(&self) -> Result {
        let address = format!("127.0.0.1:{}", self.ports.redis);
        let program = Binary::Redis.path()?;
        let server = Server::spawn(REDIS, &self.log(REDIS), &program, &[address])?;
        self.admit(server, self.ports.redis)
    }

    fn launch(&self, role: &'static str, flags: &[String], port: u16) -> Result {
        let program = Binary::ArgoCd.path()?;
        let mut args = self.environment(role);
        args.push(program.to_string_lossy().into_owned());
        args.extend_from_slice(flags);
        // `env` becomes the program, so it is that which is watched and killed.
        let server = Server::spawn(role, &self.log(role), Path::new("env"), &args)?;
        self.admit(server, port)
    }

    /// Takes the server in once it answers.
    fn admit(&self, mut server: Server, port: u16) -> Result {
        let deadline = Instant::now() + START_PATIENCE;
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            server.check()?;
            ensure!(
                Instant::now() < deadline,
                "{} did not listen within {} s: {}",
                server.name(),
                START_PATIENCE.as_secs(),
                server.last_words()
            );
            thread::sleep(POLL);
        }
        self.servers().push(server);
        Ok(())
    }

    fn environment(&self, role: &str) -> Vec<String> {
        let file = |name: &str| self.folder.join(name).display().to_string();
        vec![
            format!("ARGOCD_BINARY_NAME={role}"),
            format!("KUBECONFIG={}", self.kubeconfig.display()),
            "ARGOCD_FAKE_IN_CLUSTER=true".into(),
            "ARGOCD_GPG_ENABLED=false".into(),
            format!("ARGOCD_TLS_DATA_PATH={}", file("certificates")),
            format!("ARGOCD_SSH_DATA_PATH={}", file("keys")),
            // Two places that are fixed otherwise, and so shared by all beds of a machine.
            format!("ARGOCD_ASK_PASS_SOCK={}", file("ask-pass.sock")),
            format!("TMPDIR={}", file("scratch")),
            // As its deployments pass the settings on; the servers do not read these themselves.
            format!("ARGOCD_RECONCILIATION_TIMEOUT={}", objects::RESYNC),
            format!("ARGOCD_RECONCILIATION_JITTER={}", objects::JITTER),
            format!("HOSTNAME={role}-0"),
        ]
    }

    fn repo_server(&self) -> Vec<String> {
        vec![
            self.redis(),
            "--disable-tls".into(),
            "--address=127.0.0.1".into(),
            format!("--port={}", self.ports.repo_server),
            "--metrics-address=127.0.0.1".into(),
            format!("--metrics-port={}", self.ports.repo_metrics),
        ]
    }

    fn controller(&self) -> Vec<String> {
        vec![
            self.redis(),
            format!("--repo-server=127.0.0.1:{}", self.ports.repo_server),
            "--repo-server-plaintext".into(),
            format!("--namespace={NAMESPACE}"),
            // The only port of the bed that is open on every interface: its address cannot be chosen.
            format!("--metrics-port={}", self.ports.controller_metrics),
        ]
    }

    fn set_controller(&self) -> Vec<String> {
        vec![
            format!("--argocd-repo-server=127.0.0.1:{}", self.ports.repo_server),
            "--repo-server-plaintext".into(),
            format!("--namespace={NAMESPACE}"),
            format!("--metrics-addr=127.0.0.1:{}", self.ports.set_metrics),
            format!("--probe-addr=127.0.0.1:{}", self.ports.set_probe),
            format!("--webhook-addr=127.0.0.1:{}", self.ports.set_webhook),
        ]
    }

    fn redis(&self) -> String {
        format!("--redis=127.0.0.1:{}", self.ports.redis)
    }

    fn log(&self, name: &str) -> PathBuf {
        self.logs.join(format!("{name}.log"))
    }

    fn servers(&self) -> MutexGuard<'_, Vec<Server>> {
        self.servers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Its kinds and settings; nothing of it runs.
pub(crate) async fn install(api: &Api) -> Result {
    install_as(api, objects::settled).await
}

/// Each document as `settled` makes it.
async fn install_as(api: &Api, settled: fn(Value) -> Value) -> Result {
    let manifests = fs::read_to_string(binaries::argo_cd_manifests()?)?;
    api.apply(&super::workloads::namespace(NAMESPACE, &json!({})))
        .await?;
    for document in manifests.split("\n---\n") {
        let document = serde_saphyr::from_str(document)?;
        api.apply(&settled(document)).await?;
    }
    for kind in ["appprojects", "applications", "applicationsets"] {
        let collection = format!("/apis/argoproj.io/v1alpha1/namespaces/{NAMESPACE}/{kind}");
        api.wait_for(&collection, "served", |_| true).await?;
    }
    api.apply(&objects::default_project()).await?;
    Ok(())
}

//! One cluster: its servers, the files they share, and the means to hurt it.

use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use color_eyre::eyre::{Report, ensure, eyre};
use serde_json::Value;

use super::binaries::Binary;
use super::directory::Directory;
use super::egress::Egress;
use super::process::{Server, Signal};
use super::{Api, Persona, Result, keys, nodes, personas, ports, stages};

/// A machine busy with compilers takes ten times the usual four seconds.
const START_PATIENCE: Duration = Duration::from_mins(2);
const POLL: Duration = Duration::from_millis(50);

#[derive(Clone, Copy)]
pub(crate) struct Setup {
    /// Controllers, scheduler and kwok; without them objects stay as they are written.
    pub(crate) controllers: bool,
    /// Named `node-1`, `node-2`…
    pub(crate) nodes: usize,
}

pub(crate) struct ControlPlane {
    // Dropped in this order: the servers, then what they use.
    servers: Mutex<Vec<Slot>>,
    egress: Egress,
    ports: Ports,
    directory: Directory,
}

/// A server that may be down just now, and how to start it again.
struct Slot {
    name: &'static str,
    program: PathBuf,
    args: Vec<String>,
    server: Option<Server>,
}

#[derive(Clone, Copy)]
struct Ports {
    etcd: u16,
    etcd_peer: u16,
    api: u16,
    controllers: u16,
    scheduler: u16,
    kubelet: u16,
}

impl ControlPlane {
    /// A whole cluster with three nodes.
    pub(crate) fn start() -> Result<Self> {
        Self::start_with(Setup {
            controllers: true,
            nodes: 3,
        })
    }

    /// etcd and the API server only.
    pub(crate) fn start_bare() -> Result<Self> {
        Self::start_with(Setup {
            controllers: false,
            nodes: 0,
        })
    }

    /// The cluster that the tests of this process share. It ends with the process: no destructor runs for a static.
    pub(crate) fn shared() -> Result<&'static Self> {
        static SHARED: LazyLock<Result<ControlPlane, String>> =
            LazyLock::new(|| ControlPlane::start().map_err(|error| format!("{error:#}")));
        SHARED.as_ref().map_err(|error| eyre!("{error}"))
    }

    pub(crate) fn start_with(setup: Setup) -> Result<Self> {
        // Between the choice of a port and its use somebody else may take it.
        Self::attempt(setup).or_else(|error| {
            if format!("{error:#}").contains("address already in use") {
                Self::attempt(setup)
            } else {
                Err(error)
            }
        })
    }

    fn attempt(setup: Setup) -> Result<Self> {
        // All of them before anything runs: a first build takes minutes.
        let controllers = [Binary::ControllerManager, Binary::Scheduler, Binary::Kwok];
        let needed = if setup.controllers {
            &controllers[..]
        } else {
            &[]
        };
        for binary in [Binary::Etcd, Binary::ApiServer].iter().chain(needed) {
            binary.path()?;
        }
        let directory = Directory::create()?;
        let root = directory.path().to_owned();
        let ports = Ports {
            etcd: ports::free()?,
            etcd_peer: ports::free()?,
            api: ports::free()?,
            controllers: ports::free()?,
            scheduler: ports::free()?,
            kubelet: ports::free()?,
        };
        for folder in ["logs", "pods", "certificates", "kubeconfig"] {
            fs::create_dir(root.join(folder))?;
        }
        let plane = Self {
            servers: Mutex::new(Vec::new()),
            egress: Egress::start(&root.join("egress.sock"), ports.kubelet)?,
            ports,
            directory,
        };
        match plane.bring_up(setup) {
            Ok(()) => Ok(plane),
            Err(error) => {
                plane.directory.keep();
                Err(error)
            }
        }
    }

    fn bring_up(&self, setup: Setup) -> Result {
        let root = self.directory.path();
        keys::write_pair(&root.join("tokens.key"), &root.join("tokens.pub"))?;
        fs::write(root.join("tokens.csv"), personas::token_file())?;
        fs::write(root.join("egress.yaml"), egress_selection(root))?;
        self.write_log("default", &["nothing to report"])?;
        self.write_previous_log("default", &["nothing to report, before"])?;

        self.launch("etcd", Binary::Etcd, self.etcd_args())?;
        self.launch("kube-apiserver", Binary::ApiServer, self.api_server_args())?;
        let certificate = root.join("certificates/apiserver.crt");
        self.wait_until("the API server has written its certificate", || {
            Ok(certificate.exists())
        })?;
        for persona in Persona::ALL {
            personas::write_kubeconfig(
                &self.kubeconfig(persona),
                &self.url(),
                &certificate,
                persona,
            )?;
        }
        self.wait_ready()?;
        self.block_on(async |api| {
            for binding in personas::bindings() {
                api.apply(&binding).await?;
            }
            Ok(())
        })?;
        if setup.controllers {
            self.start_controllers(setup.nodes)?;
        }
        Ok(())
    }

    fn start_controllers(&self, count: usize) -> Result {
        let root = self.directory.path();
        let pods = root.join("pods");
        fs::write(
            root.join("stages.yaml"),
            stages::documents(&pods.to_string_lossy()),
        )?;
        self.launch(
            "kube-controller-manager",
            Binary::ControllerManager,
            self.controller_manager_args(),
        )?;
        self.launch("kube-scheduler", Binary::Scheduler, self.scheduler_args())?;
        self.block_on(async |api| {
            // kwok looks up the kinds it writes only once.
            api.apply(&stages::log_definition()).await?;
            api.wait_for("/apis/kwok.x-k8s.io/v1alpha1/logs", "served", |_| true)
                .await?;
            for number in 1..=count {
                api.create(&nodes::node(&format!("node-{number}"), number))
                    .await?;
            }
            Ok(())
        })?;
        self.launch("kwok", Binary::Kwok, self.kwok_args())?;
        self.block_on(async |api| {
            for number in 1..=count {
                nodes::wait_ready(&api, &format!("node-{number}")).await?;
            }
            Ok(())
        })
    }

    /// The kubeconfig of a persona; the other personas are contexts of it.
    pub(crate) fn kubeconfig(&self, persona: Persona) -> PathBuf {
        self.directory
            .path()
            .join("kubeconfig")
            .join(persona.name())
    }

    pub(crate) fn url(&self) -> String {
        format!("https://127.0.0.1:{}", self.ports.api)
    }

    pub(crate) fn folder(&self) -> &Path {
        self.directory.path()
    }

    pub(crate) async fn api(&self, persona: Persona) -> Result<Api> {
        Api::connect(&self.kubeconfig(persona)).await
    }

    /// Lets the team persona into a namespace.
    pub(crate) async fn admit_team(&self, namespace: &str) -> Result {
        let api = self.api(Persona::Admin).await?;
        api.apply(&personas::team_binding(namespace)).await?;
        Ok(())
    }

    /// Leads an invented pod address (`10.9.0.1:9090`) to a loopback port, for the service proxy.
    pub(crate) fn route(&self, address: &str, port: u16) {
        self.egress.route(address, port);
    }

    pub(crate) fn kill_api_server(&self) {
        self.kill("kube-apiserver");
    }

    pub(crate) fn restart_api_server(&self) -> Result {
        self.restart("kube-apiserver")?;
        self.wait_ready()
    }

    /// Connections stay open and nothing answers.
    pub(crate) fn freeze_api_server(&self) -> Result {
        self.signal("kube-apiserver", Signal::Freeze)
    }

    pub(crate) fn thaw_api_server(&self) -> Result {
        self.signal("kube-apiserver", Signal::Thaw)
    }

    /// By the name of the program: `etcd`, `kube-controller-manager`, `kube-scheduler`, `kwok`…
    pub(crate) fn kill(&self, name: &str) {
        if let Some(slot) = self.slots().iter_mut().find(|slot| slot.name == name) {
            slot.server = None;
        }
    }

    pub(crate) fn restart(&self, name: &str) -> Result {
        let mut slots = self.slots();
        let slot = slots
            .iter_mut()
            .find(|slot| slot.name == name)
            .ok_or_else(|| eyre!("{name} was never started"))?;
        slot.server = None;
        slot.server = Some(Server::spawn(
            slot.name,
            &self.server_log(name),
            &slot.program,
            &slot.args,
        )?);
        Ok(())
    }

    fn signal(&self, name: &str, signal: Signal) -> Result {
        self.slots()
            .iter()
            .filter(|slot| slot.name == name)
            .filter_map(|slot| slot.server.as_ref())
            .try_for_each(|server| server.signal(signal))
    }

    /// What the containers of pods annotated `vigie.test/log: NAME` have said, replacing what stood there.
    pub(crate) fn write_log(&self, name: &str, lines: &[&str]) -> Result {
        Ok(fs::write(self.pod_log(name), runtime_lines(lines))?)
    }

    /// The same for the container before the last restart.
    pub(crate) fn write_previous_log(&self, name: &str, lines: &[&str]) -> Result {
        self.write_log(&format!("{name}.previous"), lines)
    }

    pub(crate) fn append_log(&self, name: &str, lines: &[&str]) -> Result {
        let mut file = OpenOptions::new().append(true).open(self.pod_log(name))?;
        Ok(file.write_all(runtime_lines(lines).as_bytes())?)
    }

    fn pod_log(&self, name: &str) -> PathBuf {
        self.directory
            .path()
            .join("pods")
            .join(format!("{name}.log"))
    }

    fn server_log(&self, name: &str) -> PathBuf {
        self.directory
            .path()
            .join("logs")
            .join(format!("{name}.log"))
    }

    fn slots(&self) -> MutexGuard<'_, Vec<Slot>> {
        self.servers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn launch(&self, name: &'static str, binary: Binary, args: Vec<String>) -> Result {
        let program = binary.path()?;
        let server = Server::spawn(name, &self.server_log(name), &program, &args)?;
        self.slots().push(Slot {
            name,
            program,
            args,
            server: Some(server),
        });
        Ok(())
    }

    fn wait_until(&self, what: &str, condition: impl Fn() -> Result<bool>) -> Result {
        let deadline = Instant::now() + START_PATIENCE;
        while !condition()? {
            for slot in self.slots().iter_mut() {
                if let Some(server) = &mut slot.server {
                    server.check()?;
                }
            }
            ensure!(
                Instant::now() < deadline,
                "gave up after {} s: not yet true that {what}",
                START_PATIENCE.as_secs()
            );
            thread::sleep(POLL);
        }
        Ok(())
    }

    /// `/readyz`, and the namespaces that the API server makes a moment later.
    fn wait_ready(&self) -> Result {
        let answers =
            |path: &'static str| self.block_on(async |api| Ok(api.text(path).await?)).is_ok();
        self.wait_until("the API server is ready", || {
            Ok(answers("/readyz") && answers("/api/v1/namespaces/default"))
        })
    }

    /// Runs `task` as admin on a runtime of its own, so that starting a cluster works inside and outside of one.
    pub(crate) fn block_on<T: Send>(
        &self,
        task: impl AsyncFnOnce(Api) -> Result<T> + Send,
    ) -> Result<T> {
        thread::scope(|scope| {
            let worker = scope.spawn(|| {
                tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build()
                    .map_err(Report::new)?
                    .block_on(async { task(self.api(Persona::Admin).await?).await })
            });
            worker
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    }

    fn file(&self, name: &str) -> String {
        self.directory
            .path()
            .join(name)
            .to_string_lossy()
            .into_owned()
    }

    fn admin_config(&self) -> String {
        format!("--kubeconfig={}", self.kubeconfig(Persona::Admin).display())
    }

    fn etcd_args(&self) -> Vec<String> {
        let client = format!("http://127.0.0.1:{}", self.ports.etcd);
        let peer = format!("http://127.0.0.1:{}", self.ports.etcd_peer);
        vec![
            "--name=bed".into(),
            format!("--data-dir={}", self.file("etcd")),
            format!("--listen-client-urls={client}"),
            format!("--advertise-client-urls={client}"),
            format!("--listen-peer-urls={peer}"),
            format!("--initial-advertise-peer-urls={peer}"),
            format!("--initial-cluster=bed={peer}"),
            "--unsafe-no-fsync".into(),
            "--quota-backend-bytes=8589934592".into(),
        ]
    }

    fn api_server_args(&self) -> Vec<String> {
        vec![
            format!("--etcd-servers=http://127.0.0.1:{}", self.ports.etcd),
            format!("--secure-port={}", self.ports.api),
            "--bind-address=127.0.0.1".into(),
            // Only named in the endpoints of the service `kubernetes`; without it a machine without a default route fails.
            "--advertise-address=192.0.2.1".into(),
            format!("--cert-dir={}", self.file("certificates")),
            "--service-cluster-ip-range=10.0.0.0/24".into(),
            format!("--token-auth-file={}", self.file("tokens.csv")),
            "--authorization-mode=RBAC".into(),
            "--service-account-issuer=https://kubernetes.default.svc".into(),
            format!(
                "--service-account-signing-key-file={}",
                self.file("tokens.key")
            ),
            format!("--service-account-key-file={}", self.file("tokens.pub")),
            "--disable-admission-plugins=ServiceAccount".into(),
            "--allow-privileged=true".into(),
            format!("--egress-selector-config-file={}", self.file("egress.yaml")),
            // A node down for an afternoon by hand should keep its pods to look at.
            "--default-not-ready-toleration-seconds=86400".into(),
            "--default-unreachable-toleration-seconds=86400".into(),
        ]
    }

    fn controller_manager_args(&self) -> Vec<String> {
        vec![
            self.admin_config(),
            format!(
                "--service-account-private-key-file={}",
                self.file("tokens.key")
            ),
            "--leader-elect=false".into(),
            "--bind-address=127.0.0.1".into(),
            format!("--secure-port={}", self.ports.controllers),
            "--kube-api-qps=500".into(),
            "--kube-api-burst=1000".into(),
            "--node-monitor-grace-period=1h".into(),
            // Two that only complain here: there are no metrics for the first, and no valid bundle for the second.
            "--controllers=*,-horizontal-pod-autoscaler-controller,\
             -kube-apiserver-serving-clustertrustbundle-publisher-controller"
                .into(),
        ]
    }

    fn scheduler_args(&self) -> Vec<String> {
        vec![
            self.admin_config(),
            "--leader-elect=false".into(),
            "--bind-address=127.0.0.1".into(),
            format!("--secure-port={}", self.ports.scheduler),
        ]
    }

    fn kwok_args(&self) -> Vec<String> {
        let port = self.ports.kubelet;
        vec![
            self.admin_config(),
            "--manage-all-nodes=true".into(),
            format!("--config={}", self.file("stages.yaml")),
            "--enable-crds=Logs".into(),
            "--cidr=10.9.128.1/17".into(),
            "--node-ip=127.0.0.1".into(),
            "--node-name=localhost".into(),
            format!("--node-port={port}"),
            format!("--server-address=127.0.0.1:{port}"),
            format!(
                "--tls-cert-file={}",
                self.file("certificates/apiserver.crt")
            ),
            format!(
                "--tls-private-key-file={}",
                self.file("certificates/apiserver.key")
            ),
        ]
    }
}

impl Drop for ControlPlane {
    fn drop(&mut self) {
        // Last started first: the API server waits for ever for an etcd that is gone.
        let mut slots = self.slots();
        while let Some(slot) = slots.pop() {
            drop(slot);
        }
    }
}

fn egress_selection(root: &Path) -> String {
    let socket = root.join("egress.sock");
    format!(
        "apiVersion: apiserver.k8s.io/v1beta1\nkind: EgressSelectorConfiguration\negressSelections:\n- name: cluster\n  \
         connection:\n    proxyProtocol: HTTPConnect\n    transport:\n      uds:\n        udsName: {}\n",
        socket.display()
    )
}

/// The container runtime's own format, which the kubelet's log reader expects.
fn runtime_lines(lines: &[&str]) -> String {
    lines.iter().fold(String::new(), |mut text, line| {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{} stdout F {line}", now());
        text
    })
}

#[expect(clippy::disallowed_methods, reason = "real servers live in real time")]
pub(crate) fn now() -> String {
    chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Nanos, true)
}

/// For fields which the API reads to the second only.
#[expect(clippy::disallowed_methods, reason = "real servers live in real time")]
pub(crate) fn now_seconds() -> String {
    chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

pub(crate) fn object_status(object: &Value, kind: &str) -> Option<String> {
    object
        .pointer("/status/conditions")?
        .as_array()?
        .iter()
        .find(|condition| condition["type"] == kind)?["status"]
        .as_str()
        .map(str::to_owned)
}

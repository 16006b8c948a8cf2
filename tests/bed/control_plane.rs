//! One cluster: its servers, the files they share, and the means to hurt it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use color_eyre::eyre::{Report, ensure, eyre};

use super::binaries::Binary;
use super::directory::Directory;
use super::egress::{self, Egress};
use super::flags::{Flags, Ports};
use super::process::{Server, Signal};
use super::{Api, Persona, Result, audit, keys, nodes, personas, stages};

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
            if is_clash(&error) {
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
        let ports = Ports::choose()?;
        for folder in ["logs", "pods", "certificates", "kubeconfig"] {
            fs::create_dir(root.join(folder))?;
        }
        let plane = Self {
            servers: Mutex::new(Vec::new()),
            egress: Egress::start(&root.join("egress.sock"), ports.kubelet)?,
            ports,
            directory,
        };
        plane
            .bring_up(setup)
            // A server that died is the better explanation of whatever did not happen.
            .map_err(|error| plane.check_servers().err().unwrap_or(error))
            .inspect_err(|error| {
                if !is_clash(error) {
                    plane.directory.keep();
                }
            })?;
        Ok(plane)
    }

    fn bring_up(&self, setup: Setup) -> Result {
        let root = self.directory.path();
        keys::write_pair(&root.join("tokens.key"), &root.join("tokens.pub"))?;
        fs::write(root.join("tokens.csv"), personas::token_file())?;
        fs::write(root.join("egress.yaml"), egress::selection(root))?;
        fs::write(root.join("audit.yaml"), audit::policy())?;
        self.write_log("default", &["nothing to report"])?;
        self.write_previous_log("default", &["nothing to report, before"])?;

        let flags = self.flags();
        self.launch("etcd", Binary::Etcd, flags.etcd())?;
        self.launch("kube-apiserver", Binary::ApiServer, flags.api_server())?;
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
        let (root, flags) = (self.directory.path(), self.flags());
        let pods = root.join("pods");
        fs::write(
            root.join("stages.yaml"),
            stages::documents(&pods.to_string_lossy()),
        )?;
        self.launch(
            "kube-controller-manager",
            Binary::ControllerManager,
            flags.controller_manager(),
        )?;
        self.launch("kube-scheduler", Binary::Scheduler, flags.scheduler())?;
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
        self.launch("kwok", Binary::Kwok, flags.kwok())?;
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

    /// What the operator persona wrote in the namespace, as the API server counts it; dry runs and questions about rights
    /// are none.
    pub(crate) fn written(&self, namespace: &str) -> Result<Vec<audit::Write>> {
        audit::writes(self.directory.path(), namespace)
    }

    pub(crate) fn port(&self) -> u16 {
        self.ports.api
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

    fn flags(&self) -> Flags<'_> {
        Flags {
            root: self.directory.path(),
            ports: self.ports,
            admin: self.kubeconfig(Persona::Admin),
        }
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
            self.check_servers()?;
            ensure!(
                Instant::now() < deadline,
                "gave up after {} s: not yet true that {what}",
                START_PATIENCE.as_secs()
            );
            thread::sleep(POLL);
        }
        Ok(())
    }

    fn check_servers(&self) -> Result {
        self.slots()
            .iter_mut()
            .filter_map(|slot| slot.server.as_mut())
            .try_for_each(Server::check)
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

pub(super) fn is_clash(error: &Report) -> bool {
    format!("{error:#}").contains("address already in use")
}

//! The servers' executables: taken from `KUBEBUILDER_ASSETS`, else built once with Go into the user's cache.

use std::env;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use color_eyre::eyre::{WrapErr, bail, ensure, eyre};
use directories::ProjectDirs;
use serde_json::Value;

use super::Result;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Binary {
    Etcd,
    ApiServer,
    ControllerManager,
    Scheduler,
    Kwok,
    Prometheus,
    /// One program for every server of Argo CD; the environment says which.
    ArgoCd,
    Redis,
    KustomizeController,
    /// The controller of Argo Rollouts.
    Rollouts,
}

struct Recipe {
    file: &'static str,
    module: &'static str,
    package: &'static str,
    /// Wall time of a cold build on two cores, for the person who waits.
    minutes: u8,
}

/// Without them the servers call themselves v0.0.0 and clients draw conclusions from it.
const VERSION_FLAGS: &str = "-s -w \
    -X k8s.io/component-base/version.gitVersion=v1.37.2 \
    -X k8s.io/component-base/version.gitMajor=1 \
    -X k8s.io/component-base/version.gitMinor=37";

impl Binary {
    fn recipe(self) -> Recipe {
        let (file, module, package, minutes) = match self {
            Self::Etcd => ("etcd", "servers", "go.etcd.io/etcd/server/v3", 1),
            Self::ApiServer => (
                "kube-apiserver",
                "kubernetes",
                "k8s.io/kubernetes/cmd/kube-apiserver",
                6,
            ),
            Self::ControllerManager => (
                "kube-controller-manager",
                "kubernetes",
                "k8s.io/kubernetes/cmd/kube-controller-manager",
                3,
            ),
            Self::Scheduler => (
                "kube-scheduler",
                "kubernetes",
                "k8s.io/kubernetes/cmd/kube-scheduler",
                1,
            ),
            Self::Kwok => ("kwok", "servers", "sigs.k8s.io/kwok/cmd/kwok", 3),
            Self::Prometheus => (
                "prometheus",
                "servers",
                "github.com/prometheus/prometheus/cmd/prometheus",
                7,
            ),
            Self::ArgoCd => ("argocd", "argocd", "github.com/argoproj/argo-cd/v3/cmd", 7),
            Self::Redis => ("miniredis", "argocd", "./redis", 1),
            Self::KustomizeController => (
                "kustomize-controller",
                "flux",
                "github.com/fluxcd/kustomize-controller",
                8,
            ),
            Self::Rollouts => (
                "rollouts-controller",
                "rollouts",
                "github.com/argoproj/argo-rollouts/cmd/rollouts-controller",
                7,
            ),
        };
        Recipe {
            file,
            module,
            package,
            minutes,
        }
    }

    /// The path of the executable, built first where it must be.
    pub(crate) fn path(self) -> Result<PathBuf> {
        let recipe = self.recipe();
        obtain(recipe.file, recipe.module, |source, path| {
            build(&recipe, source, path)
        })
    }
}

/// What a released Argo CD installs beside its servers: the definitions of its kinds and its settings, in one YAML file.
pub(crate) fn argo_cd_manifests() -> Result<PathBuf> {
    obtain("argocd.yaml", "argocd", |source, path| {
        let module = "github.com/argoproj/argo-cd/v3";
        gather_manifests(source, path, module, &["crds", "base/config"])
    })
}

/// The definitions of the kinds of Argo Rollouts, in one YAML file.
pub(crate) fn rollouts_manifests() -> Result<PathBuf> {
    obtain("rollouts.yaml", "rollouts", |source, path| {
        let module = "github.com/argoproj/argo-rollouts";
        gather_manifests(source, path, module, &["crds"])
    })
}

/// The definitions of Flux's kinds that its modules have, in one YAML file.
pub(crate) fn flux_manifests() -> Result<PathBuf> {
    obtain("flux.yaml", "flux", |source, path| {
        let mut documents = Vec::new();
        for module in [
            "github.com/fluxcd/kustomize-controller",
            "github.com/fluxcd/source-controller@v1.9.6",
        ] {
            let folder = module_source(source, module)?;
            documents.extend(manifests(&folder.join("config/crd/bases"))?);
        }
        fs::write(path, documents.join("\n---\n"))?;
        Ok(())
    })
}

/// The path of a file that is among the assets, else in the cache, where `make` writes it the first time.
fn obtain(file: &str, module: &str, make: impl FnOnce(&Path, &Path) -> Result) -> Result<PathBuf> {
    if let Some(path) = from_assets(file) {
        return Ok(path);
    }
    let source = module_folder(module);
    let store = cache_folder()?.join(format!("{module}-{:016x}", pins(&source)?));
    let path = store.join(file);
    if path.exists() {
        return Ok(path);
    }
    fs::create_dir_all(&store).wrap_err_with(|| format!("cannot make {}", store.display()))?;
    // Several test processes start at once: the first builds, the others wait and find it done.
    let lock = File::create(store.join(".lock"))?;
    lock.lock()?;
    if !path.exists() {
        need_go(file)?;
        let unfinished = path.with_extension("unfinished");
        make(&source, &unfinished)?;
        fs::rename(&unfinished, &path)?;
    }
    Ok(path)
}

fn from_assets(file: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env::var_os("KUBEBUILDER_ASSETS")?).join(file);
    path.exists().then_some(path)
}

fn module_folder(module: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/bed/go")
        .join(module)
}

fn cache_folder() -> Result<PathBuf> {
    let dirs = ProjectDirs::from("", "", "vigie").ok_or_else(|| {
        eyre!("no home directory to keep the test bed's servers in: set HOME or KUBEBUILDER_ASSETS")
    })?;
    Ok(dirs.cache_dir().join("bed"))
}

/// FNV-1a over what pins a build. Not the standard hasher: its result may change with the compiler.
fn pins(source: &Path) -> Result<u64> {
    let mut files = vec![source.join("go.mod"), source.join("go.sum")];
    files.extend(programs(source)?);
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for file in files {
        for byte in fs::read(file)?.iter().chain(VERSION_FLAGS.as_bytes()) {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    Ok(hash)
}

/// The programs of our own in a module: `NAME/main.go`.
fn programs(source: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(source)? {
        found.push(entry?.path().join("main.go"));
    }
    found.retain(|path| path.exists());
    found.sort();
    Ok(found)
}

fn need_go(file: &str) -> Result {
    ensure!(
        Command::new("go").arg("version").output().is_ok(),
        "the tests need a real {file}: install Go so that it is built once, or set KUBEBUILDER_ASSETS to a folder that holds it",
    );
    Ok(())
}

fn build(recipe: &Recipe, source: &Path, path: &Path) -> Result {
    tell(&format!(
        "building {} from source, once: about {} min on two cores",
        recipe.file, recipe.minutes
    ));
    let began = Instant::now();
    let status = Command::new("go")
        .args([
            "build",
            "-trimpath",
            "-buildvcs=false",
            "-ldflags",
            VERSION_FLAGS,
            "-o",
        ])
        .arg(path)
        .arg(recipe.package)
        .current_dir(source)
        .env("GOWORK", "off")
        .stdout(io::stderr())
        .status()
        .wrap_err("cannot run go")?;
    if !status.success() {
        bail!(
            "go build of {} failed ({status}), its words are above; or set KUBEBUILDER_ASSETS to a folder that holds it",
            recipe.package
        );
    }
    tell(&format!(
        "built {} in {} s, into {}",
        recipe.file,
        began.elapsed().as_secs(),
        path.parent().unwrap_or(path).display()
    ));
    Ok(())
}

/// They are in the module that the program is built from.
fn gather_manifests(source: &Path, path: &Path, module: &str, parts: &[&str]) -> Result {
    let folder = module_source(source, module)?.join("manifests");
    let mut documents = Vec::new();
    for part in parts {
        documents.extend(manifests(&folder.join(part))?);
    }
    fs::write(path, documents.join("\n---\n"))?;
    Ok(())
}

fn manifests(folder: &Path) -> Result<Vec<String>> {
    let mut documents = Vec::new();
    for entry in fs::read_dir(folder)? {
        let file = entry?.path();
        if !file.ends_with("kustomization.yaml") {
            documents.push(fs::read_to_string(file)?);
        }
    }
    Ok(documents)
}

/// Where Go keeps the sources of a module.
fn module_source(source: &Path, name: &str) -> Result<PathBuf> {
    let output = Command::new("go")
        .args(["mod", "download", "-json", name])
        .current_dir(source)
        .env("GOWORK", "off")
        .stderr(Stdio::inherit())
        .output()
        .wrap_err("cannot run go")?;
    let module: Value = serde_json::from_slice(&output.stdout)?;
    let folder = module["Dir"].as_str();
    let folder = folder.ok_or_else(|| eyre!("go cannot fetch {name}: {}", module["Error"]))?;
    Ok(folder.into())
}

/// Straight to stderr: the test runner hides what the print macros write, and this wait needs its explanation.
pub(crate) fn tell(text: &str) {
    // Nobody left to tell when stderr is closed.
    let _ = writeln!(io::stderr(), "bed: {text}");
}

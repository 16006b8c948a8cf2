//! Which clusters, and with whose credentials: the kubeconfig as kubectl resolves it, or the pod's own service account.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use kube::config::{Config, ExecConfig, KubeConfigOptions, Kubeconfig, KubeconfigError};

use super::convert::{MESSAGE, NAME, clean};
use crate::model::{ConfigFault, Problem, Text};

/// How long a connection may take to come about.
pub(super) const CONNECT: Duration = Duration::from_secs(5);

/// What the user asked for, by flags and configuration.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// `--kubeconfig`; None: `KUBECONFIG`, then `~/.kube/config`, then the pod's service account.
    pub kubeconfig: Option<PathBuf>,
    /// Empty: the current context.
    pub contexts: Vec<String>,
    /// Words of `-n`: namespaces, tenants or `tenant/environment`.
    pub namespaces: Vec<String>,
    pub all_namespaces: bool,
    /// Namespaces named by the configuration, per context.
    pub context_namespaces: HashMap<String, Vec<String>>,
    pub impersonate: Option<String>,
    pub impersonate_groups: Vec<String>,
    /// Longest wait for one answer; None: a minute without a byte.
    pub request_timeout: Option<Duration>,
}

/// Why no cluster can be named. `known` are the contexts there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConnectError {
    /// No kubeconfig anywhere that was looked at, and not in a cluster.
    NoKubeconfig {
        looked_at: Vec<PathBuf>,
    },
    Kubeconfig(ConfigFault),
    /// The command line names a context that is not there.
    UnknownContext {
        name: String,
        known: Vec<String>,
    },
    NoCurrentContext {
        known: Vec<String>,
    },
    /// The current context is one that is not there.
    LostCurrentContext {
        name: String,
        known: Vec<String>,
    },
}

/// One cluster to read.
#[derive(Clone, Debug)]
pub(super) struct Access {
    /// Its name as it may be shown.
    pub(super) context: Text,
    /// Its name in the kubeconfig.
    name: String,
    origin: Origin,
    impersonate: Option<String>,
    impersonate_groups: Vec<String>,
    pub(super) namespaces: Vec<String>,
    pub(super) configured_namespaces: Vec<String>,
    pub(super) all_namespaces: bool,
    pub(super) request_timeout: Option<Duration>,
}

#[derive(Clone, Debug)]
enum Origin {
    Files(Vec<PathBuf>),
    InCluster,
}

/// The clusters to read, in the order they were named.
#[derive(Clone, Debug)]
pub struct Fleet {
    pub(super) clusters: Vec<Access>,
}

impl Fleet {
    /// Their contexts, in order: the first is `ClusterId(0)`.
    pub fn names(&self) -> Vec<Text> {
        self.clusters
            .iter()
            .map(|access| access.context.clone())
            .collect()
    }
}

/// Reads the kubeconfig and checks that the contexts exist. Nothing is sent yet.
pub fn resolve(options: &Options) -> Result<Fleet, ConnectError> {
    let (origin, contexts) = match find_files(options) {
        Ok(files) => {
            let kubeconfig = read_files(&files).map_err(ConnectError::Kubeconfig)?;
            (
                Origin::Files(files),
                named_contexts(&kubeconfig, &options.contexts)?,
            )
        }
        Err(_)
            if options.contexts.is_empty()
                && std::env::var_os("KUBERNETES_SERVICE_HOST").is_some() =>
        {
            (Origin::InCluster, vec!["in-cluster".to_owned()])
        }
        Err(looked_at) => return Err(ConnectError::NoKubeconfig { looked_at }),
    };
    let access = |context: String| Access {
        configured_namespaces: options
            .context_namespaces
            .get(&context)
            .cloned()
            .unwrap_or_default(),
        context: clean(&context, MESSAGE),
        name: context,
        origin: origin.clone(),
        impersonate: options.impersonate.clone(),
        impersonate_groups: options.impersonate_groups.clone(),
        namespaces: options.namespaces.clone(),
        all_namespaces: options.all_namespaces,
        request_timeout: options.request_timeout,
    };
    Ok(Fleet {
        clusters: contexts.into_iter().map(access).collect(),
    })
}

/// The files that exist, or where they were looked for.
fn find_files(options: &Options) -> Result<Vec<PathBuf>, Vec<PathBuf>> {
    if let Some(path) = &options.kubeconfig {
        return Ok(vec![path.clone()]);
    }
    let named: Vec<PathBuf> = std::env::var_os("KUBECONFIG")
        .map(|list| {
            std::env::split_paths(&list)
                .filter(|path| !path.as_os_str().is_empty())
                .collect()
        })
        .unwrap_or_default();
    let candidates = if named.is_empty() {
        directories::BaseDirs::new()
            .map(|dirs| dirs.home_dir().join(".kube/config"))
            .into_iter()
            .collect()
    } else {
        named
    };
    // Like kubectl, files of the list that do not exist are passed over.
    let existing: Vec<PathBuf> = candidates
        .iter()
        .filter(|path| path.exists())
        .cloned()
        .collect();
    if existing.is_empty() {
        Err(candidates)
    } else {
        Ok(existing)
    }
}

fn read_files(paths: &[PathBuf]) -> Result<Kubeconfig, ConfigFault> {
    let mut merged = Kubeconfig::default();
    for path in paths {
        let mut one = Kubeconfig::read_from(path).map_err(|error| unreadable(path, &error))?;
        // `kubectl config unset current-context` leaves an empty one, which must not hide the next file's.
        one.current_context = one.current_context.filter(|name| !name.is_empty());
        merged = merged
            .merge(one)
            .map_err(|error| unreadable(path, &error))?;
    }
    Ok(merged)
}

/// The parser's message may quote the file, so only its position is kept.
fn unreadable(path: &Path, error: &KubeconfigError) -> ConfigFault {
    let path = clean(&path.display().to_string(), MESSAGE);
    if let KubeconfigError::ReadConfig(error, _) = error {
        return ConfigFault::Unreadable {
            path,
            words: clean(&error.to_string(), MESSAGE),
        };
    }
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        text.push(' ');
        text.push_str(&inner.to_string());
        source = inner.source();
    }
    let place = regex::Regex::new(r"line (\d+),? column (\d+)").ok();
    let place = place.and_then(|place| {
        let (_, [line, column]) = place.captures(&text)?.extract();
        Some((line.parse().ok()?, column.parse().ok()?))
    });
    ConfigFault::Unparsable { path, place }
}

fn named_contexts(kubeconfig: &Kubeconfig, asked: &[String]) -> Result<Vec<String>, ConnectError> {
    let known = || {
        kubeconfig
            .contexts
            .iter()
            .map(|context| clean(&context.name, MESSAGE).to_string())
            .collect::<Vec<_>>()
    };
    let exists = |name: &str| kubeconfig.contexts.iter().any(|it| it.name == name);
    if asked.is_empty() {
        let current = kubeconfig
            .current_context
            .clone()
            .filter(|name| !name.is_empty());
        let name = current.ok_or_else(|| ConnectError::NoCurrentContext { known: known() })?;
        if !exists(&name) {
            let (name, known) = (clean(&name, MESSAGE).to_string(), known());
            return Err(ConnectError::LostCurrentContext { name, known });
        }
        return Ok(vec![name]);
    }
    let mut contexts: Vec<String> = Vec::new();
    for name in asked {
        if !exists(name) {
            return Err(ConnectError::UnknownContext {
                name: name.clone(),
                known: known(),
            });
        }
        if !contexts.contains(name) {
            contexts.push(name.clone());
        }
    }
    Ok(contexts)
}

/// A configuration ready to become a client, but for an exec plugin's answer.
pub(super) struct Credentials {
    pub(super) config: Config,
    pub(super) exec: Option<ExecConfig>,
}

impl Access {
    /// Reads the credentials afresh: files change while vigie runs.
    pub(super) async fn credentials(&self) -> Result<Credentials, Problem> {
        let mut config = match &self.origin {
            Origin::InCluster => Config::incluster().map_err(|error| {
                Problem::Config(ConfigFault::ServiceAccount {
                    words: clean(&error.to_string(), MESSAGE),
                })
            })?,
            Origin::Files(paths) => {
                let kubeconfig = read_files(paths).map_err(Problem::Config)?;
                let options = KubeConfigOptions {
                    context: Some(self.name.clone()),
                    ..KubeConfigOptions::default()
                };
                let config = Config::from_custom_kubeconfig(kubeconfig, &options).await;
                config.map_err(|error| Problem::Config(unusable(&error)))?
            }
        };
        // A write answered 504 may be done: nothing is sent twice unless vigie decides so (and reads back off by themselves).
        config.default_retry = false;
        config.connect_timeout = Some(CONNECT);
        config.read_timeout = None;
        if self.impersonate.is_some() {
            config.auth_info.impersonate.clone_from(&self.impersonate);
        }
        if !self.impersonate_groups.is_empty() {
            config.auth_info.impersonate_groups = Some(self.impersonate_groups.clone());
        }
        // kube runs this one by itself, at every new client, and quotes what it printed.
        let provider = config.auth_info.auth_provider.as_ref();
        if let Some(provider) = provider.filter(|provider| provider.name != "oidc") {
            let name = clean(&provider.name, NAME);
            return Err(Problem::Config(ConfigFault::Provider { name }));
        }
        let exec = config.auth_info.exec.take();
        Ok(Credentials { config, exec })
    }

    /// Changes whenever a kubeconfig file does.
    pub(super) fn fingerprint(&self) -> Vec<Option<std::time::SystemTime>> {
        let Origin::Files(paths) = &self.origin else {
            return Vec::new();
        };
        paths
            .iter()
            .map(|path| {
                std::fs::metadata(path)
                    .and_then(|data| data.modified())
                    .ok()
            })
            .collect()
    }
}

/// Only what quotes no file content.
fn unusable(error: &KubeconfigError) -> ConfigFault {
    match error {
        KubeconfigError::LoadContext(name) => ConfigFault::ContextGone {
            name: clean(name, NAME),
        },
        KubeconfigError::LoadClusterOfContext(name) => ConfigFault::ClusterGone {
            name: clean(name, NAME),
        },
        KubeconfigError::LoadCertificateAuthority(_) => ConfigFault::AuthorityUnreadable,
        KubeconfigError::LoadClientCertificate(_) => ConfigFault::CertificateUnreadable,
        KubeconfigError::LoadClientKey(_) => ConfigFault::KeyUnreadable,
        KubeconfigError::MissingClusterUrl => ConfigFault::NoServer,
        KubeconfigError::ParseClusterUrl(error) => ConfigFault::BadServer {
            words: clean(&error.to_string(), MESSAGE),
        },
        KubeconfigError::ParseCertificates(_) => ConfigFault::AuthorityNotPem,
        _ => ConfigFault::Unusable,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const TWO: &str = "apiVersion: v1
kind: Config
current-context: 'team/a: one'
contexts:
- {name: 'team/a: one', context: {cluster: here, user: me, namespace: shop}}
- {name: other, context: {cluster: here, user: me}}
clusters:
- {name: here, cluster: {server: 'https://127.0.0.1:1'}}
users:
- {name: me, user: {token: hunter2}}
";

    fn options(path: &Path, contexts: &[&str]) -> Options {
        Options {
            kubeconfig: Some(path.to_owned()),
            contexts: contexts.iter().map(|name| (*name).to_owned()).collect(),
            ..Options::default()
        }
    }

    fn written(text: &str) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config");
        fs::write(&path, text).unwrap();
        (folder, path)
    }

    #[test]
    fn the_current_context_is_read_unless_others_are_named() {
        let (_folder, path) = written(TWO);
        assert_eq!(
            resolve(&options(&path, &[])).unwrap().names(),
            ["team/a: one"]
        );
        assert_eq!(
            resolve(&options(&path, &["other", "team/a: one", "other"]))
                .unwrap()
                .names(),
            ["other", "team/a: one"]
        );
    }

    #[test]
    fn an_unknown_context_is_told_with_those_that_exist() {
        let (_folder, path) = written(TWO);
        let error = resolve(&options(&path, &["oter"])).unwrap_err();
        let known = vec!["team/a: one".to_owned(), "other".to_owned()];
        assert_eq!(
            error,
            ConnectError::UnknownContext {
                name: "oter".to_owned(),
                known
            }
        );
    }

    #[test]
    fn a_current_context_that_is_not_there_is_no_fault_of_the_command_line() {
        let (_folder, path) =
            written(&TWO.replace("current-context: 'team/a: one'", "current-context: gone"));
        let error = resolve(&options(&path, &[])).unwrap_err();
        assert!(
            matches!(&error, ConnectError::LostCurrentContext { name, known } if name == "gone" && known.len() == 2),
            "{error:?}"
        );
    }

    #[test]
    fn a_broken_file_is_told_by_name_and_place_and_never_quoted() {
        let (_folder, path) =
            written("users:\n- name: me\n  user: {token: hunter2, token-file: [}\n");
        let error = resolve(&options(&path, &[])).unwrap_err();
        assert!(
            matches!(&error, ConnectError::Kubeconfig(ConfigFault::Unparsable { path: told, place: Some((3, _)) }) if *told == path.display().to_string()),
            "{error:?}"
        );
        assert!(!format!("{error:?}").contains("hunter2"));
    }

    #[test]
    fn an_unset_current_context_does_not_hide_the_next_files() {
        let (_one, first) = written("current-context: ''\n");
        let (_two, second) = written(TWO);
        let merged = read_files(&[first, second]).unwrap();
        assert_eq!(merged.current_context.as_deref(), Some("team/a: one"));
    }

    #[tokio::test]
    async fn a_provider_that_kube_would_run_itself_is_refused() {
        let (_folder, path) = written(&TWO.replace(
            "{token: hunter2}",
            "{auth-provider: {name: gcp, config: {cmd-path: echo}}}",
        ));
        let fleet = resolve(&options(&path, &[])).unwrap();
        let refused = fleet.clusters[0].credentials().await.map(drop).unwrap_err();
        let name = "gcp".into();
        assert_eq!(refused, Problem::Config(ConfigFault::Provider { name }));
    }

    #[test]
    fn a_file_that_is_no_kubeconfig_names_no_context() {
        let (_folder, path) = written("");
        assert_eq!(
            resolve(&options(&path, &[])).unwrap_err(),
            ConnectError::NoCurrentContext { known: Vec::new() }
        );
        let missing = path.with_file_name("missing");
        assert!(matches!(
            resolve(&options(&missing, &[])),
            Err(ConnectError::Kubeconfig(ConfigFault::Unreadable { .. }))
        ));
    }

    #[tokio::test]
    async fn impersonation_and_the_context_reach_the_credentials() {
        let (_folder, path) = written(TWO);
        let options = Options {
            impersonate: Some("jane".to_owned()),
            ..options(&path, &[])
        };
        let fleet = resolve(&options).unwrap();
        let credentials = fleet.clusters[0].credentials().await.unwrap();
        assert_eq!(
            credentials.config.auth_info.impersonate.as_deref(),
            Some("jane")
        );
        assert_eq!(credentials.config.default_namespace, "shop");
        assert!(!credentials.config.default_retry);
    }
}

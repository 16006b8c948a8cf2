//! Which clusters, and with whose credentials: the kubeconfig as kubectl resolves it, or the pod's own service account.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use kube::config::{Kubeconfig, KubeconfigError};

use crate::model::{ConfigFault, Text};
use crate::source::text::{MESSAGE, clean};

/// What a pod's own cluster is called.
pub(super) use crate::model::IN_CLUSTER;
const SERVICE_ACCOUNT: &str = "/var/run/secrets/kubernetes.io/serviceaccount";

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
    pub(super) name: String,
    pub(super) origin: Origin,
    pub(super) impersonate: Option<String>,
    pub(super) impersonate_groups: Vec<String>,
    pub(super) namespaces: Vec<String>,
    pub(super) configured_namespaces: Vec<String>,
    pub(super) all_namespaces: bool,
    pub(super) request_timeout: Option<Duration>,
}

#[derive(Clone, Debug)]
pub(super) enum Origin {
    Files(Vec<PathBuf>),
    /// The service account that Kubernetes mounts into a pod, and the server that its environment names.
    Pod {
        server: String,
        folder: PathBuf,
    },
}

/// The clusters to read, in the order they were named.
#[derive(Clone, Debug)]
pub struct Fleet {
    pub(super) clusters: Vec<Access>,
    /// All contexts that could have been named.
    pub known: Vec<String>,
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
    let in_cluster = || vec![IN_CLUSTER.to_owned()];
    let (origin, contexts, known) = match find_files(options) {
        Ok(files) => {
            let kubeconfig = read_files(&files).map_err(ConnectError::Kubeconfig)?;
            let contexts = named_contexts(&kubeconfig, &options.contexts)?;
            let known = kubeconfig.contexts.into_iter().map(|it| it.name).collect();
            (Origin::Files(files), contexts, known)
        }
        Err(looked_at) => match pod().filter(|_| options.contexts.is_empty()) {
            Some(pod) => (pod, in_cluster(), in_cluster()),
            None => return Err(ConnectError::NoKubeconfig { looked_at }),
        },
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
        known,
    })
}

/// The pod that this program runs in, if it does.
fn pod() -> Option<Origin> {
    let host = std::env::var("KUBERNETES_SERVICE_HOST").ok()?;
    let port = std::env::var("KUBERNETES_SERVICE_PORT").ok()?;
    let host = if host.contains(':') {
        format!("[{host}]")
    } else {
        host
    };
    Some(Origin::Pod {
        server: format!("https://{host}:{port}"),
        folder: SERVICE_ACCOUNT.into(),
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

pub(super) fn read_files(paths: &[PathBuf]) -> Result<Kubeconfig, ConfigFault> {
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
}

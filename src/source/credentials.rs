//! What a cluster is reached with: the words of the kubeconfig or of the pod, made ready for a client at every login.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use http::uri::InvalidUri;
use kube::config::{AuthInfo, Cluster, Config, Context, ExecAuthCluster, ExecConfig, Kubeconfig};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use secrecy::SecretString;
use serde_json::json;

use super::access::{Access, IN_CLUSTER, Origin, read_files};
use super::proxy;
use crate::model::{ConfigFault, Problem};
use crate::source::text::{MESSAGE, NAME, clean};

/// How long a connection may take to come about.
pub(super) const CONNECT: Duration = Duration::from_secs(5);

/// A configuration ready to become a client, but for an exec plugin's answer.
pub(super) struct Credentials {
    pub(super) config: Config,
    pub(super) exec: Option<ExecConfig>,
}

impl Access {
    /// Reads the credentials afresh: files change while vigie runs.
    pub(super) fn credentials(&self) -> Result<Credentials, Problem> {
        let kubeconfig = self.kubeconfig()?;
        let mut config = self.config(&kubeconfig).map_err(Problem::Config)?;
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
        read_token(&mut config.auth_info)?;
        let exec = config.auth_info.exec.take();
        Ok(Credentials { config, exec })
    }

    /// What kube's loader would make of the context, but for the proxy: kube holds `NO_PROXY` against the proxy's own name, and
    /// gives up on entries that kubectl passes over.
    fn config(&self, kubeconfig: &Kubeconfig) -> Result<Config, ConfigFault> {
        let name = || clean(&self.name, NAME);
        let context = self.context(kubeconfig);
        let context = context.ok_or_else(|| ConfigFault::ContextGone { name: name() })?;
        let (cluster, user) = self.parts(kubeconfig);
        let cluster = cluster.ok_or_else(|| ConfigFault::ClusterGone {
            name: clean(&context.cluster, NAME),
        })?;
        let server = cluster.server.as_deref().ok_or(ConfigFault::NoServer)?;
        let server = server.parse().map_err(|error: InvalidUri| {
            let words = clean(&error.to_string(), MESSAGE);
            ConfigFault::BadServer { words }
        })?;
        // It holds the authority, read from wherever it stands.
        let told = ExecAuthCluster::try_from(cluster);
        let told = told.map_err(|_| ConfigFault::AuthorityUnreadable)?;
        let variable = |name: &str| std::env::var(name).ok();
        let proxy = proxy::between(cluster.proxy_url.as_deref(), &server, variable);
        let mut config = Config::new(server);
        config.proxy_url = proxy.map_err(|_| ConfigFault::ProxyAddress)?;
        let authority = told.certificate_authority_data.as_deref();
        config.root_cert = authority.map(certificates).transpose()?;
        config.accept_invalid_certs = cluster.insecure_skip_tls_verify.unwrap_or(false);
        config.disable_compression = cluster.disable_compression.unwrap_or(false);
        config.tls_server_name.clone_from(&cluster.tls_server_name);
        if let Some(namespace) = &context.namespace {
            config.default_namespace.clone_from(namespace);
        }
        // Without a user, like kubectl: as nobody.
        config.auth_info = user.cloned().unwrap_or_default();
        let exec = config.auth_info.exec.as_mut();
        if let Some(exec) = exec.filter(|exec| exec.provide_cluster_info) {
            exec.cluster = Some(told);
        }
        Ok(config)
    }

    fn kubeconfig(&self) -> Result<Kubeconfig, Problem> {
        match &self.origin {
            Origin::Files(paths) => read_files(paths).map_err(Problem::Config),
            Origin::Pod { server, folder } => of_pod(server, folder),
        }
    }

    /// The files that the credentials stand in, as they are now.
    pub(super) fn files(&self) -> Files {
        let mut paths = match &self.origin {
            Origin::Files(paths) => paths.clone(),
            Origin::Pod { .. } => Vec::new(),
        };
        let kubeconfig = self.kubeconfig().unwrap_or_default();
        let (cluster, user) = self.parts(&kubeconfig);
        let named = user
            .into_iter()
            .flat_map(|user| [&user.token_file, &user.client_certificate, &user.client_key]);
        let trusted = cluster.map(|cluster| &cluster.certificate_authority);
        paths.extend(named.chain(trusted).flatten().map(PathBuf::from));
        Files(paths.into_iter().map(|path| (stamp(&path), path)).collect())
    }

    fn context<'a>(&self, from: &'a Kubeconfig) -> Option<&'a Context> {
        let context = from.contexts.iter().find(|it| it.name == self.name);
        context.and_then(|it| it.context.as_ref())
    }

    /// The cluster and the user that the context names.
    fn parts<'a>(&self, from: &'a Kubeconfig) -> (Option<&'a Cluster>, Option<&'a AuthInfo>) {
        let context = self.context(from);
        let is_cluster = |name: &str| context.is_some_and(|it| it.cluster == name);
        let is_user = |name: &str| context.is_some_and(|it| it.user.as_deref() == Some(name));
        let cluster = from.clusters.iter().find(|it| is_cluster(&it.name));
        let user = from.auth_infos.iter().find(|it| is_user(&it.name));
        (
            cluster.and_then(|it| it.cluster.as_ref()),
            user.and_then(|it| it.auth_info.as_ref()),
        )
    }
}

/// Files, and a stamp of each that changes with it.
pub(super) struct Files(Vec<(Stamp, PathBuf)>);

type Stamp = Option<(SystemTime, u64)>;

impl Files {
    pub(super) fn edited(&self) -> bool {
        self.0.iter().any(|(known, path)| *known != stamp(path))
    }
}

fn stamp(path: &Path) -> Stamp {
    let data = fs::metadata(path).ok()?;
    Some((data.modified().ok()?, data.len()))
}

/// The token of the file, which comes before one that is written out. kube would send a line end with it.
fn read_token(user: &mut AuthInfo) -> Result<(), Problem> {
    let Some(file) = user.token_file.take() else {
        return Ok(());
    };
    match fs::read_to_string(&file) {
        Ok(token) => user.token = Some(SecretString::from(token.trim())),
        Err(_) if user.token.is_some() => {}
        Err(error) => {
            return Err(Problem::Config(ConfigFault::Unreadable {
                path: clean(&file, MESSAGE),
                words: clean(&error.to_string(), MESSAGE),
            }));
        }
    }
    Ok(())
}

/// A pod's service account, as a kubeconfig.
fn of_pod(server: &str, folder: &Path) -> Result<Kubeconfig, Problem> {
    for needed in ["token", "ca.crt"] {
        fs::File::open(folder.join(needed)).map_err(|error| unusable_account(&error))?;
    }
    let namespace = fs::read_to_string(folder.join("namespace")).unwrap_or_default();
    let namespace = Some(namespace.trim()).filter(|name| !name.is_empty());
    let cluster = json!({"server": server, "certificate-authority": folder.join("ca.crt")});
    let context = json!({"cluster": IN_CLUSTER, "user": IN_CLUSTER, "namespace": namespace});
    let config = json!({
        "clusters": [{"name": IN_CLUSTER, "cluster": cluster}],
        "users": [{"name": IN_CLUSTER, "user": {"tokenFile": folder.join("token")}}],
        "contexts": [{"name": IN_CLUSTER, "context": context}],
    });
    serde_json::from_value(config).map_err(|error| unusable_account(&error))
}

fn unusable_account(error: &dyn std::error::Error) -> Problem {
    let words = clean(&error.to_string(), MESSAGE);
    Problem::Config(ConfigFault::ServiceAccount { words })
}

/// The certificates of an authority. Text without any would make every server a stranger.
fn certificates(pem: &[u8]) -> Result<Vec<Vec<u8>>, ConfigFault> {
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    let found = found.ok().filter(|found| !found.is_empty());
    let found = found.ok_or(ConfigFault::AuthorityNotPem)?;
    Ok(found.into_iter().map(|it| it.to_vec()).collect())
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use kube::config::KubeConfigOptions;

    use super::super::access::{Fleet, Options, resolve};
    use super::*;

    const ONE: &str = "apiVersion: v1
kind: Config
current-context: one
contexts:
- {name: one, context: {cluster: here, user: me, namespace: shop}}
clusters:
- {name: here, cluster: {server: 'https://127.0.0.1:1'}}
users:
- {name: me, user: {token: hunter2}}
";

    fn fleet(text: &str) -> (tempfile::TempDir, Fleet) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config");
        fs::write(&path, text).unwrap();
        let options = Options {
            kubeconfig: Some(path),
            impersonate: Some("jane".to_owned()),
            ..Options::default()
        };
        let fleet = resolve(&options).unwrap();
        (folder, fleet)
    }

    fn token(credentials: &Credentials) -> Option<&str> {
        let token = credentials.config.auth_info.token.as_ref();
        token.map(secrecy::ExposeSecret::expose_secret)
    }

    #[test]
    fn a_provider_that_kube_would_run_itself_is_refused() {
        let (_folder, fleet) = fleet(&ONE.replace(
            "{token: hunter2}",
            "{auth-provider: {name: gcp, config: {cmd-path: echo}}}",
        ));
        let refused = fleet.clusters[0].credentials().map(drop).unwrap_err();
        let name = "gcp".into();
        assert_eq!(refused, Problem::Config(ConfigFault::Provider { name }));
    }

    #[test]
    fn impersonation_and_the_context_reach_the_credentials() {
        let (_folder, fleet) = fleet(ONE);
        let credentials = fleet.clusters[0].credentials().unwrap();
        assert_eq!(
            credentials.config.auth_info.impersonate.as_deref(),
            Some("jane")
        );
        assert_eq!(credentials.config.default_namespace, "shop");
        assert!(!credentials.config.default_retry);
    }

    /// What kube's own loader makes of it, where no proxy is asked for.
    #[tokio::test]
    async fn nothing_that_a_kubeconfig_says_is_lost() {
        let pem = "-----BEGIN CERTIFICATE-----\nAQID\n-----END CERTIFICATE-----\n";
        let pem = STANDARD.encode(pem.repeat(2));
        let cluster = format!(
            "server: 'https://127.0.0.1:1', tls-server-name: k8s, insecure-skip-tls-verify: true, \
             disable-compression: true, certificate-authority-data: {pem}, proxy-url: 'socks5://p:1', \
             extensions: [{{name: client.authentication.k8s.io/exec, extension: {{audience: a}}}}]"
        );
        let user = "token: t, username: u, password: p, client-certificate-data: Yw==, \
                    client-key-data: aw==, as: a, as-groups: [g], as-uid: i, as-user-extra: {k: [v]}, \
                    auth-provider: {name: oidc, config: {id-token: t}}, \
                    exec: {command: c, args: [b], provideClusterInfo: true, interactiveMode: Never}";
        let text = ONE.replace("server: 'https://127.0.0.1:1'", &cluster);
        let (_folder, fleet) = fleet(&text.replace("token: hunter2", user));
        let access = &fleet.clusters[0];
        let kubeconfig = access.kubeconfig().unwrap();
        let ours = access.config(&kubeconfig).unwrap();
        let options = KubeConfigOptions::default();
        let theirs = Config::from_custom_kubeconfig(kubeconfig, &options);
        let mut theirs = theirs.await.unwrap();
        let exec = |config: &Config| config.auth_info.exec.clone().and_then(|exec| exec.cluster);
        assert_eq!(json!(exec(&ours)), json!(exec(&theirs)));
        assert_eq!(json!(exec(&ours))["config"]["audience"], "a");
        assert_eq!(json!(ours.auth_info), json!(theirs.auth_info));
        theirs.proxy_url.clone_from(&ours.proxy_url);
        assert_eq!(format!("{ours:?}"), format!("{theirs:?}"));
    }

    #[test]
    fn an_authority_without_a_certificate_is_told() {
        let authority = "certificate-authority-data: aGVsbG8=, server:";
        let (_folder, fleet) = fleet(&ONE.replace("server:", authority));
        let refused = fleet.clusters[0].credentials().map(drop).unwrap_err();
        assert_eq!(refused, Problem::Config(ConfigFault::AuthorityNotPem));
    }

    #[test]
    fn a_token_file_is_read_without_its_line_end_and_watched_for_edits() {
        let (folder, fleet) = fleet(&ONE.replace("token: hunter2", "tokenFile: secret"));
        let access = &fleet.clusters[0];
        let missing = access.credentials().map(drop).unwrap_err();
        let Problem::Config(ConfigFault::Unreadable { path, .. }) = missing else {
            panic!("{missing:?}");
        };
        assert!(path.ends_with("/secret"), "{path}");

        fs::write(folder.path().join("secret"), "first\n").unwrap();
        assert_eq!(token(&access.credentials().unwrap()), Some("first"));
        let files = access.files();
        assert!(!files.edited());
        fs::write(folder.path().join("secret"), "another").unwrap();
        assert!(files.edited());
        assert_eq!(token(&access.credentials().unwrap()), Some("another"));
    }

    #[test]
    fn in_a_pod_the_service_account_is_used_and_followed() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write("token", "one\n");
        write("namespace", "shop");
        let pem = "-----BEGIN CERTIFICATE-----\nAQID\n-----END CERTIFICATE-----\n";
        write("ca.crt", pem);
        let (_kubeconfig, fleet) = fleet(ONE);
        let access = Access {
            name: IN_CLUSTER.to_owned(),
            origin: Origin::Pod {
                server: "https://[fd00::1]:443".to_owned(),
                folder: folder.path().to_owned(),
            },
            ..fleet.clusters[0].clone()
        };
        let credentials = access.credentials().unwrap();
        let config = &credentials.config;
        assert_eq!(config.cluster_url.host(), Some("[fd00::1]"));
        assert_eq!(config.default_namespace, "shop");
        assert_eq!(config.root_cert, Some(vec![vec![1, 2, 3]]));
        assert_eq!(token(&credentials), Some("one"));

        // Kubernetes renews the token long before it ends.
        let files = access.files();
        write("token", "second");
        assert!(files.edited());
        assert_eq!(token(&access.credentials().unwrap()), Some("second"));
    }
}

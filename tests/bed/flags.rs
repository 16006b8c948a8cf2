//! What each server is told.

use std::path::{Path, PathBuf};

use super::{Result, audit, ports};

#[derive(Clone, Copy)]
pub(super) struct Ports {
    pub(super) etcd: u16,
    etcd_peer: u16,
    pub(super) api: u16,
    controllers: u16,
    scheduler: u16,
    pub(super) kubelet: u16,
}

impl Ports {
    pub(super) fn choose() -> Result<Self> {
        Ok(Self {
            etcd: ports::free()?,
            etcd_peer: ports::free()?,
            api: ports::free()?,
            controllers: ports::free()?,
            scheduler: ports::free()?,
            kubelet: ports::free()?,
        })
    }
}

pub(super) struct Flags<'a> {
    pub(super) root: &'a Path,
    pub(super) ports: Ports,
    /// The kubeconfig of the controllers.
    pub(super) admin: PathBuf,
}

impl Flags<'_> {
    fn file(&self, name: &str) -> String {
        self.root.join(name).to_string_lossy().into_owned()
    }

    fn admin_config(&self) -> String {
        format!("--kubeconfig={}", self.admin.display())
    }

    pub(super) fn etcd(&self) -> Vec<String> {
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

    pub(super) fn api_server(&self) -> Vec<String> {
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
            format!("--audit-policy-file={}", self.file("audit.yaml")),
            format!("--audit-log-path={}", self.file(audit::LOG)),
            format!("--egress-selector-config-file={}", self.file("egress.yaml")),
            // A node down for an afternoon by hand should keep its pods to look at.
            "--default-not-ready-toleration-seconds=86400".into(),
            "--default-unreachable-toleration-seconds=86400".into(),
        ]
    }

    pub(super) fn controller_manager(&self) -> Vec<String> {
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

    pub(super) fn scheduler(&self) -> Vec<String> {
        vec![
            self.admin_config(),
            "--leader-elect=false".into(),
            "--bind-address=127.0.0.1".into(),
            format!("--secure-port={}", self.ports.scheduler),
        ]
    }

    pub(super) fn kwok(&self) -> Vec<String> {
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

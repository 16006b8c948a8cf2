//! Who may call: one token per person, in groups that RBAC knows.

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::Result;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Persona {
    /// Everything.
    Admin,
    /// The built-in role `view` in the whole cluster: pods, but neither nodes nor secrets.
    Viewer,
    /// Nothing but what `ControlPlane::admit_team` gives in some namespaces.
    Team,
    /// Authenticated, without any right.
    Nobody,
    /// Everything, and each of its writes is in the API server's audit log.
    Operator,
}

impl Persona {
    pub(crate) const ALL: [Self; 5] = [
        Self::Admin,
        Self::Viewer,
        Self::Team,
        Self::Nobody,
        Self::Operator,
    ];

    /// The user name, the token and the name of the context.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Viewer => "viewer",
            Self::Team => "team",
            Self::Nobody => "nobody",
            Self::Operator => "operator",
        }
    }

    pub(crate) fn group(self) -> &'static str {
        match self {
            Self::Admin | Self::Operator => "system:masters",
            Self::Viewer => "bed:viewers",
            Self::Team => "bed:team",
            Self::Nobody => "bed:nobody",
        }
    }
}

pub(crate) fn token_file() -> String {
    Persona::ALL
        .map(|persona| {
            format!(
                "{0}-token,{0},{0},\"{1}\"\n",
                persona.name(),
                persona.group()
            )
        })
        .concat()
}

/// Every persona is a context; `current` is the one in use.
pub(crate) fn write_kubeconfig(
    path: &Path,
    server: &str,
    certificate: &Path,
    current: Persona,
) -> Result<PathBuf> {
    let entry = |field: &str, persona: Persona, value: &Value| json!({"name": persona.name(), field: value});
    let contexts = Persona::ALL.map(|persona| {
        entry(
            "context",
            persona,
            &json!({"cluster": "bed", "user": persona.name()}),
        )
    });
    let users = Persona::ALL.map(|persona| {
        entry(
            "user",
            persona,
            &json!({"token": format!("{}-token", persona.name())}),
        )
    });
    let config = json!({
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": "bed", "cluster": {
            "server": server,
            "certificate-authority-data": STANDARD.encode(fs::read(certificate)?),
        }}],
        "contexts": contexts,
        "users": users,
        "current-context": current.name(),
    });
    // JSON is YAML.
    fs::write(path, serde_json::to_string_pretty(&config)?)?;
    Ok(path.to_owned())
}

/// The rights that hold from the start.
pub(crate) fn bindings() -> Vec<Value> {
    vec![json!({
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "ClusterRoleBinding",
        "metadata": {"name": "bed-viewers"},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"},
        "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": Persona::Viewer.group()}],
    })]
}

pub(crate) fn team_binding(namespace: &str) -> Value {
    json!({
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "RoleBinding",
        "metadata": {"name": "bed-team", "namespace": namespace},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"},
        "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": Persona::Team.group()}],
    })
}

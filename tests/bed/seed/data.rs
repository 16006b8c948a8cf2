//! The seeded platform as data: see `tenants.yaml` and `platform.yaml`.

use serde::Deserialize;

use crate::bed::Result;

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub(super) enum Kind {
    Deployment,
    StatefulSet,
    DaemonSet,
    CronJob,
}

#[derive(Debug, Deserialize)]
pub(super) struct App {
    pub(super) name: String,
    #[serde(default = "deployment")]
    pub(super) kind: Kind,
    pub(super) version: String,
    pub(super) tier: Option<String>,
    pub(super) component: Option<String>,
    pub(super) size: Size,
    /// In production, then elsewhere.
    #[serde(default)]
    pub(super) replicas: [u32; 2],
    /// Of a Deployment, when the seed is done with it: the older ones are there as empty `ReplicaSets`.
    #[serde(default)]
    pub(super) revision: u32,
    pub(super) only: Option<String>,
    #[serde(default)]
    pub(super) suspended: bool,
    #[serde(default)]
    pub(super) late: bool,
}

fn deployment() -> Kind {
    Kind::Deployment
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Size {
    Small,
    Static,
    Java,
    Large,
}

#[derive(Debug, Deserialize)]
pub(super) struct Environment {
    pub(super) name: String,
    pub(super) half: Option<String>,
    pub(super) cpu: f64,
    /// In GiB.
    pub(super) memory: f64,
}

/// Which generation of the console labelled the namespaces.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Labels {
    Current,
    V9,
    V8,
    V8Misspelt,
}

#[derive(Debug, Deserialize)]
pub(super) struct Tenant {
    pub(super) name: String,
    pub(super) slug: Option<String>,
    pub(super) organization: Option<String>,
    pub(super) half: Option<String>,
    pub(super) labels: Labels,
    #[serde(default = "shared")]
    pub(super) pool: String,
    pub(super) environments: Vec<Environment>,
    pub(super) apps: Vec<App>,
}

fn shared() -> String {
    "shared".into()
}

impl Tenant {
    pub(super) fn slug(&self) -> String {
        match (&self.slug, &self.organization) {
            (Some(slug), _) => slug.clone(),
            (None, Some(organization)) => format!("{organization}-{}", self.name),
            (None, None) => self.name.clone(),
        }
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Node {
    pub(super) name: String,
    pub(super) pool: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct PlatformNamespace {
    pub(super) name: String,
    pub(super) apps: Vec<App>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Platform {
    pub(super) nodes: Vec<Node>,
    pub(super) namespaces: Vec<PlatformNamespace>,
}

pub(super) fn tenants() -> Result<Vec<Tenant>> {
    Ok(serde_saphyr::from_str(include_str!("tenants.yaml"))?)
}

pub(super) fn platform() -> Result<Platform> {
    Ok(serde_saphyr::from_str(include_str!("platform.yaml"))?)
}

//! Where a workload stands: a tenant's environment, or a namespace of the platform.

use serde_json::{Value, json};

use super::data::{Environment, Labels, PlatformNamespace, Tenant};
use super::names;

pub(super) struct Place {
    pub(super) namespace: String,
    pub(super) production: bool,
    /// What the workload label `env` says; some have none.
    pub(super) env: Option<&'static str>,
    /// `None` for the platform.
    pub(super) environment: Option<String>,
    pub(super) registry: String,
    pub(super) application: Option<String>,
    pub(super) pool: String,
}

impl Place {
    pub(super) fn of_tenant(tenant: &Tenant, environment: &Environment) -> Self {
        Self {
            namespace: names::namespace(tenant, environment),
            production: environment.name == "prod",
            env: match environment.name.as_str() {
                "dev" => Some("dev"),
                "formation" => Some("formation"),
                "qualif" | "recette" => Some("qualif"),
                "test" | "integration" => Some("test"),
                "preprod" | "staging" => Some("preprod"),
                "prod" => Some("prod"),
                _ => None,
            },
            environment: Some(environment.name.clone()),
            registry: format!("harbor.cpin.test/{}", tenant.slug()),
            application: Some(names::application(tenant, environment)),
            pool: tenant.pool.clone(),
        }
    }

    pub(super) fn of_platform(namespace: &PlatformNamespace) -> Self {
        Self {
            namespace: namespace.name.clone(),
            production: true,
            env: None,
            environment: None,
            registry: "harbor.cpin.test/dso".into(),
            application: None,
            pool: "shared".into(),
        }
    }
}

/// The labels of an environment's namespace, as each generation of the console wrote them.
pub(super) fn labels(tenant: &Tenant, environment: &Environment) -> Value {
    let project = names::uuid(&names::project_half(tenant));
    let id = names::uuid(&names::environment_half(tenant, environment));
    let mut labels = json!({
        "app.kubernetes.io/managed-by": "dso-console",
        "dso/environment": environment.name,
        "dso/environment.id": id,
        "dso/project.id": project,
    });
    let owner = "cb8e5b4b-7b7b-40f5-935f-594f48ae6565";
    let more = match tenant.labels {
        // A label cannot hold the accent and the space that a name may have.
        Labels::Current => json!({"dso/project": tenant.slug(), "dso/project.slug": tenant.slug()}),
        Labels::V9 => {
            json!({"dso/project.slug": tenant.slug(), "dso/owner.id": owner, "dso/zone": "pr"})
        }
        Labels::V8 => json!({
            "dso/organization": tenant.organization, "dso/project": tenant.name,
            "dso/owner.id": owner, "dso/zone": "default",
        }),
        Labels::V8Misspelt => json!({
            "dso/organization": tenant.organization, "dso/projet": tenant.name,
            "dso/owner.id": owner, "dso/zone": "default",
        }),
    };
    if let (Value::Object(labels), Value::Object(more)) = (&mut labels, more) {
        labels.extend(more);
    }
    labels
}

pub(super) fn quota(namespace: &str, environment: &Environment) -> Value {
    let (cpu, memory) = (
        environment.cpu.to_string(),
        format!("{}Gi", environment.memory),
    );
    json!({
        "apiVersion": "v1",
        "kind": "ResourceQuota",
        "metadata": {"name": "dso-quota", "namespace": namespace},
        "spec": {"hard": {
            "limits.cpu": cpu, "requests.cpu": cpu,
            "limits.memory": memory, "requests.memory": memory,
            "requests.nvidia.com/gpu": "0",
        }},
    })
}

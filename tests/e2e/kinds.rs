//! A kind that comes and goes while the program runs: Rancher's projects, which name what namespaces only number.

use std::time::Duration;

use serde_json::{Value, json};

use crate::arena::definition;
use crate::bed::workloads::{deployment, namespace, template};
use crate::bed::{ControlPlane, Persona, Result};
use crate::program::{Home, vigie};
use crate::terminal::Terminal;

const DEFINITION: &str =
    "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/projects.management.cattle.io";

#[tokio::test]
async fn a_project_names_its_tenant_as_long_as_its_kind_is_served() -> Result {
    // Without controllers: the Deployment stays a rollout in progress, which shows its tenant.
    let plane = ControlPlane::start_bare()?;
    let api = plane.api(Persona::Admin).await?;
    let mut space = namespace(
        "shop-prod",
        &json!({"field.cattle.io/projectId": "p-xk2v9"}),
    );
    space["metadata"]["annotations"] = json!({"field.cattle.io/projectId": "c-m-1:p-xk2v9"});
    api.create(&space).await?;
    api.create(&namespace("c-m-1", &json!({}))).await?;
    let template = template("app", "harbor.cpin.test/bed/app:1.0.0", &json!({}));
    api.create(&deployment("shop-prod", "app", 1, &template))
        .await?;
    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let tenants = || -> Result<Vec<Value>> {
        let said = vigie(
            &kubeconfig,
            ["get", "tenants", "-n", "shop-prod", "-o", "json"],
        )?;
        assert_eq!(
            said.code, 0,
            "a kind that is not installed misses nothing: {said:?}"
        );
        said.items()
    };
    let mut screen = Terminal::start(&home, &kubeconfig, &[])?;
    screen.wait_line(&["p-xk2v9/prod", "app"])?;
    assert_eq!(tenants()?[0]["name"], "p-xk2v9");

    let kind = definition("management.cattle.io", "v3", "Project", &json!([]));
    api.create(&kind).await?;
    let projects = "/apis/management.cattle.io/v3/projects";
    api.wait_for(projects, "served", |_| true).await?;
    let project = json!({
        "apiVersion": "management.cattle.io/v3", "kind": "Project",
        "metadata": {"name": "p-xk2v9", "namespace": "c-m-1"},
        "spec": {"displayName": "Shop", "clusterName": "c-m-1"},
    });
    api.create(&project).await?;
    screen.wait_line(&["Shop/prod", "app"])?;
    assert_eq!(tenants()?[0]["name"], "Shop");

    api.delete(DEFINITION).await?;
    api.wait_gone(DEFINITION).await?;
    screen.wait_line(&["p-xk2v9/prod", "app"])?;
    assert_eq!(tenants()?[0]["name"], "p-xk2v9");

    // And once more: what went may come back.
    let kind = definition("management.cattle.io", "v3", "Project", &json!([]));
    api.create(&kind).await?;
    api.wait_for(projects, "served", |_| true).await?;
    api.create(&project).await?;
    let patience = Duration::from_mins(2);
    screen.wait_at_most(patience, "named again", |text| text.contains("Shop/prod"))?;
    screen.quit()
}

//! Whose a namespace is, told from namespaces of each scheme on the real API server.

use serde_json::{Value, json};

use crate::bed::workloads::{deployment, namespace, template};
use crate::bed::{Api, ControlPlane, Persona, Result};
use crate::program::{Home, vigie, vigie_at, with};

async fn admin() -> Result<(&'static ControlPlane, Api)> {
    let plane = ControlPlane::shared()?;
    let api = plane.api(Persona::Admin).await?;
    Ok((plane, api))
}

/// A namespace with these labels and annotations.
async fn own(api: &Api, name: &str, labels: &Value, annotations: &Value) -> Result {
    let mut object = namespace(name, labels);
    object["metadata"]["annotations"] = annotations.clone();
    api.create(&object).await.map(drop)
}

/// The tenant that has the namespace, and the environment it is.
fn place(tenants: &[Value], namespace: &str) -> (String, String, String) {
    let word = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    for tenant in tenants {
        for environment in tenant["environments"].as_array().into_iter().flatten() {
            if environment["namespace"] == namespace {
                let (name, class) = (&environment["name"], &environment["class"]);
                return (word(&tenant["name"]), word(name), word(class));
            }
        }
    }
    panic!("no tenant has {namespace}: {tenants:?}")
}

fn placed(tenant: &str, environment: &str, class: &str) -> (String, String, String) {
    (tenant.to_owned(), environment.to_owned(), class.to_owned())
}

#[tokio::test]
async fn the_reference_platform_is_known_by_all_its_generations_of_labels() -> Result {
    let (plane, api) = admin().await?;
    let none = json!({});
    let current = "2daqp5tv1dcttxpys0njptfv6--8t3jx9fw4niz9uh6fzg7gkuqj";
    let labels = json!({
        "app.kubernetes.io/managed-by": "dso-console", "dso/project": "rolistes", "dso/project.slug": "rolistes",
        "dso/project.id": "9b1e6f7e-0000-4000-8000-000000000001", "dso/environment": "dev",
        "dso/environment.id": "9b1e6f7e-0000-4000-8000-000000000002",
    });
    own(&api, current, &labels, &none).await?;
    let ninth = "1oip8b09qw9877viqm2l15a2z--2duwsefg86w0l2gbk61x3g05";
    let labels = json!({
        "app.kubernetes.io/managed-by": "dso-console", "dso/project.slug": "basegun", "dso/environment": "integration",
        "dso/owner.id": "o", "dso/zone": "default",
    });
    own(&api, ninth, &labels, &none).await?;
    let eighth = "mi-annuaire-dev-6293";
    let labels = json!({
        "app.kubernetes.io/managed-by": "dso-console", "dso/organization": "mi", "dso/projet": "annuaire",
        "dso/environment": "dev", "dso/zone": "default",
    });
    own(&api, eighth, &labels, &none).await?;
    own(&api, "dso-presets", &none, &none).await?;

    let tenants = vigie(
        &plane.kubeconfig(Persona::Admin),
        ["get", "tenants", "-o", "json"],
    )?
    .items()?;
    assert_eq!(
        place(&tenants, current),
        placed("rolistes", "dev", "nonProduction")
    );
    assert_eq!(
        place(&tenants, ninth),
        placed("basegun", "integration", "nonProduction")
    );
    let (tenant, environment, class) = place(&tenants, eighth);
    assert!(tenant.ends_with("annuaire"), "{tenant}");
    assert_eq!(
        (environment.as_str(), class.as_str()),
        ("dev", "nonProduction")
    );
    assert_eq!(place(&tenants, "dso-presets").0, "platform");
    assert_eq!(place(&tenants, "dso-presets").2, "production");
    assert_eq!(place(&tenants, "kube-system").0, "platform");
    Ok(())
}

#[tokio::test]
async fn other_schemes_and_plain_namespaces_need_no_configuration() -> Result {
    let (plane, api) = admin().await?;
    let none = json!({});
    own(
        &api,
        "oil-prod",
        &json!({"capsule.clastix.io/tenant": "oil"}),
        &none,
    )
    .await?;
    let rancher = json!({"field.cattle.io/projectId": "p-xk2v9"});
    own(
        &api,
        "rancher-shop",
        &rancher,
        &json!({"field.cattle.io/projectId": "c-m-1:p-xk2v9"}),
    )
    .await?;
    own(
        &api,
        "shift-blog",
        &none,
        &json!({"openshift.io/display-name": "Blog of the ministry"}),
    )
    .await?;
    let tree = json!({"acme.tree.hnc.x-k8s.io/depth": "2", "acme-web.tree.hnc.x-k8s.io/depth": "1", "acme-web-dev.tree.hnc.x-k8s.io/depth": "0"});
    own(
        &api,
        "acme-web-dev",
        &tree,
        &json!({"hnc.x-k8s.io/subnamespace-of": "acme-web"}),
    )
    .await?;
    own(&api, "plain-shop", &none, &none).await?;

    let tenants = vigie(
        &plane.kubeconfig(Persona::Admin),
        ["get", "tenants", "-o", "json"],
    )?
    .items()?;
    assert_eq!(place(&tenants, "oil-prod").0, "oil");
    assert_eq!(place(&tenants, "rancher-shop").0, "p-xk2v9");
    assert_eq!(place(&tenants, "shift-blog").0, "Blog of the ministry");
    assert_eq!(place(&tenants, "acme-web-dev").0, "acme");
    assert_eq!(place(&tenants, "plain-shop").0, "plain-shop");
    Ok(())
}

#[tokio::test]
async fn configured_rules_go_before_the_presets_and_workloads_tell_the_class() -> Result {
    let (plane, api) = admin().await?;
    own(
        &api,
        "crm-eu",
        &json!({"team": "sales", "capsule.clastix.io/tenant": "oil"}),
        &json!({}),
    )
    .await?;
    let mut template = template("app", "harbor.cpin.test/bed/app:1.0.0", &json!({}));
    template["metadata"]["labels"]["env"] = json!("prod");
    api.create(&deployment("crm-eu", "app", 1, &template))
        .await?;
    let home = Home::new()?;
    let config = home.write("rules.toml", "[[tenancy.rules]]\nlabel = \"team\"\n")?;

    let config = config.display().to_string();
    let said = vigie_at(
        &home,
        &plane.kubeconfig(Persona::Admin),
        ["get", "tenants", "-o", "json", "--config", &config],
    )?;
    let tenants = said.items()?;
    assert_eq!(with(&tenants, "name", "sales").len(), 1, "{}", said.err);
    let (tenant, _, class) = place(&tenants, "crm-eu");
    assert_eq!((tenant.as_str(), class.as_str()), ("sales", "production"));
    Ok(())
}

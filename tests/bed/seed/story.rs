//! The night: what is wrong on the seeded platform, made by the real controllers wherever they can make it.

use serde_json::{Value, json};

use super::data::{App, Tenant};
use super::objects;
use super::place::Place;
use crate::bed::api::path_of;
use crate::bed::workloads::{job, pods_path, template, wait_pod};
use crate::bed::{Api, ControlPlane, Result, nodes};

/// What some workloads carry from the start.
pub(super) fn foretell(app: &App, place: &Place, object: &mut Value) {
    let spec = &mut object["spec"];
    match (
        place.registry.as_str(),
        place.environment.as_deref(),
        app.name.as_str(),
    ) {
        ("harbor.cpin.test/betaapp", Some("prod"), "beta-back") => {
            spec["strategy"] = json!({"rollingUpdate": {"maxSurge": 0, "maxUnavailable": "50%"}});
            spec["progressDeadlineSeconds"] = json!(20);
            set_env(&mut spec["template"], "DB_URL");
        }
        ("harbor.cpin.test/candilib", Some("integration"), "worker") => {
            annotate(
                &mut spec["template"],
                &json!({
                    "vigie.test/fate": "crash",
                    "vigie.test/message": "Error: connect ECONNREFUSED 10.0.0.41:5672",
                    "vigie.test/restarts": "72",
                    "vigie.test/log": "worker",
                }),
            );
        }
        ("harbor.cpin.test/rolistes", Some("demo"), "web") => {
            annotate(&mut spec["template"], &json!({"vigie.test/fate": "pull"}));
        }
        _ => {}
    }
}

type Found<'a> = Option<&'a (&'a App, Place)>;

fn find<'a>(
    apps: &'a [(&'a App, Place)],
    project: &str,
    environment: &str,
    name: &str,
) -> Found<'a> {
    apps.iter().find(|(app, place)| {
        place.registry.ends_with(&format!("/{project}"))
            && place.environment.as_deref() == Some(environment)
            && app.name == name
    })
}

/// A pod under a controller that is not one of Kubernetes' own.
pub(super) async fn make_database(api: &Api, apps: &[(&App, Place)]) -> Result {
    let Some((_, place)) = find(apps, "candilib", "prod", "front-usager") else {
        return Ok(());
    };
    let mut pod = template(
        "candilib-db",
        "harbor.cpin.test/dso/postgresql:16.4",
        &json!({"vigie.test/log": "http"}),
    );
    pod["apiVersion"] = json!("v1");
    pod["kind"] = json!("Pod");
    pod["metadata"]["name"] = json!("candilib-db-1");
    pod["metadata"]["namespace"] = json!(place.namespace);
    pod["metadata"]["labels"] = json!({"cnpg.io/cluster": "candilib-db", "role": "primary", "env": place.env, "tier": "db"});
    pod["metadata"]["ownerReferences"] = json!([{
        "apiVersion": "postgresql.cnpg.io/v1", "kind": "Cluster", "name": "candilib-db",
        "uid": "0a6f4f0e-3c58-4c0b-9d5e-7a6c4a09c626", "controller": true,
    }]);
    pod["spec"]["nodeSelector"] = json!({"pool": place.pool});
    pod["spec"]["containers"][0]["resources"] = json!({
        "limits": {"cpu": "1", "memory": "1Gi"}, "requests": {"cpu": "250m", "memory": "1Gi"},
    });
    api.create(&pod).await?;
    Ok(())
}

/// What happens once everything runs.
pub(super) async fn tell(api: &Api, early: &[(&App, Place)], late: &[(&App, Place)]) -> Result {
    let find = |project: &str, environment: &str, name: &str| {
        find(early, project, environment, name).or_else(|| find(late, project, environment, name))
    };
    if let Some((app, place)) = find("betaapp", "prod", "beta-back") {
        roll_out_broken(api, app, place).await?;
    }
    if let Some((app, place)) = find("basegun", "prod", "api") {
        roll_out_slowly(api, app, place).await?;
    }
    if let Some((app, place)) = find("pissenlit", "prod", "catalogue") {
        kill_one_for_memory(api, app, place).await?;
    }
    if let Some((app, place)) = find("candilib", "prod", "api-usager") {
        autoscale(api, app, place, [2, 8], 6).await?;
    }
    if let Some((app, place)) = find("cadastre", "prod", "tuiles") {
        autoscale(api, app, place, [4, 8], 11).await?;
    }
    if let Some((_, place)) = find("demarches", "prod", "portail") {
        fail_a_job(api, place).await?;
    }
    evict_runners(api).await?;
    nodes::lose(api, "app1-w02").await
}

async fn roll_out_broken(api: &Api, app: &App, place: &Place) -> Result {
    let mut template = objects::template(app, place);
    template["spec"]["containers"][0]["image"] = json!(objects::image(app, place, "2.14.0"));
    template["spec"]["containers"][0]["resources"]["limits"]["memory"] = json!("384Mi");
    template["spec"]["containers"][0]["resources"]["requests"]["memory"] = json!("384Mi");
    set_env(&mut template, "DATABASE_URL");
    annotate(
        &mut template,
        &json!({
            "vigie.test/fate": "crash",
            "vigie.test/message": "FATAL config: DB_URL is not set",
            "vigie.test/log": "beta-back",
        }),
    );
    change_template(api, app, place, &template).await
}

async fn roll_out_slowly(api: &Api, app: &App, place: &Place) -> Result {
    let mut template = objects::template(app, place);
    template["spec"]["containers"][0]["image"] = json!(objects::image(app, place, "4.8.0"));
    annotate(
        &mut template,
        &json!({"vigie.test/fate": "slow", "vigie.test/delay": "45s"}),
    );
    change_template(api, app, place, &template).await
}

async fn change_template(api: &Api, app: &App, place: &Place, template: &Value) -> Result {
    let path = path_of(&objects::workload(app, place))?;
    api.merge(&path, &json!({"spec": {"template": template}}))
        .await?;
    Ok(())
}

async fn kill_one_for_memory(api: &Api, app: &App, place: &Place) -> Result {
    let pods = pods_path(&place.namespace, &app.name);
    let pod = wait_pod(api, &pods, "there", |_| true).await?;
    let path = format!(
        "/api/v1/namespaces/{}/pods/{}",
        place.namespace,
        pod["metadata"]["name"].as_str().unwrap_or_default()
    );
    let notes =
        json!({"vigie.test/fate": "oom", "vigie.test/restarts": "4", "vigie.test/delay": "1s"});
    api.merge(&path, &json!({"metadata": {"annotations": notes}}))
        .await?;
    Ok(())
}

async fn autoscale(api: &Api, app: &App, place: &Place, bounds: [u32; 2], wanted: u32) -> Result {
    let [object, status] = objects::autoscaler(app, place, bounds, wanted);
    api.create(&object).await?;
    api.merge(&format!("{}/status", path_of(&object)?), &status)
        .await?;
    Ok(())
}

async fn fail_a_job(api: &Api, place: &Place) -> Result {
    let notes = json!({
        "vigie.test/fate": "failed",
        "vigie.test/message": "PG::QueryCanceled: canceling statement due to statement timeout",
    });
    let image = format!("{}/import:2026.11.2", place.registry);
    let mut template = template("import-communes", &image, &notes);
    template["metadata"]["labels"]["env"] = json!(place.env);
    template["metadata"]["labels"]["tier"] = json!("backend");
    api.create(&job(
        &place.namespace,
        "import-communes-29384920",
        &template,
    ))
    .await?;
    Ok(())
}

/// A node short of disk put out the runner pods of two tenants.
async fn evict_runners(api: &Api) -> Result {
    for (project, tenant) in [(48, "betaapp"), (51, "rolistes")] {
        let image = "harbor.cpin.test/dso/build-java:21";
        let notes = json!({
            "vigie.test/fate": "evicted",
            "vigie.test/message": "The node was low on resource: ephemeral-storage. Threshold quantity: 21474836480, available: 18223104Ki. ",
        });
        let mut pod = template("build", image, &notes);
        pod["apiVersion"] = json!("v1");
        pod["kind"] = json!("Pod");
        pod["metadata"]["name"] = json!(format!("runner-t3kqvf2-project-{project}-concurrent-0"));
        pod["metadata"]["namespace"] = json!("dso-gitlab");
        pod["metadata"]["labels"] = json!({"app": "gitlab-runner-job", "dso/project.slug": tenant});
        pod["spec"]["restartPolicy"] = json!("Never");
        pod["spec"]["nodeName"] = json!("dso-w04");
        api.create(&pod).await?;
    }
    nodes::set_fate(api, "dso-w04", "disk-pressure").await
}

pub(super) fn write_logs(plane: &ControlPlane) -> Result {
    plane.write_log(
        "http",
        &[
            "level=info msg=\"listening on :8080\"",
            "level=info msg=\"GET /health 200 1ms\"",
            "level=info msg=\"GET /api/v1/items 200 18ms\"",
            "level=warn msg=\"slow query\" duration=812ms",
            "level=info msg=\"GET /health 200 1ms\"",
        ],
    )?;
    plane.write_previous_log("http", &["level=info msg=\"shutting down\""])?;
    let fatal = [
        "  .   ____          _            __ _ _",
        " :: Spring Boot ::                (v3.5.6)",
        "INFO  main BetaBackApplication - Starting BetaBackApplication v2.14.0",
        "INFO  main BetaBackApplication - The following 1 profile is active: \"prod\"",
        "INFO  main o.s.b.w.e.tomcat.TomcatWebServer - Tomcat initialized with port 8080",
        "FATAL config: DB_URL is not set",
    ];
    plane.write_log("beta-back", &fatal)?;
    plane.write_previous_log("beta-back", &fatal)?;
    let refused = [
        "[worker] starting, queue=reservations",
        "[worker] Error: connect ECONNREFUSED 10.0.0.41:5672",
        "    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1611:16)",
        "[worker] exit 1",
    ];
    plane.write_log("worker", &refused)?;
    plane.write_previous_log("worker", &refused)
}

/// The team persona is of candilib and sees its three environments.
pub(super) fn admit_team(plane: &ControlPlane, tenants: &[Tenant]) -> Result {
    for tenant in tenants.iter().filter(|tenant| tenant.name == "candilib") {
        for environment in &tenant.environments {
            let namespace = super::names::namespace(tenant, environment);
            plane.block_on(async |_| plane.admit_team(&namespace).await)?;
        }
    }
    Ok(())
}

fn annotate(template: &mut Value, notes: &Value) {
    if let (Some(annotations), Some(notes)) = (
        template["metadata"]["annotations"].as_object_mut(),
        notes.as_object(),
    ) {
        annotations.extend(notes.clone());
    }
}

fn set_env(template: &mut Value, name: &str) {
    let variable =
        json!({"name": name, "valueFrom": {"secretKeyRef": {"name": "beta-db", "key": "url"}}});
    if let Some(env) = template["spec"]["containers"][0]["env"].as_array_mut() {
        env.push(variable);
    }
}

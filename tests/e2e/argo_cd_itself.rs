//! Argo CD behaves on the bed as it does in life. What vigie says of a workload that it manages rests on these.

use std::time::Duration;

use rstest::rstest;
use serde_json::{Value, json};

use crate::arena::IMAGE;
use crate::bed::argo_cd::objects::{application, application_set, path, self_heal};
use crate::bed::argo_cd::{ArgoCd, Repo};
use crate::bed::workloads::{deployment, deployment_path, namespace, template};
use crate::bed::{Api, Persona, Result};

/// It corrects within two seconds; a busy machine takes longer.
const SOON: Duration = Duration::from_secs(30);
const WORKLOADS: &str = "workloads";

/// A repository with a Deployment `app` of one replica, and a namespace for it.
async fn stage(name: &str) -> Result<(&'static ArgoCd, Api, Repo)> {
    let argo = ArgoCd::shared()?;
    let api = ArgoCd::plane()?.api(Persona::Admin).await?;
    api.create(&namespace(name, &json!({}))).await?;
    let repo = argo.repo(name)?;
    let workload = deployment(name, "app", 1, &template("app", IMAGE, &json!({})));
    repo.commit(&format!("{WORKLOADS}/app.yaml"), &workload.to_string())?;
    Ok((argo, api, repo))
}

/// The same under an Application of the test's name that heals itself.
async fn deployed(name: &str) -> Result<(&'static ArgoCd, Api)> {
    let (argo, api, repo) = stage(name).await?;
    api.create(&application(name, &repo, WORKLOADS, name, &self_heal()))
        .await?;
    argo.wait_synced(&api, name).await?;
    Ok((argo, api))
}

/// The same once more, where that Application is itself declared in git, to the Application `NAME-parent`.
async fn declared(name: &str, policy: &Value) -> Result<(&'static ArgoCd, Api)> {
    let (argo, api, repo) = stage(name).await?;
    let child = application(name, &repo, WORKLOADS, name, policy);
    repo.commit("applications/child.yaml", &child.to_string())?;
    let parent = parent(name);
    api.create(&application(
        &parent,
        &repo,
        "applications",
        "argocd",
        &self_heal(),
    ))
    .await?;
    argo.wait_synced(&api, &parent).await?;
    argo.wait_synced(&api, name).await?;
    Ok((argo, api))
}

fn parent(child: &str) -> String {
    format!("{child}-parent")
}

async fn scale(api: &Api, space: &str, replicas: u32) -> Result {
    let change = json!({"spec": {"replicas": replicas}});
    api.merge(&deployment_path(space, "app"), &change).await?;
    Ok(())
}

async fn set_enabled(api: &Api, name: &str, enabled: &Value) -> Result {
    let change = json!({"spec": {"syncPolicy": {"automated": {"enabled": enabled}}}});
    api.merge(&path(name), &change).await?;
    Ok(())
}

fn enabled(application: &Value) -> &Value {
    &application["spec"]["syncPolicy"]["automated"]["enabled"]
}

#[tokio::test]
async fn what_stands_in_git_is_deployed_and_marked() -> Result {
    let (argo, api, repo) = stage("argo-plain").await?;
    let wanted = application(
        "argo-plain",
        &repo,
        WORKLOADS,
        "argo-plain",
        &json!({"automated": {}}),
    );
    api.create(&wanted).await?;
    argo.wait_synced(&api, "argo-plain").await?;
    let workload = api.get(&deployment_path("argo-plain", "app")).await?;
    assert_eq!(
        workload["metadata"]["annotations"]["argocd.argoproj.io/tracking-id"],
        "argo-plain:apps/Deployment:argo-plain/app"
    );
    Ok(())
}

#[tokio::test]
async fn a_commit_is_deployed_once_asked_for() -> Result {
    let (argo, api, repo) = stage("argo-commit").await?;
    let wanted = application(
        "argo-commit",
        &repo,
        WORKLOADS,
        "argo-commit",
        &json!({"automated": {}}),
    );
    api.create(&wanted).await?;
    argo.wait_synced(&api, "argo-commit").await?;
    let workload = deployment("argo-commit", "app", 2, &template("app", IMAGE, &json!({})));
    let commit = repo.commit("workloads/app.yaml", &workload.to_string())?;
    argo.refresh(&api, "argo-commit").await?;
    api.wait_at_most(SOON, &path("argo-commit"), "at the commit", |it| {
        let last = &it["status"]["operationState"];
        last["phase"] == "Succeeded" && last["syncResult"]["revision"] == commit.as_str()
    })
    .await?;
    let workload = api.get(&deployment_path("argo-commit", "app")).await?;
    assert_eq!(workload["spec"]["replicas"], 2);
    Ok(())
}

#[tokio::test]
async fn a_workload_changed_by_hand_is_put_back() -> Result {
    let (_, api) = deployed("argo-heal").await?;
    scale(&api, "argo-heal", 3).await?;
    let workload = deployment_path("argo-heal", "app");
    api.wait_at_most(SOON, &workload, "put back", |it| {
        it["spec"]["replicas"] == 1
    })
    .await?;
    Ok(())
}

#[tokio::test]
async fn auto_sync_switched_off_on_a_child_stays_off() -> Result {
    let (argo, api) = declared("argo-off", &self_heal()).await?;
    set_enabled(&api, "argo-off", &json!(false)).await?;
    argo.refresh(&api, &parent("argo-off")).await?;
    let off = |child: &Value| enabled(child) == false;
    api.stays(&path("argo-off"), Duration::from_secs(15), off)
        .await?;
    // The parent does not even see a difference.
    argo.wait_synced(&api, &parent("argo-off")).await?;

    scale(&api, "argo-off", 3).await?;
    argo.refresh(&api, "argo-off").await?;
    let workload = deployment_path("argo-off", "app");
    let scaled = |it: &Value| it["spec"]["replicas"] == 3;
    api.stays(&workload, Duration::from_secs(10), scaled)
        .await?;
    let child = api.get(&path("argo-off")).await?;
    assert_eq!(child["status"]["sync"]["status"], "OutOfSync");
    assert!(off(&child));

    set_enabled(&api, "argo-off", &Value::Null).await?;
    api.wait_at_most(SOON, &workload, "healed", |it| it["spec"]["replicas"] == 1)
        .await?;
    Ok(())
}

#[rstest]
#[case::removed("argo-removed", self_heal(), json!({"automated": null}))]
#[case::switched_off_though_git_says_on(
    "argo-written",
    json!({"automated": {"enabled": true, "selfHeal": true}}),
    json!({"automated": {"enabled": false}})
)]
#[tokio::test]
async fn what_git_says_of_a_childs_auto_sync_is_put_back(
    #[case] name: &str,
    #[case] policy: Value,
    #[case] change: Value,
) -> Result {
    let (_, api) = declared(name, &policy).await?;
    api.merge(&path(name), &json!({"spec": {"syncPolicy": change}}))
        .await?;
    api.wait_at_most(SOON, &path(name), "put back", |child| {
        child["spec"]["syncPolicy"] == policy
    })
    .await?;
    Ok(())
}

#[tokio::test]
async fn auto_sync_switched_off_on_a_generated_application_is_put_back() -> Result {
    let (argo, api, repo) = stage("argo-set").await?;
    let generated = application("argo-set", &repo, WORKLOADS, "argo-set", &self_heal());
    api.create(&application_set("argo-set", &generated)).await?;
    argo.wait_synced(&api, "argo-set").await?;
    set_enabled(&api, "argo-set", &json!(false)).await?;
    api.wait_at_most(SOON, &path("argo-set"), "put back", |it| {
        enabled(it).is_null()
    })
    .await?;
    Ok(())
}

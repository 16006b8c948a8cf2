//! Argo CD in one cluster deploys to another: both are watched, and what it does there is told and held back from here.

use std::fs;

use color_eyre::eyre::eyre;
use serde_json::{Value, json};
use vigie::action::{Action, HoldVerdict, Request, lasting};
use vigie::model::ClusterId;

use crate::arena::{IMAGE, NEXT_IMAGE};
use crate::bed::argo_cd::objects::{application, path, self_heal};
use crate::bed::argo_cd::{ArgoCd, NAMESPACE};
use crate::bed::workloads::{deployment, deployment_path, namespace, rolled_out, template};
use crate::bed::{ControlPlane, Persona, Result};
use crate::gitops::request;
use crate::hands::Hands;
use crate::kept::{SOON, image_of, stays};
use crate::lasting::carried_out;
use crate::program::Home;

/// How Argo CD is told of another cluster.
fn cluster_secret(kubeconfig: &Value, name: &str) -> Value {
    let cluster = &kubeconfig["clusters"][0]["cluster"];
    let config = json!({
        "bearerToken": "admin-token",
        "tlsClientConfig": {"caData": cluster["certificate-authority-data"]},
    });
    json!({
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {
            "name": name,
            "namespace": NAMESPACE,
            "labels": {"argocd.argoproj.io/secret-type": "cluster"},
        },
        "stringData": {
            "name": name,
            "server": cluster["server"],
            "config": config.to_string(),
        },
    })
}

/// Both clusters in one file, as on a bastion; the context names are not those that Argo CD uses.
fn both(home: &Value, away: &Value) -> Value {
    let of = |config: &Value, name: &str| json!({"name": name, "cluster": config["clusters"][0]["cluster"]});
    let context =
        |name: &str| json!({"name": name, "context": {"cluster": name, "user": "operator"}});
    json!({
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [of(home, "dso"), of(away, "public1")],
        "contexts": [context("dso"), context("public1")],
        "users": [{"name": "operator", "user": {"token": "operator-token"}}],
        "current-context": "dso",
    })
}

fn config(plane: &ControlPlane) -> Result<Value> {
    let text = fs::read_to_string(plane.kubeconfig(Persona::Operator))?;
    Ok(serde_json::from_str(&text)?)
}

#[tokio::test]
async fn what_another_cluster_keeps_is_foretold_and_held_back_there() -> Result {
    let name = "across";
    let argo = ArgoCd::shared()?;
    let home = ArgoCd::plane()?;
    let away = tokio::task::spawn_blocking(ControlPlane::start).await??;
    let (here, there) = (
        home.api(Persona::Admin).await?,
        away.api(Persona::Admin).await?,
    );
    there.create(&namespace(name, &json!({}))).await?;
    let (home_config, away_config) = (config(home)?, config(&away)?);
    here.create(&cluster_secret(&away_config, "app-cluster-1"))
        .await?;
    let repo = argo.repo(name)?;
    let object = |image| deployment(name, "app", 1, &template("app", image, &json!({})));
    repo.commit("w/app.yaml", &object(IMAGE).to_string())?;
    let mut app = application(name, &repo, "w", name, &self_heal());
    app["spec"]["destination"]["server"] = away_config["clusters"][0]["cluster"]["server"].clone();
    here.create(&app).await?;
    let deployed = deployment_path(name, "app");
    there
        .wait_at_most(SOON, &deployed, "rolled out", rolled_out)
        .await?;
    repo.commit("w/app.yaml", &object(NEXT_IMAGE).to_string())?;
    argo.refresh(&here, name).await?;
    there
        .wait_at_most(SOON, &deployed, "the next one", |it| {
            *image_of(it) == NEXT_IMAGE && rolled_out(it)
        })
        .await?;
    argo.wait_synced(&here, name).await?;

    let folder = Home::new()?;
    let kubeconfig = folder.write("config", &both(&home_config, &away_config).to_string())?;
    let contexts = vec!["dso".to_owned(), "public1".to_owned()];
    let mut hands = Hands::on_contexts(kubeconfig, contexts).await?;
    let away_is_read = |store: &vigie::store::Store| {
        let cluster = store.cluster(ClusterId(1));
        let mut workloads = cluster
            .into_iter()
            .flat_map(vigie::store::Cluster::workloads);
        workloads.any(|it| it.meta.namespace == name)
    };
    hands.until("read there", away_is_read).await?;
    let workload = hands.workload_in(name, "app")?;
    assert_eq!(workload.cluster, ClusterId(1));

    let back = request(&hands, &workload, "back")?;
    let alone = carried_out(&mut hands, back).await?;
    assert_eq!(alone, HoldVerdict::UndoneWithinSeconds);
    there
        .wait_at_most(SOON, &deployed, "put back", |it| {
            *image_of(it) == NEXT_IMAGE
        })
        .await?;

    // The revision that was put back has another number.
    let back = request(&hands, &workload, "back")?;
    let way = hands.with_world(|world| lasting(world, &back));
    let way = way.ok_or_else(|| eyre!("no way"))?;
    assert_eq!(way.keeper.cluster, ClusterId(0));
    let suspend = Request::new(way.keeper.clone(), Action::SuspendSync);
    carried_out(&mut hands, suspend).await?;
    let off = |store: &vigie::store::Store| {
        let cluster = store.cluster(ClusterId(0));
        let app = cluster.and_then(|it| it.application(way.keeper.uid?));
        app.is_some_and(|it| it.automated.is_some_and(|it| !it.is_on()))
    };
    hands.until("off", off).await?;
    let mut back = request(&hands, &workload, "back")?;
    back.suspended = Some(way.keeper.clone());
    carried_out(&mut hands, back).await?;
    stays(&there, name, IMAGE).await?;
    here.delete(&path(name)).await
}

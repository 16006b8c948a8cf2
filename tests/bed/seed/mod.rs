//! A realistic platform on the bed: the tenants of the reference platform in all generations of their labels, what runs in
//! them, and one bad night (see `story`).

mod data;
mod git;
mod names;
mod objects;
mod place;
mod story;

use std::time::Instant;

use futures::{StreamExt, TryStreamExt, stream};
use serde_json::{Value, json};

use self::data::{App, Kind, Platform, Tenant};
use self::place::Place;
use super::api::path_of;
use super::argo_cd::ArgoCd;
use super::binaries::tell;
use super::workloads::rolled_out;
use super::{Api, ControlPlane, Result, nodes, workloads};

const AT_ONCE: usize = 16;

/// Every app with the place it runs in.
type Catalogue<'a> = Vec<(&'a App, Place)>;

pub(crate) fn seed(plane: &ControlPlane) -> Result {
    let began = Instant::now();
    tell("seeding the platform");
    let (platform, tenants) = (data::platform()?, data::tenants()?);
    story::write_logs(plane)?;
    plane.block_on(async |api| {
        make_nodes(&api, &platform).await?;
        make_namespaces(&api, &platform, &tenants).await?;
        let (late, early): (Catalogue<'_>, Catalogue<'_>) = catalogue(&platform, &tenants)
            .into_iter()
            .partition(|(app, _)| app.late);
        make_all(&api, &early).await?;
        wait_rolled_out(&api).await?;
        story::make_database(&api, &early).await?;
        // What a full quota refuses depends on who came first.
        make_all(&api, &late).await?;
        story::tell(&api, &early, &late).await
    })?;
    story::admit_team(plane, &tenants)?;
    tell(&format!("seeded in {} s", began.elapsed().as_secs()));
    Ok(())
}

/// The tenants' environments come from git from now on, as long as what is given back runs.
pub(crate) fn deploy_from_git(plane: &ControlPlane) -> Result<ArgoCd> {
    tell("deploying the platform from git");
    let argo = ArgoCd::start(plane)?;
    plane.block_on(async |api| git::deploy(&api, &argo).await)?;
    Ok(argo)
}

fn catalogue<'a>(platform: &'a Platform, tenants: &'a [Tenant]) -> Catalogue<'a> {
    let mut all = Vec::new();
    for namespace in &platform.namespaces {
        all.extend(
            namespace
                .apps
                .iter()
                .map(|app| (app, Place::of_platform(namespace))),
        );
    }
    for tenant in tenants {
        for environment in &tenant.environments {
            let here = tenant
                .apps
                .iter()
                .map(|app| (app, Place::of_tenant(tenant, environment)));
            all.extend(here.filter(|(app, place)| app.runs_in(place)));
        }
    }
    all
}

async fn make_nodes(api: &Api, platform: &Platform) -> Result {
    let all = platform.nodes.iter().enumerate().map(|(number, node)| {
        let mut object = nodes::node(&node.name, number);
        object["metadata"]["labels"]["pool"] = json!(node.pool);
        object
    });
    api.create_all(all, AT_ONCE).await?;
    for node in &platform.nodes {
        nodes::wait_ready(api, &node.name).await?;
    }
    Ok(())
}

async fn make_namespaces(api: &Api, platform: &Platform, tenants: &[Tenant]) -> Result {
    let own = platform
        .namespaces
        .iter()
        .map(|namespace| workloads::namespace(&namespace.name, &json!({})));
    let environments = || {
        tenants
            .iter()
            .flat_map(|tenant| tenant.environments.iter().map(move |one| (tenant, one)))
    };
    let theirs = environments().map(|(tenant, environment)| {
        workloads::namespace(
            &names::namespace(tenant, environment),
            &place::labels(tenant, environment),
        )
    });
    // kube-system is there from the start.
    let own = own.filter(|object| object["metadata"]["name"] != "kube-system");
    api.create_all(own.chain(theirs), AT_ONCE).await?;
    let quotas = environments().map(|(tenant, environment)| {
        place::quota(&names::namespace(tenant, environment), environment)
    });
    api.create_all(quotas, AT_ONCE).await?;
    // A quota binds from its first status on.
    api.wait_for("/api/v1/resourcequotas", "counted", |list| {
        list["items"]
            .as_array()
            .is_some_and(|all| all.iter().all(|quota| quota["status"]["hard"].is_object()))
    })
    .await?;
    Ok(())
}

async fn make_all(api: &Api, apps: &[(&App, Place)]) -> Result {
    stream::iter(apps)
        .map(|(app, place)| make(api, app, place))
        .buffer_unordered(AT_ONCE)
        .try_collect()
        .await
}

async fn make(api: &Api, app: &App, place: &Place) -> Result {
    let mut object = objects::workload(app, place);
    story::foretell(app, place, &mut object);
    let made = api.create(&object).await?;
    if app.kind == Kind::Deployment {
        for old in objects::history(app, place, &made["metadata"]["uid"]) {
            api.create(&old).await?;
        }
        api.merge(
            &path_of(&object)?,
            &json!({"spec": {"paused": false, "replicas": app.replicas(place)}}),
        )
        .await?;
    }
    if app.replicas(place) > 1 && place.production {
        api.create(&objects::budget(app, place)).await?;
    }
    Ok(())
}

/// All Deployments but those whose fate is another.
async fn wait_rolled_out(api: &Api) -> Result {
    let settled = |object: &Value| {
        let notes = &object["spec"]["template"]["metadata"]["annotations"];
        !notes["vigie.test/fate"].is_null() || rolled_out(object)
    };
    api.wait_for("/apis/apps/v1/deployments", "rolled out", |list| {
        list["items"]
            .as_array()
            .is_some_and(|all| all.iter().all(settled))
    })
    .await?;
    Ok(())
}

//! The environments of the tenants in git, as they run, each deployed by an Application of the real Argo CD.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::bed::argo_cd::objects::{application, path};
use crate::bed::argo_cd::{ArgoCd, Repo};
use crate::bed::{Api, Result};

const KINDS: [(&str, &str); 4] = [
    ("apps", "deployments"),
    ("apps", "statefulsets"),
    ("apps", "daemonsets"),
    ("batch", "cronjobs"),
];
const TRACKING: &str = "argocd.argoproj.io/tracking-id";

/// By Application: its namespace, and the file of each of its objects.
type Folders = BTreeMap<String, (String, Vec<(String, Value)>)>;

/// Each is synced twice: there is something to go back to.
pub(super) async fn deploy(api: &Api, argo: &ArgoCd) -> Result {
    let mut deployed = Vec::new();
    for (name, (namespace, files)) in folders(api).await? {
        let repo = argo.repo(&name)?;
        for (file, object) in &files {
            repo.commit(file, &object.to_string())?;
        }
        settings(&repo, &namespace, "info")?;
        let policy = json!({"automated": {"selfHeal": true, "prune": true}});
        let app = application(&name, &repo, "deploy", &namespace, &policy);
        api.create(&app).await?;
        deployed.push((name, namespace, repo));
    }
    for (name, ..) in &deployed {
        synced(api, name).await?;
    }
    for (_, namespace, repo) in &deployed {
        settings(repo, namespace, "debug")?;
    }
    for (name, ..) in &deployed {
        argo.refresh(api, name).await?;
        synced(api, name).await?;
    }
    Ok(())
}

async fn folders(api: &Api) -> Result<Folders> {
    let mut folders = Folders::new();
    for (group, plural) in KINDS {
        let list = api.get(&format!("/apis/{group}/v1/{plural}")).await?;
        let kind = list["kind"].as_str().unwrap_or_default();
        let kind = kind.trim_end_matches("List");
        for object in list["items"].as_array().into_iter().flatten() {
            let meta = &object["metadata"];
            let Some((owner, _)) = meta["annotations"][TRACKING]
                .as_str()
                .and_then(|id| id.split_once(':'))
            else {
                continue;
            };
            let namespace = meta["namespace"].as_str().unwrap_or_default();
            let file = format!(
                "deploy/{plural}-{}.yaml",
                meta["name"].as_str().unwrap_or_default()
            );
            let (_, files) = folders
                .entry(owner.to_owned())
                .or_insert_with(|| (namespace.to_owned(), Vec::new()));
            files.push((file, written(group, kind, object)));
        }
    }
    Ok(folders)
}

/// As somebody would have written it.
fn written(group: &str, kind: &str, object: &Value) -> Value {
    let meta = &object["metadata"];
    let own = ["name", "namespace", "labels"].into_iter();
    let own: Map<_, _> = own.map(|key| (key.to_owned(), meta[key].clone())).collect();
    json!({"apiVersion": format!("{group}/v1"), "kind": kind, "metadata": own, "spec": object["spec"]})
}

fn settings(repo: &Repo, namespace: &str, level: &str) -> Result {
    let settings = json!({
        "apiVersion": "v1", "kind": "ConfigMap",
        "metadata": {"name": "settings", "namespace": namespace}, "data": {"LOG_LEVEL": level},
    });
    repo.commit("deploy/settings.yaml", &settings.to_string())?;
    Ok(())
}

async fn synced(api: &Api, name: &str) -> Result {
    api.wait_for(&path(name), "synced", |it| {
        let status = &it["status"];
        it["operation"].is_null()
            && status["operationState"]["phase"] == "Succeeded"
            && status["sync"]["status"] == "Synced"
    })
    .await?;
    Ok(())
}

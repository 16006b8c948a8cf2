//! What Argo CD is told to compare in no Application, beside what it then makes of it.

use serde_json::{Value, json};
use vigie::action::{Action, HoldVerdict, Reason, Request};

use crate::arena::IMAGE;
use crate::bed::argo_cd::objects::{application, path, self_heal};
use crate::bed::argo_cd::{ArgoCd, NAMESPACE};
use crate::bed::workloads::{namespace, template};
use crate::bed::{Api, Persona, Result};
use crate::hands::Hands;
use crate::kept::{LONG, SOON};
use crate::lasting::carried_out;

/// No other test of Argo CD has a `StatefulSet`: the rule is one for all.
const RULE: &str = "resource.customizations.ignoreDifferences.apps_StatefulSet";

async fn rule(api: &Api, rule: &Value) -> Result {
    let path = format!("/api/v1/namespaces/{NAMESPACE}/configmaps/argocd-cm");
    api.merge(&path, &json!({"data": {RULE: rule}})).await?;
    Ok(())
}

fn stateful_set(space: &str) -> Value {
    json!({
        "apiVersion": "apps/v1",
        "kind": "StatefulSet",
        "metadata": {"name": "app", "namespace": space},
        "spec": {
            "replicas": 1,
            "serviceName": "app",
            "selector": {"matchLabels": {"app": "app"}},
            "template": template("app", IMAGE, &json!({})),
        },
    })
}

#[tokio::test]
async fn a_number_that_is_compared_nowhere_is_foretold_to_stay_and_stays() -> Result {
    let name = "ignored-all";
    let argo = ArgoCd::shared()?;
    let api = ArgoCd::plane()?.api(Persona::Admin).await?;
    api.create(&namespace(name, &json!({}))).await?;
    let repo = argo.repo(name)?;
    repo.commit("w/app.yaml", &stateful_set(name).to_string())?;
    api.create(&application(name, &repo, "w", name, &self_heal()))
        .await?;
    argo.wait_synced(&api, name).await?;
    let set = format!("/apis/apps/v1/namespaces/{name}/statefulsets/app");
    let replicas = |count: u32| move |it: &Value| it["spec"]["replicas"] == count;
    let mut hands = Hands::on_argo_cd(ArgoCd::plane()?).await?;
    let object = hands.workload_in(name, "app")?;
    let scale = |count| Request::new(object.clone(), Action::Scale(count));

    let said = carried_out(&mut hands, scale(3)).await?;
    assert_eq!(said, HoldVerdict::UndoneWithinSeconds);
    api.wait_at_most(SOON, &set, "put back", replicas(1))
        .await?;

    rule(&api, &json!("jsonPointers:\n- /spec/replicas\n")).await?;
    // As the controller sees it by now.
    argo.refresh(&api, name).await?;
    let preview = hands.preview(scale(3)).await?;
    let reason = preview.hold().map(|it| it.reason.clone());
    let expected = Reason::NotCompared {
        application: name.into(),
        synced: true,
    };
    assert_eq!(reason, Some(expected));
    let said = carried_out(&mut hands, scale(3)).await?;
    assert_eq!(said, HoldVerdict::UntilNextSync);
    api.stays(&set, LONG, replicas(3)).await?;
    let app = api.get(&path(name)).await?;
    assert_eq!(app["status"]["sync"]["status"], "Synced", "{app}");

    rule(&api, &Value::Null).await?;
    argo.refresh(&api, name).await?;
    api.wait_at_most(SOON, &set, "put back", replicas(1))
        .await?;
    Ok(())
}

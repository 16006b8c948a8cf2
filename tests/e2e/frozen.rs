//! Auto-sync is held back where Argo CD knows no `automated.enabled`: by `skip-reconcile`, on the real one without that field.

use std::time::Instant;

use color_eyre::eyre::{ensure, eyre};
use serde_json::{Value, json};
use vigie::action::{Action, HoldVerdict, Note, Refusal, Request, lasting};
use vigie::model::{ClusterId, ObjectRef};
use vigie::store::Store;

use crate::arena::{IMAGE, NEXT_IMAGE};
use crate::bed::argo_cd::ArgoCd;
use crate::bed::argo_cd::objects::{application, application_set, path, self_heal};
use crate::bed::workloads::{deployment, deployment_path, namespace, rolled_out, template};
use crate::bed::{Api, Persona, Result};
use crate::gitops::request;
use crate::hands::Hands;
use crate::kept::{LONG, Plan, SOON, image_of};
use crate::lasting::{application_ref, carried_out};
use crate::program::Home;
use crate::terminal::Terminal;

const SKIP: &str = "argocd.argoproj.io/skip-reconcile";
const NOTE: &str = "vigie/auto-sync-suspended";

fn skips(app: &ObjectRef) -> impl Fn(&Store) -> bool {
    let uid = app.uid;
    move |store| {
        let cluster = store.cluster(ClusterId(0));
        let app = cluster.and_then(|it| it.application(uid?));
        app.is_some_and(vigie::model::Application::skips_reconcile)
    }
}

fn notes(preview: &vigie::action::Preview) -> Vec<Note> {
    let plan = preview.plan().and_then(|it| it.as_ref().ok());
    plan.map(|it| it.notes.clone()).unwrap_or_default()
}

async fn healed(api: &Api, name: &str) -> Result {
    let healed = |it: &Value| *image_of(it) == NEXT_IMAGE;
    api.wait_at_most(SOON, &deployment_path(name, "app"), "healed", healed)
        .await?;
    let left = api.get(&path(name)).await?;
    let annotations = &left["metadata"]["annotations"];
    ensure!(annotations[SKIP].is_null() && annotations[NOTE].is_null());
    Ok(())
}

#[tokio::test]
async fn what_is_told_not_to_look_leaves_the_workload_alone_until_it_is_restored() -> Result {
    let name = "frozen";
    let policy = json!({"automated": {"selfHeal": true}, "syncOptions": ["CreateNamespace=true"]});
    let (plane, argo) = ArgoCd::before_enabled()?;
    let plan = Plan {
        parent: true,
        ..Plan::new(name, policy.clone())
    };
    let (api, _repo) = plan.build_on(plane, argo).await?;
    let rolled = deployment_path(name, "app");
    api.wait_at_most(SOON, &rolled, "rolled out", rolled_out)
        .await?;
    let mut hands = Hands::on_argo_cd(plane).await?;
    let object = hands.workload_in(name, "app")?;
    let app = application_ref(&hands.store, name)?;

    // Argo CD does nothing that it is asked for meanwhile: not its own way back either.
    let redeploy = Request {
        suspended: Some(app.clone()),
        ..Request::new(app.clone(), Action::Redeploy { entry: None })
    };
    let refused = hands.preview(redeploy.clone()).await?;
    assert_eq!(refused.refusal(), Some(Refusal::NoEnabled));

    let asked = request(&hands, &object, "back")?;
    let way = hands.with_world(|world| lasting(world, &asked));
    let way = way.ok_or_else(|| eyre!("no way"))?;
    let suspend = Request::new(way.keeper.clone(), Action::SuspendSync);
    let preview = hands.preview(suspend.clone()).await?;
    assert_eq!(notes(&preview), [Note::Frozen]);
    let said = carried_out(&mut hands, suspend.clone()).await?;
    assert_eq!(said, HoldVerdict::Holds);
    hands.until("not looked at", skips(&app)).await?;
    let mut back = request(&hands, &object, "back")?;
    back.suspended = Some(way.keeper.clone());
    let said = carried_out(&mut hands, back).await?;
    assert_eq!(said, HoldVerdict::UntilNextSync);

    let began = Instant::now();
    while began.elapsed() < LONG {
        let there = api.get(&deployment_path(name, "app")).await?;
        let after = began.elapsed();
        ensure!(*image_of(&there) == IMAGE, "put back after {after:?}");
        let child = api.get(&path(name)).await?;
        ensure!(child["metadata"]["annotations"][SKIP] == "true");
        ensure!(child["status"]["sync"]["status"] == "Synced", "{child}");
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    }
    let again = hands.preview(suspend).await?;
    assert_eq!(again.refusal(), Some(Refusal::AutoSyncSuspended));
    let refused = hands.preview(redeploy).await?;
    assert_eq!(refused.refusal(), Some(Refusal::Skipped));

    let home = Home::new()?;
    let mut screen = Terminal::start(&home, &plane.kubeconfig(Persona::Operator), &["-n", name])?;
    let line = screen.wait_line(&["not looked at", "operator", "frozen"])?;
    println!("{line}");
    screen.quit()?;

    let restore = Request::new(way.keeper, Action::RestoreSync);
    let preview = hands.preview(restore.clone()).await?;
    let by = Note::SuspendedBy {
        by: "operator".to_owned(),
        reason: String::new(),
    };
    assert_eq!(notes(&preview), [Note::LooksAgain { syncs: true }, by]);
    carried_out(&mut hands, restore).await?;
    healed(&api, name).await?;
    let child = api.get(&path(name)).await?;
    assert_eq!(child["spec"]["syncPolicy"], policy);
    Ok(())
}

#[tokio::test]
async fn what_somebody_else_told_it_is_taken_off_and_not_signed() -> Result {
    let name = "frozen-hand";
    let (plane, argo) = ArgoCd::before_enabled()?;
    let (api, _repo) = Plan::new(name, self_heal()).build_on(plane, argo).await?;
    let by_hand = json!({"metadata": {"annotations": {SKIP: "true"}}});
    api.merge(&path(name), &by_hand).await?;
    let scaled =
        json!({"spec": {"template": {"spec": {"containers": [{"name": "app", "image": IMAGE}]}}}});
    api.strategic(&deployment_path(name, "app"), &scaled)
        .await?;
    let mut hands = Hands::on_argo_cd(plane).await?;
    let app = application_ref(&hands.store, name)?;
    hands.until("not looked at", skips(&app)).await?;
    let restore = Request::new(app, Action::RestoreSync);
    let preview = hands.preview(restore.clone()).await?;
    assert_eq!(notes(&preview), [Note::LooksAgain { syncs: true }]);
    carried_out(&mut hands, restore).await?;
    healed(&api, name).await
}

#[tokio::test]
async fn on_a_generated_application_it_is_said_to_be_undone() -> Result {
    let name = "frozen-set";
    let (plane, argo) = ArgoCd::before_enabled()?;
    let api = plane.api(Persona::Admin).await?;
    api.create(&namespace(name, &json!({}))).await?;
    let repo = argo.repo(name)?;
    let workload = deployment(name, "app", 1, &template("app", IMAGE, &json!({})));
    repo.commit("w/app.yaml", &workload.to_string())?;
    let generated = application(name, &repo, "w", name, &self_heal());
    api.create(&application_set(name, &generated)).await?;
    argo.wait_synced(&api, name).await?;
    let mut hands = Hands::on_argo_cd(plane).await?;
    let app = application_ref(&hands.store, name)?;
    let suspend = Request::new(app, Action::SuspendSync);
    let said = carried_out(&mut hands, suspend).await?;
    assert_eq!(said, HoldVerdict::UndoneWithinSeconds);
    api.wait_at_most(SOON, &path(name), "put back", |it| {
        it["metadata"]["annotations"][SKIP].is_null()
    })
    .await?;
    Ok(())
}

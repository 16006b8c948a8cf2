//! The way that lasts: auto-sync goes off, what was asked is done and stays, and what was there is restored.

use std::time::{Duration, Instant};

use color_eyre::eyre::{ensure, eyre};
use rstest::rstest;
use serde_json::{Value, json};
use vigie::action::{Action, Executed, HoldVerdict, Refusal, Request, lasting};
use vigie::model::{ClusterId, Kind, ObjectRef};
use vigie::store::Store;

use crate::arena::{IMAGE, NEXT_IMAGE, fate, place};
use crate::bed::argo_cd::ArgoCd;
use crate::bed::argo_cd::objects::{application, path};
use crate::bed::workloads::{
    deployment, deployment_path, namespace, pods_path, rolled_out, template, wait_pod,
};
use crate::bed::{Persona, Result};
use crate::gitops::request;
use crate::hands::Hands;
use crate::kept::{LONG, Plan, SOON, image_of, stays};
use crate::program::Home;
use crate::terminal::Terminal;

/// A frame is written and what came before it dropped, and Enter counts as let go.
const SETTLED: Duration = Duration::from_millis(900);

pub(crate) fn application_ref(store: &Store, name: &str) -> Result<ObjectRef> {
    let cluster = store.cluster(ClusterId(0));
    let mut applications = cluster
        .into_iter()
        .flat_map(vigie::store::Cluster::applications);
    let found = applications.find(|it| it.meta.name == name);
    let found = found.ok_or_else(|| eyre!("no Application {name}"))?;
    Ok(ObjectRef {
        cluster: ClusterId(0),
        kind: Kind::Application.into(),
        namespace: found.meta.namespace.clone(),
        name: found.meta.name.clone(),
        uid: Some(found.meta.uid),
    })
}

pub(crate) async fn carried_out(hands: &mut Hands, request: Request) -> Result<HoldVerdict> {
    let preview = hands.preview(request).await?;
    ensure!(preview.refusal().is_none(), "{:?}", preview.refusal());
    let executed = hands.execute(&preview).await?;
    let taken = matches!(&executed, Executed::Answered(it) if it[0].accepted().is_some());
    ensure!(taken, "{executed:?}");
    let hold = preview.hold().map(|it| it.verdict);
    hold.ok_or_else(|| eyre!("nothing said"))
}

#[rstest]
#[case::alone("last-alone", json!({"automated": {"selfHeal": true, "prune": true}}), false)]
#[case::under_a_parent("last-parent", json!({"automated": {"selfHeal": true}, "syncOptions": ["CreateNamespace=true"]}), true)]
#[case::switched_on_in_words("last-words", json!({"automated": {"enabled": true, "selfHeal": true}}), false)]
#[tokio::test]
async fn the_way_that_lasts_lasts_and_is_restored_as_it_was(
    #[case] name: &str,
    #[case] policy: Value,
    #[case] parent: bool,
) -> Result {
    let plan = Plan {
        parent,
        ..Plan::new(name, policy.clone())
    };
    let (api, _repo) = plan.build().await?;
    let rolled = deployment_path(name, "app");
    api.wait_at_most(SOON, &rolled, "rolled out", rolled_out)
        .await?;
    let mut hands = Hands::on_argo_cd(ArgoCd::plane()?).await?;
    let object = hands.workload_in(name, "app")?;
    let asked = request(&hands, &object, "back")?;
    let way = hands.with_world(|world| lasting(world, &asked));
    let way = way.ok_or_else(|| eyre!("no way"))?;
    assert!(way.needed);
    assert_eq!(way.keeper, application_ref(&hands.store, name)?);

    let suspend = Request::new(way.keeper.clone(), Action::SuspendSync);
    assert_eq!(carried_out(&mut hands, suspend).await?, HoldVerdict::Holds);
    let uid = way.keeper.uid;
    let off = |store: &Store| {
        let cluster = store.cluster(ClusterId(0));
        let app = cluster.and_then(|it| it.application(uid?));
        app.is_some_and(|it| it.automated.is_some_and(|it| !it.is_on()))
    };
    hands.until("off", off).await?;
    let mut back = request(&hands, &object, "back")?;
    back.suspended = Some(way.keeper.clone());
    let said = carried_out(&mut hands, back).await?;
    assert_eq!(said, HoldVerdict::UntilNextSync);

    let began = Instant::now();
    while began.elapsed() < LONG {
        let app = api.get(&deployment_path(name, "app")).await?;
        assert_eq!(
            *image_of(&app),
            IMAGE,
            "put back after {:?}",
            began.elapsed()
        );
        let child = api.get(&path(name)).await?;
        assert_eq!(child["spec"]["syncPolicy"]["automated"]["enabled"], false);
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    // Suspending once more changes nothing of what is kept.
    let again = Request::new(way.keeper.clone(), Action::SuspendSync);
    let again = hands.preview(again).await?;
    assert_eq!(again.refusal(), Some(Refusal::AutoSyncSuspended));

    let restore = Request::new(way.keeper.clone(), Action::RestoreSync);
    carried_out(&mut hands, restore).await?;
    let child = api.get(&path(name)).await?;
    assert_eq!(child["spec"]["syncPolicy"], policy);
    let notes = &child["metadata"]["annotations"];
    assert_eq!(notes["vigie/auto-sync-suspended"], Value::Null);
    api.wait_at_most(SOON, &deployment_path(name, "app"), "healed", |it| {
        *image_of(it) == NEXT_IMAGE
    })
    .await?;
    Ok(())
}

#[tokio::test]
async fn an_auto_sync_that_never_was_is_not_made() -> Result {
    let name = "last-never";
    let argo = ArgoCd::shared()?;
    let api = ArgoCd::plane()?.api(Persona::Admin).await?;
    api.create(&namespace(name, &json!({}))).await?;
    let repo = argo.repo(name)?;
    repo.commit(
        "w/app.yaml",
        &deployment(name, "app", 1, &template("app", IMAGE, &json!({}))).to_string(),
    )?;
    api.create(&application(name, &repo, "w", name, &json!({})))
        .await?;
    let mut hands = Hands::on_argo_cd(ArgoCd::plane()?).await?;
    let app = application_ref(&hands.store, name)?;
    for action in [Action::SuspendSync, Action::RestoreSync] {
        let preview = hands.preview(Request::new(app.clone(), action)).await?;
        assert_eq!(preview.refusal(), Some(Refusal::NoAutoSync));
    }
    // A sync that a person starts, by the program's own request.
    let verdict = carried_out(&mut hands, Request::new(app, Action::Sync { prune: false })).await?;
    assert_eq!(verdict, HoldVerdict::Holds);
    argo.wait_synced(&api, name).await?;
    let synced = api.get(&path(name)).await?;
    let by = &synced["status"]["operationState"]["operation"]["initiatedBy"]["username"];
    assert_eq!(by, "vigie:operator");
    Ok(())
}

#[tokio::test]
async fn a_bad_rollout_under_self_heal_is_rolled_back_to_stay() -> Result {
    let name = "last-drill";
    let plan = Plan {
        labels: place("lastdrill", "prod"),
        parent: true,
        fate: fate("crash"),
        ..Plan::new(name, json!({"automated": {"selfHeal": true}}))
    };
    let (api, _repo) = plan.build().await?;
    wait_pod(&api, &pods_path(name, "app"), "in a loop", |pod| {
        pod["status"]["containerStatuses"][0]["restartCount"].as_u64() >= Some(3)
    })
    .await?;
    let plane = ArgoCd::plane()?;
    let home = Home::new()?;
    let started = Instant::now();
    let mut screen = Terminal::start(&home, &plane.kubeconfig(Persona::Operator), &["-n", name])?;
    screen.wait_line(&["▌◆", "lastdrill/prod", "app"])?;
    let mut frames = Vec::new();
    let mut keys = 0;
    for (key, wait) in [
        ("R", "Enter confirm"),
        ("\r", "type the name"),
        ("INC-7\t", "INC-7"),
        ("lastdrill/prod", "Enter send"),
        ("\r", "your action"),
    ] {
        // Nobody reads faster.
        std::thread::sleep(SETTLED);
        screen.keys(key)?;
        keys += key.chars().count();
        frames.push(screen.wait_text(wait)?);
    }
    frames.push(screen.wait_line(&["✓", "reached"])?);
    let took = started.elapsed().as_secs_f64();
    println!("lasting drill: {keys} keys, of which 14 the name and 5 the reason; {took:.1} s");
    screen.keys("1")?;
    frames.push(screen.wait_line(&["auto-sync off", "operator", "last-drill"])?);
    println!("{}", frames.join("\n"));

    stays(&api, name, IMAGE).await?;
    let child = api.get(&path(name)).await?;
    let note = child["metadata"]["annotations"]["vigie/auto-sync-suspended"].as_str();
    let note: Value = serde_json::from_str(note.unwrap_or_default())?;
    assert_eq!(note, json!({"by": "operator", "reason": "INC-7"}));
    restored(&mut screen, name)?;
    let healed = |it: &Value| *image_of(it) == NEXT_IMAGE;
    api.wait_at_most(SOON, &deployment_path(name, "app"), "healed", healed)
        .await?;
    screen.quit()
}

/// By one key on the line of Watch, which says what comes of it.
fn restored(screen: &mut Terminal, name: &str) -> Result {
    screen.keys("j")?;
    screen.wait_line(&["▌", "auto-sync off", name])?;
    screen.keys("P")?;
    let plan = screen.wait_text("Enter confirm")?;
    for words in [
        &format!("restore auto-sync of {name}"),
        "Argo CD then syncs 1 object",
        "suspended by operator",
    ] {
        ensure!(plan.contains(words), "{words}: {plan}");
    }
    screen.keys("\r")?;
    screen.wait_text("type the name")?;
    std::thread::sleep(SETTLED);
    // Whose place is that of what it deploys.
    screen.keys("lastdrill/prod")?;
    screen.wait_text("Enter send")?;
    std::thread::sleep(SETTLED);
    screen.keys("\r")?;
    screen.wait_line(&["restore auto-sync", "reached"])?;
    Ok(())
}

//! What is asked of Flux: to write nothing so that a rollback lasts, to go on, to reconcile now.

use std::time::Duration;

use color_eyre::eyre::{ensure, eyre};
use rstest::rstest;
use serde_json::{Value, json};
use vigie::action::{Action, Executed, HoldVerdict, Preview, Refusal, Request, lasting};
use vigie::insight::is_writing;
use vigie::model::{self, ClusterId, Kind, ObjectRef};
use vigie::store::Store;

use crate::acting::{on_row, preview};
use crate::arena::{IMAGE, NEXT_IMAGE, fate, place};
use crate::bed::flux::objects::{INTERVAL, kustomization, path};
use crate::bed::flux::{Flux, NAMESPACE, Source};
use crate::bed::workloads::{
    deployment, deployment_path, namespace, pods_path, rolled_out, template, wait_pod,
};
use crate::bed::{Api, Persona, Result};
use crate::gitops::request;
use crate::hands::Hands;
use crate::kept::image_of;
use crate::program::{Home, vigie};
use crate::terminal::Terminal;

const SOON: Duration = Duration::from_secs(90);
/// Longer than two intervals.
const LONG: Duration = Duration::from_secs(2 * INTERVAL + 5);
/// A frame is written and what came before it dropped, and Enter counts as let go.
const SETTLED: Duration = Duration::from_millis(900);

/// The Deployment `app` of a Kustomization, once its second revision is there.
async fn kept(name: &str, labels: &Value, fate: &Value) -> Result<(Api, Source)> {
    let flux = Flux::shared()?;
    let api = Flux::plane()?.api(Persona::Admin).await?;
    api.create(&namespace(name, labels)).await?;
    let mut source = flux.source(&api, name).await?;
    let object = |image, fate: &Value| deployment(name, "app", 1, &template("app", image, fate));
    let first = object(IMAGE, &json!({})).to_string();
    let revision = source.commit(&[("w/app.yaml", first)]).await?;
    api.create(&kustomization(name, name, "w")).await?;
    flux.wait_applied(&api, name, &revision).await?;
    api.wait_for(&deployment_path(name, "app"), "rolled out", rolled_out)
        .await?;
    let next = object(NEXT_IMAGE, fate).to_string();
    let revision = source.commit(&[("w/app.yaml", next)]).await?;
    flux.wait_applied(&api, name, &revision).await?;
    Ok((api, source))
}

fn found<'a>(store: &'a Store, name: &str) -> Option<&'a model::Flux> {
    let cluster = store.cluster(ClusterId(0))?;
    cluster.flux().find(|it| it.meta.name == name)
}

fn object_of(store: &Store, name: &str) -> Result<ObjectRef> {
    let found = found(store, name).ok_or_else(|| eyre!("no {name}"))?;
    Ok(ObjectRef {
        cluster: ClusterId(0),
        kind: found.kind().into(),
        namespace: found.meta.namespace.clone(),
        name: found.meta.name.clone(),
        uid: Some(found.meta.uid),
    })
}

async fn carried_out(hands: &mut Hands, request: Request) -> Result<(HoldVerdict, Preview)> {
    let preview = hands.preview(request).await?;
    ensure!(preview.refusal().is_none(), "{:?}", preview.refusal());
    let executed = hands.execute(&preview).await?;
    let taken = matches!(&executed, Executed::Answered(it) if it[0].accepted().is_some());
    ensure!(taken, "{executed:?}");
    let hold = preview.hold().map(|it| it.verdict);
    Ok((hold.ok_or_else(|| eyre!("nothing said"))?, preview))
}

#[tokio::test]
async fn a_rollback_lasts_once_flux_is_suspended_and_git_comes_back_with_it() -> Result {
    let name = "flux-lasts";
    let (api, _source) = kept(name, &json!({}), &json!({})).await?;
    let app = deployment_path(name, "app");
    api.wait_at_most(SOON, &app, "rolled out", rolled_out)
        .await?;
    let mut hands = Hands::on_flux(Flux::plane()?).await?;
    let object = hands.workload_in(name, "app")?;
    let wanted = request(&hands, &object, "back")?;
    let way = hands.with_world(|world| lasting(world, &wanted));
    let way = way.ok_or_else(|| eyre!("no way"))?;
    assert!(way.needed);
    assert_eq!(way.keeper, object_of(&hands.store, name)?);
    assert_eq!(way.first(), Action::SuspendFlux);

    let before = api.get(&path(name)).await?["spec"].clone();
    let suspend = Request::new(way.keeper.clone(), Action::SuspendFlux);
    let (said, _) = carried_out(&mut hands, suspend.clone()).await?;
    assert_eq!(said, HoldVerdict::Holds);
    let quiet = |store: &Store| {
        let flux = found(store, name);
        flux.is_some_and(|it| it.suspended && !is_writing(it))
    };
    hands.until("suspended", quiet).await?;
    let mut back = request(&hands, &object, "back")?;
    back.suspended = Some(way.keeper.clone());
    let (said, _) = carried_out(&mut hands, back).await?;
    assert_eq!(said, HoldVerdict::UntilNextSync);
    api.stays(&app, LONG, |it| *image_of(it) == IMAGE).await?;

    // Neither a second suspension nor a reconciliation goes out.
    let again = hands.preview(suspend).await?;
    assert_eq!(again.refusal(), Some(Refusal::AlreadySuspended));
    let reconcile = Request::new(way.keeper.clone(), Action::Reconcile);
    let reconcile = hands.preview(reconcile).await?;
    assert_eq!(reconcile.refusal(), Some(Refusal::FluxSuspended));

    let resume = Request::new(way.keeper.clone(), Action::ResumeFlux);
    carried_out(&mut hands, resume).await?;
    let after = api.get(&path(name)).await?;
    assert_eq!(after["spec"], before);
    let notes = &after["metadata"]["annotations"];
    assert_eq!(notes["vigie/flux-suspended"], Value::Null);
    api.wait_at_most(SOON, &app, "as git has it", |it| {
        *image_of(it) == NEXT_IMAGE
    })
    .await?;
    api.delete(&path(name)).await
}

/// The bad rollout that it has applied is waited for to become ready: what is suspended meanwhile writes nothing any more.
#[tokio::test]
async fn a_rollback_does_not_wait_for_the_end_of_a_health_check() -> Result {
    let name = "flux-waits";
    let flux = Flux::shared()?;
    let api = Flux::plane()?.api(Persona::Admin).await?;
    api.create(&namespace(name, &json!({}))).await?;
    let mut source = flux.source(&api, name).await?;
    let object = |image, fate: &Value| deployment(name, "app", 1, &template("app", image, fate));
    let first = object(IMAGE, &json!({})).to_string();
    let revision = source.commit(&[("w/app.yaml", first)]).await?;
    let mut waiting = kustomization(name, name, "w");
    waiting["spec"]["wait"] = json!(true);
    waiting["spec"]["timeout"] = json!("5m");
    api.create(&waiting).await?;
    flux.wait_applied(&api, name, &revision).await?;
    let bad = object(NEXT_IMAGE, &fate("crash")).to_string();
    source.commit(&[("w/app.yaml", bad)]).await?;
    let app = deployment_path(name, "app");
    api.wait_at_most(SOON, &app, "the bad one", |it| *image_of(it) == NEXT_IMAGE)
        .await?;
    let mut hands = Hands::on_flux(Flux::plane()?).await?;
    let reconciling = |store: &Store| {
        found(store, name).is_some_and(|it| it.is("Reconciling") && !is_writing(it))
    };
    hands.until("waiting for health", reconciling).await?;
    let object = hands.workload_in(name, "app")?;
    let wanted = request(&hands, &object, "back")?;
    let way = hands.with_world(|world| lasting(world, &wanted));
    let way = way.ok_or_else(|| eyre!("no way"))?;
    carried_out(&mut hands, Request::new(way.keeper.clone(), way.first())).await?;
    let quiet = |store: &Store| {
        let flux = found(store, name);
        flux.is_some_and(|it| it.suspended && it.is("Reconciling") && !is_writing(it))
    };
    hands.until("suspended, and still waiting", quiet).await?;
    let mut back = request(&hands, &object, "back")?;
    back.suspended = Some(way.keeper.clone());
    let (said, _) = carried_out(&mut hands, back).await?;
    assert_eq!(said, HoldVerdict::UntilNextSync);
    api.stays(&app, LONG, |it| *image_of(it) == IMAGE).await?;
    api.delete(&path(name)).await
}

/// Its manager is one of those whose fields Flux makes its own; vigie's restart stays.
#[tokio::test]
async fn a_restart_by_kubectl_is_taken_back() -> Result {
    let name = "flux-kubectl";
    let (api, _source) = kept(name, &json!({}), &json!({})).await?;
    let app = deployment_path(name, "app");
    let restarted = |it: &Value| {
        let annotations = &it["spec"]["template"]["metadata"]["annotations"];
        annotations["kubectl.kubernetes.io/restartedAt"].is_string()
    };
    let note = json!({"kubectl.kubernetes.io/restartedAt": "2026-11-24T02:00:00Z"});
    let change = json!({"spec": {"template": {"metadata": {"annotations": note}}}});
    let by_kubectl = format!("{app}?fieldManager=kubectl-rollout");
    let written = api.merge(&by_kubectl, &change).await?;
    ensure!(restarted(&written), "{written}");
    api.wait_at_most(SOON, &app, "taken back", |it| !restarted(it))
        .await?;
    let mut hands = Hands::on_flux(Flux::plane()?).await?;
    let object = hands.workload_in(name, "app")?;
    let preview = hands.preview(Request::new(object, Action::Restart)).await?;
    let Some(Ok(plan)) = preview.plan() else {
        return Err(eyre!("{:?}", preview.plan()));
    };
    let by_hand = plan.by_hand.concat().join(" ");
    ensure!(
        by_hand.ends_with("restart deployment/app --field-manager=vigie"),
        "{by_hand}"
    );
    api.delete(&path(name)).await
}

/// The Kustomization is itself declared in git, to another.
#[rstest]
#[case::open("flux-child-open", None, HoldVerdict::Holds)]
#[case::declared("flux-child-declared", Some(false), HoldVerdict::UntilNextSync)]
#[tokio::test]
async fn a_parent_puts_back_only_a_suspension_that_its_git_denies(
    #[case] name: &str,
    #[case] suspend: Option<bool>,
    #[case] expected: HoldVerdict,
) -> Result {
    let flux = Flux::shared()?;
    let api = Flux::plane()?.api(Persona::Admin).await?;
    api.create(&namespace(name, &json!({}))).await?;
    let mut source = flux.source(&api, name).await?;
    let mut child = kustomization(name, name, "w");
    if let Some(suspend) = suspend {
        child["spec"]["suspend"] = json!(suspend);
    }
    let app = deployment(name, "app", 1, &template("app", IMAGE, &json!({})));
    let files = [
        ("w/app.yaml", app.to_string()),
        ("k/child.yaml", child.to_string()),
    ];
    let revision = source.commit(&files).await?;
    let parent = format!("{name}-parent");
    api.create(&kustomization(&parent, name, "k")).await?;
    for each in [&parent, &name.to_owned()] {
        flux.wait_applied(&api, each, &revision).await?;
    }
    let mut hands = Hands::on_flux(Flux::plane()?).await?;
    let child = object_of(&hands.store, name)?;
    let (said, _) = carried_out(&mut hands, Request::new(child, Action::SuspendFlux)).await?;
    assert_eq!(said, expected);
    let suspended = |it: &Value| it["spec"]["suspend"] == true;
    if expected == HoldVerdict::Holds {
        api.stays(&path(name), LONG, suspended).await?;
    } else {
        api.wait_at_most(SOON, &path(name), "put back", |it| !suspended(it))
            .await?;
    }
    api.delete(&path(&parent)).await
}

#[tokio::test]
async fn a_reconciliation_is_seen_to_be_taken_up() -> Result {
    let name = "flux-asked";
    let (api, _source) = kept(name, &json!({}), &json!({})).await?;
    // Nothing is written by itself for as long as the test lasts.
    let calm = json!({"spec": {"interval": "1h"}});
    api.merge(&path(name), &calm).await?;
    let settled = |it: &Value| {
        it["status"]["observedGeneration"] == it["metadata"]["generation"]
            && crate::bed::flux::objects::ready(it) == Some("True")
    };
    api.wait_at_most(SOON, &path(name), "calm", settled).await?;
    api.merge(
        &deployment_path(name, "app"),
        &json!({"spec": {"replicas": 3}}),
    )
    .await?;
    let kubeconfig = Flux::plane()?.kubeconfig(Persona::Operator);
    let asked = format!("kustomization/{name}");
    let args = [
        "sync",
        &asked,
        "-n",
        NAMESPACE,
        "--yes",
        "--reason",
        "INC-7",
        "--wait",
        "--confirm",
        "platform/flux-system",
    ];
    let said = vigie(&kubeconfig, args)?;
    println!("{}{}", said.out, said.err);
    ensure!(said.code == 0, "{said:?}");
    let after = api.get(&path(name)).await?;
    let sign = &after["metadata"]["annotations"]["reconcile.fluxcd.io/requestedAt"];
    assert_eq!(after["status"]["lastHandledReconcileAt"], *sign);
    let app = api.get(&deployment_path(name, "app")).await?;
    assert_eq!(app["spec"]["replicas"], 1);

    // From the list of the kind, and from a workload that it keeps.
    let home = Home::new()?;
    let mut screen = Terminal::start(&home, &kubeconfig, &["-n", NAMESPACE, "-n", name])?;
    screen.keys(&format!(":kustomizations {name}"))?;
    screen.wait_text("as kubectl gets them")?;
    std::thread::sleep(SETTLED);
    screen.keys("\r")?;
    on_row(&mut screen, name)?;
    let plan = preview(&mut screen, "sync")?;
    ensure!(plan.contains("reconcile flux-asked"), "{plan}");
    screen.keys("\u{1b}")?;
    on_row(&mut screen, name)?;
    screen.keys("4")?;
    on_row(&mut screen, "app")?;
    screen.keys("Y")?;
    let plan = screen.wait_text("Enter confirm")?;
    ensure!(plan.contains("reconcile flux-asked"), "{plan}");
    screen.keys("\u{1b}")?;
    on_row(&mut screen, "app")?;
    screen.quit()?;
    api.delete(&path(name)).await
}

#[tokio::test]
async fn a_bad_rollout_under_flux_is_rolled_back_to_stay() -> Result {
    let name = "flux-drill";
    let (api, _source) = kept(name, &place("fluxdrill", "prod"), &fate("crash")).await?;
    wait_pod(&api, &pods_path(name, "app"), "in a loop", |pod| {
        pod["status"]["containerStatuses"][0]["restartCount"].as_u64() >= Some(3)
    })
    .await?;
    let plane = Flux::plane()?;
    let home = Home::new()?;
    let mut screen = Terminal::start(&home, &plane.kubeconfig(Persona::Operator), &["-n", name])?;
    screen.wait_line(&["▌◆", "fluxdrill/prod", "app"])?;
    let mut frames = Vec::new();
    for (key, wait) in [
        ("R", "Enter confirm"),
        ("\r", "type the name"),
        ("INC-7\t", "INC-7"),
        ("fluxdrill/prod", "Enter send"),
        ("\r", "your action"),
    ] {
        // Nobody reads faster.
        std::thread::sleep(SETTLED);
        screen.keys(key)?;
        frames.push(screen.wait_text(wait)?);
    }
    frames.push(screen.wait_line(&["✓", "reached"])?);
    screen.keys("1")?;
    frames.push(screen.wait_line(&["Flux suspended", "operator", "flux-drill"])?);
    println!("{}", frames.join("\n"));
    api.stays(&deployment_path(name, "app"), LONG, |it| {
        *image_of(it) == IMAGE
    })
    .await?;
    let kept = api.get(&path(name)).await?;
    let note = kept["metadata"]["annotations"]["vigie/flux-suspended"].as_str();
    let note: Value = serde_json::from_str(note.unwrap_or_default())?;
    assert_eq!(note, json!({"by": "operator", "reason": "INC-7"}));

    // By one key on the line of Watch, which says what comes of it.
    screen.keys("j")?;
    screen.wait_line(&["▌", "Flux suspended", name])?;
    screen.keys("P")?;
    let plan = screen.wait_text("Enter confirm")?;
    println!("{plan}");
    for words in [
        "resume Flux for flux-drill",
        "reconciles at once",
        "suspended by operator",
    ] {
        ensure!(plan.contains(words), "{words}: {plan}");
    }
    screen.keys("\r")?;
    screen.wait_text("type the name")?;
    std::thread::sleep(SETTLED);
    screen.keys("platform/flux-system")?;
    screen.wait_text("Enter send")?;
    std::thread::sleep(SETTLED);
    screen.keys("\r")?;
    screen.wait_line(&["resume Flux", "reached"])?;
    api.wait_at_most(SOON, &deployment_path(name, "app"), "as git has it", |it| {
        *image_of(it) == NEXT_IMAGE
    })
    .await?;
    api.delete(&path(name)).await?;
    screen.quit()
}

/// No controller of the bed looks at it: the reading, and that what is asked is what the server takes.
#[tokio::test]
async fn a_helm_release_is_read_suspended_and_resumed() -> Result {
    let name = "flux-release";
    Flux::shared()?;
    let api = Flux::plane()?.api(Persona::Admin).await?;
    let release = json!({
        "apiVersion": "helm.toolkit.fluxcd.io/v2", "kind": "HelmRelease",
        "metadata": {"name": name, "namespace": NAMESPACE},
        "spec": {"interval": "1h", "suspend": false, "driftDetection": {"mode": "warn"}},
    });
    api.create(&release).await?;
    let mut hands = Hands::on_flux(Flux::plane()?).await?;
    let object = object_of(&hands.store, name)?;
    assert_eq!(object.kind, Kind::HelmRelease);
    let at = format!("/apis/helm.toolkit.fluxcd.io/v2/namespaces/{NAMESPACE}/helmreleases/{name}");
    for (action, suspended) in [(Action::SuspendFlux, true), (Action::ResumeFlux, false)] {
        let (said, _) = carried_out(&mut hands, Request::new(object.clone(), action)).await?;
        assert_eq!(said, HoldVerdict::Holds);
        // As it was, to the word.
        assert_eq!(api.get(&at).await?["spec"]["suspend"], suspended);
        let so = |store: &Store| found(store, name).is_some_and(|it| it.suspended == suspended);
        hands.until("told", so).await?;
    }
    api.delete(&at).await
}

//! What Argo CD is asked to do, from the command line and by the program's own plans, on the real one.

use color_eyre::eyre::{ensure, eyre};
use serde_json::{Value, json};
use vigie::action::{Action, Following, HoldVerdict, Note, OutcomeVerdict, Refusal, Request};
use vigie::model::{ObjectRef, Rehearsal};

use crate::arena::{IMAGE, NEXT_IMAGE, fate};
use crate::bed::argo_cd::objects::{application, path};
use crate::bed::argo_cd::{ArgoCd, NAMESPACE, Repo};
use crate::bed::workloads::{deployment, deployment_path, namespace, rolled_out, template};
use crate::bed::{Api, Persona, Result};
use crate::gitops::request;
use crate::hands::{Hands, now};
use crate::kept::{Plan, SOON, image_of, stays};
use crate::lasting::{application_ref, carried_out};
use crate::program::{Home, Said, vigie, vigie_at};

fn does(command: &str, name: &str, more: &[&str]) -> Result<Said> {
    let on = format!("application/{name}");
    let first = [
        command,
        &on,
        "-n",
        NAMESPACE,
        "--yes",
        "--wait",
        "--confirm",
        name,
    ];
    let kubeconfig = ArgoCd::plane()?.kubeconfig(Persona::Operator);
    vigie(&kubeconfig, first.iter().chain(more))
}

/// The same, which has to end well: what it printed.
fn did(command: &str, name: &str, more: &[&str]) -> Result<String> {
    let said = does(command, name, more)?;
    ensure!(said.code == 0, "{said:?}");
    Ok(said.out)
}

fn config_map(name: &str) -> String {
    json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}}).to_string()
}

fn app(space: &str, image: &str) -> String {
    deployment(space, "app", 1, &template("app", image, &json!({}))).to_string()
}

/// An Application that a person syncs, synced once.
async fn manual(name: &str) -> Result<(&'static ArgoCd, Api, Repo)> {
    let argo = ArgoCd::shared()?;
    let api = ArgoCd::plane()?.api(Persona::Admin).await?;
    api.create(&namespace(name, &json!({}))).await?;
    let repo = argo.repo(name)?;
    repo.commit("w/app.yaml", &app(name, IMAGE))?;
    repo.commit("w/map.yaml", &config_map("old"))?;
    api.create(&application(name, &repo, "w", name, &json!({})))
        .await?;
    api.wait_for(&path(name), "compared", |it| {
        it["status"]["sync"]["status"] == "OutOfSync"
    })
    .await?;
    did("sync", name, &[])?;
    argo.wait_synced(&api, name).await?;
    Ok((argo, api, repo))
}

/// What git has now differs from what is there.
async fn ahead(argo: &ArgoCd, api: &Api, repo: &Repo, name: &str) -> Result {
    let commit = repo.commit("w/app.yaml", &app(name, NEXT_IMAGE))?;
    argo.refresh(api, name).await?;
    let compared = |it: &Value| {
        it["status"]["sync"]["revision"] == commit.as_str()
            && it["status"]["sync"]["status"] == "OutOfSync"
    };
    api.wait_at_most(SOON, &path(name), "compared", compared)
        .await?;
    Ok(())
}

#[tokio::test]
async fn a_dry_run_of_argo_cd_tells_what_would_change_and_changes_nothing() -> Result {
    let name = "ops-dry";
    let (argo, api, repo) = manual(name).await?;
    repo.commit("w/map.yaml", &config_map("new"))?;
    ahead(argo, &api, &repo, name).await?;
    let before = api.get(&path(name)).await?;

    let said = did("sync", name, &["--argo-dry-run"])?;
    for words in [
        "1 would be created",
        "1 would change",
        "1 without a place in git would stay",
    ] {
        ensure!(said.contains(words), "{words}: {said}");
    }
    let said = did("sync", name, &["--argo-dry-run", "--prune"])?;
    ensure!(said.contains("1 would be pruned"), "{said}");

    let after = api.get(&path(name)).await?;
    assert_eq!(after["status"]["history"], before["status"]["history"]);
    assert_eq!(after["status"]["sync"], before["status"]["sync"]);
    let last = &after["status"]["operationState"];
    assert_eq!(last["operation"]["sync"]["dryRun"], true);
    let there = api.get(&deployment_path(name, "app")).await?;
    assert_eq!(*image_of(&there), IMAGE);
    api.get(&format!("/api/v1/namespaces/{name}/configmaps/old"))
        .await?;

    // It is no deployment, and what is told of it is what it would have done.
    let hands = Hands::on_argo_cd(ArgoCd::plane()?).await?;
    let object = application_ref(&hands.store, name)?;
    let cluster = hands.store.cluster(object.cluster);
    let seen = cluster.and_then(|it| it.application(object.uid?));
    let seen = seen.ok_or_else(|| eyre!("not there"))?;
    let rehearsal = seen.operation.as_ref().and_then(|it| it.rehearsal.clone());
    let told = Rehearsal {
        creates: 1,
        changes: 1,
        prunes: 1,
        ..Rehearsal::default()
    };
    assert_eq!(rehearsal.as_deref(), Some(&told));
    let first = seen.deployed.as_ref().map(|it| it.id);
    assert_eq!(first, Some(0));

    let odd = json!({"apiVersion": "odd.test/v1", "kind": "Odd", "metadata": {"name": "odd"}});
    repo.commit("w/odd.yaml", &odd.to_string())?;
    argo.refresh(&api, name).await?;
    let said = does("sync", name, &["--argo-dry-run"])?;
    ensure!(said.code != 0 && said.out.contains("Odd odd: "), "{said:?}");
    Ok(())
}

/// The controller does not ask whether the last attempt was dry (`alreadyAttemptedSync`).
#[tokio::test]
async fn a_dry_run_keeps_auto_sync_without_self_heal_from_that_commit() -> Result {
    let name = "ops-attempt";
    let (argo, api, repo) = manual(name).await?;
    ahead(argo, &api, &repo, name).await?;
    did("sync", name, &["--argo-dry-run"])?;
    let on = json!({"spec": {"syncPolicy": {"automated": {}}}});
    api.merge(&path(name), &on).await?;
    stays(&api, name, IMAGE).await?;

    let mut hands = Hands::on_argo_cd(ArgoCd::plane()?).await?;
    let object = application_ref(&hands.store, name)?;
    let dry = Request::new(object, Action::SyncDryRun { prune: false });
    let preview = hands.preview(dry).await?;
    let plan = preview.plan().and_then(|it| it.as_ref().ok());
    let notes = plan.map(|it| it.notes.clone()).unwrap_or_default();
    assert_eq!(
        notes,
        [Note::Rehearses, Note::CountsAsAttempt { heals: false }]
    );
    let workload = hands.workload_in(name, "app")?;
    let scale = request(&hands, &workload, "scale")?;
    let preview = hands.preview(scale).await?;
    let said = preview.hold().map(|it| it.verdict);
    assert_eq!(said, Some(HoldVerdict::UntilNextSync));
    Ok(())
}

/// What became of it, as the program follows it.
async fn followed(hands: &mut Hands, object: &ObjectRef, action: Action) -> Result<OutcomeVerdict> {
    let request = Request::new(object.clone(), action);
    let verb = request.action.verb();
    let since = now();
    carried_out(hands, request).await?;
    let following = Following {
        object: object.clone(),
        verb,
        after: vigie::action::Before::default(),
        since,
        generation: None,
        of_target: false,
    };
    let over = |store: &vigie::store::Store| following.reached(store, since).is_some();
    hands.until("over", over).await?;
    let reached = following.reached(&hands.store, since);
    reached
        .map(|it| it.verdict)
        .ok_or_else(|| eyre!("not over"))
}

#[tokio::test]
async fn it_is_compared_anew_when_that_is_asked_for() -> Result {
    const REFRESH: &str = "argocd.argoproj.io/refresh";
    let name = "ops-refresh";
    let (_, api, _repo) = manual(name).await?;
    let mut hands = Hands::on_argo_cd(ArgoCd::plane()?).await?;
    let object = application_ref(&hands.store, name)?;
    for hard in [false, true] {
        let before = api.get(&path(name)).await?;
        let verdict = followed(&mut hands, &object, Action::Refresh { hard }).await?;
        assert_eq!(verdict, OutcomeVerdict::Reached, "hard: {hard}");
        let looked = |it: &Value| it["status"]["reconciledAt"].as_str().map(str::to_owned);
        let anew = |it: &Value| {
            it["metadata"]["annotations"][REFRESH].is_null() && looked(it) > looked(&before)
        };
        api.wait_at_most(SOON, &path(name), "looked at", anew)
            .await?;
    }
    Ok(())
}

#[tokio::test]
async fn an_operation_that_never_ends_is_ended() -> Result {
    let name = "ops-terminate";
    let (argo, api, repo) = manual(name).await?;
    let endless = json!({
        "apiVersion": "batch/v1", "kind": "Job",
        "metadata": {"name": "endless", "annotations": {"argocd.argoproj.io/hook": "PreSync"}},
        "spec": {"template": {
            "metadata": {"annotations": fate("ready")},
            "spec": {
                "restartPolicy": "Never",
                "containers": [{"name": "wait", "image": IMAGE}],
            },
        }},
    });
    repo.commit("w/hook.yaml", &endless.to_string())?;
    ahead(argo, &api, &repo, name).await?;
    let mut hands = Hands::on_argo_cd(ArgoCd::plane()?).await?;
    let object = application_ref(&hands.store, name)?;
    let terminate = Request::new(object.clone(), Action::Terminate);
    let idle = hands.preview(terminate.clone()).await?;
    assert_eq!(idle.refusal(), Some(Refusal::Idle));

    carried_out(
        &mut hands,
        Request::new(object.clone(), Action::Sync { prune: false }),
    )
    .await?;
    let waits = |it: &Value| {
        let last = &it["status"]["operationState"];
        let message = last["message"].as_str().unwrap_or_default();
        last["phase"] == "Running" && message.contains("endless")
    };
    api.wait_at_most(SOON, &path(name), "waiting for its hook", waits)
        .await?;
    let again = Request::new(object.clone(), Action::Sync { prune: false });
    let busy = hands.preview(again).await?;
    assert!(matches!(busy.refusal(), Some(Refusal::Busy(Some(_)))));

    let verdict = followed(&mut hands, &object, Action::Terminate).await?;
    assert_eq!(verdict, OutcomeVerdict::Reached);
    let ended = api.get(&path(name)).await?;
    assert!(ended["operation"].is_null());
    assert_eq!(ended["status"]["operationState"]["phase"], "Failed");
    let there = api.get(&deployment_path(name, "app")).await?;
    assert_eq!(*image_of(&there), IMAGE);
    Ok(())
}

#[tokio::test]
async fn it_goes_back_and_is_restored_from_the_command_line() -> Result {
    let name = "ops-back";
    let policy = json!({"automated": {"selfHeal": true}});
    let (api, _repo) = Plan::new(name, policy.clone()).build().await?;
    let alone = does("rollback", name, &[])?;
    ensure!(alone.code == 1, "{alone:?}");
    did("pause", name, &["--reason", "INC-3"])?;
    did("rollback", name, &["--to-revision", "0"])?;
    stays(&api, name, IMAGE).await?;
    let child = api.get(&path(name)).await?;
    let newest = child["status"]["history"]
        .as_array()
        .and_then(|it| it.last().cloned());
    let newest = newest.ok_or_else(|| eyre!("{child}"))?;
    assert_eq!(newest["initiatedBy"]["username"], "vigie:operator");

    did("resume", name, &[])?;
    let healed = |it: &Value| *image_of(it) == NEXT_IMAGE;
    api.wait_at_most(SOON, &deployment_path(name, "app"), "healed", healed)
        .await?;
    let child = api.get(&path(name)).await?;
    assert_eq!(child["spec"]["syncPolicy"], policy);
    Ok(())
}

/// One command does both, and says at its end what stays off.
#[tokio::test]
async fn a_rollback_that_lasts_is_one_command() -> Result {
    let name = "ops-lasting";
    let policy = json!({"automated": {"selfHeal": true}});
    let (api, _repo) = Plan::new(name, policy.clone()).build().await?;
    let rolled = deployment_path(name, "app");
    api.wait_at_most(SOON, &rolled, "rolled out", rolled_out)
        .await?;
    let home = Home::new()?;
    let kubeconfig = ArgoCd::plane()?.kubeconfig(Persona::Operator);
    let vigie = |words: &[&str]| vigie_at(&home, &kubeconfig, words);
    let on = ["rollback", "deploy/app", "-n", name, "--confirm", name];
    let alone = vigie(&on)?;
    ensure!(alone.code == 1, "{alone:?}");
    ensure!(alone.err.contains("--lasting"), "{alone:?}");
    assert_eq!(*image_of(&api.get(&rolled).await?), NEXT_IMAGE);
    let scale = ["scale", "deploy/app", "--replicas", "3"];
    let scaled = vigie(&[&scale[..], &on[2..]].concat())?;
    ensure!(scaled.code == 1, "{scaled:?}");
    ensure!(scaled.err.contains("--lasting"), "{scaled:?}");

    let more = ["--lasting", "--reason", "INC-4", "--wait", "-o", "json"];
    let lasts = vigie(&[&on[..], &more].concat())?;
    ensure!(lasts.code == 0, "{lasts:?}");
    let told = lasts.json()?;
    assert_eq!(told["first"]["outcome"]["verdict"], "reached", "{told}");
    assert_eq!(told["first"]["action"], "suspend-sync", "{told}");
    assert_eq!(told["outcome"]["verdict"], "reached", "{told}");
    let note = told["first"]["patch"].to_string();
    ensure!(note.contains("INC-4"), "{note}");
    let resume = format!("vigie resume application/{name}");
    ensure!(lasts.err.contains(&resume), "{lasts:?}");
    stays(&api, name, IMAGE).await?;

    let undone = vigie(&["undo", "-n", name, "--confirm", name, "--wait"])?;
    ensure!(undone.code == 0, "{undone:?}");
    ensure!(undone.err.contains(&resume), "{undone:?}");
    let restored = vigie(&[
        "resume",
        &format!("application/{name}"),
        "-n",
        name,
        "--confirm",
        name,
    ])?;
    ensure!(restored.code == 0, "{restored:?}");
    let child = api.get(&path(name)).await?;
    assert_eq!(child["spec"]["syncPolicy"], policy);
    Ok(())
}

/// Nothing tries that commit again, so that somebody has to.
#[tokio::test]
async fn a_sync_that_failed_needs_a_human_until_git_is_mended() -> Result {
    let name = "ops-fails";
    let policy = json!({"automated": {"selfHeal": true}, "retry": {"limit": 0}});
    let (api, repo) = Plan::new(name, policy).build().await?;
    let home = Home::new()?;
    let kubeconfig = ArgoCd::plane()?.kubeconfig(Persona::Operator);
    let findings = || -> Result<Vec<Value>> {
        let words = ["get", "findings", "-n", name, "-o", "json"];
        let said = vigie_at(&home, &kubeconfig, words)?.json()?;
        let items = said["items"].as_array().cloned().unwrap_or_default();
        let own = items.into_iter().filter(|it| it["kind"] == "Application");
        Ok(own.collect())
    };
    ensure!(findings()?.is_empty(), "{:?}", findings()?);

    let service = |spec: Value| {
        let meta = json!({"name": "bad", "namespace": name});
        json!({"apiVersion": "v1", "kind": "Service", "metadata": meta, "spec": spec}).to_string()
    };
    // No server takes a Service without ports.
    repo.commit("w/bad.yaml", &service(json!({})))?;
    ArgoCd::shared()?.refresh(&api, name).await?;
    let failed = |it: &Value| it["status"]["operationState"]["phase"] == "Failed";
    api.wait_at_most(SOON, &path(name), "failed", failed)
        .await?;
    let found = findings()?;
    ensure!(found.len() == 1, "{found:?}");
    assert_eq!(found[0]["reason"], "SyncFailed", "{found:?}");
    assert_eq!(found[0]["name"], name);

    repo.commit("w/bad.yaml", &service(json!({"ports": [{"port": 80}]})))?;
    ArgoCd::shared()?.refresh(&api, name).await?;
    api.wait_at_most(SOON, &path(name), "mended", |it| {
        it["status"]["sync"]["status"] == "Synced"
            && it["status"]["operationState"]["phase"] == "Succeeded"
    })
    .await?;
    ensure!(findings()?.is_empty(), "{:?}", findings()?);
    Ok(())
}

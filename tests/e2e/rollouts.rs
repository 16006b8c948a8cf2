//! Argo Rollouts beside their real controller: how they are told, and what each action on them leads to.

use rstest::rstest;
use serde_json::{Value, json};

use crate::arena::{IMAGE, NEXT_IMAGE, fate, place};
use crate::bed::rollouts::{Rollouts, is, path, rollout};
use crate::bed::workloads::{deployment, deployment_path, namespace, template};
use crate::bed::{Api, ControlPlane, Persona, Result};
use crate::program::{Home, Said, vigie_at};

/// A namespace of a test's own, in which the Argo Rollout `app` serves.
struct Stage {
    plane: &'static ControlPlane,
    api: Api,
    home: Home,
    space: &'static str,
    environment: String,
}

impl Stage {
    /// Nothing in it yet.
    async fn bare(space: &'static str) -> Result<Self> {
        let plane = Rollouts::plane()?;
        let api = plane.api(Persona::Admin).await?;
        let tenant = space.replace('-', "");
        api.create(&namespace(space, &place(&tenant, "dev")))
            .await?;
        Ok(Self {
            plane,
            api,
            home: Home::new()?,
            space,
            environment: format!("{tenant}/dev"),
        })
    }

    async fn new(space: &'static str, strategy: &Value) -> Result<Self> {
        let stage = Self::bare(space).await?;
        stage.serve(5, strategy).await?;
        Ok(stage)
    }

    /// Its first revision goes through no steps.
    async fn serve(&self, replicas: u32, strategy: &Value) -> Result {
        let first = template("app", IMAGE, &json!({}));
        self.api
            .create(&rollout(self.space, "app", replicas, strategy, &first))
            .await?;
        self.wait("healthy", |it| is(it, "Healthy")).await?;
        Ok(())
    }

    /// The same, with a new revision that waits at 20 %.
    async fn waiting(space: &'static str) -> Result<Self> {
        let stage = Self::new(space, &canary()).await?;
        stage.roll(&json!({})).await?;
        stage.wait_at(1).await?;
        Ok(stage)
    }

    /// A new revision, whose pods meet that fate.
    async fn roll(&self, notes: &Value) -> Result<Value> {
        let next = template("app", NEXT_IMAGE, notes);
        let change = json!({"spec": {"template": next}});
        self.api.merge(&path(self.space, "app"), &change).await
    }

    async fn read(&self) -> Result<Value> {
        Ok(self.api.get(&path(self.space, "app")).await?)
    }

    async fn wait(&self, what: &str, condition: impl Fn(&Value) -> bool) -> Result<Value> {
        let path = path(self.space, "app");
        self.api.wait_for(&path, what, condition).await
    }

    async fn wait_at(&self, step: u64) -> Result<Value> {
        self.wait("at a pause", |it| {
            is(it, "Paused") && it["status"]["currentStepIndex"] == step
        })
        .await
    }

    fn asks(&self, persona: Persona, arguments: &[&str]) -> Result<Said> {
        let kubeconfig = self.plane.kubeconfig(persona);
        vigie_at(&self.home, &kubeconfig, arguments)
    }

    /// What an action on it comes to; a plan of it before that says the same.
    fn acts(&self, words: &[&str]) -> Result<Value> {
        let on = ["ro/app", "-n", &self.environment, "-o", "json"];
        let dry = self.asks(Persona::Operator, &[words, &on, &["--dry-run"]].concat())?;
        assert_eq!(dry.code, 0, "{words:?}: {dry:?}");
        let planned = dry.json()?;
        let said = self.asks(
            Persona::Operator,
            &[words, &on, &["--yes", "--wait"]].concat(),
        )?;
        assert_eq!(said.code, 0, "{words:?}: {said:?}");
        let done = said.json()?;
        assert_eq!(done["outcome"]["verdict"], "reached", "{done}");
        for field in ["before", "after", "hold"] {
            assert_eq!(planned[field], done[field], "{words:?}");
        }
        Ok(done)
    }

    fn row(&self) -> Result<Value> {
        let asked = ["get", "deployments", "-n", &self.environment, "-o", "json"];
        let said = self.asks(Persona::Operator, &asked)?;
        let rows = said.json()?;
        let items = rows["items"].as_array().cloned().unwrap_or_default();
        assert_eq!(items.len(), 1, "{rows}");
        Ok(items.into_iter().next().unwrap_or_default())
    }
}

/// Two pauses that only a person ends.
fn canary() -> Value {
    json!({"canary": {"steps": [
        {"setWeight": 20}, {"pause": {}}, {"setWeight": 60}, {"pause": {}},
    ]}})
}

#[tokio::test]
async fn a_canary_that_waits_is_told_and_promoted_to_the_end() -> Result {
    let stage = Stage::waiting("ro-promote").await?;
    let row = stage.row()?;
    assert_eq!(row["kind"], "Rollout", "{row}");
    assert_eq!(row["state"], "paused", "{row}");
    assert_eq!(row["reason"], "CanaryPauseStep", "{row}");
    assert_eq!((&row["ready"], &row["updated"]), (&json!(5), &json!(1)));

    let first = stage.acts(&["promote"])?;
    assert_eq!(first["hold"]["verdict"], "holds", "{first}");
    let steps = |it: &Value| (it["before"]["step"].clone(), it["after"]["step"].clone());
    assert_eq!(steps(&first), (json!(1), json!(2)));
    stage.wait_at(3).await?;
    let second = stage.acts(&["promote"])?;
    assert_eq!(steps(&second), (json!(3), json!(4)));
    let over = stage.wait("healthy", |it| is(it, "Healthy")).await?;
    assert_eq!(over["status"]["stableRS"], over["status"]["currentPodHash"]);
    assert_eq!(stage.row()?["state"], "complete");
    let again = stage.asks(
        Persona::Operator,
        &["promote", "ro/app", "-n", &stage.environment, "--yes"],
    )?;
    assert_eq!(again.code, 1, "{again:?}");
    Ok(())
}

#[tokio::test]
async fn a_full_promotion_waits_for_no_step() -> Result {
    let stage = Stage::waiting("ro-full").await?;
    let done = stage.acts(&["promote", "--full"])?;
    assert_eq!(done["after"]["step"], 4, "{done}");
    let over = stage.read().await?;
    assert!(is(&over, "Healthy"), "{over}");
    assert_eq!(over["status"]["stableRS"], over["status"]["currentPodHash"]);
    Ok(())
}

#[tokio::test]
async fn a_bad_canary_is_aborted_and_rolled_back() -> Result {
    let stage = Stage::new("ro-abort", &canary()).await?;
    let first = stage.read().await?;
    stage.roll(&fate("crash")).await?;
    stage
        .wait("on its way", |it| it["status"]["updatedReplicas"] == 1)
        .await?;
    let aborted = stage.acts(&["abort"])?;
    assert_eq!(aborted["after"]["aborted"], true, "{aborted}");
    stage.wait("degraded", |it| is(it, "Degraded")).await?;
    stage
        .wait("stable", |it| {
            it["status"]["availableReplicas"] == 5 && it["status"]["replicas"] == 5
        })
        .await?;
    let row = stage.row()?;
    assert_eq!(row["state"], "failed", "{row}");
    assert_eq!(row["reason"], "RolloutAborted", "{row}");

    let back = stage.acts(&["rollback", "--to-revision", "1"])?;
    assert_eq!(back["before"]["revision"], 2, "{back}");
    // What the server fills in is told to nobody.
    let images = json!([NEXT_IMAGE, IMAGE]);
    assert_eq!(
        json!([back["before"]["images"][0], back["after"]["images"][0]]),
        images
    );
    let over = stage.read().await?;
    assert!(is(&over, "Healthy"), "{over}");
    let hash = |it: &Value| it["status"]["currentPodHash"].clone();
    assert_eq!(hash(&over), hash(&first), "the very same pods");
    let again = [
        "rollback",
        "ro/app",
        "-n",
        &stage.environment,
        "--to-revision",
        "3",
        "--yes",
    ];
    let again = stage.asks(Persona::Operator, &again)?;
    assert_eq!(again.code, 1, "it is what runs: {again:?}");

    let undone = stage.asks(Persona::Operator, &["undo", "--yes"])?;
    assert_eq!(undone.code, 0, "{undone:?}");
    let bad = stage.read().await?;
    let image = &bad["spec"]["template"]["spec"]["containers"][0]["image"];
    assert_eq!(image, NEXT_IMAGE);
    Ok(())
}

#[tokio::test]
async fn what_was_aborted_is_tried_again_and_the_other_way_round() -> Result {
    let stage = Stage::waiting("ro-retry").await?;
    stage.acts(&["abort"])?;
    stage.wait("degraded", |it| is(it, "Degraded")).await?;
    let undo = stage.asks(Persona::Operator, &["undo", "--yes", "--wait"])?;
    assert_eq!(undo.code, 0, "{undo:?}");
    stage.wait_at(1).await?;
    stage.acts(&["abort"])?;
    let retried = stage.acts(&["retry"])?;
    assert_eq!(retried["after"]["aborted"], false, "{retried}");
    stage.wait_at(1).await?;
    Ok(())
}

#[tokio::test]
async fn it_is_paused_resumed_scaled_and_restarted_as_others_are() -> Result {
    let stage = Stage::new("ro-plain", &canary()).await?;
    stage.acts(&["pause"])?;
    assert_eq!(stage.row()?["state"], "paused");
    stage.acts(&["resume"])?;
    stage.acts(&["scale", "--replicas", "3"])?;
    let before = stage.wait("healthy", |it| is(it, "Healthy")).await?;
    assert_eq!(before["spec"]["replicas"], 3);
    stage.acts(&["restart"])?;
    let after = stage.read().await?;
    assert_eq!(after["status"]["restartedAt"], after["spec"]["restartAt"]);
    assert_eq!(before["spec"]["template"], after["spec"]["template"]);
    Ok(())
}

/// Whoever promotes what is paused whole means that it goes on.
#[tokio::test]
async fn one_that_is_paused_whole_is_promoted_past_its_pause() -> Result {
    let stage = Stage::waiting("ro-whole").await?;
    let on = |it: &Value| it["spec"]["paused"].is_null();
    stage.acts(&["pause"])?;
    let first = stage.acts(&["promote"])?;
    let told = |it: &Value| {
        (
            it["before"]["paused"].clone(),
            it["after"]["paused"].clone(),
        )
    };
    assert_eq!(told(&first), (json!(true), json!(false)), "{first}");
    assert_eq!(first["after"]["step"], 2, "{first}");
    let at = stage.wait_at(3).await?;
    assert!(on(&at), "{at}");
    stage.acts(&["pause"])?;
    let full = stage.acts(&["promote", "--full"])?;
    assert_eq!(told(&full), (json!(true), json!(false)), "{full}");
    let over = stage.wait("healthy", |it| is(it, "Healthy")).await?;
    assert!(on(&over), "{over}");
    assert_eq!(over["status"]["stableRS"], over["status"]["currentPodHash"]);
    Ok(())
}

#[tokio::test]
async fn blue_green_goes_over_once_promoted() -> Result {
    let stage = Stage::bare("ro-blue").await?;
    for service in ["active", "preview"] {
        let service = json!({
            "apiVersion": "v1",
            "kind": "Service",
            "metadata": {"name": service, "namespace": stage.space},
            "spec": {"selector": {"app": "app"}, "ports": [{"port": 80}]},
        });
        stage.api.create(&service).await?;
    }
    let strategy = json!({"blueGreen": {
        "activeService": "active", "previewService": "preview", "autoPromotionEnabled": false,
    }});
    stage.serve(2, &strategy).await?;
    stage.roll(&json!({})).await?;
    stage.wait("paused", |it| is(it, "Paused")).await?;
    assert_eq!(stage.row()?["reason"], "BlueGreenPause");
    let done = stage.acts(&["promote"])?;
    assert_eq!(done["after"]["step"], Value::Null, "{done}");
    let over = stage.wait("healthy", |it| is(it, "Healthy")).await?;
    assert_eq!(over["status"]["stableRS"], over["status"]["currentPodHash"]);
    Ok(())
}

#[tokio::test]
async fn an_analysis_that_fails_gives_it_up_and_its_words_are_told() -> Result {
    let stage = Stage::bare("ro-analysis").await?;
    let pods = json!({
        "metadata": {"annotations": fate("failed")},
        "spec": {"restartPolicy": "Never", "containers": [{"name": "smoke", "image": IMAGE}]},
    });
    let analysis = json!({
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "AnalysisTemplate",
        "metadata": {"name": "smoke", "namespace": stage.space},
        "spec": {"metrics": [{
            "name": "smoke",
            "provider": {"job": {"spec": {"backoffLimit": 0, "template": pods}}},
        }]},
    });
    stage.api.create(&analysis).await?;
    let strategy = json!({"canary": {"steps": [
        {"setWeight": 20}, {"analysis": {"templates": [{"templateName": "smoke"}]}},
    ]}});
    stage.serve(5, &strategy).await?;
    stage.roll(&json!({})).await?;
    stage.wait("degraded", |it| is(it, "Degraded")).await?;
    let asked = ["get", "findings", "-n", &stage.environment, "-o", "json"];
    let found = stage.asks(Persona::Operator, &asked)?.items()?;
    let own = found.iter().find(|it| it["reason"] == "RolloutAborted");
    let words = own.map(ToString::to_string).unwrap_or_default();
    assert!(words.contains("smoke"), "{found:?}");
    let file = ["bundle", "ro/app", "-n", &stage.environment, "-o", "-"];
    let bundle = stage.asks(Persona::Operator, &file)?;
    assert_eq!(bundle.code, 0, "{bundle:?}");
    let told = |words: &str| bundle.out.contains(words);
    assert!(told("# Argo Rollout app"), "{bundle:?}");
    assert!(told("RolloutAborted"), "{bundle:?}");
    assert!(!told("labels rollouts-pod-template-hash"), "{bundle:?}");
    stage.acts(&["rollback", "--to-revision", "1"])?;
    let over = stage.read().await?;
    assert!(is(&over, "Healthy"), "{over}");
    Ok(())
}

/// The Deployment that keeps its template runs nothing itself, and is what is rolled back.
#[tokio::test]
async fn the_deployment_behind_one_is_no_outage() -> Result {
    let stage = Stage::bare("ro-ref").await?;
    let space = stage.space;
    let first = template("app", IMAGE, &json!({}));
    let mut keeper = deployment(space, "keeper", 2, &first);
    keeper["spec"]["selector"]["matchLabels"] = json!({"app": "app"});
    stage.api.create(&keeper).await?;
    let mut app = rollout(space, "app", 2, &canary(), &Value::Null);
    app["spec"]["workloadRef"] = json!({
        "apiVersion": "apps/v1", "kind": "Deployment", "name": "keeper", "scaleDown": "onsuccess",
    });
    if let Some(spec) = app["spec"].as_object_mut() {
        spec.remove("template");
        spec.remove("selector");
    }
    stage.api.create(&app).await?;
    stage.wait("healthy", |it| is(it, "Healthy")).await?;
    let path = deployment_path(space, "keeper");
    let empty = stage
        .api
        .wait_for(&path, "empty", |it| it["spec"]["replicas"] == 0)
        .await?;
    // Which is another generation of it.
    let generation = empty["metadata"]["generation"].to_string();
    stage
        .wait("aware of it", |it| {
            it["status"]["workloadObservedGeneration"] == generation.as_str()
        })
        .await?;
    let get = |what: &str| {
        let asked = ["get", what, "-n", &stage.environment, "-o", "json"];
        stage.asks(Persona::Operator, &asked)
    };
    let rows = get("deployments")?.items()?;
    let told = |name: &str| {
        let row = rows.iter().find(|it| it["name"] == name);
        row.map(|it| (it["state"].clone(), it["images"].clone()))
    };
    let images = json!([IMAGE]);
    assert_eq!(
        told("app"),
        Some((json!("complete"), images.clone())),
        "{rows:?}"
    );
    assert_eq!(told("keeper"), Some((json!("stopped"), images)), "{rows:?}");
    assert!(get("findings")?.items()?.is_empty());

    let next = template("app", NEXT_IMAGE, &json!({}));
    let change = json!({"spec": {"template": next}});
    stage.api.merge(&path, &change).await?;
    stage.wait_at(1).await?;
    // What is written is the Deployment, and the Argo Rollout follows.
    let back = stage.acts(&["rollback", "--to-revision", "1"])?;
    let patched = back["patch"][0]["path"].as_str().unwrap_or_default();
    assert!(patched.contains("/deployments/keeper"), "{back}");
    assert_eq!(back["target"]["kind"], "Rollout", "{back}");
    let image = |it: &Value| it["spec"]["template"]["spec"]["containers"][0]["image"].clone();
    assert_eq!(image(&stage.api.get(&path).await?), IMAGE);
    let over = stage.wait("healthy", |it| is(it, "Healthy")).await?;
    assert_eq!(over["status"]["stableRS"], over["status"]["currentPodHash"]);
    let undone = stage.asks(Persona::Operator, &["undo", "--yes", "--wait"])?;
    assert_eq!(undone.code, 0, "{undone:?}");
    assert_eq!(image(&stage.api.get(&path).await?), NEXT_IMAGE);
    stage.wait_at(1).await?;
    stage.acts(&["promote", "--full"])?;
    Ok(())
}

/// Who may change the object may not therefore change its status.
#[rstest]
#[case::of_the_status("patch", "rollouts", "patch rollouts.argoproj.io/status", "ro-denied")]
#[tokio::test]
async fn a_right_that_is_missing_is_named(
    #[case] verb: &str,
    #[case] resource: &str,
    #[case] missing: &str,
    #[case] space: &'static str,
) -> Result {
    let stage = Stage::waiting(space).await?;
    stage.plane.admit_team(space).await?;
    let role = json!({
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "Role",
        "metadata": {"name": "rollouts", "namespace": space},
        "rules": [{
            "apiGroups": ["argoproj.io"],
            "resources": [resource],
            "verbs": ["get", "list", "watch", verb],
        }],
    });
    let binding = json!({
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "RoleBinding",
        "metadata": {"name": "rollouts", "namespace": space},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "rollouts"},
        "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": Persona::Team.group()}],
    });
    stage.api.create(&role).await?;
    stage.api.create(&binding).await?;
    for word in ["promote", "abort"] {
        let said = stage.asks(Persona::Team, &[word, "ro/app", "-n", space, "--yes"])?;
        assert_eq!(said.code, 1, "{said:?}");
        let told = format!("{}{}", said.out, said.err);
        assert!(told.contains(missing), "{said:?}");
    }
    let still = stage.read().await?;
    assert!(is(&still, "Paused"), "{still}");
    Ok(())
}

//! What is said of whether a change holds, beside what the real Argo CD then makes of it.

use std::fmt;
use std::time::{Duration, Instant};

use color_eyre::eyre::{WrapErr, ensure, eyre};
use futures::future::try_join_all;
use serde_json::{Value, json};
use vigie::action::{Action, Executed, Hold, HoldVerdict, Reason, Request, roll_back};
use vigie::insight::Conduct;
use vigie::model::ObjectRef;

use crate::arena::{IMAGE, NEXT_IMAGE};
use crate::bed::argo_cd::objects::{application, application_set, path};
use crate::bed::argo_cd::{ArgoCd, NAMESPACE, Repo};
use crate::bed::workloads::{deployment, deployment_path, namespace, rolled_out, template};
use crate::bed::{Api, Persona, Result};
use crate::hands::Hands;
use crate::kept::Plan;
use crate::lasting::application_ref;

/// It corrects within two seconds; a busy machine, and one heal after another, take longer.
const SOON: Duration = Duration::from_secs(90);
/// Longer than Argo CD of the bed leaves an Application alone.
const LONG: Duration = Duration::from_secs(25);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Policy {
    Off,
    Commits,
    SelfHeal,
    Parent,
    Set,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cell {
    policy: Policy,
    /// The last sync of the commit failed.
    failed: bool,
    /// A window of the project is closed.
    closed: bool,
    /// Git declares the number of replicas.
    counted: bool,
}

impl Cell {
    fn all() -> Vec<Self> {
        let policies = [
            Policy::Off,
            Policy::Commits,
            Policy::SelfHeal,
            Policy::Parent,
            Policy::Set,
        ];
        let mut cells = Vec::new();
        for policy in policies {
            for bits in 0..8 {
                cells.push(Self {
                    policy,
                    failed: bits & 1 != 0,
                    closed: bits & 2 != 0,
                    counted: bits & 4 != 0,
                });
            }
        }
        cells
    }

    fn name(self) -> String {
        let flag = |on, word| if on { word } else { "" };
        format!(
            "m-{:?}{}{}{}",
            self.policy,
            flag(self.failed, "-failed"),
            flag(self.closed, "-closed"),
            flag(self.counted, "-counted")
        )
        .to_lowercase()
    }

    fn sync_policy(self) -> Value {
        let retry = json!({"limit": 0});
        match self.policy {
            Policy::Off => json!({"retry": retry}),
            Policy::Commits => json!({"retry": retry, "automated": {}}),
            _ => json!({"retry": retry, "automated": {"selfHeal": true}}),
        }
    }
}

/// One workload for each thing that is done.
const VERBS: [&str; 3] = ["back", "scale", "restart"];

fn workload(cell: Cell, verb: &str, image: &str) -> String {
    let mut object = deployment(&cell.name(), verb, 1, &template(verb, image, &json!({})));
    if !cell.counted
        && let Some(spec) = object["spec"].as_object_mut()
    {
        spec.remove("replicas");
    }
    object.to_string()
}

/// One row of the table as it is set up.
struct Site {
    cell: Cell,
    api: Api,
    argo: &'static ArgoCd,
}

impl Site {
    async fn build(cell: Cell, argo: &'static ArgoCd) -> Result<Self> {
        let api = ArgoCd::plane()?.api(Persona::Admin).await?;
        let site = Self { cell, api, argo };
        site.deploy().await.wrap_err_with(|| cell.name())?;
        Ok(site)
    }

    async fn deploy(&self) -> Result {
        let (cell, name) = (self.cell, self.cell.name());
        self.api.create(&namespace(&name, &json!({}))).await?;
        self.api.create(&project(&name)).await?;
        let repo = self.argo.repo(&name)?;
        for verb in VERBS {
            repo.commit(&format!("w/{verb}.yaml"), &workload(cell, verb, IMAGE))?;
        }
        let mut app = application(&name, &repo, "w", &name, &cell.sync_policy());
        app["spec"]["project"] = json!(name);
        match cell.policy {
            Policy::Parent => {
                repo.commit("apps/child.yaml", &app.to_string())?;
                let heals = json!({"automated": {"selfHeal": true}});
                let parent = format!("{name}-parent");
                let parent = application(&parent, &repo, "apps", NAMESPACE, &heals);
                self.api.create(&parent).await?;
            }
            Policy::Set => {
                self.api.create(&application_set(&name, &app)).await?;
            }
            _ => {
                self.api.create(&app).await?;
            }
        }
        self.synced(&repo, None).await?;
        for verb in VERBS {
            repo.commit(&format!("w/{verb}.yaml"), &workload(cell, verb, NEXT_IMAGE))?;
        }
        self.synced(&repo, Some(NEXT_IMAGE)).await?;
        if cell.failed {
            // No server takes a Service without ports.
            let bad = json!({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "bad"}, "spec": {}});
            repo.commit("w/bad.yaml", &bad.to_string())?;
            self.ask().await?;
            self.phase("Failed").await?;
        }
        if cell.closed {
            let windows = json!([{"kind": "deny", "schedule": "* * * * *", "duration": "1h", "applications": ["*"]}]);
            let change = json!({"spec": {"syncWindows": windows}});
            self.api.merge(&project_path(&name), &change).await?;
        }
        // As the controller sees it by now.
        self.argo.refresh(&self.api, &name).await
    }

    async fn ask(&self) -> Result {
        let name = self.cell.name();
        self.argo.refresh(&self.api, &name).await?;
        if self.cell.policy == Policy::Off {
            let sync = json!({"operation": {"sync": {"syncStrategy": {"hook": {}}}, "retry": {"limit": 0}}, "status": {"operationState": null}});
            self.api.merge(&path(&name), &sync).await?;
        }
        Ok(())
    }

    async fn synced(&self, _repo: &Repo, image: Option<&str>) -> Result {
        let name = self.cell.name();
        self.api
            .wait_for(&path(&name), "made", |it| !it["status"].is_null())
            .await?;
        self.ask().await?;
        for verb in VERBS {
            let there = |it: &Value| {
                let running = &it["spec"]["template"]["spec"]["containers"][0]["image"];
                rolled_out(it) && image.is_none_or(|image| *running == image)
            };
            let path = deployment_path(&name, verb);
            self.api
                .wait_at_most(SOON, &path, "deployed", there)
                .await?;
        }
        self.phase("Succeeded").await
    }

    async fn phase(&self, phase: &str) -> Result {
        let reached = |it: &Value| {
            it["operation"].is_null() && it["status"]["operationState"]["phase"] == phase
        };
        let path = path(&self.cell.name());
        self.api.wait_at_most(SOON, &path, phase, reached).await?;
        Ok(())
    }

    /// Argo CD goes on comparing whatever is there.
    async fn leave(&self) -> Result {
        let name = self.cell.name();
        match self.cell.policy {
            Policy::Set => self.api.delete(&set_path(&name)).await?,
            Policy::Parent => self.api.delete(&path(&format!("{name}-parent"))).await?,
            _ => {}
        }
        // That of a set goes with it.
        if self.cell.policy != Policy::Set {
            self.api.delete(&path(&name)).await?;
        }
        Ok(())
    }

    async fn template_and_replicas(&self, verb: &str) -> Result<(Value, Value)> {
        let object = self
            .api
            .get(&deployment_path(&self.cell.name(), verb))
            .await?;
        let spec = &object["spec"];
        Ok((spec["template"].clone(), spec["replicas"].clone()))
    }
}

fn project(name: &str) -> Value {
    json!({
        "apiVersion": "argoproj.io/v1alpha1", "kind": "AppProject",
        "metadata": {"name": name, "namespace": NAMESPACE},
        "spec": {"sourceRepos": ["*"], "destinations": [{"server": "*", "namespace": "*"}]},
    })
}

fn set_path(name: &str) -> String {
    format!("/apis/argoproj.io/v1alpha1/namespaces/{NAMESPACE}/applicationsets/{name}")
}

fn project_path(name: &str) -> String {
    format!("/apis/argoproj.io/v1alpha1/namespaces/{NAMESPACE}/appprojects/{name}")
}

/// What was said, and what came of it.
struct Row {
    cell: Cell,
    verb: &'static str,
    hold: Hold,
    stayed: bool,
    seconds: u64,
}

impl Row {
    fn is_right(&self) -> bool {
        match self.hold.verdict {
            HoldVerdict::UndoneWithinSeconds => !self.stayed,
            HoldVerdict::Holds | HoldVerdict::UntilNextSync => self.stayed,
            _ => false,
        }
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if self.is_right() { "right" } else { "WRONG" };
        let came = if self.stayed { "stayed" } else { "put back" };
        write!(
            f,
            "{mark}  {:<28} {:<8} {:?} {:?}  {came} {} s",
            self.cell.name(),
            self.verb,
            self.hold.verdict,
            self.hold.reason,
            self.seconds
        )
    }
}

pub(crate) fn request(hands: &Hands, object: &ObjectRef, verb: &str) -> Result<Request> {
    let request = match verb {
        "back" => hands.with_world(|world| roll_back(world, object, None)),
        "scale" => Ok(Request::new(object.clone(), Action::Scale(3))),
        _ => Ok(Request::new(object.clone(), Action::Restart)),
    };
    request.map_err(|refusal| eyre!("{refusal:?}"))
}

/// Whether what was written stays; and how long that took to be known.
async fn watch(site: &Site, verb: &str, was: &(Value, Value), hold: &Hold) -> Result<(bool, u64)> {
    let began = Instant::now();
    let patience = match hold.verdict {
        HoldVerdict::UndoneWithinSeconds => SOON,
        _ => LONG,
    };
    while began.elapsed() < patience {
        if site.template_and_replicas(verb).await? == *was {
            return Ok((false, began.elapsed().as_secs()));
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    Ok((true, began.elapsed().as_secs()))
}

#[tokio::test]
async fn what_is_said_of_argo_cd_comes_true() -> Result {
    let argo = ArgoCd::shared()?;
    let mut sites = Vec::new();
    for some in Cell::all().chunks(4) {
        sites.extend(try_join_all(some.iter().map(|cell| Site::build(*cell, argo))).await?);
    }
    let mut hands = Hands::on_argo_cd(ArgoCd::plane()?).await?;
    let mut done = Vec::new();
    for site in &sites {
        let mut previews = Vec::new();
        for verb in VERBS {
            let object = hands.workload_in(&site.cell.name(), verb)?;
            let request = request(&hands, &object, verb)?;
            let preview = hands.preview(request).await?;
            previews.push((verb, site.template_and_replicas(verb).await?, preview));
        }
        for (verb, was, preview) in previews {
            let executed = hands.execute(&preview).await?;
            ensure!(
                matches!(&executed, Executed::Answered(it) if it[0].accepted().is_some()),
                "{}: {executed:?}",
                site.cell.name()
            );
            let hold = preview.hold().cloned();
            let hold = hold.ok_or_else(|| eyre!("nothing said"))?;
            done.push((site, verb, was, hold));
        }
    }
    let rows = done.iter().map(async |(site, verb, was, hold)| {
        let (stayed, seconds) = watch(site, verb, was, hold).await?;
        Ok::<_, color_eyre::Report>(Row {
            cell: site.cell,
            verb,
            hold: hold.clone(),
            stayed,
            seconds,
        })
    });
    let rows = try_join_all(rows).await?;
    for site in &sites {
        site.leave().await?;
    }
    let table: Vec<_> = rows.iter().map(ToString::to_string).collect();
    println!("{}", table.join("\n"));
    let wrong = rows.iter().filter(|it| !it.is_right());
    let wrong: Vec<_> = wrong.map(ToString::to_string).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(rows.len(), 120);
    Ok(())
}

/// Compared with a commit that it was never synced to, an Application is synced whether it heals or not.
#[tokio::test]
async fn a_commit_that_changed_nothing_here_has_changes_by_hand_put_back_without_self_heal()
-> Result {
    let name = "gitops-elsewhere";
    let (api, repo) = Plan::new(name, json!({"automated": {}})).build().await?;
    let app = deployment_path(name, "app");
    api.wait_at_most(SOON, &app, "rolled out", rolled_out)
        .await?;
    let commit = repo.commit("elsewhere/notes.txt", "of another folder")?;
    ArgoCd::shared()?.refresh(&api, name).await?;
    let compared = |it: &Value| it["status"]["sync"]["revision"] == commit.as_str();
    api.wait_at_most(SOON, &path(name), "compared", compared)
        .await?;
    let mut hands = Hands::on_argo_cd(ArgoCd::plane()?).await?;
    let object = hands.workload_in(name, "app")?;
    let request = request(&hands, &object, "scale")?;
    let preview = hands.preview(request).await?;
    let said = preview.hold().map(|it| it.verdict);
    assert_eq!(said, Some(HoldVerdict::UndoneWithinSeconds));
    hands.execute(&preview).await?;
    api.wait_at_most(SOON, &app, "put back", |it| it["spec"]["replicas"] == 1)
        .await?;
    Ok(())
}

/// What began before its window closed waits for it, whether auto-sync is suspended or not, and goes on once it opens.
#[tokio::test]
async fn an_operation_that_a_window_bars_waits_for_it_and_then_writes_what_git_says() -> Result {
    let name = "gitops-barred";
    let heals = json!({"automated": {"selfHeal": true}});
    let (api, _repo) = Plan::new(name, heals).build().await?;
    let app = deployment_path(name, "app");
    api.create(&project(name)).await?;
    let windows = |it: Value| json!({"spec": {"syncWindows": it}});
    let closed =
        json!([{"kind": "deny", "schedule": "* * * * *", "duration": "1h", "applications": ["*"]}]);
    api.merge(&project_path(name), &windows(closed)).await?;
    let sync =
        json!({"spec": {"project": name}, "operation": {"sync": {"syncStrategy": {"hook": {}}}}});
    api.merge(&path(name), &sync).await?;
    let barred = |it: &Value| {
        let operation = &it["status"]["operationState"];
        operation["message"] == "Sync operation blocked by sync window"
            && operation["phase"] == "Running"
    };
    api.wait_at_most(SOON, &path(name), "barred", barred)
        .await?;
    let mut hands = Hands::on_argo_cd(ArgoCd::plane()?).await?;
    let object = hands.workload_in(name, "app")?;
    let keeper = application_ref(&hands.store, name)?;
    let mut asked = request(&hands, &object, "scale")?;
    for suspended in [None, Some(keeper)] {
        asked.suspended = suspended;
        let preview = hands.preview(asked.clone()).await?;
        let hold = preview.hold().ok_or_else(|| eyre!("nothing said"))?;
        let conduct = match &hold.reason {
            Reason::Differs { conduct, .. } => Some(conduct),
            _ => None,
        };
        ensure!(
            matches!(conduct, Some(Conduct::Barred { until: None })),
            "{hold:?}"
        );
        assert_eq!(hold.verdict, HoldVerdict::UntilNextSync);
    }
    asked.suspended = None;
    let preview = hands.preview(asked).await?;
    hands.execute(&preview).await?;
    let scaled = |it: &Value| it["spec"]["replicas"] == 3;
    api.stays(&app, LONG, scaled).await?;
    api.merge(&project_path(name), &windows(Value::Null))
        .await?;
    api.wait_at_most(SOON, &app, "put back", |it| it["spec"]["replicas"] == 1)
        .await?;
    Ok(())
}

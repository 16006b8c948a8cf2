//! A `CronJob` is suspended, let go on and run now from the screen, and what was done is taken back.

use serde_json::{Value, json};

use crate::acting::{list, on_row, preview, send};
use crate::arena::{IMAGE, labelled_arena, place};
use crate::bed::workloads::{job, template};
use crate::bed::{Api, ControlPlane, Persona, Result};
use crate::program::Home;
use crate::terminal::Terminal;

/// One that is not due before the year is over, in an arena of its own.
async fn cron_job(space: &str, tenant: &str) -> Result<(&'static ControlPlane, Api, Value)> {
    let (plane, api) = labelled_arena(space, &place(tenant, "dev")).await?;
    let run = job(
        space,
        "",
        &template("purge", IMAGE, &json!({"vigie.test/fate": "done"})),
    );
    let object = json!({
        "apiVersion": "batch/v1", "kind": "CronJob",
        "metadata": {"name": "purge", "namespace": space},
        "spec": {
            "schedule": "0 3 1 1 *",
            "jobTemplate": {"metadata": {"labels": {"run": "purge"}}, "spec": run["spec"]},
        },
    });
    let made = api.create(&object).await?;
    Ok((plane, api, made))
}

fn path(space: &str) -> String {
    format!("/apis/batch/v1/namespaces/{space}/cronjobs/purge")
}

fn path_of_jobs(space: &str) -> String {
    format!("/apis/batch/v1/namespaces/{space}/jobs")
}

fn open(plane: &ControlPlane, home: &Home, space: &str) -> Result<Terminal> {
    let kubeconfig = plane.kubeconfig(Persona::Operator);
    let mut screen = Terminal::sized(home, &kubeconfig, &["-n", space], (110, 40))?;
    screen.wait_text("nothing needs a human")?;
    list(&mut screen, "cronjobs", "purge")?;
    Ok(screen)
}

/// Acts and waits for its end.
fn acts(screen: &mut Terminal, command: &str, told: &str) -> Result {
    preview(screen, command)?;
    send(screen)?;
    screen.wait_line(&[told, "reached"])?;
    on_row(screen, "purge")
}

fn verbs(plane: &ControlPlane, space: &str) -> Result<Vec<(String, u64)>> {
    let writes = plane.written(space)?;
    Ok(writes.into_iter().map(|it| (it.verb, it.code)).collect())
}

#[tokio::test]
async fn a_cron_job_is_suspended_let_go_on_and_each_is_taken_back() -> Result {
    let space = "crons-suspended";
    let (plane, api, _) = cron_job(space, "csuspended").await?;
    let home = Home::new()?;
    let mut screen = open(plane, &home, space)?;
    let suspended = async || {
        Ok::<_, color_eyre::Report>(api.get(&path(space)).await?["spec"]["suspend"].clone())
    };
    acts(&mut screen, "suspend cronjob", "suspend purge")?;
    assert_eq!(suspended().await?, true);
    screen.keys("U")?;
    screen.wait_text("take back: unsuspend purge")?;
    screen.wait_text("Enter confirm")?;
    send(&mut screen)?;
    screen.wait_line(&["unsuspend purge", "reached"])?;
    on_row(&mut screen, "purge")?;
    assert_eq!(suspended().await?, false);
    acts(&mut screen, "suspend cronjob", "suspend purge")?;
    acts(&mut screen, "unsuspend cronjob", "unsuspend purge")?;
    assert_eq!(suspended().await?, false);
    let patch = ("patch".to_owned(), 200);
    assert_eq!(verbs(plane, space)?, vec![patch; 4]);
    screen.keys("1")?;
    screen.quit()
}

#[tokio::test]
async fn a_cron_job_is_run_now_as_a_job_of_its_own() -> Result {
    let space = "crons-now";
    let (plane, api, cron) = cron_job(space, "cronsnow").await?;
    let home = Home::new()?;
    let mut screen = open(plane, &home, space)?;
    acts(&mut screen, "run now", "run purge now")?;
    let jobs = api.items(&path_of_jobs(space)).await?;
    assert_eq!(jobs.len(), 1, "{jobs:?}");
    let meta = &jobs[0]["metadata"];
    assert_eq!(meta["ownerReferences"][0]["uid"], cron["metadata"]["uid"]);
    assert_eq!(meta["ownerReferences"][0]["controller"], true);
    assert_eq!(meta["labels"]["run"], "purge");
    assert_eq!(
        meta["annotations"]["cronjob.kubernetes.io/instantiate"],
        "manual"
    );
    let wanted = &cron["spec"]["jobTemplate"]["spec"]["template"]["spec"];
    assert_eq!(jobs[0]["spec"]["template"]["spec"], *wanted);
    assert_eq!(verbs(plane, space)?, [("create".to_owned(), 201)]);

    // What takes it back deletes the Job, and its pods with it.
    let name = meta["name"].as_str().unwrap_or_default();
    let pods = format!("/api/v1/namespaces/{space}/pods");
    assert_eq!(api.items(&pods).await?.len(), 1);
    screen.keys("U")?;
    screen.wait_text(&format!("take back: delete {name}"))?;
    screen.wait_text("Enter confirm")?;
    send(&mut screen)?;
    screen.wait_line(&[&format!("delete {name}"), "reached"])?;
    let none = |list: &Value| list["items"] == json!([]);
    api.wait_for(&path_of_jobs(space), "without the Job", none)
        .await?;
    api.wait_for(&pods, "without its pod", none).await?;
    let last = verbs(plane, space)?.pop();
    assert_eq!(last, Some(("delete".to_owned(), 200)));
    screen.keys("1")?;
    screen.quit()
}

//! `CronJobs` and their runs, from the real API server to the tenant's tree.

use serde_json::json;

use crate::arena::{IMAGE, labelled_arena, place};
use crate::bed::workloads::{job, template};
use crate::bed::{Persona, Result};
use crate::program::Home;
use crate::terminal::Terminal;

#[tokio::test]
async fn a_cron_job_that_failed_is_opened_down_to_its_pod_and_says_when_it_runs_next() -> Result {
    let space = "runs-prod";
    let (plane, api) = labelled_arena(space, &place("runs", "prod")).await?;
    let notes = json!({"vigie.test/fate": "failed", "vigie.test/message": "no such table"});
    let template = template("nightly", IMAGE, &notes);
    let mut last = job(space, "nightly-1", &template);
    // Three hours ahead of UTC, where the terminal is: the zone is read, or the hour is wrong.
    let cron = api
        .create(&json!({
            "apiVersion": "batch/v1",
            "kind": "CronJob",
            "metadata": {"name": "nightly", "namespace": space},
            "spec": {
                "schedule": "0 4 * * *",
                "timeZone": "Etc/GMT-3",
                "jobTemplate": {"spec": last["spec"]},
            },
        }))
        .await?;
    last["metadata"]["ownerReferences"] = json!([{
        "apiVersion": "batch/v1", "kind": "CronJob", "name": "nightly",
        "uid": cron["metadata"]["uid"], "controller": true,
    }]);
    api.create(&last).await?;

    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let mut screen = Terminal::sized(&home, &kubeconfig, &["-n", space], (132, 40))?;
    screen.wait_line(&["runs/prod", "nightly", "run failed: exit 1"])?;
    screen.keys("\r")?;
    screen.wait_line(&["▌", "nightly  CronJob", "run failed: exit 1"])?;
    screen.wait_line(&["✗ …-1", "failed: BackoffLimitExceeded"])?;
    screen.wait_line(&["✗ …-", "0/1 Error"])?;
    screen.wait_line(&["0 4 * * * Etc/GMT-3, next 01:00"])?;

    screen.keys("\u{6}")?;
    screen.wait_text("type two letters")?;
    screen.keys("nightly-1")?;
    screen.wait_line(&["✗ Job", "nightly-1", "runs/prod"])?;
    screen.keys("\r\r")?;
    screen.wait_line(&["▌", "✗ …-1", "failed: BackoffLimitExceeded"])?;
    screen.quit()
}

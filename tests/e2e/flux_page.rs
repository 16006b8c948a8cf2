//! The page of what Flux keeps, beside the real kustomize-controller.

use std::time::Duration;

use serde_json::{Value, json};

use crate::arena::{IMAGE, place};
use crate::bed::flux::Flux;
use crate::bed::flux::objects::{kustomization, path, ready};
use crate::bed::workloads::{deployment, deployment_path, namespace, rolled_out, template};
use crate::bed::{Persona, Result};
use crate::program::Home;
use crate::terminal::Terminal;

/// A reconciliation takes a second or two; a busy machine takes longer.
const SOON: Duration = Duration::from_secs(90);
const WIDE: (u16, u16) = (132, 40);

#[tokio::test]
async fn what_cannot_be_built_is_told_in_the_words_of_flux_until_git_is_mended() -> Result {
    let name = "flux-page";
    let flux = Flux::shared()?;
    let plane = Flux::plane()?;
    let api = plane.api(Persona::Admin).await?;
    api.create(&namespace(name, &place("fluxpage", "prod")))
        .await?;
    let mut source = flux.source(&api, name).await?;
    let app = deployment(name, "app", 1, &template("app", IMAGE, &json!({}))).to_string();
    let revision = source.commit(&[("w/app.yaml", app)]).await?;
    api.create(&kustomization(name, name, "w")).await?;
    flux.wait_applied(&api, name, &revision).await?;
    api.wait_at_most(
        SOON,
        &deployment_path(name, "app"),
        "rolled out",
        rolled_out,
    )
    .await?;

    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Operator);
    let mut screen = Terminal::sized(&home, &kubeconfig, &["-n", name], WIDE)?;
    screen.wait_text("[1 Watch]")?;
    screen.keys(":flux\r")?;
    screen.wait_line(&["▌✓", "fluxpage/prod", name, "ready"])?;
    // What it keeps leads there, and back.
    screen.keys("\r")?;
    screen.wait_line(&["▌", "fluxpage/prod", "app"])?;
    screen.keys("\x1b")?;
    screen.wait_line(&["▌✓", name, "ready"])?;

    let broken = ("w/kustomization.yaml", "resources: [gone.yaml]".to_owned());
    source.commit(&[broken]).await?;
    let failed = |it: &Value| ready(it) == Some("False");
    api.wait_at_most(SOON, &path(name), "failing", failed)
        .await?;
    screen.wait_line(&["▌✗", "fluxpage/prod", name, "failed"])?;
    let frame = screen.wait_text("BuildFailed")?;
    println!("{frame}");

    // It stays told while it is tried again, which takes `Ready` away for a moment.
    for _ in 0..40 {
        tokio::time::sleep(Duration::from_millis(250)).await;
        let frame = screen.screen();
        assert!(frame.contains("failed"), "{frame}");
    }
    let mended = ("w/kustomization.yaml", "resources: [app.yaml]".to_owned());
    source.commit(&[mended]).await?;
    screen.wait_line(&["▌✓", name, "ready"])?;

    screen.keys("P")?;
    screen.wait_text("suspend Flux for flux-page")?;
    screen.keys("\x1b")?;
    screen.wait_line(&["▌✓", name, "ready"])?;
    api.merge(&path(name), &json!({"spec": {"suspend": true}}))
        .await?;
    let frame = screen.wait_line(&["▌‖", name, "suspended"])?;
    println!("{frame}");
    api.delete(&path(name)).await?;
    screen.quit()
}

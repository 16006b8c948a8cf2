//! An Application goes back to an entry of its history on the real Argo CD: refused while auto-sync is on, held once it is off.

use std::time::Duration;

use color_eyre::eyre::{ensure, eyre};
use serde_json::{Value, json};
use vigie::action::{Action, Changes, HoldVerdict, Note, Refusal, Request, lasting};
use vigie::insight::Topic;

use crate::arena::{IMAGE, NEXT_IMAGE, place};
use crate::bed::argo_cd::ArgoCd;
use crate::bed::argo_cd::objects::path;
use crate::bed::workloads::deployment_path;
use crate::bed::{Api, Persona, Result};
use crate::hands::Hands;
use crate::kept::{Plan, SOON, image_of, stays};
use crate::lasting::{application_ref, carried_out};
use crate::program::Home;
use crate::terminal::Terminal;

async fn runs(api: &Api, name: &str, image: &str) -> Result {
    let app = deployment_path(name, "app");
    api.wait_at_most(SOON, &app, image, |it| *image_of(it) == image)
        .await?;
    // The operation is told as over a moment after what it wrote.
    api.wait_at_most(SOON, &path(name), "over", |it| {
        it["operation"].is_null() && it["status"]["operationState"]["phase"] == "Succeeded"
    })
    .await?;
    Ok(())
}

/// The numbers of its history, oldest first.
async fn entries(api: &Api, name: &str) -> Result<Vec<u64>> {
    let app = api.get(&path(name)).await?;
    let history = app["status"]["history"].as_array();
    let ids = history.into_iter().flatten();
    Ok(ids.map(|it| it["id"].as_u64().unwrap_or(0)).collect())
}

#[tokio::test]
async fn it_goes_back_and_forth_and_stays_while_nobody_syncs() -> Result {
    let name = "redeploy";
    let policy = json!({"automated": {"selfHeal": true, "prune": true}});
    let (api, _repo) = Plan::new(name, policy.clone()).build().await?;
    let mut hands = Hands::on_argo_cd(ArgoCd::plane()?).await?;
    let app = application_ref(&hands.store, name)?;
    let ids = entries(&api, name).await?;
    let [first, newest] = ids[..] else {
        return Err(eyre!("{ids:?}"));
    };
    let back = |entry| Request::new(app.clone(), Action::Redeploy { entry });

    // As Argo CD's own API has it.
    let alone = hands.preview(back(None)).await?;
    assert_eq!(alone.refusal(), Some(Refusal::AutoSyncForbids));
    let way = hands.with_world(|world| lasting(world, &back(None)));
    let way = way.ok_or_else(|| eyre!("no way"))?;
    assert_eq!(way.keeper, app);
    let lasts = Request {
        suspended: Some(app.clone()),
        ..back(None)
    };
    let preview = hands.preview(lasts).await?;
    let plan = preview.plan().and_then(|it| it.as_ref().ok());
    let plan = plan.ok_or_else(|| eyre!("{:?}", preview.refusal()))?;
    let Changes::Source(diff) = &plan.changes else {
        return Err(eyre!("{:?}", plan.changes));
    };
    let fields: Vec<_> = diff.differences.iter().map(|it| &it.field).collect();
    assert_eq!(fields, ["revision"]);
    assert_eq!(diff.differences[0].topic, Topic::Itself);
    let reverts = plan
        .notes
        .iter()
        .any(|it| matches!(it, Note::Revert { .. }));
    assert!(reverts, "{:?}", plan.notes);
    assert_eq!((plan.before.revision, plan.steps.len()), (Some(newest), 1));
    let verdict = preview.hold().map(|it| it.verdict);
    assert_eq!(verdict, Some(HoldVerdict::UntilNextSync));
    hands.execute(&preview).await?;
    runs(&api, name, IMAGE).await?;
    let child = api.get(&path(name)).await?;
    assert_eq!(child["spec"]["syncPolicy"]["automated"]["enabled"], false);
    let note = child["metadata"]["annotations"]["vigie/auto-sync-suspended"].as_str();
    let note: Value = serde_json::from_str(note.unwrap_or_default())?;
    assert_eq!(note["by"], "operator");
    stays(&api, name, IMAGE).await?;

    // Forth again by its number, with auto-sync off as it is.
    let there = entries(&api, name).await?;
    assert_eq!(there, [first, newest, newest + 1]);
    let forth = carried_out(&mut hands, back(Some(newest))).await?;
    assert_eq!(forth, HoldVerdict::UntilNextSync);
    runs(&api, name, NEXT_IMAGE).await?;
    let gone = hands.preview(back(Some(99))).await?;
    let pruned = Refusal::Pruned {
        revision: 99,
        oldest: Some(first),
    };
    assert_eq!(gone.refusal(), Some(pruned));

    let restore = Request::new(app, Action::RestoreSync);
    carried_out(&mut hands, restore).await?;
    let child = api.get(&path(name)).await?;
    assert_eq!(child["spec"]["syncPolicy"], policy);
    Ok(())
}

#[tokio::test]
async fn the_screen_leads_there_by_the_history() -> Result {
    let name = "redeploy-hand";
    let policy = json!({"automated": {"selfHeal": true}});
    let plan = Plan {
        labels: place("redeployhand", "prod"),
        ..Plan::new(name, policy)
    };
    let (api, _repo) = plan.build().await?;
    let home = Home::new()?;
    let plane = ArgoCd::plane()?;
    let mut screen = Terminal::start(&home, &plane.kubeconfig(Persona::Operator), &["-n", name])?;
    screen.wait_text("4 Deploy")?;
    screen.keys("a")?;
    screen.wait_line(&[name, "Synced", "Healthy"])?;
    let mut frames = Vec::new();
    for (key, wait) in [
        ("R", "what 0 → 1 changed"),
        ("j", "▌□    0"),
        ("R", "Enter confirm"),
        ("\r", "type the name"),
        ("INC-9\t", "INC-9"),
        ("redeployhand/prod", "Enter send"),
        ("\r", "reached"),
    ] {
        std::thread::sleep(Duration::from_millis(500));
        screen.keys(key)?;
        frames.push(screen.wait_text(wait)?);
    }
    println!("{}", frames.join("\n"));
    ensure!(frames[2].contains("auto-sync goes off"), "{}", frames[2]);
    runs(&api, name, IMAGE).await?;
    screen.keys("1")?;
    screen.wait_line(&["auto-sync off", "operator", "redeploy-hand"])?;
    screen.quit()
}

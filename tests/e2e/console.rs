//! The way that lasts where an `ApplicationSet` of the platform writes its Application anew: the console's switch.

use std::time::Duration;

use color_eyre::eyre::{ensure, eyre};
use serde_json::{Value, json};
use vigie::action::{
    Action, Came, Executed, HoldVerdict, Refusal, Request, Through, came, lasting, recheck, ways,
};
use vigie::model::ObjectRef;

use crate::arena::{IMAGE, NEXT_IMAGE, fate, place};
use crate::bed::argo_cd::ArgoCd;
use crate::bed::argo_cd::objects::{application, application_set, path};
use crate::bed::workloads::{
    deployment, deployment_path, namespace, pods_path, rolled_out, template, wait_pod,
};
use crate::bed::{Api, Persona, Result};
use crate::gitops::request;
use crate::hands::Hands;
use crate::kept::{SOON, image_of, stays};
use crate::lasting::application_ref;
use crate::platform::{Manner, PROJECT, Platform, TOKEN};
use crate::program::{Home, vigie_at};
use crate::terminal::Terminal;

/// A frame is written and what came before it dropped, and Enter counts as let go.
const SETTLED: Duration = Duration::from_millis(900);

fn policy() -> Value {
    json!({"automated": {"prune": true, "selfHeal": true, "allowEmpty": true}})
}

/// The Deployment `app` of an environment of the platform, once its second revision is there.
async fn deployed(name: &str, id: &str, fate: &Value) -> Result<(Api, Platform)> {
    let argo = ArgoCd::shared()?;
    let api = ArgoCd::plane()?.api(Persona::Admin).await?;
    let mut labels = place(&name.replace('-', ""), "prod");
    labels["dso/project.id"] = PROJECT.into();
    labels["dso/environment.id"] = id.into();
    api.create(&namespace(name, &labels)).await?;
    let repo = argo.repo(name)?;
    let object =
        |image, fate: &Value| deployment(name, "app", 1, &template("app", image, fate)).to_string();
    repo.commit("w/app.yaml", &object(IMAGE, &json!({})))?;
    let app = application(name, &repo, "w", name, &policy());
    let mut set = application_set(&format!("{name}-set"), &app);
    set["spec"]["template"]["metadata"]["labels"] = json!({"dso/type": "app"});
    api.create(&set).await?;
    let platform = Platform::start(id, &format!("{name}-set"), &policy())?;
    let app = deployment_path(name, "app");
    api.wait_at_most(SOON, &app, "rolled out", rolled_out)
        .await?;
    argo.wait_synced(&api, name).await?;
    repo.commit("w/app.yaml", &object(NEXT_IMAGE, fate))?;
    argo.refresh(&api, name).await?;
    let next = |it: &Value| *image_of(it) == NEXT_IMAGE;
    api.wait_at_most(SOON, &app, "the next one", next).await?;
    let over = |it: &Value| {
        it["operation"].is_null() && it["status"]["operationState"]["phase"] == "Succeeded"
    };
    api.wait_at_most(SOON, &path(name), "synced", over).await?;
    Ok((api, platform))
}

/// Without the console nothing that is asked of the cluster stays.
async fn put_back(api: &Api, name: &str) -> Result {
    let mut hands = Hands::on_argo_cd(ArgoCd::plane()?).await?;
    let object = hands.workload_in(name, "app")?;
    let back = request(&hands, &object, "back")?;
    let way = hands.with_world(|world| lasting(world, &back));
    assert_eq!(way, None);
    let preview = hands.preview(back).await?;
    let said = preview.hold().map(|it| it.verdict);
    assert_eq!(said, Some(HoldVerdict::UndoneWithinSeconds));
    let before = api.get(&deployment_path(name, "app")).await?;
    let generation = before["metadata"]["generation"].as_u64();
    hands.execute(&preview).await?;
    let undone = |it: &Value| {
        let written = it["metadata"]["generation"].as_u64() > generation;
        written && *image_of(it) == NEXT_IMAGE
    };
    api.wait_at_most(SOON, &deployment_path(name, "app"), "undone", undone)
        .await?;
    Ok(())
}

#[tokio::test]
async fn a_bad_rollout_that_a_set_writes_anew_is_rolled_back_to_stay_by_the_console() -> Result {
    let (name, id) = ("cons-drill", "88e7044f-8414-435d-9c4a-2df42a65034b");
    let (api, platform) = deployed(name, id, &fate("crash")).await?;
    put_back(&api, name).await?;
    wait_pod(&api, &pods_path(name, "app"), "in a loop", |pod| {
        pod["status"]["containerStatuses"][0]["restartCount"].as_u64() >= Some(3)
    })
    .await?;
    let home = home(&platform.url)?;
    let kubeconfig = ArgoCd::plane()?.kubeconfig(Persona::Operator);
    let mut screen = Terminal::start(&home, &kubeconfig, &["-n", name])?;
    screen.wait_line(&["▌◆", "consdrill/prod", "app"])?;
    let before = platform.environment();
    let mut frames = Vec::new();
    for (key, wait) in [
        ("R", "Enter confirm"),
        ("\r", "type the name"),
        ("INC-7\t", "INC-7"),
        ("consdrill/prod", "Enter send"),
        ("\r", "your action"),
    ] {
        std::thread::sleep(SETTLED);
        screen.keys(key)?;
        frames.push(screen.wait_text(wait)?);
    }
    frames.push(screen.wait_line(&["✓", "reached"])?);
    for words in ["off in the console", "1 Application: cons-drill"] {
        let shown = frames[0].split_whitespace().collect::<Vec<_>>().join(" ");
        ensure!(shown.contains(words), "{words}: {}", frames[0]);
    }
    screen.keys("1")?;
    frames.push(screen.wait_line(&["auto-sync off in the console", "operator"])?);
    println!("{}", frames.join("\n"));
    let off = json!({"cpu": 0.5, "gpu": 0, "memory": 2, "autosync": false});
    assert_eq!(platform.written(), [off]);
    let child = api.get(&path(name)).await?;
    assert_eq!(child["spec"]["syncPolicy"], Value::Null);
    stays(&api, name, IMAGE).await?;

    restored(&mut screen)?;
    assert_eq!(platform.environment(), before);
    let on = |it: &Value| it["spec"]["syncPolicy"] == policy();
    api.wait_at_most(SOON, &path(name), "as it was", on).await?;
    let healed = |it: &Value| *image_of(it) == NEXT_IMAGE;
    api.wait_at_most(SOON, &deployment_path(name, "app"), "healed", healed)
        .await?;
    screen.quit()?;
    for file in home.files()?.iter().filter(|it| !it.ends_with("token")) {
        let text = std::fs::read(home.path().join(file))?;
        let text = String::from_utf8_lossy(&text);
        ensure!(!text.contains(TOKEN), "the token stands in {file}");
    }
    let said = vigie_at(&home, &kubeconfig, ["journal", "-o", "json"])?;
    let journal: Vec<Value> = serde_json::from_str(&said.out)?;
    let [back, _, taken] = journal.as_slice() else {
        return Err(eyre!("{journal:?}"));
    };
    assert_eq!(
        (&taken["reason"], &back["undoes"]),
        (&json!("INC-7"), &taken["id"])
    );
    assert_eq!(taken["before"]["consoleEnvironment"]["cpu"], json!(0.5));
    assert_eq!(taken["sends"][0]["method"], "PUT");
    Ok(())
}

/// A home whose configuration leads to the console.
fn home(url: &str) -> Result<Home> {
    let home = Home::new()?;
    home.write(".config/vigie/token", &format!("{TOKEN}\n"))?;
    let config = format!("[console]\nurl = \"{url}\"\ntoken_file = \"token\"\n");
    home.write(".config/vigie/config.toml", &config)?;
    Ok(home)
}

/// By one key on the line of Watch.
fn restored(screen: &mut Terminal) -> Result {
    screen.keys("j")?;
    screen.wait_line(&["▌", "auto-sync off in the console"])?;
    screen.keys("P")?;
    let plan = screen.wait_text("Enter confirm")?;
    ensure!(plan.contains("console: restore"), "{plan}");
    screen.keys("\r")?;
    screen.wait_text("type the name")?;
    std::thread::sleep(SETTLED);
    screen.keys("consdrill/prod")?;
    screen.wait_text("Enter send")?;
    std::thread::sleep(SETTLED);
    screen.keys("\r")?;
    screen.wait_line(&["restore auto-sync", "reached"])?;
    Ok(())
}

fn switch_off(hands: &Hands, application: &ObjectRef) -> Result<Request> {
    let suspend = Request::new(application.clone(), Action::SuspendSync);
    let way = hands.with_world(|world| ways(world, &suspend));
    let [way] = way.as_slice() else {
        return Err(eyre!("{way:?}"));
    };
    assert_eq!(way.through, Through::Console);
    Ok(Request::new(application.clone(), way.first()))
}

#[tokio::test]
async fn what_is_saved_in_the_console_meanwhile_is_not_overwritten_and_a_failure_is_read_again()
-> Result {
    let (name, id) = ("console-hands", "99e7044f-8414-435d-9c4a-2df42a65034b");
    let (api, platform) = deployed(name, id, &json!({})).await?;
    let mut hands = Hands::on_argo_cd(ArgoCd::plane()?)
        .await?
        .with_console(&platform.url, TOKEN)?;
    let app = application_ref(&hands.store, name)?;
    let off = switch_off(&hands, &app)?;

    let preview = hands.preview(off.clone()).await?;
    assert_eq!(preview.refusal(), None);
    platform.save("cpu", json!(2));
    let executed = hands.execute(&preview).await?;
    let Executed::Refused(refusal) = executed else {
        return Err(eyre!("{executed:?}"));
    };
    let Refusal::Moved(moved) = *refusal else {
        return Err(eyre!("{refusal:?}"));
    };
    let cpu = moved.now.environment.map(|it| it.cpu.to_string());
    assert_eq!(cpu.as_deref(), Some("2"));
    assert_eq!(platform.written(), Vec::<Value>::new());

    platform.answer(Manner::Failing);
    let preview = hands.preview(off).await?;
    let executed = hands.execute(&preview).await?;
    let Executed::Answered(replies) = executed else {
        return Err(eyre!("{executed:?}"));
    };
    let intent = hands.intent()?;
    assert_eq!(came(&intent, &replies), Came::InDoubt);
    let reply = hands.reply(recheck(&intent, &app)).await?;
    let list = reply.accepted().ok_or_else(|| eyre!("{reply:?}"))?;
    assert_eq!(list.exact[0]["autosync"], false);
    let written = json!({"cpu": 2, "gpu": 0, "memory": 2, "autosync": false});
    assert_eq!(platform.written(), [written]);
    let gone = |it: &Value| it["spec"]["syncPolicy"].is_null();
    api.wait_at_most(SOON, &path(name), "off", gone).await?;

    let mut stranger = Hands::on_argo_cd(ArgoCd::plane()?)
        .await?
        .with_console(&platform.url, "another")?;
    let refused = stranger.preview(preview.request.clone()).await?;
    let no = Refusal::ReadRefused {
        code: 401,
        message: "Unauthorized".into(),
    };
    assert_eq!(refused.refusal(), Some(no));
    Ok(())
}

#[tokio::test]
async fn without_a_token_the_plan_says_where_a_person_has_to_go() -> Result {
    let (name, id) = ("console-closed", "77e7044f-8414-435d-9c4a-2df42a65034b");
    let (_api, platform) = deployed(name, id, &json!({})).await?;
    let home = Home::new()?;
    let config = format!("[console]\nurl = \"{}\"\n", platform.url);
    home.write(".config/vigie/config.toml", &config)?;
    let kubeconfig = ArgoCd::plane()?.kubeconfig(Persona::Operator);
    let plan = ["pause", "application/console-closed", "--dry-run"];
    let said = vigie_at(&home, &kubeconfig, plan)?;
    let page = format!("{}/projects/consoleclosed", platform.url);
    ensure!(said.out.contains(&page), "{said:?}");
    ensure!(said.out.contains("undone within seconds"), "{said:?}");
    Ok(())
}

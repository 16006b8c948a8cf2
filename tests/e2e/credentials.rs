//! Credentials that are refused while the program runs: what it says, and how soon it finds the next ones.

use std::time::{Duration, Instant};

use color_eyre::eyre::eyre;
use http::Method;
use serde_json::{Value, json};

use crate::arena::{crash, labelled_arena, place};
use crate::bed::{Api, ControlPlane, Persona, Result, ports};
use crate::program::Home;
use crate::relay::{kubeconfig, token_of};
use crate::terminal::Terminal;

/// A service account that may see everything: its tokens are good until it is deleted.
struct Visitor<'a> {
    api: &'a Api,
    space: &'a str,
}

impl Visitor<'_> {
    fn path(&self) -> String {
        let space = self.space;
        format!("/api/v1/namespaces/{space}/serviceaccounts/visitor")
    }

    /// Comes, and gets a token.
    async fn token(&self) -> Result<String> {
        let (api, space) = (self.api, self.space);
        api.create(&json!({
            "apiVersion": "v1", "kind": "ServiceAccount",
            "metadata": {"name": "visitor", "namespace": space},
        }))
        .await?;
        api.apply(&json!({
            "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding",
            "metadata": {"name": space},
            "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"},
            "subjects": [{"kind": "ServiceAccount", "name": "visitor", "namespace": space}],
        }))
        .await?;
        let request = json!({
            "apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest",
            "spec": {"expirationSeconds": 3600},
        });
        let path = format!("{}/token", self.path());
        let body = serde_json::to_vec(&request)?;
        let answer = api.send(Method::POST, &path, "application/json", body);
        let answer = answer.await?;
        let token = answer["status"]["token"].as_str().map(str::to_owned);
        token.ok_or_else(|| eyre!("no token: {answer}"))
    }

    /// Goes: the server knows its token no more.
    async fn leave(&self) -> Result {
        self.api.delete(&self.path()).await
    }
}

/// A workload that crashes, and a screen that shows it to the visitor.
async fn shown<'a>(
    (plane, api): &'a (&'static ControlPlane, Api),
    (space, tenant): (&'a str, &str),
    home: &Home,
    user: &Value,
) -> Result<(Visitor<'a>, Terminal)> {
    crash(api, space, "bad").await?;
    let visitor = Visitor { api, space };
    home.write("token", &format!("{}\n", visitor.token().await?))?;
    let file = kubeconfig(plane, home, &json!({}), user)?;
    let mut screen = Terminal::start(home, &file, &["-n", space])?;
    screen.wait_line(&[&format!("{tenant}/prod"), "bad"])?;
    screen.wait_text("here ✓")?;
    Ok((visitor, screen))
}

#[tokio::test]
async fn a_token_that_is_revoked_is_told_and_the_next_one_of_its_file_is_found() -> Result {
    let space = "credentials-revoked";
    let arena = labelled_arena(space, &place("crevoked", "prod")).await?;
    let home = Home::new()?;
    let user = json!({"tokenFile": "token"});
    let (visitor, mut screen) = shown(&arena, (space, "crevoked"), &home, &user).await?;

    visitor.leave().await?;
    screen.wait_line(&["API server", "credentials refused"])?;
    screen.wait_line(&["does not accept the credentials (401)"])?;
    screen.wait_line(&[
        "do",
        "renew here's credentials in the kubeconfig: read at once",
    ])?;
    // What was seen last stays.
    screen.wait_line(&["crevoked/prod", "bad"])?;

    let token = visitor.token().await?;
    home.write("token", &token)?;
    live_again(&mut screen)?;
    screen.wait("without the API server's row", |text| {
        !text.contains("credentials refused")
    })?;
    assert!(!home.log().contains(&token), "the token is in the log");
    screen.quit()
}

#[tokio::test]
async fn a_plugin_whose_token_is_revoked_is_named_and_run_again_at_a_key() -> Result {
    let space = "credentials-plugin";
    let arena = labelled_arena(space, &place("cplugin", "prod")).await?;
    let home = Home::new()?;
    let folder = home.path().display();
    let script = format!(
        r#"cd '{folder}'; echo run >> runs; printf '{{"status": {{"token": "%s"}}}}' "$(cat token)""#
    );
    let user = json!({"exec": {
        "apiVersion": "client.authentication.k8s.io/v1", "interactiveMode": "Never",
        "command": "sh", "args": [home.write("log-in", &script)?],
    }});
    let runs = || -> Result<usize> {
        let runs = std::fs::read_to_string(home.path().join("runs"))?;
        Ok(runs.lines().count())
    };
    let started = Instant::now();
    let (visitor, mut screen) = shown(&arena, (space, "cplugin"), &home, &user).await?;
    assert_eq!(runs()?, 1);

    visitor.leave().await?;
    screen.wait_line(&["API server", "credentials refused"])?;
    screen.wait_line(&["do", "run sh", "log-in"])?;
    screen.wait_line(&["cplugin/prod", "bad"])?;
    let within_the_minute = started.elapsed() < Duration::from_mins(1);
    assert!(runs()? == 1 || !within_the_minute, "{} runs", runs()?);

    let before = runs()?;
    home.write("token", &visitor.token().await?)?;
    screen.keys("\x12")?;
    live_again(&mut screen)?;
    assert_eq!(runs()?, before + 1);
    screen.quit()
}

#[tokio::test]
async fn an_edited_kubeconfig_is_taken_up_without_a_restart() -> Result {
    let space = "credentials-edited";
    let (plane, api) = labelled_arena(space, &place("cedited", "prod")).await?;
    crash(&api, space, "bad").await?;
    let home = Home::new()?;
    let nobody = format!("https://127.0.0.1:{}", ports::free()?);
    let wrong = json!({"token": "wrong"});
    let file = kubeconfig(plane, &home, &json!({"server": nobody}), &wrong)?;
    let mut screen = Terminal::start(&home, &file, &["-n", space])?;
    screen.wait_line(&["API server", "refused"])?;

    kubeconfig(plane, &home, &json!({}), &wrong)?;
    screen.wait_line(&["API server", "credentials refused"])?;

    // Half of a file is no kubeconfig, and no reason to wait a minute for the rest.
    home.write("kubeconfig", "{\"current-context\": ")?;
    screen.wait_line(&["API server", "kubeconfig unusable"])?;

    kubeconfig(plane, &home, &json!({}), &token_of(Persona::Admin))?;
    live_again(&mut screen)?;
    screen.wait_line(&["cedited/prod", "bad"])?;
    screen.quit()
}

/// How soon is told, not judged: the machine may be busy, and the waits are proved on a time of their own.
fn live_again(screen: &mut Terminal) -> Result {
    let from = Instant::now();
    screen.wait_text("here ✓")?;
    eprintln!("live again after {:?}", from.elapsed());
    Ok(())
}

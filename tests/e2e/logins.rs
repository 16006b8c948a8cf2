//! Exec plugins: they get no terminal, and what they print stays off the screen and out of the log.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::arena::arena;
use crate::bed::{ControlPlane, Persona, Result};
use crate::program::{Home, vigie_at};
use crate::terminal::Terminal;

/// Long enough to be taken for a token.
const SECRET: &str = "eyJhbGciOiJub25lIn0.c2VjcmV0LW9mLXRoZS10ZXN0.c2lnbmF0dXJl";

/// A kubeconfig of the shared cluster whose user logs in by a script.
pub(crate) fn by_plugin(plane: &ControlPlane, home: &Home, script: &str) -> Result<PathBuf> {
    let text = std::fs::read_to_string(plane.kubeconfig(Persona::Admin))?;
    let mut config: Value = serde_json::from_str(&text)?;
    let file = home.write("plugin.sh", script)?;
    let exec = json!({
        "apiVersion": "client.authentication.k8s.io/v1", "command": "sh", "args": [file],
        "env": [{"name": "VAULT_TOKEN", "value": "hunter2hunter2"}], "interactiveMode": "IfAvailable",
    });
    config["users"] = json!([{"name": "plugin", "user": {"exec": exec}}]);
    config["contexts"] = json!([{"name": "here", "context": {"cluster": "bed", "user": "plugin"}}]);
    config["current-context"] = json!("here");
    home.write("config", &config.to_string())
}

/// The secret is neither on the terminal nor in the log.
fn kept(home: &Home, screen: &Terminal) {
    let written = String::from_utf8_lossy(&screen.bytes()).into_owned();
    for secret in [SECRET, "hunter2", "admin-token"] {
        assert!(!written.contains(secret), "{secret} is on the terminal");
        assert!(!home.log().contains(secret), "{secret} is in the log");
    }
}

#[tokio::test]
async fn a_plugin_that_gives_a_token_logs_in_and_the_token_is_not_told() -> Result {
    let space = "logins-good";
    let (plane, _) = arena(space).await?;
    let home = Home::new()?;
    let script = r#"echo noise hunter2 >&2; echo '{"kind":"ExecCredential","status":{"token":"admin-token"}}'"#;
    let kubeconfig = by_plugin(plane, &home, script)?;
    let arguments = ["-n", space, "--log-level", "trace"];
    let mut screen = Terminal::start(&home, &kubeconfig, &arguments)?;
    let shown = screen.wait_text("nothing needs a human")?;
    assert!(
        shown.contains("here ✓") && !shown.contains("noise"),
        "{shown}"
    );
    kept(&home, &screen);
    screen.quit()
}

#[tokio::test]
async fn a_plugin_that_fails_says_what_to_run_and_no_secret() -> Result {
    let (plane, _) = arena("logins-failing").await?;
    let home = Home::new()?;
    let script = format!(
        "echo \"refused {SECRET} for $VAULT_TOKEN\"; echo \"refused {SECRET} for $VAULT_TOKEN\" >&2; exit 1"
    );
    let kubeconfig = by_plugin(plane, &home, &script)?;
    let mut screen = Terminal::start(&home, &kubeconfig, &["--log-level", "trace"])?;
    screen.wait_line(&["API server", "login needed"])?;
    screen.wait_line(&["do", "run sh"])?;
    kept(&home, &screen);
    screen.quit()?;

    let said = vigie_at(&home, &kubeconfig, ["get", "findings", "-o", "json"])?;
    assert_eq!(said.code, 3, "{said:?}");
    let reason = said.incomplete()?[0]["reason"].to_string();
    assert!(reason.contains("login needed"), "{reason}");
    assert!(reason.contains("refused *** for ***"), "{reason}");
    for secret in [SECRET, "hunter2"] {
        assert!(!format!("{said:?}").contains(secret), "{said:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_plugin_that_prompts_finds_nobody_to_ask() -> Result {
    let (plane, _) = arena("logins-prompting").await?;
    let home = Home::new()?;
    let script = "printf 'Password: ' >&2; read word || { echo 'nobody answers' >&2; exit 1; }; echo typed >&2; exit 1";
    let kubeconfig = by_plugin(plane, &home, script)?;
    let mut screen = Terminal::start(&home, &kubeconfig, &[])?;
    screen.wait_line(&["API server", "login needed"])?;
    let shown = screen.screen();
    assert!(
        shown.contains("nobody answers") && !shown.contains("typed"),
        "{shown}"
    );
    screen.quit()
}

#[tokio::test]
async fn a_plugin_that_reaches_for_the_terminal_does_not_garble_it() -> Result {
    let (plane, _) = arena("logins-reaching").await?;
    let home = Home::new()?;
    let script = "(printf 'Password: ' > /dev/tty) 2>/dev/null || echo 'no terminal' >&2; exit 1";
    let kubeconfig = by_plugin(plane, &home, script)?;
    let mut screen = Terminal::start(&home, &kubeconfig, &[])?;
    screen.wait_line(&["API server", "login needed"])?;
    let written = String::from_utf8_lossy(&screen.bytes()).into_owned();
    assert!(!written.contains("Password"), "{}", screen.screen());
    screen.quit()
}

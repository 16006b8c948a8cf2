//! Exec credential plugins (client.authentication.k8s.io), run by vigie itself: without a terminal, one at a time, with what
//! they print captured. kube would run one per request, and puts their environment and output into its errors.

use std::process::{Output, Stdio};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kube::config::{AuthInfo, ExecConfig};
use regex::Regex;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::json;
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::Command;

use super::convert::{MESSAGE, clean};
use crate::model::{Moment, Problem, Text};

/// A plugin that opens a browser and waits would wait for ever.
const PATIENCE: Duration = Duration::from_secs(30);
/// A credential is a few kilobytes.
const LONGEST_ANSWER: u64 = 1 << 20;

#[derive(Deserialize)]
struct ExecCredential {
    status: Option<ExecStatus>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ExecStatus {
    expiration_timestamp: Option<String>,
    token: Option<String>,
    client_certificate_data: Option<String>,
    client_key_data: Option<String>,
}

/// Runs the plugin and puts what it gives into `auth`. Returns when that expires, if it says so.
pub(super) async fn log_in(
    exec: &ExecConfig,
    auth: &mut AuthInfo,
) -> Result<Option<Moment>, Problem> {
    let words = Words::new(exec);
    let output = tokio::time::timeout(PATIENCE, output(command(exec, &words)?)).await;
    let output = match output {
        Err(_) => return Err(words.failed("no answer within 30 s: it may be asking a person")),
        Ok(Err(error)) => return Err(words.failed(&error.kind().to_string())),
        Ok(Ok(output)) => output,
    };
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        let last = stderr.lines().rev().find(|line| !line.trim().is_empty());
        return Err(words.failed(last.unwrap_or(&output.status.to_string())));
    }
    let credential: Option<ExecCredential> = serde_json::from_slice(&output.stdout).ok();
    let Some(status) = credential.and_then(|credential| credential.status) else {
        return Err(words.failed("its answer is not an ExecCredential"));
    };
    let expires = status
        .expiration_timestamp
        .as_deref()
        .and_then(Moment::from_rfc3339);
    let token = status.token.filter(|token| !token.is_empty());
    let pair = status.client_certificate_data.zip(status.client_key_data);
    if token.is_none() && pair.is_none() {
        return Err(words.failed("its answer holds neither token nor certificate"));
    }
    if let Some((certificate, key)) = pair {
        auth.client_certificate_data = Some(STANDARD.encode(certificate));
        auth.client_key_data = Some(SecretString::from(STANDARD.encode(key)));
    }
    if let Some(token) = token {
        auth.token = Some(SecretString::from(token));
    }
    Ok(expires)
}

fn command(exec: &ExecConfig, words: &Words) -> Result<Command, Problem> {
    let program = exec
        .command
        .as_deref()
        .filter(|command| !command.is_empty());
    let program = program.ok_or_else(|| words.failed("the plugin has no command"))?;
    let mut command = without_terminal(program);
    let cluster = if exec.provide_cluster_info {
        json!(exec.cluster)
    } else {
        json!(null)
    };
    let info = json!({
        "apiVersion": exec.api_version.as_deref().unwrap_or("client.authentication.k8s.io/v1"),
        "kind": "ExecCredential",
        "spec": { "interactive": false, "cluster": cluster },
    });
    command
        .args(exec.args.iter().flatten())
        .envs(variables(exec))
        .env("KUBERNETES_EXEC_INFO", info.to_string())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    Ok(command)
}

/// Through `setsid` where there is one: in a session of its own it has no terminal to open, whatever it was built to ask.
fn without_terminal(program: &str) -> Command {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let setsid = std::env::split_paths(&path)
        .map(|folder| folder.join("setsid"))
        .find(|file| file.is_file());
    match setsid {
        Some(setsid) => {
            let mut command = Command::new(setsid);
            command.arg(program);
            command
        }
        None => Command::new(program),
    }
}

/// Runs it to its end, keeping no more of what it prints than an answer needs.
async fn output(mut command: Command) -> std::io::Result<Output> {
    let mut child = command.spawn()?;
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let (stdout, stderr) = tokio::join!(printed(stdout), printed(stderr));
    let status = child.wait().await?;
    Ok(Output {
        status,
        stdout: stdout?,
        stderr: stderr?,
    })
}

async fn printed(pipe: Option<impl AsyncRead + Unpin>) -> std::io::Result<Vec<u8>> {
    let mut kept = Vec::new();
    if let Some(mut pipe) = pipe {
        (&mut pipe)
            .take(LONGEST_ANSWER)
            .read_to_end(&mut kept)
            .await?;
        tokio::io::copy(&mut pipe, &mut tokio::io::sink()).await?;
    }
    Ok(kept)
}

fn variables(exec: &ExecConfig) -> impl Iterator<Item = (&String, &String)> {
    exec.env
        .iter()
        .flatten()
        .filter_map(|one| Some((one.get("name")?, one.get("value")?)))
}

/// What may be said of the plugin, and what must not.
struct Words {
    command: Text,
    secrets: Vec<String>,
}

impl Words {
    fn new(exec: &ExecConfig) -> Self {
        let mut words = vec![exec.command.clone().unwrap_or_default()];
        let mut secrets: Vec<String> = variables(exec).map(|(_, value)| value.clone()).collect();
        let mut hide_next = false;
        for argument in exec.args.iter().flatten() {
            let (name, value) = argument
                .split_once('=')
                .map_or((argument.as_str(), None), |(name, value)| {
                    (name, Some(value))
                });
            let secret = is_secret(name);
            match value {
                Some(value) if secret => {
                    secrets.push(value.to_owned());
                    words.push(format!("{name}=***"));
                }
                None if hide_next => {
                    secrets.push(argument.clone());
                    words.push("***".to_owned());
                }
                _ => words.push(argument.clone()),
            }
            hide_next = secret && value.is_none();
        }
        secrets.retain(|secret| secret.len() >= 4);
        // The longest first: a secret that begins with another must not show its end.
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        Self {
            command: clean(&words.join(" "), MESSAGE),
            secrets,
        }
    }

    fn failed(&self, detail: &str) -> Problem {
        Problem::Login {
            command: self.command.clone(),
            detail: clean(&self.redact(detail), MESSAGE),
        }
    }

    /// Drops the plugin's own variables and anything that looks like a token.
    fn redact(&self, detail: &str) -> String {
        let mut text = detail.to_owned();
        for secret in &self.secrets {
            text = text.replace(secret.as_str(), "***");
        }
        match Regex::new(r"[A-Za-z0-9+/=_.-]{32,}") {
            Ok(token) => token.replace_all(&text, "***").into_owned(),
            Err(_) => text,
        }
    }
}

fn is_secret(argument: &str) -> bool {
    let argument = argument.to_ascii_lowercase();
    ["secret", "token", "password", "passwd", "key"]
        .iter()
        .any(|word| argument.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plugin(script: &str) -> ExecConfig {
        ExecConfig {
            command: Some("sh".into()),
            args: Some(vec![
                "-c".into(),
                script.into(),
                "--client-secret".into(),
                "hunter2hunter2".into(),
            ]),
            env: Some(vec![
                [("name", "VAULT"), ("value", "s3cr3t-value")]
                    .map(|(key, value)| (key.into(), value.into()))
                    .into(),
            ]),
            ..ExecConfig::default()
        }
    }

    #[tokio::test]
    async fn a_token_and_its_end_are_taken() {
        let answer =
            r#"echo '{"status":{"token":"abc","expirationTimestamp":"2026-11-24T02:12:44Z"}}'"#;
        let mut auth = AuthInfo::default();
        let expires = log_in(&plugin(answer), &mut auth).await.unwrap();
        assert_eq!(expires, Moment::from_rfc3339("2026-11-24T02:12:44Z"));
        assert!(auth.token.is_some());
    }

    #[tokio::test]
    async fn a_failing_plugin_is_quoted_without_its_secrets() {
        let script = "echo noise >&2; echo \"denied for $VAULT hunter2hunter2 eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9\" >&2; exit 3";
        let Problem::Login { command, detail } = log_in(&plugin(script), &mut AuthInfo::default())
            .await
            .unwrap_err()
        else {
            panic!("not a login problem")
        };
        assert_eq!(detail, "denied for *** *** ***");
        assert!(
            command.starts_with("sh -c") && command.ends_with("--client-secret ***"),
            "{command}"
        );
    }

    #[tokio::test]
    async fn a_plugin_finds_no_terminal() {
        let script = r#"if read line; then echo typed >&2; fi; [ -t 2 ] && echo tty >&2; echo "end" >&2; exit 1"#;
        let problem = log_in(&plugin(script), &mut AuthInfo::default())
            .await
            .unwrap_err();
        assert!(matches!(problem, Problem::Login { detail, .. } if detail == "end"));
    }

    #[tokio::test]
    async fn garbage_is_no_credential() {
        let problem = log_in(&plugin("echo '<html>'"), &mut AuthInfo::default())
            .await
            .unwrap_err();
        assert!(
            matches!(problem, Problem::Login { detail, .. } if detail == "its answer is not an ExecCredential")
        );
    }
}

//! Exec credential plugins (client.authentication.k8s.io), run by vigie itself: without a terminal, one at a time, with what
//! they print captured. kube would run one per request, and puts their environment and output into its errors.

use std::os::unix::process::ExitStatusExt;
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

use crate::model::{ConfigFault, LoginFault, Moment, Problem, Text};
use crate::source::text::{MESSAGE, clean, without_orders};

/// A plugin that opens a browser and waits would wait for ever.
const PATIENCE: Duration = Duration::from_secs(30);
/// What is kept of a plugin's last words: the error and what it says to do about it.
const LINES: usize = 3;
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
    let output = tokio::time::timeout(PATIENCE, output(command(exec)?)).await;
    let output = match output {
        Err(_) => {
            let seconds = PATIENCE.as_secs();
            return Err(words.problem(LoginFault::Silent { seconds }));
        }
        Ok(Err(error)) => {
            let told = words.told(&error.to_string());
            return Err(words.problem(LoginFault::NotRun { words: told }));
        }
        Ok(Ok(output)) => output,
    };
    if !output.status.success() {
        return Err(words.problem(words.failure(&output)));
    }
    let credential: Option<ExecCredential> = serde_json::from_slice(&output.stdout).ok();
    let Some(status) = credential.and_then(|credential| credential.status) else {
        return Err(words.problem(LoginFault::NoCredential));
    };
    let expires = status
        .expiration_timestamp
        .as_deref()
        .and_then(Moment::from_rfc3339);
    let token = status.token.filter(|token| !token.is_empty());
    let pair = status.client_certificate_data.zip(status.client_key_data);
    if token.is_none() && pair.is_none() {
        return Err(words.problem(LoginFault::EmptyCredential));
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

/// What a person runs elsewhere to log in, without its secrets.
pub(super) fn command_line(exec: &ExecConfig) -> Text {
    Words::new(exec).command
}

fn command(exec: &ExecConfig) -> Result<Command, Problem> {
    let program = exec
        .command
        .as_deref()
        .filter(|command| !command.is_empty());
    let program = program.ok_or(Problem::Config(ConfigFault::NoPlugin))?;
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
/// Where there is none (it comes with util-linux), one that opens `/dev/tty` by itself writes over the screen until the next
/// frame, and waits for keys that vigie takes, until its time is up.
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

    fn problem(&self, fault: LoginFault) -> Problem {
        Problem::Login {
            command: self.command.clone(),
            fault,
        }
    }

    /// What it said before it failed, else how it ended.
    fn failure(&self, output: &Output) -> LoginFault {
        let words = self.told(&String::from_utf8_lossy(&output.stderr));
        if !words.is_empty() {
            return LoginFault::Said { words };
        }
        match (output.status.code(), output.status.signal()) {
            (None, Some(signal)) => LoginFault::Killed { signal },
            (code, _) => LoginFault::Exited {
                code: code.unwrap_or_default(),
            },
        }
    }

    /// The last lines that say something, without secrets.
    fn told(&self, printed: &str) -> Text {
        // Orders to the terminal go first: one within a secret would hide it.
        let printed = self.redact(&without_orders(printed));
        let says = |line: &&str| line.chars().any(char::is_alphanumeric);
        let lines = printed.split(['\n', '\r']).map(str::trim).filter(says);
        let mut last: Vec<_> = lines.rev().take(LINES).collect();
        last.reverse();
        let last: Vec<_> = last.iter().map(|it| clean(it, MESSAGE / LINES)).collect();
        Text::from(last.join(" · "))
    }

    /// Drops the plugin's own variables and anything that looks like a token.
    fn redact(&self, text: &str) -> String {
        let mut text = text.to_owned();
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

    async fn fault_of(script: &str) -> (Text, LoginFault) {
        match log_in(&plugin(script), &mut AuthInfo::default()).await {
            Err(Problem::Login { command, fault }) => (command, fault),
            other => panic!("{other:?}"),
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
        let (command, fault) = fault_of(script).await;
        let words = "noise · denied for *** *** ***".into();
        assert_eq!(fault, LoginFault::Said { words });
        assert!(
            command.starts_with("sh -c") && command.ends_with("--client-secret ***"),
            "{command}"
        );
    }

    #[tokio::test]
    async fn a_plugin_finds_no_terminal() {
        let script = r#"if read line; then echo typed >&2; fi; [ -t 2 ] && echo tty >&2; echo "end" >&2; exit 1"#;
        let words = "end".into();
        assert_eq!(fault_of(script).await.1, LoginFault::Said { words });
    }

    #[tokio::test]
    async fn garbage_is_no_credential() {
        let (_, fault) = fault_of("echo '<html>'").await;
        assert_eq!(fault, LoginFault::NoCredential);
        let (_, fault) = fault_of(r#"echo '{"status":{}}'"#).await;
        assert_eq!(fault, LoginFault::EmptyCredential);
    }

    #[tokio::test]
    async fn the_last_lines_of_a_plugin_are_kept_without_orders_to_the_terminal() {
        let script = r"printf 'starting\none\n\033[31mERROR\033[0m: expired\n\n----\n\033]8;;https://x\033\\Please run\033]8;;\033\\:\n  \033[1mtool login\033[0m\n' >&2; exit 1";
        let words = "ERROR: expired · Please run: · tool login".into();
        assert_eq!(fault_of(script).await.1, LoginFault::Said { words });
        let secret = r"printf 'denied hunter2\033[0mhunter2\n' >&2; exit 1";
        let words = "denied ***".into();
        assert_eq!(fault_of(secret).await.1, LoginFault::Said { words });
    }

    #[tokio::test]
    async fn a_plugin_that_fails_without_a_word_tells_how_it_ended() {
        let (_, fault) = fault_of("exit 3").await;
        assert_eq!(fault, LoginFault::Exited { code: 3 });
        let (_, fault) = fault_of("kill -9 $$").await;
        assert_eq!(fault, LoginFault::Killed { signal: 9 });
    }
}

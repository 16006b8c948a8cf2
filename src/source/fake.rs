//! A server on loopback for what a real one cannot be made to give: credentials that end within seconds.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::Receiver;
use tokio::sync::{mpsc, watch};
use tokio::time::Instant;

use super::access::{Options, resolve};
use super::outlet::Outlet;
use super::task::ClusterTask;
use super::{Clock, Mode, lookup};
use crate::model::{ClusterId, Delta, Kind, Moment};

/// Long enough for a busy machine; a test that reaches it has failed.
const PATIENCE: Duration = Duration::from_secs(30);

/// An empty cluster that accepts some tokens.
#[derive(Clone, Default)]
pub(super) struct Server {
    pub(super) tokens: Arc<Mutex<HashSet<String>>>,
    /// Path and token of each request.
    pub(super) asked: Arc<Mutex<Vec<(String, String)>>>,
}

impl Server {
    pub(super) fn accept_only(&self, tokens: &[&str]) {
        *self.tokens.lock().unwrap() = tokens.iter().map(|it| (*it).to_owned()).collect();
    }

    async fn answer(self, mut caller: TcpStream) {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            match caller.read_u8().await {
                Ok(byte) => head.push(byte),
                Err(_) => return,
            }
        }
        let head = String::from_utf8_lossy(&head).into_owned();
        let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
        let bearer = head.lines().find_map(|line| {
            let (name, value) = line.split_once(": Bearer ")?;
            name.eq_ignore_ascii_case("authorization").then_some(value)
        });
        let token = bearer.unwrap_or_default().to_owned();
        let known = self.tokens.lock().unwrap().contains(&token);
        self.asked.lock().unwrap().push((path.clone(), token));
        let (status, body) = match path.split('?').next().unwrap_or_default() {
            _ if !known => ("401 Unauthorized", "{}"),
            "/apis" => ("200 OK", r#"{"kind": "APIGroupDiscoveryList"}"#),
            "/version" => ("200 OK", r#"{"minor": "37"}"#),
            _ if path.contains("watch=1") => ("200 OK", ""),
            _ => (
                "200 OK",
                r#"{"metadata": {"resourceVersion": "1"}, "items": []}"#,
            ),
        };
        let text = format!(
            "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{body}"
        );
        if caller.write_all(text.as_bytes()).await.is_ok() && body.is_empty() {
            // A watch on which nothing happens.
            let _ = caller.read_u8().await;
        }
    }
}

/// A server, a home for files, and what the reading of pods there has told.
pub(super) struct Stage {
    pub(super) server: Server,
    pub(super) home: tempfile::TempDir,
    pub(super) told: Receiver<Vec<Delta>>,
    pub(super) retry: watch::Sender<u64>,
    waiting: std::vec::IntoIter<Delta>,
}

impl Stage {
    /// Starts reading with a user as a kubeconfig describes it.
    pub(super) async fn set(
        server: Server,
        clock: Clock,
        user: impl FnOnce(&Path) -> serde_json::Value,
    ) -> Self {
        let home = tempfile::tempdir().unwrap();
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let answering = server.clone();
        tokio::spawn(async move {
            while let Ok((caller, _)) = listener.accept().await {
                tokio::spawn(answering.clone().answer(caller));
            }
        });
        let kubeconfig = write_kubeconfig(home.path(), port, &user(home.path()));
        let options = Options {
            kubeconfig: Some(kubeconfig),
            ..Options::default()
        };
        let access = resolve(&options).unwrap().clusters.remove(0);
        let (retry, retried) = watch::channel(0);
        let (deltas, told) = mpsc::channel(64);
        let task = ClusterTask {
            id: ClusterId(0),
            access,
            kinds: vec![Kind::Pod],
            mode: Mode::Watch,
            clock,
            outlet: Outlet::new(deltas),
            retry: retried,
            asked: watch::channel(lookup::Asked::default()).1,
            session: watch::channel(None).0,
        };
        tokio::spawn(task.keep());
        Self {
            server,
            home,
            told,
            retry,
            waiting: Vec::new().into_iter(),
        }
    }

    pub(super) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.home.path().join(name), text).unwrap();
    }

    pub(super) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.home.path().join(name)).unwrap_or_default()
    }

    /// The next thing told that is of this sort, and what was told before it.
    pub(super) async fn wait(&mut self, sort: impl Fn(&Delta) -> bool) -> (Delta, Vec<Delta>) {
        let mut before = Vec::new();
        let wait = async {
            loop {
                for delta in self.waiting.by_ref() {
                    if sort(&delta) {
                        return delta;
                    }
                    before.push(delta);
                }
                self.waiting = self.told.recv().await.unwrap().into_iter();
            }
        };
        let found = tokio::time::timeout(PATIENCE, wait).await;
        let found =
            found.unwrap_or_else(|_| panic!("never told; the server: {:?}", self.server.asked));
        (found, before)
    }
}

fn write_kubeconfig(home: &Path, port: u16, user: &serde_json::Value) -> PathBuf {
    let config = serde_json::json!({
        "current-context": "here",
        "contexts": [{"name": "here", "context": {"cluster": "here", "user": "me"}}],
        "clusters": [{"name": "here", "cluster": {"server": format!("http://127.0.0.1:{port}")}}],
        "users": [{"name": "me", "user": user}],
    });
    let path = home.join("config");
    std::fs::write(&path, config.to_string()).unwrap();
    path
}

/// Lets so much time pass at once. Only while no answer is awaited: it would be late.
pub(super) async fn pass(seconds: u64) {
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(seconds)).await;
    tokio::time::resume();
}

thread_local! {
    static BORN: Instant = Instant::now();
}

/// Goes with the time that passes.
pub(super) fn clock() -> Moment {
    let gone = BORN.with(Instant::elapsed).as_secs();
    Moment::from_seconds(1_800_000_000 + i64::try_from(gone).unwrap()).unwrap()
}

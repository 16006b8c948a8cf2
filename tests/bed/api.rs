//! A small client for tests and seeds: objects as JSON, addressed as the API addresses them, every wait bounded.
//!
//! One per test: its connections belong to the runtime that opened them.

use std::path::Path;
use std::time::{Duration, Instant};

use color_eyre::eyre::{Report, WrapErr, bail, ensure, eyre};
use futures::{StreamExt, TryStreamExt, stream};
use http::{Method, Request};
use kube::Client;
use kube::config::{Config, KubeConfigOptions, Kubeconfig};
use kube::core::{ApiResource, GroupVersionKind};
use serde_json::Value;
use tokio::time::timeout;

use super::Result;
use super::directory::keep_all;

/// Who writes, in `managedFields`.
const FIELD_MANAGER: &str = "bed";
/// Long enough for a busy machine; a test that reaches it has failed.
const PATIENCE: Duration = Duration::from_mins(2);
const POLL: Duration = Duration::from_millis(100);
/// Between two looks at what is to stay.
const WATCHED: Duration = Duration::from_millis(500);

#[derive(Clone)]
pub(crate) struct Api {
    client: Client,
}

impl Api {
    pub(crate) async fn connect(kubeconfig: &Path) -> Result<Self> {
        let file = Kubeconfig::read_from(kubeconfig)?;
        let mut config =
            Config::from_custom_kubeconfig(file, &KubeConfigOptions::default()).await?;
        config.connect_timeout = Some(Duration::from_secs(5));
        // It would end connections that rest, and now and then a request with them: each request has its own bound.
        config.read_timeout = None;
        // Silent retries would hide what a test is about.
        config.default_retry = false;
        Ok(Self {
            client: Client::try_from(config)?,
        })
    }

    pub(crate) fn client(&self) -> Client {
        self.client.clone()
    }

    /// The raw request; `Err` holds the server's own words and its status.
    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        content: &str,
        body: Vec<u8>,
    ) -> kube::Result<Value> {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("content-type", content)
            .body(body)
            .map_err(kube::Error::HttpError)?;
        let answer = timeout(PATIENCE, self.client.request(request)).await;
        answer.unwrap_or_else(|late| Err(kube::Error::Service(late.into())))
    }

    pub(crate) async fn get(&self, path: &str) -> kube::Result<Value> {
        self.send(Method::GET, path, "application/json", Vec::new())
            .await
    }

    pub(crate) async fn text(&self, path: &str) -> Result<String> {
        let request = Request::get(path).body(Vec::new())?;
        Ok(timeout(PATIENCE, self.client.request_text(request)).await??)
    }

    pub(crate) async fn items(&self, path: &str) -> Result<Vec<Value>> {
        match self.get(path).await?["items"].take() {
            Value::Array(items) => Ok(items),
            other => bail!("{path} is not a list: {other}"),
        }
    }

    pub(crate) async fn create(&self, object: &Value) -> Result<Value> {
        let path = format!("{}?fieldManager={FIELD_MANAGER}", collection(object)?);
        self.send(
            Method::POST,
            &path,
            "application/json",
            serde_json::to_vec(object)?,
        )
        .await
        .wrap_err_with(|| format!("cannot create {path}"))
    }

    /// Server-side apply: creates or changes, and owns what it names.
    pub(crate) async fn apply(&self, object: &Value) -> Result<Value> {
        let path = format!(
            "{}?fieldManager={FIELD_MANAGER}&force=true",
            path_of(object)?
        );
        self.send(
            Method::PATCH,
            &path,
            "application/apply-patch+yaml",
            serde_json::to_vec(object)?,
        )
        .await
        .wrap_err_with(|| format!("cannot apply {path}"))
    }

    /// Applies every document of a YAML text.
    pub(crate) async fn apply_yaml(&self, text: &str) -> Result {
        for document in text.split("\n---\n") {
            self.apply(&serde_saphyr::from_str(document)?).await?;
        }
        Ok(())
    }

    /// Many at once, in no order.
    pub(crate) async fn create_all(
        &self,
        objects: impl IntoIterator<Item = Value>,
        at_once: usize,
    ) -> Result {
        stream::iter(objects)
            .map(|object| async move { self.create(&object).await.map(drop) })
            .buffer_unordered(at_once)
            .try_collect()
            .await
    }

    pub(crate) async fn merge(&self, path: &str, change: &Value) -> Result<Value> {
        self.send(
            Method::PATCH,
            path,
            "application/merge-patch+json",
            serde_json::to_vec(change)?,
        )
        .await
        .wrap_err_with(|| format!("cannot patch {path}"))
    }

    /// For lists merged by key, such as conditions and containers.
    pub(crate) async fn strategic(&self, path: &str, change: &Value) -> Result<Value> {
        self.send(
            Method::PATCH,
            path,
            "application/strategic-merge-patch+json",
            serde_json::to_vec(change)?,
        )
        .await
        .wrap_err_with(|| format!("cannot patch {path}"))
    }

    pub(crate) async fn delete(&self, path: &str) -> Result {
        self.send(Method::DELETE, path, "application/json", Vec::new())
            .await
            .wrap_err_with(|| format!("cannot delete {path}"))?;
        Ok(())
    }

    /// Asks until `condition` holds; errors on the way (the server may be restarting) only count at the end.
    pub(crate) async fn wait_for(
        &self,
        path: &str,
        what: &str,
        condition: impl Fn(&Value) -> bool,
    ) -> Result<Value> {
        self.wait_at_most(PATIENCE, path, what, condition).await
    }

    pub(crate) async fn wait_at_most(
        &self,
        patience: Duration,
        path: &str,
        what: &str,
        condition: impl Fn(&Value) -> bool,
    ) -> Result<Value> {
        let deadline = Instant::now() + patience;
        loop {
            let answer = self.get(path).await;
            if let Ok(object) = &answer
                && condition(object)
            {
                return Ok(answer?);
            }
            if Instant::now() > deadline {
                return Err(too_late(path, what, answer));
            }
            tokio::time::sleep(POLL).await;
        }
    }

    /// Looks again and again, for that long.
    pub(crate) async fn stays(
        &self,
        path: &str,
        time: Duration,
        so: impl Fn(&Value) -> bool,
    ) -> Result {
        let began = Instant::now();
        while began.elapsed() < time {
            let object = self.get(path).await?;
            let after = began.elapsed();
            ensure!(so(&object), "{path} did not stay, {after:?}: {object}");
            tokio::time::sleep(WATCHED).await;
        }
        Ok(())
    }

    pub(crate) async fn wait_gone(&self, path: &str) -> Result {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let answer = self.get(path).await;
            if status_code(&answer) == Some(404) {
                return Ok(());
            }
            if Instant::now() > deadline {
                return Err(too_late(path, "gone", answer));
            }
            tokio::time::sleep(POLL).await;
        }
    }
}

fn too_late(path: &str, what: &str, last: kube::Result<Value>) -> Report {
    keep_all();
    match last {
        Ok(object) => eyre!(
            "{path} never was {what}; at the end: {}",
            states(&object).join("\n")
        ),
        Err(error) => eyre!("{path} never was {what}; at the end: {error}"),
    }
}

/// Of an object or of each in a list, its name and its status: the whole would bury what matters.
fn states(object: &Value) -> Vec<String> {
    match object["items"].as_array() {
        Some(items) => items.iter().flat_map(states).collect(),
        None => vec![format!(
            "{} {}",
            object["metadata"]["name"], object["status"]
        )],
    }
}

/// The HTTP status of a refusal by the API server.
pub(crate) fn status_code(answer: &kube::Result<Value>) -> Option<u16> {
    match answer {
        Err(kube::Error::Api(status)) => Some(status.code),
        _ => None,
    }
}

/// The path of the collection that holds this object.
pub(crate) fn collection(object: &Value) -> Result<String> {
    let field = |pointer: &str| object.pointer(pointer).and_then(Value::as_str);
    let (Some(version), Some(kind)) = (field("/apiVersion"), field("/kind")) else {
        bail!("an object needs apiVersion and kind: {object}");
    };
    let (group, version) = version.split_once('/').unwrap_or(("", version));
    let resource = ApiResource::from_gvk(&GroupVersionKind::gvk(group, version, kind));
    let root = if group.is_empty() {
        format!("/api/{version}")
    } else {
        format!("/apis/{group}/{version}")
    };
    Ok(match field("/metadata/namespace") {
        Some(namespace) => format!("{root}/namespaces/{namespace}/{}", resource.plural),
        None => format!("{root}/{}", resource.plural),
    })
}

pub(crate) fn path_of(object: &Value) -> Result<String> {
    let name = object
        .pointer("/metadata/name")
        .and_then(Value::as_str)
        .ok_or_else(|| eyre!("an object needs a name: {object}"))?;
    Ok(format!("{}/{name}", collection(object)?))
}

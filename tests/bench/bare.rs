//! The floor: what it takes to download the same lists and look at nothing.

use std::path::Path;
use std::time::{Duration, Instant};

use futures::future::try_join_all;
use http::Request;
use http::header::{ACCEPT, ACCEPT_ENCODING};
use http_body_util::BodyExt;
use kube::client::Body;
use kube::config::{KubeConfigOptions, Kubeconfig};
use kube::{Client, Config};
use vigie::model::Kind;

use crate::bed::Result;

pub(crate) const JSON: &str = "application/json";
pub(crate) const PROTOBUF: &str = "application/vnd.kubernetes.protobuf";

/// Seconds and megabytes for all lists at once.
pub(crate) async fn download(
    kubeconfig: &Path,
    accept: &str,
    kinds: &[Kind],
) -> Result<(Duration, f64)> {
    let kubeconfig = Kubeconfig::read_from(kubeconfig)?;
    let config = Config::from_custom_kubeconfig(kubeconfig, &KubeConfigOptions::default()).await?;
    let client = Client::try_from(config)?;
    // Connected first, as vigie is when its clock starts.
    client
        .send(request("/version", JSON)?)
        .await?
        .into_body()
        .collect()
        .await
        .ok();
    let began = Instant::now();
    let lists = kinds.iter().map(|kind| list(&client, *kind, accept));
    let bytes = try_join_all(lists).await?;
    Ok((began.elapsed(), bytes.iter().sum::<usize>() as f64 / 1e6))
}

async fn list(client: &Client, kind: Kind, accept: &str) -> Result<usize> {
    let root = if kind.group().is_empty() {
        "/api".to_owned()
    } else {
        format!("/apis/{}", kind.group())
    };
    let path = format!("{root}/{}/{}", kind.version(), kind.plural());
    let mut body = client.send(request(&path, accept)?).await?.into_body();
    let mut bytes = 0;
    while let Some(frame) = body.frame().await {
        bytes += frame?.data_ref().map_or(0, bytes::Bytes::len);
    }
    Ok(bytes)
}

fn request(path: &str, accept: &str) -> Result<Request<Body>> {
    Ok(Request::get(path)
        .header(ACCEPT, accept)
        .header(ACCEPT_ENCODING, "identity")
        .body(Body::empty())?)
}

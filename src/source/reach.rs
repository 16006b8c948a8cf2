//! How far a person may see: the whole cluster, or the namespaces they name.

use serde::Deserialize;

use super::access::Access;
use super::connection::Failure;
use super::session::Session;
use crate::model::Text;
use crate::source::text::{NAME, clean};

const PROTOBUF_OR_JSON: &str = "application/vnd.kubernetes.protobuf, application/json";
const PROJECTS: &str = "/apis/project.openshift.io/v1/projects";

/// The namespaces that `-n` names, when all its words are namespaces: then only those are read.
/// A tenant's name is not one, so the whole cluster is read and the view narrowed.
pub(super) async fn asked_namespaces(session: &Session, access: &Access) -> Option<Vec<Text>> {
    if access.namespaces.is_empty() || access.all_namespaces {
        return None;
    }
    let mut names = Vec::new();
    for name in &access.namespaces {
        if name.contains('/') || !is_namespace(session, name).await {
            return None;
        }
        names.push(clean(name, NAME));
    }
    names.sort();
    names.dedup();
    Some(names)
}

/// A namespace that may not be read may still be one whose objects may.
async fn is_namespace(session: &Session, name: &str) -> bool {
    let valid = name
        .chars()
        .all(|letter| letter.is_ascii_alphanumeric() || letter == '-' || letter == '.');
    if !valid {
        return false;
    }
    let path = format!("/api/v1/namespaces/{name}");
    let answer = session
        .connection
        .get(&path, PROTOBUF_OR_JSON, None, session.connection.patience())
        .await;
    matches!(answer, Ok(_) | Err(Failure::Denied))
}

/// Where to look when the whole cluster is denied: `-n`, the configuration, `OpenShift`'s projects, else the context's namespace.
pub(super) async fn known_namespaces(
    session: &Session,
    access: &Access,
) -> Result<Vec<Text>, Failure> {
    let words = access.namespaces.iter().filter(|name| !name.contains('/'));
    let mut names: Vec<Text> = words
        .chain(&access.configured_namespaces)
        .map(|name| clean(name, NAME))
        .collect();
    if names.is_empty() {
        names = projects(session).await?;
    }
    if names.is_empty() {
        names.push(session.connection.namespace.clone());
    }
    names.sort();
    names.dedup();
    Ok(names)
}

/// `OpenShift` lists to each user the projects that are theirs.
async fn projects(session: &Session) -> Result<Vec<Text>, Failure> {
    #[derive(Deserialize)]
    struct List {
        #[serde(default)]
        items: Vec<Item>,
    }
    #[derive(Deserialize)]
    struct Item {
        metadata: Metadata,
    }
    #[derive(Deserialize)]
    struct Metadata {
        name: String,
    }
    if !session.served.has_group("project.openshift.io") {
        return Ok(Vec::new());
    }
    let answer = session
        .connection
        .get(
            PROJECTS,
            "application/json",
            None,
            session.connection.patience(),
        )
        .await;
    let body = match answer {
        Ok(whole) => whole.body.unwrap_or_default(),
        Err(Failure::Denied | Failure::Absent) => return Ok(Vec::new()),
        Err(failure) => return Err(failure),
    };
    let list: Option<List> = serde_json::from_slice(&body).ok();
    let items = list.map(|list| list.items).unwrap_or_default();
    Ok(items
        .iter()
        .map(|item| clean(&item.metadata.name, NAME))
        .collect())
}

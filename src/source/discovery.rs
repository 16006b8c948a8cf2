//! What the server serves, its clock and its life, in one cheap request: aggregated discovery, answered 304 while nothing changes.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;

use super::connection::{Connection, Failure};
use super::wire::messages::null_default;
use super::wire::undecodable;
use crate::model::{GarbledFault, Kind, Moment, Problem, Resource};
use crate::source::text::{NAME, clean};

const PATH: &str = "/apis";
/// The aggregated form first, then what servers before 1.27 answer: groups and versions without their resources.
const ACCEPT: &str =
    "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList, application/json";

/// Kinds beyond the core group that are there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Served {
    /// `group/version` and, when the server tells, `group/version/plural`.
    names: HashSet<String>,
    /// Whether resources are told, or groups only.
    detailed: bool,
    /// What may be listed, each in the version that the server prefers; of an old server the core group only.
    resources: Arc<[Arc<Resource>]>,
}

impl Served {
    pub(super) fn has(&self, kind: Kind) -> bool {
        if kind.group().is_empty() || self.names.is_empty() {
            return kind.built_in();
        }
        let version = format!("{}/{}", kind.group(), kind.version());
        if self.detailed {
            self.names.contains(&format!("{version}/{}", kind.plural()))
        } else {
            self.names.contains(&version)
        }
    }

    pub(super) fn resources(&self) -> Arc<[Arc<Resource>]> {
        Arc::clone(&self.resources)
    }

    /// Whether any version of the resource is there.
    pub(super) fn has_group(&self, group: &str) -> bool {
        self.names
            .iter()
            .any(|name| name.split('/').next() == Some(group))
    }
}

/// One look at the server.
pub(super) struct Look {
    pub(super) denied: bool,
    /// None: as before.
    pub(super) served: Option<Served>,
    pub(super) etag: Option<String>,
    pub(super) date: Option<Moment>,
}

/// Asks the server; `etag` is that of the last look.
pub(super) async fn look(
    connection: &Connection,
    etag: Option<&str>,
    bound: Duration,
) -> Result<Look, Problem> {
    let answer = match connection.get(PATH, ACCEPT, etag, bound).await {
        Ok(answer) => answer,
        // Anonymous or oddly restricted users, or a server that starts: the kinds will tell.
        Err(refused @ (Failure::Denied | Failure::Absent | Failure::Expired)) => {
            return Ok(Look {
                denied: refused == Failure::Denied,
                served: None,
                etag: None,
                date: None,
            });
        }
        Err(Failure::Problem(problem, _)) => return Err(problem),
    };
    let served = match &answer.body {
        None => None,
        Some(body) => Some(parse(body).map_err(Problem::Garbled)?),
    };
    Ok(Look {
        denied: false,
        served,
        etag: answer.etag(),
        date: answer.date(),
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct GroupList {
    /// Aggregated: `APIGroupDiscoveryList`.
    #[serde(default)]
    items: Vec<Group>,
    /// Plain: `APIGroupList`.
    #[serde(default)]
    groups: Vec<PlainGroup>,
    kind: String,
}

#[derive(Deserialize)]
struct Group {
    metadata: Name,
    #[serde(default)]
    versions: Vec<Version>,
}

#[derive(Deserialize)]
struct Name {
    name: String,
}

#[derive(Deserialize)]
struct Version {
    version: String,
    #[serde(default)]
    resources: Vec<Listed>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Listed {
    resource: String,
    #[serde(default, deserialize_with = "null_default")]
    response_kind: ResponseKind,
    #[serde(default, deserialize_with = "null_default")]
    scope: String,
    #[serde(default, deserialize_with = "null_default")]
    short_names: Vec<String>,
    #[serde(default, deserialize_with = "null_default")]
    verbs: Vec<String>,
}

#[derive(Default, Deserialize)]
struct ResponseKind {
    #[serde(default)]
    kind: String,
}

#[derive(Deserialize)]
struct PlainGroup {
    #[serde(default)]
    versions: Vec<PlainVersion>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PlainVersion {
    group_version: String,
}

fn parse(body: &[u8]) -> Result<Served, GarbledFault> {
    let list: GroupList = serde_json::from_slice(body).map_err(undecodable)?;
    let mut names = HashSet::new();
    let mut resources = Resource::core();
    for group in &list.items {
        for version in &group.versions {
            let name = format!("{}/{}", group.metadata.name, version.version);
            for resource in &version.resources {
                names.insert(format!("{name}/{}", resource.resource));
            }
            names.insert(name);
        }
        resources.extend(listed(group));
    }
    for version in list.groups.iter().flat_map(|group| &group.versions) {
        names.insert(version.group_version.clone());
    }
    Ok(Served {
        names,
        detailed: list.kind == "APIGroupDiscoveryList",
        resources: resources.into_iter().map(Arc::new).collect(),
    })
}

/// What may be listed of a group, each in the first version that has it.
fn listed(group: &Group) -> Vec<Resource> {
    let mut known = HashSet::new();
    let mut found = Vec::new();
    for version in &group.versions {
        for told in &version.resources {
            let may = told.verbs.iter().any(|verb| verb == "list");
            if may && known.insert(&told.resource) {
                found.push(Resource {
                    group: clean(&group.metadata.name, NAME),
                    version: clean(&version.version, NAME),
                    plural: clean(&told.resource, NAME),
                    kind: clean(&told.response_kind.kind, NAME),
                    namespaced: told.scope == "Namespaced",
                    short: told.short_names.iter().map(|it| clean(it, NAME)).collect(),
                });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const AGGREGATED: &str = r#"{"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","metadata":{},"items":[
        {"metadata":{"name":"apps"},"versions":[{"version":"v1","resources":[{"resource":"deployments","scope":"Namespaced"}]}]},
        {"metadata":{"name":"management.cattle.io"},"versions":[{"version":"v3","resources":[{"resource":"projects"}]}]}]}"#;
    const PLAIN: &str = r#"{"kind":"APIGroupList","groups":[{"name":"apps","versions":[{"groupVersion":"apps/v1","version":"v1"}]}]}"#;

    #[test]
    fn aggregated_discovery_tells_resources() {
        let served = parse(AGGREGATED.as_bytes()).unwrap();
        assert!(served.has(Kind::Pod) && served.has(Kind::Deployment) && served.has(Kind::Project));
        assert!(!served.has(Kind::StatefulSet) && !served.has(Kind::PodDisruptionBudget));
    }

    #[test]
    fn what_may_be_listed_is_told_in_the_version_that_the_server_prefers() {
        let resource = |version: &str, verb: &str| {
            format!(
                r#"{{"version":"{version}","resources":[{{"resource":"certificates","responseKind":{{"kind":"Certificate"}},
                "scope":"Namespaced","verbs":["{verb}"],"shortNames":["cert"]}}]}}"#
            )
        };
        let told = |versions: &[String]| {
            let group = format!(
                r#"{{"metadata":{{"name":"cert-manager.io"}},"versions":[{}]}}"#,
                versions.join(",")
            );
            let body = format!(r#"{{"kind":"APIGroupDiscoveryList","items":[{group}]}}"#);
            let resources = parse(body.as_bytes()).unwrap().resources();
            let found = resources
                .iter()
                .filter(|it| it.is_called("cert.cert-manager.io"));
            found.map(|it| it.version.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(
            told(&[resource("v1", "list"), resource("v1alpha2", "list")]),
            ["v1"]
        );
        assert_eq!(
            told(&[resource("v1", "create"), resource("v1alpha2", "list")]),
            ["v1alpha2"]
        );
        assert!(told(&[resource("v1", "create")]).is_empty());
        let nameless = r#"{"version":"v1","resources":[{"resource":"odd","responseKind":null,"scope":"Namespaced","verbs":null}]}"#;
        assert_eq!(told(&[nameless.to_owned(), resource("v1", "list")]), ["v1"]);
        let core = parse(PLAIN.as_bytes()).unwrap().resources();
        assert!(core.iter().any(|it| it.is_called("svc")));
    }

    #[test]
    fn plain_discovery_tells_groups() {
        let served = parse(PLAIN.as_bytes()).unwrap();
        assert!(
            served.has(Kind::StatefulSet) && !served.has(Kind::Project) && !served.has(Kind::Job)
        );
    }

    #[test]
    fn without_discovery_built_in_kinds_are_asked_and_custom_ones_are_not() {
        let served = Served::default();
        assert!(served.has(Kind::Job) && !served.has(Kind::Project));
    }

    #[test]
    fn html_is_no_discovery() {
        assert!(parse(b"<html>").is_err());
    }
}

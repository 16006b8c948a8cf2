//! What stands around a workload in its namespace, read while its page is open: Services and what leads to them, claims,
//! certificates, disruption budgets. Fields are those of the Kubernetes, Gateway, Route and cert-manager APIs.

use serde_json::Value;

use crate::model::{Lookup, ObjectKind, ObjectRef, Text, Uid, Wanted};
use crate::store::Store;

/// Kinds that are read around a workload, where they are served: group and plural.
pub const AROUND: [(&str, &str); 8] = [
    ("", "services"),
    ("discovery.k8s.io", "endpointslices"),
    ("networking.k8s.io", "ingresses"),
    ("", "persistentvolumeclaims"),
    ("policy", "poddisruptionbudgets"),
    ("gateway.networking.k8s.io", "httproutes"),
    ("route.openshift.io", "routes"),
    ("cert-manager.io", "certificates"),
];

/// As far as it has been read.
#[derive(Default)]
pub struct Around<'a> {
    /// The workload itself.
    pub own: Option<&'a Value>,
    /// All objects of a kind in the namespace; a kind that was not read to its end is not among them.
    pub lists: Vec<(ObjectKind, Vec<&'a Value>)>,
}

/// What is asked of a cluster around an object of it: each of these kinds that it serves.
pub fn around_lookups(store: &Store, object: &ObjectRef, kinds: &[(&str, &str)]) -> Vec<Lookup> {
    let cluster = store.cluster(object.cluster);
    let served = |(group, plural): &(&str, &str)| cluster?.kind(group, plural);
    let lookup = |kind| Lookup {
        cluster: object.cluster,
        wanted: Wanted::Objects {
            kind,
            namespace: Some(object.namespace.clone()),
        },
    };
    kinds.iter().filter_map(served).map(lookup).collect()
}

/// Something of the namespace: its kind, and what the server says of it.
#[derive(Clone, Copy)]
pub(super) struct Thing<'a> {
    pub(super) kind: &'a ObjectKind,
    pub(super) value: &'a Value,
}

impl<'a> Around<'a> {
    /// None while they are not read.
    pub(super) fn all(&self, plural: &str) -> Option<impl Iterator<Item = Thing<'_>>> {
        let mut lists = self.lists.iter();
        let (kind, values) = lists.find(|(kind, _)| kind.plural() == plural)?;
        Some(values.iter().map(move |value| Thing { kind, value }))
    }

    pub(super) fn some(&self, plural: &str) -> impl Iterator<Item = Thing<'_>> {
        self.all(plural).into_iter().flatten()
    }

    /// Whatever leads to any Service.
    pub(super) fn all_ways(&self) -> impl Iterator<Item = Thing<'_>> {
        WAYS.iter().flat_map(|(_, plural)| self.some(plural))
    }

    /// Of the pods it makes.
    pub(super) fn template(&self) -> &'a Value {
        self.own.map_or(&Value::Null, |it| &it["spec"]["template"])
    }

    /// Services that select the pods of the workload.
    pub(super) fn services(&self) -> impl Iterator<Item = Thing<'_>> {
        let labels = &self.template()["metadata"]["labels"];
        self.some("services").filter(move |it| {
            let selector = &it.value["spec"]["selector"];
            selector.as_object().is_some_and(|it| !it.is_empty()) && has_all(labels, selector)
        })
    }
}

impl<'a> Thing<'a> {
    pub(super) fn name(self) -> &'a str {
        word(&self.value["metadata"]["name"])
    }

    /// As a request names it, in the cluster and namespace of a neighbour.
    pub(super) fn object(self, beside: &ObjectRef) -> ObjectRef {
        let uid = self.value["metadata"]["uid"].as_str();
        ObjectRef {
            cluster: beside.cluster,
            kind: self.kind.clone(),
            namespace: beside.namespace.clone(),
            name: self.name().into(),
            uid: uid.map(Uid::from_text),
        }
    }
}

pub(super) fn word(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

pub(super) fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// Whether the labels have every pair of the selector.
pub(super) fn has_all(labels: &Value, selector: &Value) -> bool {
    let pairs = selector.as_object().into_iter().flatten();
    pairs.into_iter().all(|(key, value)| labels[key] == *value)
}

/// Whether a selector of a policy takes the labels (`matchLabels` and `matchExpressions`); an empty one takes all.
pub(super) fn takes(selector: &Value, labels: &Value) -> bool {
    let holds = |it: &Value| {
        let label = labels[word(&it["key"])].as_str();
        let among = || label.is_some_and(|label| items(&it["values"]).any(|it| it == label));
        match word(&it["operator"]) {
            "In" => among(),
            "NotIn" => !among(),
            "Exists" => label.is_some(),
            "DoesNotExist" => label.is_none(),
            _ => false,
        }
    };
    selector.is_object()
        && has_all(labels, &selector["matchLabels"])
        && items(&selector["matchExpressions"]).all(holds)
}

/// Kinds that lead from outside to a Service, by group and plural.
pub const WAYS: [(&str, &str); 3] = [
    ("networking.k8s.io", "ingresses"),
    ("gateway.networking.k8s.io", "httproutes"),
    ("route.openshift.io", "routes"),
];

/// What leads from outside to a Service: an Ingress, a Route, an `HTTPRoute`.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    pub object: ObjectRef,
    pub hosts: Vec<Text>,
}

/// All that leads to the Service of that name.
pub(super) fn ways(around: &Around<'_>, service: &str, beside: &ObjectRef) -> Vec<Way> {
    let all = around.all_ways();
    let leads = all.filter(|it| services(it.value).contains(&service));
    leads
        .map(|it| Way {
            object: it.object(beside),
            hosts: hosts(it.value),
        })
        .collect()
}

/// Services that it sends to.
pub(super) fn services(way: &Value) -> Vec<&str> {
    let spec = &way["spec"];
    let paths = items(&spec["rules"]).flat_map(|rule| items(&rule["http"]["paths"]));
    let ingress = paths
        .map(|path| &path["backend"])
        .chain([&spec["defaultBackend"]])
        .map(|backend| word(&backend["service"]["name"]));
    let gateway = items(&spec["rules"])
        .flat_map(|rule| items(&rule["backendRefs"]))
        .filter(|backend| is_service_beside(way, backend))
        .map(|backend| word(&backend["name"]));
    let route = items(&spec["alternateBackends"])
        .chain([&spec["to"]])
        .map(|backend| word(&backend["name"]));
    let mut found: Vec<_> = ingress.chain(gateway).chain(route).collect();
    found.retain(|it| !it.is_empty());
    found.dedup();
    found
}

/// A reference may be to another kind, and to another namespace.
fn is_service_beside(way: &Value, backend: &Value) -> bool {
    let namespace = &backend["namespace"];
    let kind = &backend["kind"];
    (namespace.is_null() || *namespace == way["metadata"]["namespace"])
        && (kind.is_null() || kind == "Service")
}

/// Whether a claim of that name is one that a `StatefulSet` makes: named after its template, itself and the pod's ordinal.
pub(super) fn makes_claim(maker: &Value, claim: &str) -> bool {
    let name = word(&maker["metadata"]["name"]);
    items(&maker["spec"]["volumeClaimTemplates"]).any(|template| {
        let prefix = format!("{}-{name}-", word(&template["metadata"]["name"]));
        let ordinal = claim.strip_prefix(&prefix);
        ordinal.is_some_and(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()))
    })
}

/// Host names that it answers to.
pub fn hosts(way: &Value) -> Vec<Text> {
    let spec = &way["spec"];
    let rules = items(&spec["rules"]).map(|rule| &rule["host"]);
    let named = items(&spec["hostnames"]).chain([&spec["host"]]);
    let mut found: Vec<_> = rules.chain(named).map(|it| Text::from(word(it))).collect();
    found.retain(|it| !it.is_empty());
    found.dedup();
    found
}

/// Secrets that hold its certificates.
pub(super) fn secrets(way: &Value) -> impl Iterator<Item = &str> {
    items(&way["spec"]["tls"]).map(|it| word(&it["secretName"]))
}

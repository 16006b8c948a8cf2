//! The way to its pods: Services, what leads to them, and the certificates on the way.

use std::collections::HashSet;

use serde_json::Value;

use super::super::around::{Thing, items, secrets, services, ways, word};
use super::{Case, Check, Reason};
use crate::model::Text;

/// Addresses behind a Service.
#[derive(Default)]
struct Behind {
    ready: u32,
    unready: u32,
}

/// None while the slices are not read.
fn behind(case: &Case<'_>, service: &str) -> Option<Behind> {
    let slices = case.around.all("endpointslices")?;
    let ours = slices.filter(|it| {
        let labels = &it.value["metadata"]["labels"];
        word(&labels["kubernetes.io/service-name"]) == service
    });
    let mut behind = Behind::default();
    // An address of two families stands in two slices.
    let mut seen = HashSet::new();
    for endpoint in ours.flat_map(|it| items(&it.value["endpoints"])) {
        let pod = word(&endpoint["targetRef"]["uid"]);
        if !pod.is_empty() && !seen.insert(pod) {
            continue;
        }
        // Not said is ready: discovery.k8s.io/v1 EndpointConditions.
        if endpoint["conditions"]["ready"] == Value::Bool(false) {
            behind.unready += 1;
        } else {
            behind.ready += 1;
        }
    }
    Some(behind)
}

/// A Service that has nobody to send to, and what leads to it. Of a workload that wants no pods that is no wonder.
pub(super) fn endpoints(case: &Case<'_>) -> Vec<Reason> {
    if case.row.desired == 0 {
        return Vec::new();
    }
    let silent = |service: Thing<'_>| {
        let behind = behind(case, service.name())?;
        (behind.ready == 0).then(|| Reason::NoEndpoints {
            service: service.object(case.object),
            unready: behind.unready,
            ways: ways(case.around, service.name(), case.object),
        })
    };
    case.around.services().filter_map(silent).collect()
}

/// A Service that sends to a port by a name that no container gives to one.
pub(super) fn ports(case: &Case<'_>) -> Vec<Reason> {
    let spec = &case.around.template()["spec"];
    let containers = items(&spec["containers"]).chain(items(&spec["initContainers"]));
    let ports = containers.flat_map(|it| items(&it["ports"]));
    let named: HashSet<_> = ports.map(|it| word(&it["name"])).collect();
    let missing = |service: Thing<'_>| {
        let mut targets = items(&service.value["spec"]["ports"]).map(|it| word(&it["targetPort"]));
        let port = targets.find(|it| !it.is_empty() && !named.contains(it))?;
        Some(Reason::NoPort {
            service: service.object(case.object),
            port: port.into(),
        })
    };
    case.around.services().filter_map(missing).collect()
}

/// A certificate on the way that is not ready.
pub(super) fn certificates(case: &Case<'_>) -> Vec<Reason> {
    let ours: HashSet<_> = case.around.services().map(Thing::name).collect();
    let ways = case.around.all_ways();
    let leads = ways.filter(|it| services(it.value).iter().any(|it| ours.contains(it)));
    let mut used: HashSet<_> = leads.flat_map(|it| secrets(it.value)).collect();
    let volumes = items(&case.around.template()["spec"]["volumes"]);
    used.extend(volumes.map(|it| word(&it["secret"]["secretName"])));
    let unready = |it: Thing<'_>| {
        let mut conditions = items(&it.value["status"]["conditions"]);
        let ready = conditions.find(|it| it["type"] == "Ready")?;
        (ready["status"] != "True").then(|| Reason::CertificateNotReady {
            certificate: it.object(case.object),
            reason: word(&ready["reason"]).into(),
            message: word(&ready["message"]).into(),
        })
    };
    let certificates = case.around.some("certificates");
    certificates
        .filter(|it| used.contains(word(&it.value["spec"]["secretName"])))
        .filter_map(unready)
        .collect()
}

/// Each Service of the workload has somebody to send to.
pub(super) fn served(case: &Case<'_>) -> Option<Check> {
    let mut names: Vec<Text> = Vec::new();
    for service in case.around.services() {
        if behind(case, service.name())?.ready == 0 {
            return None;
        }
        names.push(service.name().into());
    }
    // That none sends to it proves nothing.
    (!names.is_empty()).then_some(Check::Served { services: names })
}

//! Nodes, and what befalls them.

use serde_json::{Value, json};

use super::Result;
use super::api::Api;
use super::clock::{now, now_seconds};
use super::egress::KUBELET_PORT;
use super::workloads::condition_status;

/// A node of 64 cores; `number` gives its address. Its conditions come from kwok.
pub(crate) fn node(name: &str, number: usize) -> Value {
    let resources =
        json!({"cpu": "64", "memory": "256Gi", "pods": "500", "ephemeral-storage": "200Gi"});
    json!({
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {"name": name, "labels": {
            "kubernetes.io/hostname": name,
            "kubernetes.io/os": "linux",
            "kubernetes.io/arch": "amd64",
        }},
        "status": {
            "capacity": resources,
            "allocatable": resources,
            "addresses": [
                {"type": "InternalIP", "address": format!("10.9.{}.{}", number / 250, number % 250 + 1)},
                {"type": "Hostname", "address": name},
            ],
            "daemonEndpoints": {"kubeletEndpoint": {"Port": KUBELET_PORT}},
            "nodeInfo": {
                "architecture": "amd64",
                "bootID": "", "machineID": "", "systemUUID": "",
                "containerRuntimeVersion": "containerd://2.1.4",
                "kernelVersion": "6.12.0",
                "kubeProxyVersion": "",
                "kubeletVersion": "v1.37.2",
                "operatingSystem": "linux",
                "osImage": "Debian GNU/Linux 13 (trixie)",
            },
        },
    })
}

pub(crate) fn path(name: &str) -> String {
    format!("/api/v1/nodes/{name}")
}

/// Ready and without the taint of its first moments, so that pods land on it.
pub(crate) async fn wait_ready(api: &Api, name: &str) -> Result<Value> {
    api.wait_for(&path(name), "a ready node", |node| {
        condition_status(node, "Ready") == Some("True") && node.pointer("/spec/taints").is_none()
    })
    .await
}

/// `lost`, `down`, `disk-pressure` or `ready`: see `stages`.
pub(crate) async fn set_fate(api: &Api, name: &str, fate: &str) -> Result {
    api.merge(
        &path(name),
        &json!({"metadata": {"annotations": {"vigie.test/fate": fate}}}),
    )
    .await?;
    Ok(())
}

/// The node falls silent. The node controller taints it; that its pods are not ready any more is written here, because kwok
/// keeps the leases which the controller would have missed.
pub(crate) async fn lose(api: &Api, name: &str) -> Result {
    fall(api, name, "lost", "Unknown").await
}

/// The kubelet itself says that it cannot work.
pub(crate) async fn take_down(api: &Api, name: &str) -> Result {
    fall(api, name, "down", "False").await
}

async fn fall(api: &Api, name: &str, fate: &str, status: &str) -> Result {
    set_fate(api, name, fate).await?;
    api.wait_for(&path(name), fate, |node| {
        condition_status(node, "Ready") == Some(status)
    })
    .await?;
    mark_pods(api, name, "False").await
}

pub(crate) async fn recover(api: &Api, name: &str) -> Result {
    set_fate(api, name, "ready").await?;
    wait_ready(api, name).await?;
    mark_pods(api, name, "True").await
}

/// Ready of every running pod of the node whose containers run.
async fn mark_pods(api: &Api, name: &str, status: &str) -> Result {
    let pods = api
        .items(&format!(
            "/api/v1/pods?fieldSelector=spec.nodeName={name},status.phase=Running"
        ))
        .await?;
    for pod in pods {
        let metadata = &pod["metadata"];
        let (Some(namespace), Some(pod_name)) =
            (metadata["namespace"].as_str(), metadata["name"].as_str())
        else {
            continue;
        };
        let serves = pod["status"]["containerStatuses"]
            .as_array()
            .is_some_and(|statuses| statuses.iter().all(|status| status["ready"] == true));
        if serves {
            let change = json!({"status": {"conditions": [
                {"type": "Ready", "status": status, "lastTransitionTime": now()},
            ]}});
            let path = format!("/api/v1/namespaces/{namespace}/pods/{pod_name}/status");
            api.strategic(&path, &change).await?;
            if status == "False" {
                api.create(&not_ready_event(namespace, pod_name, &metadata["uid"]))
                    .await?;
            }
        }
    }
    Ok(())
}

/// What the node controller says of each pod of a node that fell silent.
fn not_ready_event(namespace: &str, pod: &str, uid: &Value) -> Value {
    let time = now_seconds();
    json!({
        "apiVersion": "v1",
        "kind": "Event",
        "metadata": {"generateName": format!("{pod}."), "namespace": namespace},
        "involvedObject": {"apiVersion": "v1", "kind": "Pod", "namespace": namespace, "name": pod, "uid": uid},
        "type": "Warning",
        "reason": "NodeNotReady",
        "message": "Node is not ready",
        "source": {"component": "node-controller"},
        "reportingComponent": "node-controller",
        "firstTimestamp": time,
        "lastTimestamp": time,
        "count": 1,
    })
}

//! A cluster full of pods that look like production, written straight to the API server of `ControlPlane::start_bare`.
//!
//! A toy pod flatters every measurement: these have two containers, 24 variables each, probes, resources, the
//! `managedFields` of two writers and a whole status, some 13 KB of JSON.

pub(crate) mod applications;

use std::hash::{DefaultHasher, Hash, Hasher};

use color_eyre::eyre::eyre;
use futures::{StreamExt, TryStreamExt, stream};
use http::Method;
use serde_json::{Value, json};

use super::api::{collection, path_of};
use super::clock::now_seconds;
use super::{Api, Result, nodes, workloads};

/// Pods of the Deployments of one namespace: 100 in all, median 5.
const DEPLOYMENTS: [usize; 13] = [5, 1, 12, 5, 2, 24, 5, 3, 8, 4, 15, 6, 10];
const PODS_PER_NAMESPACE: usize = 100;
const PODS_PER_NODE: usize = 100;
const OLD_REVISIONS: usize = 10;
const VARIABLES: usize = 24;
const AT_ONCE: usize = 16;

pub(crate) struct Population {
    pub(crate) pods: usize,
    pub(crate) deployments: usize,
}

/// One Deployment to write: its namespace, its number there and how many pods it has.
#[derive(Clone, Copy)]
struct Family {
    namespace: usize,
    number: usize,
    pods: usize,
    nodes: usize,
}

/// How many pods each Deployment of a namespace has.
#[derive(Clone, Copy)]
pub(crate) enum Sizes {
    /// As in production: a few large ones, many small.
    Mixed,
    Same(usize),
}

impl Sizes {
    fn of_namespace(self) -> Box<dyn Iterator<Item = usize>> {
        match self {
            Sizes::Mixed => Box::new(DEPLOYMENTS.into_iter()),
            Sizes::Same(pods) => Box::new(std::iter::repeat(pods.max(1))),
        }
    }
}

/// At least `pods`, in namespaces `load-0`, `load-1`… of a hundred each; the last may be smaller.
pub(crate) async fn populate(api: &Api, pods: usize, sizes: Sizes) -> Result<Population> {
    let node_count = pods.div_ceil(PODS_PER_NODE);
    for number in 0..node_count {
        let mut node = nodes::node(&node_name(number), number);
        node["status"]["conditions"] = json!([{
            "type": "Ready", "status": "True", "reason": "KubeletReady",
            "message": "kubelet is posting ready status",
            "lastHeartbeatTime": now_seconds(), "lastTransitionTime": now_seconds(),
        }]);
        api.create(&node).await?;
    }
    let mut families = Vec::new();
    for namespace in 0..pods.div_ceil(PODS_PER_NAMESPACE) {
        api.create(&workloads::namespace(
            &namespace_name(namespace),
            &json!({}),
        ))
        .await?;
        let mut left = (pods - namespace * PODS_PER_NAMESPACE).min(PODS_PER_NAMESPACE);
        for (number, size) in sizes.of_namespace().enumerate() {
            let pods = size.min(left);
            if pods == 0 {
                break;
            }
            left -= pods;
            families.push(Family {
                namespace,
                number,
                pods,
                nodes: node_count,
            });
        }
    }
    let deployments = families.len();
    stream::iter(families)
        .map(|family| family.write(api))
        .buffer_unordered(AT_ONCE)
        .try_collect::<()>()
        .await?;
    Ok(Population { pods, deployments })
}

impl Family {
    fn name(self) -> String {
        format!("service-{:02}-backend", self.number)
    }

    async fn write(self, api: &Api) -> Result {
        let uid = write(api, &self.deployment(), "kube-controller-manager").await?;
        for revision in 0..OLD_REVISIONS {
            // An empty one has no status to report.
            create(api, &self.replica_set(revision, &uid)).await?;
        }
        let current = self.replica_set(OLD_REVISIONS, &uid);
        let current = write(api, &current, "kube-controller-manager").await?;
        for pod in 0..self.pods {
            write(api, &self.pod(pod, &current), "kubelet").await?;
        }
        Ok(())
    }

    fn deployment(self) -> Value {
        let mut object = workloads::deployment(
            &namespace_name(self.namespace),
            &self.name(),
            u32::try_from(self.pods).unwrap_or(u32::MAX),
            &self.template(OLD_REVISIONS),
        );
        object["metadata"]["annotations"] = json!({
            "deployment.kubernetes.io/revision": (OLD_REVISIONS + 1).to_string(),
            "argocd.argoproj.io/tracking-id":
                format!("load-{0}:apps/Deployment:load-{0}/{1}", self.namespace, self.name()),
        });
        object["status"] = json!({
            "observedGeneration": 1, "replicas": self.pods, "updatedReplicas": self.pods,
            "readyReplicas": self.pods, "availableReplicas": self.pods,
            "conditions": [
                {"type": "Available", "status": "True", "reason": "MinimumReplicasAvailable",
                 "message": "Deployment has minimum availability.",
                 "lastUpdateTime": now_seconds(), "lastTransitionTime": now_seconds()},
                {"type": "Progressing", "status": "True", "reason": "NewReplicaSetAvailable",
                 "message": format!("ReplicaSet \"{}\" has successfully progressed.", self.set_name(OLD_REVISIONS)),
                 "lastUpdateTime": now_seconds(), "lastTransitionTime": now_seconds()},
            ],
        });
        object
    }

    fn hash(self, revision: usize) -> String {
        format!(
            "{:08x}",
            0x6b8d_3c51_usize.wrapping_add(revision * 7_368_787 + self.number * 104_729)
                & 0xffff_ffff
        )
    }

    fn set_name(self, revision: usize) -> String {
        format!("{}-{}", self.name(), self.hash(revision))
    }

    fn replica_set(self, revision: usize, deployment: &str) -> Value {
        let replicas = if revision == OLD_REVISIONS {
            self.pods
        } else {
            0
        };
        let mut template = self.template(revision);
        template["metadata"]["labels"]["pod-template-hash"] = json!(self.hash(revision));
        json!({
            "apiVersion": "apps/v1",
            "kind": "ReplicaSet",
            "metadata": {
                "name": self.set_name(revision),
                "namespace": namespace_name(self.namespace),
                "labels": template["metadata"]["labels"],
                "annotations": {"deployment.kubernetes.io/revision": (revision + 1).to_string()},
                "ownerReferences": [owner("Deployment", &self.name(), deployment)],
            },
            "spec": {
                "replicas": replicas,
                "selector": {"matchLabels": {"app": self.name(), "pod-template-hash": self.hash(revision)}},
                "template": template,
            },
            "status": {"observedGeneration": 1, "replicas": replicas, "readyReplicas": replicas,
                "availableReplicas": replicas, "fullyLabeledReplicas": replicas},
        })
    }

    fn template(self, revision: usize) -> Value {
        let registry = format!("harbor.cpin.test/load-{}", self.namespace);
        json!({
            "metadata": {
                "labels": {
                    "app": self.name(),
                    "env": "prod", "tier": "backend", "component": "java", "criticality": "high",
                    "app.kubernetes.io/part-of": format!("load-{}", self.namespace),
                },
                "annotations": {
                    "prometheus.io/scrape": "true", "prometheus.io/port": "8081", "prometheus.io/path": "/actuator/prometheus",
                },
            },
            "spec": {
                "containers": [
                    container("app", &format!("{registry}/{}:4.{revision}.0", self.name()), 8080),
                    container("proxy", "harbor.cpin.test/dso/auth-proxy:7.9.0", 8443),
                ],
                "imagePullSecrets": [{"name": "registry-pull-secret"}],
            },
        })
    }

    fn pod(self, number: usize, set: &str) -> Value {
        let name = format!(
            "{}-{:05x}",
            self.set_name(OLD_REVISIONS),
            0x2_b1f3 + number * 4_099
        );
        let template = self.template(OLD_REVISIONS);
        let mut object = json!({
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": template["metadata"],
            "spec": template["spec"],
        });
        object["metadata"]["name"] = json!(name);
        object["metadata"]["generateName"] = json!(format!("{}-", self.set_name(OLD_REVISIONS)));
        object["metadata"]["namespace"] = json!(namespace_name(self.namespace));
        object["metadata"]["labels"]["pod-template-hash"] = json!(self.hash(OLD_REVISIONS));
        object["metadata"]["ownerReferences"] =
            json!([owner("ReplicaSet", &self.set_name(OLD_REVISIONS), set)]);
        object["spec"]["nodeName"] = json!(node_name(
            (self.namespace * 31 + self.number * 7 + number) % self.nodes
        ));
        let address = format!(
            "10.9.{}.{}",
            128 + self.namespace % 64,
            self.number * 18 % 230 + number % 24
        );
        object["status"] = pod_status(&object, &address);
        object
    }
}

fn pod_status(pod: &Value, address: &str) -> Value {
    let now = now_seconds();
    let kinds = [
        "PodReadyToStartContainers",
        "Initialized",
        "Ready",
        "ContainersReady",
        "PodScheduled",
    ];
    let containers = pod["spec"]["containers"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    let statuses: Vec<Value> = containers
        .iter()
        .map(|container| {
            let image = container["image"].as_str().unwrap_or_default();
            json!({
                "name": container["name"],
                "image": image,
                "imageID": format!("{}@sha256:{}", image.rsplit_once(':').unwrap_or_default().0, digest(image)),
                "containerID": format!("containerd://{:064x}", address.len() * 31 + image.len()),
                "ready": true, "started": true, "restartCount": 0, "lastState": {},
                "state": {"running": {"startedAt": now}},
            })
        })
        .collect();
    json!({
        "phase": "Running", "qosClass": "Burstable", "startTime": now,
        "hostIP": "10.9.0.1", "hostIPs": [{"ip": "10.9.0.1"}],
        "podIP": address, "podIPs": [{"ip": address}],
        "conditions": kinds.map(|kind| json!({
            "type": kind, "status": "True", "lastTransitionTime": now, "observedGeneration": 1,
        })),
        "containerStatuses": statuses,
    })
}

/// Another one for each image, as in life.
fn digest(image: &str) -> String {
    let mut hasher = DefaultHasher::new();
    image.hash(&mut hasher);
    format!("{:016x}", hasher.finish()).repeat(4)
}

fn container(name: &str, image: &str, port: u16) -> Value {
    let variables: Vec<Value> = (0..VARIABLES)
        .map(|number| {
            let key = format!("VAR_{number:02}");
            if number % 8 == 0 {
                json!({"name": key, "valueFrom": {"secretKeyRef": {"name": "app", "key": key}}})
            } else {
                json!({"name": key, "value": format!("value-{number:02}.cpin.test")})
            }
        })
        .collect();
    let probe = |path: &str| {
        json!({"httpGet": {"path": path, "port": port, "scheme": "HTTP"}, "initialDelaySeconds": 15,
            "periodSeconds": 10, "timeoutSeconds": 3, "failureThreshold": 3})
    };
    json!({
        "name": name,
        "image": image,
        "env": variables,
        "ports": [{"name": format!("http-{name}"), "containerPort": port}],
        "livenessProbe": probe("/actuator/health/liveness"),
        "readinessProbe": probe("/actuator/health/readiness"),
        "resources": {
            "limits": {"cpu": "500m", "memory": "512Mi"},
            "requests": {"cpu": "100m", "memory": "512Mi"},
        },
    })
}

fn owner(kind: &str, name: &str, uid: &str) -> Value {
    json!({"apiVersion": "apps/v1", "kind": kind, "name": name, "uid": uid, "controller": true, "blockOwnerDeletion": true})
}

fn namespace_name(number: usize) -> String {
    format!("load-{number}")
}

fn node_name(number: usize) -> String {
    format!("load-w{number:03}")
}

/// The object, then its status by the one who would write it: two entries of `managedFields`, as in life.
async fn write(api: &Api, object: &Value, reporter: &str) -> Result<String> {
    let uid = create(api, object).await?;
    let path = format!("{}/status?fieldManager={reporter}", path_of(object)?);
    let status = serde_json::to_vec(&json!({"status": object["status"]}))?;
    api.send(Method::PATCH, &path, "application/merge-patch+json", status)
        .await?;
    Ok(uid)
}

async fn create(api: &Api, object: &Value) -> Result<String> {
    let path = format!(
        "{}?fieldManager=kube-controller-manager",
        collection(object)?
    );
    let body = serde_json::to_vec(object)?;
    let made = api
        .send(Method::POST, &path, "application/json", body)
        .await?;
    let uid = made["metadata"]["uid"].as_str();
    Ok(uid.ok_or_else(|| eyre!("{path} has no uid"))?.to_owned())
}

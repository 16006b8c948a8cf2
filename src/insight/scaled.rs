//! Workloads scaled by hand away from what their owner declares.
//!
//! The rule, from the object alone. The number that stands was last written by a tool of a person's hand ([`HANDS`], or `kubectl
//! scale` and its like through the subresource), nobody applies that same number, no autoscaler targets the workload, and
//! somebody declares it: the configuration kept by a client-side apply names another number, or, where none is kept, Argo CD,
//! Flux or Helm hold the workload.
//!
//! Its limits: it rather misses than accuses. A tool that is not listed is taken for a controller. A hand that writes the
//! declared number leaves nothing. Argo CD, Flux and Helm do not say on the object what they declare: the former number is not
//! known there, and a hand that puts it back shows until they apply it again. A configuration kept from before they took over
//! is believed. Where autoscalers were not read, nothing is said.

use crate::model::{Declared, Kind, Sizing, Text, Way, Workload};
use crate::store::{Cluster, Seen};

use super::manager::{Tool, managers};

/// Field managers behind which a person writes; a browser's console is `Mozilla`.
const HANDS: [&str; 5] = ["Mozilla", "k9s", "kubectl-edit", "kubectl-patch", "vigie"];
/// The same only through `scale`: elsewhere old releases applied under that name.
const SCALERS: [&str; 2] = ["kubectl", "oc"];

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scaled {
    /// What the owner declares; None where the object does not tell.
    pub declared: Option<u32>,
}

pub fn scaled(cluster: &Cluster, workload: &Workload) -> Option<Scaled> {
    let sizing = workload.sizing.as_deref().filter(|it| by_hand(it))?;
    let declared = match sizing.declared {
        Declared::Replicas(number) if number != workload.desired => Some(number),
        Declared::Unknown if delivered(workload) => None,
        _ => return None,
    };
    fixed(cluster, workload).then_some(Scaled { declared })
}

fn by_hand(sizing: &Sizing) -> bool {
    let name = sizing.writer.name.as_str();
    match sizing.way {
        Way::Applied => false,
        Way::Updated => HANDS.contains(&name),
        Way::Scaled => HANDS.contains(&name) || SCALERS.contains(&name),
    }
}

/// An operator is not asked: its workloads have the number that its own object says.
fn delivered(workload: &Workload) -> bool {
    let kind = Kind::from(workload.kind);
    let managers = managers(kind.group(), kind.name(), &workload.meta, None);
    let delivers = |tool| matches!(tool, Tool::ArgoCd | Tool::Flux | Tool::Helm);
    managers.iter().any(|it| delivers(it.tool))
}

/// Surely no autoscaler's.
fn fixed(cluster: &Cluster, workload: &Workload) -> bool {
    let meta = &workload.meta;
    let kind = Kind::from(workload.kind).name();
    let targets = |namespace: &Text, of: &Text, name: &Text| {
        *namespace == meta.namespace && *of == kind && *name == meta.name
    };
    let mut hpas = cluster.hpas();
    cluster.seen(Kind::HorizontalPodAutoscaler, &meta.namespace) == Seen::Whole
        && !hpas.any(|it| targets(&it.meta.namespace, &it.target_kind, &it.target_name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::stage::*;
    use crate::model::{Labels, Writer};

    /// A Deployment of 5 pods.
    fn web(manager: &str, way: Way, declared: Declared) -> Workload {
        let writer = Writer {
            name: manager.into(),
            at: Some(at(0)),
        };
        Workload {
            sizing: Some(Box::new(Sizing {
                writer,
                way,
                declared,
            })),
            ..deployment("shop", "web", 5)
        }
    }

    fn by_helm(mut workload: Workload) -> Workload {
        let labels = [("app.kubernetes.io/managed-by", "Helm")];
        workload.meta.labels = labels.into_iter().collect();
        let release = [("meta.helm.sh/release-name", "web")];
        workload.meta.annotations = release.into_iter().collect::<Labels>();
        workload
    }

    /// The declared number where it is told, 0 where it is not.
    fn told(stage: &Stage, workload: &Workload) -> Option<u32> {
        let cluster = stage.store.cluster(HOME).unwrap();
        scaled(cluster, workload).map(|it| it.declared.unwrap_or(0))
    }

    #[test]
    fn a_number_that_a_person_wrote_against_the_declared_one_is_told() {
        let stage = Stage::new();
        for (manager, way) in [
            ("kubectl", Way::Scaled),
            ("oc", Way::Scaled),
            ("k9s", Way::Scaled),
            ("kubectl-edit", Way::Updated),
            ("kubectl-patch", Way::Updated),
            ("Mozilla", Way::Updated),
            ("vigie", Way::Scaled),
        ] {
            let web = web(manager, way, Declared::Replicas(2));
            assert_eq!(told(&stage, &web), Some(2), "{manager}");
        }
    }

    #[test]
    fn a_number_that_no_person_wrote_is_not() {
        let stage = Stage::new();
        for (manager, way) in [
            ("kube-controller-manager", Way::Scaled),
            ("keda-operator", Way::Scaled),
            ("kubectl-client-side-apply", Way::Updated),
            ("kubectl-create", Way::Updated),
            // Once the name of what is `kubectl-client-side-apply` now, and what `apply --server-side` writes as.
            ("kubectl", Way::Updated),
            ("kubectl", Way::Applied),
            ("argocd-controller", Way::Applied),
            ("helm", Way::Updated),
            ("rollouts-controller", Way::Updated),
        ] {
            let web = web(manager, way, Declared::Replicas(2));
            assert_eq!(told(&stage, &by_helm(web)), None, "{manager}");
        }
    }

    #[test]
    fn somebody_must_declare_another_number() {
        let stage = Stage::new();
        let web = |declared| web("kubectl", Way::Scaled, declared);
        assert_eq!(told(&stage, &web(Declared::Replicas(5))), None);
        assert_eq!(told(&stage, &web(Declared::Open)), None);
        assert_eq!(told(&stage, &web(Declared::Unknown)), None, "nobody's");
        let of_chart = by_helm(web(Declared::Unknown));
        assert_eq!(told(&stage, &of_chart), Some(0), "not from which number");
        assert_eq!(told(&stage, &by_helm(web(Declared::Open))), None);
        let mut operated = web(Declared::Unknown);
        operated.meta.owner = Some(owner("Shop", &meta("shop", "shop")));
        assert_eq!(told(&stage, &operated), None, "an operator's");
        assert_eq!(told(&stage, &deployment("shop", "web", 5)), None);
    }

    #[test]
    fn an_autoscaled_workload_is_never_told_nor_one_that_may_be() {
        let web = web("kubectl", Way::Scaled, Declared::Replicas(2));
        let mut stage = Stage::new();
        stage.add(hpa("elsewhere", "web", Vec::new()));
        stage.add(hpa("shop", "other", Vec::new()));
        assert_eq!(told(&stage, &web), Some(2));
        stage.add(hpa("shop", "web", Vec::new()));
        assert_eq!(told(&stage, &web), None);
        assert_eq!(told(&Stage::reading(), &web), None, "not read yet");
    }
}

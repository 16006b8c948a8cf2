//! Where more is told of a reason.

use crate::insight::{Ailment, DeploymentRow, Finding, Reason, Trouble};
use crate::model::{Change, Kind, ObjectRef, What};
use crate::store::PodView;
use crate::viewmodel::jump::{self, Named};
use crate::viewmodel::{Aspect, Facts, Jump};

pub(super) fn of_reason(facts: &Facts<'_>, object: &ObjectRef, reason: &Reason) -> Option<Jump> {
    match reason {
        Reason::Hurt(finding) => of_finding(facts, object, finding),
        Reason::Changed(change) => of_change(facts, object, change),
        Reason::RunsElsewhere(row) => Some(of_workload(row)),
        Reason::NoEndpoints { service: near, .. }
        | Reason::NoPort { service: near, .. }
        | Reason::Claim {
            claim: Some(near), ..
        }
        | Reason::CertificateNotReady {
            certificate: near, ..
        }
        | Reason::BudgetBlocks { budget: near, .. } => Some(aspect(Aspect::Describe, near)),
        Reason::Claim { claim: None, .. } => Some(aspect(Aspect::Events, object)),
        Reason::QuotaNear { name, .. } => named(facts, object, Kind::ResourceQuota.name(), name),
    }
}

fn of_finding(facts: &Facts<'_>, object: &ObjectRef, finding: &Finding) -> Option<Jump> {
    match &finding.trouble {
        Trouble::Pods { ailment } | Trouble::RolloutStuck { ailment, .. } => {
            Some(of_ailment(facts, object, finding, ailment))
        }
        Trouble::DeadlinePassed { .. }
        | Trouble::Aborted { .. }
        | Trouble::Degraded { .. }
        | Trouble::Undecided { .. } => Some(aspect(Aspect::Rollout, object)),
        Trouble::Short { .. }
        | Trouble::Refused { .. }
        | Trouble::WebhookDown { .. }
        | Trouble::CreateFailed { .. } => Some(aspect(Aspect::Events, object)),
        Trouble::Image { .. } | Trouble::Registry { .. } => {
            let told = hurt(facts, object, finding);
            Some(aspect(Aspect::Events, &told.unwrap_or(object.clone())))
        }
        Trouble::Quota { name, .. } => named(facts, object, Kind::ResourceQuota.name(), name),
        Trouble::NodeNotReady { .. }
        | Trouble::NodePressure { .. }
        | Trouble::HpaAtMaximum { .. }
        | Trouble::HpaBlind { .. } => {
            named(facts, object, &finding.subject.kind, &finding.subject.name)
        }
        Trouble::JobFailed { .. }
        | Trouble::NotReconciled { .. }
        | Trouble::NotSynced { .. }
        | Trouble::LinkDegraded { .. }
        | Trouble::FeedLost { .. } => None,
    }
}

/// What a container said when it ran; else what the kubelet and the scheduler say of its pod.
fn of_ailment(facts: &Facts<'_>, object: &ObjectRef, finding: &Finding, ailment: &Ailment) -> Jump {
    let Some(pod) = hurt(facts, object, finding) else {
        return aspect(Aspect::Events, object);
    };
    match ailment {
        Ailment::OutOfMemory { container, .. } | Ailment::CrashLoop { container, .. } => {
            Jump::log(facts, pod, Some(container))
        }
        Ailment::ImagePull { .. }
        | Ailment::Config { .. }
        | Ailment::CannotStart { .. }
        | Ailment::Unschedulable { .. }
        | Ailment::Starting { .. } => aspect(Aspect::Events, &pod),
        Ailment::Evicted { .. }
        | Ailment::Failed { .. }
        | Ailment::Unready { .. }
        | Ailment::Terminating => aspect(Aspect::Describe, &pod),
    }
}

/// The first pod of the workload that the finding hits: it may hit others' too.
fn hurt(facts: &Facts<'_>, object: &ObjectRef, finding: &Finding) -> Option<ObjectRef> {
    let cluster = facts.store.cluster(object.cluster)?;
    let ours = |pod: &PodView<'_>| {
        let owner = pod.owner_uid().map(|owner| cluster.controller(owner));
        owner.is_some() && owner == object.uid
    };
    let mut pods = finding.objects.iter().filter_map(|it| cluster.pod(it.uid));
    pods.find(ours).map(|it| jump::pod(cluster, it))
}

fn of_change(facts: &Facts<'_>, object: &ObjectRef, change: &Change) -> Option<Jump> {
    let own = change.subject.name == object.name && change.subject.kind == object.kind.name();
    match change.what {
        _ if !own => named(facts, object, &change.subject.kind, &change.subject.name),
        What::Rollout { .. } | What::RolledBack { .. } | What::RolloutComplete { .. } => {
            Some(Jump::History(object.clone()))
        }
        _ => Some(aspect(Aspect::Events, object)),
    }
}

fn of_workload(row: &DeploymentRow) -> Jump {
    Jump::Row {
        tenant: row.place.tenant.clone(),
        row: row.cause().into(),
    }
}

fn aspect(aspect: Aspect, object: &ObjectRef) -> Jump {
    Jump::Aspect(aspect, object.clone())
}

/// What stands beside the workload, or in no namespace.
fn named(facts: &Facts<'_>, object: &ObjectRef, kind: &str, name: &str) -> Option<Jump> {
    let named = Named {
        cluster: object.cluster,
        group: None,
        kind,
        namespace: &object.namespace,
        name,
        uid: None,
    };
    Jump::describe(facts.store, &named)
}

//! Whom the findings of a cluster hurt: objects, and controllers through their pods.

use hashbrown::HashMap;

use crate::model::{Kind, Phase, Uid};
use crate::store::{Cluster, PodView};

use super::{Cause, Finding, Trouble};

/// Which finding of a cluster hurts what.
pub(super) struct Blame<'a> {
    /// In the order of the judgement.
    findings: Vec<&'a Finding>,
    causes: HashMap<&'a Cause, &'a Finding>,
    /// Objects under a cause that several share: pods, or workloads whose pods were refused.
    objects: HashMap<Uid, &'a Finding>,
    /// Nodes that are not ready.
    nodes: HashMap<&'a str, &'a Finding>,
}

impl<'a> Blame<'a> {
    pub(super) fn of(findings: impl Iterator<Item = &'a Finding>) -> Self {
        let mut blame = Self {
            findings: Vec::new(),
            causes: HashMap::new(),
            objects: HashMap::new(),
            nodes: HashMap::new(),
        };
        for finding in findings {
            blame.findings.push(finding);
            blame.causes.insert(&finding.cause, finding);
            if let (Cause::Node(_, name), Trouble::NodeNotReady { .. }) =
                (&finding.cause, &finding.trouble)
            {
                blame.nodes.insert(name, finding);
            }
            for object in &finding.objects {
                blame.objects.entry(object.uid).or_insert(finding);
            }
        }
        blame
    }

    /// The finding on an object: its own, or one that names it.
    pub(super) fn on(&self, cause: &Cause, uid: Uid) -> Option<&'a Finding> {
        let own = self.causes.get(cause);
        own.or_else(|| self.objects.get(&uid)).copied()
    }

    /// What keeps pods of each controller from serving: the first of the findings on them, then a dead node under them. Pods that
    /// are over do not serve by themselves, nor do those that `counts` leaves out.
    pub(super) fn hurt(
        &self,
        cluster: &'a Cluster,
        counts: impl Fn(PodView<'a>) -> bool,
    ) -> Hurt<'a> {
        let mut hurt = Hurt::new();
        let mut note = |pod: PodView<'a>, finding: &'a Finding| {
            let over = matches!(pod.phase(), Phase::Succeeded | Phase::Failed);
            if let Some(owner) = pod.owner_uid()
                && !(pod.ready() || over)
                && counts(pod)
            {
                let known = hurt.entry(cluster.controller(owner));
                known.or_insert((finding, pod));
            }
        };
        for finding in &self.findings {
            let pods = finding.objects.iter().filter(|it| it.kind == Kind::Pod);
            for pod in pods.filter_map(|it| cluster.pod(it.uid)) {
                note(pod, finding);
            }
        }
        // Most of the time no node is dead, and no pod is looked at.
        if !self.nodes.is_empty() {
            for pod in cluster.pods() {
                if let Some(finding) = self.nodes.get(pod.node()) {
                    note(pod, finding);
                }
            }
        }
        hurt
    }
}

/// Findings by controller, each with a pod that it keeps from serving.
pub(super) type Hurt<'a> = HashMap<Uid, (&'a Finding, PodView<'a>)>;

//! What happened, as far as the watches tell: the answer to "what changed just before?".

use super::{ClusterId, Moment, Template, TemplateContainer, Text};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub at: Moment,
    pub cluster: ClusterId,
    /// Empty for cluster-scoped subjects.
    pub namespace: Text,
    pub subject: Subject,
    pub what: What,
}

/// The object that changed, by the names a person uses.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Subject {
    pub kind: Text,
    pub name: Text,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A new revision began. Its number is None while the controller has not given one (and for kinds without);
    /// images are those seen to differ, and may be missing when only the new `ReplicaSet` was seen.
    Rollout {
        revision: Option<u64>,
        images: Vec<ImageChange>,
    },
    /// A former template runs again, since this moment at the latest: nothing tells better when it was decided.
    RolledBack {
        revision: Option<u64>,
    },
    /// A rollout reached its end: every pod is of the new revision and available.
    RolloutComplete {
        revision: Option<u64>,
    },
    Scale {
        from: u32,
        to: u32,
    },
    Paused,
    Resumed,
    Suspended,
    Unsuspended,
    /// The workload was deleted.
    Removed,
    NodeReady,
    /// The condition's reason and message.
    NodeNotReady {
        reason: Text,
        message: Text,
    },
    /// `MemoryPressure`, `DiskPressure`…
    NodePressure {
        condition: Text,
    },
    NodeCordoned,
    NodeUncordoned,
    NodeGone,
    QuotaFull {
        resource: Text,
        used: Text,
        hard: Text,
    },
    QuotaChanged {
        resource: Text,
        from: Text,
        to: Text,
    },
    JobFailed {
        reason: Text,
    },
    /// First sight of a series of Warning events.
    Warning {
        reason: Text,
        message: Text,
    },
}

impl What {
    /// The first revision comes with the workload itself.
    pub fn is_creation(&self) -> bool {
        matches!(
            self,
            What::Rollout {
                revision: Some(1),
                ..
            }
        )
    }
}

/// A container whose image differs. `from` is empty when it was added, `to` when it was removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageChange {
    pub container: Text,
    pub from: Text,
    pub to: Text,
}

impl ImageChange {
    /// In the order of the new containers, then those that are gone.
    pub fn between(old: &Template, new: &Template) -> Vec<Self> {
        let image = |template: &Template, name: &Text| {
            let same = |it: &&TemplateContainer| it.name == *name;
            let found = template.containers.iter().find(same);
            found.map(|it| it.image.clone()).unwrap_or_default()
        };
        let kept = new.containers.iter().map(|it| &it.name);
        let gone = old.containers.iter().map(|it| &it.name);
        let gone = gone.filter(|name| new.containers.iter().all(|it| it.name != **name));
        kept.chain(gone)
            .map(|name| Self {
                container: name.clone(),
                from: image(old, name),
                to: image(new, name),
            })
            .filter(|it| it.from != it.to)
            .collect()
    }
}

//! `ReplicaSets`: ten old ones stand behind each Deployment, so they are packed like pods.

use crate::model::{Condition, Moment, Owner, ReplicaSet, Template, Text, Uid};

use super::pool::Id;
use super::shared::{ConditionShape, InUse, OwnerShape, Shared, Sym, TemplateShape, short_name};
use super::slab::{Row, Slab, remembered};

/// What kubectl writes on a Deployment and the controller copies to its `ReplicaSet`.
const CHANGE_CAUSE: &str = "kubernetes.io/change-cause";

pub(super) struct ReplicaSetRow {
    uid: Uid,
    /// What follows `OWNER-` in the name; the whole name when it does not begin so.
    suffix: Text,
    namespace: Sym,
    owner: Option<Id<OwnerShape>>,
    template: Id<TemplateShape>,
    change_cause: Sym,
    failure: Option<Box<ConditionShape>>,
    created: Option<Moment>,
    revision: u32,
    first_revision: u32,
    desired: u32,
    replicas: u32,
    ready: u32,
    available: u32,
    stamp: u32,
    prefixed: bool,
}

impl Row for ReplicaSetRow {
    fn uid(&self) -> Uid {
        self.uid
    }
}

#[derive(Default)]
pub(super) struct ReplicaSets(Slab<ReplicaSetRow>);

impl ReplicaSets {
    /// True when it was not known before.
    pub(super) fn upsert(&mut self, set: &ReplicaSet, shared: &mut Shared, stamp: u32) -> bool {
        let row = pack(set, shared, stamp);
        self.0.insert(row).is_none()
    }

    pub(super) fn remove(&mut self, uid: Uid) {
        self.0.remove(uid);
    }

    pub(super) fn sweep(&mut self, older_than: u32, namespace: Option<&str>, shared: &Shared) {
        let elsewhere = |row: &ReplicaSetRow| {
            namespace.is_some_and(|wanted| shared.str(row.namespace) != wanted)
        };
        self.0
            .retain(|row| row.stamp >= older_than || elsewhere(row));
        self.0.shrink();
    }

    pub(super) fn mark(&self, used: &mut InUse<'_>) {
        for row in self.0.rows() {
            used.text(row.namespace);
            used.text(row.change_cause);
            used.template(row.template);
            if let Some(owner) = row.owner {
                used.owner(owner);
            }
            if let Some(failure) = &row.failure {
                used.condition(failure);
            }
        }
    }

    pub(super) fn get<'a>(&'a self, uid: Uid, shared: &'a Shared) -> Option<ReplicaSetView<'a>> {
        self.0.get(uid).map(|row| ReplicaSetView { row, shared })
    }

    /// Of the namespaces that `within` takes; it is asked once for rows that stand together.
    pub(super) fn within<'a>(
        &'a self,
        shared: &'a Shared,
        within: impl Fn(&str) -> bool,
    ) -> impl Iterator<Item = ReplicaSetView<'a>> {
        let rows = self.0.rows().iter();
        let mut within = remembered(move |it| within(shared.str(it)));
        let rows = rows.filter(move |row| within(row.namespace));
        rows.map(move |row| ReplicaSetView { row, shared })
    }

    pub(super) fn iter<'a>(
        &'a self,
        shared: &'a Shared,
    ) -> impl Iterator<Item = ReplicaSetView<'a>> {
        self.0
            .rows()
            .iter()
            .map(move |row| ReplicaSetView { row, shared })
    }
}

fn pack(set: &ReplicaSet, shared: &mut Shared, stamp: u32) -> ReplicaSetRow {
    let (suffix, prefixed) = short_name(&set.meta);
    ReplicaSetRow {
        uid: set.meta.uid,
        suffix,
        prefixed,
        namespace: shared.sym(&set.meta.namespace),
        owner: set
            .meta
            .owner
            .as_ref()
            .map(|owner| shared.keep_owner(owner)),
        template: shared.keep_template(&set.template),
        change_cause: shared.sym(set.meta.annotations.get(CHANGE_CAUSE).unwrap_or_default()),
        failure: set
            .failure
            .as_ref()
            .map(|failure| Box::new(shared.keep_condition(failure))),
        created: set.meta.created,
        revision: u32::try_from(set.revision).unwrap_or(u32::MAX),
        first_revision: u32::try_from(set.first_revision).unwrap_or(u32::MAX),
        desired: set.desired,
        replicas: set.replicas,
        ready: set.ready,
        available: set.available,
        stamp,
    }
}

/// A `ReplicaSet` as it is read.
#[derive(Clone, Copy)]
pub struct ReplicaSetView<'a> {
    row: &'a ReplicaSetRow,
    shared: &'a Shared,
}

impl<'a> ReplicaSetView<'a> {
    pub fn uid(self) -> Uid {
        self.row.uid
    }

    pub fn name(self) -> Text {
        let owner = self.row.owner.filter(|_| self.row.prefixed);
        self.shared.whole_name(owner, &self.row.suffix)
    }

    pub fn namespace(self) -> &'a str {
        self.shared.str(self.row.namespace)
    }

    pub fn owner_uid(self) -> Option<Uid> {
        self.row
            .owner
            .and_then(|owner| self.shared.owners.get(owner))
            .map(|owner| owner.uid)
    }

    pub fn owner(self) -> Option<Owner> {
        self.row.owner.and_then(|owner| self.shared.to_owner(owner))
    }

    pub fn created(self) -> Option<Moment> {
        self.row.created
    }

    /// 0 when it has none.
    pub fn revision(self) -> u64 {
        u64::from(self.row.revision)
    }

    /// The number it was made with; 0 when it has none.
    pub fn first_revision(self) -> u64 {
        u64::from(self.row.first_revision)
    }

    pub fn desired(self) -> u32 {
        self.row.desired
    }

    pub fn replicas(self) -> u32 {
        self.row.replicas
    }

    pub fn ready(self) -> u32 {
        self.row.ready
    }

    pub fn available(self) -> u32 {
        self.row.available
    }

    /// Empty when nobody wrote one.
    pub fn change_cause(self) -> &'a str {
        self.shared.str(self.row.change_cause)
    }

    pub fn failure(self) -> Option<Condition> {
        self.row
            .failure
            .as_ref()
            .map(|shape| self.shared.to_condition(shape))
    }

    pub fn template(self) -> Template {
        self.shared.to_template(self.row.template)
    }
}

//! Between two judgements: what the cluster counts of a row on the screen follows it at once. What is judged of it, and its
//! place among the others, waits for the next judgement, which takes long in a large cluster.

use std::rc::Rc;

use super::App;
use crate::model::{ClusterId, Delta, Object, Uid};

/// The workload that a fact is about.
pub(super) fn workload_of(fact: &Delta) -> Option<(ClusterId, Uid)> {
    match fact {
        Delta::Upsert(cluster, Object::Workload(workload)) => Some((*cluster, workload.meta.uid)),
        _ => None,
    }
}

impl App {
    /// Takes over what a workload counts, where its row is on the screen.
    pub(super) fn freshen(&mut self, (cluster, uid): (ClusterId, Uid)) {
        let sheet = &mut self.sheet;
        let workload = self.store.cluster(cluster).and_then(|it| it.workload(uid));
        let seen = sheet.listed.iter().skip(sheet.first);
        let rows = sheet.rows.workloads();
        let same = |at: &&usize| {
            let row = rows.get(**at);
            row.is_some_and(|it| it.uid == uid && it.cluster == cluster)
        };
        let found = seen.take(usize::from(self.size.1)).find(same);
        if let (Some(workload), Some(at)) = (workload, found)
            && let Some(row) = sheet.rows.workload_mut(*at)
        {
            self.fresh += usize::from(Rc::make_mut(row).count(workload));
        }
    }

    /// Whether the screen has something newer than the last judgement to show.
    pub(super) fn take_fresh(&mut self) -> bool {
        std::mem::take(&mut self.fresh) > 0
    }
}

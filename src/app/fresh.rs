//! Between two judgements: what the cluster counts of a row on the screen follows it at once. What is judged of it, and its
//! place among the others, waits for the next judgement, which takes long in a large cluster.

use std::rc::Rc;

use super::App;

impl App {
    /// Takes over what the workloads count whose rows are seen, or come to be with the next keys. Says whether any number is
    /// another than before.
    pub(super) fn count_seen(&mut self) -> bool {
        let sheet = &mut self.sheet;
        let page = usize::from(self.size.1);
        let near = sheet.listed.iter().skip(sheet.first.saturating_sub(page));
        let mut changed = false;
        for at in near.take(3 * page) {
            let Some(row) = sheet.rows.workload_mut(*at) else {
                return false;
            };
            let cluster = self.store.cluster(row.cluster);
            let workload = cluster.and_then(|it| it.workload(row.uid));
            if let Some(workload) = workload.filter(|it| !row.counts_as(it)) {
                Rc::make_mut(row).count(workload);
                changed = true;
            }
        }
        changed
    }
}

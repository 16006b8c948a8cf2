//! A node that is to be emptied, and the disruption budget that keeps the pods on it.

use super::super::around::{Thing, takes};
use super::{Case, Reason};

/// Of budgets that allow no disruption now, while a node under the pods takes no new ones.
pub(super) fn budgets(case: &Case<'_>) -> Vec<Reason> {
    let on = |name: &str| case.pods.iter().any(|pod| pod.node() == name);
    let mut nodes = case.cluster.nodes();
    let Some(node) = nodes.find(|it| it.unschedulable && on(&it.meta.name)) else {
        return Vec::new();
    };
    let labels = &case.around.template()["metadata"]["labels"];
    let count = |it: Thing<'_>, field: &str| it.value["status"][field].as_u64().unwrap_or(0);
    let budgets = case.around.some("poddisruptionbudgets");
    let ours = budgets.filter(|it| takes(&it.value["spec"]["selector"], labels));
    let tight = ours.filter(|it| count(*it, "disruptionsAllowed") == 0);
    tight
        .map(|it| Reason::BudgetBlocks {
            budget: it.object(case.object),
            node: node.meta.name.clone(),
            healthy: count(it, "currentHealthy"),
            required: count(it, "desiredHealthy"),
        })
        .collect()
}

//! The past of one workload: its revisions, newest first, and how each went as far as anybody saw it.

use serde_json::Value;

use crate::model::{
    Change, ClusterId, Kind, Moment, ObjectId, ObjectKind, ObjectRef, Text, Uid, What, Workload,
};
use crate::store::{Cluster, Store};

use super::revisions::{Health, RevisionRow, revisions};

/// One revision of a workload.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryRow {
    pub cluster: ClusterId,
    pub namespace: Text,
    pub workload: Uid,
    /// Of the object that keeps its template: `ReplicaSet` or `ControllerRevision`.
    pub kind: Kind,
    pub revision: RevisionRow,
    /// `kubernetes.io/change-cause`; empty when nobody wrote one.
    pub cause: Text,
    /// It had another number before, or is older than one of a lower number: it was gone back to.
    pub again: bool,
    pub went: Went,
}

impl HistoryRow {
    /// What keeps its template: the same one when it is gone back to and has another number.
    pub fn object(&self) -> ObjectId {
        ObjectId {
            cluster: self.cluster,
            kind: self.kind,
            uid: self.revision.uid.unwrap_or(self.workload),
        }
    }

    /// The same, as a request names it.
    pub fn keeper(&self) -> ObjectRef {
        ObjectRef {
            cluster: self.cluster,
            kind: self.kind.into(),
            namespace: self.namespace.clone(),
            name: self.revision.name.clone(),
            uid: self.revision.uid,
        }
    }
}

/// How a revision went, as far as that is known. Lengths are in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Went {
    /// It is the one that runs, and all its pods are ready, the last of them since then.
    Ready(Moment),
    /// Another one is wanted, and its pods still serve.
    Serving,
    /// Some of the pods that it wants are not ready.
    Short,
    /// It was gone back from, to one that is older.
    Left,
    /// It was rolled out whole, and the next one began so much later.
    Well(i64),
    /// From its making to that of the next one; nobody saw how it went.
    Ran(i64),
    Unknown,
}

/// Empty when the workload is not known, or keeps no revisions that can be read.
pub fn history(store: &Store, object: &ObjectRef) -> Vec<HistoryRow> {
    let known = store.cluster(object.cluster);
    let known = known.and_then(|cluster| Some((cluster, cluster.workload(object.uid?)?)));
    let Some((cluster, workload)) = known else {
        return Vec::new();
    };
    let uid = workload.meta.uid;
    let namespace = workload.meta.namespace.as_str();
    let mut found = revisions(cluster, |it| it == namespace, |owner| owner == uid);
    let mut rows = found.remove(&uid).unwrap_or_default();
    // Pods whose revision is gone have a row of their own elsewhere: nothing of it can be compared.
    rows.retain(|row| row.uid.is_some());
    let went: Vec<_> = (0..rows.len())
        .map(|at| went(store, cluster, workload, &rows, at))
        .collect();
    let again: Vec<_> = (0..rows.len()).map(|at| is_again(&rows, at)).collect();
    let told = rows.into_iter().zip(went).zip(again);
    told.map(|((revision, went), again)| HistoryRow {
        cluster: cluster.id(),
        namespace: workload.meta.namespace.clone(),
        workload: uid,
        kind: kept_in(&object.kind),
        cause: cause(cluster, &revision),
        revision,
        again,
        went,
    })
    .collect()
}

/// What keeps the revisions of a workload of that kind.
fn kept_in(workload: &ObjectKind) -> Kind {
    if matches!(workload.known(), Some(Kind::Deployment | Kind::Rollout)) {
        Kind::ReplicaSet
    } else {
        Kind::ControllerRevision
    }
}

/// The pod template that a `ReplicaSet` or `ControllerRevision` keeps.
pub fn kept_template(object: &Value) -> Option<&Value> {
    // A ControllerRevision keeps it as the patch that brings it back.
    let specs = [&object["data"]["spec"], &object["spec"]];
    let mut templates = specs.into_iter().map(|spec| &spec["template"]);
    templates.find(|it| it.is_object())
}

fn cause(cluster: &Cluster, revision: &RevisionRow) -> Text {
    const KEY: &str = "kubernetes.io/change-cause";
    let Some(uid) = revision.uid else {
        return Text::default();
    };
    if let Some(set) = cluster.replica_set(uid) {
        return set.change_cause().into();
    }
    let mut all = cluster.revisions();
    let own = all.find(|it| it.meta.uid == uid);
    let cause = own.and_then(|it| it.meta.annotations.get(KEY));
    cause.unwrap_or_default().into()
}

fn is_again(rows: &[RevisionRow], at: usize) -> bool {
    let Some(row) = rows.get(at) else {
        return false;
    };
    let renumbered = row.first_number.is_some_and(|it| row.number != Some(it));
    let mut lower = rows.iter().skip(at + 1);
    renumbered || lower.any(|it| is_older(rows, row, it))
}

/// The number after it is that of an older one.
fn is_left(rows: &[RevisionRow], at: usize) -> bool {
    let next = at.checked_sub(1).and_then(|next| rows.get(next));
    let (Some(row), Some(next)) = (rows.get(at), next) else {
        return false;
    };
    let follows = next.number.is_some() && next.number == row.number.map(|it| it + 1);
    follows && is_older(rows, next, row)
}

fn is_older(rows: &[RevisionRow], one: &RevisionRow, other: &RevisionRow) -> bool {
    let (Some(made), Some(other_made)) = (one.created, other.created) else {
        return false;
    };
    // No time is told finer than a second.
    let in_one_second = || match (one.first_number, other.first_number) {
        (Some(own), Some(other)) => own < other,
        // A number that is missing was given up by one that was gone back to.
        _ => rows.first().and_then(|row| row.number) > u64::try_from(rows.len()).ok(),
    };
    made < other_made || (made == other_made && in_one_second())
}

fn went(
    store: &Store,
    cluster: &Cluster,
    workload: &Workload,
    rows: &[RevisionRow],
    at: usize,
) -> Went {
    let Some(row) = rows.get(at) else {
        return Went::Unknown;
    };
    if row.ready < row.wanted {
        return Went::Short;
    }
    if row.current {
        let since = ready_since(cluster, row);
        return since.map_or(Went::Unknown, Went::Ready);
    }
    if is_left(rows, at) {
        return Went::Left;
    }
    if row.ready > 0 {
        return Went::Serving;
    }
    if let Some(seconds) = seen_well(store, cluster.id(), workload, row) {
        return Went::Well(seconds);
    }
    // A number that is missing is the former one of another, which ran in between: only two that follow one another, and
    // were made in that order, say how long the first ran.
    let next = at.checked_sub(1).filter(|next| !is_again(rows, *next));
    let next = next.and_then(|next| rows.get(next));
    let follows = |next: &&RevisionRow| next.number == row.number.map(|it| it + 1);
    let next = next.filter(follows).and_then(|next| next.created);
    match (row.created.filter(|_| !is_again(rows, at)), next) {
        (Some(from), Some(to)) => Went::Ran(to.seconds() - from.seconds()),
        _ => Went::Unknown,
    }
}

/// None when it has no pods: nothing that is ready is not being well.
fn ready_since(cluster: &Cluster, row: &RevisionRow) -> Option<Moment> {
    let serving = row.pods.iter().filter(|pod| pod.health == Health::Serving);
    let since = serving.filter_map(|pod| {
        let pod = cluster.pod(pod.object.uid)?;
        pod.condition("Ready")?.changed
    });
    since.max()
}

/// From the end of its rollout to the beginning of the next, when both were seen.
fn seen_well(
    store: &Store,
    cluster: ClusterId,
    workload: &Workload,
    row: &RevisionRow,
) -> Option<i64> {
    let kind = Kind::from(workload.kind).name();
    let ours = |change: &&Change| {
        change.cluster == cluster
            && change.namespace == workload.meta.namespace
            && change.subject.name == workload.meta.name
            && change.subject.kind == kind
    };
    let mut next = None;
    for change in store.changes().iter().filter(ours) {
        match change.what {
            What::RolloutComplete { revision } if revision.is_some() && revision == row.number => {
                let end: Moment = next?;
                return Some(end.seconds() - change.at.seconds());
            }
            What::Rollout { .. } | What::RolledBack { .. } => next = Some(change.at),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::stage::{self, Stage};
    use crate::model::{Object, Rollout};

    fn told(stage: &mut Stage, made: &[(u64, i64)]) -> Vec<(u64, bool, Went)> {
        let space = stage.environment("betaapp", "prod");
        let object = stage.rolled(&space, made);
        let rows = history(&stage.store, &object).into_iter();
        rows.map(|row| (row.revision.number.unwrap(), row.again, row.went))
            .collect()
    }

    #[test]
    fn one_ran_from_its_making_to_the_next() {
        let rows = told(&mut Stage::new(), &[(3, 500), (2, 120), (1, 100)]);
        let ready = Went::Ready(stage::at(507));
        assert_eq!(
            rows,
            [
                (3, false, ready),
                (2, false, Went::Ran(380)),
                (1, false, Went::Ran(20))
            ]
        );
    }

    #[test]
    fn of_two_made_in_one_second_their_numbers_tell_which_was_gone_back_to_and_from() {
        let made = |numbers: [(u64, Option<u64>); 2]| {
            let row = |(number, first_number)| RevisionRow {
                number: Some(number),
                first_number,
                created: Some(stage::at(500)),
                ..RevisionRow::default()
            };
            let rows = numbers.map(row);
            [0, 1].map(|at| (is_again(&rows, at), is_left(&rows, at)))
        };
        let (plain, again, left) = ((false, false), (true, false), (false, true));
        assert_eq!(made([(4, Some(2)), (3, Some(3))]), [again, left]);
        assert_eq!(made([(3, Some(3)), (2, Some(2))]), [plain, plain]);
        // Back to 1 as 3, and forth again to 2.
        assert_eq!(made([(4, Some(2)), (3, Some(1))]), [again, again]);
        // A `ControllerRevision` does not say what it was.
        assert_eq!(made([(3, None), (2, None)]), [again, left]);
        assert_eq!(made([(2, None), (1, None)]), [plain, plain]);
    }

    #[test]
    fn what_was_gone_back_to_hides_how_long_it_and_those_around_it_ran() {
        // Number 2 came back as 4: 3 ended nobody knows when, and so did 1.
        let rows = told(&mut Stage::new(), &[(4, 120), (3, 500), (1, 100)]);
        let ready = Went::Ready(stage::at(127));
        assert_eq!(
            rows,
            [
                (4, true, ready),
                (3, false, Went::Left),
                (1, false, Went::Unknown)
            ]
        );
    }

    #[test]
    fn a_rollout_that_was_seen_to_its_end_and_to_the_next_was_complete_in_between() {
        let mut stage = Stage::new();
        let space = stage.environment("betaapp", "prod");
        let mut app = stage::deployment(&space, "app", 1);
        app.revision = Some(7);
        stage.now = stage::at(0);
        stage.add(Object::Workload(app.clone()));
        let mut step = |second, number, updated| {
            stage.now = stage::at(second);
            app.revision = Some(number);
            app.updated = updated;
            stage.add(Object::Workload(app.clone()));
            assert_eq!(app.rollout() == Rollout::Complete, updated == 1);
        };
        step(100, 8, 0);
        step(130, 8, 1);
        step(900, 9, 0);
        let rows = told(&mut stage, &[(9, 900), (8, 100)]);
        assert_eq!(rows.last(), Some(&(8, false, Went::Well(770))));
    }
}

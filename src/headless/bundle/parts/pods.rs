//! The pods, those that fail first, and why they do.

use std::cmp::Reverse;

use super::super::write::Page;
use crate::insight::{self, Health, pod_status};
use crate::model::{Kind, Role, Status};
use crate::store::{ContainerView, PodView, StateView, TerminationView};

/// Rows of the table; the rest is counted.
const ROWS: usize = 50;
/// Pods whose containers are told.
const TOLD: usize = 10;

pub(in super::super) fn pods(page: &mut Page<'_>) {
    let all = of_object(page);
    let (some, table) = match page.case.found.object.kind.known() {
        Some(Kind::Pod) => (all, false),
        // Of what only holds them the pods that are well are no news.
        Some(Kind::Node | Kind::Namespace) => {
            let ill = |it: &PodView<'_>| insight::health(*it) <= Health::Coming;
            (all.into_iter().filter(ill).collect(), true)
        }
        _ => (all, true),
    };
    if some.is_empty() {
        return;
    }
    page.title("bundle-pods");
    if table {
        self::table(page, &some);
    }
    let ill = some
        .iter()
        .filter(|it| insight::health(**it) == Health::Sick || !table);
    for pod in ill.take(TOLD) {
        let said = reasons(page, *pod);
        if !said.is_empty() {
            page.sheet.title(3, &pod.name());
            page.sheet.items(&said);
        }
    }
}

fn of_object<'a>(page: &Page<'a>) -> Vec<PodView<'a>> {
    let case = page.case;
    let object = &case.found.object;
    let Some(cluster) = case.cluster else {
        return Vec::new();
    };
    let mut pods: Vec<_> = match object.kind.known() {
        Some(Kind::Node) => cluster
            .pods()
            .filter(|it| it.node() == object.name)
            .collect(),
        Some(Kind::Namespace) => {
            let pods = cluster.pods();
            pods.filter(|it| it.namespace() == object.name).collect()
        }
        _ => insight::pods_of(cluster, object),
    };
    pods.sort_by_cached_key(|it| (insight::health(*it), Reverse(it.created()), it.name()));
    pods
}

fn table(page: &mut Page<'_>, pods: &[PodView<'_>]) {
    let header = [
        "bundle-pod",
        "bundle-revision",
        "bundle-ready",
        "bundle-state",
        "bundle-restarts",
        "bundle-node",
        "bundle-created",
    ];
    let header = header.map(|it| page.say(it));
    let row = |pod: &PodView<'_>| {
        let counted = || pod.containers().filter(|it| it.role() != Role::Init);
        let ready = counted().filter(|it| it.ready()).count();
        [
            pod.name().to_string(),
            revision(page, *pod),
            format!("{ready}/{}", counted().count()),
            pod_status(*pod),
            pod.restarts().to_string(),
            pod.node().to_owned(),
            pod.created().map_or_else(String::new, |at| page.dated(at)),
        ]
    };
    let rows: Vec<_> = pods.iter().take(ROWS).map(row).collect();
    page.sheet.table(&header, &rows);
    let more = pods.len().saturating_sub(ROWS);
    if more > 0 {
        let more = [("count", more.into())];
        let said = page.case.facts.catalogue.say_with("object-more", &more);
        page.sheet.paragraph(&said);
    }
}

fn revision(page: &Page<'_>, pod: PodView<'_>) -> String {
    let has = |row: &&insight::RevisionRow| row.pods.iter().any(|it| it.object.uid == pod.uid());
    let row = page.case.revisions.iter().find(has);
    let number = row.and_then(|it| it.number);
    number.map_or_else(String::new, |it| it.to_string())
}

/// What keeps it from being placed, then what each of its containers says.
fn reasons(page: &Page<'_>, pod: PodView<'_>) -> Vec<String> {
    let own = [pod.reason(), pod.message()].join(" ");
    let placed = pod.condition("PodScheduled");
    let unplaced = placed.filter(|it| it.status == Status::False);
    let unplaced = unplaced.map(|it| format!("{}: {}", it.reason, it.message));
    let containers = pod.containers().filter_map(|it| container(page, it));
    let own = Some(own.trim().to_owned()).filter(|it| !it.is_empty());
    own.into_iter().chain(unplaced).chain(containers).collect()
}

fn container(page: &Page<'_>, container: ContainerView<'_>) -> Option<String> {
    let now = match container.state() {
        StateView::Waiting { reason, message } => {
            let words = [reason, message].into_iter().filter(|it| !it.is_empty());
            words.collect::<Vec<_>>().join(": ")
        }
        StateView::Terminated(end) if end.exit_code() != 0 => ended(page, end),
        _ if container.restarts() == 0 => return None,
        _ => String::new(),
    };
    let last = container.last().map(|it| {
        let ended = [("ended", ended(page, it).into())];
        page.case
            .facts
            .catalogue
            .say_with("bundle-last-run", &ended)
    });
    let parts: Vec<_> = [now]
        .into_iter()
        .chain(last)
        .filter(|it| !it.is_empty())
        .collect();
    (!parts.is_empty()).then(|| format!("{}: {}", container.name(), parts.join("; ")))
}

/// `Error, exit 1, 2026-11-24T02:13:57Z, 14m ago: DB_URL is not set`.
fn ended(page: &Page<'_>, end: TerminationView<'_>) -> String {
    let code = [("code", end.exit_code().to_string().into())];
    let parts = [
        end.reason().to_owned(),
        page.case.facts.catalogue.say_with("bundle-exit", &code),
        end.finished().map_or_else(String::new, |at| page.dated(at)),
    ];
    let parts: Vec<_> = parts.into_iter().filter(|it| !it.is_empty()).collect();
    match end.message() {
        "" => parts.join(", "),
        message => format!("{}: {message}", parts.join(", ")),
    }
}

//! Search: whatever is in the ticket, over clusters and kinds. Names are found by any part of them, opaque namespaces too.

mod hosts;

pub(super) use hosts::lookups;

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::copy::{self, Told};
use super::filter::{self, has};
use super::list::{self, Part, Window};
use super::page::{Ground, Listed, Rows, Target};
use super::{
    Brief, Card, Cell, ClassMark, Column, Facts, Form, Lead, List, Note, State, Table, Title, Tone,
    Whose, limb, order,
};
use crate::insight::{self, DeploymentRow};
use crate::model::{ClusterId, Kind, ObjectId, Text};
use crate::store::{Cluster, PodView};
use crate::tenancy::{Place, Selection};

/// Of each kind; who wants to see more types another letter.
const KEPT: usize = 100;

/// Something that has the words in its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    pub what: What,
    pub name: String,
    pub cluster: ClusterId,
    pub namespace: Text,
    pub place: Option<Place>,
    pub state: State,
    pub target: Target,
}

/// In the order of the list, the widest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    Tenant,
    Namespace,
    Workload,
    CronJob,
    Job,
    /// A workload that runs an image of that name.
    Image,
    Pod,
    Node,
    /// A name that an Ingress, a Route or an `HTTPRoute` answers to.
    Host,
}

impl What {
    const fn id(self) -> &'static str {
        match self {
            What::Tenant => "what-tenant",
            What::Namespace => "what-namespace",
            What::Workload => "what-workload",
            What::CronJob => "what-cronjob",
            What::Job => "what-job",
            What::Image => "what-image",
            What::Pod => "what-pod",
            What::Node => "what-node",
            What::Host => "what-host",
        }
    }
}

/// Everything whose name has the words, exact names first within each kind. Nothing for fewer than two letters.
pub(super) fn hits(ground: &Ground<'_>) -> Vec<Hit> {
    let wanted = ground.query.trim().to_lowercase();
    if wanted.chars().count() < 2 {
        return Vec::new();
    }
    let mut found = tenants(ground, &wanted);
    let workloads = ground.workloads();
    found.extend(namespaces(ground, &wanted, workloads));
    found.extend(of_workloads(workloads, &wanted));
    found.extend(of_runs(ground, &wanted));
    for cluster in ground.store.clusters() {
        let pods = pods(cluster, &wanted).into_iter();
        found.extend(pods.map(|pod| of_pod(ground, cluster.id(), pod)));
        for node in cluster.nodes().filter(|it| has(&it.meta.name, &wanted)) {
            found.push(of_node(ground, cluster.id(), &node.meta));
        }
    }
    found.extend(hosts::hits(ground, &wanted));
    found.sort_by_cached_key(|hit| {
        let name = hit.name.to_lowercase();
        let (rank, _) = rank(&name, &wanted);
        (
            hit.what,
            rank,
            order::calm(hit.state),
            name,
            hit.namespace.clone(),
            hit.cluster,
        )
    });
    let mut kept = 0;
    let mut last = None;
    found.retain(|hit| {
        kept = if last == Some(hit.what) { kept + 1 } else { 1 };
        last = Some(hit.what);
        kept <= KEPT
    });
    found
}

fn pods<'a>(cluster: &'a Cluster, wanted: &str) -> Vec<PodView<'a>> {
    let order = |(one, _): &(String, PodView<'_>), (other, _): &(String, PodView<'_>)| {
        rank(one, wanted).cmp(&rank(other, wanted))
    };
    let mut name = String::new();
    let mut found = Vec::new();
    // The last name that is kept, once there are enough: what comes after it is not.
    let mut last: Option<String> = None;
    for pod in cluster.pods() {
        pod.write_name(&mut name);
        let late = |last: &String| rank(last, wanted) < rank(&name, wanted);
        if !has(&name, wanted) || last.as_ref().is_some_and(late) {
            continue;
        }
        found.push((name.clone(), pod));
        if found.len() > 4 * KEPT {
            found = first(found, order);
            let names = found.iter().map(|(name, _)| name);
            last = names.max_by_key(|it| rank(it, wanted)).cloned();
        }
    }
    let kept = first(found, order).into_iter();
    kept.map(|(_, pod)| pod).collect()
}

/// As many as are kept, in any order. Two letters may be in every name: the others are neither sorted nor looked up.
fn first<T>(mut found: Vec<T>, order: impl Fn(&T, &T) -> Ordering) -> Vec<T> {
    if found.len() > KEPT {
        found.select_nth_unstable_by(KEPT, order);
        found.truncate(KEPT);
    }
    found
}

/// Exact names first, then those that begin so.
fn rank<'a>(name: &'a str, wanted: &str) -> (u8, &'a str) {
    let rank = if name == wanted {
        0
    } else {
        1 + u8::from(!name.starts_with(wanted))
    };
    (rank, name)
}

fn tenants(ground: &Ground<'_>, wanted: &str) -> Vec<Hit> {
    let rows = ground.tenants(&Selection::default());
    rows.iter()
        .filter(|row| has(&row.name, wanted))
        .map(|row| Hit {
            what: What::Tenant,
            name: row.name.to_string(),
            cluster: row.clusters.first().copied().unwrap_or_default(),
            namespace: Text::default(),
            place: None,
            state: row.state(),
            target: Target::Tenant(row.name.clone()),
        })
        .collect()
}

fn namespaces(ground: &Ground<'_>, wanted: &str, workloads: &[Rc<DeploymentRow>]) -> Vec<Hit> {
    let mut worst: HashMap<(ClusterId, &Text), State> = HashMap::new();
    for row in workloads {
        let state = row.state();
        let known = worst.entry((row.cluster, &row.namespace)).or_insert(state);
        if order::rank(state) < order::rank(*known) {
            *known = state;
        }
    }
    let both = |place: &Place| format!("{}/{}", place.tenant, place.environment);
    let named = ground.places.iter().filter(|(site, place)| {
        has(&site.namespace, wanted) || wanted.contains('/') && has(&both(place), wanted)
    });
    named
        .map(|(site, place)| {
            let worst = worst.get(&(site.cluster, &site.namespace)).copied();
            Hit {
                what: What::Namespace,
                name: site.namespace.to_string(),
                cluster: site.cluster,
                namespace: site.namespace.clone(),
                place: Some(place),
                state: worst.unwrap_or(State::Good),
                target: Target::Environment(site.cluster, site.namespace.clone()),
            }
        })
        .collect()
}

fn of_workloads(workloads: &[Rc<DeploymentRow>], wanted: &str) -> Vec<Hit> {
    let hit = |row: &DeploymentRow, what, name: &str| Hit {
        what,
        name: name.to_owned(),
        cluster: row.cluster,
        namespace: row.namespace.clone(),
        place: Some(row.place.clone()),
        state: row.state(),
        target: row.cause().into(),
    };
    let (mut named, mut imaged) = (Vec::new(), Vec::new());
    for row in workloads.iter().map(Rc::as_ref) {
        if has(&row.name, wanted) {
            named.push((row, &row.name));
        } else if let Some(image) = row.images.iter().find(|it| has(it, wanted)) {
            imaged.push((row, image));
        }
    }
    let by_name = |one: &(&DeploymentRow, &Text), other: &(&DeploymentRow, &Text)| {
        let key = |(row, name): &(&DeploymentRow, &Text)| {
            let (rank, _) = rank(name, wanted);
            (rank, order::calm(row.state()))
        };
        let then = || (one.1, &one.0.namespace).cmp(&(other.1, &other.0.namespace));
        key(one).cmp(&key(other)).then_with(then)
    };
    let named = first(named, by_name).into_iter();
    let named = named.map(|(row, name)| hit(row, What::Workload, name));
    let imaged = first(imaged, by_name).into_iter();
    let imaged = imaged.map(|(row, image)| hit(row, What::Image, image));
    named.chain(imaged).collect()
}

/// Runs of `CronJobs` too: an alert names the Job.
fn of_runs(ground: &Ground<'_>, wanted: &str) -> Vec<Hit> {
    let runs = ground.runs();
    let mut found = Vec::new();
    for cron in &runs.crons {
        let hit = |what, name: &str| Hit {
            what,
            name: name.to_owned(),
            cluster: cron.cluster,
            namespace: cron.namespace.clone(),
            place: Some(cron.place.clone()),
            state: limb::of_cron(cron),
            target: Target::Object(cron.object()),
        };
        if has(&cron.name, wanted) {
            found.push(hit(What::CronJob, &cron.name));
        } else if let Some(image) = cron.images.iter().find(|it| has(it, wanted)) {
            found.push(hit(What::Image, image));
        }
    }
    let of_crons = runs.crons.iter().flat_map(|cron| &cron.runs);
    let all = runs.alone.iter().chain(of_crons);
    found.extend(all.filter(|run| has(&run.name, wanted)).map(|run| Hit {
        what: What::Job,
        name: run.name.to_string(),
        cluster: run.cluster,
        namespace: run.namespace.clone(),
        place: Some(run.place.clone()),
        state: limb::of_run(run),
        target: Target::Object(run.object()),
    }));
    found
}

fn of_pod(ground: &Ground<'_>, cluster: ClusterId, pod: PodView<'_>) -> Hit {
    let namespace = Text::from(pod.namespace());
    Hit {
        what: What::Pod,
        name: pod.name().to_string(),
        cluster,
        place: Some(ground.places.of(cluster, &namespace)),
        namespace,
        state: super::tree::of_pod(insight::health(pod)),
        target: Target::Object(ObjectId {
            cluster,
            kind: Kind::Pod,
            uid: pod.uid(),
        }),
    }
}

fn of_node(ground: &Ground<'_>, cluster: ClusterId, meta: &crate::model::Meta) -> Hit {
    let cause = insight::Cause::Node(cluster, meta.name.clone());
    let mut findings = ground.judgement.findings.iter();
    let finding = findings.find(|it| it.cause == cause);
    Hit {
        what: What::Node,
        name: meta.name.to_string(),
        cluster,
        namespace: Text::default(),
        place: None,
        state: finding.map_or(State::Good, |it| it.severity.into()),
        target: Target::Node(cluster, meta.name.clone()),
    }
}

pub(super) fn search(facts: &Facts<'_>, form: Form) -> List {
    let window = Window::of(facts, list::room(facts, form, 0, true));
    let all = facts.rows.hits();
    let in_view: Vec<_> = window.rows.iter().filter_map(|at| all.get(*at)).collect();
    let chosen = selected(facts);
    List {
        title: title(facts, all),
        prompt: filter::prompt(facts),
        guide: None,
        notes: if in_view.is_empty() {
            notes(facts)
        } else {
            Vec::new()
        },
        table: table(facts, form, &in_view),
        selected: window.selected,
        first: window.first,
        briefs: list::briefs(form, &in_view, |it| brief(facts, it)),
        card: chosen.map(|it| card(facts, it)),
        below: Vec::new(),
        pane: facts.pane,
    }
}

fn selected<'a>(facts: &Facts<'a>) -> Option<&'a Hit> {
    match facts.rows {
        Rows::Hits(rows) => rows.get(facts.selected_row()?),
        _ => None,
    }
}

fn title(facts: &Facts<'_>, hits: &[Hit]) -> Title {
    let with = |id, count: usize| facts.catalogue.say_with(id, &[("count", count.into())]);
    let mut right = Vec::new();
    if !hits.is_empty() {
        right.push(with("search-found", hits.len()));
    }
    let tables = facts.dossier.tables();
    let lacking = tables.filter(|(_, it)| it.lack().is_some());
    let unread = facts.survey.denied.len() + lacking.count();
    if unread > 0 {
        right.push(with("search-denied", unread));
    }
    let mut tables = facts.dossier.tables();
    let waits = tables.any(|(_, it)| !it.whole() && it.lack().is_none());
    if !facts.survey.read() || waits {
        right.push(facts.say("list-reading"));
    }
    Title {
        state: None,
        left: with("search-title", facts.survey.clusters.len()),
        right: right.join(" \u{b7} "),
    }
}

fn notes(facts: &Facts<'_>) -> Vec<Note> {
    let typed = facts
        .filter
        .is_some_and(|it| it.text().trim().chars().count() > 1);
    let first = facts.say(if typed { "search-none" } else { "search-type" });
    vec![
        Note::Sentence(first),
        Note::Gutter(facts.say("search-tries"), facts.say("search-kinds")),
    ]
}

impl Listed for Hit {
    fn target(&self) -> Target {
        self.target.clone()
    }

    fn state(&self) -> State {
        self.state
    }

    fn told(&self, _: &Facts<'_>) -> Told {
        if let Target::Listed(object) = &self.target {
            return Told {
                place: self.place.clone(),
                said: vec![self.name.clone()],
                ..copy::of_ref(object)
            };
        }
        Told {
            cluster: Some(self.cluster).filter(|_| self.what != What::Tenant),
            namespace: self.namespace.to_string(),
            place: self.place.clone(),
            kind: kind_of(self.what, &self.target),
            name: self.name.clone(),
            ..Told::default()
        }
    }
}

fn kind_of(what: What, target: &Target) -> String {
    match (what, target) {
        (What::Namespace, _) => "Namespace".to_owned(),
        (What::Node, _) => "Node".to_owned(),
        (What::Workload | What::CronJob | What::Job | What::Pod, Target::Object(object)) => {
            object.kind.name().to_owned()
        }
        _ => String::new(),
    }
}

fn table(facts: &Facts<'_>, form: Form, rows: &[&Hit]) -> Table {
    let columns = vec![
        Column::left(facts.say("title-what"), 10, 8)
            .says(|it: &Hit| Cell::Text(facts.say(it.what.id()), Tone::Muted)),
        Column::left(facts.say("title-name"), 34, 12)
            .grows()
            .says(|it: &Hit| Cell::name(it.name.as_str())),
        Column::left(facts.say("title-where"), 20, 10).says(|it: &Hit| Cell::Whose(whose(it))),
        Column::left(facts.say("title-cluster"), 10, 6)
            .dropped(0)
            .says(|it: &Hit| Cell::Text(facts.cluster(it.cluster), Tone::Muted)),
    ];
    Table::of(facts, form, Lead::State, columns, rows, |hit| {
        (hit.state, class(hit))
    })
}

fn class(hit: &Hit) -> ClassMark {
    let place = hit.place.as_ref();
    place.map_or(ClassMark::Other, |it| it.class.into())
}

fn whose(hit: &Hit) -> Whose {
    let place = hit.place.as_ref();
    place.map_or_else(Whose::default, |it| Whose::of(&it.tenant, &it.environment))
}

fn brief(facts: &Facts<'_>, hit: &Hit) -> Brief {
    Brief {
        state: hit.state,
        class: class(hit),
        whose: whose(hit),
        kind: String::new(),
        subject: hit.name.clone(),
        ready: None,
        age: String::new(),
        stale: facts.survey.stale(hit.cluster).is_some(),
        lines: vec![facts.say(hit.what.id()), hit.namespace.to_string()],
    }
}

fn card(facts: &Facts<'_>, hit: &Hit) -> Card {
    let hurt: HashSet<_> = facts
        .judgement
        .findings
        .iter()
        .filter(|it| it.cluster == hit.cluster)
        .filter(|it| {
            let here = |(namespace, _): &(Text, _)| *namespace == hit.namespace;
            !hit.namespace.is_empty() && (it.namespace == hit.namespace || it.hit.iter().any(here))
        })
        .map(|it| super::words::named(facts, it))
        .collect();
    let mut hurt: Vec<_> = hurt.into_iter().collect();
    hurt.sort();
    let namespace = Some(hit.namespace.to_string()).filter(|it| !it.is_empty());
    Card {
        subject: hit.name.clone(),
        kind: facts.say(hit.what.id()),
        whose: whose(hit),
        parts: vec![
            Part::of(
                facts.say("strip-namespace"),
                namespace.into_iter().collect(),
            ),
            Part::of(facts.say("strip-why"), hurt),
        ],
        ..super::watch::card::blank(
            facts,
            hit.cluster,
            hit.place
                .as_ref()
                .map_or(crate::tenancy::Class::NonProduction, |it| it.class),
        )
    }
}

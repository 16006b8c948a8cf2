//! What the rows of each page answer.

use std::borrow::Cow;
use std::rc::Rc;

use super::field::{class, severity, status};
use super::{Answer, Field, Said, Words};
use crate::insight::{
    ApplicationRow, Cause, DeploymentRow, Finding, FluxRow, Manager, ReleaseRow, RolloutInProgress,
    TenantRow, fails, registry,
};
use crate::model::{ClusterId, Kind, Moment, Text, Uid};
use crate::viewmodel::journal::{self, ActionRow};
use crate::viewmodel::objects::{self, ObjectRow};
use crate::viewmodel::page::Listed;
use crate::viewmodel::tree::{Level, TreeRow};
use crate::viewmodel::{
    Facts, Rows, State, Temporary, applications, deployments, flux, releases, tenant, tenants,
    watch, words,
};
use crate::wording::tag;

/// A row with all that is known around it.
pub(in crate::viewmodel) struct Of<'a, T> {
    pub(super) facts: &'a Facts<'a>,
    pub(super) row: &'a T,
}

/// A row of a tree and those it is under, from the environment down to it.
struct Twig<'a> {
    facts: &'a Facts<'a>,
    row: &'a TreeRow,
    path: &'a [&'a TreeRow],
}

/// Asks every row of the page, in order.
pub(super) fn each<T>(facts: &Facts<'_>, mut ask: impl FnMut(&dyn Answer) -> T) -> Vec<T> {
    match facts.rows {
        Rows::Findings(rows) => rows.iter().map(|row| ask(&Of { facts, row })).collect(),
        Rows::Tenants(rows) => rows.iter().map(|row| ask(&Of { facts, row })).collect(),
        Rows::Workloads(rows) => shared(rows).map(|row| ask(&Of { facts, row })).collect(),
        // There the words are what is searched for; a history is short.
        Rows::Hits(_) | Rows::History(_) | Rows::Syncs(_) => Vec::new(),
        Rows::Applications(rows) => shared(rows).map(|row| ask(&Of { facts, row })).collect(),
        Rows::Flux(rows) => rows.iter().map(|row| ask(&Of { facts, row })).collect(),
        Rows::Releases(rows) => rows.iter().map(|row| ask(&Of { facts, row })).collect(),
        Rows::Objects(rows) => rows.iter().map(|row| ask(&Of { facts, row })).collect(),
        Rows::Actions(rows) => rows.iter().map(|row| ask(&Of { facts, row })).collect(),
        Rows::Tree(rows) => {
            let mut path = Vec::new();
            let mut asked = Vec::new();
            for row in rows {
                path.truncate(row.depth.into());
                path.push(row);
                let path = &path;
                asked.push(ask(&Twig { facts, row, path }));
            }
            asked
        }
    }
}

fn shared<T>(rows: &[Rc<T>]) -> impl Iterator<Item = &T> {
    rows.iter().map(Rc::as_ref)
}

fn names<'a>(names: impl IntoIterator<Item = &'a Text>) -> Said<'a> {
    let names = names.into_iter().map(|name| Cow::from(name.as_str()));
    Said::Names(names.collect())
}

fn count(count: u32) -> Said<'static> {
    Said::Count(count.into())
}

/// By the clock of the cluster.
fn age(facts: &Facts<'_>, cluster: ClusterId, at: Option<Moment>) -> Said<'static> {
    let now = facts.survey.cluster_now(cluster, facts.now);
    at.map_or(Said::Nothing, |at| Said::Age(at.age(now)))
}

fn cluster<'a>(facts: &'a Facts<'a>, ids: &[ClusterId]) -> Said<'a> {
    let clusters = ids.iter().filter_map(|id| facts.store.cluster(*id));
    names(clusters.map(crate::store::Cluster::name))
}

/// The whole image, what follows its last `/`, and its tag.
fn images(images: &[Text]) -> Said<'_> {
    let written = images.iter().flat_map(|image| {
        let short = image.rsplit('/').next().unwrap_or(image);
        // One written without its registry is found by it too.
        let host = registry(image);
        let whole = if image.starts_with(host) {
            Cow::from(image.as_str())
        } else {
            Cow::from(format!("{host}/{image}"))
        };
        [
            whole,
            image.as_str().into(),
            short.into(),
            tag(image).into(),
        ]
    });
    Said::Names(written.collect())
}

/// The tool by its two names, and what it calls the object.
fn owners(managers: &[Manager]) -> Said<'_> {
    let written = managers
        .iter()
        .flat_map(|it| [it.tool.short(), it.tool.name(), it.name.as_str()]);
    Said::Names(written.map(Cow::from).collect())
}

fn hosts<'a>(
    facts: &'a Facts<'a>,
    cluster: ClusterId,
    controllers: impl IntoIterator<Item = Uid>,
) -> Said<'a> {
    let controllers = controllers.into_iter();
    let hosts = controllers.filter_map(|uid| facts.hosts?.get(&(cluster, uid)));
    names(hosts.flatten())
}

impl Answer for Of<'_, DeploymentRow> {
    fn words(&self) -> Words<'_> {
        deployments::words(self.facts, self.row)
    }

    fn says(&self, field: Field) -> Said<'_> {
        let (facts, row) = (self.facts, self.row);
        match field {
            Field::Tenant => names([&row.place.tenant]),
            Field::Environment => names([&row.place.environment]),
            Field::Class => Said::Words(vec![class(row.place.class)]),
            Field::Kind => names([&row.kind]),
            Field::Name => names([&row.name]),
            Field::Status => Said::Words(status(row.state()).into()),
            Field::Ready => Said::Ready(row.ready, row.desired),
            Field::Age => age(facts, row.cluster, row.since),
            Field::Restarts => count(row.restarts),
            Field::Owner => owners(&row.managers),
            Field::Image => images(&row.images),
            Field::Node => hosts(facts, row.cluster, [row.uid]),
            Field::Cluster => cluster(facts, &[row.cluster]),
        }
    }
}

impl Answer for Of<'_, ApplicationRow> {
    fn words(&self) -> Words<'_> {
        applications::words(self.facts, self.row)
    }

    fn says(&self, field: Field) -> Said<'_> {
        let (facts, row) = (self.facts, self.row);
        match field {
            Field::Tenant => names([&row.place.tenant]),
            Field::Environment => names([&row.place.environment]),
            Field::Class => Said::Words(vec![class(row.place.class)]),
            Field::Name => names([&row.object.name]),
            Field::Status => Said::Words(status(row.state()).into()),
            Field::Age => age(facts, row.object.cluster, row.since),
            Field::Image => images(&row.images),
            Field::Cluster => cluster(facts, &[row.cluster, row.object.cluster]),
            Field::Kind | Field::Ready | Field::Restarts | Field::Owner | Field::Node => {
                Said::Nothing
            }
        }
    }
}

impl Answer for Of<'_, FluxRow> {
    fn words(&self) -> Words<'_> {
        flux::words(self.facts, self.row)
    }

    fn says(&self, field: Field) -> Said<'_> {
        let (facts, row) = (self.facts, self.row);
        match field {
            Field::Tenant => names([&row.place.tenant]),
            Field::Environment => names([&row.place.environment]),
            Field::Class => Said::Words(vec![class(row.place.class)]),
            Field::Kind => Said::Names(vec![row.object.kind.name().into()]),
            Field::Name => names([&row.object.name]),
            Field::Status => Said::Words(status(row.state()).into()),
            Field::Age => age(facts, row.object.cluster, row.since),
            Field::Cluster => cluster(facts, &[row.cluster, row.object.cluster]),
            Field::Ready | Field::Restarts | Field::Owner | Field::Image | Field::Node => {
                Said::Nothing
            }
        }
    }
}

impl Answer for Of<'_, ReleaseRow> {
    fn words(&self) -> Words<'_> {
        releases::words(self.facts, self.row)
    }

    fn says(&self, field: Field) -> Said<'_> {
        let (facts, row) = (self.facts, self.row);
        match field {
            Field::Tenant => names([&row.place.tenant]),
            Field::Environment => names([&row.place.environment]),
            Field::Class => Said::Words(vec![class(row.place.class)]),
            Field::Name => names([&row.id.name]),
            Field::Status => Said::Words(status(row.state()).into()),
            Field::Age => age(facts, row.id.cluster, releases::since(row)),
            Field::Cluster => cluster(facts, &[row.id.cluster]),
            Field::Kind
            | Field::Ready
            | Field::Restarts
            | Field::Owner
            | Field::Image
            | Field::Node => Said::Nothing,
        }
    }
}

impl Answer for Of<'_, ActionRow> {
    fn words(&self) -> Words<'_> {
        journal::words(self.facts, self.row)
    }

    fn says(&self, field: Field) -> Said<'_> {
        let (facts, intent) = (self.facts, &self.row.entry.intent);
        let name = |name: &'_ str| Said::Names(vec![Cow::from(name.to_owned())]);
        match field {
            Field::Tenant => name(&intent.tenant),
            Field::Environment => name(&intent.environment),
            Field::Class => Said::Words(vec![class(intent.class)]),
            Field::Kind => name(&intent.object.kind),
            Field::Name => name(&intent.object.name),
            Field::Status => Said::Words(status(self.row.state()).into()),
            Field::Age => Said::Age(intent.at.age(facts.now)),
            Field::Cluster => name(&intent.context),
            Field::Ready | Field::Restarts | Field::Owner | Field::Image | Field::Node => {
                Said::Nothing
            }
        }
    }
}

impl Answer for Of<'_, Finding> {
    fn words(&self) -> Words<'_> {
        watch::words(self.facts, self.row)
    }

    fn says(&self, field: Field) -> Said<'_> {
        let (facts, row) = (self.facts, self.row);
        match field {
            Field::Tenant if row.tenants.is_empty() => {
                Said::Names(vec![facts.say("tenant-platform").into()])
            }
            Field::Tenant => names(&row.tenants),
            Field::Environment => {
                let hit = row.hit.iter().map(|(_, place)| place);
                names(row.place.iter().chain(hit).map(|it| &it.environment))
            }
            Field::Class => Said::Words(vec![class(row.class)]),
            Field::Kind => names([&row.subject.kind]),
            Field::Name => names([&row.subject.name]),
            Field::Status => Said::Words(severity(row.severity).into()),
            Field::Ready => row
                .ready
                .map_or(Said::Nothing, |(ready, wanted)| Said::Ready(ready, wanted)),
            Field::Age => row.since.map_or(Said::Nothing, |since| {
                Said::Age(since.age(words::now(facts, row)))
            }),
            Field::Node => nodes(facts, row),
            Field::Cluster => cluster(facts, &[row.cluster]),
            Field::Restarts | Field::Owner | Field::Image => Said::Nothing,
        }
    }
}

/// The node itself, those of the pods it names, and those of the workload.
fn nodes<'a>(facts: &'a Facts<'a>, finding: &'a Finding) -> Said<'a> {
    let own = match &finding.cause {
        Cause::Node(_, name) => Some(name.as_str()),
        _ => None,
    };
    let cluster = facts.store.cluster(finding.cluster);
    let objects = finding.objects.iter();
    let pods = objects.filter_map(|it| Some(cluster?.pod(it.uid)?.node()));
    let workload = match &finding.cause {
        Cause::Object(object) => Some((object.cluster, object.uid)),
        Cause::Owner(cluster, uid) => Some((*cluster, *uid)),
        _ => None,
    };
    let hosts = workload.and_then(|it| facts.hosts?.get(&it));
    let hosts = hosts.into_iter().flatten().map(Text::as_str);
    let all = own.into_iter().chain(pods).chain(hosts);
    Said::Names(all.map(Cow::from).collect())
}

impl Answer for Of<'_, RolloutInProgress> {
    fn words(&self) -> Words<'_> {
        watch::words_of_rollout(self.facts, self.row)
    }

    fn says(&self, field: Field) -> Said<'_> {
        let (facts, row) = (self.facts, self.row);
        let cluster = row.object.cluster;
        match field {
            Field::Tenant => names([&row.place.tenant]),
            Field::Environment => names([&row.place.environment]),
            Field::Class => Said::Words(vec![class(row.place.class)]),
            Field::Kind => names([&row.subject.kind]),
            Field::Name => names([&row.subject.name]),
            Field::Status if fails(row, facts.judgement) => {
                Said::Words(status(State::Failed).into())
            }
            Field::Status => Said::Words(status(State::Moving).into()),
            Field::Ready => Said::Ready(row.new_ready.saturating_add(row.old_ready), row.wanted),
            Field::Age => age(facts, cluster, row.since),
            Field::Node => hosts(facts, cluster, [row.object.uid]),
            Field::Cluster => self::cluster(facts, &[cluster]),
            Field::Restarts | Field::Owner | Field::Image => Said::Nothing,
        }
    }
}

impl Answer for Of<'_, Temporary> {
    fn words(&self) -> Words<'_> {
        watch::words_of_temporary(self.facts, self.row)
    }

    fn says(&self, field: Field) -> Said<'_> {
        let (facts, row) = (self.facts, self.row);
        let cluster = row.object.cluster;
        match field {
            Field::Tenant => names([&row.place.tenant]),
            Field::Environment => names([&row.place.environment]),
            Field::Class => Said::Words(vec![class(row.place.class)]),
            Field::Kind => Said::Names(vec![row.object.kind.name().into()]),
            Field::Name => names([&row.name]),
            Field::Status => Said::Words(status(State::Waiting).into()),
            Field::Age => age(facts, cluster, row.since),
            Field::Node if row.object.kind == Kind::Node => names([&row.name]),
            Field::Node => hosts(facts, cluster, [row.object.uid]),
            Field::Cluster => self::cluster(facts, &[cluster]),
            Field::Ready | Field::Restarts | Field::Owner | Field::Image => Said::Nothing,
        }
    }
}

impl Answer for Of<'_, ObjectRow> {
    fn words(&self) -> Words<'_> {
        objects::words(self.facts, self.row)
    }

    fn says(&self, field: Field) -> Said<'_> {
        let (facts, row) = (self.facts, self.row);
        match field {
            Field::Tenant => names(row.place.as_ref().map(|it| &it.tenant)),
            Field::Environment => names(row.place.as_ref().map(|it| &it.environment)),
            Field::Class => Said::Words(row.place.iter().map(|it| class(it.class)).collect()),
            Field::Name => names([&row.object.name]),
            Field::Status => Said::Words(status(row.state).into()),
            Field::Age => age(facts, row.object.cluster, row.created),
            Field::Cluster => cluster(facts, &[row.object.cluster]),
            Field::Kind
            | Field::Ready
            | Field::Restarts
            | Field::Owner
            | Field::Image
            | Field::Node => Said::Nothing,
        }
    }
}

impl Answer for Of<'_, TenantRow> {
    fn words(&self) -> Words<'_> {
        tenants::words(self.facts, self.row)
    }

    fn says(&self, field: Field) -> Said<'_> {
        let (facts, row) = (self.facts, self.row);
        let environments = row.environments.iter();
        match field {
            Field::Tenant => names([&row.name]),
            Field::Environment => names(environments.map(|it| &it.name)),
            Field::Class => Said::Words(environments.map(|it| class(it.class)).collect()),
            Field::Status => Said::Words(status(row.state()).into()),
            Field::Ready => Said::Ready(row.ready, row.total),
            Field::Age => tenants::since_change(facts, row).map_or(Said::Nothing, Said::Age),
            Field::Cluster => cluster(facts, &row.clusters),
            Field::Kind
            | Field::Name
            | Field::Restarts
            | Field::Owner
            | Field::Image
            | Field::Node => Said::Nothing,
        }
    }
}

impl<'a> Twig<'a> {
    /// What a row has not itself it has from the nearest above it.
    fn nearest<T>(&self, of: impl Fn(&'a Level) -> Option<T>) -> Option<T> {
        self.path.iter().rev().find_map(|row| of(&row.level))
    }

    fn all(&self, of: impl Fn(&'a Level) -> Option<&'a str>) -> Said<'a> {
        let names = self.path.iter().filter_map(|row| of(&row.level));
        Said::Names(names.map(Cow::from).collect())
    }
}

impl Answer for Twig<'_> {
    /// Also the names of what it is under: `prod beta` finds the pods of beta in prod.
    fn words(&self) -> Words<'_> {
        let mut words = tenant::words(self.facts, self.row);
        let above = self.path.split_last().map_or(&[][..], |(_, above)| above);
        let above = above.iter().map(|row| tenant::name(self.facts, row).into());
        words.names.extend(above);
        words
    }

    fn says(&self, field: Field) -> Said<'_> {
        let (facts, row) = (self.facts, self.row);
        match field {
            Field::Environment => self.all(|level| match level {
                Level::Environment(it) => Some(&it.name),
                _ => None,
            }),
            Field::Class => Said::Words(
                self.nearest(|level| match level {
                    Level::Environment(it) => Some(class(it.class)),
                    _ => None,
                })
                .into_iter()
                .collect(),
            ),
            // The pods of a `StatefulSet` are of it.
            Field::Kind => self.all(|level| match level {
                Level::Application(_) => Some("Application"),
                Level::Workload(it) => Some(&it.kind),
                Level::Cron(_) => Some("CronJob"),
                Level::Run(..) => Some("Job"),
                Level::Pod(_) => Some("Pod"),
                _ => None,
            }),
            Field::Name => self.all(|level| match level {
                Level::Application(it) => Some(&it.object.name),
                Level::Workload(it) => Some(&it.name),
                Level::Cron(it) => Some(&it.name),
                Level::Run(_, it) => Some(&it.name),
                Level::Pod(it) => Some(&it.name),
                _ => None,
            }),
            Field::Status => Said::Words(status(row.state).into()),
            Field::Ready => tenant::ready(row)
                .map_or(Said::Nothing, |(ready, wanted)| Said::Ready(ready, wanted)),
            Field::Age => age(facts, row.cluster, tenant::since(facts, row)),
            Field::Restarts => match &row.level {
                Level::Workload(it) => count(it.restarts),
                Level::Pod(it) => count(it.restarts),
                _ => Said::Nothing,
            },
            Field::Owner => self
                .nearest(|level| match level {
                    Level::Workload(it) => Some(owners(&it.managers)),
                    Level::Cron(it) => Some(owners(&it.managers)),
                    Level::Run(_, it) => Some(owners(&it.managers)),
                    _ => None,
                })
                .unwrap_or(Said::Nothing),
            Field::Image => self
                .nearest(|level| match level {
                    Level::Workload(it) => Some(images(&it.images)),
                    Level::Cron(it) => Some(images(&it.images)),
                    Level::Run(_, it) => Some(images(&it.images)),
                    Level::Revision(_, it) if !it.images.is_empty() => Some(images(&it.images)),
                    _ => None,
                })
                .unwrap_or(Said::Nothing),
            Field::Node => match &row.level {
                Level::Workload(it) => hosts(facts, it.cluster, [it.uid]),
                Level::Cron(it) => hosts(facts, it.cluster, it.runs.iter().map(|run| run.uid)),
                Level::Run(_, it) => hosts(facts, it.cluster, [it.uid]),
                Level::Pod(it) => names([&it.node]),
                _ => Said::Nothing,
            },
            Field::Cluster => cluster(facts, &[row.cluster]),
            Field::Tenant => Said::Nothing,
        }
    }
}

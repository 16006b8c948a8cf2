//! In which order rows stand, and the state that each carries: the worst finding on it, else its own.

use std::borrow::Cow;
use std::cmp::Reverse;

use super::objects::ObjectRow;
use super::page::{Listed, Page, Rows};
use super::{State, releases};
use crate::insight::{
    self, ApplicationRow, DeploymentRow, Finding, FluxRow, FluxStanding, ReleaseRow,
    ReleaseStanding, Severity, TenantRow,
};
use crate::model::{Moment, Text};
use crate::tenancy::{Class, Place};

pub(super) fn state_of(state: insight::State, severity: Option<Severity>) -> State {
    if let Some(severity) = severity {
        return severity.into();
    }
    match state {
        insight::State::Failed => State::Failed,
        // Nothing is found yet: what is short of pods is given its time to come.
        insight::State::Degraded | insight::State::Progressing => State::Moving,
        insight::State::Paused => State::Waiting,
        insight::State::Unknown => State::Unknown,
        insight::State::Complete => State::Good,
        insight::State::Stopped => State::Stopped,
    }
}

/// The worst first.
pub(super) fn rank(state: State) -> u8 {
    match state {
        State::Critical => 0,
        State::Failed => 1,
        State::Warning => 2,
        State::Moving => 3,
        State::Waiting => 4,
        State::Unknown | State::Stale | State::Reading | State::Absent => 5,
        State::Good => 6,
        State::Stopped => 7,
    }
}

/// Whether nothing about it wants to be looked at.
pub(super) fn calm(state: State) -> bool {
    matches!(state, State::Good | State::Stopped)
}

/// Whether it waits for a human: neither well nor on its way by itself.
pub(super) fn needs(state: State) -> bool {
    !calm(state) && state != State::Moving
}

type WorkloadKey = (bool, Class, u8, bool, Reverse<Option<Moment>>);

/// Good rows last; the others by class, then state; the platform before tenants, the most recent first, then as they are
/// listed: by name.
pub(super) fn workload(row: &DeploymentRow) -> WorkloadKey {
    let state = row.state();
    let calm = calm(state);
    let place = &row.place;
    // Good rows stay in their places, whatever began when.
    let since = row.since.filter(|_| !calm);
    (
        calm,
        place.class,
        if calm { 0 } else { rank(state) },
        !place.platform,
        Reverse(since),
    )
}

type ApplicationKey = (bool, Class, u8, bool);

/// Those that are well last, the others by class, then state, then as they are listed: by name.
pub(super) fn application(row: &ApplicationRow) -> ApplicationKey {
    let state = row.state();
    let calm = calm(state);
    let place = &row.place;
    (
        calm,
        place.class,
        if calm { 0 } else { rank(state) },
        !place.platform,
    )
}

/// Each row is moved once.
fn put<T>(rows: &mut Vec<T>, places: Vec<usize>) {
    let mut old: Vec<_> = rows.drain(..).map(Some).collect();
    let row = |at: usize| old.get_mut(at)?.take();
    rows.extend(places.into_iter().filter_map(row));
}

type FluxKey = (bool, Class, Option<FluxStanding>, bool, [Text; 4]);

/// Those that are ready last, the others by class, then how they stand.
pub(super) fn flux(row: &FluxRow) -> FluxKey {
    let calm = calm(row.state());
    let place = &row.place;
    (
        calm,
        place.class,
        Some(row.standing).filter(|_| !calm),
        !place.platform,
        [
            place.tenant.clone(),
            place.environment.clone(),
            row.object.name.clone(),
            row.object.kind.name().into(),
        ],
    )
}

type ReleaseKey = (
    bool,
    Class,
    Option<ReleaseStanding>,
    bool,
    Reverse<Option<Moment>>,
    [Text; 4],
);

/// The same of releases, the most recent first.
pub(super) fn release(row: &ReleaseRow) -> ReleaseKey {
    let calm = calm(row.state());
    let place = &row.place;
    (
        calm,
        place.class,
        Some(row.standing).filter(|_| !calm),
        !place.platform,
        Reverse(releases::since(row).filter(|_| !calm)),
        [
            place.tenant.clone(),
            place.environment.clone(),
            row.id.name.clone(),
            row.id.namespace.clone(),
        ],
    )
}

/// The platform first whatever its state, then the hurt ones, the good ones by name.
pub(super) fn tenant(row: &TenantRow) -> (bool, u8, Text) {
    let state = row.state();
    let rank = if row.worst.is_some() {
        rank(state)
    } else {
        u8::MAX
    };
    (!row.platform, rank, row.name.clone())
}

/// An order that a person chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    pub key: SortKey,
    pub largest_first: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortKey {
    Tenant,
    Name,
    /// The share that is ready.
    Ready,
    Restarts,
    /// How long the row is as it is.
    For,
    Age,
    Found,
    Quota,
    Changed,
}

impl SortKey {
    pub const fn word(self) -> &'static str {
        match self {
            SortKey::Tenant => "tenant",
            SortKey::Name => "name",
            SortKey::Ready => "ready",
            SortKey::Restarts => "restarts",
            SortKey::For => "for",
            SortKey::Age => "age",
            SortKey::Found => "found",
            SortKey::Quota => "quota",
            SortKey::Changed => "changed",
        }
    }

    /// What one looks for first.
    pub(super) const fn largest_first(self) -> bool {
        matches!(
            self,
            SortKey::Restarts | SortKey::Found | SortKey::Quota | SortKey::Changed
        )
    }
}

/// By what the rows of a page can be sorted.
pub(super) fn keys(page: &Page) -> &'static [SortKey] {
    use SortKey::{Age, Changed, For, Found, Name, Quota, Ready, Restarts, Tenant};
    match page {
        Page::Watch | Page::Applications | Page::Flux | Page::Helm => &[Tenant, Name, For],
        Page::Tenants => &[Name, Ready, Found, Quota, Changed],
        Page::Deployments => &[Tenant, Name, Ready, Restarts, For, Age],
        Page::Objects(_) => &[Tenant, Name, Age],
        Page::Tenant(_)
        | Page::Journal
        | Page::Search
        | Page::Help(_)
        | Page::Aspect(..)
        | Page::Preview(_)
        | Page::History(_) => &[],
    }
}

/// What rows are compared by: text, or a figure. What has none comes last whatever the direction.
#[derive(PartialEq, PartialOrd)]
enum By<'a> {
    Text(Cow<'a, str>),
    Figure(f64),
    Moment(i64),
}

/// Ties keep the order in which they stand. Each row is asked once: its words take longer to say than to compare.
fn sort_by<T>(rows: &mut Vec<T>, sort: Sort, by: impl Fn(&T, SortKey) -> Option<By<'_>>) {
    let asked = rows.iter().map(|row| by(row, sort.key));
    let mut asked: Vec<_> = asked.zip(0..).collect();
    asked.sort_by(|(one, _), (other, _)| match (one, other) {
        (Some(one), Some(other)) => {
            let order = one.partial_cmp(other).unwrap_or(std::cmp::Ordering::Equal);
            if sort.largest_first {
                order.reverse()
            } else {
                order
            }
        }
        (one, other) => one.is_none().cmp(&other.is_none()),
    });
    let places = asked.into_iter().map(|(_, at)| at).collect();
    put(rows, places);
}

/// The rows in the order that was chosen.
pub(super) fn sort(rows: &mut Rows, sort: Sort) {
    match rows {
        Rows::Findings(rows) => sort_by(rows, sort, of_finding),
        Rows::Tenants(rows) => sort_by(rows, sort, of_tenants),
        Rows::Workloads(rows) => sort_by(rows, sort, |row, key| of_workload(row, key)),
        Rows::Applications(rows) => sort_by(rows, sort, |row, key| of_application(row, key)),
        Rows::Flux(rows) => sort_by(rows, sort, of_flux),
        Rows::Releases(rows) => sort_by(rows, sort, of_release),
        Rows::Objects(rows) => sort_by(rows, sort, of_object),
        Rows::Tree(_) | Rows::Hits(_) | Rows::History(_) | Rows::Syncs(_) | Rows::Actions(_) => {}
    }
}

fn whose(place: &Place) -> By<'_> {
    By::Text(format!("{}/{}", place.tenant, place.environment).into())
}

fn share(ready: u32, wanted: u32) -> Option<By<'static>> {
    (wanted > 0).then(|| By::Figure(f64::from(ready) / f64::from(wanted)))
}

/// Older is longer: the moment turned round.
fn length(since: Option<Moment>) -> Option<By<'static>> {
    since.map(|it| By::Moment(-it.seconds()))
}

fn of_finding(row: &Finding, key: SortKey) -> Option<By<'_>> {
    match key {
        SortKey::Tenant => {
            let place = row.place.as_ref();
            let own = place.map(whose);
            own.or_else(|| row.tenants.first().map(|it| By::Text(it.as_str().into())))
        }
        SortKey::Name => Some(By::Text(row.subject.name.as_str().into())),
        SortKey::For => length(row.since),
        _ => None,
    }
}

fn of_tenants(row: &TenantRow, key: SortKey) -> Option<By<'_>> {
    match key {
        SortKey::Name => Some(By::Text(row.name.as_str().into())),
        SortKey::Ready => share(row.ready, row.total),
        SortKey::Found => Some(By::Figure(
            f64::from(row.critical) * 1e6 + f64::from(row.warning),
        )),
        SortKey::Quota => row.quota.as_ref().map(|it| By::Figure(it.ratio)),
        SortKey::Changed => row.changed.map(|it| By::Moment(it.seconds())),
        _ => None,
    }
}

fn of_object(row: &ObjectRow, key: SortKey) -> Option<By<'_>> {
    match key {
        SortKey::Tenant => Some(whose(row.place.as_ref()?)),
        SortKey::Name => Some(By::Text(row.object.name.as_str().into())),
        SortKey::Age => length(row.created),
        _ => None,
    }
}

fn of_application(row: &ApplicationRow, key: SortKey) -> Option<By<'_>> {
    of_placed(&row.place, &row.object.name, row.since, key)
}

fn of_flux(row: &FluxRow, key: SortKey) -> Option<By<'_>> {
    of_placed(&row.place, &row.object.name, row.since, key)
}

fn of_release(row: &ReleaseRow, key: SortKey) -> Option<By<'_>> {
    of_placed(&row.place, &row.id.name, releases::since(row), key)
}

fn of_placed<'a>(
    place: &'a Place,
    name: &'a str,
    since: Option<Moment>,
    key: SortKey,
) -> Option<By<'a>> {
    match key {
        SortKey::Tenant => Some(whose(place)),
        SortKey::Name => Some(By::Text(name.into())),
        SortKey::For => length(since),
        _ => None,
    }
}

fn of_workload(row: &DeploymentRow, key: SortKey) -> Option<By<'_>> {
    match key {
        SortKey::Tenant => Some(whose(&row.place)),
        SortKey::Name => Some(By::Text(row.name.as_str().into())),
        SortKey::Ready => share(row.ready, row.desired),
        SortKey::Restarts => Some(By::Figure(f64::from(row.restarts))),
        SortKey::For => length(row.since),
        SortKey::Age => length(row.created),
        _ => None,
    }
}

//! When Argo CD may sync an Application: the windows of its project. Rules: argoproj/argo-cd v3.1
//! `pkg/apis/application/v1alpha1/types.go`, `SyncWindows`.

use chrono_tz::Tz;

use super::{Windows, cron};
use crate::model::{AppProject, Application, Moment, SyncWindow, Text, go_duration};
use crate::tenancy::glob;

/// Openings and closings that are looked through for the moment at which a sync may run.
const STEPS: usize = 64;

/// Whether syncs may run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    Open,
    Closed {
        /// None where it does not open by itself.
        until: Option<Moment>,
        /// A sync that a person starts runs all the same.
        manual: bool,
    },
    /// A window is not understood: the controller then runs none.
    Broken,
}

/// A window that covers an Application, by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Open until then.
    Open(Moment),
    /// The next time that it opens; None where its schedule never comes.
    Shut(Option<Moment>),
    Broken,
}

/// Those that cover the Application, in the project's order.
pub fn covering<'a>(
    project: &'a AppProject,
    application: &'a Application,
    now: Moment,
) -> impl Iterator<Item = (&'a SyncWindow, Turn)> {
    let covering = project.windows.iter();
    let covering = covering.filter(move |it| covers(it, application));
    covering.map(move |it| (it, turn(it, now)))
}

fn turn(window: &SyncWindow, now: Moment) -> Turn {
    let Some(windows) = windows(window) else {
        return Turn::Broken;
    };
    match windows.until(now) {
        Ok(Some(until)) => Turn::Open(until),
        Ok(None) => Turn::Shut(windows.next(now).ok()),
        Err(_) => Turn::Shut(None),
    }
}

/// Of those that match the Application.
pub fn window(project: &AppProject, application: &Application, now: Moment) -> Window {
    let matching = project.windows.iter().filter(|it| covers(it, application));
    let read = |it: &SyncWindow| Some((it.allows, it.manual, windows(it)?));
    let Some(windows) = matching.map(read).collect::<Option<Vec<_>>>() else {
        return Window::Broken;
    };
    match closed(&windows, now) {
        None => Window::Open,
        Some(manual) => Window::Closed {
            until: opens(&windows, now),
            manual,
        },
    }
}

type Read = (bool, bool, Windows);

/// None while a sync may run; else whether one that a person starts may.
fn closed(windows: &[Read], now: Moment) -> Option<bool> {
    let open = |(_, _, it): &&Read| matches!(it.until(now), Ok(Some(_)));
    let denies: Vec<_> = windows.iter().filter(|it| !it.0).filter(open).collect();
    if !denies.is_empty() {
        return Some(denies.iter().all(|it| it.1));
    }
    let allows: Vec<_> = windows.iter().filter(|it| it.0).collect();
    if allows.is_empty() || allows.iter().any(open) {
        return None;
    }
    Some(allows.iter().all(|it| it.1))
}

/// At the end of one that denies, or the beginning of one that allows.
fn opens(windows: &[Read], now: Moment) -> Option<Moment> {
    let mut at = now;
    for _ in 0..STEPS {
        let changes = windows.iter().filter_map(|(allows, _, it)| {
            let until = it.until(at).ok()?;
            if *allows { it.next(at).ok() } else { until }
        });
        at = changes.min()?;
        if closed(windows, at).is_none() {
            return Some(at);
        }
    }
    None
}

fn windows(window: &SyncWindow) -> Option<Windows> {
    // As Argo CD takes one that it does not know.
    let zone = window.time_zone.parse().unwrap_or(Tz::UTC);
    let length = go_duration(&window.duration)?;
    Some(Windows {
        begins: cron(&window.schedule)?,
        zone,
        seconds: i64::try_from(length.as_secs()).ok()?,
    })
}

/// One that names nothing covers nothing.
fn covers(window: &SyncWindow, application: &Application) -> bool {
    let destination = &application.destination;
    let any = |patterns: &[Text], names: &[&str]| {
        let hit = |pattern: &Text| {
            let mut named = names.iter().filter(|it| !it.is_empty());
            pattern == "*" || named.any(|name| glob(pattern, name))
        };
        (!patterns.is_empty()).then(|| patterns.iter().any(hit))
    };
    let found = [
        any(&window.applications, &[&application.meta.name]),
        any(&window.clusters, &[&destination.name, &destination.server]),
        any(&window.namespaces, &[&destination.namespace]),
    ];
    let mut told = found.into_iter().flatten().peekable();
    if window.all_match {
        told.peek().is_some() && told.all(|it| it)
    } else {
        told.any(|it| it)
    }
}

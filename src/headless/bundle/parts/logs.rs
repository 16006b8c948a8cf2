//! The ends of the logs, those of the containers that fail first.

use super::super::write::Page;
use super::log;
use crate::dossier::{Log, Said};
use crate::headless::live::is_told;
use crate::insight::{self, Health, Stream};
use crate::model::{Kind, Lack, ObjectRef, Stamp, Uid};
use crate::redact::Masked;
use crate::store::{Cluster, PodView, StateView};

/// Containers whose logs are read.
pub(super) const MOST: usize = 10;
/// Of each.
pub(super) const LINES: u32 = 200;

/// The containers that fail, those that fell before, the others; the youngest pods first.
pub(super) fn in_order(cluster: &Cluster, object: &ObjectRef) -> Vec<Stream> {
    if object.kind == Kind::Node || object.kind == Kind::Namespace {
        return Vec::new();
    }
    let mut streams = insight::streams(cluster, object);
    streams.sort_by_cached_key(|it| {
        let pod = cluster.pod(it.uid);
        let health = pod.map_or(Health::Over, insight::health);
        let well = is_well(cluster, it.uid, &it.container);
        (health != Health::Sick, well, it.restarts == 0, health)
    });
    streams
}

/// It is ready, or came to a good end.
fn is_well(cluster: &Cluster, pod: Uid, name: &str) -> bool {
    let pod = cluster.pod(pod);
    let mut containers = pod.into_iter().flat_map(PodView::containers);
    containers
        .find(|it| it.name() == name)
        .is_some_and(|it| match it.state() {
            StateView::Terminated(end) => end.exit_code() == 0,
            _ => it.ready(),
        })
}

pub(in super::super) fn logs(page: &mut Page<'_>) {
    let case = page.case;
    let streams = &case.streams;
    if streams.is_empty() {
        return;
    }
    page.title("bundle-logs");
    let arguments = [
        ("lines", LINES.into()),
        ("shown", streams.len().min(MOST).into()),
        ("all", streams.len().into()),
    ];
    let id = match streams.len() {
        ..=MOST => "bundle-logs-all",
        _ => "bundle-logs-some",
    };
    let said = case.facts.catalogue.say_with(id, &arguments);
    page.sheet.paragraph(&said);
    for stream in streams.iter().take(MOST) {
        if stream.restarts > 0 {
            one(page, stream, true);
        }
        one(page, stream, false);
    }
}

fn one(page: &mut Page<'_>, stream: &Stream, previous: bool) {
    let case = page.case;
    let name = format!("{}/{}", stream.pod, stream.container);
    let title = match (previous, stream.ended) {
        (false, _) => name.clone(),
        (true, Some((code, at))) => {
            let at = at.map_or_else(String::new, |it| page.dated(it));
            let arguments = [
                ("name", name.as_str().into()),
                ("code", code.to_string().into()),
                ("at", at.clone().into()),
            ];
            let id = match at.as_str() {
                "" => "bundle-log-ended-undated",
                _ => "bundle-log-ended",
            };
            case.facts.catalogue.say_with(id, &arguments)
        }
        (true, None) => {
            let name = [("name", name.as_str().into())];
            case.facts.catalogue.say_with("bundle-log-previous", &name)
        }
    };
    page.sheet.title(3, &title);
    let lookup = log(stream, previous);
    let known = case.dossier.log(&lookup);
    if let Some(lack) = known.and_then(Log::lack) {
        let said = case.facts.catalogue.lack(lack);
        match lack {
            // It has said nothing yet, or nothing is kept of it: nothing is missing.
            Lack::NotStarted(_) | Lack::NoPrevious => page.sheet.paragraph(&said),
            _ => page.lack(&title, &said),
        }
    } else if !is_told(case.dossier, &lookup) {
        let reason = page.say("unseen-not-asked");
        page.lack(&title, &reason);
    }
    let Some(known) = known else { return };
    let lines = lines(page, known);
    if !lines.is_empty() {
        page.sheet.fence("", &Masked::join(&lines));
    } else if known.lack().is_none() && known.whole() {
        let silent = page.say("bundle-log-silent");
        page.sheet.paragraph(&silent);
    }
}

/// Masked together: a key goes over several lines. The moment stands before each afterwards.
fn lines(page: &Page<'_>, known: &Log) -> Vec<Masked> {
    let said = known.entries().filter_map(|it| match &it.said {
        Said::Line(line) => Some(line),
        _ => None,
    });
    let said: Vec<_> = said.collect();
    let from = said.len().saturating_sub(LINES as usize);
    let said = said.get(from..).unwrap_or_default();
    let masked = page.by.lines(said.iter().map(|it| &*it.text));
    let stamped = said.iter().zip(masked).map(|(line, masked)| {
        let at = line.at.map_or_else(|| "-".to_owned(), Stamp::to_rfc3339);
        masked.after(&at)
    });
    stamped.collect()
}

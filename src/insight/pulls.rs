//! Images that several workloads wait for, and registries behind several images: the shared cause takes the rows' place.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Subject, Text};

use super::ailment::Ailment;
use super::finding::{Cause, Finding, Trouble};
use super::scene::{Draft, Scene};

/// Words by which an image that cannot be reached differs from one that is not there.
const UNREACHABLE: [&str; 12] = [
    "dial tcp",
    "i/o timeout",
    "connection refused",
    "connection reset",
    "no such host",
    "TLS handshake",
    "x509",
    "toomanyrequests",
    "deadline exceeded",
    "Service Unavailable",
    "Bad Gateway",
    "unexpected EOF",
];

pub(super) fn join(scene: &mut Scene<'_>) {
    let id = scene.cluster.id();
    let mut by_host: BTreeMap<Text, (BTreeSet<Text>, usize)> = BTreeMap::new();
    let mut by_image: BTreeMap<Text, usize> = BTreeMap::new();
    for (image, _, message) in scene.findings.iter().filter_map(pull) {
        *by_image.entry(image.clone()).or_default() += 1;
        if UNREACHABLE.iter().any(|words| message.contains(words)) {
            let (images, rows) = by_host.entry(registry(image).into()).or_default();
            images.insert(image.clone());
            *rows += 1;
        }
    }
    for (host, (images, _)) in by_host
        .into_iter()
        .filter(|(_, (images, rows))| images.len() > 1 && *rows > 1)
    {
        let of_host = |finding: &Finding| {
            pull(finding).is_some_and(|(image, _, message)| {
                registry(image) == host && UNREACHABLE.iter().any(|words| message.contains(words))
            })
        };
        let rows = take(&mut scene.findings, of_host);
        let message = rows
            .iter()
            .find_map(pull)
            .map(|(_, _, message)| message.clone());
        let trouble = Trouble::Registry {
            images: u32::try_from(images.len()).unwrap_or(u32::MAX),
            message: message.unwrap_or_default(),
        };
        let cause = Cause::Registry {
            cluster: id,
            host: host.clone(),
        };
        merge(scene, cause, "Registry", host, trouble, &rows);
    }
    for (image, _) in by_image.into_iter().filter(|(_, rows)| *rows > 1) {
        let rows = take(&mut scene.findings, |finding| {
            pull(finding).is_some_and(|(it, ..)| *it == image)
        });
        // Rows whose pod only backs off have no words.
        let told = rows.iter().filter_map(pull);
        let Some((_, reason, message)) = told.max_by_key(|(_, _, message)| message.as_str()) else {
            continue;
        };
        let trouble = Trouble::Image {
            reason: reason.clone(),
            message: message.clone(),
        };
        let cause = Cause::Image {
            cluster: id,
            image: image.clone(),
        };
        merge(scene, cause, "Image", image, trouble, &rows);
    }
}

fn pull(finding: &Finding) -> Option<(&Text, &Text, &Text)> {
    match &finding.trouble {
        Trouble::Pods {
            ailment:
                Ailment::ImagePull {
                    image,
                    reason,
                    message,
                },
        }
        | Trouble::RolloutStuck {
            ailment:
                Ailment::ImagePull {
                    image,
                    reason,
                    message,
                },
            ..
        } => Some((image, reason, message)),
        _ => None,
    }
}

/// The host part of an image's name; names without one come from Docker Hub.
pub fn registry(image: &str) -> &str {
    match image.split_once('/') {
        Some((host, _)) if host.contains(['.', ':']) || host == "localhost" => host,
        _ => "docker.io",
    }
}

fn take(findings: &mut Vec<Finding>, mut chosen: impl FnMut(&Finding) -> bool) -> Vec<Finding> {
    findings.extract_if(.., |finding| chosen(finding)).collect()
}

fn merge(
    scene: &mut Scene<'_>,
    cause: Cause,
    kind: &str,
    name: Text,
    trouble: Trouble,
    rows: &[Finding],
) {
    let namespaces: BTreeSet<Text> = rows.iter().map(|row| row.namespace.clone()).collect();
    let namespace = if namespaces.len() == 1 {
        namespaces.first().cloned().unwrap_or_default()
    } else {
        Text::default()
    };
    let worst = rows.iter().map(|row| row.severity).min();
    scene.find_across(
        Draft {
            since: rows.iter().filter_map(|row| row.since).min(),
            workloads: rows.iter().map(|row| row.subject.name.clone()).collect(),
            count: rows
                .iter()
                .map(|row| row.count)
                .fold(0, u32::saturating_add),
            objects: rows
                .iter()
                .flat_map(|row| row.objects.iter().copied())
                .collect(),
            ..Draft::new(
                cause,
                namespace,
                Subject {
                    kind: kind.into(),
                    name,
                },
                trouble,
            )
        },
        &namespaces,
    );
    if let (Some(merged), Some(worst)) = (scene.findings.last_mut(), worst) {
        merged.severity = merged.severity.min(worst);
    }
}

//! `KIND/NAME`, as who uses kubectl writes it.

use std::str::FromStr;

use crate::model::Kind;

/// What a file can be made of, with its short name for kubectl.
const KINDS: [(Kind, &str); 17] = [
    (Kind::Deployment, "deploy"),
    (Kind::StatefulSet, "sts"),
    (Kind::DaemonSet, "ds"),
    (Kind::Rollout, "ro"),
    (Kind::ReplicaSet, "rs"),
    (Kind::Pod, "po"),
    (Kind::Job, ""),
    (Kind::CronJob, "cj"),
    (Kind::Node, "no"),
    (Kind::Namespace, "ns"),
    (Kind::ResourceQuota, "quota"),
    (Kind::HorizontalPodAutoscaler, "hpa"),
    (Kind::PodDisruptionBudget, "pdb"),
    (Kind::ControllerRevision, ""),
    (Kind::Application, "app"),
    (Kind::Kustomization, "ks"),
    (Kind::HelmRelease, "hr"),
];

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KindName {
    pub kind: Kind,
    pub name: String,
}

/// Why a word names no object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NameFault {
    /// It is not of the form `KIND/NAME`.
    Form,
    Kind(String),
}

/// The kinds by the word that a person would type.
pub fn kind_words() -> impl Iterator<Item = String> {
    KINDS
        .into_iter()
        .map(|(kind, _)| kind.name().to_lowercase())
}

impl FromStr for KindName {
    type Err = NameFault;

    fn from_str(text: &str) -> Result<Self, NameFault> {
        let (kind, name) = text.split_once('/').ok_or(NameFault::Form)?;
        if kind.is_empty() || name.is_empty() || name.contains('/') {
            return Err(NameFault::Form);
        }
        let known = kind_named(kind).ok_or_else(|| NameFault::Kind(kind.to_owned()))?;
        Ok(Self {
            kind: known,
            name: name.to_owned(),
        })
    }
}

/// `deployment`, `Deployments`, `deploy`, `deployments.apps`, `deployments.v1.apps`.
fn kind_named(word: &str) -> Option<Kind> {
    let word = word.to_lowercase();
    let (word, group) = word.split_once('.').unwrap_or((&word, ""));
    let found = |(kind, short): &(Kind, &str)| {
        let named = [kind.plural(), &kind.name().to_lowercase(), short].contains(&word);
        let version = format!("{}.{}", kind.version(), kind.group());
        let versioned = version.trim_end_matches('.');
        named && ["", kind.group(), versioned].contains(&group)
    };
    let row = KINDS
        .iter()
        .filter(|_| !word.is_empty())
        .find(|it| found(it));
    row.map(|(kind, _)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_named_as_for_kubectl() {
        let all = [
            ("deployment", Kind::Deployment),
            ("Deployments", Kind::Deployment),
            ("deploy", Kind::Deployment),
            ("deployments.apps", Kind::Deployment),
            ("deploy.v1.apps", Kind::Deployment),
            ("STS", Kind::StatefulSet),
            ("ds", Kind::DaemonSet),
            ("rs", Kind::ReplicaSet),
            ("replicaset", Kind::ReplicaSet),
            ("po", Kind::Pod),
            ("pods.v1", Kind::Pod),
            ("job", Kind::Job),
            ("cronjobs.batch", Kind::CronJob),
            ("no", Kind::Node),
            ("ns", Kind::Namespace),
            ("hpa", Kind::HorizontalPodAutoscaler),
        ];
        for (word, kind) in all {
            let read = format!("{word}/a").parse();
            let name = "a".to_owned();
            assert_eq!(read, Ok(KindName { kind, name }), "{word}");
        }
    }

    #[test]
    fn what_names_no_object_says_why() {
        for word in ["beta-back", "deploy/", "/beta-back", "deploy/a/b", ""] {
            assert_eq!(word.parse::<KindName>(), Err(NameFault::Form), "{word}");
        }
        for word in ["deplyo", "pods.apps", ".", "svc"] {
            let fault = Err(NameFault::Kind(word.to_owned()));
            assert_eq!(format!("{word}/a").parse::<KindName>(), fault);
        }
    }
}

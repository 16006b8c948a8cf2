//! A kind as the server itself tells it: whatever it serves can be listed and looked at, also what nobody watches.

use std::sync::Arc;

use super::{Kind, Text};

/// What discovery says of a kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Resource {
    /// Empty for the core group.
    pub group: Text,
    /// The one that the server prefers.
    pub version: Text,
    /// `certificates`, as in a request path.
    pub plural: Text,
    /// `Certificate`, as in a manifest.
    pub kind: Text,
    pub namespaced: bool,
    /// `cert`, as kubectl takes it too.
    pub short: Vec<Text>,
}

/// Plural, kind, whether it lives in namespaces, short name. Every server has had these since Kubernetes 1.0; only what
/// may be listed.
const CORE: [(&str, &str, bool, &str); 16] = [
    ("configmaps", "ConfigMap", true, "cm"),
    ("endpoints", "Endpoints", true, "ep"),
    ("events", "Event", true, "ev"),
    ("limitranges", "LimitRange", true, "limits"),
    ("namespaces", "Namespace", false, "ns"),
    ("nodes", "Node", false, "no"),
    (
        "persistentvolumeclaims",
        "PersistentVolumeClaim",
        true,
        "pvc",
    ),
    ("persistentvolumes", "PersistentVolume", false, "pv"),
    ("pods", "Pod", true, "po"),
    ("podtemplates", "PodTemplate", true, ""),
    (
        "replicationcontrollers",
        "ReplicationController",
        true,
        "rc",
    ),
    ("resourcequotas", "ResourceQuota", true, "quota"),
    ("secrets", "Secret", true, ""),
    ("serviceaccounts", "ServiceAccount", true, "sa"),
    ("services", "Service", true, "svc"),
    ("componentstatuses", "ComponentStatus", false, "cs"),
];

impl Resource {
    /// Kinds of the core group, of which discovery of the groups does not speak.
    pub fn core() -> Vec<Resource> {
        let of = |(plural, kind, namespaced, short): (&str, &str, bool, &str)| Resource {
            group: Text::default(),
            version: "v1".into(),
            plural: plural.into(),
            kind: kind.into(),
            namespaced,
            short: Some(short)
                .filter(|it| !it.is_empty())
                .map(Text::from)
                .into_iter()
                .collect(),
        };
        CORE.map(of).into()
    }

    /// `certificates.cert-manager.io`, as a person writes it in an RBAC rule.
    pub fn name(&self) -> String {
        qualified(&self.plural, &self.group)
    }

    /// Whether kubectl would take the word for it: plural, singular, short, each also with its group.
    pub fn is_called(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        let (word, group) = word.split_once('.').unwrap_or((&word, ""));
        let singular = self.kind.to_lowercase();
        let named = word == self.plural.as_str()
            || word == singular
            || self.short.iter().any(|it| it.as_str() == word);
        named && (group.is_empty() || self.group.starts_with(group))
    }
}

fn qualified(plural: &str, group: &str) -> String {
    if group.is_empty() {
        plural.to_owned()
    } else {
        format!("{plural}.{group}")
    }
}

/// A name as part of a path: some come from messages that anybody may write.
pub(super) fn segment(name: &str) -> String {
    form_urlencoded::byte_serialize(name.as_bytes()).collect()
}

/// The kind of an object that a person looks at.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ObjectKind {
    Known(Kind),
    /// Only the server knows it.
    Other(Arc<Resource>),
}

impl ObjectKind {
    pub fn known(&self) -> Option<Kind> {
        match self {
            ObjectKind::Known(kind) => Some(*kind),
            ObjectKind::Other(_) => None,
        }
    }

    /// API group, empty for core.
    pub fn group(&self) -> &str {
        match self {
            ObjectKind::Known(kind) => kind.group(),
            ObjectKind::Other(resource) => &resource.group,
        }
    }

    /// `apps/v1`, as a manifest names it.
    pub fn version(&self) -> String {
        let version = match self {
            ObjectKind::Known(kind) => kind.version(),
            ObjectKind::Other(resource) => &resource.version,
        };
        match self.group() {
            "" => version.to_owned(),
            group => format!("{group}/{version}"),
        }
    }

    /// `deployments`, as in a request path.
    pub fn plural(&self) -> &str {
        match self {
            ObjectKind::Known(kind) => kind.plural(),
            ObjectKind::Other(resource) => &resource.plural,
        }
    }

    /// `Deployment`, as in a manifest.
    pub fn name(&self) -> &str {
        match self {
            ObjectKind::Known(kind) => kind.name(),
            ObjectKind::Other(resource) => &resource.kind,
        }
    }

    /// `deployments.apps`, as a person writes a resource in an RBAC rule.
    pub fn resource(&self) -> String {
        qualified(self.plural(), self.group())
    }

    /// The request path of its objects, in a namespace or without one.
    pub fn path(&self, namespace: &str) -> String {
        let root = if self.group().is_empty() {
            "api"
        } else {
            "apis"
        };
        let namespace = match namespace {
            "" => String::new(),
            name => format!("/namespaces/{}", segment(name)),
        };
        format!("/{root}/{}{namespace}/{}", self.version(), self.plural())
    }

    /// Whatever the version.
    pub fn is(&self, other: &ObjectKind) -> bool {
        (self.group(), self.plural()) == (other.group(), other.plural())
    }

    pub fn namespaced(&self) -> bool {
        match self {
            ObjectKind::Known(kind) => kind.namespaced(),
            ObjectKind::Other(resource) => resource.namespaced,
        }
    }
}

impl From<Kind> for ObjectKind {
    fn from(kind: Kind) -> Self {
        ObjectKind::Known(kind)
    }
}

impl From<&Arc<Resource>> for ObjectKind {
    /// What is watched is known, whatever version the server prefers.
    fn from(resource: &Arc<Resource>) -> Self {
        let known = Kind::ALL.into_iter().chain([Kind::ConfigMap]).find(|kind| {
            kind.plural() == resource.plural.as_str() && kind.group() == resource.group.as_str()
        });
        known.map_or_else(
            || ObjectKind::Other(Arc::clone(resource)),
            ObjectKind::Known,
        )
    }
}

impl PartialEq<Kind> for ObjectKind {
    fn eq(&self, kind: &Kind) -> bool {
        self.known() == Some(*kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn certificates() -> Resource {
        Resource {
            group: "cert-manager.io".into(),
            version: "v1".into(),
            plural: "certificates".into(),
            kind: "Certificate".into(),
            namespaced: true,
            short: vec!["cert".into(), "certs".into()],
        }
    }

    #[test]
    fn a_kind_is_called_as_kubectl_takes_it() {
        let certificates = certificates();
        for word in [
            "certificates",
            "Certificate",
            "certs",
            "cert.cert-manager.io",
            "certificates.cert",
        ] {
            assert!(certificates.is_called(word), "{word}");
        }
        for word in ["certificate.io", "cer", "", "certificates.acme"] {
            assert!(!certificates.is_called(word), "{word}");
        }
    }

    #[test]
    fn what_is_watched_is_known_whatever_tells_of_it() {
        let core = Resource::core().into_iter().map(Arc::new);
        let kinds: Vec<_> = core.map(|it| ObjectKind::from(&it)).collect();
        assert!(kinds.iter().any(|it| *it == Kind::Pod));
        let claims = kinds
            .iter()
            .find(|it| it.name() == "PersistentVolumeClaim")
            .unwrap();
        assert_eq!((claims.known(), claims.version().as_str()), (None, "v1"));
        let certificates = ObjectKind::from(&Arc::new(certificates()));
        assert_eq!(certificates.version(), "cert-manager.io/v1");
        assert_eq!(certificates.resource(), "certificates.cert-manager.io");
    }
}

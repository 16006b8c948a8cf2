//! Who puts back what one changes on an object. Tests and their order: the first that holds is named.

use super::applications::is_tracked;
use crate::model::{Hpa, Meta, Text};

/// The owner of a workload's spec, as far as its own metadata tell. What it heals and when needs its own objects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manager {
    pub tool: Tool,
    /// The application, release, kustomization or custom resource.
    pub name: Text,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tool {
    ArgoCd,
    /// By a label that others set, too, where Applications cannot be read.
    PerhapsArgoCd,
    Flux,
    Helm,
    /// A controller that owns the workload: an operator.
    Operator,
    /// Decides the number of replicas only.
    Autoscaler,
}

impl Tool {
    /// In the cells of a column.
    pub const fn short(self) -> &'static str {
        match self {
            Tool::ArgoCd => "argo",
            Tool::PerhapsArgoCd => "arg?",
            Tool::Flux => "flux",
            Tool::Helm => "helm",
            Tool::Operator => "oper",
            Tool::Autoscaler => "hpa",
        }
    }

    pub const fn name(self) -> &'static str {
        match self {
            Tool::ArgoCd => "Argo CD",
            Tool::PerhapsArgoCd => "Argo CD?",
            Tool::Flux => "Flux",
            Tool::Helm => "Helm",
            Tool::Operator => "operator",
            Tool::Autoscaler => "HPA",
        }
    }
}

/// The managers of an object of that group and kind, with the autoscaler that targets it, the strongest first.
pub fn managers(group: &str, kind: &str, meta: &Meta, hpa: Option<&Hpa>) -> Vec<Manager> {
    let label = |key: &str| meta.labels.get(key);
    let annotation = |key: &str| meta.annotations.get(key);
    let mut found = Vec::new();
    let mut add = |tool, name: &str| {
        found.push(Manager {
            tool,
            name: name.into(),
        });
    };
    let tracked = is_tracked(group, kind, meta);
    if let Some(application) = tracked.or_else(|| label("applications.argoproj.io/app-name")) {
        add(Tool::ArgoCd, application);
    }
    let flux = [
        "kustomize.toolkit.fluxcd.io/name",
        "helm.toolkit.fluxcd.io/name",
    ];
    for name in flux.into_iter().filter_map(label) {
        add(Tool::Flux, name);
    }
    if let Some(owner) = &meta.owner {
        add(Tool::Operator, &format!("{} {}", owner.kind, owner.name));
    }
    if label("app.kubernetes.io/managed-by") == Some("Helm")
        && let Some(release) = annotation(Meta::HELM_RELEASE)
    {
        add(Tool::Helm, release);
    }
    if let Some(hpa) = hpa {
        add(Tool::Autoscaler, &hpa.meta.name);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::stage::meta;
    use crate::model::Labels;

    fn labels(pairs: &[(&str, &str)]) -> Labels {
        pairs.iter().copied().collect()
    }

    fn first(meta: &Meta) -> Option<(Tool, String)> {
        let found = managers("apps", "Deployment", meta, None);
        let first = found.into_iter().next()?;
        Some((first.tool, first.name.into()))
    }

    fn with(annotations: Labels, labels: Labels) -> Meta {
        Meta {
            labels,
            annotations,
            ..meta("shop", "cart")
        }
    }

    #[test]
    fn a_tracking_id_counts_only_on_the_object_it_names() {
        let tracking = |id: &str| {
            with(
                labels(&[("argocd.argoproj.io/tracking-id", id)]),
                Labels::default(),
            )
        };
        let own = tracking("betaapp-prod:apps/Deployment:shop/cart");
        assert_eq!(first(&own), Some((Tool::ArgoCd, "betaapp-prod".into())));
        let copied = tracking("betaapp-prod:apps/Deployment:shop/other");
        assert_eq!(first(&copied), None);
        assert_eq!(first(&tracking("garbage")), None);
    }

    #[test]
    fn helm_needs_its_release_and_yields_to_flux() {
        let managed = [("app.kubernetes.io/managed-by", "Helm")];
        let nothing = with(Labels::default(), labels(&managed));
        assert_eq!(first(&nothing), None);
        let release = [("meta.helm.sh/release-name", "cart")];
        let helm = with(labels(&release), labels(&managed));
        assert_eq!(first(&helm), Some((Tool::Helm, "cart".into())));
        let flux = [managed[0], ("helm.toolkit.fluxcd.io/name", "cart-release")];
        let both = with(labels(&release), labels(&flux));
        assert_eq!(first(&both), Some((Tool::Flux, "cart-release".into())));
    }
}

//! `[tenancy]` of the configuration: what is asked before the presets, and the words that tell production.

use regex::Regex;
use serde::Deserialize;

use super::Class;

/// Ordered resolvers; the first that knows a namespace decides.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    /// Asked first, in order.
    pub rules: Vec<Rule>,
    /// Asked next, in order.
    pub presets: Vec<Preset>,
    /// Names of the platform's own namespaces; `*` stands for anything.
    pub platform: Vec<String>,
    /// Labels of pod templates that name the environment.
    pub workload_labels: Vec<String>,
    /// Labels of namespaces that name the environment where the scheme does not.
    pub environment_labels: Vec<String>,
    /// Names of environments of each class.
    pub production: Vec<String>,
    pub non_production: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Preset {
    Cpin,
    Capsule,
    Rancher,
    Openshift,
    Hnc,
}

/// One configured resolver: by exactly one of `label`, `annotation`, `name` and `namespaces`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rule {
    /// Its value is the tenant.
    pub label: Option<String>,
    /// Its value is the tenant.
    pub annotation: Option<String>,
    /// A regular expression on the whole name: group `tenant` or the first is the tenant, group `environment` or the
    /// second the environment.
    pub name: Option<Pattern>,
    /// These namespaces, which then are of `tenant`.
    pub namespaces: Vec<String>,
    /// The tenant, said outright.
    pub tenant: Option<String>,
    /// The environment, said outright.
    pub environment: Option<String>,
    /// Label of the namespace whose value is the environment.
    pub environment_label: Option<String>,
    pub class: Option<Class>,
}

/// A regular expression as written, and compiled when it can be.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "String")]
pub struct Pattern {
    text: String,
    compiled: Result<Regex, String>,
}

/// What is wrong in a rule: where, and in the words of the reader of regular expressions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleProblem {
    /// From 0, as they stand in the file.
    pub rule: usize,
    pub fault: RuleFault,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleFault {
    /// Not exactly one of `label`, `annotation`, `name` and `namespaces`.
    Source,
    /// `namespaces` without the `tenant` they are of.
    NoTenant,
    Regex(String),
}

impl From<String> for Pattern {
    fn from(text: String) -> Self {
        let compiled = Regex::new(&format!("^(?:{text})$")).map_err(|error| error.to_string());
        Self { text, compiled }
    }
}

impl Pattern {
    pub fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn regex(&self) -> Option<&Regex> {
        self.compiled.as_ref().ok()
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Pattern {}

impl std::hash::Hash for Pattern {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

fn words(list: &[&str]) -> Vec<String> {
    list.iter().map(|word| (*word).to_owned()).collect()
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            rules: Vec::new(),
            presets: vec![
                Preset::Cpin,
                Preset::Capsule,
                Preset::Rancher,
                Preset::Hnc,
                Preset::Openshift,
            ],
            platform: words(&[
                "dso-*",
                "infra-*",
                "kube-*",
                "openshift",
                "openshift-*",
                "cattle-*",
                "fleet-*",
                "*-system",
                "argo-cpin",
                "argocd",
                "cert-manager",
                "ingress-nginx",
                "kyverno",
                "monitoring",
            ]),
            workload_labels: words(&["env"]),
            environment_labels: words(&["environment", "env", "app.kubernetes.io/environment"]),
            production: words(&["prod", "production", "prd", "live"]),
            non_production: words(&[
                "dev",
                "devel",
                "develop",
                "development",
                "test",
                "tests",
                "testing",
                "tst",
                "stage",
                "staging",
                "stg",
                "int",
                "integ",
                "integration",
                "qa",
                "qualif",
                "qualification",
                "rec",
                "recette",
                "uat",
                "preprod",
                "pre-prod",
                "preproduction",
                "pprod",
                "ppd",
                "hprod",
                "nonprod",
                "non-prod",
                "formation",
                "training",
                "sandbox",
                "review",
            ]),
        }
    }
}

impl Rules {
    /// Everything that is wrong, at once. A rule with a problem is passed over.
    pub fn problems(&self) -> Vec<RuleProblem> {
        let found =
            |(rule, it): (usize, &Rule)| it.fault().map(|fault| RuleProblem { rule, fault });
        self.rules.iter().enumerate().filter_map(found).collect()
    }

    pub(super) fn is_platform(&self, namespace: &str) -> bool {
        self.platform.iter().any(|pattern| glob(pattern, namespace))
    }

    /// The class that an environment's name tells, when it is a word we know.
    pub(super) fn class_of(&self, environment: &str) -> Option<Class> {
        let named = |list: &[String]| {
            list.iter()
                .any(|word| word.eq_ignore_ascii_case(environment))
        };
        if named(&self.production) {
            Some(Class::Production)
        } else if named(&self.non_production) {
            Some(Class::NonProduction)
        } else {
            None
        }
    }
}

impl Rule {
    pub(super) fn fault(&self) -> Option<RuleFault> {
        let sources = [
            self.label.is_some(),
            self.annotation.is_some(),
            self.name.is_some(),
            !self.namespaces.is_empty(),
        ];
        if sources.iter().filter(|given| **given).count() != 1 {
            return Some(RuleFault::Source);
        }
        if !self.namespaces.is_empty() && self.tenant.is_none() {
            return Some(RuleFault::NoTenant);
        }
        let error = self.name.as_ref()?.compiled.as_ref().err()?;
        Some(RuleFault::Regex(error.clone()))
    }
}

/// `*` stands for anything.
pub fn glob(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|head| name.strip_prefix(head)) else {
        return false;
    };
    let Some(tail) = parts.next_back() else {
        return rest.is_empty();
    };
    for part in parts {
        let Some((_, after)) = rest.split_once(part) else {
            return false;
        };
        rest = after;
    }
    rest.ends_with(tail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_anything_wherever_it_is() {
        for (pattern, name) in [
            ("kube-system", "kube-system"),
            ("kube-*", "kube-system"),
            ("*-system", "kube-system"),
            ("k*m", "kube-system"),
            ("*be-sy*", "kube-system"),
            ("k*-s*s*m", "kube-system"),
            ("kube-system*", "kube-system"),
            ("**", "kube-system"),
            ("*", ""),
            ("", ""),
            ("a*a", "aa"),
        ] {
            assert!(glob(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in [
            ("kube", "kube-system"),
            ("system", "kube-system"),
            ("", "kube-system"),
            ("a*a", "a"),
            ("k*-s*x*m", "kube-system"),
            ("*-sys", "kube-system"),
        ] {
            assert!(!glob(pattern, name), "{pattern} {name}");
        }
    }
}

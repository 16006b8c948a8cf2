//! Environments where the name is asked for, whatever their class.

use super::Scope;
use super::scope::names;
use crate::tenancy::Place;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Protection {
    /// Names of the kubeconfig's contexts; `*` stands for anything. None named is all.
    pub contexts: Vec<String>,
    pub scope: Scope,
    /// In the words of the configuration; may be empty.
    pub reason: String,
}

impl Protection {
    /// The reason, where it protects the place.
    pub fn covers(&self, context: &str, place: &Place) -> Option<&str> {
        let covered = names(&self.contexts, context) && self.scope.covers(place);
        covered.then_some(self.reason.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tenancy::Class;

    #[test]
    fn it_covers_what_it_names_in_the_contexts_it_names() {
        let protection = Protection {
            contexts: vec!["public*".to_owned()],
            scope: Scope {
                environments: vec!["demo".to_owned()],
                ..Scope::default()
            },
            reason: "shown to visitors".to_owned(),
        };
        let place = |environment: &str| Place {
            tenant: "rolistes".into(),
            environment: environment.into(),
            class: Class::NonProduction,
            platform: false,
        };
        let covers = |context, environment| protection.covers(context, &place(environment));
        assert_eq!(covers("public1", "demo"), Some("shown to visitors"));
        assert_eq!(covers("public1", "dev"), None);
        assert_eq!(covers("app1", "demo"), None);
        let everything = Protection::default();
        assert_eq!(everything.covers("app1", &place("dev")), Some(""));
    }
}

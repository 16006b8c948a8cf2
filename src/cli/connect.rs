//! Why no cluster can be named, as one sentence of the catalogue.

use fluent_bundle::FluentValue;

use crate::source::ConnectError;
use crate::wording::{Catalogue, nearest};

pub fn connect_sentence(error: &ConnectError, catalogue: &Catalogue) -> String {
    let text = |text: &str| FluentValue::from(text.to_owned());
    let say = |id, arguments: &[_]| catalogue.say_with(id, arguments);
    match error {
        ConnectError::NoKubeconfig { looked_at } => {
            let paths: Vec<_> = looked_at
                .iter()
                .map(|it| it.display().to_string())
                .collect();
            say(
                "connect-no-kubeconfig",
                &[("paths", text(&paths.join(", ")))],
            )
        }
        ConnectError::Kubeconfig(fault) => say(
            "connect-kubeconfig",
            &[("problem", text(&catalogue.config_fault(fault)))],
        ),
        ConnectError::UnknownContext { known, .. }
        | ConnectError::NoCurrentContext { known }
        | ConnectError::LostCurrentContext { known, .. }
            if known.is_empty() =>
        {
            say("connect-empty", &[])
        }
        ConnectError::UnknownContext { name, known } => say(
            "connect-unknown-context",
            &[("name", text(name)), by_likeness(name, known)],
        ),
        ConnectError::NoCurrentContext { known } => {
            say("connect-no-context", &[("known", text(&known.join(", ")))])
        }
        ConnectError::LostCurrentContext { name, known } => say(
            "connect-lost-context",
            &[("name", text(name)), by_likeness(name, known)],
        ),
    }
}

fn by_likeness(name: &str, known: &[String]) -> (&'static str, FluentValue<'static>) {
    let known = nearest(name, known.iter().map(String::as_str));
    ("known", known.join(", ").into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ConfigFault;
    use crate::wording::Language;

    #[test]
    fn each_way_of_naming_no_cluster_is_a_sentence() {
        let known = || vec!["platform".to_owned(), "app1".to_owned()];
        let context = |name: &str| ConnectError::UnknownContext {
            name: name.to_owned(),
            known: known(),
        };
        let errors = [
            ConnectError::NoKubeconfig {
                looked_at: vec!["/home/me/.kube/config".into()],
            },
            ConnectError::Kubeconfig(ConfigFault::Unparsable {
                path: "/home/me/.kube/config".into(),
                place: Some((3, 5)),
            }),
            context("ap1"),
            context("platfrom"),
            ConnectError::UnknownContext {
                name: "app1".to_owned(),
                known: Vec::new(),
            },
            ConnectError::NoCurrentContext { known: known() },
            ConnectError::LostCurrentContext {
                name: "ap1".to_owned(),
                known: known(),
            },
        ];
        let said = |language| {
            let catalogue = Catalogue::new(language);
            let lines = errors
                .iter()
                .map(|error| connect_sentence(error, &catalogue));
            lines.collect::<Vec<_>>().join("\n")
        };
        insta::assert_snapshot!("connect", said(Language::English));
        insta::assert_snapshot!("connect-fr", said(Language::French));
    }
}

//! Why no cluster can be named, as one sentence of the catalogue.

use std::path::PathBuf;

use fluent_bundle::FluentValue;

use crate::source::ConnectError;
use crate::wording::Catalogue;

/// How like a context an unknown name must be to be suggested.
const ALIKE: f64 = 0.7;

pub fn connect_sentence(error: &ConnectError, catalogue: &Catalogue) -> String {
    let text = |text: &str| FluentValue::from(text.to_owned());
    let path = |path: &PathBuf| ("path", FluentValue::from(path.display().to_string()));
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
        ConnectError::Unreadable { path: it, detail } => {
            say("connect-unreadable", &[path(it), ("detail", text(detail))])
        }
        ConnectError::Unparsable {
            path: it,
            place: Some(place),
        } => say("connect-unparsable-at", &[path(it), ("place", text(place))]),
        ConnectError::Unparsable { path: it, .. } => say("connect-unparsable", &[path(it)]),
        ConnectError::UnknownContext { name, known } => {
            let likeness = |other: &String| strsim::jaro_winkler(name, other);
            let likely = known
                .iter()
                .filter(|other| likeness(other) >= ALIKE)
                .max_by(|one, other| likeness(one).total_cmp(&likeness(other)));
            let name = ("name", text(name));
            match likely {
                Some(likely) => say(
                    "connect-unknown-context-likely",
                    &[name, ("likely", text(likely))],
                ),
                None => say(
                    "connect-unknown-context",
                    &[name, ("known", text(&known.join(", ")))],
                ),
            }
        }
        ConnectError::NoCurrentContext { known } => {
            say("connect-no-context", &[("known", text(&known.join(", ")))])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::Language;

    #[test]
    fn each_way_of_naming_no_cluster_is_a_sentence() {
        let path = || PathBuf::from("/home/me/.kube/config");
        let known = || vec!["platform".to_owned(), "app1".to_owned()];
        let context = |name: &str| ConnectError::UnknownContext {
            name: name.to_owned(),
            known: known(),
        };
        let errors = [
            ConnectError::NoKubeconfig {
                looked_at: vec![path()],
            },
            ConnectError::Unreadable {
                path: path(),
                detail: "Permission denied (os error 13)".to_owned(),
            },
            ConnectError::Unparsable {
                path: path(),
                place: Some("line 3 column 5".to_owned()),
            },
            ConnectError::Unparsable {
                path: path(),
                place: None,
            },
            context("platfrom"),
            context("zzz"),
            ConnectError::NoCurrentContext { known: known() },
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

//! Every sentence a person reads, in their language, from the Fluent catalogue in `assets/messages`.

pub mod bound;
pub mod change;
pub mod difference;
pub mod figure;
pub mod finding;
pub mod journal;
mod likeness;
pub mod plan;
pub mod problem;
pub mod why;

pub use change::{commit, source_revision, tag};
pub use likeness::{closest, nearest};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::model::{Kind, Moment, ObjectRef};

/// The languages shipped, each complete; a test says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    English,
    French,
}

impl Language {
    /// From a locale such as `fr_FR.UTF-8` or `fr`; English for any other.
    pub fn from_locale(locale: &str) -> Self {
        if locale.to_ascii_lowercase().starts_with("fr") {
            Language::French
        } else {
            Language::English
        }
    }

    /// The one that is not this one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Language::English => Language::French,
            Language::French => Language::English,
        }
    }

    fn tag(self) -> LanguageIdentifier {
        let tag = match self {
            Language::English => "en",
            Language::French => "fr",
        };
        tag.parse().unwrap_or_default()
    }

    /// One file per part of the product.
    const fn files(self) -> &'static [&'static str] {
        match self {
            Language::English => &[
                include_str!("../assets/messages/en/words.ftl"),
                include_str!("../assets/messages/en/problems.ftl"),
                include_str!("../assets/messages/en/findings.ftl"),
                include_str!("../assets/messages/en/screens.ftl"),
                include_str!("../assets/messages/en/actions.ftl"),
                include_str!("../assets/messages/en/help.ftl"),
                include_str!("../assets/messages/en/command-line.ftl"),
                include_str!("../assets/messages/en/gitops.ftl"),
                include_str!("../assets/messages/en/console.ftl"),
                include_str!("../assets/messages/en/flux.ftl"),
                include_str!("../assets/messages/en/helm.ftl"),
                include_str!("../assets/messages/en/rollouts.ftl"),
                include_str!("../assets/messages/en/journal.ftl"),
            ],
            Language::French => &[
                include_str!("../assets/messages/fr/words.ftl"),
                include_str!("../assets/messages/fr/problems.ftl"),
                include_str!("../assets/messages/fr/findings.ftl"),
                include_str!("../assets/messages/fr/screens.ftl"),
                include_str!("../assets/messages/fr/actions.ftl"),
                include_str!("../assets/messages/fr/help.ftl"),
                include_str!("../assets/messages/fr/command-line.ftl"),
                include_str!("../assets/messages/fr/gitops.ftl"),
                include_str!("../assets/messages/fr/console.ftl"),
                include_str!("../assets/messages/fr/flux.ftl"),
                include_str!("../assets/messages/fr/helm.ftl"),
                include_str!("../assets/messages/fr/rollouts.ftl"),
                include_str!("../assets/messages/fr/journal.ftl"),
            ],
        }
    }
}

/// How a moment is written where a sentence is read: for a script, for an eye.
pub type Time<'a> = &'a dyn Fn(Moment) -> String;

/// The sentences of one language.
pub struct Catalogue {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl Catalogue {
    pub fn new(language: Language) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![language.tag()]);
        // Fluent would wrap each value in invisible direction marks, which terminals print or count.
        bundle.set_use_isolating(false);
        for file in language.files() {
            let resource =
                FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(partial, _)| partial);
            bundle.add_resource_overriding(resource);
        }
        Self { language, bundle }
    }

    pub fn language(&self) -> Language {
        self.language
    }

    /// The first `most` names, and how many more.
    pub fn names<T: AsRef<str>>(&self, names: &[T], most: usize) -> String {
        let (first, rest) = names.split_at(names.len().min(most));
        let first: Vec<_> = first.iter().map(AsRef::as_ref).collect();
        let said = first.join(", ");
        if rest.is_empty() {
            return said;
        }
        let arguments = [("names", said.into()), ("count", rest.len().into())];
        self.say_with("names-more", &arguments)
    }

    /// The sentence of that id. An id that is missing reads as itself: the completeness test keeps that from shipping.
    pub fn say(&self, id: &str) -> String {
        self.say_with(id, &[])
    }

    /// The sentence of what keeps an object, which is Argo CD's of that id and Flux's of the one that ends in `-flux`.
    pub fn of_keeper(
        &self,
        id: &str,
        keeper: &ObjectRef,
        arguments: &[(&'static str, FluentValue<'_>)],
    ) -> String {
        if keeper.kind == Kind::Application {
            self.say_with(id, arguments)
        } else {
            self.say_with(&format!("{id}-flux"), arguments)
        }
    }

    /// The sentence with its arguments filled in.
    pub fn say_with(&self, id: &str, arguments: &[(&'static str, FluentValue<'_>)]) -> String {
        let Some(pattern) = self
            .bundle
            .get_message(id)
            .and_then(|message| message.value())
        else {
            return id.to_owned();
        };
        let arguments: FluentArgs<'_> = arguments
            .iter()
            .map(|(key, value)| (*key, value.clone()))
            .collect();
        let mut errors = Vec::new();
        self.bundle
            .format_pattern(pattern, Some(&arguments), &mut errors)
            .into_owned()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use fluent_bundle::FluentResource;

    use super::*;

    /// The id of one is made of the kind's name.
    #[test]
    fn what_a_kind_that_may_not_be_read_is_called_and_is_for_is_known() {
        let known = sentences(Language::English);
        for kind in crate::model::Kind::ALL {
            let name = kind.name().to_lowercase();
            for id in [format!("denied-{name}"), format!("denied-{name}-for")] {
                assert!(known.contains_key(&id), "{id}");
            }
        }
    }

    /// Ids of a language, each with the variables its sentence names.
    fn sentences(language: Language) -> BTreeMap<String, BTreeSet<String>> {
        let mut found = BTreeMap::new();
        for file in language.files() {
            let resource = FluentResource::try_new((*file).to_owned())
                .unwrap_or_else(|(_, errors)| panic!("{language:?}: {errors:?}"));
            drop(resource);
            let mut id = String::new();
            for line in file.lines() {
                if let Some((name, _)) = line.split_once(" =")
                    && name
                        .chars()
                        .all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
                {
                    name.clone_into(&mut id);
                    assert!(
                        found.insert(id.clone(), BTreeSet::new()).is_none(),
                        "{language:?}: {id} stands twice"
                    );
                }
                for part in line.split('$').skip(1) {
                    let variable = part
                        .chars()
                        .take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '-');
                    if let Some(variables) = found.get_mut(&id) {
                        variables.insert(variable.collect());
                    }
                }
            }
        }
        found
    }

    #[test]
    fn both_languages_say_everything_with_the_same_variables() {
        assert_eq!(sentences(Language::English), sentences(Language::French));
    }

    #[test]
    fn a_locale_chooses_the_language() {
        assert_eq!(Language::from_locale("fr_FR.UTF-8"), Language::French);
        assert_eq!(Language::from_locale("C"), Language::English);
    }
}

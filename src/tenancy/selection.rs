//! What a person asked to see, by the names they know.

use super::{Class, Place, Places};
use crate::model::{Kind, Text};
use crate::store::Store;

/// The words of `-n`: each a namespace (opaque names too), a tenant, or `tenant/environment`. No word selects everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    words: Vec<Text>,
    /// Picked on the screen; None for all.
    tenant: Option<Text>,
    /// Classes that are not shown.
    hidden: Vec<Class>,
}

impl Selection {
    pub fn new(words: impl IntoIterator<Item = impl Into<Text>>) -> Self {
        Self {
            words: words.into_iter().map(Into::into).collect(),
            ..Self::default()
        }
    }

    /// The same, of one tenant only, or of all again.
    #[must_use]
    pub fn of_tenant(&self, tenant: Option<Text>) -> Self {
        Self {
            tenant,
            ..self.clone()
        }
    }

    /// The same with a class hidden, or shown again. One class always stays.
    #[must_use]
    pub fn toggled(&self, class: Class) -> Self {
        let mut hidden = self.hidden.clone();
        match hidden.iter().position(|it| *it == class) {
            Some(at) => {
                hidden.remove(at);
            }
            None if hidden.len() < 2 => hidden.push(class),
            None => {}
        }
        Self {
            hidden,
            ..self.clone()
        }
    }

    pub fn tenant(&self) -> Option<&Text> {
        self.tenant.as_ref()
    }

    pub fn shows(&self, class: Class) -> bool {
        !self.hidden.contains(&class)
    }

    pub fn is_everything(&self) -> bool {
        self.words.is_empty() && self.tenant.is_none() && self.hidden.is_empty()
    }

    pub fn words(&self) -> &[Text] {
        &self.words
    }

    pub fn matches(&self, namespace: &str, place: &Place) -> bool {
        let picked = self.tenant.as_ref().is_none_or(|it| *it == place.tenant);
        let asked = || self.words.iter().any(|word| names(word, namespace, place));
        picked && self.shows(place.class) && (self.words.is_empty() || asked())
    }

    /// Words that nothing answers to: a misspelt tenant must not read as a calm one. None while the namespaces of a
    /// cluster could not all be read, for one of those may have the name.
    pub fn unmatched(&self, store: &Store, places: &Places) -> Vec<&str> {
        let whole = store.clusters().all(|it| it.complete(Kind::Namespace));
        if self.words.is_empty() || !whole {
            return Vec::new();
        }
        let known: Vec<_> = places.iter().collect();
        let missing = |word: &&str| {
            let named = |(site, place): &(&super::Site, Place)| names(word, &site.namespace, place);
            !known.iter().any(named)
        };
        self.words
            .iter()
            .map(Text::as_str)
            .filter(missing)
            .collect()
    }
}

fn names(word: &str, namespace: &str, place: &Place) -> bool {
    let both = |(tenant, environment): (&str, &str)| {
        place.tenant == tenant && place.environment == environment
    };
    word == namespace || place.tenant == word || word.rsplit_once('/').is_some_and(both)
}

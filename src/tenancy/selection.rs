//! What a person asked to see, by the names they know.

use super::{Place, Places};
use crate::model::{Kind, Text};
use crate::store::Store;

/// The words of `-n`: each a namespace (opaque names too), a tenant, or `tenant/environment`. No word selects everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    words: Vec<Text>,
}

impl Selection {
    pub fn new(words: impl IntoIterator<Item = impl Into<Text>>) -> Self {
        Self {
            words: words.into_iter().map(Into::into).collect(),
        }
    }

    pub fn is_everything(&self) -> bool {
        self.words.is_empty()
    }

    pub fn words(&self) -> &[Text] {
        &self.words
    }

    pub fn matches(&self, namespace: &str, place: &Place) -> bool {
        self.is_everything() || self.words.iter().any(|word| names(word, namespace, place))
    }

    /// Words that nothing answers to: a misspelt tenant must not read as a calm one. None while the namespaces of a
    /// cluster could not all be read, for one of those may have the name.
    pub fn unmatched(&self, store: &Store, places: &Places) -> Vec<&str> {
        let whole = store.clusters().all(|it| it.complete(Kind::Namespace));
        if self.is_everything() || !whole {
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

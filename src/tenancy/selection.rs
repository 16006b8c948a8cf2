//! What a person asked to see, by the names they know.

use super::Place;
use crate::model::Text;

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
}

fn names(word: &str, namespace: &str, place: &Place) -> bool {
    let both = |(tenant, environment): (&str, &str)| {
        place.tenant == tenant && place.environment == environment
    };
    word == namespace || place.tenant == word || word.rsplit_once('/').is_some_and(both)
}

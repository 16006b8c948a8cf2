//! Names asked for that nothing has: a misspelt tenant must not read as a calm one.

use crate::model::{Kind, Text};
use crate::store::Store;
use crate::tenancy::{Places, Selection};

/// None of them while the namespaces of a cluster could not all be read: one of those may have the name.
pub(super) fn unmatched<'s>(
    selection: &'s Selection,
    store: &Store,
    places: &Places,
) -> Vec<&'s str> {
    if !store
        .clusters()
        .all(|cluster| cluster.complete(Kind::Namespace))
    {
        return Vec::new();
    }
    let known: Vec<_> = places.iter().collect();
    let missing = |word: &&str| {
        let alone = Selection::new([*word]);
        !known
            .iter()
            .any(|(site, place)| alone.matches(&site.namespace, place))
    };
    let words = selection.words().iter();
    words.map(Text::as_str).filter(missing).collect()
}

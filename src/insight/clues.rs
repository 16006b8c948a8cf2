//! Warning events, found by the object they speak of.

use std::collections::HashMap;

use crate::model::{Event, Moment, Text, Uid};
use crate::store::Cluster;

pub(super) struct Clues<'a> {
    /// Newest first.
    by_object: HashMap<Uid, Vec<&'a Event>>,
}

impl<'a> Clues<'a> {
    pub(super) fn of(cluster: &'a Cluster) -> Self {
        let mut by_object: HashMap<Uid, Vec<&'a Event>> = HashMap::new();
        for event in cluster.warnings().iter() {
            if let Some(object) = event.object {
                by_object.entry(object).or_default().push(event);
            }
        }
        Self { by_object }
    }

    fn about(&self, object: Uid) -> impl Iterator<Item = &'a Event> {
        self.by_object.get(&object).into_iter().flatten().copied()
    }

    /// The newest of these reasons; with none given, of any.
    pub(super) fn latest(&self, object: Uid, reasons: &[&str]) -> Option<&'a Event> {
        self.about(object)
            .find(|event| reasons.is_empty() || reasons.contains(&event.reason.as_str()))
    }

    pub(super) fn words(&self, object: Uid, reasons: &[&str]) -> Option<Text> {
        // These name the state that the reason names already.
        let bare = ["Error: ImagePullBackOff", "Error: ErrImagePull"];
        self.about(object)
            .filter(|event| reasons.is_empty() || reasons.contains(&event.reason.as_str()))
            .find(|event| !bare.contains(&event.message.as_str()))
            .map(|event| event.message.clone())
    }

    /// Since when the series goes on.
    pub(super) fn first(&self, object: Uid, reasons: &[&str]) -> Option<Moment> {
        self.about(object)
            .filter(|event| reasons.contains(&event.reason.as_str()))
            .map(|event| event.first)
            .min()
    }
}

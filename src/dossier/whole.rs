//! One object, whole.

use std::sync::Arc;

use crate::model::{Document, Lack, Told};

#[derive(Debug, Default)]
pub struct Whole {
    document: Option<Arc<Document>>,
    gone: bool,
    lack: Option<Lack>,
}

impl Whole {
    pub(super) fn tell(&mut self, told: Told) {
        match told {
            Told::Object(document) => {
                *self = Self {
                    document: Some(document),
                    ..Self::default()
                };
            }
            Told::Gone => self.gone = true,
            Told::Lack(lack) => self.lack = Some(lack),
            _ => {}
        }
    }

    /// As it was last seen.
    pub fn document(&self) -> Option<&Document> {
        self.document.as_deref()
    }

    /// The same, for who keeps what was made of it.
    pub fn shared(&self) -> Option<&Arc<Document>> {
        self.document.as_ref()
    }

    /// It is not there any more: what is shown is what it was.
    pub fn gone(&self) -> bool {
        self.gone || self.lack == Some(Lack::Absent)
    }

    /// Why it is not read now.
    pub fn lack(&self) -> Option<&Lack> {
        self.lack.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_gone_is_shown_as_it_was_and_what_comes_back_is_there() {
        let document = Arc::new(Document {
            value: json!({}),
            ..Document::default()
        });
        let mut whole = Whole::default();
        whole.tell(Told::Object(Arc::clone(&document)));
        whole.tell(Told::Gone);
        assert!(whole.gone() && whole.document().is_some());
        whole.tell(Told::Object(document));
        assert!(!whole.gone());
        whole.tell(Told::Lack(Lack::Absent));
        assert!(whole.gone() && whole.document().is_some());
    }
}

//! A JSON list, cut into its items without parsing them: strings and brackets are all that must be understood.
//! Own code because no JSON library hands out array elements of a body that is still arriving.

use bytes::{Buf, Bytes, BytesMut};

use super::messages::ListMeta;
use super::{LARGEST_OBJECT, ListHead, undecodable};
use crate::model::GarbledFault;

#[derive(Default)]
pub(in crate::source) struct JsonList {
    buffer: BytesMut,
    /// Bytes of `buffer` already looked at.
    seen: usize,
    place: Place,
    value: Value,
    /// Start of the current key or value in `buffer`.
    start: usize,
    key: Key,
    head: Option<ListHead>,
}

#[derive(Default, Clone, Copy, PartialEq)]
enum Place {
    #[default]
    Before,
    /// Between the members of the outer object.
    Member,
    Key,
    Colon,
    /// Before the value of `key`.
    Value,
    InValue,
    /// Between the elements of `items`.
    Element,
    InElement,
    After,
}

#[derive(Default, Clone, Copy, PartialEq)]
enum Key {
    Metadata,
    Items,
    #[default]
    Other,
}

/// How far into a value the scan is.
#[derive(Default, Clone, Copy)]
struct Value {
    depth: usize,
    in_string: bool,
    escaped: bool,
}

impl Value {
    /// True when `byte` ends the value, or (for a bare number or word) stands right after it.
    fn step(&mut self, byte: u8) -> bool {
        if self.in_string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_string = false,
                _ => {}
            }
            return !self.in_string && self.depth == 0;
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                return self.depth == 0;
            }
            _ => {}
        }
        false
    }
}

impl JsonList {
    pub(super) fn push(&mut self, chunk: &[u8]) {
        self.buffer.extend_from_slice(chunk);
    }

    pub(super) fn next(&mut self) -> Result<Option<Bytes>, GarbledFault> {
        while let Some(byte) = self.buffer.get(self.seen).copied() {
            self.seen += 1;
            if self.seen - self.start > LARGEST_OBJECT {
                return Err(GarbledFault::Endless);
            }
            let space = byte.is_ascii_whitespace();
            match self.place {
                Place::Before if byte == b'{' => self.place = Place::Member,
                Place::Before | Place::Colon | Place::Value | Place::After if space => {}
                Place::Member if byte == b'"' => self.begin(Place::Key, byte),
                Place::Member if byte == b'}' => self.place = Place::After,
                Place::Member | Place::Element if space || byte == b',' => {}
                Place::Key => self.step_key(byte),
                Place::Colon if byte == b':' => self.place = Place::Value,
                Place::Value if self.key == Key::Items && byte == b'[' => {
                    self.place = Place::Element;
                }
                Place::Value => self.begin(Place::InValue, byte),
                Place::InValue => self.step_value(byte)?,
                Place::Element if byte == b']' => {
                    self.place = Place::Member;
                    self.drop_seen();
                }
                Place::Element if byte == b'{' => self.begin(Place::InElement, byte),
                Place::InElement => {
                    if self.value.step(byte) {
                        self.place = Place::Element;
                        return Ok(Some(self.take()));
                    }
                }
                _ => return Err(GarbledFault::Malformed),
            }
        }
        if matches!(self.place, Place::Element | Place::Member) {
            self.drop_seen();
        }
        Ok(None)
    }

    fn begin(&mut self, place: Place, first: u8) {
        self.start = self.seen - 1;
        self.value = Value::default();
        self.value.step(first);
        self.place = place;
    }

    fn step_key(&mut self, byte: u8) {
        if self.value.step(byte) {
            self.key = match self.buffer.get(self.start..self.seen) {
                Some(br#""metadata""#) => Key::Metadata,
                Some(br#""items""#) => Key::Items,
                _ => Key::Other,
            };
            self.place = Place::Colon;
        }
    }

    /// A value other than the items; a bare one ends at the comma or bracket behind it.
    fn step_value(&mut self, byte: u8) -> Result<(), GarbledFault> {
        let bare = self.value.depth == 0 && !self.value.in_string;
        if bare && matches!(byte, b',' | b'}') {
            self.place = if byte == b'}' {
                Place::After
            } else {
                Place::Member
            };
            self.drop_seen();
        } else if self.value.step(byte) {
            let value = self.take();
            if self.key == Key::Metadata {
                let meta: ListMeta = serde_json::from_slice(&value).map_err(undecodable)?;
                self.head = Some(meta.into());
            }
            self.place = Place::Member;
        }
        Ok(())
    }

    /// Cuts the value that ends at `seen` out of the buffer.
    fn take(&mut self) -> Bytes {
        self.buffer.advance(self.start);
        let value = self.buffer.split_to(self.seen - self.start).freeze();
        self.seen = 0;
        self.start = 0;
        value
    }

    fn drop_seen(&mut self) {
        self.buffer.advance(self.seen);
        self.seen = 0;
        self.start = 0;
    }

    pub(super) fn finish(self) -> Result<ListHead, GarbledFault> {
        match (self.place, self.head) {
            (Place::After, Some(head)) => Ok(head),
            (Place::After, None) => Err(GarbledFault::Headless),
            _ => Err(GarbledFault::CutShort),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value as Json, json};

    use super::*;

    fn read(body: &str, chunk: usize) -> Result<(Vec<Json>, ListHead), GarbledFault> {
        let mut list = JsonList::default();
        let mut items = Vec::new();
        for chunk in body.as_bytes().chunks(chunk) {
            list.push(chunk);
            while let Some(item) = list.next()? {
                items.push(serde_json::from_slice(&item).map_err(undecodable)?);
            }
        }
        Ok((items, list.finish()?))
    }

    fn item() -> impl Strategy<Value = Json> {
        ("\\PC*", any::<i32>(), "[\\\\\"{}\\[\\],:a ]*").prop_map(|(text, number, hostile)| {
            json!({ "metadata": { "name": text, "labels": { hostile.clone(): hostile } }, "list": [number, [null, {}], "]}"] })
        })
    }

    proptest! {
        #[test]
        fn items_come_out_whole_however_the_body_is_cut(
            items in proptest::collection::vec(item(), 0..8), chunk in 1..80usize, metadata_first: bool, pretty: bool,
        ) {
            let metadata = json!({ "resourceVersion": "42", "continue": null, "remainingItemCount": 3 });
            // The server puts metadata before the items of built-in kinds and behind those of custom resources.
            let write = |value: &Json| if pretty { serde_json::to_string_pretty(value) } else { serde_json::to_string(value) }.unwrap();
            let (metadata, all) = (write(&metadata), write(&json!(items)));
            let body = if metadata_first {
                format!(r#"{{"kind":"PodList","apiVersion":"v1","metadata":{metadata},"items":{all}}}"#)
            } else {
                format!(r#"{{"apiVersion":"v1", "items": {all}, "count": 12, "kind":"ProjectList", "metadata":{metadata}}}"#)
            };
            let (read, head) = read(&body, chunk).unwrap();
            prop_assert_eq!(read, items);
            prop_assert_eq!((head.resource_version.as_str(), head.remaining), ("42", Some(3)));
        }

        #[test]
        fn a_body_that_ends_early_is_no_list(cut in 0..60usize) {
            let body = r#"{"items":[{"a":"}"},{"b":[1]}],"metadata":{"resourceVersion":"1"}}"#;
            prop_assert!(read(&body[..cut], 7).is_err());
        }

        #[test]
        fn garbage_never_panics(garbage in "\\PC{0,100}", chunk in 1..20usize) {
            let _ = read(&garbage, chunk);
        }
    }

    #[test]
    fn null_items_are_an_empty_list() {
        let (items, _) = read(r#"{"items":null,"metadata":{"resourceVersion":"1"}}"#, 9).unwrap();
        assert!(items.is_empty());
    }

    #[test]
    fn an_html_page_is_not_a_list() {
        assert_eq!(read("<html>", 64), Err(GarbledFault::Malformed));
    }
}

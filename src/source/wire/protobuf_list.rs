//! A protobuf list: `k8s\0`, an `Unknown` envelope whose `raw` is the list message, its items one by one.

use bytes::{Buf, Bytes, BytesMut};
use prost::encoding::{WireType, decode_key, decode_varint};

use super::messages::ListMeta;
use super::{LARGEST_OBJECT, ListHead, MAGIC, undecodable};
use crate::model::GarbledFault;

/// Fields of the envelope and of every list message.
const ENVELOPE_RAW: u32 = 2;
const LIST_METADATA: u32 = 1;
const LIST_ITEMS: u32 = 2;

#[derive(Default)]
pub(in crate::source) struct ProtobufList {
    buffer: BytesMut,
    place: Place,
    head: Option<ListHead>,
}

#[derive(Default, Clone, Copy)]
enum Place {
    #[default]
    Magic,
    Envelope,
    /// Inside `raw`, with this many bytes of it left.
    List {
        left: usize,
    },
    /// After `raw`.
    End,
}

/// A length-delimited field whose bytes are all there, or one to wait for.
enum Field {
    Whole { number: u32, payload: usize },
    Incomplete,
}

impl ProtobufList {
    pub(super) fn push(&mut self, chunk: &[u8]) {
        self.buffer.extend_from_slice(chunk);
    }

    pub(super) fn head(&self) -> Option<&ListHead> {
        self.head.as_ref()
    }

    pub(super) fn next(&mut self) -> Result<Option<Bytes>, GarbledFault> {
        loop {
            match self.place {
                Place::Magic => {
                    if self.buffer.len() < MAGIC.len() {
                        return Ok(None);
                    }
                    if !self.buffer.starts_with(MAGIC) {
                        return Err(GarbledFault::Malformed);
                    }
                    self.buffer.advance(MAGIC.len());
                    self.place = Place::Envelope;
                }
                Place::Envelope => match self.envelope_field()? {
                    Some(left) => self.place = Place::List { left },
                    None => return Ok(None),
                },
                Place::List { left: 0 } => self.place = Place::End,
                Place::List { left } => {
                    let before = self.buffer.len();
                    let Field::Whole { number, payload } = field(&mut self.buffer)? else {
                        return Ok(None);
                    };
                    let bytes = self.buffer.split_to(payload).freeze();
                    let used = before - self.buffer.len();
                    let left = left.checked_sub(used).ok_or(GarbledFault::Malformed)?;
                    self.place = Place::List { left };
                    match number {
                        LIST_METADATA => self.head = Some(head(bytes)?),
                        LIST_ITEMS => return Ok(Some(bytes)),
                        _ => {}
                    }
                }
                Place::End => return Ok(None),
            }
        }
    }

    /// Skips to `raw` and gives its length; None until it comes.
    fn envelope_field(&mut self) -> Result<Option<usize>, GarbledFault> {
        loop {
            let mut ahead = &self.buffer[..];
            let Some((number, length)) = delimiter(&mut ahead)? else {
                return Ok(None);
            };
            let header = self.buffer.len() - ahead.len();
            if number == ENVELOPE_RAW {
                self.buffer.advance(header);
                return Ok(Some(length));
            }
            if length > LARGEST_OBJECT {
                return Err(GarbledFault::Endless);
            }
            if ahead.len() < length {
                return Ok(None);
            }
            self.buffer.advance(header + length);
        }
    }

    pub(super) fn finish(self) -> Result<ListHead, GarbledFault> {
        match (self.place, self.head) {
            (Place::End | Place::List { left: 0 }, Some(head)) => Ok(head),
            (Place::End | Place::List { left: 0 }, None) => Err(GarbledFault::Headless),
            _ => Err(GarbledFault::CutShort),
        }
    }
}

/// Steps over the key and length of the next field when its payload is whole; leaves the buffer alone otherwise.
fn field(buffer: &mut BytesMut) -> Result<Field, GarbledFault> {
    let mut ahead = &buffer[..];
    let Some((number, payload)) = delimiter(&mut ahead)? else {
        return Ok(Field::Incomplete);
    };
    if payload > LARGEST_OBJECT {
        return Err(GarbledFault::Endless);
    }
    let header = buffer.len() - ahead.len();
    if ahead.len() < payload {
        // Room for the rest at once: growing chunk by chunk would copy the item again and again.
        let missing = payload - ahead.len();
        buffer.reserve(missing);
        return Ok(Field::Incomplete);
    }
    buffer.advance(header);
    Ok(Field::Whole { number, payload })
}

/// Key and length of a length-delimited field; None when not all of them have come.
fn delimiter(ahead: &mut &[u8]) -> Result<Option<(u32, usize)>, GarbledFault> {
    /// A key and a length take at most this many bytes here.
    const LONGEST: usize = 15;
    let known = ahead.len();
    let parsed =
        decode_key(ahead).and_then(|(number, kind)| Ok((number, kind, decode_varint(ahead)?)));
    match parsed {
        Ok((number, WireType::LengthDelimited, length)) => {
            let length = usize::try_from(length).map_err(|_| GarbledFault::Malformed)?;
            Ok(Some((number, length)))
        }
        Ok(_) => Err(GarbledFault::Malformed),
        Err(_) if known < LONGEST => Ok(None),
        Err(error) => Err(undecodable(error)),
    }
}

fn head(bytes: Bytes) -> Result<ListHead, GarbledFault> {
    let meta: ListMeta = prost::Message::decode(bytes).map_err(undecodable)?;
    Ok(meta.into())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use prost::Message;

    use super::*;

    /// A list as the server writes it: an envelope of type metadata, `raw`, encoding and content type.
    fn list(items: &[Vec<u8>]) -> Vec<u8> {
        #[derive(Clone, PartialEq, Message)]
        struct Anything {
            #[prost(message, optional, tag = "1")]
            metadata: Option<ListMeta>,
            #[prost(bytes = "vec", repeated, tag = "2")]
            items: Vec<Vec<u8>>,
        }
        #[derive(Clone, PartialEq, Message)]
        struct Envelope {
            #[prost(bytes = "vec", tag = "1")]
            type_meta: Vec<u8>,
            #[prost(bytes = "vec", tag = "2")]
            raw: Vec<u8>,
            #[prost(string, optional, tag = "4")]
            content_type: Option<String>,
        }
        let metadata = ListMeta {
            resource_version: Some("42".into()),
            remaining_item_count: Some(7),
            ..ListMeta::default()
        };
        let raw = Anything {
            metadata: Some(metadata),
            items: items.to_vec(),
        }
        .encode_to_vec();
        let envelope = Envelope {
            type_meta: b"\x0a\x02v1\x12\x07PodList".to_vec(),
            raw,
            content_type: Some(String::new()),
        };
        [MAGIC.to_vec(), envelope.encode_to_vec()].concat()
    }

    fn read(body: &[u8], chunk: usize) -> Result<(Vec<Vec<u8>>, ListHead), GarbledFault> {
        let mut list = ProtobufList::default();
        let mut items = Vec::new();
        for chunk in body.chunks(chunk) {
            list.push(chunk);
            while let Some(item) = list.next()? {
                items.push(item.to_vec());
            }
        }
        Ok((items, list.finish()?))
    }

    proptest! {
        #[test]
        fn items_come_out_whole_however_the_body_is_cut(
            items in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..300), 0..20),
            chunk in 1..400usize,
        ) {
            let (read, head) = read(&list(&items), chunk).unwrap();
            prop_assert_eq!(read, items);
            prop_assert_eq!((head.resource_version.as_str(), head.remaining), ("42", Some(7)));
        }

        #[test]
        fn a_body_that_ends_early_is_no_list(cut in 1..500usize) {
            let body = list(&[vec![1; 300], vec![2; 300]]);
            let whole = body.len() - 2; // the empty content type that follows
            prop_assert!(read(&body[..cut.min(whole - 1)], 64).is_err());
        }

        #[test]
        fn garbage_is_refused_and_never_panics(garbage in proptest::collection::vec(any::<u8>(), 0..200)) {
            let body = [MAGIC.to_vec(), garbage].concat();
            let _ = read(&body, 16);
        }
    }

    #[test]
    fn an_html_page_is_not_a_list() {
        assert!(read(b"<html><body>Sign in</body></html>", 64).is_err());
    }
}

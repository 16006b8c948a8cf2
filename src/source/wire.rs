//! The bytes of the Kubernetes API: lists and watch frames split into objects while they stream, in protobuf or JSON.
//!
//! One list is one body, read item by item: memory stays flat whatever its size. Formats:
//! kubernetes.io/docs/reference/using-api/api-concepts and k8s.io/apimachinery's `runtime/generated.proto`.

mod json_list;
pub(super) mod messages;
mod protobuf_list;
mod watch;

use bytes::Bytes;
use serde::de::DeserializeOwned;

pub(super) use json_list::JsonList;
pub(super) use protobuf_list::ProtobufList;
pub(super) use watch::{Frames, Happened};

use crate::model::GarbledFault;
use crate::source::text::{MESSAGE, clean};

/// What begins every protobuf answer.
const MAGIC: &[u8] = b"k8s\0";

/// No object is larger: etcd refuses beyond 1.5 MiB by default, and its bound is rarely raised above this.
const LARGEST_OBJECT: usize = 16 << 20;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Protobuf,
    Json,
}

/// What a complete list says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ListHead {
    pub(super) resource_version: String,
    /// Token of the next page; empty at the end.
    pub(super) next: String,
    /// Items after this page, when the server counts them.
    pub(super) remaining: Option<i64>,
}

/// A list body being read.
pub(super) enum List {
    Protobuf(ProtobufList),
    Json(JsonList),
}

impl List {
    pub(super) fn new(format: Format) -> Self {
        match format {
            Format::Protobuf => List::Protobuf(ProtobufList::default()),
            Format::Json => List::Json(JsonList::default()),
        }
    }

    pub(super) fn push(&mut self, chunk: &[u8]) {
        match self {
            List::Protobuf(list) => list.push(chunk),
            List::Json(list) => list.push(chunk),
        }
    }

    /// The next complete item, None until more bytes come.
    pub(super) fn next(&mut self) -> Result<Option<Bytes>, GarbledFault> {
        match self {
            List::Protobuf(list) => list.next(),
            List::Json(list) => list.next(),
        }
    }

    /// To be asked once the body has ended: a truncated one is an error, not a short list.
    pub(super) fn finish(self) -> Result<ListHead, GarbledFault> {
        match self {
            List::Protobuf(list) => list.finish(),
            List::Json(list) => list.finish(),
        }
    }

    /// What is known of the list so far.
    pub(super) fn head(&self) -> Option<&ListHead> {
        match self {
            List::Protobuf(list) => list.head(),
            List::Json(_) => None,
        }
    }
}

/// What a decoder says, made harmless: it may quote what it read.
pub(super) fn undecodable(error: impl std::fmt::Display) -> GarbledFault {
    GarbledFault::Undecodable {
        words: clean(&error.to_string(), MESSAGE),
    }
}

/// Reads one message of either format.
pub(super) fn read<M: prost::Message + Default + DeserializeOwned>(
    format: Format,
    bytes: Bytes,
) -> Result<M, GarbledFault> {
    match format {
        Format::Protobuf => M::decode(bytes).map_err(undecodable),
        Format::Json => read_json(&bytes),
    }
}

/// Reads a custom resource, of which the server knows no protobuf.
pub(super) fn read_json<M: DeserializeOwned>(bytes: &[u8]) -> Result<M, GarbledFault> {
    serde_json::from_slice(bytes).map_err(undecodable)
}

/// Reads a whole answer that holds one object (a namespace, a `Status`), whose envelope tells its format.
pub(super) fn read_single<M: prost::Message + Default + DeserializeOwned>(
    body: Bytes,
) -> Result<M, GarbledFault> {
    if body.starts_with(MAGIC) {
        let raw = messages::unwrap(body)?;
        read(Format::Protobuf, raw.raw)
    } else {
        read(Format::Json, body)
    }
}

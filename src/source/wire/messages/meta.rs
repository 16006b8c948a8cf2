use std::collections::BTreeMap;

use bytes::Bytes;
use prost::Message;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::model::Moment;

/// `null` where a list, a map or an object is expected means none.
pub(in crate::source) fn null_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(
    input: D,
) -> Result<T, D::Error> {
    Ok(Option::<T>::deserialize(input)?.unwrap_or_default())
}

/// `runtime.Unknown`.
#[derive(Clone, PartialEq, Message)]
pub(in crate::source) struct Envelope {
    #[prost(bytes = "bytes", tag = "2")]
    pub(in crate::source) raw: Bytes,
    #[prost(string, optional, tag = "3")]
    pub(super) content_encoding: Option<String>,
}

#[derive(Clone, PartialEq, Message)]
pub(in crate::source) struct WatchEvent {
    #[prost(string, optional, tag = "1")]
    pub(in crate::source) kind: Option<String>,
    #[prost(message, optional, tag = "2")]
    pub(in crate::source) object: Option<RawObject>,
}

#[derive(Clone, PartialEq, Message)]
pub(in crate::source) struct RawObject {
    #[prost(bytes = "bytes", optional, tag = "1")]
    pub(in crate::source) raw: Option<Bytes>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct ListMeta {
    #[prost(string, optional, tag = "2")]
    pub(in crate::source) resource_version: Option<String>,
    #[prost(string, optional, tag = "3")]
    #[serde(rename = "continue")]
    pub(in crate::source) next: Option<String>,
    #[prost(int64, optional, tag = "4")]
    pub(in crate::source) remaining_item_count: Option<i64>,
}

impl From<ListMeta> for super::super::ListHead {
    fn from(meta: ListMeta) -> Self {
        Self {
            resource_version: meta.resource_version.unwrap_or_default(),
            next: meta.next.unwrap_or_default(),
            remaining: meta.remaining_item_count,
        }
    }
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default)]
pub(in crate::source) struct Status {
    #[prost(string, optional, tag = "3")]
    pub(in crate::source) message: Option<String>,
    #[prost(string, optional, tag = "4")]
    pub(in crate::source) reason: Option<String>,
    #[prost(int32, optional, tag = "6")]
    pub(in crate::source) code: Option<i32>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct ObjectMeta {
    #[prost(string, optional, tag = "1")]
    pub(in crate::source) name: Option<String>,
    #[prost(string, optional, tag = "3")]
    pub(in crate::source) namespace: Option<String>,
    #[prost(string, optional, tag = "5")]
    pub(in crate::source) uid: Option<String>,
    #[prost(string, optional, tag = "6")]
    pub(in crate::source) resource_version: Option<String>,
    #[prost(int64, optional, tag = "7")]
    pub(in crate::source) generation: Option<i64>,
    #[prost(message, optional, tag = "8")]
    pub(in crate::source) creation_timestamp: Option<Time>,
    #[prost(message, optional, tag = "9")]
    pub(in crate::source) deletion_timestamp: Option<Time>,
    #[prost(btree_map = "string, string", tag = "11")]
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) labels: BTreeMap<String, String>,
    #[prost(btree_map = "string, string", tag = "12")]
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) annotations: BTreeMap<String, String>,
    #[prost(message, repeated, tag = "13")]
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) owner_references: Vec<OwnerReference>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default)]
pub(in crate::source) struct OwnerReference {
    #[prost(string, optional, tag = "1")]
    pub(in crate::source) kind: Option<String>,
    #[prost(string, optional, tag = "3")]
    pub(in crate::source) name: Option<String>,
    #[prost(string, optional, tag = "4")]
    pub(in crate::source) uid: Option<String>,
    #[prost(bool, optional, tag = "6")]
    pub(in crate::source) controller: Option<bool>,
}

/// Any object, as far as its name: what can still be said of one that does not decode.
#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default)]
pub(in crate::source) struct OnlyMeta {
    #[prost(message, optional, tag = "1")]
    pub(in crate::source) metadata: Option<ObjectMeta>,
}

/// Any object, as far as who wrote its fields: read apart, since it is most of an object's bytes.
#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default)]
pub(in crate::source) struct Managed {
    #[prost(message, optional, tag = "1")]
    pub(in crate::source) metadata: Option<ManagedMeta>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct ManagedMeta {
    #[prost(message, repeated, tag = "17")]
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) managed_fields: Vec<ManagedFields>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct ManagedFields {
    #[prost(string, optional, tag = "1")]
    pub(in crate::source) manager: Option<String>,
    #[prost(string, optional, tag = "2")]
    pub(in crate::source) operation: Option<String>,
    #[prost(message, optional, tag = "4")]
    pub(in crate::source) time: Option<Time>,
    #[prost(message, optional, tag = "7")]
    #[serde(rename = "fieldsV1")]
    pub(in crate::source) fields: Option<Fields>,
    #[prost(string, optional, tag = "8")]
    pub(in crate::source) subresource: Option<String>,
}

/// `FieldsV1`: JSON in both formats.
#[derive(Clone, PartialEq, Message)]
pub(in crate::source) struct Fields {
    #[prost(bytes = "bytes", optional, tag = "1")]
    pub(in crate::source) raw: Option<Bytes>,
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(input)?;
        Ok(Self {
            raw: Some(Bytes::copy_from_slice(raw.get().as_bytes())),
        })
    }
}

/// `Time` and `MicroTime`.
#[derive(Clone, Copy, PartialEq, Message)]
pub(in crate::source) struct Time {
    #[prost(int64, optional, tag = "1")]
    seconds: Option<i64>,
}

impl Time {
    pub(in crate::source) fn moment(self) -> Option<Moment> {
        Moment::from_seconds(self.seconds?)
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let text = String::deserialize(input)?;
        let moment = Moment::from_rfc3339(&text);
        moment
            .map(|moment| Time {
                seconds: Some(moment.seconds()),
            })
            .ok_or_else(|| serde::de::Error::custom("not a time"))
    }
}

/// A quantity in the server's own words.
#[derive(Clone, PartialEq, Message)]
pub(in crate::source) struct Quantity {
    #[prost(string, optional, tag = "1")]
    text: Option<String>,
}

impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Form {
            Text(String),
            Number(serde_json::Number),
        }
        let text = match Form::deserialize(input)? {
            Form::Text(text) => text,
            Form::Number(number) => number.to_string(),
        };
        Ok(Self { text: Some(text) })
    }
}

//! One object whole, and again whenever it changes.

use std::cmp::Reverse;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use serde_json::Value;

use super::super::convert::{NAME, clean, inert};
use super::super::feed::ended_by;
use super::super::session::Session;
use super::super::wire::{Format, Frames, Happened, undecodable};
use super::{End, Right, SILENCE, Stop, Teller, chunk, selector, watch_query};
use crate::model::{Document, GarbledFault, Moment, ObjectRef, Told, Uid, Verb, Writer};

const JSON: &str = "application/json";
/// One object does not take longer on a link that lives.
const PATIENCE: Duration = Duration::from_secs(20);
/// Between two readings of what may be read but not watched.
const POLL: Duration = Duration::from_secs(10);

pub(super) async fn read(session: &Session, object: &ObjectRef, teller: &Teller) -> End {
    loop {
        let from = match get(session, object, teller).await {
            Ok(from) => from,
            Err(stop) => return stop.needing(right(object, Verb::Get)),
        };
        match watch(session, object, &from, teller).await {
            Ok(()) => return End::Over,
            Err(stop) if stop.is_denied() => tokio::time::sleep(POLL).await,
            Err(stop) => return stop.needing(right(object, Verb::Watch)),
        }
    }
}

fn right(object: &ObjectRef, verb: Verb) -> Right {
    (verb, object.kind.resource().into())
}

/// The path of the object's kind, where the object is.
fn collection(object: &ObjectRef) -> String {
    let kind = object.kind;
    let namespace = match object.namespace.as_str() {
        "" => String::new(),
        name => format!("/namespaces/{name}"),
    };
    let (version, plural) = (kind.version(), kind.plural());
    match kind.group() {
        "" => format!("/api/{version}{namespace}/{plural}"),
        group => format!("/apis/{group}/{version}{namespace}/{plural}"),
    }
}

/// Gives the version from which to watch.
async fn get(session: &Session, object: &ObjectRef, teller: &Teller) -> Result<String, Stop> {
    let path = format!("{}/{}", collection(object), object.name);
    let answer = session.connection.get(&path, JSON, None, PATIENCE).await?;
    let read = Read::from(&answer.body.unwrap_or_default(), object)?;
    teller.tell(vec![read.told]).await?;
    Ok(read.version)
}

async fn watch(
    session: &Session,
    object: &ObjectRef,
    from: &str,
    teller: &Teller,
) -> Result<(), Stop> {
    let only = selector(&[("metadata.name", &object.name)]);
    let path = format!("{}?{only}&{}", collection(object), watch_query(from));
    let connection = &session.connection;
    let mut answer = connection.watch(&path, Format::Json, SILENCE).await?;
    let mut frames = Frames::new(answer.format);
    while let Some(chunk) = chunk(session, &mut answer).await? {
        frames.push(&chunk);
        let mut told = Vec::new();
        while let Some(frame) = frames.next()? {
            match frame.happened {
                Happened::Error => return Err(ended_by(answer.format, frame.object)?.into()),
                Happened::Bookmark => {}
                Happened::Deleted => told.push(Told::Gone),
                Happened::Added | Happened::Modified => {
                    told.push(Read::from(&frame.object, object)?.told);
                }
            }
        }
        teller.tell(told).await?;
    }
    Ok(())
}

struct Read {
    told: Told,
    version: String,
}

impl Read {
    fn from(body: &Bytes, wanted: &ObjectRef) -> Result<Self, GarbledFault> {
        let mut value: Value = serde_json::from_slice(body).map_err(undecodable)?;
        let meta = &value["metadata"];
        let word = |key: &str| meta[key].as_str().unwrap_or_default();
        let version = word("resourceVersion").to_owned();
        let uid = Uid::from_text(word("uid"));
        if wanted.uid.is_some_and(|wanted| wanted != uid) {
            let told = Told::Gone;
            return Ok(Self { told, version });
        }
        let meta = value["metadata"].as_object_mut();
        let fields = meta.and_then(|it| it.remove("managedFields"));
        let writers = writers(&fields.unwrap_or_default());
        inert(&mut value);
        let text = serde_saphyr::to_string(&value).map_err(undecodable)?;
        let yaml = text.lines().map(str::to_owned).collect();
        let told = Told::Object(Arc::new(Document {
            value,
            yaml,
            writers,
        }));
        Ok(Self { told, version })
    }
}

/// Those of the pod template, from `managedFields`.
fn writers(fields: &Value) -> Vec<Writer> {
    let entries = fields.as_array().into_iter().flatten();
    let own = entries.filter(|it| it["fieldsV1"]["f:spec"]["f:template"].is_object());
    let mut writers: Vec<_> = own
        .map(|it| Writer {
            name: clean(it["manager"].as_str().unwrap_or_default(), NAME),
            at: it["time"].as_str().and_then(Moment::from_rfc3339),
        })
        .collect();
    writers.sort_by_key(|it| Reverse(it.at));
    writers
}

//! One object whole, and again whenever it changes.
//!
//! It is listed by its name: the version to watch from is that of the list, while an object's own may be too old by far.

use std::cmp::Reverse;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::super::connection::Failure;
use super::super::feed::{Stop, ended_by};
use super::super::session::Session;
use super::super::wire::{Format, Frames, Happened, undecodable};
use super::{End, Right, SILENCE, Teller, chunk, needing, selector, watch_query};
use crate::model::{Document, GarbledFault, Moment, ObjectRef, Told, Uid, Verb, Writer};
use crate::source::text::{NAME, clean, escaped, inert};

const JSON: &str = "application/json";
/// One object does not take longer on a link that lives.
const PATIENCE: Duration = Duration::from_secs(20);
/// Between two readings of what may be read but not watched.
const POLL: Duration = Duration::from_secs(10);

pub(super) async fn read(session: &Session, object: &ObjectRef, teller: &Teller) -> End {
    let from = match list(session, object, teller).await {
        Ok(from) => from,
        Err(Stop::Failed(Failure::Denied)) => return poll(session, object, teller).await,
        Err(stop) => return needing(right(object, Verb::List), stop),
    };
    match watch(session, object, &from, teller).await {
        Ok(()) => End::Over,
        Err(Stop::Failed(Failure::Denied)) => poll(session, object, teller).await,
        Err(stop) => needing(right(object, Verb::Watch), stop),
    }
}

/// Again and again, for who may get it and nothing else.
async fn poll(session: &Session, object: &ObjectRef, teller: &Teller) -> End {
    loop {
        if let Err(stop) = get(session, object, teller).await {
            return needing(right(object, Verb::Get), stop);
        }
        tokio::time::sleep(POLL).await;
    }
}

fn right(object: &ObjectRef, verb: Verb) -> Right {
    (verb, object.kind.resource().into())
}

fn only(object: &ObjectRef) -> String {
    selector(&[("metadata.name", &object.name)])
}

/// Gives the version from which to watch.
async fn list(session: &Session, object: &ObjectRef, teller: &Teller) -> Result<String, Stop> {
    let path = format!("{}?{}", object.kind.path(&object.namespace), only(object));
    let answer = session.connection.get(&path, JSON, None, PATIENCE).await?;
    let body = answer.body.unwrap_or_default();
    let mut list: Value = serde_json::from_slice(&body).map_err(undecodable)?;
    let told = match list["items"].get_mut(0).map(Value::take) {
        Some(value) => told(value, object)?,
        None => Told::Gone,
    };
    teller.tell(vec![told]).await?;
    let version = list["metadata"]["resourceVersion"].as_str();
    Ok(version.unwrap_or_default().to_owned())
}

async fn get(session: &Session, object: &ObjectRef, teller: &Teller) -> Result<(), Stop> {
    let path = object.path();
    let answer = session.connection.get(&path, JSON, None, PATIENCE).await?;
    let body = answer.body.unwrap_or_default();
    let value = serde_json::from_slice(&body).map_err(undecodable)?;
    teller.tell(vec![told(value, object)?]).await
}

async fn watch(
    session: &Session,
    object: &ObjectRef,
    from: &str,
    teller: &Teller,
) -> Result<(), Stop> {
    let path = format!(
        "{}?{}&{}",
        object.kind.path(&object.namespace),
        only(object),
        watch_query(from)
    );
    let connection = &session.connection;
    let mut answer = connection.watch(&path, Format::Json, SILENCE).await?;
    let mut frames = Frames::new(answer.format);
    while let Some(chunk) = chunk(session, &mut answer).await? {
        frames.push(&chunk);
        let mut news = Vec::new();
        while let Some(frame) = frames.next()? {
            match frame.happened {
                Happened::Error => return Err(ended_by(answer.format, frame.object)?.into()),
                Happened::Bookmark => {}
                Happened::Deleted => news.push(Told::Gone),
                Happened::Added | Happened::Modified => {
                    let value = serde_json::from_slice(&frame.object).map_err(undecodable)?;
                    news.push(told(value, object)?);
                }
            }
        }
        teller.tell(news).await?;
    }
    Ok(())
}

/// The object without what only machines read; another one of its name is not it.
fn told(mut value: Value, wanted: &ObjectRef) -> Result<Told, GarbledFault> {
    let uid = value["metadata"]["uid"].as_str().unwrap_or_default();
    if wanted
        .uid
        .is_some_and(|wanted| wanted != Uid::from_text(uid))
    {
        return Ok(Told::Gone);
    }
    let meta = value["metadata"].as_object_mut();
    let fields = meta.and_then(|it| it.remove("managedFields"));
    let writers = writers(&fields.unwrap_or_default());
    if let Some(object) = value.as_object_mut() {
        // Items of a list do not say what they are.
        object.insert("apiVersion".to_owned(), wanted.kind.version().into());
        object.insert("kind".to_owned(), wanted.kind.name().into());
    }
    let yaml = yaml(&value)?;
    inert(&mut value);
    Ok(Told::Object(Arc::new(Document {
        value,
        yaml,
        writers,
    })))
}

/// Lines as they stand in the object: a long one is not broken, a tab is not lost.
fn yaml(value: &Value) -> Result<Vec<String>, GarbledFault> {
    let options = serde_saphyr::ser_options! { folded_wrap_chars: usize::MAX };
    let text = serde_saphyr::to_string_with_options(value, options).map_err(undecodable)?;
    let lines = text.trim_end_matches('\n').split('\n');
    Ok(lines
        .map(|line| escaped(&line.replace('\t', "    ")))
        .collect())
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

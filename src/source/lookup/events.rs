//! Events of any type: listed item by item, then watched from where the list stood.

use bytes::Bytes;

use super::super::convert::{Fact, decode};
use super::super::feed::{Stop, ended_by};
use super::super::session::Session;
use super::super::wire::{Format, Frames, Happened, List};
use super::{End, Right, SILENCE, Teller, chunk, needing, selector, watch_query};
use crate::model::{About, Kind, Told, Verb};

fn right(verb: Verb) -> Right {
    (verb, Kind::Event.resource().into())
}

pub(super) async fn read(session: &Session, about: &About, teller: &Teller) -> End {
    let from = match list(session, about, teller).await {
        Ok(from) => from,
        Err(stop) => return needing(right(Verb::List), stop),
    };
    match watch(session, about, &from, teller).await {
        Ok(()) => End::Over,
        Err(stop) => needing(right(Verb::Watch), stop),
    }
}

fn path(about: &About, query: &str) -> String {
    match about {
        About::Namespace(namespace) => format!("/api/v1/namespaces/{namespace}/events?{query}"),
        About::Unplaced { kind, name } => {
            let of = [
                ("involvedObject.kind", kind.as_str()),
                ("involvedObject.name", name),
            ];
            format!("/api/v1/events?{}&{query}", selector(&of))
        }
    }
}

/// Gives the version from which to watch.
async fn list(session: &Session, about: &About, teller: &Teller) -> Result<String, Stop> {
    let connection = &session.connection;
    let mut answer = connection.list(&path(about, ""), Format::Protobuf).await?;
    let mut list = List::new(answer.format);
    while let Some(chunk) = chunk(session, &mut answer).await? {
        list.push(&chunk);
        let mut told = Vec::new();
        while let Some(item) = list.next()? {
            told.extend(event(answer.format, item));
        }
        teller.tell(told).await?;
    }
    let head = list.finish()?;
    teller.tell(vec![Told::Whole]).await?;
    Ok(head.resource_version)
}

async fn watch(session: &Session, about: &About, from: &str, teller: &Teller) -> Result<(), Stop> {
    let path = path(about, &watch_query(from));
    let connection = &session.connection;
    let mut answer = connection.watch(&path, Format::Protobuf, SILENCE).await?;
    let mut frames = Frames::new(answer.format);
    while let Some(chunk) = chunk(session, &mut answer).await? {
        frames.push(&chunk);
        let mut told = Vec::new();
        while let Some(frame) = frames.next()? {
            match frame.happened {
                Happened::Error => return Err(ended_by(answer.format, frame.object)?.into()),
                // The server forgets an event after an hour; who looks at it need not.
                Happened::Bookmark | Happened::Deleted => {}
                Happened::Added | Happened::Modified => {
                    told.extend(event(answer.format, frame.object));
                }
            }
        }
        teller.tell(told).await?;
    }
    Ok(())
}

/// One that does not decode is lost alone.
fn event(format: Format, bytes: Bytes) -> Option<Told> {
    match decode(Kind::Event, format, bytes).ok()?.fact {
        Fact::Event(event) => Some(Told::Event(event)),
        Fact::Object(_) => None,
    }
}

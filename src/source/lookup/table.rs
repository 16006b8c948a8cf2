//! The objects of any kind as the server tabulates them, and again whenever one changes.
//!
//! Format: kubernetes.io/docs/reference/using-api/api-concepts, *Receiving resources as Tables*.

use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use super::super::connection::Failure;
use super::super::feed::{Stop, ended_by};
use super::super::session::Session;
use super::super::wire::messages::null_default;
use super::super::wire::{Format, Frames, Happened, undecodable};
use super::{End, Right, SILENCE, Teller, chunk, labelled, needing, watch_query};
use crate::model::{
    GarbledFault, Moment, ObjectKind, TableColumn, TableNews, TableRow, Text, Told, Uid, Verb,
};
use crate::source::text::{MESSAGE, NAME, clean, inert};

/// A server that knows no tables, as some aggregated ones, answers with the objects.
const ACCEPT: &str = "application/json;as=Table;v=v1;g=meta.k8s.io, application/json";
/// Without a way out: a server that does not know it says so, and does not send the objects whole.
const ACCEPT_METADATA: &str = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io";
const ACCEPT_CHANGED_METADATA: &str =
    "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io";
/// Of one page.
const PATIENCE: Duration = Duration::from_secs(30);
/// As many as one answer brings: a page of custom resources stays under the longest answer.
const PAGE: usize = 500;
const PAGE_OF_WHOLE: usize = 100;
/// Rows that are read: nobody looks through more, and a kind may have a hundred thousand.
pub(super) const MOST: usize = 10_000;
/// Between two readings of what may be listed but not watched.
const POLL: Duration = Duration::from_secs(10);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Table {
    #[serde(default)]
    metadata: ListMeta,
    #[serde(default, deserialize_with = "null_default")]
    column_definitions: Vec<Definition>,
    #[serde(default, deserialize_with = "null_default")]
    rows: Vec<Row>,
    /// Where it is no table.
    #[serde(default, deserialize_with = "null_default")]
    items: Vec<Value>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct ListMeta {
    resource_version: String,
    #[serde(rename = "continue")]
    next: String,
    remaining_item_count: Option<u64>,
}

#[derive(Deserialize)]
struct Definition {
    name: String,
    #[serde(default)]
    priority: i32,
}

#[derive(Deserialize)]
struct Row {
    #[serde(default, deserialize_with = "null_default")]
    cells: Vec<Value>,
    object: Value,
}

/// The kind of which, and where.
pub(super) struct Of<'a> {
    pub(super) kind: &'a ObjectKind,
    pub(super) namespace: &'a Option<Text>,
    pub(super) told: Part<'a>,
}

/// What is asked of each object.
#[derive(Clone, Copy)]
pub(super) enum Part<'a> {
    /// What the server tabulates.
    Cells,
    /// That, and the object itself.
    Whole,
    /// Its metadata, of those with such labels.
    Metadata(&'a str),
}

impl Of<'_> {
    fn right(&self, verb: Verb) -> Right {
        (verb, self.kind.resource().into())
    }

    /// The path with what a list or a watch asks.
    fn path(&self, query: &str) -> String {
        let path = self
            .kind
            .path(self.namespace.as_deref().unwrap_or_default());
        let own = match self.told {
            Part::Cells => "includeObject=Metadata".to_owned(),
            Part::Whole => "includeObject=Object".to_owned(),
            Part::Metadata(labels) => labelled(labels),
        };
        format!("{path}?{own}&{query}")
    }

    /// Of a list, and of what changes.
    fn accept(&self) -> (&'static str, &'static str) {
        match self.told {
            Part::Cells | Part::Whole => (ACCEPT, ACCEPT),
            Part::Metadata(_) => (ACCEPT_METADATA, ACCEPT_CHANGED_METADATA),
        }
    }

    /// Whether more is kept of an object than its row.
    fn keeps_objects(&self) -> bool {
        !matches!(self.told, Part::Cells)
    }
}

pub(super) async fn read(session: &Session, of: &Of<'_>, teller: &Teller) -> End {
    loop {
        let mut from = match list(session, of, teller).await {
            Ok(from) => from,
            Err(stop) => return needing(of.right(Verb::List), stop),
        };
        loop {
            match watch(session, of, &from, teller).await {
                // The server ends a watch as it does now and then: on from where it stood.
                Ok(at) if at != from => from = at,
                Ok(_) => return End::Over,
                // Who may list and no more, and kinds that cannot be watched.
                Err(Stop::Failed(Failure::Denied | Failure::Absent)) => {
                    tokio::time::sleep(POLL).await;
                    break;
                }
                Err(stop) => return needing(of.right(Verb::Watch), stop),
            }
        }
    }
}

/// Gives the version from which to watch.
async fn list(session: &Session, of: &Of<'_>, teller: &Teller) -> Result<String, Stop> {
    let limit = match of.told {
        Part::Whole => PAGE_OF_WHOLE,
        Part::Cells | Part::Metadata(_) => PAGE,
    };
    let (mut next, mut count) = (String::new(), 0);
    loop {
        let next_page: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
        let path = of.path(&format!("limit={limit}&continue={next_page}"));
        let answer = session
            .connection
            .get(&path, of.accept().0, None, PATIENCE)
            .await?;
        session.heard();
        let body = answer.body.unwrap_or_default();
        let page: Table = serde_json::from_slice(&body).map_err(undecodable)?;
        let mut told = Vec::new();
        if count == 0 {
            told.push(Told::Table(TableNews::Columns(columns(&page))));
        }
        let ListMeta {
            resource_version,
            next: following,
            remaining_item_count,
        } = page.metadata;
        let rows = page.rows.into_iter();
        let rows = rows.map(|it| row(it.object, &it.cells, of));
        let items = page.items.into_iter().map(|it| row(it, &[], of));
        let before = told.len();
        told.extend(rows.chain(items).map(|it| Told::Table(TableNews::Row(it))));
        count += told.len() - before;
        let over = following.is_empty() || count >= MOST;
        if over && !following.is_empty() {
            told.push(Told::Table(TableNews::More(
                remaining_item_count.unwrap_or(1),
            )));
        }
        if over {
            told.push(Told::Whole);
        }
        teller.tell(told).await?;
        if over {
            return Ok(resource_version);
        }
        next = following;
    }
}

/// Gives the version at which it ended.
async fn watch(
    session: &Session,
    of: &Of<'_>,
    from: &str,
    teller: &Teller,
) -> Result<String, Stop> {
    let path = of.path(&watch_query(from));
    let mut answer = session
        .connection
        .watch_as(&path, of.accept().1, SILENCE)
        .await?;
    let mut frames = Frames::new(Format::Json);
    let mut at = from.to_owned();
    while let Some(chunk) = chunk(session, &mut answer).await? {
        frames.push(&chunk);
        let mut news = Vec::new();
        while let Some(frame) = frames.next()? {
            if frame.happened == Happened::Error {
                return Err(ended_by(Format::Json, frame.object)?.into());
            }
            for object in objects(&frame.object)? {
                let version = object.0["metadata"]["resourceVersion"].as_str();
                at = version
                    .filter(|it| !it.is_empty())
                    .map_or(at, str::to_owned);
                if frame.happened == Happened::Bookmark {
                    continue;
                }
                let row = row(object.0, &object.1, of);
                news.push(Told::Table(if frame.happened == Happened::Deleted {
                    TableNews::Gone(row.uid)
                } else {
                    TableNews::Row(row)
                }));
            }
        }
        teller.tell(news).await?;
    }
    Ok(at)
}

/// Of one change: a table of one row, or the object; each with its cells.
fn objects(bytes: &[u8]) -> Result<Vec<(Value, Vec<Value>)>, GarbledFault> {
    let value: Value = serde_json::from_slice(bytes).map_err(undecodable)?;
    if value["kind"] != "Table" {
        return Ok(vec![(value, Vec::new())]);
    }
    let table: Table = serde_json::from_value(value).map_err(undecodable)?;
    let rows = table.rows.into_iter();
    Ok(rows.map(|it| (it.object, it.cells)).collect())
}

fn columns(table: &Table) -> Vec<TableColumn> {
    let of = |it: &Definition| TableColumn {
        name: clean(&it.name, NAME),
        wide: it.priority > 0,
    };
    table.column_definitions.iter().map(of).collect()
}

fn row(mut object: Value, cells: &[Value], of: &Of<'_>) -> TableRow {
    let meta = &object["metadata"];
    let word = |key: &str| meta[key].as_str().unwrap_or_default();
    let (namespace, name) = (word("namespace"), word("name"));
    // Metrics and other objects that are made up at each request have no uid.
    let uid = match word("uid") {
        "" => Uid::from_text(&format!("{namespace}/{name}")),
        uid => Uid::from_text(uid),
    };
    TableRow {
        uid,
        namespace: clean(namespace, NAME),
        name: clean(name, NAME),
        created: Moment::from_rfc3339(word("creationTimestamp")),
        deleting: meta["deletionTimestamp"].is_string(),
        cells: cells.iter().map(cell).collect(),
        object: of.keeps_objects().then(|| {
            if let Some(meta) = object["metadata"].as_object_mut() {
                meta.remove("managedFields");
                if matches!(of.told, Part::Metadata(_)) {
                    // What was applied by hand stands there once more, values and all.
                    meta.remove("annotations");
                }
            }
            inert(&mut object);
            Arc::new(object)
        }),
    }
}

fn cell(value: &Value) -> Text {
    match value {
        Value::Null => Text::default(),
        Value::String(text) => clean(text, MESSAGE),
        other => clean(&other.to_string(), MESSAGE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_is_null_is_an_empty_one() {
        let text = r#"{"kind":"Table","metadata":{"resourceVersion":"7"},"columnDefinitions":null,"rows":null,"items":null}"#;
        let table: Table = serde_json::from_str(text).unwrap();
        assert!(table.rows.is_empty() && table.column_definitions.is_empty());
        let row = r#"{"kind":"Table","rows":[{"cells":null,"object":{"metadata":{"name":"a"}}}]}"#;
        assert_eq!(objects(row.as_bytes()).unwrap().len(), 1);
    }

    #[test]
    fn an_object_that_comes_as_itself_is_a_row_without_cells() {
        let text = br#"{"kind":"PodMetrics","metadata":{"name":"a","namespace":"shop"}}"#;
        let of = Of {
            kind: &crate::model::Kind::Pod.into(),
            namespace: &None,
            told: Part::Cells,
        };
        let (object, cells) = objects(text).unwrap().remove(0);
        let row = row(object, &cells, &of);
        assert_eq!(
            (row.name.as_str(), row.cells.len(), row.object),
            ("a", 0, None)
        );
        assert_eq!(row.uid, Uid::from_text("shop/a"));
    }
}

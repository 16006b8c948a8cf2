//! The objects of any kind as the server tabulates them, and again whenever one changes.
//!
//! Format: kubernetes.io/docs/reference/using-api/api-concepts, *Receiving resources as Tables*.

use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use super::super::connection::Failure;
use super::super::convert::{MESSAGE, NAME, clean};
use super::super::feed::{Stop, ended_by};
use super::super::session::Session;
use super::super::wire::{Format, Frames, Happened, undecodable};
use super::{End, Right, SILENCE, Teller, chunk, collection, needing, watch_query};
use crate::model::{
    GarbledFault, Moment, ObjectKind, TableColumn, TableNews, TableRow, Text, Told, Uid, Verb,
};

/// A server that knows no tables, as some aggregated ones, answers with the objects.
const ACCEPT: &str = "application/json;as=Table;v=v1;g=meta.k8s.io, application/json";
/// Of one page.
const PATIENCE: Duration = Duration::from_secs(30);
/// As many as one answer brings: a page of custom resources stays under the longest answer.
const PAGE: usize = 500;
/// Rows that are read: nobody looks through more, and a kind may have a hundred thousand.
pub(super) const MOST: usize = 10_000;
/// Between two readings of what may be listed but not watched.
const POLL: Duration = Duration::from_secs(10);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Table {
    #[serde(default)]
    metadata: ListMeta,
    #[serde(default)]
    column_definitions: Vec<Definition>,
    #[serde(default)]
    rows: Vec<Row>,
    /// Where it is no table.
    #[serde(default)]
    items: Vec<Object>,
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
    #[serde(default)]
    cells: Vec<Value>,
    object: Object,
}

#[derive(Deserialize)]
struct Object {
    metadata: Meta,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Meta {
    #[serde(default)]
    name: String,
    #[serde(default)]
    namespace: String,
    #[serde(default)]
    uid: String,
    #[serde(default)]
    creation_timestamp: Option<String>,
    #[serde(default)]
    deletion_timestamp: Option<String>,
}

/// The kind of which, and where.
pub(super) struct Of<'a> {
    pub(super) kind: &'a ObjectKind,
    pub(super) namespace: Option<&'a str>,
}

impl Of<'_> {
    fn right(&self, verb: Verb) -> Right {
        (verb, self.kind.resource().into())
    }

    fn path(&self) -> String {
        collection(self.kind, self.namespace.unwrap_or_default())
    }
}

pub(super) async fn read(session: &Session, of: &Of<'_>, teller: &Teller) -> End {
    loop {
        let from = match list(session, of, teller).await {
            Ok(from) => from,
            Err(stop) => return needing(of.right(Verb::List), stop),
        };
        match watch(session, of, &from, teller).await {
            Ok(()) => return End::Over,
            // Who may list and no more, and kinds that cannot be watched.
            Err(Stop::Failed(Failure::Denied | Failure::Absent)) => tokio::time::sleep(POLL).await,
            Err(stop) => return needing(of.right(Verb::Watch), stop),
        }
    }
}

/// Gives the version from which to watch.
async fn list(session: &Session, of: &Of<'_>, teller: &Teller) -> Result<String, Stop> {
    let (mut next, mut count) = (String::new(), 0);
    loop {
        let next_page: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
        let path = format!("{}?limit={PAGE}&continue={next_page}", of.path());
        let answer = session
            .connection
            .get(&path, ACCEPT, None, PATIENCE)
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
        let rows = page.rows.into_iter().map(told_row);
        let items = page
            .items
            .into_iter()
            .map(|it| row(it.metadata, Vec::new()));
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

async fn watch(session: &Session, of: &Of<'_>, from: &str, teller: &Teller) -> Result<(), Stop> {
    let path = format!("{}?{}", of.path(), watch_query(from));
    let mut answer = session.connection.watch_as(&path, ACCEPT, SILENCE).await?;
    let mut frames = Frames::new(Format::Json);
    while let Some(chunk) = chunk(session, &mut answer).await? {
        frames.push(&chunk);
        let mut news = Vec::new();
        while let Some(frame) = frames.next()? {
            if frame.happened == Happened::Error {
                return Err(ended_by(Format::Json, frame.object)?.into());
            }
            let rows = match frame.happened {
                Happened::Error | Happened::Bookmark => Vec::new(),
                _ => rows(&frame.object)?,
            };
            let gone = frame.happened == Happened::Deleted;
            news.extend(rows.into_iter().map(|row| {
                Told::Table(if gone {
                    TableNews::Gone(row.uid)
                } else {
                    TableNews::Row(row)
                })
            }));
        }
        teller.tell(news).await?;
    }
    Ok(())
}

/// Of one change: a table of one row, or the object.
fn rows(bytes: &[u8]) -> Result<Vec<TableRow>, GarbledFault> {
    let value: Value = serde_json::from_slice(bytes).map_err(undecodable)?;
    if value["kind"] == "Table" {
        let table: Table = serde_json::from_value(value).map_err(undecodable)?;
        return Ok(table.rows.into_iter().map(told_row).collect());
    }
    let object: Object = serde_json::from_value(value).map_err(undecodable)?;
    Ok(vec![row(object.metadata, Vec::new())])
}

fn columns(table: &Table) -> Vec<TableColumn> {
    let of = |it: &Definition| TableColumn {
        name: clean(&it.name, NAME),
        wide: it.priority > 0,
    };
    table.column_definitions.iter().map(of).collect()
}

fn told_row(told: Row) -> TableRow {
    let cells = told.cells.iter().map(cell).collect();
    row(told.object.metadata, cells)
}

fn row(meta: Meta, cells: Vec<Text>) -> TableRow {
    let created = meta.creation_timestamp.as_deref();
    // Metrics and other objects that are made up at each request have no uid.
    let uid = if meta.uid.is_empty() {
        format!("{}/{}", meta.namespace, meta.name)
    } else {
        meta.uid
    };
    TableRow {
        uid: Uid::from_text(&uid),
        namespace: clean(&meta.namespace, NAME),
        name: clean(&meta.name, NAME),
        created: created.and_then(Moment::from_rfc3339),
        deleting: meta.deletion_timestamp.is_some(),
        cells,
    }
}

fn cell(value: &Value) -> Text {
    match value {
        Value::Null => Text::default(),
        Value::String(text) => clean(text, MESSAGE),
        other => clean(&other.to_string(), MESSAGE),
    }
}

//! Objects of any kind as the server tabulates them: the columns of `kubectl get`, those that a custom resource defines
//! among them.

use std::sync::Arc;

use serde_json::Value;

use super::{Moment, Text, Uid};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableColumn {
    pub name: Text,
    /// Only for who asks for more, as kubectl's `-o wide`.
    pub wide: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRow {
    pub uid: Uid,
    /// Empty for kinds without namespaces.
    pub namespace: Text,
    pub name: Text,
    pub created: Option<Moment>,
    pub deleting: bool,
    /// One a column.
    pub cells: Vec<Text>,
    /// The object itself, where it was asked for.
    pub object: Option<Arc<Value>>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum TableNews {
    /// A complete list begins: a row that it does not tell by its end is gone.
    Columns(Vec<TableColumn>),
    Row(TableRow),
    Gone(Uid),
    /// There are so many more that are not read.
    More(u64),
}

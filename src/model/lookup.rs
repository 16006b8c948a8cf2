//! What an open view asks of a cluster beyond what is watched: read while the view is open, and no longer.

use std::sync::Arc;

use serde_json::Value;

use super::resource::segment;
use super::{
    ClusterId, Event, Kind, LogNews, LogOf, Moment, ObjectId, ObjectKind, Problem, TableNews, Text,
    Uid, Verb,
};

/// Numbers a lookup: what still comes for one that was closed is told by it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LookupId(pub u64);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Lookup {
    pub cluster: ClusterId,
    pub wanted: Wanted,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Wanted {
    /// Events of any type: those that the server still keeps, then those that come.
    Events(About),
    /// The object whole, and again whenever it changes.
    Object(ObjectRef),
    /// The objects of a kind as the server tabulates them, then what becomes of them; of one namespace, or all.
    Table {
        kind: ObjectKind,
        namespace: Option<Text>,
    },
    /// The same, each object whole: for kinds whose objects are small.
    Objects {
        kind: ObjectKind,
        namespace: Option<Text>,
    },
    /// The metadata of the objects with such labels, and what becomes of them; nothing else of them leaves the server.
    Labelled {
        kind: ObjectKind,
        namespace: Option<Text>,
        /// A label selector.
        labels: Text,
    },
    /// What a container said last, then what it says.
    Log(LogOf),
}

/// An object as a request names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ObjectRef {
    pub cluster: ClusterId,
    pub kind: ObjectKind,
    /// Empty for kinds without namespaces.
    pub namespace: Text,
    pub name: Text,
    /// Another object of the same name is another object; None when only the name is known.
    pub uid: Option<Uid>,
}

impl ObjectRef {
    /// As the store knows it; None for what is not watched, and for what is known by its name only.
    pub fn id(&self) -> Option<ObjectId> {
        Some(ObjectId {
            cluster: self.cluster,
            kind: self.kind.known()?,
            uid: self.uid?,
        })
    }

    /// Its request path.
    pub fn path(&self) -> String {
        let objects = self.kind.path(&self.namespace);
        format!("{objects}/{}", segment(&self.name))
    }
}

/// What events are about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum About {
    /// Everything in a namespace: those of a workload speak of it, of its revisions and of pods that come and go.
    Namespace(Text),
    /// One object of no namespace; its events may be kept in any.
    Unplaced { kind: Text, name: Text },
}

impl About {
    /// The events among which those of an object are.
    pub fn of(object: &ObjectRef) -> Self {
        match object.namespace.as_str() {
            // Everything in the namespace is the namespace's.
            "" if object.kind == Kind::Namespace => About::Namespace(object.name.clone()),
            "" => About::Unplaced {
                kind: object.kind.name().into(),
                name: object.name.clone(),
            },
            namespace => About::Namespace(namespace.into()),
        }
    }
}

/// A part of the answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    Event(Event),
    Object(Arc<Document>),
    Log(LogNews),
    Table(TableNews),
    /// It was deleted, or another one has its name.
    Gone,
    /// All that there was has been told; what follows is news.
    Whole,
    /// It cannot be read now; it is tried again.
    Lack(Lack),
}

/// An object as it is now, without `managedFields`.
#[derive(Debug, Default, PartialEq)]
pub struct Document {
    pub value: Value,
    /// The same as lines of YAML.
    pub yaml: Vec<String>,
    /// Who wrote fields of its pod template, the latest first.
    pub writers: Vec<Writer>,
}

/// A field manager, as `managedFields` names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Writer {
    pub name: Text,
    /// When it last changed any of its fields; the server does not say it of the subresource `scale`.
    pub at: Option<Moment>,
}

/// Why a lookup brings nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lack {
    /// The missing right: `list events`.
    Denied {
        verb: Verb,
        resource: Text,
    },
    /// The server does not have it (any more).
    Absent,
    /// The container has not begun to run, for that reason.
    NotStarted(Text),
    /// The container ran only once.
    NoPrevious,
    /// The server cannot reach the kubelet that keeps the log, in its words.
    KubeletUnreachable(Text),
    Failed(Problem),
}

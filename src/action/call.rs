//! One request to an API server or to the console, and what came back, as data.

use std::sync::Arc;

use serde_json::{Value, json};

use super::console::Seen;
use super::record::AnswerVerdict;
use crate::model::{ClusterId, ObjectKind, ObjectRef, Problem, Text};

/// The name under which the cluster keeps what vigie writes.
pub const FIELD_MANAGER: &str = "vigie";

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    Get,
    Post,
    /// With a JSON patch.
    Patch,
    /// To the console alone.
    Put,
    Delete,
}

/// Who is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// The API server of the cluster.
    Cluster,
    /// The platform's console, for the sake of an object of that cluster.
    Console,
}

impl Method {
    pub const fn word(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Patch => "PATCH",
            Method::Put => "PUT",
            Method::Delete => "DELETE",
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    pub cluster: ClusterId,
    pub method: Method,
    pub path: String,
    /// Parameters after the path, each `key=value`.
    pub query: Vec<&'static str>,
    pub body: Option<Value>,
    /// Only the metadata comes back: what is in the object stays there.
    pub metadata_only: bool,
    pub door: Door,
    /// Of a write to what keeps no versions: what must still be so right before it.
    pub seen: Option<Box<Seen>>,
}

impl Call {
    pub fn get(object: &ObjectRef) -> Self {
        Self::to(object.cluster, Method::Get, object.path(), None)
    }

    /// Whether the object is there, without what is in it.
    pub fn metadata(object: &ObjectRef) -> Self {
        Self {
            metadata_only: true,
            ..Self::get(object)
        }
    }

    pub fn list(cluster: ClusterId, kind: &ObjectKind, namespace: &str) -> Self {
        Self::to(cluster, Method::Get, kind.path(namespace), None)
    }

    pub(super) fn to(
        cluster: ClusterId,
        method: Method,
        path: String,
        body: Option<Value>,
    ) -> Self {
        Self {
            cluster,
            method,
            path,
            query: Vec::new(),
            body,
            metadata_only: false,
            door: Door::Cluster,
            seen: None,
        }
    }

    pub(super) fn write(cluster: ClusterId, method: Method, path: String, body: Value) -> Self {
        let mut call = Self::to(cluster, method, path, Some(body));
        // A deletion has no manager.
        if method != Method::Delete {
            call.query.push("fieldManager=vigie");
        }
        call
    }

    /// The same, of which nothing is kept.
    ///
    /// A deletion says so in its body: where there is one, the server heeds no parameter (seen on 1.37, where such a "dry run"
    /// deleted the pod).
    #[must_use]
    pub fn dry(&self) -> Self {
        let mut call = self.clone();
        match &mut call.body {
            Some(body) if self.method == Method::Delete => body["dryRun"] = json!(["All"]),
            _ => call.query.push(DRY),
        }
        call
    }

    fn is_dry(&self) -> bool {
        match &self.body {
            Some(body) if self.method == Method::Delete => body["dryRun"] == json!(["All"]),
            _ => self.query.contains(&DRY),
        }
    }

    /// Whether it changes anything: all but reading, dry runs and questions about rights.
    pub fn writes(&self) -> bool {
        let asks = ASKING.contains(&self.path.as_str()) && self.method == Method::Post;
        self.method != Method::Get && !asks && !self.is_dry()
    }

    /// Path and query.
    pub fn target(&self) -> String {
        if self.query.is_empty() {
            return self.path.clone();
        }
        format!("{}?{}", self.path, self.query.join("&"))
    }
}

const DRY: &str = "dryRun=All";
/// May the person do this?
pub(super) const ACCESS_REVIEWS: &str = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
/// What may the person do there?
pub(super) const RULES_REVIEWS: &str = "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews";
/// Who is the person?
pub(super) const SELF_REVIEWS: &str = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
/// Questions that are asked by creating them; nothing is kept.
const ASKING: [&str; 3] = [ACCESS_REVIEWS, RULES_REVIEWS, SELF_REVIEWS];

/// What came of a call.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    Accepted(Arc<Accepted>),
    Refused(Refused),
    /// It never left: nothing is changed.
    NotSent(Unsent),
    /// It may be done: no answer came, or one that does not say.
    Unknown(Problem),
}

#[derive(Debug, PartialEq)]
pub struct Accepted {
    /// As the server wrote it: what a patch repeats must be the same to the byte.
    pub exact: Value,
    /// The same, harmless on a terminal.
    pub shown: Value,
    /// Of the `Warning` headers, cleaned.
    pub warnings: Vec<Text>,
}

/// The server's own no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The HTTP status.
    pub code: u16,
    /// `Forbidden`, `Invalid`…
    pub reason: Text,
    pub message: Text,
    pub warnings: Vec<Text>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsent {
    /// The context is read-only.
    ReadOnly,
    /// The cluster does not answer.
    NoLink,
    /// None is configured, or no token for it.
    NoConsole,
    Problem(Problem),
}

impl Reply {
    pub fn accepted(&self) -> Option<&Accepted> {
        match self {
            Reply::Accepted(accepted) => Some(accepted),
            _ => None,
        }
    }

    /// As the journal has it. What never left was refused here.
    pub fn verdict(&self) -> AnswerVerdict {
        match self {
            Reply::Accepted(_) => AnswerVerdict::Accepted,
            Reply::Refused(_) | Reply::NotSent(_) => AnswerVerdict::Refused,
            Reply::Unknown(_) => AnswerVerdict::Unknown,
        }
    }

    /// Of the `Warning` headers of what was accepted.
    pub fn warnings(&self) -> &[Text] {
        self.accepted().map_or(&[], |it| &it.warnings)
    }

    pub fn refused(&self) -> Option<&Refused> {
        match self {
            Reply::Refused(refused) => Some(refused),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(method: Method, path: &str) -> Call {
        Call::write(ClusterId(0), method, path.to_owned(), json!({}))
    }

    #[test]
    fn what_is_kept_by_the_server_is_a_write() {
        assert!(call(Method::Patch, "/api/v1/pods").writes());
        assert!(call(Method::Delete, "/api/v1/pods").writes());
        assert!(call(Method::Post, "/api/v1/pods").writes());
        // Whoever names a question as anything but a question writes.
        assert!(call(Method::Patch, ACCESS_REVIEWS).writes());
        assert!(
            call(
                Method::Post,
                "/apis/authorization.k8s.io/v1/subjectaccessreviews"
            )
            .writes()
        );
        assert!(!call(Method::Post, ACCESS_REVIEWS).writes());
        let delete = call(Method::Delete, "/api/v1/pods");
        assert!(!delete.dry().writes());
        assert_eq!(delete.dry().body, Some(json!({"dryRun": ["All"]})));
        // A parameter beside a body is not heeded.
        let parameter = Call {
            query: vec![DRY],
            ..delete
        };
        assert!(parameter.writes());
        assert_eq!(
            call(Method::Patch, "/x").dry().target(),
            "/x?fieldManager=vigie&dryRun=All"
        );
    }
}

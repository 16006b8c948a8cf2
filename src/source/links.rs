//! The links of the fleet, for who sends single requests of their own: one request, one answer, and never a second try.

use std::collections::HashMap;
use std::future::Future;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, WARNING};
use http::{HeaderMap, HeaderValue, Method, Request};
use serde_json::Value;
use tokio::runtime;
use tokio::sync::watch;

use super::connection::Connection;
use super::session::Session;
use crate::model::{ClusterId, Problem, Text};
use crate::source::text::{MESSAGE, clean, inert};

pub(super) type Sessions = watch::Receiver<Option<Arc<Session>>>;

/// Clones lead to the same links.
#[derive(Clone)]
pub struct Links {
    pub(super) sessions: Arc<HashMap<ClusterId, Sessions>>,
    pub(super) runtime: runtime::Handle,
}

/// One request.
#[derive(Clone, Debug)]
pub struct Outgoing {
    pub method: Method,
    /// Path and query.
    pub target: String,
    pub accept: &'static str,
    pub content: &'static str,
    /// Of the API server's audit log.
    pub audit_id: Option<String>,
    pub body: Vec<u8>,
}

/// What the server said, whatever it is.
#[derive(Clone, Debug)]
pub struct Incoming {
    pub code: u16,
    /// Of the `Warning` headers, cleaned.
    pub warnings: Vec<Text>,
    pub body: Bytes,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lost {
    /// It never left.
    NoLink,
    Unsent(Problem),
    /// It may have arrived.
    Unknown(Problem),
}

impl Links {
    /// Runs beside the reading, until the reading ends.
    pub fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) {
        self.runtime.spawn(work);
    }

    /// Waits for no link: one that is bad now may be good by the time, when nobody wants it any more.
    pub async fn send(
        &self,
        cluster: ClusterId,
        request: Outgoing,
        bound: Duration,
    ) -> Result<Incoming, Lost> {
        let session = self.sessions.get(&cluster).map(|it| it.borrow().clone());
        let session = session.flatten().ok_or(Lost::NoLink)?;
        let answer = session.connection.exchange(request, bound).await?;
        session.heard();
        Ok(answer)
    }
}

impl Connection {
    async fn exchange(&self, outgoing: Outgoing, bound: Duration) -> Result<Incoming, Lost> {
        let mut request = Request::builder()
            .method(outgoing.method)
            .uri(outgoing.target)
            .header(ACCEPT, outgoing.accept);
        if !outgoing.body.is_empty() {
            request = request.header(CONTENT_TYPE, outgoing.content);
        }
        if let Some(id) = &outgoing.audit_id {
            request = request.header("Audit-ID", id);
        }
        let request = request.body(outgoing.body.into()).map_err(|error| {
            Lost::Unsent(Problem::Unsendable {
                detail: clean(&error.to_string(), MESSAGE),
            })
        })?;
        let bound = bound.min(self.patience());
        let exchange = async {
            let response = self.client().send(request).await.map_err(|it| lost(&it))?;
            let code = response.status().as_u16();
            let warnings = warnings(response.headers());
            let body = super::connection::read_whole(response.into_body(), bound).await;
            Ok(Incoming {
                code,
                warnings,
                body: body.map_err(Lost::Unknown)?,
            })
        };
        tokio::time::timeout(bound, exchange)
            .await
            .unwrap_or_else(|_| Err(Lost::Unknown(super::connection::timed_out(bound))))
    }
}

/// A connection that was refused carried nothing.
fn lost(error: &kube::Error) -> Lost {
    let problem = super::connection::unreachable(error);
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(it) = cause {
        let kind = it.downcast_ref::<io::Error>().map(io::Error::kind);
        if matches!(
            kind,
            Some(
                io::ErrorKind::ConnectionRefused
                    | io::ErrorKind::HostUnreachable
                    | io::ErrorKind::NetworkUnreachable
            )
        ) {
            return Lost::Unsent(problem);
        }
        cause = it.source();
    }
    Lost::Unknown(problem)
}

/// The server's words as a sentence may show them.
pub fn sentence(words: &str) -> Text {
    clean(words, MESSAGE)
}

/// Every text of the document without what a terminal would obey.
pub fn harmless(value: &mut Value) {
    inert(value);
}

/// `299 - "text"`, as the API server writes them.
fn warnings(headers: &HeaderMap) -> Vec<Text> {
    let text = |value: &HeaderValue| {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        let quoted = value.split_once('"')?.1.rsplit_once('"')?.0;
        Some(clean(
            &quoted.replace("\\\"", "\"").replace("\\\\", "\\"),
            MESSAGE,
        ))
    };
    headers.get_all(WARNING).iter().filter_map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warnings_are_read_as_the_server_quotes_them() {
        let mut headers = HeaderMap::new();
        for value in [r#"299 - "unknown field \"spec.x\"""#, "garbage"] {
            headers.append(WARNING, HeaderValue::from_static(value));
        }
        assert_eq!(warnings(&headers), [r#"unknown field "spec.x""#]);
    }
}

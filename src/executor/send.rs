//! A call as an HTTP request, and the server's answer as a reply.

use std::sync::Arc;

use http::Method as HttpMethod;
use serde_json::Value;

use crate::action::{Accepted, Call, Method, Refused, Reply, Unsent};
use crate::model::{GarbledFault, Problem};
use crate::source::{Incoming, Lost, Outgoing, harmless, sentence};

const JSON: &str = "application/json";
const PATCH: &str = "application/json-patch+json";
const METADATA: &str =
    "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";

pub(super) fn request(call: &Call, audit_id: Option<&str>) -> Outgoing {
    let (method, content) = match call.method {
        Method::Get => (HttpMethod::GET, JSON),
        Method::Post => (HttpMethod::POST, JSON),
        Method::Patch => (HttpMethod::PATCH, PATCH),
        Method::Put => (HttpMethod::PUT, JSON),
        Method::Delete => (HttpMethod::DELETE, JSON),
    };
    let body = call.body.as_ref().map(Value::to_string).unwrap_or_default();
    Outgoing {
        method,
        target: call.target(),
        accept: if call.metadata_only { METADATA } else { JSON },
        content,
        audit_id: audit_id.map(str::to_owned),
        body: body.into_bytes(),
    }
}

/// What the answer means for who asked. A 5xx does not say whether the write was kept: etcd may have taken it.
pub fn reply(sent: Result<Incoming, Lost>) -> Reply {
    let incoming = match sent {
        Ok(incoming) => incoming,
        Err(Lost::NoLink) => return Reply::NotSent(Unsent::NoLink),
        Err(Lost::Unsent(problem)) => return Reply::NotSent(Unsent::Problem(problem)),
        Err(Lost::Unknown(problem)) => return Reply::Unknown(problem),
    };
    let body = serde_json::from_slice::<Value>(&incoming.body);
    if (200..300).contains(&incoming.code) {
        let Ok(exact) = body else {
            return Reply::Unknown(Problem::Garbled(GarbledFault::Malformed));
        };
        let mut shown = exact.clone();
        harmless(&mut shown);
        return Reply::Accepted(Arc::new(Accepted {
            exact,
            shown,
            warnings: incoming.warnings,
        }));
    }
    let status = body.unwrap_or_default();
    let text = |field: &str| sentence(status[field].as_str().unwrap_or_default());
    if incoming.code >= 500 || incoming.code == 408 {
        return Reply::Unknown(Problem::Server {
            code: incoming.code,
            detail: text("message"),
        });
    }
    Reply::Refused(Refused {
        code: incoming.code,
        reason: text("reason"),
        message: text("message"),
        warnings: incoming.warnings,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn incoming(code: u16, body: &'static str) -> Reply {
        reply(Ok(Incoming {
            code,
            warnings: Vec::new(),
            body: body.into(),
        }))
    }

    #[test]
    fn only_a_clear_no_is_a_refusal() {
        assert!(matches!(incoming(422, "{}"), Reply::Refused(_)));
        assert!(matches!(incoming(429, "busy"), Reply::Refused(_)));
        assert!(matches!(incoming(500, "{}"), Reply::Unknown(_)));
        assert!(matches!(incoming(504, ""), Reply::Unknown(_)));
        // A proxy's page is no word of the server's.
        assert!(matches!(incoming(200, "<html>"), Reply::Unknown(_)));
    }

    #[test]
    fn what_is_shown_is_harmless_and_what_is_sent_back_is_exact() {
        let reply = incoming(200, r#"{"a": "\u001b[31mred"}"#);
        let accepted = reply.accepted().unwrap();
        assert_eq!(accepted.exact["a"], "\u{1b}[31mred");
        assert_eq!(accepted.shown["a"], "red");
    }
}

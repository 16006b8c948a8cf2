//! The API server's own record of who wrote what: the truth about what a program sent.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use serde_json::{Value, json};

use super::{Persona, Result};

pub(super) const LOG: &str = "audit.log";

/// Every write of the operator persona; what controllers write all day would bury it.
pub(super) fn policy() -> String {
    json!({
        "apiVersion": "audit.k8s.io/v1",
        "kind": "Policy",
        "omitStages": ["RequestReceived"],
        "rules": [
            // Whether a deletion is a dry run stands in its body.
            {
                "level": "Request",
                "users": [Persona::Operator.name()],
                "verbs": ["delete", "deletecollection"],
            },
            {
                "level": "Metadata",
                "users": [Persona::Operator.name()],
                "verbs": ["create", "update", "patch"],
            },
            {"level": "None"},
        ],
    })
    .to_string()
}

/// One request that was kept, or refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Write {
    pub(crate) id: String,
    /// `patch`, `create`…
    pub(crate) verb: String,
    pub(crate) uri: String,
    /// The HTTP status; 0 where none was sent.
    pub(crate) code: u64,
}

pub(super) fn writes(root: &Path, namespace: &str) -> Result<Vec<Write>> {
    let text = match fs::read_to_string(root.join(LOG)) {
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        text => text?,
    };
    // The last line may still be on its way.
    let events = text
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let kept = events.filter(|event| {
        let dry = if word(&event["verb"]).starts_with("delete") {
            event["requestObject"]["dryRun"] == json!(["All"])
        } else {
            word(&event["requestURI"]).contains("dryRun=All")
        };
        event["objectRef"]["namespace"] == namespace && !dry
    });
    Ok(kept
        .map(|event| Write {
            id: word(&event["auditID"]),
            verb: word(&event["verb"]),
            uri: word(&event["requestURI"]),
            code: event["responseStatus"]["code"].as_u64().unwrap_or(0),
        })
        .collect())
}

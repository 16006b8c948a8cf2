//! What an entry of the history of an Application deployed, field by field: revision, place in git, parameters.

use serde_json::Value;

use super::fields::{Fields, entries, named, scalar};
use super::{Said, Topic, Within};
use crate::model::without_password;

impl Fields {
    pub(super) fn of_entry(entry: &Value) -> Self {
        let mut fields = Self::default();
        let several = entry["sources"].as_array().filter(|it| !it.is_empty());
        let Some(several) = several else {
            fields.source(&Within::Source(0), &entry["source"], &entry["revision"]);
            return fields;
        };
        for (at, source) in several.iter().enumerate() {
            let revision = &entry["revisions"][at];
            fields.source(&Within::Source(at + 1), source, revision);
        }
        fields
    }

    fn source(&mut self, within: &Within, source: &Value, revision: &Value) {
        if revision.is_string() {
            self.put(within, Topic::Itself, "revision", scalar(revision));
        }
        for (key, value) in entries(source) {
            match (key.as_str(), value) {
                ("repoURL", Value::String(url)) => {
                    let url = Said::Text(without_password(url));
                    self.put(within, Topic::Itself, key, url);
                }
                ("helm", Value::Object(helm)) => {
                    for (key, value) in helm {
                        self.helm(within, key, value);
                    }
                }
                _ => self.flatten(within, Topic::Itself, key, value),
            }
        }
    }

    fn helm(&mut self, within: &Within, key: &str, value: &Value) {
        let parameters = (key == "parameters").then(|| named(value, "name"));
        match parameters.flatten() {
            Some(parameters) => {
                for (name, fields) in parameters {
                    let value = scalar(fields.get("value").unwrap_or(&Value::Null));
                    self.put(within, Topic::Parameters, &name, value);
                }
            }
            None => self.flatten(within, Topic::Itself, &format!("helm.{key}"), value),
        }
    }
}

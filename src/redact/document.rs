//! Secrets of a Kubernetes object, by where they stand in it.

use std::cell::RefCell;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};

use super::name::is_secret;
use super::{Redactor, words};

/// Annotations that hold a copy of an object, whose secrets stand where nothing says so.
fn is_copy(key: &str) -> bool {
    ["last-applied", "/applied", "/original", "last-config"]
        .iter()
        .any(|it| key.contains(it))
}

pub(super) fn masked(by: &Redactor, object: &Value) -> Value {
    let walk = Walk {
        by,
        foreign: false,
        learns: false,
    };
    walk.root(object)
}

/// The secrets that the object says where nothing else can be meant: each as it may be quoted elsewhere.
pub(super) fn secrets(object: &Value) -> Vec<String> {
    let ear = Redactor::default().telling_apart();
    let walk = Walk {
        by: &ear,
        foreign: false,
        learns: true,
    };
    walk.root(object);
    let heard = ear.apart.map(RefCell::into_inner).unwrap_or_default();
    let plain = |it: &String| String::from_utf8(STANDARD.decode(it).ok()?).ok();
    let of_secret = object["kind"] == "Secret";
    let decoded: Vec<_> = heard
        .iter()
        .filter(|_| of_secret)
        .filter_map(plain)
        .collect();
    let encoded: Vec<_> = heard.iter().map(|it| STANDARD.encode(it)).collect();
    [heard, decoded, encoded].concat()
}

struct Walk<'a> {
    by: &'a Redactor,
    /// In a document that is no Kubernetes object: all under a secret's name is secret.
    foreign: bool,
    /// Only what is surely a secret is wanted: no sentence is searched for one.
    learns: bool,
}

impl Walk<'_> {
    fn root(&self, object: &Value) -> Value {
        let mut masked = self.value("", object);
        let kind = object["kind"].as_str().unwrap_or_default();
        let parts: &[&str] = match kind {
            "Secret" => &["data", "stringData"],
            "ConfigMap" => &["binaryData"],
            _ => &[],
        };
        for part in parts {
            for (key, value) in object[*part].as_object().into_iter().flatten() {
                masked[*part][key] = self.hidden(value);
            }
        }
        masked
    }

    fn value(&self, key: &str, value: &Value) -> Value {
        let secret = is_secret(key);
        match value {
            Value::String(text) if secret => self.put(text),
            Value::String(text) => self.text(text).into(),
            Value::Number(number) if secret => self.put(&number.to_string()),
            Value::Array(_) | Value::Object(_) if secret && self.foreign => self.hidden(value),
            Value::Array(items) => self.array(key, items),
            Value::Object(map) => self.object(key, map),
            Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
        }
    }

    fn put(&self, secret: &str) -> Value {
        if secret.is_empty() {
            return secret.into();
        }
        self.by.mask(secret).into()
    }

    /// Nothing of it stays but the names.
    fn hidden(&self, value: &Value) -> Value {
        match value {
            Value::Array(items) => items.iter().map(|it| self.hidden(it)).collect(),
            Value::Object(map) => Value::Object(
                map.iter()
                    .map(|(key, value)| (key.clone(), self.hidden(value)))
                    .collect(),
            ),
            Value::String(text) => self.put(text),
            Value::Null | Value::Bool(_) => value.clone(),
            Value::Number(number) => self.put(&number.to_string()),
        }
    }

    /// A text may hold a document of its own.
    fn text(&self, text: &str) -> String {
        let begins = text.trim_start().starts_with(['{', '[']);
        let inner = begins.then(|| serde_json::from_str::<Value>(text).ok());
        let Some(inner) = inner.flatten().filter(|it| it.is_object() || it.is_array()) else {
            return self.plain(text);
        };
        let foreign = Walk {
            foreign: true,
            ..*self
        };
        let masked = foreign.value("", &inner);
        if masked == inner {
            // Of a key that stands twice only the last value was seen.
            return self.plain(text);
        }
        masked.to_string()
    }

    fn plain(&self, text: &str) -> String {
        if self.learns {
            text.to_owned()
        } else {
            self.by.masked(text)
        }
    }

    fn array(&self, key: &str, items: &[Value]) -> Value {
        let all: Option<Vec<&str>> = items.iter().map(Value::as_str).collect();
        match all {
            Some(all) if is_secret(key) => all.into_iter().map(|it| self.put(it)).collect(),
            Some(all) => words::of_command(self.by, &all).into_iter().collect(),
            None if key == "env" => items.iter().map(|it| self.variable(it)).collect(),
            None => items.iter().map(|it| self.value("", it)).collect(),
        }
    }

    /// Its value is masked whatever its name is; what is no secret by its name is not one elsewhere, but for what it holds.
    fn variable(&self, variable: &Value) -> Value {
        let mut masked = self.value("", variable);
        let Some(value) = variable.get("value") else {
            return masked;
        };
        let name = variable["name"].as_str().unwrap_or_default();
        let text = value.as_str().unwrap_or_default();
        masked["value"] = if self.learns && !is_secret(name) && !is_drawn(text) {
            self.by.masked(text).into()
        } else {
            self.hidden(value)
        };
        masked
    }

    fn object(&self, key: &str, map: &Map<String, Value>) -> Value {
        let entry = |(name, value): (&String, &Value)| {
            let masked = match value {
                Value::String(text) if key == "annotations" && is_copy(name) => self.put(text),
                // Where a text is under its own name, its form decides; `secret: {secretName: …}` names an object.
                _ => self.value(name, value),
            };
            (name.clone(), masked)
        };
        let mut masked: Map<String, Value> = map.iter().map(entry).collect();
        let named = ["name", "key"]
            .into_iter()
            .find_map(|it| map.get(it)?.as_str());
        if let Some(value) = map.get("value")
            && named.is_some_and(is_secret)
        {
            masked.insert("value".to_owned(), self.hidden(value));
        }
        self.command(map, &mut masked);
        Value::Object(masked)
    }

    /// Arguments are read after their program: what `-p` means depends on it.
    fn command(&self, map: &Map<String, Value>, masked: &mut Map<String, Value>) {
        let part = |key: &str| -> Vec<&str> {
            let items = map.get(key).and_then(Value::as_array);
            items
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .collect()
        };
        let (command, args) = (part("command"), part("args"));
        if command.is_empty() || args.is_empty() {
            return;
        }
        let all: Vec<_> = command.iter().chain(&args).copied().collect();
        let mut words = words::of_command(self.by, &all);
        let args: Vec<_> = words.split_off(command.len());
        masked.insert("command".to_owned(), words.into_iter().collect());
        masked.insert("args".to_owned(), args.into_iter().collect());
    }
}

/// Letters and figures as nobody would choose them.
fn is_drawn(text: &str) -> bool {
    let has = |kind: fn(&char) -> bool| text.chars().any(|it| kind(&it));
    text.len() >= 12
        && has(char::is_ascii_digit)
        && has(char::is_ascii_uppercase)
        && has(char::is_ascii_lowercase)
        && !text.contains([' ', '/', ':', '.'])
}

//! The rules of `src/lib.rs` that the compiler does not know, kept by reading the sources.

#![expect(
    clippy::unwrap_used,
    reason = "sources that cannot be read fail the test"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const PURE: [&str; 10] = [
    "model",
    "store",
    "dossier",
    "tenancy",
    "insight",
    "redact",
    "action",
    "viewmodel",
    "wording",
    "command",
];
const IMPURE: [&str; 12] = [
    "tokio::",
    "std::fs",
    "std::net",
    "std::process",
    "reqwest::",
    "kube::",
    "ratatui::",
    "crossterm::",
    "Utc::now",
    "Local::now",
    "SystemTime::",
    "Instant::",
];
/// A dependency, and the modules that may name it.
const ONLY_IN: [(&str, &[&str]); 5] = [
    ("kube::", &["source", "executor"]),
    ("k8s_openapi::", &["source", "executor"]),
    ("prost::", &["source", "executor"]),
    ("reqwest::", &["executor"]),
    ("ratatui::", &["view", "terminal", "theme", "app"]),
];
const BANNED: [&str; 5] = ["TODO", "FIXME", "todo!", "#[allow(", "#![allow("];
const LONGEST: usize = 600;

struct Source {
    path: String,
    /// The top-level module it belongs to.
    module: String,
    text: String,
}

impl Source {
    fn is_test(&self) -> bool {
        self.path.ends_with("tests.rs") || self.path.contains("/tests/")
    }

    /// Without comments and without the tests at its end.
    fn code(&self) -> String {
        let before_tests = self.text.split("#[cfg(test)]\nmod tests {").next();
        let is_code = |line: &&str| !line.trim_start().starts_with("//");
        let lines = before_tests.unwrap_or_default().lines().filter(is_code);
        lines.collect::<Vec<_>>().join("\n")
    }
}

fn sources(folder: &Path, root: &Path, found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, root, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(root).unwrap().display().to_string();
            let module = name.split(['/', '.']).next().unwrap_or_default();
            found.push(Source {
                module: module.to_owned(),
                text: fs::read_to_string(&path).unwrap(),
                path: name,
            });
        }
    }
}

fn names(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        before.is_none_or(|letter| !letter.is_alphanumeric() && letter != '_')
    })
}

/// The top-level modules that the code names, singly or in a group.
fn uses(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, path) in code.match_indices("crate::") {
        let rest = &code[at + path.len()..];
        let mut depth = 0;
        let end = rest.find(|letter| {
            depth += i32::from(letter == '{') - i32::from(letter == '}');
            depth == 0 && letter != '}'
        });
        let group = &rest[..end.unwrap_or(rest.len())];
        let mut depth = 0;
        let at_comma = |letter| {
            depth += i32::from(letter == '{') - i32::from(letter == '}');
            depth == 1 && letter == ','
        };
        let several = group.split(at_comma);
        let paths = several.chain(group.is_empty().then_some(rest));
        found.extend(paths.map(|path| {
            let path =
                path.trim_start_matches(|letter: char| letter == '{' || letter.is_whitespace());
            let end = path.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
            path[..end.unwrap_or(path.len())].to_owned()
        }));
    }
    found.remove("");
    found
}

#[test]
fn a_group_names_each_of_its_modules() {
    let code =
        "use crate::{\n    model::{Kind, Text},\n    store,\n}; crate::view::draw(crate::app)";
    let named = uses(code);
    assert_eq!(Vec::from_iter(&named), ["app", "model", "store", "view"]);
}

/// A way from the module back to itself.
fn cycle<'a>(
    module: &'a str,
    graph: &'a BTreeMap<String, BTreeSet<String>>,
    way: &mut Vec<&'a str>,
) -> Option<String> {
    if way.first() == Some(&module) {
        return Some(format!("{} → {module}", way.join(" → ")));
    }
    if way.contains(&module) {
        return None;
    }
    way.push(module);
    let found = graph
        .get(module)
        .into_iter()
        .flatten()
        .find_map(|next| cycle(next, graph, way));
    way.pop();
    found
}

#[test]
fn the_sources_keep_to_the_architecture() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    sources(&root, &root, &mut all);
    let page = fs::read_to_string(root.join("lib.rs")).unwrap();
    let mut graph: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut breaches = BTreeSet::new();
    for source in &all {
        let (path, module) = (&source.path, source.module.as_str());
        let mut breach = |what: String| breaches.insert(format!("src/{path}: {what}"));
        if source.text.lines().count() > LONGEST {
            breach(format!("more than {LONGEST} lines"));
        }
        for word in BANNED.iter().filter(|word| source.text.contains(**word)) {
            breach(format!("{word} stands there"));
        }
        if source.is_test() {
            continue;
        }
        let code = source.code();
        for word in IMPURE.iter().filter(|word| names(&code, word)) {
            if PURE.contains(&module) {
                breach(format!("{word} in a pure module"));
            }
        }
        for (word, homes) in ONLY_IN {
            if names(&code, word) && !homes.contains(&module) {
                breach(format!("{word} stands only in {}", homes.join(", ")));
            }
        }
        let mut others = uses(&code);
        others.remove(module);
        graph.entry(module.to_owned()).or_default().extend(others);
    }
    for module in graph.keys() {
        if module != "lib" && !page.contains(&format!("\n//! | `{module}` |")) {
            breaches.insert(format!("src/lib.rs: no row for {module}"));
        }
        breaches.extend(cycle(module, &graph, &mut Vec::new()));
    }
    let breaches: Vec<_> = breaches.into_iter().collect();
    assert!(breaches.is_empty(), "\n{}", breaches.join("\n"));
}

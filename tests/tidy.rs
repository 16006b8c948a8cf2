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
/// Modules whose parts use one another in a circle, and why.
const ROUND: [(&str, &str); 3] = [
    (
        "model",
        "`Object` is one of every kind, and each kind is made of what stands beside it",
    ),
    (
        "action",
        "a plan calls the file of its action, which is made of the types beside it",
    ),
    (
        "viewmodel",
        "a page calls its screen, and a screen names the pages that it leads to",
    ),
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
    /// `["insight", "flux", "reach"]` of `insight/flux/reach.rs`.
    fn names(&self) -> Vec<&str> {
        self.path.trim_end_matches(".rs").split('/').collect()
    }

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

/// The name that the code begins with, and the rest.
fn word(code: &str) -> (&str, &str) {
    let end = code.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
    code.split_at(end.unwrap_or(code.len()))
}

/// The paths that begin here, those of a group one by one: `a::{b, c::d}` is `a::b` and `a::c::d`. Gives what stands behind.
fn paths<'a>(code: &'a str, before: &[&'a str], found: &mut Vec<Vec<&'a str>>) -> &'a str {
    let code = code.trim_start();
    if let Some(mut rest) = code.strip_prefix('{') {
        loop {
            rest = paths(rest, before, found).trim_start();
            if let Some(renamed) = rest.strip_prefix("as ") {
                let (name, behind) = word(renamed);
                let renamed = found.last().map(|path| [path.as_slice(), &[name]].concat());
                found.extend(renamed);
                rest = behind.trim_start();
            }
            match rest.strip_prefix(',') {
                Some(next) => rest = next,
                None => return rest.strip_prefix('}').unwrap_or(rest),
            }
        }
    }
    let (name, rest) = word(code);
    let path = match name {
        "" | "self" => before.to_vec(),
        name => [before, &[name]].concat(),
    };
    match rest.strip_prefix("::") {
        Some(rest) if !name.is_empty() => paths(rest, &path, found),
        _ => {
            found.extend(Some(path).filter(|path| !path.is_empty()));
            rest
        }
    }
}

/// The paths that the code of a module names, from the root of the crate.
fn uses<'a>(code: &'a str, module: &[&'a str]) -> Vec<Vec<&'a str>> {
    let mut found = Vec::new();
    // Or from that of the library.
    for head in ["crate::", "vigie::"] {
        for (at, _) in code.match_indices(head) {
            paths(&code[at + head.len()..], &[], &mut found);
        }
    }
    for (at, _) in code.match_indices("super::") {
        // One that stands behind another is followed with it.
        if code[..at].ends_with("::") {
            continue;
        }
        let (mut rest, mut above) = (&code[at..], module);
        while let Some(next) = rest.strip_prefix("super::") {
            rest = next;
            above = above.split_last().map_or(&[], |(_, above)| above);
        }
        paths(rest, above, &mut found);
    }
    found
}

#[test]
fn a_group_names_each_of_its_paths() {
    let code = "use crate::{\n    model::{self, Kind as K, Text},\n    store,\n}; \
                crate::view::draw(super::super::app, super::X)";
    let named = uses(code, &["a", "b", "c"]);
    let named: Vec<_> = named.iter().map(|path| path.join("::")).collect();
    let all = [
        "model",
        "model::Kind",
        "model::Kind::K",
        "model::Text",
        "store",
        "view::draw",
        "a::app",
        "a::b::X",
    ];
    assert_eq!(named, all);
}

/// What each uses.
type Graph = BTreeMap<String, BTreeSet<String>>;

/// Which of its parts each part of a module uses, by their names or by those that the module passes on.
fn parts(own: &[&Source]) -> Graph {
    let names: BTreeSet<_> = own
        .iter()
        .filter_map(|it| it.names().get(1).copied())
        .collect();
    let mut passed = BTreeMap::new();
    for root in own.iter().filter(|it| it.names().len() == 1) {
        let code = root.code();
        let mut found = Vec::new();
        for (at, head) in code.match_indices("use ") {
            paths(&code[at + head.len()..], &[], &mut found);
        }
        for path in found {
            if let [part, .., item] = path[..]
                && let Some(part) = names.get(part)
            {
                passed.insert(item.to_owned(), *part);
            }
        }
    }
    let mut graph = Graph::new();
    for source in own {
        let path = source.names();
        let [module, part, ..] = path[..] else {
            continue;
        };
        let code = source.code();
        for used in uses(&code, &path) {
            let [top, name, ..] = used[..] else { continue };
            let other = names.get(name).or_else(|| passed.get(name));
            if let Some(other) = other.filter(|it| top == module && **it != part) {
                let others = graph.entry(part.to_owned()).or_default();
                others.insert((*other).to_owned());
            }
        }
    }
    graph
}

/// A way from the module back to itself.
fn cycle<'a>(
    module: &'a str,
    graph: &'a Graph,
    way: &mut Vec<&'a str>,
    seen: &mut BTreeSet<&'a str>,
) -> Option<String> {
    if way.first() == Some(&module) {
        return Some(format!("{} → {module}", way.join(" → ")));
    }
    if !seen.insert(module) {
        return None;
    }
    way.push(module);
    let mut others = graph.get(module).into_iter().flatten();
    let found = others.find_map(|next| cycle(next, graph, way, seen));
    way.pop();
    found
}

/// One way round for each that has any.
fn cycles(graph: &Graph) -> Vec<String> {
    let found = graph
        .keys()
        .filter_map(|it| cycle(it, graph, &mut Vec::new(), &mut BTreeSet::new()));
    found.collect()
}

#[test]
fn the_sources_keep_to_the_architecture() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    sources(&root, &root, &mut all);
    let page = fs::read_to_string(root.join("lib.rs")).unwrap();
    let tops: BTreeSet<_> = all.iter().map(|it| it.module.as_str()).collect();
    let mut graph = Graph::new();
    let mut modules: BTreeMap<&str, Vec<&Source>> = BTreeMap::new();
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
        let named = uses(&code, &source.names()).into_iter();
        let named = named.filter_map(|path| path.first().copied());
        // What is no module stands in the program itself.
        let named = named.map(|it| if tops.contains(it) { it } else { "main" });
        let declared = code
            .lines()
            .filter_map(|it| it.strip_prefix("mod ")?.strip_suffix(';'));
        let declared = declared.filter(|_| module == "main");
        let others = named.chain(declared).filter(|it| *it != module);
        let known = graph.entry(module.to_owned()).or_default();
        known.extend(others.map(str::to_owned));
        modules.entry(module).or_default().push(source);
    }
    for (module, own) in modules {
        let ways = cycles(&parts(&own));
        if !ROUND.iter().any(|(name, _)| *name == module) {
            breaches.extend(ways.iter().map(|way| format!("{module}: {way}")));
        } else if ways.is_empty() {
            breaches.insert(format!("tests/tidy.rs: {module} goes round no more"));
        }
    }
    for module in graph.keys() {
        if module != "lib" && !page.contains(&format!("\n//! | `{module}` |")) {
            breaches.insert(format!("src/lib.rs: no row for {module}"));
        }
    }
    breaches.extend(cycles(&graph));
    let breaches: Vec<_> = breaches.into_iter().collect();
    assert!(breaches.is_empty(), "\n{}", breaches.join("\n"));
}

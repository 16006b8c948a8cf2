//! The `ConfigMaps` and Secrets that a template names.

use std::collections::BTreeSet;

use serde_json::Value;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct References {
    pub config_maps: BTreeSet<String>,
    pub secrets: BTreeSet<String>,
}

impl References {
    pub fn of(template: &Value) -> Self {
        let mut found = Self::default();
        let pulls = template["spec"]["imagePullSecrets"].as_array();
        let names = pulls.into_iter().flatten();
        let names = names.filter_map(|it| it["name"].as_str());
        found.secrets.extend(names.map(str::to_owned));
        found.walk(&template["spec"], |_| true);
        found
    }

    /// Those without which its pods do not start. Without a Secret to pull with the node pulls as anybody may.
    pub fn required(template: &Value) -> Self {
        let mut found = Self::default();
        let required = |it: &Value| it["optional"] != Value::Bool(true);
        found.walk(&template["spec"], required);
        found
    }

    fn walk(&mut self, value: &Value, counts: fn(&Value) -> bool) {
        match value {
            Value::Array(all) => all.iter().for_each(|it| self.walk(it, counts)),
            Value::Object(map) => {
                for (key, value) in map {
                    let set = match key.as_str() {
                        "configMap" | "configMapRef" | "configMapKeyRef" => &mut self.config_maps,
                        "secret" | "secretRef" | "secretKeyRef" => &mut self.secrets,
                        _ => {
                            self.walk(value, counts);
                            continue;
                        }
                    };
                    if !counts(value) {
                        continue;
                    }
                    let name = value["name"].as_str().or(value["secretName"].as_str());
                    set.extend(name.map(str::to_owned));
                }
            }
            _ => {}
        }
    }
}

/// Names of the one that are not among the others, each with the likeliest of those that came: tools put a hash of the data at
/// the end of a name. Where one went and one came they need not look alike.
pub fn replaced(before: &BTreeSet<String>, after: &BTreeSet<String>) -> Vec<(String, String)> {
    let went: Vec<_> = before.difference(after).collect();
    let mut came: Vec<_> = after.difference(before).collect();
    let alone = went.len() == 1 && came.len() == 1;
    let mut pairs = Vec::new();
    for old in went {
        let likeliest = came
            .iter()
            .enumerate()
            .max_by_key(|(_, new)| alike(old, new));
        let Some((at, new)) =
            likeliest.filter(|(_, new)| alone || 2 * alike(old, new) >= old.len())
        else {
            continue;
        };
        pairs.push((old.clone(), (*new).clone()));
        came.remove(at);
    }
    pairs
}

/// Letters that both begin with.
fn alike(one: &str, other: &str) -> usize {
    let same = one.bytes().zip(other.bytes());
    same.take_while(|(one, other)| one == other).count()
}

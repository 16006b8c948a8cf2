//! What Argo CD leaves out of every comparison, whatever the Application says: its `ConfigMap` `argocd-cm`
//! (argoproj/argo-cd `util/settings/settings.go`, `GetResourceOverrides`).

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::model::{Ignored, Text};

pub(super) const CONFIG_MAP: &str = "argocd-cm";
/// All in one text; a key of its own comes before what stands there.
const WHOLE: &str = "resource.customizations";
/// Then `GROUP_KIND`, `KIND` or `all`. What is left out of news alone has another word there, and is compared.
const ONE: &str = "resource.customizations.ignoreDifferences.";
const ALL: &str = "*/*";

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Rule {
    json_pointers: Vec<String>,
    jq_path_expressions: Vec<String>,
    managed_fields_managers: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Customization {
    /// YAML in YAML.
    ignore_differences: String,
}

/// Nothing of what it does not understand: Argo CD then compares nothing at all, and says so on the Application.
pub(in crate::action) fn ignored(map: &Value) -> Vec<Ignored> {
    let data = &map["data"];
    let whole = data[WHOLE].as_str().unwrap_or_default();
    let whole: BTreeMap<String, Customization> = read(whole);
    let whole = whole
        .into_iter()
        .map(|(key, it)| (key, it.ignore_differences));
    let mut rules: BTreeMap<String, Rule> = whole.map(|(key, it)| (key, read(&it))).collect();
    for (key, text) in data.as_object().into_iter().flatten() {
        if let (Some(key), Some(text)) = (key.strip_prefix(ONE), text.as_str()) {
            let key = if key == "all" {
                ALL.to_owned()
            } else {
                key.replace('_', "/")
            };
            rules.insert(key, read(text));
        }
    }
    rules.into_iter().map(|(key, rule)| rule.of(&key)).collect()
}

fn read<T: Default + for<'a> Deserialize<'a>>(text: &str) -> T {
    serde_saphyr::from_str(text).unwrap_or_default()
}

impl Rule {
    fn of(self, key: &str) -> Ignored {
        let (group, kind) = key.split_once('/').unwrap_or(("", key));
        // Managers are looked up by the key itself, not by what it may mean.
        let exact = key == ALL || !key.contains('*');
        let texts = |it: Vec<String>| it.iter().map(|it| Text::from(it.as_str())).collect();
        Ignored {
            group: group.into(),
            kind: kind.into(),
            name: Text::default(),
            namespace: Text::default(),
            pointers: texts(self.json_pointers),
            jq: texts(self.jq_path_expressions),
            managers: texts(if exact {
                self.managed_fields_managers
            } else {
                Vec::new()
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(data: &Value) -> Vec<String> {
        let said = |it: Ignored| {
            let parts = [it.pointers, it.jq, it.managers].concat();
            format!("{}/{}: {}", it.group, it.kind, parts.join(" "))
        };
        ignored(&json!({"data": data}))
            .into_iter()
            .map(said)
            .collect()
    }

    #[test]
    fn each_key_is_of_one_kind_or_of_all() {
        let data = json!({
            "timeout.reconciliation": "30s",
            "resource.customizations.ignoreDifferences.apps_Deployment": "jsonPointers:\n- /spec/replicas\n",
            "resource.customizations.ignoreDifferences.all": "managedFieldsManagers:\n- vigie\n",
            "resource.customizations.ignoreDifferences.Service": "jqPathExpressions: [.spec.ports]",
            "resource.customizations.ignoreResourceUpdates.apps_StatefulSet": "jsonPointers:\n- /spec\n",
            "resource.customizations.health.apps_DaemonSet": "return {}",
        });
        let expected = [
            "*/*: vigie",
            "/Service: .spec.ports",
            "apps/Deployment: /spec/replicas",
        ];
        assert_eq!(told(&data), expected);
        assert!(told(&Value::Null).is_empty());
    }

    #[test]
    fn a_key_of_its_own_comes_before_the_text_of_all() {
        let whole = "apps/Deployment:\n  ignoreDifferences: |\n    jsonPointers:\n    - /spec/replicas\n\
            '*.example.org/*':\n  ignoreDifferences: |\n    jsonPointers: [/spec]\n    managedFieldsManagers: [vigie]\n";
        let data = json!({WHOLE: whole});
        let expected = ["*.example.org/*: /spec", "apps/Deployment: /spec/replicas"];
        assert_eq!(told(&data), expected);
        let own = json!({
            WHOLE: whole,
            "resource.customizations.ignoreDifferences.apps_Deployment": "jsonPointers: [/spec/paused]",
        });
        assert_eq!(told(&own)[1], "apps/Deployment: /spec/paused");
    }

    #[test]
    fn what_is_no_yaml_says_nothing() {
        let data = json!({
            WHOLE: "[",
            "resource.customizations.ignoreDifferences.apps_Deployment": "jsonPointers: {",
        });
        assert_eq!(told(&data), ["apps/Deployment: "]);
    }
}

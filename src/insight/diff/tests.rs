use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use super::*;

fn template() -> Value {
    json!({
        "metadata": {
            "labels": {"app": "beta", "env": "prod", "pod-template-hash": "7c9d5f6b8"},
            "annotations": {"prometheus.io/scrape": "true"},
        },
        "spec": {
            "serviceAccountName": "beta",
            "serviceAccount": "beta",
            "restartPolicy": "Always",
            "terminationGracePeriodSeconds": 30,
            "nodeSelector": {"disk": "ssd"},
            "securityContext": {"runAsNonRoot": true, "fsGroup": 1000},
            "tolerations": [
                {"key": "dedicated", "operator": "Equal", "value": "beta", "effect": "NoSchedule"},
                {"operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 300},
            ],
            "affinity": {"podAntiAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": [
                {"weight": 100, "podAffinityTerm": {"topologyKey": "kubernetes.io/hostname"}},
            ]}},
            "volumes": [
                {"name": "conf", "configMap": {"name": "beta-conf-a1", "items": [{"key": "app.yaml", "path": "app.yaml"}]}},
                {"name": "tmp", "emptyDir": {}},
                {"name": "tls", "secret": {"secretName": "beta-tls"}},
            ],
            "initContainers": [
                {"name": "migrate", "image": "harbor/beta-db:1", "args": ["up"]},
            ],
            "containers": [
                {
                    "name": "app",
                    "image": "harbor/beta:1",
                    "command": ["/bin/beta"],
                    "args": ["--port", "8080"],
                    "env": [
                        {"name": "PROFILE", "value": "prod"},
                        {"name": "DB_URL", "valueFrom": {"secretKeyRef": {"name": "beta-db", "key": "url", "optional": true}}},
                        {"name": "NODE", "valueFrom": {"fieldRef": {"apiVersion": "v1", "fieldPath": "spec.nodeName"}}},
                        {"name": "LOG", "valueFrom": {"configMapKeyRef": {"name": "beta-conf-a1", "key": "log"}}},
                        {"name": "CPUS", "valueFrom": {"resourceFieldRef": {"resource": "limits.cpu", "divisor": "1"}}},
                    ],
                    "envFrom": [
                        {"configMapRef": {"name": "beta-env"}},
                        {"prefix": "S_", "secretRef": {"name": "beta-more", "optional": true}},
                    ],
                    "resources": {"requests": {"cpu": "100m"}, "limits": {"memory": "512Mi", "cpu": "1"}},
                    "ports": [
                        {"name": "http", "containerPort": 8080, "protocol": "TCP"},
                        {"containerPort": 9090, "protocol": "TCP"},
                    ],
                    "volumeMounts": [
                        {"name": "conf", "mountPath": "/etc/beta", "readOnly": true},
                        {"name": "tmp", "mountPath": "/tmp"},
                    ],
                    "readinessProbe": {"httpGet": {"path": "/healthz", "port": 8080}, "periodSeconds": 10},
                    "securityContext": {"capabilities": {"drop": ["ALL"]}},
                    "imagePullPolicy": "IfNotPresent",
                },
                {"name": "proxy", "image": "harbor/envoy:1"},
            ],
        },
    })
}

fn changed(change: impl Fn(&mut Value)) -> Diff {
    let mut after = template();
    change(&mut after);
    Diff::of_templates(&template(), &after)
}

/// `Container("app") Limits memory: 512Mi → 384Mi`.
fn lines(diff: &Diff) -> Vec<String> {
    let said = |it: &Option<Said>| it.as_ref().map_or("–".to_owned(), Said::to_string);
    let line = |it: &Difference| {
        let (before, after) = (said(&it.before), said(&it.after));
        format!(
            "{:?} {:?} {}: {before} → {after}",
            it.within, it.topic, it.field
        )
    };
    diff.differences.iter().map(line).collect()
}

fn app(template: &mut Value) -> &mut Value {
    &mut template["spec"]["containers"][0]
}

#[test]
fn what_was_changed_is_named_and_nothing_else() {
    let diff = changed(|it| {
        let app = app(it);
        app["image"] = json!("harbor/beta:2");
        app["env"][1]["name"] = json!("DATABASE_URL");
        app["resources"]["limits"]["memory"] = json!("384Mi");
        it["metadata"]["labels"]["pod-template-hash"] = json!("68d4fcbc9c");
    });
    let expected = [
        r#"Container("app") Itself image: harbor/beta:1 → harbor/beta:2"#,
        r#"Container("app") Env DB_URL: Secret beta-db url → –"#,
        r#"Container("app") Env DATABASE_URL: – → Secret beta-db url"#,
        r#"Container("app") Limits memory: 512Mi → 384Mi"#,
    ];
    assert_eq!(lines(&diff), expected);
    assert!(diff.same > 30, "{}", diff.same);
}

#[test]
fn each_field_stands_under_what_it_is_about() {
    let diff = changed(|it| {
        let app = app(it);
        app["args"] = json!(["--port", "80 80"]);
        app["envFrom"][0]["configMapRef"]["name"] = json!("beta-env-2");
        app["ports"][1]["containerPort"] = json!(9091);
        app["volumeMounts"][1]["mountPath"] = json!("/var/tmp");
        app["readinessProbe"]["httpGet"]["path"] = json!("/ready");
        app["securityContext"]["capabilities"]["drop"] = json!([]);
        let spec = &mut it["spec"];
        spec["volumes"][0]["configMap"]["name"] = json!("beta-conf-b2");
        spec["serviceAccountName"] = json!("other");
        spec["serviceAccount"] = json!("other");
        spec["nodeSelector"] = json!({});
        spec["tolerations"][1]["tolerationSeconds"] = json!(60);
        spec["hostNetwork"] = json!(true);
        it["metadata"]["annotations"]["kubectl.kubernetes.io/restartedAt"] = json!("now");
    });
    let expected = [
        r#"Container("app") Itself args: --port 8080 → --port "80 80""#,
        r#"Container("app") EnvFrom ConfigMap beta-env:  → –"#,
        r#"Container("app") EnvFrom ConfigMap beta-env-2: – → "#,
        r#"Container("app") ReadinessProbe httpGet.path: /healthz → /ready"#,
        r#"Container("app") Ports 9090/TCP:  → –"#,
        r#"Container("app") Ports 9091/TCP: – → "#,
        r#"Container("app") Mounts /tmp: name tmp → –"#,
        r#"Container("app") Mounts /var/tmp: – → name tmp"#,
        r#"Container("app") Security capabilities.drop: ALL → []"#,
        r#"Volume("conf") Itself configMap.name: beta-conf-a1 → beta-conf-b2"#,
        "Template Itself serviceAccountName: beta → other",
        "Template Itself hostNetwork: – → true",
        "Template Annotations kubectl.kubernetes.io/restartedAt: – → now",
        "Template NodeSelector disk: ssd → –",
        "Template Tolerations effect NoExecute, operator Exists, tolerationSeconds 300:  → –",
        "Template Tolerations effect NoExecute, operator Exists, tolerationSeconds 60: – → ",
    ];
    assert_eq!(lines(&diff), expected);
}

#[test]
fn the_template_of_a_controller_revision_is_a_template() {
    let mut patch = template();
    patch["$patch"] = json!("replace");
    assert_eq!(Diff::of_templates(&patch, &template()).differences, []);
}

#[test]
fn order_is_told_where_it_means_something() {
    let swap = |list: &'static str| {
        move |it: &mut Value| {
            let list = app(it)[list].as_array_mut().unwrap();
            list.swap(0, 1);
        }
    };
    assert_eq!(lines(&changed(swap("env"))), [""; 0]);
    assert_eq!(
        lines(&changed(swap("envFrom"))),
        [
            r#"Container("app") Order envFrom: "ConfigMap beta-env" "Secret beta-more" → "Secret beta-more" "ConfigMap beta-env""#
        ]
    );
    let refer = |mut it: Value| {
        app(&mut it)["env"][0]["value"] = json!("on-$(NODE)");
        it
    };
    let mut after = refer(template());
    swap("env")(&mut after);
    let diff = Diff::of_templates(&refer(template()), &after);
    assert_eq!(diff.differences.len(), 1, "{diff:?}");
    // One that comes moves the others, which keep their order.
    let diff = changed(|it| {
        let all = it["spec"]["containers"].as_array_mut().unwrap();
        all.insert(0, json!({"name": "new", "image": "x"}));
    });
    assert_eq!(diff.differences.len(), 1, "{diff:?}");
}

#[test]
fn what_a_template_names_is_found_and_the_renamed_are_paired() {
    let of = |value: &Value| References::of(value);
    let before = of(&template());
    assert_eq!(
        Vec::from_iter(&before.config_maps),
        ["beta-conf-a1", "beta-env"]
    );
    assert_eq!(
        Vec::from_iter(&before.secrets),
        ["beta-db", "beta-more", "beta-tls"]
    );
    let set = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect();
    let pair = |one: &str, other: &str| (one.to_owned(), other.to_owned());
    assert_eq!(
        replaced(
            &set(&["env-1a", "conf-2b", "same"]),
            &set(&["same", "conf-9c", "env-7d"])
        ),
        [pair("conf-2b", "conf-9c"), pair("env-1a", "env-7d")]
    );
    assert_eq!(replaced(&set(&["a"]), &set(&["z"])), [pair("a", "z")]);
    assert_eq!(replaced(&set(&["a", "b"]), &set(&["y", "z"])), []);
    assert_eq!(replaced(&set(&["a"]), &set(&[])), []);
}

#[test]
fn config_maps_differ_by_key() {
    let map = |data: Value| json!({"data": data, "binaryData": {"logo": "AAAA"}});
    let diff = Diff::of_config_maps(
        "conf-2",
        &map(json!({"a": "1", "b": "2"})),
        &map(json!({"b": "3", "c": ""})),
    );
    let expected = [
        r#"ConfigMap("conf-2") Itself a: 1 → –"#,
        r#"ConfigMap("conf-2") Itself b: 2 → 3"#,
        r#"ConfigMap("conf-2") Itself c: – → "#,
    ];
    assert_eq!(
        (lines(&diff), diff.same),
        (expected.map(str::to_owned).into(), 1)
    );
}

/// Every plain value in the document, by the way to it.
fn leaves(value: &Value, way: &mut Vec<String>, found: &mut Vec<String>) {
    match value {
        Value::Object(map) if !map.is_empty() => {
            for (key, value) in map {
                way.push(key.replace('~', "~0").replace('/', "~1"));
                leaves(value, way, found);
                way.pop();
            }
        }
        Value::Array(all) if !all.is_empty() => {
            for (at, value) in all.iter().enumerate() {
                way.push(at.to_string());
                leaves(value, way, found);
                way.pop();
            }
        }
        _ => found.push(format!("/{}", way.join("/"))),
    }
}

/// Those whose change means something: neither the controller's mark nor the old name of a field.
fn telling() -> Vec<String> {
    let mut found = Vec::new();
    leaves(&template(), &mut Vec::new(), &mut found);
    let told = |way: &str| !way.ends_with("pod-template-hash") && !way.ends_with("/serviceAccount");
    found.retain(|way| told(way));
    found
}

/// Puts every list that has no order into another one.
fn shuffle(value: &mut Value, seed: usize) {
    const FREE: [&str; 5] = ["env", "ports", "volumeMounts", "volumes", "tolerations"];
    match value {
        Value::Object(map) => {
            for (key, value) in map.iter_mut() {
                if let (true, Value::Array(all)) = (FREE.contains(&key.as_str()), &mut *value) {
                    let turn = seed % all.len();
                    all.rotate_left(turn);
                    if seed % 2 == 1 {
                        all.reverse();
                    }
                }
                shuffle(value, seed / 2);
            }
        }
        Value::Array(all) => all.iter_mut().for_each(|it| shuffle(it, seed / 3)),
        _ => {}
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        "[a-z.$()]{0,4}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let keys = prop_oneof![
            Just("name"),
            Just("env"),
            Just("envFrom"),
            Just("value"),
            Just("valueFrom"),
            Just("containers"),
            Just("ports"),
            Just("spec"),
            Just("metadata"),
            Just("labels"),
            Just("volumes"),
            Just("a.b"),
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(keys, inner, 0..4).prop_map(|map| {
                let map = map.into_iter().map(|(key, value)| (key.to_owned(), value));
                Value::Object(map.collect())
            }),
        ]
    })
}

proptest! {
    #[test]
    fn nothing_differs_from_itself_whatever_its_order(seed in any::<usize>()) {
        let mut turned = template();
        shuffle(&mut turned, seed);
        let diff = Diff::of_templates(&template(), &turned);
        prop_assert_eq!(diff.differences, []);
    }

    #[test]
    fn no_change_of_a_field_is_silent(at in any::<Index>(), removed in any::<bool>()) {
        let all = telling();
        let way = at.get(&all);
        let mut after = template();
        if removed {
            let (parent, key) = way.rsplit_once('/').unwrap();
            let key = key.replace("~1", "/").replace("~0", "~");
            match after.pointer_mut(parent).unwrap() {
                Value::Object(map) => drop(map.remove(&key)),
                Value::Array(all) => drop(all.remove(key.parse().unwrap())),
                _ => unreachable!("a parent has children"),
            }
        } else {
            let value = after.pointer_mut(way).unwrap();
            *value = match &*value {
                Value::String(text) => json!(format!("{text}x")),
                Value::Number(number) => json!(number.as_i64().unwrap() + 1),
                Value::Bool(it) => json!(!it),
                other => json!({"was": other}),
            };
        }
        let there = Diff::of_templates(&template(), &after);
        let back = Diff::of_templates(&after, &template());
        prop_assert!(!there.differences.is_empty(), "{way}");
        prop_assert_eq!(there.differences.len(), back.differences.len());
    }

    #[test]
    fn any_document_can_be_compared(one in any_json(), other in any_json()) {
        let one = json!({"spec": one, "metadata": other.clone()});
        prop_assert_eq!(Diff::of_templates(&one, &one).differences, []);
        Diff::of_templates(&one, &other);
        References::of(&one);
    }
}

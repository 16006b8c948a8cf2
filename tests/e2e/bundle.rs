//! The file of one object, on the real server: what it tells, and what it does not.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use serde_json::{Value, json};

use crate::arena::{IMAGE, crash, fate, labelled_arena, place, serve};
use crate::bed::workloads::{deployment, pods_path, template, wait_pod};
use crate::bed::{ControlPlane, Persona, Result};
use crate::headless::one_cluster;
use crate::program::{Home, Said, vigie, vigie_at};

/// Each is planted in another place.
const SECRETS: [&str; 8] = [
    "plain-in-env-1",
    "named-in-env-2",
    "in-an-annotation-3",
    "in-last-applied-4",
    "in-an-argument-5",
    "in-a-log-line-6",
    "in-a-former-log-7",
    "in-a-termination-8",
];

/// A template whose pods fall, with a secret wherever one can be.
fn leaky(space: &str) -> Value {
    let [plain, named, note, _, argument, _, _, ended] = SECRETS;
    let mut notes = fate("crash");
    notes["vigie.test/log"] = json!(space);
    notes["vigie.test/message"] = json!(format!("FATAL cannot log in, password={ended}"));
    notes["example.com/api-token"] = json!(note);
    let mut template = template("app", IMAGE, &notes);
    let container = &mut template["spec"]["containers"][0];
    container["env"] =
        json!([{"name": "PLAIN", "value": plain}, {"name": "DB_PASSWORD", "value": named}]);
    container["args"] = json!(["--verbose", "--password", argument]);
    template
}

fn told(said: &Said, home: &Home) -> Result<String> {
    let path = home.path().join(said.out.trim_end());
    let mode = fs::metadata(&path)?.permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "{said:?}");
    Ok(fs::read_to_string(path)?)
}

#[tokio::test]
async fn a_failing_workload_is_told_whole_without_its_secrets() -> Result {
    let space = "bundle-leaky";
    let (plane, api) = labelled_arena(space, &place("bleaky", "prod")).await?;
    let [_, named, _, applied, _, log, former, _] = SECRETS;
    plane.write_log(
        space,
        &[
            "starting",
            &format!("login as bob password={log}"),
            &format!("tried {named}"),
        ],
    )?;
    plane.write_previous_log(
        space,
        &["before", &format!("Authorization: Bearer {former}")],
    )?;
    let mut object = deployment(space, "app", 1, &leaky(space));
    let copy = json!({"spec": {"env": [{"name": "ANY", "value": applied}]}});
    object["metadata"]["annotations"] = json!({
        "kubectl.kubernetes.io/last-applied-configuration": copy.to_string(),
    });
    api.create(&object).await?;
    let pod = wait_pod(&api, &pods_path(space, "app"), "in a loop", |pod| {
        pod["status"]["containerStatuses"][0]["restartCount"].as_u64() >= Some(3)
    })
    .await?;
    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let said = vigie_at(
        &home,
        &kubeconfig,
        ["bundle", "deploy/app", "-n", "bleaky/prod"],
    )?;
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{said:?}");
    assert!(said.out.starts_with("vigie-deployment-app-"), "{said:?}");
    let text = told(&said, &home)?;
    for secret in SECRETS {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    let name = pod["metadata"]["name"].as_str().unwrap_or_default();
    let there = [
        "# Deployment app \u{b7} bleaky/prod \u{b7} admin",
        "- critical since",
        "## Why",
        "CrashLoopBackOff",
        "| Warning | BackOff |",
        "login as bob password=\u{2022}\u{2022}\u{2022}",
        "tried \u{2022}\u{2022}\u{2022}",
        "Authorization: \u{2022}\u{2022}\u{2022}",
        "- name: DB_PASSWORD\n          value: \u{2022}\u{2022}\u{2022}",
        "- --password",
        &format!("### {name}/app"),
    ];
    for words in there {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("managedFields"), "{text}");

    // The pod alone, to standard output.
    let pod = format!("Pods/{name}");
    let said = vigie(&kubeconfig, ["bundle", &pod, "-n", space, "-o", "-"])?;
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.out.starts_with(&format!("# Pod {name}")), "{said:?}");
    assert!(said.out.contains("## Why"), "{said:?}");
    let leaks = SECRETS.iter().find(|it| said.out.contains(*it));
    assert_eq!(leaks, None, "{said:?}");
    Ok(())
}

#[tokio::test]
async fn what_may_not_be_read_is_said_where_it_is_missing() -> Result {
    let space = "bundle-denied";
    let (plane, api) = labelled_arena(space, &place("bdenied", "prod")).await?;
    crash(&api, space, "app").await?;
    let role = json!({
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role",
        "metadata": {"name": "half", "namespace": space},
        "rules": [
            {"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "list", "watch"]},
            {"apiGroups": ["apps"], "resources": ["deployments", "replicasets"], "verbs": ["get", "list", "watch"]},
        ],
    });
    let binding = json!({
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding",
        "metadata": {"name": "half", "namespace": space},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "half"},
        "subjects": [{"kind": "User", "apiGroup": "rbac.authorization.k8s.io", "name": "half"}],
    });
    api.create(&role).await?;
    api.create(&binding).await?;
    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let line = ["bundle", "deploy/app", "-n", space, "--as", "half"];
    let said = vigie_at(&home, &kubeconfig, line)?;
    assert_eq!(said.code, 3, "{said:?}");
    let text = told(&said, &home)?;
    for (part, right) in [("## Events", "list events"), ("## Logs", "get pods/log")] {
        let (_, under) = text.split_once(part).unwrap_or_default();
        let under = under.split("\n## ").next().unwrap_or_default();
        assert!(under.contains(right), "{right}: {text}");
        assert!(said.err.contains(right), "{said:?}");
    }
    assert!(
        text.contains("## YAML\n\n```yaml\napiVersion: apps/v1"),
        "{text}"
    );
    Ok(())
}

#[tokio::test]
async fn one_object_has_to_be_meant() -> Result {
    for (space, environment) in [("bundle-one", "dev"), ("bundle-two", "prod")] {
        let (_, api) = labelled_arena(space, &place("bmany", environment)).await?;
        serve(&api, space, 1).await?;
    }
    let plane = ControlPlane::shared()?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let home = Home::new()?;
    let said = vigie_at(&home, &kubeconfig, ["bundle", "deploy/app", "-n", "bmany"])?;
    assert_eq!((said.code, said.out.as_str()), (2, ""), "{said:?}");
    for space in ["-n bundle-one (bmany/dev)", "-n bundle-two (bmany/prod)"] {
        assert!(
            said.err.contains(&format!("--context admin {space}")),
            "{said:?}"
        );
    }
    let said = vigie_at(
        &home,
        &kubeconfig,
        ["bundle", "deploy/ap", "-n", "bmany/dev"],
    )?;
    assert_eq!(said.code, 3, "{said:?}");
    assert!(
        said.err.contains("no Deployment \"ap\"") && said.err.contains("there is app"),
        "{said:?}"
    );

    let line = [
        "bundle",
        "deploy/app",
        "-n",
        "bmany/dev",
        "-o",
        "a.md",
        "--lang",
        "fr",
    ];
    let said = vigie_at(&home, &kubeconfig, line)?;
    assert_eq!((said.code, said.out.as_str()), (0, "a.md\n"), "{said:?}");
    let first = told(&said, &home)?;
    assert!(first.contains("\n## Journaux\n"), "{first}");
    let again = vigie_at(&home, &kubeconfig, line)?;
    assert_eq!(again.code, 2, "{again:?}");
    assert_eq!(fs::read_to_string(home.path().join("a.md"))?, first);
    Ok(())
}

#[test]
fn a_server_that_is_not_there_is_no_proof_that_the_object_is_not() -> Result {
    let home = Home::new()?;
    let cluster = json!({"server": "https://127.0.0.1:1"});
    let config = one_cluster(&cluster, &json!({})).to_string();
    let kubeconfig = home.write("config", &config)?;
    let said = vigie_at(&home, &kubeconfig, ["bundle", "deploy/app"])?;
    assert_eq!((said.code, said.out.as_str()), (3, ""), "{said:?}");
    let first = "vigie: no Deployment \"app\" is seen\nnot seen: here: ";
    assert!(said.err.starts_with(first), "{said:?}");
    Ok(())
}

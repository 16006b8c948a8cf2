//! Writes to the real cluster, from the command line: each does what it says, is counted in the API server's audit log, and
//! is taken back.

use std::fs;

use rstest::rstest;
use serde_json::{Value, json};

use crate::arena::{IMAGE, NEXT_IMAGE, fate, labelled_arena, place, serve};
use crate::bed::workloads::{deployment, deployment_path, rolled_out, template};
use crate::bed::{Api, ControlPlane, Persona, Result};
use crate::headless::other;
use crate::program::{Home, Said, vigie_at};

const JOURNAL: &str = ".local/state/vigie/journal.jsonl";

/// The operator, in a home whose journal stays from one command to the next.
struct Operator {
    plane: &'static ControlPlane,
    home: Home,
}

impl Operator {
    fn new(plane: &'static ControlPlane) -> Result<Self> {
        let home = Home::new()?;
        Ok(Self { plane, home })
    }

    fn does(&self, arguments: &[&str]) -> Result<Said> {
        let kubeconfig = self.plane.kubeconfig(Persona::Operator);
        vigie_at(&self.home, &kubeconfig, arguments)
    }

    /// The same, which has to end well.
    fn acts(&self, arguments: &[&str]) -> Result<Said> {
        let said = self.does(arguments)?;
        assert_eq!(said.code, 0, "{arguments:?}: {said:?}");
        Ok(said)
    }

    fn records(&self) -> Result<Vec<Value>> {
        let text = fs::read_to_string(self.home.path().join(JOURNAL))?;
        let lines = text.lines().map(serde_json::from_str);
        Ok(lines.collect::<Result<_, _>>()?)
    }

    /// Codes of the writes in a namespace.
    fn written(&self, space: &str) -> Result<Vec<(String, u64)>> {
        let writes = self.plane.written(space)?;
        Ok(writes.into_iter().map(|it| (it.verb, it.code)).collect())
    }
}

/// With what a slim type would lose, and a password.
fn rich(image: &str, notes: &Value) -> Value {
    let mut template = template("app", image, notes);
    template["spec"]["dnsConfig"] = json!({"options": [{"name": "ndots", "value": "2"}]});
    template["spec"]["terminationGracePeriodSeconds"] = json!(0);
    let container = &mut template["spec"]["containers"][0];
    container["env"] = json!([{"name": "DB_PASSWORD", "value": "hunter2-in-the-template"}]);
    container["terminationMessagePolicy"] = json!("FallbackToLogsOnError");
    template
}

fn caused(space: &str, template: &Value, cause: &str) -> Value {
    let mut object = deployment(space, "app", 2, template);
    object["metadata"]["annotations"] = json!({"kubernetes.io/change-cause": cause});
    object
}

#[tokio::test]
async fn a_rollback_brings_the_former_template_back_whole_and_is_undone() -> Result {
    let space = "act-rollback";
    let (plane, api) = labelled_arena(space, &place("arollback", "dev")).await?;
    let path = deployment_path(space, "app");
    api.apply(&caused(space, &rich(IMAGE, &json!({})), "first"))
        .await?;
    let first = api.wait_for(&path, "rolled out", rolled_out).await?;
    let bad = rich(NEXT_IMAGE, &fate("crash"));
    api.apply(&caused(space, &bad, "second")).await?;
    let second = api
        .wait_for(&path, "on its way", |it| {
            it["status"]["updatedReplicas"] == 1
        })
        .await?;

    let operator = Operator::new(plane)?;
    let on = ["deploy/app", "-n", "arollback/dev"];
    let dry = operator.acts(&[&["rollback"][..], &on, &["--dry-run", "-o", "json"]].concat())?;
    let plan = dry.json()?;
    assert_eq!(plan["before"]["revision"], 2, "{plan}");
    assert_eq!(plan["hold"]["verdict"], "holds", "{plan}");
    assert_eq!(plan["serverAnswer"][0]["verdict"], "accepted", "{plan}");
    assert!(!operator.home.path().join(JOURNAL).exists());
    assert_eq!(operator.written(space)?, []);

    let wait = ["--yes", "--wait", "--reason", "INC-1"];
    operator.acts(&[&["rollback"][..], &on, &wait].concat())?;
    let back = api.get(&path).await?;
    assert!(rolled_out(&back), "{back}");
    assert_eq!(back["spec"]["template"], first["spec"]["template"]);
    let cause = |it: &Value| it["metadata"]["annotations"]["kubernetes.io/change-cause"].clone();
    assert_eq!(cause(&back), "first");
    assert_eq!(operator.written(space)?, [("patch".to_owned(), 200)]);

    let records = operator.records()?;
    let kinds: Vec<_> = records.iter().map(|it| it["record"].clone()).collect();
    assert_eq!(kinds, ["intent", "answer", "outcome"]);
    assert_eq!(records[0]["who"]["kube"], "operator");
    assert_eq!(records[0]["reason"], "INC-1");
    assert_eq!(records[2]["verdict"], "reached");
    let id = plane.written(space)?.remove(0).id;
    assert_eq!(records[1]["auditId"], Value::from(id));

    operator.acts(&["undo", "--yes"])?;
    let again = api.get(&path).await?;
    assert_eq!(again["spec"]["template"], second["spec"]["template"]);
    assert_eq!(cause(&again), "second");
    for file in operator.home.files()? {
        let text = fs::read_to_string(operator.home.path().join(&file))?;
        assert!(!text.contains("hunter2"), "{file}: {text}");
    }
    Ok(())
}

#[rstest]
#[case::stateful_set("StatefulSet", "act-sts")]
#[case::daemon_set("DaemonSet", "act-ds")]
#[tokio::test]
async fn every_kind_of_workload_goes_back_and_restarts(
    #[case] kind: &str,
    #[case] space: &str,
) -> Result {
    let tenant = space.replace('-', "");
    let (plane, api) = labelled_arena(space, &place(&tenant, "dev")).await?;
    let first = other(&api, space, kind).await?;
    let name = kind.to_lowercase();
    let path = format!("/apis/apps/v1/namespaces/{space}/{name}s/{name}");
    let next = template(&name, NEXT_IMAGE, &json!({}));
    let rolled = api
        .merge(&path, &json!({"spec": {"template": next}}))
        .await?;
    let operator = Operator::new(plane)?;
    let (object, environment) = (format!("{name}/{name}"), format!("{tenant}/dev"));
    let on = [
        object.as_str(),
        "-n",
        environment.as_str(),
        "--yes",
        "--wait",
    ];
    operator.acts(&[&["rollback"][..], &on].concat())?;
    let back = api.get(&path).await?;
    assert_eq!(back["spec"]["template"], first["spec"]["template"]);
    operator.acts(&["undo", "--yes", "--wait"])?;
    let again = api.get(&path).await?;
    assert_eq!(again["spec"]["template"], rolled["spec"]["template"]);

    operator.acts(&[&["restart"][..], &on].concat())?;
    let restarted = api.get(&path).await?;
    let notes = &restarted["spec"]["template"]["metadata"]["annotations"];
    assert!(
        notes["kubectl.kubernetes.io/restartedAt"].is_string(),
        "{notes}"
    );
    operator.acts(&["undo", "--yes", "--wait"])?;
    let calm = api.get(&path).await?;
    assert_eq!(calm["spec"]["template"], rolled["spec"]["template"]);
    Ok(())
}

#[tokio::test]
async fn a_stuck_stateful_set_is_healed_by_deleting_the_pod_that_blocks_it() -> Result {
    let space = "act-stuck";
    let (plane, api) = labelled_arena(space, &place("actstuck", "dev")).await?;
    other(&api, space, "StatefulSet").await?;
    let path = format!("/apis/apps/v1/namespaces/{space}/statefulsets/statefulset");
    let bad = template("statefulset", NEXT_IMAGE, &fate("crash"));
    api.merge(&path, &json!({"spec": {"template": bad}}))
        .await?;
    let pod = format!("/api/v1/namespaces/{space}/pods/statefulset-1");
    api.wait_for(&pod, "in a loop", |pod| {
        pod["status"]["containerStatuses"][0]["restartCount"].as_u64() >= Some(1)
    })
    .await?;
    let operator = Operator::new(plane)?;
    let on = ["rollback", "sts/statefulset", "-n", "actstuck/dev"];
    let plan = operator
        .acts(&[&on[..], &["--dry-run", "-o", "json"]].concat())?
        .json()?;
    assert_eq!(plan["patch"][1]["method"], "DELETE", "{plan}");
    operator.acts(&[&on[..], &["--yes", "--wait"]].concat())?;
    let healed = api.get(&path).await?;
    assert_eq!(healed["status"]["readyReplicas"], 2, "{healed}");
    let written = operator.written(space)?;
    assert_eq!(
        written,
        [("patch".to_owned(), 200), ("delete".to_owned(), 200)]
    );
    Ok(())
}

#[tokio::test]
async fn a_workload_is_scaled_paused_and_resumed_and_each_is_taken_back() -> Result {
    let space = "act-scale";
    let (plane, api) = labelled_arena(space, &place("actscale", "dev")).await?;
    serve(&api, space, 1).await?;
    let path = deployment_path(space, "app");
    let operator = Operator::new(plane)?;
    let on = ["deploy/app", "-n", "actscale/dev", "--yes", "--wait"];
    let replicas =
        async || Ok::<_, color_eyre::Report>(api.get(&path).await?["spec"]["replicas"].clone());
    operator.acts(&[&["scale", "--replicas", "3"][..], &on].concat())?;
    assert_eq!(api.get(&path).await?["status"]["readyReplicas"], 3);
    operator.acts(&[&["scale", "--replicas", "0"][..], &on].concat())?;
    assert_eq!(replicas().await?, 0);
    // At zero the subresource has an empty spec.
    operator.acts(&[&["scale", "--replicas", "2"][..], &on].concat())?;
    assert_eq!(replicas().await?, 2);
    for before in [0, 3, 1] {
        operator.acts(&["undo", "--yes", "--wait"])?;
        assert_eq!(replicas().await?, before);
    }
    let same = operator.does(&[&["scale", "--replicas", "1"][..], &on].concat())?;
    assert_eq!(same.code, 1, "{same:?}");

    operator.acts(&[&["pause"][..], &on].concat())?;
    assert_eq!(api.get(&path).await?["spec"]["paused"], true);
    let paused = operator.does(&[&["restart"][..], &on].concat())?;
    assert_eq!(paused.code, 1, "{paused:?}");
    assert!(paused.err.contains("paused"), "{paused:?}");
    operator.acts(&["undo", "--yes", "--wait"])?;
    assert_eq!(api.get(&path).await?["spec"]["paused"], Value::Null);
    let resumed = operator.does(&[&["resume"][..], &on].concat())?;
    assert_eq!(resumed.code, 1, "{resumed:?}");
    let refused = operator
        .written(space)?
        .iter()
        .any(|(_, code)| *code != 200);
    assert!(!refused);
    Ok(())
}

#[tokio::test]
async fn what_cannot_be_done_is_refused_with_what_to_do() -> Result {
    let space = "act-refused";
    let (plane, api) = labelled_arena(space, &place("actrefused", "prod")).await?;
    serve(&api, space, 1).await?;
    let operator = Operator::new(plane)?;
    let on = ["deploy/app", "-n", "actrefused/prod"];
    let refused = |more: &[&str], code: i32, words: &str| -> Result {
        let said = operator.does(&[more, &on].concat())?;
        assert_eq!(said.code, code, "{more:?}: {said:?}");
        assert!(said.err.contains(words), "{more:?}: {said:?}");
        Ok(())
    };
    refused(&["rollback"], 1, "no other revision")?;
    refused(&["rollback", "--to-revision", "7"], 1, "revision 7")?;
    refused(&["rollback", "--to-revision", "1"], 1, "is what runs")?;
    // Production asks for its name, and nobody is there to type it.
    refused(&["restart"], 1, "--confirm actrefused/prod")?;
    refused(&["restart", "--yes"], 1, "--confirm actrefused/prod")?;
    refused(&["restart", "--confirm", "actrefused/dev"], 1, "--confirm")?;
    let shown = operator.does(&[&["restart", "--yes"], &on[..]].concat())?;
    assert!(shown.out.starts_with("restart app"), "{shown:?}");
    refused(&["scale"], 2, "--replicas")?;
    let none = operator.does(&["restart", "deploy/nope", "-n", "actrefused/prod"])?;
    assert_eq!(none.code, 3, "{none:?}");
    let two = operator.does(&[
        "restart",
        "deploy/app",
        "-n",
        space,
        "--context",
        "operator",
        "--context",
        "admin",
        "--yes",
    ])?;
    assert_eq!(two.code, 1, "{two:?}");
    assert!(two.err.contains("say which one"), "{two:?}");
    assert_eq!(operator.written(space)?, []);
    assert!(!operator.home.path().join(JOURNAL).exists());
    Ok(())
}

#[tokio::test]
async fn nothing_is_written_read_only_whatever_the_command() -> Result {
    let space = "act-readonly";
    let (plane, api) = labelled_arena(space, &place("actreadonly", "dev")).await?;
    serve(&api, space, 1).await?;
    let operator = Operator::new(plane)?;
    let on = ["deploy/app", "-n", "actreadonly/dev", "--yes"];
    operator.acts(&[&["scale", "--replicas", "2"][..], &on].concat())?;
    let before = operator.written(space)?;
    let config = operator
        .home
        .write("read-only.toml", "[contexts.operator]\nread_only = true\n")?;
    let config = config.display().to_string();
    let commands: [&[&str]; 6] = [
        &["rollback", "deploy/app", "-n", "actreadonly/dev"],
        &["restart", "deploy/app", "-n", "actreadonly/dev"],
        &["pause", "deploy/app", "-n", "actreadonly/dev"],
        &["resume", "deploy/app", "-n", "actreadonly/dev"],
        &[
            "scale",
            "--replicas",
            "5",
            "deploy/app",
            "-n",
            "actreadonly/dev",
        ],
        &["undo"],
    ];
    for command in commands {
        for how in [&["--read-only"][..], &["--config", &config]] {
            let said = operator.does(&[command, how, &["--yes"]].concat())?;
            assert_eq!(said.code, 1, "{command:?} {how:?}: {said:?}");
        }
    }
    assert_eq!(operator.written(space)?, before);
    assert_eq!(operator.records()?.len(), 2);
    Ok(())
}

#[tokio::test]
async fn who_may_not_is_told_which_right_is_missing() -> Result {
    let space = "act-rights";
    let (plane, api) = labelled_arena(space, &place("actrights", "dev")).await?;
    serve(&api, space, 1).await?;
    let home = Home::new()?;
    let on = ["restart", "deploy/app", "-n", space, "--yes"];
    let viewer = vigie_at(&home, &plane.kubeconfig(Persona::Viewer), on)?;
    assert_eq!(viewer.code, 1, "{viewer:?}");
    assert!(viewer.err.contains("patch deployments.apps"), "{viewer:?}");
    assert!(viewer.err.contains("viewer"), "{viewer:?}");
    let nobody = vigie_at(&home, &plane.kubeconfig(Persona::Nobody), on)?;
    assert_eq!(nobody.code, 3, "{nobody:?}");
    let pods = api.get(&deployment_path(space, "app")).await?;
    assert_eq!(pods["metadata"]["generation"], 1);
    Ok(())
}

#[tokio::test]
async fn what_the_configuration_protects_asks_for_its_name_and_says_why() -> Result {
    let space = "act-protected";
    let (plane, api) = labelled_arena(space, &place("actprotected", "dev")).await?;
    serve(&api, space, 1).await?;
    let operator = Operator::new(plane)?;
    let protected = "[[protected]]\ntenants = ['actprotected']\nreason = 'shown to visitors'\n";
    operator
        .home
        .write(".config/vigie/config.toml", protected)?;
    let asked = operator.does(&["restart", "deploy/app", "-n", space, "--yes"])?;
    assert_eq!(asked.code, 1, "{asked:?}");
    assert!(
        asked.err.contains("--confirm actprotected/dev"),
        "{asked:?}"
    );
    assert!(
        asked.out.contains("Protected: shown to visitors"),
        "{asked:?}"
    );
    assert_eq!(operator.written(space)?, []);
    Ok(())
}

/// An autoscaler that targets the workload decides the number alone; nobody else may be asked for it.
#[tokio::test]
async fn an_autoscaler_is_said_to_overwrite_a_number() -> Result {
    let space = "act-hpa";
    let (plane, api): (_, Api) = labelled_arena(space, &place("acthpa", "dev")).await?;
    serve(&api, space, 2).await?;
    api.create(&json!({
        "apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler",
        "metadata": {"name": "app", "namespace": space},
        "spec": {
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "app"},
            "minReplicas": 2, "maxReplicas": 8,
        },
    }))
    .await?;
    let operator = Operator::new(plane)?;
    let on = ["deploy/app", "-n", "acthpa/dev", "--dry-run", "-o", "json"];
    let hold = |more: &[&str]| -> Result<Value> {
        Ok(operator.acts(&[more, &on].concat())?.json()?["hold"].take())
    };
    let scaled = hold(&["scale", "--replicas", "5"])?;
    assert_eq!(scaled["verdict"], "overwrittenByHpa", "{scaled}");
    assert_eq!(hold(&["scale", "--replicas", "0"])?["verdict"], "holds");
    assert_eq!(hold(&["restart"])?["verdict"], "holds");
    Ok(())
}

use super::*;
use crate::action::{
    ActionId, Answer as Said, AnswerVerdict, Before, HoldVerdict, Intent, Named, Outcome,
    OutcomeVerdict, Record, Sent, Verb, Who, join,
};
use crate::config::log;
use crate::model::Moment;
use crate::tenancy::Class;
use crate::wording::Language;

fn at(text: &str) -> Moment {
    Moment::from_rfc3339(text).unwrap()
}

fn template(revision: u64, hash: &str, image: &str) -> Before {
    Before {
        revision: Some(revision),
        template: Some(hash.to_owned()),
        images: vec![image.to_owned()],
        ..Before::default()
    }
}

fn replicas(replicas: u32) -> Before {
    Before {
        replicas: Some(replicas),
        ..Before::default()
    }
}

fn intent(id: &str, time: &str, place: (&str, &str), verb: Verb) -> Intent {
    let (tenant, environment) = place;
    Intent {
        id: ActionId(id.to_owned()),
        at: at(time),
        who: Who {
            kube: "oncall-a".to_owned(),
            unix: "astreinte2".to_owned(),
            ssh: "10.9.0.14".to_owned(),
            ..Who::default()
        },
        context: "public1".to_owned(),
        object: Named {
            group: "apps".to_owned(),
            kind: "Deployment".to_owned(),
            namespace: format!("{tenant}-{environment}"),
            name: "web".to_owned(),
            uid: "u1".to_owned(),
        },
        tenant: tenant.to_owned(),
        environment: environment.to_owned(),
        class: Class::NonProduction,
        verb,
        before: Before::default(),
        after: Before::default(),
        diff: Vec::new(),
        reason: String::new(),
        hold: HoldVerdict::Holds,
        sends: vec![Sent {
            method: "PATCH".to_owned(),
            path: "/apis/apps/v1/namespaces/x/deployments/web".to_owned(),
            audit_id: format!("vigie-{id}-1"),
        }],
        undoes: None,
    }
}

fn answered(id: &str, verdict: AnswerVerdict) -> Record {
    Record::Answer(Said {
        id: ActionId(id.to_owned()),
        at: at("2026-11-24T03:13:40Z"),
        audit_id: format!("vigie-{id}-1"),
        verdict,
        code: (verdict == AnswerVerdict::Refused).then_some(422),
        message: String::new(),
        warnings: Vec::new(),
    })
}

fn ended(id: &str, verdict: OutcomeVerdict) -> Record {
    Record::Outcome(Outcome {
        id: ActionId(id.to_owned()),
        at: at("2026-11-24T03:14:09Z"),
        verdict,
        seconds: 29,
        detail: String::new(),
    })
}

/// A night: an action of each sort of end.
fn night() -> Vec<Record> {
    let written = |intent| Record::Intent(Box::new(intent));
    let done = |id| answered(id, AnswerVerdict::Accepted);
    let back = Intent {
        before: template(15, "7c9d", "harbor.test/beta/back:2.14.0"),
        after: template(16, "66b4", "harbor.test/beta/back:2.13.4"),
        diff: vec!["container back image: 2.14.0 → 2.13.4".to_owned()],
        reason: "INC-2314 beta slow since 03:04".to_owned(),
        class: Class::Production,
        ..intent(
            "7f3a000001",
            "2026-11-24T03:13:38Z",
            ("betaapp", "prod"),
            Verb::RollBack,
        )
    };
    let scale = |id, time, from, to| Intent {
        before: replicas(from),
        after: replicas(to),
        ..intent(id, time, ("candilib", "dev"), Verb::Scale)
    };
    let mut undo = scale("7f3a000004", "2026-11-24T02:00:00Z", 5, 2);
    undo.undoes = Some(ActionId("7f3a000003".to_owned()));
    let restart = |id, time| intent(id, time, ("pissenlit", "dev"), Verb::Restart);
    let mut run = intent(
        "7f3a000007",
        "2026-11-24T02:30:00Z",
        ("rolistes", "demo"),
        Verb::RunNow,
    );
    run.object.kind = "CronJob".to_owned();
    vec![
        written(scale("7f3a000003", "2026-11-24T01:00:00Z", 2, 5)),
        done("7f3a000003"),
        ended("7f3a000003", OutcomeVerdict::Reached),
        written(restart("7f3a000005", "2026-11-24T01:10:00Z")),
        done("7f3a000005"),
        ended("7f3a000005", OutcomeVerdict::TimedOut),
        written(undo),
        done("7f3a000004"),
        written(restart("7f3a000006", "2026-11-24T02:10:00Z")),
        done("7f3a000006"),
        ended("7f3a000006", OutcomeVerdict::Failed),
        written(run),
        done("7f3a000007"),
        ended("7f3a000007", OutcomeVerdict::Reached),
        written(back),
        answered("7f3a000001", AnswerVerdict::Refused),
        written(restart("7f3a000008", "2026-11-24T03:20:00Z")),
    ]
}

fn read(records: Vec<Record>) -> Read {
    let joined = join(records);
    Read {
        entries: joined.entries,
        unreadable: 0,
        strays: joined.strays,
    }
}

fn words(line: &str) -> Vec<String> {
    line.split_whitespace().map(str::to_owned).collect()
}

fn asked(format: Format, contexts: &str, names: &str, language: Language) -> Answer {
    answer(
        &Asked {
            format,
            contexts: &words(contexts),
            names: &words(names),
            catalogue: &Catalogue::new(language),
        },
        Ok(read(night())),
    )
}

#[test]
fn each_action_says_what_became_of_it_and_whether_it_stands() {
    let table = asked(Format::Table, "", "", Language::English);
    assert_eq!((table.exit, table.notes.len()), (Exit::Good, 0));
    insta::assert_snapshot!("table", table.text);
    insta::assert_snapshot!(
        "table-fr",
        asked(Format::Table, "", "", Language::French).text
    );
    insta::assert_snapshot!("wide", asked(Format::Wide, "", "", Language::English).text);
}

#[test]
fn a_document_has_every_field_of_an_action() {
    let json = asked(Format::Json, "", "betaapp candilib", Language::English);
    assert_eq!((json.exit, json.notes.len()), (Exit::Good, 0));
    insta::assert_snapshot!("json", json.text);
    let yaml = asked(Format::Yaml, "", "betaapp candilib", Language::French);
    let json: serde_json::Value = serde_json::from_str(&json.text).unwrap();
    let yaml: serde_json::Value = serde_saphyr::from_str(&yaml.text).unwrap();
    assert_eq!(json, yaml);
}

#[test]
fn actions_are_chosen_by_context_and_place() {
    let count = |contexts, names| {
        let text = asked(Format::Json, contexts, names, Language::English).text;
        let rows: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
        rows.len()
    };
    assert_eq!(count("", ""), 7);
    assert_eq!(count("app1 public1", ""), 7);
    assert_eq!(count("app1", ""), 0);
    assert_eq!(count("", "pissenlit"), 3);
    assert_eq!(count("", "pissenlit/prod"), 0);
    assert_eq!(count("", "pissenlit-dev betaapp/prod"), 4);
}

#[test]
fn an_empty_journal_is_no_failure() {
    let said = asked(Format::Table, "app1", "", Language::English);
    assert_eq!(said.exit, Exit::Good);
    assert_eq!((said.text.as_str(), said.notes.len()), ("", 1));
    let document = asked(Format::Json, "app1", "", Language::English);
    assert_eq!((document.text.as_str(), document.notes.len()), ("[]\n", 0));
}

#[test]
fn what_could_not_be_read_is_told_beside_the_rest() {
    let catalogue = Catalogue::new(Language::English);
    let asked = Asked {
        format: Format::Json,
        contexts: &[],
        names: &[],
        catalogue: &catalogue,
    };
    let mut torn = read(night());
    (torn.unreadable, torn.strays) = (1, 2);
    let said = answer(&asked, Ok(torn));
    assert_eq!(said.exit, Exit::Good);
    assert!(said.text.contains("7f3a000001"));
    let notes = [
        "1 line of the journal cannot be read",
        "2 lines of the journal belong to no action in it",
    ];
    assert_eq!(said.notes, notes);

    let fault = Fault::Directory(log::Fault::OpenToOthers);
    let said = answer(&asked, Err(fault));
    assert_eq!((said.exit, said.text.as_str()), (Exit::NotSeen, ""));
    let note = "vigie: the journal cannot be read: others can write in its folder";
    assert_eq!(said.notes, [note]);
}

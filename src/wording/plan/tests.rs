use rstest::rstest;

use super::super::{Catalogue, Language};
use super::*;
use crate::action::{
    Before, Changes, Check, Detail, Field, Held, Hold, HoldVerdict, Moved, Reason, Refusal,
    Subject, Through, Verdict,
};
use crate::insight::{Diff, Manager, Went};
use crate::model::{ClusterId, Kind, Moment, ObjectRef, Problem, Writer};

fn now() -> Moment {
    Moment::from_rfc3339("2026-11-24T03:16:41+01:00").unwrap()
}

fn both() -> [(&'static str, Catalogue); 2] {
    [
        ("en", Catalogue::new(Language::English)),
        ("fr", Catalogue::new(Language::French)),
    ]
}

fn every_refusal() -> Vec<Refusal> {
    let moved = |by| {
        Refusal::Moved(Box::new(Moved {
            by,
            ..Moved::default()
        }))
    };
    vec![
        Refusal::Unsupported {
            verb: Verb::RollBack,
            kind: "CronJob".to_owned(),
        },
        Refusal::Gone,
        Refusal::Recreated,
        Refusal::Unread(Unsent::NoLink),
        Refusal::Unread(Unsent::Problem(Problem::TimedOut { seconds: 5 })),
        Refusal::Unreadable {
            right: "get deployments.apps".to_owned(),
        },
        Refusal::ReadRefused {
            code: 500,
            message: "etcd leader changed".into(),
        },
        Refusal::Identical { revision: Some(16) },
        Refusal::Identical { revision: None },
        Refusal::Pruned {
            revision: 4,
            oldest: Some(5),
        },
        Refusal::Pruned {
            revision: 4,
            oldest: None,
        },
        Refusal::NoOther,
        Refusal::OtherTemplate { revision: Some(14) },
        Refusal::OtherTemplate { revision: None },
        Refusal::Paused,
        Refusal::AlreadyPaused,
        Refusal::NotPaused,
        Refusal::AlreadySuspended,
        Refusal::NotSuspended,
        Refusal::FluxSuspended,
        Refusal::AutoSyncForbids,
        Refusal::NoEnabled,
        Refusal::Skipped,
        Refusal::NoSource { entry: 3 },
        Refusal::Leaving,
        Refusal::SameReplicas(6),
        Refusal::NoScale,
        Refusal::NotUndoable(Verb::Evict),
        Refusal::Denied {
            right: "patch deployments.apps".to_owned(),
            user: "oncall-a".to_owned(),
        },
        Refusal::Denied {
            right: "patch deployments.apps".to_owned(),
            user: String::new(),
        },
        Refusal::Frozen {
            name: "month end".to_owned(),
            until: Some(now()),
        },
        Refusal::Frozen {
            name: "month end".to_owned(),
            until: None,
        },
        Refusal::ReadOnly,
        Refusal::Server {
            code: 422,
            message: "label tier is required".into(),
        },
        moved(None),
        moved(Some(Writer {
            name: "argocd-controller".into(),
            at: Some(now()),
        })),
        Refusal::Moved(Box::new(Moved {
            fields: vec![Field {
                path: "operation".to_owned(),
                was: Held::Nothing,
                now: Held::Object,
            }],
            ..Moved::default()
        })),
        Refusal::PutBack(Box::new(Hold {
            verdict: HoldVerdict::UndoneWithinSeconds,
            reason: Reason::Generated("beta".into()),
            proof: Vec::new(),
        })),
        Refusal::NotHeldBack("beta".into()),
        Refusal::Moved(Box::new(Moved {
            was: replicas(3),
            now: replicas(5),
            ..Moved::default()
        })),
    ]
}

fn replicas(count: u32) -> Before {
    Before {
        replicas: Some(count),
        ..Before::default()
    }
}

#[test]
fn every_refusal_says_what_is_not_done_and_why() {
    for (language, say) in both() {
        let about = About {
            verb: Verb::RollBack,
            name: "beta-back",
            place: "betaapp/prod",
            time: &|_| "03:16:41".to_owned(),
        };
        let lines = every_refusal();
        let lines: Vec<_> = lines.iter().map(|it| say.refusal(&about, it)).collect();
        insta::assert_snapshot!(format!("refusals-{language}"), lines.join("\n"));
    }
}

fn details() -> Vec<(Subject, Verdict, Detail)> {
    use Subject::{
        Database, DryRun, Free, Freeze, Ignored, Image, OnePod, RefersTo, Right, WasWell,
    };
    use Verdict::{Asked, Fails, NotMade, Passes, Warns};
    let went = |verdict, went| (WasWell, verdict, Detail::Went(went));
    let denied = |user: &str| Detail::Denied {
        right: "patch deployments.apps".to_owned(),
        user: user.to_owned(),
    };
    let refused = || Detail::Refused {
        code: 403,
        message: "label \"tier\"\n is required".into(),
    };
    let quota = |frees| Detail::QuotaNow {
        message: "exceeded quota: dso-quota".into(),
        frees,
    };
    vec![
        (DryRun, Asked, Detail::Asked),
        (
            Right,
            Passes,
            Detail::Right("patch deployments.apps".into()),
        ),
        (Right, Fails, denied("oncall-a")),
        (Right, Fails, denied("")),
        went(Passes, Went::Ready(now().plus(-300))),
        went(Passes, Went::Serving),
        went(Warns, Went::Short),
        went(Warns, Went::Left),
        went(Passes, Went::Well(500_000)),
        went(NotMade, Went::Ran(500_000)),
        went(NotMade, Went::Unknown),
        (DryRun, Passes, Detail::Accepted),
        (OnePod, Passes, Detail::Accepted),
        (DryRun, Warns, Detail::Warnings(vec!["no probe".into()])),
        (DryRun, Fails, refused()),
        (Right, NotMade, refused()),
        (DryRun, NotMade, Detail::NoDryRun("webhook w".into())),
        (DryRun, NotMade, Detail::ReadOnly),
        (DryRun, NotMade, Detail::NoAnswer),
        (OnePod, Warns, quota(false)),
        (OnePod, Warns, quota(true)),
        (Image, Passes, Detail::RunsNow(1)),
        (Image, Passes, Detail::RunsNow(3)),
        (Image, NotMade, Detail::NobodyRunsIt),
        (RefersTo, Passes, Detail::Exist(1)),
        (RefersTo, Passes, Detail::Exist(2)),
        (
            RefersTo,
            Fails,
            Detail::Missing(vec!["Secret beta-db".into()]),
        ),
        (RefersTo, NotMade, Detail::NotReadable("get secrets".into())),
        (Free, Passes, Detail::Free),
        (Free, Passes, Detail::Autoscaled("api".into())),
        (Free, Warns, Detail::Resized("api".into())),
        (Free, NotMade, Detail::AutoscalersUnseen),
        (
            Freeze,
            Fails,
            Detail::Frozen {
                name: "month end".into(),
                until: None,
            },
        ),
        (Freeze, Passes, Detail::NotFrozen),
        (
            Database,
            NotMade,
            Detail::AskTheProject {
                image: "reg/a/b:2.14.0".into(),
            },
        ),
        (
            Ignored,
            NotMade,
            Detail::NotReadable("get configmaps argocd/argocd-cm".into()),
        ),
    ]
}

#[test]
fn every_check_is_a_line() {
    for (language, say) in both() {
        let line = |(subject, verdict, detail)| {
            let check = Check {
                subject,
                verdict,
                detail,
            };
            let detail = say.check_detail(&check, now());
            format!("{}: {detail}", say.check_subject(subject))
        };
        let lines: Vec<_> = details().into_iter().map(line).collect();
        insta::assert_snapshot!(format!("checks-{language}"), lines.join("\n"));
    }
}

fn request(action: Action) -> Request {
    Request {
        object: ObjectRef {
            cluster: ClusterId(0),
            kind: Kind::Deployment.into(),
            namespace: "shop".into(),
            name: "cart".into(),
            uid: None,
        },
        action,
        undoes: None,
        suspended: None,
        through: Through::Itself,
    }
}

#[test]
fn every_verb_has_its_words() {
    let actions = [
        Action::Scale(8),
        Action::Restart,
        Action::Pause,
        Action::Resume,
        Action::Evict,
        Action::Delete,
        Action::Suspend,
        Action::Unsuspend,
        Action::RunNow,
    ];
    for (language, say) in both() {
        let verbs = Verb::ALL.into_iter().map(|verb| {
            format!(
                "{} · {} · {}",
                say.verb(verb),
                say.done(verb),
                say.not_done(verb)
            )
        });
        let titles = actions.iter().map(|it| say.request(&request(it.clone())));
        let lines: Vec<_> = verbs.chain(titles).collect();
        insta::assert_snapshot!(format!("verbs-{language}"), lines.join("\n"));
    }
}

#[test]
fn whether_it_holds_what_is_noted_and_what_takes_it_back_are_said() {
    let manager = |tool, name: &str| {
        Reason::Manager(Manager {
            tool,
            name: name.into(),
        })
    };
    let reasons = [
        Reason::Nobody,
        Reason::Anew("ReplicaSet web-5f".into()),
        Reason::Gone,
        Reason::Schedule("CronJob purge".into()),
        Reason::Once,
        Reason::Deployment("Deployment web".into()),
        Reason::Autoscaler {
            name: "api".into(),
            min: 2,
            max: 8,
            wants: 6,
        },
        Reason::Helm("shop".into()),
        manager(Tool::ArgoCd, "betaapp-prod"),
        manager(Tool::Operator, "Redis main"),
    ];
    let notes = [
        Note::OnDelete,
        Note::Recreate,
        Note::Renumbered { from: 14, to: 16 },
        Note::KubectlChanges(vec!["owner".into(), "tier".into()]),
        Note::LastApplied,
        Note::AutoscalerSleeps("api".into()),
        Note::MovedSince(Some("kubectl-edit".into())),
        Note::MovedSince(None),
        Note::RolloutWaits {
            updated: 0,
            wanted: 3,
        },
        Note::MissedRun,
        Note::NothingServes,
        Note::Frozen,
        Note::GitComesBack(vec!["Deployment web".into()]),
        Note::GitComesBack(
            ("abcde")
                .chars()
                .map(|it| format!("Service {it}").into())
                .collect(),
        ),
        Note::Prunes(vec!["ConfigMap old".into()]),
        Note::Leaves(vec!["ConfigMap old".into(), "Service old".into()]),
        Note::DeploysGit,
        Note::GitIsElsewhere {
            runs: "a".repeat(40).into(),
            git: "b".repeat(40).into(),
        },
        Note::GitIsThere("a".repeat(40).into()),
        Note::Rehearses,
        Note::CountsAsAttempt { heals: true },
        Note::CountsAsAttempt { heals: false },
        Note::LooksAgain { syncs: true },
        Note::LooksAgain { syncs: false },
    ];
    let undos = [
        Undo::ToRevision(Some(15)),
        Undo::ToRevision(None),
        Undo::ToReplicas(1),
        Undo::ToReplicas(6),
        Undo::Verb(Verb::Resume),
        Undo::DeleteJob("nightly-manual-1".into()),
        Undo::None(Kind::Pod.into()),
        Undo::None(Kind::Job.into()),
    ];
    for (language, say) in both() {
        let hold = |reason: &Reason| Hold {
            verdict: HoldVerdict::Unknown,
            reason: reason.clone(),
            proof: Vec::new(),
        };
        let holds = reasons.iter().map(hold);
        let holds = holds.map(|it| {
            format!(
                "{}\n  {}",
                say.hold(&it, &Moment::to_rfc3339),
                say.hold_short(&it, &Moment::to_rfc3339)
            )
        });
        let notes = notes
            .iter()
            .map(|it| say.plan_note(it, &Moment::to_rfc3339));
        let undos = undos.iter().map(|it| say.undo(it));
        let lines: Vec<_> = holds.chain(notes).chain(undos).collect();
        insta::assert_snapshot!(format!("plan-{language}"), lines.join("\n"));
    }
}

fn template(image: &str, env: &str, memory: &str, level: &str) -> serde_json::Value {
    serde_json::json!({"spec": {"containers": [{
        "name": "app",
        "image": format!("reg.test/shop/cart:{image}"),
        "env": [
            {"name": env, "valueFrom": {"secretKeyRef": {"name": "db", "key": "url"}}},
            {"name": "LEVEL", "value": level},
        ],
        "resources": {"limits": {"memory": memory}},
    }]}})
}

#[rstest]
#[case(
    200,
    "image 2.14.0→2.13.4 · DATABASE_URL→DB_URL · env LEVEL · memory 384→512Mi"
)]
#[case(60, "image 2.14.0→2.13.4 · DATABASE_URL→DB_URL · …and 2 more")]
#[case(10, "image 2.14.0→2.13.4 · …and 3 more")]
fn changes_are_said_in_as_few_words_as_there_is_room_for(
    #[case] room: usize,
    #[case] expected: &str,
) {
    let before = template("2.14.0", "DATABASE_URL", "384Mi", "hunter2");
    let after = template("2.13.4", "DB_URL", "512Mi", "hunter3");
    let changes = Changes::Template(Diff::of_templates(&before, &after));
    let said = Catalogue::new(Language::English).changes(&changes, room);
    assert_eq!(said, expected);
}

#[test]
fn what_an_action_writes_is_told_as_it_is() {
    let say = Catalogue::new(Language::English);
    let replicas = Before {
        replicas: Some(1),
        ..Before::default()
    };
    let image = Before {
        images: vec!["reg/a:2.14.0".to_owned()],
        revision: Some(15),
        ..Before::default()
    };
    assert_eq!(say.before(&image), "rev 15  2.14.0");
    assert_eq!(say.before(&replicas), "1 replica");
}

#[rstest]
#[case("arn:aws:eks:eu/a@b", "arn:aws:eks:eu/a@b")]
#[case("--to-revision=14", "--to-revision=14")]
#[case("my cluster", "'my cluster'")]
#[case("a$(reboot)", "'a$(reboot)'")]
#[case("it's", r"'it'\''s'")]
#[case("~root", "'~root'")]
#[case("=ls", "'=ls'")]
#[case("", "''")]
fn a_word_is_quoted_only_where_a_shell_would_read_it_otherwise(
    #[case] word: &str,
    #[case] expected: &str,
) {
    assert_eq!(quote(word), expected);
}

//! What an Argo Rollout is told of its new revision: to go on, to go to the end, to give it up, to try it again.
//!
//! Requests are those of its own plugin for kubectl (`argoproj/argo-rollouts` `pkg/kubectl-argo-rollouts/cmd`), and go to its
//! status, where the controller reads them; each is for the revision that was seen.

use serde_json::Value;

use super::follow::Reached;
use super::patch::Patch;
use super::plan::{Case, Changes, Note, Plan, Refusal, Step, StepKind, Undo};
use super::record::{Before, OutcomeVerdict, Verb};
use super::template;
use crate::model::{Rollout, Workload};

const PAUSES: &str = "/status/pauseConditions";
const STEP: &str = "/status/currentStepIndex";
const HASH: &str = "/status/currentPodHash";

/// Past the pause that it is at; else past the step that it is at. One that is paused whole goes on, too.
pub(super) fn promote(case: &Case<'_>) -> Result<Plan, Refusal> {
    let live = open(case)?;
    let status = &live["status"];
    let (step, steps) = steps(live);
    let waits = status["pauseConditions"].as_array();
    let waits = waits.is_some_and(|it| !it.is_empty());
    let held = &status["controllerPause"];
    if !waits && (*held == true || step == steps) {
        return resumed(case, Verb::Promote);
    }
    let analysis = &status["canary"]["currentStepAnalysisRunStatus"]["status"];
    let inconclusive = waits && *held == true && *analysis == "Inconclusive";
    let next = step.saturating_add(1).min(steps);
    let mut patch = let_go(case);
    if waits {
        patch = patch.replace(PAUSES, &status["pauseConditions"], &Value::Null);
    }
    if inconclusive {
        patch = patch.replace("/status/controllerPause", held, &false.into());
    }
    let at = &status["currentStepIndex"];
    patch = if inconclusive || !waits {
        patch.replace(STEP, at, &next.into())
    } else {
        patch.seen(STEP, at)
    };
    Ok(stepped(case, Verb::Promote, patch, next, Vec::new()))
}

/// To the end at once.
pub(super) fn promote_full(case: &Case<'_>) -> Result<Plan, Refusal> {
    let live = open(case)?;
    let status = &live["status"];
    if status["promoteFull"] == true {
        return resumed(case, Verb::PromoteFull);
    }
    let (step, steps) = steps(live);
    let patch = let_go(case)
        .seen(STEP, &status["currentStepIndex"])
        .replace("/status/promoteFull", &status["promoteFull"], &true.into());
    let skipped = Note::SkipsSteps(steps.saturating_sub(step));
    Ok(stepped(
        case,
        Verb::PromoteFull,
        patch,
        steps,
        vec![skipped],
    ))
}

/// What can be let go on: a new revision that is not given up.
fn open<'a>(case: &'a Case<'_>) -> Result<&'a Value, Refusal> {
    let live = &case.object.exact;
    if is_given_up(live) {
        Err(Refusal::GivenUp)
    } else if is_promoted(live) {
        Err(Refusal::Promoted)
    } else {
        Ok(live)
    }
}

pub(super) fn abort(case: &Case<'_>) -> Result<Plan, Refusal> {
    let live = &case.object.exact;
    if is_given_up(live) {
        return Err(Refusal::GivenUp);
    }
    if is_promoted(live) {
        return Err(Refusal::Promoted);
    }
    Ok(given_up(case, Verb::Abort, Note::StillNamed))
}

pub(super) fn retry(case: &Case<'_>) -> Result<Plan, Refusal> {
    if !is_given_up(&case.object.exact) {
        return Err(Refusal::NotGivenUp);
    }
    Ok(given_up(case, Verb::Retry, Note::FromFirstStep))
}

pub(super) fn is_given_up(live: &Value) -> bool {
    live["status"]["abort"] == true
}

fn is_promoted(live: &Value) -> bool {
    live["status"]["currentPodHash"] == live["status"]["stableRS"]
}

/// The step that it is at, from 0, and how many there are; without steps none of none.
fn steps(live: &Value) -> (u32, u32) {
    let steps = live["spec"]["strategy"]["canary"]["steps"].as_array();
    let steps = steps.map_or(0, Vec::len);
    let at = step(live).unwrap_or(0);
    let steps = u32::try_from(steps).unwrap_or(u32::MAX);
    (at.min(steps), steps)
}

pub(super) fn step(live: &Value) -> Option<u32> {
    let index = live["status"]["currentStepIndex"].as_u64()?;
    u32::try_from(index).ok()
}

fn seen(case: &Case<'_>) -> Patch {
    Patch::of(case).seen(HASH, &case.object.exact["status"]["currentPodHash"])
}

/// Neither given up nor paused whole meanwhile. One that is goes on first.
fn let_go(case: &Case<'_>) -> Patch {
    let live = &case.object.exact;
    let patch = seen(case).seen("/status/abort", &live["status"]["abort"]);
    if template::is_paused(live) {
        return patch;
    }
    patch.seen("/spec/paused", &live["spec"]["paused"])
}

fn stepped(case: &Case<'_>, verb: Verb, patch: Patch, to: u32, notes: Vec<Note>) -> Plan {
    let (from, steps) = steps(&case.object.exact);
    let paused = template::is_paused(&case.object.exact);
    let at = |step, still| Before {
        step: (steps > 0).then_some(step),
        paused: paused.then_some(still),
        ..Before::default()
    };
    let mut plan = Plan {
        before: at(from, true),
        after: at(to, false),
        changes: Changes::Step {
            from,
            to,
            steps,
            resumes: paused,
        },
        notes,
        undo: Undo::Verb(Verb::Abort),
        ..told(case, verb, patch)
    };
    // Before the status, other than its plugin does: a controller that sees a pause ended while all is paused forgets that it
    // was, and begins it anew (`rollout/pause.go`, `CalculatePauseConditions`).
    if paused {
        let step = unpause(case);
        let words = by_hand(case, step.call.body.as_ref(), &[]);
        plan.by_hand.insert(0, words);
        plan.steps.insert(0, step);
    }
    plan
}

/// Somebody let it go on, or nothing waits, and only that it is paused whole keeps it from that.
fn resumed(case: &Case<'_>, verb: Verb) -> Result<Plan, Refusal> {
    let live = &case.object.exact;
    if !template::is_paused(live) {
        return Err(Refusal::NotWaiting);
    }
    let state = |paused| Before {
        paused: Some(paused),
        ..Before::default()
    };
    let step = unpause(case);
    Ok(Plan {
        before: state(true),
        after: state(false),
        changes: Changes::Paused(false),
        undo: Undo::Verb(Verb::Abort),
        by_hand: vec![by_hand(case, step.call.body.as_ref(), &[])],
        steps: vec![step],
        ..told(case, verb, Patch::of(case))
    })
}

/// What was changed in its template while it was paused would be rolled out with it: that is looked at.
fn unpause(case: &Case<'_>) -> Step {
    let spec = &case.object.exact["spec"];
    let patch = seen(case)
        .seen("/spec/template", &spec["template"])
        .replace("/spec/paused", &spec["paused"], &Value::Null);
    Step {
        kind: StepKind::Resume,
        ..patch.to(case, case.request.object.path())
    }
}

fn given_up(case: &Case<'_>, verb: Verb, note: Note) -> Plan {
    let wanted = verb == Verb::Abort;
    let field = &case.object.exact["status"]["abort"];
    let patch = seen(case).replace("/status/abort", field, &wanted.into());
    let state = |aborted| Before {
        aborted: Some(aborted),
        ..Before::default()
    };
    let inverse = if wanted { Verb::Retry } else { Verb::Abort };
    Plan {
        before: state(!wanted),
        after: state(wanted),
        changes: Changes::GivenUp(wanted),
        notes: vec![note],
        undo: Undo::Verb(inverse),
        ..told(case, verb, patch)
    }
}

fn told(case: &Case<'_>, verb: Verb, patch: Patch) -> Plan {
    let object = &case.request.object;
    let step = patch.to(case, format!("{}/status", object.path()));
    let pods = &case.object.exact["spec"]["template"];
    let brings = verb != Verb::Abort && pods.is_object();
    Plan {
        object: object.clone(),
        verb,
        before: Before::default(),
        after: Before::default(),
        changes: Changes::Asked,
        by_hand: vec![by_hand(
            case,
            step.call.body.as_ref(),
            &["--subresource=status"],
        )],
        steps: vec![step],
        notes: Vec::new(),
        undo: Undo::None(object.kind.clone()),
        template: brings.then(|| pods.clone()),
    }
}

/// `kubectl patch`, as nothing else of kubectl itself writes those fields.
pub(super) fn by_hand(case: &Case<'_>, body: Option<&Value>, more: &[&str]) -> Vec<String> {
    let object = &case.request.object;
    // What is tested for beside the identity may be a template, which holds passwords.
    let said = |it: &&Value| it["op"] != "test" || it["path"] == "/metadata/uid";
    let operations = body.and_then(Value::as_array).into_iter().flatten();
    let operations: Value = operations.filter(said).cloned().collect();
    let patch = operations.to_string();
    let named = format!("{}/{}", object.kind.resource(), object.name);
    let mut words = vec!["patch", &named];
    words.extend(more);
    words.extend(["--type=json", "-p", &patch]);
    case.kubectl(&words)
}

/// Further than the step that it was at, or at the end. `to` is the step that it was sent to; None without steps.
pub(super) fn went_on(workload: &Workload, to: Option<u32>) -> Option<Reached> {
    if let Some(failed) = failed(workload) {
        return Some(failed);
    }
    let step = workload.delivery.as_deref().and_then(|it| it.step);
    let there = match to {
        Some(to) => step >= Some(to),
        None => !workload.stands_still(),
    };
    let there = there && !workload.paused;
    let over = workload.rollout() == Rollout::Complete && workload.is_promoted();
    (there || over).then(|| Reached::plain(OutcomeVerdict::Reached))
}

pub(super) fn came_in(workload: &Workload) -> Option<Reached> {
    let over = workload.rollout() == Rollout::Complete && workload.is_promoted();
    failed(workload).or_else(|| over.then(|| Reached::plain(OutcomeVerdict::Reached)))
}

/// It was given up meanwhile.
pub(super) fn failed(workload: &Workload) -> Option<Reached> {
    let delivery = workload.delivery.as_deref()?;
    let over = workload.rollout() == Rollout::Aborted;
    over.then(|| Reached::with(OutcomeVerdict::Failed, &delivery.message))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;
    use crate::action::hold::{Hold, Reason, hold};
    use crate::action::{Accepted, Action, Guard, HoldVerdict, Request, World};
    use crate::insight::stage::{SELF_HEAL, Stage, application, canary};
    use crate::model::{Application, ClusterId, DeliveryPhase, Kind, Object, ObjectRef};

    /// A canary of four steps that waits at its second.
    fn waiting() -> Value {
        json!({
            "metadata": {"uid": "u1", "name": "basket"},
            "spec": {
                "template": {"spec": {}},
                "strategy": {"canary": {"steps": [
                    {"setWeight": 20}, {"pause": {}}, {"setWeight": 60}, {"pause": {}},
                ]}},
            },
            "status": {
                "stableRS": "65d9", "currentPodHash": "7f4c", "currentStepIndex": 1, "controllerPause": true,
                "pauseConditions": [{"reason": "CanaryPauseStep", "startTime": "2026-11-24T02:00:00Z"}],
            },
        })
    }

    fn plan(action: Action, live: &Value) -> Result<Plan, Refusal> {
        planned(&Stage::new(), action, live).map(|(plan, _)| plan)
    }

    /// With what is said of whether it will hold.
    fn planned(stage: &Stage, action: Action, live: &Value) -> Result<(Plan, Hold), Refusal> {
        let places = stage.places();
        let guard = Guard::default();
        let world = World {
            store: &stage.store,
            places: &places,
            guard: &guard,
            now: stage.now,
        };
        let object = ObjectRef {
            cluster: ClusterId(0),
            kind: Kind::Rollout.into(),
            namespace: "shop".into(),
            name: "basket".into(),
            uid: None,
        };
        let request = Request::new(object, action);
        let accepted = Accepted {
            exact: live.clone(),
            shown: live.clone(),
            warnings: Vec::new(),
        };
        let case = Case {
            request: &request,
            object: &accepted,
            world: &world,
            at: stage.now,
        };
        let plan = match &request.action {
            Action::Promote { full: false } => promote(&case),
            Action::Promote { full: true } => promote_full(&case),
            Action::Abort => abort(&case),
            _ => retry(&case),
        }?;
        let hold = hold(&world, &plan, &accepted, None, &[]);
        Ok((plan, hold))
    }

    #[test]
    fn an_application_that_heals_leaves_alone_what_git_never_declares() {
        let mut stage = Stage::new();
        let mut live = waiting();
        live["metadata"]["namespace"] = "shop".into();
        let reason = |stage: &Stage, live: &Value| planned(stage, NEXT, live).unwrap().1.reason;
        assert_eq!(reason(&stage, &live), Reason::Nobody);
        let heals = application("root", Some(SELF_HEAL));
        stage.add(Object::Application(Box::new(heals)));
        live["metadata"]["annotations"] =
            json!({Application::TRACKING_ID: "root:argoproj.io/Rollout:shop/basket"});
        assert_eq!(reason(&stage, &live), Reason::NotInGit("root".into()));
    }

    const NEXT: Action = Action::Promote { full: false };

    /// What is written, without what is tested.
    fn written(plan: &Plan) -> Vec<String> {
        let call = &plan.steps[0].call;
        assert!(call.path.ends_with("/rollouts/basket/status"), "{call:?}");
        let operations = call.body.as_ref().unwrap().as_array().unwrap();
        assert_eq!(operations[0]["path"], "/metadata/uid");
        assert_eq!(
            operations[1],
            json!({"op": "test", "path": HASH, "value": "7f4c"})
        );
        let writes = operations.iter().filter(|it| it["op"] != "test");
        let told = |it: &Value| format!("{} {}", it["path"], it["value"]).replace('"', "");
        writes.map(told).collect()
    }

    #[test]
    fn what_was_seen_of_it_is_tested_for() {
        for action in [NEXT, Action::Promote { full: true }] {
            let plan = plan(action, &waiting()).unwrap();
            let body = plan.steps[0].call.body.as_ref().unwrap();
            let tests = body.as_array().unwrap().iter();
            let tests = tests.filter(|it| it["op"] == "test");
            let paths: Vec<_> = tests.map(|it| it["path"].as_str().unwrap()).collect();
            for path in ["/status/abort", "/spec/paused", STEP] {
                assert!(paths.contains(&path), "{path}: {paths:?}");
            }
            assert!(!plan.by_hand[0].join(" ").contains("/status/abort"));
        }
    }

    #[test]
    fn at_its_end_and_on_its_way_there_is_nothing_to_promote() {
        let mut ended = waiting();
        ended["status"]["currentStepIndex"] = 4.into();
        ended["status"]["pauseConditions"] = Value::Null;
        ended["status"]["controllerPause"] = false.into();
        assert_eq!(plan(NEXT, &ended).err(), Some(Refusal::NotWaiting));
        let mut going = waiting();
        going["status"]["promoteFull"] = true.into();
        let full = plan(Action::Promote { full: true }, &going);
        assert_eq!(full.err(), Some(Refusal::NotWaiting));
    }

    #[test]
    fn a_pause_is_ended_by_taking_its_reasons_away() {
        let plan = plan(NEXT, &waiting()).unwrap();
        assert_eq!(written(&plan), ["/status/pauseConditions null"]);
        assert_eq!((plan.before.step, plan.after.step), (Some(1), Some(2)));
        assert_eq!(plan.undo, Undo::Verb(Verb::Abort));
        let by_hand = plan.by_hand[0].join(" ");
        assert!(
            by_hand.contains("--subresource=status --type=json"),
            "{by_hand}"
        );
    }

    #[test]
    fn a_step_under_way_is_left_behind() {
        let mut live = waiting();
        live["status"]["pauseConditions"] = Value::Null;
        live["status"]["controllerPause"] = false.into();
        let plan = plan(NEXT, &live).unwrap();
        assert_eq!(written(&plan), ["/status/currentStepIndex 2"]);
    }

    #[test]
    fn an_analysis_without_a_result_is_left_behind_with_its_pause() {
        let mut live = waiting();
        live["status"]["canary"]["currentStepAnalysisRunStatus"]["status"] = "Inconclusive".into();
        let plan = plan(NEXT, &live).unwrap();
        let expected = [
            "/status/pauseConditions null",
            "/status/controllerPause false",
            "/status/currentStepIndex 2",
        ];
        assert_eq!(written(&plan), expected);
    }

    /// What is written to the object itself, before its status.
    fn resumes(plan: &Plan) -> bool {
        let first = plan.steps.first().unwrap();
        let body = first.call.body.as_ref().unwrap().to_string();
        let own = first.call.path.ends_with("/rollouts/basket");
        own && first.kind == StepKind::Resume
            && body.contains(r#"{"op":"remove","path":"/spec/paused"}"#)
            && body.contains(r#""path":"/spec/template""#)
    }

    #[test]
    fn one_that_is_paused_whole_goes_on_with_it() {
        let mut live = waiting();
        live["spec"]["paused"] = true.into();
        for action in [NEXT, Action::Promote { full: true }] {
            let plan = plan(action, &live).unwrap();
            assert_eq!(plan.steps.len(), 2);
            assert!(resumes(&plan), "{plan:?}");
            assert_eq!(
                (plan.before.paused, plan.after.paused),
                (Some(true), Some(false))
            );
            let rights = crate::action::preview::rights(&plan);
            let rights: Vec<_> = rights.iter().map(crate::action::Right::words).collect();
            let needed = [
                "patch rollouts.argoproj.io",
                "patch rollouts.argoproj.io/status",
            ];
            assert_eq!(rights, needed);
            assert_eq!(plan.by_hand.len(), 2);
        }
        // Somebody let it go on before it was paused whole.
        live["status"]["pauseConditions"] = Value::Null;
        let alone = plan(NEXT, &live).unwrap();
        assert_eq!((alone.steps.len(), resumes(&alone)), (1, true));
        assert_eq!(alone.changes, Changes::Paused(false));
    }

    #[test]
    fn what_git_says_of_its_pause_is_put_back() {
        let mut stage = Stage::new();
        let heals = application("root", Some(SELF_HEAL));
        stage.add(Object::Application(Box::new(heals)));
        let mut live = waiting();
        live["metadata"]["namespace"] = "shop".into();
        live["spec"]["paused"] = true.into();
        let mut verdict = |declared: Value| {
            live["metadata"]["annotations"] = json!({
                Application::TRACKING_ID: "root:argoproj.io/Rollout:shop/basket",
                "kubectl.kubernetes.io/last-applied-configuration": declared.to_string(),
            });
            planned(&stage, NEXT, &live).unwrap().1.verdict
        };
        let undone = verdict(json!({"spec": {"paused": true}}));
        assert_eq!(undone, HoldVerdict::UndoneWithinSeconds);
        assert_eq!(verdict(json!({"spec": {}})), HoldVerdict::Holds);
    }

    #[test]
    fn a_full_promotion_abort_and_retry_write_one_flag() {
        let full = plan(Action::Promote { full: true }, &waiting()).unwrap();
        assert_eq!(written(&full), ["/status/promoteFull true"]);
        assert_eq!(full.notes, [Note::SkipsSteps(3)]);
        let abort = plan(Action::Abort, &waiting()).unwrap();
        assert_eq!(written(&abort), ["/status/abort true"]);
        assert_eq!(abort.template, None);
        let mut live = waiting();
        live["status"]["abort"] = true.into();
        let retry = plan(Action::Retry, &live).unwrap();
        assert_eq!(written(&retry), ["/status/abort false"]);
        assert_eq!(retry.undo, Undo::Verb(Verb::Abort));
    }

    #[rstest]
    #[case::over(NEXT, "/status/stableRS", json!("7f4c"), Refusal::Promoted)]
    #[case::nothing_to_abort(Action::Abort, "/status/stableRS", json!("7f4c"), Refusal::Promoted)]
    #[case::given_up(NEXT, "/status/abort", json!(true), Refusal::GivenUp)]
    #[case::again(Action::Abort, "/status/abort", json!(true), Refusal::GivenUp)]
    #[case::going_on(NEXT, "/status/pauseConditions", json!([]), Refusal::NotWaiting)]
    #[case::not_given_up(Action::Retry, "/status/abort", json!(false), Refusal::NotGivenUp)]
    fn what_would_change_nothing_is_refused(
        #[case] action: Action,
        #[case] pointer: &str,
        #[case] value: Value,
        #[case] refusal: Refusal,
    ) {
        let mut live = waiting();
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        live.pointer_mut(parent).unwrap()[key] = value;
        assert_eq!(plan(action, &live), Err(refusal));
    }

    #[test]
    fn blue_green_that_does_not_wait_has_no_step_to_leave() {
        let mut live = waiting();
        live["spec"]["strategy"] = json!({"blueGreen": {}});
        let waits = plan(NEXT, &live).unwrap();
        assert_eq!(
            waits.changes,
            Changes::Step {
                from: 0,
                to: 0,
                steps: 0,
                resumes: false,
            }
        );
        assert_eq!(waits.after, Before::default());
        live["status"]["pauseConditions"] = Value::Null;
        live["status"]["controllerPause"] = false.into();
        assert_eq!(plan(NEXT, &live), Err(Refusal::NotWaiting));
    }

    #[test]
    fn a_promotion_is_over_once_its_step_is_left_or_it_is_given_up() {
        let (mut basket, _) = canary("shop", 0);
        let verdict = |it: &Workload, to| went_on(it, to).map(|it| it.verdict);
        assert_eq!(verdict(&basket, Some(2)), None);
        assert_eq!(came_in(&basket), None);
        basket.delivery.as_mut().unwrap().step = Some(3);
        let reached = Some(OutcomeVerdict::Reached);
        assert_eq!(verdict(&basket, Some(2)), reached);
        basket.paused = true;
        assert_eq!(verdict(&basket, Some(2)), None);
        basket.paused = false;
        let mut over = basket.clone();
        over.current_revision = over.update_revision.clone();
        over.delivery.as_mut().unwrap().phase = DeliveryPhase::Healthy;
        assert_eq!(came_in(&over).map(|it| it.verdict), reached);
        basket.delivery.as_mut().unwrap().aborted = true;
        assert_eq!(verdict(&basket, Some(2)), Some(OutcomeVerdict::Failed));
    }
}

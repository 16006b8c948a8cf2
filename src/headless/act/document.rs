//! The plan as a document. Its fields are described in the README.

use std::fmt::Write as _;

use serde::Serialize;
use serde_json::Value;

use crate::action::{
    self, AnswerVerdict, Hold, HoldVerdict, Named, Need, Outcome, Plan, Preview, Reply, World,
};
use crate::headless::journal::row::{BeforeRow, OutcomeRow, known};
use crate::headless::rows::ClassRow;
use crate::model::{Moment, Text};
use crate::wording::Catalogue;
use crate::wording::plan::by_hand;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Document {
    /// Of the journal; null for a dry run.
    id: Option<String>,
    /// The plan that goes before it, so that it lasts.
    first: Option<Box<Document>>,
    target: Target,
    action: &'static str,
    before: Option<BeforeRow>,
    after: Option<BeforeRow>,
    /// The requests, word for word.
    patch: Vec<Request>,
    checks: Vec<CheckRow>,
    hold: Option<HoldRow>,
    /// To the dry run, or to the requests that were sent; in their order.
    server_answer: Vec<ServerAnswer>,
    /// Why nothing was sent.
    refusal: Option<String>,
    outcome: Option<OutcomeRow>,
    by_hand: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Target {
    context: String,
    tenant: String,
    environment: String,
    class: ClassRow,
    #[serde(flatten)]
    object: Named,
}

#[derive(Serialize)]
struct Request {
    method: &'static str,
    path: String,
    body: Option<Value>,
}

#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ServerAnswer {
    dry_run: bool,
    audit_id: Option<String>,
    verdict: AnswerVerdict,
    code: Option<u16>,
    /// In the server's words.
    message: Option<String>,
    warnings: Vec<Text>,
    /// For people.
    #[serde(skip)]
    pub(super) reply: Reply,
}

impl ServerAnswer {
    pub(super) fn of(reply: &Reply, audit_id: Option<String>) -> Self {
        let refused = reply.refused();
        Self {
            dry_run: audit_id.is_none(),
            audit_id,
            verdict: reply.verdict(),
            code: refused.map(|it| it.code),
            message: refused.and_then(|it| known(&it.message)),
            warnings: refused.map_or(reply.warnings(), |it| &it.warnings).to_vec(),
            reply: reply.clone(),
        }
    }
}

#[derive(Serialize)]
struct CheckRow {
    name: &'static str,
    verdict: &'static str,
    detail: String,
}

#[derive(Serialize)]
struct HoldRow {
    verdict: HoldVerdict,
    reason: String,
    proof: Vec<String>,
}

pub(super) struct Told<'a> {
    pub(super) preview: &'a Preview,
    pub(super) world: &'a World<'a>,
    pub(super) catalogue: &'a Catalogue,
    pub(super) refusal: Option<String>,
    /// As it was typed.
    pub(super) reason: &'a str,
    pub(super) id: Option<String>,
    pub(super) answers: Vec<ServerAnswer>,
    pub(super) outcome: Option<Outcome>,
    pub(super) first: Option<Box<Document>>,
}

impl Told<'_> {
    /// What is sent is told word for word, and may hold anything: nothing in it reaches a terminal as an order.
    pub(super) fn json(self) -> String {
        let text = serde_json::to_string_pretty(&self.document()).unwrap_or_default();
        inert(&text)
    }

    fn requests(&self, plan: &Plan) -> Vec<Request> {
        let calls = action::signed(self.preview, plan, self.reason);
        let requests = calls.into_iter().map(|call| Request {
            method: call.method.word(),
            path: call.target(),
            body: call.body,
        });
        requests.collect()
    }

    pub(super) fn document(self) -> Document {
        let object = &self.preview.request.object;
        let place = self.world.place(object);
        let cluster = self.world.store.cluster(object.cluster);
        let plan = self.preview.plan().and_then(|it| it.as_ref().ok());
        let checks = self.preview.checks().iter().map(|check| CheckRow {
            name: check.subject.word(),
            verdict: check.verdict.word(),
            detail: self.catalogue.check_detail(check, self.world.now),
        });
        let patch = plan.map(|it| self.requests(it)).unwrap_or_default();
        Document {
            id: self.id,
            first: self.first,
            target: Target {
                context: cluster.map_or_else(String::new, |it| it.name().to_string()),
                tenant: place.tenant.to_string(),
                environment: place.environment.to_string(),
                class: place.class.into(),
                object: Named::of(object),
            },
            action: self.preview.request.action.verb().word(),
            before: plan.map(|it| (&it.before).into()),
            after: plan.map(|it| (&it.after).into()),
            patch,
            checks: checks.collect(),
            hold: self.preview.hold().map(|hold: &Hold| HoldRow {
                verdict: hold.verdict,
                reason: self.catalogue.hold(hold, &Moment::to_rfc3339),
                proof: hold.proof.clone(),
            }),
            server_answer: self.answers,
            refusal: self.refusal,
            outcome: self.outcome.as_ref().map(OutcomeRow::from),
            by_hand: plan
                .map(by_hand)
                .unwrap_or_default()
                .lines()
                .map(str::to_owned)
                .collect(),
        }
    }
}

/// What the server said to the dry run of each step.
pub(super) fn dry(preview: &Preview) -> Vec<ServerAnswer> {
    let said = (0..).map_while(|at| preview.reply(&Need::DryRun(at)));
    said.map(|reply| ServerAnswer::of(reply, None)).collect()
}

/// The same JSON, with the characters escaped that are not seen and are neither a space nor a line end.
fn inert(json: &str) -> String {
    let mut shown = String::with_capacity(json.len());
    for letter in json.chars() {
        let seen = letter == '\n' || !letter.is_control() && letter.escape_debug().len() == 1;
        if seen || letter.is_ascii_punctuation() {
            shown.push(letter);
            continue;
        }
        let mut units = [0; 2];
        for unit in letter.encode_utf16(&mut units) {
            // A string has room for anything.
            let _ = write!(shown, "\\u{unit:04x}");
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::*;
    use crate::action::{Accepted, Action, Guard, Request, Unsent};
    use crate::insight::stage::{HOME, SELF_HEAL, Stage, application};
    use crate::model::{Kind, ObjectRef, Problem};
    use crate::wording::Language;

    #[test]
    fn what_is_not_seen_is_escaped_and_stays_the_same_json() {
        let value =
            json!({"a\u{9b}": "caf\u{e9} \u{65e5} \"q\" \\ \u{1b}[2J\u{202e}\u{e0041}\u{7f}\n"});
        let text = inert(&serde_json::to_string_pretty(&value).unwrap());
        assert!(
            !text.contains(['\u{9b}', '\u{202e}', '\u{e0041}', '\u{7f}']),
            "{text}"
        );
        assert!(text.contains("caf\u{e9} \u{65e5}"), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }

    #[test]
    fn without_an_answer_the_document_has_no_words_and_people_are_told_the_cause() {
        let say = Catalogue::new(Language::English);
        let told = |reply: Reply| {
            let answer = ServerAnswer::of(&reply, Some("vigie-a-1".to_owned()));
            let document = serde_json::to_value(&answer).unwrap();
            assert_eq!(document["message"], Value::Null);
            (document["verdict"].clone(), say.reply(&answer.reply))
        };
        let (verdict, words) = told(Reply::NotSent(Unsent::NoLink));
        assert_eq!(verdict, json!("refused"));
        assert_eq!(words, "not sent: the cluster does not answer");
        let (verdict, words) = told(Reply::Unknown(Problem::TimedOut { seconds: 30 }));
        assert_eq!(verdict, json!("unknown"));
        assert!(words.starts_with("no answer: "), "{words}");
    }

    /// What is kept on the Application names who and why, as it is sent.
    #[test]
    fn the_patch_has_the_reason_that_was_given() {
        let mut stage = Stage::new();
        let beta = application("beta", Some(SELF_HEAL));
        let object = ObjectRef {
            cluster: HOME,
            kind: Kind::Application.into(),
            namespace: "argocd".into(),
            name: "beta".into(),
            uid: Some(beta.meta.uid),
        };
        stage.add(crate::model::Object::Application(Box::new(beta)));
        let places = stage.places();
        let world = World {
            store: &stage.store,
            places: &places,
            guard: &Guard::default(),
            now: stage.now,
        };
        let mut preview = Preview::new(Request::new(object, Action::SuspendSync), &world);
        let live = json!({
            "metadata": {"uid": "argocd/beta", "name": "beta", "namespace": "argocd"},
            "spec": {"syncPolicy": {"automated": {"selfHeal": true}}},
        });
        let me = json!({"status": {"userInfo": {"username": "oncall-a"}}});
        preview.ask();
        for (need, value) in [(Need::Object, live), (Need::Myself, me)] {
            let read = Accepted {
                exact: value.clone(),
                shown: value,
                warnings: Vec::new(),
            };
            preview.tell(&need, Reply::Accepted(Arc::new(read)), &world);
        }
        let patch = |reason| {
            let told = Told {
                preview: &preview,
                world: &world,
                catalogue: &Catalogue::new(Language::English),
                refusal: None,
                reason,
                id: None,
                answers: Vec::new(),
                outcome: None,
                first: None,
            };
            let document: Value = serde_json::from_str(&told.json()).unwrap();
            document["patch"].to_string()
        };
        let signed = patch("INC-1");
        assert!(
            signed.contains(r#"\"by\":\"oncall-a\",\"reason\":\"INC-1\""#),
            "{signed}"
        );
        assert!(!patch("").contains("reason"), "{}", patch(""));
    }
}

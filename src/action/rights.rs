//! What is known of what the person may do, namespace by namespace, before anything is asked for.

use std::collections::HashMap;

use super::call::Reply;
use super::request::Right;
use super::rules::Rules;
use crate::model::{ClusterId, Moment, ObjectRef, Text};

/// Rights change seldom: an answer counts this many seconds.
const FRESH: i64 = 5 * 60;
/// What was not answered is asked again after this many seconds.
const AGAIN: i64 = 60;
/// Namespaces kept; the one asked about longest ago goes first.
const KEPT: usize = 128;

#[derive(Debug, Default)]
pub struct Rights {
    known: HashMap<(ClusterId, Text), Known>,
}

#[derive(Debug)]
struct Known {
    /// When it was asked last.
    asked: Moment,
    answered: bool,
    /// Somebody pressed a key that they deny.
    doubted: bool,
    /// Those of the answer before count until the next one is there.
    rules: Option<Rules>,
}

impl Rights {
    /// Whether it is time to ask about the namespace.
    pub fn due(&self, cluster: ClusterId, namespace: &Text, now: Moment) -> bool {
        let known = self.known.get(&(cluster, namespace.clone()));
        known.is_none_or(|it| it.due(now))
    }

    /// It is asked now.
    pub fn ask(&mut self, cluster: ClusterId, namespace: &Text, now: Moment) {
        let key = (cluster, namespace.clone());
        let before = self.known.remove(&key);
        if self.known.len() >= KEPT {
            let oldest = self.known.iter().min_by_key(|(_, it)| it.asked);
            let oldest = oldest.map(|(key, _)| key.clone());
            oldest.and_then(|it| self.known.remove(&it));
        }
        let asked = Known {
            asked: now,
            answered: false,
            doubted: false,
            rules: before.and_then(|it| it.rules),
        };
        self.known.insert(key, asked);
    }

    /// A failed answer says nothing, and the one before counts no longer.
    pub fn tell(&mut self, cluster: ClusterId, namespace: &Text, reply: &Reply) {
        if let Some(known) = self.known.get_mut(&(cluster, namespace.clone())) {
            known.answered = true;
            known.rules = reply.accepted().map(Rules::of);
        }
    }

    /// A denial that a hand ran into may be over: it is asked about once more.
    pub fn doubt(&mut self, object: &ObjectRef) {
        let key = (object.cluster, object.namespace.clone());
        if let Some(known) = self.known.get_mut(&key) {
            known.doubted = true;
        }
    }

    /// None when it is not known.
    pub fn allows(&self, object: &ObjectRef, right: &Right, now: Moment) -> Option<bool> {
        let known = self
            .known
            .get(&(object.cluster, object.namespace.clone()))?;
        let rules = known
            .rules
            .as_ref()
            .filter(|_| known.asked.age(now) < FRESH)?;
        rules.allows(right, right.name(object))
    }
}

impl Known {
    fn due(&self, now: Moment) -> bool {
        let told = self.answered && self.rules.is_some();
        let lasts = if told { FRESH } else { AGAIN };
        self.asked.age(now) >= lasts || (self.doubted && self.answered)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::*;
    use crate::action::{Accepted, Unsent, Verb};
    use crate::model::Kind;

    const HERE: ClusterId = ClusterId(1);

    fn at(seconds: i64) -> Moment {
        Moment::from_seconds(1_800_000_000 + seconds).unwrap()
    }

    fn object() -> ObjectRef {
        ObjectRef {
            cluster: HERE,
            kind: Kind::Deployment.into(),
            namespace: "betaapp".into(),
            name: "back".into(),
            uid: None,
        }
    }

    fn nothing() -> Reply {
        let other = json!({"verbs": ["get"], "apiGroups": [""], "resources": ["pods"]});
        let answer = json!({"status": {"resourceRules": [other], "incomplete": false}});
        Reply::Accepted(Arc::new(Accepted {
            shown: answer.clone(),
            exact: answer,
            warnings: Vec::new(),
        }))
    }

    fn allowed(rights: &Rights, now: Moment) -> Option<bool> {
        let object = object();
        rights.allows(&object, &Verb::Restart.right(&object.kind), now)
    }

    #[test]
    fn an_answer_counts_five_minutes_and_until_the_next_one() {
        let space = Text::from("betaapp");
        let mut rights = Rights::default();
        assert!(rights.due(HERE, &space, at(0)));
        rights.ask(HERE, &space, at(0));
        assert!(!rights.due(HERE, &space, at(59)));
        assert_eq!(allowed(&rights, at(1)), None);
        rights.tell(HERE, &space, &nothing());
        assert_eq!(allowed(&rights, at(299)), Some(false));
        assert!(!rights.due(HERE, &space, at(299)));
        assert!(rights.due(ClusterId(2), &space, at(299)));
        assert!(rights.due(HERE, &space, at(300)));
        assert_eq!(allowed(&rights, at(300)), None);
        rights.ask(HERE, &space, at(300));
        assert_eq!(allowed(&rights, at(301)), Some(false));
    }

    #[test]
    fn what_failed_is_not_known_and_asked_again_after_a_minute() {
        let space = Text::from("betaapp");
        let mut rights = Rights::default();
        rights.ask(HERE, &space, at(0));
        rights.tell(HERE, &space, &nothing());
        rights.ask(HERE, &space, at(300));
        rights.tell(HERE, &space, &Reply::NotSent(Unsent::NoLink));
        assert_eq!(allowed(&rights, at(301)), None);
        assert!(!rights.due(HERE, &space, at(359)));
        assert!(rights.due(HERE, &space, at(360)));
    }

    #[test]
    fn a_denial_that_was_run_into_is_asked_about_once_more() {
        let space = Text::from("betaapp");
        let mut rights = Rights::default();
        rights.ask(HERE, &space, at(0));
        rights.tell(HERE, &space, &nothing());
        rights.doubt(&object());
        assert!(rights.due(HERE, &space, at(2)));
        assert_eq!(allowed(&rights, at(2)), Some(false));
        rights.ask(HERE, &space, at(2));
        // One question at a time.
        rights.doubt(&object());
        assert!(!rights.due(HERE, &space, at(3)));
    }

    #[test]
    fn it_stays_bounded() {
        let mut rights = Rights::default();
        for number in 0..1000 {
            let space = Text::from(format!("space-{number}").as_str());
            rights.ask(HERE, &space, at(number));
            rights.ask(HERE, &space, at(number));
        }
        assert_eq!(rights.known.len(), KEPT);
        assert!(!rights.due(HERE, &"space-999".into(), at(999)));
        assert!(rights.due(HERE, &"space-0".into(), at(999)));
    }
}

//! What a person may do in a namespace, as the cluster lists it.

use serde_json::{Value, json};

use super::call::{Accepted, Call, Method, RULES_REVIEWS};
use super::request::Right;
use crate::model::ClusterId;

/// Of one namespace, with what holds in the whole cluster.
#[derive(Debug)]
pub struct Rules {
    rules: Vec<Rule>,
    /// Every authorizer lists its rules: what none of them grants is denied. A webhook lists none, and neither does a server
    /// that has just started: until it has read its rules it says that there are none, and calls that complete.
    complete: bool,
}

#[derive(Debug)]
struct Rule {
    verbs: Vec<String>,
    groups: Vec<String>,
    resources: Vec<String>,
    /// Empty for any.
    names: Vec<String>,
}

impl Rules {
    /// The question.
    pub fn review(cluster: ClusterId, namespace: &str) -> Call {
        let body = json!({
            "apiVersion": "authorization.k8s.io/v1",
            "kind": "SelfSubjectRulesReview",
            "spec": {"namespace": namespace},
        });
        Call::to(cluster, Method::Post, RULES_REVIEWS.to_owned(), Some(body))
    }

    pub fn of(accepted: &Accepted) -> Self {
        let status = &accepted.exact["status"];
        let rules = status["resourceRules"].as_array().into_iter().flatten();
        let rules: Vec<_> = rules.map(Rule::of).collect();
        Self {
            complete: status["incomplete"] == false && !rules.is_empty(),
            rules,
        }
    }

    /// None when it is not known. The name is empty for what has none yet.
    pub fn allows(&self, right: &Right, name: &str) -> Option<bool> {
        let allowed = self.rules.iter().any(|it| it.grants(right, name));
        (allowed || self.complete).then_some(allowed)
    }
}

impl Rule {
    fn of(rule: &Value) -> Self {
        let words = |field: &str| {
            let words = rule[field].as_array().into_iter().flatten();
            words.filter_map(Value::as_str).map(str::to_owned).collect()
        };
        Self {
            verbs: words("verbs"),
            groups: words("apiGroups"),
            resources: words("resources"),
            names: words("resourceNames"),
        }
    }

    fn grants(&self, right: &Right, name: &str) -> bool {
        has(&self.verbs, &right.verb)
            && has(&self.groups, &right.group)
            && self.resources.iter().any(|it| covers(it, right))
            && (self.names.is_empty() || self.names.iter().any(|it| it == name))
    }
}

fn has(words: &[String], wanted: &str) -> bool {
    words.iter().any(|it| it == "*" || it == wanted)
}

/// As RBAC reads it: `deployments` alone does not cover `deployments/scale`.
fn covers(resource: &str, right: &Right) -> bool {
    if resource == "*" {
        return true;
    }
    let (plural, subresource) = resource.split_once('/').unwrap_or((resource, ""));
    // Only a subresource can be meant of any resource.
    let any = plural == "*" && !subresource.is_empty();
    subresource == right.subresource && (any || plural == right.resource)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::action::Verb;
    use crate::model::Kind;

    fn rules(rules: &Value, incomplete: bool) -> Rules {
        let answer = json!({
            "kind": "SelfSubjectRulesReview",
            "status": {
                "resourceRules": rules,
                "nonResourceRules": [{"verbs": ["*"], "nonResourceURLs": ["*"]}],
                "incomplete": incomplete,
            },
        });
        Rules::of(&Accepted {
            shown: answer.clone(),
            exact: answer,
            warnings: Vec::new(),
        })
    }

    fn rule(verbs: &[&str], group: &str, resource: &str, names: &[&str]) -> Value {
        json!([{"verbs": verbs, "apiGroups": [group], "resources": [resource], "resourceNames": names}])
    }

    /// What everybody may, then the role.
    fn view() -> Value {
        json!([
            {"verbs": ["create"], "apiGroups": ["authorization.k8s.io"],
             "resources": ["selfsubjectaccessreviews", "selfsubjectrulesreviews"]},
            {"verbs": ["get", "list", "watch"], "apiGroups": ["apps"],
             "resources": ["daemonsets", "deployments", "deployments/scale", "replicasets"]},
            {"verbs": ["get", "list", "watch"], "apiGroups": [""], "resources": ["pods", "pods/log"]},
        ])
    }

    fn restart() -> Right {
        Verb::Restart.right(&Kind::Deployment.into())
    }

    fn scale() -> Right {
        Verb::Scale.right(&Kind::Deployment.into())
    }

    #[test]
    fn an_admin_may_do_everything_and_a_viewer_nothing() {
        let admin = rules(&rule(&["*"], "*", "*", &[]), false);
        let viewer = rules(&view(), false);
        for verb in Verb::ALL {
            for kind in Kind::ALL
                .into_iter()
                .filter(|it| verb.applies(&(*it).into()))
            {
                let right = verb.right(&kind.into());
                assert_eq!(admin.allows(&right, "back"), Some(true), "{right:?}");
                assert_eq!(viewer.allows(&right, "back"), Some(false), "{right:?}");
            }
        }
        let reads = Right::new("get", &Kind::Deployment.into(), "scale");
        assert_eq!(viewer.allows(&reads, "back"), Some(true));
    }

    #[rstest]
    #[case::itself("deployments", true, false)]
    #[case::its_number("deployments/scale", false, true)]
    #[case::any("*", true, true)]
    #[case::any_number("*/scale", false, true)]
    #[case::not_a_pattern("deployments/*", false, false)]
    #[case::nothing_of_nothing("*/", false, false)]
    #[case::another("statefulsets", false, false)]
    fn a_subresource_is_a_right_of_its_own(
        #[case] resource: &str,
        #[case] restarts: bool,
        #[case] scales: bool,
    ) {
        let rules = rules(&rule(&["patch"], "apps", resource, &[]), false);
        assert_eq!(rules.allows(&restart(), "back"), Some(restarts));
        assert_eq!(rules.allows(&scale(), "back"), Some(scales));
    }

    #[test]
    fn the_group_and_the_verb_count() {
        for (verb, group) in [("patch", ""), ("update", "apps"), ("patch", "extensions")] {
            let rules = rules(&rule(&[verb], group, "deployments", &[]), false);
            assert_eq!(rules.allows(&restart(), "back"), Some(false), "{verb}");
        }
    }

    #[test]
    fn a_rule_may_name_the_objects_that_it_is_for() {
        let named = rules(&rule(&["*"], "*", "*", &["back", "front"]), false);
        assert_eq!(named.allows(&restart(), "front"), Some(true));
        assert_eq!(named.allows(&restart(), "queue"), Some(false));
        // What is created has no name yet.
        let run_now = Verb::RunNow.right(&Kind::CronJob.into());
        assert_eq!(named.allows(&run_now, ""), Some(false));
    }

    #[test]
    fn what_no_rule_of_an_incomplete_list_grants_is_not_known() {
        let some = rules(&rule(&["patch"], "apps", "deployments", &[]), true);
        assert_eq!(some.allows(&restart(), "back"), Some(true));
        assert_eq!(some.allows(&scale(), "back"), None);
        let none_yet = rules(&json!([]), false);
        assert_eq!(none_yet.allows(&restart(), "back"), None);
        let strange = Rules::of(&Accepted {
            exact: json!({"status": {"resourceRules": 7}}),
            shown: Value::Null,
            warnings: Vec::new(),
        });
        assert_eq!(strange.allows(&restart(), "back"), None);
    }
}

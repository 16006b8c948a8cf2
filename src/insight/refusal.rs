//! Why pods cannot be created, from the controller's `FailedCreate` message: the API server's words, taken apart.

use crate::model::Text;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The figures of the first resource without room.
    Quota {
        name: Text,
        resource: Text,
        used: Text,
        hard: Text,
    },
    /// `by` is the policy where the message names one, else the webhook.
    Admission {
        by: Text,
        message: Text,
    },
    WebhookDown {
        name: Text,
        message: Text,
    },
    Other {
        message: Text,
    },
}

pub(super) fn parse(message: &str) -> Refusal {
    let line = &one_line(message);
    quota(line)
        .or_else(|| webhook_down(line))
        // Its indentation tells where the words of a policy end.
        .or_else(|| webhook(message))
        .or_else(|| policy(line))
        .or_else(|| pod_security(line))
        .or_else(|| security_context(line))
        .unwrap_or_else(|| Refusal::Other {
            message: after_forbidden(line).into(),
        })
}

/// `exceeded quota: NAME, requested: R=a, used: R=b, limited: R=c`, lists separated by commas.
fn quota(message: &str) -> Option<Refusal> {
    let (_, rest) = message.split_once("exceeded quota: ")?;
    let (name, rest) = rest.split_once(',').unwrap_or((rest, ""));
    let part = |label: &str| {
        let (_, rest) = rest.split_once(label)?;
        let end = rest.find(": ").map_or(rest.len(), |colon| {
            rest.get(..colon)
                .and_then(|part| part.rfind(", "))
                .unwrap_or(colon)
        });
        rest.get(..end)
    };
    let first = |label: &str| {
        part(label)?
            .split(',')
            .find_map(|pair| pair.trim().split_once('='))
    };
    let (resource, used) = first("used: ").unwrap_or_default();
    let (_, hard) = first("limited: ").unwrap_or_default();
    Some(Refusal::Quota {
        name: name.trim().into(),
        resource: resource.into(),
        used: used.into(),
        hard: hard.into(),
    })
}

fn webhook_down(message: &str) -> Option<Refusal> {
    let (_, rest) = message.split_once("failed calling webhook ")?;
    let (name, rest) = quoted(rest)?;
    Some(Refusal::WebhookDown {
        name: name.into(),
        message: last_clause(rest.trim_start_matches(": ")).into(),
    })
}

fn webhook(message: &str) -> Option<Refusal> {
    let (_, rest) = message.split_once("admission webhook ")?;
    let (name, rest) = quoted(rest)?;
    let words = rest
        .split_once("denied the request")
        .map_or(rest, |(_, words)| words);
    let words = words.trim_start_matches(':').trim();
    Some(kyverno(words).unwrap_or_else(|| Refusal::Admission {
        by: name.into(),
        message: one_line(words).into(),
    }))
}

/// Kyverno writes `POLICY:` and under it `  RULE: 'MESSAGE'` as YAML, whose lines may have become one.
fn kyverno(words: &str) -> Option<Refusal> {
    let (_, rest) = words.split_once("following policies")?;
    let (policy, rest) = rest.split_once(':')?;
    let (_, said) = rest.split_once(':')?;
    let said = one_line(&scalar(said.trim_start()));
    Some(Refusal::Admission {
        by: policy.trim().into(),
        message: said.trim_start_matches("validation error: ").into(),
    })
}

/// A YAML value up to its end: the closing quote, else the end of its line, of which indentation may be what is left.
fn scalar(text: &str) -> String {
    let Some(quoted) = text.strip_prefix('\'') else {
        let end = [text.find('\n'), text.find("  ")];
        let end = end.into_iter().flatten().min().unwrap_or(text.len());
        return text.get(..end).unwrap_or(text).trim_matches('"').to_owned();
    };
    let mut said = String::new();
    let mut letters = quoted.chars().peekable();
    while let Some(letter) = letters.next() {
        // A quote within is written twice.
        if letter == '\'' && letters.next_if_eq(&'\'').is_none() {
            break;
        }
        said.push(letter);
    }
    said
}

/// `ValidatingAdmissionPolicy 'NAME' with binding 'NAME' denied request: MESSAGE`.
fn policy(message: &str) -> Option<Refusal> {
    let (_, rest) = message.split_once("ValidatingAdmissionPolicy '")?;
    let (name, rest) = rest.split_once('\'')?;
    let said = rest
        .split_once("denied request: ")
        .map_or(rest, |(_, said)| said);
    Some(Refusal::Admission {
        by: name.into(),
        message: one_line(said).into(),
    })
}

/// `violates PodSecurity "LEVEL:VERSION": WORDS`.
fn pod_security(message: &str) -> Option<Refusal> {
    let (_, rest) = message.split_once("violates PodSecurity ")?;
    let (level, rest) = quoted(rest)?;
    Some(Refusal::Admission {
        by: compact_str::format_compact!("PodSecurity {level}"),
        message: rest.trim_start_matches(':').trim().into(),
    })
}

fn security_context(message: &str) -> Option<Refusal> {
    let (_, rest) =
        message.split_once("unable to validate against any security context constraint")?;
    Some(Refusal::Admission {
        by: "SecurityContextConstraints".into(),
        message: one_line(rest.trim_start_matches(':')).into(),
    })
}

/// The text between the first double quotes, and what follows them.
fn quoted(text: &str) -> Option<(&str, &str)> {
    text.split_once('"')?.1.split_once('"')
}

/// `pods "x-" is forbidden: WORDS` without its head, which names a pod that never was.
fn after_forbidden(message: &str) -> &str {
    message
        .split_once(" is forbidden: ")
        .or_else(|| message.split_once("error looking up "))
        .map_or(message, |(_, words)| words)
        .trim()
}

/// Of nested errors the innermost says what happened.
fn last_clause(message: &str) -> &str {
    message.rsplit_once(": ").map_or(message, |(head, last)| {
        // `dial tcp 10.0.0.1:443: connect: connection refused` is clearer with its address.
        head.rfind("dial tcp")
            .and_then(|at| message.get(at..))
            .unwrap_or(last)
    })
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quota_names_itself_and_its_first_full_resource() {
        let message = "pods \"api-7d9-\" is forbidden: exceeded quota: dso-quota, requested: limits.cpu=1,limits.memory=1Gi, used: limits.cpu=8,limits.memory=7Gi, limited: limits.cpu=8,limits.memory=16Gi";
        let expected = Refusal::Quota {
            name: "dso-quota".into(),
            resource: "limits.cpu".into(),
            used: "8".into(),
            hard: "8".into(),
        };
        assert_eq!(parse(message), expected);
    }

    const KYVERNO: &str = "admission webhook \"validate.kyverno.svc-fail\" denied the request: \n\nresource Pod/betaapp/x was blocked due to the following policies \n\ncheck-labels:\n  autogen-check-labels: 'validation error: label ''tier'' is\n    required. rule autogen-check-labels failed at path /metadata/labels/tier/'\nno-latest:\n  tags: no tag\n";

    #[test]
    fn kyverno_names_the_policy_and_its_message_on_several_lines_or_one() {
        let message = "label 'tier' is required. rule autogen-check-labels failed at path /metadata/labels/tier/";
        let expected = Refusal::Admission {
            by: "check-labels".into(),
            message: message.into(),
        };
        assert_eq!(parse(KYVERNO), expected);
        assert_eq!(parse(&KYVERNO.replace('\n', " ")), expected);
    }

    #[test]
    fn a_kyverno_message_without_quotes_ends_with_its_line() {
        let message = "admission webhook \"v\" denied the request: \n\nresource Pod/a/b was blocked due to the following policies\n\nno-latest:\n  tags: the tag latest is not allowed\n  other: no\n";
        let expected = Refusal::Admission {
            by: "no-latest".into(),
            message: "the tag latest is not allowed".into(),
        };
        assert_eq!(parse(message), expected);
        assert_eq!(parse(&message.replace('\n', " ")), expected);
    }

    #[test]
    fn quotas_and_dead_webhooks_are_told_whatever_breaks_their_lines() {
        let quota = "pods \"x\" is forbidden: exceeded quota: dso-quota,\n requested: pods=1,\n used: pods=8,\n limited: pods=8\n";
        let down = "failed calling webhook\n\"a.b.c\": failed to call webhook: Post \"https://x\":\n dial tcp 10.3.4.5:443: connect: connection refused\n";
        let expected = [
            Refusal::Quota {
                name: "dso-quota".into(),
                resource: "pods".into(),
                used: "8".into(),
                hard: "8".into(),
            },
            Refusal::WebhookDown {
                name: "a.b.c".into(),
                message: "dial tcp 10.3.4.5:443: connect: connection refused".into(),
            },
        ];
        assert_eq!([parse(quota), parse(down)], expected);
        let flat = [quota, down].map(|it| parse(&it.replace('\n', " ")));
        assert_eq!(flat, expected);
    }

    #[test]
    fn any_other_webhook_is_quoted() {
        let refusal = parse("admission webhook \"a.b.c\" denied the request: no such\n team");
        let expected = Refusal::Admission {
            by: "a.b.c".into(),
            message: "no such team".into(),
        };
        assert_eq!(refusal, expected);
    }

    #[test]
    fn a_webhook_that_does_not_answer_is_its_own_cause() {
        let refusal = parse(
            "Internal error occurred: failed calling webhook \"mutate.kyverno.svc\": failed to call webhook: Post \"https://kyverno-svc.kyverno.svc:443/mutate\": dial tcp 10.3.4.5:443: connect: connection refused",
        );
        let expected = Refusal::WebhookDown {
            name: "mutate.kyverno.svc".into(),
            message: "dial tcp 10.3.4.5:443: connect: connection refused".into(),
        };
        assert_eq!(refusal, expected);
    }

    #[test]
    fn built_in_admission_is_told_by_its_name() {
        let by = |message: &str| match parse(message) {
            Refusal::Admission { by, .. } => by,
            other => panic!("{other:?}"),
        };
        assert_eq!(
            by(
                "pods \"x\" is forbidden: violates PodSecurity \"restricted:latest\": allowPrivilegeEscalation != false"
            ),
            "PodSecurity restricted:latest"
        );
        assert_eq!(
            by(
                "pods \"x\" is forbidden: ValidatingAdmissionPolicy 'owners' with binding 'all' denied request: no owner"
            ),
            "owners"
        );
    }

    #[test]
    fn anything_else_keeps_its_words() {
        let refusal = parse(
            "pods \"x-\" is forbidden: error looking up service account shop/cart: serviceaccount \"cart\" not found",
        );
        assert!(
            matches!(refusal, Refusal::Other { message } if message.contains("serviceaccount \"cart\" not found"))
        );
    }

    proptest::proptest! {
        #[test]
        fn no_message_panics(message in ".{0,80}(exceeded quota: |failed calling webhook |admission webhook |following policies).{0,80}") {
            let _ = parse(&message);
        }
    }
}

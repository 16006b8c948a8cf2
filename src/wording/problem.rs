//! What stands between vigie and an answer, in words.

use super::Catalogue;
use crate::model::{
    ConfigFault, Feed, GarbledFault, Kind, Lack, LoginFault, Moment, Problem, Scope, Verb,
};

impl Catalogue {
    /// Why what was looked up is not there.
    pub fn lack(&self, lack: &Lack) -> String {
        match lack {
            Lack::Denied { verb, resource } => {
                let right = format!("{} {resource}", verb.word());
                self.say_with("lack-denied", &[("right", right.into())])
            }
            Lack::Absent => self.say("lack-absent"),
            Lack::NotStarted(reason) => {
                let reason = [("reason", reason.as_str().into())];
                self.say_with("lack-not-started", &reason)
            }
            Lack::NoPrevious => self.say("lack-no-previous"),
            Lack::KubeletUnreachable(how) => {
                self.say_with("lack-kubelet", &[("how", how.as_str().into())])
            }
            Lack::Failed(problem) => self.problem(problem),
        }
    }

    /// The whole sentence about a broken link, without its subject.
    pub fn problem(&self, problem: &Problem) -> String {
        let with = |id: &str, detail: &str| self.say_with(id, &[("detail", detail.into())]);
        match problem {
            Problem::Unreachable { detail } => with("problem-unreachable", detail),
            Problem::TimedOut { seconds } => self.say_with(
                "problem-timed-out",
                &[("seconds", seconds.to_string().into())],
            ),
            Problem::Unauthorized { login: None } => self.say("problem-unauthorized"),
            Problem::Unauthorized {
                login: Some(command),
            } => self.say_with(
                "problem-unauthorized-login",
                &[("command", command.as_str().into())],
            ),
            Problem::Login { command, fault } => self.say_with(
                "problem-login",
                &[
                    ("command", command.as_str().into()),
                    ("detail", self.login_fault(fault).into()),
                ],
            ),
            // In a pod there is no kubeconfig to blame.
            Problem::Config(fault @ ConfigFault::ServiceAccount { .. }) => self.config_fault(fault),
            Problem::Config(fault) => with("problem-config", &self.config_fault(fault)),
            Problem::Unsendable { detail } => with("problem-unsendable", detail),
            Problem::Garbled(fault) => with("problem-garbled", &self.garbled(fault)),
            Problem::Bug => self.say("problem-bug"),
            Problem::Server { code, detail } => self.say_with(
                "problem-server",
                &[
                    ("code", code.to_string().into()),
                    ("detail", detail.as_str().into()),
                ],
            ),
        }
    }

    fn login_fault(&self, fault: &LoginFault) -> String {
        let with = |id, argument| self.say_with(id, &[argument]);
        match fault {
            LoginFault::NotRun { words } => with("login-not-run", ("words", words.as_str().into())),
            LoginFault::Silent { seconds } => {
                with("login-silent", ("seconds", seconds.to_string().into()))
            }
            LoginFault::Said { words } => words.to_string(),
            LoginFault::Exited { code } => with("login-exited", ("code", code.to_string().into())),
            LoginFault::Killed { signal } => {
                with("login-killed", ("signal", signal.to_string().into()))
            }
            LoginFault::NoCredential => self.say("login-no-credential"),
            LoginFault::EmptyCredential => self.say("login-empty-credential"),
        }
    }

    /// What is wrong with a kubeconfig or a pod's service account.
    pub fn config_fault(&self, fault: &ConfigFault) -> String {
        let words = |id, words: &str| self.say_with(id, &[("words", words.into())]);
        let name = |id, name: &str| self.say_with(id, &[("name", name.into())]);
        match fault {
            ConfigFault::Unreadable { path, words } => self.say_with(
                "kubeconfig-unreadable",
                &[
                    ("path", path.as_str().into()),
                    ("words", words.as_str().into()),
                ],
            ),
            ConfigFault::Unparsable { path, place: None } => {
                self.say_with("kubeconfig-unparsable", &[("path", path.as_str().into())])
            }
            ConfigFault::Unparsable {
                path,
                place: Some((line, column)),
            } => self.say_with(
                "kubeconfig-unparsable-at",
                &[
                    ("path", path.as_str().into()),
                    ("line", line.to_string().into()),
                    ("column", column.to_string().into()),
                ],
            ),
            ConfigFault::ContextGone { name: it } => name("kubeconfig-context-gone", it),
            ConfigFault::ClusterGone { name: it } => name("kubeconfig-cluster-gone", it),
            ConfigFault::NoServer => self.say("kubeconfig-no-server"),
            ConfigFault::BadServer { words: it } => words("kubeconfig-bad-server", it),
            ConfigFault::AuthorityUnreadable => self.say("kubeconfig-authority"),
            ConfigFault::AuthorityNotPem => self.say("kubeconfig-authority-not-pem"),
            ConfigFault::CertificateUnreadable => self.say("kubeconfig-certificate"),
            ConfigFault::KeyUnreadable => self.say("kubeconfig-key"),
            ConfigFault::NoPlugin => self.say("kubeconfig-no-plugin"),
            ConfigFault::Provider { name: it } => name("kubeconfig-provider", it),
            ConfigFault::ServiceAccount { words: it } => words("kubeconfig-service-account", it),
            ConfigFault::Tls { words: it } => words("kubeconfig-tls", it),
            ConfigFault::Proxy => self.say("kubeconfig-proxy"),
            ConfigFault::ProxyAddress => self.say("kubeconfig-proxy-address"),
            ConfigFault::Credentials => self.say("kubeconfig-credentials"),
            ConfigFault::Unusable => self.say("kubeconfig-unusable"),
        }
    }

    /// What is wrong with an answer, or with one object of it.
    pub fn garbled(&self, fault: &GarbledFault) -> String {
        self.say(match fault {
            GarbledFault::Foreign { content } => {
                return self.say_with("garbled-foreign", &[("content", content.as_str().into())]);
            }
            GarbledFault::Undecodable { words } => return words.to_string(),
            GarbledFault::Malformed => "garbled-malformed",
            GarbledFault::Endless => "garbled-endless",
            GarbledFault::CutShort => "garbled-cut-short",
            GarbledFault::Headless => "garbled-headless",
            GarbledFault::Encoding => "garbled-encoding",
            GarbledFault::SamePage => "garbled-same-page",
            GarbledFault::Nameless => "garbled-nameless",
        })
    }

    /// A problem in a few cells; the system's own last words where it is the system that speaks.
    pub fn problem_short(&self, problem: &Problem) -> String {
        match problem {
            Problem::Unreachable { detail } => last_words(detail).to_owned(),
            Problem::TimedOut { seconds } => self.say_with(
                "problem-short-timed-out",
                &[("seconds", seconds.to_string().into())],
            ),
            Problem::Unauthorized { .. } => self.say("problem-short-unauthorized"),
            Problem::Login { .. } => self.say("problem-short-login"),
            Problem::Config(ConfigFault::ServiceAccount { .. }) => {
                self.say("problem-short-service-account")
            }
            Problem::Config(_) => self.say("problem-short-config"),
            Problem::Unsendable { .. } => self.say("problem-short-unsendable"),
            Problem::Garbled(_) => self.say("problem-short-garbled"),
            Problem::Bug => self.say("problem-short-bug"),
            Problem::Server { code, .. } => {
                self.say_with("problem-short-server", &[("code", code.to_string().into())])
            }
        }
    }

    /// `not readable: list nodes`, with the namespace when the right lacks there only.
    pub fn denied(&self, verb: Verb, kind: Kind, namespace: Option<&str>) -> String {
        let id = if namespace.is_some() {
            "feed-denied-in"
        } else {
            "feed-denied"
        };
        self.say_with(
            id,
            &[
                ("verb", verb.word().into()),
                ("resource", kind.resource().into()),
                ("namespace", namespace.unwrap_or_default().into()),
            ],
        )
    }

    /// How a kind is seen.
    pub fn feed(&self, scope: &Scope, feed: &Feed, now: Moment) -> String {
        let kind = ("kind", scope.kind.plural().into());
        match feed {
            Feed::Reading { seen: 0, .. } => self.say_with("feed-reading", &[kind]),
            Feed::Reading { seen, total } => {
                let figure = |count: u32| self.whole(u64::from(count)).into();
                let id = if total.is_some() {
                    "feed-reading-of"
                } else {
                    "feed-reading-seen"
                };
                let total = total.unwrap_or_default();
                self.say_with(
                    id,
                    &[kind, ("seen", figure(*seen)), ("total", figure(total))],
                )
            }
            Feed::Live { .. } => self.say_with("feed-live", &[kind]),
            Feed::Polled { at, .. } => self.say_with(
                "feed-polled",
                &[kind, ("time", self.ago(at.age(now)).into())],
            ),
            Feed::Lost { problem, .. } => self.say_with(
                "feed-lost",
                &[kind, ("problem", self.problem_short(problem).into())],
            ),
            Feed::Denied { verb } => self.denied(*verb, scope.kind, scope.namespace.as_deref()),
            Feed::Absent => {
                self.say_with("feed-absent", &[("resource", scope.kind.resource().into())])
            }
        }
    }
}

/// Of nested errors the last clause is what happened.
fn last_words(detail: &str) -> &str {
    detail.rsplit(": ").next().unwrap_or(detail)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::Language;

    fn problems() -> Vec<Problem> {
        let login = |fault| Problem::Login {
            command: "tool login".into(),
            fault,
        };
        let logins = [
            LoginFault::NotRun {
                words: "Permission denied (os error 13)".into(),
            },
            LoginFault::Silent { seconds: 30 },
            LoginFault::Said {
                words: "token expired".into(),
            },
            LoginFault::Exited { code: 3 },
            LoginFault::Killed { signal: 9 },
            LoginFault::NoCredential,
            LoginFault::EmptyCredential,
        ];
        let configs = [
            ConfigFault::Unreadable {
                path: "/home/me/.kube/config".into(),
                words: "Permission denied (os error 13)".into(),
            },
            ConfigFault::Unparsable {
                path: "/home/me/.kube/config".into(),
                place: None,
            },
            ConfigFault::Unparsable {
                path: "/home/me/.kube/config".into(),
                place: Some((3, 5)),
            },
            ConfigFault::ContextGone {
                name: "app1".into(),
            },
            ConfigFault::ClusterGone {
                name: "app1".into(),
            },
            ConfigFault::NoServer,
            ConfigFault::BadServer {
                words: "invalid uri character".into(),
            },
            ConfigFault::AuthorityUnreadable,
            ConfigFault::AuthorityNotPem,
            ConfigFault::CertificateUnreadable,
            ConfigFault::KeyUnreadable,
            ConfigFault::NoPlugin,
            ConfigFault::Provider { name: "gcp".into() },
            ConfigFault::ServiceAccount {
                words: "failed to read the token".into(),
            },
            ConfigFault::Tls {
                words: "no private key".into(),
            },
            ConfigFault::Proxy,
            ConfigFault::ProxyAddress,
            ConfigFault::Credentials,
            ConfigFault::Unusable,
        ];
        let garbled = [
            GarbledFault::Foreign {
                content: "text/html".into(),
            },
            GarbledFault::Malformed,
            GarbledFault::Endless,
            GarbledFault::CutShort,
            GarbledFault::Headless,
            GarbledFault::Encoding,
            GarbledFault::SamePage,
            GarbledFault::Nameless,
            GarbledFault::Undecodable {
                words: "expected value at line 1 column 1".into(),
            },
        ];
        let others = [
            Problem::Unreachable {
                detail: "tcp connect error: Connection refused (os error 111)".into(),
            },
            Problem::TimedOut { seconds: 5 },
            Problem::Unauthorized { login: None },
            Problem::Unauthorized {
                login: Some("plugin".into()),
            },
            Problem::Bug,
            Problem::Unsendable {
                detail: "invalid uri character".into(),
            },
            Problem::Server {
                code: 503,
                detail: "etcd leader changed".into(),
            },
        ];
        others
            .into_iter()
            .chain(logins.map(login))
            .chain(configs.map(Problem::Config))
            .chain(garbled.map(Problem::Garbled))
            .collect()
    }

    #[test]
    fn each_problem_is_a_sentence_and_a_few_cells() {
        for (name, language) in [
            ("problems", Language::English),
            ("problems-fr", Language::French),
        ] {
            let say = Catalogue::new(language);
            let line = |it: &Problem| format!("{}\n  {}", say.problem(it), say.problem_short(it));
            let lines: Vec<_> = problems().iter().map(line).collect();
            insta::assert_snapshot!(name, lines.join("\n"));
        }
    }
}

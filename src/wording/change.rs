//! A change in one line.

use super::Catalogue;
use crate::insight::is_commit;
use crate::model::{Change, ImageChange, Subject, What};

impl Catalogue {
    /// What happened, without time and subject: `rollout rev 15: image 2.13.4→2.14.0`.
    pub fn what(&self, what: &What) -> String {
        let pair = |id: &str, from: &str, to: &str| {
            self.say_with(id, &[("from", from.into()), ("to", to.into())])
        };
        match what {
            created if created.is_creation() => self.say("change-created"),
            What::Rollout { revision, images } => {
                let head = self.numbered("change-rollout", *revision);
                let detail: Vec<String> = images
                    .iter()
                    .map(|image| self.image_change(image, images.len() > 1))
                    .collect();
                self.with(head, &detail.join(", "))
            }
            What::RolledBack { revision } => self.numbered("change-rolled-back", *revision),
            What::RolloutComplete { revision } => {
                self.numbered("change-rollout-complete", *revision)
            }
            What::Scale { from, to } => pair("change-scale", &from.to_string(), &to.to_string()),
            What::Paused => self.say("change-paused"),
            What::Resumed => self.say("change-resumed"),
            What::Suspended => self.say("change-suspended"),
            What::Unsuspended => self.say("change-unsuspended"),
            What::Removed => self.say("change-removed"),
            What::NodeReady => self.say("change-node-ready"),
            What::NodeNotReady { reason, message } => {
                let words = if message.is_empty() { reason } else { message };
                self.with(self.say("change-node-not-ready"), words)
            }
            What::NodePressure { condition } => self.say_with(
                "change-node-pressure",
                &[("condition", condition.as_str().into())],
            ),
            What::NodeCordoned => self.say("change-node-cordoned"),
            What::NodeUncordoned => self.say("change-node-uncordoned"),
            What::NodeGone => self.say("change-node-gone"),
            What::QuotaFull {
                resource,
                used,
                hard,
            } => {
                let (used, hard) = self.used_of(resource, used, hard);
                self.say_with(
                    "change-quota-full",
                    &[
                        ("resource", resource.as_str().into()),
                        ("used", used.into()),
                        ("hard", hard.into()),
                    ],
                )
            }
            What::QuotaChanged { resource, from, to } => self.say_with(
                "change-quota",
                &[
                    ("resource", resource.as_str().into()),
                    ("from", from.as_str().into()),
                    ("to", to.as_str().into()),
                ],
            ),
            What::JobFailed { reason } => self.with(self.say("change-job-failed"), reason),
            What::Warning { reason, message } => {
                let words = message.split_whitespace().collect::<Vec<_>>().join(" ");
                self.with(reason.to_string(), &words)
            }
        }
    }

    /// With its subject, which is left out where it is the one spoken of.
    pub fn change(&self, change: &Change, spoken_of: Option<&Subject>) -> String {
        let what = self.what(&change.what);
        if spoken_of == Some(&change.subject) {
            return what;
        }
        format!("{} {what}", self.name(&change.subject))
    }

    /// Workloads go by their name; of anything else the kind is said too.
    pub fn name(&self, subject: &Subject) -> String {
        match subject.kind.as_str() {
            "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet" | "Rollout" | "Pod" => {
                subject.name.to_string()
            }
            kind => format!("{kind} {}", subject.name),
        }
    }

    fn numbered(&self, id: &str, revision: Option<u64>) -> String {
        match revision {
            Some(revision) => self.say_with(id, &[("revision", revision.to_string().into())]),
            None => self.say(&format!("{id}-unnumbered")),
        }
    }

    fn with(&self, what: String, detail: &str) -> String {
        if detail.is_empty() {
            return what;
        }
        self.say_with(
            "change-with",
            &[("what", what.into()), ("detail", detail.into())],
        )
    }

    /// Images show their tags; the whole names when it is not the tag that changed.
    fn image_change(&self, change: &ImageChange, several: bool) -> String {
        let container = ("container", change.container.as_str().into());
        match (change.from.as_str(), change.to.as_str()) {
            ("", image) => {
                let image = ("image", last_part(image).into());
                return self.say_with("change-container-added", &[container, image]);
            }
            (_, "") => return self.say_with("change-container-removed", &[container]),
            _ => {}
        }
        let (from, to) = (tag(&change.from), tag(&change.to));
        let same = from == to || change.from.strip_suffix(from) != change.to.strip_suffix(to);
        let (from, to) = if same {
            (change.from.as_str(), change.to.as_str())
        } else {
            (from, to)
        };
        let id = if several {
            "change-image-of"
        } else {
            "change-image"
        };
        self.say_with(id, &[container, ("from", from.into()), ("to", to.into())])
    }
}

/// A commit by its first letters, which tell it from others; the version of a chart whole.
pub fn commit(revision: &str) -> &str {
    const SHORT: usize = 8;
    if is_commit(revision) {
        &revision[..SHORT]
    } else {
        revision
    }
}

/// What Flux applied: the first letters of a commit or digest (`main@sha1:8c1f2e0…`), the version of a chart whole.
pub fn source_revision(revision: &str) -> &str {
    const SHORT: usize = 8;
    let split = revision
        .rsplit_once(':')
        .or_else(|| revision.rsplit_once('/'));
    let digest = split.map(|(_, digest)| digest);
    let digest = digest.filter(|it| it.len() >= 7 && it.bytes().all(|it| it.is_ascii_hexdigit()));
    digest.map_or(revision, |it| it.get(..SHORT).unwrap_or(it))
}

/// What tells an image from others of its name: the tag, else the short digest, else the name.
pub fn tag(image: &str) -> &str {
    let name = last_part(image);
    if let Some((head, digest)) = name.split_once("@sha256:") {
        return head
            .split_once(':')
            .map_or_else(|| digest.get(..7).unwrap_or(digest), |(_, tag)| tag);
    }
    name.split_once(':').map_or(name, |(_, tag)| tag)
}

/// An image without its registry and path.
fn last_part(image: &str) -> &str {
    image.rsplit('/').next().unwrap_or(image)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Template, TemplateContainer};
    use crate::wording::Language;

    fn rollout(from: &str, to: &str) -> What {
        What::Rollout {
            revision: Some(15),
            images: vec![ImageChange {
                container: "app".into(),
                from: from.into(),
                to: to.into(),
            }],
        }
    }

    #[test]
    fn a_rollout_tells_its_revision_and_tags() {
        let what = rollout("reg/beta-back:2.13.4", "reg/beta-back:2.14.0");
        let en = Catalogue::new(Language::English);
        let fr = Catalogue::new(Language::French);
        assert_eq!(en.what(&what), "rollout rev 15: image 2.13.4→2.14.0");
        assert_eq!(fr.what(&what), "déploiement rév. 15 : image 2.13.4→2.14.0");
    }

    #[test]
    fn a_first_revision_is_a_creation() {
        let created = What::Rollout {
            revision: Some(1),
            images: Vec::new(),
        };
        let (en, fr) = (
            Catalogue::new(Language::English),
            Catalogue::new(Language::French),
        );
        assert_eq!(
            (en.what(&created), fr.what(&created)),
            ("created".into(), "créé".into())
        );
    }

    #[test]
    fn containers_that_come_and_go_are_said_so() {
        let template = |containers: &[(&str, &str)]| Template {
            containers: containers
                .iter()
                .map(|(name, image)| TemplateContainer {
                    name: (*name).into(),
                    image: (*image).into(),
                })
                .collect(),
            ..Template::default()
        };
        let old = template(&[("app", "reg/app:1"), ("agent", "reg/agent:3")]);
        let new = template(&[("app", "reg/app:2"), ("proxy", "reg.test/mesh/proxy:1")]);
        let what = What::Rollout {
            revision: Some(15),
            images: ImageChange::between(&old, &new),
        };
        assert_eq!(
            Catalogue::new(Language::English).what(&what),
            "rollout rev 15: image of app 1→2, container proxy added with image proxy:1, container agent removed"
        );
        assert_eq!(
            Catalogue::new(Language::French).what(&what),
            "déploiement rév. 15 : image de app 1→2, conteneur proxy ajouté avec l'image proxy:1, conteneur agent retiré"
        );
    }

    #[test]
    fn another_image_is_named_whole() {
        let en = Catalogue::new(Language::English);
        assert_eq!(
            en.what(&rollout("a:1", "b:1")),
            "rollout rev 15: image a:1→b:1"
        );
    }

    #[test]
    fn digests_are_short() {
        assert_eq!(tag("reg.test:5000/app@sha256:9f2c1ab77d"), "9f2c1ab");
        assert_eq!(tag("reg.test:5000/app:2.1@sha256:9f2c1ab77d"), "2.1");
        assert_eq!(tag("reg.test:5000/app"), "app");
    }
}

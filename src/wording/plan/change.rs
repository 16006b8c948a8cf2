//! What a plan changes, in as few words as there is room for.

use super::super::{Catalogue, commit, tag};
use crate::action::Changes;
use crate::insight::{Diff, Difference, Said, Topic, Within};

/// Between two changes.
const BETWEEN: &str = " \u{b7} ";

impl Catalogue {
    /// `image 2.14.0→2.13.4 · DATABASE_URL→DB_URL · memory 384→512Mi`, and how many more in so many cells.
    pub fn changes(&self, changes: &Changes, room: usize) -> String {
        let flag = |field: &str, to: bool| format!("spec.{field} {}\u{2192}{to}", !to);
        match changes {
            Changes::Template(diff) | Changes::Source(diff) => fit(self, &self.items(diff), room),
            Changes::Replicas { from, to } => format!("spec.replicas {from}\u{2192}{to}"),
            Changes::Paused(to) => flag("paused", *to),
            Changes::Suspended(to) => flag("suspend", *to),
            Changes::AutoSync(on) => {
                let from = |on| self.say(if on { "word-on" } else { "word-off" });
                let arguments = [("from", from(!on).into()), ("to", from(*on).into())];
                self.say_with("change-short-auto-sync", &arguments)
            }
            Changes::Skips(true) => self.say("change-short-skips"),
            Changes::Skips(false) => self.say("change-short-looks"),
            Changes::Synced(count) => {
                self.say_with("change-short-synced", &[("count", (*count).into())])
            }
            Changes::Asked => self.say("change-short-asked"),
            Changes::Reconciled => self.say("change-short-reconciled"),
            Changes::Step {
                from,
                to,
                steps,
                resumes,
            } => {
                let step = self.step_change(*from, *to, *steps);
                let resumes = resumes.then(|| flag("paused", false));
                let parts = [Some(step), resumes];
                parts
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(BETWEEN)
            }
            Changes::GivenUp(to) => format!("status.abort {}\u{2192}{to}", !to),
            Changes::Restarted(at) => format!("spec.restartAt {at}"),
            Changes::Goes => self.say("change-short-goes"),
            Changes::Job(name) => {
                self.say_with("change-short-job", &[("name", name.as_str().into())])
            }
        }
    }

    fn step_change(&self, from: u32, to: u32, steps: u32) -> String {
        if steps == 0 {
            return self.say("change-short-switch");
        }
        let step = |at: u32| (at + 1).min(steps).into();
        let arguments = [
            ("from", step(from)),
            ("to", step(to)),
            ("steps", steps.into()),
        ];
        let id = if to < steps {
            "change-short-step"
        } else {
            "change-short-end"
        };
        self.say_with(id, &arguments)
    }

    /// A variable that has another name only is one change.
    fn items(&self, diff: &Diff) -> Vec<String> {
        let several = containers(diff) > 1;
        let mut rest: Vec<_> = diff.differences.iter().collect();
        // What a person looks for first.
        rest.sort_by_key(|it| !is_image(it));
        let mut items = Vec::new();
        while !rest.is_empty() {
            let one = rest.remove(0);
            let other = rest.iter().position(|it| renamed(one, it));
            let item = match other {
                Some(at) => {
                    let other = rest.remove(at);
                    let (old, new) = if one.after.is_none() {
                        (one, other)
                    } else {
                        (other, one)
                    };
                    format!("{}\u{2192}{}", old.field, new.field)
                }
                None => self.item(one),
            };
            items.push(match &one.within {
                Within::Container(name) if several => self.say_with(
                    "change-short-of",
                    &[("what", item.into()), ("name", name.as_str().into())],
                ),
                _ => item,
            });
        }
        items
    }

    fn item(&self, it: &Difference) -> String {
        let change = |id, change: String| self.say_with(id, &[("change", change.into())]);
        match it.topic {
            _ if is_image(it) => change("change-short-image", images(it)),
            Topic::Limits => figures(it),
            Topic::Requests => change("change-short-requests", figures(it)),
            // Values may be secrets, and are long.
            Topic::Env => {
                let id = match (&it.before, &it.after) {
                    (_, None) => "change-short-env-gone",
                    (None, _) => "change-short-env-new",
                    _ => "change-short-env",
                };
                self.say_with(id, &[("name", it.field.as_str().into())])
            }
            Topic::Itself if is_revision(it) => change("change-short-revision", commits(it)),
            Topic::Itself => format!("{} {}", self.within(&it.within), it.field),
            Topic::Order => self.field(it),
            topic => format!(
                "{} {}",
                self.say(&format!("topic-{}", topic.word())),
                it.field
            ),
        }
    }
}

fn is_revision(it: &Difference) -> bool {
    matches!(it.within, Within::Source(_)) && it.field == "revision"
}

fn commits(it: &Difference) -> String {
    let short = |side: &Option<Said>| {
        let said = side.as_ref().map(Said::to_string).unwrap_or_default();
        commit(&said).to_owned()
    };
    format!("{}\u{2192}{}", short(&it.before), short(&it.after))
}

fn containers(diff: &Diff) -> usize {
    let mut names: Vec<_> = diff
        .differences
        .iter()
        .filter_map(|it| match &it.within {
            Within::Container(name) => Some(name),
            _ => None,
        })
        .collect();
    names.sort();
    names.dedup();
    names.len()
}

fn is_image(it: &Difference) -> bool {
    it.topic == Topic::Itself && it.field == "image" && it.before.is_some() && it.after.is_some()
}

fn renamed(one: &Difference, other: &Difference) -> bool {
    let env = |it: &Difference| it.topic == Topic::Env;
    let same = |gone: &Difference, come: &Difference| {
        gone.after.is_none() && come.before.is_none() && gone.before == come.after
    };
    env(one) && env(other) && one.within == other.within && (same(one, other) || same(other, one))
}

fn text(said: Option<&Said>) -> String {
    said.map_or_else(|| "\u{2013}".to_owned(), ToString::to_string)
}

/// The tags, unless it is not the tag that changed.
fn images(it: &Difference) -> String {
    let (from, to) = (text(it.before.as_ref()), text(it.after.as_ref()));
    let head = |image: &str| image.strip_suffix(tag(image)).map(str::to_owned);
    if tag(&from) != tag(&to) && head(&from) == head(&to) {
        return format!("{}\u{2192}{}", tag(&from), tag(&to));
    }
    format!("{from}\u{2192}{to}")
}

/// `memory 384→512Mi`: a unit that both share is said once.
fn figures(it: &Difference) -> String {
    let (from, to) = (text(it.before.as_ref()), text(it.after.as_ref()));
    let unit = |text: &str| {
        text.trim_start_matches(|it: char| it.is_ascii_digit())
            .to_owned()
    };
    let shared = Some(unit(&from))
        .filter(|it| *it == unit(&to))
        .unwrap_or_default();
    let from = from.strip_suffix(shared.as_str()).unwrap_or(&from);
    format!("{} {from}\u{2192}{to}", it.field)
}

/// As many as there is room for, then how many are left; the first one in every case.
fn fit(say: &Catalogue, items: &[String], room: usize) -> String {
    if items.is_empty() {
        return say.say("change-short-none");
    }
    let with = |count: usize| {
        let mut parts = items[..count].to_vec();
        let left = items.len() - count;
        if left > 0 {
            parts.push(say.say_with("change-short-more", &[("count", left.into())]));
        }
        parts.join(BETWEEN)
    };
    let counts = (1..=items.len()).rev();
    let mut texts = counts.map(with);
    let fits = texts.find(|it| it.chars().count() <= room);
    fits.unwrap_or_else(|| with(1))
}

//! A finding in words: `<effect, counted>: <cause in the cluster's own words>[, figure against its bound]`.

mod ailment;
mod long;
mod short;
#[cfg(test)]
mod tests;

use fluent_bundle::FluentValue;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::Catalogue;
use crate::insight::{Finding, Trouble};
use crate::model::{Change, Moment, Problem};

/// Cells of the sentence column at 80 columns.
const SHORT: usize = 34;

impl Catalogue {
    /// For the list: 34 cells at most, what matters first.
    pub fn short(&self, finding: &Finding, now: Moment) -> String {
        cut(&short::of(self, finding, now), SHORT)
    }

    /// The same whenever it is as wide as there is room.
    pub fn short_within(&self, finding: &Finding, now: Moment, cells: usize) -> String {
        cut(&short::of(self, finding, now), cells)
    }

    /// The whole sentence: the strip, the pane, `message` of scripts.
    pub fn long(&self, finding: &Finding, now: Moment) -> String {
        long::of(self, finding, now)
    }

    /// Why, in one line: the cluster's own words where it has any.
    pub fn why(&self, finding: &Finding, now: Moment) -> String {
        long::cause(self, finding, now)
    }

    /// The likeliest change before it, and how many more there are. `time` writes a moment as the screen does.
    pub fn before(
        &self,
        finding: &Finding,
        changes: &[Change],
        time: impl Fn(Moment) -> String,
    ) -> String {
        let Some((first, rest)) = changes.split_first() else {
            return self.say("before-none");
        };
        let line = format!(
            "{} {}",
            time(first.at),
            self.change(first, Some(&finding.subject))
        );
        if rest.is_empty() {
            return line;
        }
        self.put(
            "before-more",
            &[
                ("line", line.into()),
                ("count", rest.len().to_string().into()),
            ],
        )
    }

    /// What can be done about it today.
    pub fn what_to_do(&self, finding: &Finding, now: Moment) -> String {
        match &finding.trouble {
            Trouble::LinkDegraded {
                problem: Problem::Login { command, .. },
                ..
            } => self.put("do-login", &[("command", command.as_str().into())]),
            Trouble::LinkDegraded {
                next_try: Some(next),
                ..
            } => {
                let span = self.coarse(now.age(*next));
                self.put("do-wait-link", &[("span", span.into())])
            }
            Trouble::LinkDegraded { .. } | Trouble::FeedLost { .. } => {
                self.say("do-wait-link-unknown")
            }
            Trouble::Quota { name, resource, .. } => self.put(
                "do-ask-quota",
                &[
                    ("name", name.as_str().into()),
                    ("resource", resource.as_str().into()),
                ],
            ),
            Trouble::NodeNotReady { .. } | Trouble::NodePressure { .. } => {
                self.put("do-node", &[("name", finding.subject.name.as_str().into())])
            }
            Trouble::Refused { by, .. } => self.put("do-policy", &[("name", by.as_str().into())]),
            Trouble::Image { .. } => self.put(
                "do-fix-image",
                &[("image", finding.subject.name.as_str().into())],
            ),
            _ => match &finding.place {
                Some(place) => {
                    let place = if place.environment.is_empty() {
                        place.tenant.to_string()
                    } else {
                        format!("{}/{}", place.tenant, place.environment)
                    };
                    self.put("do-look", &[("place", place.into())])
                }
                None => self.say("do-look-wide"),
            },
        }
    }

    fn put(&self, id: &str, arguments: &[(&'static str, FluentValue<'_>)]) -> String {
        self.say_with(id, arguments)
    }
}

/// Cut at the end, with a sign that it was.
fn cut(text: &str, cells: usize) -> String {
    if text.width() <= cells {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 0;
    for cluster in text.graphemes(true) {
        let width = cluster.width();
        if used + width + 1 > cells {
            break;
        }
        kept.push_str(cluster);
        used += width;
    }
    let mut kept = kept.trim_end().to_owned();
    if cells > 0 {
        kept.push('…');
    }
    kept
}

//! What two templates say differently, in words.

use super::Catalogue;
use crate::insight::{Difference, Said, Topic, Within};

impl Catalogue {
    /// `container app, limits memory: 512Mi → 384Mi`, for where there is room for no more.
    pub fn difference(&self, difference: &Difference) -> String {
        let said = |it: &Option<Said>| match it {
            Some(said) => self.said(said).replace('\n', " "),
            None => "\u{2013}".to_owned(),
        };
        let topic = match difference.topic {
            Topic::Itself | Topic::Order => String::new(),
            topic => format!("{} ", self.say(&format!("topic-{}", topic.word()))),
        };
        format!(
            "{}, {topic}{}: {} \u{2192} {}",
            self.within(&difference.within),
            self.field(difference),
            said(&difference.before),
            said(&difference.after)
        )
    }

    pub fn within(&self, within: &Within) -> String {
        let named = |id, name: &str| self.say_with(id, &[("name", name.into())]);
        match within {
            Within::Container(name) => named("within-container", name),
            Within::InitContainer(name) => named("within-init", name),
            Within::Volume(name) => named("within-volume", name),
            Within::ConfigMap(name) => named("within-config-map", name),
            Within::Source(0) => self.say("within-source"),
            Within::Source(number) => named("within-source-numbered", &number.to_string()),
            Within::Template => self.say("within-template"),
        }
    }

    pub fn field(&self, difference: &Difference) -> String {
        match difference.topic {
            Topic::Order => {
                let list = difference.field.as_str().into();
                self.say_with("history-order", &[("list", list)])
            }
            _ => difference.field.clone(),
        }
    }

    pub fn said(&self, said: &Said) -> String {
        let Said::Origin(origin) = said else {
            return said.to_string().replace('\t', "  ");
        };
        let arguments = [
            ("kind", origin.kind.unwrap_or_default().into()),
            ("name", origin.name.as_str().into()),
            ("key", origin.key.as_str().into()),
        ];
        let id = match origin.kind {
            Some(_) => "history-from",
            None => "history-from-field",
        };
        let from = self.say_with(id, &arguments);
        if origin.optional {
            format!("{from}, {}", self.say("history-optional"))
        } else {
            from
        }
    }
}

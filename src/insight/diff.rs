//! What two pod templates, or two `ConfigMaps`, say differently, field by field. Order that means nothing is no difference;
//! every other is told, also of fields that nobody thought of here.

mod container;
mod fields;
mod references;
mod source;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use serde_json::Value;

pub use fields::{Origin, Said};
pub use references::{References, replaced};

use fields::Fields;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    pub differences: Vec<Difference>,
    /// Fields that both have, with the same in them.
    pub same: usize,
}

/// A field that only one has, or that says something else in each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub within: Within,
    pub topic: Topic,
    pub field: String,
    /// None where it is not there.
    pub before: Option<Said>,
    pub after: Option<Said>,
}

/// Where a field stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Within {
    Container(String),
    InitContainer(String),
    Volume(String),
    /// The template itself: what its pods share.
    Template,
    ConfigMap(String),
    /// Of an Application, by its number; 0 where it has only one.
    Source(usize),
}

/// What a field is about there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    Itself,
    Env,
    EnvFrom,
    Requests,
    Limits,
    StartupProbe,
    ReadinessProbe,
    LivenessProbe,
    Ports,
    Mounts,
    Security,
    Labels,
    Annotations,
    NodeSelector,
    Tolerations,
    /// Of a chart.
    Parameters,
    /// Of a list, whose name is the field.
    Order,
}

impl Topic {
    pub const fn word(self) -> &'static str {
        match self {
            Topic::Itself => "itself",
            Topic::Env => "env",
            Topic::EnvFrom => "env-from",
            Topic::Requests => "requests",
            Topic::Limits => "limits",
            Topic::StartupProbe => "startup-probe",
            Topic::ReadinessProbe => "readiness-probe",
            Topic::LivenessProbe => "liveness-probe",
            Topic::Ports => "ports",
            Topic::Mounts => "mounts",
            Topic::Security => "security",
            Topic::Labels => "labels",
            Topic::Annotations => "annotations",
            Topic::NodeSelector => "node-selector",
            Topic::Tolerations => "tolerations",
            Topic::Parameters => "parameters",
            Topic::Order => "order",
        }
    }
}

impl Diff {
    pub fn of_templates(before: &Value, after: &Value) -> Self {
        let (before, after) = (Fields::of_template(before), Fields::of_template(after));
        let mut diff = Self::of_fields(&before, &after);
        diff.differences.extend(orders(&before, &after));
        diff.differences
            .sort_by(|one, other| one.key().cmp(&other.key()));
        diff
    }

    /// Of two `ConfigMaps` that take the place of one another, under the name of the later one.
    pub fn of_config_maps(name: &str, before: &Value, after: &Value) -> Self {
        let fields = |it| Fields::of_config_map(name, it);
        Self::of_fields(&fields(before), &fields(after))
    }

    /// Of two entries of the history of an Application.
    pub fn of_entries(before: &Value, after: &Value) -> Self {
        Self::of_fields(&Fields::of_entry(before), &Fields::of_entry(after))
    }

    fn of_fields(before: &Fields, after: &Fields) -> Self {
        let keys: BTreeSet<_> = before.said.keys().chain(after.said.keys()).collect();
        let mut diff = Self::default();
        for key in keys {
            let (old, new) = (before.said.get(key), after.said.get(key));
            if old == new {
                diff.same += 1;
                continue;
            }
            let (within, topic, field) = key.clone();
            diff.differences.push(Difference {
                within,
                topic,
                field,
                before: old.cloned(),
                after: new.cloned(),
            });
        }
        diff
    }
}

impl Difference {
    /// What went stands before what came: often the one takes the place of the other.
    fn key(&self) -> (&Within, Topic, u8, &str) {
        let rank = match (&self.before, &self.after) {
            (_, None) => 0,
            (Some(_), _) => 1,
            (None, _) => 2,
        };
        (&self.within, self.topic, rank, &self.field)
    }
}

/// What both lists have, where it stands in another order in each and that means something in either.
fn orders(before: &Fields, after: &Fields) -> Vec<Difference> {
    let mut found = Vec::new();
    for ((within, list), old) in &before.orders {
        let Some(new) = after.orders.get(&(within.clone(), *list)) else {
            continue;
        };
        let common = |names: &[String], others: &[String]| -> Vec<String> {
            let both = names.iter().filter(|name| others.contains(name));
            both.cloned().collect()
        };
        let (old_names, new_names) = (
            common(&old.names, &new.names),
            common(&new.names, &old.names),
        );
        if (old.matters || new.matters) && old_names != new_names {
            found.push(Difference {
                within: within.clone(),
                topic: Topic::Order,
                field: (*list).to_owned(),
                before: Some(Said::Words(old_names)),
                after: Some(Said::Words(new_names)),
            });
        }
    }
    found
}

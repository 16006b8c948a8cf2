//! What the rows of one cluster share: text, label sets, owners, and the shapes of pods, containers and templates.

use crate::model::{
    Condition, Container, ContainerState, Labels, Meta, Moment, Owner, Phase, Role, Status,
    Template, Termination, Text, Uid,
};

use super::pool::{Id, Marks, Pool};

pub(super) type Sym = Id<Box<str>>;
type Pairs = Box<[(Sym, Sym)]>;
pub(super) type LabelsId = Id<Pairs>;
type Conditions = Box<[ConditionShape]>;

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct OwnerShape {
    pub(super) kind: Sym,
    pub(super) name: Sym,
    pub(super) uid: Uid,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct ConditionShape {
    pub(super) name: Sym,
    pub(super) status: Status,
    pub(super) reason: Sym,
    pub(super) message: Sym,
    /// Not kept for [`PASSED`] ones: a healthy pod's times are its own, and would keep its shape from being shared.
    pub(super) changed: Option<Moment>,
}

#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct PodShape {
    pub(super) namespace: Sym,
    pub(super) owner: Option<Id<OwnerShape>>,
    pub(super) labels: LabelsId,
    pub(super) annotations: LabelsId,
    pub(super) phase: Phase,
    pub(super) reason: Sym,
    pub(super) message: Sym,
    pub(super) conditions: Id<Conditions>,
    pub(super) cpu_request: u32,
    pub(super) memory_request: u32,
}

/// What a container is: the same for all pods of a revision.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct ContainerShape {
    pub(super) role: Role,
    pub(super) name: Sym,
    pub(super) image: Sym,
    pub(super) memory_limit: u32,
}

/// How a container is: the same for all healthy ones.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct StandingShape {
    pub(super) ready: bool,
    pub(super) started: bool,
    pub(super) state: StateShape,
    pub(super) last: Option<TerminationShape>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum StateShape {
    Waiting { reason: Sym, message: Sym },
    Running,
    Terminated(TerminationShape),
    Unknown,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct TerminationShape {
    pub(super) reason: Sym,
    pub(super) message: Sym,
    pub(super) exit_code: i32,
    pub(super) signal: i32,
    pub(super) started: Option<Moment>,
    pub(super) finished: Option<Moment>,
}

#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct TemplateShape {
    pub(super) labels: LabelsId,
    pub(super) containers: Pairs,
}

/// Conditions that are True on every healthy pod.
const PASSED: [&str; 5] = [
    "Ready",
    "PodScheduled",
    "Initialized",
    "ContainersReady",
    "PodReadyToStartContainers",
];

#[derive(Default)]
pub(super) struct Shared {
    pub(super) text: Pool<Box<str>>,
    labels: Pool<Pairs>,
    pub(super) owners: Pool<OwnerShape>,
    pub(super) pods: Pool<PodShape>,
    conditions: Pool<Conditions>,
    pub(super) containers: Pool<ContainerShape>,
    pub(super) standings: Pool<StandingShape>,
    templates: Pool<TemplateShape>,
}

/// What follows `OWNER-` in an object's name, or the whole name; and which of the two it is.
pub(super) fn short_name(meta: &Meta) -> (Text, bool) {
    let owner = meta.owner.as_ref();
    let suffix = owner.and_then(|it| meta.name.strip_prefix(it.name.as_str())?.strip_prefix('-'));
    (Text::from(suffix.unwrap_or(&meta.name)), suffix.is_some())
}

/// Reading ids back. An id that was swept reads as empty: text must never be a reason to stop.
impl Shared {
    pub(super) fn str(&self, sym: Sym) -> &str {
        self.text.get(sym).map_or("", |text| text)
    }

    pub(super) fn text(&self, sym: Sym) -> Text {
        Text::from(self.str(sym))
    }

    /// The name that [`short_name`] shortened; `owner` where it took one away.
    pub(super) fn whole_name(&self, owner: Option<Id<OwnerShape>>, suffix: &str) -> Text {
        let Some(owner) = owner.and_then(|owner| self.owners.get(owner)) else {
            return Text::from(suffix);
        };
        let owner = self.str(owner.name);
        let mut name = Text::with_capacity(owner.len() + 1 + suffix.len());
        name.push_str(owner);
        name.push('-');
        name.push_str(suffix);
        name
    }

    pub(super) fn label(&self, labels: LabelsId, key: &str) -> Option<&str> {
        let pairs = self.labels.get(labels)?;
        let (_, value) = pairs.iter().find(|(known, _)| self.str(*known) == key)?;
        Some(self.str(*value))
    }

    pub(super) fn to_labels(&self, labels: LabelsId) -> Labels {
        let pairs = self.labels.get(labels).map_or(&[][..], |pairs| pairs);
        pairs
            .iter()
            .map(|(key, value)| (self.text(*key), self.text(*value)))
            .collect()
    }

    pub(super) fn to_owner(&self, owner: Id<OwnerShape>) -> Option<Owner> {
        let shape = self.owners.get(owner)?;
        Some(Owner {
            kind: self.text(shape.kind),
            name: self.text(shape.name),
            uid: shape.uid,
        })
    }

    pub(super) fn conditions(&self, id: Id<Conditions>) -> &[ConditionShape] {
        self.conditions.get(id).map_or(&[], |shapes| shapes)
    }

    pub(super) fn to_condition(&self, shape: &ConditionShape) -> Condition {
        Condition {
            name: self.text(shape.name),
            status: shape.status,
            reason: self.text(shape.reason),
            message: self.text(shape.message),
            changed: shape.changed,
            updated: None,
        }
    }

    pub(super) fn to_termination(&self, shape: &TerminationShape) -> Termination {
        Termination {
            reason: self.text(shape.reason),
            message: self.text(shape.message),
            exit_code: shape.exit_code,
            signal: shape.signal,
            started: shape.started,
            finished: shape.finished,
        }
    }

    pub(super) fn to_template(&self, template: Id<TemplateShape>) -> Template {
        let Some(shape) = self.templates.get(template) else {
            return Template::default();
        };
        let container = |(name, image): &(Sym, Sym)| crate::model::TemplateContainer {
            name: self.text(*name),
            image: self.text(*image),
        };
        Template {
            labels: self.to_labels(shape.labels),
            containers: shape.containers.iter().map(container).collect(),
        }
    }
}

/// Taking values in.
impl Shared {
    pub(super) fn sym(&mut self, text: &str) -> Sym {
        self.text.intern::<str, _>(text)
    }

    pub(super) fn keep_labels<'a>(
        &mut self,
        labels: impl Iterator<Item = (&'a str, &'a str)>,
    ) -> LabelsId {
        let pairs: Vec<_> = labels
            .map(|(key, value)| (self.sym(key), self.sym(value)))
            .collect();
        self.labels.intern::<[_], _>(pairs)
    }

    pub(super) fn keep_owner(&mut self, owner: &Owner) -> Id<OwnerShape> {
        let shape = OwnerShape {
            kind: self.sym(&owner.kind),
            name: self.sym(&owner.name),
            uid: owner.uid,
        };
        self.owners.intern::<OwnerShape, _>(shape)
    }

    pub(super) fn keep_condition(&mut self, condition: &Condition) -> ConditionShape {
        ConditionShape {
            name: self.sym(&condition.name),
            status: condition.status,
            reason: self.sym(&condition.reason),
            message: self.sym(&condition.message),
            changed: condition.changed.filter(|_| {
                condition.status != Status::True || !PASSED.contains(&condition.name.as_str())
            }),
        }
    }

    pub(super) fn keep_conditions(&mut self, conditions: &[Condition]) -> Id<Conditions> {
        let shapes: Vec<_> = conditions
            .iter()
            .map(|condition| self.keep_condition(condition))
            .collect();
        self.conditions.intern::<[_], _>(shapes)
    }

    pub(super) fn keep_pod(&mut self, shape: PodShape) -> Id<PodShape> {
        self.pods.intern::<PodShape, _>(shape)
    }

    pub(super) fn keep_container(&mut self, container: &Container) -> Id<ContainerShape> {
        let shape = ContainerShape {
            role: container.role,
            name: self.sym(&container.name),
            image: self.sym(&container.image),
            memory_limit: container.memory_limit,
        };
        self.containers.intern::<ContainerShape, _>(shape)
    }

    pub(super) fn keep_standing(&mut self, container: &Container) -> Id<StandingShape> {
        let state = match &container.state {
            ContainerState::Waiting { reason, message } => StateShape::Waiting {
                reason: self.sym(reason),
                message: self.sym(message),
            },
            ContainerState::Running { .. } => StateShape::Running,
            ContainerState::Terminated(termination) => {
                StateShape::Terminated(self.keep_termination(termination))
            }
            ContainerState::Unknown => StateShape::Unknown,
        };
        let shape = StandingShape {
            ready: container.ready,
            started: container.started,
            state,
            last: container
                .last
                .as_ref()
                .map(|last| self.keep_termination(last)),
        };
        self.standings.intern::<StandingShape, _>(shape)
    }

    fn keep_termination(&mut self, termination: &Termination) -> TerminationShape {
        TerminationShape {
            reason: self.sym(&termination.reason),
            message: self.sym(&termination.message),
            exit_code: termination.exit_code,
            signal: termination.signal,
            started: termination.started,
            finished: termination.finished,
        }
    }

    pub(super) fn keep_template(&mut self, template: &Template) -> Id<TemplateShape> {
        let labels = self.keep_labels(template.labels.iter());
        let containers: Vec<_> = template
            .containers
            .iter()
            .map(|one| (self.sym(&one.name), self.sym(&one.image)))
            .collect();
        let containers = containers.into_boxed_slice();
        let shape = TemplateShape { labels, containers };
        self.templates.intern::<TemplateShape, _>(shape)
    }
}

/// Ids in use, gathered from the rows; what they do not reach is dropped.
pub(super) struct InUse<'a> {
    shared: &'a Shared,
    text: Marks<Box<str>>,
    labels: Marks<Pairs>,
    owners: Marks<OwnerShape>,
    pods: Marks<PodShape>,
    conditions: Marks<Conditions>,
    containers: Marks<ContainerShape>,
    standings: Marks<StandingShape>,
    templates: Marks<TemplateShape>,
}

impl Shared {
    pub(super) fn grown(&self) -> bool {
        self.text.grown()
            || self.labels.grown()
            || self.owners.grown()
            || self.pods.grown()
            || self.conditions.grown()
            || self.containers.grown()
            || self.standings.grown()
            || self.templates.grown()
    }

    /// Keeps only what `mark` names.
    pub(super) fn sweep(&mut self, mark: impl FnOnce(&mut InUse<'_>)) {
        let mut used = InUse {
            text: self.text.marks(),
            labels: self.labels.marks(),
            owners: self.owners.marks(),
            pods: self.pods.marks(),
            conditions: self.conditions.marks(),
            containers: self.containers.marks(),
            standings: self.standings.marks(),
            templates: self.templates.marks(),
            shared: self,
        };
        mark(&mut used);
        let InUse {
            text,
            labels,
            owners,
            pods,
            conditions,
            containers,
            standings,
            templates,
            ..
        } = used;
        self.text.sweep(&text);
        self.labels.sweep(&labels);
        self.owners.sweep(&owners);
        self.pods.sweep(&pods);
        self.conditions.sweep(&conditions);
        self.containers.sweep(&containers);
        self.standings.sweep(&standings);
        self.templates.sweep(&templates);
    }

    pub(super) fn shrink(&mut self) {
        self.text.shrink();
        self.labels.shrink();
        self.owners.shrink();
        self.pods.shrink();
        self.conditions.shrink();
        self.containers.shrink();
        self.standings.shrink();
        self.templates.shrink();
    }
}

impl InUse<'_> {
    pub(super) fn text(&mut self, sym: Sym) {
        self.text.mark(sym);
    }

    pub(super) fn owner(&mut self, id: Id<OwnerShape>) {
        if self.owners.mark(id)
            && let Some(shape) = self.shared.owners.get(id)
        {
            self.text(shape.kind);
            self.text(shape.name);
        }
    }

    pub(super) fn labels(&mut self, id: LabelsId) {
        if self.labels.mark(id) {
            for (key, value) in self.shared.labels.get(id).into_iter().flatten() {
                self.text(*key);
                self.text(*value);
            }
        }
    }

    pub(super) fn condition(&mut self, shape: &ConditionShape) {
        self.text(shape.name);
        self.text(shape.reason);
        self.text(shape.message);
    }

    pub(super) fn template(&mut self, id: Id<TemplateShape>) {
        if self.templates.mark(id)
            && let Some(shape) = self.shared.templates.get(id)
        {
            self.labels(shape.labels);
            for (name, image) in &shape.containers {
                self.text(*name);
                self.text(*image);
            }
        }
    }

    pub(super) fn pod(&mut self, id: Id<PodShape>) {
        if self.pods.mark(id)
            && let Some(shape) = self.shared.pods.get(id)
        {
            self.text(shape.namespace);
            self.text(shape.reason);
            self.text(shape.message);
            self.labels(shape.labels);
            self.labels(shape.annotations);
            if let Some(owner) = shape.owner {
                self.owner(owner);
            }
            self.conditions(shape.conditions);
        }
    }

    fn conditions(&mut self, id: Id<Conditions>) {
        if self.conditions.mark(id) {
            for condition in self.shared.conditions(id) {
                self.condition(condition);
            }
        }
    }

    pub(super) fn container(&mut self, id: Id<ContainerShape>) {
        if self.containers.mark(id)
            && let Some(shape) = self.shared.containers.get(id)
        {
            self.text(shape.name);
            self.text(shape.image);
        }
    }

    pub(super) fn standing(&mut self, id: Id<StandingShape>) {
        if self.standings.mark(id)
            && let Some(shape) = self.shared.standings.get(id)
        {
            match shape.state {
                StateShape::Waiting { reason, message } => {
                    self.text(reason);
                    self.text(message);
                }
                StateShape::Terminated(ended) => self.termination(&ended),
                StateShape::Running | StateShape::Unknown => {}
            }
            if let Some(last) = &shape.last {
                self.termination(last);
            }
        }
    }

    fn termination(&mut self, shape: &TerminationShape) {
        self.text(shape.reason);
        self.text(shape.message);
    }
}

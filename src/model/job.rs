use super::{Meta, Moment, Template, Text, Writer};

/// Verdict of a Job, from its conditions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JobState {
    /// No pod was started yet.
    Pending,
    Running,
    Suspended,
    Complete,
    Failed {
        reason: Text,
        message: Text,
        at: Option<Moment>,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    pub meta: Meta,
    pub state: JobState,
    pub completions: u32,
    pub active: u32,
    pub succeeded: u32,
    pub failed: u32,
    pub started: Option<Moment>,
    pub completed: Option<Moment>,
    pub template: Template,
}

#[derive(Clone, Debug, PartialEq)]
pub struct CronJob {
    pub meta: Meta,
    pub schedule: Text,
    /// Of the schedule, by its IANA name; empty for that of the cluster's controller.
    pub time_zone: Text,
    pub suspended: bool,
    /// Who suspended it, as far as the object tells.
    pub suspended_by: Option<Box<Writer>>,
    pub active: u32,
    pub last_scheduled: Option<Moment>,
    pub last_successful: Option<Moment>,
    pub template: Template,
}

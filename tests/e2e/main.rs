//! The tests that need a real control plane: one binary, one cluster for all of them, a namespace for each.

#[path = "../bed/mod.rs"]
mod bed;

mod acting;
mod actions;
mod answers;
mod arena;
mod bed_itself;
mod bundle;
mod confirm;
mod credentials;
mod crons;
mod doubt;
mod dress;
mod endings;
mod flaps;
mod hands;
mod headless;
mod history;
mod inside;
mod journal;
mod kinds;
mod left;
mod logins;
mod logs;
mod lookups;
mod manners;
mod objects;
mod personas;
mod pods;
mod population;
mod program;
mod reading;
mod relay;
mod relayed;
mod resume;
mod rubbish;
mod runs;
mod screens;
mod seed;
mod several;
mod storms;
mod tenancy;
mod terminal;
mod watch;
mod writers;

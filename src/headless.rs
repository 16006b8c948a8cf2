//! Answers for scripts: listings, one line of status, exit codes. The same judgement as the screen's, told once.

pub mod act;
mod answer;
pub mod bundle;
mod find;
mod incomplete;
pub mod journal;
mod kind_name;
mod live;
mod question;
mod reading;
mod reply;
mod rows;
mod run;
mod status;
mod table;
#[cfg(test)]
mod tests;
mod words;

pub use answer::{Answer, Exit};
pub use incomplete::{Incomplete, incomplete};
pub use kind_name::{KindName, NameFault, kind_words};
pub use live::Ports;
pub use question::{Format, Listing, Question};
pub use reading::{limit, read};
pub use reply::answer;
pub use rows::Facts;
pub use run::{Asked, run};

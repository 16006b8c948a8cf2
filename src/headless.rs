//! Answers for scripts: listings, one line of status, exit codes. The same judgement as the screen's, told once.

mod answer;
pub mod bundle;
mod incomplete;
mod question;
mod reading;
mod rows;
mod run;
mod status;
mod table;
#[cfg(test)]
mod tests;
mod words;

pub use answer::{Answer, Exit, answer};
pub use incomplete::{Incomplete, incomplete};
pub use question::{Format, Listing, Question};
pub use reading::{limit, read};
pub use rows::Facts;
pub use run::{Asked, run};

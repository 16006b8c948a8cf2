//! Answers for scripts: listings, one line of status, exit codes. The same judgement as the screen's, told once.

mod question;

pub use question::{Format, Listing, Question};

//! `vigie bundle`: all that is known of one object in one Markdown file, without secrets, for a ticket or whoever takes over.

mod file;
mod parts;
mod run;
mod sheet;
#[cfg(test)]
mod tests;
mod write;

pub use file::{Destination, FileFault};
pub use run::{Asked, Bundle, Outcome, run};

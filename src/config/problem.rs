use crate::datafile;
use crate::wording::Catalogue;

/// One thing wrong with the configuration, and what counts as read-only because of it: it may have asked for that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub found: datafile::Problem,
    pub counts: Option<ReadOnly>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadOnly {
    Everywhere,
    /// In this context.
    In(String),
}

impl Problem {
    /// `FILE:LINE: sentence`, in one line.
    pub fn say(&self, catalogue: &Catalogue) -> String {
        let sentence = self.found.say(catalogue);
        let (id, name) = match &self.counts {
            None => return sentence,
            Some(ReadOnly::Everywhere) => ("config-counts-everywhere", ""),
            Some(ReadOnly::In(name)) => ("config-counts-in", name.as_str()),
        };
        catalogue.say_with(id, &[("sentence", sentence.into()), ("name", name.into())])
    }
}

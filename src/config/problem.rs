use crate::datafile;
use crate::wording::Catalogue;

/// One thing wrong with the configuration, and what counts because of it: it may have asked for that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub found: datafile::Problem,
    pub counts: Option<Counts>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Counts {
    /// Every context, as read-only.
    ReadOnly,
    /// This context.
    ReadOnlyIn(String),
    /// The freeze of that name, as in force.
    Frozen(String),
    /// All that an entry may mean, as protected.
    Protected,
}

impl Problem {
    /// `FILE:LINE: sentence`, in one line.
    pub fn say(&self, catalogue: &Catalogue) -> String {
        let sentence = self.found.say(catalogue);
        let (id, name) = match &self.counts {
            None => return sentence,
            Some(Counts::ReadOnly) => ("config-counts-everywhere", ""),
            Some(Counts::ReadOnlyIn(name)) => ("config-counts-in", name.as_str()),
            Some(Counts::Frozen(name)) => ("config-counts-frozen", name.as_str()),
            Some(Counts::Protected) => ("config-counts-protected", ""),
        };
        catalogue.say_with(id, &[("sentence", sentence.into()), ("name", name.into())])
    }
}

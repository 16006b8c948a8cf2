//! Keys to commands, per scope, from data files: the default one, then the user's over it.

mod key;

pub use key::Key;

use crate::command::{self, Command, Entry, Scope};
use crate::datafile::{Fault, Problem, Reading, Source};
use crate::wording::closest;

const DEFAULT_NAME: &str = "default";
const DEFAULT: &str = include_str!("../keymaps/default.toml");
/// Takes a key away in a user's file.
const NOTHING: &str = "none";

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keymap {
    name: String,
    /// In the order the files name them: the first key of a command is the one shown.
    bindings: Vec<Binding>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Binding {
    scope: Scope,
    keys: Vec<Key>,
    command: Command,
}

/// What keys typed so far mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    Command(Command),
    /// The beginning of a sequence.
    Prefix,
    Nothing,
}

impl Keymap {
    /// The default keys with those of the user's file of that name over them, and what is wrong with it.
    pub fn load(name: &str, users: &[Source<'_>]) -> (Self, Vec<Problem>) {
        let default = Source {
            name: DEFAULT_NAME,
            file: "keymaps/default.toml",
            text: DEFAULT,
        };
        let mut keymap = Self {
            name: DEFAULT_NAME.to_owned(),
            ..Self::default()
        };
        let mut problems = keymap.merge(&default);
        match users.iter().find(|user| user.name == name) {
            Some(user) => {
                name.clone_into(&mut keymap.name);
                problems.extend(keymap.merge(user));
            }
            None if name == DEFAULT_NAME => {}
            None => {
                let known = users.iter().map(|user| user.name).chain([DEFAULT_NAME]);
                problems.push(Problem {
                    file: name.to_owned(),
                    line: None,
                    fault: Fault::UnknownKeymap {
                        likely: closest(name, known).map(str::to_owned),
                    },
                });
            }
        }
        (keymap, problems)
    }

    /// Of the file in force.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the keys mean in a scope; its own bindings go before those that work everywhere.
    pub fn meaning(&self, scope: Scope, keys: &[Key]) -> Meaning {
        let mut prefix = false;
        for wanted in [scope, Scope::Everywhere] {
            for binding in self.bindings.iter().filter(|it| it.scope == wanted) {
                if binding.keys == keys {
                    return Meaning::Command(binding.command);
                }
                prefix |= binding.keys.starts_with(keys);
            }
        }
        if prefix {
            Meaning::Prefix
        } else {
            Meaning::Nothing
        }
    }

    /// The first keys bound to a command, as a person reads them.
    pub fn label(&self, command: Command) -> Option<String> {
        self.labels(command).next().map(|(label, _)| label)
    }

    /// All keys bound to a command, the first ones first, and whether they would type text where text is typed.
    pub fn labels(&self, command: Command) -> impl Iterator<Item = (String, bool)> {
        let bindings = self.bindings.iter().filter(move |it| it.command == command);
        bindings.map(|it| {
            (
                label(&it.keys),
                it.keys.iter().any(|key| key.text().is_some()),
            )
        })
    }

    fn merge(&mut self, source: &Source<'_>) -> Vec<Problem> {
        let (mut reading, tables) = Reading::start(source.file, source.text);
        let mut tables: Vec<_> = tables.iter().collect();
        tables.sort_by_key(|(name, _)| name.span().start);
        // What a file binds goes before what it merges over, so that its keys are the ones shown.
        let mut place = 0;
        for (name, value) in tables {
            let Some(scope) = Scope::ALL
                .into_iter()
                .find(|it| it.name() == &**name.get_ref())
            else {
                let known = Scope::ALL.map(Scope::name);
                reading.blame_name(name.span().start, name.get_ref(), known);
                continue;
            };
            let Some(table) = reading.table(name.get_ref(), value) else {
                continue;
            };
            let mut entries: Vec<_> = table.iter().collect();
            entries.sort_by_key(|(key, _)| key.span().start);
            // Where each sequence of this file stands, to blame the later of two that cannot both work.
            let mut lines: Vec<(Vec<Key>, usize)> = Vec::new();
            for (key, value) in entries {
                let Some(keys) = key::sequence(key.get_ref()) else {
                    let key_text = key.get_ref().to_string();
                    reading.blame(key.span().start, Fault::BadKey { key: key_text });
                    continue;
                };
                let Some(wanted) = reading.text(key.get_ref(), value) else {
                    continue;
                };
                if wanted == NOTHING {
                    self.unbind(scope, &keys);
                    continue;
                }
                match entry_for(key.get_ref(), wanted, scope) {
                    Ok(entry) => {
                        lines.push((keys.clone(), key.span().start));
                        self.unbind(scope, &keys);
                        let binding = Binding {
                            scope,
                            keys,
                            command: entry.command,
                        };
                        self.bindings
                            .insert(place.min(self.bindings.len()), binding);
                        place += 1;
                    }
                    Err(fault) => reading.blame(value.span().start, fault),
                }
            }
            for (keys, start) in lines {
                if let Some(by) = self.shadow(scope, &keys) {
                    let (key, by) = (label(&keys), label(&by));
                    self.unbind(scope, &keys);
                    reading.blame(start, Fault::Shadowed { key, by });
                }
            }
        }
        reading.problems.sort_by_key(|it| it.line);
        reading.problems
    }

    fn unbind(&mut self, scope: Scope, keys: &[Key]) {
        self.bindings
            .retain(|it| it.scope != scope || it.keys != keys);
    }

    /// A binding of the scope that is a part of these keys, or of which they are a part.
    fn shadow(&self, scope: Scope, keys: &[Key]) -> Option<Vec<Key>> {
        let conflicts = |it: &&Binding| {
            it.scope == scope
                && it.keys != keys
                && (it.keys.starts_with(keys) || keys.starts_with(&it.keys))
        };
        self.bindings
            .iter()
            .find(conflicts)
            .map(|it| it.keys.clone())
    }
}

fn entry_for(key: &str, name: &str, scope: Scope) -> Result<&'static Entry, Fault> {
    let Some(entry) = command::named(name) else {
        return Err(Fault::UnknownCommand {
            key: key.to_owned(),
            name: name.to_owned(),
            likely: closest(name, command::TABLE.iter().map(|entry| entry.name)).map(str::to_owned),
        });
    };
    if entry.scope != Scope::Everywhere && entry.scope != scope {
        return Err(Fault::OutOfScope {
            key: key.to_owned(),
            name: name.to_owned(),
            scope: entry.scope.name(),
        });
    }
    Ok(entry)
}

fn label(keys: &[Key]) -> String {
    let keys: Vec<_> = keys.iter().map(Key::to_string).collect();
    keys.join(" ")
}

#[cfg(test)]
mod tests;

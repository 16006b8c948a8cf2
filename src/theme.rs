//! Styles by meaning, from data files: a palette, then one style a slot, resolved once.

mod colour;

pub use colour::Colours;

use std::collections::BTreeMap;

use ratatui::style::{Modifier, Style};

use crate::datafile::{Fault, Problem, Reading, Source};
use crate::viewmodel::Tone;
use crate::wording::closest;

const SHIPPED: [(&str, &str); 3] = [
    ("dark", include_str!("../themes/dark.toml")),
    ("light", include_str!("../themes/light.toml")),
    ("mono", include_str!("../themes/mono.toml")),
];
const DEFAULT: &str = "dark";
/// Themes that inherit one another longer than this go round in a circle.
const DEEPEST: usize = 8;

const TONES: [(&str, Tone); 10] = [
    ("critical", Tone::Critical),
    ("warning", Tone::Warning),
    ("ok", Tone::Ok),
    ("info", Tone::Info),
    ("text", Tone::Text),
    ("muted", Tone::Muted),
    ("prod", Tone::Prod),
    ("accent", Tone::Accent),
    ("added", Tone::Added),
    ("removed", Tone::Removed),
];
const PARTS: [&str; 3] = ["rule", "title", "selection"];

/// The theme for the terminal's background, as far as the environment tells it. The terminal itself is not asked: over a
/// slow link its answer would come late and read as keys.
pub fn for_background(variable: impl Fn(&str) -> Option<String>) -> &'static str {
    // `15;0`, `15;default;0`: foreground first, background last, as basic colours.
    let colours = variable("COLORFGBG").unwrap_or_default();
    match colours.rsplit(';').next() {
        Some("7" | "15") => "light",
        _ => DEFAULT,
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Theme {
    tones: [Style; TONES.len()],
    /// Lines between sections and beside a pane.
    pub rule: Style,
    /// What a section or a pane is about.
    pub title: Style,
    /// Laid over the selected row.
    pub selection: Style,
}

impl Theme {
    /// The theme of that name, the user's before the shipped, for a terminal of so many colours, and what is wrong with it.
    /// Whatever is wrong, there is a theme to use.
    pub fn load(name: &str, users: &[Source<'_>], colours: Colours) -> (Self, Vec<Problem>) {
        if colours == Colours::None {
            return Slots::shipped("mono").resolve(colours);
        }
        let mut problems = Vec::new();
        let slots = Slots::load(name, users, DEEPEST).unwrap_or_else(|fault| {
            problems.push(Problem {
                file: name.to_owned(),
                line: None,
                fault,
            });
            Slots::shipped(DEFAULT)
        });
        problems.extend(slots.problems.iter().cloned());
        let (theme, faults) = slots.resolve(colours);
        problems.extend(faults);
        problems.sort_by(|one, other| (&one.file, one.line).cmp(&(&other.file, other.line)));
        if theme.alike() {
            let user = users.iter().find(|it| it.name == name);
            problems.push(Problem {
                file: user.map_or(name, |it| it.file).to_owned(),
                line: None,
                fault: Fault::Alike,
            });
            return (Slots::shipped(DEFAULT).resolve(colours).0, problems);
        }
        (theme, problems)
    }

    pub fn tone(&self, tone: Tone) -> Style {
        let at = TONES.iter().position(|(_, it)| *it == tone);
        at.and_then(|at| self.tones.get(at))
            .copied()
            .unwrap_or_default()
    }

    /// A theme of colours in which good and bad look the same would mislead; one without colours lives by symbols.
    fn alike(&self) -> bool {
        let coloured = self.tones.iter().any(|style| style.fg.is_some());
        let [critical, warning, ok] =
            [Tone::Critical, Tone::Warning, Tone::Ok].map(|tone| self.tone(tone));
        coloured && (critical == warning || warning == ok || critical == ok)
    }
}

/// Slots of a theme and of those it inherits from, still as words, each with where it stands for a complaint.
#[derive(Default)]
struct Slots {
    palette: BTreeMap<String, Worded>,
    tones: BTreeMap<String, Worded>,
    parts: BTreeMap<String, Worded>,
    problems: Vec<Problem>,
}

#[derive(Clone)]
struct Worded {
    words: String,
    file: String,
    line: usize,
}

impl Slots {
    fn shipped(name: &str) -> Self {
        Self::load(name, &[], 1).unwrap_or_default()
    }

    /// Every theme of the user's stands on the default one, or on the one it names.
    fn load(name: &str, users: &[Source<'_>], depth: usize) -> Result<Self, Fault> {
        let user = users.iter().find(|it| it.name == name);
        let shipped = SHIPPED.iter().find(|(known, _)| *known == name);
        let (source, base) = match (user, shipped) {
            (Some(user), _) if depth > 0 => (*user, Some(DEFAULT)),
            (_, Some((name, text))) => {
                let file = name;
                (Source { name, file, text }, None)
            }
            _ => {
                let known = SHIPPED.iter().map(|(name, _)| *name);
                let known = known.chain(users.iter().map(|it| it.name));
                let likely = closest(name, known).map(str::to_owned);
                return Err(Fault::UnknownTheme { likely });
            }
        };
        let (mut reading, tables) = Reading::start(source.file, source.text);
        let named = tables.get("inherits");
        let inherits = named.and_then(|value| reading.text("inherits", value));
        // A user's theme that inherits its own name means the shipped one it replaces.
        let others = users.iter().filter(|it| it.name != source.name).copied();
        let others: Vec<_> = others.collect();
        let mut slots = match inherits.or(base) {
            None => Self::default(),
            Some(base) => {
                Self::load(base, &others, depth.saturating_sub(1)).unwrap_or_else(|fault| {
                    reading.blame(named.map_or(0, |value| value.span().start), fault);
                    Self::shipped(DEFAULT)
                })
            }
        };
        for (name, value) in &tables {
            let target = match &**name.get_ref() {
                "palette" => &mut slots.palette,
                "tone" => &mut slots.tones,
                "part" => &mut slots.parts,
                "inherits" => continue,
                other => {
                    let known = ["palette", "tone", "part", "inherits"];
                    reading.blame_name(name.span().start, other, known);
                    continue;
                }
            };
            let Some(table) = reading.table(name.get_ref(), value) else {
                continue;
            };
            for (slot, value) in table {
                let Some(words) = reading.text(slot.get_ref(), value) else {
                    continue;
                };
                let worded = Worded {
                    words: words.to_owned(),
                    file: source.file.to_owned(),
                    line: reading.line(value.span().start),
                };
                target.insert(slot.get_ref().to_string(), worded);
            }
        }
        slots.problems.append(&mut reading.problems);
        Ok(slots)
    }

    fn resolve(&self, colours: Colours) -> (Theme, Vec<Problem>) {
        let mut problems = Vec::new();
        let mut theme = Theme::default();
        for (name, worded) in &self.tones {
            let at = TONES.iter().position(|(known, _)| known == name);
            match at.and_then(|at| theme.tones.get_mut(at)) {
                Some(style) => *style = self.style(name, worded, colours, &mut problems),
                None => problems.push(unknown_slot(
                    name,
                    worded,
                    TONES.iter().map(|(name, _)| *name),
                )),
            }
        }
        for (name, worded) in &self.parts {
            let style = match name.as_str() {
                "rule" => &mut theme.rule,
                "title" => &mut theme.title,
                "selection" => &mut theme.selection,
                _ => {
                    problems.push(unknown_slot(name, worded, PARTS));
                    continue;
                }
            };
            *style = self.style(name, worded, colours, &mut problems);
        }
        (theme, problems)
    }

    fn style(
        &self,
        slot: &str,
        worded: &Worded,
        colours: Colours,
        problems: &mut Vec<Problem>,
    ) -> Style {
        let mut style = Style::new();
        let mut background = false;
        for word in worded.words.split_whitespace() {
            style = match word {
                "bold" => style.add_modifier(Modifier::BOLD),
                "dim" => style.add_modifier(Modifier::DIM),
                "reverse" => style.add_modifier(Modifier::REVERSED),
                "underline" => style.add_modifier(Modifier::UNDERLINED),
                "on" => {
                    background = true;
                    continue;
                }
                _ => {
                    let entry = self.palette.get(word).map(|entry| entry.words.as_str());
                    let Some(colour) = colour::parse(entry.unwrap_or(word), colours) else {
                        let known = self.palette.keys().map(String::as_str);
                        problems.push(worded.blame(Fault::UnknownColour {
                            slot: slot.to_owned(),
                            colour: entry.unwrap_or(word).to_owned(),
                            likely: closest(word, known).map(str::to_owned),
                        }));
                        continue;
                    };
                    if std::mem::take(&mut background) {
                        style.bg(colour)
                    } else {
                        style.fg(colour)
                    }
                }
            };
        }
        style
    }
}

impl Worded {
    fn blame(&self, fault: Fault) -> Problem {
        Problem {
            file: self.file.clone(),
            line: Some(self.line),
            fault,
        }
    }
}

fn unknown_slot<'a>(
    name: &str,
    worded: &Worded,
    known: impl IntoIterator<Item = &'a str>,
) -> Problem {
    worded.blame(Fault::Unknown {
        name: name.to_owned(),
        likely: closest(name, known).map(str::to_owned),
    })
}

#[cfg(test)]
mod tests;

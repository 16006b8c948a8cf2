//! How the cockpit looks and answers to keys: theme, keymap, symbols and colours, from files and the environment.

use std::fs;
use std::path::{Path, PathBuf};

use vigie::app::{Options, local_zone};
use vigie::cli::Flags;
use vigie::config::{self, Config};
use vigie::datafile::{self, Source};
use vigie::keymap::Keymap;
use vigie::model::Text;
use vigie::tenancy::Selection;
use vigie::theme::{self, Colours, Theme};
use vigie::view::Symbols;
use vigie::wording::Catalogue;

use super::act;

const KEYMAP: &str = "default";

/// What the cockpit starts with. Files that cannot be used are said and the shipped ones used instead.
pub(crate) fn options(
    clusters: Vec<Text>,
    mut notes: Vec<String>,
    log: Option<&Path>,
    flags: &Flags,
    config: Config,
    catalogue: Catalogue,
) -> Options {
    let variable = |name: &str| std::env::var(name).ok();
    let colours = Colours::from_environment(variable);
    let asked = flags.theme.as_deref().or(config.theme.as_deref());
    let theme = asked.unwrap_or_else(|| theme::for_background(variable));
    let (theme, theme_problems) = with_files("themes", |files| Theme::load(theme, files, colours));
    let keymap = config.keymap.as_deref().unwrap_or(KEYMAP);
    let (keymap, keymap_problems) = with_files("keymaps", |files| Keymap::load(keymap, files));
    let problems: Vec<datafile::Problem> =
        theme_problems.into_iter().chain(keymap_problems).collect();
    notes.extend(problems.iter().map(|problem| problem.say(&catalogue)));
    let journal = match act::read() {
        Ok(read) => read.entries,
        Err(fault) => {
            let detail = [("detail", fault.detail(&catalogue).into())];
            notes.push(catalogue.say_with("notice-journal", &detail));
            Vec::new()
        }
    };
    let problems = told(notes, log, &catalogue);
    let guard = act::guard(flags, &config, &clusters);
    Options {
        clusters,
        rules: config.tenancy,
        catalogue,
        theme,
        keymap,
        symbols: Symbols::from_environment(variable),
        zone: local_zone(),
        selection: Selection::new(flags.selected()),
        guard,
        who: act::who(flags),
        journal,
        next_id: act::next_id,
        problems,
    }
}

/// The message line holds one problem, and hardly that: the log holds them all, and the line says so.
fn told(notes: Vec<String>, log: Option<&Path>, catalogue: &Catalogue) -> Vec<String> {
    for note in &notes {
        tracing::warn!("{note}");
    }
    match (notes.as_slice(), log) {
        ([first, _, ..], Some(log)) => {
            let arguments = [
                ("count", notes.len().into()),
                ("log", config::from_home(log).into()),
                ("first", first.as_str().into()),
            ];
            vec![catalogue.say_with("notice-problems", &arguments)]
        }
        _ => notes,
    }
}

/// Puts the user's files of a folder to use.
fn with_files<T>(folder: &str, load: impl FnOnce(&[Source<'_>]) -> T) -> T {
    let files = texts(folder);
    let sources: Vec<Source<'_>> = files
        .iter()
        .map(|(name, file, text)| Source { name, file, text })
        .collect();
    load(&sources)
}

/// Name, path and text of the user's files in a folder beside `config.toml`. One that cannot be read reads as empty:
/// it then changes nothing.
fn texts(folder: &str) -> Vec<(String, String, String)> {
    let folder = config::config_file().and_then(|file| Some(file.parent()?.join(folder)));
    let entries = folder
        .and_then(|folder| fs::read_dir(folder).ok())
        .into_iter()
        .flatten()
        .flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().filter_map(|path| text(path)).collect()
}

fn text(path: &Path) -> Option<(String, String, String)> {
    if path.extension()? != "toml" {
        return None;
    }
    let name = path.file_stem()?.to_string_lossy().into_owned();
    let text = fs::read_to_string(path).unwrap_or_default();
    Some((name, path.display().to_string(), text))
}

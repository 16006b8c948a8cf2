use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::*;

/// Without a key by default: a habit of one's own terminal goes before the mouse.
const UNBOUND: [Command; 17] = [
    Command::Flux,
    Command::Helm,
    Command::SyncAndPrune,
    Command::SyncDryRun,
    Command::Refresh,
    Command::HardRefresh,
    Command::Terminate,
    Command::Promote,
    Command::PromoteFull,
    Command::Abort,
    Command::RetryRollout,
    Command::Mouse,
    // What goes, or runs at once, is chosen by its name.
    Command::Evict,
    Command::Delete,
    Command::SuspendCronJob,
    Command::UnsuspendCronJob,
    Command::RunNow,
];

fn keys(text: &str) -> Vec<Key> {
    key::sequence(text).unwrap()
}

fn user(text: &str) -> (Keymap, Vec<String>) {
    let source = Source {
        name: "mine",
        file: "my.toml",
        text,
    };
    let (keymap, problems) = Keymap::load("mine", &[source]);
    let catalogue = crate::wording::Catalogue::new(crate::wording::Language::English);
    let said = problems.iter().map(|it| it.say(&catalogue)).collect();
    (keymap, said)
}

#[test]
fn the_default_keymap_has_no_problem_and_a_key_for_every_command_but_those_left_unbound() {
    let (keymap, problems) = Keymap::load("default", &[]);
    assert_eq!(problems, []);
    for entry in command::TABLE {
        let unbound = UNBOUND.contains(&entry.command);
        let label = keymap.label(entry.command);
        assert_eq!(label.is_none(), unbound, "{}", entry.name);
    }
}

/// What the README says of the keys, from the table.
fn readme_table() -> String {
    use std::fmt::Write as _;
    let catalogue = crate::wording::Catalogue::new(crate::wording::Language::English);
    let (keymap, _) = Keymap::load("default", &[]);
    let mut table = "| Key | Command | Does |\n| --- | --- | --- |\n".to_owned();
    for line in command::GROUPS.iter().flat_map(|group| group.lines) {
        for entry in line.commands.iter().filter_map(|it| command::of(*it)) {
            let keys = keymap.labels(entry.command);
            let keys: Vec<_> = keys.map(|(label, _)| format!("`{label}`")).collect();
            let keys = if keys.is_empty() {
                catalogue.say("keys-unbound")
            } else {
                keys.join(" ")
            };
            let does = catalogue.say(entry.description);
            writeln!(table, "| {keys} | `{}` | {does} |", entry.name).unwrap();
        }
    }
    table
}

#[test]
fn the_readme_has_the_keys_of_the_table() {
    let readme = include_str!("../../README.md");
    let table = readme_table();
    assert!(
        readme.contains(&table),
        "put this table under \"Keys\" in README.md:\n\n{table}"
    );
}

#[test]
fn no_key_is_shadowed_in_a_scope() {
    let (keymap, _) = Keymap::load("default", &[]);
    for binding in &keymap.bindings {
        let shadow = keymap.shadow(binding.scope, &binding.keys);
        assert_eq!(shadow, None, "{binding:?}");
    }
}

#[test]
fn a_scope_goes_before_what_works_everywhere() {
    let (keymap, _) = Keymap::load("default", &[]);
    let quit = Meaning::Command(Command::Quit);
    assert_eq!(keymap.meaning(Scope::Filter, &keys("C-c")), quit);
    let leave = Meaning::Command(Command::Leave);
    assert_eq!(keymap.meaning(Scope::List, &keys("q")), leave);
    assert_eq!(keymap.meaning(Scope::Filter, &keys("q")), Meaning::Nothing);
}

#[test]
fn a_terminal_key_is_the_key_of_the_file() {
    let shifted = KeyEvent::new(KeyCode::Char('G'), KeyModifiers::SHIFT);
    assert_eq!(vec![Key::from(shifted)], keys("G"));
    let control = KeyEvent::new(KeyCode::Char('d'), KeyModifiers::CONTROL);
    assert_eq!(vec![Key::from(control)], keys("C-d"));
    assert_eq!(keys("C-d page-down -").len(), 3);
}

#[test]
fn a_users_file_adds_takes_away_and_replaces() {
    let (keymap, said) = user("[list]\n'g' = 'none'\n'g g' = 'top'\n'n' = 'down'\n");
    assert_eq!(said, Vec::<String>::new());
    assert_eq!(keymap.meaning(Scope::List, &keys("g")), Meaning::Prefix);
    assert_eq!(
        keymap.meaning(Scope::List, &keys("g g")),
        Meaning::Command(Command::Top)
    );
    assert_eq!(
        keymap.meaning(Scope::List, &keys("n")),
        Meaning::Command(Command::Down)
    );
}

#[test]
fn all_problems_come_at_once_with_file_line_and_suggestion() {
    let (keymap, said) = user(
        "[lists]\n'a' = 'up'\n[list]\n'b' = 'hlaf-page-up'\n'hyper-x' = 'up'\n'c' = 3\n\
         'd' = 'keep-filter'\n'j j' = 'up'\n",
    );
    insta::assert_snapshot!(said.join("\n"));
    assert_eq!(
        keymap.meaning(Scope::List, &keys("j")),
        Meaning::Command(Command::Down)
    );
}

#[test]
fn a_file_that_is_no_toml_leaves_the_default_keys() {
    let (keymap, said) = user("[list\n'x' =\n");
    assert!(said.iter().all(|it| it.starts_with("my.toml:")), "{said:?}");
    assert!(!said.is_empty());
    assert_eq!(keymap.label(Command::Filter).as_deref(), Some("/"));
}

#[test]
fn a_keymap_that_is_not_there_is_said_and_the_default_one_serves() {
    let mine = Source {
        name: "mine",
        file: "mine.toml",
        text: "",
    };
    let (keymap, problems) = Keymap::load("min", &[mine]);
    assert_eq!(keymap, Keymap::load("default", &[]).0);
    let fault = Fault::UnknownKeymap {
        likely: Some("mine".to_owned()),
    };
    assert_eq!(
        problems
            .into_iter()
            .map(|problem| problem.fault)
            .collect::<Vec<_>>(),
        [fault]
    );
}

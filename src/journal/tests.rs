use std::env;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use super::*;
use crate::action::{ActionId, Outcome, OutcomeVerdict};
use crate::action::{Before, HoldVerdict, Intent, Named, Standing, Verb, Who};
use crate::model::Moment;
use crate::tenancy::Class;
use crate::wording::Language;

fn at() -> Moment {
    Moment::from_rfc3339("2026-11-24T03:13:38Z").unwrap()
}

fn intent(id: &str, reason: &str) -> Record {
    Record::Intent(Box::new(Intent {
        id: ActionId(id.to_owned()),
        at: at(),
        who: Who::default(),
        context: "public1".to_owned(),
        object: Named {
            group: "apps".to_owned(),
            kind: "Deployment".to_owned(),
            namespace: "betaapp-prod".to_owned(),
            name: "beta-back".to_owned(),
            uid: "u1".to_owned(),
        },
        tenant: "betaapp".to_owned(),
        environment: "prod".to_owned(),
        class: Class::Production,
        verb: Verb::Restart,
        before: Before::default(),
        after: Before::default(),
        diff: Vec::new(),
        reason: reason.to_owned(),
        hold: HoldVerdict::Holds,
        sends: Vec::new(),
        undoes: None,
    }))
}

fn outcome(id: &str) -> Record {
    Record::Outcome(Outcome {
        id: ActionId(id.to_owned()),
        at: at(),
        verdict: OutcomeVerdict::Reached,
        seconds: 29,
        detail: String::new(),
    })
}

/// A state directory of a test's own.
struct State {
    root: TempDir,
}

impl State {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        Self { root }
    }

    fn directory(&self) -> PathBuf {
        self.root.path().join("vigie")
    }

    fn file(&self) -> PathBuf {
        self.directory().join(FILE)
    }

    fn open(&self) -> Journal {
        Journal::open(&self.directory()).unwrap()
    }

    fn read(&self) -> Read {
        read(&self.directory()).unwrap()
    }

    fn add(&self, text: &[u8]) {
        let mut file = OpenOptions::new().append(true).open(self.file()).unwrap();
        file.write_all(text).unwrap();
    }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn chmod(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn what_was_written_is_read() {
    let state = State::new();
    assert_eq!(state.read(), Read::default());
    let journal = state.open();
    assert_eq!(state.read(), Read::default());
    journal.append(&intent("a", "INC-2314")).unwrap();
    journal.append(&intent("b", "INC-2315")).unwrap();
    journal.append(&outcome("a")).unwrap();
    let read = state.read();
    assert_eq!((read.unreadable, read.strays), (0, 0));
    let told = read
        .entries
        .iter()
        .map(|it| (it.intent.reason.as_str(), it.standing()));
    let wanted = [
        ("INC-2315", Standing::InDoubt),
        ("INC-2314", Standing::Over),
    ];
    assert_eq!(told.collect::<Vec<_>>(), wanted);
}

#[test]
fn the_journal_is_for_its_owner_only() {
    let state = State::new();
    let journal = state.open();
    assert_eq!(mode(&state.directory()), 0o700);
    assert_eq!(mode(&state.file()), 0o600);
    chmod(&state.file(), 0o644);
    journal.append(&intent("a", "")).unwrap();
    assert_eq!(mode(&state.file()), 0o600);
    chmod(&state.file(), 0o666);
    state.open();
    assert_eq!(mode(&state.file()), 0o600);
}

#[test]
fn a_directory_that_others_can_write_is_refused() {
    let state = State::new();
    let journal = state.open();
    chmod(&state.directory(), 0o770);
    let open_to_others = |it| matches!(it, Err(Fault::Directory(log::Fault::OpenToOthers)));
    assert!(open_to_others(
        Journal::open(&state.directory()).map(|_| ())
    ));
    assert!(open_to_others(journal.append(&intent("a", ""))));
    assert!(open_to_others(read(&state.directory()).map(|_| ())));
}

#[test]
fn a_directory_that_cannot_be_written_is_a_fault() {
    // One where root, too, makes no file.
    let refused = Journal::open(Path::new("/proc/self"));
    assert!(matches!(refused, Err(Fault::System(_))), "{refused:?}");
    let refused = Journal::open(Path::new("/proc/self/vigie"));
    assert!(matches!(refused, Err(Fault::Directory(_))), "{refused:?}");
}

#[test]
fn a_file_that_cannot_be_read_is_a_fault() {
    let state = State::new();
    fs::create_dir_all(state.file()).unwrap();
    assert!(matches!(read(&state.directory()), Err(Fault::System(_))));
}

#[test]
fn a_full_disk_is_told_in_words() {
    let state = State::new();
    fs::create_dir(state.directory()).unwrap();
    symlink("/dev/full", state.file()).unwrap();
    let before = mode(Path::new("/dev/full"));
    let fault = state.open().append(&intent("a", "")).unwrap_err();
    let said = |language| fault.detail(&Catalogue::new(language));
    assert_eq!(said(Language::English), "disk full");
    assert_eq!(said(Language::French), "disque plein");
    assert_eq!(mode(Path::new("/dev/full")), before);
    assert_eq!(state.read(), Read::default());
}

#[test]
fn a_torn_end_costs_that_line_only() {
    let state = State::new();
    let journal = state.open();
    journal.append(&intent("a", "")).unwrap();
    state.add(br#"{"record":"intent","id":"b","at":"2026-1"#);
    assert_eq!(state.read().unreadable, 1);
    journal.append(&intent("c", "")).unwrap();
    let read = state.read();
    let ids: Vec<_> = read.entries.iter().map(|it| &it.intent.id.0).collect();
    assert_eq!(ids, ["c", "a"]);
    assert_eq!(read.unreadable, 1);
}

#[test]
fn lines_that_are_no_records_are_counted() {
    let state = State::new();
    let journal = state.open();
    journal.append(&intent("a", "")).unwrap();
    state.add(b"{\"record\":\"intent\",\"id\":\"b\"}\n");
    state.add(b"{\"record\":\"handover\"}\nhello\n\xff\xfe\n[]\n\n");
    state.add(&vec![b'x'; 3 * LONGEST]);
    state.add(b"\n");
    journal.append(&outcome("a")).unwrap();
    journal.append(&outcome("z")).unwrap();
    let read = state.read();
    assert_eq!((read.unreadable, read.strays), (6, 1));
    assert_eq!(read.entries.len(), 1);
    assert_eq!(read.entries[0].standing(), Standing::Over);
}

#[test]
fn fields_of_a_later_version_are_passed_over() {
    let state = State::new();
    state.open().append(&intent("a", "")).unwrap();
    let line = fs::read_to_string(state.file()).unwrap();
    let later = line.replacen('{', r#"{"mood":{"of":["the night"]},"#, 1);
    fs::write(state.file(), later).unwrap();
    let read = state.read();
    assert_eq!((read.entries.len(), read.unreadable), (1, 0));
}

#[test]
fn a_record_that_is_too_long_is_refused_whole() {
    let state = State::new();
    let journal = state.open();
    let refused = journal.append(&intent("a", &"x".repeat(LONGEST)));
    assert!(matches!(refused, Err(Fault::TooLong)), "{refused:?}");
    assert_eq!(fs::metadata(state.file()).unwrap().len(), 0);
}

#[test]
fn what_steers_a_terminal_reaches_neither_the_file_nor_its_reader() {
    let state = State::new();
    let journal = state.open();
    let hostile = "a\u{1b}]0;x\u{7}\u{9b}2J\u{202e}b\nc\u{7f}";
    journal.append(&intent("a", hostile)).unwrap();
    let raw = fs::read_to_string(state.file()).unwrap();
    let steers = |it: char| it.is_control() && it != '\n' || it == '\u{202e}';
    assert!(!raw.contains(steers), "{raw:?}");
    // By another hand.
    let foreign = raw.replacen("]0;x", "]0;x\u{9b}\u{202e}", 1);
    fs::write(state.file(), foreign).unwrap();
    assert_eq!(state.read().entries[0].intent.reason, "a]0;x2Jb c");
}

#[test]
fn a_file_that_was_moved_away_is_made_again() {
    let state = State::new();
    let journal = state.open();
    journal.append(&intent("a", "")).unwrap();
    fs::rename(state.file(), state.directory().join("old")).unwrap();
    journal.append(&intent("b", "")).unwrap();
    assert_eq!(state.read().entries[0].intent.id.0, "b");
}

#[test]
fn a_lock_that_is_not_let_go_is_a_fault_in_the_end() {
    let state = State::new();
    let journal = state.open();
    let other = File::open(state.file()).unwrap();
    other.lock().unwrap();
    let refused = journal.append(&intent("a", ""));
    assert!(matches!(refused, Err(Fault::Held)), "{refused:?}");
    drop(other);
    journal.append(&intent("a", "")).unwrap();
}

#[test]
fn threads_do_not_write_into_each_other() {
    let state = State::new();
    let journal = &state.open();
    thread::scope(|scope| {
        for thread in 0..2 {
            scope.spawn(move || {
                for count in 0..1_000 {
                    let id = format!("{thread}-{count}");
                    journal.append(&intent(&id, &"x".repeat(count))).unwrap();
                }
            });
        }
    });
    let read = state.read();
    assert_eq!((read.entries.len(), read.unreadable), (2_000, 0));
}

const DIRECTORY: &str = "VIGIE_TEST_JOURNAL";

/// The test of that name in a process of its own, which finds the directory in its environment.
fn again(test: &str, directory: &Path, name: &str) -> Child {
    Command::new(env::current_exe().unwrap())
        .args([&format!("journal::tests::{test}"), "--exact", "--nocapture"])
        .env(DIRECTORY, directory)
        .env("VIGIE_TEST_NAME", name)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// In such a process: appends, and tells each id that is on the disk.
fn append_and_tell(directory: &Path, counts: impl Iterator<Item = usize>) {
    let journal = Journal::open(directory).unwrap();
    let name = env::var("VIGIE_TEST_NAME").unwrap();
    let mut output = std::io::stdout();
    for count in counts {
        let id = format!("{name}-{count}");
        let reason = "x".repeat(count % 500);
        journal.append(&intent(&id, &reason)).unwrap();
        // A parent that went away listens no more.
        if writeln!(output, "\nwritten {id}").is_err() {
            return;
        }
    }
}

/// What it told before it ended.
fn told(child: &mut Child) -> Vec<String> {
    let output = BufReader::new(child.stdout.take().unwrap());
    let lines = output.lines().map_while(Result::ok);
    let told = lines.filter_map(|line| Some(line.strip_prefix("written ")?.to_owned()));
    told.collect()
}

#[test]
fn processes_do_not_write_into_each_other() {
    const TEST: &str = "processes_do_not_write_into_each_other";
    if let Some(directory) = env::var_os(DIRECTORY) {
        return append_and_tell(Path::new(&directory), 0..1_000);
    }
    let state = State::new();
    let mut children = ["a", "b"].map(|name| again(TEST, &state.directory(), name));
    let told: Vec<_> = children.iter_mut().flat_map(told).collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let read = state.read();
    assert_eq!(
        (told.len(), read.entries.len(), read.unreadable),
        (2_000, 2_000, 0)
    );
}

#[test]
fn a_process_that_is_killed_costs_at_most_the_line_it_wrote() {
    const TEST: &str = "a_process_that_is_killed_costs_at_most_the_line_it_wrote";
    const KILLED: usize = 20;
    if let Some(directory) = env::var_os(DIRECTORY) {
        return append_and_tell(Path::new(&directory), 0..);
    }
    let state = State::new();
    let mut written = Vec::new();
    for round in 0..KILLED {
        let mut child = again(TEST, &state.directory(), &round.to_string());
        let random = u64::from_str_radix(&new_id().unwrap().0, 16).unwrap();
        thread::sleep(Duration::from_micros(10_000 + random % 30_000));
        child.kill().unwrap();
        written.extend(told(&mut child));
        child.wait().unwrap();
    }
    let read = state.read();
    let mut kept = read.entries.iter().map(|it| it.intent.id.0.clone());
    let kept: std::collections::HashSet<_> = kept.by_ref().collect();
    assert!(written.len() > KILLED, "{written:?}");
    assert!(written.iter().all(|id| kept.contains(id)));
    assert!(read.unreadable <= KILLED && read.strays == 0, "{read:?}");
}

use std::time::Duration;

use clap::error::ErrorKind;

use super::*;
use crate::wording::Catalogue;

fn read(line: &str) -> Result<Request, clap::Error> {
    parse(line.split_whitespace(), &Catalogue::new(Language::English))
}

fn request(line: &str) -> Request {
    read(line).unwrap_or_else(|error| panic!("{line}: {error}"))
}

fn complaint(line: &str, language: Language) -> String {
    let error = read(line).expect_err(line);
    assert_eq!(error.exit_code(), 2, "{line}");
    sentence(&error, &Catalogue::new(language))
}

#[test]
fn the_declaration_is_sound() {
    CommandLine::command().debug_assert();
}

#[test]
fn without_a_command_the_screen_opens() {
    let request = request("vigie");
    assert_eq!(request.task, Task::Cockpit);
    assert_eq!(request.flags, Flags::default());
}

#[test]
fn get_names_a_listing_and_a_format() {
    let asked = |line| request(line).task;
    let findings = |format| Task::Answer(Question::Get(Listing::Findings, format));
    assert_eq!(asked("vigie get findings"), findings(Format::Table));
    assert_eq!(asked("vigie get findings -o wide"), findings(Format::Wide));
    assert_eq!(asked("vigie get finding -ojson"), findings(Format::Json));
    assert_eq!(
        asked("vigie get findings --output=yaml"),
        findings(Format::Yaml)
    );
    assert_eq!(
        asked("vigie get deploy"),
        Task::Answer(Question::Get(Listing::Deployments, Format::Table))
    );
    assert_eq!(asked("vigie status"), Task::Answer(Question::Status));
}

#[test]
fn a_bundle_is_of_one_object_and_goes_where_it_is_said() {
    let asked = |line| request(line).task;
    let wanted = || "deploy/beta-back".parse().unwrap();
    let to = |file: Option<&str>| Task::Bundle {
        wanted: wanted(),
        output: file.map(Into::into),
    };
    assert_eq!(asked("vigie bundle deploy/beta-back"), to(None));
    assert_eq!(
        asked("vigie bundle Deployments.apps/beta-back -o -"),
        to(Some("-"))
    );
    let line = "vigie bundle deploy/beta-back --output=a.md -n betaapp/prod";
    assert_eq!(asked(line), to(Some("a.md")));
    assert_eq!(request(line).flags.namespaces, ["betaapp/prod"]);
}

#[test]
fn flags_are_spelled_as_in_kubectl() {
    let flags = request(
        "vigie --context a --context b --kubeconfig k -n betaapp/dev --namespace candilib --as me --as-group g --as-group h \
         --read-only --request-timeout 1m --lang fr --theme light --config c --log-level debug",
    )
    .flags;
    let texts = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(
        flags,
        Flags {
            contexts: texts(&["a", "b"]),
            kubeconfig: Some("k".into()),
            namespaces: texts(&["betaapp/dev", "candilib"]),
            all_namespaces: false,
            impersonate: Some("me".to_owned()),
            impersonate_groups: texts(&["g", "h"]),
            read_only: true,
            request_timeout: Some(Duration::from_mins(1)),
            lang: Some(Lang::Fr),
            theme: Some("light".to_owned()),
            config: Some("c".into()),
            log_level: Some(LogLevel::Debug),
        }
    );
}

#[test]
fn flags_before_and_after_the_command_add_up() {
    let flags =
        request("vigie --context a --lang en -A get tenants --context b --lang fr -n x").flags;
    assert_eq!(flags.contexts, ["a", "b"]);
    assert_eq!(flags.namespaces, ["x"]);
    assert_eq!(flags.lang, Some(Lang::Fr));
    assert!(flags.all_namespaces);
}

#[test]
fn a_group_may_stand_apart_from_its_user_but_not_alone() {
    let flags = request("vigie --as me get tenants --as-group g").flags;
    assert_eq!(flags.impersonate_groups, ["g"]);
    assert_eq!(
        complaint("vigie --as-group g", Language::English),
        "vigie: --as <USER> is missing (see vigie --help)"
    );
}

#[test]
fn help_and_version_are_no_error() {
    for (line, kind) in [
        ("vigie --help", ErrorKind::DisplayHelp),
        ("vigie get -h", ErrorKind::DisplayHelp),
        ("vigie -V", ErrorKind::DisplayVersion),
    ] {
        let error = read(line).expect_err(line);
        assert_eq!((error.kind(), error.exit_code()), (kind, 0));
    }
}

#[test]
fn help_is_in_the_language_of_the_person() {
    let help = |language| {
        let said = [
            "vigie --help",
            "vigie get --help",
            "vigie status --help",
            "vigie journal --help",
            "vigie bundle --help",
        ]
        .map(|line| {
            let read = parse(line.split_whitespace(), &Catalogue::new(language));
            read.expect_err(line).to_string()
        });
        said.join("\n----\n")
    };
    let (english, french) = (help(Language::English), help(Language::French));
    assert!(
        !english.contains("help-") && !french.contains("help-"),
        "{french}"
    );
    insta::assert_snapshot!("help", english);
    insta::assert_snapshot!("help-fr", french);
}

#[test]
fn the_language_is_known_before_the_line_is_understood() {
    let asked = |line: &str| {
        let words: Vec<OsString> = line.split_whitespace().map(OsString::from).collect();
        language(&words)
    };
    assert_eq!(asked("vigie --lang fr --help"), Some(Language::French));
    assert_eq!(asked("vigie stats --lang=en"), Some(Language::English));
    assert_eq!(asked("vigie --language fr --lang"), None);
}

#[test]
fn an_empty_name_is_no_name() {
    let english = Catalogue::new(Language::English);
    let error = parse(["vigie", "-n", ""], &english).unwrap_err();
    assert_eq!(
        sentence(&error, &Catalogue::new(Language::English)),
        "vigie: --namespace <NAME> needs a value (see vigie --help)"
    );
}

#[test]
fn a_wrong_command_line_is_one_sentence() {
    let lines = [
        "vigie --contxt a",
        "vigie --context",
        "vigie get",
        "vigie get pods",
        "vigie get tenant -o jsn",
        "vigie get tenants deployments",
        "vigie stats",
        "vigie --request-timeout soon",
        "vigie --request-timeout -5",
        "vigie --lang de status",
        "vigie status --lang fr --lang en",
        "vigie --read-only=yes",
        "vigie bundle",
        "vigie bundle beta-back",
        "vigie bundle deplyment/beta-back",
        "vigie bundle svc/beta-back",
        "vigie scale deploy/beta-back --replicas 99999999999",
    ];
    let said = |language| {
        lines
            .map(|line| format!("{line}\n  {}", complaint(line, language)))
            .join("\n")
    };
    insta::assert_snapshot!("usage", said(Language::English));
    insta::assert_snapshot!("usage-fr", said(Language::French));
}

#[test]
fn the_readme_names_every_flag() {
    let readme = include_str!("../../README.md");
    for argument in CommandLine::command().get_arguments() {
        let short = argument.get_short().map(|letter| format!("`-{letter}"));
        let long = argument.get_long().map(|name| format!("`--{name}"));
        let mut names = [short, long].into_iter().flatten();
        assert!(
            names.any(|name| readme.contains(&name)),
            "{}",
            argument.get_id()
        );
    }
}

#[test]
fn a_rollback_may_be_asked_to_last() {
    let asked = |line: &str| match request(line).task {
        Task::Act(Wanted::Do(_, doing), _) => doing,
        task => panic!("{task:?}"),
    };
    let lasting = |to, lasting| Doing::RollBack { to, lasting };
    assert_eq!(asked("vigie rollback deploy/app"), lasting(None, false));
    let line = "vigie rollback deploy/app --to-revision 3 --lasting";
    assert_eq!(asked(line), lasting(Some(3), true));
}

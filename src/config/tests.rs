use std::path::Path;

use super::*;
use crate::tenancy::Preset;
use crate::wording::Catalogue;

fn problems(text: &str, language: Language) -> String {
    let catalogue = Catalogue::new(language);
    let (_, problems) = parse(text, Path::new("config.toml"));
    let lines: Vec<_> = problems
        .iter()
        .map(|problem| problem.say(&catalogue))
        .collect();
    lines.join("\n")
}

const GOOD: &str = r#"
lang = "fr"
read_only = true
theme = "mono"
keymap = "k9s"

[contexts."public1"]
read_only = true
namespaces = ["betaapp-dev", "candilib-dev"]

[contexts.app1]
"#;

const WRONG: &str = r#"lang = "de"
read_onyl = true
theme = 3
colour = "s3cr3t"

[contexts."public1"]
namespace = ["betaapp-dev"]
read_only = "s3cr3t"

[contexts.app1]
namespaces = ["a", 5, "", "b"]

[tenacy]
presets = []
"#;

#[test]
fn each_key_is_read() {
    let (config, problems) = parse(GOOD, Path::new("config.toml"));
    assert_eq!(problems, []);
    assert_eq!(config.lang, Some(Language::French));
    assert!(config.read_only);
    assert_eq!(config.theme.as_deref(), Some("mono"));
    assert_eq!(config.keymap.as_deref(), Some("k9s"));
    let public1 = Context {
        read_only: true,
        namespaces: vec!["betaapp-dev".to_owned(), "candilib-dev".to_owned()],
    };
    assert_eq!(config.contexts["public1"], public1);
    assert_eq!(config.contexts["app1"], Context::default());
}

#[test]
fn all_problems_are_told_at_once_with_line_and_suggestion() {
    insta::assert_snapshot!("problems", problems(WRONG, Language::English));
    insta::assert_snapshot!("problems-fr", problems(WRONG, Language::French));
}

#[test]
fn a_value_is_never_repeated() {
    assert!(!problems(WRONG, Language::English).contains("s3cr3t"));
}

#[test]
fn what_is_right_counts_beside_what_is_wrong() {
    let (config, _) = parse(WRONG, Path::new("config.toml"));
    assert_eq!(config.contexts["app1"].namespaces, ["a", "b"]);
}

#[test]
fn a_misspelt_wish_for_read_only_is_granted() {
    let (config, _) = parse(WRONG, Path::new("config.toml"));
    assert!(config.read_only && config.contexts["public1"].read_only);
}

/// What is read-only: everywhere, and which contexts.
fn read_only(text: &str) -> (bool, Vec<String>) {
    let (config, problems) = parse(text, Path::new("config.toml"));
    assert!(!problems.is_empty(), "{text}");
    let contexts = config.contexts.into_iter().filter(|(_, it)| it.read_only);
    (config.read_only, contexts.map(|(name, _)| name).collect())
}

#[test]
fn whatever_may_have_asked_for_read_only_counts_as_read_only() {
    let x = || (false, vec!["x".to_owned()]);
    let everywhere = || (true, Vec::new());
    assert_eq!(read_only("[contexts.x]\nred_only = true"), x());
    assert_eq!(read_only("[contexts.x]\nwrites = false"), x());
    assert_eq!(read_only("[contexts.x]\nread_only.yes = 1"), x());
    for text in [
        "[contxt.\"x\"]\nread_only = true",
        "[contxt.x]\n[contexts.y]",
        "[clusters.x]\nreadonly = true",
        "[clusters.eu.x]\nread_only = true",
        "[contexts.x.example.com]\nread_only = true",
        "[contexts.x.example.com]\nnamespaces = ['a']",
        "[[contexts.x.y]]\nread_only = true",
        "[[context]]\nname = 'x'\nread_only = true",
        "[[contexts]]\nname = 'x'\nread_only = true",
        "[tenancy]\nread_only = true",
        "[[tenancy.rules]]\nlabel = 'team'\nread_only = true",
        "[theme]\nreadonly = true",
    ] {
        assert_eq!(read_only(text), everywhere(), "{text}");
    }
    assert_eq!(read_only("[contexts]\nread_only = true"), everywhere());
    assert_eq!(read_only("[context]\nread_only = true"), everywhere());
    assert_eq!(read_only("contexts = 3"), everywhere());
    assert_eq!(read_only("readonly = true"), everywhere());
    assert_eq!(read_only("read_only = 1"), everywhere());
    assert_eq!(read_only("[contexts.x\nread_only = true"), everywhere());
    let nothing = (false, Vec::new());
    assert_eq!(read_only("colour = 'red'\n[contexts.x]"), nothing);
    assert_eq!(read_only("[tenacy.x]\nlabel = 'team'"), nothing);
}

#[test]
fn a_slip_in_the_name_of_a_context_bars_the_one_that_was_meant() {
    let file = Path::new("config.toml");
    let known = ["prod", "staging"].map(str::to_owned);
    let text = "[contexts.prdo]\nread_only = true\n[contexts.elsewhere]\nread_only = true";
    let (mut config, _) = parse(text, file);
    let told = config.heed_slips(file, &known);
    let catalogue = Catalogue::new(Language::English);
    let told: Vec<_> = told.iter().map(|problem| problem.say(&catalogue)).collect();
    assert_eq!(
        told,
        [
            "config.toml: contexts.\"prdo\" is not known here; did you mean prod? (until this is put right context prod is read-only)"
        ]
    );
    assert!(config.contexts["prod"].read_only);
    assert!(!config.contexts.contains_key("staging"));

    let (mut config, _) = parse("[contexts.prod]\nread_only = true", file);
    let known = ["prod", "prod2"].map(str::to_owned);
    assert_eq!(config.heed_slips(file, &known), []);
}

#[test]
fn what_counts_as_read_only_is_said() {
    let text = "[contxt.x]\n[contxt.y]\n[contexts.z]\nred_only = true\n[tenacy]\n[tenancy]\nread_only = true\n";
    insta::assert_snapshot!("read_only", problems(text, Language::English));
    insta::assert_snapshot!("read_only-fr", problems(text, Language::French));
}

#[test]
fn a_broken_line_is_given_no_suggestion() {
    let said = problems("a = [\n", Language::English);
    assert!(!said.contains("did you mean"), "{said}");
}

#[test]
fn syntax_errors_do_not_hide_one_another() {
    let text = "lang = \nread_only = tru\ntheme = \"mono\"\n[contexts\n";
    insta::assert_snapshot!("syntax", problems(text, Language::English));
    let (config, _) = parse(text, Path::new("config.toml"));
    assert_eq!(config.theme.as_deref(), Some("mono"));
    assert!(config.read_only);
}

#[test]
fn a_file_that_is_not_there_is_missed_only_when_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.toml");
    let (config, problems) = read(&file, false);
    assert_eq!((config.read_only, problems.len()), (false, 0));
    let (config, problems) = read(&file, true);
    assert!(config.read_only);
    assert!(matches!(
        problems.as_slice(),
        [Problem {
            found: datafile::Problem {
                line: None,
                fault: Fault::Unreadable(_),
                ..
            },
            counts: Some(Counts::ReadOnly),
        }]
    ));
}

#[test]
fn a_folder_binary_text_or_a_huge_file_is_one_problem() {
    let folder = tempfile::tempdir().unwrap();
    let fault = |file: &Path| match read(file, false).1.as_slice() {
        [problem] => problem.found.fault.clone(),
        other => panic!("{other:?}"),
    };
    assert!(matches!(fault(folder.path()), Fault::Unreadable(_)));
    let file = folder.path().join("config.toml");
    std::fs::write(&file, [0xff, 0xfe, 0x00]).unwrap();
    assert_eq!(fault(&file), Fault::NotText);
    std::fs::write(&file, "#".repeat(2 << 20)).unwrap();
    assert_eq!(fault(&file), Fault::TooLarge { mebibytes: 1 });
}

const TENANCY: &str = r#"
[tenancy]
presets = ["cpin", "capsul", 3]
platform = "dso-*"
productoin = ["prod"]
non_production = ["dev"]

[[tenancy.rules]]
label = "team"
klass = "production"
class = "prod"

[[tenancy.rules]]
name = "app-(\\w+"
tenant = 5

[[tenancy.rules]]
namespaces = ["a"]

[[tenancy.rules]]
annotation = "s3cr3t"
label = "team"
"#;

#[test]
fn tenancy_is_read_piece_by_piece() {
    insta::assert_snapshot!("tenancy", problems(TENANCY, Language::English));
    let (config, _) = parse(TENANCY, Path::new("config.toml"));
    assert_eq!(config.tenancy.presets, [Preset::Cpin]);
    assert_eq!(config.tenancy.non_production, ["dev"]);
    assert_eq!(config.tenancy.production, Rules::default().production);
    assert_eq!(config.tenancy.rules.len(), 4);
    assert!(!problems(TENANCY, Language::French).contains("s3cr3t"));
}

#[test]
fn tenancy_that_is_no_table_is_one_problem() {
    let (config, problems) = parse("tenancy = 3", Path::new("config.toml"));
    assert_eq!(config.tenancy, Rules::default());
    assert_eq!(problems.len(), 1);
}

#[test]
fn the_configuration_of_the_readme_is_sound() {
    let readme = include_str!("../../README.md");
    let (_, rest) = readme.split_once("```toml\n").unwrap();
    let (example, _) = rest.split_once("```").unwrap();
    let (config, problems) = parse(example, Path::new("README.md"));
    assert_eq!(problems, []);
    assert_eq!(config.tenancy.rules.len(), 3);
}

#[test]
fn presets_of_which_none_is_known_leave_the_default_ones() {
    let tenancy = |presets: &str| {
        let text = format!("[tenancy]\npresets = {presets}\n");
        let (config, problems) = parse(&text, Path::new("config.toml"));
        (config.tenancy, problems.len())
    };
    let default = Config::default().tenancy;
    assert_eq!(tenancy(r#"["cpinn"]"#), (default.clone(), 1));
    // Who wants none says so.
    let (none, problems) = tenancy("[]");
    assert!(none != default && problems == 0);
    let (one, problems) = tenancy(r#"["cpinn", "hnc"]"#);
    assert!(one != default && one != none && problems == 1);
}

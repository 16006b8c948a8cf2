//! What `--help` says, from the catalogue.

use clap::builder::PossibleValue;
use clap::{Arg, ArgAction, Command};

use crate::wording::Catalogue;

/// The command with its sentences, those of its arguments and of its subcommands: `help-` and the name of each.
pub(super) fn worded(mut command: Command, catalogue: &Catalogue) -> Command {
    let subcommands = command.get_subcommands();
    let names: Vec<_> = subcommands.map(|it| it.get_name().to_owned()).collect();
    for name in &names {
        command = command.mut_subcommand(name, |it| worded(it, catalogue));
    }
    let name = command.get_name().to_owned();
    let say = |part: &str| catalogue.say(&format!("help-{name}{part}"));
    let about = say("");
    let sections = [
        (command.has_subcommands(), "help-commands", "{subcommands}"),
        (
            command.get_positionals().next().is_some(),
            "help-arguments",
            "{positionals}",
        ),
        (true, "help-options", "{options}"),
    ];
    let mut template = format!(
        "{{about-with-newline}}\n{} {{usage}}\n",
        catalogue.say("help-usage")
    );
    for (_, heading, lines) in sections.into_iter().filter(|(there, ..)| *there) {
        template = format!("{template}\n{}\n{lines}\n", catalogue.say(heading));
    }
    let help = Arg::new("help").short('h').long("help");
    command = command
        .disable_help_flag(true)
        .arg(help.action(ArgAction::Help))
        .long_about(format!("{about}\n\n{}", say("-more")))
        .about(about)
        .override_usage(say("-usage"))
        .help_template(template.trim_end().to_owned());
    if command.get_version().is_some() {
        let version = Arg::new("version").short('V').long("version");
        command = command
            .disable_version_flag(true)
            .arg(version.action(ArgAction::Version));
    }
    command.mut_args(|argument| worded_argument(argument, catalogue))
}

fn worded_argument(argument: Arg, catalogue: &Catalogue) -> Arg {
    let id = format!("help-{}", argument.get_id().as_str().replace('_', "-"));
    let known = argument.get_possible_values();
    let known: Vec<_> = known.iter().map(PossibleValue::get_name).collect();
    let said = catalogue.say_with(&id, &[("known", known.join(", ").into())]);
    let takes_value = argument.get_action().takes_values();
    argument
        .help(said)
        .hide_possible_values(takes_value)
        .hide_default_value(takes_value)
}

//! vigie: a terminal cockpit for the team on call of a multi-tenant Kubernetes platform.
//!
//! # One direction
//!
//! ```text
//! source ──Delta──▶ store ──▶ insight ──▶ viewmodel ──▶ view ──▶ terminal
//!                     │          └──────▶ headless ──▶ standard output
//!                  tenancy
//!
//! keys ──▶ keymap ──▶ Command ──▶ app::update ──▶ Effect ──▶ source ──Message──▶ app::update
//! ```
//!
//! - Facts enter only as [`model::Delta`]s, through [`store::Store::apply`]. Nothing downstream writes to the store.
//! - What only an open view needs (events, logs, one object whole, the objects of a kind) is a [`model::Lookup`]: asked for while the view is open,
//!   told in parts, kept in the [`dossier`] and dropped with the view.
//! - What is known is derived from it by pure functions of the store, the places and `now`: [`tenancy`], [`insight`].
//! - The screen and the scripts are told the same judgement: `viewmodel` and [`headless`] only word and arrange it.
//! - `app::update` is synchronous and does no I/O: it returns effects, a runner performs them and feeds the results back.
//! - Drawing is a function of a view-model, which is complete for one frame.
//! - Time enters at one place, `app::clock`; everything else receives `now`.
//! - Every sentence a person reads is in `assets/messages`, in each language.
//!
//! # Modules
//!
//! | Module | Owns | May use | Never |
//! | --- | --- | --- | --- |
//! | `model` | ids, objects of each watched kind, changes, `Delta`; what an open view asks and is told (`Lookup`, `Told`) | – | I/O, clock |
//! | `store` | `apply`, tables, the rings of changes and warnings | model | I/O, clock, judgements |
//! | `dossier` | what is known of the object that is open, beyond what is watched | model | I/O, clock, judgements |
//! | `tenancy` | tenant, environment and class of a namespace; what `-n` selects | model, store | I/O, clock |
//! | `insight` | findings, rollouts in progress, what was scaled by hand, tenants, deployments, how far Argo Rollouts are, Applications of Argo CD and what becomes of a difference from git, there and with Flux, releases of Helm, environments of Cloud Pi Native, runs of Jobs, whose logs and events tell of an object, revisions and what differs between them | model, store, tenancy | I/O, clock |
//! | `action` | requests, plans, previews, what the person may do, records of the journal and what they come to, freeze windows, as data | model, store, tenancy, insight | I/O, clock |
//! | `redact` | secrets taken out of texts and objects that leave the team | – | I/O, clock |
//! | `wording` | the message catalogue, its languages; the closest known name | model, insight, action | I/O, clock, layout (but for one sentence cut to the narrowest list) |
//! | `command` | the table of commands: name, description, scope | – | the rest |
//! | `datafile` | the user's TOML files, read with the line of each entry; their faults | wording | I/O |
//! | `keymap` | data files → keys → `Command`, per scope | command, datafile, wording | store, source, view |
//! | `viewmodel` | one file per screen: rows, words, tones, empty and error states | model, store, dossier, tenancy, insight, action, wording, command | I/O, clock, ratatui |
//! | `theme` | data files → styles, one per slot and tone | viewmodel, datafile, wording, ratatui's styles | store, source |
//! | `view` | one file per screen, shared widgets | viewmodel, theme, ratatui | store, source, tokio |
//! | `terminal` | raw mode, alternate screen, restored in every case | crossterm, ratatui | the rest |
//! | `app` | messages, effects, update, loop, clock: where the screen's parts meet | all above, config | cli, headless, source |
//! | `source` | clusters: kubeconfig, login, list, watch, resume; lookups, for as long as they are wanted; wire → model | model, kube, tokio | store, view, viewmodel |
//! | `executor` | sending what was planned, once, past one gate, with the journal's records before and after; the way to the platform's console | action, model, source's links, reqwest | store, view |
//! | `headless` | answers for scripts: listings, status, exit codes, what could not be seen; the file of one object; actions | model, store, dossier, tenancy, insight, action, executor, journal, redact, wording | source, view |
//! | `config` | `config.toml`, its problems, where files live, the log | tenancy, action's guards, insight's schedules, datafile, wording | source, store |
//! | `journal` | the file of what was done to clusters, who does it | action, config's directory, wording | the rest |
//! | `cli` | the command line, its help, what is wrong with it, what to connect with | model, config, headless, source's options, wording | store, view |
//! | `errand` | what a command with clusters shares: which are meant, reading them meanwhile, what is told of it, the present | model, app's clock, cli, config, headless, source, wording | logic |
//! | `act` | the command line's actions, and those of the cockpit: the journal's file, the executor, who sits at the terminal | model, action, app's messages, cli, config, errand, executor, headless, journal, source, wording | logic |
//! | `dress` | the cockpit's theme, keymap, symbols and zone, from files and the environment; what it is started with | model, tenancy, datafile, app, act, cli, config, keymap, theme, view, wording | logic |
//! | `main` | wiring | everything | logic |
//!
//! `tests/tidy.rs` reads the sources and fails on a cycle between modules or, but for those it names, between the parts of
//! one, on I/O or a clock in a pure one, on `kube` or `ratatui` elsewhere than said here, and on a module without a row.
//!
//! # To add
//!
//! The compiler asks for most of it: a match on an enum of what there is has no arm for the rest. What it does not ask for is
//! marked *unasked*.
//!
//! - **a finding**: a variant of `insight::Trouble` with its evidence and the rule that yields it; asked for: its severity
//!   (`insight::scene`), its words for a row, a page and scripts (`wording::finding`), what to do, where it leads
//!   (`viewmodel::aspect::why`). Unasked: its sentences in `assets/messages/*/findings.ftl`, its place in `insight::why`, how
//!   long it must last (`insight::clock`), the kinds that scripts read for it (`headless::Question::kinds`).
//! - **a watched kind**: a row in `model::Kind`, its type and [`model::Object`] variant, the wire message and its
//!   conversion in `source`, its table in `store::Cluster`, its word in `wording`. Unasked: the annotations that are kept of it
//!   (`source::convert`), `headless::Question::kinds`. One that runs pods is a `Workload`: then whose pods are its own
//!   (`store`), its history and what may be done to it (`action::Verb::applies`), too.
//! - **a column**: a `Column` that `says` its `Cell`, in `table` of the list's view-model; its `SortKey` in `viewmodel::order`
//!   and its field in `viewmodel::filter`, its title in `assets/messages/*`; for scripts the field in `headless::rows` and the
//!   README.
//! - **a screen**: a variant of `viewmodel::Page` and of `Rows`, a file of its own in `viewmodel` that gives a
//!   `List` and has its row answer as `Listed`: what it stands for, its state, what is copied of it; asked for: its
//!   name, its order, what it says to a filter (`filter::answers`). Its command in `command` and `command::group`,
//!   its keys in `keymaps/default.toml`. Unasked: how its rows keep their places under a hand (`Rows::held`), what
//!   its open page reads beyond the watches (`app::lookups`), where the palette leads
//!   (`viewmodel::popup::palette`), where a line of another page leads (`app::drill`). Every list is drawn by
//!   `view::list`.
//! - **a side of an object** (events, YAML, why…): a variant of `viewmodel::Aspect` and a file of its own in
//!   `viewmodel::aspect`, its command, key and place in the footer; what it needs beyond the watches is a variant of
//!   `model::Wanted`, its reader in `source::lookup` and its part of the `dossier`.
//! - **a reason why**: its variant, its rule and its line in `insight::why`, its sentence, where it leads.
//! - **a line that leads somewhere**: `Made::leads` with a `viewmodel::Jump`; a new sort of place is a variant of that, its
//!   word, and its arm in `app::reading`.
//! - **a part of the file of one object**: a file in `headless::bundle::parts`, called in `headless::bundle::write`; its words go
//!   through the sheet, which masks and escapes them.
//! - **an action**: its variant of `action::Action` and its `Verb`, a file of its own in `action` that makes its plan; asked
//!   for: which kinds it fits, its inverse (`action::undo`), how its end is known (`action::follow`), whether it still holds
//!   (`action::still`), its command (`viewmodel::act`), its words (`wording::plan`). Unasked: `Verb::ALL` and `Verb::plain`,
//!   the right that it takes (`Verb::right`: `patch`), who may put it back (`action::hold`), its sentences in
//!   `assets/messages/*/actions.ftl`, its key, and for scripts its subcommand in `cli`.
//! - **a check before a write**: its `action::Subject`, the function that makes it in `action::check`, what it asks as a `Need`.
//! - **a command**: its row in `command` and its line of help there, its group, its key or an explicit "unbound", its effect in
//!   `app`; a test gives the README its table of keys.
//! - **a theme slot**: its row in `theme`, and its style in every file of `themes/`; a test names those that lack it. A part of
//!   the frame is a field of `Theme`, too; a tone is a variant of `viewmodel::Tone`.

pub mod action;
pub mod app;
pub mod cli;
pub mod command;
pub mod config;
pub mod datafile;
pub mod dossier;
pub mod executor;
pub mod headless;
pub mod insight;
pub mod journal;
pub mod keymap;
pub mod model;
pub mod redact;
pub mod source;
pub mod store;
pub mod tenancy;
pub mod terminal;
pub mod theme;
pub mod view;
pub mod viewmodel;
pub mod wording;

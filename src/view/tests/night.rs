//! The night of the drawings, as far as this screen goes.

use crate::viewmodel::{
    Bar, BarCell, Below, Body, Brief, Card, Cell, ClassMark, Clock, ClusterMark, Column, Counts,
    Form, Header, Hint, Item, List, Note, Notice, Part, PastChange, Piece, Prompt, Row, Screen,
    State, Tab, Table, Title, Tone, Whose,
};

pub(super) fn whose(text: &str) -> Whose {
    let (tenant, environment) = text.split_once('/').unwrap_or((text, ""));
    Whose {
        tenant: tenant.into(),
        environment: environment.into(),
    }
}

pub(super) fn row(
    state: State,
    class: ClassMark,
    place: &str,
    subject: &str,
    ready: &str,
    sentence: &str,
    age: &str,
) -> Row {
    let kinds = ["node", "quota", "image", "registry", "webhook"];
    let named = subject.split_once(' ').filter(|it| kinds.contains(&it.0));
    let (kind, name) = named.unwrap_or(("", subject));
    let low = ready
        .split_once('/')
        .is_some_and(|(ready, wanted)| ready != wanted);
    let tone = if low { state.tone() } else { Tone::Text };
    Row {
        state,
        class,
        marked: false,
        cells: vec![
            Cell::Whose(whose(place)),
            Cell::Name {
                kind: kind.into(),
                name: name.into(),
            },
            Cell::Figure(ready.into(), tone),
            Cell::Text(sentence.into(), Tone::Text),
            Cell::Age {
                text: age.into(),
                stale: false,
                new: false,
            },
        ],
    }
}

pub(super) fn rows() -> Vec<Row> {
    use ClassMark::{Other, Production, Unknown};
    use State::{Critical, Warning};
    vec![
        row(
            Critical,
            Production,
            "betaapp/prod",
            "beta-back",
            "3/6",
            "rev 15 stuck: CrashLoopBackOff",
            "14m",
        ),
        row(
            Critical,
            Production,
            "pissenlit/prod",
            "catalogue",
            "1/2",
            "OOMKilled 4 times, limit 512Mi",
            "22m",
        ),
        row(
            Warning,
            Production,
            "2 tenants",
            "node dso-w04",
            "",
            "2 pods evicted: ephemeral-storage",
            "47m",
        ),
        row(
            Warning,
            Production,
            "candilib/prod",
            "api-usager",
            "4/6",
            "quota dso-quota full: cpu 8 of 8",
            "31m",
        ),
        row(
            Warning,
            Production,
            "basegun/prod",
            "inference",
            "4/4",
            "HPA at its maximum, 4 of 4",
            "5h",
        ),
        row(
            Warning,
            Unknown,
            "rolistes/demo",
            "web",
            "0/1",
            "ImagePullBackOff: feat-9 not found",
            "2h",
        ),
        row(
            Critical,
            Other,
            "candilib/integration",
            "worker",
            "0/1",
            "CrashLoopBackOff: exit 137",
            "6h",
        ),
    ]
}

fn table(form: Form) -> Table {
    let rows = rows();
    let mut table = Table {
        columns: vec![
            Column::left("", 16, 10),
            Column::left("", 13, 8),
            Column::right("", 4).dropped(1),
            Column::left("", 34, 14).dropped(0).grows(),
            Column::right("", 4),
        ],
        rows,
        ..Table::default()
    };
    if form == Form::Small {
        table.columns.remove(3);
        for row in &mut table.rows {
            row.cells.remove(3);
        }
    }
    table
}

fn brief() -> Brief {
    Brief {
        state: State::Critical,
        class: ClassMark::Production,
        whose: whose("betaapp/prod"),
        kind: String::new(),
        subject: "beta-back".into(),
        ready: Some(("3/6".into(), true)),
        age: "14m".into(),
        stale: false,
        lines: vec![
            "rev 15 stuck: CrashLoopBackOff".into(),
            "CrashLoopBackOff, exit 1, all 3 new pods".into(),
        ],
    }
}

/// The list of a screen, to change it.
pub(super) fn list(screen: &mut Screen) -> &mut List {
    match &mut screen.body {
        Body::List(list) => list,
        _ => panic!("that is no list"),
    }
}

pub(super) fn bar(cells: &str) -> Bar {
    let cell = |letter| match letter {
        '#' => BarCell::NewReady,
        'x' => BarCell::NewUnready,
        '-' => BarCell::Old,
        _ => BarCell::Missing,
    };
    cells.chars().map(cell).collect()
}

pub(super) fn item(
    label: &str,
    state: State,
    place: &str,
    subject: &str,
    cells: &str,
    ready: &str,
    text: &str,
) -> Item {
    Item {
        target: crate::viewmodel::Target::Tenant(place.into()),
        label: label.into(),
        selected: false,
        state,
        class: ClassMark::Production,
        whose: whose(place),
        subject: subject.into(),
        bar: bar(cells),
        ready: ready.into(),
        stale: false,
        text: text.into(),
        more: None,
    }
}

pub(super) fn strips() -> Vec<Below> {
    let mut last = item(
        " ",
        State::Waiting,
        "basegun/staging",
        "",
        "",
        "",
        "rollout of inference paused 1h",
    );
    last.more = Some("4 more".into());
    vec![
        Below::Rule(Title::default()),
        Below::Item(item(
            "rollouts",
            State::Failed,
            "betaapp/prod",
            "beta-back",
            "xxx---",
            "3/6",
            "deadline passed 4m ago",
        )),
        Below::Item(item(
            " ",
            State::Moving,
            "basegun/prod",
            "api",
            "#####x--",
            "7/8",
            "rev 42, 9m left",
        )),
        Below::Item(item(
            "temporary",
            State::Waiting,
            "candilib/prod",
            "",
            "",
            "",
            "CronJob purge-sessions suspended 5d, by kubectl-edit",
        )),
        Below::Item(last),
    ]
}

pub(super) fn card() -> Card {
    let part = |label: &str, lines: &[&str]| {
        let lines = lines.iter().map(|line| (*line).to_owned()).collect();
        Part::of(label.to_owned(), lines)
    };
    Card {
        subject: "beta-back".into(),
        kind: "Deployment".into(),
        whose: whose("betaapp/prod"),
        class: ClassMark::Production,
        class_word: "PRODUCTION".into(),
        cluster: "public1".into(),
        since: "since 02:58:32 (14m)".into(),
        bar: bar("xxx---"),
        ready: "3/6 ready".into(),
        last_seen: None,
        parts: vec![
            part(
                "why",
                &[
                    "CrashLoopBackOff, exit 1, all 3 new pods",
                    "6 restarts each, past its deadline since 03:08:34",
                ],
            ),
            part(
                "before",
                &[
                    "02:58 rollout rev 15: image 2.13.4 → 2.14.0",
                    "02:57 scaled 4 → 6",
                ],
            ),
            part("do", &["kubectl rollout undo goes back to rev 14"]),
        ],
    }
}

pub(super) fn cluster(name: &str, state: State) -> ClusterMark {
    ClusterMark {
        name: name.into(),
        state,
        percent: None,
        age: None,
        tls_off: None,
    }
}

pub(super) fn hints(pairs: &[(&str, &str)]) -> Vec<Hint> {
    let hint = |(key, verb): &(&str, &str)| Hint {
        key: (*key).into(),
        verb: (*verb).into(),
    };
    pairs.iter().map(hint).collect()
}

pub(super) fn header() -> Header {
    Header {
        counts: Counts::Found {
            critical: 3,
            warning: 5,
        },
        clusters: ["dso", "public1", "app1"]
            .map(|it| cluster(it, State::Good))
            .into(),
        clusters_word: "3 clusters".into(),
        bounds: None,
        scope: "all tenants".into(),
        mode: "RW".into(),
        clock: Clock {
            date: "Tue 24 Nov".into(),
            minutes: "03:12".into(),
            seconds: ":44".into(),
            zone: String::new(),
        },
    }
}

pub(super) fn title(left: &str, right: &str) -> Title {
    Title {
        state: None,
        left: left.into(),
        right: right.into(),
    }
}

pub(super) fn watch(form: Form) -> Screen {
    let below = if form == Form::Wide {
        sections()
    } else {
        strips()
    };
    Screen {
        form,
        header: header(),
        tabs: vec![Tab {
            number: 1,
            name: "Watch".into(),
            wrong: None,
            current: true,
        }],
        body: Body::List(List {
            title: title("8 need a human · 5 in production", "worst first · 1 below"),
            table: table(form),
            selected: Some(0),
            briefs: vec![brief()],
            card: Some(card()),
            below,
            ..List::default()
        }),
        dialog: None,
        popup: None,
        notice: None,
        footer: hints(&[
            ("/", "filter"),
            ("j k", "row"),
            ("g G", "top, bottom"),
            ("C-d C-u", "half a page"),
            ("q", "quit"),
        ]),
    }
}

/// The strips of the wide form.
fn sections() -> Vec<Below> {
    let mut lines = vec![Below::Blank, Below::Rule(title("rollouts in progress", ""))];
    for line in strips() {
        let Below::Item(item) = line else { continue };
        if item.label == "temporary" {
            lines.push(Below::Blank);
            lines.push(Below::Rule(title("left in a temporary state", "")));
        }
        let label = String::new();
        lines.push(Below::Item(Item { label, ..item }));
    }
    lines
}

pub(super) fn first_second() -> Screen {
    let mut screen = watch(Form::Normal);
    screen.header.counts = Counts::Found {
        critical: 1,
        warning: 1,
    };
    if let [_, reading, waiting] = screen.header.clusters.as_mut_slice() {
        reading.state = State::Reading;
        reading.percent = Some("41".into());
        waiting.state = State::Reading;
    }
    let muted = |text: &str| Piece::Text(text.into(), Tone::Muted);
    let text = |words: &str| Piece::Text(words.into(), Tone::Text);
    let gutter = |label: &str, line| Below::Gutter(label.into(), line);
    list(&mut screen).title = title("reading · 2 found so far", "worst first");
    list(&mut screen).table.rows.drain(2..);
    list(&mut screen).below = vec![
        Below::Rule(title("still reading", "")),
        gutter("dso", vec![Piece::Mark(State::Good), text("118 pods")]),
        gutter(
            "public1",
            vec![
                text("325 of 790 pods"),
                muted(" deployments"),
                Piece::Mark(State::Good),
                muted(" jobs"),
                Piece::Mark(State::Reading),
            ],
        ),
        gutter(
            "app1",
            vec![Piece::Mark(State::Reading), muted("connecting")],
        ),
        gutter(
            "rollouts",
            vec![Piece::Mark(State::Reading), muted("not known yet")],
        ),
        gutter(
            "temporary",
            vec![Piece::Mark(State::Reading), muted("not known yet")],
        ),
    ];
    screen
}

pub(super) fn calm(form: Form) -> Screen {
    let mut screen = watch(form);
    let change = |time: &str, place: &str, subject: &str, what: &str, age: &str| {
        Note::Change(PastChange {
            time: time.into(),
            class: ClassMark::Production,
            whose: whose(place),
            subject: subject.into(),
            what: what.into(),
            age: age.into(),
        })
    };
    let muted = |text: &str| vec![Piece::Text(text.into(), Tone::Muted)];
    screen.header.counts = Counts::Calm("calm".into());
    list(&mut screen).title = title("nothing needs a human", "");
    list(&mut screen).title.state = Some(State::Good);
    list(&mut screen).table.rows.clear();
    list(&mut screen).selected = None;
    list(&mut screen).card = None;
    list(&mut screen).notes = vec![
        Note::Gutter(
            "looked at".into(),
            "3 clusters · 23 tenants · 61 environments (19 production)".into(),
        ),
        Note::Gutter(" ".into(), "214 workloads · 1,147 pods · 31 nodes".into()),
        Note::Rule(title("last changes in production", "")),
        change(
            "19:47",
            "candilib/prod",
            "front-usager",
            "rollout rev 57 complete",
            "43m",
        ),
        change("17:20", "mi-home/prod", "portail", "scaled 2 → 5", "3h"),
    ];
    list(&mut screen).below = vec![
        Below::Rule(Title::default()),
        Below::Gutter("rollouts".into(), muted("none in progress")),
        Below::Gutter(
            "temporary".into(),
            muted("nothing left paused or suspended"),
        ),
        Below::Blank,
        Below::Blank,
    ];
    screen
}

pub(super) fn degraded() -> Screen {
    let mut screen = watch(Form::Normal);
    if let Some(app1) = screen.header.clusters.last_mut() {
        app1.state = State::Critical;
        app1.age = Some("2m".into());
    }
    let lost = row(
        State::Critical,
        ClassMark::Production,
        "platform/app1",
        "API server",
        "",
        "degraded: i/o timeout",
        "2m",
    );
    list(&mut screen).table.rows.pop();
    list(&mut screen).table.rows.insert(0, lost);
    for at in [2, 5] {
        let cell = list(&mut screen).table.rows[at].cells.last_mut();
        if let Some(Cell::Age { stale, .. }) = cell {
            *stale = true;
        }
    }
    if let Some(Below::Item(item)) = list(&mut screen).below.get_mut(2) {
        item.stale = true;
        item.text = "moving when last seen".into();
    }
    let part = |label: &str, line: &str| Part::of(label.to_owned(), vec![line.to_owned()]);
    list(&mut screen).card = Some(Card {
        subject: "app1".into(),
        kind: "cluster".into(),
        whose: Whose::default(),
        cluster: String::new(),
        since: "since 03:10:43 (2m)".into(),
        bar: Bar::new(),
        ready: String::new(),
        last_seen: Some("last seen 03:10:43, 2m ago".into()),
        parts: vec![
            part(
                "why",
                "dial tcp 10.20.0.10:6443: i/o timeout, 5 tries since 03:10:43",
            ),
            part(
                "hidden",
                "6 tenants, 9 environments (5 production) are shown as of 03:10:43",
            ),
            part("do", "wait: next try 03:12:54 · C-r tries now"),
        ],
        ..card()
    });
    screen.notice = Some(Notice {
        state: State::Good,
        text: "asking app1 again".into(),
    });
    screen
}

pub(super) fn few_rights() -> Screen {
    let mut screen = watch(Form::Normal);
    screen.header.clusters = vec![cluster("public1", State::Good)];
    screen.header.clusters_word = "1 cluster".into();
    screen.header.bounds = Some("3 namespaces".into());
    screen.header.scope = "betaapp".into();
    screen.header.mode = "READ-ONLY".into();
    list(&mut screen).title = title("1 needs a human · 1 in production", "seeing 3 namespaces");
    list(&mut screen).table.rows.drain(1..);
    let denied = |cells: [&str; 3]| Below::Denied(cells.map(str::to_owned));
    let mut below = vec![
        Below::Rule(title(
            "what you cannot see, and the right that would show it",
            "",
        )),
        denied([
            "other tenants",
            "list namespaces",
            "names and classes of all",
        ]),
        denied(["nodes", "list nodes", "why a pod waits"]),
        denied([
            "autoscalers",
            "list horizontalpodautoscalers.autoscaling in 3 namespaces",
            "bounds that are reached",
        ]),
    ];
    below.extend(strips().into_iter().take(2));
    list(&mut screen).below = below;
    screen
}

pub(super) fn filtered(text: &str, bad: &[(usize, usize)], why: &str) -> Screen {
    let mut screen = watch(Form::Normal);
    list(&mut screen).title = title("2 of 8 · filter on", "worst first");
    list(&mut screen).table.rows.drain(2..);
    list(&mut screen).prompt = Some(Prompt {
        text: text.into(),
        cursor: Some(crate::view::cut::width(text)),
        bad: bad.to_vec(),
        why: why.into(),
        mend: String::new(),
    });
    screen.footer = hints(&[
        ("Enter", "keep"),
        ("Tab", "complete"),
        ("C-u", "empty"),
        ("Esc", "drop the filter"),
    ]);
    screen
}

//! An ailment in words: in a few cells, and whole.

use super::super::Catalogue;
use super::super::change::tag;
use crate::insight::{Ailment, Exit};
use crate::model::Moment;

/// `CrashLoopBackOff: exit 137`, `OOMKilled 4 times, limit 512Mi`.
pub(super) fn short(say: &Catalogue, ailment: &Ailment) -> String {
    match ailment {
        Ailment::OutOfMemory { times, limit, .. } => out_of_memory(say, *times, *limit),
        Ailment::CrashLoop { exit, .. } => {
            let exit = exit.as_ref().map(|exit| exit_word(say, exit));
            named(say, ailment.reason(), &exit.unwrap_or_default())
        }
        Ailment::ImagePull {
            image,
            reason,
            message,
        } => named(say, reason, &missing(say, image, message)),
        Ailment::Config { reason, message } | Ailment::CannotStart { reason, message } => {
            named(say, reason, message)
        }
        Ailment::Unschedulable { message, .. } => {
            let words = Fit::of(message).map_or_else(|| message.to_string(), |fit| fit.why);
            say.say_with("short-no-node", &[("words", words.into())])
        }
        Ailment::Evicted { message } => named(say, ailment.reason(), message),
        Ailment::Failed { reason, message } => named(say, reason, message),
        Ailment::Starting { status, message } => named(say, status, message),
        Ailment::Unready { message } => named(say, &say.say("short-not-ready"), message),
        Ailment::Terminating => "Terminating".to_owned(),
    }
}

/// `app exits 1, "DB_URL is not set"`, `ImagePullBackOff, feat-9 not found`.
pub(super) fn long(
    say: &Catalogue,
    ailment: &Ailment,
    since: Option<Moment>,
    now: Moment,
) -> String {
    match ailment {
        Ailment::OutOfMemory { times, limit, .. } => {
            let what = say.say_with("cause-oom", &[("count", (*times).into())]);
            let what = match since {
                Some(since) if *times > 1 => say.say_with(
                    "cause-in-span",
                    &[
                        ("what", what.into()),
                        ("span", say.spelled(since.age(now)).into()),
                    ],
                ),
                _ => what,
            };
            limited(say, what, *limit)
        }
        Ailment::CrashLoop {
            container, exit, ..
        } => {
            let ends = exit.as_ref().map_or_else(
                || say.say_with("cause-loops", &[("container", container.as_str().into())]),
                |exit| exits(say, container, exit),
            );
            let words = exit
                .as_ref()
                .map(|exit| exit.message.as_str())
                .unwrap_or_default();
            if words.is_empty() {
                pair(say, ailment.reason(), &ends)
            } else {
                pair(say, &ends, &say.quote(words))
            }
        }
        Ailment::ImagePull {
            image,
            reason,
            message,
        } => pair(say, reason, &missing(say, image, message)),
        Ailment::Config { reason, message } | Ailment::CannotStart { reason, message } => {
            quoted(say, reason, message)
        }
        Ailment::Unschedulable {
            message,
            cpu,
            memory,
        } => unschedulable(say, message, *cpu, *memory),
        Ailment::Evicted { message } => quoted(say, ailment.reason(), message),
        Ailment::Failed { reason, message } => quoted(say, reason, message),
        Ailment::Starting { status, message } => quoted(say, status, message),
        Ailment::Unready { message } => quoted(say, &say.say("cause-unready"), message),
        Ailment::Terminating => {
            let ago = since
                .map(|since| say.ago(since.age(now)))
                .unwrap_or_default();
            say.say_with("cause-deleted", &[("ago", ago.into())])
        }
    }
}

pub(super) fn pair(say: &Catalogue, one: &str, two: &str) -> String {
    if two.is_empty() {
        return one.to_owned();
    }
    if one.is_empty() {
        return two.to_owned();
    }
    say.say_with("cause-pair", &[("one", one.into()), ("two", two.into())])
}

/// Reason, then the cluster's words as a quotation.
pub(super) fn quoted(say: &Catalogue, reason: &str, words: &str) -> String {
    let words = if words.trim().is_empty() {
        String::new()
    } else {
        say.quote(words)
    };
    pair(say, reason, &words)
}

pub(super) fn named(say: &Catalogue, reason: &str, words: &str) -> String {
    if words.trim().is_empty() {
        return reason.to_owned();
    }
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    say.say_with(
        "cause-named",
        &[("reason", reason.into()), ("words", words.into())],
    )
}

pub(super) fn exit_word(say: &Catalogue, exit: &Exit) -> String {
    match exit.reason.as_str() {
        "" | "Error" | "Completed" => say.say_with(
            "cause-exit-short",
            &[("code", exit.code.to_string().into())],
        ),
        reason => reason.to_owned(),
    }
}

fn exits(say: &Catalogue, container: &str, exit: &Exit) -> String {
    let container = ("container", container.into());
    if exit.signal != 0 {
        return say.say_with(
            "cause-signal",
            &[container, ("signal", exit.signal.to_string().into())],
        );
    }
    say.say_with(
        "cause-exits",
        &[container, ("code", exit.code.to_string().into())],
    )
}

fn out_of_memory(say: &Catalogue, times: u32, limit: u32) -> String {
    limited(
        say,
        say.say_with("cause-oom", &[("count", times.into())]),
        limit,
    )
}

fn limited(say: &Catalogue, what: String, limit: u32) -> String {
    if limit == 0 {
        return what;
    }
    say.say_with(
        "cause-limit",
        &[("what", what.into()), ("limit", say.memory(limit).into())],
    )
}

/// What a pull met: an image that is not there, one that may not be had, the runtime's words, else the image alone.
pub(super) fn missing(say: &Catalogue, image: &str, message: &str) -> String {
    let says = |words: &[&str]| words.iter().any(|word| message.contains(word));
    let image = tag(image);
    let with = |id: &str| say.say_with(id, &[("image", image.into())]);
    if says(&[
        "unauthorized",
        "authorization failed",
        "denied",
        "403 Forbidden",
    ]) {
        with("cause-no-access")
    } else if says(&[
        "not found",
        "manifest unknown",
        "does not exist",
        "NotFound",
    ]) {
        with("cause-not-found")
    } else {
        match message.rsplit(": ").next() {
            None | Some("") => image.to_owned(),
            Some(end) => end.to_owned(),
        }
    }
}

/// The scheduler's `0/12 nodes are available: 3 Insufficient memory, 9 node(s) had …. preemption: …`.
struct Fit {
    nodes: String,
    why: String,
}

impl Fit {
    fn of(message: &str) -> Option<Self> {
        let (counts, rest) = message.split_once(" nodes are available: ")?;
        let nodes = counts.strip_prefix("0/")?.to_owned();
        let rest = rest
            .split(". ")
            .next()
            .unwrap_or(rest)
            .trim_end_matches('.');
        // What keeps most nodes away; of equal ones, what the pod asks for.
        let rank = |reason: &&str| {
            (
                count(reason),
                without_count(reason).starts_with("Insufficient"),
            )
        };
        let most = rest.split(", ").max_by_key(rank)?;
        let all = count(most).to_string() == nodes;
        let bare = without_count(most);
        let why = if all || bare.starts_with("Insufficient") {
            bare
        } else {
            most
        };
        Some(Self {
            nodes,
            why: why.to_owned(),
        })
    }
}

fn count(reason: &str) -> u64 {
    let digits = reason.split(' ').next().unwrap_or_default();
    digits.parse().unwrap_or(0)
}

fn without_count(reason: &str) -> &str {
    reason
        .trim_start_matches(|letter: char| letter.is_ascii_digit())
        .trim_start()
}

fn unschedulable(say: &Catalogue, message: &str, cpu: u32, memory: u32) -> String {
    let Some(fit) = Fit::of(message) else {
        return quoted(say, &say.say("cause-no-fit"), message);
    };
    let head = say.say_with("cause-fits", &[("nodes", fit.nodes.as_str().into())]);
    let asks = match fit.why.as_str() {
        "Insufficient memory" if memory > 0 => say.memory(memory),
        "Insufficient cpu" if cpu > 0 => say.cores(cpu),
        _ => String::new(),
    };
    let head = pair(say, &head, &fit.why);
    if asks.is_empty() {
        return head;
    }
    pair(
        say,
        &head,
        &say.say_with("cause-asks", &[("request", asks.into())]),
    )
}

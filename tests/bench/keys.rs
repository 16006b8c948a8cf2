//! From a key to its frame, typed into the cockpit.

use std::time::Duration;

use crate::bed::Result;
use crate::cockpit::Cockpit;

/// What is typed, as the terminal sends it: Enter, Escape, the arrow down, Control-U.
const GROUPS: &[(&str, &[&str], usize)] = &[
    (
        "move",
        &["j", "j", "j", "j", "j", "j", "j", "j", "k", "k"],
        20,
    ),
    (
        "sort",
        &[
            "s", "\x1b[B", "\r", "s", "\x1b[B", "\x1b[B", "\r", "s", "\r",
        ],
        12,
    ),
    ("change of screen", &["1", "2", "4"], 30),
];
const FILTERS: &[&str] = &[
    "service-04",
    "status=failed",
    "ready<3",
    "image=*4.10*",
    "load-7 back",
];
const EMPTY: &str = "\x15";
const FILTERINGS: usize = 4;

pub(crate) type Taken = Vec<(&'static str, Vec<Duration>)>;

/// On the page of Deployments, in a program at rest.
pub(crate) fn typed(cockpit: &mut Cockpit) -> Result<Taken> {
    cockpit.screen.keys("4")?;
    cockpit.until("the page of Deployments", |screen| {
        screen.contains("service-")
    })?;
    let mut taken = Taken::new();
    for (label, keys, times) in GROUPS {
        let mut times_of = Vec::new();
        for key in keys.iter().cycle().take(keys.len() * times) {
            times_of.push(cockpit.paints(key)?);
        }
        taken.push((label, times_of));
    }
    cockpit.paints("/")?;
    let mut filtering = Vec::new();
    for filter in FILTERS.iter().cycle().take(FILTERS.len() * FILTERINGS) {
        for letter in filter.chars() {
            filtering.push(cockpit.paints(letter.encode_utf8(&mut [0; 4]))?);
        }
        cockpit.paints(EMPTY)?;
    }
    taken.push(("filter while typing", filtering));
    cockpit.paints("\x1b")?;
    Ok(taken)
}

//! What was measured, as a table that can be put into a page as it is.

use std::io::{Write, stdout};
use std::time::Duration;

use color_eyre::eyre::ensure;

use crate::bed::Result;

/// Of one cluster, in the order of measuring; each is also told at once.
#[derive(Default)]
pub(crate) struct Figures(Vec<Figure>);

struct Figure {
    what: &'static str,
    aim: &'static str,
    value: String,
}

/// A row a figure, a column a cluster.
#[derive(Default)]
pub(crate) struct Table {
    heads: Vec<String>,
    rows: Vec<(&'static str, &'static str, Vec<String>)>,
}

impl Figures {
    pub(crate) fn add(&mut self, what: &'static str, aim: &'static str, value: String) {
        eprintln!("  {what:52} {value:>18}  {aim}");
        self.0.push(Figure { what, aim, value });
    }

    /// Without an aim.
    pub(crate) fn note(&mut self, what: &'static str, value: String) {
        self.add(what, "", value);
    }
}

impl Table {
    pub(crate) fn add(&mut self, pods: usize, figures: Figures) -> Result {
        if self.rows.is_empty() {
            let rows = figures.0.iter().map(|it| (it.what, it.aim, Vec::new()));
            self.rows = rows.collect();
        }
        self.heads.push(format!("{pods} pods"));
        ensure!(self.rows.len() == figures.0.len(), "figures are missing");
        for (row, figure) in self.rows.iter_mut().zip(figures.0) {
            row.2.push(figure.value);
        }
        Ok(())
    }

    pub(crate) fn print(&self) -> Result {
        let mut out = stdout().lock();
        let rule = " --- |".repeat(self.heads.len());
        writeln!(out, "| Measured | {} | Aim |", self.heads.join(" | "))?;
        writeln!(out, "| --- |{rule} --- |")?;
        for (what, aim, values) in &self.rows {
            writeln!(out, "| {what} | {} | {aim} |", values.join(" | "))?;
        }
        Ok(())
    }
}

pub(crate) fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}

pub(crate) fn milliseconds(time: Duration) -> String {
    format!("{:.0} ms", time.as_secs_f64() * 1e3)
}

pub(crate) fn mebi(kib: u64) -> String {
    format!("{:.1} MiB", kib as f64 / 1024.0)
}

pub(crate) fn percent(share: f64) -> String {
    format!("{:.2} %", share * 100.0)
}

pub(crate) fn ratio(one: Duration, other: Duration) -> String {
    format!("{:.2} ×", one.as_secs_f64() / other.as_secs_f64())
}

/// The median and the 99th percentile.
pub(crate) fn spread(mut times: Vec<Duration>) -> String {
    times.sort();
    let at = |percent: usize| {
        let index = (times.len().saturating_sub(1) * percent).div_ceil(100);
        times.get(index).copied().unwrap_or_default().as_secs_f64() * 1e3
    };
    format!("{:.1} / {:.1} ms", at(50), at(99))
}

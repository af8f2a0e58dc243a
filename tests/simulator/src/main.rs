//! Whole networks without sockets and without time: clients, rooms, the store and its journal, and a
//! disk that fails. A seed decides everything.
//!
//! `denkraum-simulator [--seeds N] [--first S] [--threads N] [--bug NAME]`. Each seed lives twice. In the *network*,
//! people on several tabs edit pages through rooms: connections lose, delay, repeat and break, rights
//! change, somebody floods and sends rubbish, appends fail, the server stops, is killed or loses power
//! between any two effects. In the *storage*, pages and records are written while calls to the disk
//! fail, the power is cut, and the journal is rewritten. What must be so is checked by the names of the
//! rules in `docs/SPEC-sync.md` and `docs/SPEC-storage.md`; which rule is checked where is said in
//! [`list`]. A seed that failed is printed with the rule, and kept among those of the tests.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "whatever is not as it should be ends the seed"
)]

#[path = "../../../crates/journal-file/tests/journal"]
#[expect(
    dead_code,
    reason = "shared with the tests of the journal, which need other parts"
)]
mod journal_tests {
    pub(crate) mod sim;
}
#[path = "../../../crates/sync/tests/support/mod.rs"]
#[expect(
    dead_code,
    reason = "shared with the tests of the room, which need other parts"
)]
mod support;

mod list;
mod network;
mod rules;
mod run;
mod shelf;
mod storage;
#[cfg(test)]
mod tests;

use std::process::ExitCode;
use std::thread::available_parallelism;

use anyhow::{Context as _, Result, bail};

use journal_tests::sim;
use network::Bug;

/// The command of the longer run.
const SEEDS: u64 = 100_000;

fn main() -> ExitCode {
    match simulate() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("simulate: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn simulate() -> Result<()> {
    let (mut seeds, mut first, mut bug) = (SEEDS, 0, None);
    let mut threads = available_parallelism().map_or(1, usize::from);
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let value = arguments
            .next()
            .with_context(|| format!("{name} of what?"))?;
        match name.as_str() {
            "--seeds" => seeds = value.parse().context("--seeds")?,
            "--first" => first = value.parse().context("--first")?,
            "--threads" => threads = value.parse().context("--threads")?,
            "--bug" => {
                let known = Bug::ALL.iter().find(|(name, _)| *name == value);
                bug = Some(known.with_context(|| format!("there is no bug {value}"))?.1);
            }
            other => {
                bail!("there is no option {other}; there are: --seeds --first --threads --bug")
            }
        }
    }
    let outcome = run::run_seeds(bug, first, seeds, threads, |done| {
        if done % 1000 == 0 {
            println!("{done} seeds");
        }
    });
    for rule in list::SIMULATED {
        let count = outcome.checked.get(rule).copied().unwrap_or_default();
        println!("{rule:<6}{count:>14} checks");
    }
    for (rule, file) in list::TESTED {
        println!("{rule:<6}        by tests, {file}");
    }
    for (what, count) in outcome.counts.all() {
        println!("{count:>14} × {what}");
    }
    if !outcome.failed.is_empty() {
        bail!(
            "{} of {} seeds failed:\n{}",
            outcome.failed.len(),
            outcome.seeds,
            outcome.failures()
        );
    }
    println!("{} seeds from {first}: every rule held", outcome.seeds);
    Ok(())
}

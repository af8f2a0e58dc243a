//! Whole networks without sockets and without time: clients, rooms, the store and its journal, and a
//! disk that fails. A seed decides everything.
//!
//! `denkraum-simulator [--seeds N] [--first S] [--threads N]`. Each seed lives twice. In the *network*,
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
    let (mut seeds, mut first) = (SEEDS, 0);
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
            other => bail!("there is no option {other}; there are: --seeds --first --threads"),
        }
    }
    let outcome = run::run_seeds(first, seeds, threads, |done| {
        if done % 1000 == 0 {
            println!("{done} seeds");
        }
    });
    for (rule, count) in &outcome.checked {
        println!("{rule:<6}{count:>14} checks");
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

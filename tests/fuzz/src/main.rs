//! Feeds mutated bytes to everything that reads bytes of strangers.
//!
//! `denkraum-fuzz [--target T] [--secs N] [--cases N] [--seed N]`. Each target runs in a process of its own, with
//! at most 512 MiB of memory it can write to. Before each case its bytes are written to a file, so that a case
//! that panics, aborts, takes more than a second or more memory than it may is there afterwards: it is
//! kept in `tests/corpus/frames/found`, and all of these are tried first from then on. The seed is
//! printed; it repeats the cases.

mod case;
mod child;
mod corpus;
mod memory;
mod mutate;
mod pages;
mod parent;
mod pieces;
mod targets;

use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use denkraum_load::fresh_seed;

#[global_allocator]
static COUNTING: memory::Counting = memory::Counting;

/// How long each target is tried if nothing is said, in seconds.
const SECS: u64 = 600;

/// What is to be done.
struct Options {
    /// None: all, one after the other.
    target: Option<String>,
    /// So long each; for ever if it is not said.
    secs: Option<u64>,
    /// So many cases each; without end if it is not said.
    cases: Option<u64>,
    seed: u64,
    /// The process that tries the cases has this file to write them to.
    case: Option<String>,
}

fn main() -> ExitCode {
    let outcome = options().and_then(|options| match &options.case {
        Some(case) => child::run(&options, case),
        None => parent::run(&options),
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("fuzz: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn options() -> Result<Options> {
    let mut found = Options {
        target: None,
        secs: None,
        cases: None,
        seed: fresh_seed(),
        case: None,
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let value = arguments
            .next()
            .with_context(|| format!("{name} of what?"))?;
        match name.as_str() {
            "--target" => found.target = Some(value),
            "--secs" => found.secs = Some(value.parse().context("--secs")?),
            "--cases" => found.cases = Some(value.parse().context("--cases")?),
            "--seed" => found.seed = value.parse().context("--seed")?,
            "--case" => found.case = Some(value),
            other => bail!("there is no option {other}"),
        }
    }
    if found.cases.is_none() && found.secs.is_none() {
        found.secs = Some(SECS);
    }
    if let Some(target) = &found.target
        && !targets::NAMES.contains(&target.as_str())
    {
        bail!(
            "there is no target {target}; there are: {}",
            targets::NAMES.join(" ")
        );
    }
    Ok(found)
}

//! Tries cases until the time is up or there were enough. Whatever goes wrong ends the process.

use std::time::Duration;

use anyhow::{Context as _, Result};
use denkraum_load::Dice;

use crate::Options;
use crate::case::Cases;
use crate::corpus;
use crate::mutate::one_of;
use crate::targets;

/// One case in so many is a mutant of the corpus.
const FROM_CORPUS: u64 = 4;

/// Tries cases on one target; each is written to `path` before.
pub(crate) fn run(options: &Options, path: &str) -> Result<()> {
    let name = options.target.as_deref().context("which target?")?;
    let mut cases = Cases::create(path)?;
    let mut target = targets::make(name)?;
    let mut dice = Dice::new(options.seed);
    let known = corpus::of(name)?;
    for bytes in corpus::found(name)?.iter().chain(&known) {
        cases.note(bytes)?;
        target.run(bytes)?;
    }
    let time = Duration::from_secs(options.secs.unwrap_or(u64::MAX));
    let enough = options.cases.unwrap_or(u64::MAX);
    let started = clock();
    while started.elapsed() < time && cases.count() < enough {
        for _ in 0..64 {
            let mut bytes = target.next(&mut dice);
            if dice.below(FROM_CORPUS) == 0
                && let (Some(one), Some(other)) =
                    (one_of(&mut dice, &known), one_of(&mut dice, &known))
            {
                bytes = target.mutant_of(one, other, &mut dice);
            }
            cases.note(&bytes)?;
            target.run(&bytes)?;
        }
    }
    println!("fuzz: {name}: {} cases, {}", cases.count(), target.told());
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "it runs for a time")]
fn clock() -> std::time::Instant {
    std::time::Instant::now()
}

//! Tries cases until the time is up. Whatever goes wrong ends the process.

use std::time::Duration;

use anyhow::{Context as _, Result};
use denkraum_load::Dice;

use crate::Options;
use crate::case::Cases;
use crate::targets;

/// Tries cases on one target; each is written to `path` before.
pub(crate) fn run(options: &Options, path: &str) -> Result<()> {
    let name = options.target.as_deref().context("which target?")?;
    let mut cases = Cases::create(path)?;
    let mut target = targets::make(name)?;
    let mut dice = Dice::new(options.seed);
    for known in found(name)? {
        cases.note(&known)?;
        target.run(&known)?;
    }
    let time = Duration::from_secs(options.secs);
    let started = clock();
    while started.elapsed() < time {
        for _ in 0..64 {
            let bytes = target.next(&mut dice);
            cases.note(&bytes)?;
            target.run(&bytes)?;
        }
    }
    println!("fuzz: {name}: {} cases, {}", cases.count(), target.told());
    Ok(())
}

/// Cases that went wrong once.
fn found(name: &str) -> Result<Vec<Vec<u8>>> {
    let mut all = Vec::new();
    let Ok(folder) = std::fs::read_dir(crate::parent::found_folder()) else {
        return Ok(all);
    };
    for entry in folder {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(name) {
            all.push(std::fs::read(entry.path())?);
        }
    }
    Ok(all)
}

#[expect(clippy::disallowed_methods, reason = "it runs for a time")]
fn clock() -> std::time::Instant {
    std::time::Instant::now()
}

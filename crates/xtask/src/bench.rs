//! `cargo xtask bench`: how well the search answers, how well the sync engine bears load.

mod bars;
mod machine;
mod peers;
mod report;
mod results;
mod search;
mod sync;

use anyhow::{Result, bail};

/// Runs a measurement by its name.
pub(crate) fn bench(arguments: &[String]) -> Result<()> {
    match arguments.split_first() {
        Some((name, options)) if name == "search" => search::search(options),
        Some((name, options)) if name == "sync" => sync::sync(options),
        _ => bail!("usage: cargo xtask bench search [PAGES …] | sync [OPTIONS]"),
    }
}

//! `cargo xtask bench`: how well the search answers, how well the sync engine bears load, what its
//! parts cost.

mod bars;
mod machine;
mod peers;
mod report;
mod results;
mod search;
mod sync;

use anyhow::{Result, bail};

use crate::{command, root};

/// Runs a measurement by its name.
pub(crate) fn bench(arguments: &[String]) -> Result<()> {
    match arguments.split_first() {
        Some((name, options)) if name == "search" => search::search(options),
        Some((name, options)) if name == "sync" => sync::sync(options),
        Some((name, filter)) if name == "hot" => hot(filter),
        _ => bail!("usage: cargo xtask bench search [PAGES …] | sync [OPTIONS] | hot [PART]"),
    }
}

/// The functions that every keystroke goes through, each alone.
fn hot(filter: &[String]) -> Result<()> {
    let mut arguments = vec![
        "bench",
        "--locked",
        "--package",
        "denkraum-bench",
        "--features",
        "measure",
        "--bench",
        "hot",
        "--",
    ];
    arguments.extend(filter.iter().map(String::as_str));
    command::run(&root(), "cargo", &arguments)
}

//! `cargo xtask bench search [PAGES …]`: how well and how fast the search answers.

use anyhow::{Result, bail};

use crate::{command, root};

/// Runs a measurement by its name.
pub(crate) fn bench(arguments: &[String]) -> Result<()> {
    match arguments.split_first() {
        Some((name, options)) if name == "search" => search(options),
        _ => bail!("usage: cargo xtask bench search [PAGES …]"),
    }
}

fn search(pages: &[String]) -> Result<()> {
    let mut arguments = vec![
        "run",
        "--locked",
        "--package",
        "denkraum-search",
        "--example",
        "bench_search",
        "--",
    ];
    arguments.extend(pages.iter().map(String::as_str));
    command::run(&root(), "cargo", &arguments)
}

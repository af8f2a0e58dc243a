//! `cargo xtask bench search`: the program that measures is an example of the search's crate.

use std::fs;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};

use super::{machine, report};
use crate::root;

const PAGE: &str = "docs/benchmarks.md";

/// Measures, prints the tables and puts them into the page of benchmarks.
pub(crate) fn search(pages: &[String]) -> Result<()> {
    let mut arguments = vec![
        "run",
        "--locked",
        "--release",
        "--package",
        "denkraum-search",
        "--example",
        "bench_search",
        "--",
    ];
    arguments.extend(pages.iter().map(String::as_str));
    // What it prints while it runs is shown.
    let measured = Command::new("cargo")
        .args(&arguments)
        .current_dir(root())
        .stderr(Stdio::inherit())
        .output()
        .context("could not start cargo")?;
    ensure!(measured.status.success(), "the measurement failed");
    let measured = String::from_utf8(measured.stdout)?;
    let text = format!("{}.\n\n{}", machine::place()?, measured.trim());
    println!("{text}");
    let page = root().join(PAGE);
    let before = fs::read_to_string(&page).with_context(|| format!("could not read {PAGE}"))?;
    let after = report::put_into(&before, "search", &text)?;
    fs::write(&page, after).with_context(|| format!("could not write {PAGE}"))
}

//! `cargo xtask tidy`: rules about the repository that no compiler checks.

mod generated;
mod graph;
mod licences;
mod npm;
mod packages;
mod rules;
mod texts;

use anyhow::{Result, bail};
use serde_json::Value;

use crate::{command, root, test};

pub(crate) use generated::generated;

/// Runs the checks; `--write` brings generated files up to date first.
pub(crate) fn tidy(options: &[String]) -> Result<()> {
    let write = options.iter().any(|option| option == "--write");
    check()?;
    test::build()?;
    generated(write)
}

/// The checks that need nothing built.
pub(crate) fn check() -> Result<()> {
    let metadata = metadata()?;
    let mut findings = Vec::new();
    graph::check(&metadata, &mut findings);
    packages::check(&metadata, &mut findings);
    npm::check(&mut findings)?;
    texts::check(&mut findings)?;
    rules::check(&mut findings)?;
    if findings.is_empty() {
        println!("tidy: the crate graph, packages, texts and rules are in order");
        return Ok(());
    }
    for finding in &findings {
        eprintln!("tidy: {finding}");
    }
    bail!("{} findings", findings.len())
}

pub(crate) fn metadata() -> Result<Value> {
    let arguments = ["metadata", "--format-version", "1", "--locked"];
    Ok(serde_json::from_str(&command::output(
        &root(),
        "cargo",
        &arguments,
    )?)?)
}

/// The packages of this workspace in `metadata`.
fn members(metadata: &Value) -> impl Iterator<Item = &Value> {
    let packages = metadata["packages"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    packages
        .iter()
        .filter(|package| package["source"].is_null())
}

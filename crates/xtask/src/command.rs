//! Running other programs, with the command shown and a failure that names it.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

/// Runs a program in `folder` and fails if it does.
pub(crate) fn run(folder: &Path, program: &str, arguments: &[&str]) -> Result<()> {
    run_with(folder, program, arguments, &[])
}

/// Runs a program in `folder` with further environment variables and fails if it does.
pub(crate) fn run_with(
    folder: &Path,
    program: &str,
    arguments: &[&str],
    environment: &[(&str, &str)],
) -> Result<()> {
    println!("$ {program} {}", arguments.join(" "));
    let status = Command::new(program)
        .args(arguments)
        .envs(environment.iter().copied())
        .current_dir(folder)
        .status()
        .with_context(|| format!("could not start {program}; is it installed?"))?;
    if !status.success() {
        bail!("`{program} {}` failed ({status})", arguments.join(" "));
    }
    Ok(())
}

/// What a program prints to standard output.
pub(crate) fn output(folder: &Path, program: &str, arguments: &[&str]) -> Result<String> {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .output()
        .with_context(|| format!("could not start {program}; is it installed?"))?;
    if !output.status.success() {
        let errors = String::from_utf8_lossy(&output.stderr);
        bail!(
            "`{program} {}` failed: {}",
            arguments.join(" "),
            errors.trim()
        );
    }
    String::from_utf8(output.stdout).with_context(|| format!("{program} printed no UTF-8"))
}

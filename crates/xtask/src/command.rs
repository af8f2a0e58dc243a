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

/// What makes cargo compile and lint in one go: the workspace's own crates pass through clippy's
/// driver, which is rustc with more lints, and warnings are errors. The libraries are compiled once,
/// for both; `cargo clippy` would compile them a second time, as it needs no machine code.
const LINTING: [(&str, &str); 2] = [
    ("RUSTC_WORKSPACE_WRAPPER", "clippy-driver"),
    // How clippy's own command hands arguments to its driver.
    ("CLIPPY_ARGS", "-Dwarnings__CLIPPY_HACKERY__"),
];

/// Runs cargo on the whole workspace, with lints. With single packages cargo would choose other
/// features of the libraries and compile those again.
pub(crate) fn cargo(command: &str, arguments: &[&str]) -> Result<()> {
    cargo_with(command, arguments, &[])
}

/// As [`cargo`], with further environment variables.
pub(crate) fn cargo_with(
    command: &str,
    arguments: &[&str],
    environment: &[(&str, &str)],
) -> Result<()> {
    let arguments = [&[command, "--locked", "--workspace"], arguments].concat();
    run_with(
        &crate::root(),
        "cargo",
        &arguments,
        &[&LINTING, environment].concat(),
    )
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

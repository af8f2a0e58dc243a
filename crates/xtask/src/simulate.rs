//! `cargo xtask simulate`: the simulator for as long as one likes.

use anyhow::Result;

use crate::command;
use crate::root;
use crate::setup;

/// Builds the simulator as the server is released, and runs it with these options.
pub(crate) fn simulate(options: &[String]) -> Result<()> {
    let build = [
        "build",
        "--release",
        "--locked",
        "--package",
        "denkraum-simulator",
    ];
    command::run(&root(), "cargo", &build)?;
    let program = setup::target_folder()?.join("release/denkraum-simulator");
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    command::run(&root(), &program.to_string_lossy(), &options)
}

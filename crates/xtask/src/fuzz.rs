//! `cargo xtask fuzz`: mutated bytes for everything that reads bytes of strangers.

use anyhow::Result;

use crate::setup::target_folder;
use crate::{command, root};

/// How long each target is fed in the test command, in seconds.
const SECS_IN_TESTS: u64 = 20;

/// Builds optimised, for very many cases.
const RELEASE: &str = "--release";

/// Builds the program that does it, and runs it with these options.
pub(crate) fn fuzz(options: &[String]) -> Result<()> {
    let (release, options): (Vec<&str>, Vec<&str>) = options
        .iter()
        .map(String::as_str)
        .partition(|option| *option == RELEASE);
    command::cargo("build", &[&["--bins"], &release[..]].concat())?;
    let profile = if release.is_empty() {
        "debug"
    } else {
        "release"
    };
    let program = target_folder()?.join(profile).join("denkraum-fuzz");
    command::run(&root(), &program.to_string_lossy(), &options)
}

/// What belongs to the test command.
pub(crate) fn test() -> Result<()> {
    fuzz(&["--secs".to_owned(), SECS_IN_TESTS.to_string()])
}

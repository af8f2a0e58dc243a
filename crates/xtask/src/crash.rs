//! `cargo xtask crash`: killed servers, cut power, flipped bytes, for as long as one likes.

use anyhow::{Context as _, Result, bail};

use crate::{command, root, setup};

/// How many kills belong to the test command.
const ROUNDS_IN_TESTS: u64 = 25;

/// The longer runs, each with how often: the option, the test program, the test, and the variable
/// that tells it the number.
const RUNS: [(&str, &str, &str, &str); 4] = [
    (
        "--power-cuts",
        "journal",
        "power::many_power_cuts",
        "DENKRAUM_POWER_CUTS",
    ),
    (
        "--flips",
        "store",
        "flips::many_flipped_bytes",
        "DENKRAUM_FLIPS",
    ),
    (
        "--flips",
        "flips",
        "many_flipped_bytes_in_all_folders",
        "DENKRAUM_FLIPS",
    ),
    (
        "--updates",
        "rooms",
        "growth::many_updates",
        "DENKRAUM_UPDATES",
    ),
];

/// Runs what the options ask for; without any, the kills of the test command.
pub(crate) fn crash(options: &[String]) -> Result<()> {
    if options.is_empty() {
        return test();
    }
    let mut server_options = Vec::new();
    let mut rest = options.iter();
    while let Some(option) = rest.next() {
        let value = rest
            .next()
            .with_context(|| format!("{option} of what?"))?
            .as_str();
        if ["--rounds", "--clients", "--seed"].contains(&option.as_str()) {
            server_options.extend([option.as_str(), value]);
            continue;
        }
        let mut runs = RUNS.iter().filter(|(name, ..)| name == option).peekable();
        if runs.peek().is_none() {
            bail!(
                "there is no option {option}; there are: --rounds --clients --seed --power-cuts \
                 --flips --updates"
            );
        }
        for &(_, program, test, variable) in runs {
            let arguments = [
                "--test",
                program,
                "--",
                "--ignored",
                "--exact",
                "--nocapture",
                test,
            ];
            command::cargo_with("test", &arguments, &[(variable, value)])?;
        }
    }
    if server_options.is_empty() {
        return Ok(());
    }
    kill(&server_options)
}

/// The kills that belong to the test command.
pub(crate) fn test() -> Result<()> {
    kill(&["--rounds", &ROUNDS_IN_TESTS.to_string()])
}

/// Builds the server and the program that kills it, and runs that.
fn kill(options: &[&str]) -> Result<()> {
    let top = root();
    command::cargo("build", &["--bins"])?;
    let folder = setup::target_folder()?.join("debug");
    let driver = folder.join("denkraum-crash");
    let server = setup::server()?;
    let arguments = [&["--server", &server], options].concat();
    command::run(&top, &driver.to_string_lossy(), &arguments)
}

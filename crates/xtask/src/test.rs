//! `cargo xtask test`: every check, in the order in which a mistake is cheapest to find.

use std::time::Duration;

use anyhow::{Result, bail};

use crate::{command, crash, fuzz, root, setup, tidy};

/// One part of the test command.
struct Part {
    name: &'static str,
    what: &'static str,
    check: fn() -> Result<()>,
}

const PARTS: [Part; 9] = [
    Part {
        name: "install",
        what: "npm packages and Chromium",
        check: install,
    },
    Part {
        name: "tidy",
        what: "crate graph, licences, texts",
        check: tidy::check,
    },
    Part {
        name: "web",
        what: "format, lint, types, unit tests, build",
        check: web,
    },
    Part {
        name: "format",
        what: "rustfmt",
        check: format,
    },
    Part {
        name: "build",
        what: "server and test programs, with clippy",
        check: build,
    },
    Part {
        name: "rust",
        what: "Rust tests",
        check: rust,
    },
    Part {
        name: "crash",
        what: "the server killed under load, 25 times",
        check: crash::test,
    },
    Part {
        name: "fuzz",
        what: "mutated bytes, 20 seconds for each target",
        check: fuzz::test,
    },
    Part {
        name: "browser",
        what: "browser tests",
        check: browser,
    },
];

/// Runs all parts, or those that are named, and prints the time of each.
pub(crate) fn test(names: &[String]) -> Result<()> {
    if let Some(unknown) = names
        .iter()
        .find(|name| !PARTS.iter().any(|p| p.name == **name))
    {
        bail!("there is no part '{unknown}'; there are: {}", part_names());
    }
    let mut times = Vec::new();
    for part in &PARTS {
        if !names.is_empty() && !names.iter().any(|name| name == part.name) {
            continue;
        }
        println!("\n== {}: {}", part.name, part.what);
        let (outcome, time) = timed(part.check);
        times.push((part.name, time));
        if let Err(error) = outcome {
            report(&times);
            return Err(error.context(format!("part '{}' failed", part.name)));
        }
    }
    report(&times);
    println!("\nAll checks passed.");
    Ok(())
}

/// The names of all parts, in their order.
pub(crate) fn part_names() -> String {
    let names: Vec<_> = PARTS.iter().map(|part| part.name).collect();
    names.join(" ")
}

#[expect(
    clippy::disallowed_methods,
    reason = "the command reports how long its parts took"
)]
fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = std::time::Instant::now();
    let result = work();
    (result, start.elapsed())
}

fn report(times: &[(&str, Duration)]) {
    println!("\nTime of each part:");
    for (name, time) in times {
        println!("  {name:<10}{:>7.1} s", time.as_secs_f64());
    }
    let total: Duration = times.iter().map(|(_, time)| time).sum();
    println!("  {:<10}{:>7.1} s", "total", total.as_secs_f64());
}

fn install() -> Result<()> {
    setup::web_packages()?;
    setup::browser_tests()?;
    command::run(&root(), "cargo", &["fetch", "--locked"])
}

fn web() -> Result<()> {
    let web = root().join("web");
    for script in ["format:check", "lint", "check", "test", "build"] {
        command::run(&web, "npm", &["run", "--silent", script])?;
    }
    // Playwright runs TypeScript without looking at its types.
    let browser_tests = root().join("tests/browser");
    command::run(&browser_tests, "npm", &["run", "--silent", "check"])
}

fn format() -> Result<()> {
    command::run(&root(), "cargo", &["fmt", "--all", "--check"])
}

/// Builds everything that tests run, the server among it, and lints it meanwhile.
pub(crate) fn build() -> Result<()> {
    command::cargo("test", &["--no-run"])
}

fn rust() -> Result<()> {
    command::cargo("test", &[])?;
    // The OpenAPI document and what is generated from it come from the code.
    tidy::generated(false)
}

fn browser() -> Result<()> {
    let folder = root().join("tests/browser");
    let server = setup::server()?;
    command::run_with(
        &folder,
        "npm",
        &["test", "--silent"],
        &[("DENKRAUM_BINARY", &server)],
    )
}

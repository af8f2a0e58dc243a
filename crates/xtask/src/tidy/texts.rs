//! Rules about the files themselves: no other hosts, no leftovers, files that can be read in one go.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::{command, root};

/// Texts that must not stand in a file of the repository, and why.
const FORBIDDEN: &[(&str, &str)] = &[
    (concat!("registry", ".npmjs"), "names a registry's host"),
    (
        concat!("TO", "DO"),
        "is unfinished: finish it or say in docs what is left out",
    ),
    (
        concat!("FIX", "ME"),
        "is unfinished: finish it or say in docs what is left out",
    ),
    (
        concat!("#[", "allow("),
        "hides a warning for ever: use #[expect(…, reason = …)]",
    ),
    (
        concat!("{@", "html"),
        "puts HTML into the page: build elements instead",
    ),
    (
        concat!("wait", "ForTimeout"),
        "sleeps in a test: wait for the thing itself",
    ),
];

/// A source file longer than this does more than one thing.
const MOST_LINES: usize = 500;

/// Adds a finding for each file against the rules.
pub(super) fn check(findings: &mut Vec<String>) -> Result<()> {
    let top = root();
    let listed = command::output(&top, "git", &["ls-files", "-co", "--exclude-standard"])?;
    for name in listed.lines() {
        let Ok(text) = fs::read_to_string(top.join(name)) else {
            continue;
        };
        let ending = Path::new(name)
            .extension()
            .and_then(OsStr::to_str)
            .unwrap_or_default();
        let generated = ending == "lock"
            || name.starts_with("web/src/api/schema")
            || name.starts_with("data/search/")
            || name.starts_with("tests/corpus/")
            || name.contains("/tests/data/");
        for (number, line) in text.lines().enumerate() {
            for (forbidden, why) in FORBIDDEN {
                if line.contains(forbidden) && (!generated || forbidden.contains("npmjs")) {
                    findings.push(format!("{name}:{}: '{forbidden}' {why}", number + 1));
                }
            }
        }
        let is_source = [".rs", ".ts", ".svelte", ".css", ".mjs"]
            .iter()
            .any(|e| name.ends_with(e));
        let lines = text.lines().count();
        if is_source && !generated && lines > MOST_LINES {
            findings.push(format!("{name}: {lines} lines; {MOST_LINES} are the most"));
        }
    }
    Ok(())
}

//! Who may use whom: the crate graph of docs/ARCHITECTURE.md.

use serde_json::Value;

/// Each crate and the crates of this workspace that it may use; all may use `denkraum-domain`.
const MAY_USE: &[(&str, &[&str])] = &[
    (
        "denkraum",
        &[
            "denkraum-http",
            "denkraum-app",
            "denkraum-extract",
            "denkraum-journal",
            "denkraum-journal-file",
            "denkraum-store",
        ],
    ),
    ("denkraum-extract", &[]),
    ("denkraum-http", &["denkraum-app"]),
    (
        "denkraum-app",
        &[
            "denkraum-rooms",
            "denkraum-search",
            "denkraum-content",
            "denkraum-store",
        ],
    ),
    ("denkraum-rooms", &["denkraum-sync", "denkraum-store"]),
    ("denkraum-sync", &["denkraum-gate"]),
    ("denkraum-gate", &[]),
    ("denkraum-content", &[]),
    ("denkraum-search", &[]),
    ("denkraum-store", &["denkraum-journal"]),
    ("denkraum-journal", &[]),
    ("denkraum-journal-file", &["denkraum-journal"]),
    ("denkraum-domain", &[]),
    (
        "denkraum-testkit",
        &["denkraum-app", "denkraum-journal", "denkraum-store"],
    ),
    ("denkraum-load", &[]),
    ("denkraum-crash", &["denkraum-load"]),
    (
        "denkraum-fuzz",
        &[
            "denkraum-content",
            "denkraum-gate",
            "denkraum-load",
            "denkraum-search",
            "denkraum-sync",
        ],
    ),
    ("denkraum-honest", &["denkraum-gate"]),
    (
        "denkraum-bench",
        &[
            "denkraum-gate",
            "denkraum-journal",
            "denkraum-journal-file",
            "denkraum-sync",
        ],
    ),
    (
        "denkraum-simulator",
        &[
            "denkraum-gate",
            "denkraum-journal",
            "denkraum-journal-file",
            "denkraum-store",
            "denkraum-sync",
        ],
    ),
    ("xtask", &[]),
];

/// Libraries that one crate wraps for all others, and what a crate must stay free of.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("sled", &["denkraum-store"]),
    ("tantivy", &["denkraum-search"]),
    ("pdf-extract", &["denkraum-extract"]),
    ("quick-xml", &["denkraum-extract"]),
    (
        "yrs",
        &[
            "denkraum-content",
            "denkraum-sync",
            "denkraum-load",
            "denkraum-crash",
            "denkraum-fuzz",
            "denkraum-honest",
            "denkraum-simulator",
        ],
    ),
    ("axum", &["denkraum-http"]),
    ("utoipa", &["denkraum-http"]),
    (
        "anyhow",
        &[
            "denkraum",
            "denkraum-crash",
            "denkraum-fuzz",
            "denkraum-honest",
            "denkraum-simulator",
            "xtask",
        ],
    ),
    ("clap", &["denkraum"]),
];

/// What the pure crates must do without.
const FORBIDDEN: &[(&str, &[&str])] = &[
    (
        "denkraum-domain",
        &["tokio", "serde", "serde_json", "yrs", "tracing"],
    ),
    (
        "denkraum-gate",
        &["tokio", "yrs", "tracing", "denkraum-domain"],
    ),
    ("denkraum-sync", &["tokio", "tracing"]),
    ("denkraum-content", &["tokio"]),
];

/// Adds a finding for each dependency against the rules. Dependencies of tests alone are free.
pub(super) fn check(metadata: &Value, findings: &mut Vec<String>) {
    for package in super::members(metadata) {
        let name = package["name"].as_str().unwrap_or_default();
        let Some((_, allowed)) = MAY_USE.iter().find(|(listed, _)| *listed == name) else {
            findings.push(format!("crate {name} is not in the graph of {}", file!()));
            continue;
        };
        let used = package["dependencies"]
            .as_array()
            .map_or(&[][..], Vec::as_slice);
        for dependency in used.iter().filter(|one| one["kind"].is_null()) {
            let used = dependency["name"].as_str().unwrap_or_default();
            let ours = MAY_USE.iter().any(|(listed, _)| *listed == used);
            if ours && used != "denkraum-domain" && !allowed.contains(&used) {
                findings.push(format!("{name} may not use {used} (docs/ARCHITECTURE.md)"));
            }
            if let Some((_, homes)) = ONLY_IN.iter().find(|(library, _)| *library == used)
                && !homes.contains(&name)
            {
                findings.push(format!(
                    "{used} is wrapped by {}; {name} uses it",
                    homes.join(", ")
                ));
            }
            if FORBIDDEN
                .iter()
                .any(|(pure, list)| *pure == name && list.contains(&used))
            {
                findings.push(format!("{name} must stay free of {used}"));
            }
        }
    }
}

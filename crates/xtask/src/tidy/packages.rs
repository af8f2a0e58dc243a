//! Licences, doubled versions and known-bad versions of what we depend on, offline.

use std::collections::BTreeMap;

use serde_json::Value;

/// Licences that may stand in the dependency tree.
const LICENCES: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "EUPL-1.2",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Packages below these versions have an advisory (RustSec or GitHub).
const ADVISORIES: &[(&str, [u64; 3], &str)] = &[
    ("ammonia", [4, 1, 2], "RUSTSEC-2025-0071"),
    ("tungstenite", [0, 20, 1], "RUSTSEC-2023-0065"),
    ("hyper", [1, 0, 0], "RUSTSEC-2023-0034"),
    ("crossbeam-channel", [0, 5, 15], "RUSTSEC-2025-0024"),
    ("tracing-subscriber", [0, 3, 20], "RUSTSEC-2025-0055"),
    ("tantivy", [0, 27, 0], "query parser panics"),
];

/// How many packages may be there in more than one version; new ones are looked at, not waved in.
const DOUBLED_AT_MOST: usize = 40;

/// Adds a finding for each package against the rules.
pub(super) fn check(metadata: &Value, findings: &mut Vec<String>) {
    let packages = metadata["packages"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in packages {
        let name = package["name"].as_str().unwrap_or_default();
        let version = package["version"].as_str().unwrap_or_default();
        versions.entry(name).or_default().push(version);
        let licence = package["license"].as_str().unwrap_or_default();
        if !permitted(licence) {
            findings.push(format!(
                "{name} {version}: licence '{licence}' is not on the list"
            ));
        }
        for (listed, fixed, advisory) in ADVISORIES {
            if *listed == name && parse(version) < *fixed {
                findings.push(format!(
                    "{name} {version}: {advisory}; take {fixed:?} or newer"
                ));
            }
        }
    }
    let doubled: Vec<_> = versions.iter().filter(|(_, all)| all.len() > 1).collect();
    if doubled.len() > DOUBLED_AT_MOST {
        let names: Vec<_> = doubled.iter().map(|(name, _)| **name).collect();
        findings.push(format!(
            "{} packages are there in several versions ({DOUBLED_AT_MOST} allowed): {}",
            doubled.len(),
            names.join(" ")
        ));
    }
}

/// Whether an SPDX expression can be met with licences of the list. Reads `OR` and `AND` in one
/// level of parentheses, and the old form `A/B`.
fn permitted(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ");
    let clause = |clause: &str| {
        clause.split(" OR ").any(|licence| {
            let licence = licence.trim_matches(|c: char| c == '(' || c == ')' || c == ' ');
            LICENCES.contains(&licence)
        })
    };
    !expression.trim().is_empty() && (clause(&expression) || expression.split(" AND ").all(clause))
}

fn parse(version: &str) -> [u64; 3] {
    let mut parts = version
        .split(['.', '-', '+'])
        .map(|part| part.parse().unwrap_or(0));
    [
        parts.next().unwrap_or(0),
        parts.next().unwrap_or(0),
        parts.next().unwrap_or(0),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_licence_expression_is_met_by_one_side_of_or_and_both_sides_of_and() {
        assert!(permitted("MIT OR GPL-3.0-only"));
        assert!(permitted("(MIT OR Apache-2.0) AND Unicode-3.0"));
        assert!(permitted("MIT/Apache-2.0"));
        for refused in ["", "GPL-3.0-only", "MIT AND GPL-3.0-only"] {
            assert!(!permitted(refused), "{refused}");
        }
    }
}

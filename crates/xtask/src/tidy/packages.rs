//! Licences, doubled versions and known-bad versions of the crates that we depend on, offline.

use std::collections::BTreeMap;

use serde_json::Value;

use super::licences::permitted;

/// Packages below these versions have an advisory (RustSec or GitHub).
const ADVISORIES: &[(&str, [u64; 3], &str)] = &[
    ("ammonia", [4, 1, 2], "RUSTSEC-2025-0071"),
    ("tungstenite", [0, 20, 1], "RUSTSEC-2023-0065"),
    ("hyper", [1, 0, 0], "RUSTSEC-2023-0034"),
    ("crossbeam-channel", [0, 5, 15], "RUSTSEC-2025-0024"),
    ("tracing-subscriber", [0, 3, 20], "RUSTSEC-2025-0055"),
    ("tantivy", [0, 27, 0], "query parser panics"),
];

/// Packages that are there in more than one version, each once for every version beyond the first.
/// Every one is compiled and carried along twice: a new one is looked at before it is put here.
const DOUBLED: &[&str] = &[
    "base64",
    "bitflags",
    "block-buffer",
    "cpufeatures",
    "crypto-common",
    "digest",
    "getrandom",
    "hashbrown",
    "nom",
    "parking_lot",
    "parking_lot_core",
    "r-efi",
    "rand",
    "rand_core",
    "redox_syscall",
    "sha2",
    "syn",
    "windows-sys",
];

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
        if !permitted(licence, &[]) {
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
    doubled(&versions, DOUBLED, findings);
}

/// Adds a finding for each package that is there in more versions, or in fewer, than `listed` says.
fn doubled(versions: &BTreeMap<&str, Vec<&str>>, listed: &[&str], findings: &mut Vec<String>) {
    let times = |name: &str| listed.iter().filter(|one| **one == name).count();
    for (name, all) in versions {
        let allowed = 1 + times(name);
        if all.len() > allowed {
            findings.push(format!(
                "{name} is there in {} versions ({}), {allowed} allowed: bring them together, or list it",
                all.len(),
                all.join(", ")
            ));
        }
    }
    for name in listed {
        if versions.get(name).map_or(0, Vec::len) <= times(name) {
            findings.push(format!(
                "{name} is no longer there in so many versions: take it off the list"
            ));
        }
    }
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

    fn found(versions: &[(&'static str, &[&'static str])], listed: &[&str]) -> Vec<String> {
        let versions = versions
            .iter()
            .map(|(name, all)| (*name, all.to_vec()))
            .collect();
        let mut findings = Vec::new();
        doubled(&versions, listed, &mut findings);
        findings
    }

    #[test]
    fn what_is_listed_may_be_doubled() {
        let versions: &[(_, &[_])] = &[("rand", &["0.9.5", "0.10.3"]), ("yrs", &["0.27.4"])];
        assert_eq!(found(versions, &["rand"]), Vec::<String>::new());
    }

    #[test]
    fn a_new_doubled_version_is_found_by_its_name() {
        let three: &[(_, &[_])] = &[("rand", &["0.8.0", "0.9.5", "0.10.3"])];
        for (listed, allowed) in [(&[][..], 1), (&["rand"], 2)] {
            let findings = found(three, listed);
            assert_eq!(findings.len(), 1, "{findings:?}");
            assert!(
                findings[0].contains(&format!("(0.8.0, 0.9.5, 0.10.3), {allowed} allowed")),
                "{findings:?}"
            );
        }
        assert_eq!(found(three, &["rand", "rand"]), Vec::<String>::new());
    }

    #[test]
    fn what_is_no_longer_doubled_leaves_the_list() {
        let gone = ["rand is no longer there in so many versions: take it off the list"];
        assert_eq!(found(&[("rand", &["0.10.3"])], &["rand"]), gone);
        assert_eq!(found(&[], &["rand"]), gone);
    }
}

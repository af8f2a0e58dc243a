//! Licences of the npm packages. The lock files name them, so nothing need be installed.

use std::fs;

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::licences::permitted;
use crate::{command, root};

/// Licences that npm packages may have besides those that crates may have, too.
const FURTHER: &[&str] = &[
    // Permissive; small tools of one author.
    "BlueOak-1.0.0",
    // The typefaces.
    "OFL-1.1",
    // Permissive; a translation of Python's reader of command lines, used by tools alone.
    "Python-2.0",
];

/// Adds a finding for each package of any lock file whose licence is not on the list.
pub(super) fn check(findings: &mut Vec<String>) -> Result<()> {
    let top = root();
    let listed = command::output(&top, "git", &["ls-files", "-co", "--exclude-standard"])?;
    for name in listed.lines().filter(|name| is_lock(name)) {
        let text =
            fs::read_to_string(top.join(name)).with_context(|| format!("could not read {name}"))?;
        let lock = serde_json::from_str(&text).with_context(|| format!("{name} is no JSON"))?;
        licences(name, &lock, findings);
    }
    Ok(())
}

fn is_lock(name: &str) -> bool {
    name.rsplit('/').next() == Some("package-lock.json")
}

fn licences(file: &str, lock: &Value, findings: &mut Vec<String>) {
    let Some(packages) = lock["packages"].as_object() else {
        findings.push(format!("{file} lists no packages"));
        return;
    };
    // The one without a path is our own.
    for (path, package) in packages.iter().filter(|(path, _)| !path.is_empty()) {
        let licence = package["license"].as_str().unwrap_or_default();
        if !permitted(licence, FURTHER) {
            findings.push(format!(
                "{file}: {path}: licence '{licence}' is not on the list"
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn found(lock: &Value) -> Vec<String> {
        let mut findings = Vec::new();
        licences("package-lock.json", lock, &mut findings);
        findings
    }

    #[test]
    fn a_package_with_another_licence_or_none_is_found() {
        let lock = json!({ "packages": {
            "": { "name": "ours" },
            "node_modules/free": { "license": "(MIT OR GPL-3.0-only)" },
            "node_modules/type": { "license": "OFL-1.1" },
            "node_modules/strict": { "license": "GPL-3.0-only" },
            "node_modules/type/node_modules/silent": { "version": "1.0.0" },
        }});
        assert_eq!(
            found(&lock),
            [
                "package-lock.json: node_modules/strict: licence 'GPL-3.0-only' is not on the list",
                "package-lock.json: node_modules/type/node_modules/silent: licence '' is not on the list",
            ]
        );
    }

    #[test]
    fn a_lock_file_without_packages_is_found() {
        assert_eq!(found(&json!({})), ["package-lock.json lists no packages"]);
    }
}

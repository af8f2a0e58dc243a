//! Every numbered rule of the specifications is named by a test.

use std::collections::BTreeMap;
use std::fs;

use anyhow::Result;

use crate::{command, root};

/// Adds a finding for each rule `**[X-1]**` in `docs/SPEC-*.md` that no file with tests names.
pub(super) fn check(findings: &mut Vec<String>) -> Result<()> {
    let top = root();
    let listed = command::output(&top, "git", &["ls-files", "-co", "--exclude-standard"])?;
    let mut rules = BTreeMap::new();
    let mut tests = String::new();
    for name in listed.lines() {
        let is_specification = name.starts_with("docs/SPEC-");
        if !is_specification && !may_hold_tests(name) {
            continue;
        }
        let Ok(text) = fs::read_to_string(top.join(name)) else {
            continue;
        };
        if is_specification {
            rules.extend(declared(&text).map(|rule| (rule.to_owned(), name.to_owned())));
        } else if holds_tests(name, &text) {
            tests.push_str(&text);
        }
    }
    for (rule, file) in rules {
        if !names(&tests, &rule) {
            findings.push(format!("{file}: no test names the rule {rule}"));
        }
    }
    Ok(())
}

fn may_hold_tests(name: &str) -> bool {
    [".rs", ".ts", ".mjs"].iter().any(|end| name.ends_with(end))
}

/// Files of tests, and files of the program that carry some.
fn holds_tests(name: &str, text: &str) -> bool {
    name.contains("tests/")
        || name.contains("/contract/")
        || name.contains(".test.")
        || ["contract.rs", "fuzz.rs"]
            .iter()
            .any(|end| name.ends_with(end))
        || text.contains("#[test]")
        || text.contains("#[tokio::test")
}

fn declared(text: &str) -> impl Iterator<Item = &str> {
    text.split("**[")
        .skip(1)
        .filter_map(|rest| rest.split("]**").next())
}

/// Whether the rule stands there, and not only one whose number begins like it.
fn names(text: &str, rule: &str) -> bool {
    text.match_indices(rule).any(|(at, _)| {
        let after = text
            .get(at + rule.len()..)
            .and_then(|rest| rest.chars().next());
        !after.is_some_and(|c| c.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_found_where_they_are_declared() {
        let text = "- **[J-1]** First, see [J-2].\n- **[J-10]** Tenth.";
        assert_eq!(declared(text).collect::<Vec<_>>(), ["J-1", "J-10"]);
    }

    #[test]
    fn a_longer_number_does_not_stand_for_a_shorter_one() {
        assert!(!names("/// [J-10]", "J-1"));
        assert!(names("/// [J-10, J-1]", "J-1"));
    }
}

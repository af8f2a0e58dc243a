//! Every numbered rule of the specifications is named by a test that runs.

mod tests_in;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::{command, root};

/// Adds a finding for each rule `**[X-1]**` in `docs/SPEC-*.md` that no test names.
pub(super) fn check(findings: &mut Vec<String>) -> Result<()> {
    let top = root();
    let listed = command::output(&top, "git", &["ls-files", "-co", "--exclude-standard"])?;
    let mut rules = BTreeMap::new();
    let mut programs = Vec::new();
    for name in listed.lines() {
        let is_specification = name.starts_with("docs/SPEC-");
        let is_program = Path::new(name).extension() == Some(OsStr::new("rs"));
        if !is_specification && !is_program {
            continue;
        }
        let Ok(text) = fs::read_to_string(top.join(name)) else {
            continue;
        };
        if is_specification {
            rules.extend(declared(&text).map(|rule| (rule.to_owned(), name.to_owned())));
        } else {
            programs.push(text);
        }
    }
    let suite: Vec<_> = programs
        .iter()
        .flat_map(|text| tests_in::suite(text))
        .collect();
    let tests: String = programs
        .iter()
        .map(|text| tests_in::tests_in(text, &suite))
        .collect();
    for (rule, file) in rules {
        if !names(&tests, &rule) {
            findings.push(format!("{file}: no test that runs names the rule {rule}"));
        }
    }
    Ok(())
}

fn declared(text: &str) -> impl Iterator<Item = &str> {
    text.split("**[")
        .skip(1)
        .filter_map(|rest| rest.split("]**").next())
}

/// Whether the rule stands there by itself, and not only within another word or number.
fn names(text: &str, rule: &str) -> bool {
    let continues = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    text.match_indices(rule).any(|(at, _)| {
        let (before, rest) = text.split_at(at);
        let after = rest.strip_prefix(rule).unwrap_or_default();
        !before.ends_with(continues) && !after.starts_with(continues)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_found_where_they_are_declared() {
        let text = "- **[X-1]** First, see [X-2].\n- **[X-10]** Tenth.";
        assert_eq!(declared(text).collect::<Vec<_>>(), ["X-1", "X-10"]);
    }

    #[test]
    fn neither_a_longer_number_nor_a_longer_word_stands_for_a_rule() {
        for other in [
            "/// [X-10]",
            "UTX-1",
            "EX-1",
            "A-X-1",
            "x_X-1",
            "X-1a",
            "X-1-2",
        ] {
            assert!(!names(other, "X-1"), "{other}");
        }
        for named in ["/// [X-10, X-1]", "X-1", "the rule X-1.", "X-10 (X-1)"] {
            assert!(names(named, "X-1"), "{named}");
        }
    }
}

//! Which licences may stand among what we depend on.

/// Licences that a crate or an npm package may have.
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

/// Whether an SPDX expression, or one of the old form `A/B`, can be met with licences of the list or
/// with these `further` ones.
pub(super) fn permitted(expression: &str, further: &[&str]) -> bool {
    met(&expression.replace('/', " OR "), further)
}

/// `AND` binds more tightly than `OR`.
fn met(expression: &str, further: &[&str]) -> bool {
    let expression = expression.trim();
    let choices = split(expression, " OR ");
    if choices.len() > 1 {
        return choices.iter().any(|choice| met(choice, further));
    }
    let demands = split(expression, " AND ");
    if demands.len() > 1 {
        return demands.iter().all(|demand| met(demand, further));
    }
    let inner = expression
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'));
    match inner {
        Some(inner) => met(inner, further),
        None => LICENCES.contains(&expression) || further.contains(&expression),
    }
}

/// Splits at each `between` that stands in no parentheses.
fn split<'a>(expression: &'a str, between: &str) -> Vec<&'a str> {
    let mut parts = Vec::new();
    let mut rest = expression;
    let mut searched = 0;
    while let Some(at) = rest.get(searched..).and_then(|text| text.find(between)) {
        let (part, after) = rest.split_at(searched + at);
        let opened = part.matches('(').count() > part.matches(')').count();
        if opened {
            searched += at + between.len();
        } else {
            parts.push(part);
            rest = after.strip_prefix(between).unwrap_or_default();
            searched = 0;
        }
    }
    parts.push(rest);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_licence_expression_is_met_by_one_side_of_or_and_both_sides_of_and() {
        for met in [
            "MIT OR GPL-3.0-only",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "MIT/Apache-2.0",
            "(MIT OR CC0-1.0)",
            "GPL-3.0-only OR MIT AND (ISC OR GPL-3.0-only)",
            "Apache-2.0 WITH LLVM-exception OR GPL-3.0-only",
        ] {
            assert!(permitted(met, &[]), "{met}");
        }
        for refused in [
            "",
            "GPL-3.0-only",
            "MIT AND GPL-3.0-only",
            "(MIT OR Apache-2.0) AND GPL-3.0-only",
            "GPL-3.0-only AND (MIT OR Apache-2.0)",
            "MIT-like",
            "((MIT)",
        ] {
            assert!(!permitted(refused, &[]), "{refused}");
        }
    }

    #[test]
    fn further_licences_count_where_they_are_given() {
        assert!(!permitted("OFL-1.1", &[]));
        assert!(permitted("OFL-1.1", &["OFL-1.1"]));
    }
}

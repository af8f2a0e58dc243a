//! The tables for people, and their place in docs/benchmarks.md.

use std::fmt::Write as _;

use anyhow::{Context as _, Result};

use super::bars::BARS;
use super::results::Results;

const END: &str = "<!-- end of what was measured -->\n";

const TARGETS: [&str; 6] = [
    "ours",
    "ours-stock",
    "relay",
    "hocuspocus",
    "y-websocket",
    "y-sweet",
];

/// Each scenario, whether it has a table line for each count, and what is shown of it.
const TABLES: [(&str, bool, &[&str]); 11] = [
    ("fanout", true, SHARED),
    (
        "carets",
        true,
        &[
            "p50_ms",
            "p95_ms",
            "p99_ms",
            "lost",
            "cpu",
            "generator_cpu",
            "deliveries_per_s",
            "carets_per_s",
        ],
    ),
    (
        "pages",
        true,
        &[
            "p50_ms",
            "p95_ms",
            "p99_ms",
            "lost",
            "cpu",
            "kib_per_page",
            "kib_from_start",
            "memory_peak_kib",
        ],
    ),
    (
        "saturation",
        true,
        &[
            "updates_per_s",
            "failed_at",
            "p99_ms",
            "cpu",
            "generator_cpu",
        ],
    ),
    (
        "idle",
        true,
        &[
            "kib_per_connection",
            "kib_from_start",
            "cpu",
            "connect_s",
            "gone",
        ],
    ),
    (
        "ingest",
        false,
        &["updates_per_s", "seconds", "cpu_s", "memory_kib"],
    ),
    ("cold", false, &["ms", "bytes", "memory_kib"]),
    ("warm", false, &["ms", "bytes"]),
    ("durability", true, &["edits", "seen", "missing"]),
    (
        "neighbours",
        true,
        &[
            "quiet_p99_ms",
            "p99_ms",
            "ratio",
            "lost",
            "gone",
            "cpu",
            "generator_cpu",
        ],
    ),
    (
        "rights",
        true,
        &[
            "p50_ms",
            "p99_ms",
            "max_ms",
            "late",
            "written_after",
            "role_p99_ms",
            "writing_p99_ms",
            "archived_p99_ms",
            "session_p99_ms",
        ],
    ),
];
const SHARED: &[&str] = &[
    "p50_ms",
    "p95_ms",
    "p99_ms",
    "lost",
    "cpu",
    "generator_cpu",
    "deliveries_per_s",
    "memory_peak_kib",
];

/// Everything that was measured, as Markdown.
pub(crate) fn report(results: &Results, machine: &str) -> String {
    let mut text = format!("{machine}\n### Bars\n\n");
    text.push_str("| what | ours | compared with | comes to | bar | met |\n| --- | --- | --- | --- | --- | --- |\n");
    for bar in BARS {
        // Writing to a text does not fail.
        let _ = match bar.outcome(results) {
            Some(outcome) => writeln!(
                text,
                "| {} | {} | {} | {} | {} | {} |",
                bar.what,
                outcome.ours,
                outcome.against,
                outcome.ratio,
                outcome.bar,
                if outcome.met { "yes" } else { "**no**" }
            ),
            None => writeln!(text, "| {} | | | | | not measured |", bar.what),
        };
    }
    for (scenario, by_count, names) in TABLES {
        let counts = results.counts(scenario);
        if counts.is_empty() {
            continue;
        }
        let counts = if by_count {
            counts.into_iter().map(Some).collect()
        } else {
            vec![None]
        };
        let head = names.join(" | ");
        let line = " --- |".repeat(names.len() + 2);
        let _ = writeln!(text, "\n### {scenario}\n\n| n | server | {head} |\n|{line}");
        for count in counts {
            for target in TARGETS {
                row(results, target, scenario, count, names, &mut text);
            }
        }
    }
    text
}

fn row(
    results: &Results,
    target: &str,
    scenario: &str,
    count: Option<u64>,
    names: &[&str],
    text: &mut String,
) {
    let values: Vec<Option<f64>> = names
        .iter()
        .map(|name| results.value(target, scenario, count, name))
        .collect();
    if values.iter().all(Option::is_none) {
        return;
    }
    let cells: Vec<String> = values
        .into_iter()
        .map(|value| value.map_or_else(|| "–".to_owned(), |value| value.to_string()))
        .collect();
    let count = count.map_or_else(String::new, |count| count.to_string());
    let not_whole = !results.all(target, scenario, |line| line["whole"] != false);
    let note = if not_whole {
        " (not all of it came)"
    } else {
        ""
    };
    let _ = writeln!(text, "| {count} | {target}{note} | {} |", cells.join(" | "));
}

/// Puts the report of `cargo xtask bench NAME` into the page, in place of the one before.
pub(crate) fn put_into(page: &str, name: &str, text: &str) -> Result<String> {
    let begin = begin(name);
    let (before, rest) = page
        .split_once(&begin)
        .context("the page has no place for it")?;
    let (_, after) = rest
        .split_once(END)
        .context("the place on the page has no end")?;
    Ok(format!("{before}{begin}\n{text}\n{END}{after}"))
}

fn begin(name: &str) -> String {
    format!("<!-- measured: written by `cargo xtask bench {name}` -->\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_measured_is_replaced() {
        let (a, b) = (begin("a"), begin("b"));
        let page = format!("# A\n\n{a}old\n{END}\nafter\n{b}old\n{END}");
        let new = put_into(&page, "a", "new").unwrap();
        assert_eq!(new, format!("# A\n\n{a}\nnew\n{END}\nafter\n{b}old\n{END}"));
        assert_eq!(put_into(&new, "a", "new").unwrap(), new);
        let both = put_into(&new, "b", "other").unwrap();
        assert!(both.contains("new") && both.ends_with(&format!("{b}\nother\n{END}")));
        assert!(put_into("# A\n", "a", "new").is_err());
    }

    #[test]
    fn every_server_that_was_measured_has_a_line() {
        let text = r#"{"target":"ours","scenario":"idle","n":2000,"kib_per_connection":9.5,"kib_from_start":11}
{"target":"relay","scenario":"idle","n":2000,"kib_per_connection":12}"#;
        let report = report(&Results::parse(text).unwrap(), "here");
        assert!(
            report.contains("| 2000 | ours | 9.5 | 11 | – | – | – |\n| 2000 | relay | 12 | – |"),
            "{report}"
        );
    }
}

//! What was measured: JSON lines, found again by server, scenario, count and name.

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

/// Results of measurements.
#[derive(Clone, Debug, Default)]
pub(crate) struct Results(Vec<Value>);

impl Results {
    /// Reads what the generator of load printed.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        let lines = text.lines().map(serde_json::from_str);
        let lines: Result<Vec<Value>, _> = lines.collect();
        Ok(Self(lines.context("not what the generator prints")?))
    }

    pub(crate) fn append(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// A server could not be measured.
    pub(crate) fn add_failure(&mut self, target: &str, scenario: &str) {
        self.0
            .push(json!({"target": target, "scenario": scenario, "failed": true}));
    }

    /// Whether others on the machine disturbed any of it.
    pub(crate) fn disturbed(&self) -> bool {
        self.0.iter().any(|line| line["disturbed"] == true)
    }

    /// One JSON object a line.
    pub(crate) fn lines(&self) -> String {
        let lines: Vec<String> = self.0.iter().map(Value::to_string).collect();
        lines.join("\n") + "\n"
    }

    /// The lines of a scenario.
    fn of<'a>(&'a self, target: &'a str, scenario: &'a str) -> impl Iterator<Item = &'a Value> {
        let is_it = move |line: &&Value| line["target"] == target && line["scenario"] == scenario;
        self.0.iter().filter(is_it)
    }

    /// The counts that a scenario was measured with, on any server.
    pub(crate) fn counts(&self, scenario: &str) -> Vec<u64> {
        let lines = self.0.iter().filter(|line| line["scenario"] == scenario);
        let mut counts: Vec<u64> = lines.filter_map(|line| line["n"].as_u64()).collect();
        counts.sort_unstable();
        counts.dedup();
        counts
    }

    /// The middle of all values of that name; `None` if there is none. `count`: with which count,
    /// or any.
    pub(crate) fn value(
        &self,
        target: &str,
        scenario: &str,
        count: Option<u64>,
        name: &str,
    ) -> Option<f64> {
        let lines = self.of(target, scenario);
        let lines = lines.filter(|line| count.is_none_or(|count| line["n"] == count));
        let mut values: Vec<f64> = lines.filter_map(|line| line[name].as_f64()).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied()
    }

    /// Whether something holds in all lines of a scenario, and there are some.
    pub(crate) fn all(&self, target: &str, scenario: &str, holds: impl Fn(&Value) -> bool) -> bool {
        let mut lines = self.of(target, scenario).peekable();
        lines.peek().is_some() && lines.all(holds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_several_measurements_counts() {
        let text = r#"{"target":"a","scenario":"cold","n":5,"ms":9.0}
{"target":"a","scenario":"cold","n":5,"ms":2}
{"target":"a","scenario":"cold","n":5,"ms":4.5}
{"target":"b","scenario":"cold","n":6,"ms":1}"#;
        let results = Results::parse(text).unwrap();
        assert_eq!(results.value("a", "cold", None, "ms"), Some(4.5));
        assert_eq!(results.value("a", "cold", Some(6), "ms"), None);
        assert_eq!(results.counts("cold"), [5, 6]);
        assert!(!results.disturbed());
    }
}

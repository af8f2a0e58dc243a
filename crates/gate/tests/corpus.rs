//! The corpus of foreign bytes: each line gets the verdict that stands beside it.

use denkraum_gate::{Gate, Rejection, Writer, check_state_vector};

#[cfg(test)]
mod common;

struct Line<'a> {
    verdict: &'a str,
    kind: &'a str,
    what: &'a str,
    hex: &'a str,
}

fn corpus() -> Vec<Line<'static>> {
    let text = include_str!("../../../tests/corpus/frames/updates.txt");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let mut parts = line.split(" | ");
            let mut next = || parts.next().unwrap_or_default();
            let (verdict, kind, what) = (next(), next(), next());
            Line {
                verdict,
                kind,
                what,
                hex: next(),
            }
        })
        .collect()
}

fn verdict(gate: &Gate, kind: &str, bytes: &[u8]) -> (&'static str, String) {
    let update = gate.check(bytes, Writer::Person);
    match (kind, update) {
        ("state-vector", _) => match check_state_vector(bytes) {
            Ok(_) => ("allowed", String::new()),
            Err(err) => ("refused", err.to_string()),
        },
        (_, Ok(_)) => ("allowed", String::new()),
        (_, Err(Rejection::Held(reason))) => ("held", reason.to_string()),
        (_, Err(Rejection::Refused(reason))) => ("refused", reason.to_string()),
    }
}

/// [G-1], [G-2], [G-3], [G-4], [G-5], [G-7], [G-9], [G-10], [G-11], [G-12], [G-13], [G-14], [G-15],
/// [G-16], [G-17], [G-21]
#[test]
fn every_line_gets_its_verdict() {
    let gate = Gate::new(common::schema());
    let mut wrong = Vec::new();
    let lines = corpus();
    for line in &lines {
        let (got, why) = verdict(&gate, line.kind, &hex::decode(line.hex).unwrap());
        if got != line.verdict {
            wrong.push(format!(
                "{} instead of {}: {} ({why})",
                got, line.verdict, line.what
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let hostile = lines.iter().filter(|line| line.verdict != "allowed");
    assert!(hostile.count() >= 200);
}

/// A line that is not let in leaves the gate as it was, and one that is let in can be applied.
#[test]
fn lines_that_are_let_in_can_be_applied() {
    for line in corpus().iter().filter(|line| line.kind == "update") {
        let mut gate = Gate::new(common::schema());
        let bytes = hex::decode(line.hex).unwrap();
        match gate.check(&bytes, Writer::Person) {
            Ok(admission) => {
                gate.admit(admission);
                let mut document = common::Document::new();
                document.apply(&bytes);
                assert_eq!(
                    document.clocks(),
                    gate.state_vector().collect(),
                    "{}",
                    line.what
                );
            }
            Err(_) => assert_eq!(gate.state_vector().count(), 0),
        }
    }
}

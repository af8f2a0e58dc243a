//! How well compounds are split, measured on a file of hand-split words.
//!
//! `cargo run -p denkraum-search --example measure_splitting FILE`, where each line is a word with
//! commas between its parts. Prints precision, recall and F1 of the boundaries.

use std::collections::BTreeSet;
use std::error::Error;

use denkraum_search::compound_parts;

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args()
        .nth(1)
        .ok_or("the file of split words is missing")?;
    let (mut right, mut wrong, mut missed) = (0_u32, 0_u32, 0_u32);
    for line in std::fs::read_to_string(file)?.lines() {
        let parts: Vec<String> = line
            .trim()
            .split(',')
            .map(|part| part.trim().to_lowercase())
            .collect();
        if line.trim().is_empty() || line.contains('-') || line.starts_with('#') {
            continue;
        }
        // Some lines leave a linking s out; the better reading counts.
        let plain = judge(&parts);
        let linked: Vec<String> = parts
            .iter()
            .enumerate()
            .map(|(at, part)| {
                let links = at + 1 < parts.len() && !part.ends_with(['s', 'e', 'n']);
                format!("{part}{}", if links { "s" } else { "" })
            })
            .collect();
        let linked = judge(&linked);
        let worth = |(right, wrong, missed): (u32, u32, u32)| {
            i64::from(right) - i64::from(wrong) - i64::from(missed)
        };
        let best = if parts.len() > 1 && worth(linked) > worth(plain) {
            linked
        } else {
            plain
        };
        right += best.0;
        wrong += best.1;
        missed += best.2;
    }
    let precision = f64::from(right) / f64::from((right + wrong).max(1));
    let recall = f64::from(right) / f64::from((right + missed).max(1));
    let f1 = 2.0 * precision * recall / (precision + recall);
    println!("precision {precision:.3}, recall {recall:.3}, F1 {f1:.3}");
    Ok(())
}

/// Boundaries found, invented and missed.
fn judge(parts: &[String]) -> (u32, u32, u32) {
    let found = boundaries(&compound_parts(&parts.concat()));
    // Folding changes the length of parts, so they are folded one by one.
    let folded: Vec<String> = parts
        .iter()
        .map(|part| compound_parts_whole(part))
        .collect();
    let real = boundaries(&folded);
    let count = |set: usize| u32::try_from(set).unwrap_or(u32::MAX);
    (
        count(found.intersection(&real).count()),
        count(found.difference(&real).count()),
        count(real.difference(&found).count()),
    )
}

fn compound_parts_whole(part: &str) -> String {
    compound_parts(part).concat()
}

fn boundaries(parts: &[String]) -> BTreeSet<usize> {
    let mut at = 0;
    let inner = parts
        .split_last()
        .map(|(_, inner)| inner)
        .unwrap_or_default();
    inner
        .iter()
        .map(|part| {
            at += part.len();
            at
        })
        .collect()
}

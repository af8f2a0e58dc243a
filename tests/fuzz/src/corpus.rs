//! What is tried first and mutated further: the corpus of foreign bytes, and cases that went wrong once.

use anyhow::{Context as _, Result};
use denkraum_sync::{step1_frame, step2_frame, update_frame};

use crate::parent::found_folder;
use crate::pieces;

const UPDATES: &str = include_str!("../../corpus/frames/updates.txt");
const OTHERS: &str = include_str!("../../corpus/frames/others.txt");

/// A line: its kind and its bytes.
type Line = (&'static str, Vec<u8>);

/// The corpus for a target, as it reads it.
pub(crate) fn of(target: &str) -> Result<Vec<Vec<u8>>> {
    let mut all = Vec::new();
    let made = pieces::all()?;
    let made = made.into_iter().map(|update| ("update", update));
    for (kind, bytes) in lines()?.into_iter().chain(made) {
        let case = match (target, kind) {
            ("updates", "update")
            | ("frames", "frame" | "awareness")
            | ("state-vectors" | "awareness", "frame")
            | ("awareness", "awareness")
            | ("content", "content")
            | ("search", "search") => bytes,
            ("frames", "update") => update_frame(&bytes).to_vec(),
            ("frames", "content") => step2_frame(&bytes).to_vec(),
            ("frames" | "state-vectors", "state-vector") => {
                // The payload is foreign; the frame around it is as it should be.
                let empty = step1_frame(&[]);
                let head = empty.get(..2).unwrap_or_default();
                let around = update_frame(&bytes);
                [head, around.get(2..).unwrap_or_default()].concat()
            }
            _ => continue,
        };
        all.push(case);
    }
    Ok(all)
}

/// Cases of a target that went wrong once.
pub(crate) fn found(target: &str) -> Result<Vec<Vec<u8>>> {
    let mut all = Vec::new();
    let Ok(folder) = std::fs::read_dir(found_folder()) else {
        return Ok(all);
    };
    for entry in folder {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(target) {
            all.push(std::fs::read(entry.path())?);
        }
    }
    Ok(all)
}

fn lines() -> Result<Vec<Line>> {
    let with_verdict = written(UPDATES).map(|line| line.split_once(" | ").map(|(_, rest)| rest));
    let lines = with_verdict.chain(written(OTHERS).map(Some));
    lines
        .map(|line| {
            let line = line.context("a line without a kind")?;
            let (kind, rest) = line.split_once(" | ").context("a line without a kind")?;
            let (_, bytes) = rest.rsplit_once('|').context("a line without bytes")?;
            let bytes = hex::decode(bytes.trim()).with_context(|| rest.to_owned())?;
            Ok((kind, bytes))
        })
        .collect()
}

fn written(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::targets::{self, Page};

    #[test]
    fn every_target_begins_with_a_corpus_that_it_survives() {
        for name in targets::NAMES {
            let (cases, mut target) = (of(name).unwrap(), targets::make(name).unwrap());
            assert!(cases.len() >= 15, "{name}: {}", cases.len());
            for case in &cases {
                let tried = target.run(case);
                tried.unwrap_or_else(|error| panic!("{name}: {error:#}: {}", hex::encode(case)));
                let admitted = || Page::empty().unwrap().take(case).unwrap();
                assert!(name != "content" || admitted(), "{}", hex::encode(case));
            }
        }
    }
}

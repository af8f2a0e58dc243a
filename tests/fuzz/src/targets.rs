//! What is fed, each with the bytes that it reads.

mod content;
mod frames;
mod search;
mod updates;

#[cfg(test)]
pub(crate) use updates::Page;

use anyhow::{Result, bail};
use denkraum_load::Dice;

use crate::mutate::mutate;

/// All targets, in the order in which they are run.
pub(crate) const NAMES: [&str; 6] = [
    "frames",
    "updates",
    "state-vectors",
    "awareness",
    "content",
    "search",
];

/// Something that reads bytes of strangers. A case fails by a panic, an error, its time or its memory.
pub(crate) trait Target {
    /// Makes the next case.
    fn next(&mut self, dice: &mut Dice) -> Vec<u8>;
    /// A case made of one of the corpus; another one lends pieces.
    fn mutant_of(&mut self, one: &[u8], other: &[u8], dice: &mut Dice) -> Vec<u8> {
        let mut bytes = one.to_vec();
        mutate(&mut bytes, other, dice);
        bytes
    }
    /// Tries a case.
    fn run(&mut self, bytes: &[u8]) -> Result<()>;
    /// What came of it all, for the report.
    fn told(&self) -> String;
}

/// The target of this name.
pub(crate) fn make(name: &str) -> Result<Box<dyn Target>> {
    Ok(match name {
        "frames" => Box::new(frames::Frames::new(frames::Sort::Any)?),
        "state-vectors" => Box::new(frames::Frames::new(frames::Sort::StateVector)?),
        "awareness" => Box::new(frames::Frames::new(frames::Sort::Awareness)?),
        "updates" => Box::new(updates::Updates::new()?),
        "content" => Box::new(content::Content::new()?),
        "search" => Box::new(search::Search::new()?),
        other => bail!("there is no target {other}"),
    })
}

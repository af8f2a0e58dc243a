//! Text that somebody wrote into something while somebody else, who could not see it, deleted that.
//!
//! To an editor's binding a change of a block's kind, its move and its joining with another are one
//! deletion and one insertion, so this happens to people who delete nothing. What is lost is known
//! exactly: it became deleted by an update that does not name it. The words, and what stood around
//! them, are still in what is stored, up to the next compaction.

mod context;

use std::collections::BTreeMap;
use std::sync::Arc;

use denkraum_domain::PersonId;
use denkraum_gate::{Schema, TextPiece, texts};

use crate::document::{Deleted, Document};
use crate::{LoadedPage, ReplayError};

/// Text that was lost in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LostText {
    /// Who brought it.
    pub author: PersonId,
    /// What it is made of: client, first clock, first clock after it.
    pub pieces: Vec<(u64, u64, u64)>,
    /// The words.
    pub text: String,
    /// What stood before it in the same block, up to [`CONTEXT`](LostText::CONTEXT) UTF-16 units.
    pub before: String,
    /// What stood after it.
    pub after: String,
}

impl LostText {
    /// How many UTF-16 units of what stood around it are kept on each side.
    pub const CONTEXT: usize = 100;
}

/// A stretch of one client's text.
#[derive(Clone, Debug)]
struct Run {
    client: u64,
    start: u64,
    units: Vec<u16>,
}

impl Run {
    fn end(&self) -> u64 {
        self.start + u64::try_from(self.units.len()).unwrap_or(0)
    }
}

/// All text that was lost since the last snapshot of a stored page. [S-38]
pub fn lost_texts(schema: &Arc<Schema>, page: &LoadedPage) -> Result<Vec<LostText>, ReplayError> {
    let unnamed = Document::replay(schema, page)?.unnamed;
    let runs = runs_of(page, &merged(&unnamed));
    if runs.is_empty() {
        return Ok(Vec::new());
    }
    // Those that brought their words too late: what stood around them was deleted before.
    let late: Vec<usize> = unnamed
        .iter()
        .filter(|(index, deleted)| {
            let update = page.updates.get(*index);
            update.is_some_and(|update| !texts(update, deleted).is_empty())
        })
        .map(|(index, _)| *index)
        .collect();
    let owners: BTreeMap<u64, PersonId> = page.owners.iter().copied().collect();
    Ok(context::placed(schema, page, &late, &runs, &owners))
}

fn merged(unnamed: &[(usize, Deleted)]) -> Deleted {
    let mut all: BTreeMap<u64, Vec<(u64, u64)>> = BTreeMap::new();
    for (client, stretches) in unnamed.iter().flat_map(|(_, deleted)| deleted) {
        all.entry(*client).or_default().extend(stretches);
    }
    all.into_iter()
        .map(|(client, mut stretches)| {
            stretches.sort_unstable();
            (client, stretches)
        })
        .collect()
}

/// The words of what was deleted, from all that is stored; sorted, each once, as long as may be.
fn runs_of(page: &LoadedPage, deleted: &Deleted) -> Vec<Run> {
    let stored = page.snapshot.iter().chain(&page.updates);
    let mut pieces: Vec<TextPiece> = stored.flat_map(|bytes| texts(bytes, deleted)).collect();
    pieces.sort_by_key(|piece| (piece.client, piece.clock));
    let mut runs: Vec<Run> = Vec::new();
    for TextPiece {
        client,
        clock,
        text,
    } in pieces
    {
        let units: Vec<u16> = text.encode_utf16().collect();
        match runs.last_mut() {
            Some(last) if last.client == client && clock <= last.end() => {
                // The same may be stored twice, in pieces of different lengths.
                let known = usize::try_from(last.end() - clock).unwrap_or(usize::MAX);
                last.units.extend(units.get(known..).unwrap_or_default());
            }
            _ => runs.push(Run {
                client,
                start: clock,
                units,
            }),
        }
    }
    runs
}

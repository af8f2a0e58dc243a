//! How long an update would keep the engine busy. [G-26]
//!
//! To find its place, a struct makes yrs walk over what stands between the neighbours that it names.
//! In an editor they stood side by side, so there is nothing between them but what others wrote at the
//! same time; a liar may name the two ends of a text, a hundred thousand times. And whoever comes to
//! stand inside a run, or deletes a part of it, makes yrs copy the rest of that run. What stands where
//! is not known here, so both are counted as if everything in the place stood in the way.

use std::collections::HashMap;

use super::Trust;
use super::scan::Scan;
use crate::gate::GONE;
use crate::wire::{Id, ItemHead};

/// With no more structs and no more deletions than this there is nothing to count.
const FEW: usize = 64;
/// The most structs that are walked over; yrs needs about half a microsecond for each.
const WALKS: u64 = 1 << 26;
/// The most clocks that are copied.
const COPIES: u64 = 1 << 32;
/// What one struct adds to a place at most: itself, and what its neighbours are split into.
const PIECES: u64 = 3;

#[derive(Default)]
pub(super) struct Effort {
    /// By the node that holds them.
    places: HashMap<u32, Place>,
    /// By section and node.
    runs: HashMap<(usize, u32), Run>,
}

/// What an update does in one node.
#[derive(Default)]
struct Place {
    /// How many structs it brings.
    structs: u64,
    /// Their clocks.
    clocks: u64,
    /// How many of them do not go on where the one before ended.
    apart: u64,
    /// How many pieces it deletes.
    deleted: u64,
}

/// The last struct of a client in a node.
struct Run {
    end: u32,
    right: Option<Id>,
}

impl Effort {
    /// Nothing for our own documents, and for updates that are too short to matter.
    pub(super) fn of(scan: &Scan<'_>, trust: Trust) -> Option<Self> {
        let (structs, deletions) = scan.pieces();
        let matters = structs > FEW || deletions > FEW;
        (matters && trust != Trust::Stored).then(Self::default)
    }

    /// An item of the section's client comes to stand in `node`, with these clocks.
    pub(super) fn place(
        &mut self,
        section: usize,
        client: u64,
        node: u32,
        item: &ItemHead<'_>,
        (start, end): (u32, u32),
    ) {
        if node == GONE {
            return;
        }
        let right = item.right;
        let before = self.runs.insert((section, node), Run { end, right });
        // Behind what it wrote itself just before, and before the same neighbour, nothing stands in
        // the way: whatever belongs to the last struct came after it.
        let goes_on = before.is_some_and(|run| {
            let clock = run.end.saturating_sub(1);
            run.right == right && item.left == Some(Id { client, clock })
        });
        let place = self.places.entry(node).or_default();
        place.structs += 1;
        place.clocks += u64::from(end - start);
        place.apart += u64::from(!goes_on);
    }

    /// So many pieces in `node` are deleted.
    pub(super) fn delete(&mut self, node: u32, pieces: u32) {
        self.places.entry(node).or_default().deleted += u64::from(pieces);
    }

    /// `length`: how many clocks stand in a node already.
    pub(super) fn is_too_much(&self, length: impl Fn(u32) -> u32) -> bool {
        let (mut walks, mut copies) = (0_u64, 0_u64);
        for (&node, place) in &self.places {
            let known = u64::from(length(node));
            walks += place.apart * (known + PIECES * place.structs);
            copies += (place.apart + place.deleted) * (known + place.clocks);
        }
        walks > WALKS || copies > COPIES
    }
}

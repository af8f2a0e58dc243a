//! The durable document of a page.
//!
//! The only place of this crate that makes yrs documents: they count UTF-16 units as JavaScript
//! does, collect garbage, and never tidy up formatting on their own, so that they hold exactly
//! what the journal holds. Every byte that comes here has passed the gate.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use bytes::Bytes;
use denkraum_domain::PersonId;
use denkraum_gate::{Gate, HeldReason, Rejection, Schema, split};
use thiserror::Error;
use yrs::updates::decoder::Decode;
use yrs::{ClientID, Doc, IdSet, OffsetKind, Options, ReadTxn, StateVector, Transact, Update};

use crate::shown::shown;

/// What is stored of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LoadedPage {
    /// The last snapshot, as one Yjs update.
    pub snapshot: Option<Bytes>,
    /// The updates after it, oldest first.
    pub updates: Vec<Bytes>,
    /// Whose each client id is.
    pub owners: Vec<(u64, PersonId)>,
    /// The position of the last entry; 0 without one.
    pub upto: u64,
}

impl LoadedPage {
    /// How many bytes of Yjs it has.
    pub fn bytes(&self) -> usize {
        let snapshot = self.snapshot.as_ref().map_or(0, Bytes::len);
        snapshot + self.updates.iter().map(Bytes::len).sum::<usize>()
    }
}

/// Why a stored page cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ReplayError {
    /// The snapshot is not a document.
    #[error("the snapshot of the page cannot be read")]
    Snapshot,
}

/// The durable document of a stored page, garbage collected and encoded as one update.
pub fn durable_state(schema: &Arc<Schema>, page: &LoadedPage) -> Result<Bytes, ReplayError> {
    Ok(Document::replay(schema, page)?.document.encoded())
}

/// An update that the document did not take. The document must be thrown away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ApplyFailed;

/// What became deleted, by client: stretches of clocks, sorted and apart, each with its first clock
/// and the first after it.
pub(crate) type Deleted = Vec<(u64, Vec<(u64, u64)>)>;

/// What an update deleted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Applied {
    /// All of it.
    pub(crate) deleted: Deleted,
    /// What it does not name, because it lost to another value or stands in something deleted.
    pub(crate) unnamed: Deleted,
}

/// A stored page as it was put together again.
pub(crate) struct Replayed {
    pub(crate) document: Document,
    /// What the page went through, if it knows all that is deleted in the document.
    pub(crate) gate: Option<Gate>,
    /// How many updates were left out because they cannot be applied.
    pub(crate) left_out: usize,
    /// The clocks of the snapshot.
    pub(crate) snapshot: Vec<(u64, u64)>,
    /// What became deleted since the snapshot without being named, by the update that did it.
    pub(crate) unnamed: Vec<(usize, Deleted)>,
}

fn stretches_of(set: &IdSet) -> Deleted {
    set.iter()
        .map(|(client, ranges)| {
            let stretches = ranges.iter();
            let stretches = stretches.map(|range| (range.start.into(), range.end.into()));
            (client.get(), stretches.collect())
        })
        .collect()
}

fn is_missing_something(found: &Rejection) -> bool {
    use HeldReason::{Gap, Skip, UnknownReference};
    matches!(
        found,
        Rejection::Held(Gap { .. } | Skip { .. } | UnknownReference { .. })
    )
}

pub(crate) struct Document {
    doc: Doc,
    /// An encoding of `doc` as it is now.
    encoded: Option<Bytes>,
}

impl Document {
    /// A document without content.
    pub(crate) fn empty() -> Self {
        let doc = Doc::with_options(Options {
            // The document never writes, so the id is never used.
            client_id: ClientID::new(1),
            offset_kind: OffsetKind::Utf16,
            skip_gc: false,
            cleanup_formatting: false,
            ..Options::default()
        });
        Self { doc, encoded: None }
    }

    /// Puts a stored page together again.
    ///
    /// An update may stand in the journal without the one it builds on: an append failed and
    /// a later one of the same client did not. It was never counted as saved and its client sends
    /// it again. yrs would show it beyond the hole, where Yjs waits, and miscount when the hole is
    /// filled; so the gate looks for holes, and what has one before it is left out.
    pub(crate) fn replay(schema: &Arc<Schema>, page: &LoadedPage) -> Result<Replayed, ReplayError> {
        let mut broken = BTreeSet::new();
        loop {
            match Self::replay_without(schema, page, &broken) {
                Ok(mut replayed) => {
                    replayed.left_out += broken.len();
                    return Ok(replayed);
                }
                // A failed update may be half applied: begin again without it.
                Err(Some(index)) => {
                    if !broken.insert(index) {
                        return Err(ReplayError::Snapshot);
                    }
                }
                Err(None) => return Err(ReplayError::Snapshot),
            }
        }
    }

    /// `Err` names the update that could not be applied; `None` the snapshot.
    fn replay_without(
        schema: &Arc<Schema>,
        page: &LoadedPage,
        broken: &BTreeSet<usize>,
    ) -> Result<Replayed, Option<usize>> {
        let (mut document, mut gate) = (Self::empty(), Gate::new(schema.clone()));
        let mut is_as_stored = false;
        if let Some(stored) = &page.snapshot {
            let applied = document.apply(stored).map_err(|ApplyFailed| None)?;
            gate.seed(stored).map_err(|_| None)?;
            // Nothing else is in it, so it need not be encoded, nor the gate made, once more.
            is_as_stored = page.updates.is_empty() && applied.unnamed.is_empty();
            document.encoded = is_as_stored.then(|| stored.clone());
        }
        let snapshot = document.clocks();
        let mut unnamed = Vec::new();
        let mut waiting: Vec<(usize, &Bytes)> = page
            .updates
            .iter()
            .enumerate()
            .filter(|(index, _)| !broken.contains(index))
            .collect();
        loop {
            let before = waiting.len();
            let mut held = Vec::new();
            for (index, update) in waiting {
                let seeded = gate.seed(update);
                if seeded
                    .as_ref()
                    .is_err_and(|err| is_missing_something(&err.found))
                {
                    held.push((index, update));
                    continue;
                }
                let applied = document.apply(update);
                let applied = applied.map_err(|ApplyFailed| Some(index))?;
                if !applied.unnamed.is_empty() {
                    unnamed.push((index, applied.unnamed));
                }
                if seeded.is_err() {
                    // It was let in once, by other rules. Go on from what it made.
                    gate = Gate::new(schema.clone());
                    gate.seed(&document.encoded()).map_err(|_| Some(index))?;
                }
            }
            if held.is_empty() || held.len() == before {
                return Ok(Replayed {
                    document,
                    gate: is_as_stored.then_some(gate),
                    left_out: held.len(),
                    snapshot,
                    unnamed,
                });
            }
            waiting = held;
        }
    }

    /// Applies an update that builds only on what is there, a long one in parts [G-28]. Says what that
    /// deleted.
    pub(crate) fn apply(&mut self, update: &[u8]) -> Result<Applied, ApplyFailed> {
        self.encoded = None;
        let (mut deleted, mut named) = (IdSet::default(), IdSet::default());
        for part in split(update).ok_or(ApplyFailed)? {
            let part = Update::decode_v1(&part).map_err(|_| ApplyFailed)?;
            // The last one has all of them.
            named = part.delete_set().clone();
            deleted.merge_with(self.integrate(part)?);
        }
        if self.doc.transact().has_missing_updates() {
            return Err(ApplyFailed);
        }
        Ok(Applied {
            unnamed: stretches_of(&deleted.diff(&named)),
            deleted: stretches_of(&deleted),
        })
    }

    fn integrate(&mut self, update: Update) -> Result<IdSet, ApplyFailed> {
        let doc = &self.doc;
        // The second line of defence behind the gate; after a panic the document is not used again.
        let applied = catch_unwind(AssertUnwindSafe(|| {
            let mut transaction = doc.transact_mut();
            let applied = transaction.apply_update(update);
            applied.map(|()| transaction.delete_set().clone())
        }));
        match applied {
            Ok(Ok(deleted)) => Ok(deleted),
            Ok(Err(_)) | Err(_) => Err(ApplyFailed),
        }
    }

    /// The whole document as one update, garbage collected.
    pub(crate) fn encoded(&mut self) -> Bytes {
        let doc = &self.doc;
        self.encoded
            .get_or_insert_with(|| {
                let transaction = doc.transact();
                transaction.encode_diff_v1(&StateVector::default()).into()
            })
            .clone()
    }

    /// What somebody with these clocks lacks, and all deletions.
    pub(crate) fn beyond(&mut self, clocks: &[(u64, u64)]) -> Bytes {
        if clocks.is_empty() {
            return self.encoded();
        }
        let transaction = self.doc.transact();
        let known = transaction.state_vector();
        // Clients that the document lacks, and clocks beyond it, say nothing about what to send.
        let clocks: StateVector = clocks
            .iter()
            .map(|&(client, clock)| {
                (
                    ClientID::new(client),
                    u32::try_from(clock).unwrap_or(u32::MAX),
                )
            })
            .map(|(client, clock)| (client, clock.min(known.get(&client))))
            .filter(|&(_, clock)| clock > 0)
            .collect();
        transaction.encode_diff_v1(&clocks).into()
    }

    /// The clocks of all clients.
    pub(crate) fn clocks(&self) -> Vec<(u64, u64)> {
        let vector = self.doc.transact().state_vector();
        vector
            .iter()
            .map(|(client, &clock)| (client.get(), u64::from(clock)))
            .collect()
    }

    /// For looking at the content.
    pub(crate) fn doc(&self) -> &Doc {
        &self.doc
    }

    /// Whether the encoding, read back, is the same document: the same clocks and deletions, and
    /// it shows the same. The bytes may differ, see [`shown`].
    pub(crate) fn reads_back(&mut self) -> bool {
        let mut copy = Self::empty();
        copy.apply(&self.encoded()).is_ok()
            && copy.doc.transact().snapshot() == self.doc.transact().snapshot()
            && shown(&copy.doc) == shown(&self.doc)
    }
}

//! A journal in memory, and what is known of its content.

use std::sync::Arc;

use bytes::Bytes;
use denkraum_domain::PersonId;
use denkraum_sync::{LoadedPage, Schema, durable_state, lost_texts};

use crate::support::{self, Ids};

/// One append, not yet durable.
#[derive(Clone)]
pub(crate) struct Entry {
    pub(crate) update: Bytes,
    pub(crate) by: PersonId,
    pub(crate) clients: Vec<u64>,
}

pub(crate) struct Journal {
    schema: Arc<Schema>,
    snapshot: Option<Bytes>,
    updates: Vec<(u64, Bytes)>,
    owners: Vec<(u64, PersonId)>,
    position: u64,
    /// All that ever became durable.
    written: Ids,
    deleted: Ids,
    /// What of that is text.
    texts: Ids,
    /// Lost text that is kept.
    kept: Ids,
}

impl Journal {
    pub(crate) fn new() -> Self {
        Self {
            schema: support::schema(),
            snapshot: None,
            updates: Vec::new(),
            owners: Vec::new(),
            position: 0,
            written: Ids::new(),
            deleted: Ids::new(),
            texts: Ids::new(),
            kept: Ids::new(),
        }
    }

    pub(crate) fn append(&mut self, entry: &Entry) -> u64 {
        self.position += 1;
        self.updates.push((self.position, entry.update.clone()));
        for &client in &entry.clients {
            if self.owners.iter().all(|(known, _)| *known != client) {
                self.owners.push((client, entry.by));
            }
        }
        let (written, deleted) = support::contents(&entry.update);
        self.written.extend(written);
        self.deleted.extend(deleted);
        self.texts.extend(support::text_ids(&entry.update));
        self.position
    }

    /// Keeps what was lost; says how much of it is new.
    pub(crate) fn keep(&mut self) -> usize {
        let before = self.kept.len();
        for lost in lost_texts(&self.schema, &self.load()).unwrap() {
            assert!(!lost.text.is_empty());
            for (client, start, end) in lost.pieces {
                let clock = |clock: u64| u32::try_from(clock).unwrap();
                let ids = (clock(start)..clock(end)).map(|clock| (client, clock));
                self.kept.extend(ids);
            }
        }
        self.kept.len() - before
    }

    /// Every letter that came here can be read, was deleted by somebody who saw it, or is kept.
    pub(crate) fn assert_nothing_vanished(&self, deleted: &Ids) {
        let (_, gone) = support::contents(&self.state());
        let vanished: Vec<_> = self
            .texts
            .iter()
            .filter(|id| gone.contains(id) && !deleted.contains(id) && !self.kept.contains(id))
            .collect();
        assert!(vanished.is_empty(), "vanished: {vanished:?}");
    }

    pub(crate) fn compact(&mut self, upto: u64, owners: Vec<(u64, PersonId)>, state: Bytes) {
        self.updates.retain(|(position, _)| *position > upto);
        self.snapshot = Some(state);
        for owner in owners {
            if self.owners.iter().all(|(known, _)| *known != owner.0) {
                self.owners.push(owner);
            }
        }
    }

    pub(crate) fn load(&self) -> LoadedPage {
        LoadedPage {
            snapshot: self.snapshot.clone(),
            updates: self
                .updates
                .iter()
                .map(|(_, update)| update.clone())
                .collect(),
            owners: self.owners.clone(),
            upto: self.position,
        }
    }

    pub(crate) fn state(&self) -> Bytes {
        durable_state(&self.schema, &self.load()).unwrap()
    }

    /// Everything in this update was durable at some time.
    pub(crate) fn assert_durable(&self, update: &[u8]) {
        let (written, deleted) = support::contents(update);
        let unknown: Vec<_> = written.difference(&self.written).collect();
        assert!(
            unknown.is_empty(),
            "sent before it was durable: {unknown:?}"
        );
        if !deleted.is_subset(&self.deleted) {
            // What is written into something deleted is deleted with it, without an entry.
            let (_, known) = support::contents(&self.state());
            assert!(
                deleted.is_subset(&known),
                "a deletion was sent before it was durable"
            );
        }
    }

    /// A server started now would have all of this.
    pub(crate) fn assert_holds(&self, written: &Ids, deleted: &Ids) {
        let (has, lacks) = support::contents(&self.state());
        let lost: Vec<_> = written.difference(&has).collect();
        assert!(lost.is_empty(), "saved and lost: {lost:?}");
        assert!(deleted.is_subset(&lacks), "a deletion was saved and lost");
    }
}

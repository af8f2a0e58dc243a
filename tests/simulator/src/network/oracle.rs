//! What is known of one page's entries, and what must be there for it.

use std::sync::Arc;

use bytes::Bytes;
use denkraum_journal::{Body, Entry};
use denkraum_sync::{LoadedPage, Schema, durable_state, lost_texts};

use crate::rules::holds;
use crate::support::{self, Ids};

pub(crate) struct Oracle {
    schema: Arc<Schema>,
    /// All that ever became durable.
    pub(crate) written: Ids,
    pub(crate) deleted: Ids,
    /// What of that is text, and came into the document.
    texts: Ids,
    /// What is durable and was left out of it, because what it builds on had failed: written, deleted.
    left_out: (Ids, Ids),
    /// Lost text that is kept.
    kept: Ids,
    /// What people were told is saved.
    saved: (Ids, Ids),
    /// What was deleted by people who saw it.
    pub(crate) seen_deleted: Ids,
}

impl Oracle {
    pub(crate) fn new(schema: Arc<Schema>) -> Self {
        Self {
            schema,
            written: Ids::new(),
            deleted: Ids::new(),
            texts: Ids::new(),
            left_out: (Ids::new(), Ids::new()),
            kept: Ids::new(),
            saved: (Ids::new(), Ids::new()),
            seen_deleted: Ids::new(),
        }
    }

    /// An entry of the page is durable.
    pub(crate) fn note(&mut self, entry: &Entry) {
        if let Body::PageUpdate { update, .. } = &entry.body {
            let (written, deleted) = support::contents(update);
            self.written.extend(written);
            self.deleted.extend(deleted);
        }
    }

    /// An update has become part of the document.
    pub(crate) fn enters(&mut self, update: &[u8]) {
        self.texts.extend(support::text_ids(update));
        let (written, deleted) = support::contents(update);
        self.left_out.0.retain(|id| !written.contains(id));
        self.left_out.1.retain(|id| !deleted.contains(id));
    }

    /// Whether the document has what was written, as far as it is durable.
    pub(crate) fn has_written(&self, id: &(u64, u32)) -> bool {
        self.written.contains(id) && !self.left_out.0.contains(id)
    }

    /// Whether the document lacks what was deleted, as far as it is durable.
    pub(crate) fn has_deleted(&self, id: &(u64, u32)) -> bool {
        self.deleted.contains(id) && !self.left_out.1.contains(id)
    }

    /// What a page is loaded from is part of the document, but for what is left out.
    pub(crate) fn note_loaded(&mut self, page: &LoadedPage) {
        let (there, gone) = support::contents(&self.state(page));
        for update in &page.updates {
            let (written, deleted) = support::contents(update);
            if written.is_subset(&there) {
                let texts = support::text_ids(update);
                self.texts.extend(texts.difference(&self.left_out.0));
            } else {
                self.left_out.0.extend(written.difference(&there));
                self.left_out.1.extend(deleted.difference(&gone));
            }
        }
    }

    /// Keeps what was lost; says how much of it is new.
    pub(crate) fn keep(&mut self, page: &LoadedPage) -> usize {
        let before = self.kept.len();
        for lost in lost_texts(&self.schema, page).unwrap() {
            holds("S-38", !lost.text.is_empty(), || {
                "nothing is kept".to_owned()
            });
            for (client, start, end) in lost.pieces {
                let clock = |clock: u64| u32::try_from(clock).unwrap();
                let ids = (clock(start)..clock(end)).map(|clock| (client, clock));
                self.kept.extend(ids);
            }
        }
        self.kept.len() - before
    }

    /// The page as a server started now would have it.
    pub(crate) fn state(&self, page: &LoadedPage) -> Bytes {
        durable_state(&self.schema, page).unwrap()
    }

    /// Every letter that came into the document can be read, was deleted by somebody who saw it, or is kept.
    pub(crate) fn check_nothing_vanished(&self, rule: &'static str, page: &LoadedPage) {
        let (_, gone) = support::contents(&self.state(page));
        let is_vanished = |id: &&(u64, u32)| {
            gone.contains(id) && !self.seen_deleted.contains(id) && !self.kept.contains(id)
        };
        let vanished: Vec<_> = self.texts.iter().filter(is_vanished).collect();
        holds(rule, vanished.is_empty(), || {
            format!("vanished: {vanished:?}")
        });
    }

    /// Everything in this update was durable at some time.
    pub(crate) fn check_durable(
        &self,
        rule: &'static str,
        update: &[u8],
        page: impl FnOnce() -> LoadedPage,
    ) {
        let (written, deleted) = support::contents(update);
        let unknown: Vec<_> = written.difference(&self.written).collect();
        holds(rule, unknown.is_empty(), || {
            format!("shown before it was durable: {unknown:?}")
        });
        if !deleted.is_subset(&self.deleted) {
            // What is written into something deleted is deleted with it, without an entry.
            let (_, known) = support::contents(&self.state(&page()));
            holds(rule, deleted.is_subset(&known), || {
                "a deletion was shown before it was durable".to_owned()
            });
        }
    }

    /// These messages were said to be saved.
    pub(crate) fn note_saved(&mut self, messages: Vec<(Ids, Ids)>) {
        for (written, deleted) in messages {
            self.saved.0.extend(written);
            self.saved.1.extend(deleted);
        }
    }

    /// A server started now would have all that was said to be saved.
    pub(crate) fn check_saved(&self, page: &LoadedPage) {
        let (has, lacks) = support::contents(&self.state(page));
        let lost: Vec<_> = self.saved.0.difference(&has).collect();
        holds("S-21", lost.is_empty(), || {
            format!("saved and lost: {lost:?}")
        });
        holds("S-21", self.saved.1.is_subset(&lacks), || {
            "a deletion was saved and lost".to_owned()
        });
    }
}

//! The storage half: pages of opaque updates and records, written while the disk fails, the power is
//! cut, pages are compacted and deleted, and the journal is rewritten.

mod failing;
mod records;

use std::rc::Rc;
use std::time::Duration;

use bytes::Bytes;
use denkraum_domain::{PageId, PersonId};
use denkraum_journal_file::Options;
use denkraum_store::{AppendError, PageUpdate, Position, Subject};
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use tokio::runtime::Runtime;

use crate::rules::{equal, holds, note};
use crate::shelf::{Crash, Shelf};

const PAGES: u128 = 5;
/// So many bytes wait at most.
const QUEUE: usize = 40_000;

pub(crate) struct Storage {
    rng: SmallRng,
    shelf: Shelf,
    count: u64,
}

impl Storage {
    pub(crate) fn new(seed: u64, runtime: Rc<Runtime>) -> Self {
        let mut rng = SmallRng::seed_from_u64(seed);
        let options = Options {
            increment_bytes: [1500, 6000, 40_000][rng.random_range(0..3)],
            allocate_bytes: [512, 4096][rng.random_range(0..2)],
            queue_bytes: QUEUE,
            retry_after: Duration::from_millis(1),
            ..Options::default()
        };
        Self {
            rng,
            shelf: Shelf::new(runtime, options),
            count: 0,
        }
    }

    pub(crate) fn run(&mut self, steps: u32) {
        for _ in 0..steps {
            self.step();
        }
        self.shelf.restart();
    }

    fn step(&mut self) {
        match self.rng.random_range(0..34) {
            0..10 => self.does("write", Self::write),
            10..13 => self.does("compact", Self::compact),
            13..17 => self.does("write a record", Self::record),
            17 => self.does("delete", Self::delete),
            18..20 => self.does("rewrite beside writers", Self::rewrite_beside_writers),
            20 => self.does("end within a rewrite", Self::rewrite_until_a_call_fails),
            21 => self.does("fail a call", Self::call_fails),
            22 => self.does("fail a write", Self::write_fails),
            23 => self.does("fail a sync", Self::sync_fails),
            24 => self.does("fill the disk", Self::disk_is_full),
            25 => self.does("ask for what is refused", Self::refusals),
            26 => self.does("forget an append", Self::forget_an_append),
            27 => self.does("end amid writes", Self::crash_amid),
            28 => self.does("end", Self::crash),
            29 => self.does("change a byte", Self::flip_a_byte),
            30 => self.does("note what was derived", Self::project),
            31 => self.does("write more than may wait", Self::fill_the_queue),
            32 => self.does("meet a later format", |storage| {
                storage.shelf.meet_a_later_format();
            }),
            _ => self.does("restart", |storage| storage.shelf.restart()),
        }
    }

    fn does(&mut self, what: &str, act: impl FnOnce(&mut Self)) {
        note(what);
        act(self);
    }

    fn crash(&mut self) {
        let crash = Crash::any(&mut self.rng);
        self.shelf.crash(crash, &mut self.rng);
    }

    fn flip_a_byte(&mut self) {
        self.shelf.flip_a_byte(&mut self.rng);
    }

    /// What was derived from a page is stale from its next change on.
    fn project(&mut self) {
        let page = self.page();
        let Some(stored) = self.shelf.load(page) else {
            return;
        };
        let is_late = self.rng.random();
        if is_late {
            let update = self.update();
            let appended = self.shelf.append(vec![PageUpdate { page, ..update }]);
            holds("F-12", appended.iter().all(Result::is_ok), || {
                format!("a sound disk: {appended:?}")
            });
        }
        let is_stale = self.shelf.is_stale_when_derived(page, stored.upto);
        equal("V-12", &is_stale, &is_late, || format!("stale: {page}"));
    }

    fn page(&mut self) -> PageId {
        PageId::from_u128(self.rng.random_range(1..=PAGES))
    }

    fn update(&mut self) -> PageUpdate {
        self.count += 1;
        let person = self.rng.random_range(1..4_u64);
        let length = [0, 10, 200, 900, 5000][self.rng.random_range(0..5)];
        let mut text = format!("{} {}", self.count, "x".repeat(length)).into_bytes();
        if self.rng.random_range(0..40) == 0 {
            // Somebody's text may be a piece of such a file.
            text.extend(self.shelf.some_frame().unwrap_or_default());
        }
        PageUpdate {
            page: self.page(),
            at: self.shelf.now(),
            by: (person < 3).then(|| PersonId::from_u128(person.into())),
            connection: person,
            clients: (0..self.rng.random_range(0..3))
                .map(|_| self.rng.random_range(1..9))
                .collect(),
            update: Bytes::from(text),
        }
    }

    /// Updates of pages that exist, or may begin to.
    fn updates(&mut self) -> Vec<PageUpdate> {
        let count = self.rng.random_range(1..5);
        let updates = (0..count).map(|_| self.update()).collect::<Vec<_>>();
        updates
            .into_iter()
            .filter(|update| !self.is_deleted(update.page))
            .collect()
    }

    fn is_deleted(&self, page: PageId) -> bool {
        let mut entries = self.shelf.known.values();
        entries.any(|entry| {
            entry.subject == Subject::Page(page)
                && matches!(entry.body, denkraum_journal::Body::PageDelete)
        })
    }

    fn write(&mut self) {
        let updates = self.updates();
        for appended in self.shelf.append(updates) {
            holds("F-12", appended.is_ok(), || {
                format!("a sound disk: {appended:?}")
            });
        }
        if self.rng.random_range(0..4) == 0 {
            self.shelf.check_view();
        }
    }

    /// What is too much is refused at once; what was taken is written.
    fn fill_the_queue(&mut self) {
        let page = self.page();
        if self.is_deleted(page) {
            return;
        }
        let updates = (0..12).map(|_| {
            let text = format!("{} {}", self.count, "x".repeat(5000));
            let update = Bytes::from(text.into_bytes());
            self.count += 1;
            PageUpdate {
                page,
                update,
                ..self.update()
            }
        });
        let updates: Vec<_> = updates.collect();
        let appended = self.shelf.append(updates);
        let is_busy = |err: &AppendError| {
            matches!(
                err,
                AppendError::Journal(denkraum_journal::AppendError::Busy { .. })
            )
        };
        let refused = appended
            .iter()
            .filter_map(|appended| appended.as_ref().err());
        let refused: Vec<_> = refused.collect();
        let taken = 5000 * (appended.len() - refused.len());
        let is_right = taken <= QUEUE && !refused.is_empty() && refused.into_iter().all(is_busy);
        holds("F-14", is_right, || format!("{taken} wait: {appended:?}"));
        self.write();
    }

    fn compact(&mut self) {
        let page = self.page();
        let Some(stored) = self.shelf.load(page) else {
            return;
        };
        // Any update that is there: later ones stay.
        let parts = stored.snapshot.iter().chain(&stored.updates);
        let mut state = parts.flatten().copied().collect::<Vec<_>>();
        state.truncate(3000);
        let upto = match self.rng.random_range(0..3) {
            0 => stored.snapshot_at,
            _ => stored.upto,
        };
        let compacted = self.shelf.compact(page, upto, Vec::new(), state.into());
        holds("J-8", compacted, || {
            format!("{page} up to {upto} was not compacted")
        });
    }

    fn delete(&mut self) {
        let page = self.page();
        if self.rng.random_range(0..3) > 0 {
            return;
        }
        self.shelf.has_deleted = true;
        let at = self.shelf.now();
        let deleted = self.shelf.run(self.shelf.store.delete_page(page, None, at));
        holds("V-8", deleted.is_ok(), || format!("{deleted:?}"));
        // It asks for a rewrite. One of these two comes after that, whichever begins first.
        self.shelf.rewrite();
        self.shelf.rewrite();
        holds("V-8", self.shelf.load(page).is_none(), || {
            format!("{page} is still there")
        });
        let late = PageUpdate {
            page,
            ..self.update()
        };
        let refused = self.shelf.run(self.shelf.store.append_update(late));
        holds("V-8", refused.is_err(), || {
            format!("deleted {page} took an update")
        });
    }

    fn rewrite_beside_writers(&mut self) {
        let updates = self.updates();
        let appended = self.shelf.rewrite_beside(updates);
        for appended in appended {
            holds("J-13", appended.is_ok(), || format!("{appended:?}"));
        }
    }

    fn crash_amid(&mut self) {
        let updates = self.updates();
        let crash = Crash::any(&mut self.rng);
        self.shelf.crash_amid(crash, updates, &mut self.rng);
    }

    /// What is refused changes nothing.
    fn refusals(&mut self) {
        let before = self.shelf.known.clone();
        let page = self.page();
        let ahead = self
            .shelf
            .known
            .keys()
            .next_back()
            .copied()
            .unwrap_or_default();
        let ahead = Position::new(ahead.get() + 5);
        let compacted = self.shelf.compact(page, ahead, Vec::new(), Bytes::new());
        holds("J-9", !compacted, || {
            "compacted what is not durable".to_owned()
        });
        let with_large = self.rng.random_range(0..100) == 0;
        holds("J-11", self.shelf.refuses_misfits(with_large), || {
            "took what does not fit its subject, or is too large".to_owned()
        });
        holds("J-14", self.shelf.refuses_unsealed(), || {
            "rewritten without a seal".to_owned()
        });
        equal("J-14", &self.shelf.known, &before, || {
            "after refusals".to_owned()
        });
        self.shelf.check_view();
    }

    /// Nobody waits for the answer; the entry is there all the same.
    fn forget_an_append(&mut self) {
        let update = self.update();
        if self.is_deleted(update.page) {
            return;
        }
        self.shelf.append_and_forget(update.clone());
        let is_there = self.shelf.known.values().any(|entry| {
            matches!(&entry.body, denkraum_journal::Body::PageUpdate { update: text, .. } if *text == update.update)
        });
        holds("J-4", is_there, || {
            "a dropped append took its entry back".to_owned()
        });
    }
}

/// So many things happen in the life of a seed.
const STEPS: u32 = 60;

/// The storage of a seed.
pub(crate) fn run(seed: u64, runtime: &Rc<Runtime>) {
    Storage::new(seed, Rc::clone(runtime)).run(STEPS);
}

//! The end of a server, and the start of the next one on what its disk kept.

use denkraum_journal::{Journal, ReadError};
use denkraum_journal_file::OpenError;
use denkraum_store::{PageUpdate, Position};
use futures_util::StreamExt;
use rand::RngExt;
use rand::rngs::SmallRng;

use super::{Entries, Shelf, entry_of, open, open_store};
use crate::rules::{equal, holds, note};
use crate::sim::{PowerCut, Sectors, SimDisk};

/// How the server ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Crash {
    /// The process is killed: everything written is there.
    Kill,
    /// The power fails: of what was not synced a beginning is there.
    Torn,
    /// The power fails: of what was not synced any sectors are there.
    Sectors,
}

impl Crash {
    pub(crate) fn any(rng: &mut SmallRng) -> Self {
        [Self::Kill, Self::Torn, Self::Sectors][rng.random_range(0..3)]
    }

    /// What the next start finds.
    fn leaves(self, disk: &SimDisk, rng: &mut SmallRng) -> SimDisk {
        note(format!("{self:?}"));
        match self {
            Self::Kill => disk.after_kill(),
            Self::Torn => {
                let bytes = rng.random_range(0..=disk.unsynced_bytes());
                disk.after(&PowerCut::Bytes(bytes))
            }
            Self::Sectors => {
                let size = [512, 4096][rng.random_range(0..2)];
                let (sectors, names) = disk.unsynced(size);
                let kept: Vec<bool> = (0..sectors).map(|_| rng.random()).collect();
                let stays = |sector: usize| kept.get(sector).copied().unwrap_or_default();
                disk.after(&PowerCut::Sectors(Sectors {
                    size,
                    stays: &stays,
                    names: rng.random_range(0..=names),
                }))
            }
        }
    }
}

impl Shelf {
    /// Ends the server while these updates are under way, the first of them right before its sync.
    pub(crate) fn crash_amid(
        &mut self,
        crash: Crash,
        under_way: Vec<PageUpdate>,
        rng: &mut SmallRng,
    ) {
        self.tried.extend(under_way.iter().map(entry_of));
        let is_held = self.syncs_next() && !under_way.is_empty();
        if is_held {
            self.disk.hold_syncs();
        }
        let mut under_way = under_way.into_iter();
        let first = under_way
            .next()
            .map(|first| self.store.append_update(first));
        if is_held {
            self.disk.wait_for_sync();
        }
        let left = crash.leaves(&self.disk, rng);
        // The old process goes on with a disk that nobody looks at any more.
        self.disk.let_syncs(None);
        drop(first);
        self.start_on(left, true);
    }

    /// Ends the server right now.
    pub(crate) fn crash(&mut self, crash: Crash, rng: &mut SmallRng) {
        let left = crash.leaves(&self.disk, rng);
        self.start_on(left, true);
    }

    /// Ends the server in an orderly way.
    pub(crate) fn restart(&mut self) {
        let locked = open(&self.disk, self.options);
        let is_locked = matches!(locked, Err(OpenError::Locked { .. }));
        holds("F-1", is_locked, || "opened a second time".to_owned());
        let before = self.seen();
        self.run(self.store.close());
        self.run(self.journal.close());
        self.follow();
        self.check_increments();
        self.check_layout();
        let refused = self.run(self.journal.append(self.last_entry()));
        holds("J-10", refused.is_err(), || {
            "a closed journal took an entry".to_owned()
        });
        self.start_on(self.disk.clone(), false);
        equal("V-1", &self.seen(), &before, || {
            "a view made from the journal".to_owned()
        });
    }

    pub(super) fn last_entry(&self) -> denkraum_journal::Entry {
        let last = self.known.values().next_back().cloned();
        last.unwrap_or_else(|| denkraum_journal::contract::update(1, "first"))
    }

    pub(super) fn start_on(&mut self, disk: SimDisk, may_have_more: bool) {
        let (journal, opened) = match open(&disk, self.options) {
            Ok(opened) => opened,
            Err(err) => panic!("[F-9] the journal does not open again: {err}"),
        };
        equal("J-1", &journal.id(), &super::ID, || "the id".to_owned());
        let lost = opened.damage.iter().find(|damage| !damage.unconfirmed);
        holds("F-10", lost.is_none(), || {
            format!("confirmed and lost: {lost:?}")
        });
        let durable = journal.durable();
        let mut found = Entries::new();
        let mut last = Position::START;
        let mut tail = journal.tail(Position::START);
        while last < durable {
            match self.run(tail.next()) {
                Some(Ok((position, entry))) => {
                    holds("J-5", position > last && position <= durable, || {
                        format!("{position} after {last}")
                    });
                    last = position;
                    found.insert(position, entry);
                }
                Some(Err(ReadError::Damaged(damage))) => {
                    holds("F-10", damage.unconfirmed, || {
                        format!("confirmed and lost: {damage}")
                    });
                    last = last.max(damage.last);
                }
                other => panic!("[J-5] after {last} of {durable}: {other:?}"),
            }
        }
        self.store = self.run(open_store(&journal));
        (self.changes, self.heard) = (journal.health_changes(), None);
        (self.disk, self.journal, self.tail) = (disk, journal, tail);
        self.is_planned = false;
        self.check_reopened(found, may_have_more);
    }
}

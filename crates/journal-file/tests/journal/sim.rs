//! A disk in memory that can fail at any call and lose what was not synced.

mod disk;
mod open;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::Duration;

/// What a call takes: a slow disk.
const CALL: Duration = Duration::from_millis(10);
/// What a pause takes in truth, however long it was wanted: others get the processor.
const PAUSE: Duration = Duration::from_micros(200);

/// A disk in memory. Clones are handles of the same disk.
#[derive(Clone, Default)]
pub(crate) struct SimDisk(Arc<(Mutex<State>, Condvar)>);

#[derive(Clone, Default)]
struct State {
    /// The names as a program sees them.
    names: BTreeMap<PathBuf, usize>,
    /// The names that a power cut leaves.
    durable_names: BTreeMap<PathBuf, usize>,
    /// The names after each change since then, oldest first.
    later_names: Vec<BTreeMap<PathBuf, usize>>,
    files: Vec<Content>,
    locked: Vec<PathBuf>,
    /// So many more syncs are let through; all if nothing is said.
    syncs_let: Option<usize>,
    /// A sync waits to be let through.
    sync_waits: bool,
    /// Whoever pauses waits to be let go.
    pauses_held: bool,
    /// The time as the journal knows it: each call takes some, and so does each pause.
    clock: Duration,
    /// Calls since the plan was made.
    calls: Calls,
    plan: Plan,
}

#[derive(Clone, Default)]
struct Content {
    seen: Vec<u8>,
    durable: Vec<u8>,
    /// What was done since the last sync, oldest first.
    unsynced: Vec<Change>,
}

#[derive(Clone)]
enum Change {
    Write { offset: usize, bytes: Vec<u8> },
    Length(usize),
}

/// How often what was called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Calls {
    pub(crate) writes: usize,
    pub(crate) syncs: usize,
    pub(crate) all: usize,
}

/// What is to fail. Numbers count from 0 and from when the plan was made.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Plan {
    /// This write fails, and leaves half of its bytes.
    pub(crate) write: Option<usize>,
    /// This sync fails, and keeps nothing.
    pub(crate) sync: Option<usize>,
    /// This call fails.
    pub(crate) any: Option<usize>,
    /// This call and all after it fail, as if the program had ended there.
    pub(crate) from: Option<usize>,
    /// Of so many calls the last one fails, again and again.
    pub(crate) every: Option<usize>,
    /// At most so many bytes fit on the disk.
    pub(crate) space: Option<usize>,
    /// Cutting a file fails.
    pub(crate) cut: bool,
    /// Calls that only look (open, list, length, read) count and fail as well.
    pub(crate) looks: bool,
    /// Reading what is in a file fails.
    pub(crate) reads: bool,
}

/// How the disk goes through a power cut.
pub(crate) enum PowerCut<'a> {
    /// Nothing stays that was not synced.
    NothingUnsynced,
    /// Of all unsynced writes of all files the first so many bytes stay.
    Bytes(usize),
    /// Any sectors stay and any are lost, whatever the order in which they were written.
    Sectors(Sectors<'a>),
}

/// What stays of what was not synced.
pub(crate) struct Sectors<'a> {
    /// The bytes of a sector, written as a whole or not at all.
    pub(crate) size: usize,
    /// Whether the n-th sector that was written stays; a changed length counts as one.
    pub(crate) stays: &'a dyn Fn(usize) -> bool,
    /// So many changes of names stay.
    pub(crate) names: usize,
}

impl<'a> Sectors<'a> {
    /// Sectors of 512 bytes, and no name that was not synced.
    pub(crate) const fn of_512(stays: &'a dyn Fn(usize) -> bool) -> Self {
        Self {
            size: 512,
            stays,
            names: 0,
        }
    }

    fn keep(&self, durable: &mut Vec<u8>, change: &Change, sector: &mut usize) {
        let mut stays = || {
            *sector += 1;
            (self.stays)(*sector - 1)
        };
        match change {
            Change::Length(_) => {
                if stays() {
                    apply(durable, change);
                }
            }
            Change::Write { offset, bytes } => {
                let mut at = 0;
                while at < bytes.len() {
                    let end = ((offset + at) / self.size + 1) * self.size - offset;
                    let part = &bytes[at..end.min(bytes.len())];
                    if stays() {
                        let part = Change::Write {
                            offset: offset + at,
                            bytes: part.to_vec(),
                        };
                        apply(durable, &part);
                    }
                    at = end;
                }
            }
        }
    }
}

fn apply(content: &mut Vec<u8>, change: &Change) {
    match change {
        Change::Write { offset, bytes } => {
            let end = offset + bytes.len();
            if content.len() < end {
                content.resize(end, 0);
            }
            content[*offset..end].copy_from_slice(bytes);
        }
        Change::Length(length) => content.resize(*length, 0),
    }
}

impl SimDisk {
    fn lock_state(&self) -> MutexGuard<'_, State> {
        self.0.0.lock().unwrap()
    }

    /// Fails what `plan` says from now on.
    pub(crate) fn plan(&self, plan: Plan) {
        let mut state = self.lock_state();
        state.plan = plan;
        state.calls = Calls::default();
    }

    /// From now on syncs wait, until they are let through.
    pub(crate) fn hold_syncs(&self) {
        self.lock_state().syncs_let = Some(0);
    }

    /// Lets so many more syncs through; all if nothing is said.
    pub(crate) fn let_syncs(&self, count: Option<usize>) {
        self.lock_state().syncs_let = count;
        self.0.1.notify_all();
    }

    /// Returns once a sync waits to be let through.
    pub(crate) fn wait_for_sync(&self) {
        let state = self.lock_state();
        drop(
            self.0
                .1
                .wait_while(state, |state| !state.sync_waits)
                .unwrap(),
        );
    }

    /// From now on whoever pauses waits, or does not any more.
    pub(crate) fn hold_pauses(&self, hold: bool) {
        self.lock_state().pauses_held = hold;
        self.0.1.notify_all();
    }

    /// The time that has passed, as the journal knows it.
    pub(crate) fn clock(&self) -> Duration {
        self.lock_state().clock
    }

    pub(crate) fn calls(&self) -> Calls {
        self.lock_state().calls
    }

    /// The bytes written since the last syncs.
    pub(crate) fn unsynced_bytes(&self) -> usize {
        let state = self.lock_state();
        let changes = state.files.iter().flat_map(|file| &file.unsynced);
        let bytes = changes.map(|change| match change {
            Change::Write { bytes, .. } => bytes.len(),
            Change::Length(_) => 0,
        });
        bytes.sum()
    }

    /// How many sectors of so many bytes, and how many changes of names, are not synced.
    pub(crate) fn unsynced(&self, size: usize) -> (usize, usize) {
        let state = self.lock_state();
        let changes = state.files.iter().flat_map(|file| &file.unsynced);
        let sectors = changes.map(|change| match change {
            Change::Write { offset, bytes } => {
                (offset + bytes.len()).div_ceil(size) - offset / size
            }
            Change::Length(_) => 1,
        });
        (sectors.sum(), state.later_names.len())
    }

    /// The disk as another machine would find it after the power failed now.
    pub(crate) fn after(&self, cut: &PowerCut<'_>) -> Self {
        let mut state = self.lock_state().clone();
        let names = match cut {
            PowerCut::Sectors(Sectors { names, .. }) => *names,
            PowerCut::NothingUnsynced | PowerCut::Bytes(_) => 0,
        };
        let later = names.min(state.later_names.len()).checked_sub(1);
        state.names = later.map_or_else(
            || state.durable_names.clone(),
            |later| state.later_names[later].clone(),
        );
        state.durable_names.clone_from(&state.names);
        state.later_names.clear();
        state.forget_the_program();
        let (mut left, mut sector) = (if let PowerCut::Bytes(n) = cut { *n } else { 0 }, 0);
        for file in &mut state.files {
            for change in std::mem::take(&mut file.unsynced) {
                match (cut, &change) {
                    (PowerCut::NothingUnsynced, _) => {}
                    (PowerCut::Sectors(sectors), _) => {
                        sectors.keep(&mut file.durable, &change, &mut sector);
                    }
                    (PowerCut::Bytes(_), Change::Length(_)) => apply(&mut file.durable, &change),
                    (PowerCut::Bytes(_), Change::Write { offset, bytes }) => {
                        let kept = bytes[..left.min(bytes.len())].to_vec();
                        left -= kept.len();
                        let kept = Change::Write {
                            offset: *offset,
                            bytes: kept,
                        };
                        apply(&mut file.durable, &kept);
                    }
                }
            }
            file.seen.clone_from(&file.durable);
        }
        Self(Arc::new((Mutex::new(state), Condvar::new())))
    }

    /// The disk as a killed program leaves it: everything written is there, synced or not.
    pub(crate) fn after_kill(&self) -> Self {
        let mut state = self.lock_state().clone();
        state.forget_the_program();
        Self(Arc::new((Mutex::new(state), Condvar::new())))
    }

    pub(crate) fn content_of_all(&self) -> Vec<(PathBuf, Vec<u8>)> {
        self.names()
            .into_iter()
            .map(|path| (path.clone(), self.content(&path)))
            .collect()
    }

    /// The names of files, sorted.
    pub(crate) fn names(&self) -> Vec<PathBuf> {
        self.lock_state().names.keys().cloned().collect()
    }

    pub(crate) fn content(&self, path: &Path) -> Vec<u8> {
        let state = self.lock_state();
        state.files[state.names[path]].seen.clone()
    }

    /// Changes a file behind everybody's back, durably.
    pub(crate) fn edit(&self, path: &Path, edit: impl FnOnce(&mut Vec<u8>)) {
        let mut state = self.lock_state();
        let number = state.names[path];
        let file = &mut state.files[number];
        edit(&mut file.seen);
        file.durable.clone_from(&file.seen);
        file.unsynced.clear();
    }
}

impl State {
    fn forget_the_program(&mut self) {
        self.locked.clear();
        (self.plan, self.calls) = (Plan::default(), Calls::default());
        (self.syncs_let, self.sync_waits, self.pauses_held) = (None, false, false);
    }

    /// Counts a call, and fails if it is its turn.
    fn call(&mut self) -> io::Result<()> {
        let turn = self.calls.all;
        self.calls.all += 1;
        self.clock += CALL;
        let every = |count: usize| turn % count.max(1) == count.max(1) - 1;
        if self.plan.any == Some(turn) || self.has_ended(turn) || self.plan.every.is_some_and(every)
        {
            return Err(io::Error::other("planned"));
        }
        Ok(())
    }

    /// As [`State::call`] for a call that changes nothing, if those are to fail, too.
    fn look(&mut self) -> io::Result<()> {
        if self.plan.looks { self.call() } else { Ok(()) }
    }

    fn names_changed(&mut self) {
        self.later_names.push(self.names.clone());
    }

    fn has_ended(&self, turn: usize) -> bool {
        self.plan.from.is_some_and(|from| turn >= from)
    }

    fn room_for(&self, number: usize, length: usize) -> io::Result<()> {
        let others = self.names.values().filter(|other| **other != number);
        let used: usize = others.map(|other| self.files[*other].seen.len()).sum();
        match self.plan.space {
            Some(space) if used + length > space => Err(io::ErrorKind::StorageFull.into()),
            _ => Ok(()),
        }
    }
}

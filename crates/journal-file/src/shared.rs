//! What the writer tells the handles and tails of a journal.

use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use denkraum_journal::{Condition, JournalId, Position, ReadOnly};
use tokio::sync::watch;

use crate::File;
use crate::layout::{Kind, marker};
use crate::manifest::FileLine;
use crate::reader::Reader;

/// How far the journal is durable, and whether there will be more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Durable {
    /// The last durable position.
    pub(crate) position: Position,
    /// The number of the newest file.
    pub(crate) file: u64,
    /// Where its durable part ends.
    pub(crate) end: u64,
    /// No more will come.
    pub(crate) closed: bool,
}

/// What the writer tells everybody else.
pub(crate) struct Shared {
    pub(crate) id: JournalId,
    pub(crate) durable: watch::Sender<Durable>,
    /// Bytes that wait to be written.
    pub(crate) queued: AtomicUsize,
    files: Mutex<Arc<Vec<JournalFile>>>,
    pub(crate) condition: Condition,
}

/// An open file of the journal.
#[derive(Clone)]
pub(crate) struct JournalFile {
    pub(crate) line: FileLine,
    pub(crate) file: Arc<dyn File>,
}

impl JournalFile {
    /// Reads the file from its beginning.
    pub(crate) fn reader(&self, id: JournalId) -> Reader {
        let FileLine {
            kind,
            number,
            first,
            chain,
            ..
        } = self.line;
        let lost = self.line.lost.clone();
        let marker = marker(id, kind, number);
        Reader::new(
            self.line.name(),
            kind,
            Arc::clone(&self.file),
            marker,
            first,
            chain,
            lost,
        )
    }
}

impl Shared {
    pub(crate) fn new(id: JournalId, files: Vec<JournalFile>, durable: Durable) -> Self {
        Self {
            id,
            durable: watch::Sender::new(durable),
            queued: AtomicUsize::new(0),
            files: Mutex::new(Arc::new(files)),
            condition: Condition::default(),
        }
    }

    pub(crate) fn files(&self) -> Arc<Vec<JournalFile>> {
        Arc::clone(&lock(&self.files))
    }

    /// The bytes of the base, and of all increments together.
    pub(crate) fn sizes(&self) -> (u64, u64) {
        let (mut base, mut increments) = (0, self.durable.borrow().end);
        for JournalFile { line, .. } in self.files().iter() {
            let bytes = line.sealed.map_or(0, |end| end.bytes);
            match line.kind {
                Kind::Base => base += bytes,
                Kind::Increment => increments += bytes,
            }
        }
        (base, increments)
    }

    pub(crate) fn set_files(&self, files: Vec<JournalFile>) {
        *lock(&self.files) = Arc::new(files);
    }

    pub(crate) fn read_only(&self) -> Option<ReadOnly> {
        self.condition.read_only()
    }

    pub(crate) fn set_read_only(&self, reason: Option<ReadOnly>) {
        self.condition.set(reason);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Values are replaced whole, so one left behind by a panic is as good as any.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

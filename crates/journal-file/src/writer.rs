//! The one thread that writes: take everything that waits, one write, one sync, release all.

mod increments;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError};

use denkraum_journal::frame::{Encoded, Marker, Stamp};
use denkraum_journal::{AppendError, Position, ReadOnly, RewriteError};
use tokio::sync::oneshot;

use crate::layout::{HEADER_BYTES, link, marker};
use crate::manifest::{Manifest, StoreError};
use crate::open::{BeginError, Found};
use crate::shared::{JournalFile, Shared};
use crate::{Disk, File, Lock, Options};

/// What the writer is asked to do.
pub(crate) enum Order {
    /// Append an entry.
    Append(Waiting),
    /// Begin a new increment, so that everything before can be rewritten.
    Seal(oneshot::Sender<Result<Position, RewriteError>>),
    /// Let a base stand for all files before it; gives those files.
    Adopt(
        JournalFile,
        oneshot::Sender<Result<Vec<JournalFile>, RewriteError>>,
    ),
    /// Finish.
    Close,
}

/// An entry that waits to be written.
pub(crate) struct Waiting {
    pub(crate) entry: Encoded,
    pub(crate) done: oneshot::Sender<Result<Position, AppendError>>,
}

/// The writing end of a journal.
pub(crate) struct Writer {
    disk: Arc<dyn Disk>,
    folder: PathBuf,
    options: Options,
    shared: Arc<Shared>,
    manifest: Manifest,
    file: Arc<dyn File>,
    marker: Marker,
    /// Where the next frame goes.
    end: u64,
    last: Position,
    chain: [u8; 16],
    /// Given back before anybody hears that the journal is closed.
    lock: Option<Box<dyn Lock>>,
}

/// Why a group was not written.
enum Failure {
    /// Nothing is left of it. Later may be better.
    TakenBack(io::Error),
    /// Nothing can be written any more.
    Final(ReadOnly),
}

impl From<BeginError> for Failure {
    fn from(err: BeginError) -> Self {
        match err {
            BeginError::Refused(err) => Self::TakenBack(err),
            BeginError::Sync(err) => Self::sync(&err),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(err: StoreError) -> Self {
        match err {
            StoreError::Before(err) => Self::TakenBack(err),
            StoreError::Sync(err) => Self::sync(&err),
        }
    }
}

impl Failure {
    fn sync(err: &io::Error) -> Self {
        Self::Final(ReadOnly::SyncFailed {
            detail: err.to_string(),
        })
    }
}

impl Writer {
    /// Takes over a journal that was opened. `None` if its manifest names no file.
    pub(crate) fn new(
        disk: Arc<dyn Disk>,
        folder: PathBuf,
        options: Options,
        shared: Arc<Shared>,
        found: Found,
    ) -> Option<Self> {
        let newest = found.files.last()?;
        Some(Self {
            marker: marker(found.manifest.id, newest.line.kind, newest.line.number),
            file: Arc::clone(&newest.file),
            disk,
            folder,
            options,
            shared,
            end: found.end.end,
            last: found.end.position,
            chain: found.end.link,
            manifest: found.manifest,
            lock: Some(found.lock),
        })
    }

    /// Says so at once if the disk is full already.
    pub(crate) fn look_at_disk(&self) {
        let room = self.file.allocate(self.end + self.options.allocate_bytes);
        if room.is_err_and(|err| is_full(&err)) {
            tracing::error!(reason = %ReadOnly::NoSpace, "the journal takes no entries");
            self.shared.set_read_only(Some(ReadOnly::NoSpace));
        }
    }

    /// Writes until it is told to close or nobody is left who could append.
    pub(crate) fn run(mut self, orders: &Receiver<Order>) {
        let mut next = None;
        while let Some(order) = next.take().or_else(|| self.wait(orders)) {
            // Whoever no longer waits for an answer needs none.
            match order {
                Order::Append(first) => next = self.commit_all(first, orders),
                Order::Seal(done) => drop(done.send(self.seal())),
                Order::Adopt(base, done) => drop(done.send(self.adopt(base))),
                Order::Close => break,
            }
        }
        self.close();
    }

    /// Commits an entry with all that wait behind it; returns the order that ended the group.
    fn commit_all(&mut self, first: Waiting, orders: &Receiver<Order>) -> Option<Order> {
        let mut bytes = first.entry.frame_bytes();
        let mut group = vec![first];
        let mut next = None;
        while bytes < self.options.group_bytes && next.is_none() {
            match orders.try_recv() {
                Ok(Order::Append(waiting)) => {
                    bytes += waiting.entry.frame_bytes();
                    group.push(waiting);
                }
                Ok(other) => next = Some(other),
                Err(_) => break,
            }
        }
        self.commit(group);
        next
    }

    /// The next order; `None` when nobody is left who could give one.
    fn wait(&mut self, orders: &Receiver<Order>) -> Option<Order> {
        loop {
            if self.shared.read_only() != Some(ReadOnly::NoSpace) {
                return orders.recv().ok();
            }
            match orders.recv_timeout(self.disk.pause(self.options.retry_after)) {
                Err(RecvTimeoutError::Timeout) => self.look_for_space(),
                order => return order.ok(),
            }
        }
    }

    fn look_for_space(&mut self) {
        if self
            .file
            .allocate(self.end + self.options.allocate_bytes)
            .is_ok()
        {
            tracing::info!("there is space again, the journal takes entries");
            self.shared.set_read_only(None);
        }
    }

    /// Writes a group and tells everybody in it.
    fn commit(&mut self, group: Vec<Waiting>) {
        let bytes: usize = group
            .iter()
            .map(|waiting| waiting.entry.frame_bytes())
            .sum();
        let written = match self.shared.read_only() {
            Some(reason) if reason != ReadOnly::NoSpace => Err(Failure::Final(reason)),
            _ => self.write(&group, bytes as u64),
        };
        self.shared.queued.fetch_sub(bytes, Ordering::Relaxed);
        let error = match written {
            Ok(first) => {
                let mut position = Some(first);
                for waiting in group {
                    // Whoever no longer waits has an entry all the same.
                    drop(waiting.done.send(position.ok_or_else(out_of_positions)));
                    position = position.and_then(Position::next);
                }
                return;
            }
            Err(failure) => self.failed(failure),
        };
        for waiting in group {
            drop(waiting.done.send(Err(error.clone())));
        }
    }

    /// What a failure means for those who wait, noted for those who come.
    fn failed(&self, failure: Failure) -> AppendError {
        let reason = match failure {
            Failure::Final(reason) => reason,
            Failure::TakenBack(err) if is_full(&err) => ReadOnly::NoSpace,
            Failure::TakenBack(err) => {
                return AppendError::Write {
                    detail: err.to_string(),
                };
            }
        };
        if self.shared.read_only().as_ref() != Some(&reason) {
            tracing::error!(%reason, "the journal takes no entries");
            self.shared.set_read_only(Some(reason.clone()));
        }
        AppendError::ReadOnly(reason)
    }

    /// Writes and syncs a group; returns the position of its first entry.
    fn write(&mut self, group: &[Waiting], bytes: u64) -> Result<Position, Failure> {
        if self.end > HEADER_BYTES && self.end + bytes > self.options.increment_bytes {
            self.begin_increment(1)?;
        }
        let synced = self.last;
        let first = synced.next().ok_or_else(no_position_left)?;
        let (mut buffer, mut chain, mut last) = (Vec::new(), self.chain, synced);
        for waiting in group {
            last = last.next().ok_or_else(no_position_left)?;
            let start = buffer.len();
            let stamp = Stamp {
                position: last,
                synced,
                chain,
            };
            waiting.entry.write(self.marker, &stamp, &mut buffer);
            chain = link(buffer.get(start..).unwrap_or_default());
        }
        let end = self.end + buffer.len() as u64;
        self.put(&buffer, end)?;
        self.file.sync().map_err(|err| Failure::sync(&err))?;
        (self.end, self.last, self.chain) = (end, last, chain);
        self.publish(false);
        if self.shared.read_only().is_some() {
            self.shared.set_read_only(None);
        }
        Ok(first)
    }

    /// Writes without a sync. What fails is taken back, so that nothing torn stands in the way.
    fn put(&self, buffer: &[u8], end: u64) -> Result<(), Failure> {
        let step = self.options.allocate_bytes.max(1);
        let written = self
            .file
            .allocate(end.div_ceil(step).saturating_mul(step))
            .and_then(|()| self.file.write_at(buffer, self.end));
        written.map_err(|err| match self.file.cut(self.end) {
            Ok(()) => Failure::TakenBack(err),
            Err(cut) => Failure::Final(ReadOnly::NotTakenBack {
                detail: cut.to_string(),
            }),
        })
    }

    fn publish(&self, closed: bool) {
        self.shared.durable.send_modify(|durable| {
            durable.position = self.last;
            durable.file = self.manifest.files.last().map_or(0, |line| line.number);
            durable.end = self.end;
            durable.closed = closed;
        });
    }

    /// Notes how far the journal was durable, so that a loss at its end is noticed.
    fn close(&mut self) {
        let writable = matches!(self.shared.read_only(), None | Some(ReadOnly::NoSpace));
        if writable && self.manifest.confirmed != self.last {
            self.manifest.confirmed = self.last;
            if let Err(err) = self.manifest.store(&*self.disk, &self.folder) {
                tracing::warn!(err = %err.into_io(), "the end of the journal was not noted");
            }
        }
        self.shared.set_read_only(Some(ReadOnly::Closed));
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.shared.set_read_only(Some(ReadOnly::Closed));
        drop(self.lock.take());
        self.publish(true);
    }
}

fn is_full(err: &io::Error) -> bool {
    matches!(
        err.kind(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
    )
}

fn out_of_positions() -> AppendError {
    AppendError::Write {
        detail: "no position is left".to_owned(),
    }
}

fn no_position_left() -> Failure {
    Failure::TakenBack(io::Error::other("no position is left"))
}

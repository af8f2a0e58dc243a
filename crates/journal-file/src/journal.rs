//! The journal in files.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use denkraum_journal::frame::Encoded;
use denkraum_journal::{
    AppendError, BoxFuture, BoxStream, CompactError, Damage, Entry, Health, Journal, JournalId,
    Position, ReadError, ReadOnly, RewriteError, Rewritten, Subject, check_compaction,
};
use futures_util::{FutureExt, TryFutureExt, future};
use tokio::sync::oneshot;

use crate::rewrite::Rewriter;
use crate::shared::{Durable, Shared};
use crate::writer::{Order, Waiting, Writer};
use crate::{Disk, OpenError, SystemDisk, open, tail};

/// Sizes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// An increment with so many bytes is sealed and the next one begun. Default 64 MiB.
    pub increment_bytes: u64,
    /// Space is set aside in steps of so many bytes. Default 8 MiB.
    pub allocate_bytes: u64,
    /// At most so many bytes wait to be written; more is refused. Default 64 MiB.
    pub queue_bytes: usize,
    /// At most about so many bytes are written at once. Default 8 MiB.
    pub group_bytes: usize,
    /// How often a journal on a full disk looks whether there is space again. Default 1 s.
    pub retry_after: Duration,
    /// A rewrite is due when the increments have more bytes than the base, and more than so many.
    /// Default 32 MiB.
    pub rewrite_bytes: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            increment_bytes: 64 << 20,
            allocate_bytes: 8 << 20,
            queue_bytes: 64 << 20,
            group_bytes: 8 << 20,
            retry_after: Duration::from_secs(1),
            rewrite_bytes: 32 << 20,
        }
    }
}

/// The bytes of an unfinished write that were cut when the journal was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The file.
    pub file: String,
    /// Where they began.
    pub offset: u64,
    /// How many were not zero or stood before such.
    pub bytes: u64,
}

/// What was found when the journal was opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opened {
    /// The journal is new.
    pub created: bool,
    /// The end of the newest increment was torn.
    pub cut: Option<Cut>,
    /// Damage in the newest increment; the older ones are checked when they are read.
    pub damage: Vec<Damage>,
}

/// The journal in a folder. Clones are handles of the same journal.
#[derive(Clone)]
pub struct FileJournal {
    inner: Arc<Inner>,
}

struct Inner {
    disk: Arc<dyn Disk>,
    folder: PathBuf,
    shared: Arc<Shared>,
    orders: mpsc::Sender<Order>,
    options: Options,
}

impl FileJournal {
    /// Opens the journal in `folder`, or makes one with the id `fresh` (128 random bits) if there
    /// is none. Blocks; the entries of the newest increment are checked.
    pub fn open(folder: &Path, fresh: JournalId) -> Result<(Self, Opened), OpenError> {
        Self::open_with(Arc::new(SystemDisk), folder, fresh, Options::default())
    }

    /// As [`FileJournal::open`], on another disk and with other sizes.
    pub fn open_with(
        disk: Arc<dyn Disk>,
        folder: &Path,
        fresh: JournalId,
        options: Options,
    ) -> Result<(Self, Opened), OpenError> {
        let found = open::open(&*disk, folder, fresh, options.allocate_bytes)?;
        let opened = found.opened.clone();
        if let Some(Cut {
            file,
            offset,
            bytes,
        }) = &opened.cut
        {
            tracing::warn!(file, offset, bytes, "an unfinished write was cut");
        }
        for damage in &opened.damage {
            tracing::error!(%damage, "the journal is damaged");
        }
        let durable = Durable {
            position: found.end.position,
            file: found.manifest.files.last().map_or(0, |line| line.number),
            end: found.end.end,
            closed: false,
        };
        let shared = Arc::new(Shared::new(found.manifest.id, found.files.clone(), durable));
        let (orders, receiver) = mpsc::channel();
        let folder = folder.to_owned();
        let writer = Writer::new(
            Arc::clone(&disk),
            folder.clone(),
            options,
            Arc::clone(&shared),
            found,
        );
        let damaged = OpenError::ManifestDamaged {
            path: folder.clone(),
        };
        let writer = writer.ok_or(damaged)?;
        writer.look_at_disk();
        thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || writer.run(&receiver))
            .map_err(OpenError::Thread)?;
        Ok((
            Self {
                inner: Arc::new(Inner {
                    disk,
                    folder,
                    shared,
                    orders,
                    options,
                }),
            },
            opened,
        ))
    }
}

impl Inner {
    /// Gives an entry its place in the queue.
    fn enqueue(
        &self,
        entry: &Entry,
    ) -> Result<oneshot::Receiver<Result<Position, AppendError>>, AppendError> {
        let entry = Encoded::new(entry).map_err(AppendError::Invalid)?;
        let bytes = entry.frame_bytes();
        let queued = &self.shared.queued;
        let before = queued.fetch_add(bytes, Ordering::Relaxed);
        // A single entry is always taken, however large.
        if before > 0 && before.saturating_add(bytes) > self.options.queue_bytes {
            queued.fetch_sub(bytes, Ordering::Relaxed);
            return Err(AppendError::Busy { queued: before });
        }
        let (done, receiver) = oneshot::channel();
        let order = Order::Append(Waiting { entry, done });
        self.orders
            .send(order)
            .map_err(|_| AppendError::ReadOnly(ReadOnly::Closed))?;
        Ok(receiver)
    }
}

impl Journal for FileJournal {
    fn id(&self) -> JournalId {
        self.inner.shared.id
    }

    fn append(&self, entry: Entry) -> BoxFuture<'static, Result<Position, AppendError>> {
        match self.inner.enqueue(&entry) {
            Ok(receiver) => receiver
                .map(|done| done.unwrap_or(Err(AppendError::ReadOnly(ReadOnly::Closed))))
                .boxed(),
            Err(err) => future::ready(Err(err)).boxed(),
        }
    }

    fn tail(&self, after: Position) -> BoxStream<'static, Result<(Position, Entry), ReadError>> {
        tail::tail(&self.inner.shared, after)
    }

    fn compact(
        &self,
        subject: Subject,
        upto: Position,
        snapshot: Entry,
    ) -> BoxFuture<'static, Result<Position, CompactError>> {
        // The replaced entries stay in their increment until the journal is rewritten.
        match check_compaction(&subject, upto, &snapshot, self.durable()) {
            Ok(()) => self.append(snapshot).map_err(CompactError::Append).boxed(),
            Err(err) => future::ready(Err(err)).boxed(),
        }
    }

    fn is_rewrite_due(&self) -> bool {
        let (base, increments) = self.inner.shared.sizes();
        increments > base.max(self.inner.options.rewrite_bytes)
    }

    fn seal(&self) -> BoxFuture<'static, Result<Position, RewriteError>> {
        let closed = || Err(RewriteError::ReadOnly(ReadOnly::Closed));
        let (done, sealed) = oneshot::channel();
        match self.inner.orders.send(Order::Seal(done)) {
            Ok(()) => sealed
                .map(move |sealed| sealed.unwrap_or_else(|_| closed()))
                .boxed(),
            Err(_) => future::ready(closed()).boxed(),
        }
    }

    fn rewrite(
        &self,
        upto: Position,
        keep: BTreeSet<Position>,
    ) -> BoxFuture<'static, Result<Rewritten, RewriteError>> {
        let rewriter = Rewriter {
            disk: Arc::clone(&self.inner.disk),
            folder: self.inner.folder.clone(),
            shared: Arc::clone(&self.inner.shared),
            orders: self.inner.orders.clone(),
        };
        async move {
            let rewritten = tokio::task::spawn_blocking(move || rewriter.rewrite(upto, keep));
            let stopped = |err: tokio::task::JoinError| RewriteError::Disk {
                detail: err.to_string(),
            };
            rewritten.await.map_err(stopped)?
        }
        .boxed()
    }

    fn durable(&self) -> Position {
        self.inner.shared.durable.borrow().position
    }

    fn health(&self) -> Health {
        self.inner.shared.condition.health()
    }

    fn health_changes(&self) -> BoxStream<'static, Health> {
        self.inner.shared.condition.changes()
    }

    fn close(&self) -> BoxFuture<'static, ()> {
        // A writer that has gone already is closed.
        drop(self.inner.orders.send(Order::Close));
        let mut durable = self.inner.shared.durable.subscribe();
        async move {
            drop(durable.wait_for(|durable| durable.closed).await);
        }
        .boxed()
    }
}

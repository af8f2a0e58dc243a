//! The one thread that changes the view: it follows the journal and applies every entry in order.

use std::any::Any;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use denkraum_journal::{Entry, Journal, Position, ReadError};
use futures_util::stream::{ReadyChunks, StreamExt};
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};

use crate::progress::{Order, Phase, Shared};
use crate::view::{Broken, Meta, View};
use crate::{OpenError, apply, open_view, page};

/// Entries that become visible together at most.
const BATCH: usize = 512;
/// What is not asked for is gathered for so long: of many changes of a page one remains.
const GATHERED_FOR: Duration = Duration::from_millis(200);
/// How much the view steps back where processors are scarce, in the system's steps.
const NICENESS: i32 = 10;
/// How often the view is made again before it is given up.
const REBUILDS: usize = 8;
/// How long after a failed read of the journal it is tried again.
const READ_AGAIN_AFTER: Duration = Duration::from_millis(500);
/// How often it is looked whether there is room for files again.
const LOOK_FOR_ROOM_EVERY: Duration = Duration::from_secs(2);

type Item = Result<(Position, Entry), ReadError>;
type Tail = ReadyChunks<denkraum_journal::BoxStream<'static, Item>>;

/// Follows the journal.
pub(crate) struct Applier {
    pub(crate) journal: Arc<dyn Journal>,
    pub(crate) folder: PathBuf,
    /// How long opening the view may take before it counts as broken.
    pub(crate) deadline: Duration,
    pub(crate) shared: Arc<Shared>,
    pub(crate) orders: mpsc::UnboundedReceiver<Order>,
    /// Told once the view is up to date for the first time.
    pub(crate) opened: Option<oneshot::Sender<Result<(), OpenError>>>,
    /// Where the journal's streams are polled.
    pub(crate) runtime: Handle,
    /// The store is being closed: what breaks now is mended at the next start.
    pub(crate) stopping: bool,
    /// There is no room for files: the view is kept in memory until there is.
    pub(crate) without_room: bool,
}

/// Why following ended.
enum End {
    /// It was asked to.
    Stopped,
    /// The view has to be made again.
    Broken(Broken),
    /// There is room for files again.
    Room,
    /// There is no use in going on.
    Failed(OpenError),
}

impl From<Broken> for End {
    fn from(broken: Broken) -> Self {
        Self::Broken(broken)
    }
}

impl Applier {
    /// Runs until the store is closed or dropped.
    pub(crate) fn run(mut self) {
        // Whoever writes goes first. The threads that sled starts from here on inherit it.
        if let Err(error) = rustix::process::nice(NICENESS) {
            tracing::debug!(%error, "the view is kept at the priority of everything else");
        }
        let mut rebuilds = 0;
        for generation in 0.. {
            let followed = catch_unwind(AssertUnwindSafe(|| self.follow(generation)));
            match followed.unwrap_or_else(|panic| End::Broken(Broken(message(&*panic)))) {
                End::Stopped => return self.stopped(),
                End::Failed(err) => return self.failed(err),
                End::Room => {
                    tracing::info!("there is room again, the view is kept on the disk");
                    self.shared.set_phase(Phase::Preparing);
                    self.without_room = false;
                }
                End::Broken(Broken(why)) if self.stopping => {
                    tracing::warn!(why, "the view was not written out");
                    return self.stopped();
                }
                End::Broken(Broken(why)) => {
                    self.shared.set_phase(Phase::Preparing);
                    if rebuilds == REBUILDS {
                        let path = self.folder.clone();
                        return self.failed(OpenError::View { path, detail: why });
                    }
                    rebuilds += 1;
                    if let Err(err) = self.make_way(&why) {
                        let path = self.folder.clone();
                        return self.failed(OpenError::Folder { path, err });
                    }
                }
            }
        }
    }

    /// Moves a broken view aside. Without room for another one, the next one is kept in memory.
    fn make_way(&mut self, why: &str) -> io::Result<()> {
        let view = self.folder.display();
        self.without_room = !open_view::is_room_for(&self.folder);
        if self.without_room {
            tracing::error!(%view, why, "no room for the view: it is kept in memory for now");
            return Ok(());
        }
        tracing::warn!(%view, why, "making the view again");
        open_view::move_aside(&self.folder)
    }

    /// Opens the view, or makes an empty one where there is room for one.
    fn open_view(&self, durable: Position) -> Result<(View, Meta), Broken> {
        let journal = self.journal.id();
        if self.without_room {
            let (view, meta) = (View::in_memory(), Meta::new(journal));
            view.change(|changes| {
                changes.set_meta(&meta);
                Ok(())
            })?;
            return Ok((view, meta));
        }
        open_view::open(&self.folder, journal, durable, self.deadline)
    }

    fn stopped(&mut self) {
        self.shared.set_phase(Phase::Closed);
    }

    /// Tells why nothing is applied any more, and waits to be closed.
    fn failed(&mut self, err: OpenError) {
        tracing::error!(%err, "the view is given up");
        self.shared.set_phase(Phase::Failed {
            detail: err.to_string(),
        });
        if let Some(opened) = self.opened.take() {
            // Nobody to tell: opening was given up.
            drop(opened.send(Err(err)));
        }
        while let Some(order) = self.orders.blocking_recv() {
            if matches!(order, Order::Stop) {
                break;
            }
        }
        self.stopped();
    }

    /// Opens the view and applies what comes, until something happens.
    fn follow(&mut self, generation: u64) -> End {
        match self.try_follow(generation) {
            Ok(end) | Err(end) => end,
        }
    }

    fn try_follow(&mut self, generation: u64) -> Result<End, End> {
        let target = self.journal.durable();
        let (view, mut meta) = self.open_view(target)?;
        let view = Arc::new(view);
        self.shared.add_deleted(page::deleted(&*view)?);
        self.shared.set_applied(meta.applied);
        let mut tail = Some(self.tail(&meta));
        let (mut serving, mut gathers, mut failures) = (false, false, 0_u32);
        loop {
            if !serving && failures == 0 && meta.applied >= target {
                serving = true;
                self.shared.set_phase(Phase::Serving {
                    view: Arc::clone(&view),
                    generation,
                });
                if let Some(opened) = self.opened.take() {
                    drop(opened.send(Ok(())));
                }
            }
            match self.next(&mut tail, gathers, failures > 0) {
                Next::Entries(items) => {
                    let unreadable = self.apply(&view, &mut meta, items)?;
                    self.shared.set_applied(meta.applied);
                    if let Some(err) = unreadable {
                        failures += 1;
                        self.is_unreadable(err, failures)?;
                        (serving, tail) = (false, None);
                    } else {
                        failures = 0;
                    }
                    gathers = serving && meta.applied >= self.journal.durable();
                }
                Next::ReadAgain => tail = Some(self.tail(&meta)),
                Next::LookForRoom if open_view::is_room_for(&self.folder) => return Ok(End::Room),
                Next::LookForRoom => {}
                Next::End if serving => tail = None,
                Next::End => return Ok(End::Failed(OpenError::Stopped)),
                Next::Order(Some(Order::Rebuild {
                    generation: broken,
                    why,
                })) => {
                    if broken == generation {
                        return Ok(End::Broken(Broken(why)));
                    }
                }
                Next::Order(Some(Order::Stop) | None) => {
                    self.stopping = true;
                    self.shared.set_phase(Phase::Closing);
                    close(view)?;
                    return Ok(End::Stopped);
                }
            }
        }
    }

    fn tail(&self, meta: &Meta) -> Tail {
        self.journal.tail(meta.applied).ready_chunks(BATCH)
    }

    /// The journal could not be read. At the start that is an end; later it is tried again, and look-ups
    /// wait for that. If it fails then, too, they fail until it goes well. [V-17]
    fn is_unreadable(&self, err: ReadError, failures: u32) -> Result<(), End> {
        if self.opened.is_some() {
            return Err(End::Failed(OpenError::Journal(err)));
        }
        let cause: &dyn std::error::Error = &err;
        tracing::error!(
            cause,
            failures,
            "the journal cannot be read, it is tried again"
        );
        self.shared.set_phase(match failures {
            1 => Phase::Preparing,
            _ => Phase::Failed {
                detail: err.to_string(),
            },
        });
        Ok(())
    }

    /// Waits for entries or an order; `gathers`: entries wait a while for others, unless they are
    /// asked for. With `reads_again` a tail that ended is begun anew after a while.
    fn next(&mut self, tail: &mut Option<Tail>, gathers: bool, reads_again: bool) -> Next {
        let (orders, without_room) = (&mut self.orders, self.without_room);
        let reads_again = reads_again && tail.is_none();
        self.runtime.block_on(async {
            let items = async {
                if gathers {
                    let wanted = self.shared.wanted.notified();
                    // Both are a reason to go on.
                    let _ = tokio::time::timeout(GATHERED_FOR, wanted).await;
                }
                match tail {
                    Some(tail) => tail.next().await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                order = orders.recv() => Next::Order(order),
                items = items => items.map_or(Next::End, Next::Entries),
                () = tokio::time::sleep(READ_AGAIN_AFTER), if reads_again => Next::ReadAgain,
                () = tokio::time::sleep(LOOK_FOR_ROOM_EVERY), if without_room => Next::LookForRoom,
            }
        })
    }

    /// Makes some entries visible at once, together with the position they lead to. Says if one could
    /// not be read; it is the last then.
    fn apply(
        &self,
        view: &View,
        meta: &mut Meta,
        items: Vec<Item>,
    ) -> Result<Option<ReadError>, Broken> {
        let mut next = *meta;
        let mut deleted = Vec::new();
        let mut unreadable = None;
        view.change(|changes| {
            for item in items {
                match item {
                    Ok((position, entry)) => {
                        deleted.extend(apply::entry(changes, &mut next.digest, position, &entry)?);
                        next.applied = position;
                    }
                    Err(ReadError::Damaged(damage)) => {
                        tracing::error!(%damage, "the journal is damaged");
                        apply::damage(changes, &mut next.digest, &damage)?;
                        next.applied = next.applied.max(damage.last);
                        self.shared.add_damage(&damage);
                    }
                    Err(err) => unreadable = Some(err),
                }
            }
            changes.set_meta(&next);
            Ok(())
        })?;
        *meta = next;
        self.shared.add_deleted(deleted);
        Ok(unreadable)
    }
}

/// What happened next.
enum Next {
    Entries(Vec<Item>),
    /// The journal was closed.
    End,
    /// It is time to try whether the journal can be read.
    ReadAgain,
    /// It is time to look whether there is room for files.
    LookForRoom,
    Order(Option<Order>),
}

/// Writes the view out and closes its files, once nobody reads any more.
fn close(view: Arc<View>) -> Result<(), Broken> {
    view.flush()?;
    let mut view = Some(view);
    while let Some(shared) = view.take() {
        // Readers hold the view for the time of one look-up only.
        match Arc::try_unwrap(shared) {
            Ok(last) => drop(last),
            Err(shared) => {
                thread::yield_now();
                view = Some(shared);
            }
        }
    }
    Ok(())
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    format!("it panicked: {}", text.unwrap_or("without a message"))
}

#[cfg(test)]
mod tests;

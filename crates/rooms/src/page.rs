//! The task of one open page: carries out what its room asks for, in order.

mod aside;
mod effects;
mod keeping;
mod saving;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use denkraum_domain::{PageId, Timestamp};
use denkraum_store::{AppendError, BoxFuture, CompactError, Position, ReadError, StoredPage};
use denkraum_sync::{EditFailure, Effect, Input, LoadedPage, ReadFailure, Room, close};
use futures_util::stream::FuturesOrdered;
use futures_util::{FutureExt as _, StreamExt as _};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::sync::{OwnedSemaphorePermit, oneshot};

use crate::guard::HEAVY;
use crate::mail::{Joining, Mail};
use crate::queue::Queue;
use crate::registry::Registry;
use crate::{Settled, aside as set_aside};

/// So many letters, or outcomes of appends, are taken before others get a turn.
const BATCH: usize = 128;
/// How long to sleep when nothing is due; any mail ends it.
const NOTHING_DUE: Duration = Duration::from_hours(1);

/// Should the room want a tick again at once, others still get their turn.
const SHORTEST_SLEEP: Duration = Duration::from_millis(1);

type Stored = (u64, Result<Position, AppendError>);
type Loaded = Result<Option<StoredPage>, ReadError>;

pub(crate) struct PageTask {
    registry: Arc<Registry>,
    page: PageId,
    mails: UnboundedReceiver<Mail>,
    room: Room,
    queues: HashMap<u64, Arc<Queue>>,
    /// Queues with something new since the last flush.
    unflushed: Vec<Arc<Queue>>,
    /// Appends under way; their outcomes come in the order of the calls.
    appends: FuturesOrdered<BoxFuture<'static, Stored>>,
    /// What a connection has under way to the journal, by append.
    credits: HashMap<u64, OwnedSemaphorePermit>,
    load: Option<BoxFuture<'static, Loaded>>,
    compaction: Option<BoxFuture<'static, Result<Position, CompactError>>>,
    next_compaction: Option<effects::Snapshot>,
    /// Lost text that is being kept.
    keeping: Option<BoxFuture<'static, keeping::Outcome>>,
    /// There may be more of it.
    keeps_again: bool,
    settled: Option<Settled>,
    reads: HashMap<u64, oneshot::Sender<Result<bytes::Bytes, ReadFailure>>>,
    edits: HashMap<u64, oneshot::Sender<Result<(), EditFailure>>>,
    last_token: u64,
    /// Appends whose update is applied under guard.
    heavy: HashSet<u64>,
    saving: saving::Saving,
    stage: Stage,
}

/// How far a page is on its way to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// It is needed.
    Open,
    /// The room has nothing left to do.
    MayStop,
    /// The registry has let go of it.
    Left,
    /// Its room is gone; everybody comes again.
    Broken,
}

impl PageTask {
    pub(crate) fn new(
        registry: Arc<Registry>,
        page: PageId,
        mails: UnboundedReceiver<Mail>,
    ) -> Self {
        let room = Room::new(registry.room.clone());
        Self {
            registry,
            page,
            mails,
            room,
            queues: HashMap::new(),
            unflushed: Vec::new(),
            appends: FuturesOrdered::new(),
            credits: HashMap::new(),
            load: None,
            compaction: None,
            next_compaction: None,
            keeping: None,
            keeps_again: false,
            settled: None,
            reads: HashMap::new(),
            edits: HashMap::new(),
            last_token: 0,
            heavy: HashSet::new(),
            saving: saving::Saving::default(),
            stage: Stage::Open,
        }
    }

    /// Boxed, because a future keeps room for what it is given beside what it makes of it.
    pub(crate) async fn run(mut self: Box<Self>) {
        while !self.leaves() {
            self.show_durable().await;
            self.append_gathered();
            let mut due = self.until_due();
            if due.is_zero() {
                // At once: the timer below comes last, and a busy page might never get there.
                self.tick().await;
                due = self.until_due().max(SHORTEST_SLEEP);
            }
            // After the journal has been given what was gathered: it writes meanwhile.
            self.flush().await;
            let append = self.until_append();
            // The settled content goes out whenever there is room for it.
            let settled = self.registry.settled.clone();
            tokio::select! {
                biased;
                Some(stored) = self.appends.next(), if !self.appends.is_empty() => {
                    self.stored(stored).await;
                    // The journal writes many at once, so many are durable at once.
                    for _ in 1..BATCH {
                        match self.appends.next().now_or_never() {
                            Some(Some(stored)) => self.stored(stored).await,
                            _ => break,
                        }
                    }
                }
                loaded = poll(&mut self.load), if self.load.is_some() => {
                    self.load = None;
                    self.loaded(loaded).await;
                }
                compacted = poll(&mut self.compaction), if self.compaction.is_some() => {
                    self.compaction = None;
                    self.compacted(compacted);
                }
                outcome = poll(&mut self.keeping), if self.keeping.is_some() => {
                    self.keeping = None;
                    self.kept(outcome).await;
                }
                permit = settled.reserve(), if self.settled.is_some() => {
                    let content = self.settled.take();
                    if let (Ok(permit), Some(content)) = (permit, content) {
                        permit.send(content);
                    }
                }
                Some(mail) = self.mails.recv() => {
                    self.take(mail);
                    for _ in 1..BATCH {
                        match self.mails.try_recv() {
                            Ok(mail) => self.take(mail),
                            Err(_) => break,
                        }
                    }
                }
                () = tokio::time::sleep(append.unwrap_or(NOTHING_DUE)), if append.is_some() => {}
                () = tokio::time::sleep(due) => self.tick().await,
            }
        }
    }

    fn now(&self) -> Timestamp {
        (self.registry.clock)()
    }

    fn until_due(&self) -> Duration {
        let due = self.room.wake_at().map(|at| at.millis_since(self.now()));
        due.map_or(NOTHING_DUE, |millis| {
            Duration::from_millis(u64::try_from(millis).unwrap_or(0))
        })
    }

    /// Whether everything is done and nobody has written meanwhile.
    fn leaves(&mut self) -> bool {
        match self.stage {
            Stage::Open => return false,
            Stage::MayStop => {}
            Stage::Left | Stage::Broken => return true,
        }
        let is_done = self.appends.is_empty()
            && self.saving.is_empty()
            && self.load.is_none()
            && self.compaction.is_none()
            && self.keeping.is_none()
            && self.settled.is_none();
        let leaves = is_done && self.registry.leave(self.page, &self.mails);
        if leaves {
            self.stage = Stage::Left;
        }
        leaves
    }

    fn take(&mut self, mail: Mail) {
        if let Some(conn) = mail.of_seated()
            && !self.queues.contains_key(&conn)
        {
            // The room let go of it before: what it still says is no reason to stay.
            return self.registry.unseat(conn);
        }
        if self.stage == Stage::MayStop {
            self.stage = Stage::Open;
        }
        match mail {
            Mail::Join(joining) => {
                let Joining {
                    conn,
                    member,
                    extensions,
                    queue,
                } = *joining;
                self.queues.insert(conn, queue);
                self.give(Input::Join {
                    conn,
                    member,
                    extensions,
                });
            }
            Mail::Frame {
                conn,
                bytes,
                credit,
            } => {
                let effects = self.handle(Input::Frame { conn, bytes });
                let append = effects.iter().find_map(|effect| match effect {
                    Effect::Append { append, .. } => Some(*append),
                    _ => None,
                });
                // Given back when durable; at once if nothing is under way.
                if let Some(append) = append {
                    self.credits.insert(append, credit);
                }
                self.carry_out(effects);
            }
            Mail::Leave { conn } => {
                self.give(Input::Leave { conn });
                self.queues.remove(&conn);
                self.registry.unseat(conn);
            }
            Mail::Lagged { conn } => {
                if let Some(queue) = self.queues.get(&conn) {
                    queue.resume();
                    self.give(Input::Lagged { conn });
                }
            }
            Mail::PermitChanged {
                conn,
                access,
                reason,
            } => self.give(Input::PermitChanged {
                conn,
                access,
                reason,
            }),
            Mail::Read { reply } => {
                let token = self.token();
                self.reads.insert(token, reply);
                self.give(Input::Read { token });
            }
            Mail::Edit {
                by,
                update,
                create,
                reply,
            } => {
                let token = self.token();
                self.edits.insert(token, reply);
                self.give(Input::Edit {
                    token,
                    by,
                    update,
                    create,
                });
            }
            Mail::SetAside => self.end(),
            Mail::Commented => self.give(Input::Commented),
            Mail::Storage(storage) => self.give(Input::Storage(storage)),
            Mail::Shutdown => self.give(Input::Shutdown),
        }
    }

    fn token(&mut self) -> u64 {
        self.last_token += 1;
        self.last_token
    }

    fn give(&mut self, input: Input) {
        let effects = self.handle(input);
        self.carry_out(effects);
    }

    fn handle(&mut self, input: Input) -> Vec<Effect> {
        let mut effects = Vec::new();
        let now = self.now();
        self.room.handle(now, input, &mut effects);
        effects
    }

    async fn tick(&mut self) {
        // With nobody here, the page is about to be written anew and read back.
        if self.queues.is_empty() {
            self.give_guarded(Input::Tick).await;
        } else {
            self.give(Input::Tick);
        }
    }

    async fn loaded(&mut self, loaded: Loaded) {
        match loaded {
            Ok(page) => {
                let page = page.map_or_else(LoadedPage::default, set_aside::loaded);
                if page.bytes() > HEAVY {
                    self.give_guarded(Input::Loaded(page)).await;
                } else {
                    self.give(Input::Loaded(page));
                }
            }
            Err(err) => {
                let cause: &dyn std::error::Error = &err;
                tracing::error!(page.id = %self.page, cause, "a page could not be loaded");
                self.give(Input::LoadFailed);
            }
        }
    }
}

/// Polls the future without taking it out, so that the wait can be given up and taken up again.
async fn poll<T>(future: &mut Option<BoxFuture<'static, T>>) -> T {
    match future {
        Some(future) => future.await,
        None => std::future::pending().await,
    }
}

impl Drop for PageTask {
    /// Should the task end before its time, nobody waits for it in vain.
    fn drop(&mut self) {
        if self.stage != Stage::Left {
            self.registry.evict(self.page);
        }
        self.send_away(close::TRY_AGAIN, "interrupted");
    }
}

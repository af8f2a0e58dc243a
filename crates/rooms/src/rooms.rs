//! The registry of open pages and everything one can ask of it.

use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use denkraum_domain::{Access, CreatePermit, EditPermit, PageId, PersonId, ReadPermit};
use denkraum_store::{Health, Position, ReadError as StoreReadError, ReadOnly, Store};
use denkraum_sync::{
    AccessReason, Extensions, Hue, Member, RoomConfig, Schema, Storage, durable_state,
};
use futures_util::StreamExt as _;
use tokio::sync::{mpsc, oneshot};

use crate::aside;
use crate::connection::CREDIT_UNIT;
use crate::guard::{self, HEAVY, Outcome};
use crate::kept::{self, KeptError, KeptText};
use crate::mail::{Joining, Mail};
use crate::queue::Queue;
use crate::registry::{Registry, Seat};
use crate::{
    Clock, Connection, EditError, Inbox, JoinError, Outbox, ReadError, RoomsConfig, Trial,
};

/// An update without content: the document of a page that was never written.
const EMPTY_UPDATE: [u8; 2] = [0, 0];

/// Proof of what a person may do on the page they join.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JoinPermit {
    /// Read along.
    Read(ReadPermit),
    /// Read and write.
    Edit(EditPermit),
}

impl JoinPermit {
    fn parts(&self) -> (PageId, PersonId, Access) {
        match self {
            Self::Read(permit) => (*permit.page(), *permit.person(), Access::Read),
            Self::Edit(permit) => (*permit.page(), *permit.person(), Access::Edit),
        }
    }
}

/// How others see a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Their name.
    pub name: String,
    /// One to three letters.
    pub initials: String,
    /// Their colour.
    pub hue: Hue,
}

/// A page has come to rest (or has been typed on for a while): its content for lists and search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// The page.
    pub page: PageId,
    /// The durable document as one Yjs update.
    pub state: Bytes,
    /// The position of its last entry.
    pub upto: Position,
}

/// All open pages. Clones share them.
#[derive(Clone)]
pub struct Rooms {
    registry: Arc<Registry>,
}

impl Rooms {
    /// Nothing is open yet. `clock` gives the time of entries and of everything that is due;
    /// `settled` gets the content of pages, the newest only if it is full.
    pub fn new(
        store: Store,
        schema: Arc<Schema>,
        config: RoomsConfig,
        clock: Clock,
        settled: mpsc::Sender<Settled>,
    ) -> Self {
        let room = RoomConfig {
            schema,
            limits: config.limits,
            timing: config.timing,
        };
        Self {
            registry: Arc::new(Registry::new(store, room, config, clock, settled)),
        }
    }

    /// Opens the page if need be and joins it. Must be called within a tokio runtime.
    pub fn join(
        &self,
        permit: &JoinPermit,
        profile: Profile,
        extensions: Extensions,
    ) -> Result<Connection, JoinError> {
        let (page, person, access) = permit.parts();
        let config = self.registry.config;
        let credit = (config.inbox_bytes / CREDIT_UNIT).max(1);
        let queue = Arc::new(Queue::new(config.outbox_bytes, credit));
        let seat = Seat {
            page,
            person,
            access,
            reason: AccessReason::Role,
        };
        let member = Member {
            person,
            name: profile.name,
            initials: profile.initials,
            hue: profile.hue,
            access,
        };
        let joined = self.registry.seat(seat, |conn| {
            Mail::Join(Box::new(Joining {
                conn,
                member: member.clone(),
                extensions,
                queue: queue.clone(),
            }))
        });
        let (id, mailbox) = joined?;
        Ok(Connection {
            id,
            inbox: Inbox::new(id, mailbox.clone(), queue.clone(), credit),
            outbox: Outbox::new(id, mailbox, queue),
        })
    }

    /// The durable document as one Yjs update, from the open room or from the store.
    pub async fn read(&self, page: PageId) -> Result<Bytes, ReadError> {
        if self.registry.is_set_aside(page) {
            return Err(ReadError::SetAside(page));
        }
        let (reply, answer) = oneshot::channel();
        let state = if self.registry.post_if_open(page, Mail::Read { reply }) {
            match answer.await {
                Ok(state) => state.map_err(|_| ReadError::Room(page))?,
                Err(_) if self.registry.is_set_aside(page) => {
                    return Err(ReadError::SetAside(page));
                }
                // The room ended in between; all it had is in the store.
                Err(_) => self.load(page).await?,
            }
        } else {
            self.load(page).await?
        };
        if state[..] == EMPTY_UPDATE {
            Err(ReadError::NotFound(page))
        } else {
            Ok(state)
        }
    }

    async fn load(&self, page: PageId) -> Result<Bytes, ReadError> {
        let stored = self.registry.store.load_page(page).await;
        let stored = stored.map_err(|err| ReadError::Load { page, err })?;
        let stored = stored.ok_or(ReadError::NotFound(page))?;
        let loaded = aside::loaded(stored);
        let schema = Arc::clone(&self.registry.room.schema);
        let bytes = loaded.bytes();
        let replay = move || durable_state(&schema, &loaded);
        let state = self.attempt(page, bytes, replay).await?;
        state.map_err(|err| ReadError::Replay { page, err })
    }

    /// Does something with a page's document of so many bytes of Yjs. If it takes too long the page
    /// is set aside.
    pub async fn attempt<T, W>(&self, page: PageId, bytes: usize, work: W) -> Result<T, ReadError>
    where
        T: Send + 'static,
        W: FnOnce() -> T + Send + 'static,
    {
        if bytes <= HEAVY {
            return Ok(work());
        }
        let registry = Arc::clone(&self.registry);
        let marked = move || {
            let _mark = registry.marks.begin(page);
            work()
        };
        match guard::within(self.registry.config.apply_within, marked).await {
            Outcome::Done(result) => Ok(result),
            Outcome::Failed => {
                aside::set_aside(&self.registry, page).await;
                Err(ReadError::SetAside(page))
            }
            Outcome::NotTried => Err(ReadError::Room(page)),
        }
    }

    /// Knows again which pages were set aside before, and looks in `marks`, a folder of its own,
    /// whether the last process ended with one; such a page is put on trial. Call it once, before
    /// anything is opened.
    pub async fn recall(&self, marks: &Path, trial: Option<Trial>) -> Result<(), StoreReadError> {
        aside::recall(&self.registry, marks, trial).await
    }

    /// Changes a page by a Yjs update that the server made; done when durable.
    pub async fn edit(&self, permit: &EditPermit, update: Bytes) -> Result<(), EditError> {
        let (page, by) = (*permit.page(), *permit.person());
        self.change(page, by, update, false).await
    }

    /// Gives a new page its first content; done when durable. Fails with
    /// [`Exists`](denkraum_sync::EditFailure::Exists) if it has content already, so that it can
    /// be repeated after an interruption.
    pub async fn create(
        &self,
        permit: &CreatePermit,
        page: PageId,
        update: Bytes,
    ) -> Result<(), EditError> {
        self.change(page, *permit.person(), update, true).await
    }

    async fn change(
        &self,
        page: PageId,
        by: PersonId,
        update: Bytes,
        create: bool,
    ) -> Result<(), EditError> {
        let (reply, answer) = oneshot::channel();
        let mail = Mail::Edit {
            by,
            update,
            create,
            reply,
        };
        if !self.registry.post(page, mail) {
            return Err(self.why_not_edited(page, EditError::Stopping));
        }
        match answer.await {
            Ok(result) => result.map_err(|err| EditError::Failed { page, err }),
            Err(_) => Err(self.why_not_edited(page, EditError::Interrupted(page))),
        }
    }

    fn why_not_edited(&self, page: PageId, otherwise: EditError) -> EditError {
        if self.registry.is_set_aside(page) {
            EditError::SetAside(page)
        } else {
            otherwise
        }
    }

    /// What a reader of a page wrote into it and lost, because somebody else changed the block it
    /// stood in at the same time; oldest first.
    pub async fn kept_texts(&self, permit: &ReadPermit) -> Result<Vec<KeptText>, KeptError> {
        kept::of(&self.registry.store, *permit.page(), *permit.person()).await
    }

    /// Lets go of one of those; says whether it was there.
    pub async fn let_go(&self, permit: &ReadPermit, id: &str) -> Result<bool, KeptError> {
        let (store, at) = (&self.registry.store, (self.registry.clock)());
        kept::let_go(store, *permit.page(), *permit.person(), id, at).await
    }

    /// Tells those who have the page open and asked for it that its comments are others now.
    pub fn commented(&self, page: PageId) {
        // Whoever opens it later reads them then.
        let _ = self.registry.post_if_open(page, Mail::Commented);
    }

    /// Tells everybody who has a page open and asked for it when nothing can be saved, why, and when it
    /// can again. Ends with the journal; run it beside everything else.
    pub async fn follow_storage(&self) {
        let mut changes = self.registry.store.health_changes();
        while let Some(health) = changes.next().await {
            let storage = match health {
                Health::Writable => Storage::Writable,
                Health::ReadOnly { reason } => match reason {
                    ReadOnly::NoSpace => Storage::Full,
                    ReadOnly::SyncFailed { .. } | ReadOnly::NotTakenBack { .. } => Storage::Failed,
                    // The server stops: everybody is told that in another way.
                    ReadOnly::Closed => return,
                },
            };
            self.registry.storage_changed(storage);
        }
    }

    /// Asks again for every connection what its person may do, and why; tells of what is different,
    /// downgrades or closes where it is less than before. Call it after every change of a role, an
    /// audience or a session, and when a page is archived or comes back.
    pub fn permits_changed(
        &self,
        standing: impl Fn(PersonId, PageId) -> (Option<Access>, AccessReason),
    ) {
        for connection in self.registry.seated() {
            self.permit_changed(connection, &standing);
        }
    }

    /// As [`Rooms::permits_changed`], for one connection. Call it for each that has joined: what its
    /// permit came from may have changed before it had a seat.
    pub fn permit_changed(
        &self,
        connection: u64,
        standing: impl Fn(PersonId, PageId) -> (Option<Access>, AccessReason),
    ) {
        // Asked without the lock: the answer may take its own. So the rules may change between the
        // answer and its effect, and the one who changed them may have been here before.
        while let Some(seat) = self.registry.seat_of(connection) {
            let (access, reason) = standing(seat.person, seat.page);
            if access == Some(seat.access) && reason == seat.reason {
                return;
            }
            self.registry.reseat(connection, access, reason);
            if access.is_none() {
                return;
            }
        }
    }

    /// Closes one connection because its session ended.
    pub fn sign_out(&self, connection: u64) {
        self.registry
            .reseat(connection, None, AccessReason::SignedOut);
    }

    /// How many pages are open and how many connections there are.
    pub fn open_counts(&self) -> (usize, usize) {
        self.registry.counts()
    }

    /// Tells everybody to come again (1012), then waits until everything that was admitted is
    /// durable and compacted.
    pub async fn shutdown(&self) {
        self.registry.shutdown().await;
    }
}

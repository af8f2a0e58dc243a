//! Which pages are open, and who sits where.
//!
//! A page is in the registry from before its task starts until after everything the task had to
//! write is written. Mail is posted under the lock, and a task leaves under the lock and only with
//! an empty mailbox: so a page is never loaded while an earlier room of it still writes.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use denkraum_domain::{Access, PageId, PersonId};
use denkraum_store::Store;
use denkraum_sync::{AccessReason, RoomConfig, Storage};
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use tokio_util::task::TaskTracker;

use crate::mail::Mail;
use crate::marks::Marks;
use crate::page::PageTask;
use crate::{Clock, JoinError, RoomsConfig, Settled};

pub(crate) struct Registry {
    pub(crate) store: Store,
    pub(crate) room: RoomConfig,
    pub(crate) config: RoomsConfig,
    pub(crate) clock: Clock,
    pub(crate) settled: mpsc::Sender<Settled>,
    pub(crate) marks: Marks,
    tasks: TaskTracker,
    open: Mutex<Open>,
}

struct Open {
    pages: HashMap<PageId, UnboundedSender<Mail>>,
    seats: HashMap<u64, Seat>,
    /// Pages that the engine failed with.
    set_aside: HashSet<PageId>,
    last_connection: u64,
    /// Whether anything can be saved, as far as is known.
    storage: Storage,
    is_stopping: bool,
}

/// One connection, as far as rights go.
#[derive(Clone, Copy)]
pub(crate) struct Seat {
    pub(crate) page: PageId,
    pub(crate) person: PersonId,
    pub(crate) access: Access,
    /// Why the access is what it is, as the room was last told.
    pub(crate) reason: AccessReason,
}

impl Registry {
    pub(crate) fn new(
        store: Store,
        room: RoomConfig,
        config: RoomsConfig,
        clock: Clock,
        settled: mpsc::Sender<Settled>,
    ) -> Self {
        // Numbers of connections stand in the journal: they do not begin anew with each start.
        let started = u64::try_from(clock().millis()).unwrap_or(0);
        let open = Open {
            pages: HashMap::new(),
            seats: HashMap::new(),
            set_aside: HashSet::new(),
            last_connection: started << 20,
            storage: Storage::default(),
            is_stopping: false,
        };
        Self {
            store,
            room,
            config,
            clock,
            settled,
            marks: Marks::default(),
            tasks: TaskTracker::new(),
            open: Mutex::new(open),
        }
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        // No code that can panic runs while it is held.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives a new connection its number and posts its first mail.
    pub(crate) fn seat(
        self: &Arc<Self>,
        seat: Seat,
        mail: impl FnOnce(u64) -> Mail,
    ) -> Result<(u64, UnboundedSender<Mail>), JoinError> {
        let mut open = self.open();
        if open.is_stopping {
            return Err(JoinError::Stopping);
        }
        if open.set_aside.contains(&seat.page) {
            return Err(JoinError::SetAside(seat.page));
        }
        let (mut of_person, mut of_page) = (0, 0);
        for other in open.seats.values() {
            of_person += usize::from(other.person == seat.person);
            of_page += usize::from(other.page == seat.page);
        }
        let config = &self.config;
        if of_person >= config.person_connections || of_page >= config.page_connections {
            return Err(JoinError::TooMany);
        }
        open.last_connection += 1;
        let conn = open.last_connection;
        open.seats.insert(conn, seat);
        let mailbox = self.mailbox(&mut open, seat.page);
        // The receiver lives as long as it is registered.
        let _ = mailbox.send(mail(conn));
        Ok((conn, mailbox))
    }

    /// Posts to the page, opening it if need be; false while stopping, and if it is set aside.
    pub(crate) fn post(self: &Arc<Self>, page: PageId, mail: Mail) -> bool {
        let mut open = self.open();
        if open.is_stopping || open.set_aside.contains(&page) {
            return false;
        }
        self.mailbox(&mut open, page).send(mail).is_ok()
    }

    /// Posts to the page if it is open.
    pub(crate) fn post_if_open(&self, page: PageId, mail: Mail) -> bool {
        let open = self.open();
        let mailbox = open.pages.get(&page);
        mailbox.is_some_and(|mailbox| mailbox.send(mail).is_ok())
    }

    fn mailbox(self: &Arc<Self>, open: &mut Open, page: PageId) -> UnboundedSender<Mail> {
        let mailbox = open.pages.entry(page).or_insert_with(|| {
            let (mailbox, mails) = mpsc::unbounded_channel();
            if open.storage != Storage::Writable {
                // The receiver is here.
                let _ = mailbox.send(Mail::Storage(open.storage));
            }
            let task = Box::new(PageTask::new(self.clone(), page, mails));
            self.tasks.spawn(task.run());
            mailbox
        });
        mailbox.clone()
    }

    /// All connections.
    pub(crate) fn seated(&self) -> Vec<u64> {
        self.open().seats.keys().copied().collect()
    }

    pub(crate) fn seat_of(&self, conn: u64) -> Option<Seat> {
        self.open().seats.get(&conn).copied()
    }

    /// Tells the room of a connection that its access is another one now.
    pub(crate) fn reseat(&self, conn: u64, access: Option<Access>, reason: AccessReason) {
        let mut open = self.open();
        let Some(seat) = open.seats.get_mut(&conn) else {
            return;
        };
        if let Some(access) = access {
            seat.access = access;
        }
        seat.reason = reason;
        let page = seat.page;
        if let Some(mailbox) = open.pages.get(&page) {
            let mail = Mail::PermitChanged {
                conn,
                access,
                reason,
            };
            let _ = mailbox.send(mail);
        }
    }

    /// The connection is closed or gone.
    pub(crate) fn unseat(&self, conn: u64) {
        self.open().seats.remove(&conn);
    }

    /// Takes the page out if nothing waits in its mailbox. From then on nobody can post there.
    pub(crate) fn leave(&self, page: PageId, mails: &UnboundedReceiver<Mail>) -> bool {
        let mut open = self.open();
        if mails.is_empty() {
            open.pages.remove(&page);
            true
        } else {
            false
        }
    }

    /// Takes out a page whose task has ended without leaving.
    pub(crate) fn evict(&self, page: PageId) {
        self.open().pages.remove(&page);
    }

    /// Pages that were set aside earlier.
    pub(crate) fn keep_aside(&self, pages: impl IntoIterator<Item = PageId>) {
        self.open().set_aside.extend(pages);
    }

    pub(crate) fn is_set_aside(&self, page: PageId) -> bool {
        self.open().set_aside.contains(&page)
    }

    /// From here on nobody comes to the page; whoever is there is sent away.
    pub(crate) fn shut(&self, page: PageId) {
        let mut open = self.open();
        open.set_aside.insert(page);
        if let Some(mailbox) = open.pages.remove(&page) {
            let _ = mailbox.send(Mail::SetAside);
        }
    }

    /// Tells all rooms, and those that are opened later.
    pub(crate) fn storage_changed(&self, storage: Storage) {
        let mut open = self.open();
        open.storage = storage;
        for mailbox in open.pages.values() {
            let _ = mailbox.send(Mail::Storage(storage));
        }
    }

    pub(crate) fn counts(&self) -> (usize, usize) {
        let open = self.open();
        (open.pages.len(), open.seats.len())
    }

    pub(crate) async fn shutdown(&self) {
        {
            let mut open = self.open();
            open.is_stopping = true;
            for mailbox in open.pages.values() {
                let _ = mailbox.send(Mail::Shutdown);
            }
        }
        self.tasks.close();
        self.tasks.wait().await;
    }
}

//! Open connections to pages, and what happens to them when rights or sessions end.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use denkraum_domain::{Access, PageId, PersonId, permit_edit, permit_read};
use denkraum_rooms::{
    AccessReason, Extensions, Hue, Inbox, JoinError, JoinPermit, Outbox, Profile,
};
use thiserror::Error;

use crate::accounts::{Account, SessionToken};
use crate::app::App;

/// How often sessions that ended by time are looked for.
const SESSION_CHECK: Duration = Duration::from_secs(1);

/// Why somebody cannot join a page.
#[derive(Debug, Error)]
pub enum JoinPageError {
    /// They may not see it, or there is none.
    #[error("page {0} is not open to this person")]
    Hidden(PageId),
    /// The room does not take anybody now.
    #[error("page {page} was not joined")]
    Room {
        /// The page.
        page: PageId,
        /// Why.
        #[source]
        err: JoinError,
    },
}

/// A person's connection to an open page. Dropping it leaves the page.
#[derive(Debug)]
pub struct PageConnection {
    /// The number that log and journal name it by.
    pub id: u64,
    /// What the person sends goes in here.
    pub inbox: Inbox,
    /// What is to be written to the socket comes out here.
    pub outbox: Outbox,
    _membership: Membership,
}

/// Which session each open connection belongs to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Live {
    sessions: Arc<Mutex<HashMap<u64, String>>>,
}

/// Takes the connection out of the list when it is dropped.
#[derive(Debug)]
struct Membership {
    live: Live,
    connection: u64,
}

impl Drop for Membership {
    fn drop(&mut self) {
        let mut sessions = self
            .live
            .sessions
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        sessions.remove(&self.connection);
    }
}

impl Live {
    fn enter(&self, connection: u64, session: String) -> Membership {
        let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.insert(connection, session);
        Membership {
            live: self.clone(),
            connection,
        }
    }

    fn all(&self) -> Vec<(u64, String)> {
        let sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        sessions
            .iter()
            .map(|(connection, session)| (*connection, session.clone()))
            .collect()
    }
}

impl App {
    /// Joins a page over a connection of this session.
    pub fn join(
        &self,
        token: &SessionToken,
        account: &Account,
        page: PageId,
        extensions: Extensions,
    ) -> Result<PageConnection, JoinPageError> {
        let actor = account.actor();
        let facts = self.facts(page).ok_or(JoinPageError::Hidden(page))?;
        let read = permit_read(&facts, &actor).map_err(|_| JoinPageError::Hidden(page))?;
        let permit = permit_edit(&facts, &actor).map_or(JoinPermit::Read(read), JoinPermit::Edit);
        let profile = Profile {
            name: account.name.to_string(),
            initials: account.initials(),
            hue: Hue::of(account.person),
        };
        let joined = self.rooms().join(&permit, profile, extensions);
        let connection = joined.map_err(|err| JoinPageError::Room { page, err })?;
        let membership = self.live().enter(connection.id, token.hash());
        // The decision is as old as the account it was made for, and nobody who changed anything since
        // knew of this connection. Nor does the room know by itself that a page is archived.
        if self.session(token).is_none() {
            self.rooms().sign_out(connection.id);
        } else {
            self.rooms()
                .permit_changed(connection.id, |person, page| self.standing(person, page));
        }
        Ok(PageConnection {
            id: connection.id,
            inbox: connection.inbox,
            outbox: connection.outbox,
            _membership: membership,
        })
    }

    /// Asks again for every open connection what its person may do.
    pub(crate) fn permits_changed(&self) {
        self.rooms()
            .permits_changed(|person, page| self.standing(person, page));
    }

    fn standing(&self, person: PersonId, page: PageId) -> (Option<Access>, AccessReason) {
        let Some(account) = self
            .accounts_view()
            .get(person)
            .filter(|account| account.active)
        else {
            return (None, AccessReason::SignedOut);
        };
        let archived = self.facts(page).is_some_and(|facts| facts.archived);
        let reason = if archived {
            AccessReason::Archived
        } else {
            AccessReason::Role
        };
        (self.access(&account.actor(), page), reason)
    }

    /// Closes the connections of sessions that have ended.
    pub(crate) fn close_ended_sessions(&self) {
        for (connection, session) in self.live().all() {
            if self.accounts_view().session_named(&session).is_none() {
                self.rooms().sign_out(connection);
            }
        }
    }

    /// Lets those who have a page open know when nothing can be saved, and when it can again.
    pub(crate) async fn watch_storage(self) {
        tokio::select! {
            () = self.stopping().cancelled() => {}
            () = self.rooms().follow_storage() => {}
        }
    }

    /// Looks for sessions that ended by time, until the server stops.
    pub(crate) async fn watch_sessions(self) {
        let mut clock = tokio::time::interval(SESSION_CHECK);
        loop {
            tokio::select! {
                () = self.stopping().cancelled() => return,
                _ = clock.tick() => self.close_ended_sessions(),
            }
        }
    }
}

//! What is put into the mailbox of an open page.

use std::sync::Arc;

use bytes::Bytes;
use denkraum_domain::{Access, PersonId};
use denkraum_sync::{AccessReason, EditFailure, Extensions, Member, ReadFailure, Storage};
use tokio::sync::{OwnedSemaphorePermit, oneshot};

use crate::queue::Queue;

/// The mailbox itself has no bound: each connection's frames are bounded by its credit, so that
/// a busy connection waits at its own socket and never keeps others or a change of rights waiting.
pub(crate) enum Mail {
    /// Boxed: mailboxes have room for many letters, and few are so large.
    Join(Box<Joining>),
    Frame {
        conn: u64,
        bytes: Bytes,
        credit: OwnedSemaphorePermit,
    },
    Leave {
        conn: u64,
    },
    Lagged {
        conn: u64,
    },
    PermitChanged {
        conn: u64,
        access: Option<Access>,
        reason: AccessReason,
    },
    Read {
        reply: oneshot::Sender<Result<Bytes, ReadFailure>>,
    },
    Edit {
        by: PersonId,
        update: Bytes,
        create: bool,
        reply: oneshot::Sender<Result<(), EditFailure>>,
    },
    /// The page failed elsewhere; everybody is to leave it.
    SetAside,
    /// The comments of the page are others now.
    Commented,
    /// What is written can be saved from now on, or cannot.
    Storage(Storage),
    Shutdown,
}

/// Somebody who comes.
pub(crate) struct Joining {
    pub(crate) conn: u64,
    pub(crate) member: Member,
    pub(crate) extensions: Extensions,
    pub(crate) queue: Arc<Queue>,
}

impl Mail {
    /// The connection that it is about, if it means nothing without that.
    pub(crate) const fn of_seated(&self) -> Option<u64> {
        match self {
            Self::Frame { conn, .. }
            | Self::Leave { conn }
            | Self::Lagged { conn }
            | Self::PermitChanged { conn, .. } => Some(*conn),
            Self::Join(_)
            | Self::Read { .. }
            | Self::Edit { .. }
            | Self::SetAside
            | Self::Commented
            | Self::Storage(_)
            | Self::Shutdown => None,
        }
    }
}

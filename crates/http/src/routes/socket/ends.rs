//! The two ends of a page connection as the pump needs them.

use bytes::Bytes;
use denkraum_app::{Inbox, Outbound, Outbox};

/// Where messages from the socket go in.
pub(super) trait Inlet: Sync {
    /// Hands over a message; waits while too much is under way. False: the page is closed.
    fn send(&self, message: Bytes) -> impl Future<Output = bool> + Send;

    /// The other side has said goodbye: the page writes to the socket no more.
    fn detach(&self);
}

/// Where messages for the socket come out.
pub(super) trait Outlet: Send {
    /// Waits for the next thing to do. Can be dropped while waiting without losing anything.
    fn next(&mut self) -> impl Future<Output = Outbound> + Send;
}

impl Inlet for Inbox {
    async fn send(&self, message: Bytes) -> bool {
        Self::send(self, message).await.is_ok()
    }

    fn detach(&self) {
        Self::detach(self);
    }
}

impl Outlet for Outbox {
    async fn next(&mut self) -> Outbound {
        Self::next(self).await
    }
}

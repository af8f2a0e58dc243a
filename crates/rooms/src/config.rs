//! What the shell is told when it is made.

use std::sync::Arc;
use std::time::Duration;

use denkraum_domain::Timestamp;
use denkraum_sync::{Limits, Timing};

/// Tells the time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Sizes and times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoomsConfig {
    /// Sizes and rates of each room.
    pub limits: Limits,
    /// Times of each room.
    pub timing: Timing,
    /// So many bytes of one connection may wait to be handled or to become durable; its next
    /// frame waits at the socket.
    pub inbox_bytes: usize,
    /// With more bytes than this waiting for a connection, it is resynchronised.
    pub outbox_bytes: usize,
    /// The least time between two batches for the journal, with many people on a page.
    pub busy_tick: Duration,
    /// A page that keeps the engine busy for longer, with one thing, is set aside.
    pub apply_within: Duration,
    /// So many connections one person may have.
    pub person_connections: usize,
    /// So many connections one page may have.
    pub page_connections: usize,
}

impl Default for RoomsConfig {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            timing: Timing::default(),
            inbox_bytes: 2 << 20,
            outbox_bytes: 1 << 20,
            busy_tick: Duration::from_millis(5),
            apply_within: Duration::from_secs(1),
            person_connections: 64,
            page_connections: 1_024,
        }
    }
}

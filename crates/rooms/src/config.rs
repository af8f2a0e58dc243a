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
    /// The least time between two writes to a busy connection.
    pub busy_tick: Duration,
}

impl Default for RoomsConfig {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            timing: Timing::default(),
            inbox_bytes: 2 << 20,
            outbox_bytes: 1 << 20,
            busy_tick: Duration::from_millis(5),
        }
    }
}

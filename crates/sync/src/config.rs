//! What a room is told when it is made: the document schema, its limits, its times.

use std::sync::Arc;

use denkraum_gate::Schema;

/// Everything a room needs to know beforehand.
#[derive(Clone)]
pub struct RoomConfig {
    /// The document schema that the gate checks against.
    pub schema: Arc<Schema>,
    /// Sizes and rates.
    pub limits: Limits,
    /// Times.
    pub timing: Timing,
}

impl RoomConfig {
    /// The configuration of the product for `schema`.
    pub fn new(schema: Arc<Schema>) -> Self {
        Self {
            schema,
            limits: Limits::default(),
            timing: Timing::default(),
        }
    }
}

/// Sizes and rates. How large updates and documents may be is a matter of the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The longest frame taken from a connection, in bytes; a longer one closes it with 4413.
    pub frame_bytes: usize,
    /// The longest JSON of one awareness state, in bytes; a longer one is dropped.
    pub awareness_bytes: usize,
    /// What one connection may send; more closes it with 4429.
    pub rate: RateLimit,
    /// How fast one connection's questions are answered.
    pub answers: Pace,
    /// After so many updates since the last snapshot the page is compacted, if they have the share of
    /// its bytes that follows: a large page is not written anew for a few letters.
    pub compact_after: u64,
    /// Of a snapshot's bytes, one in so many.
    pub compact_share: usize,
    /// After so many it is compacted however large it is, so that it opens fast after a crash.
    pub compact_at_most: u64,
    /// With more people than this on a page, carets and edits are told together, at intervals.
    pub crowd: usize,
    /// So many answers that are held back themselves, without progress, before a refusal.
    pub held_rounds: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            frame_bytes: (1 << 20) + 64,
            awareness_bytes: 2048,
            rate: RateLimit::default(),
            answers: Pace::default(),
            compact_after: 500,
            compact_share: 4,
            compact_at_most: 2_000,
            crowd: 64,
            held_rounds: 3,
        }
    }
}

/// A token bucket for frames and one for bytes.
///
/// Bounded mailboxes already slow a busy connection down to what the journal takes; the bucket
/// only ends a flood that goes on and on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// Frames a second, sustained.
    pub frames_per_second: u64,
    /// Frames at once.
    pub frames_burst: u64,
    /// Bytes a second, sustained.
    pub bytes_per_second: u64,
    /// Bytes at once.
    pub bytes_burst: u64,
}

impl Default for RateLimit {
    fn default() -> Self {
        Self {
            frames_per_second: 20_000,
            frames_burst: 100_000,
            bytes_per_second: 8 << 20,
            bytes_burst: 64 << 20,
        }
    }
}

/// How fast questions are answered. A client that asks when it connects, and again every few
/// seconds, never notices; one that floods does not keep the page from everybody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// The time that an answer takes at least, in milliseconds.
    pub least: i64,
    /// Long answers take the time that this makes of their length.
    pub bytes_per_second: i64,
    /// So far ahead of their time answers are given, in milliseconds.
    pub ahead: i64,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            least: 1_000,
            bytes_per_second: 1 << 20,
            ahead: 4_000,
        }
    }
}

/// Times, all in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    /// The least time between two questions for what is missing, to one connection.
    pub ask_again: i64,
    /// A client of which something is held back, and that does not answer for so long, is refused.
    pub answer_within: i64,
    /// A connection that was sent nothing for so long is sent its own awareness state.
    pub quiet: i64,
    /// A page without a change for so long has settled. What follows takes its time as well: with it a
    /// page is found within a second.
    pub settle: i64,
    /// While changes go on, a page is passed on at least so often; found within three seconds.
    pub settle_at_most: i64,
    /// The least time between two messages who is where, with many people on a page.
    pub presence: i64,
    /// An empty room stays so long.
    pub linger: i64,
    /// The first pause before reloading after a failure; it doubles with each further failure.
    pub reload: i64,
    /// The longest pause before reloading.
    pub reload_at_most: i64,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            ask_again: 1_000,
            answer_within: 10_000,
            quiet: 15_000,
            settle: 600,
            settle_at_most: 2_500,
            presence: 40,
            linger: 5_000,
            reload: 250,
            reload_at_most: 10_000,
        }
    }
}

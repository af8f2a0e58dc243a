//! What a room knows of one connection.

use denkraum_domain::{Access, Timestamp};

use crate::config::RateLimit;
use crate::ledger::Ledger;
use crate::questions::Questions;
use crate::{AccessReason, Extensions, Member};

pub(crate) struct Peer {
    pub(crate) member: Member,
    pub(crate) extensions: Extensions,
    /// Why its access is what it is, as it was last told.
    pub(crate) reason: AccessReason,
    /// The last append that was under way when it joined; what it is sent of that comes from the
    /// document, not as it was made.
    pub(crate) joined_after: u64,
    pub(crate) ledger: Ledger,
    /// The count it was last told.
    pub(crate) told_saved: u64,
    pub(crate) asking: Asking,
    /// Whether its step 1 was answered: only from then on can it use what others write.
    pub(crate) is_synced: bool,
    /// When it was last sent anything.
    pub(crate) last_sent: Timestamp,
    /// The state vectors of its step 1, until they are answered.
    pub(crate) lacks: Questions<Vec<(u64, u64)>>,
    /// Its questions who is here.
    pub(crate) who: Questions<()>,
    bucket: Bucket,
}

/// Questions for what is missing.
#[derive(Debug, Default)]
pub(crate) struct Asking {
    /// When the last one was sent.
    pub(crate) last: Option<Timestamp>,
    /// One more is to be sent as soon as it may.
    pub(crate) is_due: bool,
    /// Answers since the last progress that had to be held back themselves.
    pub(crate) rounds: u32,
    /// Something was held back and asked for then, and no answer has come since.
    pub(crate) unanswered_since: Option<Timestamp>,
    /// Answers up to this question say nothing: they build on appends that failed.
    pub(crate) stale_upto: u64,
    /// A refusal was sent since the last progress.
    pub(crate) is_refused: bool,
}

impl Asking {
    /// Something of the connection was let in.
    pub(crate) fn progress(&mut self) {
        self.rounds = 0;
        self.unanswered_since = None;
        self.is_due = false;
        self.is_refused = false;
    }
}

impl Peer {
    pub(crate) fn new(
        now: Timestamp,
        member: Member,
        extensions: Extensions,
        joined_after: u64,
        rate: RateLimit,
    ) -> Self {
        Self {
            member,
            extensions,
            reason: AccessReason::Role,
            joined_after,
            ledger: Ledger::default(),
            told_saved: 0,
            asking: Asking::default(),
            is_synced: false,
            last_sent: now,
            lacks: Questions::new(now),
            who: Questions::new(now),
            bucket: Bucket::new(now, rate),
        }
    }

    pub(crate) fn may_edit(&self) -> bool {
        self.member.access == Access::Edit
    }

    /// Takes a frame's worth out of the bucket; false if there is not enough in it.
    pub(crate) fn spend(&mut self, now: Timestamp, bytes: usize, rate: RateLimit) -> bool {
        self.bucket.spend(now, bytes, rate)
    }
}

/// A token bucket, counted in thousandths so that a millisecond fills it exactly.
struct Bucket {
    filled: Timestamp,
    frames: u64,
    bytes: u64,
}

impl Bucket {
    fn new(now: Timestamp, rate: RateLimit) -> Self {
        Self {
            filled: now,
            frames: rate.frames_burst.saturating_mul(1000),
            bytes: rate.bytes_burst.saturating_mul(1000),
        }
    }

    fn spend(&mut self, now: Timestamp, bytes: usize, rate: RateLimit) -> bool {
        let millis = u64::try_from(now.millis_since(self.filled)).unwrap_or(0);
        self.filled = now;
        let fill = |level: u64, per_second: u64, burst: u64| {
            let more = millis.saturating_mul(per_second);
            level.saturating_add(more).min(burst.saturating_mul(1000))
        };
        self.frames = fill(self.frames, rate.frames_per_second, rate.frames_burst);
        self.bytes = fill(self.bytes, rate.bytes_per_second, rate.bytes_burst);
        let cost = u64::try_from(bytes)
            .unwrap_or(u64::MAX)
            .saturating_mul(1000);
        let rest = (self.frames.checked_sub(1000), self.bytes.checked_sub(cost));
        let (Some(frames), Some(bytes)) = rest else {
            return false;
        };
        (self.frames, self.bytes) = (frames, bytes);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: RateLimit = RateLimit {
        frames_per_second: 10,
        frames_burst: 2,
        bytes_per_second: 100,
        bytes_burst: 50,
    };

    /// [S-6]
    #[test]
    fn a_bucket_fills_with_time_and_not_above_its_rim() {
        let at = Timestamp::from_millis;
        let mut bucket = Bucket::new(at(0), RATE);
        assert!(bucket.spend(at(0), 1, RATE));
        assert!(bucket.spend(at(0), 1, RATE));
        assert!(!bucket.spend(at(0), 1, RATE), "the burst is spent");
        assert!(!bucket.spend(at(99), 1, RATE));
        assert!(bucket.spend(at(100), 1, RATE));
        assert!(bucket.spend(at(10_000), 50, RATE));
        assert!(!bucket.spend(at(10_000), 1, RATE), "the bytes are spent");
    }
}

//! What waits to be written to one socket: bounded in bytes, without holes.
//!
//! With too much waiting, everything that can be made anew is dropped, and nothing of the document
//! is taken until the socket has come through and the room sends the whole document again. A
//! socket that does not come through for long is closed.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use denkraum_domain::Timestamp;
use denkraum_sync::{Channel, CloseCode, close};
use tokio::sync::{Notify, Semaphore};

/// A socket that takes nothing for so long while too much waits is closed; in milliseconds.
const STALLED: i64 = 10_000;

#[derive(Debug)]
pub(crate) struct Queue {
    state: Mutex<State>,
    pub(crate) wake: Notify,
    /// How much of what the connection sends may be under way.
    pub(crate) credit: Arc<Semaphore>,
    limit: usize,
}

#[derive(Debug, Default)]
struct State {
    /// Gaps are frames that a newer one has taken the place of.
    waiting: Vec<Option<(Channel, Bytes)>>,
    /// Where the newest count of what is saved waits.
    saved: Option<usize>,
    bytes: usize,
    lag: Option<Lag>,
    closed: Option<(CloseCode, &'static str)>,
}

#[derive(Debug)]
struct Lag {
    since: Timestamp,
    /// The room has been asked to send everything again.
    is_asked: bool,
}

/// What there is to do for the socket.
pub(crate) enum Taken {
    Frames(Vec<Bytes>),
    /// The socket has come through after too much waited: ask the room to send everything again.
    Resync,
    Close(CloseCode, &'static str),
    Nothing,
}

impl Queue {
    pub(crate) fn new(limit: usize, credit: usize) -> Self {
        Self {
            state: Mutex::default(),
            wake: Notify::new(),
            credit: Arc::new(Semaphore::new(credit)),
            limit,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // No code that can panic runs while it is held.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a frame at the end. False if the socket has stalled and was closed.
    pub(crate) fn push(&self, now: Timestamp, frame: Bytes, channel: Channel) -> bool {
        let mut state = self.state();
        if state.closed.is_some() {
            return true;
        }
        state.replace(channel);
        if state.bytes > self.limit && state.lag.is_none() {
            state.drop_replaceable();
            let is_asked = false;
            state.lag = Some(Lag {
                since: now,
                is_asked,
            });
        }
        let stalled = match &state.lag {
            Some(lag) => now.millis_since(lag.since) >= STALLED || state.bytes > self.limit,
            None => false,
        };
        if stalled {
            state.waiting.clear();
            drop(state);
            self.close(close::TRY_AGAIN, "too slow");
            return false;
        }
        if state.lag.is_none() || channel == Channel::Control {
            state.put(channel, frame);
        }
        drop(state);
        self.wake.notify_one();
        true
    }

    /// The room is about to send everything again: from here on nothing is left out.
    pub(crate) fn resume(&self) {
        self.state().lag = None;
    }

    /// Nothing is taken any more; what waits is still written.
    pub(crate) fn close(&self, code: CloseCode, reason: &'static str) {
        self.state().closed.get_or_insert((code, reason));
        self.credit.close();
        self.wake.notify_one();
    }

    pub(crate) fn take(&self) -> Taken {
        let mut state = self.state();
        if !state.waiting.is_empty() {
            state.saved = None;
            state.bytes = 0;
            let waiting = std::mem::take(&mut state.waiting);
            let frames = waiting.into_iter().flatten().map(|(_, frame)| frame);
            return Taken::Frames(frames.collect());
        }
        if let Some((code, reason)) = state.closed {
            return Taken::Close(code, reason);
        }
        match &mut state.lag {
            Some(lag) if !lag.is_asked => {
                lag.is_asked = true;
                Taken::Resync
            }
            _ => Taken::Nothing,
        }
    }
}

impl State {
    /// Takes out what a newer frame of the same channel makes superfluous.
    fn replace(&mut self, channel: Channel) {
        if channel != Channel::Saved {
            return;
        }
        let index = self.saved.take();
        let slot = index.and_then(|index| self.waiting.get_mut(index));
        if let Some((_, old)) = slot.and_then(Option::take) {
            self.bytes -= old.len();
        }
    }

    fn put(&mut self, channel: Channel, frame: Bytes) {
        if channel == Channel::Saved {
            self.saved = Some(self.waiting.len());
        }
        self.bytes += frame.len();
        self.waiting.push(Some((channel, frame)));
    }

    fn drop_replaceable(&mut self) {
        let is_control = |(channel, _): &(Channel, Bytes)| *channel == Channel::Control;
        self.waiting
            .retain(|slot| slot.as_ref().is_some_and(is_control));
        self.saved = None;
        self.bytes = self
            .waiting
            .iter()
            .flatten()
            .map(|(_, frame)| frame.len())
            .sum();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Timestamp = Timestamp::from_millis(0);

    fn frame(byte: u8, length: usize) -> Bytes {
        vec![byte; length].into()
    }

    fn taken(queue: &Queue) -> Vec<u8> {
        match queue.take() {
            Taken::Frames(frames) => frames.iter().map(|frame| frame[0]).collect(),
            Taken::Resync => vec![b'R'],
            Taken::Close(..) => vec![b'C'],
            Taken::Nothing => Vec::new(),
        }
    }

    #[test]
    fn everything_that_waits_comes_in_one_batch_and_in_order() {
        let queue = Queue::new(100, 1);
        queue.push(AT, frame(1, 1), Channel::Document);
        queue.push(AT, frame(2, 1), Channel::Control);
        queue.push(AT, frame(3, 1), Channel::Document);
        assert_eq!(taken(&queue), [1, 2, 3]);
        assert_eq!(taken(&queue), [0; 0]);
    }

    #[test]
    fn a_newer_count_of_what_is_saved_takes_the_place_of_an_older_one() {
        let queue = Queue::new(100, 1);
        queue.push(AT, frame(1, 1), Channel::Saved);
        queue.push(AT, frame(2, 1), Channel::Document);
        queue.push(AT, frame(3, 1), Channel::Awareness);
        queue.push(AT, frame(4, 1), Channel::Awareness);
        queue.push(AT, frame(5, 1), Channel::Saved);
        assert_eq!(taken(&queue), [2, 3, 4, 5]);
        queue.push(AT, frame(6, 1), Channel::Saved);
        assert_eq!(taken(&queue), [6]);
    }

    /// [S-28]
    #[test]
    fn a_full_queue_drops_the_whole_document_and_asks_for_it_again() {
        let queue = Queue::new(10, 1);
        queue.push(AT, frame(1, 8), Channel::Document);
        queue.push(AT, frame(2, 8), Channel::Document);
        queue.push(AT, frame(3, 1), Channel::Control);
        queue.push(AT, frame(4, 1), Channel::Document);
        assert_eq!(taken(&queue), [3]);
        assert_eq!(taken(&queue), [b'R']);
        queue.push(AT, frame(5, 1), Channel::Document);
        assert_eq!(taken(&queue), [0; 0], "asked once, and no holes until then");
        queue.resume();
        queue.push(AT, frame(6, 50), Channel::Document);
        assert_eq!(taken(&queue), [6]);
    }

    /// [S-28]
    #[test]
    fn a_stalled_socket_is_closed() {
        let queue = Queue::new(10, 1);
        queue.push(AT, frame(1, 20), Channel::Document);
        assert!(queue.push(AT, frame(2, 1), Channel::Document));
        let later = AT.plus_millis(STALLED - 1);
        assert!(queue.push(later, frame(3, 1), Channel::Document));
        let too_late = AT.plus_millis(STALLED);
        assert!(!queue.push(too_late, frame(4, 1), Channel::Document));
        assert_eq!(taken(&queue), [b'C']);
    }

    #[test]
    fn what_came_before_the_close_is_written_first() {
        let queue = Queue::new(10, 1);
        queue.push(AT, frame(1, 1), Channel::Control);
        queue.close(4403, "not allowed");
        queue.push(AT, frame(2, 1), Channel::Control);
        assert_eq!(taken(&queue), [1]);
        assert_eq!(taken(&queue), [b'C']);
        assert_eq!(taken(&queue), [b'C'], "closed for good");
    }
}

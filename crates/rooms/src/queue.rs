//! What waits to be written to one socket: bounded in bytes, without holes.
//!
//! With too much waiting, everything that can be made anew is dropped, and nothing of the document
//! is taken until the socket has come through and the room sends the whole document again. A
//! socket that does not come through for long is closed.
//!
//! The room writes what it has for a socket itself, through the socket's [`Wire`], as long as the
//! connection's task has nothing under way: with hundreds of people on a page, waking their tasks
//! would cost more than writing. What the system does not take at once is the task's, which waits.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use denkraum_domain::Timestamp;
use denkraum_sync::{Channel, CloseCode, close};
use tokio::sync::{Notify, Semaphore};

/// A socket that takes nothing for so long while too much waits is closed; in milliseconds.
const STALLED: i64 = 10_000;
/// The most that the room writes to a socket itself, in bytes. More takes its time.
const MAX_DIRECT: usize = 64 << 10;
/// Room for so many waiting frames is kept when they are written.
const KEPT_SLOTS: usize = 8;

/// A socket that can be written to without its task.
pub trait Wire: fmt::Debug + Send + Sync {
    /// Writes whole messages, in order, as far as the system takes them at once; never waits.
    fn write(&self, messages: &mut dyn Iterator<Item = &Bytes>) -> Written;
}

/// What became of messages given to a [`Wire`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// The system has them.
    All,
    /// They were taken, but some still wait to be flushed.
    Flushing,
    /// Nothing was taken.
    Nothing,
}

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
    /// The way past the connection's task.
    wire: Option<Arc<dyn Wire>>,
    /// Something was put here since the last flush.
    is_unflushed: bool,
    /// The task has written all that it took, and waits.
    is_idle: bool,
    /// The wire waits to be flushed by the task.
    is_flushing: bool,
}

#[derive(Debug)]
struct Lag {
    since: Timestamp,
    /// The room has been asked to send everything again.
    is_asked: bool,
}

/// What became of a frame for the socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pushed {
    /// It is the first that waits for [`Queue::flush`].
    First,
    /// Others wait already, or nothing is to be written.
    More,
    /// The socket has stalled and was closed.
    Stalled,
}

/// What there is to do for the socket.
pub(crate) enum Taken {
    /// Without any, what was written past the task is to be flushed.
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

    /// From now on the room may write to the socket itself.
    pub(crate) fn attach(&self, wire: Arc<dyn Wire>) {
        self.state().wire = Some(wire);
    }

    /// From now on everything goes through the connection's task.
    pub(crate) fn detach(&self) {
        self.state().wire = None;
    }

    /// Puts a frame at the end; [`Queue::flush`] sends it on its way.
    pub(crate) fn push(&self, now: Timestamp, frame: Bytes, channel: Channel) -> Pushed {
        let mut state = self.state();
        if state.closed.is_some() {
            return Pushed::More;
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
            return Pushed::Stalled;
        }
        if state.lag.is_none() || channel == Channel::Control {
            state.put(channel, frame);
        }
        if std::mem::replace(&mut state.is_unflushed, true) {
            Pushed::More
        } else {
            Pushed::First
        }
    }

    /// Writes what waits, or has the connection's task write it.
    pub(crate) fn flush(&self) {
        let mut state = self.state();
        state.is_unflushed = false;
        let is_written = state.writes_directly();
        drop(state);
        if !is_written {
            self.wake.notify_one();
        }
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
        state.is_idle = false;
        if std::mem::take(&mut state.is_flushing) {
            return Taken::Frames(Vec::new());
        }
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
            _ => {
                state.is_idle = true;
                Taken::Nothing
            }
        }
    }
}

impl State {
    /// Writes what waits past the connection's task. False if the task has something to do.
    fn writes_directly(&mut self) -> bool {
        let Some(wire) = self.wire.as_ref().filter(|_| self.is_idle) else {
            return false;
        };
        if self.closed.is_some() || self.lag.is_some() || self.bytes > MAX_DIRECT {
            return false;
        }
        // The task was here first.
        if self.waiting.is_empty() {
            return true;
        }
        let mut frames = self.waiting.iter().flatten().map(|(_, frame)| frame);
        match wire.write(&mut frames) {
            Written::Nothing => return false,
            Written::All => {}
            Written::Flushing => (self.is_idle, self.is_flushing) = (false, true),
        }
        self.waiting.clear();
        self.waiting.shrink_to(KEPT_SLOTS);
        self.saved = None;
        self.bytes = 0;
        !self.is_flushing
    }

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
mod tests;

//! As many searches at once as there are processors, first come, first served, as in the server.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex};

/// At least as many as threads that ask.
const PLACES: usize = 64;

pub struct Turns {
    at_once: u64,
    next: AtomicU64,
    done: Mutex<u64>,
    waiting: Vec<Condvar>,
}

impl Turns {
    pub fn new() -> Self {
        Self {
            at_once: std::thread::available_parallelism().map_or(2, |count| count.get() as u64),
            next: AtomicU64::new(0),
            done: Mutex::new(0),
            waiting: (0..PLACES).map(|_| Condvar::new()).collect(),
        }
    }

    /// Waits for a turn, takes it, and lets the next one have theirs.
    pub fn take<T>(&self, work: impl FnOnce() -> T) -> T {
        let own = self.next.fetch_add(1, Ordering::SeqCst);
        let mut done = self.done.lock().unwrap();
        while own >= *done + self.at_once {
            done = self.waiting[own as usize % PLACES].wait(done).unwrap();
        }
        drop(done);
        let made = work();
        let mut done = self.done.lock().unwrap();
        *done += 1;
        let next = *done + self.at_once - 1;
        drop(done);
        self.waiting[next as usize % PLACES].notify_all();
        made
    }
}

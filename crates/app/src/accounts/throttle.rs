//! Slowing down guesses: after a few failures a log-in waits, longer each time. Held in memory.

use std::collections::HashMap;

use denkraum_domain::Timestamp;

/// Failures that cost nothing: people mistype.
const FREE: u32 = 5;
/// The first wait; each further failure doubles it.
const FIRST_WAIT_MS: i64 = 2_000;
/// The longest wait.
const LONGEST_WAIT_MS: i64 = 5 * 60_000;
/// Failures are forgotten after this time without one.
const FORGET_MS: i64 = 60 * 60_000;
/// So many log-ins are kept; beyond, the oldest are forgotten, so that memory stays bounded.
const MOST: usize = 10_000;

#[derive(Debug, Default)]
pub(crate) struct Throttle {
    failures: HashMap<String, (u32, Timestamp)>,
}

impl Throttle {
    /// How many milliseconds this log-in has to wait still.
    pub(crate) fn wait_ms(&self, login: &str, now: Timestamp) -> Option<i64> {
        let (count, last) = self.failures.get(login)?;
        let doublings = count.checked_sub(FREE)?.min(16);
        let wait = (FIRST_WAIT_MS << doublings).min(LONGEST_WAIT_MS);
        let left = wait - now.millis_since(*last);
        (left > 0).then_some(left)
    }

    pub(crate) fn failed(&mut self, login: &str, now: Timestamp) {
        if self.failures.len() >= MOST {
            self.failures
                .retain(|_, (_, last)| now.millis_since(*last) < FORGET_MS);
        }
        if self.failures.len() >= MOST {
            self.failures.clear();
        }
        let entry = self.failures.entry(login.to_owned()).or_insert((0, now));
        if now.millis_since(entry.1) >= FORGET_MS {
            entry.0 = 0;
        }
        *entry = (entry.0.saturating_add(1), now);
    }

    pub(crate) fn succeeded(&mut self, login: &str) {
        self.failures.remove(login);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_five_failures_each_further_one_doubles_the_wait() {
        let mut throttle = Throttle::default();
        let now = Timestamp::from_millis(1_000_000);
        for _ in 0..4 {
            throttle.failed("jana", now);
        }
        assert_eq!(throttle.wait_ms("jana", now), None);
        throttle.failed("jana", now);
        assert_eq!(throttle.wait_ms("jana", now), Some(2_000));
        throttle.failed("jana", now);
        assert_eq!(throttle.wait_ms("jana", now), Some(4_000));
        assert_eq!(throttle.wait_ms("jana", now.plus_millis(4_000)), None);
        assert_eq!(throttle.wait_ms("deniz", now), None);
    }

    #[test]
    fn signing_in_and_an_hour_without_failure_forget() {
        let mut throttle = Throttle::default();
        let now = Timestamp::from_millis(0);
        for _ in 0..9 {
            throttle.failed("jana", now);
            throttle.failed("deniz", now);
        }
        throttle.succeeded("jana");
        assert_eq!(throttle.wait_ms("jana", now), None);
        let later = now.plus_millis(FORGET_MS);
        throttle.failed("deniz", later);
        assert_eq!(throttle.wait_ms("deniz", later), None);
    }
}

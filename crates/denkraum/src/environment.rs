//! The real clock and the operating system's randomness.

use std::time::{SystemTime, UNIX_EPOCH};

use denkraum_app::Environment;
use denkraum_domain::Timestamp;

/// Time and randomness of this machine.
pub(crate) fn environment() -> Environment {
    Environment::new(now, random)
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that reads the clock"
)]
fn now() -> Timestamp {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// Fills `bytes`. Without randomness there are no safe tokens, so there is nothing to go on with.
#[expect(
    clippy::expect_used,
    reason = "an operating system without randomness cannot be served from"
)]
pub(crate) fn random(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the operating system gives random bytes");
}

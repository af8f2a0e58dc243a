//! The room, rule by rule: inputs in, effects out.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "the helpers of tests fail by panicking"
)]

#[path = "../support/mod.rs"]
#[expect(
    dead_code,
    reason = "shared with the simulator, which needs other parts"
)]
mod support;

mod answers;
mod bench;
mod comments;
mod failures;
mod gaps;
mod hostile;
mod implied;
mod joining;
mod lost;
mod presence;
mod resting;
mod rights;
mod server;
mod storage;
mod updates;

//! Open pages on a real store, with a journal in memory.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "the helpers of tests fail by panicking"
)]

mod aside;
mod bench;
mod flow;
mod growth;
mod lifetime;
mod limits;
mod lost;
mod opening;
mod rights;
mod storage;
mod writer;
